//! The atoms of a component: every set of boxes that one unit of mass can lie in.
//!
//! Over the additive axes a unit has one position, over the overlapping ones any non-empty set of positions. Its atom is
//! the union of some *points*, each the boxes that hold one position on all axes, where all points agree on the additive
//! axes. Atoms are not all listed: unions are as many as subsets, and points may be many. What the simplex needs is an
//! atom that counts with more than zero where every box counts with a given coefficient. While the points are few they
//! are listed and looked through; else one is searched for axis by axis, days last, and unions always are.

use std::cmp::Ordering;

use crate::codebook::entry;
use crate::solve::steps::{Steps, Stop};
use crate::solve::sums::number::Number;
use crate::system::{Bits, Position};

/// One axis of a mass: the sets of boxes that a position on it can lie in together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Axis {
    /// Whether a unit can have several positions on it.
    pub(super) overlaps: bool,
    /// Of which dimension of its mass it is, by its place there.
    pub(super) dimension: usize,
    /// Sets of boxes of its mass.
    pub(super) sets: Vec<Bits>,
    /// For each set a position that lies in just these boxes, as far as this axis goes; none once sets were joined.
    pub(super) positions: Vec<Position>,
}

/// The boxes of one mass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Domain {
    /// Which boxes.
    pub(super) boxes: Bits,
    /// Its axes but for time.
    pub(super) axes: Vec<Axis>,
    /// Whether a unit can have several days.
    pub(super) days_overlap: bool,
}

/// The boxes of a component and how they can lie together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Atoms {
    /// How many boxes there are.
    pub(super) boxes: usize,
    /// Of each box the first and the last day.
    pub(super) days: Vec<(i32, i32)>,
    /// The masses; no box is of two of them.
    pub(super) domains: Vec<Domain>,
}

/// The points of a component, listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Listed {
    /// Each point: the boxes that hold it.
    pub(super) points: Vec<Bits>,
    /// Points of which one unit can have several at once, as sets of boxes; only where there are two or more.
    pub(super) groups: Vec<Vec<Bits>>,
}

/// How many other sets a set of boxes is compared with.
const OTHERS: usize = 64;

impl Atoms {
    /// The atoms as far as some boxes tell them apart.
    pub(super) fn restricted(&self, used: &Bits) -> Self {
        let domains = self.domains.iter().filter(|domain| domain.boxes.meets(used)).map(|domain| {
            let axes = domain.axes.iter().map(|axis| {
                let mut sets: Vec<Bits> = axis.sets.iter().map(|set| set.and(used)).collect();
                sets.sort_unstable();
                sets.dedup();
                Axis { overlaps: axis.overlaps, dimension: axis.dimension, sets, positions: Vec::new() }
            });
            Domain { boxes: domain.boxes.and(used), axes: axes.collect(), days_overlap: domain.days_overlap }
        });
        Self { boxes: self.boxes, days: self.days.clone(), domains: domains.collect() }
    }

    /// All points; none where there are more than so many.
    ///
    /// # Errors
    ///
    /// `OutOfSteps` when the steps do not last.
    pub(super) fn list(&self, most: usize, steps: &mut Steps) -> Result<Option<Listed>, Stop> {
        let mut points: Vec<Bits> = Vec::new();
        let mut groups: Vec<Vec<Bits>> = Vec::new();
        for domain in &self.domains {
            let Some(places) = self.cross(domain, vec![domain.boxes.clone()], false, most, steps)? else {
                return Ok(None);
            };
            let apart = !domain.days_overlap && domain.axes.iter().all(|axis| !axis.overlaps);
            if apart {
                points.extend(places);
            } else {
                for place in places {
                    let Some(group) = self.cross(domain, vec![place], true, most, steps)? else { return Ok(None) };
                    points.extend(group.iter().cloned());
                    if group.len() > 1 {
                        groups.push(group);
                    }
                    // One point may be counted in many groups, so this is generous.
                    if points.len() > 4 * most {
                        return Ok(None);
                    }
                }
            }
            points.sort_unstable();
            points.dedup();
            if points.len() > most {
                return Ok(None);
            }
        }
        groups.sort_unstable();
        groups.dedup();
        Ok(Some(Listed { points, groups }))
    }

