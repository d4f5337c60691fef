//! `gainsay fmt`: white space changes and nothing else, and no file is ever lost.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use gainsay::layout;
use proptest::prelude::*;

use crate::support::{names, root, tool};

/// A text of JSON without the white space between its values, read by nothing of the program's own.
fn bare(text: &str) -> String {
    let (mut inside, mut escaped) = (false, false);
    let kept = |letter: &char| {
        let keep = inside || !letter.is_ascii_whitespace();
        if escaped {
            escaped = false;
        } else if *letter == '\\' {
            escaped = inside;
        } else if *letter == '"' {
            inside = !inside;
        }
        keep
    };
    text.chars().filter(kept).collect()
}

/// Lays out a text twice, and looks at what came of it.
#[track_caller]
fn check(name: &str, text: &str) {
    let once = layout::text(name, text).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(bare(&once), bare(text), "{name}: every value stays as it is written, and in its place");
    assert_eq!(layout::text(name, &once).unwrap(), once, "{name}: a second time changes nothing");
    assert!(once.ends_with('\n') && !once.contains(" \n") && !once.contains('\r') && !once.contains('\t'), "{once}");
    // A line is longer than it may be only where a value cannot be broken: one key with a text or a number.
    for line in once.lines().filter(|line| line.chars().count() > layout::WIDTH) {
        let value = line.trim().trim_end_matches(',');
        let value = value.split_once("\": ").map_or(value, |(_, value)| value);
        assert!(!value.starts_with(['{', '[']) && bare(value).len() + 1 >= value.len() / 2, "{line}");
        assert!(value.starts_with('"') || !value.contains(' '), "one value on its line: {line}");
    }
}

fn json_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            json_files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "json") {
            found.push(path);
        }
    }
}

#[test]
fn every_fixture_keeps_its_values_and_stays_so() {
    let mut files = Vec::new();
    for folder in ["tests/fixtures", "claims", "src/starter"] {
        json_files(&root().join(folder), &mut files);
    }
    let mut refused = Vec::new();
    for path in &files {
        let name = path.strip_prefix(root()).unwrap().display().to_string();
        let text = fs::read_to_string(path).unwrap();
        if let Err(faults) = layout::text(&name, &text) {
            refused.extend(faults.iter().map(|fault| fault.code.name()));
            continue;
        }
        check(&name, &text);
    }
    refused.sort_unstable();
    refused.dedup();
    assert_eq!(refused, ["duplicate-key", "syntax"], "and nothing else is refused");
    assert!(files.len() > 150, "{}", files.len());
}

#[test]
fn what_the_repository_keeps_is_laid_out() {
    let mut files = Vec::new();
    for folder in ["claims", "src/starter"] {
        json_files(&root().join(folder), &mut files);
    }
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        let name = path.display().to_string();
        assert!(layout::text(&name, &text).unwrap() == text, "run `gainsay fmt` on {name}");
    }
}

/// Any JSON, with the keys that the layout knows among others, numbers in odd spellings and white space anywhere.
fn any_json() -> impl Strategy<Value = String> {
    let space = "[ \n\r\t]{0,3}";
    let text = prop_oneof![
        "\"[a-z ,:{}\\[\\]é中]{0,60}\"",
        Just("\"\\u00e9 \\\" \\\\ \\/ \\n\"".to_owned()),
        Just("\"\"".to_owned())
    ];
    let number = prop_oneof!["-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,9})?([eE][+-]?[0-9]{1,3})?", Just("1e3".to_owned())];
    let leaf = prop_oneof![text, number, Just("true".to_owned()), Just("null".to_owned())];
    let key = prop_oneof![
        proptest::sample::select(vec![
            "source",
            "claims",
            "waivers",
            "omitted",
            "dimensions",
            "terms",
            "measures",
            "id",
            "quote",
            "line",
            "voice",
            "note",
            "finding",
            "by",
            "about",
            "value",
        ])
        .prop_map(str::to_owned),
        "[a-z]{1,12}"
    ];
    let key = (key, 0..1_000_000_u32);
    leaf.prop_recursive(5, 60, 6, move |inner| {
        let item = (space, inner.clone(), space).prop_map(|(before, value, after)| format!("{before}{value}{after}"));
        let entry = (space, key.clone(), space, item.clone());
        prop_oneof![
            prop::collection::vec(item, 0..6).prop_map(|items| format!("[{}]", items.join(","))),
            prop::collection::vec(entry, 0..6).prop_map(|entries| {
                let mut seen = std::collections::BTreeSet::new();
                let entries = entries.into_iter().map(|(before, (key, number), after, value)| {
                    // A key stands in an object once.
                    let key = if seen.insert(key.clone()) { key } else { format!("{key}{number}") };
                    seen.insert(key.clone());
                    format!("{before}\"{key}\"{after}:{value}")
                });
                format!("{{{}}}", entries.collect::<Vec<_>>().join(","))
            }),
        ]
    })
}

