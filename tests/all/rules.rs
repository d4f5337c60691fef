//! Every rule on its own page's example, and on every fixture: where it fires, and where it stays silent.

use std::path::Path;

use gainsay::report::{self, Finding, TextOptions};
use gainsay::rules;

use crate::support::{folders, report, report_on, root, snapshot, verified, verified_on};

/// The files of the claims folder that a page shows: fenced blocks whose first line names the file.
fn example(page: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let name = line.strip_prefix("```json ").or_else(|| line.strip_prefix("```text "));
        let Some(name) = name else { continue };
        let text: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        files.push((name.trim().to_owned(), text.join("\n")));
    }
    files
}

/// Whether a rule needs the sources' texts.
fn of_texts(rule: &str) -> bool {
    rules::OF_TEXTS.iter().any(|known| known.id == rule)
}

#[test]
fn the_example_on_each_page_fires_its_rule_and_no_other() {
    for rule in rules::ALL {
        let fired: Vec<&str> = if of_texts(rule.id) {
            let verified = verified_on(example(rule.page));
            verified.findings.iter().map(|found| found.finding.rule).collect()
        } else {
            report_on(example(rule.page)).findings.iter().map(|finding| finding.rule).collect()
        };
        // What a waiver no longer waives is told with it.
        let with_it: &[&str] = if rule.id == "expired-waiver" { &["disagreement"] } else { &[] };
        assert_eq!(fired, [with_it, &[rule.id]].concat(), "the example on the page of {}", rule.id);
    }
}

#[test]
fn every_page_has_the_same_headings() {
    for rule in rules::ALL {
        let headings: Vec<&str> = rule.page.lines().filter(|line| line.starts_with('#')).collect();
        let first = format!("# {}", rule.id);
        let expected = [&first, "## What it says", "## Why it matters", "## Example", "## How to resolve"];
        assert_eq!(headings, expected, "{}", rule.id);
    }
}

#[test]
fn the_list_of_rules() {
    let list: Vec<String> = rules::ALL.iter().map(|rule| format!("{}: {}", rule.id, rule.summary)).collect();
    assert!(list.is_sorted(), "by name");
    snapshot("rules", &list.join("\n"));
}

/// Each fixture with all that any rule says of it.
#[test]
fn every_rule_on_every_fixture() {
    let fixtures = folders(&root().join("tests/fixtures/rules"));
    let names: Vec<&str> = fixtures.iter().map(|(name, _)| name.as_str()).collect();
    let rules: Vec<&str> = rules::ALL.iter().map(|rule| rule.id).collect();
    assert_eq!(names, rules, "a folder for each rule");
    for (name, path) in fixtures.iter().filter(|(name, _)| !of_texts(name)) {
        let report = report(path);
        assert!(report.findings.iter().any(|finding| finding.rule == name), "{name} fires on its own fixture");
        snapshot(
            &format!("rule-{name}-text"),
            &report::text(&report, TextOptions { all: true, ..TextOptions::default() }),
        );
        snapshot(&format!("rule-{name}-json"), &report::json(&report));
        assert_eq!(brief(report.findings.iter()), expected(path), "{name}: what was reasoned by hand");
    }
}

/// Each fixture of a rule that needs the texts, with all that verifying says of it.
#[test]
fn every_rule_of_texts_on_its_fixture() {
    for (name, path) in folders(&root().join("tests/fixtures/rules")).iter().filter(|(name, _)| of_texts(name)) {
        let verified = verified(path);
        let options = TextOptions { all: true, ..TextOptions::default() };
        snapshot(&format!("rule-{name}-text"), &report::verified::verified_text(&verified, options));
        snapshot(&format!("rule-{name}-json"), &report::verified::verified_json(&verified));
        let findings = verified.findings.iter().map(|found| &found.finding);
        assert_eq!(brief(findings), expected(path), "{name}: what was reasoned by hand");
        assert!(check_is_silent(path, name), "`check` never gives {name}");
    }
}

fn check_is_silent(fixture: &Path, rule: &str) -> bool {
    report(fixture).findings.iter().all(|finding| finding.rule != rule)
}

/// Rule, verdict and claims of each finding.
fn brief<'f>(findings: impl Iterator<Item = &'f Finding>) -> Vec<String> {
    let mut lines: Vec<String> = findings
        .map(|finding| {
            let mut claims: Vec<&str> = finding.claims.iter().map(|claim| claim.claim.as_str()).collect();
            claims.sort_unstable();
            format!("{} {} {}", finding.rule, finding.verdict.word(), claims.join(" "))
        })
        .collect();
    lines.sort();
    lines
}

/// The findings that a person expects: the rows of the table in `expected.md`, each with a rule, a verdict and claims.
fn expected(fixture: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(fixture.join("expected.md")).unwrap();
    let mut lines: Vec<String> = Vec::new();
    for row in text.lines().filter_map(|line| line.strip_prefix("| `")) {
        let cells: Vec<String> = row.split('|').map(|cell| cell.replace(['`', ','], "").trim().to_owned()).collect();
        let [rule, verdict, claims, ..] = cells.as_slice() else { panic!("a row has too few cells: {row}") };
        let mut claims: Vec<&str> = claims.split_whitespace().collect();
        claims.sort_unstable();
        lines.push(format!("{rule} {verdict} {}", claims.join(" ")));
    }
    lines.sort();
    lines
}
