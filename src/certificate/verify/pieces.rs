//! The pieces of an axis: every way in which one position can lie in the terms that a proof names.
//!
//! A position that lies in a term lies in its parent. Of the children of a term that do not overlap it lies in at most
//! one, and in one at least where the term is exhaustive; of those that overlap, in any. Of two incidents it lies in
//! both only where one is in the other. A piece too many makes this verifier refuse a proof that holds; a piece too few
//! would make it accept one that does not, so in doubt there is a piece.

use std::collections::{BTreeMap, BTreeSet};

use super::combine::Steps;
use super::json::{Checked, Span};
use super::scope::Axis;
use super::space::{Forest, Term};

/// The named terms or spans that hold a position.
pub(super) type Piece = BTreeSet<String>;

/// All pieces of `axis` with respect to `names`, which are terms of it or, on an axis of days, spans.
pub(super) fn pieces(axis: Axis<'_>, names: &BTreeSet<String>, steps: &mut Steps) -> Checked<BTreeSet<Piece>> {
    match axis {
        Axis::Terms(forest) => of_forest(forest, names, steps),
        Axis::Days => of_days(names, steps),
    }
}

/// Cuts time wherever a span begins, and after it ends; between two cuts every day lies in the same spans.
fn of_days(names: &BTreeSet<String>, steps: &mut Steps) -> Checked<BTreeSet<Piece>> {
    let mut spans = Vec::new();
    let mut cuts = BTreeSet::new();
    for name in names {
        let span = Span::parse(name, "a period")?;
        cuts.extend(span.first);
        // OK because after the last day that there is nothing follows.
        cuts.extend(span.last.and_then(|last| last.tomorrow().ok()));
        spans.push((name, span));
    }
    // Before the first cut lie the spans without a beginning; all other stretches begin with a cut.
    let before = spans.iter().filter(|(_, span)| span.first.is_none()).map(|(name, _)| (*name).clone()).collect();
    let mut pieces = BTreeSet::from([before]);
    for day in cuts {
        steps.take(spans.len())?;
        pieces.insert(spans.iter().filter(|(_, span)| span.contains(day)).map(|(name, _)| (*name).clone()).collect());
    }
    Ok(pieces)
}

/// A piece while it grows, and whether an incident that need not be named holds it.
type Growing = (Piece, bool);

/// What the children of a term leave to choose from.
#[derive(Default)]
struct Below {
    /// The pieces inside a child that does not overlap: one of them, or none.
    disjoint: BTreeSet<Growing>,
    disjoint_children: usize,
    /// For each overlapping child its pieces: of each child one, or none.
    overlapping: Vec<BTreeSet<Growing>>,
}

/// From the deepest terms up, so that no tree is too deep.
fn of_forest(forest: &Forest, names: &BTreeSet<String>, steps: &mut Steps) -> Checked<BTreeSet<Piece>> {
    let mut relevant = BTreeMap::new();
    for name in names {
        let mut at = Some(name.as_str());
        while let Some((term, node)) = at.and_then(|name| forest.terms.get_key_value(name)) {
            if relevant.insert((node.depth, term), node).is_some() {
                break;
            }
            steps.take(1)?;
            at = node.parent.as_deref();
        }
    }
    let mut below: BTreeMap<&str, Below> = BTreeMap::new();
    for ((_, name), term) in relevant.into_iter().rev() {
        let Some(parent) = term.parent.as_deref() else { continue };
        let mut inside = choices(term, below.remove(name.as_str()).unwrap_or_default(), steps)?;
        if term.incident || names.contains(name) {
            steps.take(inside.len().saturating_mul(16))?;
            let with_name = |(mut piece, incident): Growing| {
                piece.extend(names.get(name).cloned());
                (piece, incident || term.incident)
            };
            inside = inside.into_iter().map(with_name).collect();
        }
        let beside = below.entry(parent).or_default();
        if term.overlaps {
            beside.overlapping.push(inside);
        } else {
            // The smaller set goes into the larger, so that a long chain of terms costs no more than it is long.
            if beside.disjoint.len() < inside.len() {
                std::mem::swap(&mut beside.disjoint, &mut inside);
            }
            steps.take(inside.len().saturating_mul(16))?;
            beside.disjoint.extend(inside);
            beside.disjoint_children += 1;
        }
    }
    let Some(root) = forest.terms.get(&forest.root) else { return Ok(BTreeSet::from([Piece::new()])) };
    let all = choices(root, below.remove(forest.root.as_str()).unwrap_or_default(), steps)?;
    Ok(all.into_iter().map(|(piece, _)| piece).collect())
}

/// The pieces inside `term`, its own name left out.
fn choices(term: &Term, below: Below, steps: &mut Steps) -> Checked<BTreeSet<Growing>> {
    // A child that the proof does not mention is somewhere else to be, so all must be mentioned to leave nothing over.
    let covered = term.exhaustive && term.disjoint_children > 0 && below.disjoint_children == term.disjoint_children;
    let mut pieces = below.disjoint;
    if !covered {
        pieces.insert((Piece::new(), false));
    }
    for child in below.overlapping {
        let mut wider = pieces.clone();
        for (piece, incident) in &pieces {
            for (inside, other_incident) in &child {
                steps.take(1 + piece.len() + inside.len())?;
                // Neither incident is in the other: they lie in different children.
                if !(*incident && *other_incident) {
                    wider.insert((piece | inside, *incident || *other_incident));
                }
            }
        }
        pieces = wider;
    }
    Ok(pieces)
}
