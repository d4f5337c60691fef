//! What is wrong where a text stops being JSON, in an editor's words.

use super::code::FaultCode;
use super::fault::Page;
use super::text::{ITEM, quoted};
use crate::span::Span;

/// Reports the place at which `serde_json` gave up.
pub(super) fn report(page: Page<'_>, error: &serde_json::Error) {
    let text = page.text.text;
    let at = offset(text, error.line(), error.column());
    let finding = if text.trim().is_empty() {
        Finding::new(0..0, "this file is empty").help("delete it, or write what belongs into it")
    } else if let Some(mark) = merge_mark(text) {
        Finding::new(mark, "this file holds a merge that is not resolved").help(
            "keep one side of each `<<<<<<<` and `>>>>>>>`, and delete these lines and the `=======` between them",
        )
    } else if error.is_eof() {
        // Only at the end of its file can an item end too early.
        unfinished(text, if page.text.noun() == ITEM { "file" } else { page.text.noun() })
    } else {
        explain(text, page.text.noun(), at, &error.to_string())
    };
    page.fault(FaultCode::Syntax, &finding.span, finding.message).maybe_help(finding.help).send();
}

/// The byte that an error names by line and column, both from 1, the column in bytes.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let starts =
        std::iter::once(0).chain(text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n').map(|(at, _)| at + 1));
    let start = starts.take(line).last().unwrap_or(0);
    // A line break within a text is named as column 0 of the next line.
    text.floor_char_boundary((start + column).saturating_sub(1).min(text.len()))
}

/// Where git has left both sides of a merge, if it has.
fn merge_mark(text: &str) -> Option<Span> {
    const MARK: &str = "<<<<<<< ";
    let at = if text.starts_with(MARK) { 0 } else { text.find(&format!("\n{MARK}"))? + 1 };
    text.get(at..)?.contains("\n>>>>>>> ").then(|| at..at + MARK.trim_end().len())
}

struct Finding {
    span: Span,
    message: String,
    help: Option<String>,
}

impl Finding {
    fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: None }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// What is open at a place: the brackets, from the outside in, and the text that the place lies in.
struct Open {
    brackets: Vec<usize>,
    text: Option<usize>,
}

impl Open {
    /// How many open brackets are remembered; whoever opens more than that has made no mere slip.
    const MOST: usize = 1000;

    fn at(text: &str, end: usize) -> Self {
        let mut open = Self { brackets: Vec::new(), text: None };
        let mut escaped = false;
        for (at, byte) in text.bytes().enumerate().take(end) {
            match (open.text, byte) {
                (Some(_), _) if escaped => escaped = false,
                (Some(_), b'\\') => escaped = true,
                (Some(_), b'"') => open.text = None,
                (None, b'"') => open.text = Some(at),
                (None, b'{' | b'[') if open.brackets.len() < Self::MOST => open.brackets.push(at),
                (None, b'}' | b']') => drop(open.brackets.pop()),
                _ => {}
            }
        }
        open
    }
}

/// `what` is what the text is: a file, or a line of one.
fn unfinished(text: &str, what: &str) -> Finding {
    let open = Open::at(text, text.len());
    if let Some(start) = open.text {
        return Finding::new(start..start + 1, "this text is never closed").help("close it with `\"`");
    }
    match open.brackets.last() {
        Some(&start) => {
            let (opening, closing) = if text.as_bytes().get(start) == Some(&b'{') { ('{', '}') } else { ('[', ']') };
            Finding::new(start..start + 1, format!("the {what} ends before this `{opening}` is closed"))
                .help(format!("close it with `{closing}`"))
        }
        None => Finding::new(text.len()..text.len(), format!("the {what} ends too early")),
    }
}

