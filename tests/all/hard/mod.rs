//! Shapes that break naive solvers: many claims in many dimensions, sets too many to list, numbers too long for a machine
//! word, thousands of periods, halves, and groups in which most things conflict.
//!
//! No test looks at a clock: what takes too long ends undecided, and nothing here may.

mod town;

use std::collections::BTreeSet;

use gainsay::certificate::verify::{Limits, Verdict, verify_report};
use gainsay::report::{self, Finding, Report};
use serde_json::{Map, Value, json};

use crate::decide::masses::{Axis, Exact, Extent, Figures, Mass, Measure, Row};
use crate::support::report_on;
use crate::worlds::dice::Dice;
use town::{Scope, Town};

/// The report on the claims of one source; nothing may be undecided, and every certificate must hold.
fn check(codebook: &Value, claims: &[Value]) -> Report {
    check_text(codebook, json!({ "source": { "id": "s" }, "claims": claims }).to_string())
}

fn check_text(codebook: &Value, source: String) -> Report {
    let files = [("codebook.json", codebook.to_string()), ("sources/s.json", source)];
    let report = report_on(files.map(|(name, file)| (name.to_owned(), file)).to_vec());
    assert!(report.undecided.is_empty(), "{:?}", report.undecided);
    let json: Value = serde_json::from_str(&report::json(&report)).unwrap();
    for (id, verdict) in verify_report(&json, Limits::default()).unwrap() {
        assert_eq!(verdict, Verdict::Holds, "{id}");
    }
    report
}

fn conflicts(report: &Report) -> Vec<&Finding> {
    report.findings.iter().filter(|finding| finding.certificate.is_some()).collect()
}

/// The names of a finding's claims.
fn names(finding: &Finding) -> BTreeSet<&str> {
    finding.claims.iter().filter_map(|claim| claim.claim.strip_prefix("s/")).collect()
}

#[track_caller]
fn nothing_conflicts(codebook: &Value, claims: &[Value]) {
    let report = check(codebook, claims);
    assert!(conflicts(&report).is_empty(), "{:?}", conflicts(&report)[0].headline);
}

/// Each conflict holds the lie, one of them is a contradiction, and to withdraw one claim is enough.
#[track_caller]
fn only_the_lie_conflicts(report: &Report, lie: &str) {
    let found = conflicts(report);
    assert!(found.iter().any(|finding| finding.verdict.word() == "contradiction"), "the lie is not found");
    for finding in found {
        assert!(names(finding).contains(lie), "{}", finding.headline);
    }
    let [repair] = report.repair.as_slice() else { panic!("one group: {:?}", report.repair) };
    assert!(repair.smallest.iter().all(|set| set.len() == 1), "{repair:?}");
    assert!(!repair.smallest.is_empty() && repair.exact, "{repair:?}");
}

/// A scope that is narrowed in one dimension only.
fn within(dimension: usize, term: usize, child: Option<usize>) -> Scope {
    let mut scope = Scope::default();
    scope.terms[dimension] = Some((term, child));
    scope
}

/// What two children of a term make together.
fn two_children(town: &Town, dimension: usize) -> (Value, i64) {
    let dimension_name = town::DIMENSIONS[dimension];
    let names = [0, 1].map(|child| format!("{dimension_name}0-{child}"));
    let truth = town.truth(&within(dimension, 0, None)) - town.truth(&within(dimension, 0, Some(2)));
    let mut claim = Scope::default().claim("two", &json!(truth));
    claim[dimension_name] = json!(names);
    (claim, truth)
}

