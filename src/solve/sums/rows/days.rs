//! Days that stand for others: what is of one day is looked at on a few of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::claim::{ClaimId, Days, Reading};
use crate::codebook::{Codebook, Kind, MeasureId, entry};
use crate::edtf::Day;
use crate::solve::sums::rows::{Mass, Said, System};
use crate::system::{FOREVER, day_numbers};

impl System<'_> {
    /// For each level, under plain, the days to look at: no set of claims that share a day does so on none of them.
    ///
    /// Measures of one sum are looked at on the same days.
    pub(super) fn level_days(
        &self,
        reading: Reading,
        stretches: impl Iterator<Item = (MeasureId, Option<Days>)>,
    ) -> BTreeMap<MeasureId, Vec<Day>> {
        if reading == Reading::Strict {
            return BTreeMap::new();
        }
        let is_level = |measure: MeasureId| self.codebook.measure(measure).kind == Kind::Level;
        let mut of_group: BTreeMap<usize, Vec<(i32, i32)>> = BTreeMap::new();
        for (measure, days) in stretches.filter(|(measure, _)| is_level(*measure)) {
            of_group.entry(*entry(&self.tied, measure.at())).or_default().push(day_numbers(days));
        }
        let of_group: BTreeMap<usize, Vec<Day>> =
            of_group.into_iter().map(|(group, stretches)| (group, shared_days(stretches.into_iter()))).collect();
        let levels = (0..self.codebook.measures.len()).map(MeasureId::new).filter(|&measure| is_level(measure));
        let with_days = |measure: MeasureId| Some((measure, of_group.get(entry(&self.tied, measure.at()))?.clone()));
        levels.filter_map(with_days).collect()
    }

    /// Keeps of a level who speaks of which days, and which of them are looked at.
    pub(super) fn note_days(&mut self, measure: MeasureId, claim: ClaimId, said: &Said, days: Option<&Vec<Day>>) {
        if self.codebook.measure(measure).kind != Kind::Level {
            return;
        }
        let group = Mass::Measure(MeasureId::new(*entry(&self.tied, measure.at())));
        let looked_at = self.days.entry(group).or_default();
        looked_at.extend(days.into_iter().flatten());
        for stretch in said.days() {
            // Under strict a level is stated for single days only.
            looked_at.extend(stretch.and_then(Days::single).filter(|_| days.is_none()));
            self.spans.push((group, claim, day_numbers(stretch)));
        }
    }

    /// Leaves out what some claims say.
    pub(in crate::solve::sums) fn leave_out(&mut self, claims: &BTreeSet<ClaimId>) {
        self.sayings.retain(|saying| !claims.contains(&saying.claim));
        self.spans.retain(|(_, claim, _)| !claims.contains(claim));
    }

    /// Of what is of one day, per mass (facts without their day): stretches of days on which some claim speaks of it, each with a
    /// day that was looked at in its place, of which all that speak of the stretch speak too.
    pub(in crate::solve::sums) fn stretches(&self) -> BTreeMap<Mass, Vec<(Days, Day)>> {
        let mut spans: BTreeMap<Mass, Vec<(i32, i32)>> = BTreeMap::new();
        for (mass, _, span) in &self.spans {
            spans.entry(*mass).or_default().push(*span);
        }
        let of_mass = |mass: &Mass| {
            let (spans, looked_at) = (spans.get(mass)?, self.days.get(mass)?);
            Some(stretches(spans, looked_at))
        };
        let mut all: BTreeMap<Mass, Vec<(Days, Day)>> = spans
            .keys()
            .filter(|mass| matches!(mass, Mass::Fact(..)))
            .filter_map(|mass| Some((*mass, of_mass(mass)?)))
            .collect();
        for (at, &group) in self.tied.iter().enumerate() {
            if let Some(stretches) = of_mass(&Mass::Measure(MeasureId::new(group))) {
                all.insert(Mass::Measure(MeasureId::new(at)), stretches);
            }
        }
        all
    }
}

/// Per measure the first one that the codebook's sums tie it to, itself if none does.
pub(super) fn tied(codebook: &Codebook) -> Vec<usize> {
    let mut tied: Vec<usize> = (0..codebook.measures.len()).collect();
    for sum in &codebook.sums {
        let members = std::iter::once(sum.whole).chain(sum.parts.iter().copied());
        let members: BTreeSet<usize> = members.map(|at| *entry(&tied, at.at())).collect();
        let Some(&least) = members.first() else { continue };
        for number in tied.iter_mut().filter(|number| members.contains(number)) {
            *number = least;
        }
    }
    tied
}

/// Days such that whatever stretches share a day share one of these; in order.
pub(super) fn shared_days(stretches: impl Iterator<Item = (i32, i32)>) -> Vec<Day> {
    let (firsts, lasts): (BTreeSet<i32>, BTreeSet<i32>) = stretches.unzip();
    let mut days: Vec<Day> = Vec::new();
    for &last in &lasts {
        // Between the latest beginning and the first end after it as many stretches hold as can.
        let Some(&first) = firsts.range(..=last).next_back() else { continue };
        if lasts.range(first..last).next().is_none() {
            let day = [first, last].into_iter().find(|day| day.abs() < FOREVER).unwrap_or(0);
            days.extend(Day::from_number(day));
        }
    }
    days
}

/// The stretches between the ends of spans, with a looked-at day that lies in every span that the stretch lies in.
fn stretches(spans: &[(i32, i32)], looked_at: &BTreeSet<Day>) -> Vec<(Days, Day)> {
    let starts: BTreeSet<i32> = spans.iter().flat_map(|&(first, last)| [first, last.saturating_add(1)]).collect();
    let mut found: Vec<(i32, i32, Day)> = Vec::new();
    for (&first, &next) in starts.iter().zip(starts.iter().skip(1)) {
        let last = next - 1;
        let of_stretch: Vec<&(i32, i32)> = spans.iter().filter(|span| span.0 <= first && last <= span.1).collect();
        let fits = |day: &&Day| of_stretch.iter().all(|span| (span.0..=span.1).contains(&day.number()));
        let mut days = looked_at.iter().filter(fits).copied();
        let Some(any) = days.clone().next().filter(|_| !of_stretch.is_empty()) else { continue };
        let day = days.find(|day| (first..=last).contains(&day.number())).unwrap_or(any);
        match found.last_mut() {
            Some(before) if before.1 + 1 == first && before.2 == day => before.1 = last,
            _ => found.push((first, last, day)),
        }
    }
    let day = |number: i32| Day::from_number(number).filter(|_| number.abs() < FOREVER);
    found.into_iter().map(|(first, last, looked_at)| (Days { first: day(first), last: day(last) }, looked_at)).collect()
}
