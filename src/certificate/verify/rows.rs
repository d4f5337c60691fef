//! The rows of a certificate, each derived anew from the claims or from `space` and compared with what is stated.

use std::collections::{BTreeMap, BTreeSet};

use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use serde_json::Value;

use super::claims::{Bound, Claim, Reading, claim_id};
use super::json::{
    Checked, Flaw, Object, as_list, as_text, fails, field, flag, named, object, only, optional_text, rational,
    required, text,
};
use super::scope::{Mass, Unknown};
use super::space::{Edge, EventDate, Space, Sum};

/// An inequality: the sum is at least `at_least`, or above it where `open`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Linear {
    /// Without zeros.
    pub(super) sum: BTreeMap<Unknown, BigRational>,
    pub(super) at_least: BigRational,
    pub(super) open: bool,
}

impl Linear {
    pub(super) fn new(
        sum: impl IntoIterator<Item = (BigRational, Unknown)>,
        at_least: BigRational,
        open: bool,
    ) -> Self {
        let mut all = BTreeMap::<Unknown, BigRational>::new();
        for (times, unknown) in sum {
            *all.entry(unknown).or_insert_with(BigRational::zero) += times;
        }
        all.retain(|_, times| !times.is_zero());
        Self { sum: all, at_least, open }
    }
}

#[derive(Debug)]
pub(super) struct Row {
    pub(super) weight: BigRational,
    pub(super) linear: Linear,
}

/// A certificate whose rows are all what the claims and `space` say.
#[derive(Debug)]
pub(super) struct Certificate<'a> {
    pub(super) rows: Vec<Row>,
    pub(super) claims: BTreeMap<&'a str, Claim<'a>>,
    pub(super) reading: Reading,
    pub(super) total: BigRational,
    /// What the rows share, left out of their scopes.
    pub(super) common: Object,
    pub(super) axes: Option<&'a Object>,
}

impl<'a> Certificate<'a> {
    pub(super) fn parse(space: &Space, finding: &'a Object, asked: Option<&Linear>) -> Checked<Self> {
        let reading = match text(finding, "reading", "the finding")? {
            "strict" => Reading::Strict,
            "plain" => Reading::Plain,
            other => return fails(format!("{} is no reading", named(other))),
        };
        let mut claims = BTreeMap::new();
        for value in as_list(required(finding, "claims", "the finding")?, "`claims`")? {
            let (id, entry) = claim_id(value, "an entry of `claims`")?;
            if claims.insert(id, Claim::parse(space, entry, &named(id))?).is_some() {
                return fails(format!("{} stands in the finding twice", named(id)));
            }
        }
        let what = "the certificate";
        let map = object(required(finding, "certificate", "the finding")?, what)?;
        only(map, &["measure", "common", "axes", "rows", "total"], what)?;
        let common =
            field(map, "common").map(|common| object(common, "`common`")).transpose()?.cloned().unwrap_or_default();
        let terms = Terms { space, measure: optional_text(map, "measure", what)?, common: &common };
        let mut rows = Vec::new();
        let mut seen = BTreeSet::new();
        let mut used = BTreeSet::new();
        let mut supposed = false;
        for (at, value) in as_list(required(map, "rows", what)?, "`rows`")?.iter().enumerate() {
            let what = format!("row {}", at + 1);
            let json = object(value, &what)?;
            let (origin, row) = terms.row(json, &what)?;
            let name = || match &origin {
                Origin::Claim(id, _) => format!("{what} ({})", named(id)),
                Origin::Premise(_) => format!("{what} (a premise)"),
            };
            let expected = match &origin {
                Origin::Claim(id, bound) => {
                    let Some(claim) = claims.get(id) else {
                        return fails(format!("{what} is of {}, which is no claim of the finding", named(id)));
                    };
                    used.insert(*id);
                    claim.row(space, reading, *bound, &row)
                }
                Origin::Premise(premise) => {
                    supposed |= premise.kind == "asked";
                    space.premise(premise, &row, asked)
                }
            };
            let expected = expected.map_err(|flaw| match flaw {
                Flaw::Fails(why) => Flaw::Fails(format!("{}: {why}", name())),
                Flaw::OutOfSteps => flaw,
            })?;
            compare(name, &row.linear, &expected)?;
            if !seen.insert((origin.key(), row.linear.clone())) {
                return fails(format!("{} stands there twice", name()));
            }
            rows.push(row);
        }
        if asked.is_some() && !supposed {
            return fails("no row is the question".to_owned());
        }
        match claims.keys().find(|id| !used.contains(*id)) {
            Some(id) => fails(format!("no row uses {}, which is a claim of the finding", named(id))),
            None => {
                let axes = field(map, "axes").map(|axes| object(axes, "`axes`")).transpose()?;
                Ok(Self { rows, claims, reading, total: rational(map, "total", what)?, common: common.clone(), axes })
            }
        }
    }
}