/// One component of 300 claims in five dimensions and over months; one of three more claims is one too many.
#[test]
fn three_hundred_claims_in_five_dimensions() {
    let mut dice = Dice::new(300);
    let town = Town::new(&mut dice, 5);
    let mut claims = town.told(&mut dice, 300);
    nothing_conflicts(&town.codebook(), &claims);
    let whole = within(0, 0, None);
    claims.push(whole.claim("whole", &json!(town.truth(&whole))));
    claims.push(two_children(&town, 0).0);
    let third = within(0, 0, Some(2));
    nothing_conflicts(&town.codebook(), &claims);
    claims.push(third.claim("lie", &json!({ "at_least": town.truth(&third) + 1 })));
    let report = check(&town.codebook(), &claims);
    only_the_lie_conflicts(&report, "lie");
    let wanted = BTreeSet::from(["whole", "two", "lie"]);
    assert!(conflicts(&report).iter().any(|finding| names(finding) == wanted));
}

/// The same where four of the dimensions overlap: parts may then add up to more than the whole, yet must reach it.
#[test]
fn three_hundred_claims_where_dimensions_overlap() {
    let mut dice = Dice::new(301);
    let town = Town::new(&mut dice, 1);
    let mut claims = town.told(&mut dice, 300);
    let whole = within(2, 0, None);
    claims.push(whole.claim("whole", &json!(town.truth(&whole))));
    let third = within(2, 0, Some(2));
    let truth = town.truth(&third);
    let others = town.truth(&within(2, 0, Some(0))) + town.truth(&within(2, 0, Some(1)));
    assert!(others + truth > town.truth(&whole), "some attacks have several targets");
    claims.push(third.claim("third", &json!(truth)));
    nothing_conflicts(&town.codebook(), &claims);
    // Without the third kind of target at least this many are left to the others.
    let (mut two, _) = two_children(&town, 2);
    two["id"] = json!("lie");
    two["value"] = json!({ "at_most": town.truth(&whole) - truth - 1 });
    claims.push(two);
    let report = check(&town.codebook(), &claims);
    only_the_lie_conflicts(&report, "lie");
    let wanted = BTreeSet::from(["whole", "third", "lie"]);
    assert!(conflicts(&report).iter().any(|finding| names(finding) == wanted));
}

const MANY: usize = 25;

/// A land in two halves, and so many zones that lie somewhere in it and stretches of time that may share any days.
fn zones() -> Value {
    let mut terms =
        json!({ "land": { "exhaustive": true }, "north": { "in": "land" }, "south": { "in": "land" }, "sea": {} });
    let mut events = Map::new();
    for at in 0..MANY {
        terms[format!("zone-{at}")] = json!({ "in": "land", "overlaps": true });
        events.insert(format!("siege-{at}"), json!({ "kind": "span" }));
    }
    json!({
        "dimensions": { "place": { "root": "world", "terms": terms } },
        "events": events,
        "measures": { "attacks": { "unit": "attack", "kind": "count", "whole": true, "dimensions": ["place"] } } })
}

/// Whether in the north, in which zones or sieges, and how many of the kind.
type Attack = (bool, Vec<bool>, i64);

/// Attacks, each in the north or the south, and in some of the zones and sieges; what is true of every zone and siege.
fn told_of_zones(kind: &str) -> (Vec<Value>, i64) {
    let mut dice = Dice::new(25);
    let attacks: Vec<Attack> = (0..300)
        .map(|_| (dice.percent(50), (0..MANY).map(|_| dice.percent(30)).collect(), dice.between(1, 5)))
        .collect();
    let count = |holds: &dyn Fn(&Attack) -> bool| -> i64 {
        attacks.iter().filter(|attack| holds(attack)).map(|attack| attack.2).sum()
    };
    let all = count(&|_| true);
    let claim = |id: &str, key: &str, name: &str, value: i64| {
        let mut claim = json!({ "id": id, "quote": "so many", "measure": "attacks", "period": "2022", "value": value });
        claim[key] = json!(name);
        claim
    };
    let mut claims = vec![
        claim("north", "place", "north", count(&|attack| attack.0)),
        claim("south", "place", "south", count(&|attack| !attack.0)),
    ];
    for at in 0..MANY {
        let (id, truth) = (format!("{kind}-{at}"), count(&|attack| attack.1[at]));
        let mut told = claim(&id, if kind == "zone" { "place" } else { "event" }, &id, truth);
        if kind == "siege" {
            told["place"] = json!("land");
        }
        claims.push(told);
    }
    (claims, all)
}

