//! Dates, durations and orders that cannot be laid on one timeline.
//!
//! Constraints on differences have a solution just when no cycle of them demands that a day come after itself. A cycle with
//! a positive sum of days is found by relaxing longest paths; the claims on it, thinned until none can be spared, are a
//! conflict. All conflicts of a component are listed by leaving out one claim of each known conflict in turn, the fewest
//! first (Reiter, A theory of diagnosis from first principles, 1987), within a limit of steps that is counted, not timed.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::claim::ClaimId;
use crate::codebook::{EventId, Moment};
use crate::system::{Constraint, Ground, Point};

/// A minimal set of claims that no timeline holds, with the cycle that shows it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimelineConflict {
    /// The claims, sorted.
    pub claims: Vec<ClaimId>,
    /// Constraints of which each begins where the one before ends, and the last ends where the first begins; through the
    /// origin first, if at all.
    pub cycle: Vec<Constraint>,
}

/// What laying out timelines gave.
#[derive(Debug, Default)]
pub struct Timelines {
    /// Every conflict, sorted by size.
    pub conflicts: Vec<TimelineConflict>,
    /// Claims of components whose conflicts were not all listed, because there are too many.
    pub cut: Vec<Vec<ClaimId>>,
    /// Every claim that some constraint ties to another claim.
    pub compared: BTreeSet<ClaimId>,
}

/// How far to go in each component.
#[derive(Copy, Clone, Debug)]
pub struct TimelineLimits {
    /// How often to lay a timeline out.
    pub steps: usize,
}

impl Default for TimelineLimits {
    fn default() -> Self {
        Self { steps: 5_000 }
    }
}

/// Finds every minimal set of claims that cannot be laid on one timeline.
pub fn find(known: &[Constraint], stated: &[Constraint], limits: TimelineLimits) -> Timelines {
    let mut found = Timelines::default();
    for (background, claims) in components(known, stated) {
        let all: BTreeSet<ClaimId> = claims.keys().copied().collect();
        if all.len() > 1 {
            found.compared.extend(&all);
        }
        let component = Component { background, claims };
        component.list(limits, &mut found);
    }
    found.conflicts.sort_by(|a, b| (a.claims.len(), a).cmp(&(b.claims.len(), b)));
    found
}

/// The constraints of the claims that some chain of constraints ties together, and what the codebook says of their events.
type Parts = (Vec<Constraint>, BTreeMap<ClaimId, Vec<Constraint>>);

fn components(known: &[Constraint], stated: &[Constraint]) -> Vec<Parts> {
    let mut parent: BTreeMap<EventId, EventId> = BTreeMap::new();
    let event = |point: Point| point.map(|moment: Moment| moment.event);
    for constraint in known.iter().chain(stated) {
        if let (Some(a), Some(b)) = (event(constraint.from), event(constraint.to)) {
            let (a, b) = (root(&mut parent, a), root(&mut parent, b));
            parent.insert(a.max(b), a.min(b));
        }
    }
    let mut parts: BTreeMap<EventId, Parts> = BTreeMap::new();
    for constraint in known.iter().chain(stated) {
        let Some(of) = event(constraint.from).or(event(constraint.to)) else { continue };
        let part = parts.entry(root(&mut parent, of)).or_default();
        match constraint.by {
            Ground::Claim { claim, .. } => part.1.entry(claim).or_default().push(*constraint),
            _ => part.0.push(*constraint),
        }
    }
    parts.into_values().filter(|(_, claims)| !claims.is_empty()).collect()
}

/// The event that stands for all that are tied to an event.
fn root(parent: &mut BTreeMap<EventId, EventId>, event: EventId) -> EventId {
    let mut at = event;
    while let Some(&above) = parent.get(&at).filter(|&&above| above != at) {
        at = above;
    }
    parent.insert(event, at);
    at
}

struct Component {
    background: Vec<Constraint>,
    claims: BTreeMap<ClaimId, Vec<Constraint>>,
}

