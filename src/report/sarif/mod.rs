//! The report as SARIF 2.1.0 (OASIS, 2020), which code scanning on GitHub, editors and other viewers read.
//!
//! A result's location is where the finding is to be mended; the other passages are related locations, which the message
//! links to by their ids. Every result has `suppressions`, because the format wants either all or none to have them. What
//! was not compared or not decided is told as notifications of the run: silence there would look like agreement.

mod log;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::report::json::pretty;
use crate::report::told::{self, Place, STDIN, passage};
use crate::report::{Finding, FindingClaim, Report, Verdict, harmless};
use crate::rules::{self, Rule};
use log::{
    ArtifactLocation, Configuration, Descriptor, DescriptorReference, Driver, Fingerprints, Invocation, Level,
    Location, Log, Message, Notification, PhysicalLocation, Properties, Region, Run, SarifResult, Suppression, Text,
    Tool,
};

/// The schema's published place.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What is told only of very many claims.
const MANY: &str = "many";

/// What a notification is about, by name and in a sentence.
const NOTIFICATIONS: [(&str, &str); 4] = [
    ("undecided", "Claims for which neither a world nor a contradiction was found within the limit of steps."),
    ("not-comparable", "A claim that cannot be compared with any other."),
    ("cut", "A group of conflicts of which not all are listed."),
    (MANY, "What is counted of very many claims, and what is not looked for among them."),
];

/// A report as SARIF, with a final line break.
pub fn sarif(report: &Report) -> String {
    let rules = rules::of_check();
    let results = report.findings.iter().map(|finding| result(finding, &rules)).collect();
    let driver = Driver {
        name: &report.tool.name,
        version: &report.tool.version,
        semantic_version: &report.tool.version,
        rules: rules.iter().map(|rule| descriptor(rule)).collect(),
        notifications: (NOTIFICATIONS.into_iter())
            .filter(|(id, _)| *id != MANY || report.many.is_some())
            .map(|(id, text)| Descriptor::of_notification(id, text))
            .collect(),
    };
    let invocation = Invocation { execution_successful: true, tool_execution_notifications: notifications(report) };
    pretty(&Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run { tool: Tool { driver }, invocations: [invocation], column_kind: "unicodeCodePoints", results }],
    })
}

fn level(verdict: Verdict) -> Level {
    match verdict {
        Verdict::Contradiction => Level::Error,
        Verdict::Tension => Level::Warning,
        Verdict::Note => Level::Note,
    }
}

/// A rule as a viewer shows it: its line, the paragraph that opens its page, and the page.
fn descriptor(rule: &Rule) -> Descriptor {
    let opening: Vec<&str> = rule.page.lines().skip(1).skip_while(|line| line.is_empty()).collect();
    let opening: Vec<&str> = opening.into_iter().take_while(|line| !line.is_empty()).collect();
    Descriptor {
        id: rule.id,
        short_description: Text { text: rule.summary.to_owned(), markdown: None },
        full_description: Some(Text { text: opening.join(" "), markdown: None }),
        help: Some(Text { text: rule.page.to_owned(), markdown: Some(rule.page) }),
        default_configuration: Some(Configuration { level: level(rule.worst) }),
    }
}

fn result<'r>(finding: &'r Finding, rules: &[&Rule]) -> SarifResult<'r> {
    let place = Place::of(finding);
    let at = finding.at.is_some();
    // Where the finding has a place of its own, all of its claims are beside that place.
    let (own, others) = match finding.claims.split_first() {
        Some((first, others)) if !at => (Some(first), others),
        _ => (None, finding.claims.as_slice()),
    };
    let related: Vec<Location> =
        (1..).zip(others).map(|(id, claim)| location(Place::of_claim(claim), Some(id), Some(passage(claim)))).collect();
    SarifResult {
        rule_id: finding.rule,
        rule_index: rules.iter().position(|rule| rule.id == finding.rule),
        level: level(finding.verdict),
        message: Message { text: message(finding, own, others) },
        locations: place.map(|place| location(place, None, own.map(passage))).into_iter().collect(),
        related_locations: related,
        partial_fingerprints: Fingerprints { finding: &finding.id, line_hash: &finding.id },
        suppressions: finding.waived.as_ref().map(suppression).into_iter().collect(),
        properties: Properties {
            verdict: finding.verdict,
            reading: finding.reading,
            parties: finding.parties,
            group: &finding.group,
            folded_under: finding.folded_under.as_deref(),
        },
    }
}

