//! The HTML pages in a browser: `tests/browser` holds what is checked there, in files that node runs. Nothing is downloaded
//! here; `.ci/run` shows how to get what these tests need.

mod big;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::command::{code, run, stderr, stdout};
use crate::support::{needed, root, tell, tool};

const ALL: &str = "told,policy,links,unfolds,fits,search,keyboard,theme,access,print";

/// The folder of the node modules that `tests/browser/package.json` names.
fn modules() -> PathBuf {
    let given = std::env::var_os("GAINSAY_BROWSER_MODULES").map(PathBuf::from);
    given.unwrap_or_else(|| root().join("target/browser/node_modules"))
}

/// Whether all is there that these tests need.
fn browser() -> bool {
    let modules = ["playwright-core", "axe-core"].iter().all(|name| modules().join(name).is_dir());
    ["node", "chromium", "pdftotext"].iter().all(|name| tool(name))
        && needed(modules, "the node modules of tests/browser/package.json (.ci/run installs them)")
}

fn node(script: &str, arguments: &[&str]) -> Output {
    let script = root().join("tests/browser").join(script);
    Command::new("node").arg(script).args(arguments).env("GAINSAY_BROWSER_MODULES", modules()).output().unwrap()
}

/// What a script of `tests/browser` prints; it must end well.
fn passes(script: &str, arguments: &[&str]) -> String {
    let output = node(script, arguments);
    assert_eq!(code(&output), 0, "{arguments:?}\n{}{}", stdout(&output), stderr(&output));
    stdout(&output)
}

/// A report on a folder in a format, in a file that stays to be looked at until the next run.
fn written(claims: &str, name: &str, arguments: &[&str]) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join(name).to_str().unwrap().to_owned();
    let output =
        run(&[&["check", claims, "--no-waivers", "--as-of", "2026-01-01", "--output", &file], arguments].concat());
    assert!(code(&output) <= 1, "{}", stderr(&output));
    file
}

/// Runs checks on the page of a claims folder for the editor or for a class, beside the JSON report on the same claims.
fn check(claims: &str, reader: &str, checks: &str) -> (String, String) {
    let name = format!("{}-{reader}", claims.rsplit('/').next().unwrap());
    let whom: &[&str] = if reader == "class" { &["--for", "class"] } else { &[] };
    let page = written(claims, &format!("{name}.html"), &[&["--format", "html"], whom].concat());
    let report = written(claims, &format!("{name}.json"), &["--format", "json"]);
    let said = passes("run.mjs", &["--for", reader, "--report", &report, "--checks", checks, &page]);
    (page, said)
}

#[test]
fn the_page_of_the_papers_holds_in_a_browser() {
    if browser() {
        check("claims", "editor", ALL);
    }
}

#[test]
fn the_class_page_of_the_papers_holds_in_a_browser() {
    if browser() {
        check("claims", "class", ALL);
    }
}

/// Both pages of a folder.
fn both(claims: &str) {
    for reader in ["editor", "class"] {
        if browser() {
            check(claims, reader, ALL);
        }
    }
}

#[test]
fn the_pages_of_a_small_folder_hold_in_a_browser() {
    both("tests/fixtures/small");
}

#[test]
fn the_pages_of_facts_and_figures_hold_in_a_browser() {
    both("tests/fixtures/show");
}

#[test]
fn the_pages_of_hostile_claims_hold_in_a_browser() {
    both("tests/fixtures/hostile");
}

#[test]
fn every_check_fails_a_page_with_the_defect_that_it_is_for() {
    if browser() {
        passes("selftest.mjs", &[]);
    }
}

#[test]
fn a_page_of_ten_thousand_claims_is_small_and_loads() {
    let folder = big::folder();
    let page = written(folder.path().to_str().unwrap(), "big-editor.html", &["--format", "html"]);
    let bytes = std::fs::metadata(&page).unwrap().len();
    assert!(bytes <= 10_000_000, "{bytes} bytes");
    let text = std::fs::read_to_string(&page).unwrap();
    assert!(text.contains(" remarks<") && !text.contains(">0 remarks<"), "what there is none of is not told");
    if browser() {
        let report = written(folder.path().to_str().unwrap(), "big-editor.json", &["--format", "json"]);
        let said = passes("run.mjs", &["--report", &report, "--checks", "told,links,load", &page]);
        let time = said.lines().find_map(|line| line.strip_prefix("ok   load: ")).unwrap();
        // A time says more of the machine than of the page, so it is told and not judged.
        tell(&format!("a page of 10,000 claims in {bytes} bytes: {time}"));
    }
}
