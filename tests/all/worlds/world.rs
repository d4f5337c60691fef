//! A random world: what truly happened, counted by adding up incidents.

use std::collections::BTreeMap;

use super::calendar::{Day, Days, day_of};
use super::dice::Dice;
use super::events::{Event, event_cells, random_events};
use super::facts::{Attribute, Truth, random_facts};
use super::hedge::{Exact, Policy, whole};
use super::tree::{Cell, Cells, Tree};

/// The dimensions of scope, by index; the last one is the implicit one of events.
pub(crate) const PLACE: usize = 0;
pub(crate) const ACTOR: usize = 1;
pub(crate) const TARGET: usize = 2;
pub(crate) const HARM: usize = 3;
pub(crate) const EVENT: usize = 4;

#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Count,
    Level,
    Fixed,
}

/// A measure of every world's codebook.
#[derive(Debug)]
pub(crate) struct Measure {
    pub(crate) id: &'static str,
    pub(crate) kind: Kind,
    pub(crate) whole: bool,
    pub(crate) dimensions: &'static [usize],
    pub(crate) overlaps: &'static [&'static str],
    /// The measure that a plain reader takes its claims for.
    pub(crate) plain: Option<usize>,
    pub(crate) unit: &'static str,
}

pub(crate) const ATTACKS: usize = 0;
pub(crate) const CLAIMED: usize = 1;
pub(crate) const CASUALTIES: usize = 2;
pub(crate) const DAMAGE: usize = 3;
pub(crate) const DISPLACED: usize = 4;
pub(crate) const FIGHTERS: usize = 5;
pub(crate) const AREA: usize = 6;
/// How many measures every world has; those after them are there where sums need them.
pub(crate) const EVERYWHERE: usize = 7;
pub(crate) const BOMBINGS: usize = 7;
pub(crate) const SHOOTINGS: usize = 8;
pub(crate) const HOMES: usize = 9;
pub(crate) const ROADS: usize = 10;
pub(crate) const FLATS: usize = 11;
pub(crate) const HOUSES: usize = 12;
pub(crate) const FOREIGNERS: usize = 13;
pub(crate) const LOCALS: usize = 14;
pub(crate) const FARMLAND: usize = 15;
pub(crate) const OTHER_LAND: usize = 16;

/// What may add up: the whole and its parts. A part that has parts of its own is a whole only where it is a part.
const SUMS: [(usize, [usize; 2]); 5] = [
    (ATTACKS, [BOMBINGS, SHOOTINGS]),
    (DAMAGE, [HOMES, ROADS]),
    (HOMES, [FLATS, HOUSES]),
    (FIGHTERS, [FOREIGNERS, LOCALS]),
    (AREA, [FARMLAND, OTHER_LAND]),
];

pub(crate) const MEASURES: [Measure; 17] = {
    const fn count(id: &'static str, dimensions: &'static [usize], overlaps: &'static [&'static str]) -> Measure {
        Measure { id, kind: Kind::Count, whole: true, dimensions, overlaps, plain: None, unit: "person" }
    }
    const ACTORS_AND_TARGETS: &[&str] = &["actor", "target"];
    const fn attacks(id: &'static str) -> Measure {
        Measure { unit: "attack", ..count(id, &[PLACE, ACTOR, TARGET], ACTORS_AND_TARGETS) }
    }
    const fn damage(id: &'static str) -> Measure {
        Measure { unit: "usd", whole: false, ..count(id, &[PLACE, TARGET], &[]) }
    }
    const fn fighters(id: &'static str) -> Measure {
        Measure { kind: Kind::Level, ..count(id, &[PLACE, ACTOR], &[]) }
    }
    const fn area(id: &'static str) -> Measure {
        Measure { kind: Kind::Fixed, unit: "km2", whole: false, ..count(id, &[PLACE], &[]) }
    }
    [
        attacks("attacks"),
        Measure { unit: "attack", plain: Some(ATTACKS), ..count("claimed-attacks", &[PLACE, ACTOR], &[]) },
        count("casualties", &[PLACE, ACTOR, TARGET, HARM], &["actor"]),
        damage("damage"),
        count("displaced", &[PLACE], &["period"]),
        fighters("fighters"),
        area("area"),
        attacks("bombings"),
        attacks("shootings"),
        damage("damage-to-homes"),
        damage("damage-to-roads"),
        damage("damage-to-flats"),
        damage("damage-to-houses"),
        fighters("foreign-fighters"),
        fighters("local-fighters"),
        area("farmland"),
        area("other-land"),
    ]
};

