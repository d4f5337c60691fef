//! What differs between two texts, word by word: what a person can read aloud.

use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::words::tokens;

/// The most words and marks of which two texts may have, taken together, for their differences to be looked for: it costs
/// in proportion to the square of how many there are.
const MOST: usize = 4_000;

/// One step from an old text to a new one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What is done.
    pub op: Op,
    /// To which words.
    pub text: String,
}

/// What is done to words of the old text.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Op {
    /// They stay.
    Equal,
    /// They are only in the old text.
    Delete,
    /// They are only in the new text.
    Insert,
}

/// What to do to one text to get another: what is equal or deleted makes up the old one, what is equal or inserted the new
/// one. Of two very long texts nothing is found to be equal.
///
/// ```
/// use gainsay::texts::{Op, changes};
///
/// let changes = changes("nine boats lost", "seven boats lost");
/// let told: Vec<(Op, &str)> = changes.iter().map(|change| (change.op, change.text.as_str())).collect();
/// assert_eq!(told, [(Op::Delete, "nine"), (Op::Insert, "seven"), (Op::Equal, " boats lost")]);
/// ```
pub fn changes(old: &str, new: &str) -> Vec<Change> {
    let (before, after) = (tokens(old), tokens(new));
    let mut changes: Vec<Change> = Vec::new();
    let mut push = |op: Op, words: Option<&[&str]>| {
        let text = words.unwrap_or_default().concat();
        match changes.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.op == op => last.text.push_str(&text),
            _ => changes.push(Change { op, text }),
        }
    };
    if before.len() + after.len() > MOST {
        push(Op::Delete, Some(&before));
        push(Op::Insert, Some(&after));
        return changes;
    }
    for op in capture_diff_slices(Algorithm::Myers, &before, &after) {
        match op {
            DiffOp::Equal { old_index, len, .. } => push(Op::Equal, before.get(old_index..old_index + len)),
            _ => {
                push(Op::Delete, before.get(op.old_range()));
                push(Op::Insert, after.get(op.new_range()));
            }
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_give_both_texts_back() {
        let long = ["old ".repeat(MOST), "new ".repeat(MOST)];
        for (old, new) in [
            ("nine boats lost", "seven boats lost."),
            ("", "new"),
            ("gone", ""),
            ("a-b c", "a-b  d"),
            ("é", "e"),
            ("2,245 days", "2,246 days"),
            (&long[0], &long[1]),
        ] {
            let changes = changes(old, new);
            let side = |other: Op| -> String {
                changes.iter().filter(|change| change.op != other).map(|change| change.text.as_str()).collect()
            };
            assert_eq!((side(Op::Insert).as_str(), side(Op::Delete).as_str()), (old, new));
        }
    }
}
