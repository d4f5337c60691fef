//! How long the search for conflicts goes on, and what is known of a component when it ends.

use crate::claim::ClaimId;

/// How long to look, per component.
#[derive(Copy, Clone, Debug)]
pub struct Limits {
    /// The most points that are listed; where there are more, those that matter are searched for.
    pub atoms: usize,
    /// The most steps, each about one operation on a float; operations on exact numbers count for more.
    pub steps: u64,
    /// The most conflicts that are listed.
    pub conflicts: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { atoms: 20_000, steps: 4_000_000_000, conflicts: 100 }
    }
}

/// Claims without which all others of their component can be true at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// The claims, sorted; none where a component has no conflict.
    pub claims: Vec<ClaimId>,
    /// Whether no smaller set does.
    pub exact: bool,
}

/// What is known of one component in which something conflicts.
#[derive(Clone, Debug)]
pub struct Outlook {
    /// All its claims, sorted.
    pub claims: Vec<ClaimId>,
    /// What to leave out so that the others have a world; none where that was not found: the component is undecided.
    pub repair: Option<Repair>,
    /// Whether there may be conflicts beyond those listed.
    pub cut: bool,
    /// How many steps were taken.
    pub steps: u64,
}
