//! The year, month and day of a date.

use super::{
    super::{Date, Day, EdtfError, Precision, hint},
    Kind, Piece, Place, level_2,
};

/// A date cut at its hyphens. Every field has the right number of characters, all of them digits or `X`.
pub(super) struct Fields<'t> {
    whole: Piece<'t>,
    negative: bool,
    year: Piece<'t>,
    month: Option<Piece<'t>>,
    day: Option<Piece<'t>>,
    /// `?`, `~` or `%` at the end of the date.
    mark: Option<char>,
    /// Those of level 2, before a field or between two.
    partial_marks: String,
    /// `S2` in `1950S2`, of level 2.
    significant: bool,
}

fn is_mark(c: char) -> bool {
    matches!(c, '?' | '~' | '%')
}

impl<'t> Fields<'t> {
    pub(super) fn split(whole: Piece<'t>) -> Result<Fields<'t>, EdtfError> {
        let mut partial_marks = String::new();
        let (mut rest, mark) = whole.strip_suffix(is_mark).map_or((whole, None), |(rest, mark)| (rest, Some(mark)));
        if rest.strip_suffix(is_mark).is_some() {
            let error = whole.error(Kind::Malformed, "two marks at the end of a date");
            return Err(error.with_help("write `%` for `?` and `~` together"));
        }
        if let Some((mark, after)) = rest.strip_prefix(is_mark) {
            partial_marks.push(mark);
            rest = after;
        }
        let unsigned = rest.strip_prefix(|c| c == '-').map(|(_, after)| after);
        let mut next = Some(unsigned.unwrap_or(rest));
        let mut field = |first: bool| -> Option<Piece<'t>> {
            let piece = next?;
            let (mut text, after) = piece.split_once('-').map_or((piece, None), |(text, after)| (text, Some(after)));
            next = after;
            if let Some((before, mark)) = text.strip_suffix(is_mark) {
                partial_marks.push(mark);
                text = before;
            }
            if let Some((mark, after)) = text.strip_prefix(|c| is_mark(c) && !first) {
                partial_marks.push(mark);
                text = after;
            }
            Some(text)
        };
        let (year, month, day, extra) = (field(true).unwrap_or(rest), field(false), field(false), field(false));
        let (year, significant) = significance(year, month.is_some());
        let fields = Fields { whole, negative: unsigned.is_some(), year, month, day, mark, partial_marks, significant };
        fields.check_characters()?;
        if let Some(extra) = extra {
            return Err(extra.error(Kind::Malformed, "a fourth part after year, month and day"));
        }
        fields.check_lengths()?;
        Ok(fields)
    }

