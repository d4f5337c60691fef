//! Claims about a world, and the folder of files that holds them.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::calendar::{AFTER_ALL, BEFORE_ALL, Date, Days};
use super::facts::Values;
use super::hedge::{Bare, Quantity, Scale, VAGUE};
use super::relative::{Length, Relation};
use super::scope::Scope;
use super::tree::Tree;
use super::world::{ACTOR, MEASURES, UNITS, World};

#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Voice {
    Asserts,
    Reports,
    Disputes,
}

#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Edge {
    On,
    Start,
    End,
}

/// When an event happened, as a claim says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DateClaim {
    In(Date),
    Before(Date),
    After(Date),
    By(Date),
    Since(Date),
    Between(Date, Date),
}

impl DateClaim {
    /// The days that the claim allows.
    pub(crate) fn days(&self, strict: bool) -> Days {
        match self {
            Self::In(date) => date.widest(strict),
            Self::Between(first, last) => (first.widest(strict).0, last.widest(strict).1),
            Self::Since(date) => (date.widest(strict).0, AFTER_ALL),
            Self::By(date) => (BEFORE_ALL, date.widest(strict).1),
            // One unit of slack moves the first day of a date to the first day of the next one.
            Self::Before(date) if strict && date.mark.is_some() => (BEFORE_ALL, date.last()),
            Self::Before(date) => (BEFORE_ALL, date.first() - 1),
            Self::After(date) if strict && date.mark.is_some() => (date.first(), AFTER_ALL),
            Self::After(date) => (date.last() + 1, AFTER_ALL),
        }
    }

