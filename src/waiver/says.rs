//! What a finding's claims say, in one hash.

use data_encoding::HEXLOWER;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::certificate::entity_id;
use crate::claim::{
    Amount, Claim, ClaimId, Corpus, Credit, DateClaim, Direction, Edge, Entity, Form, Quantity, Scope, Selection, When,
};
use crate::codebook::{Moment, TermId, UnitId};
use crate::edtf::{self, Date, Period};
use crate::number::Written;
use crate::report::Verdict;

/// `sha256:` and the hash of what bears on a finding of a rule about these claims.
///
/// That is, of each claim: its name, form, measure, scope, event, period, figures with their hedges, unit, voice and chain
/// of credit; and the finding's verdict, so that a waiver of a tension lets no contradiction be; for a rule that reads quotes, the quote too; and where "until now" or the rule asks for it, when source and
/// credited were published. Ids stand for themselves, numbers as precisely as they were written. The layout of the file,
/// the order of claims, notes, lines and pages do not bear on it, nor does the codebook.
pub fn says(corpus: &Corpus, rule: &str, verdict: Verdict, claims: &[ClaimId]) -> String {
    let mut parts: Vec<(String, Value)> =
        claims.iter().map(|&id| (corpus.name(id), Saying { corpus }.claim(corpus.claim(id), rule))).collect();
    parts.sort_by(|a, b| a.0.cmp(&b.0));
    let parts: Vec<Value> = parts.into_iter().map(|(name, value)| json!([name, value])).collect();
    let mut text = String::new();
    canonical(&json!([verdict.word(), parts]), &mut text);
    format!("sha256:{}", HEXLOWER.encode(&Sha256::digest(text)))
}

/// The one text of a value: objects by key, whatever order they are kept in.
fn canonical(value: &Value, text: &mut String) {
    match value {
        Value::Array(items) => {
            text.push('[');
            for (at, item) in items.iter().enumerate() {
                text.push_str(if at > 0 { "," } else { "" });
                canonical(item, text);
            }
            text.push(']');
        }
        Value::Object(entries) => {
            text.push('{');
            let sorted: std::collections::BTreeMap<&String, &Value> = entries.iter().collect();
            for (at, (key, entry)) in sorted.into_iter().enumerate() {
                text.push_str(if at > 0 { "," } else { "" });
                text.push_str(&Value::from(key.as_str()).to_string());
                text.push(':');
                canonical(entry, text);
            }
            text.push('}');
        }
        other => text.push_str(&other.to_string()),
    }
}

/// Whether findings of a rule rest on how a quote is worded.
fn reads_quotes(rule: &str) -> bool {
    ["figure-not-in-quote", "quote-not-found"].contains(&rule)
}

/// Whether findings of a rule rest on when somebody published.
fn reads_publication(rule: &str) -> bool {
    rule == "anachronism"
}

/// Turns the parts of a claim into JSON, whose objects are sorted by key.
struct Saying<'a> {
    corpus: &'a Corpus,
}

