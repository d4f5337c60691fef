//! `waivers.json` and `omitted.json`.

use super::code::FaultCode;
use super::decode::Fields;
use super::fault::Page;
use super::json::{Kind as Json, Node};
use super::source::is_sha256;
use super::text::quoted;
use crate::claim::{Omission, SourceId, Waiver};

/// Reads `waivers.json`.
pub(super) fn waivers<'a>(page: Page<'a>, root: &Node<'a>) -> Vec<Waiver> {
    let waiver = |fields: &Fields<'_, 'a>, item: &Node<'a>| {
        let what = "a waiver";
        fields.only(what, &["finding", "rule", "claims", "says", "reason", "by", "until"]);
        let text = |key| fields.require(what, key).and_then(|node| page.filled(node)).map(str::to_owned);
        let (finding, rule, reason) = (text("finding"), text("rule"), text("reason"));
        let says = fields.require(what, "says").and_then(|node| says(page, node));
        let claims = fields.require(what, "claims").and_then(|node| page.list(node, "the finding's claims"));
        let claims = page.distinct(claims?);
        let until = fields.described("until").and_then(|node| page.date(node));
        let mut claims: Vec<String> = claims.into_iter().map(|(name, _)| name.to_owned()).collect();
        claims.sort();
        Some(Waiver {
            finding: finding?,
            rule: rule?,
            claims,
            says: says?,
            reason: reason?,
            by: fields.description("by"),
            until: until.map(|date| date.last()),
            file: page.text.path.to_owned(),
            position: page.text.position(item.span.start),
        })
    };
    items(page, root, "waivers", waiver)
}

fn says<'a>(page: Page<'a>, node: &Node<'a>) -> Option<String> {
    let text = page.text(node)?;
    if text.strip_prefix("sha256:").is_some_and(is_sha256) {
        return Some(text.to_owned());
    }
    page.fault(FaultCode::BadNumber, &node.span, "this is no hash")
        .help("it is `sha256:` and 64 digits, 0 to 9 and a to f; `gainsay waive FINDING` writes it")
        .send();
    None
}

/// Reads `omitted.json`. A source is found by its id; when not all sources could be read, an unknown one is let pass.
pub(super) fn omissions<'a>(
    page: Page<'a>,
    root: &Node<'a>,
    sources: &[crate::claim::Source],
    complete: bool,
) -> Vec<Omission> {
    let omission = |fields: &Fields<'_, 'a>, item: &Node<'a>| {
        let what = "an omission";
        fields.only(what, &["source", "lines", "reason"]);
        let source = fields.require(what, "source").and_then(|node| {
            let name = page.text(node)?;
            let found = sources.iter().position(|source| source.id == name);
            if found.is_none() && complete {
                page.fault(FaultCode::UnknownSource, &node.span, format!("unknown source {}", quoted(name)))
                    .help("name a source by the `id` in its file")
                    .maybe_help(page.did_you_mean(name, sources.iter().map(|source| source.id.as_str())))
                    .send();
            }
            found.and_then(|at| u32::try_from(at).ok()).map(SourceId)
        });
        let lines = fields.require(what, "lines").and_then(|node| lines(page, node));
        let reason = fields.require(what, "reason").and_then(|node| page.filled(node)).map(str::to_owned);
        let position = page.text.position(item.span.start);
        Some(Omission { source: source?, lines: lines?, reason: reason?, position })
    };
    items(page, root, "omitted", omission)
}

fn lines<'a>(page: Page<'a>, node: &Node<'a>) -> Option<(u32, u32)> {
    let (first, last) = page.pair(node, "numbers of lines")?;
    let lines = (page.ordinal(first), page.ordinal(last));
    let (first, last) = (lines.0?, lines.1?);
    if first > last {
        page.fault(FaultCode::ReversedNumbers, &node.span, "the last line comes before the first")
            .help("exchange the two")
            .send();
        return None;
    }
    Some((first, last))
}

/// Reads a file that holds one list under one key.
fn items<'a, T>(
    page: Page<'a>,
    root: &Node<'a>,
    key: &str,
    mut read: impl FnMut(&Fields<'_, 'a>, &Node<'a>) -> Option<T>,
) -> Vec<T> {
    let Some(fields) = page.fields(root) else { return Vec::new() };
    fields.only_of_file("this file", &[key]);
    let Some(node) = fields.require("this file", key) else { return Vec::new() };
    let Json::Array(items) = &node.kind else {
        page.expected(node, "a list");
        return Vec::new();
    };
    items.iter().filter_map(|item| page.fields(item).and_then(|fields| read(&fields, item))).collect()
}
