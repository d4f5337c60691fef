#![doc = include_str!("change_mismatch.md")]

use super::{Rule, by_reading};
use crate::certificate::{Proof, Shape};
use crate::claim::Corpus;
use crate::report::Verdict;

pub(super) const RULE: Rule = Rule {
    id: "change-mismatch",
    summary: "a stated change or share that the stated figures do not give",
    worst: Verdict::Contradiction,
    page: include_str!("change_mismatch.md"),
};

/// A change or a share is among the claims.
pub(super) fn fits(_: &Corpus, proof: &Proof) -> Option<Verdict> {
    (proof.shape == Shape::Change).then(|| by_reading(proof))
}
