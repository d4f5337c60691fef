//! SARIF against its published schema, and against what the schema cannot say.

use std::collections::BTreeSet;

use gainsay::report::{self, Report};
use serde_json::Value;

use super::cases;
use crate::support::root;

fn read(report: &Report) -> Value {
    serde_json::from_str(&report::sarif(report)).unwrap()
}

#[test]
fn it_follows_the_published_schema() {
    let schema = std::fs::read_to_string(root().join("tests/schemas/sarif-2.1.0.json")).unwrap();
    let mut schema: Value = serde_json::from_str(&schema).unwrap();
    // The pattern of a language is no regular expression by the strict rules; we write no language.
    for owner in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][owner]["properties"]["language"];
        assert!(language.as_object_mut().unwrap().remove("pattern").is_some());
    }
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    for (name, report) in cases::all() {
        let log = read(&report);
        let errors: Vec<String> =
            validator.iter_errors(&log).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
    }
    let mut wrong = read(&cases::quiet());
    wrong["runs"][0]["columnKind"] = "letters".into();
    assert!(!validator.is_valid(&wrong), "the schema is looked at");
}

/// The links of a message by section 3.11.6: a text in brackets and a number in parentheses, no bracket escaped.
fn links(text: &str) -> Vec<u64> {
    let mut links = Vec::new();
    let mut open = false;
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => {
                letters.next();
            }
            '[' => open = true,
            ']' if open => {
                open = false;
                if let Some((target, _)) = text[at + 1..].strip_prefix('(').and_then(|rest| rest.split_once(')')) {
                    links.push(target.parse().unwrap_or_else(|_| panic!("a link to {target:?} in {text:?}")));
                }
            }
            _ => {}
        }
    }
    links
}

#[test]
fn what_the_schema_cannot_say_holds() {
    for (name, report) in cases::all() {
        let log = read(&report);
        let run = &log["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        let results = run["results"].as_array().unwrap();
        assert_eq!(results.len(), report.findings.len(), "{name}: folded findings too");
        for (result, finding) in results.iter().zip(&report.findings) {
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(rules[index]["id"], result["ruleId"], "{name}");
            assert_eq!(result["ruleId"], finding.rule);
            let level = ["error", "warning", "note"][finding.verdict as usize];
            assert_eq!(result["level"], level, "{name}");
            assert_eq!(result["partialFingerprints"]["gainsayFinding/v1"], finding.id.as_str());
            let text = result["message"]["text"].as_str().unwrap();
            assert!(text.starts_with(&report::harmless(&finding.headline).replace("](", "] (")), "{name}: {text}");
            let related = result["relatedLocations"].as_array().cloned().unwrap_or_default();
            let ids: Vec<u64> = related.iter().map(|location| location["id"].as_u64().unwrap()).collect();
            assert_eq!(links(text), ids, "{name}: each passage beside the first is linked: {text}");
            assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{name}: ids are unique");
            let own = usize::from(finding.at.is_none());
            assert_eq!(result["locations"].as_array().unwrap().len(), 1);
            assert_eq!(related.len(), finding.claims.len() - own.min(finding.claims.len()), "{name}");
            assert_eq!(result["suppressions"].as_array().unwrap().len(), usize::from(finding.waived.is_some()));
        }
        let undecided = run["invocations"][0]["toolExecutionNotifications"].as_array().unwrap();
        let declared = run["tool"]["driver"]["notifications"].as_array().unwrap();
        for notification in undecided {
            let index = usize::try_from(notification["descriptor"]["index"].as_u64().unwrap()).unwrap();
            assert_eq!(declared[index]["id"], notification["descriptor"]["id"]);
        }
        let told = report.undecided.len() + report.not_comparable.len() + report.cut.len();
        assert_eq!(undecided.len(), told, "{name}: what was not compared is told");
    }
}

/// Where a result points is where the claim stands.
#[test]
fn places_are_those_of_the_claims() {
    let report = crate::support::report(&root().join("claims"));
    let log = read(&report);
    for (result, finding) in log["runs"][0]["results"].as_array().unwrap().iter().zip(&report.findings) {
        let related = result["relatedLocations"].as_array().into_iter().flatten();
        let places = result["locations"].as_array().unwrap().iter().chain(related);
        for (place, claim) in places.zip(&finding.claims) {
            let physical = &place["physicalLocation"];
            let file = root().join(physical["artifactLocation"]["uri"].as_str().unwrap());
            let text = std::fs::read_to_string(file).unwrap();
            let line = usize::try_from(physical["region"]["startLine"].as_u64().unwrap()).unwrap();
            let column = usize::try_from(physical["region"]["startColumn"].as_u64().unwrap()).unwrap();
            // The claim begins there: its id is the next one.
            let mut rest: String = text.lines().nth(line - 1).unwrap().chars().skip(column - 1).collect();
            rest.extend(text.lines().skip(line).take(3));
            let (_, id) = claim.claim.split_once('/').unwrap();
            let next = rest.split("\"id\": \"").nth(1).unwrap().split('"').next().unwrap();
            assert_eq!(next, id, "{}", finding.id);
        }
    }
}

#[test]
fn a_waived_finding_is_suppressed_with_its_reason() {
    let report = cases::odd(cases::hostile("plain"));
    let log = read(&report);
    let results = log["runs"][0]["results"].as_array().unwrap();
    let suppression = &results[0]["suppressions"][0];
    assert_eq!(suppression["kind"], "external");
    assert_eq!(suppression["status"], "accepted");
    let reason = suppression["justification"].as_str().unwrap();
    assert!(reason.starts_with("known since the hearing") && reason.ends_with(", until 2027-01-31)"), "{reason}");
    assert_eq!(suppression["location"]["physicalLocation"]["region"]["startLine"], 3);
    let stale = results.last().unwrap();
    assert_eq!(stale["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "claims/waivers.json");
    assert_eq!(stale["locations"][0]["physicalLocation"]["region"]["startLine"], 9);
    let odd = &results[1]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(odd, "claims/odd%3A%20a%2Cb%20%250A%23%3F%0A%3A%3Ax%3A%3A/a%26b%3Cc%3E.json");
}
