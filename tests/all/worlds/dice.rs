//! Random choices that a seed repeats.

use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};

/// A source of random choices; the same seed gives the same ones on every machine.
pub(crate) struct Dice(TestRng);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        Self(TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
    }

    /// A number from 0 to before `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        // The remainder is slightly uneven, which does not matter for tests.
        usize::try_from(self.0.next_u64() % u64::try_from(n).unwrap()).unwrap()
    }

    /// A number between two, both included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + i64::try_from(self.below(usize::try_from(high - low + 1).unwrap())).unwrap()
    }

    /// True in so many percent of all cases.
    pub(crate) fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// Each element with the given chance in percent, and at least one of them.
    pub(crate) fn some_of<T: Clone>(&mut self, from: &[T], percent: usize) -> Vec<T> {
        let mut chosen: Vec<T> = from.iter().filter(|_| self.percent(percent)).cloned().collect();
        if chosen.is_empty() {
            chosen.push(self.pick(from).clone());
        }
        chosen
    }

    pub(crate) fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.below(at + 1));
        }
    }
}
