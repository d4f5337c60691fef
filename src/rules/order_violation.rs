#![doc = include_str!("order_violation.md")]

use super::{Rule, by_reading};
use crate::certificate::{Conflict, Proof};
use crate::claim::Corpus;
use crate::report::Verdict;

pub(super) const RULE: Rule = Rule {
    id: "order-violation",
    summary: "dates, durations and orders that cannot be laid on one timeline",
    worst: Verdict::Contradiction,
    page: include_str!("order_violation.md"),
};

/// A chain of dates, durations and orders that comes round to a day after itself.
pub(super) fn fits(_: &Corpus, proof: &Proof) -> Option<Verdict> {
    matches!(proof.conflict, Conflict::Timeline(_)).then(|| by_reading(proof))
}
