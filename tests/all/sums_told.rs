//! Conflicts of three figures and more, changes and shares: which rule, how bad, and in what words.

use gainsay::certificate::verify::{Limits, Verdict, verify_report};
use gainsay::report::{self, Finding, Report};
use serde_json::{Value, json};

use crate::support::report_on;

/// A codebook with a little of everything.
fn codebook() -> Value {
    json!({
        "dimensions": {
            "place": { "phrase": "in {}", "root": "world", "root_label": "anywhere", "terms": {
                "land": { "label": "Land", "exhaustive": true },
                "north": { "in": "land", "label": "the North" }, "middle": { "in": "land", "label": "the Middle" },
                "south": { "in": "land", "label": "the South" }, "border": { "in": "land", "label": "the Border", "overlaps": true } } },
            "harm": { "phrase": "{}", "root": "harmed", "root_label": "killed or injured", "exhaustive": true, "terms": {
                "killed": { "label": "killed" }, "injured": { "label": "injured" } } }
        },
        "measures": {
            "attacks": { "phrase": "{} attacks", "unit": "attack", "kind": "count", "whole": true, "dimensions": ["place"] },
            "claimed": { "phrase": "{} claimed attacks", "unit": "attack", "kind": "count", "whole": true, "dimensions": ["place"], "plain": "attacks" },
            "victims": { "phrase": "{} people", "unit": "person", "kind": "count", "whole": true, "dimensions": ["harm", "place"] },
            "fighters": { "phrase": "{} fighters", "unit": "person", "kind": "level", "whole": true, "dimensions": ["place"] },
            "grain": { "phrase": "{} tonnes of grain", "unit": "tonne", "kind": "count", "dimensions": ["place"] },
            "wheat": { "phrase": "{} tonnes of wheat", "unit": "tonne", "kind": "count", "dimensions": ["place"] },
            "rye": { "phrase": "{} tonnes of rye", "unit": "tonne", "kind": "count", "dimensions": ["place"] },
            "area": { "phrase": "{} square kilometres", "unit": "km2", "kind": "fixed", "dimensions": ["place"] }
        },
        "sums": [ { "whole": "grain", "parts": ["wheat", "rye"], "because": "Nothing else is grown." } ],
        "attributes": {
            "owner": { "subjects": "place", "phrase": "{subject} belongs to {value}", "single_valued": true,
                "values": { "ann": { "label": "Ann" }, "bob": { "label": "Bob" }, "eve": { "label": "Eve" } } }
        }
    })
}

/// The report on sources with one claim each, called A, B, C ...; every certificate must hold, and fail when changed.
fn check(claims: &[Value]) -> Report {
    let mut files = vec![("codebook.json".to_owned(), codebook().to_string())];
    for (claim, name) in claims.iter().zip('a'..) {
        let mut claim = claim.clone();
        claim["id"] = json!("x");
        claim["quote"] = json!("so it is said");
        let source = json!({ "source": { "id": name.to_string(), "title": name.to_ascii_uppercase().to_string() }, "claims": [claim] });
        files.push((format!("sources/{name}.json"), source.to_string()));
    }
    let report = report_on(files);
    let json: Value = serde_json::from_str(&report::json(&report)).unwrap();
    for (id, verdict) in verify_report(&json, Limits::default()).unwrap() {
        assert_eq!(verdict, Verdict::Holds, "{id}");
    }
    let findings = json["findings"].as_array().unwrap().iter().enumerate();
    for (at, rows) in findings.filter_map(|(at, finding)| Some((at, finding["certificate"]["rows"].as_array()?))) {
        for row in 0..rows.len() {
            // Taken far too little; that a base is above zero, far too often.
            let weight = if rows[row]["bound"] == "base" { "1000000" } else { "1/1000000" };
            for (what, value) in [("weight", json!(weight)), ("at_least", json!("-987654321")), ("sum", json!([]))] {
                let mut changed = json.clone();
                changed["findings"][at]["certificate"]["rows"][row][what] = value;
                let verdicts = verify_report(&changed, Limits::default()).unwrap();
                let rejected = verdicts.iter().filter(|(_, verdict)| matches!(verdict, Verdict::Fails(_))).count();
                assert_eq!(rejected, 1, "{what} of row {row} of {}", json["findings"][at]["id"]);
            }
        }
    }
    assert!(report.undecided.is_empty(), "{:?}", report.undecided);
    report
}

