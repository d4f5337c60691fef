//! What gainsay looks for: one file per rule, and the one list of them.
//!
//! A conflict rule names the shape of a proven conflict; the others look for faults of encoding and sourcing themselves.
//! A rule never imports another. Its page is what `gainsay explain RULE` prints, and the example on it is run by a test.

mod anachronism;
mod change_mismatch;
mod date_disagreement;
mod disagreement;
mod duplicate_claim;
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

use crate::certificate::{Premise, Proof};
use crate::claim::{ClaimId, Corpus};
use crate::report::Verdict;

pub(crate) use figure_not_in_quote::without_figure;
pub(crate) use quote_not_found::{Missing, remark as quote_not_found};

/// A rule as people meet it.
#[derive(Copy, Clone, Debug)]
pub struct Rule {
    /// Its name; it names the defect, never the remedy.
    pub id: &'static str,
    /// What it says, in one line.
    pub summary: &'static str,
    /// Its page, in Markdown: what it says, why it matters, an example, how to resolve it.
    pub page: &'static str,
}

/// Every rule, by name.
pub const ALL: [&Rule; 16] = [
    &anachronism::RULE,
    &change_mismatch::RULE,
    &date_disagreement::RULE,
    &disagreement::RULE,
    &duplicate_claim::RULE,
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
];

/// The rules that need the sources' texts: `gainsay verify` looks for these, and `gainsay check` cannot.
pub const OF_TEXTS: [&Rule; 1] = [&quote_not_found::RULE];

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

/// The faults of the claims' figures beside their quotes alone.
pub(crate) fn of_figures(corpus: &Corpus) -> Vec<Remark> {
    figure_not_in_quote::remarks(corpus)
}
