//! Completions, manual pages and `check --watch`, used as a shell and a terminal use them.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use crate::support::tool;

fn gainsay(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gainsay")).args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn told(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// What bash offers for the last of some words.
fn completed(script: &Path, words: &[&str]) -> Vec<String> {
    let line = format!(
        "source '{}'; COMP_WORDS=({}); COMP_CWORD={}; _gainsay gainsay '{}' '{}'; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        script.display(),
        words.join(" "),
        words.len() - 1,
        words[words.len() - 1],
        words[words.len() - 2],
    );
    let output = Command::new("bash").args(["--norc", "-c", &line]).output().unwrap();
    assert_eq!(told(&output.stderr), "");
    told(&output.stdout).lines().map(str::to_owned).collect()
}

#[test]
fn bash_completes_commands_options_and_words() {
    let script = gainsay(&["completions", "bash"]);
    assert_eq!(script.status.code(), Some(0));
    for shell in ["zsh", "fish", "powershell", "elvish"] {
        let other = told(&gainsay(&["completions", shell]).stdout);
        assert!(other.contains("verify-report") && other.contains("fail-on-undecided"), "{shell}");
    }
    if !tool("bash") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("gainsay.bash");
    fs::write(&file, &script.stdout).unwrap();
    assert_eq!(completed(&file, &["gainsay", "verify-r"]), ["verify-report"]);
    assert_eq!(completed(&file, &["gainsay", "check", "--fail-on-u"]), ["--fail-on-undecided"]);
    assert_eq!(completed(&file, &["gainsay", "check", "--fail-on", "ten"]), ["tension"]);
    assert_eq!(completed(&file, &["gainsay", "schema", "om"]), ["omitted"]);
}

/// What a page says in its lines of text, read as roff says: a line that starts with a point is a request.
fn sections(page: &str) -> Vec<String> {
    let section = |line: &str| line.strip_prefix(".SH ").map(|name| name.trim_matches('"').to_owned());
    page.lines().filter_map(section).collect()
}

#[test]
fn every_command_has_a_manual_page() {
    let folder = tempfile::tempdir().unwrap();
    let written = gainsay(&["man", "--dir", folder.path().to_str().unwrap()]);
    assert_eq!(written.status.code(), Some(0), "{}", told(&written.stderr));
    let main = fs::read_to_string(folder.path().join("gainsay.1")).unwrap();
    assert_eq!(told(&gainsay(&["man"]).stdout), main);
    let help = told(&gainsay(&["--help"]).stdout);
    let commands = help.split("Commands:").nth(1).unwrap().split("Options:").next().unwrap();
    let commands: Vec<&str> = commands
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    assert!(commands.len() >= 12, "{commands:?}");
    for name in &commands {
        let page = fs::read_to_string(folder.path().join(format!("gainsay-{name}.1"))).unwrap();
        assert_eq!(told(&gainsay(&["man", name]).stdout), page);
        assert!(page.contains(&format!(".TH gainsay-{name} 1")), "{page}");
        let sections = sections(&page);
        assert!(
            ["NAME", "SYNOPSIS", "DESCRIPTION"].iter().all(|name| sections.contains(&(*name).to_owned())),
            "{page}"
        );
        assert!(main.replace("\\-", "-").contains(&format!("gainsay-{name}(1)")), "the main page names {name}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), commands.len() + 1);
    let unknown = gainsay(&["man", "chek"]);
    assert!(unknown.status.code() == Some(2) && told(&unknown.stderr).contains("did you mean `check`?"));
    if !tool("groff") {
        return;
    }
    for entry in fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let rendered = Command::new("groff").args(["-man", "-Tutf8", "-ww", "-P-cbou"]).arg(&path).output().unwrap();
        assert_eq!(told(&rendered.stderr), "", "{}", path.display());
        assert!(told(&rendered.stdout).contains("SYNOPSIS"));
    }
}

#[test]
fn watching_needs_a_terminal_and_a_folder_of_its_own() {
    let piped = gainsay(&["check", "--watch", "tests/fixtures/small"]);
    assert_eq!((piped.status.code(), told(&piped.stdout)), (Some(2), String::new()));
    assert!(told(&piped.stderr).contains("on a terminal only"), "{}", told(&piped.stderr));
    let stdin = gainsay(&["check", "--watch", "-"]);
    assert!(stdin.status.code() == Some(2) && told(&stdin.stderr).contains("cannot stand together"));
    assert_eq!(gainsay(&["check", "--watch", "--output", "x"]).status.code(), Some(2));
}

/// On a pseudo-terminal, which util-linux's `script` makes: the report, the next one after a change, faults, and an end.
#[cfg(target_os = "linux")]
#[test]
fn watching_shows_what_each_change_brings() {
    if !tool("script") {
        return;
    }
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("claims");
    assert_eq!(gainsay(&["init", folder.to_str().unwrap()]).status.code(), Some(0));
    let call = format!("'{}' check --watch claims", env!("CARGO_BIN_EXE_gainsay"));
    let mut child = Command::new("script")
        .args(["-qec", &call, "/dev/null"])
        .current_dir(place.path())
        .env("TERM", "xterm")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut keys, mut screen) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut bytes = [0; 4096];
        while let Ok(read @ 1..) = screen.read(&mut bytes) {
            let _ = sender.send(bytes[..read].to_vec());
        }
    });
    let mut shown = String::new();
    // Everything up to the next line that says what is watched.
    let mut next = || {
        let until = Instant::now() + Duration::from_mins(1);
        loop {
            if let Some(end) = shown.find("Watching claims; Ctrl-C ends it.") {
                let rest = shown.split_off(end);
                let screen = std::mem::replace(&mut shown, rest["Watching claims".len()..].to_owned());
                return screen;
            }
            assert!(Instant::now() < until, "no report came: {shown}");
            if let Ok(bytes) = receiver.recv_timeout(Duration::from_millis(100)) {
                shown.push_str(&String::from_utf8_lossy(&bytes));
            }
        }
    };
    let first = next();
    assert!(first.contains("\u{1b}[2J") && !first.contains("disagreement"), "{first}");
    let source = folder.join("sources/river-gazette.json");
    let text = fs::read_to_string(&source).unwrap();
    fs::write(&source, text.replace("214", "241")).unwrap();
    let second = next();
    assert!(second.contains("\u{1b}[2J") && second.contains("disagreement"), "{second}");
    fs::write(&source, text.replace("lauterbach\"", "lauterbahc\"")).unwrap();
    let third = next();
    assert!(third.contains("unknown-term") && third.contains("did you mean `lauterbach`?"), "{third}");
    // As editors do that write a new file and move it into the old one's place.
    fs::write(folder.join("sources/.new"), &text).unwrap();
    fs::rename(folder.join("sources/.new"), &source).unwrap();
    let fourth = next();
    assert!(!fourth.contains("unknown-term") && !fourth.contains("disagreement"), "{fourth}");
    // As a switch to another state does: another folder is in this one's place, and is watched from then on.
    let other = place.path().join("other");
    assert_eq!(gainsay(&["init", other.to_str().unwrap()]).status.code(), Some(0));
    fs::rename(&folder, place.path().join("old")).unwrap();
    fs::rename(&other, &folder).unwrap();
    let fifth = next();
    assert!(!fifth.contains("disagreement"), "{fifth}");
    fs::write(&source, text.replace("214", "241")).unwrap();
    let sixth = next();
    assert!(sixth.contains("disagreement"), "{sixth}");
    if interrupts_are_ignored() {
        let _ = writeln!(std::io::stderr(), "NOT RUN: Ctrl-C ends a watch; whoever started the tests ignores it");
        child.kill().unwrap();
        child.wait().unwrap();
        return;
    }
    keys.write_all(b"\x03").unwrap();
    keys.flush().unwrap();
    let status = child.wait().unwrap();
    assert_eq!(status.code(), Some(130), "as the shell tells a program that was interrupted");
}

