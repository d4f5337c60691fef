//! EDTF texts at their places.

use super::code::FaultCode;
use super::decode::Fields;
use super::fault::Page;
use super::json::Node;
use crate::codebook::{EventId, Moment, Side};
use crate::edtf::{Date, Day, Edge, EdtfError, EdtfErrorKind, Period, parse_date, parse_period};
use crate::span::Span;

impl<'a> Page<'a> {
    /// An EDTF date.
    pub(super) fn date(self, node: &Node<'a>) -> Option<Date> {
        let text = self.text(node)?;
        parse_date(text).map_err(|error| self.edtf(node, text, &error)).ok()
    }

    /// An EDTF period.
    pub(super) fn period(self, node: &Node<'a>) -> Option<Period> {
        let text = self.text(node)?;
        parse_period(text).map_err(|error| self.edtf(node, text, &error)).ok()
    }

    /// A period with two definite ends, as the codebook needs them.
    pub(super) fn definite(self, node: &Node<'a>) -> Option<(Day, Day)> {
        let period = self.period(node)?;
        match (period.start(), period.end()) {
            (Edge::Date(start), Edge::Date(end)) if !period.qualified() => Some((start.first(), end.last())),
            _ => {
                self.fault(FaultCode::IndefinitePeriod, &node.span, "this period has no definite start and end")
                    .help("write one that surely holds it, from a day to a day, without `~`, `?` and `..`")
                    .send();
                None
            }
        }
    }

    fn edtf(self, node: &Node<'a>, text: &str, error: &EdtfError) {
        let code = match error.kind() {
            EdtfErrorKind::ReversedPeriod => FaultCode::ReversedPeriod,
            _ => FaultCode::BadDate,
        };
        // The error's bytes are bytes of the file only where the text is written without escapes.
        let inside = node.span.start + 1..node.span.end.saturating_sub(1);
        let as_written = self.text.text.get(inside.clone()) == Some(text);
        let at = error.at();
        let span = if as_written && !at.is_empty() {
            inside.start + at.start..inside.start + at.end
        } else {
            node.span.clone()
        };
        let help = match error.kind() {
            // Two dates with a stroke between them are an interval; three numbers are a day in another notation.
            EdtfErrorKind::Interval if text.split('/').count() == 2 => {
                Some("a date has no `/`; for an event write `{\"between\": [\"…\", \"…\"]}`".to_owned())
            }
            _ => error.help().map(str::to_owned),
        };
        self.fault(code, &span, error.to_string()).maybe_help(help).send();
    }

    /// Two dates, the second of which does not end before the first starts.
    pub(super) fn ordered(self, first: (&Node<'a>, Date), last: (&Node<'a>, Date)) -> Option<(Date, Date)> {
        if first.1.first() > last.1.last() {
            let span = first.0.span.start..last.0.span.end;
            self.fault(FaultCode::ReversedPeriod, &span, "this ends before it starts")
                .help("exchange the two dates")
                .send();
            return None;
        }
        Some((first.1, last.1))
    }
}

/// Splits `EVENT.start` and `EVENT.end`.
pub(super) fn split_moment(text: &str, default: Side) -> (&str, Side) {
    if let Some(event) = text.strip_suffix(".start") {
        (event, Side::Start)
    } else if let Some(event) = text.strip_suffix(".end") {
        (event, Side::End)
    } else {
        (text, default)
    }
}

/// A required moment: an event, or one of its ends.
pub(super) fn moment<'a>(
    page: Page<'a>,
    fields: &Fields<'_, 'a>,
    (what, key): (&str, &str),
    default: Side,
    find: impl Fn(&str, &Span) -> Option<EventId>,
) -> Option<Moment> {
    let node = fields.require(what, key)?;
    let (event, side) = split_moment(page.text(node)?, default);
    Some(Moment { event: find(event, &node.span)?, side })
}
