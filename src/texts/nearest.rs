//! The passage of a text that is most like a quote that does not stand there.
//!
//! Places where the quote's rarest groups of three bytes meet are candidates, and so is the line that the claim names.
//! In each the stretch with the fewest differences is found (Sellers, "The theory and computation of evolutionary
//! distances: pattern recognition", 1980), and the best of these is told with what differs.

use std::collections::HashMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::changes::{Change, changes};
use super::fold::{BREAK, Folded};
use super::words::is_edge;
use super::{Exhausted, Steps};

/// The longest quote, in folded bytes, whose like is looked for. One of 15 words has about a hundred.
const LONGEST: usize = 600;
/// How many places of groups of letters are looked at for one quote.
const PLACES: usize = 10_000;
/// How many candidates are compared in full, beside the line that is named.
const CANDIDATES: usize = 5;

/// A passage that is like a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nearest {
    /// Its bytes in the folded text.
    pub bytes: Range<usize>,
    /// What to do to the quote, word by word, to get the passage.
    pub diff: Vec<Change>,
    /// How many characters of the two are the same, and how many there are in both together: twice the first over the
    /// second is one for equal texts.
    pub same: (u64, u64),
}

impl Nearest {
    /// Whether at least half of the two is the same. What is less alike has a few letters in common, as any two phrases
    /// have, and would send an editor to a place that has nothing to do with the quote.
    fn is_alike(&self) -> bool {
        let (same, all) = self.same;
        4 * same >= all
    }
}

/// For each part of a quote, with the line where it should stand, the passage that is most like it.
///
/// None where nothing is at least half like it; or it is longer than a quote may sensibly be; or the steps ran out.
pub fn nearest(folded: &Folded, wanted: &[(&str, Option<u32>)], steps: &mut Steps) -> Vec<Option<Nearest>> {
    let grams = Grams::of(folded.text(), wanted.iter().map(|(part, _)| *part));
    let mut found = Vec::new();
    for &(part, line) in wanted {
        let sought = (1..=LONGEST).contains(&part.len());
        found.push(if sought { one(folded, &grams, part, line, steps).ok().flatten() } else { None });
    }
    found
}

fn one(
    folded: &Folded,
    grams: &Grams,
    part: &str,
    line: Option<u32>,
    steps: &mut Steps,
) -> Result<Option<Nearest>, Exhausted> {
    let text = folded.text();
    let named = line.and_then(|line| folded.bytes_of_line(line));
    let far = |at: usize| named.as_ref().map_or(0, |named| at.abs_diff(named.start));
    let mut windows = grams.windows(part, far);
    if let Some(named) = &named {
        // A line may be as long as the text.
        let end = named.end.min(named.start + 4 * LONGEST);
        windows.push(named.start.saturating_sub(part.len())..end + part.len());
    }
    // The fewest differences; of those the nearest to the named line; of those the first.
    let mut best: Option<((usize, usize, usize), Range<usize>)> = None;
    for window in windows {
        let from = text.floor_char_boundary(window.start.min(text.len()));
        let to = text.ceil_char_boundary(window.end.clamp(from, text.len()));
        let shown = text.get(from..to).unwrap_or_default();
        steps.take((part.len() as u64 + 1) * (shown.len() as u64 + 1))?;
        let (distance, stretch) = closest(part.as_bytes(), shown.as_bytes());
        let stretch = whole_words(text, from + stretch.start..from + stretch.end);
        let order = (distance, far(stretch.start), stretch.start);
        if !stretch.is_empty() && best.as_ref().is_none_or(|(least, _)| order < *least) {
            best = Some((order, stretch));
        }
    }
    Ok(best.map(|(_, stretch)| compare(part, text, stretch)).filter(Nearest::is_alike))
}

/// The stretch of a text with the fewest bytes to change, add or leave out to get the pattern; the first such end.
fn closest(pattern: &[u8], text: &[u8]) -> (usize, Range<usize>) {
    // For each length of the pattern's beginning: the fewest differences of a stretch that ends here, and its start.
    let mut column: Vec<(usize, usize)> = (0..=pattern.len()).map(|length| (length, 0)).collect();
    let mut best = (pattern.len(), 0..0);
    for (at, letter) in text.iter().enumerate() {
        let mut diagonal = (0, at);
        let mut above = (0, at + 1);
        for (slot, wanted) in column.iter_mut().skip(1).zip(pattern) {
            let left = *slot;
            let kept = (diagonal.0 + usize::from(letter != wanted), diagonal.1);
            let fewest = kept.0.min(left.0 + 1).min(above.0 + 1);
            let start = if kept.0 == fewest {
                kept.1
            } else if left.0 + 1 == fewest {
                left.1
            } else {
                above.1
            };
            diagonal = left;
            above = (fewest, start);
            *slot = above;
        }
        if above.0 < best.0 {
            best = (above.0, above.1..at + 1);
        }
    }
    best
}

