//! Entries of the same cell and the same days, told by their tightest figures.

use crate::system::{Columns, Entry, NO_HIGH, NO_LOW};

/// Claims that are left out: they are there, and say nothing.
#[derive(Default)]
pub(super) struct LeftOut {
    /// A bit for each claim, up to the last that is left out.
    words: Vec<u64>,
}

impl LeftOut {
    fn place(claim: u32) -> (usize, u64) {
        ((claim / u64::BITS) as usize, 1 << (claim % u64::BITS))
    }

    /// Whether a claim is left out.
    pub(super) fn contains(&self, claim: u32) -> bool {
        let (word, bit) = Self::place(claim);
        self.words.get(word).is_some_and(|word| word & bit != 0)
    }
}

impl FromIterator<u32> for LeftOut {
    fn from_iter<I: IntoIterator<Item = u32>>(claims: I) -> Self {
        let mut left_out = Self::default();
        for claim in claims {
            let (word, bit) = Self::place(claim);
            if left_out.words.len() <= word {
                left_out.words.resize(word + 1, 0);
            }
            if let Some(word) = left_out.words.get_mut(word) {
                *word |= bit;
            }
        }
        left_out
    }
}

/// How long a period is, roughly: a longer one lies in no shorter one.
pub(super) const LENGTHS: usize = 4;

/// The longest period of each length but the last, in days: a day, a month, a year.
const LONGEST: [i64; LENGTHS - 1] = [1, 31, 366];

/// Entries of one cell and the same days.
#[derive(Copy, Clone, Debug)]
pub(super) struct Group {
    pub(super) first: i32,
    pub(super) last: i32,
    /// The largest of the lower figures, under either reading.
    pub(super) low: u32,
    /// The smallest of the upper figures, likewise.
    pub(super) high: u32,
    /// Where its entries begin among those of its cell.
    pub(super) from: u32,
    /// How many there are.
    pub(super) count: u32,
    /// Which of the first days of all groups of its cells is the last that it holds.
    pub(super) last_start: u32,
    /// Which of them is its own.
    pub(super) first_start: u32,
}

impl Group {
    /// How long it is, roughly.
    pub(super) fn length(&self) -> usize {
        let more = i64::from(self.last) - i64::from(self.first);
        let [day, month, year] = LONGEST.map(|longest| usize::from(more >= longest));
        day + month + year
    }

    /// Whether the days of a group lie in its own.
    pub(super) fn holds(&self, inner: &Self) -> bool {
        self.first <= inner.first && inner.last <= self.last
    }
}

/// The groups of all cells.
#[derive(Default)]
pub(super) struct Groups {
    list: Vec<Group>,
    /// Per cell where its groups begin; at the end, how many there are.
    starts: Vec<usize>,
    /// Per cell the largest lower figure.
    pub(super) lows: Vec<u32>,
    /// Per cell the smallest upper figure.
    pub(super) highs: Vec<u32>,
    /// How many first days there are.
    pub(super) first_days: usize,
}

impl Groups {
    /// The groups of all entries.
    pub(super) fn of(columns: &Columns) -> Self {
        let cells = columns.cells.len();
        let days = |entry: &Entry| (entry.first, entry.last);
        let count = |cell: usize| columns.of_cell(cell).chunk_by(|a, b| days(a) == days(b)).count();
        let mut groups = Self {
            list: Vec::with_capacity((0..cells).map(count).sum()),
            starts: Vec::with_capacity(cells + 1),
            lows: Vec::with_capacity(cells),
            highs: Vec::with_capacity(cells),
            first_days: 0,
        };
        let none = LeftOut::default();
        for cell in 0..cells {
            groups.starts.push(groups.list.len());
            let (mut from, mut lowest, mut highest) = (0, NO_LOW, NO_HIGH);
            for same in columns.of_cell(cell).chunk_by(|a, b| days(a) == days(b)) {
                let Some(entry) = same.first() else { continue };
                let (low, high) = tightest(columns, same, &none);
                let (first, last) = days(entry);
                let count = u32::try_from(same.len()).unwrap_or(u32::MAX);
                groups.list.push(Group { first, last, low, high, from, count, first_start: 0, last_start: 0 });
                (lowest, highest) = (lowest.max(low), highest.min(high));
                from += count;
            }
            groups.lows.push(lowest);
            groups.highs.push(highest);
        }
        groups.starts.push(groups.list.len());
        groups.number_days();
        groups
    }

