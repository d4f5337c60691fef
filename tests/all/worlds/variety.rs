//! What the small worlds are made of; too little of anything and the tests on them would say little.

use std::collections::{BTreeMap, BTreeSet};

use super::asked::conflicts;
use super::case::{Case, Claim, Form, Voice};
use super::hedge::FORMS;
use super::lying_few;
use super::relative::Compared;
use super::scope::{Scope, Selection, When};
use super::world::{ATTACKS, Kind, MEASURES};

/// What a claim is, by form.
fn form(claim: &Claim) -> String {
    let form = match &claim.form {
        Form::Value { value, .. } => format!("figure of form {}", value.form()),
        Form::Relation(relation) => {
            let up = if relation.up { "up" } else { "down" };
            match &relation.compared {
                Compared::Percent(_) => format!("percentage {up}"),
                Compared::Factor(_) => format!("factor {up}"),
                Compared::By(_) => format!("difference {up}"),
                Compared::Merely => format!("merely {up}"),
                Compared::Share(_) => "share".to_owned(),
            }
        }
        Form::Date { .. } => "date".to_owned(),
        Form::Duration(_) => "duration".to_owned(),
        Form::Fact { negated, values, .. } => {
            let list = if values.count() > 1 { " of a list" } else { "" };
            format!("fact{}{list}", if *negated { " denied" } else { "" })
        }
    };
    if claim.voice == Voice::Disputes { format!("disputed {}", form.split(" of").next().unwrap()) } else { form }
}

fn scopes(claim: &Claim) -> Vec<(usize, &Scope)> {
    match &claim.form {
        Form::Value { measure, scope, .. } => vec![(*measure, scope)],
        Form::Relation(relation) => vec![(relation.measure, &relation.scope), (relation.measure, &relation.base)],
        _ => Vec::new(),
    }
}

/// What is special about a conflict of many claims.
fn features(case: &Case, claims: &[&Claim]) -> BTreeSet<String> {
    let mut features = BTreeSet::new();
    let scopes: Vec<(usize, &Scope)> = claims.iter().flat_map(|claim| scopes(claim)).collect();
    let measures: BTreeSet<usize> = scopes.iter().map(|(measure, _)| *measure).collect();
    let about = measures.iter().map(|&measure| &MEASURES[measure]);
    features.extend(about.clone().map(|measure| format!("of a {:?}", measure.kind).to_lowercase()));
    features.extend(
        about.clone().flat_map(|measure| measure.overlaps.iter().map(|over| format!("over overlapping {over}"))),
    );
    let two_measures = measures.len() > 1;
    let is_part = |measure: &usize| case.world.sums.iter().any(|(_, parts)| parts.contains(measure));
    if two_measures && measures.iter().any(is_part) {
        features.insert("of measures that add up".to_owned());
        features.extend(about.map(|measure| format!("of measures that add up to a {:?}", measure.kind).to_lowercase()));
    }
    if measures.iter().any(|&measure| MEASURES[measure].plain.is_some()) && measures.contains(&ATTACKS) {
        features.insert("of a measure and its plain one".to_owned());
    }
    for (_, scope) in &scopes {
        features.extend(scope.event.map(|_| "with an event".to_owned()));
        for selection in scope.terms.values() {
            features.extend(match selection {
                Selection::Terms(terms) if terms.len() > 1 => Some("with a union".to_owned()),
                Selection::Except(_) => Some("with an exception".to_owned()),
                Selection::Unstated(_) => Some("with something unstated".to_owned()),
                Selection::Terms(_) => None,
            });
        }
        if let Some(When::In(period)) = scope.period {
            let text = period.text();
            if text.contains(['~', '?']) {
                features.insert("with a qualified date".to_owned());
            }
        }
    }
    let periods: BTreeSet<String> = scopes
        .iter()
        .filter_map(|(_, scope)| if let Some(When::In(period)) = &scope.period { Some(period.text()) } else { None })
        .collect();
    let is_level = measures.iter().any(|&measure| MEASURES[measure].kind == Kind::Level);
    if periods.len() > 1 {
        features.insert(if is_level { "of levels at different times" } else { "of different periods" }.to_owned());
    }
    let cuts: BTreeSet<usize> = scopes.iter().flat_map(|(_, scope)| scope.terms.keys().copied()).collect();
    if cuts.len() > 1 {
        features.insert("over two dimensions".to_owned());
    }
    if claims.iter().any(|claim| matches!(&claim.form, Form::Value { unit: Some(_), .. })) {
        features.insert("with a unit".to_owned());
    }
    features
}

/// What many of a thousand small cases hold.
const EXPECTED: [&str; 34] = [
    "3 claims",
    "4 claims",
    "5 claims",
    "contradiction of many",
    "tension of many",
    "note of many",
    "many of a count",
    "many of a level",
    "many of a fixed",
    "many over overlapping actor",
    "many over overlapping target",
    "many over overlapping period",
    "many of measures that add up",
    "many of measures that add up to a count",
    "many of measures that add up to a level",
    "many of measures that add up to a fixed",
    "many of a measure and its plain one",
    "many with an event",
    "many with a union",
    "many with an exception",
    "many with something unstated",
    "many with a qualified date",
    "many with a unit",
    "many of levels at different times",
    "many of different periods",
    "many over two dimensions",
    "many with figure",
    "many with change",
    "many with share",
    "many with date",
    "many with duration",
    "many with fact",
    "many with disputed",
    "one alone",
];

#[test]
fn every_kind_of_claim_and_conflict_occurs_among_few() {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut count = |what: String| *seen.entry(what).or_default() += 1;
    for seed in 0..1_500 {
        let case = lying_few(seed);
        case.claims().for_each(|(_, claim)| count(form(claim)));
        for (set, (verdict, _)) in conflicts(&case) {
            let claims: Vec<&Claim> = set.iter().map(|name| case.claim(name)).collect();
            assert!(claims.iter().any(|claim| claim.lie), "world {seed}: {set:?}");
            if claims.len() < 3 {
                count(if claims.len() == 1 { "one alone" } else { "two" }.to_owned());
                continue;
            }
            count(format!("{} claims", claims.len()));
            count(format!("{} of many", verdict.word()));
            for feature in features(&case, &claims) {
                count(format!("many {feature}"));
            }
            let forms = claims.iter().map(|claim| match &claim.form {
                _ if claim.voice == Voice::Disputes => "disputed",
                Form::Value { .. } => "figure",
                Form::Relation(relation) if matches!(relation.compared, Compared::Share(_)) => "share",
                Form::Relation(_) => "change",
                Form::Date { .. } => "date",
                Form::Duration(_) => "duration",
                Form::Fact { .. } => "fact",
            });
            forms.collect::<BTreeSet<_>>().into_iter().for_each(|form| count(format!("many with {form}")));
        }
    }
    let figures = (0..FORMS).map(|form| format!("figure of form {form}"));
    let relations = ["percentage", "factor", "difference", "merely"];
    let relations = relations.iter().flat_map(|form| ["up", "down"].map(|way| format!("{form} {way}")));
    let others = ["share", "date", "duration", "fact", "fact denied", "fact of a list", "fact denied of a list"];
    let disputed = ["disputed figure", "disputed date", "disputed duration", "disputed fact"];
    let others = others.into_iter().chain(disputed).chain(EXPECTED).map(str::to_owned);
    let rare: Vec<String> =
        figures.chain(relations).chain(others).filter(|what| seen.get(what).copied().unwrap_or(0) < 5).collect();
    assert!(rare.is_empty(), "these occur too rarely: {rare:?} {seen:#?}");
}
