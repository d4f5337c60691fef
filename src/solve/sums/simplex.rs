//! Whether rows over atoms have a world: the exact simplex, one row after the other.
//!
//! A row that the world so far already satisfies is left alone. One that it breaks is added with an artificial variable
//! for what is missing, which is then made as small as can be; when something stays missing, the multipliers of the
//! rows are a proof that nothing satisfies them (Farkas). Only the inverse of the basis is kept, and atoms are priced as
//! columns, so what an atom costs is a look at the boxes that hold it. The largest improvement is taken while there is
//! one; in a run of steps that improve nothing, the first column (Bland 1977, "New finite pivoting rules for the simplex
//! method"), so that the search cannot run in a circle.
//!
//! An open bound is a bound that is passed by an infinitely small amount: right-hand sides are pairs, compared from left
//! to right, of a number and a multiple of that amount.

use std::cmp::Ordering;

use crate::codebook::entry;
use crate::number::Rational;
use crate::solve::steps::{Steps, Stop};
use crate::solve::sums::atoms::{Atoms, Listed};
use crate::solve::sums::number::{Number, Small};
use crate::system::Bits;

/// An inequality: the sum of coefficients times the masses of boxes is at least something, or above it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Inequality {
    /// Coefficients and boxes, each box once.
    pub(super) terms: Vec<(usize, Rational)>,
    /// What the sum is at least.
    pub(super) at_least: Rational,
    /// Whether the bound itself is excluded.
    pub(super) open: bool,
}

/// Whether rows have a world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// They have: atoms, each as the boxes that hold it, with their masses; all others are empty.
    World(Vec<(Vec<usize>, Mass)>),
    /// They have not: rows (as places in the list) with weights above zero, whose weighted sum nothing satisfies.
    Weights(Vec<(usize, Rational)>),
}

/// A number and a multiple of something infinitely small.
pub(super) type Mass = Pair<Rational>;

/// Decides whether some of the rows have a world, on machine integers if they suffice; at most so many points are listed.
pub(super) fn decide(
    atoms: &Atoms,
    rows: &[Inequality],
    chosen: &[usize],
    most: usize,
    steps: &mut Steps,
) -> Result<Outcome, Stop> {
    let used = chosen.iter().flat_map(|&row| &entry(rows, row).terms).map(|(at, _)| *at);
    let used = Bits::of(atoms.boxes, used);
    let restricted = atoms.restricted(&used);
    let listed = restricted.list(most, steps)?;
    decide_over(Source { atoms: &restricted, listed: listed.as_ref() }, rows, chosen, steps)
}

/// Decides over atoms that are at hand.
pub(super) fn decide_over(
    source: Source<'_>,
    rows: &[Inequality],
    chosen: &[usize],
    steps: &mut Steps,
) -> Result<Outcome, Stop> {
    match Tableau::<Small>::new(source, rows, chosen, steps).and_then(|tableau| tableau.run(steps)) {
        Err(Stop::Overflow) => Tableau::<Rational>::new(source, rows, chosen, steps)?.run(steps),
        decided => decided,
    }
}

/// Where atoms come from.
#[derive(Copy, Clone)]
pub(super) struct Source<'a> {
    pub(super) atoms: &'a Atoms,
    /// The points, where they are few enough to be listed.
    pub(super) listed: Option<&'a Listed>,
}

#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Variable {
    /// What is missing of the row that was added last. It comes first, so that it leaves the basis whenever it may.
    Missing,
    /// The mass of an atom.
    Atom(usize),
    /// By how much the row of a slot is exceeded.
    Surplus(usize),
}

/// A number and a multiple of something infinitely small.
type Pair<N> = (N, N);

struct Row<N> {
    row: usize,
    terms: Vec<(usize, N)>,
    at_least: Pair<N>,
}

struct Tableau<'a, N> {
    source: Source<'a>,
    rows: Vec<Row<N>>,
    /// The boxes that hold each atom at hand: the listed points, then what was searched for.
    atoms: Vec<Vec<usize>>,
    /// The rows in the tableau, as places in `rows`.
    slots: Vec<usize>,
    /// Per box, the slots whose rows have a term of it.
    uses: Vec<Vec<(usize, N)>>,
    basis: Vec<Variable>,
    inverse: Vec<Vec<N>>,
    values: Vec<Pair<N>>,
}

