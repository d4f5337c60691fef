//! Folding: what typesetting, hard line breaks and Markdown add to words is taken away.
//!
//! | in the text or the quote | folded |
//! | --- | --- |
//! | a run of white space, line breaks and no-break spaces among it | one space |
//! | `’ ‘ ‚ ‛ ′ ‹ ›` and the like | `'` |
//! | `“ ” „ ‟ « »` and the like | `"` |
//! | `‐ ‑ ‒ – — ― −`, and runs of hyphens | one `-` |
//! | `…` | `...` |
//! | `ﬀ ﬁ ﬂ ﬃ ﬄ` | the letters |
//! | soft hyphens (with the line break after them), zero-width and direction characters | nothing |
//! | Markdown: `*`, backticks, `_` around words, a `\` before a mark, the address of a link, a footnote's `[^1]` | nothing |
//! | Markdown: a tag without attributes, such as `<sup>` | nothing |
//! | Markdown: `>` at the start of a line | white space |
//! | a hyphen at a hard line end between letters or digits | [`BREAK`] after the `-` |
//!
//! Case stays, and so does everything else.

use std::ops::Range;

/// Stands in a folded text for a line break after a hyphen, where it cannot be told whether the hyphen belongs to the
/// word. White space is folded to spaces, so it has no other meaning there.
pub(super) const BREAK: char = '\n';

/// A folded text that knows its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded {
    text: String,
    /// For each line, how many folded bytes stand before it.
    starts: Vec<usize>,
}

impl Folded {
    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The line, from 1, on which a folded byte stands.
    pub fn line(&self, at: usize) -> u32 {
        u32::try_from(self.starts.partition_point(|&start| start <= at)).unwrap_or(u32::MAX)
    }

    /// The first and the last line of a stretch of folded bytes.
    pub fn lines(&self, bytes: &Range<usize>) -> (u32, u32) {
        (self.line(bytes.start), self.line(bytes.end.saturating_sub(1).max(bytes.start)))
    }

    /// The folded bytes of a line; none beyond the last.
    pub fn bytes_of_line(&self, line: u32) -> Option<Range<usize>> {
        let at = (line as usize).checked_sub(1)?;
        let start = *self.starts.get(at)?;
        Some(start..self.starts.get(at + 1).copied().unwrap_or(self.text.len()))
    }
}

/// Folds a text.
pub fn page(text: &str) -> Folded {
    let mut writer = Writer::new(true, text.len());
    writer.fold(text);
    Folded { text: writer.out, starts: writer.starts }
}

/// Folds a quote, or a part of one.
pub fn phrase(quote: &str) -> String {
    let mut writer = Writer::new(false, quote.len());
    writer.fold(quote);
    writer.out
}

/// The white space since the last character that was written.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Blank,
    Line,
}

struct Writer {
    /// Whether there are lines that matter.
    paged: bool,
    out: String,
    starts: Vec<usize>,
    gap: Gap,
    /// Whether a soft hyphen stood last.
    soft: bool,
    /// Whether only blanks and marks of quotation stood on the line so far.
    opening: bool,
}

impl Writer {
    fn new(paged: bool, capacity: usize) -> Self {
        let out = String::with_capacity(capacity);
        Self { paged, out, starts: vec![0], gap: Gap::None, soft: false, opening: true }
    }

    fn fold(&mut self, text: &str) {
        let mut hidden = hidden(text).into_iter().peekable();
        let mut before = ' ';
        let mut letters = text.char_indices().peekable();
        while let Some((at, letter)) = letters.next() {
            while hidden.peek().is_some_and(|range| range.end <= at) {
                hidden.next();
            }
            let next = letters.peek().map_or(' ', |&(_, next)| next);
            if letter == '\n' {
                self.starts.push(self.out.len());
                self.opening = true;
            } else if hidden.peek().is_some_and(|range| range.contains(&at)) {
                continue;
            }
            self.letter(letter, before, next);
            before = letter;
        }
    }

    fn letter(&mut self, letter: char, before: char, next: char) {
        match letter {
            '\n' => self.gap = Gap::Line,
            _ if letter.is_whitespace() => self.gap = self.gap.max(Gap::Blank),
            '>' if self.paged && self.opening => self.gap = self.gap.max(Gap::Blank),
            '\u{ad}' => self.soft = self.gap == Gap::None,
            _ if is_unseen(letter) || is_markup(letter, before, next) => {}
            '’' | '‘' | '‚' | '‛' | '′' | 'ʼ' | '´' | '＇' | '‹' | '›' => self.write('\''),
            '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '〝' | '〞' | '＂' => self.write('"'),
            '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '﹘' | '﹣' | '－' => self.dash(),
            '…' => ['.'; 3].into_iter().for_each(|dot| self.write(dot)),
            'ﬀ'..='ﬆ' => ligature(letter).chars().for_each(|letter| self.write(letter)),
            _ => self.write(letter),
        }
    }

    fn dash(&mut self) {
        if self.gap != Gap::None || !self.out.ends_with('-') {
            self.write('-');
        }
    }

    fn write(&mut self, letter: char) {
        let gap = std::mem::replace(&mut self.gap, Gap::None);
        let soft = std::mem::replace(&mut self.soft, false);
        self.opening = false;
        let mut last = self.out.chars().rev();
        let in_word = last.next() == Some('-') && last.next().is_some_and(char::is_alphanumeric);
        if gap == Gap::Line && self.paged && in_word && letter.is_alphanumeric() {
            self.out.push(BREAK);
        } else if gap != Gap::None && !(soft && gap == Gap::Line) && !self.out.is_empty() {
            self.out.push(' ');
        }
        self.out.push(letter);
    }
}

