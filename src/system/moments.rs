//! What date claims say, as bounds on the first and the last day of events.

use crate::claim::{ClaimId, Corpus, DayBounds, Edge, Form, Reading, Voice};
use crate::codebook::{EventKind, Moment, Side};
use crate::edtf::Day;
use crate::system::figures::NotComparable;

/// One bound of one claim on one moment.
#[derive(Copy, Clone, Debug)]
pub struct MomentRow {
    /// Which day of which event; both days of an incident are its `start`.
    pub moment: Moment,
    /// Whose it is.
    pub claim: ClaimId,
    /// The bound.
    pub day: Day,
}

/// All bounds on moments.
#[derive(Debug, Default)]
pub struct MomentRows {
    /// "Not before this day."
    pub lows: Vec<MomentRow>,
    /// "Not after this day."
    pub highs: Vec<MomentRow>,
}

/// What a date claim says of the two days of its event.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct EventBounds {
    /// Of the first day.
    pub start: DayBounds,
    /// Of the last day.
    pub end: DayBounds,
}

/// What a date claim says under a reading; a denied one only where what remains is one stretch of days on one edge.
///
/// # Errors
///
/// A denial that leaves more than one stretch of days.
pub fn event_bounds(corpus: &Corpus, id: ClaimId, reading: Reading) -> Result<EventBounds, NotComparable> {
    let claim = corpus.claim(id);
    let Form::Date { event, edge, when } = &claim.form else { return Err(NotComparable::BoundsNothing) };
    let unbounded = DayBounds { low: None, high: None };
    let one_day = corpus.codebook.event(*event).kind == EventKind::Incident;
    let bounds = match claim.voice {
        Voice::Asserts | Voice::Reports => when.bounds(reading),
        Voice::Disputes => {
            // "Not on a day of D" says of a longer event that it ended before or began after: no single stretch.
            let denied = when.bounds(Reading::Strict);
            if *edge == Edge::On && !one_day {
                return Err(NotComparable::DenialIsNoInterval);
            }
            match (denied.low, denied.high) {
                (Some(low), None) => DayBounds { low: None, high: low.checked_add(-1) },
                (None, Some(high)) => DayBounds { low: high.checked_add(1), high: None },
                _ => return Err(NotComparable::DenialIsNoInterval),
            }
        }
    };
    Ok(match edge {
        // Some day of the event lies in the bounds: it starts by the last of them and ends no earlier than the first.
        Edge::On if one_day => EventBounds { start: bounds, end: bounds },
        Edge::On => EventBounds {
            start: DayBounds { low: None, high: bounds.high },
            end: DayBounds { low: bounds.low, high: None },
        },
        Edge::Start => EventBounds { start: bounds, end: unbounded },
        Edge::End => EventBounds { start: unbounded, end: bounds },
    })
}

impl MomentRows {
    /// Adds the bounds of a date claim.
    ///
    /// # Errors
    ///
    /// See [`event_bounds`].
    pub(super) fn add(&mut self, corpus: &Corpus, claim: ClaimId, reading: Reading) -> Result<(), NotComparable> {
        let Form::Date { event, .. } = corpus.claim(claim).form else { return Ok(()) };
        let bounds = event_bounds(corpus, claim, reading)?;
        let one_day = corpus.codebook.event(event).kind == EventKind::Incident;
        for (side, DayBounds { low, high }) in [(Side::Start, bounds.start), (Side::End, bounds.end)] {
            let moment = Moment { event, side: if one_day { Side::Start } else { side } };
            self.lows.extend(low.map(|day| MomentRow { moment, claim, day }));
            self.highs.extend(high.map(|day| MomentRow { moment, claim, day }));
        }
        Ok(())
    }
}
