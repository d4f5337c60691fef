//! The attributes of a world and their true values.

use serde_json::{Map, Value, json};

use super::calendar::{Date, Day};
use super::dice::Dice;
use super::tree::{Cell, Tree, has};
use super::world::{ACTOR, PLACE, World};

/// What the values of an attribute are.
#[derive(Clone, Debug)]
pub(crate) enum Domain {
    Inline(Tree),
    Place,
    Dates,
    /// Incidents none of which is part of another.
    Events(Vec<usize>),
}

#[derive(Clone, Debug)]
pub(crate) struct Attribute {
    pub(crate) id: &'static str,
    /// Whether its subjects are events; else actors.
    pub(crate) of_events: bool,
    pub(crate) toward: bool,
    pub(crate) single: bool,
    pub(crate) changes: bool,
    pub(crate) opinion: bool,
    pub(crate) values: Domain,
}

/// One true value.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Spot {
    Cell(Cell),
    Day(Day),
    Event(usize),
}

/// The true values over time: from which day on which ones hold. The first entry holds from the beginning.
pub(crate) type Truth = Vec<(Day, Vec<Spot>)>;

/// What a claim names as the value: one of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Values {
    Terms(Vec<usize>),
    Dates(Vec<Date>),
    Events(Vec<usize>),
}

impl Values {
    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        match self {
            Self::Terms(terms) => terms.len(),
            Self::Dates(dates) => dates.len(),
            Self::Events(events) => events.len(),
        }
    }

    pub(crate) fn hold(&self, spot: Spot) -> bool {
        match (self, spot) {
            (Self::Terms(terms), Spot::Cell(cell)) => terms.iter().any(|&term| has(cell, term)),
            (Self::Dates(dates), Spot::Day(day)) => dates.iter().any(|date| date.first() <= day && day <= date.last()),
            (Self::Events(events), Spot::Event(event)) => events.contains(&event),
            _ => unreachable!("values and spots of one attribute are of one kind"),
        }
    }

    /// Every spot at which two sets of values can differ: for dates, the ends of all dates and their neighbours.
    pub(crate) fn spots(&self, other: &Self, attribute: &Attribute, world: &World) -> Vec<Spot> {
        attribute.all_spots(&[self, other], world)
    }

    pub(crate) fn json(&self, attribute: &Attribute, world: &World) -> Value {
        let names: Vec<String> = match self {
            Self::Terms(terms) => terms.iter().map(|&term| attribute.tree(world).terms[term].id.clone()).collect(),
            Self::Dates(dates) => dates.iter().map(|date| date.text()).collect(),
            Self::Events(events) => events.iter().map(|&event| world.events[event].id.clone()).collect(),
        };
        if let [name] = &names[..] { json!(name) } else { json!(names) }
    }
}

impl Attribute {
    fn tree<'a>(&'a self, world: &'a World) -> &'a Tree {
        match &self.values {
            Domain::Inline(tree) => tree,
            _ => &world.trees[PLACE],
        }
    }

    /// Every possible value, for a list that is not one of dates.
    fn spots(&self, world: &World) -> Vec<Spot> {
        match &self.values {
            Domain::Events(events) => events.iter().copied().map(Spot::Event).collect(),
            _ => self.tree(world).cells.iter().copied().map(Spot::Cell).collect(),
        }
    }

    /// Every spot at which some of these values can differ: for dates, the ends of all dates and their neighbours.
    pub(crate) fn all_spots(&self, values: &[&Values], world: &World) -> Vec<Spot> {
        if !matches!(self.values, Domain::Dates) {
            return self.spots(world);
        }
        let dates = values.iter().flat_map(|values| match values {
            Values::Dates(dates) => &dates[..],
            _ => unreachable!("the values of one attribute are of one kind"),
        });
        let ends = dates.flat_map(|date| [date.first(), date.last()]);
        ends.flat_map(|day| [day - 1, day, day + 1]).map(Spot::Day).collect()
    }

    fn random_spot(&self, dice: &mut Dice, world: &World) -> Spot {
        match self.values {
            Domain::Dates => Spot::Day(dice.between(world.days.0, world.days.1)),
            _ => *dice.pick(&self.spots(world)),
        }
    }