    /// Leaves claims out: only what their own groups allow changes.
    pub(super) fn leave_out(&mut self, columns: &Columns, left_out: &LeftOut) {
        for (cell, bounds) in self.starts.windows(2).enumerate() {
            let entries = columns.of_cell(cell);
            if !entries.iter().any(|entry| left_out.contains(entry.claim)) {
                continue;
            }
            let &[from, to] = bounds else { continue };
            let Some(own) = self.list.get_mut(from..to) else { continue };
            let (mut lowest, mut highest) = (NO_LOW, NO_HIGH);
            for group in own {
                let from = group.from as usize;
                let same = entries.get(from..from + group.count as usize).unwrap_or_default();
                (group.low, group.high) = tightest(columns, same, left_out);
                (lowest, highest) = (lowest.max(group.low), highest.min(group.high));
            }
            if let (Some(low), Some(high)) = (self.lows.get_mut(cell), self.highs.get_mut(cell)) {
                (*low, *high) = (lowest, highest);
            }
        }
    }

    /// Numbers the first days, so that what is said of days can be kept in a table.
    fn number_days(&mut self) {
        /// Up to so many days, from the earliest on, the numbers stand in a table; otherwise they are searched for.
        const TABLE: usize = 1 << 20;
        let days = self.list.iter().map(|group| group.first);
        let (least, most) = (days.clone().min().unwrap_or(0), days.clone().max().unwrap_or(0));
        let offset = |day: i32| usize::try_from(i64::from(day) - i64::from(least)).unwrap_or(0);
        if offset(most) < TABLE {
            let mut table = vec![0_u32; offset(most) + 1];
            for day in days {
                if let Some(slot) = table.get_mut(offset(day)) {
                    *slot = 1;
                }
            }
            let mut count = 0;
            for slot in &mut table {
                count += *slot;
                // OK because before the first group there is none, and nothing asks for a day there.
                *slot = count.saturating_sub(1);
            }
            self.first_days = count as usize;
            let number = |day: i32| table.get(offset(day.min(most))).copied().unwrap_or(0);
            for group in &mut self.list {
                (group.first_start, group.last_start) = (number(group.first), number(group.last));
            }
            return;
        }
        let mut days: Vec<i32> = days.collect();
        days.sort_unstable();
        days.dedup();
        self.first_days = days.len();
        let number = |day: i32| u32::try_from(days.partition_point(|&first| first <= day)).unwrap_or(u32::MAX) - 1;
        for group in &mut self.list {
            (group.first_start, group.last_start) = (number(group.first), number(group.last));
        }
    }

    /// The groups of a cell, by their days.
    pub(super) fn of_cell(&self, cell: usize) -> &[Group] {
        let bounds = self.starts.get(cell).zip(self.starts.get(cell + 1));
        bounds.and_then(|(&from, &to)| self.list.get(from..to)).unwrap_or_default()
    }
}

/// The largest of the lower figures of some entries, and the smallest of the upper ones, without those that are left out.
fn tightest(columns: &Columns, entries: &[Entry], left_out: &LeftOut) -> (u32, u32) {
    let own = entries.iter().filter(|entry| !left_out.contains(entry.claim)).map(|entry| columns.allowed(entry));
    own.fold((NO_LOW, NO_HIGH), |(low, high), allowed| (low.max(allowed.low()), high.min(allowed.high())))
}
