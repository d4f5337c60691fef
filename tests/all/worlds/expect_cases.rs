//! Every expectation fires: a stand-in for the checker passes, and each planted fault is found.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::asked::{Conflicts, conflicts};
use super::brute::{Pair, Verdict, pairs};
use super::case::Case;
use super::dice::Dice;
use super::{expect, fake, laws, lying_case, lying_few, replay, run};

/// Some lying world with conflicts of both verdicts.
fn contested() -> (Case, BTreeSet<Pair>) {
    (0..)
        .map(lying_case)
        .map(|case| (pairs(&case), case))
        .find_map(|(pairs, case)| {
            let has = |verdict| pairs.iter().any(|pair| pair.verdict == verdict);
            (has(Verdict::Contradiction) && has(Verdict::Tension) && !has(Verdict::Note)).then_some((case, pairs))
        })
        .unwrap()
}

#[track_caller]
fn fires(outcome: expect::Outcome, says: &str) {
    let Err(message) = outcome else { panic!("a planted fault is not found") };
    assert!(message.starts_with(says), "{message}");
}

fn first(report: &mut Value) -> &mut Value {
    &mut report["findings"][0]
}

#[test]
fn an_honest_report_passes() {
    let (case, pairs) = contested();
    let report = fake::report(&pairs);
    expect::are_exactly(&report, &pairs, &case).unwrap();
    expect::are_same(&report, &report).unwrap();
    expect::are_same_conflicts(&report, &report, &str::to_owned).unwrap();
    expect::are_same_counts(&report, &report, &[]).unwrap();
    expect::contain_earlier_ones(&report, &report).unwrap();
    let empty = fake::report(&BTreeSet::new());
    expect::is_silent(&empty).unwrap();
    expect::no_contradiction(&empty).unwrap();
    expect::notes_at_most(&empty).unwrap();
}

#[test]
fn findings_on_true_claims_are_found() {
    let (_, pairs) = contested();
    let report = fake::report(&pairs);
    fires(expect::is_silent(&report), "true claims are in conflict");
    fires(expect::no_contradiction(&report), "claims that are true under strict");
    fires(expect::notes_at_most(&report), "a finding above a note");
    let mut sourcing = report.clone();
    sourcing["findings"] = json!([{ "verdict": "tension", "rule": "anachronism", "certificate": null }]);
    fires(expect::is_silent(&sourcing), "a finding above a note");
    fires(expect::notes_at_most(&json!({})), "a report without findings");
}

#[test]
fn gaps_are_found() {
    let empty = fake::report(&BTreeSet::new());
    let mut undecided = empty.clone();
    undecided["undecided"] = json!([{ "claims": ["s/a"], "reading": "strict", "steps": 9 }]);
    fires(expect::is_silent(&undecided), "something is undecided");
    let mut lost = empty.clone();
    lost["summary"]["coverage"]["alone"] = json!(1);
    fires(expect::is_silent(&lost), "the coverage is not that of all claims");
    let (case, pairs) = contested();
    fires(expect::are_exactly(&undecided, &pairs, &case), "something is undecided");
}

