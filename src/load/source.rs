//! `sources/ID.json`: what a source is, and its claims.

use std::collections::{BTreeMap, BTreeSet};

use super::code::FaultCode;
use super::decode::Fields;
use super::fault::Page;
use super::form::{ClaimReader, Published};
use super::json::{self, Kind as Json, Node};
use super::link::{Link, Named};
use super::names::{Lookup, Names};
use super::text::{Place, quoted};
use crate::claim::{Claim, Credit, Source, SourceId, TextFile, Voice};
use crate::codebook::Codebook;
use crate::edtf::Date;

const KEYS: [&str; 7] = ["id", "title", "authors", "publisher", "published", "url", "text"];
const VOICES: [(&str, Voice); 3] =
    [("asserts", Voice::Asserts), ("reports", Voice::Reports), ("disputes", Voice::Disputes)];

/// The most words that a quote may have.
pub(crate) const MAX_WORDS: usize = 15;

/// Stands for the source of a claim until all sources are sorted.
const UNNUMBERED: SourceId = SourceId(0);

/// The codebook and its names; none when there is no codebook to go by.
pub(super) type Book<'a> = Option<(&'a Codebook, &'a Names)>;

/// One source with its claims, which do not refer to anything in another file yet.
pub(super) struct Draft {
    pub(super) source: Source,
    /// Where its id stands.
    pub(super) place: Place,
    pub(super) published: Published,
    pub(super) claims: Vec<Claim>,
    /// What some of the claims name that may stand in another file, by the claims' ids.
    pub(super) links: Vec<(String, Link)>,
    /// Ids of claims that have a fault.
    pub(super) broken: BTreeSet<String>,
}

/// Reads a source; none when not even its id can be told. Without a codebook only what needs none is checked.
pub(super) fn read<'a>(page: Page<'a>, root: &Node<'a>, book: Book<'a>) -> Option<Draft> {
    let fields = page.fields(root)?;
    fields.only_of_file("a claims file", &["source", "claims"]);
    let source = fields.require("a claims file", "source").and_then(|node| page.fields(node));
    let described = source.map(|fields| source_of(page, &fields));
    let (source, place, published) = described.unwrap_or((None, None, Published::Broken));
    let mut draft = Draft {
        source: source.unwrap_or_else(|| nameless(page)),
        place: place.clone().unwrap_or_else(|| page.place(&(0..0))),
        published,
        claims: Vec::new(),
        links: Vec::new(),
        broken: BTreeSet::new(),
    };
    if let Some(node) = fields.get("claims") {
        match &node.kind {
            Json::Array(items) => claims(page, items, book, &mut draft),
            _ => page.expected(node, "a list"),
        }
    }
    place.map(|_| draft)
}

fn nameless(page: Page<'_>) -> Source {
    Source {
        id: String::new(),
        title: String::new(),
        authors: Vec::new(),
        publisher: None,
        published: None,
        url: None,
        text: None,
        file: page.text.path.to_owned(),
    }
}

fn source_of<'a>(page: Page<'a>, fields: &Fields<'_, 'a>) -> (Option<Source>, Option<Place>, Published) {
    fields.only("a source", &KEYS);
    let id = fields.require("a source", "id").and_then(|node| {
        let id = page.text(node)?;
        page.id(id, &node.span).map(|id| (id, page.place(&node.span)))
    });
    let date = fields.described("published").map(|node| page.date(node));
    let published = match date {
        None => Published::Unknown,
        Some(None) => Published::Broken,
        Some(Some(date)) => Published::On(date.last()),
    };
    let rest = Described {
        title: fields.description("title").filter(|title| !title.trim().is_empty()),
        authors: fields.described("authors").map_or_else(Vec::new, |node| authors(page, node)),
        publisher: fields.description("publisher"),
        published: date.flatten(),
        url: fields.description("url"),
        text: fields.described("text").and_then(|node| text_file(page, node)),
    };
    let Some((id, place)) = id else { return (None, None, published) };
    let source = Source {
        id: id.to_owned(),
        title: rest.title.unwrap_or_else(|| id.to_owned()),
        authors: rest.authors,
        publisher: rest.publisher,
        published: rest.published,
        url: rest.url,
        text: rest.text,
        file: page.text.path.to_owned(),
    };
    (Some(source), Some(place), published)
}

/// What a source is beside its id, all of it optional.
struct Described {
    title: Option<String>,
    authors: Vec<String>,
    publisher: Option<String>,
    published: Option<Date>,
    url: Option<String>,
    text: Option<TextFile>,
}

