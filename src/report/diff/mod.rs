//! What a change to the claims adds and resolves, in plain data, and its renderers.
//!
//! # Layout of the JSON
//!
//! `schema` goes up when a field changes its meaning.
//!
//! | key | value |
//! | --- | --- |
//! | `schema`, `tool` | as in the report of `check` |
//! | `old`, `new` | the two sides: `name`, what each is (`kind`: `folder`, `revision` or `report`), how many `claims` and `sources` it has, and its counts of `contradictions`, `tensions` and `notes` that are not waived, and of `waived` findings; and in how many groups the search was `cut`, so that not all conflicts are listed |
//! | `summary` | counts: per verdict how many findings were `added`, `resolved` and `changed`, and under `waived` how many of the added and the changed are waived on the new side; `claims_added`, `claims_removed`, `claims_changed` |
//! | `codebook` | what of the codebook, as far as findings rest on it, stands on one side only or differs: `what`, `old`, `new` (null where it is missing); of policies, units and upstreams only where both sides are folders |
//! | `sources` | sources that stand on one side only or are described otherwise, likewise, where both sides are folders |
//! | `findings` | `added` and `resolved`, each a finding; `changed`, each the finding as it is now, `was` (its `verdict`, `headline`, `waived`) and `diff` of the headlines |
//! | `claims` | `added`, `removed`, `changed`; and `all`: whether both sides know all their claims, or (in a report) only those in findings. A changed claim has `fields`: the `field`, its text on the `old` and the `new` side and their `diff` |
//! | `comparable` | `now` and `no_longer`: claims that became comparable or ceased to be, under which `reading`, with the `reason` why they were not, or are not. A new claim that is not comparable is among the latter |
//! | `undecided` | `now` and `no_longer`: sets of claims about which nothing was decided, each with its `reading` |
//!
//! A finding has `id`, `rule`, `verdict`, `reading`, `headline`, `explanation`, `waived` (why, by whom and until when in one text, or null), `at` (for one
//! about a waiver) and its `claims`, each with `claim`, `said`, `quote`, `file`, `line`. A diff is a list of `{"op": "equal" |
//! "delete" | "insert", "text"}`, word by word.

mod json;
mod markdown;
mod text;

use serde::{Deserialize, Serialize};

use crate::report::{NotCompared, Tool, Verdict};
use crate::texts::Change;

pub use json::difference_json;
pub use markdown::difference_markdown;
pub use text::difference_text;

/// The version of the JSON of a difference.
pub const DIFFERENCE_SCHEMA: u32 = 1;

/// What lies between two states of a claims folder; see the module for its JSON.
#[derive(Clone, Debug, Serialize)]
pub struct Difference {
    /// The version of this layout: [`DIFFERENCE_SCHEMA`].
    pub schema: u32,
    /// Which program made it.
    pub tool: Tool,
    /// The state before.
    pub old: SideCounts,
    /// The state after.
    pub new: SideCounts,
    /// The counts.
    pub summary: DifferenceSummary,
    /// What of the codebook is not the same.
    pub codebook: Vec<Redefined>,
    /// Sources that came, went, or are described otherwise.
    pub sources: Vec<Redefined>,
    /// Findings that came, went or changed.
    pub findings: FindingsChanged,
    /// Claims that came, went or changed.
    pub claims: ClaimsChanged,
    /// Claims that became comparable, or ceased to be.
    pub comparable: ComparableChanged,
    /// Sets of claims about which nothing was decided.
    pub undecided: UndecidedChanged,
}

/// One side of a difference.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SideCounts {
    /// As it was named.
    pub name: String,
    /// `folder`, `revision` or `report`.
    pub kind: &'static str,
    /// How many sources it has.
    pub sources: usize,
    /// How many claims.
    pub claims: usize,
    /// How many contradictions that are not waived.
    pub contradictions: usize,
    /// How many tensions that are not waived.
    pub tensions: usize,
    /// How many notes that are not waived.
    pub notes: usize,
    /// How many waived findings.
    pub waived: usize,
    /// In how many groups of claims the search for conflicts ended early, so that not all are listed.
    pub cut: usize,
}

/// How many findings of each verdict.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PerVerdict {
    /// Contradictions.
    pub contradictions: usize,
    /// Tensions.
    pub tensions: usize,
    /// Notes.
    pub notes: usize,
}

impl PerVerdict {
    pub(crate) fn of(verdicts: impl Iterator<Item = Verdict>) -> Self {
        let mut counts = Self::default();
        for verdict in verdicts {
            match verdict {
                Verdict::Contradiction => counts.contradictions += 1,
                Verdict::Tension => counts.tensions += 1,
                Verdict::Note => counts.notes += 1,
            }
        }
        counts
    }

    /// All of them.
    pub fn all(self) -> usize {
        self.contradictions + self.tensions + self.notes
    }
}

/// The counts of a difference.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DifferenceSummary {
    /// Findings that were not there, waived or not.
    pub added: PerVerdict,
    /// Findings that are no longer there.
    pub resolved: PerVerdict,
    /// Findings whose verdict, headline or waiver is another.
    pub changed: PerVerdict,
    /// How many of those added and changed are waived by now.
    pub waived: usize,
    /// Claims that were not there.
    pub claims_added: usize,
    /// Claims that are no longer there.
    pub claims_removed: usize,
    /// Claims that say something else, or are quoted or credited otherwise.
    pub claims_changed: usize,
}

/// A part of the codebook, or a source's description, that is not the same on both sides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Redefined {
    /// Which: "term `sindh` of `place`".
    pub what: String,
    /// As it was; none where it is new.
    pub old: Option<String>,
    /// As it is; none where it is gone.
    pub new: Option<String>,
}

