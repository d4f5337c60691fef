//! How little and how much there can be in a scope, in plain data, and its renderers.
//!
//! The JSON has `schema`, `tool`, `reading`; `asked`: the `measure` and the `scope` as a box; `answer`: a sentence; `least` and
//! `greatest`, each null where nothing binds that end, else an object with `value`, `open` (the value itself is excluded),
//! `rounded` (for a measure of whole things the whole number at or inside the end, else null), `claims` (as in a finding) and
//! `certificate`; `held`: how many claims the answer rests on; `left_out`: the claims on this very scope that it leaves
//! out; `undecided`: whether no answer was found within the limits; and `space`, as in the report.
//!
//! `gainsay verify-report` adds the certificates up; [`verify`](crate::certificate::verify) documents their layout.

mod text;

use serde::Serialize;
use serde_json::Value;

use crate::report::json::pretty;
use crate::report::world::LeftOut;
use crate::report::{Certificate, FindingClaim, ScopeJson, Tool};

pub use text::answer_text;

/// What all claims in no conflict allow in a scope; see the module for its JSON.
#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    /// The version of this layout: that of the report.
    pub schema: u32,
    /// Which program made it.
    pub tool: Tool,
    /// How strictly hedges are taken.
    pub reading: &'static str,
    /// What was asked.
    pub asked: Asked,
    /// In a sentence.
    pub answer: String,
    /// The least that there can be; none: nothing says that there is anything.
    pub least: Option<Bound>,
    /// The most that there can be; none: nothing says that there is not more.
    pub greatest: Option<Bound>,
    /// How many claims it rests on.
    pub held: usize,
    /// Claims on this very scope that it does not rest on.
    pub left_out: Vec<LeftOut>,
    /// Whether no answer was found within the limits.
    pub undecided: bool,
    /// What the proofs rest on: the codebook without its prose.
    pub space: Value,
}

/// A question.
#[derive(Clone, Debug, Serialize)]
pub struct Asked {
    /// Of what.
    pub measure: String,
    /// Where, when, by whom.
    pub scope: ScopeJson,
}

/// One end of what is possible.
#[derive(Clone, Debug, Serialize)]
pub struct Bound {
    /// The end, in base units.
    pub value: String,
    /// Whether the end itself is excluded.
    pub open: bool,
    /// The whole number at the end or next to it, for what comes in whole things.
    pub rounded: Option<String>,
    /// The claims that bind it.
    pub claims: Vec<FindingClaim>,
    /// The proof.
    pub certificate: Certificate,
}

/// An answer as JSON, indented, with a final line break.
pub fn answer_json(answer: &Answer) -> String {
    pretty(answer)
}
