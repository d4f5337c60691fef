//! Changes and shares: a scope beside another one.

use super::code::FaultCode;
use super::decode::Fields;
use super::form::ClaimReader;
use super::json::Node;
use super::quantity::one;
use super::scope::is_within;
use crate::claim::{Amount, Bare, Direction, Form, Quantity, Reading, Scale, Scope};
use crate::codebook::{Measure, MeasureId};
use crate::number::{End, exceeds, integer};

const DIRECTIONS: [(&str, Direction); 2] = [("up", Direction::Up), ("down", Direction::Down)];
const AMOUNTS: [&str; 3] = ["percent", "factor", "by"];

impl<'a> ClaimReader<'a> {
    pub(super) fn change(
        &self,
        node: &Node<'a>,
        (id, measure): (MeasureId, &Measure),
        scope: Option<Scope>,
        scale: &Scale,
    ) -> Option<Form> {
        let page = self.page;
        let fields = page.fields(node)?;
        fields.only("a change", &["than", "direction", "percent", "factor", "by"]);
        let direction = fields.require("a change", "direction").and_then(|node| page.word(node, &DIRECTIONS));
        let base = fields.require("a change", "than");
        let base = base.and_then(|node| self.base(node, measure, scope.as_ref()?, "than"));
        let amounts: Vec<_> = fields.present(AMOUNTS);
        let amount = match amounts.as_slice() {
            [] => Some(None),
            [one] => self.amount(one.name(), one.value, direction, scale).map(Some),
            [first, second, ..] => {
                let message = format!("`{}` and `{}` cannot stand in one change", first.name(), second.name());
                page.fault(FaultCode::SeveralForms, &second.key.span, message)
                    .help("keep one of them, or write two claims")
                    .also(page.place(&first.key.span), "beside this")
                    .send();
                None
            }
        };
        Some(Form::Change { measure: id, scope: scope?, base: base?, direction: direction?, amount: amount? })
    }

    fn amount(&self, key: &str, node: &Node<'a>, direction: Option<Direction>, scale: &Scale) -> Option<Amount> {
        match key {
            "percent" => {
                let percent = self.quantity(node, &one(Bare::Rounded))?;
                let why = "a figure cannot fall by more than 100 %: correct it, or its direction";
                let possible = direction != Some(Direction::Down) || self.at_most_all(node, &percent, why);
                possible.then_some(Amount::Percent(percent))
            }
            "factor" => {
                let factor = self.quantity(node, &one(Bare::Rounded))?;
                self.at_least_one(node, &factor).then_some(Amount::Factor(factor))
            }
            _ => {
                let exact = Scale { unit: scale.unit.clone(), whole: false, bare: Bare::Exact };
                self.quantity(node, &exact).map(Amount::By)
            }
        }
    }

    fn at_least_one(&self, node: &Node<'a>, factor: &Quantity) -> bool {
        let written = factor.numbers();
        let interval = factor.interval(Reading::Strict, self.book, &one(Bare::Exact));
        let below = written.iter().any(|number| number.value < integer(1))
            || interval.high.is_some_and(|high| exceeds(&End::open(integer(1)), &high) && high.value < integer(1));
        if below {
            self.page
                .fault(FaultCode::BadNumber, &node.span, "a factor is at least 1")
                .help("\"halved\" is a factor of 2 with `\"direction\": \"down\"`")
                .send();
        }
        !below
    }

    pub(super) fn share(
        &self,
        node: &Node<'a>,
        (id, measure): (MeasureId, &Measure),
        scope: Option<Scope>,
    ) -> Option<Form> {
        let fields = self.page.fields(node)?;
        fields.only("a share", &["of", "percent"]);
        let base = fields.require("a share", "of").and_then(|node| self.base(node, measure, scope.as_ref()?, "of"));
        let written = fields.require("a share", "percent");
        let percent = written.and_then(|node| self.quantity(node, &one(Bare::Rounded)));
        let (scope, base, written, percent) = (scope?, base?, written?, percent?);
        let why = "a part cannot be more than 100 % of the whole that it lies in: correct it, or `of`";
        if is_within(&self.book.dimensions, &scope, &base) && !self.at_most_all(written, &percent, why) {
            return None;
        }
        Some(Form::Share { measure: id, scope, base, percent })
    }

    /// The scope that a claim's scope is compared with: the same but for what is named.
    fn base(&self, node: &Node<'a>, measure: &Measure, scope: &Scope, key: &str) -> Option<Scope> {
        let before = self.page.sink.count();
        let fields = self.page.fields(node)?;
        self.base_keys(&fields, measure, key);
        if !self.timeless(&fields, measure) || self.page.sink.count() > before {
            return None;
        }
        let base = self.scope(&fields, measure, scope.clone())?;
        if base == *scope {
            self.page
                .fault(FaultCode::ComparedWithItself, &node.span, "this compares a figure with itself")
                .help(format!("name in `{key}` what is different there: `{{\"period\": \"2021\"}}`, say"))
                .send();
            return None;
        }
        self.check_scope(&fields, measure, &base).then_some(base)
    }

    fn base_keys(&self, fields: &Fields<'_, 'a>, measure: &Measure, key: &str) {
        for entry in fields.iter() {
            self.foreign_dimension(entry.name(), &entry.key.span, measure);
        }
        let known = |name: &str| self.names.may_be_dimension(name);
        fields.only_or(&format!("`{key}`"), &["period", "event"], known, || self.dimensions_of(measure));
    }
}
