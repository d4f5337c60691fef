//! A file of `sources`.

use serde_json::{Value, json};

use super::claim;
use super::word::{DRAFT, any_text, date, id, nullable, object, own_schema, text};
use crate::codebook::Codebook;

/// The schema of a source and its claims.
pub(super) fn schema(codebook: Option<&Codebook>) -> Value {
    let claims = json!({ "type": "array", "items": claim::schema(codebook), "description": "What the source says" });
    let keys = [own_schema(), ("source", source()), ("claims", claims)];
    let mut schema = object("One source and what it claims", &["source"], keys);
    if let Value::Object(keys) = &mut schema {
        keys.insert("$schema".to_owned(), DRAFT.into());
        keys.insert("title".to_owned(), "gainsay: a source".into());
        keys.insert("$defs".to_owned(), claim::definitions(codebook).into());
    }
    schema
}

fn source() -> Value {
    let authors = json!({ "type": ["array", "null"], "items": text("A name"), "description": "Who wrote it" });
    let file = json!({
        "type": "string", "pattern": "^(?![A-Za-z]:)(?!\\.{0,2}(/|$))(?!.*/\\.{0,2}(/|$))[^\\\\]*\\S[^\\\\]*$",
        "description": "Its path in the folder of texts"
    });
    let sha256 = json!({
        "type": "string", "pattern": "^[0-9a-f]{64}$", "description": "What `sha256sum FILE` prints of it"
    });
    let text = object(
        "The text that the claims were encoded from, for `gainsay verify`",
        &["file", "sha256"],
        [("file", file), ("sha256", sha256)],
    );
    object(
        "What the source is",
        &["id"],
        [
            ("id", id("An id, unique in the folder; claims are named `SOURCE/ID` by it")),
            ("title", nullable(any_text("Its title"))),
            ("authors", authors),
            ("publisher", nullable(any_text("Who published it"))),
            ("published", nullable(date("When it was published"))),
            ("url", nullable(any_text("Where it can be read"))),
            ("text", nullable(text)),
        ],
    )
}
