//! Measures, units and sums.

use std::collections::BTreeSet;

use num_traits::Zero;

use super::code::FaultCode;
use super::decode::{Entry, Fields};
use super::fault::Page;
use super::json::{Kind as Json, Node};
use super::names::Names;
use super::terms::phrase;
use super::text::quoted;
use super::tree::{self, Child};
use crate::codebook::{Codebook, DimensionId, Kind, Measure, MeasureId, Sum, Unit, UnitId};
use crate::number::Rational;
use crate::span::Span;

const KEYS: [&str; 9] =
    ["phrase", "phrase_one", "unit", "kind", "whole", "dimensions", "overlaps", "plain", "definition"];
const KINDS: [(&str, Kind); 3] = [("count", Kind::Count), ("level", Kind::Level), ("fixed", Kind::Fixed)];

/// How many dimensions a measure may have. What it takes to decide about claims grows steeply with them.
const MAX_DIMENSIONS: usize = 16;

/// Reads the codebook's `measures`.
pub(super) fn measures<'a>(page: Page<'a>, node: &Node<'a>, book: &mut Codebook, names: &mut Names) {
    let Some(fields) = page.fields(node) else {
        names.measures.complete = false;
        return;
    };
    let mut drafts = Vec::new();
    for entry in fields.iter() {
        let before = page.sink.count();
        let measure = measure(page, entry, names);
        let sound = page.sink.count() == before;
        let id = MeasureId::new(book.measures.len());
        names.measures.add(entry.name(), measure.as_ref().filter(|_| sound).map(|_| id));
        if let Some((measure, plain)) = measure {
            book.measures.push(measure);
            drafts.push((entry, plain));
        }
    }
    plain(page, &drafts, book, names);
}

/// A measure, and what names the one that it is read as.
fn measure<'n, 'a>(page: Page<'a>, entry: Entry<'n, 'a>, names: &Names) -> Option<(Measure, Option<&'n Node<'a>>)> {
    page.id(entry.name(), &entry.key.span);
    let fields = page.fields(entry.value)?;
    fields.only("a measure", &KEYS);
    let unit = fields.require("a measure", "unit").and_then(|node| base_unit(page, node));
    let kind = fields.require("a measure", "kind").and_then(|node| page.word(node, &KINDS));
    let dimensions = fields.require("a measure", "dimensions").and_then(|node| dimensions(page, node, names));
    let worded = |key| fields.get(key).and_then(|node| phrase(page, node));
    let (phrase, phrase_one) = (worded("phrase"), worded("phrase_one"));
    let (whole, definition) = (fields.flag("whole"), fields.description("definition"));
    let dimensions = dimensions?;
    let (overlaps, period_overlaps) = overlaps(page, &fields, &dimensions, kind, names);
    let measure = Measure {
        id: entry.name().to_owned(),
        phrase: phrase.unwrap_or_else(|| format!("{{}} {}", entry.name().replace('-', " "))),
        phrase_one,
        unit: unit?,
        kind: kind?,
        whole,
        dimensions,
        overlaps,
        period_overlaps,
        plain: None,
        definition,
    };
    Some((measure, fields.get("plain")))
}

/// A base unit, which is a word of its own and no id: `attack`, `power cut`.
fn base_unit(page: Page<'_>, node: &Node<'_>) -> Option<String> {
    page.filled(node).map(str::to_owned)
}

fn dimensions<'a>(page: Page<'a>, node: &Node<'a>, names: &Names) -> Option<Vec<DimensionId>> {
    let Json::Array(items) = &node.kind else {
        page.expected(node, "a list");
        return None;
    };
    if let Some(item) = items.get(MAX_DIMENSIONS) {
        page.fault(FaultCode::TooMany, &item.span, format!("a measure has at most {MAX_DIMENSIONS} dimensions"))
            .help("name only those that its figures are given by")
            .send();
        return None;
    }
    let written = page.distinct(items);
    let found = written.iter().filter_map(|(name, item)| {
        names.dimensions.resolve(page, name, &item.span, FaultCode::UnknownDimension, "dimension")
    });
    Some(found.collect())
}

