//! How the boxes of a conflict lie to each other: axis by axis, the sets of boxes that a position can lie in.

use std::collections::BTreeSet;

use crate::claim::Days;
use crate::codebook::{Codebook, DimensionId, EventId, MeasureId, Sum, TermId, entry};
use crate::edtf::Day;
use crate::system::{Bits, Extents, Region, ScopeBox};

/// The most overlapping terms of one axis, and the most sets of boxes that a point can lie in; with more, nothing is said
/// of how the boxes lie.
const MOST_OVERLAPPING: usize = 8;
const MOST_STATES: usize = 10_000;

/// On what boxes can differ.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Slot {
    /// Measures that add up to another one.
    Measure,
    /// A dimension.
    Dimension(DimensionId),
    /// The event.
    Event,
    /// When.
    Days,
}

struct Axis {
    slot: Slot,
    /// Whether one unit can have several positions on it.
    overlaps: bool,
    /// For each piece of it, the boxes that hold it.
    pieces: BTreeSet<Bits>,
}

/// The boxes of a conflict.
pub(super) struct Geometry {
    count: usize,
    axes: Vec<Axis>,
}

impl Geometry {
    /// Cuts every axis; none where there are too many pieces.
    pub(super) fn of(
        codebook: &Codebook,
        extents: &Extents,
        boxes: &[(MeasureId, &ScopeBox)],
        sums: &[&Sum],
    ) -> Option<Self> {
        let count = boxes.len();
        let measure = codebook.measure(boxes.first()?.0);
        let mut axes = vec![Axis { slot: Slot::Measure, overlaps: false, pieces: measures(boxes, sums) }];
        for &dimension in &measure.dimensions {
            let pieces = dimension_pieces(codebook, extents, boxes, dimension)?;
            let overlaps = measure.overlaps.contains(&dimension);
            axes.push(Axis { slot: Slot::Dimension(dimension), overlaps, pieces });
        }
        let events: BTreeSet<EventId> = boxes.iter().filter_map(|(_, scope)| scope.event).collect();
        if events.len() > MOST_OVERLAPPING {
            return None;
        }
        let events: Vec<EventId> = events.into_iter().collect();
        let in_event = |piece: &Vec<EventId>| {
            let holds = |scope: &ScopeBox| scope.event.is_none_or(|event| piece.contains(&event));
            holding(boxes, holds)
        };
        let pieces = extents.pieces_of_events(&events).iter().map(in_event).collect();
        axes.push(Axis { slot: Slot::Event, overlaps: measure.period_overlaps, pieces });
        axes.push(Axis { slot: Slot::Days, overlaps: measure.period_overlaps, pieces: days(boxes) });
        Some(Self { count, axes })
    }

    /// Whether the first box lies in the second.
    pub(super) fn lies_in(&self, inner: usize, outer: usize) -> bool {
        let within = |axis: &Axis| axis.pieces.iter().all(|piece| !piece.contains(inner) || piece.contains(outer));
        self.axes.iter().all(within)
    }

    /// On what no unit can lie in both boxes.
    pub(super) fn apart(&self, a: usize, b: usize) -> impl Iterator<Item = Slot> + '_ {
        let apart = move |axis: &&Axis| {
            !axis.overlaps && !axis.pieces.iter().any(|piece| piece.contains(a) && piece.contains(b))
        };
        self.axes.iter().filter(apart).map(|axis| axis.slot)
    }

    /// Whether every point of the box lies in one of the others.
    pub(super) fn covers(&self, covered: usize, by: &[usize]) -> bool {
        let by = Bits::of(self.count, by.iter().copied());
        let mut states = BTreeSet::from([Bits::all(self.count)]);
        for axis in &self.axes {
            let mut next = BTreeSet::new();
            for piece in axis.pieces.iter().filter(|piece| piece.contains(covered)) {
                next.extend(states.iter().map(|state| state.and(piece)));
                if next.len() > MOST_STATES {
                    return false;
                }
            }
            states = next;
        }
        states.iter().all(|state| state.meets(&by))
    }

    /// Whether on one axis alone the others leave nothing of the box over.
    pub(super) fn covers_on(&self, slot: Slot, covered: usize, by: &[usize]) -> bool {
        let by = Bits::of(self.count, by.iter().copied());
        let covers = |axis: &Axis| axis.pieces.iter().all(|piece| !piece.contains(covered) || piece.meets(&by));
        self.axes.iter().filter(|axis| axis.slot == slot).all(covers)
    }
}

