//! What proofs rest on: the codebook without its prose.

use serde_json::{Map, Value, json};

use crate::certificate::scope_json::period;
use crate::claim::Days;
use crate::codebook::{Attribute, Codebook, DimensionId, Domain, Moment, TermId};

/// The codebook, as far as a verifier needs it: trees, kinds, events, orders, attributes and sums.
pub fn space(codebook: &Codebook) -> Value {
    let dimensions = codebook.dimensions.named().map(|(id, dimension)| {
        let mut json = Map::new();
        json.insert("root".to_owned(), codebook.dimensions.term(dimension.root).id.clone().into());
        if codebook.dimensions.term(dimension.root).exhaustive {
            json.insert("exhaustive".to_owned(), true.into());
        }
        json.insert("terms".to_owned(), terms(codebook, id));
        (dimension.id.clone(), Value::from(json))
    });
    let measures = codebook.measures.iter().map(|measure| {
        let name = |id: &DimensionId| codebook.dimensions.dimension(*id).id.clone();
        let mut overlaps: Vec<String> = measure.overlaps.iter().map(name).collect();
        if measure.period_overlaps {
            overlaps.push("period".to_owned());
        }
        let mut json = json!({
            "unit": measure.unit,
            "kind": measure.kind.word(),
            "whole": measure.whole,
            "dimensions": measure.dimensions.iter().map(name).collect::<Vec<_>>(),
            "overlaps": overlaps,
        });
        if let (Some(plain), Some(map)) = (measure.plain, json.as_object_mut()) {
            map.insert("plain".to_owned(), codebook.measure(plain).id.clone().into());
        }
        (measure.id.clone(), json)
    });
    let events = codebook.events.iter().map(|event| {
        let mut json = Map::from_iter([("kind".to_owned(), Value::from(event.kind.word()))]);
        if let Some(parent) = event.parent {
            json.insert("in".to_owned(), codebook.event(parent).id.clone().into());
        }
        if let Some(place) = event.place {
            json.insert("place".to_owned(), codebook.dimensions.term(place).id.clone().into());
        }
        if let Some((first, last)) = event.period {
            json.insert("period".to_owned(), period(Days { first: Some(first), last: Some(last) }).into());
        }
        (event.id.clone(), Value::from(json))
    });
    let moment = |moment: Moment| format!("{}.{}", codebook.event(moment.event).id, moment.side.word());
    let orders =
        codebook.orders.iter().map(|order| json!({ "first": moment(order.first), "then": moment(order.then) }));
    let sums = codebook.sums.iter().map(|sum| {
        let id = |measure| codebook.measure(measure).id.clone();
        json!({ "whole": id(sum.whole), "parts": sum.parts.iter().map(|&part| id(part)).collect::<Vec<_>>() })
    });
    let attributes = codebook.attributes.iter().map(|entry| (entry.id.clone(), attribute(codebook, entry)));
    json!({
        "dimensions": dimensions.collect::<Map<_, _>>(),
        "measures": measures.collect::<Map<_, _>>(),
        "events": events.collect::<Map<_, _>>(),
        "orders": orders.collect::<Vec<_>>(),
        "attributes": attributes.collect::<Map<_, _>>(),
        "sums": sums.collect::<Vec<_>>(),
    })
}

fn terms(codebook: &Codebook, dimension: DimensionId) -> Value {
    let id = |term: TermId| codebook.dimensions.term(term).id.clone();
    let root = codebook.dimensions.dimension(dimension).root;
    let terms = codebook.dimensions.dimension(dimension).terms.iter().filter_map(|&at| {
        let term = codebook.dimensions.term(at);
        let parent = term.parent?;
        let mut json = Map::new();
        // The root of an inline tree has no name, and what lies right below it names no parent.
        if !(codebook.dimensions.dimension(dimension).inline && parent == root) {
            json.insert("in".to_owned(), id(parent).into());
        }
        if term.overlaps {
            json.insert("overlaps".to_owned(), true.into());
        }
        if term.exhaustive {
            json.insert("exhaustive".to_owned(), true.into());
        }
        Some((term.id.clone(), Value::from(json)))
    });
    terms.collect::<Map<_, _>>().into()
}

fn attribute(codebook: &Codebook, attribute: &Attribute) -> Value {
    let domain = |domain: Domain| match domain {
        Domain::Terms(id) if codebook.dimensions.dimension(id).inline => terms(codebook, id),
        Domain::Terms(id) => codebook.dimensions.dimension(id).id.clone().into(),
        Domain::Events => "events".into(),
        Domain::Dates => "dates".into(),
    };
    let mut json = json!({
        "subjects": domain(attribute.subjects),
        "values": domain(attribute.values),
        "single_valued": attribute.single_valued,
        "changes": attribute.changes,
        "opinion": attribute.opinion,
        "symmetric": attribute.symmetric,
    });
    if let (Some(toward), Some(map)) = (attribute.toward, json.as_object_mut()) {
        map.insert("toward".to_owned(), domain(toward));
    }
    json
}