fn fits<T>(value: Option<T>) -> Result<T, Stop> {
    value.ok_or(Stop::Overflow)
}

fn compare<N: Number>(a: &Pair<N>, b: &Pair<N>) -> Result<Ordering, Stop> {
    Ok(fits(a.0.minus(&b.0))?.sign().then(fits(a.1.minus(&b.1))?.sign()))
}

fn add_product<N: Number>(sum: &mut N, a: &N, b: &N) -> Result<(), Stop> {
    if !a.is_zero() && !b.is_zero() {
        *sum = fits(a.times(b).and_then(|product| sum.plus(&product)))?;
    }
    Ok(())
}

impl<'a, N: Number> Tableau<'a, N> {
    fn new(source: Source<'a>, rows: &[Inequality], chosen: &[usize], steps: &mut Steps) -> Result<Self, Stop> {
        steps.take(chosen.len(), N::PRICE)?;
        let row = |&row: &usize| {
            let said = entry(rows, row);
            let open = if said.open { N::one() } else { N::zero() };
            Some(Row {
                row,
                terms: said.terms.iter().map(|(at, times)| Some((*at, N::of(times)?))).collect::<Option<_>>()?,
                at_least: (N::of(&said.at_least)?, open),
            })
        };
        let points = source.listed.iter().flat_map(|listed| &listed.points);
        Ok(Self {
            source,
            rows: fits(chosen.iter().map(row).collect())?,
            atoms: points.map(|point| point.iter().collect()).collect(),
            slots: Vec::new(),
            uses: vec![Vec::new(); source.atoms.boxes],
            basis: Vec::new(),
            inverse: Vec::new(),
            values: Vec::new(),
        })
    }

    fn run(mut self, steps: &mut Steps) -> Result<Outcome, Stop> {
        while let Some((row, lacks)) = self.broken(steps)? {
            self.add(row, lacks, steps)?;
            if let Some(weights) = self.reduce(steps)? {
                return Ok(Outcome::Weights(weights));
            }
        }
        let masses = self.basis.iter().zip(&self.values).filter_map(|(variable, (mass, tiny))| match variable {
            Variable::Atom(atom) if !mass.is_zero() || !tiny.is_zero() => {
                Some((self.boxes(*atom).clone(), (mass.rational(), tiny.rational())))
            }
            _ => None,
        });
        Ok(Outcome::World(masses.collect()))
    }

    fn boxes(&self, atom: usize) -> &Vec<usize> {
        entry(&self.atoms, atom)
    }

    /// The first row that the world so far breaks, and what it lacks.
    fn broken(&self, steps: &mut Steps) -> Result<Option<(usize, Pair<N>)>, Stop> {
        let mut masses = vec![(N::zero(), N::zero()); self.source.atoms.boxes];
        for (variable, value) in self.basis.iter().zip(&self.values) {
            let Variable::Atom(atom) = variable else { continue };
            for &at in self.boxes(*atom) {
                if let Some(mass) = masses.get_mut(at) {
                    *mass = (fits(mass.0.plus(&value.0))?, fits(mass.1.plus(&value.1))?);
                }
            }
        }
        for (at, row) in self.rows.iter().enumerate() {
            steps.take(row.terms.len(), N::PRICE)?;
            let mut sum = (N::zero(), N::zero());
            for (place, times) in &row.terms {
                let mass = entry(&masses, *place);
                add_product(&mut sum.0, &mass.0, times)?;
                add_product(&mut sum.1, &mass.1, times)?;
            }
            let lacks = (fits(row.at_least.0.minus(&sum.0))?, fits(row.at_least.1.minus(&sum.1))?);
            if lacks.0.sign().then(lacks.1.sign()) == Ordering::Greater {
                return Ok(Some((at, lacks)));
            }
        }
        Ok(None)
    }

