//! A new entry of `waivers.json`.

use serde::Serialize;

use crate::claim::{ClaimId, Corpus};
use crate::edtf::Day;
use crate::layout;
use crate::load::WaiverEntry;
use crate::report::Finding;
use crate::waiver::says;

/// How far in an entry stands in the canonical layout, which decides what fits on its lines.
const INDENT: usize = 4;
const MARGIN: &str = "    ";

/// A decision that a finding is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Why it is let be.
    pub reason: String,
    /// Who decides.
    pub by: String,
    /// The last day on which that holds; none: as long as the claims say what they say.
    pub until: Option<Day>,
}

/// An entry as the file has it; its keys come in this order.
#[derive(Serialize)]
struct Written<'a> {
    finding: &'a str,
    rule: &'a str,
    claims: Vec<&'a str>,
    says: String,
    reason: &'a str,
    by: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
}

/// The entry that records a finding of this corpus as known.
pub fn entry(corpus: &Corpus, finding: &Finding, decision: &Decision) -> WaiverEntry {
    let mut claims: Vec<&str> = finding.claims.iter().map(|claim| claim.claim.as_str()).collect();
    claims.sort_unstable();
    let named = |&(id, _): &(ClaimId, _)| claims.binary_search(&corpus.name(id).as_str()).is_ok();
    let ids: Vec<ClaimId> = corpus.claims().filter(named).map(|(id, _)| id).collect();
    let written = Written {
        finding: &finding.id,
        rule: finding.rule,
        says: says(corpus, finding.rule, finding.verdict, &ids),
        claims: claims.clone(),
        reason: &decision.reason,
        by: &decision.by,
        until: decision.until.map(|day| day.to_string()),
    };
    // OK because texts and lists of texts can always be written.
    let text = layout::entry(&written, INDENT).unwrap_or_default();
    // The file's own margin takes the place of this one.
    let lines: Vec<&str> = text.lines().map(|line| line.strip_prefix(MARGIN).unwrap_or(line)).collect();
    WaiverEntry {
        claims: claims.into_iter().map(str::to_owned).collect(),
        finding: finding.id.clone(),
        text: lines.join("\n"),
    }
}
