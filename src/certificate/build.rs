//! From a conflict to its proof.

use std::collections::{BTreeMap, BTreeSet};

use num_traits::Signed;
use serde_json::{Value, json};

use crate::certificate::data::{Certificate, Gap, Row, ScopeJson, SumTerm};
use crate::certificate::scope_json::{entity_id, period, scope_json, values_json};
use crate::claim::{ClaimId, Corpus, Days, Reading};
use crate::codebook::{Codebook, DimensionId, Domain, EventId, Kind, MeasureId, Moment, TermId};
use crate::edtf::Day;
use crate::number::{Rational, integer};
use crate::solve::{FactPair, FigurePair, MomentPair, TimelineConflict};
use crate::system::{Cells, Extents, FactValue, Ground, Region, ScopeBox, event_bounds, fact_statement, statement};

/// A minimal set of claims without a world, as the solver found it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Conflict {
    /// Two figures.
    Figures(FigurePair),
    /// Two dates.
    Moments(MomentPair),
    /// Two facts.
    Facts(FactPair),
    /// Dates, durations and orders.
    Timeline(TimelineConflict),
}

impl Conflict {
    /// The claims, as a reader meets them: the one whose figure is too high first; along a timeline in order.
    pub fn claims(&self) -> Vec<ClaimId> {
        match self {
            Self::Figures(FigurePair { low, high }) | Self::Moments(MomentPair { low, high, .. }) => vec![*low, *high],
            Self::Facts(FactPair { first, second, .. }) => vec![*first, *second],
            Self::Timeline(TimelineConflict { cycle, .. }) => {
                let mut claims = Vec::new();
                for constraint in cycle {
                    if let Ground::Claim { claim, .. } = constraint.by
                        && !claims.contains(&claim)
                    {
                        claims.push(claim);
                    }
                }
                claims
            }
        }
    }
}

/// A conflict with its certificate: neither is ever without the other.
#[derive(Clone, Debug)]
pub struct Proof {
    /// What the solver found.
    pub conflict: Conflict,
    /// Under which reading.
    pub reading: Reading,
    /// The rows that add up to what is false.
    pub certificate: Certificate,
    /// How far apart the two are.
    pub gap: Gap,
    /// The difference in base units or days, for putting findings in order.
    pub excess: Rational,
    /// Whether both figures are about the very same box.
    pub same_scope: bool,
}

/// Proves a conflict; none if its claims do not clash after all, which the solver's own tests exclude.
pub fn prove(corpus: &Corpus, cells: &mut Cells, conflict: Conflict, reading: Reading) -> Option<Proof> {
    match conflict {
        Conflict::Figures(pair) => figures(corpus, cells, pair, reading),
        Conflict::Moments(pair) => moments(corpus, pair, reading),
        Conflict::Facts(pair) => facts(corpus, cells.extents(), pair, reading),
        Conflict::Timeline(conflict) => Some(timeline(corpus, conflict, reading)),
    }
}

fn row(claim: String, bound: &'static str, term: SumTerm, at_least: String, open: bool) -> Row {
    Row {
        claim: Some(claim),
        premise: None,
        bound: Some(bound),
        weight: "1".to_owned(),
        sum: vec![term],
        at_least,
        open,
    }
}

fn mass(times: i8, scope: ScopeJson) -> SumTerm {
    SumTerm { times: times.to_string(), scope: Some(scope), date: None }
}

