//! Whole reports that must be accepted, and for each the lies that must not be; and a plain second method on small spaces.

#![allow(
    clippy::needless_pass_by_value,
    clippy::too_many_lines,
    clippy::trivially_copy_pass_by_ref,
    reason = "cases are tables, and read best when they are written as such"
)]

mod brute;
mod cases;
mod hostile;

use num_rational::BigRational;
use serde_json::{Value, json};

use super::{Limits, Verdict, verify_finding, verify_report};

/// A report's `space` and one finding.
#[derive(Clone)]
struct Case {
    name: &'static str,
    space: Value,
    finding: Value,
    /// Changes of `space` or the finding, as JSON pointer and new value, each of which must make the proof fail.
    lies: Vec<(&'static str, Value)>,
}

impl Case {
    fn verdict(&self) -> Verdict {
        verify_finding(&self.space, &self.finding, Limits::default())
    }

    fn rows(&mut self) -> &mut Vec<Value> {
        self.finding.pointer_mut("/certificate/rows").unwrap().as_array_mut().unwrap()
    }

    fn must_fail(&self, lie: &str) {
        let verdict = self.verdict();
        assert!(matches!(verdict, Verdict::Fails(_)), "{}: {lie}: {verdict:?}\n{:#}", self.name, self.finding);
    }

