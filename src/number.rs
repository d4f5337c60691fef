//! Exact numbers: decimals as they were written, rationals, and intervals with open or closed ends.
//!
//! Nothing here is ever a float: a figure in a claim is a figure in a proof.

use std::cmp::Ordering;
use std::fmt;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

/// An exact rational number of any size.
pub type Rational = BigRational;

/// The most digits that a number in a claims file may have.
pub const MAX_DIGITS: usize = 30;
/// The largest exponent, positive or negative, that a number in a claims file may have.
pub const MAX_EXPONENT: i32 = 30;

/// A number together with how precisely it was written.
///
/// "60" and "60.0" are the same number and not the same statement: a bare percentage is rounded to its last written
/// (under plain) or last significant (under strict) digit, so both places are kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Written {
    /// The exact value.
    pub value: Rational,
    /// The power of ten of the last digit as written: 0 for `60`, -1 for `2.5`.
    pub last_written: i32,
    /// The power of ten of the last digit that counts when trailing zeros before the point do not: 1 for `60`, 0 for
    /// `7`, -1 for `2.0`.
    pub last_significant: i32,
}

/// Why a text is no number that a claim may hold.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum NumberError {
    /// It is no decimal number at all.
    NotANumber,
    /// It has more than [`MAX_DIGITS`] digits.
    TooManyDigits,
    /// Its exponent is beyond ±[`MAX_EXPONENT`].
    ExponentTooLarge,
}

impl fmt::Display for NumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotANumber => write!(f, "this is no decimal number"),
            Self::TooManyDigits => write!(f, "this number has more than {MAX_DIGITS} digits"),
            Self::ExponentTooLarge => write!(f, "the exponent of this number is beyond ±{MAX_EXPONENT}"),
        }
    }
}

impl Written {
    /// Reads a decimal number in JSON's notation: `262`, `-3`, `7.12`, `1.5e3`.
    ///
    /// # Errors
    ///
    /// Whatever is not such a number, has more than [`MAX_DIGITS`] digits or an exponent beyond [`MAX_EXPONENT`].
    ///
    /// ```
    /// use gainsay::number::Written;
    /// let n = Written::parse("7.10").unwrap();
    /// assert_eq!(n.value, Written::parse("7.1").unwrap().value);
    /// assert_eq!((n.last_written, n.last_significant), (-2, -2));
    /// assert!(Written::parse("1e31").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            None => (text, 0),
            Some((mantissa, exponent)) => (mantissa, parse_exponent(exponent)?),
        };
        let (negative, unsigned) = match mantissa.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, mantissa),
        };
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) || unsigned.ends_with('.') {
            return Err(NumberError::NotANumber);
        }
        if whole.len() + fraction.len() > MAX_DIGITS {
            return Err(NumberError::TooManyDigits);
        }
        let digits = format!("{whole}{fraction}");
        let magnitude = digits.parse::<BigInt>().map_err(|_| NumberError::NotANumber)?;
        // OK because a fraction has at most MAX_DIGITS digits.
        let last_written = exponent - i32::try_from(fraction.len()).unwrap_or(i32::MAX);
        let value = if negative { -magnitude } else { magnitude };
        let value = match u32::try_from(last_written) {
            // A whole number needs no reduced fraction, which is the larger part of reading one.
            Ok(zeros) => Rational::from_integer(value * num_traits::pow(BigInt::from(10), zeros as usize)),
            Err(_) => Rational::from_integer(value) * power_of_ten(last_written),
        };
        let trailing = digits.bytes().rev().take_while(|&byte| byte == b'0').count();
        let last_significant = if value.is_zero() || last_written < 0 {
            last_written
        } else {
            last_written + i32::try_from(trailing).unwrap_or(0)
        };
        Ok(Self { value, last_written, last_significant })
    }
}

fn parse_exponent(text: &str) -> Result<i32, NumberError> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NumberError::NotANumber);
    }
    match text.parse::<i32>() {
        Ok(exponent) if exponent.abs() <= MAX_EXPONENT => Ok(exponent),
        _ => Err(NumberError::ExponentTooLarge),
    }
}

/// Ten to the given power, exactly.
pub fn power_of_ten(exponent: i32) -> Rational {
    let power = Rational::from_integer(num_traits::pow(BigInt::from(10), exponent.unsigned_abs() as usize));
    if exponent < 0 { power.recip() } else { power }
}

/// The product of two rationals; of whole numbers it is one, and nothing has to be reduced.
pub(crate) fn product(a: &Rational, b: &Rational) -> Rational {
    if a.is_integer() && b.is_integer() { Rational::from_integer(a.numer() * b.numer()) } else { a * b }
}

/// A whole number as a rational.
pub fn integer(number: i64) -> Rational {
    Rational::from_integer(BigInt::from(number))
}

/// Reads a percentage such as `25%` or `2.5%` as a fraction of one.
///
/// # Errors
///
/// A text without the sign, or whose number [`Written::parse`] refuses, or that is negative.
pub fn parse_percentage(text: &str) -> Result<Rational, NumberError> {
    let number = text.strip_suffix('%').ok_or(NumberError::NotANumber)?;
    let written = Written::parse(number.trim_end())?;
    if written.value.is_negative() { Err(NumberError::NotANumber) } else { Ok(written.value / integer(100)) }
}

/// One end of an interval.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct End {
    /// Where the interval ends.
    pub value: Rational,
    /// Whether the value itself lies outside.
    pub open: bool,
}

impl End {
    /// An end that belongs to the interval.
    pub fn closed(value: Rational) -> Self {
        Self { value, open: false }
    }

    /// An end that does not belong to the interval.
    pub fn open(value: Rational) -> Self {
        Self { value, open: true }
    }
}

