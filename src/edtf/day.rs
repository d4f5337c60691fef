//! Calendar days, the unit in which every date is reckoned.

use std::fmt;

use jiff::{SignedDuration, civil};

/// A calendar day of the proleptic Gregorian calendar, in the years -9999 to 9999.
///
/// Year 0000 is the year before 0001, as in ISO 8601. Every value is a real day; days are ordered in time, and
/// [`number`](Day::number) counts them without gaps from 1970-01-01, which is 0.
///
/// The text form is `YYYY-MM-DD`, with a `-` before a negative year as EDTF writes it, and
/// [`parse_date`](super::parse_date) reads it back.
///
/// # Example
///
/// ```
/// use gainsay::edtf::Day;
///
/// let leap = Day::from_ymd(2024, 2, 29).expect("2024 is a leap year");
/// assert_eq!(leap.number(), 19_782);
/// assert_eq!(leap.checked_add(1), Day::from_ymd(2024, 3, 1));
/// assert_eq!(leap.to_string(), "2024-02-29");
/// assert_eq!(Day::from_ymd(2023, 2, 29), None);
/// ```
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(civil::Date);

const EPOCH: civil::Date = civil::date(1970, 1, 1);

impl Day {
    /// The first day of the calendar, -9999-01-01.
    pub const MIN: Day = Day(civil::Date::MIN);

    /// The last day of the calendar, 9999-12-31.
    pub const MAX: Day = Day(civil::Date::MAX);

    /// The day with this year (-9999 to 9999), month (1 to 12) and day of the month (from 1), if there is one.
    pub fn from_ymd(year: i16, month: i8, day: i8) -> Option<Day> {
        civil::Date::new(year, month, day).ok().map(Day)
    }

    /// The day that lies `number` days after 1970-01-01 (before it, if negative), if the calendar reaches that far.
    pub fn from_number(number: i32) -> Option<Day> {
        Day(EPOCH).checked_add(number)
    }

    /// How many days this one lies after 1970-01-01; negative before it.
    pub fn number(self) -> i32 {
        // OK because the calendar has fewer than eight million days, so neither step can leave an `i32`.
        let days = self.0.duration_since(EPOCH).as_hours() / 24;
        i32::try_from(days).unwrap_or(if days < 0 { i32::MIN } else { i32::MAX })
    }

    /// The year, -9999 to 9999; 0 is the year before 1.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// The day that lies `days` later (earlier, if negative), unless that is outside the calendar.
    pub fn checked_add(self, days: i32) -> Option<Day> {
        self.0.checked_add(SignedDuration::from_hours(24 * i64::from(days))).ok().map(Day)
    }

    pub(super) fn next(self) -> Option<Day> {
        self.checked_add(1)
    }

    pub(super) fn previous(self) -> Option<Day> {
        self.checked_add(-1)
    }

    pub(super) fn first_of_month(self) -> Day {
        Day(self.0.first_of_month())
    }

    pub(super) fn last_of_month(self) -> Day {
        Day(self.0.last_of_month())
    }

    /// 1 January of a year; the calendar's first or last day when the year is outside it.
    pub(super) fn first_of_year(year: i16) -> Day {
        Day::from_ymd(year, 1, 1).unwrap_or(Day::end_towards(year))
    }

    /// 31 December of a year; the calendar's first or last day when the year is outside it.
    pub(super) fn last_of_year(year: i16) -> Day {
        Day::from_ymd(year, 12, 31).unwrap_or(Day::end_towards(year))
    }

    fn end_towards(year: i16) -> Day {
        if year < 0 { Day::MIN } else { Day::MAX }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.year() < 0 { "-" } else { "" };
        write!(f, "{sign}{:04}-{:02}-{:02}", self.year().unsigned_abs(), self.month(), self.day())
    }
}
