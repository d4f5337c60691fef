//! The run against the sources' texts: where each quote stands, and which lines nobody accounts for.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Range, RangeInclusive};

use crate::Faults;
use crate::check::{Ids, Options, of_remark};
use crate::claim::{ClaimId, Corpus, Omission, SourceId};
use crate::load::{Folder, TextFolder, texts};
use crate::number::Rational;
use crate::report::verified::{
    LineCounts, Moved, NearestPassage, NotVerified, OmissionUnused, QuoteFinding, Repeated, Uncovered, VERIFIED_SCHEMA,
    Verified, VerifiedSummary,
};
use crate::report::{Tool, Verdict};
use crate::rules::{Missing, OF_TEXTS, Remark, of_figures, quote_not_found, without_figure};
use crate::texts::{
    Folded, Found, Nearest, Op, Outcome, Search, Steps, excerpt, nearest, page, parts, unaccounted, untouched,
};
use crate::waiver::Waivers;

/// How many places of a quote are named.
const NAMED: usize = 10;

/// Verifies a corpus against the texts of its sources.
///
/// `folder` is the one that the corpus was read from. Of the options only those of waivers matter.
///
/// # Errors
///
/// Whatever is wrong with the texts, as [`texts`] finds it.
pub fn verify(
    folder: &Folder,
    corpus: &Corpus,
    folder_of_texts: &TextFolder,
    options: &Options,
) -> Result<Verified, Faults> {
    let texts = texts(folder, corpus, folder_of_texts)?;
    let mut run = Run::new(corpus);
    let mut by_source: BTreeMap<SourceId, Vec<ClaimId>> = BTreeMap::new();
    for (id, claim) in corpus.claims() {
        by_source.entry(claim.source).or_default().push(id);
    }
    for (source, text) in (0..).map(SourceId).zip(texts) {
        let claims = by_source.remove(&source).unwrap_or_default();
        match text {
            Some(text) => run.text(source, &text, &claims),
            None => run.no_text(source, &claims),
        }
    }
    Ok(run.finish(options))
}

/// What is known of one corpus so far.
struct Run<'a> {
    corpus: &'a Corpus,
    remarks: Vec<(Remark, Option<NearestPassage>)>,
    moved: Vec<Moved>,
    repeated: Vec<Repeated>,
    uncovered: Vec<Uncovered>,
    omissions_unused: Vec<OmissionUnused>,
    not_verified: Vec<NotVerified>,
    summary: VerifiedSummary,
}

/// Where a quote stands: its lines, and its first byte in the folded text.
type Place = ((u32, u32), usize);

/// A quote that is not in its text.
struct Lost {
    claims: Vec<ClaimId>,
    /// The part of it that is not, unless there is none such; and whether it is the whole.
    part: Option<(String, bool)>,
    missing: Missing,
}

impl<'a> Run<'a> {
    fn new(corpus: &'a Corpus) -> Self {
        let summary = VerifiedSummary {
            sources: corpus.sources.len(),
            claims: corpus.claims.len(),
            ..VerifiedSummary::default()
        };
        Self {
            corpus,
            remarks: of_figures(corpus).into_iter().map(|remark| (remark, None)).collect(),
            moved: Vec::new(),
            repeated: Vec::new(),
            uncovered: Vec::new(),
            omissions_unused: Vec::new(),
            not_verified: Vec::new(),
            summary,
        }
    }

    fn no_text(&mut self, source: SourceId, claims: &[ClaimId]) {
        self.skip(claims, "its source names no text");
        for omission in self.omissions(source) {
            self.unused(omission, "its source names no text");
        }
    }

    fn skip(&mut self, claims: &[ClaimId], reason: &'static str) {
        let skipped = |&id: &ClaimId| NotVerified { claim: self.corpus.name(id), reason };
        self.not_verified.extend(claims.iter().map(skipped));
    }

