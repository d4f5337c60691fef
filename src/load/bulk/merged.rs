//! What all threads have read, put together.

use std::collections::BTreeMap;

use super::blocks::{Begin, Stop};
use super::known::CellKey;
use super::rows::{Part, Rows};
use super::shapes::{Coded, Figure, decoded};
use super::worker::{Done, Numbering, Read};

/// What all threads have read, in the order of the files.
#[derive(Default)]
pub(super) struct Merged {
    pub(super) rows: Rows,
    pub(super) cells: Vec<CellKey>,
    pub(super) sources: Vec<Box<[u8]>>,
    pub(super) figures: Vec<Figure>,
    pub(super) doubtful: Vec<u32>,
    /// Per block, the beginnings of the lines that are not plain.
    pub(super) apart: Vec<(Begin, Vec<u32>)>,
    pub(super) stops: Vec<Stop>,
    pub(super) interrupted: bool,
    /// Whether some rows were made lines that are not plain.
    pub(super) has_set_apart: bool,
}

impl Merged {
    /// Puts together what the threads have read. The cells, sources and figures of the first keep their numbers; those of the
    /// others get new ones.
    pub(super) fn of(dones: Vec<Done>) -> Self {
        let mut merged = Self::default();
        let mut reads: Vec<(usize, Read)> = Vec::new();
        let mut parts: Vec<Part> = Vec::new();
        let mut numbers: Option<Numbers> = None;
        for mut done in dones {
            merged.interrupted |= done.interrupted;
            merged.stops.extend(done.stop);
            let figure = u32::try_from(merged.figures.len()).unwrap_or(u32::MAX);
            merged.figures.append(&mut done.figures);
            match &mut numbers {
                None => numbers = Some((done.cells, done.sources)),
                Some((cells, sources)) => {
                    let cell: Vec<u32> = done.cells.into_list().into_iter().map(|key| cells.number(key)).collect();
                    let source: Vec<u32> =
                        done.sources.into_list().into_iter().map(|name| sources.number(name)).collect();
                    renumber(&mut done.part, &cell, &source, figure);
                }
            }
            reads.extend(done.reads.into_iter().map(|read| (parts.len(), read)));
            parts.push(done.part);
        }
        reads.sort_unstable_by_key(|(_, read)| read.begin.number);
        merged.rows = Rows::of(parts);
        for (part, read) in reads {
            let first = merged.rows.push(read.begin, part, read.rows);
            merged.doubtful.extend(read.doubtful.iter().map(|row| first + row));
            if !read.apart.is_empty() {
                merged.apart.push((read.begin, read.apart));
            }
        }
        if let Some((cells, sources)) = numbers {
            (merged.cells, merged.sources) = (cells.into_list(), sources.into_list());
        }
        merged
    }

    /// Makes rows lines that are not plain.
    pub(super) fn set_apart(&mut self, rows: &[u32]) {
        let mut apart: BTreeMap<usize, (Begin, Vec<u32>)> =
            std::mem::take(&mut self.apart).into_iter().map(|(begin, lines)| (begin.number, (begin, lines))).collect();
        for (_, place, begin) in self.rows.placed().filter(|(row, ..)| rows.binary_search(row).is_ok()) {
            apart.entry(begin.number).or_insert((begin, Vec::new())).1.push(place.at);
        }
        for &row in rows {
            self.rows.remove(row);
        }
        for (_, lines) in apart.values_mut() {
            lines.sort_unstable();
        }
        self.apart = apart.into_values().collect();
        self.has_set_apart = true;
    }
}

/// Numbers the cells and the sources of all threads.
type Numbers = (Numbering<CellKey>, Numbering<Box<[u8]>>);

/// Gives what a thread has read the numbers that its cells and sources have among all, and moves its figures behind others.
fn renumber(part: &mut Part, cells: &[u32], sources: &[u32], figures: u32) {
    for row in &mut part.rows {
        row.cell = cells.get(row.cell as usize).copied().unwrap_or(u32::MAX);
        if let Coded::At(at) = decoded(row.figure) {
            row.figure = at + figures;
        }
    }
    for place in &mut part.places {
        place.source = sources.get(place.source as usize).copied().unwrap_or(u32::MAX);
    }
}
