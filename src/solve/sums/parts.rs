//! Components: claims whose boxes share no mass with those of others.
//!
//! Two boxes interact when one position can lie in both. That is enough for overlapping dimensions too: a unit that lies
//! in boxes of two components by different positions may as well be two units, each with its positions in one of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use num_traits::{Signed, Zero};

use crate::claim::ClaimId;
use crate::codebook::{MeasureId, entry};
use crate::number::Rational;
use crate::solve::sums::columns::Columns;
use crate::solve::sums::rows::{ItemRow, Place, System};
use crate::solve::sums::simplex::Inequality;
use crate::system::{Bits, ExtentId};

/// Claims of one component that say the same.
#[derive(Debug)]
pub(super) struct Item {
    /// Who says so, in canonical order.
    pub(super) claims: Vec<ClaimId>,
    pub(super) rows: Vec<ItemRow>,
}

/// A component.
#[derive(Debug)]
pub(super) struct Part {
    /// In canonical order.
    pub(super) items: Vec<Item>,
    /// The boxes that the rows name, as places of the system, in order.
    pub(super) places: Vec<usize>,
}

/// How many pairs of boxes are compared before what is left is taken for one component.
const COMPARISONS: usize = 20_000_000;

/// Which numbers belong together.
struct Groups(Vec<usize>);

impl Groups {
    fn root(&mut self, mut at: usize) -> usize {
        loop {
            let above = *entry(&self.0, at);
            if above == at {
                return at;
            }
            let next = *entry(&self.0, above);
            if let Some(slot) = self.0.get_mut(at) {
                *slot = next;
            }
            at = next;
        }
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if let Some(slot) = self.0.get_mut(a.max(b)) {
            *slot = a.min(b);
        }
    }
}

/// The boxes of one cell whose days are connected.
struct Segment<'a> {
    first: i32,
    last: i32,
    cell: &'a (MeasureId, Vec<ExtentId>),
    /// One of the boxes.
    place: usize,
}

impl System<'_> {
    /// The components, in canonical order.
    pub(super) fn parts(&self) -> Vec<Part> {
        let mut groups = Groups((0..self.places.len()).collect());
        self.join_places(&mut groups);
        for row in self.sayings.iter().flat_map(|saying| &saying.rows) {
            for pair in row.terms.windows(2) {
                if let [(a, _), (b, _)] = pair {
                    groups.join(*a, *b);
                }
            }
        }
        let mut parts: Vec<Vec<(ClaimId, Vec<ItemRow>)>> = Vec::new();
        let mut numbers: HashMap<usize, usize> = HashMap::new();
        for saying in &self.sayings {
            let mut of_group: BTreeMap<usize, Vec<ItemRow>> = BTreeMap::new();
            for row in &saying.rows {
                if let Some((place, _)) = row.terms.first() {
                    let next = numbers.len();
                    let number = *numbers.entry(groups.root(*place)).or_insert(next);
                    of_group.entry(number).or_default().push(row.clone());
                }
            }
            for (number, rows) in of_group {
                if parts.len() <= number {
                    parts.resize_with(number + 1, Vec::new);
                }
                if let Some(part) = parts.get_mut(number) {
                    part.push((saying.claim, rows));
                }
            }
        }
        parts.into_iter().map(Part::of).collect()
    }

    fn join_places(&self, groups: &mut Groups) {
        let mut cells: BTreeMap<(MeasureId, Vec<ExtentId>), Vec<(i32, i32, usize)>> = BTreeMap::new();
        for (at, place) in self.places.iter().enumerate() {
            let cell = cells.entry((place.measure, place.extents.clone())).or_default();
            cell.push((place.first, place.last, at));
        }
        let mut segments: Vec<Segment<'_>> = Vec::new();
        for (cell, boxes) in &mut cells {
            boxes.sort_unstable();
            let from = segments.len();
            for &mut (first, last, place) in boxes {
                match segments.get_mut(from..).and_then(<[_]>::last_mut) {
                    Some(segment) if first <= segment.last => {
                        segment.last = segment.last.max(last);
                        groups.join(segment.place, place);
                    }
                    _ => segments.push(Segment { first, last, cell, place }),
                }
            }
        }
        segments.sort_by_key(|segment| (segment.cell.0, segment.first));
        let mut comparisons = 0;
        for (at, a) in segments.iter().enumerate() {
            let later = segments.iter().skip(at + 1).take_while(|b| b.cell.0 == a.cell.0);
            if comparisons > COMPARISONS {
                // All that is left is taken for one component, which is never wrong.
                if let Some(next) = later.clone().next() {
                    groups.join(a.place, next.place);
                }
                continue;
            }
            for b in later.take_while(|b| b.first <= a.last) {
                comparisons += 1;
                if a.cell.1.iter().zip(&b.cell.1).all(|(&a, &b)| self.extents.may_meet(a, b)) {
                    groups.join(a.place, b.place);
                }
            }
        }
    }
}

impl Part {
    fn of(sayings: Vec<(ClaimId, Vec<ItemRow>)>) -> Self {
        let mut items: Vec<Item> = Vec::new();
        let mut numbers: BTreeMap<Vec<ItemRow>, usize> = BTreeMap::new();
        for (claim, rows) in sayings {
            match numbers.get(&rows) {
                Some(&number) => {
                    if let Some(item) = items.get_mut(number) {
                        item.claims.push(claim);
                    }
                }
                None => {
                    numbers.insert(rows.clone(), items.len());
                    items.push(Item { claims: vec![claim], rows });
                }
            }
        }
        let rows = items.iter().flat_map(|item| &item.rows);
        let places: BTreeSet<usize> = rows.flat_map(|row| &row.terms).map(|(place, _)| *place).collect();
        Self { items, places: places.into_iter().collect() }
    }

