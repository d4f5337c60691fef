//! Axes of scope and the trees of their terms.

use std::collections::BTreeMap;

use super::{DimensionId, TermId, entry};

/// An axis of scope: place, actor, target, harm, or the inline tree of an attribute's values.
#[derive(Clone, Debug)]
pub struct Dimension {
    /// Its id; for the inline tree of an attribute, `ATTRIBUTE.values` or the like.
    pub id: String,
    /// How a term of it reads in a sentence, `{}` standing for the label: `in {}`.
    pub phrase: String,
    /// The term that contains all others.
    pub root: TermId,
    /// Its terms, the root first, then in the order of their ids.
    pub terms: Vec<TermId>,
    /// Whether it is the tree of an attribute, which no measure can name.
    pub inline: bool,
}

/// A named node of a dimension's tree: one fixed extent.
#[derive(Clone, Debug)]
pub struct Term {
    /// Its id, unique over all dimensions (for an inline tree: within it).
    pub id: String,
    /// How prose names it.
    pub label: String,
    /// The dimension that it belongs to.
    pub dimension: DimensionId,
    /// The term that contains it; none for the root.
    pub parent: Option<TermId>,
    /// Whether only its parent is known to contain it, and it may share extent with its siblings.
    pub overlaps: bool,
    /// Whether its children that do not overlap cover it.
    pub exhaustive: bool,
    /// Other names of it, as papers print them.
    pub aliases: Vec<String>,
    /// What exactly it covers.
    pub definition: Option<String>,
}

/// All dimensions with all their terms.
#[derive(Clone, Debug, Default)]
pub struct Dimensions {
    dimensions: Vec<Dimension>,
    terms: Vec<Term>,
    children: Vec<Vec<TermId>>,
    by_name: BTreeMap<String, TermId>,
    dimension_by_name: BTreeMap<String, DimensionId>,
}

impl Dimensions {
    /// Adds a dimension with its root; its terms follow with [`Dimensions::add_term`].
    pub fn add(
        &mut self,
        id: &str,
        phrase: &str,
        root: &str,
        root_label: &str,
        exhaustive: bool,
        inline: bool,
    ) -> DimensionId {
        let dimension = DimensionId::new(self.dimensions.len());
        let term = Term {
            id: root.to_owned(),
            label: root_label.to_owned(),
            dimension,
            parent: None,
            overlaps: false,
            exhaustive,
            aliases: Vec::new(),
            definition: None,
        };
        let root = TermId::new(self.terms.len());
        self.dimensions.push(Dimension {
            id: id.to_owned(),
            phrase: phrase.to_owned(),
            root,
            terms: Vec::new(),
            inline,
        });
        if !inline {
            self.dimension_by_name.insert(id.to_owned(), dimension);
        }
        self.add_term(term);
        dimension
    }

    /// Adds a term to the dimension that it names; its parent may be set later with [`Dimensions::set_parent`].
    pub fn add_term(&mut self, term: Term) -> TermId {
        let id = TermId::new(self.terms.len());
        if let Some(dimension) = self.dimensions.get_mut(term.dimension.at()) {
            if !dimension.inline {
                self.by_name.insert(term.id.clone(), id);
            }
            dimension.terms.push(id);
        }
        if let Some(siblings) = term.parent.and_then(|parent| self.children.get_mut(parent.at())) {
            siblings.push(id);
        }
        self.children.push(Vec::new());
        self.terms.push(term);
        id
    }

    /// Says which term contains a term (once for each term but the roots).
    pub fn set_parent(&mut self, child: TermId, parent: TermId) {
        if let Some(term) = self.terms.get_mut(child.at()) {
            term.parent = Some(parent);
        }
        if let Some(siblings) = self.children.get_mut(parent.at()) {
            siblings.push(child);
        }
    }

    /// The dimension of an index.
    pub fn dimension(&self, id: DimensionId) -> &Dimension {
        entry(&self.dimensions, id.at())
    }

    /// The term of an index.
    pub fn term(&self, id: TermId) -> &Term {
        entry(&self.terms, id.at())
    }

    /// Every dimension that measures can name, in the order of their ids, with its index.
    pub fn named(&self) -> impl Iterator<Item = (DimensionId, &Dimension)> {
        self.dimension_by_name.values().map(|&id| (id, self.dimension(id)))
    }

    /// How many dimensions there are, inline trees included.
    pub fn len(&self) -> usize {
        self.dimensions.len()
    }

    /// How many terms there are in all of them.
    pub fn term_count(&self) -> usize {
        self.terms.len()
    }

    /// Whether there is no dimension at all.
    pub fn is_empty(&self) -> bool {
        self.dimensions.is_empty()
    }

    /// The dimension of a name.
    pub fn find(&self, name: &str) -> Option<DimensionId> {
        self.dimension_by_name.get(name).copied()
    }

    /// The term of a name, in any dimension that measures can name.
    pub fn find_term(&self, name: &str) -> Option<TermId> {
        self.by_name.get(name).copied()
    }

    /// The term of a name in one dimension or inline tree.
    pub fn find_term_in(&self, dimension: DimensionId, name: &str) -> Option<TermId> {
        let dimension = self.dimension(dimension);
        if dimension.inline {
            dimension.terms.iter().copied().find(|&term| self.term(term).id == name)
        } else {
            self.find_term(name)
                .filter(|&term| entry(&self.dimensions, self.term(term).dimension.at()).id == dimension.id)
        }
    }

    /// The children of a term, in the order of their ids.
    pub fn children(&self, id: TermId) -> &[TermId] {
        self.children.get(id.at()).map_or(&[], Vec::as_slice)
    }

    /// The term and every term that contains it, from the inside out.
    pub fn chain(&self, id: TermId) -> impl Iterator<Item = TermId> + '_ {
        // OK because the loader refuses a tree with a cycle.
        std::iter::successors(Some(id), |&id| self.term(id).parent)
    }

    /// Whether the first term lies in the second, by the tree alone.
    pub fn is_within(&self, inner: TermId, outer: TermId) -> bool {
        self.chain(inner).any(|term| term == outer)
    }

    /// Whether two terms surely share nothing: below their nearest common term they go into two different children,
    /// neither of which overlaps its siblings.
    pub fn are_disjoint(&self, a: TermId, b: TermId) -> bool {
        if self.is_within(a, b) || self.is_within(b, a) {
            return false;
        }
        let above: Vec<TermId> = self.chain(a).collect();
        let Some(common) = self.chain(b).find(|term| above.contains(term)) else { return false };
        let below = |term| self.chain(term).take_while(|&term| term != common).last();
        let separate = |term: Option<TermId>| term.is_some_and(|term| !self.term(term).overlaps);
        separate(below(a)) && separate(below(b))
    }
}
