//! The words by which people ask for claims: ids, labels and aliases of whatever the codebook and the sources name.

use std::collections::{BTreeMap, BTreeSet};

use crate::claim::{Corpus, Days, SourceId};
use crate::codebook::{AttributeId, DimensionId, EventId, MeasureId, TermId, UpstreamId};
use crate::edtf::{Period, parse_period};
use crate::prose::{source_name, what_counts};
use crate::report::harmless;

/// Something that a word can stand for.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Meaning {
    /// A measure.
    Measure(MeasureId),
    /// An event.
    Event(EventId),
    /// An attribute.
    Attribute(AttributeId),
    /// A term of a dimension, or a value of an attribute.
    Term(TermId),
    /// A source.
    Source(SourceId),
    /// An upstream.
    Upstream(UpstreamId),
    /// A stretch of days.
    Period(Days),
}

/// Why a word selects nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownWord {
    /// What is wrong.
    pub message: String,
    /// The word, or the part of it that is not known.
    pub word: String,
    /// What to write, where that is plain.
    pub help: Option<String>,
    /// The ids that would do, each with its other names, in the order of the codebook.
    pub known: Vec<(String, Vec<String>)>,
}

impl std::fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for UnknownWord {}

/// What a name of some kind is called in `KIND=NAME` and in JSON.
pub(super) struct Title {
    pub(super) kind: &'static str,
    /// Of a term the dimension, of a value the tree.
    pub(super) of: Option<String>,
    pub(super) id: String,
    pub(super) label: String,
}

/// Every name of a corpus.
pub(super) struct Names<'a> {
    corpus: &'a Corpus,
    /// In the order of the codebook, sources and upstreams last.
    all: Vec<Meaning>,
    spoken: BTreeMap<String, BTreeSet<Meaning>>,
}

/// A name as it is compared: without case, hyphens, and a leading article.
fn folded(name: &str) -> String {
    let lower = name.to_lowercase();
    let words: Vec<&str> = lower.split(|letter: char| letter.is_whitespace() || matches!(letter, '-' | '_')).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    match words.as_slice() {
        ["the", rest @ ..] if !rest.is_empty() => rest.join(" "),
        all => all.join(" "),
    }
}

impl<'a> Names<'a> {
    pub(super) fn of(corpus: &'a Corpus) -> Self {
        let codebook = &corpus.codebook;
        let mut all = Vec::new();
        all.extend((0..codebook.measures.len()).map(|at| Meaning::Measure(MeasureId::new(at))));
        all.extend((0..codebook.events.len()).map(|at| Meaning::Event(EventId::new(at))));
        all.extend((0..codebook.attributes.len()).map(|at| Meaning::Attribute(AttributeId::new(at))));
        for at in 0..codebook.dimensions.len() {
            let dimension = codebook.dimensions.dimension(DimensionId::new(at));
            // The root of an inline tree has no name of its own.
            let named = dimension.terms.iter().filter(|&&term| !(dimension.inline && term == dimension.root));
            all.extend(named.map(|&term| Meaning::Term(term)));
        }
        all.extend((0..).map(SourceId).map(Meaning::Source).take(corpus.sources.len()));
        all.extend((0..codebook.upstreams.len()).map(|at| Meaning::Upstream(UpstreamId::new(at))));
        let mut names = Self { corpus, all, spoken: BTreeMap::new() };
        for meaning in names.all.clone() {
            for name in names.spoken_of(meaning) {
                names.spoken.entry(folded(&name)).or_default().insert(meaning);
            }
        }
        names
    }

    /// Whatever has a name, in the order of the codebook, sources and upstreams last.
    pub(super) fn all(&self) -> &[Meaning] {
        &self.all
    }

    fn spoken_of(&self, meaning: Meaning) -> Vec<String> {
        let Title { id, label, .. } = self.title(meaning);
        let mut spoken = vec![id, label];
        match meaning {
            Meaning::Term(term) => spoken.extend(self.corpus.codebook.dimensions.term(term).aliases.iter().cloned()),
            Meaning::Source(source) => spoken.push(self.corpus.source(source).title.clone()),
            _ => {}
        }
        spoken
    }

