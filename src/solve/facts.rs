//! Two facts that exclude each other: two values of an attribute that has one, or a fact and its denial.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use crate::claim::{ClaimId, Corpus};
use crate::solve::sweep::{Item, shared};
use crate::system::{FactRow, FactRows, FactValue, Relations};

/// Two facts that exclude each other; `first` states a value.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactPair {
    /// The claim that states a value.
    pub first: ClaimId,
    /// The claim that states another, or denies that of the first.
    pub second: ClaimId,
    /// Whether the second denies.
    pub denied: bool,
}

/// Facts that exclude each other, every subset of which can be true: no value is in all that is stated and in nothing that
/// is denied.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactConflict {
    /// The claims that state a value, or one of several; at least one. More than one of an attribute with one value only.
    pub stated: Vec<ClaimId>,
    /// The claims that deny one, or several.
    pub denied: Vec<ClaimId>,
}

impl FactConflict {
    /// The claims, sorted.
    pub fn claims(&self) -> Vec<ClaimId> {
        let mut claims = [self.stated.as_slice(), &self.denied].concat();
        claims.sort_unstable();
        claims
    }
}

impl From<FactPair> for FactConflict {
    fn from(FactPair { first, second, denied }: FactPair) -> Self {
        if denied {
            Self { stated: vec![first], denied: vec![second] }
        } else {
            Self { stated: vec![first, second], denied: Vec::new() }
        }
    }
}

/// What comparing facts gave.
#[derive(Debug, Default)]
pub struct FactPairs {
    /// Every pair that cannot both be true, sorted.
    pub conflicts: Vec<FactPair>,
    /// Every claim with another claim of the same attribute and subject at a time in common.
    pub compared: BTreeSet<ClaimId>,
}

/// The facts that say the same of the same, at different times.
type Saying<'a> = ((&'a [FactValue], bool), Vec<Item>);

/// Finds every conflicting pair of facts.
///
/// What can be said of one subject is a closed list, so sayings are compared one by one; the claims behind two sayings
/// that exclude each other are joined by a sweep over their days.
pub fn find(corpus: &Corpus, rows: &mut FactRows) -> FactPairs {
    let mut found = FactPairs::default();
    for (key, rows_of_key) in &rows.rows {
        let single_valued = corpus.codebook.attribute(key.attribute).single_valued;
        let sayings = sayings(rows_of_key);
        note_compared(rows_of_key, &mut found.compared);
        for (at, ((values, negated), items)) in sayings.iter().enumerate() {
            for ((others, other_negated), other_items) in sayings.iter().skip(at + 1) {
                let (first, second, denied) = match (negated, other_negated) {
                    (false, false) => (items, other_items, false),
                    (false, true) => (items, other_items, true),
                    (true, false) => (other_items, items, true),
                    (true, true) => continue,
                };
                let exclude = match (negated, other_negated) {
                    (false, false) => single_valued && rows.relations.are_apart(corpus, values, others),
                    (false, true) => within(&mut rows.relations, corpus, values, others),
                    (true, false) => within(&mut rows.relations, corpus, others, values),
                    (true, true) => false,
                };
                if exclude {
                    shared(&with_key(first, 1), &with_key(second, 0), |a, b| {
                        let (a, b) = (ClaimId(a.tag), ClaimId(b.tag));
                        let (a, b) = if denied || a < b { (a, b) } else { (b, a) };
                        found.conflicts.push(FactPair { first: a, second: b, denied });
                        ControlFlow::Continue(())
                    });
                }
            }
        }
    }
    found.conflicts.sort_unstable();
    found.conflicts.dedup();
    found
}

fn within(relations: &mut Relations, corpus: &Corpus, inner: &[FactValue], outer: &[FactValue]) -> bool {
    relations.is_within(corpus, inner, outer)
}

fn sayings(rows: &[FactRow]) -> Vec<Saying<'_>> {
    let mut sayings: BTreeMap<(&[FactValue], bool), Vec<Item>> = BTreeMap::new();
    for row in rows {
        sayings.entry((&row.values, row.negated)).or_default().push(item(row));
    }
    sayings.into_iter().collect()
}

fn item(row: &FactRow) -> Item {
    Item { first: row.first, last: row.last, key: 0, tag: row.claim.0 }
}

fn with_key(items: &[Item], key: i64) -> Vec<Item> {
    items.iter().map(|item| Item { key, ..*item }).collect()
}

fn note_compared(rows: &[FactRow], compared: &mut BTreeSet<ClaimId>) {
    let items: Vec<Item> = rows.iter().map(item).collect();
    shared(&with_key(&items, 1), &items, |a, b| {
        if a.tag == b.tag {
            return ControlFlow::Continue(());
        }
        compared.extend([ClaimId(a.tag), ClaimId(b.tag)]);
        ControlFlow::Break(())
    });
}