    /// Values that a claim may name, near the given spot or anywhere; several of them with the given chance in percent.
    pub(crate) fn random_values(&self, dice: &mut Dice, world: &World, near: Spot, several: usize) -> Values {
        match &self.values {
            Domain::Dates => {
                let day = match near {
                    Spot::Day(day) if dice.percent(60) => day,
                    _ => dice.between(world.days.0, world.days.1),
                };
                let mut dates = vec![Date::around(day, *dice.pick(&super::calendar::PRECISIONS))];
                let other =
                    Date::around(dice.between(world.days.0, world.days.1), *dice.pick(&super::calendar::PRECISIONS));
                if dice.percent(several) && super::calendar::meet(dates[0].days(), other.days()).is_none() {
                    dates.push(other);
                }
                Values::Dates(dates)
            }
            Domain::Events(events) => Values::Events(dice.some_of(events, several)),
            _ => Values::Terms(self.tree(world).random_terms(dice, several)),
        }
    }

    /// Values with which a fact says less: of a list of possible ones more, of denied ones fewer.
    pub(crate) fn weaker_values(
        &self,
        dice: &mut Dice,
        world: &World,
        values: &Values,
        denied: bool,
    ) -> Option<Values> {
        let mut weaker = values.clone();
        match &mut weaker {
            Values::Terms(terms) if denied && terms.len() > 1 => drop(terms.swap_remove(dice.below(terms.len()))),
            Values::Terms(terms) if !denied => {
                let tree = self.tree(world);
                let others =
                    (1..tree.terms.len()).filter(|&term| terms.iter().all(|&own| tree.are_disjoint(own, term)));
                let others: Vec<usize> = others.collect();
                terms.push(*others.get(dice.below(others.len().max(1)))?);
            }
            Values::Events(events) if denied && events.len() > 1 => drop(events.swap_remove(dice.below(events.len()))),
            _ => return None,
        }
        Some(weaker)
    }

    pub(crate) fn json(&self) -> Value {
        let mut entry = Map::new();
        entry.insert("subjects".into(), json!(if self.of_events { "events" } else { "actor" }));
        if self.toward {
            entry.insert("toward".into(), json!("actor"));
            entry.insert("symmetric".into(), json!(true));
        }
        let flags = [("single_valued", self.single), ("changes", self.changes), ("opinion", self.opinion)];
        for (key, _) in flags.iter().filter(|(_, set)| *set) {
            entry.insert((*key).into(), json!(true));
        }
        let values = match &self.values {
            Domain::Inline(tree) => tree.inline_json(),
            Domain::Place => json!("place"),
            Domain::Dates => json!("dates"),
            Domain::Events(_) => json!("events"),
        };
        entry.insert("values".into(), values);
        entry.into()
    }
}

/// Gives the world attributes, and every subject (and pair of them) its true values.
pub(crate) fn random_facts(dice: &mut Dice, world: &mut World) {
    let single = |id, values| Attribute {
        id,
        of_events: false,
        toward: false,
        single: true,
        changes: false,
        opinion: false,
        values,
    };
    let mut inline = |id| Domain::Inline(Tree::random_inline(dice, id, 4));
    let mut attributes = vec![
        single("founder", inline("founder")),
        Attribute { toward: true, changes: true, ..single("relation", inline("relation")) },
        Attribute { opinion: true, ..single("advice", inline("advice")) },
        Attribute { single: false, ..single("bases", Domain::Place) },
        Attribute { changes: true, ..single("seat", Domain::Place) },
        single("born", Domain::Dates),
    ];
    let incidents: Vec<usize> = (0..world.events.len())
        .filter(|&at| world.events[at].is_incident)
        .filter(|&at| world.events[at].parent.is_none_or(|parent| !world.events[parent].is_incident))
        .collect();
    if !incidents.is_empty() {
        attributes.push(Attribute { of_events: true, ..single("cause", Domain::Events(incidents)) });
    }
    world.attributes.clone_from(&attributes);
    for (at, attribute) in attributes.iter().enumerate() {
        let subjects = if attribute.of_events { 0..world.events.len() } else { 1..world.trees[ACTOR].terms.len() };
        for subject in subjects.clone() {
            let others = if attribute.toward { subject + 1..subjects.end } else { 0..1 };
            for toward in others {
                let mut truth = vec![(world.days.0, Vec::new())];
                for _ in 0..if attribute.changes { dice.below(4) } else { 0 } {
                    truth.push((dice.between(world.days.0 + 1, world.days.1), Vec::new()));
                }
                truth.sort_by_key(|&(day, _)| day);
                for (_, spots) in &mut truth {
                    for _ in 0..if attribute.single { 1 } else { dice.below(4) } {
                        spots.push(attribute.random_spot(dice, world));
                    }
                }
                world.facts.insert((at, subject, toward), truth);
            }
        }
    }
}
