//! The run on hundreds of thousands of claims: all pairs are found and counted, and what is shown is read back from the files,
//! proved and told like the findings of a small folder.

mod sums;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};

use super::{Options, Run, Stage};
use crate::certificate::Conflict;
use crate::claim::{ClaimId, Corpus, Form, Reading as Claimed, Waiver};
use crate::codebook::{Kind, MeasureId};
use crate::load::Faults;
use crate::load::bulk::{Bulk, ManyFiles, Origin, Picked, Reading, Unread};
use crate::report::{AtFault, Coverage, CoverageCounts, ManyClaims, Report, Undecided, Verdict};
use crate::rules;
use crate::solve::bulk::{Ask, Clash, Clashes, Search, clashes};
use crate::solve::{FigurePair, Limits};
use crate::system::Columns;
use sums::Sums;

/// How many doubtful claims are looked at together.
const AT_ONCE: usize = 10_000;

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
        Columns::of(&bulk, &rows)
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
    let hash = |claim: u32| bulk.hash(claim);
    let going = || {
        tell(Stage::Comparing);
        !stopped()
    };
    let mut search = Search::new(columns, &going, &hash);
    let known = if options.waivers { bulk.waived_pairs() } else { Vec::new() };
    let chosen = |clash: &Clash, same_scope: bool| {
        let rule = if same_scope { "disagreement" } else { "part-exceeds-whole" };
        options.chooses(rule, [clash.low, clash.high].map(|claim| bulk.source_of(claim).id.as_str()))
    };
    // Without a limit every pair is told, and not only one for each figure at fault.
    let every = options.limit == usize::MAX;
    let look = |ask: &Ask<'_>| clashes(&search, bulk.numbers(), ask, bulk.threads);
    let found = look(&Ask { hash: &hash, chosen: &chosen, wanted: &known, every });
    let claims_of = |found: &Clashes| found.at_fault.iter().map(|figure| figure.claim).collect::<Vec<u32>>();
    // What is looked for beyond pairs does not depend on what is chosen of them.
    let at_fault = if options.rules.is_empty() && options.sources.is_empty() {
        claims_of(&found)
    } else {
        claims_of(&look(&Ask { hash: &hash, chosen: &|_, _| true, wanted: &[], every: false }))
    };
    let compared = search.compared(bulk.numbers());
    tell(Stage::Adding);
    if stopped() {
        return Ok(None);
    }
    let codebook = &bulk.corpus.codebook;
    let larger = search.larger(codebook, at_fault.into_iter(), &linked(&bulk.corpus), bulk.numbers());
    drop(search);
    tell(Stage::Remarking);
    if stopped() {
        return Ok(None);
    }
    let doubts = Doubts::of(bulk, options)?;
    let shown: Vec<Clash> = {
        let witnesses = found.at_fault.iter().map(|figure| figure.witness).take(options.limit);
        let all: BTreeSet<Clash> = witnesses.chain(found.wanted.iter().copied()).collect();
        all.into_iter().collect()
    };
    let sums = sums::prove(bulk, &larger.sets, options)?;
    let named = sample(&larger.undecided, &hash);
    let of_sums = sums.conflicts.iter().flat_map(|sum| sum.claims.iter().copied());
    let uncounted = found.uncounted.iter().flat_map(|clash| [clash.low, clash.high]);
    let picked = pick(bulk, &shown, &doubts, of_sums.chain(named.iter().copied()).chain(uncounted))?;
    let whole = Whole {
        bulk,
        columns,
        found: &found,
        doubts: &doubts,
        compared: &compared,
        sums: &sums,
        undecided: &larger.undecided,
        named: &named,
        cut: larger.cut,
        every,
    };
    Ok(Some(whole.report(&picked, &shown, options, tell)))
}

