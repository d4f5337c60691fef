//! A made-up country of which everything is known. What is told of it truthfully is in no conflict.

use serde_json::{Map, Value, json};

use crate::worlds::dice::Dice;

pub(crate) const DIMENSIONS: [&str; 5] = ["place", "actor", "target", "harm", "weapon"];
const TERMS: usize = 4;
const CHILDREN: usize = 3;
const MONTHS: usize = 12;

/// A child of a term, by numbers.
type Leaf = (usize, usize);

/// Some attacks in one month of one position each, or, where dimensions overlap, of several.
struct Attacks {
    points: Vec<[Leaf; 5]>,
    month: usize,
    count: i64,
}

/// What a figure is of: per dimension everything, a term or one of its children; and months, both included.
#[derive(Clone, Copy, Default)]
pub(crate) struct Scope {
    pub(crate) terms: [Option<(usize, Option<usize>)>; 5],
    pub(crate) months: Option<(usize, usize)>,
}

pub(crate) struct Town {
    attacks: Vec<Attacks>,
    /// From which dimension on one attack can have several terms.
    overlaps_from: usize,
}

fn name(dimension: usize, term: usize, child: Option<usize>) -> String {
    let term = format!("{}{term}", DIMENSIONS[dimension]);
    child.map_or_else(|| term.clone(), |child| format!("{term}-{child}"))
}

impl Scope {
    fn holds(&self, attacks: &Attacks) -> bool {
        let (first, last) = self.months.unwrap_or((0, MONTHS - 1));
        (first..=last).contains(&attacks.month) && attacks.points.iter().any(|point| self.holds_point(point))
    }

    fn holds_point(&self, point: &[Leaf; 5]) -> bool {
        self.terms.iter().zip(point).all(|(said, leaf)| {
            said.is_none_or(|(term, child)| term == leaf.0 && child.is_none_or(|child| child == leaf.1))
        })
    }

    /// A claim that the figure is such and such.
    pub(crate) fn claim(&self, id: &str, value: &Value) -> Value {
        let (first, last) = self.months.unwrap_or((0, MONTHS - 1));
        let period = format!("2022-{:02}/2022-{:02}", first + 1, last + 1);
        let mut claim = json!({ "id": id, "quote": "so many", "measure": "attacks", "period": period, "value": value });
        for (dimension, said) in self.terms.iter().enumerate() {
            if let Some((term, child)) = said {
                claim[DIMENSIONS[dimension]] = json!(name(dimension, *term, *child));
            }
        }
        claim
    }
}

impl Town {
    pub(crate) fn new(dice: &mut Dice, overlaps_from: usize) -> Self {
        let leaf = |dice: &mut Dice| (dice.below(TERMS), dice.below(CHILDREN));
        let attacks = (0..400).map(|_| {
            let first: [Leaf; 5] = std::array::from_fn(|_| leaf(dice));
            let mut points = vec![first];
            while overlaps_from < 5 && dice.percent(30) {
                points.push(std::array::from_fn(|at| if at < overlaps_from { first[at] } else { leaf(dice) }));
            }
            Attacks { points, month: dice.below(MONTHS), count: dice.between(1, 8) }
        });
        Self { attacks: attacks.collect(), overlaps_from }
    }

    pub(crate) fn codebook(&self) -> Value {
        let dimension = |at: usize| {
            let mut terms = Map::new();
            for term in 0..TERMS {
                terms.insert(name(at, term, None), json!({ "exhaustive": term < 2 }));
                for child in 0..CHILDREN {
                    terms.insert(name(at, term, Some(child)), json!({ "in": name(at, term, None) }));
                }
            }
            (DIMENSIONS[at].to_owned(), json!({ "root": format!("any-{}", DIMENSIONS[at]), "terms": terms }))
        };
        let dimensions: Map<String, Value> = (0..5).map(dimension).collect();
        let mut measure = json!({ "unit": "attack", "kind": "count", "whole": true, "dimensions": DIMENSIONS });
        if self.overlaps_from < DIMENSIONS.len() {
            measure["overlaps"] = json!(&DIMENSIONS[self.overlaps_from..]);
        }
        json!({ "dimensions": dimensions, "measures": { "attacks": measure } })
    }

    pub(crate) fn truth(&self, scope: &Scope) -> i64 {
        self.attacks.iter().filter(|attacks| scope.holds(attacks)).map(|attacks| attacks.count).sum()
    }

    /// So many true claims; the first is of everything, so that all hang together.
    pub(crate) fn told(&self, dice: &mut Dice, count: usize) -> Vec<Value> {
        let everything = Scope::default();
        let mut claims = vec![everything.claim("everything", &json!(self.truth(&everything)))];
        while claims.len() < count {
            let mut scope = Scope::default();
            for said in &mut scope.terms {
                let term = dice.below(TERMS);
                *said = match dice.below(100) {
                    0..35 => None,
                    35..70 => Some((term, None)),
                    _ => Some((term, Some(dice.below(CHILDREN)))),
                };
            }
            let first = dice.below(MONTHS);
            scope.months = Some((first, first + dice.below(MONTHS - first)));
            let truth = self.truth(&scope);
            let value = match dice.below(100) {
                0..50 => json!(truth),
                50..70 => json!({ "at_least": (truth - 2).max(0) }),
                70..85 => json!({ "between": [(truth - 3).max(0), truth + 4] }),
                _ => json!({ "at_most": truth + 5 }),
            };
            claims.push(scope.claim(&format!("c{}", claims.len()), &value));
        }
        claims
    }
}
