//! The sentences: one method per shape, no decisions.

use num_traits::Signed;

use super::{disputes, in_words};
use crate::certificate::data::Gap;
use crate::claim::{ClaimId, Corpus, Edge, Form, Voice};
use crate::codebook::{EventKind, Side};
use crate::edtf::Day;
use crate::number::{End, Interval, Rational, integer};
use crate::prose::{
    capitalized, credits, day, fact_beside, figure, list, number, place_in_text, said, source_name, times,
};
use crate::solve::{FactConflict, FigurePair, MomentPair};
use crate::system::{EventBounds, ScopeBox, Statement, quantity};

/// Wording over one corpus.
pub(super) struct Wording<'a> {
    pub(super) corpus: &'a Corpus,
}

impl Wording<'_> {
    pub(super) fn source(&self, id: ClaimId) -> String {
        source_name(self.corpus.source(self.corpus.claim(id).source))
    }

    pub(super) fn said(&self, id: ClaimId) -> String {
        said(self.corpus, self.corpus.claim(id))
    }

    /// The figure alone, as the source hedges it.
    pub(super) fn figure(&self, id: ClaimId) -> String {
        let claim = self.corpus.claim(id);
        let unit = claim.unit.map_or_else(|| integer(1), |unit| self.corpus.codebook.unit(unit).times.clone());
        quantity(&claim.form).map(|quantity| figure(quantity, &unit)).unwrap_or_default()
    }

    /// "People killed in the clash at Chaman: 8 in Mahmood (2023), but 6 in Ahmed and Younus (2023)".
    pub(super) fn two_figures_for_one_thing(
        &self,
        pair: FigurePair,
        statement: &Statement,
        scope: &ScopeBox,
    ) -> String {
        let what = self.corpus.codebook.measure(statement.measure).phrase.replace("{}", "");
        let what = format!("{} {}", what.trim(), in_words(self.corpus, statement, scope));
        let side = |id, who: &str| {
            let word = if disputes(self.corpus, id) { "disputed by" } else { "in" };
            format!("{} {word} {who}", self.figure(id))
        };
        let (first, second) =
            (side(pair.low, &self.source(pair.low)), side(pair.high, &self.elsewhere(pair.high, pair.low)));
        format!("{}: {first}, but {second}", what.trim())
    }

    /// What a claim says, and who says it.
    pub(super) fn said_by(&self, id: ClaimId) -> String {
        format!("{} {}", self.said(id), self.by(id, &self.source(id)))
    }

    /// Who says what a headline quotes: "[Mahmood (2023)]", "[disputed by Mahmood (2023)]".
    pub(super) fn by(&self, id: ClaimId, who: &str) -> String {
        if disputes(self.corpus, id) { format!("[disputed by {who}]") } else { format!("[{who}]") }
    }

    /// The source of a claim, or where else in it when the other claim is from there too.
    pub(super) fn elsewhere(&self, id: ClaimId, other: ClaimId) -> String {
        if self.corpus.claim(id).source == self.corpus.claim(other).source {
            place_in_text(self.corpus.claim(id)).map_or_else(
                || "another passage of the same text".to_owned(),
                |place| format!("the same text, {place}"),
            )
        } else {
            self.source(id)
        }
    }

    /// "920 attacks … in Khyber Pakhtunkhwa [Mahmood (2023)], but 367 … in Pakistan [Ahmed and Younus (2023)]".
    pub(super) fn one_against_other(&self, first: ClaimId, second: ClaimId) -> String {
        self.against(first, second, &self.said(second))
    }

    /// The first claim in words, and the second as far as it differs.
    fn against(&self, first: ClaimId, second: ClaimId, difference: &str) -> String {
        format!(
            "{} {}, but {difference} {}",
            self.said(first),
            self.by(first, &self.source(first)),
            self.by(second, &self.elsewhere(second, first))
        )
    }

    /// "The Soviet-Afghan war ended in February 1989 [Mahmood (2023)], but in 1988 [the same text, line 304]".
    pub(super) fn two_dates(&self, pair: MomentPair) -> String {
        let second = self.said(pair.high);
        // What is said of both is said once: the event and the verb, which the same edge gives.
        let event = &self.corpus.codebook.event(pair.moment.event).label;
        let same_edge = self.edge(pair.low).is_some() && self.edge(pair.low) == self.edge(pair.high);
        let rest = second.strip_prefix(event.as_str()).filter(|_| same_edge).map(str::trim_start);
        let date = rest.and_then(|rest| rest.split_once(' ')).map(|(_, date)| date);
        self.against(pair.low, pair.high, date.unwrap_or(&second))
    }

    /// "A acts against B [Mahmood (2023)], but supports B [the same text, line 230]"; "…, but not so in 2023 […]".
    pub(super) fn two_facts(&self, first: ClaimId, second: ClaimId) -> String {
        let difference = fact_beside(self.corpus, first, second).unwrap_or_else(|| self.said(second));
        self.against(first, second, &difference)
    }

    fn edge(&self, id: ClaimId) -> Option<Edge> {
        match &self.corpus.claim(id).form {
            Form::Date { edge, .. } if !disputes(self.corpus, id) => Some(*edge),
            _ => None,
        }
    }

    /// "Mahmood (2023) passes on 920 attacks …, crediting Azaz Syed."
    pub(super) fn states(&self, id: ClaimId) -> String {
        let source = source_name(self.corpus.source(self.corpus.claim(id).source));
        format!("{} {} {}{}.", capitalized(&source), self.verb(id), self.said(id), self.crediting(id))
    }

    /// How a claim's source says it: "gives", "report:".
    pub(super) fn verb(&self, id: ClaimId) -> &'static str {
        let claim = self.corpus.claim(id);
        let several = self.corpus.source(claim.source).authors.len() > 1;
        match (claim.voice, &claim.form, several) {
            (Voice::Asserts, Form::Value { .. }, false) => "gives",
            (Voice::Asserts, Form::Value { .. }, true) => "give",
            (Voice::Asserts, _, false) => "says:",
            (Voice::Asserts, _, true) => "say:",
            (Voice::Reports, Form::Value { .. }, false) => "reports",
            (Voice::Reports, Form::Value { .. }, true) => "report",
            (Voice::Reports, _, false) => "reports:",
            (Voice::Reports, _, true) => "report:",
            (Voice::Disputes, _, false) => "disputes this:",
            (Voice::Disputes, _, true) => "dispute this:",
        }
    }

    /// Whom a claim credits, as the end of a sentence.
    pub(super) fn crediting(&self, id: ClaimId) -> String {
        credits(self.corpus, self.corpus.claim(id)).map(|who| format!(", crediting {who}")).unwrap_or_default()
    }

    /// The same for the second of two claims, which may be from the same text.
    pub(super) fn states_too(&self, id: ClaimId, other: ClaimId) -> String {
        let claim = self.corpus.claim(id);
        if claim.source != self.corpus.claim(other).source {
            return self.states(id);
        }
        let place = place_in_text(claim).map(|place| format!(" ({place})")).unwrap_or_default();
        let crediting = self.crediting(id);
        let denial = if disputes(self.corpus, id) { " disputes this" } else { " also has this" };
        format!("The same text{denial}{place}: {}{crediting}.", self.said(id))
    }

    /// That only the plain reading excludes so many claims.
    pub(super) fn literally_possible(claims: usize) -> String {
        match claims {
            1 => "Word for word it could be true; as a reader takes it it cannot.",
            2 => "Word for word both could be true; as a reader takes them they cannot.",
            _ => "Word for word all could be true; as a reader takes them they cannot.",
        }
        .to_owned()
    }

    /// A clause as a sentence.
    pub(super) fn sentence(clause: &str) -> String {
        format!("{}.", capitalized(clause))
    }

    /// "Both count the same thing", with the reasons where the two are not written alike.
    pub(super) fn same_thing(reasons: &[&str], as_read: bool) -> String {
        if reasons.is_empty() {
            let so = if as_read { "Taken so, both" } else { "Both" };
            return format!("{so} count the same thing.");
        }
        let reasons: Vec<String> = reasons.iter().map(|&reason| reason.to_owned()).collect();
        format!("{}, so both count the same thing.", capitalized(&list(&reasons, "and")))
    }

    /// "No number is at least 348 and at most 187: the two are 161 apart."
    pub(super) fn no_common_number(low: &Interval, high: &Interval, gap: &Gap) -> String {
        if is_exact(low) && is_exact(high) {
            format!("At most one of them is right: {} is {}.", number_at(low.low.as_ref()), more_than(gap, high))
        } else {
            let (at_least, at_most) = (lower(low), upper(high));
            format!("But no number is both {at_least} and {at_most}{}.", apart(gap, "they are", "apart"))
        }
    }

    /// "Khyber Pakhtunkhwa lies in Pakistan, so …".
    pub(super) fn counted_again(reasons: &[&str]) -> String {
        let reasons: Vec<String> = reasons.iter().map(|&reason| reason.to_owned()).collect();
        format!("{}, so whatever the first figure counts, the second counts too.", capitalized(&list(&reasons, "and")))
    }

    /// "So the first cannot be the larger one, but 920 is 553 more than 367."
    pub(super) fn larger_all_the_same(low: &Interval, high: &Interval, gap: &Gap) -> String {
        if is_exact(low) && is_exact(high) {
            let first = number_at(low.low.as_ref());
            format!("So the first cannot be the larger of the two, but {first} is {}.", more_than(gap, high))
        } else {
            let (at_least, at_most) = (lower(low), upper(high));
            format!(
                "So the first cannot be the larger of the two, but it is {at_least}, and the second {at_most}{}.",
                apart(gap, "it is", "too large")
            )
        }
    }

    pub(super) fn days_apart(
        &self,
        pair: MomentPair,
        low: EventBounds,
        high: EventBounds,
        excess: &Rational,
    ) -> String {
        let event = self.corpus.codebook.event(pair.moment.event);
        let what = match (event.kind, pair.moment.side) {
            (EventKind::Incident, _) => event.label.clone(),
            (EventKind::Span, Side::Start) => format!("the start of {}", event.label),
            (EventKind::Span, Side::End) => format!("the end of {}", event.label),
        };
        let text = |found: Option<Day>| found.map(day).unwrap_or_default();
        let of = |bounds: EventBounds| if pair.moment.side == Side::End { bounds.end } else { bounds.start };
        // Of an incident both days are one, so the narrower of the two bounds counts.
        let (earliest, latest) = if event.kind == EventKind::Incident {
            let latest = match (high.start.high, high.end.high) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
            (low.start.low.max(low.end.low), latest)
        } else {
            (of(low).low, of(high).high)
        };
        let days = if *excess == integer(1) { "one day".to_owned() } else { format!("{} days", number(excess)) };
        let days = format!("at least {days}");
        format!(
            "Both are about {what}. The first allows no day before {}, the second none after {}: they are {days} apart.",
            text(earliest),
            text(latest)
        )
    }

    /// Why facts cannot all hold: two that exclude each other, lists without a common value, denials of all that is left.
    pub(super) fn exclude_each_other(conflict: &FactConflict, opinion: bool) -> String {
        let words = match (opinion, conflict.stated.len(), conflict.denied.len()) {
            (true, 2, 0) => "Neither of these views includes the other, so nobody can hold both.",
            (_, 1, 1) => "What the first states, the second denies.",
            (true, ..) => "So nobody can hold all of these views.",
            (false, 1, _) => "Whatever the first allows, one of the others denies.",
            (false, 2, 0) => "Neither of these values includes the other, so only one of the two can hold.",
            (false, _, 0) => "Each pair of them has an answer in common, but no answer is in all of them.",
            (false, _, 1) => "Whatever answer those that state one have in common, the last one denies.",
            (false, ..) => "Whatever answer those that state one have in common, one of the denials rules out.",
        };
        words.to_owned()
    }

    /// "No answer fits all of these: A [Bakhsh et al. (2024)]; B [the same text, line 83]; C [Mahmood (2023)]".
    pub(super) fn none_fits(&self, claims: &[ClaimId]) -> String {
        format!("No answer fits all of these: {}", self.all_said_by(claims))
    }

    /// What several claims say, each with who says it.
    pub(super) fn all_said_by(&self, claims: &[ClaimId]) -> String {
        claims.iter().map(|&id| self.said_by(id)).collect::<Vec<_>>().join("; ")
    }

    /// What several claims say, a sentence each.
    pub(super) fn each_states(&self, claims: &[ClaimId]) -> Vec<String> {
        let before = std::iter::once(None).chain(claims.iter().map(Some));
        let sentence = |(&id, before): (&ClaimId, Option<&ClaimId>)| match before {
            Some(&before) => self.states_too(id, before),
            None => self.states(id),
        };
        claims.iter().zip(before).map(sentence).collect()
    }
}

