//! What a claim says, in a phrase: "more than 450 people killed by the TTP in Pakistan from January to September 2022".

use num_traits::One;

use crate::claim::{
    Amount, Claim, ClaimId, Corpus, DateClaim, DateValue, Direction, Edge, Entity, Form, Quantity, Scope, Selection,
    Voice, When,
};
use crate::codebook::{Attribute, Codebook, DimensionId, EventKind, MeasureId, Moment, Side, TermId};
use crate::edtf::{Date, Precision};
use crate::number::{Rational, integer};
use crate::prose::{day, days, figure, list};
use crate::system::{Region, ScopeBox, event_days};

/// What a claim says.
pub fn said(corpus: &Corpus, claim: &Claim) -> String {
    let codebook = &corpus.codebook;
    let unit = claim.unit.map_or_else(|| integer(1), |unit| codebook.unit(unit).times.clone());
    match &claim.form {
        Form::Value { measure, scope, value } => {
            join([counted(codebook, *measure, value, &unit), scope_words(codebook, *measure, scope)])
        }
        Form::Change { measure, scope, base, direction, amount } => {
            let more = change(*direction, amount.as_ref(), &unit);
            let what = codebook.measure(*measure).phrase.replace("{}", &more);
            let base = difference_words(codebook, *measure, base, scope);
            join([what, scope_words(codebook, *measure, scope), format!("than {base}")])
        }
        Form::Share { measure, scope, base, percent } => {
            let base = difference_words(codebook, *measure, base, scope);
            let what = codebook.measure(*measure).phrase.replace("{}", "").trim().to_owned();
            let percent = figure(percent, &integer(1));
            join([
                format!("{percent} % of the {what}"),
                base,
                "being".to_owned(),
                scope_words(codebook, *measure, scope),
            ])
        }
        Form::Date { event, edge, when } => {
            let event = codebook.event(*event);
            let verb = match (edge, event.kind) {
                (Edge::Start, _) => "began",
                (Edge::End, _) => "ended",
                (Edge::On, EventKind::Incident) => "happened",
                (Edge::On, EventKind::Span) => "was under way",
            };
            format!("{} {verb} {}", event.label, date_claim(when))
        }
        Form::Duration { from, to, unit, length } => {
            let zero = matches!(length, Quantity::AtLeast(least) if least.value == integer(0));
            let length = format!("{} {}", figure(length, &integer(1)), unit.word());
            if zero {
                format!("{} came no earlier than {}", moment(codebook, *to), moment(codebook, *from))
            } else if from.event == to.event {
                format!("{} lasted {length}", codebook.event(from.event).label)
            } else {
                format!("it was {length} from {} to {}", moment(codebook, *from), moment(codebook, *to))
            }
        }
        Form::Fact { attribute, subject, toward, values, negated, period } => {
            let attribute = codebook.attribute(*attribute);
            let value = list(&values.iter().map(|&value| entity(codebook, value)).collect::<Vec<_>>(), "or");
            let subject = entity(codebook, *subject);
            let toward = toward.map(|toward| entity(codebook, toward)).unwrap_or_default();
            let stated = fact(attribute, &subject, Some(&toward), &value);
            let when = period.as_ref().and_then(when_words).unwrap_or_default();
            let denied = if *negated { "it is not so that" } else { "" };
            join([denied.to_owned(), stated, when])
        }
    }
}

/// What a second fact says of the same thing as a first, without what the two have in common; none where that would not read.
pub fn fact_beside(corpus: &Corpus, first: ClaimId, second: ClaimId) -> Option<String> {
    let (first, second) = (corpus.claim(first), corpus.claim(second));
    let Form::Fact { attribute, subject, toward, values, negated, period } = &second.form else { return None };
    let Form::Fact { values: before, negated: false, .. } = &first.form else { return None };
    // Who disputes a claim is named as its denier already.
    if [first.voice, second.voice].contains(&Voice::Disputes) {
        return None;
    }
    let when = period.as_ref().and_then(when_words);
    if *negated {
        let when = when.map(|when| format!(" {when}")).unwrap_or_default();
        return (values == before).then(|| format!("not so{when}"));
    }
    let codebook = &corpus.codebook;
    let (before_value, rest) = codebook.attribute(*attribute).phrase.as_ref()?.split_once("{value}")?;
    // "founded in 1994, but in 1995": a preposition belongs to its value.
    let preposition =
        before_value.split(' ').rev().nth(1).filter(|word| PREPOSITIONS.contains(word)).unwrap_or_default();
    let names = |entities: &[Entity]| entities.iter().map(|&value| entity(codebook, value)).collect::<Vec<_>>();
    let rest = rest.replace("{subject}", &entity(codebook, *subject));
    let rest = rest.replace("{toward}", &toward.map(|toward| entity(codebook, toward)).unwrap_or_default());
    let value = format!("{}{rest}", list(&names(values), "or"));
    Some(join([preposition.to_owned(), value, when.unwrap_or_default()]))
}

