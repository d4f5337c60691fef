//! Pairs that once were missed, or flagged wrongly: what each must give.

use gainsay::report::Report;
use serde_json::{Value, json};

use crate::support::report_on;

/// A codebook with a little of everything.
fn codebook() -> Value {
    json!({
        "dimensions": {
            "place": { "phrase": "in {}", "root": "world", "terms": {
                "land": { "exhaustive": true }, "north": { "in": "land" }, "south": { "in": "land" }, "sea": {} } },
            "harm": { "root": "harmed", "exhaustive": true, "terms": { "killed": {} } }
        },
        "measures": {
            "floods": { "unit": "flood", "kind": "count", "whole": true, "dimensions": ["place"] },
            "victims": { "unit": "person", "kind": "count", "whole": true, "dimensions": ["place", "harm"] },
            "weight": { "unit": "kg", "kind": "count", "dimensions": [] }
        },
        "units": { "tonne": { "of": "kg", "times": "1000" } },
        "events": { "landing": { "kind": "incident" }, "siege": { "kind": "span" } },
        "attributes": {
            "founded": { "subjects": "place", "values": "dates", "single_valued": true, "phrase": "{subject} was founded in {value}" },
            "mood": { "subjects": "place", "values": { "calm": {}, "angry": {} }, "single_valued": true, "changes": true }
        }
    })
}

/// The report on sources with one claim each, named a, b, c ...
fn check(claims: &[Value]) -> Report {
    let mut files = vec![("codebook.json".to_owned(), codebook().to_string())];
    for (claim, name) in claims.iter().zip('a'..) {
        let mut claim = claim.clone();
        claim["id"] = json!("x");
        claim["quote"] = json!("so it is said");
        let source = json!({ "source": { "id": name.to_string() }, "claims": [claim] });
        files.push((format!("sources/{name}.json"), source.to_string()));
    }
    report_on(files)
}

/// Rule and verdict of each finding; nothing may stay undecided.
fn found(claims: &[Value]) -> Vec<String> {
    let report = check(claims);
    assert!(report.undecided.is_empty(), "{:?}", report.undecided);
    report.findings.iter().map(|finding| format!("{} {}", finding.rule, finding.verdict.word())).collect()
}

fn date(event: &str, when: &Value) -> Value {
    json!({ "event": event, "date": when })
}

fn founded(is: &str, value: &Value) -> Value {
    json!({ "subject": "land", "attribute": "founded", is: value })
}

fn mood(value: &str, period: &str) -> Value {
    json!({ "subject": "land", "attribute": "mood", "is": value, "period": period })
}

fn floods(place: &Value, period: &str, value: &Value) -> Value {
    json!({ "measure": "floods", "place": place, "period": period, "value": value })
}

#[test]
fn an_incident_starts_and_ends_on_one_day_whichever_edge_is_named() {
    for (a, b) in [("end", "on"), ("on", "end"), ("start", "end"), ("end", "start"), ("start", "on"), ("end", "end")] {
        let claims = [date("landing", &json!({ a: "1985" })), date("landing", &json!({ b: "1980" }))];
        assert_eq!(found(&claims), ["date-disagreement contradiction"], "{a} and {b}");
    }
}

#[test]
fn years_before_the_year_one_are_days_like_others() {
    let figures = [floods(&json!("land"), "-0500", &json!(7)), floods(&json!("land"), "-0500", &json!(5))];
    assert_eq!(found(&figures), ["disagreement contradiction"]);
    assert_eq!(
        found(&[founded("is", &json!("-0044")), founded("is", &json!("-0043"))]),
        ["fact-conflict contradiction"]
    );
    let dates = [date("landing", &json!({ "on": "-9998" })), date("landing", &json!({ "on": "0000" }))];
    assert_eq!(found(&dates), ["date-disagreement contradiction"]);
}

#[test]
fn lists_of_dates_are_unions_of_days() {
    let either = json!(["1979", "1985"]);
    assert_eq!(found(&[founded("is", &either), founded("is", &json!("1980"))]), ["fact-conflict contradiction"]);
    assert!(found(&[founded("is", &either), founded("is", &json!("1985-03"))]).is_empty());
    let halves = json!(["2020-01", "2020-02"]);
    let between = founded("is_not", &halves);
    assert_eq!(found(&[between, founded("is", &json!("2020-02"))]), ["fact-conflict contradiction"]);
}

/// “About 1979” may be 1980, word for word; a reader takes it for 1979.
#[test]
fn a_rough_date_excludes_its_neighbours_for_a_plain_reader_only() {
    assert_eq!(found(&[founded("is", &json!("1979~")), founded("is", &json!("1980"))]), ["fact-conflict tension"]);
    assert_eq!(
        found(&[founded("is", &json!("1979~")), founded("is", &json!("1981"))]),
        ["fact-conflict contradiction"]
    );
    assert!(found(&[founded("is_not", &json!("1979~")), founded("is", &json!("1980"))]).is_empty());
    assert_eq!(found(&[founded("is_not", &json!("1979~")), founded("is", &json!("1979"))]), ["fact-conflict tension"]);
}

