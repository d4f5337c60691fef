//! What facts say: which values of an attribute hold or do not hold, of whom, when.

use std::collections::BTreeMap;

use crate::claim::{ClaimId, Corpus, Entity, Form, Voice};
use crate::codebook::{AttributeId, EventId, EventKind, TermId};
use crate::system::extent::{Extents, Region};
use crate::system::figures::FOREVER;

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

/// One fact.
#[derive(Clone, Debug)]
pub struct FactRow {
    /// Whose it is.
    pub claim: ClaimId,
    /// The values, sorted.
    pub values: Vec<Entity>,
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

    pub(super) fn add(&mut self, corpus: &Corpus, claim: ClaimId) {
        let Form::Fact { attribute, subject, toward, values, negated, period } = &corpus.claim(claim).form else {
            return;
        };
        let changes = corpus.codebook.attribute(*attribute).changes;
        let days = period.filter(|_| changes);
        self.rows.entry(FactKey { attribute: *attribute, subject: *subject, toward: *toward }).or_default().push(
            FactRow {
                claim,
                values: values.clone(),
                negated: *negated != (corpus.claim(claim).voice == Voice::Disputes),
                first: days.and_then(|days| days.first).map_or(-FOREVER, crate::edtf::Day::number),
                last: days.and_then(|days| days.last).map_or(FOREVER, crate::edtf::Day::number),
            },
        );
    }

    pub(super) fn finish(self) -> FactRows {
        FactRows { rows: self.rows, relations: Relations { extents: self.extents } }
    }
}

impl Relations {
    /// Whether every value of the first list surely lies in the second.
    pub fn is_within(&mut self, corpus: &Corpus, inner: &[Entity], outer: &[Entity]) -> bool {
        if let (Some(inner), Some(outer)) = (terms(inner), terms(outer)) {
            let inner = self.extents.region(&Region::Terms(inner));
            let outer = self.extents.region(&Region::Terms(outer));
            return self.extents.is_within(inner, outer);
        }
        let lies_in = |inner, outer| match (inner, outer) {
            (Entity::Days(first, last), Entity::Days(from, to)) => from <= first && last <= to,
            (Entity::Event(inner), Entity::Event(outer)) => {
                corpus.codebook.event_chain(inner).any(|event| event == outer)
            }
            _ => false,
        };
        inner.iter().all(|&inner| outer.iter().any(|&outer| lies_in(inner, outer)))
    }

    /// Whether no value of the first list can be one of the second.
    pub fn are_apart(&self, corpus: &Corpus, a: &[Entity], b: &[Entity]) -> bool {
        let apart = |a, b| match (a, b) {
            (Entity::Days(first, last), Entity::Days(from, to)) => last < from || to < first,
            (Entity::Event(a), Entity::Event(b)) => events_are_apart(corpus, a, b),
            (Entity::Term(a), Entity::Term(b)) => corpus.codebook.dimensions.are_disjoint(a, b),
            _ => false,
        };
        a.iter().all(|&a| b.iter().all(|&b| apart(a, b)))
    }
}

fn terms(values: &[Entity]) -> Option<Vec<TermId>> {
    let term = |value: &Entity| if let Entity::Term(term) = value { Some(*term) } else { None };
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