#[test]
fn wrong_conflicts_are_found() {
    let (case, pairs) = contested();
    let report = fake::report(&pairs);
    let exactly = |report: &Value| expect::are_exactly(report, &pairs, &case);

    let mut missing = report.clone();
    missing["findings"].as_array_mut().unwrap().remove(0);
    fires(exactly(&missing), "no world holds two claims together, and no finding says so");

    let mut twice = report.clone();
    let copy = first(&mut twice).clone();
    twice["findings"].as_array_mut().unwrap().push(copy.clone());
    fires(exactly(&twice), "a conflict is reported twice");

    let names: Vec<String> = case.claims().map(|(source, claim)| super::case::name(source, claim)).collect();
    let (lies, truths): (Vec<String>, Vec<String>) = names.into_iter().partition(|name| case.claim(name).lie);
    let about = |claims: &[&String], report: &Value| {
        let mut report = report.clone();
        let mut finding = copy.clone();
        finding["claims"] = claims.iter().map(|name| json!({ "claim": name })).collect();
        report["findings"].as_array_mut().unwrap().push(finding);
        report
    };
    fires(exactly(&about(&[&truths[0], &truths[1]], &report)), "true claims are in conflict");
    fires(exactly(&about(&[&truths[0], &truths[0]], &report)), "a claim stands twice in a finding");
    let is_paired =
        |name: &&String| pairs.iter().any(|pair| pair.claims.contains(name) && pair.claims.contains(&lies[0]));
    let unpaired = truths.iter().find(|name| !is_paired(name)).unwrap();
    fires(exactly(&about(&[unpaired, &lies[0]], &report)), "two claims are in conflict that some world holds together");
    let pair: Vec<&String> = pairs.first().unwrap().claims.iter().collect();
    let other = truths.iter().find(|name| !pair.contains(name)).unwrap();
    let wide = about(&[pair[0], pair[1], other], &report);
    fires(exactly(&wide), "a conflict contains another one");
}

#[test]
fn wrong_verdicts_are_found() {
    let (case, pairs) = contested();
    let exactly = |report: &Value| expect::are_exactly(report, &pairs, &case);
    for finding in 0..pairs.len() {
        let mut report = fake::report(&pairs);
        let finding = &mut report["findings"][finding];
        let strict = finding["reading"] == "strict";
        finding["reading"] = json!(if strict { "plain" } else { "strict" });
        fires(exactly(&report), "verdict and reading do not go together");
        let finding = report["findings"]
            .as_array_mut()
            .unwrap()
            .iter_mut()
            .find(|f| (f["reading"] == "strict") == (f["verdict"] == "tension"))
            .unwrap();
        finding["verdict"] = json!(if strict { "tension" } else { "contradiction" });
        fires(exactly(&report), "a conflict has the wrong verdict");
    }
}

/// A conflict may be folded only under one between claims of the same content.
#[test]
fn folding_does_not_hide_what_is_missing() {
    let (case, pairs) = contested();
    let mut report = fake::report(&pairs);
    report["findings"].as_array_mut().unwrap().remove(0);
    first(&mut report)["others"] = json!(1);
    fires(expect::are_exactly(&report, &pairs, &case), "no world holds two claims together, and no finding says so");
}

#[test]
fn what_a_law_forbids_is_found() {
    let (_, pairs) = contested();
    let report = fake::report(&pairs);
    let mut moved = report.clone();
    first(&mut moved)["claims"][0]["line"] = json!(99);
    expect::are_same(&report, &moved).unwrap();
    first(&mut moved)["rule"] = json!("part-exceeds-whole");
    fires(expect::are_same(&report, &moved), "the report changed");
    fires(expect::are_same_conflicts(&report, &moved, &str::to_owned), "the conflicts changed");
    fires(expect::are_same_conflicts(&report, &report, &|name| format!("x{name}")), "the conflicts changed");
    let mut counted = report.clone();
    counted["summary"]["sources"] = json!(77);
    fires(expect::are_same_counts(&report, &counted, &[]), "the summary changed");
    expect::are_same_counts(&report, &counted, &["sources"]).unwrap();

    let mut fewer = report.clone();
    fewer["findings"].as_array_mut().unwrap().remove(0);
    expect::contain_earlier_ones(&report, &fewer).unwrap();
    fires(expect::contain_earlier_ones(&fewer, &report), "weaker claims made a new conflict");
    fires(expect::are_unmoved_by(&fewer, &report, "s/none"), "a claim changed conflicts without it");
    let lost = pairs.first().unwrap().claims[0].clone();
    let mut without = report.clone();
    without["findings"]
        .as_array_mut()
        .unwrap()
        .retain(|f| !f["claims"].as_array().unwrap().iter().any(|claim| claim["claim"] == *lost));
    expect::are_unmoved_by(&without, &report, &lost).unwrap();
}

