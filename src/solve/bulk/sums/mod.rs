//! Sums of one level in one dimension: the parts of a whole among entries that differ in nothing else.
//!
//! A *fiber* is all groups of one cell (they differ in their days), or all groups of the same days in cells that differ in
//! one dimension. Along a fiber the least that each scope holds is the larger of its own lower figure and of what its
//! separate parts hold at least; the most is the smaller of its own upper figure and of what parts hold at most that cover
//! it. Where one of the two crosses a scope's own figure, the scope is a *root*, and the parts that make it so are told with
//! it, for the exact solver to prove.
//!
//! Every minimal conflict of a fiber whose scopes are nested or apart has a root: what it sets against the others is the
//! figure of one scope that holds them all. Roots are found with the tightest figures of both readings; what is told of one is
//! worked out under each. What a part holds is taken for what it says even where it conflicts itself, so that one conflict
//! hides no other. Without a root, a fiber has a world: every scope can have anything between its least and its most.

mod days;
mod ends;
mod terms;
mod tree;

use std::collections::{BTreeMap, HashSet};

use foldhash::fast::RandomState;

use super::Search;
use super::components::Member;
use super::groups::Group;
use crate::codebook::{Codebook, MeasureId};
use crate::system::{CellId, NO_HIGH, NO_LOW};
use days::Days;
use ends::NO_END;
use terms::Terms;

/// Of how many roots the parts are told.
const MOST: usize = 1000;

/// Claims of which the exact solver is to say whether they conflict, with the scope whose figure its parts cross.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Witness {
    pub(super) root: Member,
    pub(super) claims: Vec<u32>,
}

/// What the fibers gave.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// By what orders their roots, of each root what was found along one dimension.
    witnesses: BTreeMap<(u64, usize), Vec<Witness>>,
    /// What may be roots and is not told: there are too many, or they have too many parts.
    pub(super) untold: HashSet<Member, RandomState>,
    /// Whether figures have no common scale, so that nothing could be added up.
    pub(super) has_no_scale: bool,
    /// The cells whose days are neither nested nor apart: their sums are not all looked at.
    pub(super) crossing: Vec<bool>,
}

/// Looks along every fiber.
pub(super) fn along_fibers(search: &Search<'_>, codebook: &Codebook) -> Told {
    let cells = search.columns.cells.len();
    let mut told = Told { crossing: vec![false; cells], ..Told::default() };
    let Some(values) = search.columns.values.as_deref() else {
        told.has_no_scale = true;
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

impl Scale<'_> {
    /// A lower figure; without one it is zero.
    fn low(self, rank: u32) -> i128 {
        if rank == NO_LOW { 0 } else { self.value(rank).max(0) }
    }

    /// An upper figure.
    fn high(self, rank: u32) -> i128 {
        if rank == NO_HIGH { NO_END } else { self.value(rank) }
    }

    fn value(self, rank: u32) -> i128 {
        self.values.get(rank as usize - 1).copied().map_or(0, i128::from)
    }
}

impl Told {
    /// Takes a root that was found along a dimension, and what is told of it if it is among the first.
    fn take(
        &mut self,
        search: &Search<'_>,
        (cell, at): (usize, usize),
        along: usize,
        find: impl FnOnce() -> Option<Vec<Vec<u32>>>,
    ) {
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let root = Member { cell: number(cell), at: number(at) };
        // Which are the first does not depend on the order of files.
        let Some(group) = search.groups.of_cell(cell).get(at) else { return };
        let key = (own_entries(search, cell, group).map(|entry| search.order(entry.claim)).min().unwrap_or(0), along);
        let is_late =
            self.witnesses.len() >= MOST && self.witnesses.last_key_value().is_some_and(|(last, _)| *last < key);
        let Some(sets) = (if is_late { None } else { find() }) else {
            self.untold.insert(root);
            return;
        };
        if sets.is_empty() {
            return;
        }
        let witnesses = sets.into_iter().map(|claims| Witness { root, claims });
        self.witnesses.entry(key).or_default().extend(witnesses);
        if self.witnesses.len() > MOST
            && let Some((_, dropped)) = self.witnesses.pop_last()
        {
            self.untold.extend(dropped.iter().map(|witness| witness.root));
        }
    }

    /// What is told of the roots.
    pub(super) fn witnesses(&self) -> impl Iterator<Item = &Witness> {
        self.witnesses.values().flatten()
    }
}

/// The entries of a group that are not left out.
fn own_entries<'s>(
    search: &'s Search<'_>,
    cell: usize,
    group: &Group,
) -> impl Iterator<Item = &'s crate::system::Entry> {
    let from = group.from as usize;
    let entries = search.columns.of_cell(cell).get(from..from + group.count as usize).unwrap_or_default();
    entries.iter().filter(|entry| !search.left_out.contains(&entry.claim))
}
