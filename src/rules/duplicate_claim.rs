#![doc = include_str!("duplicate_claim.md")]

use std::collections::HashMap;

use super::{Remark, Rule};
use crate::claim::{ClaimId, Corpus};
use crate::prose::{capitalized, list, place_in_text, said, source_name};
use crate::report::Verdict;

pub(super) const RULE: Rule = Rule {
    id: "duplicate-claim",
    summary: "one source makes the same claim twice",
    page: include_str!("duplicate_claim.md"),
};

/// ", line 57 and line 220", as far as the claims say where they stand.
fn places(corpus: &Corpus, first: ClaimId, second: ClaimId) -> String {
    let places = [first, second].map(|id| place_in_text(corpus.claim(id)));
    let places: Vec<String> = places.into_iter().flatten().collect();
    if places.is_empty() { String::new() } else { format!(", {}", list(&places, "and")) }
}

pub(super) fn remarks(corpus: &Corpus) -> Vec<Remark> {
    let mut first_of: HashMap<_, ClaimId> = HashMap::new();
    let mut remarks = Vec::new();
    for (id, claim) in corpus.claims().filter(|(_, claim)| claim.superseded_by.is_none()) {
        let first = *first_of.entry((claim.source, claim.voice, claim.unit, &claim.form)).or_insert(id);
        if first == id {
            continue;
        }
        let source = source_name(corpus.source(claim.source));
        let said = said(corpus, claim);
        remarks.push(Remark {
            rule: &RULE,
            verdict: Verdict::Note,
            claims: vec![first, id],
            headline: format!("The same claim twice: {said} [{source}{}]", places(corpus, first, id)),
            explanation: format!(
                "{} in two claims of {source}. If the text says it twice, one claim is enough; if the two passages mean \
                 different things, one of the scopes is wrong.",
                capitalized(&said)
            ),
            premises: Vec::new(),
        cause: None,
        });
    }
    remarks
}
