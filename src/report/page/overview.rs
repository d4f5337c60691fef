//! What a page begins with: how much was read and compared, from which sources, and what can be chosen.

use std::collections::{BTreeMap, BTreeSet};

use super::index::rule_words;
use super::{Href, Page, Text};
use crate::report::show::Group;
use crate::report::text::{amount, count};
use crate::report::{Report, SourceName, Verdict};

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
    let view = |source: &SourceName| {
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
    page.report.sources.iter().map(view).collect()
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
    let sources = page.report.sources.iter().map(|source| (Text::new(&source.id), Text::new(&source.name)));
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
