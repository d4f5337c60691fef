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

/// So many days of which nothing is said but that there were at most nine: they hang together with the year, and ask nothing.
fn idle_days(month: &'static str) -> Vec<String> {
    (1..=28).map(|day| format!("2022-{month}-{day:02}")).collect()
}

/// More parts than the exact solver is given as a whole: of them as few are told as it takes.
#[test]
fn hundreds_of_days_are_more_than_the_year() {
    let months = ["01", "02", "03", "04", "05", "06", "07", "08", "09", "10"];
    let days: Vec<String> = months.into_iter().flat_map(idle_days).collect();
    let year = |most| {
        let of_days = days.iter().map(|day| ("north", "killed", day.as_str(), "{\"at_least\": 2}"));
        let figures: Vec<Figure<'_>> = of_days.chain([("north", "killed", "2022", most)]).collect();
        files(&figures).check_many(&Options::default(), 1)
    };
    // 280 days make 560, and 251 of them 502.
    let report = year("{\"at_most\": 501}");
    let found = conflicts(&report);
    let [(verdict, claims)] = &found.iter().collect::<Vec<_>>()[..] else { panic!("{found:?}") };
    assert_eq!((*verdict, claims.len()), ("contradiction", 252));
    assert!(claims.contains(&"log/c280".to_owned()));
    assert_eq!(report.summary.coverage.undecided, 0);
    let report = year("{\"at_most\": 560}");
    assert_eq!((conflicts(&report).len(), report.summary.coverage.undecided), (0, 0));
}

/// What is wrong in a part does not hide what is wrong in the whole, here among more claims than are looked at as a whole.
#[test]
fn one_conflict_hides_no_other() {
    let idle: Vec<String> = ["07", "08", "09"].into_iter().flat_map(idle_days).collect();
    let mut figures = vec![
        ("north", "killed", "2022", "{\"at_most\": 11}"),
        ("north", "killed", "2022-01/2022-03", "{\"at_most\": 5}"),
        ("north", "killed", "2022-01", "{\"at_least\": 4}"),
        ("north", "killed", "2022-02", "{\"at_least\": 5}"),
        ("north", "killed", "2022-03", "{\"at_least\": 3}"),
    ];
    figures.extend(idle.iter().map(|day| ("north", "killed", day.as_str(), "{\"at_most\": 9}")));
    let report = files(&figures).check_many(&Options::default(), 1);
    let named = |claims: &[usize]| ("contradiction", claims.iter().map(|at| format!("log/c{at}")).collect::<Vec<_>>());
    // 5 + 4 is more than the quarter's five, and 5 + 4 + 3 more than the year's eleven.
    assert_eq!(conflicts(&report), BTreeSet::from([named(&[1, 2, 3]), named(&[0, 2, 3, 4])]));
    assert_eq!(report.summary.coverage.undecided, 0);
}

/// Under each reading the figures are its own: what reads as too little is no contradiction.
#[test]
fn each_reading_is_added_up_by_itself() {
    let idle: Vec<String> = ["07", "08", "09"].into_iter().flat_map(idle_days).collect();
    // "At least four" reads as four to fourteen.
    let mut figures = vec![
        ("north", "killed", "2022-01/2022-02", "{\"at_least\": 30}"),
        ("north", "killed", "2022-01", "{\"at_least\": 4}"),
        ("north", "killed", "2022-02", "{\"at_least\": 4}"),
        ("north", "killed", "2022", "{\"at_most\": 90}"),
    ];
    figures.extend(idle.iter().map(|day| ("north", "killed", day.as_str(), "{\"at_most\": 9}")));
    let report = files(&figures).check_many(&Options::default(), 1);
    let tension = ("tension", ["log/c0", "log/c1", "log/c2"].map(str::to_owned).to_vec());
    assert_eq!(conflicts(&report), BTreeSet::from([tension]));
    assert_eq!(report.summary.coverage.undecided, 0);
}

