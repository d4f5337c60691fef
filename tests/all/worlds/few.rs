//! Small corpora whose claims hang together: a whole and its parts, cut along one axis or two, and how they compare; the
//! dates of a few events; facts about one subject. A small lie among them makes conflicts of many claims.

use super::calendar::{Date, Days, PRECISIONS, Period, Precision, day_of};
use super::case::{Case, Claim, Form, Source, Voice, scale};
use super::dice::Dice;
use super::hedge::{Exact, Number, Quantity, Scale, whole};
use super::relative::{duration, relate};
use super::scope::{Pool, Scope, Selection, When};
use super::tell::{Truth, affirm, figures, hedge, true_date, true_fact_about, true_form, true_value};
use super::tree::has;
use super::world::{
    AREA, ATTACKS, CASUALTIES, CLAIMED, DAMAGE, DISPLACED, FIGHTERS, HOMES, Kind, MEASURES, PLACE, World,
};

/// The most claims of such a corpus.
pub(crate) const MOST: usize = 9;

/// A world and up to nine true claims about it.
pub(crate) fn tell_few(dice: &mut Dice, truth: Truth) -> Case {
    let world = World::random_with_sums(dice);
    let sources: Vec<Source> = (0..=dice.below(3))
        .map(|at| {
            let published =
                Date::around(dice.between(day_of(2007, 1, 15), day_of(2010, 1, 1)), *dice.pick(&PRECISIONS));
            Source { id: format!("source-{at}"), published, claims: Vec::new() }
        })
        .collect();
    let earliest = sources.iter().map(|source| source.published.first()).min().unwrap();
    let latest = sources.iter().map(|source| source.published.last()).max().unwrap();
    let published = (earliest, latest);
    let mut pool = Pool::random(dice, &world);
    let mut forms: Vec<(Form, Voice)> = Vec::new();
    let theme = dice.below(100);
    for _ in 0..2 {
        match theme {
            0..66 => forms.extend(a_family(dice, &world, &pool, published, truth)),
            66..84 if world.events.len() > 1 => {
                let tell = |dice: &mut Dice| {
                    let voice = *dice.pick(&[Voice::Asserts, Voice::Reports, Voice::Disputes]);
                    if dice.percent(55) {
                        duration(dice, &world, voice, truth).map(|form| (form, voice))
                    } else {
                        true_date(dice, &world, voice, truth)
                    }
                };
                forms.extend((0..MOST).filter_map(|_| tell(dice)));
            }
            _ => {
                let about = dice.below(world.facts.len());
                let tell = |dice: &mut Dice| {
                    let voice = *dice.pick(&[Voice::Asserts, Voice::Reports, Voice::Disputes]);
                    true_fact_about(dice, &world, voice, truth, Some(about))
                };
                forms.extend((0..2 + dice.below(5)).filter_map(|_| tell(dice)));
            }
        }
        if forms.len() >= 3 && dice.percent(75) {
            break;
        }
    }
    for _ in 0..dice.below(3) {
        // A bystander, perhaps of another kind.
        pool.seen.extend(forms.iter().filter_map(|(form, _)| match form {
            Form::Value { measure, scope, .. } => Some((*measure, scope.clone())),
            _ => None,
        }));
        let kind = dice.below(100);
        forms.extend(true_form(dice, &world, &pool, published, kind, truth));
    }
    dice.shuffle(&mut forms);
    forms.truncate(MOST);
    told(dice, world, sources, forms)
}

fn told(dice: &mut Dice, world: World, mut sources: Vec<Source>, forms: Vec<(Form, Voice)>) -> Case {
    for (at, (form, voice)) in forms.into_iter().enumerate() {
        let credits = dice.percent(15);
        let claim = Claim { id: format!("c{at}"), voice, credits, superseded_by: None, form, lie: false };
        let of = dice.below(sources.len());
        sources[of].claims.push(claim);
    }
    sources.retain(|source| !source.claims.is_empty());
    Case { world, sources }
}

/// What is counted where.
type Box = (usize, Scope);

