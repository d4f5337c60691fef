//! The figures that a short phrase from a paper carries.
//!
//! The rule `figure-not-in-quote` asks one question: does the claim's number stand in its quote? A wrong "no" accuses
//! an encoder who made no mistake, so wherever a phrase can be read in two ways both readings are kept ("60.000" is
//! sixty thousand or sixty), and what only may be a figure can speak for a claim and never against it:
//!
//! - a **firm** figure speaks for the claim when a reading fits, and against it when none does;
//! - a figure that is not firm ("2000" without a sign whether it is a year, "one" where it may be a pronoun, "both",
//!   "a", a claim's period such as "the first nine months") speaks only for it;
//! - a **doubted** value (a footnote's number, an ordinal, the 2022 of "in 2022", the sum of all figures) neither confirms nor accuses: it makes
//!   the answer [`Carry::Unsure`]. So do quantity words that name no number, where the claim's could be meant.
//!
//! Nothing here knows what is counted: the unit's noun, and turning months into years, are left to the caller.

mod date;
mod digits;
mod link;
mod notice;
mod read;
mod spelled;
#[cfg(test)]
mod tests;
mod token;
mod unit;
mod words;

use std::ops::Range;

use num_rational::BigRational;

pub use notice::{first_notable, notable};

/// A quote has at most 15 words; whatever stands behind so many bytes is not read and makes a quote uncertain.
pub const MAX_BYTES: usize = 4096;

/// What a figure is a figure of, as far as its own words say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FigureUnit {
    /// Nothing but the number: "450", "two decades".
    Plain,
    /// "25 percent", "51%", "3 percentage points".
    Percent,
    /// An amount of money, with the sign, code or word as written: `$`, `USD`, `rupees`.
    Currency(String),
    /// A part of a whole: "two-thirds", "1/3", "three out of four".
    Share,
    /// "doubled", "tenfold", "twice".
    Factor,
    /// "14th", "first": a rank, never counted against a claim.
    Ordinal,
}

/// One number in a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Every exact value that it may well stand for: 60000 and 60 for "60.000"; for "25%" also 1/4 and the factor 5/4.
    pub readings: Vec<BigRational>,
    /// Values that it is unlikely to stand for and that must not be called wrong.
    pub doubted: Vec<BigRational>,
    /// Its unit.
    pub unit: FigureUnit,
    /// Whether it is surely a figure, so that it speaks against a claim of another number.
    pub firm: bool,
    /// Its bytes in the quote.
    pub range: Range<usize>,
    /// Its letters in the quote.
    pub text: String,
}

/// A word of quantity that names no number: "dozens", "hundreds of thousands", "several".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vague {
    /// Its bytes in the quote.
    pub range: Range<usize>,
    /// Its letters in the quote.
    pub text: String,
    /// The least that anybody means by it.
    pub low: BigRational,
    /// The most that anybody means by it; `None` where there is no end.
    pub high: Option<BigRational>,
}

/// All that a quote says in numbers, in the order of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Numbers, firm or not.
    pub figures: Vec<Figure>,
    /// Vague words of quantity.
    pub vague: Vec<Vague>,
    /// Words that may name a number which the reader does not know: misspelt numerals, "a brace", other scripts.
    pub unknown: Vec<(Range<usize>, String)>,
    /// Years, days, decades and centuries.
    pub dates: Vec<Range<usize>>,
}

/// Whether a quote carries a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Carry {
    /// A figure has one of the wanted values as a reading, or nothing was wanted.
    Yes,
    /// The quote holds firm figures, and nothing in it can be the wanted number.
    No {
        /// The firm figures, as they stand in the quote.
        seen: Vec<String>,
    },
    /// No figure fits, but this word or number of the quote may be what is meant.
    Unsure {
        /// As it stands in the quote.
        word: String,
    },
    /// No figure fits, and the quote holds none that would have to.
    NoFigures,
}

/// Reads the figures of a quote.
///
/// Every text has an answer: there is no failure, the work grows with the length of the text, and text beyond
/// [`MAX_BYTES`] is listed as unknown.
///
/// ```
/// # use gainsay::quote::{Carry, carries, figures};
/// # use num_rational::BigRational;
/// let read = figures("at least 262 terrorist attacks in 2022");
/// assert_eq!(carries(&read, &[BigRational::from_integer(262.into())]), Carry::Yes);
/// assert_eq!(carries(&read, &[BigRational::from_integer(226.into())]), Carry::No { seen: vec!["262".to_owned()] });
/// ```
pub fn figures(quote: &str) -> Figures {
    let mut cut = quote.len().min(MAX_BYTES);
    while !quote.is_char_boundary(cut) {
        cut -= 1;
    }
    let mut figures = read::read(quote.get(..cut).unwrap_or_default());
    if cut < quote.len() {
        figures.unknown.push((cut..quote.len(), "…".to_owned()));
    }
    figures
}

/// Says whether a quote carries one of the wanted numbers.
///
/// `wanted` holds every number that the claim's figure names, as written and in base units, and for a duration in each
/// unit of time that the claim may have been converted from. When it is empty there is nothing to miss: `Yes`.
pub fn carries(figures: &Figures, wanted: &[BigRational]) -> Carry {
    let fits = |values: &[BigRational]| values.iter().any(|value| wanted.contains(value));
    if wanted.is_empty() || figures.figures.iter().any(|figure| fits(&figure.readings)) {
        return Carry::Yes;
    }
    let doubted = figures.figures.iter().find(|figure| fits(&figure.doubted)).map(|figure| figure.text.clone());
    let unknown = || figures.unknown.first().map(|(_, word)| word.clone());
    let vague = || figures.vague.iter().find(|vague| vague.may_mean(wanted)).map(|vague| vague.text.clone());
    if let Some(word) = doubted.or_else(unknown).or_else(vague) {
        return Carry::Unsure { word };
    }
    let seen: Vec<_> = figures.figures.iter().filter(|figure| figure.firm).map(|figure| figure.text.clone()).collect();
    if seen.is_empty() { Carry::NoFigures } else { Carry::No { seen } }
}

impl Vague {
    fn may_mean(&self, wanted: &[BigRational]) -> bool {
        wanted.iter().any(|value| *value >= self.low && self.high.as_ref().is_none_or(|high| value <= high))
    }
}
