//! One claim.

use serde_json::{Map, Value, json};

use super::offered::{self, ids};
use super::word::{
    any_text, date, described, id, list, named, named_as, nullable, number, object, ordinal, pair, period, text, words,
};
use crate::codebook::{Attribute, Codebook, Domain};

/// Keys of every claim.
const COMMON: [&str; 9] = ["id", "quote", "line", "page", "where", "note", "voice", "attributed_to", "superseded_by"];

/// A claim: its keys stand side by side, so that editors offer them, and what goes with what is said beside them.
pub(super) fn schema(codebook: Option<&Codebook>) -> Value {
    let mut keys = common();
    keys.extend(figures());
    keys.extend(facts(codebook));
    let mut claim = object("What the source says at one place", &["id", "quote"], keys);
    let Value::Object(parts) = &mut claim else { return claim };
    let dimensions = dimensions(codebook);
    match (parts.get_mut("properties"), codebook) {
        (Some(Value::Object(keys)), Some(_)) => keys.extend(dimensions),
        // Any other key may be a dimension.
        _ => drop(parts.insert("additionalProperties".to_owned(), named("choice"))),
    }
    parts.insert("oneOf".to_owned(), forms());
    parts.insert("dependentSchemas".to_owned(), belongs());
    let conditions = codebook.map(offered::conditions).unwrap_or_default();
    // A list without a schema is no schema.
    if !conditions.is_empty() {
        parts.insert("allOf".to_owned(), conditions.into());
    }
    claim
}

/// The keys of a scope that a codebook's dimensions are.
fn dimensions(codebook: Option<&Codebook>) -> Map<String, Value> {
    let named_dimensions = codebook.into_iter().flat_map(|book| book.dimensions.named());
    named_dimensions
        .map(|(_, dimension)| {
            let description = format!("Of which {}; left out: all of it", dimension.id);
            (dimension.id.clone(), named_as(&format!("choice.{}", dimension.id), &description))
        })
        .collect()
}

/// Definitions that claims refer to.
pub(super) fn definitions(codebook: Option<&Codebook>) -> Map<String, Value> {
    let mut all = offered::definitions(codebook);
    all.insert("figure".to_owned(), figure());
    all.insert("when".to_owned(), when());
    all.insert("scope".to_owned(), scope(codebook));
    all
}

fn common() -> Vec<(&'static str, Value)> {
    let voices = [
        ("asserts", "The source says it as its own (so it is where nothing is written)"),
        ("reports", "It passes on another's figure"),
        ("disputes", "It says that this is not so"),
    ];
    let page = json!({
        "anyOf": [{ "type": "number" }, text("A page that is no number"), { "type": "null" }],
        "description": "The page: 12, or `\"iv\"`"
    });
    let quote =
        "The shortest phrase that carries the claim, word for word, at most 15 words; `[...]` for words left out";
    let quote = json!({ "type": "string", "pattern": "^\\s*(\\S+\\s+){0,14}\\S+\\s*$", "description": quote });
    vec![
        ("id", id("An id, unique in its source")),
        ("quote", quote),
        ("line", nullable(ordinal("The line of the source's text on which the quote starts"))),
        ("page", page),
        ("where", nullable(any_text("Where else it stands: `note 27`"))),
        ("note", nullable(any_text("A remark: why it was encoded so"))),
        ("voice", nullable(words("How the source stands to it", voices.map(|(word, told)| (word, told.to_owned()))))),
        (
            "attributed_to",
            nullable(list("Whom the source credits, from the one it names to the origin", &named("upstream"))),
        ),
        ("superseded_by", nullable(text("A later claim that replaces it, as `ID` or `SOURCE/ID`; say in `note` how"))),
    ]
}

