//! The README shows what the program prints, and names commands that work.

use gainsay::Options;
use gainsay::report::{self, TextOptions};

use crate::support::{as_of, corpus, root};

fn readme() -> String {
    std::fs::read_to_string(root().join("README.md")).unwrap()
}

/// The text between a mark and the next `<!-- end -->`.
fn marked(mark: &str) -> String {
    let readme = readme();
    let start = readme.find(&format!("<!-- {mark} -->")).unwrap_or_else(|| panic!("the README has no mark {mark}"));
    let rest = &readme[start..];
    rest[..rest.find("<!-- end -->").unwrap()].to_owned()
}

#[test]
fn the_contradictions_in_the_readme_are_printed_so() {
    let report = gainsay::check(&corpus(&root().join("claims")), &Options { waivers: false, ..as_of() });
    let printed = report::text(&report, TextOptions::default());
    for mark in ["sample", "sample-sum"] {
        let sample = marked(mark);
        let shown: Vec<&str> =
            sample.lines().skip_while(|line| *line != "```text").skip(1).take_while(|line| *line != "```").collect();
        assert!(shown.len() > 5, "the README shows a finding");
        assert!(printed.contains(&shown.join("\n")), "as the program prints it:\n{}", shown.join("\n"));
    }
}

#[test]
fn the_test_command_stands_where_it_is_looked_for() {
    assert!(marked("test-command").contains("    cargo test"));
}

/// What the README says that a command prints is what it prints.
#[test]
fn commands_print_what_the_readme_shows() {
    for mark in ["show", "bounds", "world", "verify", "diff"] {
        let sample = marked(mark);
        let mut lines = sample.lines().skip_while(|line| *line != "```text").skip(1).take_while(|line| *line != "```");
        let call = lines.next().unwrap().strip_prefix("$ gainsay ").unwrap();
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_gainsay"));
        let output = command.args(call.split(' ')).current_dir(root()).env_remove("COLUMNS").output().unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        let shown = lines.collect::<Vec<_>>().join("\n");
        assert!(!shown.is_empty() && printed.starts_with(&shown), "{call} prints\n{printed}");
    }
}

/// The files of the small folder that the README shows.
fn small_folder() -> Vec<(String, String)> {
    let readme = readme();
    let file = |name: &str| {
        let (_, rest) = readme.split_once(&format!("`claims/{name}`\n\n```json\n")).unwrap();
        (name.to_owned(), rest.split("```").next().unwrap().to_owned())
    };
    ["codebook.json", "sources/harbour-news.json"].map(file).to_vec()
}

/// The formats for other programs, of the small folder and one more source; … stands for more, at the end of a line.
#[test]
fn each_format_is_written_as_the_readme_shows() {
    let readme = readme();
    let folder = tempfile::tempdir().unwrap();
    let claims = folder.path().join("claims");
    std::fs::create_dir_all(claims.join("sources")).unwrap();
    let flood =
        readme.split("```json\n").find(|block| block.starts_with("{ \"source\": { \"id\": \"flood-report\"")).unwrap();
    let flood = ("sources/flood-report.json".to_owned(), flood.split("```").next().unwrap().to_owned());
    for (name, text) in small_folder().into_iter().chain([flood]) {
        std::fs::write(claims.join(name), text).unwrap();
    }
    let sample = marked("formats");
    let mut shown = 0;
    for part in sample.split("$ gainsay ").skip(1) {
        let mut lines = part.lines().take_while(|line| *line != "```");
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_gainsay"));
        command.args(lines.next().unwrap().split(' ')).current_dir(folder.path()).env_remove("GITHUB_STEP_SUMMARY");
        let printed = String::from_utf8(command.output().unwrap().stdout).unwrap();
        let lines: Vec<&str> = lines.collect();
        let alike = |printed: &str, shown: &str| match shown.strip_suffix('…') {
            Some(start) => printed.starts_with(start),
            None => printed == shown,
        };
        let printed_lines: Vec<&str> = printed.lines().collect();
        let found =
            printed_lines.windows(lines.len()).any(|run| run.iter().zip(&lines).all(|(one, other)| alike(one, other)));
        assert!(!lines.is_empty() && found, "{lines:#?} in\n{printed}");
        shown += 1;
    }
    assert_eq!(shown, 6, "each format but text, which stands at the top");
}

