//! Reading JSON that nobody vouches for: every access says what it wanted and where, nothing panics, nothing recurses.
//!
//! Where is only written down once something is wrong there, hence `impl Display`.

use std::fmt::Display;
use std::str::FromStr;

use jiff::civil::Date;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;
use serde_json::{Map, Value};

/// Why a certificate is not accepted.
#[derive(Debug, Clone)]
pub(super) enum Flaw {
    /// It proves nothing; the sentence says why.
    Fails(String),
    /// The step limit came first.
    OutOfSteps,
}

pub(super) type Checked<T> = Result<T, Flaw>;
pub(super) type Object = Map<String, Value>;

/// The most digits that a numerator or a denominator may have.
const DIGITS: usize = 200;

pub(super) fn fails<T>(why: String) -> Checked<T> {
    Err(Flaw::Fails(why))
}

/// A name of the report in backticks: control and bidirectional characters escaped, and not longer than a name is.
pub(super) fn named(name: &str) -> String {
    let mut shown: String = name.chars().take(70).flat_map(char::escape_debug).collect();
    if name.chars().nth(70).is_some() {
        shown.push('…');
    }
    format!("`{shown}`")
}

pub(super) fn object(value: &Value, what: impl Display) -> Checked<&Object> {
    match value {
        Value::Object(map) => Ok(map),
        _ => fails(format!("{what} is not an object")),
    }
}

/// The value under `key`; a `null` counts as absent.
pub(super) fn field<'a>(map: &'a Object, key: &str) -> Option<&'a Value> {
    map.get(key).filter(|value| !value.is_null())
}

pub(super) fn required<'a>(map: &'a Object, key: &str, what: &str) -> Checked<&'a Value> {
    field(map, key).map_or_else(|| fails(format!("{what} has no `{key}`")), Ok)
}

pub(super) fn as_text(value: &Value, what: impl Display) -> Checked<&str> {
    value.as_str().map_or_else(|| fails(format!("{what} is not a string")), Ok)
}

pub(super) fn text<'a>(map: &'a Object, key: &str, what: &str) -> Checked<&'a str> {
    as_text(required(map, key, what)?, format_args!("`{key}` of {what}"))
}

pub(super) fn optional_text<'a>(map: &'a Object, key: &str, what: &str) -> Checked<Option<&'a str>> {
    field(map, key).map(|value| as_text(value, format_args!("`{key}` of {what}"))).transpose()
}

pub(super) fn as_list(value: &Value, what: impl Display) -> Checked<&[Value]> {
    match value {
        Value::Array(items) => Ok(items),
        _ => fails(format!("{what} is not a list")),
    }
}

/// The strings of a list; none where the key is absent.
pub(super) fn texts<'a>(map: &'a Object, key: &str, what: &str) -> Checked<Vec<&'a str>> {
    let what = format!("`{key}` of {what}");
    let Some(value) = field(map, key) else { return Ok(Vec::new()) };
    as_list(value, &what)?.iter().map(|item| as_text(item, &what)).collect()
}

/// A boolean that is false where the key is absent.
pub(super) fn flag(map: &Object, key: &str, what: &str) -> Checked<bool> {
    match field(map, key) {
        None => Ok(false),
        Some(Value::Bool(flag)) => Ok(*flag),
        Some(_) => fails(format!("`{key}` of {what} is neither true nor false")),
    }
}

/// Refuses a key that this verifier does not know, since it may mean something.
pub(super) fn only(map: &Object, known: &[&str], what: &str) -> Checked<()> {
    match map.keys().find(|key| !known.contains(&key.as_str())) {
        Some(key) => fails(format!("{what} has an unknown key {}", named(key))),
        None => Ok(()),
    }
}

