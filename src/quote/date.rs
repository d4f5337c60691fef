//! Years, days and centuries, which are no figures.

use super::digits::{self, integer};
use super::token::{Tokens, is_dash};
use super::words;
use num_rational::BigRational;

/// A date and what else its tokens might be.
pub(super) struct Date {
    /// The token after the last one.
    pub(super) end: usize,
    /// Values that its digits may stand for after all: "in March 25 people were killed".
    pub(super) readings: Vec<BigRational>,
    /// Values that they are unlikely to stand for: "resulted in 2000 deaths", a footnote's number.
    pub(super) doubted: Vec<BigRational>,
}

impl Date {
    fn until(end: usize) -> Self {
        Self { end, readings: Vec::new(), doubted: Vec::new() }
    }
}

/// The date that begins at a token, if one does. A year without any sign that it is one is none yet.
pub(super) fn read(tokens: &Tokens<'_>, at: usize, after_date: bool) -> Option<Date> {
    day_first(tokens, at)
        .or_else(|| month_first(tokens, at))
        .or_else(|| numeric(tokens, at))
        .or_else(|| decade(tokens, at))
        .or_else(|| century(tokens, at))
        .or_else(|| year_span(tokens, at))
        .or_else(|| cued_year(tokens, at, after_date))
}

/// A month's name: capitalised, because "may" and "march" are verbs as well.
fn month(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.capital(at) && words::month(tokens.word(at))
}

/// A day of the month with its ordinal suffix, if any: the number and the token after it.
fn day(tokens: &Tokens<'_>, at: usize) -> Option<(u32, usize)> {
    let digits = tokens.digits(at).filter(|digits| digits.len() <= 2)?;
    let day = digits.parse().ok().filter(|day| (1..=31).contains(day))?;
    let suffix = tokens.glued(at + 1) && is_suffix(tokens.word(at + 1));
    Some((day, if suffix { at + 2 } else { at + 1 }))
}

pub(super) fn is_suffix(word: &str) -> bool {
    matches!(word, "st" | "nd" | "rd" | "th")
}

/// The year at a token (behind a comma, perhaps): the token after it, and the footnote's numbers that cling to it.
fn year(tokens: &Tokens<'_>, at: usize) -> Option<(usize, Vec<BigRational>)> {
    let place = if tokens.mark(at) == Some(',') { at + 1 } else { at };
    let number = digits::read(tokens, place)?;
    number.year?;
    Some((number.end, number.doubted))
}

/// "29th February 2020", "14 August", "11 and 12 December 2022", "15–16 May".
fn day_first(tokens: &Tokens<'_>, at: usize) -> Option<Date> {
    let (_, mut end) = day(tokens, at)?;
    let link = tokens.mark(end).is_some_and(is_dash) || matches!(tokens.word(end), "and" | "to" | "or");
    if link && let Some((_, second)) = day(tokens, end + 1) {
        end = second;
    }
    if tokens.word(end) == "of" {
        end += 1;
    }
    month(tokens, end).then(|| with_year(tokens, end + 1))
}

fn with_year(tokens: &Tokens<'_>, end: usize) -> Date {
    let place = if tokens.mark(end) == Some('.') { end + 1 } else { end };
    match year(tokens, place) {
        Some((end, doubted)) => Date { doubted, ..Date::until(end) },
        None => Date::until(end),
    }
}

/// "December 2022", "February 29, 2020", "Jan. 4", "May 3-5".
fn month_first(tokens: &Tokens<'_>, at: usize) -> Option<Date> {
    if !month(tokens, at) {
        return None;
    }
    let place = if tokens.mark(at + 1) == Some('.') { at + 2 } else { at + 1 };
    if let Some((end, doubted)) = year(tokens, place) {
        return Some(Date { doubted, ..Date::until(end) });
    }
    let (number, mut end) = day(tokens, place)?;
    if tokens.glued(end)
        && matches!(tokens.mark(end), Some('.' | ','))
        && tokens.glued(end + 1)
        && tokens.digits(end + 1).is_some()
    {
        // "In March 1,105 people": no day.
        return None;
    }
    if tokens.joint(end)
        && let Some((_, second)) = day(tokens, end + 1)
    {
        end = second;
    }
    if let Some((end, doubted)) = year(tokens, end) {
        return Some(Date { doubted, ..Date::until(end) });
    }
    // "In March 25 people were killed" has a count, "on March 25 people marched" a day.
    let counts = !tokens.word(end).is_empty() && !tokens.capital(end);
    let readings = if counts { vec![integer(number)] } else { Vec::new() };
    Some(Date { readings, ..Date::until(end) })
}

/// "2021-08-15", "15/08/2021", "02.29.20", "9/11".
fn numeric(tokens: &Tokens<'_>, at: usize) -> Option<Date> {
    let first = tokens.digits(at)?;
    let mark = tokens.mark(at + 1).filter(|mark| matches!(mark, '/' | '.') || is_dash(*mark))?;
    let second = tokens.digits(at + 2).filter(|_| tokens.glued(at + 1) && tokens.glued(at + 2))?;
    if mark == '/' && matches!((first, second), ("9" | "09" | "26", "11") | ("7", "7")) {
        let end = year(tokens, at + 3).map_or(at + 3, |(end, _)| end);
        return Some(Date::until(end));
    }
    let third = tokens
        .digits(at + 4)
        .filter(|_| tokens.mark(at + 3) == Some(mark) && tokens.glued(at + 3) && tokens.glued(at + 4));
    if let Some(third) = third {
        let lengths = (first.len(), second.len(), third.len());
        let date = matches!(lengths, (4, 1..=2, 1..=2) | (1..=2, 1..=2, 2 | 4));
        return date.then(|| Date::until(at + 5));
    }
    // "2019/20" is a season, "2021/12" a month.
    let season = digits::read(tokens, at).is_some_and(|number| number.year.is_some());
    (mark == '/' && season && matches!(second.len(), 2 | 4)).then(|| Date::until(at + 3))
}