fn compare(name: impl Fn() -> String, stated: &Linear, expected: &Linear) -> Checked<()> {
    if stated.sum != expected.sum {
        return fails(format!("{}: its sum is not what the claim or the premise says", name()));
    }
    if stated.at_least != expected.at_least {
        return fails(format!("{}: at least {} is stated, {} follows", name(), stated.at_least, expected.at_least));
    }
    if stated.open != expected.open {
        return fails(format!("{}: whether the bound itself is allowed is stated wrongly", name()));
    }
    Ok(())
}

/// From where a row comes.
enum Origin<'a> {
    Claim(&'a str, Bound),
    Premise(Premise<'a>),
}

struct Premise<'a> {
    kind: &'a str,
    of: &'a Value,
}

impl<'a> Origin<'a> {
    fn key(&self) -> &'a str {
        match self {
            Self::Claim(id, _) => id,
            // No claim has the empty name; two premises with the same inequality are the same row.
            Self::Premise(_) => "",
        }
    }
}

/// What it takes to read a term of a row's sum.
struct Terms<'a> {
    space: &'a Space,
    measure: Option<&'a str>,
    common: &'a Object,
}

impl Terms<'_> {
    fn row<'b>(&self, json: &'b Object, what: &str) -> Checked<(Origin<'b>, Row)> {
        only(json, &["claim", "bound", "premise", "weight", "sum", "at_least", "open"], what)?;
        let origin = match (field(json, "claim"), field(json, "premise")) {
            (Some(id), None) => {
                let bound = match text(json, "bound", what)? {
                    "low" => Bound::Low,
                    "high" => Bound::High,
                    "base" => Bound::Base,
                    other => return fails(format!("{what} has an unknown bound {}", named(other))),
                };
                Origin::Claim(as_text(id, what)?, bound)
            }
            (None, Some(premise)) => {
                let premise = object(premise, format_args!("`premise` of {what}"))?;
                only(premise, &["kind", "of"], &format!("`premise` of {what}"))?;
                if field(json, "bound").is_some() {
                    return fails(format!("{what} is a premise and has a `bound`"));
                }
                Origin::Premise(Premise { kind: text(premise, "kind", what)?, of: required(premise, "of", what)? })
            }
            _ => return fails(format!("{what} needs one of `claim` and `premise`")),
        };
        let weight = rational(json, "weight", what)?;
        if !weight.is_positive() {
            return fails(format!("{what} has a weight that is not above zero"));
        }
        let mut sum = Vec::new();
        for value in as_list(required(json, "sum", what)?, format_args!("`sum` of {what}"))? {
            sum.push(self.term(object(value, format_args!("a term of {what}"))?, &format!("a term of {what}"))?);
        }
        let linear = Linear::new(sum, rational(json, "at_least", what)?, flag(json, "open", what)?);
        Ok((origin, Row { weight, linear }))
    }

    fn term(&self, json: &Object, what: &str) -> Checked<(BigRational, Unknown)> {
        only(json, &["times", "scope", "measure", "date"], what)?;
        let times = rational(json, "times", what)?;
        if let Some(date) = optional_text(json, "date", what)? {
            if json.contains_key("scope") || json.contains_key("measure") {
                return fails(format!("{what} has a date and a scope"));
            }
            return Ok((times, Unknown::Date(self.space.event_date(date, None)?)));
        }
        let Some(measure) = optional_text(json, "measure", what)?.or(self.measure) else {
            return fails(format!("{what} has neither a measure nor a date"));
        };
        let mut scope = self.common.clone();
        if let Some(own) = field(json, "scope") {
            for (axis, extent) in object(own, format_args!("`scope` of {what}"))? {
                if scope.insert(axis.clone(), extent.clone()).is_some() {
                    return fails(format!("{what} names {}, which `common` names too", named(axis)));
                }
            }
        }
        let (mass, scope) = if self.space.attributes.contains_key(measure) {
            self.space.fact(measure, &scope)?
        } else {
            self.space.mass_of(measure, self.space.measure_scope(measure, &scope)?)?
        };
        Ok((times, Unknown::Mass(mass, scope)))
    }
}

