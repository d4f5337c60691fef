//! What figures ask of the masses of boxes, and the kinds of units that there can be.
//!
//! A unit of a measure has one position on the axes that do not overlap and a non-empty set of points in the product of
//! those that do; a box holds it when the position and one of the points lie in it. For a set of boxes it only matters
//! which of them hold a unit, so there is one kind of unit for every such pattern.

use std::collections::BTreeSet;

use num_rational::Ratio;
use num_traits::Zero;

use super::simplex::{Inequality, Solution, satisfies, solve};

pub(crate) type Exact = Ratio<i128>;

/// What a unit has a place on.
#[derive(Clone, Debug)]
pub(crate) enum Axis {
    /// A closed list of positions.
    Listed { positions: Vec<u64>, overlaps: bool },
    /// Days.
    Time { overlaps: bool },
}

/// A part of an axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    Positions(BTreeSet<u64>),
    /// First and last, both included.
    Days(i64, i64),
}

#[derive(Clone, Debug)]
pub(crate) struct Measure {
    pub(crate) axes: Vec<Axis>,
    /// The measures that add up to it in every box; none for most.
    pub(crate) parts: Vec<usize>,
}

/// A box of a measure: an extent for each of its axes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mass {
    pub(crate) measure: usize,
    pub(crate) extents: Vec<Extent>,
}

/// The weighted masses are at least something, or above it.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) terms: Vec<(Exact, Mass)>,
    pub(crate) at_least: Exact,
    pub(crate) open: bool,
}

/// More patterns than this are no small case.
const MOST: usize = 20_000;

impl Axis {
    /// For every position, which of the extents hold it.
    fn patterns(&self, extents: &[&Extent]) -> BTreeSet<u64> {
        let pattern = |holds: &dyn Fn(&Extent) -> bool| {
            extents.iter().enumerate().fold(0, |all, (at, extent)| all | u64::from(holds(extent)) << at)
        };
        match self {
            Self::Listed { positions, .. } => positions
                .iter()
                .map(|position| {
                    pattern(&|extent| matches!(extent, Extent::Positions(inside) if inside.contains(position)))
                })
                .collect(),
            Self::Time { .. } => {
                // What changes, changes where a stretch begins or is over.
                let starts = extents.iter().flat_map(|extent| match extent {
                    Extent::Days(first, last) => [*first, last + 1],
                    Extent::Positions(_) => panic!("positions in time"),
                });
                let on = |day: i64| {
                    pattern(&|extent| matches!(extent, Extent::Days(first, last) if *first <= day && day <= *last))
                };
                starts.map(on).chain([0]).collect()
            }
        }
    }

    fn overlaps(&self) -> bool {
        match self {
            Self::Listed { overlaps, .. } | Self::Time { overlaps } => *overlaps,
        }
    }
}

/// For every kind of unit of a measure, which of the boxes hold it.
fn patterns(measure: &Measure, boxes: &[&Vec<Extent>]) -> BTreeSet<u64> {
    assert!(boxes.len() < 64, "{} boxes are no small case", boxes.len());
    let everywhere = (1_u64 << boxes.len()) - 1;
    let mut positions = BTreeSet::from([everywhere]);
    let mut points = BTreeSet::from([everywhere]);
    for (at, axis) in measure.axes.iter().enumerate() {
        let extents: Vec<&Extent> = boxes.iter().map(|extents| &extents[at]).collect();
        let own = axis.patterns(&extents);
        let so_far = if axis.overlaps() { &mut points } else { &mut positions };
        *so_far = so_far.iter().flat_map(|pattern| own.iter().map(move |more| pattern & more)).collect();
    }
    let mut found = BTreeSet::new();
    for position in positions {
        let points: BTreeSet<u64> = points.iter().map(|point| position & point).collect();
        let mut sets = points.clone();
        let mut fresh: Vec<u64> = points.iter().copied().collect();
        while let Some(set) = fresh.pop() {
            fresh.extend(points.iter().map(|point| set | point).filter(|&larger| sets.insert(larger)));
            assert!(sets.len() < MOST, "too many sets of points for a small case");
        }
        found.extend(sets);
    }
    found.remove(&0);
    found
}

/// The measures without parts that a measure consists of, each as often as it counts.
fn smallest_parts(measures: &[Measure], measure: usize) -> Vec<usize> {
    match &measures[measure].parts[..] {
        [] => vec![measure],
        parts => parts.iter().flat_map(|&part| smallest_parts(measures, part)).collect(),
    }
}

