//! What claims ask of a world, for the second method, and all sets of them that have none.

use std::collections::{BTreeMap, BTreeSet};

use num_traits::One;

use super::brute::{Verdict, event_edges};
use super::calendar::{AFTER_ALL, BEFORE_ALL, Date, Day, Days};
use super::case::{Case, Claim, Form, Source, Voice, name, scale};
use super::facts::{Spot, Values};
use super::hedge::{Exact, whole};
use super::tell::denied;
use super::timeline::{self, Apart};
use super::tree::Cells;
use super::world::{EVENT, Kind, MEASURES, World};
use crate::decide::masses::{Axis, Extent, Figures, Mass, Measure, Row};
use crate::decide::minimal::minimal_sets;

/// A set of claims without a world of which every smaller one has one: its verdict, and whether it has none under strict.
pub(crate) type Conflicts = BTreeMap<BTreeSet<String>, (Verdict, bool)>;

/// What a claim asks of a world.
enum Asked {
    Figures(Vec<Row>),
    Moments(Vec<Apart>),
    Fact(Fact),
    /// It says nothing definite enough.
    Nothing,
}

struct Fact {
    /// Attribute, subject and counterpart.
    about: (usize, usize, usize),
    values: Values,
    negated: bool,
    days: Days,
}

/// Everything that a case's claims ask under one reading.
pub(crate) struct Questions<'a> {
    world: &'a World,
    measures: Vec<Measure>,
    names: Vec<String>,
    asked: Vec<Asked>,
}

/// The measures of the second method: a level is another one on every day.
#[derive(Default)]
struct Known {
    of: Vec<(usize, Option<Day>)>,
    measures: Vec<Measure>,
}

impl Known {
    fn measure(&mut self, world: &World, measure: usize, day: Option<Day>) -> usize {
        if let Some(at) = self.of.iter().position(|known| *known == (measure, day)) {
            return at;
        }
        let about = &MEASURES[measure];
        let listed = |positions: &[u64], overlaps: &str| Axis::Listed {
            positions: positions.to_vec(),
            overlaps: about.overlaps.contains(&overlaps),
        };
        let trees = about.dimensions.iter().map(|&dimension| &world.trees[dimension]);
        let mut axes: Vec<Axis> = trees.map(|tree| listed(&tree.cells, &tree.id)).collect();
        if about.kind == Kind::Count {
            axes.push(listed(&world.event_cells, "period"));
            axes.push(Axis::Time { overlaps: about.overlaps.contains(&"period") });
        }
        let parts = world.parts(measure).iter().map(|&part| self.measure(world, part, day)).collect();
        self.of.push((measure, day));
        self.measures.push(Measure { axes, parts });
        self.of.len() - 1
    }

    fn mass(&mut self, world: &World, measure: usize, sets: &[Cells; 5], days: Days) -> Mass {
        let about = &MEASURES[measure];
        let day = (about.kind == Kind::Level).then_some(days.0);
        let positions = |dimension: usize| Extent::Positions(sets[dimension].clone());
        let mut extents: Vec<Extent> = about.dimensions.iter().map(|&dimension| positions(dimension)).collect();
        if about.kind == Kind::Count {
            extents.extend([positions(EVENT), Extent::Days(days.0, days.1)]);
        }
        Mass { measure: self.measure(world, measure, day), extents }
    }
}

impl<'a> Questions<'a> {
    /// What all claims but superseded ones ask.
    pub(crate) fn new(case: &'a Case, strict: bool) -> Self {
        let claims: Vec<(&Source, &Claim)> = case.claims().filter(|(_, claim)| claim.superseded_by.is_none()).collect();
        let world = &case.world;
        // Whatever meets on some day meets on the last day on which one of those concerned begins.
        let begins = |&(source, claim): &(&Source, &Claim)| match &claim.form {
            Form::Value { measure, scope, .. } if MEASURES[*measure].kind == Kind::Level => scope
                .meaning(world, *measure, strict, source.published.last())
                .map_or(Vec::new(), |m| vec![m.outer_days.0]),
            Form::Relation(relation) if MEASURES[relation.measure].kind == Kind::Level => relation
                .regions(world, strict, source.published.last())
                .map_or(Vec::new(), |(new, base)| vec![new.days.0, base.days.0]),
            _ => Vec::new(),
        };
        let days: BTreeSet<Day> = claims.iter().flat_map(begins).collect();
        let mut known = Known::default();
        let asked = claims.iter().map(|&claim| asked(world, claim, strict, &days, &mut known)).collect();
        let names = claims.iter().map(|(source, claim)| name(source, claim)).collect();
        Self { world, measures: known.measures, names, asked }
    }