fn explain(text: &str, what: &str, at: usize, error: &str) -> Finding {
    let rest = text.get(at..).unwrap_or_default();
    let next = rest.chars().next().unwrap_or(' ');
    let here = at..at + next.len_utf8();
    if error.starts_with("control character") {
        // `serde_json` names the character before it here.
        let (at, next) = match rest.chars().nth(1) {
            Some(second) if !next.is_control() => (here.end, second),
            _ => (at, next),
        };
        let here = at..at + next.len_utf8();
        let start = Open::at(text, at).text.unwrap_or(at);
        return if next == '\n' || next == '\r' {
            Finding::new(start..at, "this text is not closed on its line")
                .help("close it with `\"`; a line break within a text is written `\\n`")
        } else {
            Finding::new(here, "a control character stands in this text").help("remove it; a tab is written `\\t`")
        };
    }
    if error.starts_with("invalid escape") || error.contains("hex escape") {
        return Finding::new(here, "no character is written like this after a backslash")
            .help("a backslash itself is written `\\\\`");
    }
    if rest.starts_with("//") || rest.starts_with("/*") || next == '#' {
        return Finding::new(here, "JSON has no comments").help("remove it, or put it into a `note`");
    }
    if next == '\'' {
        return Finding::new(here, "text stands in double quotes here, not in single ones").help("write `\"`");
    }
    if "“”„«»".contains(next) {
        return Finding::new(here, "text stands in straight double quotes, not in typographic ones")
            .help("write `\"`; some word processors turn it into another sign");
    }
    between(text, what, at, error, next, here)
}

/// A slip between two values: commas, colons, brackets, bare words.
fn between(text: &str, what: &str, at: usize, error: &str, next: char, here: Span) -> Finding {
    let before = text.get(..at).unwrap_or_default().trim_end();
    let previous = before.chars().next_back();
    let end = before.len();
    if previous == Some(',') && matches!(next, '}' | ']' | ',') {
        return if next == ',' {
            Finding::new(here, "two commas follow one another").help("remove one of them")
        } else {
            Finding::new(end - 1..end, format!("a comma stands before the closing `{next}`")).help("remove the comma")
        };
    }
    if previous == Some(',') && next.is_ascii_digit() && error.starts_with("key must be") {
        return Finding::new(here, "a key is wanted here, not a number")
            .help("write a number without commas between its digits: `1105`, not `1,105`");
    }
    let is_next_item = what == ITEM && error.starts_with("trailing characters");
    if error.starts_with("trailing characters") && !is_next_item {
        return Finding::new(here, format!("the {what} goes on after its end"))
            .help(format!("a {what} holds one object: check the brackets before this place"));
    }
    if error.starts_with("expected `,` or") || is_next_item {
        return match next {
            '}' | ']' => {
                let opening = if next == '}' { '[' } else { '{' };
                Finding::new(here, format!("`{next}` cannot close what `{opening}` opened"))
                    .help("check the brackets before this place")
            }
            '_' | '0'..='9' if before.len() == at => {
                Finding::new(here, "this number is not written as JSON wants it").help("write only its digits: `1105`")
            }
            ':' => {
                Finding::new(here, "a colon is not wanted here").help("a colon stands only between a key and its value")
            }
            _ if previous == Some('"') && next.is_alphanumeric() => {
                Finding::new(here, "the text before this ends too early, or is never closed")
                    .help("a `\"` within a text is written `\\\"`; otherwise one is missing before this place")
            }
            _ => Finding::new(here, "a comma is missing before this").help("put a comma between the two"),
        };
    }
    if error.starts_with("expected `:`") {
        return Finding::new(here, "a colon is missing after the key").help("write `\"key\": value`");
    }
    if error.starts_with("invalid number") {
        return Finding::new(here, "this number is not written as JSON wants it")
            .help("no leading zeros or `+`, and digits on both sides of a point: `0.5`");
    }
    if matches!(next, ',' | '}' | ']') {
        return Finding::new(here, "a value is missing before this").help("write the value, or `null` for none");
    }
    bare_word(text, at, error, next, here)
}

