//! Proofs of what may be printed: nothing below the least, nothing above the greatest.

use num_traits::{One, Zero};

use super::sums::{self, Supposed};
use crate::certificate::data::Certificate;
use crate::claim::{Corpus, Reading};
use crate::codebook::MeasureId;
use crate::number::Rational;
use crate::solve::SumConflict;
use crate::solve::sums::bounds::Limit;
use crate::system::{Cells, ScopeBox};

/// Why a box holds no less than a limit (or, where it is the `greatest`, no more): claims, premises, and the row "suppose it
/// did", which add up to what is false.
pub fn prove_limit(
    corpus: &Corpus,
    reading: Reading,
    (measure, scope): (MeasureId, &ScopeBox),
    limit: &Limit,
    greatest: bool,
) -> Option<Certificate> {
    let one = Rational::one();
    // A limit that is not reached is refuted by supposing that it is.
    let open = !limit.open;
    let supposed = if greatest {
        Supposed { of: "at-least", times: one, at_least: limit.value.clone(), open }
    } else {
        Supposed { of: "at-most", times: -one, at_least: -&limit.value, open }
    };
    let conflict = SumConflict { rows: limit.rows.clone(), sums: limit.sums.clone(), total: Rational::zero() };
    sums::asked(corpus, &Cells::new(&corpus.codebook), &conflict, reading, (measure, scope, &supposed))
}
