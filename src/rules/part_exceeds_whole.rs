#![doc = include_str!("part_exceeds_whole.md")]

use super::{Rule, by_reading};
use crate::certificate::{Proof, Shape};
use crate::claim::Corpus;
use crate::report::Verdict;

pub(super) const RULE: Rule = Rule {
    id: "part-exceeds-whole",
    summary: "a figure for a part above a figure for the whole",
    worst: Verdict::Contradiction,
    page: include_str!("part_exceeds_whole.md"),
};

/// Two figures of which one is for a part of what the other is about.
pub(super) fn fits(_: &Corpus, proof: &Proof) -> Option<Verdict> {
    (proof.shape == Shape::Nested).then(|| by_reading(proof))
}
