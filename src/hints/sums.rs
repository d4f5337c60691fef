//! What might dissolve a conflict of several figures.

use std::collections::BTreeSet;

use num_traits::{Signed, Zero};

use super::{came_later, hint, is_one_occasion, name};
use crate::certificate::{Proof, Role, Shape};
use crate::claim::{Amount, ClaimId, Corpus, Direction, Form, Scope, Selection};
use crate::codebook::{DimensionId, MeasureId};
use crate::number::{Interval, Rational, integer};
use crate::prose::{list, number, said};
use crate::report::Hint;
use crate::system::{ChangeKind, change_statement, statement};

/// Every hint on a conflict of several figures, the likeliest first.
pub(super) fn hints(corpus: &Corpus, proof: &Proof) -> Vec<Hint> {
    let sides = Sides::of(corpus, proof);
    let mut hints: Vec<Hint> = sides.claimed_against_counted().into_iter().collect();
    match proof.shape {
        Shape::PartsExceed => {
            let more = [
                sides.later_toll(),
                sides.included_part(),
                sides.mistyped(),
                sides.counted_twice(),
                sides.narrower_scope(),
            ];
            hints.extend(more.into_iter().flatten());
        }
        Shape::PartsShort => hints.extend([sides.mistyped(), sides.missing_part()].into_iter().flatten()),
        Shape::Change => hints.extend(sides.change()),
        Shape::Nested | Shape::Alike | Shape::Mixed => {}
    }
    hints
}

/// The parts and the whole of a conflict.
struct Sides<'a> {
    corpus: &'a Corpus,
    proof: &'a Proof,
    parts: Vec<ClaimId>,
    whole: Option<ClaimId>,
}

impl<'a> Sides<'a> {
    fn of(corpus: &'a Corpus, proof: &'a Proof) -> Self {
        let of_role = |role: Role| proof.claims.iter().filter(move |(_, found)| *found == role).map(|&(id, _)| id);
        Self { corpus, proof, parts: of_role(Role::Part).collect(), whole: of_role(Role::Whole).next() }
    }

    fn scope(&self, id: ClaimId) -> Option<(MeasureId, &'a Scope)> {
        match &self.corpus.claim(id).form {
            Form::Value { measure, scope, .. } => Some((*measure, scope)),
            _ => None,
        }
    }

    fn interval(&self, id: ClaimId) -> Option<Interval> {
        statement(self.corpus, id, self.proof.reading).ok().map(|statement| statement.interval)
    }

    /// The one value that a claim allows.
    fn exactly(&self, id: ClaimId) -> Option<Rational> {
        let interval = self.interval(id)?;
        let low = interval.low?;
        (Some(&low) == interval.high.as_ref()).then_some(low.value)
    }

    fn said(&self, id: ClaimId) -> String {
        said(self.corpus, self.corpus.claim(id))
    }

    /// Some figures are of another measure, and no sum of measures joins the two.
    fn claimed_against_counted(&self) -> Option<Hint> {
        let measures: BTreeSet<MeasureId> =
            self.proof.claims.iter().filter_map(|&(id, _)| self.scope(id)).map(|(measure, _)| measure).collect();
        let with_sums = self.proof.certificate.rows.iter().any(|row| row.premise.is_some());
        if measures.len() < 2 || with_sums {
            return None;
        }
        let phrase =
            |&measure: &MeasureId| self.corpus.codebook.measure(measure).phrase.replace("{}", "").trim().to_owned();
        let phrases: Vec<String> = measures.iter().map(phrase).collect();
        let text = format!("the figures are of {}: they need not have been counted alike", list(&phrases, "and"));
        Some(hint("claimed-against-counted", text))
    }

    /// One event, and the parts were published after the whole.
    fn later_toll(&self) -> Option<Hint> {
        let whole = self.whole?;
        let later = |&id: &ClaimId| came_later(self.corpus, id, whole);
        let single = is_one_occasion(&statement(self.corpus, whole, self.proof.reading).ok()?);
        (single && self.parts.iter().all(later)).then(|| {
            let text = format!(
                "the parts came out later than the figure of {}: the toll may have been revised upward",
                name(self.corpus, whole)
            );
            hint("later-toll", text)
        })
    }

