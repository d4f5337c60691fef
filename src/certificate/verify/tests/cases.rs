//! Small findings of every kind, with figures so tight that nothing in them can be moved.

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
    let mut cases = figures();
    cases.extend(more_figures());
    cases.extend(relations());
    cases.extend(dates());
    cases.extend(facts());
    cases
}

fn figures() -> Vec<Case> {
    let box_of = |place: &str, target: Option<&str>| {
        let mut scope = json!({"place": place, "harm": "killed", "period": "2022-01-01/2022-12-31"});
        if let Some(target) = target {
            scope["target"] = json!(target);
        }
        scope
    };
    vec![
        Case {
            name: "the example of the design",
            space: space(),
            finding: finding(
                "strict",
                json!([
                    figure("a/whole", "casualties", json!("0"), json!("423"), &box_of("pakistan", None)),
                    figure("m/army", "casualties", json!("86"), json!("86"), &box_of("kp", Some("army"))),
                    figure("m/police", "casualties", json!("109"), json!("109"), &box_of("kp", Some("police"))),
                    figure("m/civilians", "casualties", json!("229"), json!("229"), &box_of("kp", Some("civilians")))
                ]),
                json!({"measure": "casualties", "common": {"harm": "killed", "period": "2022-01-01/2022-12-31"},
                       "axes": {"place": [["kp", "pakistan"], ["pakistan"], []], "target": [["army"], ["police"], ["civilians"], []]},
                       "rows": [row("a/whole", "high", "1", json!({"place": "pakistan"}), "-423"),
                                row("m/army", "low", "1", json!({"place": "kp", "target": "army"}), "86"),
                                row("m/police", "low", "1", json!({"place": "kp", "target": "police"}), "109"),
                                row("m/civilians", "low", "1", json!({"place": "kp", "target": "civilians"}), "229")],
                       "total": "1"}),
            ),
            lies: vec![
                ("/space/dimensions/place/terms/kp/in", json!("world")),
                ("/space/dimensions/place/terms/kp", json!({})),
                ("/space/dimensions/target/terms/army", json!({"in": "police"})),
                ("/space/dimensions/target/terms/army", json!({"overlaps": true})),
                ("/space/measures/casualties/overlaps", json!(["target"])),
                ("/space/measures/casualties/overlaps", json!(["actor", "target"])),
                ("/certificate/axes/place", json!([["kp", "pakistan"], []])),
                ("/certificate/measure", json!("attacks")),
                ("/claims/1/outer/place", json!("sindh")),
                ("/claims/0/inner/harm", json!("injured")),
                ("/claims/0/inner", json!(null)),
                ("/claims/1/claim", json!("a/whole")),
                ("/verdict", json!("note")),
            ],
        },
        Case {
            name: "equal boxes, a root named in one",
            space: space(),
            finding: {
                let scope = json!({"place": "kp", "period": "2022-01-01/2022-12-31"});
                let mut finding = plain_sum(
                    "strict",
                    "attacks",
                    &[("a/x", Some(11), None, scope.clone()), ("b/x", None, Some(10), scope)],
                );
                finding["claims"][0]["outer"]["actor"] = json!("any-actor");
                // A low bound is for the outer box, a high one for the inner.
                finding["claims"][0]["inner"] = json!(null);
                finding["claims"][1]["outer"] = json!({});
                finding
            },
            lies: vec![
                ("/claims/0/outer/actor", json!("ttp")),
                ("/claims/1/inner/period", json!("2022-01-01/2022-12-30")),
            ],
        },
        Case {
            name: "part in whole by place, period and actor, in an overlapping dimension",
            space: space(),
            finding: plain_sum(
                "strict",
                "attacks",
                &[
                    (
                        "a/part",
                        Some(11),
                        None,
                        json!({"place": "peshawar", "actor": "jua", "period": "2022-02-01/2022-02-28"}),
                    ),
                    (
                        "b/whole",
                        None,
                        Some(10),
                        json!({"place": "pakistan", "actor": ["ttp", "bla"], "period": "../2022-02-28"}),
                    ),
                ],
            ),
            lies: vec![
                ("/space/dimensions/place/terms/kp/in", json!("sindh2")),
                ("/space/dimensions/place/terms/kp/in", json!("world")),
                ("/space/dimensions/actor/terms/jua/in", json!("any-actor")),
                ("/space/dimensions/place/terms/peshawar/in", json!("peshawar")),
            ],
        },
        Case {
            name: "part in whole by event, of a measure whose periods overlap",
            space: space(),
            finding: plain_sum(
                "strict",
                "displaced",
                &[
                    ("a/part", Some(11), None, json!({"event": "siege", "period": "2022-02-01/2022-02-28"})),
                    ("b/whole", None, Some(10), json!({"event": "war", "period": "2022-01-01/.."})),
                ],
            ),
            lies: vec![("/space/events/siege/in", json!(null)), ("/space/events/siege/in", json!("bombing"))],
        },
    ]
}