fn holding(boxes: &[(MeasureId, &ScopeBox)], holds: impl Fn(&ScopeBox) -> bool) -> Bits {
    let holding = boxes.iter().enumerate().filter(|(_, (_, scope))| holds(scope)).map(|(at, _)| at);
    Bits::of(boxes.len(), holding)
}

/// A total holds all that its parts hold, and nothing else.
fn measures(boxes: &[(MeasureId, &ScopeBox)], sums: &[&Sum]) -> BTreeSet<Bits> {
    let sum_of = |measure: MeasureId| sums.iter().find(|sum| sum.whole == measure);
    // A total in a circle of sums is looked at as often as there are sums, and no longer.
    let holds = |whole: MeasureId, part: MeasureId| {
        let mut found = BTreeSet::from([whole]);
        for _ in sums {
            let parts: Vec<MeasureId> =
                found.iter().filter_map(|&whole| sum_of(whole)).flat_map(|sum| sum.parts.clone()).collect();
            found.extend(parts);
        }
        found.contains(&part)
    };
    let named = boxes.iter().map(|(measure, _)| *measure);
    let all: BTreeSet<MeasureId> = named.chain(sums.iter().flat_map(|sum| sum.parts.iter().copied())).collect();
    let last = all.into_iter().filter(|&measure| sum_of(measure).is_none());
    let piece = |part: MeasureId| {
        let holding = boxes.iter().enumerate().filter(|(_, (measure, _))| holds(*measure, part)).map(|(at, _)| at);
        Bits::of(boxes.len(), holding)
    };
    last.map(piece).collect()
}

fn dimension_pieces(
    codebook: &Codebook,
    extents: &Extents,
    boxes: &[(MeasureId, &ScopeBox)],
    dimension: DimensionId,
) -> Option<BTreeSet<Bits>> {
    let region = |scope: &ScopeBox| scope.regions.get(&dimension).cloned();
    let named: BTreeSet<TermId> = boxes
        .iter()
        .filter_map(|(_, scope)| region(scope))
        .flat_map(|region| match region {
            Region::Terms(terms) | Region::Except(terms) => terms,
        })
        .collect();
    let chains: BTreeSet<TermId> = named.iter().flat_map(|&term| codebook.dimensions.chain(term)).collect();
    if chains.iter().filter(|&&term| codebook.dimensions.term(term).overlaps).count() > MOST_OVERLAPPING {
        return None;
    }
    let named: Vec<TermId> = named.into_iter().collect();
    let in_piece = |piece: &Vec<TermId>| {
        holding(boxes, |scope| match region(scope) {
            None => true,
            Some(Region::Terms(terms)) => terms.iter().any(|term| piece.contains(term)),
            Some(Region::Except(terms)) => !terms.iter().any(|term| piece.contains(term)),
        })
    };
    Some(extents.pieces_of_terms(&named).iter().map(in_piece).collect())
}

/// Time, cut wherever a box begins or has ended.
fn days(boxes: &[(MeasureId, &ScopeBox)]) -> BTreeSet<Bits> {
    let stretch = |scope: &ScopeBox| scope.days.unwrap_or(Days::ALL);
    let all: Vec<Days> = boxes.iter().map(|(_, scope)| stretch(scope)).collect();
    let begins = all.iter().filter_map(|days| days.first);
    let ended = all.iter().filter_map(|days| days.last?.checked_add(1));
    let cuts: BTreeSet<Day> = begins.chain(ended).collect();
    let on = |day: Day| holding(boxes, |scope| Days { first: Some(day), last: Some(day) }.is_within(stretch(scope)));
    let before = holding(boxes, |scope| stretch(scope).first.is_none());
    cuts.into_iter().map(on).chain([before]).collect()
}

/// The entry that a box's number names.
pub(super) fn at<'a>(boxes: &[(MeasureId, &'a ScopeBox)], number: usize) -> (MeasureId, &'a ScopeBox) {
    *entry(boxes, number)
}
