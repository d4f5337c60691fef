//! The names of a codebook in tables that a million lines are looked up in.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::codebook::{Codebook, DimensionId, Kind, MeasureId, TermId};

/// A table by somebody's text.
pub(super) type Table<'b, T> = HashMap<&'b [u8], T, RandomState>;

/// A measure of which plain lines may speak: a count that nobody reads as another measure.
#[derive(Copy, Clone, Debug)]
pub(super) struct PlainMeasure {
    pub(super) id: MeasureId,
    pub(super) whole: bool,
}

/// What the lines are looked up in.
pub(super) struct Known<'b> {
    book: &'b Codebook,
    pub(super) state: RandomState,
    measures: Vec<(&'b [u8], PlainMeasure)>,
    dimensions: Vec<(&'b [u8], DimensionId)>,
    terms: Table<'b, TermId>,
    /// The upstreams, with the last day of their publication.
    pub(super) upstreams: Table<'b, Option<i32>>,
}

/// A cell as plain lines name it, in one number.
pub(super) type CellKey = u128;

impl<'b> Known<'b> {
    pub(super) fn of(book: &'b Codebook) -> Self {
        let state = RandomState::default();
        let mut known = Self {
            book,
            measures: Vec::new(),
            dimensions: Vec::new(),
            terms: HashMap::with_hasher(state.clone()),
            upstreams: HashMap::with_hasher(state.clone()),
            state,
        };
        for (at, measure) in book.measures.iter().enumerate() {
            let id = MeasureId::new(at);
            let alone = book.plain_measure(id) == id;
            if alone && measure.kind == Kind::Count && known.fits(measure.dimensions.len()) {
                known.measures.push((measure.id.as_bytes(), PlainMeasure { id, whole: measure.whole }));
            }
        }
        for (id, dimension) in book.dimensions.named() {
            known.dimensions.push((dimension.id.as_bytes(), id));
        }
        for at in 0..book.dimensions.term_count() {
            let id = TermId::new(at);
            let term = book.dimensions.term(id);
            if !book.dimensions.dimension(term.dimension).inline {
                known.terms.insert(term.id.as_bytes(), id);
            }
        }
        for upstream in &book.upstreams {
            let published = upstream.published.as_ref().map(|date| date.last().number());
            known.upstreams.insert(upstream.id.as_bytes(), published);
        }
        known
    }

    /// A measure by its name.
    pub(super) fn measure(&self, name: &[u8]) -> Option<PlainMeasure> {
        among(&self.measures, name)
    }

    fn fits(&self, dimensions: usize) -> bool {
        if dimensions > super::line::DIMENSIONS {
            return false;
        }
        let measures = self.book.measures.len() as u128 + 1;
        (0..dimensions).try_fold(measures, |product, _| product.checked_mul(radix(self.book))).is_some()
    }

    /// The cell that some terms make; none when a term is not one of its dimension, or the dimension none of the measure's.
    pub(super) fn cell(&self, measure: MeasureId, terms: &[(&[u8], &[u8])]) -> Option<CellKey> {
        let own = &self.book.measure(measure).dimensions;
        let mut codes = [0_u128; super::line::DIMENSIONS];
        for (dimension, term) in terms {
            let dimension = among(&self.dimensions, dimension)?;
            let id = *self.terms.get(term)?;
            let term = self.book.dimensions.term(id);
            if term.dimension != dimension {
                return None;
            }
            let place = own.iter().position(|&own| own == dimension)?;
            // The root restricts nothing.
            *codes.get_mut(place)? = if term.parent.is_some() { id.at() as u128 + 1 } else { 0 };
        }
        let key = codes.iter().take(own.len()).fold(0, |key, code| key * radix(self.book) + code);
        Some(key * self.book.measures.len() as u128 + measure.at() as u128)
    }
}

/// What one coordinate of a key counts up to.
fn radix(book: &Codebook) -> u128 {
    book.dimensions.term_count() as u128 + 1
}

/// The measure of a cell, and its term on each of the measure's dimensions; none is the root.
pub(super) fn terms(book: &Codebook, mut key: CellKey) -> (MeasureId, Vec<Option<TermId>>) {
    let measures = book.measures.len().max(1) as u128;
    let at = |number: u128| usize::try_from(number).unwrap_or(0);
    let measure = MeasureId::new(at(key % measures));
    key /= measures;
    let mut terms: Vec<Option<TermId>> = Vec::new();
    for _ in &book.measure(measure).dimensions {
        terms.push(at(key % radix(book)).checked_sub(1).map(TermId::new));
        key /= radix(book);
    }
    terms.reverse();
    (measure, terms)
}

/// What a name stands for among few: comparing them is faster than a table.
fn among<T: Copy>(list: &[(&[u8], T)], name: &[u8]) -> Option<T> {
    list.iter().find(|(own, _)| *own == name).map(|(_, found)| *found)
}