/// A connected set of rationals: both ends optional, each open or closed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Interval {
    /// The lower end; none means that nothing bounds it from below.
    pub low: Option<End>,
    /// The upper end; none means that nothing bounds it from above.
    pub high: Option<End>,
}

impl Interval {
    /// The interval that holds one value alone.
    pub fn exactly(value: Rational) -> Self {
        Self { low: Some(End::closed(value.clone())), high: Some(End::closed(value)) }
    }

    /// The closed interval between two values.
    pub fn between(low: Rational, high: Rational) -> Self {
        Self { low: Some(End::closed(low)), high: Some(End::closed(high)) }
    }

    /// Whether no value lies in it.
    pub fn is_empty(&self) -> bool {
        match (&self.low, &self.high) {
            (Some(low), Some(high)) => exceeds(low, high),
            _ => false,
        }
    }

    /// Whether every value of `self` lies in `other` (for intervals that are not empty).
    pub fn is_within(&self, other: &Self) -> bool {
        let low = match (&self.low, &other.low) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(inner), Some(outer)) => match inner.value.cmp(&outer.value) {
                Ordering::Greater => true,
                Ordering::Equal => inner.open || !outer.open,
                Ordering::Less => false,
            },
        };
        let high = match (&self.high, &other.high) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(inner), Some(outer)) => match inner.value.cmp(&outer.value) {
                Ordering::Less => true,
                Ordering::Equal => inner.open || !outer.open,
                Ordering::Greater => false,
            },
        };
        low && high
    }

    /// The interval multiplied by a positive factor.
    #[must_use]
    pub fn times(&self, factor: &Rational) -> Self {
        let scale = |end: &End| End { value: product(&end.value, factor), open: end.open };
        Self { low: self.low.as_ref().map(scale), high: self.high.as_ref().map(scale) }
    }

    /// The same set of whole numbers with closed, whole ends: "more than 150" starts at 151.
    #[must_use]
    pub fn rounded_inward(&self) -> Self {
        let low = self.low.as_ref().map(|end| {
            let up = end.value.ceil();
            End::closed(if end.open && up == end.value { up + Rational::one() } else { up })
        });
        let high = self.high.as_ref().map(|end| {
            let down = end.value.floor();
            End::closed(if end.open && down == end.value { down - Rational::one() } else { down })
        });
        Self { low, high }
    }
}

/// Whether a lower end lies above an upper end, so that nothing satisfies both.
pub fn exceeds(low: &End, high: &End) -> bool {
    match low.value.cmp(&high.value) {
        Ordering::Greater => true,
        Ordering::Equal => low.open || high.open,
        Ordering::Less => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(numerator: i64, denominator: i64) -> Rational {
        Rational::new(numerator.into(), denominator.into())
    }

    fn parse(text: &str) -> (Rational, i32, i32) {
        let written = Written::parse(text).unwrap();
        (written.value, written.last_written, written.last_significant)
    }

    #[test]
    fn keeps_value_and_precision() {
        assert_eq!(parse("262"), (integer(262), 0, 0));
        assert_eq!(parse("60"), (integer(60), 0, 1));
        assert_eq!(parse("3500000"), (integer(3_500_000), 0, 5));
        assert_eq!(parse("7.12"), (ratio(712, 100), -2, -2));
        assert_eq!(parse("2.0"), (integer(2), -1, -1), "a zero after the point was written on purpose");
        assert_eq!(parse("1.5e3"), (integer(1500), 2, 2));
        assert_eq!(parse("0"), (integer(0), 0, 0));
        assert_eq!(parse("-4"), (integer(-4), 0, 0));
    }

    #[test]
    fn refuses_what_is_no_number_or_too_large() {
        for text in ["", "-", ".5", "5.", "1,105", "0x10", "NaN", "1e", "1e+", "１２", "--1", "1.2.3"] {
            assert_eq!(Written::parse(text), Err(NumberError::NotANumber), "{text}");
        }
        assert_eq!(Written::parse(&"9".repeat(31)), Err(NumberError::TooManyDigits));
        assert!(Written::parse(&"9".repeat(30)).is_ok());
        assert_eq!(Written::parse("1e31"), Err(NumberError::ExponentTooLarge));
        assert_eq!(Written::parse("1e99999999999999999999"), Err(NumberError::ExponentTooLarge));
        assert!(Written::parse("1e-30").is_ok());
    }

    #[test]
    fn rounds_whole_bounds_inward() {
        let more_than_150 = Interval { low: Some(End::open(integer(150))), high: None };
        assert_eq!(more_than_150.rounded_inward().low, Some(End::closed(integer(151))));
        let half = Interval::between(ratio(1, 2), ratio(5, 2)).rounded_inward();
        assert_eq!(half, Interval::between(integer(1), integer(2)));
        let open_half = Interval { low: None, high: Some(End::open(ratio(5, 2))) };
        assert_eq!(open_half.rounded_inward().high, Some(End::closed(integer(2))));
    }

    #[test]
    fn open_ends_decide_emptiness_and_containment() {
        let touching = Interval { low: Some(End::closed(integer(2))), high: Some(End::open(integer(2))) };
        assert!(touching.is_empty());
        assert!(!Interval::exactly(integer(2)).is_empty());
        let open = Interval { low: Some(End::open(integer(1))), high: None };
        let closed = Interval { low: Some(End::closed(integer(1))), high: None };
        assert!(open.is_within(&closed) && !closed.is_within(&open));
    }

    #[test]
    fn percentages_need_their_sign() {
        assert_eq!(parse_percentage("25%"), Ok(ratio(1, 4)));
        assert_eq!(parse_percentage("25"), Err(NumberError::NotANumber));
        assert_eq!(parse_percentage("-5%"), Err(NumberError::NotANumber));
    }
}
