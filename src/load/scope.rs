//! Scopes: terms, events and periods.

use std::collections::{BTreeMap, BTreeSet};

use super::code::FaultCode;
use super::decode::Fields;
use super::form::{ClaimReader, Published};
use super::json::{Kind as Json, Node};
use super::names::{Lookup, resolve_term};
use super::text::quoted;
use crate::claim::{Days, PeriodError, Reading, Scope, Selection, When};
use crate::codebook::{DimensionId, Dimensions, EventId, Kind, Measure, TermId};
use crate::edtf::Day;
use crate::span::Span;

impl<'a> ClaimReader<'a> {
    /// Adds what an object says of a measure's dimensions, the event and the period to a scope.
    ///
    /// None after a fault, so that nothing is said of a scope that is half read.
    pub(super) fn scope(&self, fields: &Fields<'_, 'a>, measure: &Measure, mut scope: Scope) -> Option<Scope> {
        let mut sound = true;
        for &dimension in &measure.dimensions {
            let id = &self.book.dimensions.dimension(dimension).id;
            let Some(node) = fields.get(id) else { continue };
            match self.selection(dimension, node) {
                Some(Selection::Terms(terms)) if terms == [self.book.dimensions.dimension(dimension).root] => {
                    scope.dimensions.remove(&dimension);
                }
                Some(selection) => drop(scope.dimensions.insert(dimension, selection)),
                None => sound = false,
            }
        }
        if let Some(node) = fields.get("event") {
            scope.event = self.event(node);
            sound &= scope.event.is_some();
        }
        if let Some(node) = fields.get("period") {
            scope.period = self.when(node);
            sound &= scope.period.is_some();
        }
        sound.then_some(scope)
    }

    /// Reports a scope that is not complete, or holds nothing.
    pub(super) fn check_scope(&self, fields: &Fields<'_, 'a>, measure: &Measure, scope: &Scope) -> bool {
        if measure.kind != Kind::Fixed && scope.period.is_none() && scope.event.is_none() {
            self.page
                .fault(
                    FaultCode::MissingPeriod,
                    &fields.opening(),
                    format!("a figure for `{}` needs a period", measure.id),
                )
                .label("`period` is missing here")
                .help("write it as `\"period\": \"2022\"`, or `\"unstated\"` where the text names none")
                .send();
            return false;
        }
        let at = |key: &str| fields.get(key).map_or_else(|| fields.opening(), |node| node.span.clone());
        let (Some(event), place) = (scope.event, self.book.dimensions.find("place")) else { return true };
        let selection = place.and_then(|place| scope.dimensions.get(&place));
        self.meets_period(scope, event, &at("period"))
            && selection.is_none_or(|selection| self.meets_place(selection, event, &at("place")))
    }

    /// Reports keys of a fixed measure that narrow it in time.
    pub(super) fn timeless(&self, fields: &Fields<'_, 'a>, measure: &Measure) -> bool {
        let mut sound = true;
        for entry in ["period", "event"].iter().filter_map(|key| fields.entry(key)) {
            if measure.kind == Kind::Fixed {
                sound = false;
                let message = format!("`{}` does not change, so it has no `{}`", measure.id, entry.name());
                self.page.fault(FaultCode::FixedWithPeriod, &entry.key.span, message).help("remove this key").send();
            }
        }
        sound
    }

    fn selection(&self, dimension: DimensionId, node: &Node<'a>) -> Option<Selection> {
        match &node.kind {
            Json::String(word) if word == "unstated" => Some(Selection::Unstated(None)),
            Json::String(_) => self.term(dimension, node).map(|term| Selection::Terms(vec![term])),
            Json::Array(_) => {
                let terms = self.terms(dimension, node)?;
                self.disjoint(&terms).then(|| Selection::Terms(sorted(&terms)))
            }
            Json::Object(_) => {
                let fields = self.page.fields(node)?;
                fields.only("such a choice", &["except", "unstated"]);
                match (fields.entry("except"), fields.entry("unstated")) {
                    (Some(except), None) => self.except(dimension, except.value),
                    (None, Some(unstated)) => {
                        self.term(dimension, unstated.value).map(|term| Selection::Unstated(Some(term)))
                    }
                    (Some(first), Some(second)) => {
                        self.page
                            .fault(
                                FaultCode::SeveralForms,
                                &second.key.span,
                                "`except` and `unstated` cannot stand together",
                            )
                            .help("keep one of them")
                            .also(self.page.place(&first.key.span), "beside this")
                            .send();
                        None
                    }
                    (None, None) => None,
                }
            }
            _ => {
                self.page.expected(node, "a term, a list of terms, or `\"unstated\"`");
                None
            }
        }
    }

