//! `codebook.json`.

use super::fault::Page;
use super::json::Node;
use super::names::Names;
use super::terms::TermReader;
use super::{events, measures, policy};
use crate::codebook::Codebook;

const KEYS: [&str; 11] = [
    "dimensions",
    "measures",
    "units",
    "sums",
    "events",
    "orders",
    "attributes",
    "vague",
    "about",
    "beyond",
    "upstreams",
];

/// Reads the codebook; none when not even its parts can be told apart.
///
/// Each part is read after those whose names it uses.
pub(super) fn read<'a>(page: Page<'a>, root: &Node<'a>) -> Option<(Codebook, Names)> {
    let fields = page.fields(root)?;
    fields.only_of_file("the codebook", &KEYS);
    let (mut book, mut names) = (Codebook::default(), Names::default());
    let mut terms = TermReader::new(page, &mut book, &mut names);
    if let Some(node) = fields.get("dimensions") {
        terms.dimensions(node);
    }
    if let Some(node) = fields.get("attributes") {
        terms.attributes(node);
    }
    if let Some(node) = fields.get("measures") {
        measures::measures(page, node, &mut book, &mut names);
    }
    if let Some(node) = fields.get("units") {
        measures::units(page, node, &mut book, &mut names);
    }
    if let Some(node) = fields.get("sums") {
        measures::sums(page, node, &mut book, &names);
    }
    if let Some(node) = fields.get("events") {
        events::events(page, node, &mut book, &mut names);
    }
    if let Some(node) = fields.get("orders") {
        events::orders(page, node, &mut book, &names);
    }
    if let Some(node) = fields.get("vague") {
        policy::vague(page, node, &mut book, &mut names);
    }
    if let Some(about) = fields.get("about").and_then(|node| policy::about(page, node)) {
        book.about = about;
    }
    if let Some(beyond) = fields.get("beyond").and_then(|node| policy::beyond(page, node)) {
        book.beyond = beyond;
    }
    if let Some(node) = fields.get("upstreams") {
        policy::upstreams(page, node, &mut book, &mut names);
    }
    Some((book, names))
}