/// Claims about a whole and its parts, and how some of them compare.
fn a_family(dice: &mut Dice, world: &World, pool: &Pool, published: Days, truth: Truth) -> Vec<(Form, Voice)> {
    let measure = *dice.pick(&[
        ATTACKS, ATTACKS, CLAIMED, CASUALTIES, CASUALTIES, DAMAGE, DAMAGE, DISPLACED, FIGHTERS, FIGHTERS, AREA,
    ]);
    let measure = if measure == DAMAGE && !world.parts(HOMES).is_empty() && dice.percent(40) { HOMES } else { measure };
    let whole = a_whole(dice, world, pool, measure, published);
    let whole = (measure, whole);
    let first = cut(dice, world, &whole);
    let mut boxes = vec![whole];
    boxes.extend(first.clone());
    if dice.percent(60) {
        // The margins of a table, or the parts of a part.
        let of = if dice.percent(60) || first.is_empty() { boxes[0].clone() } else { dice.pick(&first).clone() };
        boxes.extend(cut(dice, world, &of));
    }
    for (measure, _) in &mut boxes {
        // What a group claims is, for a plain reader, what there was.
        *measure = MEASURES[*measure].plain.filter(|_| dice.percent(35)).unwrap_or(*measure);
    }
    let is_valid = |(measure, scope): &Box| scope.is_valid(world, *measure, published);
    boxes.retain(is_valid);
    if boxes.len() > 2 && dice.percent(25) {
        boxes.swap_remove(dice.below(boxes.len()));
    }
    let mut forms = Vec::new();
    let is_tight = dice.percent(70);
    for (measure, scope) in &boxes {
        if forms.len() >= MOST - 1 {
            break;
        }
        forms.push(figure_of(dice, world, *measure, scope, published, (truth, is_tight)));
    }
    let relations = *dice.pick(&[0, 0, 1, 1, 2, 4]);
    let mut compared = 0;
    for _ in 0..12 {
        if boxes.len() < 2 || compared == relations {
            break;
        }
        let (of, new) = dice.pick(&boxes).clone();
        let same: Vec<Scope> = boxes
            .iter()
            .filter(|(other, scope)| *other == of && *scope != new)
            .map(|(_, scope)| scope.clone())
            .collect();
        if same.is_empty() {
            continue;
        }
        let base = dice.pick(&same).clone();
        if let Some(relation) = relate(dice, world, of, (new, base), published, truth) {
            forms.push(affirm(dice, Form::Relation(relation)));
            compared += 1;
        }
    }
    forms
}

/// The scope of a whole: mostly one that is definite, with few restrictions.
fn a_whole(dice: &mut Dice, world: &World, pool: &Pool, measure: usize, published: Days) -> Scope {
    if dice.percent(15) {
        return Scope::random(dice, world, pool, measure, published);
    }
    let kind = MEASURES[measure].kind;
    let mut scope = Scope::default();
    for &dimension in MEASURES[measure].dimensions {
        if dice.percent(25) {
            let term = world.trees[dimension].random_terms(dice, 0);
            scope.terms.insert(dimension, Selection::Terms(term));
        }
    }
    let day = dice.between(world.days.0, world.days.1);
    let years = Date::around(world.days.0, Precision::Year);
    let event = dice.below(world.events.len().max(1));
    match kind {
        Kind::Fixed => {}
        Kind::Level => scope.period = Some(When::In(Period::One(Date::around(day, Precision::Day)))),
        Kind::Count if dice.percent(12) && world.events.get(event).is_some_and(|event| event.container.is_some()) => {
            scope.event = Some(event);
        }
        Kind::Count if dice.percent(40) => {
            let first = if dice.percent(25) { years.marked(*dice.pick(&['~', '?'])) } else { years };
            scope.period = Some(When::In(Period::Span(first, Date::around(world.days.1, Precision::Year))));
        }
        Kind::Count => scope.period = Some(When::In(Period::One(Date::around(day, Precision::Year)))),
    }
    if scope.is_valid(world, measure, published) { scope } else { Scope::random(dice, world, pool, measure, published) }
}

