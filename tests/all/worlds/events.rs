//! The events of a world.

use serde_json::{Map, Value, json};

use super::calendar::{Date, Days, PRECISIONS, Period, within};
use super::dice::Dice;
use super::tree::{Cell, Tree, has};

#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) id: String,
    pub(crate) is_incident: bool,
    pub(crate) parent: Option<usize>,
    /// The term that it lies in.
    pub(crate) place: Option<usize>,
    /// The period of the codebook, which contains the event.
    pub(crate) container: Option<Period>,
    /// Its true first and last day.
    pub(crate) days: Days,
}

impl Event {
    pub(crate) fn is_at(&self, cell: Cell) -> bool {
        self.place.is_none_or(|place| has(cell, place))
    }

    /// The days of the container.
    pub(crate) fn container_days(&self) -> Option<Days> {
        self.container.map(|period| period.meaning(false, 0).0)
    }

    pub(crate) fn json(&self, events: &[Self], places: &Tree) -> Value {
        let mut entry = Map::new();
        entry.insert("kind".into(), json!(if self.is_incident { "incident" } else { "span" }));
        if let Some(parent) = self.parent {
            entry.insert("in".into(), json!(events[parent].id));
        }
        if let Some(place) = self.place {
            entry.insert("place".into(), json!(places.terms[place].id));
        }
        if let Some(period) = self.container {
            entry.insert("period".into(), json!(period.text()));
        }
        entry.into()
    }
}

/// Up to five events. A part of an event has a place and a container of its own wherever the whole has one.
pub(crate) fn random_events(dice: &mut Dice, places: &Tree, days: Days) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    for at in 0..dice.below(6) {
        let is_incident = dice.percent(55);
        let parents: Vec<usize> = (0..at).filter(|&parent| is_incident || !events[parent].is_incident).collect();
        let parent = (!parents.is_empty() && dice.percent(45)).then(|| *dice.pick(&parents));
        let around = parent.map_or(days, |parent| events[parent].days);
        let mut ends = [dice.between(around.0, around.1), dice.between(around.0, around.1)];
        ends.sort_unstable();
        let days = if is_incident { (ends[0], ends[0]) } else { (ends[0], ends[1]) };
        let outer_place = parent.and_then(|parent| events[parent].place);
        let place = match outer_place {
            Some(outer) => {
                let inside: Vec<usize> = (1..places.terms.len()).filter(|&term| places.is_below(term, outer)).collect();
                Some(*dice.pick(&inside))
            }
            None => dice.percent(50).then(|| places.random_terms(dice, 0)[0]),
        };
        let outer_container = parent.and_then(|parent| events[parent].container_days());
        let container = (outer_container.is_some() || dice.percent(60)).then(|| container(dice, days, outer_container));
        events.push(Event { id: format!("event-{at}"), is_incident, parent, place, container, days });
    }
    events
}

/// A period around the given days and within the outer ones.
fn container(dice: &mut Dice, days: Days, outer: Option<Days>) -> Period {
    let precision = *dice.pick(&PRECISIONS);
    let [first, last] = [days.0, days.1].map(|day| Date::around(day, precision));
    let candidate = if first.days() == last.days() { Period::One(first) } else { Period::Span(first, last) };
    let candidate_days = (first.first(), last.last());
    if outer.is_none_or(|outer| within(candidate_days, outer)) {
        return candidate;
    }
    // OK because a part's days lie in its whole's.
    let [first, last] = [days.0, days.1].map(|day| Date::around(day, PRECISIONS[2]));
    if first == last { Period::One(first) } else { Period::Span(first, last) }
}

/// Every set of events that one position can lie in: at most one innermost incident with all that contain it, and any
/// spans with all that contain them.
pub(crate) fn event_cells(events: &[Event]) -> Vec<Cell> {
    let chain = |event: usize| {
        std::iter::successors(Some(event), |&event| events[event].parent).fold(0, |cell, event| cell | 1 << event)
    };
    let mut cells: Vec<Cell> = vec![0];
    cells.extend((0..events.len()).filter(|&event| events[event].is_incident).map(chain));
    for span in (0..events.len()).filter(|&event| !events[event].is_incident) {
        let more: Vec<Cell> = cells.iter().map(|cell| cell | chain(span)).collect();
        cells.extend(more);
    }
    cells.sort_unstable();
    cells.dedup();
    cells
}

#[test]
fn incidents_are_disjoint_and_spans_overlap() {
    let event = |is_incident, parent| Event {
        id: String::new(),
        is_incident,
        parent,
        place: None,
        container: None,
        days: (0, 0),
    };
    // A war, a battle in it, a shelling in the battle, another incident.
    let events = [event(false, None), event(true, Some(0)), event(true, Some(1)), event(true, None)];
    assert_eq!(event_cells(&events), [0b0000, 0b0001, 0b0011, 0b0111, 0b1000, 0b1001]);
}
