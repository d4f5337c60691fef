//! A source with so many claims that its file is not kept in memory: the same report and the same faults as otherwise.

use std::fs;

use gainsay::load::{Faults, LargeFile, ManyFiles, Opened, Unread};
use gainsay::report::json;
use gainsay::{Folder, Options, load};
use serde_json::Value;

const CODEBOOK: &str = r#"{
    "dimensions": { "place": { "root": "world", "terms": { "north": {}, "south": {} } } },
    "measures": { "attacks": { "unit": "attack", "kind": "count", "whole": true, "dimensions": ["place"] } }
}"#;

const SOURCE: &str = r#""source": { "id": "a", "title": "Čas", "published": "2023" }"#;

/// Claims of which two clash, one replaces another, some are not plain, and one quote lacks its figure.
const CLAIMS: [&str; 7] = [
    r#"{ "id": "x1", "quote": "five — “raids”, [so] {it} said", "measure": "attacks", "period": "2022", "value": 5 }"#,
    r#"{ "id": "x2", "quote": "7 raids", "measure": "attacks", "period": "2022", "value": 7 }"#,
    r#"{ "id": "x3", "quote": "at least \"9\" \\", "measure": "attacks", "place": ["north", "south"], "period": "2021",
        "value": { "at_least": 9 } }"#,
    r#"{ "id": "x4", "quote": "3", "measure": "attacks", "place": "north", "period": "2020", "value": 3,
        "note": "it was counted again", "superseded_by": "x5" }"#,
    r#"{ "id": "x5", "quote": "4", "measure": "attacks", "place": "north", "period": "2020", "value": 4 }"#,
    r#"{ "id": "x6", "quote": "some", "measure": "attacks", "place": "south", "period": "2019", "value": 77 }"#,
    r#"{ "id": "x7", "quote": "2 raids", "measure": "attacks", "place": "north", "period": "2022", "value": 20 }"#,
];

/// A file as people write it, and as programs do.
fn written(claims: &[&str]) -> [String; 3] {
    let spread: Vec<String> = claims.iter().map(|claim| claim.replace("\", \"", "\",\r\n      \"")).collect();
    [
        format!("{{\n  {SOURCE},\n  \"claims\": [\n    {}\n  ]\n}}\n", claims.join(",\n    ")),
        format!("{{{SOURCE},\"claims\":[{}]}}", claims.join(",").replace('\n', " ")),
        format!("{{ {SOURCE}, \"claims\" :\n[{}] }}", spread.join("\n  ,  ")),
    ]
}

fn others() -> Folder {
    Folder::from_files([("codebook.json", CODEBOOK)])
}

fn read(files: Vec<LargeFile>, block: usize, threads: usize) -> Result<gainsay::load::Bulk, Unread> {
    gainsay::read_many(&ManyFiles::new(others(), files).in_blocks_of(block), threads, &|_| true)
}

fn report(files: Vec<LargeFile>, block: usize, threads: usize) -> Value {
    let bulk = read(files, block, threads).unwrap_or_else(|unread| panic!("{unread:?}"));
    let report = gainsay::check_many(bulk, &Options::default(), &|_| true).unwrap();
    serde_json::from_str(&json(&report)).unwrap()
}

/// The report of one such file.
fn of_array(text: &str, block: usize, threads: usize) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.json");
    fs::write(&path, text).unwrap();
    report(vec![LargeFile::of_array("sources/a.json", path)], block, threads)
}

/// Takes the places out of a report.
fn without_places(mut report: Value) -> Value {
    for finding in report["findings"].as_array_mut().unwrap() {
        for claim in finding["claims"].as_array_mut().unwrap() {
            for place in ["file", "line", "column"] {
                claim.as_object_mut().unwrap().remove(place).unwrap();
            }
        }
    }
    report
}

#[test]
fn a_list_of_claims_is_read_as_lines_are() {
    let mut lines = vec![format!("{{{SOURCE}}}")];
    lines.extend(CLAIMS.iter().map(|claim| claim.replace('\n', " ").replacen('{', "{ \"source\": \"a\",", 1)));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jsonl");
    fs::write(&path, lines.join("\n")).unwrap();
    let expected = without_places(report(vec![LargeFile::of_lines("sources/a.jsonl", path)], 1 << 20, 1));
    assert!(expected["findings"].as_array().unwrap().len() >= 3, "{expected:#}");
    assert_eq!(expected["summary"]["claims"], 7);
    for text in written(&CLAIMS) {
        for block in [1, 7, 150, 1 << 20] {
            for threads in [1, 3] {
                assert_eq!(without_places(of_array(&text, block, threads)), expected, "{block} {threads}\n{text}");
            }
        }
    }
}