proptest! {
    #[test]
    fn any_json_keeps_its_values_and_stays_so(text in any_json()) {
        prop_assume!(layout::text("f.json", &text).is_ok());
        check("f.json", &text);
    }
}

// --- on the disk, as a person runs it

fn gainsay(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gainsay"));
    command.args(arguments).current_dir(root()).stdin(Stdio::null()).output().unwrap()
}

fn told(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

const BOOK: &str = "{\"dimensions\": {\n}, \"measures\": { } }\n";
const SOURCE: &str =
    "{ \"source\": { \"id\": \"a\" },\r\n  \"claims\": [ {\"id\": \"x\", \"quote\": \"q\", \"line\": 1e0} ] }";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("sources")).unwrap();
    fs::write(folder.path().join("codebook.json"), BOOK).unwrap();
    fs::write(folder.path().join("sources/a.json"), SOURCE).unwrap();
    folder
}

fn read(folder: &tempfile::TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap()
}

#[test]
fn check_shows_what_would_change_and_changes_nothing() {
    let folder = folder();
    let path = folder.path().to_str().unwrap();
    let checked = gainsay(&["fmt", "--check", path]);
    assert_eq!(checked.status.code(), Some(1));
    let shown = told(&checked.stdout).replace(path, "DIR");
    let expected = "--- DIR/codebook.json\n+++ DIR/codebook.json\n@@ -1,2 +1,4 @@\n-{\"dimensions\": {\n-}, \"measures\": { } }\n\
                    +{\n+  \"dimensions\": {},\n+  \"measures\": {}\n+}\n";
    assert!(shown.starts_with(expected), "{shown}");
    assert!(shown.contains("-{ \"source\": { \"id\": \"a\" },\u{fffd}\n"), "a carriage return is seen: {shown}");
    assert_eq!((read(&folder, "codebook.json"), read(&folder, "sources/a.json")), (BOOK.into(), SOURCE.into()));

    let laid_out = gainsay(&["fmt", "--claims", path]);
    assert_eq!(laid_out.status.code(), Some(0));
    assert_eq!(told(&laid_out.stdout).replace(path, "DIR"), "DIR/codebook.json\nDIR/sources/a.json\n");
    assert_eq!(read(&folder, "codebook.json"), "{\n  \"dimensions\": {},\n  \"measures\": {}\n}\n");
    let again = gainsay(&["fmt", path]);
    assert_eq!((again.status.code(), told(&again.stdout)), (Some(0), String::new()));
    assert_eq!(gainsay(&["fmt", "--check", path]).status.code(), Some(0));
}

#[test]
fn nothing_is_written_where_any_file_has_a_fault() {
    let folder = folder();
    fs::write(folder.path().join("waivers.json"), "{ \"waivers\": [], \"waivers\": [] }").unwrap();
    fs::write(folder.path().join("omitted.json"), "{ \"omitted\": [,] }").unwrap();
    let refused = gainsay(&["fmt", folder.path().to_str().unwrap()]);
    assert_eq!((refused.status.code(), told(&refused.stdout)), (Some(2), String::new()));
    let faults = told(&refused.stderr);
    assert!(faults.contains("duplicate-key") && faults.contains("syntax"), "all in one run: {faults}");
    assert_eq!((read(&folder, "codebook.json"), read(&folder, "sources/a.json")), (BOOK.into(), SOURCE.into()));

    let empty = tempfile::tempdir().unwrap();
    let nothing = gainsay(&["fmt", empty.path().to_str().unwrap()]);
    assert!(nothing.status.code() == Some(2) && told(&nothing.stderr).contains("there is nothing to lay out"));
}

