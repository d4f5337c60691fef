//! Sources that tell the truth about a world, hedged in every form.

use super::calendar::{Date, Day, Days, PRECISIONS, Precision, day_of, meet, within};
use super::case::{Case, Claim, DateClaim, Edge, Form, Source, Voice, scale};
use super::dice::Dice;
use super::facts::{Spot, Values};
use super::hedge::{Exact, FORMS, Number, Quantity, Scale};
use super::relative::{duration, relation};
use super::scope::{Pool, Scope};
use super::world::{AREA, ATTACKS, CASUALTIES, CLAIMED, DAMAGE, DISPLACED, FIGHTERS, Kind, MEASURES, UNITS, World};

/// How true the claims are.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Truth {
    /// Under both readings.
    Both,
    /// Under strict; plain readers are misled wherever that can be managed.
    StrictOnly,
}

/// A world and two dozen true claims about it at most.
pub(crate) fn tell(dice: &mut Dice, truth: Truth) -> Case {
    let world = World::random(dice);
    let mut pool = Pool::random(dice, &world);
    let mut sources: Vec<Source> = (0..=dice.below(4))
        .map(|at| {
            // Later than any date that a claim mentions.
            let published =
                Date::around(dice.between(day_of(2007, 1, 15), day_of(2010, 1, 1)), *dice.pick(&PRECISIONS));
            Source { id: format!("source-{at}"), published, claims: Vec::new() }
        })
        .collect();
    // A world of one kind of claim alone has more of them that meet.
    let only = if dice.percent(50) { Some(dice.below(100)) } else { None };
    for at in 0..4 + dice.below(26) {
        let source = dice.below(sources.len());
        let published = sources[source].published.days();
        let kind = only.filter(|_| dice.percent(80)).unwrap_or_else(|| dice.below(100));
        let first = true_form(dice, &world, &pool, published, kind, truth);
        // A world without events has no dates, and so on; every world has figures.
        if let Some((form, voice)) = first.or_else(|| true_form(dice, &world, &pool, published, 0, truth)) {
            let credits = dice.percent(if voice == Voice::Reports { 60 } else { 15 });
            if let Form::Value { measure, scope, .. } = &form {
                pool.seen.push((*measure, scope.clone()));
            }
            let claim = Claim { id: format!("c{at}"), voice, credits, superseded_by: None, form, lie: false };
            let outdated = dice.percent(5).then(|| outdated(&claim)).flatten();
            sources[source].claims.extend(outdated);
            sources[source].claims.push(claim);
        }
    }
    sources.retain(|source| !source.claims.is_empty());
    Case { world, sources }
}

pub(crate) fn true_form(
    dice: &mut Dice,
    world: &World,
    pool: &Pool,
    published: Days,
    kind: usize,
    truth: Truth,
) -> Option<(Form, Voice)> {
    let voice =
        *dice.pick(&[Voice::Asserts, Voice::Asserts, Voice::Asserts, Voice::Asserts, Voice::Reports, Voice::Disputes]);
    let affirmed = |form: Form| (form, if voice == Voice::Disputes { Voice::Asserts } else { voice });
    match kind {
        0..60 => {
            let measure = [
                ATTACKS, ATTACKS, ATTACKS, CLAIMED, CLAIMED, CASUALTIES, CASUALTIES, DAMAGE, DISPLACED, FIGHTERS,
                FIGHTERS, AREA,
            ][kind / 5];
            let scope = Scope::random(dice, world, pool, measure, published);
            Some(true_value(dice, world, measure, scope, published, voice, truth))
        }
        60..76 => true_date(dice, world, voice, truth),
        76..94 => true_fact(dice, world, voice, truth),
        94..97 => (0..9).find_map(|_| relation(dice, world, pool, published, truth)).map(Form::Relation).map(affirmed),
        _ => (0..9).find_map(|_| duration(dice, world, voice, truth)).map(|form| (form, voice)),
    }
}

/// A claim that its own source replaced, and that nobody should check any more.
fn outdated(claim: &Claim) -> Option<Claim> {
    let Form::Value { measure, scope, unit, .. } = &claim.form else { return None };
    let form = Form::Value {
        measure: *measure,
        scope: scope.clone(),
        value: Quantity::Exactly(Number::of(987_654)),
        unit: *unit,
    };
    let id = format!("{}-outdated", claim.id);
    Some(Claim { id, superseded_by: Some(claim.id.clone()), voice: Voice::Asserts, form, ..claim.clone() })
}

