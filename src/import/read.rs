//! What a cell says, as the JSON that a claim has of it.

use num_traits::Signed;

use super::key::{Key, Kind};
use super::sheet::Cell;
use super::vocabulary::Vocabulary;
use crate::edtf::{EdtfError, EdtfErrorKind, parse_date, parse_period};
use crate::load::{FaultCode, MAX_WORDS, is_id, quoted};
use crate::number::{NumberError, Written};

/// What a cell says.
#[derive(Clone, Debug)]
pub(super) struct Value {
    /// As JSON.
    pub(super) json: String,
    /// As a text, where it is one.
    pub(super) text: Option<String>,
    /// As a number, where it is one.
    pub(super) number: Option<Written>,
}

impl Value {
    fn text(text: String) -> Self {
        Self { json: json(&text), text: Some(text), number: None }
    }

    fn plain(json: String) -> Self {
        Self { json, text: None, number: None }
    }
}

/// A text as JSON.
pub(super) fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// What cells are read by.
pub(super) struct Reader {
    /// The codebook's names, where there is one.
    pub(super) vocabulary: Option<Vocabulary>,
    /// Whether names are made into ids.
    pub(super) make_ids: bool,
}

impl Reader {
    /// Reads a cell; none when it is empty, and none after a fault, which is reported.
    pub(super) fn read(&self, cell: &Cell<'_, '_>, key: &Key) -> Option<Value> {
        let trimmed = cell.trimmed();
        if trimmed.text.is_empty() {
            return None;
        }
        match key.kind {
            Kind::Id | Kind::Source => self.id(&trimmed).map(Value::text),
            Kind::Quote => quote(cell),
            Kind::Text => Some(Value::text(cell.text.to_owned())),
            Kind::Line => line(&trimmed),
            Kind::Page => Some(page(trimmed.text)),
            Kind::Voice => voice(&trimmed),
            Kind::Word | Kind::Name => self.name(&trimmed, key).map(Value::text),
            Kind::Names | Kind::List => self.names(&trimmed, key),
            Kind::Period if trimmed.text == "unstated" => Some(Value::text(trimmed.text.to_owned())),
            Kind::Period => edtf(&trimmed, parse_period(trimmed.text).err()),
            Kind::Date => edtf(&trimmed, parse_date(trimmed.text).err()),
            Kind::Number => number(&trimmed),
        }
    }

    fn id(&self, cell: &Cell<'_, '_>) -> Option<String> {
        if is_id(cell.text) {
            return Some(cell.text.to_owned());
        }
        if self.make_ids {
            return made_of(cell);
        }
        let help = "an id has small letters, digits and hyphens, and starts with a letter or a digit".to_owned();
        let made = slug(cell.text).map(|made| format!("write {}, or let `--make-ids` do so", quoted(&made)));
        cell.fault(FaultCode::BadId, format!("{} is not written as an id", quoted(cell.text)), made.unwrap_or(help));
        None
    }

    fn name(&self, cell: &Cell<'_, '_>, key: &Key) -> Option<String> {
        // A value of a fact may be a date.
        let is_other =
            matches!(key.name.as_str(), "subject" | "toward" | "is" | "is_not") && parse_date(cell.text).is_ok();
        let makes = self.make_ids && key.kind != Kind::Word && !is_other && !is_id(cell.text);
        let known = self.vocabulary.as_ref();
        let Some(known) = known.filter(|known| known.knows(&key.name)) else {
            return if makes { made_of(cell) } else { Some(cell.text.to_owned()) };
        };
        known.resolve(&key.name, cell, slug(cell.text).filter(|_| makes))
    }

    fn names(&self, cell: &Cell<'_, '_>, key: &Key) -> Option<Value> {
        let before = cell.sheet.page().sink.count();
        let names: Vec<Value> = cell.parts().filter_map(|part| self.name(&part, key)).map(Value::text).collect();
        if cell.sheet.page().sink.count() > before {
            return None;
        }
        match names.as_slice() {
            [] => None,
            [one] if key.kind == Kind::Names => Some(one.clone()),
            all => {
                let items: Vec<&str> = all.iter().map(|value| value.json.as_str()).collect();
                Some(Value::plain(format!("[{}]", items.join(","))))
            }
        }
    }
}

