//! What all threads have read, put together.

use std::collections::BTreeMap;

use super::blocks::{Begin, Stop};
use super::known::{CellKey, Known};
use super::shapes::{Coded, Figure, GONE, decoded};
use super::worker::{Done, Numbering, Place, Row};
use super::{Block, number};

/// What all threads have read, in the order of the files.
pub(super) struct Merged {
    pub(super) rows: Vec<Row>,
    pub(super) places: Vec<Place>,
    pub(super) hashes: Vec<u64>,
    pub(super) cells: Vec<CellKey>,
    pub(super) sources: Vec<Box<[u8]>>,
    pub(super) figures: Vec<Figure>,
    pub(super) doubtful: Vec<u32>,
    pub(super) blocks: Vec<Block>,
    /// Per block, the beginnings of the lines that are not plain.
    pub(super) apart: Vec<(Begin, Vec<u32>)>,
    pub(super) stops: Vec<Stop>,
    pub(super) interrupted: bool,
    /// Whether some rows were made lines that are not plain.
    pub(super) has_set_apart: bool,
}

impl Merged {
    /// Puts together what the threads have read, and numbers its cells, sources and figures anew.
    pub(super) fn of(known: &Known<'_>, dones: Vec<Done>) -> Self {
        let mut cells = Numbering::new(&known.state);
        let mut sources = Numbering::new(&known.state);
        let mut merged = Self {
            rows: Vec::new(),
            places: Vec::new(),
            hashes: Vec::new(),
            cells: Vec::new(),
            sources: Vec::new(),
            figures: Vec::new(),
            doubtful: Vec::new(),
            blocks: Vec::new(),
            apart: Vec::new(),
            stops: Vec::new(),
            interrupted: false,
            has_set_apart: false,
        };
        let mut reads = Vec::new();
        for done in dones {
            let cell: Vec<u32> = done.cells.into_iter().map(|key| cells.number(key)).collect();
            let source: Vec<u32> = done.sources.into_iter().map(|name| sources.number(name)).collect();
            let figure = u32::try_from(merged.figures.len()).unwrap_or(u32::MAX);
            merged.figures.extend(done.figures);
            merged.interrupted |= done.interrupted;
            merged.stops.extend(done.stop);
            reads.extend(done.reads.into_iter().map(|mut read| {
                for row in &mut read.rows {
                    row.cell = cell.get(row.cell as usize).copied().unwrap_or(u32::MAX);
                    if let Coded::At(at) = decoded(row.figure) {
                        row.figure = at + figure;
                    }
                }
                for place in &mut read.places {
                    place.source = source.get(place.source as usize).copied().unwrap_or(u32::MAX);
                }
                read
            }));
        }
        reads.sort_unstable_by_key(|read| read.begin.number);
        let rows = reads.iter().map(|read| read.rows.len()).sum();
        merged.rows.reserve_exact(rows);
        merged.places.reserve_exact(rows);
        merged.hashes.reserve_exact(rows);
        for read in reads {
            let first_row = merged.rows.len();
            merged.blocks.push(Block { begin: read.begin, first_row });
            merged.rows.extend(read.rows);
            merged.places.extend(read.places);
            merged.hashes.extend(read.hashes);
            merged.doubtful.extend(read.doubtful.iter().map(|row| number(first_row) + row));
            if !read.apart.is_empty() {
                merged.apart.push((read.begin, read.apart));
            }
        }
        merged.cells = cells.list;
        merged.sources = sources.list;
        merged
    }

    /// The rows that say something, each with what its name hashes to.
    pub(super) fn named(&self) -> impl Iterator<Item = (u32, u64)> + '_ {
        let rows = (0_u32..).zip(&self.rows).zip(&self.hashes);
        rows.filter(|((_, row), _)| row.figure != GONE).map(|((at, _), &hash)| (at, hash))
    }

    /// The same, each with the block that it is from.
    pub(super) fn in_blocks(&self) -> impl Iterator<Item = (u32, &Place, Begin)> + '_ {
        let ends = self.blocks.iter().skip(1).map(|block| block.first_row).chain([self.rows.len()]);
        self.blocks.iter().zip(ends).flat_map(|(block, end)| {
            let own = self.rows.get(block.first_row..end).unwrap_or_default();
            let places = self.places.get(block.first_row..end).unwrap_or_default();
            let rows = (number(block.first_row)..).zip(own.iter().zip(places));
            rows.filter(|(_, (row, _))| row.figure != GONE).map(|(at, (_, place))| (at, place, block.begin))
        })
    }

    /// Makes rows lines that are not plain.
    pub(super) fn set_apart(&mut self, rows: &[u32]) {
        let mut apart: BTreeMap<usize, (Begin, Vec<u32>)> =
            std::mem::take(&mut self.apart).into_iter().map(|(begin, lines)| (begin.number, (begin, lines))).collect();
        let places = self.in_blocks().filter(|(row, ..)| rows.binary_search(row).is_ok());
        let places: Vec<(u32, u32, Begin)> = places.map(|(row, about, begin)| (row, about.at, begin)).collect();
        for (row, at, begin) in places {
            apart.entry(begin.number).or_insert((begin, Vec::new())).1.push(at);
            if let Some(row) = self.rows.get_mut(row as usize) {
                row.figure = GONE;
            }
        }
        for (_, lines) in apart.values_mut() {
            lines.sort_unstable();
        }
        self.apart = apart.into_values().collect();
        self.has_set_apart = true;
    }
}