/// The one finding of a conflict, of that rule and verdict.
fn only(claims: &[Value], rule: &str, verdict: &str) -> Finding {
    let report = check(claims);
    let mut found: Vec<Finding> = report.findings.into_iter().filter(|finding| finding.certificate.is_some()).collect();
    assert_eq!(found.len(), 1, "{:?}", found.iter().map(|finding| &finding.headline).collect::<Vec<_>>());
    let found = found.remove(0);
    assert_eq!((found.rule, found.verdict.word()), (rule, verdict), "{}", found.headline);
    found
}

fn roles(finding: &Finding) -> Vec<String> {
    finding.claims.iter().map(|claim| format!("{} {}", claim.source, claim.role)).collect()
}

fn gap(finding: &Finding) -> (String, String) {
    let gap = finding.gap.as_ref().unwrap();
    (gap.low.clone(), gap.high.clone())
}

fn attacks(place: &Value, period: &str, value: &Value) -> Value {
    json!({ "measure": "attacks", "place": place, "period": period, "value": value })
}

fn victims(harm: Option<&str>, value: &Value) -> Value {
    let mut claim = json!({ "measure": "victims", "place": "land", "period": "2022", "value": value });
    if let Some(harm) = harm {
        claim["harm"] = json!(harm);
    }
    claim
}

fn change(change: &Value) -> Value {
    let mut change = change.clone();
    if change["than"].is_null() {
        change["than"] = json!({ "period": "2021" });
    }
    json!({ "measure": "attacks", "place": "land", "period": "2022", "change": change })
}

fn in_2021(value: &Value) -> Value {
    attacks(&json!("land"), "2021", value)
}

fn in_2022(value: &Value) -> Value {
    attacks(&json!("land"), "2022", value)
}

#[track_caller]
fn ends_with(finding: &Finding, words: &str) {
    assert!(finding.explanation.ends_with(words), "{}", finding.explanation);
}

#[track_caller]
fn says(finding: &Finding, words: &str) {
    assert!(finding.explanation.contains(words), "{}", finding.explanation);
}

#[test]
fn separate_parts_exceed_the_whole() {
    let found = only(
        &[
            attacks(&json!("north"), "2022", &json!(30)),
            attacks(&json!("south"), "2022", &json!(40)),
            in_2022(&json!(60)),
        ],
        "parts-exceed-whole",
        "contradiction",
    );
    assert_eq!(roles(&found), ["a part", "b part", "c whole"]);
    assert_eq!(gap(&found), ("70".to_owned(), "60".to_owned()));
    assert_eq!(
        found.headline,
        "Attacks in 2022: 30 in the North [A] and 40 in the South [B] make 70, but 60 attacks in Land in 2022 [C]"
    );
    assert_eq!(
        found.explanation,
        "A gives 30 attacks in the North in 2022. B gives 40 attacks in the South in 2022. C gives 60 attacks in Land in \
         2022. The North and the South do not overlap, so no attack is counted twice. They lie in Land, so what each of \
         them counts, the whole counts too. So the parts cannot add up to more than 60, but 30 + 40 = 70, which is 10 more."
    );
}

/// "More than 20" of whole things starts at 21, and of weight just above 20.
#[test]
fn hedged_parts_are_told_as_such() {
    let parts = |measure: &str, whole: Value| {
        let part =
            |place: &str| json!({ "measure": measure, "place": place, "period": "2022", "value": { "more_than": 20 } });
        [part("north"), part("south"), json!({ "measure": measure, "place": "land", "period": "2022", "value": whole })]
    };
    let found = only(&parts("attacks", json!({ "at_most": 41 })), "parts-exceed-whole", "contradiction");
    assert!(found.headline.contains("make at least 42, but at most 41 attacks"), "{}", found.headline);
    ends_with(&found, "cannot add up to more than 41, but they are at least 21 + 21 = 42, which is 1 more.");
    let found = only(&parts("rye", json!({ "less_than": 40 })), "parts-exceed-whole", "contradiction");
    assert!(found.headline.contains("make more than 40, but less than 40 tonnes"), "{}", found.headline);
    ends_with(&found, "must add up to less than 40, but they are more than 20 + 20 = 40.");
}

