//! Two dates for one moment that cannot both be right.

use std::collections::{BTreeMap, BTreeSet};

use crate::claim::ClaimId;
use crate::codebook::Moment;
use crate::system::{MomentRow, MomentRows};

/// "Not before" later than "not after".
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MomentPair {
    /// The moment; that of an incident is its start.
    pub moment: Moment,
    /// The claim that says "not before".
    pub low: ClaimId,
    /// The claim that says "not after".
    pub high: ClaimId,
}

/// What comparing dates gave.
#[derive(Debug, Default)]
pub struct MomentPairs {
    /// Every pair that cannot both be true, sorted.
    pub conflicts: Vec<MomentPair>,
    /// Every claim with another claim on the same moment.
    pub compared: BTreeSet<ClaimId>,
}

/// Finds every conflicting pair of dates: per moment, sorted, so that each step finds one.
pub fn find(rows: &MomentRows) -> MomentPairs {
    let mut by_moment: BTreeMap<Moment, (Vec<&MomentRow>, Vec<&MomentRow>)> = BTreeMap::new();
    for row in &rows.lows {
        by_moment.entry(row.moment).or_default().0.push(row);
    }
    for row in &rows.highs {
        by_moment.entry(row.moment).or_default().1.push(row);
    }
    let mut found = MomentPairs::default();
    for (moment, (lows, mut highs)) in by_moment {
        highs.sort_unstable_by_key(|row| (row.day, row.claim));
        let claims: BTreeSet<ClaimId> = lows.iter().chain(&highs).map(|row| row.claim).collect();
        if claims.len() > 1 {
            found.compared.extend(claims);
        }
        for low in lows {
            let earlier = highs.iter().take_while(|high| high.day < low.day);
            found.conflicts.extend(earlier.filter(|high| high.claim != low.claim).map(|high| MomentPair {
                moment,
                low: low.claim,
                high: high.claim,
            }));
        }
    }
    found.conflicts.sort_unstable();
    found.conflicts.dedup();
    found
}