/// "the 1990s", "1980's", "the 90s".
fn decade(tokens: &Tokens<'_>, at: usize) -> Option<Date> {
    let digits = tokens.digits(at).filter(|digits| digits.ends_with('0') && matches!(digits.len(), 2 | 4))?;
    let plain = tokens.glued(at + 1) && tokens.word(at + 1) == "s";
    let apostrophe =
        matches!(tokens.mark(at + 1), Some('\'' | '’')) && tokens.glued(at + 1) && tokens.word(at + 2) == "s";
    let end = at + if plain { 2 } else { 3 };
    // "in his 20s" is an age; no figure either.
    ((plain || apostrophe) && !digits.is_empty()).then(|| Date::until(end))
}

/// "the 19th century", "the twenty-first century".
fn century(tokens: &Tokens<'_>, at: usize) -> Option<Date> {
    let mut end = match tokens.digits(at) {
        Some(_) => day(tokens, at).filter(|(_, end)| *end == at + 2)?.1,
        None if words::ordinal(tokens.word(at)).is_some() => at + 1,
        None => {
            words::tens(tokens.word(at))?;
            let unit = tokens.past_joint(at + 1);
            words::ordinal(tokens.word(unit))?;
            unit + 1
        }
    };
    end = tokens.past_joint(end);
    matches!(tokens.word(end), "century" | "centuries").then(|| Date::until(end + 1))
}

/// "1979-1988", "2021–22", "2001 to 2021".
fn year_span(tokens: &Tokens<'_>, at: usize) -> Option<Date> {
    let first = tokens.digits(at).and_then(|_| digits::read(tokens, at)).filter(|number| number.end == at + 1)?;
    let from = first.year?;
    let joint = tokens.mark(at + 1).is_some_and(is_dash);
    if !joint && tokens.word(at + 1) != "to" {
        return None;
    }
    let second = tokens.digits(at + 2)?;
    if let Some((end, doubted)) = year(tokens, at + 2) {
        let later = second.parse::<u32>().is_ok_and(|to| from < to);
        // "2000 to 2500 fighters" is a range of figures; "2,000" never comes here.
        let counted = words::counted(tokens.word(end));
        return (later && !counted).then(|| Date { doubted, ..Date::until(end) });
    }
    let short =
        second.len() == 2 && tokens.joint(at + 1) && second.parse::<u32>().is_ok_and(|to| to == (from + 1) % 100);
    short.then(|| Date::until(at + 3))
}

/// A four-digit number with a word before it, or a bracket around it, that makes it a year.
fn cued_year(tokens: &Tokens<'_>, at: usize, after_date: bool) -> Option<Date> {
    let number = digits::read(tokens, at)?;
    let year = number.year?;
    let before = tokens.before(at, 1);
    if words::amount_cue(tokens.before(at, 2), before) || is_amount(tokens, number.end) {
        return None;
    }
    let mark = at.checked_sub(1).and_then(|back| tokens.mark(back));
    let bracket =
        mark == Some('(') || matches!(mark, Some(',' | '&' | ';')) && (after_date || closes(tokens, number.end));
    // "pre-2001", "mid-2014"
    let joined = mark.is_some_and(is_dash) && tokens.glued(at) && !tokens.before(at, 2).is_empty();
    let footnoted = number.end > at + 1;
    if !(words::year_cue(before)
        || bracket
        || joined
        || footnoted
        || after_date && matches!(before, "and" | "to" | "or"))
    {
        return None;
    }
    // "resulted in 2000 deaths": a noun that is counted makes the year unlikely, yet "in 2014 people fled" is one.
    let mut date = Date { doubted: number.doubted, ..Date::until(number.end) };
    let value = integer(year);
    let weak = words::weak_year_cue(before);
    if weak && !footnoted || words::counted(tokens.word(number.end)) {
        date.readings.push(value);
    } else {
        date.doubted.push(value);
    }
    Some(date)
}

fn closes(tokens: &Tokens<'_>, at: usize) -> bool {
    matches!(tokens.mark(at), Some(')' | ',' | ';'))
}

/// Whether what follows makes a number an amount: "2000-strong", "1500 km", "2000 million", "1600 %".
fn is_amount(tokens: &Tokens<'_>, end: usize) -> bool {
    let word = tokens.word(tokens.past_joint(end));
    let joined = tokens.joint(end) && !word.is_empty();
    let mark = tokens.mark(end).is_some_and(|mark| mark == '%' || words::currency_mark(mark));
    joined
        || mark
        || words::power(word).is_some()
        || matches!(word, "km" | "kg" | "percent" | "sq")
        || words::currency(word, false)
}
