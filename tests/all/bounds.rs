//! How little and how much there can be in a scope: known answers, and answers that are tight.

use gainsay::certificate::verify::{Limits, Verdict, verify_report};
use gainsay::claim::{Corpus, Reading};
use gainsay::load::question;
use gainsay::report::answer::{Answer, answer_json, answer_text};
use gainsay::{Folder, Options};
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use serde_json::{Value, json};

use crate::worlds::dice::Dice;

/// Two provinces make up the country, and the border region is known to lie in it only; one attack can have several
/// targets.
pub(crate) fn codebook() -> Value {
    json!({
        "dimensions": {
            "place": { "root": "world", "phrase": "in {}", "terms": {
                "country": { "exhaustive": true }, "north": { "in": "country" }, "south": { "in": "country" },
                "town": { "in": "north" }, "border": { "in": "country", "overlaps": true } } },
            "target": { "root": "anyone", "phrase": "on {}", "terms": { "police": {}, "army": {} } }
        },
        "measures": {
            "attacks": { "phrase": "{} attacks", "unit": "attack", "kind": "count", "whole": true, "dimensions": ["place", "target"], "overlaps": ["target"] },
            "claimed": { "phrase": "{} claimed attacks", "unit": "attack", "kind": "count", "whole": true, "dimensions": ["place"], "plain": "attacks" },
            "damage": { "phrase": "{} dollars of damage", "unit": "usd", "kind": "count", "dimensions": ["place", "target"] },
            "losses": { "phrase": "{} dollars of losses", "unit": "usd", "kind": "count", "dimensions": ["place"] },
            "costs": { "phrase": "{} dollars of costs", "unit": "usd", "kind": "count", "dimensions": ["place"] },
            "bill": { "phrase": "{} dollars in all", "unit": "usd", "kind": "count", "dimensions": ["place"] },
            "fighters": { "phrase": "{} fighters", "unit": "person", "kind": "level", "whole": true, "dimensions": ["place"] },
            "area": { "phrase": "{} square kilometres", "unit": "km2", "kind": "fixed", "dimensions": ["place"] }
        },
        "sums": [{ "whole": "bill", "parts": ["losses", "costs"] }]
    })
}

pub(crate) fn folder(claims: &[Value]) -> Folder {
    let claims: Vec<Value> = claims
        .iter()
        .enumerate()
        .map(|(at, claim)| {
            let mut claim = claim.clone();
            claim["id"] = format!("c{at}").into();
            claim["quote"] = "so many".into();
            claim
        })
        .collect();
    let source = json!({ "source": { "id": "gazette", "published": "2030-01-01" }, "claims": claims });
    Folder::from_files([("codebook.json", codebook().to_string()), ("sources/gazette.json", source.to_string())])
}

fn load(folder: &Folder) -> Corpus {
    gainsay::load(folder).unwrap_or_else(|faults| panic!("{faults}"))
}

/// The answer; each of its ends holds when its certificate is added up.
fn ask(claims: &[Value], reading: Reading, measure: &str, scope: &[(&str, &str)]) -> Answer {
    let folder = folder(claims);
    let question = question(&folder, measure, scope).unwrap_or_else(|faults| panic!("{faults}"));
    let answer = gainsay::bounds(&load(&folder), reading, &question).unwrap();
    let ends = [("least", &answer.least), ("greatest", &answer.greatest)];
    let expected: Vec<_> =
        ends.iter().filter(|(_, end)| end.is_some()).map(|(name, _)| ((*name).to_owned(), Verdict::Holds)).collect();
    let json: Value = serde_json::from_str(&answer_json(&answer)).unwrap();
    assert_eq!(verify_report(&json, Limits::default()).unwrap(), expected, "{json:#}");
    answer
}

/// The ends as text: "3", "(5/2" where the end is excluded, "-" for none.
fn ends(answer: &Answer) -> [String; 2] {
    assert!(!answer.undecided);
    [&answer.least, &answer.greatest].map(|end| {
        end.as_ref().map_or("-".to_owned(), |end| format!("{}{}", if end.open { "(" } else { "" }, end.value))
    })
}

#[track_caller]
fn check(claims: &[Value], measure: &str, scope: &[(&str, &str)], least: &str, greatest: &str) {
    assert_eq!(ends(&ask(claims, Reading::Strict, measure, scope)), [least, greatest]);
}

fn figure(measure: &str, place: &str, value: &Value) -> Value {
    json!({ "measure": measure, "place": place, "period": "2022", "value": value })
}

const IN_2022: (&str, &str) = ("period", "2022");

