//! What may I print? The least and the greatest value of a scope that all claims in no conflict allow, and who binds it.

use std::collections::BTreeSet;

use crate::certificate::{prove_limit, scope_json, space};
use crate::check::{Options, check, entry};
use crate::claim::{ClaimId, Corpus, Form, Reading, Scope};
use crate::codebook::{Kind, MeasureId};
use crate::load::Question;
use crate::number::{End, Interval, Rational};
use crate::prose;
use crate::report::answer::{Answer, Asked, Bound};
use crate::report::world::LeftOut;
use crate::report::{SCHEMA, Tool};
use crate::solve::Limits;
use crate::solve::sums::bounds::{Bounds, Limit, bounds as solve};
use crate::system::{Boxes, ScopeBox, ScopeError, boxes, statement};
use crate::world::flagged;

/// Why a question has no answer, whatever the claims say.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Unanswerable {
    /// A level has another value every day, and no single day is named.
    NoSingleDay,
    /// The scope is known only roughly (`2022~`, or a period up to the present).
    Unsure,
    /// What the scope and its event have in common is nothing, or has no name.
    ApartFromEvent,
}

impl std::fmt::Display for Unanswerable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NoSingleDay => "this holds at a time, so a question about it names a single day",
            Self::Unsure => "a question's period has definite ends",
            Self::ApartFromEvent => "what this scope and its event have in common is nothing, or has no name",
        })
    }
}

impl std::error::Error for Unanswerable {}

/// How little and how much there can be in a scope, as far as the claims in no conflict tell; those that
/// [`world`](crate::world()) leaves out are left out.
///
/// # Errors
///
/// A scope that is not definite, and a level without a single day.
pub fn bounds(corpus: &Corpus, reading: Reading, question: &Question) -> Result<Answer, Unanswerable> {
    let measure = question.measure;
    let scope = definite(corpus, reading, measure, &question.scope)?;
    let flagged = flagged(corpus, reading, &check(corpus, &Options::default()));
    let without: BTreeSet<ClaimId> = flagged.keys().copied().collect();
    let found = solve(corpus, reading, &without, (measure, &scope), &Limits::default());
    let undecided = found.is_none();
    let held = corpus.claims.len() - flagged.len();
    let Bounds { least, greatest } = found.unwrap_or(Bounds { least: None, greatest: None });
    let whole = corpus.codebook.measure(measure).whole;
    let end = |limit: &Option<Limit>| limit.as_ref().map(|limit| End { value: limit.value.clone(), open: limit.open });
    let exact = Interval { low: end(&least), high: end(&greatest) };
    let rounded = Some(exact.rounded_inward()).filter(|interval| whole && !interval.is_empty());
    let show = rounded.as_ref().unwrap_or(&exact);
    let sentence = sentence(corpus, (measure, &scope), show, held, undecided);
    let bound = |limit: &Option<Limit>, greatest: bool| {
        let end = rounded.as_ref().and_then(|whole| if greatest { whole.high.as_ref() } else { whole.low.as_ref() });
        proven(corpus, reading, (measure, &scope), limit.as_ref()?, greatest, end.map(|end| end.value.to_string()))
    };
    let left_out: Vec<LeftOut> = flagged
        .into_iter()
        .filter(|(id, _)| is_of(corpus, *id, reading, (measure, &scope)))
        .map(|(_, out)| out)
        .collect();
    Ok(Answer {
        schema: SCHEMA,
        tool: Tool::this(),
        reading: reading.word(),
        asked: Asked {
            measure: corpus.codebook.measure(measure).id.clone(),
            scope: scope_json(&corpus.codebook, measure, &scope),
        },
        answer: sentence,
        least: bound(&least, false),
        greatest: bound(&greatest, true),
        held,
        left_out,
        undecided,
        space: space(&corpus.codebook),
    })
}

