//! From "these have no world" to the minimal sets that have none.
//!
//! Three thoughts: the parties to a proof, less all that can be left out, are a minimal conflict; what remains without a
//! smallest set that hits every known conflict either has a world, which is the guarantee, or holds a new conflict; and a
//! conflict that is not known yet survives some choice of one party to leave out of each known one (Reiter 1987, "A theory
//! of diagnosis from first principles").

use std::collections::BTreeSet;

use crate::codebook::entry;
use crate::number::Rational;
use crate::solve::sums::columns::{Columns, Steps, Stop};
use crate::solve::sums::simplex::{Inequality, Outcome, decide};
use crate::system::Bits;

/// Rows of a component with their weights.
pub(super) type Weights = Vec<(usize, Rational)>;

/// The rows of one component, by what they come from.
#[derive(Debug)]
pub(super) struct Component {
    pub(super) columns: Columns,
    pub(super) rows: Vec<Inequality>,
    /// Per item, its rows; claims that say the same are one item.
    pub(super) items: Vec<Vec<usize>>,
}

/// What a component holds.
#[derive(Debug, Default)]
pub(super) struct Explored {
    /// Minimal conflicts, the smallest first; those known beforehand are not among them.
    pub(super) conflicts: Vec<(Bits, Weights)>,
    /// Without these items the others have a world; none where that is not known.
    pub(super) repair: Option<Bits>,
    /// Whether no smaller set of items repairs it.
    pub(super) exact: bool,
    /// Whether there may be more conflicts.
    pub(super) cut: bool,
}

/// How many nodes of the tree of choices are looked at for one item of the repair, and for all of them together.
const NODES: usize = 400;
/// How many nodes the search for a smallest hitting set may take before a good one has to do.
const HITTING_NODES: usize = 20_000;

pub(super) struct Explorer<'a> {
    component: &'a Component,
    of_row: Vec<usize>,
    known: Vec<Bits>,
    found: Vec<(Bits, Weights)>,
    /// Sets that are known to have a world.
    worlds: Vec<Bits>,
    steps: Steps,
}

impl<'a> Explorer<'a> {
    pub(super) fn new(component: &'a Component, steps: Steps) -> Self {
        let mut of_row = vec![0; component.rows.len()];
        for (item, rows) in component.items.iter().enumerate() {
            for &row in rows {
                if let Some(place) = of_row.get_mut(row) {
                    *place = item;
                }
            }
        }
        Self { component, of_row, known: Vec::new(), found: Vec::new(), worlds: Vec::new(), steps }
    }

    /// Steps that are left.
    pub(super) fn left(&self) -> u64 {
        self.steps.left
    }

    fn size(&self) -> usize {
        self.component.items.len()
    }

    /// Weights that prove that the items have no world; none if they have one.
    pub(super) fn refute(&mut self, items: &Bits) -> Result<Option<Weights>, Stop> {
        if self.worlds.iter().any(|world| items.is_within(world)) {
            return Ok(None);
        }
        let rows: Vec<usize> = items.iter().flat_map(|item| entry(&self.component.items, item)).copied().collect();
        match decide(&self.component.columns, &self.component.rows, &rows, &mut self.steps)? {
            Outcome::Weights(weights) => Ok(Some(weights)),
            Outcome::World => {
                self.worlds.retain(|world| !world.is_within(items));
                self.worlds.push(items.clone());
                Ok(None)
            }
        }
    }

    fn parties(&self, weights: &Weights) -> Bits {
        Bits::of(self.size(), weights.iter().map(|(row, _)| *entry(&self.of_row, *row)))
    }

    /// Leaves out what can be left out, in canonical order.
    fn shrink(&mut self, mut weights: Weights) -> Result<(Bits, Weights), Stop> {
        let mut parties = self.parties(&weights);
        for item in self.parties(&weights).iter() {
            if !parties.contains(item) {
                continue;
            }
            let mut fewer = parties.clone();
            fewer.remove(item);
            if let Some(less) = self.refute(&fewer)? {
                parties = self.parties(&less);
                weights = less;
            }
        }
        Ok((parties, weights))
    }

    /// Shrinks a refuted set and keeps what is left as a new conflict.
    fn learn(&mut self, weights: Weights) -> Result<Bits, Stop> {
        let (conflict, weights) = self.shrink(weights)?;
        self.known.push(conflict.clone());
        self.found.push((conflict.clone(), weights));
        Ok(conflict)
    }

    /// Finds the minimal conflicts, at least one for each item that must go.
    ///
    /// # Errors
    ///
    /// Where it is not known what to leave out so that the others have a world; the conflicts found so far are kept.
    pub(super) fn explore(mut self, pairs: &[Bits], limit: usize) -> (Explored, Result<(), Stop>, u64) {
        let mut explored = Explored::default();
        let outcome = self.guarantee(pairs, &mut explored);
        if outcome.is_ok() {
            // What is left of the steps, but no more than was granted for all, goes into finding more.
            explored.cut = match self.list_all(&explored, limit) {
                Ok(complete) => !complete,
                Err(_) => true,
            };
        }
        let left = self.left();
        self.found.sort_by_cached_key(|(conflict, _)| (conflict.len(), conflict.iter().collect::<Vec<_>>()));
        if self.found.len() > limit {
            self.found.truncate(limit);
            explored.cut = true;
        }
        explored.conflicts = self.found;
        (explored, outcome, left)
    }

