//! Sets of many claims in which something may conflict, looked at one by one by the exact solver.

use std::collections::{BTreeSet, HashMap};

use super::super::Options;
use crate::claim::{Corpus, Reading};
use crate::codebook::entry;
use crate::load::Faults;
use crate::load::bulk::{Bulk, Picked};
use crate::solve::bulk::Set;
use crate::solve::sums::find;
use crate::solve::{Limits, SumConflict};

/// A proven conflict of three claims and more.
pub(super) struct Sum {
    pub(super) conflict: SumConflict,
    /// What the claims that it names are among all, by their indices in it.
    pub(super) claims: Vec<u32>,
    pub(super) reading: Reading,
}

/// How many conflicts were proven and are not told.
#[derive(Copy, Clone, Debug, Default)]
pub(super) struct Untold {
    pub(super) strict: usize,
    pub(super) plain: usize,
}

/// What came of the sets.
#[derive(Default)]
pub(super) struct Sums {
    /// Those that are told.
    pub(super) conflicts: Vec<Sum>,
    /// How many more were proven.
    pub(super) untold: Untold,
    /// How many are not of the sources that are chosen.
    pub(super) left_out: usize,
    /// Per set, whether all is known of it: that its claims can all be true, or why not.
    pub(super) settled: Vec<bool>,
    /// Whether there may be more.
    pub(super) cut: bool,
}

/// How many sets are looked at.
const MOST: usize = 2000;

/// The most steps for each: they are small.
const STEPS: u64 = 100_000_000;

/// The most conflicts that are listed of one set.
const OF_ONE: usize = 4;

/// Proves what conflicts in each set, beyond its pairs. What is settled does not depend on what is told.
pub(super) fn prove(bulk: &Bulk, sets: &[Set], options: &Options) -> Result<Sums, Faults> {
    let mut sums = Sums { settled: vec![false; sets.len()], cut: sets.len() > MOST, ..Sums::default() };
    let looked_at = first(bulk, sets);
    let all: BTreeSet<u32> = looked_at.iter().flat_map(|&set| &entry(sets, set).claims).copied().collect();
    let rows: Vec<u32> = all.iter().copied().filter(|&claim| claim < bulk.row_count()).collect();
    let apart: Vec<_> = all.iter().filter_map(|&claim| bulk.apart_of(claim)).collect();
    let Picked { corpus, origins } = bulk.corpus_of(&rows, &apart)?;
    let numbers: Vec<u32> = origins.iter().map(|&origin| bulk.number(origin)).collect();
    let places: HashMap<u32, usize> = numbers.iter().copied().zip(0..).collect();
    let mut looked = Looked { few: corpus.without_claims(), corpus: &corpus, known: BTreeSet::new() };
    for set in looked_at {
        let own = entry(sets, set);
        // In the order of the corpus, which is that of names.
        let mut places: Vec<usize> = own.claims.iter().filter_map(|claim| places.get(claim).copied()).collect();
        places.sort_unstable();
        let claims: Vec<u32> = places.iter().map(|&at| *entry(&numbers, at)).collect();
        looked.few.claims = places.iter().map(|&at| entry(&corpus.claims, at).clone()).collect();
        let is_settled = looked.at(own, &claims, &mut sums);
        if let Some(slot) = sums.settled.get_mut(set) {
            *slot = is_settled;
        }
    }
    sums.choose(bulk, options);
    Ok(sums)
}

/// The sets that are looked at, parts that cross a whole first: which those are does not depend on the order of files.
fn first(bulk: &Bulk, sets: &[Set]) -> Vec<usize> {
    let names = |set: &Set| {
        let mut hashes: Vec<u64> = set.claims.iter().map(|&claim| bulk.hash(claim)).collect();
        hashes.sort_unstable();
        (set.is_whole, hashes)
    };
    let mut order: Vec<usize> = (0..sets.len()).collect();
    order.sort_by_cached_key(|&at| names(entry(sets, at)));
    order.truncate(MOST);
    order
}

/// The sets that were looked at so far.
struct Looked<'a> {
    /// All claims.
    corpus: &'a Corpus,
    /// Those of one set.
    few: Corpus,
    /// The claims of each conflict, by their numbers among all.
    known: BTreeSet<Vec<u32>>,
}

impl Looked<'_> {
    /// Looks at a set, whose claims have these numbers among all; says whether all is known of it.
    fn at(&mut self, set: &Set, numbers: &[u32], sums: &mut Sums) -> bool {
        let limits = Limits { conflicts: OF_ONE, steps: STEPS, ..Limits::default() };
        let (mut is_decided, mut conflicts) = (true, false);
        for reading in Reading::BOTH {
            let found = find(&self.few, reading, &[], &limits);
            is_decided &= found.components.iter().all(|outlook| outlook.repair.is_some());
            sums.cut |= found.components.iter().any(|outlook| outlook.cut || outlook.repair.is_none());
            for conflict in found.conflicts {
                let claims = conflict.claims();
                let mut named: Vec<u32> = claims.iter().filter_map(|claim| numbers.get(claim.at()).copied()).collect();
                named.sort_unstable();
                conflicts = true;
                // Where the list under strict was cut, one of its conflicts may be met again here: it is no mere tension.
                let is_milder = reading == Reading::Plain && self.conflicts_under_strict(&conflict, &limits);
                // Pairs are counted elsewhere.
                if named.len() > 2 && !is_milder && self.known.insert(named) {
                    sums.conflicts.push(Sum { conflict, claims: numbers.to_vec(), reading });
                }
            }
        }
        // Of parts that cross a whole it was to be found out that they do.
        is_decided && (set.is_whole || conflicts)
    }

    /// Whether the claims of a conflict cannot all be true under strict.
    fn conflicts_under_strict(&self, conflict: &SumConflict, limits: &Limits) -> bool {
        let claims = conflict.claims().iter().map(|&claim| self.few.claim(claim).clone()).collect();
        let alone = Corpus { claims, ..self.corpus.without_claims() };
        !find(&alone, Reading::Strict, &[], limits).conflicts.is_empty()
    }
}

impl Sums {
    /// Keeps as many as are told of those that are chosen: strict ones first, then those of fewer claims.
    fn choose(&mut self, bulk: &Bulk, options: &Options) {
        let of_sources = Options { rules: Vec::new(), ..options.clone() };
        let all = self.conflicts.len();
        self.conflicts.retain(|sum| {
            let claims = sum.conflict.claims();
            let claims = claims.iter().filter_map(|claim| sum.claims.get(claim.at()));
            of_sources.chooses("", claims.map(|&claim| bulk.source_of(claim).id.as_str()))
        });
        self.left_out = all - self.conflicts.len();
        // Of which rule it is will be known only from its proof: then all are proved.
        let limit = if options.rules.is_empty() { options.limit } else { usize::MAX };
        let names = |sum: &Sum| {
            let claims = sum.conflict.claims();
            let mut hashes: Vec<u64> =
                claims.iter().filter_map(|claim| sum.claims.get(claim.at())).map(|&claim| bulk.hash(claim)).collect();
            hashes.sort_unstable();
            (sum.reading == Reading::Plain, hashes.len(), hashes)
        };
        self.conflicts.sort_by_cached_key(names);
        for sum in self.conflicts.drain(limit.min(self.conflicts.len())..) {
            match sum.reading {
                Reading::Strict => self.untold.strict += 1,
                Reading::Plain => self.untold.plain += 1,
            }
        }
    }
}
