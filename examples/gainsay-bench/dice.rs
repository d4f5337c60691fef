//! Numbers that look random and are the same on every machine.

/// `SplitMix64` (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators").
///
/// Written out here, and no library's, because the bytes of a folder must stay what they are when a library changes. What is drawn
/// hangs on a seed, what it is for, and an index alone, so that any claim can be drawn again without those before it.
pub(crate) struct Dice(u64);

/// What numbers are drawn for: each purpose has a stream of its own.
#[derive(Clone, Copy)]
pub(crate) enum Purpose {
    Incident = 1,
    Claim = 2,
    Source = 3,
    Liar = 4,
    Lie = 5,
    Quote = 6,
}

impl Dice {
    pub(crate) fn of(seed: u64, purpose: Purpose, index: usize) -> Self {
        let mut dice = Self(seed);
        for part in [purpose as u64, index as u64] {
            dice.0 = dice.next() ^ part;
        }
        dice
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `n`. The numbers asked for are so far below 2^64 that the remainder is even enough.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n as u64).unwrap()
    }

    /// A number below `n`, the small ones far more often than the large ones.
    pub(crate) fn skewed(&mut self, n: usize) -> usize {
        let limit = self.below(n) + 1;
        self.below(limit)
    }

    pub(crate) fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }
}
