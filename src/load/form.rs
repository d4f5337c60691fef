//! What a claim says: exactly one form, with the keys that belong to it.

use super::code::FaultCode;
use super::decode::{Entry, Fields};
use super::fault::Page;
use super::names::Names;
use super::text::quoted;
use crate::claim::{Bare, Form, Scale, Scope};
use crate::codebook::{Codebook, Measure, UnitId};
use crate::edtf::Day;
use crate::number::integer;

/// When a source was published.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Published {
    /// On this day at the latest.
    On(Day),
    /// The source does not say.
    Unknown,
    /// What it says has a fault.
    Broken,
}

/// Something was wrong, and has been reported.
#[derive(Copy, Clone, Debug)]
pub(super) struct Reported;

/// What is needed to read the claims of one source.
#[derive(Copy, Clone)]
pub(super) struct ClaimReader<'a> {
    pub(super) page: Page<'a>,
    pub(super) book: &'a Codebook,
    pub(super) names: &'a Names,
    pub(super) published: Published,
}

/// Keys that every claim may have.
pub(super) const COMMON: [&str; 9] =
    ["id", "quote", "line", "page", "where", "note", "voice", "attributed_to", "superseded_by"];
/// Keys that belong to some form.
pub(super) const OF_FORMS: [&str; 13] = [
    "unit",
    "measure",
    "value",
    "change",
    "share",
    "event",
    "date",
    "duration",
    "subject",
    "attribute",
    "toward",
    "is",
    "is_not",
];

/// The forms by the key that tells them.
const FORMS: [&str; 6] = ["value", "change", "share", "date", "duration", "attribute"];

impl<'a> ClaimReader<'a> {
    /// Reports keys that no claim has.
    pub(super) fn keys(&self, fields: &Fields<'_, 'a>) {
        let known: Vec<&str> = COMMON.iter().chain(&OF_FORMS).chain(&["period"]).copied().collect();
        let all = || self.names.dimensions.names().collect();
        fields.only_or("a claim", &known, |name| self.names.may_be_dimension(name), all);
    }

