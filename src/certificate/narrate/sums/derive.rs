//! From figures and changes, step by step, to a figure that is too high for what is left.
//!
//! A conflict's weights prove it; they are no way to tell it. Here bounds are carried from box to box instead: a change
//! takes a bound from one of its boxes to the other, and bounds of boxes that lie apart in a third, or cover it, add up to
//! one of the third. Every bound that is found follows from the claims, so a box with a lower bound above its upper one is a
//! way to tell the conflict. Not every conflict has one.

use num_traits::{Signed, Zero};

use super::geometry::Geometry;
use crate::certificate::build::{Says, SumRow};
use crate::codebook::entry;
use crate::number::{End, Rational, exceeds, power_of_ten};
use crate::solve::sums::RowKind;
use crate::system::{ChangeKind, ChangeStatement};

/// Which of two bounds.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Lower,
    Upper,
}

/// Why a bound holds. Bounds are named by their number, rows by theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// A claim says so; for the base of a change, that it is above zero.
    Row(usize),
    /// What a change makes of the old figure.
    Onward { row: usize, from: usize },
    /// What a change leaves for the old figure.
    Back { row: usize, from: usize },
    /// Nothing is less than nothing.
    Least,
    /// Boxes that lie apart in this one, or cover it.
    Together(Vec<usize>),
}

/// A bound of a box.
#[derive(Clone, Debug)]
pub(super) struct Bound {
    pub(super) side: Side,
    /// Which box.
    pub(super) at: usize,
    pub(super) why: Why,
    pub(super) end: End,
}

/// A box that would have to hold more than it can.
#[derive(Clone, Debug)]
pub(super) struct Derivation {
    /// Every bound that is used, each after those that it follows from.
    pub(super) bounds: Vec<Bound>,
    /// The lower and the upper bound that clash, as places in the list.
    pub(super) lower: usize,
    pub(super) upper: usize,
}

/// Where the boxes of a row are: of a figure one, of a change the new and the old one.
#[derive(Copy, Clone, Debug)]
pub(super) struct RowBoxes {
    pub(super) new: usize,
    pub(super) base: usize,
}

/// More bounds than a person reads.
const MOST_BOUNDS: usize = 60;
/// More bounds of which every set is tried.
const MOST_TRIED: usize = 6;

struct Search<'a> {
    rows: &'a [SumRow],
    boxes: &'a [RowBoxes],
    geometry: &'a Geometry,
    bounds: Vec<Bound>,
}

/// Finds the derivation that goes back the least, and of these the shortest.
pub(super) fn derive(rows: &[SumRow], boxes: &[RowBoxes], geometry: &Geometry) -> Option<Derivation> {
    let mut search = Search { rows, boxes, geometry, bounds: Vec::new() };
    for (number, (row, boxes)) in rows.iter().zip(boxes).enumerate() {
        let (side, at, end) = match (&row.says, row.kind) {
            (Says::Figure { end, .. }, RowKind::High) => (Side::Upper, boxes.new, end.clone()),
            (Says::Figure { end, .. }, _) => (Side::Lower, boxes.new, end.clone()),
            (Says::Change(_), RowKind::Base) => (Side::Lower, boxes.base, End::open(Rational::zero())),
            (Says::Change(_), _) => continue,
        };
        search.bounds.push(Bound { side, at, why: Why::Row(number), end });
    }
    let mut all: Vec<usize> = boxes.iter().flat_map(|boxes| [boxes.new, boxes.base]).collect();
    all.sort_unstable();
    all.dedup();
    for at in all {
        search.add(Side::Lower, at, Why::Least, End::closed(Rational::zero()));
    }
    for _ in 0..=rows.len() + 1 {
        let before = search.bounds.len();
        search.add_up();
        search.carry();
        search.add_up();
        if search.bounds.len() == before || search.bounds.len() > MOST_BOUNDS {
            break;
        }
    }
    let found = search.clashes().into_iter().map(|(lower, upper)| search.cut_out(lower, upper));
    let back = |found: &Derivation| found.bounds.iter().filter(|bound| matches!(bound.why, Why::Back { .. })).count();
    let best = found.min_by_key(|found| (back(found), found.bounds.len()))?;
    best.rounded(rows)
}

