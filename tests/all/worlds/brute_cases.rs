//! Pairs of claims whose conflict, or peace, was worked out by hand.

use std::collections::BTreeMap;

use super::brute::{Pair, Verdict, pairs};
use super::calendar::{AFTER_ALL, BEFORE_ALL, Date, Period, Precision, day_of};
use super::case::{Case, Claim, DateClaim, Edge, Form, Source, Voice};
use super::events::{Event, event_cells};
use super::facts::{Attribute, Domain, Values};
use super::hedge::{Number, Policy, Quantity};
use super::scope::{Scope, Selection, When};
use super::timeline;
use super::tree::Tree;
use super::world::{ATTACKS, CASUALTIES, CLAIMED, FIGHTERS, HARM, PLACE, World};

const KP: usize = 2;
const PUNJAB: usize = 3;
const BORDER: usize = 4;

/// Pakistan is covered by KP and Punjab, and has border areas; a war holds a battle.
fn world() -> World {
    let place = [
        ("world", 0, false, false),
        ("pakistan", 0, false, true),
        ("kp", 1, false, false),
        ("punjab", 1, false, false),
        ("border", 1, true, false),
    ];
    let two = |root: &'static str, a: &'static str, b: &'static str, exhaustive| {
        Tree::new(root, &[(root, 0, false, exhaustive), (a, 0, false, false), (b, 0, false, false)])
    };
    let event = |id: &str, is_incident, parent| {
        let days = (day_of(2002, 3, 5), day_of(2002, 3, 5));
        Event { id: id.to_owned(), is_incident, parent, place: None, container: None, days }
    };
    let events = vec![event("war", false, None), event("battle", true, Some(0)), event("raid", true, None)];
    let single = |id, changes| Attribute {
        id,
        of_events: false,
        toward: false,
        single: true,
        changes,
        opinion: false,
        values: Domain::Inline(Tree::new(
            "v",
            &[("v", 0, false, false), ("friend", 0, false, false), ("ally", 1, false, false), ("foe", 0, false, false)],
        )),
    };
    let advice = Attribute { opinion: true, ..single("advice", false) };
    World {
        trees: [
            Tree::new("place", &place),
            two("actor", "ttp", "iskp", false),
            two("target", "police", "army", false),
            two("harm", "killed", "injured", true),
        ],
        event_cells: event_cells(&events),
        events,
        orders: Vec::new(),
        policy: Policy::DEFAULT,
        attributes: vec![
            single("founder", false),
            single("stance", true),
            Attribute { single: false, ..single("names", false) },
            advice,
        ],
        facts: BTreeMap::new(),
        incidents: Vec::new(),
        forces: Vec::new(),
        areas: Vec::new(),
        sums: Vec::new(),
        days: (day_of(2001, 1, 1), day_of(2003, 12, 31)),
    }
}

/// What becomes of two claims.
#[track_caller]
fn check(a: (Form, Voice), b: (Form, Voice), expected: Option<(Verdict, bool)>) {
    let claim = |id: &str, (form, voice): (Form, Voice)| Claim {
        id: id.to_owned(),
        voice,
        credits: false,
        superseded_by: None,
        form,
        lie: false,
    };
    let published = Date::around(day_of(2004, 6, 30), Precision::Day);
    let claims = vec![claim("a", a), claim("b", b)];
    let case = Case { world: world(), sources: vec![Source { id: "s".to_owned(), published, claims }] };
    let found: Vec<Pair> = pairs(&case).into_iter().collect();
    assert_eq!(found.first().map(|pair| (pair.verdict, pair.strict)), expected);
}

const CONTRADICTION: Option<(Verdict, bool)> = Some((Verdict::Contradiction, true));
const TENSION: Option<(Verdict, bool)> = Some((Verdict::Tension, false));

fn year(year: i64) -> Period {
    Period::One(Date::around(day_of(year, 6, 1), Precision::Year))
}

fn day(year: i64, month: i64, day: i64) -> Date {
    Date::around(day_of(year, month, day), Precision::Day)
}

fn said(measure: usize, place: Option<Selection>, when: Period, value: Quantity) -> (Form, Voice) {
    let terms = place.into_iter().map(|selection| (PLACE, selection)).collect();
    let scope = Scope { terms, event: None, period: Some(When::In(when)) };
    (Form::Value { measure, scope, value, unit: None }, Voice::Asserts)
}