    fn rows(&self) -> impl Iterator<Item = &ItemRow> {
        self.items.iter().flat_map(|item| &item.rows)
    }

    /// Whether a world is at hand: nothing at all, or more than enough everywhere, or for one figure just that.
    pub(super) fn is_surely_possible(&self, system: &System<'_>) -> bool {
        let nothing = |row: &ItemRow| !row.at_least.is_positive() && !row.open;
        let more = |row: &ItemRow| row.terms.iter().all(|(_, times)| times.is_positive());
        if self.needs_more_sums(system) {
            return false;
        }
        if self.rows().all(nothing) || self.rows().all(more) {
            return true;
        }
        let mut rows = self.rows();
        match (rows.next(), rows.next(), rows.next()) {
            (Some(low), Some(high), None) => {
                let figure = low.terms.len() == 1 && high.terms.len() == 1 && more(low) && !more(high);
                figure
                    && !low.open
                    && !high.open
                    && !high.at_least.is_positive()
                    && !(&low.at_least + &high.at_least).is_positive()
            }
            _ => false,
        }
    }

    /// Whether sums of measures bear on it that its rows leave out.
    pub(super) fn needs_more_sums(&self, system: &System<'_>) -> bool {
        let measures = self.places.iter().map(|&place| entry(&system.places, place).measure).collect();
        system.has_left_over(&measures)
    }

    /// A row over the boxes of the component.
    pub(super) fn inequality(&self, row: &ItemRow) -> Inequality {
        let local = |(place, times): &(usize, Rational)| {
            let at = self.places.binary_search(place).ok()?;
            (!times.is_zero()).then(|| (at, times.clone()))
        };
        let terms = row.terms.iter().filter_map(local).collect();
        Inequality { terms, at_least: row.at_least.clone(), open: row.open }
    }

    /// The atoms; none when there are more than so many.
    pub(super) fn columns(&self, system: &System<'_>, most: usize) -> Option<Columns> {
        let mut groups: BTreeSet<BTreeSet<Bits>> = BTreeSet::new();
        let mut count = 0;
        let measures: BTreeSet<MeasureId> =
            self.places.iter().map(|&place| entry(&system.places, place).measure).collect();
        for measure in measures {
            let axes = self.axes(system, measure, most)?;
            let own = |(at, &place): (usize, &usize)| (entry(&system.places, place).measure == measure).then_some(at);
            let all = Bits::of(self.places.len(), self.places.iter().enumerate().filter_map(own));
            let crossed = |start: Bits, overlapping: bool| {
                let mut states = BTreeSet::from([start]);
                for (_, masks) in axes.iter().filter(|(overlaps, _)| *overlaps == overlapping) {
                    let mut next = BTreeSet::new();
                    for state in &states {
                        next.extend(masks.iter().map(|mask| state.and(mask)).filter(|state| !state.is_empty()));
                        if next.len() > most {
                            return None;
                        }
                    }
                    states = next;
                }
                Some(states)
            };
            for position in crossed(all, false)? {
                let points = crossed(position, true)?;
                count += points.len();
                if count > most {
                    return None;
                }
                groups.insert(points);
            }
        }
        Some(Columns::of_groups(self.places.len(), &groups))
    }

    /// For each axis of a measure whether it overlaps, and into which boxes a position on it can fall together.
    fn axes(&self, system: &System<'_>, measure: MeasureId, most: usize) -> Option<Vec<(bool, BTreeSet<Bits>)>> {
        let about = system.codebook.measure(measure);
        let places: Vec<(usize, &Place)> = self
            .places
            .iter()
            .map(|&place| entry(&system.places, place))
            .enumerate()
            .filter(|(_, place)| place.measure == measure)
            .collect();
        let mut axes = Vec::new();
        for at in 0..=about.dimensions.len() {
            let of_place = |place: &Place| place.extents.get(at).copied().unwrap_or(ExtentId::WHOLE);
            let extents: BTreeSet<ExtentId> = places.iter().map(|(_, place)| of_place(place)).collect();
            let extents: Vec<ExtentId> = extents.into_iter().collect();
            let mask = |pattern: &Bits| {
                let holds = |(_, place): &&(usize, &Place)| {
                    extents.binary_search(&of_place(place)).is_ok_and(|extent| pattern.contains(extent))
                };
                Bits::of(self.places.len(), places.iter().filter(holds).map(|(at, _)| *at))
            };
            let overlaps =
                about.dimensions.get(at).map_or(about.period_overlaps, |dimension| about.overlaps.contains(dimension));
            axes.push((overlaps, system.extents.patterns(&extents, most)?.iter().map(mask).collect()));
        }
        // Every stretch of days begins where some box begins, or after all days that some box ends on.
        let begins: BTreeSet<i32> =
            places.iter().flat_map(|(_, place)| [place.first, place.last.saturating_add(1)]).collect();
        let on = |day: i32| {
            let holds = |(_, place): &&(usize, &Place)| place.first <= day && day <= place.last;
            Bits::of(self.places.len(), places.iter().filter(holds).map(|(at, _)| *at))
        };
        axes.push((about.period_overlaps, begins.into_iter().map(on).collect()));
        Some(axes)
    }
}
