//! Whether inequalities have a solution that is nowhere below zero: the two-phase simplex as it stands in textbooks,
//! dense, with Bland's rule, so that it ends.
//!
//! The numbers are whole: a tableau's entries have one common divisor, the last pivot, by which every division comes
//! out even (Edmonds 1967, Bareiss 1968). Machine integers are tried first; where one overflows, big ones start anew.

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedMul, CheckedSub, One, Signed, ToPrimitive, Zero};

/// The weighted unknowns are at least something, or above it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Inequality {
    pub(crate) times: Vec<i128>,
    pub(crate) at_least: i128,
    pub(crate) open: bool,
}

impl Inequality {
    /// Fractions, multiplied by their common denominator.
    pub(crate) fn new(times: &[Ratio<i128>], at_least: Ratio<i128>, open: bool) -> Self {
        let common = times.iter().chain([&at_least]).fold(1_i128, |common, number| common.lcm(number.denom()));
        let whole = |number: &Ratio<i128>| (number * common).to_integer();
        Self { times: times.iter().map(whole).collect(), at_least: whole(&at_least), open }
    }
}

/// A solution: each unknown that is not zero, as a fraction.
pub(crate) type Solution = Vec<(usize, Ratio<BigInt>)>;

/// Whether a solution satisfies an inequality.
pub(crate) fn satisfies(solution: &Solution, row: &Inequality) -> bool {
    let big = |number: i128| Ratio::from_integer(BigInt::from(number));
    let sum: Ratio<BigInt> = solution.iter().map(|(at, value)| value * big(row.times[*at])).sum();
    let least = big(row.at_least);
    if row.open { sum > least } else { sum >= least }
}

/// Some solution of all of them; none where there is none.
pub(crate) fn solve(rows: &[&Inequality], unknowns: usize) -> Option<Solution> {
    let small = Tableau::<i128>::new(rows, unknowns).solve();
    small.unwrap_or_else(|Overflow| Tableau::<BigInt>::new(rows, unknowns).solve().unwrap())
}

#[derive(Debug)]
struct Overflow;

trait Whole: Clone + Zero + One + Signed + Ord + CheckedAdd + CheckedSub + CheckedMul + From<i128> {
    fn big(&self) -> BigInt;
}

impl Whole for i128 {
    fn big(&self) -> BigInt {
        BigInt::from(*self)
    }
}

impl Whole for BigInt {
    fn big(&self) -> BigInt {
        self.clone()
    }
}

/// Rows of equations, each with one basic unknown; columns: the unknowns, how much each row exceeds its bound, by how
/// much all open rows exceed theirs, and the constants.
struct Tableau<N> {
    rows: Vec<Vec<N>>,
    /// The basic unknown of each row; what is not a column is an artificial one.
    basic: Vec<usize>,
    /// By what every entry is to be divided.
    divisor: N,
    unknowns: usize,
    /// The columns before the constants.
    columns: usize,
    any_open: bool,
}

impl<N: Whole> Tableau<N> {
    fn new(given: &[&Inequality], unknowns: usize) -> Self {
        // The last row says that the margin of the open rows is at most one, so that it has a greatest value.
        let (margin, columns) = (unknowns + given.len() + 1, unknowns + given.len() + 2);
        let mut rows = Vec::new();
        let mut basic = Vec::new();
        for (at, row) in given.iter().enumerate() {
            let sign = if row.at_least > 0 { 1 } else { -1 };
            let mut entries = vec![N::zero(); columns + 1];
            for (entry, &times) in entries.iter_mut().zip(&row.times) {
                *entry = N::from(sign * times);
            }
            entries[unknowns + at] = N::from(-sign);
            entries[margin] = N::from(if row.open { -sign } else { 0 });
            entries[columns] = N::from(sign * row.at_least);
            rows.push(entries);
            basic.push(if sign == 1 { usize::MAX } else { unknowns + at });
        }
        let mut last = vec![N::zero(); columns + 1];
        (last[margin - 1], last[margin], last[columns]) = (N::one(), N::one(), N::one());
        rows.push(last);
        basic.push(margin - 1);
        let any_open = given.iter().any(|row| row.open);
        Self { rows, basic, divisor: N::one(), unknowns, columns, any_open }
    }

