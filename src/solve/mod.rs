//! Which claims cannot all be true.
//!
//! Pairs come first, by sorting and sweeping: [`pairs`] of figures, [`moments`], [`facts`]. They are the known conflicts from
//! which the search for larger ones sets out: [`sums`] of figures, changes and shares, lists of facts, and the
//! [`timeline`]. Both look for minimal sets in the same way.

pub(crate) mod bulk;
pub mod facts;
pub(crate) mod hitting;
mod minimal;
pub mod moments;
mod outlook;
pub mod pairs;
pub(crate) mod steps;
pub mod sums;
pub(crate) mod sweep;
pub mod timeline;

use std::collections::BTreeSet;

use crate::claim::{ClaimId, Corpus};
use crate::system::{Constraint, System};
pub use facts::{FactConflict, FactPair};
pub use moments::MomentPair;
pub use outlook::{Limits, Outlook, Repair};
pub use pairs::FigurePair;
pub use sums::{RowKind, SumConflict, SumPremise, Weighted};
pub use timeline::TimelineConflict;

/// What one reading of a corpus gives.
#[derive(Debug)]
pub struct Solved {
    /// Pairs of figures.
    pub figures: Vec<FigurePair>,
    /// Pairs of dates.
    pub moments: Vec<MomentPair>,
    /// Pairs of facts.
    pub facts: Vec<FactPair>,
    /// Minimal conflicts of figures, changes and shares but for those pairs.
    pub sums: Vec<SumConflict>,
    /// Minimal conflicts of facts but for those pairs.
    pub fact_sets: Vec<FactConflict>,
    /// Minimal conflicts of dates, durations and orders but for those pairs.
    pub timelines: Vec<TimelineConflict>,
    /// The components in which something conflicts or that are undecided.
    pub components: Vec<Outlook>,
    /// Every claim that had another one to be compared with.
    pub compared: BTreeSet<ClaimId>,
}

/// Finds all that conflicts under the reading of a system; `background` is what the codebook says of days.
pub fn all(corpus: &Corpus, system: &mut System, background: &[Constraint], limits: &Limits) -> Solved {
    let figures = pairs::find(&system.figures);
    let moments = moments::find(&system.moments);
    let facts = facts::find(corpus, &mut system.facts);
    let mut known: Vec<[ClaimId; 2]> = figures.conflicts.iter().map(|pair| [pair.low, pair.high]).collect();
    known.extend(facts.conflicts.iter().map(|pair| [pair.first, pair.second]));
    let of_dates: Vec<[ClaimId; 2]> = moments.conflicts.iter().map(|pair| [pair.low, pair.high]).collect();
    let sums = sums::find(corpus, system.reading, &known, limits);
    let timelines = timeline::find(background, &system.timeline, &of_dates, limits);
    let compared = [figures.compared, moments.compared, facts.compared, timelines.compared].into_iter().flatten();
    Solved {
        figures: figures.conflicts,
        moments: moments.conflicts,
        facts: facts.conflicts,
        sums: sums.conflicts,
        fact_sets: sums.facts,
        timelines: timelines.conflicts,
        components: sums.components.into_iter().chain(timelines.components).collect(),
        compared: compared.collect(),
    }
}
