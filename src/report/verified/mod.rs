//! What `gainsay verify` found, in plain data, and its renderers.
//!
//! # Layout of the JSON
//!
//! `schema` goes up when a field changes its meaning. Lines are numbers from 1; `[first, last]` is a stretch of them.
//!
//! | key | value |
//! | --- | --- |
//! | `schema`, `tool` | as in the report of `check` |
//! | `summary` | counts: `sources` and `claims` read; `contradictions`, `tensions`, `notes`, and findings that are `waived`; how the claims' quotes fared: `at_line`, `without_line` (found, and the claim names no line), `moved`, `missing`, `not_verified`, which add up to `claims`; `repeated`; of the lines that hold something to encode, `lines.by_claims`, `lines.by_omissions` and `lines.uncovered` |
//! | `findings` | of the rules `quote-not-found` and `figure-not-in-quote` (and `unused-waiver` and `expired-waiver` of the former's waivers), each as in the report of `check`, and `nearest` |
//! | `moved` | quotes that stand at another line than their claims say (tensions): `claim`, `file`, the `line` that is said, `found` where the quote stands nearest to it, `equally_near` elsewhere, `fixed` if `--fix-lines` wrote the first line of `found` into the file |
//! | `repeated` | quotes that stand in several places (notes): `claim`, `quote`, the first `places`, and how many `more` |
//! | `uncovered` | lines with something to encode that no claim's quote touches and no omission covers (notes), in stretches: `source`, `lines`, and the beginning of each as `excerpts` |
//! | `omissions_unused` | entries of `omitted.json` of whose lines none needs one, or that say again what entries before them say (tensions): `source`, `lines`, `reason`, `why`, and the entry's own `entry_line` and `entry_column` |
//! | `not_verified` | claims that were not looked for: `claim`, `reason` |
//!
//! `nearest` of a finding is the passage that is most like the quote (null: none is at least half like it): the `lines` on which it stands, the
//! first of them as `line`, the `passage`, the `similarity` as a fraction (twice the characters that are the same over
//! those of both), and the `diff`, a list of `{"op": "equal" | "delete" | "insert", "text"}`: what is equal or deleted
//! makes up the quote (or, where only a part between `[...]` is missing, that part), what is equal or inserted the passage,
//! both with white space and typography folded.

mod json;
mod text;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::report::{Finding, Tool, Verdict};
use crate::texts::Change;

pub use json::verified_json;
pub use text::verified_text;

/// The version of the JSON of a verification.
pub const VERIFIED_SCHEMA: u32 = 1;

/// How the quotes of a corpus fared against the sources' texts; see the module for its JSON.
#[derive(Clone, Debug, Serialize)]
pub struct Verified {
    /// The version of this layout: [`VERIFIED_SCHEMA`].
    pub schema: u32,
    /// Which program made it.
    pub tool: Tool,
    /// The counts.
    pub summary: VerifiedSummary,
    /// Quotes that are not there, and figures that are not in their quotes.
    pub findings: Vec<QuoteFinding>,
    /// Quotes at other lines than their claims say.
    pub moved: Vec<Moved>,
    /// Quotes in several places.
    pub repeated: Vec<Repeated>,
    /// Lines that nobody accounts for.
    pub uncovered: Vec<Uncovered>,
    /// Omissions that nothing needs.
    pub omissions_unused: Vec<OmissionUnused>,
    /// Claims that were not looked for.
    pub not_verified: Vec<NotVerified>,
}

/// The counts of a verification.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct VerifiedSummary {
    /// Sources read.
    pub sources: usize,
    /// Claims read.
    pub claims: usize,
    /// Findings that a quote does not carry its claim.
    pub contradictions: usize,
    /// Moved lines that were not corrected, and unused omissions.
    pub tensions: usize,
    /// Remarks, repeated quotes and stretches of uncovered lines.
    pub notes: usize,
    /// Findings that are recorded as known; they are in no other count.
    pub waived: usize,
    /// Claims whose quote is at its line.
    pub at_line: usize,
    /// Claims whose quote was found and that name no line.
    pub without_line: usize,
    /// Claims whose quote is at another line.
    pub moved: usize,
    /// Claims whose quote was not found.
    pub missing: usize,
    /// Claims that were not looked for.
    pub not_verified: usize,
    /// Claims whose quote stands in several places.
    pub repeated: usize,
    /// What became of the lines that hold something to encode.
    pub lines: LineCounts,
}

