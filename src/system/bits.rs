//! Sets of small numbers.

/// A set of the numbers from 0 to below some size.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    /// No number, of so many.
    pub(crate) fn none(size: usize) -> Self {
        Self(vec![0; size.div_ceil(64)])
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

    pub(crate) fn insert(&mut self, number: usize) {
        if let Some(word) = self.0.get_mut(number / 64) {
            *word |= 1 << (number % 64);
        }
    }

    pub(crate) fn remove(&mut self, number: usize) {
        if let Some(word) = self.0.get_mut(number / 64) {
            *word &= !(1 << (number % 64));
        }
    }

    pub(crate) fn contains(&self, number: usize) -> bool {
        self.0.get(number / 64).is_some_and(|word| word & (1 << (number % 64)) != 0)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The numbers in both; both of the same size.
    pub(crate) fn and(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(a, b)| a & b).collect())
    }

    /// The numbers in either; both of the same size.
    pub(crate) fn or(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(a, b)| a | b).collect())
    }

    /// The numbers that the other has not; both of the same size.
    pub(crate) fn without(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(a, b)| a & !b).collect())
    }

    pub(crate) fn is_within(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(a, b)| a & !b == 0)
    }

    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(a, b)| a & b != 0)
    }

    /// The numbers in the set, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().zip((0..).step_by(64)).flat_map(|(&word, start)| {
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
        let mut c = a.clone();
        c.remove(64);
        assert!(!c.contains(64) && a.contains(64) && !Bits::none(3).contains(2) && Bits::none(3).is_empty());
    }
}