    /// Crosses sets of boxes with the axes of one kind: which of the boxes a unit at each position lies in; none where
    /// there are more than so many.
    pub(super) fn cross(
        &self,
        domain: &Domain,
        mut states: Vec<Bits>,
        overlaps: bool,
        most: usize,
        steps: &mut Steps,
    ) -> Result<Option<Vec<Bits>>, Stop> {
        for axis in domain.axes.iter().filter(|axis| axis.overlaps == overlaps && axis.sets.len() > 1) {
            steps.take(states.len() * axis.sets.len(), 2)?;
            if states.len().saturating_mul(axis.sets.len()) > 200 * most.max(1_000) {
                return Ok(None);
            }
            let mut next = Vec::new();
            for state in &states {
                next.extend(axis.sets.iter().map(|set| state.and(set)).filter(|state| !state.is_empty()));
            }
            next.sort_unstable();
            next.dedup();
            states = next;
            if states.len() > most {
                return Ok(None);
            }
        }
        // An axis of a single set is no choice, but it may leave boxes out.
        for axis in domain.axes.iter().filter(|axis| axis.overlaps == overlaps && axis.sets.len() == 1) {
            states = states.iter().flat_map(|state| axis.sets.iter().map(|set| state.and(set))).collect();
            states.retain(|state| !state.is_empty());
        }
        if domain.days_overlap == overlaps {
            let mut next = Vec::new();
            for state in &states {
                self.sweep(state, |boxes| next.push(boxes.clone()));
                steps.take(state.len(), 4)?;
                if next.len() > 4 * most {
                    return Ok(None);
                }
            }
            states = next;
        }
        states.sort_unstable();
        states.dedup();
        Ok((states.len() <= most).then_some(states))
    }

    /// Visits, day by day, which of some boxes hold it: each set once per stretch of days, never the empty one.
    fn sweep(&self, boxes: &Bits, mut visit: impl FnMut(&Bits)) {
        let mut ends: Vec<(i32, bool, usize)> = Vec::with_capacity(2 * boxes.len());
        for at in boxes.iter() {
            let (first, last) = *entry(&self.days, at);
            ends.push((first, true, at));
            ends.push((last.saturating_add(1), false, at));
        }
        ends.sort_unstable();
        let mut held = Bits::none(self.boxes);
        let mut ends = ends.into_iter().peekable();
        while let Some((day, begins, at)) = ends.next() {
            if begins {
                held.insert(at);
            } else {
                held.remove(at);
            }
            if ends.peek().is_none_or(|(next, ..)| *next != day) && !held.is_empty() {
                visit(&held);
            }
        }
    }

    /// A point that counts for the most where every box counts with its coefficient; none if none counts with more than
    /// zero. Looked for axis by axis, days last; a branch ends where even all its boxes that count would not be more.
    pub(super) fn best_point<N: Number>(&self, coefficients: &[N], steps: &mut Steps) -> Result<Option<Bits>, Stop> {
        let weights = Weights::of(self.boxes, coefficients);
        let mut best: Option<(N, Bits)> = None;
        for domain in self.domains.iter().filter(|domain| domain.boxes.meets(&weights.positive)) {
            let mut in_turn: Vec<&Axis> = domain.axes.iter().collect();
            in_turn.sort_by_key(|axis| axis.sets.len());
            let mut open = vec![(domain.boxes.clone(), 0_usize)];
            while let Some((state, depth)) = open.pop() {
                steps.take(1, N::PRICE)?;
                let hope = weights.total(&state.and(&weights.positive))?;
                let least = best.as_ref().map_or_else(N::zero, |(most, _)| most.clone());
                if compare(&hope, &least)? != Ordering::Greater {
                    continue;
                }
                let Some(axis) = in_turn.get(depth) else {
                    self.best_day(&weights, &state, &mut best, steps)?;
                    continue;
                };
                steps.take(axis.sets.len(), 2)?;
                let mut next: Vec<Bits> = axis.sets.iter().map(|set| state.and(set)).collect();
                next.retain(|state| state.meets(&weights.positive));
                next.sort_unstable();
                next.dedup();
                steps.take(next.len() * next.len().min(OTHERS), 2)?;
                open.extend(weights.undominated(next).into_iter().map(|state| (state, depth + 1)));
            }
        }
        Ok(best.map(|(_, boxes)| boxes))
    }

    fn best_day<N: Number>(
        &self,
        weights: &Weights<'_, N>,
        state: &Bits,
        best: &mut Option<(N, Bits)>,
        steps: &mut Steps,
    ) -> Result<(), Stop> {
        steps.take(state.len(), 4 * N::PRICE)?;
        let mut failed = false;
        self.sweep(state, |boxes| match weights.total(boxes) {
            Ok(total) => {
                let least = best.as_ref().map_or_else(N::zero, |(most, _)| most.clone());
                match compare(&total, &least) {
                    Ok(Ordering::Greater) => *best = Some((total, boxes.clone())),
                    Ok(_) => {}
                    Err(_) => failed = true,
                }
            }
            Err(_) => failed = true,
        });
        if failed { Err(Stop::Overflow) } else { Ok(()) }
    }