fn definite(corpus: &Corpus, reading: Reading, measure: MeasureId, scope: &Scope) -> Result<ScopeBox, Unanswerable> {
    let codebook = &corpus.codebook;
    let Boxes { outer, inner } = boxes(scope, measure, reading, codebook, None).map_err(|error| match error {
        ScopeError::Period(_) => Unanswerable::Unsure,
        ScopeError::LevelWithoutDays => Unanswerable::NoSingleDay,
        ScopeError::ApartFromEvent | ScopeError::UnclearWithEvent => Unanswerable::ApartFromEvent,
    })?;
    if inner.as_ref() != Some(&outer) {
        return Err(Unanswerable::Unsure);
    }
    let single = outer.days.is_some_and(|days| days.single().is_some());
    if codebook.measure(measure).kind == Kind::Level && !single {
        return Err(Unanswerable::NoSingleDay);
    }
    Ok(outer)
}

fn proven(
    corpus: &Corpus,
    reading: Reading,
    asked: (MeasureId, &ScopeBox),
    limit: &Limit,
    greatest: bool,
    rounded: Option<String>,
) -> Option<Bound> {
    let certificate = prove_limit(corpus, reading, asked, limit, greatest)?;
    let claims: BTreeSet<ClaimId> = limit.rows.iter().map(|row| row.claim).collect();
    let role = |id: ClaimId| if matches!(corpus.claim(id).form, Form::Value { .. }) { "figure" } else { "change" };
    Some(Bound {
        value: limit.value.to_string(),
        open: limit.open,
        rounded,
        claims: claims.into_iter().map(|id| entry(corpus, id, role(id), reading)).collect(),
        certificate,
    })
}

/// Whether a figure is of just this scope; of a level under plain, of a period that holds its day.
fn is_of(corpus: &Corpus, id: ClaimId, reading: Reading, (measure, scope): (MeasureId, &ScopeBox)) -> bool {
    let Form::Value { measure: stated, .. } = corpus.claim(id).form else { return false };
    let codebook = &corpus.codebook;
    let next = |&measure: &MeasureId| codebook.measure(measure).plain.filter(|_| reading == Reading::Plain);
    let speaks = std::iter::successors(Some(stated), next).any(|stated| stated == measure);
    speaks
        && statement(corpus, id, reading).is_ok_and(|statement| {
            let level = codebook.measure(measure).kind == Kind::Level;
            [Some(statement.boxes.outer), statement.boxes.inner].into_iter().flatten().any(|said| {
                let days = said.days == scope.days
                    || level && scope.days.zip(said.days).is_some_and(|(day, days)| day.is_within(days));
                days && said.regions == scope.regions && said.event == scope.event
            })
        })
}

fn sentence(
    corpus: &Corpus,
    (measure, scope): (MeasureId, &ScopeBox),
    interval: &Interval,
    held: usize,
    undecided: bool,
) -> String {
    let codebook = &corpus.codebook;
    let what = codebook.measure(measure).phrase.replace("{}", " ");
    let what = format!("{what} {}", prose::scope_box(codebook, measure, scope));
    let what = prose::capitalized(&what.split_whitespace().collect::<Vec<_>>().join(" "));
    let count = crate::number::integer(i64::try_from(held).unwrap_or(i64::MAX));
    let so_far = match held {
        1 => "as far as the 1 claim in no conflict tells".to_owned(),
        _ => format!("as far as the {} claims in no conflict tell", prose::number(&count)),
    };
    let n = |value: &Rational| prose::number(value);
    let low = |end: &End| format!("{} {}", if end.open { "more than" } else { "at least" }, n(&end.value));
    let high = |end: &End| format!("{} {}", if end.open { "less than" } else { "at most" }, n(&end.value));
    match (&interval.low, &interval.high) {
        _ if undecided => format!("{what}: the least and the greatest value were not found within the limits."),
        (None, None) => format!("{what}: nothing binds it; {so_far}, it can be any number."),
        (Some(low), Some(high)) if low == high => format!("{what}: exactly {}, {so_far}.", n(&low.value)),
        (Some(from), Some(to)) => format!("{what}: {} and {}, {so_far}.", low(from), high(to)),
        (Some(from), None) => format!("{what}: {} and any number above, {so_far}.", low(from)),
        (None, Some(to)) => format!("{what}: {}, perhaps none, {so_far}.", high(to)),
    }
}
