//! Ids of claims that stand twice in their source.

use std::collections::{BTreeMap, BTreeSet};

use super::{Bulk, Merged};
use crate::load::code::FaultCode;
use crate::load::fault::{Page, Sink};
use crate::load::source::Draft;
use crate::load::text::{Place, Text, quoted};

/// Reports each row whose name an earlier row, or a claim that is not plain, has too. Names that hash alike are compared
/// letter by letter.
pub(super) fn report(bulk: &Bulk, merged: &Merged, drafts: &[Draft], hash: impl Fn(&str, &str) -> u64, sink: &Sink) {
    let of_apart: BTreeSet<u64> =
        drafts.iter().flat_map(|draft| draft.claims.iter().map(|claim| hash(&draft.source.id, &claim.id))).collect();
    let mut sorted = merged.hashes.clone();
    sorted.sort_unstable();
    let mut twice: BTreeSet<u64> =
        sorted.windows(2).filter(|pair| pair.first() == pair.last()).flatten().copied().collect();
    twice.extend(of_apart.iter().filter(|hash| sorted.binary_search(hash).is_ok()));
    drop(sorted);
    if twice.is_empty() {
        return;
    }
    let mut seen: BTreeMap<(String, String), Option<Place>> = BTreeMap::new();
    for draft in drafts {
        for claim in draft.claims.iter().filter(|claim| twice.contains(&hash(&draft.source.id, &claim.id))) {
            seen.insert((draft.source.id.clone(), claim.id.clone()), None);
        }
    }
    for (row, _) in (0_u32..).zip(&merged.hashes).filter(|(_, hash)| twice.contains(hash)) {
        // A row that was taken out is among the others already.
        if bulk.gone.contains(&row) {
            continue;
        }
        let _ = bulk.line(row, |start, line, file| {
            let text = Text::line(&file.shown, line, start);
            let page = Page { text: &text, sink };
            let Some(root) = crate::load::json::parse(page) else { return };
            let Some(fields) = page.fields(&root) else { return };
            let text_of = |key: &str| fields.get(key).and_then(|node| Some((page.text(node)?.to_owned(), node)));
            let (Some((source, _)), Some((id, node))) = (text_of("source"), text_of("id")) else { return };
            match seen.entry((source, id.clone())) {
                std::collections::btree_map::Entry::Vacant(free) => {
                    free.insert(Some(page.place(&fields.opening())));
                }
                std::collections::btree_map::Entry::Occupied(first) => {
                    let fault = page
                        .fault(
                            FaultCode::DuplicateId,
                            &node.span,
                            format!("{} is a claim of this source already", quoted(&id)),
                        )
                        .help("ids of claims are unique in their source; choose another one");
                    match first.get() {
                        Some(place) => fault.also(place.clone(), "this claim").send(),
                        None => fault.send(),
                    }
                }
            }
        });
    }
}
