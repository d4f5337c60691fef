//! What recurs in plain lines and is read once: figures with their hedges, periods, and quotes that differ in their numbers
//! only.
//!
//! Each is read by the reader of single claims when it comes for the first time, so that both mean the same.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::claim::{Bare, Reading, Scale, When};
use crate::codebook::{Codebook, MeasureId};
use crate::edtf::Day;
use crate::load::fault::{Page, Sink};
use crate::load::form::{ClaimReader, Published};
use crate::load::json;
use crate::load::names::Names;
use crate::load::text::Text;
use crate::number::{Interval, integer};
use crate::quote::notable;

/// A figure as a number: one that is a small whole number stands for itself, others for their place in a table.
pub(crate) type FigureCode = u32;

/// Set in the code of a figure that stands for itself.
const ITSELF: u32 = 1 << 31;

/// The code of a row that says nothing any more.
pub(crate) const GONE: FigureCode = u32::MAX;

/// What a code stands for.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Coded {
    /// Exactly this number.
    Exactly(u32),
    /// The entry of the table at this place.
    At(u32),
    /// Nothing.
    Gone,
}

/// What a code stands for.
pub(crate) fn decoded(code: FigureCode) -> Coded {
    match code {
        GONE => Coded::Gone,
        _ if code & ITSELF != 0 => Coded::Exactly(code ^ ITSELF),
        _ => Coded::At(code),
    }
}

/// The values that a hedged figure allows, by [`Reading::BOTH`].
pub(crate) type Figure = [Interval; 2];

/// The first and the last day of a period, as numbers.
type Span = (i32, i32);

type Memory<K, V> = HashMap<K, V, RandomState>;

/// What was read before. One that is none is not plain.
pub(super) struct Shapes<'b> {
    book: &'b Codebook,
    names: &'b Names,
    pub(super) figures: Vec<Figure>,
    of_value: Memory<Box<[u8]>, Option<FigureCode>>,
    of_period: Memory<Box<[u8]>, Option<Span>>,
    of_quote: Memory<Box<[u8]>, bool>,
    key: Vec<u8>,
}

impl<'b> Shapes<'b> {
    pub(super) fn new(book: &'b Codebook, names: &'b Names, state: &RandomState) -> Self {
        Self {
            book,
            names,
            figures: Vec::new(),
            of_value: HashMap::with_hasher(state.clone()),
            of_period: HashMap::with_hasher(state.clone()),
            of_quote: HashMap::with_hasher(state.clone()),
            key: Vec::new(),
        }
    }

    /// The code of a value of a measure that comes in whole things, or not.
    pub(super) fn figure(&mut self, value: &[u8], whole: bool) -> Option<FigureCode> {
        if let Some(number) = small(value) {
            return Some(ITSELF | number);
        }
        self.key.clear();
        self.key.push(u8::from(whole));
        self.key.extend_from_slice(value);
        if let Some(&known) = self.of_value.get(self.key.as_slice()) {
            return known;
        }
        let scale = Scale { unit: integer(1), whole, bare: Bare::Exact };
        let book = self.book;
        let figure = self.read(value, |reader, node| {
            let quantity = reader.quantity(node, &scale)?;
            Some(Reading::BOTH.map(|reading| quantity.interval(reading, book, &scale)))
        });
        let code = figure.and_then(|figure| {
            let code = u32::try_from(self.figures.len()).ok().filter(|code| code & ITSELF == 0)?;
            self.figures.push(figure);
            Some(code)
        });
        self.of_value.insert(self.key.clone().into_boxed_slice(), code);
        code
    }

    /// The days of a period that is the same under each reading, outside and inside, whenever its source was published.
    pub(super) fn period(&mut self, text: &[u8]) -> Option<Span> {
        if let Some(days) = days(text) {
            return Some(days);
        }
        if let Some(&known) = self.of_period.get(text) {
            return known;
        }
        let quoted = [b"\"", text, b"\""].concat();
        let span = self.read(&quoted, |reader, node| definite(&reader.when(node)?));
        self.of_period.insert(text.into(), span);
        span
    }

