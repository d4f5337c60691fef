//! The report: what was found, in plain data, and one renderer per file that turns it into text.
//!
//! Everything in it is owned text and numbers as text, so that a renderer needs nothing else and a report can be kept.
//! The fields are those of the JSON report, which is stable: `schema` goes up when one changes its meaning.

pub mod answer;
pub mod diff;
mod github;
mod gitlab;
mod json;
mod junit;
mod markdown;
pub mod page;
mod sarif;
pub mod show;
mod text;
mod told;
pub mod verified;
pub mod world;

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use crate::certificate::{Certificate, ClaimProof, Gap, MomentBounds, Premise, Row, ScopeJson, SumTerm};
pub use github::github;
pub use gitlab::gitlab;
pub(crate) use json::pretty;
pub use json::{json, value};
pub use junit::{JunitOptions, junit};
pub use markdown::{GITHUB_SUMMARY, markdown};
pub use sarif::sarif;
pub(crate) use text::in_numbers;
pub use text::{TextOptions, finding_in_full, harmless, text};

/// The version of the JSON report.
pub const SCHEMA: u32 = 1;

/// What a check found.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Report {
    /// The version of this layout: [`SCHEMA`].
    pub schema: u32,
    /// Which program made it.
    pub tool: Tool,
    /// The day as of which waivers were judged.
    pub as_of: Option<String>,
    /// The counts.
    pub summary: Summary,
    /// What the proofs rest on: the codebook without its prose.
    pub space: Value,
    /// The findings, in order.
    pub findings: Vec<Finding>,
    /// Claims that could not be compared, and why.
    pub not_comparable: Vec<NotCompared>,
    /// Claims for which neither a world nor a contradiction was found.
    pub undecided: Vec<Undecided>,
    /// Per group of conflicts, which claims to withdraw.
    pub repair: Vec<Repair>,
    /// The groups of which not all conflicts are listed.
    pub cut: Vec<Cut>,
    /// How each claim fared, by its full name; not part of the JSON report.
    #[serde(skip)]
    pub coverage: BTreeMap<String, Coverage>,
    /// How many findings were left out because other rules or sources were asked for.
    pub left_out: usize,
    /// The sources, for people; not part of the JSON report.
    #[serde(skip)]
    pub sources: Vec<SourceName>,
    /// What was told of so many claims that not all is; missing where all is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub many: Option<ManyClaims>,
}

/// What a report tells of more claims than can be told of: the counts of its summary are of all, its findings are some.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct ManyClaims {
    /// How many pairs of figures cannot both be true.
    pub strict_pairs: u64,
    /// How many more cannot as a reader takes them.
    pub plain_pairs: u64,
    /// Whether the counting ended early, so that there may be more.
    pub at_least: bool,
    /// Whether there may be more conflicts of three claims and more than those that are told.
    pub sums_at_least: bool,
    /// How many figures are at fault: of each pair the one that is in more pairs.
    pub figures_at_fault: usize,
    /// How many pairs are told as findings: for each figure at fault one, as far as the limit goes, and those that are waived.
    pub told: usize,
}

/// A source, as a reader would look for it.
#[derive(Clone, Debug)]
pub struct SourceName {
    /// Its id.
    pub id: String,
    /// As prose names it: "Ahmed and Younus (2023)".
    pub name: String,
    /// Its title.
    pub title: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When, in words.
    pub published: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
    /// How many claims it makes.
    pub claims: usize,
}

/// Which program made a report.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Tool {
    /// `gainsay`.
    pub name: String,
    /// Its version.
    pub version: String,
}

impl Tool {
    /// This program.
    pub(crate) fn this() -> Self {
        Self { name: "gainsay".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() }
    }
}

/// The counts of a report; waived findings are left out of all but their own.
#[derive(Clone, Debug, Default, JsonSchema, Serialize)]
pub struct Summary {
    /// Sources read.
    pub sources: usize,
    /// Claims read.
    pub claims: usize,
    /// Findings that cannot be true.
    pub contradictions: usize,
    /// Findings that a reader would not expect to be true.
    pub tensions: usize,
    /// Remarks.
    pub notes: usize,
    /// Findings that are recorded as known.
    pub waived: usize,
    /// Claims in at least one conflict.
    pub in_conflict: usize,
    /// How the claims fared.
    pub coverage: CoverageCounts,
}

