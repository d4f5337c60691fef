//! Sources and whom they credit.

use crate::claim::{Claim, Corpus, Credit, Source};
use crate::prose::list;

/// A source as prose names it: "Ahmed and Younus (2023)"; its title where it names no author.
pub fn source_name(source: &Source) -> String {
    let surname = |name: &String| name.split_whitespace().last().unwrap_or(name).to_owned();
    let surnames: Vec<String> = source.authors.iter().map(surname).collect();
    let who = match surnames.as_slice() {
        [] => source.title.clone(),
        [first, _, _, ..] => format!("{first} et al."),
        few => list(few, "and"),
    };
    match &source.published {
        Some(date) => format!("{who} ({})", date.first().year()),
        None => who,
    }
}

/// Where a claim stands in its source's text: "line 22", "page 4", "note 27".
pub fn place_in_text(claim: &Claim) -> Option<String> {
    let parts = [
        claim.location.clone(),
        claim.page.as_ref().map(|page| format!("page {page}")),
        claim.line.map(|line| format!("line {line}")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Whom a claim credits: "the Pakistan Institute for Peace Studies, in turn after ..."; none when nobody.
pub fn credits(corpus: &Corpus, claim: &Claim) -> Option<String> {
    let names: Vec<String> = claim.attributed_to.iter().map(|&credit| credit_name(corpus, credit)).collect();
    (!names.is_empty()).then(|| names.join(", in turn after "))
}

/// Whom a claim credits, in words.
pub fn credit_name(corpus: &Corpus, credit: Credit) -> String {
    match credit {
        Credit::Upstream(upstream) => corpus.codebook.upstream(upstream).label.clone(),
        Credit::Source(source) => source_name(corpus.source(source)),
    }
}