/// Line and column of the bracket that opens a claim, counted from 1.
fn place_of(text: &str, id: &str) -> (usize, usize) {
    let before = &text[..text.find(&format!("\"id\": \"{id}\"")).unwrap()];
    let before = &before[..before.rfind('{').unwrap()];
    let line = before.rsplit('\n').next().unwrap();
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}

#[test]
fn claims_have_their_places_in_the_file() {
    for text in written(&CLAIMS) {
        for block in [1, 200, 1 << 20] {
            let report = of_array(&text, block, 2);
            let mut seen = 0;
            for claim in report["findings"].as_array().unwrap().iter().flat_map(|one| one["claims"].as_array().unwrap())
            {
                let id = claim["claim"].as_str().unwrap().strip_prefix("a/").unwrap();
                let (line, column) = place_of(&text, id);
                assert_eq!((&claim["line"], &claim["column"]), (&line.into(), &column.into()), "{id}\n{text}");
                assert_eq!(claim["file"], "sources/a.json");
                seen += 1;
            }
            assert!(seen >= 4, "{report:#}");
        }
    }
}

/// All that is told but for how much of a line is shown.
fn told(faults: &Faults) -> Vec<String> {
    let tell = |fault: &gainsay::load::Fault| {
        let place = |place: &gainsay::load::Place| format!("{}:{:?}:{:?}", place.path, place.position, place.span);
        let related = fault.related.as_ref().map(|(at, text)| format!("{} {text}", place(at)));
        let at = fault.place.as_ref().map(place);
        format!(
            "{:?} {} {at:?} {} {:?} {:?} {related:?}",
            fault.code, fault.path, fault.message, fault.label, fault.help
        )
    };
    faults.iter().map(tell).collect()
}

fn ordinary(text: &[u8]) -> Vec<String> {
    let files = [("codebook.json", CODEBOOK.as_bytes()), ("sources/a.json", text)];
    load(&Folder::from_files(files)).map_or_else(|faults| told(&faults), |_| Vec::new())
}

fn streamed(text: &[u8], block: usize) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.json");
    fs::write(&path, text).unwrap();
    match read(vec![LargeFile::of_array("sources/a.json", path)], block, 2) {
        Ok(_) => Vec::new(),
        Err(Unread::Faults(faults)) => told(&faults),
        Err(Unread::Interrupted) => panic!("nobody interrupts it"),
    }
}