fn overlaps<'a>(
    page: Page<'a>,
    fields: &Fields<'_, 'a>,
    dimensions: &[DimensionId],
    kind: Option<Kind>,
    names: &Names,
) -> (Vec<DimensionId>, bool) {
    let (mut overlaps, mut period) = (Vec::new(), false);
    let items = fields.get("overlaps").and_then(|node| page.list(node, "a dimension")).unwrap_or_default();
    for (name, item) in page.distinct(items) {
        if name == "period" {
            period = true;
            if kind == Some(Kind::Fixed) {
                page.fault(FaultCode::FixedWithPeriod, &item.span, "a measure that does not change has no period")
                    .help("remove `period` from `overlaps`, or make it a `count` or a `level`")
                    .send();
            }
            continue;
        }
        let found = names.dimensions.resolve(page, name, &item.span, FaultCode::UnknownDimension, "dimension");
        let Some(dimension) = found else { continue };
        if dimensions.contains(&dimension) {
            overlaps.push(dimension);
        } else {
            page.fault(
                FaultCode::DimensionNotOfMeasure,
                &item.span,
                format!("`{name}` is none of the measure's dimensions"),
            )
            .help("add it to `dimensions`, or remove it here")
            .send();
        }
    }
    overlaps.sort_unstable();
    (overlaps, period)
}

/// Ties measures to those that a plain reader takes them for.
fn plain<'a>(page: Page<'a>, drafts: &[(Entry<'_, 'a>, Option<&Node<'a>>)], book: &mut Codebook, names: &Names) {
    let targets: Vec<Option<MeasureId>> = drafts
        .iter()
        .map(|(_, node)| {
            let node = (*node)?;
            let name = page.text(node)?;
            names.measures.resolve(page, name, &node.span, FaultCode::UnknownMeasure, "measure")
        })
        .collect();
    let children: Vec<Child<'_>> = drafts
        .iter()
        .zip(&targets)
        .map(|((entry, node), target)| Child {
            name: entry.name(),
            parent: target.map(MeasureId::at),
            span: node.map_or(&entry.key.span, |node| &node.span),
        })
        .collect();
    if !tree::check(page, &children, "is read as") {
        return;
    }
    for (at, (target, child)) in targets.iter().zip(&children).enumerate() {
        let Some(target) = *target else { continue };
        let (Some(own), other) = (book.measures.get(at), book.measure(target)) else { continue };
        let missing = own.dimensions.iter().find(|&dimension| !other.dimensions.contains(dimension));
        let why = difference(own, other)
            .or_else(|| missing.map(|&id| format!("it does not spread over `{}`", book.dimensions.dimension(id).id)));
        match why {
            Some(why) => page
                .fault(
                    FaultCode::IncompatibleMeasures,
                    child.span,
                    format!("`{}` cannot be read as `{}`", own.id, other.id),
                )
                .label(why)
                .help("a measure is read as one of the same kind and unit, with at least its dimensions")
                .send(),
            None => {
                if let Some(own) = book.measures.get_mut(at) {
                    own.plain = Some(target);
                }
            }
        }
    }
}

fn difference(own: &Measure, other: &Measure) -> Option<String> {
    if own.kind != other.kind {
        Some(format!("it is a {}, not a {}", other.kind.word(), own.kind.word()))
    } else if own.unit != other.unit {
        Some(format!("its unit is `{}`, not `{}`", other.unit, own.unit))
    } else {
        None
    }
}

/// Reads the codebook's `units`.
pub(super) fn units<'a>(page: Page<'a>, node: &Node<'a>, book: &mut Codebook, names: &mut Names) {
    let Some(fields) = page.fields(node) else {
        names.units.complete = false;
        return;
    };
    let bases: BTreeSet<String> = book.measures.iter().map(|measure| measure.unit.clone()).collect();
    for entry in fields.iter() {
        let before = page.sink.count();
        let unit = unit(page, entry, &bases, names);
        let id = UnitId::new(book.units.len());
        names.units.add(entry.name(), unit.as_ref().filter(|_| page.sink.count() == before).map(|_| id));
        book.units.extend(unit);
    }
}

