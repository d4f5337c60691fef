//! Figures without changes: parts and wholes, and sets that count the same in two ways.

use num_traits::{One, Zero};

use super::derive::Side;
use super::listing::{Listing, in_one_breath};
use super::wording::{addition, bound, counted, so_often, weighted_addition};
use super::{Scene, Story};
use crate::certificate::build::{Proof, SumRow};
use crate::certificate::data::Premise;
use crate::certificate::narrate::wording::Wording;
use crate::claim::ClaimId;
use crate::number::{End, Rational};
use crate::prose::{list, number};
use crate::solve::sums::RowKind;
use crate::system::statement;

/// Rows with their boxes.
type Rows<'a> = [(&'a SumRow, usize)];

fn ends<'a>(rows: &[(&'a SumRow, usize)]) -> Vec<&'a End> {
    rows.iter().filter_map(|(row, _)| row.end()).collect()
}

fn total(ends: &[&End]) -> End {
    End { value: ends.iter().map(|end| &end.value).sum(), open: ends.iter().any(|end| end.open) }
}

fn claims(rows: &Rows<'_>) -> Vec<ClaimId> {
    rows.iter().map(|(row, _)| row.claim).collect()
}

fn boxes(rows: &Rows<'_>) -> Vec<usize> {
    rows.iter().map(|(_, at)| *at).collect()
}

