//! Figures, changes and shares that cannot all be true together.

use num_traits::{One, Signed, Zero};
use serde_json::json;

use super::axes::axes;
use super::{Conflict, Proof, Role, Shape, take_common};
use crate::certificate::data::{Certificate, Gap, Row, ScopeJson, SumTerm};
use crate::certificate::scope_json::scope_json;
use crate::claim::{ClaimId, Corpus, Days, Reading};
use crate::codebook::{Codebook, MeasureId, entry};
use crate::edtf::Day;
use crate::number::{End, Rational};
use crate::solve::SumConflict;
use crate::solve::sums::{RowKind, SumPremise, Weighted};
use crate::system::{Cells, ChangeKind, ChangeStatement, ScopeBox, change_statement, statement};

/// A row of a conflict with what it says.
#[derive(Clone, Debug)]
pub(in crate::certificate) struct SumRow {
    /// Whose it is.
    pub(in crate::certificate) claim: ClaimId,
    /// Which one.
    pub(in crate::certificate) kind: RowKind,
    /// As of which measure.
    pub(in crate::certificate) measure: MeasureId,
    /// A whole number above zero.
    pub(in crate::certificate) weight: Rational,
    /// What it says.
    pub(in crate::certificate) says: Says,
}

/// What a row says.
#[derive(Clone, Debug)]
pub(in crate::certificate) enum Says {
    /// A figure: at least, or at most, so much in a box.
    Figure {
        /// Where: for a lower bound the outer box, for an upper one the inner one.
        scope: ScopeBox,
        /// How much.
        end: End,
    },
    /// A change or a share; of its interval the row uses the end of its kind, for the base none.
    Change(ChangeStatement),
}

impl SumRow {
    /// The end of the interval that the row uses; none for the base of a change.
    pub(in crate::certificate) fn end(&self) -> Option<&End> {
        match (&self.says, self.kind) {
            (_, RowKind::Base) => None,
            (Says::Figure { end, .. }, _) => Some(end),
            (Says::Change(change), RowKind::Low) => change.interval.low.as_ref(),
            (Says::Change(change), RowKind::High) => change.interval.high.as_ref(),
        }
    }

    /// Whether it is a figure or a bound on one.
    pub(in crate::certificate) fn is_figure(&self) -> bool {
        matches!(self.says, Says::Figure { .. })
    }

    /// As an inequality.
    fn linear(&self) -> Option<Linear<'_>> {
        let one = Rational::one;
        let sign = if self.kind == RowKind::High { -one() } else { one() };
        match &self.says {
            Says::Figure { scope, end } => {
                Some(Linear { sum: vec![(sign.clone(), scope)], at_least: sign * &end.value, open: end.open })
            }
            Says::Change(change) if self.kind == RowKind::Base => {
                Some(Linear { sum: vec![(one(), &change.base)], at_least: Rational::zero(), open: true })
            }
            Says::Change(change) => {
                let end = self.end()?;
                let (times, at_least) = match change.kind {
                    ChangeKind::Difference => (one(), &sign * &end.value),
                    ChangeKind::Factor | ChangeKind::Share => (end.value.clone(), Rational::zero()),
                };
                let sum = vec![(sign.clone(), &change.new), (-sign * times, &change.base)];
                Some(Linear { sum, at_least, open: end.open })
            }
        }
    }
}

/// An inequality: the boxes of its left-hand side, each with how often it counts, and the right-hand side.
struct Linear<'a> {
    sum: Vec<(Rational, &'a ScopeBox)>,
    at_least: Rational,
    open: bool,
}

/// The rows of a conflict with what they say.
pub(in crate::certificate) fn sum_rows(
    corpus: &Corpus,
    conflict: &SumConflict,
    reading: Reading,
) -> Option<Vec<SumRow>> {
    conflict.rows.iter().map(|row| sum_row(corpus, row, reading)).collect()
}

fn sum_row(corpus: &Corpus, row: &Weighted, reading: Reading) -> Option<SumRow> {
    let &Weighted { claim, kind, measure, day, ref weight } = row;
    let says = match statement(corpus, claim, reading) {
        Ok(statement) => {
            let (scope, end) = match kind {
                RowKind::Low => (statement.boxes.outer, statement.interval.low?),
                RowKind::High => (statement.boxes.inner?, statement.interval.high?),
                RowKind::Base => return None,
            };
            Says::Figure { scope: on(scope, day), end }
        }
        Err(_) => Says::Change(change_statement(corpus, claim, reading).ok()?),
    };
    Some(SumRow { claim, kind, measure, weight: weight.clone(), says })
}

/// A box, of a level on one day.
fn on(scope: ScopeBox, day: Option<Day>) -> ScopeBox {
    match day {
        None => scope,
        Some(_) => ScopeBox { days: Some(Days { first: day, last: day }), ..scope },
    }
}

/// A term before what all have in common is taken out.
struct Term<'a> {
    times: Rational,
    measure: MeasureId,
    scope: &'a ScopeBox,
}

