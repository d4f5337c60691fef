//! The words of quantity that the reader knows, as tables.

/// `zero` to `nineteen`.
pub(super) fn small(word: &str) -> Option<u32> {
    const WORDS: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    place(&WORDS, word)
}

/// `twenty` to `ninety`.
pub(super) fn tens(word: &str) -> Option<u32> {
    const WORDS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    place(&WORDS, word).map(|at| (at + 2) * 10)
}

fn place(words: &[&str], word: &str) -> Option<u32> {
    words.iter().position(|known| *known == word).and_then(|at| u32::try_from(at).ok())
}

/// The power of ten that a word such as `million` or `lakhs` stands for.
pub(super) fn power(word: &str) -> Option<u32> {
    Some(match word.strip_suffix('s').unwrap_or(word) {
        "hundred" => 2,
        "thousand" => 3,
        "lakh" | "lac" => 5,
        "million" => 6,
        "crore" => 7,
        "billion" | "milliard" => 9,
        "trillion" => 12,
        "quadrillion" => 15,
        _ => return None,
    })
}

/// The power of ten of an abbreviation that follows digits: `bn`, `k`. `m` may be metres, and `b` and `t` much else.
pub(super) fn short_power(word: &str) -> Option<(u32, bool)> {
    Some(match word {
        "k" => (3, true),
        "m" => (6, false),
        "mn" | "mln" => (6, true),
        "b" => (9, false),
        "bn" | "bln" => (9, true),
        "t" => (12, false),
        "tn" | "trn" => (12, true),
        "cr" => (7, true),
        _ => return None,
    })
}

/// An ordinal in one word: `first` to `nineteenth`, `twentieth` to `ninetieth`, `hundredth`.
pub(super) fn ordinal(word: &str) -> Option<u32> {
    let irregular = match word {
        "first" => 1,
        "second" => 2,
        "third" => 3,
        "fifth" => 5,
        "eighth" => 8,
        "ninth" => 9,
        "twelfth" => 12,
        "hundredth" => 100,
        "thousandth" => 1000,
        _ => 0,
    };
    if irregular > 0 {
        return Some(irregular);
    }
    if let Some(stem) = word.strip_suffix("ieth") {
        return tens(&format!("{stem}y"));
    }
    word.strip_suffix("th").and_then(small)
}

/// The denominator of a fraction in words: `half`, `thirds`, `quarter`, `tenths`.
pub(super) fn denominator(word: &str) -> Option<u32> {
    match word {
        "half" | "halves" => Some(2),
        "quarter" | "quarters" => Some(4),
        "second" | "seconds" | "first" | "firsts" => None,
        _ => ordinal(word.strip_suffix('s').unwrap_or(word)).filter(|&below| below > 2),
    }
}

/// The factor in `doubled`, `tenfold`, `twice`.
pub(super) fn factor(word: &str) -> Option<u32> {
    Some(match word {
        "twice" | "double" | "doubles" | "doubled" | "doubling" | "redoubled" => 2,
        "thrice" | "triple" | "triples" | "tripled" | "tripling" | "treble" | "trebled" | "trebling" => 3,
        "quadruple" | "quadrupled" | "quadrupling" => 4,
        "quintuple" | "quintupled" => 5,
        "sextupled" => 6,
        _ => {
            let stem = word.strip_suffix("fold")?;
            return small(stem).or_else(|| tens(stem)).or(match stem {
                "hundred" => Some(100),
                "thousand" => Some(1000),
                _ => None,
            });
        }
    })
}

/// Words that name a number of things without counting: both, a pair, a trio, single, none.
pub(super) fn implied(word: &str) -> Option<u32> {
    Some(match word {
        "no" | "none" | "nil" | "nobody" | "nothing" => 0,
        "single" | "sole" | "lone" | "another" | "once" | "solo" => 1,
        "both" | "pair" | "duo" | "dual" | "twin" | "couple" => 2,
        "trio" => 3,
        "quartet" => 4,
        "quintet" => 5,
        _ => return None,
    })
}

/// What a vague word may mean at the least and at the most (`None`: no end).
///
/// The ends are as wide as any policy in a codebook would take them (ACLED codes "dozens" as 12): they only decide
/// whether a vague word could be what an encoder read as the claim's number.
pub(super) fn vague(word: &str) -> Option<(u32, Option<u32>)> {
    Some(match word {
        "dozens" => (12, Some(1200)),
        "scores" => (20, Some(2000)),
        "tens" => (10, Some(1000)),
        "several" | "handful" | "few" => (1, Some(30)),
        "many" | "numerous" | "multiple" | "countless" | "innumerable" | "various" | "myriad" | "lots" | "plenty"
        | "umpteen" | "slew" | "spate" | "decades" | "centuries" | "multitude" => (2, None),
        "majority" => (0, Some(100)),
        _ => return None,
    })
}

/// Quantity words whose number the reader does not take a guess at, and slips of spelling.
pub(super) fn unknown(word: &str) -> bool {
    const STEMS: &str = "twent thirt fourty fifty fivty sixty sevent eighty \
        ninet ninty hundr hunderd thousa millio billio trillio";
    const WORDS: &str = "score brace zillion zillions gazillion quintillion sextillion \
        centuple googol thousend tweleve tweve threescore kharab";
    const OTHERS: [&str; 7] =
        ["millionaire", "billionaire", "trillionaire", "millionth", "billionth", "seventies", "nineties"];
    let known = OTHERS.iter().any(|other| word.starts_with(other));
    WORDS.split(' ').any(|known| known == word) || (!known && STEMS.split(' ').any(|stem| word.starts_with(stem)))
}

