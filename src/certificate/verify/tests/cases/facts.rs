//! Facts, lists of values and denials.

use serde_json::{Value, json};

use super::{Case, finding, row, space};

pub(super) fn facts() -> Vec<Case> {
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
