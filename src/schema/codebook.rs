//! `codebook.json`.

use serde_json::{Value, json};

use super::word::{
    DRAFT, any_text, by_id, date, flag, id, list, moment, named, named_as, nullable, number, object, own_schema, pair,
    period, text, words,
};

/// The schema of `codebook.json`.
pub(super) fn schema() -> Value {
    let mut schema = object(
        "The shared vocabulary: what claims may be about",
        &[],
        [
            own_schema(),
            ("dimensions", by_id("The axes of scope (place, actor, harm), by their ids", &dimension())),
            ("measures", by_id("What is counted or measured, by id", &measure())),
            ("units", by_id("Multiples of the measures' units, by id", &unit())),
            ("sums", json!({ "type": "array", "items": sum(), "description": "Measures that add up to another one" })),
            ("events", by_id("What happened once, by id", &event())),
            ("orders", json!({ "type": "array", "items": order(), "description": "Which event is over before which" })),
            ("attributes", by_id("What can be said of somebody or something, by id", &attribute())),
            ("vague", vague()),
            ("about", policy("How far \"about\" reaches; the larger of the percentage and `min` counts", true)),
            ("beyond", policy("How far above its number a reader takes \"at least\" to reach", false)),
            ("upstreams", by_id("Whom sources credit for figures, by id", &upstream())),
        ],
    );
    if let Value::Object(keys) = &mut schema {
        keys.insert("$schema".to_owned(), DRAFT.into());
        keys.insert("title".to_owned(), "gainsay: codebook.json".into());
        let definitions = json!({ "term": term(), "domain": domain(), "reserved": reserved() });
        keys.insert("$defs".to_owned(), definitions);
        if let Some(Value::Object(dimensions)) = keys.get_mut("properties").and_then(|keys| keys.get_mut("dimensions"))
        {
            let names = json!({ "allOf": [dimensions.get("propertyNames"), { "not": named("reserved") }] });
            dimensions.insert("propertyNames".to_owned(), names);
        }
    }
    schema
}

/// Names that a dimension cannot have.
fn reserved() -> Value {
    json!({ "enum": crate::load::RESERVED, "description": "Words that are keys of claims or of attributes" })
}

fn term_id(description: &str) -> Value {
    json!({ "allOf": [id("An id"), { "not": { "const": "unstated" } }], "description": description })
}

fn dimension() -> Value {
    let terms = json!({
        "type": "object", "propertyNames": term_id("A term's id"), "additionalProperties": named("term"),
        "description": "The terms, by id; ids of terms are unique over all dimensions"
    });
    object(
        "An axis of scope",
        &["root", "terms"],
        [
            ("phrase", phrase("How a term is put into a sentence, with `{}` for its label", "in {}")),
            (
                "root",
                term_id("The id of the term that holds all others; what a claim means that leaves the dimension out"),
            ),
            ("root_label", nullable(any_text("What prose calls the root: `anywhere`"))),
            ("exhaustive", flag("Whether the terms just below the root cover all of it")),
            ("terms", terms),
        ],
    )
}

fn term() -> Value {
    let aliases = json!({
        "type": "array", "minItems": 1, "items": text("A name"),
        "description": "Other names, which `gainsay show` finds it by"
    });
    object(
        "A fixed extent on an axis",
        &[],
        [
            ("in", id("The term that it lies in; the root if left out")),
            ("label", nullable(text("What prose calls it; its id if left out"))),
            ("aliases", aliases),
            ("overlaps", flag("Whether it may share something with its siblings; they are disjoint otherwise")),
            ("exhaustive", flag("Whether its children cover it")),
            ("definition", nullable(any_text("What belongs to it and what does not, and why"))),
        ],
    )
}

fn phrase(description: &str, example: &str) -> Value {
    json!({
        "type": "string", "pattern": "^(?!.*\\{\\}.*\\{\\}).*\\{\\}", "description": description, "examples": [example]
    })
}

fn measure() -> Value {
    let kinds = [
        ("count", "Adds up over time and over its dimensions: attacks, people killed"),
        ("level", "Holds at a time: fighters, refugees hosted; no sum over time"),
        ("fixed", "Does not change: an area, a border's length; no period"),
    ];
    let dimension = id("A dimension");
    let dimensions = json!({
        "type": "array", "maxItems": 16, "uniqueItems": true, "items": dimension,
        "description": "The axes that its figures are given by"
    });
    object(
        "Something that is counted or measured",
        &["unit", "kind", "dimensions"],
        [
            ("phrase", phrase("How a figure is put into a sentence", "{} attacks")),
            ("phrase_one", phrase("The same for one", "{} attack")),
            ("unit", text("What is counted: `person`, `attack`, `km`")),
            ("kind", words("How figures add up", kinds.map(|(word, meaning)| (word, meaning.to_owned())))),
            ("whole", flag("Whether it comes in whole things, so that \"more than 150\" starts at 151")),
            ("dimensions", dimensions),
            (
                "overlaps",
                list("Dimensions in which one unit can stand under several terms at once; `period` too", &dimension),
            ),
            ("plain", id("A measure that a reader takes its figures for")),
            ("definition", nullable(any_text("What counts and what does not, and why"))),
        ],
    )
}

