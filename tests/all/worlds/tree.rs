//! Trees of terms, and the cells into which they cut a dimension.
//!
//! A cell is the set of all terms that hold one and the same position, as a bit mask. Listing the cells is the plain
//! way to decide everything about terms: one lies in another when every cell that has the one has the other.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::dice::Dice;

/// A set of terms: bit n stands for term n.
pub(crate) type Cell = u64;

/// A set of positions.
pub(crate) type Cells = BTreeSet<Cell>;

pub(crate) fn has(cell: Cell, term: usize) -> bool {
    cell >> term & 1 == 1
}

#[derive(Clone, Debug)]
pub(crate) struct Term {
    pub(crate) id: String,
    /// The index of its parent, which is smaller than its own; the root's is itself.
    pub(crate) parent: usize,
    pub(crate) overlaps: bool,
    pub(crate) exhaustive: bool,
}

/// A dimension or an inline tree; the first term is the root.
#[derive(Clone, Debug)]
pub(crate) struct Tree {
    pub(crate) id: String,
    pub(crate) terms: Vec<Term>,
    /// Every position that the tree allows.
    pub(crate) cells: Vec<Cell>,
}

impl Tree {
    /// A tree from (id, parent, overlaps, exhaustive), the root first.
    pub(crate) fn new(id: &str, terms: &[(&str, usize, bool, bool)]) -> Self {
        let terms = terms
            .iter()
            .map(|&(id, parent, overlaps, exhaustive)| Term { id: id.to_owned(), parent, overlaps, exhaustive })
            .collect();
        let mut tree = Self { id: id.to_owned(), terms, cells: Vec::new() };
        tree.cells = tree.cells_in(0);
        tree
    }

    /// A random tree of up to `most` terms besides its root, at most two of which overlap their siblings.
    pub(crate) fn random(dice: &mut Dice, id: &str, most: usize, overlapping: bool) -> Self {
        let count = 1 + dice.below(most);
        let mut names = vec![format!("{id}-all")];
        names.extend((1..=count).map(|at| format!("{id}-{at}")));
        let mut terms: Vec<(&str, usize, bool, bool)> = vec![(&names[0], 0, false, false)];
        let mut left = if overlapping { 2 } else { 0 };
        for (at, name) in names.iter().enumerate().skip(1) {
            let overlaps = left > 0 && dice.percent(25);
            left -= usize::from(overlaps);
            // Smaller numbers are likelier, so that the tree is not a mere list.
            let parent = dice.below(at).min(dice.below(at));
            // What overlaps lies apart from more where its parent is not the root.
            let parent = if overlaps && at > 1 && dice.percent(60) { 1 + dice.below(at - 1) } else { parent };
            terms.push((name, parent, overlaps, false));
        }
        for at in 0..terms.len() {
            let has_children = (1..terms.len()).any(|child| terms[child].1 == at && !terms[child].2);
            terms[at].3 = has_children && dice.percent(35);
        }
        Self::new(id, &terms)
    }

    /// A random tree for the values of an attribute: nothing says that they cover all there is.
    pub(crate) fn random_inline(dice: &mut Dice, id: &str, most: usize) -> Self {
        let mut tree = Self::random(dice, id, most, true);
        tree.terms[0].exhaustive = false;
        tree.cells = tree.cells_in(0);
        tree
    }

    /// Every position within a term.
    fn cells_in(&self, term: usize) -> Vec<Cell> {
        let children = |overlaps: bool| {
            (1..self.terms.len())
                .filter(move |&at| self.terms[at].parent == term && self.terms[at].overlaps == overlaps)
        };
        let mut cells: Vec<Cell> = children(false).flat_map(|child| self.cells_in(child)).collect();
        if cells.is_empty() || !self.terms[term].exhaustive {
            cells.push(0);
        }
        for child in children(true) {
            let inside = self.cells_in(child);
            let both: Vec<Cell> = cells.iter().flat_map(|cell| inside.iter().map(move |more| cell | more)).collect();
            cells.extend(both);
        }
        cells.iter().map(|cell| cell | 1 << term).collect()
    }

    pub(crate) fn are_disjoint(&self, a: usize, b: usize) -> bool {
        !self.cells.iter().any(|&cell| has(cell, a) && has(cell, b))
    }

    /// Whether a term is the other or below it.
    pub(crate) fn is_below(&self, mut inner: usize, outer: usize) -> bool {
        while inner > outer {
            inner = self.terms[inner].parent;
        }
        inner == outer
    }

    /// Disjoint terms: one, or sometimes several. Never the root.
    pub(crate) fn random_terms(&self, dice: &mut Dice, several: usize) -> Vec<usize> {
        let mut chosen = vec![1 + dice.below(self.terms.len() - 1)];
        if dice.percent(several) {
            for term in 1..self.terms.len() {
                if chosen.iter().all(|&other| self.are_disjoint(term, other)) && dice.percent(70) {
                    chosen.push(term);
                }
            }
        }
        chosen
    }

    fn terms_json(&self) -> Value {
        let mut terms = Map::new();
        for term in &self.terms[1..] {
            let mut entry = Map::new();
            if term.parent != 0 {
                entry.insert("in".into(), json!(self.terms[term.parent].id));
            }
            if term.overlaps {
                entry.insert("overlaps".into(), json!(true));
            }
            if term.exhaustive {
                entry.insert("exhaustive".into(), json!(true));
            }
            terms.insert(term.id.clone(), entry.into());
        }
        terms.into()
    }

    /// The tree as a dimension of the codebook.
    pub(crate) fn dimension_json(&self) -> Value {
        json!({ "root": self.terms[0].id, "exhaustive": self.terms[0].exhaustive, "terms": self.terms_json() })
    }

    /// The tree as the inline values of an attribute, whose root has no name.
    pub(crate) fn inline_json(&self) -> Value {
        self.terms_json()
    }
}

#[test]
fn cells_are_all_ways_to_lie_in_a_tree() {
    // A root that is covered by a and b; border overlaps them, and has a north.
    let tree = Tree::new(
        "place",
        &[
            ("root", 0, false, true),
            ("a", 0, false, false),
            ("b", 0, false, false),
            ("border", 0, true, false),
            ("north", 3, false, false),
        ],
    );
    let cells: Cells = tree.cells.iter().copied().collect();
    assert_eq!(cells, Cells::from([0b00011, 0b00101, 0b01011, 0b01101, 0b11011, 0b11101]));
    assert!(tree.are_disjoint(1, 2) && !tree.are_disjoint(1, 3));
    assert!(tree.is_below(4, 3) && !tree.is_below(3, 4) && !tree.is_below(1, 3) && tree.is_below(4, 0));
}