    /// Whether a quote surely carries a value. `carries` tells for one that is met for the first time, or differs from those
    /// before in more than the value's number: see [`Numbers::write`].
    pub(super) fn carries(
        &mut self,
        measure: MeasureId,
        value: &[u8],
        quote: &[u8],
        carries: impl FnOnce() -> bool,
    ) -> bool {
        /// So many quotes are remembered word for word.
        const MOST: usize = 1 << 20;
        if self.shape(measure, value, quote) {
            match self.of_quote.get(self.key.as_slice()) {
                Some(true) => return true,
                Some(false) => {}
                None => {
                    let known = carries();
                    // Where other words tell a number, it may be that which fits, by chance.
                    let alone = known && !notable(&String::from_utf8_lossy(quote).replace(char::is_numeric, " "));
                    self.of_quote.insert(self.key.clone().into_boxed_slice(), alone);
                    return known;
                }
            }
        }
        self.key.clear();
        self.key.extend_from_slice(&[0; 4]);
        self.key.extend_from_slice(&measure.0.to_le_bytes());
        self.key.extend_from_slice(value);
        self.key.push(0);
        self.key.extend_from_slice(quote);
        if let Some(&known) = self.of_quote.get(self.key.as_slice()) {
            return known;
        }
        let known = carries();
        if self.of_quote.len() < MOST {
            self.of_quote.insert(self.key.clone().into_boxed_slice(), known);
        }
        known
    }

    /// Makes a key of a value and a quote in which the value's numbers are left open; false when the quote has none of them,
    /// or others.
    fn shape(&mut self, measure: MeasureId, value: &[u8], quote: &[u8]) -> bool {
        // A thousand may be written with a comma in a quote; in a value commas part numbers.
        let thousands =
            quote.windows(3).any(|three| matches!(three, [a, b',', b] if a.is_ascii_digit() && b.is_ascii_digit()));
        self.key.clear();
        self.key.extend_from_slice(&[1; 4]);
        self.key.extend_from_slice(&measure.0.to_le_bytes());
        let mut numbers = Numbers::default();
        !thousands
            && quote.iter().any(u8::is_ascii_digit)
            && without_numbers(value, &mut self.key, |number, key| {
                let sign = numbers.push(number)?;
                Numbers::write(sign, number, key);
                Some(())
            })
            && without_numbers(quote, &mut self.key, |number, key| {
                key.push(numbers.find(number)?);
                Some(())
            })
    }

    /// Has the reader of single claims read a value; none after a fault.
    fn read<T>(&self, json: &[u8], read: impl FnOnce(&ClaimReader<'_>, &json::Node<'_>) -> Option<T>) -> Option<T> {
        let sink = Sink::default();
        let text = Text::new("", std::str::from_utf8(json).ok()?);
        let page = Page { text: &text, sink: &sink };
        let node = json::parse(page)?;
        let reader = ClaimReader { page, book: self.book, names: self.names, published: Published::Unknown };
        read(&reader, &node).filter(|_| sink.is_empty())
    }
}

/// A number that stands for itself.
fn small(value: &[u8]) -> Option<u32> {
    let digits = value.len() <= 9 && value.iter().all(u8::is_ascii_digit);
    let sound = digits && (value.first() != Some(&b'0') || value.len() == 1);
    sound.then(|| value.iter().fold(0, |number, digit| number * 10 + u32::from(digit - b'0')))
}

/// One day, or some, as `2015-03-12/2015-04-01`.
fn days(text: &[u8]) -> Option<Span> {
    const DAY: usize = "2015-03-12".len();
    match text.split_at_checked(DAY)? {
        (day, []) => single_day(day).map(|day| (day, day)),
        (first, [b'/', last @ ..]) => single_day(first).zip(single_day(last)).filter(|(first, last)| first < last),
        _ => None,
    }
}