    fn guarantee(&mut self, pairs: &[Bits], explored: &mut Explored) -> Result<(), Stop> {
        for pair in pairs {
            // Two claims may clash elsewhere than in this component.
            if self.refute(pair)?.is_some() {
                self.known.push(pair.clone());
            }
        }
        loop {
            let (repair, exact) = hitting_set(&self.known, self.size());
            let rest = Bits::all(self.size()).without(&repair);
            match self.refute(&rest)? {
                Some(weights) => drop(self.learn(weights)?),
                None => {
                    explored.repair = Some(repair);
                    explored.exact = exact;
                    return Ok(());
                }
            }
        }
    }

    /// Looks for further conflicts; whether all were found.
    fn list_all(&mut self, explored: &Explored, limit: usize) -> Result<bool, Stop> {
        let Some(repair) = &explored.repair else { return Ok(false) };
        if repair.is_empty() {
            return Ok(true);
        }
        let rest = Bits::all(self.size()).without(repair);
        // Most conflicts have one party in the repair; every one has at least one.
        for item in repair.iter() {
            let mut universe = rest.clone();
            universe.insert(item);
            self.list(&universe, limit)?;
        }
        self.list(&Bits::all(self.size()), limit)
    }

    /// Looks for conflicts among some items; whether all were found.
    fn list(&mut self, universe: &Bits, limit: usize) -> Result<bool, Stop> {
        let mut nodes = 0;
        let mut open = vec![Bits::none(self.size())];
        let mut seen: BTreeSet<Bits> = BTreeSet::new();
        while let Some(out) = open.pop() {
            nodes += 1;
            if nodes > NODES || self.found.len() >= limit {
                return Ok(false);
            }
            let disjoint = |conflict: &&Bits| conflict.is_within(universe) && !conflict.meets(&out);
            let conflict = match self.known.iter().find(disjoint) {
                Some(conflict) => conflict.clone(),
                None => match self.refute(&universe.without(&out))? {
                    Some(weights) => self.learn(weights)?,
                    None => continue,
                },
            };
            for item in conflict.iter() {
                let mut more = out.clone();
                more.insert(item);
                if seen.insert(more.clone()) {
                    open.push(more);
                }
            }
        }
        Ok(true)
    }
}

/// A set that shares an item with each of the conflicts, and whether no smaller one does.
fn hitting_set(conflicts: &[Bits], size: usize) -> (Bits, bool) {
    let mut best = greedy(conflicts, size);
    let mut nodes = 0;
    let mut open = vec![Bits::none(size)];
    while let Some(chosen) = open.pop() {
        nodes += 1;
        if nodes > HITTING_NODES {
            return (best, false);
        }
        // Conflicts without a common item each need one of their own.
        let mut apart = Bits::none(size);
        let mut needed = 0;
        let mut next: Option<&Bits> = None;
        for conflict in conflicts.iter().filter(|conflict| !conflict.meets(&chosen)) {
            if !conflict.meets(&apart) {
                apart = apart.or(conflict);
                needed += 1;
            }
            if next.is_none_or(|next| conflict.len() < next.len()) {
                next = Some(conflict);
            }
        }
        let Some(next) = next else {
            if chosen.len() < best.len() {
                best = chosen;
            }
            continue;
        };
        if chosen.len() + needed >= best.len() {
            continue;
        }
        for item in next.iter() {
            let mut more = chosen.clone();
            more.insert(item);
            open.push(more);
        }
    }
    (best, true)
}

/// The item that hits most of what is left, again and again.
fn greedy(conflicts: &[Bits], size: usize) -> Bits {
    let mut chosen = Bits::none(size);
    loop {
        let mut counts = vec![0_usize; size];
        for conflict in conflicts.iter().filter(|conflict| !conflict.meets(&chosen)) {
            for item in conflict.iter() {
                if let Some(count) = counts.get_mut(item) {
                    *count += 1;
                }
            }
        }
        let most = counts.iter().copied().max().unwrap_or(0);
        match counts.iter().position(|&count| count == most && count > 0) {
            Some(item) => chosen.insert(item),
            None => return chosen,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_smallest_set_hits_every_conflict() {
        let sets =
            |lists: &[&[usize]]| -> Vec<Bits> { lists.iter().map(|list| Bits::of(9, list.iter().copied())).collect() };
        let (chosen, exact) = hitting_set(&sets(&[&[0, 1], &[1, 2], &[2, 3], &[3, 4]]), 9);
        assert_eq!((chosen.iter().collect::<Vec<_>>(), exact), (vec![1, 3], true));
        // Greedy takes 0 first, which hits three, and then needs three more; three would do.
        let tricky = sets(&[&[0, 1, 4], &[0, 2, 5], &[0, 3, 6], &[1, 7], &[2, 8], &[3]]);
        let (chosen, exact) = hitting_set(&tricky, 9);
        assert_eq!((chosen.iter().collect::<Vec<_>>(), exact), (vec![1, 2, 3], true));
        assert_eq!(hitting_set(&[], 9).0.len(), 0);
    }
}
