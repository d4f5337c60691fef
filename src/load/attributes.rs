//! Attributes and their domains.

use super::code::FaultCode;
use super::decode::Entry;
use super::fault::Page;
use super::json::{Kind, Node};
use super::terms::TermReader;
use crate::codebook::{Attribute, AttributeId, Domain};

const KEYS: [&str; 9] =
    ["phrase", "subjects", "toward", "symmetric", "values", "single_valued", "changes", "opinion", "definition"];

impl<'p> TermReader<'p, '_> {
    /// Reads the codebook's `attributes`.
    pub(super) fn attributes(&mut self, node: &Node<'p>) {
        let page = self.page;
        let Some(fields) = page.fields(node) else {
            self.names.attributes.complete = false;
            return;
        };
        for entry in fields.iter() {
            let before = page.sink.count();
            let attribute = self.attribute(entry);
            let id = AttributeId::new(self.book.attributes.len());
            let sound = page.sink.count() == before;
            self.names.attributes.add(entry.name(), attribute.as_ref().filter(|_| sound).map(|_| id));
            self.book.attributes.extend(attribute);
        }
    }

    fn attribute(&mut self, entry: Entry<'_, 'p>) -> Option<Attribute> {
        let page = self.page;
        let id = entry.name();
        page.id(id, &entry.key.span);
        let fields = page.fields(entry.value)?;
        fields.only("an attribute", &KEYS);
        let subjects = fields.require("an attribute", "subjects").and_then(|node| self.domain(id, "subjects", node));
        let values = fields.require("an attribute", "values").and_then(|node| self.domain(id, "values", node));
        let toward_node = fields.get("toward");
        let toward = toward_node.and_then(|node| self.domain(id, "toward", node));
        let phrase = fields.get("phrase").and_then(|node| phrase(page, node, toward_node.is_some()));
        let symmetric = fields.flag("symmetric");
        if symmetric && (toward_node.is_none() || toward.is_some() && subjects.is_some() && toward != subjects) {
            let span = fields.entry("symmetric").map_or_else(|| fields.opening(), |entry| entry.key.span.clone());
            page.fault(FaultCode::AsymmetricDomains, &span, "subject and counterpart cannot change places")
                .help("a symmetric attribute has the same `toward` as `subjects`")
                .send();
        }
        Some(Attribute {
            id: id.to_owned(),
            phrase,
            subjects: subjects?,
            toward,
            symmetric,
            values: values?,
            single_valued: fields.flag("single_valued"),
            changes: fields.flag("changes"),
            opinion: fields.flag("opinion"),
            definition: fields.description("definition"),
        })
    }

    fn domain(&mut self, attribute: &str, role: &str, node: &Node<'p>) -> Option<Domain> {
        let name = match &node.kind {
            Kind::Object(_) => {
                // OK because a dot cannot be part of an id, so that no term and no dimension has this name.
                return self.inline(&format!("{attribute}.{role}"), "any value", node).map(Domain::Terms);
            }
            Kind::String(name) => name.as_ref(),
            _ => {
                self.page.expected(node, "the name of a dimension, or an object of values");
                return None;
            }
        };
        match name {
            "events" => Some(Domain::Events),
            "dates" => Some(Domain::Dates),
            _ => {
                let (span, code) = (&node.span, FaultCode::UnknownDimension);
                self.names.dimensions.resolve(self.page, name, span, code, "dimension").map(Domain::Terms)
            }
        }
    }
}

/// A phrase with a place for the value, and perhaps for the subject and, in a relation, for the counterpart.
fn phrase(page: Page<'_>, node: &Node<'_>, relation: bool) -> Option<String> {
    let phrase = page.text(node)?;
    let count = |place: &str| phrase.matches(place).count();
    let places = [count("{subject}"), count("{value}"), if relation { count("{toward}") } else { 0 }];
    let (all, braces) = (places.iter().sum::<usize>(), count("{").max(count("}")));
    if places.iter().all(|&count| count <= 1) && count("{value}") == 1 && braces == all {
        return Some(phrase.to_owned());
    }
    let list = if relation {
        "`{value}`, and perhaps `{subject}` and `{toward}`"
    } else {
        "`{value}`, and perhaps `{subject}`"
    };
    page.fault(FaultCode::BadPhrase, &node.span, format!("this phrase has {list}, once each and no other braces"))
        .help("write it like `\"{subject} was founded by {value}\"`")
        .send();
    None
}
