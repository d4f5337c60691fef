//! Cases whose answers were worked out by hand.

use std::collections::BTreeSet;

use num_rational::Ratio;
use num_traits::Zero;

use super::masses::{Axis, Exact, Extent, Figures, Mass, Measure, Row};
use super::minimal::minimal_sets;
use super::simplex::{Inequality, is_solution, solve, value};

fn whole(number: i64) -> Exact {
    Ratio::from_integer(number.into())
}

fn row(times: &[i128], at_least: i128, open: bool) -> Inequality {
    Inequality { times: times.to_vec(), at_least, open }
}

#[track_caller]
fn solvable(rows: &[Inequality], expected: bool) {
    let rows: Vec<&Inequality> = rows.iter().collect();
    let solution = solve(&rows, rows[0].times.len());
    assert_eq!(solution.is_some(), expected);
    assert!(solution.is_none_or(|solution| is_solution(&solution, &rows)));
}

#[test]
fn inequalities_with_known_answers() {
    // x ≥ 3, −x ≥ −3 and the same with one end open.
    solvable(&[row(&[1], 3, false), row(&[-1], -3, false)], true);
    solvable(&[row(&[1], 3, true), row(&[-1], -3, false)], false);
    solvable(&[row(&[1], 3, false), row(&[-1], -3, true)], false);
    solvable(&[row(&[1], 3, true), row(&[-1], -4, true)], true);
    // Nothing above zero below zero, and nothing below zero at all.
    solvable(&[row(&[1], 0, true), row(&[-1], 0, false)], false);
    solvable(&[row(&[-1], 1, false)], false);
    solvable(&[row(&[-1, 1], 0, true), row(&[1, -1], 0, true)], false);
    solvable(&[row(&[-1, 1], 0, true), row(&[1, -2], 0, true)], false);
    solvable(&[row(&[-1, 1], 0, true), row(&[2, -1], 0, true)], true);
    // No unknown at all.
    solvable(&[row(&[], 0, false)], true);
    solvable(&[row(&[], 0, true)], false);
    solvable(&[row(&[], 1, false)], false);
    // x + y ≥ 2, x ≤ 1, y ≤ 1 touch in one point, which rows that say it twice do not change.
    let mut tight = vec![row(&[1, 1], 2, false), row(&[-1, 0], -1, false), row(&[0, -1], -1, false)];
    solvable(&tight, true);
    tight.extend(tight.clone());
    solvable(&tight, true);
    tight.push(row(&[1, -1], 0, true));
    solvable(&tight, false);
}

/// Beale's example cycles under the rule of the largest gain.
#[test]
fn the_simplex_ends_where_others_cycle() {
    let rows = [
        row(&[-1, 240, 4, -36], 0, false),
        row(&[-1, 180, 1, -6], 0, false),
        row(&[0, 0, -1, 0], -1, false),
        row(&[75, -15_000, 2, -600], 1, true),
    ];
    solvable(&rows, true);
}

#[test]
fn numbers_too_large_for_the_machine_are_solved_too() {
    let huge = 10_i128.pow(30);
    let rows: Vec<Inequality> = (0..5_usize)
        .flat_map(|at| {
            let mut times = vec![0; 6];
            (times[at], times[at + 1]) = (-huge - i128::try_from(at).unwrap(), huge - 7);
            let opposite = times.iter().map(|number| -number).collect();
            [Inequality { times, at_least: 0, open: false }, Inequality { times: opposite, at_least: 0, open: false }]
        })
        .chain([row(&[1, 0, 0, 0, 0, 0], 1, false)])
        .collect();
    solvable(&rows, true);
    let mut impossible = rows;
    impossible.push(row(&[1, 0, 0, 0, 0, -1], 0, false));
    solvable(&impossible, false);
}

#[test]
fn solutions_tell_values() {
    let rows = [row(&[1, 1], 5, false), row(&[-1, -1], -5, false), row(&[1, -1], 1, false), row(&[-1, 1], -1, false)];
    let solution = solve(&rows.iter().collect::<Vec<_>>(), 2).unwrap();
    assert_eq!((value(&solution, 0), value(&solution, 1)), (Some(3), Some(2)));
}

