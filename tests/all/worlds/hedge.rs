//! Figures as sources hedge them: what each allows, worked out again from the design, and how to hedge truthfully.

use num_rational::Ratio;
use serde_json::{Value, json};

use super::dice::Dice;

/// An exact number. The worlds are small, so machine integers do; an overflow would panic.
pub(crate) type Exact = Ratio<i128>;

pub(crate) fn whole(number: i64) -> Exact {
    Exact::from_integer(number.into())
}

/// A decimal number as it is written: `units` / 10^`decimals`.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Number {
    pub(crate) units: i128,
    pub(crate) decimals: u32,
}

impl Number {
    pub(crate) fn of(units: i64) -> Self {
        Self { units: units.into(), decimals: 0 }
    }

    pub(crate) fn exact(self) -> Exact {
        Exact::new(self.units, 10_i128.pow(self.decimals))
    }

    pub(crate) fn text(self) -> String {
        let scale = 10_i128.pow(self.decimals);
        match self.decimals {
            0 => self.units.to_string(),
            digits => format!("{}.{:0width$}", self.units / scale, self.units % scale, width = digits as usize),
        }
    }

    pub(crate) fn json(self) -> Value {
        serde_json::from_str(&self.text()).unwrap()
    }

    pub(crate) fn down(value: Exact, decimals: u32) -> Self {
        Self { units: (value * 10_i128.pow(decimals)).floor().to_integer().max(0), decimals }
    }

    pub(crate) fn up(value: Exact, decimals: u32) -> Self {
        Self { units: (value * 10_i128.pow(decimals)).ceil().to_integer().max(0), decimals }
    }

    pub(crate) fn near(value: Exact, decimals: u32) -> Self {
        Self { units: (value * 10_i128.pow(decimals)).round().to_integer().max(0), decimals }
    }

    fn plus_a_step(self) -> Self {
        Self { units: self.units + 1, ..self }
    }

    /// What its last digit counts; of its last significant one, zeros before the point do not count.
    fn last_digit(self, significant: bool) -> Exact {
        let Self { mut units, mut decimals } = self;
        // Files hold 0.5 for 0.50, and 2.0 for 2.00.
        while decimals > 1 && units % 10 == 0 {
            (units, decimals) = (units / 10, decimals - 1);
        }
        let mut digit = Exact::new(1, 10_i128.pow(decimals));
        while significant && decimals == 0 && units != 0 && units % 10 == 0 {
            (units, digit) = (units / 10, digit * 10);
        }
        digit
    }
}

/// The policies of a codebook.
#[derive(Clone, Debug)]
pub(crate) struct Policy {
    /// In percent.
    pub(crate) about_strict: i64,
    pub(crate) about_plain: i64,
    pub(crate) about_min: i64,
    pub(crate) beyond: i64,
    pub(crate) beyond_min: i64,
}

impl Policy {
    /// What holds where a codebook says nothing.
    pub(crate) const DEFAULT: Self =
        Self { about_strict: 25, about_plain: 10, about_min: 1, beyond: 25, beyond_min: 10 };
}

/// A vague word, its strict and its plain interval.
type Vague = (&'static str, (i64, Option<i64>), (i64, Option<i64>));

pub(crate) const VAGUE: [Vague; 4] = [
    ("several", (2, None), (3, Some(9))),
    ("dozens", (12, None), (24, Some(99))),
    ("handful", (1, Some(20)), (3, Some(8))),
    ("many", (1, None), (10, None)),
];

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Quantity {
    Exactly(Number),
    AtLeast(Number),
    MoreThan(Number),
    AtMost(Number),
    LessThan(Number),
    Nearly(Number),
    About(Number),
    Between(Number, Number),
    Rounded(Number, Number),
    Estimate(Number, Number, Number),
    Vague(usize),
}

/// How many forms of a quantity there are.
pub(crate) const FORMS: usize = 11;

/// One end of an interval: where, and whether the value itself is left out.
pub(crate) type End = Option<(Exact, bool)>;

/// The values that a quantity allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Interval {
    pub(crate) low: End,
    pub(crate) high: End,
}

/// Whether no value is above the low end and below the high one.
pub(crate) fn clash(low: End, high: End) -> bool {
    match (low, high) {
        (Some((low, low_open)), Some((high, high_open))) => low > high || low == high && (low_open || high_open),
        _ => false,
    }
}

impl Interval {
    fn closed(low: Exact, high: Exact) -> Self {
        Self { low: Some((low, false)), high: Some((high, false)) }
    }

    pub(crate) fn holds(&self, value: Exact) -> bool {
        let point = Some((value, false));
        !clash(self.low, point) && !clash(point, self.high)
    }