impl Search<'_> {
    /// The best bound of a box so far.
    fn best(&self, side: Side, at: usize) -> Option<usize> {
        let of_box = self.bounds.iter().enumerate().filter(|(_, bound)| bound.side == side && bound.at == at);
        of_box
            .fold(None, |best: Option<(usize, &Bound)>, (number, bound)| match best {
                Some((_, known)) if !tighter(&bound.end, &known.end, side) => best,
                _ => Some((number, bound)),
            })
            .map(|(number, _)| number)
    }

    fn add(&mut self, side: Side, at: usize, why: Why, end: End) {
        let known = self.best(side, at).map(|best| entry(&self.bounds, best));
        if known.is_none_or(|known| tighter(&end, &known.end, side)) {
            self.bounds.push(Bound { side, at, why, end });
        }
    }

    /// Takes bounds along every change.
    fn carry(&mut self) {
        for (row, (says, boxes)) in self.rows.iter().zip(self.boxes).enumerate() {
            let Says::Change(_) = &says.says else { continue };
            let (onward, back) = match says.kind {
                RowKind::Low => (Side::Lower, Side::Upper),
                RowKind::High => (Side::Upper, Side::Lower),
                RowKind::Base => continue,
            };
            if let Some(from) = self.best(onward, boxes.base) {
                let why = Why::Onward { row, from };
                if let Some(end) = carried(self.rows, &why, &entry(&self.bounds, from).end) {
                    self.add(onward, boxes.new, why, end);
                }
            }
            if let Some(from) = self.best(back, boxes.new) {
                let why = Why::Back { row, from };
                if let Some(end) = carried(self.rows, &why, &entry(&self.bounds, from).end) {
                    self.add(back, boxes.base, why, end);
                }
            }
        }
    }

    /// Adds up what lies in each box, and what covers it.
    fn add_up(&mut self) {
        let mut targets: Vec<usize> = self.boxes.iter().flat_map(|boxes| [boxes.new, boxes.base]).collect();
        targets.sort_unstable();
        targets.dedup();
        for &target in &targets {
            for side in [Side::Lower, Side::Upper] {
                let known = targets.iter().filter(|&&at| at != target).filter_map(|&at| self.best(side, at));
                let useful: Vec<usize> = match side {
                    Side::Lower => known
                        .filter(|&bound| entry(&self.bounds, bound).why != Why::Least)
                        .filter(|&bound| self.geometry.lies_in(self.at(bound), target))
                        .collect(),
                    Side::Upper => known.collect(),
                };
                if let Some((from, end)) = self.best_together(side, target, &useful) {
                    self.add(side, target, Why::Together(from), end);
                }
            }
        }
    }

    fn at(&self, bound: usize) -> usize {
        entry(&self.bounds, bound).at
    }

    /// Whether bounds add up to one of a box: what lies apart in it, or what covers it.
    fn fits(&self, side: Side, target: usize, from: &[usize]) -> bool {
        let at: Vec<usize> = from.iter().map(|&bound| self.at(bound)).collect();
        let apart = |(first, &a): (usize, &usize)| {
            at.iter().skip(first + 1).all(|&b| self.geometry.apart(a, b).next().is_some())
        };
        match side {
            Side::Lower => at.iter().enumerate().all(apart),
            Side::Upper => self.geometry.covers(target, &at),
        }
    }

    /// The bounds that add up to the best one of a box: of a few every set is tried, of many only what greed finds.
    fn best_together(&self, side: Side, target: usize, useful: &[usize]) -> Option<(Vec<usize>, End)> {
        let total = |from: &[usize]| sum(from.iter().map(|&bound| &entry(&self.bounds, bound).end));
        let mut sets: Vec<Vec<usize>> = Vec::new();
        if useful.len() <= MOST_TRIED {
            let chosen = |set: usize| {
                useful.iter().enumerate().filter(move |(at, _)| set >> at & 1 == 1).map(|(_, &bound)| bound).collect()
            };
            sets.extend((1..1_usize << useful.len()).map(chosen));
        } else {
            sets.extend(useful.iter().map(|&bound| vec![bound]));
            sets.push(self.greedy(side, target, useful));
        }
        let mut best: Option<(Vec<usize>, End)> = None;
        for set in sets {
            let end = total(&set);
            let better = best.as_ref().is_none_or(|(_, known)| tighter(&end, known, side));
            if better && !set.is_empty() && self.fits(side, target, &set) {
                best = Some((set, end));
            }
        }
        best
    }

    /// The largest lower bounds that lie apart, or all upper ones but the largest that are not needed to cover.
    fn greedy(&self, side: Side, target: usize, useful: &[usize]) -> Vec<usize> {
        let mut order = useful.to_vec();
        order.sort_by_key(|&bound| std::cmp::Reverse(entry(&self.bounds, bound).end.value.clone()));
        match side {
            Side::Lower => {
                let mut chosen: Vec<usize> = Vec::new();
                for bound in order {
                    chosen.push(bound);
                    if !self.fits(side, target, &chosen) {
                        chosen.pop();
                    }
                }
                chosen
            }
            Side::Upper => {
                let mut chosen = order.clone();
                for bound in order {
                    let without: Vec<usize> = chosen.iter().copied().filter(|&other| other != bound).collect();
                    if self.fits(side, target, &without) {
                        chosen = without;
                    }
                }
                chosen
            }
        }
    }

    /// The best bounds of each box that holds more than it can.
    fn clashes(&self) -> Vec<(usize, usize)> {
        let mut boxes: Vec<usize> = self.bounds.iter().map(|bound| bound.at).collect();
        boxes.sort_unstable();
        boxes.dedup();
        // Earlier bounds take fewer steps, so every pair counts and not the tightest alone.
        let of =
            |side, at| self.bounds.iter().enumerate().filter(move |(_, bound)| bound.side == side && bound.at == at);
        let mut clashes = Vec::new();
        for at in boxes {
            for (lower, low) in of(Side::Lower, at) {
                let high = of(Side::Upper, at).filter(|(_, high)| exceeds(&low.end, &high.end));
                clashes.extend(high.map(|(upper, _)| (lower, upper)));
            }
        }
        clashes
    }

    /// What two bounds follow from, in order.
    fn cut_out(&self, lower: usize, upper: usize) -> Derivation {
        let mut used = vec![false; self.bounds.len()];
        let mut open = vec![lower, upper];
        while let Some(bound) = open.pop() {
            if let Some(used) = used.get_mut(bound).filter(|used| !**used) {
                *used = true;
                open.extend(entry(&self.bounds, bound).why.from());
            }
        }
        let place = |bound: usize| used.iter().take(bound).filter(|used| **used).count();
        let moved = |bound: &Bound| {
            let why = match &bound.why {
                Why::Row(row) => Why::Row(*row),
                Why::Least => Why::Least,
                Why::Onward { row, from } => Why::Onward { row: *row, from: place(*from) },
                Why::Back { row, from } => Why::Back { row: *row, from: place(*from) },
                Why::Together(from) => Why::Together(from.iter().map(|&bound| place(bound)).collect()),
            };
            Bound { why, ..bound.clone() }
        };
        let bounds = self.bounds.iter().zip(&used).filter(|(_, used)| **used).map(|(bound, _)| moved(bound)).collect();
        Derivation { bounds, lower: place(lower), upper: place(upper) }
    }
}

