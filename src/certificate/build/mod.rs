//! From a conflict to its proof.

mod axes;
mod facts;
mod figures;
mod moments;

use crate::certificate::data::{Certificate, Gap, Row, ScopeJson, SumTerm};
use crate::claim::{ClaimId, Corpus, Reading};
use crate::number::Rational;
use crate::solve::{FactPair, FigurePair, MomentPair, TimelineConflict};
use crate::system::{Cells, Ground};

/// A minimal set of claims without a world, as the solver found it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Conflict {
    /// Two figures.
    Figures(FigurePair),
    /// Two dates.
    Moments(MomentPair),
    /// Two facts.
    Facts(FactPair),
    /// Dates, durations and orders.
    Timeline(TimelineConflict),
}

impl Conflict {
    /// The claims, as a reader meets them: the one whose figure is too high first; along a timeline in order.
    pub fn claims(&self) -> Vec<ClaimId> {
        match self {
            Self::Figures(FigurePair { low, high }) | Self::Moments(MomentPair { low, high, .. }) => vec![*low, *high],
            Self::Facts(FactPair { first, second, .. }) => vec![*first, *second],
            Self::Timeline(TimelineConflict { cycle, .. }) => {
                let mut claims = Vec::new();
                for constraint in cycle {
                    if let Ground::Claim { claim, .. } = constraint.by
                        && !claims.contains(&claim)
                    {
                        claims.push(claim);
                    }
                }
                claims
            }
        }
    }
}

/// A conflict with its certificate: neither is ever without the other.
#[derive(Clone, Debug)]
pub struct Proof {
    /// What the solver found.
    pub conflict: Conflict,
    /// Under which reading.
    pub reading: Reading,
    /// The rows that add up to what is false.
    pub certificate: Certificate,
    /// How far apart the two are.
    pub gap: Gap,
    /// The difference in base units or days, for putting findings in order.
    pub excess: Rational,
    /// Whether both figures are about the very same box.
    pub same_scope: bool,
}

/// Proves a conflict; none if its claims do not clash after all, which the solver's own tests exclude.
pub fn prove(corpus: &Corpus, cells: &mut Cells, conflict: Conflict, reading: Reading) -> Option<Proof> {
    match conflict {
        Conflict::Figures(pair) => figures::figures(corpus, cells, pair, reading),
        Conflict::Moments(pair) => moments::moments(corpus, pair, reading),
        Conflict::Facts(pair) => facts::facts(corpus, cells.extents(), pair, reading),
        Conflict::Timeline(conflict) => Some(moments::timeline(corpus, conflict, reading)),
    }
}

fn row(claim: String, bound: &'static str, term: SumTerm, at_least: String, open: bool) -> Row {
    Row {
        claim: Some(claim),
        premise: None,
        bound: Some(bound),
        weight: "1".to_owned(),
        sum: vec![term],
        at_least,
        open,
    }
}

fn mass(times: i8, scope: ScopeJson) -> SumTerm {
    SumTerm { times: times.to_string(), scope: Some(scope), date: None }
}
