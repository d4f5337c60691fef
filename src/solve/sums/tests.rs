//! Small cases: known answers, and atoms that are searched for against atoms that are listed.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::{Folder, load};

/// The terms of a dimension and the leaves that they hold; the last leaf is in none of them but the root.
const PLACES: [(&str, &[usize]); 5] =
    [("anywhere", &[0, 1, 2, 3]), ("a", &[0, 1]), ("a1", &[0]), ("a2", &[1]), ("b", &[2])];
const TARGETS: [(&str, &[usize]); 3] = [("anyone", &[0, 1, 2]), ("police", &[0]), ("army", &[1])];
const DAYS: usize = 3;

#[derive(Clone, Debug)]
struct Spot {
    place: usize,
    target: usize,
    days: (usize, usize),
}

#[derive(Clone, Debug)]
struct Told {
    spot: Spot,
    /// For a change, the old figure's place and days.
    base: Option<(usize, (usize, usize))>,
    low: Option<i64>,
    high: Option<i64>,
    open: bool,
}

#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Overlap {
    Nothing,
    Targets,
    TargetsAndDays,
}

fn spot() -> impl Strategy<Value = Spot> {
    let days = (0..DAYS, 0..DAYS).prop_map(|(a, b)| (a.min(b), a.max(b)));
    (0..PLACES.len(), 0..TARGETS.len(), days).prop_map(|(place, target, days)| Spot { place, target, days })
}

fn told() -> impl Strategy<Value = Told> {
    let days = (0..DAYS, 0..DAYS).prop_map(|(a, b)| (a.min(b), a.max(b)));
    let base = prop_oneof![4 => Just(None), 1 => (0..PLACES.len(), days).prop_map(Some)];
    (spot(), base, 0..9_i64, 0..3_i64, 0..4_u8, any::<bool>()).prop_filter_map(
        "a change has two scopes",
        |(spot, base, low, width, ends, open)| {
            if base.as_ref().is_some_and(|(place, days)| *place == spot.place && *days == spot.days) {
                return None;
            }
            let (low, high) = match (ends, &base) {
                (_, Some(_)) => (Some(low % 3 + 1), Some(low % 3 + 1 + width)),
                (0, _) => (Some(low), None),
                (1, _) => (None, Some(low + 1)),
                _ => (Some(low), Some(low + width)),
            };
            // The loader refuses "more than zero" where a plain reader is left with nothing.
            let open = open && low.is_none() != high.is_none() && low != Some(0);
            Some(Told { spot, base, low, high, open })
        },
    )
}

fn period((first, last): (usize, usize)) -> String {
    format!("2022-01-0{}/2022-01-0{}", first + 1, last + 1)
}

fn corpus(told: &[Told], overlap: Overlap) -> Corpus {
    let overlaps: &[&str] = match overlap {
        Overlap::Nothing => &[],
        Overlap::Targets => &["target"],
        Overlap::TargetsAndDays => &["target", "period"],
    };
    let mut codebook = json!({
        "dimensions": {
            "place": { "root": "anywhere", "phrase": "in {}", "terms": { "a": { "exhaustive": true }, "a1": { "in": "a" }, "a2": { "in": "a" }, "b": {} } },
            "target": { "root": "anyone", "phrase": "on {}", "terms": { "police": {}, "army": {} } } },
        "measures": { "attacks": { "unit": "attack", "kind": "count", "phrase": "{} attacks", "dimensions": ["place", "target"]} } });
    if !overlaps.is_empty() {
        codebook["measures"]["attacks"]["overlaps"] = json!(overlaps);
    }
    let claim = |(at, told): (usize, &Told)| -> Value {
        let mut claim = json!({ "id": format!("c{at}"), "quote": "so many", "measure": "attacks", "place": PLACES[told.spot.place].0,
            "target": TARGETS[told.spot.target].0, "period": period(told.spot.days) });
        let quantity = match (told.low, told.high, told.open) {
            (Some(low), Some(high), _) => json!({ "between": [low, high] }),
            (Some(low), None, false) => json!({ "at_least": low }),
            (Some(low), None, true) => json!({ "more_than": low }),
            (None, Some(high), false) => json!({ "at_most": high }),
            (None, high, _) => json!({ "less_than": high }),
        };
        match &told.base {
            None => claim["value"] = quantity,
            Some((place, days)) => {
                let than = json!({ "place": PLACES[*place].0, "period": period(*days) });
                claim["change"] = json!({ "than": than, "direction": "up", "factor": quantity });
            }
        }
        claim
    };
    let claims: Vec<Value> = told.iter().enumerate().map(claim).collect();
    let source = json!({ "source": { "id": "s" }, "claims": claims });
    let files = [("codebook.json", codebook.to_string()), ("sources/s.json", source.to_string())];
    load(&Folder::from_files(files)).unwrap_or_else(|faults| panic!("{faults}"))
}