    pub(super) fn dimensions_of(&self, measure: &Measure) -> Vec<&'a str> {
        measure.dimensions.iter().map(|&id| self.book.dimensions.dimension(id).id.as_str()).collect()
    }

    /// The form of a claim, and its unit.
    pub(super) fn form(&self, fields: &Fields<'_, 'a>) -> Option<(Form, Option<UnitId>)> {
        let forms: Vec<_> = fields.present(FORMS);
        match forms.as_slice() {
            [] => self.without_form(fields),
            [one] => self.one_form(*one, fields),
            [first, second, ..] => {
                let message = format!("`{}` and `{}` cannot stand in one claim", first.name(), second.name());
                self.page
                    .fault(FaultCode::SeveralForms, &second.key.span, message)
                    .help("a claim says one thing: write two claims")
                    .also(self.page.place(&first.key.span), "beside this")
                    .send();
                None
            }
        }
    }

    fn without_form(&self, fields: &Fields<'_, 'a>) -> Option<(Form, Option<UnitId>)> {
        let is_fact = ["subject", "is", "is_not", "toward"].iter().any(|key| fields.get(key).is_some());
        let (message, help) = if fields.get("measure").is_some() {
            ("this claim names a measure and gives no figure", "add `value`, `change` or `share`")
        } else if is_fact {
            ("this claim does not say which attribute it is about", "add `attribute`")
        } else if fields.get("event").is_some() {
            ("this claim names an event and says nothing of it", "add `date` or `duration`; a figure needs a `measure`")
        } else {
            (
                "this claim says nothing",
                "add a figure (`measure` and `value`), a `date`, a `duration` or an `attribute`",
            )
        };
        self.page.fault(FaultCode::MissingForm, &fields.opening(), message).help(help).send();
        None
    }

    fn one_form(&self, form: Entry<'_, 'a>, fields: &Fields<'_, 'a>) -> Option<(Form, Option<UnitId>)> {
        let (node, name) = (form.value, form.name());
        match name {
            "date" => {
                let event = fields.require("a date", "event").and_then(|node| self.event(node));
                self.belongs(fields, "a date", &["event", "date"]);
                Some((self.date(node, event)?, None))
            }
            "duration" => {
                self.belongs(fields, "a duration", &["event", "duration"]);
                let event = fields.get("event").map(|node| (self.event(node), node));
                Some((self.duration(node, event)?, None))
            }
            "attribute" => {
                self.belongs(fields, "a fact", &["subject", "attribute", "toward", "is", "is_not", "period"]);
                Some((self.fact(fields)?, None))
            }
            _ => self.figure(form, fields),
        }
    }

    fn figure(&self, form: Entry<'_, 'a>, fields: &Fields<'_, 'a>) -> Option<(Form, Option<UnitId>)> {
        let page = self.page;
        let node = fields.require("a figure", "measure")?;
        let name = page.text(node)?;
        let id = self.names.measures.resolve(page, name, &node.span, FaultCode::UnknownMeasure, "measure")?;
        let measure = self.book.measure(id);
        let before = page.sink.count();
        self.figure_keys(form.name(), fields, measure);
        let unit = match fields.get("unit").filter(|_| form.name() != "share") {
            Some(node) => self.unit(page.text(node)?, node, measure),
            None => Ok(None),
        };
        let times = unit.ok().flatten().map_or_else(|| integer(1), |unit| self.book.unit(unit).times.clone());
        let scale = Scale { unit: times, whole: measure.whole, bare: Bare::Exact };
        let scope = self.timeless(fields, measure).then(|| self.scope(fields, measure, Scope::default())).flatten();
        let scope = scope.filter(|scope| self.check_scope(fields, measure, scope));
        let form = match form.name() {
            "value" => {
                let value = self.quantity(form.value, &scale);
                Form::Value { measure: id, scope: scope?, value: value? }
            }
            "change" => self.change(form.value, (id, measure), scope, &scale)?,
            _ => self.share(form.value, (id, measure), scope)?,
        };
        (page.sink.count() == before).then_some((form, unit.ok()?))
    }

    fn figure_keys(&self, form: &str, fields: &Fields<'_, 'a>, measure: &Measure) {
        let article = super::names::article(form);
        let mut own = vec!["measure", form, "event", "period"];
        if form != "share" {
            own.push("unit");
        }
        for entry in fields.iter() {
            self.foreign_dimension(entry.name(), &entry.key.span, measure);
        }
        self.belongs_or(fields, &format!("{article} {form}"), &own);
    }

    fn unit(&self, name: &str, node: &super::json::Node<'a>, measure: &Measure) -> Result<Option<UnitId>, Reported> {
        if name == measure.unit {
            return Ok(None);
        }
        let id =
            self.names.units.resolve(self.page, name, &node.span, FaultCode::UnknownUnit, "unit").ok_or(Reported)?;
        let unit = self.book.unit(id);
        if unit.of == measure.unit {
            return Ok(Some(id));
        }
        self.page
            .fault(
                FaultCode::IncompatibleUnit,
                &node.span,
                format!("`{}` is not measured in {}", measure.id, quoted(name)),
            )
            .label(format!("a multiple of `{}`", unit.of))
            .help(format!("its unit is `{}`", measure.unit))
            .send();
        Err(Reported)
    }

    /// Reports keys of other forms, dimensions among them.
    fn belongs(&self, fields: &Fields<'_, 'a>, what: &str, own: &[&str]) {
        for entry in fields.iter() {
            let name = entry.name();
            if !own.contains(&name) && self.names.is_dimension(name) {
                self.misplaced(entry, what);
            }
        }
        self.belongs_or(fields, what, own);
    }

    fn belongs_or(&self, fields: &Fields<'_, 'a>, what: &str, own: &[&str]) {
        for entry in fields.iter() {
            let name = entry.name();
            if !own.contains(&name) && (OF_FORMS.contains(&name) || name == "period") {
                self.misplaced(entry, what);
            }
        }
    }

    fn misplaced(&self, entry: Entry<'_, 'a>, what: &str) {
        let message = format!("{} does not belong to {what}", quoted(entry.name()));
        self.page
            .fault(FaultCode::MisplacedKey, &entry.key.span, message)
            .help("remove this key, or write two claims")
            .send();
    }
}
