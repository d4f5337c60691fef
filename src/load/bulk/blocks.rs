//! Files cut into blocks of whole lines, which any number of threads read one after the other.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use memchr::{memchr, memchr_iter, memrchr};

use crate::load::jsonl::MAX_LINE;

/// How much is read at once.
pub(super) const BLOCK: usize = 1 << 20;

/// A file of lines that is too large to be kept.
#[derive(Clone, Debug)]
pub struct LargeFile {
    /// The path as it is to be shown.
    pub shown: String,
    /// Where it lies.
    pub path: PathBuf,
}

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
}

/// Why a block could not be read.
#[derive(Debug)]
pub(super) enum Stop {
    /// The file.
    Unreadable(usize, io::Error),
    /// A line that is longer than [`MAX_LINE`].
    LongLine(Begin),
}

/// The blocks of all files, in order.
pub(super) struct Blocks<'f> {
    files: &'f [LargeFile],
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
}

impl<'f> Blocks<'f> {
    pub(super) fn new(files: &'f [LargeFile], block: usize) -> Self {
        let next = Begin { number: 0, file: 0, byte: 0, line: 0 };
        Self { files, state: Mutex::new(State { block, next, open: None, carried: Vec::new(), is_over: false }) }
    }

    /// Reads the next block into a buffer; none when there is no more, or somebody met an error.
    pub(super) fn next(&self, buffer: &mut Vec<u8>) -> Option<Result<Begin, Stop>> {
        // OK because whoever panicked with the lock ends the run as it is.
        let mut state = self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if state.is_over {
            return None;
        }
        let read = state.read(self.files, buffer);
        if !matches!(read, Some(Ok(_))) {
            state.is_over = true;
        }
        read
    }
}

impl State {
    fn read(&mut self, files: &[LargeFile], buffer: &mut Vec<u8>) -> Option<Result<Begin, Stop>> {
        loop {
            let about = files.get(self.next.file)?;
            buffer.clear();
            buffer.append(&mut self.carried);
            if let Err(error) = self.fill(&about.path, buffer) {
                return Some(Err(Stop::Unreadable(self.next.file, error)));
            }
            if buffer.is_empty() {
                self.open = None;
                self.next = Begin { number: self.next.number, file: self.next.file + 1, byte: 0, line: 0 };
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
