//! What a proof takes for granted: trees, periods, readings of hedges, that passages mean one event.

use crate::certificate::build::{Proof, Shape};
use crate::certificate::data::Premise;
use crate::claim::{ClaimId, Corpus, Days, Form, Quantity, Reading, Scope, Selection, Voice, When};
use crate::codebook::{DimensionId, EventId, TermId};
use crate::number::{Rational, integer};
use crate::prose::{days, figure, interval, list, number, source_name};
use crate::solve::{FactConflict, FigurePair, MomentPair};
use crate::system::{Region, Statement, quantity};

pub(super) const WITHIN: &str = "within";
pub(super) const NOT_NARROWED: &str = "not-narrowed";
pub(super) const PERIOD: &str = "period";
pub(super) const EVENT: &str = "event";
const ONE_EVENT: &str = "one-event";
pub(super) const HEDGE: &str = "hedge";
const READ_AS: &str = "read-as";
const UNSTATED: &str = "unstated";
const UNNAMED: &str = "unnamed";
const SINGLE_VALUED: &str = "single-valued";
pub(super) const SHARED_DAY: &str = "shared-day";
pub(super) const APART: &str = "apart";
pub(super) const COVERS: &str = "covers";
pub(super) const SUM: &str = "sum";
pub(super) const BASE: &str = "base";

/// Whether a premise says why one scope lies in the other.
pub(super) fn is_containment(premise: &Premise) -> bool {
    [WITHIN, NOT_NARROWED, PERIOD, EVENT, SHARED_DAY, UNNAMED].contains(&premise.kind)
}

/// Whether a premise says that a figure is of some part that is not named.
pub(super) fn is_unnamed(premise: &Premise) -> bool {
    premise.kind == UNNAMED
}

/// Whether a premise says that an attribute has one value.
pub(super) fn is_one_answer(premise: &Premise) -> bool {
    premise.kind == SINGLE_VALUED
}

/// Whether a premise says how words are taken.
pub(super) fn is_reading(premise: &Premise) -> bool {
    [HEDGE, READ_AS, UNSTATED].contains(&premise.kind)
}

pub(super) fn premise(kind: &'static str, text: String) -> Premise {
    Premise { kind, text }
}

pub(super) fn of_figures(
    corpus: &Corpus,
    proof: &Proof,
    pair: FigurePair,
    low: &Statement,
    high: &Statement,
) -> Vec<Premise> {
    let mut premises = Vec::new();
    let Some(whole) = &high.boxes.inner else { return premises };
    let part = &low.boxes.outer;
    for &dimension in &corpus.codebook.measure(low.measure).dimensions {
        let regions = (part.regions.get(&dimension), whole.regions.get(&dimension));
        premises.extend(containment(corpus, dimension, regions, proof.shape == Shape::Alike));
    }
    match (part.event, whole.event) {
        (Some(inner), None) => premises.push(premise(
            EVENT,
            format!("a figure for a whole period includes {}", corpus.codebook.event(inner).label),
        )),
        (Some(inner), Some(outer)) if inner != outer => {
            let label = |event| corpus.codebook.event(event).label.clone();
            premises.push(premise(EVENT, format!("{} is part of {}", label(inner), label(outer))));
        }
        (Some(event), Some(_)) => premises.extend(one_event(corpus, event)),
        (None, _) => {}
    }
    if let (Some(inner), Some(outer)) = (part.days, whole.days)
        && inner != outer
        && inner.is_within(outer)
        && outer != Days::ALL
    {
        premises.push(premise(PERIOD, format!("{} lies {}", bare(inner), within(outer))));
    } else if part.days != whole.days && whole.days != Some(Days::ALL) {
        premises
            .push(premise(SHARED_DAY, "both figures hold on every day of their periods, which share a day".to_owned()));
    }
    if proof.reading == Reading::Plain {
        for id in [pair.low, pair.high] {
            premises.extend(read_as(corpus, id));
            premises.extend(unstated(corpus, id));
        }
    } else {
        premises.extend(unnamed(corpus, pair.low));
    }
    premises.extend(hedge(corpus, pair.low, low, proof.reading));
    premises.extend(hedge(corpus, pair.high, high, proof.reading));
    let mut told = Vec::new();
    premises.retain(|premise| {
        let new = !told.contains(premise);
        told.push(premise.clone());
        new
    });
    premises
}

/// A region of a dimension by its labels.
pub(super) fn region_name(corpus: &Corpus, dimension: DimensionId, region: &Region) -> String {
    let dimensions = &corpus.codebook.dimensions;
    let labels = |terms: &[TermId]| {
        list(&terms.iter().map(|&term| dimensions.term(term).label.clone()).collect::<Vec<_>>(), "and")
    };
    match region {
        Region::Terms(terms) => labels(terms),
        Region::Except(terms) => {
            let root = &dimensions.term(dimensions.dimension(dimension).root).label;
            format!("{root} except {}", labels(terms))
        }
    }
}

