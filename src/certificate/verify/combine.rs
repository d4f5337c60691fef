//! Whether some combination of pieces makes a weighted sum positive.
//!
//! Here a term of the sum is a number, and a set of numbers stands for all positions that lie in just these terms. A
//! unit has one position on all additive axes together, and any non-empty set of points on the overlapping ones; it
//! counts with the coefficients of all terms that hold it. The proof stands if no unit counts with more than zero.

use std::collections::BTreeSet;

use num_bigint::BigInt;
use num_traits::{Signed, Zero};

use super::json::{Checked, Flaw};

pub(super) type Terms = BTreeSet<usize>;

/// What is left of the step limit. A step is about one look at a piece.
#[derive(Debug)]
pub(super) struct Steps {
    left: u64,
}

impl Steps {
    pub(super) fn new(limit: u64) -> Self {
        Self { left: limit }
    }

    /// Pays for work on `size` terms.
    pub(super) fn take(&mut self, size: usize) -> Checked<()> {
        let price = u64::try_from(size / 16).unwrap_or(u64::MAX).saturating_add(1);
        self.left = self.left.checked_sub(price).ok_or(Flaw::OutOfSteps)?;
        Ok(())
    }
}

/// The coefficient of every term.
struct Coefficients<'a>(&'a [BigInt]);

impl Coefficients<'_> {
    fn sum(&self, terms: &Terms, wanted: impl Fn(usize, &BigInt) -> bool) -> BigInt {
        terms
            .iter()
            .filter_map(|term| Some((*term, self.0.get(*term)?)))
            .filter(|(term, c)| wanted(*term, c))
            .map(|(_, c)| c)
            .sum()
    }

    fn total(&self, terms: &Terms) -> BigInt {
        self.sum(terms, |_, _| true)
    }

    /// No unit that lies in some of `alive`, and surely in those of `surely`, counts with more.
    fn hope(&self, alive: &Terms, surely: &Terms) -> BigInt {
        self.sum(alive, |term, coefficient| coefficient.is_positive() || surely.contains(&term))
    }

    fn has(&self, terms: &Terms, wanted: impl Fn(&BigInt) -> bool) -> bool {
        terms.iter().filter_map(|term| self.0.get(*term)).any(wanted)
    }
}

/// Finds a unit that counts with more than zero: the terms that hold it.
///
/// `additive` and `overlapping` give for each axis the sets of terms that can hold a position on it.
///
/// # Errors
///
/// `OutOfSteps` where the search is not over in time.
pub(super) fn excess(
    coefficients: &[BigInt],
    additive: &[BTreeSet<Terms>],
    overlapping: &[BTreeSet<Terms>],
    steps: &mut Steps,
) -> Checked<Option<Terms>> {
    let coefficients = Coefficients(coefficients);
    let all: Terms = (0..coefficients.0.len()).collect();
    // What holds a unit wherever it is on the axes from the k-th on.
    let mut surely = vec![all.clone()];
    for axis in overlapping.iter().chain(additive.iter().rev()) {
        let mut sure = surely.last().cloned().unwrap_or_default();
        for piece in axis {
            steps.take(sure.len())?;
            sure = &sure & piece;
        }
        surely.push(sure);
    }
    let surely: Vec<Terms> = surely.into_iter().skip(overlapping.len()).rev().collect();
    let none = Terms::new();
    let mut open = vec![(all, 0_usize)];
    while let Some((alive, depth)) = open.pop() {
        let Some(axis) = additive.get(depth) else {
            if let Some(found) = best_points(&coefficients, &alive, overlapping, steps)? {
                return Ok(Some(found));
            }
            continue;
        };
        let mut inside = BTreeSet::new();
        for piece in axis {
            steps.take(piece.len().min(alive.len()))?;
            inside.insert(&alive & piece);
        }
        let sure = surely.get(depth + 1).unwrap_or(&none);
        open.extend(
            inside
                .into_iter()
                .filter(|alive| coefficients.hope(alive, sure).is_positive())
                .map(|alive| (alive, depth + 1)),
        );
    }
    Ok(None)
}

/// The same where the position on the additive axes is settled: `alive` are the terms that hold it there.
fn best_points(
    coefficients: &Coefficients<'_>,
    alive: &Terms,
    overlapping: &[BTreeSet<Terms>],
    steps: &mut Steps,
) -> Checked<Option<Terms>> {
    let mut points = BTreeSet::from([alive.clone()]);
    for axis in overlapping {
        let mut inside = BTreeSet::new();
        for point in &points {
            for piece in axis {
                steps.take(piece.len().min(point.len()))?;
                inside.insert(point & piece);
            }
        }
        // A point in no positive term never helps.
        inside.retain(|point| coefficients.has(point, Signed::is_positive));
        points = inside;
    }
    let points: Vec<Terms> = points.into_iter().collect();
    // Of the points before `next` it is settled which ones the unit has; `held` are the terms that hold those.
    let mut open = vec![(Terms::new(), 0_usize)];
    while let Some((mut held, mut next)) = open.pop() {
        loop {
            if coefficients.total(&held).is_positive() {
                return Ok(Some(held));
            }
            let (mut gain, mut pay, mut choice, mut free) = (Terms::new(), None, None, None);
            for (at, point) in points.iter().enumerate().skip(next) {
                steps.take(point.len())?;
                let new = point - &held;
                if !coefficients.has(&new, Signed::is_positive) {
                    continue;
                }
                if !coefficients.has(&new, Signed::is_negative) {
                    free = Some(point);
                    break;
                }
                gain.extend(&new);
                pay = Some(pay.map_or_else(|| new.clone(), |pay: Terms| &pay & &new));
                choice.get_or_insert((at, point));
            }
            if let Some(point) = free {
                held.extend(point);
                continue;
            }
            // Whichever points are added, their positive terms are in `gain`, and all terms of `pay` come along.
            let (Some((at, point)), Some(pay)) = (choice, pay) else { break };
            if !(coefficients.total(&held) + coefficients.hope(&gain, &pay)).is_positive() {
                break;
            }
            next = at + 1;
            open.push((held.clone(), next));
            held.extend(point);
        }
    }
    Ok(None)
}

/// The least common denominator, or none where it has more than `bits` bits.
pub(super) fn common_denominator<'a>(
    numbers: impl Iterator<Item = &'a num_rational::BigRational>,
    bits: u64,
) -> Option<BigInt> {
    let mut common = BigInt::from(1);
    for number in numbers {
        if (&common % number.denom()).is_zero() {
            continue;
        }
        common = num_rational::BigRational::new(common, number.denom().clone()).numer() * number.denom();
        if common.bits() > bits {
            return None;
        }
    }
    Some(common)
}
