//! Pairs of figures that cannot both be true, among hundreds of thousands of claims.
//!
//! A cell is compared with the cells that lie in it, group by group. Whether a cell's upper figures are low enough for any
//! lower figure at all is seen at once from the smallest and the largest; then one of two ways is taken, by what they
//! cost:
//!
//! - per upper figure, the groups within its days are looked up in each inner cell whose largest lower figure is above it;
//! - or a table is made of the cell, which tells per day how low its upper figures are that hold that day, by the
//!   length of their periods; of all lower figures in the cell those that lie above the entries of their first and their
//!   last day are compared with the upper ones by the sweep of [`contained`].

use std::ops::ControlFlow;

use super::Search;
use super::groups::{Group, Groups, LENGTHS};
use crate::solve::sweep::{Item, contained};
use crate::system::{CellId, Columns, Entry, NO_HIGH, NO_LOW};

/// A lower figure above an upper one whose scope contains its own.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Pair {
    /// The entry whose lower figure is too high.
    pub(crate) low: Entry,
    /// The entry whose upper figure is too low.
    pub(crate) high: Entry,
    /// Whether both are so under strict.
    pub(crate) strict: bool,
    /// Whether they lie in the same cell.
    pub(crate) same_cell: bool,
}

impl Search<'_> {
    /// Visits the pairs of a cell and those that lie in it, in an order of its own, until it is told to stop.
    pub(super) fn within(
        &self,
        outer: usize,
        inside: &[CellId],
        table: &mut Table,
        visit: Visit<'_>,
    ) -> ControlFlow<()> {
        let (columns, groups) = (self.columns, &self.groups);
        let smallest = groups.highs.get(outer).copied().unwrap_or(NO_HIGH);
        let above = |cell: &&CellId| groups.lows.get(cell.at()).is_some_and(|&low| low > smallest);
        let inner: Vec<usize> = inside.iter().filter(above).map(|cell| cell.at()).collect();
        if inner.is_empty() {
            return ControlFlow::Continue(());
        }
        let highs: Vec<&Group> = groups.of_cell(outer).iter().filter(|group| group.high != NO_HIGH).collect();
        let lows: usize = inner.iter().map(|&cell| groups.of_cell(cell).len()).sum();
        let hits = Hits { columns, groups, outer };
        // In about as many nanoseconds.
        let by_figure = highs.len() * inner.len() * 8 + highs.len() * lows / 8;
        let by_table = (groups.first_days + highs.len() * 8) * LENGTHS + lows * 2;
        if by_figure <= by_table {
            hits.by_figure(&highs, &inner, visit)
        } else {
            table.fill(&highs, groups.first_days);
            hits.by_table(table, &highs, &inner, visit)
        }
    }
}

struct Hits<'a> {
    columns: &'a Columns,
    groups: &'a Groups,
    outer: usize,
}

pub(super) type Visit<'v> = &'v mut dyn FnMut(&Pair) -> ControlFlow<()>;