#[test]
fn a_part_and_a_whole_bind_what_lies_between_them() {
    let claims =
        [figure("attacks", "town", &json!({ "at_least": 5 })), figure("attacks", "country", &json!({ "at_most": 9 }))];
    check(&claims, "attacks", &[("place", "north"), IN_2022], "5", "9");
    check(&claims, "attacks", &[("place", "south"), IN_2022], "-", "4");
    check(&claims, "attacks", &[("place", "country"), ("period", "2022-06")], "-", "9");
    check(&claims, "attacks", &[("place", "country"), ("period", "2021/2022")], "5", "-");
    check(&claims, "attacks", &[("place", "border"), IN_2022], "-", "9");
}

#[test]
fn parts_that_cover_a_whole_bind_it_and_each_other() {
    let claims = [figure("damage", "north", &json!(3)), figure("damage", "south", &json!({ "between": [4, 6] }))];
    check(&claims, "damage", &[("place", "country"), IN_2022], "7", "9");
    check(&claims, "damage", &[("place", "south,north"), IN_2022], "7", "9");
    let more = [claims[0].clone(), claims[1].clone(), figure("damage", "country", &json!(8))];
    check(&more, "damage", &[("place", "south"), IN_2022], "5", "5");
}

#[test]
fn open_ends_are_excluded_and_whole_things_are_rounded_inward() {
    let claims = [
        figure("damage", "north", &json!({ "more_than": 2.5 })),
        figure("damage", "country", &json!({ "less_than": 4 })),
    ];
    check(&claims, "damage", &[("place", "north"), IN_2022], "(5/2", "(4");
    check(&claims, "damage", &[("place", "south"), IN_2022], "-", "(3/2");
    let half = json!({ "measure": "attacks", "place": "north", "period": "2022",
        "share": { "of": { "place": "country" }, "percent": { "at_least": 50 } } });
    let claims = [half, figure("attacks", "country", &json!(7))];
    let answer = ask(&claims, Reading::Strict, "attacks", &[("place", "north"), IN_2022]);
    assert_eq!(ends(&answer), ["7/2", "7"]);
    assert_eq!(answer.least.unwrap().rounded.as_deref(), Some("4"));
    assert_eq!(
        answer.answer,
        "Attacks in north in 2022: at least 4 and at most 7, as far as the 2 claims in no conflict tell."
    );
}

/// That nine is excluded must not hide that ten is.
#[test]
fn an_open_end_does_not_hide_a_better_one() {
    let claims = [
        figure("losses", "south", &json!({ "more_than": 9 })),
        figure("bill", "town", &json!({ "more_than": 5 })),
        figure("costs", "town", &json!(4)),
    ];
    check(&claims, "losses", &[("place", "country"), IN_2022], "(10", "-");
}

#[test]
fn changes_carry_a_figure_to_another_year() {
    let change = json!({ "measure": "damage", "place": "north", "period": "2022",
        "change": { "than": { "period": "2021" }, "direction": "up", "by": 5 } });
    let base = json!({ "measure": "damage", "place": "north", "period": "2021", "value": { "between": [10, 12] } });
    check(&[change.clone(), base], "damage", &[("place", "north"), IN_2022], "15", "17");
    // What a change starts from is above zero.
    check(&[change], "damage", &[("place", "north"), IN_2022], "(5", "-");
}

#[test]
fn sums_of_the_codebook_bind_their_totals_and_parts() {
    let claims = [figure("losses", "north", &json!(3)), figure("costs", "north", &json!({ "at_least": 4 }))];
    check(&claims, "bill", &[("place", "north"), IN_2022], "7", "-");
    let claims = [claims[0].clone(), figure("bill", "country", &json!(10))];
    check(&claims, "costs", &[("place", "north"), IN_2022], "-", "7");
    check(&claims, "bill", &[("place", "south"), IN_2022], "-", "7");
}

#[test]
fn levels_are_of_one_day() {
    let claims = [json!({ "measure": "fighters", "place": "north", "period": "2022-06", "value": 5 })];
    let of = |reading, day| ends(&ask(&claims, reading, "fighters", &[("place", "country"), ("period", day)]));
    assert_eq!(of(Reading::Plain, "2022-06-10"), ["5", "-"]);
    assert_eq!(of(Reading::Plain, "2022-07-01"), ["-", "-"]);
    assert_eq!(of(Reading::Strict, "2022-06-10"), ["-", "-"], "it holds at a moment that is not named");
}

#[test]
fn one_attack_on_two_targets_counts_once() {
    let on = |target: &str, value: i64| json!({ "measure": "attacks", "place": "north", "target": target, "period": "2022", "value": value });
    let claims = [on("police", 3), on("army", 4)];
    check(&claims, "attacks", &[("place", "north"), ("target", "police,army"), IN_2022], "4", "7");
    check(&claims, "attacks", &[("place", "north"), IN_2022], "4", "-");
}

