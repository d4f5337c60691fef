//! The command on more than 100,000 claims.

use std::fmt::Write as _;
use std::fs;
use std::process::Stdio;
use std::sync::OnceLock;

use serde_json::Value;
use tempfile::TempDir;

use crate::command::{code, gainsay, path, run, stderr, stdout};

const BOOK: &str = r#"{ "dimensions": { "place": { "root": "world", "phrase": "in {}", "terms": { "port": { "label": "the port" } } } },
    "measures": { "boats": { "unit": "boat", "kind": "count", "whole": true, "dimensions": ["place"], "phrase": "{} boats lost" } } }"#;

fn claim(source: &str, id: &str, day: usize, boats: usize) -> String {
    let (year, month, day) = (1900 + day / 336, day / 28 % 12 + 1, day % 28 + 1);
    format!(
        "{{\"source\": \"{source}\", \"id\": \"{id}\", \"quote\": \"{boats} boats\", \"measure\": \"boats\", \"place\": \"port\", \"period\": \"{year}-{month:02}-{day:02}\", \"value\": {boats}}}\n"
    )
}

/// 100,001 claims of one source, and some of another that says otherwise of the first days.
fn lines() -> String {
    let mut lines = "{\"source\": {\"id\": \"log\"}}\n{\"source\": {\"id\": \"gazette\"}}\n".to_owned();
    for number in 0..100_001 {
        lines.push_str(&claim("log", &format!("n{number}"), number / 4, 300 + number / 4 % 100));
    }
    for number in 0..5 {
        write!(lines, "{}", claim("gazette", &format!("g{number}"), number, 200)).unwrap();
    }
    lines
}

/// The folder of them, made once.
fn folder() -> &'static TempDir {
    static FOLDER: OnceLock<TempDir> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("sources")).unwrap();
        fs::write(folder.path().join("codebook.json"), BOOK).unwrap();
        fs::write(folder.path().join("sources/all.jsonl"), lines()).unwrap();
        folder
    })
}

#[test]
fn text_tells_each_figure_at_fault_once() {
    let output = run(&["check", path(folder())]);
    let text = stdout(&output);
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    // Each of the five is in four pairs, each pair with another figure of the log.
    assert!(text.contains("20 pairs of figures cannot both be true"), "{text}");
    assert!(text.contains("5 figures are at fault"), "{text}");
    assert_eq!(text.matches("(gazette/g").count(), 5, "{text}");
    assert_eq!(stdout(&run(&["check", path(folder()), "--threads", "3"])), text);
    let three = stdout(&run(&["check", path(folder()), "--limit", "3"]));
    assert_eq!(three.matches("(gazette/g").count(), 3, "{three}");
    assert!(three.contains("3 pairs are told"), "{three}");
    let others = "clashes with 3 more figures in the same way";
    assert_eq!(three.matches(others).count(), 3, "{three}");
    for format in ["markdown", "github", "sarif"] {
        let three = stdout(&run(&["check", path(folder()), "--limit", "3", "--format", format]));
        assert!(three.contains("20 pairs of figures") && three.contains("3 pairs are told"), "{three}");
        assert_eq!(three.matches(others).count(), 3, "{three}");
    }
}

/// As (class, failed) of each case.
fn cases(junit: &str) -> Vec<(String, bool)> {
    let document = roxmltree::Document::parse(junit).unwrap();
    let cases = document.descendants().filter(|node| node.has_tag_name("testcase"));
    let failed = |case: &roxmltree::Node<'_, '_>| case.children().any(|child| child.has_tag_name("failure"));
    cases.map(|case| (case.attribute("classname").unwrap().to_owned(), failed(&case))).collect()
}

/// A test case is not said to pass where what is counted is not told, or where nothing was looked for.
#[test]
fn junit_fails_for_what_is_not_told() {
    let junit = |arguments: &[&str]| {
        let output = run(&[&["check", path(folder()), "--format", "junit"], arguments].concat());
        assert_eq!(code(&output), 1);
        stdout(&output)
    };
    let three = junit(&["--limit", "3"]);
    assert!(three.contains("name=\"17 more contradictions counted and not told\""), "{three}");
    assert!(three.contains("clashes with 3 more figures in the same way"), "{three}");
    let classes = |cases: Vec<(String, bool)>| cases.into_iter().map(|(class, _)| class).collect::<Vec<_>>();
    let own = cases(&three);
    assert_eq!(own.iter().filter(|(_, failed)| *failed).count(), 4, "{own:?}");
    let own = classes(own);
    assert!(!own.contains(&"gainsay.part-exceeds-whole".to_owned()), "{own:?}");
    let all = cases(&junit(&["--all"]));
    assert_eq!(all.iter().filter(|(_, failed)| *failed).count(), 20, "{all:?}");
    let all = classes(all);
    assert!(all.contains(&"gainsay.part-exceeds-whole".to_owned()), "{all:?}");
    for rule in ["duplicate-claim", "scope-drift", "look-alike"] {
        assert!(!all.contains(&format!("gainsay.{rule}")), "{all:?}");
    }
    assert!(!all.contains(&"gainsay.untold".to_owned()), "{all:?}");
}

