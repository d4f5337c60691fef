#![doc = include_str!("expired_waiver.md")]

use super::{Remark, Rule, WaiverFault};
use crate::claim::{ClaimId, Waiver};
use crate::prose::day;
use crate::report::Verdict;

pub(super) const RULE: Rule = Rule {
    id: "expired-waiver",
    summary: "a waiver that is past its date",
    worst: Verdict::Tension,
    page: include_str!("expired_waiver.md"),
};

pub(super) fn remark(waiver: &Waiver, fault: &WaiverFault, claims: Vec<ClaimId>) -> Option<Remark> {
    let WaiverFault::Expired(until) = fault else { return None };
    let (id, until) = (&waiver.finding, day(*until));
    let headline = format!("The waiver of {id} held until {until}");
    let explanation = format!(
        "Its last day has passed, and the finding is told again. If it is still known, `gainsay waive {id}` with another \
         `--until`, or none, renews the waiver; if not, delete the entry. The reason was: “{}”",
        waiver.reason
    );
    Some(Remark::of_waiver(&RULE, Verdict::Tension, waiver, claims, headline, explanation))
}