fn containment(
    corpus: &Corpus,
    dimension: DimensionId,
    (inner, outer): (Option<&Region>, Option<&Region>),
    same: bool,
) -> Option<Premise> {
    if inner == outer {
        return None;
    }
    let dimensions = &corpus.codebook.dimensions;
    let label = |&term: &TermId| dimensions.term(term).label.clone();
    let name = |region: &Region| region_name(corpus, dimension, region);
    if same {
        let root = || dimensions.term(dimensions.dimension(dimension).root).label.clone();
        let (inner, outer) = (inner.map_or_else(root, name), outer.map_or_else(root, name));
        return Some(premise(WITHIN, format!("{inner} and {outer} are the same")));
    }
    let several = |region: &Region| matches!(region, Region::Terms(terms) if terms.len() > 1);
    Some(match (inner, outer) {
        (_, None) => {
            let what = dimensions.dimension(dimension).id.replace('-', " ");
            premise(NOT_NARROWED, format!("the second figure is not limited to one {what}"))
        }
        (None, Some(outer)) => premise(WITHIN, format!("{} covers everything", name(outer))),
        (Some(Region::Terms(inner)), Some(Region::Terms(all))) if inner.iter().all(|term| all.contains(term)) => {
            let inner = list(&inner.iter().map(label).collect::<Vec<_>>(), "and");
            premise(WITHIN, format!("{inner} is part of {} taken together", name(&Region::Terms(all.clone()))))
        }
        (Some(inner), Some(outer)) => {
            let verb = match (dimensions.dimension(dimension).id.as_str(), several(inner)) {
                ("place", false) => "lies in",
                ("place", true) => "lie in",
                (_, false) => "falls under",
                (_, true) => "fall under",
            };
            premise(WITHIN, format!("{} {verb} {}", name(inner), name(outer)))
        }
    })
}

/// A stretch without its preposition.
pub(super) fn bare(stretch: Days) -> String {
    let words = days(stretch);
    let start = ["on ", "in "].iter().find_map(|preposition| words.strip_prefix(preposition));
    let start = start.map(str::to_owned);
    start.unwrap_or_else(|| {
        words.strip_prefix("from ").map_or_else(|| format!("the time {words}"), |rest| format!("the time from {rest}"))
    })
}

pub(super) fn within(stretch: Days) -> String {
    let words = days(stretch);
    words.strip_prefix("on ").map_or_else(
        || words.strip_prefix("in ").map_or_else(|| format!("within the time {words}"), |rest| format!("in {rest}")),
        |rest| format!("on {rest}"),
    )
}

pub(super) fn one_event(corpus: &Corpus, event: EventId) -> Option<Premise> {
    let event = corpus.codebook.event(event);
    let definition = event.definition.as_ref()?;
    Some(premise(
        ONE_EVENT,
        format!(
            "by {} one event is meant, however a passage words it: {}",
            event.label,
            definition.trim_end_matches('.')
        ),
    ))
}

pub(super) fn read_as(corpus: &Corpus, id: ClaimId) -> Option<Premise> {
    let (Form::Value { measure, .. } | Form::Change { measure, .. } | Form::Share { measure, .. }) =
        &corpus.claim(id).form
    else {
        return None;
    };
    let plain = corpus.codebook.plain_measure(*measure);
    let phrase = |measure| corpus.codebook.measure(measure).phrase.replace("{}", "").trim().to_owned();
    (plain != *measure).then(|| premise(READ_AS, format!("{} are read as {}", phrase(*measure), phrase(plain))))
}

/// That a claim leaves unsaid which part it means, so that under strict it is of whatever there is.
fn unnamed(corpus: &Corpus, id: ClaimId) -> Vec<Premise> {
    let Form::Value { scope, .. } = &corpus.claim(id).form else { return Vec::new() };
    let left_open = |selection: &Selection| matches!(selection, Selection::Unstated(_));
    let dimensions = scope.dimensions.iter().filter(|(_, selection)| left_open(selection));
    let mut what: Vec<String> =
        dimensions.map(|(&at, _)| corpus.codebook.dimensions.dimension(at).id.replace('-', " ")).collect();
    if matches!(scope.period, Some(When::Unstated(_))) {
        what.push("time".to_owned());
    }
    let source = source_name(corpus.source(corpus.claim(id).source));
    let text =
        |what: &String| premise(UNNAMED, format!("{source} leaves open which {what} it means, and any is covered"));
    what.iter().map(text).collect()
}

