//! One file's text, and the places in it that faults show.

use crate::span::{Lines, Position, Span};

/// How many characters of a line are shown.
const SHOWN: usize = 140;
/// How many of them are for what stands before the place, where the line is too long.
const SHOWN_BEFORE: usize = 60;

/// What an item of a list is called.
pub(super) const ITEM: &str = "claim";

/// A file's text with its lines.
#[derive(Clone, Debug)]
pub(crate) struct Text<'a> {
    /// The path, as it is to be shown.
    pub(super) path: &'a str,
    /// What stands in the file.
    pub(super) text: &'a str,
    lines: Lines,
    /// Where in the file the text begins, which is one line of it or all.
    start: Start,
    noun: &'static str,
}

/// Where a line, or another part of a file, begins in it.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Start {
    /// How many lines are before it.
    pub(crate) line: u32,
    /// How many characters of its line are before it.
    pub(crate) column: u32,
    /// How many bytes are before it.
    pub(crate) byte: usize,
}

/// A place in a file, with what is shown of its line; it does not need the file any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file's path, as it was given.
    pub path: String,
    /// The bytes.
    pub span: Span,
    /// Line and column of the first of them.
    pub position: Position,
    /// What is shown of the line, harmless in any terminal.
    pub(super) shown: String,
    /// Which bytes of `shown` stand for the place.
    pub(super) marked: Span,
}

impl<'a> Text<'a> {
    pub(crate) fn new(path: &'a str, text: &'a str) -> Self {
        Self { path, text, lines: Lines::of(text), start: Start::default(), noun: "file" }
    }

    /// A line of a file.
    pub(crate) fn line(path: &'a str, text: &'a str, start: Start) -> Self {
        Self { path, text, lines: Lines::of(text), start, noun: "line" }
    }

    /// An item of a list that is a file's only long one.
    pub(crate) fn item(path: &'a str, text: &'a str, start: Start) -> Self {
        Self { path, text, lines: Lines::of(text), start, noun: ITEM }
    }

    /// What the text is, as a message says it: a file, a line, or [`ITEM`].
    pub(super) fn noun(&self) -> &'static str {
        self.noun
    }

    /// The line and the column of a byte.
    pub(super) fn position(&self, offset: usize) -> Position {
        let position = self.lines.position(self.text, offset);
        let before = if position.line == 1 { self.start.column } else { 0 };
        Position { line: position.line.saturating_add(self.start.line), column: position.column.saturating_add(before) }
    }

    /// A place, with as much of its line as a screen holds.
    pub(super) fn place(&self, span: &Span) -> Place {
        let start = self.text.floor_char_boundary(span.start.min(self.text.len()));
        let end = self.text.ceil_char_boundary(span.end.clamp(start, self.text.len()));
        // Looking at a few bytes only: a line may be as long as the file.
        let window = self.text.floor_char_boundary(start.saturating_sub(4 * SHOWN));
        let before = self.text.get(window..start).unwrap_or_default();
        let (before, mut cut) = match before.rsplit_once('\n') {
            Some((_, line)) => (line, false),
            None => (before, window > 0 || self.start.column > 0),
        };
        let rest = self.text.get(start..).unwrap_or_default();
        let line = rest.char_indices().take_while(|&(_, character)| character != '\n' && character != '\r');
        let wanted = line.clone().take(SHOWN).count();
        let length = before.chars().count();
        let skipped = length.saturating_sub(SHOWN_BEFORE.max(SHOWN - wanted));
        cut |= skipped > 0;
        let mut shown = String::from(if cut { "…" } else { "" });
        shown.extend(before.chars().skip(skipped).map(harmless));
        let from = shown.len();
        let mut to = from;
        let left = SHOWN - (length - skipped);
        for (count, (at, character)) in line.enumerate() {
            if count == left {
                shown.push('…');
                break;
            }
            shown.push(harmless(character));
            if start + at < end {
                to = shown.len();
            }
        }
        let span = self.start.byte + start..self.start.byte + end;
        Place { path: self.path.to_owned(), span, position: self.position(start), shown, marked: from..to }
    }
}

