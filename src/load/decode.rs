//! Reading a tree: the entries of objects, the types of values, and the faults of both.

use std::collections::BTreeMap;

use num_traits::Signed;

use super::code::FaultCode;
use super::fault::Page;
use super::json::{Key, Kind, Node};
use super::text::quoted;
use crate::number::{NumberError, Written};
use crate::span::Span;

/// The longest id.
pub(super) const MAX_ID: usize = 64;

/// The key by which a file tells editors where its JSON Schema is.
const SCHEMA: &str = "$schema";

/// One entry of an object.
#[derive(Copy, Clone, Debug)]
pub(super) struct Entry<'n, 'a> {
    pub(super) key: &'n Key<'a>,
    pub(super) value: &'n Node<'a>,
}

impl<'n> Entry<'n, '_> {
    pub(super) fn name(self) -> &'n str {
        self.key.name.as_ref()
    }
}

/// The entries of an object, in the order of their keys; each key once.
#[derive(Clone, Debug)]
pub(super) struct Fields<'n, 'a> {
    page: Page<'a>,
    span: &'n Span,
    entries: Vec<Entry<'n, 'a>>,
}

impl<'a> Page<'a> {
    /// Says that a value is of the wrong type.
    pub(super) fn expected(self, node: &Node<'_>, wanted: &str) {
        if !matches!(node.kind, Kind::Broken) {
            self.fault(
                FaultCode::WrongType,
                &first_line(self, &node.span),
                format!("expected {wanted}, found {}", node.noun()),
            )
            .maybe_help(remedy(node, wanted))
            .send();
        }
    }

