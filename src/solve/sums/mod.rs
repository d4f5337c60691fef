//! Figures that cannot all be true together: parts that add up to more than the whole, parts that do not reach it, changes
//! that the figures do not give, and every other set without a world.
//!
//! Facts go the same way: an attribute that has one value is a mass of at most one over its values.
//!
//! The rows of all claims (`rows`) fall into components that share no mass (`parts`). In each an exact simplex (`simplex`)
//! over the sets of boxes that a unit can lie in (`atoms`) decides whether a set of claims has a world; what has none is
//! shrunk to minimal conflicts by [`minimal`](super::minimal). Every conflict is checked once more before it is returned.

mod atoms;
pub mod bounds;
mod corner;
mod line;
mod number;
mod parts;
mod rows;
mod simplex;
mod spots;
#[cfg(test)]
mod tests;
pub mod world;

use std::collections::{BTreeMap, BTreeSet};

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

use crate::claim::{ClaimId, Corpus, Reading};
use crate::codebook::{MeasureId, entry};
use crate::edtf::Day;
use crate::number::Rational;
use crate::solve::minimal::{Oracle, combinations, explore};
use crate::solve::steps::{Steps, Stop};
use crate::solve::{FactConflict, Limits, Outlook, Repair};
use crate::spread::spread;
use crate::system::{Bits, ScopeBox};
use atoms::Atoms;
use parts::Part;
use rows::{ItemRow, Mass, System};
use simplex::{Inequality, Outcome, decide};

/// What part of the steps each row or column of a component gets that is beyond the limits.
const SHARE: u64 = 50;

/// The most ways in which a position on one axis can lie in boxes together.
const PATTERNS: usize = 20_000;

/// So many components are worth a thread.
const PARTS: usize = 16;

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
    /// The same among claims that have other indices, in the same order.
    pub(crate) fn renamed(&self, name: impl Fn(ClaimId) -> ClaimId) -> Self {
        let rows = self.rows.iter().map(|row| Weighted { claim: name(row.claim), ..row.clone() }).collect();
        Self { rows, ..self.clone() }
    }

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

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Minimal conflicts of figures, the smallest first, without the pairs that were given.
    pub conflicts: Vec<SumConflict>,
    /// Minimal conflicts of facts, likewise.
    pub facts: Vec<FactConflict>,
    /// The components in which something conflicts or that are undecided, in canonical order.
    pub components: Vec<Outlook>,
}

/// Finds the minimal conflicts among figures, changes, shares and facts under one reading; `pairs` are those that are known.
///
/// All claims that are in no conflict and not undecided can be true at once. The result depends on nothing but what the
/// claims say and what they are called.
pub fn find(corpus: &Corpus, reading: Reading, pairs: &[[ClaimId; 2]], limits: &Limits) -> Found {
    let system = System::of(corpus, reading);
    let known: BTreeSet<Vec<ClaimId>> = pairs.iter().map(|pair| sorted(pair.to_vec())).collect();
    let mut parts = system.parts();
    parts.retain(|part| !part.is_surely_possible(&system));
    let of_part = |(): &mut (), part: &Part| solve(&system, part, &known, limits);
    let mut found = Found::default();
    for of_part in spread(&parts, PARTS, || (), of_part, |_| ()) {
        found.conflicts.extend(of_part.conflicts);
        found.facts.extend(of_part.facts);
        found.components.extend(of_part.components);
    }
    // What conflicts on one day or in one measure may hold what conflicts on another.
    let mut minimal: BTreeSet<Vec<ClaimId>> = known;
    keep_minimal(corpus, &mut found.conflicts, &mut minimal, SumConflict::claims);
    keep_minimal(corpus, &mut found.facts, &mut minimal, FactConflict::claims);
    found
}

/// Sorts conflicts by size, then by name, and drops those that hold another one.
fn keep_minimal<T>(
    corpus: &Corpus,
    conflicts: &mut Vec<T>,
    minimal: &mut BTreeSet<Vec<ClaimId>>,
    claims: impl Fn(&T) -> Vec<ClaimId>,
) {
    conflicts.sort_by_cached_key(|conflict| {
        let claims = claims(conflict);
        (claims.len(), claims.iter().map(|&claim| corpus.name(claim)).collect::<Vec<_>>())
    });
    conflicts.retain(|conflict| {
        let claims = claims(conflict);
        let holds = |smaller: &Vec<ClaimId>| smaller.iter().all(|claim| claims.contains(claim));
        !minimal.iter().any(holds) && minimal.insert(claims)
    });
}

fn sorted(mut claims: Vec<ClaimId>) -> Vec<ClaimId> {
    claims.sort_unstable();
    claims.dedup();
    claims
}

/// The rows of one component, by what they come from.
struct Component {
    atoms: Atoms,
    rows: Vec<Inequality>,
    /// Rows of no claim.
    background: Vec<usize>,
    /// Per item, its rows; claims that say the same are one item.
    items: Vec<Vec<usize>>,
    /// Per row, its item.
    of_row: Vec<Option<usize>>,
    /// The most points that are listed.
    most: usize,
}

/// Rows of a component with their weights.
type Weights = Vec<(usize, Rational)>;

impl Component {
    fn of(system: &System<'_>, part: &Part, most: usize) -> Option<Self> {
        let atoms = part.atoms(system, PATTERNS)?;
        let rows: Vec<Inequality> = part.rows().map(|row| part.inequality(row)).collect();
        let mut next = part.background.len();
        let mut of_row = vec![None; next];
        let items = part.items.iter().enumerate().map(|(at, item)| {
            let first = next;
            next += item.rows.len();
            of_row.extend(std::iter::repeat_n(Some(at), item.rows.len()));
            (first..next).collect()
        });
        let items = items.collect();
        Some(Self { atoms, rows, background: (0..part.background.len()).collect(), items, of_row, most })
    }

