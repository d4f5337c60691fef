//! Pairs grouped by the figure at fault: of two figures the one that is in more pairs. One impossible figure can clash with a
//! million others, and is told once.

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;

use foldhash::fast::RandomState;

use super::{Pair, Search};
use crate::spread::over;

/// After so many pairs the counting ends, and what was counted is told as a least number.
const MOST: u64 = 1 << 30;

/// Up to so many pairs are remembered, so that they need not be found twice.
const REMEMBERED: usize = 1 << 20;

/// Two claims that cannot both be true, by the numbers of claims among all.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Clash {
    /// The claim whose lower figure is too high.
    pub(crate) low: u32,
    /// The claim whose upper figure is too low.
    pub(crate) high: u32,
    /// Whether they clash under strict.
    pub(crate) strict: bool,
}

/// A figure and what it clashes with.
#[derive(Clone, Debug)]
pub(crate) struct AtFault {
    /// The claim.
    pub(crate) claim: u32,
    /// In how many pairs it is under strict.
    pub(crate) strict: u64,
    /// In how many it is only as a reader takes them.
    pub(crate) plain: u64,
    /// The pair to show: of those under strict, if there are any, one with the same scope, if there is one, the tightest.
    pub(crate) witness: Clash,
    best: Rank,
}

/// How good a pair is to be shown; the order of what differs in nothing else is that of `hash`.
type Rank = (bool, bool, u32, std::cmp::Reverse<u64>);

/// All pairs.
#[derive(Debug, Default)]
pub(crate) struct Clashes {
    /// How many there are under strict.
    pub(crate) strict: u64,
    /// How many there are only as a reader takes them.
    pub(crate) plain: u64,
    /// Whether there may be more.
    pub(crate) cut: bool,
    /// How many claims are in a pair.
    pub(crate) claims: usize,
    /// The figures at fault: contradictions first, then those with the most pairs.
    pub(crate) at_fault: Vec<AtFault>,
    /// Those of the wanted pairs that there are.
    pub(crate) wanted: Vec<Clash>,
    /// Others of the wanted pairs, which do not count.
    pub(crate) uncounted: Vec<Clash>,
}

/// What is asked of the pairs.
pub(crate) struct Ask<'a> {
    /// Orders claims that differ in nothing else by what they are called.
    pub(crate) hash: &'a (dyn Fn(u32) -> u64 + Sync),
    /// Whether a pair counts, which has the same scope or not.
    pub(crate) chosen: &'a (dyn Fn(&Clash, bool) -> bool + Sync),
    /// Pairs to be told if there are any, the smaller number first; sorted.
    pub(crate) wanted: &'a [(u32, u32)],
    /// Whether all pairs are to be told.
    pub(crate) every: bool,
}

impl Ask<'_> {
    fn wants(&self, clash: &Clash) -> bool {
        self.wanted.binary_search(&(clash.low.min(clash.high), clash.low.max(clash.high))).is_ok()
    }
}

/// Counts and groups all pairs, with so many threads.
pub(crate) fn clashes(search: &Search<'_>, claims: usize, ask: &Ask<'_>, threads: usize) -> Clashes {
    let hash = ask.hash;
    let first = First::of(search, claims, ask, threads);
    let mut found = Clashes { strict: first.strict, plain: first.plain, cut: first.is_cut, ..Clashes::default() };
    found.claims = first.degrees.iter().filter(|degree| **degree > 0).count();
    let order = |claim: u32| (first.degrees.get(claim as usize).copied().unwrap_or(0), hash(claim));
    let mut at: HashMap<u32, usize, RandomState> = HashMap::default();
    first.again(search, ask, &mut |pair| {
        let Clash { low, high, strict } = pair.clash;
        let (claim, other) = if order(low) >= order(high) { (low, high) } else { (high, low) };
        let best = (strict, pair.same_scope, pair.excess, std::cmp::Reverse(hash(other)));
        let number = *at.entry(claim).or_insert_with(|| {
            found.at_fault.push(AtFault { claim, strict: 0, plain: 0, witness: pair.clash, best });
            found.at_fault.len() - 1
        });
        if let Some(figure) = found.at_fault.get_mut(number) {
            *(if strict { &mut figure.strict } else { &mut figure.plain }) += 1;
            if best > figure.best {
                (figure.best, figure.witness) = (best, pair.clash);
            }
        }
        if ask.every || ask.wants(&pair.clash) {
            found.wanted.push(pair.clash);
        }
    });
    let twice = |clash: &Clash| found.wanted.iter().any(|own| (own.low, own.high) == (clash.low, clash.high));
    found.uncounted = first.uncounted.values().copied().filter(|clash| !twice(clash)).collect();
    found.at_fault.sort_unstable_by_key(|figure| {
        (std::cmp::Reverse((figure.strict > 0, figure.strict + figure.plain)), hash(figure.claim))
    });
    found
}

/// A pair with what bears on whether it is shown.
#[derive(Copy, Clone, Debug)]
struct Met {
    clash: Clash,
    same_scope: bool,
    /// How many ranks lie between the two figures.
    excess: u32,
}

impl Met {
    fn of(search: &Search<'_>, pair: &Pair) -> Self {
        let (low, high) = (search.columns.allowed(&pair.low), search.columns.allowed(&pair.high));
        let (low_rank, high_rank) =
            if pair.strict { (low.strict.0, high.strict.1) } else { (low.plain.0, high.plain.1) };
        Self {
            clash: Clash { low: pair.low.claim, high: pair.high.claim, strict: pair.strict },
            same_scope: pair.same_cell && (pair.low.first, pair.low.last) == (pair.high.first, pair.high.last),
            excess: low_rank.saturating_sub(high_rank),
        }
    }
}

