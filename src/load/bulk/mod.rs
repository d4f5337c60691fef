//! Claims by the hundred thousand: files of lines, and of one source with a long list of claims, as columns of integers, of
//! which no text is kept.
//!
//! [`blocks`] cuts the files, a [`worker`] for each thread takes lines apart ([`mod@line`]), looks names up ([`known`]) and reads
//! once what recurs ([`shapes`]). A line or an item ([`mod@array`]) that is not plain is read like a claim of a small folder,
//! after all others. Whatever is shown later is read back from its file.

mod array;
mod back;
mod blocks;
mod known;
mod line;
mod shapes;
mod suspects;
mod worker;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use array::has_more_items;
pub(crate) use back::{Origin, Picked};
pub use blocks::{Holds, LargeFile};
pub(crate) use shapes::{Coded, Figure, decoded};
pub(crate) use worker::{Carries, Row};

use array::{End, Head, is_blank};
use blocks::{Begin, Blocks, Stop};
use known::Known;
use shapes::GONE;
use worker::{Done, Numbering, Place, Worker, name_hash};

use super::code::FaultCode;
use super::fault::{Faults, Page, Sink};
use super::folder::File;
use super::link::Linker;
use super::names::Names;
use super::source::Draft;
use super::text::{Start, Text};
use super::{Folder, Role, jsonl};
use crate::claim::{ClaimId, Corpus, Source, SourceId};
use crate::codebook::{Codebook, MeasureId, TermId};

/// More claims than this are read as columns.
pub const MANY: usize = 100_000;

/// Large files of lines, read.
#[derive(Clone, Debug)]
pub struct Bulk {
    /// The codebook, all sources, and the claims that are not plain.
    pub(crate) corpus: Corpus,
    /// What the plain claims say, in the order of the files; until it is compiled.
    rows: Vec<Row>,
    /// Where they come from.
    places: Vec<Place>,
    /// The rows that say nothing, because their claims are among those of the corpus.
    pub(crate) gone: BTreeSet<u32>,
    /// The rows whose period ends after their source was published.
    pub(crate) too_early: Vec<u32>,
    /// The cells that rows name: a measure, and the term on each of its dimensions; none is the root.
    pub(crate) cells: Vec<(MeasureId, Vec<Option<TermId>>)>,
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
    blocks: Vec<Block>,
    /// Per row, what its source and its id hash to: an order of rows that does not depend on files.
    hashes: Vec<u64>,
    /// Per source, how many claims it makes.
    claims_of: Vec<usize>,
}

/// Where the rows of a block come from.
#[derive(Copy, Clone, Debug)]
struct Block {
    begin: Begin,
    first_row: usize,
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

/// A claims folder whose files of lines hold more than [`MANY`] claims: they are not in memory.
#[derive(Debug)]
pub struct ManyFiles {
    /// All other files.
    pub(crate) folder: Folder,
    pub(crate) files: Vec<LargeFile>,
    /// How much is read at once, in bytes.
    pub(crate) block: usize,
}

impl ManyFiles {
    /// Files of lines, however many claims they hold, beside a folder with the codebook and perhaps more.
    pub fn new(folder: Folder, files: Vec<LargeFile>) -> Self {
        Self { folder, files, block: blocks::BLOCK }
    }

    /// The same, read in blocks of so many bytes. They change nothing but how long it takes.
    #[must_use]
    pub fn in_blocks_of(self, bytes: usize) -> Self {
        Self { block: bytes.max(1), ..self }
    }

    /// Adds one more source, as [`Folder::add`] does.
    pub fn add(&mut self, path: &str, bytes: impl Into<Vec<u8>>) {
        self.folder.add(path, bytes);
    }

    /// How many bytes the files of lines have.
    pub fn bytes(&self) -> u64 {
        self.files.iter().filter_map(|file| std::fs::metadata(&file.path).ok()).map(|about| about.len()).sum()
    }

    /// Where the files lie that were read or are to be, as they are shown.
    pub fn paths(&self) -> impl Iterator<Item = &std::path::Path> {
        self.folder.paths().chain(self.files.iter().map(|file| file.path.as_path()))
    }