fn attacks(place: Option<Selection>, value: Quantity) -> (Form, Voice) {
    said(ATTACKS, place, year(2002), value)
}

#[expect(clippy::unnecessary_wraps, reason = "a place may also be left out")]
fn within(terms: &[usize]) -> Option<Selection> {
    Some(Selection::Terms(terms.to_vec()))
}

#[expect(clippy::unnecessary_wraps, reason = "a place may also be left out")]
fn except(terms: &[usize]) -> Option<Selection> {
    Some(Selection::Except(terms.to_vec()))
}

fn exactly(number: i64) -> Quantity {
    Quantity::Exactly(Number::of(number))
}

fn at_least(number: i64) -> Quantity {
    Quantity::AtLeast(Number::of(number))
}

#[test]
fn places() {
    check(attacks(within(&[KP]), exactly(5)), attacks(within(&[KP]), exactly(6)), CONTRADICTION);
    check(attacks(within(&[KP]), exactly(5)), attacks(within(&[PUNJAB]), exactly(6)), None);
    check(attacks(within(&[KP]), exactly(6)), attacks(within(&[1]), exactly(5)), CONTRADICTION);
    check(attacks(within(&[KP]), exactly(5)), attacks(within(&[1]), exactly(6)), None);
    // KP and Punjab are all of Pakistan, so their union is Pakistan.
    check(attacks(within(&[KP, PUNJAB]), exactly(5)), attacks(within(&[1]), exactly(6)), CONTRADICTION);
    // The border areas lie in Pakistan, and nobody knows how much of them in KP.
    check(attacks(within(&[BORDER]), exactly(6)), attacks(within(&[1]), exactly(5)), CONTRADICTION);
    check(attacks(within(&[BORDER]), exactly(6)), attacks(within(&[KP]), exactly(5)), None);
    check(attacks(within(&[BORDER]), exactly(6)), attacks(within(&[KP, PUNJAB]), exactly(5)), CONTRADICTION);
    // Everywhere but in KP holds Punjab, and not KP.
    check(attacks(within(&[PUNJAB]), exactly(6)), attacks(except(&[KP]), exactly(5)), CONTRADICTION);
    check(attacks(within(&[KP]), exactly(6)), attacks(except(&[KP]), exactly(5)), None);
    check(attacks(within(&[BORDER]), exactly(6)), attacks(except(&[1]), exactly(5)), None);
}

#[test]
fn hedges() {
    check(attacks(None, at_least(5)), attacks(None, exactly(4)), CONTRADICTION);
    check(attacks(None, at_least(5)), attacks(None, exactly(5)), None);
    // Nobody who knew of 400 would say "at least 5": a plain reader ends at 15.
    check(attacks(None, at_least(5)), attacks(None, exactly(400)), TENSION);
    check(attacks(None, at_least(5)), attacks(None, exactly(15)), None);
    check(attacks(None, Quantity::About(Number::of(100))), attacks(None, exactly(115)), TENSION);
    let (form, _) = attacks(None, at_least(5));
    check((form.clone(), Voice::Disputes), attacks(None, exactly(5)), CONTRADICTION);
    check((form, Voice::Disputes), attacks(None, exactly(4)), None);
    // The denial of an exact figure is no interval.
    check((attacks(None, exactly(5)).0, Voice::Disputes), attacks(None, exactly(5)), None);
}

#[test]
fn what_is_unstated() {
    let unstated = |term| Some(Selection::Unstated(term));
    // A group that is not named lies in all groups, and nothing surely lies in it.
    check(attacks(unstated(None), exactly(6)), attacks(None, exactly(5)), CONTRADICTION);
    check(attacks(unstated(None), exactly(5)), attacks(None, exactly(6)), None);
    check(attacks(unstated(Some(KP)), exactly(5)), attacks(within(&[KP]), exactly(6)), TENSION);
    check(attacks(unstated(Some(KP)), exactly(6)), attacks(within(&[1]), exactly(5)), TENSION);
    check(attacks(unstated(Some(KP)), exactly(6)), attacks(unstated(Some(KP)), exactly(5)), TENSION);
}

