//! The cases of three public EDTF libraries. See `tests/data/edtf/README.md`.

use std::collections::BTreeMap;

use serde_json::Value;

use super::super::*;

const CASES: &str = include_str!("../../../tests/data/edtf/cases.jsonl");

const NO_SEASONS: &str =
    "the specification ties seasons to no days; the library takes the northern hemisphere's months";
const NO_LONG_YEARS: &str = "the year is outside the calendar";
const UNKNOWN_END: &str = "the library invents ten years; the specification says no more than that the end is unknown";
const ORDER: &str = "the specification does not ask that the end's first day come no earlier than the start's";
const COMPLETE_TIME: &str = "level 0 has complete times; a fraction of a second is none of its forms";
const EXTENDED_FORMAT: &str = "\"EDTF requires extended format\": a colon between the hours and minutes of a zone";
const FOUR_DIGITS: &str =
    "years have four digits; ISO 8601's centuries and decades are at no level of the specification";
const TWO_X: &str = "level 1 has \"one or two\" unspecified digits in a year, and then no month";
const MARKED_SEASON: &str = "a season and a mark are both level 1; either way it has no days";

/// The cases where a library departs from the specification: id, what we do, why.
const DEPARTURES: &[(&str, &str, &str)] = &[
    ("edtf_js-validity-65", "Malformed", COMPLETE_TIME),
    ("edtf_js-validity-67", "Malformed", COMPLETE_TIME),
    ("edtf_js-validity-68", "Malformed", COMPLETE_TIME),
    ("edtf_js-validity-69", "Malformed", COMPLETE_TIME),
    ("edtf_js-validity-70", "Malformed", COMPLETE_TIME),
    ("edtf_js-validity-72", "Malformed", COMPLETE_TIME),
    ("edtf_js-validity-82", "Malformed", EXTENDED_FORMAT),
    ("edtf_js-validity-83", "Malformed", EXTENDED_FORMAT),
    ("edtf_js-validity-84", "Malformed", EXTENDED_FORMAT),
    ("edtf_js-validity-85", "Malformed", EXTENDED_FORMAT),
    ("edtf_js-validity-86", "Malformed", EXTENDED_FORMAT),
    ("edtf_js-validity-87", "Malformed", EXTENDED_FORMAT),
    ("edtf_js-validity-88", "Malformed", EXTENDED_FORMAT),
    ("edtf_js-validity-89", "Malformed", EXTENDED_FORMAT),
    ("edtf_js-validity-90", "Malformed", EXTENDED_FORMAT),
    ("edtf_js-validity-93", "Malformed", FOUR_DIGITS),
    ("edtf_js-validity-94", "Malformed", FOUR_DIGITS),
    ("edtf_js-validity-95", "Malformed", FOUR_DIGITS),
    ("edtf_js-validity-159", "Malformed", FOUR_DIGITS),
    ("edtf_js-validity-160", "Malformed", FOUR_DIGITS),
    ("edtf_js-validity-161", "Malformed", FOUR_DIGITS),
    ("edtf_js-validity-162", "Malformed", FOUR_DIGITS),
    ("edtf_js-validity-163", "Malformed", FOUR_DIGITS),
    ("edtf_js-validity-164", "Malformed", FOUR_DIGITS),
    ("edtf_js-validity-165", "Malformed", FOUR_DIGITS),
    ("edtf_js-validity-166", "Malformed", FOUR_DIGITS),
    ("edtf_js-validity-167", "Malformed", FOUR_DIGITS),
    ("edtf_js-validity-168", "Malformed", FOUR_DIGITS),
    ("edtf_js-validity-169", "Malformed", FOUR_DIGITS),
    ("edtf_js-validity-170", "Malformed", FOUR_DIGITS),
    ("edtf_js-validity-112", "Level2", TWO_X),
    ("edtf_js-validity-115", "Level2", TWO_X),
    ("edtf_js-validity-116", "Level2", TWO_X),
    ("edtf_validate-validity-131", "Season", MARKED_SEASON),
    ("edtf_validate-validity-241", "0000-01-03/0000-01-31", ORDER),
    ("edtf_validate-validity-243", "0000-02-01/0000-12-31", ORDER),
    ("edtf_validate-validity-246", "2004-06-11/2004-06-30", ORDER),
    ("python_edtf-bounds-36", "/2006-12-31", UNKNOWN_END),
    ("python_edtf-bounds-37", "2004-06-01/", UNKNOWN_END),
    ("python_edtf-bounds-46", "1984-06-02/", UNKNOWN_END),
    ("python_edtf-bounds-47", "YearOutOfRange", NO_LONG_YEARS),
    ("python_edtf-bounds-48", "YearOutOfRange", NO_LONG_YEARS),
    ("python_edtf-bounds-49", "Season", NO_SEASONS),
    ("python_edtf-bounds-50", "Season", NO_SEASONS),
    ("python_edtf-bounds-51", "Season", NO_SEASONS),
    ("python_edtf-bounds-52", "Season", NO_SEASONS),
];

/// The texts that a library calls invalid and that are refused here as valid EDTF without days: the first season, long
/// year or feature of level 2 ends the reading, so what is wrong besides is not seen.
const REFUSED_EARLIER: &[&str] = &[
    "edtf_js-validity-38",
    "edtf_js-validity-39",
    "edtf_js-validity-45",
    "edtf_validate-validity-225",
    "edtf_validate-validity-226",
    "edtf_validate-validity-227",
    "edtf_validate-validity-228",
    "edtf_validate-validity-229",
    "edtf_validate-validity-235",
    "edtf_validate-validity-236",
    "edtf_validate-validity-244",
    "edtf_validate-validity-245",
];

