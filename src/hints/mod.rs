//! What might dissolve a finding. A hint never changes a verdict: it tells an editor where to look first.

mod sums;

use std::collections::{BTreeSet, HashMap};

use num_traits::{One, Signed};

use crate::certificate::{Conflict, Proof};
use crate::claim::{ClaimId, Corpus, Credit, Form, Reading, Selection, SourceId};
use crate::codebook::{DimensionId, MeasureId, TermId};
use crate::edtf::Date;
use crate::number::{Rational, integer};
use crate::prose::{credit_name, number, source_name};
use crate::report::Hint;
use crate::solve::{FigurePair, MomentPair};
use crate::system::{Statement, quantity, statement};

/// The claims of each source on each measure.
#[derive(Debug)]
pub(crate) struct Siblings(HashMap<(SourceId, MeasureId), Vec<ClaimId>>);

impl Siblings {
    /// Finds them once for all findings.
    pub(crate) fn of(corpus: &Corpus) -> Self {
        let mut siblings: HashMap<_, Vec<ClaimId>> = HashMap::new();
        for (id, claim) in corpus.claims() {
            if let Form::Value { measure, .. } = claim.form {
                siblings.entry((claim.source, measure)).or_default().push(id);
            }
        }
        Self(siblings)
    }
}

/// Every hint on a conflict, the likeliest first; `origin` is whom all its claims go back to.
pub(crate) fn hints(corpus: &Corpus, siblings: &Siblings, proof: &Proof, origin: Option<Credit>) -> Vec<Hint> {
    let one_origin = origin.and_then(|origin| one_origin(corpus, proof, origin));
    one_origin.into_iter().chain(of_conflict(corpus, siblings, proof)).collect()
}

/// Several sources that go back to one: who passed it on may have erred.
fn one_origin(corpus: &Corpus, proof: &Proof, origin: Credit) -> Option<Hint> {
    let sources: BTreeSet<SourceId> = proof.claims.iter().map(|&(id, _)| corpus.claim(id).source).collect();
    let all = if proof.claims.len() == 2 { "both" } else { "all of them" };
    let text = format!(
        "{all} go back to {}: did each pass on rightly what it says, and does it say the same at all times?",
        credit_name(corpus, origin)
    );
    (sources.len() > 1).then(|| hint("one-origin", text))
}

fn of_conflict(corpus: &Corpus, siblings: &Siblings, proof: &Proof) -> Vec<Hint> {
    match &proof.conflict {
        &Conflict::Figures(pair) => {
            let Ok(low) = statement(corpus, pair.low, proof.reading) else { return Vec::new() };
            let hints = [
                claimed_against_counted(corpus, pair),
                later_toll(corpus, pair, &low),
                killed_and_injured(corpus, siblings, pair, &low, proof.reading),
                power_of_ten(corpus, pair),
                swapped_digits(corpus, pair),
                narrower_scope(corpus, pair),
            ];
            hints.into_iter().flatten().collect()
        }
        &Conflict::Moments(pair) => shifted_year(corpus, pair).into_iter().collect(),
        Conflict::Sums(_) => sums::hints(corpus, proof),
        Conflict::Facts(_) | Conflict::Timeline(_) => Vec::new(),
    }
}

fn hint(kind: &'static str, text: String) -> Hint {
    Hint { kind, text }
}

fn name(corpus: &Corpus, id: ClaimId) -> String {
    source_name(corpus.source(corpus.claim(id).source))
}

/// One side counts what a party claims for itself.
fn claimed_against_counted(corpus: &Corpus, pair: FigurePair) -> Option<Hint> {
    let measure = |id| match corpus.claim(id).form {
        Form::Value { measure, .. } => Some(measure),
        _ => None,
    };
    let (low, high) = (measure(pair.low)?, measure(pair.high)?);
    let phrase = |measure| corpus.codebook.measure(measure).phrase.replace("{}", "").trim().to_owned();
    if low == high {
        return None;
    }
    Some(hint(
        "claimed-against-counted",
        format!(
            "one figure is of {}, the other of {}: the two need not have been counted alike",
            phrase(low),
            phrase(high)
        ),
    ))
}

