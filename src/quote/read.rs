//! The walk over a quote: at each token, what begins here.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::One;

use super::digits::{self, Number, integer, ten_to};
use super::token::{Gap, Kind, Tokens};
use super::unit::times;
use super::{Figure, FigureUnit, Figures, Vague, date, link, spelled, words};

/// Reads all figures of a quote.
pub(super) fn read(quote: &str) -> Figures {
    let tokens = Tokens::cut(quote);
    let mut reader = Reader { tokens: &tokens, found: Figures::default(), places: Vec::new(), last_date: None };
    let mut at = 0;
    while at < tokens.len() {
        // A step that took nothing would never end.
        at = reader.step(at).max(at + 1);
    }
    let Reader { mut found, places, .. } = reader;
    link::join(&mut found.figures, &places, &tokens);
    found
}

/// Where a figure stands among the tokens, for looking at what links it to the next.
pub(super) struct Place {
    pub(super) from: usize,
    pub(super) end: usize,
    pub(super) scale: BigRational,
}

pub(super) struct Reader<'a> {
    pub(super) tokens: &'a Tokens<'a>,
    found: Figures,
    places: Vec<Place>,
    last_date: Option<usize>,
}

impl Reader<'_> {
    /// Reads what begins at a token and returns the token after it.
    fn step(&mut self, at: usize) -> usize {
        let after_date = self.last_date.is_some_and(|end| at <= end + 2);
        if let Some(date) = date::read(self.tokens, at, after_date) {
            self.found.dates.push(self.tokens.range(at, date.end));
            self.last_date = Some(date.end);
            if !(date.readings.is_empty() && date.doubted.is_empty()) {
                let mut number = Number::new(integer(0), date.end);
                (number.readings, number.doubted) = (date.readings, date.doubted);
                self.push(at, number, FigureUnit::Plain, false);
            }
            return date.end;
        }
        match self.tokens.get(at).map(|token| token.kind) {
            Some(Kind::Digits) => self.digits(at),
            Some(Kind::Word) => self.word(at),
            Some(Kind::Mark(mark)) => self.sign(at, mark),
            None => at + 1,
        }
    }

    pub(super) fn push(&mut self, from: usize, number: Number, unit: FigureUnit, firm: bool) -> usize {
        let range = self.tokens.range(from, number.end);
        let text = self.tokens.text(from, number.end);
        let Number { readings, doubted, end, scale, .. } = number;
        self.found.figures.push(Figure { readings, doubted, unit, firm, range, text });
        self.places.push(Place { from, end, scale });
        end
    }

    /// A number that can only make the answer unsure.
    fn doubt(&mut self, from: usize, mut number: Number, unit: FigureUnit) -> usize {
        number.doubted.append(&mut number.readings);
        self.push(from, number, unit, false)
    }

    fn unknown(&mut self, from: usize, end: usize) -> usize {
        self.found.unknown.push((self.tokens.range(from, end), self.tokens.text(from, end)));
        end
    }

    /// "½", and numerals of other scripts, which the reader does not know. Raised digits are footnotes.
    fn sign(&mut self, at: usize, mark: char) -> usize {
        let share = match mark {
            '½' => (1, 2),
            '¼' => (1, 4),
            '¾' => (3, 4),
            '⅓' => (1, 3),
            '⅔' => (2, 3),
            '⅕' => (1, 5),
            _ => {
                let raised = matches!(mark, '²' | '³' | '¹' | '⁰'..='₉');
                return if mark.is_numeric() && !raised { self.unknown(at, at + 1) } else { at + 1 };
            }
        };
        let part = integer(share.0) / integer(share.1);
        self.finish(at, Number::new(part, at + 1), FigureUnit::Share, true)
    }

    /// A number that begins with a digit.
    fn digits(&mut self, at: usize) -> usize {
        let tokens = self.tokens;
        let Some(mut number) = digits::read(tokens, at) else { return self.unknown(at, at + 1) };
        if let Some((joined, end)) = digits::spaced(tokens, at, Gap::Thin) {
            number = Number::new(joined, end);
        } else if let Some((joined, _)) = digits::spaced(tokens, at, Gap::Space) {
            number.readings.push(joined);
        }
        if let Some(end) = self.pieced(at, &number) {
            return end;
        }
        if let Some(part) = vulgar(tokens, number.end) {
            number.readings = number.readings.iter().map(|value| value + &part).collect();
            number.end += 1;
        }
        let letters = tokens.word(number.end).to_owned();
        let touching = tokens.glued(number.end) && !letters.is_empty();
        if touching && date::is_suffix(&letters) {
            number.end += 1;
            return self.doubt(at, number, FigureUnit::Ordinal);
        }
        let named = self.is_name(at, number.end);
        self.scale(&mut number);
        spelled::and_a_half(tokens, &mut number);
        if named || self.is_footnote(at) {
            return self.doubt(at, number, FigureUnit::Plain);
        }
        // A sentence may begin with a figure ("25 people"), and a footnote's number may stand before one ("25  When").
        let opens =
            at > 0 && tokens.mark(at - 1) == Some('.') && (number.end >= tokens.len() || tokens.capital(number.end));
        let sure = words::amount_cue(tokens.before(at, 2), tokens.before(at, 1))
            || words::counted(tokens.word(tokens.past_joint(number.end)))
            || tokens.joint(number.end)
            || !number.scale.is_one();
        let firm = !opens && (number.year.is_none() || sure);
        self.finish(at, number, FigureUnit::Plain, firm)
    }

    /// Digits that a slash or colon ties to others: "1/3", "24/7", "10:30".
    fn pieced(&mut self, at: usize, number: &Number) -> Option<usize> {
        let tokens = self.tokens;
        let end = at + 1;
        let mark =
            tokens.mark(end).filter(|mark| matches!(mark, '/' | ':') && number.end == end && tokens.glued(end))?;
        let second = tokens.digits(end + 1).filter(|second| second.len() <= 9 && tokens.glued(end + 1))?;
        let above = number.readings.first()?.clone();
        let below = integer(second.parse().ok().filter(|below| *below > 0)?);
        if mark == '/' {
            let known = above < below && below <= integer(10);
            let mut share = Number::new(&above / &below, end + 2);
            share.doubted = vec![above, below];
            return Some(self.finish(at, share, FigureUnit::Share, known));
        }
        let mut time = Number::new(above, end + 2);
        time.readings.push(below);
        Some(self.doubt(at, time, FigureUnit::Plain))
    }

    /// Multiplies by the words or letters behind the digits: "3.5 million", "200bn", "2 dozen".
    fn scale(&self, number: &mut Number) {
        let tokens = self.tokens;
        let (mut scale, mut end) = spelled::multipliers(tokens, number.end);
        if tokens.word(end) == "dozen" {
            (scale, end) = (&scale * integer(12), end + 1);
        } else if end == number.end
            && let Some((power, sure)) = words::short_power(tokens.word(end))
            && (tokens.glued(end) || sure && power > 3)
        {
            // "3m" may be three metres.
            let plain = if sure { Vec::new() } else { number.readings.clone() };
            number.readings = number.readings.iter().map(|value| value * ten_to(power)).chain(plain).collect();
            number.scale = ten_to(power);
            number.end = end + 1;
            return;
        }
        for value in number.readings.iter_mut().chain(&mut number.doubted) {
            *value = &*value * &scale;
        }
        number.scale = scale;
        number.end = end;
    }

    /// Whether digits belong to a name: "F-16", "TTP3", "4G", "Article 370", "No. 320".
    fn is_name(&self, at: usize, end: usize) -> bool {
        let tokens = self.tokens;
        let before = tokens.before(at, 1);
        let dotted = at >= 2 && tokens.mark(at - 1) == Some('.');
        let abbreviated = dotted && matches!(tokens.before(at, 2), "no" | "fig" | "p" | "pp" | "art" | "vol");
        let touches = tokens.glued(at) && !before.is_empty() && !words::currency(before, true);
        let hyphened = at >= 2
            && tokens.joint(at - 1)
            && !tokens.before(at, 2).is_empty()
            && words::small(tokens.before(at, 2)).is_none();
        let generation =
            tokens.glued(end) && matches!(tokens.get(end).map(|token| token.text), Some("G" | "D" | "A" | "X"));
        let code = tokens.glued(end)
            && !tokens.word(end).is_empty()
            && tokens.glued(end + 1)
            && tokens.digits(end + 1).is_some();
        abbreviated || touches || hyphened || generation || code || words::label(before)
    }

    /// Whether digits cling to the end of a sentence or clause, as in "allies.2", "(TTP)3" and "<sup>1</sup>".
    fn is_footnote(&self, at: usize) -> bool {
        let Some(back) = at.checked_sub(1) else { return false };
        let closing = self.tokens.mark(back).is_some_and(|mark| {
            matches!(mark, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '[' | '"' | '”' | '’' | '>' | '\'' | '*')
        });
        // An opening quotation mark or bracket does not touch what stands before it.
        let clings = self.tokens.glued(back) || matches!(self.tokens.mark(back), Some('[' | '>'));
        closing && clings && self.tokens.glued(at)
    }

    /// Whatever begins with a word.
    fn word(&mut self, at: usize) -> usize {
        let tokens = self.tokens;
        let word = tokens.word(at);
        if let Some(end) = self.vague(at) {
            return end;
        }
        if let Some(end) = self.ordinal(at) {
            return end;
        }
        if let Some(number) = spelled::read(tokens, at) {
            return self.spelled(at, number);
        }
        if matches!(word, "a" | "an") {
            return self.article(at);
        }
        if let Some(factor) = words::factor(word) {
            let mut number = Number::new(integer(factor), at + 1);
            number.readings = times(&integer(factor)).collect();
            return self.push(at, number, FigureUnit::Factor, !tokens.joint(at + 1));
        }
        if matches!(word, "halved" | "halving" | "halves" | "halve") {
            let mut number = Number::new(integer(2), at + 1);
            number.readings.extend([integer(50), integer(1) / integer(2)]);
            return self.push(at, number, FigureUnit::Factor, true);
        }
        if let Some(implied) = words::implied(word) {
            return self.implied(at, implied);
        }
        if matches!(word, "decade" | "century" | "fortnight") {
            let mut number = Number::new(integer(1), at + 1);
            self.time(&mut number, at);
            return self.push(at, number, FigureUnit::Plain, false);
        }
        if let Some(value) = tokens.get(at).and_then(|token| roman(token.text)) {
            return self.doubt(at, Number::new(integer(value), at + 1), FigureUnit::Ordinal);
        }
        let score = word == "score" && !matches!(tokens.before(at, 1), "a" | "three" | "four");
        let foreign = tokens.get(at).is_some_and(|token| !token.text.chars().all(is_latin));
        if foreign || words::unknown(word) && !score { self.unknown(at, at + 1) } else { at + 1 }
    }

    /// A number in words, and how sure it is one.
    fn spelled(&mut self, at: usize, number: Number) -> usize {
        let tokens = self.tokens;
        let end = number.end;
        let after = tokens.word(tokens.past_joint(end));
        let half = number.readings.first().is_some_and(|value| !value.is_integer());
        if tokens.word(at) == "one" && end == at + 1 {
            // A pronoun ("one of the", "no one", "one such") far more often than a count.
            if tokens.before(at, 1) == "no" || matches!(after, "another" | "way") {
                return end;
            }
            let counted = words::counted(after) || matches!(after, "killed" | "dead" | "injured" | "or" | "per");
            let cue = words::amount_cue(tokens.before(at, 2), tokens.before(at, 1));
            return self.finish(at, number, FigureUnit::Plain, counted || cue);
        }
        // "a two-pronged strategy" counts prongs; "a five-year-long struggle" counts years.
        let firm = !tokens.joint(end) || words::counted(after) || is_numeral(tokens, end + 1);
        let unit = if half && number.scale.is_one() { FigureUnit::Share } else { FigureUnit::Plain };
        let unit = if unit == FigureUnit::Share && number.readings.iter().any(|value| *value > integer(1)) {
            FigureUnit::Plain
        } else {
            unit
        };
        self.finish(at, number, unit, firm)
    }

    /// "a driver" is one driver, "a decade" ten years.
    fn article(&mut self, at: usize) -> usize {
        let tokens = self.tokens;
        let next = tokens.word(at + 1);
        let counts = !next.is_empty()
            && words::vague(next).is_none()
            && words::implied(next).is_none()
            && words::ordinal(next).is_none()
            && words::factor(next).is_none()
            && !words::unknown(next)
            && words::small(next).or_else(|| words::tens(next)).is_none()
            && !matches!(next, "total" | "lot" | "number" | "great" | "further" | "mere" | "staggering");
        if !counts {
            return at + 1;
        }
        let mut number = Number::new(integer(1), at + 1);
        self.time(&mut number, at + 1);
        let firm = matches!(next, "decade" | "century" | "fortnight") || number.end > at + 1;
        let span = number.end.max(if words::time_unit(next) { at + 2 } else { at + 1 });
        number.end = span;
        self.push(at, number, FigureUnit::Plain, firm)
    }

    /// "both", "no", "a pair": they may be the claim's figure, and are too common in other senses to speak against it.
    fn implied(&mut self, at: usize, value: u32) -> usize {
        let tokens = self.tokens;
        let word = tokens.word(at);
        let number = Number::new(integer(value), at + 1);
        match word {
            "no" if matches!(tokens.mark(at + 1), Some('.')) && tokens.digits(at + 2).is_some() => at + 2,
            "no" if matches!(tokens.word(at + 1), "one" | "longer" | "doubt" | "matter" | "way") => at + 2,
            "once" | "another" => self.doubt(at, number, FigureUnit::Plain),
            _ => self.push(at, number, FigureUnit::Plain, matches!(word, "none" | "nobody" | "nil")),
        }
    }

    /// "14th" is read with the digits; here "first", "twenty-first" and "the second half".
    fn ordinal(&mut self, at: usize) -> Option<usize> {
        let tokens = self.tokens;
        let (value, end) = if let Some(value) = words::ordinal(tokens.word(at)) {
            (value, at + 1)
        } else {
            let unit = tokens.past_joint(at + 1);
            (words::tens(tokens.word(at))? + words::ordinal(tokens.word(unit)).filter(|unit| *unit < 10)?, unit + 1)
        };
        if matches!(tokens.word(end), "half" | "quarter") {
            // "the first half of 2022" is a time.
            self.found.dates.push(tokens.range(at, end + 1));
            return Some(end + 1);
        }
        Some(self.doubt(at, Number::new(integer(value), end), FigureUnit::Ordinal))
    }

    /// "dozens", "several hundred", "hundreds of thousands".
    fn vague(&mut self, at: usize) -> Option<usize> {
        let tokens = self.tokens;
        let word = tokens.word(at);
        let plural = words::power(word).filter(|_| word.ends_with('s'));
        let (low, high, mut end) = if let Some(power) = plural {
            (ten_to(power), Some(ten_to(power + 3)), at + 1)
        } else if let Some((low, high)) = words::vague(word) {
            (integer(low), high.map(integer), at + 1)
        } else if word == "couple" && is_power(tokens, at + 1) {
            (integer(2), Some(integer(5)), at + 1)
        } else {
            return None;
        };
        // "as many as 45", "twice as many" and "tens" without "of" say nothing of their own.
        if word == "many" && matches!(tokens.before(at, 1), "as" | "how")
            || word == "tens" && tokens.word(at + 1) != "of"
        {
            return Some(at + 1);
        }
        let mut scale = integer(1);
        if is_power(tokens, end) {
            let next = if tokens.word(end) == "of" { end + 1 } else { end };
            (scale, end) = spelled::multipliers(tokens, next);
        } else if tokens.word(end) == "dozen" {
            (scale, end) = (integer(12), end + 1);
        }
        let (range, text) = (tokens.range(at, end), tokens.text(at, end));
        self.found.vague.push(Vague { range, text, low: low * &scale, high: high.map(|high| high * scale) });
        Some(end)
    }
}

