//! The run itself: from a corpus to a report.

mod bulk;
mod counts;
mod findings;
mod groups;
mod parties;
mod repair;

use std::collections::{BTreeMap, BTreeSet};

use crate::certificate::verify::{self, Limits, Verifier};
use crate::certificate::{Conflict, Proof, narrate, prove, space};
use crate::claim::{ClaimId, Corpus, Reading};
use crate::edtf::Day;
use crate::hints::{Siblings, hints};
use crate::number::Rational;
use crate::report::{Coverage, CoverageCounts, Finding, NotCompared, Report, SCHEMA, Tool, Undecided, value};
use crate::rules;
use crate::solve::{self, Limits as SolveLimits, Outlook};
use crate::spread::{joined, spread};
use crate::system::{Cells, Constraint, Extents, NotComparable, System, known};
use crate::waiver::Waivers;

pub use bulk::{check_many, read_many};
use counts::{sources, summary};
pub(crate) use findings::{Ids, entry, of_remark};
use groups::{fold, group, lead, saying};
use parties::{credit_id, parties, same_upstream};
use repair::repairs;

/// What to report of what was found.
///
/// The whole corpus is always checked; options choose among the findings afterwards.
#[derive(Clone, Debug)]
pub struct Options {
    /// Only findings of these rules; all when empty.
    pub rules: Vec<String>,
    /// Only findings with a claim of one of these sources; all when empty.
    pub sources: Vec<String>,
    /// How many conflicts of more than two claims are listed for each set of claims that hang together. Which claims can
    /// all be true does not depend on it. Conflicts that `waivers.json` names do not count.
    pub limit: usize,
    /// Whether findings that `waivers.json` records as known are marked as waived.
    pub waivers: bool,
    /// The day as of which waivers are judged; without one, none is past its date. The library never asks a clock.
    pub as_of: Option<Day>,
}

impl Options {
    /// Whether a finding of a rule about claims of these sources is to be reported.
    fn chooses<'s>(&self, rule: &str, sources: impl IntoIterator<Item = &'s str>) -> bool {
        let by_rule = self.rules.is_empty() || self.rules.iter().any(|own| own == rule);
        let mut sources = sources.into_iter();
        by_rule && (self.sources.is_empty() || sources.any(|source| self.sources.iter().any(|own| own == source)))
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            rules: Vec::new(),
            sources: Vec::new(),
            limit: SolveLimits::default().conflicts,
            waivers: true,
            as_of: None,
        }
    }
}

/// Checks a corpus: which of its claims cannot all be true, with proofs, and what else is wrong with them.
///
/// The report is the same, byte for byte, for the same claims in whatever order they were read, but for `line` and
/// `column`.
///
/// ```
/// let folder = gainsay::Folder::from_files([
///     ("codebook.json", r#"{
///         "dimensions": { "place": { "root": "world", "phrase": "in {}", "terms": { "harbour": { "label": "the harbour" } } } },
///         "measures": { "boats": { "unit": "boat", "kind": "count", "whole": true, "dimensions": ["place"], "phrase": "{} boats lost" } } }"#),
///     ("sources/gazette.json", r#"{ "source": { "id": "gazette" }, "claims": [
///         { "id": "lost", "quote": "nine boats", "measure": "boats", "place": "harbour", "period": "1953", "value": 9 } ] }"#),
///     ("sources/courier.json", r#"{ "source": { "id": "courier" }, "claims": [
///         { "id": "lost", "quote": "seven boats", "measure": "boats", "place": "harbour", "period": "1953", "value": 7 } ] }"#),
/// ]);
/// let corpus = gainsay::load(&folder).expect("the folder has no faults");
/// let report = gainsay::check(&corpus, &gainsay::Options::default());
/// assert_eq!(report.summary.contradictions, 1);
/// assert_eq!(report.findings[0].rule, "disagreement");
/// assert!(report.findings[0].certificate.is_some());
/// ```
pub fn check(corpus: &Corpus, options: &Options) -> Report {
    check_telling(corpus, options, &|_| ())
}

/// What a check is at.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It reads files that are too large to be kept: so many bytes more.
    Reading(u64),
    /// It makes numbers of what claims say.
    Compiling,
    /// It looks for claims that cannot all be true.
    Comparing,
    /// It adds up the parts of each whole, among claims that are too many to be kept.
    Adding,
    /// It proves conflicts, verifies the proofs and writes the explanations: so many are done of all.
    Proving {
        /// How many are done.
        done: usize,
        /// How many there are.
        of: usize,
    },
    /// It looks for faults of encoding and sourcing.
    Remarking,
}