/// A row of the certificate, and its terms before what all have in common is taken out.
type Made<'a> = (Row, Vec<Term<'a>>);

pub(super) fn sums(corpus: &Corpus, cells: &Cells, conflict: SumConflict, reading: Reading) -> Option<Proof> {
    let codebook = &corpus.codebook;
    let rows = sum_rows(corpus, &conflict, reading)?;
    let main = rows.first()?.measure;
    let made = made(corpus, &rows, &conflict.sums)?;
    let certificate = certificate(codebook, cells, main, made, &conflict.total);
    let shape = shape(&rows);
    let (gap, excess) = gap(&rows)?;
    let claims = claims(corpus, &rows, shape);
    Some(Proof { conflict: Conflict::Sums(conflict), reading, certificate, gap, excess, shape, claims })
}

/// The certificate of a bound on a box: the rows of claims and premises, and the question.
///
/// `supposed` says by how much the box is taken, and that this is above the number after it, or at least that.
pub(super) fn asked(
    corpus: &Corpus,
    cells: &Cells,
    conflict: &SumConflict,
    reading: Reading,
    (measure, scope, supposed): (MeasureId, &ScopeBox, &Supposed),
) -> Option<Certificate> {
    let rows = sum_rows(corpus, conflict, reading)?;
    let mut made = made(corpus, &rows, &conflict.sums)?;
    let row = Row {
        claim: None,
        premise: Some(json!({ "kind": "asked", "of": supposed.of })),
        bound: None,
        weight: "1".to_owned(),
        sum: Vec::new(),
        at_least: supposed.at_least.to_string(),
        open: supposed.open,
    };
    made.push((row, vec![Term { times: supposed.times.clone(), measure, scope }]));
    Some(certificate(&corpus.codebook, cells, measure, made, &conflict.total))
}

/// What is supposed of a box, to be refuted.
#[derive(Clone, Debug)]
pub(in crate::certificate) struct Supposed {
    /// `at-most` or `at-least`.
    pub(in crate::certificate) of: &'static str,
    /// −1 or 1.
    pub(in crate::certificate) times: Rational,
    /// What so many times the box are at least, ...
    pub(in crate::certificate) at_least: Rational,
    /// ... or above.
    pub(in crate::certificate) open: bool,
}

fn made<'a>(corpus: &Corpus, rows: &'a [SumRow], sums: &'a [SumPremise]) -> Option<Vec<Made<'a>>> {
    let mut made: Vec<Made<'a>> = rows.iter().map(|row| of_claim(corpus, row)).collect::<Option<_>>()?;
    made.extend(sums.iter().map(|premise| of_premise(&corpus.codebook, premise)));
    Some(made)
}

fn certificate(
    codebook: &Codebook,
    cells: &Cells,
    main: MeasureId,
    made: Vec<Made<'_>>,
    total: &Rational,
) -> Certificate {
    let boxes: Vec<(MeasureId, &ScopeBox)> =
        made.iter().flat_map(|(_, terms)| terms).map(|term| (term.measure, term.scope)).collect();
    let axes = axes(codebook, cells.extents(), &boxes);
    let mut scopes: Vec<ScopeJson> =
        boxes.iter().map(|(measure, scope)| scope_json(codebook, *measure, scope)).collect();
    let common = take_common(&mut scopes);
    let mut scopes = scopes.into_iter();
    let mut finished = Vec::new();
    for (mut row, terms) in made {
        for Term { times, measure, .. } in terms {
            let measure = (measure != main).then(|| codebook.measure(measure).id.clone());
            row.sum.push(SumTerm { times: times.to_string(), scope: scopes.next(), measure, date: None });
        }
        finished.push(row);
    }
    let measure = Some(codebook.measure(main).id.clone());
    Certificate { measure, common, axes, rows: finished, total: total.to_string() }
}

fn of_claim<'a>(corpus: &Corpus, row: &'a SumRow) -> Option<Made<'a>> {
    let Linear { sum, at_least, open } = row.linear()?;
    // A share of nothing names a base that does not count.
    let terms = sum.into_iter().filter(|(times, _)| !times.is_zero());
    let terms = terms.map(|(times, scope)| Term { times, measure: row.measure, scope }).collect();
    let bound = match row.kind {
        RowKind::Low => "low",
        RowKind::High => "high",
        RowKind::Base => "base",
    };
    let (claim, weight) = (Some(corpus.name(row.claim)), row.weight.to_string());
    let at_least = at_least.to_string();
    Some((Row { claim, premise: None, bound: Some(bound), weight, sum: Vec::new(), at_least, open }, terms))
}

