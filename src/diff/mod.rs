//! What a change to the claims adds and resolves: two states of a folder, side by side.
//!
//! A finding is the same on both sides when its id is: its rule and its claims. So a claim under a new id is another claim,
//! and its findings are others too.

mod side;
mod vocabulary;

use std::collections::{BTreeMap, BTreeSet};

use crate::report::diff::{
    ChangedClaim, ChangedField, ChangedFinding, ClaimsChanged, ComparableChanged, DIFFERENCE_SCHEMA, Difference,
    DifferenceSummary, FindingsChanged, PerVerdict, SideClaim, SideFinding, UndecidedChanged, Was,
};
use crate::report::{NotCompared, Tool};

use crate::texts::changes as word_changes;

pub use side::{Side, SideError};
use vocabulary::described;
pub use vocabulary::{Unlike, comparable, redefined};

/// What lies between two states of a claims folder.
///
/// Whether the two may be compared at all is for the caller to ask ([`comparable`]).
///
/// ```
/// use gainsay::diff::{Side, diff};
/// use gainsay::report::Verdict;
///
/// let book = r#"{
///     "dimensions": { "place": { "root": "world", "phrase": "in {}", "terms": { "harbour": { "label": "the harbour" } } } },
///     "measures": { "boats": { "unit": "boat", "kind": "count", "whole": true, "dimensions": ["place"], "phrase": "{} boats lost" } } }"#;
/// let source = |id: &str, boats: u32| format!(r#"{{ "source": {{ "id": "{id}" }}, "claims": [ {{ "id": "lost",
///     "quote": "{boats} boats", "measure": "boats", "place": "harbour", "period": "1953", "value": {boats} }} ] }}"#);
/// let side = |name: &str, boats: u32| {
///     let files = [("codebook.json", book.to_owned()), ("sources/a.json", source("a", 9)), ("sources/b.json", source("b", boats))];
///     let corpus = gainsay::load(&gainsay::Folder::from_files(files)).expect("no faults");
///     Side::of_folder(name, &corpus, &gainsay::check(&corpus, &gainsay::Options::default()))
/// };
/// let difference = diff(&side("before", 9), &side("after", 7));
/// assert_eq!(difference.findings.added.len(), 1);
/// assert!(difference.has_new(Verdict::Contradiction));
/// ```
pub fn diff(old: &Side, new: &Side) -> Difference {
    let findings = findings(old, new);
    let claims = claims(old, new);
    let verdicts = |findings: &[SideFinding]| PerVerdict::of(findings.iter().map(|finding| finding.verdict));
    let changed = || findings.changed.iter().map(|changed| &changed.finding);
    let summary = DifferenceSummary {
        added: verdicts(&findings.added),
        resolved: verdicts(&findings.resolved),
        changed: PerVerdict::of(changed().map(|finding| finding.verdict)),
        waived: findings.added.iter().chain(changed()).filter(|finding| finding.waived.is_some()).count(),
        claims_added: claims.added.len(),
        claims_removed: claims.removed.len(),
        claims_changed: claims.changed.len(),
    };
    Difference {
        schema: DIFFERENCE_SCHEMA,
        tool: Tool::this(),
        old: old.counts.clone(),
        new: new.counts.clone(),
        summary,
        codebook: redefined(old, new),
        sources: described(old, new),
        findings,
        claims,
        comparable: comparability(old, new),
        undecided: UndecidedChanged {
            now: new.undecided.difference(&old.undecided).cloned().collect(),
            no_longer: old.undecided.difference(&new.undecided).cloned().collect(),
        },
    }
}

fn findings(old: &Side, new: &Side) -> FindingsChanged {
    let before: BTreeMap<&str, &SideFinding> =
        old.findings.iter().map(|finding| (finding.id.as_str(), finding)).collect();
    let after: BTreeSet<&str> = new.findings.iter().map(|finding| finding.id.as_str()).collect();
    let mut found = FindingsChanged::default();
    for finding in &new.findings {
        let Some(&was) = before.get(finding.id.as_str()) else {
            found.added.push(finding.clone());
            continue;
        };
        let same = was.verdict == finding.verdict && was.headline == finding.headline && was.waived == finding.waived;
        if !same {
            found.changed.push(ChangedFinding {
                finding: finding.clone(),
                was: Was { verdict: was.verdict, headline: was.headline.clone(), waived: was.waived.clone() },
                diff: word_changes(&was.headline, &finding.headline),
            });
        }
    }
    found.resolved.extend(old.findings.iter().filter(|finding| !after.contains(finding.id.as_str())).cloned());
    found
}

fn claims(old: &Side, new: &Side) -> ClaimsChanged {
    let all = old.all_claims && new.all_claims;
    let mut found = ClaimsChanged { all, ..ClaimsChanged::default() };
    for (name, claim) in &new.claims {
        match old.claims.get(name) {
            Some(was) => found.changed.extend(changed(was, claim)),
            // Of a claim that a report does not name nothing is known.
            None if all => found.added.push(claim.clone()),
            None => {}
        }
    }
    if all {
        found.removed.extend(old.claims.values().filter(|claim| !new.claims.contains_key(&claim.claim)).cloned());
    }
    found
}

fn changed(was: &SideClaim, claim: &SideClaim) -> Option<ChangedClaim> {
    let own = [("says", &was.said, &claim.said), ("quote", &was.quote, &claim.quote)];
    let other = was.other.iter().filter_map(|(field, old)| {
        let (_, new) = claim.other.iter().find(|(name, _)| name == field)?;
        Some((*field, old, new))
    });
    // In words a reader sees it better.
    let reworded = was.said != claim.said;
    let fields: Vec<ChangedField> = own
        .into_iter()
        .chain(other)
        .filter(|(field, old, new)| old != new && !(reworded && field.starts_with("numbers")))
        .map(|(field, old, new)| ChangedField {
            field,
            old: old.clone(),
            new: new.clone(),
            diff: word_changes(old, new),
        })
        .collect();
    (!fields.is_empty()).then(|| ChangedClaim {
        claim: claim.claim.clone(),
        file: claim.file.clone(),
        line: claim.line,
        fields,
    })
}

/// By claim and reading.
type Entries = BTreeMap<(String, String), NotCompared>;

fn comparability(old: &Side, new: &Side) -> ComparableChanged {
    let of = |side: &Side| -> Entries {
        let key = |entry: &NotCompared| (entry.claim.clone(), entry.reading.to_string());
        side.not_comparable.iter().map(|entry| (key(entry), entry.clone())).collect()
    };
    let (before, after) = (of(old), of(new));
    // A claim that is gone did not become comparable.
    let is_left = |claim: &str| !new.all_claims || new.claims.contains_key(claim);
    let only = |these: &Entries, those: &Entries| -> Vec<NotCompared> {
        these.iter().filter(|(key, _)| !those.contains_key(*key)).map(|(_, entry)| entry.clone()).collect()
    };
    let mut now = only(&before, &after);
    now.retain(|entry| is_left(&entry.claim));
    ComparableChanged { now, no_longer: only(&after, &before) }
}