/// The figure that a scope truly has under strict, and all that it has under plain.
pub(crate) fn figures(
    dice: &mut Dice,
    world: &World,
    measure: usize,
    scope: &Scope,
    published: Day,
) -> (Exact, Vec<Exact>) {
    let meaning = |strict| scope.meaning(world, measure, strict, published).unwrap();
    let (strict, plain) = (meaning(true), meaning(false));
    let (meant, taken) = (strict.some_region(dice, world), plain.some_region(dice, world));
    match MEASURES[measure].kind {
        Kind::Count => {
            let also = MEASURES[measure].plain.map(|other| world.total(other, &taken));
            let read = std::iter::once(world.total(measure, &taken)).chain(also).collect();
            (world.total(measure, &meant), read)
        }
        Kind::Level => {
            let moment = strict.single_day().unwrap_or_else(|| {
                let days = (meant.days.0.max(world.days.0 - 9), meant.days.1.min(world.days.1 + 9));
                if days.0 <= days.1 { dice.between(days.0, days.1) } else { meant.days.0 }
            });
            (world.fighters(measure, &meant, moment), world.fighters_throughout(measure, &taken))
        }
        Kind::Fixed => (world.area(measure, &meant), vec![world.area(measure, &taken)]),
    }
}

/// Says something as its own, or as another's.
pub(crate) fn affirm(dice: &mut Dice, form: Form) -> (Form, Voice) {
    (form, if dice.percent(80) { Voice::Asserts } else { Voice::Reports })
}

pub(crate) fn true_value(
    dice: &mut Dice,
    world: &World,
    measure: usize,
    scope: Scope,
    published: Days,
    voice: Voice,
    truth: Truth,
) -> (Form, Voice) {
    let (strict, plain) = figures(dice, world, measure, &scope, published.1);
    let unit = (0..UNITS.len()).find(|&unit| UNITS[unit].1 == MEASURES[measure].unit).filter(|_| dice.percent(15));
    let disputed = (voice == Voice::Disputes && truth == Truth::Both)
        .then(|| deny(dice, world, scale(measure, unit), strict, &plain))
        .flatten();
    if let Some(value) = disputed {
        return (Form::Value { measure, scope, value, unit }, Voice::Disputes);
    }
    let voice = if voice == Voice::Disputes { Voice::Asserts } else { voice };
    let value = hedge(dice, world, scale(measure, unit), strict, &plain, truth);
    (Form::Value { measure, scope, value, unit }, voice)
}

fn extremes(strict: Exact, plain: &[Exact]) -> (Exact, Exact) {
    plain.iter().fold((strict, strict), |(low, high), &value| (low.min(value), high.max(value)))
}

fn random_decimals(dice: &mut Dice, scale: Scale) -> u32 {
    let most = if !scale.whole {
        3
    } else if scale.unit > 1 {
        2
    } else {
        1
    };
    u32::try_from(dice.below(most)).unwrap()
}

/// A figure that is true, in a random form.
pub(crate) fn hedge(
    dice: &mut Dice,
    world: &World,
    scale: Scale,
    strict: Exact,
    plain: &[Exact],
    truth: Truth,
) -> Quantity {
    hedge_if(dice, world, scale, strict, plain, truth, &|_| true).unwrap_or_else(|| {
        let (low, high) = extremes(strict, plain);
        let unit = i128::from(scale.unit);
        Quantity::Between(Number::down(low / unit, 0), Number::up(high / unit, 0))
    })
}

/// The same for one that has to fit in some other way too; none if no try finds one.
pub(crate) fn hedge_if(
    dice: &mut Dice,
    world: &World,
    scale: Scale,
    strict: Exact,
    plain: &[Exact],
    truth: Truth,
    fits: &dyn Fn(&Quantity) -> bool,
) -> Option<Quantity> {
    let in_unit = |(low, high): (Exact, Exact)| (low / i128::from(scale.unit), high / i128::from(scale.unit));
    for attempt in 0..60 {
        let form = dice.below(FORMS);
        let decimals = random_decimals(dice, scale);
        // Misleading figures are further from the truth; one that cannot mislead is merely true under strict.
        let (near, slack) = match truth {
            Truth::Both => (extremes(strict, plain), *dice.pick(&[0, 4, 9])),
            Truth::StrictOnly => ((strict, strict), *dice.pick(&[9, 30, 60])),
        };
        let quantity = Quantity::propose(dice, form, in_unit(near), slack, decimals);
        let holds = |strict: bool, value: Exact| quantity.interval(strict, &world.policy, scale).holds(value);
        let misleads = plain.iter().any(|&value| !holds(false, value));
        let is_told = match truth {
            Truth::Both => !misleads,
            Truth::StrictOnly => misleads || attempt > 40,
        };
        if quantity.is_sound(&world.policy, scale) && holds(true, strict) && is_told && fits(&quantity) {
            return Some(quantity);
        }
    }
    None
}

