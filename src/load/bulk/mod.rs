//! Claims by the hundred thousand: files of lines as columns of integers, of which no text is kept.
//!
//! [`blocks`] cuts the files, a [`worker`] for each thread takes lines apart ([`line`]), looks names up ([`known`]) and reads
//! once what recurs ([`shapes`]). A line that is not plain is read like a claim of a small folder, after all others.
//! Whatever is shown later is read back from its file.

mod back;
mod blocks;
mod known;
mod line;
mod shapes;
mod unique;
mod worker;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use back::{Origin, Picked};
pub use blocks::LargeFile;
pub(crate) use shapes::{Coded, Figure, decoded};
pub(crate) use worker::{Carries, Row};

use blocks::{Begin, Blocks, MAX_LINE, Stop};
use known::Known;
use worker::{Done, Numbering, Place, Worker, name_hash};

use super::code::FaultCode;
use super::fault::{Faults, Page, Sink};
use super::link::Linker;
use super::names::Names;
use super::source::{Book, Draft};
use super::text::{Start, Text};
use super::{Folder, Role, jsonl};
use crate::claim::{ClaimId, Corpus, Source, SourceId};
use crate::codebook::{Codebook, MeasureId, TermId};

/// More claims than this are read as columns.
pub const MANY: usize = 100_000;

/// Large files of lines, read.
#[derive(Debug)]
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
}

impl ManyFiles {
    /// Files of lines, however many claims they hold, beside a folder with the codebook and perhaps more.
    pub fn new(folder: Folder, files: Vec<LargeFile>) -> Self {
        Self { folder, files }
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
    let dones = columns(&known, &book, &names, &files, reading);
    let mut merged = Merged::of(&known, dones);
    let stops = std::mem::take(&mut merged.stops);
    for stop in stops {
        report_stop(&stop, &files, &sink);
    }
    let mut read = Apart { drafts: Vec::new(), complete: true };
    for (_, text) in texts.iter().filter(|(role, _)| *role == Role::Source) {
        let draft = text.as_ref().and_then(|text| {
            let root = super::json::parse_lazily(Page { text, sink: &sink }, Some("claims"))?;
            super::source::read(Page { text, sink: &sink }, &root, Some((&book, &names)))
        });
        read.complete &= draft.is_some();
        read.drafts.extend(draft);
    }
    read.lines(&merged, &files, &sink, Some((&book, &names)));
    let described = described(&read.drafts);
    let whole = read.complete;
    let superseding = back::superseding(&read.drafts);
    let mut bulk = Bulk {
        corpus: Corpus::default(),
        cells: merged.cells.iter().map(|&key| known.terms(key)).collect(),
        rows: std::mem::take(&mut merged.rows),
        places: std::mem::take(&mut merged.places),
        gone: BTreeSet::new(),
        too_early: Vec::new(),
        figures: std::mem::take(&mut merged.figures),
        doubtful: std::mem::take(&mut merged.doubtful),
        blocks: std::mem::take(&mut merged.blocks),
        threads: reading.threads,
        names: Names::default(),
        hashes: Vec::new(),
        claims_of: Vec::new(),
        files,
    };
    let hash = |source: &str, id: &str| name_hash(source.as_bytes(), id.as_bytes());
    bulk.pull(&merged, &mut read.drafts, &superseding, hash, (&book, &names), &sink);
    unique::report(&bulk, &merged, &read.drafts, hash, &sink);
    let linker = Linker { names: &names, sink: &sink, complete: whole };
    (bulk.corpus.sources, bulk.corpus.claims) = linker.link(read.drafts);
    bulk.settle_sources(&merged.sources, &described, whole, &sink);
    super::decisions_of(&texts, &mut bulk.corpus, whole, &sink);
    bulk.corpus.codebook = book;
    bulk.names = names;
    bulk.hashes = std::mem::take(&mut merged.hashes);
    if merged.interrupted {
        return Err(Unread::Interrupted);
    }
    if sink.is_empty() { Ok(bulk) } else { Err(Unread::Faults(sink.into_faults())) }
}

/// Has all threads read.
fn columns<'b>(
    known: &'b Known<'b>,
    book: &'b Codebook,
    names: &'b Names,
    files: &[LargeFile],
    reading: &Reading<'b>,
) -> Vec<Done> {
    let blocks = Blocks::new(files);
    let work = || Worker::new(known, book, names, reading.carries).run(&blocks, reading.tell);
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
            let start = Start { line: begin.line, byte: usize::try_from(begin.byte).unwrap_or(usize::MAX) };
            let text = Text::line(shown(begin.file), "", start);
            Page { text: &text, sink }
                .fault(FaultCode::TooMany, &(0..0), format!("this line is longer than {} MiB", MAX_LINE >> 20))
                .help("write each claim on a line of its own")
                .send();
        }
    }
}

