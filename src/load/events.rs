//! Events and orders.

use std::collections::{BTreeMap, BTreeSet};

use super::code::FaultCode;
use super::dates::moment;
use super::decode::{Entry, Fields};
use super::fault::Page;
use super::json::{Kind as Json, Node};
use super::names::{Names, resolve_term};
use super::tree::{self, Child};
use crate::codebook::{Codebook, Event, EventId, EventKind, Moment, Order, Side, TermId};
use crate::edtf::Day;
use crate::span::Span;

const KEYS: [&str; 6] = ["kind", "label", "in", "place", "period", "definition"];
const KINDS: [(&str, EventKind); 2] = [("incident", EventKind::Incident), ("span", EventKind::Span)];

/// Reads the codebook's `events`.
pub(super) fn events<'a>(page: Page<'a>, node: &Node<'a>, book: &mut Codebook, names: &mut Names) {
    let Some(fields) = page.fields(node) else {
        names.events.complete = false;
        return;
    };
    let mut drafts = Vec::new();
    for entry in fields.iter() {
        let before = page.sink.count();
        page.id(entry.name(), &entry.key.span);
        let fields = page.fields(entry.value);
        let event = fields.as_ref().and_then(|fields| event(page, entry, fields, book, names));
        let id = EventId::new(book.events.len());
        let sound = page.sink.count() == before;
        names.events.add(entry.name(), event.as_ref().filter(|_| sound).map(|_| id));
        if let (Some(event), Some(fields)) = (event, fields) {
            names.events.add_spoken(&event.label, entry.name());
            book.events.push(event);
            drafts.push((entry, fields));
        }
    }
    nest(page, &drafts, book, names);
}

fn event<'a>(
    page: Page<'a>,
    entry: Entry<'_, 'a>,
    fields: &Fields<'_, 'a>,
    book: &Codebook,
    names: &Names,
) -> Option<Event> {
    fields.only("an event", &KEYS);
    let kind = fields.require("an event", "kind").and_then(|node| page.word(node, &KINDS));
    let label = fields.described("label").and_then(|node| page.filled(node));
    Some(Event {
        id: entry.name().to_owned(),
        label: label.unwrap_or(entry.name()).to_owned(),
        kind: kind?,
        parent: None,
        place: fields.get("place").and_then(|node| place(page, node, book, names)),
        period: fields.get("period").and_then(|node| page.definite(node)),
        definition: fields.description("definition"),
    })
}

fn place<'a>(page: Page<'a>, node: &Node<'a>, book: &Codebook, names: &Names) -> Option<TermId> {
    let dimension = names.dimensions.resolve(page, "place", &node.span, FaultCode::UnknownDimension, "dimension")?;
    let name = page.text(node)?;
    resolve_term(page, book, names, dimension, name, &node.span)
}

/// Ties events to those that they are parts of.
fn nest<'a>(page: Page<'a>, drafts: &[(Entry<'_, 'a>, Fields<'_, 'a>)], book: &mut Codebook, names: &Names) {
    let parents: Vec<Option<EventId>> = drafts
        .iter()
        .map(|(_, fields)| {
            let node = fields.get("in")?;
            names.events.resolve(page, page.text(node)?, &node.span, FaultCode::UnknownEvent, "event")
        })
        .collect();
    let children: Vec<Child<'_>> = drafts
        .iter()
        .zip(&parents)
        .map(|((entry, fields), parent)| Child {
            name: entry.name(),
            parent: parent.map(EventId::at),
            span: fields.get("in").map_or(&entry.key.span, |node| &node.span),
        })
        .collect();
    if !tree::check(page, &children, "is part of") {
        return;
    }
    for (at, (parent, child)) in parents.iter().zip(&children).enumerate() {
        let Some(parent) = *parent else { continue };
        let above = std::iter::successors(Some(parent), |id| parents.get(id.at()).copied().flatten());
        let conflict = book.events.get(at).and_then(|event| {
            above.map(|id| book.event(id)).find_map(|other| Some((outside(book, event, other)?, other.id.clone())))
        });
        if let Some((why, other)) = conflict {
            page.fault(
                FaultCode::EventOutsideParent,
                child.span,
                format!("`{}` cannot be part of `{other}`", child.name),
            )
            .label(why)
            .help("correct the place or the period of one of them, or remove `in`")
            .send();
        } else if let Some(event) = book.events.get_mut(at) {
            event.parent = Some(parent);
        }
    }
}

