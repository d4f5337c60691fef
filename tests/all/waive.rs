//! Waivers, as a team lives with them: recorded, held to what was decided, and taken back.

use std::fs;
use std::io::Write;
use std::path::Path;

use data_encoding::HEXLOWER;
use gainsay::load::{WaiverEntry, record_waivers};
use gainsay::report::{Report, Verdict};
use gainsay::waiver::{Decision, entry, says};
use gainsay::{Folder, Options};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::command::{CODEBOOK, clashing, code, path, run, source, stderr, stdout};
use crate::support::{as_of, root};

/// What `check --format json` says of a folder.
fn checked(folder: &str, more: &[&str]) -> (i32, Value) {
    let output = run(&[&["check", folder, "--format", "json"], more].concat());
    (code(&output), serde_json::from_str(&stdout(&output)).unwrap())
}

fn only_id(folder: &str) -> String {
    let (_, report) = checked(folder, &[]);
    assert_eq!(report["findings"].as_array().unwrap().len(), 1);
    report["findings"][0]["id"].as_str().unwrap().to_owned()
}

fn waive(folder: &str, id: &str) {
    let output = run(&["waive", id, "--claims", folder, "--reason", "two counts", "--by", "the coast desk"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(stdout(&output).contains(id), "{}", stdout(&output));
}

fn rewrite(file: &Path, old: &str, new: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert_eq!(text.matches(old).count(), 1, "`{old}` in {text}");
    fs::write(file, text.replace(old, new)).unwrap();
}

#[test]
fn a_waived_finding_stands_apart_and_passes_the_gate() {
    let clash = clashing();
    let id = only_id(path(&clash));
    assert_eq!(checked(path(&clash), &[]).0, 1);
    waive(path(&clash), &id[..id.len() - 4]);
    let (status, report) = checked(path(&clash), &[]);
    assert_eq!(status, 0);
    let summary = &report["summary"];
    assert_eq!(
        (&summary["waived"], &summary["contradictions"], &summary["in_conflict"]),
        (&1.into(), &0.into(), &0.into())
    );
    let waived = &report["findings"][0]["waived"];
    assert_eq!(
        (&waived["reason"], &waived["by"], &waived["until"]),
        (&"two counts".into(), &"the coast desk".into(), &Value::Null)
    );
    assert!(waived["file"].as_str().unwrap().ends_with("waivers.json") && waived["line"] == 3);
    let text = stdout(&run(&["check", path(&clash)]));
    let (before, apart) = text.split_once("Waived:").expect("a part of its own");
    assert!(!before.contains("disagreement") && apart.contains("two counts. (the coast desk)") && apart.contains(&id));
    assert!(text.contains("1\n  finding waived"), "and counted: {text}");
    assert_eq!(code(&run(&["check", path(&clash), "--fail-on", "note"])), 0);
    let (status, report) = checked(path(&clash), &["--no-waivers"]);
    assert_eq!((status, &report["summary"]["waived"], &report["findings"][0]["waived"]), (1, &0.into(), &Value::Null));
    let explained = stdout(&run(&["explain", &id, "--claims", path(&clash)]));
    assert!(explained.contains("Waived: two counts. (the coast desk)"), "{explained}");
    // The claims still cannot both be true.
    let world = stdout(&run(&["world", path(&clash)]));
    assert!(world.contains("Left out"), "{world}");
}

#[test]
fn editing_a_waived_claim_brings_the_finding_back_and_says_so() {
    let clash = clashing();
    waive(path(&clash), &only_id(path(&clash)));
    let claims = clash.path().join("sources/courier.json");
    rewrite(&claims, "seven boats", "some seven boats");
    assert_eq!(checked(path(&clash), &[]).0, 0, "how it is quoted does not bear on it");
    rewrite(&claims, "some seven boats", "six boats");
    rewrite(&claims, ": 7 }", ": 6 }");
    let (status, report) = checked(path(&clash), &[]);
    assert_eq!((status, &report["summary"]["waived"]), (1, &0.into()));
    let told: Vec<&str> =
        report["findings"].as_array().unwrap().iter().map(|found| found["rule"].as_str().unwrap()).collect();
    assert_eq!(told, ["disagreement", "unused-waiver"]);
    let unused = &report["findings"][1];
    assert_eq!(unused["at"]["line"], 3);
    assert!(unused["headline"].as_str().unwrap().contains("a claim has changed since"), "{unused}");
    // Waived anew, the entry is replaced in its place.
    waive(path(&clash), report["findings"][0]["id"].as_str().unwrap());
    assert_eq!(checked(path(&clash), &["--fail-on", "note"]).0, 0);
    let waivers: Value = serde_json::from_str(&fs::read_to_string(clash.path().join("waivers.json")).unwrap()).unwrap();
    assert_eq!(waivers["waivers"].as_array().unwrap().len(), 1);
}

#[test]
fn nothing_new_hides_under_what_is_waived() {
    let clash = clashing();
    waive(path(&clash), &only_id(path(&clash)));
    // A third source that repeats one of the two figures says what the waived finding says, and is new.
    fs::write(clash.path().join("sources/herald.json"), source("herald", "seven boats", "7")).unwrap();
    let (status, report) = checked(path(&clash), &[]);
    assert_eq!((status, &report["summary"]["contradictions"], &report["summary"]["waived"]), (1, &1.into(), &1.into()));
    let new = report["findings"].as_array().unwrap().iter().find(|found| found["waived"].is_null()).unwrap();
    assert_eq!((&new["lead"], &new["others"]), (&true.into(), &0.into()));
    let text = stdout(&run(&["check", path(&clash)]));
    assert!(text.starts_with("Contradictions") && text.contains("herald"), "{text}");
}

#[test]
fn a_waiver_holds_to_the_end_of_its_last_day() {
    let clash = clashing();
    let id = only_id(path(&clash));
    let end = ["--reason", "asked", "--by", "the coast desk", "--until", "2999-06-30"];
    assert_eq!(code(&run(&[&["waive", &id, "--claims", path(&clash)], &end[..]].concat())), 0);
    let (status, report) = checked(path(&clash), &["--as-of", "2999-06-30"]);
    assert_eq!((status, &report["as_of"]), (0, &"2999-06-30".into()));
    let (status, report) = checked(path(&clash), &["--as-of", "2999-07-01"]);
    assert_eq!((status, &report["findings"][1]["rule"]), (1, &"expired-waiver".into()));
    assert_eq!(checked(path(&clash), &[]).0, 0, "today is before that");
    assert_eq!(
        code(&run(&["waive", &id, "--claims", path(&clash), "--reason", "r", "--by", "b", "--until", "2999~"])),
        2
    );
    for wrong in ["2999-06-31", "2999", "tomorrow", "2999-06-30~"] {
        let output = run(&["check", path(&clash), "--as-of", wrong]);
        assert_eq!(code(&output), 2, "{wrong}");
        assert!(output.stdout.is_empty() && stderr(&output).contains("2026-01-31"), "{}", stderr(&output));
    }
}

/// Without a dated waiver no clock is asked, and the report is the same on every day.
#[test]
fn the_day_is_told_only_where_it_matters() {
    let clash = clashing();
    waive(path(&clash), &only_id(path(&clash)));
    assert_eq!(checked(path(&clash), &[]).1["as_of"], Value::Null);
    assert_eq!(checked(path(&clash), &["--as-of", "2020-02-29"]).1["as_of"], "2020-02-29");
}

#[test]
fn what_cannot_be_waived_is_refused_and_nothing_is_written() {
    let clash = clashing();
    let id = only_id(path(&clash));
    let own = ["--claims", path(&clash), "--reason", "r", "--by", "b"];
    let refused = |arguments: &[&str], says: &str| {
        let output = run(&[&["waive"], arguments].concat());
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert!(output.stdout.is_empty());
        assert!(stderr(&output).contains(says), "{arguments:?}: {}", stderr(&output));
        assert!(!clash.path().join("waivers.json").exists());
    };
    refused(&[&["disagreement-aaaaaaaaaaaa"], &own[..]].concat(), "no finding has the id");
    refused(&[&["quote-not-found-aaaaaaaaaaaa"], &own[..]].concat(), "--texts DIR");
    refused(&[&[""], &own[..]].concat(), "is no id of a finding");
    refused(&[&["disagreement-"], &own[..]].concat(), "is no id of a finding");
    refused(&[&[id.as_str(), "--until", "2026-02-30"], &own[..]].concat(), "2026-01-31");
    refused(&[&[id.as_str(), "--until", "2001-01-01"], &own[..]].concat(), "is past");
    refused(&[&id, "--claims", path(&clash), "--reason", " ", "--by", "b"], "it says nothing");
    refused(&[&id, "--claims", path(&clash), "--reason", "r"], "--by");
    // Half of several is none.
    refused(&[&[id.as_str(), "disagreement-aaaaaaaaaaaa"], &own[..]].concat(), "no finding has the id");
    waive(path(&clash), &id);
    let before = fs::read(clash.path().join("waivers.json")).unwrap();
    let again = run(&[&["waive", id.as_str()], &own[..]].concat());
    assert!(code(&again) == 2 && stderr(&again).contains("is waived already"), "{}", stderr(&again));
    assert_eq!(fs::read(clash.path().join("waivers.json")).unwrap(), before);
}

/// An entry that carries the id of another finding by mistake is not written over: it says something about other claims.
#[test]
fn an_entry_about_other_claims_is_not_lost() {
    let clash = clashing();
    let id = only_id(path(&clash));
    waive(path(&clash), &id);
    let waivers = clash.path().join("waivers.json");
    rewrite(&waivers, "courier/lost", "herald/lost");
    rewrite(&waivers, "two counts", "about the herald");
    waive(path(&clash), &id);
    let text = fs::read_to_string(&waivers).unwrap();
    assert!(text.contains("about the herald") && text.contains("two counts"), "{text}");
    let (status, report) = checked(path(&clash), &[]);
    assert_eq!((status, &report["summary"]["waived"], &report["summary"]["tensions"]), (0, &1.into(), &1.into()));
}

#[test]
fn runs_that_waive_at_once_lose_nothing() {
    if cfg!(not(unix)) {
        let _ = writeln!(std::io::stderr(), "NOT RUN: a locked file cannot be read here");
        return;
    }
    let clash = clashing();
    for (at, name) in ["herald", "post", "times"].iter().enumerate() {
        fs::write(clash.path().join(format!("sources/{name}.json")), source(name, "some boats", &(at + 1).to_string()))
            .unwrap();
    }
    let (_, report) = checked(path(&clash), &[]);
    let ids: Vec<String> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|found| found["rule"] == "disagreement")
        .map(|found| found["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids.len(), 10, "five figures, each against each");
    std::thread::scope(|scope| {
        for id in &ids {
            scope.spawn(|| waive(path(&clash), id));
        }
    });
    assert_eq!(checked(path(&clash), &[]).1["summary"]["waived"], 10);
}

#[test]
fn a_gate_begins_with_all_that_there_is() {
    let clash = clashing();
    fs::write(clash.path().join("sources/herald.json"), source("herald", "six boats", "6")).unwrap();
    let count = |report: &Value| {
        (report["summary"]["contradictions"].as_u64().unwrap(), report["summary"]["waived"].as_u64().unwrap())
    };
    let every = |more: &[&str]| {
        let all = ["waive", "--claims", path(&clash), "--all", "contradiction", "--reason", "first day", "--by", "b"];
        run(&[&all[..], more].concat())
    };
    assert_eq!(count(&checked(path(&clash), &[]).1), (3, 0), "nine, seven and six, each against each");
    let mistyped = every(&["--with", "herald/last"]);
    assert!(code(&mistyped) == 2 && stderr(&mistyped).contains("did you mean `herald/lost`?"), "{}", stderr(&mistyped));
    assert_eq!(code(&every(&["--with", "herald/lost"])), 0);
    assert_eq!(count(&checked(path(&clash), &[]).1), (1, 2), "those that rest on the six");
    assert_eq!(code(&every(&[])), 0);
    assert_eq!((checked(path(&clash), &[]).0, count(&checked(path(&clash), &[]).1)), (0, (0, 3)));
    let nothing = every(&[]);
    assert!(code(&nothing) == 2 && stderr(&nothing).contains("not waived yet"), "{}", stderr(&nothing));
    assert_eq!(code(&run(&["waive", "x", "--all", "note", "--reason", "r", "--by", "b"])), 2);
}

#[test]
fn a_file_that_may_not_be_written_stays() {
    let clash = clashing();
    let id = only_id(path(&clash));
    let waivers = clash.path().join("waivers.json");
    fs::write(&waivers, "{ \"waivers\": [] }").unwrap();
    let mut rights = fs::metadata(&waivers).unwrap().permissions();
    rights.set_readonly(true);
    fs::set_permissions(&waivers, rights).unwrap();
    let output = run(&["waive", &id, "--claims", path(&clash), "--reason", "r", "--by", "b"]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("is read-only") && stderr(&output).contains("nothing was waived"));
    assert_eq!(fs::read_to_string(&waivers).unwrap(), "{ \"waivers\": [] }");
}

#[test]
fn a_finding_about_quotes_is_waived_with_the_texts() {
    let fixture = "tests/fixtures/rules/quote-not-found";
    let copy = tempfile::tempdir().unwrap();
    let root = root().join(fixture);
    for part in ["sources", "texts"] {
        fs::create_dir(copy.path().join(part)).unwrap();
        for entry in fs::read_dir(root.join(part)).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), copy.path().join(part).join(entry.file_name())).unwrap();
        }
    }
    for entry in fs::read_dir(&root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
    {
        fs::copy(&entry, copy.path().join(entry.file_name().unwrap())).unwrap();
    }
    let texts = copy.path().join("texts");
    let texts = texts.to_str().unwrap();
    let verified = || -> Value {
        serde_json::from_str(&stdout(&run(&["verify", path(&copy), "--texts", texts, "--format", "json"]))).unwrap()
    };
    let before = verified();
    let finding =
        before["findings"].as_array().unwrap().iter().find(|found| found["rule"] == "quote-not-found").unwrap();
    let (id, claim) = (finding["id"].as_str().unwrap(), finding["claims"][0]["claim"].as_str().unwrap());
    let output = run(&["waive", id, "--claims", path(&copy), "--texts", texts, "--reason", "scanned", "--by", "b"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let after = verified();
    assert_eq!(after["summary"]["waived"], 1);
    let count = |report: &Value| report["summary"]["contradictions"].as_u64().unwrap();
    assert_eq!(count(&after) + 1, count(&before));
    // The quote is what such a finding is about.
    let (source, id) = claim.split_once('/').unwrap();
    let file = copy.path().join(format!("sources/{source}.json"));
    let mut json: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    let claims = json["claims"].as_array_mut().unwrap();
    let quote = &mut claims.iter_mut().find(|claim| claim["id"] == id).unwrap()["quote"];
    *quote = format!("{} indeed", quote.as_str().unwrap()).into();
    fs::write(&file, json.to_string()).unwrap();
    let edited = verified();
    assert_eq!(edited["summary"]["waived"], 0);
    assert!(edited["findings"].as_array().unwrap().iter().any(|found| found["rule"] == "unused-waiver"), "{edited}");
    let checked = checked(path(&copy), &[]).1;
    assert!(!checked.to_string().contains("unused-waiver"), "a check does not look for quotes");
}

const BOOK: &str = r#"{
  "dimensions": { "place": { "phrase": "in {}", "root": "world", "terms": {
    "north": { "label": "the north" }, "south": { "label": "the south" }, "coast": { "in": "north" } } } },
  "measures": { "boats": { "unit": "boat", "kind": "count", "whole": true, "dimensions": ["place"], "phrase": "{} boats" },
    "ships": { "unit": "boat", "kind": "count", "whole": true, "dimensions": ["place"], "phrase": "{} ships" } },
  "units": { "pairs": { "of": "boat", "times": "2" } },
  "events": { "storm": { "kind": "incident" }, "gale": { "kind": "incident" } },
  "upstreams": { "office": { "label": "the office", "published": "2023" }, "union": { "label": "the union" } } }"#;

/// What a finding about one claim of a source says, in a hash.
fn hash(rule: &str, published: &str, claim: &str) -> String {
    let source = format!(r#"{{ "source": {{ "id": "a", "published": "{published}" }}, "claims": [ {claim} ] }}"#);
    let corpus = gainsay::load(&Folder::from_files([("codebook.json", BOOK.to_owned()), ("sources/a.json", source)]))
        .unwrap_or_else(|faults| panic!("{faults}"));
    let claims: Vec<_> = corpus.claims().map(|(id, _)| id).collect();
    says(&corpus, rule, Verdict::Contradiction, &claims)
}

const CLAIM: &str = r#"{ "id": "lost", "quote": "60 boats", "line": 3, "measure": "boats", "place": "north", "period": "2022",
    "value": 60, "voice": "reports", "attributed_to": ["office"], "note": "n" }"#;

#[test]
fn what_bears_on_a_finding_is_in_its_hash() {
    let own = hash("disagreement", "2023", CLAIM);
    for (old, new) in [
        (r#""lost""#, r#""gone""#),
        (r#""measure": "boats""#, r#""measure": "ships""#),
        (r#""north""#, r#""south""#),
        (r#""north""#, r#"["coast", "south"]"#),
        (r#""north""#, r#"{"except": ["north"]}"#),
        (r#""north""#, r#"{"unstated": "north"}"#),
        (r#""north""#, r#""unstated""#),
        (r#""period": "2022""#, r#""period": "2021""#),
        (r#""period": "2022""#, r#""period": "2022~""#),
        (r#""period": "2022""#, r#""period": "unstated""#),
        (r#""period": "2022""#, r#""event": "storm""#),
        (r#""value": 60"#, r#""value": 61"#),
        (r#""value": 60"#, r#""value": 60.0"#),
        (r#""value": 60"#, r#""value": {"about": 60}"#),
        (r#""value": 60"#, r#""value": 60, "unit": "pairs""#),
        (r#""voice": "reports""#, r#""voice": "asserts""#),
        (r#"["office"]"#, r#"["office", "union"]"#),
        (r#", "attributed_to": ["office"]"#, ""),
    ] {
        let changed = CLAIM.replacen(old, new, 1);
        assert_ne!(changed, CLAIM);
        assert_ne!(hash("disagreement", "2023", &changed), own, "{new}");
    }
    for (old, new) in [
        (r#""quote": "60 boats""#, r#""quote": "sixty boats""#),
        (r#""line": 3"#, r#""line": 4, "page": "7""#),
        (r#""note": "n""#, r#""note": "another""#),
        (
            r#""period": "2022",
    "value": 60"#,
            r#""value": 60, "period": "2022""#,
        ),
    ] {
        let changed = CLAIM.replacen(old, new, 1);
        assert_ne!(changed, CLAIM);
        assert_eq!(hash("disagreement", "2023", &changed), own, "{new}");
    }
    assert_eq!(hash("disagreement", "2024", CLAIM), own, "the day of publication bears on no definite period");
    let tension = {
        let files = [
            ("codebook.json", BOOK.to_owned()),
            (
                "sources/a.json",
                format!(r#"{{ "source": {{ "id": "a", "published": "2023" }}, "claims": [ {CLAIM} ] }}"#),
            ),
        ];
        let corpus = gainsay::load(&Folder::from_files(files)).unwrap();
        says(&corpus, "disagreement", Verdict::Tension, &corpus.claims().map(|(id, _)| id).collect::<Vec<_>>())
    };
    assert_ne!(tension, own, "to let a tension be is to let no contradiction be");
    let until_now = CLAIM.replace(r#""period": "2022""#, r#""period": "2022/..""#);
    assert_ne!(
        hash("disagreement", "2023", &until_now),
        hash("disagreement", "2024", &until_now),
        "but on one until now"
    );
    assert_ne!(hash("anachronism", "2023", CLAIM), hash("anachronism", "2024", CLAIM));
    let quoted = CLAIM.replace("60 boats", "sixty boats");
    assert_ne!(hash("figure-not-in-quote", "2023", CLAIM), hash("figure-not-in-quote", "2023", &quoted));
}

/// A hash in somebody's file has to stay what it is over versions of the program and of its libraries.
#[test]
fn the_hash_does_not_change_over_time() {
    let text = r#"["contradiction",[["a/lost",{"credits":[["upstream","office",null]],"form":{"measure":"boats","scope":{"dimensions":{"place":{"terms":["north"]}},"event":null,"period":"2022-01-01/2022-12-31"},"value":"60e0,1"},"unit":null,"voice":"reports"}]]]"#;
    let expected = HEXLOWER.encode(&Sha256::digest(text));
    assert_eq!(hash("disagreement", "2023", CLAIM), format!("sha256:{expected}"));
}

/// A whole of ten boats, and so many parts of four; three parts are more than ten. With the waivers that are given, and
/// those of all that is found.
fn parts(parts: usize, waivers: Option<String>, limit: usize) -> (Report, Vec<WaiverEntry>, Folder) {
    let quays: Vec<String> = (0..parts).map(|at| format!(r#""quay-{at}": {{ "in": "harbour" }}"#)).collect();
    let harbour = r#""harbour": { "label": "the harbour" }"#;
    let mut files = vec![
        ("codebook.json".to_owned(), CODEBOOK.replace(harbour, &format!("{harbour}, {}", quays.join(", ")))),
        ("sources/whole.json".to_owned(), source("whole", "ten boats", "10")),
    ];
    files.extend((0..parts).map(|at| {
        let text = source(&format!("quay-{at}"), "four boats", "4");
        (format!("sources/quay-{at}.json"), text.replace(r#""place": "harbour""#, &format!(r#""place": "quay-{at}""#)))
    }));
    files.extend(waivers.map(|text| ("waivers.json".to_owned(), text)));
    let folder = Folder::from_files(files);
    let corpus = gainsay::load(&folder).unwrap_or_else(|faults| panic!("{faults}"));
    let report = gainsay::check(&corpus, &Options { limit, ..as_of() });
    let decision = Decision { reason: "known".to_owned(), by: "b".to_owned(), until: None };
    let entries = report.findings.iter().map(|finding| entry(&corpus, finding, &decision)).collect();
    (report, entries, folder)
}

fn recorded(folder: &Folder, entries: &[WaiverEntry]) -> Option<String> {
    String::from_utf8(record_waivers(folder, entries, None).after).ok()
}

/// What is waived uses up nothing of the limit on what is listed: a gate that was made green shows what comes later.
#[test]
fn what_is_waived_hides_nothing_beyond_the_limit() {
    let (before, entries, folder) = parts(5, None, 4);
    assert!(before.summary.contradictions >= 4 && !before.cut.is_empty(), "of ten sets: {:?}", before.summary);
    let (after, ..) = parts(7, recorded(&folder, &entries), 4);
    assert_eq!(after.summary.waived, before.summary.contradictions);
    assert!(after.summary.contradictions >= 4, "of 25 more: {:?}", after.summary);
}

/// Where the search for conflicts of many claims ends early, a waiver of one is not called unused.
#[test]
fn what_was_not_searched_for_to_the_end_is_not_called_unused() {
    let (all, entries, folder) = parts(7, None, 1000);
    assert_eq!((all.summary.contradictions, all.cut.len()), (35, 0), "three of seven");
    let mut unlisted = 0;
    for entry in &entries {
        let (part, ..) = parts(7, recorded(&folder, std::slice::from_ref(entry)), 1);
        assert!(!part.cut.is_empty());
        unlisted += usize::from(part.summary.waived == 0);
        assert!(part.findings.iter().all(|finding| finding.rule != "unused-waiver"), "{}", entry.finding);
    }
    assert!(unlisted > 0, "some are not listed");
}
