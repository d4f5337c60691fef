//! The central promise: the same pairs as the ordinary road, and as comparing all claims with all.

use std::collections::{BTreeMap, BTreeSet};

use gainsay::Options;
use gainsay::claim::{ClaimId, Corpus, Form, Reading};
use gainsay::codebook::Kind;
use gainsay::edtf::Day;
use gainsay::load::{load, record_waivers};
use gainsay::number::{End, Interval};
use gainsay::report::{Finding, Report};
use gainsay::system::{Boxes, Cells, ScopeBox, Statement, statement};
use gainsay::waiver::{Decision, entry};
use proptest::prelude::*;

use super::Files;
use super::draw::{lines, sound};

/// Two claims by their names, in order.
type Names = [String; 2];

fn is_pair(finding: &Finding) -> bool {
    ["disagreement", "part-exceeds-whole"].contains(&finding.rule) && finding.claims.len() == 2
}

/// The names of the claims of each pair, and whether the two clash under strict.
fn pairs<'r>(report: &'r Report, of: impl Fn(&str) -> bool + 'r) -> BTreeMap<Names, bool> {
    let measure = |finding: &Finding| {
        let certificate = serde_json::to_value(&finding.certificate).unwrap();
        certificate["measure"].as_str().unwrap().to_owned()
    };
    let own = report.findings.iter().filter(|finding| is_pair(finding) && of(&measure(finding)));
    own.map(|finding| (named(finding), finding.reading == Some("strict"))).collect()
}

fn named(finding: &Finding) -> Names {
    let mut names = [finding.claims[0].claim.clone(), finding.claims[1].claim.clone()];
    names.sort();
    names
}

fn is_count(measure: &str) -> bool {
    !["fighters", "area"].contains(&measure)
}

/// Every pair of counts that cannot both be true, found by comparing each lower figure with each upper one.
fn compared(corpus: &Corpus) -> BTreeMap<Names, bool> {
    let mut cells = Cells::new(&corpus.codebook);
    let mut found = BTreeMap::new();
    for reading in [Reading::Plain, Reading::Strict] {
        let said: Vec<(ClaimId, Statement)> = corpus
            .claims()
            .filter(|(_, claim)| claim.superseded_by.is_none() && matches!(claim.form, Form::Value { .. }))
            .filter_map(|(id, _)| Some((id, statement(corpus, id, reading).ok()?)))
            .filter(|(_, said)| corpus.codebook.measure(said.measure).kind == Kind::Count)
            .collect();
        for (a, low) in &said {
            for (b, high) in said.iter().filter(|(b, high)| a != b && high.measure == low.measure) {
                let Boxes { inner: Some(inner), .. } = &high.boxes else { continue };
                let mut holds = |whole: &ScopeBox, part: &ScopeBox| {
                    let mut cell = |scope| cells.intern(&corpus.codebook, low.measure, scope);
                    let (Some(whole_cell), Some(part_cell)) = (cell(whole), cell(part)) else { return false };
                    cells.is_within(part_cell, whole_cell) && days_within(part, whole)
                };
                if is_above(&low.interval, &high.interval) && holds(inner, &low.boxes.outer) {
                    let mut names = [corpus.name(*a), corpus.name(*b)];
                    names.sort();
                    found.insert(names, reading == Reading::Strict);
                }
            }
        }
    }
    found
}

fn days_within(part: &ScopeBox, whole: &ScopeBox) -> bool {
    let (part, whole) = (part.days.unwrap(), whole.days.unwrap());
    let not_before = |a: Option<Day>, b: Option<Day>| b.is_none_or(|b| a.is_some_and(|a| a >= b));
    let not_after = |a: Option<Day>, b: Option<Day>| b.is_none_or(|b| a.is_some_and(|a| a <= b));
    not_before(part.first, whole.first) && not_after(part.last, whole.last)
}

fn is_above(low: &Interval, high: &Interval) -> bool {
    let (Some(End { value: low, open: a }), Some(End { value: high, open: b })) = (&low.low, &high.high) else {
        return false;
    };
    low > high || (low == high && (*a || *b))
}

fn counts(report: &Report) -> [usize; 4] {
    let summary = &report.summary;
    [summary.contradictions, summary.tensions, summary.waived, summary.in_conflict]
}

/// Only pairs, however many.
fn options() -> Options {
    let rules = ["disagreement", "part-exceeds-whole"].map(str::to_owned).into();
    Options { rules, limit: 20, ..Options::default() }
}

/// Records all findings as known.
fn waive(files: &mut Files, report: &Report) {
    let corpus = load(&files.few()).unwrap();
    let decision = Decision { reason: "known".to_owned(), by: "desk".to_owned(), until: None };
    let entries: Vec<_> = report.findings.iter().map(|finding| entry(&corpus, finding, &decision)).collect();
    let recorded = record_waivers(&files.few(), &entries, None);
    files.others.push(("waivers.json".to_owned(), String::from_utf8(recorded.after).unwrap()));
}

fn agree(mut files: Files) -> Result<usize, TestCaseError> {
    let few = files.check_few(&options());
    let all = pairs(&few, is_count);
    prop_assert_eq!(&all, &compared(&load(&files.few()).unwrap()), "the ordinary road");
    let many = files.check_many(&Options { limit: usize::MAX, ..options() }, 1);
    let told = many.many.as_ref().unwrap();
    prop_assert_eq!(told.strict_pairs + told.plain_pairs, all.len() as u64);
    prop_assert!(!told.at_least);
    prop_assert_eq!(counts(&many), counts(&few));
    prop_assert_eq!(pairs(&many, |measure| !is_count(measure)), pairs(&few, |measure| !is_count(measure)));
    for (names, strict) in pairs(&many, is_count) {
        prop_assert_eq!(all.get(&names), Some(&strict), "{:?} is told", names);
    }
    let ids = |report: &Report| {
        let own = report.findings.iter().filter(|finding| finding.certificate.is_some());
        own.map(|finding| (finding.id.clone(), finding.verdict)).collect::<BTreeSet<_>>()
    };
    prop_assert!(ids(&many).is_subset(&ids(&few)));
    // Among many, a claim counts as compared whatever the days of the others, and not for being in a sum.
    let coverage = |report: &Report| {
        let counts = &report.summary.coverage;
        [counts.compared + counts.alone, counts.not_comparable, counts.superseded]
    };
    prop_assert_eq!(coverage(&many), coverage(&few));
    // A pair that is known is told as known: so all of them are told.
    waive(&mut files, &few);
    let few = files.check_few(&options());
    let many = files.check_many(&Options { limit: 0, ..options() }, 1);
    prop_assert_eq!(ids(&many), ids(&few));
    prop_assert_eq!(counts(&many), counts(&few));
    prop_assert!(few.summary.contradictions + few.summary.tensions == 0);
    Ok(all.len())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_same_pairs_as_the_ordinary_road(seeds in prop::collection::vec(any::<u64>(), 2..14)) {
        agree(sound(lines(&seeds)))?;
    }
}

/// Pairs are not rare among what is drawn; otherwise the test above would say little.
#[test]
fn what_is_drawn_clashes() {
    let mut found = [0, 0];
    for seed in 0..60_u64 {
        let files = sound(lines(&(0..10).map(|number| seed * 100 + number).collect::<Vec<_>>()));
        for strict in compared(&load(&files.few()).unwrap()).into_values() {
            found[usize::from(strict)] += 1;
        }
    }
    assert!(found[0] > 40 && found[1] > 40, "{found:?}");
}
