//! Between whom a finding is, and whom all sides credit.

use std::collections::BTreeSet;

use crate::claim::{ClaimId, Corpus, Credit};

/// Between whom a finding is: one source and itself, two upstreams that one source reports, or sources.
pub(super) fn parties(corpus: &Corpus, claims: &[ClaimId]) -> &'static str {
    let sources: BTreeSet<_> = claims.iter().map(|&id| corpus.claim(id).source).collect();
    if sources.len() > 1 {
        return "sources";
    }
    let reports = claims.iter().all(|&id| {
        let claim = corpus.claim(id);
        claim.voice == crate::claim::Voice::Reports && !claim.attributed_to.is_empty()
    });
    let chains: BTreeSet<_> = claims.iter().map(|&id| &corpus.claim(id).attributed_to).collect();
    if reports && chains.len() > 1 { "upstreams" } else { "one-source" }
}

/// The upstream nearest to the origin that all chains of credit share, of two claims and more.
pub(super) fn same_upstream(corpus: &Corpus, claims: &[ClaimId]) -> Option<Credit> {
    let (first, rest) = claims.split_first().filter(|(_, rest)| !rest.is_empty())?;
    let shared = corpus.claim(*first).attributed_to.iter().rev();
    shared.copied().find(|credit| rest.iter().all(|&id| corpus.claim(id).attributed_to.contains(credit)))
}

/// The id by which claims name whom they credit.
pub(super) fn credit_id(corpus: &Corpus, credit: Credit) -> String {
    match credit {
        Credit::Upstream(upstream) => corpus.codebook.upstream(upstream).id.clone(),
        Credit::Source(source) => corpus.source(source).id.clone(),
    }
}
