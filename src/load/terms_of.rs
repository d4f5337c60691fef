//! Terms by their names in one dimension.

use super::code::FaultCode;
use super::fault::Page;
use super::names::{Lookup, Names, article};
use super::text::quoted;
use crate::codebook::{Codebook, DimensionId, TermId};
use crate::span::Span;

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
            .maybe_help(section.suggestion(page, name))
            .send();
        return None;
    }
    section.resolve(page, name, span, FaultCode::UnknownTerm, &own.id)
}