/// The claims that bear on what is shown, and all that are not plain.
fn pick(bulk: &Bulk, shown: &[Clash], doubts: &Doubts, others: impl Iterator<Item = u32>) -> Result<Picked, Faults> {
    let of_pairs = shown.iter().flat_map(|clash| [clash.low, clash.high]);
    let all = of_pairs.chain(doubts.shown.iter().copied()).chain(others);
    let rows: Vec<u32> = all.filter(|&claim| claim < bulk.row_count()).collect();
    let apart: Vec<ClaimId> = bulk.corpus.claims().map(|(id, _)| id).collect();
    bulk.corpus_of(&rows, &apart)
}

/// Rows whose quote may lack the figure, or whose period may end after the source was published, looked at by the rules.
#[derive(Default)]
struct Doubts {
    /// How many findings are chosen, by rule and verdict.
    counts: BTreeMap<(&'static str, Verdict), usize>,
    /// The rows of those that are told.
    shown: BTreeSet<u32>,
}

impl Doubts {
    /// Those that are chosen, and of others those that a waiver names: whoever records one is to hear whether it is of use.
    fn of(bulk: &Bulk, options: &Options) -> Result<Self, Faults> {
        let waivers: &[Waiver] = if options.waivers { &bulk.corpus.waivers } else { &[] };
        let waived: BTreeSet<(&str, &str)> = (waivers.iter())
            .filter_map(|waiver| Some((waiver.rule.as_str(), waiver.claims.first()?.as_str())))
            .collect();
        let mut rows = bulk.doubtful.clone();
        rows.extend(&bulk.too_early);
        rows.sort_unstable();
        rows.dedup();
        rows.retain(|row| !bulk.gone.contains(row));
        let mut doubts = Self::default();
        let mut told: BTreeMap<(Verdict, u64), u32> = BTreeMap::new();
        for some in rows.chunks(AT_ONCE) {
            let Picked { corpus, origins } = bulk.corpus_of(some, &[])?;
            for remark in rules::of_single_claims(&corpus) {
                let Some(&[claim]) = remark.claims.first_chunk::<1>() else { continue };
                let Some(&Origin::Row(row)) = origins.get(claim.at()) else { continue };
                let rule = remark.rule.id;
                let is_known = waived.contains(&(rule, corpus.name(claim).as_str()));
                let is_chosen = options.chooses(rule, [corpus.source(corpus.claim(claim).source).id.as_str()]);
                if is_chosen {
                    *doubts.counts.entry((rule, remark.verdict)).or_default() += 1;
                }
                if is_known {
                    doubts.shown.insert(row);
                } else if is_chosen {
                    told.insert((remark.verdict, bulk.hash(row)), row);
                }
                if told.len() > options.limit {
                    told.pop_last();
                }
            }
        }
        doubts.shown.extend(told.into_values());
        Ok(doubts)
    }
}

/// All that is known of the claims as a whole.
struct Whole<'a> {
    bulk: &'a Bulk,
    columns: &'a Columns,
    found: &'a Clashes,
    doubts: &'a Doubts,
    compared: &'a [bool],
    sums: &'a Sums,
    /// Per claim, whether it is among those of which it is not known whether all can be true at once.
    undecided: &'a [bool],
    /// Those of them that are named.
    named: &'a [u32],
    /// Whether there may be more sums than were looked at.
    cut: bool,
    /// Whether every pair is told.
    every: bool,
}

