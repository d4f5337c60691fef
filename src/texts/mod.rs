//! The sources' texts: where a quote stands in one, what stands there in its place and how the two differ, and which
//! lines nobody accounts for.
//!
//! Everything is done on a *folded* text ([`fold`]), in which what typesetting adds is gone: the same for a quote and for
//! its text. Nothing here knows claims or files, and nothing costs more than in proportion to the text and the quotes but
//! for what is counted in steps ([`Steps`]): a text can be hostile.

mod changes;
mod fold;
mod lines;
mod nearest;
mod search;
mod words;

pub use changes::{Change, Op, changes};
pub use fold::{Folded, page, phrase};
pub use lines::{excerpt, unaccounted, untouched};
pub use nearest::{Nearest, nearest};
pub use search::{Found, Outcome, Search, parts};

/// How much work may go into one text; counted, so that the same input always ends the same way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Steps {
    left: u64,
}

/// The steps ran out.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Exhausted;

impl Steps {
    /// Looking for quotes: a step is a byte that is compared. Quotes from a text take a few thousand steps each, so this is
    /// for texts and quotes of the same few words.
    pub const SEARCH: u64 = 2_000_000_000;
    /// Looking for passages that are like a quote: a step is a pair of bytes. A misquoted phrase takes some hundred
    /// thousand.
    pub const NEAREST: u64 = 2_000_000_000;

    /// So many steps.
    pub fn new(left: u64) -> Self {
        Self { left }
    }

    /// How many are left.
    pub fn left(&self) -> u64 {
        self.left
    }

    /// Takes some steps.
    ///
    /// # Errors
    ///
    /// [`Exhausted`] where fewer are left; then none is left.
    pub fn take(&mut self, steps: u64) -> Result<(), Exhausted> {
        let left = self.left.checked_sub(steps);
        self.left = left.unwrap_or(0);
        left.map(|_| ()).ok_or(Exhausted)
    }
}
