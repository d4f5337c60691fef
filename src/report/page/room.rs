//! How much of a report a page holds: a page that no browser opens shows nothing.
//!
//! Every claim is on the page. Findings are told in full while there is room, in their order; what comes after is told in a
//! line each, and what would not fit even so is counted, with where to find it.

use super::Page;

/// How large a page may grow, in bytes.
const PAGE: usize = 9_000_000;

/// What a page needs for itself, a claim, a finding in a line and one in full take: rounded up from the pages of the four
/// papers and of ten thousand generated claims.
const FRAME: usize = 100_000;
const CLAIM: usize = 500;
const LINE: usize = 350;
const FULL: usize = 4_500;

/// How many findings more may be told in full, and in a line each.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) struct Room {
    pub(super) full: usize,
    pub(super) lines: usize,
}

impl Room {
    pub(super) fn of(page: &Page<'_>) -> Self {
        let claims = page.groups.iter().map(|group| group.claims.len()).sum();
        Self::beside(claims, page.report.findings.len())
    }

    /// The room beside so many claims for so many findings.
    fn beside(claims: usize, findings: usize) -> Self {
        let left = PAGE.saturating_sub(FRAME + claims * CLAIM);
        let lines = findings.min(left / LINE);
        let full = (left - lines * LINE) / (FULL - LINE);
        Self { full, lines: lines.saturating_sub(full) }
    }

    /// Whether one more finding may be told in full.
    pub(super) fn take_full(&mut self) -> bool {
        take(&mut self.full)
    }

    /// Whether one more finding may be told in a line.
    pub(super) fn take_line(&mut self) -> bool {
        take(&mut self.lines)
    }
}

fn take(left: &mut usize) -> bool {
    let some = *left > 0;
    *left = left.saturating_sub(1);
    some
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_findings_are_all_told_in_full() {
        assert!(Room::beside(766, 142).full >= 142);
    }

    #[test]
    fn many_findings_fit() {
        for (claims, findings) in [(10_000, 100), (10_000, 13_000), (10_000, 1_000_000), (100_000, 10)] {
            let room = Room::beside(claims, findings);
            let size = FRAME + claims * CLAIM + room.full * FULL + room.lines * LINE;
            assert!(size <= PAGE || room == Room { full: 0, lines: 0 }, "{claims} {findings} {room:?}");
            assert!(room.full + room.lines <= findings || room.lines == 0);
        }
        let room = Room::beside(10_000, 13_000);
        assert_eq!(room.full + room.lines, (9_000_000 - 100_000 - 5_000_000) / 350, "as many as there are lines for");
    }
}
