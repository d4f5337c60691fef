//! Text that Markdown shows as it is written.

use crate::report::harmless;

/// An invisible character that keeps apart what a page would join into a link; it has no width.
const APART: &str = "&#8203;";

/// Text that Markdown shows as it is written, on one line.
///
/// ASCII punctuation with a backslash before it is that character alone (section 2.4 of `CommonMark`); angle brackets and
/// the ampersand are written as entities, for whoever renders with less care. GitHub and GitLab look for addresses,
/// mentions and references in what they have rendered, where a backslash is gone: there a character without width stands
/// between the sign and what follows it. Two colons at the start of a line would be a command of a CI log.
pub(in crate::report) fn escaped(text: &str) -> String {
    let text = harmless(text);
    let mut escaped = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(letter) = rest.chars().next() {
        let after = rest.get(letter.len_utf8()..).unwrap_or_default();
        match letter {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            // A person, an issue, a merge request, a snippet, a label.
            '@' | '#' | '!' | '$' | '~' => {
                escaped.extend(['\\', letter]);
                if names(after) {
                    escaped.push_str(APART);
                }
            }
            // A milestone.
            '%' if names(after) => escaped.extend(["%", APART]),
            '\\' | '|' | '`' | '*' | '_' | '[' | ']' => escaped.extend(['\\', letter]),
            ':' if after.starts_with("//") => escaped.extend(["\\:", APART]),
            ':' if is_emoji(after) => escaped.extend([":", APART]),
            ':' if after.starts_with(':') => escaped.push_str("\\:"),
            '.' if escaped.to_ascii_lowercase().ends_with("www") => escaped.extend(["\\.", APART]),
            // At the start of a line these would begin a list or a heading, or underline one.
            '-' | '+' | '=' if escaped.is_empty() => escaped.extend(['\\', letter]),
            '.' | ')' if is_number(&escaped) && !after.starts_with(|next: char| !next.is_whitespace()) => {
                escaped.extend(['\\', letter]);
            }
            _ => escaped.push(letter),
        }
        rest = after;
    }
    escaped
}

/// Whether a sign before this would refer to what it names.
fn names(text: &str) -> bool {
    text.starts_with(|next: char| next.is_alphanumeric() || next == '_' || next == '"')
}

/// Whether a stop after this would make a numbered list of it.
fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a colon before this would begin an emoji's name: "smile:".
fn is_emoji(text: &str) -> bool {
    let name = |letter: char| letter.is_ascii_alphanumeric() || "_+-".contains(letter);
    !text.starts_with(':') && text.trim_start_matches(name).starts_with(':')
}

/// A name of gainsay's own, such as an id, as code.
pub(in crate::report) fn code(text: &str) -> String {
    format!("`{}`", harmless(text).replace(['`', '|'], "\u{fffd}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag};

    use super::escaped;
    use crate::report::harmless;

    proptest! {
        /// A CommonMark reader with every extension finds one paragraph with the text, and nothing else.
        #[test]
        fn a_reader_finds_the_text_alone(text in "([a-z0-9 |`*_\\[\\](){}<>#+=.!$~:@%&;\"'/-]|\\\\|www\\.|https?://|\\n|\\t){1,24}") {
            let mut read = String::new();
            for event in Parser::new_ext(&escaped(&text), Options::all()) {
                match event {
                    Event::Text(text) => read.push_str(&text),
                    Event::Start(Tag::Paragraph) | Event::End(_) => {}
                    other => prop_assert!(false, "{text:?} is read as {other:?}"),
                }
            }
            // Typographic quotation marks, dashes and points are the reader's own.
            let plain = |text: &str| text.replace('\u{200b}', "").replace(['’', '‘'], "'").replace(['“', '”'], "\"").replace('–', "--").replace('—', "---").replace('…', "...");
            prop_assert_eq!(plain(&read), plain(&harmless(&text)));
        }
    }

    #[test]
    fn what_markdown_would_act_on_is_escaped() {
        assert_eq!(escaped("a|b\n<b>*c*</b> `d`"), "a\\|b &lt;b&gt;\\*c\\*&lt;/b&gt; \\`d\\`");
        assert_eq!(escaped("![x](y) m @ w"), "\\!\\[x\\](y) m \\@ w");
        assert_eq!(escaped("\\| $ x"), "\\\\\\| \\$ x");
    }

    #[test]
    fn nothing_is_a_link_after_rendering() {
        assert_eq!(escaped("http://y www.z"), "http\\:&#8203;//y www\\.&#8203;z");
        assert_eq!(escaped("@me a@b #12 !3"), "\\@&#8203;me a\\@&#8203;b \\#&#8203;12 \\!&#8203;3");
        assert_eq!(escaped("::error::x"), "\\::&#8203;error\\::x");
        assert_eq!(escaped("a.json:12, 3: :+1: :-:"), "a.json:12, 3: :&#8203;+1: :&#8203;-:");
        assert_eq!(escaped("50 % of 5%, %v1"), "50 % of 5%, %&#8203;v1");
        assert_eq!(escaped("1. a"), "1\\. a");
        assert_eq!(escaped("1.5 times"), "1.5 times");
        assert_eq!(escaped("- 1.5"), "\\- 1.5");
    }
}
