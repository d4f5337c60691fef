//! The independent verifier of certificates: it reads a JSON report, shares nothing with what found the conflicts, and
//! adds every proof up again. A sceptic who reads this folder need not read the solver.
//!
//! `claims` and `rows` derive every row anew, `pieces` rebuilds what each dimension is cut into, and `combine` looks for something
//! that would count with more than zero.
//!
//! All arithmetic is exact. Nothing trusts the size, the depth or the sense of the input.
//!
//! The layout of what is read is on the page below, which `gainsay explain certificate` prints.
#![doc = include_str!("certificate.md")]

/// What a certificate is and how to check it, in Markdown.
pub const PAGE: &str = include_str!("certificate.md");

mod asked;
mod claims;
mod combine;
mod json;
mod pieces;
mod rows;
mod scope;
mod space;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};
use serde_json::Value;

use claims::{Form, Reading};
use combine::{Steps, Terms, common_denominator, excess};
use json::{Checked, Flaw, Object, Span, as_list, as_text, fails, field, named, object, optional_text, required, text};
use pieces::pieces;
use rows::{Certificate, Row};
use scope::{Extent, Mass, Scope, Unknown, shown};
use space::{EventDate, Space};

/// The newest schema of a report that this verifier reads.
const SCHEMA: u64 = 1;

/// The rules whose findings are conflicts: these never stand without a certificate.
const CONFLICTS: [&str; 10] = [
    "disagreement",
    "part-exceeds-whole",
    "parts-exceed-whole",
    "parts-fall-short",
    "change-mismatch",
    "sums-conflict",
    "date-disagreement",
    "order-violation",
    "fact-conflict",
    "opposed-advice",
];

/// The most bits of the common denominator of a certificate's numbers.
const DENOMINATOR_BITS: u64 = 20_000;

/// How long to look.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Looks at pieces per finding: the nodes of the branch and bound, and what it costs to build the pieces.
    pub steps: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { steps: 10_000_000 }
    }
}

/// What became of a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The claims contradict each other under the stated reading.
    Holds,
    /// The certificate does not show that; the sentence says where it breaks.
    Fails(String),
    /// The step limit came first.
    Undecided {
        /// The limit.
        steps: u64,
    },
}

/// Why a report cannot be verified at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReportError {
    /// It is of a newer schema than this program knows.
    NewerSchema(u64),
    /// It is no report, or its `space` makes no sense; the sentence says why.
    Malformed(String),
}

impl fmt::Display for ReportError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NewerSchema(schema) => {
                write!(out, "the report has schema {schema}; this program reads schema {SCHEMA}")
            }
            Self::Malformed(why) => out.write_str(why),
        }
    }
}

impl std::error::Error for ReportError {}

/// Verifies all findings of a report that are conflicts, in the report's order, each with its id; of an answer of
/// `gainsay bounds` its ends, `least` and `greatest`, as far as it has them.
///
/// # Errors
///
/// `NewerSchema` for a schema above 1; `Malformed` where the schema, the `space` or the list of findings is missing or
/// makes no sense, or a finding is no object or has no id.
pub fn verify_report(report: &Value, limits: Limits) -> Result<Vec<(String, Verdict)>, ReportError> {
    let malformed = |flaw| match flaw {
        Flaw::Fails(why) => ReportError::Malformed(why),
        Flaw::OutOfSteps => ReportError::Malformed("the step limit is too low to read the report".to_owned()),
    };
    let map = object(report, "the report").map_err(malformed)?;
    match field(map, "schema").map(Value::as_u64) {
        Some(Some(SCHEMA)) => {}
        Some(Some(schema)) if schema > SCHEMA => return Err(ReportError::NewerSchema(schema)),
        _ => return Err(ReportError::Malformed("the report has no schema that is known".to_owned())),
    }
    let space = required(map, "space", "the report").and_then(Space::parse).map_err(malformed)?;
    if field(map, "asked").is_some() && field(map, "findings").is_none() {
        let ends = asked::check_answer(&space, map, limits).map_err(malformed)?;
        return Ok(ends.into_iter().map(|(end, checked)| (end.to_owned(), verdict(checked, limits))).collect());
    }
    let findings =
        required(map, "findings", "the report").and_then(|list| as_list(list, "`findings`")).map_err(malformed)?;
    let mut verdicts = Vec::new();
    for value in findings {
        let finding = object(value, "a finding").map_err(malformed)?;
        let id = text(finding, "id", "a finding").map_err(malformed)?;
        let is_conflict = field(finding, "reading").is_some()
            || field(finding, "certificate").is_some()
            || field(finding, "rule").and_then(Value::as_str).is_some_and(|rule| CONFLICTS.contains(&rule));
        if is_conflict {
            verdicts.push((id.to_owned(), verdict(check(&space, finding, &mut Steps::new(limits.steps)), limits)));
        }
    }
    Ok(verdicts)
}

