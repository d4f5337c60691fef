//! A chain of dates, durations and orders, told from day to day.

use super::Told;
use super::premises::{HEDGE, one_event, premise};
use super::wording::Wording;
use crate::certificate::build::Proof;
use crate::certificate::data::Premise;
use crate::claim::{ClaimId, Corpus, Form, Quantity, Reading};
use crate::codebook::{EventId, EventKind, Moment, Side};
use crate::edtf::Day;
use crate::number::integer;
use crate::prose::{day, figure, number};
use crate::solve::TimelineConflict;
use crate::system::{Constraint, Ground};

/// Tells the chain: what each claim says, then the days that follow from one another, and where they end up.
pub(super) fn tell(corpus: &Corpus, proof: &Proof, conflict: &TimelineConflict) -> Told {
    let words = Wording { corpus };
    let claims = proof.conflict.claims();
    let headline = words.chain(&claims);
    let mut sentences = words.each_states(&claims);
    if proof.reading == Reading::Plain {
        sentences.push(Wording::literally_possible(claims.len()));
    }
    let taken: Vec<Premise> =
        claims.iter().filter_map(|&claim| length_taken(corpus, claim, proof.reading, &conflict.cycle)).collect();
    sentences.extend(taken.iter().map(|premise| Wording::sentence(&premise.text)));
    let chain = Chain { corpus };
    sentences.extend(chain.days(&conflict.cycle));
    (headline, sentences, chain.premises(&conflict.cycle).into_iter().chain(taken).collect())
}

struct Chain<'a> {
    corpus: &'a Corpus,
}

impl Chain<'_> {
    /// "the start of the war", or the event itself if it is one day.
    fn moment(&self, moment: Moment) -> String {
        let event = self.corpus.codebook.event(moment.event);
        match (event.kind, moment.side) {
            (EventKind::Incident, _) => event.label.clone(),
            (EventKind::Span, Side::Start) => format!("the start of {}", event.label),
            (EventKind::Span, Side::End) => format!("the end of {}", event.label),
        }
    }

    fn label(&self, event: EventId) -> &str {
        &self.corpus.codebook.event(event).label
    }

    /// The chain in sentences, each with the earliest day that it leads to where it began from a day of the calendar.
    fn days(&self, cycle: &[Constraint]) -> Vec<String> {
        let mut sentences = Vec::new();
        let mut earliest: Option<i64> = None;
        for constraint in cycle {
            match (constraint.from, constraint.to) {
                (None, Some(to)) => {
                    earliest = Some(constraint.days);
                    sentences.push(format!(
                        "{} is then no earlier than {}.",
                        capital(&self.moment(to)),
                        calendar(constraint.days)
                    ));
                }
                (Some(from), None) => {
                    let latest = -constraint.days;
                    let late = earliest.map(|earliest| earliest - latest).filter(|&late| late > 0);
                    let by = late.map(|late| format!(", {} too early", days(late))).unwrap_or_default();
                    sentences.push(format!("But {} is no later than {}{by}.", self.moment(from), calendar(latest)));
                }
                (Some(from), Some(to)) => {
                    earliest = earliest.map(|earliest| earliest + constraint.days);
                    // What takes no time between two names of one day goes without saying.
                    let one_day = matches!(constraint.by, Ground::OneDay(_) | Ground::StartEnd(_))
                        && self.moment(from) == self.moment(to);
                    if !one_day {
                        sentences.push(self.step(from, to, constraint, earliest));
                    }
                }
                (None, None) => {}
            }
        }
        if earliest.is_none() {
            let total: i64 = cycle.iter().map(|constraint| constraint.days).sum();
            sentences.push(format!("So each of these days would come at least {} after itself.", days(total)));
        }
        sentences
    }

    fn step(&self, from: Moment, to: Moment, constraint: &Constraint, earliest: Option<i64>) -> String {
        let (from, to) = (self.moment(from), self.moment(to));
        let distance = match constraint.days {
            0 => format!("{to} is no earlier than {from}"),
            more if more > 0 => format!("{to} is at least {} after {from}", days(more)),
            fewer => format!("{to} is at most {} before {from}", days(-fewer)),
        };
        let so = earliest.map(|earliest| format!(", so no earlier than {}", calendar(earliest))).unwrap_or_default();
        match self.because(constraint.by) {
            Some(why) => format!("{why}: {distance}{so}."),
            None => format!("{}{so}.", capital(&distance)),
        }
    }

    /// Why the codebook puts one moment before another.
    fn because(&self, ground: Ground) -> Option<String> {
        match ground {
            Ground::Order(at) => {
                let because = self.corpus.codebook.orders.get(at)?.because.as_ref()?;
                Some(capital(because.trim_end_matches('.')))
            }
            Ground::Part(..) => self.premise(ground).map(|premise| capital(&premise.text)),
            _ => None,
        }
    }

    fn premises(&self, cycle: &[Constraint]) -> Vec<Premise> {
        let mut premises = Vec::new();
        let mut events: Vec<EventId> = Vec::new();
        for constraint in cycle {
            for moment in [constraint.from, constraint.to].into_iter().flatten() {
                if !events.contains(&moment.event) {
                    events.push(moment.event);
                    premises.extend(one_event(self.corpus, moment.event));
                }
            }
            premises.extend(self.premise(constraint.by));
        }
        premises
    }

    fn premise(&self, ground: Ground) -> Option<Premise> {
        let (kind, text) = match ground {
            Ground::Claim { .. } | Ground::StartEnd(_) => return None,
            Ground::OneDay(event) => ("one-day", format!("{} took one day", self.label(event))),
            Ground::Part(event, _) => {
                let whole = self.corpus.codebook.event(event).parent?;
                ("part-of", format!("{} is part of {}", self.label(event), self.label(whole)))
            }
            Ground::Order(at) => {
                let order = self.corpus.codebook.orders.get(at)?;
                let because = order
                    .because
                    .as_ref()
                    .map(|because| format!(": {}", because.trim_end_matches('.')))
                    .unwrap_or_default();
                ("order", format!("{} is not after {}{because}", self.moment(order.first), self.moment(order.then)))
            }
        };
        Some(Premise { kind, text })
    }
}

