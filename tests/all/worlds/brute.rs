//! An independent method: compares every two claims, with everything listed.
//!
//! Two claims conflict under a reading when no world satisfies both. One bounds a box from below and the other one from
//! above: that is impossible just when every position of the first box is one of the second and the low end is above
//! the high one. (Otherwise the whole mass goes to a position of the first box alone.)

use std::collections::BTreeSet;

use super::calendar::{AFTER_ALL, BEFORE_ALL, Days, meet, within};
use super::case::{Case, Claim, Edge, Form, Source, Voice, name, scale};
use super::facts::Spot;
use super::hedge::{Interval, clash};
use super::scope::Meaning;
use super::tell::{denied, denied_days};
use super::timeline;
use super::tree::Cells;
use super::world::{Kind, MEASURES, World};

#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    Contradiction,
    Tension,
    /// A conflict of opinion.
    Note,
}

impl Verdict {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Contradiction => "contradiction",
            Self::Tension => "tension",
            Self::Note => "note",
        }
    }
}

/// Two claims that conflict, by name and in order, and what that is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Pair {
    pub(crate) claims: [String; 2],
    pub(crate) verdict: Verdict,
    pub(crate) strict: bool,
}

/// Every two claims that conflict, dates only where they are about one end of one event.
pub(crate) fn pairs(case: &Case) -> BTreeSet<Pair> {
    conflicting(case, &conflict)
}

/// Every two date claims that no timeline holds, whatever they are about.
pub(crate) fn timeline_pairs(case: &Case) -> BTreeSet<Pair> {
    conflicting(case, &|world, a, b, strict| {
        let bounds: Option<Vec<_>> = [a, b].iter().map(|(_, claim)| event_edges(world, claim, strict)).collect();
        bounds.is_some_and(|bounds| !timeline::can_hold(world, &bounds))
    })
}

type Named<'a> = (&'a Source, &'a Claim);

fn conflicting(case: &Case, conflict: &dyn Fn(&World, Named<'_>, Named<'_>, bool) -> bool) -> BTreeSet<Pair> {
    let claims: Vec<Named<'_>> = case.claims().filter(|(_, claim)| claim.superseded_by.is_none()).collect();
    let mut found = BTreeSet::new();
    for (at, a) in claims.iter().enumerate() {
        for b in &claims[at + 1..] {
            let Some(strict) = [true, false].into_iter().find(|&strict| conflict(&case.world, *a, *b, strict)) else {
                continue;
            };
            let verdict = match &a.1.form {
                Form::Fact { attribute, .. } if case.world.attributes[*attribute].opinion => Verdict::Note,
                _ if strict => Verdict::Contradiction,
                _ => Verdict::Tension,
            };
            let mut claims = [name(a.0, a.1), name(b.0, b.1)];
            claims.sort();
            found.insert(Pair { claims, verdict, strict });
        }
    }
    found
}

fn conflict(world: &World, a: Named<'_>, b: Named<'_>, strict: bool) -> bool {
    match (&a.1.form, &b.1.form) {
        (Form::Value { .. }, Form::Value { .. }) => {
            let (Some(a), Some(b)) = (row(world, a, strict), row(world, b, strict)) else { return false };
            let common = a.measures.iter().any(|measure| b.measures.contains(measure));
            common && (exceeds(&a, &b, strict) || exceeds(&b, &a, strict))
        }
        (Form::Date { .. }, Form::Date { .. }) => {
            match (event_edges(world, a.1, strict), event_edges(world, b.1, strict)) {
                (Some((event, a)), Some((other, b))) => {
                    event == other && a.into_iter().zip(b).any(|(a, b)| meet(a, b).is_none())
                }
                _ => false,
            }
        }
        (Form::Fact { .. }, Form::Fact { .. }) => facts_conflict(world, a.1, b.1, strict),
        _ => false,
    }
}

/// What a figure says under one reading.
struct Row {
    measures: Vec<usize>,
    kind: Kind,
    meaning: Meaning,
    interval: Interval,
}

fn row(world: &World, (source, claim): (&Source, &Claim), strict: bool) -> Option<Row> {
    let Form::Value { measure, scope, value, unit } = &claim.form else { return None };
    let scale = scale(*measure, *unit);
    let interval = match claim.voice {
        Voice::Disputes => denied(value, world, scale)?,
        _ => value.interval(strict, &world.policy, scale),
    };
    let also = MEASURES[*measure].plain.filter(|_| !strict);
    Some(Row {
        measures: std::iter::once(*measure).chain(also).collect(),
        kind: MEASURES[*measure].kind,
        meaning: scope.meaning(world, *measure, strict, source.published.last())?,
        interval,
    })
}

