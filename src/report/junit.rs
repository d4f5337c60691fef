//! The report as JUnit XML, which nearly every CI server shows as a list of tests.
//!
//! A suite per rule, and a test case per finding of it: failed where the finding makes the exit status 1, skipped with the
//! reason where it is waived, passed with the finding as its output where it is too mild to fail. A rule without a finding
//! is one passed case, so that a green run shows what was looked for. One more suite says whether all claims were decided, and
//! among many claims another one what is counted and not told; then a rule without a finding that is told has no case.
//! The run has a failed case exactly where the command exits with status 1.

use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite, XmlString};

use crate::report::text::count;
use crate::report::told::{self, Place};
use crate::report::{Failing, Finding, Report, Verdict, harmless};
use crate::rules::{self, Rule};

/// What a JUnit report needs to know beside the report.
#[derive(Clone, Debug)]
pub struct JunitOptions {
    /// What makes the exit status 1.
    pub failing: Failing,
    /// The rules that were asked for; none means all. A rule that was not asked for has no case: it did not pass.
    pub rules: Vec<String>,
}

/// A report as JUnit XML, with a final line break.
pub fn junit(report: &Report, options: &JunitOptions) -> String {
    let asked = |rule: &&Rule| options.rules.is_empty() || options.rules.iter().any(|name| name == rule.id);
    let mut suites = quick_junit::Report::new("gainsay");
    let untold = report.untold();
    for rule in rules::of_check().into_iter().filter(asked) {
        let findings = report.findings.iter().filter(|finding| finding.rule == rule.id);
        let cases: Vec<TestCase> = findings.map(|finding| case(finding, options.failing)).collect();
        let is_known =
            report.many.is_none() || untold.is_empty() && rules::NOT_OF_MANY.iter().all(|own| own.id != rule.id);
        if is_known || !cases.is_empty() {
            suites.add_test_suite(suite(rule, cases));
        }
    }
    if !untold.is_empty() {
        suites.add_test_suite(not_told(&untold, options.failing));
    }
    suites.add_test_suite(decided(report, options.failing));
    // OK because all that is written is text, and writing to memory does not fail.
    let mut text = suites.to_string().unwrap_or_default();
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

fn suite(rule: &Rule, cases: Vec<TestCase>) -> TestSuite {
    let mut suite = TestSuite::new(rule.id);
    if cases.is_empty() {
        suite.add_test_case(passed(rule.id, &format!("none: {}", rule.summary)));
    }
    suite.add_test_cases(cases);
    suite
}

fn passed(class: &str, name: &str) -> TestCase {
    let mut case = TestCase::new(safe(name), TestCaseStatus::success());
    case.set_classname(format!("gainsay.{class}"));
    case
}

/// A finding as a test case. Its name ends in its id: servers take cases of one name for one, and follow them by it.
fn case(finding: &Finding, failing: Failing) -> TestCase {
    let name = safe(&format!("{} ({})", finding.headline, finding.id));
    let status = match &finding.waived {
        Some(waived) => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(safe(&format!("waived: {}", waived.decision()))).set_description(body(finding));
            status
        }
        None if failing.fails(finding) => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_message(safe(&finding.headline)).set_type(finding.verdict.word()).set_description(body(finding));
            status
        }
        None => TestCaseStatus::success(),
    };
    let passes = matches!(status, TestCaseStatus::Success { .. });
    let mut case = TestCase::new(name, status);
    case.set_classname(format!("gainsay.{}", finding.rule));
    if let Some(place) = Place::of(finding) {
        case.extra.insert(XmlString::new("file"), XmlString::new(safe(&told::path(place.file))));
    }
    if passes {
        case.set_system_out(body(finding));
    }
    case
}

/// A finding in full, a line for each thing that it says.
fn body(finding: &Finding) -> String {
    let mut lines = vec![format!("{}: {}", finding.verdict.word(), finding.headline)];
    lines.extend(finding.claims.iter().map(told::passage_at));
    lines.extend(finding.at.as_ref().map(|at| format!("At {}", Place::at(at).told())));
    lines.push(format!("Why: {}", finding.explanation));
    lines.extend(finding.hints.iter().map(|hint| format!("Perhaps: {}", told::hint(&hint.text))));
    lines.extend(told::at_fault(finding));
    lines.push(format!("Id: {}", finding.id));
    lines.iter().map(|line| safe(line)).collect::<Vec<_>>().join("\n")
}

/// What is counted and not told: a failure where it makes the exit status 1.
fn not_told(untold: &[(Verdict, usize)], failing: Failing) -> TestSuite {
    let mut suite = TestSuite::new("untold");
    for &(verdict, more) in untold {
        let name = format!("{} counted and not told", count(more, &format!("more {}", verdict.word())));
        let status = if failing.least.is_some_and(|least| verdict <= least) {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_message("`--limit` and `--all` tell more").set_type(verdict.word());
            status
        } else {
            TestCaseStatus::success()
        };
        let mut case = TestCase::new(name, status);
        case.set_classname("gainsay.untold");
        suite.add_test_case(case);
    }
    suite
}

/// Whether all claims were decided; those that were not are failures only where they make the exit status 1.
fn decided(report: &Report, failing: Failing) -> TestSuite {
    let mut suite = TestSuite::new("undecided");
    if report.undecided.is_empty() {
        suite
            .add_test_case(passed("undecided", "none: claims for which neither a world nor a contradiction was found"));
    }
    for undecided in &report.undecided {
        let mut status = if failing.undecided {
            TestCaseStatus::non_success(NonSuccessKind::Failure)
        } else {
            TestCaseStatus::skipped()
        };
        status.set_message("neither a world nor a contradiction was found").set_type("undecided");
        let name = safe(&format!("undecided under the {} reading: {}", undecided.reading, undecided.named()));
        let mut case = TestCase::new(name, status);
        case.set_classname("gainsay.undecided");
        suite.add_test_case(case);
    }
    suite
}

/// Text in one line that XML can hold: control characters and the two noncharacters that its grammar leaves out (XML 1.0,
/// production 2) are shown as `U+FFFD`.
fn safe(text: &str) -> String {
    harmless(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}
