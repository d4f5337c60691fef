//! Numbers in words: `twenty-five`, `two hundred and fifty`, `a dozen`, `half a million`, `two-thirds`.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};

use super::digits::{Number, integer, ten_to};
use super::token::Tokens;
use super::words;

/// Multiplier words in a row beyond this many are no figure ("a million million million …").
const MAX_POWER: u32 = 30;

/// Reads the multiplier words behind a number: the factor and the token after them.
pub(super) fn multipliers(tokens: &Tokens<'_>, at: usize) -> (BigRational, usize) {
    let mut power = 0;
    let mut end = at;
    while let Some(more) = words::power(tokens.word(tokens.past_joint(end))) {
        if power + more > MAX_POWER {
            break;
        }
        power += more;
        end = tokens.past_joint(end) + 1;
    }
    (ten_to(power), end)
}

/// The number in words that begins at a token.
pub(super) fn read(tokens: &Tokens<'_>, at: usize) -> Option<Number> {
    let mut number = half(tokens, at).or_else(|| fraction(tokens, at)).or_else(|| cardinal(tokens, at))?;
    and_a_half(tokens, &mut number);
    Some(number)
}

/// "half a million", "half-dozen", "quarter of a million", "half a decade".
fn half(tokens: &Tokens<'_>, at: usize) -> Option<Number> {
    let below = match tokens.word(at) {
        "half" => 2,
        "quarter" => 4,
        _ => return None,
    };
    let mut next = tokens.past_joint(at + 1);
    while matches!(tokens.word(next), "of" | "a" | "an") && next < at + 4 {
        next += 1;
    }
    let (scale, end) = multipliers(tokens, next);
    if end > next {
        return Some(Number { scale: scale.clone(), ..Number::new(scale / integer(below), end) });
    }
    (tokens.word(next) == "dozen").then(|| Number::new(integer(12) / integer(below), next + 1))
}

/// "two-thirds", "three quarters", "one fifth", "a quarter", "a third of", "half".
fn fraction(tokens: &Tokens<'_>, at: usize) -> Option<Number> {
    let word = tokens.word(at);
    let above = if matches!(word, "a" | "an") { Some(1) } else { words::small(word) };
    let (above, place) = match above {
        Some(above) => (above, tokens.past_joint(at + 1)),
        None if word == "half" => (1, at),
        None => return None,
    };
    let below = words::denominator(tokens.word(place))?;
    // "a third man" and "a quarter million" are no fractions of something.
    let after = tokens.word(place + 1);
    let many = above != 1 || matches!(tokens.word(place), "half" | "quarter");
    let ends =
        after.is_empty() || matches!(after, "of" | "less" | "more" | "fewer" | "the" | "in" | "as" | "to" | "were");
    if above >= below || words::power(after).is_some() || !(many || ends) {
        return None;
    }
    Some(Number::new(integer(above) / integer(below), place + 1))
}

/// "1.5" from "one and a half", also before a multiplier: "two and a half million", "three-and-a-quarter".
pub(super) fn and_a_half(tokens: &Tokens<'_>, number: &mut Number) {
    let at = tokens.past_joint(number.end);
    if tokens.word(at) != "and" {
        return;
    }
    let article = tokens.past_joint(at + 1);
    let place = tokens.past_joint(article + 1);
    let (above, last) = match (tokens.word(article), tokens.word(place)) {
        ("a" | "one", "half") => (BigRational::new(BigInt::one(), BigInt::from(2)), place),
        ("a" | "one", "quarter") => (BigRational::new(BigInt::one(), BigInt::from(4)), place),
        ("three", "quarters") => (BigRational::new(BigInt::from(3), BigInt::from(4)), place),
        _ => return,
    };
    let (scale, end) = multipliers(tokens, last + 1);
    // "a million and a half" is 1500000, "two and a half million" 2500000.
    number.readings = number.readings.iter().map(|value| (value + &above * &number.scale) * &scale).collect();
    number.scale = &number.scale * scale;
    number.end = end;
}

