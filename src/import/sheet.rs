//! Where a cell stands, and what it says.

use std::cell::OnceCell;

use crate::load::{FaultCode, Page, Sink, Start, Text};
use crate::span::Span;

/// A text with cells in it: a row, or an option that stands in for one. What faults need of it is made when there is one.
pub(super) struct Sheet<'a> {
    path: &'a str,
    raw: &'a str,
    before: Start,
    sink: &'a Sink,
    text: OnceCell<Text<'a>>,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(path: &'a str, raw: &'a str, before: Start, sink: &'a Sink) -> Self {
        Self { path, raw, before, sink, text: OnceCell::new() }
    }

    /// What an option was given, in place of a file.
    pub(super) fn of_option(option: &'a str, given: &'a str, sink: &'a Sink) -> Self {
        Self::new(option, given, Start::default(), sink)
    }

    /// Where its faults go.
    pub(super) fn page(&self) -> Page<'_> {
        let text = self.text.get_or_init(|| Text::line(self.path, self.raw, self.before));
        Page { text, sink: self.sink }
    }
}

/// One cell.
#[derive(Clone)]
pub(super) struct Cell<'c, 's> {
    pub(super) sheet: &'c Sheet<'s>,
    /// Where it stands, its quotation marks included.
    pub(super) span: Span,
    /// What it says.
    pub(super) text: &'c str,
}

impl<'c> Cell<'c, '_> {
    /// The same without spaces around it.
    pub(super) fn trimmed(&self) -> Self {
        let text = self.text.trim();
        let start = self.text.len() - self.text.trim_start().len();
        self.part(start, text)
    }

    /// The parts between semicolons that say something.
    pub(super) fn parts(&self) -> impl Iterator<Item = Self> {
        let mut start = 0;
        self.text.split(';').filter_map(move |part| {
            let cell = self.part(start, part);
            start += part.len() + 1;
            Some(cell.trimmed()).filter(|cell| !cell.text.is_empty())
        })
    }

    /// A part of it that starts at a byte; where the cell is not written as it reads, its place is that of the whole.
    pub(super) fn part(&self, start: usize, text: &'c str) -> Self {
        let written = self.sheet.raw.get(self.span.clone()).unwrap_or_default();
        let quotes = usize::from(written.starts_with('"') && written.len() == self.text.len() + 2);
        let as_written = written.get(quotes..quotes + self.text.len()) == Some(self.text);
        let from = self.span.start + quotes + start;
        let span = if as_written { from..from + text.len() } else { self.span.clone() };
        Self { sheet: self.sheet, span, text }
    }

    /// A fault of this cell, with what to do about it.
    pub(super) fn fault(&self, code: FaultCode, message: impl Into<String>, help: impl Into<String>) {
        self.sheet.page().fault(code, &self.span, message).help(help).send();
    }
}
