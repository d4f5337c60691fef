//! JSON text as a tree in which every value and every key has its place.
//!
//! `serde_json` does the reading. It lends each value as the slice of the text that holds it, which gives the place,
//! and it hands over the entries of an object one by one, which keeps the keys that stand there twice. A value is
//! scanned once for each level that it is nested, and there are at most [`MAX_DEPTH`] levels.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::code::FaultCode;
use super::fault::Page;
use super::syntax;
use crate::span::Span;

/// How deep values may be nested; claims need eight levels.
pub(super) const MAX_DEPTH: usize = 32;

/// A value at its place.
#[derive(Clone, Debug)]
pub(crate) struct Node<'a> {
    pub(crate) span: Span,
    pub(crate) kind: Kind<'a>,
}

/// What a value is.
#[derive(Clone, Debug)]
pub(crate) enum Kind<'a> {
    /// All entries in the order of the file, those with the same key too.
    Object(Vec<(Key<'a>, Node<'a>)>),
    Array(Vec<Node<'a>>),
    String(Cow<'a, str>),
    /// As it is written.
    Number(&'a str),
    Bool(bool),
    Null,
    /// Not read yet; see [`expand`]. Only where [`parse_lazily`] says so.
    Unread(&'a RawValue, usize),
    /// Something that was reported already.
    Broken,
}

/// A key at its place.
#[derive(Clone, Debug)]
pub(crate) struct Key<'a> {
    pub(crate) span: Span,
    pub(crate) name: Cow<'a, str>,
}

impl Node<'_> {
    /// What it is, as a message says it.
    pub(super) fn noun(&self) -> &'static str {
        match self.kind {
            Kind::Object(_) => "an object",
            Kind::Array(_) => "a list",
            Kind::String(_) => "a text",
            Kind::Number(_) => "a number",
            Kind::Bool(true) => "`true`",
            Kind::Bool(false) => "`false`",
            Kind::Null => "`null`",
            Kind::Unread(..) | Kind::Broken => "something else",
        }
    }
}

/// Reads a file; none after a fault that hides everything else.
pub(super) fn parse(page: Page<'_>) -> Option<Node<'_>> {
    parse_lazily(page, None)
}

/// Reads an item of a list that stands under a key at the top of its file.
pub(super) fn parse_item(page: Page<'_>) -> Option<Node<'_>> {
    match serde_json::from_str::<&RawValue>(page.text.text) {
        Ok(raw) => Some(Tree { page, unread: None }.node(raw, 3)),
        Err(error) => {
            syntax::report(page, &error);
            None
        }
    }
}

/// The same as [`parse`], but the items of the list that stands under this key at the top are left unread.
pub(super) fn parse_lazily<'a>(page: Page<'a>, unread: Option<&'static str>) -> Option<Node<'a>> {
    match serde_json::from_str::<&RawValue>(page.text.text) {
        Ok(raw) => Some(Tree { page, unread }.node(raw, 1)),
        Err(error) => {
            syntax::report(page, &error);
            None
        }
    }
}

/// Reads an item that was left unread; any other one is returned as it is.
pub(super) fn expand<'a>(page: Page<'a>, node: &Node<'a>) -> Node<'a> {
    match node.kind {
        Kind::Unread(raw, depth) => Tree { page, unread: None }.node(raw, depth),
        _ => node.clone(),
    }
}

struct Tree<'a> {
    page: Page<'a>,
    unread: Option<&'static str>,
}

impl<'a> Tree<'a> {
    fn span(&self, slice: &'a str) -> Span {
        // OK because the slice is lent from this text.
        let start = slice.as_ptr().addr().saturating_sub(self.page.text.text.as_ptr().addr());
        start..start + slice.len()
    }

    fn node(&self, raw: &'a RawValue, depth: usize) -> Node<'a> {
        let slice = raw.get();
        let span = self.span(slice);
        let kind = match slice.as_bytes().first() {
            Some(b'{' | b'[') if depth > MAX_DEPTH => {
                self.page
                    .fault(FaultCode::TooDeep, &(span.start..span.start + 1), "this is nested too deep")
                    .label(format!("level {depth}"))
                    .help(format!("claims need no more than a few levels; at most {MAX_DEPTH} are read"))
                    .send();
                Kind::Broken
            }
            Some(b'{') => serde_json::from_str::<Entries<'a>>(slice).map_or(Kind::Broken, |entries| {
                let entry = |(key, value): (&'a RawValue, &'a RawValue)| {
                    let key = self.key(key);
                    let lazy = depth == 1 && self.unread == Some(key.name.as_ref()) && value.get().starts_with('[');
                    let value = if lazy { self.unread_list(value, depth + 1) } else { self.node(value, depth + 1) };
                    (key, value)
                };
                Kind::Object(entries.0.into_iter().map(entry).collect())
            }),
            Some(b'[') => serde_json::from_str::<Vec<&'a RawValue>>(slice).map_or(Kind::Broken, |items| {
                Kind::Array(items.into_iter().map(|item| self.node(item, depth + 1)).collect())
            }),
            Some(b'"') => self.string(slice).map_or(Kind::Broken, Kind::String),
            Some(b't') => Kind::Bool(true),
            Some(b'f') => Kind::Bool(false),
            Some(b'n') => Kind::Null,
            _ => Kind::Number(slice),
        };
        Node { span, kind }
    }

    fn unread_list(&self, raw: &'a RawValue, depth: usize) -> Node<'a> {
        let unread = |item: &'a RawValue| Node { span: self.span(item.get()), kind: Kind::Unread(item, depth + 1) };
        let items = serde_json::from_str::<Vec<&'a RawValue>>(raw.get());
        let kind = items.map_or(Kind::Broken, |items| Kind::Array(items.into_iter().map(unread).collect()));
        Node { span: self.span(raw.get()), kind }
    }

    fn key(&self, raw: &'a RawValue) -> Key<'a> {
        let slice = raw.get();
        // A key that is no text was reported, and its slice can be nobody's name: it holds the quotes.
        let name = self.string(slice).unwrap_or(Cow::Borrowed(slice));
        Key { span: self.span(slice), name }
    }

    fn string(&self, slice: &'a str) -> Option<Cow<'a, str>> {
        if let Ok(text) = serde_json::from_str::<Unescaped<'a>>(slice) {
            Some(text.0)
        } else {
            self.page
                .fault(FaultCode::Syntax, &self.span(slice), "half a character is written as `\\u…` here")
                .help("write the character itself; a code from `\\ud800` to `\\udfff` needs its other half")
                .send();
            None
        }
    }
}

struct Entries<'a>(Vec<(&'a RawValue, &'a RawValue)>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Every;
        impl<'de> Visitor<'de> for Every {
            type Value = Entries<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Every)
    }
}