fn more_figures() -> Vec<Case> {
    let year = "2022-01-01/2022-12-31";
    vec![
        Case {
            name: "two incidents in one stretch of days",
            space: space(),
            finding: plain_sum(
                "strict",
                "casualties",
                &[
                    ("a/clash", Some(6), None, json!({"event": "clash", "period": "2022-02-01/2022-02-01"})),
                    ("a/bombing", Some(5), None, json!({"event": "bombing", "period": "2022-02-01/2022-02-01"})),
                    ("b/whole", None, Some(10), json!({"period": "2022-02-01/2022-02-28"})),
                ],
            ),
            lies: vec![
                ("/space/events/clash/kind", json!("span")),
                ("/space/events/bombing", json!({"kind": "incident", "in": "clash"})),
                ("/space/measures/casualties/overlaps", json!(["actor", "period"])),
            ],
        },
        Case {
            name: "a union and an exception inside a whole",
            space: space(),
            finding: plain_sum(
                "strict",
                "casualties",
                &[
                    ("a/union", Some(6), None, json!({"place": ["kp", "sindh"], "target": {"except": ["police"]}})),
                    ("a/police", Some(5), None, json!({"place": "kp", "target": "police"})),
                    ("b/whole", None, Some(10), json!({"place": "pakistan"})),
                ],
            ),
            lies: vec![
                ("/space/dimensions/place/terms/sindh", json!({})),
                ("/space/measures/casualties/overlaps", json!(["target"])),
                ("/claims/0/outer/target", json!({"except": ["army"]})),
            ],
        },
        Case {
            name: "an exhaustive cover that falls short",
            space: space(),
            finding: {
                let mut finding = plain_sum(
                    "strict",
                    "casualties",
                    &[
                        ("a/killed", None, Some(5), json!({"harm": "killed", "period": year})),
                        ("a/injured", None, Some(5), json!({"harm": "injured", "period": year})),
                        ("b/whole", Some(11), None, json!({"period": "2022-03-01/2022-03-31"})),
                    ],
                );
                finding["certificate"]["axes"] = json!({"harm": [["killed"], ["injured"]],
                    "period": [["2022-01-01/2022-12-31"], ["2022-03-01/2022-03-31", "2022-01-01/2022-12-31"], []]});
                finding
            },
            lies: vec![
                ("/space/dimensions/harm/exhaustive", json!(false)),
                ("/space/dimensions/harm/terms/injured", json!({"overlaps": true})),
                ("/space/dimensions/harm/terms/injured", json!({"in": "killed"})),
                ("/space/dimensions/harm/terms", json!({"killed": {}, "injured": {}, "missing": {}})),
                ("/certificate/axes/harm", json!([["killed"], ["injured"], []])),
                ("/certificate/axes/period", json!([])),
            ],
        },
        Case {
            name: "parts that cover a whole in an overlapping dimension",
            space: {
                let mut space = space();
                space["dimensions"]["actor"]["exhaustive"] = json!(true);
                space
            },
            finding: plain_sum(
                "strict",
                "attacks",
                &[
                    ("a/ttp", None, Some(5), json!({"actor": "ttp", "period": year})),
                    ("a/bla", None, Some(5), json!({"actor": "bla", "period": year})),
                    ("b/whole", Some(11), None, json!({"period": year})),
                ],
            ),
            lies: vec![("/space/dimensions/actor/exhaustive", json!(false))],
        },
        Case {
            name: "a fixed measure",
            space: space(),
            finding: plain_sum(
                "strict",
                "area",
                &[("a/kp", Some(11), None, json!({"place": "kp"})), ("b/all", None, Some(10), json!({}))],
            ),
            lies: vec![("/claims/0/outer/place", json!("sindh"))],
        },
    ]
}

