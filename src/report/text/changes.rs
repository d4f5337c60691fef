//! Differences that a reader does not see: they are written as code points.
//!
//! `é` is one character or two, a Cyrillic `а` looks like a Latin one, and a variation selector like nothing at all. A
//! diff whose two sides look the same helps nobody.

use anstyle::{AnsiColor, Style};

use super::{Page, is_harmful};
use crate::texts::{Change, Op};

const ONLY_IN_OLD: Style = AnsiColor::Red.on_default();
const ONLY_IN_NEW: Style = AnsiColor::Green.on_default();

impl Page {
    /// What differs, within the text: `[-only in the old one-]`, `{+only in the new one+}`.
    pub(in crate::report) fn changes(&self, changes: &[Change]) -> String {
        let told = |(change, text): (&Change, &String)| match change.op {
            Op::Delete => self.styled(ONLY_IN_OLD, &format!("[-{text}-]")),
            Op::Insert => self.styled(ONLY_IN_NEW, &format!("{{+{text}+}}")),
            Op::Equal => text.clone(),
        };
        changes.iter().zip(&shown(changes)).map(told).collect()
    }
}

/// The texts of a diff, part by part, with nothing in them that acts on a terminal.
///
/// In what is only on one side, marks that combine with a letter or are not seen are shown as code points, and so is white space
/// other than a blank; and so are
/// letters that are not Latin where Latin ones are changed too, on the same side or the other. A diff in one other script
/// stays readable.
fn shown(diff: &[Change]) -> Vec<String> {
    let mut texts = Vec::new();
    for stretch in diff.chunk_by(|before, after| (before.op == Op::Equal) == (after.op == Op::Equal)) {
        let changed = stretch.first().is_some_and(|part| part.op != Op::Equal);
        let latin = stretch.iter().any(|part| part.text.contains(is_latin));
        let show = |letter: char| match letter {
            _ if changed && (is_mark(letter) || (latin && letter.is_alphabetic() && !is_latin(letter))) => {
                letter.escape_unicode().collect()
            }
            _ if letter.is_whitespace() && !(changed && letter != ' ') => " ".to_owned(),
            _ if letter.is_whitespace() => letter.escape_unicode().collect(),
            _ if is_harmful(letter) => "\u{fffd}".to_owned(),
            _ => letter.to_string(),
        };
        texts.extend(stretch.iter().map(|part| part.text.chars().map(show).collect::<String>()));
    }
    texts
}

/// A letter of the Latin blocks; those of phonetics and of mathematics look like these, and are none.
fn is_latin(letter: char) -> bool {
    letter.is_ascii_alphabetic()
        || (letter.is_alphabetic() && matches!(letter, '\u{aa}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}'))
}

/// Marks that combine with any letter, variation selectors, tags, and fillers that look like a blank or like nothing.
fn is_mark(letter: char) -> bool {
    matches!(
        letter,
        '\u{300}'..='\u{36f}'
            | '\u{1ab0}'..='\u{1aff}'
            | '\u{1dc0}'..='\u{1dff}'
            | '\u{20d0}'..='\u{20ff}'
            | '\u{fe20}'..='\u{fe2f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{e0000}'..='\u{e01ef}'
            | '\u{180b}'..='\u{180f}'
            | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(parts: &[(Op, &str)]) -> String {
        let diff: Vec<Change> = parts.iter().map(|&(op, text)| Change { op, text: text.to_owned() }).collect();
        shown(&diff).join("|")
    }

    #[test]
    fn what_looks_the_same_is_told_apart() {
        for (parts, expected) in [
            (&[(Op::Delete, "caf\u{e9}s"), (Op::Insert, "cafe\u{301}s")][..], "caf\u{e9}s|cafe\\u{301}s"),
            (&[(Op::Equal, "\u{fc}ber "), (Op::Insert, "\u{fe0f}")], "\u{fc}ber |\\u{fe0f}"),
            (&[(Op::Delete, "b\u{43e}ats"), (Op::Insert, "boats")], "b\\u{43e}ats|boats"),
            (&[(Op::Insert, "boats"), (Op::Delete, "\u{441}\u{43e}\u{440}")], "boats|\\u{441}\\u{43e}\\u{440}"),
            (&[(Op::Delete, "5\u{a0}%\n"), (Op::Insert, "5 % ")], "5\\u{a0}%\\u{a}|5 % "),
            (&[(Op::Delete, "\u{1d41a}"), (Op::Insert, "a")], "\\u{1d41a}|a"),
        ] {
            assert_eq!(on(parts), expected);
        }
    }

    #[test]
    fn what_can_be_read_stays() {
        for (parts, expected) in [
            // What is equal is not what is asked about.
            (
                &[(Op::Equal, "cafe\u{301} \u{441}"), (Op::Delete, "boatz"), (Op::Insert, "boats")][..],
                "cafe\u{301} \u{441}|boatz|boats",
            ),
            (
                &[(Op::Delete, "\u{43c}\u{43e}\u{440}\u{435}"), (Op::Insert, "\u{43c}\u{438}\u{440}")],
                "\u{43c}\u{43e}\u{440}\u{435}|\u{43c}\u{438}\u{440}",
            ),
            (&[(Op::Delete, "stra\u{df}e"), (Op::Insert, "strasse")], "stra\u{df}e|strasse"),
            (&[(Op::Delete, "5 \u{20ac}"), (Op::Insert, "5 EUR")], "5 \u{20ac}|5 EUR"),
            (&[(Op::Insert, "\u{1b}[2J\u{202e}")], "\u{fffd}[2J\u{fffd}"),
        ] {
            assert_eq!(on(parts), expected);
        }
    }
}
