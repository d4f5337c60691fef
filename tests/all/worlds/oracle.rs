//! The generator and the independent method against each other: neither is worth anything where they disagree.

use std::collections::BTreeMap;

use super::brute::{Verdict, pairs, timeline_pairs};
use super::calendar::{Date, meet};
use super::case::{Case, Claim, Form, Voice};
use super::facts::Values;
use super::relative::Compared;
use super::replay::seeds;
use super::scope::{Selection, When};
use super::tell::Truth;
use super::world::{EVERYWHERE, MEASURES, PLACE, World};
use super::{lying_case, true_case};

fn describe(case: &Case, names: &[String]) -> String {
    names.iter().map(|name| format!("{name}: {}", case.claim(name).json(&case.world))).collect::<Vec<_>>().join("\n")
}

#[test]
fn no_two_true_claims_conflict() {
    for seed in seeds(5) {
        let case = true_case(seed, Truth::Both);
        if let Some(pair) = pairs(&case).union(&timeline_pairs(&case)).next() {
            panic!("world {seed}: {pair:?}\n{}{:#}", describe(&case, &pair.claims), case.files()["codebook.json"]);
        }
    }
}

#[test]
fn claims_that_are_true_under_strict_conflict_under_plain_at_most() {
    let mut tensions = 0;
    for seed in seeds(5) {
        let case = true_case(seed, Truth::StrictOnly);
        for pair in pairs(&case) {
            let opinion = pair.verdict == Verdict::Note;
            assert!(!pair.strict || opinion, "world {seed}: {pair:?}\n{}", describe(&case, &pair.claims));
            tensions += 1;
        }
    }
    assert!(tensions > 0 || seeds(5).len() < 100, "strict truths never mislead anybody");
}

/// What the worlds are made of; too little of anything and the tests above them would say little.
#[test]
fn every_kind_of_claim_and_conflict_occurs() {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut count = |what: String| *seen.entry(what).or_default() += 1;
    for seed in 0..1_000 {
        let case = lying_case(seed);
        for (_, claim) in case.claims() {
            let disputed = if claim.voice == Voice::Disputes { "disputed " } else { "" };
            count(match &claim.form {
                Form::Value { value, .. } => format!("{disputed}figure of form {}", value.form()),
                Form::Date { .. } => format!("{disputed}date"),
                Form::Fact { .. } => format!("{disputed}fact"),
                Form::Relation(relation) if matches!(relation.compared, Compared::Share(_)) => "share".to_owned(),
                Form::Relation(_) => "change".to_owned(),
                Form::Duration(_) => "duration".to_owned(),
            });
        }
        for pair in pairs(&case) {
            assert!(pair.claims.iter().any(|name| case.claim(name).lie), "world {seed}: {pair:?}");
            let claims = pair.claims.each_ref().map(|name| case.claim(name));
            for feature in features(&case.world, claims) {
                count(format!("clash {feature}"));
            }
            let form = match &claims[0].form {
                Form::Value { measure, .. } => MEASURES[*measure].id,
                Form::Date { .. } => "date",
                _ => "fact",
            };
            count(format!("{} of {form}", pair.verdict.word()));
        }
    }
    let forms = (0..super::hedge::FORMS).map(|form| format!("figure of form {form}"));
    let others =
        ["date", "fact", "disputed date", "disputed fact", "disputed figure of form 1", "change", "share", "duration"];
    let of = MEASURES[..EVERYWHERE].iter().map(|measure| measure.id).chain(["date", "fact"]);
    let conflicts = of.flat_map(|of| ["contradiction", "tension"].map(|verdict| format!("{verdict} of {of}")));
    let features = FEATURES.iter().map(|feature| format!("clash {feature}"));
    let others = others.into_iter().map(str::to_owned).chain(["note of fact".to_owned()]);
    for what in forms.chain(others).chain(conflicts).chain(features) {
        assert!(seen.get(&what).copied().unwrap_or(0) >= 5, "{what} occurs too rarely: {seen:#?}");
    }
}