/// The independent method obeys the laws, so the changes do what their names say.
#[test]
fn the_independent_method_obeys_the_laws() {
    let (mut weakened, mut dissolved, mut split, mut removed) = (0, 0, 0, 0);
    for seed in 0..400 {
        let case = lying_case(seed);
        let before = fake::report(&pairs(&case));
        let dice = &mut Dice::new(seed);
        if let Some(weaker) = laws::weakened(dice, &case) {
            let after = fake::report(&pairs(&weaker));
            expect::contain_earlier_ones(&before, &after).unwrap_or_else(|says| panic!("world {seed}: {says}"));
            weakened += 1;
            dissolved += usize::from(before != after);
        }
        if let Some((less, added)) = laws::with_one_less(dice, &case) {
            expect::are_unmoved_by(&fake::report(&pairs(&less)), &before, &added).unwrap();
            removed += 1;
        }
        if let Some((parts, names)) = laws::split(dice, &case) {
            let rename = |name: &str| names.get(name).cloned().unwrap_or_else(|| name.to_owned());
            expect::are_same_conflicts(&before, &fake::report(&pairs(&parts)), &rename).unwrap();
            split += 1;
        }
    }
    assert!(
        weakened > 200 && dissolved > 10 && split > 200 && removed > 300,
        "{weakened} {dissolved} {split} {removed}"
    );
}

#[test]
fn changed_files_are_changed_where_they_should_be() {
    for seed in 0..60 {
        let files = lying_case(seed).files();
        let dice = &mut Dice::new(seed);
        let text = |files: &super::case::Files| -> String {
            laws::texts(files).into_iter().map(|(path, text)| path + "\n" + &text + "\n").collect()
        };
        let shifted = text(&laws::shifted(&files));
        for year in ["2001", "2002", "2003", "2004", "2005"] {
            let quoted = |text: &str| text.matches(&format!("\"{year}")).count();
            assert_eq!(quoted(&shifted), 0, "a date was not shifted: {shifted}");
        }
        let ids = laws::new_ids(seed, &files);
        let renamed = laws::renamed(&files, &ids);
        assert_eq!(renamed.len(), files.len());
        for id in ids.keys().filter(|id| !["attacks", "area", "damage", "displaced"].contains(&id.as_str())) {
            assert!(!text(&renamed).contains(&format!("\"{id}\"")), "`{id}` was not renamed");
        }
        let more = laws::with_a_term(dice, &files);
        assert_eq!(text(&more).matches("-new-term").count(), 1);
        let shuffled: BTreeMap<String, String> = laws::shuffled(dice, &files).into_iter().collect();
        assert_eq!(shuffled.len(), files.len());
    }
}

/// A failure is told with its seed and no more claims than it needs.
#[test]
fn failures_are_made_small() {
    let (case, pairs) = contested();
    let wanted = pairs.first().unwrap().claims.clone();
    let (fewer, says) = replay::smallest(case, &|case, _| {
        let left = super::brute::pairs(case);
        if left.iter().any(|pair| pair.claims == wanted) { Err("still in conflict".to_owned()) } else { Ok(()) }
    })
    .unwrap();
    assert_eq!(says, "still in conflict");
    let claims = fewer.values().filter_map(|file| file["claims"].as_array()).map(Vec::len).sum::<usize>();
    assert_eq!(claims, 2, "{fewer:#?}");
}

