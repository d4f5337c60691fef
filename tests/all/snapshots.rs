//! Every snapshot belongs to a test.

use std::collections::BTreeSet;

use gainsay::load::FaultCode;
use gainsay::rules;

use crate::support::root;

/// A snapshot whose test is gone would stay forever and say nothing.
#[test]
fn snapshots_without_a_test_are_gone() {
    let mut expected: BTreeSet<String> = [
        "papers-text",
        "papers-text-all",
        "papers-waived",
        "papers-json",
        "rules",
        "fault-codes",
        "fault-missing-folder",
    ]
    .map(str::to_owned)
    .into();
    expected.extend(
        [
            "help",
            "help-check",
            "help-explain",
            "help-verify",
            "help-verify-report",
            "help-world",
            "help-bounds",
            "help-show",
            "help-diff",
            "help-waive",
            "page-editors",
            "page-class",
            "diff-text",
            "diff-markdown",
            "diff-json",
            "help-fmt",
            "help-import",
            "help-schema",
            "help-init",
            "help-completions",
            "help-man",
            "show-small-text",
            "show-small-markdown",
            "show-small-csv",
            "show-small-json",
            "show-catalogue-text",
            "show-papers-attacks",
            "world-papers",
            "bounds-papers",
            "explain-rule",
            "explain-finding",
            "format-small-markdown",
            "format-small-sarif",
            "format-small-junit",
            "format-small-github",
            "format-small-gitlab",
            "format-papers-markdown",
            "format-papers-github",
        ]
        .map(str::to_owned),
    );
    for rule in rules::ALL {
        expected.extend(["text", "json"].map(|format| format!("rule-{}-{format}", rule.id)));
    }
    expected.extend(FaultCode::ALL.iter().map(|code| format!("fault-{}", code.name())));
    let found: BTreeSet<String> = std::fs::read_dir(root().join("snapshots"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().trim_end_matches(".snap").to_owned())
        .collect();
    let orphans: Vec<&String> = found.difference(&expected).collect();
    assert!(orphans.is_empty(), "snapshots without a test: {orphans:?}");
}
