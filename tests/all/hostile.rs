//! Whatever a file holds, loading ends with a corpus or with faults that are harmless to show.

use std::fs;
use std::path::Path;

use gainsay::certificate::verify::{Limits, Verdict, verify_report};
use gainsay::load::FaultCode;
use gainsay::report;
use gainsay::{Faults, Folder, load};
use proptest::prelude::*;

/// The small folder without fault, as the names and the bytes of its files.
fn small() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/small");
    let names =
        ["codebook.json", "sources/dawn-2023.json", "sources/tribune-2024.json", "waivers.json", "omitted.json"];
    names.map(|name| (name.to_owned(), fs::read(folder.join(name)).unwrap())).to_vec()
}

/// One way to spoil a file; places are taken modulo what there is.
#[derive(Clone, Debug)]
enum Change {
    Flip(usize, u8),
    Cut(usize, usize),
    Repeat(usize, usize),
    /// Puts a token in place of another.
    Swap(usize, usize),
    Replace(usize, String),
    Insert(usize, String),
}

const ODD: [&str; 34] = [
    "1e30",
    "-1",
    "-0",
    "0",
    "0.1",
    "1e-30",
    "1e99999999999",
    "99999999999999999999999999999999",
    "1.5e3",
    "null",
    "true",
    "[]",
    "{}",
    "[[]]",
    "\"\"",
    "\"unstated\"",
    "{\"unstated\": \"kp\"}",
    "{\"except\": [\"kp\"]}",
    "\"2022/..\"",
    "\"/2022\"",
    "\"2022~/2021?\"",
    "\"-9999/9999\"",
    "\"9999-12-31~\"",
    "\"2022-XX\"",
    "\"\\u202e\\u0007\\u001b[31m`\"",
    "\"\\ud800\"",
    "\"<script>alert(1)</script>\"",
    "\"\u{202e}\u{200b}\u{feff}\"",
    "\"war.end\"",
    "\"dawn-2023/up\"",
    "{\"id\": \"a\", \"id\": \"a\"}",
    "\"world\"",
    "{\"in\": \"pakistan\"}",
    "[\"kp\", \"sindh\", \"border-areas\"]",
];

fn odd() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => prop::sample::select(ODD.to_vec()).prop_map(str::to_owned),
        1 => (1_usize..3000, prop::sample::select(vec!["[", "{\"a\":", "[{\"in\":", "\""]))
            .prop_map(|(times, what)| what.repeat(times)),
        1 => (30_usize..60).prop_map(|depth| format!("{}1{}", "[".repeat(depth), "]".repeat(depth))),
        1 => any::<String>(),
    ]
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<usize>;
    prop_oneof![
        1 => (at(), any::<u8>()).prop_map(|(at, byte)| Change::Flip(at, byte)),
        1 => (at(), at()).prop_map(|(at, length)| Change::Cut(at, length)),
        1 => (at(), at()).prop_map(|(at, length)| Change::Repeat(at, length)),
        3 => (at(), at()).prop_map(|(a, b)| Change::Swap(a, b)),
        6 => (at(), odd()).prop_map(|(at, odd)| Change::Replace(at, odd)),
        1 => (at(), odd()).prop_map(|(at, odd)| Change::Insert(at, odd)),
    ]
}

/// The tokens of a text that is mostly JSON: texts, numbers, words and signs.
fn tokens(bytes: &[u8]) -> Vec<std::ops::Range<usize>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        at += 1;
        if bytes[start] == b'"' {
            while at < bytes.len() && bytes[at] != b'"' {
                at += 1;
            }
            at = (at + 1).min(bytes.len());
        } else if bytes[start].is_ascii_alphanumeric() {
            while at < bytes.len() && (bytes[at].is_ascii_alphanumeric() || bytes[at] == b'.') {
                at += 1;
            }
        } else if bytes[start].is_ascii_whitespace() {
            continue;
        }
        tokens.push(start..at);
    }
    tokens
}

