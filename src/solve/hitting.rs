//! Smallest sets that share an item with each of some sets: what to withdraw so that no conflict is left.

use crate::solve::steps::{Steps, Stop};
use crate::system::Bits;

/// How many looks at a conflict the search may take before a good set has to do: while conflicts are still being found ...
const QUICK: usize = 200_000;
/// ... and for the sets that are told.
const THOROUGH: usize = 20_000_000;

/// A set that shares an item with each of the conflicts, and whether it is known that no smaller one does.
///
/// # Errors
///
/// `OutOfSteps` when the steps do not last.
pub(crate) fn hitting_set(conflicts: &[Bits], size: usize, steps: &mut Steps) -> Result<(Bits, bool), Stop> {
    let mut search = Search::new(conflicts, size, QUICK);
    let exact = search.run(1);
    steps.take(QUICK - search.looks, 1)?;
    Ok((search.best.swap_remove(0), exact))
}

/// The smallest sets that share an item with each of the conflicts, in order, at most so many; and whether they are known to be the
/// smallest ones.
pub(crate) fn smallest_hitting_sets(conflicts: &[Bits], size: usize, most: usize) -> (Vec<Bits>, bool) {
    let mut search = Search::new(conflicts, size, THOROUGH);
    let exact = search.run(most.max(1));
    search.best.sort_by_cached_key(|set| set.iter().collect::<Vec<_>>());
    (search.best, exact)
}

struct Search<'a> {
    conflicts: Vec<&'a Bits>,
    size: usize,
    looks: usize,
    /// The smallest sets found so far, all of one size; never empty.
    best: Vec<Bits>,
}

impl<'a> Search<'a> {
    fn new(conflicts: &'a [Bits], size: usize, looks: usize) -> Self {
        let best = vec![greedy(conflicts, size)];
        // Whatever hits a conflict hits those that hold it.
        let minimal = |conflict: &&Bits| {
            conflicts.len() > 2_000 || !conflicts.iter().any(|other| other != *conflict && other.is_within(conflict))
        };
        let mut conflicts: Vec<&Bits> = conflicts.iter().filter(minimal).collect();
        conflicts.sort_by_key(|conflict| conflict.len());
        conflicts.dedup();
        Self { conflicts, size, looks, best }
    }

    /// Whether the search came to its end.
    fn run(&mut self, most: usize) -> bool {
        // Each branch: what is chosen, and what is not to be chosen, because an earlier branch has tried it.
        let mut open = vec![(Bits::none(self.size), Bits::none(self.size))];
        while let Some((chosen, refused)) = open.pop() {
            let Some(left) = self.looks.checked_sub(self.conflicts.len() + 1) else { return false };
            self.looks = left;
            let Some((next, needed)) = self.next(&chosen, &refused) else {
                self.keep(chosen, most);
                continue;
            };
            let least = chosen.len() + needed;
            let best = self.best.first().map_or(usize::MAX, Bits::len);
            if least > best || (least == best && (most == 1 || self.best.len() >= most)) {
                continue;
            }
            let mut refused = refused;
            let mut branches = Vec::new();
            for item in next.iter() {
                let mut more = chosen.clone();
                more.insert(item);
                branches.push((more, refused.clone()));
                refused.insert(item);
            }
            open.extend(branches.into_iter().rev());
        }
        true
    }

    /// The items to choose from next and how many are needed at the least; nothing when every conflict is hit.
    fn next(&self, chosen: &Bits, refused: &Bits) -> Option<(Bits, usize)> {
        // Conflicts without a common item each need one of their own.
        let mut apart = Bits::none(self.size);
        let mut needed = 0;
        let mut next: Option<Bits> = None;
        for conflict in self.conflicts.iter().filter(|conflict| !conflict.meets(chosen)) {
            let choice = conflict.without(refused);
            if !choice.meets(&apart) {
                apart = apart.or(&choice);
                needed += 1;
            }
            if next.as_ref().is_none_or(|next| choice.len() < next.len()) {
                next = Some(choice);
            }
        }
        next.map(|next| (next, needed))
    }

    fn keep(&mut self, chosen: Bits, most: usize) {
        let best = self.best.first().map_or(usize::MAX, Bits::len);
        if chosen.len() < best {
            self.best = vec![chosen];
        } else if chosen.len() == best && self.best.len() < most && !self.best.contains(&chosen) {
            self.best.push(chosen);
        }
    }
}

/// The item that hits most of what is left, again and again.
pub(crate) fn greedy(conflicts: &[Bits], size: usize) -> Bits {
    let mut chosen = Bits::none(size);
    let mut left: Vec<&Bits> = conflicts.iter().collect();
    loop {
        let mut counts = vec![0_usize; size];
        for item in left.iter().flat_map(|conflict| conflict.iter()) {
            if let Some(count) = counts.get_mut(item) {
                *count += 1;
            }
        }
        let most = counts.iter().copied().max().unwrap_or(0);
        match counts.iter().position(|&count| count == most && count > 0) {
            Some(item) => chosen.insert(item),
            None => return chosen,
        }
        left.retain(|conflict| !conflict.meets(&chosen));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sets(lists: &[&[usize]]) -> Vec<Bits> {
        lists.iter().map(|list| Bits::of(9, list.iter().copied())).collect()
    }

    fn numbers(set: &Bits) -> Vec<usize> {
        set.iter().collect()
    }

    #[test]
    fn a_smallest_set_hits_every_conflict() {
        let (chosen, exact) = smallest_hitting_sets(&sets(&[&[0, 1], &[1, 2], &[2, 3], &[3, 4]]), 9, 9);
        assert_eq!((chosen.iter().map(numbers).collect::<Vec<_>>(), exact), (vec![vec![1, 3]], true));
        // Greedy takes 0 first, which hits three, and then needs three more; three would do.
        let tricky = sets(&[&[0, 1, 4], &[0, 2, 5], &[0, 3, 6], &[1, 7], &[2, 8], &[3]]);
        let (chosen, exact) = smallest_hitting_sets(&tricky, 9, 9);
        assert_eq!((chosen.iter().map(numbers).collect::<Vec<_>>(), exact), (vec![vec![1, 2, 3]], true));
        assert_eq!(smallest_hitting_sets(&[], 9, 9), (vec![Bits::none(9)], true));
        // With hardly any effort allowed the greedy set is told, as one that may not be the smallest.
        let mut search = Search::new(&tricky, 9, 3);
        assert!(!search.run(1));
        assert_eq!(search.best.iter().map(Bits::len).collect::<Vec<_>>(), [4]);
    }

    proptest! {
        /// Against all subsets, tried one by one.
        #[test]
        fn all_smallest_sets_are_found(lists in prop::collection::vec(prop::collection::btree_set(0_usize..9, 1..4), 0..9)) {
            let conflicts: Vec<Bits> = lists.iter().map(|list| Bits::of(9, list.iter().copied())).collect();
            let hits: Vec<Bits> = (0..1_usize << 9)
                .map(|mask| Bits::of(9, (0..9).filter(|at| mask >> at & 1 == 1)))
                .filter(|set| conflicts.iter().all(|conflict| conflict.meets(set)))
                .collect();
            let least = hits.iter().map(Bits::len).min().unwrap();
            let mut expected: Vec<Vec<usize>> = hits.iter().filter(|set| set.len() == least).map(numbers).collect();
            expected.sort();
            let (found, exact) = smallest_hitting_sets(&conflicts, 9, 1_000);
            prop_assert!(exact);
            prop_assert_eq!(found.iter().map(numbers).collect::<Vec<_>>(), expected);
        }
    }
}