#[test]
fn parts_that_cover_the_whole_fall_short() {
    let claims =
        [victims(Some("killed"), &json!(400)), victims(Some("injured"), &json!(500)), victims(None, &json!(1000))];
    let found = only(&claims, "parts-fall-short", "contradiction");
    assert_eq!(roles(&found), ["a part", "b part", "c whole"]);
    assert_eq!(
        found.headline,
        "People in Land in 2022: 400 killed [A] and 500 injured [B] make only 900, but 1,000 people in Land in 2022 [C]"
    );
    ends_with(
        &found,
        "Killed and injured together cover all of “killed or injured”, so whatever the whole counts, one of the parts counts \
         too. So the parts must add up to at least 1,000, but 400 + 500 = 900, which is 100 short.",
    );
    let month = |month: u32| attacks(&json!("land"), &format!("2022-{month:02}"), &json!({ "at_most": 10 }));
    let mut months: Vec<Value> = (1..=12).map(month).collect();
    months.push(in_2022(&json!({ "more_than": 120 })));
    let found = only(&months, "parts-fall-short", "contradiction");
    assert_eq!(gap(&found), ("121".to_owned(), "120".to_owned()));
    says(&found, "leave no day of 2022 out");
}

#[test]
fn what_no_more_than_two_of_three_parts_share_counts_twice() {
    let pair = |a: &str, b: &str| attacks(&json!([a, b]), "2022", &json!(10));
    let claims = [pair("north", "middle"), pair("middle", "south"), pair("north", "south"), in_2022(&json!(14))];
    let found = only(&claims, "parts-exceed-whole", "contradiction");
    assert_eq!(gap(&found), ("15".to_owned(), "14".to_owned()), "in units of the whole");
    ends_with(
        &found,
        "No attack is in more than 2 of the three parts, so they cannot add up to more than twice 14, which is 28, but \
         10 + 10 + 10 = 30.",
    );
    // And the other way round: whatever the whole counts is in two of the three.
    let pair = |a: &str, b: &str| attacks(&json!([a, b]), "2022", &json!({ "at_most": 10 }));
    let claims = [pair("north", "middle"), pair("middle", "south"), pair("north", "south"), in_2022(&json!(16))];
    let found = only(&claims, "parts-fall-short", "contradiction");
    ends_with(
        &found,
        "Whatever the whole counts is in at least 2 of the three parts, so they must add up to at least twice 16, which \
         is 32, but they are at most 10 + 10 + 10 = 30.",
    );
}

#[test]
fn the_same_counted_in_two_ways() {
    let half = |months: &str, value: Value| attacks(&json!("land"), months, &value);
    let claims = [
        attacks(&json!("north"), "2022", &json!({ "at_least": 60 })),
        attacks(&json!(["middle", "south"]), "2022", &json!({ "at_least": 60 })),
        half("2022-01/2022-06", json!({ "at_most": 50 })),
        half("2022-07/2022-12", json!({ "at_most": 50 })),
    ];
    let found = only(&claims, "sums-conflict", "contradiction");
    assert_eq!(
        found.headline,
        "Attacks in 2022: at least 60 in the North [A] and at least 60 in the Middle and the South [B] make at least 120, \
         but at most 50 attacks in Land from January to June 2022 [C] and at most 50 from July to December 2022 [D] make at \
         most 100"
    );
    ends_with(
        &found,
        "so whatever the first two count, the last two count too. So the first two cannot add up to more than the last \
         two, but they come to at least 60 + 60 = 120, and the others to at most 50 + 50 = 100.",
    );
}

#[test]
fn weights_that_differ_say_how_often_each_figure_counts() {
    // Twice the North and once each of the others is at most the three pairs, less what is twice in the first.
    let at_most = |places: &[&str], value: u32| attacks(&json!(places), "2022", &json!({ "at_most": value }));
    let claims = [
        attacks(&json!("north"), "2022", &json!({ "at_least": 10 })),
        attacks(&json!(["middle", "south"]), "2022", &json!({ "at_least": 7 })),
        at_most(&["north", "middle"], 13),
        at_most(&["north", "south"], 13),
    ];
    let found = only(&claims, "sums-conflict", "contradiction");
    says(&found, "taking “at least 10 in the North” twice: that makes at least 2 × 10 + 7 = 27.");
    ends_with(&found, "So at least 27 would have to fit where there is room for at most 26.");
}

