//! Under which names a claim falls, and which it only covers.
//!
//! A claim is selected by a name when what it is about lies in what the name stands for, as a reader takes the scope: a
//! figure for a province by the province and by the country, not by a town. What only covers a name, or may lie partly in
//! it, is left out, and counted.

use std::collections::BTreeSet;

use crate::claim::{Claim, ClaimId, Corpus, Credit, Days, Entity, Form, Reading, Scope};
use crate::codebook::{Codebook, EventId, MeasureId, TermId};
use crate::show::names::Meaning;
use crate::system::{Region, ScopeBox, boxes, event_bounds};

/// How what a claim is about lies to a name.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Relation {
    /// It has nothing to do with it, as far as is known.
    Apart,
    /// It covers it, or may share something with it, and holds more besides.
    Wider,
    /// A reader takes its measure for another one.
    TakenFor,
    /// It lies in it.
    Within,
}

/// One claim, with what its words are about.
pub(super) struct Facets<'a> {
    corpus: &'a Corpus,
    claim: &'a Claim,
    /// All names that select it, periods aside.
    pub(super) within: BTreeSet<Meaning>,
    /// The box of a figure as a reader takes it; of a change the new one, of a share the part.
    scope: Option<(MeasureId, ScopeBox)>,
    /// The days of a date or a fact.
    days: Option<Days>,
    /// The events that it names itself.
    events: Vec<EventId>,
    /// Of dates and facts: the places of events, subjects, counterparts, values.
    terms: Vec<TermId>,
}

impl<'a> Facets<'a> {
    pub(super) fn of(corpus: &'a Corpus, id: ClaimId) -> Self {
        let claim = corpus.claim(id);
        let mut facets = Self {
            corpus,
            claim,
            within: BTreeSet::new(),
            scope: None,
            days: None,
            events: Vec::new(),
            terms: Vec::new(),
        };
        facets.within.insert(Meaning::Source(claim.source));
        for credit in &claim.attributed_to {
            facets.within.insert(match *credit {
                Credit::Upstream(upstream) => Meaning::Upstream(upstream),
                Credit::Source(source) => Meaning::Source(source),
            });
        }
        match &claim.form {
            Form::Value { measure, scope, .. }
            | Form::Change { measure, scope, .. }
            | Form::Share { measure, scope, .. } => facets.figure(*measure, scope),
            Form::Date { event, .. } => {
                facets.event(*event);
                if let Ok(bounds) = event_bounds(corpus, id, Reading::Plain) {
                    let first = bounds.start.low.or(bounds.end.low);
                    let last = bounds.end.high.or(bounds.start.high);
                    facets.days = Days::between(first, last);
                }
            }
            Form::Duration { from, to, .. } => {
                facets.event(from.event);
                facets.event(to.event);
            }
            Form::Fact { attribute, subject, toward, values, period, .. } => {
                facets.within.insert(Meaning::Attribute(*attribute));
                for entity in [subject].into_iter().chain(toward).chain(values) {
                    facets.entity(*entity);
                }
                let published = corpus.source(claim.source).published.as_ref().map(crate::edtf::Date::last);
                let days = period.as_ref().and_then(|when| when.days(Reading::Plain, published).ok());
                facets.days = days.map(|days| days.outer);
            }
        }
        facets
    }

