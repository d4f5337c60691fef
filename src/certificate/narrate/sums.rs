//! Figures, changes and shares that cannot all be true together.

use super::Told;
use super::wording::Wording;
use crate::certificate::build::Proof;
use crate::claim::{ClaimId, Corpus};
use crate::solve::SumConflict;

pub(super) fn tell(corpus: &Corpus, proof: &Proof, _: &SumConflict) -> Option<Told> {
    let words = Wording { corpus };
    let claims: Vec<ClaimId> = proof.claims.iter().map(|&(id, _)| id).collect();
    Some((words.all_said_by(&claims), words.each_states(&claims), Vec::new()))
}
