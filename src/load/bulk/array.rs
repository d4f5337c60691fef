//! `sources/ID.json` with a long list of claims: what stands before and behind the list, and where its items end.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use memchr::{memchr_iter, memchr3};

use super::files::LargeFile;
use crate::load::code::FaultCode;
use crate::load::fault::{Page, Sink};
use crate::load::json;
use crate::load::jsonl::MAX_LINE;
use crate::load::source::{self, Book, Draft};
use crate::load::text::{Place, Start, Text};
use crate::span::{Position, starting};

/// How much of a file is looked at first for the beginning of its list.
const FIRST: u64 = 1 << 16;

/// Where in a list the reading is.
#[derive(Copy, Clone, Debug, Default)]
pub(super) struct Scan {
    /// How many brackets are open within the list.
    depth: u32,
    in_text: bool,
    is_escaped: bool,
}

impl Scan {
    /// The next byte at which an item ends: a comma, or the bracket that closes the list. Going on begins behind it.
    pub(super) fn end(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        loop {
            if self.in_text {
                at = self.text(bytes, at)?;
                continue;
            }
            match bytes.get(at)? {
                b'"' => self.in_text = true,
                b'{' | b'[' => self.depth += 1,
                b',' | b'}' | b']' if self.depth == 0 => return Some(at),
                b'}' | b']' => self.depth -= 1,
                _ => {}
            }
            at += 1;
        }
    }

    /// The first byte behind the text that the reading is in.
    fn text(&mut self, bytes: &[u8], mut at: usize) -> Option<usize> {
        while self.in_text {
            if std::mem::take(&mut self.is_escaped) {
                bytes.get(at).inspect(|_| at += 1).or_else(|| {
                    self.is_escaped = true;
                    None
                })?;
                continue;
            }
            at += memchr3(b'"', b'\\', b'\n', bytes.get(at..)?)?;
            // A text that is not closed on its line is a fault, which is to hide nothing but its own item.
            self.is_escaped = bytes.get(at) == Some(&b'\\');
            self.in_text = self.is_escaped;
            at += 1;
        }
        Some(at)
    }

    /// Whether the reading is within an item.
    pub(super) fn is_within(self) -> bool {
        self.depth > 0 || self.in_text
    }
}

/// Whether a file has more than so many objects within a list within an object; no more is read than that takes.
pub(crate) fn has_more_items(path: &std::path::Path, most: usize) -> io::Result<bool> {
    let mut file = File::open(path)?;
    let mut buffer = vec![0; 1 << 18];
    let (mut scan, mut items) = (Scan::default(), 0);
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok(false);
        }
        let bytes = buffer.get(..read).unwrap_or_default();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if scan.in_text {
                at = scan.text(bytes, at).unwrap_or(read);
                continue;
            }
            match byte {
                b'"' => scan.in_text = true,
                b'{' | b'[' => {
                    items += usize::from(byte == b'{' && scan.depth == 2);
                    scan.depth += 1;
                }
                b'}' | b']' => scan.depth = scan.depth.saturating_sub(1),
                _ => {}
            }
            at += 1;
        }
        if items > most {
            return Ok(true);
        }
    }
}

/// The place behind some bytes that begin at another.
pub(super) fn behind(start: Start, bytes: &[u8]) -> Start {
    let lines = memchr_iter(b'\n', bytes).count();
    let last = bytes.rsplit(|&byte| byte == b'\n').next().unwrap_or_default();
    let before = if lines == 0 { start.column } else { 0 };
    Start {
        line: start.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX)),
        column: before.saturating_add(u32::try_from(starting(last)).unwrap_or(u32::MAX)),
        byte: start.byte.saturating_add(bytes.len()),
    }
}

/// Whether there is nothing but what JSON takes for white space.
pub(super) fn is_blank(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
}

/// What stands before the items.
#[derive(Clone, Debug)]
pub(super) struct Head {
    /// All of it, with the bracket that opens the list.
    text: String,
    /// Where the items begin.
    pub(super) start: Start,
    /// The id of the source; empty when that has a fault.
    pub(super) source: String,
    /// Whether the source is not described there at all.
    lacks_source: bool,
}

/// Where the items end.
#[derive(Copy, Clone, Debug)]
pub(super) struct End {
    /// The bracket that closes the list, or the end of the file.
    pub(super) start: Start,
    /// Whether the file ends within an item, which is told of that one.
    pub(super) is_cut: bool,
    /// Whether there are any.
    pub(super) has_items: bool,
    /// A comma behind the last item.
    pub(super) comma: Option<Start>,
}

