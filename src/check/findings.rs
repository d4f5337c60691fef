//! Claims and remarks as findings show them.

use super::parties::{credit_id, parties, same_upstream};
use crate::certificate::claim_proof;
use crate::claim::{ClaimId, Corpus, Reading};
use crate::prose::{credits, place_in_text, said, source_name};
use crate::report::{Finding, FindingClaim};
use crate::rules::{Remark, finding_id};

/// The names of all claims, for ids of findings.
pub(crate) struct Ids {
    names: Vec<String>,
}

impl Ids {
    pub(crate) fn of(corpus: &Corpus) -> Self {
        Self { names: corpus.claims().map(|(id, _)| corpus.name(id)).collect() }
    }

    pub(super) fn finding(&self, rule: &str, claims: &[ClaimId]) -> String {
        finding_id(
            rule,
            &mut claims.iter().filter_map(|id| self.names.get(id.at())).map(String::as_str).collect::<Vec<_>>(),
        )
    }
}

/// A fault of encoding or sourcing as a finding, in no group yet.
pub(crate) fn of_remark(corpus: &Corpus, ids: &Ids, remark: Remark) -> Finding {
    let Remark { rule, verdict, claims, headline, explanation, premises, cause: _, waiver } = remark;
    // What waivers are told about has to be told apart by the findings that they name.
    let id = match &waiver {
        Some(waiver) => finding_id(rule.id, &mut waiver.names.iter().map(String::as_str).collect::<Vec<_>>()),
        None => ids.finding(rule.id, &claims),
    };
    Finding {
        id,
        rule: rule.id,
        verdict,
        reading: None,
        parties: parties(corpus, &claims),
        same_upstream: same_upstream(corpus, &claims).map(|credit| credit_id(corpus, credit)),
        waived: None,
        at: waiver.map(|waiver| waiver.at),
        group: String::new(),
        lead: false,
        others: 0,
        at_fault: None,
        folded_under: None,
        headline,
        explanation,
        hints: Vec::new(),
        gap: None,
        premises,
        claims: claims.iter().map(|&id| entry(corpus, id, role(corpus, id), Reading::Strict)).collect(),
        certificate: None,
    }
}

/// A claim as findings show it.
pub(crate) fn entry(corpus: &Corpus, id: ClaimId, role: &'static str, reading: Reading) -> FindingClaim {
    let claim = corpus.claim(id);
    let source = corpus.source(claim.source);
    FindingClaim {
        claim: corpus.name(id),
        source: source.id.clone(),
        quote: claim.quote.clone(),
        said: said(corpus, claim),
        role,
        voice: claim.voice.word(),
        attributed_to: claim.attributed_to.iter().map(|&credit| credit_id(corpus, credit)).collect(),
        proof: claim_proof(corpus, id, reading),
        note: claim.note.clone(),
        file: source.file.clone(),
        line: claim.position.line,
        column: claim.position.column,
        place: place_in_text(claim),
        source_name: source_name(source),
        credits: credits(corpus, claim),
    }
}

/// The role of a claim outside a proof.
fn role(corpus: &Corpus, id: ClaimId) -> &'static str {
    match corpus.claim(id).form {
        crate::claim::Form::Value { .. } => "figure",
        crate::claim::Form::Change { .. } | crate::claim::Form::Share { .. } => "change",
        crate::claim::Form::Date { .. } => "date",
        crate::claim::Form::Duration { .. } => "order",
        crate::claim::Form::Fact { .. } => "fact",
    }
}
