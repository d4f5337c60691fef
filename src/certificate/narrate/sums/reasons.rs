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
use crate::system::Region;

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
        let mut names = each_once(numbers.iter().filter_map(|&number| self.name(slot, number)));
        // "yachts and everything except yachts", not the other way round.
        names.sort_by_key(|name| name.contains(" except "));
        names
    }

    /// The same, a union taken apart into its terms.
    fn terms_named(&self, slot: Slot, numbers: &[usize]) -> Vec<String> {
        let Slot::Dimension(dimension) = slot else { return self.names(slot, numbers) };
        let terms = |&number: &usize| match at(&self.boxes, number).1.regions.get(&dimension) {
            Some(Region::Terms(terms)) => {
                terms.iter().map(|&term| self.corpus.codebook.dimensions.term(term).label.clone()).collect()
            }
            _ => self.name(slot, number).into_iter().collect::<Vec<_>>(),
        };
        each_once(numbers.iter().flat_map(terms))
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
                self.terms_named(slot, inner).into_iter().filter(|part| Some(part) != whole.as_ref()).collect();
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
            let slots: Vec<Slot> = [Slot::Measure, Slot::Event].into_iter().chain(self.slots()).collect();
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

    /// Why some boxes leave nothing of the covered ones over.
    pub(super) fn cover(&self, covered: &[usize], by: &[usize]) -> Vec<Premise> {
        let Some(geometry) = &self.geometry else { return Vec::new() };
        let mut premises = Vec::new();
        for slot in self.slots() {
            let covers = |by: &[usize]| covered.iter().all(|&covered| geometry.covers_on(slot, covered, by));
            let narrower: Vec<usize> = by.iter().copied().filter(|&part| !covers(&[part])).collect();
            let broader: Vec<usize> = by.iter().copied().filter(|part| !narrower.contains(part)).collect();
            if !narrower.is_empty() && covers(&narrower) {
                premises.push(self.all_of(slot, &self.names(slot, covered), &self.names(slot, &narrower)));
            }
            for outer in self.names(slot, &broader) {
                let inner: Vec<String> = self.names(slot, covered).into_iter().filter(|name| *name != outer).collect();
                premises.extend(self.lie_in_named(slot, &inner, &outer));
            }
        }
        premises
    }

    /// That parts leave nothing of a whole over, on one slot.
    fn all_of(&self, slot: Slot, whole: &[String], parts: &[String]) -> Premise {
        let mut sorted = parts.to_vec();
        sorted.sort_unstable();
        let itself = whole == [list(&sorted, "and")];
        let whole = (!whole.is_empty()).then(|| list(whole, "and"));
        let parts = list(parts, "and");
        let text = match slot {
            // A whole that is written as its parts.
            _ if itself => format!("the whole is of {parts} together"),
            Slot::Days => format!("{parts} leave no day of {} out", whole.unwrap_or_else(|| "all of time".to_owned())),
            Slot::Dimension(dimension) => {
                let root = self.corpus.codebook.dimensions.dimension(dimension).root;
                let root = || format!("“{}”", self.corpus.codebook.dimensions.term(root).label);
                format!("{parts} together cover all of {}", whole.unwrap_or_else(root))
            }
            Slot::Event | Slot::Measure => format!("{parts} together are all that counts"),
        };
        premise(COVERS, text)
    }

    /// That boxes lie in a broader one, on one slot, all by their names.
    fn lie_in_named(&self, slot: Slot, inner: &[String], outer: &str) -> Option<Premise> {
        let names = list(inner, "and");
        let several = inner.len() > 1;
        Some(match slot {
            _ if inner.is_empty() => return None,
            Slot::Dimension(dimension) if self.is_place(dimension) => {
                premise(WITHIN, format!("{names} {} {outer}", if several { "lie in" } else { "lies in" }))
            }
            Slot::Dimension(_) => {
                let verb = if several || is_plural(&names) { "fall under" } else { "falls under" };
                premise(WITHIN, format!("{names} {verb} {outer}"))
            }
            Slot::Event => premise(EVENT, format!("{names} {} part of {outer}", if several { "are" } else { "is" })),
            Slot::Days => premise(PERIOD, format!("{names} {} {outer}", if several { "lie in" } else { "lies in" })),
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

fn each_once(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut told = Vec::new();
    for name in names {
        if !told.contains(&name) {
            told.push(name);
        }
    }
    told
}

/// Whether a label reads as a plural: grammar only, nothing depends on it.
fn is_plural(label: &str) -> bool {
    let last = label.rsplit(' ').next().unwrap_or(label);
    label.contains(" and ") || (last.ends_with('s') && !last.ends_with("ss") && last.starts_with(char::is_lowercase))
}
