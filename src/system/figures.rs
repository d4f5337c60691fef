//! What figure claims say, as ranged rows on boxes.

use crate::claim::{Amount, Bare, ClaimId, Corpus, Days, Form, Quantity, Reading, Scale, Voice};
use crate::codebook::{Codebook, Kind, MeasureId};
use crate::number::{End, Interval, integer};
use crate::system::cells::{CellId, Cells};
use crate::system::changes::ChangeStatement;
use crate::system::keys::{Which, keys};
use crate::system::scope_box::{Boxes, ScopeBox, ScopeError, boxes};

/// Why a claim gives no row.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NotComparable {
    /// It is no figure.
    NoFigure,
    /// The denial of what it says is no interval.
    DenialIsNoInterval,
    /// A level over a longer period holds at a moment that it does not name.
    LevelOverLongerPeriod,
    /// A level of which it is not known when it holds.
    LevelWithoutDays,
    /// An upper figure for a scope of which nothing is sure bounds nothing, and there is no lower one.
    BoundsNothing,
    /// A fact of which it is not sure when it holds.
    FactWithoutDays,
    /// A fact that may change, over a longer period or at no stated time.
    FactOverLongerPeriod,
    /// A denial of a date that is known only roughly.
    DenialOfUnsureDate,
    /// Its scope leaves nothing over.
    EmptyScope,
    /// What its scope and its event have in common has no name.
    UnclearWithEvent,
    /// It compares two figures, of which the scope of one is known only roughly.
    ChangeOfUnsureScope,
    /// It denies how two figures compare.
    DenialOfChange,
    /// Its period runs on to a day of publication that is not known.
    Unpublished,
}

impl NotComparable {
    /// The reason in words, as a clause that follows "because".
    pub fn reason(self) -> &'static str {
        match self {
            Self::NoFigure => "it gives no figure",
            Self::DenialIsNoInterval => "it denies a figure, and what remains is no single range",
            Self::LevelOverLongerPeriod => {
                "a number that holds at a time is stated for a longer period, so it holds at a moment that is not named"
            }
            Self::LevelWithoutDays => "a number that holds at a time is stated without saying well enough when",
            Self::BoundsNothing => {
                "it gives an upper figure only, and its scope is not stated well enough to bound anything"
            }
            Self::FactWithoutDays => "on which days the fact holds is not known well enough",
            Self::FactOverLongerPeriod => "what it says may change, and it names no single day on which it holds",
            Self::DenialOfUnsureDate => "it denies a date that is known only roughly, which leaves no day surely out",
            Self::EmptyScope => "its scope leaves nothing over",
            Self::UnclearWithEvent => "its scope leaves out a part of the place of its event, and the rest has no name",
            Self::ChangeOfUnsureScope => {
                "it compares two figures, and the scope of one of them is not stated well enough"
            }
            Self::DenialOfChange => "it denies how two figures compare, and what remains is no single range",
            Self::Unpublished => "its period runs on to the day of publication, which is not known",
        }
    }
}

impl From<ScopeError> for NotComparable {
    fn from(error: ScopeError) -> Self {
        match error {
            ScopeError::Period(_) => Self::Unpublished,
            ScopeError::ApartFromEvent => Self::EmptyScope,
            ScopeError::UnclearWithEvent => Self::UnclearWithEvent,
            ScopeError::LevelWithoutDays => Self::LevelWithoutDays,
        }
    }
}

/// What a figure claim says under one reading.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The measure as which it is read.
    pub measure: MeasureId,
    /// The values that it allows, in base units.
    pub interval: Interval,
    /// Where they hold.
    pub boxes: Boxes,
}

/// What a claim of the form `value` says under a reading.
///
/// # Errors
///
/// A claim that gives no row, with the reason; claims of other forms among them.
pub fn statement(corpus: &Corpus, id: ClaimId, reading: Reading) -> Result<Statement, NotComparable> {
    let claim = corpus.claim(id);
    let Form::Value { measure, scope, value } = &claim.form else { return Err(NotComparable::NoFigure) };
    let codebook = &corpus.codebook;
    let published = corpus.source(claim.source).published.as_ref().map(crate::edtf::Date::last);
    let boxes = boxes(scope, *measure, reading, codebook, published).map_err(NotComparable::from)?;
    let scale = value_scale(corpus, id, *measure);
    let interval = match claim.voice {
        Voice::Asserts | Voice::Reports => value.interval(reading, codebook, &scale),
        Voice::Disputes => {
            let denied = value.interval(Reading::Strict, codebook, &scale);
            let left = negation(&denied).ok_or(NotComparable::DenialIsNoInterval)?;
            if scale.whole { left.rounded_inward() } else { left }
        }
    };
    let measure = match reading {
        Reading::Strict => *measure,
        Reading::Plain => codebook.plain_measure(*measure),
    };
    Ok(Statement { measure, interval, boxes })
}