impl Component {
    /// Lists the conflicts: in each set of claims left out, either the rest has a timeline, or it holds one more conflict, of
    /// which every claim is left out in turn.
    fn list(&self, limits: TimelineLimits, found: &mut Timelines) {
        let mut conflicts: Vec<TimelineConflict> = Vec::new();
        let mut seen: BTreeSet<Vec<ClaimId>> = BTreeSet::new();
        let mut queue: VecDeque<Vec<ClaimId>> = VecDeque::from([Vec::new()]);
        let mut steps = 0;
        while let Some(left_out) = queue.pop_front() {
            let kept = |claim: &ClaimId| left_out.binary_search(claim).is_err();
            let known = conflicts.iter().find(|conflict| conflict.claims.iter().all(kept)).cloned();
            let conflict = match known {
                Some(conflict) => Some(conflict),
                None => {
                    let rest: Vec<ClaimId> = self.claims.keys().copied().filter(kept).collect();
                    steps += 1;
                    self.cycle(&rest).map(|cycle| {
                        let conflict = self.thin(&cycle, &mut steps);
                        conflicts.push(conflict.clone());
                        conflict
                    })
                }
            };
            for claim in conflict.iter().flat_map(|conflict| &conflict.claims) {
                let mut more = left_out.clone();
                more.push(*claim);
                more.sort_unstable();
                if seen.insert(more.clone()) {
                    queue.push_back(more);
                }
            }
            if steps > limits.steps || seen.len() > 4 * limits.steps {
                found.cut.push(self.claims.keys().copied().collect());
                break;
            }
        }
        found.conflicts.extend(conflicts);
    }

    /// Takes claims off a cycle one by one, in order, as long as a cycle remains.
    fn thin(&self, cycle: &[Constraint], steps: &mut usize) -> TimelineConflict {
        let mut claims = claims_of(cycle);
        let mut shown = cycle.to_vec();
        let mut at = 0;
        while at < claims.len() {
            let mut fewer = claims.clone();
            fewer.remove(at);
            *steps += 1;
            match self.cycle(&fewer) {
                Some(cycle) => {
                    claims = claims_of(&cycle);
                    shown = cycle;
                    at = 0;
                }
                None => at += 1,
            }
        }
        TimelineConflict { claims, cycle: shown }
    }

    /// A cycle among the constraints of some claims and the codebook that demands that a day come after itself.
    fn cycle(&self, claims: &[ClaimId]) -> Option<Vec<Constraint>> {
        let of_claims = claims.iter().filter_map(|claim| self.claims.get(claim)).flatten();
        let constraints: Vec<Constraint> = self.background.iter().chain(of_claims).copied().collect();
        let points: BTreeSet<Point> = constraints.iter().flat_map(|c| [c.from, c.to]).collect();
        // The earliest day of each point, all beginning at zero, and the constraint that moved it last.
        let mut earliest: BTreeMap<Point, i64> = points.iter().map(|&point| (point, 0)).collect();
        let mut last: BTreeMap<Point, Constraint> = BTreeMap::new();
        for round in 0..=points.len() {
            let mut moved = None;
            for constraint in &constraints {
                let from = earliest.get(&constraint.from).copied().unwrap_or(0);
                let to = earliest.entry(constraint.to).or_insert(0);
                if from + constraint.days > *to {
                    *to = from + constraint.days;
                    last.insert(constraint.to, *constraint);
                    moved = Some(constraint.to);
                }
            }
            match moved {
                None => return None,
                // What still moves after as many rounds as there are points is driven by a cycle.
                Some(point) if round == points.len() => return Some(walk(point, &last, points.len())),
                Some(_) => {}
            }
        }
        None
    }
}

/// Follows the constraints back from a point that keeps moving, into the cycle that moves it, and around it once.
fn walk(from: Point, last: &BTreeMap<Point, Constraint>, points: usize) -> Vec<Constraint> {
    let mut at = from;
    for _ in 0..points {
        if let Some(constraint) = last.get(&at) {
            at = constraint.from;
        }
    }
    let start = at;
    let mut cycle = Vec::new();
    // OK because the point lies on the cycle, so that following it back comes round to it.
    while let Some(constraint) = last.get(&at) {
        cycle.push(*constraint);
        at = constraint.from;
        if at == start {
            break;
        }
    }
    cycle.reverse();
    // Begin at the origin where the cycle passes it, else at the least constraint, so that one cycle is written one way.
    let at_origin = cycle.iter().position(|constraint| constraint.from.is_none());
    let first = at_origin.or_else(|| (0..cycle.len()).min_by_key(|&at| cycle.get(at).copied())).unwrap_or(0);
    cycle.rotate_left(first);
    cycle
}

