//! What changes nothing but places: threads, blocks, the order of lines and keys, the files that they stand in. And files that
//! change while they are read.

use std::cell::Cell;
use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};

use gainsay::Options;
use gainsay::load::Unread;
use gainsay::report::{Report, json};
use proptest::prelude::*;
use serde_json::Value;

use super::draw::{SOURCES, codebook, lines, sound};
use super::{Files, told};
use crate::worlds::dice::Dice;

/// The report as JSON, without the places of claims.
fn report(report: &Report) -> Value {
    let mut report: Value = serde_json::from_str(&json(report)).unwrap();
    for finding in report["findings"].as_array_mut().unwrap() {
        for claim in finding["claims"].as_array_mut().unwrap() {
            for place in ["file", "line", "column"] {
                claim.as_object_mut().unwrap().remove(place).unwrap();
            }
        }
    }
    report
}

fn checked(files: &Files, block: usize, threads: usize, options: &Options) -> Value {
    let kept = files.many().in_blocks_of(block);
    let bulk = kept.read(threads).unwrap_or_else(|unread| panic!("{}", told(&unread)));
    report(&gainsay::check_many(bulk, options, &|_| true).unwrap_or_else(|unread| panic!("{}", told(&unread))))
}

/// The claims' lines of sound files.
fn claims(files: &Files) -> Vec<String> {
    let text = String::from_utf8(files.lines[0].1.clone()).unwrap();
    text.lines().skip(SOURCES.len()).map(str::to_owned).collect()
}

/// The same claim with its keys in another order and white space where it may be.
fn written_otherwise(line: &str, dice: &mut Dice) -> String {
    // No text of what is drawn holds a comma before a quotation mark, or a bracket.
    let mut parts: Vec<String> = Vec::new();
    let mut depth = 0;
    let mut part = String::new();
    for character in line[1..line.len() - 1].chars() {
        depth += i32::from("{[".contains(character)) - i32::from("}]".contains(character));
        if character == ',' && depth == 0 {
            parts.push(std::mem::take(&mut part));
        } else {
            part.push(character);
        }
    }
    parts.push(part);
    dice.shuffle(&mut parts);
    let mut spaced = || *dice.pick(&["", " ", "\t", "  "]);
    let parts: Vec<String> =
        parts.iter().map(|part| format!("{}{}{}", spaced(), part.replacen("\":", "\" : ", 1), spaced())).collect();
    format!(" {{{}}}\r", parts.join(","))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn nothing_but_places_changes(seeds in prop::collection::vec(any::<u64>(), 2..20), seed: u64, limit in 0_usize..6) {
        let options = Options { limit, ..Options::default() };
        let files = sound(lines(&seeds));
        let dice = &mut Dice::new(seed);
        let expected = checked(&files, 1 << 20, 1, &options);
        for threads in [1, 2, 5] {
            let block = 1 + dice.below(600);
            prop_assert_eq!(&checked(&files, block, threads, &options), &expected, "{} in blocks of {}", threads, block);
        }
        let mut claims = claims(&files);
        dice.shuffle(&mut claims);
        let claims: Vec<String> = claims.iter().map(|line| written_otherwise(line, dice)).collect();
        let all = [&SOURCES.map(str::to_owned)[..], &claims].concat().join("\n");
        prop_assert_eq!(&checked(&Files::new(&codebook()).with("other", all), 200, 2, &options), &expected);
        let mut apart = Files::new(&codebook());
        for (name, description) in ["c", "a", "b"].into_iter().zip([SOURCES[2], SOURCES[0], SOURCES[1]]) {
            let marks = [format!("\"source\":\"{name}\""), format!("\"source\" : \"{name}\"")];
            let own = claims.iter().filter(|line| marks.iter().any(|mark| line.contains(mark)));
            let own: Vec<&str> = std::iter::once(description).chain(own.map(String::as_str)).collect();
            apart = apart.with(name, own.join("\n"));
        }
        prop_assert_eq!(&checked(&apart, 333, 3, &options), &expected);
    }
}

fn claim(id: usize, value: usize) -> String {
    format!(
        r#"{{"source": "a", "id": "x{id}", "quote": "so it is said", "measure": "attacks", "period": "2022-01", "value": {value}}}"#
    )
}

fn two_that_clash() -> Files {
    let lines = [SOURCES[0].to_owned(), claim(1, 5), claim(2, 7)].join("\n");
    Files::new(&codebook()).with("all", lines)
}

#[test]
fn a_file_that_changes_is_told() {
    let kept = two_that_clash().many();
    let path = &kept.files.paths().find(|path| path.is_absolute()).unwrap().to_owned();
    let before = fs::read_to_string(path).unwrap();
    let bulk = kept.read(1).unwrap();
    let check = || gainsay::check_many(bulk.clone(), &Options::default(), &|_| true);
    assert_eq!(check().unwrap().summary.contradictions, 1);
    let other = before.replace("x2", "x3").replace("\"a\"", "\"b\"");
    let later =
        [other, String::new(), before[..before.len() - 9].to_owned(), before.replace('{', "["), "\u{e9}".repeat(400)];
    for text in later {
        fs::write(path, &text).unwrap();
        let unread = check().unwrap_err();
        assert!(told(&unread).contains("this file changed while it was read"), "{text}: {}", told(&unread));
        assert!(told(&unread).contains("sources/all.jsonl"), "{}", told(&unread));
    }
    fs::remove_file(path).unwrap();
    assert!(told(&check().unwrap_err()).contains("this file changed"));
    let unread = kept.read(1).unwrap_err();
    assert!(told(&unread).contains("this cannot be read"), "{}", told(&unread));
}

#[test]
fn whoever_is_told_may_end_it() {
    let kept = two_that_clash().many().in_blocks_of(50);
    let heard = AtomicUsize::new(0);
    let tell = |_| heard.fetch_add(1, Ordering::Relaxed) < 1;
    assert!(matches!(gainsay::read_many(&kept.files, 2, &tell), Err(Unread::Interrupted)));
    let bulk = kept.read(1).unwrap();
    let stages = Cell::new(0);
    for end in 0.. {
        let heard = AtomicUsize::new(0);
        let outcome =
            gainsay::check_many(bulk.clone(), &Options::default(), &|_| heard.fetch_add(1, Ordering::Relaxed) < end);
        if outcome.is_ok() {
            break;
        }
        assert!(matches!(outcome, Err(Unread::Interrupted)), "after {end}");
        stages.set(end);
    }
    assert!(stages.get() >= 2, "there are stages at which it can be ended: {}", stages.get());
}
