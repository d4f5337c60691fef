//! The command, run as a person or a pipeline runs it.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::support::{root, snapshot};

pub(crate) fn gainsay(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gainsay"));
    command
        .args(arguments)
        .current_dir(root())
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .env_remove("COLUMNS");
    command
}

pub(crate) fn run(arguments: &[&str]) -> Output {
    gainsay(arguments).stdin(Stdio::null()).output().unwrap()
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

pub(crate) fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

/// Two sources that agree but for one figure.
pub(crate) const CODEBOOK: &str = r#"{
  "dimensions": { "place": { "phrase": "in {}", "root": "world", "terms": { "harbour": { "label": "the harbour" } } } },
  "measures": { "boats": { "unit": "boat", "kind": "count", "whole": true, "dimensions": ["place"], "phrase": "{} boats lost" } }
}"#;

pub(crate) fn source(id: &str, quote: &str, value: &str) -> String {
    format!(
        r#"{{ "source": {{ "id": "{id}" }}, "claims": [ {{ "id": "lost", "quote": "{quote}",
            "measure": "boats", "place": "harbour", "period": "1953", "value": {value} }} ] }}"#
    )
}

pub(crate) fn folder(sources: &[(&str, String)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("sources")).unwrap();
    std::fs::write(folder.path().join("codebook.json"), CODEBOOK).unwrap();
    for (name, text) in sources {
        std::fs::write(folder.path().join("sources").join(name), text).unwrap();
    }
    folder
}

pub(crate) fn clashing() -> tempfile::TempDir {
    folder(&[
        ("gazette.json", source("gazette", "nine boats", "9")),
        ("courier.json", source("courier", "seven boats", "7")),
    ])
}

pub(crate) fn path(folder: &tempfile::TempDir) -> &str {
    folder.path().to_str().unwrap()
}

#[test]
fn help_teaches() {
    snapshot("help", &stdout(&run(&["--help"])));
    snapshot("help-check", &stdout(&run(&["check", "--help"])));
    snapshot("help-verify", &stdout(&run(&["verify", "--help"])));
    snapshot("help-verify-report", &stdout(&run(&["verify-report", "--help"])));
    snapshot("help-world", &stdout(&run(&["world", "--help"])));
    snapshot("help-bounds", &stdout(&run(&["bounds", "--help"])));
    snapshot("help-show", &stdout(&run(&["show", "--help"])));
    snapshot("help-diff", &stdout(&run(&["diff", "--help"])));
    snapshot("help-waive", &stdout(&run(&["waive", "--help"])));
    snapshot("help-explain", &stdout(&run(&["explain", "--help"])));
    for command in ["fmt", "import", "schema", "init", "completions", "man"] {
        snapshot(&format!("help-{command}"), &stdout(&run(&[command, "--help"])));
    }
    let bare = run(&[]);
    assert_eq!(code(&bare), 2, "a call without a command is wrong");
    assert!(bare.stdout.is_empty() && stderr(&bare).contains("Usage"));
}

#[test]
fn explain_prints_a_rule_or_a_finding() {
    snapshot("explain-rule", &stdout(&run(&["explain", "part-exceeds-whole"])));
    let folder = clashing();
    let report: serde_json::Value =
        serde_json::from_str(&stdout(&run(&["check", path(&folder), "--format", "json"]))).unwrap();
    let id = report["findings"][0]["id"].as_str().unwrap();
    let full = run(&["explain", id, "--claims", path(&folder)]);
    assert_eq!(code(&full), 0);
    snapshot("explain-finding", &stdout(&full));
    let beginning = run(&["explain", &id[..id.len() - 6], "--claims", path(&folder)]);
    assert_eq!(stdout(&beginning), stdout(&full), "the beginning of an id is enough");
}

