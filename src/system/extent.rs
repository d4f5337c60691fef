//! What a claim says of one dimension, as ranges of leaves.
//!
//! The terms of a tree that do not overlap are numbered on one *axis*: a term is a range of leaves, with a leaf of its own
//! for what its children do not cover. A term that overlaps its siblings has an axis of its own, on which leaf 0 is
//! everything outside it: nothing is known of how it meets its siblings, and independent axes say just that. Its parent's
//! range is part of whatever it or its children stand for, and whatever lies apart from its parent lies outside it.
//!
//! Events are such a dimension too: incidents are ranges of one axis, and each span has an axis of its own.

use std::collections::{BTreeMap, HashMap};

use foldhash::fast::RandomState;

use crate::codebook::{Codebook, DimensionId, EventId, EventKind, TermId};

/// What a claim says of one dimension, in terms that have names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Region {
    /// The union of these terms, in index order.
    Terms(Vec<TermId>),
    /// Everything but these terms, in index order.
    Except(Vec<TermId>),
}

/// An interned extent.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExtentId(pub(super) u32);

impl ExtentId {
    /// All of a dimension.
    pub const WHOLE: Self = Self(0);
}

/// Sorted, disjoint, non-adjacent ranges of leaves, each from its first leaf to before its second number.
pub(super) type Ranges = Vec<(u32, u32)>;

/// A product of ranges on some axes; an axis that is missing is not restricted.
pub(super) type Conjunction = BTreeMap<u32, Ranges>;

/// A union of conjunctions.
pub(super) type Extent = Vec<Conjunction>;

/// The axes of a codebook and every extent that was asked for.
#[derive(Debug)]
pub struct Extents {
    /// How many leaves each axis has.
    pub(super) leaves: Vec<u32>,
    /// What each term says of the axes; nothing for a root.
    pub(super) terms: Vec<Conjunction>,
    /// What each event says of the axes of events.
    pub(super) events: Vec<Conjunction>,
    /// The axes of overlapping terms and spans, each with what its parent says.
    pub(super) overlapping: Vec<(u32, Conjunction)>,
    pub(super) table: Vec<Extent>,
    interned: HashMap<Extent, ExtentId, RandomState>,
    /// What was asked for before.
    of_region: HashMap<Region, ExtentId, RandomState>,
    of_event: HashMap<EventId, ExtentId, RandomState>,
}

impl Extents {
    /// Numbers the leaves of every dimension and of the events.
    pub fn of(codebook: &Codebook) -> Self {
        let whole = vec![Conjunction::new()];
        let mut extents = Self {
            leaves: Vec::new(),
            terms: vec![Conjunction::new(); codebook.dimensions.term_count()],
            events: vec![Conjunction::new(); codebook.events.len()],
            overlapping: Vec::new(),
            table: vec![whole.clone()],
            interned: HashMap::from_iter([(whole, ExtentId::WHOLE)]),
            of_region: HashMap::default(),
            of_event: HashMap::default(),
        };
        for at in 0..codebook.dimensions.len() {
            let root = codebook.dimensions.dimension(DimensionId::new(at)).root;
            let mut trees = vec![(root, Conjunction::new())];
            while let Some((root, above)) = trees.pop() {
                extents.number_tree(codebook, root, &above, &mut trees);
            }
        }
        extents.number_events(codebook);
        extents
    }

    /// Numbers the leaves below a root or an overlapping term, and lists the overlapping terms found on the way.
    fn number_tree(
        &mut self,
        codebook: &Codebook,
        root: TermId,
        above: &Conjunction,
        trees: &mut Vec<(TermId, Conjunction)>,
    ) {
        enum Visit {
            Enter(TermId),
            Leave(TermId, u32),
        }
        let dimensions = &codebook.dimensions;
        let axis = self.new_axis();
        let is_root = dimensions.term(root).parent.is_none();
        if !is_root {
            self.overlapping.push((axis, above.clone()));
        }
        let mut next = u32::from(!is_root);
        // A stack of its own, because a tree may be as deep as its file is long.
        let mut stack = vec![Visit::Enter(root)];
        let mut overlapping = Vec::new();
        while let Some(visit) = stack.pop() {
            match visit {
                Visit::Enter(term) => {
                    stack.push(Visit::Leave(term, next));
                    for &child in dimensions.children(term).iter().rev() {
                        if dimensions.term(child).overlaps {
                            overlapping.push((child, term));
                        } else {
                            stack.push(Visit::Enter(child));
                        }
                    }
                }
                Visit::Leave(term, start) => {
                    // What the children do not cover is a leaf; a term without children is one too.
                    if next == start || !dimensions.term(term).exhaustive {
                        next += 1;
                    }
                    let mut said = above.clone();
                    if !(is_root && term == root) {
                        said.insert(axis, vec![(start, next)]);
                    }
                    if let Some(slot) = self.terms.get_mut(term.at()) {
                        *slot = said;
                    }
                }
            }
        }
        self.set_leaves(axis, next);
        trees.extend(overlapping.into_iter().map(|(child, parent)| (child, self.said_by_term(parent).clone())));
    }

