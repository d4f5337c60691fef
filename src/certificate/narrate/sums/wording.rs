//! The sentences of sums: one method per shape, no decisions but of grammar.

use num_traits::{One, Signed, Zero};

use super::Scene;
use super::derive::{Bound, Side};
use super::geometry::at;
use crate::claim::{Amount, ClaimId, Direction, Form};
use crate::codebook::MeasureId;
use crate::number::{End, Rational, integer};
use crate::prose::{capitalized, change, figure, number, scope_box};
use crate::system::ChangeKind;

/// "at least 5", "less than 5".
pub(super) fn bound(end: &End, side: Side) -> String {
    let word = match (side, end.open) {
        (Side::Lower, false) => "at least",
        (Side::Lower, true) => "more than",
        (Side::Upper, false) => "at most",
        (Side::Upper, true) => "less than",
    };
    format!("{word} {}", number(&end.value))
}

/// "86 + 109 + 229 = 424", or the one number.
pub(super) fn addition(ends: &[&End]) -> String {
    let terms: Vec<String> = ends.iter().map(|end| number(&end.value)).collect();
    match terms.as_slice() {
        [only] => only.clone(),
        _ => format!("{} = {}", terms.join(" + "), number(&ends.iter().map(|end| &end.value).sum())),
    }
}

/// "2 × 10 + 7 = 27", or the one number.
pub(super) fn weighted_addition(ends: &[(&Rational, &End)]) -> String {
    let term = |(weight, end): &(&Rational, &End)| {
        let value = number(&end.value);
        if weight.is_one() { value } else { format!("{} × {value}", number(weight)) }
    };
    let total = ends.iter().map(|(weight, end)| *weight * &end.value).sum();
    let terms: Vec<String> = ends.iter().map(term).collect();
    match ends {
        [(weight, _)] if weight.is_one() => number(&total),
        _ => format!("{} = {}", terms.join(" + "), number(&total)),
    }
}

/// "once", "twice", "3 times".
pub(super) fn so_often(weight: &Rational) -> String {
    match number(weight).as_str() {
        "1" => "once".to_owned(),
        "2" => "twice".to_owned(),
        more => format!("{more} times"),
    }
}

/// "two", "three", and figures from there on.
pub(super) fn counted(count: usize) -> String {
    const WORDS: [&str; 9] = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight"];
    WORDS.get(count).map_or_else(|| count.to_string(), |&word| word.to_owned())
}

impl Scene<'_> {
    /// What a measure counts: "people", "attacks".
    pub(super) fn noun(&self, measure: MeasureId) -> String {
        self.corpus.codebook.measure(measure).phrase.replace("{}", "").split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// "no person", "nothing".
    pub(super) fn no_unit(&self) -> String {
        let measure = self.boxes.first().map(|(measure, _)| self.corpus.codebook.measure(*measure));
        measure
            .filter(|measure| measure.whole)
            .map_or_else(|| "nothing".to_owned(), |measure| format!("no {}", measure.unit.replace('-', " ")))
    }

    /// "at most 329 attacks in Pakistan in 2022".
    pub(super) fn so_many(&self, figure: &str, number: usize) -> String {
        let (measure, scope) = at(&self.boxes, number);
        let what = self.corpus.codebook.measure(measure).phrase.replace("{}", figure);
        format!("{what} {}", scope_box(&self.corpus.codebook, measure, scope)).trim().to_owned()
    }

    /// The same with a bound.
    pub(super) fn bounded(&self, found: &Bound) -> String {
        self.so_many(&bound(&found.end, found.side), found.at)
    }

    /// How much a change says: "25 % more", "2 times as many", "40 % of it".
    pub(super) fn amount(&self, id: ClaimId) -> String {
        let unit = self.unit(id);
        match &self.corpus.claim(id).form {
            Form::Change { direction, amount, .. } => change(*direction, amount.as_ref(), &unit),
            Form::Share { percent, .. } => format!("{} % of it", figure(percent, &integer(1))),
            _ => String::new(),
        }
    }

    fn unit(&self, id: ClaimId) -> Rational {
        self.corpus.claim(id).unit.map_or_else(|| integer(1), |unit| self.corpus.codebook.unit(unit).times.clone())
    }

    /// What a change makes of a figure: "25 % more than 262 would be 326 to 329 attacks in 2022".
    pub(super) fn onward(&self, id: ClaimId, from: &End, made: &str, at: usize) -> String {
        let base = number(&from.value);
        let result = self.so_many(made, at);
        let sentence = match &self.corpus.claim(id).form {
            Form::Change { direction: Direction::Up, amount: Some(Amount::Factor(factor)), .. } => {
                format!("{} times {base} would be {result}", figure(factor, &integer(1)))
            }
            Form::Change { amount: Some(Amount::Factor(factor)), .. } => {
                format!("{base} divided by {} would be {result}", figure(factor, &integer(1)))
            }
            Form::Change { direction, amount: None, .. } => {
                let way = if *direction == Direction::Up { "rise" } else { "fall" };
                format!("a {way} from {base} would make {result}")
            }
            Form::Share { percent, .. } => format!("{} % of {base} would be {result}", figure(percent, &integer(1))),
            _ => format!("{} than {base} would be {result}", self.amount(id)),
        };
        format!("{}.", capitalized(&sentence))
    }

    /// What a change leaves for the figure before it: "If 920 is 60 % more, that takes at least 573 attacks in 2021".
    pub(super) fn back(&self, id: ClaimId, from: &End, found: &Bound) -> String {
        let verb = if found.side == Side::Lower { "that takes" } else { "that leaves" };
        let before = if self.is_share(id) { "" } else { " before it" };
        format!("If {} is {}, {verb} {}{before}.", number(&from.value), self.amount(id), self.bounded(found))
    }

    fn is_share(&self, id: ClaimId) -> bool {
        matches!(self.corpus.claim(id).form, Form::Share { .. })
    }

    /// What a change says of the new figure: "at least 135 % of what it was", "at most 30 more than it was".
    pub(super) fn relation(kind: ChangeKind, end: &End, side: Side) -> String {
        let percent = || End { value: &end.value * integer(100), open: end.open };
        match kind {
            ChangeKind::Factor => format!("{} % of what it was", bound(&percent(), side)),
            ChangeKind::Share => format!("{} % of the whole", bound(&percent(), side)),
            ChangeKind::Difference if end.value.is_negative() => {
                let fewer = End { value: -&end.value, open: end.open };
                let side = if side == Side::Lower { Side::Upper } else { Side::Lower };
                format!("{} fewer than it was", bound(&fewer, side))
            }
            ChangeKind::Difference if end.value.is_zero() => match (side, end.open) {
                (Side::Lower, true) => "more than it was".to_owned(),
                (Side::Lower, false) => "no fewer than it was".to_owned(),
                (Side::Upper, true) => "fewer than it was".to_owned(),
                (Side::Upper, false) => "no more than it was".to_owned(),
            },
            ChangeKind::Difference => format!("{} more than it was", bound(end, side)),
        }
    }
}
