//! Which terms and events hold a position.

use crate::codebook::{Codebook, DimensionId, EventId, TermId, entry};
use crate::system::extent::{Conjunction, Extents, meet};
use crate::system::patterns::Position;

impl Extents {
    /// The terms of a dimension that hold a position, the narrowest first, without the root.
    pub(crate) fn terms_at(&self, codebook: &Codebook, dimension: DimensionId, at: &Position) -> Vec<TermId> {
        let dimensions = &codebook.dimensions;
        let about = dimensions.dimension(dimension);
        let holds = |&term: &TermId| term != about.root && self.holds(entry(&self.terms, term.at()), at);
        let mut terms: Vec<TermId> = about.terms.iter().copied().filter(holds).collect();
        terms.sort_by_key(|&term| std::cmp::Reverse(dimensions.chain(term).count()));
        terms
    }

    /// The events that hold a position of the dimension of events, the narrowest first.
    pub(crate) fn events_at(&self, codebook: &Codebook, at: &Position) -> Vec<EventId> {
        let all = (0..codebook.events.len()).map(EventId::new);
        let mut events: Vec<EventId> = all.filter(|event| self.holds(entry(&self.events, event.at()), at)).collect();
        events.sort_by_key(|&event| std::cmp::Reverse(codebook.event_chain(event).count()));
        events
    }

    fn holds(&self, said: &Conjunction, at: &Position) -> bool {
        said.iter().all(|(axis, ranges)| {
            let leaf = at.get(axis).copied().unwrap_or_else(|| self.elsewhere(*axis));
            !meet(ranges, &[(leaf, leaf + 1)]).is_empty()
        })
    }

    /// A leaf of an axis of which nothing is said: outside an overlapping term, and of a tree the last one, which no term but
    /// the root holds where its children do not cover it.
    fn elsewhere(&self, axis: u32) -> u32 {
        let overlapping = self.overlapping.iter().any(|(other, _)| *other == axis);
        let leaves = self.leaves.get(axis as usize).copied().unwrap_or(0);
        if overlapping { 0 } else { leaves.saturating_sub(1) }
    }
}
