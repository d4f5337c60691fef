//! Dates and durations of events.

use super::code::FaultCode;
use super::dates::moment;
use super::form::ClaimReader;
use super::json::{Kind as Json, Node};
use super::quantity::one;
use crate::claim::{Bare, DateClaim, Edge, Form, LengthUnit};
use crate::codebook::{EventId, Moment, Side};

const EDGES: [(&str, Edge); 3] = [("on", Edge::On), ("start", Edge::Start), ("end", Edge::End)];
const HEDGES: [&str; 5] = ["before", "after", "by", "since", "between"];

impl<'a> ClaimReader<'a> {
    pub(super) fn date(&self, node: &Node<'a>, event: Option<EventId>) -> Option<Form> {
        let page = self.page;
        let before = page.sink.count();
        let fields = page.fields(node)?;
        fields.only("a date", &["on", "start", "end"]);
        let edges: Vec<_> = fields.present(EDGES.map(|(key, _)| key));
        match edges.as_slice() {
            [] => {
                if page.sink.count() == before {
                    page.fault(FaultCode::MissingForm, &fields.opening(), "this date is missing")
                        .help("write it as `{\"on\": \"2020-02-29\"}`, or with `start` or `end`")
                        .send();
                }
                None
            }
            [entry] => {
                let edge = EDGES.into_iter().find(|(key, _)| *key == entry.name())?.1;
                let when = self.date_claim(entry.value)?;
                let event = event?;
                self.within_event(entry.value, event, &when).then_some(Form::Date { event, edge, when })
            }
            [first, second, ..] => {
                let message = format!("`{}` and `{}` cannot stand in one claim", first.name(), second.name());
                page.fault(FaultCode::SeveralForms, &second.key.span, message)
                    .help("write two claims")
                    .also(page.place(&first.key.span), "beside this")
                    .send();
                None
            }
        }
    }

    fn date_claim(&self, node: &Node<'a>) -> Option<DateClaim> {
        let page = self.page;
        if !matches!(node.kind, Json::Object(_)) {
            if !matches!(node.kind, Json::String(_)) {
                page.expected(node, "a date, or an object like `{\"before\": \"2021\"}`");
                return None;
            }
            return page.date(node).map(DateClaim::In);
        }
        let before = page.sink.count();
        let fields = page.fields(node)?;
        fields.only("a hedged date", &HEDGES);
        let hedges: Vec<_> = fields.present(HEDGES);
        match hedges.as_slice() {
            [] => {
                if page.sink.count() == before {
                    page.fault(FaultCode::MissingForm, &fields.opening(), "this date is missing")
                        .help("write it as `{\"before\": \"2021\"}`")
                        .send();
                }
                None
            }
            [one] => self.hedged_date(one.name(), one.value),
            [first, second, ..] => {
                let message = format!("`{}` and `{}` cannot stand in one date", first.name(), second.name());
                page.fault(FaultCode::SeveralForms, &second.key.span, message)
                    .help("write `{\"between\": [first, last]}`, or two claims")
                    .also(page.place(&first.key.span), "beside this")
                    .send();
                None
            }
        }
    }

    fn hedged_date(&self, hedge: &str, node: &Node<'a>) -> Option<DateClaim> {
        if hedge == "between" {
            let (first, last) = self.page.pair(node, "dates")?;
            let dates = (self.page.date(first), self.page.date(last));
            let (first, last) = self.page.ordered((first, dates.0?), (last, dates.1?))?;
            return Some(DateClaim::Between(first, last));
        }
        let date = self.page.date(node)?;
        Some(match hedge {
            "before" => DateClaim::Before(date),
            "after" => DateClaim::After(date),
            "by" => DateClaim::By(date),
            _ => DateClaim::Since(date),
        })
    }

    /// Reports a date outside the days that the codebook gives the event; an open one has to meet them.
    fn within_event(&self, node: &Node<'a>, event: EventId, when: &DateClaim) -> bool {
        let event = self.book.event(event);
        let Some((first, last)) = event.period else { return true };
        let fits = match when {
            DateClaim::In(date) => first <= date.first() && date.last() <= last,
            DateClaim::Between(from, to) => first <= from.first() && to.last() <= last,
            DateClaim::Before(date) => first < date.first(),
            DateClaim::After(date) => last > date.last(),
            DateClaim::By(date) => first <= date.last(),
            DateClaim::Since(date) => last >= date.first(),
        };
        if !fits {
            self.page
                .fault(FaultCode::DateOutsideEvent, &node.span, format!("this is outside the period of `{}`", event.id))
                .help(format!(
                    "the codebook puts it within {first}/{last}: if this is the same event, widen that period"
                ))
                .send();
        }
        fits
    }

    /// A length of time, of an event or from one moment to another.
    pub(super) fn duration(&self, node: &Node<'a>, event: Option<(Option<EventId>, &Node<'a>)>) -> Option<Form> {
        let page = self.page;
        let before = page.sink.count();
        let fields = page.fields(node)?;
        fields.only("a duration", &["from", "to", "days", "weeks", "months", "years", "decades"]);
        let units: Vec<_> = fields.present(LengthUnit::ALL.map(LengthUnit::word));
        let length = match units.as_slice() {
            [] => {
                if page.sink.count() == before {
                    page.fault(FaultCode::MissingForm, &fields.opening(), "this duration has no length")
                        .help("write it as `{\"days\": 19}`, or in weeks, months, years or decades")
                        .send();
                }
                None
            }
            [entry] => {
                let unit = LengthUnit::ALL.into_iter().find(|unit| unit.word() == entry.name())?;
                self.quantity(entry.value, &one(Bare::Length)).map(|length| (unit, length))
            }
            [first, second, ..] => {
                let message = format!("`{}` and `{}` cannot stand in one duration", first.name(), second.name());
                page.fault(FaultCode::SeveralForms, &second.key.span, message)
                    .help("write the length in one unit")
                    .also(page.place(&first.key.span), "beside this")
                    .send();
                None
            }
        };
        let ends = fields.entry("from").or(fields.entry("to"));
        let (from, to) = match (event, ends) {
            (Some((event, node)), Some(end)) => {
                page.fault(
                    FaultCode::SeveralForms,
                    &end.key.span,
                    format!("`event` and `{}` cannot stand in one claim", end.name()),
                )
                .help("a duration is that of an `event`, or `from` one moment `to` another")
                .also(page.place(&node.span), format!("the event{}", if event.is_some() { "" } else { " is here" }))
                .send();
                return None;
            }
            (Some((event, _)), None) => {
                let moment = |side| event.map(|event| Moment { event, side });
                (moment(Side::Start), moment(Side::End))
            }
            (None, _) => {
                let find = |name: &str, span: &_| self.find_event(name, span);
                let from = moment(page, &fields, ("a duration without an `event`", "from"), Side::End, find);
                (from, moment(page, &fields, ("a duration without an `event`", "to"), Side::Start, find))
            }
        };
        let ((unit, length), from, to) = (length?, from?, to?);
        if from == to {
            page.fault(FaultCode::ComparedWithItself, &fields.opening(), "this measures from a moment to itself")
                .help("write `.start` or `.end` behind the events, or name two of them")
                .send();
            return None;
        }
        Some(Form::Duration { from, to, unit, length })
    }
}
