//! Dimensions, their terms, and the inline trees of attributes.

use std::collections::BTreeMap;

use super::code::FaultCode;
use super::decode::{Entry, Fields};
use super::fault::Page;
use super::json::{Key, Node};
use super::names::{Names, Section, article};
use super::text::{Place, quoted};
use super::tree::{self, Child};
use crate::codebook::{Codebook, DimensionId, Term, TermId};
use crate::span::Span;

/// Names that a dimension cannot have, since a claim's keys and an attribute's domains have them already.
pub(crate) const RESERVED: [&str; 28] = [
    "id",
    "quote",
    "line",
    "page",
    "where",
    "note",
    "voice",
    "attributed_to",
    "superseded_by",
    "unit",
    "measure",
    "value",
    "change",
    "share",
    "event",
    "events",
    "date",
    "dates",
    "duration",
    "subject",
    "attribute",
    "toward",
    "is",
    "is_not",
    "period",
    "than",
    "of",
    "unstated",
];

const KEYS: [&str; 5] = ["phrase", "root", "root_label", "exhaustive", "terms"];
const TERM_KEYS: [&str; 6] = ["in", "label", "aliases", "overlaps", "exhaustive", "definition"];

/// Reads terms; remembers where each id stands, since ids are unique over all dimensions.
pub(super) struct TermReader<'p, 'b> {
    pub(super) page: Page<'p>,
    pub(super) book: &'b mut Codebook,
    pub(super) names: &'b mut Names,
    seen: BTreeMap<String, (String, Place)>,
}

impl<'p, 'b> TermReader<'p, 'b> {
    pub(super) fn new(page: Page<'p>, book: &'b mut Codebook, names: &'b mut Names) -> Self {
        Self { page, book, names, seen: BTreeMap::new() }
    }

    /// Reads the codebook's `dimensions`.
    pub(super) fn dimensions(&mut self, node: &Node<'p>) {
        let Some(fields) = self.page.fields(node) else {
            self.names.dimensions.complete = false;
            return;
        };
        for entry in fields.iter() {
            let dimension = self.dimension(entry);
            self.names.dimensions.add(entry.name(), dimension);
        }
    }

    fn dimension(&mut self, entry: Entry<'_, 'p>) -> Option<DimensionId> {
        let page = self.page;
        let id = page.id(entry.name(), &entry.key.span);
        if let Some(id) = id.filter(|id| RESERVED.contains(id)) {
            page.fault(FaultCode::ReservedName, &entry.key.span, format!("a dimension cannot be called `{id}`"))
                .help("this word is a key of claims or of attributes; choose another name")
                .send();
        }
        let fields = page.fields(entry.value)?;
        fields.only("a dimension", &KEYS);
        let root = fields.require("a dimension", "root").and_then(|node| page.filled(node).map(|root| (root, node)));
        let terms = fields.require("a dimension", "terms").and_then(|node| page.fields(node));
        let phrase = fields.get("phrase").and_then(|node| phrase(page, node)).unwrap_or_else(|| "{}".to_owned());
        let label = fields.description("root_label");
        let exhaustive = fields.flag("exhaustive");
        let ((root, root_node), terms) = (root?, terms?);
        self.unique(root, &root_node.span, entry.name());
        let label = label.unwrap_or_else(|| root.to_owned());
        let dimension = self.book.dimensions.add(entry.name(), &phrase, root, &label, exhaustive, false);
        let mut section = Section::default();
        section.add(root, Some(self.book.dimensions.dimension(dimension).root));
        section.add_spoken(&label, root);
        for term in terms.iter() {
            self.unique(term.name(), &term.key.span, entry.name());
        }
        let at = fields.entry("exhaustive").map_or(&root_node.span, |entry| &entry.key.span);
        self.tree(dimension, &terms, section, at);
        id.map(|_| dimension)
    }

    /// Reads an attribute's inline tree, whose ids are its own.
    pub(super) fn inline(&mut self, id: &str, label: &str, node: &Node<'p>) -> Option<DimensionId> {
        let terms = self.page.fields(node)?;
        if terms.iter().next().is_none() {
            self.page
                .fault(FaultCode::Empty, &node.span, "this list of values is empty")
                .help("name at least one value")
                .send();
        }
        let dimension = self.book.dimensions.add(id, "{}", id, label, false, true);
        self.tree(dimension, &terms, Section::default(), &node.span);
        Some(dimension)
    }

    /// Reports a term id that another dimension, or the root, has already.
    fn unique(&mut self, id: &str, span: &Span, dimension: &str) {
        self.page.id(id, span);
        if RESERVED.last() == Some(&id) {
            self.page
                .fault(FaultCode::ReservedName, span, "a term cannot be called `unstated`")
                .help("claims write `\"unstated\"` for a group that is not named; choose another name")
                .send();
        }
        match self.seen.get(id) {
            Some((other, place)) => self
                .page
                .fault(FaultCode::DuplicateId, span, format!("{} is a term already", quoted(id)))
                .help("ids of terms are unique over all dimensions; choose another one")
                .also(place.clone(), format!("{} {other} here", article(other)))
                .send(),
            None => drop(self.seen.insert(id.to_owned(), (dimension.to_owned(), self.page.place(span)))),
        }
    }

