//! A world in which claims hold: how much of each measure lies where, and which values attributes have.
//!
//! The simplex leaves a mass on some atoms, none on the others; each atom is put at positions that lie in just its boxes. Where a
//! measure comes in whole things, whole masses are looked for by branching on one that is not, within a limit.

use std::collections::{BTreeMap, BTreeSet};

use num_integer::Integer;
use num_traits::{One, Signed, Zero};

use crate::claim::{ClaimId, Corpus, Days, Reading};
use crate::codebook::{DimensionId, Domain, EventId, Kind, MeasureId, TermId, entry};
use crate::edtf::Day;
use crate::number::{Rational, integer};
use crate::solve::Limits;
use crate::solve::steps::{Steps, Stop};
use crate::solve::sums::atoms::{Atoms, Listed};
use crate::solve::sums::parts::Part;
use crate::solve::sums::rows::{Mass, System};
use crate::solve::sums::simplex::{self, Inequality, Outcome, Source, decide_over};
use crate::solve::sums::spots::Spot;
use crate::solve::sums::{Component, PATTERNS};
use crate::system::{Bits, FactKey};

/// One position that a unit has.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Where {
    /// Per dimension of its measure the terms that hold it, the narrowest first; the root is left out.
    pub terms: BTreeMap<DimensionId, Vec<TermId>>,
    /// The events that hold it, the narrowest first.
    pub events: Vec<EventId>,
    /// The day; none for what has no time.
    pub day: Option<Day>,
}

/// So many units that lie alike.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lump {
    /// Of what.
    pub measure: MeasureId,
    /// Where each of them is: one position, or several where dimensions overlap.
    pub positions: Vec<Where>,
    /// How many, in base units; above zero.
    pub count: Rational,
    /// For a level, the days on each of which it stands so.
    pub days: Option<Days>,
}

/// A value that an attribute has.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holding {
    /// Of which attribute, of whom, toward whom.
    pub key: FactKey,
    /// For an attribute that may change, days on which the value holds.
    pub days: Option<Days>,
    /// The terms of the value, the narrowest first, or ...
    pub terms: Vec<TermId>,
    /// ... the events, or ...
    pub events: Vec<EventId>,
    /// ... the day.
    pub day: Option<Day>,
}

/// What there is in a world, but for the dates of events.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// Measures, in order.
    pub lumps: Vec<Lump>,
    /// Attributes, in order.
    pub values: Vec<Holding>,
    /// Measures of whole things of which only a world with fractions was found.
    pub fractional: BTreeSet<MeasureId>,
    /// Claims for which no world was found within the limits; they are in no row of this one.
    pub undecided: Vec<ClaimId>,
}

/// Atoms, each as the boxes that hold it, with their masses.
type Masses = Vec<(Vec<usize>, Rational)>;

/// How many branches are tried for a world of whole things.
const BRANCHES: usize = 400;

/// A world under a reading for all claims but some; those of a component that has none, or none that is found, are undecided.
pub fn contents(corpus: &Corpus, reading: Reading, without: &BTreeSet<ClaimId>, limits: &Limits) -> Contents {
    let mut system = System::of(corpus, reading);
    system.leave_out(without);
    let mut contents = Contents::default();
    for part in system.parts() {
        if part_contents(&system, &part, limits, &mut contents).is_none() {
            contents.undecided.extend(part.claims());
        }
    }
    let stretches = system.stretches();
    contents.spread(corpus, &stretches);
    contents.add_totals(system.totals());
    contents.lumps.sort();
    contents.values.sort();
    contents.values.dedup();
    contents.undecided.sort_unstable();
    contents.undecided.dedup();
    contents
}

fn part_contents(system: &System<'_>, part: &Part, limits: &Limits, contents: &mut Contents) -> Option<()> {
    let component = Component::of(system, part, PATTERNS).filter(|_| !part.needs_more_sums(system))?;
    let chosen = component.rows_of(&Bits::all(part.items.len()));
    let used = component.rows.iter().flat_map(|row| &row.terms).map(|(at, _)| *at);
    let used = Bits::of(component.atoms.boxes, used);
    let mut steps = Steps { left: limits.steps };
    let restricted = component.atoms.restricted(&used);
    let listed = restricted.list(limits.atoms, &mut steps).ok()?;
    let source = Source { atoms: &restricted, listed: listed.as_ref() };
    let Ok(Outcome::World(masses)) = decide_over(source, &component.rows, &chosen, &mut steps) else { return None };
    let mut masses = settled(&component.rows, component.atoms.boxes, masses);
    let whole_measure = |(boxes, _): &(Vec<usize>, Rational)| {
        let place = boxes.first().and_then(|&at| part.places.get(at))?;
        match entry(&system.places, *place).mass {
            Mass::Measure(measure) => system.codebook.measure(measure).whole.then_some(measure),
            Mass::Fact(..) => None,
        }
    };
    let in_fractions = masses.iter().filter(|(_, mass)| !mass.is_integer());
    let in_fractions: BTreeSet<MeasureId> = in_fractions.filter_map(whole_measure).collect();
    if !in_fractions.is_empty() {
        // What need not be whole may be whole all the same.
        match listed.and_then(|listed| whole_masses(&listed, &component.rows, component.atoms.boxes, &mut steps)) {
            Some(found) => masses = found,
            None => contents.fractional.extend(in_fractions),
        }
    }
    let mut placed = Vec::new();
    for (boxes, count) in masses {
        let atom = Bits::of(component.atoms.boxes, boxes.iter().copied());
        let spots = component.atoms.spots(&used, &atom)?;
        let place = boxes.first().and_then(|&at| part.places.get(at))?;
        placed.push((entry(&system.places, *place).mass, spots, count));
    }
    let mut settled_facts = BTreeSet::new();
    for (mass, spots, count) in placed {
        // All of the one value of an attribute lies in whatever the claims say it is, so each bit of it alone does too.
        let again = matches!(mass, Mass::Fact(key, _) if system.codebook.attribute(key.attribute).single_valued)
            && !settled_facts.insert(mass);
        if !again {
            put(system, mass, &spots, count, contents);
        }
    }
    Some(())
}

