//! Which figure to check first: what to withdraw so that the rest of a group can all be true.

use std::collections::{BTreeMap, BTreeSet};

use super::Draft;
use crate::claim::{ClaimId, Corpus, Reading};
use crate::report::{Cut, Repair, Verdict};
use crate::solve::Outlook;
use crate::solve::hitting::smallest_hitting_sets;
use crate::system::Bits;

/// How many of the smallest sets are told.
const SETS: usize = 10;

/// The contradictions and tensions of one group.
#[derive(Default)]
struct Conflicts {
    /// Per conflict its claims, sorted, and whether it is a contradiction.
    sets: Vec<(Vec<ClaimId>, bool)>,
    claims: BTreeSet<ClaimId>,
}

/// What repairs each group in which claims conflict, and the groups of which not all conflicts are listed. Differences of
/// opinion are nothing to repair.
pub(super) fn repairs(
    corpus: &Corpus,
    drafts: &[Draft],
    outlooks: &[(Reading, Outlook)],
    limit: usize,
) -> (Vec<Repair>, Vec<Cut>) {
    let mut groups: Vec<(&str, Conflicts)> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for Draft { finding, claims, .. } in drafts {
        if finding.certificate.is_none() || finding.verdict == Verdict::Note {
            continue;
        }
        let place = *places.entry(&finding.group).or_insert(groups.len());
        if place == groups.len() {
            groups.push((&finding.group, Conflicts::default()));
        }
        if let Some((_, group)) = groups.get_mut(place) {
            let mut claims = claims.clone();
            claims.sort_unstable();
            group.claims.extend(&claims);
            group.sets.push((claims, finding.verdict == Verdict::Contradiction));
        }
    }
    let mut repairs = Vec::new();
    let mut cuts = Vec::new();
    for (group, conflicts) in groups {
        let of_group: Vec<&(Reading, Outlook)> = outlooks
            .iter()
            .filter(|(_, outlook)| outlook.claims.iter().any(|claim| conflicts.claims.contains(claim)))
            .collect();
        repairs.extend(repair(corpus, group, &conflicts, &of_group));
        if of_group.iter().any(|(_, outlook)| outlook.cut) {
            cuts.push(Cut { group: group.to_owned(), limit });
        }
    }
    (repairs, cuts)
}

fn repair(corpus: &Corpus, group: &str, conflicts: &Conflicts, outlooks: &[&(Reading, Outlook)]) -> Option<Repair> {
    let claims: Vec<ClaimId> = conflicts.claims.iter().copied().collect();
    let first = first(corpus, conflicts)?;
    let dissolves = conflicts.sets.iter().filter(|(set, _)| set.contains(&first)).count();
    let numbered =
        |set: &Vec<ClaimId>| Bits::of(claims.len(), set.iter().filter_map(|claim| claims.binary_search(claim).ok()));
    let sets: Vec<Bits> = conflicts.sets.iter().map(|(set, _)| numbered(set)).collect();
    let (smallest, exact) = smallest_hitting_sets(&sets, claims.len(), SETS);
    let back = |set: &Bits| -> Vec<ClaimId> { set.iter().filter_map(|at| claims.get(at).copied()).collect() };
    let (smallest, exact) = if outlooks.iter().any(|(_, outlook)| outlook.cut) {
        // Conflicts that are not listed must go too: the solver has seen worlds without these. A world under plain is one
        // under strict.
        let plain = outlooks.iter().filter(|(reading, _)| *reading == Reading::Plain);
        // What must go beyond the group is another group's repair.
        let own = |claims: Vec<ClaimId>| claims.into_iter().filter(|claim| conflicts.claims.contains(claim));
        let sure: Option<BTreeSet<ClaimId>> = plain
            .map(|(_, outlook)| outlook.repair.as_ref().map(|repair| repair.claims.clone()))
            .try_fold(BTreeSet::new(), |mut all, claims| {
                all.extend(own(claims?));
                Some(all)
            });
        let least = smallest.first().map_or(0, Bits::len);
        let exact = exact && sure.as_ref().is_some_and(|sure| sure.len() == least);
        (sure.into_iter().map(|sure| sure.into_iter().collect()).collect(), exact)
    } else {
        (smallest.iter().map(back).collect::<Vec<_>>(), exact)
    };
    let mut smallest: Vec<Vec<String>> = smallest
        .into_iter()
        .map(|set: Vec<ClaimId>| {
            let mut names: Vec<String> = set.into_iter().map(|claim| corpus.name(claim)).collect();
            names.sort();
            names
        })
        .collect();
    smallest.sort();
    Some(Repair {
        group: group.to_owned(),
        first: corpus.name(first),
        dissolves,
        conflicts: conflicts.sets.len(),
        smallest,
        exact,
    })
}

/// The claim that is in most of the conflicts, then in most contradictions, then the first by name.
fn first(corpus: &Corpus, conflicts: &Conflicts) -> Option<ClaimId> {
    let mut counts: BTreeMap<ClaimId, (usize, usize)> = BTreeMap::new();
    for (set, contradiction) in &conflicts.sets {
        for claim in set {
            let (all, contradictions) = counts.entry(*claim).or_default();
            *all += 1;
            *contradictions += usize::from(*contradiction);
        }
    }
    let key = |(claim, counts): &(ClaimId, (usize, usize))| (std::cmp::Reverse(*counts), corpus.name(*claim));
    counts.into_iter().min_by_key(key).map(|(claim, _)| claim)
}
