#![doc = include_str!("scope_drift.md")]

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::ControlFlow;

use super::{Remark, Rule};
use crate::claim::{ClaimId, Corpus, Credit, Days, Form, Reading, SourceId};
use crate::codebook::{MeasureId, UpstreamId};
use crate::number::Interval;
use crate::prose::{capitalized, said, source_name};
use crate::report::Verdict;
use crate::solve::sweep::{Item, contained};
use crate::system::{CellId, Cells, Contents, day_numbers, statement};

pub(super) const RULE: Rule = Rule {
    id: "scope-drift",
    summary: "one source or upstream with the same figure for two scopes of a measure, one inside the other",
    worst: Verdict::Note,
    page: include_str!("scope_drift.md"),
};

/// The claims of each scope, in index order.
type Scopes = BTreeMap<(CellId, Option<Days>), Vec<ClaimId>>;

/// Who makes a claim, in the end.
#[derive(Copy, Clone, PartialEq, Eq, Hash)]
enum Origin {
    Source(SourceId),
    Upstream(UpstreamId),
}

pub(super) fn remarks(corpus: &Corpus) -> Vec<Remark> {
    let mut cells = Cells::new(&corpus.codebook);
    let mut groups: HashMap<(Origin, MeasureId, Interval), Scopes> = HashMap::new();
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
            groups.entry(key).or_default().entry((cell, scope.days)).or_default().push(id);
        }
    }
    let contents = cells.contents();
    let mut pairs: BTreeSet<(ClaimId, ClaimId)> = BTreeSet::new();
    for scopes in groups.values().filter(|scopes| scopes.len() > 1) {
        nested(&contents, scopes, &mut pairs);
    }
    pairs.into_iter().map(|(inner, outer)| remark(corpus, inner, outer)).collect()
}

/// Every two scopes of which one lies in the other.
fn nested(contents: &Contents, scopes: &Scopes, pairs: &mut BTreeSet<(ClaimId, ClaimId)>) {
    let mut in_cell: BTreeMap<CellId, Vec<Item>> = BTreeMap::new();
    for ((cell, days), tag) in scopes.keys().zip(0..) {
        let (first, last) = day_numbers(*days);
        in_cell.entry(*cell).or_default().push(Item { first, last, key: 0, tag });
    }
    let claims: Vec<&Vec<ClaimId>> = scopes.values().collect();
    let claims_at = |tag: u32| claims.get(tag as usize).copied().into_iter().flatten().copied();
    for (&cell, outer) in &in_cell {
        let inside = contents.of_cell(cell);
        let items = inside.iter().filter_map(|cell| in_cell.get(cell)).flatten();
        let inner: Vec<Item> = items.map(|item| Item { key: 1, ..*item }).collect();
        contained(&inner, outer, |inner, outer| {
            if inner.tag != outer.tag {
                pairs.extend(
                    claims_at(inner.tag).flat_map(|inner| claims_at(outer.tag).map(move |outer| (inner, outer))),
                );
            }
            ControlFlow::Continue(())
        });
    }
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
        waiver: None,
    }
}
