//! Several figures in one breath: what they share is said once.

use crate::certificate::narrate::disputes;
use crate::certificate::narrate::wording::Wording;
use crate::claim::{ClaimId, Corpus, Form};
use crate::prose::{capitalized, list, scope_parts, source_name};

/// Figures of one measure that differ in what they are figures of.
pub(super) struct Listing<'a> {
    words: Wording<'a>,
    /// "people killed in Khyber Pakhtunkhwa in 2022"
    common: String,
    /// Each claim with "86 among soldiers".
    items: Vec<(ClaimId, String)>,
}

impl<'a> Listing<'a> {
    /// Figures in one breath; none where they are not alike enough.
    pub(super) fn of(corpus: &'a Corpus, claims: &[ClaimId]) -> Option<Self> {
        let words = Wording { corpus };
        let mut measures = Vec::new();
        let mut parts = Vec::new();
        for &id in claims {
            let Form::Value { measure, scope, .. } = &corpus.claim(id).form else { return None };
            measures.push(*measure);
            parts.push(scope_parts(&corpus.codebook, *measure, scope));
        }
        let (&measure, first) = (measures.first()?, parts.first()?);
        if claims.len() < 2
            || measures.iter().any(|&other| other != measure)
            || claims.iter().any(|&id| disputes(corpus, id))
        {
            return None;
        }
        let is_common = |slot: usize| parts.iter().all(|part| part.get(slot) == first.get(slot));
        let joined = |part: &[String], common: bool| {
            let chosen = part.iter().enumerate().filter(|(slot, text)| !text.is_empty() && is_common(*slot) == common);
            chosen.map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(" ")
        };
        let items = claims.iter().zip(&parts).map(|(&id, part)| {
            let different = joined(part, false);
            (!different.is_empty()).then(|| (id, format!("{} {different}", words.figure(id))))
        });
        let items = items.collect::<Option<Vec<_>>>()?;
        let noun = corpus.codebook.measure(measure).phrase.replace("{}", "");
        let common = format!("{} {}", noun.trim(), joined(first, true)).trim().to_owned();
        Some(Self { words, common, items })
    }

    /// What one of the claims says beside what they share: "86 among soldiers".
    pub(super) fn item(&self, claim: ClaimId) -> Option<&str> {
        self.items.iter().find(|(id, _)| *id == claim).map(|(_, text)| text.as_str())
    }

    /// "People killed in 2022: 86 among soldiers and 109 among police officers [Mahmood (2023)]".
    pub(super) fn after_colon(&self) -> String {
        format!("{}: {}", self.common, by_source(&self.words, &self.items))
    }

    /// "86 people killed among soldiers in 2022 and 109 among police officers [Mahmood (2023)]".
    pub(super) fn enumerated(&self) -> String {
        let mut items = self.items.clone();
        if let Some((id, text)) = items.first_mut() {
            *text = self.words.said(*id);
        }
        by_source(&self.words, &items)
    }

    /// "Mahmood (2023) gives these figures for people killed in 2022: 86 among soldiers and 109 among police officers".
    fn stated(&self) -> Option<String> {
        let (first, _) = self.items.first()?;
        let source = source_name(self.words.corpus.source(self.words.corpus.claim(*first).source));
        let items: Vec<String> = self.items.iter().map(|(_, text)| text.clone()).collect();
        let (verb, crediting) = (self.words.verb(*first), self.words.crediting(*first));
        Some(format!(
            "{} {verb} these figures for {}: {}{crediting}.",
            capitalized(&source),
            self.common,
            list(&items, "and")
        ))
    }
}

/// Figures with who has them; what one source has stands together.
pub(super) fn by_source(words: &Wording<'_>, items: &[(ClaimId, String)]) -> String {
    let mut groups: Vec<(ClaimId, Vec<String>)> = Vec::new();
    for (id, text) in items {
        let source = words.corpus.claim(*id).source;
        match groups.last_mut() {
            Some((first, texts))
                if words.corpus.claim(*first).source == source
                    && disputes(words.corpus, *first) == disputes(words.corpus, *id) =>
            {
                texts.push(text.clone());
            }
            _ => groups.push((*id, vec![text.clone()])),
        }
    }
    let said: Vec<String> = groups
        .iter()
        .map(|(id, texts)| format!("{} {}", list(texts, "and"), words.by(*id, &words.source(*id))))
        .collect();
    list(&said, "and")
}

/// What several claims say in as few words as they need: as one listing, or each in full.
pub(super) fn in_one_breath(corpus: &Corpus, claims: &[ClaimId]) -> String {
    let words = Wording { corpus };
    let each = || claims.iter().map(|&id| (id, words.said(id))).collect::<Vec<_>>();
    Listing::of(corpus, claims).map_or_else(|| by_source(&words, &each()), |listing| listing.enumerated())
}

/// What several claims say, in sentences: what one source says of several parts alike is one.
pub(super) fn each_states(corpus: &Corpus, claims: &[ClaimId]) -> Vec<String> {
    let words = Wording { corpus };
    let alike = |a: ClaimId, b: ClaimId| {
        let (a, b) = (corpus.claim(a), corpus.claim(b));
        a.source == b.source && a.voice == b.voice && a.attributed_to == b.attributed_to
    };
    let mut sentences = Vec::new();
    let mut before: Option<ClaimId> = None;
    let mut left = claims;
    while let Some((&first, rest)) = left.split_first() {
        let together = 1 + rest.iter().take_while(|&&id| alike(first, id)).count();
        let (group, others) = left.split_at(together);
        match Listing::of(corpus, group).and_then(|listing| listing.stated()) {
            Some(sentence) => sentences.push(sentence),
            None => {
                for &id in group {
                    sentences.push(before.map_or_else(|| words.states(id), |before| words.states_too(id, before)));
                    before = Some(id);
                }
            }
        }
        before = group.last().copied();
        left = others;
    }
    sentences
}
