//! Days, dates and periods, written again from the calendar's own rules.

use super::dice::Dice;

/// Days since 1970-01-01.
pub(crate) type Day = i64;

/// Before every day of any world; stands for an end that is not bounded.
pub(crate) const BEFORE_ALL: Day = -1_000_000_000;
/// After every day of any world.
pub(crate) const AFTER_ALL: Day = 1_000_000_000;

/// First and last day, both included.
pub(crate) type Days = (Day, Day);

/// The days in both; none when there are none.
pub(crate) fn meet(a: Days, b: Days) -> Option<Days> {
    let both = (a.0.max(b.0), a.1.min(b.1));
    (both.0 <= both.1).then_some(both)
}

/// Whether all days of the first stretch lie in the second.
pub(crate) fn within(inner: Days, outer: Days) -> bool {
    outer.0 <= inner.0 && inner.1 <= outer.1
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn month_length(year: i64, month: i64) -> i64 {
    match month {
        2 => 28 + i64::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The day of a date, for the years from 1970 to 2800: by counting.
pub(crate) fn day_of(year: i64, month: i64, day: i64) -> Day {
    let years = year - 1970;
    let leaps = |year: i64| year / 4 - year / 100 + year / 400;
    let before_year = years * 365 + leaps(year - 1) - leaps(1969);
    before_year + (1..month).map(|month| month_length(year, month)).sum::<i64>() + day - 1
}

/// Year, month and day of a day after 1970.
pub(crate) fn date_of(day: Day) -> (i64, i64, i64) {
    let mut year = 1970 + day / 366;
    while day_of(year + 1, 1, 1) <= day {
        year += 1;
    }
    let month = (1..=12).rev().find(|&month| day_of(year, month, 1) <= day).unwrap();
    (year, month, day - day_of(year, month, 1) + 1)
}

#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Precision {
    Year,
    Month,
    Day,
}

pub(crate) const PRECISIONS: [Precision; 3] = [Precision::Year, Precision::Month, Precision::Day];

/// An EDTF date: a year, a month or a day, perhaps qualified with `~` or `?`.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Date {
    /// Some day in it; but for a moment its first one.
    day: Day,
    precision: Precision,
    pub(crate) mark: Option<char>,
}

impl Date {
    /// The year, month or day that holds a day.
    pub(crate) fn around(day: Day, precision: Precision) -> Self {
        // Its first day, so that dates are equal where their texts are.
        Self { day: Self { day, precision, mark: None }.first(), precision, mark: None }
    }

    pub(crate) fn marked(self, mark: char) -> Self {
        Self { mark: Some(mark), ..self }
    }

    pub(crate) fn first(self) -> Day {
        let (year, month, _) = date_of(self.day);
        match self.precision {
            Precision::Year => day_of(year, 1, 1),
            Precision::Month => day_of(year, month, 1),
            Precision::Day => self.day,
        }
    }

    pub(crate) fn last(self) -> Day {
        let (year, month, _) = date_of(self.day);
        match self.precision {
            Precision::Year => day_of(year, 12, 31),
            Precision::Month => day_of(year, month, month_length(year, month)),
            Precision::Day => self.day,
        }
    }

    pub(crate) fn days(self) -> Days {
        (self.first(), self.last())
    }

    /// The unit of the same precision before this one.
    fn previous(self) -> Self {
        Self { day: self.first() - 1, ..self }
    }

    /// The unit of the same precision after this one.
    fn next(self) -> Self {
        Self { day: self.last() + 1, ..self }
    }

    /// The days that the date surely lies in: one unit more on both sides if it is qualified and read strictly.
    pub(crate) fn widest(self, strict: bool) -> Days {
        if strict && self.mark.is_some() { (self.previous().first(), self.next().last()) } else { self.days() }
    }

    pub(crate) fn text(self) -> String {
        let (year, month, day) = date_of(self.day);
        let date = match self.precision {
            Precision::Year => format!("{year}"),
            Precision::Month => format!("{year}-{month:02}"),
            Precision::Day => format!("{year}-{month:02}-{day:02}"),
        };
        date + &self.mark.map(String::from).unwrap_or_default()
    }
}

/// An EDTF period.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Period {
    /// `2022`
    One(Date),
    /// `2021/2022-05`
    Span(Date, Date),
    /// `2021/..`: up to the day on which the source was published.
    Since(Date),
    /// `2021/`: the end is not known.
    From(Date),
    /// `../2022`
    Until(Date),
    /// `/2022`: the start is not known.
    To(Date),
}

