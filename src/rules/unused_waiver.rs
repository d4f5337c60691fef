#![doc = include_str!("unused_waiver.md")]

use super::{Remark, Rule, WaiverFault, finding_id};
use crate::claim::{ClaimId, Waiver};
use crate::prose::list;
use crate::report::Verdict;

pub(super) const RULE: Rule = Rule {
    id: "unused-waiver",
    summary: "a waiver that matches nothing",
    worst: Verdict::Tension,
    page: include_str!("unused_waiver.md"),
};

pub(super) fn remark(waiver: &Waiver, fault: &WaiverFault, claims: Vec<ClaimId>) -> Option<Remark> {
    let id = &waiver.finding;
    let (headline, explanation) = match fault {
        WaiverFault::Expired(_) => return None,
        WaiverFault::Changed => (
            format!("The waiver of {id} no longer holds: a claim has changed since"),
            format!(
                "Since the waiver was written, something was changed in what these claims say, or what was a tension has \
                 become a contradiction; the finding is told again. If it is still known, `gainsay waive {id}` renews the \
                 waiver; if not, delete the entry."
            ),
        ),
        WaiverFault::OfOtherClaims => (
            format!("The waiver of {id} names another rule, or other claims, than that finding has"),
            format!(
                "An id stands for one rule and certain claims, and the entry says something else beside it, so that \
                 nobody can tell what was waived. Correct what is wrong, or delete the entry and run `gainsay waive {id}`."
            ),
        ),
        WaiverFault::NothingFound => (
            format!("The waiver of {id} matches nothing: no such finding is left"),
            match expected_id(waiver) {
                Some(expected) => format!(
                    "The id does not go with the rule and the claims beside it, whose finding would be {expected}. If \
                     that is meant, correct the id."
                ),
                None => "These claims no longer give a finding of this rule, so there is nothing to waive. Delete the entry: \
                         left there, it would hide the finding if it ever came back."
                    .to_owned(),
            },
        ),
        WaiverFault::WithoutClaims(gone) => (
            format!("The waiver of {id} matches nothing: {} not in this folder", are(gone)),
            "Claims that were deleted or renamed give no such finding any more. Delete the entry; if they were renamed and \
             the finding is still known, waive it under its new id."
                .to_owned(),
        ),
        WaiverFault::UnknownRule => (
            format!("The waiver of {id} matches nothing: there is no rule {}", waiver.rule),
            "An entry names the rule of its finding as `gainsay check` prints it. `gainsay waive` writes entries that match."
                .to_owned(),
        ),
        WaiverFault::Again(line) => (
            format!("The waiver of {id} is recorded twice, first at line {line}"),
            "One entry is enough, and that one holds. Delete the other.".to_owned(),
        ),
    };
    Some(Remark::of_waiver(&RULE, Verdict::Tension, waiver, claims, headline, explanation))
}

/// The id that goes with the rule and the claims of a waiver, where that is not the one that it names.
fn expected_id(waiver: &Waiver) -> Option<String> {
    let expected = finding_id(&waiver.rule, &mut waiver.claims.iter().map(String::as_str).collect::<Vec<_>>());
    (expected != waiver.finding).then_some(expected)
}

fn are(names: &[String]) -> String {
    format!("{} {}", list(names, "and"), if names.len() == 1 { "is" } else { "are" })
}
