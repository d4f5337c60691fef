//! From text to dates and periods.
//!
//! The order of the checks decides which error a text gets: first what is no EDTF at any level, then what does not
//! exist in the calendar, then what is valid but has no days here.

mod calendar;
mod clock;

use std::ops::Range;

use super::{Date, Edge, EdtfError, EdtfErrorKind as Kind, Period, hint};

/// The longest text that is read, in bytes. An interval of levels 0 and 1 needs fewer than half as many, and an error
/// message never repeats more than this.
pub const MAX_LEN: usize = 64;

/// Reads a single date, or a date and time, of which the day is kept.
///
/// # Errors
///
/// Every [`EdtfErrorKind`](Kind) but [`ReversedPeriod`](Kind::ReversedPeriod) and
/// [`BoundlessPeriod`](Kind::BoundlessPeriod); a text with a `/` is an [`Interval`](Kind::Interval).
///
/// # Example
///
/// ```
/// use gainsay::edtf::{EdtfErrorKind, Precision, parse_date};
///
/// let date = parse_date("199X~")?;
/// assert_eq!(date.precision(), Precision::Decade);
/// assert!(date.approximate() && !date.uncertain());
///
/// let error = parse_date("11/06/2022").expect_err("not EDTF");
/// assert_eq!(error.kind(), EdtfErrorKind::Interval);
/// assert_eq!(error.help(), Some("write `2022-06-11` or `2022-11-06`, whichever is meant, not `11/06/2022`"));
/// # Ok::<(), gainsay::edtf::EdtfError>(())
/// ```
pub fn parse_date(text: &str) -> Result<Date, EdtfError> {
    let piece = capped(text)?;
    if text.contains('/') {
        let error = piece.error(Kind::Interval, "an interval where a single date is wanted");
        return Err(error.with_help(hint::rewrite(text).unwrap_or("write one date, without `/`".into())));
    }
    date(piece, Place::Alone).map_err(|error| hint::complete(error, text))
}

/// Reads a single date, or an interval `START/END` with at least one date in it.
///
/// # Errors
///
/// Every [`EdtfErrorKind`](Kind) but [`Interval`](Kind::Interval). An interval is
/// [reversed](Kind::ReversedPeriod) when the last day of its end is before the first day of its start.
///
/// # Example
///
/// ```
/// use gainsay::edtf::{Edge, EdtfErrorKind, parse_period};
///
/// let until = parse_period("../2021-08-30")?;
/// assert_eq!(until.start(), &Edge::Open);
/// assert!(until.is_interval());
/// assert!(!parse_period("2021")?.is_interval());
///
/// let error = parse_period("2022-06/2021").expect_err("2021 is over by then");
/// assert_eq!(error.kind(), EdtfErrorKind::ReversedPeriod);
/// assert_eq!(error.to_string(), "the interval ends on 2021-12-31, before it starts on 2022-06-01");
/// # Ok::<(), gainsay::edtf::EdtfError>(())
/// ```
pub fn parse_period(text: &str) -> Result<Period, EdtfError> {
    let piece = capped(text)?;
    period(piece).map_err(|error| hint::complete(error, text))
}

fn capped(text: &str) -> Result<Piece<'_>, EdtfError> {
    let piece = Piece { text, at: 0 };
    if text.is_empty() {
        return Err(piece.error(Kind::Malformed, "no date is written").with_help(hint::FORMS));
    }
    if text.len() > MAX_LEN {
        let message = format!("{} bytes are too long for a date or an interval", text.len());
        return Err(piece.error(Kind::TooLong, message).with_help(hint::FORMS));
    }
    Ok(piece)
}

fn period(piece: Piece<'_>) -> Result<Period, EdtfError> {
    let Some((start, end)) = piece.split_once('/') else {
        return date(piece, Place::Alone).map(Period::from);
    };
    if let Some((before, _)) = end.split_once('/') {
        let slash = before.range().end;
        return Err(EdtfError::new(slash..slash + 1, Kind::Malformed, "a second `/` in an interval"));
    }
    let period = Period { start: edge(start)?, end: edge(end)?, interval: true };
    match period.written() {
        (None, None) => Err(piece
            .error(Kind::BoundlessPeriod, "an interval without a date at either end")
            .with_help("write a date at one end at least, as in `2004/..` or `../2004`")),
        (Some(first), Some(last)) if last < first => {
            let message = format!("the interval ends on {last}, before it starts on {first}");
            // OK to repeat both ends because each was read as a date, which is ASCII throughout.
            let help = format!("write `{}/{}`, or correct one of the two", end.text, start.text);
            Err(piece.error(Kind::ReversedPeriod, message).with_help(help))
        }
        _ => Ok(period),
    }
}