const FEATURES: [&str; 19] = [
    "of one scope",
    "of two scopes",
    "of two measures",
    "with a union",
    "with an exception",
    "with an exception of an overlapping term",
    "of something apart from an overlapping term's parent",
    "with an overlapping term",
    "with something unstated",
    "with an event",
    "with a unit",
    "with a denial",
    "with a qualified date",
    "with an open or unknown end",
    "with an unstated period",
    "of facts at different times",
    "of values in a tree",
    "of dates as values",
    "of events as values",
];

/// What is special about two claims.
fn features(world: &World, claims: [&Claim; 2]) -> Vec<&'static str> {
    let any = |holds: &dyn Fn(&Claim) -> bool| claims.iter().any(|claim| holds(claim));
    let scope_of = |claim: &Claim| match &claim.form {
        Form::Value { scope, .. } => Some(scope.clone()),
        _ => None,
    };
    let selects = |holds: &dyn Fn(usize, &Selection) -> bool| {
        any(&|claim| {
            scope_of(claim).is_some_and(|scope| scope.terms.iter().any(|(&at, selection)| holds(at, selection)))
        })
    };
    let when = |holds: &dyn Fn(&When) -> bool| {
        any(&|claim| scope_of(claim).and_then(|scope| scope.period).is_some_and(|when| holds(&when)))
    };
    let overlapping = |dimension: usize, term: usize| {
        let terms = &world.trees[dimension].terms;
        terms[term].overlaps || terms[terms[term].parent].overlaps
    };
    let text = |when: &When| match when {
        When::In(period) => period.text(),
        When::Unstated(_) => String::new(),
    };
    let is_value = any(&|claim| scope_of(claim).is_some());
    let values = |holds: &dyn Fn(&Values) -> bool| {
        any(&|claim| matches!(&claim.form, Form::Fact { values, .. } if holds(values)))
    };
    let measures = claims.map(|claim| match &claim.form {
        Form::Value { measure, .. } => Some(*measure),
        _ => None,
    });
    let days = claims.map(|claim| match &claim.form {
        Form::Fact { period, .. } => period.map(Date::days),
        _ => None,
    });
    let apart = matches!(days, [Some(a), Some(b)] if meet(a, b).is_none());
    let of_place = |claim: &Claim| scope_of(claim).and_then(|scope| scope.terms.get(&PLACE).cloned());
    let places = &world.trees[PLACE];
    let is_apart = match claims.map(of_place) {
        [Some(Selection::Terms(terms)), Some(Selection::Except(out))]
        | [Some(Selection::Except(out)), Some(Selection::Terms(terms))] => {
            let alone = |&a: &usize, &b: &usize| places.are_disjoint(a, b) && places.terms[b].overlaps;
            terms.iter().any(|term| out.iter().any(|out| alone(term, out)))
        }
        _ => false,
    };
    let holds = [
        is_value && scope_of(claims[0]) == scope_of(claims[1]),
        is_value && scope_of(claims[0]) != scope_of(claims[1]),
        measures[0] != measures[1],
        selects(&|_, selection| matches!(selection, Selection::Terms(terms) if terms.len() > 1)),
        selects(&|_, selection| matches!(selection, Selection::Except(_))),
        selects(&|at, selection| {
            let is_below = |term: usize| overlapping(at, term) && world.trees[at].terms[term].parent != 0;
            matches!(selection, Selection::Except(terms) if terms.iter().any(|&term| is_below(term)))
        }),
        is_apart,
        selects(
            &|at, selection| matches!(selection, Selection::Terms(terms) if terms.iter().any(|&term| overlapping(at, term))),
        ),
        selects(&|_, selection| matches!(selection, Selection::Unstated(_))),
        any(&|claim| scope_of(claim).is_some_and(|scope| scope.event.is_some())),
        any(&|claim| matches!(&claim.form, Form::Value { unit: Some(_), .. })),
        any(&|claim| claim.voice == Voice::Disputes),
        when(&|when| text(when).contains(['~', '?'])),
        when(&|when| text(when).starts_with(['/', '.']) || text(when).ends_with(['/', '.'])),
        when(&|when| matches!(when, When::Unstated(_))),
        apart,
        values(&|values| matches!(values, Values::Terms(_))),
        values(&|values| matches!(values, Values::Dates(_))),
        values(&|values| matches!(values, Values::Events(_))),
    ];
    FEATURES.into_iter().zip(holds).filter(|(_, holds)| *holds).map(|(feature, _)| feature).collect()
}