/// Any attack can lie in any of 2²⁵ sets of these, so the sets cannot be listed.
#[test]
fn twenty_five_overlapping_terms_or_events() {
    for kind in ["zone", "siege"] {
        let (mut claims, all) = told_of_zones(kind);
        nothing_conflicts(&zones(), &claims);
        let mut lie = claims.pop().unwrap();
        lie["id"] = json!("lie");
        lie["value"] = json!({ "at_least": all + 1 });
        claims.push(lie);
        let report = check(&zones(), &claims);
        only_the_lie_conflicts(&report, "lie");
        let wanted = BTreeSet::from(["north", "south", "lie"]);
        assert!(conflicts(&report).iter().any(|finding| names(finding) == wanted), "{kind}");
    }
}

/// What lies outside an overlapping term is one more set, and adds up with what lies in it.
#[test]
fn outside_one_of_twenty_five_overlapping_terms() {
    let (mut claims, all) = told_of_zones("zone");
    let inside = claims[2]["value"].as_i64().unwrap();
    let outside = |value: i64| json!({ "id": "outside", "quote": "so many", "measure": "attacks", "place": { "except": ["zone-0"] }, "period": "2022", "value": { "at_least": value } });
    let whole = json!({ "id": "whole", "quote": "so many", "measure": "attacks", "period": "2022", "value": all });
    claims.extend([whole, outside(all - inside)]);
    nothing_conflicts(&zones(), &claims);
    claims.pop();
    claims.push(outside(all - inside + 1));
    let report = check(&zones(), &claims);
    only_the_lie_conflicts(&report, "outside");
    let wanted = BTreeSet::from(["whole", "zone-0", "outside"]);
    assert!(conflicts(&report).iter().any(|finding| names(finding) == wanted));
}

/// Two harvests that grow by the same exact factors, year by year, in opposite order. They end as they began.
fn harvests(last: &Value) -> Vec<Value> {
    const FACTORS: [(&str, f64); 12] = [
        ("up", 1.0007),
        ("up", 1.0123),
        ("down", 1.0871),
        ("up", 1.1003),
        ("up", 1.9003),
        ("down", 1.0571),
        ("up", 1.0009),
        ("down", 1.9437),
        ("up", 1.2011),
        ("up", 1.8009),
        ("up", 1.0303),
        ("down", 1.0473),
    ];
    let claim = |id: String, place: &str, year: usize, than: &Value, (direction, factor): (&str, &Value)| {
        json!({ "id": id, "quote": "so it did", "measure": "grain", "place": place, "period": year.to_string(),
            "change": { "than": than, "direction": direction, "factor": factor } })
    };
    let mut claims = Vec::new();
    for at in 0..FACTORS.len() {
        for (place, (direction, factor)) in [("north", FACTORS[at]), ("south", FACTORS[FACTORS.len() - 1 - at])] {
            let factor = json!({ "between": [factor, factor] });
            let than = json!({ "period": (2000 + at).to_string() });
            claims.push(claim(format!("{place}-{at}"), place, 2001 + at, &than, (direction, &factor)));
        }
    }
    let south = json!({ "place": "south" });
    claims.push(claim("first".to_owned(), "north", 2000, &south, ("up", &json!({ "between": [1, 1] }))));
    claims.push(claim("last".to_owned(), "north", 2000 + FACTORS.len(), &south, ("up", last)));
    claims
}

