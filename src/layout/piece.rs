//! One value on its way to lines.

use super::WIDTH;
use crate::load::{Kind, Node};

/// How far each level is further in.
const STEP: usize = 2;

/// A value as it is written, and how many characters it has on one line.
pub(super) struct Piece<'a> {
    shape: Shape<'a>,
    width: usize,
}

enum Shape<'a> {
    /// A text, a number or a word, as it is written.
    Atom(&'a str),
    List(Vec<Piece<'a>>),
    Object(Vec<Entry<'a>>),
}

struct Entry<'a> {
    /// With its quotes and escapes.
    key: &'a str,
    value: Piece<'a>,
}

/// Where a value stands, which says how it is laid out.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Anywhere: on one line if it fits.
    Any,
    /// The file's own object.
    File,
    /// A line for each of its entries, which may stand anywhere.
    Tall,
    /// The list of claims or of waivers.
    Entries,
    /// A claim or a waiver.
    Entry,
    /// The codebook's dimensions.
    Dimensions,
    /// One of them.
    Dimension,
}

impl Place {
    /// Where the value of a key stands, or the item of a list, which has none.
    fn inside(self, key: &str) -> Self {
        match (self, key) {
            (Self::File, "\"claims\"" | "\"waivers\"") => Self::Entries,
            (Self::File, "\"dimensions\"") => Self::Dimensions,
            (
                Self::File,
                "\"source\"" | "\"omitted\"" | "\"measures\"" | "\"units\"" | "\"sums\"" | "\"events\"" | "\"orders\""
                | "\"attributes\"" | "\"vague\"" | "\"upstreams\"",
            )
            | (Self::Dimension, "\"terms\"") => Self::Tall,
            (Self::Entries, _) => Self::Entry,
            (Self::Dimensions, _) => Self::Dimension,
            _ => Self::Any,
        }
    }
}

/// Which keys of a claim or of a waiver stand together: those with the same number.
fn group(key: &str) -> u8 {
    match key {
        "\"id\"" => 0,
        "\"quote\"" | "\"line\"" | "\"page\"" | "\"where\"" => 1,
        "\"voice\"" | "\"attributed_to\"" | "\"superseded_by\"" => 3,
        "\"note\"" => 4,
        "\"finding\"" | "\"rule\"" => 5,
        "\"claims\"" => 6,
        "\"says\"" => 7,
        "\"reason\"" => 8,
        "\"by\"" | "\"until\"" => 9,
        _ => 2,
    }
}

impl<'a> Piece<'a> {
    /// The value at a place of a text that was read without a fault.
    pub(super) fn of(text: &'a str, node: &Node<'_>) -> Self {
        match &node.kind {
            Kind::Object(entries) => {
                let entry = |key: &crate::span::Span, value| Entry {
                    key: text.get(key.clone()).unwrap_or_default(),
                    value: Piece::of(text, value),
                };
                let entries: Vec<Entry<'a>> = entries.iter().map(|(key, value)| entry(&key.span, value)).collect();
                // `{ "a": 1, "b": 2 }`
                let inner: usize = entries.iter().map(|entry| entry.width() + 2).sum();
                Self { width: if entries.is_empty() { 2 } else { inner + 2 }, shape: Shape::Object(entries) }
            }
            Kind::Array(items) => {
                let items: Vec<Piece<'a>> = items.iter().map(|item| Piece::of(text, item)).collect();
                // `[1, 2]`
                let inner: usize = items.iter().map(|item| item.width + 2).sum();
                Self { width: inner.max(2), shape: Shape::List(items) }
            }
            _ => {
                let atom = text.get(node.span.clone()).unwrap_or_default();
                Self { width: atom.chars().count(), shape: Shape::Atom(atom) }
            }
        }
    }

    /// Whether it is an entry of `omitted.json`, which has nothing that would share a line.
    pub(super) fn is_omission(&self) -> bool {
        matches!(&self.shape, Shape::Object(entries) if entries.iter().any(|entry| entry.key == "\"lines\""))
    }

    /// The value in lines, the first of which starts `indent` columns in.
    pub(super) fn written(&self, place: Place, indent: usize) -> String {
        let mut lines = Lines { out: String::new(), column: indent };
        lines.value(self, place, indent, 0);
        lines.out
    }

    fn is_empty(&self) -> bool {
        match &self.shape {
            Shape::Atom(_) => true,
            Shape::List(items) => items.is_empty(),
            Shape::Object(entries) => entries.is_empty(),
        }
    }
}

impl Entry<'_> {
    fn width(&self) -> usize {
        self.key.chars().count() + 2 + self.value.width
    }
}

/// What is written so far, and how many characters its last line has.
struct Lines {
    out: String,
    column: usize,
}

impl Lines {
    fn push(&mut self, text: &str) {
        self.out.push_str(text);
        self.column += text.chars().count();
    }

    fn next_line(&mut self, indent: usize) {
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n(' ', indent));
        self.column = indent;
    }

    /// Writes a value that starts here; `behind` is how many characters will follow it on its line.
    fn value(&mut self, piece: &Piece<'_>, place: Place, indent: usize, behind: usize) {
        let fits = place == Place::Any && self.column + piece.width + behind <= WIDTH;
        if fits || piece.is_empty() {
            return self.on_one_line(piece);
        }
        match &piece.shape {
            Shape::Atom(atom) => self.push(atom),
            Shape::List(items) => {
                self.push("[");
                for (at, item) in items.iter().enumerate() {
                    let comma = usize::from(at + 1 < items.len());
                    self.next_line(indent + STEP);
                    self.value(item, place.inside(""), indent + STEP, comma);
                    self.push(if comma == 1 { "," } else { "" });
                }
                self.next_line(indent);
                self.push("]");
            }
            Shape::Object(entries) => {
                self.push("{");
                self.entries(entries, place, indent + STEP);
                self.next_line(indent);
                self.push("}");
            }
        }
    }

    /// Writes entries, each on a line of its own, or together with others of its group.
    fn entries(&mut self, entries: &[Entry<'_>], place: Place, indent: usize) {
        let mut before: Option<&Entry<'_>> = None;
        for (at, entry) in entries.iter().enumerate() {
            let comma = usize::from(at + 1 < entries.len());
            let joins = |before: &Entry<'_>| place == Place::Entry && group(before.key) == group(entry.key);
            // A value in several lines shares none of them.
            let whole = before.is_some_and(|before| indent + before.width() < WIDTH);
            if before.is_some_and(joins) && whole && self.column + 1 + entry.width() + comma <= WIDTH {
                self.push(" ");
            } else {
                self.next_line(indent);
            }
            self.push(entry.key);
            self.push(": ");
            self.value(&entry.value, place.inside(entry.key), indent, comma);
            self.push(if comma == 1 { "," } else { "" });
            before = Some(entry);
        }
    }

    fn on_one_line(&mut self, piece: &Piece<'_>) {
        match &piece.shape {
            Shape::Atom(atom) => self.push(atom),
            Shape::List(items) => {
                self.push("[");
                for (at, item) in items.iter().enumerate() {
                    self.push(if at == 0 { "" } else { ", " });
                    self.on_one_line(item);
                }
                self.push("]");
            }
            Shape::Object(entries) if entries.is_empty() => self.push("{}"),
            Shape::Object(entries) => {
                for (at, entry) in entries.iter().enumerate() {
                    self.push(if at == 0 { "{ " } else { ", " });
                    self.push(entry.key);
                    self.push(": ");
                    self.on_one_line(&entry.value);
                }
                self.push(" }");
            }
        }
    }
}
