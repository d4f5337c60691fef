//! How many or how much, with the hedge that the source put on it.

use num_traits::Zero;

use crate::claim::Reading;
use crate::codebook::Codebook;
use crate::number::{End, Interval, Rational, Written, integer, power_of_ten, product};

/// A figure as its source hedges it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Quantity {
    /// A bare number.
    Exactly(Written),
    /// "at least v".
    AtLeast(Written),
    /// "more than v".
    MoreThan(Written),
    /// "at most v".
    AtMost(Written),
    /// "less than v".
    LessThan(Written),
    /// "nearly v": below v, but not by much.
    Nearly(Written),
    /// "about v".
    About(Written),
    /// "v to w".
    Between(Written, Written),
    /// A number that is known to be rounded.
    Rounded {
        /// The rounded number.
        value: Written,
        /// What it was rounded to a multiple of.
        to: Written,
    },
    /// A low, a best and a high estimate.
    Estimate {
        /// The lowest.
        low: Written,
        /// The best.
        best: Written,
        /// The highest.
        high: Written,
    },
    /// A vague word of the codebook.
    Vague(String),
}

/// What a bare number means in its place.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Bare {
    /// Exactly itself: the value of a measure.
    Exact,
    /// Rounded to its last digit: a percentage, a factor.
    Rounded,
    /// Within a digit: a duration.
    Length,
}

/// How a quantity's numbers turn into base units.
#[derive(Clone, Debug)]
pub struct Scale {
    /// How many base units the number one stands for.
    pub unit: Rational,
    /// Whether the units come in whole things: then least distances apply and bounds are rounded inward.
    pub whole: bool,
    /// What a bare number means.
    pub bare: Bare,
}

impl Quantity {
    /// The values that the quantity allows under a reading, in base units.
    ///
    /// The result may be empty, or (for a policy of the codebook that is the wrong way round) a plain interval outside
    /// its strict one; the loader refuses both. A vague word that the codebook lacks allows everything.
    ///
    /// Published codebooks are the models of the policies: see [`crate::codebook::Vague`].
    pub fn interval(&self, reading: Reading, codebook: &Codebook, scale: &Scale) -> Interval {
        let interval = self.raw(reading, codebook, scale);
        if scale.whole { interval.rounded_inward() } else { interval }
    }

    fn raw(&self, reading: Reading, codebook: &Codebook, scale: &Scale) -> Interval {
        let base = |written: &Written| product(&written.value, &scale.unit);
        let distance = |value: &Rational, fraction: &Rational, min: &Rational| {
            let relative = value * fraction;
            if scale.whole && *min > relative { min.clone() } else { relative }
        };
        let about = |value: &Rational| {
            let fraction = match reading {
                Reading::Strict => &codebook.about.strict,
                Reading::Plain => &codebook.about.plain,
            };
            distance(value, fraction, &codebook.about.min)
        };
        let beyond = |value: &Rational| match reading {
            Reading::Strict => None,
            Reading::Plain => Some(End::closed(value + distance(value, &codebook.beyond.plain, &codebook.beyond.min))),
        };
        match self {
            Self::Exactly(written) => around(base(written), bare_distance(written, reading, scale)),
            Self::AtLeast(written) => {
                let value = base(written);
                Interval { high: beyond(&value), low: Some(End::closed(value)) }
            }
            Self::MoreThan(written) => {
                let value = base(written);
                Interval { high: beyond(&value), low: Some(End::open(value)) }
            }
            Self::AtMost(written) => Interval { low: None, high: Some(End::closed(base(written))) },
            Self::LessThan(written) => Interval { low: None, high: Some(End::open(base(written))) },
            Self::Nearly(written) => {
                let value = base(written);
                Interval { low: Some(End::closed(&value - about(&value))), high: Some(End::open(value)) }
            }
            Self::About(written) => {
                let value = base(written);
                let distance = about(&value);
                around(value, distance)
            }
            Self::Between(low, high) => Interval::between(base(low), base(high)),
            Self::Rounded { value, to } => around(base(value), base(to) / integer(2)),
            Self::Estimate { low, best, high } => match reading {
                Reading::Strict => Interval::between(base(low), base(high)),
                Reading::Plain => {
                    let best = base(best);
                    let distance = about(&best);
                    Interval::between(base(low).max(&best - &distance), base(high).min(best + distance))
                }
            },
            Self::Vague(word) => codebook.vague.get(word).map_or_else(Interval::default, |vague| {
                match reading {
                    Reading::Strict => &vague.strict,
                    Reading::Plain => &vague.plain,
                }
                .times(&scale.unit)
            }),
        }
    }

    /// Every number that the quantity names, as written.
    pub fn numbers(&self) -> Vec<&Written> {
        match self {
            Self::Exactly(value)
            | Self::AtLeast(value)
            | Self::MoreThan(value)
            | Self::AtMost(value)
            | Self::LessThan(value)
            | Self::Nearly(value)
            | Self::About(value)
            | Self::Rounded { value, .. } => vec![value],
            Self::Between(low, high) => vec![low, high],
            Self::Estimate { low, best, high } => vec![low, best, high],
            Self::Vague(_) => Vec::new(),
        }
    }
}

