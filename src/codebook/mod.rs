//! The shared vocabulary: dimensions and their terms, measures, events, attributes, vague words, units, upstreams.
//!
//! A codebook that exists has passed every check of its own: each name it uses is known, its trees have no cycles, and
//! its orders can be laid on one timeline. Everything refers to everything else by index, so nothing after loading looks
//! a name up.

mod dimension;
mod policy;

use std::collections::BTreeMap;

pub use dimension::{Dimension, Dimensions, Term};
pub use policy::{About, Beyond, Vague};

use crate::edtf::{Date, Day};
use crate::number::Rational;

macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub(crate) u32);

        impl $name {
            /// The place in the table that holds what this index names.
            pub(crate) fn at(self) -> usize {
                self.0 as usize
            }

            /// The index of a place in its table. Tables are far shorter than 2³² entries: a claims file that could fill
            /// one is refused by its size first.
            pub(crate) fn new(at: usize) -> Self {
                Self(u32::try_from(at).unwrap_or(u32::MAX))
            }
        }
    };
}

index!(
    /// A dimension of the codebook, or the inline tree of an attribute.
    DimensionId
);
index!(
    /// A term of some dimension.
    TermId
);
index!(
    /// A measure.
    MeasureId
);
index!(
    /// An event.
    EventId
);
index!(
    /// An attribute.
    AttributeId
);
index!(
    /// An upstream.
    UpstreamId
);
index!(
    /// A unit that is a multiple of some measure's base unit.
    UnitId
);

/// The shared vocabulary of one claims folder.
#[derive(Clone, Debug, Default)]
pub struct Codebook {
    /// Dimensions and terms.
    pub dimensions: Dimensions,
    /// What is counted or measured, in the order of their ids.
    pub measures: Vec<Measure>,
    /// Multiples of base units.
    pub units: Vec<Unit>,
    /// Measures that add up to another in every box.
    pub sums: Vec<Sum>,
    /// Events, in the order of their ids.
    pub events: Vec<Event>,
    /// What came before what, as background knowledge.
    pub orders: Vec<Order>,
    /// Attributes, in the order of their ids.
    pub attributes: Vec<Attribute>,
    /// Vague words ("dozens") and what they are taken for.
    pub vague: BTreeMap<String, Vague>,
    /// How far "about" reaches.
    pub about: About,
    /// How far "at least" reaches for a plain reader.
    pub beyond: Beyond,
    /// Whom sources credit.
    pub upstreams: Vec<Upstream>,
}

/// How a measure behaves over time.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Additive over time and over its dimensions: attacks, people killed.
    Count,
    /// Holds at a time, additive over its dimensions: fighters, refugees hosted.
    Level,
    /// Does not change: an area, a border's length.
    Fixed,
}

impl Kind {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Level => "level",
            Self::Fixed => "fixed",
        }
    }
}

/// What is counted or measured.
#[derive(Clone, Debug)]
pub struct Measure {
    /// Its id.
    pub id: String,
    /// How a figure of it reads, `{}` standing for the figure: `{} attacks`.
    pub phrase: String,
    /// How a figure of exactly one reads, where that is something else: `{} attack`.
    pub phrase_one: Option<String>,
    /// The base unit: `attack`, `person`, `usd`.
    pub unit: String,
    /// How it behaves over time.
    pub kind: Kind,
    /// Whether its unit comes in whole things.
    pub whole: bool,
    /// The dimensions that it spreads over, in the order that prose names them.
    pub dimensions: Vec<DimensionId>,
    /// Those among them in which one unit can stand under several terms at once, in index order.
    pub overlaps: Vec<DimensionId>,
    /// Whether one unit can stand on several days (a person displaced twice).
    pub period_overlaps: bool,
    /// The measure that a plain reader takes its claims for.
    pub plain: Option<MeasureId>,
    /// What exactly is counted.
    pub definition: Option<String>,
}

impl Measure {
    /// The phrase with a figure in it; `one` where the figure is exactly one.
    #[must_use]
    pub fn counted(&self, figure: &str, one: bool) -> String {
        let phrase = self.phrase_one.as_ref().filter(|_| one).unwrap_or(&self.phrase);
        phrase.replace("{}", figure)
    }
}

/// A multiple of a base unit.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Its id.
    pub id: String,
    /// The base unit that it multiplies.
    pub of: String,
    /// How many base units it is.
    pub times: Rational,
}

