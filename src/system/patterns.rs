//! Into which extents of one dimension a position can fall together.

use std::collections::{BTreeMap, BTreeSet};

use crate::codebook::entry;
use crate::system::bits::Bits;
use crate::system::extent::{Conjunction, ExtentId, Extents, meet};

impl Extents {
    /// Every set of the given extents of one dimension that one position can lie in, as places in the list; nothing when
    /// there are more than so many.
    ///
    /// The axes are gone through one after the other, and positions that lie in the same extents so far count once, so
    /// that a tree of any size costs what its claims cost.
    pub(crate) fn patterns(&self, extents: &[ExtentId], most: usize) -> Option<BTreeSet<Bits>> {
        let mut tracked: Vec<&Conjunction> = Vec::new();
        let mut of_extent: Vec<std::ops::Range<usize>> = Vec::new();
        for extent in extents {
            let start = tracked.len();
            tracked.extend(entry(&self.table, extent.0 as usize));
            of_extent.push(start..tracked.len());
        }
        let mut axes: BTreeSet<u32> = tracked.iter().flat_map(|said| said.keys().copied()).collect();
        // Outside its parent nothing lies in an overlapping term, so parents are followed as well; theirs come before.
        let mut parents: BTreeMap<u32, usize> = BTreeMap::new();
        while let Some((axis, parent)) =
            self.overlapping.iter().find(|(axis, _)| axes.contains(axis) && !parents.contains_key(axis))
        {
            parents.insert(*axis, tracked.len());
            axes.extend(parent.keys());
            tracked.push(parent);
        }
        let mut states = BTreeSet::from([Bits::all(tracked.len())]);
        for axis in axes {
            let stretches = self.stretches(axis, &tracked);
            let mut next = BTreeSet::new();
            for &(start, end) in &stretches {
                let out = tracked.iter().enumerate().filter(|(_, said)| {
                    said.get(&axis).is_some_and(|ranges| meet(&[(start, end)], ranges) != [(start, end)])
                });
                let out = Bits::of(tracked.len(), out.map(|(at, _)| at));
                for state in &states {
                    let outside_parent = parents.get(&axis).is_some_and(|&parent| !state.contains(parent));
                    if start == 0 || !outside_parent {
                        next.insert(state.without(&out));
                    }
                }
                if next.len() > most {
                    return None;
                }
            }
            states = next;
        }
        let pattern = |state: &Bits| {
            let holding =
                of_extent.iter().enumerate().filter(|(_, range)| (*range).clone().any(|at| state.contains(at)));
            Bits::of(extents.len(), holding.map(|(at, _)| at))
        };
        Some(states.iter().map(pattern).collect())
    }

    /// An axis, cut wherever something that is said of it begins or ends.
    fn stretches(&self, axis: u32, tracked: &[&Conjunction]) -> Vec<(u32, u32)> {
        let leaves = self.leaves.get(axis as usize).copied().unwrap_or(0);
        let said = tracked.iter().filter_map(|said| said.get(&axis)).flatten();
        let cuts: BTreeSet<u32> = said.flat_map(|&(start, end)| [start, end]).chain([0, leaves]).collect();
        cuts.iter().copied().zip(cuts.iter().copied().skip(1)).collect()
    }

    /// Whether a position may lie in both extents; of what surely shares nothing it says so, but for some overlapping
    /// terms.
    pub(crate) fn may_meet(&self, a: ExtentId, b: ExtentId) -> bool {
        let extent = |id: ExtentId| entry(&self.table, id.0 as usize);
        extent(a).iter().any(|a| {
            extent(b).iter().any(|b| {
                a.iter().all(|(axis, ranges)| b.get(axis).is_none_or(|others| !meet(ranges, others).is_empty()))
            })
        })
    }
}
