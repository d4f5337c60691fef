//! Changes, shares and durations: what they say, worked out again from the design, and true ones.

use serde_json::{Map, Value, json};

use super::calendar::{Day, Days, Period};
use super::case::{Edge, Form, Voice, scale};
use super::dice::Dice;
use super::hedge::{Bare, End, Exact, Interval, Number, Quantity, Scale, clash, whole};
use super::scope::{Pool, Scope, Selection, When};
use super::tell::{Truth, hedge_if};
use super::timeline::{Apart, end, start};
use super::world::{ATTACKS, CASUALTIES, DAMAGE, MEASURES, PLACE, Region, UNITS, World};

/// How a figure is compared with another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Compared {
    /// So many percent more, or fewer.
    Percent(Quantity),
    /// So many times as many, or the other way round.
    Factor(Quantity),
    /// So many more, or fewer.
    By(Quantity),
    /// More, or fewer.
    Merely,
    /// So many percent of it.
    Share(Quantity),
}

/// A change or a share.
#[derive(Clone, Debug)]
pub(crate) struct Relation {
    pub(crate) measure: usize,
    pub(crate) scope: Scope,
    pub(crate) base: Scope,
    pub(crate) up: bool,
    pub(crate) compared: Compared,
    pub(crate) unit: Option<usize>,
}

/// `new` × the new figure + `base` × the old one is at least something, or above it.
#[derive(Clone, Debug)]
pub(crate) struct Linear {
    pub(crate) new: Exact,
    pub(crate) base: Exact,
    pub(crate) at_least: Exact,
    pub(crate) open: bool,
}

/// The ends of an interval as lower bounds: of the value, and of its negative.
fn bounds(interval: &Interval, row: &dyn Fn(bool, Exact, bool) -> Linear) -> Vec<Linear> {
    let side = |lower: bool, end: &End| end.map(|(value, open)| row(lower, value, open));
    [(true, &interval.low), (false, &interval.high)].into_iter().filter_map(|(lower, end)| side(lower, end)).collect()
}

impl Relation {
    fn fraction() -> Scale {
        Scale::of_fractions(Bare::Rounded, 1)
    }

    /// In what a difference is given.
    fn difference(&self) -> Scale {
        Scale::of_fractions(Bare::Exact, scale(self.measure, self.unit).unit)
    }

    /// What it says of the two figures under a reading.
    pub(crate) fn rows(&self, world: &World, strict: bool) -> Vec<Linear> {
        let zero = whole(0);
        let of = |quantity: &Quantity, scale: Scale| quantity.interval(strict, &world.policy, scale);
        // A value between two ends, where `value` × base = new.
        let times = |interval: &Interval, value: &dyn Fn(Exact) -> Exact, rises: bool| {
            bounds(interval, &|lower, end, open| {
                let sign = if lower == rises { whole(1) } else { whole(-1) };
                Linear { new: sign, base: -sign * value(end), at_least: zero, open }
            })
        };
        let mut rows = match &self.compared {
            Compared::Percent(percent) if self.up => {
                times(&of(percent, Self::fraction()), &|percent| whole(1) + percent / 100, true)
            }
            Compared::Percent(percent) => {
                times(&of(percent, Self::fraction()), &|percent| whole(1) - percent / 100, false)
            }
            Compared::Share(percent) => times(&of(percent, Self::fraction()), &|percent| percent / 100, true),
            Compared::Factor(factor) if self.up => times(&of(factor, Self::fraction()), &|factor| factor, true),
            // The new one, so many times, is the old one.
            Compared::Factor(factor) => bounds(&of(factor, Self::fraction()), &|lower, factor, open| {
                let sign = if lower { whole(1) } else { whole(-1) };
                Linear { new: -sign * factor, base: sign, at_least: zero, open }
            }),
            Compared::By(by) => bounds(&of(by, self.difference()), &|lower, by, open| {
                let sign = if lower { whole(1) } else { whole(-1) };
                let more = if self.up { sign } else { -sign };
                Linear { new: more, base: -more, at_least: sign * by, open }
            }),
            Compared::Merely => {
                let more = if self.up { whole(1) } else { whole(-1) };
                vec![Linear { new: more, base: -more, at_least: zero, open: true }]
            }
        };
        rows.push(Linear { new: zero, base: whole(1), at_least: zero, open: true });
        rows
    }

