//! Changes to a claims folder of which it is known what they do to its report.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::case::{Case, Claim, DateClaim, Files, Form, Voice, name, scale};
use super::dice::Dice;
use super::tell::fits_container;

/// The files as texts, in the order of their paths.
pub(crate) fn texts(files: &Files) -> Vec<(String, String)> {
    files.iter().map(|(path, content)| (path.clone(), format!("{content:#}"))).collect()
}

/// The same files and claims in another order.
pub(crate) fn shuffled(dice: &mut Dice, files: &Files) -> Vec<(String, String)> {
    let mut files = files.clone();
    for (path, content) in &mut files {
        if path.starts_with("sources/") {
            dice.shuffle(content["claims"].as_array_mut().unwrap());
        }
    }
    let mut texts = texts(&files);
    dice.shuffle(&mut texts);
    texts
}

/// Every text in a JSON value, keys included, replaced; quotes and notes stay as they are.
fn replaced(value: &Value, replace: &dyn Fn(&str) -> String) -> Value {
    match value {
        Value::String(text) => json!(replace(text)),
        Value::Array(list) => list.iter().map(|entry| replaced(entry, replace)).collect(),
        Value::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| {
                let value =
                    if matches!(key.as_str(), "quote" | "note") { value.clone() } else { replaced(value, replace) };
                (replace(key), value)
            });
            Value::Object(entries.collect::<Map<_, _>>())
        }
        other => other.clone(),
    }
}

/// New ids for all terms, measures, attributes, events, units, sources and claims, and for the dimensions but `place`,
/// which is also a key of events. Their order is another one.
///
/// An id's new one depends on nothing but itself and the seed, so that a failure stays one while its files get smaller.
pub(crate) fn new_ids(seed: u64, files: &Files) -> BTreeMap<String, String> {
    let codebook = &files["codebook.json"];
    let keys = |value: &Value| value.as_object().map(|entries| entries.keys().cloned().collect()).unwrap_or_default();
    let mut ids: Vec<String> = Vec::new();
    for (dimension, tree) in codebook["dimensions"].as_object().unwrap() {
        ids.extend(Some(dimension.clone()).filter(|dimension| dimension != "place"));
        ids.push(tree["root"].as_str().unwrap().to_owned());
        ids.extend::<Vec<_>>(keys(&tree["terms"]));
    }
    for section in ["measures", "attributes", "events", "units", "upstreams"] {
        ids.extend::<Vec<_>>(keys(&codebook[section]));
    }
    for attribute in codebook["attributes"].as_object().unwrap().values() {
        ids.extend::<Vec<_>>(keys(&attribute["values"]));
    }
    for content in files.iter().filter(|(path, _)| path.starts_with("sources/")).map(|(_, content)| content) {
        ids.push(content["source"]["id"].as_str().unwrap().to_owned());
        ids.extend(content["claims"].as_array().unwrap().iter().map(|claim| claim["id"].as_str().unwrap().to_owned()));
    }
    ids.sort();
    ids.dedup();
    let count = ids.len();
    // FNV-1a.
    let hash = |id: &str| {
        let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        id.bytes().chain(seed.to_le_bytes()).fold(0xcbf2_9ce4_8422_2325, mix)
    };
    let new: BTreeMap<String, String> =
        ids.into_iter().map(|id| (id.clone(), format!("n{:016x}", hash(&id)))).collect();
    assert_eq!(new.values().collect::<BTreeSet<_>>().len(), count, "two ids became one");
    new
}

/// The files with other ids.
pub(crate) fn renamed(files: &Files, ids: &BTreeMap<String, String>) -> Files {
    let replace = |text: &str| {
        // A moment is an event and its start or end.
        let (id, edge) = text.split_once('.').map_or((text, None), |(id, edge)| (id, Some(edge)));
        match (ids.get(id), edge) {
            (Some(new), None) => new.clone(),
            (Some(new), Some(edge)) => format!("{new}.{edge}"),
            (None, _) => text.to_owned(),
        }
    };
    files
        .iter()
        .map(|(path, content)| {
            let id = path.strip_prefix("sources/").and_then(|name| name.strip_suffix(".json"));
            let path = id.map_or_else(|| path.clone(), |id| format!("sources/{}.json", replace(id)));
            (path, replaced(content, &replace))
        })
        .collect()
}

/// Some claims of one source moved to another source of the same date, and which are gone where; none where no source
/// has two claims.
pub(crate) fn split(dice: &mut Dice, case: &Case) -> Option<(Case, BTreeMap<String, String>)> {
    let mut split = case.clone();
    let at = (0..case.sources.len()).find(|&at| case.sources[at].claims.len() > 1)?;
    let mut other = split.sources[at].clone();
    other.id = format!("{}-continued", other.id);
    let replaces = |id: &String| case.sources[at].claims.iter().any(|claim| claim.superseded_by.as_ref() == Some(id));
    let chosen: Vec<bool> = case.sources[at]
        .claims
        .iter()
        .map(|claim| dice.percent(50) && claim.superseded_by.is_none() && !replaces(&claim.id))
        .collect();
    let mut flags = chosen.iter();
    split.sources[at].claims.retain(|_| !flags.next().unwrap());
    let mut flags = chosen.iter();
    other.claims.retain(|_| *flags.next().unwrap());
    let names = other.claims.iter().map(|claim| (name(&case.sources[at], claim), name(&other, claim))).collect();
    if !other.claims.is_empty() {
        split.sources.push(other);
    }
    split.sources.retain(|source| !source.claims.is_empty());
    Some((split, names))
}

