//! Claims as JSON Lines: the same findings as from a file for each source, and every broken line told.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

use gainsay::{Folder, load};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::support::{as_of, root};

#[derive(Deserialize)]
struct SourceFile<'a> {
    #[serde(borrow)]
    source: &'a RawValue,
    #[serde(borrow)]
    claims: Vec<&'a RawValue>,
}

/// The papers' files, once as they are and once with all sources in one file of lines; numbers digit for digit.
fn papers() -> (Folder, Folder) {
    let book = fs::read_to_string(root().join("claims/codebook.json")).unwrap();
    let mut files = vec![("codebook.json".to_owned(), book.clone())];
    let mut lines = String::new();
    let mut names: Vec<_> =
        fs::read_dir(root().join("claims/sources")).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    for path in names {
        let text = fs::read_to_string(&path).unwrap();
        let SourceFile { source, claims } = serde_json::from_str(&text).unwrap();
        let one_line = |value: &RawValue| value.get().replace('\n', " ");
        let id = serde_json::from_str::<BTreeMap<String, Value>>(source.get()).unwrap()["id"].clone();
        writeln!(lines, "{{\"source\": {}}}", one_line(source)).unwrap();
        for claim in claims {
            write!(lines, "{{\"source\": {id}, {}\r\n\n", &one_line(claim)[1..]).unwrap();
        }
        files.push((format!("sources/{}", path.file_name().unwrap().to_string_lossy()), text));
    }
    let as_lines = vec![("codebook.json".to_owned(), book), ("sources/all.jsonl".to_owned(), lines)];
    (Folder::from_files(files), Folder::from_files(as_lines))
}

fn without_places(report: &Value) -> Value {
    match report {
        Value::Object(entries) => entries
            .iter()
            .filter(|(key, _)| !["file", "line", "column"].contains(&key.as_str()))
            .map(|(key, value)| (key.clone(), without_places(value)))
            .collect(),
        Value::Array(items) => items.iter().map(without_places).collect(),
        other => other.clone(),
    }
}

#[test]
fn lines_say_what_files_say() {
    let (files, lines) = papers();
    let json = |folder: &Folder| {
        let report = gainsay::check(&load(folder).unwrap_or_else(|faults| panic!("{faults}")), &as_of());
        assert!(report.summary.contradictions > 30, "the papers contradict each other");
        without_places(&serde_json::from_str(&gainsay::report::json(&report)).unwrap())
    };
    assert_eq!(json(&files), json(&lines));
}

const BOOK: &str = r#"{ "dimensions": { "place": { "root": "world", "phrase": "in {}", "terms": { "port": { "label": "the port" } } } },
    "measures": { "boats": { "unit": "boat", "kind": "count", "whole": true, "dimensions": ["place"], "phrase": "{} boats" } } }"#;

fn faults(lines: &str) -> Vec<(u32, u32, &'static str)> {
    let folder = Folder::from_files([("codebook.json", BOOK), ("sources/a.jsonl", lines)]);
    let faults = load(&folder).unwrap_err();
    let told = faults.to_string();
    assert!(!told.contains("the file ends"), "a line is no file: {told}");
    let place = |fault: &gainsay::load::Fault| {
        let position = fault.place.as_ref().unwrap().position;
        (position.line, position.column, fault.code.name())
    };
    faults.iter().map(place).collect()
}

#[test]
fn every_broken_line_is_told_with_its_number() {
    let claim = r#""id": "b", "quote": "5 boats", "measure": "boats", "period": "2022", "value": 5}"#;
    let lines = format!(
        "{{\"source\": {{\"id\": \"gazette\"}}}}\n\
         {{\"source\": \"gazette\", \"id\": \"a\", \"quote\": \"5 boats\", \"measure\": \"boat\", \"period\": \"2022\", \"value\": 5}}\n\
         \n\
         {{\"source\": \"courier\", {claim}\n\
         {{\"source\": \"gazette\", {claim}\n\
         {{\"source\": \"gazette\", {claim}\n\
         {{{claim}\n\
         [7]\n\
         {{\"source\": {{\"id\": \"late\"}}, \"claims\": []}}\n"
    );
    let expected = [
        (2, 65, "unknown-measure"),
        (4, 12, "unknown-source"),
        (6, 29, "duplicate-id"),
        (7, 1, "missing-key"),
        (8, 1, "wrong-type"),
        (9, 28, "unknown-key"),
    ];
    assert_eq!(faults(&lines), expected);
}

/// What a broken line would have described is not missed a second time.
#[test]
fn a_line_that_ends_early_is_told_once() {
    let lines = "{\"source\": {\"id\": \"gazette\"}\n{\"source\": \"gazette\", \"id\": \"a\"}\n";
    assert_eq!(faults(lines), [(1, 1, "syntax")]);
}

#[test]
fn an_added_source_may_be_lines() {
    let claim = |id: &str, number: u32| {
        format!(
            "{{\"source\": \"{id}\", \"id\": \"lost\", \"quote\": \"{number} boats\", \"measure\": \"boats\", \"period\": \"2022\", \"value\": {number}}}\n"
        )
    };
    let lines =
        ["{\"source\": {\"id\": \"a\"}}\n", &claim("a", 3), "{\"source\": {\"id\": \"b\"}}\n", &claim("b", 4)].concat();
    let mut folder = Folder::from_files([("codebook.json", BOOK)]);
    folder.add("-", lines);
    let corpus = load(&folder).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!((corpus.sources.len(), corpus.claims.len()), (2, 2));
    assert_eq!(corpus.claims[1].position.line, 4);
    assert_eq!(gainsay::check(&corpus, &as_of()).summary.contradictions, 1);
}
