//! Which cells contain which: each looks its containers up.

use std::collections::{BTreeSet, HashMap};

use foldhash::fast::RandomState;

use super::{CellId, Cells};
use crate::codebook::entry;
use crate::system::extent::ExtentId;

/// For each cell, the cells that lie in it.
#[derive(Debug)]
pub struct Contents {
    list: Vec<CellId>,
    /// Per cell where its own begin in the list; at the end, how many there are.
    starts: Vec<usize>,
}

impl Contents {
    /// The cells that lie in a cell, itself included, in index order.
    pub fn of_cell(&self, cell: CellId) -> &[CellId] {
        let bounds = self.starts.get(cell.at()).zip(self.starts.get(cell.at() + 1));
        bounds.and_then(|(&from, &to)| self.list.get(from..to)).unwrap_or_default()
    }

    /// Those of all cells.
    pub fn iter(&self) -> impl Iterator<Item = &[CellId]> {
        (0..self.len()).map(|cell| self.of_cell(CellId::new(cell)))
    }

    /// How many cells there are.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Whether there is no cell.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Cells {
    /// For each cell, the cells that lie in it.
    ///
    /// Each cell looks its containers up: the terms above each of its own, crossed, are few, because trees are shallow.
    pub fn contents(&self) -> Contents {
        let own = self.of_measure.values().map(Vec::as_slice);
        let lattices: Vec<(&[CellId], Option<Lattice>)> = own.map(|own| (own, Lattice::of(self, own))).collect();
        // First they are counted, so that there is room for just as many.
        let mut starts = vec![0; self.table.len() + 1];
        self.containments(&lattices, &mut |outer, _| {
            if let Some(count) = starts.get_mut(outer.at() + 1) {
                *count += 1;
            }
        });
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let (mut next, mut list) = (starts.clone(), vec![CellId(0); sum]);
        // The cells of a measure come in their order, and each lies in those of its own measure only.
        self.containments(&lattices, &mut |outer, inner| {
            let Some(next) = next.get_mut(outer.at()) else { return };
            if let Some(slot) = list.get_mut(*next) {
                *slot = inner;
            }
            *next += 1;
        });
        Contents { list, starts }
    }

    /// Visits each cell that contains another one, or is it, with the other one.
    fn containments(&self, lattices: &[(&[CellId], Option<Lattice>)], visit: &mut impl FnMut(CellId, CellId)) {
        for (cells, lattice) in lattices {
            for &inner in *cells {
                match lattice.as_ref().filter(|lattice| lattice.combinations(self, inner) <= cells.len()) {
                    Some(lattice) => lattice.containers(self, inner, &mut |outer| visit(outer, inner)),
                    None => {
                        let outers = cells.iter().copied().filter(|&outer| self.is_within(inner, outer));
                        outers.for_each(|outer| visit(outer, inner));
                    }
                }
            }
        }
    }

    fn used(&self, cells: &[CellId], coordinate: usize) -> Used {
        let mut used = Used::default();
        for &cell in cells {
            let Some(extent) = self.extent(cell, coordinate) else { continue };
            used.all.insert(extent);
            if !self.chains.contains_key(&extent) {
                used.irregular.insert(extent);
            }
        }
        used
    }

    /// The used extents that contain an extent.
    fn containers(&self, extent: ExtentId, used: &Used) -> Vec<ExtentId> {
        let holds = |&outer: &ExtentId| self.extents.is_within(extent, outer);
        match self.chains.get(&extent) {
            // A term lies in the terms above it and in no other single term.
            Some(chain) => {
                let mut containers: BTreeSet<ExtentId> =
                    chain.iter().copied().filter(|above| used.all.contains(above)).collect();
                containers.extend(used.irregular.iter().copied().filter(holds));
                containers.into_iter().collect()
            }
            None => used.all.iter().copied().filter(holds).collect(),
        }
    }
}

/// One coordinate of the cells of a measure: the extents that are used there, numbered.
struct LatticeAxis {
    /// The number of an extent, by what it is among all.
    numbers: Vec<u32>,
    /// Per number, those of the extents that contain its own, itself included, times what one step of this coordinate is in
    /// the key of a cell.
    above: Vec<Vec<u128>>,
    step: u128,
}

/// The cells of one measure, to be looked up by the numbers of their extents.
struct Lattice {
    axes: Vec<LatticeAxis>,
    by_key: ByKey,
}

