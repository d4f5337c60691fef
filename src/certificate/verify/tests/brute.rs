//! A plain second method: list every position and every set of points, and look at each.

use std::collections::{BTreeMap, BTreeSet};

use num_bigint::BigInt;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::combine::Steps;
use super::super::find_excess;
use super::super::pieces::pieces;
use super::super::scope::{Mass, Scope};
use super::super::space::Space;

/// One term: its parent by number (0 is the root), overlaps, exhaustive; for an event the second is "incident".
type Tree = (bool, Vec<(usize, bool, bool)>);
/// Per axis: which terms are named, and whether they are an exception.
type Extents = Vec<Option<(Vec<usize>, bool)>>;
/// On one axis: the terms, and whether they are an exception.
type Said = Option<(BTreeSet<usize>, bool)>;

const AXES: [&str; 4] = ["a", "b", "event", "period"];
const SPANS: [&str; 4] = ["../1970-01-05", "1970-01-03/1970-01-04", "1970-01-06/..", "1970-01-05/1970-01-09"];

fn tree(most: usize) -> impl Strategy<Value = Tree> {
    (any::<bool>(), prop::collection::vec((0..8_usize, prop::bool::weighted(0.3), any::<bool>()), 1..=most)).prop_map(
        |(root, terms)| (root, terms.into_iter().enumerate().map(|(at, (up, o, e))| (up % (at + 1), o, e)).collect()),
    )
}

/// Every way to lie in the terms 1..=n of a tree, straight from the definition.
fn positions(tree: &Tree, events: bool) -> Vec<BTreeSet<usize>> {
    let (root, terms) = tree;
    let term = |at: usize| terms[at - 1];
    let above = |mut at: usize| {
        let mut all = vec![at];
        while at != 0 {
            at = term(at).0;
            all.push(at);
        }
        all
    };
    let all: Vec<usize> = (1..=terms.len()).collect();
    let consistent = |held: &BTreeSet<usize>| {
        held.iter().all(|at| term(*at).0 == 0 || held.contains(&term(*at).0))
            && if events {
                held.iter().all(|x| {
                    held.iter().all(|y| !(term(*x).1 && term(*y).1) || above(*x).contains(y) || above(*y).contains(x))
                })
            } else {
                (0..=terms.len()).filter(|at| *at == 0 || held.contains(at)).all(|at| {
                    let children: Vec<_> = all.iter().filter(|c| term(**c).0 == at && !term(**c).1).collect();
                    let held = children.iter().filter(|child| held.contains(child)).count();
                    let exhaustive = if at == 0 { *root } else { term(at).2 };
                    held <= 1 && (held == 1 || !exhaustive || children.is_empty())
                })
            }
    };
    (0..1_u32 << terms.len())
        .map(|bits| all.iter().copied().filter(|at| bits >> (at - 1) & 1 == 1).collect())
        .filter(consistent)
        .collect()
}

/// One position per day that matters, and one before and one after.
fn days() -> Vec<BTreeSet<usize>> {
    let spans = [(-99, 5), (3, 4), (6, 99), (5, 9)];
    (0..12).map(|day| (1..=4).filter(|at| spans[at - 1].0 <= day && day <= spans[at - 1].1).collect()).collect()
}

fn name(axis: &str, at: usize) -> String {
    if axis == "period" { SPANS[at - 1].to_owned() } else { format!("{axis}{at}") }
}

fn space(a: &Tree, b: &Tree, events: &Tree, overlaps: &[bool; 3]) -> Value {
    let terms = |axis: &str, tree: &Tree| {
        let in_ = |up| if up == 0 { axis.to_owned() } else { name(axis, up) };
        tree.1
            .iter()
            .enumerate()
            .map(|(at, (up, o, e))| {
                let exhaustive = *e && tree.1.iter().any(|child| child.0 == at + 1);
                (name(axis, at + 1), json!({"in": in_(*up), "overlaps": o, "exhaustive": exhaustive}))
            })
            .collect::<serde_json::Map<_, _>>()
    };
    let happenings: serde_json::Map<_, _> = events
        .1
        .iter()
        .enumerate()
        .map(|(at, (up, incident, _))| {
            let up = if *up == 0 { Value::Null } else { json!(name("event", *up)) };
            (name("event", at + 1), json!({"kind": if *incident { "incident" } else { "span" }, "in": up}))
        })
        .collect();
    let over: Vec<_> = ["a", "b", "period"].iter().zip(overlaps).filter(|(_, o)| **o).map(|(axis, _)| axis).collect();
    json!({"dimensions": {"a": {"root": "a", "exhaustive": a.0, "terms": terms("a", a)},
                          "b": {"root": "b", "exhaustive": b.0, "terms": terms("b", b)}},
           "measures": {"m": {"kind": "count", "dimensions": ["a", "b"], "overlaps": over}},
           "events": happenings})
}

