//! What a page begins with: how much was read and compared, and which source agrees with which.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::findings::{Link, Numbered, Rows, rule_words};
use super::{Href, Page, Text};
use crate::report::show::{Group, ShownClaim};
use crate::report::text::{amount, count};
use crate::report::{Coverage, Finding, Report, Verdict};

/// Beyond so many sources a table of all pairs is too wide to be read; the pairs are listed all the same.
const MOST_IN_MATRIX: usize = 24;

/// The numbers at the head of a page.
pub(super) struct Counts {
    pub(super) sources: Text,
    pub(super) claims: Text,
    pub(super) contradictions: usize,
    pub(super) tensions: usize,
    pub(super) opinions: usize,
    pub(super) remarks: usize,
    pub(super) waived: usize,
    pub(super) waived_contradictions: usize,
    /// In a sentence or two, how it came out.
    pub(super) outcome: Text,
    pub(super) agreements: usize,
    pub(super) independent: usize,
    /// How the claims fared, with the number of each in words and its share of the width.
    pub(super) fared: Vec<Fared>,
}

/// How many claims fared in one way.
pub(super) struct Fared {
    pub(super) class: &'static str,
    pub(super) words: &'static str,
    pub(super) claims: usize,
    pub(super) from: super::picture::X,
    pub(super) width: super::picture::X,
}

/// The counts of a report, and of the agreements beside it.
pub(super) fn counts(page: &Page<'_>) -> Counts {
    let report = page.report;
    let summary = &report.summary;
    let open = report.findings.iter().filter(|finding| finding.waived.is_none() && finding.verdict == Verdict::Note);
    let opinions = open.filter(|finding| finding.certificate.is_some()).count();
    let agreements = || page.groups.iter().flat_map(|group| &group.agreements).filter(|pair| pair.tension.is_none());
    let coverage = &summary.coverage;
    let mut gone = 0;
    let place = |claims: usize| {
        let share = (claims * super::picture::WHOLE as usize).checked_div(summary.claims).unwrap_or(0);
        super::picture::X::Share(u32::try_from(share).unwrap_or(0))
    };
    let fared = [
        ("v0", "compared with another claim", coverage.compared),
        ("v1", "alone: nothing to compare with", coverage.alone),
        ("v2", "not comparable", coverage.not_comparable),
        ("v3", "undecided", coverage.undecided),
        ("v4", "superseded", coverage.superseded),
    ];
    let fared = fared.into_iter().map(|(class, words, claims)| {
        let from = place(gone);
        gone += claims;
        Fared { class, words, claims, from, width: place(gone).beyond(from) }
    });
    Counts {
        sources: Text::new(&count(summary.sources, "source")),
        claims: Text::new(&count(summary.claims, "claim")),
        contradictions: summary.contradictions,
        tensions: summary.tensions,
        opinions,
        remarks: summary.notes - opinions,
        waived: summary.waived,
        waived_contradictions: waived_contradictions(report),
        outcome: Text::new(&outcome(report)),
        agreements: agreements().count(),
        independent: agreements().filter(|pair| pair.independent).count(),
        fared: fared.filter(|fared| fared.claims > 0).collect(),
    }
}

fn waived_contradictions(report: &Report) -> usize {
    let waived = report.findings.iter().filter(|finding| finding.waived.is_some());
    waived.filter(|finding| finding.verdict == Verdict::Contradiction).count()
}

/// How it came out, and what is not on the page.
fn outcome(report: &Report) -> String {
    let found = report.summary.contradictions;
    let known = waived_contradictions(report);
    let mut sentences = Vec::new();
    if report.left_out > 0 {
        let shown = amount(report.findings.len());
        sentences.push(format!(
            "This page shows {shown} of {} that a choice of rules or sources asked for; contradictions may be among the others.",
            count(report.findings.len() + report.left_out, "finding")
        ));
    }
    sentences.push(match (found, report.left_out) {
        (0, 0) if known > 0 => "No contradiction is open.".to_owned(),
        (0, 0) => "No set of them was found that cannot all be true.".to_owned(),
        (0, _) => "None of those shown is an open contradiction.".to_owned(),
        (1, _) => "One set of them cannot all be true.".to_owned(),
        (some, _) => format!("{} sets of them cannot all be true.", amount(some)),
    });
    if known > 0 {
        let are = if known == 1 { "is" } else { "are" };
        sentences.push(format!("{} {are} known and set aside, each with a reason.", count(known, "contradiction")));
    }
    sentences.join(" ")
}