    fn json(&self) -> Value {
        match self {
            Self::In(date) => json!(date.text()),
            Self::Before(date) => json!({ "before": date.text() }),
            Self::After(date) => json!({ "after": date.text() }),
            Self::By(date) => json!({ "by": date.text() }),
            Self::Since(date) => json!({ "since": date.text() }),
            Self::Between(first, last) => json!({ "between": [first.text(), last.text()] }),
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) enum Form {
    Value {
        measure: usize,
        scope: Scope,
        value: Quantity,
        /// One of the units, where the figure is not in the base unit.
        unit: Option<usize>,
    },
    Date {
        event: usize,
        edge: Edge,
        when: DateClaim,
    },
    Fact {
        attribute: usize,
        subject: usize,
        toward: usize,
        values: Values,
        negated: bool,
        period: Option<Date>,
    },
    /// A change or a share.
    Relation(Relation),
    Duration(Length),
}

#[derive(Clone, Debug)]
pub(crate) struct Claim {
    pub(crate) id: String,
    pub(crate) voice: Voice,
    pub(crate) credits: bool,
    pub(crate) superseded_by: Option<String>,
    pub(crate) form: Form,
    /// Whether it was changed after it was computed from the world.
    pub(crate) lie: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Source {
    pub(crate) id: String,
    pub(crate) published: Date,
    pub(crate) claims: Vec<Claim>,
}

/// A world and what sources say of it.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) world: World,
    pub(crate) sources: Vec<Source>,
}

/// A claims folder: the JSON of each file by its path.
pub(crate) type Files = BTreeMap<String, Value>;

/// In what a figure of a measure is given.
pub(crate) fn scale(measure: usize, unit: Option<usize>) -> Scale {
    Scale { unit: unit.map_or(1, |unit| UNITS[unit].2), whole: MEASURES[measure].whole, bare: Bare::Exact }
}

impl Claim {
    pub(crate) fn json(&self, world: &World) -> Value {
        let mut claim = Map::new();
        claim.insert("id".into(), json!(self.id));
        match self.voice {
            Voice::Asserts => {}
            Voice::Reports => drop(claim.insert("voice".into(), json!("reports"))),
            Voice::Disputes => drop(claim.insert("voice".into(), json!("disputes"))),
        }
        if self.credits {
            claim.insert("attributed_to".into(), json!(["ministry"]));
        }
        if let Some(later) = &self.superseded_by {
            claim.insert("superseded_by".into(), json!(later));
            claim.insert("note".into(), json!("corrected later in the same text"));
        }
        let quote = match &self.form {
            Form::Value { measure, scope, value, unit } => {
                claim.insert("measure".into(), json!(MEASURES[*measure].id));
                scope.write(world, &mut claim);
                claim.insert("value".into(), value.json());
                claim.extend(unit.map(|unit| ("unit".into(), json!(UNITS[unit].0))));
                let multiple = unit.map_or("", |unit| ["thousand ", "dozen "][unit]);
                format!("{} {multiple}were counted", value.words())
            }
            Form::Date { event, edge, when } => {
                let edge = match edge {
                    Edge::On => "on",
                    Edge::Start => "start",
                    Edge::End => "end",
                };
                claim.insert("event".into(), json!(world.events[*event].id));
                claim.insert("date".into(), json!({ edge: when.json() }));
                "that was when it happened".to_owned()
            }
            Form::Fact { attribute, subject, toward, values, negated, period } => {
                let attribute = &world.attributes[*attribute];
                let actor = |at: usize| json!(world.trees[ACTOR].terms[at].id);
                let subject = if attribute.of_events { json!(world.events[*subject].id) } else { actor(*subject) };
                claim.insert("attribute".into(), json!(attribute.id));
                claim.insert("subject".into(), subject);
                if attribute.toward {
                    claim.insert("toward".into(), actor(*toward));
                }
                let verb = if *negated { "is_not" } else { "is" };
                claim.insert(verb.into(), values.json(attribute, world));
                claim.extend(period.map(|period| ("period".into(), json!(period.text()))));
                "that is how it was".to_owned()
            }
            Form::Relation(relation) => relation.write(world, &mut claim),
            Form::Duration(length) => length.write(world, &mut claim),
        };
        claim.insert("quote".into(), json!(quote));
        claim.into()
    }
}

impl Case {
    pub(crate) fn claims(&self) -> impl Iterator<Item = (&Source, &Claim)> {
        self.sources.iter().flat_map(|source| source.claims.iter().map(move |claim| (source, claim)))
    }

    pub(crate) fn claim(&self, name: &str) -> &Claim {
        self.claims().find(|(source, claim)| self::name(source, claim) == name).unwrap().1
    }

    /// The case without one claim; none when another claim needs it.
    pub(crate) fn without(&self, source: usize, claim: usize) -> Option<Self> {
        let mut case = self.clone();
        let gone = case.sources[source].claims.remove(claim);
        let needed = |claim: &Claim| claim.superseded_by.as_ref() == Some(&gone.id);
        (!case.sources[source].claims.iter().any(needed)).then_some(case)
    }

    pub(crate) fn files(&self) -> Files {
        let mut files = Files::from([("codebook.json".to_owned(), codebook(&self.world))]);
        for source in &self.sources {
            let claims: Vec<Value> = source.claims.iter().map(|claim| claim.json(&self.world)).collect();
            let json = json!({ "source": { "id": source.id, "published": source.published.text() }, "claims": claims });
            files.insert(format!("sources/{}.json", source.id), json);
        }
        files
    }
}

/// A claim's name in reports.
pub(crate) fn name(source: &Source, claim: &Claim) -> String {
    format!("{}/{}", source.id, claim.id)
}

fn codebook(world: &World) -> Value {
    let object = |entries: Vec<(String, Value)>| Value::Object(entries.into_iter().collect());
    let dimension_ids = |dimensions: &[usize]| -> Vec<&str> {
        dimensions.iter().map(|&dimension| world.trees[dimension].id.as_str()).collect()
    };
    let measures = world.measures().map(|measure| {
        let measure = &MEASURES[measure];
        let mut entry = json!({
            "unit": measure.unit,
            "kind": format!("{:?}", measure.kind).to_lowercase(),
            "whole": measure.whole,
            "dimensions": dimension_ids(measure.dimensions),
        });
        if !measure.overlaps.is_empty() {
            entry["overlaps"] = json!(measure.overlaps);
        }
        if let Some(plain) = measure.plain {
            entry["plain"] = json!(MEASURES[plain].id);
        }
        (measure.id.to_owned(), entry)
    });
    let units = UNITS.iter().map(|(id, of, times)| ((*id).to_owned(), json!({ "of": of, "times": times.to_string() })));
    let events = world.events.iter().map(|event| (event.id.clone(), event.json(&world.events, &world.trees[0])));
    let orders = world
        .orders
        .iter()
        .map(|&(first, then)| json!({ "first": world.events[first].id, "then": world.events[then].id }));
    let vague = VAGUE.iter().map(|(word, strict, plain)| {
        ((*word).to_owned(), json!({ "strict": [strict.0, strict.1], "plain": [plain.0, plain.1] }))
    });
    let id = |measure: usize| MEASURES[measure].id;
    let sums = world.sums.iter().map(|&(whole, parts)| json!({ "whole": id(whole), "parts": parts.map(id) }));
    let policy = &world.policy;
    json!({
        "dimensions": object(world.trees.iter().map(|tree: &Tree| (tree.id.clone(), tree.dimension_json())).collect()),
        "measures": object(measures.collect()),
        "units": object(units.collect()),
        "events": object(events.collect()),
        "orders": orders.collect::<Vec<_>>(),
        "sums": sums.collect::<Vec<_>>(),
        "attributes": object(world.attributes.iter().map(|a| (a.id.to_owned(), a.json())).collect()),
        "vague": object(vague.collect()),
        "about": {
            "strict": format!("{}%", policy.about_strict),
            "plain": format!("{}%", policy.about_plain),
            "min": policy.about_min,
        },
        "beyond": { "plain": format!("{}%", policy.beyond), "min": policy.beyond_min },
        "upstreams": { "ministry": { "label": "the ministry" } },
    })
}
