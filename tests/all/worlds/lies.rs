//! Claims changed, or added, so that they are, as a rule, not true.

use super::calendar::{Date, Precision};
use super::case::{Case, Claim, Form, Voice, scale};
use super::dice::Dice;
use super::facts::Spot;
use super::few::nearly_true;
use super::hedge::{Exact, whole};
use super::scope::{Pool, Scope};
use super::tell::{Truth, denied, figures, fits_container, hedge, random_date_claim};
use super::world::World;

/// Changes one to three claims of a true case, one of which may be a new one.
pub(crate) fn lie(dice: &mut Dice, case: &mut Case) {
    let mut pool = Pool::random(dice, &case.world);
    pool.seen.extend(case.claims().filter_map(|(_, claim)| match &claim.form {
        Form::Value { measure, scope, .. } => Some((*measure, scope.clone())),
        _ => None,
    }));
    let mut left = 1 + dice.below(3);
    if dice.percent(50)
        && let Some((source, claim)) = exaggeration(dice, case).or_else(|| refusal(dice, case))
    {
        case.sources[source].claims.push(claim);
        left -= 1;
    }
    for _ in 0..30 {
        if left == 0 {
            break;
        }
        let source = dice.below(case.sources.len());
        let published = case.sources[source].published;
        let at = dice.below(case.sources[source].claims.len());
        let claim = &case.sources[source].claims[at];
        let is_superseded_or_replaces =
            case.sources[source].claims.iter().any(|other| other.superseded_by.as_ref() == Some(&claim.id));
        if claim.superseded_by.is_some() || is_superseded_or_replaces {
            continue;
        }
        if let Some(form) = changed(dice, &case.world, &pool, claim, published) {
            let claim = &mut case.sources[source].claims[at];
            claim.form = form;
            claim.lie = true;
            left -= 1;
        }
    }
}

/// Changes one to three claims of a small case so that they are false by a little, as a rule.
pub(crate) fn fib(dice: &mut Dice, case: &mut Case) {
    let pool = Pool::random(dice, &case.world);
    let mut left = *dice.pick(&[1, 1, 1, 2, 3]);
    for _ in 0..20 {
        if left == 0 {
            break;
        }
        let source = dice.below(case.sources.len());
        let published = case.sources[source].published;
        let at = dice.below(case.sources[source].claims.len());
        let claim = &case.sources[source].claims[at];
        let form = match &claim.form {
            Form::Value { measure, scope, unit: None, .. } if claim.voice != Voice::Disputes && dice.percent(85) => {
                let (truth, _) = figures(dice, &case.world, *measure, scope, published.last());
                let value = nearly_true(dice, &case.world, scale(*measure, None), truth);
                Some(Form::Value { measure: *measure, scope: scope.clone(), value, unit: None })
            }
            _ => changed(dice, &case.world, &pool, claim, published),
        };
        if let Some(form) = form {
            let claim = &mut case.sources[source].claims[at];
            claim.form = form;
            claim.lie = true;
            left -= 1;
        }
    }
}

/// One claim more, by which a part is larger than what another claim gives for the whole.
fn exaggeration(dice: &mut Dice, case: &Case) -> Option<(usize, Claim)> {
    let source = dice.below(case.sources.len());
    let published = case.sources[source].published.days();
    let claim = dice.pick(&case.sources[source].claims);
    let Form::Value { measure, scope, .. } = &claim.form else { return None };
    let (truth, _) = figures(dice, &case.world, *measure, scope, published.1);
    let scope = scope.clone().smaller(dice, &case.world, *measure);
    if claim.superseded_by.is_some() || !scope.is_valid(&case.world, *measure, published) {
        return None;
    }
    let figure = truth * whole(2) + whole(dice.between(20, 400));
    let value = hedge(dice, &case.world, scale(*measure, None), figure, &[figure], Truth::Both);
    let form = Form::Value { measure: *measure, scope, value, unit: None };
    let id = format!("{}-exaggerated", claim.id);
    Some((source, Claim { id, voice: Voice::Asserts, credits: false, superseded_by: None, form, lie: true }))
}

