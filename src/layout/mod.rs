//! The canonical layout of the files of a claims folder: text in, text out.
//!
//! What a file says stays as it is written: the order of keys and entries, every number (`1e3` stays `1e3`), every text
//! with its escapes. Only the white space between them changes, so that two people who encode the same claim write the
//! same lines, and a difference between two versions shows what somebody changed. To lay a file out a second time
//! changes nothing.
//!
//! # The rules
//!
//! 1. Lines end with a line feed, the last one too, and hold 120 characters where their values allow it. Each level is
//!    two columns further in.
//! 2. A value that fits on what is left of its line stands there, whatever it holds: `{ "at_least": 262 }`,
//!    `["pips-2022"]`. One that does not has a line for each of its entries or items.
//! 3. Some have a line for each even where they would fit, since they are what grows: the file itself, `source`, the
//!    lists of claims, waivers and omissions, the sections of the codebook but `about` and `beyond`, each dimension and
//!    its `terms`.
//! 4. Claims and waivers are always broken into lines too, but not one for each key: keys that belong together share a
//!    line, as many as fit. In a claim these are `id`; `quote`, `line`, `page`, `where`; what it claims; `voice`,
//!    `attributed_to`, `superseded_by`; `note`. In a waiver: `finding`, `rule`; `claims`; `says`; `reason`; `by`,
//!    `until`.

mod piece;

use serde::Serialize;

use crate::load::{self, Faults, Folder};
use piece::{Piece, Place};

/// The number of characters that a line holds, where its values allow it.
pub const WIDTH: usize = 120;

/// A file of a claims folder before and after it was laid out; the two may be the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaidOut {
    /// Its path, as faults show it.
    pub path: String,
    /// What was read.
    pub before: Vec<u8>,
    /// The same in the canonical layout.
    pub after: String,
}

impl LaidOut {
    /// Whether the layout changes.
    pub fn changes(&self) -> bool {
        self.before != self.after.as_bytes()
    }
}

/// Lays out every file of a folder that is read as claims; one from standard input, which may be of any kind here, has the
/// path `<stdin>`.
///
/// # Errors
///
/// Every fault of every file that is one of its text: no UTF-8, no JSON, nested too deep, or an object with a key that
/// stands there twice. What the values mean is not looked at: an unknown term is no fault here.
pub fn folder(folder: &Folder) -> Result<Vec<LaidOut>, Faults> {
    let shaped = load::shapes(folder, laid_out)?;
    let file = |shaped: load::Shaped<'_, String>| LaidOut {
        path: shaped.path.to_owned(),
        before: shaped.bytes.to_vec(),
        after: shaped.made,
    };
    Ok(shaped.into_iter().map(file).collect())
}

/// Lays out one file, of whichever kind; its keys tell. `path` is what faults call it.
///
/// ```
/// let source = r#"{"source":{"id":"a"},"claims":[]}"#;
/// let laid_out = gainsay::layout::text("a.json", source).unwrap();
/// assert_eq!(laid_out, "{\n  \"source\": {\n    \"id\": \"a\"\n  },\n  \"claims\": []\n}\n");
/// assert!(gainsay::layout::text("a.json", "{").is_err());
/// ```
///
/// # Errors
///
/// The faults of its text, as for [`folder`].
pub fn text(path: &str, text: &str) -> Result<String, Faults> {
    load::shape(path, text, laid_out)
}

/// Lays out one claim, waiver or omission as it stands in the list of its file: its first line has no indentation, since
/// it goes on where the caller's line is, `indent` columns in; the others have theirs. Nothing follows the closing bracket.
///
/// In a file in the canonical layout `indent` is 4. The keys come in the order in which they are serialized, which for a
/// struct is that of its fields; a [`serde_json::Value`] sorts them.
///
/// # Errors
///
/// A value that cannot be serialized.
pub fn entry(value: &impl Serialize, indent: usize) -> serde_json::Result<String> {
    let written = serde_json::to_string(value)?;
    // OK because what a serializer wrote has no fault but its depth, or a key that stands twice; it is then left as it is.
    Ok(load::shape("", &written, |text, root| {
        let piece = Piece::of(text, root);
        piece.written(if piece.is_omission() { Place::Any } else { Place::Entry }, indent)
    })
    .unwrap_or(written))
}

fn laid_out(text: &str, root: &load::Node<'_>) -> String {
    let mut out = Piece::of(text, root).written(Place::File, 0);
    out.push('\n');
    out
}

#[cfg(test)]
mod tests;
