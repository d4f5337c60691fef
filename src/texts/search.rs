//! Where a quote stands in a text.
//!
//! A quote is looked for at the places of its rarest word, so that thousands of quotes cost little more than reading
//! the text once. What follows a hyphen at a hard line end is compared as it would be read: `counter-⏎terror` is
//! `counter-terror`, `counter- terror` and `counterterror`.

use std::collections::HashMap;
use std::ops::Range;

use super::fold::{BREAK, Folded, phrase};
use super::words::{is_edge, words};
use super::{Exhausted, Steps};

/// How far apart, in folded bytes, two parts of a quote with `[...]` between them may stand.
const FAR: usize = 1_000;

/// The folded parts of a quote, between the marks `[...]` or `[…]` for what was left out.
pub fn parts(quote: &str) -> Vec<String> {
    let parts = quote.split("[...]").flat_map(|part| part.split("[…]"));
    parts.map(phrase).filter(|part| !part.is_empty()).collect()
}

/// Where quotes stand in one text.
pub struct Search<'t> {
    folded: &'t Folded,
    /// Where each word of some quote begins in the text, in order.
    places: HashMap<String, Vec<usize>>,
}

/// How the search for a quote ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It stands in the text.
    Found(Found),
    /// These parts of it, by their numbers, do not; or each of them does, but not one after the other and near.
    Missing(Vec<usize>),
    /// This part of it, by its number, has neither a letter nor a digit: it would be found anywhere and says nothing.
    Wordless(usize),
}

/// Where a quote stands: at least once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// For each part, its places from which the rest of the quote follows, in order.
    lists: Vec<Vec<Range<usize>>>,
}

impl Found {
    /// The passages, from the first part's start to the last one's end, in order. Where one contains another that ends
    /// with it, only the inner one is told.
    pub fn passages(&self) -> Vec<Range<usize>> {
        let mut passages: Vec<Range<usize>> = Vec::new();
        for first in self.lists.first().into_iter().flatten() {
            let end = self.pieces(first.start).last().map_or(first.end, |last| last.end);
            if passages.last().is_some_and(|before| before.end == end) {
                passages.pop();
            }
            passages.push(first.start..end);
        }
        passages
    }

    /// The parts of the passage that starts at a byte.
    pub fn pieces(&self, start: usize) -> Vec<Range<usize>> {
        let mut pieces: Vec<Range<usize>> = Vec::new();
        let mut from = start;
        for list in &self.lists {
            // OK because each place kept has a next one near enough, and the first after it is the nearest.
            let Some(piece) = list.get(list.partition_point(|piece| piece.start < from)) else { break };
            from = piece.end;
            pieces.push(piece.clone());
        }
        pieces
    }
}