/// Whether the first figure is too large to fit into the second.
fn exceeds(low: &Row, high: &Row, strict: bool) -> bool {
    let all_within = |outer: &Cells, inner: &Option<Cells>| inner.as_ref().is_some_and(|inner| outer.is_subset(inner));
    let positions = low.meaning.outer.iter().zip(&high.meaning.inner).all(|(outer, inner)| all_within(outer, inner));
    let time = match low.kind {
        Kind::Fixed => true,
        Kind::Count => high.meaning.inner_days.is_some_and(|inner| within(low.meaning.outer_days, inner)),
        Kind::Level if strict => {
            low.meaning.single_day().is_some() && low.meaning.single_day() == high.meaning.single_day()
        }
        Kind::Level => match (low.meaning.inner_days, high.meaning.inner_days) {
            (Some(a), Some(b)) => meet(a, b).is_some(),
            _ => false,
        },
    };
    positions && time && clash(low.interval.low, high.interval.high)
}

/// The event of a date claim, with the days that it allows for its start and for its end; none for a denial that is no
/// interval.
pub(crate) fn event_edges(world: &World, claim: &Claim, strict: bool) -> Option<(usize, [Days; 2])> {
    let Form::Date { event, edge, when } = &claim.form else { return None };
    let days = if claim.voice == Voice::Disputes { denied_days(when)? } else { when.days(strict) };
    let anything = (BEFORE_ALL, AFTER_ALL);
    let edges = match edge {
        _ if world.events[*event].is_incident => [days, days],
        Edge::On => [(BEFORE_ALL, days.1), (days.0, AFTER_ALL)],
        Edge::Start => [days, anything],
        Edge::End => [anything, days],
    };
    Some((*event, edges))
}

fn facts_conflict(world: &World, a: &Claim, b: &Claim, strict: bool) -> bool {
    let parts = |claim: &Claim| match &claim.form {
        Form::Fact { attribute, subject, toward, values, negated, period } => {
            let about = if world.attributes[*attribute].toward {
                (*attribute, *subject.min(toward), *subject.max(toward))
            } else {
                (*attribute, *subject, 0)
            };
            (about, values.clone(), *negated != (claim.voice == Voice::Disputes), *period)
        }
        _ => unreachable!("both claims are facts"),
    };
    let ((about, values, negated, period), (about_too, others, negated_too, period_too)) = (parts(a), parts(b));
    if about != about_too {
        return false;
    }
    let attribute = &world.attributes[about.0];
    let same_time = match (period, period_too) {
        _ if !attribute.changes => true,
        (Some(a), Some(b)) if strict => a.days() == b.days() && a.first() == a.last(),
        (Some(a), Some(b)) => meet(a.days(), b.days()).is_some(),
        _ => !strict,
    };
    let spots = values.spots(&others, attribute, world);
    let no_spot = |clashing: &dyn Fn(Spot) -> bool| !spots.iter().any(|&spot| clashing(spot));
    let exclusive = match (negated, negated_too) {
        (false, false) => attribute.single && no_spot(&|spot| values.hold(spot) && others.hold(spot)),
        (false, true) => no_spot(&|spot| values.hold(spot) && !others.hold(spot)),
        (true, false) => no_spot(&|spot| others.hold(spot) && !values.hold(spot)),
        (true, true) => false,
    };
    same_time && exclusive
}

/// Whether two claims say the same: of one scope, and with the same bounds, under both readings.
pub(crate) fn same_content(case: &Case, a: &str, b: &str) -> bool {
    let find = |wanted: &str| case.claims().find(|(source, claim)| name(source, claim) == wanted).unwrap();
    let (a, b) = (find(a), find(b));
    let of_value = |strict| match (row(&case.world, a, strict), row(&case.world, b, strict)) {
        (Some(a), Some(b)) => {
            let content = |row: &Row| {
                (row.measures.clone(), row.meaning.outer.clone(), row.meaning.inner.clone(), row.meaning.outer_days)
            };
            content(&a) == content(&b) && a.meaning.inner_days == b.meaning.inner_days && a.interval == b.interval
        }
        _ => false,
    };
    let same_bounds = || match (&a.1.form, &b.1.form) {
        (Form::Date { event, edge, when }, Form::Date { event: other, edge: other_edge, when: other_when }) => {
            (event, edge, a.1.voice == Voice::Disputes) == (other, other_edge, b.1.voice == Voice::Disputes)
                && [true, false].iter().all(|&strict| when.days(strict) == other_when.days(strict))
        }
        // The same fact may name its two sides in either order and its values in another way.
        (Form::Fact { attribute, .. }, Form::Fact { attribute: other, .. }) => attribute == other,
        _ => false,
    };
    of_value(true) && of_value(false) || same_bounds()
}