    fn except(&self, dimension: DimensionId, node: &Node<'a>) -> Option<Selection> {
        let terms = self.terms(dimension, node)?;
        let root = self.book.dimensions.dimension(dimension).root;
        match terms.iter().find(|(term, _)| *term == root) {
            Some((_, span)) => {
                self.page
                    .fault(FaultCode::EmptyScope, span, "nothing is left when everything is left out")
                    .label("this holds all the others")
                    .help("name only what the figure leaves out")
                    .send();
                None
            }
            None => Some(Selection::Except(sorted(&terms))),
        }
    }

    pub(super) fn term(&self, dimension: DimensionId, node: &Node<'a>) -> Option<TermId> {
        let name = self.page.text(node)?;
        resolve_term(self.page, self.book, self.names, dimension, name, &node.span)
    }

    /// The terms of a list; none when one of them is not known.
    pub(super) fn terms<'n>(&self, dimension: DimensionId, node: &'n Node<'a>) -> Option<Vec<(TermId, &'n Span)>> {
        let items = self.page.list(node, "a term")?;
        let before = self.page.sink.count();
        let written = self.page.distinct(items);
        let found: Vec<_> = written
            .iter()
            .map(|(name, item)| {
                let term = resolve_term(self.page, self.book, self.names, dimension, name, &item.span)?;
                Some((term, &item.span))
            })
            .collect();
        let all: Option<Vec<_>> = found.into_iter().collect();
        all.filter(|_| self.page.sink.count() == before)
    }

    /// Reports the first two terms of a list that may share something.
    pub(super) fn disjoint(&self, terms: &[(TermId, &Span)]) -> bool {
        let Some((first, second)) = overlapping(&self.book.dimensions, terms) else { return true };
        let id = |term: TermId| quoted(&self.book.dimensions.term(term).id);
        let dimensions = &self.book.dimensions;
        let nested =
            |inner, outer| dimensions.is_within(inner, outer).then(|| format!("{} lies in {}", id(inner), id(outer)));
        let message = nested(first.0, second.0)
            .or_else(|| nested(second.0, first.0))
            .unwrap_or_else(|| format!("{} and {} may overlap", id(first.0), id(second.0)));
        self.page
            .fault(FaultCode::TermsNotDisjoint, second.1, message)
            .help("a list names separate terms, to be added up: keep one of the two")
            .also(self.page.place(first.1), "the other one")
            .send();
        false
    }

    pub(super) fn event(&self, node: &Node<'a>) -> Option<EventId> {
        let name = self.page.text(node)?;
        self.find_event(name, &node.span)
    }

    pub(super) fn find_event(&self, name: &str, span: &Span) -> Option<EventId> {
        self.names.events.resolve(self.page, name, span, FaultCode::UnknownEvent, "event")
    }

    pub(super) fn when(&self, node: &Node<'a>) -> Option<When> {
        let when = match &node.kind {
            Json::String(word) if word == "unstated" => return Some(When::Unstated(None)),
            Json::Object(_) => {
                let fields = self.page.fields(node)?;
                fields.only("such a period", &["unstated"]);
                let unstated = fields.require("such a period", "unstated")?;
                When::Unstated(Some(self.page.period(unstated)?))
            }
            _ => When::In(self.page.period(node)?),
        };
        self.days(&when, node).map(|_| when)
    }

    /// The days of a period in its plain reading; reports one that runs up to a present that is not known.
    pub(super) fn days(&self, when: &When, node: &Node<'a>) -> Option<Days> {
        let published = match self.published {
            Published::On(day) => Some(day),
            Published::Unknown => None,
            // Whatever it is, it was reported.
            Published::Broken => Some(Day::MAX),
        };
        let mut days = None;
        for reading in Reading::BOTH {
            let (code, message, help) = match when.days(reading, published) {
                Ok(found) => {
                    days = Some(found.outer);
                    continue;
                }
                Err(PeriodError::Unpublished) => (
                    FaultCode::UnknownPresent,
                    "this period runs up to the present of a source without a date",
                    "give the source its date in `published`, or the period its last day",
                ),
                Err(PeriodError::StartsAfterPublication) => (
                    FaultCode::StartsAfterPublication,
                    "this period starts after its source was published",
                    "correct the period, or the source's `published`",
                ),
            };
            self.page.fault(code, &node.span, message).help(help).send();
            return None;
        }
        days
    }

    fn meets_period(&self, scope: &Scope, event: EventId, span: &Span) -> bool {
        let Some(when) = &scope.period else { return true };
        let published = if let Published::On(day) = self.published { day } else { Day::MAX };
        for id in self.book.event_chain(event) {
            let Some((first, last)) = self.book.event(id).period else { continue };
            let container = Days { first: Some(first), last: Some(last) };
            let apart =
                |reading| when.days(reading, Some(published)).is_ok_and(|days| days.outer.meet(container).is_none());
            if Reading::BOTH.into_iter().any(apart) {
                let id = &self.book.event(id).id;
                self.page
                    .fault(FaultCode::EmptyScope, span, format!("this period shares no day with `{id}`"))
                    .help(format!("the codebook puts `{id}` within {first}/{last}: correct one of them"))
                    .send();
                return false;
            }
        }
        true
    }

    fn meets_place(&self, selection: &Selection, event: EventId, span: &Span) -> bool {
        let dimensions = &self.book.dimensions;
        for id in self.book.event_chain(event) {
            let happened = self.book.event(id);
            let Some(place) = happened.place else { continue };
            let (terms, all) = match selection {
                Selection::Terms(terms) => (terms.clone(), false),
                Selection::Unstated(Some(term)) => (vec![*term], false),
                Selection::Except(terms) => (terms.clone(), true),
                Selection::Unstated(None) => continue,
            };
            let label = quoted(&dimensions.term(place).id);
            let empty = if all {
                terms.iter().any(|&term| dimensions.is_within(place, term))
            } else {
                terms.iter().all(|&term| dimensions.are_disjoint(term, place))
            };
            if empty {
                self.page
                    .fault(FaultCode::EmptyScope, span, format!("`{}` did not happen in this place", happened.id))
                    .help(format!("the codebook puts it in {label}: correct one of them"))
                    .send();
                return false;
            }
            let clear = |term| {
                dimensions.is_within(term, place)
                    || dimensions.is_within(place, term)
                    || dimensions.are_disjoint(term, place)
            };
            if let Some(&term) = terms.iter().find(|&&term| !all && !clear(term)) {
                let message = format!(
                    "{} and {label} may overlap, so what they share is not known",
                    quoted(&dimensions.term(term).id)
                );
                self.page
                    .fault(FaultCode::UnclearPlace, span, message)
                    .help(format!("name a place that holds {label}, where `{}` happened, or lies in it", happened.id))
                    .send();
                return false;
            }
        }
        true
    }

    /// Reports a key that is a dimension, and none of the measure's.
    pub(super) fn foreign_dimension(&self, key: &str, span: &Span, measure: &Measure) -> bool {
        match self.names.dimensions.find(key) {
            Lookup::Found(id) if !measure.dimensions.contains(&id) => {
                let own = measure.dimensions.iter().map(|&id| quoted(&self.book.dimensions.dimension(id).id));
                let own = own.collect::<Vec<_>>().join(", ");
                let help = if own.is_empty() { "it has none".to_owned() } else { format!("its dimensions are {own}") };
                self.page
                    .fault(
                        FaultCode::DimensionNotOfMeasure,
                        span,
                        format!("`{}` has no dimension {}", measure.id, quoted(key)),
                    )
                    .help(help)
                    .send();
                true
            }
            _ => false,
        }
    }
}