    pub(crate) fn is_empty(&self) -> bool {
        clash(self.low, self.high)
    }

    /// Everything that the interval leaves out, where that is an interval. No figure is below zero.
    pub(crate) fn negation(&self) -> Option<Self> {
        let low = self.low.filter(|&(low, open)| low > whole(0) || low == whole(0) && open);
        match (low, self.high) {
            (Some((low, open)), None) => Some(Self { low: None, high: Some((low, !open)) }),
            (None, Some((high, open))) => Some(Self { low: Some((high, !open)), high: None }),
            _ => None,
        }
    }

    /// The whole numbers in it.
    pub(crate) fn inward(&self) -> Self {
        let one = whole(1);
        let low = self.low.map(|(low, open)| if open { low.floor() + one } else { low.ceil() });
        let high = self.high.map(|(high, open)| if open { high.ceil() - one } else { high.floor() });
        Self { low: low.map(|low| (low, false)), high: high.map(|high| (high, false)) }
    }

    /// Whether every value of it is one of the other.
    pub(crate) fn is_within(&self, other: &Self) -> bool {
        let low = other.low.is_none_or(|(limit, open)| self.low.is_some_and(|low| low >= (limit, open)));
        let high = other.high.is_none_or(|(limit, limit_open)| {
            self.high.is_some_and(|(high, open)| high < limit || high == limit && (open || !limit_open))
        });
        low && high
    }
}

/// What a number without a hedge means.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Bare {
    /// Itself.
    Exact,
    /// It is rounded: a percentage, a factor.
    Rounded,
    /// It is within one digit: a length of time.
    Length,
}

/// In what a figure is given, and whether it comes in whole things.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Scale {
    /// How many base units the number one stands for.
    pub(crate) unit: i64,
    pub(crate) whole: bool,
    pub(crate) bare: Bare,
}

impl Scale {
    /// Of percentages, factors and lengths of time, and of differences.
    pub(crate) fn of_fractions(bare: Bare, unit: i64) -> Self {
        Self { unit, whole: false, bare }
    }
}

impl Quantity {
    /// The values that the quantity allows, in base units.
    pub(crate) fn interval(&self, strict: bool, policy: &Policy, scale: Scale) -> Interval {
        let base = |number: &Number| number.exact() * i128::from(scale.unit);
        let reach = |value: Exact, percent: i64, min: i64| {
            let share = value * whole(percent) / whole(100);
            if scale.whole { share.max(whole(min)) } else { share }
        };
        let about = |value: Exact| {
            reach(value, if strict { policy.about_strict } else { policy.about_plain }, policy.about_min)
        };
        let beyond = |value: Exact| (!strict).then(|| (value + reach(value, policy.beyond, policy.beyond_min), false));
        let interval = match self {
            Self::Exactly(v) => {
                let off = match scale.bare {
                    Bare::Exact => whole(0),
                    Bare::Length if strict => v.last_digit(true),
                    Bare::Rounded | Bare::Length => v.last_digit(strict) / 2,
                };
                let off = off * i128::from(scale.unit);
                Interval::closed(base(v) - off, base(v) + off)
            }
            Self::AtLeast(v) => Interval { low: Some((base(v), false)), high: beyond(base(v)) },
            Self::MoreThan(v) => Interval { low: Some((base(v), true)), high: beyond(base(v)) },
            Self::AtMost(v) => Interval { low: None, high: Some((base(v), false)) },
            Self::LessThan(v) => Interval { low: None, high: Some((base(v), true)) },
            Self::Nearly(v) => Interval { low: Some((base(v) - about(base(v)), false)), high: Some((base(v), true)) },
            Self::About(v) => Interval::closed(base(v) - about(base(v)), base(v) + about(base(v))),
            Self::Between(low, high) => Interval::closed(base(low), base(high)),
            Self::Rounded(v, to) => Interval::closed(base(v) - base(to) / 2, base(v) + base(to) / 2),
            Self::Estimate(low, _, high) if strict => Interval::closed(base(low), base(high)),
            Self::Estimate(low, best, high) => {
                let best = base(best);
                Interval::closed(base(low).max(best - about(best)), base(high).min(best + about(best)))
            }
            Self::Vague(at) => {
                let (_, logical, plain) = VAGUE[*at];
                let (low, high) = if strict { logical } else { plain };
                let end = |number: i64| (whole(number * scale.unit), false);
                Interval { low: Some(end(low)), high: high.map(end) }
            }
        };
        if scale.whole { interval.inward() } else { interval }
    }

