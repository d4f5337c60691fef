//! What must hold of a report.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::asked::{Conflicts, Questions};
use super::brute::{Pair, Verdict, same_content, timeline_pairs};
use super::case::{Case, Form, name};
use gainsay::certificate::verify::{Limits, Verdict as Proven, verify_report};

/// A finding that rests on a certificate.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Conflict {
    pub(crate) claims: BTreeSet<String>,
    pub(crate) verdict: String,
    pub(crate) reading: String,
    pub(crate) rule: String,
}

pub(crate) type Outcome = Result<(), String>;

/// Fails with what is said, and with what it is about on the next line.
fn require(holds: bool, says: &str, about: impl std::fmt::Debug) -> Outcome {
    if holds { Ok(()) } else { Err(format!("{says}\n{about:#?}")) }
}

fn text(of: &Value, key: &str) -> Result<String, String> {
    of[key].as_str().map(str::to_owned).ok_or_else(|| format!("a finding without a text `{key}`\n{of:#}"))
}

fn findings(report: &Value) -> Result<&Vec<Value>, String> {
    report["findings"].as_array().ok_or_else(|| "a report without findings".to_owned())
}

/// Every finding with a certificate, and how many more are folded under it.
fn certified(report: &Value) -> Result<Vec<(Conflict, u64)>, String> {
    let with_certificate = findings(report)?.iter().filter(|finding| !finding["certificate"].is_null());
    with_certificate
        .map(|finding| {
            let claims = finding["claims"].as_array().ok_or("a finding without claims")?;
            let conflict = Conflict {
                claims: claims.iter().map(|claim| text(claim, "claim")).collect::<Result<_, _>>()?,
                verdict: text(finding, "verdict")?,
                reading: text(finding, "reading")?,
                rule: text(finding, "rule")?,
            };
            require(conflict.claims.len() == claims.len(), "a claim stands twice in a finding", &conflict)?;
            Ok((conflict, finding["others"].as_u64().unwrap_or(0)))
        })
        .collect()
}

/// Every finding with a certificate.
pub(crate) fn conflicts(report: &Value) -> Result<BTreeSet<Conflict>, String> {
    let all = certified(report)?;
    let set: BTreeSet<Conflict> = all.iter().map(|(conflict, _)| conflict.clone()).collect();
    require(set.len() == all.len(), "a conflict is reported twice", &set)?;
    Ok(set)
}

/// Everything was decided, and every claim is accounted for.
fn is_complete(report: &Value) -> Outcome {
    let undecided = report["undecided"].as_array().ok_or("a report without a list of what is undecided")?;
    require(undecided.is_empty(), "something is undecided", undecided)?;
    let summary = &report["summary"];
    let coverage = summary["coverage"].as_object().ok_or("a report without its coverage")?;
    let covered: u64 = coverage.values().filter_map(Value::as_u64).sum();
    require(summary["claims"].as_u64() == Some(covered), "the coverage is not that of all claims", summary)
}

/// Notes at most, and no certificate.
pub(crate) fn is_silent(report: &Value) -> Outcome {
    is_complete(report)?;
    require(conflicts(report)?.is_empty(), "true claims are in conflict", conflicts(report)?)?;
    notes_at_most(report)
}

/// No finding above a note.
pub(crate) fn notes_at_most(report: &Value) -> Outcome {
    let loud = findings(report)?.iter().find(|finding| finding["verdict"] != "note");
    loud.map_or(Ok(()), |finding| Err(format!("a finding above a note\n{finding:#}")))
}

/// No finding says that claims contradict each other.
pub(crate) fn no_contradiction(report: &Value) -> Outcome {
    let strict = findings(report)?.iter().find(|f| f["verdict"] == "contradiction" || f["reading"] == "strict");
    let opinion = |finding: &&Value| finding["rule"] == "opposed-advice";
    let strict = strict.filter(|finding| !opinion(finding));
    strict
        .map_or(Ok(()), |finding| Err(format!("claims that are true under strict contradict each other\n{finding:#}")))
}

