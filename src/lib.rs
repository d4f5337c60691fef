//! gainsay flags every set of claims, encoded from papers, that cannot all be true, and proves each of them.

mod bounds;
pub mod certificate;
mod check;
pub mod claim;
pub mod codebook;
pub mod diff;
pub mod edtf;
mod hints;
pub mod layout;
pub mod load;
pub mod number;
pub mod prose;
pub mod quote;
pub mod report;
pub mod rules;
mod show;
pub mod solve;
pub mod span;
pub mod system;
pub mod texts;
mod verify;
pub mod waiver;
mod world;

pub use bounds::{Unanswerable, bounds};
pub use check::{Options, check};
pub use load::{Faults, Folder, load};
pub use show::{UnknownWord, catalogue, show};
pub use verify::verify;
pub use world::world;
