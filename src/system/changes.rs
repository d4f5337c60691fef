//! What claims say of two figures together: changes from one to the other, and shares of a whole.

use num_traits::{One, Signed};

use crate::claim::{Amount, Bare, ClaimId, Corpus, Direction, Form, Reading, Scale, Scope, Voice};
use crate::codebook::{Kind, MeasureId};
use crate::number::{End, Interval, Rational, integer};
use crate::system::figures::{NotComparable, value_scale};
use crate::system::scope_box::{Boxes, ScopeBox, boxes};

/// How two figures are compared.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// The new figure is so many times the old one.
    Factor,
    /// The part is that fraction of the whole.
    Share,
    /// The new figure less the old one.
    Difference,
}

impl ChangeKind {
    /// The word in certificates.
    pub fn word(self) -> &'static str {
        match self {
            Self::Factor => "factor",
            Self::Share => "share",
            Self::Difference => "difference",
        }
    }
}

/// What a change or a share says under one reading. The old figure, or the whole, is above zero besides.
#[derive(Clone, Debug)]
pub struct ChangeStatement {
    /// The measure that the claim names.
    pub measure: MeasureId,
    /// What is compared.
    pub kind: ChangeKind,
    /// The factors, fractions or differences (in base units) that it allows.
    pub interval: Interval,
    /// Where the new figure, or the part, is.
    pub new: ScopeBox,
    /// Where the old figure, or the whole, is.
    pub base: ScopeBox,
}

/// What a claim of the form `change` or `share` says under a reading.
///
/// # Errors
///
/// A claim that gives no row, with the reason: a denial, scopes that are known only roughly, levels that are not each of
/// a single day; and a claim of another form.
pub fn change_statement(corpus: &Corpus, id: ClaimId, reading: Reading) -> Result<ChangeStatement, NotComparable> {
    let claim = corpus.claim(id);
    let (measure, scope, base, kind, interval) = match &claim.form {
        Form::Change { measure, scope, base, direction, amount } => {
            let (kind, interval) = change(corpus, id, *measure, *direction, amount.as_ref(), reading);
            (*measure, scope, base, kind, interval)
        }
        Form::Share { measure, scope, base, percent } => {
            let interval = percent.interval(reading, &corpus.codebook, &rounded(hundredth()));
            (*measure, scope, base, ChangeKind::Share, interval)
        }
        _ => return Err(NotComparable::ChangeOfUnsureScope),
    };
    if claim.voice == Voice::Disputes {
        return Err(NotComparable::DenialOfChange);
    }
    let published = corpus.source(claim.source).published.as_ref().map(crate::edtf::Date::last);
    let definite = |scope: &Scope| {
        let Boxes { outer, inner } = boxes(scope, measure, reading, &corpus.codebook, published)?;
        let level = corpus.codebook.measure(measure).kind == Kind::Level;
        if inner.as_ref() != Some(&outer) {
            Err(NotComparable::ChangeOfUnsureScope)
        } else if level && outer.days.is_none_or(|days| days.single().is_none()) {
            Err(NotComparable::LevelOverLongerPeriod)
        } else {
            Ok(outer)
        }
    };
    let (new, base) = (definite(scope)?, definite(base)?);
    Ok(ChangeStatement { measure, kind, interval, new, base })
}

fn change(
    corpus: &Corpus,
    id: ClaimId,
    measure: MeasureId,
    direction: Direction,
    amount: Option<&Amount>,
    reading: Reading,
) -> (ChangeKind, Interval) {
    let codebook = &corpus.codebook;
    let up = direction == Direction::Up;
    match amount {
        Some(Amount::Percent(percent)) => {
            let by = percent.interval(reading, codebook, &rounded(hundredth()));
            (ChangeKind::Factor, shifted(&if up { by } else { negated(&by) }, &Rational::one()))
        }
        Some(Amount::Factor(factor)) => {
            let times = factor.interval(reading, codebook, &rounded(Rational::one()));
            (ChangeKind::Factor, if up { times } else { inverted(&times) })
        }
        Some(Amount::By(by)) => {
            let unit = value_scale(corpus, id, measure).unit;
            let by = by.interval(reading, codebook, &Scale { unit, whole: false, bare: Bare::Exact });
            (ChangeKind::Difference, if up { by } else { negated(&by) })
        }
        None => {
            let more = Interval { low: Some(End::open(integer(0))), high: None };
            (ChangeKind::Difference, if up { more } else { negated(&more) })
        }
    }
}

fn rounded(unit: Rational) -> Scale {
    Scale { unit, whole: false, bare: Bare::Rounded }
}

fn hundredth() -> Rational {
    Rational::new(1.into(), 100.into())
}

fn shifted(interval: &Interval, by: &Rational) -> Interval {
    let shift = |end: &End| End { value: &end.value + by, open: end.open };
    Interval { low: interval.low.as_ref().map(shift), high: interval.high.as_ref().map(shift) }
}

fn negated(interval: &Interval) -> Interval {
    let negate = |end: &End| End { value: -&end.value, open: end.open };
    Interval { low: interval.high.as_ref().map(negate), high: interval.low.as_ref().map(negate) }
}

/// One divided by each of the factors, which are above zero.
fn inverted(interval: &Interval) -> Interval {
    let invert = |end: &End| end.value.is_positive().then(|| End { value: end.value.recip(), open: end.open });
    Interval { low: interval.high.as_ref().and_then(invert), high: interval.low.as_ref().and_then(invert) }
}