/// A measure over some listed axes, each with its number of positions and whether it overlaps, and time.
fn measure(axes: &[(u64, bool)], time_overlaps: bool) -> Measure {
    let listed = axes.iter().map(|&(count, overlaps)| Axis::Listed { positions: (0..count).collect(), overlaps });
    Measure { axes: listed.chain([Axis::Time { overlaps: time_overlaps }]).collect(), parts: Vec::new() }
}

fn mass(measure: usize, extents: &[&[u64]], days: (i64, i64)) -> Mass {
    let listed = extents.iter().map(|positions| Extent::Positions(positions.iter().copied().collect::<BTreeSet<_>>()));
    Mass { measure, extents: listed.chain([Extent::Days(days.0, days.1)]).collect() }
}

fn low(mass: &Mass, number: i64) -> Row {
    Row { terms: vec![(whole(1), mass.clone())], at_least: whole(number), open: false }
}

fn high(mass: &Mass, number: i64) -> Row {
    Row { terms: vec![(whole(-1), mass.clone())], at_least: whole(-number), open: false }
}

fn exactly(mass: &Mass, number: i64) -> Vec<Row> {
    vec![low(mass, number), high(mass, number)]
}

/// New and base with a factor between two fractions; the base is above zero.
fn factor(new: &Mass, base: &Mass, (from, to): (Exact, Exact)) -> Vec<Row> {
    let of = |new_times: Exact, base_times: Exact| Row {
        terms: vec![(new_times, new.clone()), (base_times, base.clone())],
        at_least: whole(0),
        open: false,
    };
    let above_zero = Row { terms: vec![(whole(1), base.clone())], at_least: whole(0), open: true };
    vec![of(whole(1), -from), of(whole(-1), to), above_zero]
}

/// The minimal sets, each as the places of its claims.
fn conflicts(measures: &[Measure], asked: &[Vec<Row>]) -> Vec<Vec<usize>> {
    let figures = Figures::new(measures, asked);
    let sets = minimal_sets(asked.len(), &|set| figures.world(set));
    sets.iter().map(|set| (0..asked.len()).filter(|at| set >> at & 1 == 1).collect()).collect()
}

const YEAR: (i64, i64) = (0, 364);
const ALL: &[u64] = &[0, 1, 2];

#[test]
fn parts_and_wholes() {
    let measures = [measure(&[(3, false)], false)];
    let at = |positions: &[u64]| mass(0, &[positions], YEAR);
    // 4 + 5 + 2 are more than 10, and nothing less is.
    let told = [exactly(&at(ALL), 10), exactly(&at(&[0]), 4), exactly(&at(&[1]), 5), exactly(&at(&[2]), 2)];
    assert_eq!(conflicts(&measures, &told), [vec![0, 1, 2, 3]]);
    // 4 + 5 do not reach 10 where they cover it.
    let told = [exactly(&at(&[0, 1]), 10), exactly(&at(&[0]), 4), exactly(&at(&[1]), 5)];
    assert_eq!(conflicts(&measures, &told), [vec![0, 1, 2]]);
    // They do where something is left uncovered.
    let told = [exactly(&at(ALL), 10), exactly(&at(&[0]), 4), exactly(&at(&[1]), 5)];
    assert!(conflicts(&measures, &told).is_empty());
    // Two wrong sums and a pair.
    let told = [exactly(&at(&[0, 1]), 10), exactly(&at(&[0]), 4), exactly(&at(&[1]), 5), exactly(&at(&[1]), 6)];
    assert_eq!(conflicts(&measures, &told), [vec![2, 3], vec![0, 1, 2]]);
}

#[test]
fn stretches_of_days() {
    let measures = [measure(&[], false)];
    let on = |first, last| mass(0, &[], (first, last));
    // January to June and April to September, of which the second quarter lies in both.
    let told = [exactly(&on(0, 5), 10), exactly(&on(3, 8), 10), exactly(&on(0, 8), 12), exactly(&on(3, 5), 7)];
    // a + b = 10, b + c = 10, a + b + c = 12 leave b = 8.
    assert_eq!(conflicts(&measures, &told), [vec![0, 1, 2, 3]]);
    let told = [exactly(&on(0, 5), 10), exactly(&on(3, 8), 10), exactly(&on(0, 8), 12), exactly(&on(3, 5), 8)];
    assert!(conflicts(&measures, &told).is_empty());
}

