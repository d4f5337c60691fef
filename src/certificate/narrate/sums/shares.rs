//! Changes and shares that no figures could give: each alone or together they leave no room.

use super::derive::Side;
use super::listing::by_source;
use super::wording::bound;
use super::{Scene, Story};
use crate::certificate::build::SumRow;
use crate::certificate::data::Premise;
use crate::certificate::narrate::premises::{BASE, premise};
use crate::certificate::narrate::wording::Wording;
use crate::claim::ClaimId;
use crate::number::{End, Rational, integer};
use crate::prose::number;
use crate::solve::sums::RowKind;
use crate::system::{ChangeKind, ChangeStatement};

impl Scene<'_> {
    /// What a change starts from is above nothing.
    pub(super) fn above_nothing() -> Premise {
        premise(BASE, "what a change or a share refers to is more than nothing".to_owned())
    }

    /// A part that would be more than its whole, all by itself.
    pub(super) fn alone(&self, id: ClaimId) -> Option<Story> {
        let geometry = self.geometry.as_ref()?;
        let row = self.rows.iter().position(|row| row.kind != RowKind::Base)?;
        let (says, boxes) = (self.rows.get(row)?, *self.row_boxes.get(row)?);
        let (change, end) = (Self::change_of(says)?, says.end()?);
        let lower = says.kind == RowKind::Low;
        let inside =
            if lower { geometry.lies_in(boxes.new, boxes.base) } else { geometry.lies_in(boxes.base, boxes.new) };
        if !inside {
            return None;
        }
        let (inner, outer) = if lower { (boxes.new, boxes.base) } else { (boxes.base, boxes.new) };
        let mut premises = self.lie_in(&[inner], outer, "the other figure");
        let reasons = Self::joined(&premises);
        let because = if reasons.is_empty() { String::new() } else { format!("{reasons}. ") };
        let words = Wording { corpus: self.corpus };
        let side = if lower { Side::Lower } else { Side::Upper };
        let percent = End { value: &end.value * integer(100), open: end.open };
        let said = match (change.kind, lower) {
            (ChangeKind::Difference, true) => format!("{} more", bound(end, side)),
            (ChangeKind::Difference, false) => "less than that".to_owned(),
            (_, _) => format!("{} % of it", bound(&percent, side)),
        };
        let cannot =
            if lower { "A part cannot be more than the whole" } else { "The whole cannot be less than a part" };
        let last = format!("{because}{cannot}, but here it would be {said}.");
        premises.push(Self::above_nothing());
        let relation = if lower { "more than the whole" } else { "less than a part of it" };
        Some(Story { headline: format!("{}: {relation}", words.said_by(id)), middle: Vec::new(), last, premises })
    }

    /// Two changes between the same two figures.
    pub(super) fn opposed(&self, first: ClaimId, second: ClaimId) -> Option<Story> {
        let of = |id: ClaimId| self.rows.iter().find(|row| row.claim == id && row.kind != RowKind::Base);
        let (a, b) = (of(first)?, of(second)?);
        let (says_a, says_b) = (Self::change_of(a)?, Self::change_of(b)?);
        let same = says_a.new == says_b.new && says_a.base == says_b.base;
        let alike = (says_a.kind == ChangeKind::Difference) == (says_b.kind == ChangeKind::Difference);
        if !same || !alike || a.kind == b.kind {
            return None;
        }
        let side = |row: &SumRow| if row.kind == RowKind::Low { Side::Lower } else { Side::Upper };
        let told = |row: &SumRow, says: &ChangeStatement| Some(Self::relation(says.kind, row.end()?, side(row)));
        let last = format!(
            "Both compare the same two figures. By the first, the new one is {}; by the second, {}.",
            told(a, &says_a)?,
            told(b, &says_b)?
        );
        let words = Wording { corpus: self.corpus };
        let headline = words.one_against_other(first, second);
        let factor = says_a.kind != ChangeKind::Difference;
        Some(Story {
            headline,
            middle: Vec::new(),
            last,
            premises: factor.then(Self::above_nothing).into_iter().collect(),
        })
    }

    /// Shares of one whole that add up to more than all of it, or to less.
    pub(super) fn shares(&self) -> Option<Story> {
        let geometry = self.geometry.as_ref()?;
        let shares: Vec<(&SumRow, usize, usize)> = self
            .rows
            .iter()
            .zip(&self.row_boxes)
            .filter(|(row, _)| row.kind != RowKind::Base)
            .map(|(row, boxes)| (row, boxes.new, boxes.base))
            .collect();
        let &(first, _, whole) = shares.first()?;
        let alike = |(row, _, base): &(&SumRow, usize, usize)| {
            let factor = Self::change_of(row).is_some_and(|change| change.kind != ChangeKind::Difference);
            factor && *base == whole && row.kind == first.kind && row.weight == first.weight
        };
        if !shares.iter().all(alike) {
            return None;
        }
        let parts: Vec<usize> = shares.iter().map(|(_, new, _)| *new).collect();
        let lower = first.kind == RowKind::Low;
        let apart = |(at, a): (usize, &usize)| {
            parts.iter().skip(at + 1).all(|b| geometry.apart(*a, *b).next().is_some()) && geometry.lies_in(*a, whole)
        };
        let fits = if lower { parts.iter().enumerate().all(apart) } else { geometry.covers(whole, &parts) };
        if !fits {
            return None;
        }
        let mut premises = if lower { self.lie_apart(&parts) } else { self.cover(&[whole], &parts) };
        if lower {
            premises.extend(self.lie_in(&parts, whole, "the whole"));
        }
        let rows: Vec<&SumRow> = shares.iter().map(|(row, ..)| *row).collect();
        let (sum, addition) = Self::percents(&rows);
        let (side, must, are) = if lower {
            (Side::Lower, "cannot add up to more than 100 %", if sum.open { "more than" } else { "at least" })
        } else {
            (Side::Upper, "must add up to at least 100 %", if sum.open { "less than" } else { "at most" })
        };
        let words = Wording { corpus: self.corpus };
        let said: Vec<(ClaimId, String)> = self.claims.iter().map(|&id| (id, words.said(id))).collect();
        let headline = format!("{}: together {} % of the whole", by_source(&words, &said), bound(&sum, side));
        let last = format!("{}So the shares {must}, but here they are {are} {addition}.", Self::sentence_of(&premises));
        premises.push(Self::above_nothing());
        Some(Story { headline, middle: Vec::new(), last, premises })
    }

    /// What shares add up to in percent, and how: "44.5 % + 34.5 % = 79 %".
    fn percents(rows: &[&SumRow]) -> (End, String) {
        let ends: Vec<&End> = rows.iter().filter_map(|row| row.end()).collect();
        let percents: Vec<Rational> = ends.iter().map(|end| &end.value * integer(100)).collect();
        let sum: Rational = percents.iter().sum();
        let terms: Vec<String> = percents.iter().map(|percent| format!("{} %", number(percent))).collect();
        let addition = format!("{} = {} %", terms.join(" + "), number(&sum));
        (End { value: sum, open: ends.iter().any(|end| end.open) }, addition)
    }
}