/// One claim more, which says the opposite of a fact, perhaps at another time.
fn refusal(dice: &mut Dice, case: &Case) -> Option<(usize, Claim)> {
    let source = dice.below(case.sources.len());
    let claim = dice.pick(&case.sources[source].claims);
    let Form::Fact { period, negated, .. } = &claim.form else { return None };
    let mut form = claim.form.clone();
    let other = match dice.below(3) {
        0 => *period,
        1 => None,
        _ => Some(Date::around(dice.between(case.world.days.0, case.world.days.1), Precision::Day)),
    };
    let denies = !negated;
    if let Form::Fact { period, negated, .. } = &mut form {
        (*period, *negated) = (other, denies);
    }
    let id = format!("{}-refused", claim.id);
    Some((source, Claim { id, form, lie: true, ..claim.clone() }))
}

fn changed(dice: &mut Dice, world: &World, pool: &Pool, claim: &Claim, published: Date) -> Option<Form> {
    match &claim.form {
        Form::Value { measure, scope, value, unit } => {
            if dice.percent(25) {
                // The figure of another scope.
                let scope = Scope::random(dice, world, pool, *measure, published.days());
                return Some(Form::Value { measure: *measure, scope, value: value.clone(), unit: *unit });
            }
            let scale = scale(*measure, *unit);
            let (truth, _) = figures(dice, world, *measure, scope, published.days().1);
            let figure = match dice.below(6) {
                0 | 1 => truth * whole(10) + whole(dice.between(10, 200)),
                2 => truth * whole(2) + whole(dice.between(1, 40)),
                3 => (truth / whole(3)).floor(),
                4 => (truth * whole(dice.between(70, 130)) / whole(100)).round(),
                _ => (truth + whole(dice.between(-3, 3))).max(Exact::from_integer(0)),
            };
            let value = hedge(dice, world, scale, figure, &[figure], Truth::Both);
            if claim.voice == Voice::Disputes
                && !denied(&value, world, scale).is_some_and(|denial| is_possible(&denial))
            {
                return None;
            }
            Some(Form::Value { measure: *measure, scope: scope.clone(), value, unit: *unit })
        }
        Form::Date { event, edge, .. } => {
            let known = &world.events[*event];
            let far = *dice.pick(&[20, 60, 500]);
            let day = known.days.0 + dice.between(-far, far);
            let off = dice.between(0, 40);
            let when = (0..20)
                .map(|_| random_date_claim(dice, day, off))
                .find(|when| fits_container(when, known.container_days()))?;
            // Only half-open dates can be disputed.
            let is_disputed = claim.voice == Voice::Disputes;
            (!is_disputed || super::tell::denied_days(&when).is_some()).then_some(Form::Date {
                event: *event,
                edge: *edge,
                when,
            })
        }
        Form::Fact { attribute, subject, toward, values, negated, period } => {
            let (values, negated) = if dice.percent(50) {
                (values.clone(), !negated)
            } else {
                let far = Spot::Day(dice.between(world.days.0, world.days.1));
                (world.attributes[*attribute].random_values(dice, world, far, 20), *negated)
            };
            Some(Form::Fact {
                attribute: *attribute,
                subject: *subject,
                toward: *toward,
                values,
                negated,
                period: *period,
            })
        }
        Form::Relation(relation) => relation.falsified(dice, world).map(Form::Relation),
        Form::Duration(length) => length.falsified(dice, world, claim.voice).map(Form::Duration),
    }
}

/// Whether some figure that is not below zero lies in it; else the claim would contradict itself.
fn is_possible(interval: &super::hedge::Interval) -> bool {
    !super::hedge::clash(Some((whole(0), false)), interval.high)
}