fn unit<'a>(page: Page<'a>, entry: Entry<'_, 'a>, bases: &BTreeSet<String>, names: &Names) -> Option<Unit> {
    let id = page.id(entry.name(), &entry.key.span);
    if let Some(id) = id.filter(|&id| bases.contains(id)) {
        page.fault(FaultCode::DuplicateId, &entry.key.span, format!("`{id}` is the unit of a measure already"))
            .help("a unit here is a multiple of a measure's unit; choose another name")
            .send();
    }
    let fields = page.fields(entry.value)?;
    fields.only("a unit", &["of", "times"]);
    let of = fields.require("a unit", "of").and_then(|node| page.text(node).map(|text| (text, node)));
    let times = fields.require("a unit", "times").and_then(|node| times(page, node));
    let (of, node) = of?;
    if !bases.contains(of) {
        if names.measures.complete
            && names.measures.names().all(|name| names.measures.find(name) != super::names::Lookup::Broken)
        {
            page.fault(FaultCode::UnknownUnit, &node.span, format!("no measure has the unit {}", quoted(of)))
                .help("`of` names the unit of a measure")
                .maybe_help(page.did_you_mean(of, bases.iter().map(String::as_str)))
                .send();
        }
        return None;
    }
    Some(Unit { id: entry.name().to_owned(), of: of.to_owned(), times: times? })
}

fn times(page: Page<'_>, node: &Node<'_>) -> Option<Rational> {
    let written = match &node.kind {
        Json::String(text) => page.decimal(text, &node.span)?,
        _ => page.number(node)?,
    };
    if written.value.is_zero() {
        page.fault(FaultCode::BadNumber, &node.span, "a unit is more than nothing")
            .help("write how many of the measure's units it is")
            .send();
        return None;
    }
    Some(written.value)
}

/// Reads the codebook's `sums`.
pub(super) fn sums<'a>(page: Page<'a>, node: &Node<'a>, book: &mut Codebook, names: &Names) {
    let Json::Array(items) = &node.kind else { return page.expected(node, "a list") };
    for item in items {
        let Some(fields) = page.fields(item) else { continue };
        fields.only("a sum", &["whole", "parts", "because"]);
        let whole = fields.require("a sum", "whole");
        let parts = fields.require("a sum", "parts").and_then(|node| page.list(node, "the measures that are added up"));
        let find =
            |name: &str, span: &Span| names.measures.resolve(page, name, span, FaultCode::UnknownMeasure, "measure");
        let whole = whole.and_then(|node| page.text(node).and_then(|name| find(name, &node.span)));
        let parts = page.distinct(parts.unwrap_or_default());
        let parts: Vec<_> =
            parts.iter().filter_map(|(name, node)| Some((find(name, &node.span)?, &node.span))).collect();
        let Some(whole) = whole else { continue };
        for (part, span) in &parts {
            addend(page, book, whole, *part, span);
        }
        let parts = parts.into_iter().map(|(part, _)| part).collect();
        book.sums.push(Sum { whole, parts, because: fields.description("because") });
    }
}

fn addend(page: Page<'_>, book: &Codebook, whole: MeasureId, part: MeasureId, span: &Span) {
    let (sum, own) = (book.measure(whole), book.measure(part));
    let sorted = |measure: &Measure| measure.dimensions.iter().copied().collect::<BTreeSet<_>>();
    let why = if whole == part {
        Some("it is the whole itself".to_owned())
    } else {
        difference(sum, own).or_else(|| (sorted(sum) != sorted(own)).then(|| "its dimensions are others".to_owned()))
    };
    if let Some(why) = why {
        page.fault(FaultCode::IncompatibleMeasures, span, format!("`{}` cannot be added up to `{}`", own.id, sum.id))
            .label(why)
            .help("parts and whole have the same kind, unit and dimensions")
            .send();
    }
}