/// In every box the parts add up to the whole.
#[derive(Clone, Debug)]
pub struct Sum {
    /// The measure that is the total.
    pub whole: MeasureId,
    /// The measures that add up to it.
    pub parts: Vec<MeasureId>,
    /// Why that holds.
    pub because: Option<String>,
}

/// Whether an event takes a single day.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum EventKind {
    /// One day.
    Incident,
    /// Any number of days, which may overlap anything (a war, an operation).
    Span,
}

impl EventKind {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Incident => "incident",
            Self::Span => "span",
        }
    }
}

/// Something that happened.
#[derive(Clone, Debug)]
pub struct Event {
    /// Its id.
    pub id: String,
    /// How prose names it.
    pub label: String,
    /// Whether it takes one day.
    pub kind: EventKind,
    /// The event that it is a part of.
    pub parent: Option<EventId>,
    /// Where it happened.
    pub place: Option<TermId>,
    /// The days that surely contain it, first and last.
    pub period: Option<(Day, Day)>,
    /// Why the passages are taken for one event.
    pub definition: Option<String>,
}

/// The first or the last day of an event.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The first day.
    Start,
    /// The last day.
    End,
}

impl Side {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::End => "end",
        }
    }
}

/// One unknown day: the first or the last of an event.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// The event.
    pub event: EventId,
    /// Which of its two days.
    pub side: Side,
}

/// `first` is not after `then`.
#[derive(Clone, Debug)]
pub struct Order {
    /// The earlier moment.
    pub first: Moment,
    /// The later moment.
    pub then: Moment,
    /// Why that is known.
    pub because: Option<String>,
}

/// What the subjects, the counterparts or the values of an attribute are.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Domain {
    /// Terms of a dimension, or of a tree written inline.
    Terms(DimensionId),
    /// Events.
    Events,
    /// EDTF dates.
    Dates,
}

/// A property that facts give a value to.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// Its id.
    pub id: String,
    /// How a fact of it reads, with `{subject}`, `{toward}` and `{value}`.
    pub phrase: Option<String>,
    /// Of what.
    pub subjects: Domain,
    /// Toward what, for a relation.
    pub toward: Option<Domain>,
    /// Whether subject and counterpart may change places.
    pub symmetric: bool,
    /// Which values there are: a closed list.
    pub values: Domain,
    /// Whether there is only one value at a time.
    pub single_valued: bool,
    /// Whether the value may change over time.
    pub changes: bool,
    /// Whether it is a matter of opinion (what ought to be done).
    pub opinion: bool,
    /// What it means.
    pub definition: Option<String>,
}

/// Whom a source credits for a figure.
#[derive(Clone, Debug)]
pub struct Upstream {
    /// Its id.
    pub id: String,
    /// How prose names it.
    pub label: String,
    /// When it was published.
    pub published: Option<Date>,
}

impl Codebook {
    /// The measure of an index.
    pub fn measure(&self, id: MeasureId) -> &Measure {
        entry(&self.measures, id.at())
    }

    /// The event of an index.
    pub fn event(&self, id: EventId) -> &Event {
        entry(&self.events, id.at())
    }

    /// The attribute of an index.
    pub fn attribute(&self, id: AttributeId) -> &Attribute {
        entry(&self.attributes, id.at())
    }

    /// The upstream of an index.
    pub fn upstream(&self, id: UpstreamId) -> &Upstream {
        entry(&self.upstreams, id.at())
    }

    /// The unit of an index.
    pub fn unit(&self, id: UnitId) -> &Unit {
        entry(&self.units, id.at())
    }

    /// The measure as which a plain reader takes a measure's claims: the end of the chain of `plain`.
    pub fn plain_measure(&self, id: MeasureId) -> MeasureId {
        // OK because the chain has no cycle: the loader refuses one.
        std::iter::successors(Some(id), |&id| self.measure(id).plain).last().unwrap_or(id)
    }

    /// The event and all events that it is a part of, from the inside out.
    pub fn event_chain(&self, id: EventId) -> impl Iterator<Item = EventId> + '_ {
        std::iter::successors(Some(id), |&id| self.event(id).parent)
    }
}

/// The entry that an index names.
///
/// Each index type is made only for an entry that its table holds, and tables never shrink.
#[expect(clippy::indexing_slicing, reason = "an index is made only for an entry of the same table")]
pub(crate) fn entry<T>(table: &[T], at: usize) -> &T {
    &table[at]
}
