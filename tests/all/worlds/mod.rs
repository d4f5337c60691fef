//! Random worlds: claims that are true in a world are in no conflict, and lies are found just where a second method
//! (`crate::decide`) finds that no world holds the claims.
//!
//! There are cases of many claims, whose pairs are compared with a list of all pairs, and cases of a few that hang
//! together (a whole and its parts, dates of a few events, facts about one subject), of which every set is decided.
//!
//! Each case comes from a number, its seed. `GAINSAY_WORLDS` says how many there are (10,000 unless it is set), and
//! `GAINSAY_WORLD` chooses the one of a failure; a failure prints its number and the smallest files that still fail.

mod asked;
mod brute;
mod brute_cases;
mod calendar;
mod case;
pub(crate) mod dice;
mod events;
mod expect;
mod expect_cases;
mod facts;
mod fake;
mod few;
mod hedge;
mod laws;
mod lies;
mod oracle;
mod relative;
mod replay;
mod run;
mod scope;
mod second;
mod tell;
mod timeline;
mod tree;
mod variety;
mod world;

use std::cell::RefCell;
use std::collections::BTreeMap;

use case::Case;
use dice::Dice;
use replay::{hold, seeds};
use run::run;
use tell::{Truth, tell};

/// True claims about the world of a number.
fn true_case(seed: u64, truth: Truth) -> Case {
    tell(&mut Dice::new(seed), truth)
}

/// Claims about the world of a number, one to three of which are lies.
fn lying_case(seed: u64) -> Case {
    let truth = true_case(seed, Truth::Both);
    let attempts = (0..5).map(|attempt| {
        let mut case = truth.clone();
        lies::lie(&mut Dice::new(seed << 3 | attempt), &mut case);
        case
    });
    // Most lies meet no other claim; a few tries more make the worlds tell more.
    let mut last = truth.clone();
    for case in attempts {
        last = case;
        if !brute::pairs(&last).is_empty() {
            break;
        }
    }
    last
}

/// A few true claims that hang together.
fn true_few(seed: u64, truth: Truth) -> Case {
    few::tell_few(&mut Dice::new(seed), truth)
}

/// A few claims that hang together, one to three of which are lies.
fn lying_few(seed: u64) -> Case {
    let mut case = true_few(seed, Truth::Both);
    lies::fib(&mut Dice::new(seed << 3 | 7), &mut case);
    case
}

/// Claims with a conflict of three and more; of many small cases the first that has one.
fn contested_few(seed: u64) -> Case {
    let has_many = |case: &Case| asked::conflicts(case).keys().any(|claims| claims.len() > 2);
    (0..1_000).map(|more| lying_few(seed << 10 | more)).find(has_many).unwrap()
}

/// Cases to put a law to: one of many claims, and one with a conflict of many.
fn disputed_cases(percent: u64) -> impl Iterator<Item = (u64, Case)> {
    seeds(percent).into_iter().flat_map(|seed| [(seed, lying_case(seed)), (seed, contested_few(seed))])
}

/// The claims folders of some random worlds: true claims only, and with lies among them.
pub(crate) fn folders(percent: u64) -> impl Iterator<Item = (String, Vec<(String, String)>)> {
    seeds(percent).into_iter().flat_map(|seed| {
        let cases = [("true", true_case(seed, Truth::Both)), ("lying", lying_case(seed))];
        cases.map(|(what, case)| (format!("{what} world {seed}"), laws::texts(&case.files())))
    })
}

#[test]
fn true_claims_are_in_no_conflict() {
    for seed in seeds(5) {
        hold(seed, true_case(seed, Truth::Both), &|_, files| expect::is_silent(&run(&laws::texts(files))?));
    }
    for seed in seeds(30) {
        hold(seed, true_few(seed, Truth::Both), &|_, files| expect::is_silent(&run(&laws::texts(files))?));
    }
}

#[test]
fn claims_that_are_true_under_strict_do_not_contradict_each_other() {
    let is_quiet = |_: &Case, files: &case::Files| expect::no_contradiction(&run(&laws::texts(files))?);
    for seed in seeds(3) {
        hold(seed, true_case(seed, Truth::StrictOnly), &is_quiet);
        hold(seed, true_few(seed, Truth::StrictOnly), &is_quiet);
    }
}

#[test]
fn lies_are_found_exactly_where_two_claims_cannot_both_hold() {
    for seed in seeds(5) {
        hold(seed, lying_case(seed), &|case, files| {
            expect::are_exactly(&run(&laws::texts(files))?, &brute::pairs(case), case)
        });
    }
}

