//! What facts say: which values of an attribute hold or do not hold, of whom, when.

use std::collections::BTreeMap;

use crate::claim::{ClaimId, Corpus, Days, Entity, Form, Reading, Voice};
use crate::codebook::{AttributeId, EventId, EventKind, TermId};
use crate::edtf::Day;
use crate::system::extent::{Extents, Region};
use crate::system::figures::{NotComparable, day_numbers};

/// What facts must agree in to be compared: attribute, subject, counterpart.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactKey {
    /// The attribute.
    pub attribute: AttributeId,
    /// Of what.
    pub subject: Entity,
    /// Toward what.
    pub toward: Option<Entity>,
}

/// A value as a reading takes it.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactValue {
    /// A term.
    Term(TermId),
    /// An event.
    Event(EventId),
    /// Some day of a stretch, first and last.
    Days(Day, Day),
}

/// What a fact says under a reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactStatement {
    /// What it is about.
    pub key: FactKey,
    /// The values, sorted; of dates the stretches, joined where they touch.
    pub values: Vec<FactValue>,
    /// Whether they are denied.
    pub negated: bool,
    /// The days on all of which it is said to hold, of an attribute that changes; none: no time is named.
    pub days: Option<Days>,
}

/// What a fact says under a reading.
///
/// # Errors
///
/// Under strict, a fact that may change and names no single day; a fact of which it is not sure when it holds, or a denial
/// that is sure of no day; claims of other forms.
pub fn fact_statement(corpus: &Corpus, id: ClaimId, reading: Reading) -> Result<FactStatement, NotComparable> {
    let claim = corpus.claim(id);
    let Form::Fact { attribute, subject, toward, values, negated, period } = &claim.form else {
        return Err(NotComparable::BoundsNothing);
    };
    let negated = *negated != (claim.voice == Voice::Disputes);
    let value = |&value: &Entity| match value {
        Entity::Term(term) => Some(FactValue::Term(term)),
        Entity::Event(event) => Some(FactValue::Event(event)),
        Entity::Date(date) => date.days(reading, negated).map(|(first, last)| FactValue::Days(first, last)),
    };
    let values: Option<Vec<FactValue>> = values.iter().map(value).collect();
    let changes = corpus.codebook.attribute(*attribute).changes;
    let days = match period.as_ref().filter(|_| changes) {
        None => None,
        Some(when) => {
            let published = corpus.source(claim.source).published.as_ref().map(crate::edtf::Date::last);
            let days = when.days(reading, published).map_err(|_| NotComparable::Unpublished)?;
            Some(days.inner.ok_or(NotComparable::FactWithoutDays)?)
        }
    };
    // What changes holds at some moment of a longer period, word for word; a reader takes it to hold all the time.
    let single = days.is_some_and(|days: Days| days.single().is_some());
    if changes && reading == Reading::Strict && !single {
        return Err(NotComparable::FactOverLongerPeriod);
    }
    Ok(FactStatement {
        key: FactKey { attribute: *attribute, subject: *subject, toward: *toward },
        values: joined(values.ok_or(NotComparable::DenialOfUnsureDate)?),
        negated,
        days,
    })
}

/// Sorted, with stretches of days that touch joined into one.
fn joined(mut values: Vec<FactValue>) -> Vec<FactValue> {
    values.sort_unstable();
    values.dedup();
    let mut joined: Vec<FactValue> = Vec::new();
    for value in values {
        match (joined.last_mut(), value) {
            (Some(FactValue::Days(_, last)), FactValue::Days(first, end))
                if last.checked_add(1).is_none_or(|next| first <= next) =>
            {
                *last = end.max(*last);
            }
            _ => joined.push(value),
        }
    }
    joined
}

/// One fact.
#[derive(Clone, Debug)]
pub struct FactRow {
    /// Whose it is.
    pub claim: ClaimId,
    /// The values, sorted.
    pub values: Vec<FactValue>,
    /// Whether they are denied.
    pub negated: bool,
    /// The first day on which it is said to hold, or far in the past.
    pub first: i32,
    /// The last day, or far in the future.
    pub last: i32,
}

