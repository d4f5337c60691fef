//! Into which extents of one dimension a position can fall together.

use std::collections::{BTreeMap, BTreeSet};

use crate::codebook::entry;
use crate::system::bits::Bits;
use crate::system::extent::{Conjunction, ExtentId, Extents, meet};

/// A leaf on each axis that matters; on the others any leaf will do.
pub(crate) type Position = BTreeMap<u32, u32>;

impl Extents {
    /// Every set of the given extents of one dimension that one position can lie in, as places in the list, each with such a
    /// position; nothing when there are more than so many.
    ///
    /// The axes are gone through one after the other, and positions that lie in the same extents so far count once, so
    /// that a tree of any size costs what its claims cost.
    pub(crate) fn patterns(&self, extents: &[ExtentId], most: usize) -> Option<BTreeMap<Bits, Position>> {
        let extents: Vec<&[Conjunction]> =
            extents.iter().map(|extent| entry(&self.table, extent.0 as usize).as_slice()).collect();
        self.patterns_of(&extents, most)
    }

    fn patterns_of(&self, extents: &[&[Conjunction]], most: usize) -> Option<BTreeMap<Bits, Position>> {
        let mut tracked: Vec<&Conjunction> = Vec::new();
        let mut of_extent: Vec<std::ops::Range<usize>> = Vec::new();
        for extent in extents {
            let start = tracked.len();
            tracked.extend(*extent);
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
        let mut states = BTreeMap::from([(Bits::all(tracked.len()), Position::new())]);
        for axis in axes {
            let stretches = self.stretches(axis, &tracked, parents.contains_key(&axis));
            let mut next: BTreeMap<Bits, Position> = BTreeMap::new();
            for &(start, end) in &stretches {
                let out = tracked.iter().enumerate().filter(|(_, said)| {
                    said.get(&axis).is_some_and(|ranges| meet(&[(start, end)], ranges) != [(start, end)])
                });
                let out = Bits::of(tracked.len(), out.map(|(at, _)| at));
                for (state, position) in &states {
                    let outside_parent = parents.get(&axis).is_some_and(|&parent| !state.contains(parent));
                    if start == 0 || !outside_parent {
                        next.entry(state.without(&out)).or_insert_with(|| {
                            let mut position = position.clone();
                            // The last leaf of a stretch is what no narrower term holds, where there is such a leaf; of
                            // an overlapping term's axis the first leaf is everything outside it.
                            let outside = parents.contains_key(&axis) && start == 0;
                            position.insert(axis, if outside { 0 } else { end - 1 });
                            position
                        });
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
        let mut patterns = BTreeMap::new();
        for (state, position) in states {
            patterns.entry(pattern(&state)).or_insert(position);
        }
        Some(patterns)
    }

    /// Like [`patterns`](Self::patterns), but axis by axis where the axes are independent: a position lies in an extent when on
    /// every axis it does. Overlapping terms would else multiply: twenty of them make a million patterns.
    pub(crate) fn patterns_by_axis(&self, extents: &[ExtentId], most: usize) -> Option<Vec<BTreeMap<Bits, Position>>> {
        let said: Option<Vec<&Conjunction>> = extents
            .iter()
            .map(|extent| match entry(&self.table, extent.0 as usize).as_slice() {
                [only] => Some(only),
                _ => None,
            })
            .collect();
        let Some(said) = said else {
            return self.patterns(extents, most).map(|patterns| vec![patterns]);
        };
        let mut patterns = Vec::new();
        for group in self.tied_axes(&said) {
            match group.as_slice() {
                [axis] => patterns.push(self.patterns_on(*axis, &said)),
                _ => {
                    let on_axes = |said: &&Conjunction| -> Conjunction {
                        said.iter()
                            .filter(|(axis, _)| group.contains(axis))
                            .map(|(&axis, ranges)| (axis, ranges.clone()))
                            .collect()
                    };
                    let said: Vec<Conjunction> = said.iter().map(on_axes).collect();
                    let each: Vec<&[Conjunction]> = said.iter().map(std::slice::from_ref).collect();
                    patterns.push(self.patterns_of(&each, most)?);
                }
            }
        }
        Some(patterns)
    }

    /// The axes that are spoken of, those together that are not independent: what lies outside an overlapping term lies there too
    /// where its parent is not, which ties its axis to those of the parent.
    fn tied_axes(&self, said: &[&Conjunction]) -> Vec<Vec<u32>> {
        let axes: BTreeSet<u32> = said.iter().flat_map(|said| said.keys().copied()).collect();
        let mut groups: Vec<BTreeSet<u32>> = axes.iter().map(|&axis| BTreeSet::from([axis])).collect();
        let outside = |axis: u32| {
            let starts_outside = |said: &&Conjunction| {
                said.get(&axis).and_then(|ranges| ranges.first()).is_some_and(|(start, _)| *start == 0)
            };
            said.iter().any(starts_outside)
        };
        let mut tied: Vec<u32> = axes.into_iter().filter(|&axis| outside(axis)).collect();
        let mut seen: BTreeSet<u32> = tied.iter().copied().collect();
        while let Some(axis) = tied.pop() {
            let Some((_, parent)) = self.overlapping.iter().find(|(other, _)| *other == axis) else { continue };
            let mut together: BTreeSet<u32> = parent.keys().copied().chain([axis]).collect();
            // A parent that overlaps too is nowhere where its own parent is not.
            tied.extend(parent.keys().copied().filter(|&axis| seen.insert(axis)));
            groups.retain(|group| {
                let apart = group.is_disjoint(&together);
                if !apart {
                    together.extend(group);
                }
                apart
            });
            groups.push(together);
        }
        groups.sort();
        groups.into_iter().map(|group| group.into_iter().collect()).collect()
    }

    /// The patterns on one axis that is independent of the others.
    fn patterns_on(&self, axis: u32, said: &[&Conjunction]) -> BTreeMap<Bits, Position> {
        let overlaps = self.overlapping.iter().any(|(other, _)| *other == axis);
        let mut patterns = BTreeMap::new();
        for (start, end) in self.stretches(axis, said, overlaps) {
            let holds =
                |said: &&Conjunction| said.get(&axis).is_none_or(|ranges| !meet(&[(start, end)], ranges).is_empty());
            let pattern = said.iter().enumerate().filter(|(_, said)| holds(said)).map(|(at, _)| at);
            let leaf = if start == 0 && overlaps { 0 } else { end - 1 };
            patterns.entry(Bits::of(said.len(), pattern)).or_insert_with(|| Position::from([(axis, leaf)]));
        }
        patterns
    }

    /// An axis, cut wherever something that is said of it begins or ends; the stretch of what no term holds comes first: of an
    /// overlapping term's axis that is the first one, of a tree the last one.
    fn stretches(&self, axis: u32, tracked: &[&Conjunction], overlapping: bool) -> Vec<(u32, u32)> {
        let leaves = self.leaves.get(axis as usize).copied().unwrap_or(0);
        let said = tracked.iter().filter_map(|said| said.get(&axis)).flatten();
        let cuts: BTreeSet<u32> = said.flat_map(|&(start, end)| [start, end]).chain([0, leaves]).collect();
        let mut stretches: Vec<(u32, u32)> = cuts.iter().copied().zip(cuts.iter().copied().skip(1)).collect();
        if !overlapping {
            stretches.reverse();
        }
        stretches
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