fn is_exact(interval: &Interval) -> bool {
    interval.low.is_some() && interval.low == interval.high
}

fn number_at(end: Option<&End>) -> String {
    end.map(|end| number(&end.value)).unwrap_or_default()
}

/// The lower end in words: "at least 348", "more than 3.5", "exactly 8".
fn lower(interval: &Interval) -> String {
    let word = match &interval.low {
        _ if is_exact(interval) => "exactly",
        Some(end) if end.open => "more than",
        _ => "at least",
    };
    format!("{word} {}", number_at(interval.low.as_ref()))
}

/// The upper end in words: "at most 187", "less than 3.5", "exactly 6".
fn upper(interval: &Interval) -> String {
    let word = match &interval.high {
        _ if is_exact(interval) => "exactly",
        Some(end) if end.open => "less than",
        _ => "at most",
    };
    format!("{word} {}", number_at(interval.high.as_ref()))
}

/// "553 more than 367, 2.5 times as large".
fn more_than(gap: &Gap, high: &Interval) -> String {
    let excess = gap.excess.parse::<Rational>().map(|excess| number(&excess)).unwrap_or_default();
    format!("{excess} more than {}{}", number_at(high.high.as_ref()), ratio(gap))
}

/// ": they are at least 161 apart, 1.9 times as large"; nothing where only an open end divides the two.
fn apart(gap: &Gap, start: &str, end: &str) -> String {
    match gap.excess.parse::<Rational>() {
        Ok(excess) if excess.is_positive() => format!(": {start} at least {} {end}{}", number(&excess), ratio(gap)),
        _ => String::new(),
    }
}

fn ratio(gap: &Gap) -> String {
    let ratio = gap.ratio.as_ref().and_then(|ratio| ratio.parse::<Rational>().ok());
    let times = ratio.filter(|ratio| *ratio >= Rational::new(3.into(), 2.into())).and_then(|ratio| times(&ratio));
    times.map(|times| format!(", {times} as large")).unwrap_or_default()
}