fn around(value: Rational, distance: Rational) -> Interval {
    if distance.is_zero() { Interval::exactly(value) } else { Interval::between(&value - &distance, value + distance) }
}

/// How far a bare number reaches to both sides, in base units.
fn bare_distance(written: &Written, reading: Reading, scale: &Scale) -> Rational {
    let digit = match reading {
        Reading::Plain => written.last_written,
        Reading::Strict => written.last_significant,
    };
    let unit = || power_of_ten(digit) * &scale.unit;
    match (scale.bare, reading) {
        (Bare::Exact, _) => Rational::zero(),
        (Bare::Rounded, _) | (Bare::Length, Reading::Plain) => unit() / integer(2),
        (Bare::Length, Reading::Strict) => unit(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::Vague;

    fn n(text: &str) -> Written {
        Written::parse(text).unwrap()
    }

    fn value() -> Scale {
        Scale { unit: integer(1), whole: true, bare: Bare::Exact }
    }

    fn percent() -> Scale {
        Scale { unit: integer(1), whole: false, bare: Bare::Rounded }
    }

    fn half(numerator: i64) -> Rational {
        Rational::new(numerator.into(), 2.into())
    }

    fn check(quantity: &Quantity, scale: &Scale, strict: &Interval, plain: &Interval) {
        let codebook = Codebook::default();
        assert_eq!(&quantity.interval(Reading::Strict, &codebook, scale), strict, "strict {quantity:?}");
        assert_eq!(&quantity.interval(Reading::Plain, &codebook, scale), plain, "plain {quantity:?}");
        assert!(plain.is_within(strict), "plain lies within strict: {quantity:?}");
    }

    fn closed(low: i64, high: i64) -> Interval {
        Interval::between(integer(low), integer(high))
    }

    fn from(low: i64) -> Interval {
        Interval { low: Some(End::closed(integer(low))), high: None }
    }

    /// 262 and a quarter of it is 327.5: a plain reader expects at most 327 whole attacks.
    #[test]
    fn at_least_ends_somewhere_for_a_plain_reader() {
        check(&Quantity::AtLeast(n("262")), &value(), &from(262), &closed(262, 327));
        check(&Quantity::MoreThan(n("150")), &value(), &from(151), &closed(151, 187));
        check(&Quantity::AtLeast(n("4")), &value(), &from(4), &closed(4, 14));
    }

    #[test]
    fn about_is_the_larger_of_percentage_and_least_distance() {
        check(&Quantity::About(n("90")), &value(), &closed(68, 112), &closed(81, 99));
        check(&Quantity::About(n("3")), &value(), &closed(2, 4), &closed(2, 4));
        check(&Quantity::Nearly(n("100")), &value(), &closed(75, 99), &closed(90, 99));
    }

    #[test]
    fn bare_percentages_are_rounded_to_their_digits() {
        let plain = Interval::between(half(49), half(51));
        check(&Quantity::Exactly(n("25")), &percent(), &plain, &plain);
        check(&Quantity::Exactly(n("60")), &percent(), &closed(55, 65), &Interval::between(half(119), half(121)));
        check(
            &Quantity::Exactly(n("0")),
            &percent(),
            &Interval::between(half(-1), half(1)),
            &Interval::between(half(-1), half(1)),
        );
    }

    #[test]
    fn bare_lengths_reach_one_digit() {
        let days = Scale { unit: integer(1), whole: false, bare: Bare::Length };
        check(&Quantity::Exactly(n("19")), &days, &closed(18, 20), &Interval::between(half(37), half(39)));
        check(&Quantity::Exactly(n("20")), &days, &closed(10, 30), &Interval::between(half(39), half(41)));
    }

    #[test]
    fn estimates_are_cut_to_their_ends() {
        let estimate = Quantity::Estimate { low: n("95"), best: n("100"), high: n("200") };
        check(&estimate, &value(), &closed(95, 200), &closed(95, 110));
    }

    #[test]
    fn rounding_and_units_scale() {
        let rounded = Quantity::Rounded { value: n("3500000"), to: n("100000") };
        check(&rounded, &value(), &closed(3_450_000, 3_550_000), &closed(3_450_000, 3_550_000));
        let billions = Scale { unit: integer(1_000_000_000), whole: false, bare: Bare::Exact };
        let exact = Interval::exactly(integer(7_120_000_000));
        check(&Quantity::Exactly(n("7.12")), &billions, &exact, &exact);
    }

    #[test]
    fn vague_words_come_from_the_codebook() {
        let mut codebook = Codebook::default();
        let vague = Vague { strict: from(12), plain: closed(24, 99), policy: None };
        codebook.vague.insert("dozens".into(), vague);
        let dozens = Quantity::Vague("dozens".into());
        assert_eq!(dozens.interval(Reading::Strict, &codebook, &value()), from(12));
        assert_eq!(dozens.interval(Reading::Plain, &codebook, &value()), closed(24, 99));
    }
}