/// A figure that is false and whose denial is true under both readings; none if no try finds one.
fn deny(dice: &mut Dice, world: &World, scale: Scale, strict: Exact, plain: &[Exact]) -> Option<Quantity> {
    let (low, high) = extremes(strict, plain);
    let off = Exact::new(dice.between(0, 60).into(), 100);
    (0..8).find_map(|_| {
        let decimals = random_decimals(dice, scale);
        let [above, below] =
            [high + high * off, low - low * off].map(|value| Number::near(value / i128::from(scale.unit), decimals));
        let quantity = match dice.below(7) {
            0 => Quantity::AtLeast(Number { units: above.units + 1, ..above }),
            1 => Quantity::MoreThan(above),
            2 => Quantity::AtMost(Number { units: (below.units - 1).max(0), ..below }),
            3 => Quantity::LessThan(below),
            4 => Quantity::Exactly(Number::of(0)),
            5 => Quantity::Between(Number::of(0), Number { units: (below.units - 1).max(0), ..below }),
            _ => Quantity::Vague(1),
        };
        let denial = denied(&quantity, world, scale)?;
        let holds = plain.iter().all(|&value| denial.holds(value)) && denial.holds(strict);
        (holds && quantity.is_sound(&world.policy, scale)).then_some(quantity)
    })
}

/// What a source says that disputes a figure, under both readings; none where that is no interval.
pub(crate) fn denied(quantity: &Quantity, world: &World, scale: Scale) -> Option<super::hedge::Interval> {
    let denial = quantity.interval(true, &world.policy, scale).negation()?;
    Some(if scale.whole { denial.inward() } else { denial })
}

/// Whether a date claim holds of an event that lasted so long.
fn happened(is_incident: bool, edge: Edge, event: Days, allowed: Days) -> bool {
    match edge {
        Edge::On => meet(event, allowed).is_some(),
        Edge::Start => within((event.0, event.0), allowed),
        Edge::End => {
            debug_assert!(!is_incident || event.0 == event.1, "an incident is one day");
            within((event.1, event.1), allowed)
        }
    }
}

/// A date claim of any form about a day.
pub(crate) fn random_date_claim(dice: &mut Dice, day: Day, off: Day) -> DateClaim {
    let precision = *dice.pick(&PRECISIONS);
    let mut date = |day: Day| {
        let date = Date::around(day, precision);
        if dice.percent(25) { date.marked(*dice.pick(&['~', '?'])) } else { date }
    };
    let (near, later, earlier) = (date(day), date(day + off), date(day - off));
    match dice.below(8) {
        0..3 => DateClaim::In(near),
        3 => DateClaim::Before(later),
        4 => DateClaim::After(earlier),
        5 => DateClaim::By(later),
        6 => DateClaim::Since(earlier),
        _ => DateClaim::Between(earlier, later),
    }
}

/// Whether the codebook's container of an event allows a date claim.
pub(crate) fn fits_container(when: &DateClaim, container: Option<Days>) -> bool {
    container.is_none_or(|container| match when {
        DateClaim::In(_) | DateClaim::Between(..) => within(when.days(false), container),
        _ => meet(when.days(false), container).is_some(),
    })
}

/// What a source says that disputes a half-open date; none for one with two ends.
pub(crate) fn denied_days(when: &DateClaim) -> Option<Days> {
    use super::calendar::{AFTER_ALL, BEFORE_ALL};
    match when.days(true) {
        (BEFORE_ALL, last) => Some((last + 1, AFTER_ALL)),
        (first, AFTER_ALL) => Some((BEFORE_ALL, first - 1)),
        _ => None,
    }
}

