//! Who agrees with whom: claims of one group whose intervals meet, and whom their chains share.

use std::collections::HashSet;

use crate::claim::{Claim, ClaimId, Corpus, Credit, DayBounds, Days, Edge, Form, Reading};
use crate::codebook::EventKind;
use crate::number::{End, Interval, exceeds, integer};
use crate::show::groups::Together;
use crate::system::{FactStatement, Relations, change_statement, duration, event_bounds, fact_statement, statement};

/// Groups of more claims than this are not looked through pair by pair.
const MOST_PAIRED: usize = 500;

/// How many pairs are looked at in all; groups that come after these are not looked through.
const MOST_PAIRS: usize = 2_000_000;

/// Two claims of a group that agree, in index order.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    pub(super) first: ClaimId,
    pub(super) second: ClaimId,
    /// Whom the chains of both hold, in the order of the first chain; the sources count. None: they are independent.
    pub(super) shared: Vec<Credit>,
    /// Whether one source makes both.
    pub(super) repeat: bool,
}

/// The values or days that a claim allows, as one interval; none for facts and for what gives no single range.
///
/// A date on some day of a longer event says by when it had begun and until when it went on: its interval is that of the
/// day.
pub(super) fn range(corpus: &Corpus, id: ClaimId, reading: Reading) -> Option<Interval> {
    match &corpus.claim(id).form {
        Form::Value { .. } => statement(corpus, id, reading).ok().map(|statement| statement.interval),
        Form::Change { .. } | Form::Share { .. } => {
            change_statement(corpus, id, reading).ok().map(|change| change.interval)
        }
        Form::Date { event, edge, .. } => {
            let bounds = event_bounds(corpus, id, reading).ok()?;
            let one_day = corpus.codebook.event(*event).kind == EventKind::Incident;
            let days = match edge {
                Edge::On if !one_day => DayBounds { low: bounds.end.low, high: bounds.start.high },
                Edge::End if !one_day => bounds.end,
                _ => bounds.start,
            };
            let end = |day: crate::edtf::Day| End::closed(integer(i64::from(day.number())));
            Some(Interval { low: days.low.map(end), high: days.high.map(end) })
        }
        Form::Duration { .. } => duration(corpus, id, reading).ok(),
        Form::Fact { .. } => None,
    }
}

/// What a claim can agree on.
enum Stance {
    Range(Interval),
    Fact(FactStatement),
}

/// Finds the pairs of a group that agree.
pub(super) struct Agreements<'a> {
    corpus: &'a Corpus,
    /// The claims that are not comparable under the strict reading.
    not_comparable: &'a HashSet<ClaimId>,
    relations: Relations,
    /// How many more pairs may be looked at.
    left: usize,
}

impl<'a> Agreements<'a> {
    pub(super) fn new(corpus: &'a Corpus, not_comparable: &'a HashSet<ClaimId>) -> Self {
        Self { corpus, not_comparable, relations: Relations::of(&corpus.codebook), left: MOST_PAIRS }
    }

    /// All pairs, in index order; none of a group that is too large to look through, or comes after too many others.
    pub(super) fn of(&mut self, together: &Together) -> Option<Vec<Pair>> {
        let claims = together.claims.len();
        let pairs = claims * claims.saturating_sub(1) / 2;
        if claims > MOST_PAIRED || pairs > self.left {
            return None;
        }
        self.left -= pairs;
        let stances: Vec<(ClaimId, Stance)> =
            together.claims.iter().filter_map(|&id| Some((id, self.stance(together, id)?))).collect();
        let mut pairs = Vec::new();
        for (at, (first, stance)) in stances.iter().enumerate() {
            for (second, other) in stances.iter().skip(at + 1) {
                if self.meet(stance, other) {
                    pairs.push(self.pair(*first, *second));
                }
            }
        }
        Some(pairs)
    }

    /// What a claim can agree on with others of its group, under the strict reading; none where it says nothing that could be
    /// compared, where nothing is sure of its scope, and where a later claim replaces it.
    fn stance(&self, together: &Together, id: ClaimId) -> Option<Stance> {
        if self.corpus.claim(id).superseded_by.is_some() {
            return None;
        }
        if let Form::Fact { .. } = self.corpus.claim(id).form {
            // What may change is compared over its periods, as a reader takes them.
            let stated = fact_statement(self.corpus, id, Reading::Strict)
                .or_else(|_| fact_statement(self.corpus, id, Reading::Plain));
            return stated.ok().map(Stance::Fact);
        }
        let interval = range(self.corpus, id, Reading::Strict)?;
        let bounds = interval.low.is_some() || interval.high.is_some();
        (together.sure() && bounds && !self.not_comparable.contains(&id)).then_some(Stance::Range(interval))
    }

    fn meet(&mut self, first: &Stance, second: &Stance) -> bool {
        match (first, second) {
            (Stance::Range(a), Stance::Range(b)) => {
                let above = |low: &Option<End>, high: &Option<End>| {
                    low.as_ref().zip(high.as_ref()).is_some_and(|(low, high)| exceeds(low, high))
                };
                !above(&a.low, &b.high) && !above(&b.low, &a.high)
            }
            (Stance::Fact(a), Stance::Fact(b)) => {
                let at_once = |a: Days, b: Days| a.meet(b).is_some();
                let apart = a.days.zip(b.days).is_some_and(|(a, b)| !at_once(a, b));
                let mut within = |inner: &FactStatement, outer: &FactStatement| {
                    self.relations.is_within(self.corpus, &inner.values, &outer.values)
                };
                let same = match (a.negated, b.negated) {
                    (false, false) => within(a, b) || within(b, a),
                    (true, true) => within(a, b) && within(b, a),
                    _ => false,
                };
                same && !apart
            }
            _ => false,
        }
    }

    fn pair(&self, first: ClaimId, second: ClaimId) -> Pair {
        let (one, other) = (self.corpus.claim(first), self.corpus.claim(second));
        let others = chain(other);
        let shared = chain(one).into_iter().filter(|party| others.contains(party)).collect();
        Pair { first, second, shared, repeat: one.source == other.source }
    }
}

/// Whoever stands behind a claim: its source, then whom that credits, to the origin.
fn chain(claim: &Claim) -> Vec<Credit> {
    std::iter::once(Credit::Source(claim.source)).chain(claim.attributed_to.iter().copied()).collect()
}