/// How the numbers of a claim's value turn into base units of its measure.
pub fn value_scale(corpus: &Corpus, id: ClaimId, measure: MeasureId) -> Scale {
    let unit = corpus.claim(id).unit.map_or_else(|| integer(1), |unit| corpus.codebook.unit(unit).times.clone());
    Scale { unit, whole: corpus.codebook.measure(measure).whole, bare: Bare::Exact }
}

/// The quantity that a claim states, whatever its form.
pub fn quantity(form: &Form) -> Option<&Quantity> {
    match form {
        Form::Value { value, .. } => Some(value),
        Form::Change {
            amount: Some(Amount::Percent(amount) | Amount::Factor(amount) | Amount::By(amount)), ..
        } => Some(amount),
        Form::Share { percent, .. } => Some(percent),
        Form::Duration { length, .. } => Some(length),
        Form::Change { amount: None, .. } | Form::Date { .. } | Form::Fact { .. } => None,
    }
}

/// One side of a statement: its lower figure on its outer box, or its upper figure on its inner one.
pub(super) type Side<'s> = (Which, &'s ScopeBox, Option<&'s End>);

/// The sides of a statement; the second is missing where nothing is sure of its scope.
///
/// # Errors
///
/// A level that holds at no one time, and what bounds nothing.
pub(super) fn sides<'s>(
    codebook: &Codebook,
    statement: &'s Statement,
    reading: Reading,
) -> Result<[Option<Side<'s>>; 2], NotComparable> {
    let kind = codebook.measure(statement.measure).kind;
    // Under strict a level meets nothing unless it names a single day.
    let at_once = |scope: &ScopeBox| {
        kind != Kind::Level || reading == Reading::Plain || scope.days.is_some_and(|days| days.single().is_some())
    };
    let Boxes { outer, inner } = &statement.boxes;
    if !at_once(outer) {
        return Err(NotComparable::LevelOverLongerPeriod);
    }
    let inner = inner.as_ref().filter(|inner| at_once(inner));
    if statement.interval.low.is_none() && inner.is_none() {
        return Err(NotComparable::BoundsNothing);
    }
    let high = inner.map(|inner| (Which::High, inner, statement.interval.high.as_ref()));
    Ok([Some((Which::Low, outer, statement.interval.low.as_ref())), high])
}

/// The values of a mass that lie outside an interval, where they are one interval; a mass is never below zero.
fn negation(interval: &Interval) -> Option<Interval> {
    let zero = integer(0);
    let low = interval.low.as_ref().filter(|end| end.value > zero || (end.value == zero && end.open));
    match (low, &interval.high) {
        (Some(low), None) => {
            Some(Interval { low: None, high: Some(End { value: low.value.clone(), open: !low.open }) })
        }
        (None, Some(high)) => {
            Some(Interval { low: Some(End { value: high.value.clone(), open: !high.open }), high: None })
        }
        (Some(_), Some(_)) | (None, None) => None,
    }
}

/// How boxes must lie for their figures to meet.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The days of the lower figure lie in those of the upper one.
    Contained,
    /// The two share a day: levels that hold on every day of their periods.
    Shared,
}

/// One side of a claim: its lower figure on its outer box, or its upper figure on its inner one.
#[derive(Copy, Clone, Debug)]
pub struct Half {
    /// Its cell.
    pub cell: CellId,
    /// Whose it is.
    pub claim: ClaimId,
    /// The first day, or far in the past.
    pub first: i32,
    /// The last day, or far in the future.
    pub last: i32,
    /// The figure, comparable within its measure; the smallest integer for no lower figure, the largest for no upper one.
    pub key: i64,
}

/// Farther from 1970 than any day of the calendar; its negative is as far on the other side.
pub const FOREVER: i32 = 1 << 30;

