//! Exact fractions in two sizes: machine integers that notice when they do not suffice, and big ones that always do. And floats,
//! which only propose.

use std::cmp::Ordering;

use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

use crate::number::Rational;

/// An exact number; nothing is returned where a result does not fit.
pub(super) trait Number: Clone {
    /// How many steps an operation counts for.
    const PRICE: u64;
    /// After how many exchanges errors have added up to so much that everything is worked out anew; exact numbers have none.
    const LASTS: usize = usize::MAX;

    fn of(rational: &Rational) -> Option<Self>;
    fn rational(&self) -> Rational;
    fn zero() -> Self;
    fn one() -> Self;
    fn sign(&self) -> Ordering;
    fn negated(&self) -> Option<Self>;
    fn plus(&self, other: &Self) -> Option<Self>;
    fn times(&self, other: &Self) -> Option<Self>;
    /// The number divided by one that is not zero.
    fn over(&self, other: &Self) -> Option<Self>;

    /// Whether it is above zero by so much that something may be divided by it.
    fn is_slope(&self) -> bool {
        self.sign() == Ordering::Greater
    }

    fn is_zero(&self) -> bool {
        self.sign() == Ordering::Equal
    }

    fn minus(&self, other: &Self) -> Option<Self> {
        self.plus(&other.negated()?)
    }
}

/// A reduced fraction of machine integers, the denominator above zero.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) struct Small {
    numerator: i128,
    denominator: i128,
}

impl Small {
    fn reduced(numerator: i128, denominator: i128) -> Option<Self> {
        if denominator == 1 {
            return Some(Self { numerator, denominator });
        }
        if denominator == 0 {
            return None;
        }
        let common = common_divisor(numerator, denominator)?;
        let (numerator, denominator) = (divided(numerator, common)?, divided(denominator, common)?);
        if denominator < 0 {
            return Some(Self { numerator: numerator.checked_neg()?, denominator: denominator.checked_neg()? });
        }
        Some(Self { numerator, denominator })
    }
}

/// The greatest common divisor, on words of half the size where both numbers fit in one: most do, and it takes a fraction of the time.
fn common_divisor(a: i128, b: i128) -> Option<i128> {
    if a == 1 || b == 1 {
        return Some(1);
    }
    let (a, b) = (a.checked_abs()?, b.checked_abs()?);
    match (u64::try_from(a), u64::try_from(b)) {
        (Ok(a), Ok(b)) => Some(i128::from(a.gcd(&b))),
        _ => Some(a.gcd(&b)),
    }
}

/// Divided by a divisor, likewise.
fn divided(number: i128, by: i128) -> Option<i128> {
    if by == 1 {
        return Some(number);
    }
    match (i64::try_from(number), i64::try_from(by)) {
        (Ok(number), Ok(by)) => number.checked_div(by).map(i128::from),
        _ => number.checked_div(by),
    }
}

impl Number for Small {
    const PRICE: u64 = 6;

    fn of(rational: &Rational) -> Option<Self> {
        Some(Self { numerator: rational.numer().to_i128()?, denominator: rational.denom().to_i128()? })
    }

    fn rational(&self) -> Rational {
        // OK because it is reduced, and the denominator above zero.
        Rational::new_raw(self.numerator.into(), self.denominator.into())
    }

    fn zero() -> Self {
        Self { numerator: 0, denominator: 1 }
    }

    fn one() -> Self {
        Self { numerator: 1, denominator: 1 }
    }

    fn sign(&self) -> Ordering {
        self.numerator.cmp(&0)
    }

    fn negated(&self) -> Option<Self> {
        Some(Self { numerator: self.numerator.checked_neg()?, denominator: self.denominator })
    }

    fn plus(&self, other: &Self) -> Option<Self> {
        if self.denominator == other.denominator {
            return Self::reduced(self.numerator.checked_add(other.numerator)?, self.denominator);
        }
        // Common factors go first, so that products stay as small as they can (Knuth, "The Art of Computer Programming" 4.5.1).
        let common = common_divisor(self.denominator, other.denominator)?;
        let (mine, yours) = (divided(self.denominator, common)?, divided(other.denominator, common)?);
        let left = self.numerator.checked_mul(yours)?;
        let right = other.numerator.checked_mul(mine)?;
        Self::reduced(left.checked_add(right)?, self.denominator.checked_mul(yours)?)
    }

    fn times(&self, other: &Self) -> Option<Self> {
        if self.denominator == 1 && other.denominator == 1 {
            return Self::reduced(self.numerator.checked_mul(other.numerator)?, 1);
        }
        let across = |a: i128, b: i128| {
            let common = common_divisor(a, b)?;
            Some((divided(a, common)?, divided(b, common)?))
        };
        let (left, below_right) = across(self.numerator, other.denominator)?;
        let (right, below_left) = across(other.numerator, self.denominator)?;
        let numerator = left.checked_mul(right)?;
        Some(Self { numerator, denominator: below_left.checked_mul(below_right)? })
    }

