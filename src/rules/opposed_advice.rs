#![doc = include_str!("opposed_advice.md")]

use super::Rule;
use crate::certificate::{Conflict, Proof};
use crate::claim::{Corpus, Form};
use crate::report::Verdict;

pub(super) const RULE: Rule = Rule {
    id: "opposed-advice",
    summary: "values of an attribute of opinion that exclude each other",
    worst: Verdict::Note,
    page: include_str!("opposed_advice.md"),
};

/// Facts of an attribute of opinion.
pub(super) fn fits(corpus: &Corpus, proof: &Proof) -> Option<Verdict> {
    let Conflict::Facts(conflict) = &proof.conflict else { return None };
    let Form::Fact { attribute, .. } = &corpus.claim(*conflict.stated.first()?).form else { return None };
    corpus.codebook.attribute(*attribute).opinion.then_some(Verdict::Note)
}