/// Masses without the infinitely small: it becomes so small a number that every row still holds.
fn settled(rows: &[Inequality], boxes: usize, masses: Vec<(Vec<usize>, simplex::Mass)>) -> Masses {
    let mut sums = vec![(Rational::zero(), Rational::zero()); boxes];
    for (atom, (mass, tiny)) in &masses {
        for &at in atom {
            if let Some(sum) = sums.get_mut(at) {
                sum.0 += mass;
                sum.1 += tiny;
            }
        }
    }
    let mut small = Rational::one();
    // What is above zero stays above zero.
    let mut keep = |slack: &Rational, slope: &Rational| {
        if slope.is_negative() && slack.is_positive() {
            let least = slack / -slope;
            if least < small {
                small = least;
            }
        }
    };
    for (_, (mass, tiny)) in &masses {
        keep(mass, tiny);
    }
    for row in rows {
        let mut slack = -&row.at_least;
        let mut slope = Rational::zero();
        for (at, times) in &row.terms {
            let sum = entry(&sums, *at);
            slack += times * &sum.0;
            slope += times * &sum.1;
        }
        keep(&slack, &slope);
    }
    let small = small / integer(2);
    masses
        .into_iter()
        .map(|(atom, (mass, tiny))| (atom, mass + tiny * &small))
        .filter(|(_, mass)| !mass.is_zero())
        .collect()
}

/// A bound that a branch puts on the mass of one atom.
#[derive(Clone)]
struct Bound {
    atom: Bits,
    at_least: bool,
    value: Rational,
}

/// Whole masses for all rows, where some are found within the limits.
fn whole_masses(listed: &Listed, rows: &[Inequality], boxes: usize, steps: &mut Steps) -> Option<Masses> {
    let rows: Vec<Inequality> = rows.iter().map(rounded).collect();
    let mut open: Vec<Vec<Bound>> = vec![Vec::new()];
    for _ in 0..BRANCHES {
        let bounds = open.pop()?;
        let masses = match bounded(listed, &rows, boxes, &bounds, steps) {
            Ok(Some(masses)) => masses,
            Ok(None) => continue,
            Err(_) => return None,
        };
        let Some((atom, mass)) = masses.iter().find(|(_, mass)| !mass.is_integer()) else { return Some(masses) };
        let atom = Bits::of(boxes, atom.iter().copied());
        for (at_least, value) in [(false, mass.floor()), (true, mass.ceil())] {
            let mut more = bounds.clone();
            more.push(Bound { atom: atom.clone(), at_least, value });
            open.push(more);
        }
    }
    None
}

/// A row of whole coefficients asks whole masses for a whole number.
fn rounded(row: &Inequality) -> Inequality {
    let common = row.terms.iter().fold(num_bigint::BigInt::one(), |common, (_, times)| common.lcm(times.denom()));
    let scale = Rational::from_integer(common);
    let terms = row.terms.iter().map(|(at, times)| (*at, times * &scale)).collect();
    let bound = &row.at_least * &scale;
    let least = if row.open { bound.floor() + integer(1) } else { bound.ceil() };
    Inequality { terms, at_least: least, open: false }
}

