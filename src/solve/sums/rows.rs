//! What each claim asks of the masses of boxes, under one reading.
//!
//! A total of a codebook's sum is replaced by its parts, box by box, so that no mass of it is left over. A level is a mass
//! of its own on every day: under strict its claims name single days, which are never in one box with others; under plain
//! a claim asks the same on every day of its period, and of the days it is enough to look at those that are shared by
//! sets of claims that no other day shares as well.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use num_traits::{One, Signed, Zero};

use crate::claim::{ClaimId, Corpus, Days, Form, Reading};
use crate::codebook::{Codebook, Kind, MeasureId, Sum, entry};
use crate::edtf::Day;
use crate::number::{End, Rational, integer};
use crate::solve::sums::{RowKind, SumPremise};
use crate::system::{
    ChangeKind, ChangeStatement, ExtentId, Extents, FOREVER, ScopeBox, change_statement, day_numbers, statement,
};

/// One row of a claim: the weighted masses are at least something, or above it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ItemRow {
    pub(super) kind: RowKind,
    pub(super) measure: MeasureId,
    pub(super) day: Option<Day>,
    /// The masses, as of the measure that the row names.
    pub(super) scopes: Vec<(ScopeBox, Rational)>,
    /// The same, as places of boxes of measures that are no totals; each box once.
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

/// A box of a measure that is no total.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Place {
    pub(super) measure: MeasureId,
    /// Per dimension of the measure, the event's last.
    pub(super) extents: Vec<ExtentId>,
    pub(super) first: i32,
    pub(super) last: i32,
}

/// The sums of a codebook, in an order in which each comes after those of its parts.
#[derive(Debug, Default)]
struct Totals {
    order: Vec<(MeasureId, usize)>,
    /// What a total is in measures that are none.
    parts: BTreeMap<MeasureId, BTreeMap<MeasureId, Rational>>,
    /// The measures of every sum that is left over: of a total that has another, or of one that is its own part.
    left_over: Vec<BTreeSet<MeasureId>>,
}

/// All rows of a corpus.
#[derive(Debug)]
pub(super) struct System<'a> {
    pub(super) codebook: &'a Codebook,
    pub(super) extents: Extents,
    pub(super) places: Vec<Place>,
    interned: HashMap<Place, usize>,
    totals: Totals,
    /// In canonical order: by content, then by name.
    pub(super) sayings: Vec<Saying>,
}

/// What a claim says, before its days are settled.
enum Said {
    Figure { outer: ScopeBox, inner: Option<ScopeBox>, low: Option<End>, high: Option<End> },
    Change(ChangeStatement),
}

impl<'a> System<'a> {
    pub(super) fn of(corpus: &'a Corpus, reading: Reading) -> Self {
        let codebook = &corpus.codebook;
        let mut system = Self {
            codebook,
            extents: Extents::of(codebook),
            places: Vec::new(),
            interned: HashMap::new(),
            totals: Totals::of(&codebook.sums),
            sayings: Vec::new(),
        };
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
        let days = level_days(
            codebook,
            reading,
            said.iter().flat_map(|(_, measure, said)| {
                let days = said.days();
                chain(*measure).flat_map(move |measure| days.clone().into_iter().map(move |days| (measure, days)))
            }),
        );
        for (claim, measure, said) in &said {
            let mut rows = Vec::new();
            for measure in chain(*measure) {
                // A claim whose scope is empty gives no row.
                rows.extend(system.rows(measure, said, days.get(&measure)).unwrap_or_default());
            }
            if !rows.is_empty() {
                system.sayings.push(Saying { claim: *claim, rows });
            }
        }
        system
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
                    Some(rows.push(self.row(kind, measure, None, sum, bound)?))
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
        Some(ItemRow { kind, measure, day, scopes, terms: terms.into_iter().collect(), at_least, open })
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
        let place = Place { measure, extents, first, last };
        if let Some(&known) = self.interned.get(&place) {
            return Some(known);
        }
        self.interned.insert(place.clone(), self.places.len());
        self.places.push(place);
        Some(self.places.len() - 1)
    }

