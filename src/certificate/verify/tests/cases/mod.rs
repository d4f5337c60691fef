//! Small findings of every kind, with figures so tight that nothing in them can be moved.

mod dates;
mod facts;
mod figures;
mod relations;

use serde_json::{Value, json};

use super::{Case, Limits, Verdict, verify_finding};

fn space() -> Value {
    json!({
        "dimensions": {
            "place": {"root": "world", "terms": {
                "pakistan": {"in": "world"}, "kp": {"in": "pakistan"}, "sindh": {"in": "pakistan"}, "peshawar": {"in": "kp"},
                "border": {"in": "pakistan", "overlaps": true}}},
            "harm": {"root": "harmed", "exhaustive": true, "terms": {"killed": {}, "injured": {}}},
            "target": {"root": "anyone", "terms": {"army": {}, "police": {}, "civilians": {}}},
            "actor": {"root": "any-actor", "terms": {"ttp": {}, "bla": {}, "jua": {"in": "ttp"}}}},
        "measures": {
            "attacks": {"kind": "count", "whole": true, "unit": "attack", "dimensions": ["place", "actor", "target"],
                        "overlaps": ["actor", "target"]},
            "claimed": {"kind": "count", "whole": true, "unit": "attack", "dimensions": ["place"], "plain": "attacks"},
            "casualties": {"kind": "count", "whole": true, "unit": "person", "dimensions": ["place", "actor", "target", "harm"],
                           "overlaps": ["actor"]},
            "suicide": {"kind": "count", "unit": "attack", "dimensions": ["place"]},
            "other": {"kind": "count", "unit": "attack", "dimensions": ["place"]},
            "both": {"kind": "count", "unit": "attack", "dimensions": ["place"]},
            "displaced": {"kind": "count", "unit": "person", "dimensions": ["place"], "overlaps": ["place", "period"]},
            "fighters": {"kind": "level", "whole": true, "unit": "person", "dimensions": ["place", "actor"]},
            "area": {"kind": "fixed", "unit": "km2", "dimensions": ["place"]}},
        "events": {"war": {"kind": "span"}, "siege": {"kind": "span", "in": "war"}, "clash": {"kind": "incident", "in": "war"},
                   "bombing": {"kind": "incident"}, "kabul-falls": {"kind": "incident"}, "withdrawal": {"kind": "span"}},
        "orders": [{"first": "kabul-falls", "then": "withdrawal.end"}],
        "attributes": {
            "founder": {"subjects": "actor", "single_valued": true,
                        "values": {"baitullah": {}, "hakimullah": {}, "a-mehsud": {}, "someone": {"overlaps": true}}},
            "based-in": {"subjects": "actor", "values": "place"},
            "born": {"subjects": "actor", "values": "dates", "single_valued": true},
            "relation": {"subjects": "actor", "toward": "actor", "symmetric": true, "single_valued": true, "changes": true,
                         "values": {"friendly": {}, "close": {"in": "friendly"}, "hostile": {}}},
            "policy": {"subjects": "actor", "single_valued": true, "opinion": true, "values": {"talk": {}, "fight": {}}}},
        "sums": [{"whole": "both", "parts": ["suicide", "other"]}]})
}

fn figure(id: &str, measure: &str, low: Value, high: Value, scope: &Value) -> Value {
    json!({"claim": id, "measure": measure, "low": low, "high": high, "low_open": false, "high_open": false,
           "outer": scope, "inner": scope})
}

fn finding(reading: &str, claims: Value, certificate: Value) -> Value {
    let verdict = if reading == "strict" { "contradiction" } else { "tension" };
    json!({"id": "f", "rule": "sums-conflict", "verdict": verdict, "reading": reading, "claims": claims, "certificate": certificate})
}

/// `low` or `high` of a figure.
fn row(id: &str, bound: &str, weight: &str, scope: Value, at_least: &str) -> Value {
    let times = if bound == "low" { "1" } else { "-1" };
    json!({"claim": id, "bound": bound, "weight": weight, "sum": [{"times": times, "scope": scope}], "at_least": at_least})
}

