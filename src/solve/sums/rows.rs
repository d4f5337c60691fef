//! What each claim asks of the masses of boxes, under one reading.
//!
//! A total of a codebook's sum is replaced by its parts, box by box, so that no mass of it is left over. A level is a mass
//! of its own on every day: under strict its claims name single days, which are never in one box with others; under plain
//! a claim asks the same on every day of its period, and of the days it is enough to look at those that are shared by
//! sets of claims that no other day shares as well. A fact is a mass of at most one over the values of its attribute, of
//! one subject; facts that may change are, as levels are, of one day.

mod days;
mod facts;
mod totals;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use foldhash::fast::RandomState;
use num_traits::{One, Signed, Zero};

use crate::claim::{ClaimId, Corpus, Days, Form, Reading};
use crate::codebook::{Codebook, Kind, MeasureId};
use crate::edtf::Day;
use crate::number::{End, Rational};
use crate::solve::sums::RowKind;
use crate::system::{
    ChangeKind, ChangeStatement, ExtentId, Extents, FactKey, ScopeBox, change_statement, day_numbers, statement,
};
use days::tied;
use totals::Totals;

/// What is spread over a space of its own.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Mass {
    /// A measure.
    Measure(MeasureId),
    /// The values of a fact, on a day where they may change.
    Fact(FactKey, Option<Day>),
}

/// One row of a claim: the weighted masses are at least something, or above it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ItemRow {
    pub(super) kind: RowKind,
    pub(super) of: Mass,
    pub(super) day: Option<Day>,
    /// The masses, as of the measure that the row names; none for a fact.
    pub(super) scopes: Vec<(ScopeBox, Rational)>,
    /// The same, as places of boxes of masses that are no totals; each box once.
    pub(super) terms: Vec<(usize, Rational)>,
    pub(super) at_least: Rational,
    pub(super) open: bool,
}

/// What a claim asks.
#[derive(Debug)]
pub(super) struct Saying {
    pub(super) claim: ClaimId,
    pub(super) rows: Vec<ItemRow>,
}

/// A box of a mass that is no total.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Place {
    pub(super) mass: Mass,
    /// Per dimension of the measure, the event's last; for a fact that of its value, unless it is a date.
    pub(super) extents: Vec<ExtentId>,
    pub(super) first: i32,
    pub(super) last: i32,
}

/// All rows of a corpus.
#[derive(Debug)]
pub(super) struct System<'a> {
    pub(super) codebook: &'a Codebook,
    pub(super) extents: Extents,
    pub(super) places: Vec<Place>,
    interned: HashMap<Place, usize, RandomState>,
    totals: Totals,
    /// In canonical order: by content, then by name.
    pub(super) sayings: Vec<Saying>,
    /// What holds whatever anybody says: an attribute that has one value has no more.
    pub(super) background: Vec<ItemRow>,
    /// The row of what is asked after: that there is none or more of it.
    pub(super) asked: Option<ItemRow>,
    /// Per measure the first one that sums tie it to.
    tied: Vec<usize>,
    /// What is of one day: who speaks of which stretch of days of it, ...
    spans: Vec<(Mass, ClaimId, (i32, i32))>,
    /// ... and the days that are looked at.
    days: BTreeMap<Mass, BTreeSet<Day>>,
}

/// What a claim says, before its days are settled.
enum Said {
    Figure { outer: ScopeBox, inner: Option<ScopeBox>, low: Option<End>, high: Option<End> },
    Change(ChangeStatement),
}

impl<'a> System<'a> {
    pub(super) fn of(corpus: &'a Corpus, reading: Reading) -> Self {
        Self::asking(corpus, reading, None)
    }

    /// With one more box, of a measure, that is asked after; for a level it is of one day.
    pub(super) fn asking(corpus: &'a Corpus, reading: Reading, asked: Option<(MeasureId, &ScopeBox)>) -> Self {
        let codebook = &corpus.codebook;
        let mut system = Self {
            codebook,
            extents: Extents::of(codebook),
            places: Vec::new(),
            interned: HashMap::default(),
            totals: Totals::of(&codebook.sums),
            sayings: Vec::new(),
            background: Vec::new(),
            asked: None,
            tied: tied(codebook),
            spans: Vec::new(),
            days: BTreeMap::new(),
        };
        system.figures(corpus, reading, asked);
        system.facts(corpus, reading);
        system
    }

