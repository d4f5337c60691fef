//! Claims drawn at random, most of them about the same few things.

use std::collections::BTreeSet;

use gainsay::load;
use serde_json::{Map, Value, json};

use super::Files;
use crate::worlds::dice::Dice;

pub(super) fn codebook() -> String {
    json!({
        "dimensions": {
            "place": { "phrase": "in {}", "root": "world", "terms": {
                "land": { "exhaustive": true }, "north": { "in": "land" }, "south": { "in": "land" },
                "port": { "in": "north" }, "sea": {}, "coast": { "in": "land", "overlaps": true } } },
            "actor": { "root": "anyone", "terms": { "army": {}, "rebels": {}, "faction": { "in": "rebels" } } },
            "target": { "root": "whoever", "exhaustive": true, "terms": { "police": {}, "civilians": {} } }
        },
        "measures": {
            "attacks": { "unit": "attack", "kind": "count", "whole": true, "dimensions": ["place", "actor", "target"],
                "overlaps": ["actor", "target"] },
            "claimed": { "unit": "attack", "kind": "count", "whole": true, "dimensions": ["place", "actor", "target"],
                "overlaps": ["actor", "target"], "plain": "attacks" },
            "deaths": { "unit": "person", "kind": "count", "whole": true, "dimensions": ["target", "place"] },
            "weight": { "unit": "kg", "kind": "count", "dimensions": ["place"] },
            "fighters": { "unit": "person", "kind": "level", "whole": true, "dimensions": ["place", "actor"] },
            "area": { "unit": "km2", "kind": "fixed", "dimensions": ["place"] }
        },
        "units": { "tonne": { "of": "kg", "times": "1000" }, "half": { "of": "kg", "times": "0.5" },
            "dozen": { "of": "person", "times": "12" } },
        "events": { "raid": { "kind": "incident", "place": "north", "period": "2022-03" },
            "siege": { "kind": "span", "place": "land", "period": "2022" }, "battle": { "kind": "incident", "in": "siege" } },
        "vague": { "dozens": { "strict": [12, null], "plain": [24, 99], "policy": "a guess" } },
        "upstreams": { "institute": { "label": "the institute", "published": "2022-06-30" },
            "ministry": { "label": "the ministry" } }
    })
    .to_string()
}

/// The descriptions of the sources.
pub(super) const SOURCES: [&str; 3] = [
    r#"{"source": {"id": "a", "published": "2022-06"}}"#,
    r#"{"source": {"id": "b", "title": "Bulletin"}}"#,
    r#"{"source": {"id": "c", "published": "2023-01-19"}}"#,
];

const PERIODS: [&str; 30] = [
    "2022",
    "2022",
    "2022",
    "2022",
    "2022",
    "2022",
    "2022-03",
    "2022-03",
    "2022-03",
    "2022-03",
    "2022-03-05",
    "2022-03-05",
    "2022-03-05",
    "2022-03-06",
    "2022-01/2022-03",
    "2022-03-05/2022-04-02",
    "2021/2022",
    "2021",
    "2022-03~",
    "2022?",
    "2021~/2022",
    "../2022",
    "2022-02/..",
    "2022-02/",
    "/2022-03",
    "202X",
    "-0044",
    "2022-01-01/2022-12-31",
    "2023",
    "unstated",
];

/// A claim without source, id and quote.
pub(super) fn claim(dice: &mut Dice) -> Map<String, Value> {
    let mut claim = Map::new();
    let measure = *dice.pick(&[
        "attacks", "attacks", "attacks", "attacks", "attacks", "claimed", "deaths", "weight", "weight", "fighters",
        "area",
    ]);
    claim.insert("measure".into(), json!(measure));
    if measure != "area" {
        claim.insert("period".into(), json!(dice.pick(&PERIODS)));
    }
    let own: &[(&str, &[&str])] = match measure {
        "attacks" | "claimed" => &[("place", &PLACES), ("actor", &ACTORS), ("target", &TARGETS)],
        "deaths" => &[("place", &PLACES), ("target", &TARGETS)],
        "fighters" => &[("place", &PLACES), ("actor", &ACTORS)],
        _ => &[("place", &PLACES)],
    };
    for (dimension, terms) in own {
        if dice.percent(25) {
            claim.insert((*dimension).into(), selection(dice, terms));
        }
    }
    claim.insert("value".into(), value(dice, measure == "weight" || measure == "area"));
    if measure == "weight" && dice.percent(25) {
        claim.insert("unit".into(), json!(dice.pick(&["tonne", "half"])));
    }
    if measure == "deaths" && dice.percent(10) {
        claim.insert("unit".into(), json!("dozen"));
    }
    if measure != "area" && dice.percent(8) {
        claim.insert("event".into(), json!(dice.pick(&["raid", "siege", "battle"])));
    }
    if dice.percent(10) {
        claim.insert("voice".into(), json!(dice.pick(&["disputes", "disputes", "reports", "asserts"])));
    }
    if dice.percent(10) {
        let credits: &[&[&str]] = &[&["institute"], &["ministry"], &["ministry", "institute"], &["b"]];
        claim.insert("attributed_to".into(), json!(dice.pick(credits)));
    }
    claim
}

