//! What cannot all be true among hundreds of thousands of claims: every pair, counted and grouped by the figure at fault.
//!
//! The steps are those of the search among few claims, on [`Columns`]: pairs by [`pairs`], after the tightest figures of each
//! cell and period ([`groups`]) have told where there can be any.

mod fault;
mod groups;
mod pairs;

use std::ops::ControlFlow;

use crate::system::Columns;
pub(crate) use fault::{Ask, Clash, Clashes, clashes};
use groups::Groups;
pub(crate) use pairs::Pair;
use pairs::Table;

/// All pairs of figures that cannot both be true, to be gone through more than once.
pub(crate) struct Search<'a> {
    columns: &'a Columns,
    groups: Groups,
    contents: Vec<Vec<crate::system::CellId>>,
    /// Whether to go on.
    going: &'a dyn Fn() -> bool,
}

impl<'a> Search<'a> {
    pub(crate) fn new(columns: &'a Columns, going: &'a dyn Fn() -> bool) -> Self {
        Self { columns, groups: Groups::of(columns), contents: columns.cells.contents(), going }
    }

    /// Visits every pair, in an order that depends on nothing but the columns, until it is told to stop. A claim that has
    /// several entries may be met with another one more than once.
    pub(crate) fn pairs(&self, visit: &mut dyn FnMut(&Pair) -> ControlFlow<()>) -> ControlFlow<()> {
        let mut table = Table::default();
        let mut cells = 0_u32;
        for (outer, inside) in self.contents.iter().enumerate() {
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
}
