//! Boxes and claims as a certificate names them.

use serde_json::{Value, json};

use crate::certificate::data::{ClaimProof, DurationEnds, MomentBounds, ScopeJson};
use crate::claim::{ClaimId, Corpus, Days, Entity, Form, Reading};
use crate::codebook::{Codebook, MeasureId, Moment, TermId};
use crate::edtf::Day;
use crate::number::End;
use crate::system::{
    ChangeStatement, FactStatement, FactValue, Region, ScopeBox, Statement, change_statement, duration, event_bounds,
    fact_statement, statement,
};

/// A stretch of days as two of them: `2022-01-01/2022-12-31`, `../2022-12-31`.
pub fn period(days: Days) -> String {
    let day = |day: Option<Day>| day.map_or_else(|| "..".to_owned(), |day| day.to_string());
    format!("{}/{}", day(days.first), day(days.last))
}

/// A box, as far as it restricts anything.
pub fn scope_json(codebook: &Codebook, measure: MeasureId, scope: &ScopeBox) -> ScopeJson {
    let id = |&term: &TermId| codebook.dimensions.term(term).id.clone();
    let mut json = ScopeJson::new();
    for dimension in &codebook.measure(measure).dimensions {
        let value = match scope.regions.get(dimension) {
            None => continue,
            Some(Region::Terms(terms)) => match terms.as_slice() {
                [only] => Value::from(id(only)),
                several => Value::from(several.iter().map(id).collect::<Vec<_>>()),
            },
            Some(Region::Except(terms)) => json!({ "except": terms.iter().map(id).collect::<Vec<_>>() }),
        };
        json.insert(codebook.dimensions.dimension(*dimension).id.clone(), value);
    }
    if let Some(event) = scope.event {
        json.insert("event".to_owned(), codebook.event(event).id.clone().into());
    }
    // All of time restricts nothing.
    if let Some(days) = scope.days.filter(|&days| days != Days::ALL) {
        json.insert("period".to_owned(), period(days).into());
    }
    json
}

/// An entity by its id, or its days.
pub fn entity_id(codebook: &Codebook, entity: Entity) -> String {
    match entity {
        Entity::Term(term) => codebook.dimensions.term(term).id.clone(),
        Entity::Event(event) => codebook.event(event).id.clone(),
        Entity::Date(date) => period(Days { first: Some(date.first), last: Some(date.last) }),
    }
}

/// Values of a fact: one by itself, or a list of which one holds (or none, when denied).
pub(super) fn values_json(codebook: &Codebook, values: &[FactValue]) -> Value {
    let id = |value: &FactValue| match *value {
        FactValue::Term(term) => codebook.dimensions.term(term).id.clone(),
        FactValue::Event(event) => codebook.event(event).id.clone(),
        FactValue::Days(first, last) => period(Days { first: Some(first), last: Some(last) }),
    };
    match values {
        [only] => Value::from(id(only)),
        several => Value::from(several.iter().map(id).collect::<Vec<_>>()),
    }
}

fn value(end: Option<&End>) -> Option<String> {
    end.map(|end| end.value.to_string())
}

fn is_open(end: Option<&End>) -> bool {
    end.is_some_and(|end| end.open)
}

fn change_proof(codebook: &Codebook, change: &ChangeStatement) -> ClaimProof {
    let ChangeStatement { measure, kind, interval, new, base } = change;
    let (new, base) = (scope_json(codebook, *measure, new), scope_json(codebook, *measure, base));
    ClaimProof::Change {
        change: kind.word(),
        measure: codebook.measure(*measure).id.clone(),
        low: value(interval.low.as_ref()),
        low_open: is_open(interval.low.as_ref()),
        high: value(interval.high.as_ref()),
        high_open: is_open(interval.high.as_ref()),
        outer: new.clone(),
        inner: new,
        base_outer: base.clone(),
        base_inner: base,
    }
}

/// What proofs need of a claim under a reading; nothing for a claim that gives no row.
pub fn claim_proof(corpus: &Corpus, id: ClaimId, reading: Reading) -> ClaimProof {
    let codebook = &corpus.codebook;
    let claim = corpus.claim(id);
    match &claim.form {
        Form::Value { measure, .. } => match statement(corpus, id, reading) {
            Err(_) => ClaimProof::none(Some(codebook.measure(*measure).id.clone())),
            Ok(Statement { interval, boxes, .. }) => ClaimProof::Figure {
                measure: codebook.measure(*measure).id.clone(),
                low: value(interval.low.as_ref()),
                low_open: is_open(interval.low.as_ref()),
                high: value(interval.high.as_ref()),
                high_open: is_open(interval.high.as_ref()),
                outer: scope_json(codebook, *measure, &boxes.outer),
                inner: boxes.inner.as_ref().map(|inner| scope_json(codebook, *measure, inner)),
            },
        },
        Form::Date { event, .. } => match event_bounds(corpus, id, reading) {
            Err(_) => ClaimProof::none(None),
            Ok(bounds) => {
                let event_id = &codebook.event(*event).id;
                let text = |day: Option<Day>| day.map(|day| day.to_string());
                let sides = [("start", bounds.start), ("end", bounds.end)];
                let bounds = sides
                    .into_iter()
                    .filter(|(_, bounds)| bounds.low.is_some() || bounds.high.is_some())
                    .map(|(side, bounds)| MomentBounds {
                        date: format!("{event_id}.{side}"),
                        low: text(bounds.low),
                        high: text(bounds.high),
                    })
                    .collect();
                ClaimProof::Date { event: event_id.clone(), bounds }
            }
        },
        Form::Fact { .. } => match fact_statement(corpus, id, reading) {
            Err(_) => ClaimProof::none(None),
            Ok(FactStatement { key, values, negated, days }) => ClaimProof::Fact {
                measure: codebook.attribute(key.attribute).id.clone(),
                low: (!negated).then(|| "1".to_owned()),
                low_open: false,
                high: negated.then(|| "0".to_owned()),
                high_open: false,
                subject: entity_id(codebook, key.subject),
                toward: key.toward.map(|toward| entity_id(codebook, toward)),
                value: values_json(codebook, &values),
                period: days.map(period),
            },
        },
        Form::Change { measure, .. } | Form::Share { measure, .. } => match change_statement(corpus, id, reading) {
            Err(_) => ClaimProof::none(Some(codebook.measure(*measure).id.clone())),
            Ok(change) => change_proof(codebook, &change),
        },
        Form::Duration { from, to, .. } => match duration(corpus, id, reading) {
            Err(_) => ClaimProof::none(None),
            Ok(days) => {
                let date = |moment: Moment| format!("{}.{}", codebook.event(moment.event).id, moment.side.word());
                ClaimProof::Duration {
                    duration: DurationEnds { from: date(*from), to: date(*to) },
                    low: value(days.low.as_ref()),
                    low_open: false,
                    high: value(days.high.as_ref()),
                    high_open: false,
                }
            }
        },
    }
}