fn edge(piece: Piece<'_>) -> Result<Edge, EdtfError> {
    match piece.text {
        "" => Ok(Edge::Unknown),
        ".." => Ok(Edge::Open),
        _ => date(piece, Place::Edge).map(Edge::Date),
    }
}

/// Where a date stands: level 1 allows less of it inside an interval.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Place {
    Alone,
    Edge,
}

fn date(piece: Piece<'_>, place: Place) -> Result<Date, EdtfError> {
    if piece.text.starts_with(['[', '{']) {
        return Err(set(piece));
    }
    if piece.text.starts_with('Y') {
        return Err(long_year(piece));
    }
    let Some((day, time)) = piece.split_once('T') else {
        return calendar::Fields::split(piece)?.date(place);
    };
    let fields = calendar::Fields::split(day)?;
    let help = format!("write the day alone: `{}`", day.text);
    let date = fields.date(place)?;
    if !fields.is_plain_day() {
        return Err(time.error(Kind::Malformed, "a time of day without a complete day before it"));
    }
    if place == Place::Edge {
        return Err(time.error(Kind::Malformed, "a time of day in an interval, which runs over days").with_help(help));
    }
    clock::check(time).map_err(|error| error.with_help(help))?;
    Ok(date)
}

/// The error for `[1667,1668]` or `{1960,1961}`.
fn set(piece: Piece<'_>) -> EdtfError {
    let closing = if piece.text.starts_with('[') { ']' } else { '}' };
    if !piece.text.ends_with(closing) {
        return piece.error(Kind::Malformed, "a set of dates without its closing bracket");
    }
    level_2(piece, "a set of dates").with_help("write one date, or an interval `START/END` that holds the whole set")
}

/// The error for `Y170000002`, and for what else starts with a `Y`.
fn long_year(piece: Piece<'_>) -> EdtfError {
    let digits_of = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    // OK to fall back on "" because each index was just found in the text that it cuts.
    let signed = piece.text.strip_prefix('Y').unwrap_or("");
    let body = signed.strip_prefix('-').unwrap_or(signed);
    let (digits, mut rest) = body.split_at_checked(digits_of(body)).unwrap_or(("", body));
    let mut scaled = false;
    for mark in ['E', 'S'] {
        if let Some(after) = rest.strip_prefix(mark)
            && let Some((number, tail)) = after.split_at_checked(digits_of(after))
            && !number.is_empty()
        {
            (scaled, rest) = (true, tail);
        }
    }
    let year = if signed.len() > body.len() { format!("-{digits}") } else { digits.to_owned() };
    if digits.is_empty() || !matches!(rest, "" | "?" | "~" | "%") {
        return piece.error(Kind::Malformed, "not a year, though it starts with `Y`");
    }
    if scaled {
        return level_2(piece, "a year with an exponent or significant digits").with_help(hint::CALENDAR);
    }
    if digits.len() <= 4 || digits.starts_with('0') {
        let error = piece.error(Kind::Malformed, "`Y` marks a year of more than four digits, the first of them not 0");
        return if digits.len() == 4 { error.with_help(format!("write `{year}`")) } else { error };
    }
    piece.error(Kind::YearOutOfRange, format!("the year {year} is outside the calendar")).with_help(hint::CALENDAR)
}

fn level_2(piece: Piece<'_>, feature: &str) -> EdtfError {
    piece.error(Kind::Level2, format!("{feature}: level 2 of EDTF, which is not supported"))
}

/// A part of the text, and where in it the part starts.
#[derive(Copy, Clone)]
struct Piece<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Piece<'t> {
    fn range(self) -> Range<usize> {
        self.at..self.at + self.text.len()
    }

    fn error(self, kind: Kind, message: impl Into<std::borrow::Cow<'static, str>>) -> EdtfError {
        EdtfError::new(self.range(), kind, message)
    }

    /// The parts before and after the first `separator`, which is one byte long.
    fn split_once(self, separator: char) -> Option<(Piece<'t>, Piece<'t>)> {
        let (before, after) = self.text.split_once(separator)?;
        Some((Piece { text: before, at: self.at }, Piece { text: after, at: self.range().end - after.len() }))
    }

    fn strip_prefix(self, mark: impl Fn(char) -> bool) -> Option<(char, Piece<'t>)> {
        let mut rest = self.text.chars();
        let first = rest.next().filter(|&c| mark(c))?;
        Some((first, Piece { text: rest.as_str(), at: self.at + first.len_utf8() }))
    }

    fn strip_suffix(self, mark: impl Fn(char) -> bool) -> Option<(Piece<'t>, char)> {
        let mut rest = self.text.chars();
        let last = rest.next_back().filter(|&c| mark(c))?;
        Some((Piece { text: rest.as_str(), at: self.at }, last))
    }
}