    fn omissions(&self, source: SourceId) -> Vec<&'a Omission> {
        self.corpus.omissions.iter().filter(|omission| omission.source == source).collect()
    }

    fn unused(&mut self, omission: &Omission, why: &'static str) {
        self.omissions_unused.push(OmissionUnused {
            source: self.corpus.source(omission.source).id.clone(),
            lines: omission.lines,
            reason: omission.reason.clone(),
            why,
            entry_line: omission.position.line,
            entry_column: omission.position.column,
        });
    }

    fn text(&mut self, source: SourceId, text: &str, claims: &[ClaimId]) {
        let folded = page(text);
        // Claims with one quote are looked for once.
        let mut quotes: BTreeMap<&str, Vec<ClaimId>> = BTreeMap::new();
        for &id in claims {
            quotes.entry(&self.corpus.claim(id).quote).or_default().push(id);
        }
        let quotes: Vec<(Vec<String>, Vec<ClaimId>)> =
            quotes.into_iter().map(|(quote, claims)| (parts(quote), claims)).collect();
        let search = Search::new(&folded, quotes.iter().flat_map(|(parts, _)| parts));
        let mut steps = Steps::new(Steps::SEARCH);
        let mut touched = Vec::new();
        let mut lost = Vec::new();
        for (parts, claims) in quotes {
            match search.find(&parts, &mut steps) {
                Ok(Outcome::Found(found)) => self.found(&folded, &found, &claims, &mut touched),
                Ok(Outcome::Missing(missing)) => lost.push(Lost::of(&parts, &missing, claims)),
                Ok(Outcome::Wordless(at)) => lost.push(Lost::wordless(&parts, at, claims)),
                Err(_) => self.skip(&claims, "looking for it would take more steps than are allowed"),
            }
        }
        self.lost(&folded, &lost);
        self.lines(source, text, touched);
    }

    /// Tells of each claim with a quote whether it stands where the claim says.
    fn found(&mut self, folded: &Folded, found: &Found, claims: &[ClaimId], touched: &mut Vec<RangeInclusive<u32>>) {
        let place = |passage: &Range<usize>| (folded.lines(passage), passage.start);
        let places: Vec<Place> = found.passages().iter().map(place).collect();
        let mut touch = |place: &Place| {
            let lines = |piece: &Range<usize>| folded.lines(piece);
            touched.extend(found.pieces(place.1).iter().map(lines).map(|(first, last)| first..=last));
        };
        // Where a claim names no line, any of them may be the one that is meant.
        if claims.iter().any(|&id| self.corpus.claim(id).line.is_none()) {
            places.iter().for_each(&mut touch);
        }
        for &id in claims {
            let claim = self.corpus.claim(id);
            self.remarks.extend(without_figure(self.corpus, id).map(|remark| (remark, None)));
            match claim.line {
                None => self.summary.without_line += 1,
                Some(line) => {
                    let near = nearest_to(line, &places);
                    near.first().into_iter().for_each(&mut touch);
                    self.placed(id, line, &near);
                }
            }
            if places.len() > 1 {
                self.repeated.push(Repeated {
                    claim: self.corpus.name(id),
                    quote: claim.quote.clone(),
                    places: places.iter().take(NAMED).map(|&(lines, _)| lines).collect(),
                    more: places.len().saturating_sub(NAMED),
                });
            }
        }
    }

    fn placed(&mut self, id: ClaimId, line: u32, near: &[Place]) {
        let Some((&(found, _), others)) = near.split_first() else { return };
        if distance(line, found) == 0 {
            self.summary.at_line += 1;
            return;
        }
        let claim = self.corpus.claim(id);
        self.moved.push(Moved {
            claim: self.corpus.name(id),
            file: self.corpus.source(claim.source).file.clone(),
            line,
            found,
            equally_near: others.iter().map(|&(lines, _)| lines).collect(),
            fixed: false,
            quote: claim.quote.clone(),
            id: claim.id.clone(),
        });
    }

    fn lost(&mut self, folded: &Folded, lost: &[Lost]) {
        let corpus = self.corpus;
        let wanted = lost.iter().flat_map(|lost| {
            let part = lost.part.as_ref().map_or("", |(part, _)| part.as_str());
            lost.claims.iter().map(move |&id| (part, corpus.claim(id).line))
        });
        let wanted: Vec<(&str, Option<u32>)> = wanted.collect();
        let mut found = nearest(folded, &wanted, &mut Steps::new(Steps::NEAREST)).into_iter();
        for lost in lost {
            for &id in &lost.claims {
                let passage = found.next().flatten().map(|nearest| passage(folded, &nearest));
                let missing = match (&lost.missing, &passage) {
                    (Missing::Words { part, .. }, Some((passage, percent))) => {
                        Missing::Words { part: part.clone(), nearest: Some((passage.lines, *percent)) }
                    }
                    (missing, _) => missing.clone(),
                };
                let remark = quote_not_found(self.corpus, id, &missing);
                self.remarks.push((remark, passage.map(|(passage, _)| passage)));
                self.summary.missing += 1;
            }
        }
    }

    /// Tells which lines neither a claim nor an omission accounts for.
    fn lines(&mut self, source: SourceId, text: &str, touched: Vec<RangeInclusive<u32>>) {
        let all = unaccounted(text, []).len();
        let left = unaccounted(text, touched.iter().cloned());
        // What is left out on purpose may be a statement without any figure.
        let free = untouched(text, touched.iter().cloned());
        let mut left_free: BTreeSet<u32> = free.iter().copied().collect();
        let mut accounted = touched;
        for omission in self.omissions(source) {
            let (first, last) = omission.lines;
            let takes: Vec<u32> = left_free.range(first..=last).copied().collect();
            if free.get(free.partition_point(|&line| line < first)).is_none_or(|&line| line > last) {
                self.unused(omission, "each of its lines is blank or in a claim");
            } else if takes.is_empty() {
                self.unused(omission, "another entry leaves these lines out already");
            }
            // Each line goes once, so that many entries for the same lines cost little.
            for line in takes {
                left_free.remove(&line);
            }
            accounted.push(first..=last);
        }
        let nobodys = unaccounted(text, accounted);
        let LineCounts { by_claims, by_omissions, uncovered } = &mut self.summary.lines;
        *by_claims += all - left.len();
        *by_omissions += left.len() - nobodys.len();
        *uncovered += nobodys.len();
        let id = &self.corpus.source(source).id;
        let lines: Vec<&str> = text.lines().collect();
        for stretch in nobodys.chunk_by(|before, after| before + 1 == *after) {
            let (Some(&first), Some(&last)) = (stretch.first(), stretch.last()) else { continue };
            let shown = lines.get(first as usize - 1..last as usize).unwrap_or_default();
            let excerpts = shown.iter().map(|line| excerpt(line)).collect();
            self.uncovered.push(Uncovered { source: id.clone(), lines: (first, last), excerpts });
        }
    }

    /// The remarks as findings, those that are recorded as known marked, and what is to be said of records of no use.
    fn told(&mut self, options: &Options) -> Vec<QuoteFinding> {
        let ids = Ids::of(self.corpus);
        let mut waivers = options.waivers.then(|| Waivers::new(self.corpus, options.as_of));
        let mut findings: Vec<QuoteFinding> = Vec::new();
        for (remark, nearest) in std::mem::take(&mut self.remarks) {
            let claims = remark.claims.clone();
            let mut finding = of_remark(self.corpus, &ids, remark);
            finding.waived = waivers.as_mut().and_then(|waivers| waivers.of(&finding, &claims));
            findings.push(QuoteFinding { finding, nearest });
        }
        // What is not looked for may be as it was; and waivers of all other rules are judged by a check.
        let skipped: BTreeSet<&str> = self.not_verified.iter().map(|skipped| skipped.claim.as_str()).collect();
        let unseen = |claims: &[ClaimId]| claims.iter().any(|&id| skipped.contains(self.corpus.name(id).as_str()));
        let looked_for = |rule: &str| OF_TEXTS.iter().any(|of_texts| of_texts.id == rule);
        for remark in waivers.map(|waivers| waivers.useless(looked_for, unseen)).unwrap_or_default() {
            findings.push(QuoteFinding { finding: of_remark(self.corpus, &ids, remark), nearest: None });
        }
        findings
    }

    fn finish(mut self, options: &Options) -> Verified {
        let mut findings = self.told(options);
        let names =
            |found: &QuoteFinding| found.finding.claims.iter().map(|claim| claim.claim.clone()).collect::<Vec<_>>();
        // Quotes that are not there come before figures that are not in their quotes.
        findings.sort_by_cached_key(|found| (found.finding.verdict, Reverse(found.finding.rule), names(found)));
        group(&mut findings);
        self.moved.sort_by(|a, b| a.claim.cmp(&b.claim));
        self.repeated.sort_by(|a, b| a.claim.cmp(&b.claim));
        self.not_verified.sort_by(|a, b| a.claim.cmp(&b.claim));
        let open = |found: &&QuoteFinding| found.finding.waived.is_none();
        let of = |verdict| findings.iter().filter(open).filter(|found| found.finding.verdict == verdict).count();
        let summary = VerifiedSummary {
            contradictions: of(Verdict::Contradiction),
            tensions: of(Verdict::Tension) + self.moved.len() + self.omissions_unused.len(),
            notes: of(Verdict::Note) + self.repeated.len() + self.uncovered.len(),
            waived: findings.iter().filter(|found| found.finding.waived.is_some()).count(),
            moved: self.moved.len(),
            not_verified: self.not_verified.len(),
            repeated: self.repeated.len(),
            ..self.summary
        };
        Verified {
            schema: VERIFIED_SCHEMA,
            tool: Tool::this(),
            summary,
            findings,
            moved: self.moved,
            repeated: self.repeated,
            uncovered: self.uncovered,
            omissions_unused: self.omissions_unused,
            not_verified: self.not_verified,
        }
    }
}

