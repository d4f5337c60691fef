//! What cannot all be true among hundreds of thousands of claims: every pair, counted and grouped by the figure at fault.
//!
//! The steps are those of the search among few claims, on [`Columns`]: pairs by [`pairs`], after the tightest figures of each
//! cell and period ([`groups`]) have told where there can be any.

mod components;
mod fault;
mod groups;
mod pairs;
mod sums;

use std::collections::HashMap;
use std::ops::{ControlFlow, Range};

use foldhash::fast::RandomState;

use crate::codebook::{Codebook, MeasureId};
use crate::system::Columns;
use components::{Member, Shape};
pub(crate) use fault::{Ask, Clash, Clashes, clashes};
use groups::{Groups, LeftOut};
pub(crate) use pairs::Pair;
use pairs::Table;

/// All pairs of figures that cannot both be true, to be gone through more than once.
pub(crate) struct Search<'a> {
    columns: &'a Columns,
    groups: Groups,
    contents: &'a crate::system::Contents,
    /// Whether to go on.
    going: &'a (dyn Fn() -> bool + Sync),
    /// Orders claims that differ in nothing else by what they are called.
    hash: &'a (dyn Fn(u32) -> u64 + Sync),
    left_out: LeftOut,
}

/// What larger sets of claims gave.
#[derive(Debug, Default)]
pub(crate) struct Larger {
    /// Sets of claims, of each of which it is to be found out whether they conflict.
    pub(crate) sets: Vec<Set>,
    /// Claims that hang together, of which it is known whether all can be true at once as soon as it is known of some sets.
    pub(crate) open: Vec<Open>,
    /// Per claim, whether it hangs together with too many others: whether all of them can be true at once is not known.
    pub(crate) undecided: Vec<bool>,
    /// Whether there may be more sets.
    pub(crate) cut: bool,
}

/// Claims that may conflict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Set {
    /// By their numbers among all, sorted.
    pub(crate) claims: Vec<u32>,
    /// Whether they are all that hang together; otherwise they are the parts that cross a whole.
    pub(crate) is_whole: bool,
}

/// All claims that hang together, of which some sets are looked at.
#[derive(Debug)]
pub(crate) struct Open {
    pub(crate) claims: Vec<u32>,
    /// The sets, by their places in [`Larger::sets`]: once all of them are settled, nothing else can be wrong here that hides
    /// behind none of them.
    pub(crate) sets: Range<usize>,
}

/// Up to so many claims that hang together are looked at as a whole.
const SMALL: usize = 64;

impl<'a> Search<'a> {
    pub(crate) fn new(
        columns: &'a Columns,
        going: &'a (dyn Fn() -> bool + Sync),
        hash: &'a (dyn Fn(u32) -> u64 + Sync),
    ) -> Self {
        Self {
            columns,
            groups: Groups::of(columns),
            contents: &columns.contents,
            going,
            hash,
            left_out: LeftOut::default(),
        }
    }

    /// Visits every pair of one part of the cells, in an order that depends on nothing but the columns, until it is told to
    /// stop. A claim that has several entries may be met with another one more than once.
    pub(crate) fn pairs(
        &self,
        (part, parts): (usize, usize),
        visit: &mut dyn FnMut(&Pair) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let mut table = Table::default();
        let mut cells = 0_u32;
        for (outer, inside) in self.contents.iter().enumerate().skip(part).step_by(parts) {
            cells += 1;
            if cells.is_multiple_of(256) && !(self.going)() {
                return ControlFlow::Break(());
            }
            self.within(outer, inside, &mut table, visit)?;
        }
        ControlFlow::Continue(())
    }

    /// How many claims have another one of the same measure in their own cell, in one that contains it or in one that lies in
    /// it, whatever the days.
    pub(crate) fn compared(&self, claims: usize) -> Vec<bool> {
        let is_used = |cell: usize| !self.columns.of_cell(cell).is_empty();
        let mut meets = vec![false; self.contents.len()];
        for (outer, inside) in self.contents.iter().enumerate().filter(|(outer, _)| is_used(*outer)) {
            for inner in inside.iter().map(|cell| cell.at()).filter(|&inner| inner != outer && is_used(inner)) {
                for cell in [outer, inner] {
                    if let Some(slot) = meets.get_mut(cell) {
                        *slot = true;
                    }
                }
            }
        }
        let mut compared = vec![false; claims];
        for (cell, meets) in meets.iter().enumerate() {
            let entries = self.columns.of_cell(cell);
            let several = entries.windows(2).any(|pair| pair.first().map(|e| e.claim) != pair.last().map(|e| e.claim));
            for entry in entries.iter().filter(|_| *meets || several) {
                if let Some(slot) = compared.get_mut(entry.claim as usize) {
                    *slot = true;
                }
            }
        }
        compared
    }