    /// Adds a row that is broken, with an artificial variable for what it lacks in the basis.
    fn add(&mut self, row: usize, lacks: Pair<N>, steps: &mut Steps) -> Result<(), Stop> {
        let slot = self.slots.len();
        steps.take(slot, 1)?;
        let terms = entry(&self.rows, row).terms.clone();
        let mut of_box = vec![N::zero(); self.source.atoms.boxes];
        for (at, times) in &terms {
            if let Some(place) = of_box.get_mut(*at) {
                *place = times.clone();
            }
        }
        // The new row of the inverse: what eliminates the basic atoms from the row.
        let mut last = vec![N::zero(); slot];
        for (variable, line) in self.basis.iter().zip(&self.inverse) {
            let Variable::Atom(atom) = variable else { continue };
            let mut times = N::zero();
            for &at in self.boxes(*atom) {
                times = fits(times.plus(entry(&of_box, at)))?;
            }
            if times.is_zero() {
                continue;
            }
            let times = fits(times.negated())?;
            steps.take(line.len(), N::PRICE)?;
            for (sum, value) in last.iter_mut().zip(line) {
                add_product(sum, &times, value)?;
            }
        }
        for line in &mut self.inverse {
            line.push(N::zero());
        }
        last.push(N::one());
        self.inverse.push(last);
        self.values.push(lacks);
        self.basis.push(Variable::Missing);
        self.slots.push(row);
        for (at, times) in terms {
            if let Some(uses) = self.uses.get_mut(at) {
                uses.push((slot, times));
            }
        }
        Ok(())
    }

    /// Makes what is missing as small as can be: the weights of the rows where something stays missing.
    fn reduce(&mut self, steps: &mut Steps) -> Result<Option<Vec<(usize, Rational)>>, Stop> {
        let mut stalled = false;
        while let Some(missing) = self.basis.iter().position(|variable| *variable == Variable::Missing) {
            let multipliers = entry(&self.inverse, missing).clone();
            let Some(entering) = self.entering(&multipliers, stalled, steps)? else {
                return Ok(Some(self.weights(&multipliers)));
            };
            let column = self.column(entering, steps)?;
            let leaving = self.leaving(&column)?;
            stalled = self.pivot(entering, &column, leaving, steps)?;
        }
        Ok(None)
    }

    fn weights(&self, multipliers: &[N]) -> Vec<(usize, Rational)> {
        let positive = multipliers.iter().zip(&self.slots).filter(|(weight, _)| weight.sign() == Ordering::Greater);
        positive.map(|(weight, slot)| (entry(&self.rows, *slot).row, weight.rational())).collect()
    }

    /// A variable that makes what is missing smaller, by the most or (when stalled) the first one.
    fn entering(&mut self, multipliers: &[N], stalled: bool, steps: &mut Steps) -> Result<Option<Variable>, Stop> {
        let mut coefficients = vec![N::zero(); self.source.atoms.boxes];
        for (sum, uses) in coefficients.iter_mut().zip(&self.uses) {
            for (slot, times) in uses {
                add_product(sum, times, entry(multipliers, *slot))?;
            }
        }
        let mut best: Option<(Variable, N)> = None;
        for atom in 0..self.atoms.len() {
            let boxes = self.boxes(atom);
            steps.take(boxes.len(), N::PRICE)?;
            let mut gain = N::zero();
            for &at in boxes {
                let more = entry(&coefficients, at);
                if !more.is_zero() {
                    gain = fits(gain.plus(more))?;
                }
            }
            if gain.sign() != Ordering::Greater {
                continue;
            }
            if stalled {
                return Ok(Some(Variable::Atom(atom)));
            }
            let better = match &best {
                None => true,
                Some((_, most)) => fits(gain.minus(most))?.sign() == Ordering::Greater,
            };
            if better {
                best = Some((Variable::Atom(atom), gain));
            }
        }
        if let Some((variable, _)) = best {
            return Ok(Some(variable));
        }
        if let Some(slot) = multipliers.iter().position(|multiplier| multiplier.sign() == Ordering::Less) {
            return Ok(Some(Variable::Surplus(slot)));
        }
        let Source { atoms, listed } = self.source;
        let point = if listed.is_some() { None } else { atoms.best_point(&coefficients, steps)? };
        let found = match point {
            Some(point) => Some(point),
            None => atoms.best_union(listed, &coefficients, steps)?,
        };
        let Some(found) = found else { return Ok(None) };
        self.atoms.push(found.iter().collect());
        Ok(Some(Variable::Atom(self.atoms.len() - 1)))
    }