fn figures(corpus: &Corpus, cells: &mut Cells, pair: FigurePair, reading: Reading) -> Option<Proof> {
    let codebook = &corpus.codebook;
    let low = statement(corpus, pair.low, reading).ok()?;
    let high = statement(corpus, pair.high, reading).ok()?;
    let mut part = low.boxes.outer;
    let mut whole = high.boxes.inner?;
    if codebook.measure(low.measure).kind == Kind::Level {
        // Levels meet on a day that they share; the first one serves as well as any.
        let shared = part.days?.meet(whole.days?)?;
        let day = shared.first.or(shared.last);
        let days = day.map_or(shared, |day| Days { first: Some(day), last: Some(day) });
        part.days = Some(days);
        whole.days = Some(days);
    }
    let (low_end, high_end) = (low.interval.low?, high.interval.high?);
    let (part_json, whole_json) = (scope_json(codebook, low.measure, &part), scope_json(codebook, low.measure, &whole));
    let (common, part_rest, whole_rest) = split(part_json, whole_json);
    let rows = vec![
        row(corpus.name(pair.high), "high", mass(-1, whole_rest), (-&high_end.value).to_string(), high_end.open),
        row(corpus.name(pair.low), "low", mass(1, part_rest), low_end.value.to_string(), low_end.open),
    ];
    let excess = &low_end.value - &high_end.value;
    // One box may be written in two ways: a province, or all of its districts.
    let (inner, outer) = (cells.intern(codebook, low.measure, &part)?, cells.intern(codebook, low.measure, &whole)?);
    let same_scope = part.days == whole.days && cells.is_within(inner, outer) && cells.is_within(outer, inner);
    let certificate = Certificate {
        measure: Some(codebook.measure(low.measure).id.clone()),
        axes: axes(codebook, cells.extents(), low.measure, &part, &whole),
        common,
        rows,
        total: excess.to_string(),
    };
    let ratio = (high_end.value.is_positive()).then(|| (&low_end.value / &high_end.value).to_string());
    let gap =
        Gap { low: low_end.value.to_string(), high: high_end.value.to_string(), excess: excess.to_string(), ratio };
    Some(Proof { conflict: Conflict::Figures(pair), reading, certificate, gap, excess, same_scope })
}

/// What two boxes have in common, and what is left of each.
fn split(mut a: ScopeJson, mut b: ScopeJson) -> (ScopeJson, ScopeJson, ScopeJson) {
    let common: ScopeJson =
        a.iter().filter(|(key, value)| b.get(*key) == Some(value)).map(|(k, v)| (k.clone(), v.clone())).collect();
    a.retain(|key, _| !common.contains_key(key));
    b.retain(|key, _| !common.contains_key(key));
    (common, a, b)
}

/// The pieces into which two boxes cut each axis in which they differ.
fn axes(
    codebook: &Codebook,
    extents: &Extents,
    measure: MeasureId,
    a: &ScopeBox,
    b: &ScopeBox,
) -> BTreeMap<String, Vec<Value>> {
    let mut axes = BTreeMap::new();
    for &dimension in &codebook.measure(measure).dimensions {
        let (left, right) = (a.regions.get(&dimension), b.regions.get(&dimension));
        if left != right {
            let named = left.into_iter().chain(right).flat_map(terms_of).copied().collect();
            axes.insert(
                codebook.dimensions.dimension(dimension).id.clone(),
                term_pieces(codebook, extents, dimension, named),
            );
        }
    }
    if a.event != b.event {
        axes.insert("event".to_owned(), event_pieces(codebook, extents, a.event.into_iter().chain(b.event).collect()));
    }
    if a.days != b.days {
        axes.insert("period".to_owned(), day_pieces(a.days.into_iter().chain(b.days).collect()));
    }
    axes
}

fn terms_of(region: &Region) -> &[TermId] {
    let (Region::Terms(terms) | Region::Except(terms)) = region;
    terms
}

fn term_pieces(codebook: &Codebook, extents: &Extents, dimension: DimensionId, mut terms: Vec<TermId>) -> Vec<Value> {
    let root = codebook.dimensions.dimension(dimension).root;
    terms.retain(|&term| term != root);
    terms.sort_unstable();
    terms.dedup();
    let id = |term: &TermId| codebook.dimensions.term(*term).id.clone();
    let pieces = extents.pieces_of_terms(&terms);
    pieces.iter().map(|piece| piece.iter().map(id).collect::<Vec<_>>().into()).collect()
}

fn event_pieces(codebook: &Codebook, extents: &Extents, mut events: Vec<EventId>) -> Vec<Value> {
    events.sort_unstable();
    events.dedup();
    let id = |event: &EventId| codebook.event(*event).id.clone();
    let pieces = extents.pieces_of_events(&events);
    pieces.iter().map(|piece| piece.iter().map(id).collect::<Vec<_>>().into()).collect()
}