fn outside(book: &Codebook, event: &Event, parent: &Event) -> Option<String> {
    if let (Some(own), Some(other)) = (event.place, parent.place)
        && book.dimensions.are_disjoint(own, other)
    {
        let label = |term| book.dimensions.term(term).id.clone();
        return Some(format!("`{}` is no part of `{}`", label(own), label(other)));
    }
    let (own, other) = (event.period?, parent.period?);
    (own.0 > other.1 || other.0 > own.1).then(|| "their periods share no day".to_owned())
}

/// Reads the codebook's `orders`.
pub(super) fn orders<'a>(page: Page<'a>, node: &Node<'a>, book: &mut Codebook, names: &Names) {
    let Json::Array(items) = &node.kind else { return page.expected(node, "a list") };
    let before = page.sink.count();
    let mut spans = Vec::new();
    for item in items {
        let Some(fields) = page.fields(item) else { continue };
        fields.only("an order", &["first", "then", "because"]);
        let find = |name: &str, span: &Span| names.events.resolve(page, name, span, FaultCode::UnknownEvent, "event");
        let first = moment(page, &fields, ("an order", "first"), Side::End, find);
        let then = moment(page, &fields, ("an order", "then"), Side::Start, find);
        if let (Some(first), Some(then)) = (first, then) {
            book.orders.push(Order { first, then, because: fields.description("because") });
            spans.push(&item.span);
        }
    }
    if page.sink.count() == before && page.sink.is_empty() {
        circles(page, book, &spans);
        timeline(page, book, &spans);
    }
}

/// Reports orders that put events before themselves, each circle once. Only orders from the end of one event to the start of
/// another count: that two of them begin "not after" each other says that they begin on one day.
fn circles(page: Page<'_>, book: &Codebook, spans: &[&Span]) {
    let wholly = |order: &&Order| {
        order.first.side == Side::End && order.then.side == Side::Start && order.first.event != order.then.event
    };
    let mut later: BTreeMap<EventId, Vec<(usize, EventId)>> = BTreeMap::new();
    for (at, order) in book.orders.iter().enumerate().filter(|(_, order)| wholly(order)) {
        later.entry(order.first.event).or_default().push((at, order.then.event));
    }
    let mut settled: BTreeSet<EventId> = BTreeSet::new();
    for &root in later.keys() {
        // The events on the way, each with how many of its orders were followed, and the order that led on from it.
        let mut way: Vec<(EventId, usize)> = vec![(root, 0)];
        let mut by: Vec<usize> = Vec::new();
        let mut places = BTreeMap::from([(root, 0_usize)]);
        while let Some((event, followed)) = way.last_mut() {
            let onward = later.get(event).and_then(|onward| onward.get(*followed)).filter(|_| !settled.contains(event));
            let Some(&(order, next)) = onward else {
                settled.insert(*event);
                places.remove(event);
                way.pop();
                by.pop();
                continue;
            };
            *followed += 1;
            match places.get(&next) {
                Some(&start) => {
                    let events: Vec<EventId> = way.iter().skip(start).map(|(event, _)| *event).collect();
                    let orders: Vec<usize> = by.iter().copied().skip(start).chain([order]).collect();
                    circle(page, book, spans, &events, &orders);
                    // One circle is told of those that pass through an event.
                    settled.extend(events);
                }
                None if !settled.contains(&next) => {
                    places.insert(next, way.len());
                    way.push((next, 0));
                    by.push(order);
                }
                None => {}
            }
        }
    }
}

/// Tells a circle at the first of its orders; each order leads from the event at its place to the next one, the last to the first.
fn circle(page: Page<'_>, book: &Codebook, spans: &[&Span], events: &[EventId], orders: &[usize]) {
    let Some((turn, span)) = (0..orders.len())
        .min_by_key(|&at| orders.get(at))
        .and_then(|turn| Some((turn, spans.get(*orders.get(turn)?)?)))
    else {
        return;
    };
    let names: Vec<&str> = events.iter().map(|&event| book.event(event).id.as_str()).collect();
    let around: Vec<&str> = names.iter().cycle().skip(turn + 1).take(names.len()).copied().collect();
    let Some(name) = names.get(turn) else { return };
    page.fault(FaultCode::Cycle, span, format!("`{name}` comes before itself"))
        .label("this order begins the circle")
        .help(format!("break the circle: `{name}` is over before {}", told(&around)))
        .send();
}