impl Space {
    /// The row that a premise gives; `stated` tells where, for premises that hold everywhere.
    fn premise(&self, premise: &Premise<'_>, stated: &Row, asked: Option<&Linear>) -> Checked<Linear> {
        let one = BigRational::one();
        // What is not before something else: then − first ≥ 0.
        let after = |then: EventDate, first: EventDate| {
            let sum = [(BigRational::one(), Unknown::Date(then)), (-BigRational::one(), Unknown::Date(first))];
            Linear::new(sum, BigRational::zero(), false)
        };
        let edges = |event: &str| {
            Ok((self.event_date(&format!("{event}.start"), None)?, self.event_date(&format!("{event}.end"), None)?))
        };
        match premise.kind {
            "order" => {
                let [first, then] = strings(premise.of)?;
                let pair = (self.event_date(first, Some(Edge::End))?, self.event_date(then, Some(Edge::Start))?);
                if !self.orders.contains(&pair) {
                    return fails("`space` has no such order".to_owned());
                }
                Ok(after(pair.1, pair.0))
            }
            "start-end" => {
                let (start, end) = edges(as_text(premise.of, "`of`")?)?;
                Ok(after(end, start))
            }
            "one-day" => {
                let (start, end) = edges(as_text(premise.of, "`of`")?)?;
                if !self.events.terms.get(&start.event).is_some_and(|event| event.incident) {
                    return fails("the event is no incident".to_owned());
                }
                Ok(after(start, end))
            }
            "in" => {
                let [inner, outer, edge] = strings(premise.of)?;
                let ((inner_start, inner_end), (outer_start, outer_end)) = (edges(inner)?, edges(outer)?);
                if inner == outer || !self.events.lies_in(inner, outer) {
                    return fails("in `space` neither event is in the other as stated".to_owned());
                }
                match edge {
                    "start" => Ok(after(inner_start, outer_start)),
                    "end" => Ok(after(outer_end, inner_end)),
                    other => fails(format!("{} is no edge", named(other))),
                }
            }
            "total" => {
                let name = as_text(premise.of, "`of`")?;
                if !self.attribute(name)?.single_valued {
                    return fails("the attribute may have several values".to_owned());
                }
                match stated.linear.sum.keys().next() {
                    Some(Unknown::Mass(mass @ Mass::Fact { attribute, .. }, scope))
                        if attribute == name && scope.is_empty() =>
                    {
                        Ok(Linear::new([(-one.clone(), Unknown::Mass(mass.clone(), scope.clone()))], -one, false))
                    }
                    _ => fails("its sum is not all of one subject's values".to_owned()),
                }
            }
            "sum" => self.sum_premise(premise.of, stated),
            "asked" => match asked {
                Some(asked) if premise.of == asked_of(asked) => Ok(asked.clone()),
                Some(_) => fails("it is not the question that is asked".to_owned()),
                None => fails("nothing is asked".to_owned()),
            },
            other => fails(format!("{} is no kind of premise", named(other))),
        }
    }

    /// Whole − parts = 0 in any one box, read from left to right or from right to left.
    fn sum_premise(&self, of: &Value, stated: &Row) -> Checked<Linear> {
        let sum = match of.as_u64().and_then(|at| usize::try_from(at).ok()) {
            Some(at) => self.sums.get(at),
            None => {
                let wanted = Sum::parse(of)?;
                self.sums.iter().find(|sum| sum.whole == wanted.whole && sum.parts == wanted.parts)
            }
        };
        let Some(sum) = sum else { return fails("`space` has no such sum".to_owned()) };
        let in_box = |measure: &str, example: &Unknown| match example {
            Unknown::Mass(Mass::Measure(_), scope) => {
                Ok(Unknown::Mass(Mass::Measure(measure.to_owned()), scope.clone()))
            }
            Unknown::Mass(Mass::Level { day, .. }, scope) => {
                Ok(Unknown::Mass(Mass::Level { measure: measure.to_owned(), day: *day }, scope.clone()))
            }
            _ => fails("its sum is not of measures".to_owned()),
        };
        let Some(example) = stated.linear.sum.keys().next() else { return fails("its sum is empty".to_owned()) };
        let whole = in_box(&sum.whole, example)?;
        let sign = match stated.linear.sum.get(&whole) {
            Some(times) if times.is_negative() => -BigRational::one(),
            _ => BigRational::one(),
        };
        let mut terms = vec![(sign.clone(), whole)];
        for part in &sum.parts {
            terms.push((-sign.clone(), in_box(part, example)?));
        }
        Ok(Linear::new(terms, BigRational::zero(), false))
    }
}

/// The side of a box that a question supposes: that there is at most so much in it, or at least.
fn asked_of(asked: &Linear) -> &'static str {
    if asked.sum.values().all(Signed::is_negative) { "at-most" } else { "at-least" }
}

/// The strings of a list that must have `N`.
fn strings<const N: usize>(of: &Value) -> Checked<[&str; N]> {
    let items: Vec<_> = as_list(of, "`of`")?.iter().map(|item| as_text(item, "`of`")).collect::<Checked<_>>()?;
    items.try_into().or_else(|_| fails(format!("`of` is not a list of {N}")))
}
