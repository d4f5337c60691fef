//! Findings that say the same, and findings that hang together.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Draft;
use crate::claim::ClaimId;
use crate::report::{Finding, value};

/// The rule and what each claim says in numbers, whoever says it.
pub(super) fn saying(finding: &Finding) -> String {
    let mut proofs: Vec<String> = finding.claims.iter().map(|claim| value(&claim.proof).to_string()).collect();
    proofs.sort();
    format!("{}\n{:?}\n{}", finding.rule, finding.reading, proofs.join("\n"))
}

/// Folds findings that say the same under the first of them; what is waived only under what is waived for the same reason,
/// so that nothing new hides under what is known.
pub(super) fn fold(drafts: &mut [Draft]) {
    let mut first_of: HashMap<_, usize> = HashMap::new();
    let mut others: BTreeMap<usize, usize> = BTreeMap::new();
    let mut folded: Vec<(usize, usize)> = Vec::new();
    for (at, draft) in drafts.iter().enumerate() {
        let Some(saying) = &draft.saying else { continue };
        let known = draft.finding.waived.as_ref().map(|waived| (&waived.reason, &waived.by, &waived.until));
        let first = *first_of.entry((saying, known)).or_insert(at);
        if first != at {
            *others.entry(first).or_default() += 1;
            folded.push((at, first));
        }
    }
    for (at, first) in folded {
        let lead = drafts.get(first).map(|draft| draft.finding.id.clone());
        if let Some(draft) = drafts.get_mut(at) {
            draft.finding.folded_under = lead;
        }
    }
    for (at, count) in others {
        if let Some(draft) = drafts.get_mut(at) {
            draft.finding.others = count;
        }
    }
}

/// Lets the first finding of each group lead it that is not waived (or the first, where all are), and names the groups.
pub(super) fn lead(drafts: &mut [Draft]) -> BTreeSet<String> {
    let mut groups = BTreeSet::new();
    for waived in [false, true] {
        for draft in drafts.iter_mut().filter(|draft| draft.finding.waived.is_some() == waived) {
            draft.finding.lead = groups.insert(draft.finding.group.clone());
        }
    }
    groups
}

/// Puts conflicts that share claims into one group; a remark is a group of its own.
pub(super) fn group(drafts: &mut [Draft]) {
    // Each claim points to a claim of the same group; a root points to itself.
    let mut parent: HashMap<ClaimId, ClaimId> = HashMap::new();
    let root = |parent: &mut HashMap<ClaimId, ClaimId>, mut claim: ClaimId| {
        while let Some(&above) = parent.get(&claim).filter(|&&above| above != claim) {
            let next = parent.get(&above).copied().unwrap_or(above);
            parent.insert(claim, next);
            claim = above;
        }
        claim
    };
    for draft in drafts.iter().filter(|draft| draft.finding.certificate.is_some()) {
        let Some(&first) = draft.claims.first() else { continue };
        let first = root(&mut parent, first);
        parent.entry(first).or_insert(first);
        for &claim in &draft.claims {
            let other = root(&mut parent, claim);
            parent.insert(other, first);
        }
    }
    let mut numbers: HashMap<ClaimId, usize> = HashMap::new();
    let mut next = 0;
    for draft in drafts {
        let lead = draft.claims.first().map(|&claim| root(&mut parent, claim));
        let known = lead.filter(|_| draft.finding.certificate.is_some()).and_then(|lead| numbers.get(&lead).copied());
        let number = known.unwrap_or_else(|| {
            next += 1;
            if let Some(lead) = lead.filter(|_| draft.finding.certificate.is_some()) {
                numbers.insert(lead, next);
            }
            next
        });
        draft.finding.group = format!("g{number}");
    }
}