/// How many cases there are of each suite and judgement.
///
/// Bounds: python-edtf has 54 of levels 0 and 1 (0 to 31, 34 to 53, 76 and 77), of which 9 depart, and edtf.js has 7 (0
/// to 6). Qualifiers: 9 (0 to 7, and 13). The rest of both suites is level 2. Validity: 120 invalid, 173 of levels 0
/// and 1 (58, 99, and 16 date-times without a level), 166 of level 2.
const COUNTS: &[(&str, &str, usize)] = &[
    ("bounds", "agrees", 45 + 7),
    ("bounds", "departs", 9),
    ("bounds", "level 2, refused", 36 + 41),
    ("qualifier", "agrees", 9),
    ("qualifier", "level 2, refused", 17),
    ("validity", "invalid: agrees", 120 - 3),
    ("validity", "invalid: departs", 3),
    ("validity", "level 0 or 1: agrees", 173 - 21),
    ("validity", "level 0 or 1: departs", 21),
    ("validity", "level 2: agrees", 166 - 13),
    ("validity", "level 2: departs", 13),
];

/// What became of a text: its days as written (`..` and nothing as in EDTF), or the kind of its error.
fn outcome(read: &Result<Period, EdtfError>) -> String {
    let show = |edge: &Edge, of: fn(&Date) -> Day| match edge {
        Edge::Date(date) => of(date).to_string(),
        Edge::Open => "..".to_owned(),
        Edge::Unknown => String::new(),
    };
    match read {
        Ok(period) => format!("{}/{}", show(period.start(), Date::first), show(period.end(), Date::last)),
        Err(error) => format!("{:?}", error.kind()),
    }
}

/// The group that a case is counted in, and whether we do what it expects.
fn judge(suite: &str, expected: &Value, read: &Result<Period, EdtfError>) -> (&'static str, bool) {
    use EdtfErrorKind::{BoundlessPeriod, Level2, Season, YearOutOfRange};
    let kind = read.as_ref().err().map(EdtfError::kind);
    match (suite, read) {
        ("validity", _) => match (expected["valid"].as_bool().unwrap(), expected["level"].as_u64()) {
            (false, _) => ("invalid: ", read.is_err()),
            (true, Some(2)) => ("level 2: ", kind == Some(Level2)),
            // The cases without a level are date-times, which are level 0.
            (true, _) => ("level 0 or 1: ", matches!(kind, None | Some(Season | YearOutOfRange | BoundlessPeriod))),
        },
        (_, Err(error)) if error.kind() == Level2 => ("level 2, refused", true),
        ("bounds", Ok(period)) => {
            // `null` is an open end; some cases state one end only.
            let agrees = |key: &str, edge: &Edge, of: fn(&Date) -> Day| match &expected[key] {
                _ if expected.get(key).is_none() => true,
                Value::Null => *edge == Edge::Open,
                day => edge.date().is_some_and(|date| day == &of(date).to_string()),
            };
            ("", agrees("lo", period.start(), Date::first) && agrees("hi", period.end(), Date::last))
        }
        ("qualifier", Ok(period)) => {
            // The library's flags exclude each other, and an interval has those of its ends.
            let any =
                |flag: fn(&Date) -> bool| [period.start(), period.end()].into_iter().filter_map(Edge::date).any(flag);
            let ours = [
                ("uncertain", any(|date| date.uncertain() && !date.approximate())),
                ("approximate", any(|date| date.approximate() && !date.uncertain())),
                ("both", any(|date| date.uncertain() && date.approximate())),
            ];
            ("", ours.iter().all(|(key, ours)| expected[key] == *ours))
        }
        (_, Err(_)) => ("", false),
        (suite, _) => panic!("unknown suite {suite}"),
    }
}

#[test]
fn other_libraries_agree_but_where_they_depart_from_the_specification() {
    let mut departures: BTreeMap<&str, &str> = DEPARTURES.iter().map(|&(id, ours, _)| (id, ours)).collect();
    assert_eq!(departures.len(), DEPARTURES.len(), "an id is listed twice");
    let mut counts = BTreeMap::new();
    let mut refused_earlier = Vec::new();
    for line in CASES.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| case.get(key).and_then(Value::as_str).unwrap();
        let expected = case.get("expected").unwrap();
        let (id, suite, read) = (text("id"), text("suite"), parse_period(text("input")));
        let (group, agrees) = judge(suite, expected, &read);
        let ours = outcome(&read);
        let verdict = if agrees { "agrees" } else { "departs" };
        match departures.remove(id) {
            Some(listed) => {
                assert!(!agrees, "{id} agrees now: take it off the list");
                assert_eq!(ours, listed, "{id}: {}", text("input"));
            }
            None => assert!(agrees, "{id}: {} became {ours}, expected {expected}", text("input")),
        }
        if group == "invalid: " && read.is_err_and(|error| error.kind().is_valid_edtf()) {
            refused_earlier.push(id.to_owned());
        }
        let judgement = if group.ends_with("refused") { group.to_owned() } else { format!("{group}{verdict}") };
        *counts.entry((suite.to_owned(), judgement)).or_insert(0) += 1;
    }
    assert!(departures.is_empty(), "no such cases: {departures:?}");
    refused_earlier.sort();
    assert_eq!(refused_earlier, REFUSED_EARLIER);
    let counts: Vec<_> =
        counts.iter().map(|((suite, judgement), &n)| (suite.as_str(), judgement.as_str(), n)).collect();
    assert_eq!(counts, COUNTS);
}