    /// All minimal sets of claims without a world, by name.
    pub(crate) fn minimal(&self) -> Vec<BTreeSet<String>> {
        let mut found = Vec::new();
        let mut about: BTreeMap<Option<(usize, usize, usize)>, Vec<usize>> = BTreeMap::new();
        let (mut figures, mut moments) = (Vec::new(), Vec::new());
        for (at, asked) in self.asked.iter().enumerate() {
            match asked {
                Asked::Figures(_) => figures.push(at),
                Asked::Moments(_) => moments.push(at),
                Asked::Fact(fact) => about.entry(Some(fact.about)).or_default().push(at),
                Asked::Nothing => {}
            }
        }
        let mut add = |places: &[usize], world: &dyn Fn(u64) -> Option<u64>| {
            for set in minimal_sets(places.len(), world) {
                let claims = places.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1);
                found.push(claims.map(|(_, &place)| self.names[place].clone()).collect());
            }
        };
        let rows = self.figures(&figures);
        add(&figures, &|set| rows.world(set));
        let chosen = |places: &[usize], set: u64| -> Vec<usize> {
            places.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1).map(|(_, &place)| place).collect()
        };
        add(&moments, &|set| self.moments_can_hold(&chosen(&moments, set)).then_some(set));
        for places in about.values() {
            add(places, &|set| self.facts_can_hold(&chosen(places, set)).then_some(set));
        }
        found
    }

    /// Whether there is a world for the claims of these names.
    pub(crate) fn can_hold(&self, names: &BTreeSet<String>) -> bool {
        let of = |wanted: &dyn Fn(&Asked) -> bool| -> Vec<usize> {
            (0..self.asked.len()).filter(|&at| names.contains(&self.names[at]) && wanted(&self.asked[at])).collect()
        };
        let figures = of(&|asked| matches!(asked, Asked::Figures(_)));
        let all = (1_u64 << figures.len()) - 1;
        self.figures(&figures).world(all).is_some()
            && self.moments_can_hold(&of(&|asked| matches!(asked, Asked::Moments(_))))
            && self.facts_can_hold(&of(&|asked| matches!(asked, Asked::Fact(_))))
    }

    fn figures(&self, places: &[usize]) -> Figures {
        let rows = places.iter().map(|&at| match &self.asked[at] {
            Asked::Figures(rows) => rows.clone(),
            _ => unreachable!("only figures are asked for"),
        });
        Figures::new(&self.measures, &rows.collect::<Vec<_>>())
    }

    fn moments_can_hold(&self, places: &[usize]) -> bool {
        let mut all = timeline::known(self.world);
        for &at in places {
            if let Asked::Moments(apart) = &self.asked[at] {
                all.extend(apart);
            }
        }
        timeline::is_possible(self.world, &all)
    }

    fn facts_can_hold(&self, places: &[usize]) -> bool {
        let facts: Vec<&Fact> = places
            .iter()
            .filter_map(|&at| if let Asked::Fact(fact) = &self.asked[at] { Some(fact) } else { None })
            .collect();
        let abouts: BTreeSet<_> = facts.iter().map(|fact| fact.about).collect();
        abouts.into_iter().all(|about| {
            let own: Vec<&Fact> = facts.iter().copied().filter(|fact| fact.about == about).collect();
            own.iter().all(|first| {
                let day = first.days.0;
                let held: Vec<&Fact> =
                    own.iter().copied().filter(|fact| fact.days.0 <= day && day <= fact.days.1).collect();
                can_be_so(self.world, about.0, &held)
            })
        })
    }
}

/// Whether values can be given to one subject such that all these facts hold at once.
fn can_be_so(world: &World, attribute: usize, facts: &[&Fact]) -> bool {
    let attribute = &world.attributes[attribute];
    let all: Vec<&Values> = facts.iter().map(|fact| &fact.values).collect();
    let spots = attribute.all_spots(&all, world);
    let allowed = |spot: Spot| !facts.iter().any(|fact| fact.negated && fact.values.hold(spot));
    let stated = || facts.iter().filter(|fact| !fact.negated);
    if attribute.single && stated().next().is_some() {
        return spots.iter().any(|&spot| allowed(spot) && stated().all(|fact| fact.values.hold(spot)));
    }
    stated().all(|fact| spots.iter().any(|&spot| allowed(spot) && fact.values.hold(spot)))
}

