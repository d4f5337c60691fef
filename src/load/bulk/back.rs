//! Lines read back from their files: those that are not plain, and those of claims that are shown.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use super::array::behind;
use super::blocks::Begin;
use super::files::{Holds, LargeFile};
use super::{Bulk, name_hash};
use crate::claim::{Claim, Corpus, SourceId};
use crate::codebook::{Codebook, entry};
use crate::load::code::FaultCode;
use crate::load::fault::{Faults, Page, Sink};
use crate::load::jsonl;
use crate::load::names::Names;
use crate::load::source::Draft;
use crate::load::text::{Place, Start, Text};

/// Reads lines, or items, of a block, given by their beginnings in it, in order.
pub(super) fn lines(
    file: &LargeFile,
    begin: Begin,
    starts: &[u32],
    mut visit: impl FnMut(Start, &[u8]),
) -> io::Result<()> {
    let Some(&last) = starts.last() else { return Ok(()) };
    let mut open = File::open(&file.path)?;
    open.seek(SeekFrom::Start(begin.byte))?;
    let mut block = Vec::new();
    // The last line may reach beyond the next two kilobytes; then more is read.
    let mut wanted = last as usize + 2048;
    loop {
        let missing = wanted.saturating_sub(block.len());
        let read = open.by_ref().take(missing as u64).read_to_end(&mut block)?;
        let ends = block.get(last as usize..).is_some_and(|rest| file.end(rest).is_some());
        if ends || read < missing {
            break;
        }
        wanted *= 2;
    }
    let (mut at, mut counted) = (begin.start(), 0);
    for &start in starts {
        let start = start as usize;
        at = behind(at, block.get(counted..start).unwrap_or_default());
        counted = start;
        let rest = block.get(start..).unwrap_or_default();
        let length = file.end(rest).unwrap_or(rest.len());
        visit(at, rest.get(..length).unwrap_or_default());
    }
    Ok(())
}

/// The opening bracket of a line; of one that cannot be read any more, its beginning.
pub(super) fn place(file: &LargeFile, start: Start) -> Place {
    let begin = Begin { number: 0, file: 0, byte: start.byte as u64, line: start.line, column: start.column };
    let mut found = None;
    let _ = lines(file, begin, &[0], |start, line| found = Some(jsonl::place_of_line(&file.shown, line, start)));
    found.unwrap_or_else(|| jsonl::place_of_line(&file.shown, b"", start))
}

/// The names of claims that others say to be superseded by, `SOURCE/ID`.
pub(super) fn superseding(drafts: &[Draft]) -> Vec<(String, String)> {
    let links = drafts.iter().flat_map(|draft| draft.links.iter().map(move |(_, link)| (draft, link)));
    let mut names: Vec<(String, String)> = links
        .filter_map(|(draft, link)| {
            let (name, _) = link.superseded_by.as_ref()?;
            let (source, id) = name.split_once('/').unwrap_or((&draft.source.id, name));
            Some((source.to_owned(), id.to_owned()))
        })
        .collect();
    names.sort();
    names.dedup();
    names
}

impl Bulk {
    /// The source of a row that does not name it.
    fn owner_of(&self, row: u32) -> Option<&str> {
        self.owners.get(self.rows.block_of(row).begin.file)?.as_deref()
    }

    /// Reads the line of a row.
    pub(super) fn line(&self, row: u32, mut visit: impl FnMut(Start, &str, &LargeFile)) -> io::Result<()> {
        let begin = self.rows.block_of(row).begin;
        let file = entry(&self.files, begin.file);
        lines(file, begin, &[self.rows.place(row).at], |start, line| {
            if let Ok(line) = std::str::from_utf8(line) {
                visit(start, line, file);
            }
        })
    }

    /// Takes rows that other claims name out of the columns and reads them like those: what they say of each other is looked
    /// at among claims that are whole.
    pub(super) fn pull(
        &mut self,
        drafts: &mut [Draft],
        names: &[(String, String)],
        book: (&Codebook, &Names),
        sink: &Sink,
    ) {
        if names.is_empty() {
            return;
        }
        let wanted: BTreeMap<u64, &(String, String)> =
            names.iter().map(|name| (name_hash(name.0.as_bytes(), name.1.as_bytes()), name)).collect();
        let alike = self.rows.hashes().zip(0_u32..).filter_map(|(hash, row)| Some((*wanted.get(&hash)?, row)));
        let alike: Vec<(&(String, String), u32)> = alike.collect();
        for ((source, id), row) in alike {
            let Some(draft) = drafts.iter_mut().find(|draft| draft.source.id == *source) else { continue };
            if self.rows.is_gone(row) {
                continue;
            }
            let owner = self.owner_of(row);
            if owner.is_some_and(|owner| owner != source) {
                continue;
            }
            let mut is_it = false;
            let _ = self.line(row, |start, line, file| {
                let text = Text::line(&file.shown, line, start);
                let page = Page { text: &text, sink };
                let Some(root) = crate::load::json::parse(page) else { return };
                let Some(fields) = page.fields(&root) else { return };
                let says = |key: &str, wanted: &str| fields.get(key).and_then(|node| page.text(node)) == Some(wanted);
                is_it = (owner.is_some() || says("source", source)) && says("id", id);
                if is_it {
                    draft.add(page, &fields.without("source"), Some(book), |_| None);
                }
            });
            if is_it {
                self.rows.remove(row);
                self.gone.insert(row);
            }
        }
    }

