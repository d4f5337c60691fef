//! Dates, durations and orders.

use serde_json::{Value, json};

use super::{Case, finding, space};

pub(super) fn dates() -> Vec<Case> {
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