    fn figures(&mut self, corpus: &Corpus, reading: Reading, asked: Option<(MeasureId, &ScopeBox)>) {
        let codebook = self.codebook;
        let mut said: Vec<(ClaimId, MeasureId, Said)> = corpus
            .claims()
            .filter(|(_, claim)| claim.superseded_by.is_none())
            .filter_map(|(id, _)| said(corpus, id, reading).map(|(measure, said)| (id, measure, said)))
            .collect();
        said.sort_by_cached_key(|(id, measure, said)| (*measure, said.key(), corpus.name(*id)));
        let chain = |measure: MeasureId| {
            let next = |&measure: &MeasureId| codebook.measure(measure).plain.filter(|_| reading == Reading::Plain);
            std::iter::successors(Some(measure), next)
        };
        let days = self.level_days(
            reading,
            said.iter()
                .flat_map(|(_, measure, said)| {
                    let days = said.days();
                    chain(*measure).flat_map(move |measure| days.clone().into_iter().map(move |days| (measure, days)))
                })
                .chain(asked.iter().map(|(measure, scope)| (*measure, scope.days))),
        );
        if let Some((measure, scope)) = asked {
            let row = self.row(
                RowKind::Low,
                measure,
                None,
                vec![(scope.clone(), Rational::one())],
                (Rational::zero(), false),
            );
            self.asked.clone_from(&row);
            self.background.extend(row);
        }
        for (claim, measure, said) in &said {
            let mut rows = Vec::new();
            for measure in chain(*measure) {
                self.note_days(measure, *claim, said, days.get(&measure));
                // A claim whose scope is empty gives no row.
                rows.extend(self.rows(measure, said, days.get(&measure)).unwrap_or_default());
            }
            if !rows.is_empty() {
                self.sayings.push(Saying { claim: *claim, rows });
            }
        }
    }

    fn rows(&mut self, measure: MeasureId, said: &Said, days: Option<&Vec<Day>>) -> Option<Vec<ItemRow>> {
        let one = Rational::one;
        let mut rows = Vec::new();
        match said {
            Said::Figure { outer, inner, low, high } => {
                let all = [None];
                let on_days: Vec<Option<Day>> = match days {
                    None => all.to_vec(),
                    Some(days) => {
                        let holds = |day: &&Day| {
                            let single = Days { first: Some(**day), last: Some(**day) };
                            outer.days.is_some_and(|days| single.is_within(days))
                        };
                        days.iter().filter(holds).map(|&day| Some(day)).collect()
                    }
                };
                for day in on_days {
                    let at = |scope: &ScopeBox| match day {
                        None => scope.clone(),
                        Some(_) => ScopeBox { days: Some(Days { first: day, last: day }), ..scope.clone() },
                    };
                    let is_bound = |low: &&End| low.value.is_positive() || (low.value.is_zero() && low.open);
                    if let Some(low) = low.as_ref().filter(is_bound) {
                        let sum = vec![(at(outer), one())];
                        rows.push(self.row(RowKind::Low, measure, day, sum, (low.value.clone(), low.open))?);
                    }
                    if let (Some(inner), Some(high)) = (inner, high) {
                        let sum = vec![(at(inner), -one())];
                        rows.push(self.row(RowKind::High, measure, day, sum, (-&high.value, high.open))?);
                    }
                }
            }
            Said::Change(change) => {
                let (new, base) = (&change.new, &change.base);
                let mut add = |kind, new_times: Rational, base_times, bound| {
                    let sum = vec![(new.clone(), new_times), (base.clone(), base_times)];
                    rows.push(self.row(kind, measure, None, sum, bound)?);
                    Some(())
                };
                let (low, high) = (&change.interval.low, &change.interval.high);
                let difference = change.kind == ChangeKind::Difference;
                if let Some(end) = low {
                    let bound = if difference { end.value.clone() } else { Rational::zero() };
                    let times = if difference { -one() } else { -&end.value };
                    add(RowKind::Low, one(), times, (bound, end.open))?;
                }
                if let Some(end) = high {
                    let bound = if difference { -&end.value } else { Rational::zero() };
                    let times = if difference { one() } else { end.value.clone() };
                    add(RowKind::High, -one(), times, (bound, end.open))?;
                }
                let sum = vec![(base.clone(), one())];
                rows.push(self.row(RowKind::Base, measure, None, sum, (Rational::zero(), true))?);
            }
        }
        Some(rows)
    }