    /// Incidents are disjoint unless one is in the other; spans may overlap anything.
    fn number_events(&mut self, codebook: &Codebook) {
        let is_incident = |event: EventId| codebook.event(event).kind == EventKind::Incident;
        let all = || (0..codebook.events.len()).map(EventId::new);
        let mut inside: BTreeMap<Option<EventId>, Vec<EventId>> = BTreeMap::new();
        for event in all().filter(|&event| is_incident(event)) {
            let around = codebook.event_chain(event).skip(1).find(|&event| is_incident(event));
            inside.entry(around).or_default().push(event);
        }
        let axis = self.new_axis();
        let mut ranges: BTreeMap<EventId, (u32, u32)> = BTreeMap::new();
        let mut next = 0;
        let mut stack: Vec<(EventId, Option<u32>)> =
            inside.get(&None).into_iter().flatten().rev().map(|&event| (event, None)).collect();
        while let Some((event, entered)) = stack.pop() {
            if let Some(start) = entered {
                next += 1;
                ranges.insert(event, (start, next));
            } else {
                stack.push((event, Some(next)));
                stack.extend(inside.get(&Some(event)).into_iter().flatten().rev().map(|&event| (event, None)));
            }
        }
        // One more leaf: whatever belongs to no incident.
        self.set_leaves(axis, next + 1);
        let span_axes: BTreeMap<EventId, u32> = all()
            .filter(|&event| !is_incident(event))
            .map(|event| {
                let axis = self.new_axis();
                self.set_leaves(axis, 2);
                (event, axis)
            })
            .collect();
        let said = |event: EventId| {
            let mut said = Conjunction::new();
            for event in codebook.event_chain(event) {
                if let Some(&axis) = span_axes.get(&event) {
                    said.insert(axis, vec![(1, 2)]);
                } else if let Some(&range) = ranges.get(&event) {
                    // The innermost incident comes first and is the narrowest.
                    said.entry(axis).or_insert_with(|| vec![range]);
                }
            }
            said
        };
        self.events = all().map(said).collect();
        for (&span, &axis) in &span_axes {
            self.overlapping.push((axis, codebook.event(span).parent.map(said).unwrap_or_default()));
        }
    }

    fn new_axis(&mut self) -> u32 {
        self.leaves.push(0);
        u32::try_from(self.leaves.len() - 1).unwrap_or(u32::MAX)
    }

    fn set_leaves(&mut self, axis: u32, count: u32) {
        if let Some(leaves) = self.leaves.get_mut(axis as usize) {
            *leaves = count;
        }
    }

    fn said_by_term(&self, term: TermId) -> &Conjunction {
        crate::codebook::entry(&self.terms, term.at())
    }

    /// The extent of a region; equal regions, however they are written, have the same extent.
    pub fn region(&mut self, region: &Region) -> ExtentId {
        if let Some(&known) = self.of_region.get(region) {
            return known;
        }
        let extent = match region {
            Region::Terms(terms) => self.union(terms.iter().map(|&term| self.said_by_term(term).clone()).collect()),
            Region::Except(terms) => {
                let mut said = Conjunction::new();
                for &term in terms {
                    self.exclude(&mut said, term);
                }
                vec![said]
            }
        };
        let id = self.intern(extent);
        self.of_region.insert(region.clone(), id);
        id
    }

    /// The extent of an event in the dimension of events.
    pub fn event(&mut self, event: EventId) -> ExtentId {
        if let Some(&known) = self.of_event.get(&event) {
            return known;
        }
        let said = crate::codebook::entry(&self.events, event.at()).clone();
        let id = self.intern(vec![said]);
        self.of_event.insert(event, id);
        id
    }