/// From `init` to a check that fails and one that passes: each command is run as it stands there, and prints what is shown;
/// a line of … stands for any number of lines.
#[test]
fn five_commands_lead_to_a_gate() {
    let sample = marked("transcript");
    let text = sample.split("```text\n").nth(1).unwrap().split("```").next().unwrap();
    let calls: Vec<(&str, Vec<&str>)> = text
        .split("$ ")
        .skip(1)
        .map(|part| {
            let (call, printed) = part.split_once('\n').unwrap();
            (call, printed.lines().collect())
        })
        .collect();
    if !gnu_sed() {
        return;
    }
    let place = tempfile::tempdir().unwrap();
    let own = std::path::Path::new(env!("CARGO_BIN_EXE_gainsay")).parent().unwrap();
    let path = format!("{}:{}", own.display(), std::env::var("PATH").unwrap());
    let mut statuses = Vec::new();
    for (call, shown) in &calls {
        let mut command = std::process::Command::new("sh");
        let output = command
            .args(["-c", call])
            .current_dir(place.path())
            .env("PATH", &path)
            .env_remove("COLUMNS")
            .output()
            .unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        assert!(is_shown(&printed.lines().collect::<Vec<_>>(), shown), "{call} prints\n{printed}");
        statuses.push(output.status.code().unwrap());
    }
    assert_eq!(statuses, [0, 0, 1, 0, 0], "five commands, of which the first check fails");
}

/// Whether `sed -i` is there as GNU has it; where it is not, the test says that it was not run.
fn gnu_sed() -> bool {
    use std::io::Write;
    if cfg!(not(target_os = "linux")) {
        let _ = writeln!(std::io::stderr(), "NOT RUN: the README's transcript, which needs GNU sed");
        return false;
    }
    crate::support::tool("sed")
}

/// Whether lines are those that are shown, where … stands for any number of lines.
fn is_shown(printed: &[&str], shown: &[&str]) -> bool {
    match (shown.split_first(), printed.split_first()) {
        (None, None) => true,
        (Some((&"…", rest)), _) => (0..=printed.len()).any(|skipped| is_shown(&printed[skipped..], rest)),
        (Some((line, rest)), Some((first, others))) => line == first && is_shown(others, rest),
        _ => false,
    }
}

/// A new folder is made as the README shows.
#[test]
fn a_new_folder_is_made_as_the_readme_shows() {
    let sample = marked("init");
    let shown = sample.split("$ gainsay init\n").nth(1).unwrap().split("```").next().unwrap();
    let place = tempfile::tempdir().unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_gainsay"));
    let output = command.arg("init").current_dir(place.path()).output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), shown);
}

/// The small folder that the README shows loads and checks without a finding.
#[test]
fn the_small_folder_in_the_readme_is_sound() {
    let files = small_folder();
    let report = crate::support::report_on(files);
    assert_eq!((report.summary.claims, report.findings.len()), (2, 0));
}

/// The pictures that the README shows are there, and so are the files that it names in commands.
#[test]
fn pictures_and_scripts_are_there() {
    let readme = readme();
    let pictures: Vec<&str> = readme.split("](docs/").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    assert!(!pictures.is_empty());
    for picture in pictures {
        assert!(root().join("docs").join(picture).is_file(), "{picture}");
    }
    for script in readme.lines().filter_map(|line| line.strip_prefix("    ")).flat_map(|line| line.split(' ')) {
        if script.starts_with("benches/") {
            assert!(root().join(script).is_file(), "{script}");
        }
    }
}
