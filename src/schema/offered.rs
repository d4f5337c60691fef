//! The names of a codebook, as a schema offers them.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::word::{date, described, id, list, moment, named, text, words};
use crate::codebook::{Attribute, Codebook, DimensionId, Domain, Kind, Measure, Term};

/// What claims name by ids, and what an editor shows of it.
const NAMES: [(&str, &str); 4] = [
    ("measure", "A measure of the codebook"),
    ("event", "An event of the codebook"),
    ("attribute", "An attribute of the codebook"),
    ("upstream", "An upstream of the codebook, or another source"),
];

/// The definitions that claims refer to: what may stand for a measure, a term, an event. Without a codebook any id may.
pub(super) fn definitions(codebook: Option<&Codebook>) -> Map<String, Value> {
    let mut all = Map::new();
    let mut add = |name: &str, schema: Value| drop(all.insert(name.to_owned(), schema));
    let Some(book) = codebook else {
        for (name, description) in NAMES {
            add(name, id(description));
        }
        add("moment", moment("An event, or its `.start` or `.end`"));
        add("unit", text("A unit of the codebook"));
        add("vague", text("A vague word of the codebook"));
        add("choice", choice(&id("A term"), "A dimension"));
        return all;
    };
    let [measure, event, attribute, upstream] = NAMES.map(|(_, description)| description);
    add("measure", words(measure, book.measures.iter().map(|measure| (measure.id.as_str(), told(measure)))));
    add("event", words(event, events(book).iter().map(|(name, meaning)| (name.as_str(), meaning.clone()))));
    let sides = ["start", "end"].map(|side| {
        let of = |(name, meaning): &(String, String)| (format!("{name}.{side}"), format!("The {side} of: {meaning}"));
        events(book).iter().map(of).collect::<Vec<_>>()
    });
    let sides: Vec<(String, String)> = sides.into_iter().flatten().collect();
    let sides = words("An edge of an event", sides.iter().map(|(name, meaning)| (name.as_str(), meaning.clone())));
    add("moment", json!({ "anyOf": [named("event"), sides] }));
    add("attribute", words(attribute, book.attributes.iter().map(|one| (one.id.as_str(), fact(one)))));
    add("unit", words("A unit", units(book, |_| true)));
    let vague = |word: &crate::codebook::Vague| word.policy.clone().unwrap_or_default();
    add("vague", words("A vague word", book.vague.iter().map(|(name, word)| (name.as_str(), vague(word)))));
    let upstreams = words(upstream, book.upstreams.iter().map(|one| (one.id.as_str(), one.label.clone())));
    add("upstream", json!({ "anyOf": [upstreams, id("Another source of this folder")] }));
    for (at, dimension) in book.dimensions.named() {
        let name = format!("term.{}", dimension.id);
        add(&name, terms(book, at));
        add(&format!("choice.{}", dimension.id), choice(&named(&name), &format!("The dimension {}", dimension.id)));
    }
    for attribute in &book.attributes {
        let domains = [attribute.subjects, attribute.values].into_iter().chain(attribute.toward);
        for domain in domains {
            if let Some(at) = own(book, domain) {
                add(&format!("term.{}", book.dimensions.dimension(at).id), terms(book, at));
            }
        }
    }
    all
}

/// The inline tree of a domain, if it has one.
fn own(book: &Codebook, domain: Domain) -> Option<DimensionId> {
    match domain {
        Domain::Terms(at) if book.dimensions.dimension(at).inline => Some(at),
        _ => None,
    }
}

/// What may stand for somebody or something of a domain.
fn entity(book: &Codebook, domain: Domain) -> Value {
    match domain {
        Domain::Terms(at) => named(&format!("term.{}", book.dimensions.dimension(at).id)),
        Domain::Events => named("event"),
        Domain::Dates => date("A date"),
    }
}

/// The terms of a dimension, or of an attribute's own tree, whose root nobody names.
fn terms(book: &Codebook, at: DimensionId) -> Value {
    let dimension = book.dimensions.dimension(at);
    let ids = dimension.terms.iter().filter(|&&term| !(dimension.inline && term == dimension.root));
    let terms = ids.map(|&term| book.dimensions.term(term));
    words("A term", terms.map(|term| (term.id.as_str(), meaning(term))))
}

fn meaning(term: &Term) -> String {
    let aliases = if term.aliases.is_empty() { String::new() } else { format!(" ({})", term.aliases.join(", ")) };
    with_definition(&format!("{}{aliases}", term.label), term.definition.as_deref())
}

fn with_definition(label: &str, definition: Option<&str>) -> String {
    definition.map_or_else(|| label.to_owned(), |definition| format!("{label}. {definition}"))
}

fn told(measure: &Measure) -> String {
    with_definition(&measure.phrase.replace("{}", "…"), measure.definition.as_deref())
}

fn fact(attribute: &Attribute) -> String {
    let label = attribute.phrase.clone().unwrap_or_else(|| attribute.id.replace('-', " "));
    with_definition(&label, attribute.definition.as_deref())
}

