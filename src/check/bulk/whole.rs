//! From what was found among all claims to a report on those that are shown.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::doubts::Doubts;
use super::sums::Sums;
use crate::certificate::Conflict;
use crate::check::{Options, Run, Stage, counts, key};
use crate::claim::{ClaimId, Corpus, Form, Reading};
use crate::codebook::Kind;
use crate::load::bulk::{Bulk, Origin, Picked};
use crate::report::{AtFault, Coverage, CoverageCounts, ManyClaims, Report, Undecided, Verdict};
use crate::rules;
use crate::solve::bulk::{Clash, Clashes};
use crate::solve::{FigurePair, Limits};
use crate::system::Columns;

/// All that is known of the claims as a whole.
pub(super) struct Whole<'a> {
    pub(super) bulk: &'a Bulk,
    pub(super) columns: &'a Columns,
    pub(super) found: &'a Clashes,
    /// How many pairs are not among those that are chosen.
    pub(super) left_out: u64,
    pub(super) doubts: &'a Doubts,
    pub(super) compared: &'a [bool],
    pub(super) sums: &'a Sums,
    /// Per claim, whether it is among those of which it is not known whether all can be true at once.
    pub(super) undecided: &'a [bool],
    /// Those of them that are named.
    pub(super) named: &'a [u32],
    /// Whether there may be more sums than were looked at.
    pub(super) cut: bool,
    /// Whether every pair is told.
    pub(super) every: bool,
}

impl Whole<'_> {
    pub(super) fn report(&self, picked: &Picked, shown: &[Clash], options: &Options, tell: &dyn Fn(Stage)) -> Report {
        let corpus = &picked.corpus;
        let number_of: HashMap<u32, ClaimId> =
            picked.origins.iter().zip(0..).map(|(origin, at)| (self.bulk.number(*origin), ClaimId(at))).collect();
        let mut run = Run::new(corpus);
        let apart = self.only_apart(picked);
        let limits = Limits { conflicts: options.limit, ..Limits::default() };
        for mut found in run.look(&apart, &limits) {
            // Sums of counts are looked for among all claims, so that it does not matter how a claim is written.
            found.solved.sums.retain(|sum| !sum.claims().iter().all(|&claim| is_count(corpus, claim)));
            run.take(found, |pair| !is_count(corpus, pair.low));
        }
        self.take_conflicts(&mut run, shown, &number_of);
        run.prove(tell);
        let replaced = |claim: &ClaimId| match picked.origins.get(claim.at()) {
            Some(&Origin::Apart(own)) => self.bulk.corpus.claim(own).superseded_by.is_some(),
            _ => false,
        };
        let mut remarks = rules::of_single_claims(corpus);
        remarks.retain(|remark| !remark.claims.iter().any(replaced));
        let known = self.known_left_out(picked, &remarks, options);
        run.remark(remarks);
        if options.waivers {
            run.waive(options.as_of);
        }
        let mut report = run.finish(options);
        self.tell_others(&mut report, picked);
        self.count(&mut report, picked, shown);
        let left_out = usize::try_from(self.left_out).unwrap_or(usize::MAX) + self.doubts.left_out + self.sums.left_out;
        report.left_out = report.left_out.saturating_sub(known).saturating_add(left_out);
        report
    }

    /// How many findings are among those that are shown, because a waiver names them or by chance, and are counted among all
    /// that are not chosen.
    fn known_left_out(&self, picked: &Picked, remarks: &[rules::Remark], options: &Options) -> usize {
        let is_row = |claim: &ClaimId| matches!(picked.origins.get(claim.at()), Some(Origin::Row(_)));
        let corpus = &picked.corpus;
        let of_rows = remarks.iter().filter(|remark| remark.claims.iter().all(is_row)).filter(|remark| {
            let sources = remark.claims.iter().map(|&claim| corpus.source(corpus.claim(claim).source).id.as_str());
            !options.chooses(remark.rule.id, sources)
        });
        of_rows.count() + self.found.uncounted.len()
    }

    /// Takes what was found among all claims and is shown, under the names that claims have in the run.
    fn take_conflicts(&self, run: &mut Run<'_>, shown: &[Clash], number_of: &HashMap<u32, ClaimId>) {
        // A waiver of what is not chosen is of use all the same.
        for clash in shown.iter().chain(&self.found.uncounted) {
            if let (Some(&low), Some(&high)) = (number_of.get(&clash.low), number_of.get(&clash.high)) {
                let reading = if clash.strict { Reading::Strict } else { Reading::Plain };
                run.conflicts.push((Conflict::Figures(FigurePair { low, high }), reading));
            }
        }
        let mut known: BTreeSet<Vec<ClaimId>> = run.conflicts.iter().map(|(conflict, _)| key(conflict)).collect();
        for sum in &self.sums.conflicts {
            let renamed = sum.conflict.renamed(|claim| {
                let number = sum.claims.get(claim.at()).copied().unwrap_or(u32::MAX);
                number_of.get(&number).copied().unwrap_or(claim)
            });
            let conflict = Conflict::Sums(renamed);
            if known.insert(key(&conflict)) {
                run.conflicts.push((conflict, sum.reading));
            }
        }
    }

    /// Says of each finding of a figure at fault in how many other pairs that figure is.
    fn tell_others(&self, report: &mut Report, picked: &Picked) {
        let names: HashMap<u32, String> = (picked.corpus.claims().zip(&picked.origins))
            .map(|((id, _), origin)| (self.bulk.number(*origin), picked.corpus.name(id)))
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
        let sums = self.sums.untold;
        summary.contradictions += more(self.found.strict, told(true)) + sums.strict + doubts(Verdict::Contradiction);
        summary.tensions += more(self.found.plain, told(false)) + sums.plain + doubts(Verdict::Tension);
        summary.notes += doubts(Verdict::Note);
        let of_shown: BTreeSet<u32> = shown.iter().flat_map(|clash| [clash.low, clash.high]).collect();
        summary.in_conflict += self.found.claims.saturating_sub(of_shown.len());
        summary.coverage = coverage;
        report.sources = counts::sources_with(&self.bulk.corpus, |source| self.bulk.claims_of(source));
        report.coverage.clear();
        self.tell_undecided(report, picked);
        report.many = Some(ManyClaims {
            sums_at_least: self.cut || self.sums.cut,
            strict_pairs: self.found.strict,
            plain_pairs: self.found.plain,
            at_least: self.found.cut,
            figures_at_fault: self.found.at_fault.len(),
            told: shown.len(),
        });
    }

    /// Names a few of the claims of which it is not known whether all can be true at once.
    fn tell_undecided(&self, report: &mut Report, picked: &Picked) {
        let claims = picked.corpus.claims().zip(&picked.origins);
        let few = claims.filter(|(_, origin)| self.named.contains(&self.bulk.number(**origin)));
        let mut names: Vec<String> = few.map(|((id, _), _)| picked.corpus.name(id)).collect();
        names.sort();
        if names.is_empty() {
            return;
        }
        let more = self.undecided.iter().filter(|undecided| **undecided).count() - names.len();
        for reading in Reading::BOTH {
            report.undecided.push(Undecided { claims: names.clone(), reading: reading.word(), steps: 0, more });
        }
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
            let number = self.bulk.number(*origin) as usize;
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