    /// Puts into `total` what the rows now add up to.
    fn total_up(&mut self) {
        let total: BigRational = self.rows().iter().map(|row| number(&row["weight"]) * number(&row["at_least"])).sum();
        self.finding["certificate"]["total"] = json!(total.to_string());
    }
}

fn number(value: &Value) -> BigRational {
    value.as_str().unwrap().parse().unwrap()
}

fn plus(value: &Value, more: i64) -> Value {
    json!((number(value) + BigRational::from_integer(more.into())).to_string())
}

#[test]
fn proofs_that_hold_are_accepted() {
    for case in cases::all() {
        assert_eq!(case.verdict(), Verdict::Holds, "{}", case.name);
        let report = json!({"schema": 1, "space": case.space, "findings": [case.finding]});
        assert_eq!(
            verify_report(&report, Limits::default()).unwrap(),
            [("f".to_owned(), Verdict::Holds)],
            "{}",
            case.name
        );
    }
}

#[test]
fn no_row_is_idle() {
    for case in cases::all() {
        for at in 0..case.clone().rows().len() {
            let mut lie = case.clone();
            let row = lie.rows().remove(at);
            lie.must_fail("a row less");
            lie.total_up();
            lie.must_fail("a row less, and the total made to fit");
            if !lie.rows().iter().any(|other| other["claim"] == row["claim"]) {
                lie.finding["claims"].as_array_mut().unwrap().retain(|claim| claim["claim"] != row["claim"]);
                lie.must_fail("a row and its claim less");
            }
            let mut lie = case.clone();
            let mut half = row;
            half["weight"] = json!((number(&half["weight"]) / number(&json!("2"))).to_string());
            lie.rows()[at] = half.clone();
            lie.rows().push(half);
            lie.must_fail("a row twice");
        }
    }
}

#[test]
fn no_weight_is_free() {
    for case in cases::all() {
        for at in 0..case.clone().rows().len() {
            // Of what is at most zero, or above it, any multiple will do.
            let row = case.clone().rows()[at].clone();
            if row["at_least"] == "0" && row["sum"].as_array().unwrap().len() == 1 {
                continue;
            }
            let is_fact = case.finding["claims"][0].get("subject").is_some();
            for (times, into) in [("2", "1"), ("1", "2"), ("0", "1"), ("-1", "1")] {
                // Two values of 1 where there is room for 1: half of one is still too much.
                if is_fact && into == "2" {
                    continue;
                }
                let mut lie = case.clone();
                let row = &mut lie.rows()[at];
                row["weight"] =
                    json!((number(&row["weight"]) * number(&json!(times)) / number(&json!(into))).to_string());
                lie.must_fail("another weight");
                lie.total_up();
                lie.must_fail("another weight, and the total made to fit");
            }
        }
    }
}

#[test]
fn no_figure_is_free() {
    for case in cases::all() {
        for at in 0..case.clone().rows().len() {
            for more in [-1, 1] {
                let mut lie = case.clone();
                let row = &mut lie.rows()[at];
                row["at_least"] = plus(&row["at_least"], more);
                lie.must_fail("another right-hand side");
                lie.total_up();
                lie.must_fail("another right-hand side, and the total made to fit");
            }
            let mut lie = case.clone();
            let row = &mut lie.rows()[at];
            row["open"] = json!(!row["open"].as_bool().unwrap_or(false));
            lie.must_fail("an open bound closed, or a closed one opened");
        }
        for at in 0..case.finding["claims"].as_array().unwrap().len() {
            for key in ["low", "high"] {
                let used = case
                    .clone()
                    .rows()
                    .iter()
                    .any(|row| row["claim"] == case.finding["claims"][at]["claim"] && row["bound"] == key);
                if used && case.finding["claims"][at][key].is_string() {
                    let mut lie = case.clone();
                    let end = &mut lie.finding["claims"][at][key];
                    *end = plus(end, 1);
                    lie.must_fail("another figure in the claim");
                }
            }
        }
        for more in [-1, 1] {
            let mut lie = case.clone();
            let total = &mut lie.finding["certificate"]["total"];
            *total = plus(total, more);
            lie.must_fail("another total");
        }
    }
}

/// Claims that go together: the figures are moved, in the claim and in the row, until nothing is left of the gap.
#[test]
fn claims_that_agree_are_no_conflict() {
    for case in cases::all() {
        let total = number(&case.finding["certificate"]["total"]);
        for at in 0..case.clone().rows().len() {
            let mut lie = case.clone();
            let row = &mut lie.rows()[at];
            let (claim, bound) = (row["claim"].clone(), row["bound"].as_str().unwrap_or_default().to_owned());
            let moved = number(&row["at_least"]) - &total / number(&row["weight"]);
            row["at_least"] = json!(moved.to_string());
            let claims = lie.finding["claims"].as_array_mut().unwrap();
            let Some(entry) = claims.iter_mut().find(|entry| entry["claim"] == claim) else { continue };
            if entry.get("change").is_some() || !entry[&bound].is_string() || total == number(&json!("0")) {
                continue;
            }
            entry[&bound] = json!(if bound == "low" { moved } else { -moved }.to_string());
            lie.total_up();
            lie.must_fail("a figure that leaves no gap");
        }
    }
}

#[test]
fn no_scope_is_free() {
    for case in cases::all() {
        for at in 0..case.clone().rows().len() {
            for term in 0..case.clone().rows()[at]["sum"].as_array().unwrap().len() {
                let mut lie = case.clone();
                let times = &mut lie.rows()[at]["sum"][term]["times"];
                *times = plus(times, 1);
                lie.must_fail("another coefficient");
                let keys: Vec<_> = match &case.clone().rows()[at]["sum"][term]["scope"] {
                    Value::Object(scope) => scope.keys().cloned().collect(),
                    _ => Vec::new(),
                };
                for key in keys {
                    let mut lie = case.clone();
                    lie.rows()[at]["sum"][term]["scope"].as_object_mut().unwrap().remove(&key);
                    lie.must_fail("a wider scope");
                }
            }
        }
        let common = case.finding["certificate"]["common"].as_object().cloned().unwrap_or_default();
        for key in common.keys() {
            let mut lie = case.clone();
            lie.finding["certificate"]["common"].as_object_mut().unwrap().remove(key);
            lie.must_fail("a wider common scope");
        }
    }
}

#[test]
fn nothing_else_is_free() {
    for case in cases::all() {
        let other = if case.finding["reading"] == "strict" { "plain" } else { "strict" };
        for reading in [json!(null), json!("loose"), json!(other)] {
            if case.finding["either_reading"] == true && reading == other {
                continue;
            }
            let mut lie = case.clone();
            lie.finding["reading"] = reading;
            lie.must_fail("another reading");
        }
        for (pointer, value) in &case.lies {
            let mut lie = case.clone();
            let (root, path) = match pointer.strip_prefix("/space") {
                Some(path) => (&mut lie.space, path),
                None => (&mut lie.finding, *pointer),
            };
            let place = root.pointer_mut(path).unwrap_or_else(|| panic!("{}: no {pointer}", case.name));
            assert_ne!(place, value, "{}: {pointer}", case.name);
            *place = value.clone();
            lie.must_fail(&format!("{pointer} is {value}"));
        }
        let mut lie = case.clone();
        lie.finding["certificate"]["rows"][0]["extra"] = json!(1);
        lie.must_fail("an unknown key");
    }
}
