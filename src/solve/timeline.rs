//! Dates, durations and orders that cannot be laid on one timeline.
//!
//! Constraints on differences have a solution just when no cycle of them demands that a day come after itself. A cycle with
//! a positive sum of days is found by relaxing longest paths; the claims on it, thinned until none can be spared, are a
//! conflict, as [`minimal`](super::minimal) finds them.

use std::collections::{BTreeMap, BTreeSet};

use crate::claim::ClaimId;
use crate::codebook::{EventId, Moment, entry};
use crate::solve::minimal::{Oracle, combinations, explore};
use crate::solve::steps::{Steps, Stop};
use crate::solve::{Limits, Outlook, Repair};
use crate::system::{Bits, Constraint, Ground, Point};

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
    /// Every conflict that was listed, sorted by size.
    pub conflicts: Vec<TimelineConflict>,
    /// The components in which something conflicts or that are undecided.
    pub components: Vec<Outlook>,
    /// Every claim that some constraint ties to another claim.
    pub compared: BTreeSet<ClaimId>,
}

/// Finds minimal sets of claims that cannot be laid on one timeline, beside the pairs that are known.
pub fn find(known: &[Constraint], stated: &[Constraint], pairs: &[[ClaimId; 2]], limits: &Limits) -> Timelines {
    let mut found = Timelines::default();
    for (background, claims) in components(known, stated) {
        if claims.len() > 1 {
            found.compared.extend(claims.keys());
        }
        let component = Component::of(background, claims);
        component.list(pairs, limits, &mut found);
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
    background: Vec<Numbered>,
    items: Vec<Item>,
    /// How many points there are.
    points: usize,
}

/// A constraint between points that have numbers, so that a round over all of them looks up no name.
#[derive(Copy, Clone)]
struct Numbered {
    from: usize,
    to: usize,
    constraint: Constraint,
}

/// Claims that say the same of the same days.
struct Item {
    claims: Vec<ClaimId>,
    /// The constraints of the first of them.
    constraints: Vec<Numbered>,
}

impl Oracle for Component {
    /// A cycle that demands that a day come after itself.
    type Proof = Vec<Constraint>;

    fn size(&self) -> usize {
        self.items.len()
    }

    fn refute(&self, items: &Bits, steps: &mut Steps) -> Result<Option<Vec<Constraint>>, Stop> {
        let of_claims = items.iter().flat_map(|item| &entry(&self.items, item).constraints);
        let constraints: Vec<Numbered> = self.background.iter().chain(of_claims).copied().collect();
        let ends = constraints.iter().flat_map(|numbered| [numbered.from, numbered.to]);
        let points = Bits::of(self.points, ends).len();
        // The earliest day of each point, all beginning at zero, and the constraint that moved it last.
        let mut earliest = vec![0_i64; self.points];
        let mut last: Vec<Option<Numbered>> = vec![None; self.points];
        for round in 0..=points {
            steps.take(constraints.len(), 10)?;
            let mut moved = None;
            for numbered in &constraints {
                let day = *entry(&earliest, numbered.from) + numbered.constraint.days;
                if let (Some(to), Some(by)) = (earliest.get_mut(numbered.to), last.get_mut(numbered.to))
                    && day > *to
                {
                    (*to, *by) = (day, Some(*numbered));
                    moved = Some(numbered.to);
                }
            }
            match moved {
                None => return Ok(None),
                // What still moves after as many rounds as there are points is driven by a cycle.
                Some(point) if round == points => return Ok(Some(walk(point, &last, points))),
                Some(_) => {}
            }
        }
        Ok(None)
    }

    fn parties(&self, cycle: &Vec<Constraint>) -> Bits {
        let parties = claims_of(cycle);
        let item = |claim: &ClaimId| self.items.iter().position(|item| item.claims.first() == Some(claim));
        Bits::of(self.size(), parties.iter().filter_map(item))
    }
}

impl Component {
    fn of(background: Vec<Constraint>, claims: BTreeMap<ClaimId, Vec<Constraint>>) -> Self {
        // What a claim says, whoever says it.
        let said = |constraints: &[Constraint]| -> Vec<(Point, Point, i64)> {
            constraints.iter().map(|constraint| (constraint.from, constraint.to, constraint.days)).collect()
        };
        let mut numbers: BTreeMap<Point, usize> = BTreeMap::new();
        let mut number = |point: Point| {
            let next = numbers.len();
            *numbers.entry(point).or_insert(next)
        };
        let mut numbered = |constraints: Vec<Constraint>| -> Vec<Numbered> {
            let numbered = |constraint: Constraint| Numbered {
                from: number(constraint.from),
                to: number(constraint.to),
                constraint,
            };
            constraints.into_iter().map(numbered).collect()
        };
        let background = numbered(background);
        let mut items: Vec<Item> = Vec::new();
        let mut place: BTreeMap<Vec<(Point, Point, i64)>, usize> = BTreeMap::new();
        for (claim, constraints) in claims {
            let at = *place.entry(said(&constraints)).or_insert(items.len());
            match items.get_mut(at) {
                Some(item) => item.claims.push(claim),
                None => items.push(Item { claims: vec![claim], constraints: numbered(constraints) }),
            }
        }
        Self { background, items, points: numbers.len() }
    }

    fn list(&self, pairs: &[[ClaimId; 2]], limits: &Limits, found: &mut Timelines) {
        let item_of: BTreeMap<ClaimId, usize> = self
            .items
            .iter()
            .enumerate()
            .flat_map(|(at, item)| item.claims.iter().map(move |&claim| (claim, at)))
            .collect();
        let items = |pair: &[ClaimId; 2]| -> Option<Bits> {
            let [first, second] = pair;
            Some(Bits::of(self.size(), [*item_of.get(first)?, *item_of.get(second)?]))
        };
        let pairs: BTreeSet<Bits> = pairs.iter().filter_map(items).collect();
        let pairs: Vec<Bits> = pairs.into_iter().collect();
        let explored = explore(self, &pairs, limits.steps, limits.conflicts);
        let mut cut = explored.cut;
        for (items, cycle) in &explored.conflicts {
            let lists: Vec<&[ClaimId]> = items.iter().map(|item| entry(&self.items, item).claims.as_slice()).collect();
            let (choices, more) = combinations(&lists, limits.conflicts);
            cut |= more;
            found.conflicts.extend(choices.iter().map(|choice| told_of(&lists, choice, cycle)));
        }
        let named = |items: &Bits| -> Vec<ClaimId> {
            let mut claims: Vec<ClaimId> =
                items.iter().flat_map(|item| entry(&self.items, item).claims.clone()).collect();
            claims.sort_unstable();
            claims
        };
        let repair = explored.repair.as_ref().map(|items| Repair { claims: named(items), exact: explored.exact });
        if cut || repair.as_ref().is_none_or(|repair| !repair.claims.is_empty()) {
            let claims = item_of.into_keys().collect();
            found.components.push(Outlook { claims, repair, cut, steps: explored.steps });
        }
    }
}

/// A conflict of the first claims of some items, told of a choice among those that say the same.
fn told_of(items: &[&[ClaimId]], choice: &[ClaimId], cycle: &[Constraint]) -> TimelineConflict {
    let instead: BTreeMap<ClaimId, ClaimId> =
        items.iter().zip(choice).filter_map(|(item, &chosen)| Some((*item.first()?, chosen))).collect();
    let ground = |by: Ground| match by {
        Ground::Claim { claim, low } => Ground::Claim { claim: instead.get(&claim).copied().unwrap_or(claim), low },
        other => other,
    };
    let cycle = cycle.iter().map(|constraint| Constraint { by: ground(constraint.by), ..*constraint }).collect();
    let mut claims = choice.to_vec();
    claims.sort_unstable();
    TimelineConflict { claims, cycle }
}

/// Days for all moments that constraints speak of, in each component as early as its latest limits allow; none of a component that
/// has no timeline. The second list holds the claims of those components.
pub fn lay_out(known: &[Constraint], stated: &[Constraint]) -> (BTreeMap<Moment, i64>, Vec<ClaimId>) {
    let mut days = BTreeMap::new();
    let mut undecided = Vec::new();
    for (background, claims) in components(known, stated) {
        let constraints: Vec<Constraint> = background.iter().chain(claims.values().flatten()).copied().collect();
        match laid_out(&constraints) {
            Some(found) => days.extend(found.into_iter().filter_map(|(point, day)| Some((point?, day)))),
            None => undecided.extend(claims.into_keys()),
        }
    }
    (days, undecided)
}

/// The earliest days, none before the earliest of the latest days that the origin leaves a moment.
fn laid_out(constraints: &[Constraint]) -> Option<BTreeMap<Point, i64>> {
    let points: BTreeSet<Point> = constraints.iter().flat_map(|c| [c.from, c.to]).chain([None]).collect();
    // Latest days: what must lie so many days before the origin.
    let mut latest: BTreeMap<Point, i64> = BTreeMap::from([(None, 0)]);
    let mut earliest: BTreeMap<Point, i64> = BTreeMap::from([(None, 0)]);
    for _ in 0..=points.len() {
        for constraint in constraints {
            if let Some(&to) = latest.get(&constraint.to) {
                let from = latest.entry(constraint.from).or_insert(i64::MAX);
                *from = (*from).min(to - constraint.days);
            }
            if let Some(&from) = earliest.get(&constraint.from) {
                let to = earliest.entry(constraint.to).or_insert(i64::MIN);
                *to = (*to).max(from + constraint.days);
            }
        }
    }
    let others = |days: BTreeMap<Point, i64>| days.into_iter().filter(|(point, _)| point.is_some()).map(|(_, day)| day);
    let base = others(latest).min().or_else(|| others(earliest).min()).unwrap_or(0);
    let mut days: BTreeMap<Point, i64> = points.iter().map(|&point| (point, base)).collect();
    days.insert(None, 0);
    for _ in 0..=points.len() {
        let mut moved = false;
        for constraint in constraints {
            let from = days.get(&constraint.from).copied()?;
            let to = days.get_mut(&constraint.to)?;
            if from + constraint.days > *to {
                *to = from + constraint.days;
                moved = true;
            }
        }
        if !moved {
            return (days.get(&None) == Some(&0)).then_some(days);
        }
    }
    None
}

/// Follows the constraints back from a point that keeps moving, into the cycle that moves it, and around it once.
fn walk(from: usize, last: &[Option<Numbered>], points: usize) -> Vec<Constraint> {
    let mut at = from;
    for _ in 0..points {
        if let Some(by) = entry(last, at) {
            at = by.from;
        }
    }
    let start = at;
    let mut cycle = Vec::new();
    // OK because the point lies on the cycle, so that following it back comes round to it.
    while let Some(by) = entry(last, at) {
        cycle.push(by.constraint);
        at = by.from;
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
            let (days, undecided) = lay_out(&[], &stated);
            let day = |point: Point| point.map_or(Some(0), |moment| days.get(&moment).copied());
            let holds = |c: &Constraint| day(c.from).zip(day(c.to)).is_some_and(|(from, to)| to >= from + c.days);
            prop_assert_eq!(undecided.is_empty(), feasible(&stated));
            prop_assert!(stated.iter().all(|c| holds(c) || undecided.iter().any(|claim| claims_of(&[*c]).contains(claim))));
            let found = find(&[], &stated, &[], &Limits::default());
            prop_assert!(found.components.iter().all(|component| component.repair.is_some() && !component.cut));
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
        let found = find(&[], &stated, &[], &Limits { conflicts: 10, ..Limits::default() });
        let [component] = found.components.as_slice() else { panic!("{found:?}") };
        // More than the ten that were asked for: the guarantee rests on them.
        assert!(component.cut && found.conflicts.len() > 10, "{}", found.conflicts.len());
        // Any two of the hundred clash, so that all but one must go.
        let repair = component.repair.as_ref().unwrap();
        assert_eq!(repair.claims.len(), 99);
        let given_up = find(&[], &stated, &[], &Limits { steps: 200, ..Limits::default() });
        assert!(given_up.components.iter().all(|component| component.repair.is_none()));
    }
}
