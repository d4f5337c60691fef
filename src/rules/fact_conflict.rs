#![doc = include_str!("fact_conflict.md")]

use super::Rule;
use crate::certificate::{Conflict, Proof};
use crate::claim::{Corpus, Days, Form};
use crate::report::Verdict;

pub(super) const RULE: Rule = Rule {
    id: "fact-conflict",
    summary: "values of an attribute that exclude each other; a fact and its denial",
    page: include_str!("fact_conflict.md"),
};

/// Two facts, unless the attribute is a matter of opinion. What changes over time may have changed in between, so there it
/// takes the same single day on both sides to make more than a tension.
pub(super) fn fits(corpus: &Corpus, proof: &Proof) -> Option<Verdict> {
    let Conflict::Facts(pair) = proof.conflict else { return None };
    let Form::Fact { attribute, period, .. } = &corpus.claim(pair.first).form else { return None };
    let Form::Fact { period: other, .. } = &corpus.claim(pair.second).form else { return None };
    let attribute = corpus.codebook.attribute(*attribute);
    if attribute.opinion {
        return None;
    }
    let same_day = period.and_then(Days::single).is_some_and(|day| other.and_then(Days::single) == Some(day));
    Some(if attribute.changes && !same_day { Verdict::Tension } else { Verdict::Contradiction })
}
