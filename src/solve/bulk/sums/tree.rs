//! What makes a scope a root: its parts as a small tree, and the fewest figures in it that cross the root's own.

use std::cmp::Reverse;

use super::ends::{NO_END, add_highs, add_lows};
use super::{Scale, own_entries};
use crate::claim::Reading;
use crate::codebook::entry;
use crate::solve::bulk::Search;
use crate::solve::bulk::groups::Group;

/// The most scopes of a tree.
pub(super) const SCOPES: usize = 1 << 14;

/// The most figures that are set against that of the root: a day of a leap year each, and some.
const FIGURES: usize = 400;

/// A scope with what lies directly in it.
pub(super) struct Node {
    /// Its own figures, if it has some.
    pub(super) own: Option<(usize, Group)>,
    /// Earlier nodes of the tree.
    pub(super) parts: Vec<usize>,
    /// How they make up the whole.
    pub(super) whole: Whole,
}

/// How the parts of a scope make it up.
pub(super) enum Whole {
    /// They are periods of it.
    Days {
        /// Whether separate ones add up.
        adds: bool,
    },
    /// They are terms of it.
    Terms {
        /// Per part, whether what it holds adds to what others hold.
        alone: Vec<bool>,
        /// Per part, whether it is a term that stands beside no other.
        is_apart: Vec<bool>,
        /// Whether these are all of it.
        covers: bool,
    },
}

/// A figure of a claim.
#[derive(Copy, Clone, Debug)]
pub(super) struct Figure {
    pub(super) value: i128,
    pub(super) claim: u32,
}

/// What a node holds at least, or at most, and what says so.
#[derive(Clone, Debug)]
struct Bound {
    value: i128,
    from: From,
}

#[derive(Clone, Debug)]
enum From {
    /// Nothing: at least zero, or no end.
    Nothing,
    /// A claim of its own.
    Own(u32),
    /// These nodes.
    Parts(Vec<usize>),
}

/// A scope and all that is known in it, parts before their wholes: the last node is the root.
pub(super) struct Tree<'a> {
    pub(super) search: &'a Search<'a>,
    pub(super) scale: Scale<'a>,
    pub(super) nodes: Vec<Node>,
}

/// The figures of a node under one reading.
struct Own {
    low: Option<Figure>,
    high: Option<Figure>,
}

