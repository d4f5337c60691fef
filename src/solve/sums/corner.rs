//! One corner of what rows allow, looked at exactly.
//!
//! A search on floats ends at a corner: so many rows that hold with equality or are exceeded, and as many variables that are not zero.
//! Which they are is all that is taken from it. The variables, or the multipliers of the rows, follow from equations with exact numbers,
//! and only if those show a world or a refutation is it believed.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::codebook::entry;
use crate::number::Rational;
use crate::solve::steps::{Steps, Stop};
use crate::solve::sums::number::Number;
use crate::solve::sums::simplex::{Inequality, Outcome, Pair, Source, Variable};

/// A corner: rows, and the variables that may differ from zero there.
#[derive(Debug)]
pub(super) struct Corner {
    /// The rows, as places among the chosen ones.
    pub(super) slots: Vec<usize>,
    /// As many variables.
    pub(super) basis: Vec<Variable>,
    /// The boxes that hold each atom.
    pub(super) atoms: Vec<Vec<usize>>,
}

/// A line of equations: coefficients by the place of their variable, and two right-hand sides.
#[derive(Clone)]
struct Equation<N> {
    terms: BTreeMap<usize, N>,
    value: Pair<N>,
}

fn fits<T>(value: Option<T>) -> Result<T, Stop> {
    value.ok_or(Stop::Overflow)
}

impl Corner {
    /// What the corner shows; nothing if it shows nothing.
    pub(super) fn settle<N: Number>(
        &self,
        source: Source<'_>,
        rows: &[Inequality],
        chosen: &[usize],
        steps: &mut Steps,
    ) -> Result<Option<Outcome>, Stop> {
        let row_of = |slot: usize| entry(rows, *entry(chosen, *entry(&self.slots, slot)));
        match self.basis.iter().position(|variable| *variable == Variable::Missing) {
            None => {
                let equations: Result<Vec<Equation<N>>, Stop> = (0..self.slots.len())
                    .map(|slot| {
                        let row = row_of(slot);
                        let open = if row.open { N::one() } else { N::zero() };
                        Ok(Equation {
                            terms: self.line(row, slot)?.into_iter().collect(),
                            value: (fits(N::of(&row.at_least))?, open),
                        })
                    })
                    .collect();
                let Some(values) = solved(equations?, steps)? else { return Ok(None) };
                self.world(&values, rows, chosen)
            }
            Some(missing) => {
                let zero = || Equation { terms: BTreeMap::new(), value: (N::zero(), N::zero()) };
                let mut equations: Vec<Equation<N>> = self.basis.iter().map(|_| zero()).collect();
                for slot in 0..self.slots.len() {
                    for (at, times) in self.line(row_of(slot), slot)? {
                        if let Some(equation) = equations.get_mut(at) {
                            equation.terms.insert(slot, times);
                        }
                    }
                }
                if let Some(equation) = equations.get_mut(missing) {
                    equation.value.0 = N::one();
                }
                let Some(values) = solved(equations, steps)? else { return Ok(None) };
                let multipliers: Vec<N> = values.into_iter().map(|(value, _)| value).collect();
                self.refutation(&multipliers, source, rows, chosen, steps)
            }
        }
    }

    /// How often each variable of the basis counts in the row of a slot.
    fn line<N: Number>(&self, row: &Inequality, slot: usize) -> Result<Vec<(usize, N)>, Stop> {
        let mut line = Vec::new();
        for (at, variable) in self.basis.iter().enumerate() {
            let times = match variable {
                Variable::Missing if slot + 1 == self.slots.len() => N::one(),
                Variable::Surplus(of) if *of == slot => fits(N::one().negated())?,
                Variable::Missing | Variable::Surplus(_) => continue,
                Variable::Atom(atom) => {
                    let mut sum = N::zero();
                    for (place, times) in &row.terms {
                        if entry(&self.atoms, *atom).binary_search(place).is_ok() {
                            sum = fits(sum.plus(&fits(N::of(times))?))?;
                        }
                    }
                    sum
                }
            };
            if !times.is_zero() {
                line.push((at, times));
            }
        }
        Ok(line)
    }

    fn world<N: Number>(
        &self,
        values: &[Pair<N>],
        rows: &[Inequality],
        chosen: &[usize],
    ) -> Result<Option<Outcome>, Stop> {
        let sign = |pair: &Pair<N>| pair.0.sign().then(pair.1.sign());
        if values.iter().any(|value| sign(value) == Ordering::Less) {
            return Ok(None);
        }
        let mut masses: BTreeMap<usize, Pair<N>> = BTreeMap::new();
        let mut world = Vec::new();
        for (variable, value) in self.basis.iter().zip(values) {
            let Variable::Atom(atom) = variable else { continue };
            if sign(value) == Ordering::Equal {
                continue;
            }
            let boxes = entry(&self.atoms, *atom);
            for &at in boxes {
                let mass = masses.entry(at).or_insert_with(|| (N::zero(), N::zero()));
                *mass = (fits(mass.0.plus(&value.0))?, fits(mass.1.plus(&value.1))?);
            }
            world.push((boxes.clone(), (value.0.rational(), value.1.rational())));
        }
        for &row in chosen {
            let row = entry(rows, row);
            let open = if row.open { N::one() } else { N::zero() };
            let mut slack = (fits(fits(N::of(&row.at_least))?.negated())?, fits(open.negated())?);
            for (at, times) in &row.terms {
                let Some(mass) = masses.get(at) else { continue };
                let times = fits(N::of(times))?;
                slack.0 = fits(slack.0.plus(&fits(mass.0.times(&times))?))?;
                slack.1 = fits(slack.1.plus(&fits(mass.1.times(&times))?))?;
            }
            if sign(&slack) == Ordering::Less {
                return Ok(None);
            }
        }
        Ok(Some(Outcome::World(world)))
    }

