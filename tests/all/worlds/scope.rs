//! Where, when and by whom: the scopes of claims, and the regions that they may mean.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::calendar::{AFTER_ALL, BEFORE_ALL, Date, Day, Days, Period, Precision, meet};
use super::dice::Dice;
use super::tree::{Cell, Cells, Tree, has};
use super::world::{EVENT, Kind, MEASURES, PLACE, Region, World};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Selection {
    Terms(Vec<usize>),
    Except(Vec<usize>),
    Unstated(Option<usize>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum When {
    In(Period),
    Unstated(Option<Period>),
}

/// What a claim says of a measure's dimensions and of time.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(crate) struct Scope {
    pub(crate) terms: BTreeMap<usize, Selection>,
    pub(crate) event: Option<usize>,
    pub(crate) period: Option<When>,
}

/// What a scope may mean under one reading: between an outer and an inner set in each dimension, and in time.
#[derive(Clone, Debug)]
pub(crate) struct Meaning {
    pub(crate) outer: [Cells; 5],
    /// None where nothing surely belongs to the meant set.
    pub(crate) inner: [Option<Cells>; 5],
    pub(crate) outer_days: Days,
    pub(crate) inner_days: Option<Days>,
}

impl Meaning {
    /// The one region that is meant, if that is definite.
    pub(crate) fn definite(&self) -> Option<Region> {
        let sure = self.inner.iter().all(Option::is_some) && self.inner_days == Some(self.outer_days);
        sure.then(|| Region { sets: self.outer.clone(), days: self.outer_days })
    }

    /// The single day that is meant, if it is one.
    pub(crate) fn single_day(&self) -> Option<Day> {
        let (first, last) = self.outer_days;
        (first == last && self.inner_days == Some(self.outer_days)).then_some(first)
    }

    /// Some region between the outer and the inner one.
    pub(crate) fn some_region(&self, dice: &mut Dice, world: &World) -> Region {
        let sets = [0, 1, 2, 3, 4].map(|dimension| {
            let outer: Vec<Cell> = self.outer[dimension].iter().copied().collect();
            self.inner[dimension].clone().unwrap_or_else(|| {
                let chance = *dice.pick(&[20, 50, 100]);
                dice.some_of(&outer, chance).into_iter().collect()
            })
        });
        // Nothing happens before or after the days of the world, so there is no use in reaching far beyond them.
        let outer = (self.outer_days.0.max(world.days.0 - 400), self.outer_days.1.min(world.days.1 + 1500));
        let days = match self.inner_days {
            Some(inner) if inner == self.outer_days => inner,
            Some(inner) => (dice.between(outer.0, inner.0), dice.between(inner.1, outer.1)),
            None => {
                let mut ends = [dice.between(outer.0, outer.1), dice.between(outer.0, outer.1)];
                ends.sort_unstable();
                (ends[0], ends[1])
            }
        };
        Region { sets, days }
    }
}

/// A few selections and periods that the claims of one world share, and the scopes that they have, so that they meet.
pub(crate) struct Pool {
    selections: [Vec<Selection>; 4],
    pub(crate) periods: Vec<Period>,
    days: Vec<Day>,
    /// The scopes of earlier claims, with their measures.
    pub(crate) seen: Vec<(usize, Scope)>,
}

impl Pool {
    pub(crate) fn random(dice: &mut Dice, world: &World) -> Self {
        let selections = [0, 1, 2, 3].map(|dimension| {
            let tree = &world.trees[dimension];
            let mut selections: Vec<Selection> = (0..2).map(|_| random_selection(dice, tree)).collect();
            let overlapping = (0..tree.terms.len()).rev().find(|&term| tree.terms[term].overlaps);
            if let Some(term) = overlapping.filter(|_| dice.percent(30)) {
                // Whatever lies apart from the term's parent lies in this.
                selections.push(Selection::Except(vec![term]));
            }
            selections
        });
        let mut periods: Vec<Period> = (0..3).map(|_| Period::random(dice, world.days)).collect();
        // A long one, in which others lie.
        let [first, last] = [world.days.0, world.days.1].map(|day| Date::around(day, Precision::Year));
        periods.push(Period::Span(first, last));
        let days = (0..2).map(|_| dice.between(world.days.0, world.days.1)).collect();
        Self { selections, periods, days, seen: Vec::new() }
    }
}

fn random_selection(dice: &mut Dice, tree: &Tree) -> Selection {
    match dice.below(20) {
        0..14 => Selection::Terms(tree.random_terms(dice, 25)),
        14..17 => Selection::Except(tree.random_terms(dice, 30)),
        17 => Selection::Unstated(None),
        _ => Selection::Unstated(Some(tree.random_terms(dice, 0)[0])),
    }
}

/// A term outside those that are left out, or everything but a term outside those that are named: one of the two lies in
/// the other.
fn apart(dice: &mut Dice, tree: &Tree, selection: &Selection) -> Option<Selection> {
    let (Selection::Terms(terms) | Selection::Except(terms)) = selection else { return None };
    let outside = |term: &usize| terms.iter().all(|&other| tree.are_disjoint(*term, other));
    let mut outside: Vec<usize> = (1..tree.terms.len()).filter(outside).collect();
    // The rarer case: what overlaps its siblings lies apart from whatever lies apart from its parent.
    let overlapping: Vec<usize> = outside.iter().copied().filter(|&term| tree.terms[term].overlaps).collect();
    if !overlapping.is_empty() {
        outside = overlapping;
    }
    let term = *outside.get(dice.below(outside.len().max(1)))?;
    Some(match selection {
        Selection::Terms(_) => Selection::Except(vec![term]),
        _ => Selection::Terms(vec![term]),
    })
}

impl Scope {
    /// A scope that a claims file may hold, of a source that was published on some day of `published`.
    pub(crate) fn random(dice: &mut Dice, world: &World, pool: &Pool, measure: usize, published: Days) -> Self {
        loop {
            let kin: Vec<&Self> =
                pool.seen.iter().filter(|(of, _)| is_kin(*of, measure)).map(|(_, scope)| scope).collect();
            let scope = if !kin.is_empty() && dice.percent(65) {
                let kin = (*dice.pick(&kin)).clone();
                kin.altered(dice, world, pool, measure)
            } else {
                Self::try_random(dice, world, pool, measure)
            };
            if scope.is_valid(world, measure, published) {
                return scope;
            }
        }
    }

    /// A scope inside this one, in one dimension; this one itself where no smaller one is known.
    pub(crate) fn smaller(mut self, dice: &mut Dice, world: &World, measure: usize) -> Self {
        let dimension = *dice.pick(MEASURES[measure].dimensions);
        let tree = &world.trees[dimension];
        let inside = match self.terms.get(&dimension) {
            None => Some(Selection::Terms(tree.random_terms(dice, 20))),
            Some(except @ Selection::Except(_)) => apart(dice, tree, except),
            Some(Selection::Terms(terms)) => {
                let is_child = |&term: &usize| terms.contains(&tree.terms[term].parent);
                let children: Vec<usize> = (1..tree.terms.len()).filter(is_child).collect();
                (!children.is_empty()).then(|| Selection::Terms(vec![*dice.pick(&children)]))
            }
            Some(Selection::Unstated(_)) => None,
        };
        self.terms.extend(inside.map(|inside| (dimension, inside)));
        self
    }

    /// The same scope but for some of its parts.
    fn altered(mut self, dice: &mut Dice, world: &World, pool: &Pool, measure: usize) -> Self {
        let other = Self::try_random(dice, world, pool, measure);
        self.terms.retain(|dimension, _| MEASURES[measure].dimensions.contains(dimension));
        for &dimension in MEASURES[measure].dimensions {
            match dice.below(12) {
                0..2 => drop(self.terms.remove(&dimension)),
                2 => self.terms.extend(other.terms.get(&dimension).map(|selection| (dimension, selection.clone()))),
                3 | 4 => {
                    let tree = &world.trees[dimension];
                    let nested = self.terms.get(&dimension).and_then(|selection| apart(dice, tree, selection));
                    self.terms.extend(nested.map(|selection| (dimension, selection)));
                }
                _ => {}
            }
        }
        if dice.percent(20) {
            self.period = other.period;
            self.event = other.event;
        }
        self
    }

    fn try_random(dice: &mut Dice, world: &World, pool: &Pool, measure: usize) -> Self {
        let mut scope = Self::default();
        let measure = &MEASURES[measure];
        for &dimension in measure.dimensions {
            if dice.percent(45) {
                let selection = if dice.percent(80) {
                    dice.pick(&pool.selections[dimension]).clone()
                } else {
                    random_selection(dice, &world.trees[dimension])
                };
                scope.terms.insert(dimension, selection);
            }
        }
        if measure.kind == Kind::Fixed {
            return scope;
        }
        if measure.kind == Kind::Count && !world.events.is_empty() && dice.percent(25) {
            let event = dice.below(world.events.len());
            scope.event = Some(event);
            if world.events[event].container.is_some() && dice.percent(40) {
                return scope;
            }
        }
        scope.period = Some(match dice.below(20) {
            0 => {
                let period = dice.percent(60).then(|| *dice.pick(&pool.periods));
                When::Unstated(period)
            }
            1..12 if measure.kind == Kind::Level => {
                When::In(Period::One(Date::around(*dice.pick(&pool.days), Precision::Day)))
            }
            1..16 => When::In(*dice.pick(&pool.periods)),
            _ => When::In(Period::random(dice, world.days)),
        });
        scope
    }

    /// Whether the loader takes it, and no rule but those of conflicts would mention it.
    pub(crate) fn is_valid(&self, world: &World, measure: usize, published: Days) -> bool {
        let stated = match &self.period {
            Some(When::In(period) | When::Unstated(Some(period))) => Some(*period),
            _ => None,
        };
        let starts_in_time = stated.is_none_or(|period| match period {
            Period::Since(date) | Period::From(date) => date.widest(true).1 < published.0,
            _ => period.meaning(true, published.1).0.1 <= published.0,
        });
        let event_place = self.event.and_then(|event| world.events[event].place);
        let place_is_clear = event_place.is_none_or(|place| match self.terms.get(&PLACE) {
            None | Some(Selection::Unstated(None)) => true,
            Some(Selection::Terms(terms)) => terms.iter().all(|&term| is_comparable(&world.trees[PLACE], term, place)),
            Some(Selection::Unstated(Some(term))) => is_comparable(&world.trees[PLACE], *term, place),
            Some(Selection::Except(_)) => false,
        });
        let is_empty = |strict| {
            self.meaning(world, measure, strict, published.1)
                .is_none_or(|meaning| meaning.outer.iter().any(Cells::is_empty))
        };
        starts_in_time && place_is_clear && !is_empty(true) && !is_empty(false)
    }

    /// What the scope may mean; none when it has no day in common with its event.
    pub(crate) fn meaning(&self, world: &World, measure: usize, strict: bool, published: Day) -> Option<Meaning> {
        let mut outer = [0, 1, 2, 3, 4].map(|dimension| -> Cells {
            let cells = if dimension == EVENT { &world.event_cells } else { &world.trees[dimension].cells };
            cells.iter().copied().collect()
        });
        let mut inner = outer.clone().map(Some);
        for (&dimension, selection) in &self.terms {
            let named = |terms: &[usize], cell: Cell| terms.iter().any(|&term| has(cell, term));
            match selection {
                Selection::Terms(terms) => outer[dimension].retain(|&cell| named(terms, cell)),
                Selection::Except(terms) => outer[dimension].retain(|&cell| !named(terms, cell)),
                Selection::Unstated(Some(term)) if !strict => outer[dimension].retain(|&cell| has(cell, *term)),
                Selection::Unstated(_) => inner[dimension] = None,
            }
            inner[dimension] = inner[dimension].as_ref().map(|_| outer[dimension].clone());
        }
        let (mut outer_days, mut inner_days) = match &self.period {
            Some(When::In(period)) => period.meaning(strict, published),
            Some(When::Unstated(Some(period))) if !strict => period.meaning(strict, published),
            Some(When::Unstated(_)) => ((BEFORE_ALL, AFTER_ALL), None),
            None => ((BEFORE_ALL, AFTER_ALL), Some((BEFORE_ALL, AFTER_ALL))),
        };
        if let Some(event) = self.event {
            outer[EVENT].retain(|&cell| has(cell, event));
            outer[PLACE].retain(|&cell| world.events[event].is_at(cell));
            for dimension in [EVENT, PLACE] {
                inner[dimension] = inner[dimension].as_ref().map(|_| outer[dimension].clone());
            }
            if let Some(container) = world.events[event].container_days() {
                outer_days = meet(outer_days, container)?;
                inner_days = inner_days.and_then(|days| meet(days, container));
            }
        }
        debug_assert!(MEASURES[measure].kind != Kind::Fixed || self.period.is_none(), "a fixed measure has no period");
        Some(Meaning { outer, inner, outer_days, inner_days })
    }

    /// What is different in it from another scope, as keys of `than` or `of`.
    pub(crate) fn write_difference(&self, world: &World, measure: usize, from: &Self, keys: &mut Map<String, Value>) {
        let mut different = self.clone();
        different.terms.retain(|dimension, selection| from.terms.get(dimension) != Some(selection));
        different.event = self.event.filter(|_| self.event != from.event);
        different.period = self.period.clone().filter(|_| self.period != from.period);
        different.write(world, keys);
        for dimension in MEASURES[measure].dimensions.iter().filter(|dimension| !self.terms.contains_key(dimension)) {
            if from.terms.contains_key(dimension) {
                let tree = &world.trees[*dimension];
                keys.insert(tree.id.clone(), json!(tree.terms[0].id));
            }
        }
    }

    /// The scope as keys of a claim.
    pub(crate) fn write(&self, world: &World, claim: &mut Map<String, Value>) {
        for (&dimension, selection) in &self.terms {
            let tree = &world.trees[dimension];
            let ids = |terms: &[usize]| terms.iter().map(|&term| tree.terms[term].id.clone()).collect::<Vec<_>>();
            let value = match selection {
                Selection::Terms(terms) if terms.len() == 1 => json!(ids(terms)[0]),
                Selection::Terms(terms) => json!(ids(terms)),
                Selection::Except(terms) => json!({ "except": ids(terms) }),
                Selection::Unstated(None) => json!("unstated"),
                Selection::Unstated(Some(term)) => json!({ "unstated": tree.terms[*term].id }),
            };
            claim.insert(tree.id.clone(), value);
        }
        if let Some(event) = self.event {
            claim.insert("event".into(), json!(world.events[event].id));
        }
        let period = self.period.as_ref().map(|when| match when {
            When::In(period) => json!(period.text()),
            When::Unstated(None) => json!("unstated"),
            When::Unstated(Some(period)) => json!({ "unstated": period.text() }),
        });
        claim.extend(period.map(|period| ("period".into(), period)));
    }
}

/// Whether a scope of one measure is, with fewer dimensions perhaps, one of the other.
fn is_kin(a: usize, b: usize) -> bool {
    MEASURES[a].kind == MEASURES[b].kind && (a == b || MEASURES[a].plain == Some(b) || MEASURES[b].plain == Some(a))
}

/// Whether what two terms have in common is one of them, or nothing.
fn is_comparable(tree: &Tree, a: usize, b: usize) -> bool {
    tree.is_below(a, b) || tree.is_below(b, a) || tree.are_disjoint(a, b)
}
