//! What is written is read again as anybody would, and held against the incidents, one by one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::claim::Claims;
use crate::world::World;
use crate::{Arguments, Shape, write};

const DIMENSIONS: [&str; 3] = ["place", "actor", "target"];
const SHAPES: [Shape; 3] = [Shape::Ordinary, Shape::HotCell, Shape::Dense];

/// A claims folder as it was read.
struct Read {
    world: World,
    /// The incidents' days.
    dates: Vec<Date>,
    /// Per dimension, of each term the one that it is in.
    parents: [BTreeMap<String, String>; 3],
    roots: [String; 3],
    claims: Vec<Value>,
    truth: Value,
}

fn arguments(folder: &Path, shape: Shape, seed: u64) -> Arguments {
    Arguments { claims: 2_000, seed, lies: 50, shape, folder: folder.join("claims") }
}

fn files(folder: &Path) -> [String; 3] {
    ["claims/codebook.json", "claims/sources/incidents.jsonl", "claims.truth.json"]
        .map(|path| fs::read_to_string(folder.join(path)).unwrap())
}

fn written(shape: Shape, seed: u64) -> [String; 3] {
    let folder = tempfile::tempdir().unwrap();
    let arguments = arguments(folder.path(), shape, seed);
    write::write(&arguments, &Claims::of(&arguments)).unwrap();
    files(folder.path())
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn number(value: &Value) -> i64 {
    value.as_i64().unwrap()
}

impl Read {
    fn of(shape: Shape) -> Self {
        let [codebook, lines, truth] = written(shape, 7);
        let codebook: Value = serde_json::from_str(&codebook).unwrap();
        let dimension = |name| &codebook["dimensions"][name];
        let parents = DIMENSIONS.map(|name| {
            let terms = dimension(name)["terms"].as_object().unwrap();
            terms.iter().map(|(id, term)| (id.clone(), text(&term["in"]))).collect()
        });
        let roots = DIMENSIONS.map(|name| text(&dimension(name)["root"]));
        let lines = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let world = World::of(&arguments(Path::new(""), shape, 7));
        let first: Date = if shape == Shape::Dense { "2022-01-01" } else { "2013-01-01" }.parse().unwrap();
        let dates = world.incidents.iter().map(|incident| first + jiff::Span::new().days(incident.day)).collect();
        let claims = lines.filter(|line| line.get("id").is_some()).collect();
        Self { world, dates, parents, roots, claims, truth: serde_json::from_str(&truth).unwrap() }
    }

    fn is_lie(&self, claim: &Value) -> bool {
        let name = json!(name(claim));
        self.truth["lies"].as_array().unwrap().iter().any(|lie| lie["claim"] == name)
    }

    /// Whether a term is another or in it, by the codebook.
    fn within(&self, dimension: usize, term: &str, whole: &str) -> bool {
        let mut at = term;
        loop {
            if at == whole {
                return true;
            }
            let Some(parent) = self.parents[dimension].get(at) else { return false };
            at = parent;
        }
    }

    fn term<'a>(&'a self, claim: &'a Value, dimension: usize) -> &'a str {
        claim.get(DIMENSIONS[dimension]).map_or(&self.roots[dimension], |term| term.as_str().unwrap())
    }

    /// What a claim speaks of, added up incident by incident.
    fn mass(&self, claim: &Value) -> i64 {
        let (first, last) = days(claim["period"].as_str().unwrap());
        let mut mass = 0;
        for (incident, date) in self.world.incidents.iter().zip(&self.dates) {
            let at = |dimension: usize| &self.world.trees[dimension].terms[usize::from(incident.terms[dimension])].id;
            let inside = (0..3).all(|dimension| self.within(dimension, at(dimension), self.term(claim, dimension)));
            if inside && (first..=last).contains(date) {
                mass += if claim["measure"] == "killed" { i64::from(incident.killed) } else { 1 };
            }
        }
        mass
    }

    /// Whether the box of one claim lies in that of another.
    fn lies_in(&self, part: &Value, whole: &Value) -> bool {
        let [inner, outer] = [part, whole].map(|claim| days(claim["period"].as_str().unwrap()));
        part["measure"] == whole["measure"]
            && (0..3).all(|dimension| self.within(dimension, self.term(part, dimension), self.term(whole, dimension)))
            && outer.0 <= inner.0
            && inner.1 <= outer.1
    }
}

fn name(claim: &Value) -> String {
    format!("{}/{}", text(&claim["source"]), text(&claim["id"]))
}

/// The first and the last day of a period.
fn days(period: &str) -> (Date, Date) {
    let (first, last) = period.split_once('/').unwrap_or((period, period));
    let padded = |text: &str| -> Date { format!("{text}{}", &"0000-01-01"[text.len()..]).parse().unwrap() };
    let end = match last.len() {
        4 => padded(last).last_of_year(),
        7 => padded(last).last_of_month(),
        _ => padded(last),
    };
    (padded(first), end)
}

/// The least and the greatest value that a claim of whole things allows, in fortieths, so that no percentage leaves a rest. `about`
/// is how many per cent that word reaches: 25 under strict, 10 under plain.
fn ends(value: &Value, about: i64) -> (i64, Option<i64>) {
    const UNIT: i64 = 40;
    if let Some(value) = value.as_i64() {
        return (UNIT * value, Some(UNIT * value));
    }
    let (hedge, said) = value.as_object().unwrap().iter().find(|(key, _)| *key != "to").unwrap();
    let exact = |said: &Value| UNIT * number(said);
    let distance = |said: &Value| (exact(said) * about / 100).max(UNIT);
    let beyond = |said: &Value| (about == 10).then(|| exact(said) + (exact(said) / 4).max(10 * UNIT));
    match hedge.as_str() {
        "at_least" => (exact(said), beyond(said)),
        "more_than" => (exact(said) + UNIT, beyond(said)),
        "at_most" => (0, Some(exact(said))),
        "less_than" => (0, Some(exact(said) - UNIT)),
        "about" => (exact(said) - distance(said), Some(exact(said) + distance(said))),
        "nearly" => (exact(said) - distance(said), Some(exact(said) - UNIT)),
        "between" => (exact(&said[0]), Some(exact(&said[1]))),
        "rounded" => (exact(said) - exact(&value["to"]) / 2, Some(exact(said) + exact(&value["to"]) / 2)),
        other => panic!("{other}"),
    }
}

/// Whether a value allows a number of whole things.
fn allows(value: &Value, mass: i64, about: i64) -> bool {
    let (low, high) = ends(value, about);
    low <= 40 * mass && high.is_none_or(|high| 40 * mass <= high)
}

#[test]
fn true_claims_hold_in_the_world_under_both_readings() {
    for shape in SHAPES {
        let read = Read::of(shape);
        assert_eq!(read.claims.len(), 2_000);
        let mut hedges = BTreeSet::new();
        for claim in read.claims.iter().filter(|claim| !read.is_lie(claim)) {
            let mass = read.mass(claim);
            for about in [25, 10] {
                assert!(allows(&claim["value"], mass, about), "{mass} is not what is said: {claim}");
            }
            let value = claim["value"].as_object();
            hedges.insert(value.map_or(String::new(), |value| value.keys().next().unwrap().clone()));
        }
        assert_eq!(hedges.len(), 9, "{hedges:?}");
    }
}

#[test]
fn every_lie_is_false_and_contradicts_the_true_claim_that_is_named() {
    for shape in SHAPES {
        let read = Read::of(shape);
        let lies = read.truth["lies"].as_array().unwrap();
        assert_eq!(lies.len(), 50);
        let find = |wanted: &Value| read.claims.iter().find(|claim| name(claim) == text(wanted)).unwrap();
        for told in lies {
            let (lie, against) = (find(&told["claim"]), find(&told["against"]));
            assert_eq!(lie["value"], told["said"]);
            assert_eq!(read.mass(lie), number(&told["true"]));
            assert!(!allows(&lie["value"], read.mass(lie), 25), "{told}");
            assert!(!read.is_lie(against));
            let above = |part: &Value, whole: &Value| {
                let high = ends(&whole["value"], 25).1;
                read.lies_in(part, whole) && high.is_some_and(|high| high < ends(&part["value"], 25).0)
            };
            assert!(above(lie, against) || above(against, lie), "{told}");
        }
    }
}

#[test]
fn quotes_hold_the_numbers_as_the_values_have_them() {
    for claim in Read::of(Shape::Ordinary).claims {
        let quote = text(&claim["quote"]);
        let words: Vec<&str> = quote.split(' ').collect();
        assert!(words.len() <= 15);
        let said = match &claim["value"] {
            Value::Object(hedged) => hedged.iter().find(|(key, _)| *key != "to").unwrap().1.clone(),
            bare => bare.clone(),
        };
        let numbers = said.as_array().cloned().unwrap_or_else(|| vec![said.clone()]);
        for number in numbers {
            assert!(words.contains(&number.to_string().as_str()), "{claim}");
        }
    }
}

#[test]
fn a_source_is_described_before_its_first_claim_and_once() {
    let mut described = BTreeSet::new();
    let mut ids = BTreeSet::new();
    for line in written(Shape::Ordinary, 7)[1].lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        if let Some(source) = line["source"].as_object() {
            assert!(described.insert(text(&source["id"])));
            assert!(text(&source["published"]).as_str() > "2022-12-31");
        } else {
            assert!(described.contains(&text(&line["source"])));
            assert!(ids.insert(text(&line["id"])));
        }
    }
}

#[test]
fn the_hot_cell_is_told_of_in_as_many_periods_as_claims() {
    let read = Read::of(Shape::HotCell);
    let true_ones = read.claims.iter().step_by(10).filter(|claim| !read.is_lie(claim));
    let periods: Vec<(Date, Date)> = true_ones
        .map(|claim| {
            assert_eq!([0, 1, 2].map(|dimension| read.term(claim, dimension)), ["d-1-01", "f-1-1", "t-1-1"]);
            days(claim["period"].as_str().unwrap())
        })
        .collect();
    assert!(periods.len() > 180);
    assert_eq!(periods.iter().collect::<BTreeSet<_>>().len(), periods.len());
}

#[test]
fn the_same_arguments_give_the_same_bytes_and_another_seed_others() {
    for shape in SHAPES {
        assert_eq!(written(shape, 7), written(shape, 7));
        assert_ne!(written(shape, 7)[1], written(shape, 8)[1]);
    }
}
