//! The code quality report against what GitLab documents of it.

use std::collections::BTreeSet;

use gainsay::report;
use serde_json::Value;

use super::{cases, shown};
use crate::support::root;

#[test]
fn it_follows_the_documented_format() {
    let schema = std::fs::read_to_string(root().join("tests/schemas/gitlab-code-quality.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for (name, report) in cases::all() {
        let text = report::gitlab(&report);
        let issues: Value = serde_json::from_str(&text).unwrap();
        let errors: Vec<String> =
            validator.iter_errors(&issues).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
        let issues = issues.as_array().unwrap();
        let fingerprints: BTreeSet<&str> = issues.iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
        assert_eq!(fingerprints.len(), issues.len(), "{name}: fingerprints are unique");
        let unwaived: Vec<_> = report.findings.iter().filter(|finding| finding.waived.is_none()).collect();
        assert_eq!(issues.len(), unwaived.len(), "{name}: folded findings too, and waived ones not");
        for (issue, finding) in issues.iter().zip(unwaived) {
            assert_eq!(issue["check_name"], finding.rule);
            assert_eq!(issue["description"], shown(&finding.headline));
            assert_eq!(issue["severity"], ["critical", "major", "info"][finding.verdict as usize]);
            let place = finding.at.as_ref().map_or_else(
                || (finding.claims[0].file.as_str(), finding.claims[0].line),
                |at| (at.file.as_str(), at.line),
            );
            assert_eq!(issue["location"]["path"], place.0);
            assert_eq!(issue["location"]["lines"]["begin"], place.1);
        }
    }
}

#[test]
fn nothing_found_is_an_empty_list() {
    assert_eq!(report::gitlab(&cases::quiet()), "[]\n");
}