fn authors<'a>(page: Page<'a>, node: &Node<'a>) -> Vec<String> {
    if let Json::Array(items) = &node.kind {
        items.iter().filter_map(|item| page.filled(item)).map(str::to_owned).collect()
    } else {
        page.expected(node, "a list");
        Vec::new()
    }
}

fn text_file<'a>(page: Page<'a>, node: &Node<'a>) -> Option<TextFile> {
    let fields = page.fields(node)?;
    fields.only("a text", &["file", "sha256"]);
    let file = fields.require("a text", "file").and_then(|node| inside(page, node));
    let sha256 = fields.require("a text", "sha256").and_then(|node| {
        let text = page.text(node)?;
        page.sha256(text, node)
    });
    Some(TextFile { file: file?.to_owned(), sha256: sha256?.to_owned() })
}

/// A path that stays in the folder of texts, on every system.
fn inside<'n>(page: Page<'_>, node: &'n Node<'_>) -> Option<&'n str> {
    let path = page.filled(node)?;
    let drive = path.as_bytes().get(1) == Some(&b':') && path.starts_with(|first: char| first.is_ascii_alphabetic());
    let strange = |letter: char| letter == '\\' || letter.is_control();
    if drive || path.contains(strange) || path.split('/').any(|part| matches!(part, "" | "." | "..")) {
        page.fault(FaultCode::PathOutside, &node.span, "this is no plain path in the folder of texts")
            .help("write it from that folder down, with `/` and without `..`, as in `2022/report.txt`")
            .send();
        return None;
    }
    Some(path)
}

impl<'a> Page<'a> {
    /// A SHA-256 in lower-case hexadecimal.
    pub(super) fn sha256<'n>(self, text: &'n str, node: &Node<'a>) -> Option<&'n str> {
        if is_sha256(text) {
            return Some(text);
        }
        self.fault(FaultCode::BadNumber, &node.span, "this is no SHA-256")
            .help("it has 64 digits, 0 to 9 and a to f: `sha256sum FILE` prints it")
            .send();
        None
    }
}

/// Whether a text is a SHA-256 in lower-case hexadecimal.
pub(super) fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

fn claims<'a>(page: Page<'a>, items: &[Node<'a>], book: Book<'a>, draft: &mut Draft) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (at, item) in items.iter().enumerate() {
        // OK because the claim's tree is dropped with this turn: memory holds the tree of one claim at a time.
        let item = &json::expand(page, item);
        let Some(fields) = page.fields(item) else { continue };
        draft.add(page, &fields, book, |id| match seen.get(id).and_then(|&first| items.get(first)) {
            Some(first) => Some(page.place(&(first.span.start..first.span.start + 1))),
            None => {
                seen.insert(id.to_owned(), at);
                None
            }
        });
    }
}

impl Draft {
    /// Stands for a source of which nothing can be told, so that its claims are looked at all the same.
    pub(super) fn nameless(page: Page<'_>) -> Self {
        let (claims, links, broken) = (Vec::new(), Vec::new(), BTreeSet::new());
        let place = page.place(&(0..0));
        Self { source: nameless(page), place, published: Published::Broken, claims, links, broken }
    }

    /// A source without claims yet, from what describes it; none when not even its id can be told.
    pub(super) fn of<'a>(page: Page<'a>, fields: &Fields<'_, 'a>) -> Option<Self> {
        let (source, place, published) = source_of(page, fields);
        let (claims, links, broken) = (Vec::new(), Vec::new(), BTreeSet::new());
        Some(Self { source: source?, place: place?, published, claims, links, broken })
    }

    /// Adds a claim, or says what is wrong with it. `earlier` knows where an id of this source stands already.
    pub(super) fn add<'a>(
        &mut self,
        page: Page<'a>,
        fields: &Fields<'_, 'a>,
        book: Book<'a>,
        earlier: impl FnOnce(&str) -> Option<Place>,
    ) {
        let before = page.sink.count();
        let id = fields.require("a claim", "id").and_then(|node| page.text(node).map(|id| (id, node)));
        let id = id.and_then(|(id, node)| page.id(id, &node.span).map(|id| (id, node)));
        if let Some((id, node)) = id
            && let Some(first) = earlier(id)
        {
            page.fault(FaultCode::DuplicateId, &node.span, format!("{} is a claim of this source already", quoted(id)))
                .help("ids of claims are unique in their source; choose another one")
                .also(first, "this claim")
                .send();
        }
        let claim = claim(page, fields, book, self.published, id.map_or("", |(id, _)| id));
        match claim.filter(|_| page.sink.count() == before) {
            Some((claim, link)) => {
                self.links.extend(link.map(|link| (claim.id.clone(), link)));
                self.claims.push(claim);
            }
            None => self.broken.extend(id.map(|(id, _)| id.to_owned())),
        }
    }
}