/// How many claims fared how; they add up to the claims read.
#[derive(Clone, Debug, Default, JsonSchema, Serialize)]
pub struct CoverageCounts {
    /// Compared with another claim.
    pub compared: usize,
    /// Nothing to compare with.
    pub alone: usize,
    /// Not comparable under either reading.
    pub not_comparable: usize,
    /// Neither a world nor a contradiction was found.
    pub undecided: usize,
    /// Replaced by a later claim.
    pub superseded: usize,
}

/// How one claim fared.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Coverage {
    /// Some other claim's scope is the same, contains its own, or lies in it.
    Compared,
    /// No other scope is.
    Alone,
    /// It gives no row under either reading.
    NotComparable,
    /// Neither a world nor a contradiction was found.
    Undecided,
    /// A later claim replaces it.
    Superseded,
}

/// How bad a finding is, the worst first.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, JsonSchema, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The claims cannot all be true.
    Contradiction,
    /// They cannot all be true as a reader takes them.
    Tension,
    /// A remark.
    Note,
}

impl Verdict {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Contradiction => "contradiction",
            Self::Tension => "tension",
            Self::Note => "note",
        }
    }
}

/// What makes a report fail: the exit status 1 of the command.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Failing {
    /// The mildest verdict that does; none when no finding does.
    pub least: Option<Verdict>,
    /// Whether claims that are undecided do.
    pub undecided: bool,
}

impl Failing {
    /// Whether a finding makes its report fail; a waived one does not.
    pub fn fails(self, finding: &Finding) -> bool {
        finding.waived.is_none() && self.least.is_some_and(|least| finding.verdict <= least)
    }

    /// Whether a report fails. What is counted and not told makes it fail like what is told.
    pub fn fails_of(self, report: &Report) -> bool {
        let of_untold = |(verdict, _): &(Verdict, usize)| self.least.is_some_and(|least| *verdict <= least);
        report.findings.iter().any(|finding| self.fails(finding))
            || report.untold().iter().any(of_untold)
            || (self.undecided && !report.undecided.is_empty())
    }
}

impl Report {
    /// How many findings are counted and not told, by verdict: of many claims only as many are told as were asked for.
    pub fn untold(&self) -> Vec<(Verdict, usize)> {
        if self.many.is_none() {
            return Vec::new();
        }
        let summary = &self.summary;
        let all = [
            (Verdict::Contradiction, summary.contradictions),
            (Verdict::Tension, summary.tensions),
            (Verdict::Note, summary.notes),
        ];
        let told = |verdict: Verdict| {
            let own = self.findings.iter().filter(|finding| finding.waived.is_none() && finding.verdict == verdict);
            own.count()
        };
        let more = all.map(|(verdict, all)| (verdict, all.saturating_sub(told(verdict))));
        more.into_iter().filter(|(_, more)| *more > 0).collect()
    }
}

/// A conflict, or a fault of encoding or sourcing.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Finding {
    /// Stable over runs: the rule and a hash of the rule and the claims.
    pub id: String,
    /// Which rule.
    pub rule: &'static str,
    /// How bad.
    pub verdict: Verdict,
    /// The reading under which the claims conflict; none when it is no conflict.
    pub reading: Option<&'static str>,
    /// Between whom: `one-source`, `sources`, `upstreams`.
    pub parties: &'static str,
    /// The upstream that all claims go back to.
    pub same_upstream: Option<String>,
    /// The waiver that records it as known.
    pub waived: Option<Waived>,
    /// Where it is to be mended, where that is in no claim: an entry of `waivers.json`.
    pub at: Option<At>,
    /// The group of findings that share claims.
    pub group: String,
    /// Whether it leads its group.
    pub lead: bool,
    /// How many findings that say the same are folded under this one.
    pub others: usize,
    /// The figure at fault, where other pairs with it are counted and not told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_fault: Option<AtFault>,
    /// The finding that this one is folded under; not part of the JSON report.
    #[serde(skip)]
    pub folded_under: Option<String>,
    /// One line that stands alone.
    pub headline: String,
    /// A paragraph.
    pub explanation: String,
    /// What might dissolve it.
    pub hints: Vec<Hint>,
    /// How far apart the figures are.
    pub gap: Option<Gap>,
    /// What was assumed.
    pub premises: Vec<Premise>,
    /// The claims.
    pub claims: Vec<FindingClaim>,
    /// The proof.
    pub certificate: Option<Certificate>,
}