#[test]
fn show_writes_every_format_and_refuses_unknown_words() {
    let clash = clashing();
    for format in ["text", "json", "markdown", "csv"] {
        for words in [vec![], vec!["boats"], vec!["harbour", "1953"]] {
            let mut arguments = vec!["show", "--claims", path(&clash), "--format", format];
            arguments.extend(&words);
            let output = run(&arguments);
            assert_eq!(code(&output), 0, "{format} {words:?}: {}", stderr(&output));
            assert!(stdout(&output).contains(if words.is_empty() { "boats" } else { "gazette/lost" }));
        }
    }
    let unknown = run(&["show", "--claims", path(&clash), "Boat"]);
    assert_eq!(code(&unknown), 2);
    assert!(unknown.stdout.is_empty());
    assert!(stderr(&unknown).contains("did you mean `boats`?"), "{}", stderr(&unknown));
    let part = run(&["show", "--claims", path(&clash), "arbour"]);
    assert!(stderr(&part).contains("did you mean `harbour`?"), "{}", stderr(&part));
    let file = clash.path().join("boats.csv");
    let written = run(&["show", "--claims", path(&clash), "boats", "--format", "csv", "-o", file.to_str().unwrap()]);
    assert!(code(&written) == 0 && written.stdout.is_empty());
    assert_eq!(std::fs::read_to_string(&file).unwrap().lines().count(), 3);
}

#[test]
fn explain_suggests_what_was_meant() {
    let mistyped = run(&["explain", "disagrement"]);
    assert_eq!(code(&mistyped), 2);
    assert!(mistyped.stdout.is_empty());
    assert!(stderr(&mistyped).contains("did you mean `disagreement`?"), "{}", stderr(&mistyped));
    let folder = clashing();
    let unknown = run(&["explain", "disagreement-aaaaaaaaaaaa", "--claims", path(&folder)]);
    assert_eq!(code(&unknown), 2);
    assert!(stderr(&unknown).contains("no finding has the id"));
}

