#![doc = include_str!("part_exceeds_whole.md")]

use super::{Rule, by_reading};
use crate::certificate::{Conflict, Proof};
use crate::claim::Corpus;
use crate::report::Verdict;

pub(super) const RULE: Rule = Rule {
    id: "part-exceeds-whole",
    summary: "a figure for a part above a figure for the whole",
    page: include_str!("part_exceeds_whole.md"),
};

/// Two figures on boxes of which one lies in the other.
pub(super) fn fits(_: &Corpus, proof: &Proof) -> Option<Verdict> {
    (matches!(proof.conflict, Conflict::Figures(_)) && !proof.same_scope).then(|| by_reading(proof))
}
