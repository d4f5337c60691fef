//! The atoms of a component: every set of boxes that one unit of mass can lie in.
//!
//! Over the additive axes a unit has one position, so its atom is one *point*: the boxes that hold that position. Over the
//! overlapping axes it has any non-empty set of positions, so its atom is the union of some points of a *group*, the
//! points that one position on the additive axes leaves. Unions are not listed: there are as many as subsets. The best
//! one for given weights is searched for by branch and bound.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use crate::codebook::entry;
use crate::solve::sums::number::Number;
use crate::system::Bits;

/// Why there is no answer.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// The limit on steps or on atoms came first.
    OutOfSteps,
    /// Machine integers do not suffice.
    Overflow,
}

/// How many steps are left.
#[derive(Copy, Clone, Debug)]
pub(super) struct Steps {
    pub(super) left: u64,
}

impl Steps {
    pub(super) fn take(&mut self, count: usize, price: u64) -> Result<(), Stop> {
        let cost = (count as u64).saturating_mul(price).saturating_add(1);
        self.left = self.left.checked_sub(cost).ok_or(Stop::OutOfSteps)?;
        Ok(())
    }
}

/// The atoms over so many boxes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Columns {
    /// How many boxes there are.
    pub(super) boxes: usize,
    /// Each point: the boxes that hold it, in order.
    pub(super) points: Vec<Vec<usize>>,
    /// Points of which one unit can have several at once, as places in `points`; only where there are two or more, and
    /// none lies in another group.
    pub(super) groups: Vec<Vec<usize>>,
}

impl Columns {
    /// From groups of points, of which those of an additive measure have one point each.
    pub(super) fn of_groups(boxes: usize, groups: &BTreeSet<BTreeSet<Bits>>) -> Self {
        let mut numbers: BTreeMap<&Bits, usize> = BTreeMap::new();
        for point in groups.iter().flatten().filter(|point| !point.is_empty()) {
            numbers.insert(point, 0);
        }
        for (at, number) in numbers.values_mut().enumerate() {
            *number = at;
        }
        let points: Vec<Vec<usize>> = numbers.keys().map(|point| point.iter().collect()).collect();
        let several: BTreeSet<Vec<usize>> = groups
            .iter()
            .map(|group| group.iter().filter_map(|point| numbers.get(point).copied()).collect::<Vec<usize>>())
            .filter(|group| group.len() > 1)
            .collect();
        let within =
            |a: &[usize], b: &[usize]| a.len() < b.len() && a.iter().all(|point| b.binary_search(point).is_ok());
        // Where the groups are many, finding those within others costs more than it saves.
        let groups = if several.len() > 500 {
            several.into_iter().collect()
        } else {
            several.iter().filter(|a| !several.iter().any(|b| within(a, b))).cloned().collect()
        };
        Self { boxes, points, groups }
    }

    /// The atoms as far as some boxes tell them apart.
    pub(super) fn restricted(&self, used: &Bits) -> Self {
        let restrict = |point: &usize| {
            let boxes = entry(&self.points, *point).iter().copied();
            Bits::of(self.boxes, boxes.filter(|&at| used.contains(at)))
        };
        let single = (0..self.points.len()).map(|point| BTreeSet::from([restrict(&point)]));
        let groups = self.groups.iter().map(|group| group.iter().map(restrict).collect());
        let groups: BTreeSet<BTreeSet<Bits>> = single.chain(groups).collect();
        Self::of_groups(self.boxes, &groups)
    }

    /// A union of points that counts with more than zero where every box counts with its coefficient; none if all
    /// unions of several points count with zero or less.
    pub(super) fn best_union<N: Number>(
        &self,
        coefficients: &[N],
        steps: &mut Steps,
    ) -> Result<Option<Vec<usize>>, Stop> {
        let signs: Vec<Ordering> = coefficients.iter().map(N::sign).collect();
        let with = |wanted| {
            Bits::of(self.boxes, signs.iter().enumerate().filter(|(_, sign)| **sign == wanted).map(|(at, _)| at))
        };
        let search = Search { coefficients, positive: with(Ordering::Greater), negative: with(Ordering::Less) };
        if search.positive.is_empty() {
            return Ok(None);
        }
        for group in &self.groups {
            steps.take(group.len(), 1)?;
            let useful = group
                .iter()
                .map(|&point| Bits::of(self.boxes, entry(&self.points, point).iter().copied()))
                .filter(|point| point.meets(&search.positive));
            if let Some(found) = search.union(&useful.collect::<Vec<_>>(), steps)? {
                return Ok(Some(found.iter().collect()));
            }
        }
        Ok(None)
    }
}

/// The search for a union that counts with more than zero.
struct Search<'a, N> {
    coefficients: &'a [N],
    positive: Bits,
    negative: Bits,
}

impl<N: Number> Search<'_, N> {
    fn total(&self, boxes: &Bits) -> Result<N, Stop> {
        boxes.iter().try_fold(N::zero(), |sum, at| sum.plus(entry(self.coefficients, at)).ok_or(Stop::Overflow))
    }

    fn is_above_zero(&self, boxes: &Bits) -> Result<bool, Stop> {
        Ok(self.total(boxes)?.sign() == Ordering::Greater)
    }

    fn union(&self, points: &[Bits], steps: &mut Steps) -> Result<Option<Bits>, Stop> {
        let none = self.positive.without(&self.positive);
        // Of the points before `next` it is settled which are in the union; `held` are the boxes that hold those.
        let mut open = vec![(none.clone(), 0_usize)];
        while let Some((mut held, mut next)) = open.pop() {
            loop {
                steps.take(points.len(), N::PRICE)?;
                if self.is_above_zero(&held)? {
                    return Ok(Some(held));
                }
                // What the other points can bring, and what each of them costs at least.
                let (mut gain, mut pay, mut choice, mut free) = (none.clone(), None, None, None);
                for (at, point) in points.iter().enumerate().skip(next) {
                    let new = point.without(&held);
                    if !new.meets(&self.positive) {
                        continue;
                    }
                    if !new.meets(&self.negative) {
                        free = Some(point);
                        break;
                    }
                    gain = gain.or(&new);
                    pay = Some(pay.map_or_else(|| new.clone(), |pay: Bits| pay.and(&new)));
                    choice.get_or_insert((at, point));
                }
                if let Some(point) = free {
                    held = held.or(point);
                    continue;
                }
                let (Some(pay), Some((at, point))) = (pay, choice) else { break };
                let hope = held.or(&gain.and(&self.positive)).or(&pay.and(&self.negative));
                if !self.is_above_zero(&hope)? {
                    break;
                }
                next = at + 1;
                open.push((held.clone(), next));
                held = held.or(point);
            }
        }
        Ok(None)
    }
}
