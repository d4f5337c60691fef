//! One line of claims, taken apart without keeping anything.
//!
//! Only what is plain is read here: a figure of one source for single terms, with texts in which nothing is escaped. All
//! else, every fault among it, is left to the reader of single claims, which is slower and knows everything. So nothing is
//! decided here that is decided there too: a line either has the one shape that both understand alike, or it goes there.

/// How many dimensions a plain line may name.
pub(super) const DIMENSIONS: usize = 12;

/// What a plain line says, as written.
#[derive(Debug, Default)]
pub(super) struct Line<'a> {
    pub(super) source: &'a [u8],
    pub(super) id: &'a [u8],
    pub(super) quote: &'a [u8],
    pub(super) measure: &'a [u8],
    pub(super) period: &'a [u8],
    /// A number, or an object.
    pub(super) value: &'a [u8],
    /// A list of texts; empty when there is none.
    pub(super) credits: &'a [u8],
    /// The keys of dimensions with their terms.
    pub(super) terms: [(&'a [u8], &'a [u8]); DIMENSIONS],
    /// How many of them there are.
    pub(super) named: usize,
}

/// A value of a key.
enum Value<'a> {
    Text(&'a [u8]),
    Number(&'a [u8]),
    List(&'a [u8]),
    Object(&'a [u8]),
}

/// Each key may stand once.
#[derive(Copy, Clone)]
enum Key {
    Source = 0,
    Id,
    Quote,
    Measure,
    Period,
    Value,
    Credits,
    Line,
    Page,
    Where,
    Note,
    Voice,
}

/// The keys without which a line is no plain claim.
const NEEDED: u16 = 0b11_1111;

impl<'a> Line<'a> {
    /// Takes a line apart; none when it is not plain. What stands in the list of a source does not name it.
    pub(super) fn read(bytes: &'a [u8], source: Option<&'a [u8]>) -> Option<Self> {
        let mut cursor = Cursor { bytes, at: 0 };
        let mut line = Self { source: source.unwrap_or_default(), ..Self::default() };
        let mut seen = if source.is_some() { 1_u16 << (Key::Source as u16) } else { 0 };
        cursor.expect(b'{')?;
        loop {
            cursor.expect(b'"')?;
            let name = cursor.text()?;
            cursor.expect(b':')?;
            let value = cursor.value()?;
            match key(name) {
                Some(key) => {
                    let bit = 1_u16 << (key as u16);
                    if seen & bit != 0 {
                        return None;
                    }
                    seen |= bit;
                    line.set(key, value)?;
                }
                None => line.term(name, &value)?,
            }
            match cursor.next()? {
                b',' => {}
                b'}' => break,
                _ => return None,
            }
        }
        (cursor.is_over() && seen & NEEDED == NEEDED).then_some(line)
    }

    fn set(&mut self, key: Key, value: Value<'a>) -> Option<()> {
        match (key, value) {
            (Key::Source, Value::Text(text)) if is_id(text) => self.source = text,
            (Key::Id, Value::Text(text)) if is_id(text) => self.id = text,
            (Key::Quote, Value::Text(text)) if is_short(text) => self.quote = text,
            (Key::Measure, Value::Text(text)) => self.measure = text,
            (Key::Period, Value::Text(text)) => self.period = text,
            (Key::Value, Value::Number(text) | Value::Object(text)) => self.value = text,
            (Key::Credits, Value::List(text)) => self.credits = text,
            (Key::Line, Value::Number(text)) if is_ordinal(text) => {}
            (Key::Page, Value::Text(text)) if is_filled(text) => {}
            (Key::Where | Key::Note, Value::Text(_)) | (Key::Voice, Value::Text(b"asserts" | b"reports")) => {}
            _ => return None,
        }
        Some(())
    }

    fn term(&mut self, name: &'a [u8], value: &Value<'a>) -> Option<()> {
        let &Value::Text(term) = value else { return None };
        let twice = self.terms.iter().take(self.named).any(|(earlier, _)| *earlier == name);
        *self.terms.get_mut(self.named).filter(|_| !twice)? = (name, term);
        self.named += 1;
        Some(())
    }
}

fn key(name: &[u8]) -> Option<Key> {
    Some(match name {
        b"source" => Key::Source,
        b"id" => Key::Id,
        b"quote" => Key::Quote,
        b"measure" => Key::Measure,
        b"period" => Key::Period,
        b"value" => Key::Value,
        b"attributed_to" => Key::Credits,
        b"line" => Key::Line,
        b"page" => Key::Page,
        b"where" => Key::Where,
        b"note" => Key::Note,
        b"voice" => Key::Voice,
        _ => return None,
    })
}

fn is_id(text: &[u8]) -> bool {
    let letter = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    text.len() <= super::super::decode::MAX_ID
        && text.first().is_some_and(letter)
        && text.iter().all(|byte| letter(byte) || *byte == b'-')
}

fn is_filled(text: &[u8]) -> bool {
    text.iter().any(u8::is_ascii_graphic)
}

/// Whether a quote surely has a word and no more of them than it may have: each space begins at most one, and so does each
/// byte of a letter that may be a space in another script.
fn is_short(text: &[u8]) -> bool {
    let breaks = text.iter().filter(|byte| **byte == b' ' || !byte.is_ascii()).count();
    is_filled(text) && breaks < super::super::source::MAX_WORDS
}

fn is_ordinal(text: &[u8]) -> bool {
    text.len() <= 9 && text.first() != Some(&b'0') && text.iter().all(u8::is_ascii_digit)
}

/// The texts of a list of plain texts; none when it is anything else.
pub(super) fn texts(list: &[u8]) -> Option<Vec<&[u8]>> {
    let mut cursor = Cursor { bytes: list, at: 0 };
    let mut texts = Vec::new();
    cursor.expect(b'[')?;
    loop {
        cursor.expect(b'"')?;
        texts.push(cursor.text()?);
        match cursor.next()? {
            b',' => {}
            b']' => break,
            _ => return None,
        }
    }
    cursor.is_over().then_some(texts)
}

struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    /// The next byte that is no white space.
    fn next(&mut self) -> Option<u8> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            if !matches!(byte, b' ' | b'\t' | b'\r' | b'\n') {
                return Some(byte);
            }
        }
    }

    fn expect(&mut self, wanted: u8) -> Option<()> {
        (self.next()? == wanted).then_some(())
    }

    fn is_over(&mut self) -> bool {
        self.next().is_none()
    }

    /// The rest of a text whose first quotation mark was read.
    fn text(&mut self) -> Option<&'a [u8]> {
        let rest = self.bytes.get(self.at..)?;
        let length = rest.iter().position(|&byte| byte == b'"' || byte == b'\\' || byte < b' ')?;
        if rest.get(length) != Some(&b'"') {
            return None;
        }
        self.at += length + 1;
        rest.get(..length)
    }

    fn value(&mut self) -> Option<Value<'a>> {
        let first = self.next()?;
        let start = self.at - 1;
        match first {
            b'"' => self.text().map(Value::Text),
            b'[' => self.nested(start).map(Value::List),
            b'{' => self.nested(start).map(Value::Object),
            b'0'..=b'9' => {
                let rest = self.bytes.get(start..)?;
                let part = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-');
                let length = rest.iter().position(|byte| !part(byte))?;
                self.at = start + length;
                rest.get(..length).map(Value::Number)
            }
            _ => None,
        }
    }

    /// A list or an object as it stands there, to the bracket that closes it.
    fn nested(&mut self, start: usize) -> Option<&'a [u8]> {
        let mut depth = 1;
        while depth > 0 {
            match self.next()? {
                b'"' => drop(self.text()?),
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
        }
        self.bytes.get(start..self.at)
    }
}