#[test]
fn a_change_that_the_figures_do_not_give() {
    let up = |amount: Value| change(&amount);
    let cases = [
        (
            json!({ "direction": "up", "percent": 25 }),
            262,
            367,
            "make 326 to 329, but 367 attacks",
            "But C has 367, 38 more.",
        ),
        (
            json!({ "direction": "down", "percent": 25 }),
            400,
            400,
            "make 298 to 302, but 400 attacks",
            "But C has 400, 98 more.",
        ),
        (json!({ "direction": "up", "factor": 2 }), 150, 300, "", ""),
        (json!({ "direction": "up", "factor": 2 }), 150, 400, "make 225 to 375, but 400", "But C has 400, 25 more."),
        (
            json!({ "direction": "down", "factor": { "between": [2, 4] } }),
            100,
            20,
            "make 25 to 50, but 20",
            "But C has only 20, 5 fewer.",
        ),
        (json!({ "direction": "up", "by": 40 }), 60, 90, "make 100, but 90", "But C has only 90, 10 fewer."),
        (json!({ "direction": "up" }), 50, 50, "make more than 50, but 50", "But C has only 50."),
        (json!({ "direction": "down" }), 50, 60, "make less than 50, but 60", "But C has 60, 10 more."),
    ];
    for (amount, old, new, headline, end) in cases {
        let claims = [in_2021(&json!(old)), up(amount.clone()), in_2022(&json!(new))];
        if headline.is_empty() {
            assert!(check(&claims).findings.iter().all(|finding| finding.certificate.is_none()), "{amount}");
            continue;
        }
        let found = only(&claims, "change-mismatch", "contradiction");
        assert_eq!(roles(&found), ["a base", "b change", "c figure"], "{amount}");
        assert!(found.headline.contains(headline), "{amount}: {}", found.headline);
        ends_with(&found, end);
    }
    let claims = [in_2021(&json!(262)), up(json!({ "direction": "up", "percent": 25 })), in_2022(&json!(367))];
    let found = only(&claims, "change-mismatch", "contradiction");
    assert_eq!(
        found.headline,
        "262 attacks in Land in 2021 [A] and 25 % more in 2022 [B] make 326 to 329, but 367 attacks in Land in 2022 [C]"
    );
    says(
        &found,
        "“25 %”, a rounded figure, is taken as 24.5 to 25.5 %. 25 % more than 262 would be 326 to 329 attacks in Land in 2022.",
    );
    assert_eq!(gap(&found), ("367".to_owned(), "32881/100".to_owned()), "262 × 1.255 = 328.81");
    let hints: Vec<&str> = found.hints.iter().map(|hint| hint.text.as_str()).collect();
    assert_eq!(hints, ["from 262 to 367 would be 40.1 % more"]);
}

/// 60 % is 55 to 65 % word for word, and 59.5 to 60.5 % to a reader.
#[test]
fn a_rounded_percentage_is_a_tension_where_only_its_last_digit_tells() {
    let claims = [in_2021(&json!(100)), change(&json!({ "direction": "up", "percent": 60 })), in_2022(&json!(156))];
    let found = only(&claims, "change-mismatch", "tension");
    says(&found, "Word for word all could be true; as a reader takes them they cannot.");
    ends_with(&found, "60 % more than 100 would be 159 to 161 attacks in Land in 2022. But C has only 156, 3 fewer.");
}

#[test]
fn one_change_after_another() {
    let later = json!({ "measure": "attacks", "place": "land", "period": "2023",
        "change": { "than": { "period": "2022" }, "direction": "up", "percent": { "at_least": 50 } } });
    let claims = [
        in_2021(&json!(100)),
        change(&json!({ "direction": "up", "percent": { "at_least": 50 } })),
        later,
        attacks(&json!("north"), "2023", &json!(150)),
        attacks(&json!(["middle", "south"]), "2023", &json!(70)),
    ];
    let found = only(&claims, "change-mismatch", "contradiction");
    assert!(
        found.headline.starts_with("These do not go together: 100 attacks in Land in 2021 [A]"),
        "{}",
        found.headline
    );
    says(
        &found,
        "At least 50 % more than 100 would be at least 150 attacks in Land in 2022. At least 50 % more than 150 would be at least 225 attacks in Land in 2023.",
    );
    ends_with(
        &found,
        "which leaves at most 150 + 70 = 220 attacks in Land in 2023. So there would have to be at least 225 where there can be at most 220.",
    );
}

#[test]
fn a_change_against_every_month() {
    let month = |month: u32| attacks(&json!("land"), &format!("2022-{month:02}"), &json!({ "at_most": 10 }));
    let mut claims: Vec<Value> = (1..=12).map(month).collect();
    claims.push(in_2021(&json!({ "at_least": 100 })));
    claims.push(change(&json!({ "direction": "up", "percent": { "at_least": 50 } })));
    let found = only(&claims, "change-mismatch", "contradiction");
    assert_eq!(gap(&found), ("150".to_owned(), "120".to_owned()));
    ends_with(&found, "So there would have to be at least 150 where there can be at most 120.");
}

