//! Numbers in digits, with the separators that papers print: `1,105`, `60.000`, `1 105`, `3,50,000`, `7.12`.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Zero, pow};

use super::token::{Gap, Tokens};
use super::words;

/// Digits beyond this many are no figure of a paper; reading them would only cost time.
const MAX_DIGITS: usize = 40;

/// A number before its surroundings (`%`, `million`, a footnote's place) are looked at.
#[derive(Clone, Debug)]
pub(super) struct Number {
    /// Values that it may well stand for.
    pub(super) readings: Vec<BigRational>,
    /// Values that it is unlikely to stand for.
    pub(super) doubted: Vec<BigRational>,
    /// The token after the last one.
    pub(super) end: usize,
    /// The product of its multiplier words: 1000000 in "3.5 million".
    pub(super) scale: BigRational,
    /// The year, where it is four digits without a separator.
    pub(super) year: Option<u32>,
}

impl Number {
    pub(super) fn new(value: BigRational, end: usize) -> Self {
        Self { readings: vec![value], doubted: Vec::new(), end, scale: integer(1), year: None }
    }
}

/// A whole number as a rational.
pub(super) fn integer(number: u32) -> BigRational {
    BigRational::from_integer(BigInt::from(number))
}

/// Ten to a power.
pub(super) fn ten_to(power: u32) -> BigRational {
    // OK because no caller passes more than MAX_DIGITS.
    BigRational::from_integer(pow(BigInt::from(10), usize::try_from(power).unwrap_or(0)))
}

/// Reads the number whose first digits are token `at`; `None` where there are none, or far too many.
pub(super) fn read(tokens: &Tokens<'_>, at: usize) -> Option<Number> {
    let first = tokens.digits(at)?;
    let chain = chain(tokens, at);
    if first.len() + chain.iter().map(|(_, group)| group.len()).sum::<usize>() > MAX_DIGITS {
        return None;
    }
    let whole = value(first, "");
    let year = first.parse().ok().filter(|year| first.len() == 4 && (1500..=2100).contains(year));
    let mut number = Number { year, ..Number::new(whole.clone(), at + 1) };
    let Some(((separator, second), rest)) = chain.split_first() else { return Some(number) };
    let end = at + 1 + 2 * chain.len();
    if grouped(first, &chain) {
        return Some(grouped_number(tokens, first, &chain, at));
    }
    if rest.is_empty() && matches!(separator, '.' | ',') && second.len() <= 3 {
        number.end = end;
        let decimal = value(first, second);
        let note = value(second, "");
        if year.is_some() && (*separator == ',' || !continues(tokens, end)) {
            // "September 2022.22", "in 2009,12": a year with the number of a footnote behind its full stop or comma.
            number.doubted = vec![decimal, note];
        } else {
            number.year = None;
            footnote_or_decimal(&mut number, tokens, [whole, decimal, note], *separator, second.len());
        }
    } else if rest.is_empty() && *separator == '.' {
        number = Number::new(value(first, second), end);
    } else if let Some(parts) = mixed(first, &chain) {
        number = Number::new(parts.1, end);
        number.readings.push(parts.0);
    }
    Some(number)
}

/// The pairs of a separator and digits that touch the first digits.
fn chain<'a>(tokens: &Tokens<'a>, at: usize) -> Vec<(char, &'a str)> {
    let mut chain = Vec::new();
    let mut next = at + 1;
    while let (Some(mark @ (',' | '.' | '\'' | '’')), Some(group)) = (tokens.mark(next), tokens.digits(next + 1)) {
        // More groups than this are no number; the rest is then read as numbers of their own.
        if !tokens.glued(next) || !tokens.glued(next + 1) || chain.len() >= MAX_DIGITS / 2 {
            break;
        }
        chain.push((mark, group));
        next += 2;
    }
    chain
}

