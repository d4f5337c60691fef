//! A world in which all claims hold that are in no conflict: the guarantee, made visible.
//!
//! [`check`](crate::check()) says which claims are in conflict; what the others ask of masses, facts and days is then met by the
//! solver, and told as incidents, values and dates.

use std::collections::{BTreeMap, BTreeSet};

use crate::certificate::{entity_id, period};
use crate::check::{Options, check};
use crate::claim::{ClaimId, Corpus, Reading};
use crate::codebook::{Codebook, DimensionId, Domain, EventId, EventKind, Kind, Moment, TermId};
use crate::edtf::Day;
use crate::prose;
use crate::report::world::{
    DimensionWords, Incident, LeftOut, MeasureWords, Position, Reason, TermWords, WORLD_SCHEMA, Words, World,
    WorldClaims, WorldFact,
};
use crate::report::{Report, Tool};
use crate::solve::sums::world::{Contents, Holding, Lump, Where, contents};
use crate::solve::{Limits, timeline};
use crate::system::{constraints, known};

/// How many terms may be the columns of a table.
const MOST_COLUMNS: usize = 4;

/// A world in which, under a reading, all claims hold that are in no conflict.
///
/// Left out are claims in a conflict under the reading (notes on opposite advice among them, for both cannot be followed),
/// superseded ones, those that are not comparable, and those for which neither a world nor a contradiction is found.
pub fn world(corpus: &Corpus, reading: Reading) -> World {
    let mut left_out = flagged(corpus, reading, &check(corpus, &Options::default()));
    let limits = Limits::default();
    let without: BTreeSet<ClaimId> = left_out.keys().copied().collect();
    let mut contents = contents(corpus, reading, &without, &limits);
    let stated: Vec<_> = corpus
        .claims()
        .filter(|(id, _)| !without.contains(id))
        .filter_map(|(id, _)| constraints(corpus, id, reading).ok())
        .flatten()
        .collect();
    let (days, undecided) = timeline::lay_out(&known(&corpus.codebook), &stated);
    for id in contents.undecided.drain(..).chain(undecided) {
        left_out.entry(id).or_insert_with(|| undecided_claim(corpus, id));
    }
    let codebook = &corpus.codebook;
    let facts: Vec<(WorldFact, String)> = contents.values.iter().map(|holding| fact(codebook, holding)).collect();
    World {
        schema: WORLD_SCHEMA,
        tool: Tool::this(),
        reading: reading.word(),
        whole: contents.fractional.is_empty(),
        fractional: contents.fractional.iter().map(|&measure| codebook.measure(measure).id.clone()).collect(),
        incidents: incidents(codebook, &contents),
        dates: dates(codebook, &days),
        words: Words { facts: facts.iter().map(|(_, words)| words.clone()).collect(), ..words(corpus, &left_out) },
        facts: facts.into_iter().map(|(fact, _)| fact).collect(),
        claims: WorldClaims {
            held: corpus.claims().filter(|(id, _)| !left_out.contains_key(id)).map(|(id, _)| corpus.name(id)).collect(),
            left_out: sorted(left_out),
        },
    }
}

fn sorted(left_out: BTreeMap<ClaimId, LeftOut>) -> Vec<LeftOut> {
    let mut list: Vec<LeftOut> = left_out.into_values().collect();
    list.sort();
    list
}

fn undecided_claim(corpus: &Corpus, id: ClaimId) -> LeftOut {
    LeftOut {
        claim: corpus.name(id),
        reason: Reason::Undecided,
        because: "neither a world nor a contradiction was found within the limits".to_owned(),
        findings: Vec::new(),
    }
}

/// The claims that a world for the others need not satisfy, by what a report says of them.
pub(crate) fn flagged(corpus: &Corpus, reading: Reading, report: &Report) -> BTreeMap<ClaimId, LeftOut> {
    let ids: BTreeMap<String, ClaimId> = corpus.claims().map(|(id, _)| (corpus.name(id), id)).collect();
    // What conflicts under strict conflicts under plain too, and is told once.
    let applies = |of: &str| of == reading.word() || of == "both";
    let conflicts = report.findings.iter().filter(|finding| {
        finding.certificate.is_some() && finding.reading.is_some_and(|of| of == "strict" || applies(of))
    });
    let mut left_out: BTreeMap<ClaimId, LeftOut> = BTreeMap::new();
    for (id, claim) in corpus.claims().filter(|(_, claim)| claim.superseded_by.is_some()) {
        let by = claim.superseded_by.map(|by| corpus.name(by)).unwrap_or_default();
        let because = format!("{by} replaces it");
        let out = LeftOut { claim: corpus.name(id), reason: Reason::Superseded, because, findings: Vec::new() };
        left_out.insert(id, out);
    }
    for finding in conflicts {
        for claim in &finding.claims {
            let Some(&id) = ids.get(&claim.claim) else { continue };
            let out = left_out.entry(id).or_insert_with(|| LeftOut {
                claim: claim.claim.clone(),
                reason: Reason::Conflict,
                because: "it cannot be true together with others".to_owned(),
                findings: Vec::new(),
            });
            out.findings.push(finding.id.clone());
        }
    }
    for undecided in report.undecided.iter().filter(|undecided| applies(undecided.reading)) {
        for &id in undecided.claims.iter().filter_map(|claim| ids.get(claim)) {
            left_out.entry(id).or_insert_with(|| undecided_claim(corpus, id));
        }
    }
    for entry in report.not_comparable.iter().filter(|entry| applies(&entry.reading)) {
        let Some(&id) = ids.get(&entry.claim) else { continue };
        left_out.entry(id).or_insert_with(|| LeftOut {
            claim: entry.claim.clone(),
            reason: Reason::NotComparable,
            because: entry.reason.clone(),
            findings: Vec::new(),
        });
    }
    left_out
}