#[test]
fn periods() {
    let on = |when: Period, number| said(ATTACKS, None, when, exactly(number));
    let date = |of: i64| Date::around(day_of(of, 6, 1), Precision::Year);
    let both = Period::Span(date(2001), date(2002));
    check(on(year(2002), 6), on(both, 5), CONTRADICTION);
    check(on(year(2002), 5), on(both, 6), None);
    check(on(year(2002), 6), on(year(2003), 5), None);
    // "Around 2001 to around 2003" surely holds 2002 alone, and reaches to 2004 at the most.
    let around = Period::Span(date(2001).marked('~'), date(2003).marked('~'));
    check(on(year(2002), 6), on(around, 5), CONTRADICTION);
    check(on(year(2001), 6), on(around, 5), TENSION);
    check(on(around, 6), on(Period::Span(date(2000), date(2004)), 5), CONTRADICTION);
    check(on(around, 6), on(Period::Span(date(2001), date(2003)), 5), TENSION);
    // Since 2001: to the day of publication, 2004-06-30.
    let until = |last: Date| on(Period::Span(date(2001), last), 5);
    check(on(Period::Since(date(2001)), 6), until(day(2004, 6, 30)), CONTRADICTION);
    check(on(Period::Since(date(2001)), 6), until(day(2004, 6, 29)), None);
    check(on(year(2002), 6), on(Period::Since(date(2001)), 5), TENSION);
    check(on(year(2002), 6), on(Period::From(date(2001)), 5), None);
    check(on(year(2002), 6), on(Period::Until(date(2003)), 5), TENSION);
    check(on(year(2002), 6), on(Period::To(date(2003)), 5), None);
    check(on(Period::To(date(2002)), 6), on(Period::Until(date(2003)), 5), TENSION);
}

#[test]
fn measures() {
    let of = |measure, number| said(measure, None, year(2002), exactly(number));
    check(of(CLAIMED, 6), of(ATTACKS, 5), TENSION);
    check(of(CLAIMED, 6), of(CLAIMED, 5), CONTRADICTION);
    check(of(CASUALTIES, 6), of(ATTACKS, 5), None);
    let scope =
        Scope { terms: [(HARM, Selection::Terms(vec![1, 2]))].into(), event: None, period: Some(When::In(year(2002))) };
    let killed_and_injured = Form::Value { measure: CASUALTIES, scope, value: exactly(6), unit: None };
    check((killed_and_injured, Voice::Asserts), of(CASUALTIES, 7), CONTRADICTION);
}

#[test]
fn levels() {
    let on = |when: Period, place, number| said(FIGHTERS, place, when, exactly(number));
    let (monday, tuesday) = (Period::One(day(2002, 3, 4)), Period::One(day(2002, 3, 5)));
    check(on(monday, None, 5), on(monday, None, 6), CONTRADICTION);
    check(on(monday, within(&[KP]), 6), on(monday, None, 5), CONTRADICTION);
    check(on(monday, None, 5), on(tuesday, None, 6), None);
    // A year's figure holds at some moment of it, and for a plain reader every day.
    check(on(monday, None, 5), on(year(2002), None, 6), TENSION);
    check(on(year(2002), None, 5), on(year(2002), None, 6), TENSION);
    check(on(year(2001), None, 5), on(year(2002), None, 6), None);
}

#[test]
fn events() {
    let of = |event, number| {
        let scope = Scope { terms: BTreeMap::new(), event, period: Some(When::In(year(2002))) };
        (Form::Value { measure: ATTACKS, scope, value: exactly(number), unit: None }, Voice::Asserts)
    };
    let (war, battle, raid) = (Some(0), Some(1), Some(2));
    check(of(battle, 6), of(war, 5), CONTRADICTION);
    check(of(battle, 6), of(None, 5), CONTRADICTION);
    check(of(battle, 6), of(raid, 5), None);
    check(of(raid, 6), of(war, 5), None);
}