/// A finding about one measure: claims given as id, low, high, box, weight; no common scope.
fn plain_sum(reading: &str, measure: &str, parts: &[(&str, Option<i64>, Option<i64>, Value)]) -> Value {
    let (mut claims, mut rows, mut total) = (Vec::new(), Vec::new(), 0);
    for (id, low, high, scope) in parts {
        let text = |end: &Option<i64>| end.map_or(Value::Null, |end| json!(end.to_string()));
        claims.push(figure(id, measure, text(low), text(high), scope));
        let (bound, at_least) = match (low, high) {
            (Some(low), None) => ("low", *low),
            (_, high) => ("high", -high.unwrap()),
        };
        total += at_least;
        rows.push(row(id, bound, "1", scope.clone(), &at_least.to_string()));
    }
    finding(reading, json!(claims), json!({"measure": measure, "rows": rows, "total": total.to_string()}))
}

pub(super) fn all() -> Vec<Case> {
    let mut cases = figures::figures();
    cases.extend(figures::more_figures());
    cases.extend(relations::relations());
    cases.extend(dates::dates());
    cases.extend(facts::facts());
    cases
}

/// Two groups may claim one attack, so adding their parts proves nothing; each part is still within the whole.
#[test]
fn parts_may_overlap() {
    let (of_ttp, of_bla) = (json!({"actor": "ttp"}), json!({"actor": "bla"}));
    let verdict = |measure: &str, scopes: [&Value; 2], low| {
        let finding = plain_sum(
            "strict",
            measure,
            &[
                ("a/1", Some(low), None, scopes[0].clone()),
                ("a/2", Some(low), None, scopes[1].clone()),
                ("b/all", None, Some(10), json!({})),
            ],
        );
        verify_finding(&space(), &finding, Limits::default())
    };
    assert!(
        matches!(verdict("attacks", [&of_ttp, &of_bla], 6), Verdict::Fails(why) if why.contains("do not cancel out"))
    );
    let (killed, injured) = (json!({"harm": "killed"}), json!({"harm": "injured"}));
    assert!(matches!(verdict("casualties", [&of_ttp, &of_bla], 6), Verdict::Fails(_)));
    assert_eq!(verdict("casualties", [&killed, &injured], 6), Verdict::Holds);
}

/// A lower bound is no upper one, whatever it is multiplied by; and a claim that does not count is not in the conflict.
#[test]
fn weights_are_above_zero() {
    let mut finding =
        plain_sum("strict", "attacks", &[("a/1", Some(6), None, json!({})), ("a/2", Some(5), None, json!({}))]);
    finding["certificate"]["total"] = json!("1");
    finding["certificate"]["rows"][1]["weight"] = json!("-1");
    let verdict = verify_finding(&space(), &finding, Limits::default());
    assert!(matches!(&verdict, Verdict::Fails(why) if why.contains("row 2 has a weight")), "{verdict:?}");
    let scope = json!({"place": "kp"});
    let mut finding = plain_sum(
        "strict",
        "attacks",
        &[("a/1", Some(6), None, scope.clone()), ("a/2", None, Some(5), scope.clone()), ("a/3", Some(9), None, scope)],
    );
    finding["certificate"]["total"] = json!("1");
    finding["certificate"]["rows"][2]["weight"] = json!("0");
    let verdict = verify_finding(&space(), &finding, Limits::default());
    assert!(matches!(&verdict, Verdict::Fails(why) if why.contains("row 3 has a weight")), "{verdict:?}");
}

#[test]
fn what_a_group_claims_is_under_strict_not_what_was_counted() {
    let mut finding =
        plain_sum("strict", "attacks", &[("a/1", Some(6), None, json!({})), ("b/2", None, Some(5), json!({}))]);
    assert_eq!(verify_finding(&space(), &finding, Limits::default()), Verdict::Holds);
    finding["claims"][0]["measure"] = json!("claimed");
    assert!(matches!(verify_finding(&space(), &finding, Limits::default()), Verdict::Fails(_)));
}
