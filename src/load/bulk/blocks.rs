//! Files cut into blocks of whole lines, which any number of threads read one after the other.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Mutex;

use memchr::{memchr, memchr_iter, memrchr};

use super::array::{End, Head, Scan, behind, is_blank, too_long};
use super::files::{Holds, LargeFile};
use crate::load::code::FaultCode;
use crate::load::fault::Sink;
use crate::load::jsonl::{self, MAX_LINE};
use crate::load::text::Start;

/// How much is read at once.
pub(super) const BLOCK: usize = 1 << 20;

/// Where a block begins.
#[derive(Copy, Clone, Debug)]
pub(super) struct Begin {
    /// Which block of all.
    pub(super) number: usize,
    /// Which file.
    pub(super) file: usize,
    /// How many bytes of the file are before it.
    pub(super) byte: u64,
    /// How many lines of the file are before it.
    pub(super) line: u32,
    /// How many characters of its line are before it.
    pub(super) column: u32,
}

impl Begin {
    pub(super) fn start(self) -> Start {
        let byte = usize::try_from(self.byte).unwrap_or(usize::MAX);
        Start { line: self.line, column: self.column, byte }
    }

    fn at(self, start: Start) -> Self {
        Self { byte: start.byte as u64, line: start.line, column: start.column, ..self }
    }
}

/// Why a block could not be read.
#[derive(Debug)]
pub(super) enum Stop {
    /// The file.
    Unreadable(usize, io::Error),
    /// A line that is longer than [`MAX_LINE`].
    LongLine(Begin),
}

impl Stop {
    /// Tells it as a fault.
    pub(super) fn report(&self, files: &[LargeFile], sink: &Sink) {
        let shown = |file: usize| files.get(file).map_or("", |file| file.shown.as_str());
        match self {
            Self::Unreadable(file, error) => sink
                .whole_file(FaultCode::UnreadableFile, shown(*file), format!("this cannot be read: {error}"))
                .help("check that it is there and that you may read it")
                .send(),
            Self::LongLine(begin) => {
                if files.get(begin.file).is_some_and(|file| file.holds == Holds::Array) {
                    too_long(shown(begin.file), begin.start(), sink);
                } else {
                    jsonl::too_long(shown(begin.file), begin.start(), sink);
                }
            }
        }
    }
}

/// The blocks of all files, in order.
pub(super) struct Blocks<'f> {
    files: &'f [LargeFile],
    heads: &'f [Option<Head>],
    state: Mutex<State>,
}

struct State {
    /// How much is read at once.
    block: usize,
    next: Begin,
    open: Option<File>,
    /// The beginning of a line whose end was not read yet.
    carried: Vec<u8>,
    is_over: bool,
    /// Where the lists end, by their files.
    ends: BTreeMap<usize, End>,
}

impl<'f> Blocks<'f> {
    pub(super) fn new(files: &'f [LargeFile], heads: &'f [Option<Head>], block: usize) -> Self {
        let next = Begin { number: 0, file: 0, byte: 0, line: 0, column: 0 };
        let (carried, ends) = (Vec::new(), BTreeMap::new());
        Self { files, heads, state: Mutex::new(State { block, next, open: None, carried, is_over: false, ends }) }
    }

    /// Where the lists end that were read, by their files.
    pub(super) fn into_ends(self) -> BTreeMap<usize, End> {
        self.state.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner).ends
    }

    /// Reads the next block into a buffer; none when there is no more, or somebody met an error.
    pub(super) fn next(&self, buffer: &mut Vec<u8>) -> Option<Result<Begin, Stop>> {
        // OK because whoever panicked with the lock ends the run as it is.
        let mut state = self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if state.is_over {
            return None;
        }
        let read = state.read(self.files, self.heads, buffer);
        if !matches!(read, Some(Ok(_))) {
            state.is_over = true;
        }
        read
    }
}

