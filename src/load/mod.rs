//! From files to a corpus: everything that could be read, or every fault at its place.
//!
//! A file goes through four steps, each of which collects its faults and lets the others go on: bytes to text, text to
//! a tree in which every value has its place ([`json`]), the tree to named entries ([`decode`]), and entries to the
//! types of [`codebook`](crate::codebook) and [`claim`](crate::claim). Whatever refers to something that has a fault of
//! its own stays silent, so that one slip is told once.
//!
//! No step goes deeper than a fixed number of levels, and none costs more than in proportion to the file (times the
//! levels): a file can be hostile.

mod attributes;
pub(crate) mod bulk;
mod code;
mod codebook;
mod compare;
mod dates;
mod decisions;
mod decode;
mod events;
mod facts;
mod fault;
mod folder;
mod form;
mod json;
mod jsonl;
mod lines;
mod link;
mod measures;
mod names;
mod policy;
mod quantity;
mod question;
mod record;
mod scope;
mod shape;
mod source;
mod syntax;
mod terms;
mod text;
mod texts;
mod timing;
mod tree;

pub use bulk::{Bulk, Holds, LargeFile, MANY, ManyFiles, Opened, Unread};
pub use code::FaultCode;
pub use decisions::{Recorded, WaiverEntry, record_waivers};
pub use fault::{Fault, Faults};
pub use folder::{Folder, MAX_FILE_BYTES};
pub use jsonl::is_lines;
pub use lines::{Corrected, correct_lines};
pub use question::{Question, question};
pub use text::Place;
pub use texts::{MAX_TEXT_BYTES, TextFolder, texts};

pub(crate) use decode::is_id;
pub(crate) use fault::{Page, Sink};
pub(crate) use json::{Kind, Node};
pub(crate) use shape::{Shaped, shape, shapes};
pub(crate) use source::MAX_WORDS;
pub(crate) use terms::RESERVED;
pub(crate) use text::{Start, Text, quoted};

use folder::{File, Role};
use link::Linker;
use names::Names;

use crate::claim::Corpus;
use crate::codebook::Codebook;
use crate::spread::spread;

/// Reads a folder.
///
/// What comes out does not depend on the order of files, of claims or of keys.
///
/// # Errors
///
/// All faults of all files, by path and place.
pub fn load(folder: &Folder) -> Result<Corpus, Faults> {
    let sink = Sink::default();
    let files = folder.files();
    let texts: Vec<(Role, Option<Text<'_>>)> = files.iter().map(|file| (file.role, text(file, &sink))).collect();
    if !files.iter().any(|file| file.role == Role::Codebook) {
        no_codebook(folder, &sink);
    }
    let lines: Vec<&File> = files.iter().copied().filter(|file| file.role == Role::Lines).collect();
    let corpus = read(&texts, &lines, &sink);
    if sink.is_empty() { Ok(corpus) } else { Err(sink.into_faults()) }
}

/// Reads the codebook of a folder, and nothing else of it.
///
/// # Errors
///
/// The faults of the codebook, or that there is none.
pub fn codebook(folder: &Folder) -> Result<Codebook, Faults> {
    let sink = Sink::default();
    let file = folder.files().into_iter().find(|file| file.role == Role::Codebook);
    let text = file.and_then(|file| text(file, &sink));
    if file.is_none() {
        no_codebook(folder, &sink);
    }
    let book = text.as_ref().and_then(|text| {
        let page = Page { text, sink: &sink };
        codebook::read(page, &json::parse(page)?)
    });
    match book {
        Some((book, _)) if sink.is_empty() => Ok(book),
        _ => Err(sink.into_faults()),
    }
}

fn no_codebook(folder: &Folder, sink: &Sink) {
    let path = format!("{}codebook.json", folder.root);
    sink.whole_file(FaultCode::MissingFile, &path, "there is no `codebook.json`")
        .help("every claims folder has one, beside `sources`; `gainsay explain disagreement` shows a small one")
        .send();
}

fn of_role<'t, 'f>(texts: &'t [(Role, Option<Text<'f>>)], role: Role) -> impl Iterator<Item = Option<&'t Text<'f>>> {
    texts.iter().filter(move |(own, _)| *own == role).map(|(_, text)| text.as_ref())
}

