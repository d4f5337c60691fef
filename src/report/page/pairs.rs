//! How the sources stand to each other: which of them agree and which do not, and where that is told.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::index::{Link, Numbered, Rows};
use super::{Href, Page, Text};
use crate::report::show::{Group, ShownClaim};
use crate::report::text::{amount, count};
use crate::report::{Finding, SourceName, Verdict};

/// Beyond so many sources a table of all pairs is too wide to be read; the pairs are listed all the same.
const MOST_IN_MATRIX: usize = 24;

/// What there is between two sources, or within one.
#[derive(Default)]
struct Between<'a> {
    contradictions: Vec<&'a Finding>,
    tensions: Vec<&'a Finding>,
    opinions: Vec<&'a Finding>,
    waived: Vec<&'a Finding>,
    agreements: Vec<Agreed<'a>>,
}

/// Agreements on the same scope.
struct Agreed<'a> {
    group: &'a Group,
    first: &'a str,
    all: usize,
    independent: usize,
}

impl Between<'_> {
    fn agreed(&self) -> usize {
        self.agreements.iter().map(|agreed| agreed.all).sum()
    }

    fn is_empty(&self) -> bool {
        let findings = [&self.contradictions, &self.tensions, &self.opinions, &self.waived];
        findings.iter().all(|findings| findings.is_empty()) && self.agreements.is_empty()
    }
}

/// By two source ids in order, which are the same for what is within one source.
type Pairs<'a> = BTreeMap<(&'a str, &'a str), Between<'a>>;

fn between<'a>(page: &'a Page<'_>) -> Pairs<'a> {
    let mut pairs: Pairs<'_> = BTreeMap::new();
    for finding in page.report.findings.iter().filter(|finding| finding.certificate.is_some()) {
        let sources: BTreeSet<&str> = finding.claims.iter().map(|claim| claim.source.as_str()).collect();
        let own = sources.first().filter(|_| sources.len() == 1).map(|only| (*only, *only));
        let others = sources.iter().flat_map(|a| sources.iter().filter(move |b| a < *b).map(move |b| (*a, *b)));
        for pair in own.into_iter().chain(others) {
            let between = pairs.entry(pair).or_default();
            let list = match (&finding.waived, finding.verdict) {
                (Some(_), _) => &mut between.waived,
                (None, Verdict::Contradiction) => &mut between.contradictions,
                (None, Verdict::Tension) => &mut between.tensions,
                (None, Verdict::Note) => &mut between.opinions,
            };
            list.push(finding);
        }
    }
    for group in &page.groups {
        for pair in group.agreements.iter().filter(|pair| pair.tension.is_none()) {
            let [first, second] = &pair.claims;
            let (Some((a, _)), Some((b, _))) = (first.split_once('/'), second.split_once('/')) else { continue };
            let agreements = &mut pairs.entry(if a < b { (a, b) } else { (b, a) }).or_default().agreements;
            match agreements.last_mut().filter(|last| std::ptr::eq(last.group, group)) {
                Some(last) => {
                    last.all += 1;
                    last.independent += usize::from(pair.independent);
                }
                None => agreements.push(Agreed { group, first, all: 1, independent: usize::from(pair.independent) }),
            }
        }
    }
    pairs
}

/// How the sources stand to each other.
pub(super) struct Matrix {
    pub(super) heads: Vec<Link>,
    pub(super) rows: Vec<(Link, Vec<Cell>)>,
}

