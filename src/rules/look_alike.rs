#![doc = include_str!("look_alike.md")]

use std::collections::{BTreeSet, HashMap};

use super::{Remark, Rule};
use crate::claim::{ClaimId, Corpus, Days, Form, Reading};
use crate::codebook::MeasureId;
use crate::number::{Interval, Rational, exceeds};
use crate::prose::{said, source_name};
use crate::report::Verdict;
use crate::system::{ExtentId, Extents, statement};

pub(super) const RULE: Rule = Rule {
    id: "look-alike",
    summary: "disjoint figures whose scopes agree in all but one dimension, neither inside the other",
    worst: Verdict::Note,
    page: include_str!("look_alike.md"),
};

/// How many neighbours by figure are looked at on each side; farther figures look less alike anyway.
const NEIGHBOURS: usize = 8;

/// A figure with a definite scope, one coordinate per dimension of its measure, then its event, then its days.
struct Figure {
    claim: ClaimId,
    measure: MeasureId,
    interval: Interval,
    coordinates: Vec<Coordinate>,
}

#[derive(Copy, Clone, PartialEq, Eq, Hash)]
enum Coordinate {
    Extent(ExtentId),
    Days(Option<Days>),
}

pub(super) fn remarks(corpus: &Corpus) -> Vec<Remark> {
    let mut extents = Extents::of(&corpus.codebook);
    let figures: Vec<Figure> = corpus
        .claims()
        .filter(|(_, claim)| claim.superseded_by.is_none() && matches!(claim.form, Form::Value { .. }))
        .filter_map(|(id, _)| figure(corpus, &mut extents, id))
        .collect();
    // Others that are equally near are all the nearest: to choose one of them would depend on how claims are called.
    let mut nearest: HashMap<ClaimId, (Rational, Vec<(ClaimId, usize)>)> = HashMap::new();
    for (left_out, group) in groups(&figures) {
        for (at, a) in group.iter().enumerate() {
            for b in group.iter().skip(at + 1).take(NEIGHBOURS) {
                if !apart(&a.interval, &b.interval) || !is_aside(&extents, a, b, left_out) {
                    continue;
                }
                let distance = distance(&a.interval, &b.interval);
                for (of, to) in [(a, b), (b, a)] {
                    let best = nearest.entry(of.claim).or_insert_with(|| (distance.clone(), Vec::new()));
                    if distance < best.0 {
                        *best = (distance.clone(), Vec::new());
                    }
                    if distance == best.0 {
                        best.1.push((to.claim, left_out));
                    }
                }
            }
        }
    }
    let measure_of: HashMap<ClaimId, MeasureId> = figures.iter().map(|figure| (figure.claim, figure.measure)).collect();
    let pairs: BTreeSet<(ClaimId, ClaimId, usize)> = nearest
        .into_iter()
        .flat_map(|(claim, (_, others))| {
            others.into_iter().map(move |(other, left_out)| (claim.min(other), claim.max(other), left_out))
        })
        .collect();
    pairs
        .into_iter()
        .filter_map(|(a, b, left_out)| measure_of.get(&a).map(|&measure| remark(corpus, a, b, measure, left_out)))
        .collect()
}

fn figure(corpus: &Corpus, extents: &mut Extents, id: ClaimId) -> Option<Figure> {
    let statement = statement(corpus, id, Reading::Strict).ok()?;
    let scope = statement.boxes.inner.filter(|inner| *inner == statement.boxes.outer)?;
    let mut coordinates = Vec::new();
    for dimension in &corpus.codebook.measure(statement.measure).dimensions {
        let region = scope.regions.get(dimension);
        coordinates.push(Coordinate::Extent(region.map_or(ExtentId::WHOLE, |region| extents.region(region))));
    }
    coordinates.push(Coordinate::Extent(scope.event.map_or(ExtentId::WHOLE, |event| extents.event(event))));
    coordinates.push(Coordinate::Days(scope.days));
    Some(Figure { claim: id, measure: statement.measure, interval: statement.interval, coordinates })
}

/// Figures that agree in all coordinates but one, by their lower ends; with the coordinate that is left out.
fn groups(figures: &[Figure]) -> Vec<(usize, Vec<&Figure>)> {
    let mut groups: HashMap<(MeasureId, usize, Vec<Coordinate>), Vec<&Figure>> = HashMap::new();
    for figure in figures {
        for left_out in 0..figure.coordinates.len() {
            let mut rest = figure.coordinates.clone();
            rest.remove(left_out);
            groups.entry((figure.measure, left_out, rest)).or_default().push(figure);
        }
    }
    let mut groups: Vec<(usize, Vec<&Figure>)> = groups
        .into_iter()
        .map(|((_, left_out, _), group)| (left_out, group))
        .filter(|(_, group)| group.len() > 1)
        .collect();
    for (_, group) in &mut groups {
        group.sort_by(|a, b| (middle(&a.interval), a.claim).cmp(&(middle(&b.interval), b.claim)));
    }
    groups
}

fn middle(interval: &Interval) -> Option<&Rational> {
    interval.low.as_ref().or(interval.high.as_ref()).map(|end| &end.value)
}

fn apart(a: &Interval, b: &Interval) -> bool {
    let above = |low: &Interval, high: &Interval| match (&low.low, &high.high) {
        (Some(low), Some(high)) => exceeds(low, high),
        _ => false,
    };
    above(a, b) || above(b, a)
}

fn distance(a: &Interval, b: &Interval) -> Rational {
    let between = |low: &Interval, high: &Interval| match (&low.low, &high.high) {
        (Some(low), Some(high)) => &low.value - &high.value,
        _ => crate::number::integer(0),
    };
    between(a, b).max(between(b, a))
}

/// Whether two figures differ in one coordinate, in which neither lies in the other.
fn is_aside(extents: &Extents, a: &Figure, b: &Figure, coordinate: usize) -> bool {
    match (a.coordinates.get(coordinate), b.coordinates.get(coordinate)) {
        (Some(&Coordinate::Extent(a)), Some(&Coordinate::Extent(b))) => {
            !extents.is_within(a, b) && !extents.is_within(b, a)
        }
        (Some(&Coordinate::Days(Some(a))), Some(&Coordinate::Days(Some(b)))) => !a.is_within(b) && !b.is_within(a),
        _ => false,
    }
}

fn remark(corpus: &Corpus, a: ClaimId, b: ClaimId, measure: MeasureId, left_out: usize) -> Remark {
    let codebook = &corpus.codebook;
    let dimensions = &codebook.measure(measure).dimensions;
    let what = match dimensions.get(left_out) {
        Some(&dimension) => codebook.dimensions.dimension(dimension).id.replace('-', " "),
        None if left_out == dimensions.len() => "event".to_owned(),
        None => "period".to_owned(),
    };
    let side = |id| {
        let claim = corpus.claim(id);
        format!("{} [{}]", said(corpus, claim), source_name(corpus.source(claim.source)))
    };
    Remark {
        rule: &RULE,
        verdict: Verdict::Note,
        claims: vec![a, b],
        headline: format!("No clash, for the {what} differs: {}; {}", side(a), side(b)),
        explanation: format!(
            "The two figures differ, but so do their scopes: in the {what}, and in nothing else. Neither scope lies inside \
             the other, so both figures can be right."
        ),
        premises: Vec::new(),
        cause: None,
        waiver: None,
    }
}