fn vulgar(tokens: &Tokens<'_>, at: usize) -> Option<BigRational> {
    let above = match tokens.mark(at)? {
        '¼' => 1,
        '½' => 2,
        '¾' => 3,
        _ => return None,
    };
    Some(BigRational::new(BigInt::from(above), BigInt::from(4)))
}

fn is_numeral(tokens: &Tokens<'_>, at: usize) -> bool {
    let word = tokens.word(at);
    words::small(word).or_else(|| words::tens(word)).is_some() || tokens.digits(at).is_some()
}

fn is_power(tokens: &Tokens<'_>, at: usize) -> bool {
    let place = if tokens.word(at) == "of" { at + 1 } else { at };
    words::power(tokens.word(place)).is_some()
}

/// A Roman numeral of at least two capital letters, up to 39: "World War II", "Chapter XIV". Larger ones are
/// abbreviations ("DC", "MD") far more often.
fn roman(text: &str) -> Option<u32> {
    let tens = text.bytes().take_while(|&letter| letter == b'X').count();
    let units = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    let unit = units.iter().position(|unit| text.get(tens..) == Some(unit))?;
    let value = u32::try_from(tens * 10 + unit).ok()?;
    (text.len() > 1 && tens <= 3).then_some(value)
}

/// Whether a letter is Latin: number words of other scripts are not known here.
fn is_latin(letter: char) -> bool {
    !letter.is_alphabetic()
        || matches!(letter, 'A'..='Z' | 'a'..='z' | 'ª' | 'º' | 'À'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{2b0}'..='\u{2ff}' | 'ﬀ'..='ﬆ')
}
