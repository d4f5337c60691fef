//! Components: claims whose boxes share no mass with those of others.
//!
//! Two boxes interact when one position can lie in both. That is enough for overlapping dimensions too: a unit that lies
//! in boxes of two components by different positions may as well be two units, each with its positions in one of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use num_traits::{Signed, Zero};

use crate::claim::ClaimId;
use crate::codebook::entry;
use crate::number::Rational;
use crate::solve::sums::atoms::{Atoms, Axis, Domain};
use crate::solve::sums::rows::{ItemRow, Mass, Place, System};
use crate::solve::sums::simplex::Inequality;
use crate::system::{Bits, ExtentId};

/// Claims of one component that say the same.
#[derive(Clone, Debug)]
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
    /// What holds whatever anybody says.
    pub(super) background: Vec<ItemRow>,
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

/// A mass and one extent per axis but time.
type Cell = (Mass, Vec<ExtentId>);

/// The boxes of one cell whose days are connected.
struct Segment<'a> {
    first: i32,
    last: i32,
    cell: &'a Cell,
    /// One of the boxes.
    place: usize,
}

impl System<'_> {
    /// The components, in canonical order.
    pub(super) fn parts(&self) -> Vec<Part> {
        let mut groups = Groups((0..self.places.len()).collect());
        self.join_places(&mut groups);
        for row in self.sayings.iter().flat_map(|saying| &saying.rows).chain(&self.background) {
            for pair in row.terms.windows(2) {
                if let [(a, _), (b, _)] = pair {
                    groups.join(*a, *b);
                }
            }
        }
        let mut parts: Vec<Sayings> = Vec::new();
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
        let mut parts: Vec<Part> = parts.into_iter().map(Part::of).collect();
        for row in &self.background {
            let number = row.terms.first().and_then(|(place, _)| numbers.get(&groups.root(*place)));
            if let Some(part) = number.and_then(|&number| parts.get_mut(number)) {
                part.add_background(row.clone());
            }
        }
        parts
    }

    fn join_places(&self, groups: &mut Groups) {
        // Per cell the first and the last day of each box, and its place.
        let mut cells: BTreeMap<Cell, Vec<(i32, i32, usize)>> = BTreeMap::new();
        for (at, place) in self.places.iter().enumerate() {
            let cell = cells.entry((place.mass, place.extents.clone())).or_default();
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

/// Claims with the rows that they have in one component.
type Sayings = Vec<(ClaimId, Vec<ItemRow>)>;

impl Part {
    fn of(sayings: Sayings) -> Self {
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
        Self { items, background: Vec::new(), places: places.into_iter().collect() }
    }

    /// The claims that differ in one axis only, axis by axis: children and their parent, a cover and its whole. What conflicts
    /// among them is found even where the component as a whole is beyond the limits.
    pub(super) fn rows_and_columns(&self, system: &System<'_>) -> Vec<Self> {
        let axes = self.places.iter().map(|&place| entry(&system.places, place).extents.len()).max().unwrap_or(0);
        let mut parts = Vec::new();
        for axis in 0..=axes {
            let mut alike: BTreeMap<Place, Vec<&Item>> = BTreeMap::new();
            for item in &self.items {
                let keys = item.rows.iter().flat_map(|row| &row.terms).map(|(place, _)| {
                    let mut key = entry(&system.places, *place).clone();
                    match key.extents.get_mut(axis) {
                        Some(extent) => *extent = ExtentId::WHOLE,
                        None => (key.first, key.last) = (0, 0),
                    }
                    key
                });
                let keys: BTreeSet<Place> = keys.collect();
                if let (1, Some(key)) = (keys.len(), keys.into_iter().next()) {
                    alike.entry(key).or_default().push(item);
                }
            }
            parts.extend(alike.into_values().filter(|items| items.len() > 2).map(|items| {
                let items: Vec<Item> = items.into_iter().cloned().collect();
                let places =
                    items.iter().flat_map(|item| &item.rows).flat_map(|row| &row.terms).map(|(place, _)| *place);
                let places: BTreeSet<usize> = places.collect();
                Self { places: places.into_iter().collect(), items, background: Vec::new() }
            }));
        }
        parts
    }

    fn add_background(&mut self, row: ItemRow) {
        self.places.extend(row.terms.iter().map(|(place, _)| *place));
        self.places.sort_unstable();
        self.places.dedup();
        self.background.push(row);
    }

    /// All rows, those of no claim first.
    pub(super) fn rows(&self) -> impl Iterator<Item = &ItemRow> {
        self.background.iter().chain(self.items.iter().flat_map(|item| &item.rows))
    }

    /// All claims, sorted.
    pub(super) fn claims(&self) -> Vec<ClaimId> {
        let mut claims: Vec<ClaimId> = self.items.iter().flat_map(|item| item.claims.iter().copied()).collect();
        claims.sort_unstable();
        claims
    }

    /// Whether a world is at hand: nothing at all, or more than enough everywhere, or for one figure or fact just that.
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
            (Some(one), Some(other), None) => {
                // What holds anyway comes first: that an attribute of one value has no more than one.
                let (low, high) = if more(one) { (one, other) } else { (other, one) };
                let as_often = match (low.terms.as_slice(), high.terms.as_slice()) {
                    ([(_, low)], [(_, high)]) => low.is_positive() && (low + high).is_zero(),
                    _ => false,
                };
                as_often
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
        let measures = self.places.iter().filter_map(|&place| match entry(&system.places, place).mass {
            Mass::Measure(measure) => Some(measure),
            Mass::Fact(..) => None,
        });
        system.has_left_over(&measures.collect())
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

    /// How the boxes can lie together; none where one axis alone has more than so many sets of them.
    pub(super) fn atoms(&self, system: &System<'_>, most: usize) -> Option<Atoms> {
        let places: Vec<&Place> = self.places.iter().map(|&place| entry(&system.places, place)).collect();
        let masses: BTreeSet<Mass> = places.iter().map(|place| place.mass).collect();
        let domains: Option<Vec<Domain>> = masses.into_iter().map(|mass| domain(system, mass, &places, most)).collect();
        let days = places.iter().map(|place| (place.first, place.last)).collect();
        Some(Atoms { boxes: places.len(), days, domains: domains? })
    }
}

/// The boxes of one mass and its axes.
fn domain(system: &System<'_>, mass: Mass, places: &[&Place], most: usize) -> Option<Domain> {
    let own: Vec<(usize, &Place)> =
        places.iter().copied().enumerate().filter(|(_, place)| place.mass == mass).collect();
    let boxes = Bits::of(places.len(), own.iter().map(|(at, _)| *at));
    let count = own.first().map_or(0, |(_, place)| place.extents.len());
    let (overlaps, days_overlap) = system.overlaps(mass);
    let mut axes = Vec::new();
    for at in 0..count {
        let of_place = |place: &Place| place.extents.get(at).copied().unwrap_or(ExtentId::WHOLE);
        let extents: BTreeSet<ExtentId> = own.iter().map(|(_, place)| of_place(place)).collect();
        let extents: Vec<ExtentId> = extents.into_iter().collect();
        let boxes_in = |pattern: &Bits| {
            let holds = |(_, place): &&(usize, &Place)| {
                extents.binary_search(&of_place(place)).is_ok_and(|extent| pattern.contains(extent))
            };
            Bits::of(places.len(), own.iter().filter(holds).map(|(at, _)| *at))
        };
        let overlaps = overlaps.get(at).copied().unwrap_or(false);
        for patterns in system.extents.patterns_by_axis(&extents, most)? {
            let sets = patterns.keys().map(boxes_in).collect();
            let positions = patterns.into_values().collect();
            axes.push(Axis { overlaps, dimension: at, sets, positions });
        }
    }
    Some(Domain { boxes, axes, days_overlap })
}
