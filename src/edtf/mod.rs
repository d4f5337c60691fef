//! Dates and periods as [EDTF] writes them (ISO 8601-2), read as ranges of days.
//!
//! Levels 0 and 1 of the Library of Congress specification are read: days, months, years, negative years, `?`, `~` and
//! `%` at the end of a date, `X` for digits that are not known, intervals with open or unknown ends. A time of day is
//! checked and dropped: the day as written is kept, whatever the time zone.
//!
//! Valid EDTF without days is refused with an error kind of its own: seasons, which the specification ties to no days
//! (reading them as months would be a guess about the hemisphere and the author); `Y` years, which the calendar does
//! not reach; intervals without any date; and level 2, with the level-1 text to write instead where there is one. Three
//! or four `X` in a year (`1XXX`) are level 2: level 1 allows "one or two". So is an `X` inside an interval.
//!
//! [EDTF]: https://www.loc.gov/standards/datetime/
//!
//! # Example
//!
//! ```
//! use gainsay::edtf::{parse_date, parse_period};
//!
//! let june = parse_date("2022-06")?;
//! assert_eq!((june.first().to_string(), june.last().to_string()), ("2022-06-01".into(), "2022-06-30".into()));
//!
//! let error = parse_period("2023-02-29/2023-03").expect_err("2023 is no leap year");
//! assert_eq!(error.to_string(), "there is no 2023-02-29");
//! assert_eq!(error.help(), Some("February 2023 has 28 days"));
//! assert_eq!(error.at(), 8..10);
//! # Ok::<(), gainsay::edtf::EdtfError>(())
//! ```

mod day;
mod error;
mod hint;
mod parse;
#[cfg(test)]
mod tests;

pub use day::Day;
pub use error::{EdtfError, EdtfErrorKind};
pub(crate) use hint::MONTHS;
pub use parse::{MAX_LEN, parse_date, parse_period};

/// How finely a date is known: the smallest unit that is written out in full.
///
/// `2004-06-XX` is known to the month and `199X` to the decade. (The specification's "precision" counts the places that
/// are written, and so calls these day and year; here it is what remains when the `X` are taken away, because widening
/// "some day of June" by a day would trust digits that nobody wrote.)
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// `2004-06-11`
    Day,
    /// `2004-06`, `2004-06-XX`
    Month,
    /// `2004`, `2004-XX`, `2004-XX-XX`
    Year,
    /// `200X`
    Decade,
    /// `20XX`
    Century,
}

/// One date: exactly one day, month, year, decade or century of the calendar, and how surely it was given.
///
/// A decade or century of negative years is the one that its digits name: `-001X` is -0019 to -0010, and `-000X` is
/// -0009 to -0001, since there is no year -0000.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub struct Date {
    first: Day,
    last: Day,
    precision: Precision,
    uncertain: bool,
    approximate: bool,
    unspecified: bool,
}

impl Date {
    /// The first day of the date.
    pub fn first(&self) -> Day {
        self.first
    }

    /// The last day of the date, never before the first.
    pub fn last(&self) -> Day {
        self.last
    }

    /// The unit of the calendar that the date is.
    pub fn precision(&self) -> Precision {
        self.precision
    }

    /// Whether it is marked `?` or `%`.
    pub fn uncertain(&self) -> bool {
        self.uncertain
    }

    /// Whether it is marked `~` or `%`.
    pub fn approximate(&self) -> bool {
        self.approximate
    }

    /// Whether it is marked at all.
    pub fn qualified(&self) -> bool {
        self.uncertain || self.approximate
    }

    /// Whether digits are left open with `X`: `2004-06-XX` is one day of June that is not known, where `2004-06` is
    /// the month.
    pub fn unspecified(&self) -> bool {
        self.unspecified
    }

