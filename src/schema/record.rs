//! `waivers.json` and `omitted.json`.

use serde_json::{Value, json};

use super::word::{DRAFT, date, id, list, nullable, object, ordinal, own_schema, pair, text};

fn file(title: &str, key: &str, entries: &Value) -> Value {
    let mut file = object(title, &[key], [own_schema(), (key, entries.clone())]);
    if let Value::Object(keys) = &mut file {
        keys.insert("$schema".to_owned(), DRAFT.into());
        keys.insert("title".to_owned(), format!("gainsay: {key}.json").into());
    }
    file
}

/// The schema of `waivers.json`.
pub(super) fn waivers() -> Value {
    let says = json!({
        "type": "string", "pattern": "^sha256:[0-9a-f]{64}$",
        "description": "A hash of what the claims said when it was decided; `gainsay waive` writes it"
    });
    let waiver = object(
        "One decision that a finding is known",
        &["finding", "rule", "claims", "says", "reason"],
        [
            ("finding", text("The finding's id, as `disagreement-k3f6c2a4b7qd`")),
            ("rule", text("The finding's rule")),
            ("claims", list("The finding's claims", &text("A claim, as `SOURCE/ID`"))),
            ("says", says),
            ("reason", text("Why the finding is let be")),
            ("by", nullable(json!({ "type": "string", "description": "Who decided" }))),
            ("until", nullable(date("The last day on which the decision holds"))),
        ],
    );
    let list = json!({ "type": "array", "items": waiver, "description": "The decisions" });
    file("Findings that are recorded as known, each with a reason", "waivers", &list)
}

/// The schema of `omitted.json`.
pub(super) fn omitted() -> Value {
    let omission = object(
        "Lines of one text, and why no claim accounts for them",
        &["source", "lines", "reason"],
        [
            ("source", id("The source's id")),
            ("lines", pair("The first and the last line, from 1", &ordinal("A line"))),
            ("reason", text("Why they were left out: a list of works cited, a heading, teasers of other articles")),
        ],
    );
    let list = json!({ "type": "array", "items": omission, "description": "What was left out" });
    file("Lines of the sources' texts that were left out on purpose", "omitted", &list)
}
