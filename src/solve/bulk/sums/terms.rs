//! The terms of one dimension of a measure, added up, on the same days each time.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use foldhash::fast::RandomState;

use super::ends::{NO_END, add_highs, add_lows};
use super::tree::{Node, SCOPES, Tree, Whole};
use super::{Along, Root, Scale};
use crate::codebook::{Codebook, DimensionId, MeasureId, TermId};
use crate::solve::bulk::Search;
use crate::solve::bulk::components::Member;
use crate::solve::bulk::groups::Group;
use crate::system::CellId;

/// The terms of one dimension of a measure.
pub(super) struct Terms<'a> {
    pub(super) search: &'a Search<'a>,
    pub(super) codebook: &'a Codebook,
    pub(super) scale: Scale<'a>,
    pub(super) measure: MeasureId,
    pub(super) axis: usize,
    pub(super) dimension: DimensionId,
    /// Whether separate terms add up.
    pub(super) adds: bool,
}

/// What was added up for a scope so far.
#[derive(Copy, Clone, Default)]
struct Sum {
    /// Of what is apart.
    low: i128,
    /// The most that one of the others holds at least.
    beside: i128,
    /// Of the children of its term that are apart.
    high: i128,
    children: usize,
}

/// What was added up in a class: per cell, for its groups; and for the days of exhaustive terms that have no group with them.
#[derive(Default)]
struct Sums {
    of_groups: HashMap<usize, Vec<Sum>, RandomState>,
    of_days: HashMap<TermId, BTreeMap<(i32, i32), Sum>, RandomState>,
}

/// Cells that differ in the dimension only, by their terms.
type Class = HashMap<TermId, usize, RandomState>;

/// Where what a term holds goes to.
struct Place<'a> {
    /// Whether it adds to what others hold.
    adds: bool,
    /// How many children it takes to cover the term, if they do.
    children: Option<usize>,
    /// The cell of the term next above, if this one is a part of it.
    parent_cell: Option<usize>,
    /// That term, if it matters what its children are at most where nothing is said of it.
    silent: Option<TermId>,
    /// The cells that contain it, from the inside out.
    above: Vec<Above<'a>>,
}

impl Place<'_> {
    /// What the children of the term are at most, if they are all of it.
    fn cover(&self, sum: &Sum) -> i128 {
        if self.children == Some(sum.children) { sum.high } else { NO_END }
    }

    /// Adds what the term holds on some days to what is next above it.
    fn add(&mut self, terms: &Terms<'_>, days: (i32, i32), (least, most): (i128, i128), sums: &mut Sums) {
        if least == 0 && most == NO_END {
            return;
        }
        let next = self.above.iter_mut().find_map(|above| Some((above.cell, above.on(days)?)));
        if let Some((cell, at)) = next {
            let of_cell = || vec![Sum::default(); terms.search.groups.of_cell(cell).len()];
            let Some(slot) = sums.of_groups.entry(cell).or_insert_with(of_cell).get_mut(at) else { return };
            if self.adds {
                slot.low = add_lows(slot.low, least);
            } else {
                slot.beside = slot.beside.max(least);
            }
            if self.parent_cell == Some(cell) {
                slot.cover(most);
                return;
            }
        }
        if let Some(parent) = self.silent.filter(|_| most < NO_END) {
            sums.of_days.entry(parent).or_default().entry(days).or_default().cover(most);
        }
    }
}

/// A cell that contains another one, gone through in the order of its days.
struct Above<'a> {
    cell: usize,
    groups: &'a [Group],
    at: usize,
}