impl Tree<'_> {
    /// The sets of claims in which parts cross the root's own figure, under each reading; none if one of them is too large to be
    /// told.
    pub(super) fn witnesses(&self) -> Option<Vec<Vec<u32>>> {
        let mut all = Vec::new();
        for reading in Reading::BOTH {
            all.extend(self.under(reading)?);
        }
        all.sort_unstable();
        all.dedup();
        Some(all)
    }

    fn under(&self, reading: Reading) -> Option<Vec<Vec<u32>>> {
        let mut lows: Vec<Bound> = Vec::with_capacity(self.nodes.len());
        let mut highs: Vec<Bound> = Vec::with_capacity(self.nodes.len());
        let mut found = Vec::new();
        for (at, node) in self.nodes.iter().enumerate() {
            let own = self.own(node, reading);
            let (sum, cover) = (self.sum(node, &lows), self.cover(node, &highs));
            if at + 1 == self.nodes.len() {
                if let Some(high) = own.high.filter(|high| sum.value > high.value) {
                    found.push((high.claim, fewest(self.figures(&lows, &sum), high.value)));
                }
                if let Some(low) = own.low.filter(|low| cover.value < low.value) {
                    found.push((low.claim, self.figures(&highs, &cover)));
                }
                break;
            }
            let own_low = own.low.map(|low| Bound { value: low.value, from: From::Own(low.claim) });
            lows.push(own_low.filter(|own| own.value >= sum.value).unwrap_or(sum));
            let own_high = own.high.map(|high| Bound { value: high.value, from: From::Own(high.claim) });
            highs.push(own_high.filter(|own| own.value <= cover.value).unwrap_or(cover));
        }
        let sets = found.into_iter().map(|(whole, parts)| {
            let mut claims: Vec<u32> = parts.iter().map(|part| part.claim).chain([whole]).collect();
            claims.sort_unstable();
            claims.dedup();
            (claims.len() <= FIGURES).then_some(claims)
        });
        sets.collect()
    }

    /// The tightest figures of a node; of the same ones that of the claim that comes first by its name.
    fn own(&self, node: &Node, reading: Reading) -> Own {
        let Some((cell, group)) = &node.own else { return Own { low: None, high: None } };
        let entries = own_entries(self.search, *cell, group);
        let figures = entries.map(|entry| {
            let allowed = self.search.columns.allowed(entry);
            let (low, high) = match reading {
                Reading::Strict => allowed.strict,
                Reading::Plain => allowed.plain,
            };
            let order = self.search.order(entry.claim);
            let figure = |value| Figure { value, claim: entry.claim };
            (figure(self.scale.low(low)), figure(self.scale.high(high)), order)
        });
        let figures: Vec<(Figure, Figure, u64)> = figures.collect();
        let lows = figures.iter().filter(|(low, ..)| low.value > 0);
        let highs = figures.iter().filter(|(_, high, _)| high.value < NO_END);
        Own {
            low: lows.min_by_key(|(low, _, order)| (Reverse(low.value), *order)).map(|(low, ..)| *low),
            high: highs.min_by_key(|(_, high, order)| (high.value, *order)).map(|(_, high, _)| *high),
        }
    }

    /// What the parts of a node hold at least.
    fn sum(&self, node: &Node, lows: &[Bound]) -> Bound {
        let low = |part: &usize| entry(lows, *part).value;
        let (value, parts) = match &node.whole {
            Whole::Days { adds: true } => {
                let (value, chosen) = most_apart(&node.parts, |part| (self.days(*part), low(part)));
                (value, chosen)
            }
            Whole::Days { adds: false } => most_of_one(&node.parts, low),
            Whole::Terms { alone, .. } => {
                let parts = || node.parts.iter().zip(alone);
                let apart: Vec<usize> = parts().filter(|(_, alone)| **alone).map(|(part, _)| *part).collect();
                let beside: Vec<usize> = parts().filter(|(_, alone)| !**alone).map(|(part, _)| *part).collect();
                let sum = apart.iter().fold(0, |sum, part| add_lows(sum, low(part)));
                let beside = most_of_one(&beside, low);
                if beside.0 > sum { beside } else { (sum, apart) }
            }
        };
        let parts: Vec<usize> = parts.into_iter().filter(|part| low(part) > 0).collect();
        Bound { value, from: if parts.is_empty() { From::Nothing } else { From::Parts(parts) } }
    }

    /// What parts hold at most that cover a node.
    fn cover(&self, node: &Node, highs: &[Bound]) -> Bound {
        let high = |part: &usize| entry(highs, *part).value;
        let (value, parts) = match &node.whole {
            Whole::Days { .. } => match &node.own {
                Some((_, group)) => {
                    least_cover(&node.parts, (group.first, group.last), |part| (self.days(*part), high(part)))
                }
                None => (NO_END, Vec::new()),
            },
            Whole::Terms { is_apart, covers: true, .. } => {
                let parts = node.parts.iter().zip(is_apart).filter(|(_, is_apart)| **is_apart).map(|(part, _)| *part);
                let parts: Vec<usize> = parts.collect();
                (parts.iter().fold(0, |sum, part| add_highs(sum, high(part))), parts)
            }
            Whole::Terms { .. } => (NO_END, Vec::new()),
        };
        Bound { value, from: if value == NO_END { From::Nothing } else { From::Parts(parts) } }
    }

    fn days(&self, part: usize) -> (i32, i32) {
        entry(&self.nodes, part).own.map_or((0, 0), |(_, group)| (group.first, group.last))
    }

    /// The figures of claims that a bound comes from.
    fn figures(&self, bounds: &[Bound], of: &Bound) -> Vec<Figure> {
        let mut figures = Vec::new();
        let mut open = vec![of];
        while let Some(bound) = open.pop() {
            match &bound.from {
                From::Nothing => {}
                From::Own(claim) => figures.push(Figure { value: bound.value, claim: *claim }),
                From::Parts(parts) => open.extend(parts.iter().map(|&part| entry(bounds, part))),
            }
        }
        figures.sort_by_key(|figure| (Reverse(figure.value), self.search.order(figure.claim)));
        figures
    }
}

