#![doc = include_str!("quote_not_found.md")]

use super::{Remark, Rule};
use crate::claim::{ClaimId, Corpus};
use crate::prose::source_name;
use crate::report::Verdict;

pub(super) const RULE: Rule = Rule {
    id: "quote-not-found",
    summary: "(verify) the quote is not in the source's text",
    worst: Verdict::Contradiction,
    page: include_str!("quote_not_found.md"),
};

/// In which way a quote is not in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Missing {
    /// It is not, and this is what is most like it.
    Words {
        /// The part of the quote, where only a part is missing.
        part: Option<String>,
        /// The first and the last line of the passage that is most like it, and how many percent of the two are the same.
        nearest: Option<((u32, u32), u64)>,
    },
    /// Its parts are, but not one after the other and near.
    Apart,
    /// There is neither a letter nor a digit to look for.
    Nothing {
        /// The part of the quote, where only a part has none.
        part: Option<String>,
    },
}

/// What is said of a claim whose quote is missing.
pub(crate) fn remark(corpus: &Corpus, claim: ClaimId, missing: &Missing) -> Remark {
    let source = source_name(corpus.source(corpus.claim(claim).source));
    let explanation = match missing {
        Missing::Words { part, nearest } => words(&source, part.as_deref(), *nearest),
        Missing::Apart => format!(
            "Each part of the quote is in the text of {source}, but not in this order within 1,000 characters of each \
             other. Quotes from two passages make two claims."
        ),
        Missing::Nothing { part: None } => {
            format!("The quote names no words, so nothing can be looked for in the text of {source}.")
        }
        Missing::Nothing { part: Some(part) } => format!(
            "The part “{part}” of the quote names no words, so it cannot be looked for in the text of {source}. Leave it out."
        ),
    };
    Remark {
        rule: &RULE,
        verdict: Verdict::Contradiction,
        claims: vec![claim],
        headline: format!("The quote is not in its source's text: “{}” [{source}]", corpus.claim(claim).quote),
        explanation,
        premises: Vec::new(),
        cause: None,
        waiver: None,
    }
}

fn words(source: &str, part: Option<&str>, nearest: Option<((u32, u32), u64)>) -> String {
    let what = part.map_or_else(|| "these words".to_owned(), |part| format!("the part “{part}” of these words"));
    let Some((lines, percent)) = nearest else {
        return format!("The text of {source} does not hold {what}, and nothing much like them was found in it.");
    };
    let place = match lines {
        (first, last) if first == last => format!("on line {first}"),
        (first, last) => format!("on lines {first} to {last}"),
    };
    format!(
        "The text of {source} does not hold {what}. Most like them is what stands {place}: the two are {percent} % alike. The quote was mistyped, or it is from another place or another version of the text."
    )
}
