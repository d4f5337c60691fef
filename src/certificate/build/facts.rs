//! Facts that exclude each other.

use std::collections::BTreeMap;

use serde_json::json;

use super::axes::value_pieces;
use super::{Conflict, Proof, mass, row};
use crate::certificate::data::{Certificate, Gap, Row, ScopeJson};
use crate::certificate::scope_json::{entity_id, values_json};
use crate::claim::{ClaimId, Corpus, Reading};
use crate::number::integer;
use crate::solve::FactPair;
use crate::system::{Extents, FactValue, fact_statement};

pub(super) fn facts(corpus: &Corpus, extents: &Extents, pair: FactPair, reading: Reading) -> Option<Proof> {
    let codebook = &corpus.codebook;
    let first = fact_statement(corpus, pair.first, reading).ok()?;
    let second = fact_statement(corpus, pair.second, reading).ok()?;
    let attribute = codebook.attribute(first.key.attribute);
    let measure = Some(attribute.id.clone());
    let mut common = ScopeJson::from([("subject".to_owned(), entity_id(codebook, first.key.subject).into())]);
    if let Some(toward) = first.key.toward {
        common.insert("toward".to_owned(), entity_id(codebook, toward).into());
    }
    let all: Vec<FactValue> = first.values.iter().chain(&second.values).copied().collect();
    let axes = BTreeMap::from([("value".to_owned(), value_pieces(codebook, extents, attribute.values, &all))]);
    let value = |id: ClaimId| {
        let values = if id == pair.first { &first.values } else { &second.values };
        ScopeJson::from([("value".to_owned(), values_json(codebook, values))])
    };
    let one = || "1".to_owned();
    let mut rows = vec![row(corpus.name(pair.first), "low", mass(1, value(pair.first)), one(), false)];
    if pair.denied {
        rows.push(row(corpus.name(pair.second), "high", mass(-1, value(pair.second)), "0".to_owned(), false));
    } else {
        rows.push(row(corpus.name(pair.second), "low", mass(1, value(pair.second)), one(), false));
        rows.push(Row {
            claim: None,
            premise: Some(json!({ "kind": "total", "of": measure.clone() })),
            bound: None,
            weight: one(),
            sum: vec![mass(-1, ScopeJson::new())],
            at_least: "-1".to_owned(),
            open: false,
        });
    }
    let (low, high) = if pair.denied { ("1", "0") } else { ("2", "1") };
    let ratio = (!pair.denied).then(|| "2".to_owned());
    let gap = Gap { low: low.to_owned(), high: high.to_owned(), excess: one(), ratio };
    let certificate = Certificate { measure, common, axes, rows, total: one() };
    let excess = integer(1);
    Some(Proof { conflict: Conflict::Facts(pair), reading, certificate, gap, excess, same_scope: true })
}
