//! How much of a report a page holds: a page that no browser opens shows nothing.
//!
//! Every claim is on the page. Findings are told in full while there is room, in their order; what comes after is told in a
//! line each, and what would not fit even so is counted, with where to find it.

use super::Page;
use crate::report::Finding;
use crate::report::show::ShownClaim;

/// How large a page may grow, in bytes, by the estimates below; they are right to a fifth.
const PAGE: usize = 9_000_000;

/// What is kept for findings in full however many findings there are.
const LEAST_IN_FULL: usize = 600_000;

/// What a page takes that shows nothing.
const FRAME: usize = 40_000;

/// How many bytes may still be spent on findings in full, and on findings in a line each.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) struct Room {
    full: usize,
    lines: usize,
}

impl Room {
    pub(super) fn of(page: &Page<'_>) -> Self {
        let claims: usize = page.groups.iter().flat_map(|group| &group.claims).map(of_claim).sum();
        let lines: usize = page.report.findings.iter().map(in_line).sum();
        Self::beside(FRAME + claims, lines)
    }

    /// The room for handouts, which are told twice: as a task and as its answer.
    pub(super) fn of_handouts() -> Self {
        Self { full: PAGE / 2, lines: 0 }
    }

    /// The room beside what is there anyhow, for findings that in a line each would take so much.
    fn beside(frame: usize, lines: usize) -> Self {
        let left = PAGE.saturating_sub(frame);
        let full = left.saturating_sub(lines).max(LEAST_IN_FULL);
        Self { full, lines: left.saturating_sub(full).min(lines) }
    }

    /// Whether one more finding may be told in full.
    pub(super) fn take_full(&mut self, finding: &Finding) -> bool {
        take(&mut self.full, in_full(finding))
    }

    /// Whether one more finding may be told in a line.
    pub(super) fn take_line(&mut self, finding: &Finding) -> bool {
        take(&mut self.lines, in_line(finding))
    }
}

/// Spends some of what is left. What is too much leaves nothing: what comes after may not overtake it.
fn take(left: &mut usize, cost: usize) -> bool {
    let enough = *left >= cost;
    *left = if enough { *left - cost } else { 0 };
    enough
}

/// About how many bytes a claim takes in its place.
fn of_claim(claim: &ShownClaim) -> usize {
    let words = [&claim.credits, &claim.place, &claim.strict.words, &claim.plain.words];
    let words: usize = words.into_iter().flatten().map(String::len).sum();
    let names = claim.claim.len() + claim.source_name.len();
    220 + names + claim.given.len() + claim.quote.len() + words + 50 * claim.findings.len().min(20)
}

/// About how many bytes a finding takes in a line.
fn in_line(finding: &Finding) -> usize {
    let claims: usize = finding.claims.iter().map(|claim| claim.claim.len() + 20).sum();
    80 + finding.id.len() + finding.headline.len() + claims
}

/// About how many bytes a finding takes in full.
fn in_full(finding: &Finding) -> usize {
    let of_claim = |claim: &crate::report::FindingClaim| {
        let credits = claim.credits.as_ref().map_or(0, String::len);
        300 + claim.claim.len() + claim.quote.len() + claim.source_name.len() + credits
    };
    let claims: usize = finding.claims.iter().map(of_claim).sum();
    let proof = if finding.certificate.is_some() && finding.folded_under.is_none() {
        let rows = finding.certificate.as_ref().map_or(0, |certificate| certificate.rows.len());
        1_500 + 130 * rows + finding.premises.iter().map(|premise| premise.text.len().min(200)).sum::<usize>()
    } else {
        0
    };
    600 + finding.id.len() * 3 + finding.headline.len() + finding.explanation.len() + claims + proof
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_is_told_in_full() {
        let room = Room::beside(1_000_000, 100_000);
        assert_eq!(room, Room { full: 7_900_000, lines: 100_000 });
    }

    #[test]
    fn where_little_fits_some_is_told_in_full_and_the_rest_in_lines() {
        assert_eq!(Room::beside(5_000_000, 3_900_000), Room { full: 600_000, lines: 3_400_000 });
        assert_eq!(Room::beside(50_000_000, 10), Room { full: 600_000, lines: 0 }, "beside claims that fill a page");
    }

    #[test]
    fn nothing_overtakes_what_did_not_fit() {
        let mut left = 10;
        assert!(take(&mut left, 6));
        assert!(!take(&mut left, 5));
        assert!(!take(&mut left, 1), "though there was room for it");
    }
}