    /// Whether two figures are as it says.
    fn holds(&self, world: &World, strict: bool, (new, base): (Exact, Exact)) -> bool {
        self.rows(world, strict).iter().all(|row| {
            let sum = row.new * new + row.base * base;
            !clash(Some((row.at_least, row.open)), Some((sum, false)))
        })
    }

    /// The two regions that are compared under a reading; none where it is not sure what is meant.
    pub(crate) fn regions(&self, world: &World, strict: bool, published: Day) -> Option<(Region, Region)> {
        let region = |scope: &Scope| definite(world, self.measure, scope, strict, published);
        Some((region(&self.scope)?, region(&self.base)?))
    }

    pub(crate) fn write(&self, world: &World, claim: &mut Map<String, Value>) -> String {
        claim.insert("measure".into(), json!(MEASURES[self.measure].id));
        self.scope.write(world, claim);
        let mut base = Map::new();
        self.base.write_difference(world, self.measure, &self.scope, &mut base);
        let up = if self.up { "up" } else { "down" };
        let (key, relation, words) = match &self.compared {
            Compared::Share(percent) => {
                ("share", json!({ "of": base, "percent": percent.json() }), format!("a share of {} %", percent.words()))
            }
            Compared::Merely => ("change", json!({ "than": base, "direction": up }), "a change".to_owned()),
            Compared::Percent(percent) => (
                "change",
                json!({ "than": base, "direction": up, "percent": percent.json() }),
                format!("a change of {} %", percent.words()),
            ),
            Compared::Factor(factor) => (
                "change",
                json!({ "than": base, "direction": up, "factor": factor.json() }),
                format!("a change by a factor of {}", factor.words()),
            ),
            Compared::By(by) => {
                claim.extend(self.unit.map(|unit| ("unit".into(), json!(UNITS[unit].0))));
                (
                    "change",
                    json!({ "than": base, "direction": up, "by": by.json() }),
                    format!("a change of {}", by.words()),
                )
            }
        };
        claim.insert(key.into(), relation);
        words
    }

    /// The same with another quantity, which is a lie as a rule; none where none fits.
    pub(crate) fn falsified(&self, dice: &mut Dice, world: &World) -> Option<Self> {
        if matches!(self.compared, Compared::Merely) || dice.percent(15) {
            // A figure cannot fall by more than all of it, nor be shared in two directions.
            let has_two_directions = !matches!(self.compared, Compared::Share(_) | Compared::Percent(_));
            return has_two_directions.then(|| Self { up: !self.up, ..self.clone() });
        }
        let figure = match &self.compared {
            Compared::Percent(_) => whole(dice.between(0, if self.up { 300 } else { 99 })),
            Compared::Share(_) => whole(dice.between(0, 100)),
            Compared::Factor(_) => whole(dice.between(10, 90)) / whole(10),
            _ => whole(dice.between(0, 200)),
        };
        let compared = self.amount(dice, world, (figure, vec![figure]), Truth::Both)?;
        Some(Self { compared, ..self.clone() })
    }

    /// The same with an amount that allows more; none where no simple one is known.
    pub(crate) fn weaker(&self, dice: &mut Dice, world: &World) -> Option<Self> {
        let policy = &world.policy;
        let fraction = Self::fraction();
        let compared = match &self.compared {
            Compared::Percent(percent) => Compared::Percent(percent.weaker(dice, policy, fraction)?),
            Compared::Share(percent) => Compared::Share(percent.weaker(dice, policy, fraction)?),
            Compared::Factor(factor) => {
                let weaker = factor.weaker(dice, policy, fraction)?;
                let is_allowed = weaker.numbers().iter().all(|number| number.exact() >= whole(1));
                is_allowed.then_some(Compared::Factor(weaker))?
            }
            Compared::By(by) => Compared::By(by.weaker(dice, policy, self.difference())?),
            Compared::Merely => return None,
        };
        Some(Self { compared, ..self.clone() })
    }