    /// Reads them, and everything beside them.
    pub(crate) fn read(&self, reading: &Reading<'_>) -> Result<Bulk, Unread> {
        read(&self.folder, self.files.clone(), reading)
    }
}

/// What there is to check.
#[derive(Debug)]
pub enum Opened {
    /// A folder that is kept in memory.
    Few(Folder),
    /// One that is not.
    Many(ManyFiles),
}

/// Why there is nothing to check.
#[derive(Debug)]
pub enum Unread {
    /// What was wrong.
    Faults(Faults),
    /// Somebody said to stop.
    Interrupted,
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
    let heads: Vec<Option<Head>> = (0..).zip(&files).map(|(at, file)| head(at, file, &files, &sink)).collect();
    let owners: Vec<Option<String>> = heads.iter().map(|head| head.as_ref().map(|head| head.source.clone())).collect();
    let blocks = Blocks::new(&files, &heads, reading.block);
    let dones = columns(&known, (&book, &names), &blocks, &owners, reading);
    let lists = Lists { files: &files, heads: &heads, ends: blocks.into_ends() };
    let mut merged = Merged::of(&known, dones);
    for stop in std::mem::take(&mut merged.stops) {
        report_stop(&stop, &files, &sink);
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
        cells: merged.cells.iter().map(|&key| known.terms(key)).collect(),
        gone: merged.rows.iter().zip(0..).filter(|(row, _)| row.figure == GONE).map(|(_, at)| at).collect(),
        rows: std::mem::take(&mut merged.rows),
        places: std::mem::take(&mut merged.places),
        too_early: Vec::new(),
        figures: std::mem::take(&mut merged.figures),
        doubtful: std::mem::take(&mut merged.doubtful),
        blocks: std::mem::take(&mut merged.blocks),
        threads: reading.threads,
        names: Names::default(),
        hashes: Vec::new(),
        claims_of: Vec::new(),
        files,
        owners,
    };
    bulk.pull(&merged, &mut drafts, &superseding, (&book, &names), &sink);
    (bulk.corpus.sources, bulk.corpus.claims) = Linker { names: &names, sink: &sink, complete }.link(drafts);
    bulk.settle_sources(&merged.sources);
    super::decisions_of(&texts, &mut bulk.corpus, complete, &sink);
    bulk.corpus.codebook = book;
    bulk.names = names;
    bulk.hashes = std::mem::take(&mut merged.hashes);
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
    let work = || Worker::new(known, book, reading.carries, owners).run(blocks, reading.tell);
    if reading.threads < 2 {
        return vec![work()];
    }
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..reading.threads).map(|_| scope.spawn(work)).collect();
        // OK because a thread that panicked has said so; the panic goes on here.
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    })
}

/// What all threads have read, in the order of the files.
struct Merged {
    rows: Vec<Row>,
    places: Vec<Place>,
    hashes: Vec<u64>,
    cells: Vec<known::CellKey>,
    sources: Vec<Box<[u8]>>,
    figures: Vec<Figure>,
    doubtful: Vec<u32>,
    blocks: Vec<Block>,
    /// Per block, the beginnings of the lines that are not plain.
    apart: Vec<(Begin, Vec<u32>)>,
    stops: Vec<Stop>,
    interrupted: bool,
    /// Whether some rows were made lines that are not plain.
    has_set_apart: bool,
}