/// "`b`, which is over before `a`"; of long circles the beginning and the end.
fn told(names: &[&str]) -> String {
    const MOST: usize = 8;
    let quoted = |names: &[&str]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>();
    let joined = |names: &[&str]| quoted(names).join(", which is over before ");
    match (names.get(..MOST / 2), names.len().checked_sub(MOST / 2).and_then(|at| names.get(at..))) {
        (Some(start), Some(end)) if names.len() > MOST => format!("{}, and so on, to {}", joined(start), joined(end)),
        _ => joined(names),
    }
}

/// Says that one moment is not after another, by which order (none: both belong to one event, or to one and its part).
struct Step {
    from: Moment,
    to: Moment,
    order: Option<usize>,
}

/// Reports an order that the events' periods forbid: something must come after a day that is later than all the days
/// that it can have.
///
/// Every relation of the codebook says "not after", so what bounds a moment from below is the latest first day among
/// the moments that lead to it. A circle of such relations alone is no fault: all its moments may fall on one day.
fn timeline(page: Page<'_>, book: &Codebook, spans: &[&Span]) {
    let steps = steps(book);
    let at = |moment: Moment| 2 * moment.event.at() + usize::from(moment.side == Side::End);
    let mut onward: Vec<Vec<usize>> = vec![Vec::new(); 2 * book.events.len()];
    for (index, step) in steps.iter().enumerate() {
        if let Some(list) = onward.get_mut(at(step.from)) {
            list.push(index);
        }
    }
    let mut starts: Vec<(Day, EventId)> =
        book.events.iter().enumerate().filter_map(|(at, event)| Some((event.period?.0, EventId::new(at)))).collect();
    starts.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut reached = vec![false; onward.len()];
    for (earliest, event) in starts {
        // The order through which each moment was reached last.
        let mut open = vec![(Moment { event, side: Side::Start }, None::<usize>)];
        while let Some((moment, order)) = open.pop() {
            let Some(seen) = reached.get_mut(at(moment)).filter(|seen| !**seen) else { continue };
            *seen = true;
            let last = book.event(moment.event).period.map(|period| period.1);
            if let (Some(last), Some(order)) = (last.filter(|&last| last < earliest), order) {
                impossible(page, book, spans.get(order).copied(), (event, earliest), (moment.event, last));
            }
            for step in onward.get(at(moment)).into_iter().flatten().filter_map(|&index| steps.get(index)) {
                open.push((step.to, step.order.or(order)));
            }
        }
    }
}

fn impossible(
    page: Page<'_>,
    book: &Codebook,
    span: Option<&Span>,
    (early, earliest): (EventId, Day),
    (late, last): (EventId, Day),
) {
    let Some(span) = span else { return };
    let (early, late) = (&book.event(early).id, &book.event(late).id);
    page.fault(FaultCode::ImpossibleOrder, span, format!("`{late}` cannot come after `{early}`"))
        .label("this order says so, perhaps with others")
        .help(format!("`{early}` starts on {earliest} at the earliest and `{late}` ends on {last} at the latest: correct an order or a period"))
        .send();
}

fn steps(book: &Codebook) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut not_after = |from, to, order| steps.push(Step { from, to, order });
    for (at, event) in book.events.iter().enumerate() {
        let moment = |event, side| Moment { event, side };
        let (start, end) = (moment(EventId::new(at), Side::Start), moment(EventId::new(at), Side::End));
        not_after(start, end, None);
        if event.kind == EventKind::Incident {
            not_after(end, start, None);
        }
        if let Some(parent) = event.parent {
            not_after(moment(parent, Side::Start), start, None);
            not_after(end, moment(parent, Side::End), None);
        }
    }
    for (at, order) in book.orders.iter().enumerate() {
        not_after(order.first, order.then, Some(at));
    }
    steps
}