fn unit() -> Value {
    let times = json!({
        "type": ["string", "number"], "exclusiveMinimum": 0, "pattern": "^[0-9.eE+-]+$",
        "description": "How many of the measure's units it is"
    });
    object(
        "A multiple of a measure's unit",
        &["of", "times"],
        [("of", text("The unit of a measure")), ("times", times)],
    )
}

fn sum() -> Value {
    object(
        "Measures of one kind, unit and dimensions that add up to another one everywhere",
        &["whole", "parts"],
        [
            ("whole", id("The measure that they add up to")),
            ("parts", list("The measures that are added up", &id("A measure"))),
            ("because", nullable(any_text("How it is known that they add up"))),
        ],
    )
}

fn event() -> Value {
    let kinds = [("incident", "One day"), ("span", "Longer: a war, an operation; it may overlap anything")];
    object(
        "Something that happened once",
        &["kind"],
        [
            ("kind", words("How long it lasted", kinds.map(|(word, meaning)| (word, meaning.to_owned())))),
            ("label", nullable(text("What prose calls it; its id if left out"))),
            ("in", id("The event that it is part of")),
            ("place", id("A term of the dimension `place`, where it happened")),
            ("period", period("Days that it surely lies in, from a day to a day")),
            ("definition", nullable(any_text("Why the passages are taken for one event"))),
        ],
    )
}

fn order() -> Value {
    object(
        "One event is over before another starts",
        &["first", "then"],
        [
            ("first", moment("The earlier event, its end being meant unless `.start` is written")),
            ("then", moment("The later event, its start being meant unless `.end` is written")),
            ("because", nullable(any_text("How the order is known"))),
        ],
    )
}

fn domain() -> Value {
    let inline = json!({
        "type": "object", "minProperties": 1, "propertyNames": id("A value's id"), "additionalProperties": named("term"),
        "description": "Values of its own, by id"
    });
    json!({ "anyOf": [
        { "type": "string", "enum": ["events", "dates"], "enumDescriptions": ["The codebook's events", "EDTF dates"] },
        id("A dimension"),
        inline,
    ] })
}

fn attribute() -> Value {
    let phrase = any_text("How a fact is put: `{subject} was founded by {value}`, in a relation with `{toward}` too");
    let mut phrase = phrase;
    if let Value::Object(keys) = &mut phrase {
        keys.insert("pattern".to_owned(), "\\{value\\}".into());
    }
    object(
        "Something that can be said of a subject",
        &["subjects", "values"],
        [
            ("phrase", phrase),
            ("subjects", named_as("domain", "Of whom or what it can be said")),
            ("toward", named_as("domain", "For a relation: to whom or what")),
            ("symmetric", flag("Whether subject and counterpart can change places")),
            ("values", named_as("domain", "What can be said: a closed list")),
            ("single_valued", flag("Whether only one value can hold")),
            ("changes", flag("Whether it can change over time, so that claims meet only in shared days")),
            ("opinion", flag("Whether it is advice or a judgement, so that conflicts are notes")),
            ("definition", nullable(any_text("What it means"))),
        ],
    )
}

fn vague() -> Value {
    let end = json!({ "type": ["number", "null"], "minimum": 0, "description": "A number; `null` for no end" });
    let word = object(
        "What a vague word means",
        &["strict", "plain"],
        [
            ("strict", pair("What it logically allows: the least and the greatest number", &end)),
            ("plain", pair("What a reader takes it for", &end)),
            ("policy", nullable(any_text("Whose decision that is: ACLED codes dozens as 12"))),
        ],
    );
    json!({
        "type": "object", "propertyNames": { "pattern": "\\S" }, "additionalProperties": word,
        "description": "Words in place of numbers (dozens, several), by the word"
    })
}

fn policy(description: &str, strict: bool) -> Value {
    let percentage = |description: &str| {
        json!({
            "type": "string", "pattern": "^[0-9][0-9.eE+-]*\\s*%$", "description": description, "examples": ["10%", "25%"]
        })
    };
    let mut keys =
        vec![("plain", percentage("As a reader takes it")), ("min", number("The least reach, in base units"))];
    keys.extend(strict.then(|| ("strict", percentage("What the word allows"))));
    object(description, &[], keys)
}

fn upstream() -> Value {
    object(
        "Whom sources credit for a figure",
        &[],
        [
            ("label", nullable(text("What prose calls it; its id if left out"))),
            ("published", nullable(date("When it was published"))),
        ],
    )
}