/// A report's `space`, read once for many findings.
#[derive(Debug)]
pub struct Verifier {
    space: Checked<Space>,
}

impl Verifier {
    /// Reads a `space`; one that makes no sense fails every finding.
    #[must_use]
    pub fn new(space: &Value) -> Self {
        Self { space: Space::parse(space) }
    }

    /// Verifies one finding. A finding without a certificate fails.
    #[must_use]
    pub fn finding(&self, finding: &Value, limits: Limits) -> Verdict {
        let checked = match &self.space {
            Ok(space) => {
                object(finding, "the finding").and_then(|finding| check(space, finding, &mut Steps::new(limits.steps)))
            }
            Err(flaw) => Err(Clone::clone(flaw)),
        };
        verdict(checked, limits)
    }
}

/// Verifies one finding against a report's `space`. A finding without a certificate fails.
#[must_use]
pub fn verify_finding(space: &Value, finding: &Value, limits: Limits) -> Verdict {
    Verifier::new(space).finding(finding, limits)
}

fn verdict(checked: Checked<()>, limits: Limits) -> Verdict {
    match checked {
        Ok(()) => Verdict::Holds,
        Err(Flaw::Fails(why)) => Verdict::Fails(why),
        Err(Flaw::OutOfSteps) => Verdict::Undecided { steps: limits.steps },
    }
}

fn check(space: &Space, finding: &Object, steps: &mut Steps) -> Checked<()> {
    let certificate = Certificate::parse(space, finding, None)?;
    check_verdict(space, finding, &certificate)?;
    check_total(&certificate)?;
    check_axes(space, &certificate, steps)?;
    check_sum(space, &certificate.rows, steps)
}

/// Contradictions are proved under strict, tensions under plain, and a conflict of opinion is a note.
fn check_verdict(space: &Space, finding: &Object, certificate: &Certificate<'_>) -> Checked<()> {
    let (mut changes, mut opinion) = (false, false);
    let mut periods = Vec::new();
    for claim in certificate.claims.values() {
        if let Form::Fact { mass: Mass::Fact { attribute, .. }, period, .. } = &claim.form {
            let attribute = space.attribute(attribute)?;
            opinion |= attribute.opinion;
            if attribute.changes {
                changes = true;
                periods.push(*period);
            }
        }
    }
    // Spans that meet two by two meet together, but one pass over the ends is as short as either.
    let first = periods.iter().flatten().filter_map(|period| period.first).max();
    let last = periods.iter().flatten().filter_map(|period| period.last).min();
    if let (Some(first), Some(last)) = (first, last)
        && first > last
    {
        return fails("the facts may change, and their periods share no day".to_owned());
    }
    let day = periods.first().copied().flatten().as_ref().and_then(Span::single);
    let one_day = day.is_some() && periods.iter().all(|period| period.as_ref().and_then(Span::single) == day);
    let reading = certificate.reading;
    let fits = match optional_text(finding, "verdict", "the finding")? {
        None => true,
        Some("contradiction") => reading == Reading::Strict && !opinion && (!changes || one_day),
        Some("tension") => (reading == Reading::Plain || changes) && !opinion,
        Some("note") => opinion,
        Some(_) => false,
    };
    if fits { Ok(()) } else { fails("the verdict is not one that this reading and these claims give".to_owned()) }
}

/// The weighted right-hand sides demand more than nothing, and `total` is their sum.
fn check_total(certificate: &Certificate<'_>) -> Checked<()> {
    let products: Vec<_> = certificate.rows.iter().map(|row| &row.weight * &row.linear.at_least).collect();
    let (scale, scaled) = scaled(&products)?;
    let sum: BigInt = scaled.iter().sum();
    let total = &certificate.total;
    if sum.clone() * total.denom() != total.numer() * scale {
        return fails(format!("the weighted right-hand sides do not add up to the total, {total}"));
    }
    let open = certificate.rows.iter().any(|row| row.linear.open);
    if sum.is_positive() || (sum.is_zero() && open) {
        Ok(())
    } else {
        fails(format!("the rows together demand only {total}, which is no contradiction"))
    }
}

/// The numbers times their common denominator, and that denominator.
fn scaled(numbers: &[BigRational]) -> Checked<(BigInt, Vec<BigInt>)> {
    let Some(scale) = common_denominator(numbers.iter(), DENOMINATOR_BITS) else {
        return fails("the numbers have no common denominator of a reasonable size".to_owned());
    };
    let integers = numbers.iter().map(|number| number.numer() * (&scale / number.denom())).collect();
    Ok((scale, integers))
}

