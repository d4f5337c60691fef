//! What words mean: the rules, the codebook's names, and what hedges are taken for.

use std::collections::BTreeSet;

use super::class::Handout;
use super::index::rule_words;
use super::{Name, Page, Text};
use crate::report::Report;

/// A rule that found something.
pub(super) struct RuleView {
    pub(super) anchor: String,
    pub(super) name: Text,
    pub(super) says: Text,
    pub(super) findings: usize,
}

/// The rules with findings, by name.
pub(super) fn rules(report: &Report) -> Vec<RuleView> {
    let found = |rule: &str| report.findings.iter().filter(|finding| finding.rule == rule).count();
    let rules = crate::rules::ALL.into_iter().map(|rule| RuleView {
        anchor: format!("rule.{}", rule.id),
        name: Text::new(&rule_words(rule.id)),
        says: Text::new(&crate::prose::capitalized(rule.summary)),
        findings: found(rule.id),
    });
    rules.filter(|rule| rule.findings > 0).collect()
}

/// Names of one kind.
pub(super) struct Kind {
    pub(super) heading: Text,
    pub(super) entries: Vec<Entry>,
}

/// A name with what it means.
pub(super) struct Entry {
    pub(super) label: Text,
    pub(super) aliases: Option<Text>,
    pub(super) within: Option<Text>,
    pub(super) definition: Option<Text>,
}

/// The names that are explained nowhere else on the page: terms, values and upstreams with a definition or other names.
pub(super) fn of_claims(page: &Page<'_>) -> Vec<Kind> {
    let explained = |name: &&Name| {
        matches!(name.kind, "term" | "value" | "upstream") && (name.definition.is_some() || !name.aliases.is_empty())
    };
    kinds(page.names.iter().filter(explained))
}

/// The names that handouts use.
pub(super) fn of_handouts(page: &Page<'_>, handouts: &[Handout<'_>]) -> Vec<Kind> {
    let mut used: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut words = String::new();
    for handout in handouts {
        for passage in &handout.note.passages {
            words.push_str(&passage.said.as_str().to_lowercase());
            words.push('\n');
            words.extend(passage.credits.iter().map(|credits| credits.as_str().to_lowercase()));
        }
        used.extend(handout.themes.iter().map(|(kind, id)| (*kind, id.as_str())));
    }
    let is_used = |name: &&Name| {
        used.contains(&(name.kind, &name.id))
            || ((name.definition.is_some() || !name.aliases.is_empty())
                && words.contains(&name.label.to_lowercase())
                && name.kind != "attribute")
    };
    kinds(page.names.iter().filter(is_used))
}

fn kinds<'a>(names: impl Iterator<Item = &'a Name>) -> Vec<Kind> {
    let mut kinds: Vec<(String, Vec<Entry>)> = Vec::new();
    for name in names {
        let heading = match (name.kind, &name.of) {
            ("measure", _) => "What is counted".to_owned(),
            ("event", _) => "Events".to_owned(),
            ("attribute", _) => "Facts and opinions".to_owned(),
            ("upstream", _) => "Whom sources credit".to_owned(),
            (_, Some(of)) => crate::prose::capitalized(&of.replace('-', " ")),
            (kind, None) => crate::prose::capitalized(kind),
        };
        let entry = Entry {
            label: Text::new(&crate::prose::capitalized(&name.label)),
            aliases: (!name.aliases.is_empty()).then(|| Text::new(&crate::prose::list(&name.aliases, "and"))),
            within: name.within.as_deref().map(Text::new),
            definition: name.definition.as_deref().map(Text::new),
        };
        match kinds.last_mut().filter(|(last, _)| *last == heading) {
            Some((_, entries)) => entries.push(entry),
            None => kinds.push((heading, vec![entry])),
        }
    }
    kinds.into_iter().map(|(heading, entries)| Kind { heading: Text::new(&heading), entries }).collect()
}

/// A hedge, and what it is taken for.
pub(super) struct Reading {
    pub(super) word: Text,
    pub(super) strict: Text,
    pub(super) plain: Text,
    pub(super) policy: Option<Text>,
}

/// What hedges and vague words are taken for.
pub(super) fn readings(page: &Page<'_>) -> Vec<Reading> {
    let view = |reading: &super::ReadAs| Reading {
        word: Text::new(&reading.word),
        strict: Text::new(&reading.strict),
        plain: Text::new(&reading.plain),
        policy: reading.policy.as_deref().map(Text::new),
    };
    page.readings.iter().map(view).collect()
}