impl Saying<'_> {
    fn claim(&self, claim: &Claim, rule: &str) -> Value {
        let source = self.corpus.source(claim.source);
        let credits: Vec<Value> = claim.attributed_to.iter().map(|&credit| self.credit(credit, rule)).collect();
        let mut says = vec![
            ("form", self.form(&claim.form)),
            ("voice", json!(claim.voice.word())),
            ("unit", claim.unit.map_or(Value::Null, |unit| self.unit(unit))),
            ("credits", json!(credits)),
        ];
        if reads_publication(rule) || runs_to_the_present(&claim.form) {
            says.push(("published", json!(source.published.as_ref().map(date))));
        }
        if reads_quotes(rule) {
            let text = source.text.as_ref().filter(|_| rule == "quote-not-found").map(|text| &text.sha256);
            says.extend([("quote", json!(claim.quote)), ("text", json!(text))]);
        }
        says.into_iter().map(|(key, value)| (key.to_owned(), value)).collect::<serde_json::Map<_, _>>().into()
    }

    /// A unit, and how many base units it stands for: the codebook is free to say so otherwise.
    fn unit(&self, id: UnitId) -> Value {
        let unit = self.corpus.codebook.unit(id);
        json!([unit.id, unit.times.to_string()])
    }

    fn credit(&self, credit: Credit, rule: &str) -> Value {
        let (id, published) = match credit {
            Credit::Upstream(id) => {
                let upstream = self.corpus.codebook.upstream(id);
                (&upstream.id, upstream.published)
            }
            Credit::Source(id) => (&self.corpus.source(id).id, self.corpus.source(id).published),
        };
        let kind = if matches!(credit, Credit::Source(_)) { "source" } else { "upstream" };
        json!([kind, id, published.filter(|_| reads_publication(rule)).as_ref().map(date)])
    }

    fn form(&self, form: &Form) -> Value {
        let book = &self.corpus.codebook;
        match form {
            Form::Value { measure, scope, value } => json!({
                "measure": book.measure(*measure).id, "scope": self.scope(scope), "value": quantity(value),
            }),
            Form::Change { measure, scope, base, direction, amount } => json!({
                "measure": book.measure(*measure).id, "scope": self.scope(scope), "base": self.scope(base),
                "direction": match direction { Direction::Up => "up", Direction::Down => "down" },
                "amount": match amount {
                    None => Value::Null,
                    Some(Amount::Percent(by)) => json!({ "percent": quantity(by) }),
                    Some(Amount::Factor(by)) => json!({ "factor": quantity(by) }),
                    Some(Amount::By(by)) => json!({ "by": quantity(by) }),
                },
            }),
            Form::Share { measure, scope, base, percent } => json!({
                "measure": book.measure(*measure).id, "scope": self.scope(scope), "whole": self.scope(base),
                "percent": quantity(percent),
            }),
            Form::Date { event, edge, when } => json!({
                "event": book.event(*event).id,
                "edge": match edge { Edge::On => "on", Edge::Start => "start", Edge::End => "end" },
                "date": date_claim(when),
            }),
            Form::Duration { from, to, unit, length } => json!({
                "from": self.moment(*from), "to": self.moment(*to), "unit": unit.word(), "length": quantity(length),
            }),
            Form::Fact { attribute, subject, toward, values, negated, period } => json!({
                "attribute": book.attribute(*attribute).id, "subject": self.entity(*subject),
                "toward": toward.map(|toward| self.entity(toward)), "denied": negated,
                "values": sorted(values.iter().map(|&value| self.entity(value))),
                "period": period.as_ref().map(when_words),
            }),
        }
    }

    fn scope(&self, scope: &Scope) -> Value {
        let ids = |terms: &[TermId]| sorted(terms.iter().map(|&id| self.term(id)));
        let dimensions = scope.dimensions.iter().map(|(&id, selection)| {
            let says = match selection {
                Selection::Terms(terms) => json!({ "terms": ids(terms) }),
                Selection::Except(terms) => json!({ "except": ids(terms) }),
                Selection::Unstated(taken_for) => json!({ "unstated": taken_for.map(|id| self.term(id)) }),
            };
            (self.corpus.codebook.dimensions.dimension(id).id.clone(), says)
        });
        json!({
            "dimensions": dimensions.collect::<serde_json::Map<_, _>>(),
            "event": scope.event.map(|event| &self.corpus.codebook.event(event).id),
            "period": scope.period.as_ref().map(when_words),
        })
    }

    fn term(&self, id: TermId) -> String {
        self.corpus.codebook.dimensions.term(id).id.clone()
    }

    fn entity(&self, entity: Entity) -> String {
        match entity {
            Entity::Date(value) => format!("{}/{} within {}/{}", value.first, value.last, value.reach.0, value.reach.1),
            Entity::Term(_) | Entity::Event(_) => entity_id(&self.corpus.codebook, entity),
        }
    }

    fn moment(&self, moment: Moment) -> String {
        format!("{}.{}", self.corpus.codebook.event(moment.event).id, moment.side.word())
    }
}

