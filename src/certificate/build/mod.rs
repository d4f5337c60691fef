//! From a conflict to its proof.

mod asked;
mod axes;
mod facts;
mod figures;
mod moments;
mod sums;

use crate::certificate::data::{Certificate, Gap, Row, ScopeJson, SumTerm};
use crate::claim::{ClaimId, Corpus, Reading};
use crate::number::Rational;
use crate::solve::{FactConflict, FigurePair, MomentPair, SumConflict, TimelineConflict};
use crate::system::{Cells, Ground};

pub use asked::prove_limit;
pub(in crate::certificate) use sums::{Says, SumRow, sum_rows};

/// A minimal set of claims without a world, as the solver found it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// Two figures.
    Figures(FigurePair),
    /// Figures, changes and shares.
    Sums(SumConflict),
    /// Two dates.
    Moments(MomentPair),
    /// Facts.
    Facts(FactConflict),
    /// Dates, durations and orders.
    Timeline(TimelineConflict),
}

impl Conflict {
    /// The claims, each once.
    pub fn claims(&self) -> Vec<ClaimId> {
        match self {
            Self::Figures(FigurePair { low, high }) | Self::Moments(MomentPair { low, high, .. }) => vec![*low, *high],
            Self::Sums(conflict) => conflict.claims(),
            Self::Facts(FactConflict { stated, denied }) => stated.iter().chain(denied).copied().collect(),
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

/// How the claims of a conflict stand to each other.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// They are about the very same.
    Alike,
    /// A figure for a part, and one for the whole.
    Nested,
    /// Lower figures for parts, and one upper figure for the whole that all of them lie in.
    PartsExceed,
    /// One lower figure for the whole, and upper figures for parts that cover it.
    PartsShort,
    /// Changes or shares are among them.
    Change,
    /// None of these.
    Mixed,
}

/// What a claim is in a proof.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// A figure.
    Figure,
    /// A figure for a part of what another one is about.
    Part,
    /// A figure for what holds the others.
    Whole,
    /// A figure from which a change starts.
    Base,
    /// A change, or a share.
    Change,
    /// A date.
    Date,
    /// A duration.
    Order,
    /// A fact.
    Fact,
}

impl Role {
    /// The word in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Figure => "figure",
            Self::Part => "part",
            Self::Whole => "whole",
            Self::Base => "base",
            Self::Change => "change",
            Self::Date => "date",
            Self::Order => "order",
            Self::Fact => "fact",
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
    /// How far apart the two sides are.
    pub gap: Gap,
    /// The difference in base units or days, for putting findings in order.
    pub excess: Rational,
    /// How the claims stand to each other.
    pub shape: Shape,
    /// The claims as a reader meets them, each with its role.
    pub claims: Vec<(ClaimId, Role)>,
}

/// Proves a conflict; none if its claims do not clash after all, which the solver's own tests exclude.
pub fn prove(corpus: &Corpus, cells: &mut Cells, conflict: Conflict, reading: Reading) -> Option<Proof> {
    match conflict {
        Conflict::Figures(pair) => figures::figures(corpus, cells, pair, reading),
        Conflict::Sums(conflict) => sums::sums(corpus, cells, conflict, reading),
        Conflict::Moments(pair) => moments::moments(corpus, pair, reading),
        Conflict::Facts(conflict) => facts::facts(corpus, cells.extents(), conflict, reading),
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
    SumTerm { times: times.to_string(), scope: Some(scope), measure: None, date: None }
}

/// Takes out of boxes what all of them have in common.
fn take_common(scopes: &mut [ScopeJson]) -> ScopeJson {
    let mut common = scopes.first().cloned().unwrap_or_default();
    common.retain(|axis, value| scopes.iter().all(|scope| scope.get(axis) == Some(value)));
    for scope in scopes {
        scope.retain(|axis, _| !common.contains_key(axis));
    }
    common
}
