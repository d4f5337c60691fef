//! Claims, the sources that make them, and the corpus that holds both with their codebook.

mod quantity;
mod record;
mod scope;
mod when;

use crate::codebook::{AttributeId, Codebook, EventId, MeasureId, Moment, TermId, UnitId, UpstreamId};
use crate::edtf::{Date, Day};
use crate::span::Position;

pub use quantity::{Bare, Quantity, Scale};
pub use record::{Omission, Waiver};
pub use scope::{Days, OuterInner, PeriodError, Scope, Selection, When};
pub use when::{DateClaim, DayBounds};

/// How strictly a hedge is taken.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reading {
    /// What the words logically allow.
    Strict,
    /// What a reader takes them to mean; always within strict.
    Plain,
}

impl Reading {
    /// Both readings, strict first.
    pub const BOTH: [Self; 2] = [Self::Strict, Self::Plain];

    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::Plain => "plain",
        }
    }
}

/// A paper, report or article whose text makes claims.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its id.
    pub id: String,
    /// Its title, or the id where none is given.
    pub title: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// Where it can be read.
    pub url: Option<String>,
    /// The text that the quotes and lines are from.
    pub text: Option<TextFile>,
    /// The claims file, as its path was given.
    pub file: String,
}

/// A source's text, which is not in the claims folder itself.
#[derive(Clone, Debug)]
pub struct TextFile {
    /// The name of the file.
    pub file: String,
    /// The SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
}

/// The index of a source in its corpus.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub(crate) u32);

/// The index of a claim in its corpus.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimId(pub(crate) u32);

impl SourceId {
    pub(crate) fn at(self) -> usize {
        self.0 as usize
    }
}

impl ClaimId {
    pub(crate) fn at(self) -> usize {
        self.0 as usize
    }
}

/// One proposition that one source makes at one place in its text.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Its id, unique in its source.
    pub id: String,
    /// The source that makes it.
    pub source: SourceId,
    /// The shortest phrase that carries it.
    pub quote: String,
    /// The line of the source's text at which the quote starts.
    pub line: Option<u32>,
    /// The page.
    pub page: Option<String>,
    /// Any other place: "note 27".
    pub location: Option<String>,
    /// A remark of whoever encoded it.
    pub note: Option<String>,
    /// Whether the source makes it its own.
    pub voice: Voice,
    /// Whom the source credits: from the one that it names to the origin.
    pub attributed_to: Vec<Credit>,
    /// The later claim that replaces it.
    pub superseded_by: Option<ClaimId>,
    /// The unit of its figure, where that is not the measure's.
    pub unit: Option<UnitId>,
    /// What it says.
    pub form: Form,
    /// Where it stands in its claims file.
    pub position: Position,
}

/// Whom a source credits for a figure.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Credit {
    /// An upstream of the codebook.
    Upstream(UpstreamId),
    /// Another source of the corpus.
    Source(SourceId),
}

/// How a source stands to a claim.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Voice {
    /// It makes the claim its own.
    Asserts,
    /// It passes on another's figure without making it its own.
    Reports,
    /// It denies it.
    Disputes,
}

impl Voice {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Asserts => "asserts",
            Self::Reports => "reports",
            Self::Disputes => "disputes",
        }
    }
}

/// What a claim says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// A figure for a scope.
    Value {
        /// Of what.
        measure: MeasureId,
        /// Where, when, by whom and so on.
        scope: Scope,
        /// How many or how much.
        value: Quantity,
    },
    /// How a figure changed from one scope to another.
    Change {
        /// Of what.
        measure: MeasureId,
        /// The scope of the new figure.
        scope: Scope,
        /// The scope of the old figure.
        base: Scope,
        /// Whether it went up or down.
        direction: Direction,
        /// By how much; none says merely more, or fewer.
        amount: Option<Amount>,
    },
    /// How much of a whole a part is.
    Share {
        /// Of what.
        measure: MeasureId,
        /// The scope of the part.
        scope: Scope,
        /// The scope of the whole.
        base: Scope,
        /// Which percentage of the whole the part is.
        percent: Quantity,
    },
    /// When an event happened, began or ended.
    Date {
        /// Which event.
        event: EventId,
        /// Which of its days.
        edge: Edge,
        /// When.
        when: DateClaim,
    },
    /// How long it was from one moment to another.
    Duration {
        /// The earlier moment.
        from: Moment,
        /// The later moment.
        to: Moment,
        /// The unit of the length.
        unit: LengthUnit,
        /// How many of that unit.
        length: Quantity,
    },
    /// The value of an attribute.
    Fact {
        /// Which attribute.
        attribute: AttributeId,
        /// Of what.
        subject: Entity,
        /// Toward what, for a relation.
        toward: Option<Entity>,
        /// The values: one of them holds, or (negated) none of them.
        values: Vec<Entity>,
        /// Whether the values are denied.
        negated: bool,
        /// When, where the claim says so.
        period: Option<When>,
    },
}

