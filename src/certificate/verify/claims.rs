//! What a finding says of its claims, and the rows that follow from it.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};
use serde_json::Value;

use super::json::{
    Checked, Object, Span, as_day, as_list, as_text, day_number, fails, field, flag, named, object, optional_rational,
    optional_text, required, text,
};
use super::rows::{Linear, Row};
use super::scope::{Extent, Mass, Scope, Unknown};
use super::space::{EventDate, Kind, Space};

/// How strictly a hedge was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    Strict,
    Plain,
}

/// Which end of a claim's interval a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    Low,
    High,
    /// That the base of a change is above zero.
    Base,
}

/// One entry of a finding's `claims`.
#[derive(Debug)]
pub(super) struct Claim<'a> {
    low: Option<BigRational>,
    high: Option<BigRational>,
    low_open: bool,
    high_open: bool,
    pub(super) form: Form<'a>,
}

#[derive(Debug)]
pub(super) enum Form<'a> {
    /// A figure for the mass of a scope.
    Figure { measure: &'a str, outer: Option<&'a Object>, inner: Option<&'a Object> },
    /// A factor between two masses, or their difference.
    Change { difference: bool, measure: &'a str, new: &'a Object, base: &'a Object },
    /// Bounds on the ends of an event.
    Dates(Vec<DateBound>),
    /// Days from one date to another.
    Duration { from: EventDate, to: EventDate },
    /// A value of an attribute, given or denied.
    Fact { mass: Mass, scope: Scope, period: Option<Span> },
}

#[derive(Debug)]
pub(super) struct DateBound {
    date: EventDate,
    low: Option<BigRational>,
    high: Option<BigRational>,
}

impl<'a> Claim<'a> {
    pub(super) fn parse(space: &Space, map: &'a Object, what: &str) -> Checked<Self> {
        Ok(Self {
            low: optional_rational(map, "low", what)?,
            high: optional_rational(map, "high", what)?,
            low_open: flag(map, "low_open", what)?,
            high_open: flag(map, "high_open", what)?,
            form: Form::parse(space, map, what)?,
        })
    }

    /// The row that this claim gives for `bound`; `stated` tells which of several it should be (on which day of a
    /// level, as which measure, for which date).
    pub(super) fn row(&self, space: &Space, reading: Reading, bound: Bound, stated: &Row) -> Checked<Linear> {
        let Some(example) = stated.linear.sum.keys().next() else { return fails("its sum is empty".to_owned()) };
        match &self.form {
            Form::Figure { measure, outer, inner } => {
                let side = if bound == Bound::Low { outer } else { inner };
                let Some(side) = side else { return fails("the claim's box is nothing for this bound".to_owned()) };
                let (target, day) = match example {
                    Unknown::Mass(Mass::Measure(target), _) => (target, None),
                    Unknown::Mass(Mass::Level { measure: target, day }, _) => (target, Some(*day)),
                    _ => return fails("the claim is of a measure, the sum is not".to_owned()),
                };
                space.read_as(measure, target, reading)?;
                let mut scope = space.measure_scope(target, side)?;
                if let Some(day) = day {
                    for side in [outer, inner].into_iter().flatten() {
                        let period = space.measure_scope(target, side)?.remove("period");
                        match period {
                            Some(Extent::Days(span)) if reading == Reading::Plain && span.contains(day) => {}
                            Some(Extent::Days(span)) if span.single() == Some(day) => {}
                            _ => return fails(format!("on {day} the claim does not hold under this reading")),
                        }
                    }
                    scope.insert("period".to_owned(), Extent::Days(Span { first: Some(day), last: Some(day) }));
                }
                let (mass, scope) = space.mass_of(target, scope)?;
                self.bounded(bound, &[(BigRational::one(), Unknown::Mass(mass, scope))])
            }
            Form::Change { difference, measure, new, base } => {
                let Unknown::Mass(Mass::Measure(target) | Mass::Level { measure: target, .. }, _) = example else {
                    return fails("the claim is of a measure, the sum is not".to_owned());
                };
                space.read_as(measure, target, reading)?;
                let unknown = |json| {
                    let (mass, scope) = space.mass_of(target, space.measure_scope(target, json)?)?;
                    Ok(Unknown::Mass(mass, scope))
                };
                self.change(*difference, bound, unknown(new)?, unknown(base)?)
            }
            Form::Dates(bounds) => {
                let Unknown::Date(date) = example else {
                    return fails("the claim is of a date, the sum is not".to_owned());
                };
                let mut found = None;
                for entry in bounds.iter().filter(|entry| entry.date == *date) {
                    let (end, sign) = match bound {
                        Bound::Low => (&entry.low, BigRational::one()),
                        Bound::High => (&entry.high, -BigRational::one()),
                        Bound::Base => (&None, BigRational::zero()),
                    };
                    let Some(end) = end else { continue };
                    let row = Linear::new([(sign.clone(), example.clone())], sign * end, false);
                    if row == stated.linear {
                        return Ok(row);
                    }
                    found = Some(row);
                }
                found.map_or_else(|| fails("the claim does not bound this date there".to_owned()), Ok)
            }
            Form::Duration { from, to } => {
                let one = BigRational::one();
                self.bounded(bound, &[(one.clone(), Unknown::Date(to.clone())), (-one, Unknown::Date(from.clone()))])
            }
            Form::Fact { mass, scope, .. } => {
                self.bounded(bound, &[(BigRational::one(), Unknown::Mass(mass.clone(), scope.clone()))])
            }
        }
    }

    /// What `bound` says of the given sum: low ≤ sum, or −sum ≥ −high.
    fn bounded(&self, bound: Bound, sum: &[(BigRational, Unknown)]) -> Checked<Linear> {
        let (end, open, sign) = match bound {
            Bound::Low => (&self.low, self.low_open, BigRational::one()),
            Bound::High => (&self.high, self.high_open, -BigRational::one()),
            Bound::Base => return fails("the claim has no base".to_owned()),
        };
        let Some(end) = end else { return fails("the claim's interval has no end on this side".to_owned()) };
        let sum: Vec<_> = sum.iter().map(|(times, unknown)| (times * &sign, unknown.clone())).collect();
        Ok(Linear::new(sum, sign * end, open))
    }

    fn change(&self, difference: bool, bound: Bound, new: Unknown, base: Unknown) -> Checked<Linear> {
        let one = BigRational::one();
        if bound == Bound::Base {
            return Ok(Linear::new([(one, base)], BigRational::zero(), true));
        }
        if difference {
            return self.bounded(bound, &[(one.clone(), new), (-one, base)]);
        }
        let (factor, open, sign) = match bound {
            Bound::Low => (&self.low, self.low_open, one),
            _ => (&self.high, self.high_open, -one),
        };
        let Some(factor) = factor else { return fails("the claim's factor has no end on this side".to_owned()) };
        Ok(Linear::new([(sign.clone(), new), (-sign * factor, base)], BigRational::zero(), open))
    }
}

impl<'a> Form<'a> {
    fn parse(space: &Space, map: &'a Object, what: &str) -> Checked<Self> {
        let has = |key| field(map, key).is_some();
        match (has("change"), has("bounds"), has("duration"), has("subject")) {
            (false, false, false, false) => Ok(Self::Figure {
                measure: text(map, "measure", what)?,
                outer: optional_box(map, "outer", what)?,
                inner: optional_box(map, "inner", what)?,
            }),
            (true, false, false, false) => Self::parse_change(map, what),
            (false, true, false, false) => Self::parse_dates(space, map, what),
            (false, false, true, false) => {
                let what = format!("`duration` of {what}");
                let duration = object(required(map, "duration", &what)?, &what)?;
                let from = space.event_date(text(duration, "from", &what)?, None)?;
                let to = space.event_date(text(duration, "to", &what)?, None)?;
                Ok(Self::Duration { from, to })
            }
            (false, false, false, true) => Self::parse_fact(space, map, what),
            _ => fails(format!("{what} has more than one form")),
        }
    }

    fn parse_change(map: &'a Object, what: &str) -> Checked<Self> {
        let difference = match text(map, "change", what)? {
            "difference" => true,
            "factor" | "share" => false,
            other => return fails(format!("{what} has an unknown change {}", named(other))),
        };
        let same = |outer, inner| match (optional_box(map, outer, what)?, optional_box(map, inner, what)?) {
            (Some(left), Some(right)) if left == right => Ok(left),
            _ => fails(format!("{what} is a change whose boxes differ or are nothing, which gives no row")),
        };
        Ok(Self::Change {
            difference,
            measure: text(map, "measure", what)?,
            new: same("outer", "inner")?,
            base: same("base_outer", "base_inner")?,
        })
    }

    fn parse_dates(space: &Space, map: &Object, what: &str) -> Checked<Self> {
        let event = text(map, "event", what)?;
        let mut bounds = Vec::new();
        for value in as_list(required(map, "bounds", what)?, format_args!("`bounds` of {what}"))? {
            let what = format!("a bound of {what}");
            let entry = object(value, &what)?;
            let day = |key| match optional_text(entry, key, &what)? {
                Some(day) => day_number(as_day(day, &what)?).map(Some),
                None => Ok(None),
            };
            let bound = DateBound {
                date: space.event_date(text(entry, "date", &what)?, None)?,
                low: day("low")?,
                high: day("high")?,
            };
            if bound.date.event != event {
                return fails(format!("{what} is of another event"));
            }
            bounds.push(bound);
        }
        Ok(Self::Dates(bounds))
    }

    fn parse_fact(space: &Space, map: &Object, what: &str) -> Checked<Self> {
        let keys = ["subject", "toward", "value"];
        let parts: Object = keys.iter().filter_map(|key| Some(((*key).to_owned(), field(map, key)?.clone()))).collect();
        let (mass, scope) = space.fact(text(map, "measure", what)?, &parts)?;
        let period = optional_text(map, "period", what)?.map(|period| Span::parse(period, what)).transpose()?;
        let ends = |key, wanted: u8| match optional_rational(map, key, what)? {
            Some(end) if end != BigRational::from_integer(BigInt::from(wanted)) => {
                fails(format!("{what} is a fact, whose `{key}` is {wanted} or nothing"))
            }
            end => Ok(end.is_some()),
        };
        match (ends("low", 1)?, ends("high", 0)?) {
            (true, true) => fails(format!("{what} both gives and denies its value")),
            _ => Ok(Self::Fact { mass, scope, period }),
        }
    }
}

fn optional_box<'a>(map: &'a Object, key: &str, what: &str) -> Checked<Option<&'a Object>> {
    field(map, key).map(|value: &Value| object(value, format_args!("`{key}` of {what}"))).transpose()
}

impl Space {
    /// Whether a claim of `measure` is also one of `target`.
    fn read_as(&self, measure: &str, target: &str, reading: Reading) -> Checked<()> {
        let kind: Kind = self.measure(measure)?.kind;
        let mut at = measure;
        // A chain longer than there are measures runs in a circle.
        for _ in 0..=self.measures.len() {
            if at == target {
                return Ok(());
            }
            match self.measure(at)?.plain.as_deref() {
                Some(next) if reading == Reading::Plain && self.measure(next)?.kind == kind => at = next,
                _ => break,
            }
        }
        fails(format!("a claim of {} is none of {} under this reading", named(measure), named(target)))
    }
}

/// Reads the name of a claim entry.
pub(super) fn claim_id<'a>(value: &'a Value, what: &str) -> Checked<(&'a str, &'a Object)> {
    let map = object(value, what)?;
    Ok((as_text(required(map, "claim", what)?, what)?, map))
}
