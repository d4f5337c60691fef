//! Sets of small numbers.

/// A set of the numbers from 0 to below some size.
///
/// The first 64 stand in the value itself, for most sets have no more: nothing is allocated for those.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Bits {
    first: u64,
    others: Vec<u64>,
}

impl Bits {
    /// No number, of so many.
    pub(crate) fn none(size: usize) -> Self {
        Self { first: 0, others: vec![0; size.div_ceil(64).saturating_sub(1)] }
    }

    /// All of so many numbers.
    pub(crate) fn all(size: usize) -> Self {
        let mut all = Self::none(size);
        for number in 0..size {
            all.insert(number);
        }
        all
    }

    /// Some of so many numbers.
    pub(crate) fn of(size: usize, numbers: impl IntoIterator<Item = usize>) -> Self {
        let mut bits = Self::none(size);
        for number in numbers {
            bits.insert(number);
        }
        bits
    }

    fn word(&mut self, at: usize) -> Option<&mut u64> {
        match at.checked_sub(1) {
            None => Some(&mut self.first),
            Some(at) => self.others.get_mut(at),
        }
    }

    pub(crate) fn insert(&mut self, number: usize) {
        if let Some(word) = self.word(number / 64) {
            *word |= 1 << (number % 64);
        }
    }

    pub(crate) fn remove(&mut self, number: usize) {
        if let Some(word) = self.word(number / 64) {
            *word &= !(1 << (number % 64));
        }
    }

    pub(crate) fn contains(&self, number: usize) -> bool {
        let word = match (number / 64).checked_sub(1) {
            None => self.first,
            Some(at) => self.others.get(at).copied().unwrap_or(0),
        };
        word & (1 << (number % 64)) != 0
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.words().all(|word| word == 0)
    }

    pub(crate) fn len(&self) -> usize {
        self.words().map(|word| word.count_ones() as usize).sum()
    }

    fn words(&self) -> impl Iterator<Item = u64> + '_ {
        std::iter::once(self.first).chain(self.others.iter().copied())
    }

    /// Both word by word; both of the same size.
    fn joined(&self, other: &Self, join: impl Fn(u64, u64) -> u64) -> Self {
        let first = join(self.first, other.first);
        if self.others.is_empty() {
            return Self { first, others: Vec::new() };
        }
        let others = self.others.iter().zip(&other.others).map(|(a, b)| join(*a, *b)).collect();
        Self { first, others }
    }

    /// The numbers in both; both of the same size.
    pub(crate) fn and(&self, other: &Self) -> Self {
        self.joined(other, |a, b| a & b)
    }

    /// The numbers in either; both of the same size.
    pub(crate) fn or(&self, other: &Self) -> Self {
        self.joined(other, |a, b| a | b)
    }

    /// The numbers that the other has not; both of the same size.
    pub(crate) fn without(&self, other: &Self) -> Self {
        self.joined(other, |a, b| a & !b)
    }

    pub(crate) fn is_within(&self, other: &Self) -> bool {
        self.first & !other.first == 0 && self.others.iter().zip(&other.others).all(|(a, b)| a & !b == 0)
    }

    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.first & other.first != 0 || self.others.iter().zip(&other.others).any(|(a, b)| a & b != 0)
    }

    /// The numbers in the set, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.words().zip((0..).step_by(64)).flat_map(|(word, start)| {
            std::iter::successors((word != 0).then_some(word), |word| {
                let left = word & (word - 1);
                (left != 0).then_some(left)
            })
            .map(move |word| start + word.trailing_zeros() as usize)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_do_what_sets_do() {
        let a = Bits::of(130, [0, 63, 64, 129]);
        let b = Bits::of(130, [63, 100]);
        assert_eq!(a.iter().collect::<Vec<_>>(), [0, 63, 64, 129]);
        assert_eq!(a.and(&b).iter().collect::<Vec<_>>(), [63]);
        assert_eq!(a.or(&b).len(), 5);
        assert_eq!(a.without(&b).iter().collect::<Vec<_>>(), [0, 64, 129]);
        assert!(a.meets(&b) && !a.is_within(&b) && a.and(&b).is_within(&b));
        assert_eq!(Bits::all(130).len(), 130);
        assert!(!a.is_empty() && Bits::of(130, [129]).contains(129) && !b.meets(&Bits::of(130, [64, 129])));
        assert!(!a.is_within(&a.without(&Bits::of(130, [129]))), "what lies beyond the first word counts too");
        // In order of their words, the first one first.
        assert!(Bits::of(130, [129]) < Bits::of(130, [0]) && Bits::of(130, [0, 128]) < Bits::of(130, [0, 64]));
        let mut c = a.clone();
        c.remove(64);
        assert!(!c.contains(64) && a.contains(64) && !Bits::none(3).contains(2) && Bits::none(3).is_empty());
    }
}
