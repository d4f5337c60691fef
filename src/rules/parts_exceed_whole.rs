#![doc = include_str!("parts_exceed_whole.md")]

use super::{Rule, by_reading};
use crate::certificate::{Proof, Shape};
use crate::claim::Corpus;
use crate::report::Verdict;

pub(super) const RULE: Rule = Rule {
    id: "parts-exceed-whole",
    summary: "separate parts that add up to more than the whole",
    worst: Verdict::Contradiction,
    page: include_str!("parts_exceed_whole.md"),
};

/// Lower figures that all lie in the box of the one upper figure.
pub(super) fn fits(_: &Corpus, proof: &Proof) -> Option<Verdict> {
    (proof.shape == Shape::PartsExceed).then(|| by_reading(proof))
}
