#![doc = include_str!("date_disagreement.md")]

use super::{Rule, by_reading};
use crate::certificate::{Conflict, Proof};
use crate::claim::Corpus;
use crate::report::Verdict;

pub(super) const RULE: Rule = Rule {
    id: "date-disagreement",
    summary: "different dates for the same event",
    worst: Verdict::Contradiction,
    page: include_str!("date_disagreement.md"),
};

/// Two dates for one moment of one event.
pub(super) fn fits(_: &Corpus, proof: &Proof) -> Option<Verdict> {
    matches!(proof.conflict, Conflict::Moments(_)).then(|| by_reading(proof))
}