pub(crate) fn true_date(dice: &mut Dice, world: &World, voice: Voice, truth: Truth) -> Option<(Form, Voice)> {
    if world.events.is_empty() {
        return None;
    }
    let event = dice.below(world.events.len());
    let known = &world.events[event];
    let edge = *dice.pick(&[Edge::On, Edge::Start, Edge::End]);
    let mut fallback = None;
    for _ in 0..80 {
        let day = match edge {
            Edge::On => dice.between(known.days.0, known.days.1),
            Edge::Start => known.days.0,
            Edge::End => known.days.1,
        };
        let off = dice.between(0, 100);
        let around = if dice.percent(30) { day + dice.between(-400, 400) } else { day };
        let when = random_date_claim(dice, around, off);
        if !fits_container(&when, known.container_days()) {
            continue;
        }
        let holds = |days: Days| happened(known.is_incident, edge, known.days, days);
        let form = Form::Date { event, edge, when: when.clone() };
        if voice == Voice::Disputes {
            let whole = edge != Edge::On || known.is_incident;
            if denied_days(&when).is_some_and(|days| whole && truth == Truth::Both && holds(days)) {
                return Some((form, voice));
            }
        } else if holds(when.days(true)) {
            let misleads = !holds(when.days(false));
            if misleads == (truth == Truth::StrictOnly) {
                return Some((form, voice));
            }
            if truth == Truth::StrictOnly {
                fallback = Some((form, voice));
            }
        }
    }
    fallback
}

/// Whether a fact holds on some days of the world: at some moment, and throughout.
pub(crate) fn fact_holds(
    world: &World,
    attribute: usize,
    pair: (usize, usize),
    values: &Values,
    period: Option<Date>,
) -> [(bool, bool); 2] {
    let key = (attribute, pair.0.min(pair.1), pair.0.max(pair.1));
    let key = if world.attributes[attribute].toward { key } else { (attribute, pair.0, 0) };
    let truth = &world.facts[&key];
    let days = period.filter(|_| world.attributes[attribute].changes).map_or(world.days, Date::days);
    let at = |day: Day| -> bool {
        let last = truth.iter().rev().find(|(from, _)| *from <= day).unwrap_or(&truth[0]);
        last.1.iter().any(|&spot| values.hold(spot))
    };
    let moments: Vec<bool> =
        truth.iter().map(|entry| entry.0).filter(|&day| within((day, day), days)).chain([days.0]).map(at).collect();
    // For "is", then for "is not".
    [true, false].map(|wanted| (moments.contains(&wanted), moments.iter().all(|&held| held == wanted)))
}

fn true_fact(dice: &mut Dice, world: &World, voice: Voice, truth: Truth) -> Option<(Form, Voice)> {
    true_fact_about(dice, world, voice, truth, None)
}

/// A true fact of the attribute and subject at a place in the list of all, or of any.
pub(crate) fn true_fact_about(
    dice: &mut Dice,
    world: &World,
    voice: Voice,
    truth: Truth,
    about: Option<usize>,
) -> Option<(Form, Voice)> {
    let keys: Vec<(usize, usize, usize)> = world.facts.keys().copied().collect();
    let only = about.map(|at| keys[at]);
    for _ in 0..60 {
        // Few subjects are talked about, so that facts meet.
        let (attribute, subject, toward) = only.unwrap_or_else(|| keys[dice.below(keys.len())]);
        let known = &world.attributes[attribute];
        if only.is_none() && subject > 1 && dice.percent(80) {
            continue;
        }
        let truths = &world.facts[&(attribute, subject, toward)];
        let spots: Vec<Spot> = truths.iter().flat_map(|entry| entry.1.iter().copied()).collect();
        let near = spots.first().map_or(Spot::Cell(1), |_| *dice.pick(&spots));
        let values = known.random_values(dice, world, near, if only.is_some() { 60 } else { 20 });
        let dated = dice.percent(if known.changes { 75 } else { 35 });
        let precision = *dice.pick(&[Precision::Year, Precision::Month, Precision::Day, Precision::Day]);
        let start = if dice.percent(70) {
            truths[dice.below(truths.len())].0
        } else {
            dice.between(world.days.0, world.days.1)
        };
        let period = dated.then(|| Date::around(start, precision));
        let holds = fact_holds(world, attribute, (subject, toward), &values, period);
        let single_day = period.is_some_and(|date| date.first() == date.last());
        let fits = |(sometime, always): (bool, bool)| match truth {
            Truth::Both => always,
            // One day is one moment: what holds then holds under both readings.
            Truth::StrictOnly => sometime && (!always || single_day),
        };
        let Some(negated) = [false, true].into_iter().find(|&negated| fits(holds[usize::from(negated)])) else {
            continue;
        };
        let (subject, toward) = if known.toward && dice.percent(50) { (toward, subject) } else { (subject, toward) };
        let written = negated != (voice == Voice::Disputes);
        return Some((Form::Fact { attribute, subject, toward, values, negated: written, period }, voice));
    }
    None
}
