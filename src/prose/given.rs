//! What a claim says in two parts, for a table: what it is about, and what it gives for that.

use crate::claim::{Claim, Corpus, Edge, Form, Quantity, Scope, Selection};
use crate::codebook::{Codebook, DimensionId, EventKind, Measure, MeasureId};
use crate::number::integer;
use crate::prose::said::{date_claim, difference_words, join, moment, scope_words, when_words};
use crate::prose::{change, entity, fact, figure, list};

/// What a measure counts, without a figure: "attacks".
pub fn what_counts(measure: &Measure) -> String {
    measure.phrase.replace("{}", " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a claim gives, as its source hedges it and without what it is about: "at least 262", "on 29 February 2020".
pub fn given(corpus: &Corpus, claim: &Claim) -> String {
    let codebook = &corpus.codebook;
    let unit = claim.unit.map_or_else(|| integer(1), |unit| codebook.unit(unit).times.clone());
    match &claim.form {
        Form::Value { value, .. } => figure(value, &unit),
        Form::Change { direction, amount, .. } => change(*direction, amount.as_ref(), &unit),
        Form::Share { percent, .. } => format!("{} %", figure(percent, &integer(1))),
        Form::Date { when, .. } => date_claim(when),
        Form::Duration { length: Quantity::AtLeast(least), .. } if least.value == integer(0) => {
            "not before it".to_owned()
        }
        Form::Duration { unit, length, .. } => format!("{} {}", figure(length, &integer(1)), unit.word()),
        Form::Fact { values, negated, period, .. } => {
            let values: Vec<String> = values.iter().map(|&value| entity(codebook, value)).collect();
            let denied = if *negated { "not" } else { "" };
            let when = period.as_ref().and_then(when_words).unwrap_or_default();
            join([denied.to_owned(), list(&values, "or"), when])
        }
    }
}

/// What a claim is about, as it says it and without what it counts: "in Pakistan in 2022", "the end", "the TTP was founded
/// by ...".
pub fn topic(corpus: &Corpus, claim: &Claim) -> String {
    let codebook = &corpus.codebook;
    match &claim.form {
        Form::Value { measure, scope, .. } => scope_in_full(codebook, *measure, scope),
        Form::Change { measure, scope, base, .. } => {
            let new = scope_in_full(codebook, *measure, scope);
            format!("{new}, compared with those {}", difference_words(codebook, *measure, base, scope))
        }
        Form::Share { measure, scope, base, .. } => {
            let part = scope_in_full(codebook, *measure, scope);
            format!("{part}, out of those {}", difference_words(codebook, *measure, base, scope))
        }
        Form::Date { event, edge, .. } => match (edge, codebook.event(*event).kind) {
            (_, EventKind::Incident) => "its day",
            (Edge::Start, EventKind::Span) => "its beginning",
            (Edge::End, EventKind::Span) => "its end",
            (Edge::On, EventKind::Span) => "a day of it",
        }
        .to_owned(),
        Form::Duration { from, to, .. } if from.event == to.event => "how long it lasted".to_owned(),
        Form::Duration { from, to, .. } => {
            format!("from {} to {}", moment(codebook, *from), moment(codebook, *to))
        }
        Form::Fact { attribute, subject, toward, .. } => {
            let attribute = codebook.attribute(*attribute);
            let toward = toward.map(|toward| entity(codebook, toward));
            fact(attribute, &entity(codebook, *subject), toward.as_deref(), "…")
        }
    }
}

/// A scope with what it leaves open: "in May 2022 (place not stated)".
fn scope_in_full(codebook: &Codebook, measure: MeasureId, scope: &Scope) -> String {
    let open = |dimension: &&DimensionId| matches!(scope.dimensions.get(dimension), Some(Selection::Unstated(None)));
    let open = codebook.measure(measure).dimensions.iter().filter(open);
    let open: Vec<String> = open.map(|&dimension| codebook.dimensions.dimension(dimension).id.clone()).collect();
    let open = if open.is_empty() { String::new() } else { format!("({} not stated)", list(&open, "and")) };
    join([scope_words(codebook, measure, scope), open])
}
