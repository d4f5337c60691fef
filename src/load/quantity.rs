//! Figures with their hedges.

use num_traits::Zero;

use super::code::FaultCode;
use super::decode::Fields;
use super::form::ClaimReader;
use super::json::{Kind, Node};
use super::text::quoted;
use crate::claim::{Bare, Quantity, Reading, Scale};
use crate::number::End;
use crate::number::{Interval, Written, exceeds, integer};

const FORMS: [&str; 10] =
    ["at_least", "more_than", "at_most", "less_than", "nearly", "about", "between", "rounded", "estimate", "vague"];
const KEYS: [&str; 11] = [
    "at_least",
    "more_than",
    "at_most",
    "less_than",
    "nearly",
    "about",
    "between",
    "rounded",
    "estimate",
    "vague",
    "to",
];

/// A scale on which the number one is one: percentages, factors, lengths of time.
pub(super) fn one(bare: Bare) -> Scale {
    Scale { unit: integer(1), whole: false, bare }
}

impl<'a> ClaimReader<'a> {
    /// A figure; reports one that no world can hold.
    pub(super) fn quantity(&self, node: &Node<'a>, scale: &Scale) -> Option<Quantity> {
        let quantity = match &node.kind {
            Kind::Number(_) => Quantity::Exactly(self.page.number(node)?),
            Kind::Object(_) => self.hedged(node)?,
            _ => {
                self.page.expected(node, "a number, or an object like `{\"at_least\": 12}`");
                return None;
            }
        };
        self.possible(node, &quantity, scale).then_some(quantity)
    }

    fn hedged(&self, node: &Node<'a>) -> Option<Quantity> {
        let page = self.page;
        let before = page.sink.count();
        let fields = page.fields(node)?;
        fields.only("a figure", &KEYS);
        let forms: Vec<_> = fields.present(FORMS);
        let Some((form, others)) = forms.split_first() else {
            if page.sink.count() == before {
                page.fault(FaultCode::MissingForm, &fields.opening(), "this figure holds no number")
                    .help("write a number, or one of `at_least`, `more_than`, `about`, `between` and so on")
                    .send();
            }
            return None;
        };
        if let Some(other) = others.first() {
            let message = format!("`{}` and `{}` cannot stand in one figure", form.name(), other.name());
            page.fault(FaultCode::SeveralForms, &other.key.span, message)
                .help("keep one of them; a lower and an upper bound are written `{\"between\": [low, high]}`")
                .also(page.place(&form.key.span), "beside this")
                .send();
            return None;
        }
        if let Some(to) = fields.entry("to").filter(|_| form.name() != "rounded") {
            page.fault(FaultCode::MisplacedKey, &to.key.span, format!("`to` does not belong beside `{}`", form.name()))
                .help("it says what a figure is `rounded` to")
                .send();
        }
        self.form_of(form.name(), form.value, &fields)
    }

    fn form_of(&self, form: &str, value: &Node<'a>, fields: &Fields<'_, 'a>) -> Option<Quantity> {
        let page = self.page;
        match form {
            "between" => self.between(value),
            "estimate" => self.estimate(value),
            "vague" => {
                let word = page.text(value)?;
                self.names.vague.resolve(page, word, &value.span, FaultCode::UnknownVagueWord, "vague word")?;
                Some(Quantity::Vague(word.to_owned()))
            }
            "rounded" => {
                let value = page.number(value);
                let node = fields.require("a rounded figure", "to")?;
                let to = page.number(node)?;
                if to.value.is_zero() {
                    page.fault(FaultCode::BadNumber, &node.span, "nothing is rounded to zero")
                        .help("write the step, like 100 or 100000")
                        .send();
                    return None;
                }
                Some(Quantity::Rounded { value: value?, to })
            }
            _ => {
                let number = page.number(value)?;
                Some(match form {
                    "at_least" => Quantity::AtLeast(number),
                    "more_than" => Quantity::MoreThan(number),
                    "at_most" => Quantity::AtMost(number),
                    "less_than" => Quantity::LessThan(number),
                    "nearly" => Quantity::Nearly(number),
                    _ => Quantity::About(number),
                })
            }
        }
    }