fn codebook_of(texts: &[(Role, Option<Text<'_>>)], sink: &Sink) -> Option<(Codebook, Names)> {
    let text = of_role(texts, Role::Codebook).next().flatten()?;
    let page = Page { text, sink };
    codebook::read(page, &json::parse(page)?)
}

/// Reads what was decided of findings and of lines.
fn decisions_of(texts: &[(Role, Option<Text<'_>>)], corpus: &mut Corpus, complete: bool, sink: &Sink) {
    for text in of_role(texts, Role::Waivers).flatten() {
        let page = Page { text, sink };
        corpus.waivers.extend(json::parse(page).map(|root| record::waivers(page, &root)).unwrap_or_default());
    }
    for text in of_role(texts, Role::Omitted).flatten() {
        let page = Page { text, sink };
        let omissions = json::parse(page).map(|root| record::omissions(page, &root, &corpus.sources, complete));
        corpus.omissions.extend(omissions.unwrap_or_default());
    }
}

fn read(texts: &[(Role, Option<Text<'_>>)], lines: &[&File], sink: &Sink) -> Corpus {
    let book = codebook_of(texts, sink);
    let known = book.as_ref().map(|(book, names)| (book, names));
    let Read { drafts, mut complete } = sources_of(texts, lines, sink, known);
    let mut corpus = Corpus::default();
    if let Some((book, names)) = book {
        (corpus.sources, corpus.claims) = Linker { names: &names, sink, complete }.link(drafts);
        corpus.codebook = book;
    } else {
        complete = false;
    }
    decisions_of(texts, &mut corpus, complete, sink);
    corpus
}

/// The sources of a folder with their claims.
struct Read {
    drafts: Vec<source::Draft>,
    /// Whether every source could be read at least as far as its id.
    complete: bool,
}

/// Reads the sources of a folder, those in files of lines too.
fn sources_of(texts: &[(Role, Option<Text<'_>>)], lines: &[&File], sink: &Sink, known: source::Book<'_>) -> Read {
    let of_sources: Vec<&(Role, Option<Text<'_>>)> = texts.iter().filter(|(role, _)| *role == Role::Source).collect();
    // Each at the same time as others. Where one has a fault all are read again, one after the other, for what may go into the
    // help with faults is the same for a folder however many files it has.
    let read = |(): &mut (), (_, text): &&(Role, Option<Text<'_>>)| {
        let own = Sink::without_names();
        let draft = draft_of(text.as_ref(), &own, known);
        draft.filter(|_| own.is_empty())
    };
    let drafts: Option<Vec<source::Draft>> = spread(&of_sources, 1, || (), read, |_| ()).into_iter().collect();
    let mut complete = true;
    let mut drafts = drafts.unwrap_or_else(|| {
        let drafts: Vec<Option<source::Draft>> =
            of_sources.iter().map(|(_, text)| draft_of(text.as_ref(), sink, known)).collect();
        complete = drafts.iter().all(Option::is_some);
        drafts.into_iter().flatten().collect()
    });
    for file in lines {
        let bytes = file.bytes.as_deref().filter(|bytes| is_small(&file.path, bytes, sink));
        let read = bytes.map(|bytes| jsonl::read(&file.path, bytes, sink, known));
        complete &= read.as_ref().is_some_and(|read| !read.lacks_some);
        drafts.extend(read.into_iter().flat_map(|read| read.drafts));
    }
    Read { drafts, complete }
}

/// The source that a file holds.
fn draft_of(text: Option<&Text<'_>>, sink: &Sink, known: source::Book<'_>) -> Option<source::Draft> {
    let page = Page { text: text?, sink };
    let root = json::parse_lazily(page, Some("claims"))?;
    source::read(page, &root, known)
}

/// A file's text; none after a fault, and none for what nothing reads.
fn text<'f>(file: &'f File, sink: &Sink) -> Option<Text<'f>> {
    let path = file.path.as_str();
    match file.role {
        // Lines are read one by one.
        Role::Other | Role::Lines => return None,
        Role::Stray if file.bytes.is_some() => {
            stray(path, sink);
            return None;
        }
        Role::Stray | Role::Codebook | Role::Source | Role::Waivers | Role::Omitted => {}
    }
    let bytes = file.bytes.as_ref()?;
    if !is_small(path, bytes, sink) {
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if text.starts_with('\u{feff}') => {
            // The rest is read all the same, so that its faults are told in this run.
            let text = Text::new(path, text.trim_start_matches('\u{feff}'));
            byte_order_mark(path, sink);
            Some(text)
        }
        Ok(text) => Some(Text::new(path, text)),
        Err(error) => {
            not_utf8(path, bytes, error.valid_up_to(), sink);
            None
        }
    }
}

/// Whether a file is not too large; reports one that is.
fn is_small(path: &str, bytes: &[u8], sink: &Sink) -> bool {
    let small = u64::try_from(bytes.len()).unwrap_or(u64::MAX) <= MAX_FILE_BYTES;
    if !small {
        let message = format!("this file has more than {} MiB", MAX_FILE_BYTES >> 20);
        sink.whole_file(FaultCode::FileTooLarge, path, message).help("split it into several sources").send();
    }
    small
}

fn byte_order_mark(path: &str, sink: &Sink) {
    sink.whole_file(FaultCode::ByteOrderMark, path, "this file starts with a byte-order mark")
        .help("save it as UTF-8 without a byte-order mark (\"UTF-8\", not \"UTF-8 with BOM\")")
        .send();
}

fn stray(path: &str, sink: &Sink) {
    let name = path.rsplit('/').next().unwrap_or(path);
    let near = sink.nearest(name, ["codebook.json", "waivers.json", "omitted.json"]);
    sink.whole_file(FaultCode::UnexpectedFile, path, "nothing reads this file")
        .help("claims are read from `sources/NAME.json` and `sources/NAME.jsonl`; move it there, or out of this folder")
        .maybe_help(near.filter(|_| !path.contains("sources/")).map(|near| format!("did you mean `{near}`?")))
        .send();
}

/// The same of one line of a file.
fn not_utf8_line(path: &str, line: &[u8], start: text::Start, sink: &Sink) {
    let at = std::str::from_utf8(line).map_or_else(|error| error.valid_up_to(), str::len);
    let shown = String::from_utf8_lossy(line);
    let page = Text::line(path, &shown, start);
    Page { text: &page, sink }
        .fault(FaultCode::NotUtf8, &(at..at + 1), "this line is not UTF-8")
        .label(format!("the byte {:02x}", line.get(at).copied().unwrap_or_default()))
        .help("save the file with the encoding UTF-8")
        .send();
}

/// Reports bytes that are no UTF-8, at their place in what can be read of the file.
fn not_utf8(path: &str, bytes: &[u8], at: usize, sink: &Sink) {
    /// How much is shown around the place.
    const AROUND: usize = 400;
    let readable = std::str::from_utf8(bytes.get(..at).unwrap_or_default()).unwrap_or_default();
    let rest = String::from_utf8_lossy(bytes.get(at..bytes.len().min(at + AROUND)).unwrap_or_default());
    let shown = format!("{readable}{rest}");
    let byte = bytes.get(at).copied().unwrap_or_default();
    let page = Text::new(path, &shown);
    Page { text: &page, sink }
        .fault(FaultCode::NotUtf8, &(at..at + 1), "this file is not UTF-8")
        .label(format!("the byte {}", quoted(&format!("{byte:02x}")).trim_matches('`')))
        .help("save it with the encoding UTF-8")
        .send();
}