/// An id made of a name: its letters small, a hyphen for all that stands between letters and digits.
fn slug(name: &str) -> Option<String> {
    let mut id = String::new();
    for letter in name.chars() {
        if letter.is_ascii_alphanumeric() {
            id.push(letter.to_ascii_lowercase());
        } else if letter.is_alphanumeric() {
            // Another letter in its place could make one id of two names.
            return None;
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    let id = id.trim_end_matches('-');
    is_id(id).then(|| id.to_owned())
}

fn made_of(cell: &Cell<'_, '_>) -> Option<String> {
    let made = slug(cell.text);
    if made.is_none() {
        cell.fault(
            FaultCode::BadId,
            format!("no id can be made of {}", quoted(cell.text)),
            "an id has at most 64 letters from a to z, digits and hyphens: write one in its place",
        );
    }
    made
}

fn quote(cell: &Cell<'_, '_>) -> Option<Value> {
    let words = cell.text.split_whitespace().count();
    if words > MAX_WORDS {
        cell.fault(
            FaultCode::LongQuote,
            format!("this quote has {words} words, and may have {MAX_WORDS}"),
            "quote the shortest phrase that carries the figure; a longer text goes into `note`",
        );
        return None;
    }
    Some(Value::text(cell.text.to_owned()))
}

fn line(cell: &Cell<'_, '_>) -> Option<Value> {
    match cell.text.parse::<u32>() {
        Ok(line) if line > 0 => Some(Value::plain(line.to_string())),
        _ => {
            cell.fault(
                FaultCode::BadNumber,
                "lines are counted from 1, in whole numbers",
                "write the number of the line, or leave the cell empty",
            );
            None
        }
    }
}

fn page(text: &str) -> Value {
    let is_number = text.len() < 10 && text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    if is_number { Value::plain(text.to_owned()) } else { Value::text(text.to_owned()) }
}

fn voice(cell: &Cell<'_, '_>) -> Option<Value> {
    const VOICES: [&str; 3] = ["asserts", "reports", "disputes"];
    if VOICES.contains(&cell.text) {
        return Some(Value::text(cell.text.to_owned()));
    }
    let page = cell.sheet.page();
    page.fault(FaultCode::UnknownWord, &cell.span, format!("{} is no voice", quoted(cell.text)))
        .help("write one of `asserts`, `reports`, `disputes`")
        .maybe_help(page.did_you_mean(cell.text, VOICES))
        .send();
    None
}

fn edtf(cell: &Cell<'_, '_>, error: Option<EdtfError>) -> Option<Value> {
    let Some(error) = error else { return Some(Value::text(cell.text.to_owned())) };
    let code = match error.kind() {
        EdtfErrorKind::ReversedPeriod => FaultCode::ReversedPeriod,
        _ => FaultCode::BadDate,
    };
    let at = error.at();
    let marked = cell.text.get(at.clone()).filter(|text| !text.is_empty()).map(|text| cell.part(at.start, text));
    let help = error.help().unwrap_or("dates are written as in `2022`, `2022-06` or `2022-06-30`");
    marked.as_ref().unwrap_or(cell).fault(code, error.to_string(), help);
    None
}

fn number(cell: &Cell<'_, '_>) -> Option<Value> {
    let text = cell.text;
    let page = cell.sheet.page();
    match Written::parse(text) {
        Ok(number) if starts_with_zeros(text) && !number.value.is_negative() => cell.fault(
            FaultCode::BadNumber,
            "this number starts with a zero that does not count",
            "write it without that zero; what is no figure goes into another column",
        ),
        Ok(number) if !number.value.is_negative() => {
            return Some(Value { json: text.to_owned(), text: None, number: Some(number) });
        }
        Err(NumberError::NotANumber) => {
            cell.fault(FaultCode::BadNumber, format!("{} is no decimal number", quoted(text)), remedy(text));
        }
        _ => drop(page.decimal(text, &cell.span)),
    }
    None
}

/// Whether a number is written as JSON does not write numbers.
fn starts_with_zeros(text: &str) -> bool {
    text.strip_prefix('0').is_some_and(|rest| rest.starts_with(|next: char| next.is_ascii_digit()))
}

fn remedy(text: &str) -> &'static str {
    let separates = |letter: char| matches!(letter, ',' | '.' | '\'' | '’' | '_') || letter.is_whitespace();
    if !text.contains(|letter: char| letter.is_ascii_digit()) {
        "leave the cell empty where there is no figure"
    } else if text.chars().all(|letter| letter.is_ascii_digit() || separates(letter)) {
        "write its digits with nothing between them but a decimal point, like `1234` or `1234.5`"
    } else if text.starts_with(['<', '>', '~', '≥', '≤', '+']) {
        "a hedge has a column of its own, like `value.at_least`, `value.less_than` or `value.about`"
    } else {
        "write its digits only, like `1105` or `2.5`"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_made_of_letters_that_it_can_have() {
        assert_eq!(slug(" Khyber  Pakhtunkhwa (KP) ").as_deref(), Some("khyber-pakhtunkhwa-kp"));
        assert_eq!(slug("PAK12345").as_deref(), Some("pak12345"));
        assert_eq!(slug("Ghōr"), None, "no other letter is put in its place");
        assert_eq!((slug("--"), slug(&"a".repeat(65))), (None, None));
    }
}
