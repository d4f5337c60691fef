//! `sources/NAME.jsonl`: JSON Lines. A line is a claim that names its source, `{"source": "ID", …}`, or describes a source,
//! `{"source": {"id": "ID", …}}`, which comes before that source's first claim.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::value::RawValue;

use super::code::FaultCode;
use super::decode::Fields;
use super::fault::{Page, Sink};
use super::json::{self, Kind as Json};
use super::names::Names;
use super::source::{Book, Draft};
use super::text::{Place, Start, Text, quoted};
use crate::claim::Claim;
use crate::codebook::Codebook;
use crate::span::Span;

/// What a file of lines holds.
#[derive(Default)]
pub(super) struct Read {
    /// Its sources with their claims.
    pub(super) drafts: Vec<Draft>,
    /// Whether some source could not be read at least as far as its id.
    pub(super) lacks_some: bool,
}

/// Reads a file line by line; a broken line is told, and the others are read.
pub(super) fn read(path: &str, bytes: &[u8], sink: &Sink, book: Book<'_>) -> Read {
    let earlier = |start: Start| {
        let line = bytes.get(start.byte..).and_then(|rest| rest.split(|&byte| byte == b'\n').next());
        place_of_line(path, line.unwrap_or_default(), start)
    };
    let mut reader = Reader::new(&earlier);
    let mut start = Start::default();
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        reader.bytes(path, start, line, sink, book);
        start = Start { line: start.line.saturating_add(1), column: 0, byte: start.byte + line.len() };
    }
    reader.read
}

/// The longest line.
pub(super) const MAX_LINE: usize = 1 << 24;

/// Reports a line that is longer than that.
pub(super) fn too_long(path: &str, start: Start, sink: &Sink) {
    let text = Text::line(path, "", start);
    Page { text: &text, sink }
        .fault(FaultCode::TooMany, &(0..0), format!("this line is longer than {} MiB", MAX_LINE >> 20))
        .help("write each claim on a line of its own")
        .send();
}