/// The headline first, as a sentence: a viewer with little room shows that alone.
fn message(finding: &Finding, own: Option<&FindingClaim>, others: &[FindingClaim]) -> String {
    let mut lines = vec![format!("{}.", plain(&finding.headline)), plain(&finding.explanation)];
    lines.extend(finding.hints.iter().map(|hint| format!("Perhaps: {}", plain(&told::hint(&hint.text)))));
    lines.extend(told::at_fault(finding).map(|told| plain(&told)));
    let own = own.map(|claim| plain(&passage(claim)));
    let linked = (1..).zip(others).map(|(id, claim): (u32, _)| format!("[{}]({id})", link_text(&passage(claim))));
    let passages: Vec<String> = own.into_iter().chain(linked).collect();
    if !passages.is_empty() {
        lines.push(format!("Passages: {}", passages.join("; ")));
    }
    lines.join("\n")
}

/// Text in which nothing is taken for a link (section 3.11.6), whatever a viewer makes of backslashes outside of links.
fn plain(text: &str) -> String {
    harmless(text).replace("](", "] (")
}

/// Text inside a link: its brackets and backslashes are escaped.
fn link_text(text: &str) -> String {
    harmless(text).replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

fn location(place: Place<'_>, id: Option<u32>, message: Option<String>) -> Location {
    Location {
        id,
        physical_location: PhysicalLocation {
            artifact_location: ArtifactLocation { uri: uri(place.file) },
            region: Region { start_line: place.line.max(1), start_column: place.column.max(1) },
        },
        message: message.map(|text| Message { text: plain(&text) }),
    }
}

fn suppression(waived: &crate::report::Waived) -> Suppression {
    Suppression {
        kind: "external",
        status: "accepted",
        justification: harmless(&waived.decision()),
        location: location(Place::at(&waived.at), None, None),
    }
}

fn notifications(report: &Report) -> Vec<Notification> {
    let notification = |id, level, text: String| Notification {
        descriptor: DescriptorReference { id, index: NOTIFICATIONS.iter().position(|(known, _)| *known == id) },
        level,
        message: Message { text: plain(&text) },
    };
    let undecided = report.undecided.iter().map(|undecided| {
        let claims = undecided.named();
        let text = format!(
            "Undecided under the {} reading: {claims}. Neither a world nor a contradiction was found.",
            undecided.reading
        );
        notification("undecided", Level::Warning, text)
    });
    let cut = report.cut.iter().map(|cut| {
        let text = format!(
            "Group {} may have more conflicts of three claims and more than are listed (--limit {}).",
            cut.group, cut.limit
        );
        notification("cut", Level::Note, text)
    });
    let not_comparable = report.not_comparable.iter().map(|entry| {
        let reading = if entry.reading == "both" { String::new() } else { format!(" ({} reading)", entry.reading) };
        notification(
            "not-comparable",
            Level::Note,
            format!("Not comparable: {}{reading}: {}.", entry.claim, entry.reason),
        )
    });
    let many = told::many(report).into_iter().map(|told| notification(MANY, Level::Note, told));
    undecided.chain(cut).chain(not_comparable).chain(many).collect()
}

/// What a URI holds unencoded between its slashes (RFC 3986, section 2.3).
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// A file's name as a URI: relative to where the command ran, or absolute where it was named so.
///
/// A colon is encoded, so that the first segment of a relative name is never taken for a scheme. Standard input has no
/// file; its name in brackets, encoded, is shown by viewers as it is.
fn uri(file: &str) -> String {
    if file == STDIN {
        return utf8_percent_encode(file, SEGMENT).to_string();
    }
    let path = told::path(file);
    let encoded = utf8_percent_encode(&path, SEGMENT).to_string();
    if !std::path::Path::new(file).is_absolute() {
        return encoded;
    }
    // A drive of Windows keeps its colon, and stands below the root.
    match (path.strip_prefix("//"), path.strip_prefix('/'), path.split_at_checked(2)) {
        (Some(_), ..) => format!("file:{encoded}"),
        (None, Some(_), _) => format!("file://{encoded}"),
        (None, None, Some((drive, rest))) => format!("file:///{drive}{}", utf8_percent_encode(rest, SEGMENT)),
        (None, None, None) => encoded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_by_uris() {
        assert_eq!(uri("claims/sources/a b#c%20é.json"), "claims/sources/a%20b%23c%2520%C3%A9.json");
        assert_eq!(uri("./claims/a.json"), "claims/a.json");
        assert_eq!(uri("c:claims/a?.json"), "c%3Aclaims/a%3F.json");
        assert_eq!(uri("<stdin>"), "%3Cstdin%3E");
        #[cfg(unix)]
        assert_eq!(uri("/srv/a b/c\\d.json"), "file:///srv/a%20b/c%5Cd.json");
        #[cfg(windows)]
        assert_eq!(uri("C:\\a b\\c.json"), "file:///C:/a%20b/c.json");
    }

    #[test]
    fn text_never_becomes_a_link() {
        assert_eq!(plain("see [this](http://x) [Mahmood (2023)]"), "see [this] (http://x) [Mahmood (2023)]");
        assert_eq!(link_text("a [b](1) \\"), "a \\[b\\](1) \\\\");
    }
}