/// The parts of a box along some axis; none where that axis has none.
fn cut(dice: &mut Dice, world: &World, (measure, scope): &Box) -> Vec<Box> {
    for _ in 0..6 {
        let adds_up = world.sums.iter().any(|(whole, parts)| whole == measure || parts.contains(measure));
        let along = if adds_up && dice.percent(35) { 0 } else { dice.below(10) };
        let parts = match along {
            0 | 1 => along_measures(dice, world, (*measure, scope)),
            2 | 3 => along_time(dice, world, (*measure, scope)),
            _ => along_terms(dice, world, (*measure, scope)),
        };
        if !parts.is_empty() {
            return parts;
        }
    }
    Vec::new()
}

fn along_measures(dice: &mut Dice, world: &World, (measure, scope): (usize, &Scope)) -> Vec<Box> {
    let wholes: Vec<usize> = world.sums.iter().filter(|(_, parts)| parts.contains(&measure)).map(|sum| sum.0).collect();
    let mut boxes: Vec<Box> = world.parts(measure).iter().map(|&part| (part, scope.clone())).collect();
    if boxes.is_empty() || dice.percent(20) {
        boxes.extend(wholes.iter().map(|&whole| (whole, scope.clone())));
        let siblings = wholes.iter().flat_map(|&whole| world.parts(whole)).filter(|&&part| part != measure);
        boxes.extend(siblings.map(|&part| (part, scope.clone())));
    }
    if boxes.len() > 1 {
        // A part's part instead of the part itself.
        let at = dice.below(boxes.len());
        let deeper = world.parts(boxes[at].0);
        if !deeper.is_empty() && boxes[at].0 != measure && dice.percent(50) {
            boxes.extend(deeper.iter().map(|&part| (part, scope.clone())));
        }
    }
    boxes
}

fn along_time(dice: &mut Dice, world: &World, (measure, scope): (usize, &Scope)) -> Vec<Box> {
    let at = |period: Period| (measure, Scope { period: Some(When::In(period)), ..scope.clone() });
    let Some(When::In(period)) = scope.period else { return Vec::new() };
    let (first, last) = period.meaning(false, world.days.1).0;
    let (first, last) = (first.clamp(world.days.0, world.days.1), last.clamp(world.days.0, world.days.1));
    let day = |day| Date::around(day, Precision::Day);
    if MEASURES[measure].kind == Kind::Level {
        // Other days, and stretches that share some.
        let mut days = [first, dice.between(world.days.0, world.days.1), dice.between(world.days.0, world.days.1)];
        days.sort_unstable();
        let mut periods: Vec<Period> = days.iter().map(|&on| Period::One(day(on))).collect();
        if days[0] < days[2] {
            periods.push(Period::Span(day(days[0]), day(days[2])));
        }
        dice.shuffle(&mut periods);
        periods.truncate(2);
        return periods.into_iter().map(at).collect();
    }
    if last - first < 3 {
        return Vec::new();
    }
    let stretch =
        |from: i64, to: i64| if from == to { Period::One(day(from)) } else { Period::Span(day(from), day(to)) };
    let middle = dice.between(first, last - 1);
    let mut parts = vec![stretch(first, middle), stretch(middle + 1, last)];
    if dice.percent(50) && middle + 1 < last {
        let later = dice.between(middle + 1, last - 1);
        parts.pop();
        parts.extend([stretch(middle + 1, later), stretch(later + 1, last)]);
        if dice.percent(40) {
            // Two that share the middle.
            parts.extend([stretch(first, later), stretch(middle + 1, last)]);
        }
    }
    parts.into_iter().map(at).collect()
}