/// Findings that came, went or changed.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FindingsChanged {
    /// Those that were not there.
    pub added: Vec<SideFinding>,
    /// Those that are no longer there.
    pub resolved: Vec<SideFinding>,
    /// Those of which something is another.
    pub changed: Vec<ChangedFinding>,
}

/// A finding as one side has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SideFinding {
    /// Its id.
    pub id: String,
    /// Its rule.
    pub rule: String,
    /// How bad.
    pub verdict: Verdict,
    /// The reading under which its claims conflict.
    pub reading: Option<String>,
    /// One line.
    pub headline: String,
    /// A paragraph.
    pub explanation: String,
    /// Why it is let be, by whom and until when, if it is.
    pub waived: Option<String>,
    /// The entry of `waivers.json` that it is about: file and line.
    pub at: Option<String>,
    /// Its claims.
    pub claims: Vec<SideClaim>,
}

/// A finding of which something is another.
#[derive(Clone, Debug, Serialize)]
pub struct ChangedFinding {
    /// As it is.
    #[serde(flatten)]
    pub finding: SideFinding,
    /// As it was.
    pub was: Was,
    /// What differs between the headlines.
    pub diff: Vec<Change>,
}

/// What a changed finding was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Was {
    /// How bad.
    pub verdict: Verdict,
    /// Its line.
    pub headline: String,
    /// Why it was let be, by whom and until when, if it was.
    pub waived: Option<String>,
}

/// A claim as one side has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SideClaim {
    /// `SOURCE/ID`.
    pub claim: String,
    /// What it says, in words.
    pub said: String,
    /// The phrase that carries it.
    pub quote: String,
    /// The claims file.
    pub file: String,
    /// Its line there.
    pub line: u64,
    /// What is compared of it beside these, by the names that people are told.
    #[serde(skip)]
    pub other: Vec<(&'static str, String)>,
}

/// Claims that came, went or changed.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ClaimsChanged {
    /// Whether both sides know all their claims; a report knows those in findings only.
    pub all: bool,
    /// Those that were not there.
    pub added: Vec<SideClaim>,
    /// Those that are no longer there.
    pub removed: Vec<SideClaim>,
    /// Those that differ.
    pub changed: Vec<ChangedClaim>,
}

/// A claim that differs.
#[derive(Clone, Debug, Serialize)]
pub struct ChangedClaim {
    /// `SOURCE/ID`.
    pub claim: String,
    /// The claims file, as it is.
    pub file: String,
    /// Its line there.
    pub line: u64,
    /// What differs.
    pub fields: Vec<ChangedField>,
}

/// A part of a claim that differs.
#[derive(Clone, Debug, Serialize)]
pub struct ChangedField {
    /// Which: `says`, `quote`, `voice`, `credits`, `note`; `superseded by`; and where `says` shows no
    /// difference `numbers` (bounds and scope, word for word) and `numbers, as a reader takes them`.
    pub field: &'static str,
    /// As it was; empty where there was none.
    pub old: String,
    /// As it is.
    pub new: String,
    /// What differs.
    pub diff: Vec<Change>,
}

/// Claims that became comparable, or ceased to be.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ComparableChanged {
    /// Those that are comparable now, with the reason why they were not.
    pub now: Vec<NotCompared>,
    /// Those that are not comparable and were, or are new.
    pub no_longer: Vec<NotCompared>,
}

/// Sets of claims about which nothing was decided, on one side only.
#[derive(Clone, Debug, Default, Serialize)]
pub struct UndecidedChanged {
    /// On the new side.
    pub now: Vec<UndecidedClaims>,
    /// On the old side.
    pub no_longer: Vec<UndecidedClaims>,
}

/// Claims about which nothing was decided.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct UndecidedClaims {
    /// `SOURCE/ID` of each.
    pub claims: Vec<String>,
    /// Under which reading.
    pub reading: String,
}

impl Difference {
    /// Whether there is a finding that is not waived, as bad as a verdict or worse, and was not there, or was waived, or
    /// was milder.
    pub fn has_new(&self, least: Verdict) -> bool {
        let bad = |finding: &SideFinding| finding.waived.is_none() && finding.verdict <= least;
        let worse =
            |changed: &ChangedFinding| changed.was.waived.is_some() || changed.was.verdict > changed.finding.verdict;
        self.findings.added.iter().any(bad)
            || self.findings.changed.iter().any(|changed| bad(&changed.finding) && worse(changed))
    }

    /// Findings that were waived and are no longer.
    pub(in crate::report) fn open_again(&self) -> impl Iterator<Item = &ChangedFinding> {
        self.findings.changed.iter().filter(|changed| changed.was.waived.is_some() && changed.finding.waived.is_none())
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        let Self { summary, codebook, sources, comparable, undecided, .. } = self;
        let findings = summary.added.all() + summary.resolved.all() + summary.changed.all();
        let claims = summary.claims_added + summary.claims_removed + summary.claims_changed;
        let rest = codebook.len() + sources.len() + comparable.now.len() + comparable.no_longer.len();
        findings + claims + rest + undecided.now.len() + undecided.no_longer.len() == 0
    }
}

impl Redefined {
    /// What happened to it, in a phrase.
    pub fn told(&self) -> String {
        let Self { what, old, new } = self;
        match (old.as_deref(), new.as_deref()) {
            (Some(old), Some(new)) => format!("{what}: was {old}; is {new}"),
            (None, _) => format!("{what} is new"),
            (Some(_), None) => format!("{what} is gone"),
        }
    }
}