/// A term of which nothing is said stands for its children, if they are all of it.
#[test]
fn what_covers_the_whole_may_be_two_levels_down() {
    let book = BOOK.replace(
        r#""hurt": {"in": "harmed"}"#,
        r#""hurt": {"in": "harmed", "exhaustive": true}, "lightly": {"in": "hurt"}, "badly": {"in": "hurt"}"#,
    );
    assert_ne!(book, BOOK);
    let report = |whole: &'static str| {
        let mut figures = vec![
            ("north", "killed", "2022", "{\"at_most\": 1}"),
            ("north", "lightly", "2022", "{\"at_most\": 2}"),
            ("north", "badly", "2022", "{\"at_most\": 3}"),
            ("north", "harmed", "2022", whole),
        ];
        // They say little and are many: too many to be looked at as a whole.
        figures.extend(std::iter::repeat_n(("north", "harmed", "2022", "{\"at_least\": 2}"), 70));
        let mut files = files(&figures);
        files.others[0].1.clone_from(&book);
        files.check_many(&Options::default(), 1)
    };
    let short = report("{\"at_least\": 7}");
    let named = ("contradiction", (0..4).map(|at| format!("log/c{at}")).collect::<Vec<_>>());
    assert_eq!(conflicts(&short), BTreeSet::from([named]));
    assert_eq!(short.summary.coverage.undecided, 0);
    let enough = report("{\"at_least\": 6}");
    assert_eq!((conflicts(&enough).len(), enough.summary.coverage.undecided), (0, 0));
}

/// What is known does not depend on how much is told.
#[test]
fn a_limit_leaves_nothing_undecided() {
    let years: Vec<String> = (2001..=2009).map(|year| year.to_string()).collect();
    let of_years =
        |year| [("country", "killed", year, "6"), ("north", "killed", year, "4"), ("middle", "killed", year, "3")];
    let figures: Vec<Figure<'_>> = years.iter().flat_map(|year| of_years(year.as_str())).collect();
    let files = files(&figures);
    for (limit, told) in [(0, 0), (2, 2), (100, 9)] {
        let report = files.check_many(&Options { limit, ..Options::default() }, 1);
        assert_eq!(conflicts(&report).len(), told);
        assert_eq!(report.summary.contradictions, 9, "all are counted");
        assert_eq!((report.summary.coverage.undecided, report.undecided.len()), (0, 0));
    }
    let only = |rule: &str| Options { rules: vec![rule.to_owned()], limit: 2, ..Options::default() };
    assert_eq!(files.check_many(&only("parts-exceed-whole"), 1).summary.contradictions, 9);
    assert_eq!(files.check_many(&only("parts-fall-short"), 1).summary.contradictions, 0);
}