/// What the rows ask of the numbers of units of each kind: the rows in order, and how many kinds there are.
pub(crate) fn inequalities(measures: &[Measure], rows: &[Row]) -> (Vec<Inequality>, usize) {
    let mut times: Vec<Vec<Exact>> = vec![Vec::new(); rows.len()];
    let mut seen: BTreeSet<Vec<Exact>> = BTreeSet::new();
    for measure in 0..measures.len() {
        // Each box of the measure, or of one that it is a part of, and in which rows it counts how often.
        let mut boxes: Vec<(&Vec<Extent>, Vec<Exact>)> = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            for (weight, mass) in &row.terms {
                let often = smallest_parts(measures, mass.measure).iter().filter(|&&part| part == measure).count();
                if often == 0 {
                    continue;
                }
                let place = boxes.iter().position(|(extents, _)| **extents == mass.extents).unwrap_or_else(|| {
                    boxes.push((&mass.extents, vec![Exact::zero(); rows.len()]));
                    boxes.len() - 1
                });
                boxes[place].1[at] += weight * Exact::from_integer(i128::try_from(often).unwrap());
            }
        }
        let extents: Vec<&Vec<Extent>> = boxes.iter().map(|(extents, _)| *extents).collect();
        for pattern in patterns(&measures[measure], &extents) {
            let holding = boxes.iter().enumerate().filter(|(at, _)| pattern >> at & 1 == 1);
            let mut column = vec![Exact::zero(); rows.len()];
            for (_, (_, in_rows)) in holding {
                column.iter_mut().zip(in_rows).for_each(|(sum, more)| *sum += more);
            }
            if column.iter().any(|number| !number.is_zero()) && seen.insert(column.clone()) {
                times.iter_mut().zip(column).for_each(|(row, number)| row.push(number));
            }
        }
    }
    let inequalities =
        rows.iter().zip(times).map(|(row, times)| Inequality::new(&times, row.at_least, row.open)).collect();
    (inequalities, seen.len())
}

/// The rows of some claims over all kinds of units.
pub(crate) struct Figures {
    rows: Vec<Inequality>,
    /// Whose each row is.
    owners: Vec<usize>,
    unknowns: usize,
    claims: usize,
}

impl Figures {
    /// `asked`: for each claim its rows.
    pub(crate) fn new(measures: &[Measure], asked: &[Vec<Row>]) -> Self {
        let rows: Vec<Row> = asked.iter().flatten().cloned().collect();
        let owners = asked.iter().enumerate().flat_map(|(owner, rows)| rows.iter().map(move |_| owner)).collect();
        let (rows, unknowns) = inequalities(measures, &rows);
        Self { rows, owners, unknowns, claims: asked.len() }
    }

    /// All claims that hold in some world in which the given ones hold, as bits; none where there is no such world.
    pub(crate) fn world(&self, claims: u64) -> Option<u64> {
        let chosen: Vec<usize> = (0..self.rows.len()).filter(|&at| claims >> self.owners[at] & 1 == 1).collect();
        // Kinds of units among which these rows do not tell count as one.
        let mut kinds: Vec<usize> = Vec::new();
        let mut seen: BTreeSet<Vec<i128>> = BTreeSet::new();
        for kind in 0..self.unknowns {
            let column: Vec<i128> = chosen.iter().map(|&at| self.rows[at].times[kind]).collect();
            if column.iter().any(|&times| times != 0) && seen.insert(column) {
                kinds.push(kind);
            }
        }
        let rows: Vec<Inequality> = chosen
            .iter()
            .map(|&at| {
                let row = &self.rows[at];
                Inequality { times: kinds.iter().map(|&kind| row.times[kind]).collect(), ..*row }
            })
            .collect();
        let solution = solve(&rows.iter().collect::<Vec<_>>(), kinds.len())?;
        let solution: Solution = solution.into_iter().map(|(at, value)| (kinds[at], value)).collect();
        let fails = (0..self.rows.len()).filter(|&at| !satisfies(&solution, &self.rows[at]));
        let failing = fails.fold(0, |all, at| all | 1 << self.owners[at]);
        assert_eq!(failing & claims, 0, "the simplex gave a world in which a claim fails");
        Some(((1_u64 << self.claims) - 1) & !failing)
    }
}
