//! Where the claims' `line` values stand in their files, and the files with other numbers in their places.

use std::collections::BTreeMap;

use super::fault::{Page, Sink};
use super::folder::{Folder, Role};
use super::json::{self, Kind as Json};
use super::text::Text;
use super::texts::inner;
use crate::span::Span;

/// One claims file before and after its numbers of lines were corrected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Corrected {
    /// Its path, as faults show it.
    pub path: String,
    /// What was read.
    pub before: Vec<u8>,
    /// The same but for the digits of the corrected numbers.
    pub after: Vec<u8>,
}

/// Writes other numbers into the `line` of claims: `lines` is by the file's path and then by the claim's id.
///
/// Every byte beside those digits stays. A claim that has no `line` is left alone, and so is a file of standard input,
/// which nobody could write.
pub fn correct_lines(folder: &Folder, lines: &BTreeMap<String, BTreeMap<String, u32>>) -> Vec<Corrected> {
    let mut corrected = Vec::new();
    for file in folder.files().into_iter().filter(|file| file.role == Role::Source && !file.is_stdin()) {
        let (Some(wanted), Some(before)) = (lines.get(&file.path), &file.bytes) else { continue };
        let Ok(text) = std::str::from_utf8(before) else { continue };
        let mut after = String::new();
        let mut copied = 0;
        for (span, line) in places(&Text::new(&file.path, text), wanted) {
            after.push_str(text.get(copied..span.start).unwrap_or_default());
            after.push_str(&line.to_string());
            copied = span.end;
        }
        after.push_str(text.get(copied..).unwrap_or_default());
        if copied > 0 {
            corrected.push(Corrected { path: file.path.clone(), before: before.clone(), after: after.into_bytes() });
        }
    }
    corrected
}

/// The places of the numbers to be written, in the order of the file.
fn places(text: &Text<'_>, wanted: &BTreeMap<String, u32>) -> Vec<(Span, u32)> {
    // OK because the file was read without a fault before; what is reported here is nothing new.
    let sink = Sink::default();
    let page = Page { text, sink: &sink };
    let root = json::parse_lazily(page, Some("claims"));
    let Some(Json::Array(items)) = root.as_ref().and_then(|root| inner(root, "claims")).map(|node| &node.kind) else {
        return Vec::new();
    };
    let mut places = Vec::new();
    for item in items {
        let claim = json::expand(page, item);
        let Some(Json::String(id)) = inner(&claim, "id").map(|node| &node.kind) else { continue };
        let line = inner(&claim, "line").filter(|node| matches!(node.kind, Json::Number(_)));
        if let (Some(&number), Some(node)) = (wanted.get(id.as_ref()), line) {
            places.push((node.span.clone(), number));
        }
    }
    places
}