fn bare_word(text: &str, at: usize, error: &str, next: char, here: Span) -> Finding {
    // `serde_json` stops at the first letter that is wrong, which may be within the word.
    let start = text.get(..at).unwrap_or_default();
    let start = start.trim_end_matches(|character: char| character.is_alphabetic()).len();
    let word: String = text.get(start..).unwrap_or_default().chars().take_while(|c| c.is_alphanumeric()).collect();
    if word.is_empty() {
        return match next {
            '+' | '.' => Finding::new(here, "this number is not written as JSON wants it")
                .help("no leading `+`, and digits on both sides of a point: `0.5`"),
            _ => {
                Finding::new(here.clone(), format!("{} is not wanted here", quoted(text.get(here).unwrap_or_default())))
                    .help("text stands in double quotes; numbers have digits only")
            }
        };
    }
    let span = start..start + word.len();
    let message = if error.starts_with("key must be") {
        format!("the key {} is not in quotes", quoted(&word))
    } else {
        format!("{} is not in quotes", quoted(&word))
    };
    let help = match word.as_str() {
        "True" | "TRUE" => "write `true`".to_owned(),
        "False" | "FALSE" => "write `false`".to_owned(),
        "None" | "nil" | "undefined" | "NaN" | "Null" | "NULL" => "write `null`, or leave the key out".to_owned(),
        _ => format!("write `\"{}\"`", quoted(&word).trim_matches('`')),
    };
    Finding::new(span, message).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::fault::Sink;
    use crate::load::json;
    use crate::load::text::Text;

    #[track_caller]
    fn check(text: &str, marked: &str, message: &str) {
        let text = Text::new("f.json", text);
        let sink = Sink::default();
        assert!(json::parse(Page { text: &text, sink: &sink }).is_none(), "{text:?} is JSON");
        let faults = sink.into_faults();
        let fault = faults.iter().next().unwrap();
        let span = fault.place.as_ref().unwrap().span.clone();
        assert_eq!((&text.text[span], fault.message.as_str()), (marked, message), "{}", text.text);
    }

    #[test]
    fn slips_are_named_at_their_place() {
        check("", "", "this file is empty");
        let merge = "{\n<<<<<<< HEAD\n\"a\": 1\n=======\n\"a\": 2\n>>>>>>> other\n}";
        check(merge, "<<<<<<<", "this file holds a merge that is not resolved");
        check("{\n<<<<<<< HEAD\n}", "<", "`<` is not wanted here");
        check("{\"a\": [1, 2,]}", ",", "a comma stands before the closing `]`");
        check("{\"a\": 1,\n}", ",", "a comma stands before the closing `}`");
        check("{\"a\": 1,, \"b\": 2}", ",", "two commas follow one another");
        check("{\"a\": 1\n \"b\": 2}", "\"", "a comma is missing before this");
        check("[1 2]", "2", "a comma is missing before this");
        check("[1_000]", "_", "this number is not written as JSON wants it");
        check("{\"a\" 1}", "1", "a colon is missing after the key");
        check("{'a': 1}", "'", "text stands in double quotes here, not in single ones");
        check("{\"a\": 'b'}", "'", "text stands in double quotes here, not in single ones");
        check("{“a”: 1}", "“", "text stands in straight double quotes, not in typographic ones");
        check("{\"a\": 1 // one\n}", "/", "JSON has no comments");
        check("# head\n{}", "#", "JSON has no comments");
        check("{a: 1}", "a", "the key `a` is not in quotes");
        check("{\"a\": True}", "True", "`True` is not in quotes");
        check("{\"a\": trux}", "trux", "`trux` is not in quotes");
        check("{\"a\": NaN}", "NaN", "`NaN` is not in quotes");
        check("{\"a\": }", "}", "a value is missing before this");
        check("{\"a\": 1]", "]", "`]` cannot close what `{` opened");
        check("{\"a\": 1,105}", "1", "a key is wanted here, not a number");
        check("{\"a\": 01}", "1", "this number is not written as JSON wants it");
        check("{\"a\": 1.}", "}", "this number is not written as JSON wants it");
        check("{\"a\": +1}", "+", "this number is not written as JSON wants it");
        check("{} {}", "{", "the file goes on after its end");
    }

    #[test]
    fn what_is_left_open_is_named_where_it_opens() {
        check("{\"a\": [1, 2", "[", "the file ends before this `[` is closed");
        check("{\"a\": \"b", "\"", "this text is never closed");
        check("{\"a\": \"b\\\"c\n\"}", "\"b\\\"c", "this text is not closed on its line");
        check("{\"a\": \"b\u{1}c\"}", "\u{1}", "a control character stands in this text");
        check("{\"a\": \"C:\\dir\"}", "d", "no character is written like this after a backslash");
    }
}
