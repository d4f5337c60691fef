//! The figures side by side: who says what, who agrees with whom, and which agreements go back to the same upstream.
//!
//! Pure: from a corpus and what its check found, to plain data that the renderers in [`report::show`](crate::report::show)
//! lay out. Nothing is decided here that the check did not decide; agreements are counted, never weighed.

mod agreement;
mod catalogue;
mod facets;
mod groups;
mod names;
mod rows;

use std::collections::{BTreeSet, HashMap};

use crate::claim::{ClaimId, Corpus};
use crate::report::show::{Counts, Group, LeftBecause, Named, NotShown, SHOW_SCHEMA, Selected, Shown};
use crate::report::{Coverage, Report, Tool};

use facets::{Facets, Relation};
use groups::{About, Groups};
use names::{Meaning, Names, Title};
use rows::{Outcome, paired};

pub use catalogue::catalogue;
pub use names::UnknownWord;

/// The claims that all of some words select, side by side, from what a check of all rules and sources found.
///
/// A word is an id, a label or an alias of a measure, term, event, attribute, value, source or upstream, or `KIND=NAME`
/// (`place=pakistan`, `period=2022`, `source=ID`). One that can stand for several things selects the claims of each. A claim
/// that only covers what is asked for is left out and counted, unless `wider`.
///
/// # Errors
///
/// A word that stands for nothing.
pub fn show(corpus: &Corpus, report: &Report, words: &[String], wider: bool) -> Result<Shown, UnknownWord> {
    let names = Names::of(corpus);
    let asked: Vec<Vec<Meaning>> = words.iter().map(|word| names.find(word)).collect::<Result<_, _>>()?;
    let mut counts: HashMap<Meaning, usize> = HashMap::new();
    let mut shown: BTreeSet<ClaimId> = BTreeSet::new();
    let mut left_out: Vec<NotShown> = Vec::new();
    for (id, _) in corpus.claims() {
        let facets = Facets::of(corpus, id);
        for &meaning in asked.iter().flatten().collect::<BTreeSet<_>>() {
            *counts.entry(meaning).or_default() += usize::from(facets.relation(meaning) == Relation::Within);
        }
        let best = |meanings: &Vec<Meaning>| meanings.iter().map(|&meaning| facets.relation(meaning)).max();
        match asked.iter().filter_map(best).min().unwrap_or(Relation::Within) {
            Relation::Apart => {}
            Relation::Within => drop(shown.insert(id)),
            _ if wider => drop(shown.insert(id)),
            relation => {
                let taken = relation == Relation::TakenFor;
                let reason = if taken { LeftBecause::TakenFor } else { LeftBecause::Wider };
                left_out.push(NotShown { claim: corpus.name(id), reason, because: reason.clause() });
            }
        }
    }
    let outcome = Outcome::of(corpus, report);
    let groups = groups_of(corpus, &outcome, &shown);
    let told = |&meaning: &Meaning| {
        let Title { kind, of, id, label } = names.title(meaning);
        Named { kind, of, id, label, claims: counts.get(&meaning).copied().unwrap_or(0) }
    };
    let selection = words
        .iter()
        .zip(&asked)
        .map(|(word, meanings)| Selected { word: word.clone(), means: meanings.iter().map(told).collect() });
    Ok(Shown {
        schema: SHOW_SCHEMA,
        tool: Tool::this(),
        selection: selection.collect(),
        wider,
        counts: count(corpus, &outcome, &shown, &groups, left_out.len()),
        groups,
        left_out,
    })
}

/// The groups that hold a claim that is shown, with these claims.
fn groups_of(corpus: &Corpus, outcome: &Outcome<'_>, shown: &BTreeSet<ClaimId>) -> Vec<Group> {
    let all = Groups::of(corpus);
    let holds = |together: &groups::Together| together.claims.iter().any(|id| shown.contains(id));
    let chosen: Vec<usize> = all.all.iter().enumerate().filter(|(_, group)| holds(group)).map(|(at, _)| at).collect();
    let mut agreements = agreement::Agreements::new(corpus, &outcome.not_comparable);
    let mut list = Vec::new();
    for (at, depth) in all.nested(&chosen) {
        let Some(together) = all.all.get(at) else { continue };
        let pairs = agreements.of(together);
        let unpaired = pairs.is_none();
        let mut pairs = pairs.unwrap_or_default();
        pairs.retain(|pair| shown.contains(&pair.first) || shown.contains(&pair.second));
        let codebook = &corpus.codebook;
        let (measure, event, attribute) = match together.about {
            About::Measure(id) => (Some(codebook.measure(id)), None, None),
            About::Event(id) => (None, Some(codebook.event(id)), None),
            About::Attribute(id) => (None, None, Some(codebook.attribute(id))),
        };
        let title = measure.map(crate::prose::what_counts).or(event.map(|event| event.label.clone()));
        let title = title.or(attribute.map(|attribute| attribute.id.replace('-', " "))).unwrap_or_default();
        let (agreements, repeats) = paired(corpus, outcome, &pairs);
        list.push(Group {
            kind: together.kind,
            unit: match together.kind {
                "figure" => measure.map(|measure| measure.unit.clone()),
                "duration" => Some("day".to_owned()),
                _ => None,
            },
            measure: measure.map(|measure| measure.id.clone()),
            event: event.map(|event| event.id.clone()),
            attribute: attribute.map(|attribute| attribute.id.clone()),
            title: crate::prose::capitalized(&title),
            words: together.words.clone(),
            scope: together.scope_json(corpus),
            depth,
            sure: together.sure(),
            claims: together
                .claims
                .iter()
                .filter(|id| shown.contains(id))
                .map(|&id| rows::row(corpus, outcome, id, &pairs))
                .collect(),
            agreements,
            repeats,
            unpaired,
        });
    }
    list
}

fn count(
    corpus: &Corpus,
    outcome: &Outcome<'_>,
    shown: &BTreeSet<ClaimId>,
    groups: &[Group],
    left_out: usize,
) -> Counts {
    let state = |wanted| shown.iter().filter(|&&id| outcome.state(corpus, id) == wanted).count();
    let agreements = |tension: bool| {
        groups.iter().flat_map(|group| &group.agreements).filter(move |pair| pair.tension.is_some() == tension)
    };
    Counts {
        shown: shown.len(),
        sources: shown.iter().map(|&id| corpus.claim(id).source).collect::<BTreeSet<_>>().len(),
        left_out,
        claims: corpus.claims.len(),
        agreements: agreements(false).count(),
        independent: agreements(false).filter(|agreement| agreement.independent).count(),
        word_for_word: agreements(true).count(),
        alone: state(Coverage::Alone),
        not_comparable: state(Coverage::NotComparable),
        undecided: state(Coverage::Undecided),
        superseded: state(Coverage::Superseded),
    }
}