    /// The number of a claim among all: the rows, then the claims that are not plain.
    pub(crate) fn number(&self, origin: Origin) -> u32 {
        match origin {
            Origin::Row(row) => row,
            Origin::Apart(id) => self.row_count().saturating_add(id.0),
        }
    }

    /// Some rows as claims of a corpus of their own, with some claims of the corpus: what a report is made of.
    ///
    /// # Errors
    ///
    /// A file that is not any more what it was when the rows were read.
    pub(crate) fn corpus_of(&self, rows: &[u32], apart: &[crate::claim::ClaimId]) -> Result<Picked, Faults> {
        let sink = Sink::default();
        let (book, names) = (&self.corpus.codebook, &self.names);
        let mut claims: Vec<(Claim, Origin)> = Vec::new();
        let mut rows = rows.to_vec();
        rows.sort_unstable();
        rows.dedup();
        for group in rows.chunk_by(|&a, &b| std::ptr::eq(self.rows.block_of(a), self.rows.block_of(b))) {
            let Some(&first) = group.first() else { continue };
            let begin = self.rows.block_of(first).begin;
            let file = entry(&self.files, begin.file);
            let starts: Vec<u32> = group.iter().map(|&row| self.rows.place(row).at).collect();
            let mut own = group.iter();
            let read = lines(file, begin, &starts, |start, line| {
                let Some(&row) = own.next() else { return };
                match self.claim(line, start, file, self.rows.place(row).source, (book, names)) {
                    Some(claim) => claims.push((claim, Origin::Row(row))),
                    None => changed(file, &sink),
                }
            });
            if read.is_err() {
                changed(file, &sink);
            }
        }
        claims.extend(apart.iter().map(|&id| {
            let claim = Claim { superseded_by: None, ..self.corpus.claim(id).clone() };
            (claim, Origin::Apart(id))
        }));
        claims.sort_by(|(a, _), (b, _)| (a.source, &a.id).cmp(&(b.source, &b.id)));
        if !sink.is_empty() {
            return Err(sink.into_faults());
        }
        let (claims, origins) = claims.into_iter().unzip();
        let corpus = Corpus { claims, omissions: Vec::new(), ..self.corpus.without_claims() };
        Ok(Picked { corpus, origins })
    }

    fn claim(
        &self,
        line: &[u8],
        start: Start,
        file: &LargeFile,
        source: u32,
        (book, names): (&Codebook, &Names),
    ) -> Option<Claim> {
        let sink = Sink::default();
        let text = Text::line(&file.shown, std::str::from_utf8(line).ok()?, start);
        let page = Page { text: &text, sink: &sink };
        let root = crate::load::json::parse(page)?;
        let fields = page.fields(&root)?;
        let source = SourceId(source);
        let own_source = fields.get("source").and_then(|node| page.text(node));
        let claim = crate::load::source::claim_alone(page, &fields.without("source"), book, names)?;
        let same = match file.holds {
            Holds::Lines => own_source == Some(self.corpus.source(source).id.as_str()),
            Holds::Array => own_source.is_none(),
        };
        let id = fields.get("id").and_then(|node| page.text(node))?.to_owned();
        (same && sink.is_empty()).then_some(Claim { id, source, ..claim })
    }
}

/// Claims that were read back.
#[derive(Debug)]
pub(crate) struct Picked {
    /// They, with all sources and the codebook.
    pub(crate) corpus: Corpus,
    /// Per claim, what it is among all.
    pub(crate) origins: Vec<Origin>,
}

/// What a claim is among all.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Origin {
    /// A row.
    Row(u32),
    /// A claim that is not plain.
    Apart(crate::claim::ClaimId),
}

fn changed(file: &LargeFile, sink: &Sink) {
    if sink.is_empty() {
        sink.whole_file(FaultCode::UnreadableFile, &file.shown, "this file changed while it was read")
            .help("run gainsay again when nothing writes to it")
            .send();
    }
}