fn extents() -> impl Strategy<Value = Extents> {
    prop::collection::vec(
        prop::option::weighted(0.6, (prop::collection::vec(0..8_usize, 1..3), prop::bool::weighted(0.2))),
        4,
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn branch_and_bound_agrees_with_listing(
        a in tree(4), b in tree(2), events in tree(2), overlaps in any::<[bool; 3]>(),
        rows in prop::collection::vec((extents(), -3..=3_i64), 1..6),
    ) {
        let json = space(&a, &b, &events, &overlaps);
        let space = Space::parse(&json).map_err(|flaw| TestCaseError::fail(format!("{flaw:?}")))?;
        let axes = [positions(&a, false), positions(&b, false), positions(&events, true), days()];
        let overlaps = [overlaps[0], overlaps[1], overlaps[2], overlaps[2]];
        let sizes = [a.1.len(), b.1.len(), events.1.len(), 4];
        // What each row says, for the brute method and for the program.
        let mut terms: BTreeMap<Scope, i64> = BTreeMap::new();
        let mut plain: BTreeMap<Scope, Vec<Said>> = BTreeMap::new();
        for (extents, times) in &rows {
            let (mut scope, mut said) = (serde_json::Map::new(), Vec::new());
            for (axis, extent) in extents.iter().enumerate() {
                let Some((at, except)) = extent else { said.push(None); continue };
                let single = axis >= 2;
                let at: BTreeSet<_> = at.iter().take(if single { 1 } else { 2 }).map(|at| at % sizes[axis] + 1).collect();
                let except = *except && !single;
                let names: Vec<_> = at.iter().map(|at| name(AXES[axis], *at)).collect();
                scope.insert(AXES[axis].to_owned(),
                    if single { json!(names[0]) } else if except { json!({"except": names}) } else { json!(names) });
                said.push(Some((at, except)));
            }
            let scope = space.measure_scope("m", &scope).map_err(|flaw| TestCaseError::fail(format!("{flaw:?}")))?;
            *terms.entry(scope.clone()).or_default() += times;
            plain.insert(scope, said);
        }
        let scopes: Vec<_> = terms.keys().collect();
        let tuples = |wanted: bool| {
            let mut all: Vec<BTreeSet<usize>> = vec![(0..scopes.len()).collect()];
            for axis in (0..4).filter(|axis| overlaps[*axis] == wanted) {
                let next: BTreeSet<BTreeSet<usize>> = all.iter().flat_map(|held| axes[axis].iter().map(|position| {
                    held.iter().copied().filter(|row| match &plain[scopes[*row]][axis] {
                        None => true,
                        Some((at, except)) => at.iter().any(|at| position.contains(at)) != *except,
                    }).collect()
                })).collect();
                all = next.into_iter().collect();
            }
            all
        };
        let (positions, points) = (tuples(false), tuples(true));
        prop_assume!(points.len() <= 12);
        let mut units: BTreeSet<BTreeSet<usize>> = BTreeSet::new();
        for position in &positions {
            for bits in 1..1_u32 << points.len() {
                let reached: BTreeSet<usize> = points.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1).flat_map(|(_, p)| p).copied().collect();
                units.insert(position & &reached);
            }
        }
        let count = |unit: &BTreeSet<usize>| unit.iter().map(|row| terms[scopes[*row]]).sum::<i64>();
        let most = units.iter().map(count).max().unwrap_or(0);
        let columns: Vec<_> = terms.iter().map(|(scope, times)| (scope, BigInt::from(*times))).collect();
        let found = find_excess(&space, &Mass::Measure("m".to_owned()), &columns, &mut Steps::new(10_000_000));
        match found {
            Ok(None) => prop_assert!(most <= 0, "overlooked a unit that counts {most}: {json:#} {rows:?}"),
            Ok(Some(unit)) => {
                prop_assert!(count(&unit) > 0);
                // What was found is held by some unit; the others it may have are of no use to it.
                prop_assert!(units.contains(&unit), "no unit is held by {unit:?}: {json:#} {rows:?}");
            }
            Err(flaw) => prop_assert!(false, "{flaw:?}"),
        }
    }

    #[test]
    fn pieces_are_the_positions_seen_through_names(a in tree(6), events in tree(6), named in prop::collection::btree_set(1..7_usize, 0..6)) {
        let json = space(&a, &(false, Vec::new()), &events, &[false; 3]);
        let space = Space::parse(&json).map_err(|flaw| TestCaseError::fail(format!("{flaw:?}")))?;
        let mass = Mass::Measure("m".to_owned());
        for (axis, tree) in [("a", &a), ("event", &events)] {
            let named: BTreeSet<_> = named.iter().filter(|at| **at <= tree.1.len()).copied().collect();
            let shown = |held: BTreeSet<usize>| held.iter().map(|at| name(axis, *at)).collect::<BTreeSet<_>>();
            let wanted: BTreeSet<_> = positions(tree, axis == "event").iter().map(|held| shown(held & &named)).collect();
            let found = space.axis(&mass, axis).and_then(|(axis, _)| pieces(axis, &shown(named), &mut Steps::new(1_000_000)));
            prop_assert_eq!(found.map_err(|flaw| TestCaseError::fail(format!("{flaw:?}")))?, wanted, "{:#}", json);
        }
    }
}
