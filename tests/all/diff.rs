//! What a change to the claims adds and resolves, as a reviewer is told.

use std::fs;
use std::path::Path;
use std::process::Command;

use gainsay::diff::{Side, SideError, Unlike, comparable, diff};
use gainsay::report::TextOptions;
use gainsay::report::Verdict;
use gainsay::report::diff::{Difference, difference_json, difference_markdown, difference_text};
use gainsay::{Folder, Options};
use serde_json::Value;

use crate::command::{CODEBOOK, clashing, code, folder, gainsay, path, run, source, stderr, stdout};
use crate::support::{snapshot, tool};

type Files = Vec<(String, String)>;

fn files(sources: &[(&str, &str, &str)]) -> Files {
    let mut files = vec![("codebook.json".to_owned(), CODEBOOK.to_owned())];
    files.extend(sources.iter().map(|(id, quote, value)| (format!("sources/{id}.json"), source(id, quote, value))));
    files
}

fn side(name: &str, files: &Files) -> Side {
    let corpus = gainsay::load(&Folder::from_files(files.clone())).unwrap_or_else(|faults| panic!("{faults}"));
    Side::of_folder(name, &corpus, &gainsay::check(&corpus, &Options::default()))
}

fn between(old: &Files, new: &Files) -> Difference {
    diff(&side("old", old), &side("new", new))
}

fn ids(difference: &Difference) -> [Vec<String>; 3] {
    let ids = |findings: &[gainsay::report::diff::SideFinding]| {
        findings.iter().map(|finding| finding.headline.clone()).collect()
    };
    let changed = difference.findings.changed.iter().map(|changed| changed.finding.headline.clone()).collect();
    [ids(&difference.findings.added), ids(&difference.findings.resolved), changed]
}

#[test]
fn nothing_lies_between_a_state_and_itself() {
    for folder in ["claims", "tests/fixtures/rules/unused-waiver", "tests/fixtures/small"] {
        let report = tempfile::NamedTempFile::new().unwrap();
        let file = report.path().to_str().unwrap();
        assert!(code(&run(&["check", folder, "--format", "json", "-o", file])) < 2);
        for (old, new) in [(folder, folder), (file, folder), (folder, file), (file, file)] {
            let output = run(&["diff", old, new, "--fail-on-new", "note"]);
            assert_eq!(code(&output), 0, "{}", stderr(&output));
            assert!(stdout(&output).starts_with("Summary\n  Nothing differs"), "{}", stdout(&output));
        }
    }
}

#[test]
fn a_figure_that_changes_adds_and_resolves() {
    let agree = files(&[("gazette", "nine boats", "9"), ("courier", "nine boats", "9")]);
    let clash = files(&[("gazette", "nine boats", "9"), ("courier", "seven boats", "7")]);
    let there = between(&agree, &clash);
    let [added, resolved, changed] = ids(&there);
    assert_eq!((added.len(), resolved.len(), changed.len()), (1, 0, 0));
    assert!(there.has_new(Verdict::Contradiction));
    let claim = &there.claims.changed[0];
    assert_eq!((claim.claim.as_str(), there.claims.changed.len()), ("courier/lost", 1));
    let fields: Vec<&str> = claim.fields.iter().map(|field| field.field).collect();
    assert_eq!(fields, ["says", "quote"]);
    let back = between(&clash, &agree);
    let [added, resolved, changed] = ids(&back);
    assert_eq!((added.len(), resolved.len(), changed.len()), (0, 1, 0));
    assert!(!back.has_new(Verdict::Note), "what is resolved fails nothing");
}