/// The same as [`check`], and tells what it is at, for whoever waits. What is told has no bearing on the report.
///
/// ```
/// use std::cell::Cell;
/// # let folder = gainsay::Folder::from_files([("codebook.json", "{}")]);
/// # let corpus = gainsay::load(&folder).expect("the folder has no faults");
/// let stages = Cell::new(0);
/// gainsay::check_telling(&corpus, &gainsay::Options::default(), &|_stage| stages.set(stages.get() + 1));
/// assert!(stages.get() >= 2, "comparing claims, and the remarks on each");
/// ```
pub fn check_telling(corpus: &Corpus, options: &Options, tell: &dyn Fn(Stage)) -> Report {
    let mut run = Run::new(corpus);
    // What is waived uses up none of the limit, so that it hides nothing new: so many more are listed.
    let known = if options.waivers { corpus.waivers.len() } else { 0 };
    let limits = SolveLimits { conflicts: options.limit.saturating_add(known), ..SolveLimits::default() };
    let remarks = std::thread::scope(|scope| {
        // Faults of encoding and sourcing have nothing to do with conflicts.
        let remarks = scope.spawn(|| rules::remarks(corpus));
        tell(Stage::Comparing);
        for found in run.look(corpus, &limits) {
            run.take(found, |_| true);
        }
        run.prove(tell);
        tell(Stage::Remarking);
        joined(remarks)
    });
    run.remark(remarks);
    if options.waivers {
        run.waive(options.as_of);
    }
    run.finish(options)
}

/// So many proofs are worth a thread.
const PROOFS: usize = 8;

/// What orders findings beside their verdict and claims.
struct Draft {
    finding: Finding,
    claims: Vec<ClaimId>,
    ratio: Ratio,
    excess: Rational,
    /// What it says, where others may say the same: of the same scopes and bounds, or from the same cause.
    saying: Option<String>,
}

/// How many times too large a figure is, the smallest first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Ratio {
    /// Days and denials have none.
    None,
    /// So many times.
    Times(Rational),
    /// Above zero.
    Infinite,
}

impl Ratio {
    fn of(proof: &Proof) -> Self {
        match &proof.gap.ratio {
            Some(ratio) => ratio.parse().map_or(Self::None, Self::Times),
            None if matches!(proof.conflict, Conflict::Figures(_) | Conflict::Sums(_)) => Self::Infinite,
            None => Self::None,
        }
    }
}

/// What was found under one reading.
struct Found {
    reading: Reading,
    not_comparable: Vec<(ClaimId, NotComparable)>,
    solved: solve::Solved,
}

/// What the findings of one run share.
struct Tools {
    ids: Ids,
    siblings: Siblings,
    extents: Extents,
    verifier: Verifier,
}

struct Run<'a> {
    corpus: &'a Corpus,
    space: serde_json::Value,
    /// What the codebook says of the order of days.
    background: Vec<Constraint>,
    conflicts: Vec<(Conflict, Reading)>,
    drafts: Vec<Draft>,
    compared: BTreeSet<ClaimId>,
    not_comparable: BTreeMap<ClaimId, BTreeMap<Reading, &'static str>>,
    /// What is known of each component that has conflicts, or is undecided.
    outlooks: Vec<(Reading, Outlook)>,
    undecided: Vec<Undecided>,
    undecided_claims: BTreeSet<ClaimId>,
}

impl<'a> Run<'a> {
    fn new(corpus: &'a Corpus) -> Self {
        Self {
            corpus,
            space: space(&corpus.codebook),
            background: known(&corpus.codebook),
            conflicts: Vec::new(),
            drafts: Vec::new(),
            compared: BTreeSet::new(),
            not_comparable: BTreeMap::new(),
            outlooks: Vec::new(),
            undecided: Vec::new(),
            undecided_claims: BTreeSet::new(),
        }
    }

    /// Looks for conflicts under each reading, at the same time, among the claims of a corpus that has the run's claims, of
    /// which fewer may say anything.
    fn look(&self, corpus: &Corpus, limits: &SolveLimits) -> [Found; 2] {
        let look = |reading| {
            let mut system = System::of(corpus, reading);
            let solved = solve::all(corpus, &mut system, &self.background, limits);
            Found { reading, not_comparable: system.not_comparable, solved }
        };
        std::thread::scope(|scope| {
            let strict = scope.spawn(|| look(Reading::Strict));
            let plain = look(Reading::Plain);
            [joined(strict), plain]
        })
    }

