//! Scopes: which part of a mass a term of a sum speaks of.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use jiff::civil::Date;
use serde_json::Value;

use super::json::{Checked, Object, Span, as_day, as_list, as_text, day_text, fails, field, named, object, only, text};
use super::space::{Attribute, Domain, EventDate, Forest, Kind, Space};

/// One mass of a world. Masses are independent of each other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mass {
    /// A count or a fixed measure.
    Measure(String),
    /// A level on one day.
    Level { measure: String, day: Date },
    /// The values of one subject (toward one other).
    Fact { attribute: String, subject: String, toward: Option<String> },
}

/// What a scope says on one axis. An axis on which it says nothing is not restricted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Extent {
    /// In one of these terms.
    In(BTreeSet<String>),
    /// In none of these terms.
    Except(BTreeSet<String>),
    Days(Span),
}

/// From the name of an axis to what is said on it; the root and all of time are never said.
pub(super) type Scope = BTreeMap<String, Extent>;

/// An unknown of the inequalities.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unknown {
    Mass(Mass, Scope),
    Date(EventDate),
}

/// What the pieces of an axis are made of.
#[derive(Debug, Clone, Copy)]
pub(super) enum Axis<'a> {
    Terms(&'a Forest),
    Days,
}

impl Extent {
    /// The names that cut the axis into pieces.
    pub(super) fn names(&self) -> BTreeSet<String> {
        match self {
            Self::In(terms) | Self::Except(terms) => terms.clone(),
            Self::Days(span) => BTreeSet::from([span.to_string()]),
        }
    }

    /// Whether a piece, given as the names that hold it, lies in this extent.
    pub(super) fn covers(&self, piece: &BTreeSet<String>) -> bool {
        match self {
            Self::In(terms) => terms.iter().any(|term| piece.contains(term)),
            Self::Except(terms) => !terms.iter().any(|term| piece.contains(term)),
            Self::Days(span) => piece.contains(&span.to_string()),
        }
    }
}

impl Space {
    /// The axis `name` of a mass, and whether a unit may have several positions on it.
    pub(super) fn axis(&self, mass: &Mass, name: &str) -> Checked<(Axis<'_>, bool)> {
        let measure = match mass {
            Mass::Measure(measure) | Mass::Level { measure, .. } => self.measure(measure)?,
            Mass::Fact { attribute, .. } if name == "value" => {
                return Ok((self.domain_axis(&self.attribute(attribute)?.values)?, false));
            }
            Mass::Fact { .. } => return fails(format!("a fact has no axis {}", named(name))),
        };
        match name {
            "period" if measure.kind == Kind::Count => Ok((Axis::Days, measure.overlaps.contains("period"))),
            "event" => Ok((Axis::Terms(&self.events), measure.overlaps.contains("period"))),
            _ => match self.dimensions.get(name) {
                Some(forest) if measure.dimensions.contains(name) => {
                    Ok((Axis::Terms(forest), measure.overlaps.contains(name)))
                }
                _ => fails(format!("the measure has no dimension {}", named(name))),
            },
        }
    }

    pub(super) fn attribute(&self, name: &str) -> Checked<&Attribute> {
        self.attributes.get(name).map_or_else(|| fails(format!("{} is no attribute of `space`", named(name))), Ok)
    }

    fn domain_axis<'a>(&'a self, domain: &'a Domain) -> Checked<Axis<'a>> {
        match domain {
            Domain::Events => Ok(Axis::Terms(&self.events)),
            Domain::Dates => Ok(Axis::Days),
            Domain::Inline(forest) => Ok(Axis::Terms(forest)),
            Domain::Dimension(name) => match self.dimensions.get(name) {
                Some(forest) => Ok(Axis::Terms(forest)),
                None => fails(format!("{} is no dimension", named(name))),
            },
        }
    }

    /// Reads a box of a measure; the period of a level stays in it.
    pub(super) fn measure_scope(&self, measure: &str, json: &Object) -> Checked<Scope> {
        let mut scope = Scope::new();
        for (name, value) in json {
            let is_level_day = name == "period" && self.measure(measure)?.kind == Kind::Level;
            let axis = if is_level_day { Axis::Days } else { self.axis(&Mass::Measure(measure.to_owned()), name)?.0 };
            if name == "event" {
                as_text(value, "`event` of a scope")?;
            }
            if let Some(extent) = extent(axis, value, &format!("{} of a scope", named(name)))? {
                scope.insert(name.clone(), extent);
            }
        }
        Ok(scope)
    }

