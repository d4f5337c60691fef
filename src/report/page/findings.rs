//! Findings as an editor's notes: the headline, the passages side by side, why they clash, a picture, what might dissolve it, and
//! the sum.

use std::collections::{BTreeMap, BTreeSet};

use super::index::{Link, Numbered, Rows, by_section, grouped, letter, named, party, rule_words};
use super::passages::{Passage, Told, passages};
use super::picture::{self, Picture};
use super::room::Room;
use super::sum::{self, Sum};
use super::{Href, Page, Text};
use crate::certificate::Premise;
use crate::report::text::count;
use crate::report::told::{self, Place};
use crate::report::{Finding, Repair, Verdict};

/// The findings of one verdict, or those that are waived.
pub(super) struct Section<'a> {
    pub(super) anchor: &'static str,
    /// The verdict of all its findings; of those that are waived each has its own.
    pub(super) verdict: &'static str,
    pub(super) heading: &'static str,
    pub(super) says: &'static str,
    pub(super) count: usize,
    /// The findings of each group, in order; the first of a group leads it here.
    pub(super) groups: Vec<GroupView<'a>>,
    /// What there is no room for: told in a line each, by rule and by what they are about.
    pub(super) lines: Vec<Lines<'a>>,
    /// How many are told in a line.
    pub(super) in_lines: usize,
    /// The ids of those that are not told at all, which nothing on the page may lead to.
    pub(super) untold: Vec<&'a str>,
    pub(super) says_untold: Option<Text>,
}

/// Findings in a line each.
pub(super) struct Lines<'a> {
    pub(super) verdict: Verdict,
    pub(super) rule: &'static str,
    pub(super) measures: String,
    pub(super) lines: Vec<Line<'a>>,
}

/// A finding in a line.
pub(super) struct Line<'a> {
    pub(super) finding: &'a Finding,
    pub(super) number: Text,
    pub(super) headline: Text,
    pub(super) claims: Vec<Link>,
}

/// Findings that share claims.
pub(super) struct GroupView<'a> {
    pub(super) topic: Text,
    pub(super) first: Href,
    pub(super) count: usize,
    pub(super) check_first: Option<CheckFirst>,
    pub(super) notes: Vec<Note<'a>>,
}

/// One finding.
pub(super) struct Note<'a> {
    pub(super) finding: &'a Finding,
    pub(super) number: Text,
    pub(super) class: &'static str,
    /// Whether it is unfolded to begin with.
    pub(super) open: bool,
    pub(super) headline: Text,
    pub(super) sources: String,
    pub(super) measures: String,
    pub(super) passages: Vec<Passage>,
    pub(super) explanation: Text,
    pub(super) picture: Option<Picture>,
    pub(super) hints: Vec<Text>,
    pub(super) premises: Vec<PremiseView>,
    pub(super) sum: Option<Sum>,
    pub(super) between: Text,
    pub(super) same_as: Option<Link>,
    pub(super) waived: Option<Text>,
    pub(super) at: Option<Text>,
}

/// Something taken for granted, and where the page tells more of it.
pub(super) struct PremiseView {
    pub(super) words: Text,
    pub(super) link: Option<Href>,
}

/// What to check first in a group.
pub(super) struct CheckFirst {
    pub(super) claim: Link,
    pub(super) quote: Text,
    pub(super) says: Text,
    pub(super) ways_out: Vec<Vec<Link>>,
    pub(super) how_few: Text,
}

/// The findings by verdict, those that are waived last.
pub(super) fn sections<'a>(page: &Page<'a>, numbered: &Numbered) -> Vec<Section<'a>> {
    let rows = Rows::of(page);
    let mut room = Room::of(page);
    let headings = [
        ("contradictions", named(Verdict::Contradiction)),
        ("tensions", named(Verdict::Tension)),
        ("notes", named(Verdict::Note)),
        (
            "waived",
            (
                "Waived",
                "w",
                "Recorded as known, each with a reason; a finding comes back when what its claims say changes.",
            ),
        ),
    ];
    let sections =
        headings.into_iter().zip(by_section(page.report)).map(|((anchor, (heading, _, says)), (_, findings))| {
            section(page, numbered, &rows, (anchor, heading, says), &findings, &mut room)
        });
    let mut sections: Vec<Section<'a>> = sections.collect();
    sections.retain(|section| section.count > 0 || section.anchor == "contradictions");
    sections
}