    /// Without one of the parts the others would fit exactly.
    fn included_part(&self) -> Option<Hint> {
        let whole = self.exactly(self.whole?)?;
        let values: Vec<(ClaimId, Rational)> =
            self.parts.iter().map(|&id| Some((id, self.exactly(id)?))).collect::<Option<_>>()?;
        let sum: Rational = values.iter().map(|(_, value)| value).sum();
        let (id, _) = values.iter().find(|(_, value)| values.len() > 1 && &sum - value == whole)?;
        let (others, which) = if values.len() == 2 {
            ("other makes", "it may include the first")
        } else {
            ("others make", "one of them may include it")
        };
        let text = format!("without the {} the {others} just {}: {which}", self.said(*id), number(&whole));
        Some(hint("included-part", text))
    }

    /// With two digits of one figure swapped, or a zero more or less, the parts would make just the whole.
    fn mistyped(&self) -> Option<Hint> {
        let whole = (self.whole?, self.exactly(self.whole?)?);
        let parts: Vec<(ClaimId, Rational)> =
            self.parts.iter().map(|&id| Some((id, self.exactly(id)?))).collect::<Option<_>>()?;
        let sum: Rational = parts.iter().map(|(_, value)| value).sum();
        let wanted = |(id, value): &(ClaimId, Rational)| {
            // A part would have to be what the others leave of the whole; the whole what they make.
            let other = if *id == whole.0 { sum.clone() } else { &whole.1 - (&sum - value) };
            let kind = slip(value, &other)?;
            Some((value.clone(), other, kind))
        };
        let (value, other, kind) = parts.iter().chain([&whole]).find_map(wanted)?;
        let what = if kind == "swapped-digits" {
            "two digits may have changed places"
        } else {
            "a zero may have been lost or added"
        };
        Some(hint(
            kind,
            format!("with {} in place of {} the sum would be right: {what}", number(&other), number(&value)),
        ))
    }

    /// Groups that a unit may belong to at once.
    fn counted_twice(&self) -> Option<Hint> {
        let (measure, first) = self.scope(*self.parts.first()?)?;
        let others: Vec<&Scope> = self.parts.iter().filter_map(|&id| self.scope(id)).map(|(_, scope)| scope).collect();
        let codebook = &self.corpus.codebook;
        let about = codebook.measure(measure);
        let same_time = others.iter().all(|scope| scope.period == first.period && scope.event == first.event);
        let differs = |dimension: &DimensionId| {
            !about.overlaps.contains(dimension)
                && others.iter().any(|scope| scope.dimensions.get(dimension) != first.dimensions.get(dimension))
        };
        let different: Vec<DimensionId> = about.dimensions.iter().copied().filter(differs).collect();
        let &[only] = different.as_slice() else { return None };
        // Nobody takes two places for one.
        if !same_time || codebook.dimensions.dimension(only).id == "place" {
            return None;
        }
        let named = |scope: &&Scope| match scope.dimensions.get(&only) {
            Some(Selection::Terms(terms)) => Some(list(
                &terms.iter().map(|&term| codebook.dimensions.term(term).label.clone()).collect::<Vec<_>>(),
                "and",
            )),
            _ => None,
        };
        let labels: Vec<String> = others.iter().map(named).collect::<Option<_>>()?;
        let one = if about.whole { format!("one {}", about.unit.replace('-', " ")) } else { "something".to_owned() };
        Some(hint("counted-twice", format!("was {one} counted under {} at once?", list(&labels, "and"))))
    }

    /// The whole is not limited by what limits every part: its text may mean something narrower.
    fn narrower_scope(&self) -> Option<Hint> {
        let whole = self.whole?;
        let (_, outer) = self.scope(whole)?;
        let parts: Vec<&Scope> = self.parts.iter().filter_map(|&id| self.scope(id)).map(|(_, scope)| scope).collect();
        let first = parts.first()?;
        let unnamed: Vec<String> = first
            .dimensions
            .keys()
            .filter(|dimension| !outer.dimensions.contains_key(dimension))
            .filter(|dimension| parts.iter().all(|part| part.dimensions.contains_key(dimension)))
            .map(|&dimension| self.corpus.codebook.dimensions.dimension(dimension).id.replace('-', " "))
            .collect();
        (!unnamed.is_empty()).then(|| {
            let text = format!(
                "the figure of {} is not limited by {}: does its text mean a narrower group?",
                name(self.corpus, whole),
                list(&unnamed, "or")
            );
            hint("narrower-scope", text)
        })
    }

