//! A row as a claim.

use super::figure::{Part, whole};
use super::key::Kind;
use super::plan::{Origin, Plan};
use super::read::{Reader, Value, json};
use super::rows::Row;
use super::sheet::{Cell, Sheet};
use crate::load::{FaultCode, Sink};

/// A claim as a line of JSON, and what is known of it.
pub(super) struct Claim {
    /// The line, without its end.
    pub(super) line: String,
    /// The id of its source.
    pub(super) source: String,
    /// Its own id, where a column gave it.
    pub(super) id: Option<String>,
}

/// The keys inside which others are written.
const OUTER: [&str; 3] = ["value", "date", "duration"];

/// The claim of a row; none after a fault, which is reported. `number` is which of the rows it is, from 1.
pub(super) fn claim(
    plan: &Plan,
    reader: &Reader,
    (row, sheet, sink): (&Row, &Sheet<'_>, &Sink),
    number: usize,
) -> Option<Claim> {
    let before = sink.count();
    let parts = parts(plan, reader, row, sheet);
    let mut out = Vec::new();
    let (mut source, mut id, mut claims_something) = (None, None, false);
    let mut rest = parts.as_slice();
    while let Some(first) = rest.first() {
        let outer = first.key.outer();
        let many =
            if OUTER.contains(&outer) { rest.iter().take_while(|part| part.key.outer() == outer).count() } else { 1 };
        let (group, others) = rest.split_at_checked(many)?;
        rest = others;
        claims_something |= OUTER.contains(&outer) || outer == "attribute";
        let value = if OUTER.contains(&outer) { whole(group) } else { Some(first.value.json.clone()) };
        match first.key.kind {
            Kind::Source => source.clone_from(&first.value.text),
            Kind::Id => id.clone_from(&first.value.text),
            _ => {}
        }
        out.extend(value.map(|value| (outer, value)));
    }
    if !claims_something && sink.count() == before {
        let place = Cell { sheet, span: 0..1, text: "" };
        place.fault(FaultCode::MissingForm, "this row claims nothing", "give it a figure or a date, or leave it out");
    }
    if sink.count() > before {
        return None;
    }
    let written = match &id {
        Some(id) => json(id),
        None => format!("\"row-{number}\""),
    };
    let source = source?;
    let mut line = format!("{{\"source\":{},\"id\":{written}", json(&source));
    for (key, value) in out.iter().filter(|(key, _)| !matches!(*key, "source" | "id")) {
        line.extend([",", &json(key), ":", value]);
    }
    line.push('}');
    Some(Claim { line, source, id })
}

/// What the cells of a row say, in the order in which a claim has it; empty cells say nothing.
fn parts<'c, 's>(plan: &'c Plan, reader: &Reader, row: &'c Row, sheet: &'c Sheet<'s>) -> Vec<Part<'c, 's>> {
    let mut parts = Vec::new();
    for field in &plan.fields {
        let key = &field.key;
        let (value, cell) = match &field.origin {
            Origin::Set(value) => (Some(value.clone()), Cell { sheet, span: 0..1, text: "" }),
            Origin::Column(column) => {
                let cell = Cell { sheet, span: row.span(*column), text: row.text(*column) };
                let required = matches!(key.kind, Kind::Id | Kind::Source | Kind::Quote);
                if required && cell.text.trim().is_empty() {
                    let message = format!("this row has no `{}`", key.name);
                    cell.fault(FaultCode::MissingKey, message, "fill this cell: every claim needs it");
                }
                (reader.read(&cell, key), cell)
            }
        };
        parts.extend(value.map(|value: Value| Part { key, value, cell }));
    }
    parts
}
