use super::*;
use crate::solve::sums::atoms::Domain;

fn n(text: &str) -> Rational {
    text.parse().unwrap()
}

/// A row over boxes, each of which is an atom of its own: the coefficients of the atoms.
fn row(coefficients: &[&str], at_least: &str) -> Inequality {
    let terms = coefficients.iter().map(|text| n(text)).enumerate();
    Inequality { terms: terms.collect(), at_least: n(at_least), open: false }
}

fn above(coefficients: &[&str], bound: &str) -> Inequality {
    Inequality { open: true, ..row(coefficients, bound) }
}

/// On machine integers and on big ones, which must agree.
fn outcome(rows: &[Inequality]) -> Outcome {
    let boxes = rows.iter().map(|row| row.terms.len()).max().unwrap();
    let atoms = Atoms { boxes, days: vec![(0, 0); boxes], domains: Vec::new() };
    let listed = Listed { points: (0..boxes).map(|at| Bits::of(boxes, [at])).collect(), groups: Vec::new() };
    let source = Source { atoms: &atoms, listed: Some(&listed) };
    let all: Vec<usize> = (0..rows.len()).collect();
    let mut steps = Steps { left: 1_000_000 };
    let small = Tableau::<Small>::new(source, rows, &all, &mut steps).and_then(|tableau| tableau.run(&mut steps));
    let big = Tableau::<Rational>::new(source, rows, &all, &mut steps).and_then(|tableau| tableau.run(&mut steps));
    assert_eq!(small, big);
    let outcome = big.unwrap();
    if let Outcome::Weights(weights) = &outcome {
        for atom in 0..boxes {
            let sum: Rational = weights.iter().map(|(row, weight)| weight * &rows[*row].terms[atom].1).sum();
            assert!(sum <= n("0"), "{weights:?}");
        }
        let total: Rational = weights.iter().map(|(row, weight)| weight * &rows[*row].at_least).sum();
        let open = weights.iter().any(|(row, _)| rows[*row].open);
        assert!(total > n("0") || (total == n("0") && open), "{weights:?}");
    }
    outcome
}

fn is_possible(rows: &[Inequality]) -> bool {
    matches!(outcome(rows), Outcome::World(_))
}

#[test]
fn parts_and_a_whole() {
    let (a, b) = (row(&["1", "0"], "5"), row(&["0", "1"], "7"));
    assert!(is_possible(&[a.clone(), b.clone(), row(&["-1", "-1"], "-12")]));
    let weights = outcome(&[a, b, row(&["-1", "-1"], "-11")]);
    assert_eq!(weights, Outcome::Weights(vec![(0, n("1")), (1, n("1")), (2, n("1"))]));
}

/// A range leaves exactly its own values; open ends leave the ends out.
#[test]
fn ranged_and_open_rows() {
    let ranged = |low: &str, high: &str| [row(&["1"], low), row(&["-1"], &format!("-{high}"))];
    assert!(is_possible(&ranged("3", "3")));
    assert!(!is_possible(&ranged("4", "3")));
    assert!(!is_possible(&[above(&["1"], "3"), row(&["-1"], "-3")]));
    assert!(!is_possible(&[row(&["1"], "3"), above(&["-1"], "-3")]));
    assert!(is_possible(&[above(&["1"], "3"), above(&["-1"], "-3000000001/1000000000")]));
    assert!(!is_possible(&[above(&["-1"], "0")]), "no mass is below zero");
    assert!(is_possible(&[above(&["1"], "0")]));
    // Two open halves of a closed whole: a > 1 and b > 1 cannot make a + b ≤ 2.
    assert!(!is_possible(&[above(&["1", "0"], "1"), above(&["0", "1"], "1"), row(&["-1", "-1"], "-2")]));
    assert!(!is_possible(&[above(&["1", "-1"], "0"), above(&["-1", "1"], "0")]), "each larger than the other");
}

/// Beale (1955), "Cycling in the dual simplex algorithm": the largest gain alone runs in a circle on these rows; the best
/// value of the objective is 1/20.
#[test]
fn rows_that_send_a_careless_simplex_round_in_a_circle() {
    let beale = |value: &str| {
        [
            row(&["-1/4", "60", "1/25", "-9"], "0"),
            row(&["-1/2", "90", "1/50", "-3"], "0"),
            row(&["0", "0", "-1", "0"], "-1"),
            row(&["3/4", "-150", "1/50", "-6"], value),
        ]
    };
    assert!(is_possible(&beale("1/20")));
    assert!(!is_possible(&beale("51/1000")));
}

/// Many rows meet in one corner.
#[test]
fn degenerate_rows() {
    let mut rows = Vec::new();
    for first in 0..4 {
        for second in 0..4 {
            let at = |atom: usize| {
                ["0", "1", "-1"][usize::from(atom == first) + 2 * usize::from(atom == second && first != second)]
            };
            rows.push(row(&[at(0), at(1), at(2), at(3)], "0"));
        }
    }
    rows.push(row(&["1", "1", "1", "1"], "8"));
    assert!(is_possible(&rows));
    rows.push(row(&["-1", "0", "0", "0"], "-3/2"));
    assert!(!is_possible(&rows));
}

#[test]
fn numbers_beyond_the_machine_are_decided_all_the_same() {
    let huge = "9".repeat(50);
    let rows = [row(&["1", "0"], &huge), row(&["0", "1"], "1/3"), row(&["-1", "-1"], &format!("-{huge}"))];
    let days = vec![(0, 0), (1, 1)];
    let both = Domain { boxes: Bits::all(2), axes: Vec::new(), days_overlap: false };
    let atoms = Atoms { boxes: 2, days, domains: vec![both] };
    for most in [0, 10] {
        let decided = decide(&atoms, &rows, &[0, 1, 2], most, &mut Steps { left: 100_000 });
        assert!(matches!(decided, Ok(Outcome::Weights(weights)) if weights.len() == 3));
        let too_few = decide(&atoms, &rows, &[0, 1, 2], most, &mut Steps { left: 5 });
        assert_eq!(too_few, Err(Stop::OutOfSteps));
    }
}