    fn rows_of(&self, items: &Bits) -> Vec<usize> {
        let of_items = items.iter().flat_map(|item| entry(&self.items, item)).copied();
        self.background.iter().copied().chain(of_items).collect()
    }
}

impl Oracle for Component {
    type Proof = Weights;

    fn size(&self) -> usize {
        self.items.len()
    }

    fn refute(&self, items: &Bits, steps: &mut Steps) -> Result<Option<Weights>, Stop> {
        match decide(&self.atoms, &self.rows, &self.rows_of(items), self.most, steps)? {
            Outcome::Weights(weights) => Ok(Some(weights)),
            Outcome::World(_) => Ok(None),
        }
    }

    fn parties(&self, weights: &Weights) -> Bits {
        Bits::of(self.size(), weights.iter().filter_map(|(row, _)| *entry(&self.of_row, *row)))
    }
}

fn solve(system: &System, part: &Part, known: &BTreeSet<Vec<ClaimId>>, limits: &Limits) -> Found {
    let mut found = Found::default();
    let outlook = look(system, part, known, limits, &mut found);
    if outlook.repair.is_none() {
        let fewer = Limits { steps: limits.steps / SHARE, ..*limits };
        for part in part.rows_and_columns(system).iter().filter(|part| !part.is_surely_possible(system)) {
            look(system, part, known, &fewer, &mut found);
        }
    }
    if outlook.cut || outlook.repair.as_ref().is_none_or(|repair| !repair.claims.is_empty()) {
        found.components.push(outlook);
    }
    found
}

/// Looks for the conflicts of one component.
fn look(system: &System, part: &Part, known: &BTreeSet<Vec<ClaimId>>, limits: &Limits, found: &mut Found) -> Outlook {
    let undecided = |steps| Outlook { claims: part.claims(), repair: None, cut: true, steps };
    let Some(component) = Component::of(system, part, limits.atoms) else { return undecided(0) };
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
    let explored = explore(&component, &pairs, limits.steps, limits.conflicts);
    let mut outlook = Outlook { claims: part.claims(), repair: None, cut: explored.cut, steps: explored.steps };
    if let Some(repair) = explored.repair.filter(|_| !part.needs_more_sums(system)) {
        let claims = repair.iter().flat_map(|item| entry(&part.items, item).claims.clone()).collect();
        outlook.repair = Some(Repair { claims: sorted(claims), exact: explored.exact });
    }
    for (conflict, weights) in &explored.conflicts {
        match tell(system, part, &component, (conflict, weights), limits, found) {
            Some(cut) => outlook.cut |= cut,
            None => outlook = undecided(explored.steps),
        }
    }
    outlook
}

/// Adds a conflict for every choice among claims that say the same, and says whether there are more choices than that; nothing when its
/// proof does not hold.
fn tell(
    system: &System,
    part: &Part,
    component: &Component,
    (conflict, weights): (&Bits, &Weights),
    limits: &Limits,
    found: &mut Found,
) -> Option<bool> {
    let rows: Vec<&ItemRow> = part.rows().collect();
    let (sums, total, weights) = proven(system, component, &rows, weights, limits)?;
    let choices: Vec<&[ClaimId]> = conflict.iter().map(|item| entry(&part.items, item).claims.as_slice()).collect();
    let (choices, cut) = combinations(&choices, limits.conflicts);
    for choice in choices {
        let owner: BTreeMap<usize, ClaimId> = conflict.iter().zip(choice).collect();
        let claim_of = |row: usize| owner.get(&(*entry(&component.of_row, row))?).copied();
        let weighted = weights.iter().filter_map(|(row, weight)| {
            let ItemRow { kind, of: Mass::Measure(measure), day, .. } = **entry(&rows, *row) else { return None };
            Some(Weighted { claim: claim_of(*row)?, kind, measure, day, weight: weight.clone() })
        });
        let mut weighted: Vec<Weighted> = weighted.collect();
        if weighted.is_empty() {
            let of_kind = |kind| {
                let with = weights.iter().filter(|(row, _)| entry(&rows, *row).kind == kind);
                sorted(with.filter_map(|(row, _)| claim_of(*row)).collect())
            };
            found.facts.push(FactConflict { stated: of_kind(RowKind::Low), denied: of_kind(RowKind::High) });
        } else {
            weighted.sort_by_key(|row| (row.claim, row.kind, row.measure, row.day));
            found.conflicts.push(SumConflict { rows: weighted, sums: sums.clone(), total: total.clone() });
        }
    }
    Some(cut)
}

/// Checks that weighted rows ask for what no mass can give, and puts the weights into whole numbers without a common
/// divisor; with the sums of measures that are needed, and the total.
fn proven(
    system: &System,
    component: &Component,
    rows: &[&ItemRow],
    weights: &Weights,
    limits: &Limits,
) -> Option<(Vec<SumPremise>, Rational, Weights)> {
    let weights = whole(weights);
    let mut coefficients = vec![Rational::zero(); component.atoms.boxes];
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
    let used = Bits::of(coefficients.len(), (0..coefficients.len()).filter(|at| !entry(&coefficients, *at).is_zero()));
    let atoms = component.atoms.restricted(&used);
    let mut steps = Steps { left: limits.steps };
    let nowhere = atoms.best_point(&coefficients, &mut steps) == Ok(None)
        && atoms.best_union(None, &coefficients, &mut steps) == Ok(None);
    let too_much = total.is_positive() || (total.is_zero() && open);
    let positive = weights.iter().all(|(_, weight)| weight.is_positive());
    if !(nowhere && too_much && positive) {
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
