//! Figures side by side, in plain data, and its renderers.
//!
//! # Layout of the JSON
//!
//! `schema` goes up when a field changes its meaning. Rational numbers are strings (`"451"`, `"2/3"`), in base units and after
//! rounding; days are `YYYY-MM-DD`; claims are named `SOURCE/ID`.
//!
//! | key | value |
//! | --- | --- |
//! | `schema`, `tool` | as in the report |
//! | `selection` | per word: the `word` and what it `means`, a list of `kind`, `id`, `label`, `claims` (how many it selects by itself) |
//! | `wider` | whether claims are shown that only cover what was asked for |
//! | `groups` | what is shown, side by side where the scope is the same |
//! | `left_out` | claims that cover what was asked for, or may, and more besides: `claim`, `reason` (`wider`, or `taken-for` of a measure that a reader takes for the one asked for), `because` in words |
//! | `counts` | `shown`, `sources`, `left_out`, `claims` (in the folder), `agreements` listed, `independent` ones among them, `word_for_word` ones besides (those with a `tension`), `alone`, `not_comparable`, `undecided`, `superseded` among those shown |
//!
//! A **group** has its `kind` (`figure`, `change`, `share`, `date`, `duration`, `fact`), one of `measure`, `event` and
//! `attribute` (the others are null), the `unit` of its figures (`day` for durations, null for changes, shares, dates and facts), what it is about in `words`, and as
//! `scope` the box under the strict reading, with `outer` and `inner` as in the report (of a change or a share that of the
//! new figure or the part, and beside it `base`; null where there is none). `depth` says how many shown scopes of the
//! measure it lies in, one in the other; `sure` is false where so little is sure of the scope that no two claims are known to
//! be of the same. Then come its `claims`; its `agreements`: pairs of `claims` with the same scope
//! whose intervals meet under the strict reading, `independent` when their chains, the sources included, share nobody, else
//! `shared` lists whom they share, and `tension` names the finding, if there is one, that a reader would not take both for
//! true; and its `repeats`: pairs of one source. Of an agreement at least one claim is shown. `unpaired` is true of a group
//! with more than 500 claims, and of those that come after two million pairs, whose pairs are not listed.
//!
//! A **claim** has `claim`, `source`, `source_name`, `published_by`, `said` (all in words), `given` (without what it is about),
//! `quote`, `place` in the text, `voice`, the `chain` of whom it credits, from the one that the source names to the
//! origin (`kind`: `upstream` or `source`, `id`, `label`), `note`, `strict` and `plain` (`low`, `low_open`, `high`,
//! `high_open`, null for an end that is not bounded; all null for facts and for what gives no range), `state` (`compared`,
//! `alone`, `not-comparable`, `undecided`, `superseded`), `because` (why it is not comparable, or by what it is superseded),
//! `findings` (`finding`, `rule`, `verdict`, `reading`, the other claims `with` which it is in it), `supports`, `repeats`, and
//! `file`, `line`, `column` in the claims folder. An entry of `supports` has the other `claim`, its `source_name`,
//! `independent`, `shared`, `tension`.
//!
//! Without words the JSON is a **catalogue**: `schema`, `tool`, `counts` (`claims`, `sources`, and `unpaired`: how many
//! groups are too large to count agreements in), and `entries`: `kind`
//! (`measure`, `event`, `attribute`, `term`, `value`, `source`, `upstream`), for terms and values the dimension or tree
//! `of` which they are, `id`, `label`, and how many `claims`, `sources`, `contradictions`, `tensions`, `agreements` and
//! `independent` ones among these it has to do with. `without_claims` counts, per kind, what has none and is not listed.

mod csv;
mod json;
mod markdown;
mod text;
mod wording;

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::report::{Coverage, Tool, Verdict};

pub use csv::{catalogue_csv, shown_csv};
pub use json::{catalogue_json, shown_json};
pub use markdown::{catalogue_markdown, shown_markdown};
pub use text::{catalogue_text, shown_text};

/// The version of the JSON.
pub const SHOW_SCHEMA: u32 = 1;

/// Claims side by side; see the module for its JSON.
#[derive(Clone, Debug, Serialize)]
pub struct Shown {
    /// The version of this layout: [`SHOW_SCHEMA`].
    pub schema: u32,
    /// Which program made it.
    pub tool: Tool,
    /// What was asked for.
    pub selection: Vec<Selected>,
    /// Whether claims are shown that only cover what was asked for.
    pub wider: bool,
    /// What is shown.
    pub groups: Vec<Group>,
    /// Claims that cover what was asked for, or may, and more besides.
    pub left_out: Vec<NotShown>,
    /// The counts.
    pub counts: Counts,
}

