//! One thread that reads blocks into rows.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher};

use foldhash::fast::RandomState;
use foldhash::quality::FixedState;
use memchr::memchr;

use super::array::Scan;
use super::blocks::{Begin, Blocks, Stop};
use super::known::{CellKey, Known};
use super::line::{Line, texts};
use super::rows::Part;
use super::shapes::{Figure, FigureCode, Shapes};
use crate::claim::Claim;
use crate::codebook::Codebook;
use crate::load::fault::{Page, Sink};
use crate::load::jsonl;
use crate::load::names::Names;
use crate::load::text::Text;

/// Where a plain claim comes from.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Place {
    /// Its source.
    pub(super) source: u32,
    /// Where its line begins in its block.
    pub(super) at: u32,
}

/// What a plain claim says, in integers.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Row {
    /// Its measure and terms.
    pub(crate) cell: u32,
    /// Its first day.
    pub(crate) first: i32,
    /// Its last day.
    pub(crate) last: i32,
    /// Its figure.
    pub(crate) figure: FigureCode,
}

/// The lines, or items, of a block.
pub(super) struct Read {
    pub(super) begin: Begin,
    /// The places of its rows among those of its thread.
    pub(super) rows: std::ops::Range<usize>,
    /// The beginnings of the lines that are not plain.
    pub(super) apart: Vec<u32>,
    /// The rows that a slower look has to go through: the quote may lack the figure, or the upstream may be too old.
    pub(super) doubtful: Vec<u32>,
}

/// Numbers things in the order in which they come.
pub(super) struct Numbering<K> {
    numbers: HashMap<K, u32, RandomState>,
    list: Vec<K>,
}

impl<K: Clone + Eq + std::hash::Hash> Numbering<K> {
    pub(super) fn new(state: &RandomState) -> Self {
        Self { numbers: HashMap::with_hasher(state.clone()), list: Vec::new() }
    }

    pub(super) fn find<Q: Eq + std::hash::Hash + ?Sized>(&self, key: &Q) -> Option<u32>
    where
        K: std::borrow::Borrow<Q>,
    {
        self.numbers.get(key).copied()
    }

    /// The things, in the order of their numbers.
    pub(super) fn into_list(self) -> Vec<K> {
        self.list
    }

    /// The number of a thing, which is a new one if the thing is.
    pub(super) fn number(&mut self, key: K) -> u32 {
        if let Some(&number) = self.numbers.get(&key) {
            return number;
        }
        let number = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        self.list.push(key.clone());
        self.numbers.insert(key, number);
        number
    }
}

/// Whether a claim's quote carries its figure, as far as a rule can tell.
pub(crate) type Carries<'c> = &'c (dyn Fn(&Codebook, &Claim) -> bool + Sync);

/// What one thread has read.
pub(super) struct Worker<'b> {
    known: &'b Known<'b>,
    book: &'b Codebook,
    names: &'b Names,
    carries: Carries<'b>,
    /// Per file, the id of the source if its claims do not name it.
    owners: &'b [Option<String>],
    shapes: Shapes<'b>,
    cells: Numbering<CellKey>,
    sources: Numbering<Box<[u8]>>,
    last_source: u32,
    part: Part,
    reads: Vec<Read>,
    stop: Option<Stop>,
    interrupted: bool,
}

/// The same, when there is nothing more to read.
pub(super) struct Done {
    pub(super) cells: Numbering<CellKey>,
    pub(super) sources: Numbering<Box<[u8]>>,
    pub(super) figures: Vec<Figure>,
    pub(super) part: Part,
    pub(super) reads: Vec<Read>,
    pub(super) stop: Option<Stop>,
    pub(super) interrupted: bool,
}

impl<'b> Worker<'b> {
    pub(super) fn new(
        known: &'b Known<'b>,
        (book, names): (&'b Codebook, &'b Names),
        carries: Carries<'b>,
        owners: &'b [Option<String>],
    ) -> Self {
        Self {
            owners,
            known,
            book,
            names,
            carries,
            shapes: Shapes::new(book, names, &known.state),
            cells: Numbering::new(&known.state),
            sources: Numbering::new(&known.state),
            last_source: 0,
            part: Part::default(),
            reads: Vec::new(),
            stop: None,
            interrupted: false,
        }
    }

    /// Reads blocks until there are no more, or somebody says to stop; `tell` hears how many bytes were read.
    pub(super) fn run(mut self, blocks: &Blocks<'_>, tell: &(dyn Fn(u64) -> bool + Sync)) -> Done {
        let mut buffer = Vec::new();
        while let Some(next) = blocks.next(&mut buffer) {
            match next {
                Ok(begin) => {
                    let read = self.block(begin, &buffer);
                    self.reads.push(read);
                    if !tell(buffer.len() as u64) {
                        self.interrupted = true;
                        break;
                    }
                }
                Err(stop) => {
                    self.stop = Some(stop);
                    break;
                }
            }
        }
        Done {
            cells: self.cells,
            sources: self.sources,
            figures: self.shapes.figures,
            part: self.part,
            reads: self.reads,
            stop: self.stop,
            interrupted: self.interrupted,
        }
    }

