//! Which words make a line of a text one that an encoder should not pass over.

use super::words::{factor, month, ordinal, power, small, tens};

/// Whether a text holds a digit, a number in words, a month, or a word for a number of things or years.
///
/// The words are: `zero` and `two` to `ninety`, ordinals from `second` on, `hundred`, `thousand`, `lakh`, `million` and the
/// like with their plurals and ordinals, `dozen`, `score(s)`, `tens`, `several`, `half`, `quarter`, `both`, `pair`,
/// `couple`, `twice`, `double` and other factors, `decade` and `century`. `one`, `first`, `single`, `few`, `many` are not
/// among them: they stand in every other sentence. Months and their abbreviations count where they begin with a capital,
/// so that `may` and `march` are verbs.
///
/// ```
/// use gainsay::quote::notable;
///
/// assert!(notable("in May the group") && notable("two-thirds of them") && notable("note 3"));
/// assert!(!notable("one of the first that may march"));
/// ```
pub fn notable(text: &str) -> bool {
    first_notable(text).is_some()
}

/// The first byte of the first of these in a text.
pub fn first_notable(text: &str) -> Option<usize> {
    let mut at = 0;
    for word in text.split_inclusive(|letter: char| !letter.is_alphabetic()) {
        let letters = word.trim_end_matches(|letter: char| !letter.is_alphabetic());
        if !letters.is_empty() && notable_word(letters) {
            return Some(at);
        }
        if word.ends_with(char::is_numeric) {
            return Some(at + letters.len());
        }
        at += word.len();
    }
    None
}

fn notable_word(word: &str) -> bool {
    let lower = word.to_lowercase();
    if month(&lower) {
        return word.starts_with(char::is_uppercase);
    }
    let one = lower.strip_suffix('s').unwrap_or(&lower);
    let number = |word: &str| small(word).is_some_and(|number| number != 1) || tens(word).is_some();
    let rank = |word: &str| ordinal(word).is_some_and(|rank| rank > 1);
    let other = matches!(
        one,
        "dozen"
            | "score"
            | "ten"
            | "half"
            | "halve"
            | "quarter"
            | "both"
            | "pair"
            | "couple"
            | "duo"
            | "trio"
            | "decade"
    );
    let more = matches!(lower.as_str(), "several" | "century" | "centuries" | "halves" | "millionth" | "billionth");
    number(&lower) || rank(one) || power(&lower).is_some() || factor(&lower).is_some() || other || more
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_months_and_years_are_noticed() {
        let noticed = "zero two Twelve ninety twenty-five second thirds hundreds lakh millions dozen dozens several half \
                       quarters both pairs couple twice doubled tenfold decade decades century centuries January Sept May \
                       March MAY 7 2022 ½ ٣ 14th scores tens";
        for word in noticed.split(' ') {
            assert!(notable(word), "{word}");
        }
    }

    #[test]
    fn ordinary_words_are_not() {
        let passed_over = "one first single once none no few many another may march august sept the tent hundredweight \
                           of and often weight tenant secondary";
        for word in passed_over.split(' ') {
            assert!(!notable(word), "{word}");
        }
        assert_eq!(first_notable(""), None);
        assert_eq!(first_notable("the year é2022 and nine"), Some("the year é".len()));
        assert_eq!(first_notable("all of nine 9"), Some("all of ".len()));
    }
}