fn incidents(codebook: &Codebook, contents: &Contents) -> Vec<Incident> {
    let incident = |lump: &Lump| {
        let measure = codebook.measure(lump.measure);
        let mut positions: Vec<Position> = lump.positions.iter().map(|position| at(codebook, position)).collect();
        if measure.kind == Kind::Level {
            for position in &mut positions {
                position.day = None;
            }
        }
        positions.sort();
        positions.dedup();
        Incident {
            measure: measure.id.clone(),
            count: lump.count.to_string(),
            positions,
            period: lump.days.map(period),
        }
    };
    contents.lumps.iter().map(incident).collect()
}

fn at(codebook: &Codebook, position: &Where) -> Position {
    let terms = position
        .terms
        .iter()
        .map(|(&dimension, terms)| (codebook.dimensions.dimension(dimension).id.clone(), term_ids(codebook, terms)));
    Position {
        terms: terms.collect(),
        events: event_ids(codebook, &position.events),
        day: position.day.map(|day| day.to_string()),
    }
}

fn term_ids(codebook: &Codebook, terms: &[TermId]) -> Vec<String> {
    terms.iter().map(|&term| codebook.dimensions.term(term).id.clone()).collect()
}

fn event_ids(codebook: &Codebook, events: &[EventId]) -> Vec<String> {
    events.iter().map(|&event| codebook.event(event).id.clone()).collect()
}

fn dates(codebook: &Codebook, days: &BTreeMap<Moment, i64>) -> BTreeMap<String, String> {
    let date = |(moment, day): (&Moment, &i64)| {
        // A day beyond the calendar has no name; only durations of thousands of years lead there.
        let day = Day::from_number(i32::try_from(*day).ok()?)?;
        Some((format!("{}.{}", codebook.event(moment.event).id, moment.side.word()), day.to_string()))
    };
    days.iter().filter_map(date).collect()
}

fn fact(codebook: &Codebook, holding: &Holding) -> (WorldFact, String) {
    let attribute = codebook.attribute(holding.key.attribute);
    let (value, label) = match attribute.values {
        Domain::Terms(_) => {
            let label = holding.terms.first().map(|&term| codebook.dimensions.term(term).label.clone());
            (term_ids(codebook, &holding.terms), label)
        }
        Domain::Events => {
            let label = holding.events.first().map(|&event| codebook.event(event).label.clone());
            (event_ids(codebook, &holding.events), label)
        }
        Domain::Dates => (holding.day.iter().map(Day::to_string).collect(), holding.day.map(prose::day)),
    };
    let subject = prose::entity(codebook, holding.key.subject);
    let toward = holding.key.toward.map(|toward| prose::entity(codebook, toward));
    let label = label.unwrap_or_else(|| "something else".to_owned());
    let stated = prose::fact(attribute, &subject, toward.as_deref(), &label);
    let when = holding.days.map(|days| format!(" {}", prose::days(days))).unwrap_or_default();
    let fact = WorldFact {
        attribute: attribute.id.clone(),
        subject: entity_id(codebook, holding.key.subject),
        toward: holding.key.toward.map(|toward| entity_id(codebook, toward)),
        value,
        period: holding.days.map(period),
    };
    (fact, format!("{}{when}", prose::capitalized(&stated)))
}

fn words(corpus: &Corpus, left_out: &BTreeMap<ClaimId, LeftOut>) -> Words {
    let codebook = &corpus.codebook;
    let terms = codebook.dimensions.named().map(|(_, dimension)| {
        let words = dimension.terms.iter().map(|&term| {
            let about = codebook.dimensions.term(term);
            let parent = about.parent.map(|parent| codebook.dimensions.term(parent).id.clone());
            (about.id.clone(), TermWords { label: about.label.clone(), parent })
        });
        (dimension.id.clone(), words.collect())
    });
    let events = codebook
        .events
        .iter()
        .map(|event| (event.id.clone(), (event.label.clone(), event.kind == EventKind::Incident)));
    let measures = codebook.measures.iter().map(|measure| MeasureWords {
        id: measure.id.clone(),
        phrase: measure.phrase.clone(),
        dimensions: measure
            .dimensions
            .iter()
            .map(|&dimension| dimension_words(codebook, dimension, measure.overlaps.contains(&dimension)))
            .collect(),
        level: measure.kind == Kind::Level,
    });
    let said = left_out.iter().map(|(&id, out)| (out.claim.clone(), prose::said(corpus, corpus.claim(id))));
    Words {
        measures: measures.collect(),
        terms: terms.collect(),
        events: events.collect(),
        facts: Vec::new(),
        said: said.collect(),
    }
}

fn dimension_words(codebook: &Codebook, id: DimensionId, overlaps: bool) -> DimensionWords {
    let dimensions = &codebook.dimensions;
    let dimension = dimensions.dimension(id);
    let children = dimensions.children(dimension.root);
    let simple = |&&term: &&TermId| dimensions.children(term).is_empty() && !dimensions.term(term).overlaps;
    let all = dimensions.term(dimension.root).exhaustive && children.iter().filter(simple).count() == children.len();
    let columns = if all && !overlaps && children.len() <= MOST_COLUMNS { children } else { &[] };
    let word = |&term: &TermId| (dimensions.term(term).id.clone(), dimensions.term(term).label.clone());
    DimensionWords {
        id: dimension.id.clone(),
        phrase: dimension.phrase.clone(),
        columns: columns.iter().map(word).collect(),
    }
}
