//! The rows of all blocks, in the order of the files. They stay where the threads wrote them: none is ever there twice.

use super::blocks::Begin;
use super::known::{CellKey, terms};
use super::shapes::GONE;
use super::worker::{Place, Row};
use crate::codebook::{Codebook, MeasureId, TermId, entry};

/// The rows that one thread wrote.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    /// What they say; until it is compiled.
    pub(super) rows: Vec<Row>,
    /// Where they come from.
    pub(super) places: Vec<Place>,
    /// What their sources and ids hash to: an order of rows that does not depend on files.
    pub(super) hashes: Vec<u64>,
}

/// Where the rows of a block are.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) begin: Begin,
    /// The number of its first row among all.
    first: u32,
    part: usize,
    /// The place of its first row in its part.
    from: usize,
    count: usize,
}

impl Block {
    /// What is its own in a list of its part.
    fn own<'l, T>(&self, list: &'l [T]) -> &'l [T] {
        list.get(self.from..self.from + self.count).unwrap_or_default()
    }

    /// Where one of its rows is in its part.
    fn at(&self, row: u32) -> usize {
        self.from + (row - self.first) as usize
    }
}

/// The rows of all blocks.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    parts: Vec<Part>,
    blocks: Vec<Block>,
    count: u32,
}

impl Rows {
    /// Those of some parts, whose blocks are still to come.
    pub(super) fn of(parts: Vec<Part>) -> Self {
        Self { parts, ..Self::default() }
    }

    /// Adds the next block by its rows' places in a part, and says which number the first of them has.
    pub(super) fn push(&mut self, begin: Begin, part: usize, rows: std::ops::Range<usize>) -> u32 {
        let first = self.count;
        // There are far fewer rows than 2³²: a line has more than a hundred bytes.
        self.count = first.saturating_add(u32::try_from(rows.len()).unwrap_or(u32::MAX));
        self.blocks.push(Block { begin, first, part, from: rows.start, count: rows.len() });
        first
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> u32 {
        self.count
    }

    /// The block of a row.
    pub(super) fn block_of(&self, row: u32) -> &Block {
        let after = self.blocks.partition_point(|block| block.first <= row);
        entry(&self.blocks, after.saturating_sub(1))
    }

    /// Where a row comes from.
    pub(super) fn place(&self, row: u32) -> &Place {
        let block = self.block_of(row);
        entry(&self.part(block).places, block.at(row))
    }

    /// What the name of a row hashes to.
    pub(super) fn hash(&self, row: u32) -> u64 {
        let block = self.block_of(row);
        *entry(&self.part(block).hashes, block.at(row))
    }

    fn part(&self, block: &Block) -> &Part {
        entry(&self.parts, block.part)
    }

    /// What the names of all rows hash to, in their order.
    pub(super) fn hashes(&self) -> impl Iterator<Item = u64> + '_ {
        self.blocks.iter().flat_map(|block| block.own(&self.part(block).hashes).iter().copied())
    }

    /// The rows that say something, each with what its name hashes to.
    pub(super) fn named(&self) -> impl Iterator<Item = (u32, u64)> + '_ {
        self.blocks.iter().flat_map(|block| {
            let part = self.part(block);
            let rows = (block.first..).zip(block.own(&part.rows).iter().zip(block.own(&part.hashes)));
            rows.filter(|(_, (row, _))| row.figure != GONE).map(|(at, (_, &hash))| (at, hash))
        })
    }

    /// The same rows, each with its place and with the beginning of the block that it is from.
    pub(super) fn placed(&self) -> impl Iterator<Item = (u32, &Place, Begin)> + '_ {
        self.blocks.iter().flat_map(|block| {
            let part = self.part(block);
            let rows = (block.first..).zip(block.own(&part.rows).iter().zip(block.own(&part.places)));
            rows.filter(|(_, (row, _))| row.figure != GONE).map(|(at, (_, place))| (at, place, block.begin))
        })
    }

    /// The rows that say nothing any more.
    pub(super) fn gone(&self) -> impl Iterator<Item = u32> + '_ {
        self.blocks.iter().flat_map(|block| {
            let rows = (block.first..).zip(block.own(&self.part(block).rows));
            rows.filter(|(_, row)| row.figure == GONE).map(|(at, _)| at)
        })
    }

    /// Whether a row says nothing any more.
    pub(super) fn is_gone(&self, row: u32) -> bool {
        let block = self.block_of(row);
        self.part(block).rows.get(block.at(row)).is_none_or(|row| row.figure == GONE)
    }

    /// Has a row say nothing any more.
    pub(super) fn remove(&mut self, row: u32) {
        let block = self.block_of(row);
        let (part, at) = (block.part, block.at(row));
        if let Some(slot) = self.parts.get_mut(part).and_then(|part| part.rows.get_mut(at)) {
            slot.figure = GONE;
        }
    }

    /// Visits all rows in their order, with their places, which may be changed.
    pub(super) fn each_mut(&mut self, mut visit: impl FnMut(u32, &Row, &mut Place)) {
        for block in &self.blocks {
            let Some(part) = self.parts.get_mut(block.part) else { continue };
            let places = part.places.iter_mut().skip(block.from);
            for ((row, place), at) in block.own(&part.rows).iter().zip(places).zip(block.first..) {
                visit(at, row, place);
            }
        }
    }

    /// What all rows say; it is not kept here any longer.
    pub(super) fn take(&mut self, cells: Vec<CellKey>) -> Said {
        let parts = self.parts.iter_mut().map(|part| std::mem::take(&mut part.rows)).collect();
        Said { parts, blocks: self.blocks.clone(), cells }
    }
}

/// What all rows say, to be compiled.
#[derive(Debug)]
pub(crate) struct Said {
    parts: Vec<Vec<Row>>,
    blocks: Vec<Block>,
    cells: Vec<CellKey>,
}

impl Said {
    /// The cells that rows name: a measure, and the term on each of its dimensions; none is the root.
    pub(crate) fn cells(&self, book: &Codebook) -> impl Iterator<Item = (MeasureId, Vec<Option<TermId>>)> {
        self.cells.iter().map(|&key| terms(book, key))
    }

    /// The rows in their order.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &Row> + Clone {
        self.blocks.iter().flat_map(|block| block.own(entry(&self.parts, block.part).as_slice()))
    }
}
