//! What there is to show: every name that selects a claim, with what is under it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::claim::{ClaimId, Corpus, SourceId};
use crate::report::show::{Catalogue, CatalogueCounts, Entry, SHOW_SCHEMA};
use crate::report::{Report, Tool, Verdict};
use crate::show::agreement::Agreements;
use crate::show::facets::Facets;
use crate::show::groups::Groups;
use crate::show::names::{Meaning, Names, Title};
use crate::show::rows::Outcome;

/// What is under one name.
#[derive(Default)]
struct Under<'a> {
    claims: usize,
    sources: BTreeSet<SourceId>,
    findings: BTreeSet<(Verdict, &'a str)>,
    agreements: usize,
    independent: usize,
}

/// All that there is to show in a corpus, with what a check of all rules and sources found.
pub fn catalogue(corpus: &Corpus, report: &Report) -> Catalogue {
    let outcome = Outcome::of(corpus, report);
    let within: Vec<BTreeSet<Meaning>> = corpus.claims().map(|(id, _)| Facets::of(corpus, id).within).collect();
    let names_of = |id: ClaimId| crate::codebook::entry(&within, id.at());
    let mut under: HashMap<Meaning, Under<'_>> = HashMap::new();
    for (id, claim) in corpus.claims() {
        for &name in names_of(id) {
            let under = under.entry(name).or_default();
            under.claims += 1;
            under.sources.insert(claim.source);
            under.findings.extend(outcome.findings(id).iter().map(|finding| (finding.verdict, finding.id.as_str())));
        }
    }
    let mut agreements = Agreements::new(corpus, &outcome.not_comparable);
    let mut unpaired = 0;
    for together in Groups::of(corpus).all {
        let pairs = agreements.of(&together);
        unpaired += usize::from(pairs.is_none());
        let pairs = pairs.unwrap_or_default();
        for pair in pairs.iter().filter(|pair| !pair.repeat && outcome.tension(pair).is_none()) {
            for name in names_of(pair.first) | names_of(pair.second) {
                let under = under.entry(name).or_default();
                under.agreements += 1;
                under.independent += usize::from(pair.shared.is_empty());
            }
        }
    }
    let names = Names::of(corpus);
    let mut without_claims: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut entries = Vec::new();
    for &name in names.all() {
        let Title { kind, of, id, label } = names.title(name);
        let Some(under) = under.get(&name) else {
            *without_claims.entry(kind).or_default() += 1;
            continue;
        };
        let of_verdict = |wanted| under.findings.iter().filter(|(verdict, _)| *verdict == wanted).count();
        entries.push(Entry {
            kind,
            of,
            id,
            label,
            claims: under.claims,
            sources: under.sources.len(),
            contradictions: of_verdict(Verdict::Contradiction),
            tensions: of_verdict(Verdict::Tension),
            agreements: under.agreements,
            independent: under.independent,
        });
    }
    let counts = CatalogueCounts { claims: corpus.claims.len(), sources: corpus.sources.len(), unpaired };
    Catalogue { schema: SHOW_SCHEMA, tool: Tool::this(), counts, entries, without_claims }
}