fn section<'a>(
    page: &Page<'a>,
    numbered: &Numbered,
    rows: &Rows<'_>,
    (anchor, heading, says): (&'static str, &'static str, &'static str),
    findings: &[&'a Finding],
    room: &mut Room,
) -> Section<'a> {
    let mut groups = grouped(findings);
    let mut rest: Vec<&'a Finding> = Vec::new();
    for group in &mut groups {
        group.retain(|finding| {
            let fits = room.take_full(finding);
            if !fits {
                rest.push(finding);
            }
            fits
        });
    }
    groups.retain(|group| !group.is_empty());
    let told: Vec<&'a Finding> = rest.iter().copied().take_while(|finding| room.take_line(finding)).collect();
    let untold: Vec<&'a str> = rest.iter().skip(told.len()).map(|finding| finding.id.as_str()).collect();
    let verdict = findings.first().filter(|_| anchor != "waived").map_or("", |finding| finding.verdict.word());
    Section {
        anchor,
        verdict,
        heading,
        says,
        count: findings.len(),
        groups: groups.iter().map(|findings| group(page, numbered, rows, findings)).collect(),
        lines: lines(numbered, rows, &told),
        in_lines: told.len(),
        says_untold: (!untold.is_empty()).then(|| {
            Text::new(&format!(
                "{} would make this page too large: the JSON report holds all, and --rule and --source choose among them.",
                count(untold.len(), "more finding")
            ))
        }),
        untold,
    }
}

/// Findings that share claims, or remarks of one rule.
fn group<'a>(page: &Page<'a>, numbered: &Numbered, rows: &Rows<'_>, findings: &[&'a Finding]) -> GroupView<'a> {
    let first = findings.first();
    let topic = first.map(|first| if first.certificate.is_some() { rows.topic(first) } else { rule_words(first.rule) });
    let repair = first.filter(|first| first.lead && first.certificate.is_some());
    let repair = repair.and_then(|first| page.report.repair.iter().find(|repair| repair.group == first.group));
    GroupView {
        topic: Text::new(&topic.unwrap_or_default()),
        first: Href::to(first.map(|first| first.id.as_str()).unwrap_or_default()),
        count: findings.len(),
        check_first: repair.filter(|repair| repair.conflicts > 1).map(|repair| check_first(rows, repair)),
        notes: notes(page, numbered, rows, findings),
    }
}

fn lines<'a>(numbered: &Numbered, rows: &Rows<'_>, findings: &[&'a Finding]) -> Vec<Lines<'a>> {
    let mut lists: BTreeMap<(&'static str, String), Lines<'a>> = BTreeMap::new();
    for finding in findings {
        let measures = measures(rows, finding);
        let claims = finding.claims.iter().enumerate();
        let line = Line {
            finding,
            number: Text::new(numbered.number(&finding.id).unwrap_or_default()),
            headline: Text::new(&finding.headline),
            claims: claims
                .map(|(at, claim)| Link { href: Href::to(&claim.claim), words: Text::new(&letter(at)) })
                .collect(),
        };
        let list = lists.entry((finding.rule, measures.clone()));
        let empty = || Lines { verdict: finding.verdict, rule: finding.rule, measures, lines: Vec::new() };
        list.or_insert_with(empty).lines.push(line);
    }
    lists.into_values().collect()
}

/// The ids of the measures, events and attributes that a finding is about.
fn measures(rows: &Rows<'_>, finding: &Finding) -> String {
    let groups = finding.claims.iter().filter_map(|claim| rows.get(&claim.claim)).map(|(group, _)| group);
    let ids: BTreeSet<&str> = groups.filter_map(|group| group.of()).map(|(_, id)| id).collect();
    ids.into_iter().collect::<Vec<_>>().join(" ")
}

/// The notes of a group, each claim told in full in the first finding that it is in.
fn notes<'a>(page: &Page<'a>, numbered: &Numbered, rows: &Rows<'_>, findings: &[&'a Finding]) -> Vec<Note<'a>> {
    let mut told = Told::new();
    let mut notes = Vec::new();
    for finding in findings {
        notes.push(note(page, numbered, rows, finding, &told));
        for claim in &finding.claims {
            told.entry(claim.claim.clone()).or_insert_with(|| finding.id.clone());
        }
    }
    notes
}

