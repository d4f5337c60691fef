//! What gainsay looks for: one file per rule, and the one list of them.
//!
//! A conflict rule names the shape of a proven conflict; the others look for faults of encoding and sourcing themselves.
//! A rule never imports another. Its page is what `gainsay explain RULE` prints, and the example on it is run by a test.

mod anachronism;
mod change_mismatch;
mod date_disagreement;
mod disagreement;
mod duplicate_claim;
mod expired_waiver;
mod fact_conflict;
mod figure_not_in_quote;
mod look_alike;
mod opposed_advice;
mod order_violation;
mod part_exceeds_whole;
mod parts_exceed_whole;
mod parts_fall_short;
mod quote_not_found;
mod scope_drift;
mod sums_conflict;
mod unused_waiver;

use data_encoding::BASE32_NOPAD;
use sha2::{Digest, Sha256};

use crate::certificate::{Premise, Proof};
use crate::claim::{Claim, ClaimId, Corpus, Waiver};
use crate::codebook::Codebook;
use crate::edtf::Day;
use crate::report::{At, Verdict};

pub(crate) use figure_not_in_quote::without_figure;
pub(crate) use quote_not_found::{Missing, remark as quote_not_found};

/// A rule as people meet it.
#[derive(Copy, Clone, Debug)]
pub struct Rule {
    /// Its name; it names the defect, never the remedy.
    pub id: &'static str,
    /// What it says, in one line.
    pub summary: &'static str,
    /// The worst verdict that it gives.
    pub worst: Verdict,
    /// Its page, in Markdown: what it says, why it matters, an example, how to resolve it.
    pub page: &'static str,
}

/// Every rule, by name.
pub const ALL: [&Rule; 18] = [
    &anachronism::RULE,
    &change_mismatch::RULE,
    &date_disagreement::RULE,
    &disagreement::RULE,
    &duplicate_claim::RULE,
    &expired_waiver::RULE,
    &fact_conflict::RULE,
    &figure_not_in_quote::RULE,
    &look_alike::RULE,
    &opposed_advice::RULE,
    &order_violation::RULE,
    &part_exceeds_whole::RULE,
    &parts_exceed_whole::RULE,
    &parts_fall_short::RULE,
    &quote_not_found::RULE,
    &scope_drift::RULE,
    &sums_conflict::RULE,
    &unused_waiver::RULE,
];

/// The rules that need the sources' texts: `gainsay verify` looks for these, and `gainsay check` cannot.
pub const OF_TEXTS: [&Rule; 1] = [&quote_not_found::RULE];

/// The rules that look at claims beside each other and are not looked for among many.
pub const NOT_OF_MANY: [&Rule; 3] = [&duplicate_claim::RULE, &scope_drift::RULE, &look_alike::RULE];

/// The rules that `gainsay check` looks for, by name.
pub fn of_check() -> Vec<&'static Rule> {
    ALL.into_iter().filter(|rule| OF_TEXTS.iter().all(|of_texts| of_texts.id != rule.id)).collect()
}

/// The rule of a name.
pub fn find(id: &str) -> Option<&'static Rule> {
    ALL.into_iter().find(|rule| rule.id == id)
}

/// The rule that a proven conflict falls under, and its verdict: the first that fits, in the order of the design.
pub fn classify(corpus: &Corpus, proof: &Proof) -> Option<(&'static Rule, Verdict)> {
    const SHAPES: [fn(&Corpus, &Proof) -> Option<Verdict>; 10] = [
        date_disagreement::fits,
        order_violation::fits,
        change_mismatch::fits,
        fact_conflict::fits,
        opposed_advice::fits,
        disagreement::fits,
        part_exceeds_whole::fits,
        parts_exceed_whole::fits,
        parts_fall_short::fits,
        sums_conflict::fits,
    ];
    const RULES: [&Rule; 10] = [
        &date_disagreement::RULE,
        &order_violation::RULE,
        &change_mismatch::RULE,
        &fact_conflict::RULE,
        &opposed_advice::RULE,
        &disagreement::RULE,
        &part_exceeds_whole::RULE,
        &parts_exceed_whole::RULE,
        &parts_fall_short::RULE,
        &sums_conflict::RULE,
    ];
    SHAPES.iter().zip(RULES).find_map(|(fits, rule)| fits(corpus, proof).map(|verdict| (rule, verdict)))
}

