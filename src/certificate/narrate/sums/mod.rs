//! Figures, changes and shares that cannot all be true together.
//!
//! This file walks: which shape a conflict has, and which sentence comes next. How the boxes lie to each other is in
//! [`geometry`], why in words in [`reasons`]; conflicts with changes are in [`changes`], along the steps that [`derive`](mod@derive)
//! finds.

mod changes;
mod derive;
mod figures;
mod geometry;
mod listing;
mod reasons;
mod shares;
mod wording;

use super::Told;
use super::premises::{self, SHARED_DAY, premise};
use super::wording::Wording;
use crate::certificate::build::{Proof, Says, Shape, SumRow, sum_rows};
use crate::certificate::data::Premise;
use crate::claim::{ClaimId, Corpus, Reading};
use crate::codebook::{MeasureId, Sum, entry};
use crate::number::{Interval, Rational};
use crate::prose::{capitalized, day};
use crate::solve::SumConflict;
use crate::solve::sums::RowKind;
use crate::system::{Extents, ScopeBox, statement};
use derive::RowBoxes;
use geometry::Geometry;

/// A conflict as its narration needs it.
struct Scene<'a> {
    corpus: &'a Corpus,
    reading: Reading,
    rows: &'a [SumRow],
    /// The claims as a reader meets them.
    claims: Vec<ClaimId>,
    /// Every box that a row names, once.
    boxes: Vec<(MeasureId, &'a ScopeBox)>,
    /// For each row its boxes.
    row_boxes: Vec<RowBoxes>,
    /// How the boxes lie; none where that takes too long to find out.
    geometry: Option<Geometry>,
    /// The sums of measures that the proof needs.
    sums: Vec<&'a Sum>,
}

/// What is told after what the claims say.
struct Story {
    headline: String,
    middle: Vec<String>,
    last: String,
    premises: Vec<Premise>,
}

/// Tells a conflict of figures, changes and shares.
pub(super) fn tell(corpus: &Corpus, extents: &Extents, proof: &Proof, conflict: &SumConflict) -> Option<Told> {
    let rows = sum_rows(corpus, conflict, proof.reading)?;
    let scene = Scene::of(corpus, extents, proof, conflict, &rows);
    let story = match proof.shape {
        Shape::Nested => scene.nested(proof),
        Shape::PartsExceed => scene.parts_exceed(),
        Shape::PartsShort => scene.parts_fall_short(),
        Shape::Change => scene.changes(),
        Shape::Mixed | Shape::Alike => scene.crossed(),
    };
    let Story { headline, middle, last, premises } =
        story.or_else(|| scene.weighed()).unwrap_or_else(|| scene.numbered());
    let mut sentences = listing::each_states(corpus, &scene.claims);
    let readings = scene.readings();
    if proof.reading == Reading::Plain {
        sentences.push(Wording::literally_possible(scene.claims.len()));
    }
    sentences.extend(readings.iter().map(|premise| Wording::sentence(&premise.text)));
    sentences.extend(scene.sums_of_measures().iter().map(|premise| Wording::sentence(&premise.text)));
    let day = scene.shared_day();
    sentences.extend(day.iter().map(|premise| Wording::sentence(&premise.text)));
    sentences.extend(middle);
    sentences.push(last);
    let mut all = premises;
    all.extend(scene.sums_of_measures());
    all.extend(day);
    all.extend(scene.one_event());
    all.extend(readings);
    let mut told: Vec<Premise> = Vec::new();
    for premise in all {
        if !told.contains(&premise) {
            told.push(premise);
        }
    }
    Some((headline, sentences, told))
}