/// A word of the call, and what it stands for.
#[derive(Clone, Debug, Serialize)]
pub struct Selected {
    /// As it was written.
    pub word: String,
    /// All that it can stand for; a claim is selected by any of these.
    pub means: Vec<Named>,
}

/// Something that a word can stand for.
#[derive(Clone, Debug, Serialize)]
pub struct Named {
    /// `measure`, `event`, `attribute`, `term`, `value`, `source`, `upstream`, `period`.
    pub kind: &'static str,
    /// Of a term the dimension, of a value the tree.
    pub of: Option<String>,
    /// Its id.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// How many claims it selects by itself.
    pub claims: usize,
}

/// Claims about the same.
#[derive(Clone, Debug, Serialize)]
pub struct Group {
    /// `figure`, `change`, `share`, `date`, `duration`, `fact`.
    pub kind: &'static str,
    /// Of which measure.
    pub measure: Option<String>,
    /// Of which event.
    pub event: Option<String>,
    /// Of which attribute.
    pub attribute: Option<String>,
    /// The unit of its figures.
    pub unit: Option<String>,
    /// The measure, the event or the attribute in words; not part of the JSON.
    #[serde(skip)]
    pub title: String,
    /// What it is about, in words.
    pub words: String,
    /// The box that its claims share, under the strict reading.
    pub scope: Option<Value>,
    /// In how many shown scopes it lies, one in the other.
    pub depth: usize,
    /// Whether enough is sure of the scope for its claims to agree.
    pub sure: bool,
    /// Who says what.
    pub claims: Vec<ShownClaim>,
    /// Who agrees with whom.
    pub agreements: Vec<Agreement>,
    /// Pairs of claims of one source that agree.
    pub repeats: Vec<[String; 2]>,
    /// Whether there are too many claims to list pairs of them.
    pub unpaired: bool,
}

/// One claim of a group.
#[derive(Clone, Debug, Serialize)]
pub struct ShownClaim {
    /// `SOURCE/ID`.
    pub claim: String,
    /// The source.
    pub source: String,
    /// The source as prose names it.
    pub source_name: String,
    /// The last day on which the source may have been published.
    pub published_by: Option<String>,
    /// What the claim says, in words.
    pub said: String,
    /// The same without what it is about, as the source hedges it.
    pub given: String,
    /// The phrase that carries it.
    pub quote: String,
    /// Where it stands in the text: "line 22".
    pub place: Option<String>,
    /// How the source stands to it.
    pub voice: &'static str,
    /// Whom the source credits, from the one that it names to the origin.
    pub chain: Vec<Party>,
    /// The same in words; not part of the JSON.
    #[serde(skip)]
    pub credits: Option<String>,
    /// The encoder's remark.
    pub note: Option<String>,
    /// What the words allow.
    pub strict: Range,
    /// What a reader takes them to mean.
    pub plain: Range,
    /// How it fared in the check.
    pub state: &'static str,
    /// Why it is not comparable, under one reading or both; by what it is superseded.
    pub because: Option<String>,
    /// The findings in which it is.
    pub findings: Vec<Mark>,
    /// The claims that say the same.
    pub supports: Vec<Support>,
    /// The claims of its own source that say the same.
    pub repeats: Vec<String>,
    /// The claims file.
    pub file: String,
    /// Its line there.
    pub line: u32,
    /// Its column there.
    pub column: u32,
}

/// Whoever says something, or is credited with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Party {
    /// `upstream` or `source`.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// As prose names it.
    pub label: String,
}

/// The values or days that a claim allows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Range {
    /// The least; none: no lower bound.
    pub low: Option<String>,
    /// Whether the least itself is excluded.
    pub low_open: bool,
    /// The greatest; none: no upper bound.
    pub high: Option<String>,
    /// Whether the greatest itself is excluded.
    pub high_open: bool,
    /// In words, where there is any bound; not part of the JSON.
    #[serde(skip)]
    pub words: Option<String>,
}

