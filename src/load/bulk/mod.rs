//! Claims by the hundred thousand: files of lines, and of one source with a long list of claims, as columns of integers, of
//! which no text is kept.
//!
//! [`blocks`] cuts the files, a [`worker`] for each thread takes lines apart ([`mod@line`]), looks names up ([`known`]) and reads
//! once what recurs ([`shapes`]); then it is put together ([`merged`], [`rows`]). A line or an item ([`mod@array`]) that is not plain is
//! read like a claim of a small folder, after all others ([`apart`]). Whatever is shown later is read back from its file
//! ([`back`]).

mod apart;
mod array;
mod back;
mod blocks;
mod files;
mod known;
mod line;
mod merged;
mod rows;
mod shapes;
mod suspects;
mod worker;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use array::has_more_items;
pub(crate) use back::{Origin, Picked};
pub use files::{Holds, LargeFile, ManyFiles, Opened, Unread};
pub(crate) use rows::Said;
pub(crate) use shapes::{Coded, Figure, GONE, decoded};
pub(crate) use worker::Carries;

use apart::{Apart, Lists, heads};
use blocks::Blocks;
use known::{CellKey, Known};
use merged::Merged;
use rows::Rows;
use worker::{Done, Worker, name_hash};

use super::fault::Sink;
use super::folder::File;
use super::link::Linker;
use super::names::Names;
use super::text::Text;
use super::{Folder, Role};
use crate::claim::{ClaimId, Corpus, Source, SourceId};
use crate::codebook::Codebook;
use crate::spread::over;

/// More claims than this are read as columns.
pub const MANY: usize = 100_000;

/// Large files of lines, read.
#[derive(Clone, Debug)]
pub struct Bulk {
    /// The codebook, all sources, and the claims that are not plain.
    pub(crate) corpus: Corpus,
    /// The plain claims, in the order of the files.
    rows: Rows,
    /// The rows that say nothing, because their claims are among those of the corpus.
    pub(crate) gone: BTreeSet<u32>,
    /// The rows whose period ends after their source was published.
    pub(crate) too_early: Vec<u32>,
    /// The cells that rows name; until it is compiled.
    cells: Vec<CellKey>,
    /// The figures that rows name.
    pub(crate) figures: Vec<Figure>,
    /// The rows that a slower look has to go through.
    pub(crate) doubtful: Vec<u32>,
    /// How many threads may work on it.
    pub(crate) threads: usize,
    names: Names,
    files: Vec<LargeFile>,
    /// Per file, the id of the source if its claims do not name it.
    owners: Vec<Option<String>>,
    /// Per source, how many claims it makes.
    claims_of: Vec<usize>,
}

/// How large files are read.
#[derive(Copy, Clone)]
pub(crate) struct Reading<'r> {
    pub(crate) threads: usize,
    /// How much is read at once, in bytes.
    pub(crate) block: usize,
    pub(crate) carries: Carries<'r>,
    /// Hears how many bytes more were read, and says whether to go on.
    pub(crate) tell: &'r (dyn Fn(u64) -> bool + Sync),
}

/// Reads large files beside a folder that holds all the others.
///
/// # Errors
///
/// All faults of all files, and that somebody said to stop.
fn read(folder: &Folder, files: Vec<LargeFile>, reading: &Reading<'_>) -> Result<Bulk, Unread> {
    let sink = Sink::default();
    let texts: Vec<(Role, Option<Text<'_>>)> =
        folder.files().iter().map(|file| (file.role, super::text(file, &sink))).collect();
    if !texts.iter().any(|(role, _)| *role == Role::Codebook) {
        super::no_codebook(folder, &sink);
    }
    let Some((book, names)) = super::codebook_of(&texts, &sink) else {
        return Err(Unread::Faults(sink.into_faults()));
    };
    let known = Known::of(&book);
    let heads = heads(&files, &sink);
    let owners: Vec<Option<String>> = heads.iter().map(|head| head.as_ref().map(|head| head.source.clone())).collect();
    let blocks = Blocks::new(&files, &heads, reading.block);
    let dones = columns(&known, (&book, &names), &blocks, &owners, reading);
    let lists = Lists { files: &files, heads: &heads, ends: blocks.into_ends() };
    let mut merged = Merged::of(dones);
    for stop in std::mem::take(&mut merged.stops) {
        stop.report(&files, &sink);
    }
    if merged.interrupted {
        return Err(Unread::Interrupted);
    }
    let lines: Vec<&File> = folder.files().into_iter().filter(|file| file.role == Role::Lines).collect();
    let others = super::sources_of(&texts, &lines, &sink, Some((&book, &names)));
    let mut read = Apart::read(&merged, &lists, (&book, &names));
    loop {
        let suspects = suspects::suspects(&merged, &read.drafts, &files);
        if suspects.is_empty() || !read.sink.is_empty() && merged.has_set_apart {
            break;
        }
        merged.set_apart(&suspects);
        read = Apart::read(&merged, &lists, (&book, &names));
    }
    let Apart { mut drafts, complete, sink: own } = read;
    sink.extend(own);
    drafts.extend(others.drafts);
    let complete = complete && others.complete;
    let superseding = back::superseding(&drafts);
    let mut bulk = Bulk {
        corpus: Corpus::default(),
        cells: std::mem::take(&mut merged.cells),
        gone: merged.rows.gone().collect(),
        rows: std::mem::take(&mut merged.rows),
        too_early: Vec::new(),
        figures: std::mem::take(&mut merged.figures),
        doubtful: std::mem::take(&mut merged.doubtful),
        threads: reading.threads,
        names: Names::default(),
        claims_of: Vec::new(),
        files,
        owners,
    };
    bulk.pull(&mut drafts, &superseding, (&book, &names), &sink);
    (bulk.corpus.sources, bulk.corpus.claims) = Linker { names: &names, sink: &sink, complete }.link(drafts);
    bulk.settle_sources(&merged.sources);
    super::decisions_of(&texts, &mut bulk.corpus, complete, &sink);
    bulk.corpus.codebook = book;
    bulk.names = names;
    if sink.is_empty() { Ok(bulk) } else { Err(Unread::Faults(sink.into_faults())) }
}

/// Has all threads read.
fn columns<'b>(
    known: &'b Known<'b>,
    book: (&'b Codebook, &'b Names),
    blocks: &Blocks<'_>,
    owners: &'b [Option<String>],
    reading: &Reading<'b>,
) -> Vec<Done> {
    let work = |(): &mut (), (): &()| Worker::new(known, book, reading.carries, owners).run(blocks, reading.tell);
    // Each works as long as there are blocks.
    over(reading.threads, &vec![(); reading.threads.max(1)], || (), work, |_| ())
}

