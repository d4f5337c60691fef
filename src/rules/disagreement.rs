#![doc = include_str!("disagreement.md")]

use super::{Rule, by_reading};
use crate::certificate::{Conflict, Proof, Shape};
use crate::claim::Corpus;
use crate::report::Verdict;

pub(super) const RULE: Rule = Rule {
    id: "disagreement",
    summary: "different figures for the same scope",
    worst: Verdict::Contradiction,
    page: include_str!("disagreement.md"),
};

/// Two figures on equal boxes.
pub(super) fn fits(_: &Corpus, proof: &Proof) -> Option<Verdict> {
    (matches!(proof.conflict, Conflict::Figures(_)) && proof.shape == Shape::Alike).then(|| by_reading(proof))
}