impl<'a> Scene<'a> {
    fn of(corpus: &'a Corpus, extents: &Extents, proof: &Proof, conflict: &SumConflict, rows: &'a [SumRow]) -> Self {
        let mut boxes: Vec<(MeasureId, &ScopeBox)> = Vec::new();
        let mut number = |measure: MeasureId, scope: &'a ScopeBox| {
            let known = boxes.iter().position(|known| *known == (measure, scope));
            known.unwrap_or_else(|| {
                boxes.push((measure, scope));
                boxes.len() - 1
            })
        };
        let row_boxes = rows
            .iter()
            .map(|row| match &row.says {
                Says::Figure { scope, .. } => {
                    let only = number(row.measure, scope);
                    RowBoxes { new: only, base: only }
                }
                Says::Change(change) => {
                    let new = number(row.measure, &change.new);
                    RowBoxes { new, base: number(row.measure, &change.base) }
                }
            })
            .collect();
        let mut sums: Vec<&Sum> = Vec::new();
        for premise in &conflict.sums {
            let sum = entry(&corpus.codebook.sums, premise.sum);
            if !sums.iter().any(|known| std::ptr::eq(*known, sum)) {
                sums.push(sum);
            }
        }
        let geometry = Geometry::of(&corpus.codebook, extents, &boxes, &sums);
        let claims = proof.claims.iter().map(|&(id, _)| id).collect();
        Self { corpus, reading: proof.reading, rows, claims, boxes, row_boxes, geometry, sums }
    }

    /// The rows of a kind, with their boxes, in the order in which a reader meets the claims.
    fn of_kind(&self, kind: RowKind) -> Vec<(&SumRow, usize)> {
        let mut found: Vec<(&SumRow, usize)> = self
            .rows
            .iter()
            .zip(&self.row_boxes)
            .filter(|(row, _)| row.kind == kind)
            .map(|(row, boxes)| (row, boxes.new))
            .collect();
        found.sort_by_key(|(row, _)| self.claims.iter().position(|&id| id == row.claim));
        found
    }

    /// The weight of all rows, where it is one.
    fn one_weight(&self) -> Option<&Rational> {
        let first = &self.rows.first()?.weight;
        self.rows.iter().all(|row| row.weight == *first).then_some(first)
    }

    /// What the claim of a row allows; none for a change.
    fn interval(&self, row: usize) -> Option<Interval> {
        let row = self.rows.get(row)?;
        row.is_figure()
            .then(|| statement(self.corpus, row.claim, self.reading).ok())
            .flatten()
            .map(|found| found.interval)
    }

    /// How hedges were taken, and what was left unsaid.
    fn readings(&self) -> Vec<Premise> {
        let mut found: Vec<Premise> = Vec::new();
        for &id in &self.claims {
            if self.reading == Reading::Plain {
                found.extend(premises::read_as(self.corpus, id));
                found.extend(premises::unstated(self.corpus, id));
            }
            match statement(self.corpus, id, self.reading) {
                Ok(statement) => found.extend(premises::hedge(self.corpus, id, &statement, self.reading)),
                Err(_) => found.extend(self.change_hedge(id)),
            }
        }
        let mut once: Vec<Premise> = Vec::new();
        for premise in found {
            if !once.contains(&premise) {
                once.push(premise);
            }
        }
        once
    }

    /// That levels of different periods meet on one day.
    fn shared_day(&self) -> Option<Premise> {
        let days: Vec<_> = self.rows.iter().filter(|row| row.is_figure()).collect();
        let periods: Vec<_> = days
            .iter()
            .filter_map(|row| statement(self.corpus, row.claim, self.reading).ok())
            .map(|statement| statement.boxes.outer.days)
            .collect();
        let on = days.iter().find_map(|row| match &row.says {
            Says::Figure { scope, .. } => scope.days.and_then(crate::claim::Days::single),
            Says::Change(_) => None,
        })?;
        let kind = self.corpus.codebook.measure(self.rows.first()?.measure).kind;
        let differ = periods.iter().any(|period| period.and_then(crate::claim::Days::single) != Some(on));
        (kind == crate::codebook::Kind::Level && differ && days.len() == self.rows.len()).then(|| {
            premise(
                SHARED_DAY,
                format!("each of these figures holds on every day of its period, and so on {}", day(on)),
            )
        })
    }

    /// That passages are about one event.
    fn one_event(&self) -> Option<Premise> {
        let event = self.boxes.first()?.1.event?;
        let same = self.boxes.iter().all(|(_, scope)| scope.event == Some(event));
        same.then(|| premises::one_event(self.corpus, event)).flatten()
    }

    /// Clauses in a row, as the start of a sentence. What lies apart is named once and is "they" from there on.
    fn joined(premises: &[Premise]) -> String {
        Self::joined_after(&[], premises)
    }

    /// The same where other clauses stand before.
    fn joined_after(before: &[Premise], premises: &[Premise]) -> String {
        let mut texts: Vec<String> = Vec::new();
        let mut named: Option<&str> = before.last().and_then(apart);
        for premise in premises {
            let again = named.and_then(|named| premise.text.strip_prefix(named)).filter(|rest| rest.starts_with(' '));
            texts.push(again.map_or_else(|| premise.text.clone(), |rest| format!("they{rest}")));
            named = apart(premise);
        }
        // A comma before the last "and" where a clause has one of its own.
        let comma = if texts.len() > 1 && texts.iter().any(|text| text.contains(" and ")) { ", and" } else { " and" };
        capitalized(&match texts.as_slice() {
            [start @ .., end] if !start.is_empty() => format!("{}{comma} {end}", start.join(", ")),
            _ => texts.concat(),
        })
    }

    /// The same as a sentence of its own, with a blank after it; nothing for no clause.
    fn sentence_of(premises: &[Premise]) -> String {
        if premises.is_empty() { String::new() } else { format!("{}. ", Self::joined(premises)) }
    }
}

/// What a clause says lies apart.
fn apart(premise: &Premise) -> Option<&str> {
    let text = premise.text.as_str();
    [" do not overlap", " are different events"].iter().find_map(|verb| text.strip_suffix(verb))
}