    fn over(&self, other: &Self) -> Option<Self> {
        let upside_down = Self::reduced(other.denominator, other.numerator)?;
        self.times(&upside_down)
    }
}

/// A float, to find out where to look; nothing that it says is taken for true.
#[derive(Copy, Clone, Debug)]
pub(super) struct Float(f64);

impl Float {
    /// What is nearer to zero than this is taken for zero; bounds are scaled to be about one.
    const TINY: f64 = 1e-9;
}

#[expect(clippy::float_arithmetic, reason = "floats propose where to look, exact arithmetic decides what is there")]
impl Number for Float {
    const PRICE: u64 = 1;
    const LASTS: usize = 150;

    fn of(rational: &Rational) -> Option<Self> {
        rational.to_f64().filter(|value| value.is_finite()).map(Self)
    }

    fn rational(&self) -> Rational {
        Rational::from_float(self.0).unwrap_or_default()
    }

    fn zero() -> Self {
        Self(0.0)
    }

    fn one() -> Self {
        Self(1.0)
    }

    fn sign(&self) -> Ordering {
        if self.0.abs() < Self::TINY { Ordering::Equal } else { self.0.total_cmp(&0.0) }
    }

    fn negated(&self) -> Option<Self> {
        Some(Self(-self.0))
    }

    fn plus(&self, other: &Self) -> Option<Self> {
        let sum = self.0 + other.0;
        // What two numbers leave that cancel out is noise.
        let noise = self.0.abs().max(other.0.abs()) * 1e-12;
        Some(Self(if sum.abs() <= noise { 0.0 } else { sum }))
    }

    fn is_slope(&self) -> bool {
        self.0 > 1e-6
    }

    fn times(&self, other: &Self) -> Option<Self> {
        Some(Self(self.0 * other.0))
    }

    fn over(&self, other: &Self) -> Option<Self> {
        (other.0 != 0.0).then(|| Self(self.0 / other.0))
    }
}

impl Number for Rational {
    const PRICE: u64 = 800;

    fn of(rational: &Rational) -> Option<Self> {
        Some(rational.clone())
    }

    fn rational(&self) -> Rational {
        self.clone()
    }

    fn zero() -> Self {
        Zero::zero()
    }

    fn one() -> Self {
        One::one()
    }

    fn sign(&self) -> Ordering {
        if Signed::is_positive(self) {
            Ordering::Greater
        } else if Signed::is_negative(self) {
            Ordering::Less
        } else {
            Ordering::Equal
        }
    }

    fn negated(&self) -> Option<Self> {
        Some(-self)
    }

    fn plus(&self, other: &Self) -> Option<Self> {
        Some(self + other)
    }

    fn times(&self, other: &Self) -> Option<Self> {
        Some(self * other)
    }

    fn over(&self, other: &Self) -> Option<Self> {
        (!Zero::is_zero(other)).then(|| self / other)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fraction() -> impl Strategy<Value = Rational> {
        (-50_i64..50, 1_i64..20).prop_map(|(n, d)| Rational::new(n.into(), d.into()))
    }

    proptest! {
        #[test]
        fn machine_integers_count_as_big_ones_do(a in fraction(), b in fraction()) {
            let (x, y) = (Small::of(&a).unwrap(), Small::of(&b).unwrap());
            prop_assert_eq!(x.plus(&y).unwrap().rational(), &a + &b);
            prop_assert_eq!(x.minus(&y).unwrap().rational(), &a - &b);
            prop_assert_eq!(x.times(&y).unwrap().rational(), &a * &b);
            prop_assert_eq!(x.sign(), Number::sign(&a));
            if !Zero::is_zero(&b) {
                prop_assert_eq!(x.over(&y).unwrap().rational(), &a / &b);
                prop_assert_eq!(x.over(&y).unwrap(), Small::of(&(&a / &b)).unwrap(), "reduced as well");
                // A denominator above zero, so that the sign is that of the numerator.
                prop_assert_eq!(x.over(&y).unwrap().sign(), Number::sign(&(&a / &b)));
            }
        }
    }

    #[test]
    fn what_does_not_fit_is_noticed() {
        let huge = Small { numerator: i128::MAX, denominator: 1 };
        assert_eq!(huge.plus(&Small::one()), None);
        assert_eq!(huge.times(&huge), None);
        assert!(Small { numerator: i128::MIN, denominator: 1 }.negated().is_none());
        assert!(
            Small { numerator: i128::MIN, denominator: 3 }.times(&Small { numerator: 1, denominator: 2 }).is_none()
        );
        assert_eq!(Small::one().over(&Small::zero()), None);
    }
}
