//! Conflicts of more than two figures among many claims, and what is said of those that hang together with too many.

use std::collections::BTreeSet;
use std::fmt::Write;

use gainsay::Options;
use gainsay::report::Report;
use proptest::prelude::*;

use super::Files;

/// Three provinces that are not all of the country, and two halves of a harm that are all of it.
const BOOK: &str = r#"{ "dimensions": {
    "place": { "root": "world", "phrase": "in {}", "terms": {
        "country": {}, "north": {"in": "country"}, "middle": {"in": "country"}, "south": {"in": "country"}, "port": {"in": "south"} } },
    "harm": { "root": "harmed", "phrase": "{}", "exhaustive": true, "terms": { "killed": {"in": "harmed"}, "hurt": {"in": "harmed"} } } },
  "measures": { "people": { "unit": "person", "kind": "count", "whole": true, "dimensions": ["place", "harm"], "phrase": "{} people" } } }"#;

/// A figure with its place, its harm and its period.
type Figure<'a> = (&'a str, &'a str, &'a str, &'a str);

fn files(figures: &[Figure<'_>]) -> Files {
    let mut lines = "{\"source\": {\"id\": \"log\"}}\n".to_owned();
    for (at, (place, harm, period, value)) in figures.iter().enumerate() {
        let quote = "so many";
        writeln!(
            lines,
            r#"{{"source": "log", "id": "c{at}", "quote": "{quote}", "measure": "people", "place": "{place}", "harm": "{harm}", "period": "{period}", "value": {value}}}"#
        )
        .unwrap();
    }
    Files::new(BOOK).with("log", lines)
}

/// The claims of each conflict, by its verdict.
fn conflicts(report: &Report) -> BTreeSet<(&'static str, Vec<String>)> {
    let proven = report.findings.iter().filter(|finding| finding.certificate.is_some());
    proven
        .map(|finding| {
            let mut claims: Vec<String> = finding.claims.iter().map(|claim| claim.claim.clone()).collect();
            claims.sort();
            (finding.verdict.word(), claims)
        })
        .collect()
}

#[track_caller]
fn check(figures: &[Figure<'_>], expected: &[usize]) {
    let report = files(figures).check_many(&Options::default(), 1);
    let claims: Vec<String> = expected.iter().map(|at| format!("log/c{at}")).collect();
    let expected: BTreeSet<_> =
        Some(("contradiction", claims)).filter(|(_, claims)| !claims.is_empty()).into_iter().collect();
    assert_eq!(conflicts(&report), expected);
    assert!(report.undecided.is_empty());
}

#[test]
fn parts_of_a_place_are_more_than_the_whole() {
    let parts = |most| {
        [
            ("country", "killed", "2022", most),
            ("north", "killed", "2022", "4"),
            ("middle", "killed", "2022", "{\"at_least\": 3}"),
            ("port", "killed", "2022", "5"),
            // Another time, and another harm: they bear on nothing here.
            ("north", "killed", "2021", "9"),
            ("north", "hurt", "2022", "9"),
        ]
    };
    // 4 + 3 + 5 = 12, and the port is all that is known of the south.
    check(&parts("11"), &[0, 1, 2, 3]);
    check(&parts("12"), &[]);
}

#[test]
fn parts_of_a_time_are_more_than_the_whole() {
    let parts = |most| {
        [
            ("north", "killed", "2022", most),
            ("north", "killed", "2022-01", "5"),
            ("north", "killed", "2022-01-03", "4"),
            ("north", "killed", "2022-02/2022-03", "5"),
            ("north", "killed", "2022-12-31", "1"),
        ]
    };
    check(&parts("10"), &[0, 1, 3, 4]);
    check(&parts("11"), &[]);
}

#[test]
fn parts_that_cover_the_whole_fall_short() {
    check(
        &[("north", "harmed", "2022", "6"), ("north", "killed", "2022", "2"), ("north", "hurt", "2022", "3")],
        &[0, 1, 2],
    );
    check(&[("north", "harmed", "2022", "5"), ("north", "killed", "2022", "2"), ("north", "hurt", "2022", "3")], &[]);
    // The provinces are not all of the country.
    let provinces = ["north", "middle", "south"].map(|place| (place, "killed", "2022", "{\"at_most\": 1}"));
    let figures: Vec<_> = provinces.into_iter().chain([("country", "killed", "2022", "9")]).collect();
    check(&figures, &[]);
    // Eleven months and the last one are all of the year.
    let months = [("north", "killed", "2022-01/2022-11", "2"), ("north", "killed", "2022-12", "{\"at_most\": 1}")];
    check(&[months[0], months[1], ("north", "killed", "2022", "4")], &[0, 1, 2]);
    check(&[months[0], months[1], ("north", "killed", "2022", "3")], &[]);
}

/// Two places, two harms: three corners hold less than both rows and columns ask for.
#[test]
fn what_lies_in_no_one_dimension_is_solved_where_it_is_small() {
    let figures = [
        ("country", "killed", "2022", "4"),
        ("north", "harmed", "2022", "4"),
        ("country", "harmed", "2022", "7"),
        ("north", "killed", "2022", "{\"at_most\": 0}"),
    ];
    // Killed in the country and harmed in the north are apart but for those killed in the north: 4 + 4 is more than 7.
    check(&figures, &[0, 1, 2, 3]);
}

/// The same with so many more claims that they are not looked at as a whole: none is wrong by itself, none is called decided.
#[test]
fn what_hangs_together_with_too_many_is_undecided() {
    let days: Vec<String> = (1..=28).map(|day| format!("2022-02-{day:02}")).collect();
    let of_days = days
        .iter()
        .flat_map(|day| ["killed", "hurt", "harmed"].map(|harm| ("port", harm, day.as_str(), "{\"at_most\": 9}")));
    let mut figures = vec![
        ("country", "killed", "2022", "4"),
        ("north", "harmed", "2022", "4"),
        ("country", "harmed", "2022", "7"),
        ("north", "killed", "2022", "{\"at_most\": 0}"),
    ];
    figures.extend(of_days);
    let report = files(&figures).check_many(&Options::default(), 1);
    assert_eq!(conflicts(&report), BTreeSet::new());
    let coverage = &report.summary.coverage;
    assert_eq!((coverage.undecided, report.summary.claims), (88, 88));
    assert_eq!(report.undecided.len(), 2, "under each reading");
    assert_eq!(report.undecided[0].claims.len() + report.undecided[0].more, 88);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// In one place and harm, with months, quarters and the year, whatever the ordinary road calls a conflict leaves something
    /// to be told here too, and what is told here is told there.
    #[test]
    fn along_the_days_nothing_is_missed(values in prop::collection::vec((0..8_usize, 0..12_u32, any::<bool>()), 3..10)) {
        let periods = ["2022-01", "2022-02", "2022-03", "2022-01/2022-03", "2022-04", "2022-01/2022-04", "2022-05/2022-12", "2022"];
        let values: Vec<(usize, String)> = values
            .into_iter()
            .map(|(period, value, exact)| (period, if exact { value.to_string() } else { format!("{{\"at_least\": {value}}}") }))
            .collect();
        let figures: Vec<Figure<'_>> =
            values.iter().map(|(period, value)| ("north", "killed", periods[*period], value.as_str())).collect();
        let files = files(&figures);
        let few = files.check_few(&Options::default());
        let many = files.check_many(&Options { limit: usize::MAX, ..Options::default() }, 1);
        let (few, many) = (conflicts(&few), conflicts(&many));
        prop_assert!(many.is_subset(&few), "{many:?} {few:?}");
        let in_many: BTreeSet<&String> = many.iter().flat_map(|(_, claims)| claims).collect();
        for (_, claims) in &few {
            prop_assert!(claims.iter().any(|claim| in_many.contains(claim)), "{claims:?} {many:?}");
        }
    }
}

/// What is chosen among the findings does not change what is found.
#[test]
fn a_choice_leaves_sums_as_they_are() {
    let mut figures = vec![
        ("country", "killed", "2022", "11"),
        ("north", "killed", "2022", "4"),
        ("middle", "killed", "2022", "3"),
        ("port", "killed", "2022", "5"),
    ];
    // Seven more than the country's, which is at fault beside all of its parts.
    figures.push(("country", "killed", "2022", "2"));
    let files = files(&figures);
    let all = conflicts(&files.check_many(&Options { limit: usize::MAX, ..Options::default() }, 1));
    let sums = |rule: &str| Options { rules: vec![rule.to_owned()], limit: usize::MAX, ..Options::default() };
    let chosen = conflicts(&files.check_many(&sums("parts-exceed-whole"), 1));
    let larger: BTreeSet<_> = all.into_iter().filter(|(_, claims)| claims.len() > 2).collect();
    assert_eq!(larger.len(), 1, "{larger:?}");
    assert_eq!(chosen, larger);
}
