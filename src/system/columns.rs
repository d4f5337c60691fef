//! Claims by the hundred thousand in integers, under both readings at once.
//!
//! What claims of counts say is an [`Entry`] each, sorted by cell and days; what they allow is told by ranks, so that nothing
//! after this step knows a number. A claim that says different things under the two readings, or outside and inside, has
//! an entry for each.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::claim::{Corpus, Form, Reading};
use crate::codebook::{Kind, entry};
use crate::load::bulk::{Bulk, Coded, GONE, Said, decoded};
use crate::number::{End, integer};
use crate::spread::joined;
use crate::system::cells::{CellId, Cells, Contents};
use crate::system::figures::{day_numbers, sides, statement};
use crate::system::keys::{Which, ranked, scaled};

/// Below every lower figure: there is none.
pub(crate) const NO_LOW: u32 = 0;
/// Above every upper figure: there is none.
pub(crate) const NO_HIGH: u32 = u32::MAX;

/// The rank of the lower and of the upper figure under a reading.
pub(crate) type Ranks = (u32, u32);

/// What a figure allows, by [`Reading::BOTH`].
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Allowed {
    pub(crate) strict: Ranks,
    pub(crate) plain: Ranks,
}

impl Allowed {
    const ALL: Self = Self { strict: (NO_LOW, NO_HIGH), plain: (NO_LOW, NO_HIGH) };

    /// The larger of the lower figures.
    pub(crate) fn low(&self) -> u32 {
        self.strict.0.max(self.plain.0)
    }

    /// The smaller of the upper figures.
    pub(crate) fn high(&self) -> u32 {
        self.strict.1.min(self.plain.1)
    }
}

/// A claim, or one side of it, in its cell.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Entry {
    /// Its first day.
    pub(crate) first: i32,
    /// Its last day.
    pub(crate) last: i32,
    /// What it allows, in [`Columns::allowed`].
    pub(crate) allowed: u32,
    /// Whose it is: a row, or behind the rows a claim that is not plain.
    pub(crate) claim: u32,
}

/// All entries.
#[derive(Debug)]
pub(crate) struct Columns {
    /// The cells that the entries lie in.
    pub(crate) cells: Cells,
    /// By cell, then by days, then by upper figures.
    entries: Vec<Entry>,
    /// Per cell where its entries begin; at the end, how many there are.
    starts: Vec<usize>,
    /// Per cell, the cells that lie in it.
    pub(crate) contents: Contents,
    pub(crate) allowed: Vec<Allowed>,
    /// Per rank but the first, which is none, its figure on a common scale; missing where figures do not fit one.
    pub(crate) values: Option<Vec<i64>>,
    /// Where the claims that are not plain begin among all.
    pub(crate) rows: u32,
}

/// One side of a claim that is not plain, before its figure has a rank.
struct Side {
    cell: CellId,
    first: i32,
    last: i32,
    reading: Reading,
    which: Which,
    /// None where there is no such figure; the side is there all the same, because it can be compared.
    end: Option<End>,
    claim: u32,
}

impl Columns {
    /// Compiles what was read.
    pub(crate) fn of(bulk: &Bulk, said: Said) -> Self {
        let codebook = &bulk.corpus.codebook;
        let mut cells = Cells::new(codebook);
        // OK because a cell of single terms is never empty.
        let cell_of: Vec<Option<CellId>> =
            said.cells(codebook).map(|(measure, terms)| cells.intern_terms(codebook, measure, &terms)).collect();
        let rows = bulk.row_count();
        let sides = of_apart(&bulk.corpus, rows, &mut cells);
        cells.close();
        let compile = |threads: usize| {
            let numbers = Numbers::of(bulk, &said);
            let (allowed, values) = ranks(bulk, &numbers, &sides);
            // Where the sides' figures begin in the table.
            let first_side = allowed.len() - sides.len();
            let of_rows = said.rows().zip(0..).filter_map(|(row, claim)| {
                let allowed = match decoded(row.figure) {
                    Coded::Gone => return None,
                    Coded::At(at) => at,
                    Coded::Exactly(number) => numbers.place(number),
                };
                let cell = (*entry(&cell_of, row.cell as usize))?;
                Some((cell, Entry { first: row.first, last: row.last, allowed, claim }))
            });
            let of_sides = sides.iter().zip(first_side..).map(|(side, allowed)| {
                let allowed = u32::try_from(allowed).unwrap_or(u32::MAX);
                (side.cell, Entry { first: side.first, last: side.last, allowed, claim: side.claim })
            });
            let of_each = said.rows().filter(|row| row.figure != GONE);
            let of_each = of_each.filter_map(|row| *entry(&cell_of, row.cell as usize));
            let of_each = of_each.chain(sides.iter().map(|side| side.cell));
            let (mut entries, starts) = by_cell(cells.len(), of_each, of_rows.chain(of_sides));
            sort_cells(&mut entries, &starts, &allowed, threads);
            (entries, starts, allowed, values)
        };
        let ((entries, starts, allowed, values), contents) = if bulk.threads < 2 {
            (compile(1), cells.contents())
        } else {
            std::thread::scope(|scope| {
                let contents = scope.spawn(|| cells.contents());
                let compiled = compile(bulk.threads - 1);
                (compiled, joined(contents))
            })
        };
        drop(said);
        Self { cells, entries, starts, contents, allowed, values, rows }
    }

