//! Dates, durations and orders as differences between days.
//!
//! Every constraint says that one moment is at least so many days after another, or after the origin, day 0 (1970-01-01).
//! A claim gives up to four of them, the codebook the rest: an event does not end before it starts, an incident takes one
//! day, a part of an event lies within it, and its orders.

use num_traits::ToPrimitive;

use crate::claim::{Bare, ClaimId, Corpus, Form, LengthUnit, Quantity, Reading, Scale, Voice};
use crate::codebook::{Codebook, EventId, EventKind, Moment, Side};
use crate::number::{Interval, Rational, integer};
use crate::system::figures::NotComparable;
use crate::system::moments::event_bounds;

/// One end of a constraint: a moment, or the origin.
pub type Point = Option<Moment>;

/// `to` is at least `days` after `from`.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Constraint {
    /// From where the days count.
    pub from: Point,
    /// What comes no earlier.
    pub to: Point,
    /// How many days later at the least; negative where it may come before.
    pub days: i64,
    /// Who says so.
    pub by: Ground,
}

/// Who says that a constraint holds.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ground {
    /// A claim, with its lower bound (or, if not, its upper one).
    Claim {
        /// Which claim.
        claim: ClaimId,
        /// Whether it is the lower bound.
        low: bool,
    },
    /// An event does not end before it starts.
    StartEnd(EventId),
    /// An incident ends on the day on which it starts.
    OneDay(EventId),
    /// An event that is part of another one starts no earlier (or ends no later).
    Part(EventId, Side),
    /// An order of the codebook, by its place there.
    Order(usize),
}

/// What the codebook alone says.
pub fn known(codebook: &Codebook) -> Vec<Constraint> {
    let at = |event, side| Some(Moment { event, side });
    let not_before = |from, to, by| Constraint { from, to, days: 0, by };
    let mut known = Vec::new();
    for index in 0..codebook.events.len() {
        let event = EventId::new(index);
        let (start, end) = (at(event, Side::Start), at(event, Side::End));
        known.push(not_before(start, end, Ground::StartEnd(event)));
        if codebook.event(event).kind == EventKind::Incident {
            known.push(not_before(end, start, Ground::OneDay(event)));
        }
        if let Some(parent) = codebook.event(event).parent {
            known.push(not_before(at(parent, Side::Start), start, Ground::Part(event, Side::Start)));
            known.push(not_before(end, at(parent, Side::End), Ground::Part(event, Side::End)));
        }
    }
    for (index, order) in codebook.orders.iter().enumerate() {
        known.push(not_before(Some(order.first), Some(order.then), Ground::Order(index)));
    }
    known
}

/// What a date or duration claim says of days under a reading.
///
/// # Errors
///
/// A denial that leaves no single stretch.
pub fn constraints(corpus: &Corpus, id: ClaimId, reading: Reading) -> Result<Vec<Constraint>, NotComparable> {
    let low = |from, to, days| Constraint { from, to, days, by: Ground::Claim { claim: id, low: true } };
    // At most so many days after is at least so many days before.
    let high = |from, to, days: i64| Constraint {
        from: to,
        to: from,
        days: -days,
        by: Ground::Claim { claim: id, low: false },
    };
    match &corpus.claim(id).form {
        Form::Date { event, .. } => {
            let bounds = event_bounds(corpus, id, reading)?;
            let sides = [(Side::Start, bounds.start), (Side::End, bounds.end)];
            Ok(sides
                .into_iter()
                .flat_map(|(side, bounds)| {
                    let moment = Some(Moment { event: *event, side });
                    let lows = bounds.low.map(|day| low(None, moment, i64::from(day.number())));
                    lows.into_iter().chain(bounds.high.map(|day| high(None, moment, i64::from(day.number()))))
                })
                .collect())
        }
        Form::Duration { from, to, .. } => {
            let days = duration(corpus, id, reading)?;
            let whole = |value: &Rational| value.to_integer().to_i64();
            let lows =
                days.low.as_ref().and_then(|end| whole(&end.value)).map(|days| low(Some(*from), Some(*to), days));
            let highs =
                days.high.as_ref().and_then(|end| whole(&end.value)).map(|days| high(Some(*from), Some(*to), days));
            Ok(lows.into_iter().chain(highs).collect())
        }
        _ => Ok(Vec::new()),
    }
}

/// How many whole days lie between the two moments of a duration claim, under a reading.
///
/// Months have 28 to 31 days, years 365 or 366. Under strict a day more on both sides, for the first day may be counted or
/// not.
///
/// # Errors
///
/// A denial that leaves no single stretch; a claim of another form.
pub fn duration(corpus: &Corpus, id: ClaimId, reading: Reading) -> Result<Interval, NotComparable> {
    let claim = corpus.claim(id);
    let Form::Duration { unit, length, .. } = &claim.form else { return Err(NotComparable::BoundsNothing) };
    let scale = Scale { unit: integer(1), whole: false, bare: Bare::Length };
    let days_of = |reading| {
        let mut units = length.interval(reading, &corpus.codebook, &scale);
        // "Not before it" says which came first, and nothing of how soon.
        if matches!(length, Quantity::AtLeast(least) if least.value == integer(0)) {
            units.high = None;
        }
        let (shortest, longest) = days_in(*unit);
        let mut days = Interval { low: units.times(&integer(shortest)).low, high: units.times(&integer(longest)).high };
        if reading == Reading::Strict {
            if let Some(low) = &mut days.low {
                low.value -= integer(1);
            }
            if let Some(high) = &mut days.high {
                high.value += integer(1);
            }
        }
        days.rounded_inward()
    };
    match claim.voice {
        Voice::Asserts | Voice::Reports => Ok(days_of(reading)),
        Voice::Disputes => {
            let denied = days_of(Reading::Strict);
            match (denied.low, denied.high) {
                (Some(low), None) => {
                    Ok(Interval { low: None, high: Some(crate::number::End::closed(low.value - integer(1))) })
                }
                (None, Some(high)) => {
                    Ok(Interval { low: Some(crate::number::End::closed(high.value + integer(1))), high: None })
                }
                _ => Err(NotComparable::DenialIsNoInterval),
            }
        }
    }
}

/// The fewest and the most days of a unit.
fn days_in(unit: LengthUnit) -> (i64, i64) {
    match unit {
        LengthUnit::Days => (1, 1),
        LengthUnit::Weeks => (7, 7),
        LengthUnit::Months => (28, 31),
        LengthUnit::Years => (365, 366),
        LengthUnit::Decades => (3650, 3660),
    }
}
