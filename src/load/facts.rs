//! Values of attributes.

use super::code::FaultCode;
use super::decode::Fields;
use super::form::{ClaimReader, Reported};
use super::json::{Kind as Json, Node};
use crate::claim::{Entity, Form, When};
use crate::codebook::{Attribute, Domain};

impl<'a> ClaimReader<'a> {
    pub(super) fn fact(&self, fields: &Fields<'_, 'a>) -> Option<Form> {
        let page = self.page;
        let attribute = fields.require("a fact", "attribute").and_then(|node| {
            let name = page.text(node)?;
            self.names.attributes.resolve(page, name, &node.span, FaultCode::UnknownAttribute, "attribute")
        });
        let subject = fields.require("a fact", "subject");
        let (node, negated) = match (fields.entry("is"), fields.entry("is_not")) {
            (Some(is), None) => (Some(is.value), false),
            (None, Some(is_not)) => (Some(is_not.value), true),
            (Some(is), Some(is_not)) => {
                page.fault(FaultCode::SeveralForms, &is_not.key.span, "`is` and `is_not` cannot stand in one claim")
                    .help("write two claims")
                    .also(page.place(&is.key.span), "beside this")
                    .send();
                (None, false)
            }
            (None, None) => {
                page.fault(FaultCode::MissingKey, &fields.opening(), "a fact needs the key `is` or `is_not`")
                    .label("it is missing here")
                    .send();
                (None, false)
            }
        };
        let period = match fields.get("period") {
            None => Ok(None),
            Some(node) => {
                let when = page.period(node).map(When::In).filter(|when| self.days(when, node).is_some());
                when.map(Some).ok_or(Reported)
            }
        };
        let id = attribute?;
        let attribute = self.book.attribute(id);
        let subject = subject.and_then(|node| self.entity(attribute.subjects, node));
        let values = node.and_then(|node| self.values(attribute.values, node));
        let toward = self.toward(fields, attribute);
        let (mut subject, values, mut toward, period) = (subject?, values?, toward.ok()?, period.ok()?);
        if attribute.symmetric
            && let Some(other) = toward.as_mut()
            && *other < subject
        {
            std::mem::swap(other, &mut subject);
        }
        Some(Form::Fact { attribute: id, subject, toward, values, negated, period })
    }

    fn toward(&self, fields: &Fields<'_, 'a>, attribute: &Attribute) -> Result<Option<Entity>, Reported> {
        match (attribute.toward, fields.entry("toward")) {
            (None, None) => Ok(None),
            (Some(domain), Some(entry)) => self.entity(domain, entry.value).map(Some).ok_or(Reported),
            (Some(_), None) => {
                self.page
                    .fault(
                        FaultCode::MissingKey,
                        &fields.opening(),
                        format!("`{}` needs the key `toward`", attribute.id),
                    )
                    .label("it is missing here")
                    .help("it is a relation: name the one that the subject stands in it to")
                    .send();
                Err(Reported)
            }
            (None, Some(entry)) => {
                self.page
                    .fault(
                        FaultCode::MisplacedKey,
                        &entry.key.span,
                        format!("`{}` is no relation, and has no `toward`", attribute.id),
                    )
                    .help("remove this key, or give the attribute a `toward` in the codebook")
                    .send();
                Err(Reported)
            }
        }
    }

    fn entity(&self, domain: Domain, node: &Node<'a>) -> Option<Entity> {
        match domain {
            Domain::Terms(dimension) => self.term(dimension, node).map(Entity::Term),
            Domain::Events => self.event(node).map(Entity::Event),
            Domain::Dates => self.page.date(node).map(|date| Entity::Date(date.into())),
        }
    }

    fn values(&self, domain: Domain, node: &Node<'a>) -> Option<Vec<Entity>> {
        if !matches!(node.kind, Json::Array(_)) {
            return self.entity(domain, node).map(|value| vec![value]);
        }
        if let Domain::Terms(dimension) = domain {
            let terms = self.terms(dimension, node)?;
            if !self.disjoint(&terms) {
                return None;
            }
            return Some(ordered(terms.into_iter().map(|(term, _)| Entity::Term(term)).collect()));
        }
        let items = self.page.list(node, "a value")?;
        let before = self.page.sink.count();
        let values: Option<Vec<_>> =
            self.page.distinct(items).into_iter().map(|(_, item)| self.entity(domain, item)).collect();
        values.filter(|_| self.page.sink.count() == before).map(ordered)
    }
}

fn ordered(mut values: Vec<Entity>) -> Vec<Entity> {
    values.sort_unstable();
    values.dedup();
    values
}