impl Merged {
    fn of(known: &Known<'_>, dones: Vec<Done>) -> Self {
        let mut cells = Numbering::new(&known.state);
        let mut sources = Numbering::new(&known.state);
        let mut merged = Self {
            rows: Vec::new(),
            places: Vec::new(),
            hashes: Vec::new(),
            cells: Vec::new(),
            sources: Vec::new(),
            figures: Vec::new(),
            doubtful: Vec::new(),
            blocks: Vec::new(),
            apart: Vec::new(),
            stops: Vec::new(),
            interrupted: false,
            has_set_apart: false,
        };
        let mut reads = Vec::new();
        for done in dones {
            let cell: Vec<u32> = done.cells.into_iter().map(|key| cells.number(key)).collect();
            let source: Vec<u32> = done.sources.into_iter().map(|name| sources.number(name)).collect();
            let figure = u32::try_from(merged.figures.len()).unwrap_or(u32::MAX);
            merged.figures.extend(done.figures);
            merged.interrupted |= done.interrupted;
            merged.stops.extend(done.stop);
            reads.extend(done.reads.into_iter().map(|mut read| {
                for row in &mut read.rows {
                    row.cell = cell.get(row.cell as usize).copied().unwrap_or(u32::MAX);
                    if let Coded::At(at) = decoded(row.figure) {
                        row.figure = at + figure;
                    }
                }
                for place in &mut read.places {
                    place.source = source.get(place.source as usize).copied().unwrap_or(u32::MAX);
                }
                read
            }));
        }
        reads.sort_unstable_by_key(|read| read.begin.number);
        let rows = reads.iter().map(|read| read.rows.len()).sum();
        merged.rows.reserve_exact(rows);
        merged.places.reserve_exact(rows);
        merged.hashes.reserve_exact(rows);
        for read in reads {
            let first_row = merged.rows.len();
            merged.blocks.push(Block { begin: read.begin, first_row });
            merged.rows.extend(read.rows);
            merged.places.extend(read.places);
            merged.hashes.extend(read.hashes);
            merged.doubtful.extend(read.doubtful.iter().map(|row| number(first_row) + row));
            if !read.apart.is_empty() {
                merged.apart.push((read.begin, read.apart));
            }
        }
        merged.cells = cells.list;
        merged.sources = sources.list;
        merged
    }
}

impl Merged {
    /// The rows that say something, each with what its name hashes to.
    fn named(&self) -> impl Iterator<Item = (u32, u64)> + '_ {
        let rows = (0_u32..).zip(&self.rows).zip(&self.hashes);
        rows.filter(|((_, row), _)| row.figure != GONE).map(|((at, _), &hash)| (at, hash))
    }

    /// The same, each with the block that it is from.
    fn in_blocks(&self) -> impl Iterator<Item = (u32, &Place, Begin)> + '_ {
        let ends = self.blocks.iter().skip(1).map(|block| block.first_row).chain([self.rows.len()]);
        self.blocks.iter().zip(ends).flat_map(|(block, end)| {
            let own = self.rows.get(block.first_row..end).unwrap_or_default();
            let places = self.places.get(block.first_row..end).unwrap_or_default();
            let rows = (number(block.first_row)..).zip(own.iter().zip(places));
            rows.filter(|(_, (row, _))| row.figure != GONE).map(|(at, (_, place))| (at, place, block.begin))
        })
    }

    /// Makes rows lines that are not plain.
    fn set_apart(&mut self, rows: &[u32]) {
        let mut apart: BTreeMap<usize, (Begin, Vec<u32>)> =
            std::mem::take(&mut self.apart).into_iter().map(|(begin, lines)| (begin.number, (begin, lines))).collect();
        let places = self.in_blocks().filter(|(row, ..)| rows.binary_search(row).is_ok());
        let places: Vec<(u32, u32, Begin)> = places.map(|(row, about, begin)| (row, about.at, begin)).collect();
        for (row, at, begin) in places {
            apart.entry(begin.number).or_insert((begin, Vec::new())).1.push(at);
            if let Some(row) = self.rows.get_mut(row as usize) {
                row.figure = GONE;
            }
        }
        for (_, lines) in apart.values_mut() {
            lines.sort_unstable();
        }
        self.apart = apart.into_values().collect();
        self.has_set_apart = true;
    }
}

/// The number of a row. There are far fewer than 2³² of them: a line has more than a hundred bytes.
fn number(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}

fn report_stop(stop: &Stop, files: &[LargeFile], sink: &Sink) {
    let shown = |file: usize| files.get(file).map_or("", |file| file.shown.as_str());
    match stop {
        Stop::Unreadable(file, error) => sink
            .whole_file(FaultCode::UnreadableFile, shown(*file), format!("this cannot be read: {error}"))
            .help("check that it is there and that you may read it")
            .send(),
        Stop::LongLine(begin) => {
            if files.get(begin.file).is_some_and(|file| file.holds == Holds::Array) {
                array::too_long(shown(begin.file), begin.start(), sink);
            } else {
                jsonl::too_long(shown(begin.file), begin.start(), sink);
            }
        }
    }
}

/// What stands before the list of a file that is one.
fn head(at: usize, file: &LargeFile, files: &[LargeFile], sink: &Sink) -> Option<Head> {
    if file.holds == Holds::Lines {
        return None;
    }
    Head::of(file, sink).unwrap_or_else(|error| {
        report_stop(&Stop::Unreadable(at, error), files, sink);
        None
    })
}