/// The first of some lower figures, the largest first, that are more than a whole together: none of them is needless.
fn fewest(figures: Vec<Figure>, whole: i128) -> Vec<Figure> {
    let mut sum = 0;
    let mut chosen = Vec::new();
    for figure in figures {
        if sum > whole {
            break;
        }
        sum = add_lows(sum, figure.value);
        chosen.push(figure);
    }
    chosen
}

/// The part that holds the most.
fn most_of_one(parts: &[usize], low: impl Fn(&usize) -> i128) -> (i128, Vec<usize>) {
    let most = parts.iter().copied().min_by_key(|part| Reverse(low(part)));
    most.map_or((0, Vec::new()), |part| (low(&part), vec![part]))
}

/// The most that parts hold of which no two share a day, and those; they come by their last days.
pub(super) fn most_apart(parts: &[usize], of: impl Fn(&usize) -> ((i32, i32), i128)) -> (i128, Vec<usize>) {
    // Per part, the most of those up to it; the part that was taken last, and what was best before that one.
    let mut best: Vec<Taken> = Vec::with_capacity(parts.len());
    for &part in parts {
        let ((first, last), low) = of(&part);
        let before = best.partition_point(|taken| taken.last < first).checked_sub(1);
        let sum = add_lows(before.and_then(|at| best.get(at)).map_or(0, |taken| taken.sum), low);
        let own = Taken { last, sum, part, before };
        let taken = match best.last() {
            Some(earlier) if earlier.sum >= sum => Taken { last, ..*earlier },
            _ => own,
        };
        best.push(taken);
    }
    let mut chosen = Vec::new();
    let mut at = best.last();
    while let Some(taken) = at {
        chosen.push(taken.part);
        at = taken.before.and_then(|at| best.get(at));
    }
    (best.last().map_or(0, |taken| taken.sum), chosen)
}

/// A part that was taken after others.
#[derive(Copy, Clone)]
struct Taken {
    last: i32,
    sum: i128,
    part: usize,
    before: Option<usize>,
}

/// The least that parts hold that cover some days, and those; they come by their last days.
pub(super) fn least_cover(
    parts: &[usize],
    (first, last): (i32, i32),
    of: impl Fn(&usize) -> ((i32, i32), i128),
) -> (i128, Vec<usize>) {
    // All that were taken, each with what it comes after; and up to which day, by how little: later days cost more.
    let mut taken: Vec<Taken> = Vec::new();
    let mut reached: Vec<usize> = Vec::new();
    let mut whole: Option<usize> = None;
    for &part in parts {
        let ((from, to), high) = of(&part);
        let before = if from <= first {
            None
        } else {
            let at = reached.partition_point(|&at| i64::from(entry(&taken, at).last) + 1 < i64::from(from));
            let Some(&at) = reached.get(at) else { continue };
            Some(at)
        };
        let sum = add_highs(before.map_or(0, |at| entry(&taken, at).sum), high);
        if sum == NO_END {
            continue;
        }
        while reached.last().is_some_and(|&at| entry(&taken, at).sum >= sum) {
            reached.pop();
        }
        reached.push(taken.len());
        if to >= last && whole.is_none_or(|at| sum < entry(&taken, at).sum) {
            whole = Some(taken.len());
        }
        taken.push(Taken { last: to, sum, part, before });
    }
    let mut chosen = Vec::new();
    let mut at = whole;
    while let Some(one) = at.and_then(|at| taken.get(at)) {
        chosen.push(one.part);
        at = one.before;
    }
    (whole.map_or(NO_END, |at| entry(&taken, at).sum), chosen)
}
