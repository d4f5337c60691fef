//! The sentences: one method per shape, no decisions.

use num_traits::Signed;

use super::{disputes, in_words};
use crate::certificate::data::Gap;
use crate::claim::{ClaimId, Corpus, Form, Voice};
use crate::codebook::{EventKind, Side};
use crate::edtf::Day;
use crate::number::{Interval, Rational, integer};
use crate::prose::{
    capitalized, credits, day, figure, interval, list, number, place_in_text, said, source_name, times,
};
use crate::solve::{FactPair, FigurePair, MomentPair};
use crate::system::{EventBounds, ScopeBox, Statement, quantity};

/// Wording over one corpus.
pub(super) struct Wording<'a> {
    pub(super) corpus: &'a Corpus,
}

impl Wording<'_> {
    fn source(&self, id: ClaimId) -> String {
        source_name(self.corpus.source(self.corpus.claim(id).source))
    }

    fn said(&self, id: ClaimId) -> String {
        said(self.corpus, self.corpus.claim(id))
    }

    /// The figure alone, as the source hedges it.
    fn figure(&self, id: ClaimId) -> String {
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
        let against = if disputes(self.corpus, pair.high) { "which is disputed in" } else { "in" };
        format!(
            "{}: {} in {}, but {} {against} {}",
            what.trim(),
            self.figure(pair.low),
            self.source(pair.low),
            self.figure(pair.high),
            self.elsewhere(pair.high, pair.low),
        )
    }

    /// The source of a claim, or where else in it when the other claim is from there too.
    fn elsewhere(&self, id: ClaimId, other: ClaimId) -> String {
        if self.corpus.claim(id).source == self.corpus.claim(other).source {
            place_in_text(self.corpus.claim(id)).map_or_else(
                || "another passage of the same text".to_owned(),
                |place| format!("the same text, {place}"),
            )
        } else {
            self.source(id)
        }
    }

    /// "920 attacks … in Khyber Pakhtunkhwa (Mahmood 2023), but 367 … in Pakistan (Ahmed and Younus 2023)".
    pub(super) fn part_above_whole(&self, pair: FigurePair) -> String {
        format!(
            "{} [{}], but {} [{}]",
            self.said(pair.low),
            self.source(pair.low),
            self.said(pair.high),
            self.elsewhere(pair.high, pair.low)
        )
    }

    pub(super) fn two_dates(&self, pair: MomentPair) -> String {
        format!(
            "{} [{}], but {} [{}]",
            self.said(pair.low),
            self.source(pair.low),
            self.said(pair.high),
            self.elsewhere(pair.high, pair.low)
        )
    }

    pub(super) fn two_facts(&self, pair: FactPair) -> String {
        format!(
            "{} [{}], but {} [{}]",
            self.said(pair.first),
            self.source(pair.first),
            self.said(pair.second),
            self.elsewhere(pair.second, pair.first)
        )
    }

    /// "Mahmood (2023) passes on 920 attacks …, crediting Azaz Syed."
    pub(super) fn states(&self, id: ClaimId) -> String {
        let claim = self.corpus.claim(id);
        let source = self.corpus.source(claim.source);
        let several = source.authors.len() > 1;
        let verb = match (claim.voice, &claim.form, several) {
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
        };
        let crediting = credits(self.corpus, claim).map(|who| format!(", crediting {who}")).unwrap_or_default();
        format!("{} {verb} {}{crediting}.", capitalized(&source_name(source)), self.said(id))
    }

    /// The same for the second of two claims, which may be from the same text.
    pub(super) fn states_too(&self, id: ClaimId, other: ClaimId) -> String {
        let claim = self.corpus.claim(id);
        if claim.source != self.corpus.claim(other).source {
            return self.states(id);
        }
        let place = place_in_text(claim).map(|place| format!(" ({place})")).unwrap_or_default();
        let crediting = credits(self.corpus, claim).map(|who| format!(", crediting {who}")).unwrap_or_default();
        let denial = if disputes(self.corpus, id) { " disputes this" } else { " also has this" };
        format!("The same text{denial}{place}: {}{crediting}.", self.said(id))
    }

    pub(super) fn literally_possible() -> String {
        "Word for word both could be true; as a reader takes them they cannot.".to_owned()
    }

    /// A clause as a sentence.
    pub(super) fn sentence(clause: &str) -> String {
        format!("{}.", capitalized(clause))
    }

    pub(super) fn same_thing(&self, statement: &Statement, scope: &ScopeBox) -> String {
        let what = self.corpus.codebook.measure(statement.measure).phrase.replace("{}", "");
        let words = in_words(self.corpus, statement, scope);
        format!("Both figures are for the same: {} {words}.", what.trim()).replace(" .", ".")
    }

    pub(super) fn no_common_number(low: &Interval, high: &Interval, gap: &Gap) -> String {
        format!(
            "No number fits both: the first allows {}, the second {}{}.",
            interval(low),
            interval(high),
            apart(gap, "they are", "apart")
        )
    }

    /// "Khyber Pakhtunkhwa lies in Pakistan, so …".
    pub(super) fn counted_again(reasons: &[&str]) -> String {
        let reasons: Vec<String> = reasons.iter().map(|&reason| reason.to_owned()).collect();
        format!("{}, so whatever the first figure counts, the second counts too.", capitalized(&list(&reasons, "and")))
    }

    pub(super) fn larger_all_the_same(low: &Interval, high: &Interval, gap: &Gap) -> String {
        format!(
            "The first can then be no larger than the second, yet the first allows {} and the second {}{}.",
            interval(low),
            interval(high),
            apart(gap, "it is", "too large")
        )
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
        let days = if *excess == integer(1) { "day".to_owned() } else { format!("{} days", number(excess)) };
        let days = if days == "day" { "one day".to_owned() } else { days };
        format!(
            "Both are about {what}. The first allows no day before {}, the second none after {}: they are {days} apart.",
            text(earliest),
            text(latest)
        )
    }

    pub(super) fn exclude_each_other(pair: FactPair, opinion: bool) -> String {
        let both = match (opinion, pair.denied) {
            (true, _) => "The two advise what cannot both be done.",
            (false, true) => "What the first states, the second denies.",
            (false, false) => "Only one of the two can hold.",
        };
        both.to_owned()
    }
}

/// ", 553 too large, 2.5 times as many": how far apart two figures are; nothing where only an open end divides them.
fn apart(gap: &Gap, start: &str, end: &str) -> String {
    let Ok(excess) = gap.excess.parse::<Rational>() else { return String::new() };
    if !excess.is_positive() {
        return String::new();
    }
    let ratio = gap.ratio.as_ref().and_then(|ratio| ratio.parse::<Rational>().ok());
    let times = ratio.filter(|ratio| *ratio >= Rational::new(3.into(), 2.into())).and_then(|ratio| times(&ratio));
    let times = times.map(|times| format!(", {times} as much")).unwrap_or_default();
    format!(": {start} {} {end}{times}", number(&excess))
}
