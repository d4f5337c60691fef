//! What a page shows beyond the report: the figures side by side, the sources, and the codebook's words.
//!
//! Pure: from a corpus and what its check found, to plain data that the renderers in [`report::page`](crate::report::page)
//! lay out. Nothing is decided here.

mod aspects;
mod names;

use std::collections::BTreeSet;

use crate::claim::Corpus;
use crate::report::Report;
use crate::report::page::Page;

/// The page of a report.
///
/// `report` holds the findings that are shown. `whole` is the report of the same corpus with all rules and sources: who
/// agrees with whom depends on every finding. Where no choice was made the two are the same.
///
/// ```
/// # let folder = gainsay::Folder::from_files([("codebook.json", "{}")]);
/// # let corpus = gainsay::load(&folder)?;
/// let report = gainsay::check(&corpus, &gainsay::Options::default());
/// let html = gainsay::report::page::html(&gainsay::page(&corpus, &report, &report))?;
/// assert!(html.starts_with("<!DOCTYPE html>"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn page<'a>(corpus: &'a Corpus, report: &'a Report, whole: &Report) -> Page<'a> {
    // OK because no word is looked up, so none is unknown.
    let shown = crate::show::show(corpus, whole, &[], true).ok();
    let told: BTreeSet<&str> =
        report.findings.iter().flat_map(|finding| &finding.claims).map(|claim| claim.claim.as_str()).collect();
    let in_findings = corpus.claims().map(|(id, claim)| (corpus.name(id), claim));
    let aspects = in_findings
        .filter(|(name, _)| told.contains(name.as_str()))
        .map(|(name, claim)| (name, aspects::of(corpus, claim)))
        .collect();
    Page {
        report,
        groups: shown.map(|shown| shown.groups).unwrap_or_default(),
        names: names::of(corpus),
        readings: names::readings(&corpus.codebook),
        aspects,
    }
}