/// Of three groups every two have at least one attack, and all together at most one. Added up, the pairs ask for three
/// attacks and count each one twice: a half for each group makes one and a half. Where an attack can be of several
/// groups, one of all three will do.
#[test]
fn the_half_integral_triangle() {
    let pairs: [&[u64]; 3] = [&[0, 1], &[1, 2], &[0, 2]];
    let told = |most: i64| {
        let mut told: Vec<Vec<Row>> = pairs.iter().map(|pair| vec![low(&mass(0, &[pair], YEAR), 1)]).collect();
        told.push(vec![high(&mass(0, &[ALL], YEAR), most)]);
        told
    };
    let twice = |rows: Vec<Vec<Row>>| -> Vec<Vec<Row>> {
        let double = |row: Row| Row { at_least: row.at_least * 2, ..row };
        rows.into_iter().map(|rows| rows.into_iter().map(double).collect()).collect()
    };
    let additive = [measure(&[(3, false)], false)];
    assert_eq!(conflicts(&additive, &told(1)), [vec![0, 1, 2, 3]]);
    assert!(conflicts(&additive, &told(2)).is_empty());
    // With two in each pair and three in all, each group has exactly one.
    let mut exact = twice(told(1));
    exact[3] = vec![high(&mass(0, &[ALL], YEAR), 3)];
    assert!(conflicts(&additive, &exact).is_empty());
    exact.push(vec![high(&mass(0, &[&[0]], YEAR), 0)]);
    // Then the other two must have two each.
    assert_eq!(conflicts(&additive, &exact), [vec![0, 2, 3, 4]]);
    let overlapping = [measure(&[(3, true)], false)];
    assert!(conflicts(&overlapping, &told(1)).is_empty());
}

/// 64 attacks, some of them on several targets.
#[test]
fn attacks_with_several_targets() {
    let at = |positions: &[u64]| mass(0, &[positions], YEAR);
    let told = [exactly(&at(ALL), 64), exactly(&at(&[0]), 43), exactly(&at(&[1]), 42)];
    assert!(conflicts(&[measure(&[(3, true)], false)], &told).is_empty());
    assert_eq!(conflicts(&[measure(&[(3, false)], false)], &told), [vec![0, 1, 2]]);
    // Yet those on the one or the other are 64 at most, and 43 at least.
    let either = [exactly(&at(&[0, 1]), 42), exactly(&at(&[0]), 43)];
    assert_eq!(conflicts(&[measure(&[(3, true)], false)], &either), [vec![0, 1]]);
    let covered = [exactly(&at(&[0, 1]), 86), exactly(&at(&[0]), 43), exactly(&at(&[1]), 42)];
    assert_eq!(conflicts(&[measure(&[(3, true)], false)], &covered), [vec![0, 1, 2]]);
}

/// On two overlapping axes the points count: police hit by a, army hit by b does not make police hit by b.
#[test]
fn points_in_a_product() {
    let axes = [(2, true), (2, true)];
    let at = |actors: &[u64], targets: &[u64]| mass(0, &[actors, targets], YEAR);
    let both: &[u64] = &[0, 1];
    let told = [
        exactly(&at(both, both), 10),
        exactly(&at(&[0], both), 10),
        exactly(&at(both, &[0]), 10),
        vec![high(&at(&[0], &[0]), 0)],
    ];
    // Each unit has the points (0, 1) and (1, 0).
    assert!(conflicts(&[measure(&axes, false)], &told).is_empty());
    // With one axis additive, all units have actor 0, and target 0, so they lie in the last box.
    assert_eq!(conflicts(&[measure(&[(2, false), (2, true)], false)], &told), [vec![0, 1, 2, 3]]);
    // Those of actor 0 have a target.
    let told = [exactly(&at(&[0], both), 10), exactly(&at(&[0], &[0]), 3), exactly(&at(&[0], &[1]), 4)];
    assert_eq!(conflicts(&[measure(&axes, false)], &told), [vec![0, 1, 2]]);
}

#[test]
fn days_that_overlap() {
    let on = |first, last| mass(0, &[], (first, last));
    let told = [exactly(&on(0, 9), 10), exactly(&on(0, 4), 8), exactly(&on(5, 9), 7)];
    assert!(conflicts(&[measure(&[], true)], &told).is_empty());
    assert_eq!(conflicts(&[measure(&[], false)], &told), [vec![0, 1, 2]]);
    let told = [exactly(&on(0, 9), 16), exactly(&on(0, 4), 8), exactly(&on(5, 9), 7)];
    assert_eq!(conflicts(&[measure(&[], true)], &told), [vec![0, 1, 2]]);
}