    /// A union of several points that counts with more than zero; none if there is none. Points of unlisted components
    /// are crossed on the way.
    ///
    /// # Errors
    ///
    /// `OutOfSteps` too where one place holds more points than can be looked through.
    pub(super) fn best_union<N: Number>(
        &self,
        listed: Option<&Listed>,
        coefficients: &[N],
        steps: &mut Steps,
    ) -> Result<Option<Bits>, Stop> {
        const MOST: usize = 20_000;
        let weights = Weights::of(self.boxes, coefficients);
        if weights.positive.is_empty() {
            return Ok(None);
        }
        if let Some(listed) = listed {
            for group in &listed.groups {
                if let Some(found) = weights.union(group, steps)? {
                    return Ok(Some(found));
                }
            }
            return Ok(None);
        }
        for domain in &self.domains {
            if !domain.days_overlap && domain.axes.iter().all(|axis| !axis.overlaps) {
                continue;
            }
            let start = vec![domain.boxes.clone()];
            let places = self.cross(domain, start, false, MOST, steps)?.ok_or(Stop::OutOfSteps)?;
            for place in places.into_iter().filter(|place| place.meets(&weights.positive)) {
                let group = self.cross(domain, vec![place], true, MOST, steps)?.ok_or(Stop::OutOfSteps)?;
                if let Some(found) = weights.union(&group, steps)? {
                    return Ok(Some(found));
                }
            }
        }
        Ok(None)
    }
}

fn compare<N: Number>(a: &N, b: &N) -> Result<Ordering, Stop> {
    a.minus(b).map(|difference| difference.sign()).ok_or(Stop::Overflow)
}

/// With what each box counts.
struct Weights<'a, N> {
    coefficients: &'a [N],
    positive: Bits,
    negative: Bits,
}

impl<'a, N: Number> Weights<'a, N> {
    fn of(boxes: usize, coefficients: &'a [N]) -> Self {
        let signs: Vec<Ordering> = coefficients.iter().map(N::sign).collect();
        let with =
            |wanted| Bits::of(boxes, signs.iter().enumerate().filter(|(_, sign)| **sign == wanted).map(|(at, _)| at));
        Self { coefficients, positive: with(Ordering::Greater), negative: with(Ordering::Less) }
    }

    fn total(&self, boxes: &Bits) -> Result<N, Stop> {
        boxes.iter().try_fold(N::zero(), |sum, at| sum.plus(entry(self.coefficients, at)).ok_or(Stop::Overflow))
    }

    /// The sets but for those that another one is as good as, whatever boxes are left out of both later: it has all their
    /// boxes that count for more, and no more of those that count for less. Of independent overlapping terms one way to lie in each
    /// is left.
    fn undominated(&self, sets: Vec<Bits>) -> Vec<Bits> {
        let counted: Vec<(Bits, Bits)> =
            sets.iter().map(|set| (set.and(&self.positive), set.and(&self.negative))).collect();
        let is_kept = |at: usize| {
            let (more, less) = entry(&counted, at);
            let others = counted.iter().enumerate().take(OTHERS).filter(|(other, _)| *other != at);
            // Of two that are as good as each other the first is kept.
            !others.into_iter().any(|(other, (others_more, others_less))| {
                let as_good = more.is_within(others_more) && others_less.is_within(less);
                as_good && (other < at || (more, less) != (others_more, others_less))
            })
        };
        let kept: Vec<bool> = (0..sets.len()).map(is_kept).collect();
        sets.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(set, _)| set).collect()
    }

    fn is_above_zero(&self, boxes: &Bits) -> Result<bool, Stop> {
        Ok(self.total(boxes)?.sign() == Ordering::Greater)
    }

    /// A union of some of the points that counts with more than zero, by branch and bound.
    fn union(&self, points: &[Bits], steps: &mut Steps) -> Result<Option<Bits>, Stop> {
        steps.take(points.len(), 1)?;
        let points: Vec<&Bits> = points.iter().filter(|point| point.meets(&self.positive)).collect();
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
                for (at, &point) in points.iter().enumerate().skip(next) {
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