/// Whether this process, and so each that it starts, ignores the interrupt, as what runs in the background of a script does.
fn interrupts_are_ignored() -> bool {
    const INTERRUPT: u64 = 1 << 1;
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask & INTERRUPT != 0)
}

/// On a terminal a long run tells what it is at, and takes it away in the end; anywhere else it tells nothing.
#[test]
fn a_long_run_tells_what_it_is_at_on_a_terminal_only() {
    if !tool("script") {
        return;
    }
    let place = tempfile::tempdir().unwrap();
    let sources = place.path().join("claims/sources");
    fs::create_dir_all(&sources).unwrap();
    fs::write(place.path().join("claims/codebook.json"), crate::command::CODEBOOK).unwrap();
    // Each figure against each: some seven thousand conflicts, every one proved.
    for at in 1..=120 {
        let source = crate::command::source(&format!("s{at}"), "some boats", &at.to_string());
        fs::write(sources.join(format!("s{at}.json")), source).unwrap();
    }
    let call = format!("'{}' check --format json --output report.json", env!("CARGO_BIN_EXE_gainsay"));
    let started = Instant::now();
    let mut command = Command::new("script");
    let output =
        command.args(["-qec", &call, "/dev/null"]).current_dir(place.path()).env("TERM", "xterm").output().unwrap();
    let screen = String::from_utf8_lossy(&output.stdout);
    if started.elapsed() < Duration::from_secs(2) {
        let _ = writeln!(std::io::stderr(), "NOT RUN: what a long run tells; this machine has no long run here");
        return;
    }
    assert_eq!(output.status.code(), Some(1), "{screen}");
    assert!(screen.contains("comparing claims") || screen.contains("proving conflicts"), "{screen}");
    assert!(screen.trim_end().ends_with("\u{1b}[2K"), "and it is gone: {screen:?}");
    let mut command = Command::new(env!("CARGO_BIN_EXE_gainsay"));
    let quiet = command
        .args(["check", "--format", "json", "--output", "report.json"])
        .current_dir(place.path())
        .output()
        .unwrap();
    assert!(quiet.stderr.is_empty() && quiet.stdout.is_empty());
}
