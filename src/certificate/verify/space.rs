//! What the proofs rest on: the report's `space`, read anew.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::json::{
    Checked, Object, as_list, as_text, fails, field, flag, named, object, optional_text, required, text, texts,
};

/// A tree of terms; the root holds everything.
#[derive(Debug, Default)]
pub(super) struct Forest {
    /// The root's name; empty where it has none (events, the inline values of an attribute).
    pub(super) root: String,
    /// Every term by its name, the root among them.
    pub(super) terms: BTreeMap<String, Term>,
}

#[derive(Debug, Default)]
pub(super) struct Term {
    /// None for the root only.
    pub(super) parent: Option<String>,
    pub(super) depth: usize,
    /// True where nothing is known but that its parent contains it.
    pub(super) overlaps: bool,
    /// True where the children that do not overlap cover it.
    pub(super) exhaustive: bool,
    /// True for an incident: two incidents are disjoint unless one lies in the other.
    pub(super) incident: bool,
    /// How many children do not overlap.
    pub(super) disjoint_children: usize,
}

#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub(super) enum Kind {
    Count,
    Level,
    Fixed,
}

#[derive(Debug)]
pub(super) struct Measure {
    pub(super) kind: Kind,
    pub(super) dimensions: BTreeSet<String>,
    pub(super) overlaps: BTreeSet<String>,
    /// The measure as whose claims its own are read too under plain.
    pub(super) plain: Option<String>,
}

/// From what the subjects, the counterparts or the values of an attribute come.
#[derive(Debug)]
pub(super) enum Domain {
    Dimension(String),
    Events,
    Dates,
    Inline(Forest),
}

#[derive(Debug)]
pub(super) struct Attribute {
    pub(super) subjects: Domain,
    pub(super) toward: Option<Domain>,
    pub(super) values: Domain,
    pub(super) symmetric: bool,
    pub(super) single_valued: bool,
    pub(super) changes: bool,
    pub(super) opinion: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Edge {
    Start,
    End,
}

/// The first or the last day of an event: an unknown of the proofs about dates.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct EventDate {
    pub(super) event: String,
    pub(super) edge: Edge,
}

#[derive(Debug)]
pub(super) struct Sum {
    pub(super) whole: String,
    pub(super) parts: Vec<String>,
}

#[derive(Debug)]
pub(super) struct Space {
    pub(super) dimensions: BTreeMap<String, Forest>,
    pub(super) measures: BTreeMap<String, Measure>,
    pub(super) events: Forest,
    /// Pairs of which the first is not after the second.
    pub(super) orders: BTreeSet<(EventDate, EventDate)>,
    pub(super) attributes: BTreeMap<String, Attribute>,
    pub(super) sums: Vec<Sum>,
}

impl Space {
    pub(super) fn parse(space: &Value) -> Checked<Self> {
        let map = object(space, "`space`")?;
        let mut dimensions = BTreeMap::new();
        for (name, value) in entries(map, "dimensions")? {
            if name == "period" || name == "event" {
                return fails(format!("a dimension may not be called {}", named(name)));
            }
            let what = format!("dimension {}", named(name));
            let value = object(value, &what)?;
            let terms = object(required(value, "terms", &what)?, format_args!("`terms` of {what}"))?;
            let mut forest = Forest::parse(text(value, "root", &what)?, terms, &what)?;
            let exhaustive = flag(value, "exhaustive", &what)?;
            if let Some(root) = forest.terms.get_mut(&forest.root) {
                root.exhaustive = exhaustive;
            }
            dimensions.insert(name.clone(), forest);
        }
        let mut space = Self {
            dimensions,
            measures: BTreeMap::new(),
            events: Forest::default(),
            orders: BTreeSet::new(),
            attributes: BTreeMap::new(),
            sums: Vec::new(),
        };
        space.events = parse_events(map)?;
        space.orders = space.parse_orders(map)?;
        space.measures = space.parse_measures(map)?;
        space.attributes = space.parse_attributes(map)?;
        space.sums = space.parse_sums(map)?;
        Ok(space)
    }

    pub(super) fn measure(&self, name: &str) -> Checked<&Measure> {
        self.measures.get(name).map_or_else(|| fails(format!("{} is no measure of `space`", named(name))), Ok)
    }

