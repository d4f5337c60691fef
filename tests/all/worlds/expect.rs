//! What must hold of a report.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::brute::{Pair, same_content, timeline_pairs};
use super::case::{Case, Form};

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
    let compared = |name: &String| !matches!(case.claim(name).form, Form::Other(..));
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