impl Lost {
    fn of(parts: &[String], missing: &[usize], claims: Vec<ClaimId>) -> Self {
        // Of several parts the longest says most about where the quote may be from.
        let longest = missing.iter().filter_map(|&at| parts.get(at)).max_by_key(|part| part.len());
        let part = longest.map(|part| (part.clone(), parts.len() == 1));
        let missing = match &part {
            Some((part, whole)) => Missing::Words { part: (!whole).then(|| part.clone()), nearest: None },
            None if parts.is_empty() => Missing::Nothing { part: None },
            None => Missing::Apart,
        };
        Self { claims, part, missing }
    }

    fn wordless(parts: &[String], at: usize, claims: Vec<ClaimId>) -> Self {
        let part = parts.get(at).filter(|_| parts.len() > 1).cloned();
        Self { claims, part: None, missing: Missing::Nothing { part } }
    }
}

/// How many lines a stretch of lines is away from a line.
fn distance(line: u32, (first, last): (u32, u32)) -> u32 {
    if line < first { first - line } else { line.saturating_sub(last) }
}

/// The places that are nearest to a line: one, or two that are as near on both sides of it.
fn nearest_to(line: u32, places: &[Place]) -> Vec<Place> {
    // OK because passages are in order by their starts and by their ends.
    let (before, after) = places.split_at(places.partition_point(|&((_, last), _)| last < line));
    let mut near: Vec<Place> = before.last().into_iter().chain(after.first()).copied().collect();
    let least = near.iter().map(|&(lines, _)| distance(line, lines)).min();
    near.retain(|&(lines, _)| Some(distance(line, lines)) == least);
    near
}

