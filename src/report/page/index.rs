//! What a page refers to: findings by their numbers, claims by their places, and what people call things.

use std::collections::HashMap;

use super::{Href, Page, Text};
use crate::report::show::{Group, ShownClaim};
use crate::report::{Finding, Report, Verdict};

/// A link with its words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Link {
    pub(super) href: Href,
    pub(super) words: Text,
}

/// What a page calls a verdict: its heading, its class, and what it says.
pub(super) fn named(verdict: Verdict) -> (&'static str, &'static str, &'static str) {
    match verdict {
        Verdict::Contradiction => ("Contradictions", "c", "These cannot all be true, however their words are taken."),
        Verdict::Tension => (
            "Tensions",
            "t",
            "Word for word these are possible, but not as a reader takes them; or their sourcing is in doubt.",
        ),
        Verdict::Note => {
            ("Differences and remarks", "n", "Opinions that differ, and remarks on how claims were encoded.")
        }
    }
}

/// The findings of each section, with the letter of their numbers: by verdict, and those that are waived.
pub(super) fn by_section(report: &Report) -> [(&'static str, Vec<&Finding>); 4] {
    let open = |verdict: Verdict| {
        let of = report.findings.iter().filter(move |finding| finding.waived.is_none() && finding.verdict == verdict);
        of.collect()
    };
    let waived = report.findings.iter().filter(|finding| finding.waived.is_some()).collect();
    [("C", open(Verdict::Contradiction)), ("T", open(Verdict::Tension)), ("N", open(Verdict::Note)), ("W", waived)]
}

/// Findings that share claims together, and remarks of one rule, each list where its first finding stands.
pub(super) fn grouped<'a>(findings: &[&'a Finding]) -> Vec<Vec<&'a Finding>> {
    let mut groups: Vec<Vec<&'a Finding>> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for finding in findings {
        let key = if finding.certificate.is_some() { finding.group.as_str() } else { finding.rule };
        let place = *places.entry(key).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.push(finding),
            None => groups.push(vec![finding]),
        }
    }
    groups
}

/// From how many findings on a page is sparing with links to remarks.
const MANY: usize = 2_000;

/// The findings with the short numbers by which a page refers to them: C1, T1, N1, and W1 for those that are waived.
pub(super) struct Numbered {
    numbers: HashMap<String, String>,
    /// Whether there are so many that a page has to be sparing with what leads back to them.
    pub(super) is_many: bool,
}

impl Numbered {
    /// In the order of the page: by verdict, and in that by group.
    pub(super) fn of(report: &Report) -> Self {
        let mut numbers = HashMap::new();
        for (letter, chosen) in by_section(report) {
            for (finding, number) in grouped(&chosen).into_iter().flatten().zip(1..) {
                numbers.insert(finding.id.clone(), format!("{letter}{number}"));
            }
        }
        Self { is_many: numbers.len() > MANY, numbers }
    }

    /// Leaves out findings that the page has no room for, so that nothing leads to them.
    pub(super) fn forget<'f>(&mut self, untold: impl Iterator<Item = &'f &'f str>) {
        for id in untold {
            self.numbers.remove(*id);
        }
    }

    pub(super) fn number(&self, id: &str) -> Option<&str> {
        self.numbers.get(id).map(String::as_str)
    }

    /// A link to a finding, by its number; none where the page does not show it.
    pub(super) fn link(&self, id: &str) -> Option<Link> {
        self.number(id).map(|number| Link { href: Href::to(id), words: Text::new(number) })
    }
}

/// The claims as the groups of the page show them, by name.
pub(super) struct Rows<'a>(HashMap<&'a str, (&'a Group, &'a ShownClaim)>);

impl<'a> Rows<'a> {
    pub(super) fn of(page: &'a Page<'_>) -> Self {
        let rows = page.groups.iter().flat_map(|group| group.claims.iter().map(move |claim| (group, claim)));
        Self(rows.map(|(group, claim)| (claim.claim.as_str(), (group, claim))).collect())
    }

    pub(super) fn get(&self, claim: &str) -> Option<(&'a Group, &'a ShownClaim)> {
        self.0.get(claim).copied()
    }

    /// What a finding is about: "People killed by armed groups in Pakistan in 2022", "The Soviet-Afghan war".
    pub(super) fn topic(&self, finding: &Finding) -> String {
        // The whole is the scope in which the parts lie.
        let whole = finding.claims.iter().find(|claim| claim.role == "whole");
        let Some((group, _)) = whole.or(finding.claims.first()).and_then(|claim| self.get(&claim.claim)) else {
            return String::new();
        };
        match group.kind {
            "figure" => format!("{} {}", group.title, group.words),
            "fact" => crate::prose::capitalized(&group.words),
            _ => self.titles(finding),
        }
    }

    /// The titles of the measures, events and attributes of a finding, two of them at most.
    fn titles(&self, finding: &Finding) -> String {
        let mut titles: Vec<&str> = Vec::new();
        for (group, _) in finding.claims.iter().filter_map(|claim| self.get(&claim.claim)) {
            if !titles.contains(&group.title.as_str()) {
                titles.push(&group.title);
            }
        }
        match titles.split_at_checked(2) {
            Some((two, more)) if !more.is_empty() => format!("{}; and {} more", two.join("; "), more.len()),
            _ => titles.join("; "),
        }
    }
}

/// A rule's name as words: "Look alike".
pub(super) fn rule_words(rule: &str) -> String {
    crate::prose::capitalized(&rule.replace('-', " "))
}

/// The letter by which a finding's passages are told apart: A to Z, then A2 and so on.
pub(super) fn letter(at: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(at % 26).unwrap_or(0));
    if at < 26 { letter.to_string() } else { format!("{letter}{}", at / 26 + 1) }
}

/// What people call an upstream or a source.
pub(super) fn party(page: &Page<'_>, id: &str) -> String {
    let name = page.names.iter().find(|name| name.kind == "upstream" && name.id == id);
    let source = page.report.sources.iter().find(|source| source.id == id);
    let called = name.map(|name| name.label.clone()).or(source.map(|source| source.name.clone()));
    called.unwrap_or_else(|| id.to_owned())
}
