//! The names of a codebook, while claims are read: which are known, which were declared wrongly, which are near.

use std::collections::BTreeMap;

use super::code::FaultCode;
use super::fault::{Page, Sink};
use super::text::quoted;
use crate::codebook::{AttributeId, Codebook, DimensionId, EventId, MeasureId, TermId, UnitId, UpstreamId};
use crate::span::Span;

/// What a name stands for.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Lookup<T> {
    /// An entry.
    Found(T),
    /// An entry that has a fault of its own, which was reported; whatever refers to it stays silent.
    Broken,
    /// Nothing.
    Unknown,
}

/// The names of one part of the codebook.
#[derive(Clone, Debug)]
pub(super) struct Section<T> {
    ids: BTreeMap<String, Option<T>>,
    /// Labels and aliases in small letters, for whoever writes those in place of the id.
    spoken: BTreeMap<String, String>,
    /// Whether the whole part could be read; if not, a name that is missing may have been in it.
    pub(super) complete: bool,
}

impl<T> Default for Section<T> {
    fn default() -> Self {
        Self { ids: BTreeMap::new(), spoken: BTreeMap::new(), complete: true }
    }
}

impl<T: Copy> Section<T> {
    pub(super) fn add(&mut self, id: &str, entry: Option<T>) {
        self.ids.insert(id.to_owned(), entry);
    }

    pub(super) fn add_spoken(&mut self, spoken: &str, id: &str) {
        self.spoken.entry(spoken.to_lowercase()).or_insert_with(|| id.to_owned());
    }

    pub(super) fn find(&self, name: &str) -> Lookup<T> {
        match self.ids.get(name) {
            Some(Some(entry)) => Lookup::Found(*entry),
            None if self.complete => Lookup::Unknown,
            Some(None) | None => Lookup::Broken,
        }
    }

    /// Every name in order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.ids.keys().map(String::as_str)
    }

    /// The name that somebody may have meant.
    pub(super) fn suggestion(&self, sink: &Sink, written: &str) -> Option<String> {
        match self.spoken.get(&written.to_lowercase()) {
            Some(id) => Some(format!("did you mean {}?", quoted(id))),
            None => sink.did_you_mean(written, self.names()),
        }
    }

    /// Finds a name; reports one that is not known. `what` is what it should name ("measure").
    pub(super) fn resolve(&self, page: Page<'_>, name: &str, span: &Span, code: FaultCode, what: &str) -> Option<T> {
        match self.find(name) {
            Lookup::Found(entry) => Some(entry),
            Lookup::Broken => None,
            Lookup::Unknown => {
                let help = match self.ids.len() {
                    0 => format!("the codebook has no {what} yet"),
                    1..=8 => format!("the codebook has {}", self.all()),
                    _ => format!("add it to the codebook, or write the id of another {what}"),
                };
                page.fault(code, span, format!("unknown {what} {}", quoted(name)))
                    .label("not in the codebook")
                    .help(help)
                    .maybe_help(self.suggestion(page.sink, name))
                    .send();
                None
            }
        }
    }

    fn all(&self) -> String {
        self.names().map(quoted).collect::<Vec<_>>().join(", ")
    }
}

/// All names of a codebook.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    pub(super) dimensions: Section<DimensionId>,
    /// The terms of each dimension and inline tree.
    pub(super) terms: BTreeMap<DimensionId, Section<TermId>>,
    pub(super) measures: Section<MeasureId>,
    pub(super) units: Section<UnitId>,
    pub(super) events: Section<EventId>,
    pub(super) attributes: Section<AttributeId>,
    pub(super) vague: Section<()>,
    pub(super) upstreams: Section<UpstreamId>,
}

impl Names {
    /// Whether a key is, or may be, the name of a dimension, sound or not.
    pub(super) fn may_be_dimension(&self, key: &str) -> bool {
        self.dimensions.find(key) != Lookup::Unknown
    }

    /// Whether a key is surely the name of a dimension, sound or not.
    pub(super) fn is_dimension(&self, key: &str) -> bool {
        self.dimensions.ids.contains_key(key)
    }
}

/// Finds a term of a dimension; reports an unknown one, and one of another dimension.
pub(super) fn resolve_term(
    page: Page<'_>,
    book: &Codebook,
    names: &Names,
    dimension: DimensionId,
    name: &str,
    span: &Span,
) -> Option<TermId> {
    let section = names.terms.get(&dimension)?;
    let own = book.dimensions.dimension(dimension);
    if own.inline {
        return section.resolve(page, name, span, FaultCode::UnknownValue, "value");
    }
    if section.find(name) == Lookup::Unknown
        && let Some(other) = book.dimensions.find_term(name)
    {
        let other = &book.dimensions.dimension(book.dimensions.term(other).dimension).id;
        let message = format!("{} is {} {other}, not {} {}", quoted(name), article(other), article(&own.id), own.id);
        page.fault(FaultCode::WrongDimension, span, message)
            .help(format!("write it under `{other}`"))
            .maybe_help(section.suggestion(page.sink, name))
            .send();
        return None;
    }
    section.resolve(page, name, span, FaultCode::UnknownTerm, &own.id)
}

/// The right article before a noun.
pub(super) fn article(noun: &str) -> &'static str {
    if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}
