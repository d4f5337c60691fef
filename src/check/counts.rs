//! The counts of a report, and its sources.

use std::collections::{BTreeSet, HashMap};

use crate::claim::{Corpus, Entity, SourceId};
use crate::prose::{entity, source_name};
use crate::report::{CoverageCounts, Finding, SourceName, Summary, Verdict};

pub(super) fn summary(corpus: &Corpus, findings: &[Finding], coverage: CoverageCounts) -> Summary {
    let of = |verdict| findings.iter().filter(|finding| finding.verdict == verdict && finding.waived.is_none()).count();
    let in_conflict: BTreeSet<&str> = findings
        .iter()
        .filter(|finding| finding.certificate.is_some() && finding.waived.is_none())
        .flat_map(|finding| finding.claims.iter().map(|claim| claim.claim.as_str()))
        .collect();
    Summary {
        sources: corpus.sources.len(),
        claims: corpus.claims.len(),
        contradictions: of(Verdict::Contradiction),
        tensions: of(Verdict::Tension),
        notes: of(Verdict::Note),
        waived: findings.iter().filter(|finding| finding.waived.is_some()).count(),
        in_conflict: in_conflict.len(),
        coverage,
    }
}

pub(super) fn sources(corpus: &Corpus) -> Vec<SourceName> {
    let mut counts: HashMap<SourceId, usize> = HashMap::new();
    for claim in &corpus.claims {
        *counts.entry(claim.source).or_default() += 1;
    }
    sources_with(corpus, |source| counts.get(&source).copied().unwrap_or(0))
}

/// The same, where it is told how many claims a source makes.
pub(super) fn sources_with(corpus: &Corpus, claims: impl Fn(SourceId) -> usize) -> Vec<SourceName> {
    let name = |(source, at): (&crate::claim::Source, u32)| SourceName {
        id: source.id.clone(),
        name: source_name(source),
        title: source.title.clone(),
        authors: source.authors.clone(),
        publisher: source.publisher.clone(),
        published: source.published.map(|date| entity(&corpus.codebook, Entity::Date(date.into()))),
        url: source.url.clone(),
        claims: claims(SourceId(at)),
    };
    corpus.sources.iter().zip(0..).map(name).collect()
}