/// The verdict of a conflict of figures or dates: what only the plain reading excludes is a tension.
fn by_reading(proof: &Proof) -> Verdict {
    match proof.reading {
        crate::claim::Reading::Strict => Verdict::Contradiction,
        crate::claim::Reading::Plain => Verdict::Tension,
    }
}

/// A fault of encoding or sourcing.
#[derive(Clone, Debug)]
pub struct Remark {
    /// Which rule.
    pub rule: &'static Rule,
    /// How bad.
    pub verdict: Verdict,
    /// About which claims, each with its role.
    pub claims: Vec<ClaimId>,
    /// One line that stands alone.
    pub headline: String,
    /// A paragraph.
    pub explanation: String,
    /// What was taken for granted.
    pub premises: Vec<Premise>,
    /// Remarks of one rule with the same cause are folded under the first of them.
    pub cause: Option<String>,
    /// The waiver that it is about, and not claims.
    pub waiver: Option<WaiverAt>,
}

/// The waiver that a remark is about.
#[derive(Clone, Debug)]
pub struct WaiverAt {
    /// What tells it from other waivers: the finding that it names and, where several name that, which of them it is.
    pub names: Vec<String>,
    /// Where it stands.
    pub at: At,
}

impl Remark {
    fn of_waiver(
        rule: &'static Rule,
        verdict: Verdict,
        waiver: &Waiver,
        claims: Vec<ClaimId>,
        headline: String,
        explanation: String,
    ) -> Self {
        let at = At { file: waiver.file.clone(), line: waiver.position.line, column: waiver.position.column };
        let waiver = Some(WaiverAt { names: vec![waiver.finding.clone()], at });
        Self { rule, verdict, claims, headline, explanation, premises: Vec::new(), cause: None, waiver }
    }
}

/// Why a waiver waives nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WaiverFault {
    /// Its last day is past.
    Expired(Day),
    /// Its claims do not say what they said.
    Changed,
    /// It names another rule or other claims than the finding has.
    OfOtherClaims,
    /// There is no such finding.
    NothingFound,
    /// These of its claims are not in the corpus.
    WithoutClaims(Vec<String>),
    /// There is no rule of its name.
    UnknownRule,
    /// The entry at this line waives the same finding.
    Again(u32),
}

/// What is to be said of a waiver that waives nothing; `claims` are those of its claims that are there.
pub(crate) fn useless_waiver(waiver: &Waiver, fault: &WaiverFault, claims: Vec<ClaimId>) -> Option<Remark> {
    expired_waiver::remark(waiver, fault, claims.clone()).or_else(|| unused_waiver::remark(waiver, fault, claims))
}

/// The id of a finding: the rule, and the first twelve characters of a hash over the rule and the sorted names of its
/// claims (of a finding about a waiver: over the rule and the finding that the waiver names, with its number if it is not the
/// first such waiver), a line each.
pub(crate) fn finding_id(rule: &str, names: &mut [&str]) -> String {
    names.sort_unstable();
    let text = std::iter::once(rule).chain(names.iter().copied()).collect::<Vec<_>>().join("\n");
    let hash = BASE32_NOPAD.encode(&Sha256::digest(text)).to_lowercase();
    format!("{rule}-{}", hash.chars().take(12).collect::<String>())
}

/// Every fault of encoding and sourcing, unsorted.
pub fn remarks(corpus: &Corpus) -> Vec<Remark> {
    const RULES: [fn(&Corpus) -> Vec<Remark>; 5] = [
        figure_not_in_quote::remarks,
        anachronism::remarks,
        scope_drift::remarks,
        duplicate_claim::remarks,
        look_alike::remarks,
    ];
    RULES.iter().flat_map(|remarks| remarks(corpus)).collect()
}

/// The faults that a claim has by itself.
pub(crate) fn of_single_claims(corpus: &Corpus) -> Vec<Remark> {
    let mut remarks = figure_not_in_quote::remarks(corpus);
    remarks.extend(anachronism::remarks(corpus));
    remarks
}

/// Whether a claim's quote surely carries its figure, or holds none.
pub(crate) fn quote_carries(codebook: &Codebook, claim: &Claim) -> bool {
    figure_not_in_quote::judge(codebook, claim).is_none()
}

/// The faults of the claims' figures beside their quotes alone.
pub(crate) fn of_figures(corpus: &Corpus) -> Vec<Remark> {
    figure_not_in_quote::remarks(corpus)
}