    fn all(&self) -> impl Iterator<Item = Piece<'t>> {
        [Some(self.year), self.month, self.day].into_iter().flatten()
    }

    fn check_characters(&self) -> Result<(), EdtfError> {
        for field in self.all() {
            if let Some((at, c)) = field.text.char_indices().find(|&(_, c)| !c.is_ascii_digit() && c != 'X') {
                let at = field.at + at;
                // Escaped, because a message may end up in a terminal.
                let message = format!("unexpected character `{}`", c.escape_debug());
                let error = EdtfError::new(at..at + c.len_utf8(), Kind::Malformed, message);
                return Err(match hint::character(c) {
                    Some(help) => error.with_help(help),
                    None => error,
                });
            }
        }
        Ok(())
    }

    fn check_lengths(&self) -> Result<(), EdtfError> {
        let year = (Some(self.year), 4, "the year has four digits");
        let month = (self.month, 2, "the month has two digits");
        let day = (self.day, 2, "the day has two digits");
        for (field, length, message) in [year, month, day] {
            if let Some(field) = field.filter(|field| field.text.len() != length) {
                return Err(field.error(Kind::Malformed, message));
            }
        }
        Ok(())
    }

    /// Whether the date is a day with nothing left open and no mark, as a time of day may follow it.
    pub(super) fn is_plain_day(&self) -> bool {
        self.day.is_some() && self.mark.is_none() && self.all().all(|field| !field.text.contains('X'))
    }

    pub(super) fn date(&self, place: Place) -> Result<Date, EdtfError> {
        self.check_calendar()?;
        self.check_level(place)?;
        let (Some((first_year, last_year)), month, day) = (self.years(), number(self.month), number(self.day)) else {
            return Err(self.whole.error(Kind::Malformed, "not a date"));
        };
        let first = Day::from_ymd(first_year, month.unwrap_or(1), day.unwrap_or(1));
        let last = match (month, day) {
            (Some(month), Some(day)) => Day::from_ymd(last_year, month, day),
            (Some(month), None) => Day::from_ymd(last_year, month, 1).map(Day::last_of_month),
            (None, _) => Day::from_ymd(last_year, 12, 31),
        };
        let precision = match (self.year_unknown(), month, day) {
            (0, Some(_), Some(_)) => Precision::Day,
            (0, Some(_), None) => Precision::Month,
            (0, None, _) => Precision::Year,
            (1, ..) => Precision::Decade,
            _ => Precision::Century,
        };
        let (Some(first), Some(last)) = (first, last) else {
            return Err(self.no_such_day(self.whole));
        };
        Ok(Date {
            first,
            last,
            precision,
            uncertain: matches!(self.mark, Some('?' | '%')),
            approximate: matches!(self.mark, Some('~' | '%')),
            unspecified: self.all().any(|field| field.text.contains('X')),
        })
    }

    /// Refuses what exists at no level: the year -0000, months such as 13, days such as 30 February.
    fn check_calendar(&self) -> Result<(), EdtfError> {
        if self.negative && self.year.text == "0000" {
            let error = self.year.error(Kind::Impossible, "there is no year -0000");
            return Err(error.with_help("write `0000` for the year before 0001"));
        }
        if let (Some(field), Some(month)) = (self.month, number(self.month)) {
            let group = self.day.is_none() && (21..=41).contains(&month);
            if !(1..=12).contains(&month) && !group {
                let error = field.error(Kind::Impossible, format!("there is no month {}", field.text));
                return Err(error.with_help(format!("{}: months run from 01 to 12", self.whole.text)));
            }
        }
        if let (Some(field), Some(day)) = (self.day, number(self.day)) {
            // A year or month with an `X` counts as one that has the most days.
            let year = if self.year_unknown() == 0 { self.years().map_or(0, |(year, _)| year) } else { 0 };
            if Day::from_ymd(year, number(self.month).unwrap_or(1), day).is_none() {
                return Err(self.no_such_day(field));
            }
        }
        Ok(())
    }

    fn no_such_day(&self, field: Piece<'_>) -> EdtfError {
        let error = field.error(Kind::Impossible, format!("there is no {}", self.unmarked()));
        let first = self.years().zip(number(self.month)).and_then(|((year, _), month)| Day::from_ymd(year, month, 1));
        let month = match first.map(|first| (first, usize::try_from(first.month() - 1))) {
            Some((first, Ok(index))) if self.year_unknown() == 0 => Some(first).zip(hint::MONTHS.get(index)),
            _ => None,
        };
        match month {
            Some((first, name)) => {
                let sign = if self.negative { "-" } else { "" };
                let days = first.last_of_month().day();
                error.with_help(format!("{name} {sign}{} has {days} days", self.year.text))
            }
            None => error.with_help("days run from 01 to the month's last"),
        }
    }

    /// Refuses what is valid and has no days here.
    fn check_level(&self, place: Place) -> Result<(), EdtfError> {
        if !self.partial_marks.is_empty() {
            let error = level_2(self.whole, "a mark on a part of a date");
            return Err(error.with_help(format!("mark the date as a whole: `{}`", self.marked_as_a_whole())));
        }
        if self.significant {
            let help = format!("write `{}~`, or the interval of years that is meant", self.unmarked());
            return Err(level_2(self.whole, "significant digits").with_help(help));
        }
        if let (Some(field), Some(code @ 13..)) = (self.month, number(self.month)) {
            return Err(self.group_of_months(field, code));
        }
        let right_most = match (self.month.map(open), self.day.map(open)) {
            (Some(Open::Partly), _) | (_, Some(Open::Partly)) | (Some(Open::Wholly), Some(Open::No)) => false,
            (month, _) => self.years().is_some() && (month.is_none() || self.year_unknown() == 0),
        };
        let few = self.year_unknown() <= 2;
        let is_open = self.all().any(|field| field.text.contains('X'));
        if is_open && !(right_most && few && place == Place::Alone) {
            let feature = match (right_most, few) {
                (false, _) => "an `X` where level 1 has none",
                (true, false) => "more than two `X` in a year",
                (true, true) => "an `X` in an interval",
            };
            let error = level_2(self.whole, feature);
            return Err(match self.without_open_digits(place) {
                Some(plain) => error.with_help(format!("write `{plain}`")),
                None => error.with_help("write the interval from the earliest to the latest day that is meant"),
            });
        }
        Ok(())
    }

    /// The error for a season (21 to 24) or another group of months (25 to 41, level 2) in place of a month.
    fn group_of_months(&self, field: Piece<'_>, code: i8) -> EdtfError {
        let year = self.year.text;
        let help = format!("write the months that the source means, as in `{year}-MM/{year}-MM`");
        let name = match code {
            21 => "spring",
            22 => "summer",
            23 => "autumn",
            24 => "winter",
            _ => return level_2(field, "a quarter, a half-year or the like").with_help(help),
        };
        let error = field.error(Kind::Season, format!("{} is a season ({name}), which has no fixed days", field.text));
        // `2021-22` is more often two years than a summer.
        match self.years() {
            Some((first, last)) if first == last && !self.negative && first % 100 + 1 == i16::from(code) => {
                error.with_help(format!("{help}; or `{year}/{:04}` if two years are meant", first + 1))
            }
            _ => error.with_help(help),
        }
    }

    /// How many digits of the year are `X`, counted from the right.
    fn year_unknown(&self) -> usize {
        self.year.text.len() - self.year.text.trim_end_matches('X').len()
    }

    /// The first and the last year that the year field may stand for; `None` when an `X` stands before a digit.
    fn years(&self) -> Option<(i16, i16)> {
        let unknown = self.year_unknown();
        let (low, high): (i16, i16) =
            (self.year.text.replace('X', "0").parse().ok()?, self.year.text.replace('X', "9").parse().ok()?);
        if self.year.text.trim_end_matches('X').contains('X') {
            None
        } else if self.negative {
            // -0000 does not exist, so the years of `-000X` end with -0001.
            Some((-high, if unknown > 0 { (-low).min(-1) } else { -low }))
        } else {
            Some((low, high))
        }
    }

    /// The date without its marks.
    fn unmarked(&self) -> String {
        let fields: Vec<&str> = self.all().map(|field| field.text).collect();
        format!("{}{}", if self.negative { "-" } else { "" }, fields.join("-"))
    }

    /// The date with the one mark that says all that its marks say.
    fn marked_as_a_whole(&self) -> String {
        let marks = || self.partial_marks.chars().chain(self.mark);
        let (uncertain, approximate) = (marks().any(|c| c == '?'), marks().any(|c| c == '~'));
        let mark = match (uncertain, approximate) {
            _ if marks().any(|c| c == '%') => '%',
            (true, true) => '%',
            (true, false) => '?',
            (false, _) => '~',
        };
        format!("{}{mark}", self.unmarked())
    }

    /// What to write at level 1 for a date whose `X` are on the right, for want of them.
    fn without_open_digits(&self, place: Place) -> Option<String> {
        let sign = |year: i16| if year < 0 { "-" } else { "" };
        let (first, last) = self.years()?;
        let (first, last) = (format!("{}{:04}", sign(first), first.abs()), format!("{}{:04}", sign(last), last.abs()));
        match (self.month.map(open), self.day.map(open)) {
            (None, _) if place == Place::Alone => Some(format!("{first}/{last}")),
            (None, _) => Some(format!("{first}` or `{last}")),
            _ if first != last => None,
            (Some(Open::Wholly), None | Some(Open::Wholly)) => Some(first),
            (Some(Open::No), Some(Open::Wholly)) => self.month.map(|month| format!("{first}-{}", month.text)),
            _ => None,
        }
    }
}

/// Cuts `S` and a number off a year that stands alone.
fn significance(year: Piece<'_>, has_month: bool) -> (Piece<'_>, bool) {
    match year.split_once('S') {
        Some((before, after))
            if !has_month && !after.text.is_empty() && after.text.bytes().all(|b| b.is_ascii_digit()) =>
        {
            (before, true)
        }
        _ => (year, false),
    }
}

/// How much of a month or a day is left open.
#[derive(Copy, Clone)]
enum Open {
    No,
    Partly,
    Wholly,
}

fn open(field: Piece<'_>) -> Open {
    match field.text {
        "XX" => Open::Wholly,
        text if text.contains('X') => Open::Partly,
        _ => Open::No,
    }
}

fn number(field: Option<Piece<'_>>) -> Option<i8> {
    field?.text.parse().ok()
}
