//! Changes, shares and sums of measures.

use serde_json::{Value, json};

use super::{Case, figure, finding, plain_sum, row, space};

pub(super) fn relations() -> Vec<Case> {
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
