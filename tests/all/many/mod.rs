//! Files of lines read as columns of integers: the road of more than 100,000 claims, here on few, must find what the ordinary
//! road finds.

mod chosen;
mod draw;
mod faults;
mod laws;
mod pairs;
mod remarks;
mod run;
mod sums;

use std::fs;

use gainsay::load::{Bulk, LargeFile, ManyFiles, Unread};
use gainsay::report::Report;
use gainsay::{Folder, Options, load};

/// Files of a claims folder, by their paths in it; those of lines, and all others.
#[derive(Clone, Debug, Default)]
pub(super) struct Files {
    pub(super) others: Vec<(String, String)>,
    pub(super) lines: Vec<(String, Vec<u8>)>,
}

impl Files {
    pub(super) fn new(codebook: &str) -> Self {
        Self { others: vec![("codebook.json".to_owned(), codebook.to_owned())], lines: Vec::new() }
    }

    pub(super) fn with(mut self, name: &str, lines: impl Into<Vec<u8>>) -> Self {
        self.lines.push((format!("sources/{name}.jsonl"), lines.into()));
        self
    }

    /// All of them in memory, as they are read when they hold few claims.
    pub(super) fn few(&self) -> Folder {
        let bytes = |(path, text): &(String, String)| (path.clone(), text.clone().into_bytes());
        Folder::from_files(self.others.iter().map(bytes).chain(self.lines.iter().cloned()))
    }

    /// The files of lines on the disk, shown by the same paths.
    pub(super) fn many(&self) -> Kept {
        let folder = tempfile::tempdir().unwrap();
        let mut files = Vec::new();
        for (number, (shown, bytes)) in self.lines.iter().enumerate() {
            let path = folder.path().join(format!("{number}.jsonl"));
            fs::write(&path, bytes).unwrap();
            files.push(LargeFile::of_lines(shown.as_str(), path));
        }
        let files = ManyFiles::new(Folder::from_files(self.others.clone()), files);
        Kept { files, _folder: folder }
    }

    pub(super) fn check_few(&self, options: &Options) -> Report {
        gainsay::check(&load(&self.few()).unwrap_or_else(|faults| panic!("{faults}")), options)
    }

    pub(super) fn check_many(&self, options: &Options, threads: usize) -> Report {
        let kept = self.many();
        let bulk = kept.read(threads).unwrap_or_else(|unread| panic!("{}", told(&unread)));
        gainsay::check_many(bulk, options, &|_| true).unwrap_or_else(|unread| panic!("{}", told(&unread)))
    }
}

/// Files of lines that lie on the disk as long as this is kept.
pub(super) struct Kept {
    pub(super) files: ManyFiles,
    _folder: tempfile::TempDir,
}

impl Kept {
    pub(super) fn in_blocks_of(self, bytes: usize) -> Self {
        Self { files: self.files.in_blocks_of(bytes), ..self }
    }

    pub(super) fn read(&self, threads: usize) -> Result<Bulk, Unread> {
        gainsay::read_many(&self.files, threads, &|_| true)
    }
}

/// The faults, or that somebody said to stop.
pub(super) fn told(unread: &Unread) -> String {
    match unread {
        Unread::Faults(faults) => faults.to_string(),
        Unread::Interrupted => "interrupted".to_owned(),
    }
}