fn sorted(terms: &[(TermId, &Span)]) -> Vec<TermId> {
    terms.iter().map(|(term, _)| *term).collect::<BTreeSet<_>>().into_iter().collect()
}

/// A term of a list, at its place.
type Listed<'s> = (TermId, &'s Span);

/// The term of a list, and the term just below a common one through which it is reached (none: it is the common one).
type Via<'s> = (Listed<'s>, Option<TermId>);

/// The first two terms that are not surely disjoint.
///
/// Every term is followed to the root once; at each term on the way it is enough to remember two terms that came from
/// different sides and one that came through an overlapping side, so that a long list costs no comparison of all pairs.
fn overlapping<'s>(dimensions: &Dimensions, terms: &[(TermId, &'s Span)]) -> Option<(Listed<'s>, Listed<'s>)> {
    let mut met: BTreeMap<TermId, Vec<Via<'s>>> = BTreeMap::new();
    let loose = |via: Option<TermId>| via.is_none_or(|term| dimensions.term(term).overlaps);
    for &term in terms {
        let mut via = None;
        for above in dimensions.chain(term.0) {
            let seen = met.entry(above).or_default();
            let clash = seen.iter().find(|(_, other)| *other != via && (loose(via) || loose(*other)));
            if let Some((other, _)) = clash {
                return Some((*other, term));
            }
            let new_side = seen.iter().all(|(_, other)| *other != via);
            if new_side && (seen.len() < 2 || loose(via)) {
                seen.push((term, via));
            }
            via = Some(above);
        }
    }
    None
}

/// Whether a scope surely lies in another one.
pub(super) fn is_within(dimensions: &Dimensions, part: &Scope, whole: &Scope) -> bool {
    let selection = |(dimension, whole): (&DimensionId, &Selection)| match (part.dimensions.get(dimension), whole) {
        (Some(part), whole) if part == whole => !matches!(part, Selection::Unstated(_)),
        (Some(Selection::Terms(inner)), Selection::Terms(outer)) => {
            inner.iter().all(|&inner| outer.iter().any(|&outer| dimensions.is_within(inner, outer)))
        }
        _ => false,
    };
    whole.dimensions.iter().all(selection)
        && part.event == whole.event
        && part.period == whole.period
        && !matches!(whole.period, Some(When::Unstated(_)))
}
