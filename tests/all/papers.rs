//! The main job on the four papers.

use gainsay::Options;
use gainsay::report::{self, TextOptions, Verdict};

use crate::support::{as_of, corpus, report, root, snapshot};

#[test]
fn the_report_on_the_four_papers() {
    let corpus = corpus(&root().join("claims"));
    let report = gainsay::check(&corpus, &Options { waivers: false, ..as_of() });
    snapshot("papers-text", &report::text(&report, TextOptions::default()));
    snapshot("papers-text-all", &report::text(&report, TextOptions { all: true, ..TextOptions::default() }));
    snapshot("papers-json", &report::json(&report));
}

/// The project's own gate: every contradiction is recorded as known, with its reason, and no record is of no use.
#[test]
fn the_papers_contradictions_are_known() {
    let report = report(&root().join("claims"));
    assert_eq!(report.summary.contradictions, 0, "a contradiction that no waiver names");
    assert!(report.findings.iter().all(|finding| finding.at.is_none()), "a waiver that waives nothing");
    assert!(
        report.findings.iter().all(|finding| finding.waived.is_none() || finding.verdict == Verdict::Contradiction)
    );
    let text = report::text(&report, TextOptions::default());
    let waived = text.split_once("Waived: ").unwrap().1.split_once("What to check first").unwrap().0;
    snapshot("papers-waived", waived);
}

/// The contradictions that anyone finds who reads the four papers side by side (the figures are the papers' own).
#[test]
fn what_a_careful_reader_finds_is_found() {
    let report = report(&root().join("claims"));
    let gaps: Vec<(String, String)> = report
        .findings
        .iter()
        .filter(|finding| finding.verdict == Verdict::Contradiction)
        .filter_map(|finding| finding.gap.as_ref())
        .map(|gap| (gap.low.clone(), gap.high.clone()))
        .collect();
    for (low, high, what) in [
        ("920", "367", "more attacks claimed in one province than in the country"),
        ("451", "419", "more people killed in nine months than in the year"),
        ("8", "6", "the civilians killed at Chaman"),
        ("1989-02-01", "1988-12-31", "the end of the Soviet-Afghan war"),
    ] {
        assert!(gaps.contains(&(low.to_owned(), high.to_owned())), "{what}: {gaps:?}");
    }
}
