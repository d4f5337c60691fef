//! Cells: a measure with one extent per dimension, time left out.

use std::collections::{BTreeSet, HashMap};

use foldhash::fast::RandomState;

use crate::codebook::{Codebook, DimensionId, EventId, MeasureId, TermId, entry};
use crate::system::extent::{ExtentId, Extents, Region};
use crate::system::scope_box::ScopeBox;

/// An interned cell.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellId(pub(crate) u32);

impl CellId {
    pub(crate) fn new(at: usize) -> Self {
        Self(u32::try_from(at).unwrap_or(u32::MAX))
    }

    pub(crate) fn at(self) -> usize {
        self.0 as usize
    }
}

/// All cells that some claim names, and which of them contain which.
#[derive(Debug)]
pub struct Cells {
    extents: Extents,
    /// Per cell: its measure, and one extent per dimension of the measure, the event's last.
    table: Vec<(MeasureId, Box<[ExtentId]>)>,
    interned: HashMap<(MeasureId, Box<[ExtentId]>), CellId>,
    of_measure: HashMap<MeasureId, Vec<CellId>>,
    /// The extents of the terms (or events) that contain that of a single one, from the inside out.
    chains: HashMap<ExtentId, Vec<ExtentId>>,
    /// The single terms whose extents these are.
    terms: HashMap<(DimensionId, ExtentId), TermId>,
    /// The extents above that of a single term, from the root down.
    paths: HashMap<ExtentId, Vec<ExtentId>>,
}

impl Cells {
    /// No cells yet, over a codebook's dimensions.
    pub fn new(codebook: &Codebook) -> Self {
        Self {
            extents: Extents::of(codebook),
            table: Vec::new(),
            interned: HashMap::new(),
            of_measure: HashMap::new(),
            chains: HashMap::new(),
            terms: HashMap::new(),
            paths: HashMap::new(),
        }
    }

    /// The cell of a box, for a claim that is read as one of a measure; none when the box is empty.
    pub fn intern(&mut self, codebook: &Codebook, measure: MeasureId, scope: &ScopeBox) -> Option<CellId> {
        let mut key = Vec::new();
        for dimension in &codebook.measure(measure).dimensions {
            let extent = match scope.regions.get(dimension) {
                None => ExtentId::WHOLE,
                Some(region) => self.region(codebook, region),
            };
            if self.extents.is_empty(extent) {
                return None;
            }
            key.push(extent);
        }
        key.push(scope.event.map_or(ExtentId::WHOLE, |event| self.event(codebook, event)));
        let key = (measure, key.into_boxed_slice());
        if let Some(&id) = self.interned.get(&key) {
            return Some(id);
        }
        let id = CellId(u32::try_from(self.table.len()).unwrap_or(u32::MAX));
        self.table.push(key.clone());
        self.interned.insert(key, id);
        self.of_measure.entry(measure).or_default().push(id);
        Some(id)
    }

    fn region(&mut self, codebook: &Codebook, region: &Region) -> ExtentId {
        let extent = self.extents.region(region);
        if let Region::Terms(terms) = region
            && let [term] = terms.as_slice()
            && !self.chains.contains_key(&extent)
        {
            let term = self.innermost(codebook, *term, extent);
            let chain = codebook.dimensions.chain(term).map(|term| self.extents.region(&Region::Terms(vec![term])));
            let chain = chain.collect();
            self.chains.insert(extent, chain);
            self.terms.insert((codebook.dimensions.term(term).dimension, extent), term);
            let mut down: Vec<TermId> = codebook.dimensions.chain(term).collect();
            down.reverse();
            let apart = down.into_iter().take_while(|&term| !codebook.dimensions.term(term).overlaps);
            let path = apart.map(|term| self.extents.region(&Region::Terms(vec![term]))).collect();
            self.paths.insert(extent, path);
        }
        extent
    }

    /// Of the terms with the same extent the innermost, so that it does not matter which of them came first: an only child
    /// that covers its parent is its parent.
    fn innermost(&mut self, codebook: &Codebook, mut term: TermId, extent: ExtentId) -> TermId {
        loop {
            let mut children = codebook.dimensions.children(term).iter().copied();
            let same = children.find(|&child| self.extents.region(&Region::Terms(vec![child])) == extent);
            match same {
                Some(child) => term = child,
                None => return term,
            }
        }
    }

    fn event(&mut self, codebook: &Codebook, event: EventId) -> ExtentId {
        let extent = self.extents.event(event);
        if !self.chains.contains_key(&extent) {
            let mut chain: Vec<ExtentId> = codebook.event_chain(event).map(|event| self.extents.event(event)).collect();
            chain.push(ExtentId::WHOLE);
            self.chains.insert(extent, chain);
        }
        extent
    }

    /// The extents that the cells are made of.
    pub fn extents(&self) -> &Extents {
        &self.extents
    }

    /// How many cells there are.
    pub fn len(&self) -> usize {
        self.table.len()
    }

    /// Whether there is no cell.
    pub fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    /// The measure of a cell.
    pub fn measure(&self, id: CellId) -> MeasureId {
        entry(&self.table, id.at()).0
    }

    /// Whether the first cell lies in the second.
    pub fn is_within(&self, inner: CellId, outer: CellId) -> bool {
        let (inner, outer) = (entry(&self.table, inner.at()), entry(&self.table, outer.at()));
        inner.0 == outer.0 && inner.1.iter().zip(&outer.1).all(|(&a, &b)| self.extents.is_within(a, b))
    }

