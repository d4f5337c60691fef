//! Two figures for one box, or for a box inside a box.

use num_traits::Signed;

use super::axes::axes;
use super::{Conflict, Proof, Role, Shape, mass, row, take_common};
use crate::certificate::data::{Certificate, Gap};
use crate::certificate::scope_json::scope_json;
use crate::claim::{Corpus, Days, Reading};
use crate::codebook::Kind;
use crate::solve::FigurePair;
use crate::system::{Cells, statement};

pub(super) fn figures(corpus: &Corpus, cells: &mut Cells, pair: FigurePair, reading: Reading) -> Option<Proof> {
    let codebook = &corpus.codebook;
    let low = statement(corpus, pair.low, reading).ok()?;
    let high = statement(corpus, pair.high, reading).ok()?;
    let mut part = low.boxes.outer;
    let mut whole = high.boxes.inner?;
    if codebook.measure(low.measure).kind == Kind::Level {
        // Levels meet on a day that they share; the first one serves as well as any.
        let shared = part.days?.meet(whole.days?)?;
        let day = shared.first.or(shared.last);
        let days = day.map_or(shared, |day| Days { first: Some(day), last: Some(day) });
        part.days = Some(days);
        whole.days = Some(days);
    }
    let (low_end, high_end) = (low.interval.low?, high.interval.high?);
    let (part_json, whole_json) = (scope_json(codebook, low.measure, &part), scope_json(codebook, low.measure, &whole));
    let mut scopes = [part_json, whole_json];
    let common = take_common(&mut scopes);
    let [part_rest, whole_rest] = scopes;
    let rows = vec![
        row(corpus.name(pair.high), "high", mass(-1, whole_rest), (-&high_end.value).to_string(), high_end.open),
        row(corpus.name(pair.low), "low", mass(1, part_rest), low_end.value.to_string(), low_end.open),
    ];
    let excess = &low_end.value - &high_end.value;
    // One box may be written in two ways: a province, or all of its districts.
    let (inner, outer) = (cells.intern(codebook, low.measure, &part)?, cells.intern(codebook, low.measure, &whole)?);
    let same_scope = part.days == whole.days && cells.is_within(inner, outer) && cells.is_within(outer, inner);
    let certificate = Certificate {
        measure: Some(codebook.measure(low.measure).id.clone()),
        axes: axes(codebook, cells.extents(), &[(low.measure, &part), (low.measure, &whole)]),
        common,
        rows,
        total: excess.to_string(),
    };
    let shape = if same_scope { Shape::Alike } else { Shape::Nested };
    let claims = match shape {
        Shape::Alike => vec![(pair.low, Role::Figure), (pair.high, Role::Figure)],
        _ => vec![(pair.low, Role::Part), (pair.high, Role::Whole)],
    };
    let ratio = (high_end.value.is_positive()).then(|| (&low_end.value / &high_end.value).to_string());
    let gap =
        Gap { low: low_end.value.to_string(), high: high_end.value.to_string(), excess: excess.to_string(), ratio };
    Some(Proof { conflict: Conflict::Figures(pair), reading, certificate, gap, excess, shape, claims })
}
