//! The run on hundreds of thousands of claims: all pairs are found and counted, and what is shown is read back from the files,
//! proved and told like the findings of a small folder.

mod doubts;
mod sums;
mod whole;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{Options, Stage};
use crate::claim::{ClaimId, Corpus, Form};
use crate::codebook::MeasureId;
use crate::load::Faults;
use crate::load::bulk::{Bulk, ManyFiles, Picked, Reading, Unread};
use crate::report::Report;
use crate::rules;
use crate::solve::bulk::{Ask, Clash, Clashes, Larger, Search, clashes};
use crate::system::Columns;
use doubts::Doubts;
use sums::Sums;
use whole::Whole;

/// Hears what a long run is at, from any thread, and says whether to go on.
type Tell<'t> = &'t (dyn Fn(Stage) -> bool + Sync);

/// Reads claims that are too many to be kept, with so many threads.
///
/// # Errors
///
/// All faults of all files, and that `tell` said not to go on.
pub fn read_many(files: &ManyFiles, threads: usize, tell: Tell<'_>) -> Result<Bulk, Unread> {
    let told = |bytes| tell(Stage::Reading(bytes));
    files.read(&Reading { threads, block: files.block, carries: &rules::quote_carries, tell: &told })
}

/// Checks claims that were read by [`read_many`].
///
/// Every pair of figures that cannot both be true is counted; findings are told for the figures at fault, as many as
/// [`Options::limit`] says, each with the pair that shows it best and the number of the others; with the largest limit that there
/// is, every pair is told.
///
/// # Errors
///
/// A file that changed while it was read, and that `tell` said not to go on.
pub fn check_many(mut bulk: Bulk, options: &Options, tell: Tell<'_>) -> Result<Report, Unread> {
    let stopped = AtomicBool::new(false);
    let told = |stage| {
        if !tell(stage) {
            stopped.store(true, Ordering::Relaxed);
        }
    };
    let is_stopped = || stopped.load(Ordering::Relaxed);
    told(Stage::Compiling);
    let columns = {
        let rows = bulk.take_rows();
        Columns::of(&bulk, rows)
    };
    let report = checked(&bulk, &columns, options, &told, &is_stopped)?;
    report.filter(|_| !is_stopped()).ok_or(Unread::Interrupted)
}

fn checked(
    bulk: &Bulk,
    columns: &Columns,
    options: &Options,
    tell: &(dyn Fn(Stage) + Sync),
    stopped: &(dyn Fn() -> bool + Sync),
) -> Result<Option<Report>, Faults> {
    let going = |stage: Stage| {
        tell(stage);
        !stopped()
    };
    let compared = compare(bulk, columns, options, &going);
    let Some(Compared { found, left_out, mut larger, compared }) = compared else { return Ok(None) };
    if !going(Stage::Remarking) {
        return Ok(None);
    }
    let doubts = Doubts::of(bulk, options)?;
    let shown: Vec<Clash> = {
        let witnesses = found.at_fault.iter().map(|figure| figure.witness).take(options.limit);
        let all: BTreeSet<Clash> = witnesses.chain(found.wanted.iter().copied()).collect();
        all.into_iter().collect()
    };
    let sums = add_up(bulk, &mut larger, options)?;
    let named = sample(&larger.undecided, &|claim| bulk.hash(claim));
    let of_sums = sums.conflicts.iter().flat_map(|sum| sum.claims.iter().copied());
    let uncounted = found.uncounted.iter().flat_map(|clash| [clash.low, clash.high]);
    let picked = pick(bulk, &shown, &doubts, of_sums.chain(named.iter().copied()).chain(uncounted))?;
    let whole = Whole {
        bulk,
        columns,
        found: &found,
        left_out,
        doubts: &doubts,
        compared: &compared,
        sums: &sums,
        undecided: &larger.undecided,
        named: &named,
        cut: larger.cut,
        every: tells_every_pair(options),
    };
    Ok(Some(whole.report(&picked, &shown, options, tell)))
}

/// What the claims gave when they were compared.
struct Compared {
    found: Clashes,
    /// How many pairs are not among those that are chosen.
    left_out: u64,
    larger: Larger,
    /// Per claim, whether there is another one to compare it with.
    compared: Vec<bool>,
}

/// Without a limit every pair is told, and not only one for each figure at fault.
fn tells_every_pair(options: &Options) -> bool {
    options.limit == usize::MAX
}