/// Multiples of base units: id, base unit, factor.
pub(crate) const UNITS: [(&str, &str, i64); 2] = [("usd-thousand", "usd", 1000), ("dozen", "person", 12)];

/// One position in all dimensions and time.
#[derive(Clone, Debug)]
pub(crate) struct Point {
    pub(crate) at: [Cell; 5],
    pub(crate) day: Day,
}

/// Things that were counted together: so many, and each of them at all of these points.
#[derive(Clone, Debug)]
pub(crate) struct Incident {
    pub(crate) measure: usize,
    pub(crate) amount: Exact,
    pub(crate) points: Vec<Point>,
}

/// A number of fighters at one place and of one actor, which changes on certain days.
#[derive(Clone, Debug)]
pub(crate) struct Force {
    measure: usize,
    place: Cell,
    actor: Cell,
    /// From which day on there are how many, in order; none before.
    steps: Vec<(Day, Exact)>,
}

/// A definite set of positions: cells in each dimension, and days.
#[derive(Clone, Debug)]
pub(crate) struct Region {
    pub(crate) sets: [Cells; 5],
    pub(crate) days: Days,
}

impl Region {
    fn holds(&self, point: &Point) -> bool {
        self.days.0 <= point.day
            && point.day <= self.days.1
            && self.sets.iter().zip(point.at).all(|(set, cell)| set.contains(&cell))
    }
}

/// What there is, and what truly happened.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) trees: [Tree; 4],
    pub(crate) events: Vec<Event>,
    pub(crate) event_cells: Vec<Cell>,
    /// Pairs of events of which the first ended before the second began.
    pub(crate) orders: Vec<(usize, usize)>,
    pub(crate) policy: Policy,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) facts: BTreeMap<(usize, usize, usize), Truth>,
    pub(crate) incidents: Vec<Incident>,
    pub(crate) forces: Vec<Force>,
    /// How large which part of a cell is, by measure.
    pub(crate) areas: Vec<(usize, Cell, Exact)>,
    /// Measures that add up in every box: the whole and its parts.
    pub(crate) sums: Vec<(usize, [usize; 2])>,
    /// The days on which things happen.
    pub(crate) days: Days,
}

impl World {
    /// A world in which no measures add up.
    pub(crate) fn random(dice: &mut Dice) -> Self {
        Self::with_sums(dice, Vec::new())
    }

    /// A world in which some measures may add up.
    pub(crate) fn random_with_sums(dice: &mut Dice) -> Self {
        let mut sums: Vec<(usize, [usize; 2])> = Vec::new();
        for (whole, parts) in SUMS {
            let is_there = whole < EVERYWHERE || sums.iter().any(|(_, parts)| parts.contains(&whole));
            if is_there && dice.percent(50) {
                sums.push((whole, parts));
            }
        }
        Self::with_sums(dice, sums)
    }

    fn with_sums(dice: &mut Dice, sums: Vec<(usize, [usize; 2])>) -> Self {
        let days = (day_of(2001, 1, 1), day_of(2003, 12, 31));
        let harm = [("hurt", 0, false, true), ("killed", 0, false, false), ("injured", 0, false, false)];
        let trees = [
            Tree::random(dice, "place", 6, true),
            Tree::random(dice, "actor", 4, true),
            Tree::random(dice, "target", 3, false),
            Tree::new("harm", &harm),
        ];
        let events = random_events(dice, &trees[PLACE], days);
        let mut policy = Policy::DEFAULT;
        if dice.percent(30) {
            policy = Policy { about_strict: 30, about_plain: 5, about_min: 2, beyond: 40, beyond_min: 6 };
        }
        let mut world = Self {
            event_cells: event_cells(&events),
            orders: Vec::new(),
            trees,
            events,
            policy,
            attributes: Vec::new(),
            facts: BTreeMap::new(),
            incidents: Vec::new(),
            forces: Vec::new(),
            areas: Vec::new(),
            sums,
            days,
        };
        // Of events on one day one may be called the earlier one, but not each of the two.
        let key = |world: &Self, event: usize| (world.events[event].days.0, world.events[event].days.1, event);
        for first in 0..world.events.len() {
            for then in 0..world.events.len() {
                let before = world.events[first].days.1 <= world.events[then].days.0;
                if before && key(&world, first) < key(&world, then) && dice.percent(15) {
                    world.orders.push((first, then));
                }
            }
        }
        random_facts(dice, &mut world);
        world.populate(dice);
        world
    }