#[test]
fn under_plain_a_claimed_figure_counts_as_a_figure() {
    let claims = [figure("claimed", "north", &json!(6))];
    let of = |reading| ends(&ask(&claims, reading, "attacks", &[("place", "north"), IN_2022]));
    assert_eq!(of(Reading::Strict), ["-", "-"]);
    assert_eq!(of(Reading::Plain), ["6", "6"]);
}

#[test]
fn what_is_in_conflict_does_not_count_and_is_named() {
    let claims = [
        figure("area", "north", &json!(3)),
        figure("damage", "north", &json!(3)),
        figure("damage", "north", &json!(9)),
        figure("damage", "town", &json!(1)),
    ];
    let area = json!({ "measure": "area", "place": "north", "value": 3 });
    let claims = [vec![area], claims[1..].to_vec()].concat();
    let answer = ask(&claims, Reading::Strict, "damage", &[("place", "north"), IN_2022]);
    assert_eq!(ends(&answer), ["1", "-"]);
    let named: Vec<&str> = answer.left_out.iter().map(|out| out.claim.as_str()).collect();
    assert_eq!(named, ["gazette/c1", "gazette/c2"]);
    check(&claims, "area", &[("place", "north")], "3", "3");
}

#[test]
fn a_forged_answer_is_refused() {
    let folder = folder(&[figure("damage", "north", &json!({ "between": [3, 5] }))]);
    let question = question(&folder, "damage", &[("place", "north"), IN_2022]).unwrap();
    let answer = gainsay::bounds(&load(&folder), Reading::Strict, &question).unwrap();
    let json: Value = serde_json::from_str(&answer_json(&answer)).unwrap();
    let fails = |change: &dyn Fn(&mut Value)| {
        let mut json = json.clone();
        change(&mut json);
        let verdicts = verify_report(&json, Limits::default()).unwrap();
        verdicts.iter().any(|(_, verdict)| matches!(verdict, Verdict::Fails(_)))
    };
    assert!(!fails(&|_| ()));
    assert!(fails(&|json| json["least"]["value"] = "4".into()), "the question is another one");
    assert!(fails(&|json| json["greatest"]["open"] = true.into()), "the end itself is possible");
    assert!(fails(&|json| json["asked"]["scope"]["place"] = "town".into()), "of another scope");
    assert!(fails(&|json| json["least"]["claims"][0]["low"] = "4".into()), "the claim says something else");
    assert!(fails(&|json| drop(json["least"]["certificate"]["rows"].as_array_mut().unwrap().pop())), "no question");
    // A finding is proved by claims, never by a question.
    let finding = json!({ "id": "x", "rule": "disagreement", "reading": "strict", "claims": json["least"]["claims"],
        "certificate": json["least"]["certificate"] });
    let report = json!({ "schema": 1, "space": json["space"], "findings": [finding] });
    assert!(matches!(verify_report(&report, Limits::default()).unwrap()[0].1, Verdict::Fails(_)));
}

/// Random claims on all kinds of measures.
pub(crate) fn random_claims(seed: u64) -> Vec<Value> {
    let mut dice = Dice::new(seed);
    let number = dice.between(3, 14);
    (0..number)
        .map(|_| any_claim(&mut dice, &["attacks", "attacks", "claimed", "damage", "bill", "losses", "fighters"]))
        .collect()
}

/// Measures that need no whole things, so that their ends can be any number.
const OF_ANY_SIZE: [&str; 6] = ["damage", "damage", "damage", "bill", "losses", "costs"];

/// What an editor asks first of the four papers.
#[test]
fn the_answer_on_the_four_papers() {
    let folder = Folder::read(std::path::Path::new("claims")).unwrap();
    let question = question(&folder, "casualties", &[("harm", "killed"), ("place", "pakistan"), IN_2022]).unwrap();
    let answer = gainsay::bounds(&load(&folder), Reading::Strict, &question).unwrap();
    crate::support::snapshot("bounds-papers", &answer_text(&answer, gainsay::report::TextOptions::default()));
}

/// A random figure or change.
fn any_claim(dice: &mut Dice, measures: &[&str]) -> Value {
    let mut claim = any_scope(dice, measures);
    let low = dice.between(0, 9);
    let high = low + dice.between(0, 4);
    let kind = dice.below(8);
    if kind == 7 {
        let period = claim["period"].clone();
        let others: [&str; 2] = if claim["measure"] == "fighters" { DAYS } else { ["2021", "2022"] };
        let than = if period == others[0] { others[1] } else { others[0] };
        let amount =
            if dice.percent(50) { json!({ "between": [low + 1, high + 1] }) } else { json!({ "at_least": low + 1 }) };
        let factor = if dice.percent(50) { "factor" } else { "by" };
        claim["change"] = json!({ "than": { "period": than }, "direction": "up", factor: amount });
    } else {
        claim["value"] = match kind {
            0 => json!({ "at_least": low }),
            1 => json!({ "at_most": high + 1 }),
            2 => json!({ "more_than": low + 1 }),
            3 => json!({ "less_than": high + 1 }),
            4 => json!(low),
            _ => json!({ "between": [low, high] }),
        };
    }
    claim
}

