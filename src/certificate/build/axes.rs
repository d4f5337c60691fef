//! The pieces into which the boxes of a proof cut each axis; for people.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::certificate::scope_json::period;
use crate::claim::Days;
use crate::codebook::{Codebook, DimensionId, Domain, EventId, MeasureId, TermId};
use crate::edtf::Day;
use crate::system::{Extents, FactValue, Region, ScopeBox};

/// The pieces into which two boxes cut each axis in which they differ.
pub(super) fn axes(
    codebook: &Codebook,
    extents: &Extents,
    measure: MeasureId,
    a: &ScopeBox,
    b: &ScopeBox,
) -> BTreeMap<String, Vec<Value>> {
    let mut axes = BTreeMap::new();
    for &dimension in &codebook.measure(measure).dimensions {
        let (left, right) = (a.regions.get(&dimension), b.regions.get(&dimension));
        if left != right {
            let named = left.into_iter().chain(right).flat_map(terms_of).copied().collect();
            axes.insert(
                codebook.dimensions.dimension(dimension).id.clone(),
                term_pieces(codebook, extents, dimension, named),
            );
        }
    }
    if a.event != b.event {
        axes.insert("event".to_owned(), event_pieces(codebook, extents, a.event.into_iter().chain(b.event).collect()));
    }
    if a.days != b.days {
        axes.insert("period".to_owned(), day_pieces(a.days.into_iter().chain(b.days).collect()));
    }
    axes
}

fn terms_of(region: &Region) -> &[TermId] {
    let (Region::Terms(terms) | Region::Except(terms)) = region;
    terms
}

fn term_pieces(codebook: &Codebook, extents: &Extents, dimension: DimensionId, mut terms: Vec<TermId>) -> Vec<Value> {
    let root = codebook.dimensions.dimension(dimension).root;
    terms.retain(|&term| term != root);
    terms.sort_unstable();
    terms.dedup();
    let id = |term: &TermId| codebook.dimensions.term(*term).id.clone();
    let pieces = extents.pieces_of_terms(&terms);
    pieces.iter().map(|piece| piece.iter().map(id).collect::<Vec<_>>().into()).collect()
}

fn event_pieces(codebook: &Codebook, extents: &Extents, mut events: Vec<EventId>) -> Vec<Value> {
    events.sort_unstable();
    events.dedup();
    let id = |event: &EventId| codebook.event(*event).id.clone();
    let pieces = extents.pieces_of_events(&events);
    pieces.iter().map(|piece| piece.iter().map(id).collect::<Vec<_>>().into()).collect()
}

/// Time, cut wherever a stretch begins or has ended: for each piece the stretches that hold it.
fn day_pieces(mut stretches: Vec<Days>) -> Vec<Value> {
    stretches.retain(|&days| days != Days::ALL);
    stretches.sort_unstable();
    stretches.dedup();
    let begins = stretches.iter().filter_map(|days| days.first);
    let ended = stretches.iter().filter_map(|days| days.last?.checked_add(1));
    let cuts: BTreeSet<Day> = begins.chain(ended).collect();
    let holders = |day: Option<Day>| -> Vec<String> {
        let holds = |days: &&Days| match day {
            None => days.first.is_none(),
            Some(_) => Days { first: day, last: day }.is_within(**days),
        };
        stretches.iter().filter(holds).map(|&days| period(days)).collect()
    };
    let pieces: BTreeSet<Vec<String>> = std::iter::once(None).chain(cuts.into_iter().map(Some)).map(holders).collect();
    // The narrowest first, as a person would draw them.
    let mut pieces: Vec<Vec<String>> = pieces.into_iter().collect();
    pieces.sort_by_key(|piece| std::cmp::Reverse(piece.len()));
    pieces.into_iter().map(Value::from).collect()
}

pub(super) fn value_pieces(codebook: &Codebook, extents: &Extents, domain: Domain, values: &[FactValue]) -> Vec<Value> {
    match domain {
        Domain::Terms(dimension) => {
            let term = |value: &FactValue| if let FactValue::Term(term) = value { Some(*term) } else { None };
            term_pieces(codebook, extents, dimension, values.iter().filter_map(term).collect())
        }
        Domain::Events => {
            let event = |value: &FactValue| if let FactValue::Event(event) = value { Some(*event) } else { None };
            event_pieces(codebook, extents, values.iter().filter_map(event).collect())
        }
        Domain::Dates => {
            let days = |value: &FactValue| match value {
                FactValue::Days(first, last) => Some(Days { first: Some(*first), last: Some(*last) }),
                _ => None,
            };
            day_pieces(values.iter().filter_map(days).collect())
        }
    }
}
