//! Boxes that differ in their days only.
//!
//! Then the mass of a box is what has come together by its end less what had before its start, so that every figure bounds a
//! difference of two numbers on a line, and the numbers never go down. Of such bounds a set has no solution just when some of them,
//! taken one after the other, lead round in a circle to more than where they began; both are found by going over all bounds until
//! nothing moves (Bellman 1958, "On a routing problem"). Thousands of periods take no longer than a few hundred do otherwise.

use std::cmp::Ordering;

use num_traits::Signed;

use crate::codebook::entry;
use crate::number::Rational;
use crate::solve::steps::{Steps, Stop};
use crate::solve::sums::atoms::{Atoms, Axis};
use crate::solve::sums::number::{Number, Small};
use crate::solve::sums::simplex::{Inequality, Outcome, Pair};

/// The number at `to` is at least so much more than the one at `from`.
struct Bound<N> {
    from: usize,
    to: usize,
    more: Pair<N>,
    /// The row that says so, and how often it counts the box; none for what holds anyway.
    row: Option<(usize, Rational)>,
}

/// The days on which boxes begin or are over, and what is asked of the numbers there.
struct Line<'a, N> {
    atoms: &'a Atoms,
    days: Vec<i32>,
    bounds: Vec<Bound<N>>,
}

/// Decides whether rows have a world, where all boxes differ in their days only and each row is of one box; nothing where not.
pub(super) fn decide(
    atoms: &Atoms,
    rows: &[Inequality],
    chosen: &[usize],
    steps: &mut Steps,
) -> Result<Option<Outcome>, Stop> {
    let is_figure = |&row: &usize| {
        let terms = entry(rows, row).terms.as_slice();
        matches!(terms, [(_, times)] if times.is_positive() || times.is_negative())
    };
    if !is_line(atoms) || !chosen.iter().all(is_figure) {
        return Ok(None);
    }
    match Line::<Small>::of(atoms, rows, chosen).and_then(|line| line.run(steps)) {
        Err(Stop::Overflow) => Line::<Rational>::of(atoms, rows, chosen)?.run(steps).map(Some),
        decided => decided.map(Some),
    }
}

/// Whether a unit that lies in any box lies in all that hold its day.
fn is_line(atoms: &Atoms) -> bool {
    let [domain] = atoms.domains.as_slice() else { return false };
    let all_or_none = |axis: &Axis| {
        let of_domain = axis.sets.iter().map(|set| set.and(&domain.boxes));
        let some: Vec<_> = of_domain.filter(|set| !set.is_empty()).collect();
        !some.is_empty() && some.iter().all(|set| *set == domain.boxes)
    };
    !domain.days_overlap && domain.axes.iter().all(all_or_none)
}

fn fits<T>(value: Option<T>) -> Result<T, Stop> {
    value.ok_or(Stop::Overflow)
}

impl<'a, N: Number> Line<'a, N> {
    fn of(atoms: &'a Atoms, rows: &[Inequality], chosen: &[usize]) -> Result<Self, Stop> {
        let span = |at: usize| {
            let (first, last) = *entry(&atoms.days, at);
            (first, last.saturating_add(1))
        };
        let boxes = chosen.iter().flat_map(|&row| &entry(rows, row).terms).map(|(at, _)| *at);
        let mut days: Vec<i32> = boxes.flat_map(|at| [span(at).0, span(at).1]).collect();
        days.sort_unstable();
        days.dedup();
        let place = |day: i32| days.partition_point(|other| *other < day);
        let mut bounds = Vec::new();
        for &row in chosen {
            let said = entry(rows, row);
            for (at, times) in &said.terms {
                let size = times.abs();
                let (start, end) = span(*at);
                let (from, to) =
                    if times.is_positive() { (place(start), place(end)) } else { (place(end), place(start)) };
                let open = if said.open { N::one() } else { N::zero() };
                let more = (fits(N::of(&(&said.at_least / &size)))?, open);
                bounds.push(Bound { from, to, more, row: Some((row, size)) });
            }
        }
        let steady = (1..days.len()).map(|at| Bound { from: at - 1, to: at, more: (N::zero(), N::zero()), row: None });
        bounds.extend(steady);
        // First all the way up, then all the way down: what follows from many bounds is found in a few rounds.
        bounds.sort_by_key(|bound| match bound.from.cmp(&bound.to) {
            Ordering::Less => (false, bound.from),
            _ => (true, usize::MAX - bound.from),
        });
        Ok(Self { atoms, days, bounds })
    }

