//! JUnit XML, read by an XML reader and held to the rules that the schemas of CI servers share.

use std::collections::BTreeSet;

use gainsay::report::{self, Failing, JunitOptions, Report, Verdict};
use gainsay::rules;
use roxmltree::{Document, Node};

use super::{cases, shown};

pub(super) fn contradictions() -> JunitOptions {
    options(Some(Verdict::Contradiction), false)
}

fn options(least: Option<Verdict>, undecided: bool) -> JunitOptions {
    JunitOptions { failing: Failing { least, undecided }, rules: Vec::new() }
}

/// The elements that Jenkins' schema (junit-10.xsd of its xUnit plugin) and GitLab's documentation know, with the
/// attributes that we use of each and the elements that may stand in it, in their order.
const KNOWN: [(&str, &[&str], &[&str]); 6] = [
    ("testsuites", &["name", "tests", "skipped", "failures", "errors"], &["testsuite"]),
    ("testsuite", &["name", "tests", "skipped", "errors", "failures"], &["testcase"]),
    ("testcase", &["name", "classname", "file"], &["skipped", "failure", "system-out"]),
    ("failure", &["message", "type"], &[]),
    ("skipped", &["message", "type"], &[]),
    ("system-out", &[], &[]),
];

fn elements<'a>(node: Node<'a, 'a>, name: &str) -> Vec<Node<'a, 'a>> {
    node.descendants().filter(|inner| inner.has_tag_name(name)).collect()
}

fn known_and_counted(name: &str, node: Node<'_, '_>) {
    let tag = node.tag_name().name();
    let (_, attributes, children) =
        KNOWN.iter().find(|(known, ..)| *known == tag).unwrap_or_else(|| panic!("{name}: the element {tag}"));
    for attribute in node.attributes() {
        assert!(attributes.contains(&attribute.name()), "{name}: {tag} has {}", attribute.name());
    }
    let inner: Vec<&str> = node.children().filter(Node::is_element).map(|child| child.tag_name().name()).collect();
    let places: Vec<Option<usize>> =
        inner.iter().map(|child| children.iter().position(|known| known == child)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{name}: {tag} holds {inner:?}");
    if tag == "testsuite" || tag == "testsuites" {
        assert!(!inner.is_empty(), "{name}: an empty {tag} shows nothing");
        for (attribute, counted) in
            [("tests", "testcase"), ("failures", "failure"), ("skipped", "skipped"), ("errors", "error")]
        {
            assert_eq!(
                node.attribute(attribute).unwrap(),
                elements(node, counted).len().to_string(),
                "{name}: {tag} {attribute}"
            );
        }
    }
}

#[test]
fn a_server_reads_back_what_the_report_says() {
    for (name, report) in cases::all() {
        for (least, undecided) in [
            (Some(Verdict::Contradiction), false),
            (Some(Verdict::Tension), true),
            (Some(Verdict::Note), false),
            (None, false),
            (None, true),
        ] {
            reads_back(&name, &report, least, undecided);
        }
    }
}

fn reads_back(name: &str, report: &Report, least: Option<Verdict>, undecided: bool) {
    let options = options(least, undecided);
    let text = report::junit(report, &options);
    let document = Document::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}\n{text}"));
    for node in document.descendants().filter(Node::is_element) {
        known_and_counted(name, node);
    }
    let mut expected: Vec<&str> = rules::of_check().iter().map(|rule| rule.id).collect();
    expected.push("undecided");
    let suites = elements(document.root(), "testsuite");
    let names: Vec<&str> = suites.iter().map(|suite| suite.attribute("name").unwrap()).collect();
    assert_eq!(names, expected, "{name}: a suite for each rule that was looked for");
    let cases = elements(document.root(), "testcase");
    let unique: BTreeSet<_> = cases.iter().map(|case| (case.attribute("classname"), case.attribute("name"))).collect();
    assert_eq!(unique.len(), cases.len(), "{name}: a server takes cases of one name for one");
    let failed = !elements(document.root(), "failure").is_empty();
    assert_eq!(failed, options.failing.fails_of(report), "{name}: red exactly where the exit status is 1");
    for finding in &report.findings {
        let case = cases
            .iter()
            .find(|case| case.attribute("name").unwrap().ends_with(&format!("({})", finding.id)))
            .unwrap_or_else(|| panic!("{name}: {} has no case", finding.id));
        assert!(case.parent().unwrap().attribute("name") == Some(finding.rule));
        let headline = shown(&finding.headline).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
        assert_eq!(case.attribute("name").unwrap(), format!("{headline} ({})", finding.id), "{name}");
        let expected = match &finding.waived {
            Some(_) => "skipped",
            None if least.is_some_and(|least| finding.verdict <= least) => "failure",
            None => "system-out",
        };
        let children: Vec<Node<'_, '_>> = case.children().filter(Node::is_element).collect();
        let [child] = children.as_slice() else { panic!("{name}: {} says one thing", finding.id) };
        assert_eq!(child.tag_name().name(), expected, "{name}: {}", finding.id);
        let body = child.text().unwrap();
        let explanation = shown(&finding.explanation).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
        assert!(body.contains(&explanation), "{name}: {body}");
        if let Some(waived) = &finding.waived {
            let reason = format!("waived: {}", shown(&waived.reason));
            assert!(child.attribute("message").unwrap().starts_with(&reason), "{name}: {reason}");
        }
        assert!(body.lines().all(|line| !line.trim_start().starts_with("::")), "{name}: no command in a log");
    }
}

/// A rule that was not asked for did not pass.
#[test]
fn only_what_was_asked_for_has_a_suite() {
    let options = JunitOptions { rules: vec!["disagreement".to_owned()], ..contradictions() };
    let text = report::junit(&cases::quiet(), &options);
    let document = Document::parse(&text).unwrap();
    let suites = elements(document.root(), "testsuite");
    let names: Vec<&str> = suites.iter().map(|suite| suite.attribute("name").unwrap()).collect();
    assert_eq!(names, ["disagreement", "undecided"]);
}