/// Characters that only tell where a word may break or which way it runs.
fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{61c}')
}

/// Marks of Markdown that readers do not see.
fn is_markup(letter: char, before: char, next: char) -> bool {
    match letter {
        '`' => true,
        // "3*4" is no emphasis.
        '*' => !(before.is_ascii_digit() && next.is_ascii_digit()),
        // "file_name" is no emphasis either.
        '_' => !(before.is_alphanumeric() && next.is_alphanumeric()),
        '\\' => next.is_ascii_punctuation(),
        _ => false,
    }
}

fn ligature(letter: char) -> &'static str {
    match letter {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        _ => "st",
    }
}

/// The bytes of links that readers do not see, in order: the brackets, the address, the marks of footnotes.
fn hidden(text: &str) -> Vec<Range<usize>> {
    /// How many brackets may be open at once; nobody writes links in links.
    const DEEPEST: usize = 1000;
    let bytes = text.as_bytes();
    let mut hidden: Vec<Range<usize>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    // Nothing ends an address before this byte; so each byte is looked at once, however many addresses begin.
    let mut ends = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            b'<' => hidden.extend(tag(bytes.get(at..).unwrap_or_default()).map(|length| at..at + length)),
            b'[' if open.len() == DEEPEST => open.clear(),
            b'[' => open.push(at),
            b'\n' if bytes.get(at + 1) == Some(&b'\n') => open.clear(),
            b']' => {
                let Some(start) = open.pop() else { continue };
                if bytes.get(start + 1) == Some(&b'^') && text.get(start..at).is_some_and(is_label) {
                    hidden.push(start..at + 1);
                } else if bytes.get(at + 1) == Some(&b'(') {
                    let from = ends.max(at + 2);
                    let rest = bytes.get(from..).unwrap_or_default();
                    let stop = rest.iter().position(|byte| *byte == b')' || byte.is_ascii_whitespace());
                    ends = stop.map_or(bytes.len(), |stop| from + stop);
                    if bytes.get(ends) == Some(&b')') {
                        hidden.extend([start..start + 1, at..ends + 1]);
                    }
                }
            }
            _ => {}
        }
    }
    hidden.sort_by_key(|range| (range.start, range.end));
    hidden
}

/// How long a tag of a few letters is, with which these bytes begin.
fn tag(bytes: &[u8]) -> Option<usize> {
    const LONGEST: usize = 12;
    let end = bytes.iter().take(LONGEST).position(|&byte| byte == b'>')?;
    let name = bytes.get(1..end)?;
    let name = name.strip_prefix(b"/").unwrap_or(name);
    (name.first()?.is_ascii_alphabetic() && name.iter().all(u8::is_ascii_alphanumeric)).then_some(end + 1)
}

/// Whether this can be the label of a footnote: short, and one word.
fn is_label(label: &str) -> bool {
    label.len() <= 32 && !label.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_typesetting_adds_is_gone() {
        for (written, folded) in [
            ("  nine\u{a0}boats \r\n\t lost ", "nine boats lost"),
            ("the group’s “own” ‘figure’", "the group's \"own\" 'figure'"),
            ("2021–2022 — and 2023−24 -- so", "2021-2022 - and 2023-24 - so"),
            ("ter\u{ad}ror\u{ad}\nist", "terrorist"),
            ("a\u{ad} b", "a b"),
            ("zero\u{200b}width\u{feff}", "zerowidth"),
            ("**nine** _boats_ `lost` in file_name, 3*4", "nine boats lost in file_name, 3*4"),
            (r"1\. nine\* C:\dir", r"1. nine C:\dir"),
            ("wait…", "wait..."),
            ("ﬁve oﬃcers", "five officers"),
            ("[nine boats](http://x.org/a_(b) were lost[^12] [7]", "nine boats were lost [7]"),
            ("Bakhsh<sup>1</sup>, 2 < 3 > 1, <http://x.org>", "Bakhsh1, 2 < 3 > 1, <http://x.org>"),
            ("Nine BOATS", "Nine BOATS"),
        ] {
            assert_eq!(phrase(written), folded, "{written}");
        }
    }

    #[test]
    fn a_line_break_after_a_hyphen_stays_open() {
        assert_eq!(page("counter-\n  terror - \n and terror—\nnow").text(), "counter-\nterror - and terror-\nnow");
        assert_eq!(phrase("counter-\nterror"), "counter- terror", "only a text has hard lines");
    }

    #[test]
    fn lines_are_known_where_letters_are() {
        let folded = page("one\n\n> two\n> three  \r\nfour\n");
        let line = |word: &str| folded.line(folded.text().find(word).unwrap());
        assert_eq!(folded.text(), "one two three four");
        assert_eq!(["one", "two", "three", "four"].map(line), [1, 3, 4, 5]);
        assert_eq!(folded.lines(&(4..13)), (3, 4));
        assert_eq!(folded.bytes_of_line(4), Some(7..13));
        assert_eq!(folded.bytes_of_line(2), Some(3..3));
        assert_eq!((folded.bytes_of_line(0), folded.bytes_of_line(9)), (None, None));
    }

    #[test]
    fn links_without_end_cost_no_more_than_their_length() {
        let hostile = "[](".repeat(200_000);
        assert_eq!(phrase(&hostile), hostile);
    }
}
