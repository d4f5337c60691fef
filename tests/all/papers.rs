//! The main job on the four papers.

use gainsay::report::{self, TextOptions, Verdict};

use crate::support::{report, root, snapshot};

#[test]
fn the_report_on_the_four_papers() {
    let report = report(&root().join("claims"));
    snapshot("papers-text", &report::text(&report, TextOptions::default()));
    snapshot("papers-text-all", &report::text(&report, TextOptions { all: true, ..TextOptions::default() }));
    snapshot("papers-json", &report::json(&report));
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
