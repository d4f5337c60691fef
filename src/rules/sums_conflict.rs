#![doc = include_str!("sums_conflict.md")]

use super::{Rule, by_reading};
use crate::certificate::{Conflict, Proof, Shape};
use crate::claim::Corpus;
use crate::report::Verdict;

pub(super) const RULE: Rule = Rule {
    id: "sums-conflict",
    summary: "figures that no world can hold together, in none of the shapes above",
    worst: Verdict::Contradiction,
    page: include_str!("sums_conflict.md"),
};

/// Figures in no shape that has a rule of its own.
pub(super) fn fits(_: &Corpus, proof: &Proof) -> Option<Verdict> {
    (matches!(proof.conflict, Conflict::Sums(_)) && proof.shape == Shape::Mixed).then(|| by_reading(proof))
}
