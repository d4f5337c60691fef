//! Sums of one level in one dimension: the parts of a whole among entries that differ in nothing else.
//!
//! A *fiber* is all groups of one cell (they differ in their days), or all groups of the same days in cells that differ in
//! one dimension. Along a fiber the least that each scope holds is the larger of its own lower figure and of what its
//! separate parts add up to; the most is the smaller of its own upper figure and of what parts add up to that cover it. A
//! scope in which the two cross is told with its parts, for the exact solver to prove. Sums of figures are taken from the
//! tightest of both readings, and an open bound counts as a little more than it is: what is told may be no conflict, but
//! no conflict of a fiber whose days are nested or apart goes untold.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::Search;
use super::groups::Group;
use crate::codebook::{Codebook, DimensionId, MeasureId, TermId};
use crate::system::{CellId, Entry, NO_HIGH, NO_LOW};

/// The most claims that are told together.
const TOGETHER: usize = 64;

/// The most scopes that are told.
const MOST: usize = 1 << 17;

/// What the fibers gave.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// Sets of claims, in each of which something may conflict.
    pub(super) sets: Vec<Vec<u32>>,
    /// Whether there may be more.
    pub(super) cut: bool,
    /// The cells whose days are neither nested nor apart: their sums are not all looked at.
    pub(super) crossing: Vec<bool>,
}

/// Looks along every fiber of the measures that `adds` takes.
pub(super) fn along_fibers(search: &Search<'_>, codebook: &Codebook) -> Told {
    let cells = search.columns.cells.len();
    let mut told = Told { crossing: vec![false; cells], ..Told::default() };
    let Some(values) = search.columns.values.as_deref() else {
        told.cut = true;
        told.crossing.fill(true);
        return told;
    };
    let scale = Scale { values };
    for cell in 0..cells {
        let measure = codebook.measure(search.columns.cells.measure(CellId::new(cell)));
        let crossing = Days { search, scale, cell, adds: !measure.period_overlaps }.run(&mut told);
        if let Some(slot) = told.crossing.get_mut(cell) {
            *slot = crossing;
        }
    }
    for at in 0..codebook.measures.len() {
        let measure = codebook.measure(MeasureId::new(at));
        for (axis, &dimension) in measure.dimensions.iter().enumerate() {
            let adds = !measure.overlaps.contains(&dimension);
            Terms { search, codebook, scale, measure: MeasureId::new(at), axis, dimension, adds }.run(&mut told);
        }
    }
    told
}

/// Figures by their ranks.
#[derive(Copy, Clone)]
struct Scale<'a> {
    values: &'a [i64],
}

/// More than any sum of figures.
const NO_END: i128 = i128::MAX;

impl Scale<'_> {
    fn low(self, group: &Group) -> i128 {
        if group.low == NO_LOW { 0 } else { self.value(group.low).max(0) }
    }

    fn high(self, group: &Group) -> i128 {
        if group.high == NO_HIGH { NO_END } else { self.value(group.high) }
    }

    fn value(self, rank: u32) -> i128 {
        self.values.get(rank as usize - 1).copied().map_or(0, i128::from)
    }
}

impl Told {
    /// Tells the claims of some groups, those with the tightest figures first.
    fn tell(&mut self, search: &Search<'_>, groups: &[(usize, &Group)]) {
        if self.sets.len() == MOST {
            self.cut = true;
            return;
        }
        let mut claims = Vec::new();
        for (cell, group) in groups {
            claims.extend(tightest(search, *cell, group));
            if claims.len() > TOGETHER {
                self.cut = true;
                break;
            }
        }
        claims.sort_unstable();
        claims.dedup();
        self.sets.push(claims);
    }
}

/// The claims of a group with the tightest figure of each side under each reading.
fn tightest(search: &Search<'_>, cell: usize, group: &Group) -> impl Iterator<Item = u32> {
    let from = group.from as usize;
    let entries = search.columns.of_cell(cell).get(from..from + group.count as usize).unwrap_or_default();
    let own = || entries.iter().filter(|entry| !search.left_out.contains(&entry.claim));
    let allowed = |entry: &&Entry| *search.columns.allowed(entry);
    let order = |entry: &&Entry| search.order(entry.claim);
    let best = [
        own().max_by_key(|entry| (allowed(entry).strict.0, order(entry))),
        own().max_by_key(|entry| (allowed(entry).plain.0, order(entry))),
        own().min_by_key(|entry| (allowed(entry).strict.1, order(entry))),
        own().min_by_key(|entry| (allowed(entry).plain.1, order(entry))),
    ];
    best.map(|entry| entry.map(|entry| entry.claim)).into_iter().flatten()
}

/// The days of one cell.
struct Days<'a> {
    search: &'a Search<'a>,
    scale: Scale<'a>,
    cell: usize,
    /// Whether separate days add up.
    adds: bool,
}

/// A scope of a fiber with what lies directly in it.
struct Node {
    group: usize,
    parts: Vec<usize>,
    low: i128,
    high: i128,
}

