//! Words, and where one may begin or end.

use std::ops::Range;

/// What a character makes of a word.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Letter,
    Digit,
    Other,
}

pub(super) fn class(letter: char) -> Class {
    // Marks that combine with the letter before them belong to it.
    if letter.is_alphabetic() || matches!(letter, '\u{300}'..='\u{36f}') {
        Class::Letter
    } else if letter.is_numeric() {
        Class::Digit
    } else {
        Class::Other
    }
}

/// The runs of letters and the runs of digits of a text, in order.
pub(super) fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut letters = text.char_indices().peekable();
    std::iter::from_fn(move || {
        loop {
            let (start, first) = letters.next()?;
            let class_of_word = class(first);
            let mut end = start + first.len_utf8();
            while let Some((at, letter)) = letters.next_if(|&(_, letter)| class(letter) == class_of_word) {
                end = at + letter.len_utf8();
            }
            if class_of_word != Class::Other {
                return Some(start..end);
            }
        }
    })
}

/// The words, spaces and marks of a text, in order and without a gap; a number with its points and commas is one word.
pub(super) fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let kind = class(first);
        let mut end = first.len_utf8();
        while let Some(next) = rest.get(end..).and_then(|rest| rest.chars().next()) {
            let continues = kind != Class::Other && class(next) == kind;
            let number_continues = kind == Class::Digit && splits_number(rest, end);
            if !(continues || number_continues) {
                break;
            }
            end += next.len_utf8();
        }
        let (token, after) = rest.split_at(end);
        tokens.push(token);
        rest = after;
    }
    tokens
}

/// Whether a quote may begin or end at a byte of a text: not within a word, and not within a number.
///
/// "6 killed" is no quote from "16 killed", nor "262" one from "1,262". A footnote's number that touches a word does not
/// belong to it.
pub(super) fn is_edge(text: &str, at: usize) -> bool {
    let (Some(before), Some(after)) = (text.get(..at), text.get(at..)) else { return false };
    let (Some(last), Some(first)) = (before.chars().next_back(), after.chars().next()) else { return true };
    let within_word = class(last) != Class::Other && class(last) == class(first);
    !within_word && !splits_number(text, at)
}

/// Whether a byte stands beside a point or a comma within one number.
fn splits_number(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let is_point = |at: usize| matches!(bytes.get(at), Some(b'.' | b','));
    let point = if is_point(at) {
        at
    } else if at > 0 && is_point(at - 1) {
        at - 1
    } else {
        return false;
    };
    let digits = |bytes: &mut dyn Iterator<Item = &u8>| bytes.take_while(|byte| byte.is_ascii_digit()).take(5).count();
    let left = digits(&mut bytes.get(..point).unwrap_or_default().iter().rev());
    let rest = bytes.get(point + 1..).unwrap_or_default();
    let right = digits(&mut rest.iter());
    if bytes.get(point) == Some(&b',') {
        return (1..=3).contains(&left) && right == 3;
    }
    // A sentence may end with a number, and a footnote's may touch its end: "in 1919.3 Then".
    let after = rest.get(right..).unwrap_or_default();
    let new_sentence = match after {
        [] => true,
        [b' ' | b'\n', next, ..] => next.is_ascii_uppercase(),
        _ => false,
    };
    left > 0 && left != 4 && right > 0 && !new_sentence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_are_beside_words_and_numbers() {
        // A bar stands where it is asked.
        for (text, edge) in [
            ("nine| boats", true),
            ("ni|ne", false),
            ("1|6 killed", false),
            ("killed|38", true),
            ("1,|262", false),
            ("1|,262", false),
            ("in 2021,|262", true),
            ("3|.5 million", false),
            ("3.|5 million", false),
            ("in 1919|.3 then", true),
            ("killed 262|.14 The", true),
            ("killed 262|.", true),
            ("e|\u{301}", false),
            ("|x", true),
            ("x|", true),
        ] {
            let at = text.find('|').unwrap();
            assert_eq!(is_edge(&text.replace('|', ""), at), edge, "{text}");
        }
    }

    #[test]
    fn words_and_tokens() {
        let text = "at 1,262 km—in 2021.3";
        let words: Vec<&str> = words(text).map(|word| &text[word]).collect();
        assert_eq!(words, ["at", "1", "262", "km", "in", "2021", "3"]);
        assert_eq!(tokens(text), ["at", " ", "1,262", " ", "km", "—", "in", " ", "2021", ".", "3"]);
    }
}
