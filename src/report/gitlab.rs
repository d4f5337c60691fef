//! The report as a GitLab code quality report: an array of issues, as the merge request's widget and its changes show them.
//!
//! The format is a part of Code Climate's: GitLab reads `description`, `check_name`, `fingerprint`, `severity` and
//! `location`, and the rest is for other readers of Code Climate's issues. Waived findings are left out: the widget
//! compares two reports and knows no issue that is let be, so a finding that is waived counts as resolved there, and one
//! whose waiver ends as new. Notes are `info`, which never makes the widget look worse than what it remarks on.

use serde::Serialize;

use crate::report::json::pretty;
use crate::report::told::{self, Place};
use crate::report::{Finding, Report, Verdict, harmless};

/// A report as GitLab reads it, with a final line break.
pub fn gitlab(report: &Report) -> String {
    let unwaived = report.findings.iter().filter(|finding| finding.waived.is_none());
    pretty(&unwaived.map(issue).collect::<Vec<_>>())
}

#[derive(Serialize)]
struct Issue<'r> {
    #[serde(rename = "type")]
    kind: &'static str,
    check_name: &'static str,
    description: String,
    content: Content,
    categories: [&'static str; 1],
    severity: &'static str,
    fingerprint: &'r str,
    location: Location,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    other_locations: Vec<Location>,
}

#[derive(Serialize)]
struct Content {
    body: String,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

fn issue(finding: &Finding) -> Issue<'_> {
    let own = Place::of(finding);
    let others = finding.claims.iter().map(Place::of_claim).filter(|place| Some(*place) != own);
    let passages: Vec<String> = finding.claims.iter().map(told::passage).collect();
    let mut body = vec![finding.explanation.clone()];
    body.extend(told::at_fault(finding));
    body.push(format!("Passages: {}", passages.join("; ")));
    Issue {
        kind: "issue",
        check_name: finding.rule,
        description: harmless(&finding.headline),
        content: Content { body: harmless(&body.join(" ")) },
        categories: ["Bug Risk"],
        severity: severity(finding.verdict),
        fingerprint: &finding.id,
        // OK because a finding has a claim or a place of its own; the root of the repository stands for neither.
        location: own.map_or_else(root, location),
        other_locations: others.map(location).collect(),
    }
}

fn severity(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Contradiction => "critical",
        Verdict::Tension => "major",
        Verdict::Note => "info",
    }
}

fn location(place: Place<'_>) -> Location {
    let line = place.line.max(1);
    Location { path: told::path(place.file), lines: Lines { begin: line, end: line } }
}

fn root() -> Location {
    Location { path: ".".to_owned(), lines: Lines { begin: 1, end: 1 } }
}
