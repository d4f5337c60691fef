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
pub(super) fn read(file: &Text<'_>, sink: &Sink, book: Book<'_>) -> Read {
    let earlier = |start| place_of_line(file, start);
    let mut reader = Reader::new(&earlier);
    for (start, line) in lines(file.text) {
        let text = Text::line(file.path, line, start);
        reader.line(Page { text: &text, sink }, start, book);
    }
    reader.read
}

/// Whether bytes are JSON Lines: the first line that holds anything is a whole value, and no source with its claims.
pub fn is_lines(bytes: &[u8]) -> bool {
    let mut lines = bytes.split(|&byte| byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    let first = lines.next().map(serde_json::from_slice::<BTreeMap<Cow<'_, str>, &RawValue>>);
    matches!(first, Some(Ok(entries)) if !entries.contains_key("claims"))
}

/// The lines that hold anything, each with its beginning.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (Start, &str)> {
    let starts = text.split_inclusive('\n').scan(Start::default(), |next, line| {
        let start = *next;
        *next = Start { line: start.line.saturating_add(1), byte: start.byte + line.len() };
        Some((start, line.trim_end_matches(['\n', '\r'])))
    });
    starts.filter(|(_, line)| !line.trim().is_empty())
}

/// What a line's `source` says: which source it describes, or whose claim it is.
pub(super) enum Says<'n, 'a> {
    Description(Fields<'n, 'a>),
    Claim { source: &'n str, at: Span },
}

/// Tells a claim from a description; reports what is neither.
pub(super) fn says<'n, 'a>(page: Page<'a>, fields: &Fields<'n, 'a>) -> Option<Says<'n, 'a>> {
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

/// Reports a claim of a source that no line before it describes.
pub(super) fn not_described(page: Page<'_>, source: &str, at: &Span, known: &[&str]) {
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
}

impl<'t> Reader<'t> {
    pub(super) fn new(earlier: &'t dyn Fn(Start) -> Place) -> Self {
        Self { earlier, read: Read::default(), numbers: BTreeMap::new(), ids: BTreeMap::new() }
    }

    pub(super) fn line<'a>(&mut self, page: Page<'a>, start: Start, book: Book<'a>) {
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
                    if !self.read.lacks_some {
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
fn place_of_line(file: &Text<'_>, start: Start) -> Place {
    let line = file.text.get(start.byte..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let opening = line.find('{').unwrap_or(0);
    Text::line(file.path, line, start).place(&(opening..opening + 1))
}
