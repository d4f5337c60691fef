#![doc = include_str!("figure_not_in_quote.md")]

use super::{Remark, Rule};
use num_traits::Zero;

use crate::claim::{Claim, ClaimId, Corpus, Form, LengthUnit, Quantity};
use crate::codebook::Codebook;
use crate::number::{Rational, integer};
use crate::prose::{figure, list, source_name};
use crate::quote::{Carry, carries, figures};
use crate::report::Verdict;
use crate::system::quantity;

pub(super) const RULE: Rule = Rule {
    id: "figure-not-in-quote",
    summary: "the quote holds figures and none is the claim's",
    worst: Verdict::Contradiction,
    page: include_str!("figure_not_in_quote.md"),
};

pub(super) fn remarks(corpus: &Corpus) -> Vec<Remark> {
    let remark = |(id, claim)| {
        let (verdict, seen) = judge(&corpus.codebook, claim)?;
        let unit = unit(&corpus.codebook, claim);
        let quantity = quantity(&claim.form)?;
        let stated = figure(quantity, &unit);
        let source = source_name(corpus.source(claim.source));
        let explanation = match verdict {
            Verdict::Contradiction => format!(
                "The claim says {stated}, but the quote that is to carry it reads “{}”, in which the only figures are {}. \
                 One of the two was mistyped, or the quote was cut too short.",
                claim.quote,
                list(&seen, "and")
            ),
            _ => format!(
                "The claim says {stated}. The quote that is to carry it reads “{}”, and whether “{}” stands for that figure \
                 is for a person to say.",
                claim.quote,
                list(&seen, "and")
            ),
        };
        let headline = match verdict {
            Verdict::Contradiction => format!("The quote does not carry the figure {stated} [{source}]"),
            _ => format!("The quote may not carry the figure {stated} [{source}]"),
        };
        Some(Remark {
            rule: &RULE,
            verdict,
            claims: vec![id],
            headline,
            explanation,
            premises: Vec::new(),
            cause: None,
            waiver: None,
        })
    };
    corpus.claims().filter(|(_, claim)| claim.superseded_by.is_none()).filter_map(remark).collect()
}

/// A note on a claim with a figure whose quote holds none, which a run beside the texts tells.
pub(crate) fn without_figure(corpus: &Corpus, id: ClaimId) -> Option<Remark> {
    let claim = corpus.claim(id);
    let quantity = quantity(&claim.form).filter(|_| claim.superseded_by.is_none())?;
    // That something came no earlier than something else has no figure.
    let order = matches!(quantity, Quantity::AtLeast(least) if least.value.is_zero());
    let carried = carries(&figures(&claim.quote), &wanted(&corpus.codebook, claim, quantity));
    let stated = figure(quantity, &unit(&corpus.codebook, claim));
    let source = source_name(corpus.source(claim.source));
    (!order && carried == Carry::NoFigures).then(|| Remark {
        rule: &RULE,
        verdict: Verdict::Note,
        claims: vec![id],
        headline: format!("The quote holds no figure at all, and the claim says {stated} [{source}]"),
        explanation: format!(
            "The claim says {stated}. The quote that is to carry it reads “{}”, without any figure: was it cut too short?",
            claim.quote
        ),
        premises: Vec::new(),
        cause: None,
        waiver: None,
    })
}

fn unit(codebook: &Codebook, claim: &Claim) -> Rational {
    claim.unit.map_or_else(|| integer(1), |unit| codebook.unit(unit).times.clone())
}

/// The verdict, and the figures or words of the quote that it rests on; none when the quote carries the figure, or holds
/// none at all.
pub(super) fn judge(codebook: &Codebook, claim: &Claim) -> Option<(Verdict, Vec<String>)> {
    let wanted = wanted(codebook, claim, quantity(&claim.form)?);
    match carries(&figures(&claim.quote), &wanted) {
        Carry::Yes | Carry::NoFigures => None,
        Carry::No { seen } => Some((Verdict::Contradiction, seen)),
        Carry::Unsure { word } => Some((Verdict::Note, vec![word])),
    }
}

/// Every number that would do: as written, in base units, and a duration in other units of the calendar.
fn wanted(codebook: &Codebook, claim: &Claim, quantity: &Quantity) -> Vec<Rational> {
    let unit = unit(codebook, claim);
    let written: Vec<&Rational> = quantity.numbers().into_iter().map(|number| &number.value).collect();
    let mut wanted: Vec<Rational> = written.iter().map(|&value| value.clone()).collect();
    wanted.extend(written.iter().map(|&value| value * &unit));
    if let Form::Duration { unit, .. } = claim.form {
        let per = |unit: LengthUnit| match unit {
            LengthUnit::Days | LengthUnit::Months => integer(1),
            LengthUnit::Weeks => integer(7),
            LengthUnit::Years => integer(12),
            LengthUnit::Decades => integer(120),
        };
        let days = |unit: LengthUnit| matches!(unit, LengthUnit::Days | LengthUnit::Weeks);
        for other in LengthUnit::ALL.into_iter().filter(|&other| days(other) == days(unit)) {
            wanted.extend(written.iter().map(|&value| value * per(unit) / per(other)));
        }
    }
    wanted
}
