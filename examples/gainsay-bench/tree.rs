//! The trees of terms, and the codebook that tells of them.

use serde_json::{Map, Value, json};

use crate::Shape;
use crate::claim::Measure;

/// A dimension with its terms; the first one is the root.
pub(crate) struct Tree {
    pub(crate) dimension: &'static str,
    phrase: &'static str,
    pub(crate) terms: Vec<Term>,
    /// The terms that hold no other, where incidents are.
    pub(crate) leaves: Vec<usize>,
}

pub(crate) struct Term {
    pub(crate) id: String,
    label: String,
    pub(crate) children: Vec<usize>,
    /// The term itself, its parent, and so on up to the root.
    pub(crate) upwards: Vec<usize>,
}

impl Tree {
    fn new(dimension: &'static str, phrase: &'static str, root: (&str, &str)) -> Self {
        let root = Term { id: root.0.into(), label: root.1.into(), children: Vec::new(), upwards: vec![0] };
        Self { dimension, phrase, terms: vec![root], leaves: Vec::new() }
    }

    fn add(&mut self, parent: usize, id: String, label: String) -> usize {
        let term = self.terms.len();
        let upwards = std::iter::once(term).chain(self.terms[parent].upwards.iter().copied()).collect();
        self.terms.push(Term { id, label, children: Vec::new(), upwards });
        self.terms[parent].children.push(term);
        term
    }

    fn with_leaves(mut self) -> Self {
        self.leaves = (0..self.terms.len()).filter(|term| self.terms[*term].children.is_empty()).collect();
        self
    }

    pub(crate) fn parent(&self, term: usize) -> Option<usize> {
        self.terms[term].upwards.get(1).copied()
    }

    fn json(&self) -> Value {
        let told = |(index, term): (usize, &Term)| {
            let parent = &self.terms[self.parent(index)?];
            Some((term.id.clone(), json!({ "in": parent.id, "label": term.label })))
        };
        let terms: Map<String, Value> = self.terms.iter().enumerate().filter_map(told).collect();
        let root = &self.terms[0];
        json!({ "phrase": self.phrase, "root": root.id, "root_label": root.label, "terms": terms })
    }
}

/// Place, actor and target, in this order.
pub(crate) fn trees(shape: Shape) -> [Tree; 3] {
    match shape {
        Shape::Ordinary | Shape::HotCell => [provinces(), groups(5, 5), targets(3, 4)],
        Shape::Dense => [nested(), groups(2, 2), targets(2, 0)],
    }
}

/// A country of 8 provinces, which have 152 districts.
fn provinces() -> Tree {
    let mut tree = Tree::new("place", "in {}", ("world", "anywhere"));
    let country = tree.add(0, "country".into(), "the country".into());
    for p in 1..=8 {
        let province = tree.add(country, format!("p-{p}"), format!("Province {p}"));
        for d in 1..=19 {
            tree.add(province, format!("d-{p}-{d:02}"), format!("District {d} of Province {p}"));
        }
    }
    tree.with_leaves()
}

/// Places inside places, with one more place beside each.
fn nested() -> Tree {
    let mut tree = Tree::new("place", "in {}", ("world", "anywhere"));
    let mut within = 0;
    for depth in 1..=6 {
        tree.add(within, format!("outside-{depth}"), format!("Outside {depth}"));
        within = tree.add(within, format!("inside-{depth}"), format!("Inside {depth}"));
    }
    tree.with_leaves()
}

fn groups(groups: usize, factions: usize) -> Tree {
    let mut tree = Tree::new("actor", "by {}", ("all-actors", "anyone"));
    for g in 1..=groups {
        let group = tree.add(0, format!("g-{g}"), format!("Group {g}"));
        for f in 1..=factions {
            tree.add(group, format!("f-{g}-{f}"), format!("Faction {f} of Group {g}"));
        }
    }
    tree.with_leaves()
}

fn targets(classes: usize, kinds: usize) -> Tree {
    let mut tree = Tree::new("target", "on {}", ("all-targets", "anything"));
    for c in 1..=classes {
        let class = tree.add(0, format!("t-{c}"), format!("targets of class {c}"));
        for k in 1..=kinds {
            tree.add(class, format!("t-{c}-{k}"), format!("targets of class {c}, kind {k}"));
        }
    }
    tree.with_leaves()
}

pub(crate) fn codebook(trees: &[Tree; 3]) -> Value {
    let dimensions: Map<String, Value> = trees.iter().map(|tree| (tree.dimension.to_owned(), tree.json())).collect();
    let names = trees.each_ref().map(|tree| tree.dimension);
    let measures: Map<String, Value> = Measure::ALL
        .iter()
        .map(|measure| {
            let (phrase, phrase_one, unit) = measure.words();
            let told = json!({ "phrase": phrase, "phrase_one": phrase_one, "unit": unit, "kind": "count", "whole": true, "dimensions": names });
            (measure.id().to_owned(), told)
        })
        .collect();
    json!({ "dimensions": dimensions, "measures": measures })
}
