//! The lines of a text, and those that nobody accounts for.

use std::ops::RangeInclusive;

use crate::quote::{first_notable, notable};

/// The lines, from 1, that hold something to encode ([`notable`]) and are accounted for by none of the given lines.
pub fn unaccounted(text: &str, accounted: impl IntoIterator<Item = RangeInclusive<u32>>) -> Vec<u32> {
    outside(text, accounted, notable)
}

/// The lines, from 1, that are not blank and are none of the given lines.
pub fn untouched(text: &str, touched: impl IntoIterator<Item = RangeInclusive<u32>>) -> Vec<u32> {
    outside(text, touched, |line| !line.trim().is_empty())
}

/// The lines that count and are none of the given ones.
fn outside(
    text: &str,
    accounted: impl IntoIterator<Item = RangeInclusive<u32>>,
    counts: impl Fn(&str) -> bool,
) -> Vec<u32> {
    let mut spans: Vec<(u32, u32)> = accounted.into_iter().map(RangeInclusive::into_inner).collect();
    spans.sort_unstable();
    let mut spans = spans.into_iter().peekable();
    let mut reached = 0;
    let mut lines = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        while let Some((_, last)) = spans.next_if(|&(first, _)| first <= number) {
            reached = reached.max(last);
        }
        if number > reached && counts(line) {
            lines.push(number);
        }
    }
    lines
}

/// As much of a line as a report shows: its beginning, or what is around the first thing to encode in it.
pub fn excerpt(line: &str) -> String {
    const MOST: usize = 80;
    const BEFORE: usize = 30;
    let line = line.trim();
    let length = line.chars().count();
    let figure = first_notable(line).and_then(|at| line.get(..at)).map_or(0, |before| before.chars().count());
    let from = if figure + BEFORE < MOST { 0 } else { (figure - BEFORE).min(length.saturating_sub(MOST)) };
    let shown: String = line.chars().skip(from).take(MOST).collect();
    let (before, after) = (if from > 0 { "…" } else { "" }, if from + MOST < length { "…" } else { "" });
    format!("{before}{shown}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_with_figures_that_nobody_took() {
        let text = "nine boats\nwere lost\nin 1953\nand two\nfound in May\n\n7";
        assert_eq!(unaccounted(text, []), [1, 3, 4, 5, 7]);
        assert_eq!(unaccounted(text, [3..=4, 1..=1, 4..=4]), [5, 7]);
        assert_eq!(unaccounted(text, [1..=9, 2..=2]), [0_u32; 0]);
    }

    #[test]
    fn lines_that_no_claim_touches() {
        let text = "nine boats\n \nwere lost\nin 1953";
        assert_eq!(untouched(text, []), [1, 3, 4]);
        assert_eq!(untouched(text, [4..=4, 1..=1]), [3]);
    }

    #[test]
    fn excerpts_are_short() {
        assert_eq!(excerpt("  nine boats \r"), "nine boats");
        assert_eq!(excerpt(&"é".repeat(100)), format!("{}…", "é".repeat(80)));
        let long = format!("{}in 1953 {}", "é ".repeat(60), "x ".repeat(60));
        let around = excerpt(&long);
        assert!(around.starts_with('…') && around.contains("é in 1953 x") && around.ends_with('…'), "{around}");
        assert_eq!(around.chars().count(), 82);
        assert!(excerpt(&format!("{}7", "x ".repeat(60))).ends_with("x x 7"));
    }
}