/// What there is between two sources, in numbers.
pub(super) struct Cell {
    pub(super) href: Option<Href>,
    /// What it is between, for whoever hears the table cell by cell.
    pub(super) label: Text,
    pub(super) own: bool,
    pub(super) counts: Vec<(&'static str, String)>,
}

fn differences(number: usize) -> String {
    if number == 1 {
        "1 difference of opinion".to_owned()
    } else {
        format!("{} differences of opinion", amount(number))
    }
}

fn anchor(pair: (&str, &str)) -> String {
    format!("pair.{}.{}", pair.0, pair.1)
}

/// The table of all pairs of sources; none where that would be too wide, or where there is one source.
pub(super) fn matrix(page: &Page<'_>) -> Option<Matrix> {
    if !(2..=MOST_IN_MATRIX).contains(&page.report.sources.len()) {
        return None;
    }
    let pairs = between(page);
    let link =
        |source: &SourceName| Link { href: Href::to(&format!("source.{}", source.id)), words: Text::new(&source.name) };
    let cell = |a: &SourceName, b: &SourceName| {
        let pair = if a.id <= b.id { (a.id.as_str(), b.id.as_str()) } else { (b.id.as_str(), a.id.as_str()) };
        let known = pairs.get(&pair);
        let count_of = |class, number: usize, noun: &str| (number > 0).then(|| (class, count(number, noun)));
        let counts = known.map(|known| {
            let of = [
                count_of("c", known.contradictions.len(), "contradiction"),
                count_of("t", known.tensions.len(), "tension"),
                (!known.opinions.is_empty()).then(|| ("n", differences(known.opinions.len()))),
                (!known.waived.is_empty()).then(|| ("w", format!("{} waived", amount(known.waived.len())))),
                count_of("a", known.agreed(), "agreement"),
            ];
            of.into_iter().flatten().collect::<Vec<_>>()
        });
        let own = a.id == b.id;
        let label = if own { format!("within {}", a.name) } else { format!("{} and {}", a.name, b.name) };
        Cell {
            href: known.map(|_| Href::to(&anchor(pair))),
            label: Text::new(&label),
            own,
            counts: counts.unwrap_or_default(),
        }
    };
    let row = |a| (link(a), page.report.sources.iter().map(|b| cell(a, b)).collect());
    Some(Matrix {
        heads: page.report.sources.iter().map(link).collect(),
        rows: page.report.sources.iter().map(row).collect(),
    })
}

/// All that there is between two sources, or within one.
pub(super) struct Pair {
    pub(super) anchor: String,
    pub(super) heading: Text,
    pub(super) findings: Vec<Found>,
    pub(super) agreed: usize,
    pub(super) agreements: Vec<AgreementView>,
}

/// The findings of one verdict between two sources, by what they are about.
pub(super) struct Found {
    pub(super) class: &'static str,
    pub(super) heading: &'static str,
    pub(super) count: Text,
    pub(super) topics: Vec<(Text, Vec<Link>)>,
}

/// What two sources agree on.
pub(super) struct AgreementView {
    pub(super) about: Text,
    /// The first claim that does.
    pub(super) first: Href,
    pub(super) how: Text,
}

/// Every pair of sources with anything between them, and every source with anything within.
pub(super) fn pairs(page: &Page<'_>, numbered: &Numbered) -> Vec<Pair> {
    let rows = Rows::of(page);
    let name = |id: &str| page.report.sources.iter().find(|source| source.id == id).map(|source| source.name.clone());
    let topics = |findings: &[&Finding]| -> Vec<(Text, Vec<Link>)> {
        let mut topics: Vec<(Text, Vec<Link>)> = Vec::new();
        let mut places: HashMap<Text, usize> = HashMap::new();
        for finding in findings {
            let topic = Text::new(&rows.topic(finding));
            let Some(link) = numbered.link(&finding.id) else { continue };
            let place = *places.entry(topic.clone()).or_insert(topics.len());
            match topics.get_mut(place) {
                Some((_, links)) => links.push(link),
                None => topics.push((topic, vec![link])),
            }
        }
        topics
    };
    let view = |(pair, between): (&(&str, &str), &Between<'_>)| {
        let (a, b) = (name(pair.0).unwrap_or_default(), name(pair.1).unwrap_or_default());
        let heading = if pair.0 == pair.1 { format!("Within {a}") } else { format!("{a} and {b}") };
        let nouns = |noun: &str, findings: &[&Finding]| count(findings.len(), noun);
        let findings = [
            ("c", "Contradictions", nouns("contradiction", &between.contradictions), &between.contradictions),
            ("t", "Tensions", nouns("tension", &between.tensions), &between.tensions),
            ("n", "Differences of opinion", differences(between.opinions.len()), &between.opinions),
            ("w", "Waived", format!("{} waived", amount(between.waived.len())), &between.waived),
        ];
        let found = findings.into_iter().filter(|(_, _, _, findings)| !findings.is_empty());
        let found = found.map(|(class, heading, count, findings)| Found {
            class,
            heading,
            count: Text::new(&count),
            topics: topics(findings),
        });
        let agreement = |agreed: &Agreed<'_>| {
            let Agreed { group, first, all, independent } = *agreed;
            let how = match (all, independent) {
                (1, 1) => String::new(),
                (1, _) => ": through somebody whom both rely on".to_owned(),
                (all, free) if all == free => format!(": {all} pairs of claims"),
                (all, free) => format!(": {all} pairs of claims, {free} with no shared origin named"),
            };
            let given = group.claims.iter().find(|claim| claim.claim == first).map(ShownClaim::figure);
            let about = match (group.kind, given) {
                ("fact", Some(given)) => group.about().replacen('…', &given, 1),
                (_, Some(given)) => format!("{}, {}: {given}", group.title, group.words),
                (_, None) => format!("{}, {}", group.title, group.words),
            };
            AgreementView { about: Text::new(&about), first: Href::to(first), how: Text::new(&how) }
        };
        Pair {
            anchor: anchor(*pair),
            heading: Text::new(&heading),
            findings: found.collect(),
            agreed: between.agreed(),
            agreements: between.agreements.iter().map(agreement).collect(),
        }
    };
    between(page).iter().filter(|(_, between)| !between.is_empty()).map(view).collect()
}