#[track_caller]
fn told_alike(texts: impl IntoIterator<Item = String>) {
    let mut wrong = Vec::new();
    for text in texts {
        let expected = ordinary(text.as_bytes());
        assert!(!expected.is_empty(), "{text}");
        for block in [1, 64, 1 << 20] {
            let found = streamed(text.as_bytes(), block);
            if found != expected {
                wrong.push(format!(
                    "{text}\nORDINARY\n{}\nSTREAMED {block}\n{}",
                    expected.join("\n"),
                    found.join("\n")
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n=====\n"));
}

#[test]
fn broken_claims_are_told_alike() {
    let claim = |rest: &str| format!(r#"{{ "id": "y", "quote": "6 raids", "measure": "attacks", {rest} }}"#);
    let deep = format!("{}1{}", "[".repeat(40), "]".repeat(40));
    let items = [
        claim(r#""period": "2022", "value": 6, "source": "a""#),
        claim(r#""period": "2022", "value": 6, "plcae": "north""#),
        claim(r#""period": "2022", "value": 6, "place": "nroth""#),
        claim(r#""period": "2022", "value": 6, "value": 6"#),
        claim(r#""period": "2022/2021", "value": 6"#),
        claim(r#""period": "2022", "value": 6.5"#),
        claim(r#""period": "2022""#),
        claim(r#""period": "2022", "value": 6, "superseded_by": "x1""#),
        claim(r#""period": "2022", "value": 6, "superseded_by": "zz", "note": "n""#),
        claim(r#""period": "2022", "value": 6, "attributed_to": ["nobody"]"#),
        claim(r#""period": "2022", "value": 6"#).replace("\"y\"", "\"x2\""),
        claim(r#""period": "2022", "value": 6"#).replace("\"y\"", "\"x3\""),
        claim(r#""period": "2022", "value": 6"#).replace("\"y\"", "\"Y\""),
        claim(&format!(r#""period": "2022", "value": 6, "note": {deep}"#)),
        claim(r#""period": "2022", "value": 6, "note": "\ud800""#),
        "7".to_owned(),
        "[]".to_owned(),
        "null".to_owned(),
        "{}".to_owned(),
        // Not JSON.
        claim(r#""period": "2022", "value": 06"#),
        claim(r#""period": "2022", "value": 6,"#),
        claim(r#""period" "2022", "value": 6"#),
        claim(r#""period": "2022, "value": 6"#),
        claim("\"period\": \"2022,\n \"value\": 6"),
        claim(r#""period": "2022", 'value': 6"#),
        claim(r#""period": "2022" "value": 6"#),
        claim(r#""period": "2022", "value": 6 ]"#),
        "{} {}".to_owned(),
        String::new(),
    ];
    told_alike(items.iter().flat_map(|item| written(&[CLAIMS[0], CLAIMS[1], CLAIMS[2], item, CLAIMS[4]])));
}

#[test]
fn what_is_not_utf8_is_told_at_its_place() {
    let text = written(&CLAIMS)[0].replace("7 raids", "7 r\u{1a}ids").into_bytes();
    let text: Vec<u8> = text.into_iter().map(|byte| if byte == 0x1a { 0xff } else { byte }).collect();
    let told = streamed(&text, 100);
    let (line, _) = place_of(&written(&CLAIMS)[0], "x2");
    assert!(told.len() == 1 && told[0].contains("NotUtf8") && told[0].contains(&format!("line: {line},")), "{told:?}");
}

#[test]
fn what_stands_around_the_claims_is_told_alike() {
    let [file, line, spread] = written(&CLAIMS[..3]);
    let changes = [
        ("\"published\"", "\"publshed\""),
        ("\"2023\"", "\"2023-13\""),
        ("\"a\"", "\"A b\""),
        ("\"id\": \"a\",", ""),
        ("\"source\"", "\"x\": 1, \"source\""),
        ("{ \"id\": \"a\"", "{ 'id': \"a\""),
        ("\"source\": {", "\"source\" {"),
    ];
    let heads = changes.iter().flat_map(|(from, to)| [&file, &line, &spread].map(|text| text.replacen(from, to, 1)));
    let ends = ["", "]", "] ", "]\n,\n \"x\": 1 }", "] } x", "] }\n}", "}", "],}", ",] }", " , ]\n}", "]] }"];
    let ended = ends.iter().flat_map(|end| {
        [&file, &line, &spread]
            .map(|text| format!("{}{end}", text.trim_end().trim_end_matches('}').trim_end().trim_end_matches(']')))
    });
    told_alike(heads.chain(ended));
    told_alike([format!("{{{SOURCE}, \"claims\": [,]}}"), format!("{{{SOURCE}, \"claims\": [ , {}]}}", CLAIMS[0])]);
}

#[test]
fn the_source_comes_before_the_claims() {
    let text = format!("{{ \"claims\": [{}],\n{SOURCE} }}", CLAIMS[0]);
    assert!(ordinary(text.as_bytes()).is_empty());
    let told = streamed(text.as_bytes(), 64);
    assert!(told.len() == 1 && told[0].contains("`source` comes before `claims`"), "{told:?}");
    let told = streamed(format!("{{{SOURCE}}}").as_bytes(), 64);
    assert!(told.len() == 1 && told[0].contains("no list `claims` is found"), "{told:?}");
}

#[test]
fn a_list_may_be_empty() {
    for text in written(&[]) {
        assert_eq!(of_array(&text, 1, 1)["summary"]["claims"], 0, "{text}");
    }
}

/// A claims folder on the disk with so many claims in one file.
fn folder_of(claims: usize) -> tempfile::TempDir {
    let claim = |number: usize| {
        format!(
            "    {{ \"id\": \"x{number}\", \"quote\": \"5 raids\", \"measure\": \"attacks\", \"period\": \"2022\", \"value\": 5 }}"
        )
    };
    let claims: Vec<String> = (0..claims).map(claim).collect();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("codebook.json"), CODEBOOK).unwrap();
    fs::create_dir(folder.path().join("sources")).unwrap();
    let text = format!("{{\n  {SOURCE},\n  \"claims\": [\n{}\n  ]\n}}\n", claims.join(",\n"));
    assert!(text.len() > 8 << 20, "it is looked at");
    fs::write(folder.path().join("sources/a.json"), text).unwrap();
    folder
}

#[test]
fn more_than_a_hundred_thousand_claims_are_not_kept() {
    let folder = folder_of(100_001);
    let Ok(Opened::Many(files)) = Folder::open(folder.path(), None) else { panic!("too many to be kept") };
    let bulk = gainsay::read_many(&files, 2, &|_| true).unwrap();
    let report = gainsay::check_many(bulk, &Options::default(), &|_| true).unwrap();
    assert_eq!((report.summary.claims, report.summary.contradictions), (100_001, 0));
    let folder = folder_of(100_000);
    assert!(matches!(Folder::open(folder.path(), None), Ok(Opened::Few(_))));
}