/// A rational number as it travels: `"451"`, `"-2/3"`. No sign but a minus, no point, no exponent.
pub(super) fn as_rational(value: &Value, what: impl Display) -> Checked<BigRational> {
    let text = as_text(value, &what)?;
    let (numerator, denominator) = text.split_once('/').unwrap_or((text, "1"));
    let whole = |digits: &str| match digits.len() {
        1..=DIGITS if digits.bytes().all(|byte| byte.is_ascii_digit()) => BigInt::from_str(digits).ok(),
        _ => None,
    };
    let parts = (whole(numerator.strip_prefix('-').unwrap_or(numerator)), whole(denominator));
    match parts {
        (Some(above), Some(below)) if !below.is_zero() => {
            // OK because the denominator is not zero, the only thing at which `new` panics.
            let size = BigRational::new(above, below);
            Ok(if numerator.starts_with('-') { -size } else { size })
        }
        _ => fails(format!("{what} is no rational number of at most {DIGITS} digits: {}", named(text))),
    }
}

pub(super) fn rational(map: &Object, key: &str, what: &str) -> Checked<BigRational> {
    as_rational(required(map, key, what)?, format_args!("`{key}` of {what}"))
}

pub(super) fn optional_rational(map: &Object, key: &str, what: &str) -> Checked<Option<BigRational>> {
    field(map, key).map(|value| as_rational(value, format_args!("`{key}` of {what}"))).transpose()
}

/// A day written `YYYY-MM-DD`, with `-` before a year below zero, and in no other way.
pub(super) fn as_day(text: &str, what: &str) -> Checked<Date> {
    let (sign, unsigned) = text.strip_prefix('-').map_or((1, text), |unsigned| (-1, unsigned));
    let mut numbers = unsigned.splitn(3, '-').map(|part| part.parse::<i16>().ok());
    let (year, month, day) = (numbers.next().flatten(), numbers.next().flatten(), numbers.next().flatten());
    let date = match (year, month, day) {
        (Some(year), Some(month), Some(day)) => match (i8::try_from(month), i8::try_from(day)) {
            (Ok(month), Ok(day)) => Date::new(sign * year, month, day).ok(),
            _ => None,
        },
        _ => None,
    };
    match date {
        Some(day) if day_text(day) == text => Ok(day),
        _ => fails(format!("{what} is no day: {}", named(text))),
    }
}

/// A day as reports write it.
pub(super) fn day_text(day: Date) -> String {
    let sign = if day.year() < 0 { "-" } else { "" };
    format!("{sign}{:04}-{:02}-{:02}", day.year().unsigned_abs(), day.month(), day.day())
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar.
pub(super) fn day_number(day: Date) -> Checked<BigRational> {
    match Date::constant(1970, 1, 1).until(day) {
        Ok(span) => Ok(BigRational::from_integer(BigInt::from(span.get_days()))),
        Err(_) => fails(format!("{day} is too far from 1970")),
    }
}

/// A span of days, both ends in it; `None` is unbounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Span {
    pub(super) first: Option<Date>,
    pub(super) last: Option<Date>,
}

impl Span {
    /// Reads `FIRST/LAST`, each a day or `..`.
    pub(super) fn parse(text: &str, what: &str) -> Checked<Self> {
        let Some((first, last)) = text.split_once('/') else {
            return fails(format!("{what} is no span of days: {}", named(text)));
        };
        let end = |text| if text == ".." { Ok(None) } else { as_day(text, what).map(Some) };
        let span = Self { first: end(first)?, last: end(last)? };
        match (span.first, span.last) {
            (Some(first), Some(last)) if first > last => {
                fails(format!("{what} ends before it begins: {}", named(text)))
            }
            _ => Ok(span),
        }
    }

    pub(super) fn is_all(&self) -> bool {
        self.first.is_none() && self.last.is_none()
    }

    /// The day, if it is one single day.
    pub(super) fn single(&self) -> Option<Date> {
        self.first.filter(|first| self.last == Some(*first))
    }

    pub(super) fn contains(&self, day: Date) -> bool {
        self.first.is_none_or(|first| first <= day) && self.last.is_none_or(|last| day <= last)
    }
}

impl std::fmt::Display for Span {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let end = |end: Option<Date>| end.map_or_else(|| "..".to_owned(), day_text);
        write!(out, "{}/{}", end(self.first), end(self.last))
    }
}