pub(super) fn unstated(corpus: &Corpus, id: ClaimId) -> Vec<Premise> {
    let (scope, base) = match &corpus.claim(id).form {
        Form::Value { scope, .. } => (scope, None),
        Form::Change { scope, base, .. } | Form::Share { scope, base, .. } => (scope, Some(base)),
        _ => return Vec::new(),
    };
    let source = source_name(corpus.source(corpus.claim(id).source));
    let named = scope.dimensions.values().chain(base.iter().flat_map(|base| base.dimensions.values()));
    let mut taken: Vec<String> = Vec::new();
    for selection in named {
        if let Selection::Unstated(Some(term)) = selection {
            let label = corpus.codebook.dimensions.term(*term).label.clone();
            if !taken.contains(&label) {
                taken.push(label);
            }
        }
    }
    let mut premises: Vec<Premise> = taken
        .into_iter()
        .map(|label| premise(UNSTATED, format!("{label} is what {source} is taken to mean without naming it")))
        .collect();
    if let Some(When::In(period)) = &scope.period
        && period.qualified()
    {
        let (first, last) = period.written();
        premises.push(premise(HEDGE, format!("“roughly” is taken as just {}", bare(Days { first, last }))));
    }
    let presumed = |scope: &Scope| match &scope.period {
        Some(When::Unstated(Some(period))) => {
            let (first, last) = period.written();
            Some(bare(Days { first, last }))
        }
        _ => None,
    };
    let text = match (presumed(scope), base.and_then(presumed)) {
        (None, None) => return premises,
        (Some(new), None) => format!("{source} states no time and is taken to mean {new}"),
        (None, Some(old)) => format!("{source} does not say with when it compares and is taken to mean {old}"),
        (Some(new), Some(old)) => {
            format!("{source} does not say which times it compares and is taken to mean {new}, compared with {old}")
        }
    };
    premises.push(premise(UNSTATED, text));
    premises
}

/// How a hedge was taken, where its words and its numbers differ.
pub(super) fn hedge(corpus: &Corpus, id: ClaimId, statement: &Statement, reading: Reading) -> Option<Premise> {
    let claim = corpus.claim(id);
    let quantity = quantity(&claim.form)?;
    let unit = claim.unit.map_or_else(|| integer(1), |unit| corpus.codebook.unit(unit).times.clone());
    let plainly_said =
        matches!(quantity, Quantity::Exactly(_) | Quantity::Between(..) | Quantity::AtMost(_) | Quantity::LessThan(_));
    let literal = matches!(quantity, Quantity::AtLeast(_) | Quantity::MoreThan(_)) && reading == Reading::Strict;
    if plainly_said || literal || claim.voice == Voice::Disputes {
        return None;
    }
    let taken = format!("“{}” is taken as {}", figure(quantity, &unit), interval(&statement.interval));
    let policy = policy(corpus, quantity, reading).map(|policy| format!(", {policy}")).unwrap_or_default();
    Some(premise(HEDGE, format!("{taken}{policy}")))
}

/// Why a hedge reaches as far as it does, where a fraction of the codebook says so and no least distance.
fn policy(corpus: &Corpus, quantity: &Quantity, reading: Reading) -> Option<String> {
    let codebook = &corpus.codebook;
    let percent = |fraction: &Rational| format!("{} %", number(&(fraction * integer(100))));
    let large = |fraction: &Rational, min: &Rational| {
        quantity.numbers().iter().all(|written| &written.value * fraction >= *min)
    };
    let about = if reading == Reading::Strict { &codebook.about.strict } else { &codebook.about.plain };
    match quantity {
        Quantity::AtLeast(_) | Quantity::MoreThan(_) => {
            let beyond = &codebook.beyond;
            large(&beyond.plain, &beyond.min).then(|| format!("at most {} more", percent(&beyond.plain)))
        }
        Quantity::About(_) | Quantity::Nearly(_) => {
            large(about, &codebook.about.min).then(|| format!("within {}", percent(about)))
        }
        _ => None,
    }
}

pub(super) fn of_moments(corpus: &Corpus, pair: MomentPair, reading: Reading) -> Vec<Premise> {
    let mut premises: Vec<Premise> = one_event(corpus, pair.moment.event).into_iter().collect();
    if reading == Reading::Plain {
        premises.push(premise(HEDGE, "“about” a date is taken as that date".to_owned()));
    }
    premises
}

pub(super) fn of_facts(corpus: &Corpus, conflict: &FactConflict) -> Vec<Premise> {
    let fact = |id: &ClaimId| match &corpus.claim(*id).form {
        Form::Fact { attribute, period, .. } => Some((*attribute, period.is_some())),
        _ => None,
    };
    let facts: Vec<_> = conflict.stated.iter().chain(&conflict.denied).filter_map(fact).collect();
    let Some((attribute, _)) = facts.first() else { return Vec::new() };
    let attribute = corpus.codebook.attribute(*attribute);
    let mut premises = Vec::new();
    let time = if attribute.changes { " at a time" } else { "" };
    match (conflict.stated.len(), conflict.denied.len()) {
        (1, _) => {}
        (2, 0) => premises.push(premise(
            SINGLE_VALUED,
            format!("there is one answer{time}, and neither of these values includes the other"),
        )),
        _ => premises.push(premise(SINGLE_VALUED, format!("there is one answer{time}"))),
    }
    if attribute.changes {
        let text = match facts.as_slice() {
            [(_, false), (_, true)] => "the first names no time, so it is taken to hold then too",
            [(_, true), (_, false)] => "the second names no time, so it is taken to hold then too",
            _ if facts.iter().all(|(_, dated)| *dated) => "the times that they speak of share a day",
            _ if facts.iter().all(|(_, dated)| !*dated) => {
                "none of them names a time, so they are taken to speak of one"
            }
            _ => "those that name no time are taken to hold at the others' too",
        };
        premises.push(premise(SHARED_DAY, text.to_owned()));
    }
    premises
}