/// Exact factors of four decimals over twelve years make weights of some fifty digits.
#[test]
fn weights_longer_than_a_machine_word() {
    let codebook = json!({
        "dimensions": { "place": { "root": "world", "terms": { "north": {}, "south": {} } } },
        "measures": { "grain": { "unit": "tonne", "kind": "count", "dimensions": ["place"] } } });
    nothing_conflicts(&codebook, &harvests(&json!({ "between": [1, 1] })));
    let (low, high) = ("1.0000000000000000000000000001", "1.0000000000000000000000000002");
    // The numbers of `Value` are floats, which would round these to one.
    let source = json!({ "source": { "id": "s" }, "claims": harvests(&json!({ "between": ["LOW", "HIGH"] })) });
    let source = source.to_string().replace("\"LOW\"", low).replace("\"HIGH\"", high);
    let report = check_text(&codebook, source);
    let found = conflicts(&report);
    let [finding] = found.as_slice() else { panic!("{} findings", found.len()) };
    assert_eq!((finding.rule, finding.verdict.word()), ("change-mismatch", "contradiction"));
    assert_eq!(finding.claims.len(), 26);
    let rows = &finding.certificate.as_ref().unwrap().rows;
    assert!(rows.iter().any(|row| row.weight.len() > 40), "weights are short after all");
}

const DAYS: i64 = 2_192;

/// A figure of stretches of days, by the first and the last.
fn stretch(id: &str, (first, last): (i64, i64), value: &Value) -> Value {
    let start = jiff::civil::date(2015, 1, 1);
    let [first, last] = [first, last].map(|day| start.saturating_add(jiff::Span::new().days(day)));
    json!({ "id": id, "quote": "so many", "measure": "attacks", "period": format!("{first}/{last}"), "value": value })
}

fn attacks_only() -> Value {
    json!({ "dimensions": {}, "measures": { "attacks": { "unit": "attack", "kind": "count", "whole": true, "dimensions": [] } } })
}

/// Two thousand overlapping stretches of six years.
#[test]
fn thousands_of_periods() {
    let mut dice = Dice::new(2_000);
    let mut before = vec![0];
    for day in 0..usize::try_from(DAYS).unwrap() {
        before.push(before[day] + dice.between(0, 3));
    }
    let at = |day: i64| usize::try_from(day).unwrap();
    let truth = |(first, last): (i64, i64)| before[at(last) + 1] - before[at(first)];
    let mut spans = BTreeSet::from([(0, DAYS - 1)]);
    while spans.len() < 2_000 {
        let first = dice.between(0, DAYS - 1);
        spans.insert((first, dice.between(first, DAYS - 1)));
    }
    let told = |(at, &span): (usize, &(i64, i64))| stretch(&format!("c{at}"), span, &json!(truth(span)));
    let mut claims: Vec<Value> = spans.iter().enumerate().map(told).collect();
    nothing_conflicts(&attacks_only(), &claims);
    let parts = [(0, 999), (1_000, 1_499), (1_500, DAYS - 1)];
    claims.push(stretch("early", parts[0], &json!(truth(parts[0]))));
    claims.push(stretch("late", parts[2], &json!(truth(parts[2]))));
    claims.push(stretch("lie", parts[1], &json!({ "at_least": truth(parts[1]) + 1 })));
    only_the_lie_conflicts(&check(&attacks_only(), &claims), "lie");
}

fn exact(numerator: i64, denominator: i64) -> Exact {
    Exact::new(numerator.into(), denominator.into())
}

/// Whether the second method finds a world for figures of some of three positions, each from a low to a high.
fn have_a_world(overlaps: bool, figures: &[(&[u64], Option<Exact>, Option<Exact>)]) -> bool {
    let axes = vec![Axis::Listed { positions: (0..3).collect(), overlaps }];
    let rows = figures.iter().map(|(positions, low, high)| {
        let mass = Mass { measure: 0, extents: vec![Extent::Positions(positions.iter().copied().collect())] };
        let row = |times: i64, at_least| Row { terms: vec![(exact(times, 1), mass.clone())], at_least, open: false };
        low.map(|low| row(1, low)).into_iter().chain(high.map(|high| row(-1, -high))).collect::<Vec<_>>()
    });
    let rows: Vec<Vec<Row>> = rows.collect();
    Figures::new(&[Measure { axes, parts: Vec::new() }], &rows).world((1 << figures.len()) - 1).is_some()
}