    /// Reads `EVENT.start`, `EVENT.end` or, where an edge may be left out, `EVENT`.
    pub(super) fn event_date(&self, text: &str, default: Option<Edge>) -> Checked<EventDate> {
        let (event, edge) = match text.rsplit_once('.') {
            Some((event, "start")) => (event, Some(Edge::Start)),
            Some((event, "end")) => (event, Some(Edge::End)),
            _ => (text, default),
        };
        match edge {
            Some(edge) if !event.is_empty() && self.events.terms.contains_key(event) => {
                Ok(EventDate { event: event.to_owned(), edge })
            }
            _ => fails(format!("{} is no date of an event of `space`", named(text))),
        }
    }

    fn parse_orders(&self, space: &Object) -> Checked<BTreeSet<(EventDate, EventDate)>> {
        let mut orders = BTreeSet::new();
        for value in items(space, "orders")? {
            let what = "an entry of `orders`";
            let order = object(value, what)?;
            let first = self.event_date(text(order, "first", what)?, Some(Edge::End))?;
            let then = self.event_date(text(order, "then", what)?, Some(Edge::Start))?;
            orders.insert((first, then));
        }
        Ok(orders)
    }

    fn parse_measures(&self, space: &Object) -> Checked<BTreeMap<String, Measure>> {
        let mut measures = BTreeMap::new();
        for (name, value) in entries(space, "measures")? {
            let what = format!("measure {}", named(name));
            let value = object(value, &what)?;
            let kind = match text(value, "kind", &what)? {
                "count" => Kind::Count,
                "level" => Kind::Level,
                "fixed" => Kind::Fixed,
                other => return fails(format!("{what} has an unknown kind {}", named(other))),
            };
            let dimensions: BTreeSet<_> = texts(value, "dimensions", &what)?.into_iter().map(str::to_owned).collect();
            if let Some(odd) = dimensions.iter().find(|name| !self.dimensions.contains_key(*name)) {
                return fails(format!("{what} lists {}, which is no dimension", named(odd)));
            }
            let overlaps: BTreeSet<_> = texts(value, "overlaps", &what)?.into_iter().map(str::to_owned).collect();
            if let Some(odd) = overlaps.iter().find(|name| *name != "period" && !dimensions.contains(*name)) {
                return fails(format!("{what} overlaps in {}, which is none of its dimensions", named(odd)));
            }
            let plain = optional_text(value, "plain", &what)?.map(str::to_owned);
            measures.insert(name.clone(), Measure { kind, dimensions, overlaps, plain });
        }
        Ok(measures)
    }

    fn parse_attributes(&self, space: &Object) -> Checked<BTreeMap<String, Attribute>> {
        let mut attributes = BTreeMap::new();
        for (name, value) in entries(space, "attributes")? {
            let what = format!("attribute {}", named(name));
            if self.measures.contains_key(name) {
                return fails(format!("{what} has the name of a measure"));
            }
            let value = object(value, &what)?;
            let attribute = Attribute {
                subjects: self.domain(required(value, "subjects", &what)?, &what)?,
                toward: field(value, "toward").map(|toward| self.domain(toward, &what)).transpose()?,
                values: self.domain(required(value, "values", &what)?, &what)?,
                symmetric: flag(value, "symmetric", &what)?,
                single_valued: flag(value, "single_valued", &what)?,
                changes: flag(value, "changes", &what)?,
                opinion: flag(value, "opinion", &what)?,
            };
            attributes.insert(name.clone(), attribute);
        }
        Ok(attributes)
    }

    fn domain(&self, value: &Value, what: &str) -> Checked<Domain> {
        match value {
            Value::Object(terms) => Forest::parse("", terms, what).map(Domain::Inline),
            _ => match as_text(value, what)? {
                "events" => Ok(Domain::Events),
                "dates" => Ok(Domain::Dates),
                name if self.dimensions.contains_key(name) => Ok(Domain::Dimension(name.to_owned())),
                name => fails(format!("{what} names {}, which is no dimension", named(name))),
            },
        }
    }

    fn parse_sums(&self, space: &Object) -> Checked<Vec<Sum>> {
        let mut sums = Vec::new();
        for value in items(space, "sums")? {
            let sum = Sum::parse(value)?;
            let whole = self.measure(&sum.whole)?;
            for part in &sum.parts {
                let part = self.measure(part)?;
                if part.kind != whole.kind || part.dimensions != whole.dimensions {
                    return fails(format!("the measures of the sum {} are not of one kind", named(&sum.whole)));
                }
            }
            sums.push(sum);
        }
        Ok(sums)
    }
}