/// A claim without regard to its source and to other claims.
pub(super) fn claim_alone<'a>(
    page: Page<'a>,
    fields: &Fields<'_, 'a>,
    book: &'a Codebook,
    names: &'a Names,
) -> Option<Claim> {
    claim(page, fields, Some((book, names)), Published::Unknown, "").map(|(claim, _)| claim)
}

fn claim<'a>(
    page: Page<'a>,
    fields: &Fields<'_, 'a>,
    book: Book<'a>,
    published: Published,
    id: &str,
) -> Option<(Claim, Option<Link>)> {
    let quote = fields.require("a claim", "quote").and_then(|node| quote(page, node));
    let line = fields.described("line").and_then(|node| page.ordinal(node));
    let voice = fields.described("voice").and_then(|node| page.word(node, &VOICES));
    let location = fields.description("where");
    let note = fields.description("note");
    let place = fields.described("page").and_then(|node| page_number(page, node));
    let elsewhere = link(page, fields, note.as_deref());
    let (book, names) = book?;
    let reader = ClaimReader { page, book, names, published };
    reader.keys(fields);
    let (form, unit) = reader.form(fields)?;
    let (attributed_to, waiting) = resolve_upstreams(elsewhere, names);
    let claim = Claim {
        id: id.to_owned(),
        source: UNNUMBERED,
        quote: quote?,
        line,
        page: place,
        location,
        note,
        voice: voice.unwrap_or(Voice::Asserts),
        attributed_to,
        superseded_by: None,
        unit,
        form,
        position: page.text.position(fields.opening().start),
    };
    Some((claim, waiting))
}

fn quote<'a>(page: Page<'a>, node: &Node<'a>) -> Option<String> {
    let quote = page.filled(node)?;
    let words = quote.split_whitespace().count();
    if words > MAX_WORDS {
        page.fault(FaultCode::LongQuote, &node.span, format!("this quote has {words} words, and may have {MAX_WORDS}"))
            .help("quote the shortest phrase that carries the figure")
            .send();
        return None;
    }
    Some(quote.to_owned())
}

/// A page, which may be a number or something like "iv".
fn page_number<'a>(page: Page<'a>, node: &Node<'a>) -> Option<String> {
    match &node.kind {
        Json::Number(number) => Some((*number).to_owned()),
        _ => page.filled(node).map(str::to_owned),
    }
}

/// What a claim names that may stand in another file.
fn link<'a>(page: Page<'a>, fields: &Fields<'_, 'a>, note: Option<&str>) -> Link {
    let mut link = Link::default();
    if let Some(items) = fields.described("attributed_to").and_then(|node| page.list(node, "who is credited")) {
        for (name, item) in page.distinct(items) {
            link.credits.push((Named::Name(name.to_owned()), page.place(&item.span)));
        }
    }
    if let Some(node) = fields.described("superseded_by") {
        link.superseded_by = page.filled(node).map(|name| (name.to_owned(), page.place(&node.span)));
        if note.is_none_or(|note| note.trim().is_empty()) {
            let span = fields.entry("superseded_by").map_or_else(|| fields.opening(), |entry| entry.key.span.clone());
            page.fault(FaultCode::MissingKey, &span, "a superseded claim needs the key `note`")
                .help("say in `note` how the later claim replaces this one")
                .send();
        }
    }
    link
}

/// The credits, if all of them are upstreams; otherwise what has to wait until all sources are known.
fn resolve_upstreams(mut link: Link, names: &Names) -> (Vec<Credit>, Option<Link>) {
    let mut chain = Vec::new();
    for (credit, _) in &mut link.credits {
        if let Named::Name(name) = credit
            && let Lookup::Found(id) = names.upstreams.find(name)
        {
            *credit = Named::Upstream(id);
            chain.push(Credit::Upstream(id));
        }
    }
    let waits = chain.len() < link.credits.len() || link.superseded_by.is_some();
    (chain, waits.then_some(link))
}
