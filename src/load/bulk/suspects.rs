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
    let mut sorted: Vec<u64> = merged.named().map(|(_, hash)| hash).collect();
    sorted.sort_unstable();
    let mut twice: BTreeSet<u64> =
        sorted.windows(2).filter(|pair| pair.first() == pair.last()).flatten().copied().take(AT_ONCE).collect();
    twice.extend(of_drafts.into_iter().filter(|hash| sorted.binary_search(hash).is_ok()).take(AT_ONCE));
    drop(sorted);
    if twice.is_empty() {
        return Vec::new();
    }
    merged.named().filter(|(_, hash)| twice.contains(hash)).map(|(row, _)| row).collect()
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
    for (row, at, begin) in merged.in_blocks() {
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