#[test]
fn lies_are_found_exactly_where_no_world_holds_the_claims() {
    let many: RefCell<BTreeMap<String, usize>> = RefCell::default();
    let seeds = seeds(40);
    for &seed in &seeds {
        hold(seed, lying_few(seed), &|case, files| {
            let (report, expected) = (run(&laws::texts(files))?, asked::conflicts(case));
            expect::are_all(&report, &expected, case)?;
            expect::repairs(&report, &expected, case)?;
            let mut many = many.borrow_mut();
            for conflict in expect::conflicts(&report)?.into_iter().filter(|conflict| conflict.claims.len() > 2) {
                *many.entry(conflict.rule).or_default() += 1;
            }
            Ok(())
        });
    }
    let many = many.take();
    let rules = ["parts-exceed-whole", "parts-fall-short", "change-mismatch", "sums-conflict", "order-violation"];
    let rules = rules.into_iter().chain(["fact-conflict", "opposed-advice"]);
    let rare: Vec<&str> = rules.filter(|rule| many.get(*rule).copied().unwrap_or(0) < 10).collect();
    assert!(rare.is_empty() || seeds.len() < 4_000, "too few conflicts of many claims by {rare:?}: {many:?}");
}

#[test]
fn the_order_of_files_and_claims_changes_no_byte_but_positions() {
    for (seed, case) in disputed_cases(1) {
        hold(seed, case, &|_, files| {
            let shuffled = laws::shuffled(&mut Dice::new(seed), files);
            expect::are_same(&run(&laws::texts(files))?, &run(&shuffled)?)
        });
    }
}

#[test]
fn other_ids_change_only_names() {
    for (seed, case) in disputed_cases(1) {
        hold(seed, case, &|_, files| {
            let ids = laws::new_ids(seed, files);
            let before = run(&laws::texts(files))?;
            let after = run(&laws::texts(&laws::renamed(files, &ids)))?;
            let rename = |name: &str| name.split('/').map(|id| ids[id].clone()).collect::<Vec<_>>().join("/");
            expect::are_same_conflicts(&before, &after, &rename)?;
            // Of figures that look alike and are equally near, the names choose the one that is noted.
            expect::are_same_counts(&before, &after, &["notes"])
        });
    }
}

#[test]
fn claims_that_move_to_another_source_keep_their_conflicts() {
    for (seed, case) in disputed_cases(1) {
        hold(seed, case, &|case, files| {
            let Some((split, names)) = laws::split(&mut Dice::new(seed), case) else { return Ok(()) };
            let (before, after) = (run(&laws::texts(files))?, run(&laws::texts(&split.files()))?);
            let rename = |name: &str| names.get(name).cloned().unwrap_or_else(|| name.to_owned());
            expect::are_same_conflicts(&before, &after, &rename)
        });
    }
}

#[test]
fn four_hundred_years_later_everything_is_the_same() {
    for (seed, case) in disputed_cases(1) {
        hold(seed, case, &|_, files| {
            let (before, after) = (run(&laws::texts(files))?, run(&laws::texts(&laws::shifted(files)))?);
            expect::are_same_conflicts(&before, &after, &str::to_owned)?;
            expect::are_same_counts(&before, &after, &[])
        });
    }
}

#[test]
fn a_term_without_claims_changes_nothing() {
    for (seed, case) in disputed_cases(1) {
        hold(seed, case, &|_, files| {
            let more = laws::with_a_term(&mut Dice::new(seed), files);
            let (mut before, mut after) = (run(&laws::texts(files))?, run(&laws::texts(&more))?);
            before["space"].take();
            after["space"].take();
            expect::are_same(&before, &after)
        });
    }
}

#[test]
fn a_weaker_claim_makes_no_new_conflict() {
    for (seed, case) in disputed_cases(2) {
        hold(seed, case, &|case, files| {
            let Some(weakened) = laws::weakened(&mut Dice::new(seed), case) else { return Ok(()) };
            expect::contain_earlier_ones(&run(&laws::texts(files))?, &run(&laws::texts(&weakened.files()))?)
        });
    }
}

#[test]
fn one_claim_more_leaves_the_other_conflicts_as_they_are() {
    for (seed, case) in disputed_cases(2) {
        hold(seed, case, &|case, files| {
            let Some((less, added)) = laws::with_one_less(&mut Dice::new(seed), case) else { return Ok(()) };
            expect::are_unmoved_by(&run(&laws::texts(&less.files()))?, &run(&laws::texts(files))?, &added)
        });
    }
}

#[test]
fn a_source_beside_its_copy_yields_notes_at_most() {
    for seed in seeds(2) {
        let truths = [true_case(seed, Truth::Both), true_few(seed, Truth::Both)];
        // A source may be wrong and yet not contradict itself.
        for case in truths.into_iter().chain([lying_case(seed), lying_few(seed)]) {
            hold(seed, case, &|case, _| {
                let [alone, both] = laws::with_a_copy(case).map(|case| run(&laws::texts(&case.files())));
                if expect::notes_at_most(&alone?).is_err() { Ok(()) } else { expect::notes_at_most(&both?) }
            });
        }
    }
}