impl Whole<'_> {
    fn report(&self, picked: &Picked, shown: &[Clash], options: &Options, tell: &dyn Fn(Stage)) -> Report {
        let corpus = &picked.corpus;
        let number_of: HashMap<u32, ClaimId> =
            picked.origins.iter().zip(0..).map(|(origin, at)| (self.number(*origin), ClaimId(at))).collect();
        let mut run = Run::new(corpus);
        let apart = self.only_apart(picked);
        let limits = Limits { conflicts: options.limit, ..Limits::default() };
        for mut found in run.look(&apart, &limits) {
            // Sums of counts are looked for among all claims, so that it does not matter how a claim is written.
            found.solved.sums.retain(|sum| !sum.claims().iter().all(|&claim| is_count(corpus, claim)));
            run.take(found, |pair| !is_count(corpus, pair.low));
        }
        // A waiver of what is not chosen is of use all the same.
        for clash in shown.iter().chain(&self.found.uncounted) {
            if let (Some(&low), Some(&high)) = (number_of.get(&clash.low), number_of.get(&clash.high)) {
                let reading = if clash.strict { Claimed::Strict } else { Claimed::Plain };
                run.conflicts.push((Conflict::Figures(FigurePair { low, high }), reading));
            }
        }
        let mut known: BTreeSet<Vec<ClaimId>> =
            run.conflicts.iter().map(|(conflict, _)| super::key(conflict)).collect();
        for sum in &self.sums.conflicts {
            let renamed = sum.conflict.renamed(|claim| {
                let number = sum.claims.get(claim.at()).copied().unwrap_or(u32::MAX);
                number_of.get(&number).copied().unwrap_or(claim)
            });
            let conflict = Conflict::Sums(renamed);
            if known.insert(super::key(&conflict)) {
                run.conflicts.push((conflict, sum.reading));
            }
        }
        run.prove(tell);
        let replaced = |claim: &ClaimId| match picked.origins.get(claim.at()) {
            Some(&Origin::Apart(own)) => self.bulk.corpus.claim(own).superseded_by.is_some(),
            _ => false,
        };
        let mut remarks = rules::of_single_claims(corpus);
        remarks.retain(|remark| !remark.claims.iter().any(replaced));
        run.remark(remarks);
        if options.waivers {
            run.waive(options.as_of);
        }
        let mut report = run.finish(options);
        self.tell_others(&mut report, picked);
        self.count(&mut report, picked, shown);
        report
    }

    /// Says of each finding of a figure at fault in how many other pairs that figure is.
    fn tell_others(&self, report: &mut Report, picked: &Picked) {
        let names: HashMap<u32, String> = (picked.corpus.claims().zip(&picked.origins))
            .map(|((id, _), origin)| (self.number(*origin), picked.corpus.name(id)))
            .collect();
        let mut at_fault = HashMap::new();
        for figure in &self.found.at_fault {
            let Clash { low, high, .. } = figure.witness;
            let (Some(low), Some(high), Some(own)) = (names.get(&low), names.get(&high), names.get(&figure.claim))
            else {
                continue;
            };
            let others = if self.every { 0 } else { figure.strict + figure.plain - 1 };
            at_fault.insert([low.min(high), low.max(high)], AtFault { claim: own.clone(), others });
        }
        for finding in report.findings.iter_mut().filter(|finding| finding.certificate.is_some()) {
            let [first, second] = finding.claims.as_slice() else { continue };
            let names = [(&first.claim).min(&second.claim), (&first.claim).max(&second.claim)];
            finding.at_fault = at_fault.get(&names).filter(|figure| figure.others > 0).cloned();
        }
    }

    /// The number of a claim among all.
    fn number(&self, origin: Origin) -> u32 {
        match origin {
            Origin::Row(row) => row,
            Origin::Apart(id) => self.columns.rows.saturating_add(id.0),
        }
    }

    /// The corpus in which only the claims that are not plain say anything.
    fn only_apart(&self, picked: &Picked) -> Corpus {
        let mut corpus = picked.corpus.clone();
        for ((claim, origin), at) in corpus.claims.iter_mut().zip(&picked.origins).zip(0..) {
            let replaced = match *origin {
                Origin::Row(_) => true,
                Origin::Apart(id) => self.bulk.corpus.claim(id).superseded_by.is_some(),
            };
            claim.superseded_by = replaced.then_some(ClaimId(at));
        }
        corpus
    }

    /// Puts the counts of all claims in place of those of the claims that are shown.
    fn count(&self, report: &mut Report, picked: &Picked, shown: &[Clash]) {
        let told = |strict: bool| shown.iter().filter(|clash| clash.strict == strict).count() as u64;
        let more = |all: u64, told: u64| usize::try_from(all.saturating_sub(told)).unwrap_or(usize::MAX);
        let rows: BTreeSet<String> = (picked.corpus.claims().zip(&picked.origins))
            .filter(|(_, origin)| matches!(origin, Origin::Row(_)))
            .map(|((id, _), _)| picked.corpus.name(id))
            .collect();
        // What is said of a row alone is told wherever the row is shown, for whatever reason.
        let told_of_rows = |rule: &str, verdict: Verdict| {
            let own = report.findings.iter().filter(|finding| finding.rule == rule && finding.verdict == verdict);
            own.filter(|finding| finding.claims.iter().all(|claim| rows.contains(&claim.claim))).count()
        };
        let mut untold: BTreeMap<Verdict, usize> = BTreeMap::new();
        for (&(rule, verdict), &all) in &self.doubts.counts {
            *untold.entry(verdict).or_default() += all.saturating_sub(told_of_rows(rule, verdict));
        }
        let doubts = |verdict: Verdict| untold.get(&verdict).copied().unwrap_or(0);
        let coverage = self.coverage(report, picked);
        let summary = &mut report.summary;
        summary.sources = self.bulk.corpus.sources.len();
        summary.claims = self.bulk.len();
        summary.contradictions += more(self.found.strict, told(true)) + doubts(Verdict::Contradiction);
        summary.tensions += more(self.found.plain, told(false)) + doubts(Verdict::Tension);
        summary.notes += doubts(Verdict::Note);
        let of_shown: BTreeSet<u32> = shown.iter().flat_map(|clash| [clash.low, clash.high]).collect();
        summary.in_conflict += self.found.claims.saturating_sub(of_shown.len());
        summary.coverage = coverage;
        report.sources = super::counts::sources_with(&self.bulk.corpus, |source| self.bulk.claims_of(source));
        report.coverage.clear();
        for reading in Claimed::BOTH {
            let names = picked.corpus.claims().zip(&picked.origins);
            let mut names: Vec<String> = names
                .filter(|(_, origin)| self.named.contains(&self.number(**origin)))
                .map(|((id, _), _)| picked.corpus.name(id))
                .collect();
            names.sort();
            if !names.is_empty() {
                let all = self.undecided.iter().filter(|undecided| **undecided).count();
                let more = all - names.len();
                report.undecided.push(Undecided { claims: names, reading: reading.word(), steps: 0, more });
            }
        }
        report.many = Some(ManyClaims {
            sums_at_least: self.cut || self.sums.cut,
            strict_pairs: self.found.strict,
            plain_pairs: self.found.plain,
            at_least: self.found.cut,
            figures_at_fault: self.found.at_fault.len(),
            told: shown.len(),
        });
    }

    fn coverage(&self, report: &Report, picked: &Picked) -> CoverageCounts {
        let mut counts = CoverageCounts::default();
        for ((row, &compared), &undecided) in (0..self.columns.rows).zip(self.compared).zip(self.undecided) {
            match compared {
                _ if self.bulk.gone.contains(&row) => {}
                _ if undecided => counts.undecided += 1,
                true => counts.compared += 1,
                false => counts.alone += 1,
            }
        }
        for ((id, _), origin) in picked.corpus.claims().zip(&picked.origins) {
            let Origin::Apart(own) = *origin else { continue };
            let number = self.columns.rows.saturating_add(own.0) as usize;
            let meets = self.compared.get(number).copied().unwrap_or(false);
            match report.coverage.get(&picked.corpus.name(id)) {
                _ if self.bulk.corpus.claim(own).superseded_by.is_some() => counts.superseded += 1,
                Some(Coverage::Undecided) => counts.undecided += 1,
                _ if self.undecided.get(number) == Some(&true) => counts.undecided += 1,
                Some(Coverage::NotComparable) => counts.not_comparable += 1,
                Some(Coverage::Compared) => counts.compared += 1,
                _ if meets => counts.compared += 1,
                _ => counts.alone += 1,
            }
        }
        counts
    }
}

/// Whether a claim is a figure of a count: what is wrong with those is looked for among all claims.
fn is_count(corpus: &Corpus, claim: ClaimId) -> bool {
    match corpus.claim(claim).form {
        Form::Value { measure, .. } => corpus.codebook.measure(measure).kind == Kind::Count,
        _ => false,
    }
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