    /// The extent of some events together in the dimension of events.
    pub(crate) fn any_event(&mut self, events: &[EventId]) -> ExtentId {
        let said = |event: &EventId| crate::codebook::entry(&self.events, event.at()).clone();
        let extent = self.union(events.iter().map(said).collect());
        self.intern(extent)
    }

    /// Takes a term out. Its own axis is enough: whatever lies outside its parent lies outside it, and says so (see
    /// [`Extents::place_apart`]).
    fn exclude(&self, said: &mut Conjunction, term: TermId) {
        // A term's own axis has the highest number among those that it speaks of: an axis is numbered after the one that
        // its term's parent is on.
        let Some((&axis, ranges)) = self.said_by_term(term).last_key_value() else {
            // Without the root nothing is left.
            said.insert(0, Ranges::new());
            return;
        };
        let leaves = self.leaves.get(axis as usize).copied().unwrap_or(0);
        let left = complement(ranges, leaves);
        let kept = said.get(&axis).map_or_else(|| left.clone(), |kept| meet(kept, &left));
        said.insert(axis, kept);
    }

    /// Joins conjunctions that differ in one axis only.
    fn union(&self, mut parts: Extent) -> Extent {
        parts.sort();
        parts.dedup();
        let mut at = 0;
        'next: while at < parts.len() {
            for other in at + 1..parts.len() {
                if let (Some(a), Some(b)) = (parts.get(at), parts.get(other))
                    && let Some(joined) = self.join(a, b)
                {
                    parts.remove(other);
                    parts.remove(at);
                    parts.push(joined);
                    parts.sort();
                    at = 0;
                    continue 'next;
                }
            }
            at += 1;
        }
        parts
    }

    fn join(&self, a: &Conjunction, b: &Conjunction) -> Option<Conjunction> {
        if !a.keys().eq(b.keys()) {
            return None;
        }
        let mut different = a.iter().zip(b.values()).filter(|((_, a), b)| a != b);
        let ((&axis, left), right) = different.next()?;
        if different.next().is_some() {
            return None;
        }
        let mut joined = a.clone();
        joined.insert(axis, merge(left.iter().chain(right).copied().collect()));
        Some(self.without_full_axes(joined))
    }

    fn without_full_axes(&self, mut said: Conjunction) -> Conjunction {
        said.retain(|&axis, ranges| {
            let leaves = self.leaves.get(axis as usize).copied().unwrap_or(0);
            !matches!(ranges.as_slice(), [(0, end)] if *end == leaves)
        });
        said
    }

    /// Whatever lies apart from an overlapping term's parent lies outside the term.
    fn place_apart(&self, said: &mut Conjunction) {
        for (axis, parent) in &self.overlapping {
            let apart =
                parent.iter().any(|(axis, ranges)| said.get(axis).is_some_and(|said| meet(said, ranges).is_empty()));
            if apart {
                said.insert(*axis, vec![(0, 1)]);
            }
        }
    }

    fn intern(&mut self, mut extent: Extent) -> ExtentId {
        for said in &mut extent {
            self.place_apart(said);
            *said = self.without_full_axes(std::mem::take(said));
        }
        extent.sort();
        extent.dedup();
        if let Some(&id) = self.interned.get(&extent) {
            return id;
        }
        let id = ExtentId(u32::try_from(self.table.len()).unwrap_or(u32::MAX));
        self.table.push(extent.clone());
        self.interned.insert(extent, id);
        id
    }

    /// Whether the first extent lies in the second; both of the same dimension.
    pub fn is_within(&self, inner: ExtentId, outer: ExtentId) -> bool {
        if inner == outer || outer == ExtentId::WHOLE {
            return true;
        }
        let extent = |id: ExtentId| crate::codebook::entry(&self.table, id.0 as usize);
        extent(inner).iter().all(|a| extent(outer).iter().any(|b| conjunction_within(a, b)))
    }

    /// The pieces into which terms of one dimension cut it: for each, which of the terms hold it.
    pub fn pieces_of_terms(&self, terms: &[TermId]) -> Vec<Vec<TermId>> {
        self.pieces(terms, |term| self.said_by_term(term))
    }

    /// The pieces into which events cut what happens: for each, which of the events hold it.
    pub fn pieces_of_events(&self, events: &[EventId]) -> Vec<Vec<EventId>> {
        self.pieces(events, |event| crate::codebook::entry(&self.events, event.at()))
    }

    fn pieces<'a, T: Copy + Ord>(&'a self, names: &[T], said: impl Fn(T) -> &'a Conjunction) -> Vec<Vec<T>> {
        // Cut every axis that a name speaks of wherever a name begins or ends on it ...
        let mut cuts: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (&axis, ranges) in names.iter().flat_map(|&name| said(name)) {
            let leaves = self.leaves.get(axis as usize).copied().unwrap_or(0);
            let outside = self.overlapping.iter().any(|(own, _)| *own == axis).then_some(1);
            let cuts = cuts.entry(axis).or_insert_with(|| [0, leaves].into_iter().chain(outside).collect());
            cuts.extend(ranges.iter().flat_map(|&(start, end)| [start, end]));
        }
        // ... and cross the stretches, keeping what can be: what lies apart from a parent lies outside its child.
        let mut points = vec![Conjunction::new()];
        for (axis, mut cuts) in cuts {
            cuts.sort_unstable();
            cuts.dedup();
            let stretches: Vec<(u32, u32)> = cuts.iter().copied().zip(cuts.iter().copied().skip(1)).collect();
            points = points
                .into_iter()
                .flat_map(|point| {
                    stretches.iter().map(move |&stretch| {
                        let mut longer = point.clone();
                        longer.insert(axis, vec![stretch]);
                        longer
                    })
                })
                .collect();
        }
        let possible = |point: &Conjunction| {
            let mut placed = point.clone();
            self.place_apart(&mut placed);
            point.iter().all(|(axis, stretch)| placed.get(axis) == Some(stretch))
        };
        let holders = |point: &Conjunction| -> Vec<T> {
            names.iter().copied().filter(|&name| conjunction_within(point, said(name))).collect()
        };
        let pieces: std::collections::BTreeSet<Vec<T>> =
            points.iter().filter(|point| possible(point)).map(holders).collect();
        // The narrowest first, as a person would draw them.
        let mut pieces: Vec<Vec<T>> = pieces.into_iter().collect();
        pieces.sort_by_key(|piece| std::cmp::Reverse(piece.len()));
        pieces
    }

    /// Whether nothing lies in the extent.
    pub fn is_empty(&self, id: ExtentId) -> bool {
        let extent = crate::codebook::entry(&self.table, id.0 as usize);
        extent.iter().all(|said| said.values().any(Vec::is_empty))
    }
}