    /// The cell of a term on each of a measure's dimensions, none for the root.
    pub(crate) fn intern_terms(
        &mut self,
        codebook: &Codebook,
        measure: MeasureId,
        terms: &[Option<TermId>],
    ) -> Option<CellId> {
        let dimensions = &codebook.measure(measure).dimensions;
        let regions = dimensions
            .iter()
            .zip(terms)
            .filter_map(|(&dimension, &term)| Some((dimension, Region::Terms(vec![term?]))));
        let scope = ScopeBox { regions: regions.collect(), event: None, days: None };
        self.intern(codebook, measure, &scope)
    }

    /// The cells of a measure, in the order in which they came.
    pub(crate) fn of_measure(&self, measure: MeasureId) -> impl Iterator<Item = CellId> + '_ {
        self.of_measure.get(&measure).into_iter().flatten().copied()
    }

    /// How many coordinates a cell has.
    pub(crate) fn coordinates(&self, cell: CellId) -> usize {
        entry(&self.table, cell.at()).1.len()
    }

    /// What a cell covers of a coordinate.
    pub(crate) fn extent(&self, cell: CellId, coordinate: usize) -> Option<ExtentId> {
        entry(&self.table, cell.at()).1.get(coordinate).copied()
    }

    /// The extents of a cell but that of one coordinate, as numbers.
    pub(crate) fn without(&self, cell: CellId, coordinate: usize) -> Vec<u32> {
        let extents = entry(&self.table, cell.at()).1.iter().enumerate();
        extents.filter(|(at, _)| *at != coordinate).map(|(_, extent)| extent.0).collect()
    }

    /// The single term that a cell covers of a coordinate, which is of this dimension; none where it covers something else.
    pub(crate) fn term(
        &self,
        codebook: &Codebook,
        cell: CellId,
        coordinate: usize,
        dimension: DimensionId,
    ) -> Option<TermId> {
        let extent = entry(&self.table, cell.at()).1.get(coordinate)?;
        if *extent == ExtentId::WHOLE {
            return Some(codebook.dimensions.dimension(dimension).root);
        }
        self.terms.get(&(dimension, *extent)).copied()
    }

    /// The terms that hold what a cell covers of a coordinate, from the root down, as far as whatever is in one of them is in
    /// no other one beside it.
    pub(crate) fn path(&self, cell: CellId, coordinate: usize) -> &[ExtentId] {
        // All of a dimension is the same extent in each of them, and lies in nothing.
        let extent = entry(&self.table, cell.at()).1.get(coordinate).filter(|extent| **extent != ExtentId::WHOLE);
        extent.and_then(|extent| self.paths.get(extent)).map_or(&[], Vec::as_slice)
    }

    /// For each cell, the cells that lie in it, itself included, in index order.
    ///
    /// Each cell looks its containers up: the terms above each of its own, crossed, are few, because trees are shallow.
    pub fn contents(&self) -> Vec<Vec<CellId>> {
        let mut contents = vec![Vec::new(); self.table.len()];
        for cells in self.of_measure.values() {
            let lattice = Lattice::of(self, cells);
            for &inner in cells {
                let mut into = |outer: CellId| {
                    if let Some(inside) = contents.get_mut(outer.at()) {
                        inside.push(inner);
                    }
                };
                match lattice.as_ref().filter(|lattice| lattice.combinations(self, inner) <= cells.len()) {
                    Some(lattice) => lattice.containers(self, inner, &mut into),
                    None => cells.iter().copied().filter(|&outer| self.is_within(inner, outer)).for_each(into),
                }
            }
        }
        for inside in &mut contents {
            inside.sort_unstable();
        }
        contents
    }

    fn used(&self, cells: &[CellId], coordinate: usize) -> Used {
        let mut used = Used::default();
        for &cell in cells {
            let extents = &entry(&self.table, cell.at()).1;
            let Some(&extent) = extents.get(coordinate) else { continue };
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
    numbers: HashMap<ExtentId, u32, RandomState>,
    /// Per number, those of the extents that contain its own, itself included, times what one step of this coordinate is in
    /// the key of a cell.
    above: Vec<Vec<u128>>,
    step: u128,
}

/// The cells of one measure, to be looked up by the numbers of their extents.
struct Lattice {
    axes: Vec<LatticeAxis>,
    by_key: HashMap<u128, CellId, RandomState>,
}

impl Lattice {
    /// None where there are more combinations of extents than a key can tell.
    fn of(cells: &Cells, own: &[CellId]) -> Option<Self> {
        let coordinates = own.first().map_or(0, |&cell| entry(&cells.table, cell.at()).1.len());
        let mut lattice = Self { axes: Vec::new(), by_key: HashMap::default() };
        let mut step = 1_u128;
        for at in 0..coordinates {
            let used = cells.used(own, at);
            let numbers: HashMap<ExtentId, u32, RandomState> = used.all.iter().copied().zip(0..).collect();
            let above = |&extent: &ExtentId| {
                let containers = cells.containers(extent, &used);
                containers
                    .iter()
                    .filter_map(|above| numbers.get(above))
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
        lattice.by_key = keys.collect();
        Some(lattice)
    }

    /// The numbers of a cell's own extents.
    fn numbers<'a>(&'a self, cells: &'a Cells, cell: CellId) -> impl Iterator<Item = (&'a LatticeAxis, usize)> + 'a {
        let extents = entry(&cells.table, cell.at()).1.iter();
        // OK because each extent of a cell is among those that are used.
        extents
            .zip(&self.axes)
            .map(|(extent, axis)| (axis, axis.numbers.get(extent).map_or(0, |&number| number as usize)))
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
                if let Some(&cell) = self.by_key.get(&key) {
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
