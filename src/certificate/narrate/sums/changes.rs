//! Changes and shares that the figures do not give, or that do not go together.

use num_traits::{One, Zero};

use super::derive::{Bound, Derivation, RowBoxes, Side, Why, derive};
use super::listing::in_one_breath;
use super::wording::{addition, bound};
use super::{Scene, Story};
use crate::certificate::build::{Says, SumRow};
use crate::certificate::data::Premise;
use crate::certificate::narrate::premises::{HEDGE, premise};
use crate::certificate::narrate::wording::Wording;
use crate::claim::{Amount, ClaimId, Direction, Form, Quantity, Voice};
use crate::codebook::entry;
use crate::number::{End, Interval, Rational, integer};
use crate::prose::{change, figure, interval, number, scope_parts};
use crate::solve::sums::RowKind;
use crate::system::{ChangeKind, ChangeStatement, quantity};

impl Scene<'_> {
    /// Tells a conflict with changes or shares; none where bounds carried from box to box do not show it.
    pub(super) fn changes(&self) -> Option<Story> {
        if self.rows.iter().any(SumRow::is_figure) {
            let derivation = derive(self.rows, &self.row_boxes, self.geometry.as_ref()?)?;
            return Some(self.derived(&derivation));
        }
        match self.claims.as_slice() {
            [only] => self.alone(*only),
            [first, second] => self.opposed(*first, *second).or_else(|| self.shares()),
            _ => self.shares(),
        }
    }

    pub(super) fn change_of(row: &SumRow) -> Option<ChangeStatement> {
        if let Says::Change(change) = &row.says { Some(change.clone()) } else { None }
    }

    fn derived(&self, derivation: &Derivation) -> Story {
        let bounds = &derivation.bounds;
        let (lower, upper) = (entry(bounds, derivation.lower), entry(bounds, derivation.upper));
        let changed = |at: usize| Self::uses_change(bounds, at);
        // First the side that leads through changes, then what it meets.
        let order = if changed(derivation.upper) || !changed(derivation.lower) {
            [derivation.upper, derivation.lower]
        } else {
            [derivation.lower, derivation.upper]
        };
        let mut told = vec![false; bounds.len()];
        let (mut middle, mut premises) = (Vec::new(), Vec::new());
        for end in order {
            self.tell_bound(bounds, end, &mut told, &mut middle, &mut premises);
        }
        let last = self.clash(lower, upper);
        Story { headline: self.change_headline(derivation), middle, last, premises }
    }

    fn uses_change(bounds: &[Bound], at: usize) -> bool {
        let bound = entry(bounds, at);
        matches!(bound.why, Why::Onward { .. } | Why::Back { .. })
            || bound.why.from().into_iter().any(|from| Self::uses_change(bounds, from))
    }

    /// Tells a bound after those that it follows from.
    fn tell_bound(
        &self,
        bounds: &[Bound],
        at: usize,
        told: &mut [bool],
        sentences: &mut Vec<String>,
        premises: &mut Vec<Premise>,
    ) {
        match told.get_mut(at) {
            Some(told) if !*told => *told = true,
            _ => return,
        }
        let bound = entry(bounds, at);
        for from in bound.why.from() {
            self.tell_bound(bounds, from, told, sentences, premises);
        }
        match &bound.why {
            Why::Least => {}
            Why::Row(row) => {
                if entry(self.rows, *row).kind == RowKind::Base {
                    premises.push(Self::above_nothing());
                    let more = self.so_many("more than 0", bound.at);
                    sentences.push(format!("A change also says that there was something before it: {more}."));
                }
            }
            Why::Onward { row, from } => {
                let (row, base) = (entry(self.rows, *row), entry(bounds, *from));
                let made = self.made(row, base, bound);
                sentences.push(self.onward(row.claim, &base.end, &made, bound.at));
            }
            Why::Back { row, from } => {
                sentences.push(self.back(entry(self.rows, *row).claim, &entry(bounds, *from).end, bound));
            }
            Why::Together(from) => {
                let reasons = self.reasons(bounds, bound, from);
                let ends: Vec<&End> = from.iter().map(|&from| &entry(bounds, from).end).collect();
                let word = super::wording::bound(&End { value: Rational::zero(), open: bound.end.open }, bound.side);
                let word = word.trim_end_matches(" 0");
                let many = self.so_many(&format!("{word} {}", addition(&ends)), bound.at);
                let verb = if bound.side == Side::Lower { "makes" } else { "leaves" };
                let because = Self::joined(&reasons);
                let because =
                    if because.is_empty() { "Taken together, that".to_owned() } else { format!("{because}, which") };
                sentences.push(format!("{because} {verb} {many}."));
                premises.extend(reasons);
            }
        }
    }

    /// Whose box it is: "the figure of Ahmed and Younus (2023)", "the comparison of Mahmood (2023)".
    fn who(&self, number: usize) -> String {
        let words = Wording { corpus: self.corpus };
        let has = |(_, boxes): &(&SumRow, &RowBoxes)| boxes.new == number || boxes.base == number;
        let row = self.rows.iter().zip(&self.row_boxes).find(has).map(|(row, _)| row);
        row.map_or_else(String::new, |row| {
            let what = if row.is_figure() { "figure" } else { "comparison" };
            format!("the {what} of {}", words.source(row.claim))
        })
    }

    /// Why boxes lie in that of a bound, or cover it.
    fn reasons(&self, bounds: &[Bound], bound: &Bound, from: &[usize]) -> Vec<Premise> {
        let boxes: Vec<usize> = from.iter().map(|&from| entry(bounds, from).at).collect();
        match bound.side {
            Side::Lower => {
                let mut reasons = self.lie_apart(&boxes);
                reasons.extend(self.lie_in(&boxes, bound.at, &self.who(bound.at)));
                reasons
            }
            Side::Upper => match boxes.as_slice() {
                &[only] => self.lie_in(&[bound.at], only, &self.who(only)),
                several => self.cover(&[bound.at], several),
            },
        }
    }

    /// What comes of a change: a range where the old figure is known exactly, else the bound.
    fn made(&self, row: &SumRow, base: &Bound, made: &Bound) -> String {
        let known = bound(&made.end, made.side);
        let Some(change) = Self::change_of(row) else { return known };
        let exact = matches!(&base.why, Why::Row(row) if self.interval(*row).is_some_and(|known| known.low == known.high && known.low.is_some()));
        let (Some(low), Some(high)) = (&change.interval.low, &change.interval.high) else { return known };
        if !exact || low.open || high.open || made.end.open {
            return known;
        }
        let times = |by: &End| match change.kind {
            ChangeKind::Difference => &base.end.value + &by.value,
            ChangeKind::Factor | ChangeKind::Share => &base.end.value * &by.value,
        };
        // The other end, rounded away as far as the one that counts.
        let scale = made.end.value.denom().clone();
        let coarse = |value: Rational, up: bool| {
            let scaled = value * Rational::from_integer(scale.clone());
            (if up { scaled.ceil() } else { scaled.floor() }) / Rational::from_integer(scale.clone())
        };
        let (low, high) = match made.side {
            Side::Lower => (made.end.value.clone(), coarse(times(high), true)),
            Side::Upper => (coarse(times(low), false), made.end.value.clone()),
        };
        if low == high { number(&low) } else { format!("{} to {}", number(&low), number(&high)) }
    }

    /// "But Mahmood (2023) has 367, 38 more."
    fn clash(&self, lower: &Bound, upper: &Bound) -> String {
        let figure = |found: &Bound| match &found.why {
            Why::Row(row) if entry(self.rows, *row).is_figure() => Some(*row),
            _ => None,
        };
        let words = Wording { corpus: self.corpus };
        let apart = &lower.end.value - &upper.end.value;
        let by = |word: &str| if apart.is_zero() { String::new() } else { format!(", {} {word}", number(&apart)) };
        let both = |row: usize, found: &Bound| {
            let exact = self.interval(row).is_some_and(|interval| interval.low == interval.high);
            let (only, word) = if found.side == Side::Upper { ("only ", "fewer") } else { ("", "more") };
            let known =
                if exact { format!("{only}{}", number(&found.end.value)) } else { bound(&found.end, found.side) };
            let source = words.source(entry(self.rows, row).claim);
            let several = self.corpus.source(self.corpus.claim(entry(self.rows, row).claim).source).authors.len() > 1;
            let has = if several { "have" } else { "has" };
            if found.end.value.is_zero() && found.side == Side::Upper {
                format!("But {source} {has} none.")
            } else {
                format!("But {source} {has} {known}{}.", by(word))
            }
        };
        match (figure(lower), figure(upper), &lower.why) {
            (Some(row), _, _) => both(row, lower),
            (None, Some(row), _) => both(row, upper),
            (None, None, Why::Least) => "That would be less than nothing.".to_owned(),
            (None, None, _) => format!(
                "So there would have to be {} where there can be {}.",
                bound(&lower.end, Side::Lower),
                bound(&upper.end, Side::Upper)
            ),
        }
    }

    /// "262 attacks in 2021 \[A\] and 25 % more in 2022 \[B\] make 326 to 329, but 367 attacks in 2022 \[C\]".
    fn change_headline(&self, derivation: &Derivation) -> String {
        let words = Wording { corpus: self.corpus };
        let bounds = &derivation.bounds;
        let simple = || {
            let onward = bounds.iter().find(|bound| matches!(bound.why, Why::Onward { .. }))?;
            let Why::Onward { row, from } = &onward.why else { return None };
            let row = entry(self.rows, *row);
            let figures: Vec<ClaimId> = self.claims.iter().copied().filter(|&id| id != row.claim).collect();
            let &[base, new] = figures.as_slice() else { return None };
            let base_bound = entry(bounds, *from);
            let from_base = matches!(&base_bound.why, Why::Row(row) if entry(self.rows, *row).claim == base);
            if !from_base || self.claims.len() != 3 {
                return None;
            }
            let made = self.made(row, base_bound, onward);
            let short = self.short_change(row.claim, base);
            let short = words_by(&words, row.claim, &short);
            Some(format!("{} and {short} make {made}, but {}", words.said_by(base), words.said_by(new)))
        };
        simple().unwrap_or_else(|| match self.claims.as_slice() {
            &[first, second] => words.one_against_other(first, second),
            several => format!("These do not go together: {}", in_one_breath(self.corpus, several)),
        })
    }

    /// A change as far as it differs from the figure that it starts from: "25 % more in 2022".
    fn short_change(&self, id: ClaimId, base: ClaimId) -> String {
        let codebook = &self.corpus.codebook;
        let unit = self.corpus.claim(id).unit.map_or_else(Rational::one, |unit| codebook.unit(unit).times.clone());
        let (measure, scope, amount) = match &self.corpus.claim(id).form {
            Form::Change { measure, scope, direction, amount, .. } => {
                (*measure, scope, change(*direction, amount.as_ref(), &unit))
            }
            Form::Share { measure, scope, percent, .. } => {
                (*measure, scope, format!("{} % of them", figure(percent, &integer(1))))
            }
            _ => return Wording { corpus: self.corpus }.said(id),
        };
        let known = match &self.corpus.claim(base).form {
            Form::Value { measure: other, scope, .. } if *other == measure => scope_parts(codebook, measure, scope),
            _ => Vec::new(),
        };
        let parts = scope_parts(codebook, measure, scope);
        let new = parts.iter().enumerate().filter(|(slot, part)| !part.is_empty() && known.get(*slot) != Some(part));
        let new: Vec<&str> = new.map(|(_, part)| part.as_str()).collect();
        format!("{amount} {}", new.join(" ")).trim().to_owned()
    }

    /// How the amount of a change was taken, where its words and its numbers differ.
    pub(super) fn change_hedge(&self, id: ClaimId) -> Option<Premise> {
        let claim = self.corpus.claim(id);
        let quantity = quantity(&claim.form)?;
        let row = self.rows.iter().find(|row| row.claim == id && row.kind != RowKind::Base)?;
        let change = Self::change_of(row)?;
        let literal = matches!(
            quantity,
            Quantity::AtLeast(_)
                | Quantity::MoreThan(_)
                | Quantity::AtMost(_)
                | Quantity::LessThan(_)
                | Quantity::Between(..)
        );
        if claim.voice == Voice::Disputes || literal {
            return None;
        }
        let (unit, taken) = match &claim.form {
            Form::Change { amount: Some(Amount::Percent(_)), direction, .. } => (
                " %",
                scaled(&change.interval, |value| match direction {
                    Direction::Up => (value - integer(1)) * integer(100),
                    Direction::Down => (integer(1) - value) * integer(100),
                }),
            ),
            Form::Share { .. } => (" %", scaled(&change.interval, |value| value * integer(100))),
            Form::Change { amount: Some(Amount::Factor(_)), direction, .. } => (
                " times",
                scaled(&change.interval, |value| match direction {
                    Direction::Down if !value.is_zero() => value.recip(),
                    _ => value.clone(),
                }),
            ),
            _ => return None,
        };
        if taken.low == taken.high {
            return None;
        }
        let why = if matches!(quantity, Quantity::Exactly(_)) { "a rounded figure, is taken" } else { "is taken" };
        let comma = if matches!(quantity, Quantity::Exactly(_)) { "," } else { "" };
        let said = figure(quantity, &integer(1));
        Some(premise(HEDGE, format!("“{said}{unit}”{comma} {why} as {}{unit}", interval(&taken))))
    }
}

fn words_by(words: &Wording<'_>, id: ClaimId, said: &str) -> String {
    format!("{said} {}", words.by(id, &words.source(id)))
}

/// An interval through a function of its ends, in order.
fn scaled(interval: &Interval, by: impl Fn(&Rational) -> Rational) -> Interval {
    let end = |end: &End| End { value: by(&end.value), open: end.open };
    let (low, high) = (interval.low.as_ref().map(end), interval.high.as_ref().map(end));
    match (&low, &high) {
        (Some(a), Some(b)) if a.value > b.value => Interval { low: high, high: low },
        _ => Interval { low, high },
    }
}