impl State {
    fn read(
        &mut self,
        files: &[LargeFile],
        heads: &[Option<Head>],
        buffer: &mut Vec<u8>,
    ) -> Option<Result<Begin, Stop>> {
        loop {
            let about = files.get(self.next.file)?;
            buffer.clear();
            buffer.append(&mut self.carried);
            if about.holds == Holds::Array {
                match heads.get(self.next.file).and_then(Option::as_ref).map(|head| self.items(about, head, buffer)) {
                    Some(Err(stop)) => return Some(Err(stop)),
                    Some(Ok(Some(begin))) => return Some(Ok(begin)),
                    Some(Ok(None)) | None => self.go_on(),
                }
                continue;
            }
            if let Err(error) = self.fill(&about.path, buffer) {
                return Some(Err(Stop::Unreadable(self.next.file, error)));
            }
            if buffer.is_empty() {
                self.go_on();
                continue;
            }
            let begin = self.next;
            let end = memrchr(b'\n', buffer).map_or(buffer.len(), |at| at + 1);
            if memchr(b'\n', buffer).unwrap_or(buffer.len()) > MAX_LINE {
                return Some(Err(Stop::LongLine(begin)));
            }
            self.carried.extend_from_slice(buffer.get(end..).unwrap_or_default());
            buffer.truncate(end);
            let lines = u32::try_from(memchr_iter(b'\n', buffer).count()).unwrap_or(u32::MAX);
            self.next.number += 1;
            self.next.byte += end as u64;
            self.next.line = self.next.line.saturating_add(lines);
            return Some(Ok(begin));
        }
    }

    /// Turns to the next file.
    fn go_on(&mut self) {
        self.open = None;
        self.carried.clear();
        self.next = Begin { number: self.next.number, file: self.next.file + 1, byte: 0, line: 0, column: 0 };
    }

    /// Reads items until there is the end of one; none when the list is over.
    fn items(&mut self, about: &LargeFile, head: &Head, buffer: &mut Vec<u8>) -> Result<Option<Begin>, Stop> {
        if self.ends.contains_key(&self.next.file) {
            return Ok(None);
        }
        let number = self.next.file;
        let unreadable = |error| Stop::Unreadable(number, error);
        if self.open.is_none() {
            let mut file = File::open(&about.path).map_err(unreadable)?;
            file.seek(SeekFrom::Start(head.start.byte as u64)).map_err(unreadable)?;
            self.open = Some(file);
            self.next = self.next.at(head.start);
        }
        let Some(file) = &mut self.open else { return Ok(None) };
        let (mut scan, mut scanned, mut cut) = (Scan::default(), 0, 0);
        let over = loop {
            let read = file.by_ref().take(self.block as u64).read_to_end(buffer).map_err(unreadable)?;
            let mut closing = None;
            while let Some(at) = scan.end(buffer.get(scanned..).unwrap_or_default()) {
                if buffer.get(scanned + at) != Some(&b',') {
                    closing = Some(scanned + at);
                    break;
                }
                scanned += at + 1;
                cut = scanned;
            }
            match closing {
                Some(at) => break Some(at),
                None if read == 0 => break Some(buffer.len()),
                None if cut > 0 => break None,
                None if buffer.len() > MAX_LINE => return Err(Stop::LongLine(self.next)),
                None => scanned = buffer.len(),
            }
        };
        let begin = self.next;
        if let Some(over) = over {
            let items = buffer.get(..over).unwrap_or_default();
            let start = behind(begin.start(), items);
            let is_behind_comma = is_blank(items.get(cut..).unwrap_or_default());
            let comma = behind(begin.start(), items.get(..cut).unwrap_or_default());
            let comma = Start { column: comma.column.wrapping_sub(1), byte: comma.byte.wrapping_sub(1), ..comma };
            // OK because no file begins with a list: where there is no comma, this is the bracket that opens it.
            let has_comma = is_behind_comma && comma.byte >= head.start.byte && over < buffer.len();
            buffer.truncate(if is_behind_comma { cut } else { over });
            let end = End {
                start,
                is_cut: scan.is_within(),
                has_items: begin.byte > head.start.byte as u64 || !buffer.is_empty(),
                comma: has_comma.then_some(comma),
            };
            self.ends.insert(begin.file, end);
            if buffer.is_empty() {
                return Ok(None);
            }
        } else {
            self.carried.extend_from_slice(buffer.get(cut..).unwrap_or_default());
            buffer.truncate(cut);
        }
        self.next = self.next.at(behind(begin.start(), buffer));
        self.next.number += 1;
        Ok(Some(begin))
    }

    /// Reads until there is the end of a line, or of the file, or a line that is too long.
    fn fill(&mut self, path: &Path, buffer: &mut Vec<u8>) -> io::Result<()> {
        if self.open.is_none() {
            self.open = Some(File::open(path)?);
        }
        let Some(file) = &mut self.open else { return Ok(()) };
        loop {
            let before = buffer.len();
            let read = file.by_ref().take(self.block as u64).read_to_end(buffer)?;
            let has_end = buffer.get(before..).is_some_and(|new| memrchr(b'\n', new).is_some());
            if read == 0 || has_end || buffer.len() > MAX_LINE {
                return Ok(());
            }
        }
    }
}
