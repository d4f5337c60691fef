//! Exact ends of intervals as machine integers that keep their order.

use std::collections::HashMap;

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, ToPrimitive};

use crate::number::{End, Rational};

/// Which end of an interval an [`End`] is.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// The lower end.
    Low,
    /// The upper end.
    High,
}

/// Turns ends into integers such that a lower end lies above an upper end just when its integer is the larger.
///
/// An end at v becomes 2·s·v for a common scale s, one more for an open lower end and one less for an open upper end.
/// Where that does not fit 62 bits, the values are replaced by their ranks first, which keeps all comparisons.
pub(super) fn keys(ends: &[(Which, &End)]) -> Vec<i64> {
    scaled(ends).unwrap_or_else(|| ranked(ends))
}

/// The same where a common scale fits; none otherwise.
pub(super) fn scaled(ends: &[(Which, &End)]) -> Option<Vec<i64>> {
    const LARGEST_SCALE: i64 = 1 << 40;
    let mut scale = BigInt::one();
    for (_, end) in ends {
        if !end.value.denom().is_one() {
            scale = scale.lcm(end.value.denom());
            if scale > BigInt::from(LARGEST_SCALE) {
                return None;
            }
        }
    }
    let scale = scale.to_i64()?;
    ends.iter()
        .map(|(which, end)| {
            // OK because the scale is a multiple of each denominator.
            let times = scale / end.value.denom().to_i64()?;
            let value = end.value.numer().to_i64()?.checked_mul(times)?;
            (value.unsigned_abs() < 1 << 61).then(|| key(*which, end.open, value))
        })
        .collect()
}

/// The same by ranks alone.
pub(super) fn ranked(ends: &[(Which, &End)]) -> Vec<i64> {
    let mut values: Vec<&Rational> = ends.iter().map(|(_, end)| &end.value).collect();
    values.sort_unstable();
    values.dedup();
    let ranks: HashMap<&Rational, i64> = values.into_iter().zip(0..).collect();
    ends.iter().map(|(which, end)| key(*which, end.open, ranks.get(&end.value).copied().unwrap_or(0))).collect()
}

fn key(which: Which, open: bool, value: i64) -> i64 {
    match (which, open) {
        (_, false) => 2 * value,
        (Which::Low, true) => 2 * value + 1,
        (Which::High, true) => 2 * value - 1,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::number::{exceeds, power_of_ten};

    fn end() -> impl Strategy<Value = End> {
        let value = (-20_i64..20, 1_i64..7, prop_oneof![Just(0), Just(25)]);
        (value, any::<bool>()).prop_map(|((numerator, denominator, zeros), open)| {
            let value = Rational::new(numerator.into(), denominator.into()) * power_of_ten(zeros);
            End { value, open }
        })
    }

    proptest! {
        /// Huge values take the way over ranks, small ones the way over a common scale; both keep the order.
        #[test]
        fn keys_compare_as_the_ends_do(lows in prop::collection::vec(end(), 1..8), highs in prop::collection::vec(end(), 1..8)) {
            let all: Vec<(Which, &End)> =
                lows.iter().map(|end| (Which::Low, end)).chain(highs.iter().map(|end| (Which::High, end))).collect();
            let keys = keys(&all);
            let (low_keys, high_keys) = keys.split_at(lows.len());
            for (low, low_key) in lows.iter().zip(low_keys) {
                for (high, high_key) in highs.iter().zip(high_keys) {
                    prop_assert_eq!(low_key > high_key, exceeds(low, high), "{:?} {:?}", low, high);
                }
            }
        }
    }

    #[test]
    fn small_denominators_share_a_scale() {
        let half = End::closed(Rational::new(1.into(), 2.into()));
        let third = End::open(Rational::new(1.into(), 3.into()));
        assert_eq!(scaled(&[(Which::Low, &half), (Which::High, &third)]), Some(vec![6, 3]));
        let huge = End::closed(power_of_ten(25));
        assert_eq!(scaled(&[(Which::Low, &huge)]), None);
    }
}