/// What stands around the items.
pub(super) struct Around {
    /// The source, with no claims yet.
    pub(super) draft: Draft,
    /// Whether at least its id can be told.
    pub(super) is_known: bool,
    /// Where the text stops being JSON behind the items, which it may do only because one of them does.
    pub(super) behind: Sink,
}

impl Head {
    /// Finds the beginning of the list of claims; reports a file in which it is not where it belongs.
    pub(super) fn of(file: &LargeFile, sink: &Sink) -> io::Result<Option<Self>> {
        const MARK: &[u8] = "\u{feff}".as_bytes();
        let mut open = File::open(&file.path)?;
        let mut bytes = Vec::new();
        let mut wanted = FIRST;
        let opening = loop {
            let read = open.by_ref().take(wanted).read_to_end(&mut bytes)?;
            let found = opening(&bytes);
            if found.is_some() || read == 0 || bytes.len() > MAX_LINE {
                break found;
            }
            wanted = bytes.len() as u64;
        };
        let Some(opening) = opening else {
            sink.whole_file(
                FaultCode::MissingKey,
                &file.shown,
                "in this file of many claims no list `claims` is found",
            )
            .help("write `{ \"source\": {…}, \"claims\": [ … ] }`, in this order")
            .send();
            return Ok(None);
        };
        bytes.truncate(opening + 1);
        let mut own = bytes.as_slice();
        while let Some(rest) = own.strip_prefix(MARK) {
            own = rest;
        }
        if own.len() < bytes.len() {
            crate::load::byte_order_mark(&file.shown, sink);
        }
        let text = match std::str::from_utf8(own) {
            Ok(text) => text.to_owned(),
            Err(error) => {
                crate::load::not_utf8(&file.shown, own, error.valid_up_to(), sink);
                return Ok(None);
            }
        };
        let start = Start { byte: bytes.len(), ..behind(Start::default(), text.as_bytes()) };
        let whole = format!("{text}]}}");
        let page_text = Text::new(&file.shown, &whole);
        // What is wrong there is told later, with what stands behind the list.
        let page = Page { text: &page_text, sink: &Sink::default() };
        let root = json::parse(page);
        let fields = root.as_ref().and_then(|root| page.fields(root));
        let lacks_source = fields.is_some_and(|fields| fields.get("source").is_none());
        let draft = root.as_ref().and_then(|root| source::read(page, root, None));
        let source = draft.map_or_else(String::new, |draft| draft.source.id);
        Ok(Some(Self { text, start, source, lacks_source }))
    }

    /// Reads what stands around the items, as if there were none.
    pub(super) fn read(&self, file: &LargeFile, end: Option<End>, sink: &Sink, book: Book<'_>) -> io::Result<Around> {
        let alone = format!("{}]}}", self.text);
        let alone = Text::new(&file.shown, &alone);
        let page = Page { text: &alone, sink };
        let nameless = || Around { draft: Draft::nameless(page), is_known: false, behind: Sink::default() };
        let Some(root) = json::parse(page) else { return Ok(nameless()) };
        if self.lacks_source {
            let opening = self.text.len() - 1;
            page.fault(
                FaultCode::MissingKey,
                &(opening..opening + 1),
                "in a file of so many claims `source` comes before `claims`",
            )
            .label("here the claims begin")
            .help("write `{ \"source\": {…}, \"claims\": [ … ] }`, in this order")
            .send();
            return Ok(nameless());
        }
        let around = |page, root: &_, behind| {
            let draft = source::read(page, root, book);
            let is_known = draft.is_some();
            Around { draft: draft.unwrap_or_else(|| Draft::nameless(page)), is_known, behind }
        };
        let Some(end) = end.filter(|end| !end.is_cut) else { return Ok(around(page, &root, Sink::default())) };
        let behind = Sink::default();
        let Some(rest) = Self::rest(file, end, &behind)? else { return Ok(around(page, &root, behind)) };
        let whole = format!("{}{rest}", self.text);
        let (text, own) = (Text::new(&file.shown, &whole), Sink::default());
        let whole = Page { text: &text, sink: &own };
        if let Some(root) = json::parse(whole) {
            let around = around(whole, &root, Sink::default());
            sink.extend_moved(&own, &|place| move_behind(place, &text, self.text.len(), end));
            return Ok(around);
        }
        // Something stands for the items: what may follow upon them is not what may follow upon nothing.
        let items = if end.has_items { "0" } else { "" };
        let whole = format!("{}{items}{rest}", self.text);
        let (text, own) = (Text::new(&file.shown, &whole), Sink::default());
        json::parse(Page { text: &text, sink: &own });
        behind.extend_moved(&own, &|place| move_behind(place, &text, self.text.len() + items.len(), end));
        Ok(around(page, &root, behind))
    }

