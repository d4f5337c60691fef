//! Rows that need the reader of single claims after all: those whose name another claim has too, and claims of a source that
//! no line before them describes. It tells what is wrong with them in the order of the file, as it does with few claims.

use std::collections::{BTreeMap, BTreeSet};

use super::files::{Holds, LargeFile};
use super::merged::Merged;
use super::name_hash;
use crate::load::source::Draft;

/// So many names are looked at together.
const AT_ONCE: usize = 10_000;

/// The rows, in order. `drafts` are the sources with the claims that are no rows.
pub(super) fn suspects(merged: &Merged, drafts: &[Draft], files: &[LargeFile]) -> Vec<u32> {
    let mut rows = named_twice(merged, drafts);
    rows.extend(not_described(merged, drafts, files));
    rows.sort_unstable();
    rows.dedup();
    rows
}

/// Rows whose name hashes like that of another claim: whether it is the same is told letter by letter.
fn named_twice(merged: &Merged, drafts: &[Draft]) -> Vec<u32> {
    let of_draft = |draft: &Draft| {
        let ids = draft.claims.iter().map(|claim| &claim.id).chain(&draft.broken);
        ids.map(|id| name_hash(draft.source.id.as_bytes(), id.as_bytes())).collect::<Vec<_>>()
    };
    let of_drafts: BTreeSet<u64> = drafts.iter().flat_map(of_draft).collect();
    let sorted = recurring(merged, &of_drafts);
    let mut twice: BTreeSet<u64> =
        sorted.windows(2).filter(|pair| pair.first() == pair.last()).flatten().copied().take(AT_ONCE).collect();
    twice.extend(of_drafts.into_iter().filter(|hash| sorted.binary_search(hash).is_ok()).take(AT_ONCE));
    if twice.is_empty() {
        return Vec::new();
    }
    merged.rows.named().filter(|(_, hash)| twice.contains(hash)).map(|(row, _)| row).collect()
}

/// What the names of rows hash to, sorted: of all that hash like another claim, and of few others.
fn recurring(merged: &Merged, of_drafts: &BTreeSet<u64>) -> Vec<u64> {
    let names = merged.rows.len() as usize + of_drafts.len();
    let (mut met, mut again) = (Marks::of(names), Marks::of(names));
    for &hash in of_drafts {
        met.add(hash);
    }
    for (_, hash) in merged.rows.named() {
        if !met.add(hash) {
            again.add(hash);
        }
    }
    let mut found: Vec<u64> = merged.rows.named().map(|(_, hash)| hash).filter(|&hash| again.has(hash)).collect();
    found.sort_unstable();
    found
}

/// The first row of each source in each file, if no line before it describes that source.
fn not_described(merged: &Merged, drafts: &[Draft], files: &[LargeFile]) -> Vec<u32> {
    let mut described: BTreeMap<(&str, &[u8]), usize> = BTreeMap::new();
    for draft in drafts {
        let first = described.entry((&draft.place.path, draft.source.id.as_bytes())).or_insert(usize::MAX);
        *first = (*first).min(draft.place.span.start);
    }
    let mut found = Vec::new();
    let mut met = vec![usize::MAX; merged.sources.len()];
    for (row, at, begin) in merged.rows.placed() {
        if files.get(begin.file).is_some_and(|file| file.holds == Holds::Array) {
            continue;
        }
        let Some(last) = met.get_mut(at.source as usize).filter(|last| **last != begin.file) else { continue };
        *last = begin.file;
        let shown = files.get(begin.file).map_or("", |file| file.shown.as_str());
        let source = merged.sources.get(at.source as usize).map_or(&[][..], |name| name);
        let byte = usize::try_from(begin.byte).unwrap_or(usize::MAX).saturating_add(at.at as usize);
        if described.get(&(shown, source)).is_none_or(|&first| first > byte) {
            found.push(row);
        }
    }
    found
}

/// Which hashes were met, roughly: a bit stands for all that begin alike.
struct Marks {
    words: Vec<u64>,
    /// How many of the last bits of a hash are of no account.
    shift: u32,
}

impl Marks {
    /// For so many hashes, with at least eight bits for each.
    fn of(hashes: usize) -> Self {
        let words = (hashes / 8 + 1).next_power_of_two();
        Self { words: vec![0; words], shift: u64::BITS - u64::BITS.ilog2() - words.ilog2() }
    }

    /// The word of a hash, and its bit there.
    fn place(&self, hash: u64) -> (usize, u64) {
        let bit = hash >> self.shift;
        // OK because there are as many words as the first bits count up to.
        (usize::try_from(bit / u64::from(u64::BITS)).unwrap_or(0), 1 << (bit % u64::from(u64::BITS)))
    }

    /// Marks a hash; false when one like it was marked before.
    fn add(&mut self, hash: u64) -> bool {
        let (word, bit) = self.place(hash);
        let Some(word) = self.words.get_mut(word) else { return false };
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }

    fn has(&self, hash: u64) -> bool {
        let (word, bit) = self.place(hash);
        self.words.get(word).is_some_and(|word| word & bit != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_tell_hashes_apart_by_how_they_begin() {
        let mut marks = Marks::of(1000);
        assert!(marks.words.len() * 64 >= 8 * 1000);
        for hash in [0, 1 << 63, u64::MAX] {
            assert!(!marks.has(hash));
            assert!(marks.add(hash));
            assert!(marks.has(hash) && !marks.add(hash));
        }
        // It begins like the first.
        assert!(!marks.add(1));
        let mut few = Marks::of(0);
        assert!(few.add(u64::MAX) && few.add(0) && !few.add(0));
    }
}