fn figures() -> Vec<(&'static str, Value)> {
    let directions = [("up", "More than there"), ("down", "Fewer than there")];
    let change = object(
        "The figure beside another one",
        &["than", "direction"],
        [
            ("than", described(named("scope"), "Where the other one is; what is not written here is as in the claim")),
            ("direction", words("Which way", directions.map(|(word, told)| (word, told.to_owned())))),
            ("percent", named_as("figure", "By how many percent")),
            ("factor", named_as("figure", "How many times; \"halved\" is 2 with `down`")),
            ("by", named_as("figure", "By how many")),
        ],
    );
    let share = object(
        "How much of another figure it is",
        &["of", "percent"],
        [
            ("of", described(named("scope"), "Where the whole is; what is not written here is as in the claim")),
            ("percent", named_as("figure", "How many percent of it")),
        ],
    );
    vec![
        ("measure", named_as("measure", "What is counted or measured")),
        ("value", named_as("figure", "How many, with the hedge that the source put on it")),
        ("change", at_most_one(change, &["percent", "factor", "by"])),
        ("share", share),
        ("unit", named_as("unit", "In which unit, where it is not the measure's own")),
        ("period", named_as("when", "When")),
        ("event", named_as("event", "In which event; or the event that a date or a duration is of")),
    ]
}

fn facts(codebook: Option<&Codebook>) -> Vec<(&'static str, Value)> {
    // What may stand there depends on the attribute: see the conditions that a codebook gives.
    // An editor that does not know the attribute yet offers the names of all.
    let one = |domains: fn(&Attribute) -> Option<Domain>| match codebook {
        Some(book) => json!({ "type": "string", "examples": ids(book, domains) }),
        None => json!({ "type": "string", "pattern": "\\S" }),
    };
    let (subject, toward) = (one(|attribute| Some(attribute.subjects)), one(|attribute| attribute.toward));
    let value = one(|attribute| Some(attribute.values));
    let value = json!({ "anyOf": [value, list("One of these", &value)] });
    vec![
        ("date", date_of_event()),
        ("duration", duration()),
        ("subject", described(subject, "Of whom or what it is said")),
        ("attribute", named_as("attribute", "What is said of it")),
        ("toward", described(toward, "To whom, in a relation")),
        ("is", described(value.clone(), "A value, or a list: one of them")),
        ("is_not", described(value, "A value that it has not, or a list: none of them")),
    ]
}

/// Exactly one form.
fn forms() -> Value {
    let figure = |form: &str| json!({ "required": ["measure", form] });
    let fact =
        |is: &str, other: &str| json!({ "required": ["subject", "attribute", is], "not": { "required": [other] } });
    json!([
        figure("value"), figure("change"), figure("share"),
        { "required": ["event", "date"] }, { "required": ["duration"] },
        fact("is", "is_not"), fact("is_not", "is"),
    ])
}

/// Which keys belong to which form.
fn belongs() -> Value {
    let only = |own: &[&str]| {
        let keys: Vec<&str> = COMMON.iter().chain(own).copied().collect();
        json!({ "propertyNames": { "enum": keys } })
    };
    let figure = |more: &[&str]| {
        let others = ["date", "duration", "subject", "attribute", "toward", "is", "is_not"];
        let others: Map<String, Value> = others.iter().chain(more).map(|&key| (key.to_owned(), json!(false))).collect();
        json!({ "properties": others })
    };
    let mut duration = only(&["event", "duration"]);
    if let Value::Object(keys) = &mut duration {
        let ends = json!({ "properties": { "duration": { "properties": { "from": false, "to": false } } } });
        let both = json!({ "properties": { "duration": { "required": ["from", "to"] } } });
        keys.extend([
            ("if".to_owned(), json!({ "required": ["event"] })),
            ("then".to_owned(), ends),
            ("else".to_owned(), both),
        ]);
    }
    json!({
        "value": figure(&[]),
        "change": figure(&[]),
        "share": figure(&["unit"]),
        "date": only(&["event", "date"]),
        "duration": duration,
        "attribute": only(&["subject", "attribute", "toward", "is", "is_not", "period"]),
        "superseded_by": { "if": { "properties": { "superseded_by": { "type": "string" } } },
                           "then": { "required": ["note"], "properties": { "note": { "type": "string", "pattern": "\\S" } } } },
    })
}

/// The same object with at most one of some keys.
fn at_most_one(mut object: Value, keys: &[&str]) -> Value {
    let mut all = Vec::new();
    for (at, first) in keys.iter().enumerate() {
        all.extend(keys.iter().skip(at + 1).map(|second| json!({ "not": { "required": [first, second] } })));
    }
    if let Value::Object(parts) = &mut object {
        parts.insert("allOf".to_owned(), all.into());
    }
    object
}

