//! From files to a corpus: everything that could be read, or every fault at its place.

use crate::claim::Corpus;

/// One claims folder, in memory: its files' paths (as they are to be shown) and bytes.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    files: Vec<(String, Vec<u8>)>,
}

impl Folder {
    /// A folder of files that are in memory already; paths are relative to the folder, with `/`.
    pub fn from_files<P: Into<String>, B: Into<Vec<u8>>>(files: impl IntoIterator<Item = (P, B)>) -> Self {
        Self { files: files.into_iter().map(|(path, bytes)| (path.into(), bytes.into())).collect() }
    }
}

/// Every fault of a folder.
#[derive(Clone, Debug)]
pub struct Faults;

/// Reads a folder.
///
/// # Errors
///
/// All faults of all files.
pub fn load(folder: &Folder) -> Result<Corpus, Faults> {
    let _ = &folder.files;
    Err(Faults)
}