impl<'t> Search<'t> {
    /// Prepares the search for quotes with these parts.
    pub fn new<'p>(folded: &'t Folded, parts: impl IntoIterator<Item = &'p String>) -> Self {
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        for part in parts {
            for word in words(part) {
                places.entry(part.get(word).unwrap_or_default().to_owned()).or_default();
            }
        }
        let text = folded.text();
        let mut before: Option<Range<usize>> = None;
        for word in words(text) {
            let own = text.get(word.clone()).unwrap_or_default();
            if let Some(list) = places.get_mut(own) {
                list.push(word.start);
            }
            let broken = before.filter(|before| text.get(before.end..word.start) == Some("-\n"));
            if let Some(before) = broken {
                let joined = format!("{}{own}", text.get(before.clone()).unwrap_or_default());
                if let Some(list) = places.get_mut(&joined) {
                    list.push(before.start);
                }
            }
            before = Some(word);
        }
        Self { folded, places }
    }

    /// Looks for a quote of these parts.
    ///
    /// # Errors
    ///
    /// [`Exhausted`] where it would take more steps than are left.
    pub fn find(&self, parts: &[String], steps: &mut Steps) -> Result<Outcome, Exhausted> {
        if let Some(at) = parts.iter().position(|part| !part.contains(char::is_alphanumeric)) {
            return Ok(Outcome::Wordless(at));
        }
        let mut lists = Vec::new();
        for part in parts {
            lists.push(self.places_of(part, steps)?);
        }
        let missing = |lists: &[Vec<Range<usize>>]| lists.iter().any(Vec::is_empty) || lists.is_empty();
        if missing(&lists) {
            let empty = lists.iter().enumerate().filter(|(_, list)| list.is_empty()).map(|(at, _)| at);
            return Ok(Outcome::Missing(empty.collect()));
        }
        // From the back: a place stays when a place of the next part follows it near enough. The first that follows will do
        // as well as any: whatever can be reached from a later one can be reached from it or stands before that.
        let mut next: Option<Vec<Range<usize>>> = None;
        for list in lists.iter_mut().rev() {
            if let Some(next) = &next {
                list.retain(|piece| {
                    let follower = next.get(next.partition_point(|other| other.start < piece.end));
                    follower.is_some_and(|other| other.start - piece.end <= FAR)
                });
            }
            next = Some(list.clone());
        }
        Ok(if missing(&lists) { Outcome::Missing(Vec::new()) } else { Outcome::Found(Found { lists }) })
    }

    /// Where a part stands, in order.
    fn places_of(&self, part: &str, steps: &mut Steps) -> Result<Vec<Range<usize>>, Exhausted> {
        let text = self.folded.text();
        let place = |word: Range<usize>| {
            let places = self.places.get(part.get(word.clone())?)?;
            Some((places, word.start))
        };
        let Some((places, offset)) = words(part).filter_map(place).min_by_key(|(places, _)| places.len()) else {
            // OK because each part has a word, and the search was prepared for it.
            return Ok(Vec::new());
        };
        let (head, tail) = part.split_at(offset);
        let mut found: Vec<Range<usize>> = Vec::new();
        for &at in places {
            let mut compared = 1;
            let piece = backward(text, at, head, &mut compared)
                .and_then(|start| forward(text, at, tail, &mut compared).map(|end| start..end));
            steps.take(compared)?;
            let piece = piece.filter(|piece| is_edge(text, piece.start) && is_edge(text, piece.end));
            found.extend(piece.filter(|piece| found.last().is_none_or(|last| last.start < piece.start)));
        }
        Ok(found)
    }
}

/// Where a quote ends that begins at a byte of the text.
fn forward(text: &str, at: usize, quote: &str, compared: &mut u64) -> Option<usize> {
    let (text, quote) = (text.as_bytes(), quote.as_bytes());
    let (mut at, mut done) = (at, 0);
    while let Some(&wanted) = quote.get(done) {
        *compared += 1;
        if text.get(at) == Some(&b'-') && text.get(at + 1) == Some(&(BREAK as u8)) {
            let follows = quote.get(done + 1);
            match (wanted, follows) {
                (b'-', Some(b' ')) => (at, done) = (at + 2, done + 2),
                (b'-', None) => (at, done) = (at + 1, done + 1),
                (b'-', Some(_)) => (at, done) = (at + 2, done + 1),
                _ => at += 2,
            }
        } else if text.get(at) == Some(&wanted) {
            (at, done) = (at + 1, done + 1);
        } else {
            return None;
        }
    }
    Some(at)
}