#[test]
fn dates() {
    let on = |event, edge, when| (Form::Date { event, edge, when }, Voice::Asserts);
    let month = Date::around(day_of(2002, 3, 5), Precision::Month);
    let (early, late) = (DateClaim::In(month), DateClaim::In(day(2002, 4, 2)));
    check(on(1, Edge::Start, early.clone()), on(1, Edge::Start, late.clone()), CONTRADICTION);
    check(on(0, Edge::Start, early.clone()), on(0, Edge::End, late.clone()), None);
    // An incident starts and ends on one day.
    check(on(1, Edge::Start, early.clone()), on(1, Edge::End, late.clone()), CONTRADICTION);
    // A war may last from March to April.
    check(on(0, Edge::On, early.clone()), on(0, Edge::On, late.clone()), None);
    check(on(0, Edge::On, early.clone()), on(0, Edge::Start, late.clone()), CONTRADICTION);
    let around = DateClaim::In(month.marked('~'));
    check(on(1, Edge::On, around.clone()), on(1, Edge::On, late.clone()), TENSION);
    check(on(1, Edge::On, DateClaim::Before(day(2002, 4, 2))), on(1, Edge::On, late.clone()), CONTRADICTION);
    check(on(1, Edge::On, DateClaim::By(day(2002, 4, 2))), on(1, Edge::On, late.clone()), None);
    let denied = (Form::Date { event: 1, edge: Edge::On, when: DateClaim::By(day(2002, 4, 2)) }, Voice::Disputes);
    check(denied, on(1, Edge::On, late), CONTRADICTION);
}

#[test]
fn facts() {
    let fact = |attribute, values: &[usize], negated, period: Option<Date>| {
        let values = Values::Terms(values.to_vec());
        (Form::Fact { attribute, subject: 1, toward: 0, values, negated, period }, Voice::Asserts)
    };
    let (founder, stance, names, advice) = (0, 1, 2, 3);
    let (friend, ally, foe) = (1, 2, 3);
    check(fact(founder, &[friend], false, None), fact(founder, &[foe], false, None), CONTRADICTION);
    check(fact(founder, &[friend], false, None), fact(founder, &[ally], false, None), None);
    check(fact(founder, &[ally], false, None), fact(founder, &[friend], true, None), CONTRADICTION);
    check(fact(founder, &[friend], false, None), fact(founder, &[ally], true, None), None);
    check(fact(founder, &[friend, foe], false, None), fact(founder, &[foe], false, None), None);
    check(fact(founder, &[foe], false, None), fact(founder, &[friend, foe], true, None), CONTRADICTION);
    check(fact(names, &[friend], false, None), fact(names, &[foe], false, None), None);
    check(fact(names, &[ally], false, None), fact(names, &[friend], true, None), CONTRADICTION);
    check(fact(advice, &[friend], false, None), fact(advice, &[foe], false, None), Some((Verdict::Note, true)));
    let (monday, spring) = (day(2002, 3, 4), Date::around(day_of(2002, 3, 5), Precision::Month));
    check(fact(stance, &[friend], false, Some(monday)), fact(stance, &[foe], false, Some(monday)), CONTRADICTION);
    check(fact(stance, &[friend], false, Some(monday)), fact(stance, &[foe], false, Some(spring)), TENSION);
    check(fact(stance, &[friend], false, Some(monday)), fact(stance, &[foe], false, None), TENSION);
    check(fact(stance, &[friend], false, Some(monday)), fact(stance, &[foe], false, Some(day(2003, 3, 4))), None);
    let (denied, _) = fact(founder, &[friend], false, None);
    check((denied, Voice::Disputes), fact(founder, &[ally], false, None), CONTRADICTION);
}

/// The war starts no later than it ends, and the battle lies in it; the raid is before the battle.
#[test]
fn timelines() {
    let mut world = world();
    let day = |date| day_of(2002, 3, date);
    let on = |date| [(day(date), day(date)), (day(date), day(date))];
    let from = |date| [(day(date), AFTER_ALL), (BEFORE_ALL, AFTER_ALL)];
    let until = |date| [(BEFORE_ALL, AFTER_ALL), (BEFORE_ALL, day(date))];
    assert!(timeline::can_hold(&world, &[(0, from(5)), (0, until(5))]));
    assert!(!timeline::can_hold(&world, &[(0, from(5)), (0, until(4))]));
    assert!(timeline::can_hold(&world, &[(0, from(5)), (1, on(5))]));
    assert!(!timeline::can_hold(&world, &[(0, from(5)), (1, on(4))]));
    assert!(!timeline::can_hold(&world, &[(0, until(5)), (1, on(6))]));
    assert!(timeline::can_hold(&world, &[(2, on(6)), (1, on(5))]));
    world.orders.push((2, 1));
    assert!(!timeline::can_hold(&world, &[(2, on(6)), (1, on(5))]));
    assert!(!timeline::can_hold(&world, &[(2, on(6)), (0, until(5))]));
}
