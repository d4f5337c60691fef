#![doc = include_str!("fact_conflict.md")]

use super::{Rule, by_reading};
use crate::certificate::{Conflict, Proof};
use crate::claim::{Corpus, Form};
use crate::report::Verdict;

pub(super) const RULE: Rule = Rule {
    id: "fact-conflict",
    summary: "values of an attribute that exclude each other; a fact and its denial",
    worst: Verdict::Contradiction,
    page: include_str!("fact_conflict.md"),
};

/// Facts, unless the attribute is a matter of opinion.
pub(super) fn fits(corpus: &Corpus, proof: &Proof) -> Option<Verdict> {
    let Conflict::Facts(conflict) = &proof.conflict else { return None };
    let Form::Fact { attribute, .. } = &corpus.claim(*conflict.stated.first()?).form else { return None };
    (!corpus.codebook.attribute(*attribute).opinion).then(|| by_reading(proof))
}