#[test]
fn shares_and_changes() {
    let measures = [measure(&[(3, false)], false)];
    let at = |positions: &[u64]| mass(0, &[positions], YEAR);
    let percent = |from: i64, to: i64| (whole(from) / 100, whole(to) / 100);
    // A quarter of 100 is not 40.
    let told = [exactly(&at(ALL), 100), exactly(&at(&[0]), 40), factor(&at(&[0]), &at(ALL), percent(24, 26))];
    assert_eq!(conflicts(&measures, &told), [vec![0, 1, 2]]);
    let told = [exactly(&at(ALL), 100), exactly(&at(&[0]), 25), factor(&at(&[0]), &at(ALL), percent(24, 26))];
    assert!(conflicts(&measures, &told).is_empty());
    // Two shares of more than a half, without any figure: the base is above zero.
    let told = [factor(&at(&[0]), &at(ALL), percent(55, 60)), factor(&at(&[1]), &at(ALL), percent(50, 60))];
    assert_eq!(conflicts(&measures, &told), [vec![0, 1]]);
    // A part that is larger than its whole is impossible by itself.
    assert_eq!(conflicts(&measures, &[factor(&at(&[0]), &at(ALL), percent(150, 160))]), [vec![0]]);
    // A share of nothing.
    let told = [exactly(&at(ALL), 0), factor(&at(&[0]), &at(ALL), percent(0, 60))];
    assert_eq!(conflicts(&measures, &told), [vec![0, 1]]);
    // A chain: b is twice a, c is twice b, and c is not three times a.
    let told = [
        factor(&at(&[1]), &at(&[0]), (whole(2), whole(2))),
        factor(&at(&[2]), &at(&[1]), (whole(2), whole(2))),
        factor(&at(&[2]), &at(&[0]), (whole(3), whole(3))),
    ];
    assert_eq!(conflicts(&measures, &told), [vec![0, 1, 2]]);
}

#[test]
fn measures_that_add_up() {
    let one = || measure(&[(3, false)], false);
    let measures =
        [Measure { parts: vec![1, 2], ..one() }, Measure { parts: vec![3, 4], ..one() }, one(), one(), one()];
    let of = |measure: usize, positions: &[u64]| mass(measure, &[positions], YEAR);
    // 3 + 4 killed, 6 injured make 13.
    let told = [exactly(&of(3, ALL), 3), exactly(&of(4, ALL), 4), exactly(&of(2, ALL), 6), exactly(&of(0, ALL), 12)];
    assert_eq!(conflicts(&measures, &told), [vec![0, 1, 2, 3]]);
    let told = [exactly(&of(3, ALL), 3), exactly(&of(4, ALL), 4), exactly(&of(2, ALL), 6), exactly(&of(0, ALL), 13)];
    assert!(conflicts(&measures, &told).is_empty());
    // A part of a part in a part of the place.
    let told = [exactly(&of(3, &[1]), 13), exactly(&of(0, &[0, 1]), 12)];
    assert_eq!(conflicts(&measures, &told), [vec![0, 1]]);
    assert!(conflicts(&measures, &[exactly(&of(3, &[1]), 13), exactly(&of(0, &[0, 2]), 12)]).is_empty());
    // Apart from sums, measures have nothing to do with each other.
    assert!(conflicts(&measures, &[exactly(&of(3, ALL), 13), exactly(&of(4, ALL), 12)]).is_empty());
}

#[test]
fn open_bounds_add_up() {
    let measures = [measure(&[(2, false)], false)];
    let at = |positions: &[u64]| mass(0, &[positions], YEAR);
    let above = |mass: &Mass, number| vec![Row { open: true, ..low(mass, number) }];
    let told = [above(&at(&[0]), 4), above(&at(&[1]), 5), vec![high(&at(&[0, 1]), 9)]];
    assert_eq!(conflicts(&measures, &told), [vec![0, 1, 2]]);
    let told = [vec![low(&at(&[0]), 4)], vec![low(&at(&[1]), 5)], vec![high(&at(&[0, 1]), 9)]];
    assert!(conflicts(&measures, &told).is_empty());
    assert!(Exact::zero() < whole(1));
}
