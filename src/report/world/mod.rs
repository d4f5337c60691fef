//! A world in which claims hold, in plain data, and its renderers.
//!
//! # Layout of the JSON
//!
//! `schema` goes up when a field changes its meaning. Rational numbers are strings (`"451"`, `"2/3"`), days are
//! `YYYY-MM-DD`, stretches of days `FIRST/LAST` with `..` where they have no end.
//!
//! | key | value |
//! | --- | --- |
//! | `schema`, `tool` | as in the report |
//! | `reading` | `strict` or `plain`: how strictly hedges are taken |
//! | `whole` | whether whatever is counted in whole things comes in whole things here |
//! | `fractional` | the measures of whole things of which only a world with fractions was found |
//! | `claims.held` | the claims that hold in this world, as `SOURCE/ID`, in order |
//! | `claims.left_out` | the others: `claim`; `reason`: `conflict`, `superseded`, `not-comparable` or `undecided`; `because` in words; `findings`, the ids of its conflicts |
//! | `incidents` | what there is of each measure: so many units that lie alike |
//! | `dates` | from `EVENT.start` and `EVENT.end` to a day, for every event that some held claim bears on |
//! | `facts` | the values that attributes have |
//!
//! An **incident** has its `measure`, how many units it stands for (`count`, in base units, above zero) and `positions`:
//! one, or several where dimensions of the measure overlap and its units stand under several terms at once. A position
//! has `terms` (from each dimension of the measure to the terms that hold it, the narrowest first, without the root),
//! `events` (those that hold it, the narrowest first) and `day` (null for levels and for what does not change). Of a
//! level, `period` says on each of which days it stands so; otherwise it is null. A unit lies in a box when one of its
//! positions does. So a figure of a claim is checked by adding up the counts of the incidents that lie in its box.
//!
//! A **fact** has its `attribute`, `subject`, `toward` (or null), `value` (the terms or events that hold it, the narrowest
//! first, or one day) and, for an attribute that changes, the `period` on each day of which it is so. Attributes, and
//! values of them, that are not listed do not hold.

mod json;
mod text;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::report::Tool;

pub use json::world_json;
pub use text::world_text;

/// The version of the JSON of a world.
pub const WORLD_SCHEMA: u32 = 1;

/// A world in which all claims hold that are in no conflict; see the module for its JSON.
#[derive(Clone, Debug, Serialize)]
pub struct World {
    /// The version of this layout: [`WORLD_SCHEMA`].
    pub schema: u32,
    /// Which program made it.
    pub tool: Tool,
    /// How strictly hedges are taken.
    pub reading: &'static str,
    /// Whether whatever is counted in whole things comes in whole things here.
    pub whole: bool,
    /// The measures of whole things of which only a world with fractions was found.
    pub fractional: Vec<String>,
    /// Which claims hold, and which are left out.
    pub claims: WorldClaims,
    /// What there is of each measure.
    pub incidents: Vec<Incident>,
    /// The days of events, by `EVENT.start` and `EVENT.end`.
    pub dates: BTreeMap<String, String>,
    /// The values of attributes.
    pub facts: Vec<WorldFact>,
    /// What people call all this; not part of the JSON.
    #[serde(skip)]
    pub words: Words,
}

/// Which claims hold in a world.
#[derive(Clone, Debug, Serialize)]
pub struct WorldClaims {
    /// `SOURCE/ID` of each that holds.
    pub held: Vec<String>,
    /// The others.
    pub left_out: Vec<LeftOut>,
}

/// A claim that a world need not satisfy.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct LeftOut {
    /// `SOURCE/ID`.
    pub claim: String,
    /// Which kind of reason.
    pub reason: Reason,
    /// In words, as a clause that follows "because".
    pub because: String,
    /// The findings in which it conflicts with others.
    pub findings: Vec<String>,
}

/// Why a claim is left out.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// It cannot be true together with others.
    Conflict,
    /// Neither a world nor a contradiction was found.
    Undecided,
    /// It gives nothing that could be compared.
    NotComparable,
    /// A later claim replaces it.
    Superseded,
}

/// So many units of a measure that lie alike.
#[derive(Clone, Debug, Serialize)]
pub struct Incident {
    /// Of what.
    pub measure: String,
    /// How many, in base units.
    pub count: String,
    /// Where each of them is.
    pub positions: Vec<Position>,
    /// Of a level, the days on each of which it stands so.
    pub period: Option<String>,
}

/// One position of a unit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Position {
    /// From each dimension of the measure to the terms that hold it, the narrowest first; the root is left out.
    pub terms: BTreeMap<String, Vec<String>>,
    /// The events that hold it, the narrowest first.
    pub events: Vec<String>,
    /// On which day; none for levels and for what does not change.
    pub day: Option<String>,
}

/// A value that an attribute has.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct WorldFact {
    /// Which attribute.
    pub attribute: String,
    /// Of whom.
    pub subject: String,
    /// Toward whom.
    pub toward: Option<String>,
    /// The terms or events that hold the value, the narrowest first, or one day.
    pub value: Vec<String>,
    /// Of an attribute that changes, the days on each of which it is so.
    pub period: Option<String>,
}

/// What people call what a world names by ids.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// The measures, in the order of the codebook.
    pub measures: Vec<MeasureWords>,
    /// Per dimension, its terms by their ids.
    pub terms: BTreeMap<String, BTreeMap<String, TermWords>>,
    /// From the id of an event to its label, and whether it takes one day.
    pub events: BTreeMap<String, (String, bool)>,
    /// The facts in words, in the order of [`World::facts`].
    pub facts: Vec<String>,
    /// From each claim left out to what it says.
    pub said: BTreeMap<String, String>,
}

/// What people call a term.
#[derive(Clone, Debug)]
pub struct TermWords {
    /// Its label.
    pub label: String,
    /// The id of the term that it lies in.
    pub parent: Option<String>,
}

/// What people call a measure.
#[derive(Clone, Debug)]
pub struct MeasureWords {
    /// Its id.
    pub id: String,
    /// Its phrase, with `{}` for the number.
    pub phrase: String,
    /// Its dimensions.
    pub dimensions: Vec<DimensionWords>,
    /// Whether it holds at a time.
    pub level: bool,
}

/// What people call a dimension.
#[derive(Clone, Debug)]
pub struct DimensionWords {
    /// Its id.
    pub id: String,
    /// Its phrase, with `{}` for a term.
    pub phrase: String,
    /// The parts that make up everything, from id to label, where there are a few that can be the columns of a table;
    /// else none.
    pub columns: Vec<(String, String)>,
}