    fn solve(mut self) -> Result<Option<Solution>, Overflow> {
        // First the artificial unknowns are brought to zero, from which the rows are taken as they are.
        let mut costs = vec![N::zero(); self.columns + 1];
        for (row, _) in self.rows.iter().zip(&self.basic).filter(|(_, basic)| **basic == usize::MAX) {
            for (cost, entry) in costs.iter_mut().zip(row) {
                *cost = cost.checked_sub(entry).ok_or(Overflow)?;
            }
        }
        self.improve(&mut costs)?;
        if !costs[self.columns].is_zero() {
            return Ok(None);
        }
        if self.any_open {
            self.leave_artificial_ones(&mut costs)?;
            let margin = self.columns - 1;
            let mut costs = vec![N::zero(); self.columns + 1];
            costs[margin] = -self.divisor.clone();
            if let Some(at) = self.basic.iter().position(|&basic| basic == margin) {
                costs = self.rows[at].clone();
                costs[margin] = N::zero();
            }
            self.improve(&mut costs)?;
            if !costs[self.columns].is_positive() {
                return Ok(None);
            }
        }
        let values = self.rows.iter().zip(&self.basic).filter(|(_, basic)| **basic < self.unknowns);
        let value = |row: &Vec<N>| Ratio::new(row[self.columns].big(), self.divisor.big());
        Ok(Some(values.map(|(row, &basic)| (basic, value(row))).filter(|(_, value)| !value.is_zero()).collect()))
    }

    /// Goes on until no unknown makes the costs smaller.
    fn improve(&mut self, costs: &mut Vec<N>) -> Result<(), Overflow> {
        while let Some(column) = (0..self.columns).find(|&column| costs[column].is_negative()) {
            let mut best: Option<usize> = None;
            for at in (0..self.rows.len()).filter(|&at| self.rows[at][column].is_positive()) {
                let Some(least) = best else {
                    best = Some(at);
                    continue;
                };
                let (row, other) = (&self.rows[at], &self.rows[least]);
                let own = row[self.columns].checked_mul(&other[column]).ok_or(Overflow)?;
                let others = other[self.columns].checked_mul(&row[column]).ok_or(Overflow)?;
                if own < others || own == others && self.basic[at] < self.basic[least] {
                    best = Some(at);
                }
            }
            // OK because neither the artificial unknowns nor the margin can grow without end.
            self.pivot(best.unwrap(), column, costs)?;
        }
        Ok(())
    }

    /// Makes artificial unknowns, all of which are zero, basic no more; a row that cannot do without one says nothing.
    fn leave_artificial_ones(&mut self, costs: &mut Vec<N>) -> Result<(), Overflow> {
        while let Some(at) = self.basic.iter().position(|&basic| basic == usize::MAX) {
            match (0..self.columns).find(|&column| !self.rows[at][column].is_zero()) {
                None => {
                    self.rows.remove(at);
                    self.basic.remove(at);
                }
                Some(column) => {
                    if self.rows[at][column].is_negative() {
                        self.rows[at].iter_mut().for_each(|entry| *entry = -entry.clone());
                    }
                    self.pivot(at, column, costs)?;
                }
            }
        }
        Ok(())
    }

    fn pivot(&mut self, at: usize, column: usize, costs: &mut Vec<N>) -> Result<(), Overflow> {
        let row = self.rows[at].clone();
        let pivot = row[column].clone();
        let others = self.rows.iter_mut().enumerate().filter(|(other, _)| *other != at).map(|(_, other)| other);
        for other in others.chain([costs]) {
            let times = other[column].clone();
            if times.is_zero() && pivot == self.divisor {
                continue;
            }
            for (entry, own) in other.iter_mut().zip(&row) {
                if entry.is_zero() && (times.is_zero() || own.is_zero()) {
                    continue;
                }
                let scaled = entry.checked_mul(&pivot).ok_or(Overflow)?;
                let less = times.checked_mul(own).ok_or(Overflow)?;
                *entry = scaled.checked_sub(&less).ok_or(Overflow)? / self.divisor.clone();
            }
        }
        self.divisor = pivot;
        self.basic[at] = column;
        Ok(())
    }
}

/// A check of the solution itself, for the cases that say so.
pub(crate) fn is_solution(solution: &Solution, rows: &[&Inequality]) -> bool {
    solution.iter().all(|(_, value)| !value.is_negative()) && rows.iter().all(|row| satisfies(solution, row))
}

/// The value of an unknown, where it is a small whole number.
pub(crate) fn value(solution: &Solution, unknown: usize) -> Option<i64> {
    match solution.iter().find(|(at, _)| *at == unknown) {
        None => Some(0),
        Some((_, value)) => value.is_integer().then(|| value.to_integer().to_i64()).flatten(),
    }
}
