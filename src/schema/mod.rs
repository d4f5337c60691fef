//! JSON Schemas (draft 2020-12) of the files of a claims folder and of the JSON report.
//!
//! With them an editor completes keys and names while somebody types, shows what each means, and marks what is wrong.
//! The schema of a source is made for one codebook, whose names it offers with their labels and definitions.
//!
//! That of the report is derived from the types that write it. Those of the files are written out here: the loader
//! decodes by hand, so that each fault has its place, and has no types to derive them from. The tests hold them to it:
//! whatever loads is valid, and what the loader refuses for its shape or its names is not.
//!
//! A schema says less than the loader checks. That numbers ascend, that terms are disjoint, that a date is EDTF or that
//! another file has a source is for `gainsay check` to say.

mod claim;
mod codebook;
mod offered;
mod record;
mod report;
mod source;
mod word;

use serde_json::Value;

use crate::codebook::Codebook;
use crate::layout;
use crate::report::pretty;

/// What a schema is of.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SchemaOf {
    /// `codebook.json`.
    Codebook,
    /// A file of `sources`.
    Source,
    /// `waivers.json`.
    Waivers,
    /// `omitted.json`.
    Omitted,
    /// What `gainsay check --format json` prints.
    Report,
}

impl SchemaOf {
    /// Every one of them.
    pub const ALL: [Self; 5] = [Self::Codebook, Self::Source, Self::Waivers, Self::Omitted, Self::Report];

    /// Its name: `source`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Codebook => "codebook",
            Self::Source => "source",
            Self::Waivers => "waivers",
            Self::Omitted => "omitted",
            Self::Report => "report",
        }
    }
}

/// The schema of one kind of file. With a codebook the schema of a source offers its names and takes no others; without
/// one it takes every id. The other schemas do not depend on it.
pub fn schema(of: SchemaOf, codebook: Option<&Codebook>) -> Value {
    match of {
        SchemaOf::Codebook => codebook::schema(),
        SchemaOf::Source => source::schema(codebook),
        SchemaOf::Waivers => record::waivers(),
        SchemaOf::Omitted => record::omitted(),
        SchemaOf::Report => report::schema(),
    }
}

/// The same as a text, laid out as claims files are, with a final line break.
pub fn schema_text(of: SchemaOf, codebook: Option<&Codebook>) -> String {
    let text = pretty(&schema(of, codebook));
    // OK because a schema has no key twice and is nested less deep than a claims file may be.
    layout::text("schema", &text).unwrap_or(text)
}
