//! Files that are too large to be kept, and a folder that has some.

use std::path::{Path, PathBuf};

use memchr::memchr;

use super::array::Scan;
use super::blocks::BLOCK;
use super::{Bulk, Reading, read};
use crate::load::Folder;
use crate::load::fault::Faults;

/// What is in a file that is too large to be kept.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Sources and claims, one on each line.
    Lines,
    /// One source with a list of its claims.
    Array,
}

/// A file that is too large to be kept.
#[derive(Clone, Debug)]
pub struct LargeFile {
    /// What is in it.
    pub holds: Holds,
    /// The path as it is to be shown.
    pub shown: String,
    /// Where it lies.
    pub path: PathBuf,
}

impl LargeFile {
    /// A file of sources and claims, one on each line.
    pub fn of_lines(shown: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        Self { holds: Holds::Lines, shown: shown.into(), path: path.into() }
    }

    /// A file of one source with a list of its claims.
    pub fn of_array(shown: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        Self { holds: Holds::Array, shown: shown.into(), path: path.into() }
    }

    /// Where a line, or an item, ends that begins these bytes.
    pub(super) fn end(&self, bytes: &[u8]) -> Option<usize> {
        match self.holds {
            Holds::Lines => memchr(b'\n', bytes),
            Holds::Array => Scan::default().end(bytes),
        }
    }
}

/// A claims folder whose files of lines hold more than [`MANY`](super::MANY) claims: they are not in memory.
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
        Self { folder, files, block: BLOCK }
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
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
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

impl From<Faults> for Unread {
    fn from(faults: Faults) -> Self {
        Self::Faults(faults)
    }
}