impl Scene<'_> {
    fn is_exact(&self, rows: &Rows<'_>) -> bool {
        let exact = |id: ClaimId| {
            let found = statement(self.corpus, id, self.reading);
            found.is_ok_and(|found| found.interval.low.is_some() && found.interval.low == found.interval.high)
        };
        rows.iter().all(|(row, _)| exact(row.claim))
    }

    /// Who has the figure of a row: "the figure of Ahmed and Younus (2023)".
    fn whose(&self, row: &SumRow) -> String {
        format!("the figure of {}", Wording { corpus: self.corpus }.source(row.claim))
    }

    /// "make 424", "make more than 424"; "make only 900", "make less than 900".
    fn make(&self, rows: &Rows<'_>, side: Side) -> String {
        let all = total(&ends(rows));
        match (self.is_exact(rows), side) {
            (true, Side::Lower) => format!("make {}", number(&all.value)),
            (true, Side::Upper) => format!("make only {}", number(&all.value)),
            (false, _) => format!("make {}", bound(&all, side)),
        }
    }

    /// Parts as the beginning of a headline.
    fn parts(&self, rows: &Rows<'_>) -> String {
        let claims = claims(rows);
        Listing::of(self.corpus, &claims)
            .map_or_else(|| in_one_breath(self.corpus, &claims), |listing| listing.after_colon())
    }

    /// A part above its whole, where measures that add up make it one.
    pub(super) fn nested(&self, proof: &Proof) -> Option<Story> {
        let (lows, highs) = (self.of_kind(RowKind::Low), self.of_kind(RowKind::High));
        let ((low, part), (high, whole)) = (*lows.first()?, *highs.first()?);
        let of = |row: &SumRow| statement(self.corpus, row.claim, self.reading).ok().map(|found| found.interval);
        let mut premises = self.sums_of_measures();
        premises.extend(self.lie_in(&[part], whole, &self.whose(high)));
        let reasons: Vec<&str> = premises.iter().skip(self.sums.len()).map(|premise| premise.text.as_str()).collect();
        let words = Wording { corpus: self.corpus };
        let counted = if reasons.is_empty() {
            "So whatever the first figure counts, the second counts too.".to_owned()
        } else {
            Wording::counted_again(&reasons)
        };
        let last = Wording::larger_all_the_same(&of(low)?, &of(high)?, &proof.gap);
        let headline = words.one_against_other(low.claim, high.claim);
        Some(Story { headline, middle: vec![counted], last, premises })
    }

    /// Separate parts that add up to more than the whole.
    pub(super) fn parts_exceed(&self) -> Option<Story> {
        let (lows, highs) = (self.of_kind(RowKind::Low), self.of_kind(RowKind::High));
        let (high, whole) = *highs.first()?;
        let parts = boxes(&lows);
        let words = Wording { corpus: self.corpus };
        let headline =
            format!("{} {}, but {}", self.parts(&lows), self.make(&lows, Side::Lower), words.said_by(high.claim));
        let inside = self.lie_in(&parts, whole, &self.whose(high));
        let within =
            |before: &[Premise]| Self::so_after(before, &inside, "what each of them counts, the whole counts too");
        if let Some(times) = Self::weight_of_one(&lows, high) {
            let last = self.exceeds_so_often(&lows, high, &times)?;
            return Some(Story { headline, middle: vec![within(&[])], last, premises: inside });
        }
        self.one_weight()?;
        let mut premises = self.lie_apart(&parts);
        let apart = Self::so(&premises, &format!("{} is counted twice", self.no_unit()));
        let within = within(&premises);
        premises.extend(inside);
        let last = self.too_many(&lows, high.end()?);
        Some(Story { headline, middle: vec![apart, within], last, premises })
    }

    /// "So the parts cannot add up to more than 419, but 86 + 109 + 229 = 424, which is 5 more."
    fn too_many(&self, lows: &Rows<'_>, high: &End) -> String {
        let ends = ends(lows);
        let sum = total(&ends);
        let limit = if high.open { "must add up to less than" } else { "cannot add up to more than" };
        let they_are = match (self.is_exact(lows), sum.open) {
            (true, _) => "",
            (false, true) => "they are more than ",
            (false, false) => "they are at least ",
        };
        let more = &sum.value - &high.value;
        let more = if more.is_zero() { String::new() } else { format!(", which is {} more", number(&more)) };
        format!("So the parts {limit} {}, but {they_are}{}{more}.", number(&high.value), addition(&ends))
    }

    /// How often the whole counts, where each part counts once and nothing is in more of them than that.
    fn weight_of_one(many: &Rows<'_>, one: &SumRow) -> Option<Rational> {
        let all_once = many.iter().all(|(row, _)| row.weight.is_one());
        (all_once && !one.weight.is_one()).then(|| one.weight.clone())
    }

    /// "No attack is in more than two of the three parts, so they cannot add up to more than twice 14, which is 28, ..."
    fn exceeds_so_often(&self, lows: &Rows<'_>, high: &SumRow, times: &Rational) -> Option<String> {
        let (ends, high) = (ends(lows), high.end()?);
        let limit = times * &high.value;
        let than = if high.open { "must add up to less than" } else { "cannot add up to more than" };
        let they_are = if self.is_exact(lows) { "" } else { "they are at least " };
        Some(format!(
            "{} is in more than {} of the {} parts, so they {than} {} {}, which is {}, but {they_are}{}.",
            crate::prose::capitalized(&self.no_unit()),
            number(times),
            counted(lows.len()),
            so_often(times),
            number(&high.value),
            number(&limit),
            addition(&ends)
        ))
    }

    /// Parts that cover the whole and do not reach it.
    pub(super) fn parts_fall_short(&self) -> Option<Story> {
        let (lows, highs) = (self.of_kind(RowKind::Low), self.of_kind(RowKind::High));
        let (low, whole) = *lows.first()?;
        let words = Wording { corpus: self.corpus };
        let headline =
            format!("{} {}, but {}", self.parts(&highs), self.make(&highs, Side::Upper), words.said_by(low.claim));
        let premises = self.cover(&[whole], &boxes(&highs));
        let ends = ends(&highs);
        let (sum, end) = (total(&ends), low.end()?);
        let they_are = match (self.is_exact(&highs), sum.open) {
            (true, _) => "",
            (false, true) => "they are less than ",
            (false, false) => "they are at most ",
        };
        if let Some(times) = Self::weight_of_one(&highs, low) {
            let needed = &times * &end.value;
            let than = if end.open { "more than" } else { "at least" };
            let last = format!(
                "Whatever the whole counts is in at least {} of the {} parts, so they must add up to {than} {} {}, which is {}, \
                 but {they_are}{}.",
                number(&times),
                counted(highs.len()),
                so_often(&times),
                number(&end.value),
                number(&needed),
                addition(&ends)
            );
            return Some(Story { headline, middle: Vec::new(), last, premises });
        }
        self.one_weight()?;
        let covered = Self::so(&premises, "whatever the whole counts, one of the parts counts too");
        let than = if end.open { "more than" } else { "at least" };
        let short = &end.value - &sum.value;
        let short = if short.is_zero() { String::new() } else { format!(", which is {} short", number(&short)) };
        let last = format!(
            "So the parts must add up to {than} {}, but {they_are}{}{short}.",
            number(&end.value),
            addition(&ends)
        );
        Some(Story { headline, middle: vec![covered], last, premises })
    }

    /// Figures that count the same in two ways, each once.
    pub(super) fn crossed(&self) -> Option<Story> {
        self.one_weight()?;
        let geometry = self.geometry.as_ref()?;
        let (lows, highs) = (self.of_kind(RowKind::Low), self.of_kind(RowKind::High));
        let (parts, others) = (boxes(&lows), boxes(&highs));
        let apart =
            |(at, a): (usize, &usize)| parts.iter().skip(at + 1).all(|b| geometry.apart(*a, *b).next().is_some());
        let once = parts.iter().enumerate().all(apart);
        let mut premises = if once { self.lie_apart(&parts) } else { Vec::new() };
        let mut middle = Vec::new();
        if !premises.is_empty() {
            middle.push(Self::so(&premises, &format!("{} is counted twice there", self.no_unit())));
        }
        let (first, last) = (Self::first(lows.len()), Self::last(highs.len()));
        let covers = self.cover(&parts, &others);
        let again = if once {
            format!("whatever {first} count, {last} count too")
        } else {
            format!("whatever {first} count, {last} count at least as often")
        };
        middle.push(if once {
            Self::so_after(&premises, &covers, &again)
        } else {
            format!("{}.", crate::prose::capitalized(&again))
        });
        if once {
            premises.extend(covers);
        }
        let sentence = format!("So {first} cannot add up to more than {last}, {}.", self.two_sums(&lows, &highs));
        let headline = self.two_sides(&lows, &highs);
        Some(Story { headline, middle, last: sentence, premises })
    }

    fn first(count: usize) -> String {
        if count == 1 { "the first figure".to_owned() } else { format!("the first {}", counted(count)) }
    }

    fn last(count: usize) -> String {
        if count == 1 { "the last one".to_owned() } else { format!("the last {}", counted(count)) }
    }

    /// "60 on the North Coast and 60 on the South Coast \[Yearbook\] make 120, but ... \[Harbour News\] make only 100".
    fn two_sides(&self, lows: &Rows<'_>, highs: &Rows<'_>) -> String {
        let others = in_one_breath(self.corpus, &claims(highs));
        format!("{} {}, but {others} {}", self.parts(lows), self.make(lows, Side::Lower), self.make(highs, Side::Upper))
    }

    /// "but they are 60 + 60 = 120, and the others 50 + 50 = 100".
    fn two_sums(&self, lows: &Rows<'_>, highs: &Rows<'_>) -> String {
        let (low, high) = (ends(lows), ends(highs));
        let word = |rows: &Rows<'_>, end: End, side: Side| {
            let words = bound(&end, side);
            let word = words.trim_end_matches(&number(&end.value)).to_owned();
            if self.is_exact(rows) { String::new() } else { word }
        };
        format!(
            "but they come to {}{}, and the others to {}{}",
            word(lows, total(&low), Side::Lower),
            addition(&low),
            word(highs, total(&high), Side::Upper),
            addition(&high)
        )
    }

    /// Figures of which some count more than once.
    pub(super) fn weighed(&self) -> Option<Story> {
        if !self.rows.iter().all(SumRow::is_figure) {
            return None;
        }
        let (lows, highs) = (self.of_kind(RowKind::Low), self.of_kind(RowKind::High));
        let (first, last) = (Self::first(lows.len()), Self::last(highs.len()));
        let with = |rows: &[(&SumRow, usize)]| -> Vec<(Rational, End)> {
            rows.iter().filter_map(|(row, _)| Some((row.weight.clone(), row.end()?.clone()))).collect()
        };
        let (low, high) = (with(&lows), with(&highs));
        let sum = |ends: &[(Rational, End)]| {
            let refs: Vec<(&Rational, &End)> = ends.iter().map(|(weight, end)| (weight, end)).collect();
            let value = refs.iter().map(|(weight, end)| *weight * &end.value).sum();
            (weighted_addition(&refs), End { value, open: refs.iter().any(|(_, end)| end.open) })
        };
        let ((low_sum, low_end), (high_sum, high_end)) = (sum(&low), sum(&high));
        let middle = vec![
            format!(
                "Add up {first}{}: that makes {}.",
                self.taken(&lows),
                low_sum_words(&low_sum, &low_end, Side::Lower)
            ),
            format!(
                "Whatever is counted there, {last}{} count at least as often: that leaves room for {}.",
                self.taken(&highs),
                low_sum_words(&high_sum, &high_end, Side::Upper)
            ),
        ];
        let sentence = format!(
            "So {} would have to fit where there is room for {}.",
            bound(&low_end, Side::Lower),
            bound(&high_end, Side::Upper)
        );
        Some(Story { headline: self.all_together(), middle, last: sentence, premises: Vec::new() })
    }

    /// Which figures are taken more than once: ", taking “60 on the North Coast” twice".
    fn taken(&self, rows: &Rows<'_>) -> String {
        let words = Wording { corpus: self.corpus };
        let claims = claims(rows);
        let short = Listing::of(self.corpus, &claims);
        let often: Vec<String> = rows
            .iter()
            .filter(|(row, _)| !row.weight.is_one())
            .map(|(row, _)| {
                let short = short.as_ref().and_then(|listing| listing.item(row.claim));
                let said = short.map_or_else(|| words.said(row.claim), str::to_owned);
                format!("“{said}” {}", so_often(&row.weight))
            })
            .collect();
        if often.is_empty() { String::new() } else { format!(", taking {}", list(&often, "and")) }
    }

    fn all_together(&self) -> String {
        format!("These cannot all be true: {}", in_one_breath(self.corpus, &self.claims))
    }

    /// The sum itself, for what has no better telling.
    pub(super) fn numbered(&self) -> Story {
        let often: Vec<String> = self
            .claims
            .iter()
            .zip(1..)
            .map(|(claim, at)| {
                let weights = self.rows.iter().filter(|row| row.claim == *claim).map(|row| so_often(&row.weight));
                format!("the {} {}", ordinal(at), list(&weights.collect::<Vec<_>>(), "and"))
            })
            .collect();
        let last = format!(
            "Written as inequalities and added up, {}, they say that nothing is more than nothing; `gainsay explain` shows the sum.",
            list(&often, "and")
        );
        Story { headline: self.all_together(), middle: Vec::new(), last, premises: Vec::new() }
    }

    /// Reasons and what follows from them, as one sentence; what follows alone where there are none.
    fn so(reasons: &[Premise], then: &str) -> String {
        Self::so_after(&[], reasons, then)
    }

    /// The same where other reasons stand before.
    fn so_after(before: &[Premise], reasons: &[Premise], then: &str) -> String {
        if reasons.is_empty() {
            format!("{}.", crate::prose::capitalized(then))
        } else {
            format!("{}, so {then}.", Self::joined_after(before, reasons))
        }
    }
}

fn low_sum_words(sum: &str, end: &End, side: Side) -> String {
    let words = bound(end, side);
    format!("{}{sum}", words.trim_end_matches(&number(&end.value)))
}

fn ordinal(at: usize) -> String {
    const WORDS: [&str; 7] = ["", "first", "second", "third", "fourth", "fifth", "sixth"];
    WORDS.get(at).map_or_else(|| format!("{at}th"), |&word| word.to_owned())
}