/// The files, and what stands around the lists of those that are lists.
struct Lists<'f> {
    files: &'f [LargeFile],
    heads: &'f [Option<Head>],
    ends: BTreeMap<usize, End>,
}

impl From<Faults> for Unread {
    fn from(faults: Faults) -> Self {
        Self::Faults(faults)
    }
}

/// The lines that are not plain, read one by one.
#[derive(Default)]
struct Apart {
    drafts: Vec<Draft>,
    complete: bool,
    sink: Sink,
}

impl Apart {
    fn read(merged: &Merged, lists: &Lists<'_>, book: (&Codebook, &Names)) -> Self {
        let mut apart = Self { complete: true, ..Self::default() };
        let files = lists.files;
        for (at, file) in files.iter().enumerate() {
            if file.holds == Holds::Array {
                let read =
                    lists.heads.get(at).and_then(Option::as_ref).map(|head| apart.items(merged, lists, at, head, book));
                match read {
                    Some(Ok(())) => {}
                    Some(Err(error)) => report_stop(&Stop::Unreadable(at, error), files, &apart.sink),
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
                    report_stop(&Stop::Unreadable(at, error), files, &apart.sink);
                }
            }
            apart.complete &= !reader.read.lacks_some;
            apart.drafts.extend(reader.read.drafts);
        }
        apart
    }
}

impl Apart {
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
                    return super::not_utf8_line(&file.shown, item, start, &self.sink);
                };
                if is_blank(item) {
                    is_broken = true;
                    return array::missing(&file.shown, text, start, head, &self.sink);
                }
                let text = Text::item(&file.shown, text, start);
                let page = Page { text: &text, sink: &self.sink };
                let Some(root) = super::json::parse_item(page) else {
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
        self.places.len() + self.corpus.claims.len()
    }

    /// How many of them are rows.
    pub(crate) fn row_count(&self) -> u32 {
        number(self.places.len())
    }

    /// What the rows say; it is not kept here any longer.
    pub(crate) fn take_rows(&mut self) -> Vec<Row> {
        std::mem::take(&mut self.rows)
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
        for ((place, row), at) in self.places.iter_mut().zip(&self.rows).zip(0..) {
            // OK because every source is described, or there is a fault.
            place.source = numbers.get(place.source as usize).copied().flatten().unwrap_or(u32::MAX);
            if published.get(place.source as usize).is_some_and(|&published| published < row.last) {
                self.too_early.push(at);
            }
        }
        self.claims_of = vec![0; self.corpus.sources.len()];
        let of_rows = self.places.iter().zip(0..).filter(|(_, row)| !self.gone.contains(row));
        let of_rows = of_rows.map(|(place, _)| place.source);
        for source in of_rows.chain(self.corpus.claims.iter().map(|claim| claim.source.0)) {
            if let Some(count) = self.claims_of.get_mut(source as usize) {
                *count += 1;
            }
        }
    }

    /// The source of a claim, by its number among all: the rows, then the claims that are not plain.
    pub(crate) fn source_of(&self, claim: u32) -> &Source {
        let id = match self.places.get(claim as usize) {
            Some(place) => SourceId(place.source),
            None => self.corpus.claim(self.apart(claim)).source,
        };
        self.corpus.source(id)
    }

    /// A claim that is not plain, by its number among all.
    pub(crate) fn apart_of(&self, claim: u32) -> Option<ClaimId> {
        claim.checked_sub(self.row_count()).map(ClaimId)
    }

    fn apart(&self, claim: u32) -> ClaimId {
        ClaimId(claim.saturating_sub(self.row_count()))
    }

    /// What a claim's source and id hash to, by its number among all.
    pub(crate) fn hash(&self, claim: u32) -> u64 {
        self.hashes.get(claim as usize).copied().unwrap_or_else(|| {
            let claim = self.corpus.claim(self.apart(claim));
            name_hash(self.corpus.source(claim.source).id.as_bytes(), claim.id.as_bytes())
        })
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
        for claim in 0..number(self.numbers()) {
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

    fn block_of(&self, row: u32) -> &Block {
        let after = self.blocks.partition_point(|block| block.first_row <= row as usize);
        crate::codebook::entry(&self.blocks, after.saturating_sub(1))
    }
}