/// Every conflict holds a changed claim, none holds another one, and those between two claims are those expected.
///
/// Dates on different ends or of different events may be in conflict where no timeline holds them; they need not be.
pub(crate) fn are_exactly(report: &Value, expected: &BTreeSet<Pair>, case: &Case) -> Outcome {
    is_complete(report)?;
    let found = conflicts(report)?;
    for conflict in &found {
        let has_lie = conflict.claims.iter().any(|name| case.claim(name).lie);
        require(has_lie, "true claims are in conflict", conflict)?;
        let contains = |other: &&Conflict| {
            *other != conflict
                && other.claims.is_subset(&conflict.claims)
                && (other.reading == conflict.reading || other.reading == "strict")
        };
        require(!found.iter().any(|other| contains(&other)), "a conflict contains another one", conflict)?;
        let fits = match conflict.verdict.as_str() {
            "contradiction" => conflict.reading == "strict",
            "tension" => conflict.reading == "plain",
            verdict => verdict == "note" && conflict.rule == "opposed-advice",
        };
        require(fits, "verdict and reading do not go together", conflict)?;
    }
    let compared = |name: &String| !matches!(case.claim(name).form, Form::Relation(_) | Form::Duration(_));
    let of_two = |conflict: &Conflict| conflict.claims.len() == 2 && conflict.claims.iter().all(compared);
    let mut missing = by_claims(expected);
    let mut possible = by_claims(&timeline_pairs(case));
    possible.extend(missing.clone());
    for conflict in found.iter().filter(|conflict| of_two(conflict)) {
        missing.remove(&conflict.claims);
        let wanted = possible.get(&conflict.claims);
        require(wanted.is_some(), "two claims are in conflict that some world holds together", conflict)?;
        let is = (conflict.verdict.clone(), conflict.reading.clone());
        require(wanted == Some(&is), "a conflict has the wrong verdict", (conflict, wanted))?;
    }
    require_folded(report, &missing, case)
}

/// The conflicts are just these, each holds a lie and is proven, and what is in none has a world.
pub(crate) fn are_all(report: &Value, expected: &Conflicts, case: &Case) -> Outcome {
    is_complete(report)?;
    require(report["cut"].as_array().is_some_and(Vec::is_empty), "not all conflicts are listed", &report["cut"])?;
    let found = conflicts(report)?;
    let as_told = |(claims, (verdict, strict)): (&BTreeSet<String>, &(Verdict, bool))| {
        let reading = if *strict { "strict" } else { "plain" };
        (claims.clone(), verdict.word().to_owned(), reading.to_owned())
    };
    let expected: BTreeSet<_> = expected.iter().map(as_told).collect();
    let told: BTreeSet<_> = found.iter().map(|c| (c.claims.clone(), c.verdict.clone(), c.reading.clone())).collect();
    let missing: Vec<_> = expected.difference(&told).collect();
    require(missing.is_empty(), "no world holds these claims, and no finding says so", missing)?;
    let unfounded: Vec<_> = told.difference(&expected).collect();
    require(unfounded.is_empty(), "a finding about claims that are none of the minimal sets", unfounded)?;
    for conflict in &found {
        let has_lie = conflict.claims.iter().any(|name| case.claim(name).lie);
        require(has_lie, "true claims are in conflict", conflict)?;
        let rules = rules_of(case, &conflict.claims);
        require(rules.contains(&&conflict.rule[..]), "a rule of another shape", (conflict, rules))?;
        let is_note = conflict.verdict == "note";
        require(is_note == (conflict.rule == "opposed-advice"), "a rule with another verdict", conflict)?;
    }
    let proofs = verify_report(report, Limits::default()).map_err(|fault| fault.to_string())?;
    let unproven = proofs.iter().find(|(_, verdict)| *verdict != Proven::Holds);
    require(unproven.is_none() && proofs.len() == found.len(), "a certificate that does not hold", unproven)?;
    for strict in [true, false] {
        let counts = |conflict: &&Conflict| conflict.reading == "strict" || !strict;
        let in_conflict: BTreeSet<&String> = found.iter().filter(counts).flat_map(|c| &c.claims).collect();
        let names = case.claims().map(|(source, claim)| name(source, claim));
        let rest = names.filter(|name| !in_conflict.contains(name)).collect();
        require(Questions::new(case, strict).can_hold(&rest), "the claims in no conflict have no world", rest)?;
    }
    Ok(())
}