/// The rows and the bounds on atoms, each of which is a box of its own that holds just this atom.
fn bounded(
    listed: &Listed,
    rows: &[Inequality],
    boxes: usize,
    bounds: &[Bound],
    steps: &mut Steps,
) -> Result<Option<Masses>, Stop> {
    let mut marks: BTreeMap<&Bits, usize> = BTreeMap::new();
    for bound in bounds {
        let next = boxes + marks.len();
        marks.entry(&bound.atom).or_insert(next);
    }
    let all = boxes + marks.len();
    let marked = |point: &Bits| Bits::of(all, point.iter().chain(marks.get(point).copied()));
    let unions = marks.keys().filter(|atom| !listed.points.contains(atom)).map(|atom| marked(atom));
    let points = listed.points.iter().map(marked).chain(unions).collect();
    let groups = listed.groups.iter().map(|group| group.iter().map(|point| Bits::of(all, point.iter())).collect());
    let listed = Listed { points, groups: groups.collect() };
    let mut rows = rows.to_vec();
    for bound in bounds {
        let Some(&mark) = marks.get(&bound.atom) else { continue };
        let times = integer(if bound.at_least { 1 } else { -1 });
        rows.push(Inequality { at_least: &times * &bound.value, terms: vec![(mark, times)], open: false });
    }
    let atoms = Atoms { boxes: all, ..Atoms::default() };
    let chosen: Vec<usize> = (0..rows.len()).collect();
    match decide_over(Source { atoms: &atoms, listed: Some(&listed) }, &rows, &chosen, steps)? {
        Outcome::Weights(_) => Ok(None),
        Outcome::World(masses) => {
            let without_marks = |atom: Vec<usize>| atom.into_iter().filter(|&at| at < boxes).collect::<Vec<_>>();
            let masses = masses.into_iter().map(|(atom, (mass, _))| (without_marks(atom), mass));
            Ok(Some(masses.filter(|(_, mass)| !mass.is_zero()).collect()))
        }
    }
}

fn put(system: &System<'_>, mass: Mass, spots: &[Spot], count: Rational, contents: &mut Contents) {
    let day_of = |spot: &Spot| spot.day.and_then(Day::from_number);
    match mass {
        Mass::Measure(measure) => {
            let about = system.codebook.measure(measure);
            let named = |spot: &Spot| {
                let position = |at: usize| spot.positions.get(at).cloned().unwrap_or_default();
                let terms = about.dimensions.iter().enumerate().map(|(at, &dimension)| {
                    (dimension, system.extents.terms_at(system.codebook, dimension, &position(at)))
                });
                let events = system.extents.events_at(system.codebook, &position(about.dimensions.len()));
                let timeless = about.kind == Kind::Fixed;
                // Any day will do where none is asked for; the first one there is number for is as good as another.
                let day = if timeless { None } else { day_of(spot).or_else(|| Day::from_number(0)) };
                Where { terms: terms.collect(), events, day }
            };
            contents.lumps.push(Lump { measure, positions: spots.iter().map(named).collect(), count, days: None });
        }
        Mass::Fact(key, day) => {
            let days = day.map(|day| Days { first: Some(day), last: Some(day) });
            let Some(spot) = spots.first() else { return };
            let position = spot.positions.first().cloned().unwrap_or_default();
            let mut holding = Holding { key, days, terms: Vec::new(), events: Vec::new(), day: None };
            match system.codebook.attribute(key.attribute).values {
                Domain::Terms(dimension) => {
                    holding.terms = system.extents.terms_at(system.codebook, dimension, &position);
                }
                Domain::Events => holding.events = system.extents.events_at(system.codebook, &position),
                Domain::Dates => holding.day = day_of(spot),
            }
            contents.values.push(holding);
        }
    }
}

impl Contents {
    /// A total has whatever its parts have.
    fn add_totals(&mut self, totals: &BTreeMap<MeasureId, BTreeMap<MeasureId, Rational>>) {
        let mut of_totals = Vec::new();
        for (&whole, parts) in totals {
            for lump in &self.lumps {
                if let Some(times) = parts.get(&lump.measure) {
                    of_totals.push(Lump { measure: whole, count: &lump.count * times, ..lump.clone() });
                }
            }
            if parts.keys().any(|part| self.fractional.contains(part)) {
                self.fractional.insert(whole);
            }
        }
        self.lumps.extend(of_totals);
    }

    /// Levels and what may change stand on a day as they do on the day that was looked at in its place.
    fn spread(&mut self, corpus: &Corpus, stretches: &BTreeMap<Mass, Vec<(Days, Day)>>) {
        let mut lumps = Vec::new();
        for lump in std::mem::take(&mut self.lumps) {
            let day = lump.positions.first().and_then(|position| position.day);
            if corpus.codebook.measure(lump.measure).kind != Kind::Level {
                lumps.push(lump);
                continue;
            }
            for &(days, looked_at) in stretches.get(&Mass::Measure(lump.measure)).into_iter().flatten() {
                if Some(looked_at) == day {
                    lumps.push(Lump { days: Some(days), ..lump.clone() });
                }
            }
        }
        self.lumps = lumps;
        let mut values = Vec::new();
        for holding in std::mem::take(&mut self.values) {
            let Some(day) = holding.days.and_then(|days| days.first) else {
                values.push(holding);
                continue;
            };
            for &(days, looked_at) in stretches.get(&Mass::Fact(holding.key, None)).into_iter().flatten() {
                if looked_at == day {
                    values.push(Holding { days: Some(days), ..holding.clone() });
                }
            }
        }
        self.values = values;
    }
}
