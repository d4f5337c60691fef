//! A conflict in an editor's words, written from its proof.
//!
//! This file walks: it decides which sentence comes next. The sentences themselves are in [`wording`], and what a proof
//! takes for granted is in [`premises`].

mod premises;
mod sums;
mod timeline;
mod wording;

use crate::certificate::build::{Conflict, Proof, Shape};
use crate::certificate::data::Premise;
use crate::claim::{ClaimId, Corpus, Form, Reading, Voice};
use crate::prose::capitalized;
use crate::solve::{FactConflict, FigurePair, MomentPair};
use crate::system::{Extents, ScopeBox, Statement, event_bounds, statement};
use wording::Wording;

/// A conflict in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// One line that stands alone.
    pub headline: String,
    /// A paragraph.
    pub explanation: String,
    /// What was taken for granted.
    pub premises: Vec<Premise>,
}

/// Tells a conflict; `extents` are those of the corpus's codebook.
pub fn narrate(corpus: &Corpus, extents: &Extents, proof: &Proof) -> Story {
    let told = match &proof.conflict {
        &Conflict::Figures(pair) => figures(corpus, proof, pair),
        &Conflict::Moments(pair) => moments(corpus, proof, pair),
        Conflict::Sums(conflict) => sums::tell(corpus, extents, proof, conflict),
        Conflict::Facts(conflict) => facts(corpus, conflict),
        Conflict::Timeline(conflict) => Some(timeline::tell(corpus, proof, conflict)),
    };
    // OK because a proof is built from the very statements that the story is written from.
    let (headline, sentences, premises) = told.unwrap_or_default();
    Story { headline: capitalized(&headline), explanation: sentences.join(" "), premises }
}

type Told = (String, Vec<String>, Vec<Premise>);

fn figures(corpus: &Corpus, proof: &Proof, pair: FigurePair) -> Option<Told> {
    let words = Wording { corpus };
    let low = statement(corpus, pair.low, proof.reading).ok()?;
    let high = statement(corpus, pair.high, proof.reading).ok()?;
    let part = &low.boxes.outer;
    let premises = premises::of_figures(corpus, proof, pair, &low, &high);
    // What is said of some part that is not named is no figure for the same thing, though its box is the same.
    let same = proof.shape == Shape::Alike && !premises.iter().any(premises::is_unnamed);
    let headline = if same {
        words.two_figures_for_one_thing(pair, &low, part)
    } else {
        words.one_against_other(pair.low, pair.high)
    };
    let mut sentences = vec![words.states(pair.low), words.states_too(pair.high, pair.low)];
    if proof.reading == Reading::Plain {
        sentences.push(Wording::literally_possible(2));
        sentences.extend(
            premises.iter().filter(|premise| premises::is_reading(premise)).map(|p| Wording::sentence(&p.text)),
        );
    }
    if same {
        let why: Vec<&str> =
            premises.iter().filter(|premise| premises::is_containment(premise)).map(|p| p.text.as_str()).collect();
        sentences.push(Wording::same_thing(&why, premises.iter().any(premises::is_reading)));
        sentences.push(Wording::no_common_number(&low.interval, &high.interval, &proof.gap));
    } else {
        let reasons: Vec<&str> =
            premises.iter().filter(|premise| premises::is_containment(premise)).map(|p| p.text.as_str()).collect();
        sentences.push(Wording::counted_again(&reasons));
        sentences.push(Wording::larger_all_the_same(&low.interval, &high.interval, &proof.gap));
    }
    Some((headline, sentences, premises))
}

fn moments(corpus: &Corpus, proof: &Proof, pair: MomentPair) -> Option<Told> {
    let words = Wording { corpus };
    let low = event_bounds(corpus, pair.low, proof.reading).ok()?;
    let high = event_bounds(corpus, pair.high, proof.reading).ok()?;
    let premises = premises::of_moments(corpus, pair, proof.reading);
    let mut sentences = vec![words.states(pair.low), words.states_too(pair.high, pair.low)];
    if proof.reading == Reading::Plain {
        sentences.push(Wording::literally_possible(2));
    }
    sentences.push(words.days_apart(pair, low, high, &proof.excess));
    Some((words.two_dates(pair), sentences, premises))
}

fn facts(corpus: &Corpus, conflict: &FactConflict) -> Option<Told> {
    let words = Wording { corpus };
    let claims: Vec<ClaimId> = conflict.stated.iter().chain(&conflict.denied).copied().collect();
    let premises = premises::of_facts(corpus, conflict);
    let mut sentences = words.each_states(&claims);
    // Of two values the last sentence says why one excludes the other.
    let two = conflict.stated.len() == 2 && conflict.denied.is_empty();
    let told = premises.iter().filter(|premise| !(two && premises::is_one_answer(premise)));
    sentences.extend(told.map(|premise| Wording::sentence(&premise.text)));
    sentences.push(Wording::exclude_each_other(conflict, opinion(corpus, *claims.first()?)));
    let headline = match claims.as_slice() {
        &[first, second] => words.two_facts(first, second),
        several => words.none_fits(several),
    };
    Some((headline, sentences, premises))
}

fn opinion(corpus: &Corpus, id: ClaimId) -> bool {
    matches!(&corpus.claim(id).form, Form::Fact { attribute, .. } if corpus.codebook.attribute(*attribute).opinion)
}

/// Whether a claim's source denies what the claim says.
fn disputes(corpus: &Corpus, id: ClaimId) -> bool {
    corpus.claim(id).voice == Voice::Disputes
}

/// A statement's box in words, without what its measure says.
fn in_words(corpus: &Corpus, statement: &Statement, scope: &ScopeBox) -> String {
    crate::prose::scope_box(&corpus.codebook, statement.measure, scope)
}
