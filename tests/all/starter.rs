//! `gainsay init`: a folder that checks green, and fails as its page says.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::support::{names, tool};

fn gainsay(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gainsay"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null()).env_remove("COLUMNS").output().unwrap()
}

fn told(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn findings(folder: &Path) -> Vec<Value> {
    let checked = gainsay(folder, &["check", "--format", "json", "--fail-on", "never"]);
    let report: Value = serde_json::from_slice(&checked.stdout).unwrap();
    report["findings"].as_array().unwrap().clone()
}

#[test]
fn a_new_folder_is_green() {
    let place = tempfile::tempdir().unwrap();
    let made = gainsay(place.path(), &["init"]);
    assert_eq!(made.status.code(), Some(0), "{}", told(&made.stderr));
    assert!(told(&made.stdout).contains("gainsay check\n"), "{}", told(&made.stdout));
    assert_eq!(names(place.path()), ["claims"], "and nothing beside it");
    let folder = place.path().join("claims");
    assert_eq!(names(&folder), ["README.md", "codebook.json", "schemas", "sources"]);

    let checked = gainsay(place.path(), &["check", "--fail-on", "note"]);
    assert_eq!(checked.status.code(), Some(0), "{}", told(&checked.stdout));
    assert_eq!(findings(place.path()), Vec::<Value>::new());
    assert_eq!(gainsay(place.path(), &["fmt", "--check"]).status.code(), Some(0));
    for kind in ["codebook", "source", "waivers", "omitted"] {
        let printed = gainsay(place.path(), &["schema", kind]);
        let kept = fs::read_to_string(folder.join(format!("schemas/{kind}.json"))).unwrap();
        assert!(told(&printed.stdout) == kept, "{kind}");
    }
    // Every claim of the two is compared with one of the other.
    let report: Value = serde_json::from_slice(&gainsay(place.path(), &["check", "--format", "json"]).stdout).unwrap();
    assert_eq!((&report["summary"]["claims"], &report["summary"]["coverage"]["compared"]), (&10.into(), &10.into()));
}

/// The page's own edit: 214 houses in one paper and 241 in the other cannot both be.
#[test]
fn the_edit_of_its_page_makes_one_contradiction() {
    if !tool("bash") || !tool("sed") {
        return;
    }
    let place = tempfile::tempdir().unwrap();
    gainsay(place.path(), &["init"]);
    let folder = place.path().join("claims");
    let page = fs::read_to_string(folder.join("README.md")).unwrap();
    let edit = page.lines().map(str::trim).find(|line| line.starts_with("sed ")).unwrap();
    let edited = Command::new("bash").args(["-c", edit]).current_dir(place.path()).status().unwrap();
    assert!(edited.success());
    let findings = findings(place.path());
    assert_eq!(findings.len(), 1, "{findings:#?}");
    assert_eq!((&findings[0]["rule"], &findings[0]["verdict"]), (&"disagreement".into(), &"contradiction".into()));
    let gap = &findings[0]["gap"];
    assert_eq!((&gap["low"], &gap["high"], &gap["excess"]), (&"241".into(), &"214".into(), &"27".into()));
    assert_eq!(gainsay(place.path(), &["check"]).status.code(), Some(1));
    // The commands that the page names are commands.
    for word in ["check", "show", "explain", "waive", "schema", "fmt"] {
        assert!(page.contains(&format!("gainsay {word}")), "{word}");
    }
}

#[test]
fn a_folder_that_holds_something_is_left_alone() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("claims");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("mine.txt"), "mine").unwrap();
    let refused = gainsay(place.path(), &["init"]);
    assert_eq!((refused.status.code(), told(&refused.stdout)), (Some(2), String::new()));
    assert!(told(&refused.stderr).contains("`claims` is not empty"), "{}", told(&refused.stderr));
    assert_eq!((names(&folder), names(place.path())), (vec!["mine.txt".to_owned()], vec!["claims".to_owned()]));

    fs::remove_file(folder.join("mine.txt")).unwrap();
    assert_eq!(gainsay(place.path(), &["init"]).status.code(), Some(0), "an empty one is filled");
    assert_eq!(gainsay(place.path(), &["init", "deep/er"]).status.code(), Some(0), "one that is not there is made");
    assert_eq!(gainsay(place.path(), &["check", "deep/er"]).status.code(), Some(0));
    let here = place.path().join("here");
    fs::create_dir(&here).unwrap();
    assert_eq!(gainsay(&here, &["init", "."]).status.code(), Some(0), "where one stands, too");
    assert_eq!(names(&here), ["README.md", "codebook.json", "schemas", "sources"]);
    fs::write(place.path().join("file"), "").unwrap();
    assert_eq!(gainsay(place.path(), &["init", "file"]).status.code(), Some(2));
    assert_eq!(names(place.path()), ["claims", "deep", "file", "here"]);
}

/// Either all files or none: when one cannot be written, nothing is left.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_nothing_behind() {
    if !tool("bash") {
        return;
    }
    let place = tempfile::tempdir().unwrap();
    let script = "trap '' XFSZ; ulimit -f 2; exec \"$0\" init";
    let full = Command::new("bash")
        .args(["-c", script, env!("CARGO_BIN_EXE_gainsay")])
        .current_dir(place.path())
        .output()
        .unwrap();
    assert_eq!(full.status.code(), Some(2));
    assert!(told(&full.stderr).contains("cannot be written"), "{}", told(&full.stderr));
    assert_eq!(names(place.path()), Vec::<String>::new());
}