/// Why claims are not comparable, and how many for each reason.
pub(super) fn reasons(report: &Report) -> Vec<(Text, Text)> {
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in report.not_comparable.iter().filter(|entry| entry.reading == "both") {
        *reasons.entry(&entry.reason).or_default() += 1;
    }
    reasons.into_iter().map(|(reason, claims)| (Text::new(&count(claims, "claim")), Text::new(reason))).collect()
}

/// Groups of which not all conflicts are listed.
pub(super) fn cut(report: &Report) -> Option<Text> {
    let groups: Vec<String> = report.cut.iter().map(|cut| cut.group.clone()).collect();
    (!groups.is_empty()).then(|| {
        Text::new(&format!(
            "The search for conflicts of three claims and more ended before all was seen in {}: there may be more than are \
             listed (a larger --limit lists more).",
            crate::prose::list(&groups, "and")
        ))
    })
}

/// A source as a work cited.
pub(super) struct SourceView {
    pub(super) anchor: String,
    pub(super) name: Text,
    pub(super) title: Text,
    pub(super) authors: Text,
    pub(super) published: Text,
    pub(super) url: Option<Href>,
    /// An address that is none of the web, as text.
    pub(super) address: Option<Text>,
    pub(super) claims: Text,
}

/// The sources, in their order.
pub(super) fn sources(page: &Page<'_>) -> Vec<SourceView> {
    let view = |source: &super::PageSource| {
        let url = source.url.as_deref().and_then(Href::web);
        let published: Vec<&str> = source.publisher.iter().chain(&source.published).map(String::as_str).collect();
        SourceView {
            anchor: format!("source.{}", source.id),
            name: Text::new(&source.name),
            title: Text::new(&source.title),
            authors: Text::new(&crate::prose::list(&source.authors, "and")),
            published: Text::new(&published.join(", ")),
            address: source.url.as_deref().filter(|_| url.is_none()).map(Text::new),
            url,
            claims: Text::new(&count(source.claims, "claim")),
        }
    };
    page.sources.iter().map(view).collect()
}

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
    if !(2..=MOST_IN_MATRIX).contains(&page.sources.len()) {
        return None;
    }
    let pairs = between(page);
    let link = |source: &super::PageSource| Link {
        href: Href::to(&format!("source.{}", source.id)),
        words: Text::new(&source.name),
    };
    let cell = |a: &super::PageSource, b: &super::PageSource| {
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
    let row = |a| (link(a), page.sources.iter().map(|b| cell(a, b)).collect());
    Some(Matrix { heads: page.sources.iter().map(link).collect(), rows: page.sources.iter().map(row).collect() })
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
    let name = |id: &str| page.sources.iter().find(|source| source.id == id).map(|source| source.name.clone());
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

/// What the filters offer.
pub(super) struct Choices {
    pub(super) sources: Vec<(Text, Text)>,
    pub(super) measures: Vec<(&'static str, Vec<(Text, Text)>)>,
    pub(super) rules: Vec<(Text, Text)>,
    pub(super) verdicts: Vec<(&'static str, &'static str)>,
}

/// The values of each filter that some finding or claim has.
pub(super) fn choices(page: &Page<'_>) -> Choices {
    let sources = page.sources.iter().map(|source| (Text::new(&source.id), Text::new(&source.name)));
    let themes = |id: fn(&Group) -> Option<&String>| -> Vec<(Text, Text)> {
        let mut themes: Vec<(Text, Text)> = page
            .groups
            .iter()
            .filter_map(|group| id(group).map(|id| (Text::new(id), Text::new(&group.title))))
            .collect();
        themes.dedup();
        themes
    };
    let rules: BTreeSet<&str> = page.report.findings.iter().map(|finding| finding.rule).collect();
    let verdicts: BTreeSet<Verdict> = page.report.findings.iter().map(|finding| finding.verdict).collect();
    Choices {
        sources: sources.collect(),
        measures: vec![
            ("Measures", themes(|group| group.measure.as_ref())),
            ("Events", themes(|group| group.event.as_ref())),
            ("Attributes", themes(|group| group.attribute.as_ref())),
        ],
        rules: rules.into_iter().map(|rule| (Text::new(rule), Text::new(&rule_words(rule)))).collect(),
        verdicts: verdicts.into_iter().map(|verdict| (verdict.word(), verdict.word())).collect(),
    }
}

/// Claims about which nothing was found out, and why.
pub(super) struct Uncompared {
    pub(super) heading: &'static str,
    pub(super) says: &'static str,
    pub(super) count: usize,
    pub(super) why: Vec<(Text, Vec<Link>)>,
}

const ONE_READING: &str = "Taken word for word, or as a reader takes them, something is missing that a comparison needs; taken \
                           the other way they were compared. Marked “as read only” or “as worded only” in their places.";

const ALONE: &str = "No other claim is about the same, about more, or about a part of it. These are so many; each is \
                     marked in its place.";

/// Where claims are alone, and how many in each place.
fn alone(page: &Page<'_>) -> Vec<Link> {
    let mut places: Vec<(String, &str, usize)> = Vec::new();
    for group in &page.groups {
        let alone = group.claims.iter().filter(|claim| claim.state == Coverage::Alone.word()).count();
        let of = [("measure", &group.measure), ("event", &group.event), ("attribute", &group.attribute)];
        let Some(anchor) = of.iter().find_map(|(kind, id)| id.as_ref().map(|id| format!("{kind}.{id}"))) else {
            continue;
        };
        match places.last_mut().filter(|(last, _, _)| *last == anchor) {
            Some((_, _, number)) => *number += alone,
            None => places.push((anchor, &group.title, alone)),
        }
    }
    let some = places.into_iter().filter(|(_, _, number)| *number > 0);
    some.map(|(anchor, title, number)| Link {
        href: Href::to(&anchor),
        words: Text::new(&format!("{title}: {number}")),
    })
    .collect()
}

/// The claims that were not compared, by the reason.
pub(super) fn uncompared(page: &Page<'_>) -> Vec<Uncompared> {
    let report = page.report;
    let link = |claim: &str| Link { href: Href::to(claim), words: Text::new(claim) };
    let mut reasons: BTreeMap<String, Vec<Link>> = BTreeMap::new();
    // What is not comparable under one reading only was compared under the other; its claim says so in its place.
    for entry in report.not_comparable.iter().filter(|entry| entry.reading == "both") {
        reasons.entry(crate::prose::capitalized(&entry.reason)).or_default().push(link(&entry.claim));
    }
    let fared = |wanted: Coverage| -> Vec<Link> {
        report.coverage.iter().filter(|(_, how)| **how == wanted).map(|(claim, _)| link(claim)).collect()
    };
    let undecided = report.undecided.iter().map(|entry| {
        let reading = format!("Under the {} reading", entry.reading);
        (Text::new(&reading), entry.claims.iter().map(|claim| link(claim)).collect::<Vec<_>>())
    });
    let plain = |links: Vec<Link>| if links.is_empty() { Vec::new() } else { vec![(Text::default(), links)] };
    let mut partly: BTreeMap<String, usize> = BTreeMap::new();
    for entry in report.not_comparable.iter().filter(|entry| entry.reading != "both") {
        let reading = if entry.reading == "strict" { "word for word" } else { "as a reader takes it" };
        *partly.entry(format!("{reading}, {}", entry.reason)).or_default() += 1;
    }
    let partly = partly.into_iter();
    let partly =
        partly.map(|(reason, claims)| (Text::new(&format!("{}: {reason}", count(claims, "claim"))), Vec::new()));
    let lists = [
        (
            "Undecided",
            "Neither a contradiction nor a way for all to be true was found within the limits.",
            undecided.collect(),
        ),
        (
            "Not comparable",
            "Something is missing that a comparison needs.",
            reasons.into_iter().map(|(reason, links)| (Text::new(&reason), links)).collect(),
        ),
        ("Comparable under one reading only", ONE_READING, partly.collect()),
        ("Superseded", "A later claim of the same source replaces these.", plain(fared(Coverage::Superseded))),
        ("Alone", ALONE, plain(alone(page))),
    ];
    let lists = lists.into_iter().map(|(heading, says, why): (_, _, Vec<(Text, Vec<Link>)>)| {
        let count = match heading {
            "Alone" => report.summary.coverage.alone,
            "Comparable under one reading only" => {
                report.not_comparable.iter().filter(|entry| entry.reading != "both").count()
            }
            _ => why.iter().map(|(_, links)| links.len()).sum(),
        };
        Uncompared { heading, says, count, why }
    });
    lists.filter(|list| list.count > 0).collect()
}
