//! The least and the greatest mass of a box that claims allow.
//!
//! To ask whether there can be less than t of it is one more row, and the weights that refute it prove a bound: whatever
//! satisfies the other rows has at least so much. With that for t the question is asked again, until the answer is a world. Each
//! answer raises t, and there are only so many sets of weights (Dinkelbach 1967, "On nonlinear fractional programming", finds a
//! root in this way). For the greatest mass it is first asked whether it can grow without end.

use std::collections::BTreeSet;

use num_traits::{One, Signed, Zero};

use crate::claim::{ClaimId, Corpus, Reading};
use crate::codebook::{MeasureId, entry};
use crate::number::Rational;
use crate::solve::Limits;
use crate::solve::steps::{Steps, Stop};
use crate::solve::sums::rows::{ItemRow, Mass, System};
use crate::solve::sums::simplex::{Inequality, Outcome, decide};
use crate::solve::sums::{Component, PATTERNS, SumPremise, Weighted, Weights};
use crate::system::{Bits, ScopeBox};

/// One end of what is possible, and why it cannot be passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// The end.
    pub value: Rational,
    /// Whether it is not reached itself.
    pub open: bool,
    /// Rows of claims with weights: their weighted sum counts, wherever anything lies, at most as often as the box does (for the
    /// least mass), or with the box at most zero times (for the greatest).
    pub rows: Vec<Weighted>,
    /// What else is needed, likewise; with the totals of the box itself.
    pub sums: Vec<SumPremise>,
}

/// What is possible in a box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The least mass; none where there may be nothing.
    pub least: Option<Limit>,
    /// The greatest mass; none where there may be any.
    pub greatest: Option<Limit>,
}

/// What is possible in a box of a measure where all claims but some hold; for a level the box is of one day.
///
/// Nothing where that is not decided within the limits, or the claims have no world.
pub fn bounds(
    corpus: &Corpus,
    reading: Reading,
    without: &BTreeSet<ClaimId>,
    (measure, scope): (MeasureId, &ScopeBox),
    limits: &Limits,
) -> Option<Bounds> {
    let mut system = System::asking(corpus, reading, Some((measure, scope)));
    system.leave_out(without);
    let Some(asked) = system.asked.clone() else { return Some(Bounds { least: None, greatest: None }) };
    let parts = system.parts();
    let Some(part) = parts.iter().find(|part| part.background.contains(&asked)) else {
        return Some(Bounds { least: None, greatest: None });
    };
    if part.needs_more_sums(&system) {
        return None;
    }
    let component = Component::of(&system, part, PATTERNS)?;
    let place = part.background.iter().position(|row| *row == asked)?;
    let question = Question {
        system: &system,
        rows: part.rows().collect(),
        owners: part.items.iter().flat_map(|item| item.rows.iter().map(|_| item.claims.first().copied())).collect(),
        background: part.background.len(),
        chosen: component.rows_of(&Bits::all(part.items.len())),
        asked: asked.clone(),
        terms: entry(&component.rows, place).terms.clone(),
        component: &component,
    };
    let mut steps = Steps { left: limits.steps };
    let least = question.least(&mut steps).ok()?;
    let greatest = question.greatest(&mut steps).ok()?;
    Some(Bounds { least, greatest })
}

/// The rows with their ends: what they allow comes as near to the ends of a box as what the open rows allow, if these allow
/// anything. With the open rows a proof that an end is excluded could hide that there is a better one. What refutes a
/// closed question does so by more than nothing, so that each answer moves the end.
fn closed(rows: &[Inequality]) -> Vec<Inequality> {
    rows.iter().map(|row| Inequality { open: false, ..row.clone() }).collect()
}

struct Question<'a> {
    system: &'a System<'a>,
    rows: Vec<&'a ItemRow>,
    /// Whose each row is, after those of the background.
    owners: Vec<Option<ClaimId>>,
    background: usize,
    chosen: Vec<usize>,
    asked: ItemRow,
    /// The box that is asked after.
    terms: Vec<(usize, Rational)>,
    component: &'a Component,
}