#[test]
fn gitlab_says_with_how_many_more_a_figure_clashes() {
    let issues: Value =
        serde_json::from_str(&stdout(&run(&["check", path(folder()), "--format", "gitlab", "--limit", "2"]))).unwrap();
    let bodies: Vec<&str> =
        issues.as_array().unwrap().iter().map(|issue| issue["content"]["body"].as_str().unwrap()).collect();
    assert_eq!(bodies.len(), 2);
    assert!(bodies.iter().all(|body| body.contains("clashes with 3 more figures in the same way")), "{bodies:?}");
}

#[test]
fn json_is_what_the_schema_says() {
    let output = run(&["check", path(folder()), "--format", "json", "--limit", "2"]);
    assert_eq!(code(&output), 1);
    let report: Value = serde_json::from_str(&stdout(&output)).unwrap();
    let schema: Value = serde_json::from_str(&stdout(&run(&["schema", "report"]))).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let wrong: Vec<String> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    assert_eq!(report["summary"]["contradictions"], 20);
    assert_eq!(report["summary"]["claims"], 100_006);
    assert_eq!(report["findings"].as_array().unwrap().len(), 2);
    assert_eq!(report["findings"][0]["at_fault"]["others"], 3);
}

#[test]
fn what_there_is_no_room_for_is_refused() {
    let output = run(&["check", path(folder()), "--format", "html"]);
    assert_eq!(code(&output), 2);
    assert!(output.stdout.is_empty());
    assert!(stderr(&output).contains("a page has no room for so many claims"), "{}", stderr(&output));
    assert!(stderr(&output).contains("--format json"), "{}", stderr(&output));
}

#[test]
fn the_exit_status_is_that_of_a_small_folder() {
    assert_eq!(code(&run(&["check", path(folder()), "--fail-on", "never"])), 0);
    // What is counted counts, whether it is told or not.
    assert_eq!(code(&run(&["check", path(folder()), "--limit", "0"])), 1);
    assert_eq!(code(&run(&["check", path(folder()), "--limit", "0", "--fail-on", "never"])), 0);
    assert_eq!(code(&run(&["check", path(folder()), "--source", "nobody"])), 2);
    assert_eq!(code(&run(&["check", path(folder()), "--rule", "part-exceeds-whole"])), 0);
    let quiet = run(&["check", path(folder()), "--quiet", "--rule", "part-exceeds-whole"]);
    assert!(quiet.stdout.is_empty() && quiet.stderr.is_empty());
}

/// Lines from standard input may be many or few.
#[test]
fn lines_come_from_standard_input() {
    let few = tempfile::tempdir().unwrap();
    fs::write(few.path().join("codebook.json"), BOOK).unwrap();
    let check = |lines: &str| {
        let file = few.path().join("stdin");
        fs::write(&file, lines).unwrap();
        let mut command = gainsay(&["check", "-", "--claims", path(&few)]);
        command.stdin(fs::File::open(&file).unwrap()).output().unwrap()
    };
    let output = check(&lines());
    assert!(stdout(&output).contains("20 pairs of figures"), "{}", stderr(&output));
    let broken = check(&lines().replacen("\"boats\", \"place\"", "\"boat\", \"place\"", 1));
    assert_eq!(code(&broken), 2);
    assert!(broken.stdout.is_empty() && stderr(&broken).contains("<stdin>:3:"), "{}", stderr(&broken));
}

/// Ctrl-C ends it, and nothing half-finished is told.
#[cfg(unix)]
#[test]
fn an_interrupted_run_tells_nothing() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("sources")).unwrap();
    fs::write(folder.path().join("codebook.json"), BOOK).unwrap();
    let lines = lines();
    // Enough of them that it is still at work when it is interrupted.
    for number in 0..12 {
        let own =
            lines.replace("\"log\"", &format!("\"log-{number}\"")).replace("\"gazette\"", &format!("\"g-{number}\""));
        fs::write(folder.path().join(format!("sources/{number}.jsonl")), own).unwrap();
    }
    // How long it takes to begin and to end depends on the machine: it may be interrupted too early, or too late.
    for wait in [100, 30, 300, 60, 1000, 150, 3000] {
        let mut command = gainsay(&["check", path(&folder), "--threads", "1"]);
        let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(wait));
        // It may be over already.
        let _ =
            std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).stderr(Stdio::null()).status();
        let output = child.wait_with_output().unwrap();
        match output.status.code() {
            Some(130) => {
                assert!(output.stdout.is_empty());
                assert!(stderr(&output).contains("interrupted; nothing is reported"), "{}", stderr(&output));
                return;
            }
            Some(1) => assert!(!output.stdout.is_empty(), "it was over before"),
            Some(other) => panic!("{other}: {}", stderr(&output)),
            None => assert!(output.stdout.is_empty(), "it had not begun"),
        }
    }
    panic!("it was never interrupted at work");
}