fn conflicts_within(corpus: &Corpus, limits: &Limits) -> BTreeSet<Vec<usize>> {
    let found = find(corpus, Reading::Strict, &[], limits);
    let whole = found.components.iter().all(|component| component.repair.is_some() && !component.cut);
    assert!(whole, "{found:?}");
    let claims = |conflict: &SumConflict| conflict.claims().iter().map(|claim| claim.at()).collect();
    found.conflicts.iter().map(claims).collect()
}

fn conflicts(corpus: &Corpus) -> BTreeSet<Vec<usize>> {
    conflicts_within(corpus, &Limits::default())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Where points are too many to be listed they are searched for, which finds the same.
    #[test]
    fn searching_finds_what_listing_finds(
        told in prop::collection::vec(told(), 1..8),
        overlap in prop_oneof![Just(Overlap::Nothing), Just(Overlap::Targets), Just(Overlap::TargetsAndDays)],
    ) {
        let corpus = corpus(&told, overlap);
        let searched = conflicts_within(&corpus, &Limits { atoms: 0, ..Limits::default() });
        prop_assert_eq!(conflicts(&corpus), searched);
    }
}

fn figure(place: usize, target: usize, low: Option<i64>, high: Option<i64>) -> Told {
    Told { spot: Spot { place, target, days: (0, 0) }, base: None, low, high, open: false }
}

/// 64 attacks, of which a third have several targets: the parts add up to more than the whole, and nobody errs.
#[test]
fn one_attack_may_have_several_targets() {
    let told = [figure(0, 0, Some(64), Some(64)), figure(0, 1, Some(43), Some(43)), figure(0, 2, Some(42), Some(42))];
    assert!(conflicts(&corpus(&told, Overlap::Targets)).is_empty());
    assert_eq!(conflicts(&corpus(&told, Overlap::Nothing)), BTreeSet::from([vec![0, 1, 2]]));
    // Yet no target alone has more attacks than there are.
    let told = [figure(0, 0, Some(64), Some(64)), figure(0, 1, Some(65), None)];
    assert_eq!(conflicts(&corpus(&told, Overlap::Targets)), BTreeSet::from([vec![0, 1]]));
}

#[test]
fn parts_that_cover_the_whole_reach_it() {
    let told = [figure(1, 0, Some(10), None), figure(2, 0, None, Some(4)), figure(3, 0, None, Some(5))];
    assert_eq!(conflicts(&corpus(&told, Overlap::Nothing)), BTreeSet::from([vec![0, 1, 2]]));
}

/// A hundred sources that say the same of a part are each in conflict with the whole, however few conflicts are asked for.
#[test]
fn whoever_says_the_same_is_in_the_same_conflict() {
    let mut told = vec![figure(0, 0, None, Some(10)), figure(4, 0, Some(6), None)];
    told.extend((0..100).map(|_| figure(1, 0, Some(5), None)));
    let corpus = corpus(&told, Overlap::Nothing);
    let found = find(&corpus, Reading::Strict, &[], &Limits { conflicts: 3, ..Limits::default() });
    let in_conflict: BTreeSet<usize> = found.conflicts.iter().flat_map(SumConflict::claims).map(ClaimId::at).collect();
    assert_eq!(in_conflict, (0..102).collect());
    assert!(found.components.iter().all(|component| component.cut && component.repair.is_some()));
}
