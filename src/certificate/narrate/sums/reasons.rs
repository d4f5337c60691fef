//! Why boxes lie in one another, lie apart, or cover another one, in words.

use super::Scene;
use super::geometry::{Slot, at};
use crate::certificate::data::Premise;
use crate::certificate::narrate::premises::{
    APART, COVERS, EVENT, NOT_NARROWED, PERIOD, SUM, WITHIN, bare, premise, region_name, within,
};
use crate::claim::Days;
use crate::codebook::DimensionId;
use crate::prose::list;

/// More names than a sentence lists.
const MOST_NAMES: usize = 5;

impl Scene<'_> {
    /// What a box is on one slot; none where it is not restricted.
    fn name(&self, slot: Slot, number: usize) -> Option<String> {
        let (_, scope) = at(&self.boxes, number);
        match slot {
            Slot::Measure => None,
            Slot::Dimension(dimension) => {
                scope.regions.get(&dimension).map(|region| region_name(self.corpus, dimension, region))
            }
            Slot::Event => scope.event.map(|event| self.corpus.codebook.event(event).label.clone()),
            Slot::Days => scope.days.filter(|&days| days != Days::ALL).map(bare),
        }
    }

    /// The names of several boxes on one slot, each once.
    fn names(&self, slot: Slot, numbers: &[usize]) -> Vec<String> {
        let mut names = Vec::new();
        for name in numbers.iter().filter_map(|&number| self.name(slot, number)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    fn slots(&self) -> Vec<Slot> {
        let dimensions = self.boxes.first().map(|(measure, _)| &self.corpus.codebook.measure(*measure).dimensions);
        let dimensions = dimensions.into_iter().flatten().map(|&dimension| Slot::Dimension(dimension));
        dimensions.chain([Slot::Event, Slot::Days]).collect()
    }

    fn is_place(&self, dimension: DimensionId) -> bool {
        self.corpus.codebook.dimensions.dimension(dimension).id == "place"
    }

    /// Why each of the boxes lies in the outer one; `who` has the figure for that.
    pub(super) fn lie_in(&self, inner: &[usize], outer: usize, who: &str) -> Vec<Premise> {
        let mut premises = Vec::new();
        let mut not_limited = Vec::new();
        for slot in self.slots() {
            let whole = self.name(slot, outer);
            let parts: Vec<String> =
                self.names(slot, inner).into_iter().filter(|part| Some(part) != whole.as_ref()).collect();
            if parts.is_empty() {
                continue;
            }
            let all = if parts.len() > MOST_NAMES { "all of these".to_owned() } else { list(&parts, "and") };
            let several = parts.len() > 1 || is_plural(&all);
            match (slot, &whole) {
                (Slot::Dimension(dimension), None) => {
                    let what = self.corpus.codebook.dimensions.dimension(dimension).id.replace('-', " ");
                    not_limited.push(what);
                }
                (Slot::Dimension(dimension), Some(whole)) => {
                    let verb = match (self.is_place(dimension), several) {
                        (true, _) if parts.len() == 1 => "lies in",
                        (true, _) => "lie in",
                        (false, true) => "fall under",
                        (false, false) => "falls under",
                    };
                    premises.push(premise(WITHIN, format!("{all} {verb} {whole}")));
                }
                (Slot::Event, None) => {
                    premises.push(premise(EVENT, format!("a figure for a whole period includes {all}")));
                }
                (Slot::Event, Some(whole)) => {
                    let verb = if parts.len() > 1 { "are" } else { "is" };
                    premises.push(premise(EVENT, format!("{all} {verb} part of {whole}")));
                }
                (Slot::Days, Some(_)) => {
                    let verb = if parts.len() > 1 { "lie" } else { "lies" };
                    let whole = at(&self.boxes, outer).1.days.map(within).unwrap_or_default();
                    premises.push(premise(PERIOD, format!("{all} {verb} {whole}")));
                }
                (Slot::Days | Slot::Measure, _) => {}
            }
        }
        if !not_limited.is_empty() {
            premises.push(premise(NOT_NARROWED, format!("{who} is not limited by {}", list(&not_limited, "or"))));
        }
        premises
    }

    /// Why no unit lies in two of the boxes: for each slot that separates some of them, which.
    pub(super) fn lie_apart(&self, boxes: &[usize]) -> Vec<Premise> {
        let Some(geometry) = &self.geometry else { return Vec::new() };
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for (first, &a) in boxes.iter().enumerate() {
            pairs.extend(boxes.iter().skip(first + 1).map(|&b| (a, b)));
        }
        let mut premises = Vec::new();
        while !pairs.is_empty() {
            let separated =
                |slot: Slot| pairs.iter().filter(move |(a, b)| geometry.apart(*a, *b).any(|apart| apart == slot));
            let slots: Vec<Slot> = std::iter::once(Slot::Measure).chain(self.slots()).collect();
            // The first of those that separate most.
            let best = slots.into_iter().rev().max_by_key(|&slot| separated(slot).count());
            let Some(slot) = best.filter(|&slot| separated(slot).count() > 0) else { break };
            let involved: Vec<usize> = separated(slot).flat_map(|&(a, b)| [a, b]).collect();
            let involved: Vec<usize> = boxes.iter().copied().filter(|at| involved.contains(at)).collect();
            pairs.retain(|(a, b)| !geometry.apart(*a, *b).any(|apart| apart == slot));
            let names = self.names(slot, &involved);
            let all = if names.len() > MOST_NAMES { "these parts".to_owned() } else { list(&names, "and") };
            match slot {
                // The sum of the measures says so already.
                Slot::Measure => {}
                Slot::Event => premises.push(premise(APART, format!("{all} are different events"))),
                Slot::Dimension(_) | Slot::Days => premises.push(premise(APART, format!("{all} do not overlap"))),
            }
        }
        premises
    }

    /// Why the boxes leave nothing of the covered one over.
    pub(super) fn cover(&self, covered: usize, by: &[usize]) -> Vec<Premise> {
        let Some(geometry) = &self.geometry else { return Vec::new() };
        let mut premises = Vec::new();
        for slot in self.slots() {
            let narrower: Vec<usize> =
                by.iter().copied().filter(|&part| !geometry.covers_on(slot, covered, &[part])).collect();
            let broader: Vec<usize> = by.iter().copied().filter(|part| !narrower.contains(part)).collect();
            let whole = self.name(slot, covered);
            if !narrower.is_empty() {
                if !geometry.covers_on(slot, covered, &narrower) {
                    continue;
                }
                let parts = list(&self.names(slot, &narrower), "and");
                premises.push(match (slot, whole.clone()) {
                    (Slot::Days, whole) => {
                        let whole = whole.unwrap_or_else(|| "all of time".to_owned());
                        premise(COVERS, format!("{parts} leave no day of {whole} out"))
                    }
                    (Slot::Dimension(dimension), whole) => {
                        let root = self.corpus.codebook.dimensions.dimension(dimension).root;
                        let root = || self.corpus.codebook.dimensions.term(root).label.clone();
                        let whole = whole.unwrap_or_else(root);
                        premise(COVERS, format!("{parts} together are all of {whole}"))
                    }
                    (Slot::Event | Slot::Measure, _) => {
                        premise(COVERS, format!("{parts} together are all that counts"))
                    }
                });
            }
            for name in self.names(slot, &broader) {
                if whole.as_ref() != Some(&name) {
                    let inner = self.lie_in_on(slot, covered, &name);
                    premises.extend(inner);
                }
            }
        }
        premises
    }

    /// That a box lies in a broader one of a name, on one slot.
    fn lie_in_on(&self, slot: Slot, inner: usize, outer: &str) -> Option<Premise> {
        let name = self.name(slot, inner)?;
        Some(match slot {
            Slot::Dimension(dimension) if self.is_place(dimension) => {
                premise(WITHIN, format!("{name} lies in {outer}"))
            }
            Slot::Dimension(_) => {
                let verb = if is_plural(&name) { "fall under" } else { "falls under" };
                premise(WITHIN, format!("{name} {verb} {outer}"))
            }
            Slot::Event => premise(EVENT, format!("{name} is part of {outer}")),
            Slot::Days => premise(PERIOD, format!("{name} lies in {outer}")),
            Slot::Measure => return None,
        })
    }

    /// That measures add up to others.
    pub(super) fn sums_of_measures(&self) -> Vec<Premise> {
        let noun = |measure| self.noun(measure);
        let text = |sum: &&crate::codebook::Sum| {
            let parts: Vec<String> = sum.parts.iter().map(|&part| noun(part)).collect();
            let because = sum.because.as_ref().map(|because| format!(": {}", because.trim_end_matches('.')));
            let verb = if parts.len() == 1 { "are the same as" } else { "add up to" };
            premise(SUM, format!("{} {verb} {}{}", list(&parts, "and"), noun(sum.whole), because.unwrap_or_default()))
        };
        self.sums.iter().map(text).collect()
    }
}

/// Whether a label reads as a plural: grammar only, nothing depends on it.
fn is_plural(label: &str) -> bool {
    let last = label.rsplit(' ').next().unwrap_or(label);
    label.contains(" and ") || (last.ends_with('s') && !last.ends_with("ss") && last.starts_with(char::is_lowercase))
}
