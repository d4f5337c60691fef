//! Claims, true ones and lies.

use std::collections::BTreeSet;

use crate::calendar::{Calendar, Period};
use crate::dice::{Dice, Purpose};
use crate::said::Said;
use crate::world::World;
use crate::{Arguments, Shape};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Measure {
    Attacks,
    Killed,
}

impl Measure {
    pub(crate) const ALL: [Self; 2] = [Self::Attacks, Self::Killed];

    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::Attacks => "attacks",
            Self::Killed => "killed",
        }
    }

    /// Its phrases for many and for one, and its unit.
    pub(crate) fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Attacks => ("{} attacks", "{} attack", "attack"),
            Self::Killed => ("{} people killed", "{} person killed", "person"),
        }
    }
}

/// A term of each tree and a period.
pub(crate) struct Scope {
    pub(crate) terms: [usize; 3],
    pub(crate) period: Period,
}

pub(crate) struct Claim {
    pub(crate) measure: Measure,
    pub(crate) scope: Scope,
    pub(crate) said: Said,
    /// The claim that a lie contradicts, by its number.
    pub(crate) against: Option<usize>,
}

/// All the claims of a file; each is drawn anew when it is asked for.
pub(crate) struct Claims {
    pub(crate) world: World,
    arguments: Arguments,
    pub(crate) liars: BTreeSet<usize>,
}

/// One claim out of so many is of a hot cell.
const HOT_EVERY: usize = 10;
/// Of a hundred claims, how many name a leaf of place, actor and target; the others name a term above it or none.
const LEAVES: [usize; 3] = [70, 55, 45];
/// How many claims of one source stand together.
const RUN: usize = 32;

impl Claims {
    pub(crate) fn of(arguments: &Arguments) -> Self {
        let mut liars = BTreeSet::new();
        let mut dice = Dice::of(arguments.seed, Purpose::Liar, 0);
        while liars.len() < arguments.lies {
            liars.insert(dice.below(arguments.claims));
        }
        Self { world: World::of(arguments), arguments: arguments.clone(), liars }
    }

    pub(crate) fn count(&self) -> usize {
        self.arguments.claims
    }

    pub(crate) fn sources(&self) -> usize {
        (self.count() / 2_000).clamp(5, 400)
    }

    /// The number of a claim's source.
    pub(crate) fn source(&self, claim: usize) -> usize {
        Dice::of(self.arguments.seed, Purpose::Source, claim / RUN).below(self.sources())
    }

    pub(crate) fn dice(&self, purpose: Purpose, claim: usize) -> Dice {
        Dice::of(self.arguments.seed, purpose, claim)
    }

    pub(crate) fn get(&self, claim: usize) -> Claim {
        if self.liars.contains(&claim) { self.lie(claim) } else { self.truth(claim) }
    }

    fn truth(&self, claim: usize) -> Claim {
        let mut dice = self.dice(Purpose::Claim, claim);
        let hot = self.arguments.shape == Shape::HotCell && claim.is_multiple_of(HOT_EVERY);
        let (measure, scope) = if hot {
            (Measure::Killed, self.hot_scope(claim / HOT_EVERY))
        } else {
            let measure = if dice.percent(75) { Measure::Killed } else { Measure::Attacks };
            (measure, self.scope(&mut dice))
        };
        let mass = self.world.mass(measure, &scope);
        Claim { measure, said: Said::truthfully(mass, &mut dice), scope, against: None }
    }

    /// A box around an incident.
    fn scope(&self, dice: &mut Dice) -> Scope {
        let dense = self.arguments.shape == Shape::Dense;
        let incident = dice.pick(&self.world.incidents);
        let mut dimension = 0;
        let terms = self.world.trees.each_ref().map(|tree| {
            let upwards = &tree.terms[usize::from(incident.terms[dimension])].upwards;
            let leaf = if dense { 20 } else { LEAVES[dimension] };
            dimension += 1;
            if dice.percent(leaf) { upwards[0] } else { *dice.pick(&upwards[1..]) }
        });
        let day = incident.day as usize;
        let period = if dense { self.dense_period(day, dice) } else { self.period(day, dice) };
        Scope { terms, period }
    }

    fn period(&self, day: usize, dice: &mut Dice) -> Period {
        let calendar = &self.world.calendar;
        match dice.below(100) {
            0..55 => Period { first: day, last: day },
            55..75 => calendar.month(day),
            75..85 => calendar.year(day),
            85..88 => Period { first: calendar.year(day).first, last: calendar.month(day).last },
            _ => Period {
                first: day.saturating_sub(dice.skewed(60)),
                last: (day + dice.skewed(60)).min(calendar.len() - 1),
            },
        }
    }

    fn dense_period(&self, day: usize, dice: &mut Dice) -> Period {
        match dice.below(4) {
            0 => self.world.calendar.all(),
            1 => self.world.calendar.part_of_year(day, 6),
            2 => self.world.calendar.part_of_year(day, 3),
            _ => self.world.calendar.month(day),
        }
    }

    /// The hot cell in a period that no other of the first 6,670,378 of these claims has.
    fn hot_scope(&self, index: usize) -> Scope {
        let days = self.world.calendar.len();
        let periods = days * (days + 1) / 2;
        // A prime that does not divide the number of periods, so that its multiples reach every period.
        let period = Calendar::nth(index % periods * 2_654_435_761 % periods);
        Scope { terms: self.world.trees.each_ref().map(|tree| tree.leaves[0]), period }
    }

    /// A claim that contradicts a true one: the same box, a part of it or one around it, and a figure beyond what can be.
    fn lie(&self, claim: usize) -> Claim {
        let mut dice = self.dice(Purpose::Lie, claim);
        loop {
            let against = dice.below(self.count());
            if self.liars.contains(&against) {
                continue;
            }
            let Claim { measure, mut scope, said, .. } = self.truth(against);
            let (inward, same_box) = (dice.percent(50), dice.percent(50));
            let range = said.strict();
            let said = match range.high {
                Some(high) if inward => Said::above(high, &mut dice),
                _ if !inward && range.low > 0 => Said::below(range.low, &mut dice),
                _ => continue,
            };
            if !same_box {
                self.step(&mut scope, inward, &mut dice);
            }
            return Claim { measure, scope, said, against: Some(against) };
        }
    }

    /// Narrows a box in one dimension or in time, or widens it; what has no narrower or wider one stays.
    fn step(&self, scope: &mut Scope, inward: bool, dice: &mut Dice) {
        let axis = dice.below(4);
        let Some(tree) = self.world.trees.get(axis) else {
            let calendar = &self.world.calendar;
            let period = scope.period;
            scope.period = if inward { calendar.narrower(period, dice) } else { calendar.wider(period, dice) };
            return;
        };
        let term = scope.terms[axis];
        let children = &tree.terms[term].children;
        scope.terms[axis] = match tree.parent(term) {
            Some(parent) if !inward => parent,
            _ if inward && !children.is_empty() => *dice.pick(children),
            _ => term,
        };
    }
}