pub(super) fn month(word: &str) -> bool {
    matches!(
        word,
        "january"
            | "february"
            | "march"
            | "april"
            | "may"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
            | "jan"
            | "feb"
            | "mar"
            | "apr"
            | "jun"
            | "jul"
            | "aug"
            | "sep"
            | "sept"
            | "oct"
            | "nov"
            | "dec"
    )
}

pub(super) fn time_unit(word: &str) -> bool {
    matches!(
        word.strip_suffix('s').unwrap_or(word),
        "second"
            | "minute"
            | "hour"
            | "day"
            | "week"
            | "fortnight"
            | "month"
            | "quarter"
            | "year"
            | "decade"
            | "centurie"
            | "century"
    )
}

/// Nouns that are counted rather than dated: "2000 fighters" is no year, and "one soldier" no pronoun.
pub(super) fn counted(word: &str) -> bool {
    let one = word.strip_suffix('s').unwrap_or(word);
    matches!(
        one,
        "people"
            | "person"
            | "fighter"
            | "soldier"
            | "troop"
            | "militant"
            | "civilian"
            | "refugee"
            | "policeman"
            | "policemen"
            | "personnel"
            | "student"
            | "man"
            | "men"
            | "woman"
            | "women"
            | "child"
            | "children"
            | "family"
            | "familie"
            | "member"
            | "officer"
            | "victim"
            | "prisoner"
            | "death"
            | "life"
            | "live"
            | "fatalitie"
            | "casualtie"
            | "casualty"
            | "km"
            | "kilometer"
            | "kilometre"
            | "mile"
            | "meter"
            | "metre"
            | "kg"
            | "ton"
            | "tonne"
            | "hectare"
            | "acre"
            | "sq"
            | "square"
            | "dead"
            | "injured"
            | "wounded"
            | "strong"
            | "fold"
    ) || time_unit(word)
}

/// The code or word of a currency, as written; `before` the number or after it.
pub(super) fn currency(word: &str, before: bool) -> bool {
    let code = matches!(
        word,
        "usd"
            | "eur"
            | "gbp"
            | "pkr"
            | "inr"
            | "afn"
            | "cny"
            | "rmb"
            | "rub"
            | "jpy"
            | "irr"
            | "aed"
            | "sar"
            | "chf"
            | "cad"
            | "aud"
            | "try"
            | "qar"
            | "rs"
            | "us"
    );
    let noun = matches!(
        word.strip_suffix('s').unwrap_or(word),
        "dollar"
            | "euro"
            | "rupee"
            | "pound"
            | "afghani"
            | "rouble"
            | "ruble"
            | "yuan"
            | "yen"
            | "rial"
            | "riyal"
            | "dirham"
            | "cent"
    );
    // "13 US soldiers" are no money, "US5" is.
    if before { code } else { (code && word != "us" && word != "try") || noun }
}

pub(super) fn currency_mark(mark: char) -> bool {
    matches!(mark, '$' | '€' | '£' | '¥' | '₹' | '₨' | '₽' | '₤' | '₺' | '؋' | '¢')
}

/// Words after which a number is a name: "Article 370", "No. 320".
pub(super) fn label(word: &str) -> bool {
    matches!(
        word,
        "article"
            | "resolution"
            | "section"
            | "chapter"
            | "table"
            | "figure"
            | "fig"
            | "page"
            | "pp"
            | "vol"
            | "volume"
            | "footnote"
            | "phase"
            | "route"
            | "highway"
            | "episode"
            | "room"
            | "nr"
    )
}

/// Words before a four-digit number that make it a year, most often.
pub(super) fn year_cue(word: &str) -> bool {
    matches!(
        word,
        "in" | "since"
            | "until"
            | "till"
            | "during"
            | "from"
            | "of"
            | "early"
            | "late"
            | "mid"
            | "before"
            | "after"
            | "circa"
            | "year"
            | "years"
            | "spring"
            | "summer"
            | "autumn"
            | "winter"
            | "fall"
            | "throughout"
            | "the"
            | "its"
            | "their"
            | "his"
            | "this"
            | "post"
            | "pre"
            | "end"
            | "ended"
            | "through"
            | "between"
            | "fiscal"
            | "fy"
            | "around"
            | "by"
            | "to"
            | "and"
            | "or"
            | "our"
            | "into"
            | "beyond"
    ) || word.ends_with("'s")
}

/// Those of them that stand before an amount nearly as often.
pub(super) fn weak_year_cue(word: &str) -> bool {
    matches!(word, "of" | "the" | "its" | "their" | "his" | "around" | "by" | "to" | "and" | "or" | "between" | "from")
}

/// Words before a four-digit number that make it a figure for certain.
pub(super) fn amount_cue(before: &str, word: &str) -> bool {
    matches!(
        (before, word),
        ("more" | "less" | "fewer" | "greater" | "higher" | "lower", "than")
            | ("at", "least" | "most")
            | ("up", "to")
            | ("as", "many")
            | ("total" | "number" | "loss" | "toll", "of")
            | (
                _,
                "over"
                    | "exceeding"
                    | "exceeds"
                    | "exceeded"
                    | "surpassing"
                    | "surpassed"
                    | "nearly"
                    | "almost"
                    | "approximately"
                    | "roughly"
                    | "killed"
                    | "killing"
                    | "only"
                    | "totalling"
                    | "totaling"
                    | "estimated"
                    | "least"
            )
    )
}
