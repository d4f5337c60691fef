//! Figures: the same scope, nested ones, parts and wholes.

use serde_json::json;

use super::{Case, figure, finding, plain_sum, row, space};

pub(super) fn figures() -> Vec<Case> {
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

pub(super) fn more_figures() -> Vec<Case> {
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
