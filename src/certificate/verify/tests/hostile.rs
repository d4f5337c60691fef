//! Input that wants to crash, to hang or to be believed.

use serde_json::{Value, json};

use super::super::{Limits, ReportError, Verdict, verify_finding, verify_report};
use super::cases;

#[test]
fn a_newer_schema_is_told_apart_from_none() {
    let report = |schema: Value| json!({"schema": schema, "space": {}, "findings": []});
    let verify = |schema| verify_report(&report(schema), Limits::default());
    assert_eq!(verify(json!(1)), Ok(Vec::new()));
    assert_eq!(verify(json!(2)), Err(ReportError::NewerSchema(2)));
    for schema in [json!(null), json!(0), json!("1"), json!(1.5), json!(-1)] {
        assert!(matches!(verify(schema), Err(ReportError::Malformed(_))));
    }
    for report in [
        json!([]),
        json!({"schema": 1}),
        json!({"schema": 1, "space": {}}),
        json!({"schema": 1, "space": 3, "findings": []}),
        json!({"schema": 1, "space": {}, "findings": [{}]}),
    ] {
        assert!(matches!(verify_report(&report, Limits::default()), Err(ReportError::Malformed(_))), "{report}");
    }
}

#[test]
fn what_is_no_conflict_is_passed_over_and_what_is_must_be_proved() {
    let report = json!({"schema": 1, "space": {}, "findings": [
        {"id": "a", "rule": "scope-drift", "reading": null, "certificate": null},
        {"id": "b", "rule": "disagreement", "reading": null, "certificate": null},
        {"id": "c", "rule": "disagreement", "reading": "strict", "certificate": null, "claims": []},
        {"id": "d", "rule": "disagreement", "reading": "strict", "claims": [], "certificate": {"rows": [], "total": "0"}}]});
    let verdicts = verify_report(&report, Limits::default()).unwrap();
    assert_eq!(verdicts.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), ["b", "c", "d"]);
    assert!(verdicts.iter().all(|(_, verdict)| matches!(verdict, Verdict::Fails(_))));
}

/// Every value of every accepted case is replaced by every kind of nonsense; whatever comes out, it comes out.
#[test]
fn nonsense_never_panics() {
    let nonsense = [
        json!(null),
        json!(-1),
        json!(1e300),
        json!(""),
        json!("1/0"),
        json!("-"),
        json!("1e9999999"),
        json!("9".repeat(201)),
        json!("../.."),
        json!("2022-02-30/.."),
        json!("\u{202e}\u{0}<script>"),
        json!([]),
        json!([[[]]]),
        json!({}),
        json!({"except": []}),
    ];
    for case in cases::all() {
        for root in ["space", "finding"] {
            let whole = if root == "space" { &case.space } else { &case.finding };
            for pointer in pointers(whole) {
                for value in &nonsense {
                    let mut lie = case.clone();
                    let place = if root == "space" { &mut lie.space } else { &mut lie.finding };
                    *place.pointer_mut(&pointer).unwrap() = value.clone();
                    let _ = lie.verdict();
                }
            }
        }
    }
}

fn pointers(value: &Value) -> Vec<String> {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(at, value)| (at.to_string(), value)).collect(),
        _ => Vec::new(),
    };
    let mut all = vec![String::new()];
    for (key, child) in children {
        all.extend(pointers(child).into_iter().map(|rest| format!("/{key}{rest}")));
    }
    all
}

#[test]
fn numbers_are_exact_and_bounded() {
    let mut case = cases::all().remove(0);
    for bad in ["1.0", "+1", " 1", "1e3", "0x1", "1/-2", "--1", "1//2", "", "/", "١", "1/0"] {
        case.finding["certificate"]["rows"][0]["weight"] = json!(bad);
        case.must_fail(bad);
    }
    // As many coprime denominators as it takes, each within the cap.
    let mut case = cases::all().remove(0);
    let row = case.rows()[0].clone();
    for at in 0..400 {
        let mut row = row.clone();
        row["weight"] = json!(format!("1/{}{:03}", "7".repeat(190), 2 * at + 1));
        case.rows().push(row);
    }
    case.must_fail("the same row with many denominators");
}

/// Many overlapping terms have more pieces than anybody can list.
#[test]
fn too_much_is_undecided() {
    let names: Vec<String> = (0..60).map(|at| format!("t{at}")).collect();
    let terms: serde_json::Map<_, _> = names.iter().map(|name| (name.clone(), json!({"overlaps": true}))).collect();
    let space = json!({"dimensions": {"place": {"root": "world", "terms": terms}},
                       "measures": {"m": {"kind": "count", "dimensions": ["place"]}}});
    let claim = |id: &str, place: &Value, low: Value, high: Value| {
        json!({"claim": id, "measure": "m", "low": low, "high": high,
                                                     "outer": {"place": place}, "inner": {"place": place}})
    };
    let finding = json!({"id": "f", "reading": "strict", "verdict": "contradiction",
        "claims": [claim("a", &json!(names), json!("2"), json!(null)), claim("b", &json!("world"), json!(null), json!("1"))],
        "certificate": {"measure": "m", "total": "1", "rows": [
            {"claim": "a", "bound": "low", "weight": "1", "at_least": "2", "sum": [{"times": "1", "scope": {"place": names}}]},
            {"claim": "b", "bound": "high", "weight": "1", "at_least": "-1", "sum": [{"times": "-1"}]}]}});
    assert_eq!(verify_finding(&space, &finding, Limits { steps: 100_000 }), Verdict::Undecided { steps: 100_000 });
}

/// A thousand provinces inside a thousand levels, and a thousand parts: no recursion, and no more work than it needs.
#[test]
fn long_and_deep_is_fine() {
    let mut terms = serde_json::Map::new();
    for at in 1..50_000 {
        terms.insert(format!("d{at}"), json!({"in": format!("d{}", at - 1)}));
    }
    terms.insert("d0".to_owned(), json!({}));
    for at in 0..600 {
        terms.insert(format!("p{at}"), json!({"in": "d49999"}));
    }
    let space = json!({"dimensions": {"place": {"root": "world", "terms": terms}},
                       "measures": {"m": {"kind": "count", "dimensions": ["place"]}}});
    let mut claims = vec![json!({"claim": "w", "measure": "m", "high": "599", "inner": {"place": "d0"}})];
    let mut rows = vec![
        json!({"claim": "w", "bound": "high", "weight": "1", "at_least": "-599", "sum": [{"times": "-1", "scope": {"place": "d0"}}]}),
    ];
    for at in 0..600 {
        let (id, place) = (format!("c{at}"), json!({"place": format!("p{at}")}));
        claims.push(json!({"claim": id, "measure": "m", "low": "1", "outer": place}));
        rows.push(json!({"claim": id, "bound": "low", "weight": "1", "at_least": "1", "sum": [{"times": "1", "scope": place}]}));
    }
    let finding = json!({"id": "f", "reading": "strict", "claims": claims, "certificate": {"measure": "m", "rows": rows, "total": "1"}});
    assert_eq!(verify_finding(&space, &finding, Limits::default()), Verdict::Holds);
}