    /// The date's days with one unit of its precision more on each side, marked or not; cut off where the calendar
    /// ends.
    ///
    /// ```
    /// use gainsay::edtf::parse_date;
    ///
    /// let (first, last) = parse_date("2024-02~")?.widened();
    /// assert_eq!((first.to_string(), last.to_string()), ("2024-01-01".into(), "2024-03-31".into()));
    /// # Ok::<(), gainsay::edtf::EdtfError>(())
    /// ```
    pub fn widened(&self) -> (Day, Day) {
        let years = |count: i16| {
            // OK because years stay within ±9999, far from the ends of an `i16`.
            (Day::first_of_year(self.first.year() - count), Day::last_of_year(self.last.year() + count))
        };
        let before = self.first.previous().unwrap_or(Day::MIN);
        let after = self.last.next().unwrap_or(Day::MAX);
        match self.precision {
            Precision::Day => (before, after),
            Precision::Month => (before.first_of_month(), after.last_of_month()),
            Precision::Year => years(1),
            Precision::Decade => years(10),
            Precision::Century => years(100),
        }
    }
}

/// One end of a period.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum Edge {
    /// A date. The period starts with its first day, or ends with its last.
    Date(Date),
    /// `..`: there is no such end, or it was left out on purpose ("since 2004").
    Open,
    /// Nothing written: there is an end, and it is not known.
    Unknown,
}

impl Edge {
    /// The date that is written there, if one is.
    pub fn date(&self) -> Option<&Date> {
        match self {
            Edge::Date(date) => Some(date),
            Edge::Open | Edge::Unknown => None,
        }
    }
}

/// A span of days: a single date, or an interval `START/END`.
///
/// At least one end is a date, and a period whose ends both are holds at least one day: its last day (the last of the
/// end) is not before its first (the first of the start). `2022-06/2022` is thus a period, June to December.
///
/// # Example
///
/// The days as written, those that it may hold at most, and those that it surely holds:
///
/// ```
/// use gainsay::edtf::{Day, parse_period};
///
/// let day = Day::from_ymd;
/// let war = parse_period("2001~/2021-08")?;
/// assert_eq!(war.written(), (day(2001, 1, 1), day(2021, 8, 31)));
/// assert_eq!(war.outer(), (day(2000, 1, 1), day(2021, 8, 31)));
/// assert_eq!(war.inner(), day(2002, 1, 1).zip(day(2021, 8, 31)));
///
/// let since = parse_period("2001/..")?;
/// assert_eq!(since.outer(), (day(2001, 1, 1), None));
/// assert_eq!(since.inner(), None);
/// # Ok::<(), gainsay::edtf::EdtfError>(())
/// ```
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    start: Edge,
    end: Edge,
    interval: bool,
}

impl Period {
    /// Where it starts. A single date starts with itself.
    pub fn start(&self) -> &Edge {
        &self.start
    }

    /// Where it ends. A single date ends with itself.
    pub fn end(&self) -> &Edge {
        &self.end
    }

    /// Whether it was written with a `/`.
    pub fn is_interval(&self) -> bool {
        self.interval
    }

    /// Whether an end is marked `?`, `~` or `%`.
    pub fn qualified(&self) -> bool {
        [self.start, self.end].iter().filter_map(Edge::date).any(Date::qualified)
    }

    /// Its first and its last day as written, marks and `X` aside; `None` for an end without a date.
    pub fn written(&self) -> (Option<Day>, Option<Day>) {
        (self.start.date().map(Date::first), self.end.date().map(Date::last))
    }

    /// The first and the last day that it may have: a marked end lies one unit of its precision further out. `None` for
    /// an end without a date, which only the caller can bound (by the day on which a text was published, say).
    pub fn outer(&self) -> (Option<Day>, Option<Day>) {
        let reach = |date: &Date| if date.qualified() { date.widened() } else { (date.first, date.last) };
        (self.start.date().map(|date| reach(date).0), self.end.date().map(|date| reach(date).1))
    }

    /// The first and the last of the days that it surely holds: a marked end lies one unit of its precision further in.
    /// `None` when it may hold none of them: an end has no date, a single date has an `X` (it is one unknown part of
    /// the days that it spans), or the ends meet.
    pub fn inner(&self) -> Option<(Day, Day)> {
        let (start, end) = (self.start.date()?, self.end.date()?);
        if start.unspecified || end.unspecified {
            return None;
        }
        // A date is one whole unit of its precision, so one unit further in begins right after it.
        let first = if start.qualified() { start.last.next()? } else { start.first };
        let last = if end.qualified() { end.first.previous()? } else { end.last };
        (first <= last).then_some((first, last))
    }
}

impl From<Date> for Period {
    fn from(date: Date) -> Period {
        Period { start: Edge::Date(date), end: Edge::Date(date), interval: false }
    }
}