    fn between(&self, node: &Node<'a>) -> Option<Quantity> {
        let (low, high) = self.page.pair(node, "numbers")?;
        let numbers = (self.page.number(low), self.page.number(high));
        let (low, high) = (numbers.0?, numbers.1?);
        self.ascending(node, &[&low, &high]).then_some(Quantity::Between(low, high))
    }

    fn estimate(&self, node: &Node<'a>) -> Option<Quantity> {
        let fields = self.page.fields(node)?;
        fields.only("an estimate", &["low", "best", "high"]);
        let number = |key| fields.require("an estimate", key).and_then(|node| self.page.number(node));
        let (low, best, high) = (number("low"), number("best"), number("high"));
        let (low, best, high) = (low?, best?, high?);
        self.ascending(node, &[&low, &best, &high]).then_some(Quantity::Estimate { low, best, high })
    }

    fn ascending(&self, node: &Node<'a>, numbers: &[&Written]) -> bool {
        let sorted = numbers.is_sorted_by(|a, b| a.value <= b.value);
        if !sorted {
            self.page
                .fault(FaultCode::ReversedNumbers, &node.span, "these numbers do not ascend")
                .help("write the smallest first")
                .send();
        }
        sorted
    }

    /// Whether each reading leaves something that is not below zero, and plain lies within strict.
    fn possible(&self, node: &Node<'a>, quantity: &Quantity, scale: &Scale) -> bool {
        if is_plainly_possible(quantity, scale) {
            return true;
        }
        let read = |reading| quantity.interval(reading, self.book, scale);
        let [strict, plain] = Reading::BOTH.map(read);
        let nothing = |interval: &Interval| {
            let below_zero = interval.high.as_ref().is_some_and(|high| exceeds(&End::closed(integer(0)), high));
            interval.is_empty() || below_zero
        };
        for (interval, reading) in [(&strict, Reading::Strict), (&plain, Reading::Plain)] {
            if nothing(interval) {
                let whole = if scale.whole { "whole number" } else { "number" };
                let help = match reading {
                    _ if scale.whole && matches!(quantity, Quantity::Exactly(_)) => {
                        "the measure counts whole things: correct the figure, or the measure's `whole`"
                    }
                    Reading::Strict => "correct the figure",
                    Reading::Plain => "correct the figure, or what the codebook takes its hedge for",
                };
                self.page
                    .fault(
                        FaultCode::EmptyInterval,
                        &node.span,
                        format!("no {whole} that is not below zero fits this figure"),
                    )
                    .label(format!("in its {} reading", reading.word()))
                    .help(help)
                    .send();
                return false;
            }
        }
        if !plain.is_within(&strict) {
            self.page
                .fault(
                    FaultCode::PlainOutsideStrict,
                    &node.span,
                    "the plain reading of this figure reaches outside its strict one",
                )
                .help("correct what the codebook takes its hedge for")
                .send();
            return false;
        }
        true
    }

    /// Reports a percentage that is surely above 100.
    pub(super) fn at_most_all(&self, node: &Node<'a>, percent: &Quantity, why: &str) -> bool {
        let interval = percent.interval(Reading::Strict, self.book, &one(Bare::Rounded));
        let beyond = interval.low.is_some_and(|low| exceeds(&low, &End::closed(integer(100))));
        if beyond {
            self.page
                .fault(
                    FaultCode::ImpossiblePercentage,
                    &node.span,
                    format!("{} is more than all of it", shown(percent)),
                )
                .help(why)
                .send();
        }
        !beyond
    }
}

/// Whether a figure is one of the many whose readings need no closer look: whole, and bounded on one side at most.
fn is_plainly_possible(quantity: &Quantity, scale: &Scale) -> bool {
    let (Quantity::Exactly(number) | Quantity::AtLeast(number) | Quantity::AtMost(number)) = quantity else {
        return false;
    };
    number.last_written >= 0 && scale.bare == Bare::Exact && scale.unit.is_integer()
}

fn shown(percent: &Quantity) -> String {
    match percent {
        Quantity::Exactly(written) => format!("{} %", quoted(&written.value.to_string()).trim_matches('`')),
        _ => "this percentage".to_owned(),
    }
}
