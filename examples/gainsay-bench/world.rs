//! What happened, and how much of it any box holds.

use crate::calendar::{Calendar, Period};
use crate::claim::{Measure, Scope};
use crate::dice::{Dice, Purpose};
use crate::tree::{Tree, trees};
use crate::{Arguments, Shape};

/// An attack: a leaf of each tree, a day, and how many people it killed.
pub(crate) struct Incident {
    pub(crate) terms: [u16; 3],
    pub(crate) day: u32,
    pub(crate) killed: u32,
}

/// The incidents, and for every cell (a term of each tree) those within it in the order of time.
pub(crate) struct World {
    pub(crate) trees: [Tree; 3],
    pub(crate) calendar: Calendar,
    pub(crate) incidents: Vec<Incident>,
    /// Where a cell's incidents begin in `days` and `killed`; the next cell's beginning is their end.
    starts: Vec<usize>,
    days: Vec<u32>,
    /// How many were killed in the cell up to and with this incident.
    killed: Vec<u32>,
}

/// The most incidents of a world; with more claims, more of them speak of each.
const MOST_INCIDENTS: usize = 1_000_000;
/// How many incidents a hot cell has beyond its share.
const HOT_INCIDENTS: usize = 2_000;

impl World {
    pub(crate) fn of(arguments: &Arguments) -> Self {
        let trees = trees(arguments.shape);
        let years = if arguments.shape == Shape::Dense { 2022..=2022 } else { 2013..=2022 };
        let calendar = Calendar::of(*years.start(), *years.end());
        let count = (arguments.claims / 10).clamp(200, MOST_INCIDENTS);
        let hot = if arguments.shape == Shape::HotCell { HOT_INCIDENTS.min(count) } else { 0 };
        let mut incidents: Vec<Incident> = (0..count + hot)
            .map(|index| {
                let mut dice = Dice::of(arguments.seed, Purpose::Incident, index);
                let leaf = |tree: &Tree| {
                    let skewed = dice.skewed(tree.leaves.len());
                    u16::try_from(tree.leaves[if index < count { skewed } else { 0 }]).unwrap()
                };
                let terms = trees.each_ref().map(leaf);
                let day = u32::try_from(dice.below(calendar.len())).unwrap();
                let killed = u32::try_from(1 + dice.skewed(30)).unwrap();
                Incident { terms, day, killed }
            })
            .collect();
        incidents.sort_by_key(|incident| incident.day);
        let mut world = Self { trees, calendar, incidents, starts: Vec::new(), days: Vec::new(), killed: Vec::new() };
        world.add_up();
        world
    }

    fn add_up(&mut self) {
        let mut starts = vec![0; self.trees.iter().map(|tree| tree.terms.len()).product::<usize>() + 1];
        for incident in &self.incidents {
            self.each_cell(incident, |cell| starts[cell + 1] += 1);
        }
        for cell in 1..starts.len() {
            starts[cell] += starts[cell - 1];
        }
        let mut ends = starts.clone();
        let mut days = vec![0; ends[ends.len() - 1]];
        let mut killed = vec![0; days.len()];
        for incident in &self.incidents {
            self.each_cell(incident, |cell| {
                let end = ends[cell];
                days[end] = incident.day;
                killed[end] = incident.killed + if end == starts[cell] { 0 } else { killed[end - 1] };
                ends[cell] += 1;
            });
        }
        (self.starts, self.days, self.killed) = (starts, days, killed);
    }

    fn each_cell(&self, incident: &Incident, mut visit: impl FnMut(usize)) {
        let upwards = |dimension: usize| &self.trees[dimension].terms[usize::from(incident.terms[dimension])].upwards;
        for &place in upwards(0) {
            for &actor in upwards(1) {
                for &target in upwards(2) {
                    visit(self.cell([place, actor, target]));
                }
            }
        }
    }

    fn cell(&self, terms: [usize; 3]) -> usize {
        (terms[0] * self.trees[1].terms.len() + terms[1]) * self.trees[2].terms.len() + terms[2]
    }

    /// How much there was of a measure in a box.
    pub(crate) fn mass(&self, measure: Measure, scope: &Scope) -> usize {
        let cell = self.cell(scope.terms);
        let range = self.starts[cell]..self.starts[cell + 1];
        let days = &self.days[range.clone()];
        let Period { first, last } = scope.period;
        let before = days.partition_point(|day| (*day as usize) < first);
        let up_to = days.partition_point(|day| *day as usize <= last);
        let killed = &self.killed[range];
        let sum = |count: usize| if count == 0 { 0 } else { killed[count - 1] as usize };
        match measure {
            Measure::Attacks => up_to - before,
            Measure::Killed => sum(up_to) - sum(before),
        }
    }
}