    fn run(self, steps: &mut Steps) -> Result<Outcome, Stop> {
        let mut numbers: Vec<Pair<N>> = vec![(N::zero(), N::zero()); self.days.len()];
        // Which bound each number comes from.
        let mut causes: Vec<Option<usize>> = vec![None; self.days.len()];
        loop {
            steps.take(self.bounds.len() + self.days.len(), 2 * N::PRICE)?;
            let mut moved = false;
            for (at, bound) in self.bounds.iter().enumerate() {
                let from = entry(&numbers, bound.from);
                let least = (fits(from.0.plus(&bound.more.0))?, fits(from.1.plus(&bound.more.1))?);
                let known = entry(&numbers, bound.to);
                let more = fits(least.0.minus(&known.0))?.sign().then(fits(least.1.minus(&known.1))?.sign());
                if more == Ordering::Greater
                    && let (Some(number), Some(cause)) = (numbers.get_mut(bound.to), causes.get_mut(bound.to))
                {
                    (*number, *cause, moved) = (least, Some(at), true);
                }
            }
            if !moved {
                return self.world(&numbers, steps);
            }
            if let Some(weights) = self.circle(&causes) {
                return Ok(Outcome::Weights(weights));
            }
        }
    }

    /// The rows of a circle of bounds, each of which moved the next; with nothing but rising numbers in it there is none.
    fn circle(&self, causes: &[Option<usize>]) -> Option<Vec<(usize, Rational)>> {
        let before = |at: usize| entry(causes, at).map(|cause| entry(&self.bounds, cause));
        // Each place is walked from once: by the number of the walk that came by.
        let mut walks = vec![0_usize; causes.len()];
        for start in 0..causes.len() {
            let mut at = start;
            while *entry(&walks, at) == 0 {
                *walks.get_mut(at)? = start + 1;
                let Some(bound) = before(at) else { break };
                at = bound.from;
            }
            if *entry(&walks, at) != start + 1 || before(at).is_none() {
                continue;
            }
            let (mut weights, end) = (Vec::new(), at);
            loop {
                let bound = before(at)?;
                weights.extend(bound.row.iter().map(|(row, size)| (*row, size.recip())));
                at = bound.from;
                if at == end {
                    weights.sort();
                    return Some(weights);
                }
            }
        }
        None
    }