fn relations() -> Vec<Case> {
    let (old, new) = (
        json!({"place": "kp", "period": "2021-01-01/2021-12-31"}),
        json!({"place": "kp", "period": "2022-01-01/2022-12-31"}),
    );
    let change = |kind: &str, low: Value, high: Value| {
        json!({"claim": "c/change", "measure": "attacks", "change": kind, "low": low, "high": high, "low_open": false, "high_open": false,
               "outer": new, "inner": new, "base_outer": old, "base_inner": old})
    };
    let (old_year, new_year) = (json!({"period": "2021-01-01/2021-12-31"}), json!({"period": "2022-01-01/2022-12-31"}));
    let certificate = |rows: Value, total: &str| json!({"measure": "attacks", "common": {"place": "kp"}, "rows": rows, "total": total});
    let level = |period: &str, place: &str| json!({"place": place, "period": period});
    let mut shared = plain_sum(
        "plain",
        "fighters",
        &[
            ("a/kp", Some(11), None, level("2022-01-01/2022-06-30", "kp")),
            ("b/all", None, Some(10), level("2022-06-30/..", "pakistan")),
        ],
    );
    let mut strict = plain_sum(
        "strict",
        "fighters",
        &[
            ("a/kp", Some(11), None, level("2022-06-30/2022-06-30", "kp")),
            ("b/all", None, Some(10), level("2022-06-30/2022-06-30", "pakistan")),
        ],
    );
    for finding in [&mut shared, &mut strict] {
        finding["certificate"]["common"] = json!({"period": "2022-06-30/2022-06-30"});
        for (at, place) in [(0, "kp"), (1, "pakistan")] {
            finding["certificate"]["rows"][at]["sum"][0]["scope"] = json!({"place": place});
        }
    }
    let mut chain = plain_sum(
        "plain",
        "attacks",
        &[
            ("a/claimed", Some(11), None, json!({"place": "kp"})),
            ("b/counted", None, Some(10), json!({"place": "pakistan"})),
        ],
    );
    chain["claims"][0]["measure"] = json!("claimed");
    vec![
        Case {
            name: "a factor",
            space: space(),
            finding: finding(
                "strict",
                json!([
                    change("factor", json!("6/5"), json!(null)),
                    figure("a/new", "attacks", json!("1"), json!("119"), &new),
                    figure("b/old", "attacks", json!("100"), json!(null), &old)
                ]),
                certificate(
                    json!([
                    {"claim": "c/change", "bound": "low", "weight": "1", "at_least": "0",
                     "sum": [{"times": "1", "scope": new_year}, {"times": "-6/5", "scope": old_year}]},
                    row("a/new", "high", "1", new_year.clone(), "-119"), row("b/old", "low", "6/5", old_year.clone(), "100")]),
                    "1",
                ),
            ),
            lies: vec![
                ("/claims/0/change", json!("difference")),
                ("/claims/0/base_inner", json!({"place": "kp"})),
                ("/claims/0/base_outer", json!(null)),
                ("/claims/0/low_open", json!(true)),
            ],
        },
        Case {
            name: "a share that asks for something where there is nothing",
            space: space(),
            finding: finding(
                "strict",
                json!([
                    change("share", json!("1/2"), json!("1")),
                    figure("a/new", "attacks", json!("0"), json!("0"), &new)
                ]),
                certificate(
                    json!([
                    {"claim": "c/change", "bound": "low", "weight": "1", "at_least": "0",
                     "sum": [{"times": "1", "scope": new_year}, {"times": "-1/2", "scope": old_year}]},
                    {"claim": "c/change", "bound": "base", "weight": "1/2", "sum": [{"times": "1", "scope": old_year}], "at_least": "0", "open": true},
                    row("a/new", "high", "1", new_year.clone(), "0")]),
                    "0",
                ),
            ),
            lies: vec![("/claims/1/high", json!("1")), ("/claims/0/low", json!("1/3"))],
        },
        Case {
            name: "a difference",
            space: space(),
            finding: finding(
                "strict",
                json!([
                    change("difference", json!(null), json!("10")),
                    figure("a/new", "attacks", json!("31"), json!(null), &new),
                    figure("b/old", "attacks", json!(null), json!("20"), &old)
                ]),
                certificate(
                    json!([
                    {"claim": "c/change", "bound": "high", "weight": "1", "at_least": "-10",
                     "sum": [{"times": "-1", "scope": new_year}, {"times": "1", "scope": old_year}]},
                    row("a/new", "low", "1", new_year.clone(), "31"), row("b/old", "high", "1", old_year.clone(), "-20")]),
                    "1",
                ),
            ),
            lies: vec![("/claims/0/change", json!("factor")), ("/claims/0/change", json!("sum"))],
        },
        Case {
            name: "parts of a measure",
            space: space(),
            finding: finding(
                "strict",
                json!([
                    figure("a/both", "both", json!("11"), json!(null), &json!({})),
                    figure("a/suicide", "suicide", json!("0"), json!("5"), &json!({})),
                    figure("b/other", "other", json!("0"), json!("5"), &json!({}))
                ]),
                json!({"rows": [
                    {"claim": "a/both", "bound": "low", "weight": "1", "sum": [{"times": "1", "measure": "both"}], "at_least": "11"},
                    {"claim": "a/suicide", "bound": "high", "weight": "1", "sum": [{"times": "-1", "measure": "suicide"}], "at_least": "-5"},
                    {"claim": "b/other", "bound": "high", "weight": "1", "sum": [{"times": "-1", "measure": "other"}], "at_least": "-5"},
                    {"premise": {"kind": "sum", "of": 0}, "weight": "1", "at_least": "0",
                     "sum": [{"times": "-1", "measure": "both"}, {"times": "1", "measure": "suicide"}, {"times": "1", "measure": "other"}]}],
                    "total": "1"}),
            ),
            lies: vec![
                ("/space/sums", json!([])),
                ("/certificate/rows/3/premise/of", json!(1)),
                ("/certificate/rows/3/premise/of", json!({"whole": "both", "parts": ["suicide"]})),
            ],
        },
        Case {
            name: "levels on a day that they share",
            space: space(),
            finding: shared,
            lies: vec![
                ("/claims/0/outer/period", json!("2022-01-01/2022-06-29")),
                ("/claims/1/inner/period", json!("2022-07-01/..")),
                ("/claims/0/outer/period", json!("../..")),
                ("/certificate/common/period", json!("2022-06-29/2022-06-30")),
                ("/certificate/common/period", json!("2022-06-29/2022-06-29")),
            ],
        },
        Case {
            name: "levels on the same day",
            space: space(),
            finding: strict,
            lies: vec![
                ("/claims/0/outer/period", json!("2022-06-29/2022-06-30")),
                ("/space/dimensions/place/terms/kp/in", json!("world")),
            ],
        },
        Case {
            name: "a measure read as another",
            space: space(),
            finding: chain,
            lies: vec![
                ("/space/measures/claimed/plain", json!(null)),
                ("/space/measures/claimed/plain", json!("claimed")),
                ("/space/measures/claimed/kind", json!("fixed")),
            ],
        },
    ]
}