    /// The same kind of comparison with a true amount.
    fn amount(
        &self,
        dice: &mut Dice,
        world: &World,
        (strict, plain): (Exact, Vec<Exact>),
        truth: Truth,
    ) -> Option<Compared> {
        let at_most_all = !self.up || matches!(self.compared, Compared::Share(_));
        let fraction = Self::fraction();
        let hundred = |quantity: &Quantity| {
            let interval = quantity.interval(true, &world.policy, fraction);
            !(at_most_all && clash(interval.low, Some((whole(100), false))))
        };
        Some(match self.compared {
            Compared::Percent(_) => {
                Compared::Percent(hedge_if(dice, world, fraction, strict, &plain, truth, &hundred)?)
            }
            Compared::Share(_) => Compared::Share(hedge_if(dice, world, fraction, strict, &plain, truth, &hundred)?),
            Compared::Factor(_) => {
                let above_one =
                    |quantity: &Quantity| quantity.numbers().iter().all(|number| number.exact() >= whole(1));
                Compared::Factor(hedge_if(dice, world, fraction, strict, &plain, truth, &above_one)?)
            }
            Compared::By(_) => {
                Compared::By(hedge_if(dice, world, self.difference(), strict, &plain, truth, &|_| true)?)
            }
            Compared::Merely => Compared::Merely,
        })
    }
}

/// The region that a scope surely means, where its figure is that of one moment.
fn definite(world: &World, measure: usize, scope: &Scope, strict: bool, published: Day) -> Option<Region> {
    let region = scope.meaning(world, measure, strict, published)?.definite()?;
    world.figure(measure, &region).is_some().then_some(region)
}

/// A true comparison of two scopes; none where none fits.
pub(crate) fn relate(
    dice: &mut Dice,
    world: &World,
    measure: usize,
    (scope, base): (Scope, Scope),
    published: Days,
    truth: Truth,
) -> Option<Relation> {
    let can_be_written = (base.event.is_some() || scope.event.is_none())
        && (base.period.is_some() || scope.period.is_none())
        && scope != base;
    if !can_be_written || !scope.is_valid(world, measure, published) || !base.is_valid(world, measure, published) {
        return None;
    }
    let one = Quantity::Exactly(Number::of(1));
    let compared = match dice.below(10) {
        0..2 => Compared::Percent(one),
        2..4 => Compared::Factor(one),
        4..6 => Compared::By(one),
        6 => Compared::Merely,
        _ => Compared::Share(one),
    };
    let unit = (0..UNITS.len())
        .find(|&unit| UNITS[unit].1 == MEASURES[measure].unit)
        .filter(|_| matches!(compared, Compared::By(_)) && dice.percent(20));
    let mut relation = Relation { measure, scope, base, up: true, compared, unit };
    let figures = |strict: bool| -> Vec<(Exact, Exact)> {
        let Some((new, base)) = relation.regions(world, strict, published.1) else { return Vec::new() };
        let figure = |measure, region| world.figure(measure, region).unwrap();
        World::taken_for(measure, strict).iter().map(|&of| (figure(of, &new), figure(of, &base))).collect()
    };
    let (strict, plain) = (figures(true), figures(false));
    let first = *strict.iter().chain(&plain).next()?;
    let all = || strict.iter().chain(&plain);
    let is_share = matches!(relation.compared, Compared::Share(_));
    relation.up = is_share || first.0 > first.1;
    let same_direction = all().all(|(new, base)| new != base && (new > base) == (first.0 > first.1));
    if all().any(|&(_, base)| base == whole(0)) || !(is_share || same_direction) {
        return None;
    }
    let size = |&(new, base): &(Exact, Exact)| {
        let (larger, smaller) = if new > base { (new, base) } else { (base, new) };
        match relation.compared {
            Compared::Percent(_) => Some((larger - smaller) / base * 100),
            Compared::Factor(_) => (smaller > whole(0)).then(|| larger / smaller),
            Compared::By(_) | Compared::Merely => Some(larger - smaller),
            Compared::Share(_) => Some(new / base * 100),
        }
    };
    let strict_sizes: Vec<Exact> = strict.iter().map(size).collect::<Option<_>>()?;
    let plain_sizes: Vec<Exact> = plain.iter().map(size).collect::<Option<_>>()?;
    let meant = *strict_sizes.first().or(plain_sizes.first())?;
    relation.compared = relation.amount(dice, world, (meant, plain_sizes), truth)?;
    let is_true = strict.iter().all(|&figures| relation.holds(world, true, figures))
        && (truth == Truth::StrictOnly || plain.iter().all(|&figures| relation.holds(world, false, figures)));
    assert!(is_true, "a comparison that was made to be true: {relation:?}");
    Some(relation)
}

