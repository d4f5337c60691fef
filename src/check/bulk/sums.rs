//! Sets of many claims in which something may conflict, looked at one by one by the exact solver.

use std::collections::BTreeSet;

use super::super::Options;
use crate::claim::{Claim, Corpus, Reading};
use crate::load::Faults;
use crate::load::bulk::{Bulk, Origin, Picked};
use crate::solve::sums::find;
use crate::solve::{Limits, SumConflict};

/// A proven conflict of three claims and more.
pub(super) struct Sum {
    pub(super) conflict: SumConflict,
    /// What the claims that it names are among all, by their indices in it.
    pub(super) claims: Vec<u32>,
    pub(super) reading: Reading,
}

/// What came of the sets.
#[derive(Default)]
pub(super) struct Sums {
    pub(super) conflicts: Vec<Sum>,
    /// Whether there may be more.
    pub(super) cut: bool,
}

/// How many sets are looked at.
const MOST: usize = 300;

/// The most steps for each: they are small.
const STEPS: u64 = 20_000_000;

/// The most conflicts that are told of one set.
const OF_ONE: usize = 4;

/// Proves what conflicts in each set, beyond its pairs.
pub(super) fn prove(bulk: &Bulk, sets: &[Vec<u32>], options: &Options) -> Result<Sums, Faults> {
    let hashes = |set: &Vec<u32>| {
        let mut hashes: Vec<u64> = set.iter().map(|&claim| bulk.hash(claim)).collect();
        hashes.sort_unstable();
        hashes
    };
    let mut sets: Vec<(Vec<u64>, &Vec<u32>)> = sets.iter().map(|set| (hashes(set), set)).collect();
    // Those that are looked at do not depend on the order of files.
    sets.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    let mut sums = Sums { cut: sets.len() > MOST, ..Sums::default() };
    sets.truncate(MOST);
    let all: BTreeSet<u32> = sets.iter().flat_map(|(_, set)| set.iter().copied()).collect();
    let rows: Vec<u32> = all.iter().copied().filter(|&claim| claim < bulk.row_count()).collect();
    let apart: Vec<_> = all.iter().filter_map(|&claim| bulk.apart_of(claim)).collect();
    let Picked { corpus, origins } = bulk.corpus_of(&rows, &apart)?;
    let number = |origin: &Origin| match *origin {
        Origin::Row(row) => row,
        Origin::Apart(id) => bulk.row_count().saturating_add(id.0),
    };
    let mut few = corpus.without_claims();
    let mut known: BTreeSet<Vec<u32>> = BTreeSet::new();
    for (_, set) in sets {
        if sums.conflicts.len() >= options.limit {
            sums.cut = true;
            break;
        }
        let own = corpus.claims.iter().zip(&origins).filter(|(_, origin)| set.binary_search(&number(origin)).is_ok());
        let (claims, numbers): (Vec<Claim>, Vec<u32>) =
            own.map(|(claim, origin)| (claim.clone(), number(origin))).unzip();
        few.claims = claims;
        let limits = Limits { conflicts: OF_ONE, steps: STEPS, ..Limits::default() };
        for reading in Reading::BOTH {
            let found = find(&few, reading, &[], &limits);
            sums.cut |= found.components.iter().any(|outlook| outlook.cut || outlook.repair.is_none());
            for conflict in found.conflicts {
                let mut named: Vec<u32> =
                    conflict.claims().iter().filter_map(|claim| numbers.get(claim.at()).copied()).collect();
                named.sort_unstable();
                // Where the list under strict was cut, one of its conflicts may be met again here: it is no mere tension.
                let is_milder = reading == Reading::Plain && conflicts_under_strict(&corpus, &few, &conflict, &limits);
                // Pairs are counted elsewhere.
                if named.len() > 2 && !is_milder && known.insert(named) {
                    sums.conflicts.push(Sum { conflict, claims: numbers.clone(), reading });
                }
            }
        }
    }
    Ok(sums)
}

/// Whether the claims of a conflict cannot all be true under strict.
fn conflicts_under_strict(all: &Corpus, few: &Corpus, conflict: &SumConflict, limits: &Limits) -> bool {
    let claims = conflict.claims().iter().map(|&claim| few.claim(claim).clone()).collect();
    let alone = Corpus { claims, ..all.without_claims() };
    !find(&alone, Reading::Strict, &[], limits).conflicts.is_empty()
}
