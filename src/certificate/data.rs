//! The data of a proof, as the JSON report holds it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

/// How far a lower figure lies above an upper one, as exact numbers.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Gap {
    /// The lower figure that is too high.
    pub low: String,
    /// The upper figure that is too low.
    pub high: String,
    /// Their difference.
    pub excess: String,
    /// The first divided by the second; none when that is zero, and for days.
    pub ratio: Option<String>,
}

/// Something that a finding takes for granted.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Premise {
    /// Which kind.
    pub kind: &'static str,
    /// In words.
    pub text: String,
}

/// The numbers of a claim, as far as proofs need them.
#[derive(Clone, Debug, JsonSchema, Serialize)]
#[serde(untagged)]
pub enum ClaimProof {
    /// A figure: `low` to `high` in base units after rounding, for something between `inner` and `outer`.
    Figure {
        /// Of what.
        measure: String,
        /// The least value; none: no lower bound.
        low: Option<String>,
        /// Whether the least value itself is excluded.
        low_open: bool,
        /// The greatest value; none: no upper bound.
        high: Option<String>,
        /// Whether the greatest value itself is excluded.
        high_open: bool,
        /// Surely contains what is meant.
        outer: ScopeJson,
        /// Is surely contained in it; none: nothing is.
        inner: Option<ScopeJson>,
    },
    /// A change from one figure to another, or a share of a whole.
    Change {
        /// `factor`, `share` or `difference`.
        change: &'static str,
        /// Of what.
        measure: String,
        /// The least factor or difference; none: no lower bound.
        low: Option<String>,
        /// Whether the least value itself is excluded.
        low_open: bool,
        /// The greatest factor or difference; none: no upper bound.
        high: Option<String>,
        /// Whether the greatest value itself is excluded.
        high_open: bool,
        /// Where the new figure, or the part, is.
        outer: ScopeJson,
        /// The same.
        inner: ScopeJson,
        /// Where the old figure, or the whole, is.
        base_outer: ScopeJson,
        /// The same.
        base_inner: ScopeJson,
    },
    /// A date.
    Date {
        /// Of what.
        event: String,
        /// What it says of each day of the event.
        bounds: Vec<MomentBounds>,
    },
    /// A duration: `low` to `high` days from one moment to another.
    Duration {
        /// From where to where.
        duration: DurationEnds,
        /// The fewest days.
        low: Option<String>,
        /// Never.
        low_open: bool,
        /// The most days.
        high: Option<String>,
        /// Never.
        high_open: bool,
    },
    /// A fact.
    Fact {
        /// The attribute.
        measure: String,
        /// 1 for a value that holds.
        low: Option<String>,
        /// Never.
        low_open: bool,
        /// 0 for a value that does not.
        high: Option<String>,
        /// Never.
        high_open: bool,
        /// Of what.
        subject: String,
        /// Toward what.
        #[serde(skip_serializing_if = "Option::is_none")]
        toward: Option<String>,
        /// The value, or values of which one holds (or none, when denied).
        value: Value,
        /// When.
        period: Option<String>,
    },
    /// What gives no row under the reading.
    None {
        /// Of what, if of a measure.
        measure: Option<String>,
        /// Always none.
        low: Option<String>,
        /// Always none.
        high: Option<String>,
        /// Always none.
        outer: Option<ScopeJson>,
        /// Always none.
        inner: Option<ScopeJson>,
    },
}

impl ClaimProof {
    /// Of a claim that gives no row.
    pub(super) fn none(measure: Option<String>) -> Self {
        Self::None { measure, low: None, high: None, outer: None, inner: None }
    }
}

/// From which moment to which a duration runs.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct DurationEnds {
    /// `EVENT.start` or `EVENT.end`.
    pub from: String,
    /// `EVENT.start` or `EVENT.end`.
    pub to: String,
}

/// What a date claim says of one day of its event.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct MomentBounds {
    /// `EVENT.start` or `EVENT.end`.
    pub date: String,
    /// The earliest day.
    pub low: Option<String>,
    /// The latest day.
    pub high: Option<String>,
}

/// A box: per dimension a term, a list of terms, or `{"except": [...]}`; the event; the period as two days.
pub type ScopeJson = BTreeMap<String, Value>;

/// A proof: rows that add up to what is false.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Certificate {
    /// The measure or the attribute; none for dates.
    pub measure: Option<String>,
    /// What all scopes of the rows have in common.
    pub common: ScopeJson,
    /// Per dimension in which they differ, the pieces into which they cut it; for people.
    pub axes: BTreeMap<String, Vec<Value>>,
    /// The inequalities, each with its weight.
    pub rows: Vec<Row>,
    /// What the weighted right-hand sides add up to.
    pub total: String,
}

/// One inequality: the sum of `times` × the mass of `scope` is at least `at_least`.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Row {
    /// The claim that says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim: Option<String>,
    /// Or what is known beforehand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub premise: Option<Value>,
    /// Which bound of the claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bound: Option<&'static str>,
    /// What the row is multiplied by; positive.
    pub weight: String,
    /// The left-hand side.
    pub sum: Vec<SumTerm>,
    /// The right-hand side.
    pub at_least: String,
    /// Whether the sum is above it, not just at it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub open: bool,
}

/// One term of a row's left-hand side.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct SumTerm {
    /// How often it is taken.
    pub times: String,
    /// The mass of a box ...
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<ScopeJson>,
    /// ... of a measure, where it is not the certificate's ...
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measure: Option<String>,
    /// ... or a day, as days since 1970-01-01.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
}
