//! gainsay flags every set of claims, encoded from papers, that cannot all be true, and proves each of them.

pub mod claim;
pub mod codebook;
pub mod edtf;
pub mod load;
pub mod number;
pub mod solve;
pub mod span;
pub mod system;

pub use load::{Faults, Folder, load};
