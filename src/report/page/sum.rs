//! The sum of a proof, step by step: each inequality, how often it is taken, and what the right-hand sides come to.

use num_traits::Zero;

use super::Text;
use super::index::letter;
use super::picture::number;
use crate::number::Rational;
use crate::report::text::{premise_in_words, row_day, scope_in_words, term};
use crate::report::{Finding, in_numbers};

/// A proof as a page shows it.
pub(super) struct Sum {
    /// What each claim says in numbers.
    pub(super) claims: Vec<(Text, Text)>,
    /// What all lines have in common.
    pub(super) common: Option<Text>,
    pub(super) steps: Vec<Step>,
    pub(super) total: Text,
}

/// One line of the sum.
pub(super) struct Step {
    pub(super) from: Text,
    pub(super) times: Text,
    pub(super) says: Text,
    /// What the right-hand sides come to with this line.
    pub(super) so_far: Text,
}

/// The proof of a finding that has one.
pub(super) fn of(finding: &Finding) -> Option<Sum> {
    let certificate = finding.certificate.as_ref()?;
    let claims = finding.claims.iter().enumerate();
    let mut so_far = Rational::zero();
    let steps = certificate.rows.iter().map(|row| {
        let named = |name: &String| finding.claims.iter().position(|claim| claim.claim == *name).map(letter);
        let from = match (row.claim.as_ref().and_then(named), &row.premise) {
            (Some(letter), _) => letter,
            (None, Some(premise)) => premise_in_words(premise),
            (None, None) => row.claim.clone().unwrap_or_default(),
        };
        let terms: Vec<String> = row.sum.iter().map(term).collect();
        let relation = if row.open { ">" } else { "≥" };
        let day = row_day(row)
            .map(|day| format!(" (days from 1 January 1970: {})", crate::prose::day(day)))
            .unwrap_or_default();
        if let (Some(weight), Some(least)) = (number(&row.weight), number(&row.at_least)) {
            so_far += weight * least;
        }
        Step {
            from: Text::new(&from),
            times: Text::new(&row.weight),
            says: Text::new(&format!("{} {relation} {}{day}", terms.join(" "), row.at_least).replace("- ", "− ")),
            so_far: Text::new(&so_far.to_string()),
        }
    });
    let steps = steps.collect();
    Some(Sum {
        claims: claims.map(|(at, claim)| (Text::new(&letter(at)), Text::new(&in_numbers(&claim.proof)))).collect(),
        common: (!certificate.common.is_empty()).then(|| Text::new(&scope_in_words(&certificate.common))),
        steps,
        total: Text::new(&certificate.total),
    })
}