/// All dates 400 years later, after which the calendar repeats itself to the day of the week.
pub(crate) fn shifted(files: &Files) -> Files {
    let is_date = |text: &str| {
        let years =
            text.split('/').filter(|date| date.len() >= 4 && date.as_bytes()[..4].iter().all(u8::is_ascii_digit));
        years.count() > 0 && text.chars().all(|letter| letter.is_ascii_digit() || "-/~?.".contains(letter))
    };
    let later = |text: &str| {
        if !is_date(text) {
            return text.to_owned();
        }
        let dates = text.split('/').map(|date| match date.get(..4).and_then(|year| year.parse::<u32>().ok()) {
            Some(year) => format!("{}{}", year + 400, &date[4..]),
            None => date.to_owned(),
        });
        dates.collect::<Vec<_>>().join("/")
    };
    files
        .iter()
        .map(|(path, content)| {
            let mut content = replaced(content, &later);
            // The factor of a unit is a text of digits too.
            if path == "codebook.json" {
                content["units"] = files["codebook.json"]["units"].clone();
            }
            (path.clone(), content)
        })
        .collect()
}

/// A term more, below one that its children do not cover.
pub(crate) fn with_a_term(dice: &mut Dice, files: &Files) -> Files {
    let mut files = files.clone();
    let dimensions = files.get_mut("codebook.json").unwrap()["dimensions"].as_object_mut().unwrap();
    let ids: Vec<String> = dimensions.keys().filter(|id| *id != "harm").cloned().collect();
    let tree = &mut dimensions[dice.pick(&ids)];
    let mut parents: Vec<Option<String>> = Vec::new();
    if tree["exhaustive"] != true {
        parents.push(None);
    }
    let terms = tree["terms"].as_object_mut().unwrap();
    parents.extend(terms.iter().filter(|(_, term)| term["exhaustive"] != true).map(|(id, _)| Some(id.clone())));
    let mut term = Map::new();
    if let Some(parent) = dice.pick(&parents).clone() {
        term.insert("in".into(), json!(parent));
    }
    if dice.percent(30) {
        term.insert("overlaps".into(), json!(true));
    }
    // A term in the middle of the order of ids.
    terms.insert(dice.pick(&["a-new-term", "p-new-term", "z-new-term"]).to_string(), term.into());
    files
}

/// A weaker form of a claim; none where no simple one is known.
fn weaker(dice: &mut Dice, case: &Case, claim: &Claim) -> Option<Form> {
    match &claim.form {
        Form::Value { measure, scope, value, unit } => {
            let value = value.weaker(dice, &case.world.policy, scale(*measure, *unit))?;
            Some(Form::Value { measure: *measure, scope: scope.clone(), value, unit: *unit })
        }
        Form::Date { event, edge, when } => {
            let wider = match when {
                DateClaim::In(date) | DateClaim::Between(date, _) if dice.percent(50) => DateClaim::Since(*date),
                DateClaim::In(date) | DateClaim::Between(_, date) | DateClaim::Before(date) => DateClaim::By(*date),
                DateClaim::After(date) => DateClaim::Since(*date),
                _ => return None,
            };
            let fits = fits_container(&wider, case.world.events[*event].container_days());
            fits.then_some(Form::Date { event: *event, edge: *edge, when: wider })
        }
        Form::Relation(relation) => relation.weaker(dice, &case.world).map(Form::Relation),
        Form::Duration(length) => length.weaker(dice, &case.world).map(Form::Duration),
        Form::Fact { attribute, values, negated, .. } => {
            let other = case.world.attributes[*attribute].weaker_values(dice, &case.world, values, *negated)?;
            let mut form = claim.form.clone();
            if let Form::Fact { values, .. } = &mut form {
                *values = other;
            }
            Some(form)
        }
    }
}

/// The case with one claim made weaker that nobody disputes; none where no claim can be.
pub(crate) fn weakened(dice: &mut Dice, case: &Case) -> Option<Case> {
    for _ in 0..20 {
        let source = dice.below(case.sources.len());
        let at = dice.below(case.sources[source].claims.len());
        let claim = &case.sources[source].claims[at];
        if claim.voice == Voice::Disputes || claim.superseded_by.is_some() {
            continue;
        }
        if let Some(form) = weaker(dice, case, claim) {
            let mut case = case.clone();
            case.sources[source].claims[at].form = form;
            return Some(case);
        }
    }
    None
}

/// The case without one claim, and that claim's name.
pub(crate) fn with_one_less(dice: &mut Dice, case: &Case) -> Option<(Case, String)> {
    let source = dice.below(case.sources.len());
    let at = dice.below(case.sources[source].claims.len());
    let name = name(&case.sources[source], &case.sources[source].claims[at]);
    case.without(source, at).map(|case| (case, name))
}

/// One source alone, and it beside a verbatim copy of itself.
pub(crate) fn with_a_copy(case: &Case) -> [Case; 2] {
    let alone = Case { sources: vec![case.sources[0].clone()], ..case.clone() };
    let mut both = alone.clone();
    let mut copy = alone.sources[0].clone();
    "a-copy".clone_into(&mut copy.id);
    both.sources.push(copy);
    [alone, both]
}
