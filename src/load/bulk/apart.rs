//! Lines and items that are not plain, read one by one like the claims of a small folder.

use std::collections::BTreeMap;

use super::array::{self, End, Head, is_blank};
use super::back;
use super::blocks::Stop;
use super::files::{Holds, LargeFile};
use super::merged::Merged;
use crate::codebook::Codebook;
use crate::load::fault::{Page, Sink};
use crate::load::names::Names;
use crate::load::source::Draft;
use crate::load::text::{Start, Text};
use crate::load::{json, jsonl, not_utf8_line};

/// What stands before the lists of the files that are lists.
pub(super) fn heads(files: &[LargeFile], sink: &Sink) -> Vec<Option<Head>> {
    let head = |(at, file): (usize, &LargeFile)| match file.holds {
        Holds::Lines => None,
        Holds::Array => Head::of(file, sink).unwrap_or_else(|error| {
            Stop::Unreadable(at, error).report(files, sink);
            None
        }),
    };
    files.iter().enumerate().map(head).collect()
}

/// The files, and what stands around the lists of those that are lists.
pub(super) struct Lists<'f> {
    pub(super) files: &'f [LargeFile],
    pub(super) heads: &'f [Option<Head>],
    pub(super) ends: BTreeMap<usize, End>,
}

/// The lines that are not plain, read one by one.
#[derive(Default)]
pub(super) struct Apart {
    pub(super) drafts: Vec<Draft>,
    /// Whether all of them could be read.
    pub(super) complete: bool,
    pub(super) sink: Sink,
}

impl Apart {
    /// Reads those of all files, in their order.
    pub(super) fn read(merged: &Merged, lists: &Lists<'_>, book: (&Codebook, &Names)) -> Self {
        let mut apart = Self { complete: true, ..Self::default() };
        let files = lists.files;
        for (at, file) in files.iter().enumerate() {
            if file.holds == Holds::Array {
                let read =
                    lists.heads.get(at).and_then(Option::as_ref).map(|head| apart.items(merged, lists, at, head, book));
                match read {
                    Some(Ok(())) => {}
                    Some(Err(error)) => Stop::Unreadable(at, error).report(files, &apart.sink),
                    None => apart.complete = false,
                }
                continue;
            }
            let earlier = |start: Start| back::place(file, start);
            let mut reader = jsonl::Reader::new(&earlier);
            for (begin, lines) in merged.apart.iter().filter(|(begin, _)| begin.file == at) {
                let read = back::lines(file, *begin, lines, |start, line| {
                    reader.bytes(&file.shown, start, line, &apart.sink, Some(book));
                });
                if let Err(error) = read {
                    Stop::Unreadable(at, error).report(files, &apart.sink);
                }
            }
            apart.complete &= !reader.read.lacks_some;
            apart.drafts.extend(reader.read.drafts);
        }
        apart
    }

    /// Reads a file that is one source with a list of claims.
    fn items(
        &mut self,
        merged: &Merged,
        lists: &Lists<'_>,
        at: usize,
        head: &Head,
        book: (&Codebook, &Names),
    ) -> std::io::Result<()> {
        let Some(file) = lists.files.get(at) else { return Ok(()) };
        let array::Around { mut draft, is_known, behind } =
            head.read(file, lists.ends.get(&at).copied(), &self.sink, Some(book))?;
        let mut is_broken = false;
        let mut ids: BTreeMap<String, Start> = BTreeMap::new();
        for (begin, items) in merged.apart.iter().filter(|(begin, _)| begin.file == at) {
            back::lines(file, *begin, items, |start, item| {
                let Ok(text) = std::str::from_utf8(item) else {
                    return not_utf8_line(&file.shown, item, start, &self.sink);
                };
                if is_blank(item) {
                    is_broken = true;
                    return array::missing(&file.shown, text, start, head, &self.sink);
                }
                let text = Text::item(&file.shown, text, start);
                let page = Page { text: &text, sink: &self.sink };
                let Some(root) = json::parse_item(page) else {
                    is_broken = true;
                    return;
                };
                let Some(fields) = page.fields(&root) else { return };
                draft.add(page, &fields, Some(book), |id| match ids.get(id) {
                    Some(&first) => Some(back::place(file, first)),
                    None => {
                        ids.insert(id.to_owned(), start);
                        None
                    }
                });
            })?;
        }
        if !is_broken {
            self.sink.extend(behind);
        }
        self.complete &= is_known;
        if is_known {
            self.drafts.push(draft);
        }
        Ok(())
    }
}