struct Unescaped<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Unescaped<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Lent;
        impl<'de> Visitor<'de> for Lent {
            type Value = Unescaped<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Unescaped(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Unescaped(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(Lent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::fault::Sink;
    use crate::load::text::Text;

    fn with_tree<T>(text: &str, check: impl FnOnce(Option<&Node<'_>>) -> T) -> (T, String) {
        let text = Text::new("f.json", text);
        let sink = Sink::default();
        let result = check(parse(Page { text: &text, sink: &sink }).as_ref());
        (result, sink.into_faults().to_string())
    }

    #[test]
    fn every_value_and_key_has_its_place_and_no_entry_is_lost() {
        let text = r#" {"a": [1.50, "é\n"], "b" : null, "a": true} "#;
        with_tree(text, |node| {
            let Some(Node { span, kind: Kind::Object(entries) }) = node else { panic!("an object") };
            assert_eq!(span, &(1..text.len() - 1));
            let keys: Vec<_> = entries.iter().map(|(key, _)| (key.name.as_ref(), &text[key.span.clone()])).collect();
            assert_eq!(keys, [("a", "\"a\""), ("b", "\"b\""), ("a", "\"a\"")]);
            let Kind::Array(items) = &entries[0].1.kind else { panic!("a list") };
            assert!(matches!(items[0].kind, Kind::Number("1.50")));
            assert!(matches!(&items[1].kind, Kind::String(text) if text == "é\n"));
            assert_eq!(&text[items[1].span.clone()], r#""é\n""#);
        });
    }

    #[test]
    fn depth_is_limited_and_costs_no_stack() {
        let nested = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(with_tree(&nested(MAX_DEPTH), |_| ()).1, "");
        assert!(with_tree(&nested(MAX_DEPTH + 1), |_| ()).1.contains("too-deep"));
        assert!(with_tree(&nested(1_000_000), |_| ()).1.contains("f.json:1:33"));
        assert!(with_tree(&"[".repeat(1_000_000), |_| ()).1.contains("syntax"));
    }

    #[test]
    fn half_a_character_is_refused_at_its_place_and_the_rest_is_read() {
        let ((), faults) = with_tree(r#"{"a": "\ud83d", "b": "\udc00x"}"#, |node| assert!(node.is_some()));
        assert!(faults.contains("f.json:1:7") && faults.contains("f.json:1:22"), "{faults}");
    }
}
