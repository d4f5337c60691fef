//! Cells that belong together: a figure with its hedge, a date, a duration.

use super::key::Key;
use super::read::{Value, json};
use super::sheet::Cell;
use crate::load::FaultCode;

/// What one field of a row gives.
pub(super) struct Part<'c, 's> {
    pub(super) key: &'c Key,
    pub(super) value: Value,
    /// Where it stands, or, for what the call sets, the start of the row.
    pub(super) cell: Cell<'c, 's>,
}

/// The form that an inner key belongs to, and the inner keys of that form in their order.
fn form_of(outer: &str, inner: &str) -> (&'static str, &'static [&'static str]) {
    match (outer, inner) {
        ("value", "between.low" | "between.high") => ("between", &["between.low", "between.high"]),
        ("value", "rounded" | "to") => ("rounded", &["rounded", "to"]),
        ("value", "low" | "best" | "high") => ("estimate", &["low", "best", "high"]),
        _ => ("", &[]),
    }
}

/// The JSON under a key of a claim, of the parts that are within it; none after a fault, which is reported.
pub(super) fn whole(parts: &[Part<'_, '_>]) -> Option<String> {
    let (ends, forms): (Vec<&Part<'_, '_>>, Vec<&Part<'_, '_>>) = parts.iter().partition(|part| is_end(part.key));
    let Some((first, others)) = forms.split_first() else {
        let end = ends.first()?;
        end.cell.fault(
            FaultCode::MissingForm,
            "this duration has no length",
            "let a column give `duration.days`, or weeks, months, years or decades",
        );
        return None;
    };
    let outer = first.key.outer();
    let (form, needed) = form_of(outer, first.key.inner());
    let alike = |part: &&&Part<'_, '_>| !needed.is_empty() && form_of(outer, part.key.inner()).0 == form;
    if let Some(other) = others.iter().find(|part| !alike(part)) {
        let message = format!("`{}` and `{}` cannot stand in one row", first.key.name, other.key.name);
        let help = "keep one of them; a lower and an upper bound are `value.between.low` and `value.between.high`";
        let help = if outer == "value" { help } else { "keep one of them, or write two rows" };
        let page = other.cell.sheet.page();
        page.fault(FaultCode::SeveralForms, &other.cell.span, message)
            .help(help)
            .also(page.place(&first.cell.span), "beside this")
            .send();
        return None;
    }
    if let Some(missing) = needed.iter().find(|inner| forms.iter().all(|part| part.key.inner() != **inner)) {
        let message = format!("`{}` needs `{outer}.{missing}` beside it", first.key.name);
        first.cell.fault(FaultCode::MissingKey, message, "fill that cell too, or use another column for this figure");
        return None;
    }
    let values: Vec<&str> = forms.iter().map(|part| part.value.json.as_str()).collect();
    Some(match (form, values.as_slice()) {
        ("between", [low, high]) => ascending(&forms).then(|| format!("{{\"between\":[{low},{high}]}}"))?,
        ("estimate", [low, best, high]) => {
            ascending(&forms).then(|| format!("{{\"estimate\":{{\"low\":{low},\"best\":{best},\"high\":{high}}}}}"))?
        }
        ("rounded", [value, to]) => format!("{{\"rounded\":{value},\"to\":{to}}}"),
        _ if first.key.inner().is_empty() => first.value.json.clone(),
        _ => {
            let parts = ends.iter().chain([first]).map(|part| entry(part.key.inner(), &part.value.json));
            format!("{{{}}}", parts.collect::<Vec<_>>().join(","))
        }
    })
}

/// Whether a key says from where or to where a duration goes.
fn is_end(key: &Key) -> bool {
    key.outer() == "duration" && matches!(key.inner(), "from" | "to")
}

/// An entry of an object, within another one where its name has a point.
fn entry(inner: &str, value: &str) -> String {
    match inner.split_once('.') {
        Some((edge, hedge)) => format!("{}:{{{}:{value}}}", json(edge), json(hedge)),
        None => format!("{}:{value}", json(inner)),
    }
}

fn ascending(parts: &[&Part<'_, '_>]) -> bool {
    let numbers: Vec<_> = parts.iter().filter_map(|part| part.value.number.as_ref()).map(|n| &n.value).collect();
    let sorted = numbers.is_sorted();
    if let Some(first) = parts.first().filter(|_| !sorted) {
        first.cell.fault(
            FaultCode::ReversedNumbers,
            "the numbers that begin here do not ascend",
            "the low one is the smallest, the high one the largest",
        );
    }
    sorted
}