/// More sets of parts than are looked at: what was not looked at is not called decided.
#[test]
fn what_was_not_looked_at_is_undecided() {
    let years: Vec<String> = (1..=2005).map(|year| format!("{year:04}")).collect();
    let of_years =
        |year| [("country", "killed", year, "6"), ("north", "killed", year, "4"), ("middle", "killed", year, "3")];
    let figures: Vec<Figure<'_>> = years.iter().flat_map(|year| of_years(year.as_str())).collect();
    let report = files(&figures).check_many(&Options { limit: 1, ..Options::default() }, 1);
    assert_eq!(report.summary.contradictions, 2000);
    assert_eq!(report.summary.coverage.undecided, 15);
    assert!(report.many.as_ref().is_some_and(|many| many.sums_at_least));
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

/// How bad a conflict is, and which of some scopes, the widest last, is the widest in it.
fn roots(
    conflicts: &BTreeSet<(&'static str, Vec<String>)>,
    scope_of: &dyn Fn(&str) -> usize,
) -> BTreeSet<(bool, usize)> {
    let roots = conflicts.iter().map(|(verdict, claims)| {
        let scope = claims.iter().map(|claim| scope_of(claim.trim_start_matches("log/c"))).max().unwrap();
        (*verdict == "contradiction", scope)
    });
    roots.collect()
}

/// Along one dimension, with so many more claims that the exact solver is not given all of them: what is told is a conflict, every
/// scope that others conflict with is told, and nothing is left undecided. `scopes` are (place, harm, period), each behind all
/// that lie in it, and `idle` is a figure that asks nothing.
fn compare_roads(book: &str, scopes: &[(&str, &str, &str)], values: &[(usize, u32, bool)], idle: Figure<'_>) {
    // No one figure exceeds another: what conflicts are sums.
    let values: Vec<(usize, String)> = values
        .iter()
        .map(|&(scope, value, is_low)| {
            (
                scope,
                if is_low {
                    format!("{{\"at_least\": {}}}", value % 8)
                } else {
                    format!("{{\"at_most\": {}}}", 8 + value)
                },
            )
        })
        .collect();
    let figure = |(scope, value): &(usize, String)| (scopes[*scope], value.clone());
    let told: Vec<_> = values.iter().map(figure).collect();
    let mut figures: Vec<Figure<'_>> =
        told.iter().map(|((place, harm, period), value)| (*place, *harm, *period, value.as_str())).collect();
    let few = {
        let mut files = files(&figures);
        book.clone_into(&mut files.others[0].1);
        conflicts(&files.check_few(&Options::default()))
    };
    figures.extend(std::iter::repeat_n(idle, 70));
    let mut files = files(&figures);
    book.clone_into(&mut files.others[0].1);
    let report = files.check_many(&Options { limit: usize::MAX, ..Options::default() }, 1);
    let many = conflicts(&report);
    // A conflict of pairs leaves the others without the figure at fault, so that not all larger ones remain.
    let larger = |all: &BTreeSet<(&'static str, Vec<String>)>| {
        all.iter().filter(|(_, claims)| claims.len() > 2).cloned().collect::<BTreeSet<_>>()
    };
    assert!(larger(&many).is_subset(&few), "{many:?} {few:?}");
    assert_eq!(report.summary.coverage.undecided, 0, "{figures:?}");
    if larger(&few) == few {
        let scope_of = |claim: &str| values.get(claim.parse::<usize>().unwrap()).map_or(0, |(scope, _)| *scope);
        let (few, many) = (roots(&few, &scope_of), roots(&many, &scope_of));
        for (is_strict, scope) in &few {
            assert!(
                many.contains(&(true, *scope)) || !is_strict && many.contains(&(false, *scope)),
                "{scope} {many:?}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn every_period_that_others_conflict_with_is_told(values in prop::collection::vec((0..9_usize, 0..12_u32, any::<bool>()), 3..14)) {
        let periods = ["2022-01-01/2022-01-20", "2022-01-21/2022-01-31", "2022-01", "2022-02", "2022-03", "2022-01/2022-03", "2022-04/2022-06", "2022-07/2022-12", "2022"];
        let scopes = periods.map(|period| ("north", "killed", period));
        compare_roads(BOOK, &scopes, &values, ("north", "killed", "2022", "{\"at_most\": 100000}"));
    }

    #[test]
    fn every_term_that_others_conflict_with_is_told(values in prop::collection::vec((0..6_usize, 0..12_u32, any::<bool>()), 3..14)) {
        let book = BOOK.replace(
            r#""hurt": {"in": "harmed"}"#,
            r#""hurt": {"in": "harmed", "exhaustive": true}, "lightly": {"in": "hurt"}, "badly": {"in": "hurt"}, "burnt": {"in": "badly"}"#,
        );
        let scopes = ["killed", "lightly", "burnt", "badly", "hurt", "harmed"].map(|harm| ("north", harm, "2022"));
        compare_roads(&book, &scopes, &values, ("north", "harmed", "2022", "{\"at_most\": 100000}"));
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