#[test]
fn exit_status_follows_fail_on() {
    let clash = clashing();
    let agreeing = folder(&[("gazette.json", source("gazette", "nine boats", "9"))]);
    assert_eq!(code(&run(&["check", path(&clash)])), 1);
    assert_eq!(code(&run(&["check", path(&clash), "--fail-on", "never"])), 0);
    assert_eq!(code(&run(&["check", path(&agreeing)])), 0);
    // “at least seven” is possible beside 40, but no reader would expect it.
    let tension = folder(&[
        ("gazette.json", source("gazette", "forty boats", "40")),
        ("courier.json", source("courier", "at least seven boats", r#"{ "at_least": 7 }"#)),
    ]);
    assert_eq!(code(&run(&["check", path(&tension)])), 0);
    assert_eq!(code(&run(&["check", path(&tension), "--fail-on", "tension"])), 1);
}

#[test]
fn wrong_input_leaves_standard_output_empty() {
    let broken = folder(&[("gazette.json", source("gazette", "nine boats", "nine"))]);
    for format in ["text", "json"] {
        let output = run(&["check", path(&broken), "--format", format]);
        assert_eq!(code(&output), 2);
        assert!(output.stdout.is_empty());
        assert!(stderr(&output).contains("gazette.json:2:"), "{}", stderr(&output));
    }
    let missing = run(&["check", "no-such-folder"]);
    assert_eq!(code(&missing), 2);
    assert!(missing.stdout.is_empty() && stderr(&missing).contains("no-such-folder"));
}

#[test]
fn rules_and_sources_choose_among_findings() {
    let clash = clashing();
    assert_eq!(code(&run(&["check", path(&clash), "--rule", "look-alike"])), 0, "the clash is not chosen");
    assert_eq!(code(&run(&["check", path(&clash), "--rule", "look-alike", "--rule", "disagreement"])), 1);
    assert_eq!(code(&run(&["check", path(&clash), "--source", "gazette"])), 1);
    let report: serde_json::Value =
        serde_json::from_str(&stdout(&run(&["check", path(&clash), "--rule", "look-alike", "--format", "json"])))
            .unwrap();
    assert_eq!(report["summary"]["contradictions"], 0, "the summary counts what was chosen");
    assert_eq!(report["summary"]["coverage"]["compared"], 2, "and everything was checked");
    for (flag, name) in [("--rule", "disagrement"), ("--source", "gazete")] {
        let unknown = run(&["check", path(&clash), flag, name]);
        assert_eq!(code(&unknown), 2);
        assert!(stderr(&unknown).contains("did you mean"), "{}", stderr(&unknown));
    }
}

#[test]
fn a_source_can_come_from_standard_input() {
    let one = folder(&[("gazette.json", source("gazette", "nine boats", "9"))]);
    for arguments in [
        ["check", path(&one), "-"].as_slice(),
        &["check", "-", path(&one)],
        &["show", "boats", "-", "--claims", path(&one)],
    ] {
        let mut child = gainsay(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(source("draft", "seven boats", "7").as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(code(&output), i32::from(arguments[0] == "check"));
        assert!(stdout(&output).contains("draft"));
    }
}

#[test]
fn a_report_goes_to_a_file_without_colour() {
    let clash = clashing();
    let file = clash.path().join("report.txt");
    let output = gainsay(&["check", path(&clash), "--output", file.to_str().unwrap()])
        .env("CLICOLOR_FORCE", "1")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(code(&output), 1);
    assert!(output.stdout.is_empty());
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("Summary") && !text.contains('\u{1b}'));
    let nowhere = Path::new(path(&clash)).join("no").join("report.txt");
    let failed = run(&["check", path(&clash), "--output", nowhere.to_str().unwrap()]);
    assert_eq!(code(&failed), 2);
    assert!(stderr(&failed).contains("cannot be written"));
}

#[test]
fn a_report_takes_the_place_of_nothing_that_it_is_about() {
    let folder = clashing();
    let claims = path(&folder);
    for (input, command) in [
        ("codebook.json", vec!["check", claims]),
        ("sources/gazette.json", vec!["show", "boats", "--claims", claims]),
        ("sources/courier.json", vec!["world", claims]),
        ("sources/gazette.json", vec!["verify", claims, "--texts", claims]),
    ] {
        let file = folder.path().join(input);
        let before = std::fs::read(&file).unwrap();
        // By another name for the same file, too.
        let file = folder.path().join("sources").join("..").join(input);
        let output = run(&[command, vec!["--output", file.to_str().unwrap()]].concat());
        assert_eq!((code(&output), stdout(&output).as_str()), (2, ""), "{input}");
        assert!(stderr(&output).contains("is read by this run"), "{}", stderr(&output));
        assert_eq!(std::fs::read(&file).unwrap(), before, "{input}");
    }
    // A report of an earlier run is replaced.
    let report = folder.path().join("report.txt");
    for _ in 0..2 {
        assert_eq!(code(&run(&["check", claims, "--output", report.to_str().unwrap()])), 1);
    }
}

#[test]
fn colour_only_where_it_is_wanted() {
    let clash = clashing();
    let coloured = |variable: &str, value: &str| {
        let output = gainsay(&["check", path(&clash)]).env(variable, value).stdin(Stdio::null()).output().unwrap();
        stdout(&output).contains('\u{1b}')
    };
    assert!(!stdout(&run(&["check", path(&clash)])).contains('\u{1b}'), "a pipe is no terminal");
    assert!(coloured("CLICOLOR_FORCE", "1"));
    assert!(!coloured("NO_COLOR", "1"));
}

#[test]
fn a_reader_that_stops_early_is_no_error() {
    let clash = clashing();
    let mut child =
        gainsay(&["check", path(&clash), "--all"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(code(&output), 1, "the finding counts all the same");
    assert_eq!(stderr(&output), "");
}

#[test]
fn quiet_prints_nothing_when_nothing_fails() {
    let agreeing = folder(&[("gazette.json", source("gazette", "nine boats", "9"))]);
    assert_eq!(stdout(&run(&["check", path(&agreeing), "--quiet"])), "");
    assert!(!stdout(&run(&["check", path(&clashing()), "--quiet"])).is_empty());
}

/// Text in a claim must not act on the terminal that shows it.
#[test]
fn hostile_text_is_shown_harmlessly() {
    let hostile = "nine \\u001b[31mboats\\u202e \\u009b2J";
    let clash =
        folder(&[("gazette.json", source("gazette", hostile, "9")), ("courier.json", source("courier", "seven", "7"))]);
    for format in ["text", "json"] {
        let output = stdout(&run(&["check", path(&clash), "--format", format]));
        let bad = output
            .chars()
            .find(|letter| (letter.is_control() && *letter != '\n') || ('\u{202a}'..='\u{202e}').contains(letter));
        assert_eq!(bad, None, "{format}");
    }
}

#[test]
fn a_link_is_written_through_and_rights_are_kept() {
    use std::os::unix::fs::PermissionsExt;
    let clash = clashing();
    let (real, link) = (clash.path().join("real.txt"), clash.path().join("link.txt"));
    std::fs::write(&real, "old").unwrap();
    std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o664)).unwrap();
    std::os::unix::fs::symlink(&real, &link).unwrap();
    run(&["check", path(&clash), "--output", link.to_str().unwrap()]);
    assert!(link.symlink_metadata().unwrap().is_symlink());
    assert!(std::fs::read_to_string(&real).unwrap().contains("Summary"));
    assert_eq!(real.metadata().unwrap().permissions().mode() & 0o777, 0o664);
    assert!(!stdout(&run(&["check", path(&clash), "--output", "-"])).is_empty(), "`-` is standard output");
}

#[test]
fn a_gate_that_read_nothing_is_not_green() {
    let empty = folder(&[]);
    let output = run(&["check", path(&empty)]);
    assert_eq!(code(&output), 2);
    assert!(output.stdout.is_empty() && stderr(&output).contains("no claim"), "{}", stderr(&output));
}

#[test]
fn what_is_left_out_is_counted() {
    let clash = clashing();
    let text = stdout(&run(&["check", path(&clash), "--rule", "look-alike"]));
    assert!(text.contains("1 finding of other rules or sources"), "{text}");
}

#[test]
fn world_shows_what_holds_and_what_was_left_out() {
    let clash = clashing();
    let text = run(&["world", path(&clash)]);
    assert_eq!(code(&text), 0);
    assert!(stdout(&text).starts_with("A world of nothing"), "{}", stdout(&text));
    assert!(stdout(&text).contains("gazette/lost") && stdout(&text).contains("courier/lost"));
    let agreeing = folder(&[("gazette.json", source("gazette", "nine boats", "9"))]);
    for folder in [vec!["world", path(&agreeing)], vec!["world", "--claims", path(&agreeing)]] {
        let json = run(&[folder, vec!["--format", "json", "--reading", "plain"]].concat());
        let json: serde_json::Value = serde_json::from_str(&stdout(&json)).unwrap();
        assert_eq!((json["reading"].as_str(), json["incidents"][0]["count"].as_str()), (Some("plain"), Some("9")));
    }
    let twice = run(&["world", path(&agreeing), "--claims", path(&agreeing)]);
    assert_eq!(code(&twice), 2);
    assert!(twice.stdout.is_empty());
}

#[test]
fn bounds_answer_in_a_sentence_and_a_wrong_question_is_told() {
    let one = folder(&[("gazette.json", source("gazette", "nine boats", "9"))]);
    let ask = |arguments: &[&str]| run(&[&["bounds"], arguments, &["--claims", path(&one)]].concat());
    let answer = ask(&["boats", "place=harbour", "period=1953"]);
    assert_eq!(code(&answer), 0);
    let said = "Boats lost in the harbour in 1953: exactly 9, as far as the 1 claim in no conflict tells.";
    assert!(stdout(&answer).starts_with(said), "{}", stdout(&answer));
    assert!(stdout(&ask(&["boats", "period=1960"])).contains("nothing binds it"));
    let elsewhere = tempfile::tempdir().unwrap();
    let json = elsewhere.path().join("answer.json");
    std::fs::write(&json, stdout(&ask(&["boats", "place=harbour", "period=1953", "--format", "json"]))).unwrap();
    let verified = run(&["verify-report", json.to_str().unwrap()]);
    assert_eq!(stdout(&verified), "2 certificates hold, 0 fail, 0 undecided\n");
    for (question, says) in [
        (vec!["boat", "period=1953"], "did you mean `boats`?"),
        (vec!["boats", "place=harbor", "period=1953"], "did you mean `harbour`?"),
        (vec!["boats", "plce=harbour", "period=1953"], "did you mean `place`?"),
        (vec!["boats", "place=harbour"], "needs a period"),
        (vec!["boats", "period=1953-13"], "month"),
        (vec!["boats", "period=1953~"], "definite ends"),
        (vec!["boats", "period=1953/.."], "last day"),
        (vec!["boats", "period=unstated"], "unstated"),
        (vec!["boats", "place=harbour", "place=world", "period=1953"], "given twice"),
        (vec!["boats", "harbour"], "no part of a scope"),
    ] {
        let wrong = ask(&question);
        assert_eq!((code(&wrong), wrong.stdout.len()), (2, 0), "{question:?}");
        assert!(stderr(&wrong).contains(says), "{question:?}: {}", stderr(&wrong));
    }
}

#[test]
fn a_report_is_verified_by_itself() {
    let clash = clashing();
    let file = clash.path().join("report.json");
    let name = file.to_str().unwrap();
    run(&["check", path(&clash), "--format", "json", "--output", name]);
    let verified = run(&["verify-report", name]);
    assert_eq!((code(&verified), stdout(&verified).as_str()), (0, "1 certificates hold, 0 fail, 0 undecided\n"));
    // Nine boats against eight is another proof than the report's.
    let forged = std::fs::read_to_string(&file).unwrap().replace("\"high\": \"7\"", "\"high\": \"8\"");
    std::fs::write(&file, forged).unwrap();
    let refused = run(&["verify-report", name]);
    assert_eq!(code(&refused), 1);
    assert!(stdout(&refused).contains("fails:"), "{}", stdout(&refused));
    for (text, says) in [("{", "no JSON"), ("{}", "no report"), (r#"{"schema":2}"#, "schema 2")] {
        std::fs::write(&file, text).unwrap();
        let broken = run(&["verify-report", name]);
        assert_eq!(code(&broken), 2);
        assert!(broken.stdout.is_empty() && stderr(&broken).contains(says), "{}", stderr(&broken));
    }
}

/// The formats for other programs are written even when nothing fails and `--quiet` asks for no text.
#[test]
fn quiet_silences_text_alone() {
    let agreeing = folder(&[("gazette.json", source("gazette", "nine boats", "9"))]);
    assert!(run(&["check", path(&agreeing), "--quiet"]).stdout.is_empty());
    for format in ["json", "markdown", "sarif", "junit", "github", "gitlab"] {
        let output = gainsay(&["check", path(&agreeing), "--quiet", "--format", format])
            .env_remove("GITHUB_STEP_SUMMARY")
            .output();
        let output = output.unwrap();
        assert!(code(&output) == 0 && !output.stdout.is_empty(), "{format}: {}", stderr(&output));
    }
}

/// Where the runner names a file for the summary, the report is added to what is there; where it cannot be, nothing is printed.
#[test]
fn the_summary_of_a_job_is_added_to() {
    let clash = clashing();
    let file = clash.path().join("summary.md");
    std::fs::write(&file, "before\n").unwrap();
    let check = |format: &str, file: &Path| {
        gainsay(&["check", path(&clash), "--format", format]).env("GITHUB_STEP_SUMMARY", file).output().unwrap()
    };
    let annotated = check("github", &file);
    assert_eq!(code(&annotated), 1);
    let summary = std::fs::read_to_string(&file).unwrap();
    assert!(summary.starts_with("before\n\n# gainsay: 1 contradiction\n"), "{summary}");
    let markdown = check("markdown", &file);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), summary, "other formats leave it alone");
    assert_eq!(format!("before\n\n{}", stdout(&markdown)), summary);
    let refused = check("github", &clash.path().join("none/summary.md"));
    assert_eq!(code(&refused), 2);
    assert!(
        refused.stdout.is_empty() && stderr(&refused).contains("which GITHUB_STEP_SUMMARY names"),
        "{}",
        stderr(&refused)
    );
    let empty = check("github", Path::new(""));
    assert_eq!(code(&empty), 1, "an empty name is none");
}