#[test]
fn a_finding_with_another_figure_is_changed_and_not_new() {
    let seven = files(&[("gazette", "nine boats", "9"), ("courier", "seven boats", "7")]);
    let six = files(&[("gazette", "nine boats", "9"), ("courier", "six boats", "6")]);
    let changed = between(&seven, &six);
    assert_eq!(changed.findings.changed.len(), 1);
    assert!(!changed.has_new(Verdict::Contradiction), "it was a contradiction before");
    // About eight is 6 to 10 under strict, and 7 to 9 under plain.
    let about = files(&[("gazette", "ten boats", "10"), ("courier", "about eight boats", r#"{ "about": 8 }"#)]);
    let milder = between(&about, &seven);
    let was: Vec<Verdict> = milder.findings.changed.iter().map(|changed| changed.was.verdict).collect();
    assert_eq!(was, [Verdict::Tension]);
    for least in [Verdict::Contradiction, Verdict::Tension, Verdict::Note] {
        assert!(milder.has_new(least), "it was milder, whatever the gate is set to");
    }
    assert!(!between(&seven, &about).has_new(Verdict::Contradiction));
}

#[test]
fn a_waiver_that_goes_makes_its_finding_new() {
    let clash = clashing();
    let report: Value = serde_json::from_str(&stdout(&run(&["check", path(&clash), "--format", "json"]))).unwrap();
    let id = report["findings"][0]["id"].as_str().unwrap();
    let waived = tempfile::tempdir().unwrap();
    copy(clash.path(), waived.path());
    let arguments = ["waive", id, "--claims", path(&waived), "--reason", "two counts", "--by", "the coast desk"];
    assert_eq!(code(&run(&arguments)), 0);
    let gate = ["--fail-on-new", "contradiction"];
    let gone = run(&[&["diff", path(&waived), path(&clash)], &gate[..]].concat());
    assert_eq!(code(&gone), 1);
    assert!(stdout(&gone).contains("It was waived: two counts. (the coast desk)"), "{}", stdout(&gone));
    let came = run(&[&["diff", path(&clash), path(&waived)], &gate[..]].concat());
    assert_eq!(code(&came), 0);
    assert!(stdout(&came).contains("Waived now: two counts. (the coast desk)"), "{}", stdout(&came));
}

#[test]
fn claims_become_comparable_and_cease_to_be() {
    let with = |value: &str| {
        let mut files = files(&[("gazette", "nine boats", "9")]);
        files.push((
            "sources/courier.json".to_owned(),
            format!(
                r#"{{ "source": {{ "id": "courier" }}, "claims": [ {{ "id": "rose",
            "quote": "twice as many", "measure": "boats", "place": {value}, "period": "1954",
            "change": {{ "than": {{ "period": "1953" }}, "direction": "up", "factor": 2 }} }} ] }}"#
            ),
        ));
        files
    };
    // A change of something narrower that is not named has no two boxes.
    let there = between(&with(r#""harbour""#), &with(r#""unstated""#));
    let names =
        |entries: &[gainsay::report::NotCompared]| entries.iter().map(|entry| entry.claim.clone()).collect::<Vec<_>>();
    assert!(names(&there.comparable.no_longer).contains(&"courier/rose".to_owned()), "{:?}", there.comparable);
    let back = between(&with(r#""unstated""#), &with(r#""harbour""#));
    assert!(names(&back.comparable.now).contains(&"courier/rose".to_owned()), "{:?}", back.comparable);
    // A claim that is gone did not become comparable.
    let gone = between(&with(r#""unstated""#), &files(&[("gazette", "nine boats", "9")]));
    assert!(gone.comparable.now.is_empty() && gone.claims.removed.len() == 1);
}

#[test]
fn sides_that_mean_different_things_are_not_compared() {
    let own = files(&[("gazette", "nine boats", "9")]);
    let with = |old: &str, new: &str| {
        let mut files = own.clone();
        assert_ne!(files[0].1.replace(old, new), files[0].1);
        files[0].1 = files[0].1.replace(old, new);
        side("new", &files)
    };
    let old = side("old", &own);
    assert_eq!(
        comparable(&old, &with(r#"{ "harbour""#, r#"{ "quay": { "in": "harbour" }, "harbour""#)),
        Ok(()),
        "a further term"
    );
    assert_eq!(
        comparable(&with(r#"{ "harbour""#, r#"{ "quay": { "in": "harbour" }, "harbour""#), &old),
        Ok(()),
        "one less"
    );
    assert_eq!(comparable(&old, &with("the harbour", "the old harbour")), Ok(()), "a label is prose");
    let Err(Unlike::Redefined(changed)) = comparable(&old, &with(r#""count""#, r#""level""#)) else {
        panic!("a level is no count")
    };
    let told: Vec<String> = changed.iter().map(gainsay::report::diff::Redefined::told).collect();
    assert_eq!(
        told,
        [
            "measure `boats`: was dimensions place, kind count, unit boat, whole; is dimensions place, kind level, unit boat, whole"
        ]
    );
    let covered = |terms: &str| {
        let dimension = r#"{ "phrase": "in {}", "root": "world", "terms": {"#;
        with(dimension, &format!(r#"{{ "phrase": "in {{}}", "root": "world", "exhaustive": true, "terms": {{ {terms}"#))
    };
    let (two, three) = (covered(r#""sea": {}, "#), covered(r#""sea": {}, "air": {}, "#));
    assert!(matches!(comparable(&two, &three), Err(Unlike::Redefined(_))), "what covers the root is another division");
    assert_eq!(
        comparable(&old, &side("new", &crate::support::files_of("tests/fixtures/rules/opposed-advice"))),
        Err(Unlike::NothingInCommon)
    );
    let (a, b) = ("tests/fixtures/rules/disagreement", "tests/fixtures/rules/fact-conflict");
    let output = run(&["diff", a, b]);
    assert_eq!(code(&output), 2);
    assert!(output.stdout.is_empty(), "{}", stdout(&output));
    assert!(
        stderr(&output).contains("different codebooks") || stderr(&output).contains("in common"),
        "{}",
        stderr(&output)
    );
    assert_eq!(code(&run(&["diff", a, b, "--across-codebooks"])), 0, "told to, it compares");
}

/// What makes a finding go or come without a change of its claims' words is told too.
#[test]
fn every_cause_is_told() {
    let own = files(&[("gazette", "twenty boats", "20"), ("courier", "about twenty boats", r#"{ "about": 20 }"#)]);
    let with = |file: usize, old: &str, new: &str| {
        let mut files = own.clone();
        assert!(files[file].1.contains(old), "{}", files[file].1);
        files[file].1 = files[file].1.replacen(old, new, 1);
        files
    };
    let about = with(0, "{", r#"{ "about": { "strict": "50%" },"#);
    let difference = between(&own, &about);
    let told: Vec<String> = difference.codebook.iter().map(gainsay::report::diff::Redefined::told).collect();
    assert_eq!(told, ["policy `about`: was strict 1/4, plain 1/10, min 1; is strict 1/2, plain 1/10, min 1"]);
    assert!(matches!(comparable(&side("old", &own), &side("new", &about)), Err(Unlike::Redefined(_))));
    let plain = with(0, "{", r#"{ "about": { "plain": "20%" },"#);
    let fields: Vec<&str> =
        between(&own, &plain).claims.changed.iter().flat_map(|claim| &claim.fields).map(|field| field.field).collect();
    assert_eq!(fields, ["numbers, as a reader takes them"], "18 to 22 are now 16 to 24");
    let later = with(1, r#""id": "gazette""#, r#""id": "gazette", "published": "1954""#);
    let told: Vec<String> = between(&own, &later).sources.iter().map(gainsay::report::diff::Redefined::told).collect();
    assert_eq!(told, ["source `gazette`: was “gazette”; is “gazette”, published 1954-01-01/1954-12-31"]);
    let twice = |superseded: &str| {
        let mut files = own.clone();
        files[1].1 = format!(
            r#"{{ "source": {{ "id": "gazette" }}, "claims": [
            {{ "id": "first", "quote": "eight boats", "measure": "boats", "place": "harbour", "period": "1953", "value": 8{superseded} }},
            {{ "id": "lost", "quote": "nine boats", "measure": "boats", "place": "harbour", "period": "1953", "value": 9 }} ] }}"#
        );
        files
    };
    let superseded = between(&twice(""), &twice(r#", "superseded_by": "lost", "note": "corrected""#));
    let fields: Vec<(&str, &str)> =
        superseded.claims.changed[0].fields.iter().map(|field| (field.field, field.new.as_str())).collect();
    assert_eq!(fields, [("note", "corrected"), ("superseded by", "gazette/lost")]);
    assert_eq!(
        superseded.findings.resolved.len(),
        2,
        "and the findings that went: eight against nine, and against about twenty"
    );
}

/// Where the search ended early on one side, nobody is told that the rest is new or resolved.
#[test]
fn a_list_that_was_cut_is_told() {
    let short = tempfile::NamedTempFile::new().unwrap();
    let file = short.path().to_str().unwrap();
    assert_eq!(code(&run(&["check", "claims", "--limit", "1", "--no-waivers", "--format", "json", "-o", file])), 1);
    let output = run(&["diff", file, "claims", "--no-waivers", "--format", "json"]);
    let difference: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert!(difference["old"]["cut"].as_u64().unwrap() > 0 && difference["new"]["cut"] == 0);
    let text = stdout(&run(&["diff", file, "claims", "--no-waivers"]));
    assert!(text.contains("Not all conflicts of"), "{text}");
}

#[test]
fn waivers_are_left_out_of_reports_too() {
    let report = tempfile::NamedTempFile::new().unwrap();
    let file = report.path().to_str().unwrap();
    assert_eq!(code(&run(&["check", "claims", "--format", "json", "-o", file])), 0);
    let output = run(&["diff", file, "claims", "--no-waivers", "--fail-on-new", "note"]);
    assert!(code(&output) == 0 && stdout(&output).contains("Nothing differs"), "{}", stdout(&output));
}

#[test]
fn a_report_is_a_side_unless_it_is_newer_or_partial_or_none() {
    let clash = clashing();
    let file = clash.path().join("report.txt");
    let file = file.to_str().unwrap();
    assert_eq!(code(&run(&["check", path(&clash), "--format", "json", "-o", file])), 1);
    let report = fs::read_to_string(file).unwrap();
    assert!(Side::of_report("r", &report).is_ok());
    let newer = report.replacen("\"schema\": 1", "\"schema\": 2", 1);
    assert_eq!(Side::of_report("r", &newer).unwrap_err(), SideError::Newer(2));
    let refused = |text: &str, says: &str| {
        fs::write(file, text).unwrap();
        for (old, new) in [(file, path(&clash)), (path(&clash), file)] {
            let output = run(&["diff", old, new]);
            assert_eq!(code(&output), 2, "{text}");
            assert!(output.stdout.is_empty() && stderr(&output).contains(says), "{says}: {}", stderr(&output));
        }
    };
    refused(&newer, "layout 2");
    refused("{", "no report of `gainsay check --format json`");
    refused("[]", "no report");
    refused("{ \"schema\": 1 }", "missing field");
    refused(&"[".repeat(100_000), "no report");
    refused(&report.replacen("\"dimensions\": {", "\"dimensions\": 3, \"was\": {", 1), "is no object");
    refused(&report.replacen("\"verdict\": \"contradiction\"", "\"verdict\": \"\\u001b[31m\"", 1), "unknown variant");
    assert_eq!(code(&run(&["check", path(&clash), "--format", "json", "--rule", "anachronism", "-o", file])), 0);
    let partial = run(&["diff", file, path(&clash)]);
    assert!(code(&partial) == 2 && stderr(&partial).contains("1 others were left out"), "{}", stderr(&partial));
}

#[test]
fn what_is_neither_folder_nor_report_nor_revision_is_refused() {
    let clash = clashing();
    for (old, says) in [("no-such-folder", "there is no folder or file"), ("-", "standard input")] {
        let output = run(&["diff", old, old]);
        assert_eq!(code(&output), 2);
        assert!(stderr(&output).contains(says), "{}", stderr(&output));
    }
    let output = run(&["diff", "no-such-revision:claims", path(&clash)]);
    assert!(code(&output) == 2 && stderr(&output).contains("error: git "), "{}", stderr(&output));
    let over = run(&["diff", path(&clash), path(&clash), "-o", clash.path().join("codebook.json").to_str().unwrap()]);
    assert!(code(&over) == 2 && stderr(&over).contains("a report would take its place"), "{}", stderr(&over));
    for new in ["omitted.json", "sources/new.json"] {
        let file = clash.path().join(new);
        let within = run(&["diff", path(&clash), path(&clash), "-o", file.to_str().unwrap()]);
        assert!(code(&within) == 2 && stderr(&within).contains("would read claims"), "{}", stderr(&within));
        assert!(!file.exists());
    }
    // The faults of both sides are told in one run.
    let (one, other) = (clashing(), clashing());
    fs::write(one.path().join("sources/courier.json"), "{").unwrap();
    fs::write(other.path().join("sources/gazette.json"), "{").unwrap();
    let both = run(&["diff", path(&one), path(&other)]);
    assert!(
        code(&both) == 2 && stderr(&both).contains("courier.json") && stderr(&both).contains("gazette.json"),
        "{}",
        stderr(&both)
    );
}

/// Copies a claims folder.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to.join("sources")).unwrap();
    fs::copy(from.join("codebook.json"), to.join("codebook.json")).unwrap();
    for entry in fs::read_dir(from.join("sources")).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join("sources").join(entry.file_name())).unwrap();
    }
}

/// Git in a folder, with nothing of the machine's own settings.
fn git(folder: &Path, arguments: &[&str]) {
    let name = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "init.defaultBranch=main"];
    let output = Command::new("git")
        .args(name)
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_revision_is_read_from_git() {
    if !tool("git") {
        return;
    }
    let repository = tempfile::tempdir().unwrap();
    let claims = repository.path().join("news/claims");
    let agreeing = folder(&[
        ("gazette.json", source("gazette", "nine boats", "9")),
        ("courier.json", source("courier", "nine boats", "9")),
    ]);
    copy(agreeing.path(), &claims);
    fs::write(claims.join("README.md"), "read me").unwrap();
    git(repository.path(), &["init", "-q"]);
    git(repository.path(), &["add", "."]);
    git(repository.path(), &["commit", "-q", "-m", "claims"]);
    fs::write(claims.join("sources/courier.json"), source("courier", "seven boats", "7")).unwrap();
    let within = |folder: &Path, arguments: &[&str]| {
        gainsay(arguments).current_dir(folder).env("GIT_CONFIG_GLOBAL", "/dev/null").output().unwrap()
    };
    for (folder, old, new) in [
        (repository.path().to_owned(), "HEAD:news/claims", "news/claims"),
        (repository.path().to_owned(), "main:./news/claims", "news/claims"),
        (repository.path().join("news"), "HEAD:news/claims", "claims"),
        (repository.path().join("news"), "HEAD:./claims", "claims"),
    ] {
        let output = within(&folder, &["diff", old, new, "--fail-on-new", "contradiction"]);
        assert_eq!(code(&output), 1, "{old}: {}", stderr(&output));
        let text = stdout(&output);
        assert!(text.contains("New contradictions") && text.contains(&format!("{old} (revision)")), "{text}");
        assert!(text.contains("quote: [-nine-]{+seven+} boats"), "{text}");
    }
    let missing = within(repository.path(), &["diff", "HEAD:news", "news/claims"]);
    assert!(
        code(&missing) == 2 && stderr(&missing).contains("there are no claims in `HEAD:news`"),
        "{}",
        stderr(&missing)
    );
    // Whatever looks like an option is none.
    let option = within(repository.path(), &["diff", "--", "--output=x:y", "news/claims"]);
    assert_eq!(code(&option), 2);
    assert!(!repository.path().join("x:y").exists());
    // A fault of the past is told where it stands.
    fs::write(claims.join("sources/courier.json"), "{").unwrap();
    git(repository.path(), &["commit", "-q", "-am", "broken"]);
    let broken = within(repository.path(), &["diff", "HEAD:news/claims", "HEAD~1:news/claims"]);
    assert!(
        code(&broken) == 2 && stderr(&broken).contains("HEAD:news/claims/sources/courier.json:1:"),
        "{}",
        stderr(&broken)
    );
}

#[test]
fn every_format_shows_all_that_changed() {
    let old = files(&[("gazette", "nine boats", "9"), ("courier", "nine boats", "9"), ("herald", "one boat", "1")]);
    let new = files(&[("gazette", "nine boats", "9"), ("courier", "seven boats", "7"), ("post", "nine boats", "9")]);
    let difference = between(&old, &new);
    snapshot("diff-text", &difference_text(&difference, TextOptions::default()));
    snapshot("diff-markdown", &difference_markdown(&difference));
    snapshot("diff-json", &difference_json(&difference));
}

#[test]
fn nothing_that_somebody_wrote_acts_in_a_terminal_or_a_page() {
    let hostile = "seven <b>boats</b> [x](http://y) \\u001b[31m \\u202e |";
    let old = files(&[("gazette", "nine boats", "9"), ("courier", "nine boats", "9")]);
    let new = files(&[("gazette", "nine boats", "9"), ("courier", hostile, "7")]);
    let difference = between(&old, &new);
    let (text, markdown) = (difference_text(&difference, TextOptions::default()), difference_markdown(&difference));
    for page in [&text, &markdown, &difference_json(&difference)] {
        assert!(page.contains("boats") && !page.contains(['\u{1b}', '\u{202e}']), "{page}");
    }
    assert!(!markdown.contains("<b>") && !markdown.contains("](http:"), "{markdown}");
}