impl Above<'_> {
    /// The group with some days, which come in order.
    fn on(&mut self, wanted: (i32, i32)) -> Option<usize> {
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
    pub(super) fn run(&self, roots: &mut Vec<Root>) {
        let mut classes = self.classes(|_| true);
        classes.retain(|_, class| class.len() > 2);
        for class in classes.into_values() {
            self.class(&class, roots);
        }
    }

    /// The trees of some roots.
    pub(super) fn trees(&self, roots: &[Member], mut visit: impl FnMut(Member, Option<Tree<'_>>)) {
        let cells = &self.search.columns.cells;
        let key = |root: &Member| cells.without(CellId(root.cell), self.axis);
        let wanted: HashSet<Vec<u32>, RandomState> = roots.iter().map(key).collect();
        let classes = self.classes(|key| wanted.contains(key));
        for root in roots {
            let term = cells.term(self.codebook, CellId(root.cell), self.axis, self.dimension);
            let class = classes.get(&key(root)).map(|class| class.iter().copied().collect::<Class>());
            let tree = term.zip(class).and_then(|(term, class)| self.tree(&class, term, root.group(self.search)));
            visit(*root, tree);
        }
    }

    /// Cells that differ in this dimension only, each with its term, by what they have in common.
    fn classes(&self, is_wanted: impl Fn(&Vec<u32>) -> bool) -> HashMap<Vec<u32>, Vec<(TermId, usize)>, RandomState> {
        let cells = &self.search.columns.cells;
        let mut classes: HashMap<Vec<u32>, Vec<(TermId, usize)>, RandomState> = HashMap::default();
        for cell in cells.of_measure(self.measure) {
            let Some(term) = cells.term(self.codebook, cell, self.axis, self.dimension) else { continue };
            let key = cells.without(cell, self.axis);
            if is_wanted(&key) {
                classes.entry(key).or_default().push((term, cell.at()));
            }
        }
        classes
    }

    fn class(&self, class: &[(TermId, usize)], roots: &mut Vec<Root>) {
        let cell_of: Class = class.iter().copied().collect();
        let mut sums = Sums::default();
        for (term, cell) in self.deepest_first(class, &cell_of) {
            if let Some(cell) = cell {
                self.groups(&cell_of, (term, cell), &mut sums, roots);
            }
            if let Some(days) = sums.of_days.remove(&term) {
                let mut place = self.place(term, &cell_of);
                for (days, sum) in days {
                    let most = place.cover(&sum);
                    place.add(self, days, (0, most), &mut sums);
                }
            }
        }
    }

    /// The terms of a class, and those that may stand for all of their children although nothing is said of them: parts come
    /// before their wholes.
    fn deepest_first(&self, class: &[(TermId, usize)], cell_of: &Class) -> Vec<(TermId, Option<usize>)> {
        let dimensions = &self.codebook.dimensions;
        let mut terms: BTreeMap<TermId, Option<usize>> = class.iter().map(|&(term, cell)| (term, Some(cell))).collect();
        for &(term, _) in class {
            let stand = dimensions.chain(term).skip(1).take_while(|&above| self.stands_for_children(above));
            terms.extend(stand.filter(|above| !cell_of.contains_key(above)).map(|above| (above, None)));
        }
        let mut terms: Vec<_> = terms.into_iter().collect();
        terms.sort_by_cached_key(|&(term, _)| (Reverse(dimensions.chain(term).count()), term));
        terms
    }

    /// Whether it matters what the children of a term are at most together, where nothing is said of the term itself: what
    /// is above it is made up of such terms.
    fn stands_for_children(&self, term: TermId) -> bool {
        let term = self.codebook.dimensions.term(term);
        let above = term.parent.map(|parent| self.codebook.dimensions.term(parent));
        term.exhaustive && !term.overlaps && above.is_some_and(|above| above.exhaustive)
    }

    /// Where what a term holds goes to.
    fn place<'s>(&'s self, term: TermId, cell_of: &Class) -> Place<'s> {
        let dimensions = &self.codebook.dimensions;
        let own = dimensions.term(term);
        let parent = own.parent.filter(|_| !own.overlaps);
        let chain = dimensions.chain(term).skip(1);
        let cells = chain.filter_map(|term| cell_of.get(&term));
        let children = if own.exhaustive { self.children_apart(term) } else { 0 };
        Place {
            adds: self.adds && !own.overlaps,
            children: Some(children).filter(|&children| children > 0),
            parent_cell: parent.and_then(|parent| cell_of.get(&parent)).copied(),
            silent: parent.filter(|&parent| self.stands_for_children(parent)),
            above: cells.map(|&cell| Above { cell, groups: self.search.groups.of_cell(cell), at: 0 }).collect(),
        }
    }

    /// How many children of a term stand beside no other.
    fn children_apart(&self, term: TermId) -> usize {
        let dimensions = &self.codebook.dimensions;
        dimensions.children(term).iter().filter(|child| !dimensions.term(**child).overlaps).count()
    }

    fn groups(&self, cell_of: &Class, (term, cell): (TermId, usize), sums: &mut Sums, roots: &mut Vec<Root>) {
        let mut place = self.place(term, cell_of);
        let own = sums.of_groups.remove(&cell);
        for (at, group) in self.search.groups.of_cell(cell).iter().enumerate() {
            let sum = own.as_ref().and_then(|own| own.get(at)).copied().unwrap_or_default();
            let (low, high) = (self.scale.low(group.low), self.scale.high(group.high));
            let (least, most) = (sum.low.max(sum.beside), place.cover(&sum));
            if least > high || most < low {
                roots.extend(Root::of(self.search, (cell, at), Along::Terms(self.axis)));
            }
            place.add(self, (group.first, group.last), (low.max(least), high.min(most)), sums);
        }
    }

    /// A scope and all that lies in it on the same days.
    fn tree(&self, cell_of: &Class, root: TermId, on: &Group) -> Option<Tree<'_>> {
        let dimensions = &self.codebook.dimensions;
        let mut order = Vec::new();
        let mut open = vec![root];
        while let Some(term) = open.pop() {
            order.push(term);
            open.extend(dimensions.children(term));
            if order.len() + open.len() > SCOPES {
                return None;
            }
        }
        let mut at: HashMap<TermId, usize, RandomState> = HashMap::default();
        let mut nodes = Vec::with_capacity(order.len());
        for (number, term) in order.into_iter().rev().enumerate() {
            let group = cell_of.get(&term).and_then(|&cell| Some((cell, self.same_days(cell, on)?)));
            let children = dimensions.children(term);
            let parts: Vec<usize> = children.iter().filter_map(|child| at.get(child).copied()).collect();
            let alone = children.iter().map(|&child| self.adds && !dimensions.term(child).overlaps).collect();
            let is_apart = children.iter().map(|&child| !dimensions.term(child).overlaps).collect();
            let covers = dimensions.term(term).exhaustive && self.children_apart(term) > 0;
            nodes.push(Node { own: group, parts, whole: Whole::Terms { alone, is_apart, covers } });
            at.insert(term, number);
        }
        Some(Tree { search: self.search, scale: self.scale, nodes })
    }

    /// The group of a cell with the days of another group.
    fn same_days(&self, cell: usize, group: &Group) -> Option<Group> {
        let groups = self.search.groups.of_cell(cell);
        let at = groups.binary_search_by(|own| (own.first, own.last).cmp(&(group.first, group.last))).ok()?;
        groups.get(at).copied()
    }
}

impl Sum {
    /// Adds what a child is at most.
    fn cover(&mut self, most: i128) {
        if most < NO_END {
            self.high = add_highs(self.high, most);
            self.children += 1;
        }
    }
}