    /// Whether a claims file may hold it: neither interval is empty, none lies below zero, and plain is within strict.
    pub(crate) fn is_sound(&self, policy: &Policy, scale: Scale) -> bool {
        let [strict, plain] = [true, false].map(|strict| self.interval(strict, policy, scale));
        let possible = |interval: &Interval| !interval.is_empty() && !clash(Some((whole(0), false)), interval.high);
        possible(&strict) && possible(&plain) && plain.is_within(&strict)
    }

    /// The numbers that it names.
    pub(crate) fn numbers(&self) -> Vec<Number> {
        match *self {
            Self::Exactly(v)
            | Self::AtLeast(v)
            | Self::MoreThan(v)
            | Self::AtMost(v)
            | Self::LessThan(v)
            | Self::Nearly(v)
            | Self::About(v)
            | Self::Rounded(v, _) => vec![v],
            Self::Between(low, high) => vec![low, high],
            Self::Estimate(low, best, high) => vec![low, best, high],
            Self::Vague(_) => Vec::new(),
        }
    }

    /// One that allows all that this one does, under both readings, and more; none where no simple one is known.
    pub(crate) fn weaker(&self, dice: &mut Dice, policy: &Policy, scale: Scale) -> Option<Self> {
        let [strict, plain] = [true, false].map(|strict| self.interval(strict, policy, scale));
        let in_unit = |end: End| end.map(|(value, _)| value / i128::from(scale.unit));
        let off = whole(dice.between(0, 40)) / whole(100);
        let high = |high: Exact| Number::up(high * (whole(1) + off) + whole(1), 0);
        let candidates = [
            in_unit(strict.high).map(|end| Self::AtMost(high(end))),
            in_unit(strict.low)
                .zip(in_unit(strict.high))
                .map(|(low, end)| Self::Between(Number::down(low * (whole(1) - off), 0), high(end))),
        ];
        let wider = dice.pick(&candidates).clone()?;
        let [wider_strict, wider_plain] = [true, false].map(|strict| wider.interval(strict, policy, scale));
        let is_weaker = strict.is_within(&wider_strict) && plain.is_within(&wider_plain);
        (is_weaker && wider.is_sound(policy, scale)).then_some(wider)
    }

    pub(crate) fn form(&self) -> usize {
        match self {
            Self::Exactly(_) => 0,
            Self::AtLeast(_) => 1,
            Self::MoreThan(_) => 2,
            Self::AtMost(_) => 3,
            Self::LessThan(_) => 4,
            Self::Nearly(_) => 5,
            Self::About(_) => 6,
            Self::Between(..) => 7,
            Self::Rounded(..) => 8,
            Self::Estimate(..) => 9,
            Self::Vague(_) => 10,
        }
    }

    pub(crate) fn json(&self) -> Value {
        match self {
            Self::Exactly(v) => v.json(),
            Self::AtLeast(v) => json!({ "at_least": v.json() }),
            Self::MoreThan(v) => json!({ "more_than": v.json() }),
            Self::AtMost(v) => json!({ "at_most": v.json() }),
            Self::LessThan(v) => json!({ "less_than": v.json() }),
            Self::Nearly(v) => json!({ "nearly": v.json() }),
            Self::About(v) => json!({ "about": v.json() }),
            Self::Between(low, high) => json!({ "between": [low.json(), high.json()] }),
            Self::Rounded(v, to) => json!({ "rounded": v.json(), "to": to.json() }),
            Self::Estimate(low, best, high) => {
                json!({ "estimate": { "low": low.json(), "best": best.json(), "high": high.json() } })
            }
            Self::Vague(at) => json!({ "vague": VAGUE[*at].0 }),
        }
    }

    /// The figure as a source would print it.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Exactly(v) => v.text(),
            Self::AtLeast(v) => format!("at least {}", v.text()),
            Self::MoreThan(v) => format!("more than {}", v.text()),
            Self::AtMost(v) => format!("at most {}", v.text()),
            Self::LessThan(v) => format!("less than {}", v.text()),
            Self::Nearly(v) => format!("nearly {}", v.text()),
            Self::About(v) => format!("about {}", v.text()),
            Self::Between(low, high) => format!("{} to {}", low.text(), high.text()),
            Self::Rounded(v, _) => format!("some {}", v.text()),
            Self::Estimate(low, best, high) => format!("{} to {}, probably {}", low.text(), high.text(), best.text()),
            Self::Vague(at) => VAGUE[*at].0.to_owned(),
        }
    }

    /// A quantity of the given form near the given numbers (in the claim's unit), no further off than `slack` percent.
    pub(crate) fn propose(
        dice: &mut Dice,
        form: usize,
        (low, high): (Exact, Exact),
        slack: i64,
        decimals: u32,
    ) -> Self {
        let mut off = || whole(dice.between(0, slack)) / whole(100);
        let below = Number::down(low * (whole(1) - off().min(whole(1))), decimals);
        let above = Number::up(high * (whole(1) + off()), decimals);
        let middle = (low + high) / 2 * (whole(1) + off() - off()).max(whole(0));
        match form {
            0 => Self::Exactly(Number::near(low, decimals)),
            1 => Self::AtLeast(below),
            2 => Self::MoreThan(Number { units: (below.units - 1).max(0), ..below }),
            3 => Self::AtMost(above),
            4 => Self::LessThan(above.plus_a_step()),
            5 => Self::Nearly(above.plus_a_step()),
            6 => Self::About(Number::near(middle, decimals)),
            7 => Self::Between(below, above),
            8 => {
                let to = Number { units: *dice.pick(&[1, 2, 5, 10, 20, 100]), decimals };
                let times = (middle / to.exact()).round().to_integer().max(0);
                Self::Rounded(Number { units: times * to.units, decimals }, to)
            }
            9 => {
                let best = Number::near(middle, decimals);
                let (low, high) = (below.units.min(best.units), above.units.max(best.units));
                Self::Estimate(Number { units: low, decimals }, best, Number { units: high, decimals })
            }
            _ => Self::Vague(dice.below(VAGUE.len())),
        }
    }
}