    /// The entries of an object; reports keys that stand there twice, and keeps the first.
    pub(super) fn fields<'n>(self, node: &'n Node<'a>) -> Option<Fields<'n, 'a>> {
        let Kind::Object(all) = &node.kind else {
            self.expected(node, "an object");
            return None;
        };
        let mut entries: Vec<_> = all.iter().map(|(key, value)| Entry { key, value }).collect();
        // OK because a stable sort keeps the order of the file among equal keys.
        entries.sort_by(|a, b| a.name().cmp(b.name()));
        entries.dedup_by(|later, first| {
            let same = later.name() == first.name();
            if same {
                self.fault(
                    FaultCode::DuplicateKey,
                    &later.key.span,
                    format!("the key {} stands here twice", quoted(later.name())),
                )
                .label("again")
                .help("keep one of the two; many programs would silently drop the first")
                .also(self.place(&first.key.span), "first here")
                .send();
            }
            same
        });
        Some(Fields { page: self, span: &node.span, entries })
    }

    /// A text.
    pub(super) fn text<'n>(self, node: &'n Node<'_>) -> Option<&'n str> {
        if let Kind::String(text) = &node.kind {
            Some(text.as_ref())
        } else {
            self.expected(node, "a text");
            None
        }
    }

    /// A text with at least one character that is no space.
    pub(super) fn filled<'n>(self, node: &'n Node<'_>) -> Option<&'n str> {
        let text = self.text(node)?;
        if text.trim().is_empty() {
            self.fault(FaultCode::Empty, &node.span, "this text is empty")
                .help("write something, or remove the key if it may be missing")
                .send();
            return None;
        }
        Some(text)
    }

    /// `true` or `false`.
    pub(super) fn boolean(self, node: &Node<'_>) -> Option<bool> {
        if let Kind::Bool(value) = node.kind {
            Some(value)
        } else {
            self.expected(node, "`true` or `false`");
            None
        }
    }

    /// A list with at least one item.
    pub(super) fn list<'n>(self, node: &'n Node<'a>, of: &str) -> Option<&'n [Node<'a>]> {
        match &node.kind {
            Kind::Array(items) if items.is_empty() => {
                self.fault(FaultCode::Empty, &node.span, "this list is empty")
                    .help(format!("name {of}, or remove the key if it may be missing"))
                    .send();
                None
            }
            Kind::Array(items) => Some(items),
            _ => {
                self.expected(node, "a list");
                None
            }
        }
    }

    /// The texts of a list; reports one that stands there twice.
    pub(super) fn distinct<'n>(self, items: &'n [Node<'a>]) -> Vec<(&'n str, &'n Node<'a>)> {
        let mut seen = BTreeMap::new();
        let mut texts = Vec::new();
        for item in items {
            let Some(text) = self.text(item) else { continue };
            if let Some(&first) = seen.get(text) {
                self.fault(FaultCode::DuplicateItem, &item.span, format!("{} stands twice in this list", quoted(text)))
                    .label("again")
                    .help("keep one of the two")
                    .also(self.place(first), "first here")
                    .send();
            } else {
                seen.insert(text, &item.span);
                texts.push((text, item));
            }
        }
        texts
    }

    /// The two items of a list.
    pub(super) fn pair<'n>(self, node: &'n Node<'a>, of: &str) -> Option<(&'n Node<'a>, &'n Node<'a>)> {
        if let Kind::Array(items) = &node.kind {
            if let [a, b] = items.as_slice() {
                Some((a, b))
            } else {
                self.fault(FaultCode::WrongType, &node.span, format!("expected two {of}, found {}", items.len()))
                    .send();
                None
            }
        } else {
            self.expected(node, &format!("a list of two {of}"));
            None
        }
    }

    /// A number that is not negative.
    pub(super) fn number(self, node: &Node<'_>) -> Option<Written> {
        let Kind::Number(text) = node.kind else {
            self.expected(node, "a number");
            return None;
        };
        self.decimal(text, &node.span)
    }

    /// A number that is not negative, from its text.
    pub(crate) fn decimal(self, text: &str, span: &Span) -> Option<Written> {
        match Written::parse(text) {
            Ok(written) if written.value.is_negative() => {
                self.fault(FaultCode::BadNumber, span, "a figure is never below zero")
                    .help("for a fall write a `change` with `\"direction\": \"down\"`")
                    .send();
                None
            }
            Ok(written) => Some(written),
            Err(error) => {
                self.fault(FaultCode::BadNumber, span, error.to_string())
                    .help(match error {
                        NumberError::NotANumber => "write its digits only, like `1105` or `2.5`",
                        NumberError::TooManyDigits | NumberError::ExponentTooLarge => {
                            "round it, or give it in a larger `unit`"
                        }
                    })
                    .send();
                None
            }
        }
    }

    /// A whole number from 1.
    pub(super) fn ordinal(self, node: &Node<'_>) -> Option<u32> {
        let Kind::Number(text) = node.kind else {
            self.expected(node, "a number");
            return None;
        };
        match text.parse() {
            Ok(number) if number > 0 => Some(number),
            _ => {
                self.fault(FaultCode::BadNumber, &node.span, "lines are counted from 1, in whole numbers").send();
                None
            }
        }
    }

    /// An id; reports one that does not have the form of ids.
    pub(super) fn id<'n>(self, text: &'n str, span: &Span) -> Option<&'n str> {
        let message = if text.is_empty() {
            "an id is empty".to_owned()
        } else if text.len() > MAX_ID && has_form_of_id(text) {
            format!("the id {} has {} characters, and may have {MAX_ID}", quoted(text), text.len())
        } else if is_id(text) {
            return Some(text);
        } else {
            format!("{} is not written as an id", quoted(text))
        };
        let suggestion =
            if has_form_of_id(text) { Some("choose a shorter one".to_owned()) } else { suggested_id(text) };
        self.fault(FaultCode::BadId, span, message)
            .help("an id has small letters, digits and hyphens, and starts with a letter or a digit")
            .maybe_help(suggestion)
            .send();
        None
    }

    /// One of a few words; reports another one.
    pub(super) fn word<T: Copy>(self, node: &Node<'_>, words: &[(&'static str, T)]) -> Option<T> {
        let text = self.text(node)?;
        if let Some(&(_, value)) = words.iter().find(|(word, _)| *word == text) {
            return Some(value);
        }
        let all = words.iter().map(|(word, _)| format!("`{word}`")).collect::<Vec<_>>().join(", ");
        self.fault(
            FaultCode::UnknownWord,
            &node.span,
            format!("{} is none of the words that may stand here", quoted(text)),
        )
        .help(format!("write one of {all}"))
        .maybe_help(self.did_you_mean(text, words.iter().map(|(word, _)| *word)))
        .send();
        None
    }
}

/// The first line of a value: where an object is meant as a whole, its opening bracket says enough.
fn first_line(page: Page<'_>, span: &Span) -> Span {
    let text = page.text.text.get(span.clone()).unwrap_or_default();
    if text.starts_with(['{', '[']) { span.start..span.start + 1 } else { span.clone() }
}

fn remedy(node: &Node<'_>, wanted: &str) -> Option<String> {
    match &node.kind {
        Kind::String(text) if wanted.starts_with("a number") && Written::parse(text).is_ok() => {
            Some(format!("write {text} without quotes"))
        }
        Kind::String(text) if wanted == "a list" => Some(format!("write `[\"{}\"]`", quoted(text).trim_matches('`'))),
        Kind::String(text) if wanted.starts_with("`true`") && ["true", "false"].contains(&text.as_ref()) => {
            Some(format!("write {text} without quotes"))
        }
        Kind::Number(number) if wanted == "a text" => Some(format!("write `\"{}\"`", quoted(number).trim_matches('`'))),
        Kind::Null => Some("write a value, or remove the key if it may be missing".to_owned()),
        _ => None,
    }
}

pub(crate) fn is_id(text: &str) -> bool {
    text.len() <= MAX_ID && has_form_of_id(text)
}

