//! From "these have no world" to the minimal sets that have none, whatever it is that is asked of a world.
//!
//! Three thoughts: the parties to a proof, less all that can be left out, are a minimal conflict; what remains without a
//! smallest set that hits every known conflict either has a world, which is the guarantee, or holds a new conflict; and a
//! conflict that is not known yet survives some choice of one party to leave out of each known one (Reiter 1987, "A theory
//! of diagnosis from first principles").

use std::collections::{BTreeSet, VecDeque};

use crate::claim::ClaimId;
use crate::solve::hitting::{greedy, hitting_set};
use crate::solve::steps::{Steps, Stop};
use crate::system::Bits;

/// What can tell whether some items have a world. Items are numbered in canonical order.
pub(super) trait Oracle {
    /// Why some items have no world.
    type Proof;

    /// How many items there are.
    fn size(&self) -> usize;

    /// A proof that the items have no world; none if they have one.
    fn refute(&self, items: &Bits, steps: &mut Steps) -> Result<Option<Self::Proof>, Stop>;

    /// The items that a proof needs.
    fn parties(&self, proof: &Self::Proof) -> Bits;
}

/// What a component holds.
#[derive(Debug)]
pub(super) struct Explored<P> {
    /// Minimal conflicts with their proofs, the smallest first; those known beforehand are not among them.
    pub(super) conflicts: Vec<(Bits, P)>,
    /// Without these items the others have a world; none where that is not known.
    pub(super) repair: Option<Bits>,
    /// Whether no smaller set of items repairs it.
    pub(super) exact: bool,
    /// Whether there may be more conflicts.
    pub(super) cut: bool,
    /// How many steps it took.
    pub(super) steps: u64,
}

/// One claim of each list of claims that say the same, in every way; every claim at least once, beyond that at most so many, and whether there are more.
pub(super) fn combinations(lists: &[&[ClaimId]], most: usize) -> (Vec<Vec<ClaimId>>, bool) {
    let ways = lists.iter().try_fold(1_usize, |ways, list| ways.checked_mul(list.len()));
    let choice = |at: &dyn Fn(usize, usize) -> usize| -> Vec<ClaimId> {
        lists.iter().enumerate().filter_map(|(place, list)| list.get(at(place, list.len())).copied()).collect()
    };
    if let Some(ways) = ways.filter(|&ways| ways <= most) {
        // The number of the way, digit by digit.
        let digit = |way: usize, place: usize, size: usize| {
            let above: usize = lists.iter().skip(place + 1).map(|list| list.len()).product();
            way / above % size.max(1)
        };
        return ((0..ways).map(|way| choice(&|place, size| digit(way, place, size))).collect(), false);
    }
    let longest = lists.iter().map(|list| list.len()).max().unwrap_or(0);
    ((0..longest).map(|at| choice(&|_, size| at % size.max(1))).collect(), true)
}

/// How often a smaller repair than the first one is tried, each time with one more conflict known.
const ATTEMPTS: usize = 200;

/// How many choices of what to leave out are looked at for one item of the repair, and then for all items together.
const CHOICES: [usize; 2] = [400, 20_000];

pub(super) struct Explorer<'a, O: Oracle> {
    oracle: &'a O,
    known: Vec<Bits>,
    found: Vec<(Bits, O::Proof)>,
    /// Sets that are known to have a world.
    worlds: Vec<Bits>,
    steps: Steps,
}

/// Finds minimal conflicts: as many as it takes until what is in none of them has a world, then others, until there are `limit`
/// of them. `pairs` may conflict and are known elsewhere.
pub(super) fn explore<O: Oracle>(oracle: &O, pairs: &[Bits], steps: u64, limit: usize) -> Explored<O::Proof> {
    let mut search =
        Explorer { oracle, known: Vec::new(), found: Vec::new(), worlds: Vec::new(), steps: Steps { left: steps } };
    let mut explored = Explored { conflicts: Vec::new(), repair: None, exact: false, cut: true, steps: 0 };
    if let Ok((repair, exact)) = search.guarantee(pairs) {
        // What is left of the steps goes into finding more; the guarantee stands without it.
        explored.cut = search.list_all(&repair, limit) != Ok(true);
        explored.exact = exact;
        explored.repair = Some(repair);
    }
    explored.steps = steps - search.steps.left;
    search.found.sort_by_cached_key(|(conflict, _)| (conflict.len(), conflict.iter().collect::<Vec<_>>()));
    explored.conflicts = search.found;
    explored
}

