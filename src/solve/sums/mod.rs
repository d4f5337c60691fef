//! Figures that cannot all be true together: parts that add up to more than the whole, parts that do not reach it, changes
//! that the figures do not give, and every other set without a world.
//!
//! The rows of all claims (`rows`) fall into components that share no mass (`parts`). In each the atoms are listed
//! (`columns`), an exact simplex decides whether a set of claims has a world (`simplex`), and what has none is shrunk to
//! minimal conflicts (`minimal`). Every conflict is checked once more before it is returned.

mod columns;
mod minimal;
mod number;
mod parts;
mod rows;
mod simplex;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

use crate::claim::{ClaimId, Corpus, Reading};
use crate::codebook::{MeasureId, entry};
use crate::edtf::Day;
use crate::number::Rational;
use crate::system::{Bits, ScopeBox};
use columns::{Steps, Stop};
use minimal::{Component, Explorer, Weights};
use parts::Part;
use rows::{ItemRow, System};

/// How long to look, per component.
#[derive(Copy, Clone, Debug)]
pub struct Limits {
    /// The most atoms that are listed.
    pub atoms: usize,
    /// The most steps, each about one operation on a number.
    pub steps: u64,
    /// The most conflicts that are listed.
    pub conflicts: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { atoms: 20_000, steps: 200_000_000, conflicts: 100 }
    }
}

/// Which of a claim's rows.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowKind {
    /// A figure: outer ≥ low. A factor or a share: new − low·base ≥ 0. A difference: new − base ≥ low.
    Low,
    /// A figure: −inner ≥ −high. A factor or a share: high·base − new ≥ 0. A difference: base − new ≥ −high.
    High,
    /// A change or a share: base > 0.
    Base,
}

/// A row of a claim with its weight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weighted {
    /// Whose row.
    pub claim: ClaimId,
    /// Which one.
    pub kind: RowKind,
    /// As a claim of which measure: its own or, under plain, one along its `plain`.
    pub measure: MeasureId,
    /// On which day, for a figure of a level under plain.
    pub day: Option<Day>,
    /// The weight, a whole number above zero.
    pub weight: Rational,
}

/// "The parts add up to the whole" in one box, with its weight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SumPremise {
    /// Which of the codebook's sums.
    pub sum: usize,
    /// Whether whole − parts ≥ 0 is meant; otherwise parts − whole ≥ 0.
    pub whole_is_more: bool,
    /// In which box; for a level under plain its days are one day.
    pub scope: ScopeBox,
    /// The weight, a whole number above zero.
    pub weight: Rational,
}

/// A minimal set of claims without a world: every proper subset has one. The weighted rows and premises ask for more than
/// zero (or for more than what is at least zero) of what nowhere counts with more than zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SumConflict {
    /// The rows, by claim and kind; every claim of the conflict has one.
    pub rows: Vec<Weighted>,
    /// What else is needed.
    pub sums: Vec<SumPremise>,
    /// What the weighted right-hand sides add up to: above zero, or zero where a row is open.
    pub total: Rational,
}

impl SumConflict {
    /// The claims, in index order.
    pub fn claims(&self) -> Vec<ClaimId> {
        self.rows.iter().map(|row| row.claim).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// The day, where all rows are of a level on one day under plain.
    pub fn level_day(&self) -> Option<Day> {
        let day = self.rows.first()?.day?;
        self.rows.iter().all(|row| row.day == Some(day)).then_some(day)
    }
}

/// Claims without which all others of their component can be true at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// The claims.
    pub claims: Vec<ClaimId>,
    /// Whether no smaller set does (claims that say the same counted once).
    pub exact: bool,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Minimal conflicts, the smallest first, without the pairs that were given.
    pub conflicts: Vec<SumConflict>,
    /// Claims of which it is not known whether they have a world, and how many steps were taken.
    pub undecided: Vec<(Vec<ClaimId>, u64)>,
    /// Whether there may be conflicts beyond those listed.
    pub cut: bool,
    /// What to leave out, for every component with conflicts.
    pub repairs: Vec<Repair>,
}

/// Finds the minimal conflicts among figures, changes and shares under one reading; `pairs` are those that are known.
///
/// All claims that are in no conflict and not undecided can be true at once. The result depends on nothing but what the
/// claims say and what they are called.
pub fn find(corpus: &Corpus, reading: Reading, pairs: &[[ClaimId; 2]], limits: &Limits) -> Found {
    let system = System::of(corpus, reading);
    let mut found = Found::default();
    let known: BTreeSet<Vec<ClaimId>> = pairs.iter().map(|pair| sorted(pair.to_vec())).collect();
    for part in system.parts() {
        solve(&system, &part, &known, limits, &mut found);
    }
    // What conflicts on one day or in one measure may hold what conflicts on another.
    let mut minimal: BTreeSet<Vec<ClaimId>> = known;
    found.conflicts.sort_by_cached_key(|conflict| {
        let claims = conflict.claims();
        (claims.len(), claims.iter().map(|&claim| corpus.name(claim)).collect::<Vec<_>>())
    });
    found.conflicts.retain(|conflict| {
        let claims = conflict.claims();
        let holds = |smaller: &Vec<ClaimId>| smaller.iter().all(|claim| claims.contains(claim));
        !minimal.iter().any(holds) && minimal.insert(claims)
    });
    found
}

fn sorted(mut claims: Vec<ClaimId>) -> Vec<ClaimId> {
    claims.sort_unstable();
    claims.dedup();
    claims
}

