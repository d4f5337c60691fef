//! Totals of the codebook's sums, replaced by their parts.

use std::collections::{BTreeMap, BTreeSet};

use num_traits::{Signed, Zero};

use crate::codebook::{MeasureId, Sum, entry};
use crate::number::{Rational, integer};
use crate::solve::sums::SumPremise;
use crate::solve::sums::rows::{ItemRow, Mass, System};
use crate::system::ScopeBox;

/// The sums of a codebook, in an order in which each comes after those of its parts.
#[derive(Debug, Default)]
pub(super) struct Totals {
    pub(super) order: Vec<(MeasureId, usize)>,
    /// What a total is in measures that are none.
    pub(super) parts: BTreeMap<MeasureId, BTreeMap<MeasureId, Rational>>,
    /// The measures of every sum that is left over: of a total that has another, or of one that is its own part.
    pub(super) left_over: Vec<BTreeSet<MeasureId>>,
}

impl System<'_> {
    /// What each total is in measures that are none.
    pub(in crate::solve::sums) fn totals(&self) -> &BTreeMap<MeasureId, BTreeMap<MeasureId, Rational>> {
        &self.totals.parts
    }

    /// The sums that weighted rows need so that every total is replaced by its parts.
    pub(in crate::solve::sums) fn sum_premises<'b>(
        &self,
        rows: impl Iterator<Item = (&'b ItemRow, &'b Rational)>,
    ) -> Vec<SumPremise> {
        let mut totals: BTreeMap<(MeasureId, &ScopeBox), Rational> = BTreeMap::new();
        for (row, weight) in rows {
            let Mass::Measure(measure) = row.of else { continue };
            for (scope, times) in &row.scopes {
                *totals.entry((measure, scope)).or_insert_with(Rational::zero) += weight * times;
            }
        }
        let mut premises = Vec::new();
        // Totals before their parts, which may be totals themselves.
        for (whole, sum) in self.totals.order.iter().rev() {
            let of_whole: Vec<(&ScopeBox, Rational)> = totals
                .iter()
                .filter(|((measure, _), times)| measure == whole && !times.is_zero())
                .map(|((_, scope), times)| (*scope, times.clone()))
                .collect();
            for (scope, times) in of_whole {
                premises.push(SumPremise {
                    sum: *sum,
                    whole_is_more: times.is_negative(),
                    scope: scope.clone(),
                    weight: times.abs(),
                });
                for &part in &entry(&self.codebook.sums, *sum).parts {
                    *totals.entry((part, scope)).or_insert_with(Rational::zero) += &times;
                }
            }
        }
        premises
    }

    /// Whether there is a sum, of measures some of which are given, that the rows leave out.
    pub(in crate::solve::sums) fn has_left_over(&self, measures: &BTreeSet<MeasureId>) -> bool {
        self.totals.left_over.iter().any(|sum| !sum.is_disjoint(measures))
    }
}

impl Totals {
    pub(super) fn of(sums: &[Sum]) -> Self {
        let mut first: BTreeMap<MeasureId, usize> = BTreeMap::new();
        for (at, sum) in sums.iter().enumerate() {
            first.entry(sum.whole).or_insert(at);
        }
        let mut totals = Self::default();
        loop {
            let known = |part: &MeasureId| totals.parts.contains_key(part) || !first.contains_key(part);
            let next = first
                .iter()
                .find(|(whole, at)| !totals.parts.contains_key(whole) && entry(sums, **at).parts.iter().all(known));
            let Some((&whole, &at)) = next else { break };
            let mut all: BTreeMap<MeasureId, Rational> = BTreeMap::new();
            for part in &entry(sums, at).parts {
                match totals.parts.get(part) {
                    None => *all.entry(*part).or_insert_with(Rational::zero) += integer(1),
                    Some(parts) => {
                        for (&part, many) in parts {
                            *all.entry(part).or_insert_with(Rational::zero) += many;
                        }
                    }
                }
            }
            totals.parts.insert(whole, all);
            totals.order.push((whole, at));
        }
        for (at, sum) in sums.iter().enumerate() {
            if !totals.order.contains(&(sum.whole, at)) {
                let members = std::iter::once(&sum.whole).chain(&sum.parts);
                let of_none = members.flat_map(|member| match totals.parts.get(member) {
                    None => vec![*member],
                    Some(parts) => parts.keys().copied().collect(),
                });
                totals.left_over.push(of_none.collect());
            }
        }
        totals
    }
}