    /// Takes what was found under a reading, of pairs of figures only those that are `taken`. What conflicts under strict
    /// conflicts under plain too and is told once.
    fn take(&mut self, found: Found, taken: impl Fn(&solve::FigurePair) -> bool) {
        let Found { reading, not_comparable, mut solved } = found;
        for (claim, reason) in &not_comparable {
            self.not_comparable.entry(*claim).or_default().insert(reading, reason.reason());
        }
        solved.figures.retain(taken);
        self.compared.extend(&solved.compared);
        // Of two ways in which two claims conflict, the one on the same moment or box stands for both.
        let mut known: BTreeSet<Vec<ClaimId>> = self.conflicts.iter().map(|(conflict, _)| key(conflict)).collect();
        let pairs = (solved.figures.into_iter().map(Conflict::Figures))
            .chain(solved.moments.into_iter().map(Conflict::Moments))
            .chain(solved.facts.into_iter().map(|pair| Conflict::Facts(pair.into())));
        for conflict in pairs {
            if known.insert(key(&conflict)) {
                self.conflicts.push((conflict, reading));
            }
        }
        let sets = (solved.sums.into_iter().map(Conflict::Sums))
            .chain(solved.fact_sets.into_iter().map(Conflict::Facts))
            .chain(solved.timelines.into_iter().map(Conflict::Timeline));
        for conflict in sets {
            // Under plain, what holds a strict conflict already is told by that.
            let claims = key(&conflict);
            self.compared.extend(&claims);
            let contains = |other: &Vec<ClaimId>| other.iter().all(|claim| claims.binary_search(claim).is_ok());
            if !known.iter().any(contains) {
                known.insert(claims);
                self.conflicts.push((conflict, reading));
            }
        }
        for outlook in solved.components {
            if outlook.repair.is_none() {
                self.give_up(&outlook.claims, reading, outlook.steps);
            }
            self.outlooks.push((reading, outlook));
        }
    }

    /// Proves, verifies, classifies and tells every conflict. One whose proof does not hold up is no finding: its claims
    /// are undecided, which the report says loudly.
    fn prove(&mut self, tell: &dyn Fn(Stage)) {
        let tools = Tools {
            ids: Ids::of(self.corpus),
            siblings: Siblings::of(self.corpus),
            extents: Extents::of(&self.corpus.codebook),
            verifier: Verifier::new(&self.space),
        };
        let conflicts = std::mem::take(&mut self.conflicts);
        let of = conflicts.len();
        let cells = || Cells::new(&self.corpus.codebook);
        let draft = |cells: &mut Cells, (conflict, reading): &(Conflict, Reading)| {
            let proof = prove(self.corpus, cells, conflict.clone(), *reading);
            proof.and_then(|proof| self.draft(&tools, &proof))
        };
        let drafts = spread(&conflicts, PROOFS, cells, draft, |done| tell(Stage::Proving { done, of }));
        for ((conflict, reading), draft) in conflicts.into_iter().zip(drafts) {
            match draft {
                Some(draft) => self.drafts.push(draft),
                None => self.give_up(&conflict.claims(), reading, 0),
            }
        }
    }

    fn give_up(&mut self, claims: &[ClaimId], reading: Reading, steps: u64) {
        let mut names: Vec<String> = claims.iter().map(|&id| self.corpus.name(id)).collect();
        names.sort();
        self.undecided_claims.extend(claims);
        self.undecided.push(Undecided { claims: names, reading: reading.word(), steps, more: 0 });
    }

    fn draft(&self, tools: &Tools, proof: &Proof) -> Option<Draft> {
        let corpus = self.corpus;
        let (rule, verdict) = rules::classify(corpus, proof)?;
        let story = narrate(corpus, &tools.extents, proof);
        let claims: Vec<ClaimId> = proof.claims.iter().map(|&(id, _)| id).collect();
        let origin = same_upstream(corpus, &claims);
        let finding = Finding {
            id: tools.ids.finding(rule.id, &claims),
            rule: rule.id,
            verdict,
            reading: Some(proof.reading.word()),
            parties: parties(corpus, &claims),
            same_upstream: origin.map(|credit| credit_id(corpus, credit)),
            waived: None,
            at: None,
            group: String::new(),
            lead: false,
            others: 0,
            at_fault: None,
            folded_under: None,
            headline: story.headline,
            explanation: story.explanation,
            hints: hints(corpus, &tools.siblings, proof, origin),
            gap: Some(proof.gap.clone()),
            premises: story.premises,
            claims: proof.claims.iter().map(|&(id, role)| entry(corpus, id, role.word(), proof.reading)).collect(),
            certificate: Some(proof.certificate.clone()),
        };
        let holds = tools.verifier.finding(&value(&finding), Limits::default());
        debug_assert!(!matches!(holds, verify::Verdict::Fails(_)), "{holds:?} {}", value(&finding));
        matches!(holds, verify::Verdict::Holds).then(|| Draft {
            ratio: Ratio::of(proof),
            excess: proof.excess.clone(),
            saying: Some(saying(&finding)),
            finding,
            claims,
        })
    }

