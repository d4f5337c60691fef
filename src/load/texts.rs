//! The sources' texts: found in the folder that is named for them, and checked to be the ones that were encoded.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::code::FaultCode;
use super::fault::{Faults, Page, Sink};
use super::folder::{File, Folder, Role, read_at_most};
use super::json::{self, Kind as Json, Node};
use super::text::{Text, quoted};
use crate::claim::{Corpus, Source, SourceId, TextFile};

/// The size above which a text is not read: some thirty times the longest novels.
pub const MAX_TEXT_BYTES: u64 = 64 << 20;

/// Where the sources' texts are.
#[derive(Clone, Debug)]
pub enum TextFolder {
    /// A folder on the disk.
    Disk(PathBuf),
    /// Files in memory, by their paths in the folder, with `/`.
    Memory(BTreeMap<String, Vec<u8>>),
}

impl TextFolder {
    /// Files that are in memory already.
    pub fn from_files<P: Into<String>, B: Into<Vec<u8>>>(files: impl IntoIterator<Item = (P, B)>) -> Self {
        Self::Memory(files.into_iter().map(|(path, bytes)| (path.into(), bytes.into())).collect())
    }
}

/// Reads the text of each source that names one, in the order of the corpus. Lines that end in a carriage return alone
/// end in a line feed here; their SHA-256 is that of the file.
///
/// `folder` is the one that the corpus was read from: faults are shown at their places in its files.
///
/// # Errors
///
/// All of them at once: a folder of texts that is missing or is none; a text that is missing, no file, unreadable,
/// larger than [`MAX_TEXT_BYTES`] or not UTF-8; one whose SHA-256 is not the source's; lines of `omitted.json` beyond
/// the end of their text.
pub fn texts(folder: &Folder, corpus: &Corpus, texts: &TextFolder) -> Result<Vec<Option<String>>, Faults> {
    let sink = Sink::default();
    if let TextFolder::Disk(path) = texts
        && let Some(message) = no_folder(path)
    {
        let code = if path.exists() { FaultCode::NotAFolder } else { FaultCode::MissingFile };
        sink.whole_file(code, &path.to_string_lossy(), message)
            .help("`--texts` names the folder that holds the files of the sources' `text`")
            .send();
        return Err(sink.into_faults());
    }
    let files = folder.files();
    let mut found = Vec::new();
    for source in &corpus.sources {
        let text = source.text.as_ref().map(|described| read(described, texts));
        found.push(match text {
            None => None,
            Some(Ok(text)) => Some(text),
            Some(Err(wrong)) => {
                wrong.report(source, &files, &sink);
                None
            }
        });
    }
    omissions(corpus, &found, &files, &sink);
    if sink.is_empty() { Ok(found) } else { Err(sink.into_faults()) }
}

fn no_folder(path: &Path) -> Option<String> {
    let shown = path.to_string_lossy();
    match fs::metadata(path) {
        Ok(about) if about.is_dir() => None,
        Ok(_) => Some(format!("{} is a file, not a folder", quoted(&shown))),
        Err(_) => Some(format!("there is no folder {}", quoted(&shown))),
    }
}

/// What is wrong with one text.
struct Wrong {
    code: FaultCode,
    /// The key of the source's `text` at which it is shown.
    key: &'static str,
    message: String,
    help: String,
}

fn read(described: &TextFile, texts: &TextFolder) -> Result<String, Wrong> {
    let name = quoted(&described.file);
    let wrong = |code, message: String, help: &str| Wrong { code, key: "file", message, help: help.to_owned() };
    let missing = || {
        let message = format!("there is no text {name} in the folder of texts");
        wrong(FaultCode::MissingFile, message, "put it there, or correct its name; without `text` nothing is verified")
    };
    let bytes = match texts {
        TextFolder::Memory(files) => files.get(&described.file).cloned().ok_or_else(missing)?,
        TextFolder::Disk(folder) => match from_disk(&folder.join(&described.file)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(missing()),
            Err(error) => {
                let message = format!("the text {name} cannot be read: {}", error.to_string().to_lowercase());
                return Err(wrong(FaultCode::UnreadableFile, message, "check that it is a file that you may read"));
            }
        },
    };
    if bytes.len() as u64 > MAX_TEXT_BYTES {
        let message = format!("the text {name} has more than {} MiB", MAX_TEXT_BYTES >> 20);
        return Err(wrong(FaultCode::FileTooLarge, message, "split it, and make a source of each part"));
    }
    let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(&bytes));
    let conversion = conversion(&bytes);
    if hash != described.sha256 {
        let compare = || format!("find that one; or compare the two, and write the SHA-256 of this one, {hash}");
        return Err(Wrong {
            code: FaultCode::TextChanged,
            key: "sha256",
            message: format!("the text {name} is not the one that was encoded"),
            help: conversion.map_or_else(compare, |conversion| format!("find that one; this {conversion}")),
        });
    }
    String::from_utf8(with_line_feeds(bytes)).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = error.as_bytes().get(..at).unwrap_or_default().split(|&byte| byte == b'\n').count();
        let message = format!("the text {name} is not UTF-8: the first invalid byte is on line {line}");
        let latin = "convert it (`iconv -f latin1 -t utf-8`, say), and give the new SHA-256".to_owned();
        let help =
            conversion.map_or(latin, |conversion| format!("it {conversion}, and give the SHA-256 of what comes out"));
        wrong(FaultCode::NotUtf8, message, &help)
    })
}