#[test]
fn a_change_also_says_that_there_was_something_before() {
    let claims = [in_2021(&json!(0)), change(&json!({ "direction": "up", "percent": 50 }))];
    let found = only(&claims, "change-mismatch", "contradiction");
    assert_eq!(found.headline, "0 attacks in Land in 2021 [A], but 50 % more attacks in Land in 2022 than in 2021 [B]");
    ends_with(
        &found,
        "A change also says that there was something before it: more than 0 attacks in Land in 2021. But A has none.",
    );
    // Half of something is something.
    let claims = [in_2022(&json!(0)), change(&json!({ "direction": "down", "percent": { "at_most": 50 } }))];
    ends_with(&only(&claims, "change-mismatch", "contradiction"), "But A has none.");
}

#[test]
fn fewer_than_nothing() {
    let claims = [in_2021(&json!(30)), change(&json!({ "direction": "down", "by": 40 }))];
    ends_with(&only(&claims, "change-mismatch", "contradiction"), "That would be less than nothing.");
}

#[test]
fn two_changes_between_the_same_figures() {
    let claims =
        [change(&json!({ "direction": "up", "percent": 25 })), change(&json!({ "direction": "down", "percent": 10 }))];
    let found = only(&claims, "change-mismatch", "contradiction");
    assert_eq!(roles(&found), ["a change", "b change"]);
    ends_with(
        &found,
        "Both compare the same two figures. By the first, the new one is at least 124.5 % of what it was; by the second, at \
         most 95 % of what it was.",
    );
}

fn share(place: &Value, percent: &Value) -> Value {
    json!({ "measure": "attacks", "place": place, "period": "2022", "share": { "of": { "place": "land" }, "percent": percent } })
}

#[test]
fn shares_that_are_too_large() {
    let shares =
        [share(&json!("north"), &json!(45)), share(&json!("middle"), &json!(35)), share(&json!("south"), &json!(25))];
    let found = only(&shares, "change-mismatch", "contradiction");
    assert!(
        found.headline.ends_with(
            "[B] and 25 % of the attacks in Land being in the South in 2022 [C]: together at least 103.5 % of the whole"
        ),
        "{}",
        found.headline
    );
    ends_with(
        &found,
        "So the shares cannot add up to more than 100 %, but here they are at least 44.5 % + 34.5 % + 24.5 % = 103.5 %.",
    );
    let shares =
        [share(&json!("north"), &json!(35)), share(&json!("middle"), &json!(35)), share(&json!("south"), &json!(25))];
    let found = only(&shares, "change-mismatch", "contradiction");
    ends_with(
        &found,
        "So the shares must add up to at least 100 %, but here they are at most 35.5 % + 35.5 % + 25.5 % = 96.5 %.",
    );
}

/// A part with more than its whole, by what one claim says.
#[test]
fn a_part_of_what_it_is_compared_with() {
    let more = json!({ "measure": "attacks", "place": "north", "period": "2022",
        "change": { "than": { "place": "land" }, "direction": "up", "factor": 3 } });
    let found = only(&[more], "change-mismatch", "contradiction");
    assert!(found.headline.ends_with("[A]: more than the whole"), "{}", found.headline);
    ends_with(
        &found,
        "The North lies in Land. A part cannot be more than the whole, but here it would be at least 250 % of it.",
    );
}

#[test]
fn a_share_against_part_and_whole() {
    let claims =
        [in_2022(&json!(500)), share(&json!("north"), &json!(42)), attacks(&json!("north"), "2022", &json!(250))];
    let found = only(&claims, "change-mismatch", "contradiction");
    assert_eq!(roles(&found), ["a whole", "b change", "c part"]);
    assert_eq!(
        found.headline,
        "500 attacks in Land in 2022 [A] and 42 % of them in the North [B] make 207 to 213, but 250 attacks in the North in \
         2022 [C]"
    );
    ends_with(&found, "42 % of 500 would be 207 to 213 attacks in the North in 2022. But C has 250, 37 more.");
}