/// Where a quote begins that ends at a byte of the text.
fn backward(text: &str, at: usize, quote: &str, compared: &mut u64) -> Option<usize> {
    let (text, quote) = (text.as_bytes(), quote.as_bytes());
    let (mut at, mut left) = (at, quote.len());
    while let Some(wanted) = left.checked_sub(1).and_then(|last| quote.get(last)) {
        *compared += 1;
        let last = at.checked_sub(1)?;
        if text.get(last) == Some(&(BREAK as u8)) {
            let before = left.checked_sub(2).and_then(|before| quote.get(before));
            match (wanted, before) {
                (b' ', Some(b'-')) => (at, left) = (at - 2, left - 2),
                (b'-', _) => (at, left) = (at - 2, left - 1),
                _ => at = at.checked_sub(2)?,
            }
        } else if text.get(last) == Some(wanted) {
            (at, left) = (last, left - 1);
        } else {
            return None;
        }
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::page;

    fn found(text: &str, quote: &str) -> Vec<String> {
        let (folded, parts) = (page(text), parts(quote));
        match Search::new(&folded, &parts).find(&parts, &mut Steps::new(1_000_000)).unwrap() {
            Outcome::Found(found) => {
                found.passages().into_iter().map(|passage| folded.text()[passage].to_owned()).collect()
            }
            Outcome::Missing(_) | Outcome::Wordless(_) => Vec::new(),
        }
    }

    #[test]
    fn whole_words_only() {
        assert_eq!(found("16 killed, then 6 killed", "6 killed").len(), 1);
        assert_eq!(found("1,262 attacks", "262 attacks"), [""; 0]);
        assert_eq!(found("attacks attack attacks", "attack"), ["attack"]);
        assert_eq!(found("nine boats38 were", "nine boats"), ["nine boats"]);
        assert_eq!(found("Nine boats", "nine boats"), [""; 0]);
        assert_eq!(found("a a a a", "a a").len(), 3, "passages may overlap");
    }

    #[test]
    fn marks_alone_are_no_words() {
        let folded = page("what? (no) \u{301} one — two");
        for (quote, wordless) in
            [("? (", Some(0)), ("—", Some(0)), ("\u{301}", Some(0)), ("one [...] —", Some(1)), ("one — two", None)]
        {
            let parts = parts(quote);
            let outcome = Search::new(&folded, &parts).find(&parts, &mut Steps::new(1_000_000)).unwrap();
            match wordless {
                Some(at) => assert_eq!(outcome, Outcome::Wordless(at), "{quote}"),
                None => assert!(matches!(outcome, Outcome::Found(_)), "{quote}"),
            }
        }
    }

    #[test]
    fn a_broken_word_is_found_as_it_may_be_read() {
        for quote in
            ["the counter-terror force", "the counter- terror force", "the counterterror force", "terror force"]
        {
            assert_eq!(found("in the counter-\nterror force of", quote).len(), 1, "{quote}");
        }
        for quote in ["counter terror", "counter-", "counter-x"] {
            assert_eq!(found("in the counter-\nterror force", quote).is_empty(), quote != "counter-", "{quote}");
        }
        assert_eq!(found("nine sail-\ning boats", "nine sailing boats").len(), 1);
    }

    #[test]
    fn omissions_stay_in_order_and_near() {
        let text = format!("one two {} three one {} three two", "x ".repeat(100), "y ".repeat(600));
        assert_eq!(found(&text, "one [...] three").len(), 1, "the second is too far");
        assert_eq!(found(&text, "three […] one"), ["three one"]);
        let long = found(&text, "two [...] one");
        assert!(long.len() == 1 && long[0].starts_with("two x x") && long[0].ends_with("x three one"), "{long:?}");
        assert_eq!(found("a b a c b c", "a [...] c"), ["a c"], "the innermost of those that end together");
        // The first b is too far from any c, the second is not, and the first a reaches both.
        let text = format!("a b {}b {}c", "x ".repeat(300), "x ".repeat(400));
        assert_eq!(found(&text, "a [...] b [...] c").len(), 1);
    }

    #[test]
    fn the_number_of_steps_bounds_the_work() {
        let folded = page(&"a ".repeat(10_000));
        let parts = parts("a a a");
        let mut steps = Steps::new(100_000);
        Search::new(&folded, &parts).find(&parts, &mut steps).unwrap();
        assert!(steps.left() < 60_000, "each of ten thousand places took some steps");
        assert_eq!(Search::new(&folded, &parts).find(&parts, &mut Steps::new(1_000)), Err(Exhausted));
    }
}
