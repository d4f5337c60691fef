//! Random worlds: claims that are true in a world are in no conflict, and lies are found just where an independent
//! method finds them.
//!
//! Each world comes from a number, its seed. `GAINSAY_WORLDS` says how many there are (2,000 unless it is set), and
//! `GAINSAY_WORLD` chooses the one of a failure; a failure prints its number and the smallest files that still fail.

mod brute;
mod brute_cases;
mod calendar;
mod case;
mod dice;
mod events;
mod expect;
mod expect_cases;
mod facts;
mod fake;
mod hedge;
mod laws;
mod lies;
mod oracle;
mod relative;
mod replay;
mod run;
mod scope;
mod tell;
mod timeline;
mod tree;
mod world;

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

#[test]
fn true_claims_are_in_no_conflict() {
    for seed in seeds(100) {
        hold(seed, true_case(seed, Truth::Both), &|_, files| expect::is_silent(&run(&laws::texts(files))?));
    }
}

#[test]
fn claims_that_are_true_under_strict_do_not_contradict_each_other() {
    for seed in seeds(50) {
        let case = true_case(seed, Truth::StrictOnly);
        hold(seed, case, &|_, files| expect::no_contradiction(&run(&laws::texts(files))?));
    }
}

#[test]
fn lies_are_found_exactly_where_two_claims_cannot_both_hold() {
    for seed in seeds(75) {
        hold(seed, lying_case(seed), &|case, files| {
            expect::are_exactly(&run(&laws::texts(files))?, &brute::pairs(case), case)
        });
    }
}

#[test]
fn the_order_of_files_and_claims_changes_no_byte_but_positions() {
    for seed in seeds(5) {
        hold(seed, lying_case(seed), &|_, files| {
            let shuffled = laws::shuffled(&mut Dice::new(seed), files);
            expect::are_same(&run(&laws::texts(files))?, &run(&shuffled)?)
        });
    }
}

#[test]
fn other_ids_change_only_names() {
    for seed in seeds(5) {
        hold(seed, lying_case(seed), &|_, files| {
            let ids = laws::new_ids(seed, files);
            let before = run(&laws::texts(files))?;
            let after = run(&laws::texts(&laws::renamed(files, &ids)))?;
            let rename = |name: &str| name.split('/').map(|id| ids[id].clone()).collect::<Vec<_>>().join("/");
            expect::are_same_conflicts(&before, &after, &rename)?;
            expect::are_same_counts(&before, &after, &[])
        });
    }
}

#[test]
fn claims_that_move_to_another_source_keep_their_conflicts() {
    for seed in seeds(5) {
        hold(seed, lying_case(seed), &|case, files| {
            let Some((split, names)) = laws::split(&mut Dice::new(seed), case) else { return Ok(()) };
            let (before, after) = (run(&laws::texts(files))?, run(&laws::texts(&split.files()))?);
            let rename = |name: &str| names.get(name).cloned().unwrap_or_else(|| name.to_owned());
            expect::are_same_conflicts(&before, &after, &rename)
        });
    }
}

#[test]
fn four_hundred_years_later_everything_is_the_same() {
    for seed in seeds(5) {
        hold(seed, lying_case(seed), &|_, files| {
            let (before, after) = (run(&laws::texts(files))?, run(&laws::texts(&laws::shifted(files)))?);
            expect::are_same_conflicts(&before, &after, &str::to_owned)?;
            expect::are_same_counts(&before, &after, &[])
        });
    }
}

#[test]
fn a_term_without_claims_changes_nothing() {
    for seed in seeds(5) {
        hold(seed, lying_case(seed), &|_, files| {
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
    for seed in seeds(10) {
        hold(seed, lying_case(seed), &|case, files| {
            let Some(weakened) = laws::weakened(&mut Dice::new(seed), case) else { return Ok(()) };
            expect::contain_earlier_ones(&run(&laws::texts(files))?, &run(&laws::texts(&weakened.files()))?)
        });
    }
}

#[test]
fn one_claim_more_leaves_the_other_conflicts_as_they_are() {
    for seed in seeds(10) {
        hold(seed, lying_case(seed), &|case, files| {
            let Some((less, added)) = laws::with_one_less(&mut Dice::new(seed), case) else { return Ok(()) };
            expect::are_unmoved_by(&run(&laws::texts(&less.files()))?, &run(&laws::texts(files))?, &added)
        });
    }
}

#[test]
fn a_source_beside_its_copy_yields_notes_at_most() {
    for seed in seeds(10) {
        hold(seed, true_case(seed, Truth::Both), &|case, _| {
            laws::with_a_copy(case)
                .iter()
                .try_for_each(|case| expect::notes_at_most(&run(&laws::texts(&case.files()))?))
        });
    }
}
