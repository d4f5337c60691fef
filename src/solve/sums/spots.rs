//! From an atom back to where a unit of it can be: a position on every axis, and a day.

use crate::codebook::entry;
use crate::solve::sums::atoms::{Atoms, Axis, Domain};
use crate::system::{Bits, Position};

/// One position of a unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Spot {
    /// Per dimension of the mass, by its place there, the leaves that matter.
    pub(super) positions: Vec<Position>,
    /// A day; none where any day will do.
    pub(super) day: Option<i32>,
}

impl Spot {
    fn put(&mut self, axis: &Axis, at: usize) {
        if self.positions.len() <= axis.dimension {
            self.positions.resize_with(axis.dimension + 1, Position::default);
        }
        if let (Some(place), Some(position)) = (self.positions.get_mut(axis.dimension), axis.positions.get(at)) {
            place.extend(position);
        }
    }
}

/// Which choices on the axes lead to which boxes.
#[derive(Clone)]
struct Branch {
    state: Bits,
    spot: Spot,
}

impl Atoms {
    /// The positions of a unit that lies, of the boxes that are used, in just those of an atom: one position where nothing
    /// overlaps, else as many as it takes. None if there is no such unit, which no atom that was found leaves.
    pub(super) fn spots(&self, used: &Bits, atom: &Bits) -> Option<Vec<Spot>> {
        let domain = self.domains.iter().find(|domain| domain.boxes.meets(atom))?;
        let start = Branch { state: domain.boxes.and(used), spot: Spot::default() };
        let mut open = vec![(start, 0_usize)];
        let additive: Vec<&Axis> = domain.axes.iter().filter(|axis| !axis.overlaps).collect();
        let overlapping: Vec<&Axis> = domain.axes.iter().filter(|axis| axis.overlaps).collect();
        let apart = overlapping.is_empty() && !domain.days_overlap;
        while let Some((branch, depth)) = open.pop() {
            if let Some(axis) = additive.get(depth) {
                // What leaves out a box of the atom leads nowhere; of several ways to one state the first one will do.
                let mut next: Vec<(Branch, usize)> = Vec::new();
                for branch in step(&branch, axis).into_iter().filter(|branch| atom.is_within(&branch.state)) {
                    if !next.iter().any(|(other, _)| other.state == branch.state) {
                        next.push((branch, depth + 1));
                    }
                }
                open.extend(next.into_iter().rev());
                continue;
            }
            let on_days = if domain.days_overlap { vec![branch] } else { self.days(&branch) };
            for branch in on_days.into_iter().filter(|branch| atom.is_within(&branch.state)) {
                if apart && branch.state == *atom {
                    return Some(vec![branch.spot]);
                }
                if !apart && let Some(spots) = self.cover(domain, &overlapping, branch, atom) {
                    return Some(spots);
                }
            }
        }
        None
    }

    /// Positions on the overlapping axes, none outside the atom, that together make it up.
    fn cover(&self, domain: &Domain, axes: &[&Axis], start: Branch, atom: &Bits) -> Option<Vec<Spot>> {
        let mut points = vec![start];
        for axis in axes {
            let mut next: Vec<Branch> = Vec::new();
            for branch in points.iter().flat_map(|point| step(point, axis)).filter(|branch| branch.state.meets(atom)) {
                if !next.iter().any(|other| other.state == branch.state) {
                    next.push(branch);
                }
            }
            points = next;
        }
        if domain.days_overlap {
            points = points.iter().flat_map(|point| self.days(point)).collect();
        }
        points.retain(|point| point.state.is_within(atom));
        let mut left = atom.clone();
        let mut spots = Vec::new();
        while !left.is_empty() {
            let gain = |point: &Branch| point.state.and(&left).len();
            // The first of those that cover most.
            let best = points.iter().rev().max_by_key(|point| gain(point)).filter(|point| gain(point) > 0)?;
            left = left.without(&best.state);
            spots.push(best.spot.clone());
        }
        Some(spots)
    }

    /// A branch on each stretch of days on which other boxes hold.
    fn days(&self, branch: &Branch) -> Vec<Branch> {
        let mut days: Vec<i32> = vec![];
        for at in branch.state.iter() {
            let (first, last) = *entry(&self.days, at);
            days.extend([first.saturating_sub(1), first, last, last.saturating_add(1)]);
        }
        days.sort_unstable();
        days.dedup();
        let on = |&day: &i32| {
            let holds = |at: &usize| {
                let (first, last) = *entry(&self.days, *at);
                (first..=last).contains(&day)
            };
            let state = Bits::of(self.boxes, branch.state.iter().filter(holds));
            let day = (day.abs() < crate::system::FOREVER).then_some(day);
            Branch { state, spot: Spot { day, ..branch.spot.clone() } }
        };
        let mut branches: Vec<Branch> = Vec::new();
        // A day of the calendar before none.
        for branch in days.iter().map(on) {
            match branches.iter_mut().find(|other| other.state == branch.state) {
                Some(known) if known.spot.day.is_none() => *known = branch,
                Some(_) => {}
                None => branches.push(branch),
            }
        }
        branches
    }
}

fn step(branch: &Branch, axis: &Axis) -> Vec<Branch> {
    let choose = |(at, set): (usize, &Bits)| {
        let mut spot = branch.spot.clone();
        spot.put(axis, at);
        Branch { state: branch.state.and(set), spot }
    };
    axis.sets.iter().enumerate().map(choose).collect()
}