    /// A variable's column in terms of the basis.
    fn column(&self, variable: Variable, steps: &mut Steps) -> Result<Vec<N>, Stop> {
        let mut rows = vec![N::zero(); self.slots.len()];
        match variable {
            Variable::Missing => {}
            Variable::Surplus(slot) => {
                if let Some(row) = rows.get_mut(slot) {
                    *row = fits(N::one().negated())?;
                }
            }
            Variable::Atom(atom) => {
                for (slot, times) in self.boxes(atom).iter().flat_map(|&at| entry(&self.uses, at)) {
                    if let Some(row) = rows.get_mut(*slot) {
                        *row = fits(row.plus(times))?;
                    }
                }
            }
        }
        let rows: Vec<(usize, N)> = rows.into_iter().enumerate().filter(|(_, value)| !value.is_zero()).collect();
        steps.take(self.inverse.len() * rows.len(), N::PRICE)?;
        let product = |line: &Vec<N>| {
            let mut sum = N::zero();
            for (at, b) in &rows {
                add_product(&mut sum, entry(line, *at), b)?;
            }
            Ok(sum)
        };
        self.inverse.iter().map(product).collect()
    }

    /// Where in the basis the variable stands that reaches zero first.
    fn leaving(&self, column: &[N]) -> Result<usize, Stop> {
        let mut first: Option<(usize, Variable, Pair<N>)> = None;
        for (at, ((variable, value), slope)) in self.basis.iter().zip(&self.values).zip(column).enumerate() {
            if slope.sign() != Ordering::Greater {
                continue;
            }
            let ratio = (fits(value.0.over(slope))?, fits(value.1.over(slope))?);
            let earlier = match &first {
                None => true,
                Some((_, other, least)) => compare(&ratio, least)?.then(variable.cmp(other)) == Ordering::Less,
            };
            if earlier {
                first = Some((at, *variable, ratio));
            }
        }
        // OK because a variable enters only where it makes what is missing smaller, so that one reaches zero.
        first.map(|(at, ..)| at).ok_or(Stop::OutOfSteps)
    }

    /// Exchanges variables; whether nothing moved.
    fn pivot(&mut self, entering: Variable, column: &[N], leaving: usize, steps: &mut Steps) -> Result<bool, Stop> {
        let slope = entry(column, leaving);
        let mut line = entry(&self.inverse, leaving).clone();
        for value in line.iter_mut().filter(|value| !value.is_zero()) {
            *value = fits(value.over(slope))?;
        }
        let sparse: Vec<(usize, N)> = line.iter().cloned().enumerate().filter(|(_, value)| !value.is_zero()).collect();
        let touched = column.iter().filter(|slope| !slope.is_zero()).count();
        steps.take(line.len() + sparse.len() * touched, N::PRICE)?;
        let value = entry(&self.values, leaving);
        let value = (fits(value.0.over(slope))?, fits(value.1.over(slope))?);
        let moved = self.inverse.iter_mut().zip(&mut self.values).zip(column).enumerate();
        for (at, ((other, other_value), slope)) in moved {
            if at == leaving {
                other.clone_from(&line);
                *other_value = value.clone();
            } else if !slope.is_zero() {
                let times = fits(slope.negated())?;
                for (at, by) in &sparse {
                    if let Some(place) = other.get_mut(*at) {
                        add_product(place, &times, by)?;
                    }
                }
                add_product(&mut other_value.0, &times, &value.0)?;
                add_product(&mut other_value.1, &times, &value.1)?;
            }
        }
        if let Some(variable) = self.basis.get_mut(leaving) {
            *variable = entering;
        }
        Ok(value.0.is_zero() && value.1.is_zero())
    }
}

#[cfg(test)]
mod tests;