/// How many days a length is taken for, as far as the chain rests on it.
fn length_taken(corpus: &Corpus, id: ClaimId, reading: Reading, cycle: &[Constraint]) -> Option<Premise> {
    let Form::Duration { length, unit, .. } = &corpus.claim(id).form else { return None };
    let taken = cycle.iter().find(|constraint| matches!(constraint.by, Ground::Claim { claim, .. } if claim == id))?;
    let spare = "a day to spare, for a first day may be counted or not";
    let least = taken.by == Ground::Claim { claim: id, low: true };
    let text = match (length, taken.days) {
        (Quantity::AtLeast(zero), -1) if zero.value == integer(0) => format!("“no earlier than” leaves {spare}"),
        (Quantity::AtLeast(zero), _) if zero.value == integer(0) => return None,
        (length, count) => {
            let words = format!("{} {}", figure(length, &integer(1)), unit.word());
            let bound = if least { format!("at least {}", days(count)) } else { format!("at most {}", days(-count)) };
            let leeway = if reading == Reading::Strict { format!(", with {spare}") } else { String::new() };
            format!("“{words}” is taken as {bound}{leeway}")
        }
    };
    Some(premise(HEDGE, text))
}

impl Wording<'_> {
    /// "A [Bakhsh et al. (2024)]; B [the same text, line 83]; C [Mahmood (2023)]: these days fit on no timeline".
    fn chain(&self, claims: &[ClaimId]) -> String {
        format!("These fit on no timeline: {}", self.all_said_by(claims))
    }
}

fn capital(text: &str) -> String {
    crate::prose::capitalized(text)
}

/// "one day", "31 days", "5,474 days (about 15 years)".
fn days(count: i64) -> String {
    // A mean year of the calendar has 146,097 / 400 days.
    let years = (count.saturating_mul(800) + 146_097) / (2 * 146_097);
    match count {
        1 => "one day".to_owned(),
        ..730 => format!("{} days", number(&integer(count))),
        _ => format!("{} days (about {years} years)", number(&integer(count))),
    }
}

/// A day of the calendar from its number; beyond the calendar's ends, the number itself.
fn calendar(at: i64) -> String {
    let known = i32::try_from(at).ok().and_then(Day::from_number);
    known.map_or_else(|| format!("day {at}"), day)
}
