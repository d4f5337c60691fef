//! What may stand in a page: text that acts on nothing, and addresses that lead to a page or an anchor.

use std::fmt;

use askama::FastWritable;

use crate::report::harmless;

/// Text that somebody wrote, without what acts on a screen or turns the direction of other text around.
///
/// Templates take text in no other form, and escape it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::report::page) struct Text(String);

impl Text {
    pub(in crate::report::page) fn new(text: &str) -> Self {
        Self(harmless(text))
    }

    pub(in crate::report::page) fn as_str(&self) -> &str {
        &self.0
    }

    /// How many columns it takes. Letters beyond ASCII count twice, so that no script runs out of its room.
    pub(in crate::report::page) fn columns(&self) -> usize {
        self.0.chars().map(width).sum()
    }

    /// At most so many columns of it, with a mark where it was cut.
    pub(in crate::report::page) fn cut(&self, columns: usize) -> Self {
        let mut left = columns;
        let mut cut = String::new();
        for letter in self.0.chars() {
            let wide = width(letter);
            if wide > left {
                cut.push('…');
                return Self(cut);
            }
            left -= wide;
            cut.push(letter);
        }
        self.clone()
    }
}

fn width(letter: char) -> usize {
    if letter.is_ascii() { 1 } else { 2 }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FastWritable for Text {
    fn write_into(&self, to: &mut dyn fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        Ok(to.write_str(&self.0)?)
    }
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::report::page) struct Href(String);

impl Href {
    /// To an anchor of the same page.
    pub(in crate::report::page) fn to(anchor: &str) -> Self {
        Self(format!("#{}", harmless(anchor)))
    }

    /// To a page of the web; none for any other address, such as one that would run as a script.
    pub(in crate::report::page) fn web(address: &str) -> Option<Self> {
        let plain =
            address.chars().all(|letter| letter.is_ascii_graphic() && !matches!(letter, '"' | '<' | '>' | '\\'));
        let start = address.get(..8).unwrap_or(address).to_ascii_lowercase();
        let web = start.starts_with("https://") || start.starts_with("http://");
        (plain && web).then(|| Self(address.to_owned()))
    }
}

impl fmt::Display for Href {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_are_links() {
        for good in ["https://example.org/a?b=c#d", "http://example.org", "HTTPS://EXAMPLE.ORG/"] {
            assert!(Href::web(good).is_some(), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            " https://example.org",
            "https://example.org/\u{202e}gpj",
            "data:text/html,x",
            "//example.org",
            "java\nscript:alert(1)",
            "https:/example.org",
            "https://example.org/\"onclick=",
            "",
        ] {
            assert!(Href::web(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn text_is_cut_by_columns() {
        let cut = |text: &str, columns| Text::new(text).cut(columns).to_string();
        assert_eq!(cut("abcdef", 6), "abcdef");
        assert_eq!(cut("abcdefg", 6), "abcdef…");
        assert_eq!(cut("ابجد", 6), "ابج…");
    }
}