#[test]
fn one_file_goes_from_standard_input_to_standard_output() {
    let run = |arguments: &[&str], text: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gainsay"));
        let command = command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), text.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    };
    let laid_out = run(&["fmt", "-"], SOURCE);
    assert_eq!(told(&laid_out.stdout), layout::text("a.json", SOURCE).unwrap());
    assert_eq!(run(&["fmt", "-", "--check"], SOURCE).status.code(), Some(1));
    assert_eq!(run(&["fmt", "-", "--check"], &told(&laid_out.stdout)).status.code(), Some(0));
    let refused = run(&["fmt", "-"], "{");
    assert!(refused.status.code() == Some(2) && told(&refused.stderr).contains("<stdin>:1:1"));
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay_and_read_only_files_are_refused() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let (folder, elsewhere) = (folder(), tempfile::tempdir().unwrap());
    let (link, file) = (folder.path().join("waivers.json"), elsewhere.path().join("kept.json"));
    fs::write(&file, "{ \"waivers\": [ ] }").unwrap();
    symlink(&file, &link).unwrap();
    let book = folder.path().join("codebook.json");
    fs::set_permissions(&book, fs::Permissions::from_mode(0o640)).unwrap();
    let source = folder.path().join("sources/a.json");
    fs::set_permissions(&source, fs::Permissions::from_mode(0o444)).unwrap();
    let refused = gainsay(&["fmt", folder.path().to_str().unwrap()]);
    let faults = told(&refused.stderr);
    assert!(refused.status.code() == Some(2) && faults.contains("a.json` is read-only"), "{faults}");
    assert!(faults.contains("no file was changed"), "{faults}");
    assert_eq!(read(&folder, "codebook.json"), BOOK);

    fs::set_permissions(&source, fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(gainsay(&["fmt", folder.path().to_str().unwrap()]).status.code(), Some(0));
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink(), "the link stays a link");
    assert_eq!(fs::read_to_string(&file).unwrap(), "{\n  \"waivers\": []\n}\n");
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&book), mode(&source)), (0o640, 0o600));
}

/// A disk that is full, for which a limit on the size of files stands, loses nothing: the file that does not fit stays as it
/// was, no other file is left behind, and those that were changed before are named.
#[cfg(unix)]
#[test]
fn nothing_is_lost_when_the_disk_is_full() {
    if !tool("bash") {
        return;
    }
    let folder = folder();
    let long =
        format!("{{ \"source\": {{ \"id\": \"b\", \"title\": \"{}\" }}, \"claims\": [] }}", "long ".repeat(1000));
    fs::write(folder.path().join("sources/b.json"), &long).unwrap();
    // Blocks of 1024 bytes; a write beyond fails with an error instead of a signal.
    let script = "trap '' XFSZ; ulimit -f 2; exec \"$0\" fmt \"$1\"";
    let full = Command::new("bash")
        .args(["-c", script, env!("CARGO_BIN_EXE_gainsay"), folder.path().to_str().unwrap()])
        .output()
        .unwrap();
    let faults = told(&full.stderr);
    assert_eq!(full.status.code(), Some(2), "{faults}");
    assert!(faults.contains("b.json` cannot be written") && faults.contains("the file is left as it was"), "{faults}");
    assert!(faults.contains("already laid out are") && faults.contains("codebook.json"), "{faults}");
    assert_eq!(read(&folder, "sources/b.json"), long, "byte for byte");
    assert_eq!(read(&folder, "sources/a.json"), layout::text("a.json", SOURCE).unwrap(), "whole, in its new layout");
    assert_eq!(names(&folder.path().join("sources")), ["a.json", "b.json"]);
    assert_eq!(names(folder.path()), ["codebook.json", "sources"]);
}