fn claims_of(cycle: &[Constraint]) -> Vec<ClaimId> {
    let claims: BTreeSet<ClaimId> = cycle
        .iter()
        .filter_map(|constraint| match constraint.by {
            Ground::Claim { claim, .. } => Some(claim),
            _ => None,
        })
        .collect();
    claims.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::codebook::Side;

    fn point(event: u32) -> Point {
        (event > 0).then_some(Moment { event: EventId(event), side: Side::Start })
    }

    fn claim(id: u32, from: u32, to: u32, days: i64) -> Constraint {
        Constraint { from: point(from), to: point(to), days, by: Ground::Claim { claim: ClaimId(id), low: true } }
    }

    /// Whether days can be given to all points, tried one by one: a plain second method for small numbers.
    fn has_timeline(constraints: &[Constraint], points: usize, range: i64) -> bool {
        fn place(days: &mut Vec<i64>, constraints: &[Constraint], points: usize, range: i64) -> bool {
            let day =
                |point: Point, days: &[i64]| point.map_or(Some(0), |moment| days.get(moment.event.at() - 1).copied());
            let holds = constraints.iter().all(|c| match (day(c.from, days), day(c.to, days)) {
                (Some(from), Some(to)) => to >= from + c.days,
                _ => true,
            });
            if !holds {
                return false;
            }
            if days.len() == points {
                return true;
            }
            (-range..=range).any(|day| {
                days.push(day);
                let placed = place(days, constraints, points, range);
                days.pop();
                placed
            })
        }
        place(&mut Vec::new(), constraints, points, range)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn conflicts_are_all_minimal_sets_without_a_timeline(
            list in prop::collection::vec((0_u32..4, 0_u32..4, -3_i64..4), 1..6)
        ) {
            let stated: Vec<Constraint> = list
                .into_iter()
                .zip(0..)
                .filter(|((from, to, _), _)| from != to)
                .map(|((from, to, days), id)| claim(id, from, to, days))
                .collect();
            // Reaching from one end of five constraints to the other takes at most fifteen days.
            let feasible = |subset: &[Constraint]| has_timeline(subset, 3, 9);
            let mut expected: BTreeSet<Vec<ClaimId>> = BTreeSet::new();
            for mask in 1..1_u32 << stated.len() {
                let chosen = |mask: u32| -> Vec<Constraint> {
                    stated.iter().enumerate().filter(|(at, _)| mask >> at & 1 == 1).map(|(_, c)| *c).collect()
                };
                let smaller = (0..stated.len()).filter(|at| mask >> at & 1 == 1).map(|at| mask & !(1 << at));
                if !feasible(&chosen(mask)) && smaller.into_iter().all(|mask| feasible(&chosen(mask))) {
                    expected.insert(claims_of(&chosen(mask)));
                }
            }
            let found = find(&[], &stated, TimelineLimits::default());
            prop_assert!(found.cut.is_empty());
            for conflict in &found.conflicts {
                prop_assert!(conflict.cycle.iter().map(|c| c.days).sum::<i64>() > 0);
                let ends = conflict.cycle.iter().skip(1).chain(conflict.cycle.first());
                prop_assert!(conflict.cycle.iter().zip(ends).all(|(a, b)| a.to == b.from));
            }
            let sets: BTreeSet<Vec<ClaimId>> = found.conflicts.into_iter().map(|conflict| conflict.claims).collect();
            prop_assert_eq!(sets, expected);
        }
    }

    /// A hundred sources with a hundred days for one event: far more pairs than anyone reads.
    #[test]
    fn too_many_conflicts_are_cut_and_said_to_be() {
        let both = |id: u32| {
            [
                claim(id, 0, 1, i64::from(id)),
                Constraint { from: point(1), to: None, days: -i64::from(id), ..claim(id, 0, 1, 0) },
            ]
        };
        let stated: Vec<Constraint> = (0..100).flat_map(both).collect();
        let found = find(&[], &stated, TimelineLimits { steps: 200 });
        assert!(!found.conflicts.is_empty() && found.cut.len() == 1);
    }
}
