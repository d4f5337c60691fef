//! The order of files and claims changes nothing but lines and columns.

use gainsay::report;
use proptest::prelude::*;
use serde_json::Value;

use crate::support::{folders, report_on, root};

pub(crate) fn files(folder: &std::path::Path) -> Vec<(String, String)> {
    let mut files = vec![("codebook.json".to_owned(), std::fs::read_to_string(folder.join("codebook.json")).unwrap())];
    for entry in std::fs::read_dir(folder.join("sources")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let name = format!("sources/{}", path.file_name().unwrap().to_string_lossy());
            files.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
    files.sort();
    files
}

fn without_places(mut report: Value) -> String {
    for finding in report["findings"].as_array_mut().unwrap() {
        for claim in finding["claims"].as_array_mut().unwrap() {
            let claim = claim.as_object_mut().unwrap();
            claim.remove("line");
            claim.remove("column");
        }
    }
    report.to_string()
}

fn run(files: Vec<(String, String)>) -> String {
    without_places(serde_json::from_str(&report::json(&report_on(files))).unwrap())
}

/// Puts claims and files in an order that depends on a seed.
pub(crate) fn shuffle(files: &[(String, String)], seed: u64) -> Vec<(String, String)> {
    let mut state = seed;
    let mut next = move || {
        // Knuth's constants for a linear congruential generator; any mixing would do.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    let mut shuffled: Vec<(u64, (String, String))> = Vec::new();
    for (name, text) in files {
        let mut document: Value = serde_json::from_str(text).unwrap();
        if let Some(claims) = document.get_mut("claims").and_then(Value::as_array_mut) {
            claims.sort_by_cached_key(|_| next());
        }
        shuffled.push((next(), (name.clone(), document.to_string())));
    }
    shuffled.sort();
    shuffled.into_iter().map(|(_, file)| file).collect()
}

#[test]
fn two_runs_give_the_same_bytes() {
    let files = files(&root().join("claims"));
    let once = report::json(&report_on(files.clone()));
    assert_eq!(once, report::json(&report_on(files)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn order_changes_nothing_but_lines_and_columns(seed: u64) {
        let mut paths: Vec<_> = folders(&root().join("tests/fixtures/rules")).into_iter().map(|(_, path)| path).collect();
        paths.push(root().join("claims"));
        for path in paths {
            let files = files(&path);
            prop_assert_eq!(run(shuffle(&files, seed)), run(files.clone()));
        }
    }
}