    /// Between two days lies by how much the number rises.
    fn world(&self, numbers: &[Pair<N>], steps: &mut Steps) -> Result<Outcome, Stop> {
        let mut world = Vec::new();
        for (days, numbers) in self.days.windows(2).zip(numbers.windows(2)) {
            let ([day, next], [before, after]) = (days, numbers) else { continue };
            let mass = (fits(after.0.minus(&before.0))?, fits(after.1.minus(&before.1))?);
            if mass.0.is_zero() && mass.1.is_zero() {
                continue;
            }
            steps.take(self.atoms.boxes, 1)?;
            let holds = |at: &usize| {
                let (first, last) = *entry(&self.atoms.days, *at);
                first <= *day && *next <= last.saturating_add(1)
            };
            let of_domain = self.atoms.domains.iter().flat_map(|domain| domain.boxes.iter());
            let boxes: Vec<usize> = of_domain.filter(holds).collect();
            if !boxes.is_empty() {
                world.push((boxes, (mass.0.rational(), mass.1.rational())));
            }
        }
        Ok(Outcome::World(world))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::number::integer;
    use crate::solve::sums::atoms::Domain;
    use crate::solve::sums::simplex;
    use crate::system::Bits;

    fn on_days(days: Vec<(i32, i32)>) -> Atoms {
        let boxes = Bits::all(days.len());
        Atoms { boxes: days.len(), days, domains: vec![Domain { boxes, axes: Vec::new(), days_overlap: false }] }
    }

    /// What a world or a proof must be, added up again.
    fn is_right(outcome: &Outcome, atoms: &Atoms, rows: &[Inequality]) -> bool {
        match outcome {
            Outcome::World(world) => rows.iter().all(|row| {
                let [(at, times)] = row.terms.as_slice() else { return false };
                let held = world.iter().filter(|(boxes, _)| boxes.contains(at));
                let mass = held.fold((integer(0), integer(0)), |sum, (_, mass)| (sum.0 + &mass.0, sum.1 + &mass.1));
                let open = integer(i64::from(row.open));
                (mass.0 * times, mass.1 * times) >= (row.at_least.clone(), open)
            }),
            Outcome::Weights(weights) => {
                let on = |day: i32| {
                    let counts = weights.iter().map(|(row, weight)| {
                        let (at, times) = &rows[*row].terms[0];
                        let (first, last) = atoms.days[*at];
                        if (first..=last).contains(&day) { weight * times } else { integer(0) }
                    });
                    counts.sum::<Rational>()
                };
                let total: Rational = weights.iter().map(|(row, weight)| weight * &rows[*row].at_least).sum();
                let open = weights.iter().any(|(row, _)| rows[*row].open);
                weights.iter().all(|(_, weight)| weight.is_positive())
                    && (0..12).all(|day| !on(day).is_positive())
                    && (total.is_positive() || (total == integer(0) && open))
            }
        }
    }

    proptest! {
        /// Against the simplex, with every answer added up again.
        #[test]
        fn stretches_of_days_are_decided_as_the_simplex_does(
            told in prop::collection::vec(((0..10_i32, 0..10_i32), 0..9_i64, prop::bool::ANY, prop::bool::ANY, 1..3_i64), 1..14)
        ) {
            let atoms = on_days(told.iter().map(|((a, b), ..)| (*a.min(b), *a.max(b))).collect());
            let row = |(at, (_, value, low, open, times)): (usize, &(_, i64, bool, bool, i64))| {
                let sign = if *low { 1 } else { -1 };
                Inequality { terms: vec![(at, integer(sign * times))], at_least: integer(sign * value * 2), open: *open }
            };
            let rows: Vec<Inequality> = told.iter().enumerate().map(row).collect();
            let chosen: Vec<usize> = (0..rows.len()).collect();
            let mut steps = Steps { left: 10_000_000 };
            let found = decide(&atoms, &rows, &chosen, &mut steps).unwrap().unwrap();
            prop_assert!(is_right(&found, &atoms, &rows), "{found:?}");
            let other = simplex::decide(&atoms, &rows, &chosen, 1_000, &mut steps).unwrap();
            prop_assert_eq!(matches!(found, Outcome::World(_)), matches!(other, Outcome::World(_)));
        }
    }

    #[test]
    fn what_does_not_fit_a_machine_word_is_decided_too() {
        let atoms = on_days(vec![(0, 0), (1, 1), (0, 1)]);
        let row = |at, at_least: Rational| {
            let times = integer(if at_least.is_positive() { 1 } else { -1 });
            Inequality { terms: vec![(at, times)], at_least, open: false }
        };
        let third = |by: i64| (0..60).fold(integer(1), |product, _| product / integer(by));
        let parts = third(3) + third(7);
        let decided = |whole: Rational| {
            let rows = [row(0, third(3)), row(1, third(7)), row(2, -whole)];
            let outcome = decide(&atoms, &rows, &[0, 1, 2], &mut Steps { left: 100_000 }).unwrap().unwrap();
            assert!(is_right(&outcome, &atoms, &rows));
            matches!(outcome, Outcome::World(_))
        };
        assert!(decided(parts.clone()));
        assert!(!decided(parts - third(11)));
    }
}
