//! Cells: a measure with one extent per dimension, time left out.

mod contents;

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::codebook::{Codebook, DimensionId, EventId, MeasureId, TermId, entry};
use crate::system::extent::{ExtentId, Extents, Region};
use crate::system::scope_box::ScopeBox;

pub use contents::Contents;

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
    /// Per cell: its measure, and where its coordinates begin.
    table: Vec<(MeasureId, usize)>,
    /// Of each cell one extent per dimension of its measure, the event's last.
    coordinates: Vec<ExtentId>,
    interned: HashMap<(MeasureId, Box<[ExtentId]>), CellId, RandomState>,
    of_measure: HashMap<MeasureId, Vec<CellId>, RandomState>,
    /// The extents of the terms (or events) that contain that of a single one, from the inside out.
    chains: HashMap<ExtentId, Vec<ExtentId>, RandomState>,
    /// The single terms whose extents these are.
    terms: HashMap<(DimensionId, ExtentId), TermId, RandomState>,
    /// The extents above that of a single term, from the root down.
    paths: HashMap<ExtentId, Vec<ExtentId>, RandomState>,
    /// The extents of single terms that were asked for before.
    of_term: HashMap<TermId, ExtentId, RandomState>,
}

impl Cells {
    /// No cells yet, over a codebook's dimensions.
    pub fn new(codebook: &Codebook) -> Self {
        Self {
            extents: Extents::of(codebook),
            table: Vec::new(),
            coordinates: Vec::new(),
            interned: HashMap::default(),
            of_measure: HashMap::default(),
            chains: HashMap::default(),
            terms: HashMap::default(),
            paths: HashMap::default(),
            of_term: HashMap::default(),
        }
    }

    /// The cell of a box, for a claim that is read as one of a measure; none when the box is empty.
    pub fn intern(&mut self, codebook: &Codebook, measure: MeasureId, scope: &ScopeBox) -> Option<CellId> {
        let mut key = Vec::new();
        for dimension in &codebook.measure(measure).dimensions {
            key.push(match scope.regions.get(dimension) {
                None => ExtentId::WHOLE,
                Some(region) => self.region(codebook, region),
            });
        }
        if key.iter().any(|&extent| self.extents.is_empty(extent)) {
            return None;
        }
        key.push(scope.event.map_or(ExtentId::WHOLE, |event| self.event(codebook, event)));
        Some(self.add(measure, key))
    }

    /// The number of a cell, by its extents.
    fn add(&mut self, measure: MeasureId, key: Vec<ExtentId>) -> CellId {
        let key = (measure, key.into_boxed_slice());
        if let Some(&id) = self.interned.get(&key) {
            return id;
        }
        let id = CellId(u32::try_from(self.table.len()).unwrap_or(u32::MAX));
        self.table.push((measure, self.coordinates.len()));
        self.coordinates.extend_from_slice(&key.1);
        self.interned.insert(key, id);
        self.of_measure.entry(measure).or_default().push(id);
        id
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
        let [inner, outer] = [inner, outer].map(|cell| (self.measure(cell), self.own(cell)));
        inner.0 == outer.0 && inner.1.iter().zip(outer.1).all(|(&a, &b)| self.extents.is_within(a, b))
    }

    /// The cell of a term on each of a measure's dimensions, none for the root.
    pub(crate) fn intern_terms(
        &mut self,
        codebook: &Codebook,
        measure: MeasureId,
        terms: &[Option<TermId>],
    ) -> Option<CellId> {
        let mut key: Vec<ExtentId> = Vec::with_capacity(terms.len() + 1);
        for &term in terms {
            let extent = term.map_or(ExtentId::WHOLE, |term| self.of_term(codebook, term));
            if self.extents.is_empty(extent) {
                return None;
            }
            key.push(extent);
        }
        // Of whatever event.
        key.push(ExtentId::WHOLE);
        Some(self.add(measure, key))
    }

    /// What a single term covers of its dimension.
    fn of_term(&mut self, codebook: &Codebook, term: TermId) -> ExtentId {
        if let Some(&known) = self.of_term.get(&term) {
            return known;
        }
        let extent = self.region(codebook, &Region::Terms(vec![term]));
        self.of_term.insert(term, extent);
        extent
    }

    /// The cells of a measure, in the order in which they came.
    pub(crate) fn of_measure(&self, measure: MeasureId) -> impl Iterator<Item = CellId> + '_ {
        self.of_measure.get(&measure).into_iter().flatten().copied()
    }

    /// How many coordinates a cell has.
    pub(crate) fn coordinates(&self, cell: CellId) -> usize {
        self.own(cell).len()
    }

    /// What a cell covers of each coordinate.
    fn own(&self, cell: CellId) -> &[ExtentId] {
        let from = entry(&self.table, cell.at()).1;
        let to = self.table.get(cell.at() + 1).map_or(self.coordinates.len(), |(_, next)| *next);
        self.coordinates.get(from..to).unwrap_or_default()
    }

    /// What a cell covers of a coordinate.
    pub(crate) fn extent(&self, cell: CellId, coordinate: usize) -> Option<ExtentId> {
        self.own(cell).get(coordinate).copied()
    }

    /// The extents of a cell but that of one coordinate, as numbers.
    pub(crate) fn without(&self, cell: CellId, coordinate: usize) -> Vec<u32> {
        let extents = self.own(cell).iter().enumerate();
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
        let extent = self.own(cell).get(coordinate)?;
        if *extent == ExtentId::WHOLE {
            return Some(codebook.dimensions.dimension(dimension).root);
        }
        self.terms.get(&(dimension, *extent)).copied()
    }

    /// The terms that hold what a cell covers of a coordinate, from the root down, as far as whatever is in one of them is in
    /// no other one beside it.
    pub(crate) fn path(&self, cell: CellId, coordinate: usize) -> &[ExtentId] {
        // All of a dimension is the same extent in each of them, and lies in nothing.
        let extent = self.own(cell).get(coordinate).filter(|extent| **extent != ExtentId::WHOLE);
        extent.and_then(|extent| self.paths.get(extent)).map_or(&[], Vec::as_slice)
    }

    /// No more cells are interned: what was there to find them again is given back.
    pub(crate) fn close(&mut self) {
        self.interned = HashMap::default();
    }
}
