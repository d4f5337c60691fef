//! Facts that exclude each other.

use std::collections::BTreeMap;

use num_traits::One;
use serde_json::json;

use super::axes::value_pieces;
use super::{Conflict, Proof, Role, Shape, mass, row};
use crate::certificate::data::{Certificate, Gap, Row, ScopeJson};
use crate::certificate::scope_json::{entity_id, values_json};
use crate::claim::{ClaimId, Corpus, Reading};
use crate::number::Rational;
use crate::solve::FactConflict;
use crate::system::{Extents, FactStatement, FactValue, fact_statement};

/// Every stated list of values holds a whole, every denied one nothing, and together there is one whole only: a value in
/// all of the k stated lists counts k times, less once for a denial of it, less k - 1 times for the total.
pub(super) fn facts(corpus: &Corpus, extents: &Extents, conflict: FactConflict, reading: Reading) -> Option<Proof> {
    let codebook = &corpus.codebook;
    let says = |&id: &ClaimId| Some((id, fact_statement(corpus, id, reading).ok()?));
    let stated: Vec<(ClaimId, FactStatement)> = conflict.stated.iter().map(says).collect::<Option<_>>()?;
    let denied: Vec<(ClaimId, FactStatement)> = conflict.denied.iter().map(says).collect::<Option<_>>()?;
    let key = stated.first()?.1.key;
    let attribute = codebook.attribute(key.attribute);
    let mut common = ScopeJson::from([("subject".to_owned(), entity_id(codebook, key.subject).into())]);
    if let Some(toward) = key.toward {
        common.insert("toward".to_owned(), entity_id(codebook, toward).into());
    }
    let all: Vec<FactValue> = stated.iter().chain(&denied).flat_map(|(_, fact)| &fact.values).copied().collect();
    let axes = BTreeMap::from([("value".to_owned(), value_pieces(codebook, extents, attribute.values, &all))]);
    let value = |fact: &FactStatement| ScopeJson::from([("value".to_owned(), values_json(codebook, &fact.values))]);
    let one = || "1".to_owned();
    let mut rows: Vec<Row> = Vec::new();
    rows.extend(stated.iter().map(|(id, fact)| row(corpus.name(*id), "low", mass(1, value(fact)), one(), false)));
    rows.extend(
        denied.iter().map(|(id, fact)| row(corpus.name(*id), "high", mass(-1, value(fact)), "0".to_owned(), false)),
    );
    let others = i64::try_from(stated.len()).ok()? - 1;
    if others > 0 {
        rows.push(Row {
            claim: None,
            premise: Some(json!({ "kind": "total", "of": attribute.id })),
            bound: None,
            weight: others.to_string(),
            sum: vec![mass(-1, ScopeJson::new())],
            at_least: "-1".to_owned(),
            open: false,
        });
    }
    let ratio = (others > 0).then(|| Rational::new((others + 1).into(), others.into()).to_string());
    let gap = Gap { low: (others + 1).to_string(), high: others.to_string(), excess: one(), ratio };
    let certificate = Certificate { measure: Some(attribute.id.clone()), common, axes, rows, total: one() };
    let claims = conflict.stated.iter().chain(&conflict.denied).map(|&id| (id, Role::Fact)).collect();
    let (conflict, excess) = (Conflict::Facts(conflict), Rational::one());
    Some(Proof { conflict, reading, certificate, gap, excess, shape: Shape::Alike, claims })
}