#[test]
fn intervals_are_those_of_the_design() {
    let attacks = Scale { unit: 1, whole: true, bare: Bare::Exact };
    let ends = |quantity: Quantity, strict| {
        let interval = quantity.interval(strict, &Policy::DEFAULT, attacks);
        (interval.low.map(|(low, _)| low.to_integer()), interval.high.map(|(high, _)| high.to_integer()))
    };
    let n = Number::of;
    assert_eq!(ends(Quantity::AtLeast(n(262)), true), (Some(262), None));
    assert_eq!(ends(Quantity::AtLeast(n(262)), false), (Some(262), Some(327)));
    assert_eq!(ends(Quantity::MoreThan(n(150)), true), (Some(151), None));
    assert_eq!(ends(Quantity::LessThan(n(150)), false), (None, Some(149)));
    assert_eq!(ends(Quantity::Nearly(n(100)), true), (Some(75), Some(99)));
    assert_eq!(ends(Quantity::About(n(3)), false), (Some(2), Some(4)));
    assert_eq!(ends(Quantity::Estimate(n(95), n(100), n(200)), false), (Some(95), Some(110)));
    let negated = Quantity::MoreThan(n(150)).interval(true, &Policy::DEFAULT, attacks).negation().unwrap();
    assert_eq!(negated.inward(), Interval { low: None, high: Some((whole(150), false)) });
    assert_eq!(Quantity::About(n(3)).interval(true, &Policy::DEFAULT, attacks).negation(), None);
    let none_to_five = Quantity::Between(n(0), n(5)).interval(true, &Policy::DEFAULT, attacks);
    assert_eq!(none_to_five.negation(), Some(Interval { low: Some((whole(5), true)), high: None }));
    let money = Scale { unit: 1000, whole: false, bare: Bare::Exact };
    let half = Number { units: 25, decimals: 1 };
    assert_eq!(half.text(), "2.5");
    let more = Quantity::MoreThan(half).interval(true, &Policy::DEFAULT, money);
    assert!(!more.holds(whole(2500)) && more.holds(whole(2501)) && more.high.is_none());
}

#[test]
fn bare_numbers_reach_as_far_as_the_design_says() {
    let ends = |number: Number, strict: bool, bare: Bare| {
        let interval = Quantity::Exactly(number).interval(strict, &Policy::DEFAULT, Scale::of_fractions(bare, 1));
        let double = |end: End| (end.unwrap().0 * 20).to_integer();
        (double(interval.low), double(interval.high))
    };
    let n = Number::of;
    // In twentieths: 25 is 24.5 to 25.5, and strictly so; 60 is strictly 55 to 65.
    assert_eq!(ends(n(25), false, Bare::Rounded), (490, 510));
    assert_eq!(ends(n(25), true, Bare::Rounded), (490, 510));
    assert_eq!(ends(n(60), true, Bare::Rounded), (1100, 1300));
    assert_eq!(ends(n(60), false, Bare::Rounded), (1190, 1210));
    assert_eq!(ends(n(0), true, Bare::Rounded), (-10, 10));
    assert_eq!(ends(Number { units: 6000, decimals: 2 }, true, Bare::Rounded), (1199, 1201));
    // 19 days are 18 to 20, and 20 are 10 to 30.
    assert_eq!(ends(n(19), true, Bare::Length), (360, 400));
    assert_eq!(ends(n(20), true, Bare::Length), (200, 600));
    assert_eq!(ends(n(20), false, Bare::Length), (390, 410));
}
