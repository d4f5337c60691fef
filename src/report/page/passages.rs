//! The passages of a finding side by side: what each says, of what exactly, and in what they differ.

use std::collections::{BTreeSet, HashMap};

use super::index::{Link, Numbered, Rows, letter};
use super::{Href, Page, Text};
use crate::certificate::ClaimProof;
use crate::report::show::ShownClaim;
use crate::report::{Finding, FindingClaim};

/// One claim of a finding.
#[derive(Clone)]
pub(super) struct Passage {
    pub(super) letter: Text,
    /// Where the page shows it beside others.
    pub(super) claim: Href,
    /// Where the page names its source.
    pub(super) work: Href,
    pub(super) source: Text,
    /// Whether it is told in full here; else a finding above, of the same group, tells more of it.
    pub(super) is_full: bool,
    /// Where the encoder's note on it stands, if not here.
    pub(super) note_in: Option<Link>,
    pub(super) quote: Text,
    pub(super) said: Text,
    pub(super) given: Text,
    pub(super) place: Option<Text>,
    pub(super) credits: Option<Text>,
    pub(super) voice: &'static str,
    pub(super) note: Option<Text>,
    pub(super) aspects: Vec<AspectView>,
    /// What it allows in the finding's reading, where that is not what it says.
    pub(super) taken_as: Option<Text>,
}

impl Passage {
    /// Who says what: "Khan (2023): more than 7,000".
    pub(super) fn in_short(&self) -> Text {
        Text::new(&format!("{}: {}", self.source, self.given))
    }
}

/// An aspect of a claim, and whether the claims of the finding differ in it.
#[derive(Clone)]
pub(super) struct AspectView {
    pub(super) name: Text,
    pub(super) words: Text,
    pub(super) differs: bool,
    /// Where the page says what exactly is counted.
    pub(super) defined: Option<Href>,
}

/// In which finding each claim was told in full.
pub(super) type Told = HashMap<String, String>;

pub(super) fn passages(
    page: &Page<'_>,
    numbered: &Numbered,
    rows: &Rows<'_>,
    finding: &Finding,
    told: &Told,
) -> Vec<Passage> {
    let known = |claim: &FindingClaim| page.aspects.get(&claim.claim).map(Vec::as_slice).unwrap_or_default();
    // An aspect in which all claims agree tells nothing of why they clash.
    let differs = |name: &str| {
        let words: BTreeSet<Option<&str>> = (finding.claims.iter())
            .map(|claim| known(claim).iter().find(|aspect| aspect.name == name).map(|aspect| aspect.words.as_str()))
            .collect();
        words.len() > 1
    };
    // What no claim limits need not be told.
    let is_told = |name: &str| {
        let aspects = finding.claims.iter().flat_map(known).filter(|aspect| aspect.name == name);
        aspects.into_iter().any(|aspect| aspect.words != super::UNLIMITED)
    };
    let passage = |(at, claim): (usize, &FindingClaim)| {
        let row = rows.get(&claim.claim).map(|(_, row)| row);
        let theme = row.and_then(|_| rows.get(&claim.claim)).and_then(|(group, _)| group.measure.as_ref());
        let aspect = |aspect: &super::Aspect| AspectView {
            name: Text::new(&aspect.name),
            words: Text::new(&aspect.words),
            differs: differs(&aspect.name),
            defined: theme.filter(|_| aspect.name == "counted").map(|id| Href::to(&format!("measure.{id}"))),
        };
        // Of dates and facts every aspect is short, and none goes without saying.
        let figures = matches!(claim.proof, ClaimProof::Figure { .. } | ClaimProof::Change { .. });
        let is_full = !figures || !told.contains_key(&claim.claim);
        let given = row.map_or_else(|| claim.said.clone(), ShownClaim::figure);
        Passage {
            letter: Text::new(&letter(at)),
            claim: Href::to(&claim.claim),
            work: Href::to(&format!("source.{}", claim.source)),
            source: Text::new(&claim.source_name),
            is_full,
            note_in: claim.note.as_ref().and_then(|_| numbered.link(told.get(&claim.claim)?)),
            quote: Text::new(&claim.quote),
            said: Text::new(&claim.said),
            place: claim.place.as_deref().map(Text::new),
            credits: claim.credits.as_deref().map(Text::new),
            voice: claim.voice,
            note: claim.note.as_deref().map(Text::new),
            aspects: known(claim).iter().filter(|aspect| is_told(&aspect.name)).map(aspect).collect(),
            taken_as: taken_as(finding, claim, row, &given),
            given: Text::new(&given),
        }
    };
    finding.claims.iter().enumerate().map(passage).collect()
}

/// What a claim is taken to allow, where its words alone do not say it.
fn taken_as(finding: &Finding, claim: &FindingClaim, row: Option<&ShownClaim>, given: &str) -> Option<Text> {
    let row = row?;
    if !matches!(claim.proof, ClaimProof::Figure { .. } | ClaimProof::Change { .. } | ClaimProof::Duration { .. }) {
        return None;
    }
    let range = if finding.reading == Some("plain") { &row.plain } else { &row.strict };
    let words = range.words.as_ref()?;
    // Which came first says nothing of how many days there were between.
    let order = matches!(claim.proof, ClaimProof::Duration { .. }) && given == "not before it";
    (!order && words.trim_start_matches("exactly ") != given).then(|| Text::new(words))
}
