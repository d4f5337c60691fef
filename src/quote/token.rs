//! A quote cut into words, runs of digits and single marks.
//!
//! White space is no token: whether one stood before a token is kept with it, because "1 105" with a no-break space is
//! one number and "allies.2" with none is a footnote.

use std::ops::Range;

/// What stood between a token and the one before it.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing: the two touch.
    None,
    /// A no-break, thin or narrow no-break space alone, which some papers print between groups of three digits.
    Thin,
    /// Any other white space, or the start of the quote.
    Space,
}

/// What a token is made of.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters.
    Word,
    /// ASCII digits.
    Digits,
    /// One other character.
    Mark(char),
}

/// One word, one run of digits, or one other character.
#[derive(Clone, Debug)]
pub(super) struct Token<'a> {
    /// As it stands in the quote.
    pub(super) text: &'a str,
    /// In lower case; empty for whatever is no word.
    pub(super) lower: String,
    /// Bytes of the quote.
    pub(super) range: Range<usize>,
    pub(super) kind: Kind,
    pub(super) gap: Gap,
}

/// The tokens of a quote, readable at any place: beyond the ends there is nothing, and asking is no fault.
pub(super) struct Tokens<'a> {
    quote: &'a str,
    list: Vec<Token<'a>>,
}

impl<'a> Tokens<'a> {
    /// Cuts a quote, leaving out web addresses: the digits in them count nothing.
    pub(super) fn cut(quote: &'a str) -> Self {
        let mut list = Vec::new();
        let mut gap = Gap::Space;
        let mut at = 0;
        while let Some(rest) = quote.get(at..) {
            let Some(first) = rest.chars().next() else { break };
            let end = at + length(rest, first);
            let text = quote.get(at..end).unwrap_or_default();
            if is_address(rest) {
                gap = Gap::Space;
                at += rest.find(char::is_whitespace).unwrap_or(rest.len());
                continue;
            }
            if first.is_whitespace() {
                let thin = matches!(first, '\u{a0}' | '\u{2009}' | '\u{202f}') && gap == Gap::None;
                gap = if thin { Gap::Thin } else { Gap::Space };
            } else {
                let kind = match first {
                    _ if first.is_ascii_digit() => Kind::Digits,
                    _ if first.is_alphabetic() => Kind::Word,
                    _ => Kind::Mark(first),
                };
                let lower = if kind == Kind::Word { text.to_lowercase().replace('’', "'") } else { String::new() };
                list.push(Token { text, lower, range: at..end, kind, gap });
                gap = Gap::None;
            }
            at = end;
        }
        Self { quote, list }
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    pub(super) fn get(&self, at: usize) -> Option<&Token<'a>> {
        self.list.get(at)
    }

    /// The word at a place in lower case, or the empty text.
    pub(super) fn word(&self, at: usize) -> &str {
        self.get(at).map_or("", |token| token.lower.as_str())
    }

    /// The word `back` places before, or the empty text.
    pub(super) fn before(&self, at: usize, back: usize) -> &str {
        at.checked_sub(back).map_or("", |at| self.word(at))
    }

    /// The digits at a place.
    pub(super) fn digits(&self, at: usize) -> Option<&'a str> {
        self.get(at).filter(|token| token.kind == Kind::Digits).map(|token| token.text)
    }

    /// The mark at a place.
    pub(super) fn mark(&self, at: usize) -> Option<char> {
        match self.get(at)?.kind {
            Kind::Mark(mark) => Some(mark),
            Kind::Word | Kind::Digits => None,
        }
    }

    /// Whether the token touches the one before it.
    pub(super) fn glued(&self, at: usize) -> bool {
        self.gap(at) == Some(Gap::None)
    }

    pub(super) fn gap(&self, at: usize) -> Option<Gap> {
        self.get(at).map(|token| token.gap)
    }

    /// Whether a hyphen or dash stands here and touches both neighbours.
    pub(super) fn joint(&self, at: usize) -> bool {
        self.mark(at).is_some_and(is_dash) && self.glued(at) && self.glued(at + 1)
    }

    /// The place after a joint, or the place itself.
    pub(super) fn past_joint(&self, at: usize) -> usize {
        if self.joint(at) { at + 1 } else { at }
    }

    /// Whether the word here begins with a capital.
    pub(super) fn capital(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| token.text.starts_with(char::is_uppercase))
    }

    /// The bytes from one token to before another.
    pub(super) fn range(&self, from: usize, to: usize) -> Range<usize> {
        let start = self.get(from).map_or(self.quote.len(), |token| token.range.start);
        let end = to.checked_sub(1).and_then(|last| self.get(last)).map_or(start, |token| token.range.end);
        start..end.max(start)
    }

    /// The quote's own letters from one token to before another.
    pub(super) fn text(&self, from: usize, to: usize) -> String {
        self.quote.get(self.range(from, to)).unwrap_or_default().to_owned()
    }
}

pub(super) fn is_dash(mark: char) -> bool {
    matches!(mark, '-' | '‐' | '‑' | '‒' | '–' | '—' | '−')
}

/// How many bytes the token has that `rest` begins with.
fn length(rest: &str, first: char) -> usize {
    let run = |belongs: fn(char) -> bool| rest.find(|mark| !belongs(mark)).unwrap_or(rest.len());
    if first.is_ascii_digit() {
        run(|mark| mark.is_ascii_digit())
    } else if first.is_alphabetic() {
        // "Pakistan's" is one word, so that a possessive before a year shows.
        let end = run(|mark| mark.is_alphabetic() || matches!(mark, '\'' | '’'));
        rest.get(..end).map_or(end, |word| word.trim_end_matches(['\'', '’']).len())
    } else {
        first.len_utf8()
    }
}

fn is_address(rest: &str) -> bool {
    ["http://", "https://", "www."].iter().any(|start| rest.starts_with(start))
}