    fn row(
        &mut self,
        kind: RowKind,
        measure: MeasureId,
        day: Option<Day>,
        scopes: Vec<(ScopeBox, Rational)>,
        (at_least, open): (Rational, bool),
    ) -> Option<ItemRow> {
        let parts = match self.totals.parts.get(&measure) {
            None => BTreeMap::from([(measure, Rational::one())]),
            Some(parts) => parts.clone(),
        };
        let mut terms: BTreeMap<usize, Rational> = BTreeMap::new();
        for (scope, times) in &scopes {
            for (&part, many) in &parts {
                let place = self.place(part, scope)?;
                *terms.entry(place).or_insert_with(Rational::zero) += times * many;
            }
        }
        let terms = terms.into_iter().collect();
        Some(ItemRow { kind, of: Mass::Measure(measure), day, scopes, terms, at_least, open })
    }

    /// The place of a box; none when it is empty.
    fn place(&mut self, measure: MeasureId, scope: &ScopeBox) -> Option<usize> {
        let mut extents = Vec::new();
        for dimension in &self.codebook.measure(measure).dimensions {
            let region = scope.regions.get(dimension);
            let extent = region.map_or(ExtentId::WHOLE, |region| self.extents.region(region));
            if self.extents.is_empty(extent) {
                return None;
            }
            extents.push(extent);
        }
        extents.push(scope.event.map_or(ExtentId::WHOLE, |event| self.extents.event(event)));
        let (first, last) = day_numbers(scope.days);
        Some(self.intern(Place { mass: Mass::Measure(measure), extents, first, last }))
    }

    fn intern(&mut self, place: Place) -> usize {
        if let Some(&known) = self.interned.get(&place) {
            return known;
        }
        self.interned.insert(place.clone(), self.places.len());
        self.places.push(place);
        self.places.len() - 1
    }

    /// Which of a mass's axes overlap, the events' last, and whether its days do.
    pub(super) fn overlaps(&self, mass: Mass) -> (Vec<bool>, bool) {
        let Mass::Measure(measure) = mass else { return (Vec::new(), false) };
        let measure = self.codebook.measure(measure);
        let of_dimension = measure.dimensions.iter().map(|dimension| measure.overlaps.contains(dimension));
        (of_dimension.chain([measure.period_overlaps]).collect(), measure.period_overlaps)
    }
}

fn said(corpus: &Corpus, id: ClaimId, reading: Reading) -> Option<(MeasureId, Said)> {
    match &corpus.claim(id).form {
        Form::Value { measure, .. } => {
            let statement = statement(corpus, id, reading).ok()?;
            let of_level = corpus.codebook.measure(*measure).kind == Kind::Level;
            let at_once = |scope: &ScopeBox| {
                !of_level || reading == Reading::Plain || scope.days.is_some_and(|days| days.single().is_some())
            };
            let outer = Some(statement.boxes.outer).filter(at_once)?;
            let inner = statement.boxes.inner.filter(at_once);
            let (low, high) = (statement.interval.low, statement.interval.high);
            Some((*measure, Said::Figure { outer, inner, low, high }))
        }
        Form::Change { measure, .. } | Form::Share { measure, .. } => {
            Some((*measure, Said::Change(change_statement(corpus, id, reading).ok()?)))
        }
        Form::Date { .. } | Form::Duration { .. } | Form::Fact { .. } => None,
    }
}

type Bound = Option<(Rational, bool)>;

impl Said {
    /// What orders claims by their content.
    fn key(&self) -> (Option<ChangeKind>, ScopeBox, Option<ScopeBox>, Bound, Bound) {
        let end = |end: &Option<End>| end.as_ref().map(|end| (end.value.clone(), end.open));
        match self {
            Self::Figure { outer, inner, low, high } => (None, outer.clone(), inner.clone(), end(low), end(high)),
            Self::Change(change) => (
                Some(change.kind),
                change.new.clone(),
                Some(change.base.clone()),
                end(&change.interval.low),
                end(&change.interval.high),
            ),
        }
    }

    fn days(&self) -> Vec<Option<Days>> {
        match self {
            Self::Figure { outer, .. } => vec![outer.days],
            Self::Change(change) => vec![change.new.days, change.base.days],
        }
    }
}