    /// Looks for what more than two figures cannot be together among the claims that are not at fault in a pair: without those
    /// there is no pair, so whatever is found is something else. `linked` says of a measure that more than its own figures bear
    /// on it: a change, or a sum of measures.
    pub(crate) fn larger(
        &mut self,
        codebook: &Codebook,
        at_fault: impl Iterator<Item = u32>,
        linked: &dyn Fn(MeasureId) -> bool,
        (claims, threads): (usize, usize),
    ) -> Larger {
        self.left_out = at_fault.collect();
        self.groups.leave_out(self.columns, &self.left_out);
        let this = &*self;
        let told = sums::along_fibers(this, codebook, threads);
        let mut found = Larger { undecided: vec![false; claims], cut: !told.untold.is_empty(), ..Larger::default() };
        let mut told_of: HashMap<Member, Vec<&[u32]>, RandomState> = HashMap::default();
        for witness in &told.witnesses {
            told_of.entry(witness.root).or_default().push(&witness.claims);
        }
        for measure in (0..codebook.measures.len()).map(MeasureId::new) {
            components::each(this, measure, &mut |members| {
                let is_alone = members.len() < 2 || components::is_easy(this, members);
                if is_alone && !linked(measure) {
                    return;
                }
                let is_fiber = !linked(measure) && !told.has_no_scale && this.is_fiber(members, &told.crossing);
                let is_told = members.iter().all(|member| !told.untold.contains(member));
                let own = || members.iter().filter_map(|member| told_of.get(member)).flatten().copied();
                if is_fiber && is_told && own().next().is_none() {
                    return;
                }
                let count: usize = members.iter().map(|member| member.group(this).count as usize).sum();
                let mut claims: Vec<u32> = members.iter().flat_map(|member| this.claims(member)).collect();
                claims.sort_unstable();
                claims.dedup();
                if count <= SMALL && !linked(measure) {
                    found.open.push(Open { claims: claims.clone(), sets: found.sets.len()..found.sets.len() + 1 });
                    found.sets.push(Set { claims, is_whole: true });
                    return;
                }
                let first = found.sets.len();
                found.sets.extend(own().map(|claims| Set { claims: claims.to_vec(), is_whole: false }));
                if is_fiber && is_told {
                    found.open.push(Open { claims, sets: first..found.sets.len() });
                } else {
                    found.give_up(&claims);
                }
            });
        }
        found
    }

    /// Whether the scopes of a component differ in nothing but their days or their terms in one dimension, and are nested
    /// or apart: then all that can be wrong there was told.
    fn is_fiber(&self, members: &[Member], crossing: &[bool]) -> bool {
        match components::shape(self, members) {
            Shape::Days => members.first().is_some_and(|first| crossing.get(first.cell as usize) == Some(&false)),
            Shape::Terms => true,
            Shape::Other => false,
        }
    }

    fn claims(&self, member: &Member) -> impl Iterator<Item = u32> + '_ {
        let group = member.group(self);
        let from = group.from as usize;
        let entries = self.columns.of_cell(member.cell as usize).get(from..from + group.count as usize);
        entries.unwrap_or_default().iter().map(|entry| entry.claim).filter(|claim| !self.left_out.contains(*claim))
    }

    fn order(&self, claim: u32) -> u64 {
        (self.hash)(claim)
    }

    /// Whether a lower figure is none, or zero.
    fn asks_nothing(&self, low: u32) -> bool {
        let value = self.columns.values.as_ref().and_then(|values| values.get((low as usize).checked_sub(1)?));
        low == crate::system::NO_LOW || value.is_some_and(|&value| value <= 0)
    }
}

impl Larger {
    /// Says of claims that it is not known whether all can be true at once.
    pub(crate) fn give_up(&mut self, claims: &[u32]) {
        for &claim in claims {
            if let Some(slot) = self.undecided.get_mut(claim as usize) {
                *slot = true;
            }
        }
    }
}