/// Each group of conflicts has its repair: the smallest sets of claims without which the others have a world.
pub(crate) fn repairs(report: &Value, expected: &Conflicts, case: &Case) -> Outcome {
    // Conflicts that share claims, in one group.
    let mut groups: Vec<Vec<&BTreeSet<String>>> = Vec::new();
    for (claims, _) in expected.iter().filter(|(_, (verdict, _))| *verdict != Verdict::Note) {
        let meets = |group: &Vec<&BTreeSet<String>>| group.iter().any(|other| !other.is_disjoint(claims));
        let (joined, apart): (Vec<_>, Vec<_>) = groups.into_iter().partition(meets);
        groups = apart;
        groups.push(joined.into_iter().flatten().chain([claims]).collect());
    }
    let told = report["repair"].as_array().ok_or("a report without repairs")?;
    require(told.len() == groups.len(), "a repair for each group of conflicts", (told, &groups))?;
    for repair in told {
        let first = text(repair, "first")?;
        let holds = |group: &&Vec<&BTreeSet<String>>| group.iter().any(|claims| claims.contains(&first));
        let group = groups.iter().find(holds).ok_or_else(|| format!("a repair of no conflict\n{repair:#}"))?;
        let often = |claim: &String| group.iter().filter(|claims| claims.contains(claim)).count();
        let claims: BTreeSet<&String> = group.iter().flat_map(|claims| claims.iter()).collect();
        let most = claims.iter().map(|claim| often(claim)).max().unwrap_or(0);
        let counts = (repair["dissolves"].as_u64(), repair["conflicts"].as_u64());
        let number = |count: usize| u64::try_from(count).ok();
        let is_first = often(&first) == most && counts == (number(most), number(group.len()));
        require(is_first, "another claim is in most conflicts", (repair, group))?;
        require(repair["exact"] == true, "a repair of few claims is not exact", repair)?;
        let claims: Vec<&String> = claims.into_iter().collect();
        let sets = (0..1_u64 << claims.len()).map(|set| -> BTreeSet<String> {
            let chosen = claims.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1);
            chosen.map(|(_, claim)| (*claim).clone()).collect()
        });
        let hitting: Vec<BTreeSet<String>> =
            sets.filter(|set| group.iter().all(|claims| !claims.is_disjoint(set))).collect();
        let least = hitting.iter().map(BTreeSet::len).min();
        let smallest: BTreeSet<_> = hitting.into_iter().filter(|set| Some(set.len()) == least).collect();
        let told: BTreeSet<BTreeSet<String>> =
            serde_json::from_value(repair["smallest"].clone()).map_err(|fault| fault.to_string())?;
        let is_right = told.is_subset(&smallest) && (told == smallest || told.len() == 10);
        require(is_right, "other sets repair a group", (&told, &smallest))?;
        for without in &told {
            let rest: BTreeSet<String> =
                claims.iter().map(|claim| (*claim).clone()).filter(|claim| !without.contains(claim)).collect();
            let has_world = [true, false].iter().all(|&strict| Questions::new(case, strict).can_hold(&rest));
            require(has_world, "a repaired group has no world", without)?;
        }
    }
    Ok(())
}

/// The rules under which a conflict of these claims can fall.
fn rules_of(case: &Case, claims: &BTreeSet<String>) -> &'static [&'static str] {
    let forms: Vec<&Form> = claims.iter().map(|name| &case.claim(name).form).collect();
    let any = |holds: &dyn Fn(&Form) -> bool| forms.iter().any(|form| holds(form));
    match forms[..] {
        [Form::Date { event, .. }, Form::Date { event: other, .. }] if event == other => {
            &["date-disagreement", "order-violation"]
        }
        _ if any(&|form| matches!(form, Form::Date { .. } | Form::Duration(_))) => &["order-violation"],
        _ if any(&|form| matches!(form, Form::Relation(_))) => &["change-mismatch"],
        [Form::Fact { attribute, .. }, ..] if case.world.attributes[*attribute].opinion => &["opposed-advice"],
        [Form::Fact { .. }, ..] => &["fact-conflict"],
        [_, _] if case.world.sums.is_empty() => &["disagreement", "part-exceeds-whole"],
        [_, _] => &["disagreement", "part-exceeds-whole", "parts-exceed-whole", "parts-fall-short"],
        _ => &["parts-exceed-whole", "parts-fall-short", "sums-conflict"],
    }
}

/// Verdict and reading by the claims.
fn by_claims(pairs: &BTreeSet<Pair>) -> BTreeMap<BTreeSet<String>, (String, String)> {
    let reading = |pair: &Pair| if pair.strict { "strict" } else { "plain" }.to_owned();
    let entry = |pair: &Pair| (pair.verdict.word().to_owned(), reading(pair));
    pairs.iter().map(|pair| (pair.claims.iter().cloned().collect(), entry(pair))).collect()
}

