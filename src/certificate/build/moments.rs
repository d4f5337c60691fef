//! Two dates for one day, and chains of dates, durations and orders.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Conflict, Proof, Role, Shape, row};
use crate::certificate::data::{Certificate, Gap, Row, ScopeJson, SumTerm};
use crate::claim::{ClaimId, Corpus, Form, Reading};
use crate::codebook::{Codebook, EventId, Moment};
use crate::edtf::Day;
use crate::number::integer;
use crate::solve::{MomentPair, TimelineConflict};
use crate::system::{Ground, event_bounds};

pub(super) fn moments(corpus: &Corpus, pair: MomentPair, reading: Reading) -> Option<Proof> {
    let event = &corpus.codebook.event(pair.moment.event).id;
    let low_bounds = event_bounds(corpus, pair.low, reading).ok()?;
    let high_bounds = event_bounds(corpus, pair.high, reading).ok()?;
    // Of an incident both days are one: prefer the same day on both sides, and say so where they differ.
    let lows = [("start", low_bounds.start.low), ("end", low_bounds.end.low)];
    let highs = [("start", high_bounds.start.high), ("end", high_bounds.end.high)];
    let one_day = corpus.codebook.event(pair.moment.event).kind == crate::codebook::EventKind::Incident;
    let side_of_moment = |side: &str| one_day || side == pair.moment.side.word();
    let mut candidates =
        lows.iter().flat_map(|low| highs.iter().map(move |high| (low, high))).filter_map(|(low, high)| {
            let found = (low.0, high.0, low.1?, high.1?);
            (side_of_moment(low.0) && side_of_moment(high.0) && found.2 > found.3).then_some(found)
        });
    let all: Vec<_> = candidates.by_ref().collect();
    let (low_side, high_side, low, high) = *all.iter().find(|found| found.0 == found.1).or_else(|| all.first())?;
    let term = |times: i8, side: &str| SumTerm {
        times: times.to_string(),
        scope: None,
        measure: None,
        date: Some(format!("{event}.{side}")),
    };
    let mut rows = vec![
        row(corpus.name(pair.high), "high", term(-1, high_side), (-i64::from(high.number())).to_string(), false),
        row(corpus.name(pair.low), "low", term(1, low_side), low.number().to_string(), false),
    ];
    if low_side != high_side {
        let kind = if low_side == "start" { "start-end" } else { "one-day" };
        rows.push(Row {
            claim: None,
            premise: Some(json!({ "kind": kind, "of": event })),
            bound: None,
            weight: "1".to_owned(),
            sum: vec![term(1, high_side), term(-1, low_side)],
            at_least: "0".to_owned(),
            open: false,
        });
    }
    let excess = integer(i64::from(low.number()) - i64::from(high.number()));
    let gap = Gap { low: low.to_string(), high: high.to_string(), excess: excess.to_string(), ratio: None };
    let certificate =
        Certificate { measure: None, common: ScopeJson::new(), axes: BTreeMap::new(), rows, total: excess.to_string() };
    let claims = vec![(pair.low, Role::Date), (pair.high, Role::Date)];
    Some(Proof { conflict: Conflict::Moments(pair), reading, certificate, gap, excess, shape: Shape::Alike, claims })
}

pub(super) fn timeline(corpus: &Corpus, conflict: TimelineConflict, reading: Reading) -> Proof {
    let codebook = &corpus.codebook;
    let date = |moment: Moment| format!("{}.{}", codebook.event(moment.event).id, moment.side.word());
    let term = |times: i8, moment: Moment| SumTerm {
        times: times.to_string(),
        scope: None,
        measure: None,
        date: Some(date(moment)),
    };
    let rows = conflict.cycle.iter().map(|constraint| {
        let (claim, bound, premise) = match constraint.by {
            Ground::Claim { claim, low } => (Some(corpus.name(claim)), Some(if low { "low" } else { "high" }), None),
            ground => (None, None, Some(ground_json(codebook, ground))),
        };
        let sum = constraint.to.map(|to| term(1, to)).into_iter().chain(constraint.from.map(|from| term(-1, from)));
        let at_least = constraint.days.to_string();
        Row { claim, premise, bound, weight: "1".to_owned(), sum: sum.collect(), at_least, open: false }
    });
    let rows = rows.collect();
    let total: i64 = conflict.cycle.iter().map(|constraint| constraint.days).sum();
    let excess = integer(total);
    // Through the origin the days are days of the calendar: what the chain arrives at, and what the last bound allows.
    let through_origin = conflict.cycle.first().is_some_and(|constraint| constraint.from.is_none());
    let latest = conflict.cycle.last().map(|constraint| -constraint.days).filter(|_| through_origin);
    let day = |number: i64| i32::try_from(number).ok().and_then(Day::from_number).map(|day| day.to_string());
    let (low, high) = match latest.and_then(|latest| day(latest + total).zip(day(latest))) {
        Some(days) => days,
        None => (total.to_string(), "0".to_owned()),
    };
    let gap = Gap { low, high, excess: excess.to_string(), ratio: None };
    let certificate =
        Certificate { measure: None, common: ScopeJson::new(), axes: BTreeMap::new(), rows, total: total.to_string() };
    let role = |id: ClaimId| match corpus.claim(id).form {
        Form::Duration { .. } => (id, Role::Order),
        _ => (id, Role::Date),
    };
    let conflict = Conflict::Timeline(conflict);
    let claims = conflict.claims().into_iter().map(role).collect();
    Proof { conflict, reading, certificate, gap, excess, shape: Shape::Mixed, claims }
}

/// What the codebook says, as a row names it.
fn ground_json(codebook: &Codebook, ground: Ground) -> Value {
    let id = |event: EventId| codebook.event(event).id.clone();
    let date = |moment: Moment| format!("{}.{}", id(moment.event), moment.side.word());
    match ground {
        Ground::StartEnd(event) => json!({ "kind": "start-end", "of": id(event) }),
        Ground::OneDay(event) => json!({ "kind": "one-day", "of": id(event) }),
        Ground::Part(event, side) => {
            let whole = codebook.event(event).parent.map(id);
            json!({ "kind": "in", "of": [Some(id(event)), whole, Some(side.word().to_owned())] })
        }
        Ground::Order(at) => {
            let order = codebook.orders.get(at).map(|order| [date(order.first), date(order.then)]);
            json!({ "kind": "order", "of": order })
        }
        // OK because a claim's row names the claim instead.
        Ground::Claim { .. } => Value::Null,
    }
}
