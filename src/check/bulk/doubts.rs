//! What is to be said of rows one by one, which only their texts tell.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::Options;
use crate::claim::Waiver;
use crate::load::Faults;
use crate::load::bulk::{Bulk, Origin, Picked};
use crate::report::Verdict;
use crate::rules;

/// How many doubtful claims are looked at together.
const AT_ONCE: usize = 10_000;

/// Rows whose quote may lack the figure, or whose period may end after the source was published, looked at by the rules.
#[derive(Default)]
pub(super) struct Doubts {
    /// How many findings are chosen, by rule and verdict.
    pub(super) counts: BTreeMap<(&'static str, Verdict), usize>,
    /// How many are not.
    pub(super) left_out: usize,
    /// The rows of those that are told.
    pub(super) shown: BTreeSet<u32>,
}

impl Doubts {
    /// Those that are chosen, and of others those that a waiver names: whoever records one is to hear whether it is of use.
    pub(super) fn of(bulk: &Bulk, options: &Options) -> Result<Self, Faults> {
        let waivers: &[Waiver] = if options.waivers { &bulk.corpus.waivers } else { &[] };
        let waived: BTreeSet<(&str, &str)> = (waivers.iter())
            .filter_map(|waiver| Some((waiver.rule.as_str(), waiver.claims.first()?.as_str())))
            .collect();
        let mut rows = bulk.doubtful.clone();
        rows.extend(&bulk.too_early);
        rows.sort_unstable();
        rows.dedup();
        rows.retain(|row| !bulk.gone.contains(row));
        let mut doubts = Self::default();
        let mut told: BTreeMap<(Verdict, u64), u32> = BTreeMap::new();
        for some in rows.chunks(AT_ONCE) {
            let Picked { corpus, origins } = bulk.corpus_of(some, &[])?;
            for remark in rules::of_single_claims(&corpus) {
                let Some(&[claim]) = remark.claims.first_chunk::<1>() else { continue };
                let Some(&Origin::Row(row)) = origins.get(claim.at()) else { continue };
                let rule = remark.rule.id;
                let is_known = waived.contains(&(rule, corpus.name(claim).as_str()));
                let is_chosen = options.chooses(rule, [corpus.source(corpus.claim(claim).source).id.as_str()]);
                if is_chosen {
                    *doubts.counts.entry((rule, remark.verdict)).or_default() += 1;
                } else {
                    doubts.left_out += 1;
                }
                if is_known {
                    doubts.shown.insert(row);
                } else if is_chosen {
                    told.insert((remark.verdict, bulk.hash(row)), row);
                }
                if told.len() > options.limit {
                    told.pop_last();
                }
            }
        }
        doubts.shown.extend(told.into_values());
        Ok(doubts)
    }
}
