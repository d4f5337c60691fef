//! Which claims cannot all be true.
//!
//! So far: pairs. Sums of three figures and more, timelines of dates, and the worlds that show the rest feasible stand
//! beside [`pairs`] when they come; they start from the pairs as the first known conflicts.

pub mod facts;
pub mod moments;
pub mod pairs;
pub mod sums;
pub(crate) mod sweep;
pub mod timeline;

pub use facts::FactPair;
pub use moments::MomentPair;
pub use pairs::FigurePair;
pub use timeline::TimelineConflict;
