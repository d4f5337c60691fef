#![doc = include_str!("duplicate_claim.md")]

use std::collections::HashMap;

use super::{Remark, Rule};
use crate::claim::{ClaimId, Corpus};
use crate::prose::{capitalized, list, place_in_text, source_name};
use crate::report::Verdict;

pub(super) const RULE: Rule = Rule {
    id: "duplicate-claim",
    summary: "one source makes the same claim twice",
    worst: Verdict::Note,
    page: include_str!("duplicate_claim.md"),
};

/// ", line 57 and line 220", as far as the claims say where they stand.
fn places(corpus: &Corpus, first: ClaimId, second: ClaimId) -> String {
    let places = [first, second].map(|id| place_in_text(corpus.claim(id)));
    let places: Vec<String> = places.into_iter().flatten().collect();
    if places.is_empty() { String::new() } else { format!(", {}", list(&places, "and")) }
}

pub(super) fn remarks(corpus: &Corpus) -> Vec<Remark> {
    let mut said: HashMap<_, Vec<ClaimId>> = HashMap::new();
    let mut remarks = Vec::new();
    for (id, claim) in corpus.claims().filter(|(_, claim)| claim.superseded_by.is_none()) {
        let alike: &mut Vec<ClaimId> = said.entry((claim.source, claim.voice, claim.unit, &claim.form)).or_default();
        // What two upstreams told a source it tells twice, and rightly.
        let credited_alike = |&&first: &&ClaimId| {
            let before = &corpus.claim(first).attributed_to;
            before.is_empty() || claim.attributed_to.is_empty() || *before == claim.attributed_to
        };
        let Some(first) = alike.iter().find(credited_alike).copied() else {
            alike.push(id);
            continue;
        };
        let source = source_name(corpus.source(claim.source));
        let what = crate::prose::said(corpus, claim);
        remarks.push(Remark {
            rule: &RULE,
            verdict: Verdict::Note,
            claims: vec![first, id],
            headline: format!("The same claim twice: {what} [{source}{}]", places(corpus, first, id)),
            explanation: format!(
                "{} in two claims of {source}. If the text says it twice, one claim is enough; if the two passages mean \
                 different things, one of the scopes is wrong.",
                capitalized(&what)
            ),
            premises: Vec::new(),
        cause: None,
        waiver: None,
        });
    }
    remarks
}