/// The whole less its parts is nothing, or the other way round.
fn of_premise<'a>(codebook: &Codebook, premise: &'a SumPremise) -> Made<'a> {
    let sum = entry(&codebook.sums, premise.sum);
    let sign = if premise.whole_is_more { Rational::one() } else { -Rational::one() };
    let term = |times, measure| Term { times, measure, scope: &premise.scope };
    let parts = sum.parts.iter().map(|&part| term(-sign.clone(), part));
    let terms = std::iter::once(term(sign.clone(), sum.whole)).chain(parts).collect();
    let row = Row {
        claim: None,
        premise: Some(json!({ "kind": "sum", "of": premise.sum })),
        bound: None,
        weight: premise.weight.to_string(),
        sum: Vec::new(),
        at_least: "0".to_owned(),
        open: false,
    };
    (row, terms)
}

/// The shape of a conflict of figures and changes.
///
/// It is enough to count. Nowhere do the lower figures count for more than the upper ones, each as often as its weight
/// says: where there is one upper figure, every lower one lies in its box; where there is one lower figure, the upper
/// ones cover it.
fn shape(rows: &[SumRow]) -> Shape {
    let count = |kind| rows.iter().filter(|row| row.kind == kind).count();
    match (count(RowKind::Low), count(RowKind::High)) {
        _ if rows.iter().any(|row| !row.is_figure()) => Shape::Change,
        (1, 1) => Shape::Nested,
        (_, 1) => Shape::PartsExceed,
        (1, _) => Shape::PartsShort,
        _ => Shape::Mixed,
    }
}

/// What the weighted rows ask for, and what they leave room for, in units of the figure that a reader compares with: the
/// whole, or the figure at the end of a change.
fn gap(rows: &[SumRow]) -> Option<(Gap, Rational)> {
    let unit = unit(rows)?;
    let (mut low, mut high) = (Rational::zero(), Rational::zero());
    for row in rows {
        let asked = &row.weight / &unit * row.linear()?.at_least;
        if asked.is_positive() { low += asked } else { high -= asked }
    }
    let excess = &low - &high;
    let ratio = high.is_positive().then(|| (&low / &high).to_string());
    Some((Gap { low: low.to_string(), high: high.to_string(), excess: excess.to_string(), ratio }, excess))
}

/// The weight of the figure that a reader compares with.
fn unit(rows: &[SumRow]) -> Option<Rational> {
    let only = |kind| {
        let mut found = rows.iter().filter(|row| row.kind == kind && row.is_figure());
        found.next().filter(|_| found.next().is_none())
    };
    // Of the figures that changes lead to the last one; a change counts its new figure once.
    let ends = |row: &&SumRow| match &row.says {
        Says::Change(change) if row.kind != RowKind::Base => Some(change.new.days.and_then(|days| days.last)),
        _ => None,
    };
    let last = rows.iter().filter(|row| ends(row).is_some()).max_by_key(ends);
    let row = last.or_else(|| only(RowKind::High)).or_else(|| only(RowKind::Low)).or_else(|| rows.first());
    row.map(|row| row.weight.clone())
}

/// The claims as a reader meets them: parts before their whole, what a change starts from before the change, and that
/// before what it leads to.
fn claims(corpus: &Corpus, rows: &[SumRow], shape: Shape) -> Vec<(ClaimId, Role)> {
    let mut order: Vec<(u8, &SumRow, Role)> = rows
        .iter()
        .map(|row| {
            let (place, role) = role(rows, row, shape);
            (place, row, role)
        })
        .collect();
    // In order of time, and within a text as it has them.
    order.sort_by_cached_key(|(place, row, _)| {
        let (Says::Figure { scope, .. } | Says::Change(ChangeStatement { new: scope, .. })) = &row.says;
        let claim = corpus.claim(row.claim);
        let value = row.end().map(|end| end.value.clone());
        (*place, scope.days, claim.source, claim.line, value, corpus.name(row.claim))
    });
    let mut claims: Vec<(ClaimId, Role)> = Vec::new();
    for (_, row, role) in order {
        if !claims.iter().any(|(claim, _)| *claim == row.claim) {
            claims.push((row.claim, role));
        }
    }
    claims
}

fn role(rows: &[SumRow], row: &SumRow, shape: Shape) -> (u8, Role) {
    let Says::Figure { scope, .. } = &row.says else { return (1, Role::Change) };
    match (shape, row.kind) {
        (Shape::Nested | Shape::PartsExceed, RowKind::Low) | (Shape::PartsShort, RowKind::High) => (0, Role::Part),
        (Shape::Nested | Shape::PartsExceed | Shape::PartsShort, _) => (2, Role::Whole),
        (Shape::Change, _) => {
            let changes = || rows.iter().filter_map(|row| if let Says::Change(c) = &row.says { Some(c) } else { None });
            let of_share = changes().any(|change| change.kind == ChangeKind::Share);
            let starts = changes().any(|change| change.base == *scope);
            let ends = changes().any(|change| change.new == *scope);
            match (starts && !ends, ends, of_share) {
                (true, _, true) => (0, Role::Whole),
                (true, _, false) => (0, Role::Base),
                (_, true, true) => (2, Role::Part),
                _ => (2, Role::Figure),
            }
        }
        (_, RowKind::Low) => (0, Role::Figure),
        _ => (2, Role::Figure),
    }
}