/// One event, and the source that came later has more: tolls rise as the injured die and the missing are found.
fn later_toll(corpus: &Corpus, pair: FigurePair, low: &Statement) -> Option<Hint> {
    let text = format!(
        "the figure of {} came out later than that of {}: the toll may have been revised upward",
        name(corpus, pair.low),
        name(corpus, pair.high)
    );
    (is_one_occasion(low) && came_later(corpus, pair.low, pair.high)).then(|| hint("later-toll", text))
}

/// Whether a figure is of one event or one day.
fn is_one_occasion(statement: &Statement) -> bool {
    let scope = &statement.boxes.outer;
    scope.event.is_some() || scope.days.is_some_and(|days| days.single().is_some())
}

/// Whether a figure surely came out after another: a figure is as old as the oldest of its source and whom that credits.
fn came_later(corpus: &Corpus, later: ClaimId, earlier: ClaimId) -> bool {
    let published = |id: ClaimId| -> Vec<Date> {
        let claim = corpus.claim(id);
        let credited = claim.attributed_to.iter().filter_map(|credit| match credit {
            Credit::Upstream(upstream) => corpus.codebook.upstream(*upstream).published,
            Credit::Source(source) => corpus.source(*source).published,
        });
        corpus.source(claim.source).published.into_iter().chain(credited).collect()
    };
    let oldest = published(later).iter().map(Date::first).min();
    let known = published(earlier).iter().map(Date::last).min();
    // A date in doubt ("2023?") may be any near it.
    let sure = |id| published(id).iter().all(|date| !date.qualified());
    matches!((oldest, known), (Some(oldest), Some(known)) if oldest > known) && sure(later) && sure(earlier)
}

/// The larger figure may add those of a neighbouring term: killed, and killed and injured.
fn killed_and_injured(
    corpus: &Corpus,
    siblings: &Siblings,
    pair: FigurePair,
    low: &Statement,
    reading: Reading,
) -> Option<Hint> {
    let Form::Value { scope, measure, .. } = &corpus.claim(pair.low).form else { return None };
    let high = statement(corpus, pair.high, reading).ok()?.interval;
    let of_source = siblings.0.get(&(corpus.claim(pair.low).source, *measure)).map(Vec::as_slice).unwrap_or_default();
    for &other_id in of_source {
        let Form::Value { scope: other_scope, value, .. } = &corpus.claim(other_id).form else { continue };
        let alike = other_scope.event == scope.event && other_scope.period == scope.period;
        let Some(dimension) = alike.then(|| one_difference(corpus, scope, other_scope)).flatten() else { continue };
        let Ok(added) = statement(corpus, other_id, reading) else { continue };
        let (Some(low_end), Some(added_end)) = (&low.interval.low, &added.interval.low) else { continue };
        let rest = &low_end.value - &added_end.value;
        let fits = high.low.as_ref().is_none_or(|end| end.value <= rest)
            && high.high.as_ref().is_some_and(|end| rest <= end.value);
        if fits && rest.is_positive() {
            let label = selected(&other_scope.dimensions, dimension)
                .map(|term| corpus.codebook.dimensions.term(term).label.clone())?;
            let many = value.numbers().first().map(|written| number(&written.value)).unwrap_or_default();
            return Some(hint(
                "killed-and-injured",
                format!("the larger figure less the {many} for “{label}” would fit: it may count both"),
            ));
        }
    }
    None
}

type Selections = std::collections::BTreeMap<DimensionId, Selection>;

fn selected(selections: &Selections, dimension: DimensionId) -> Option<TermId> {
    match selections.get(&dimension)? {
        Selection::Terms(terms) => match terms.as_slice() {
            [only] => Some(*only),
            _ => None,
        },
        _ => None,
    }
}

/// The one dimension in which two scopes name different, disjoint terms.
fn one_difference(corpus: &Corpus, a: &crate::claim::Scope, b: &crate::claim::Scope) -> Option<DimensionId> {
    let keys: std::collections::BTreeSet<DimensionId> =
        a.dimensions.keys().chain(b.dimensions.keys()).copied().collect();
    let mut different = keys.into_iter().filter(|key| a.dimensions.get(key) != b.dimensions.get(key));
    let dimension = different.next()?;
    let (left, right) = (selected(&a.dimensions, dimension)?, selected(&b.dimensions, dimension)?);
    (different.next().is_none() && corpus.codebook.dimensions.are_disjoint(left, right)).then_some(dimension)
}

