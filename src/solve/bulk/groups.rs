//! Entries of the same cell and the same days, told by their tightest figures.

use std::collections::HashSet;

use foldhash::fast::RandomState;

use crate::system::{Columns, NO_HIGH, NO_LOW};

/// Claims that are left out.
pub(super) type LeftOut = HashSet<u32, RandomState>;

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
    /// Some claims may be left out: they are there, and say nothing.
    pub(super) fn of(columns: &Columns, left_out: &LeftOut) -> Self {
        let cells = columns.cells.len();
        let mut groups = Self {
            list: Vec::new(),
            starts: Vec::with_capacity(cells + 1),
            lows: vec![NO_LOW; cells],
            highs: vec![NO_HIGH; cells],
            first_days: 0,
        };
        for (cell, (lowest, highest)) in groups.lows.iter_mut().zip(&mut groups.highs).enumerate() {
            groups.starts.push(groups.list.len());
            let mut from = 0;
            for same in columns.of_cell(cell).chunk_by(|a, b| (a.first, a.last) == (b.first, b.last)) {
                let Some(entry) = same.first() else { continue };
                let (mut low, mut high) = (NO_LOW, NO_HIGH);
                for entry in same.iter().filter(|entry| !left_out.contains(&entry.claim)) {
                    let allowed = columns.allowed(entry);
                    low = low.max(allowed.low());
                    high = high.min(allowed.high());
                }
                let (first, last) = (entry.first, entry.last);
                let count = u32::try_from(same.len()).unwrap_or(u32::MAX);
                groups.list.push(Group { first, last, low, high, from, count, first_start: 0, last_start: 0 });
                *lowest = (*lowest).max(low);
                *highest = (*highest).min(high);
                from += count;
            }
        }
        groups.starts.push(groups.list.len());
        groups.number_days();
        groups
    }

    /// Numbers the first days, so that what is said of days can be kept in a table.
    fn number_days(&mut self) {
        /// Up to so many days, from the earliest on, the numbers stand in a table; otherwise they are searched for.
        const TABLE: usize = 1 << 20;
        let mut days: Vec<i32> = self.list.iter().map(|group| group.first).collect();
        let (least, most) = (days.iter().min().copied().unwrap_or(0), days.iter().max().copied().unwrap_or(0));
        let offset = |day: i32| usize::try_from(i64::from(day) - i64::from(least)).unwrap_or(0);
        if offset(most) < TABLE {
            let mut table = vec![0_u32; offset(most) + 1];
            for &day in &days {
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
