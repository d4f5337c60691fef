//! What stands around a number and says what it is a number of: currency, percent, "fold", decades, a period.

use num_rational::BigRational;

use super::digits::{Number, integer};
use super::read::Reader;
use super::{FigureUnit, spelled, words};

impl Reader<'_> {
    /// Reads the unit behind (and the currency before) a number and keeps the figure.
    pub(super) fn finish(&mut self, at: usize, mut number: Number, mut unit: FigureUnit, mut firm: bool) -> usize {
        let tokens = self.tokens;
        let mut from = at;
        if let Some(start) = self.currency_before(at) {
            from = start;
            unit = FigureUnit::Currency(tokens.text(start, at));
            firm = true;
        }
        let after = tokens.past_joint(number.end);
        if let Some(end) = self.percent(after) {
            number.end = end;
            unit = FigureUnit::Percent;
            number.readings = number.readings.iter().flat_map(percent).collect();
            firm = true;
        } else if let Some(end) = self.currency_after(number.end) {
            unit = FigureUnit::Currency(tokens.text(number.end, end));
            number.end = end;
            firm = true;
        } else if tokens.word(after) == "fold" {
            unit = FigureUnit::Factor;
            number.end = after + 1;
            number.readings = number.readings.iter().flat_map(times).collect();
        } else if matches!(tokens.word(after), "times" | "time") {
            number.doubted.extend(number.readings.iter().map(|value| (value - integer(1)) * integer(100)));
        } else if unit == FigureUnit::Share {
            number.readings = number.readings.iter().flat_map(share).collect();
        }
        firm &= !self.in_period(at, after) && !self.is_approximate(number.end);
        self.time(&mut number, after);
        self.push(from, number, unit, firm)
    }

    /// "two decades" is also twenty, "a fortnight" 14; "a year and a half" is 3/2.
    pub(super) fn time(&self, number: &mut Number, at: usize) {
        let word = self.tokens.word(at);
        let more: &[u32] = match word {
            "decade" | "decades" => &[10],
            "century" | "centuries" => &[100],
            "fortnight" | "fortnights" => &[2, 14],
            _ => &[],
        };
        let longer = |readings: &[BigRational]| -> Vec<_> {
            more.iter().flat_map(|times| readings.iter().map(move |value| value * integer(*times))).collect()
        };
        let plain = number.readings.clone();
        if words::time_unit(word) || matches!(word, "mile" | "miles") {
            let end = number.end;
            number.end = at + 1;
            spelled::and_a_half(self.tokens, number);
            if number.end == at + 1 {
                number.end = end;
            } else {
                number.doubted.extend(plain);
            }
        }
        let converted = longer(&number.readings);
        if !converted.is_empty() {
            // The unit is read with its number, or "decades" would be met again as a vague word.
            number.end = number.end.max(at + 1);
            number.readings.extend(converted);
        }
    }

    /// Whether a number of months or years is the claim's period: "the first nine months", "in the period of one year".
    fn in_period(&self, at: usize, unit: usize) -> bool {
        let before = self.tokens.before(at, 1);
        let span = words::ordinal(before).is_some()
            || matches!(
                before,
                "last"
                    | "past"
                    | "previous"
                    | "next"
                    | "final"
                    | "recent"
                    | "latest"
                    | "coming"
                    | "preceding"
                    | "every"
            )
            || (self.tokens.before(at, 2), before) == ("period", "of");
        span && words::time_unit(self.tokens.word(unit))
    }

    /// "thirty-odd", "fifty-something".
    fn is_approximate(&self, end: usize) -> bool {
        matches!(self.tokens.word(self.tokens.past_joint(end)), "odd" | "something" | "ish")
    }

    fn percent(&self, at: usize) -> Option<usize> {
        let tokens = self.tokens;
        if matches!(tokens.mark(at), Some('%' | '٪' | '％')) {
            return Some(at + 1);
        }
        match (tokens.word(at), tokens.word(at + 1)) {
            ("per", "cent") | ("percentage", "point" | "points") => Some(at + 2),
            ("percent" | "percents" | "pct" | "pc" | "percentage" | "pp", _) => Some(at + 1),
            _ => None,
        }
    }

    /// Where the currency begins that stands before a number: "$", "US$", "USD", "Rs.".
    fn currency_before(&self, at: usize) -> Option<usize> {
        let tokens = self.tokens;
        let back = at.checked_sub(1)?;
        if tokens.mark(back).is_some_and(words::currency_mark) {
            let code =
                back.checked_sub(1).filter(|code| tokens.glued(back) && words::currency(tokens.word(*code), true));
            return code.or(Some(back));
        }
        let word = if tokens.mark(back) == Some('.') { back.checked_sub(1)? } else { back };
        let code = words::currency(tokens.word(word), true);
        // "US" and "try" are no money unless they touch: "the US 13 years".
        (code && (!matches!(tokens.word(word), "us" | "try") || tokens.glued(at))).then_some(word)
    }

    fn currency_after(&self, at: usize) -> Option<usize> {
        let tokens = self.tokens;
        if tokens.mark(at).is_some_and(words::currency_mark) {
            return Some(at + 1);
        }
        let adjective =
            matches!(tokens.word(at), "us" | "american" | "pakistani" | "indian" | "canadian" | "australian");
        let word = if adjective { at + 1 } else { at };
        words::currency(tokens.word(word), false).then_some(word + 1)
    }
}

/// "25%" as written, as a part, and as the factor of a rise by so much.
pub(super) fn percent(value: &BigRational) -> impl Iterator<Item = BigRational> {
    let part = value / integer(100);
    [value.clone(), part.clone(), part + integer(1)].into_iter()
}

/// "tripled" as a factor, and as a rise in percent.
pub(super) fn times(value: &BigRational) -> impl Iterator<Item = BigRational> {
    [value.clone(), (value - integer(1)) * integer(100)].into_iter()
}

/// "a third" as a part, as a percentage, and as the percentages 33 and 33.3 that an encoder may write for it.
pub(super) fn share(value: &BigRational) -> impl Iterator<Item = BigRational> {
    let hundredfold = value * integer(100);
    let tenth = (&hundredfold * integer(10)).round() / integer(10);
    [value.clone(), hundredfold.clone(), hundredfold.round(), tenth].into_iter()
}