fn asked(world: &World, claim: (&Source, &Claim), strict: bool, days: &BTreeSet<Day>, known: &mut Known) -> Asked {
    let (source, Claim { voice, form, .. }) = claim;
    let denies = *voice == Voice::Disputes;
    let rows = match form {
        Form::Value { .. } => value_rows(world, claim, strict, days, known),
        Form::Relation(_) if denies => None,
        Form::Relation(relation) => relation.regions(world, strict, source.published.last()).map(|(new, base)| {
            let taken_for = World::taken_for(relation.measure, strict);
            let rows = taken_for.iter().flat_map(|&measure| {
                let new = known.mass(world, measure, &new.sets, new.days);
                let base = known.mass(world, measure, &base.sets, base.days);
                relation.rows(world, strict).into_iter().map(move |row| Row {
                    terms: vec![(row.new, new.clone()), (row.base, base.clone())],
                    at_least: row.at_least,
                    open: row.open,
                })
            });
            rows.collect()
        }),
        Form::Date { .. } => {
            let edges = event_edges(world, claim.1, strict);
            return edges.map_or(Asked::Nothing, |(event, edges)| Asked::Moments(timeline::of_sides(event, edges)));
        }
        Form::Duration(length) => {
            return length.apart(world, strict, *voice).map_or(Asked::Nothing, Asked::Moments);
        }
        Form::Fact { attribute, subject, toward, values, negated, period } => {
            let about = if world.attributes[*attribute].toward {
                (*attribute, *subject.min(toward), *subject.max(toward))
            } else {
                (*attribute, *subject, 0)
            };
            let changes = world.attributes[*attribute].changes;
            let is_one_day = period.is_some_and(|period| period.first() == period.last());
            if changes && strict && !is_one_day {
                return Asked::Nothing;
            }
            let days = period.filter(|_| changes).map_or((BEFORE_ALL, AFTER_ALL), Date::days);
            return Asked::Fact(Fact { about, values: values.clone(), negated: *negated != denies, days });
        }
    };
    rows.map_or(Asked::Nothing, Asked::Figures)
}

fn value_rows(
    world: &World,
    (source, claim): (&Source, &Claim),
    strict: bool,
    days: &BTreeSet<Day>,
    known: &mut Known,
) -> Option<Vec<Row>> {
    let Form::Value { measure, scope, value, unit } = &claim.form else { return None };
    let scale = scale(*measure, *unit);
    let interval = match claim.voice {
        Voice::Disputes => denied(value, world, scale)?,
        _ => value.interval(strict, &world.policy, scale),
    };
    let meaning = scope.meaning(world, *measure, strict, source.published.last())?;
    let is_level = MEASURES[*measure].kind == Kind::Level;
    if is_level && meaning.inner_days != Some(meaning.outer_days)
        || is_level && strict && meaning.single_day().is_none()
    {
        return None;
    }
    let (first, last) = meaning.outer_days;
    // On each of these days, where they are given one by one; else over all of them.
    let stretches: Vec<Option<Days>> =
        if is_level { days.range(first..=last).map(|&day| Some((day, day))).collect() } else { vec![None] };
    let inner: Option<Vec<Cells>> = meaning.inner.iter().cloned().collect();
    let inner: Option<[Cells; 5]> = inner.map(|sets| sets.try_into().unwrap());
    let mut rows = Vec::new();
    for measure in World::taken_for(*measure, strict) {
        for stretch in &stretches {
            if let Some((low, open)) = interval.low {
                let mass = known.mass(world, measure, &meaning.outer, stretch.unwrap_or(meaning.outer_days));
                rows.push(Row { terms: vec![(Exact::one(), mass)], at_least: low, open });
            }
            if let (Some(inner), Some(inner_days), Some((high, open))) = (&inner, meaning.inner_days, interval.high) {
                let mass = known.mass(world, measure, inner, stretch.unwrap_or(inner_days));
                rows.push(Row { terms: vec![(whole(-1), mass)], at_least: -high, open });
            }
        }
    }
    Some(rows)
}

/// Every minimal set of claims that contradict each other, or that do so for a plain reader.
pub(crate) fn conflicts(case: &Case) -> Conflicts {
    let mut found = Conflicts::new();
    for strict in [true, false] {
        for set in Questions::new(case, strict).minimal() {
            if found.keys().any(|known| known.is_subset(&set)) {
                continue;
            }
            let of_opinion = set.iter().any(|name| match &case.claim(name).form {
                Form::Fact { attribute, .. } => case.world.attributes[*attribute].opinion,
                _ => false,
            });
            let verdict = match strict {
                _ if of_opinion => Verdict::Note,
                true => Verdict::Contradiction,
                false => Verdict::Tension,
            };
            found.insert(set, (verdict, strict));
        }
    }
    found
}