/// The first and the last day of a stretch as numbers; all of time for a measure without a period.
pub(crate) fn day_numbers(days: Option<Days>) -> (i32, i32) {
    let days = days.unwrap_or(Days::ALL);
    (days.first.map_or(-FOREVER, crate::edtf::Day::number), days.last.map_or(FOREVER, crate::edtf::Day::number))
}

/// The figures of a corpus under one reading, as flat arrays.
#[derive(Debug)]
pub struct FigureRows {
    /// The cells that the rows name.
    pub cells: Cells,
    /// Outer boxes, with the lower figures.
    pub outers: Vec<Half>,
    /// Inner boxes, with the upper figures.
    pub inners: Vec<Half>,
    /// Per measure, how boxes must lie for their figures to meet.
    pub modes: Vec<Mode>,
}

/// Collects rows, then turns all bounds into integers at once.
#[derive(Debug)]
pub(super) struct Builder<'a> {
    corpus: &'a Corpus,
    cells: Cells,
    outers: Vec<(Half, Option<End>)>,
    inners: Vec<(Half, Option<End>)>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(corpus: &'a Corpus) -> Self {
        Self { corpus, cells: Cells::new(&corpus.codebook), outers: Vec::new(), inners: Vec::new() }
    }

    pub(super) fn add(&mut self, claim: ClaimId, statement: &Statement, reading: Reading) -> Result<(), NotComparable> {
        for (which, scope, end) in sides(&self.corpus.codebook, statement, reading)?.into_iter().flatten() {
            match (self.half(claim, statement.measure, scope), which) {
                (Some(half), Which::Low) => self.outers.push((half, end.cloned())),
                (Some(half), Which::High) => self.inners.push((half, end.cloned())),
                (None, Which::Low) => return Err(NotComparable::EmptyScope),
                (None, Which::High) => {}
            }
        }
        Ok(())
    }

    /// Adds the two boxes of a change or a share, so that it counts as compared with the figures that they meet; by itself it
    /// bounds neither.
    pub(super) fn add_change(
        &mut self,
        claim: ClaimId,
        change: &ChangeStatement,
        reading: Reading,
    ) -> Result<(), NotComparable> {
        let measure = match reading {
            Reading::Strict => change.measure,
            Reading::Plain => self.corpus.codebook.plain_measure(change.measure),
        };
        for scope in [&change.new, &change.base] {
            let half = self.half(claim, measure, scope).ok_or(NotComparable::EmptyScope)?;
            self.outers.push((half, None));
            self.inners.push((half, None));
        }
        Ok(())
    }

    fn half(&mut self, claim: ClaimId, measure: MeasureId, scope: &ScopeBox) -> Option<Half> {
        let cell = self.cells.intern(&self.corpus.codebook, measure, scope)?;
        let (first, last) = day_numbers(scope.days);
        Some(Half { cell, claim, first, last, key: 0 })
    }

    pub(super) fn finish(self, reading: Reading) -> FigureRows {
        let measures = self.corpus.codebook.measures.len();
        let mut of_measure: Vec<Vec<(Which, usize, &End)>> = vec![Vec::new(); measures];
        let halves = [(Which::Low, &self.outers), (Which::High, &self.inners)];
        for (which, halves) in halves {
            for (at, (half, end)) in halves.iter().enumerate() {
                let list = of_measure.get_mut(self.cells.measure(half.cell).at());
                if let (Some(list), Some(end)) = (list, end) {
                    list.push((which, at, end));
                }
            }
        }
        let mut outers: Vec<Half> = self.outers.iter().map(|(half, _)| Half { key: i64::MIN, ..*half }).collect();
        let mut inners: Vec<Half> = self.inners.iter().map(|(half, _)| Half { key: i64::MAX, ..*half }).collect();
        for list in of_measure {
            let ends: Vec<(Which, &End)> = list.iter().map(|&(which, _, end)| (which, end)).collect();
            for ((which, at, _), key) in list.into_iter().zip(keys(&ends)) {
                let halves = if which == Which::Low { &mut outers } else { &mut inners };
                if let Some(half) = halves.get_mut(at) {
                    half.key = key;
                }
            }
        }
        let mode = |measure: &crate::codebook::Measure| match (measure.kind, reading) {
            (Kind::Level, Reading::Plain) => Mode::Shared,
            _ => Mode::Contained,
        };
        let modes = self.corpus.codebook.measures.iter().map(mode).collect();
        FigureRows { cells: self.cells, outers, inners, modes }
    }
}