/// `axes` is for people, and proves nothing; but it must not mislead them.
fn check_axes(space: &Space, certificate: &Certificate<'_>, steps: &mut Steps) -> Checked<()> {
    for (axis, listed) in certificate.axes.into_iter().flatten() {
        let what = format!("{} of `axes`", named(axis));
        let mut names = BTreeSet::new();
        let mut known = None;
        for unknown in certificate.rows.iter().flat_map(|row| row.linear.sum.keys()) {
            if let Unknown::Mass(mass, scope) = unknown
                && let Some(extent) = scope.get(axis)
                && !certificate.common.contains_key(axis)
            {
                names.extend(extent.names());
                known = Some(space.axis(mass, axis)?.0);
            }
        }
        let expected = match known {
            Some(known) => pieces(known, &names, steps)?,
            None => BTreeSet::from([BTreeSet::new()]),
        };
        let mut stated = BTreeSet::new();
        for piece in as_list(listed, &what)? {
            let names = as_list(piece, &what)?.iter().map(|name| as_text(name, &what).map(str::to_owned));
            if !stated.insert(names.collect::<Checked<BTreeSet<_>>>()?) {
                return fails(format!("{what} lists a piece twice"));
            }
        }
        if stated != expected {
            return fails(format!("{what} does not list the pieces that there are"));
        }
    }
    Ok(())
}

/// In the weighted sum every date cancels out, and no unit of any mass counts with more than zero.
fn check_sum(space: &Space, rows: &[Row], steps: &mut Steps) -> Checked<()> {
    let mut unknowns = Vec::new();
    let mut products = Vec::new();
    for row in rows {
        for (unknown, times) in &row.linear.sum {
            unknowns.push(unknown);
            products.push(times * &row.weight);
        }
    }
    let mut dates: BTreeMap<&EventDate, BigInt> = BTreeMap::new();
    let mut masses: BTreeMap<&Mass, BTreeMap<&Scope, BigInt>> = BTreeMap::new();
    for (unknown, times) in unknowns.into_iter().zip(scaled(&products)?.1) {
        match unknown {
            Unknown::Date(date) => *dates.entry(date).or_default() += times,
            Unknown::Mass(mass, scope) => *masses.entry(mass).or_default().entry(scope).or_default() += times,
        }
    }
    if let Some((date, _)) = dates.iter().find(|(_, times)| !times.is_zero()) {
        return fails(format!("the weighted sum leaves a date of {} over", named(&date.event)));
    }
    for (mass, terms) in masses {
        let terms: Vec<_> = terms.into_iter().filter(|(_, times)| !times.is_zero()).collect();
        if let Some(unit) = find_excess(space, mass, &terms, steps)? {
            let held = unit.iter().filter_map(|at| terms.get(*at)).take(4).map(|(scope, _)| shown(scope));
            let (name, held) = (mass_name(mass), held.collect::<Vec<_>>().join("; "));
            return fails(format!(
                "the rows do not cancel out: what is of {name} and lies in [{held}] counts with more than zero"
            ));
        }
    }
    Ok(())
}

fn mass_name(mass: &Mass) -> String {
    match mass {
        Mass::Measure(measure) => named(measure),
        Mass::Level { measure, day } => format!("{} on {day}", named(measure)),
        Mass::Fact { attribute, subject, .. } => format!("{} of {}", named(attribute), named(subject)),
    }
}

/// Finds a unit of a mass that the weighted terms count with more than zero: which of them hold it.
fn find_excess(space: &Space, mass: &Mass, terms: &[(&Scope, BigInt)], steps: &mut Steps) -> Checked<Option<Terms>> {
    let axes: BTreeSet<&String> = terms.iter().flat_map(|(scope, _)| scope.keys()).collect();
    let (mut additive, mut overlapping) = (Vec::new(), Vec::new());
    for name in axes {
        let (kind, overlaps) = space.axis(mass, name)?;
        let names = terms.iter().filter_map(|(scope, _)| scope.get(name)).flat_map(Extent::names).collect();
        let mut covers = BTreeSet::new();
        for piece in pieces(kind, &names, steps)? {
            steps.take(terms.len())?;
            let holds = |scope: &Scope| scope.get(name).is_none_or(|extent| extent.covers(&piece));
            covers.insert(
                terms.iter().enumerate().filter(|(_, (scope, _))| holds(scope)).map(|(at, _)| at).collect::<Terms>(),
            );
        }
        if covers.is_empty() {
            // There is always a piece; without one everything would be proved.
            return fails(format!("the axis {} has no pieces", named(name)));
        }
        if overlaps { overlapping.push(covers) } else { additive.push(covers) }
    }
    // The axis that tells most apart comes first.
    additive.sort_by_key(|axis| std::cmp::Reverse(axis.len()));
    let coefficients: Vec<BigInt> = terms.iter().map(|(_, times)| times.clone()).collect();
    excess(&coefficients, &additive, &overlapping, steps)
}