fn dates() -> Vec<Case> {
    let bounds = |id: &str, event: &str, date: &str, low: Value, high: Value| json!({"claim": id, "measure": null, "event": event, "low": null, "high": null, "bounds": [{"date": date, "low": low, "high": high}]});
    let edge = |id: &str, bound: &str, date: &str, at_least: &str| {
        let times = if bound == "low" { "1" } else { "-1" };
        json!({"claim": id, "bound": bound, "weight": "1", "sum": [{"times": times, "date": date}], "at_least": at_least})
    };
    let premise = |premise: Value, then: &str, first: &str| json!({"premise": premise, "weight": "1", "sum": [{"times": "1", "date": then}, {"times": "-1", "date": first}], "at_least": "0"});
    vec![
        Case {
            name: "one event on two days",
            space: space(),
            finding: finding(
                "strict",
                json!([
                    bounds("a/fall", "kabul-falls", "kabul-falls.end", json!("1970-01-12"), json!(null)),
                    bounds("b/fall", "kabul-falls", "kabul-falls.start", json!(null), json!("1970-01-11"))
                ]),
                json!({"rows": [edge("a/fall", "low", "kabul-falls.end", "11"), edge("b/fall", "high", "kabul-falls.start", "-10"),
                                premise(json!({"kind": "one-day", "of": "kabul-falls"}), "kabul-falls.start", "kabul-falls.end")],
                       "total": "1"}),
            ),
            lies: vec![
                ("/space/events/kabul-falls/kind", json!("span")),
                ("/claims/0/bounds/0/low", json!("1970-01-11")),
                ("/claims/0/bounds/0/low", json!("1970-1-12")),
                ("/claims/0/event", json!("war")),
                ("/certificate/rows/2/premise/of", json!("bombing")),
                ("/certificate/rows/2/premise/kind", json!("start-end")),
            ],
        },
        Case {
            name: "an order and a duration",
            space: space(),
            finding: finding(
                "strict",
                json!([bounds("a/fall", "kabul-falls", "kabul-falls.end", json!("2021-08-15"), json!(null)),
                       bounds("b/start", "withdrawal", "withdrawal.start", json!(null), json!("2021-07-31")),
                       {"claim": "b/days", "duration": {"from": "withdrawal.start", "to": "withdrawal.end"}, "low": "0", "high": "14", "high_open": false}]),
                json!({"rows": [edge("a/fall", "low", "kabul-falls.end", "18854"), edge("b/start", "high", "withdrawal.start", "-18839"),
                                {"claim": "b/days", "bound": "high", "weight": "1", "at_least": "-14",
                                 "sum": [{"times": "1", "date": "withdrawal.start"}, {"times": "-1", "date": "withdrawal.end"}]},
                                premise(json!({"kind": "order", "of": ["kabul-falls", "withdrawal.end"]}), "withdrawal.end", "kabul-falls.end")],
                       "total": "1"}),
            ),
            lies: vec![
                ("/space/orders", json!([])),
                ("/space/orders/0/then", json!("withdrawal")),
                ("/certificate/rows/3/premise/of", json!(["withdrawal.end", "kabul-falls"])),
                ("/claims/2/duration/from", json!("kabul-falls.end")),
                ("/claims/2/high_open", json!(true)),
            ],
        },
        Case {
            name: "an event in another that ends before it begins",
            space: space(),
            finding: finding(
                "strict",
                json!([
                    bounds("a/siege", "siege", "siege.start", json!("1970-01-12"), json!(null)),
                    bounds("b/war", "war", "war.end", json!(null), json!("1970-01-11"))
                ]),
                json!({"rows": [edge("a/siege", "low", "siege.start", "11"), edge("b/war", "high", "war.end", "-10"),
                                premise(json!({"kind": "start-end", "of": "siege"}), "siege.end", "siege.start"),
                                premise(json!({"kind": "in", "of": ["siege", "war", "end"]}), "war.end", "siege.end")],
                       "total": "1"}),
            ),
            lies: vec![
                ("/space/events/siege/in", json!(null)),
                ("/certificate/rows/3/premise/of", json!(["war", "siege", "end"])),
                ("/certificate/rows/3/premise/of", json!(["siege", "war", "start"])),
            ],
        },
    ]
}