/// What changes can have changed from one day to the next, so only the same single day makes a contradiction.
#[test]
fn a_rough_day_is_no_single_day() {
    assert_eq!(found(&[mood("calm", "2021-06-15"), mood("angry", "2021-06-15")]), ["fact-conflict contradiction"]);
    assert_eq!(found(&[mood("calm", "2021-06-15~"), mood("angry", "2021-06-15")]), ["fact-conflict tension"]);
    assert!(found(&[mood("calm", "2021-06-14"), mood("angry", "2021-06-15")]).is_empty());
}

#[test]
fn a_term_that_covers_its_parent_is_its_parent() {
    let victims = |harm: Option<&str>, value: u32| {
        let mut claim = json!({ "measure": "victims", "period": "2020", "value": value });
        if let Some(harm) = harm {
            claim["harm"] = json!(harm);
        }
        claim
    };
    assert_eq!(found(&[victims(None, 100), victims(Some("killed"), 50)]), ["disagreement contradiction"]);
    let parts = [floods(&json!(["north", "south"]), "2020", &json!(50)), floods(&json!("land"), "2020", &json!(100))];
    assert_eq!(found(&parts), ["disagreement contradiction"], "one box written in two ways");
}

#[test]
fn what_is_chosen_is_shown_though_its_like_is_not() {
    let same = |value: u32| floods(&json!("land"), "2020", &json!(value));
    let corpus = |files| gainsay::load(&gainsay::Folder::from_files::<String, String>(files)).unwrap();
    let mut files = vec![("codebook.json".to_owned(), codebook().to_string())];
    for (name, value) in [("a", 100), ("b", 50), ("c", 50)] {
        let mut claim = same(value);
        claim["id"] = json!("x");
        claim["quote"] = json!("so it is said");
        files
            .push((format!("sources/{name}.json"), json!({ "source": { "id": name }, "claims": [claim] }).to_string()));
    }
    let options = gainsay::Options { sources: vec!["c".to_owned()], ..gainsay::Options::default() };
    let report = gainsay::check(&corpus(files), &options);
    let [finding] = report.findings.as_slice() else { panic!("one finding names c: {:?}", report.findings) };
    assert!(finding.lead && finding.others == 0 && finding.folded_under.is_none());
    assert_eq!(report.summary.contradictions, 1);
}

/// The strict clash of a and b says nothing of the plain one of b and c, whose scope is only presumed.
#[test]
fn a_tension_is_not_folded_under_a_contradiction() {
    let claims = [
        floods(&json!("north"), "2020", &json!(100)),
        floods(&json!("north"), "2020", &json!(50)),
        floods(&json!({ "unstated": "north" }), "2020", &json!(100)),
    ];
    let report = check(&claims);
    assert_eq!((report.summary.contradictions, report.summary.tensions), (1, 1));
    assert!(report.findings.iter().all(|finding| finding.folded_under.is_none()));
}

#[test]
fn a_figure_against_nothing_comes_first() {
    let claims = [
        floods(&json!("north"), "2020", &json!(10)),
        floods(&json!("north"), "2020", &json!(9)),
        floods(&json!("sea"), "2021", &json!(100)),
        floods(&json!("sea"), "2021", &json!(0)),
    ];
    let report = check(&claims);
    let lows: Vec<&str> =
        report.findings.iter().filter_map(|finding| finding.gap.as_ref()).map(|gap| gap.low.as_str()).collect();
    assert_eq!(lows, ["100", "10"]);
}

#[test]
fn digits_are_compared_in_one_unit() {
    let weight = |unit: Option<&str>, value: u32| {
        let mut claim = json!({ "measure": "weight", "period": "2020", "value": value });
        if let Some(unit) = unit {
            claim["unit"] = json!(unit);
        }
        claim
    };
    let hint = |claims: &[Value]| -> Vec<&'static str> {
        check(claims).findings.iter().flat_map(|finding| finding.hints.iter().map(|hint| hint.kind)).collect()
    };
    assert_eq!(hint(&[weight(None, 50), weight(None, 5)]), ["power-of-ten"]);
    assert_eq!(hint(&[weight(Some("tonne"), 7), weight(None, 700)]), ["power-of-ten"]);
    assert!(hint(&[weight(Some("tonne"), 7), weight(None, 71)]).is_empty());
}

#[test]
fn a_denial_is_told_as_one() {
    let mut denied = floods(&json!("north"), "2020", &json!({ "at_most": 100 }));
    denied["voice"] = json!("disputes");
    let report = check(&[denied, floods(&json!("north"), "2020", &json!(50))]);
    let [finding] = report.findings.as_slice() else { panic!("{:?}", report.findings) };
    assert!(finding.headline.contains("disputed by a"), "{}", finding.headline);
}