/// Time, cut wherever a stretch begins or has ended: for each piece the stretches that hold it.
fn day_pieces(mut stretches: Vec<Days>) -> Vec<Value> {
    stretches.retain(|&days| days != Days::ALL);
    stretches.sort_unstable();
    stretches.dedup();
    let begins = stretches.iter().filter_map(|days| days.first);
    let ended = stretches.iter().filter_map(|days| days.last?.checked_add(1));
    let cuts: BTreeSet<Day> = begins.chain(ended).collect();
    let holders = |day: Option<Day>| -> Vec<String> {
        let holds = |days: &&Days| match day {
            None => days.first.is_none(),
            Some(_) => Days { first: day, last: day }.is_within(**days),
        };
        stretches.iter().filter(holds).map(|&days| period(days)).collect()
    };
    let pieces: BTreeSet<Vec<String>> = std::iter::once(None).chain(cuts.into_iter().map(Some)).map(holders).collect();
    // The narrowest first, as a person would draw them.
    let mut pieces: Vec<Vec<String>> = pieces.into_iter().collect();
    pieces.sort_by_key(|piece| std::cmp::Reverse(piece.len()));
    pieces.into_iter().map(Value::from).collect()
}

fn moments(corpus: &Corpus, pair: MomentPair, reading: Reading) -> Option<Proof> {
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
    Some(Proof { conflict: Conflict::Moments(pair), reading, certificate, gap, excess, same_scope: true })
}

fn timeline(corpus: &Corpus, conflict: TimelineConflict, reading: Reading) -> Proof {
    let codebook = &corpus.codebook;
    let date = |moment: Moment| format!("{}.{}", codebook.event(moment.event).id, moment.side.word());
    let term = |times: i8, moment: Moment| SumTerm { times: times.to_string(), scope: None, date: Some(date(moment)) };
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
    Proof { conflict: Conflict::Timeline(conflict), reading, certificate, gap, excess, same_scope: false }
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

fn facts(corpus: &Corpus, extents: &Extents, pair: FactPair, reading: Reading) -> Option<Proof> {
    let codebook = &corpus.codebook;
    let first = fact_statement(corpus, pair.first, reading).ok()?;
    let second = fact_statement(corpus, pair.second, reading).ok()?;
    let attribute = codebook.attribute(first.key.attribute);
    let measure = Some(attribute.id.clone());
    let mut common = ScopeJson::from([("subject".to_owned(), entity_id(codebook, first.key.subject).into())]);
    if let Some(toward) = first.key.toward {
        common.insert("toward".to_owned(), entity_id(codebook, toward).into());
    }
    let all: Vec<FactValue> = first.values.iter().chain(&second.values).copied().collect();
    let axes = BTreeMap::from([("value".to_owned(), value_pieces(codebook, extents, attribute.values, &all))]);
    let value = |id: ClaimId| {
        let values = if id == pair.first { &first.values } else { &second.values };
        ScopeJson::from([("value".to_owned(), values_json(codebook, values))])
    };
    let one = || "1".to_owned();
    let mut rows = vec![row(corpus.name(pair.first), "low", mass(1, value(pair.first)), one(), false)];
    if pair.denied {
        rows.push(row(corpus.name(pair.second), "high", mass(-1, value(pair.second)), "0".to_owned(), false));
    } else {
        rows.push(row(corpus.name(pair.second), "low", mass(1, value(pair.second)), one(), false));
        rows.push(Row {
            claim: None,
            premise: Some(json!({ "kind": "total", "of": measure.clone() })),
            bound: None,
            weight: one(),
            sum: vec![mass(-1, ScopeJson::new())],
            at_least: "-1".to_owned(),
            open: false,
        });
    }
    let (low, high) = if pair.denied { ("1", "0") } else { ("2", "1") };
    let ratio = (!pair.denied).then(|| "2".to_owned());
    let gap = Gap { low: low.to_owned(), high: high.to_owned(), excess: one(), ratio };
    let certificate = Certificate { measure, common, axes, rows, total: one() };
    let excess = integer(1);
    Some(Proof { conflict: Conflict::Facts(pair), reading, certificate, gap, excess, same_scope: true })
}

fn value_pieces(codebook: &Codebook, extents: &Extents, domain: Domain, values: &[FactValue]) -> Vec<Value> {
    match domain {
        Domain::Terms(dimension) => {
            let term = |value: &FactValue| if let FactValue::Term(term) = value { Some(*term) } else { None };
            term_pieces(codebook, extents, dimension, values.iter().filter_map(term).collect())
        }
        Domain::Events => {
            let event = |value: &FactValue| if let FactValue::Event(event) = value { Some(*event) } else { None };
            event_pieces(codebook, extents, values.iter().filter_map(event).collect())
        }
        Domain::Dates => {
            let days = |value: &FactValue| match value {
                FactValue::Days(first, last) => Some(Days { first: Some(*first), last: Some(*last) }),
                _ => None,
            };
            day_pieces(values.iter().filter_map(days).collect())
        }
    }
}