    fn refutation<N: Number>(
        &self,
        multipliers: &[N],
        source: Source<'_>,
        rows: &[Inequality],
        chosen: &[usize],
        steps: &mut Steps,
    ) -> Result<Option<Outcome>, Stop> {
        let mut coefficients = vec![N::zero(); source.atoms.boxes];
        let mut total = (N::zero(), N::zero());
        let mut weights: Vec<(usize, Rational)> = Vec::new();
        for (multiplier, slot) in multipliers.iter().zip(&self.slots) {
            if multiplier.is_zero() {
                continue;
            }
            if multiplier.sign() == Ordering::Less {
                return Ok(None);
            }
            let place = *entry(chosen, *slot);
            let row = entry(rows, place);
            for (at, times) in &row.terms {
                if let Some(sum) = coefficients.get_mut(*at) {
                    *sum = fits(sum.plus(&fits(multiplier.times(&fits(N::of(times))?))?))?;
                }
            }
            total.0 = fits(total.0.plus(&fits(multiplier.times(&fits(N::of(&row.at_least))?))?))?;
            if row.open {
                total.1 = fits(total.1.plus(multiplier))?;
            }
            weights.push((place, multiplier.rational()));
        }
        if total.0.sign().then(total.1.sign()) != Ordering::Greater {
            return Ok(None);
        }
        for atom in &self.atoms {
            let mut sum = N::zero();
            for &at in atom {
                sum = fits(sum.plus(entry(&coefficients, at)))?;
            }
            if sum.sign() == Ordering::Greater {
                return Ok(None);
            }
        }
        let Source { atoms, listed } = source;
        let more = (listed.is_none() && atoms.best_point(&coefficients, steps)?.is_some())
            || atoms.best_union(listed, &coefficients, steps)?.is_some();
        Ok((!more).then_some(Outcome::Weights(weights)))
    }
}

/// The values of the variables, by their places; nothing where the equations do not settle them.
///
/// Elimination, each time by the term that touches the fewest others (Markowitz 1957, "The elimination form of the inverse and its
/// application to linear programming").
fn solved<N: Number>(mut equations: Vec<Equation<N>>, steps: &mut Steps) -> Result<Option<Vec<Pair<N>>>, Stop> {
    let size = equations.len();
    let mut users = vec![0_usize; size];
    for at in equations.iter().flat_map(|equation| equation.terms.keys()) {
        if let Some(count) = users.get_mut(*at) {
            *count += 1;
        }
    }
    let mut done: Vec<(usize, Equation<N>)> = Vec::with_capacity(size);
    while !equations.is_empty() {
        steps.take(equations.len(), 2)?;
        let Some(shortest) = (0..equations.len()).min_by_key(|&at| entry(&equations, at).terms.len()) else { break };
        let pivot = equations.swap_remove(shortest);
        let Some((&at, times)) = pivot.terms.iter().min_by_key(|(at, _)| *entry(&users, **at)) else {
            return Ok(None);
        };
        for place in pivot.terms.keys() {
            if let Some(count) = users.get_mut(*place) {
                *count -= 1;
            }
        }
        for equation in &mut equations {
            let Some(factor) = equation.terms.remove(&at) else { continue };
            let factor = fits(factor.over(times).and_then(|factor| factor.negated()))?;
            steps.take(pivot.terms.len() + 2, 4 * N::PRICE)?;
            for (place, value) in pivot.terms.iter().filter(|(place, _)| **place != at) {
                let more = fits(value.times(&factor))?;
                let sum = match equation.terms.get(place) {
                    Some(sum) => fits(sum.plus(&more))?,
                    None => more,
                };
                let known = equation.terms.contains_key(place);
                let count = users.get_mut(*place);
                if sum.is_zero() {
                    equation.terms.remove(place);
                    count.into_iter().filter(|_| known).for_each(|count| *count -= 1);
                } else {
                    equation.terms.insert(*place, sum);
                    count.into_iter().filter(|_| !known).for_each(|count| *count += 1);
                }
            }
            equation.value.0 = fits(pivot.value.0.times(&factor).and_then(|more| equation.value.0.plus(&more)))?;
            equation.value.1 = fits(pivot.value.1.times(&factor).and_then(|more| equation.value.1.plus(&more)))?;
        }
        done.push((at, pivot));
    }
    let mut values = vec![(N::zero(), N::zero()); size];
    for (at, equation) in done.into_iter().rev() {
        let Some(times) = equation.terms.get(&at) else { return Ok(None) };
        let mut value = equation.value.clone();
        for (place, times) in equation.terms.iter().filter(|(place, _)| **place != at) {
            let known = entry(&values, *place);
            let less = fits(times.negated())?;
            value.0 = fits(known.0.times(&less).and_then(|less| value.0.plus(&less)))?;
            value.1 = fits(known.1.times(&less).and_then(|less| value.1.plus(&less)))?;
        }
        if let Some(slot) = values.get_mut(at) {
            *slot = (fits(value.0.over(times))?, fits(value.1.over(times))?);
        }
    }
    Ok(Some(values))
}
