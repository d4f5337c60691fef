#![doc = include_str!("scope_drift.md")]

use std::collections::HashMap;

use super::{Remark, Rule};
use crate::claim::{ClaimId, Corpus, Credit, Form, Reading, SourceId};
use crate::codebook::{MeasureId, UpstreamId};
use crate::number::Interval;
use crate::prose::{capitalized, said, source_name};
use crate::report::Verdict;
use crate::system::{CellId, Cells, ScopeBox, statement};

pub(super) const RULE: Rule = Rule {
    id: "scope-drift",
    summary: "one source or upstream with the same figure for two scopes of a measure, one inside the other",
    page: include_str!("scope_drift.md"),
};

/// Who makes a claim, in the end.
#[derive(Copy, Clone, PartialEq, Eq, Hash)]
enum Origin {
    Source(SourceId),
    Upstream(UpstreamId),
}

/// A figure with a definite scope.
struct Figure {
    claim: ClaimId,
    cell: CellId,
    scope: ScopeBox,
}

pub(super) fn remarks(corpus: &Corpus) -> Vec<Remark> {
    let mut cells = Cells::new(&corpus.codebook);
    let mut groups: HashMap<(Origin, MeasureId, Interval), Vec<Figure>> = HashMap::new();
    let mut order = Vec::new();
    for (id, claim) in corpus.claims().filter(|(_, claim)| claim.superseded_by.is_none()) {
        let Form::Value { .. } = claim.form else { continue };
        let Ok(statement) = statement(corpus, id, Reading::Strict) else { continue };
        let scope = statement.boxes.outer;
        // A scope that is not definite lies in many others; that it does is no drift.
        if statement.boxes.inner.as_ref() != Some(&scope) {
            continue;
        }
        let Some(cell) = cells.intern(&corpus.codebook, statement.measure, &scope) else { continue };
        let origins = claim.attributed_to.iter().map(|&credit| match credit {
            Credit::Source(source) => Origin::Source(source),
            Credit::Upstream(upstream) => Origin::Upstream(upstream),
        });
        for origin in std::iter::once(Origin::Source(claim.source)).chain(origins) {
            let key = (origin, statement.measure, statement.interval.clone());
            let group = groups.entry(key.clone()).or_default();
            if group.is_empty() {
                order.push(key);
            }
            group.push(Figure { claim: id, cell, scope: scope.clone() });
        }
    }
    let mut pairs = Vec::new();
    for key in &order {
        let figures = groups.get(key).map(Vec::as_slice).unwrap_or_default();
        for (at, a) in figures.iter().enumerate() {
            for b in figures.iter().skip(at + 1) {
                if a.scope == b.scope {
                    continue;
                }
                if within(&cells, a, b) {
                    pairs.push((a.claim, b.claim));
                } else if within(&cells, b, a) {
                    pairs.push((b.claim, a.claim));
                }
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs.into_iter().map(|(inner, outer)| remark(corpus, inner, outer)).collect()
}

fn within(cells: &Cells, inner: &Figure, outer: &Figure) -> bool {
    let days = match (inner.scope.days, outer.scope.days) {
        (Some(inner), Some(outer)) => inner.is_within(outer),
        (None, None) => true,
        _ => false,
    };
    days && cells.is_within(inner.cell, outer.cell)
}

fn remark(corpus: &Corpus, inner: ClaimId, outer: ClaimId) -> Remark {
    let (narrow, wide) = (corpus.claim(inner), corpus.claim(outer));
    let name = |claim: &crate::claim::Claim| source_name(corpus.source(claim.source));
    let (narrow_said, wide_said) = (said(corpus, narrow), said(corpus, wide));
    Remark {
        rule: &RULE,
        verdict: Verdict::Note,
        claims: vec![inner, outer],
        headline: format!(
            "The same figure for a part and for the whole: {narrow_said} [{}] and {wide_said} [{}]",
            name(narrow),
            name(wide)
        ),
        explanation: format!(
            "{} and {wide_said} have the same figure and go back to the same source, though the scope of the first lies \
             inside that of the second. Both can be true only if nothing happened in the rest; more often a scope was \
             widened or narrowed in passing.",
            capitalized(&narrow_said)
        ),
        premises: Vec::new(),
        cause: None,
    }
}
