//! From a claim's scope to the boxes between which the meant scope lies.

use std::collections::BTreeMap;

use crate::claim::{Days, PeriodError, Reading, Scope, Selection};
use crate::codebook::{Codebook, DimensionId, EventId, Kind, MeasureId, TermId};
use crate::edtf::Day;
use crate::system::extent::Region;

/// A definite box: named terms on each axis, an event, and a stretch of days.
///
/// A dimension that is missing is not restricted; no event means any or none; no days means that the measure has no
/// period.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScopeBox {
    /// What it covers of each dimension.
    pub regions: BTreeMap<DimensionId, Region>,
    /// The event that it lies in.
    pub event: Option<EventId>,
    /// When.
    pub days: Option<Days>,
}

/// Two boxes: what the source means lies in `outer`, and `inner` lies in what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Boxes {
    /// Surely contains what the source means.
    pub outer: ScopeBox,
    /// Is surely contained in it; none: nothing is.
    pub inner: Option<ScopeBox>,
}

/// Why a scope cannot be turned into boxes.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum ScopeError {
    /// The period cannot be turned into days.
    Period(PeriodError),
    /// The scope and its event have no place or no day in common.
    ApartFromEvent,
    /// What the scope and its event have in common has no name.
    UnclearWithEvent,
    /// A level whose days are not known.
    LevelWithoutDays,
}

/// Turns a scope into boxes, under one reading and for a source published on a day at the latest.
///
/// # Errors
///
/// A period up to the present of a source without a date, and a scope that does not go with its event; the loader
/// refuses all of them, except an exception within an event's place.
pub fn boxes(
    scope: &Scope,
    measure: MeasureId,
    reading: Reading,
    codebook: &Codebook,
    published: Option<Day>,
) -> Result<Boxes, ScopeError> {
    let mut outer = ScopeBox { regions: BTreeMap::new(), event: scope.event, days: None };
    let mut inner = Some(outer.clone());
    let event_place = scope.event.and_then(|event| event_place(codebook, event));
    let place_dimension = event_place.map(|place| codebook.dimensions.term(place).dimension);
    for &dimension in &codebook.measure(measure).dimensions {
        let selection = scope.dimensions.get(&dimension);
        let (wide, definite) = match selection {
            None => (None, true),
            Some(Selection::Terms(terms)) => (region_of_terms(codebook, terms), true),
            Some(Selection::Except(terms)) => (Some(Region::Except(terms.clone())), true),
            Some(Selection::Unstated(Some(term))) if reading == Reading::Plain => {
                (region_of_terms(codebook, std::slice::from_ref(term)), true)
            }
            Some(Selection::Unstated(_)) => (None, false),
        };
        let region = match event_place.filter(|_| place_dimension == Some(dimension)) {
            None => wide,
            Some(place) => Some(at_place(codebook, wide, place)?),
        };
        if !definite {
            inner = None;
        }
        if let Some(region) = region {
            if let Some(inner) = &mut inner {
                inner.regions.insert(dimension, region.clone());
            }
            outer.regions.insert(dimension, region);
        }
    }
    if codebook.measure(measure).kind == Kind::Fixed {
        return Ok(Boxes { outer, inner });
    }
    let event_days = scope.event.map_or(Days::ALL, |event| event_days(codebook, event));
    let (wide, narrow) = match &scope.period {
        None => (Days::ALL, Some(Days::ALL)),
        Some(when) => {
            let days = when.days(reading, published).map_err(ScopeError::Period)?;
            (days.outer, days.inner)
        }
    };
    // A level holds on every day of its period, under plain, and of a period that is not known no day is sure.
    if codebook.measure(measure).kind == Kind::Level && (narrow != Some(wide) || wide == Days::ALL) {
        return Err(ScopeError::LevelWithoutDays);
    }
    outer.days = Some(wide.meet(event_days).ok_or(ScopeError::ApartFromEvent)?);
    inner = match (inner, narrow.and_then(|days| days.meet(event_days))) {
        (Some(inner), Some(days)) => Some(ScopeBox { days: Some(days), ..inner }),
        _ => None,
    };
    Ok(Boxes { outer, inner })
}

/// A union of terms; none when it holds the root, which restricts nothing.
fn region_of_terms(codebook: &Codebook, terms: &[TermId]) -> Option<Region> {
    let is_root = |&term: &TermId| codebook.dimensions.term(term).parent.is_none();
    (!terms.iter().any(is_root)).then(|| Region::Terms(terms.to_vec()))
}

/// The place of an event, or of the nearest event that it is a part of and that has one.
fn event_place(codebook: &Codebook, event: EventId) -> Option<TermId> {
    let place = codebook.event_chain(event).find_map(|event| codebook.event(event).place)?;
    codebook.dimensions.term(place).parent.is_some().then_some(place)
}

/// The days that an event and all events that it is a part of leave to it.
pub fn event_days(codebook: &Codebook, event: EventId) -> Days {
    let container = |event| {
        codebook.event(event).period.map_or(Days::ALL, |(first, last)| Days { first: Some(first), last: Some(last) })
    };
    let narrowed = codebook.event_chain(event).try_fold(Days::ALL, |days, event| days.meet(container(event)));
    // OK because the loader refuses an event whose period lies apart from that of the event it is a part of.
    narrowed.unwrap_or(Days::ALL)
}

/// What a region and an event's place have in common.
fn at_place(codebook: &Codebook, region: Option<Region>, place: TermId) -> Result<Region, ScopeError> {
    let dimensions = &codebook.dimensions;
    match region {
        None => Ok(Region::Terms(vec![place])),
        Some(Region::Terms(terms)) => {
            let mut common = Vec::new();
            for term in terms {
                if dimensions.is_within(term, place) {
                    common.push(term);
                } else if dimensions.is_within(place, term) {
                    common.push(place);
                } else if !dimensions.are_disjoint(term, place) {
                    return Err(ScopeError::UnclearWithEvent);
                }
            }
            if common.is_empty() { Err(ScopeError::ApartFromEvent) } else { Ok(Region::Terms(common)) }
        }
        Some(Region::Except(terms)) => {
            if terms.iter().any(|&term| dimensions.is_within(place, term)) {
                return Err(ScopeError::ApartFromEvent);
            }
            if terms.iter().all(|&term| dimensions.are_disjoint(term, place)) {
                Ok(Region::Terms(vec![place]))
            } else {
                Err(ScopeError::UnclearWithEvent)
            }
        }
    }
}