/// Two days on which levels are compared.
const DAYS: [&str; 2] = ["2022-06-10", "2022-07-01"];

fn any_scope(dice: &mut Dice, measures: &[&str]) -> Value {
    let measure = *dice.pick(measures);
    let place = *dice.pick(&["country", "north", "south", "town", "border"]);
    let of_level = ["2022-06", "2022-06-05/2022-07-03", DAYS[0], DAYS[1]];
    let of_count = ["2021", "2022", "2021/2022", "2022-06"];
    let period = *dice.pick(if measure == "fighters" { &of_level } else { &of_count });
    let mut scope = json!({ "measure": measure, "place": place, "period": period });
    if matches!(measure, "damage" | "attacks") && dice.percent(40) {
        scope["target"] = (*dice.pick(&["police", "army"])).into();
    }
    scope
}

/// The strict conflicts of claims, as numbers of claims.
fn conflicts(claims: &[Value]) -> Vec<Vec<usize>> {
    let report = gainsay::check(&load(&folder(claims)), &Options::default());
    assert!(report.undecided.is_empty());
    let strict = report.findings.iter().filter(|finding| finding.reading == Some("strict"));
    let number = |name: &str| name.rsplit_once("/c").unwrap().1.parse::<usize>().unwrap();
    strict.map(|finding| finding.claims.iter().map(|claim| number(&claim.claim)).collect()).collect()
}

/// What goes just beyond an end is impossible, and what stays just within it is possible.
#[test]
fn bounds_are_tight() {
    let (mut bound, mut open) = (0, 0);
    for seed in 0..250 {
        let mut dice = Dice::new(seed);
        let claims: Vec<Value> = (0..dice.between(2, 7)).map(|_| any_claim(&mut dice, &OF_ANY_SIZE)).collect();
        let flagged: Vec<usize> = conflicts(&claims).concat();
        let kept: Vec<Value> =
            claims.iter().enumerate().filter(|(at, _)| !flagged.contains(at)).map(|(_, claim)| claim.clone()).collect();
        let scope = any_scope(&mut dice, &OF_ANY_SIZE);
        let parts: Vec<(&str, &str)> = scope
            .as_object()
            .unwrap()
            .iter()
            .filter(|(key, _)| *key != "measure")
            .map(|(key, value)| (key.as_str(), value.as_str().unwrap()))
            .collect();
        let answer = ask(&claims, Reading::Strict, scope["measure"].as_str().unwrap(), &parts);
        assert!(!answer.undecided, "seed {seed}");
        let possible = |value: Value| {
            let mut claim = scope.clone();
            claim["value"] = value;
            conflicts(&[kept.clone(), vec![claim]].concat()).is_empty()
        };
        let thousandth = BigRational::new(1.into(), 1000.into());
        // Numbers in a claim are decimals.
        let down = |value: &BigRational| ((value / &thousandth).floor() * &thousandth).to_f64().unwrap();
        let up = |value: &BigRational| ((value / &thousandth).ceil() * &thousandth).to_f64().unwrap();
        let says = || format!("seed {seed}: {claims:#?}\n{}", answer_json(&answer));
        let least = answer.least.as_ref().map(|end| (end.value.parse::<BigRational>().unwrap(), end.open));
        match &least {
            None => assert!(possible(json!({ "at_most": 0 })), "{}", says()),
            Some((value, is_open)) => {
                (bound, open) = (bound + 1, open + usize::from(*is_open));
                let within = if *is_open { value + &thousandth } else { value.clone() };
                assert!(possible(json!({ "at_most": up(&within) })), "{}", says());
                let beyond = value - BigRational::one() / BigRational::from_integer(500.into());
                if beyond.is_positive() {
                    assert!(!possible(json!({ "at_most": down(&beyond) })), "{}", says());
                }
                if value.is_zero() {
                    assert!(*is_open && !possible(json!({ "at_most": 0 })), "{}", says());
                }
            }
        }
        let greatest = answer.greatest.as_ref().map(|end| (end.value.parse::<BigRational>().unwrap(), end.open));
        match &greatest {
            None => assert!(possible(json!({ "at_least": 1_000_000 })), "{}", says()),
            Some((value, is_open)) => {
                (bound, open) = (bound + 1, open + usize::from(*is_open));
                let within = if *is_open { value - &thousandth } else { value.clone() };
                if !within.is_negative() {
                    assert!(possible(json!({ "at_least": down(&within) })), "{}", says());
                }
                assert!(!possible(json!({ "at_least": up(&(value + &thousandth)) })), "{}", says());
            }
        }
    }
    assert!(bound > 40 && open > 4, "{bound} ends, {open} of them open");
}