const PLACES: [&str; 7] = ["world", "land", "north", "south", "port", "sea", "coast"];
const ACTORS: [&str; 4] = ["anyone", "army", "rebels", "faction"];
const TARGETS: [&str; 3] = ["whoever", "police", "civilians"];

fn selection(dice: &mut Dice, terms: &[&str]) -> Value {
    match dice.below(20) {
        0 => json!([dice.pick(terms), dice.pick(terms)]),
        1 => json!({ "except": [dice.pick(terms)] }),
        2 => json!("unstated"),
        3 => json!({ "unstated": dice.pick(terms) }),
        _ => json!(dice.pick(terms)),
    }
}

/// A number near the others, digit for digit.
fn number(dice: &mut Dice, fractions: bool) -> Value {
    let text = match dice.below(16) {
        0 => format!("12345678901234567890123456789{}", dice.below(3)),
        1 => format!("1{}", ["e3", "000", "e3", "0e2"][dice.below(4)]),
        2 => format!("214748364{}", dice.below(10)),
        3 if fractions => format!("{}.{}", dice.below(4), [5, 25, 50, 0][dice.below(4)]),
        4 if fractions => format!("0.{}1", "0".repeat(dice.below(25))),
        5 => dice.below(100).to_string(),
        _ => dice.below(7).to_string(),
    };
    json!(format!("{DIGITS}{text}"))
}

/// Stands before digits that are to be written as a number, which no number of `serde_json` could hold.
const DIGITS: char = '#';

/// A line as text, with its numbers digit for digit.
fn written(line: Map<String, Value>) -> String {
    let text = Value::Object(line).to_string();
    let mark = format!("\"{DIGITS}");
    let mut parts = text.split(&mark);
    let mut out = parts.next().unwrap().to_owned();
    parts.for_each(|part| out.push_str(&part.replacen('"', "", 1)));
    out
}

fn value(dice: &mut Dice, fractions: bool) -> Value {
    let mut n = || number(dice, fractions);
    let (a, b, c) = (n(), n(), n());
    match dice.below(24) {
        0 => json!({ "at_least": a }),
        1 => json!({ "more_than": a }),
        2 => json!({ "at_most": a }),
        3 => json!({ "less_than": a }),
        4 => json!({ "nearly": a }),
        5 => json!({ "about": a }),
        6 => json!({ "between": [a, b] }),
        7 => json!({ "rounded": a, "to": b }),
        8 => json!({ "estimate": { "low": a, "best": b, "high": c } }),
        9 => json!({ "vague": "dozens" }),
        _ => a,
    }
}

/// Lines: the descriptions, then a claim for each seed, now and then with one that replaces it.
pub(super) fn lines(seeds: &[u64]) -> Vec<String> {
    let mut lines: Vec<String> = SOURCES.iter().map(|&line| line.to_owned()).collect();
    for (number, &seed) in seeds.iter().enumerate() {
        let mut dice = Dice::new(seed);
        let mut claim = claim(&mut dice);
        let source = *dice.pick(&["a", "b", "c"]);
        let mut named = |claim: &Map<String, Value>, id: &str| {
            let mut line = Map::new();
            line.insert("source".into(), json!(source));
            line.insert("id".into(), json!(id));
            line.insert("quote".into(), json!("so it is said"));
            line.extend(claim.clone());
            lines.push(written(line));
        };
        if dice.percent(8) {
            let mut later = claim.clone();
            later.insert("value".into(), value(&mut dice, false));
            named(&later, &format!("later-{number}"));
            claim.insert("superseded_by".into(), json!(format!("later-{number}")));
            claim.insert("note".into(), json!("revised"));
        }
        named(&claim, &format!("x{number}"));
    }
    lines
}

/// The same lines but for those that are no claims: an empty scope, a reversed estimate and so on.
pub(super) fn sound(mut lines: Vec<String>) -> Files {
    loop {
        let files = Files::new(&codebook()).with("all", lines.join("\n"));
        let Err(faults) = load(&files.few()) else { return files };
        let wrong: BTreeSet<usize> =
            faults.iter().map(|fault| fault.place.as_ref().unwrap().position.line as usize - 1).collect();
        let mut number = 0;
        lines.retain(|_| {
            number += 1;
            !wrong.contains(&(number - 1))
        });
    }
}