/// Whether all separators are the same and cut thousands (1,105) or lakhs (3,50,000).
fn grouped(first: &str, chain: &[(char, &str)]) -> bool {
    let Some(((separator, last), before)) = chain.split_last() else { return false };
    let same = before.iter().all(|(mark, _)| mark == separator);
    let three = before.iter().all(|(_, group)| group.len() == 3);
    let two = *separator == ',' && first.len() <= 2 && before.iter().all(|(_, group)| group.len() == 2);
    same && (three || two) && last.len() == 3 && first.len() <= 3 && !first.starts_with('0')
}

fn grouped_number(tokens: &Tokens<'_>, first: &str, chain: &[(char, &str)], at: usize) -> Number {
    let joined: String = std::iter::once(first).chain(chain.iter().map(|(_, group)| *group)).collect();
    let mut number = Number::new(value(&joined, ""), at + 1 + 2 * chain.len());
    if let [('.', group)] = chain {
        // Half of the world's papers print 60.000 for sixty thousand, the other half for sixty.
        number.readings.push(value(first, group));
        if !continues(tokens, number.end) {
            number.doubted.push(value(first, ""));
        }
    }
    number
}

/// "920.29" is a decimal, or 920 with footnote 29 after a sentence's end: what follows decides how likely.
fn footnote_or_decimal(
    number: &mut Number,
    tokens: &Tokens<'_>,
    [whole, decimal, note]: [BigRational; 3],
    separator: char,
    length: usize,
) {
    let end = number.end;
    if separator == ',' {
        number.readings = if length < 3 { vec![decimal, whole] } else { vec![whole] };
        number.doubted = vec![note];
    } else if continues(tokens, end) || whole.is_zero() {
        number.readings = vec![decimal];
    } else {
        number.doubted = vec![note];
        // Counts are large and whole, rates are small and have decimals.
        if whole >= integer(100) {
            number.readings = vec![decimal, whole];
        } else {
            number.readings = vec![decimal];
            number.doubted.push(whole);
        }
    }
}

/// Whether the sentence goes on after a number: then a point in it was no full stop.
fn continues(tokens: &Tokens<'_>, end: usize) -> bool {
    match tokens.mark(end) {
        Some(mark) => matches!(mark, '%' | '-' | '–' | ',') || words::currency_mark(mark),
        None => tokens.get(end).is_some() && !tokens.capital(end),
    }
}

/// "1,105.50" or "1.105,50": the whole part and the decimal.
fn mixed(first: &str, chain: &[(char, &str)]) -> Option<(BigRational, BigRational)> {
    let ((point, fraction), groups) = chain.split_last()?;
    if !grouped(first, groups) || groups.iter().any(|(mark, _)| mark == point) || !matches!(point, '.' | ',') {
        return None;
    }
    let joined: String = std::iter::once(first).chain(groups.iter().map(|(_, group)| *group)).collect();
    Some((value(&joined, ""), value(&joined, fraction)))
}

/// The number `whole.fraction`, exactly.
fn value(whole: &str, fraction: &str) -> BigRational {
    let digits = format!("{whole}{fraction}").parse::<BigInt>().unwrap_or_default();
    let places = u32::try_from(fraction.len()).unwrap_or(0);
    BigRational::from_integer(digits) / ten_to(places)
}

/// Groups of three behind a space: the joined value and the token after them.
///
/// Behind a no-break or thin space they are surely one number; behind a plain one ("1 105 people", often what is left
/// of a no-break space) the caller keeps both readings.
pub(super) fn spaced(tokens: &Tokens<'_>, at: usize, gap: Gap) -> Option<(BigRational, usize)> {
    let first = tokens.digits(at).filter(|first| first.len() <= 3 && !first.starts_with('0'))?;
    let mut joined = first.to_owned();
    let mut end = at + 1;
    while let Some(group) = tokens.digits(end).filter(|group| group.len() == 3 && tokens.gap(end) == Some(gap)) {
        joined.push_str(group);
        end += 1;
        if joined.len() > MAX_DIGITS {
            return None;
        }
    }
    (end > at + 1).then(|| (value(&joined, ""), end))
}