/// A day as `2015-03-12`.
fn single_day(text: &[u8]) -> Option<i32> {
    let (year, rest) = text.split_first_chunk::<4>()?;
    let (&[b'-', ref month @ .., b'-', tens, ones], true) = (rest.first_chunk::<6>()?, rest.len() == 6) else {
        return None;
    };
    let number = |digits: &[u8]| {
        let all = digits.iter().all(u8::is_ascii_digit);
        all.then(|| digits.iter().fold(0_i16, |number, digit| number * 10 + i16::from(digit - b'0')))
    };
    let small = |digits: &[u8]| i8::try_from(number(digits)?).ok();
    let day = Day::from_ymd(number(year)?, small(month)?, small(&[tens, ones])?)?;
    Some(day.number())
}

fn definite(when: &When) -> Option<Span> {
    let mut found = None;
    for reading in Reading::BOTH {
        let days = when.days(reading, None).ok()?;
        if days.inner != Some(days.outer) || found.is_some_and(|found| found != days.outer) {
            return None;
        }
        found = Some(days.outer);
    }
    let days = found?;
    Some((days.first?.number(), days.last?.number()))
}

/// The few numbers of a value, each with a sign that stands for it; no plain text holds one of them.
#[derive(Default)]
struct Numbers<'a> {
    list: [&'a [u8]; 4],
    count: u8,
}

impl<'a> Numbers<'a> {
    fn push(&mut self, number: &'a [u8]) -> Option<u8> {
        *self.list.get_mut(usize::from(self.count))? = number;
        self.count += 1;
        Some(self.count)
    }

    /// Writes what the reading of quotes may see in a number beside its value: whether it may be a day, a year, a decade, or
    /// one of the few that mean something, and how many digits it has.
    fn write(sign: u8, number: &[u8], key: &mut Vec<u8>) {
        let is_plain = number.iter().all(u8::is_ascii_digit) && number.first() != Some(&b'0');
        let is_year = number.len() == 4 && (b"1500".as_slice()..=b"2100".as_slice()).contains(&number);
        key.push(sign);
        if number.len() <= 2 || is_year || !is_plain {
            key.extend_from_slice(number);
        } else {
            // Above all digits: no number is mistaken for it.
            key.push(0x80 | u8::try_from(number.len()).unwrap_or(u8::MAX));
            key.push(0x80 | u8::from(number.last() == Some(&b'0')));
        }
    }

    fn find(&self, number: &[u8]) -> Option<u8> {
        let own = self.list.iter().take(usize::from(self.count)).zip(1..);
        own.filter(|(own, _)| **own == number).map(|(_, sign)| sign).next()
    }
}

/// Appends a text to a key, with something else in place of each number, and says whether there is something for each.
fn without_numbers<'a>(
    text: &'a [u8],
    key: &mut Vec<u8>,
    mut write: impl FnMut(&'a [u8], &mut Vec<u8>) -> Option<()>,
) -> bool {
    /// Ends a text; it stands for no number.
    const END: u8 = 0;
    let mut rest = text;
    while let Some((&byte, after)) = rest.split_first() {
        if byte.is_ascii_digit() {
            let (number, after) = rest.split_at(number_length(rest));
            if write(number, key).is_none() {
                return false;
            }
            rest = after;
        } else {
            key.push(byte);
            rest = after;
        }
    }
    key.push(END);
    true
}

/// How long the number is with which a text begins; what is joined by points or apostrophes is one number.
fn number_length(text: &[u8]) -> usize {
    let digits =
        |from: usize| text.get(from..).map_or(0, |rest| rest.iter().take_while(|byte| byte.is_ascii_digit()).count());
    let mut length = digits(0);
    while let Some(b'.' | b'\'') = text.get(length)
        && digits(length + 1) > 0
    {
        length += 1 + digits(length + 1);
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_at_once_where_they_are_in_order() {
        let one = days(b"2015-03-12").expect("a day");
        assert_eq!(one.0, one.1);
        // 19 days up to the end of March, and one more.
        assert_eq!(days(b"2015-03-12/2015-04-01"), Some((one.0, one.0 + 20)));
        // The rest is for the reader of single claims, faults among it.
        for other in
            ["2015-03-12/2015-03-12", "2015-04-01/2015-03-12", "2015-03-12/..", "2015-02-30/2015-03-12", "2015-03", ""]
        {
            assert_eq!(days(other.as_bytes()), None, "{other}");
        }
    }
}