impl Period {
    pub(crate) fn text(self) -> String {
        match self {
            Self::One(date) => date.text(),
            Self::Span(first, last) => format!("{}/{}", first.text(), last.text()),
            Self::Since(date) => format!("{}/..", date.text()),
            Self::From(date) => format!("{}/", date.text()),
            Self::Until(date) => format!("../{}", date.text()),
            Self::To(date) => format!("/{}", date.text()),
        }
    }

    /// The days that surely contain the meant ones, and those that they surely contain.
    pub(crate) fn meaning(self, strict: bool, published: Day) -> (Days, Option<Days>) {
        match self {
            Self::One(date) if strict && date.mark.is_some() => (date.widest(true), None),
            Self::One(date) => (date.days(), Some(date.days())),
            Self::Span(first, last) => {
                let outer = (first.widest(strict).0, last.widest(strict).1);
                let inner_first = if strict && first.mark.is_some() { first.next().first() } else { first.first() };
                let inner_last = if strict && last.mark.is_some() { last.previous().last() } else { last.last() };
                (outer, (inner_first <= inner_last).then_some((inner_first, inner_last)))
            }
            Self::Since(date) => {
                let days = (date.widest(strict).0, published);
                (days, (!strict).then_some(days))
            }
            Self::From(date) => ((date.widest(strict).0, published), None),
            Self::Until(date) => {
                let days = (BEFORE_ALL, date.widest(strict).1);
                (days, (!strict).then_some(days))
            }
            Self::To(date) => ((BEFORE_ALL, date.widest(strict).1), None),
        }
    }

    /// A period of any form whose dates lie in the given days.
    pub(crate) fn random(dice: &mut Dice, days: Days) -> Self {
        let mark = |dice: &mut Dice, date: Date| {
            if dice.percent(12) { date.marked(*dice.pick(&['~', '?'])) } else { date }
        };
        let a = Date::around(dice.between(days.0, days.1), *dice.pick(&PRECISIONS[..2]));
        match dice.below(20) {
            0..8 => Self::One(mark(dice, a)),
            8..15 => {
                let mut ends = [dice.between(days.0, days.1), dice.between(days.0, days.1)];
                ends.sort_unstable();
                let first = Date::around(ends[0], *dice.pick(&PRECISIONS));
                let last = Date::around(ends[1], *dice.pick(&PRECISIONS));
                if first.last() < last.first() {
                    Self::Span(mark(dice, first), mark(dice, last))
                } else {
                    Self::One(first)
                }
            }
            15 => Self::Since(mark(dice, a)),
            16 => Self::From(mark(dice, a)),
            17 => Self::Until(mark(dice, a)),
            18 => Self::To(mark(dice, a)),
            _ => Self::One(Date::around(dice.between(days.0, days.1), Precision::Day)),
        }
    }
}

#[test]
fn days_count_as_the_calendar_does() {
    assert_eq!(day_of(1970, 1, 1), 0);
    assert_eq!(day_of(2000, 3, 1), 11_017);
    assert_eq!(day_of(2001, 1, 1) - day_of(2000, 1, 1), 366);
    assert_eq!(day_of(2405, 6, 1) - day_of(2005, 6, 1), 20_871 * 7);
    for day in [0, 58, 59, 60, 11_015, 11_016, 11_017, 12_345, 19_000] {
        let (year, month, date) = date_of(day);
        assert_eq!(day_of(year, month, date), day);
    }
}

#[test]
fn periods_read_as_the_design_says() {
    let year = |year| Date::around(day_of(year, 7, 1), Precision::Year);
    let published = day_of(2023, 1, 19);
    let days = |a: i64, b: i64| (day_of(a, 1, 1), day_of(b, 12, 31));
    let qualified = Period::Span(year(2001).marked('~'), year(2021).marked('?'));
    assert_eq!(qualified.text(), "2001~/2021?");
    assert_eq!(qualified.meaning(true, published), (days(2000, 2022), Some(days(2002, 2020))));
    assert_eq!(qualified.meaning(false, published), (days(2001, 2021), Some(days(2001, 2021))));
    let about_2022 = Period::One(year(2022).marked('~'));
    assert_eq!(about_2022.meaning(true, published), (days(2021, 2023), None));
    let since = Period::Since(year(2021));
    assert_eq!(since.meaning(true, published), ((day_of(2021, 1, 1), published), None));
    assert_eq!(since.meaning(false, published).1, Some((day_of(2021, 1, 1), published)));
    assert_eq!(Period::From(year(2021)).meaning(false, published).1, None);
    assert_eq!(Period::To(year(2021)).meaning(false, published), ((BEFORE_ALL, day_of(2021, 12, 31)), None));
    assert_eq!(Period::Until(year(2021)).meaning(false, published).1, Some((BEFORE_ALL, day_of(2021, 12, 31))));
}