/// Each two of three fields yield one tonne, so each yields a half, and all of them one and a half.
#[test]
fn halves() {
    let codebook = json!({
        "dimensions": { "place": { "root": "world", "terms": { "hill": {}, "moor": {}, "vale": {} } } },
        "measures": { "grain": { "unit": "tonne", "kind": "count", "dimensions": ["place"] } } });
    let claim = |id: &str, place: &Value, value: &Value| json!({ "id": id, "quote": "so much", "measure": "grain", "place": place, "period": "2022", "value": value });
    let told = |most: f64| {
        vec![
            claim("not-vale", &json!(["hill", "moor"]), &json!(1)),
            claim("not-hill", &json!(["moor", "vale"]), &json!(1)),
            claim("not-moor", &json!(["hill", "vale"]), &json!(1)),
            claim("whole", &json!("world"), &json!({ "at_most": most })),
        ]
    };
    let one = Some(exact(1, 1));
    let second = |most: Exact| {
        have_a_world(
            false,
            &[(&[0, 1], one, one), (&[1, 2], one, one), (&[0, 2], one, one), (&[0, 1, 2], None, Some(most))],
        )
    };
    assert!(second(exact(3, 2)) && !second(exact(7, 5)));
    nothing_conflicts(&codebook, &told(1.5));
    let report = check(&codebook, &told(1.4));
    let found = conflicts(&report);
    let [finding] = found.as_slice() else { panic!("{} findings", found.len()) };
    assert_eq!((finding.claims.len(), finding.verdict.word()), (4, "contradiction"));
    let certificate = finding.certificate.as_ref().unwrap();
    let weight = |name: &str| {
        let row = certificate.rows.iter().find(|row| row.claim.as_deref() == Some(name)).unwrap();
        row.weight.as_str()
    };
    assert_eq!(["s/whole", "s/not-vale", "s/not-hill", "s/not-moor"].map(weight), ["2", "1", "1", "1"]);
    assert_eq!(certificate.total, "1/5");
}

/// Sixty-four attacks, 43 on the police and 42 on the army: a third of them are on both.
#[test]
fn attacks_with_several_targets() {
    let codebook = json!({
        "dimensions": { "target": { "root": "anyone", "exhaustive": true, "terms": { "police": {}, "army": {}, "others": {} } } },
        "measures": { "attacks": { "unit": "attack", "kind": "count", "whole": true, "dimensions": ["target"], "overlaps": ["target"] } } });
    let claim = |id: &str, target: &Value, value: i64| json!({ "id": id, "quote": "so many", "measure": "attacks", "target": target, "period": "2022", "value": value });
    let told = |all: i64, police: i64, army: i64, others: i64| {
        vec![
            claim("all", &json!("anyone"), all),
            claim("police", &json!("police"), police),
            claim("army", &json!("army"), army),
            claim("others", &json!("others"), others),
        ]
    };
    let second = |all: i64, police: i64, army: i64, others: i64| {
        let some = |number| Some(exact(number, 1));
        let figures: [(&[u64], i64); 4] = [(&[0, 1, 2], all), (&[0], police), (&[1], army), (&[2], others)];
        have_a_world(true, &figures.map(|(positions, number)| (positions, some(number), some(number))))
    };
    for (all, police, army, others, possible) in [
        (64, 43, 42, 0, true),
        (64, 64, 64, 64, true),
        // All targets together must reach it, ...
        (64, 43, 21, 0, true),
        (64, 43, 20, 0, false),
        (67, 43, 20, 3, false),
        // ... and none of them exceed it.
        (64, 65, 0, 0, false),
    ] {
        assert_eq!(second(all, police, army, others), possible, "{all} {police} {army} {others}");
        let report = check(&codebook, &told(all, police, army, others));
        assert_eq!(conflicts(&report).is_empty(), possible, "{all} {police} {army} {others}");
    }
    // By how many they fall short.
    let report = check(&codebook, &told(67, 43, 20, 1));
    let found = conflicts(&report);
    let [finding] = found.as_slice() else { panic!("{} findings", found.len()) };
    assert_eq!((finding.rule, finding.claims.len()), ("parts-fall-short", 4));
    assert_eq!(finding.gap.as_ref().unwrap().excess, "3");
}

