//! Whether two sides speak of the same things.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diff::Side;
use crate::report::diff::Redefined;

/// Why two sides are not compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unlike {
    /// They have no measure, event or attribute in common: they are about different things.
    NothingInCommon,
    /// These mean one thing on one side and another on the other.
    Redefined(Vec<Redefined>),
}

/// Whether two sides can be compared without mixing up what their words mean: what both codebooks define they have to define
/// alike. What only one of them has does no harm.
///
/// # Errors
///
/// See [`Unlike`].
pub fn comparable(old: &Side, new: &Side) -> Result<(), Unlike> {
    let shared = ["measures", "events", "attributes"].iter().any(|section| {
        let (old, new) = (names(&old.space, section), names(&new.space, section));
        old.iter().any(|name| new.contains(name))
    });
    let something = |side: &Side| {
        ["measures", "events", "attributes"].iter().any(|section| !names(&side.space, section).is_empty())
    };
    if !shared && something(old) && something(new) {
        return Err(Unlike::NothingInCommon);
    }
    let both = |entry: &Redefined| entry.old.is_some() && entry.new.is_some();
    let changed: Vec<Redefined> = redefined(old, new).into_iter().filter(both).collect();
    if changed.is_empty() { Ok(()) } else { Err(Unlike::Redefined(changed)) }
}

/// What of the codebooks, as far as findings rest on them, stands on one side only or differs.
///
/// Trees, measures, events, attributes, orders and sums; and where both sides know them, the policies for hedges and vague
/// words, units, and when upstreams were published.
pub fn redefined(old: &Side, new: &Side) -> Vec<Redefined> {
    let mut list = differing(&entries(&old.space), &entries(&new.space));
    if let (Some(old), Some(new)) = (&old.policies, &new.policies) {
        list.extend(differing(old, new));
    }
    list
}

/// Which sources are described otherwise, or stand on one side only.
pub(super) fn described(old: &Side, new: &Side) -> Vec<Redefined> {
    let (Some(old), Some(new)) = (&old.sources, &new.sources) else { return Vec::new() };
    differing(old, new)
}

fn differing(old: &BTreeMap<String, String>, new: &BTreeMap<String, String>) -> Vec<Redefined> {
    let names = old.keys().chain(new.keys().filter(|name| !old.contains_key(*name)));
    let mut list: Vec<Redefined> = names
        .filter(|name| old.get(*name) != new.get(*name))
        .map(|name| Redefined { what: name.clone(), old: old.get(name).cloned(), new: new.get(name).cloned() })
        .collect();
    list.sort_by(|a, b| a.what.cmp(&b.what));
    list
}

fn names(space: &Value, section: &str) -> Vec<String> {
    space.get(section).and_then(Value::as_object).map(|map| map.keys().cloned().collect()).unwrap_or_default()
}

/// Each definition under the name that people are told.
fn entries(space: &Value) -> BTreeMap<String, String> {
    let mut entries = BTreeMap::new();
    let section = |name: &str| space.get(name).and_then(Value::as_object).into_iter().flatten();
    for (id, dimension) in section("dimensions") {
        let mut own = dimension.clone();
        let terms = own.as_object_mut().and_then(|own| own.remove("terms")).unwrap_or_default();
        let mut told = definition(&own);
        if let Some(root) =
            own.get("root").and_then(Value::as_str).filter(|_| own.get("exhaustive") == Some(&true.into()))
        {
            told = format!("{told}, covered by {}", children(&terms, root));
        }
        entries.insert(format!("dimension `{id}`"), told);
        tree(&mut entries, &terms, &format!("of `{id}`"));
    }
    for (section_name, noun) in [("measures", "measure"), ("events", "event")] {
        for (id, value) in section(section_name) {
            entries.insert(format!("{noun} `{id}`"), definition(value));
        }
    }
    for (id, attribute) in section("attributes") {
        let mut own = attribute.clone();
        // Lists of values grow, as trees of terms do.
        for domain in ["subjects", "values", "toward"] {
            let inline = own.get(domain).filter(|domain| domain.is_object()).cloned();
            if let (Some(inline), Some(own)) = (inline, own.as_object_mut()) {
                own.insert(domain.to_owned(), "listed".into());
                tree(&mut entries, &inline, &format!("of `{id}`"));
            }
        }
        entries.insert(format!("attribute `{id}`"), definition(&own));
    }
    for (name, noun) in [("orders", "order"), ("sums", "sum")] {
        for value in space.get(name).and_then(Value::as_array).into_iter().flatten() {
            entries.insert(format!("{noun} {}", definition(value)), String::new());
        }
    }
    entries
}

fn tree(entries: &mut BTreeMap<String, String>, terms: &Value, of: &str) {
    for (id, term) in terms.as_object().into_iter().flatten() {
        let mut told = definition(term);
        // A further child of a term that its children cover is another way to divide it.
        if term.get("exhaustive") == Some(&true.into()) {
            told = format!("{told}, covered by {}", children(terms, id));
        }
        entries.insert(format!("term `{id}` {of}"), told);
    }
}

fn children(terms: &Value, of: &str) -> String {
    let is_child = |(_, term): &(&String, &Value)| term.get("in").and_then(Value::as_str) == Some(of);
    let children = terms.as_object().into_iter().flatten().filter(is_child);
    children.map(|(id, _)| id.as_str()).collect::<Vec<_>>().join(", ")
}

/// A definition in one line: "in pakistan, overlaps", "kind count, unit attack".
fn definition(value: &Value) -> String {
    let word = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            items.iter().map(|item| item.as_str().unwrap_or_default()).collect::<Vec<_>>().join(" and ")
        }
        other => other.to_string(),
    };
    let parts = value.as_object().into_iter().flatten().filter(|(_, value)| !is_nothing(value));
    let parts: Vec<String> = parts
        .map(|(key, value)| if *value == Value::Bool(true) { key.clone() } else { format!("{key} {}", word(value)) })
        .collect();
    if parts.is_empty() { "nothing more".to_owned() } else { parts.join(", ") }
}

fn is_nothing(value: &Value) -> bool {
    matches!(value, Value::Null | Value::Bool(false)) || value.as_array().is_some_and(Vec::is_empty)
}