fn sorted(ids: impl Iterator<Item = String>) -> Vec<String> {
    let mut ids: Vec<String> = ids.collect();
    ids.sort();
    ids
}

/// A number and how precisely it was written: "60" and "60.0" allow different things.
fn number(written: &Written) -> String {
    format!("{}e{},{}", written.value, written.last_written, written.last_significant)
}

fn quantity(quantity: &Quantity) -> Value {
    match quantity {
        Quantity::Exactly(n) => json!(number(n)),
        Quantity::AtLeast(n) => json!({ "at_least": number(n) }),
        Quantity::MoreThan(n) => json!({ "more_than": number(n) }),
        Quantity::AtMost(n) => json!({ "at_most": number(n) }),
        Quantity::LessThan(n) => json!({ "less_than": number(n) }),
        Quantity::Nearly(n) => json!({ "nearly": number(n) }),
        Quantity::About(n) => json!({ "about": number(n) }),
        Quantity::Between(low, high) => json!({ "between": [number(low), number(high)] }),
        Quantity::Rounded { value, to } => json!({ "rounded": number(value), "to": number(to) }),
        Quantity::Estimate { low, best, high } => json!({ "estimate": [number(low), number(best), number(high)] }),
        Quantity::Vague(word) => json!({ "vague": word }),
    }
}

fn date(date: &Date) -> String {
    let mark = |is: bool, mark: &'static str| if is { mark } else { "" };
    format!(
        "{}/{}{}{}{}",
        date.first(),
        date.last(),
        mark(date.uncertain(), "?"),
        mark(date.approximate(), "~"),
        mark(date.unspecified(), "X")
    )
}

fn date_claim(when: &DateClaim) -> Value {
    match when {
        DateClaim::In(on) => json!(date(on)),
        DateClaim::Before(day) => json!({ "before": date(day) }),
        DateClaim::After(day) => json!({ "after": date(day) }),
        DateClaim::By(day) => json!({ "by": date(day) }),
        DateClaim::Since(day) => json!({ "since": date(day) }),
        DateClaim::Between(first, last) => json!({ "between": [date(first), date(last)] }),
    }
}

fn when_words(when: &When) -> Value {
    match when {
        When::In(period) => json!(period_words(period)),
        When::Unstated(taken_for) => json!({ "unstated": taken_for.as_ref().map(period_words) }),
    }
}

fn period_words(period: &Period) -> Value {
    let mut dates = [period.start(), period.end()].into_iter().filter_map(edtf::Edge::date);
    if let ((Some(first), Some(last)), false) =
        (period.written(), dates.any(|date| date.qualified() || date.unspecified()))
    {
        // However it is written, these are the days.
        return json!(format!("{first}/{last}"));
    }
    let edge = |edge: &edtf::Edge| match edge {
        edtf::Edge::Date(day) => date(day),
        edtf::Edge::Open => "..".to_owned(),
        edtf::Edge::Unknown => String::new(),
    };
    json!([edge(period.start()), edge(period.end())])
}

/// Whether a period ends on the day on which the source was published.
fn runs_to_the_present(form: &Form) -> bool {
    let scope = |scope: &Scope| scope.period.as_ref().is_some_and(open);
    match form {
        Form::Value { scope: own, .. } => scope(own),
        Form::Change { scope: own, base, .. } | Form::Share { scope: own, base, .. } => scope(own) || scope(base),
        Form::Fact { period, .. } => period.as_ref().is_some_and(open),
        Form::Date { .. } | Form::Duration { .. } => false,
    }
}

fn open(when: &When) -> bool {
    let (When::In(period) | When::Unstated(Some(period))) = when else { return false };
    period.end().date().is_none()
}