/// What a file is and how to make a text of it, where its first bytes tell that it is none.
fn conversion(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"%PDF") {
        Some("is a PDF: convert it (`pdftotext -layout -enc UTF-8`, say)")
    } else if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        Some("is UTF-16: convert it (`iconv -f utf-16 -t utf-8`, say)")
    } else {
        None
    }
}

/// The same with a line feed for each carriage return that stands alone: it ends a line, as it did on old machines. No
/// byte moves.
fn with_line_feeds(mut bytes: Vec<u8>) -> Vec<u8> {
    let mut rest = bytes.iter_mut().peekable();
    while let Some(byte) = rest.next() {
        if *byte == b'\r' && rest.peek().is_none_or(|next| **next != b'\n') {
            *byte = b'\n';
        }
    }
    bytes
}

fn from_disk(path: &Path) -> io::Result<Vec<u8>> {
    // A device or a pipe might never end.
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is no file"));
    }
    read_at_most(path, MAX_TEXT_BYTES)
}

impl Wrong {
    fn report(self, source: &Source, files: &[&File], sink: &Sink) {
        let shown = at_place(files, Role::Source, &source.file, sink, |page, root| {
            let text = inner(inner(root, "source")?, "text")?;
            let node = inner(text, self.key)?;
            page.fault(self.code, &node.span, self.message.as_str()).help(self.help.as_str()).send();
            Some(())
        });
        if shown.is_none() {
            sink.whole_file(self.code, &source.file, self.message).help(self.help).send();
        }
    }
}

/// Reports the omissions that reach beyond their texts.
fn omissions(corpus: &Corpus, texts: &[Option<String>], files: &[&File], sink: &Sink) {
    let mut counts: BTreeMap<SourceId, usize> = BTreeMap::new();
    for (at, omission) in corpus.omissions.iter().enumerate() {
        let text = texts.get(omission.source.at()).and_then(Option::as_ref);
        let Some(text) = text else { continue };
        let lines = *counts.entry(omission.source).or_insert_with(|| text.lines().count());
        if omission.lines.1 as usize <= lines {
            continue;
        }
        let message = format!("the text of {} ends with line {lines}", quoted(&corpus.source(omission.source).id));
        let file = files.iter().find(|file| file.role == Role::Omitted).map(|file| file.path.as_str());
        let shown = at_place(files, Role::Omitted, file.unwrap_or_default(), sink, |page, root| {
            let Json::Array(items) = &inner(root, "omitted")?.kind else { return None };
            let node = inner(items.get(at)?, "lines")?;
            page.fault(FaultCode::LinesBeyondText, &node.span, message.as_str())
                .help("correct the lines, or remove the entry")
                .send();
            Some(())
        });
        if shown.is_none() {
            sink.whole_file(FaultCode::LinesBeyondText, file.unwrap_or("omitted.json"), message).send();
        }
    }
}

/// Reads a file of the folder once more, for the places in it: nobody needs them unless there is a fault.
pub(super) fn at_place<T>(
    files: &[&File],
    role: Role,
    path: &str,
    sink: &Sink,
    look: impl FnOnce(Page<'_>, &Node<'_>) -> Option<T>,
) -> Option<T> {
    let file = files.iter().find(|file| file.role == role && file.path == path)?;
    let text = std::str::from_utf8(file.bytes.as_deref()?).ok()?;
    let text = Text::new(&file.path, text);
    let page = Page { text: &text, sink };
    let root = json::parse_lazily(page, Some("claims"))?;
    look(page, &root)
}

/// What stands under a key of an object.
pub(super) fn inner<'n, 'a>(node: &'n Node<'a>, key: &str) -> Option<&'n Node<'a>> {
    let Json::Object(entries) = &node.kind else { return None };
    entries.iter().find(|(name, _)| name.name == key).map(|(_, value)| value)
}