/// The stretch widened until no word or number is cut, and without blanks at its ends.
fn whole_words(text: &str, stretch: Range<usize>) -> Range<usize> {
    /// A word that is longer is cut all the same.
    const WORD: usize = 60;
    let mut start = text.floor_char_boundary(stretch.start.min(text.len()));
    let mut end = text.ceil_char_boundary(stretch.end.clamp(start, text.len()));
    for _ in 0..WORD {
        if !is_edge(text, start) {
            start = text.floor_char_boundary(start.saturating_sub(1));
        }
        if !is_edge(text, end) {
            end = text.ceil_char_boundary(end + 1);
        }
    }
    let inner = text.get(start..end).unwrap_or_default();
    let blank = |letter: char| letter == ' ' || letter == BREAK;
    let start = start + (inner.len() - inner.trim_start_matches(blank).len());
    start..start + inner.trim_matches(blank).len()
}

fn compare(part: &str, text: &str, bytes: Range<usize>) -> Nearest {
    let passage = text.get(bytes.clone()).unwrap_or_default().replace(BREAK, " ");
    let letters = |text: &str| text.chars().collect::<Vec<char>>();
    let (old, new) = (letters(part), letters(&passage));
    let same: usize = capture_diff_slices(Algorithm::Myers, &old, &new)
        .iter()
        .map(|op| if let DiffOp::Equal { len, .. } = op { *len } else { 0 })
        .sum();
    Nearest { bytes, diff: changes(part, &passage), same: (same as u64, (old.len() + new.len()) as u64) }
}

/// Where groups of three bytes of some quotes stand in a text.
struct Grams {
    places: HashMap<[u8; 3], Vec<usize>>,
}

impl Grams {
    fn of<'p>(text: &str, parts: impl Iterator<Item = &'p str>) -> Self {
        let mut places: HashMap<[u8; 3], Vec<usize>> = HashMap::new();
        // A bit for each group that is wanted: most places of a long text need not be looked up.
        let mut wanted = vec![0_u64; if text.is_empty() { 0 } else { 1 << 18 }];
        let bit = |gram: [u8; 3]| {
            let [first, second, third] = gram.map(usize::from);
            let number = (first << 16) | (second << 8) | third;
            (number >> 6, 1_u64 << (number & 63))
        };
        for part in parts.filter(|part| part.len() <= LONGEST) {
            for (_, gram) in grams(part) {
                let (word, bit) = bit(gram);
                wanted.get_mut(word).into_iter().for_each(|word| *word |= bit);
            }
        }
        for (at, gram) in grams(text) {
            let (word, bit) = bit(gram);
            if wanted.get(word).is_some_and(|word| word & bit != 0) {
                let list = places.entry(gram).or_default();
                if list.len() <= PLACES {
                    list.push(at);
                }
            }
        }
        Self { places }
    }

    /// Where a part of a quote may stand, changed: the windows in which most of its rarest groups meet.
    fn windows(&self, part: &str, far: impl Fn(usize) -> usize) -> Vec<Range<usize>> {
        let mut rare: Vec<(&Vec<usize>, usize)> =
            grams(part).filter_map(|(offset, gram)| self.places.get(&gram).map(|places| (places, offset))).collect();
        rare.sort_by_key(|(places, offset)| (places.len(), *offset));
        let width = (part.len() / 2).max(8);
        // The stretches of the text where the quote would start, once for each group that speaks for them.
        let mut votes: Vec<usize> = Vec::new();
        let mut looked_at = 0;
        for (places, offset) in rare {
            looked_at += places.len();
            if looked_at > PLACES && !votes.is_empty() {
                break;
            }
            let mut last = None;
            for place in places {
                let stretch = place.saturating_sub(offset) / width;
                // OK because places are in order: what is beyond the last stretch was not told for this group yet.
                votes.extend((stretch..=stretch + 1).filter(|&stretch| last.is_none_or(|last| stretch > last)));
                last = Some(stretch + 1);
            }
        }
        votes.sort_unstable();
        let counted = votes.chunk_by(|a, b| a == b).filter_map(|same| Some((*same.first()?, same.len())));
        let mut stretches: Vec<(usize, usize)> = counted.collect();
        // Most have one vote: only those that may be among the first are put in order.
        let mut counts: Vec<usize> = stretches.iter().map(|&(_, votes)| votes).collect();
        counts.sort_unstable();
        let least = counts.iter().rev().nth(CANDIDATES - 1).copied().unwrap_or(0);
        stretches.retain(|&(_, votes)| votes >= least);
        stretches.sort_by_cached_key(|&(at, votes)| (std::cmp::Reverse(votes), far(at * width), at));
        let window = |(at, _): (usize, usize)| {
            let first = (at * width).saturating_sub(2 * width);
            first..(at + 2) * width + part.len()
        };
        stretches.into_iter().take(CANDIDATES).map(window).collect()
    }
}

