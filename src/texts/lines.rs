//! The lines of a text, and those that nobody accounts for.

use std::ops::RangeInclusive;

use crate::quote::notable;

/// The lines, from 1, that hold something to encode ([`notable`]) and are accounted for by none of the given lines.
pub fn unaccounted(text: &str, accounted: impl IntoIterator<Item = RangeInclusive<u32>>) -> Vec<u32> {
    let mut spans: Vec<(u32, u32)> = accounted.into_iter().map(RangeInclusive::into_inner).collect();
    spans.sort_unstable();
    let mut spans = spans.into_iter().peekable();
    let mut reached = 0;
    let mut lines = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        while let Some((_, last)) = spans.next_if(|&(first, _)| first <= number) {
            reached = reached.max(last);
        }
        if number > reached && notable(line) {
            lines.push(number);
        }
    }
    lines
}

/// The beginning of a line, without the blanks before it, as much as a report shows.
pub fn excerpt(line: &str) -> String {
    const MOST: usize = 80;
    let line = line.trim();
    let mut letters = line.chars();
    let mut excerpt: String = letters.by_ref().take(MOST).collect();
    if letters.next().is_some() {
        excerpt.push('…');
    }
    excerpt
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
    fn excerpts_are_short() {
        assert_eq!(excerpt("  nine boats \r"), "nine boats");
        assert_eq!(excerpt(&"é".repeat(100)), format!("{}…", "é".repeat(80)));
    }
}
