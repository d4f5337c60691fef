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
use crate::spread::over;
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
    /// What is told of the first roots.
    pub(super) witnesses: Vec<Witness>,
    /// What may be roots and is not told: there are too many, or they have too many parts.
    pub(super) untold: HashSet<Member, RandomState>,
    /// Whether figures have no common scale, so that nothing could be added up.
    pub(super) has_no_scale: bool,
    /// The cells whose days are neither nested nor apart: their sums are not all looked at.
    pub(super) crossing: Vec<bool>,
}

/// What may be a root: with the tightest figures of both readings it is one. Which come first does not depend on the order of
/// files, nor on how many threads look for them.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Root {
    /// What orders the first of its claims.
    order: u64,
    along: Along,
    days: (i32, i32),
    member: Member,
}

/// In what the parts differ.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Along {
    Days,
    /// In a dimension of the measure.
    Terms(usize),
}

/// What some fibers gave.
#[derive(Default)]
struct Found {
    roots: Vec<Root>,
    crossing: Vec<usize>,
}

/// Fibers that one thread goes along.
#[derive(Copy, Clone)]
enum Job {
    /// The days of every so many-th cell, from this one on.
    Days(usize),
    Terms(MeasureId, usize),
}

/// In how many parts the cells are taken.
const PARTS: usize = 16;

/// Looks along every fiber.
pub(super) fn along_fibers(search: &Search<'_>, codebook: &Codebook, threads: usize) -> Told {
    let cells = search.columns.cells.len();
    let mut told = Told { crossing: vec![false; cells], ..Told::default() };
    let Some(values) = search.columns.values.as_deref() else {
        told.has_no_scale = true;
        return told;
    };
    let fibers = Fibers { search, codebook, scale: Scale { values } };
    let Found { mut roots, crossing } = fibers.all(threads);
    for cell in crossing {
        if let Some(slot) = told.crossing.get_mut(cell) {
            *slot = true;
        }
    }
    roots.sort_unstable();
    let rest = roots.split_off(MOST.min(roots.len()));
    told.untold.extend(rest.iter().map(|root| root.member));
    for (root, sets) in fibers.witnesses(&roots) {
        match sets {
            Some(sets) => told.witnesses.extend(sets.into_iter().map(|claims| Witness { root, claims })),
            None => {
                told.untold.insert(root);
            }
        }
    }
    told
}

/// All fibers.
#[derive(Copy, Clone)]
struct Fibers<'a> {
    search: &'a Search<'a>,
    codebook: &'a Codebook,
    scale: Scale<'a>,
}

impl<'a> Fibers<'a> {
    fn days(self, cell: usize) -> Days<'a> {
        let measure = self.codebook.measure(self.search.columns.cells.measure(CellId::new(cell)));
        Days { search: self.search, scale: self.scale, cell, adds: !measure.period_overlaps }
    }

    fn terms(self, measure: MeasureId, axis: usize) -> Option<Terms<'a>> {
        let own = self.codebook.measure(measure);
        let dimension = *own.dimensions.get(axis)?;
        let adds = !own.overlaps.contains(&dimension);
        let Self { search, codebook, scale } = self;
        Some(Terms { search, codebook, scale, measure, axis, dimension, adds })
    }

    fn run(self, job: Job) -> Found {
        let mut found = Found::default();
        match job {
            Job::Days(first) => {
                for cell in (first..self.search.columns.cells.len()).step_by(PARTS) {
                    if self.days(cell).run(&mut found.roots) {
                        found.crossing.push(cell);
                    }
                }
            }
            Job::Terms(measure, axis) => {
                if let Some(terms) = self.terms(measure, axis) {
                    terms.run(&mut found.roots);
                }
            }
        }
        found
    }

    /// Goes along all, on so many threads.
    fn all(self, threads: usize) -> Found {
        let measures = (0..self.codebook.measures.len()).map(MeasureId::new);
        let terms = measures.flat_map(|measure| {
            let axes = 0..self.codebook.measure(measure).dimensions.len();
            axes.map(move |axis| Job::Terms(measure, axis))
        });
        let jobs: Vec<Job> = terms.chain((0..PARTS).map(Job::Days)).collect();
        let work = |(): &mut (), job: &Job| if (self.search.going)() { self.run(*job) } else { Found::default() };
        let mut all = Found::default();
        for found in over(threads, &jobs, || (), work, |_| ()) {
            all.roots.extend(found.roots);
            all.crossing.extend(found.crossing);
        }
        all
    }

    /// Per root the sets of claims that conflict there, or none where they are too large.
    fn witnesses(self, roots: &[Root]) -> Vec<(Member, Option<Vec<Vec<u32>>>)> {
        let mut told = Vec::new();
        let mut of_terms: BTreeMap<(MeasureId, usize), Vec<Member>> = BTreeMap::new();
        for root in roots {
            match root.along {
                Along::Days => {
                    let days = self.days(root.member.cell as usize);
                    let tree = days.tree(root.member.group(self.search));
                    told.push((root.member, tree.and_then(|tree| tree.witnesses())));
                }
                Along::Terms(axis) => {
                    let measure = self.search.columns.cells.measure(CellId(root.member.cell));
                    of_terms.entry((measure, axis)).or_default().push(root.member);
                }
            }
        }
        for ((measure, axis), roots) in of_terms {
            if let Some(terms) = self.terms(measure, axis) {
                terms.trees(&roots, |root, tree| told.push((root, tree.and_then(|tree| tree.witnesses()))));
            }
        }
        told
    }
}

impl Root {
    fn of(search: &Search<'_>, (cell, at): (usize, usize), along: Along) -> Option<Self> {
        let group = search.groups.of_cell(cell).get(at)?;
        let order = own_entries(search, cell, group).map(|entry| search.order(entry.claim)).min()?;
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let member = Member { cell: number(cell), at: number(at) };
        Some(Self { order, along, days: (group.first, group.last), member })
    }
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

/// The entries of a group that are not left out.
fn own_entries<'s>(
    search: &'s Search<'_>,
    cell: usize,
    group: &Group,
) -> impl Iterator<Item = &'s crate::system::Entry> {
    let from = group.from as usize;
    let entries = search.columns.of_cell(cell).get(from..from + group.count as usize).unwrap_or_default();
    entries.iter().filter(|entry| !search.left_out.contains(entry.claim))
}
