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

use num_traits::Signed;

use crate::codebook::entry;
use crate::number::{Rational, integer};
use crate::solve::steps::{Steps, Stop};
use crate::solve::sums::atoms::{Atoms, Listed};
use crate::solve::sums::corner::Corner;
use crate::solve::sums::line;
use crate::solve::sums::number::{Float, Number, Small};
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
    if chosen.len() >= PROPOSE {
        if let Some(outcome) = line::decide(source.atoms, rows, chosen, steps)? {
            return Ok(outcome);
        }
        if let Some(outcome) = proposed(source, rows, chosen, steps)? {
            return Ok(outcome);
        }
    }
    match Tableau::<Small>::new(source, rows, chosen, steps).and_then(|tableau| tableau.run(steps)) {
        Err(Stop::Overflow) => Tableau::<Rational>::new(source, rows, chosen, steps)?.run(steps),
        decided => decided,
    }
}

/// From so many rows on, periods of one scope are laid on a line, and elsewhere floats find the way first.
const PROPOSE: usize = 40;

/// Lets floats find the corner at which the search ends, and looks exactly at that corner only; nothing where they went astray.
fn proposed(
    source: Source<'_>,
    rows: &[Inequality],
    chosen: &[usize],
    steps: &mut Steps,
) -> Result<Option<Outcome>, Stop> {
    // Masses are what bounds make them: scaled down together they are as exact as floats can be.
    let bounds = chosen.iter().map(|&row| entry(rows, row).at_least.abs());
    let scale = bounds.filter(Signed::is_positive).max().unwrap_or_else(|| integer(1));
    let scaled = |&row: &usize| {
        let Inequality { terms, at_least, open } = entry(rows, row).clone();
        // OK because the scale is above zero. A float needs no reduced fraction, which would cost most of this.
        let at_least = Rational::new_raw(at_least.numer() * scale.denom(), at_least.denom() * scale.numer());
        Inequality { terms, at_least, open }
    };
    let small: Vec<Inequality> = chosen.iter().map(scaled).collect();
    // A corner speaks of rows by their places among the chosen ones.
    let all: Vec<usize> = (0..small.len()).collect();
    // Floats that run in a circle stop where exact numbers still have most of the steps.
    let mut some = Steps { left: steps.left / 2 };
    let before = some.left;
    let found = Tableau::<Float>::new(source, &small, &all, &mut some).and_then(|tableau| tableau.corner(&mut some));
    steps.left -= before - some.left;
    let Ok(corner) = found else { return Ok(None) };
    match corner.settle::<Small>(source, rows, chosen, steps) {
        Err(Stop::Overflow) => corner.settle::<Rational>(source, rows, chosen, steps),
        settled => settled,
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
pub(super) enum Variable {
    /// What is missing of the row that was added last. It comes first, so that it leaves the basis whenever it may.
    Missing,
    /// The mass of an atom.
    Atom(usize),
    /// By how much the row of a slot is exceeded.
    Surplus(usize),
}

/// A number and a multiple of something infinitely small.
pub(super) type Pair<N> = (N, N);

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
    /// The same as sets.
    sets: Vec<Bits>,
    /// The rows in the tableau, as places in `rows`.
    slots: Vec<usize>,
    /// Per box, the slots whose rows have a term of it.
    uses: Vec<Vec<(usize, N)>>,
    basis: Vec<Variable>,
    inverse: Vec<Vec<N>>,
    values: Vec<Pair<N>>,
    /// How often variables were exchanged.
    exchanges: usize,
    /// The atom to look at next.
    next: usize,
}

/// How many atoms are looked through for the one that gains most.
const STRETCH: usize = 1_000;

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
        let sets: Vec<Bits> = source.listed.iter().flat_map(|listed| &listed.points).cloned().collect();
        Ok(Self {
            source,
            rows: fits(chosen.iter().map(row).collect())?,
            atoms: sets.iter().map(|point| point.iter().collect()).collect(),
            sets,
            slots: Vec::new(),
            uses: vec![Vec::new(); source.atoms.boxes],
            basis: Vec::new(),
            inverse: Vec::new(),
            values: Vec::new(),
            exchanges: 0,
            next: 0,
        })
    }

    /// Adds broken rows until none is left, or one cannot be mended: then its multipliers.
    fn search(&mut self, steps: &mut Steps) -> Result<Option<Vec<N>>, Stop> {
        while let Some((row, lacks)) = self.broken(steps)? {
            self.add(row, lacks, steps)?;
            if let Some(multipliers) = self.reduce(steps)? {
                return Ok(Some(multipliers));
            }
        }
        Ok(None)
    }

    /// Where the search ends, whatever its numbers are worth.
    fn corner(mut self, steps: &mut Steps) -> Result<Corner, Stop> {
        self.search(steps)?;
        Ok(Corner { slots: self.slots, basis: self.basis, atoms: self.atoms })
    }

    fn run(mut self, steps: &mut Steps) -> Result<Outcome, Stop> {
        if let Some(multipliers) = self.search(steps)? {
            return Ok(Outcome::Weights(self.weights(&multipliers)));
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
            // A row of the tableau holds; floats may not see it.
            if self.slots.contains(&at) {
                continue;
            }
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
    fn reduce(&mut self, steps: &mut Steps) -> Result<Option<Vec<N>>, Stop> {
        let mut stalled = false;
        let mut exchanges = 0_usize;
        while let Some(missing) = self.basis.iter().position(|variable| *variable == Variable::Missing) {
            let multipliers = entry(&self.inverse, missing).clone();
            let Some(entering) = self.entering(&multipliers, stalled, steps)? else {
                return Ok(Some(multipliers));
            };
            let column = self.column(entering, steps)?;
            let leaving = self.leaving(&column, stalled)?;
            stalled = self.pivot(entering, &column, leaving, steps)?;
            exchanges += 1;
            self.exchanges += 1;
            if self.exchanges.is_multiple_of(N::LASTS) {
                self.refresh(steps)?;
            }
            if exchanges > N::LASTS.saturating_mul(10) {
                return Err(Stop::OutOfSteps);
            }
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
        // Only an atom that lies in one of these gains anything.
        let gainful = coefficients.iter().enumerate().filter(|(_, times)| times.sign() == Ordering::Greater);
        let gainful = Bits::of(self.source.atoms.boxes, gainful.map(|(at, _)| at));
        // Where nothing moves the first one must be taken; else one stretch of atoms after the other is looked through.
        if stalled {
            self.next = 0;
        }
        let mut best: Option<(usize, N)> = None;
        for looked in 0..self.atoms.len() {
            if best.is_some() && (stalled || looked % STRETCH == 0) {
                break;
            }
            let atom = self.next;
            self.next = if atom + 1 < self.atoms.len() { atom + 1 } else { 0 };
            let boxes = self.boxes(atom);
            steps.take(boxes.len(), N::PRICE)?;
            if !entry(&self.sets, atom).meets(&gainful) {
                continue;
            }
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
            let better = match &best {
                None => true,
                Some((_, most)) => fits(gain.minus(most))?.sign() == Ordering::Greater,
            };
            if better {
                best = Some((atom, gain));
            }
        }
        if let Some((atom, _)) = best {
            return Ok(Some(Variable::Atom(atom)));
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
        self.sets.push(found);
        Ok(Some(Variable::Atom(self.atoms.len() - 1)))
    }

    /// How often a variable counts in the row of each slot.
    fn column_of_rows(&self, variable: Variable) -> Result<Vec<N>, Stop> {
        let mut rows = vec![N::zero(); self.slots.len()];
        match variable {
            Variable::Missing => {
                if let Some(row) = rows.last_mut() {
                    *row = N::one();
                }
            }
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
        Ok(rows)
    }

    /// A variable's column in terms of the basis.
    fn column(&self, variable: Variable, steps: &mut Steps) -> Result<Vec<N>, Stop> {
        let rows = self.column_of_rows(variable)?;
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
    fn leaving(&self, column: &[N], stalled: bool) -> Result<usize, Stop> {
        let mut first: Option<(usize, Variable, Pair<N>, &N)> = None;
        for (at, ((variable, value), slope)) in self.basis.iter().zip(&self.values).zip(column).enumerate() {
            if !slope.is_slope() {
                continue;
            }
            let ratio = (fits(value.0.over(slope))?, fits(value.1.over(slope))?);
            let earlier = match &first {
                None => true,
                Some((_, other, least, by)) => {
                    // Of variables that reach zero together floats divide by the largest slope.
                    let steeper = !stalled && N::LASTS < usize::MAX && *variable != Variable::Missing;
                    let slopes = if steeper { fits(by.minus(slope))?.sign() } else { Ordering::Equal };
                    compare(&ratio, least)?.then(slopes).then(variable.cmp(other)) == Ordering::Less
                }
            };
            if earlier {
                first = Some((at, *variable, ratio, slope));
            }
        }
        // OK because a variable enters only where it makes what is missing smaller, so that one reaches zero.
        first.map(|(at, ..)| at).ok_or(Stop::OutOfSteps)
    }

    /// Works the inverse and the values out anew from the rows and the variables of the basis (Gauss and Jordan), so that errors do not
    /// add up.
    fn refresh(&mut self, steps: &mut Steps) -> Result<(), Stop> {
        let size = self.slots.len();
        let columns: Vec<Vec<N>> =
            self.basis.iter().map(|&variable| self.column_of_rows(variable)).collect::<Result<_, _>>()?;
        // Per slot: the basis on the left, and on the right what becomes the inverse.
        let mut lines: Vec<Vec<N>> = (0..size)
            .map(|slot| {
                let left = columns.iter().map(|column| entry(column, slot).clone());
                let right = (0..size).map(|at| if at == slot { N::one() } else { N::zero() });
                left.chain(right).collect()
            })
            .collect();
        for at in 0..size {
            steps.take(2 * size, N::PRICE)?;
            let mut best: Option<(usize, N)> = None;
            for (slot, line) in lines.iter().enumerate().skip(at) {
                let value = entry(line, at);
                let size = if value.sign() == Ordering::Less { fits(value.negated())? } else { value.clone() };
                let larger = match &best {
                    None => size.sign() == Ordering::Greater,
                    Some((_, most)) => fits(size.minus(most))?.sign() == Ordering::Greater,
                };
                if larger {
                    best = Some((slot, size));
                }
            }
            let (slot, _) = best.ok_or(Stop::OutOfSteps)?;
            lines.swap(at, slot);
            let mut pivot = std::mem::take(lines.get_mut(at).ok_or(Stop::OutOfSteps)?);
            let divisor = entry(&pivot, at).clone();
            for value in pivot.iter_mut().filter(|value| !value.is_zero()) {
                *value = fits(value.over(&divisor))?;
            }
            let sparse: Vec<(usize, N)> =
                pivot.iter().cloned().enumerate().filter(|(_, value)| !value.is_zero()).collect();
            for line in lines.iter_mut().filter(|line| !line.is_empty()) {
                let times = entry(line, at).clone();
                if times.is_zero() {
                    continue;
                }
                let times = fits(times.negated())?;
                steps.take(sparse.len(), N::PRICE)?;
                for (place, by) in &sparse {
                    if let Some(value) = line.get_mut(*place) {
                        add_product(value, &times, by)?;
                    }
                }
            }
            if let Some(line) = lines.get_mut(at) {
                *line = pivot;
            }
        }
        self.inverse = lines.into_iter().map(|mut line| line.split_off(size)).collect();
        let bounds: Vec<&Pair<N>> = self.slots.iter().map(|&row| &entry(&self.rows, row).at_least).collect();
        let value = |line: &Vec<N>| {
            let mut sum = (N::zero(), N::zero());
            for (times, bound) in line.iter().zip(&bounds) {
                add_product(&mut sum.0, times, &bound.0)?;
                add_product(&mut sum.1, times, &bound.1)?;
            }
            let zero = (N::zero(), N::zero());
            Ok(if compare(&sum, &zero)? == Ordering::Less { zero } else { sum })
        };
        self.values = self.inverse.iter().map(value).collect::<Result<_, _>>()?;
        Ok(())
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