fn conjunction_within(a: &Conjunction, b: &Conjunction) -> bool {
    b.iter().all(|(axis, outer)| a.get(axis).is_some_and(|inner| meet(inner, outer) == *inner))
}

/// Sorts ranges and joins those that touch.
fn merge(mut ranges: Ranges) -> Ranges {
    ranges.sort_unstable();
    let mut merged = Ranges::new();
    for (start, end) in ranges {
        match merged.last_mut() {
            Some((_, last)) if start <= *last => *last = end.max(*last),
            _ => merged.push((start, end)),
        }
    }
    merged
}

/// The leaves in both; each list sorted and disjoint.
pub(super) fn meet(a: &[(u32, u32)], b: &[(u32, u32)]) -> Ranges {
    let (mut a, mut b) = (a.iter().copied().peekable(), b.iter().copied().peekable());
    let mut both = Ranges::new();
    while let (Some(&(a_start, a_end)), Some(&(b_start, b_end))) = (a.peek(), b.peek()) {
        let (start, end) = (a_start.max(b_start), a_end.min(b_end));
        if start < end {
            both.push((start, end));
        }
        if a_end <= b_end {
            a.next();
        } else {
            b.next();
        }
    }
    both
}

/// The leaves of an axis that are in none of the ranges.
fn complement(ranges: &[(u32, u32)], leaves: u32) -> Ranges {
    let mut left = Ranges::new();
    let mut next = 0;
    for &(start, end) in ranges {
        if next < start {
            left.push((next, start));
        }
        next = end;
    }
    if next < leaves {
        left.push((next, leaves));
    }
    left
}

#[cfg(test)]
mod tests;
