//! The codebook's words: what each name means, and what hedges are taken for.

use std::collections::BTreeMap;

use crate::claim::{Corpus, Entity};
use crate::codebook::{Codebook, DimensionId, Domain, Kind, Measure};
use crate::number::{Rational, integer};
use crate::prose::{capitalized, entity, interval, number, what_counts};
use crate::report::page::{Name, ReadAs};

/// Every name of a codebook, in its order: measures, events, attributes, terms and values, upstreams.
pub(super) fn of(corpus: &Corpus) -> Vec<Name> {
    let codebook = &corpus.codebook;
    let mut names = Vec::new();
    for measure in &codebook.measures {
        let definition = measure.definition.as_deref().map(sentence);
        let definition = [definition, Some(behaviour(codebook, measure))].into_iter().flatten().collect::<Vec<_>>();
        names.push(name("measure", &measure.id, &what_counts(measure), Some(definition.join(" "))));
    }
    for event in &codebook.events {
        let within = event.parent.map(|parent| codebook.event(parent).label.clone());
        let definition = event.definition.as_deref().map(sentence);
        names.push(Name { within, ..name("event", &event.id, &event.label, definition) });
    }
    let mut of_attribute: BTreeMap<DimensionId, &str> = BTreeMap::new();
    for attribute in &codebook.attributes {
        let mut definition: Vec<String> = attribute.definition.as_deref().map(sentence).into_iter().collect();
        if attribute.opinion {
            definition.push("A matter of opinion: sources that differ here differ, and none of them errs.".to_owned());
        }
        if let Domain::Terms(tree) = attribute.values {
            of_attribute.insert(tree, &attribute.id);
        }
        let definition = (!definition.is_empty()).then(|| definition.join(" "));
        names.push(name("attribute", &attribute.id, &attribute.id.replace('-', " "), definition));
    }
    for at in 0..codebook.dimensions.len() {
        let dimension = codebook.dimensions.dimension(DimensionId::new(at));
        for &id in &dimension.terms {
            let term = codebook.dimensions.term(id);
            if dimension.inline && term.parent.is_none() {
                continue;
            }
            let within = term.parent.map(|parent| codebook.dimensions.term(parent));
            let within = within.filter(|parent| parent.parent.is_some()).map(|parent| parent.label.clone());
            let (kind, of) = match of_attribute.get(&DimensionId::new(at)).filter(|_| dimension.inline) {
                Some(attribute) => ("value", (*attribute).to_owned()),
                None => ("term", dimension.id.clone()),
            };
            let definition = term.definition.as_deref().map(sentence);
            let aliases = term.aliases.clone();
            names.push(Name { of: Some(of), within, aliases, ..name(kind, &term.id, &term.label, definition) });
        }
    }
    for upstream in &codebook.upstreams {
        let day = |date: crate::edtf::Date| entity(codebook, Entity::Date(date.into()));
        let published = upstream.published.map(|date| format!("Published: {}.", day(date)));
        names.push(name("upstream", &upstream.id, &upstream.label, published));
    }
    names
}

fn name(kind: &'static str, id: &str, label: &str, definition: Option<String>) -> Name {
    Name { kind, of: None, id: id.to_owned(), label: label.to_owned(), aliases: Vec::new(), within: None, definition }
}

/// A text as a sentence of its own.
fn sentence(text: &str) -> String {
    let stop = if text.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{}{stop}", capitalized(text))
}

/// How figures of a measure behave, in a sentence.
fn behaviour(codebook: &Codebook, measure: &Measure) -> String {
    let over = |ids: &[DimensionId]| -> Vec<String> {
        ids.iter().map(|&id| codebook.dimensions.dimension(id).id.clone()).collect()
    };
    let kind = match measure.kind {
        Kind::Count => "It adds up over time",
        Kind::Level => "It holds at a time, and does not add up over time",
        Kind::Fixed => "It does not change",
    };
    let overlaps = over(&measure.overlaps);
    match overlaps.as_slice() {
        [] => format!("{kind}."),
        some => format!("{kind}; one may stand under several of: {}.", crate::prose::list(some, "and")),
    }
}

/// What hedges and vague words are taken for.
pub(super) fn readings(codebook: &Codebook) -> Vec<ReadAs> {
    let percent = |fraction: &Rational| number(&(fraction * integer(100)));
    let about = &codebook.about;
    let beyond = &codebook.beyond;
    let mut readings = vec![
        ReadAs {
            word: "about N".to_owned(),
            strict: format!("within {} % of N", percent(&about.strict)),
            plain: format!("within {} % of N", percent(&about.plain)),
            policy: None,
        },
        ReadAs {
            word: "at least N, more than N".to_owned(),
            strict: "N and anything above it".to_owned(),
            plain: format!("up to {} % above N", percent(&beyond.plain)),
            policy: None,
        },
    ];
    readings.extend(codebook.vague.iter().map(|(word, vague)| ReadAs {
        word: word.clone(),
        strict: interval(&vague.strict),
        plain: interval(&vague.plain),
        policy: vague.policy.clone(),
    }));
    readings
}