    fn tree(
        &mut self,
        dimension: DimensionId,
        terms: &Fields<'_, 'p>,
        mut section: Section<TermId>,
        exhaustive: &Span,
    ) {
        let (page, inline) = (self.page, self.book.dimensions.dimension(dimension).inline);
        let before = page.sink.count();
        let root = self.book.dimensions.dimension(dimension).root;
        let mut drafts = Vec::new();
        for entry in terms.iter() {
            if inline {
                page.id(entry.name(), &entry.key.span);
            }
            let Some(fields) = page.fields(entry.value) else {
                section.add(entry.name(), None);
                continue;
            };
            fields.only("a term", &TERM_KEYS);
            let term = self.term(dimension, entry.key, &fields);
            for spoken in term.aliases.iter().chain([&term.label]) {
                section.add_spoken(spoken, entry.name());
            }
            let id = self.book.dimensions.add_term(term);
            section.add(entry.name(), Some(id));
            drafts.push((entry.key, id, fields));
        }
        let index: BTreeMap<TermId, usize> = drafts.iter().enumerate().map(|(at, draft)| (draft.1, at)).collect();
        let what = self.book.dimensions.dimension(dimension).id.clone();
        let parents: Vec<Option<TermId>> =
            drafts.iter().map(|(_, _, fields)| self.parent(fields, &section, &what, inline)).collect();
        let children: Vec<Child<'_>> = drafts
            .iter()
            .zip(&parents)
            .map(|((key, _, fields), parent)| Child {
                name: key.name.as_ref(),
                parent: parent.and_then(|parent| index.get(&parent).copied()),
                span: fields.get("in").map_or(&key.span, |node| &node.span),
            })
            .collect();
        let sound = tree::check(page, &children, "lies in");
        for ((_, id, _), parent) in drafts.iter().zip(&parents) {
            // In a tree with a cycle everything goes to the root, so that following parents comes to an end.
            self.book.dimensions.set_parent(*id, if sound { parent.unwrap_or(root) } else { root });
        }
        self.names.terms.insert(dimension, section);
        if page.sink.count() == before {
            let spans = drafts
                .iter()
                .map(|(key, id, fields)| (*id, fields.entry("exhaustive").map_or(&key.span, |entry| &entry.key.span)));
            for (id, span) in spans.chain([(root, exhaustive)]) {
                self.covered(id, span);
            }
        }
    }

    fn term(&self, dimension: DimensionId, key: &Key<'_>, fields: &Fields<'_, 'p>) -> Term {
        let page = self.page;
        let id = key.name.to_string();
        let label = fields.described("label").and_then(|node| page.filled(node)).map(str::to_owned);
        let aliases = fields.get("aliases").and_then(|node| page.list(node, "an alias")).unwrap_or_default();
        Term {
            label: label.unwrap_or_else(|| id.clone()),
            id,
            dimension,
            parent: None,
            overlaps: fields.flag("overlaps"),
            exhaustive: fields.flag("exhaustive"),
            aliases: aliases.iter().filter_map(|node| page.filled(node)).map(str::to_owned).collect(),
            definition: fields.description("definition"),
        }
    }

    fn parent(
        &self,
        fields: &Fields<'_, 'p>,
        section: &Section<TermId>,
        dimension: &str,
        inline: bool,
    ) -> Option<TermId> {
        let node = fields.get("in")?;
        let name = self.page.text(node)?;
        let what = if inline { "value" } else { dimension };
        let other = self.seen.get(name).filter(|(other, _)| !inline && other != dimension);
        if let Some((other, _)) = other {
            let message =
                format!("{} is {} {other}, not {} {dimension}", quoted(name), article(other), article(dimension));
            self.page.fault(FaultCode::WrongDimension, &node.span, message).send();
            return None;
        }
        section.resolve(self.page, name, &node.span, FaultCode::UnknownTerm, what)
    }

    /// Reports a term that its children are said to cover, and that has none which could.
    fn covered(&self, id: TermId, span: &Span) {
        let dimensions = &self.book.dimensions;
        let term = dimensions.term(id);
        let has_children = dimensions.children(id).iter().any(|&child| !dimensions.term(child).overlaps);
        if term.exhaustive && !has_children {
            self.page
                .fault(FaultCode::ExhaustiveWithoutChildren, span, format!("nothing covers {}", quoted(&term.id)))
                .label("says that its children cover it")
                .help("add its children, or remove `exhaustive`; children that overlap others do not count")
                .send();
        }
    }
}

/// A phrase with a place for a label or a figure.
pub(super) fn phrase(page: Page<'_>, node: &Node<'_>) -> Option<String> {
    let phrase = page.text(node)?;
    if phrase.matches("{}").count() == 1 {
        return Some(phrase.to_owned());
    }
    page.fault(FaultCode::BadPhrase, &node.span, "a phrase has `{}` once, where the label or the figure goes")
        .help("write it like `\"in {}\"` or `\"{} attacks\"`")
        .send();
    None
}