fn events(book: &Codebook) -> Vec<(String, String)> {
    let told = |event: &crate::codebook::Event| with_definition(&event.label, event.definition.as_deref());
    book.events.iter().map(|event| (event.id.clone(), told(event))).collect()
}

/// The units of those measures that a test takes: their own, and the multiples of these.
fn units(book: &Codebook, of: impl Fn(&Measure) -> bool) -> Vec<(&str, String)> {
    let mut own: BTreeMap<&str, String> = BTreeMap::new();
    for measure in book.measures.iter().filter(|measure| of(measure)) {
        own.entry(&measure.unit).or_insert_with(|| format!("The unit of {}", measure.id));
    }
    let more = book.units.iter().filter(|unit| own.contains_key(unit.of.as_str()));
    let more: Vec<(&str, String)> =
        more.map(|unit| (unit.id.as_str(), format!("{} × {}", unit.times, unit.of))).collect();
    own.into_iter().chain(more).collect()
}

/// The ids that some part of a fact may have, over all attributes; dates have none.
pub(super) fn ids(book: &Codebook, part: fn(&Attribute) -> Option<Domain>) -> Vec<&str> {
    let mut ids: Vec<&str> = Vec::new();
    for domain in book.attributes.iter().filter_map(part) {
        match domain {
            Domain::Terms(at) => {
                let dimension = book.dimensions.dimension(at);
                let named = dimension.terms.iter().filter(|&&term| !(dimension.inline && term == dimension.root));
                ids.extend(named.map(|&term| book.dimensions.term(term).id.as_str()));
            }
            Domain::Events => ids.extend(book.events.iter().map(|event| event.id.as_str())),
            Domain::Dates => {}
        }
    }
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// What a claim may write for a dimension.
fn choice(term: &Value, description: &str) -> Value {
    let terms = |description: &str| list(description, term);
    let only = |key: &str, value: Value, description: &str| {
        json!({
            "type": "object", "properties": { key: value }, "required": [key], "additionalProperties": false,
            "description": description
        })
    };
    let unstated = "A narrower group is plainly meant and not named";
    json!({ "description": description, "anyOf": [
        described(term.clone(), "One term"),
        { "type": "string", "enum": ["unstated"], "enumDescriptions": [unstated] },
        terms("Several terms that share nothing, taken together"),
        only("except", terms("What is left out"), "All but these"),
        only("unstated", described(term.clone(), "The term that a reader takes it for"), unstated),
    ] })
}

/// What the codebook asks of claims beyond what holds for all of them: for each set of measures that take the same keys
/// which these are, and for each attribute whose subjects and values it takes.
pub(super) fn conditions(book: &Codebook) -> Vec<Value> {
    let mut alike: BTreeMap<(Vec<&str>, bool, &str), Vec<&str>> = BTreeMap::new();
    for measure in &book.measures {
        let foreign = book.dimensions.named().filter(|(at, _)| !measure.dimensions.contains(at));
        let foreign = foreign.map(|(_, dimension)| dimension.id.as_str()).collect();
        let key = (foreign, measure.kind == Kind::Fixed, measure.unit.as_str());
        alike.entry(key).or_default().push(&measure.id);
    }
    let figure = |((foreign, fixed, unit), measures): ((Vec<&str>, bool, &str), Vec<&str>)| {
        let timeless = ["period", "event"].into_iter().filter(|_| fixed);
        let others: Map<String, Value> =
            foreign.into_iter().chain(timeless).map(|key| (key.to_owned(), json!(false))).collect();
        // What a change or a share compares with has the keys of a scope too.
        let compared = |key: &str| json!({ "properties": { key: { "properties": others.clone() } } });
        let mut keys = others.clone();
        keys.insert("change".to_owned(), compared("than"));
        keys.insert("share".to_owned(), compared("of"));
        keys.insert("unit".to_owned(), words("A unit of this measure", units(book, |measure| measure.unit == unit)));
        let mut then = json!({ "properties": keys });
        if let (Value::Object(then), false) = (&mut then, fixed) {
            then.insert("anyOf".to_owned(), json!([{ "required": ["period"] }, { "required": ["event"] }]));
        }
        json!({ "if": { "properties": { "measure": { "enum": measures } }, "required": ["measure"] }, "then": then })
    };
    let fact = |attribute: &Attribute| {
        let value = entity(book, attribute.values);
        let value = json!({ "anyOf": [value, list("One of these", &value)] });
        let mut keys = json!({ "subject": entity(book, attribute.subjects), "is": value, "is_not": value });
        let toward = attribute.toward.map_or(json!(false), |domain| entity(book, domain));
        if let Value::Object(keys) = &mut keys {
            keys.insert("toward".to_owned(), toward);
        }
        let mut then = json!({ "properties": keys });
        if let (Value::Object(then), true) = (&mut then, attribute.toward.is_some()) {
            then.insert("required".to_owned(), json!(["toward"]));
        }
        json!({
            "if": { "properties": { "attribute": { "const": attribute.id } }, "required": ["attribute"] }, "then": then
        })
    };
    alike.into_iter().map(figure).chain(book.attributes.iter().map(fact)).collect()
}
