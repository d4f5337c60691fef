//! The days on which something can happen, and the periods made of them.

use std::fmt::Write;

use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::dice::Dice;

/// A span of days, each counted from the calendar's first.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Period {
    pub(crate) first: usize,
    pub(crate) last: usize,
}

impl Period {
    fn days(self) -> usize {
        self.last - self.first + 1
    }
}

/// Whole years of days.
pub(crate) struct Calendar {
    days: Vec<Day>,
    pub(crate) months: Vec<Period>,
    pub(crate) years: Vec<Period>,
}

struct Day {
    date: String,
    month: usize,
    year: usize,
}

impl Calendar {
    pub(crate) fn of(first_year: i16, last_year: i16) -> Self {
        let mut calendar = Self { days: Vec::new(), months: Vec::new(), years: Vec::new() };
        let mut date = date(first_year, 1, 1);
        while date.year() <= last_year {
            let day = Period { first: calendar.days.len(), last: calendar.days.len() };
            if date.day() == 1 {
                calendar.months.push(day);
            }
            if date.day_of_year() == 1 {
                calendar.years.push(day);
            }
            let (month, year) = (calendar.months.len() - 1, calendar.years.len() - 1);
            calendar.months[month].last = day.last;
            calendar.years[year].last = day.last;
            calendar.days.push(Day { date: date.to_string(), month, year });
            date = date.tomorrow().unwrap();
        }
        calendar
    }

    pub(crate) fn len(&self) -> usize {
        self.days.len()
    }

    pub(crate) fn all(&self) -> Period {
        Period { first: 0, last: self.len() - 1 }
    }

    pub(crate) fn month(&self, day: usize) -> Period {
        self.months[self.days[day].month]
    }

    pub(crate) fn year(&self, day: usize) -> Period {
        self.years[self.days[day].year]
    }

    /// The months of the year that begin with `day`'s and are `count` long, counted from January: a half or a quarter of it.
    pub(crate) fn part_of_year(&self, day: usize, count: usize) -> Period {
        let first = self.days[day].month / count * count;
        Period { first: self.months[first].first, last: self.months[first + count - 1].last }
    }

    /// The `index`-th of all periods; there are n (n + 1) / 2 of n days.
    pub(crate) fn nth(index: usize) -> Period {
        let last = ((8 * index + 1).isqrt() - 1) / 2;
        Period { first: index - last * (last + 1) / 2, last }
    }

    pub(crate) fn is_month(&self, period: Period) -> bool {
        self.month(period.first) == period
    }

    pub(crate) fn is_year(&self, period: Period) -> bool {
        self.year(period.first) == period
    }

    /// A period one step within another: a month of a year, a day of a month, some days of others.
    pub(crate) fn narrower(&self, period: Period, dice: &mut Dice) -> Period {
        let day = period.first + dice.below(period.days());
        if self.is_year(period) {
            return self.month(day);
        }
        if self.is_month(period) {
            return Period { first: day, last: day };
        }
        Period { first: day, last: day + dice.below(period.last - day + 1) }
    }

    /// A period one step around another.
    pub(crate) fn wider(&self, period: Period, dice: &mut Dice) -> Period {
        if period.days() == 1 {
            return self.month(period.first);
        }
        if self.is_month(period) {
            return self.year(period.first);
        }
        if self.is_year(period) {
            return period;
        }
        let first = period.first.saturating_sub(dice.below(6));
        Period { first, last: (period.last + dice.below(6)).min(self.len() - 1) }
    }

    /// The period in EDTF, as short as it goes, at the end of `text`.
    pub(crate) fn write(&self, period: Period, text: &mut String) {
        let (first, last) = (&self.days[period.first], &self.days[period.last]);
        let (length, same) =
            if self.year(period.first).first == period.first && self.year(period.last).last == period.last {
                (4, first.year == last.year)
            } else if self.month(period.first).first == period.first && self.month(period.last).last == period.last {
                (7, first.month == last.month)
            } else {
                (10, period.first == period.last)
            };
        text.push_str(&first.date[..length]);
        if !same {
            let _ = write!(text, "/{}", &last.date[..length]);
        }
    }
}

/// A day on which a source was published: after all that it tells of, the calendar's last day being that of 2022.
pub(crate) fn published(source: usize) -> Date {
    date(2023, 1, 1) + i64::try_from(source * 37 % 700).unwrap().days()
}