impl Sum {
    pub(super) fn parse(value: &Value) -> Checked<Self> {
        let what = "an entry of `sums`";
        let sum = object(value, what)?;
        let parts: Vec<_> = texts(sum, "parts", what)?.into_iter().map(str::to_owned).collect();
        if parts.is_empty() {
            return fails(format!("{what} has no parts"));
        }
        Ok(Self { whole: text(sum, "whole", what)?.to_owned(), parts })
    }
}

impl Forest {
    fn parse(root: &str, terms: &Object, what: &str) -> Checked<Self> {
        let mut forest = Self { root: root.to_owned(), terms: BTreeMap::new() };
        forest.terms.insert(root.to_owned(), Term::default());
        for (name, value) in terms {
            let what = format!("{} of {what}", named(name));
            if name.is_empty() || name == root {
                return fails(format!("{what} is the root"));
            }
            let value = object(value, &what)?;
            let term = Term {
                parent: Some(optional_text(value, "in", &what)?.unwrap_or(root).to_owned()),
                overlaps: flag(value, "overlaps", &what)?,
                exhaustive: flag(value, "exhaustive", &what)?,
                ..Term::default()
            };
            forest.terms.insert(name.clone(), term);
        }
        forest.link(what)?;
        Ok(forest)
    }

    /// Fills in depths and counts of children; an error where a parent is unknown or terms lie in a circle.
    fn link(&mut self, what: &str) -> Checked<()> {
        let mut depths = BTreeMap::from([(self.root.clone(), 0_usize)]);
        for name in self.terms.keys() {
            let mut path = Vec::new();
            let mut at = name;
            let mut depth = loop {
                if let Some(depth) = depths.get(at) {
                    break *depth;
                }
                path.push(at);
                if path.len() > self.terms.len() {
                    return fails(format!("{} of {what} lies in a circle", named(name)));
                }
                match self.terms.get(at).and_then(|term| term.parent.as_ref()) {
                    Some(parent) => at = parent,
                    None => return fails(format!("{} is no term of {what}", named(at))),
                }
            };
            for term in path.into_iter().rev() {
                depth += 1;
                depths.insert(term.clone(), depth);
            }
        }
        let mut children: BTreeMap<String, usize> = BTreeMap::new();
        for term in self.terms.values().filter(|term| !term.overlaps) {
            if let Some(parent) = &term.parent {
                *children.entry(parent.clone()).or_default() += 1;
            }
        }
        for (name, term) in &mut self.terms {
            term.depth = depths.get(name).copied().unwrap_or_default();
            term.disjoint_children = children.get(name).copied().unwrap_or_default();
        }
        Ok(())
    }

    pub(super) fn parent(&self, term: &str) -> Option<&str> {
        self.terms.get(term).and_then(|term| term.parent.as_deref())
    }

    /// Whether `term` lies in `above`, or is it.
    pub(super) fn lies_in(&self, term: &str, above: &str) -> bool {
        std::iter::successors(Some(term), |term| self.parent(term)).any(|term| term == above)
    }
}

/// Events as a forest in which nothing is disjoint but incidents.
fn parse_events(space: &Object) -> Checked<Forest> {
    let mut forest = Forest::default();
    forest.terms.insert(String::new(), Term::default());
    for (name, value) in entries(space, "events")? {
        let what = format!("event {}", named(name));
        let value = object(value, &what)?;
        let incident = match text(value, "kind", &what)? {
            "incident" => true,
            "span" => false,
            other => return fails(format!("{what} has an unknown kind {}", named(other))),
        };
        if name.is_empty() {
            return fails("an event has no name".to_owned());
        }
        let parent = Some(optional_text(value, "in", &what)?.unwrap_or_default().to_owned());
        forest.terms.insert(name.clone(), Term { parent, incident, overlaps: true, ..Term::default() });
    }
    forest.link("`events`")?;
    Ok(forest)
}

fn entries<'a>(space: &'a Object, key: &str) -> Checked<impl Iterator<Item = (&'a String, &'a Value)>> {
    let map = field(space, key).map(|value| object(value, format_args!("`space.{key}`"))).transpose()?;
    Ok(map.into_iter().flatten())
}

fn items<'a>(space: &'a Object, key: &str) -> Checked<&'a [Value]> {
    field(space, key).map_or(Ok(&[]), |value| as_list(value, format_args!("`space.{key}`")))
}