impl Days<'_> {
    /// Says whether some days cross.
    fn run(&self, told: &mut Told) -> bool {
        let groups = self.search.groups.of_cell(self.cell);
        // Days of one length lie in each other only if they are the same.
        if groups.iter().all(|group| group.first == group.last) {
            return false;
        }
        if groups.len() < 3 {
            return groups
                .windows(2)
                .any(|pair| matches!(pair, [a, b] if !a.holds(b) && !b.holds(a) && b.first <= a.last));
        }
        let mut order: Vec<usize> = (0..groups.len()).collect();
        let group = |at: usize| crate::codebook::entry(groups, at);
        order.sort_unstable_by_key(|&at| (group(at).first, std::cmp::Reverse(group(at).last)));
        let mut crossing = false;
        let mut open: Vec<Node> = Vec::new();
        let mut done: Vec<Node> = Vec::new();
        for at in order {
            while let Some(top) = open.last()
                && !group(top.group).holds(group(at))
            {
                crossing |= group(top.group).last >= group(at).first;
                if let Some(top) = open.pop() {
                    self.close(top, &mut open, &mut done, told);
                }
            }
            let (low, high) = (self.scale.low(group(at)), self.scale.high(group(at)));
            open.push(Node { group: at, parts: Vec::new(), low, high });
        }
        while let Some(top) = open.pop() {
            self.close(top, &mut open, &mut done, told);
        }
        crossing
    }

    /// Adds up the parts of a scope, all of which are done.
    fn close(&self, mut node: Node, open: &mut [Node], done: &mut Vec<Node>, told: &mut Told) {
        let groups = self.search.groups.of_cell(self.cell);
        let own = crate::codebook::entry(groups, node.group);
        let (low, high) = (self.scale.low(own), self.scale.high(own));
        let part = |at: &usize| crate::codebook::entry(done, *at);
        let days = |at: &usize| crate::codebook::entry(groups, part(at).group);
        node.parts.sort_unstable_by_key(|at| (days(at).last, days(at).first));
        let parts = node.parts.as_slice();
        let sum = if self.adds { most_apart(parts, |at| (days(at).first, days(at).last, part(at).low)) } else { 0 };
        let cover = least_cover(parts, (own.first, own.last), |at| (days(at).first, days(at).last, part(at).high));
        if sum > high || cover < low {
            let mut all: Vec<(usize, &Group)> = vec![(self.cell, own)];
            let mut next = node.parts.clone();
            while let Some(at) = next.pop().filter(|_| all.len() <= TOGETHER) {
                all.push((self.cell, days(&at)));
                next.extend(&part(&at).parts);
            }
            told.tell(self.search, &all);
        }
        node.low = low.max(sum.min(high));
        node.high = high.min(cover.max(low));
        if let Some(above) = open.last_mut() {
            above.parts.push(done.len());
        }
        done.push(node);
    }
}

/// The most that parts add up to of which no two share a day; they come by their last days.
fn most_apart(parts: &[usize], of: impl Fn(&usize) -> (i32, i32, i128)) -> i128 {
    // Per part, the most of those up to it.
    let mut best: Vec<(i32, i128)> = Vec::with_capacity(parts.len());
    for at in parts {
        let (first, last, low) = of(at);
        let before = best.partition_point(|(last, _)| *last < first);
        let apart = before.checked_sub(1).and_then(|at| best.get(at)).map_or(0, |(_, sum)| *sum);
        let sum = best.last().map_or(0, |(_, sum)| *sum).max(apart.saturating_add(low));
        best.push((last, sum));
    }
    best.last().map_or(0, |(_, sum)| *sum)
}

/// The least that parts add up to that cover some days; they come by their last days.
fn least_cover(parts: &[usize], (first, last): (i32, i32), of: impl Fn(&usize) -> (i32, i32, i128)) -> i128 {
    // Up to which day, by how little; later days cost more.
    let mut reached: Vec<(i32, i128)> = Vec::new();
    let mut whole = NO_END;
    for at in parts {
        let (from, to, high) = of(at);
        let before = if from <= first {
            0
        } else {
            let at = reached.partition_point(|(to, _)| i64::from(*to) + 1 < i64::from(from));
            reached.get(at).map_or(NO_END, |(_, sum)| *sum)
        };
        let sum = before.saturating_add(high);
        if sum == NO_END {
            continue;
        }
        while reached.last().is_some_and(|(_, earlier)| *earlier >= sum) {
            reached.pop();
        }
        reached.push((to, sum));
        if to >= last {
            whole = whole.min(sum);
        }
    }
    whole
}

/// The terms of one dimension of a measure.
struct Terms<'a> {
    search: &'a Search<'a>,
    codebook: &'a Codebook,
    scale: Scale<'a>,
    measure: MeasureId,
    axis: usize,
    dimension: DimensionId,
    /// Whether separate terms add up.
    adds: bool,
}

/// What was added up for a scope so far.
#[derive(Copy, Clone, Default)]
struct Sum {
    low: i128,
    /// Of the children of its term.
    high: i128,
    children: usize,
}

