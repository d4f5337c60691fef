//! What the tests share.

use std::io::Write;
use std::path::{Path, PathBuf};

use gainsay::claim::Corpus;
use gainsay::edtf::Day;
use gainsay::load::TextFolder;
use gainsay::report::Report;
use gainsay::report::verified::Verified;
use gainsay::{Folder, Options};

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The corpus of a folder in the repository, which must have no fault.
pub(crate) fn corpus(folder: &Path) -> Corpus {
    // Relative, so that reports name no path of a machine.
    let relative = folder.strip_prefix(root()).unwrap_or(folder);
    let folder = Folder::read(relative).unwrap_or_else(|faults| panic!("{faults}"));
    gainsay::load(&folder).unwrap_or_else(|faults| panic!("{faults}"))
}

/// All that a run looks for, as of one day: tests ask no clock.
pub(crate) fn as_of() -> Options {
    Options { as_of: Day::from_ymd(2026, 1, 1), ..Options::default() }
}

/// The whole report on a folder in the repository.
pub(crate) fn report(folder: &Path) -> Report {
    gainsay::check(&corpus(folder), &as_of())
}

/// The report on files in memory.
pub(crate) fn report_on(files: Vec<(String, String)>) -> Report {
    let corpus = gainsay::load(&Folder::from_files(files)).unwrap_or_else(|faults| panic!("{faults}"));
    gainsay::check(&corpus, &as_of())
}

/// What verifying a folder in the repository against its own folder `texts` says.
pub(crate) fn verified(folder: &Path) -> Verified {
    let relative = folder.strip_prefix(root()).unwrap_or(folder);
    let files = Folder::read(relative).unwrap_or_else(|faults| panic!("{faults}"));
    let corpus = gainsay::load(&files).unwrap_or_else(|faults| panic!("{faults}"));
    let texts = TextFolder::Disk(folder.join("texts"));
    gainsay::verify(&files, &corpus, &texts, &as_of()).unwrap_or_else(|faults| panic!("{faults}"))
}

/// The same of files in memory, those of the texts in `texts/`.
pub(crate) fn verified_on(files: Vec<(String, String)>) -> Verified {
    let (texts, claims): (Vec<_>, Vec<_>) = files.into_iter().partition(|(name, _)| name.starts_with("texts/"));
    let folder = Folder::from_files(claims);
    let corpus = gainsay::load(&folder).unwrap_or_else(|faults| panic!("{faults}"));
    let texts = texts.into_iter().map(|(name, text)| (name["texts/".len()..].to_owned(), text));
    gainsay::verify(&folder, &corpus, &TextFolder::from_files(texts), &as_of())
        .unwrap_or_else(|faults| panic!("{faults}"))
}

/// Compares a text with the snapshot of a name; every snapshot is in one folder at the root.
pub(crate) fn snapshot(name: &str, text: &str) {
    assert!(
        name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-".contains(&byte)),
        "a snapshot's name is of [a-z0-9_-]: {name}"
    );
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(root().join("snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// The folders inside a folder, by name.
pub(crate) fn folders(path: &Path) -> Vec<(String, PathBuf)> {
    let mut folders: Vec<(String, PathBuf)> = std::fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), path))
        .collect();
    folders.sort();
    folders
}

/// The files of a claims folder in the repository, by their paths within it.
pub(crate) fn files_of(folder: &str) -> Vec<(String, String)> {
    let folder = root().join(folder);
    let sources = std::fs::read_dir(folder.join("sources")).unwrap();
    let sources = sources.map(|entry| format!("sources/{}", entry.unwrap().file_name().to_string_lossy()));
    let read = |name: String| (name.clone(), std::fs::read_to_string(folder.join(&name)).unwrap());
    std::iter::once("codebook.json".to_owned()).chain(sources).map(read).collect()
}

/// Whether a tool of the system is there that a test needs. Where it is not the test says so and does not run; with
/// `GAINSAY_ALL_TESTS` set, as in CI, it fails instead.
pub(crate) fn tool(name: &str) -> bool {
    let there = std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(name).is_file()));
    needed(there, &format!("`{name}`, which is not installed"))
}

/// The same of anything else that a test needs.
pub(crate) fn needed(there: bool, what: &str) -> bool {
    if !there {
        assert!(std::env::var_os("GAINSAY_ALL_TESTS").is_none(), "this test needs {what}");
        tell(&format!("NOT RUN: a test that needs {what}"));
    }
    there
}

/// Tells something to who runs the tests, past what the test runner keeps to itself.
pub(crate) fn tell(what: &str) {
    let _ = writeln!(std::io::stderr(), "{what}");
}

/// The names of what is in a folder, sorted.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
