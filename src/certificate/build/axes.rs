//! The pieces into which the boxes of a proof cut each axis; for people.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::certificate::scope_json::period;
use crate::claim::Days;
use crate::codebook::{Codebook, DimensionId, Domain, EventId, EventKind, Kind, MeasureId, TermId};
use crate::edtf::Day;
use crate::system::{Extents, FactValue, Region, ScopeBox};

/// The most overlapping terms whose every combination is listed; an axis with more is left out.
const MOST_OVERLAPPING: usize = 8;

/// The pieces into which boxes cut each axis in which they differ.
pub(super) fn axes(
    codebook: &Codebook,
    extents: &Extents,
    boxes: &[(MeasureId, &ScopeBox)],
) -> BTreeMap<String, Vec<Value>> {
    let mut axes = BTreeMap::new();
    let dimensions: BTreeSet<DimensionId> =
        boxes.iter().flat_map(|(measure, _)| codebook.measure(*measure).dimensions.iter().copied()).collect();
    for dimension in dimensions {
        let regions: BTreeSet<Option<&Region>> = boxes.iter().map(|(_, scope)| scope.regions.get(&dimension)).collect();
        let named: Vec<TermId> = regions.iter().flatten().flat_map(|region| terms_of(region)).copied().collect();
        if regions.len() > 1 && is_short(codebook, &named) {
            let name = codebook.dimensions.dimension(dimension).id.clone();
            axes.insert(name, term_pieces(codebook, extents, dimension, named));
        }
    }
    let events: BTreeSet<Option<EventId>> = boxes.iter().map(|(_, scope)| scope.event).collect();
    let spans =
        |event: &EventId| codebook.event_chain(*event).any(|event| codebook.event(event).kind == EventKind::Span);
    if events.len() > 1 && events.iter().flatten().filter(|event| spans(event)).count() <= MOST_OVERLAPPING {
        axes.insert("event".to_owned(), event_pieces(codebook, extents, events.into_iter().flatten().collect()));
    }
    // A level is a mass of its own on every day, and no axis runs through them.
    let level = boxes.iter().any(|(measure, _)| codebook.measure(*measure).kind == Kind::Level);
    let days: BTreeSet<Option<Days>> = boxes.iter().map(|(_, scope)| scope.days).collect();
    if days.len() > 1 && !level {
        axes.insert("period".to_owned(), day_pieces(days.into_iter().flatten().collect()));
    }
    axes
}

/// Whether few enough of the terms, or of those above them, overlap their siblings.
fn is_short(codebook: &Codebook, terms: &[TermId]) -> bool {
    let overlapping: BTreeSet<TermId> = terms
        .iter()
        .flat_map(|&term| codebook.dimensions.chain(term))
        .filter(|&term| codebook.dimensions.term(term).overlaps)
        .collect();
    overlapping.len() <= MOST_OVERLAPPING
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