impl Hits<'_> {
    fn by_figure(&self, highs: &[&Group], inner: &[usize], visit: Visit<'_>) -> ControlFlow<()> {
        for &cell in inner {
            let lows = self.groups.of_cell(cell);
            let largest = self.groups.lows.get(cell).copied().unwrap_or(NO_LOW);
            for high in highs.iter().filter(|high| high.high < largest) {
                let from = lows.partition_point(|low| low.first < high.first);
                let within = lows.iter().enumerate().skip(from).take_while(|(_, low)| low.first <= high.last);
                for (at, _) in within.filter(|(_, low)| low.last <= high.last && low.low > high.high) {
                    self.tell((cell, at), high, visit)?;
                }
            }
        }
        ControlFlow::Continue(())
    }

    fn by_table(&self, table: &Table, highs: &[&Group], inner: &[usize], visit: Visit<'_>) -> ControlFlow<()> {
        let mut suspects: Vec<(usize, usize)> = Vec::new();
        for &cell in inner {
            let lows = self.groups.of_cell(cell).iter().enumerate();
            suspects.extend(lows.filter(|(_, low)| table.may_clash(low)).map(|(at, _)| (cell, at)));
        }
        let group = |&(cell, at): &(usize, usize)| crate::codebook::entry(self.groups.of_cell(cell), at);
        // Few of them are compared one by one: the sweep has to sort the upper figures first.
        if suspects.len() <= 16 {
            for suspect in &suspects {
                let low = group(suspect);
                for high in highs.iter().filter(|high| high.holds(low) && low.low > high.high) {
                    self.tell(*suspect, high, visit)?;
                }
            }
            return ControlFlow::Continue(());
        }
        let item = |group: &Group, key: u32, tag: usize| Item {
            first: group.first,
            last: group.last,
            key: i64::from(key),
            tag: u32::try_from(tag).unwrap_or(u32::MAX),
        };
        let queries: Vec<Item> =
            suspects.iter().enumerate().map(|(tag, suspect)| item(group(suspect), group(suspect).low, tag)).collect();
        let items: Vec<Item> = highs.iter().enumerate().map(|(tag, high)| item(high, high.high, tag)).collect();
        let mut flow = ControlFlow::Continue(());
        contained(&queries, &items, |query, item| {
            if let (Some(suspect), Some(high)) = (suspects.get(query.tag as usize), highs.get(item.tag as usize))
                && flow.is_continue()
            {
                flow = self.tell(*suspect, high, visit);
            }
            flow
        });
        flow
    }

    /// The pairs of two groups.
    fn tell(&self, (cell, at): (usize, usize), high: &Group, visit: Visit<'_>) -> ControlFlow<()> {
        let low = crate::codebook::entry(self.groups.of_cell(cell), at);
        let below_some = |entry: &&Entry| self.columns.allowed(entry).low() > high.high;
        // The smallest upper figures come first.
        let above_some = |entry: &&Entry| self.columns.allowed(entry).high() < low.low;
        let highs = self.entries(self.outer, high);
        let highs = highs.get(..highs.partition_point(|entry| above_some(&entry))).unwrap_or_default();
        for low in self.entries(cell, low).iter().filter(below_some) {
            let below = self.columns.allowed(low);
            for high in highs.iter().filter(|high| high.claim != low.claim) {
                let above = self.columns.allowed(high);
                if above.high() >= below.low() {
                    break;
                }
                let strict = below.strict.0 > above.strict.1;
                if strict || below.plain.0 > above.plain.1 {
                    visit(&Pair { low: *low, high: *high, strict, same_cell: cell == self.outer })?;
                }
            }
        }
        ControlFlow::Continue(())
    }

    fn entries(&self, cell: usize, group: &Group) -> &[Entry] {
        let from = group.from as usize;
        self.columns.of_cell(cell).get(from..from + group.count as usize).unwrap_or_default()
    }
}

/// Per length and first day, the smallest upper figure of the periods of that length or longer that hold the day.
#[derive(Default)]
pub(super) struct Table {
    smallest: [Vec<u32>; LENGTHS],
    /// Per day the next one that has no figure yet.
    next: Vec<u32>,
}

impl Table {
    /// Writes each figure, the smallest first, to the days that have none yet.
    fn fill(&mut self, highs: &[&Group], days: usize) {
        let mut highs = highs.to_vec();
        highs.sort_unstable_by_key(|group| group.high);
        for (length, smallest) in self.smallest.iter_mut().enumerate() {
            smallest.clear();
            smallest.resize(days, NO_HIGH);
            self.next.clear();
            self.next.extend(0..=u32::try_from(days).unwrap_or(u32::MAX));
            for high in highs.iter().filter(|high| high.length() >= length) {
                let mut day = open(&mut self.next, high.first_start);
                while day <= high.last_start {
                    if let (Some(slot), Some(next)) = (smallest.get_mut(day as usize), self.next.get_mut(day as usize))
                    {
                        *slot = high.high;
                        *next = day + 1;
                    }
                    day = open(&mut self.next, day + 1);
                }
            }
        }
    }

    /// Whether some upper figure may be below a lower one whose days it holds.
    fn may_clash(&self, low: &Group) -> bool {
        let Some(smallest) = self.smallest.get(low.length()) else { return true };
        let at = |day: u32| smallest.get(day as usize).copied().unwrap_or(NO_HIGH);
        low.low > at(low.first_start) && low.low > at(low.last_start)
    }
}

/// The first day from one on that has no figure yet.
fn open(next: &mut [u32], from: u32) -> u32 {
    let mut day = from;
    while let Some(&after) = next.get(day as usize)
        && after != day
    {
        // Halving the way, so that it is short the next time.
        let further = next.get(after as usize).copied().unwrap_or(after);
        if let Some(slot) = next.get_mut(day as usize) {
            *slot = further;
        }
        day = further;
    }
    day
}