    /// What the parts leave out, if they do.
    fn missing_part(&self) -> Option<Hint> {
        let whole = self.whole?;
        let text = format!("does {} count anything that none of the parts does?", name(self.corpus, whole));
        Some(hint("missing-part", text))
    }

    /// What two figures say of each other, and how a change might have been meant.
    fn change(&self) -> Vec<Hint> {
        let changes: Vec<ClaimId> =
            self.proof.claims.iter().filter(|(_, role)| *role == Role::Change).map(|&(id, _)| id).collect();
        let figures: Vec<ClaimId> =
            self.proof.claims.iter().filter(|(_, role)| *role != Role::Change).map(|&(id, _)| id).collect();
        let (&[change], &[base, new]) = (changes.as_slice(), figures.as_slice()) else { return Vec::new() };
        let (Some(old), Some(new)) = (self.exactly(base), self.exactly(new)) else { return Vec::new() };
        let Ok(stated) = change_statement(self.corpus, change, self.proof.reading) else { return Vec::new() };
        if !old.is_positive() || stated.kind == ChangeKind::Difference {
            return Vec::new();
        }
        let mut hints = Vec::new();
        let fits = |factor: &Rational| Interval::exactly(factor.clone()).is_within(&stated.interval);
        if !new.is_zero() && stated.kind == ChangeKind::Factor && fits(&(&old / &new)) {
            let text = "the other way round the two figures would give it: old and new may have changed places";
            hints.push(hint("reversed", text.to_owned()));
        }
        if let Form::Change { direction: Direction::Up, amount: Some(Amount::Percent(percent)), .. } =
            &self.corpus.claim(change).form
            && let [written] = percent.numbers().as_slice()
            && (&new / &old * integer(100)).round() == written.value.round()
        {
            let text = format!(
                "{} is {} % of {}: “to” may have become “by”",
                number(&new),
                number(&written.value),
                number(&old)
            );
            hints.push(hint("to-against-by", text));
        }
        hints.push(hint("stated-figures", Self::between(stated.kind, &old, &new)));
        hints
    }

    /// "from 200 to 300 is 50 % more", rounded for the eye only.
    fn between(kind: ChangeKind, old: &Rational, new: &Rational) -> String {
        let tenth = |value: Rational| number(&((value * integer(10)).round() / integer(10)));
        if kind == ChangeKind::Share {
            return format!("{} would be {} % of {}", number(new), tenth(new / old * integer(100)), number(old));
        }
        let percent = (new - old) / old * integer(100);
        match (percent.is_zero(), percent.is_negative()) {
            (true, _) => format!("from {} to {} is no change", number(old), number(new)),
            (_, false) => format!("from {} to {} would be {} % more", number(old), number(new), tenth(percent)),
            (_, true) => format!("from {} to {} would be {} % fewer", number(old), number(new), tenth(-percent)),
        }
    }
}

/// How one whole number may have been mistyped for another.
fn slip(value: &Rational, other: &Rational) -> Option<&'static str> {
    if !value.is_integer() || !other.is_integer() || !other.is_positive() || value == other {
        return None;
    }
    let ten = integer(10);
    if *value == other * &ten || *other == value * &ten {
        return Some("power-of-ten");
    }
    let (a, b) = (value.to_string().into_bytes(), other.to_string().into_bytes());
    let different: Vec<usize> = (0..a.len().max(b.len())).filter(|&at| a.get(at) != b.get(at)).collect();
    let &[first, second] = different.as_slice() else { return None };
    let swapped = second == first + 1 && a.get(first) == b.get(second) && a.get(second) == b.get(first);
    swapped.then_some("swapped-digits")
}