/// What going through all pairs for the first time gave.
struct First {
    strict: u64,
    plain: u64,
    /// Per claim, in how many pairs it is.
    degrees: Vec<u32>,
    /// The pairs; none when they were too many.
    remembered: Option<Vec<Met>>,
    /// Pairs with a claim that has several entries, each once: under strict, if it is so at all.
    doubled: BTreeMap<(u32, u32), Met>,
    /// Wanted pairs that do not count, under strict, if they are so at all.
    uncounted: BTreeMap<(u32, u32), Clash>,
    is_cut: bool,
}

impl First {
    fn of(search: &Search<'_>, claims: usize, ask: &Ask<'_>, threads: usize) -> Self {
        let run = |part, parts| Self::part(search, claims, ask, (part, parts));
        let mut first = if threads < 2 {
            run(0, 1)
        } else {
            let parts: Vec<usize> = (0..threads).collect();
            let parts = over(threads, &parts, || (), |(), part| run(*part, threads), |_| ());
            // Where the counting ends early, what was counted would depend on the number of threads.
            if parts.iter().any(|part| part.is_cut) { run(0, 1) } else { Self::merged(parts) }
        };
        // What such a pair is told as is known only when all its entries have been met.
        for (pair, met) in std::mem::take(&mut first.doubled) {
            if (ask.chosen)(&met.clash, met.same_scope) {
                first.count(met.clash);
                first.doubled.insert(pair, met);
            } else if ask.wants(&met.clash) {
                first.uncounted.insert(pair, met.clash);
            }
        }
        first
    }

    /// Goes through the pairs of one part of the cells.
    fn part(search: &Search<'_>, claims: usize, ask: &Ask<'_>, part: (usize, usize)) -> Self {
        let mut first = Self {
            strict: 0,
            plain: 0,
            degrees: vec![0; claims],
            remembered: Some(Vec::new()),
            doubled: BTreeMap::new(),
            uncounted: BTreeMap::new(),
            is_cut: false,
        };
        let rows = search.columns.rows;
        let mut count = 0;
        let flow = search.pairs(part, &mut |pair| {
            let met = Met::of(search, pair);
            let Clash { low, high, .. } = met.clash;
            count += 1;
            let flow = if count < MOST { ControlFlow::Continue(()) } else { ControlFlow::Break(()) };
            if low.max(high) >= rows {
                first.add_doubled(met);
                return flow;
            }
            if !(ask.chosen)(&met.clash, met.same_scope) {
                if ask.wants(&met.clash) {
                    first.uncounted.entry((low, high)).or_insert(met.clash).strict |= met.clash.strict;
                }
                return flow;
            }
            first.count(met.clash);
            match first.remembered.as_mut().filter(|list| list.len() < REMEMBERED) {
                Some(list) => list.push(met),
                None => first.remembered = None,
            }
            flow
        });
        first.is_cut = flow.is_break();
        first
    }

    fn add_doubled(&mut self, met: Met) {
        let known = self.doubled.entry((met.clash.low, met.clash.high)).or_insert(met);
        if (met.clash.strict, met.excess) > (known.clash.strict, known.excess) {
            *known = met;
        }
    }

    fn count(&mut self, clash: Clash) {
        *(if clash.strict { &mut self.strict } else { &mut self.plain }) += 1;
        for claim in [clash.low, clash.high] {
            if let Some(degree) = self.degrees.get_mut(claim as usize) {
                *degree = degree.saturating_add(1);
            }
        }
    }

    fn merged(parts: Vec<Self>) -> Self {
        let mut parts = parts.into_iter();
        let Some(mut all) = parts.next() else {
            return Self {
                strict: 0,
                plain: 0,
                degrees: Vec::new(),
                remembered: None,
                doubled: BTreeMap::new(),
                uncounted: BTreeMap::new(),
                is_cut: false,
            };
        };
        for part in parts {
            all.strict += part.strict;
            all.plain += part.plain;
            // Most claims are in no pair: what was never written to takes no room.
            for (degree, more) in all.degrees.iter_mut().zip(part.degrees).filter(|(_, more)| *more > 0) {
                *degree = degree.saturating_add(more);
            }
            all.remembered = all.remembered.zip(part.remembered).map(|(mut all, part)| {
                all.extend(part);
                all
            });
            part.doubled.into_values().for_each(|met| all.add_doubled(met));
            for (pair, clash) in part.uncounted {
                all.uncounted.entry(pair).or_insert(clash).strict |= clash.strict;
            }
        }
        all
    }

    /// Goes through all pairs once more.
    fn again(&self, search: &Search<'_>, ask: &Ask<'_>, visit: &mut dyn FnMut(&Met)) {
        self.doubled.values().for_each(&mut *visit);
        if let Some(list) = &self.remembered {
            return list.iter().for_each(visit);
        }
        let rows = search.columns.rows;
        let mut count = 0;
        let _ = search.pairs((0, 1), &mut |pair| {
            let met = Met::of(search, pair);
            if met.clash.low.max(met.clash.high) < rows && (ask.chosen)(&met.clash, met.same_scope) {
                visit(&met);
            }
            count += 1;
            if count < MOST { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
    }
}
