//! What hedges are taken for: vague words, "about", "at least".
//!
//! The published codebooks of the field are the models: the Uppsala Conflict Data Program codes a low, a best and a high
//! estimate of each event; the Armed Conflict Location and Event Data Project codes "dozens" as 12 and "several" as 3;
//! Iraq Body Count keeps a minimum and a maximum.

use crate::number::{Interval, Rational, integer};

/// What a vague word ("dozens") is taken for.
#[derive(Clone, Debug)]
pub struct Vague {
    /// What the word allows logically.
    pub strict: Interval,
    /// What a reader takes it for; within `strict`.
    pub plain: Interval,
    /// Where that is from.
    pub policy: Option<String>,
}

/// How far "about v" reaches to both sides: the larger of a fraction of v and a number of base units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// The fraction under the strict reading.
    pub strict: Rational,
    /// The fraction under the plain reading; at most `strict`.
    pub plain: Rational,
    /// The least distance in base units, for the value of a whole measure.
    pub min: Rational,
}

impl Default for About {
    fn default() -> Self {
        Self { strict: Rational::new(1.into(), 4.into()), plain: Rational::new(1.into(), 10.into()), min: integer(1) }
    }
}

/// How far beyond v "at least v" reaches for a plain reader: the larger of a fraction of v and a number of base units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beyond {
    /// The fraction.
    pub plain: Rational,
    /// The least distance in base units, for the value of a whole measure.
    pub min: Rational,
}

impl Default for Beyond {
    fn default() -> Self {
        Self { plain: Rational::new(1.into(), 4.into()), min: integer(10) }
    }
}