    /// What a meaning is called.
    pub(super) fn title(&self, meaning: Meaning) -> Title {
        let codebook = &self.corpus.codebook;
        let title = |kind, id: &str, label: String| Title { kind, of: None, id: id.to_owned(), label };
        match meaning {
            Meaning::Measure(id) => {
                let measure = codebook.measure(id);
                title("measure", &measure.id, what_counts(measure))
            }
            Meaning::Event(id) => title("event", &codebook.event(id).id, codebook.event(id).label.clone()),
            Meaning::Attribute(id) => {
                let id = &codebook.attribute(id).id;
                title("attribute", id, id.replace('-', " "))
            }
            Meaning::Term(id) => {
                let term = codebook.dimensions.term(id);
                let dimension = codebook.dimensions.dimension(term.dimension);
                let kind = if dimension.inline { "value" } else { "term" };
                Title { of: Some(dimension.id.clone()), ..title(kind, &term.id, term.label.clone()) }
            }
            Meaning::Source(id) => {
                let source = self.corpus.source(id);
                title("source", &source.id, source_name(source))
            }
            Meaning::Upstream(id) => title("upstream", &codebook.upstream(id).id, codebook.upstream(id).label.clone()),
            Meaning::Period(days) => {
                let id = crate::certificate::period(days);
                Title { kind: "period", of: None, id, label: crate::prose::days(days) }
            }
        }
    }

    /// All that a word can stand for, in the order of the codebook: a name, `KIND=NAME`, or a period.
    ///
    /// # Errors
    ///
    /// A word that stands for nothing.
    pub(super) fn find(&self, word: &str) -> Result<Vec<Meaning>, UnknownWord> {
        if let Some(found) = self.spoken.get(&folded(word)) {
            return Ok(found.iter().copied().collect());
        }
        if let Some((kind, name)) = word.split_once('=') {
            return self.find_of_kind(kind, name);
        }
        if let Ok(period) = parse_period(word) {
            return Ok(vec![period_of(&period)]);
        }
        let shown = harmless(word);
        let is_kind = KINDS.contains(&word) || self.corpus.codebook.dimensions.find(word).is_some();
        let help = is_kind.then(|| format!("name one: `{shown}=NAME`; `gainsay show` lists them"));
        let message = match help {
            Some(_) => format!("`{shown}` is a kind of name, and selects nothing by itself"),
            None => format!("nothing is called `{shown}`"),
        };
        Err(UnknownWord { message, word: word.to_owned(), help, known: self.known(|_| true) })
    }

    fn find_of_kind(&self, kind: &str, name: &str) -> Result<Vec<Meaning>, UnknownWord> {
        if kind == "period" {
            return parse_period(name).map(|period| vec![period_of(&period)]).map_err(|error| UnknownWord {
                message: format!("`{}` is no period: {error}", harmless(name)),
                word: name.to_owned(),
                help: Some("write it as `period=2022` or `period=2022-01/2022-09`".to_owned()),
                known: Vec::new(),
            });
        }
        let dimension = self.corpus.codebook.dimensions.find(kind);
        let is_of = |meaning: Meaning| match meaning {
            Meaning::Term(term) if dimension.is_some() => {
                Some(self.corpus.codebook.dimensions.term(term).dimension) == dimension
            }
            other => dimension.is_none() && self.title(other).kind == kind,
        };
        if dimension.is_none() && !KINDS.contains(&kind) {
            let dimensions = self.corpus.codebook.dimensions.named().map(|(_, dimension)| dimension.id.clone());
            let known = dimensions.chain(KINDS.map(str::to_owned)).map(|kind| (kind, Vec::new())).collect();
            let message = format!("there is no dimension or kind of name `{}`", harmless(kind));
            return Err(UnknownWord { message, word: kind.to_owned(), help: None, known });
        }
        let found = self.spoken.get(&folded(name)).into_iter().flatten().copied();
        let found: Vec<Meaning> = found.filter(|&meaning| is_of(meaning)).collect();
        if found.is_empty() {
            let message = format!("there is no {kind} `{}`", harmless(name));
            return Err(UnknownWord { message, word: name.to_owned(), help: None, known: self.known(is_of) });
        }
        Ok(found)
    }

    /// The ids of what is wanted, with the names that people use.
    fn known(&self, wanted: impl Fn(Meaning) -> bool) -> Vec<(String, Vec<String>)> {
        let wanted = self.all.iter().copied().filter(|&meaning| wanted(meaning));
        wanted.map(|meaning| (self.title(meaning).id, self.spoken_of(meaning))).collect()
    }
}

/// What stands before `=`, beside the dimensions.
const KINDS: [&str; 7] = ["measure", "event", "attribute", "value", "source", "upstream", "period"];

fn period_of(period: &Period) -> Meaning {
    let (first, last) = period.written();
    Meaning::Period(Days { first, last })
}

#[cfg(test)]
mod tests {
    use super::folded;

    #[test]
    fn names_are_compared_without_case_hyphens_and_a_leading_article() {
        assert_eq!(folded("Khyber-Pakhtunkhwa"), folded("khyber  pakhtunkhwa"));
        assert_eq!(folded("the Tehrik-e-Taliban Pakistan"), folded("Tehrik-e-Taliban pakistan"));
        assert_eq!(folded("The"), "the", "an article alone is a name");
        assert_ne!(folded("north coast"), folded("northcoast"));
    }
}
