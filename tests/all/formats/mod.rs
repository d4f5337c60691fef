//! The formats for other programs, each read by a reader of its own: whatever the claims hold, it says what the report says.

mod cases;
mod github;
mod gitlab;
mod junit;
mod markdown;
mod sarif;

use gainsay::report::{self, Report};
use gainsay::rules;

use crate::support::{report, root, snapshot};

/// The characters of a text that are shown: some are written as others, and some as none.
fn shown(text: &str) -> String {
    report::harmless(text)
}

#[test]
fn each_format_on_the_small_folder() {
    let report = report(&root().join("tests/fixtures/small"));
    snapshot("format-small-markdown", &report::markdown(&report, None));
    snapshot("format-small-sarif", &report::sarif(&report));
    snapshot("format-small-junit", &report::junit(&report, &junit::contradictions()));
    snapshot("format-small-github", &report::github(&report));
    snapshot("format-small-gitlab", &report::gitlab(&report));
}

/// The disagreements of the four papers as a reader of a job's summary meets them, and beside the claims.
#[test]
fn the_disagreements_of_the_papers() {
    let options = gainsay::Options { rules: vec!["disagreement".to_owned()], ..gainsay::Options::default() };
    let report = gainsay::check(&crate::support::corpus(&root().join("claims")), &options);
    snapshot("format-papers-markdown", &report::markdown(&report, None));
    snapshot("format-papers-github", &report::github(&report));
}

/// What a rule is said to give at worst bounds what it gives, and some fixture shows it.
#[test]
fn the_worst_verdict_of_each_rule_is_given_somewhere() {
    let reports = cases::fixtures();
    let findings: Vec<_> = reports.iter().flat_map(|(_, report)| &report.findings).collect();
    for rule in rules::of_check() {
        let worst = findings.iter().filter(|finding| finding.rule == rule.id).map(|finding| finding.verdict).min();
        assert_eq!(worst, Some(rule.worst), "{}", rule.id);
    }
}

/// The same report gives the same bytes.
#[test]
fn two_runs_write_the_same() {
    let write = |report: &Report| {
        [
            report::markdown(report, None),
            report::sarif(report),
            report::junit(report, &junit::contradictions()),
            report::github(report),
            report::gitlab(report),
        ]
    };
    let folder = root().join("tests/fixtures/rules/sums-conflict");
    assert_eq!(write(&report(&folder)), write(&report(&folder)));
}