fn has_form_of_id(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase() || first.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

fn suggested_id(text: &str) -> Option<String> {
    let id: String = text.trim().to_lowercase().replace([' ', '_', '.', '/'], "-");
    (is_id(&id) && id != text).then(|| format!("an id has small letters, digits and hyphens: `{id}`"))
}

impl<'n, 'a> Fields<'n, 'a> {
    /// Every entry, in the order of the keys.
    pub(super) fn iter(&self) -> impl Iterator<Item = Entry<'n, 'a>> {
        self.entries.iter().copied()
    }

    /// The same entries but for one.
    pub(super) fn without(&self, key: &str) -> Self {
        let entries = self.entries.iter().filter(|entry| entry.name() != key).copied().collect();
        Self { entries, ..*self }
    }

    /// The opening bracket: the place of whatever is missing.
    pub(super) fn opening(&self) -> Span {
        self.span.start..self.span.start + 1
    }

    /// Reports every key but these; `what` is what the object is ("a claim").
    pub(super) fn only(&self, what: &str, known: &[&str]) {
        self.only_or(what, known, |_| false, Vec::new);
    }

    /// The same of the object that a file is, which may also name its schema in `$schema`, for editors.
    pub(super) fn only_of_file(&self, what: &str, known: &[&str]) {
        self.only_or(what, known, |name| name == SCHEMA, Vec::new);
        if let Some(node) = self.get(SCHEMA) {
            self.page.text(node);
        }
    }

    /// The same with more keys, which a test knows and a list names.
    pub(super) fn only_or<'k>(
        &self,
        what: &str,
        known: &[&'k str],
        is_known: impl Fn(&str) -> bool,
        more: impl Fn() -> Vec<&'k str>,
    ) {
        for entry in &self.entries {
            let name = entry.name();
            if known.contains(&name) || is_known(name) {
                continue;
            }
            let keys = known.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
            self.page
                .fault(FaultCode::UnknownKey, &entry.key.span, format!("{what} has no key {}", quoted(name)))
                .maybe_help((what == "a claim").then(|| "a remark goes into `note`".to_owned()))
                .maybe_help((known.len() <= 10).then(|| format!("its keys are {keys}")))
                .maybe_help(self.page.did_you_mean(name, known.iter().copied().chain(more())))
                .send();
        }
    }

    /// An entry's value.
    pub(super) fn get(&self, key: &str) -> Option<&'n Node<'a>> {
        self.entry(key).map(|entry| entry.value)
    }

    /// An entry.
    pub(super) fn entry(&self, key: &str) -> Option<Entry<'n, 'a>> {
        /// Up to here looking at each entry is faster, since most keys differ in length already.
        const FEW: usize = 16;
        if self.entries.len() <= FEW {
            return self.entries.iter().find(|entry| entry.name() == key).copied();
        }
        let at = self.entries.binary_search_by(|entry| entry.name().cmp(key)).ok()?;
        self.entries.get(at).copied()
    }

    /// An entry's value, unless it is `null`: for what merely describes, the same as leaving it out.
    pub(super) fn described(&self, key: &str) -> Option<&'n Node<'a>> {
        self.get(key).filter(|node| !matches!(node.kind, Kind::Null))
    }

    /// An entry's value; reports that it is missing.
    pub(super) fn require(&self, what: &str, key: &str) -> Option<&'n Node<'a>> {
        let node = self.get(key);
        if node.is_none() {
            self.page
                .fault(FaultCode::MissingKey, &self.opening(), format!("{what} needs the key `{key}`"))
                .label("it is missing here")
                .send();
        }
        node
    }

    /// Those of some entries that there are, in the order of the file.
    pub(super) fn present<'k>(&self, keys: impl IntoIterator<Item = &'k str>) -> Vec<Entry<'n, 'a>> {
        let mut present: Vec<_> = keys.into_iter().filter_map(|key| self.entry(key)).collect();
        present.sort_by_key(|entry| entry.key.span.start);
        present
    }

    /// A text that merely describes.
    pub(super) fn description(&self, key: &str) -> Option<String> {
        self.described(key).and_then(|node| self.page.text(node)).map(str::to_owned)
    }

    /// A flag that is false unless written.
    pub(super) fn flag(&self, key: &str) -> bool {
        self.get(key).and_then(|node| self.page.boolean(node)).unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_one_form() {
        for id in ["a", "0", "ttp-2022", "9-11"] {
            assert!(is_id(id), "{id}");
        }
        for id in ["", "-a", "A", "a_b", "a b", "é", "a.end", &"a".repeat(65)] {
            assert!(!is_id(id), "{id}");
        }
        assert!(suggested_id("Ahmed Younus_2023").is_some_and(|help| help.ends_with(": `ahmed-younus-2023`")));
        assert_eq!(suggested_id("\u{202e}"), None);
    }
}
