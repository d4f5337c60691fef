//! Text with byte positions, lines and columns.

use std::ops::Range;

/// A stretch of bytes in one file's text.
pub type Span = Range<usize>;

/// Where something stands in a file, as a person counts: both from 1, the column in characters.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
}

/// How many bytes lie between two places at which the characters so far are counted.
const STRIDE: usize = 512;

/// The starts of a text's lines, for turning byte offsets into positions without rescanning.
///
/// A position costs a search among the lines and a look at a few hundred bytes, however long its line is: a
/// file of a million claims may stand on one line.
#[derive(Clone, Debug)]
pub struct Lines {
    starts: Vec<usize>,
    /// How many characters start before each multiple of [`STRIDE`].
    characters: Vec<usize>,
}

impl Lines {
    /// Finds the lines of a text; a line ends after each `\n`.
    pub fn of(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1));
        let mut before = 0;
        let mut characters = vec![0];
        for block in text.as_bytes().chunks(STRIDE) {
            before += starting(block);
            characters.push(before);
        }
        Self { starts, characters }
    }

    /// The position of a byte offset in the same text; an offset beyond the end is taken as the end.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let offset = offset.min(text.len());
        let line = self.starts.partition_point(|&start| start <= offset);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let column = self.characters_before(text, offset).saturating_sub(self.characters_before(text, start));
        Position { line: saturating(line), column: saturating(column + 1) }
    }

    fn characters_before(&self, text: &str, offset: usize) -> usize {
        let block = offset / STRIDE;
        let before = self.characters.get(block).copied().unwrap_or(0);
        before + text.as_bytes().get(block * STRIDE..offset).map_or(0, starting)
    }
}

/// How many characters start in a stretch of UTF-8: the bytes that do not continue one.
pub(crate) fn starting(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0b1100_0000 != 0b1000_0000).count()
}

fn saturating(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_lines_and_characters_from_one() {
        let text = "ab\nöü{\n";
        let lines = Lines::of(text);
        let at = |offset| {
            let position = lines.position(text, offset);
            (position.line, position.column)
        };
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(2), (1, 3));
        assert_eq!(at(3), (2, 1));
        assert_eq!(at(text.find('{').unwrap_or(0)), (2, 3), "a column counts characters, not bytes");
        assert_eq!(at(9999), (3, 1));
    }

    #[test]
    fn counts_on_long_lines_as_on_short_ones() {
        let text = format!("é\n{}", "aé".repeat(STRIDE));
        let lines = Lines::of(&text);
        for (characters, (offset, _)) in text.char_indices().skip(2).enumerate() {
            assert_eq!(lines.position(&text, offset), Position { line: 2, column: saturating(characters + 1) });
        }
    }
}
