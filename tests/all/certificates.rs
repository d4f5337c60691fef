//! Certificates of real reports hold, and no longer hold once anything in them is changed.

use gainsay::certificate::verify::{Limits, Verdict, verify_finding, verify_report};
use gainsay::report;
use serde_json::{Value, json};

use crate::support::{folders, report, root};

/// The reports on the four papers and on every rule's fixture, as JSON.
fn reports() -> Vec<Value> {
    let mut paths: Vec<_> = folders(&root().join("tests/fixtures/rules")).into_iter().map(|(_, path)| path).collect();
    paths.push(root().join("claims"));
    paths.iter().map(|path| serde_json::from_str(&report::json(&report(path))).unwrap()).collect()
}

fn proven(report: &Value) -> Vec<Value> {
    report["findings"].as_array().unwrap().iter().filter(|finding| !finding["certificate"].is_null()).cloned().collect()
}

#[test]
fn every_certificate_of_a_report_holds() {
    let mut held = 0;
    for report in reports() {
        for (id, verdict) in verify_report(&report, Limits::default()).unwrap() {
            assert_eq!(verdict, Verdict::Holds, "{id}");
            held += 1;
        }
    }
    assert!(held > 20, "there is something to verify: {held}");
}

#[test]
fn a_certificate_with_anything_changed_is_rejected() {
    let mut rejected = 0;
    for report in reports() {
        for finding in proven(&report) {
            for (what, changed) in changes(&finding) {
                let verdict = verify_finding(&report["space"], &changed, Limits::default());
                assert!(matches!(verdict, Verdict::Fails(_)), "{what}: {} {verdict:?}", finding["id"]);
                rejected += 1;
            }
        }
    }
    assert!(rejected > 100, "there is something to reject: {rejected}");
}

/// A finding with one thing changed, in every way that makes its proof wrong.
fn changes(finding: &Value) -> Vec<(String, Value)> {
    let mut changes = Vec::new();
    let mut change = |what: String, edit: &dyn Fn(&mut Value)| {
        let mut edited = finding.clone();
        edit(&mut edited);
        assert_ne!(&edited, finding, "{what} changes something");
        changes.push((what, edited));
    };
    let rows = finding["certificate"]["rows"].as_array().unwrap();
    for at in 0..rows.len() {
        change(format!("row {at} dropped"), &|finding| {
            finding["certificate"]["rows"].as_array_mut().unwrap().remove(at);
        });
        // Far too little; of a base that is above nothing, which may be taken as little as one likes, far too much.
        let weight = if rows[at]["bound"] == "base" { "1000000" } else { "1/1000000" };
        change(format!("weight of row {at} changed"), &|finding| {
            finding["certificate"]["rows"][at]["weight"] = json!(weight);
        });
        change(format!("weight of row {at} negative"), &|finding| {
            finding["certificate"]["rows"][at]["weight"] = json!("-1");
        });
        change(format!("figure of row {at}"), &|finding| {
            finding["certificate"]["rows"][at]["at_least"] = json!("1234567");
        });
    }
    change("total".to_owned(), &|finding| finding["certificate"]["total"] = json!("1234567"));
    // Turning both sides of the sum around leaves nothing that is false.
    for at in 0..rows.len() {
        change(format!("row {at} turned around"), &|finding| {
            for term in finding["certificate"]["rows"][at]["sum"].as_array_mut().unwrap() {
                let times = term["times"].as_str().unwrap();
                term["times"] = json!(times.strip_prefix('-').map_or_else(|| format!("-{times}"), str::to_owned));
            }
        });
    }
    for (at, claim) in finding["claims"].as_array().unwrap().iter().enumerate() {
        // The figure of the claim that the proof rests on.
        let row = rows.iter().find(|row| row["claim"] == claim["claim"]).unwrap();
        let bound = row["bound"].as_str().unwrap().to_owned();
        if claim.get(&bound).is_some_and(Value::is_string) {
            change(format!("figure of claim {at}"), &|finding| finding["claims"][at][&bound] = json!("1234567"));
        }
    }
    changes
}