fn apply(bytes: &mut Vec<u8>, change: &Change) {
    if bytes.is_empty() {
        return;
    }
    let length = bytes.len();
    match change {
        Change::Flip(at, byte) => bytes[at % length] ^= byte,
        Change::Cut(at, most) => {
            let start = at % length;
            bytes.drain(start..(start + most % 40).min(length));
        }
        Change::Repeat(at, most) => {
            let start = at % length;
            let piece = bytes[start..(start + most % 200).min(length)].to_vec();
            bytes.splice(start..start, piece);
        }
        Change::Swap(a, b) => {
            let tokens = tokens(bytes);
            let Some(piece) = tokens.get(b % tokens.len().max(1)).map(|token| bytes[token.clone()].to_vec()) else {
                return;
            };
            bytes.splice(tokens[a % tokens.len()].clone(), piece);
        }
        Change::Replace(at, odd) => {
            let tokens = tokens(bytes);
            let values: Vec<_> = tokens.into_iter().filter(|token| !b"{}[]:,".contains(&bytes[token.start])).collect();
            if let Some(token) = values.get(at % values.len().max(1)) {
                bytes.splice(token.clone(), odd.bytes());
            }
        }
        Change::Insert(at, odd) => drop(bytes.splice(at % length..at % length, odd.bytes())),
    }
}

/// Whatever loads is checked, told and verified without a panic, and what is told acts on no terminal.
fn assert_checks(corpus: &gainsay::claim::Corpus) {
    let report = gainsay::check(corpus, &gainsay::Options::default());
    let options = report::TextOptions { all: true, ..report::TextOptions::default() };
    let mut text = report::text(&report, options);
    for finding in &report.findings {
        text.push_str(&report::finding_in_full(finding, options));
    }
    let json = report::json(&report);
    let claims = gainsay::show(corpus, &report, &[], false).unwrap();
    let listed = gainsay::catalogue(corpus, &report);
    text.push_str(&report::show::shown_text(&claims, options));
    text.push_str(&report::show::shown_markdown(&claims));
    text.push_str(&report::show::shown_json(&claims));
    text.push_str(&report::show::shown_csv(&claims).replace("\r\n", "\n"));
    text.push_str(&report::show::catalogue_text(&listed, options));
    let page = gainsay::page(corpus, &report, &report);
    let pages = [report::page::html(&page).unwrap(), report::page::class(&page).unwrap()];
    for page in &pages {
        assert_eq!(page.matches("<script").count(), 1, "{page:?}");
    }
    for shown in [&text, &json, &pages[0], &pages[1]] {
        let harmful = shown
            .chars()
            .find(|&letter| letter != '\n' && letter.is_control() || ('\u{202a}'..='\u{202e}').contains(&letter));
        assert_eq!(harmful, None, "{shown:?}");
    }
    for (id, verdict) in verify_report(&serde_json::from_str(&json).unwrap(), Limits::default()).unwrap() {
        assert_eq!(verdict, Verdict::Holds, "{id}");
    }
}

/// Neither control characters nor those that change how a line looks.
fn assert_harmless(faults: &Faults) {
    let text = faults.render(false);
    let harmful = text.chars().find(|&character| {
        character != '\n' && character.is_control()
            || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    });
    assert_eq!(harmful, None, "{text:?}");
    assert!(faults.count() > 0);
    for fault in faults.iter() {
        let place = fault.place.as_ref();
        assert!(place.is_none_or(|place| place.position.line > 0 && place.position.column > 0), "{fault:?}");
        assert!(!fault.message.ends_with('.') && !fault.message.contains('\n'), "{}", fault.message);
    }
    let _ = faults.render(true);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(500), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_file_makes_the_program_panic(which in 0..5_usize, changes in prop::collection::vec(change(), 1..4)) {
        let mut files = small();
        for change in &changes {
            apply(&mut files[which].1, change);
        }
        match load(&Folder::from_files(files)) {
            Err(faults) => assert_harmless(&faults),
            Ok(corpus) => assert_checks(&corpus),
        }
    }

    #[test]
    fn no_path_drives_a_terminal(path in any::<String>()) {
        let mut files = small();
        files.push((format!("sources/{path}.json"), b"{ \"source\": 1 }".to_vec()));
        files.push((format!("{path}json"), b"[".to_vec()));
        match load(&Folder::from_files(files)) {
            Err(faults) => assert_harmless(&faults),
            Ok(corpus) => assert_checks(&corpus),
        }
    }
}

