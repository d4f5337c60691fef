//! Workflow commands, read by the rules that GitHub's documentation and its runner give.

use std::collections::{BTreeMap, BTreeSet};

use gainsay::report::{self, Report};

use super::{cases, shown};

/// A workflow command as the runner reads it.
struct Command {
    name: String,
    properties: BTreeMap<String, String>,
    message: String,
}

/// The runner takes a line that begins with two colons, after white space, for a command: the name and the properties up
/// to the next two colons, then the message. Older commands begin with `##[` anywhere in a line.
fn read(line: &str) -> Option<Command> {
    assert!(!line.contains("##[") || line.trim_start().starts_with("::"), "an older command: {line}");
    let rest = line.trim_start().strip_prefix("::")?;
    let (head, message) = rest.split_once("::").unwrap_or_else(|| panic!("no end of the properties: {line}"));
    let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
    let properties = properties
        .split(',')
        .filter(|property| !property.is_empty())
        .map(|property| {
            let (key, value) = property.split_once('=').unwrap_or_else(|| panic!("no value: {line}"));
            (key.to_owned(), decoded(value, &["%0D", "%0A", "%3A", "%2C"]))
        })
        .collect();
    Some(Command { name: name.to_owned(), properties, message: decoded(message, &["%0D", "%0A"]) })
}

/// The runner replaces each escape in turn, and the percent sign last.
fn decoded(text: &str, escapes: &[&str]) -> String {
    let mut text = text.to_owned();
    for escape in escapes {
        let letter = char::from(u8::from_str_radix(&escape[1..], 16).unwrap());
        text = text.replace(escape, &letter.to_string());
    }
    text.replace("%25", "%")
}

fn commands(report: &Report) -> (Vec<Command>, Vec<String>) {
    let text = report::github(report);
    let mut commands = Vec::new();
    let mut others = Vec::new();
    // The runner ends a line at either sign.
    for line in text.split(['\n', '\r']).filter(|line| !line.is_empty()) {
        match read(line) {
            Some(command) => commands.push(command),
            None => others.push(line.to_owned()),
        }
    }
    (commands, others)
}

#[test]
fn the_runner_reads_back_what_the_report_says() {
    for (name, report) in cases::all() {
        let (commands, others) = commands(&report);
        let unwaived: Vec<_> = report.findings.iter().filter(|finding| finding.waived.is_none()).collect();
        let families: BTreeSet<&str> =
            unwaived.iter().map(|finding| finding.folded_under.as_ref().unwrap_or(&finding.id).as_str()).collect();
        assert_eq!(commands.len(), families.len() + report.undecided.len(), "{name}: one for each that is not folded");
        let mut told = 0;
        for command in &commands {
            let Some(finding) = unwaived.iter().find(|finding| command.message.ends_with(&finding.id)) else {
                assert!(command.message.starts_with("Undecided under the plain reading: a/b, c/d"));
                assert_eq!(command.name, "warning");
                continue;
            };
            assert_eq!(command.name, ["error", "warning", "notice"][finding.verdict as usize], "{name}");
            assert_eq!(command.properties["title"], format!("{}: {}", finding.verdict.word(), finding.rule));
            let lines: Vec<&str> = command.message.split('\n').collect();
            assert_eq!(lines[0], shown(&finding.headline), "{name}");
            assert!(lines.contains(&shown(&finding.explanation).as_str()), "{name}: {lines:?}");
            for (line, claim) in lines[1..].iter().zip(&finding.claims) {
                assert!(
                    line.contains(&shown(&claim.quote)) && line.contains(&shown(&claim.source_name)),
                    "{name}: {line}"
                );
                assert!(line.ends_with(&format!("{}:{}", shown(&claim.file), claim.line)), "{name}: {line}");
            }
            let place = finding.at.as_ref().map_or_else(
                || (&finding.claims[0].file, finding.claims[0].line, finding.claims[0].column),
                |at| (&at.file, at.line, at.column),
            );
            // A name that would act on a terminal is not repeated.
            if place.0.chars().any(|letter| letter.is_control() || ('\u{202a}'..='\u{202e}').contains(&letter)) {
                assert!(!command.properties.contains_key("file"), "{name}");
            } else {
                assert_eq!(&command.properties["file"], place.0, "{name}");
                assert_eq!(command.properties["line"], place.1.to_string());
                assert_eq!(command.properties["col"], place.2.to_string());
            }
            let others = lines.iter().find_map(|line| line.strip_suffix(" the same, of other claims."));
            told += 1 + match others.map(|told| told.split(' ').next().unwrap()) {
                None => 0,
                Some("One") => 1,
                Some(number) => number.parse::<usize>().unwrap(),
            };
        }
        assert_eq!(told, unwaived.len(), "{name}: folded findings are counted");
        assert!(others[0].starts_with("gainsay: "), "{name}: {others:?}");
        let beyond = others.iter().any(|line| line.starts_with("GitHub shows the first 10"));
        let many =
            ["error", "warning", "notice"].map(|level| commands.iter().filter(|command| command.name == level).count());
        assert_eq!(beyond, many.iter().any(|count| *count > 10), "{name}: {others:?}");
        assert_eq!(others.len(), 1 + usize::from(beyond), "{name}: nothing else is printed: {others:?}");
        let order: Vec<&str> = commands.iter().map(|command| command.name.as_str()).collect();
        assert!(order.is_sorted_by_key(|level| ["error", "warning", "notice"].iter().position(|known| known == level)));
    }
}

/// An annotation of a source from standard input belongs to no file.
#[test]
fn standard_input_is_no_file() {
    let mut report = cases::hostile("plain");
    for finding in &mut report.findings {
        finding.claims[0].file = String::from("<stdin>");
    }
    let (commands, _) = commands(&report);
    assert!(!commands.is_empty() && commands.iter().all(|command| !command.properties.contains_key("file")));
}

/// What GitHub leaves out is said with its numbers.
#[test]
fn what_github_does_not_show_is_counted() {
    let mut report = cases::hostile("plain");
    let one = report.findings.remove(0);
    report.findings = (0..13).map(|at| gainsay::report::Finding { id: format!("x-{at}"), ..one.clone() }).collect();
    let (commands, others) = commands(&report);
    assert_eq!(commands.len(), 13);
    assert!(others.iter().any(|line| line.contains("3 errors more stand in this log")), "{others:?}");
}