    fn codebook(&self) -> &'a Codebook {
        &self.corpus.codebook
    }

    fn figure(&mut self, measure: MeasureId, scope: &Scope) {
        let codebook = self.codebook();
        self.within.insert(Meaning::Measure(measure));
        if let Some(event) = scope.event {
            self.named_event(event);
        }
        let published = self.corpus.source(self.claim.source).published.as_ref().map(crate::edtf::Date::last);
        let read = boxes(scope, measure, Reading::Plain, codebook, published);
        // Of a level that names no days the rest of the scope is still known.
        let read =
            read.or_else(|_| boxes(&Scope { period: None, ..scope.clone() }, measure, Reading::Plain, codebook, None));
        let regions = read.as_ref().map(|read| read.outer.regions.clone()).unwrap_or_default();
        for &dimension in &codebook.measure(measure).dimensions {
            let root = codebook.dimensions.dimension(dimension).root;
            match regions.get(&dimension) {
                Some(Region::Terms(terms)) => self.in_all(terms),
                Some(Region::Except(_)) | None => drop(self.within.insert(Meaning::Term(root))),
            }
        }
        let of_one_event = ScopeBox { regions, event: scope.event, days: None };
        self.scope = Some((measure, read.map_or(of_one_event, |read| read.outer)));
    }

    /// The terms that contain all of these.
    fn in_all(&mut self, terms: &[TermId]) {
        let dimensions = &self.codebook().dimensions;
        let Some((first, rest)) = terms.split_first() else { return };
        let common =
            dimensions.chain(*first).filter(|&above| rest.iter().all(|&term| dimensions.is_within(term, above)));
        self.within.extend(common.map(Meaning::Term));
    }

    /// An event, what it is a part of, and its place.
    fn event(&mut self, event: EventId) {
        self.named_event(event);
        let codebook = self.codebook();
        if let Some(place) = codebook.event_chain(event).find_map(|event| codebook.event(event).place) {
            self.entity(Entity::Term(place));
        }
    }

    fn named_event(&mut self, event: EventId) {
        self.events.push(event);
        self.within.extend(self.codebook().event_chain(event).map(Meaning::Event));
    }

    fn entity(&mut self, entity: Entity) {
        match entity {
            Entity::Term(term) => {
                self.terms.push(term);
                self.in_all(&[term]);
            }
            Entity::Event(event) => self.named_event(event),
            Entity::Date(_) => {}
        }
    }

    /// How the claim lies to a name.
    pub(super) fn relation(&self, meaning: Meaning) -> Relation {
        if self.within.contains(&meaning) {
            return Relation::Within;
        }
        let wider = |covers: bool| if covers { Relation::Wider } else { Relation::Apart };
        match meaning {
            Meaning::Measure(asked) => {
                let own = self.scope.as_ref().map(|(measure, _)| *measure);
                let next = |&measure: &MeasureId| self.codebook().measure(measure).plain;
                if std::iter::successors(own, next).any(|measure| measure == asked) {
                    Relation::TakenFor
                } else {
                    Relation::Apart
                }
            }
            Meaning::Term(term) => wider(self.may_hold(term)),
            Meaning::Event(event) => {
                let mut above = self.codebook().event_chain(event).skip(1);
                wider(above.any(|above| self.events.contains(&above)))
            }
            Meaning::Period(asked) => self.time(asked),
            Meaning::Attribute(_) | Meaning::Source(_) | Meaning::Upstream(_) => Relation::Apart,
        }
    }

    /// Whether the claim is about something that covers a term, or is not known to lie apart from it.
    fn may_hold(&self, term: TermId) -> bool {
        let dimensions = &self.codebook().dimensions;
        let dimension = dimensions.term(term).dimension;
        if let Some((measure, scope)) = &self.scope {
            return self.codebook().measure(*measure).dimensions.contains(&dimension)
                && match scope.regions.get(&dimension) {
                    None => true,
                    Some(Region::Terms(terms)) => terms.iter().any(|&own| !dimensions.are_disjoint(own, term)),
                    Some(Region::Except(terms)) => !terms.iter().any(|&out| dimensions.is_within(term, out)),
                };
        }
        // The root says nothing.
        let holds = |&own: &TermId| dimensions.term(own).parent.is_some() && dimensions.is_within(term, own);
        self.terms.iter().any(holds)
    }

    fn time(&self, asked: Days) -> Relation {
        let own = self.scope.as_ref().map_or(self.days, |(_, scope)| scope.days);
        match own {
            Some(days) if days.is_within(asked) => Relation::Within,
            Some(days) if days.meet(asked).is_some() => Relation::Wider,
            _ => Relation::Apart,
        }
    }
}