    /// The entries of a cell, by their days and then by their upper figures.
    pub(crate) fn of_cell(&self, cell: usize) -> &[Entry] {
        let bounds = self.starts.get(cell).zip(self.starts.get(cell + 1));
        bounds.and_then(|(&from, &to)| self.entries.get(from..to)).unwrap_or_default()
    }

    /// What an entry allows.
    pub(crate) fn allowed(&self, of: &Entry) -> &Allowed {
        entry(&self.allowed, of.allowed as usize)
    }
}

/// Sorts entries by cell, and says where those of each begin. `of_each` are their cells, in whatever order.
fn by_cell(
    cells: usize,
    of_each: impl Iterator<Item = CellId>,
    entries: impl Iterator<Item = (CellId, Entry)>,
) -> (Vec<Entry>, Vec<usize>) {
    let mut starts = vec![0; cells + 1];
    for cell in of_each {
        if let Some(count) = starts.get_mut(cell.at() + 1) {
            *count += 1;
        }
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    let mut next = starts.clone();
    let mut sorted = vec![Entry { first: 0, last: 0, allowed: 0, claim: 0 }; sum];
    for (cell, entry) in entries {
        if let Some(next) = next.get_mut(cell.at()) {
            if let Some(slot) = sorted.get_mut(*next) {
                *slot = entry;
            }
            *next += 1;
        }
    }
    (sorted, starts)
}

/// Sorts the entries of each cell by days, then by their upper figures, with so many threads.
fn sort_cells(entries: &mut [Entry], starts: &[usize], allowed: &[Allowed], threads: usize) {
    let high = |own: &Entry| entry(allowed, own.allowed as usize).high();
    let sort = |mut entries: &mut [Entry], starts: &[usize]| {
        for pair in starts.windows(2) {
            let &[from, to] = pair else { continue };
            let (own, rest) = entries.split_at_mut(to - from);
            entries = rest;
            own.sort_unstable_by(|a, b| {
                let days = (a.first, a.last).cmp(&(b.first, b.last));
                days.then_with(|| (high(a), a.claim).cmp(&(high(b), b.claim)))
            });
        }
    };
    if threads < 2 {
        return sort(entries, starts);
    }
    let share = entries.len() / threads + 1;
    std::thread::scope(|scope| {
        let (mut rest, mut first) = (entries, 0);
        for part in 1..=threads {
            // The first cell that is no longer of this part, by where its entries begin.
            let behind = starts.partition_point(|start| *start < part * share).min(starts.len() - 1);
            let (Some(&from), Some(&to)) = (starts.get(first), starts.get(behind)) else { continue };
            let (own, others) = std::mem::take(&mut rest).split_at_mut(to - from);
            rest = others;
            let starts = starts.get(first..=behind).unwrap_or_default();
            scope.spawn(|| sort(own, starts));
            first = behind;
        }
    });
}

/// The sides of the claims of counts that are not plain.
///
/// Why a claim gives none is told by the reading of claims one by one.
fn of_apart(corpus: &Corpus, first: u32, cells: &mut Cells) -> Vec<Side> {
    let mut found = Vec::new();
    for (id, claim) in corpus.claims().filter(|(_, claim)| claim.superseded_by.is_none()) {
        let Form::Value { measure, .. } = claim.form else { continue };
        if corpus.codebook.measure(measure).kind != Kind::Count {
            continue;
        }
        for reading in Reading::BOTH {
            let Ok(said) = statement(corpus, id, reading) else { continue };
            for (which, scope, end) in sides(&corpus.codebook, &said, reading).into_iter().flatten().flatten() {
                let Some(cell) = cells.intern(&corpus.codebook, said.measure, scope) else { continue };
                let (first_day, last) = day_numbers(scope.days);
                let claim = first.saturating_add(id.0);
                found.push(Side { cell, first: first_day, last, reading, which, end: end.cloned(), claim });
            }
        }
    }
    found
}

/// The numbers that stand for themselves, each with its place in the table of what figures allow.
struct Numbers {
    list: Vec<u32>,
    /// Per number its place, where the numbers are small; otherwise they are searched for.
    direct: Vec<u32>,
    first: u32,
}

impl Numbers {
    /// Up to here numbers have a place each.
    const SMALL: usize = 1 << 22;

    fn of(bulk: &Bulk, said: &Said) -> Self {
        let own = || {
            said.rows().filter_map(|row| match decoded(row.figure) {
                Coded::Exactly(number) => Some(number),
                Coded::At(_) | Coded::Gone => None,
            })
        };
        let first = u32::try_from(bulk.figures.len()).unwrap_or(u32::MAX);
        let mut direct = vec![0; own().max().map_or(0, |most| most as usize + 1).min(Self::SMALL)];
        let mut list = Vec::new();
        for number in own() {
            match direct.get_mut(number as usize) {
                Some(slot) => *slot = 1,
                None => list.push(number),
            }
        }
        list.sort_unstable();
        list.dedup();
        let small = direct.iter().zip(0..).filter(|(slot, _)| **slot == 1).map(|(_, number)| number);
        let list: Vec<u32> = small.chain(list).collect();
        let mut numbers = Self { list, direct, first };
        for (number, place) in numbers.list.iter().zip(first..) {
            if let Some(slot) = numbers.direct.get_mut(*number as usize) {
                *slot = place;
            }
        }
        numbers
    }

    fn place(&self, number: u32) -> u32 {
        self.direct.get(number as usize).copied().unwrap_or_else(|| {
            let at = self.list.binary_search(&number).unwrap_or(0);
            self.first.saturating_add(u32::try_from(at).unwrap_or(u32::MAX))
        })
    }
}

/// What every figure allows, in ranks: those of the table, the numbers that stand for themselves, the sides.
fn ranks(bulk: &Bulk, numbers: &Numbers, sides: &[Side]) -> (Vec<Allowed>, Option<Vec<i64>>) {
    let exact: Vec<End> = numbers.list.iter().map(|&number| End::closed(integer(i64::from(number)))).collect();
    let of_table = bulk
        .figures
        .iter()
        .flatten()
        .flat_map(|interval| [(Which::Low, interval.low.as_ref()), (Which::High, interval.high.as_ref())]);
    let ends: Vec<(Which, &End)> = of_table
        .filter_map(|(which, end)| Some((which, end?)))
        .chain(exact.iter().map(|end| (Which::Low, end)))
        .chain(sides.iter().filter_map(|side| Some((side.which, side.end.as_ref()?))))
        .collect();
    let on_scale = scaled(&ends);
    let has_scale = on_scale.is_some();
    let keys = on_scale.unwrap_or_else(|| ranked(&ends));
    let mut sorted = keys.clone();
    sorted.sort_unstable();
    sorted.dedup();
    let rank: HashMap<i64, u32, RandomState> = sorted.iter().copied().zip(1..).collect();
    let mut ranks = keys.iter().map(|key| rank.get(key).copied().unwrap_or(0));
    let mut next = |end: Option<&End>, without: u32| end.map_or(without, |_| ranks.next().unwrap_or(0));
    let mut allowed: Vec<Allowed> = Vec::new();
    for [strict, plain] in &bulk.figures {
        let mut both = |interval: &crate::number::Interval| {
            (next(interval.low.as_ref(), NO_LOW), next(interval.high.as_ref(), NO_HIGH))
        };
        let (strict, plain) = (both(strict), both(plain));
        allowed.push(Allowed { strict, plain });
    }
    for end in &exact {
        // The two ends of a single number are the same.
        let rank = next(Some(end), NO_LOW);
        allowed.push(Allowed { strict: (rank, rank), plain: (rank, rank) });
    }
    for side in sides {
        let ranks = match side.which {
            Which::Low => (next(side.end.as_ref(), NO_LOW), NO_HIGH),
            Which::High => (NO_LOW, next(side.end.as_ref(), NO_HIGH)),
        };
        allowed.push(match side.reading {
            Reading::Strict => Allowed { strict: ranks, ..Allowed::ALL },
            Reading::Plain => Allowed { plain: ranks, ..Allowed::ALL },
        });
    }
    (allowed, has_scale.then_some(sorted))
}
