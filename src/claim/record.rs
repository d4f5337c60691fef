//! What people decided about a corpus: which findings are known, and which lines were left out.

use crate::claim::SourceId;
use crate::edtf::Day;
use crate::span::Position;

/// A recorded decision that a finding is known.
#[derive(Clone, Debug)]
pub struct Waiver {
    /// The finding's id.
    pub finding: String,
    /// Its rule.
    pub rule: String,
    /// The full names, `SOURCE/ID`, of its claims, sorted. They need not exist: a waiver may outlive them.
    pub claims: Vec<String>,
    /// `sha256:` and the hash of what bore on the proof when the decision was taken.
    pub says: String,
    /// Why the finding is let be.
    pub reason: String,
    /// Who decided.
    pub by: Option<String>,
    /// The last day on which the decision holds.
    pub until: Option<Day>,
    /// The file it is from, as its path was given.
    pub file: String,
    /// Where it stands in `waivers.json`.
    pub position: Position,
}

/// Lines of a source's text that were left out on purpose.
#[derive(Clone, Debug)]
pub struct Omission {
    /// The source.
    pub source: SourceId,
    /// The first and the last of the lines, from 1.
    pub lines: (u32, u32),
    /// Why they hold no claim to encode.
    pub reason: String,
    /// Where it stands in `omitted.json`.
    pub position: Position,
}
