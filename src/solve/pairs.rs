//! Two figures that cannot both be true: one for a part (or for the same) above one for the whole.
//!
//! Cells that contain one another are found by looking up the terms above each; within a cell and its contents the days
//! are swept. No step compares all pairs of claims.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use crate::claim::ClaimId;
use crate::solve::sweep::{Item, contained, shared};
use crate::system::{FigureRows, Half, Mode};

/// A lower figure above an upper one whose box contains its own.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FigurePair {
    /// The claim whose lower figure is too high.
    pub low: ClaimId,
    /// The claim whose upper figure is too low.
    pub high: ClaimId,
}

/// What comparing pairs of figures gave.
#[derive(Debug, Default)]
pub struct FigurePairs {
    /// Every pair that cannot both be true, sorted.
    pub conflicts: Vec<FigurePair>,
    /// Every claim for which another claim's scope is the same, contains it or lies in it.
    pub compared: BTreeSet<ClaimId>,
}

/// Finds every conflicting pair of figures, and which claims had anything to be compared with.
pub fn find(rows: &FigureRows) -> FigurePairs {
    let cells = rows.cells.len();
    let outers = by_cell(&rows.outers, cells);
    let inners = by_cell(&rows.inners, cells);
    let mut found = FigurePairs::default();
    let contents = rows.cells.contents();
    for ((cell, contents), items) in (0_u32..).zip(contents.iter()).zip(&inners) {
        if items.is_empty() {
            continue;
        }
        let queries: Vec<Item> =
            contents.iter().filter_map(|inside| outers.get(inside.0 as usize)).flatten().copied().collect();
        let measure = rows.cells.measure(crate::system::CellId(cell));
        let mode = rows.modes.get(measure.at()).copied().unwrap_or(Mode::Contained);
        note_compared(mode, &queries, items, &mut found.compared);
        // The tightest bounds decide at once whether there is anything to look for.
        let highest = queries.iter().map(|query| query.key).max();
        let lowest = items.iter().map(|item| item.key).min();
        if highest > lowest {
            sweep(mode, &queries, items, |query, item| {
                if query.tag != item.tag {
                    found.conflicts.push(FigurePair { low: ClaimId(query.tag), high: ClaimId(item.tag) });
                }
                ControlFlow::Continue(())
            });
        }
    }
    found.conflicts.sort_unstable();
    found.conflicts.dedup();
    found
}

fn by_cell(halves: &[Half], cells: usize) -> Vec<Vec<Item>> {
    let mut lists = vec![Vec::new(); cells];
    for half in halves {
        if let Some(list) = lists.get_mut(half.cell.0 as usize) {
            list.push(Item { first: half.first, last: half.last, key: half.key, tag: half.claim.0 });
        }
    }
    lists
}

fn sweep(mode: Mode, queries: &[Item], items: &[Item], visit: impl FnMut(&Item, &Item) -> ControlFlow<()>) {
    match mode {
        Mode::Contained => contained(queries, items, visit),
        Mode::Shared => shared(queries, items, visit),
    }
}

/// Marks the claims on both sides whose days lie as they must, whatever their figures.
fn note_compared(mode: Mode, queries: &[Item], items: &[Item], compared: &mut BTreeSet<ClaimId>) {
    let with_key = |list: &[Item], key| list.iter().map(|item| Item { key, ..*item }).collect::<Vec<_>>();
    let mut mark = |query: &Item, item: &Item| {
        if query.tag == item.tag {
            return ControlFlow::Continue(());
        }
        compared.insert(ClaimId(query.tag));
        ControlFlow::Break(())
    };
    sweep(mode, &with_key(queries, 1), &with_key(items, 0), &mut mark);
    // The other way round: mirrored in time, what contained is contained.
    let mirrored = |list: &[Item], key| {
        list.iter().map(|item| Item { first: -item.first, last: -item.last, key, tag: item.tag }).collect::<Vec<_>>()
    };
    match mode {
        Mode::Contained => contained(&mirrored(items, 1), &mirrored(queries, 0), &mut mark),
        Mode::Shared => shared(&with_key(items, 1), &with_key(queries, 0), &mut mark),
    }
}