fn solve(system: &System, part: &Part, known: &BTreeSet<Vec<ClaimId>>, limits: &Limits, found: &mut Found) {
    if part.is_surely_possible(system) {
        return;
    }
    let claims = || sorted(part.items.iter().flat_map(|item| item.claims.iter().copied()).collect());
    let Some(columns) = part.columns(system, limits.atoms) else {
        found.undecided.push((claims(), 0));
        return;
    };
    let rows: Vec<&ItemRow> = part.items.iter().flat_map(|item| &item.rows).collect();
    let mut next = 0;
    let items = part.items.iter().map(|item| {
        let first = next;
        next += item.rows.len();
        (first..next).collect()
    });
    let items = items.collect();
    let component = Component { columns, rows: rows.iter().map(|row| part.inequality(row)).collect(), items };
    let mut item_of: BTreeMap<ClaimId, usize> = BTreeMap::new();
    for (at, item) in part.items.iter().enumerate() {
        item_of.extend(item.claims.iter().map(|&claim| (claim, at)));
    }
    let pairs: BTreeSet<Bits> = known
        .iter()
        .filter_map(|pair| pair.iter().map(|claim| item_of.get(claim).copied()).collect::<Option<Vec<_>>>())
        .map(|pair| Bits::of(part.items.len(), pair))
        .collect();
    let pairs: Vec<Bits> = pairs.into_iter().collect();
    let (explored, outcome, left) =
        Explorer::new(&component, Steps { left: limits.steps }).explore(&pairs, limits.conflicts);
    found.cut |= explored.cut;
    for (conflict, weights) in &explored.conflicts {
        match proven(system, &component, &rows, weights) {
            Some((sums, total, weights)) => {
                let choices: Vec<&[ClaimId]> =
                    conflict.iter().map(|item| entry(&part.items, item).claims.as_slice()).collect();
                let (choices, cut) = combinations(&choices, limits.conflicts);
                found.cut |= cut;
                for choice in choices {
                    let owner: BTreeMap<usize, ClaimId> = conflict.iter().zip(choice).collect();
                    let weighted = weights.iter().filter_map(|(row, weight)| {
                        let item = component.items.iter().position(|rows| rows.contains(row))?;
                        let ItemRow { kind, measure, day, .. } = **entry(&rows, *row);
                        Some(Weighted { claim: *owner.get(&item)?, kind, measure, day, weight: weight.clone() })
                    });
                    let mut weighted: Vec<Weighted> = weighted.collect();
                    weighted.sort_by_key(|row| (row.claim, row.kind, row.measure, row.day));
                    found.conflicts.push(SumConflict { rows: weighted, sums: sums.clone(), total: total.clone() });
                }
            }
            None => found.undecided.push((claims(), limits.steps.saturating_sub(left))),
        }
    }
    if outcome.is_err() || part.needs_more_sums(system) {
        found.undecided.push((claims(), limits.steps.saturating_sub(left)));
    }
    if let Some(repair) = explored.repair.filter(|repair| !repair.is_empty()) {
        let claims = repair.iter().flat_map(|item| entry(&part.items, item).claims.clone()).collect();
        found.repairs.push(Repair { claims: sorted(claims), exact: explored.exact });
    }
}

/// One claim of each list, in every way; at most so many, and whether there are more.
fn combinations(lists: &[&[ClaimId]], most: usize) -> (Vec<Vec<ClaimId>>, bool) {
    let mut all: Vec<Vec<ClaimId>> = vec![Vec::new()];
    let mut cut = false;
    for list in lists {
        let mut longer = Vec::new();
        for start in &all {
            for &claim in *list {
                if longer.len() >= most.max(1) {
                    cut = true;
                    break;
                }
                let mut next = start.clone();
                next.push(claim);
                longer.push(next);
            }
        }
        all = longer;
    }
    (all, cut)
}

/// Checks that weighted rows ask for what no mass can give, and puts the weights into whole numbers without a common
/// divisor; with the sums of measures that are needed, and the total.
fn proven(
    system: &System,
    component: &Component,
    rows: &[&ItemRow],
    weights: &Weights,
) -> Option<(Vec<SumPremise>, Rational, Weights)> {
    let weights = whole(weights);
    let mut coefficients = vec![Rational::zero(); component.columns.boxes];
    let mut total = Rational::zero();
    let mut open = false;
    for (row, weight) in &weights {
        let row = entry(&component.rows, *row);
        total += weight * &row.at_least;
        open |= row.open && weight.is_positive();
        for (at, times) in &row.terms {
            *coefficients.get_mut(*at)? += weight * times;
        }
    }
    let nowhere = component.columns.points.iter().all(|point| {
        let sum: Rational = point.iter().map(|&at| entry(&coefficients, at)).sum();
        !sum.is_positive()
    });
    let mut steps = Steps { left: u64::MAX };
    let union: Result<Option<Vec<usize>>, Stop> = component.columns.best_union(&coefficients, &mut steps);
    let too_much = total.is_positive() || (total.is_zero() && open);
    let positive = weights.iter().all(|(_, weight)| weight.is_positive());
    if !(nowhere && union == Ok(None) && too_much && positive) {
        return None;
    }
    let weighted = weights.iter().map(|(row, weight)| (*entry(rows, *row), weight));
    Some((system.sum_premises(weighted), total, weights))
}

fn whole(weights: &Weights) -> Weights {
    let common = weights.iter().fold(BigInt::one(), |common, (_, weight)| common.lcm(weight.denom()));
    let whole = |weight: &Rational| (weight * Rational::from_integer(common.clone())).to_integer();
    let divisor = weights.iter().fold(BigInt::zero(), |divisor, (_, weight)| divisor.gcd(&whole(weight)));
    let divisor = if divisor.is_zero() { BigInt::one() } else { divisor };
    weights.iter().map(|(row, weight)| (*row, Rational::from_integer(whole(weight) / &divisor))).collect()
}
