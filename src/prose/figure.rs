//! Numbers and hedged figures.

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};

use crate::claim::Quantity;
use crate::number::{Interval, Rational, Written, integer, product};

/// A number as prose prints it: `1,105`, `7.12`, `3.5 million`, `2/3`.
pub fn number(value: &Rational) -> String {
    let magnitude = value.abs();
    let sign = if value.is_negative() { "-" } else { "" };
    for (scale, word) in [(1_000_000_000_i64, " billion"), (1_000_000, " million")] {
        let scale = integer(scale);
        // Most numbers are smaller, and a division of fractions costs far more than a look at them.
        if magnitude < scale {
            continue;
        }
        let scaled = &magnitude / scale;
        if (&scaled * integer(100)).is_integer() {
            return format!("{sign}{}{word}", decimal(&scaled).unwrap_or_default());
        }
    }
    decimal(&magnitude)
        .map_or_else(|| format!("{sign}{}/{}", magnitude.numer(), magnitude.denom()), |text| format!("{sign}{text}"))
}

/// A number that is not negative with its decimals, if they come to an end within twelve.
fn decimal(value: &Rational) -> Option<String> {
    let mut rest = value.fract();
    let mut decimals = String::new();
    while !rest.is_zero() {
        if decimals.len() == 12 {
            return None;
        }
        rest *= integer(10);
        decimals.push_str(&rest.to_integer().to_string());
        rest = rest.fract();
    }
    let whole = grouped(&value.to_integer());
    Some(if decimals.is_empty() { whole } else { format!("{whole}.{decimals}") })
}

/// A whole number with a comma before every third digit from the right.
fn grouped(number: &BigInt) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A figure as its source hedges it: "at least 262", "7,000 to 10,000", "dozens".
pub fn figure(quantity: &Quantity, unit: &Rational) -> String {
    let n = |written: &Written| number(&product(&written.value, unit));
    match quantity {
        Quantity::Exactly(value) => n(value),
        Quantity::AtLeast(value) => format!("at least {}", n(value)),
        Quantity::MoreThan(value) => format!("more than {}", n(value)),
        Quantity::AtMost(value) => format!("at most {}", n(value)),
        Quantity::LessThan(value) => format!("less than {}", n(value)),
        Quantity::Nearly(value) => format!("nearly {}", n(value)),
        Quantity::About(value) => format!("about {}", n(value)),
        Quantity::Between(low, high) => format!("{} to {}", n(low), n(high)),
        Quantity::Rounded { value, to } => format!("{} (rounded to {})", n(value), n(to)),
        Quantity::Estimate { low, best, high } => format!("{} (between {} and {})", n(best), n(low), n(high)),
        Quantity::Vague(word) => word.clone(),
    }
}

/// What an interval allows: "262 to 327", "451 or more", "exactly 6".
pub fn interval(interval: &Interval) -> String {
    let strictly = |open: bool, word: &str| if open { format!("{word} than ") } else { String::new() };
    match (&interval.low, &interval.high) {
        (None, None) => "any number".to_owned(),
        (Some(low), None) if low.open => format!("more than {}", number(&low.value)),
        (Some(low), None) => format!("{} or more", number(&low.value)),
        (None, Some(high)) if high.open => format!("less than {}", number(&high.value)),
        (None, Some(high)) => format!("{} or fewer", number(&high.value)),
        (Some(low), Some(high)) if low == high => format!("exactly {}", number(&low.value)),
        (Some(low), Some(high)) => format!(
            "{}{} to {}{}",
            strictly(low.open, "more"),
            number(&low.value),
            strictly(high.open, "less"),
            number(&high.value)
        ),
    }
}

/// How many times as large: "2.5 times", rounded to two significant places for the eye only.
pub fn times(ratio: &Rational) -> Option<String> {
    let hundredths = (ratio * integer(100)).round().to_integer().to_i64()?;
    let value = Rational::new(hundredths.into(), 100.into());
    let value = if value >= integer(10) { value.round() } else { (value * integer(10)).round() / integer(10) };
    Some(format!("{} times", number(&value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_easily() {
        let n = |text: &str| number(&Written::parse(text).unwrap().value);
        assert_eq!(n("6"), "6");
        assert_eq!(n("1105"), "1,105");
        assert_eq!(n("60000"), "60,000");
        assert_eq!(n("3500000"), "3.5 million");
        assert_eq!(n("7120000000"), "7.12 billion");
        assert_eq!(n("200000000000"), "200 billion");
        assert_eq!(n("1234567"), "1,234,567");
        assert_eq!(n("0.125"), "0.125");
        assert_eq!(n("-0.5"), "-0.5");
        assert_eq!(number(&Rational::new(2.into(), 3.into())), "2/3");
    }

    #[test]
    fn ratios_are_rounded_for_the_eye() {
        assert_eq!(times(&Rational::new(920.into(), 367.into())).as_deref(), Some("2.5 times"));
        assert_eq!(times(&Rational::new(4.into(), 3.into())).as_deref(), Some("1.3 times"));
        assert_eq!(times(&integer(25)).as_deref(), Some("25 times"));
    }
}