impl Why {
    /// The bounds that it follows from.
    pub(super) fn from(&self) -> Vec<usize> {
        match self {
            Self::Row(_) | Self::Least => Vec::new(),
            Self::Onward { from, .. } | Self::Back { from, .. } => vec![*from],
            Self::Together(from) => from.clone(),
        }
    }
}

impl Derivation {
    /// The same with every bound rounded, away from the clash, to as few decimals as it takes for it to remain one: so
    /// that a reader can follow with the numbers that stand there.
    fn rounded(mut self, rows: &[SumRow]) -> Option<Self> {
        for decimals in [Some(0), Some(1), Some(2), Some(3), Some(6), None] {
            for at in 0..self.bounds.len() {
                let bound = entry(&self.bounds, at).clone();
                let of = |from: usize| &entry(&self.bounds, from).end;
                let end = match &bound.why {
                    Why::Row(_) | Why::Least => continue,
                    why @ (Why::Onward { from, .. } | Why::Back { from, .. }) => carried(rows, why, of(*from))?,
                    Why::Together(from) => sum(from.iter().map(|&from| of(from))),
                };
                if let Some(slot) = self.bounds.get_mut(at) {
                    slot.end = rounded(end, bound.side, decimals);
                }
            }
            if exceeds(&entry(&self.bounds, self.lower).end, &entry(&self.bounds, self.upper).end) {
                return Some(self);
            }
        }
        None
    }
}

fn tighter(end: &End, known: &End, side: Side) -> bool {
    let more = match side {
        Side::Lower => end.value > known.value,
        Side::Upper => end.value < known.value,
    };
    more || (end.value == known.value && end.open && !known.open)
}

fn sum<'a>(ends: impl Iterator<Item = &'a End>) -> End {
    ends.fold(End::closed(Rational::zero()), |sum, end| End {
        value: sum.value + &end.value,
        open: sum.open || end.open,
    })
}

/// What a change makes of a bound.
fn carried(rows: &[SumRow], why: &Why, bound: &End) -> Option<End> {
    let (row, onward) = match why {
        Why::Onward { row, .. } => (entry(rows, *row), true),
        Why::Back { row, .. } => (entry(rows, *row), false),
        Why::Row(_) | Why::Least | Why::Together(_) => return None,
    };
    let Says::Change(ChangeStatement { kind, .. }) = &row.says else { return None };
    let by = row.end()?;
    let value = match (kind, onward) {
        (ChangeKind::Difference, true) => &bound.value + &by.value,
        (ChangeKind::Difference, false) => &bound.value - &by.value,
        // A fall by more than there was turns bounds around; no reader follows that.
        (ChangeKind::Factor | ChangeKind::Share, _) if by.value.is_negative() => return None,
        (ChangeKind::Factor | ChangeKind::Share, true) => &bound.value * &by.value,
        (ChangeKind::Factor | ChangeKind::Share, false) if by.value.is_zero() => return None,
        (ChangeKind::Factor | ChangeKind::Share, false) => &bound.value / &by.value,
    };
    // Nothing times what is above a bound is not above it.
    let lost = *kind != ChangeKind::Difference && by.value.is_zero();
    let open = by.open || (bound.open && !lost);
    Some(End { value, open })
}

/// Rounded to so many decimals, away from the clash: a lower bound down, an upper one up.
fn rounded(end: End, side: Side, decimals: Option<i32>) -> End {
    let Some(decimals) = decimals else { return end };
    let scale = power_of_ten(decimals);
    let scaled = &end.value * &scale;
    let whole = match side {
        Side::Lower => scaled.floor(),
        Side::Upper => scaled.ceil(),
    };
    if whole == scaled { end } else { End::closed(whole / scale) }
}