/// The same object with exactly one of some keys.
fn exactly_one(mut object: Value, keys: &[&str]) -> Value {
    let one: Vec<Value> = keys.iter().map(|key| json!({ "required": [key] })).collect();
    if let Value::Object(parts) = &mut object {
        parts.insert("oneOf".to_owned(), one.into());
    }
    object
}

fn figure() -> Value {
    let estimate = object(
        "A lowest, a best and a highest figure",
        &["low", "best", "high"],
        [("low", number("The lowest")), ("best", number("The best")), ("high", number("The highest"))],
    );
    let step = json!({ "type": "number", "exclusiveMinimum": 0, "description": "To what: 100, or 100000" });
    let hedges = [
        ("at_least", number("This or more")),
        ("more_than", number("More than this")),
        ("at_most", number("This or fewer")),
        ("less_than", number("Fewer than this")),
        ("nearly", number("Just below this")),
        ("about", number("Around this")),
        ("between", pair("From the first to the second", &number("A number"))),
        ("rounded", number("Rounded; `to` says to what")),
        ("estimate", estimate),
        ("vague", named_as("vague", "A word in place of a number")),
    ];
    let names: Vec<&str> = hedges.iter().map(|(name, _)| *name).collect();
    let keys = hedges.iter().cloned().chain([("to", step)]);
    let mut figure = exactly_one(object("A figure with its hedge", &[], keys), &names);
    if let Value::Object(parts) = &mut figure {
        parts.insert("dependentRequired".to_owned(), json!({ "rounded": ["to"], "to": ["rounded"] }));
    }
    json!({ "anyOf": [number("Exactly this"), figure] })
}

fn when() -> Value {
    let unstated = object(
        "The text names none, and a reader takes it for this one",
        &["unstated"],
        [("unstated", period("A period"))],
    );
    let never = json!({
        "type": "string", "enum": ["unstated"], "enumDescriptions": ["A period is meant, and the text names none"]
    });
    json!({ "anyOf": [period("Days"), never, unstated] })
}

/// What a change or a share compares with.
fn scope(codebook: Option<&Codebook>) -> Value {
    let own = [("period", named_as("when", "When")), ("event", named_as("event", "In which event"))];
    let mut scope = object("What is different there", &[], own);
    if let Value::Object(parts) = &mut scope {
        parts.insert("minProperties".to_owned(), 1.into());
        match (parts.get_mut("properties"), codebook) {
            (Some(Value::Object(keys)), Some(_)) => keys.extend(dimensions(codebook)),
            _ => drop(parts.insert("additionalProperties".to_owned(), named("choice"))),
        }
    }
    scope
}

fn date_of_event() -> Value {
    let hedges = [
        ("before", date("Before its first day")),
        ("after", date("After its last day")),
        ("by", date("On its last day or before")),
        ("since", date("On its first day or after")),
        ("between", pair("From the first to the second", &date("A date"))),
    ];
    let names = hedges.each_ref().map(|(name, _)| *name);
    let unsure = exactly_one(object("A date with its hedge", &[], hedges), &names);
    let when = |description: &str| json!({ "anyOf": [date("A date"), unsure], "description": description });
    let edges = [
        ("on", when("It happened then: some day of the event lies in it")),
        ("start", when("It began then")),
        ("end", when("It ended then")),
    ];
    let names = edges.each_ref().map(|(name, _)| *name);
    exactly_one(object("When the event happened, began or ended", &[], edges), &names)
}

fn duration() -> Value {
    let units = ["days", "weeks", "months", "years", "decades"];
    let lengths = units.map(|unit| (unit, named_as("figure", "How many")));
    let ends = [
        ("from", named_as("moment", "Without `event`: from where; an event's end, unless `.start` is written")),
        ("to", named_as("moment", "Without `event`: to where; an event's start, unless `.end` is written")),
    ];
    let keys = lengths.into_iter().chain(ends);
    exactly_one(object("How long the event lasted, or how long it was from one to another", &[], keys), &units)
}