/// Each group of three bytes with its place.
fn grams(text: &str) -> impl Iterator<Item = (usize, [u8; 3])> {
    text.as_bytes().windows(3).enumerate().filter_map(|(at, gram)| Some((at, gram.try_into().ok()?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::Op;
    use crate::texts::page;

    fn shown(text: &str, quote: &str, line: Option<u32>) -> Option<(String, String, (u64, u64))> {
        let folded = page(text);
        let mut steps = Steps::new(100_000_000);
        let nearest = nearest(&folded, &[(quote, line)], &mut steps).pop().flatten()?;
        let mark = |change: &Change| match change.op {
            Op::Equal => change.text.clone(),
            Op::Delete => format!("[-{}-]", change.text),
            Op::Insert => format!("{{+{}+}}", change.text),
        };
        let diff = nearest.diff.iter().map(mark).collect();
        Some((folded.text()[nearest.bytes].to_owned(), diff, nearest.same))
    }

    #[test]
    fn a_changed_letter_is_shown_in_its_word() {
        let text = "Many ships sank.\nIn all, nine boats\nwere lost off the coast; seven boats were found.";
        let (passage, diff, same) = shown(text, "nine boatz were lost", None).unwrap();
        assert_eq!(passage, "nine boats were lost");
        assert_eq!(diff, "nine [-boatz-]{+boats+} were lost");
        assert_eq!(same, (19, 40));
    }

    #[test]
    fn figures_that_differ_are_shown_whole() {
        let (_, diff, _) = shown("In 2022 there were 1,262 attacks.", "there were 262 attacks", None).unwrap();
        assert_eq!(diff, "there were [-262-]{+1,262+} attacks");
    }

    #[test]
    fn of_two_that_are_as_near_the_line_decides() {
        let text = "nine boats sank\nx\ny\nnine boats sank";
        let folded = page(text);
        for (line, expected) in [(Some(1), 1), (Some(4), 4), (None, 1)] {
            let found = nearest(&folded, &[("nine boatz sank", line)], &mut Steps::new(1_000_000));
            assert_eq!(folded.line(found[0].as_ref().unwrap().bytes.start), expected);
        }
    }

    #[test]
    fn nothing_like_it_and_nothing_named_is_nothing() {
        assert_eq!(shown("abc def", "xyzzy", None), None);
        assert_eq!(shown("", "xyzzy", Some(1)), None);
        assert_eq!(shown("abc def", "xyz", Some(1)), None);
    }

    #[test]
    fn less_than_half_alike_is_nothing() {
        // Of four letters and four, two are the same, and then one.
        assert_eq!(shown("abxy", "abcd", Some(1)).map(|(.., same)| same), Some((2, 8)));
        assert_eq!(shown("axyz", "abcd", Some(1)), None);
    }

    #[test]
    fn the_stretch_with_the_fewest_differences() {
        assert_eq!(closest(b"boats", b"the bots and goats"), (1, 4..8));
        assert_eq!(closest(b"boats", b""), (5, 0..0));
        assert_eq!(closest(b"", b"abc"), (0, 0..0));
    }

    #[test]
    fn the_work_for_many_quotes_is_bounded() {
        let words: Vec<String> = (0..20_000_u32).map(|at| format!("word{}", at * 7919 % 4001)).collect();
        let text = words.join(" ");
        let folded = page(&text);
        let quotes: Vec<String> = (0..500).map(|at| format!("word{at} wort{} word{}", at + 1, at + 2)).collect();
        let wanted: Vec<(&str, Option<u32>)> = quotes.iter().map(|quote| (quote.as_str(), None)).collect();
        let mut steps = Steps::new(Steps::NEAREST);
        let found = nearest(&folded, &wanted, &mut steps);
        assert!(found.iter().all(Option::is_some));
        assert!(Steps::NEAREST - steps.left() < 500 * 10_000, "some thousand steps for each");
        let few = nearest(&folded, &wanted, &mut Steps::new(5_000));
        assert!(few.iter().flatten().count() < 5, "and none when there are none left");
    }
}