impl Question<'_> {
    /// Weights that show that the rows do not go with one more.
    fn refute(&self, rows: &[Inequality], more: Inequality, steps: &mut Steps) -> Result<Option<Weights>, Stop> {
        let mut rows = rows.to_vec();
        let mut chosen = self.chosen.clone();
        chosen.push(rows.len());
        rows.push(more);
        match decide(&self.component.atoms, &rows, &chosen, self.component.most, steps)? {
            Outcome::World(_) => Ok(None),
            Outcome::Weights(weights) => Ok(Some(weights)),
        }
    }

    fn asking(&self, times: i64, at_least: Rational) -> Inequality {
        let times = crate::number::integer(times);
        let terms = self.terms.iter().map(|(at, count)| (*at, count * &times)).collect();
        Inequality { terms, at_least, open: false }
    }

    fn least(&self, steps: &mut Steps) -> Result<Option<Limit>, Stop> {
        let closed = closed(&self.component.rows);
        let mut limit: Option<Limit> = None;
        loop {
            let value = limit.as_ref().map_or_else(Rational::zero, |limit| limit.value.clone());
            let Some(weights) = self.refute(&closed, self.asking(-1, -&value), steps)? else {
                // Whether the least itself is possible depends on the open rows.
                let open = self.refute(&self.component.rows, self.asking(-1, -value), steps)?;
                return open.map_or(Ok(limit), |weights| self.limit(&weights, false).map(Some));
            };
            limit = Some(self.limit(&weights, false)?);
        }
    }

    fn greatest(&self, steps: &mut Steps) -> Result<Option<Limit>, Stop> {
        let closed = closed(&self.component.rows);
        let onward = |row: &Inequality| Inequality { at_least: Rational::zero(), ..row.clone() };
        let directions: Vec<Inequality> = closed.iter().map(onward).collect();
        let Some(weights) = self.refute(&directions, self.asking(1, Rational::one()), steps)? else {
            return Ok(None);
        };
        let mut limit = self.limit(&weights, true)?;
        while let Some(weights) = self.refute(&closed, self.asking(1, limit.value.clone()), steps)? {
            limit = self.limit(&weights, true)?;
        }
        let open = self.refute(&self.component.rows, self.asking(1, limit.value.clone()), steps)?;
        open.map_or(Ok(Some(limit)), |weights| self.limit(&weights, true).map(Some))
    }

    /// The bound that weights prove: those of the rows, the one that was asked standing last.
    fn limit(&self, weights: &Weights, greatest: bool) -> Result<Limit, Stop> {
        let last = self.component.rows.len();
        let scale = weights.iter().find(|(row, _)| *row == last).map(|(_, weight)| weight.clone());
        // OK because the rows alone have a world; weights that do without the question would refute them.
        let scale = scale.ok_or(Stop::OutOfSteps)?;
        let mut value = Rational::zero();
        let mut open = false;
        let mut rows = Vec::new();
        let mut used: Vec<(&ItemRow, Rational)> = Vec::new();
        for (row, weight) in weights.iter().filter(|(row, _)| *row != last) {
            let weight = weight / &scale;
            let said = entry(&self.component.rows, *row);
            value += &weight * &said.at_least;
            open |= said.open;
            let item = *entry(&self.rows, *row);
            let owner = row.checked_sub(self.background).and_then(|at| *entry(&self.owners, at));
            // That there is nothing less than nothing in the box needs no row of its own.
            if let (Some(claim), Mass::Measure(measure)) = (owner, item.of) {
                used.push((item, weight.clone()));
                rows.push(Weighted { claim, kind: item.kind, measure, day: item.day, weight });
            }
        }
        let value = if greatest { -value } else { value };
        let mut asked = self.asked.clone();
        for (_, times) in asked.scopes.iter_mut().filter(|_| !greatest) {
            *times = -times.abs();
        }
        used.push((&asked, Rational::one()));
        let sums = self.system.sum_premises(used.iter().map(|(row, weight)| (*row, weight)));
        rows.sort_by_key(|row| (row.claim, row.kind, row.measure, row.day));
        Ok(Limit { value, open, rows, sums })
    }
}
