#![doc = include_str!("parts_fall_short.md")]

use super::{Rule, by_reading};
use crate::certificate::{Proof, Shape};
use crate::claim::Corpus;
use crate::report::Verdict;

pub(super) const RULE: Rule = Rule {
    id: "parts-fall-short",
    summary: "parts that cover the whole and do not reach it",
    worst: Verdict::Contradiction,
    page: include_str!("parts_fall_short.md"),
};

/// Upper figures that together cover the box of the one lower figure.
pub(super) fn fits(_: &Corpus, proof: &Proof) -> Option<Verdict> {
    (proof.shape == Shape::PartsShort).then(|| by_reading(proof))
}