/// A comparison with another period or place, or with what a term lies in.
pub(crate) fn relation(dice: &mut Dice, world: &World, pool: &Pool, published: Days, truth: Truth) -> Option<Relation> {
    let measure = *dice.pick(&[ATTACKS, CASUALTIES, DAMAGE]);
    let scope = Scope::random(dice, world, pool, measure, published);
    let mut base = scope.clone();
    match dice.below(10) {
        0..6 => base.period = Some(When::In(*dice.pick(&pool.periods) as Period)),
        6..8 => drop(base.terms.insert(PLACE, Selection::Terms(world.trees[PLACE].random_terms(dice, 0)))),
        _ => {
            let tree = &world.trees[PLACE];
            let part = tree.random_terms(dice, 0)[0];
            let mut scope = scope.clone();
            scope.terms.insert(PLACE, Selection::Terms(vec![part]));
            base.terms.remove(&PLACE);
            if tree.terms[part].parent != 0 {
                base.terms.insert(PLACE, Selection::Terms(vec![tree.terms[part].parent]));
            }
            return relate(dice, world, measure, (scope, base), published, truth);
        }
    }
    relate(dice, world, measure, (scope, base), published, truth)
}

/// The units of lengths of time, with the fewest and the most days that they have.
const LENGTHS: [(&str, i64, i64); 5] =
    [("days", 1, 1), ("weeks", 7, 7), ("months", 28, 31), ("years", 365, 366), ("decades", 3650, 3660)];

/// How long it was from one moment to another.
#[derive(Clone, Debug)]
pub(crate) struct Length {
    /// An event, and its start or end.
    pub(crate) from: (usize, Edge),
    pub(crate) to: (usize, Edge),
    unit: usize,
    length: Quantity,
}

impl Length {
    /// The days that it allows; none for a denial that leaves no one stretch.
    pub(crate) fn days(&self, world: &World, strict: bool, voice: Voice) -> Option<Interval> {
        let (_, shortest, longest) = LENGTHS[self.unit];
        let of = |strict: bool| {
            let units = self.length.interval(strict, &world.policy, Scale::of_fractions(Bare::Length, 1));
            let more = whole(i64::from(strict));
            let low = units.low.map(|(low, open)| (low * whole(shortest) - more, open));
            let high = units.high.map(|(high, open)| (high * whole(longest) + more, open));
            Interval { low, high }.inward()
        };
        if voice != Voice::Disputes {
            return Some(of(strict));
        }
        match of(true) {
            Interval { low: Some((low, _)), high: None } => {
                Some(Interval { low: None, high: Some((low - whole(1), false)) })
            }
            Interval { low: None, high: Some((high, _)) } => {
                Some(Interval { low: Some((high + whole(1), false)), high: None })
            }
            _ => None,
        }
    }

    /// What it says of the moments.
    pub(crate) fn apart(&self, world: &World, strict: bool, voice: Voice) -> Option<Vec<Apart>> {
        let days = self.days(world, strict, voice)?;
        let moment = |(event, edge): (usize, Edge)| if edge == Edge::End { end(event) } else { start(event) };
        let (from, to) = (moment(self.from), moment(self.to));
        let number = |value: Exact| i64::try_from(value.to_integer()).unwrap();
        let low = days.low.map(|(low, _)| Apart { earlier: from, later: to, least: number(low) });
        let high = days.high.map(|(high, _)| Apart { earlier: to, later: from, least: -number(high) });
        Some(low.into_iter().chain(high).collect())
    }