/// A figure that clashes with many others, of which a finding tells one.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct AtFault {
    /// Its claim, `SOURCE/ID`.
    pub claim: String,
    /// With how many more figures it cannot both be true.
    pub others: u64,
}

/// A waiver as the finding that it records as known shows it.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Waived {
    /// Why the finding is let be.
    pub reason: String,
    /// Who decided.
    pub by: Option<String>,
    /// The last day on which the decision holds, as `2027-01-31`.
    pub until: Option<String>,
    /// Where the waiver stands.
    #[serde(flatten)]
    pub at: At,
}

impl Waived {
    /// Why, by whom and until when: "Both figures are as printed. (the coast desk, until 2027-01-31)"
    pub fn decision(&self) -> String {
        decision(&self.reason, self.by.as_deref(), self.until.as_deref())
    }
}

/// Why, by whom and until when.
pub(crate) fn decision(reason: &str, by: Option<&str>, until: Option<&str>) -> String {
    let until = until.map(|until| format!("until {until}"));
    let who: Vec<&str> = by.into_iter().chain(until.as_deref()).collect();
    let stop = if reason.ends_with(['.', '!', '?']) { "" } else { "." };
    if who.is_empty() { format!("{reason}{stop}") } else { format!("{reason}{stop} ({})", who.join(", ")) }
}

/// A place in a file of the claims folder.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct At {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
}

/// What might dissolve a finding; it never changes a verdict.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Hint {
    /// Which kind.
    pub kind: &'static str,
    /// In words.
    pub text: String,
}

/// One claim of a finding, with all that a proof needs of it.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct FindingClaim {
    /// `SOURCE/ID`.
    pub claim: String,
    /// The source.
    pub source: String,
    /// The phrase that carries the claim.
    pub quote: String,
    /// What it says, in words.
    pub said: String,
    /// What it is in the proof: figure, part, whole, base, change, date, order, fact.
    pub role: &'static str,
    /// How the source stands to it.
    pub voice: &'static str,
    /// Whom the source credits.
    pub attributed_to: Vec<String>,
    /// What it says in numbers, by its form.
    #[serde(flatten)]
    pub proof: ClaimProof,
    /// The encoder's remark.
    pub note: Option<String>,
    /// The claims file.
    pub file: String,
    /// Its line there.
    pub line: u32,
    /// Its column there.
    pub column: u32,
    /// Where the quote stands in the source's text: "line 22"; not part of the JSON report.
    #[serde(skip)]
    pub place: Option<String>,
    /// The source as prose names it; not part of the JSON report.
    #[serde(skip)]
    pub source_name: String,
    /// Whom the source credits, as prose names them; not part of the JSON report.
    #[serde(skip)]
    pub credits: Option<String>,
}

/// A claim that could not be compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, JsonSchema, Serialize, Deserialize)]
pub struct NotCompared {
    /// `SOURCE/ID`.
    pub claim: String,
    /// Under which reading: `strict`, `plain`, `both`.
    pub reading: Cow<'static, str>,
    /// Why.
    pub reason: String,
}

/// Claims about which nothing was decided.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Undecided {
    /// `SOURCE/ID` of each.
    pub claims: Vec<String>,
    /// Under which reading.
    pub reading: &'static str,
    /// After how many steps.
    pub steps: u64,
    /// How many more claims there are than those that are named.
    #[serde(skip_serializing_if = "is_none")]
    pub more: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "this is what serde asks for")]
fn is_none(more: &usize) -> bool {
    *more == 0
}

impl Undecided {
    /// The claims in a list: "a/1, a/2 and 12 more".
    pub fn named(&self) -> String {
        let named = self.claims.join(", ");
        if self.more == 0 { named } else { format!("{named} and {} more", self.more) }
    }
}

/// What to withdraw so that the other claims of a group can all be true, under both readings.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Repair {
    /// Which group.
    pub group: String,
    /// The claim that is in most conflicts of the group: what to check first. `SOURCE/ID`.
    pub first: String,
    /// In how many of them.
    pub dissolves: usize,
    /// How many conflicts the group has.
    pub conflicts: usize,
    /// The smallest sets of claims without which the others have a world, at most ten; where not all conflicts are listed
    /// one set at most, which may be larger than need be.
    pub smallest: Vec<Vec<String>>,
    /// Whether no smaller set will do.
    pub exact: bool,
}

/// A group that may have conflicts beyond those listed.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Cut {
    /// Which group.
    pub group: String,
    /// How many conflicts of more than two claims were asked for.
    pub limit: usize,
}