/// The passage as reports show it, and how many percent of it and the quote are the same.
fn passage(folded: &Folded, nearest: &Nearest) -> (NearestPassage, u64) {
    let lines = folded.lines(&nearest.bytes);
    let (same, all) = nearest.same;
    let inserted = nearest.diff.iter().filter(|change| change.op != Op::Delete).map(|change| change.text.as_str());
    // OK because neither a quote's part nor a passage is empty.
    let similarity = Rational::new((2 * same).into(), all.max(1).into());
    let passage = NearestPassage {
        line: lines.0,
        lines,
        passage: inserted.collect(),
        similarity: similarity.to_string(),
        diff: nearest.diff.clone(),
    };
    // OK because a quote that is not there has at least one character that is not the same, so this is below 100.
    (passage, (200 * same).checked_div(all).unwrap_or(0))
}

/// Findings about one claim are a group, which the first of them leads; one about a waiver is a group of its own.
fn group(findings: &mut [QuoteFinding]) {
    let mut groups: BTreeMap<String, usize> = BTreeMap::new();
    for found in findings {
        let claim = match &found.finding.at {
            Some(_) => found.finding.id.clone(),
            None => found.finding.claims.first().map(|claim| claim.claim.clone()).unwrap_or_default(),
        };
        let next = groups.len() + 1;
        found.finding.lead = !groups.contains_key(&claim);
        found.finding.group = format!("g{}", groups.entry(claim).or_insert(next));
    }
}