fn facts() -> Vec<Case> {
    let fact = |id: &str, attribute: &str, subject: &str, value: Value, is: bool| {
        let (low, high) = if is { (json!("1"), json!(null)) } else { (json!(null), json!("0")) };
        json!({"claim": id, "measure": attribute, "subject": subject, "value": value, "low": low, "high": high, "period": null})
    };
    let total = |attribute: &str, scope: Value| json!({"premise": {"kind": "total", "of": attribute}, "weight": "1", "sum": [{"times": "-1", "scope": scope}], "at_least": "-1"});
    let certificate = |attribute: &str, rows: Value| json!({"measure": attribute, "common": {"subject": "ttp"}, "rows": rows, "total": "1"});
    let toward = |id: &str, subject: &str, toward: &str, value: &str, period: Value| json!({"claim": id, "measure": "relation", "subject": subject, "toward": toward, "value": value, "low": "1", "high": null, "period": period});
    let mut opinion = finding(
        "strict",
        json!([
            fact("a/is", "policy", "ttp", json!("talk"), true),
            fact("b/is", "policy", "ttp", json!("fight"), true)
        ]),
        certificate(
            "policy",
            json!([
                row("a/is", "low", "1", json!({"value": "talk"}), "1"),
                row("b/is", "low", "1", json!({"value": "fight"}), "1"),
                total("policy", json!({}))
            ]),
        ),
    );
    opinion["verdict"] = json!("note");
    let mut relation = finding(
        "strict",
        json!([
            toward("a/is", "ttp", "bla", "close", json!("2023-11-01/2023-11-30")),
            toward("b/is", "bla", "ttp", "hostile", json!(null))
        ]),
        json!({"measure": "relation", "rows": [
            row("a/is", "low", "1", json!({"subject": "ttp", "toward": "bla", "value": "close"}), "1"),
            row("b/is", "low", "1", json!({"subject": "bla", "toward": "ttp", "value": "hostile"}), "1"),
            total("relation", json!({"subject": "ttp", "toward": "bla"}))], "total": "1"}),
    );
    relation["verdict"] = json!("tension");
    relation["claims"][1]["period"] = json!("2023-11-30/..");
    let mut cases = vec![
        Case {
            name: "two values of one",
            space: space(),
            finding: finding(
                "strict",
                json!([
                    fact("a/is", "founder", "ttp", json!(["baitullah", "a-mehsud"]), true),
                    fact("b/is", "founder", "ttp", json!("hakimullah"), true)
                ]),
                certificate(
                    "founder",
                    json!([
                        row("a/is", "low", "1", json!({"value": ["a-mehsud", "baitullah"]}), "1"),
                        row("b/is", "low", "1", json!({"value": "hakimullah"}), "1"),
                        total("founder", json!({}))
                    ]),
                ),
            ),
            lies: vec![
                ("/space/attributes/founder/single_valued", json!(false)),
                ("/claims/0/value", json!("someone")),
                ("/space/attributes/founder/values/hakimullah", json!({"overlaps": true})),
                ("/space/attributes/founder/values/hakimullah", json!({"in": "baitullah"})),
                ("/claims/0/subject", json!("bla")),
                ("/claims/0/low", json!("2")),
                ("/certificate/rows/2/premise/of", json!("born")),
            ],
        },
        Case {
            name: "a value and its denial",
            space: space(),
            finding: finding(
                "strict",
                json!([
                    fact("a/is", "based-in", "ttp", json!("kp"), true),
                    fact("b/not", "based-in", "ttp", json!("pakistan"), false)
                ]),
                certificate(
                    "based-in",
                    json!([
                        row("a/is", "low", "1", json!({"value": "kp"}), "1"),
                        row("b/not", "high", "1", json!({"value": "pakistan"}), "0")
                    ]),
                ),
            ),
            lies: vec![("/space/dimensions/place/terms/kp/in", json!("world")), ("/claims/1/value", json!("sindh"))],
        },
        Case {
            name: "two days of one birth",
            space: space(),
            finding: finding(
                "strict",
                json!([
                    fact("a/is", "born", "ttp", json!("2007-12-01/2007-12-31"), true),
                    fact("b/is", "born", "ttp", json!("2008-01-01/.."), true)
                ]),
                certificate(
                    "born",
                    json!([
                        row("a/is", "low", "1", json!({"value": "2007-12-01/2007-12-31"}), "1"),
                        row("b/is", "low", "1", json!({"value": "2008-01-01/.."}), "1"),
                        total("born", json!({}))
                    ]),
                ),
            ),
            lies: vec![("/claims/0/value", json!("2007-12-01/2008-01-01"))],
        },
        Case {
            name: "a relation from both sides",
            space: space(),
            finding: relation,
            lies: vec![
                ("/claims/1/period", json!("2023-12-01/..")),
                ("/space/attributes/relation/symmetric", json!(false)),
                ("/verdict", json!("contradiction")),
                ("/space/attributes/relation/values/close", json!({"in": "hostile"})),
                ("/space/attributes/relation/toward", json!(null)),
            ],
        },
        Case {
            name: "opposed advice",
            space: space(),
            finding: opinion,
            lies: vec![("/verdict", json!("contradiction"))],
        },
    ];
    // An opinion and a relation that changes may be found under either reading, so nothing shows a wrong one.
    for case in &mut cases[3..] {
        case.finding["either_reading"] = json!(true);
    }
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