    /// What stands behind the items; none after a fault.
    fn rest(file: &LargeFile, end: End, sink: &Sink) -> io::Result<Option<String>> {
        let mut open = File::open(&file.path)?;
        open.seek(SeekFrom::Start(end.start.byte as u64))?;
        let mut rest = Vec::new();
        open.take(MAX_LINE as u64 + 1).read_to_end(&mut rest)?;
        if let (Some(comma), Some(&closing)) = (end.comma, rest.first()) {
            let text = Text::item(&file.shown, ",", comma);
            let message = format!("a comma stands before the closing `{}`", char::from(closing));
            Page { text: &text, sink }.fault(FaultCode::Syntax, &(0..1), message).help("remove the comma").send();
            return Ok(None);
        }
        if rest.len() > MAX_LINE {
            let text = Text::item(&file.shown, "]", end.start);
            let message = format!("more than {} MiB stand behind the list `claims`", MAX_LINE >> 20);
            Page { text: &text, sink }.fault(FaultCode::TooMany, &(0..1), message).send();
            return Ok(None);
        }
        if std::str::from_utf8(&rest).is_err() {
            crate::load::not_utf8_line(&file.shown, &rest, end.start, sink);
        }
        Ok(String::from_utf8(rest).ok())
    }
}

/// Gives a place behind so many bytes of a text that lacks the items the place that it has in the file.
fn move_behind(place: &mut Place, text: &Text<'_>, head: usize, end: End) {
    if place.span.start < head {
        return;
    }
    let from = text.position(head);
    let Position { line, column } = place.position;
    let column = if line == from.line {
        column.saturating_add(end.start.column).saturating_add(1).saturating_sub(from.column)
    } else {
        column
    };
    place.position =
        Position { line: line.saturating_sub(from.line).saturating_add(end.start.line).saturating_add(1), column };
    let moved = |at: usize| at.saturating_sub(head).saturating_add(end.start.byte);
    place.span = moved(place.span.start)..moved(place.span.end);
}

/// The bracket that opens the list `claims` of the outermost object.
fn opening(bytes: &[u8]) -> Option<usize> {
    let (mut at, mut depth) = (0, 0_usize);
    let mut key = None;
    loop {
        match bytes.get(at)? {
            b'"' => {
                let mut scan = Scan { in_text: true, ..Scan::default() };
                let end = scan.text(bytes, at + 1)?;
                if depth == 1 {
                    key = bytes.get(at..end);
                }
                at = end;
                continue;
            }
            b'[' if depth == 1 && key.is_some_and(is_claims) => return Some(at),
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b',' if depth == 1 => key = None,
            _ => {}
        }
        at += 1;
    }
}

/// Whether a key as it is written is `claims`.
fn is_claims(key: &[u8]) -> bool {
    serde_json::from_slice::<String>(key).is_ok_and(|key| key == "claims")
}

/// Reports that nothing stands between two commas, or before the first.
pub(super) fn missing(path: &str, blank: &str, start: Start, head: &Head, sink: &Sink) {
    let comma = behind(start, blank.as_bytes());
    let text = Text::item(path, ",", comma);
    let page = Page { text: &text, sink };
    if start.byte == head.start.byte {
        page.fault(FaultCode::Syntax, &(0..1), "a value is missing before this")
            .help("write the value, or `null` for none")
            .send();
    } else {
        page.fault(FaultCode::Syntax, &(0..1), "two commas follow one another").help("remove one of them").send();
    }
}

/// Reports an item that is longer than what is read at once.
pub(super) fn too_long(path: &str, start: Start, sink: &Sink) {
    let text = Text::item(path, "", start);
    Page { text: &text, sink }
        .fault(FaultCode::TooMany, &(0..0), format!("this claim is longer than {} MiB", MAX_LINE >> 20))
        .help("check whether each of its brackets is closed")
        .send();
}