/// Finds the pairs, and what may be wrong beyond them; nothing once somebody says to stop.
fn compare(
    bulk: &Bulk,
    columns: &Columns,
    options: &Options,
    going: &(dyn Fn(Stage) -> bool + Sync),
) -> Option<Compared> {
    let hash = |claim: u32| bulk.hash(claim);
    let adding = AtomicBool::new(false);
    let still = || going(if adding.load(Ordering::Relaxed) { Stage::Adding } else { Stage::Comparing });
    if !still() {
        return None;
    }
    let mut search = Search::new(columns, &still, &hash);
    let known = if options.waivers { bulk.waived_pairs() } else { Vec::new() };
    let chosen = |clash: &Clash, same_scope: bool| {
        let rule = if same_scope { "disagreement" } else { "part-exceeds-whole" };
        options.chooses(rule, [clash.low, clash.high].map(|claim| bulk.source_of(claim).id.as_str()))
    };
    let look = |ask: &Ask<'_>| clashes(&search, bulk.numbers(), ask, bulk.threads);
    let found = look(&Ask { hash: &hash, chosen: &chosen, wanted: &known, every: tells_every_pair(options) });
    let claims_of = |found: &Clashes| found.at_fault.iter().map(|figure| figure.claim).collect::<Vec<u32>>();
    // What is looked for beyond pairs does not depend on what is chosen of them.
    let (at_fault, left_out) = if options.rules.is_empty() && options.sources.is_empty() {
        (claims_of(&found), 0)
    } else {
        let all = look(&Ask { hash: &hash, chosen: &|_, _| true, wanted: &[], every: false });
        (claims_of(&all), (all.strict + all.plain).saturating_sub(found.strict + found.plain))
    };
    let compared = search.compared(bulk.numbers());
    adding.store(true, Ordering::Relaxed);
    if !still() {
        return None;
    }
    let codebook = &bulk.corpus.codebook;
    let size = (bulk.numbers(), bulk.threads);
    let larger = search.larger(codebook, at_fault.into_iter(), &linked(&bulk.corpus), size);
    Some(Compared { found, left_out, larger, compared })
}

/// Has the exact solver look at what may be wrong beyond pairs; what it does not settle is undecided.
fn add_up(bulk: &Bulk, larger: &mut Larger, options: &Options) -> Result<Sums, Faults> {
    let sums = sums::prove(bulk, &larger.sets, options)?;
    for open in std::mem::take(&mut larger.open) {
        if !sums.settled.get(open.sets).is_some_and(|sets| sets.iter().all(|settled| *settled)) {
            larger.give_up(&open.claims);
        }
    }
    Ok(sums)
}

/// The claims that bear on what is shown, and all that are not plain.
fn pick(bulk: &Bulk, shown: &[Clash], doubts: &Doubts, others: impl Iterator<Item = u32>) -> Result<Picked, Faults> {
    let of_pairs = shown.iter().flat_map(|clash| [clash.low, clash.high]);
    let all = of_pairs.chain(doubts.shown.iter().copied()).chain(others);
    let rows: Vec<u32> = all.filter(|&claim| claim < bulk.row_count()).collect();
    let apart: Vec<ClaimId> = bulk.corpus.claims().map(|(id, _)| id).collect();
    bulk.corpus_of(&rows, &apart)
}

/// How many claims of those that are undecided are named.
const NAMED: usize = 3;

/// A few claims, the same whatever the order of files is.
fn sample(claims: &[bool], hash: &dyn Fn(u32) -> u64) -> Vec<u32> {
    let mut first: BTreeSet<(u64, u32)> = BTreeSet::new();
    for (claim, _) in (0..).zip(claims).filter(|(_, is_one)| **is_one) {
        let hash = hash(claim);
        if first.len() == NAMED && first.last().is_some_and(|(last, _)| *last < hash) {
            continue;
        }
        first.insert((hash, claim));
        if first.len() > NAMED {
            first.pop_last();
        }
    }
    first.into_iter().map(|(_, claim)| claim).collect()
}

/// Says of a measure whether more than its own figures bear on it: a change or a share, or a sum of measures.
fn linked(corpus: &Corpus) -> impl Fn(MeasureId) -> bool + use<> {
    let mut linked: BTreeSet<MeasureId> = BTreeSet::new();
    for claim in corpus.claims.iter().filter(|claim| claim.superseded_by.is_none()) {
        if let Form::Change { measure, .. } | Form::Share { measure, .. } = claim.form {
            linked.extend([measure, corpus.codebook.plain_measure(measure)]);
        }
    }
    for sum in &corpus.codebook.sums {
        linked.extend(sum.parts.iter().copied().chain([sum.whole]));
    }
    move |measure| linked.contains(&measure)
}