/// Whole numbers in words, as far as they go together.
fn cardinal(tokens: &Tokens<'_>, at: usize) -> Option<Number> {
    let article = matches!(tokens.word(at), "a" | "an");
    let first = if article { tokens.past_joint(at + 1) } else { at };
    if article && words::power(tokens.word(first)).is_none() && tokens.word(first) != "dozen" {
        return None;
    }
    let mut sum = Sum::default();
    let mut doubted = Vec::new();
    let mut next = first;
    loop {
        let place = if next == first { next } else { tokens.past_joint(next) };
        let linked = tokens.word(place) == "and" && sum.open();
        let place = if linked { tokens.past_joint(place + 1) } else { place };
        let word = tokens.word(place);
        let left = sum.value();
        if linked && words::small(word).or_else(|| words::tens(word)).is_none() || !sum.take(word) {
            break;
        }
        if linked {
            // "a hundred and two were hurt" may be two figures.
            doubted.push(left.clone());
            doubted.push(sum.value() - left);
        }
        next = place + 1;
    }
    if !sum.any {
        return None;
    }
    let scale = sum.scale.clone();
    Some(Number { doubted, scale, ..Number::new(sum.value(), next) })
}

/// A number as it grows word by word.
struct Sum {
    any: bool,
    /// What the thousands, millions … have brought.
    total: BigInt,
    /// What is below the next of them.
    current: BigInt,
    /// The last power of ten, and all of them together.
    last: u32,
    powers: u32,
    scale: BigRational,
    closed: bool,
}

impl Default for Sum {
    fn default() -> Self {
        let zero = BigInt::zero;
        Self { any: false, total: zero(), current: zero(), last: u32::MAX, powers: 0, scale: integer(1), closed: false }
    }
}

impl Sum {
    fn value(&self) -> BigRational {
        BigRational::from_integer(&self.total + &self.current)
    }

    /// Whether "and" may follow: after hundreds, thousands and so on.
    fn open(&self) -> bool {
        self.any && !self.closed && self.powers > 0 && (&self.current % 100_u32).is_zero()
    }

    /// Adds a word if it can follow.
    fn take(&mut self, word: &str) -> bool {
        if self.closed {
            return false;
        }
        let taken = if let Some(units) = words::small(word) {
            // "twenty five" goes together, "five six" and "ten five" do not.
            let below: BigInt = &self.current % 100_u32;
            let after_tens = below >= BigInt::from(20) && (&below % 10_u32).is_zero() && (1..10).contains(&units);
            let free = !self.any || self.powers > 0 && below.is_zero() && units > 0;
            self.current += if after_tens || free { units } else { return false };
            true
        } else if let Some(tens) = words::tens(word) {
            let free = !self.any || self.powers > 0 && (&self.current % 100_u32).is_zero();
            self.current += if free { tens } else { return false };
            true
        } else if word == "dozen" {
            let number = if self.any { self.current.clone() } else { BigInt::one() };
            self.closed = true;
            self.current = number * 12_u32;
            self.total.is_zero()
        } else {
            words::power(word).is_some_and(|power| self.raise(word, power))
        };
        self.any |= taken;
        taken
    }

    fn raise(&mut self, word: &str, power: u32) -> bool {
        if self.powers + power > MAX_POWER || (!self.any && word.ends_with('s')) {
            return false;
        }
        let ten = ten_to(power).to_integer();
        let alone = !self.any;
        if power == 2 {
            if !alone && (self.current.is_zero() || self.current >= BigInt::from(100)) {
                return false;
            }
            self.current = if alone { ten } else { &self.current * ten };
        } else if power < self.last && (alone || !self.current.is_zero()) {
            self.total += if alone { ten } else { &self.current * ten };
            self.current = BigInt::zero();
            self.last = power;
        } else if self.current.is_zero() || power > self.last {
            // "three lakh crore", "a thousand million": the larger multiplies all that stands before it.
            self.total = self.value().to_integer() * ten;
            self.current = BigInt::zero();
            self.last = power;
        } else {
            return false;
        }
        self.powers += power;
        self.scale = &self.scale * ten_to(power);
        true
    }
}
