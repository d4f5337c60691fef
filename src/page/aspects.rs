//! What a claim is about, aspect by aspect: what is counted, where, by whom, when.

use crate::claim::{Claim, Corpus, Form, Scope};
use crate::codebook::MeasureId;
use crate::prose::{capitalized, entity, scope_parts, topic, what_counts};
use crate::report::page::{Aspect, UNLIMITED};

/// The aspects of a claim, in the order in which a reader asks for them.
pub(super) fn of(corpus: &Corpus, claim: &Claim) -> Vec<Aspect> {
    let codebook = &corpus.codebook;
    match &claim.form {
        Form::Value { measure, scope, .. } => figure(corpus, *measure, scope),
        Form::Change { measure, scope, base, .. } => {
            let mut aspects = figure(corpus, *measure, scope);
            aspects.push(aspect("compared with", &base_words(corpus, *measure, base)));
            aspects
        }
        Form::Share { measure, scope, base, .. } => {
            let mut aspects = figure(corpus, *measure, scope);
            aspects.push(aspect("out of those", &base_words(corpus, *measure, base)));
            aspects
        }
        Form::Date { event, .. } => {
            vec![aspect("event", &codebook.event(*event).label), aspect("day", &topic(corpus, claim))]
        }
        Form::Duration { .. } => vec![aspect("time", &topic(corpus, claim))],
        Form::Fact { attribute, subject, toward, .. } => {
            let mut aspects = vec![
                aspect("what", &codebook.attribute(*attribute).id.replace('-', " ")),
                aspect("of", &entity(codebook, *subject)),
            ];
            aspects.extend(toward.map(|toward| aspect("toward", &entity(codebook, toward))));
            aspects
        }
    }
}

fn aspect(name: &str, words: &str) -> Aspect {
    Aspect { name: name.to_owned(), words: capitalized(words) }
}

fn figure(corpus: &Corpus, measure: MeasureId, scope: &Scope) -> Vec<Aspect> {
    let codebook = &corpus.codebook;
    let measured = codebook.measure(measure);
    let dimensions = measured.dimensions.iter().map(|&id| codebook.dimensions.dimension(id).id.as_str());
    let names = dimensions.chain(["event", "period"]);
    let mut aspects = vec![aspect("counted", &what_counts(measured))];
    for (name, words) in names.zip(scope_parts(codebook, measure, scope)) {
        match (words.is_empty(), name) {
            (false, _) => aspects.push(aspect(name, &words)),
            (true, "event") => {}
            (true, _) => aspects.push(aspect(name, UNLIMITED)),
        }
    }
    aspects
}

fn base_words(corpus: &Corpus, measure: MeasureId, base: &Scope) -> String {
    let parts: Vec<String> = scope_parts(&corpus.codebook, measure, base);
    let parts: Vec<String> = parts.into_iter().filter(|words| !words.is_empty()).collect();
    if parts.is_empty() { "all".to_owned() } else { parts.join(" ") }
}
