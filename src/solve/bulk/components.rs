//! Groups of entries that share no mass with others: what is true of one bears on no other.
//!
//! The entries of a measure are parted again and again: by days that nothing spans, and along each dimension in which all of
//! them lie below one term and in different children of it. What cannot be parted so is taken for one component, which is
//! never wrong: it may only be larger than it need be.

use std::collections::HashSet;

use foldhash::fast::RandomState;

use super::Search;
use super::groups::Group;
use crate::codebook::MeasureId;
use crate::system::{CellId, ExtentId, NO_HIGH};

/// A group by its cell and its place there.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Member {
    pub(super) cell: u32,
    pub(super) at: u32,
}

impl Member {
    pub(super) fn group<'s>(self, search: &'s Search<'_>) -> &'s Group {
        crate::codebook::entry(search.groups.of_cell(self.cell as usize), self.at as usize)
    }
}

/// Visits the components of a measure.
pub(super) fn each(search: &Search<'_>, measure: MeasureId, visit: &mut dyn FnMut(&[Member])) {
    let cells = || search.columns.cells.of_measure(measure);
    let count = |cell: CellId| search.groups.of_cell(cell.at()).len();
    // Just as much room as they need: there may be a million.
    let mut members: Vec<Member> = Vec::with_capacity(cells().map(count).sum());
    for cell in cells() {
        let groups = 0..u32::try_from(count(cell)).unwrap_or(u32::MAX);
        members.extend(groups.map(|at| Member { cell: cell.0, at }));
    }
    let Some(first) = members.first() else { return };
    let axes = search.columns.cells.coordinates(CellId(first.cell));
    let mut open = vec![(0..members.len(), vec![0_usize; axes])];
    while let Some((range, depths)) = open.pop() {
        let Some(own) = members.get_mut(range.clone()) else { continue };
        // Nothing is asked of some, or nothing is bounded: they are possible as they are.
        if own.len() < 2 || is_easy(search, own) {
            visit(own);
            continue;
        }
        let parts = match by_days(search, own) {
            parts if parts.len() > 1 => Some((parts, depths)),
            _ => by_terms(search, own, depths),
        };
        match parts {
            Some((parts, depths)) => {
                let mut from = range.start;
                for length in parts {
                    open.push((from..from + length, depths.clone()));
                    from += length;
                }
            }
            None => visit(own),
        }
    }
}

/// Whether a world is at hand: nothing at all, or more than enough everywhere.
pub(super) fn is_easy(search: &Search<'_>, members: &[Member]) -> bool {
    let no_low = |member: &Member| search.asks_nothing(member.group(search).low);
    let no_high = |member: &Member| member.group(search).high == NO_HIGH;
    members.iter().all(no_low) || members.iter().all(no_high)
}

/// Sorts by days, and says how many belong together each time.
fn by_days(search: &Search<'_>, members: &mut [Member]) -> Vec<usize> {
    let days = |member: &Member| {
        let group = member.group(search);
        (group.first, group.last)
    };
    if hang_together(search, members) {
        return vec![members.len()];
    }
    members.sort_unstable_by_key(|member| (days(member), *member));
    let mut lengths = Vec::new();
    let mut reach = i32::MIN;
    for member in &*members {
        let (from, to) = days(member);
        match lengths.last_mut() {
            Some(length) if from <= reach => *length += 1,
            _ => lengths.push(1),
        }
        reach = reach.max(to);
    }
    lengths
}

/// Whether no day parts them, found without sorting them where they are many.
fn hang_together(search: &Search<'_>, members: &[Member]) -> bool {
    if members.len() < search.groups.first_days / 8 {
        return false;
    }
    // Per first day that some group has, the last day of those that begin there.
    let mut reach = vec![None; search.groups.first_days];
    for member in members {
        let group = member.group(search);
        if let Some(slot) = reach.get_mut(group.first_start as usize) {
            *slot = (*slot).max(Some((group.last_start, group.first_start)));
        }
    }
    let mut begun = reach.iter().flatten();
    let Some(&(mut last, _)) = begun.next() else { return true };
    for &(to, from) in begun {
        if from > last {
            return false;
        }
        last = last.max(to);
    }
    true
}

/// Sorts by the children of a term that holds all, in some dimension, and says how many belong together each time; with how
/// deep that term is in each dimension.
fn by_terms(search: &Search<'_>, members: &mut [Member], mut depths: Vec<usize>) -> Option<(Vec<usize>, Vec<usize>)> {
    let cells = &search.columns.cells;
    let mut axis = 0;
    while let Some(&depth) = depths.get(axis) {
        let child = |member: &Member| cells.path(CellId(member.cell), axis).get(depth + 1).copied();
        let first = members.first().and_then(child);
        if first.is_none() || !members.iter().all(|member| child(member).is_some()) {
            axis += 1;
        } else if members.iter().all(|member| child(member) == first) {
            // All of them lie in the same child: one step down.
            *depths.get_mut(axis)? += 1;
        } else {
            members.sort_unstable_by_key(|member| (child(member), *member));
            let lengths = members.chunk_by(|a, b| child(a) == child(b)).map(<[Member]>::len).collect();
            *depths.get_mut(axis)? += 1;
            return Some((lengths, depths));
        }
    }
    None
}

/// How the scopes of a component lie to each other.
pub(super) enum Shape {
    /// They differ in nothing but their days.
    Days,
    /// They have the same days and differ in one dimension.
    Terms,
    /// Neither.
    Other,
}

/// In what the scopes of a component differ.
pub(super) fn shape(search: &Search<'_>, members: &[Member]) -> Shape {
    let Some(first) = members.first() else { return Shape::Days };
    if members.iter().all(|member| member.cell == first.cell) {
        return Shape::Days;
    }
    let days = |member: &Member| {
        let group = member.group(search);
        (group.first, group.last)
    };
    let cells = &search.columns.cells;
    let distinct: HashSet<u32, RandomState> = members.iter().map(|member| member.cell).collect();
    let axes = cells.coordinates(CellId(first.cell));
    let alike = |axis: usize| {
        let rest = cells.without(CellId(first.cell), axis);
        // A term that stands beside others, a union or an exception is more than a place in a tree.
        let in_tree = |cell: u32| {
            let path = cells.path(CellId(cell), axis);
            path.last() == cells.extent(CellId(cell), axis).as_ref()
                || cells.extent(CellId(cell), axis) == Some(ExtentId::WHOLE)
        };
        distinct.iter().all(|&cell| in_tree(cell) && cells.without(CellId(cell), axis) == rest)
    };
    // The last coordinate is that of events, which are no tree of terms.
    if members.iter().all(|member| days(member) == days(first)) && (0..axes.saturating_sub(1)).any(alike) {
        return Shape::Terms;
    }
    Shape::Other
}