/// Some small case without sums of measures, whose conflicts are pairs, its report, and a pair apart from the others.
fn paired() -> (Case, Conflicts, Value, BTreeSet<String>) {
    (0..)
        .map(lying_few)
        .map(|case| (conflicts(&case), case))
        .find_map(|(conflicts, case)| {
            let is_fit = conflicts.len() > 1 && conflicts.keys().all(|claims| claims.len() == 2);
            let is_varied =
                conflicts.values().any(|(_, strict)| *strict) && conflicts.values().any(|(_, strict)| !strict);
            let lone =
                conflicts.keys().find(|set| conflicts.keys().all(|other| other == *set || other.is_disjoint(set)));
            let lone = lone.filter(|_| is_fit && is_varied && case.world.sums.is_empty()).cloned()?;
            let report = run::run(&laws::texts(&case.files())).unwrap();
            Some((case, conflicts, report, lone))
        })
        .unwrap()
}

/// The place of the first conflict in a report.
fn first_conflict(report: &Value) -> usize {
    report["findings"].as_array().unwrap().iter().position(|finding| !finding["certificate"].is_null()).unwrap()
}

#[test]
fn what_differs_from_the_second_method_is_found() {
    let (case, conflicts, report, lone) = paired();
    expect::are_all(&report, &conflicts, &case).unwrap();
    let at = first_conflict(&report);
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut report = report.clone();
        change(&mut report["findings"][at]);
        expect::are_all(&report, &conflicts, &case)
    };

    let mut missing = report.clone();
    missing["findings"].as_array_mut().unwrap().remove(at);
    fires(expect::are_all(&missing, &conflicts, &case), "no world holds these claims, and no finding says so");
    fires(
        changed(&|finding| finding["verdict"] = json!("note")),
        "no world holds these claims, and no finding says so",
    );
    let mut less = conflicts.clone();
    less.remove(&lone);
    fires(expect::are_all(&report, &less, &case), "a finding about claims that are none of the minimal sets");

    // Where both are wrong in the same way, the claims that are left say so.
    let mut both = report.clone();
    both["findings"].as_array_mut().unwrap().retain(|finding| {
        let claims =
            finding["claims"].as_array().unwrap().iter().map(|claim| claim["claim"].as_str().unwrap().to_owned());
        finding["certificate"].is_null() || claims.collect::<BTreeSet<_>>() != lone
    });
    fires(expect::are_all(&both, &less, &case), "the claims in no conflict have no world");

    fires(changed(&|finding| finding["rule"] = json!("sums-conflict")), "a rule of another shape");
    fires(changed(&|finding| finding["certificate"]["total"] = json!("12345")), "a certificate that does not hold");
    fires(
        changed(&|finding| finding["certificate"]["rows"][0]["weight"] = json!("-1")),
        "a certificate that does not hold",
    );
    let mut honest = case.clone();
    honest.sources.iter_mut().flat_map(|source| &mut source.claims).for_each(|claim| claim.lie = false);
    fires(expect::are_all(&report, &conflicts, &honest), "true claims are in conflict");
    let mut undecided = report.clone();
    undecided["undecided"] = json!([{ "claims": ["s/a"], "reading": "strict", "steps": 9 }]);
    fires(expect::are_all(&undecided, &conflicts, &case), "something is undecided");
}

#[test]
fn wrong_repairs_are_found() {
    let (case, conflicts, report, lone) = paired();
    expect::repairs(&report, &conflicts, &case).unwrap();
    let at = report["repair"].as_array().unwrap().iter().position(|repair| {
        let first = repair["first"].as_str().unwrap();
        lone.contains(first)
    });
    let at = at.unwrap();
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut report = report.clone();
        change(&mut report["repair"][at]);
        expect::repairs(&report, &conflicts, &case)
    };
    fires(changed(&|repair| repair["smallest"] = json!([lone])), "other sets repair a group");
    fires(changed(&|repair| repair["exact"] = json!(false)), "a repair of few claims is not exact");
    fires(changed(&|repair| repair["dissolves"] = json!(9)), "another claim is in most conflicts");
    let mut fewer = report.clone();
    fewer["repair"].as_array_mut().unwrap().remove(at);
    fires(expect::repairs(&fewer, &conflicts, &case), "a repair for each group of conflicts");
}