    fn remark(&mut self, remarks: Vec<rules::Remark>) {
        let ids = Ids::of(self.corpus);
        for remark in remarks {
            let saying = remark.cause.as_ref().map(|cause| format!("{}\n{cause}", remark.rule.id));
            let claims = remark.claims.clone();
            let finding = of_remark(self.corpus, &ids, remark);
            let zero = crate::number::integer(0);
            self.drafts.push(Draft { finding, claims, ratio: Ratio::None, excess: zero, saying });
        }
    }

    /// Marks what is recorded as known, and tells of the records that are of no use.
    fn waive(&mut self, as_of: Option<Day>) {
        let mut waivers = Waivers::new(self.corpus, as_of);
        for Draft { finding, claims, .. } in &mut self.drafts {
            finding.waived = waivers.of(finding, claims);
        }
        // Where the search ended early, a conflict that was waived may be there and not be listed.
        let unseen = |claims: &[ClaimId]| {
            self.outlooks.iter().any(|(_, outlook)| {
                let whole = !outlook.cut && outlook.repair.is_some();
                !whole && claims.iter().all(|claim| outlook.claims.contains(claim))
            })
        };
        let looked_for = |rule: &str| rules::OF_TEXTS.iter().all(|of_texts| of_texts.id != rule);
        let useless = waivers.useless(looked_for, unseen);
        self.remark(useless);
    }

    fn finish(mut self, options: &Options) -> Report {
        let names = |draft: &Draft| draft.claims.iter().map(|&id| self.corpus.name(id)).collect::<Vec<_>>();
        self.drafts.sort_by_cached_key(|draft| {
            let gap = std::cmp::Reverse((draft.ratio.clone(), draft.excess.clone()));
            (draft.finding.verdict, draft.claims.len(), gap, draft.finding.rule, names(draft))
        });
        let chosen =
            |finding: &Finding| options.chooses(finding.rule, finding.claims.iter().map(|claim| claim.source.as_str()));
        // Groups and what repairs them are those of the whole run, whatever is chosen of it.
        group(&mut self.drafts);
        let (mut repair, cut) = repairs(self.corpus, &self.drafts, &self.outlooks, options.limit);
        let all = self.drafts.len();
        self.drafts.retain(|draft| chosen(&draft.finding));
        let left_out = all - self.drafts.len();
        fold(&mut self.drafts);
        let groups = lead(&mut self.drafts);
        repair.retain(|repair| groups.contains(&repair.group));
        let (coverage, counts) = self.coverage();
        let findings: Vec<Finding> = std::mem::take(&mut self.drafts).into_iter().map(|draft| draft.finding).collect();
        Report {
            schema: SCHEMA,
            tool: Tool::this(),
            as_of: options.as_of.map(|day| day.to_string()),
            summary: summary(self.corpus, &findings, counts),
            findings,
            not_comparable: self.not_compared(),
            coverage,
            left_out,
            sources: sources(self.corpus),
            many: None,
            space: self.space,
            undecided: self.undecided,
            repair,
            cut,
        }
    }

    fn not_compared(&self) -> Vec<NotCompared> {
        let mut list: Vec<NotCompared> = Vec::new();
        for (&claim, readings) in &self.not_comparable {
            let claim = self.corpus.name(claim);
            let mut reasons = readings.iter();
            match (reasons.next(), reasons.next()) {
                (Some((_, strict)), Some((_, plain))) if strict == plain => {
                    list.push(NotCompared { claim, reading: "both".into(), reason: (*strict).to_owned() });
                }
                _ => list.extend(readings.iter().map(|(reading, reason)| NotCompared {
                    claim: claim.clone(),
                    reading: reading.word().into(),
                    reason: (*reason).to_owned(),
                })),
            }
        }
        list.sort();
        list
    }

    fn coverage(&self) -> (BTreeMap<String, Coverage>, CoverageCounts) {
        let mut counts = CoverageCounts::default();
        let mut coverage = BTreeMap::new();
        for (id, claim) in self.corpus.claims() {
            let nowhere = self.not_comparable.get(&id).is_some_and(|readings| readings.len() == Reading::BOTH.len());
            let (how, count) = if claim.superseded_by.is_some() {
                (Coverage::Superseded, &mut counts.superseded)
            } else if self.undecided_claims.contains(&id) {
                (Coverage::Undecided, &mut counts.undecided)
            } else if nowhere {
                (Coverage::NotComparable, &mut counts.not_comparable)
            } else if self.compared.contains(&id) {
                (Coverage::Compared, &mut counts.compared)
            } else {
                (Coverage::Alone, &mut counts.alone)
            };
            *count += 1;
            coverage.insert(self.corpus.name(id), how);
        }
        (coverage, counts)
    }
}

/// The claims of a conflict, in index order.
fn key(conflict: &Conflict) -> Vec<ClaimId> {
    let mut claims = conflict.claims();
    claims.sort_unstable();
    claims
}