/// How many lines that hold something to encode are accounted for by what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LineCounts {
    /// A claim's quote touches them.
    pub by_claims: usize,
    /// An omission covers them, and no claim does.
    pub by_omissions: usize,
    /// Nobody.
    pub uncovered: usize,
}

/// A finding with the passage that is most like its quote.
#[derive(Clone, Debug, Serialize)]
pub struct QuoteFinding {
    /// The finding.
    #[serde(flatten)]
    pub finding: Finding,
    /// What stands in the text instead, for a quote that is not there.
    pub nearest: Option<NearestPassage>,
}

/// The passage that is most like a quote.
#[derive(Clone, Debug, Serialize)]
pub struct NearestPassage {
    /// Its first line.
    pub line: u32,
    /// Its first and its last line.
    pub lines: (u32, u32),
    /// Its words, folded.
    pub passage: String,
    /// Twice the characters that are the same over those of both.
    pub similarity: String,
    /// What differs, word by word.
    pub diff: Vec<Change>,
}

/// A quote at another line than its claim says.
#[derive(Clone, Debug, Serialize)]
pub struct Moved {
    /// `SOURCE/ID`.
    pub claim: String,
    /// The claims file.
    pub file: String,
    /// The line that the claim says.
    pub line: u32,
    /// Where the quote stands nearest to it.
    pub found: (u32, u32),
    /// Where else it stands as near.
    pub equally_near: Vec<(u32, u32)>,
    /// Whether the claim's line was corrected.
    pub fixed: bool,
    /// The quote; not part of the JSON.
    #[serde(skip)]
    pub quote: String,
    /// The claim's id in its file; not part of the JSON.
    #[serde(skip)]
    pub id: String,
}

/// A quote in several places.
#[derive(Clone, Debug, Serialize)]
pub struct Repeated {
    /// `SOURCE/ID`.
    pub claim: String,
    /// The quote.
    pub quote: String,
    /// The first of the places.
    pub places: Vec<(u32, u32)>,
    /// How many more there are.
    pub more: usize,
}

/// Consecutive lines that nobody accounts for.
#[derive(Clone, Debug, Serialize)]
pub struct Uncovered {
    /// The source.
    pub source: String,
    /// The first and the last line.
    pub lines: (u32, u32),
    /// How each begins.
    pub excerpts: Vec<String>,
}

/// An omission that nothing needs.
#[derive(Clone, Debug, Serialize)]
pub struct OmissionUnused {
    /// The source.
    pub source: String,
    /// The first and the last line.
    pub lines: (u32, u32),
    /// The reason that was recorded.
    pub reason: String,
    /// Why nothing needs it.
    pub why: &'static str,
    /// The line of the entry in `omitted.json`.
    pub entry_line: u32,
    /// Its column there.
    pub entry_column: u32,
}

/// A claim that was not looked for.
#[derive(Clone, Debug, Serialize)]
pub struct NotVerified {
    /// `SOURCE/ID`.
    pub claim: String,
    /// Why.
    pub reason: &'static str,
}

impl Verified {
    /// Whether there is anything as bad as a verdict, or worse.
    pub fn has(&self, verdict: Verdict) -> bool {
        let VerifiedSummary { contradictions, tensions, notes, .. } = self.summary;
        let counts = [(Verdict::Contradiction, contradictions), (Verdict::Tension, tensions), (Verdict::Note, notes)];
        counts.into_iter().any(|(of, count)| of <= verdict && count > 0)
    }

    /// The numbers of lines that can be corrected, by the claims file's path and the claim's id: those of quotes of which
    /// one place is the nearest.
    pub fn corrections(&self) -> BTreeMap<String, BTreeMap<String, u32>> {
        let mut corrections: BTreeMap<String, BTreeMap<String, u32>> = BTreeMap::new();
        for moved in self.moved.iter().filter(|moved| moved.equally_near.is_empty()) {
            corrections.entry(moved.file.clone()).or_default().insert(moved.id.clone(), moved.found.0);
        }
        corrections
    }

    /// Notes that the lines of a claims file were corrected; they are no tensions any more.
    pub fn corrected(&mut self, file: &str) {
        for moved in self.moved.iter_mut().filter(|moved| moved.file == file && moved.equally_near.is_empty()) {
            if !moved.fixed {
                moved.fixed = true;
                self.summary.tensions = self.summary.tensions.saturating_sub(1);
            }
        }
    }
}