    /// The sums that weighted rows need so that every total is replaced by its parts.
    pub(super) fn sum_premises<'b>(&self, rows: impl Iterator<Item = (&'b ItemRow, &'b Rational)>) -> Vec<SumPremise> {
        let mut totals: BTreeMap<(MeasureId, &ScopeBox), Rational> = BTreeMap::new();
        for (row, weight) in rows {
            for (scope, times) in &row.scopes {
                *totals.entry((row.measure, scope)).or_insert_with(Rational::zero) += weight * times;
            }
        }
        let mut premises = Vec::new();
        // Totals before their parts, which may be totals themselves.
        for (whole, sum) in self.totals.order.iter().rev() {
            let of_whole: Vec<(&ScopeBox, Rational)> = totals
                .iter()
                .filter(|((measure, _), times)| measure == whole && !times.is_zero())
                .map(|((_, scope), times)| (*scope, times.clone()))
                .collect();
            for (scope, times) in of_whole {
                premises.push(SumPremise {
                    sum: *sum,
                    whole_is_more: times.is_negative(),
                    scope: scope.clone(),
                    weight: times.abs(),
                });
                for &part in &entry(&self.codebook.sums, *sum).parts {
                    *totals.entry((part, scope)).or_insert_with(Rational::zero) += &times;
                }
            }
        }
        premises
    }

    /// Whether there is a sum, of measures some of which are given, that the rows leave out.
    pub(super) fn has_left_over(&self, measures: &BTreeSet<MeasureId>) -> bool {
        self.totals.left_over.iter().any(|sum| !sum.is_disjoint(measures))
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

/// For each level, under plain, the days to look at: no set of claims that share a day does so on none of them.
///
/// Measures of one sum are looked at on the same days.
fn level_days(
    codebook: &Codebook,
    reading: Reading,
    stretches: impl Iterator<Item = (MeasureId, Option<Days>)>,
) -> BTreeMap<MeasureId, Vec<Day>> {
    if reading == Reading::Strict {
        return BTreeMap::new();
    }
    let mut group: Vec<usize> = (0..codebook.measures.len()).collect();
    for sum in &codebook.sums {
        let members: BTreeSet<usize> =
            std::iter::once(sum.whole).chain(sum.parts.iter().copied()).map(|at| *entry(&group, at.at())).collect();
        let Some(&least) = members.first() else { continue };
        for number in group.iter_mut().filter(|number| members.contains(number)) {
            *number = least;
        }
    }
    let mut ends: BTreeMap<usize, (BTreeSet<i32>, BTreeSet<i32>)> = BTreeMap::new();
    for (measure, days) in stretches {
        if codebook.measure(measure).kind == Kind::Level {
            let (first, last) = day_numbers(days);
            let (firsts, lasts) = ends.entry(*entry(&group, measure.at())).or_default();
            firsts.insert(first);
            lasts.insert(last);
        }
    }
    let days = |(firsts, lasts): &(BTreeSet<i32>, BTreeSet<i32>)| -> Vec<Day> {
        let mut days: Vec<Day> = Vec::new();
        for &last in lasts {
            // Between the latest beginning and the first end after it as many stretches hold as can.
            let Some(&first) = firsts.range(..=last).next_back() else { continue };
            if lasts.range(first..last).next().is_none() {
                let day = [first, last].into_iter().find(|day| day.abs() < FOREVER).unwrap_or(0);
                days.extend(Day::from_number(day));
            }
        }
        days
    };
    let of_group: BTreeMap<usize, Vec<Day>> = ends.iter().map(|(&group, ends)| (group, days(ends))).collect();
    let levels = (0..codebook.measures.len()).map(MeasureId::new);
    let with_days = |measure: MeasureId| Some((measure, of_group.get(entry(&group, measure.at()))?.clone()));
    levels.filter(|&measure| codebook.measure(measure).kind == Kind::Level).filter_map(with_days).collect()
}

impl Totals {
    fn of(sums: &[Sum]) -> Self {
        let mut first: BTreeMap<MeasureId, usize> = BTreeMap::new();
        for (at, sum) in sums.iter().enumerate() {
            first.entry(sum.whole).or_insert(at);
        }
        let mut totals = Self::default();
        loop {
            let known = |part: &MeasureId| totals.parts.contains_key(part) || !first.contains_key(part);
            let next = first
                .iter()
                .find(|(whole, at)| !totals.parts.contains_key(whole) && entry(sums, **at).parts.iter().all(known));
            let Some((&whole, &at)) = next else { break };
            let mut all: BTreeMap<MeasureId, Rational> = BTreeMap::new();
            for part in &entry(sums, at).parts {
                match totals.parts.get(part) {
                    None => *all.entry(*part).or_insert_with(Rational::zero) += integer(1),
                    Some(parts) => {
                        for (&part, many) in parts {
                            *all.entry(part).or_insert_with(Rational::zero) += many;
                        }
                    }
                }
            }
            totals.parts.insert(whole, all);
            totals.order.push((whole, at));
        }
        for (at, sum) in sums.iter().enumerate() {
            if !totals.order.contains(&(sum.whole, at)) {
                let members = std::iter::once(&sum.whole).chain(&sum.parts);
                let of_none = members.flat_map(|member| match totals.parts.get(member) {
                    None => vec![*member],
                    Some(parts) => parts.keys().copied().collect(),
                });
                totals.left_over.push(of_none.collect());
            }
        }
        totals
    }
}
