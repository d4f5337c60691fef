//! The words that schemas are put together from.

use serde_json::{Map, Value, json};

/// What stands at the top of each schema.
pub(super) const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The form of ids.
const ID: &str = "^[a-z0-9][a-z0-9-]*$";

/// A schema with what an editor shows of it.
pub(super) fn described(mut schema: Value, description: &str) -> Value {
    if let Value::Object(keys) = &mut schema {
        keys.insert("description".to_owned(), description.into());
    }
    schema
}

/// An object with these keys and no others.
pub(super) fn object<'k>(
    description: &str,
    required: &[&str],
    properties: impl IntoIterator<Item = (&'k str, Value)>,
) -> Value {
    let properties: Map<String, Value> = properties.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    let mut object = json!({
        "type": "object", "description": description, "additionalProperties": false, "properties": properties
    });
    if let (Value::Object(keys), false) = (&mut object, required.is_empty()) {
        keys.insert("required".to_owned(), required.into());
    }
    object
}

/// An object with an entry for each id.
pub(super) fn by_id(description: &str, entry: &Value) -> Value {
    json!({ "type": "object", "description": description, "propertyNames": id("An id"), "additionalProperties": entry })
}

/// The key that names the schema itself.
pub(super) fn own_schema() -> (&'static str, Value) {
    let description = "Where this file's JSON Schema is, for editors; nothing else reads it";
    ("$schema", json!({ "type": "string", "description": description }))
}

/// An id.
pub(super) fn id(description: &str) -> Value {
    json!({ "type": "string", "pattern": ID, "maxLength": 64, "description": description })
}

/// An event, or one of its ends.
pub(super) fn moment(description: &str) -> Value {
    let pattern = "^[a-z0-9][a-z0-9-]*(\\.start|\\.end)?$";
    json!({
        "type": "string", "pattern": pattern, "description": description, "examples": ["kabul-falls", "withdrawal.end"]
    })
}

/// A text with something in it.
pub(super) fn text(description: &str) -> Value {
    json!({ "type": "string", "pattern": "\\S", "description": description })
}

/// A text that may be empty.
pub(super) fn any_text(description: &str) -> Value {
    json!({ "type": "string", "description": description })
}

/// The same, or `null` for none.
pub(super) fn nullable(mut schema: Value) -> Value {
    let kind = schema.get("type").cloned();
    match (&mut schema, kind) {
        (Value::Object(keys), Some(kind @ Value::String(_))) => {
            keys.insert("type".to_owned(), json!([kind, "null"]));
            if let Some(Value::Array(words)) = keys.get_mut("enum") {
                words.push(Value::Null);
            }
            schema
        }
        _ => json!({ "anyOf": [schema, { "type": "null" }] }),
    }
}

/// `true` or `false`.
pub(super) fn flag(description: &str) -> Value {
    json!({ "type": "boolean", "default": false, "description": description })
}

/// A number that is not negative.
pub(super) fn number(description: &str) -> Value {
    json!({ "type": "number", "minimum": 0, "description": description })
}

/// A whole number from 1.
pub(super) fn ordinal(description: &str) -> Value {
    json!({ "type": "integer", "minimum": 1, "description": description })
}

/// An EDTF date.
pub(super) fn date(description: &str) -> Value {
    let examples = ["2022", "2022-06", "2022-06-14", "2022-06~", "2023?", "202X"];
    let description = format!("{description}. An EDTF date: a year, a month or a day; `~` about, `?` perhaps");
    json!({ "type": "string", "pattern": "\\S", "description": description, "examples": examples })
}

/// An EDTF period.
pub(super) fn period(description: &str) -> Value {
    let examples = ["2022", "2022-06", "2022-01/2022-09", "2021-08-15/2022-08-14", "2021/..", "/2022"];
    let description = format!("{description}. An EDTF date, or two with `/` between them; `..` is an open end");
    json!({ "type": "string", "pattern": "\\S", "description": description, "examples": examples })
}

/// A list of at least one such item, each of them once.
pub(super) fn list(description: &str, item: &Value) -> Value {
    json!({ "type": "array", "minItems": 1, "uniqueItems": true, "items": item, "description": description })
}

/// Two such items.
pub(super) fn pair(description: &str, item: &Value) -> Value {
    json!({ "type": "array", "minItems": 2, "maxItems": 2, "items": item, "description": description })
}

/// One of a few words, each with what it means.
pub(super) fn words<'w>(description: &str, words: impl IntoIterator<Item = (&'w str, String)>) -> Value {
    let (words, meanings): (Vec<&str>, Vec<String>) = words.into_iter().unzip();
    // An enumeration without a word would be no schema; nothing fits where nothing is known.
    if words.is_empty() {
        return json!({ "not": {}, "description": description });
    }
    json!({ "type": "string", "description": description, "enum": words, "enumDescriptions": meanings })
}

/// A schema of `$defs`.
pub(super) fn named(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

/// A schema of `$defs`, with what an editor shows of it here.
pub(super) fn named_as(name: &str, description: &str) -> Value {
    described(named(name), description)
}
