//! Pairs grouped by the figure at fault: of two figures the one that is in more pairs. One impossible figure can clash with a
//! million others, and is told once.

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;

use foldhash::fast::RandomState;

use super::{Pair, Search};

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
    pub(crate) hash: &'a dyn Fn(u32) -> u64,
    /// Whether a pair counts, which has the same scope or not.
    pub(crate) chosen: &'a dyn Fn(&Clash, bool) -> bool,
    /// Pairs to be told if there are any, the smaller number first; sorted.
    pub(crate) wanted: &'a [(u32, u32)],
}

impl Ask<'_> {
    fn wants(&self, clash: &Clash) -> bool {
        self.wanted.binary_search(&(clash.low.min(clash.high), clash.low.max(clash.high))).is_ok()
    }
}

/// Counts and groups all pairs.
pub(crate) fn clashes(search: &Search<'_>, claims: usize, ask: &Ask<'_>) -> Clashes {
    let hash = ask.hash;
    let mut found = Clashes::default();
    let mut degrees = vec![0_u32; claims];
    let mut all =
        AllPairs { search, ask, remembered: Some(Vec::new()), doubled: BTreeMap::new(), uncounted: BTreeMap::new() };
    found.cut = all.first(&mut |pair| {
        *(if pair.clash.strict { &mut found.strict } else { &mut found.plain }) += 1;
        for claim in [pair.clash.low, pair.clash.high] {
            if let Some(degree) = degrees.get_mut(claim as usize) {
                *degree = degree.saturating_add(1);
            }
        }
    });
    found.claims = degrees.iter().filter(|degree| **degree > 0).count();
    let order = |claim: u32| (degrees.get(claim as usize).copied().unwrap_or(0), hash(claim));
    let mut at: HashMap<u32, usize, RandomState> = HashMap::default();
    all.again(&mut |pair| {
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
        if ask.wants(&pair.clash) {
            found.wanted.push(pair.clash);
        }
    });
    let twice = |clash: &Clash| found.wanted.iter().any(|own| (own.low, own.high) == (clash.low, clash.high));
    found.uncounted = all.uncounted.into_values().filter(|clash| !twice(clash)).collect();
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

/// All pairs, to be gone through twice.
struct AllPairs<'s, 'a> {
    search: &'s Search<'a>,
    ask: &'s Ask<'s>,
    /// Those of the first time; none when they were too many.
    remembered: Option<Vec<Met>>,
    /// Pairs with a claim that has several entries, each once: under strict, if it is so at all.
    doubled: BTreeMap<(u32, u32), Met>,
    /// Wanted pairs that do not count, under strict, if they are so at all.
    uncounted: BTreeMap<(u32, u32), Clash>,
}

impl AllPairs<'_, '_> {
    /// Visits all pairs, and says whether there may be more.
    fn first(&mut self, visit: &mut dyn FnMut(&Met)) -> bool {
        let rows = self.search.columns.rows;
        let mut count = 0;
        let flow = self.search.pairs(&mut |pair| {
            let met = Met::of(self.search, pair);
            let Clash { low, high, .. } = met.clash;
            count += 1;
            let flow = if count < MOST { ControlFlow::Continue(()) } else { ControlFlow::Break(()) };
            if !(self.ask.chosen)(&met.clash, met.same_scope) {
                if self.ask.wants(&met.clash) {
                    self.uncounted.entry((low, high)).or_insert(met.clash).strict |= met.clash.strict;
                }
                return flow;
            }
            if low.max(high) >= rows {
                let known = self.doubled.entry((low, high)).or_insert(met);
                if (met.clash.strict, met.excess) > (known.clash.strict, known.excess) {
                    *known = met;
                }
            } else {
                visit(&met);
                if let Some(list) = self.remembered.as_mut().filter(|list| list.len() < REMEMBERED) {
                    list.push(met);
                } else {
                    self.remembered = None;
                }
            }
            flow
        });
        self.doubled.values().for_each(visit);
        flow.is_break()
    }

    fn again(&self, visit: &mut dyn FnMut(&Met)) {
        self.doubled.values().for_each(&mut *visit);
        if let Some(list) = &self.remembered {
            return list.iter().for_each(visit);
        }
        let rows = self.search.columns.rows;
        let mut count = 0;
        let _ = self.search.pairs(&mut |pair| {
            let met = Met::of(self.search, pair);
            if met.clash.low.max(met.clash.high) < rows && (self.ask.chosen)(&met.clash, met.same_scope) {
                visit(&met);
            }
            count += 1;
            if count < MOST { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
    }
}
