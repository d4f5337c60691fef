//! True changes, shares and durations.

use serde_json::{Map, Value, json};

use super::calendar::{Days, Period};
use super::case::Form;
use super::dice::Dice;
use super::hedge::{Exact, Number, whole};
use super::scope::{Pool, Scope, Selection, When};
use super::world::{ATTACKS, CASUALTIES, DAMAGE, Kind, MEASURES, PLACE, World};

/// A scope that is definite under both readings, with its true figure.
fn definite(dice: &mut Dice, world: &World, pool: &Pool, measure: usize, published: Days) -> Option<(Scope, Exact)> {
    let scope = Scope::random(dice, world, pool, measure, published);
    let figure = definite_figure(world, measure, &scope, published)?;
    (scope.event.is_none() && figure > whole(0)).then_some((scope, figure))
}

fn definite_figure(world: &World, measure: usize, scope: &Scope, published: Days) -> Option<Exact> {
    if !scope.is_valid(world, measure, published) || MEASURES[measure].kind != Kind::Count {
        return None;
    }
    let region = scope.meaning(world, measure, true, published.1)?.definite()?;
    Some(world.total(measure, &region))
}

fn write(world: &World, measure: usize, scope: &Scope, key: &str, relation: Value) -> Map<String, Value> {
    let mut claim = Map::new();
    claim.insert("measure".into(), json!(MEASURES[measure].id));
    scope.write(world, &mut claim);
    claim.insert(key.into(), relation);
    claim
}

/// Up or down from another period or place, by a percentage, a factor, a number, or merely so.
pub(crate) fn change(dice: &mut Dice, world: &World, pool: &Pool, published: Days) -> Option<Form> {
    let measure = *dice.pick(&[ATTACKS, CASUALTIES, DAMAGE]);
    let (scope, new) = definite(dice, world, pool, measure, published)?;
    let (base, than) = if dice.percent(70) {
        let period: Period = *dice.pick(&pool.periods);
        (Scope { period: Some(When::In(period)), ..scope.clone() }, json!({ "period": period.text() }))
    } else {
        let term = world.trees[PLACE].random_terms(dice, 0)[0];
        let mut base = scope.clone();
        base.terms.insert(PLACE, Selection::Terms(vec![term]));
        (base, json!({ "place": world.trees[PLACE].terms[term].id }))
    };
    let old = definite_figure(world, measure, &base, published)?;
    if old == whole(0) || old == new || base == scope {
        return None;
    }
    let up = new > old;
    let (larger, smaller) = if up { (new, old) } else { (old, new) };
    let decimals = u32::try_from(dice.below(3)).unwrap();
    let mut relation = json!({ "than": than, "direction": if up { "up" } else { "down" } });
    let amount = match dice.below(4) {
        0 => Some(("percent", Number::near((larger - smaller) / old * whole(100), decimals))),
        1 => Some(("factor", Number::near(larger / smaller, decimals))),
        2 => {
            let difference = Number::near(larger - smaller, 2);
            (difference.exact() == larger - smaller).then_some(("by", difference))
        }
        _ => None,
    };
    let words = match amount {
        Some((key, number)) => {
            relation[key] = number.json();
            let unit = if key == "percent" { " %" } else { "" };
            format!("a change of {}{unit}", number.text())
        }
        None => "a change".to_owned(),
    };
    Some(Form::Other(write(world, measure, &scope, "change", relation), words))
}

/// A term's share of a term that contains it.
pub(crate) fn share(dice: &mut Dice, world: &World, pool: &Pool, published: Days) -> Option<Form> {
    let measure = *dice.pick(&[ATTACKS, CASUALTIES, DAMAGE]);
    let places = &world.trees[PLACE];
    let part = places.random_terms(dice, 0)[0];
    let outer = places.terms[part].parent;
    let (mut scope, _) = definite(dice, world, pool, measure, published)?;
    let mut base = scope.clone();
    scope.terms.insert(PLACE, Selection::Terms(vec![part]));
    base.terms.insert(PLACE, Selection::Terms(vec![outer]));
    let of = definite_figure(world, measure, &base, published)?;
    let figure = definite_figure(world, measure, &scope, published)?;
    if of == whole(0) {
        return None;
    }
    let percent = Number::near(figure / of * whole(100), u32::try_from(dice.below(3)).unwrap());
    let relation = json!({ "of": { "place": places.terms[outer].id }, "percent": percent.json() });
    let words = format!("a share of {} %", percent.text());
    Some(Form::Other(write(world, measure, &scope, "share", relation), words))
}

/// How long an event lasted, or how long it was from one to another.
pub(crate) fn duration(dice: &mut Dice, world: &World) -> Option<Form> {
    if world.events.is_empty() {
        return None;
    }
    let (first, then) = (dice.pick(&world.events), dice.pick(&world.events));
    let itself = first.id == then.id;
    let length = if itself { first.days.1 - first.days.0 } else { then.days.0 - first.days.1 };
    // The shortest and the longest length of each unit, in days.
    let units = [("days", 1, 1), ("weeks", 7, 7), ("months", 28, 31), ("years", 365, 366), ("decades", 3650, 3660)];
    let (unit, shortest, longest) = *dice.pick(&units);
    let number = whole(length) * 2 / whole(shortest + longest);
    let number = Number::near(number, u32::try_from(dice.below(2)).unwrap());
    // A bare number is within half of its last digit.
    let half = Exact::new(1, 2 * 10_i128.pow(number.decimals));
    let lowest = (number.exact() - half) * whole(shortest);
    let highest = (number.exact() + half) * whole(longest);
    if length < 0 || number.units == 0 || whole(length) < lowest || highest < whole(length) {
        return None;
    }
    let words = format!("for {} {unit}", number.text());
    let keys = if itself {
        json!({ "event": first.id, "duration": { unit: number.json() } })
    } else {
        json!({ "duration": { "from": first.id, "to": then.id, unit: number.json() } })
    };
    Some(Form::Other(keys.as_object()?.clone(), words))
}