/// Whether bytes are JSON Lines: the first line that holds anything is a whole value, and no source with its claims.
pub fn is_lines(bytes: &[u8]) -> bool {
    let mut lines = bytes.split(|&byte| byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    let first = lines.next().map(serde_json::from_slice::<BTreeMap<Cow<'_, str>, &RawValue>>);
    matches!(first, Some(Ok(entries)) if !entries.contains_key("claims"))
}

/// What a line's `source` says: which source it describes, or whose claim it is.
enum Says<'n, 'a> {
    Description(Fields<'n, 'a>),
    Claim { source: &'n str, at: Span },
}

/// Tells a claim from a description; reports what is neither.
fn says<'n, 'a>(page: Page<'a>, fields: &Fields<'n, 'a>) -> Option<Says<'n, 'a>> {
    let Some(node) = fields.get("source") else {
        page.fault(FaultCode::MissingKey, &fields.opening(), "a line needs the key `source`")
            .label("it is missing here")
            .help(
                "a claim names its source, as in `\"source\": \"ID\"`; `{\"source\": {\"id\": \"ID\"}}` describes one",
            )
            .send();
        return None;
    };
    match &node.kind {
        Json::Object(_) => {
            fields.only("a line that describes a source", &["source"]);
            page.fields(node).map(Says::Description)
        }
        Json::String(id) => Some(Says::Claim { source: id, at: node.span.clone() }),
        _ => {
            page.expected(node, "a source's id, or an object that describes a source");
            None
        }
    }
}

/// The claim of a line, whatever its source.
pub(super) fn claim(page: Page<'_>, book: &Codebook, names: &Names) -> Option<Claim> {
    let root = json::parse(page)?;
    let fields = page.fields(&root)?;
    super::source::claim_alone(page, &fields.without("source"), book, names)
}

/// Reports a claim of a source that no line before it describes, the first of them.
fn not_described(page: Page<'_>, source: &str, at: &Span, known: &[&str]) {
    page.fault(
        FaultCode::UnknownSource,
        at,
        format!("no line before this one describes the source {}", quoted(source)),
    )
    .help("a line `{\"source\": {\"id\": \"ID\"}}` comes before the first claim of that source")
    .maybe_help(page.did_you_mean(source, known.iter().copied()))
    .send();
}

/// Reads one line after the other.
pub(super) struct Reader<'t> {
    /// The place of a line that was read before.
    earlier: &'t dyn Fn(Start) -> Place,
    pub(super) read: Read,
    /// The sources by their ids.
    numbers: BTreeMap<String, usize>,
    /// Where the claims of each source stand that were read.
    ids: BTreeMap<(usize, String), Start>,
    /// The sources without description that were told.
    not_described: BTreeSet<String>,
}

impl<'t> Reader<'t> {
    pub(super) fn new(earlier: &'t dyn Fn(Start) -> Place) -> Self {
        Self {
            earlier,
            read: Read::default(),
            numbers: BTreeMap::new(),
            ids: BTreeMap::new(),
            not_described: BTreeSet::new(),
        }
    }

    /// Reads a line as it stands in its file, with or without its end; one that holds nothing is passed over.
    pub(super) fn bytes(&mut self, path: &str, start: Start, line: &[u8], sink: &Sink, book: Book<'_>) {
        const MARK: &[u8] = "\u{feff}".as_bytes();
        let end = line.iter().rposition(|byte| !matches!(byte, b'\n' | b'\r')).map_or(0, |last| last + 1);
        let mut line = line.get(..end).unwrap_or_default();
        let mut start = start;
        if start.byte == 0 && line.starts_with(MARK) {
            // The rest is read all the same, so that its faults are told in this run.
            super::byte_order_mark(path, sink);
            while let Some(rest) = line.strip_prefix(MARK) {
                line = rest;
                start.byte += MARK.len();
            }
        }
        if line.len() > MAX_LINE {
            too_long(path, start, sink);
            self.read.lacks_some = true;
            return;
        }
        match std::str::from_utf8(line) {
            Ok(line) if line.trim().is_empty() => {}
            Ok(line) => {
                let text = Text::line(path, line, start);
                self.line(Page { text: &text, sink }, start, book);
            }
            Err(_) => {
                super::not_utf8_line(path, line, start, sink);
                self.read.lacks_some = true;
            }
        }
    }

    fn line(&mut self, page: Page<'_>, start: Start, book: Book<'_>) {
        let Some(root) = json::parse(page) else {
            // What cannot be read may have described a source.
            self.read.lacks_some = true;
            return;
        };
        let Some(fields) = page.fields(&root) else { return };
        match says(page, &fields) {
            None => self.read.lacks_some |= fields.get("source").is_some(),
            Some(Says::Description(fields)) => match Draft::of(page, &fields) {
                Some(draft) => {
                    let number = self.read.drafts.len();
                    self.numbers.entry(draft.source.id.clone()).or_insert(number);
                    self.read.drafts.push(draft);
                }
                None => self.read.lacks_some = true,
            },
            Some(Says::Claim { source, at }) => {
                let number = self.numbers.get(source).copied();
                let Some((number, draft)) = number.and_then(|at| Some((at, self.read.drafts.get_mut(at)?))) else {
                    if !self.read.lacks_some && self.not_described.insert(source.to_owned()) {
                        let known: BTreeSet<&str> = self.numbers.keys().map(String::as_str).collect();
                        not_described(page, source, &at, &known.into_iter().collect::<Vec<_>>());
                    }
                    return;
                };
                let (earlier, ids) = (self.earlier, &mut self.ids);
                draft.add(page, &fields.without("source"), book, |id| match ids.get(&(number, id.to_owned())) {
                    Some(&first) => Some(earlier(first)),
                    None => {
                        ids.insert((number, id.to_owned()), start);
                        None
                    }
                });
            }
        }
    }
}

/// The opening bracket of an earlier line.
pub(super) fn place_of_line(path: &str, line: &[u8], start: Start) -> Place {
    // OK because what was read as a claim is UTF-8.
    let line = std::str::from_utf8(line).unwrap_or_default();
    let opening = line.find('{').unwrap_or(0);
    Text::line(path, line, start).place(&(opening..(opening + 1).min(line.len())))
}
