//! A stand-in for the checker: a report written from the independent method.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::brute::Pair;

/// The parts of a report that the tests read.
pub(crate) fn report(pairs: &BTreeSet<Pair>) -> Value {
    let findings: Vec<Value> = pairs
        .iter()
        .map(|pair| {
            let claims: Vec<Value> =
                pair.claims.iter().map(|name| json!({ "claim": name, "line": 7, "column": 1 })).collect();
            let rule = if pair.verdict.word() == "note" { "opposed-advice" } else { "disagreement" };
            json!({
                "rule": rule,
                "verdict": pair.verdict.word(),
                "reading": if pair.strict { "strict" } else { "plain" },
                "others": 0,
                "claims": claims,
                "certificate": {},
            })
        })
        .collect();
    let coverage = json!({ "compared": 5, "alone": 2, "not_comparable": 1, "undecided": 0, "superseded": 1 });
    let summary = json!({ "sources": 2, "claims": 9, "contradictions": findings.len(), "coverage": coverage });
    json!({ "summary": summary, "findings": findings, "undecided": [] })
}