/// The one number of a claim that names one, in base units.
fn only_number(corpus: &Corpus, id: ClaimId) -> Option<Rational> {
    let unit = corpus.claim(id).unit.map_or_else(|| integer(1), |unit| corpus.codebook.unit(unit).times.clone());
    match quantity(&corpus.claim(id).form)?.numbers().as_slice() {
        [only] => Some(&only.value * unit),
        _ => None,
    }
}

/// The two numbers differ by a power of ten alone.
fn power_of_ten(corpus: &Corpus, pair: FigurePair) -> Option<Hint> {
    let (low, high) = (only_number(corpus, pair.low)?, only_number(corpus, pair.high)?);
    if !high.is_positive() {
        return None;
    }
    let mut ratio = &low / &high;
    let mut zeros = 0;
    while ratio >= integer(10) && zeros < 60 {
        ratio /= integer(10);
        zeros += 1;
    }
    if zeros == 0 || !ratio.is_one() {
        return None;
    }
    Some(hint(
        "power-of-ten",
        format!("{} and {} are the same digits: a zero may have been lost or added", number(&low), number(&high)),
    ))
}

/// The two numbers have the same digits but for two neighbours that changed places.
fn swapped_digits(corpus: &Corpus, pair: FigurePair) -> Option<Hint> {
    let (low, high) = (only_number(corpus, pair.low)?, only_number(corpus, pair.high)?);
    if !low.is_integer() || !high.is_integer() {
        return None;
    }
    let (a, b) = (low.to_string().into_bytes(), high.to_string().into_bytes());
    let different: Vec<usize> = (0..a.len().max(b.len())).filter(|&at| a.get(at) != b.get(at)).collect();
    let [first, second] = different.as_slice() else { return None };
    if *second != first + 1 || a.get(*first) != b.get(*second) || a.get(*second) != b.get(*first) {
        return None;
    }
    Some(hint(
        "swapped-digits",
        format!("{} and {} differ by two digits that changed places", number(&low), number(&high)),
    ))
}

/// The figure that is too low for a whole names fewer dimensions than the other: it may mean a narrower group.
fn narrower_scope(corpus: &Corpus, pair: FigurePair) -> Option<Hint> {
    let Form::Value { scope, .. } = &corpus.claim(pair.low).form else { return None };
    let Form::Value { scope: whole, .. } = &corpus.claim(pair.high).form else { return None };
    let unnamed: Vec<String> = scope
        .dimensions
        .keys()
        .filter(|dimension| !whole.dimensions.contains_key(dimension))
        .map(|&dimension| corpus.codebook.dimensions.dimension(dimension).id.replace('-', " "))
        .collect();
    if unnamed.is_empty() {
        return None;
    }
    let list = crate::prose::list(&unnamed, "or");
    Some(hint(
        "narrower-scope",
        format!(
            "the figure of {} is not limited by {list}: does its text mean a narrower group?",
            name(corpus, pair.high)
        ),
    ))
}

/// The two dates differ by whole years, or a year away they would agree.
fn shifted_year(corpus: &Corpus, pair: MomentPair) -> Option<Hint> {
    let dates = |id| match &corpus.claim(id).form {
        Form::Date { when, .. } => Some(when.bounds(Reading::Strict)),
        _ => None,
    };
    let (late, early) = (dates(pair.low)?, dates(pair.high)?);
    let (late, early) = (late.low?, early.high?);
    let years = late.year() - early.year();
    let one_year_on = crate::edtf::Day::from_ymd(early.year() + 1, early.month(), early.day().min(28))?;
    let near = (late.number() - one_year_on.number()).abs() <= 31 || (years == 1 && late <= one_year_on);
    if !near {
        return None;
    }
    Some(hint("shifted-year", "the two dates are about a year apart: the year of one of them may be wrong".to_owned()))
}