/// Three overlapping pairs have no chain of bounds: what they share is counted half.
#[test]
fn what_no_chain_of_bounds_shows_is_told_by_its_sum() {
    let pair = |a: &str, b: &str| attacks(&json!([a, b]), "2022", &json!({ "at_least": 10 }));
    let claims = [
        pair("north", "middle"),
        pair("middle", "south"),
        pair("north", "south"),
        change(&json!({ "direction": "up", "percent": { "at_most": 25 } })),
        in_2021(&json!({ "at_most": 11 })),
    ];
    let found = only(&claims, "change-mismatch", "contradiction");
    says(&found, "Written as inequalities and added up, the first ");
}

#[test]
fn levels_meet_on_a_day_that_their_periods_share() {
    let fighters = |place: &str, period: &str, value: u32| json!({ "measure": "fighters", "place": place, "period": period, "value": value });
    let claims = [
        fighters("north", "2022-02", 80),
        fighters("south", "2022-02-10/2022-03-10", 80),
        fighters("land", "2022-02-20/2022-04", 120),
    ];
    let found = only(&claims, "parts-exceed-whole", "tension");
    says(&found, "Each of these figures holds on every day of its period, and so on 20 February 2022.");
    assert_eq!(found.certificate.as_ref().unwrap().common["period"], json!("2022-02-20/2022-02-20"));
}

#[test]
fn measures_that_add_up() {
    let of = |measure: &str, place: &str, value: u32| json!({ "measure": measure, "place": place, "period": "2022", "value": value });
    let found = only(&[of("wheat", "north", 70), of("grain", "land", 60)], "part-exceeds-whole", "contradiction");
    assert_eq!(roles(&found), ["a part", "b whole"]);
    says(&found, "Tonnes of wheat and tonnes of rye add up to tonnes of grain: Nothing else is grown.");
    ends_with(&found, "So the first cannot be the larger of the two, but 70 is 10 more than 60.");
    let found = only(
        &[of("wheat", "land", 40), of("rye", "land", 40), of("grain", "land", 70)],
        "parts-exceed-whole",
        "contradiction",
    );
    assert_eq!(
        found.headline,
        "40 tonnes of wheat in Land in 2022 [A] and 40 tonnes of rye in Land in 2022 [B] make 80, but 70 tonnes of grain in \
         Land in 2022 [C]"
    );
    ends_with(
        &found,
        "Nothing is counted twice. What each of them counts, the whole counts too. So the parts cannot add up to more than 70, but 40 + 40 = 80, which is 10 more.",
    );
    only(
        &[of("wheat", "land", 40), of("rye", "land", 40), of("grain", "land", 90)],
        "parts-fall-short",
        "contradiction",
    );
}

#[test]
fn what_is_claimed_counts_as_what_happened_to_a_reader() {
    let claimed = |place: &str| json!({ "measure": "claimed", "place": place, "period": "2022", "value": 40 });
    let found = only(
        &[claimed("north"), attacks(&json!("south"), "2022", &json!(40)), in_2022(&json!(60))],
        "parts-exceed-whole",
        "tension",
    );
    says(&found, "Claimed attacks are read as attacks.");
    assert_eq!(found.hints.first().map(|hint| hint.kind), Some("claimed-against-counted"));
}

/// A term that overlaps its siblings adds nothing to them.
#[test]
fn what_may_overlap_does_not_add_up() {
    let claims = [
        attacks(&json!("north"), "2022", &json!(40)),
        attacks(&json!("border"), "2022", &json!(40)),
        in_2022(&json!(60)),
    ];
    assert!(check(&claims).findings.iter().all(|finding| finding.certificate.is_none()));
}

#[test]
fn hints_say_where_to_look_first() {
    let kinds = |claims: &[Value]| -> Vec<String> {
        only(claims, "parts-exceed-whole", "contradiction")
            .hints
            .iter()
            .map(|hint| format!("{}: {}", hint.kind, hint.text))
            .collect()
    };
    let of = |place: &str, value: u32| attacks(&json!(place), "2022", &json!(value));
    assert_eq!(
        kinds(&[of("north", 30), of("middle", 20), of("south", 20), of("land", 50)])[0],
        "included-part: without the 20 attacks in the Middle in 2022 the others make just 50: one of them may include it"
    );
    assert_eq!(
        kinds(&[of("north", 31), of("south", 40), of("land", 53)])[0],
        "swapped-digits: with 13 in place of 31 the sum would be right: two digits may have changed places"
    );
    let victims = |harm: Option<&str>, value: u32| victims(harm, &json!(value));
    assert_eq!(
        kinds(&[victims(Some("killed"), 30), victims(Some("injured"), 40), victims(None, 60)])[0],
        "counted-twice: was one person counted under killed and injured at once?"
    );
}