/// A finding, seen from one of its claims.
#[derive(Clone, Debug, Serialize)]
pub struct Mark {
    /// Its id.
    pub finding: String,
    /// Its rule.
    pub rule: &'static str,
    /// How bad it is.
    pub verdict: Verdict,
    /// The reading under which its claims conflict; none when it is no conflict.
    pub reading: Option<&'static str>,
    /// The other claims in it.
    pub with: Vec<String>,
}

/// An agreement, seen from one of its claims.
#[derive(Clone, Debug, Serialize)]
pub struct Support {
    /// The other claim.
    pub claim: String,
    /// Its source as prose names it.
    pub source_name: String,
    /// Whether the chains of the two, the sources included, share nobody.
    pub independent: bool,
    /// Whom they share, in the order of the first chain, nearest to the text first.
    pub shared: Vec<Party>,
    /// The finding that a reader would not take both for true.
    pub tension: Option<String>,
}

/// Two claims of different sources with the same scope, whose intervals meet.
#[derive(Clone, Debug, Serialize)]
pub struct Agreement {
    /// The two.
    pub claims: [String; 2],
    /// Whether their chains, the sources included, share nobody.
    pub independent: bool,
    /// The ids of those that they share.
    pub shared: Vec<String>,
    /// The finding that a reader would not take both for true.
    pub tension: Option<String>,
}

/// A claim that a wider selection would show.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct NotShown {
    /// `SOURCE/ID`.
    pub claim: String,
    /// Which kind of reason.
    pub reason: LeftBecause,
    /// Why it is not shown, as a clause that follows "because".
    pub because: &'static str,
}

/// Why a claim that has to do with what is asked for is not shown.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeftBecause {
    /// It covers more, or may.
    Wider,
    /// A reader takes its measure for the one asked for.
    TakenFor,
}

impl LeftBecause {
    /// As a clause that follows "because".
    pub(crate) fn clause(self) -> &'static str {
        match self {
            Self::Wider => "it covers more than what is asked for, or may lie only partly in it",
            Self::TakenFor => "it is of a measure of its own, which a reader takes for the one asked for",
        }
    }
}

/// How many of what.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Counts {
    /// Claims shown.
    pub shown: usize,
    /// Sources of these.
    pub sources: usize,
    /// Claims left out that a wider selection would show.
    pub left_out: usize,
    /// Claims in the folder.
    pub claims: usize,
    /// Agreements listed.
    pub agreements: usize,
    /// Independent ones among them.
    pub independent: usize,
    /// Agreements besides these that a reader would not see: they hold word for word only.
    pub word_for_word: usize,
    /// Claims shown that nothing could be compared with.
    pub alone: usize,
    /// Claims shown that are not comparable under either reading.
    pub not_comparable: usize,
    /// Claims shown of which nothing was decided.
    pub undecided: usize,
    /// Claims shown that a later one replaces.
    pub superseded: usize,
}

/// What there is to show; see the module for its JSON.
#[derive(Clone, Debug, Serialize)]
pub struct Catalogue {
    /// The version of this layout: [`SHOW_SCHEMA`].
    pub schema: u32,
    /// Which program made it.
    pub tool: Tool,
    /// How many there are in all.
    pub counts: CatalogueCounts,
    /// Whatever has a claim, in the order of the codebook.
    pub entries: Vec<Entry>,
    /// Per kind, how many names have no claim.
    pub without_claims: BTreeMap<&'static str, usize>,
}

/// How many claims and sources there are.
#[derive(Clone, Debug, Serialize)]
pub struct CatalogueCounts {
    /// Claims in the folder.
    pub claims: usize,
    /// Sources in the folder.
    pub sources: usize,
    /// Groups that are too large to count agreements in.
    pub unpaired: usize,
}

/// A name that selects claims, with what there is under it.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// `measure`, `event`, `attribute`, `term`, `value`, `source`, `upstream`.
    pub kind: &'static str,
    /// Of a term the dimension, of a value the tree.
    pub of: Option<String>,
    /// Its id.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// Claims that it selects.
    pub claims: usize,
    /// Sources that make them.
    pub sources: usize,
    /// Contradictions with such a claim.
    pub contradictions: usize,
    /// Tensions with such a claim.
    pub tensions: usize,
    /// Agreements with such a claim.
    pub agreements: usize,
    /// Independent ones among them.
    pub independent: usize,
}

impl Coverage {
    /// The word in files.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Compared => "compared",
            Self::Alone => "alone",
            Self::NotComparable => "not-comparable",
            Self::Undecided => "undecided",
            Self::Superseded => "superseded",
        }
    }
}