    fn block(&mut self, begin: Begin, block: &[u8]) -> Read {
        let first = self.part.rows.len();
        let mut read = Read { begin, rows: first..first, apart: Vec::new(), doubtful: Vec::new() };
        let is_text = std::str::from_utf8(block).is_ok();
        let owner = self.owners.get(begin.file).and_then(Option::as_deref).map(str::as_bytes);
        let mut at = 0;
        while let Some(rest) = block.get(at..).filter(|rest| !rest.is_empty()) {
            let end = if owner.is_some() { Scan::default().end(rest) } else { memchr(b'\n', rest) };
            let length = end.unwrap_or(rest.len());
            let line = rest.get(..length).unwrap_or_default();
            let start = u32::try_from(at).unwrap_or(u32::MAX);
            if is_text || std::str::from_utf8(line).is_ok() {
                // Between two commas something is missing where there is nothing.
                let is_something = owner.is_some() || !line.trim_ascii().is_empty();
                if !self.plain(line, owner, start, &mut read) && is_something {
                    read.apart.push(start);
                }
            } else {
                // It is told in its turn.
                read.apart.push(start);
            }
            at += length + 1;
        }
        read.rows.end = self.part.rows.len();
        read
    }

    /// Adds a line as a row; false when it is not plain.
    fn plain(&mut self, bytes: &[u8], owner: Option<&[u8]>, at: u32, read: &mut Read) -> bool {
        let Some(line) = Line::read(bytes, owner) else { return false };
        let Some((row, doubtful)) = self.row(&line, bytes) else { return false };
        if doubtful {
            let row = self.part.rows.len() - read.rows.start;
            read.doubtful.push(u32::try_from(row).unwrap_or(u32::MAX));
        }
        let source = self.source(line.source);
        self.part.rows.push(row);
        self.part.places.push(Place { source, at });
        self.part.hashes.push(name_hash(line.source, line.id));
        true
    }

    fn row(&mut self, line: &Line<'_>, bytes: &[u8]) -> Option<(Row, bool)> {
        let measure = self.known.measure(line.measure)?;
        let cell = self.known.cell(measure.id, line.terms.get(..line.named)?)?;
        let (first, last) = self.shapes.period(line.period)?;
        let figure = self.shapes.figure(line.value, measure.whole)?;
        let credited = self.credited(line.credits)?;
        let (book, names, carries) = (self.book, self.names, self.carries);
        let is_carried = || single(bytes, book, names).is_some_and(|claim| carries(book, &claim));
        let doubtful = credited < last || !self.shapes.carries(measure.id, line.value, line.quote, is_carried);
        Some((Row { cell: self.cells.number(cell), first, last, figure }, doubtful))
    }

    /// The number of a source; often it is that of the line before.
    fn source(&mut self, name: &[u8]) -> u32 {
        let before = self.sources.list.get(self.last_source as usize).is_some_and(|before| **before == *name);
        if !before {
            self.last_source = match self.sources.find(name) {
                Some(source) => source,
                None => self.sources.number(name.into()),
            };
        }
        self.last_source
    }

    /// The last day that all credited upstreams can have known; none when somebody else is credited.
    fn credited(&self, credits: &[u8]) -> Option<i32> {
        if credits.is_empty() {
            return Some(i32::MAX);
        }
        let names = texts(credits)?;
        let twice = names.iter().enumerate().any(|(at, name)| names.iter().skip(at + 1).any(|other| other == name));
        if twice {
            return None;
        }
        names
            .iter()
            .try_fold(i32::MAX, |least, name| Some(least.min(self.known.upstreams.get(*name)?.unwrap_or(least))))
    }
}

/// What the name of a claim hashes to.
///
/// It is the same in each run, so that it can order what differs in nothing else. Whoever makes names collide makes them be
/// compared letter by letter.
pub(super) fn name_hash(source: &[u8], id: &[u8]) -> u64 {
    let mut hasher = FixedState::with_seed(0).build_hasher();
    hasher.write(source);
    // No id holds a slash.
    hasher.write_u8(b'/');
    hasher.write(id);
    hasher.finish()
}

/// Has the reader of single claims read a line; none after a fault.
fn single(bytes: &[u8], book: &Codebook, names: &Names) -> Option<Claim> {
    let sink = Sink::default();
    let text = Text::new("", std::str::from_utf8(bytes).ok()?);
    jsonl::claim(Page { text: &text, sink: &sink }, book, names).filter(|_| sink.is_empty())
}