/// One figure against a hundred and fifty others, in a group of two hundred.
#[test]
fn one_figure_against_most_of_a_group() {
    let mut claims = vec![stretch("outlier", (0, DAYS - 1), &json!(10))];
    // A thousand attacks, all on the two hundredth day.
    claims.extend((0..150).map(|at| stretch(&format!("with-{at}"), (at, 200 + at), &json!(1_000))));
    claims.extend((0..49).map(|at| stretch(&format!("after-{at}"), (201 + at, 900 + at), &json!({ "at_most": at }))));
    let report = check(&attacks_only(), &claims);
    let found = conflicts(&report);
    assert_eq!(found.len(), 150);
    assert!(found.iter().all(|finding| finding.rule == "part-exceeds-whole" && names(finding).contains("outlier")));
    let [repair] = report.repair.as_slice() else { panic!("one group: {:?}", report.repair) };
    assert_eq!((repair.first.as_str(), repair.dissolves, repair.conflicts), ("s/outlier", 150, 150));
    assert_eq!((repair.smallest.as_slice(), repair.exact), ([vec!["s/outlier".to_owned()]].as_slice(), true));
}

/// More than two hundred claims of which most conflict with some others: whatever is told to be withdrawn is enough.
#[test]
fn a_group_in_which_most_claims_conflict() {
    let mut dice = Dice::new(220);
    let mut claims = Vec::new();
    for at in 0..110 {
        claims.push(stretch(&format!("day-{at}"), (at, at), &json!({ "at_least": dice.between(1, 40) })));
        let last = at + dice.between(1, 6);
        claims.push(stretch(&format!("days-{at}"), (at, last), &json!({ "at_most": dice.between(20, 80) })));
    }
    claims.push(stretch("all", (0, 120), &json!({ "at_least": 1 })));
    let report = check(&attacks_only(), &claims);
    let sets: Vec<BTreeSet<&str>> = conflicts(&report).iter().map(|finding| names(finding)).collect();
    assert!(sets.len() > 50);
    let withdrawn: BTreeSet<&str> = report
        .repair
        .iter()
        .map(|repair| repair.smallest.first().expect("a set that repairs"))
        .flat_map(|set| set.iter().filter_map(|name| name.strip_prefix("s/")))
        .collect();
    assert!(sets.iter().all(|set| set.iter().any(|name| withdrawn.contains(name))));
    claims.retain(|claim| !withdrawn.contains(claim["id"].as_str().unwrap()));
    nothing_conflicts(&attacks_only(), &claims);
}

/// "After the war came the treaty" says which came first, and nothing of how soon.
#[test]
fn an_order_says_nothing_of_how_soon() {
    let codebook = json!({ "events": { "war": { "kind": "span" }, "treaty": { "kind": "incident" } } });
    let claims = |least: u32| {
        [
            json!({ "id": "a", "quote": "it ended in 1900", "event": "war", "date": { "end": "1900" } }),
            json!({ "id": "b", "quote": "signed in 1950", "event": "treaty", "date": { "on": "1950" } }),
            json!({ "id": "c", "quote": "after the war", "duration": { "from": "war", "to": "treaty", "days": { "at_least": least } } }),
        ]
    };
    nothing_conflicts(&codebook, &claims(0));
    let report = check(&codebook, &claims(100));
    assert_eq!(report.summary.tensions, 1, "nobody who knew of fifty years would write at least a hundred days");
}
