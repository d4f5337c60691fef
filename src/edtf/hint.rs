//! What to write instead.

use super::{Day, EdtfError, EdtfErrorKind};

/// The help when nothing better can be said.
pub(super) const FORMS: &str = "write `YYYY-MM-DD`, `YYYY-MM` or `YYYY`";

/// The help for a year that has no days here.
pub(super) const CALENDAR: &str = "the calendar runs from -9999 to 9999; `..` leaves the end of an interval open";

/// The months' names, January first.
pub(crate) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Gives a malformed text that has no help yet the best that its whole suggests.
pub(super) fn complete(error: EdtfError, text: &str) -> EdtfError {
    if error.kind() != EdtfErrorKind::Malformed {
        return error;
    }
    match (rewrite(text), error.help()) {
        (Some(help), _) => error.with_help(help),
        (None, Some(_)) => error,
        (None, None) => error.with_help(FORMS),
    }
}

/// What a character suggests that cannot stand in a date.
pub(super) fn character(c: char) -> Option<&'static str> {
    match c {
        'x' | 'u' | 'U' | '*' => Some("write `X` for a digit that is not known"),
        't' | 'z' => Some("write `T` and `Z` in upper case"),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Some("write the hyphen `-` of the keyboard"),
        '.' => Some("`..` stands alone at an end of an interval, as in `2004/..`"),
        _ if c.is_whitespace() => Some("leave out the white space"),
        _ => None,
    }
}

/// The text as EDTF, for the ways in which dates are written elsewhere.
///
/// Only texts of ASCII digits and separators are repeated, so the help is safe to print.
pub(super) fn rewrite(text: &str) -> Option<String> {
    for separator in ['/', '.', '-'] {
        let parts: Vec<&str> = text.split(separator).collect();
        if !parts.iter().all(|part| is_digits(part)) {
            continue;
        }
        return match *parts.as_slice() {
            [year, month, day] if year.len() == 4 => rewritten(&[day_of(year, month, day)?], text),
            [a, b, year] if year.len() == 4 => {
                let mut days: Vec<Day> = [day_of(year, b, a), day_of(year, a, b)].into_iter().flatten().collect();
                days.dedup();
                rewritten(&days, text)
            }
            [from, to] if from.len() == 4 && to.len() == 4 && separator != '/' => {
                Some(format!("write `{from}/{to}`, not `{text}`"))
            }
            [year, part] if year.len() == 4 && part.len() <= 2 => month_or_years(year, part, text),
            [digits] if digits.len() == 8 => compact(digits, text),
            [year] if year.len() == 3 => Some(format!("write `{year}X` for a decade, or a year of four digits")),
            [year] if year.len() == 2 => Some(format!("write `{year}XX` for a century, or a year of four digits")),
            _ => None,
        };
    }
    if let Some(help) = in_words(text) {
        return Some(help);
    }
    let (start, end) = text.split_once('/')?;
    match (start, end) {
        ("open" | "unknown", _) | (_, "open" | "unknown") => {
            Some("write `..` for an open end of an interval, and nothing for an unknown one".to_owned())
        }
        _ => None,
    }
}

/// For `10 January 2022`, `January 10, 2022` and `July 2021`.
fn in_words(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let named = |word: &str| {
        MONTHS.iter().position(|month| month.eq_ignore_ascii_case(word)).map(|at| format!("{:02}", at + 1))
    };
    let (year, rest) = words.split_last()?;
    if year.len() != 4 || !is_digits(year) {
        return None;
    }
    match *rest {
        [month] => named(month).map(|month| format!("write `{year}-{month}`")),
        [a, b] => {
            let (day, month) = named(b).map(|month| (a, month)).or_else(|| named(a).map(|month| (b, month)))?;
            day_of(year, &month, day).map(|day| format!("write `{day}`"))
        }
        _ => None,
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn day_of(year: &str, month: &str, day: &str) -> Option<Day> {
    Day::from_ymd(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

fn rewritten(days: &[Day], text: &str) -> Option<String> {
    match days {
        [day] => Some(format!("write `{day}`, not `{text}`")),
        [one, other] => Some(format!("write `{one}` or `{other}`, whichever is meant, not `{text}`")),
        _ => None,
    }
}

/// For `2022/06` and `2022/23`: a month, the year that follows, or either.
fn month_or_years(year: &str, part: &str, text: &str) -> Option<String> {
    let (century, _) = year.split_at_checked(2)?;
    let (first, number): (u16, u16) = (year.parse().ok()?, part.parse().ok()?);
    let month = (1..=12).contains(&number).then(|| format!("`{year}-{number:02}`"));
    let years = (part.len() == 2 && number > first % 100).then(|| format!("`{year}/{century}{part}`"));
    match (month, years) {
        (Some(month), Some(years)) => Some(format!("write {month} or {years}, whichever is meant, not `{text}`")),
        (Some(one), None) | (None, Some(one)) => Some(format!("write {one}, not `{text}`")),
        (None, None) => None,
    }
}

fn compact(digits: &str, text: &str) -> Option<String> {
    let (year, rest) = digits.split_at_checked(4)?;
    let (month, day) = rest.split_at_checked(2)?;
    rewritten(&[day_of(year, month, day)?], text)
}