impl Form {
    /// How files and messages name the form.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Value { .. } => "value",
            Self::Change { .. } => "change",
            Self::Share { .. } => "share",
            Self::Date { .. } => "date",
            Self::Duration { .. } => "duration",
            Self::Fact { .. } => "fact",
        }
    }
}

/// Which way a figure went.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// The new figure is the larger one.
    Up,
    /// The new figure is the smaller one.
    Down,
}

/// By how much a figure changed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Amount {
    /// By so many percent of the old figure.
    Percent(Quantity),
    /// To so many times the old figure (down: the old is so many times the new).
    Factor(Quantity),
    /// By so many units.
    By(Quantity),
}

/// Which days of an event a date claim is about.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edge {
    /// Some day of the event.
    On,
    /// Its first day.
    Start,
    /// Its last day.
    End,
}

impl Edge {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Start => "start",
            Self::End => "end",
        }
    }
}

/// The unit of a duration.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LengthUnit {
    /// Days.
    Days,
    /// Weeks of seven days.
    Weeks,
    /// Months of 28 to 31 days.
    Months,
    /// Years of 365 or 366 days.
    Years,
    /// Ten years.
    Decades,
}

impl LengthUnit {
    /// All units, shortest first.
    pub const ALL: [Self; 5] = [Self::Days, Self::Weeks, Self::Months, Self::Years, Self::Decades];

    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Days => "days",
            Self::Weeks => "weeks",
            Self::Months => "months",
            Self::Years => "years",
            Self::Decades => "decades",
        }
    }
}

/// What a fact is about or names as a value.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entity {
    /// A term of a dimension or of an inline tree.
    Term(TermId),
    /// An event.
    Event(EventId),
    /// Some day of a date.
    Date(DateValue),
}

/// A date as the subject or the value of a fact.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateValue {
    /// Its first day as written.
    pub first: Day,
    /// Its last day as written.
    pub last: Day,
    /// The first and the last day that a qualified date may reach to; of any other, the same as written.
    pub reach: (Day, Day),
}

impl DateValue {
    /// The days under a reading, for a value that holds or (denied) does not; none where a denial is sure of no day.
    pub fn days(self, reading: Reading, denied: bool) -> Option<(Day, Day)> {
        let qualified = self.reach != (self.first, self.last);
        match reading {
            Reading::Strict if qualified => (!denied).then_some(self.reach),
            _ => Some((self.first, self.last)),
        }
    }
}

impl From<Date> for DateValue {
    fn from(date: Date) -> Self {
        let written = (date.first(), date.last());
        Self { first: date.first(), last: date.last(), reach: if date.qualified() { date.widened() } else { written } }
    }
}

/// All that was read from one claims folder.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    /// The shared vocabulary.
    pub codebook: Codebook,
    /// The sources, in the order of their ids.
    pub sources: Vec<Source>,
    /// The claims, by source and then by id.
    pub claims: Vec<Claim>,
    /// Decisions that findings are known, in the order of their file.
    pub waivers: Vec<Waiver>,
    /// What was left out of the sources' texts on purpose, in the order of its file.
    pub omissions: Vec<Omission>,
}

impl Corpus {
    /// The same without any claim.
    pub(crate) fn without_claims(&self) -> Self {
        Self {
            codebook: self.codebook.clone(),
            sources: self.sources.clone(),
            claims: Vec::new(),
            waivers: self.waivers.clone(),
            omissions: self.omissions.clone(),
        }
    }

    /// The source of an index.
    pub fn source(&self, id: SourceId) -> &Source {
        crate::codebook::entry(&self.sources, id.at())
    }

    /// The claim of an index.
    pub fn claim(&self, id: ClaimId) -> &Claim {
        crate::codebook::entry(&self.claims, id.at())
    }

    /// Every claim with its index.
    pub fn claims(&self) -> impl Iterator<Item = (ClaimId, &Claim)> {
        self.claims.iter().zip(0..).map(|(claim, at)| (ClaimId(at), claim))
    }

    /// A claim's full name, `SOURCE/ID`.
    pub fn name(&self, id: ClaimId) -> String {
        let claim = self.claim(id);
        format!("{}/{}", self.source(claim.source).id, claim.id)
    }
}