/// A finding as a note. Claims that are in `told` are not told in full again.
pub(super) fn note<'a>(
    page: &Page<'a>,
    numbered: &Numbered,
    rows: &Rows<'_>,
    finding: &'a Finding,
    told: &Told,
) -> Note<'a> {
    let passages = passages(page, numbered, rows, finding, told);
    // A remark that shares its cause with others still says something of its own.
    let folded = finding.folded_under.as_deref().filter(|_| finding.certificate.is_some());
    let sources: BTreeSet<&str> = finding.claims.iter().map(|claim| claim.source.as_str()).collect();
    Note {
        finding,
        number: Text::new(numbered.number(&finding.id).unwrap_or_default()),
        class: named(finding.verdict).1,
        open: told.is_empty() && finding.certificate.is_some(),
        headline: Text::new(&finding.headline),
        sources: sources.into_iter().collect::<Vec<_>>().join(" "),
        measures: measures(rows, finding),
        explanation: Text::new(&finding.explanation),
        picture: folded.is_none().then(|| picture::of(finding, &passages)).flatten(),
        hints: finding.hints.iter().map(|hint| Text::new(&told::hint(&hint.text))).collect(),
        premises: finding.premises.iter().map(|premise| premise_view(page, premise)).collect(),
        sum: folded.is_none().then(|| sum::of(finding)).flatten(),
        between: Text::new(&between(page, finding)),
        // Of the same scopes and bounds the picture and the sum are the same but for the claims' names.
        same_as: folded.and_then(|id| numbered.link(id)),
        waived: finding
            .waived
            .as_ref()
            .map(|waived| Text::new(&format!("a {}, let be: {}", finding.verdict.word(), waived.decision()))),
        at: finding.at.as_ref().map(|at| Text::new(&Place::at(at).told())),
        passages,
    }
}

/// A premise as a sentence. What an event is stands with the event, not again with each finding about it.
fn premise_view(page: &Page<'_>, premise: &Premise) -> PremiseView {
    let text = premise.text.trim_end_matches('.');
    // An event that only figures name has no place of its own on the page.
    let has_place = |name: &super::Name| page.groups.iter().any(|group| group.event.as_deref() == Some(&name.id));
    let about = |name: &super::Name| text.strip_prefix("by ")?.strip_prefix(&name.label)?.split_once(": ");
    let events = page.names.iter().filter(|name| name.kind == "event" && premise.kind == "one-event");
    let meant = events.filter_map(|name| about(name).map(|(says, _)| (name, says)));
    let event = meant.into_iter().find(|(name, _)| has_place(name));
    match event {
        Some((event, says)) => PremiseView {
            words: Text::new(&format!("By {}{says}", event.label)),
            link: Some(Href::to(&format!("event.{}", event.id))),
        },
        None => PremiseView { words: Text::new(&format!("{}.", crate::prose::capitalized(text))), link: None },
    }
}

/// Between whom a finding is.
fn between(page: &Page<'_>, finding: &Finding) -> String {
    let upstream = finding.same_upstream.as_ref().map(|id| party(page, id));
    let who = match finding.parties {
        "sources" => "Between sources",
        "upstreams" => "Between two that one source cites",
        _ => "Within one source",
    };
    match upstream {
        Some(upstream) => format!("{who}; all go back to {upstream}"),
        None => who.to_owned(),
    }
}

fn check_first(rows: &Rows<'_>, repair: &Repair) -> CheckFirst {
    let link = |claim: &String| Link { href: Href::to(claim), words: Text::new(claim) };
    let Repair { first, dissolves, conflicts, smallest, exact, .. } = repair;
    let in_all = match (*dissolves, *conflicts) {
        (2, 2) => "both conflicts".to_owned(),
        (all, of) if all == of => format!("all {of} conflicts"),
        (some, of) => format!("{some} of the {of} conflicts"),
    };
    let alone = smallest.len() == 1 && smallest.iter().all(|set| set.len() == 1 && set.contains(first));
    let says = format!("is in {in_all} of this group, contradictions and tensions together.");
    let how_few = match smallest.first().map(Vec::len) {
        None => "What would restore the group as a whole was not found within the limits.".to_owned(),
        Some(_) if alone => "Without it the group’s other claims can all be true.".to_owned(),
        Some(least) => {
            let enough = if *exact { "no fewer" } else { "perhaps fewer" };
            let some = if least == 1 { "one claim has" } else { "more than one claim has" };
            format!(
                "But {some} to give way: the others can all be true without {} ({enough} will do). Each line below is such a \
                 choice:",
                count(least, "claim")
            )
        }
    };
    let quote = rows.get(first).map(|(_, row)| row.quote.clone()).unwrap_or_default();
    CheckFirst {
        claim: link(first),
        quote: Text::new(&quote),
        says: Text::new(&says),
        ways_out: if alone { Vec::new() } else { smallest.iter().map(|set| set.iter().map(link).collect()).collect() },
        how_few: Text::new(&how_few),
    }
}