fn faults_of(codebook: &str, source: &str) -> Option<Faults> {
    load(&Folder::from_files([("codebook.json", codebook), ("sources/a.json", source)])).err()
}

/// Large inputs that would be slow if anything were quadratic in them; the test ends soon or hangs.
#[test]
fn large_and_hostile_files_end_soon() {
    const MANY: usize = 30_000;
    let list = |item: &dyn Fn(usize) -> String| (0..MANY).map(item).collect::<Vec<_>>().join(",");
    let source = |claims: &str| format!("{{\"source\": {{\"id\": \"a\"}}, \"claims\": [{claims}]}}");
    let codes = |faults: Option<Faults>| {
        let faults = faults.unwrap();
        assert_harmless(&faults);
        let mut codes: Vec<FaultCode> = faults.iter().map(|fault| fault.code).collect();
        codes.dedup();
        codes
    };

    let nested = format!("{}{}", "{\"a\":[".repeat(MANY), "]}".repeat(MANY));
    assert!(codes(faults_of("{}", &nested)).contains(&FaultCode::TooDeep));
    assert_eq!(codes(faults_of("{}", &"[".repeat(20 * MANY))), [FaultCode::Syntax]);

    // A million characters of unknown keys on one line, beside as many terms to compare them with.
    let terms = list(&|at| format!("\"term-{at}\": {{}}"));
    let book = format!(
        "{{\"dimensions\": {{\"place\": {{\"root\": \"world\", \"terms\": {{{terms}}}}}}}, \"measures\": {{\"m\": {{\"unit\": \"u\", \"kind\": \"count\", \"dimensions\": [\"place\"]}}}}}}"
    );
    let claims = list(&|at| {
        format!(
            "{{\"id\": \"c{at}\", \"quote\": \"q\", \"measure\": \"m\", \"place\": \"trem-{at}\", \"period\": \"2022\", \"value\": 1}}"
        )
    });
    assert_eq!(codes(faults_of(&book, &source(&claims))), [FaultCode::UnknownTerm]);

    // One list of all terms, and one object of equal keys.
    let all = list(&|at| format!("\"term-{at}\""));
    let wide = format!(
        "{{\"id\": \"c\", \"quote\": \"q\", \"measure\": \"m\", \"place\": [{all}], \"period\": \"2022\", \"value\": 1}}"
    );
    assert!(faults_of(&book, &source(&wide)).is_none());
    let twice = list(&|_| "\"a\": 1".to_owned());
    assert!(codes(faults_of(&format!("{{{twice}}}"), &source(""))).contains(&FaultCode::DuplicateKey));

    // Chains: terms, events and claims that lead from one to the next.
    let chain = list(&|at| format!("\"t{at}\": {{\"in\": \"t{}\"}}", (at + 1) % MANY));
    let book = format!("{{\"dimensions\": {{\"place\": {{\"root\": \"world\", \"terms\": {{{chain}}}}}}}}}");
    assert_eq!(codes(faults_of(&book, &source(""))), [FaultCode::Cycle]);
    let events = list(&|at| format!("\"e{at}\": {{\"kind\": \"incident\", \"period\": \"2022\"}}"));
    let orders = list(&|at| format!("{{\"first\": \"e{at}\", \"then\": \"e{}\"}}", (at + 1) % MANY));
    let book = format!("{{\"events\": {{{events}}}, \"orders\": [{orders}]}}");
    let claims = list(&|at| {
        let next = (at + 1) % MANY;
        format!(
            "{{\"id\": \"c{at}\", \"quote\": \"q\", \"event\": \"e0\", \"date\": {{\"on\": \"2022\"}}, \"note\": \"n\", \"superseded_by\": \"c{next}\"}}"
        )
    });
    assert_eq!(codes(faults_of(&book, &source(&claims))), [FaultCode::Cycle]);
}