    pub(crate) fn write(&self, world: &World, claim: &mut Map<String, Value>) -> String {
        let unit = LENGTHS[self.unit].0;
        let mut duration = Map::from_iter([(unit.to_owned(), self.length.json())]);
        if self.is_of_one_event() {
            claim.insert("event".into(), json!(world.events[self.from.0].id));
        } else {
            for (key, (event, edge), usual) in [("from", self.from, Edge::End), ("to", self.to, Edge::Start)] {
                let suffix = match edge {
                    _ if edge == usual => "",
                    Edge::End => ".end",
                    _ => ".start",
                };
                duration.insert(key.into(), json!(format!("{}{suffix}", world.events[event].id)));
            }
        }
        claim.insert("duration".into(), duration.into());
        format!("for {} {unit}", self.length.words())
    }

    fn is_of_one_event(&self) -> bool {
        self.from == (self.to.0, Edge::Start) && self.to.1 == Edge::End
    }

    fn true_days(&self, world: &World) -> Day {
        let day = |(event, edge): (usize, Edge)| {
            let days = world.events[event].days;
            if edge == Edge::End { days.1 } else { days.0 }
        };
        day(self.to) - day(self.from)
    }

    /// Some length of so many days under both readings, or under strict alone.
    fn telling(
        dice: &mut Dice,
        world: &World,
        (from, to): ((usize, Edge), (usize, Edge)),
        days: Day,
        (voice, truth): (Voice, Truth),
    ) -> Option<Self> {
        let unit = dice.below(LENGTHS.len());
        let (_, shortest, longest) = LENGTHS[unit];
        let near = whole(days) * 2 / whole(shortest + longest);
        for attempt in 0..30 {
            let form = dice.below(super::hedge::FORMS);
            let slack = if voice == Voice::Disputes { 90 } else { *dice.pick(&[0, 4, 9, 40]) };
            let decimals = u32::try_from(dice.below(2)).unwrap();
            let length = Quantity::propose(dice, form, (near, near), slack, decimals);
            let length = Self { from, to, unit, length };
            let readings = [true, false].map(|strict| length.days(world, strict, voice));
            let [Some(strict), Some(plain)] = readings else { continue };
            let is_sound = length.length.is_sound(&world.policy, Scale::of_fractions(Bare::Length, 1));
            let misleads = !plain.holds(whole(days));
            let fits = match truth {
                Truth::Both => !misleads,
                Truth::StrictOnly => misleads || attempt > 20,
            };
            if is_sound && !plain.is_empty() && strict.holds(whole(days)) && fits {
                return Some(length);
            }
        }
        None
    }

    /// The same with a length that allows more; none where no simple one is known.
    pub(crate) fn weaker(&self, dice: &mut Dice, world: &World) -> Option<Self> {
        let length = self.length.weaker(dice, &world.policy, Scale::of_fractions(Bare::Length, 1))?;
        Some(Self { length, ..self.clone() })
    }

    /// The same with another length.
    pub(crate) fn falsified(&self, dice: &mut Dice, world: &World, voice: Voice) -> Option<Self> {
        let days = self.true_days(world);
        let days = match dice.below(3) {
            0 => days + dice.between(1, 40),
            1 => (days - dice.between(1, 40)).max(0),
            _ => days * 2 + dice.between(0, 400),
        };
        Self::telling(dice, world, (self.from, self.to), days, (voice, Truth::Both))
    }
}

/// How long an event lasted, or how long it was from one to another.
pub(crate) fn duration(dice: &mut Dice, world: &World, voice: Voice, truth: Truth) -> Option<Form> {
    if world.events.is_empty() {
        return None;
    }
    let event = dice.below(world.events.len());
    let mut ends = ((event, Edge::Start), (event, Edge::End));
    if dice.percent(65) {
        let edge = |dice: &mut Dice, usual: Edge, other: Edge| if dice.percent(65) { usual } else { other };
        let other = dice.below(world.events.len());
        ends = ((event, edge(dice, Edge::End, Edge::Start)), (other, edge(dice, Edge::Start, Edge::End)));
    }
    let days = Length { from: ends.0, to: ends.1, unit: 0, length: Quantity::Vague(0) }.true_days(world);
    if ends.0 == ends.1 || days < 0 {
        return None;
    }
    Length::telling(dice, world, ends, days, (voice, truth)).map(Form::Duration)
}