/// All facts, by what they must agree in.
#[derive(Debug)]
pub struct FactRows {
    /// The facts.
    pub rows: BTreeMap<FactKey, Vec<FactRow>>,
    /// Where values lie in one another.
    pub relations: Relations,
}

/// How values of attributes lie to one another.
#[derive(Debug)]
pub struct Relations {
    extents: Extents,
}

#[derive(Debug)]
pub(super) struct Builder {
    rows: BTreeMap<FactKey, Vec<FactRow>>,
    extents: Extents,
}

impl Builder {
    pub(super) fn new(corpus: &Corpus) -> Self {
        Self { rows: BTreeMap::new(), extents: Extents::of(&corpus.codebook) }
    }

    pub(super) fn add(&mut self, corpus: &Corpus, claim: ClaimId, reading: Reading) -> Result<(), NotComparable> {
        let FactStatement { key, values, negated, days } = fact_statement(corpus, claim, reading)?;
        let (first, last) = day_numbers(days);
        self.rows.entry(key).or_default().push(FactRow { claim, values, negated, first, last });
        Ok(())
    }

    pub(super) fn finish(self) -> FactRows {
        FactRows { rows: self.rows, relations: Relations { extents: self.extents } }
    }
}

impl Relations {
    /// How the values of a codebook lie to one another.
    pub fn of(codebook: &crate::codebook::Codebook) -> Self {
        Self { extents: Extents::of(codebook) }
    }

    /// Whether every value of the first list surely lies in the second.
    pub fn is_within(&mut self, corpus: &Corpus, inner: &[FactValue], outer: &[FactValue]) -> bool {
        if let (Some(inner), Some(outer)) = (terms(inner), terms(outer)) {
            let inner = self.extents.region(&Region::Terms(inner));
            let outer = self.extents.region(&Region::Terms(outer));
            return self.extents.is_within(inner, outer);
        }
        let lies_in = |inner, outer| match (inner, outer) {
            (FactValue::Days(first, last), FactValue::Days(from, to)) => from <= first && last <= to,
            (FactValue::Event(inner), FactValue::Event(outer)) => {
                corpus.codebook.event_chain(inner).any(|event| event == outer)
            }
            _ => false,
        };
        inner.iter().all(|&inner| outer.iter().any(|&outer| lies_in(inner, outer)))
    }

    /// Whether no value of the first list can be one of the second.
    pub fn are_apart(&self, corpus: &Corpus, a: &[FactValue], b: &[FactValue]) -> bool {
        let apart = |a, b| match (a, b) {
            (FactValue::Days(first, last), FactValue::Days(from, to)) => last < from || to < first,
            (FactValue::Event(a), FactValue::Event(b)) => events_are_apart(corpus, a, b),
            (FactValue::Term(a), FactValue::Term(b)) => corpus.codebook.dimensions.are_disjoint(a, b),
            _ => false,
        };
        a.iter().all(|&a| b.iter().all(|&b| apart(a, b)))
    }
}

fn terms(values: &[FactValue]) -> Option<Vec<TermId>> {
    let term = |value: &FactValue| if let FactValue::Term(term) = value { Some(*term) } else { None };
    values.iter().map(term).collect()
}

/// Incidents are disjoint unless one is in the other; of spans nothing is known.
fn events_are_apart(corpus: &Corpus, a: EventId, b: EventId) -> bool {
    let codebook = &corpus.codebook;
    let incident = |event| codebook.event_chain(event).find(|&event| codebook.event(event).kind == EventKind::Incident);
    let inside = |inner, outer| codebook.event_chain(inner).any(|event| event == outer);
    match (incident(a), incident(b)) {
        (Some(a), Some(b)) => !inside(a, b) && !inside(b, a),
        _ => false,
    }
}
