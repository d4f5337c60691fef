//! The second method against the generator, and against the first method where both decide.

use super::asked::conflicts;
use super::brute::{Verdict, pairs};
use super::replay::seeds;
use super::tell::Truth;
use super::{lying_few, true_few};

#[test]
fn true_claims_have_a_world() {
    for seed in seeds(30) {
        let case = true_few(seed, Truth::Both);
        let found = conflicts(&case);
        assert!(found.is_empty(), "world {seed}: {found:#?}\n{:#?}", case.files());
    }
}

#[test]
fn claims_that_are_true_under_strict_have_a_world_under_strict() {
    let mut tensions = 0;
    for seed in seeds(10) {
        let case = true_few(seed, Truth::StrictOnly);
        let found = conflicts(&case);
        let strict = found.iter().find(|(_, (verdict, _))| *verdict == Verdict::Contradiction);
        assert!(strict.is_none(), "world {seed}: {strict:#?}\n{:#?}", case.files());
        tensions += found.len();
    }
    assert!(tensions > 0 || seeds(10).len() < 100, "strict truths never mislead anybody");
}

/// Where nothing adds up, pairs of figures and facts are those of the other method.
#[test]
fn pairs_are_those_of_the_first_method() {
    for seed in seeds(20) {
        let case = lying_few(seed);
        if !case.world.sums.is_empty() {
            continue;
        }
        let all = conflicts(&case);
        for pair in pairs(&case) {
            let claims = pair.claims.iter().cloned().collect();
            assert_eq!(
                all.get(&claims),
                Some(&(pair.verdict, pair.strict)),
                "world {seed}: {pair:?} {:#?}",
                case.files()
            );
        }
    }
}
