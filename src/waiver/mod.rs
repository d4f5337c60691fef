//! Waivers: which findings are recorded as known, and which records are of no use any more.
//!
//! A waiver names a finding by its id, and repeats the rule and the claims that the id stands for, so that a person can
//! read the file. It holds as long as the claims say what they said when it was written (see [`says()`]) and until its last
//! day. What no longer holds brings its finding back and is told at its line; nothing is waived by half.

mod entry;
mod says;

use std::collections::BTreeMap;

use crate::claim::{ClaimId, Corpus, Waiver};
use crate::edtf::Day;
use crate::report::{At, Finding, Waived};
use crate::rules::{self, Remark, WaiverFault};

pub use entry::{Decision, entry};
pub use says::says;

/// The waivers of a corpus while its findings are judged.
pub(crate) struct Waivers<'a> {
    corpus: &'a Corpus,
    /// The day as of which they are judged; none: no waiver is past its date.
    as_of: Option<Day>,
    /// The entries about each finding, in the order of the file.
    of_finding: BTreeMap<&'a str, Vec<usize>>,
    /// What became of the entries that were looked at.
    fates: BTreeMap<usize, Fate>,
}

/// What became of a waiver.
enum Fate {
    Applies,
    Useless(WaiverFault),
}

impl<'a> Waivers<'a> {
    pub(crate) fn new(corpus: &'a Corpus, as_of: Option<Day>) -> Self {
        let mut of_finding: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, waiver) in corpus.waivers.iter().enumerate() {
            of_finding.entry(&waiver.finding).or_default().push(at);
        }
        Self { corpus, as_of, of_finding, fates: BTreeMap::new() }
    }

    /// The waiver that records a finding about these claims as known, if one holds.
    pub(crate) fn of(&mut self, finding: &Finding, claims: &[ClaimId]) -> Option<Waived> {
        let entries = self.of_finding.get(finding.id.as_str())?;
        let now = says(self.corpus, finding.rule, finding.verdict, claims);
        let mut names: Vec<&str> = finding.claims.iter().map(|claim| claim.claim.as_str()).collect();
        names.sort_unstable();
        let mut applied: Option<&Waiver> = None;
        let mut fates: Vec<(usize, &Waiver, Option<WaiverFault>)> = Vec::new();
        for &at in entries {
            let Some(waiver) = self.corpus.waivers.get(at) else { continue };
            let fault = if waiver.rule != finding.rule || waiver.claims != names {
                Some(WaiverFault::OfOtherClaims)
            } else if waiver.says != now {
                Some(WaiverFault::Changed)
            } else {
                waiver.until.filter(|&until| self.as_of.is_some_and(|today| until < today)).map(WaiverFault::Expired)
            };
            if fault.is_none() && applied.is_none() {
                applied = Some(waiver);
            }
            fates.push((at, waiver, fault));
        }
        for (at, waiver, fault) in fates {
            let fate = match (fault, applied) {
                (None, Some(applied)) if std::ptr::eq(applied, waiver) => Fate::Applies,
                // Beside one that holds, whatever else there is about the same claims is one too many.
                (None | Some(WaiverFault::Changed | WaiverFault::Expired(_)), Some(applied)) => {
                    Fate::Useless(WaiverFault::Again(applied.position.line))
                }
                (Some(fault), _) => Fate::Useless(fault),
                (None, None) => continue,
            };
            self.fates.insert(at, fate);
        }
        applied.map(waived)
    }

    /// What is to be said of the entries that waive nothing, of those rules that were looked for. A finding about claims that
    /// are `unseen` may be there though it was not found.
    pub(crate) fn useless(self, looked_for: impl Fn(&str) -> bool, unseen: impl Fn(&[ClaimId]) -> bool) -> Vec<Remark> {
        let names: BTreeMap<String, ClaimId> = self.corpus.claims().map(|(id, _)| (self.corpus.name(id), id)).collect();
        let mut remarks = Vec::new();
        let mut told: BTreeMap<&str, u32> = BTreeMap::new();
        for (at, waiver) in self.corpus.waivers.iter().enumerate() {
            // A rule that nobody knows is looked for by nobody, and would never be told.
            if rules::find(&waiver.rule).is_some() && !looked_for(&waiver.rule) {
                continue;
            }
            let claims: Vec<ClaimId> = waiver.claims.iter().filter_map(|name| names.get(name).copied()).collect();
            let fault = match self.fates.get(&at) {
                Some(Fate::Applies) => continue,
                Some(Fate::Useless(fault)) => fault.clone(),
                None if rules::find(&waiver.rule).is_none() => WaiverFault::UnknownRule,
                None if claims.len() == waiver.claims.len() && unseen(&claims) => continue,
                None => {
                    let gone = waiver.claims.iter().filter(|name| !names.contains_key(*name));
                    let missing: Vec<String> = gone.cloned().collect();
                    if missing.is_empty() { WaiverFault::NothingFound } else { WaiverFault::WithoutClaims(missing) }
                }
            };
            let mut remark = rules::useless_waiver(waiver, &fault, claims);
            let before = told.entry(&waiver.finding).or_default();
            *before += 1;
            if let Some(own) = remark.as_mut().and_then(|remark| remark.waiver.as_mut()).filter(|_| *before > 1) {
                own.names.push(before.to_string());
            }
            remarks.extend(remark);
        }
        remarks
    }
}

fn waived(waiver: &Waiver) -> Waived {
    Waived {
        reason: waiver.reason.clone(),
        by: waiver.by.clone(),
        until: waiver.until.map(|day| day.to_string()),
        at: At { file: waiver.file.clone(), line: waiver.position.line, column: waiver.position.column },
    }
}