#[test]
fn what_names_no_place_is_not_told_as_a_figure_for_the_same_thing() {
    let claims = [floods(&json!("unstated"), "2022", &json!(7)), floods(&json!("world"), "2022", &json!(5))];
    let report = check(&claims);
    let [finding] = report.findings.as_slice() else { panic!("one clash: {:?}", found(&claims)) };
    assert!(!finding.explanation.contains("same thing"), "{}", finding.explanation);
    let why = "A leaves open which place it means, and any is covered, so whatever the first figure counts, the second \
               counts too.";
    assert!(finding.explanation.contains(why), "{}", finding.explanation);
    // Named, the same figures are for one thing.
    let named = check(&[floods(&json!("land"), "2022", &json!(7)), floods(&json!("land"), "2022", &json!(5))]);
    assert!(named.findings[0].explanation.contains("Both count the same thing."), "{}", named.findings[0].explanation);
}

#[test]
fn a_figure_of_one_is_told_in_the_singular() {
    let mut book = codebook();
    book["measures"]["floods"]["phrase"] = json!("{} floods");
    book["measures"]["floods"]["phrase_one"] = json!("{} flood");
    let source = |id: &str, value: &Value| {
        let mut claim = floods(&json!("land"), "2022", value);
        claim["id"] = json!("x");
        claim["quote"] = json!("so it is said");
        (format!("sources/{id}.json"), json!({ "source": { "id": id }, "claims": [claim] }).to_string())
    };
    let told = |value: &Value| {
        let files = vec![("codebook.json".to_owned(), book.to_string()), source("a", value), source("b", &json!(5))];
        report_on(files).findings[0].explanation.clone()
    };
    assert!(told(&json!(1)).contains("1 flood in land"), "{}", told(&json!(1)));
    assert!(told(&json!({ "at_most": 1 })).contains("at most 1 floods in land"), "{}", told(&json!({ "at_most": 1 })));
}

#[test]
fn a_length_is_told_with_the_days_that_it_is_taken_for() {
    let claims = [
        date("siege", &json!({ "start": "1990-01-01" })),
        json!({ "event": "siege", "duration": { "days": { "at_least": 100 } } }),
        date("siege", &json!({ "end": "1990-03-31" })),
    ];
    let report = check(&claims);
    let explanation = &report.findings[0].explanation;
    // The ninetieth day of the year is 89 days after the first; a length of 100 days may count the first day itself.
    assert!(
        explanation.contains("“at least 100 days” is taken as at least 99 days, with a day to spare"),
        "{explanation}"
    );
    assert!(explanation.contains("no earlier than 10 April 1990"), "{explanation}");
}

#[test]
fn who_goes_back_to_one_upstream_is_asked_whether_it_was_passed_on_rightly() {
    let mut book = codebook();
    book["upstreams"] = json!({ "office": { "label": "the harbour office" }, "paper": { "label": "the paper" } });
    let told = |chains: [&Value; 2]| {
        let mut files = vec![("codebook.json".to_owned(), book.to_string())];
        for (id, (chain, value)) in ["a", "b"].into_iter().zip(chains.into_iter().zip([7, 5])) {
            let mut claim = floods(&json!("land"), "2022", &json!(value));
            claim["id"] = json!("x");
            claim["quote"] = json!("so it is said");
            claim["attributed_to"] = chain.clone();
            files
                .push((format!("sources/{id}.json"), json!({ "source": { "id": id }, "claims": [claim] }).to_string()));
        }
        let report = report_on(files);
        let finding = &report.findings[0];
        let hints: Vec<String> =
            finding.hints.iter().filter(|hint| hint.kind == "one-origin").map(|h| h.text.clone()).collect();
        (finding.same_upstream.clone(), hints)
    };
    let (shared, hints) = told([&json!(["paper", "office"]), &json!(["office"])]);
    assert_eq!(shared.as_deref(), Some("office"));
    assert_eq!(hints.len(), 1);
    assert!(hints[0].starts_with("both go back to the harbour office:"), "{hints:?}");
    assert_eq!(told([&json!(["paper"]), &json!(["office"])]), (None, Vec::new()));
}

#[test]
fn a_toll_is_revised_only_by_what_surely_came_out_later() {
    let mut book = codebook();
    book["upstreams"] = json!({ "wire": { "label": "the wire", "published": "2022-12-12" } });
    let source = |id: &str, published: &str, value: u32, credits: &[&str]| {
        let claim =
            json!({ "id": "x", "quote": "so it is said", "measure": "victims", "event": "landing", "value": value });
        let mut claim = claim.as_object().unwrap().clone();
        claim.extend((!credits.is_empty()).then(|| ("attributed_to".to_owned(), json!(credits))));
        let source = json!({ "source": { "id": id, "published": published }, "claims": [claim] });
        (format!("sources/{id}.json"), source.to_string())
    };
    let told = |published: &str, credits: &[&str]| {
        let book = ("codebook.json".to_owned(), book.to_string());
        let report = report_on(vec![book, source("a", published, 8, credits), source("b", "2023-01-19", 6, &[])]);
        report.findings[0].hints.iter().any(|hint| hint.kind == "later-toll")
    };
    assert!(told("2023-02", &[]));
    // Some day of 2023, which may lie before 19 January; perhaps 2024; and later, but after a report of December.
    for (published, credits) in [("2023", &[][..]), ("2024?", &[]), ("2024", &["wire"])] {
        assert!(!told(published, credits), "{published} {credits:?}");
    }
}