/// Cells by their keys.
enum ByKey {
    /// Where the keys are not many more than the cells: per key, its cell, one more than its number; zero is none.
    Dense(Vec<u32>),
    /// Elsewhere.
    Sparse(HashMap<u128, CellId, RandomState>),
}

impl ByKey {
    /// Keys are below `end`.
    fn of(end: u128, cells: impl ExactSizeIterator<Item = (u128, CellId)>) -> Self {
        /// So many keys for each cell take less room than a table, and are found at once.
        const KEYS: usize = 16;
        match usize::try_from(end) {
            Ok(end) if end / KEYS <= cells.len() => {
                let mut dense = vec![0; end];
                for (key, cell) in cells {
                    if let Some(slot) = usize::try_from(key).ok().and_then(|key| dense.get_mut(key)) {
                        *slot = cell.0.saturating_add(1);
                    }
                }
                Self::Dense(dense)
            }
            _ => Self::Sparse(cells.collect()),
        }
    }

    fn get(&self, key: u128) -> Option<CellId> {
        match self {
            Self::Dense(cells) => cells.get(usize::try_from(key).ok()?)?.checked_sub(1).map(CellId),
            Self::Sparse(cells) => cells.get(&key).copied(),
        }
    }
}

impl Lattice {
    /// None where there are more combinations of extents than a key can tell.
    fn of(cells: &Cells, own: &[CellId]) -> Option<Self> {
        let coordinates = own.first().map_or(0, |&cell| cells.coordinates(cell));
        let mut lattice = Self { axes: Vec::new(), by_key: ByKey::Dense(Vec::new()) };
        let mut step = 1_u128;
        for at in 0..coordinates {
            let used = cells.used(own, at);
            let mut numbers = vec![u32::MAX; used.all.last().map_or(0, |extent| extent.0 as usize + 1)];
            for (extent, number) in used.all.iter().zip(0..) {
                if let Some(slot) = numbers.get_mut(extent.0 as usize) {
                    *slot = number;
                }
            }
            let above = |&extent: &ExtentId| {
                let containers = cells.containers(extent, &used);
                containers
                    .iter()
                    .filter_map(|above| numbers.get(above.0 as usize))
                    .map(|&number| u128::from(number) * step)
                    .collect()
            };
            lattice.axes.push(LatticeAxis { above: used.all.iter().map(above).collect(), numbers, step });
            step = step.checked_mul(used.all.len() as u128)?;
        }
        let keys = own.iter().map(|&cell| {
            let numbers = lattice.numbers(cells, cell);
            (numbers.map(|(axis, number)| axis.step * number as u128).sum(), cell)
        });
        lattice.by_key = ByKey::of(step, keys);
        Some(lattice)
    }

    /// The numbers of a cell's own extents.
    fn numbers<'a>(&'a self, cells: &'a Cells, cell: CellId) -> impl Iterator<Item = (&'a LatticeAxis, usize)> + 'a {
        let extents = cells.own(cell).iter();
        // OK because each extent of a cell is among those that are used.
        extents
            .zip(&self.axes)
            .map(|(extent, axis)| (axis, axis.numbers.get(extent.0 as usize).map_or(0, |&number| number as usize)))
    }

    /// How many combinations of extents contain a cell.
    fn combinations(&self, cells: &Cells, cell: CellId) -> usize {
        let above = self.numbers(cells, cell).map(|(axis, number)| entry(&axis.above, number).len());
        above.fold(1, usize::saturating_mul)
    }

    /// Visits the cells that contain a cell.
    fn containers(&self, cells: &Cells, cell: CellId, visit: &mut impl FnMut(CellId)) {
        let above: Vec<&[u128]> =
            self.numbers(cells, cell).map(|(axis, number)| entry(&axis.above, number).as_slice()).collect();
        self.cross(&above, 0, visit);
    }

    fn cross(&self, above: &[&[u128]], key: u128, visit: &mut impl FnMut(CellId)) {
        match above.split_first() {
            None => {
                if let Some(cell) = self.by_key.get(key) {
                    visit(cell);
                }
            }
            Some((first, rest)) => first.iter().for_each(|step| self.cross(rest, key + step, visit)),
        }
    }
}

/// The extents that the cells of one measure use in one coordinate.
#[derive(Default)]
struct Used {
    all: BTreeSet<ExtentId>,
    /// Those that are not a single term or event: unions, exceptions.
    irregular: BTreeSet<ExtentId>,
}