/// A character that may be shown in a terminal in place of one from a file.
///
/// Control characters could drive the terminal; format characters (the bidirectional ones above all) could make a line
/// look like another one.
pub(super) fn harmless(character: char) -> char {
    match character {
        '\t' => ' ',
        _ if is_harmful(character) => '\u{fffd}',
        _ => character,
    }
}

/// Whether a character does something other than to show itself.
pub(super) fn is_harmful(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// A finished message: whatever was put into it without care is made harmless here, and cut where it has no end.
pub(super) fn tamed(message: &str) -> String {
    /// More characters than any message needs.
    const MOST: usize = 1000;
    let mut out = String::new();
    for (at, character) in message.chars().enumerate() {
        if at == MOST {
            out.push('…');
            break;
        }
        push(&mut out, character);
    }
    out
}

/// Writes a character, or, if it does something, its code as JSON writes it.
fn push(out: &mut String, character: char) {
    if is_harmful(character) {
        out.extend(["\\u", &format!("{:04x}", u32::from(character))]);
    } else {
        out.push(character);
    }
}

/// How many characters of what somebody wrote are repeated in a message.
const QUOTED: usize = 60;

/// What somebody wrote, in backticks, as part of a message: cut when it is long, with characters that do something
/// written as JSON writes them.
pub(crate) fn quoted(text: &str) -> String {
    format!("`{}`", visible(text, QUOTED))
}

/// The same without backticks, for a path.
pub(super) fn visible(text: &str, most: usize) -> String {
    let mut out = String::new();
    for (at, character) in text.chars().enumerate() {
        if at == most {
            out.push('…');
            break;
        }
        push(&mut out, if character == '`' { '\'' } else { character });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, span: Span) -> (String, String) {
        let place = Text::new("file", text).place(&span);
        let marked = place.shown[place.marked.clone()].to_owned();
        (place.shown, marked)
    }

    #[test]
    fn shows_the_line_and_marks_the_place() {
        assert_eq!(shown("one\r\ntwo three\r\nfour", 9..14), ("two three".into(), "three".into()));
        assert_eq!(shown("{\n  1,\n  2}", 0..11), ("{".into(), "{".into()), "only the first line of a long place");
        assert_eq!(shown("ab", 2..2), ("ab".into(), String::new()));
        assert_eq!(shown("ab", 7..9), ("ab".into(), String::new()), "never outside the text");
    }

    #[test]
    fn a_part_of_a_file_has_its_places_in_the_file() {
        let place = Text::line("file", "three\nfour", Start { line: 2, column: 0, byte: 8 }).place(&(6..10));
        assert_eq!((place.position.line, place.position.column, place.span), (4, 1, 14..18));
    }

    #[test]
    fn cuts_long_lines_around_the_place() {
        let text = format!("{}HERE{}", "ä".repeat(5000), "ö".repeat(5000));
        let (line, marked) = shown(&text, 10_000..10_004);
        assert_eq!(line, format!("…{}HERE{}…", "ä".repeat(60), "ö".repeat(76)));
        assert_eq!(marked, "HERE");
    }

    #[test]
    fn nothing_shown_can_drive_a_terminal() {
        let (line, _) = shown("a\u{1b}[31m\u{202e}b\u{7f}\u{9b}\tc", 0..1);
        assert_eq!(line, "a\u{fffd}[31m\u{fffd}b\u{fffd}\u{fffd} c");
        assert_eq!(tamed("a\u{202e}`\n"), "a\\u202e`\\u000a");
        assert_eq!(quoted("a\u{202e}`\n"), "`a\\u202e'\\u000a`");
        assert_eq!(quoted(&"x".repeat(100)), format!("`{}…`", "x".repeat(60)));
    }
}