impl<O: Oracle> Explorer<'_, O> {
    fn refute(&mut self, items: &Bits) -> Result<Option<O::Proof>, Stop> {
        if self.worlds.iter().any(|world| items.is_within(world)) {
            return Ok(None);
        }
        let proof = self.oracle.refute(items, &mut self.steps)?;
        if proof.is_none() {
            self.worlds.retain(|world| !world.is_within(items));
            self.worlds.push(items.clone());
        }
        Ok(proof)
    }

    /// Leaves out what can be left out, in canonical order, and keeps what is left as a new conflict.
    fn learn(&mut self, mut proof: O::Proof) -> Result<Bits, Stop> {
        let mut parties = self.oracle.parties(&proof);
        for item in parties.clone().iter() {
            if !parties.contains(item) {
                continue;
            }
            let mut fewer = parties.clone();
            fewer.remove(item);
            if let Some(less) = self.refute(&fewer)? {
                parties = self.oracle.parties(&less);
                proof = less;
            }
        }
        self.known.push(parties.clone());
        self.found.push((parties.clone(), proof));
        Ok(parties)
    }

    /// A set of items without which the others have a world, and whether it is a smallest one.
    ///
    /// # Errors
    ///
    /// Where that is not known within the steps; the conflicts found so far are kept.
    fn guarantee(&mut self, pairs: &[Bits]) -> Result<(Bits, bool), Stop> {
        for pair in pairs {
            // Two claims may clash elsewhere than in this component.
            if self.refute(pair)?.is_some() {
                self.known.push(pair.clone());
            }
        }
        // First any set that does, which is what the guarantee needs ...
        let any = loop {
            self.steps.take(self.known.len(), 4)?;
            let repair = greedy(&self.known, self.oracle.size());
            match self.refute(&Bits::all(self.oracle.size()).without(&repair))? {
                Some(proof) => drop(self.learn(proof)?),
                None => break repair,
            }
        };
        // ... then a smallest one.
        Ok(self.smallest(&any).unwrap_or((any, false)))
    }

    fn smallest(&mut self, any: &Bits) -> Result<(Bits, bool), Stop> {
        for _ in 0..ATTEMPTS {
            let (repair, exact) = hitting_set(&self.known, self.oracle.size(), &mut self.steps)?;
            if repair.len() >= any.len() {
                return Ok((any.clone(), exact));
            }
            match self.refute(&Bits::all(self.oracle.size()).without(&repair))? {
                Some(proof) => drop(self.learn(proof)?),
                None => return Ok((repair, exact)),
            }
        }
        Ok((any.clone(), false))
    }

    /// Looks for further conflicts; whether all were found.
    fn list_all(&mut self, repair: &Bits, limit: usize) -> Result<bool, Stop> {
        if repair.is_empty() {
            return Ok(true);
        }
        let all = Bits::all(self.oracle.size());
        let rest = all.without(repair);
        // Most conflicts have one party in the repair; every one has at least one.
        for item in repair.iter() {
            let mut universe = rest.clone();
            universe.insert(item);
            self.list(&universe, CHOICES[0], limit)?;
        }
        self.list(&all, CHOICES[1], limit)
    }

    /// Looks for conflicts among some items; whether all were found.
    fn list(&mut self, universe: &Bits, choices: usize, limit: usize) -> Result<bool, Stop> {
        let mut open = VecDeque::from([Bits::none(self.oracle.size())]);
        let mut seen: BTreeSet<Bits> = BTreeSet::new();
        while let Some(out) = open.pop_front() {
            if self.found.len() >= limit {
                return Ok(false);
            }
            self.steps.take(self.known.len(), 1)?;
            let disjoint = |conflict: &&Bits| conflict.is_within(universe) && !conflict.meets(&out);
            let conflict = match self.known.iter().find(disjoint) {
                Some(conflict) => conflict.clone(),
                None => match self.refute(&universe.without(&out))? {
                    Some(proof) => self.learn(proof)?,
                    None => continue,
                },
            };
            for item in conflict.iter() {
                let mut more = out.clone();
                more.insert(item);
                if seen.insert(more.clone()) {
                    open.push_back(more);
                }
            }
            if seen.len() > choices {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