/// Conflicts may be missing only where they are folded under one between claims of the same content.
fn require_folded(report: &Value, missing: &BTreeMap<BTreeSet<String>, (String, String)>, case: &Case) -> Outcome {
    let leads: Vec<(Conflict, u64)> = certified(report)?.into_iter().filter(|(_, others)| *others > 0).collect();
    for (claims, wanted) in missing {
        let stands_for = |lead: &Conflict| {
            let alike = |a: &String, b: &String| a == b || same_content(case, a, b);
            (&lead.verdict, &lead.reading) == (&wanted.0, &wanted.1)
                && lead.claims.len() == claims.len()
                && claims.iter().all(|a| lead.claims.iter().any(|b| alike(a, b)))
                && lead.claims.iter().all(|a| claims.iter().any(|b| alike(a, b)))
        };
        let is_folded = leads.iter().any(|(lead, _)| stands_for(lead));
        require(is_folded, "no world holds two claims together, and no finding says so", (claims, wanted))?;
    }
    let folded: u64 = leads.iter().map(|(_, others)| others).sum();
    require(u64::try_from(missing.len()).unwrap() <= folded, "fewer conflicts are folded than are missing", missing)
}

/// A report without lines and columns.
pub(crate) fn without_positions(report: &Value) -> Value {
    match report {
        Value::Array(list) => list.iter().map(without_positions).collect(),
        Value::Object(entries) => {
            let kept = entries.iter().filter(|(key, _)| !matches!(key.as_str(), "line" | "column"));
            Value::Object(kept.map(|(key, value)| (key.clone(), without_positions(value))).collect())
        }
        other => other.clone(),
    }
}

/// The same report, but for positions.
pub(crate) fn are_same(before: &Value, after: &Value) -> Outcome {
    let (before, after) = (without_positions(before), without_positions(after));
    require(before == after, "the report changed", difference(&before, &after))
}

/// The first place at which two values differ, for people.
fn difference(before: &Value, after: &Value) -> String {
    match (before, after) {
        (Value::Object(a), Value::Object(b)) if a.keys().eq(b.keys()) => a
            .keys()
            .find(|key| a[*key] != b[*key])
            .map_or_else(String::new, |key| format!(".{key}{}", difference(&a[key], &b[key]))),
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => (0..a.len())
            .find(|&at| a[at] != b[at])
            .map_or_else(String::new, |at| format!("[{at}]{}", difference(&a[at], &b[at]))),
        _ => format!(": {before:#} became {after:#}"),
    }
}

/// The same conflicts after claims were renamed, and as many of everything else.
pub(crate) fn are_same_conflicts(before: &Value, after: &Value, rename: &dyn Fn(&str) -> String) -> Outcome {
    let renamed: BTreeSet<Conflict> = conflicts(before)?
        .into_iter()
        .map(|conflict| Conflict { claims: conflict.claims.iter().map(|name| rename(name)).collect(), ..conflict })
        .collect();
    let after_all = conflicts(after)?;
    require(renamed == after_all, "the conflicts changed", renamed.symmetric_difference(&after_all).collect::<Vec<_>>())
}

/// The same numbers in the summary.
pub(crate) fn are_same_counts(before: &Value, after: &Value, but: &[&str]) -> Outcome {
    let counts = |report: &Value| -> Result<Value, String> {
        let mut summary = report["summary"].as_object().ok_or("a report without a summary")?.clone();
        summary.retain(|key, _| !but.contains(&key.as_str()));
        Ok(summary.into())
    };
    let (before, after) = (counts(before)?, counts(after)?);
    require(before == after, "the summary changed", difference(&before, &after))
}

/// Every conflict afterwards contains one from before that is at least as grave.
pub(crate) fn contain_earlier_ones(before: &Value, after: &Value) -> Outcome {
    let before = conflicts(before)?;
    for conflict in conflicts(after)? {
        let is_old = before.iter().any(|old| {
            old.claims.is_subset(&conflict.claims) && (old.reading == "strict" || conflict.reading == "plain")
        });
        require(is_old, "weaker claims made a new conflict", &conflict)?;
    }
    Ok(())
}

/// The conflicts without the added claim are those from before.
pub(crate) fn are_unmoved_by(before: &Value, after: &Value, added: &str) -> Outcome {
    let mut rest = conflicts(after)?;
    rest.retain(|conflict| !conflict.claims.contains(added));
    let before = conflicts(before)?;
    require(
        rest == before,
        "a claim changed conflicts without it",
        rest.symmetric_difference(&before).collect::<Vec<_>>(),
    )
}
