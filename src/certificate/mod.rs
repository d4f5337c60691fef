//! Proofs: their data, how they are built, what they say in words, and the verifier that trusts none of it.

mod build;
mod data;
mod narrate;
mod scope_json;
mod space;
pub mod verify;

pub use build::{Conflict, Proof, Role, Shape, prove, prove_limit};
pub use data::{Certificate, ClaimProof, DurationEnds, Gap, MomentBounds, Premise, Row, ScopeJson, SumTerm};
pub use narrate::{Story, narrate};
pub use scope_json::{claim_proof, entity_id, period, scope_json};
pub use space::space;
