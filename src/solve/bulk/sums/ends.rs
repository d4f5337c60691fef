//! Sums of the ends of intervals as the keys of [`scaled`](crate::system) figures: twice a value, one more for an open lower end
//! and one less for an open upper end. A sum is open as soon as one of its ends is.

/// More than any sum of upper figures: there is none.
pub(super) const NO_END: i128 = i128::MAX;

/// The sum of two lower ends.
pub(super) fn add_lows(a: i128, b: i128) -> i128 {
    // The lowest bit says that an end is open.
    (a & !1).saturating_add(b & !1) | (a | b) & 1
}

/// The sum of two upper ends.
pub(super) fn add_highs(a: i128, b: i128) -> i128 {
    if a == NO_END || b == NO_END { NO_END } else { -add_lows(-a, -b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "More than" or "less than" if a bound is open.
    fn low(value: i128, is_open: bool) -> i128 {
        2 * value + i128::from(is_open)
    }

    fn high(value: i128, is_open: bool) -> i128 {
        2 * value - i128::from(is_open)
    }

    #[test]
    fn a_sum_is_open_once() {
        for (a, b) in [(false, false), (false, true), (true, false), (true, true)] {
            assert_eq!(add_lows(low(3, a), low(4, b)), low(7, a || b));
            assert_eq!(add_highs(high(3, a), high(4, b)), high(7, a || b));
        }
        let many = (0..9).fold(0, |sum, _| add_lows(sum, low(1, true)));
        assert_eq!(many, low(9, true), "nine open ends are no more than one");
        // More than nine is above nine, and above ten it is not.
        assert!(many > high(9, false) && many <= high(10, false));
    }

    #[test]
    fn without_one_end_there_is_none() {
        assert_eq!(add_highs(NO_END, high(3, false)), NO_END);
        assert_eq!(add_highs(high(3, true), NO_END), NO_END);
    }
}