fn along_terms(dice: &mut Dice, world: &World, (measure, scope): (usize, &Scope)) -> Vec<Box> {
    let dimension = *dice.pick(MEASURES[measure].dimensions);
    let tree = &world.trees[dimension];
    let within = match scope.terms.get(&dimension) {
        None => 0,
        Some(Selection::Terms(terms)) if terms.len() == 1 => terms[0],
        Some(_) => return Vec::new(),
    };
    let children: Vec<usize> = (1..tree.terms.len()).filter(|&term| tree.terms[term].parent == within).collect();
    let (loose, mut parts): (Vec<usize>, Vec<usize>) = children.iter().partition(|&&term| tree.terms[term].overlaps);
    if parts.is_empty() || dice.percent(20) {
        parts.extend(loose);
    }
    let mut selections: Vec<Selection> = parts.iter().map(|&part| Selection::Terms(vec![part])).collect();
    if !parts.is_empty() && within == 0 && dice.percent(50) {
        // All but some of them, or some of them together.
        let some = dice.some_of(&parts, 50);
        selections.push(Selection::Except(some));
    }
    if parts.len() > 1 && dice.percent(40) {
        let together: Vec<usize> = parts.iter().copied().filter(|&part| !tree.terms[part].overlaps).collect();
        for _ in 0..if together.is_empty() { 0 } else { 1 + dice.below(2) } {
            let some = dice.some_of(&together, 60);
            if some.len() > 1 {
                selections.push(Selection::Terms(some));
            }
        }
    }
    if dimension == PLACE
        && tree.cells.iter().any(|&cell| !parts.iter().any(|&part| has(cell, part)))
        && dice.percent(10)
    {
        selections.push(Selection::Unstated(parts.first().copied()));
    }
    dice.shuffle(&mut selections);
    selections.truncate(6);
    let of = |selection: Selection| {
        let mut scope = scope.clone();
        scope.terms.insert(dimension, selection);
        (measure, scope)
    };
    selections.into_iter().map(of).collect()
}

/// The true figure of a box, told tightly or in any way.
fn figure_of(
    dice: &mut Dice,
    world: &World,
    measure: usize,
    scope: &Scope,
    published: Days,
    (truth, is_tight): (Truth, bool),
) -> (Form, Voice) {
    if !is_tight || truth == Truth::StrictOnly || dice.percent(15) {
        let voice = *dice.pick(&[Voice::Asserts, Voice::Asserts, Voice::Reports, Voice::Disputes]);
        return true_value(dice, world, measure, scope.clone(), published, voice, truth);
    }
    let (strict, plain) = figures(dice, world, measure, scope, published.1);
    let value = tight(dice, world, scale(measure, None), strict, &plain);
    affirm(dice, Form::Value { measure, scope: scope.clone(), value, unit: None })
}

/// A figure that leaves hardly any room.
pub(crate) fn tight(dice: &mut Dice, world: &World, scale: Scale, strict: Exact, plain: &[Exact]) -> Quantity {
    let holds = |quantity: &Quantity| {
        quantity.interval(true, &world.policy, scale).holds(strict)
            && plain.iter().all(|&value| quantity.interval(false, &world.policy, scale).holds(value))
            && quantity.is_sound(&world.policy, scale)
    };
    let decimals = if scale.whole { 0 } else { 2 };
    for _ in 0..12 {
        let form = *dice.pick(&[0, 0, 0, 1, 2, 3, 3, 4, 7, 9]);
        let quantity = Quantity::propose(dice, form, (strict, strict), 0, decimals);
        if holds(&quantity) {
            return quantity;
        }
    }
    hedge(dice, world, scale, strict, plain, Truth::Both)
}

/// A figure near the true one, and false.
pub(crate) fn nearly_true(dice: &mut Dice, world: &World, scale: Scale, truth: Exact) -> Quantity {
    let percent = *dice.pick(&[3, 8, 15, 30, 60, 100, 250]);
    let by = (truth * whole(percent) / whole(100)).ceil() + whole(dice.between(1, 3));
    let figure = if dice.percent(55) { truth + by } else { (truth - by).max(whole(0)) };
    let figure = Number::near(figure, 0).exact();
    if dice.percent(75) {
        tight(dice, world, scale, figure, &[figure])
    } else {
        hedge(dice, world, scale, figure, &[figure], Truth::Both)
    }
}