/// A cell that contains another one, gone through in the order of its days.
struct Above<'a> {
    cell: usize,
    groups: &'a [Group],
    at: usize,
}

impl Above<'_> {
    /// The group with the days of another group, which come in order.
    fn same_days(&mut self, group: &Group) -> Option<usize> {
        let wanted = (group.first, group.last);
        let is_before = |at: usize| self.groups.get(at).is_some_and(|own| (own.first, own.last) < wanted);
        // In steps that double, then halve: near ones are found at once.
        let mut step = 1;
        while is_before(self.at + step - 1) {
            self.at += step;
            step *= 2;
        }
        while step > 1 {
            step /= 2;
            if is_before(self.at + step - 1) {
                self.at += step;
            }
        }
        let own = self.groups.get(self.at)?;
        ((own.first, own.last) == wanted).then_some(self.at)
    }
}

impl Terms<'_> {
    fn run(&self, told: &mut Told) {
        let cells = &self.search.columns.cells;
        // Cells that differ in this dimension only, each with its term.
        let mut classes: HashMap<Vec<u32>, Vec<(TermId, usize)>, RandomState> = HashMap::default();
        for cell in cells.of_measure(self.measure) {
            let Some(term) = cells.term(self.codebook, cell, self.axis, self.dimension) else { continue };
            classes.entry(cells.without(cell, self.axis)).or_default().push((term, cell.at()));
        }
        let mut classes: Vec<_> = classes.into_values().filter(|class| class.len() > 2).collect();
        classes.sort_unstable();
        for mut class in classes {
            // The deepest terms first, so that parts are done before their whole.
            let depth = |term: TermId| self.codebook.dimensions.chain(term).count();
            class.sort_unstable_by_key(|&(term, cell)| (std::cmp::Reverse(depth(term)), term, cell));
            self.class(&class, told);
        }
    }

    fn class(&self, class: &[(TermId, usize)], told: &mut Told) {
        let cell_of: HashMap<TermId, usize, RandomState> = class.iter().copied().collect();
        // Per cell that something was added up for, the sums of its groups.
        let mut sums: HashMap<usize, Vec<Sum>, RandomState> = HashMap::default();
        for &(term, cell) in class {
            let chain = self.codebook.dimensions.chain(term).skip(1);
            let mut above: Vec<Above<'_>> = chain
                .filter_map(|term| cell_of.get(&term))
                .map(|&cell| Above { cell, groups: self.search.groups.of_cell(cell), at: 0 })
                .collect();
            let parent = self.codebook.dimensions.term(term).parent;
            let parent = parent.and_then(|parent| cell_of.get(&parent)).copied();
            let alone = !self.codebook.dimensions.term(term).overlaps;
            let children = self.codebook.dimensions.children(term);
            let own_children = children.iter().filter(|child| !self.codebook.dimensions.term(**child).overlaps).count();
            let is_covered = self.codebook.dimensions.term(term).exhaustive;
            let own = sums.remove(&cell);
            for (at, group) in self.search.groups.of_cell(cell).iter().enumerate() {
                let sum = own.as_ref().and_then(|own| own.get(at)).copied().unwrap_or_default();
                let (low, high) = (self.scale.low(group), self.scale.high(group));
                let covered = is_covered && own_children > 0 && sum.children == own_children;
                let cover = if covered { sum.high } else { NO_END };
                if (self.adds && sum.low > high) || cover < low {
                    self.tell(class, (term, cell, group), told);
                }
                let (least, most) = (low.max(sum.low.min(high)), high.min(cover.max(low)));
                if (least == 0 && most == NO_END) || !alone {
                    continue;
                }
                let found = above.iter_mut().find_map(|above| Some((above.cell, above.same_days(group)?)));
                let Some((above, whole)) = found else { continue };
                let of_cell = || vec![Sum::default(); self.search.groups.of_cell(above).len()];
                let Some(slot) = sums.entry(above).or_insert_with(of_cell).get_mut(whole) else { continue };
                slot.low = slot.low.saturating_add(least);
                if parent == Some(above) && most < NO_END {
                    slot.high = slot.high.saturating_add(most);
                    slot.children += 1;
                }
            }
        }
    }

    /// The group of a cell with the days of another group.
    fn same_days(&self, cell: usize, group: &Group) -> Option<usize> {
        let groups = self.search.groups.of_cell(cell);
        groups.binary_search_by(|own| (own.first, own.last).cmp(&(group.first, group.last))).ok()
    }

    fn tell(&self, class: &[(TermId, usize)], (term, cell, group): (TermId, usize, &Group), told: &mut Told) {
        let mut all: Vec<(usize, &Group)> = vec![(cell, group)];
        for &(inner, part) in class {
            if all.len() > TOGETHER {
                break;
            }
            if inner != term && self.codebook.dimensions.is_within(inner, term) {
                let at = self.same_days(part, group);
                all.extend(at.and_then(|at| Some((part, self.search.groups.of_cell(part).get(at)?))));
            }
        }
        told.tell(self.search, &all);
    }
}