impl Bulk {
    /// The codebook, all sources, what is recorded as known, and the claims that are not plain: not all claims.
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// How many claims there are.
    pub(crate) fn len(&self) -> usize {
        self.numbers() - self.gone.len()
    }

    /// How many numbers claims have: the rows, then the claims that are not plain.
    pub(crate) fn numbers(&self) -> usize {
        self.rows.len() as usize + self.corpus.claims.len()
    }

    /// How many of them are rows.
    pub(crate) fn row_count(&self) -> u32 {
        self.rows.len()
    }

    /// What the rows say; it is not kept here any longer.
    pub(crate) fn take_rows(&mut self) -> Said {
        self.rows.take(std::mem::take(&mut self.cells))
    }

    /// Puts the numbers of the corpus's sources into the rows.
    fn settle_sources(&mut self, names: &[Box<[u8]>]) {
        let number = |name: &[u8]| {
            let found = self.corpus.sources.binary_search_by(|source| source.id.as_bytes().cmp(name));
            found.ok().and_then(|at| u32::try_from(at).ok())
        };
        let numbers: Vec<Option<u32>> = names.iter().map(|name| number(name)).collect();
        let published: Vec<i32> = self
            .corpus
            .sources
            .iter()
            .map(|source| source.published.as_ref().map_or(i32::MAX, |date| date.last().number()))
            .collect();
        self.claims_of = vec![0; self.corpus.sources.len()];
        let (too_early, claims_of) = (&mut self.too_early, &mut self.claims_of);
        self.rows.each_mut(|at, row, place| {
            // OK because every source is described, or there is a fault.
            place.source = numbers.get(place.source as usize).copied().flatten().unwrap_or(u32::MAX);
            if published.get(place.source as usize).is_some_and(|&published| published < row.last) {
                too_early.push(at);
            }
            if let Some(count) = claims_of.get_mut(place.source as usize).filter(|_| row.figure != GONE) {
                *count += 1;
            }
        });
        for claim in &self.corpus.claims {
            if let Some(count) = self.claims_of.get_mut(claim.source.at()) {
                *count += 1;
            }
        }
    }

    /// The source of a claim, by its number among all: the rows, then the claims that are not plain.
    pub(crate) fn source_of(&self, claim: u32) -> &Source {
        let id = match self.apart_of(claim) {
            Some(id) => self.corpus.claim(id).source,
            None => SourceId(self.rows.place(claim).source),
        };
        self.corpus.source(id)
    }

    /// A claim that is not plain, by its number among all; none for a row.
    pub(crate) fn apart_of(&self, claim: u32) -> Option<ClaimId> {
        claim.checked_sub(self.row_count()).map(ClaimId)
    }

    /// What a claim's source and id hash to, by its number among all.
    pub(crate) fn hash(&self, claim: u32) -> u64 {
        match self.apart_of(claim).map(|id| self.corpus.claim(id)) {
            Some(claim) => name_hash(self.corpus.source(claim.source).id.as_bytes(), claim.id.as_bytes()),
            None => self.rows.hash(claim),
        }
    }

    /// How many claims a source makes.
    pub(crate) fn claims_of(&self, source: SourceId) -> usize {
        self.claims_of.get(source.at()).copied().unwrap_or(0)
    }

    /// The pairs of claims of which some waiver says that they are known to clash, by their numbers among all, the smaller
    /// first; sorted.
    pub(crate) fn waived_pairs(&self) -> Vec<(u32, u32)> {
        let mut numbers: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
        let pairs: Vec<[u64; 2]> = (self.corpus.waivers.iter())
            .filter_map(|waiver| {
                let hash = |name: &String| name.split_once('/').map(|(s, id)| name_hash(s.as_bytes(), id.as_bytes()));
                let [first, second] = waiver.claims.as_slice() else { return None };
                Some([hash(first)?, hash(second)?])
            })
            .collect();
        if pairs.is_empty() {
            return Vec::new();
        }
        numbers.extend(pairs.iter().flatten().map(|&hash| (hash, Vec::new())));
        for claim in 0..u32::try_from(self.numbers()).unwrap_or(u32::MAX) {
            if let Some(list) = numbers.get_mut(&self.hash(claim)) {
                list.push(claim);
            }
        }
        let all = |hash: &u64| numbers.get(hash).into_iter().flatten().copied();
        let both = |[first, second]: &[u64; 2]| {
            all(first).flat_map(|a| all(second).map(move |b| (a.min(b), a.max(b)))).collect::<Vec<_>>()
        };
        let mut found: Vec<(u32, u32)> = pairs.iter().flat_map(both).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}
