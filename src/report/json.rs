//! The JSON report: what programs read.

use std::io;

use serde::Serialize;
use serde_json::Value;
use serde_json::ser::{Formatter, PrettyFormatter, Serializer};

use crate::report::Report;

/// A report as JSON, indented, with a final line break.
///
/// Characters that a terminal would act on, or that turn the direction of text around, are written as escapes: whoever
/// shows the file to a person shows text.
pub fn json(report: &Report) -> String {
    pretty(report)
}

/// Any part of a report as a text of its own, harmless likewise.
pub(crate) fn pretty(part: &impl Serialize) -> String {
    let mut bytes = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut bytes, Harmless(PrettyFormatter::new()));
    // OK because the parts of a report hold only strings as keys, and writing to memory does not fail.
    if part.serialize(&mut serializer).is_err() {
        return String::new();
    }
    let mut text = String::from_utf8(bytes).unwrap_or_default();
    text.push('\n');
    text
}

/// Any part of a report as a JSON value.
pub fn value(part: &impl Serialize) -> Value {
    // OK because all keys of a report are strings.
    serde_json::to_value(part).unwrap_or(Value::Null)
}

/// Pretty, and with every control and direction character escaped.
struct Harmless(PrettyFormatter<'static>);

macro_rules! forward {
    ($($method:ident($($argument:ident: $type:ty),*)),* $(,)?) => {
        $(fn $method<W: ?Sized + io::Write>(&mut self, writer: &mut W $(, $argument: $type)*) -> io::Result<()> {
            self.0.$method(writer $(, $argument)*)
        })*
    };
}

impl Formatter for Harmless {
    forward!(
        begin_array(),
        end_array(),
        begin_array_value(first: bool),
        end_array_value(),
        begin_object(),
        end_object(),
        begin_object_key(first: bool),
        begin_object_value(),
        end_object_value(),
    );

    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut plain_from = 0;
        for (at, letter) in fragment.char_indices().filter(|(_, letter)| crate::report::text::is_harmful(*letter)) {
            writer.write_all(fragment.get(plain_from..at).unwrap_or_default().as_bytes())?;
            write!(writer, "\\u{:04x}", u32::from(letter))?;
            plain_from = at + letter.len_utf8();
        }
        writer.write_all(fragment.get(plain_from..).unwrap_or_default().as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_act_on_is_escaped() {
        let mut bytes = Vec::new();
        let mut serializer = Serializer::with_formatter(&mut bytes, Harmless(PrettyFormatter::new()));
        let hostile = "a\u{9b}31m\u{202e}b\u{2066}\u{7f}é";
        hostile.serialize(&mut serializer).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(text, "\"a\\u009b31m\\u202eb\\u2066\\u007fé\"");
        assert_eq!(serde_json::from_str::<String>(&text).unwrap(), hostile, "and it is the same text again");
    }
}