const PREPOSITIONS: [&str; 9] = ["in", "on", "at", "by", "to", "from", "with", "of", "as"];

/// A value of an attribute in words: "the TTP was founded by Baitullah Mehsud".
pub fn fact(attribute: &Attribute, subject: &str, toward: Option<&str>, value: &str) -> String {
    let toward = toward.unwrap_or_default();
    attribute.phrase.as_ref().map_or_else(
        || join([format!("{subject}:"), attribute.id.replace('-', " "), toward.to_owned(), value.to_owned()]),
        |phrase| phrase.replace("{subject}", subject).replace("{toward}", toward).replace("{value}", value),
    )
}

pub(super) fn join<const N: usize>(parts: [String; N]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// "262 attacks", "dozens of attacks".
fn counted(codebook: &Codebook, measure: MeasureId, value: &Quantity, unit: &Rational) -> String {
    let figure = match value {
        Quantity::Vague(word) if word.ends_with('s') => format!("{word} of"),
        other => figure(other, unit),
    };
    let one = matches!(value, Quantity::Exactly(written) if (&written.value * unit).is_one());
    codebook.measure(measure).counted(&figure, one)
}

/// How much more or fewer a change says: "25 % more", "2 times as many", "fewer".
pub fn change(direction: Direction, amount: Option<&Amount>, unit: &Rational) -> String {
    let (more, times) = match direction {
        Direction::Up => ("more", "times as many"),
        Direction::Down => ("fewer", "times fewer"),
    };
    match amount {
        None => more.to_owned(),
        Some(Amount::Percent(percent)) => format!("{} % {more}", figure(percent, &integer(1))),
        Some(Amount::Factor(factor)) => format!("{} {times}", figure(factor, &integer(1))),
        Some(Amount::By(by)) => format!("{} {more}", figure(by, unit)),
    }
}

pub(super) fn moment(codebook: &Codebook, moment: Moment) -> String {
    let event = codebook.event(moment.event);
    match (event.kind, moment.side) {
        (EventKind::Incident, _) => event.label.clone(),
        (EventKind::Span, Side::Start) => format!("the start of {}", event.label),
        (EventKind::Span, Side::End) => format!("the end of {}", event.label),
    }
}

pub(super) fn date_claim(when: &DateClaim) -> String {
    match when {
        DateClaim::In(date) => hedged_date(date),
        DateClaim::Before(date) => format!("before {}", bare_date(date)),
        DateClaim::After(date) => format!("after {}", bare_date(date)),
        DateClaim::By(date) => format!("by {}", bare_date(date)),
        DateClaim::Since(date) => format!("in or after {}", bare_date(date)),
        DateClaim::Between(first, last) => format!("between {} and {}", bare_date(first), bare_date(last)),
    }
}

fn hedged_date(date: &Date) -> String {
    let about = if date.qualified() { "about " } else { "" };
    let preposition = if date.precision() == Precision::Day { "on" } else { "in" };
    format!("{preposition} {about}{}", bare_date(date))
}

/// A date without a preposition: "29 February 2020", "February 1989", "1994".
fn bare_date(date: &Date) -> String {
    let words = days(crate::claim::Days { first: Some(date.first()), last: Some(date.last()) });
    let bare = ["on ", "in ", "from "].iter().find_map(|preposition| words.strip_prefix(preposition));
    bare.unwrap_or(&words).to_owned()
}

/// Where, when and by whom, as the claim says it.
pub(super) fn scope_words(codebook: &Codebook, measure: MeasureId, scope: &Scope) -> String {
    scope_parts(codebook, measure, scope).into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The same, one text for each dimension of the measure, one for the event and one for the period; empty where the claim
/// says nothing.
pub fn scope_parts(codebook: &Codebook, measure: MeasureId, scope: &Scope) -> Vec<String> {
    let words = |dimension: &DimensionId| {
        let phrase = &codebook.dimensions.dimension(*dimension).phrase;
        scope.dimensions.get(dimension).and_then(|selection| selection_words(codebook, selection, phrase))
    };
    let dimensions = codebook.measure(measure).dimensions.iter().map(words);
    let event = scope.event.map(|event| format!("in {}", codebook.event(event).label));
    dimensions.chain([event, scope.period.as_ref().and_then(when_words)]).map(Option::unwrap_or_default).collect()
}

/// What a base scope has that the other does not, or all of it where that would say nothing.
pub(super) fn difference_words(codebook: &Codebook, measure: MeasureId, base: &Scope, other: &Scope) -> String {
    let mut different = base.clone();
    different.dimensions.retain(|dimension, selection| other.dimensions.get(dimension) != Some(selection));
    if base.period == other.period {
        different.period = None;
    }
    let words = scope_words(codebook, measure, &different);
    let words = if words.is_empty() { scope_words(codebook, measure, base) } else { words };
    // "than presumably in 2020", where that is all there is.
    let stripped = words.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).filter(|rest| !rest.contains('('));
    stripped.map_or_else(|| words.clone(), str::to_owned)
}

fn selection_words(codebook: &Codebook, selection: &Selection, phrase: &str) -> Option<String> {
    let label = |&term: &TermId| codebook.dimensions.term(term).label.clone();
    match selection {
        Selection::Terms(terms) => {
            let is_root = |&term: &TermId| codebook.dimensions.term(term).parent.is_none();
            let labels: Vec<String> = terms.iter().map(label).collect();
            (!terms.iter().any(is_root)).then(|| phrase.replace("{}", &list(&labels, "and")))
        }
        Selection::Except(terms) => {
            let labels: Vec<String> = terms.iter().map(label).collect();
            Some(format!("not {}", phrase.replace("{}", &list(&labels, "or"))))
        }
        Selection::Unstated(Some(term)) => Some(format!("(presumably {})", phrase.replace("{}", &label(term)))),
        Selection::Unstated(None) => None,
    }
}

pub(super) fn when_words(when: &When) -> Option<String> {
    use crate::edtf::Edge as End;
    match when {
        When::In(period) => {
            let (first, last) = period.written();
            let words = match (period.start(), period.end()) {
                (End::Date(start), End::Open | End::Unknown) => format!("since {}", bare_date(start)),
                (End::Open | End::Unknown, End::Date(end)) => format!("up to {}", bare_date(end)),
                (End::Date(start), End::Date(end)) if start == end && start.unspecified() => {
                    format!("at some time {}", days(crate::claim::Days { first, last }))
                }
                _ => days(crate::claim::Days { first, last }),
            };
            Some(if period.qualified() { format!("{words}, roughly") } else { words })
        }
        When::Unstated(Some(period)) => when_words(&When::In(*period)).map(|words| format!("(presumably {words})")),
        When::Unstated(None) => Some("at a time that is not stated".to_owned()),
    }
}

/// A definite box in words, without the figure: "by the TTP in Pakistan in 2022".
pub fn scope_box(codebook: &Codebook, measure: MeasureId, scope: &ScopeBox) -> String {
    let label = |&term: &TermId| codebook.dimensions.term(term).label.clone();
    let mut words: Vec<String> = Vec::new();
    // Where and when an event was goes without saying once it is named.
    let at = scope.event.and_then(|event| codebook.event(event).place).map(|place| Region::Terms(vec![place]));
    let during = scope.event.map(|event| event_days(codebook, event));
    for dimension in &codebook.measure(measure).dimensions {
        let phrase = &codebook.dimensions.dimension(*dimension).phrase;
        match scope.regions.get(dimension).filter(|region| Some(*region) != at.as_ref()) {
            None => {}
            Some(Region::Terms(terms)) => {
                words.push(phrase.replace("{}", &list(&terms.iter().map(label).collect::<Vec<_>>(), "and")));
            }
            Some(Region::Except(terms)) => {
                let labels = list(&terms.iter().map(label).collect::<Vec<_>>(), "or");
                words.push(format!("not {}", phrase.replace("{}", &labels)));
            }
        }
    }
    words.extend(scope.event.map(|event| format!("in {}", codebook.event(event).label)));
    words.extend(scope.days.filter(|&days| days != crate::claim::Days::ALL && Some(days) != during).map(days));
    words.join(" ")
}

/// The label of an entity, or its days.
pub fn entity(codebook: &Codebook, entity: Entity) -> String {
    match entity {
        Entity::Term(term) => codebook.dimensions.term(term).label.clone(),
        Entity::Event(event) => codebook.event(event).label.clone(),
        Entity::Date(DateValue { first, last, .. }) if first == last => day(first),
        Entity::Date(DateValue { first, last, .. }) => {
            let words = days(crate::claim::Days { first: Some(first), last: Some(last) });
            ["on ", "in ", "from "].iter().find_map(|start| words.strip_prefix(start)).unwrap_or(&words).to_owned()
        }
    }
}