    fn populate(&mut self, dice: &mut Dice) {
        for _ in 0..4 + dice.below(24) {
            self.add_attack(dice);
        }
        for _ in 0..2 + dice.below(12) {
            let point = self.random_point(dice);
            let actors = dice.some_of(&self.trees[ACTOR].cells, 20);
            let amount = whole(dice.between(1, 30));
            self.add(CASUALTIES, amount, vary(&point, ACTOR, &actors));
        }
        for _ in 0..=dice.below(6) {
            let point = self.random_point(dice);
            let amount = Exact::new(dice.between(1, 9000).into(), (*dice.pick(&[1, 2, 3, 4, 7])).into());
            let measure = self.some_part(dice, DAMAGE);
            self.add(measure, amount, vec![point]);
        }
        for _ in 0..=dice.below(4) {
            // The same people are displaced on several days.
            let first = self.random_point(dice);
            let mut points = vec![first.clone()];
            for _ in 0..dice.below(3) {
                let mut again = self.random_point(dice);
                again.at[PLACE] = first.at[PLACE];
                again.at[EVENT] = self.random_event(dice, &again);
                points.push(again);
            }
            let amount = whole(dice.between(1, 400));
            self.add(DISPLACED, amount, points);
        }
        for _ in 0..=dice.below(4) {
            let mut steps = vec![(self.days.0, whole(dice.between(1, 500)))];
            for _ in 0..dice.below(4) {
                let before = steps[steps.len() - 1].1;
                let change = if dice.percent(60) {
                    whole(dice.between(95, 110)) / whole(100)
                } else {
                    whole(dice.between(0, 3))
                };
                steps.push((dice.between(self.days.0, self.days.1), (before * change).floor()));
            }
            steps.sort_by_key(|&(day, _)| day);
            let (place, actor) = (*dice.pick(&self.trees[PLACE].cells), *dice.pick(&self.trees[ACTOR].cells));
            let measure = self.some_part(dice, FIGHTERS);
            self.forces.push(Force { measure, place, actor, steps });
        }
        for cell in self.trees[PLACE].cells.clone() {
            for measure in self.smallest_parts(AREA) {
                if dice.percent(70) {
                    let size = Exact::new(dice.between(1, 500_000).into(), (*dice.pick(&[1, 3, 10])).into());
                    self.areas.push((measure, cell, size));
                }
            }
        }
    }

    /// The parts of a measure in this world; none for most.
    pub(crate) fn parts(&self, measure: usize) -> &[usize] {
        self.sums.iter().find(|(whole, _)| *whole == measure).map_or(&[], |(_, parts)| parts)
    }

    /// The measures without parts that a measure consists of: itself, for most.
    fn smallest_parts(&self, measure: usize) -> Vec<usize> {
        match self.parts(measure) {
            [] => vec![measure],
            parts => parts.iter().flat_map(|&part| self.smallest_parts(part)).collect(),
        }
    }

    fn some_part(&self, dice: &mut Dice, measure: usize) -> usize {
        let parts = self.smallest_parts(measure);
        if parts.len() == 1 { parts[0] } else { *dice.pick(&parts) }
    }

    /// The measures of its codebook.
    pub(crate) fn measures(&self) -> impl Iterator<Item = usize> {
        (0..EVERYWHERE).chain(self.sums.iter().flat_map(|(_, parts)| parts.iter().copied()))
    }

    /// Attacks on one day at one place, by several actors and on several targets; some of them are claimed.
    fn add_attack(&mut self, dice: &mut Dice) {
        let point = self.random_point(dice);
        let actors = dice.some_of(&self.trees[ACTOR].cells, 15);
        let targets = dice.some_of(&self.trees[TARGET].cells, 25);
        let all: Vec<Point> =
            vary(&point, ACTOR, &actors).iter().flat_map(|point| vary(point, TARGET, &targets)).collect();
        let points = dice.some_of(&all, 60);
        let most = if dice.percent(30) { 60 } else { 6 };
        let amount = dice.between(1, most);
        if dice.percent(60) {
            // One group claims them, and perhaps not all of them.
            let claimed = if dice.percent(60) { amount } else { dice.between(1, amount) };
            self.add(CLAIMED, whole(claimed), vec![points[0].clone()]);
        }
        let measure = self.some_part(dice, ATTACKS);
        self.add(measure, whole(amount), points);
    }

