//! Answers to a question: how little and how much there can be in a box.

use num_rational::BigRational;
use num_traits::One;

use super::combine::Steps;
use super::json::{Checked, Object, field, flag, object, rational, required, text};
use super::rows::{Certificate, Linear};
use super::scope::Unknown;
use super::space::Space;
use super::{Limits, check_axes, check_sum, check_total};

/// Verifies the ends that an answer gives.
///
/// # Errors
///
/// A question that makes no sense; an end that does not hold is told beside its name.
pub(super) fn check_answer(
    space: &Space,
    answer: &Object,
    limits: Limits,
) -> Checked<Vec<(&'static str, Checked<()>)>> {
    let asked = object(required(answer, "asked", "the answer")?, "`asked`")?;
    let measure = text(asked, "measure", "`asked`")?;
    let scope = object(required(asked, "scope", "`asked`")?, "`scope` of `asked`")?;
    let (mass, scope) = space.mass_of(measure, space.measure_scope(measure, scope)?)?;
    let unknown = Unknown::Mass(mass, scope);
    let mut ends = Vec::new();
    for name in ["least", "greatest"] {
        if let Some(end) = field(answer, name) {
            let end = object(end, name).and_then(|end| check_end(space, answer, end, (name, &unknown), limits));
            ends.push((name, end));
        }
    }
    Ok(ends)
}

fn check_end(
    space: &Space,
    answer: &Object,
    end: &Object,
    (name, unknown): (&str, &Unknown),
    limits: Limits,
) -> Checked<()> {
    let (value, open) = (rational(end, "value", name)?, flag(end, "open", name)?);
    let sign = if name == "least" { -BigRational::one() } else { BigRational::one() };
    // Supposed is what the end excludes: less than the least, or just that much where it is open.
    let supposed = Linear::new([(sign.clone(), unknown.clone())], sign * value, !open);
    let mut finding = Object::new();
    finding.extend(answer.get("reading").map(|reading| ("reading".to_owned(), reading.clone())));
    for key in ["claims", "certificate"] {
        finding.extend(end.get(key).map(|value| (key.to_owned(), value.clone())));
    }
    let mut steps = Steps::new(limits.steps);
    let certificate = Certificate::parse(space, &finding, Some(&supposed))?;
    check_total(&certificate)?;
    check_axes(space, &certificate, &mut steps)?;
    check_sum(space, &certificate.rows, &mut steps)
}