impl From<Faults> for Unread {
    fn from(faults: Faults) -> Self {
        Self::Faults(faults)
    }
}

/// The lines that are not plain, read one by one.
struct Apart {
    drafts: Vec<Draft>,
    complete: bool,
}

impl Apart {
    fn lines(&mut self, merged: &Merged, files: &[LargeFile], sink: &Sink, book: Book<'_>) {
        for (at, file) in files.iter().enumerate() {
            let own = || merged.apart.iter().filter(|(begin, _)| begin.file == at);
            let earlier = |start: Start| back::place(file, start);
            let mut reader = jsonl::Reader::new(&earlier);
            for (begin, lines) in own() {
                let read = back::lines(file, *begin, lines, |start, line| match std::str::from_utf8(line) {
                    Ok(line) => {
                        let text = Text::line(&file.shown, line, start);
                        reader.line(Page { text: &text, sink }, start, book);
                    }
                    Err(_) => {
                        super::not_utf8_line(&file.shown, line, start, sink);
                        reader.read.lacks_some = true;
                    }
                });
                if let Err(error) = read {
                    report_stop(&Stop::Unreadable(at, error), files, sink);
                }
            }
            self.complete &= !reader.read.lacks_some;
            self.drafts.extend(reader.read.drafts);
        }
    }
}

/// Where each source is described: the file, and the byte of its id.
fn described(drafts: &[Draft]) -> BTreeMap<String, (String, usize)> {
    drafts.iter().map(|draft| (draft.source.id.clone(), (draft.place.path.clone(), draft.place.span.start))).collect()
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

    /// Puts the numbers of the corpus's sources into the rows; reports claims of sources that no line before them describes.
    fn settle_sources(
        &mut self,
        names: &[Box<[u8]>],
        described: &BTreeMap<String, (String, usize)>,
        complete: bool,
        sink: &Sink,
    ) {
        let number = |name: &[u8]| {
            let found = self.corpus.sources.binary_search_by(|source| source.id.as_bytes().cmp(name));
            found.ok().and_then(|at| u32::try_from(at).ok())
        };
        let numbers: Vec<Option<u32>> = names.iter().map(|name| number(name)).collect();
        let mut met = vec![false; names.len()];
        let mut wrong = Vec::new();
        let published: Vec<i32> = self
            .corpus
            .sources
            .iter()
            .map(|source| source.published.as_ref().map_or(i32::MAX, |date| date.last().number()))
            .collect();
        for ((place, row), at) in self.places.iter_mut().zip(&self.rows).zip(0..) {
            let name = place.source as usize;
            place.source = numbers.get(name).copied().flatten().unwrap_or(u32::MAX);
            if published.get(place.source as usize).is_some_and(|&published| published < row.last) {
                self.too_early.push(at);
            }
            match met.get_mut(name) {
                Some(met) if !*met => {
                    *met = true;
                    wrong.push((at, name));
                }
                _ => {}
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
        if !complete {
            return;
        }
        for (row, name) in wrong {
            let Some(name) = names.get(name).and_then(|name| std::str::from_utf8(name).ok()) else { continue };
            let (file, start) = self.begin_of(row);
            let before = described.get(name).is_some_and(|(path, byte)| *path == file.shown && *byte < start);
            if !before {
                back::not_described(self, row, name, described.keys().map(String::as_str), sink);
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

    /// The file of a row, and the byte at which its line begins.
    fn begin_of(&self, row: u32) -> (&LargeFile, usize) {
        let block = self.block_of(row);
        let at = crate::codebook::entry(&self.places, row as usize).at as usize;
        let byte = usize::try_from(block.begin.byte).unwrap_or(usize::MAX).saturating_add(at);
        (crate::codebook::entry(&self.files, block.begin.file), byte)
    }

    fn block_of(&self, row: u32) -> &Block {
        let after = self.blocks.partition_point(|block| block.first_row <= row as usize);
        crate::codebook::entry(&self.blocks, after.saturating_sub(1))
    }
}