    fn add(&mut self, measure: usize, amount: Exact, points: Vec<Point>) {
        self.incidents.push(Incident { measure, amount, points });
    }

    fn random_point(&self, dice: &mut Dice) -> Point {
        let mut day = dice.between(self.days.0, self.days.1);
        let mut place = *dice.pick(&self.trees[PLACE].cells);
        if !self.events.is_empty() && dice.percent(50) {
            let event = dice.pick(&self.events);
            day = dice.between(event.days.0, event.days.1);
            let inside: Vec<Cell> = self.trees[PLACE].cells.iter().copied().filter(|&cell| event.is_at(cell)).collect();
            place = *dice.pick(&inside);
        }
        let [actor, target, harm] = [ACTOR, TARGET, HARM].map(|dimension| *dice.pick(&self.trees[dimension].cells));
        let mut point = Point { at: [place, actor, target, harm, 0], day };
        point.at[EVENT] = self.random_event(dice, &point);
        point
    }

    /// Events that something on this day and at this place may be a part of.
    fn random_event(&self, dice: &mut Dice, point: &Point) -> Cell {
        let possible: Vec<Cell> = self
            .event_cells
            .iter()
            .copied()
            .filter(|&cell| {
                let mut inside = self.events.iter().enumerate().filter(|&(at, _)| super::tree::has(cell, at));
                inside.all(|(_, event)| {
                    event.days.0 <= point.day && point.day <= event.days.1 && event.is_at(point.at[PLACE])
                })
            })
            .collect();
        *dice.pick(&possible)
    }

    /// How many there were in a region: whatever has one of its points there.
    pub(crate) fn total(&self, measure: usize, region: &Region) -> Exact {
        let parts = self.smallest_parts(measure);
        let inside = self.incidents.iter().filter(|incident| parts.contains(&incident.measure));
        let inside = inside.filter(|incident| incident.points.iter().any(|point| region.holds(point)));
        inside.map(|incident| incident.amount).sum()
    }

    /// How many fighters there were in a region on one day.
    pub(crate) fn fighters(&self, measure: usize, region: &Region, day: Day) -> Exact {
        let parts = self.smallest_parts(measure);
        let inside = self.forces.iter().filter(|force| parts.contains(&force.measure));
        let inside = inside.filter(|f| region.sets[PLACE].contains(&f.place) && region.sets[ACTOR].contains(&f.actor));
        inside.filter_map(|force| force.steps.iter().rev().find(|step| step.0 <= day)).map(|step| step.1).sum()
    }

    /// Every number of fighters that there was in a region on some day of it.
    pub(crate) fn fighters_throughout(&self, measure: usize, region: &Region) -> Vec<Exact> {
        let steps = self.forces.iter().flat_map(|force| &force.steps).map(|step| step.0);
        let within = steps.filter(|&day| region.days.0 < day && day <= region.days.1);
        std::iter::once(region.days.0).chain(within).map(|day| self.fighters(measure, region, day)).collect()
    }

    /// How large a region is.
    pub(crate) fn area(&self, measure: usize, region: &Region) -> Exact {
        let parts = self.smallest_parts(measure);
        let inside = self.areas.iter().filter(|(of, cell, _)| parts.contains(of) && region.sets[PLACE].contains(cell));
        inside.map(|(_, _, area)| *area).sum()
    }

    /// The figure of a definite region; none for a level over more than a day.
    pub(crate) fn figure(&self, measure: usize, region: &Region) -> Option<Exact> {
        match MEASURES[measure].kind {
            Kind::Count => Some(self.total(measure, region)),
            Kind::Level => (region.days.0 == region.days.1).then(|| self.fighters(measure, region, region.days.0)),
            Kind::Fixed => Some(self.area(measure, region)),
        }
    }

    /// A measure and all those that a plain reader takes its claims for too.
    pub(crate) fn taken_for(measure: usize, strict: bool) -> Vec<usize> {
        let next = |&measure: &usize| MEASURES[measure].plain.filter(|_| !strict);
        std::iter::successors(Some(measure), next).collect()
    }
}

/// Copies of a point that differ in one dimension.
fn vary(point: &Point, dimension: usize, cells: &[Cell]) -> Vec<Point> {
    cells
        .iter()
        .map(|&cell| {
            let mut point = point.clone();
            point.at[dimension] = cell;
            point
        })
        .collect()
}
