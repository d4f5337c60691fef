//! Vague words, "about", "at least", and upstreams.

use super::code::FaultCode;
use super::decode::Fields;
use super::fault::Page;
use super::json::{Kind, Node};
use super::names::Names;
use super::text::quoted;
use crate::codebook::{About, Beyond, Codebook, Upstream, UpstreamId, Vague};
use crate::number::{End, Interval, Rational, parse_percentage};

/// Reads the codebook's `vague`.
pub(super) fn vague<'a>(page: Page<'a>, node: &Node<'a>, book: &mut Codebook, names: &mut Names) {
    let Some(fields) = page.fields(node) else {
        names.vague.complete = false;
        return;
    };
    for entry in fields.iter() {
        if entry.name().trim().is_empty() {
            page.fault(FaultCode::Empty, &entry.key.span, "this word is empty")
                .help("write the word, or remove it")
                .send();
        }
        let word = page.fields(entry.value).and_then(|fields| vague_word(page, &fields));
        names.vague.add(entry.name(), word.as_ref().map(|_| ()));
        book.vague.extend(word.map(|word| (entry.name().to_owned(), word)));
    }
}

fn vague_word<'a>(page: Page<'a>, fields: &Fields<'_, 'a>) -> Option<Vague> {
    fields.only("a vague word", &["strict", "plain", "policy"]);
    let strict = fields.require("a vague word", "strict").and_then(|node| interval(page, node));
    let node = fields.require("a vague word", "plain");
    let plain = node.and_then(|node| interval(page, node));
    let (strict, plain, node) = (strict?, plain?, node?);
    if !plain.is_within(&strict) {
        page.fault(FaultCode::PlainOutsideStrict, &node.span, "this reaches outside `strict`")
            .help("what a reader takes the word for lies within what it allows: widen `strict`, or narrow `plain`")
            .send();
        return None;
    }
    Some(Vague { strict, plain, policy: fields.description("policy") })
}

/// `[low, high]`, where `null` is no end.
fn interval<'a>(page: Page<'a>, node: &Node<'a>) -> Option<Interval> {
    let (low, high) = page.pair(node, "numbers")?;
    let end = |node: &Node<'a>| match node.kind {
        Kind::Null => Some(None),
        _ => page.number(node).map(|written| Some(End::closed(written.value))),
    };
    let interval = match (end(low), end(high)) {
        (Some(low), Some(high)) => Interval { low, high },
        _ => return None,
    };
    if interval.is_empty() {
        page.fault(FaultCode::ReversedNumbers, &node.span, "the larger number stands first")
            .help("exchange the two")
            .send();
        return None;
    }
    Some(interval)
}

/// Reads the codebook's `about`.
pub(super) fn about<'a>(page: Page<'a>, node: &Node<'a>) -> Option<About> {
    let fields = page.fields(node)?;
    fields.only("`about`", &["strict", "plain", "min"]);
    let default = About::default();
    let about = About {
        strict: percentage(page, &fields, "strict").unwrap_or(default.strict),
        plain: percentage(page, &fields, "plain").unwrap_or(default.plain),
        min: fields.get("min").and_then(|node| page.number(node)).map_or(default.min, |written| written.value),
    };
    if about.plain > about.strict {
        let node = fields.get("plain").or(fields.get("strict")).unwrap_or(node);
        page.fault(FaultCode::PlainOutsideStrict, &node.span, "`plain` reaches further than `strict`")
            .help("what a reader takes \"about\" for lies within what it allows: exchange the two")
            .send();
    }
    Some(about)
}

/// Reads the codebook's `beyond`.
pub(super) fn beyond<'a>(page: Page<'a>, node: &Node<'a>) -> Option<Beyond> {
    let fields = page.fields(node)?;
    fields.only("`beyond`", &["plain", "min"]);
    let default = Beyond::default();
    Some(Beyond {
        plain: percentage(page, &fields, "plain").unwrap_or(default.plain),
        min: fields.get("min").and_then(|node| page.number(node)).map_or(default.min, |written| written.value),
    })
}

fn percentage<'a>(page: Page<'a>, fields: &Fields<'_, 'a>, key: &str) -> Option<Rational> {
    let node = fields.get(key)?;
    let Kind::String(text) = &node.kind else {
        page.expected(node, "a percentage in quotes, like `\"25%\"`");
        return None;
    };
    let percentage = parse_percentage(text);
    if percentage.is_err() {
        page.fault(FaultCode::BadNumber, &node.span, format!("{} is no percentage", quoted(text)))
            .help("write it like `\"25%\"`")
            .send();
    }
    percentage.ok()
}

/// Reads the codebook's `upstreams`.
pub(super) fn upstreams<'a>(page: Page<'a>, node: &Node<'a>, book: &mut Codebook, names: &mut Names) {
    let Some(fields) = page.fields(node) else {
        names.upstreams.complete = false;
        return;
    };
    for entry in fields.iter() {
        page.id(entry.name(), &entry.key.span);
        let id = UpstreamId::new(book.upstreams.len());
        let fields = page.fields(entry.value);
        names.upstreams.add(entry.name(), fields.as_ref().map(|_| id));
        let Some(fields) = fields else { continue };
        fields.only("an upstream", &["label", "published"]);
        let label = fields.described("label").and_then(|node| page.filled(node)).unwrap_or(entry.name());
        names.upstreams.add_spoken(label, entry.name());
        book.upstreams.push(Upstream {
            id: entry.name().to_owned(),
            label: label.to_owned(),
            published: fields.described("published").and_then(|node| page.date(node)),
        });
    }
}