    /// Takes the single day out of the scope of a level; other measures keep their period.
    pub(super) fn mass_of(&self, measure: &str, mut scope: Scope) -> Checked<(Mass, Scope)> {
        if self.measure(measure)?.kind != Kind::Level {
            return Ok((Mass::Measure(measure.to_owned()), scope));
        }
        let day = match scope.remove("period") {
            Some(Extent::Days(span)) => span.single(),
            _ => None,
        };
        match day {
            Some(day) => Ok((Mass::Level { measure: measure.to_owned(), day }, scope)),
            None => fails(format!("the level {} is taken on no single day", named(measure))),
        }
    }

    /// Reads `subject`, `toward` and `value` of a fact.
    pub(super) fn fact(&self, name: &str, json: &Object) -> Checked<(Mass, Scope)> {
        let attribute = self.attribute(name)?;
        let what = format!("a scope of the attribute {}", named(name));
        only(json, &["subject", "toward", "value"], &what)?;
        let mut subject = self.one_of(&attribute.subjects, text(json, "subject", &what)?)?;
        let mut toward = match (&attribute.toward, field(json, "toward")) {
            (None, None) => None,
            (Some(domain), Some(toward)) => Some(self.one_of(domain, as_text(toward, "`toward`")?)?),
            _ => return fails(format!("{what} names a counterpart where there is none, or none where there is one")),
        };
        if let Some(other) = toward.as_mut().filter(|other| attribute.symmetric && **other < subject) {
            std::mem::swap(other, &mut subject);
        }
        let mut scope = Scope::new();
        if let Some(value) = field(json, "value")
            && let Some(extent) = extent(self.domain_axis(&attribute.values)?, value, &format!("`value` of {what}"))?
        {
            scope.insert("value".to_owned(), extent);
        }
        Ok((Mass::Fact { attribute: name.to_owned(), subject, toward }, scope))
    }

    fn one_of(&self, domain: &Domain, name: &str) -> Checked<String> {
        match self.domain_axis(domain)? {
            Axis::Terms(forest) if name.is_empty() || !forest.terms.contains_key(name) => {
                fails(format!("{} is not in the attribute's list", named(name)))
            }
            Axis::Days => as_day(name, "a subject").map(day_text),
            Axis::Terms(_) => Ok(name.to_owned()),
        }
    }
}

/// Reads a term, a list of terms, `{"except": [terms]}` or a span of days; none where it is the whole axis.
fn extent(axis: Axis<'_>, value: &Value, what: &str) -> Checked<Option<Extent>> {
    let forest = match axis {
        Axis::Days => {
            // A list of spans is their union; a piece of days is named by the spans that hold it, as one of terms is.
            if let Value::Array(list) = value {
                let spans =
                    list.iter().map(|span| Span::parse(as_text(span, what)?, what).map(|span| span.to_string()));
                let spans = spans.collect::<Checked<BTreeSet<String>>>()?;
                return if spans.is_empty() {
                    fails(format!("{what} is nothing"))
                } else {
                    Ok(Some(Extent::In(spans)))
                };
            }
            let span = Span::parse(as_text(value, what)?, what)?;
            return Ok(Some(Extent::Days(span)).filter(|_| !span.is_all()));
        }
        Axis::Terms(forest) => forest,
    };
    let (list, except) = match value {
        Value::String(_) => (std::slice::from_ref(value), false),
        Value::Array(list) => (list.as_slice(), false),
        _ => {
            let map = object(value, what)?;
            only(map, &["except"], what)?;
            (as_list(map.get("except").unwrap_or(&Value::Null), what)?, true)
        }
    };
    let mut terms = BTreeSet::new();
    for term in list {
        let term = as_text(term, what)?;
        if term.is_empty() || !forest.terms.contains_key(term) {
            return fails(format!("{what} names {}, which `space` does not know there", named(term)));
        }
        terms.insert(term.to_owned());
    }
    match (terms.is_empty(), terms.contains(&forest.root), except) {
        (true, _, _) | (_, true, true) => fails(format!("{what} is nothing")),
        (_, true, false) => Ok(None),
        (_, _, true) => Ok(Some(Extent::Except(terms))),
        (_, _, false) => Ok(Some(Extent::In(terms))),
    }
}

/// A scope in words, for a message.
pub(super) fn shown(scope: &Scope) -> String {
    let mut out = String::new();
    for (axis, extent) in scope {
        let lead = if out.is_empty() { "" } else { ", " };
        let except = if matches!(extent, Extent::Except(_)) { "outside " } else { "" };
        let names: Vec<_> = extent.names().iter().take(4).map(|name| named(name)).collect();
        // OK because writing to a String cannot fail.
        let _ = write!(out, "{lead}{axis} {except}{}", names.join(" or "), axis = named(axis));
    }
    if out.is_empty() { "anywhere".to_owned() } else { out }
}
