//! Which claims are about the same: one group for each scope of a measure, each edge of an event, each subject of an
//! attribute.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use crate::certificate::scope_json;
use crate::claim::{Amount, ClaimId, Corpus, Edge, Form, Reading, Scope};
use crate::codebook::{AttributeId, DimensionId, EventId, EventKind, MeasureId, Moment};
use crate::edtf::Day;
use crate::prose::{scope_box, topic};
use crate::system::{Boxes, CellId, Cells, FactKey, Region, ScopeBox, boxes, day_numbers};

/// Scopes of one measure beyond this number are listed without showing which lies in which.
const MOST_NESTED: usize = 2_000;

/// A box by its cell and its days, so that boxes that cover the same are equal however they are written.
type Place = (CellId, (i32, i32));

/// What claims of one group have in common.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Key {
    Figures {
        measure: MeasureId,
        shape: Shape,
        /// The outer and the inner box of what the figure is of, and of what it is compared with.
        scopes: Vec<(Option<Place>, Option<Place>)>,
        /// The scope in words, where it is not definite: there the words are part of what is meant.
        words: Option<String>,
    },
    Date(EventId, Edge),
    Duration(Moment, Moment),
    Fact(FactKey),
}

/// How a claim on a measure gives its figure.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Shape {
    Figure,
    /// So many times, or percent more.
    Factor,
    /// So many more.
    Difference,
    Share,
}

/// What a group is of.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum About {
    Measure(MeasureId),
    Event(EventId),
    Attribute(AttributeId),
}

/// Claims about the same.
pub(super) struct Together {
    pub(super) kind: &'static str,
    pub(super) about: About,
    pub(super) words: String,
    /// The box of a figure; of a change or a share the new one or the part, then the base.
    pub(super) scope: Vec<Ends>,
    /// In index order, never empty.
    pub(super) claims: Vec<ClaimId>,
    /// Where a figure's scope lies as a reader takes it, and whether that is all that it can mean.
    place: Option<Place>,
    definite: bool,
    order: Order,
}

/// What groups of one measure, event or attribute are ordered by.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Order {
    /// Figures before changes and shares, beginnings before ends and durations.
    rank: u8,
    /// Scopes that are not known well enough come last.
    unsure: bool,
    /// One per dimension of the measure; what is not restricted comes first.
    regions: Vec<Option<Region>>,
    event: Option<EventId>,
    /// Periods in order, the longer one first.
    first: Option<Day>,
    last: Reverse<i32>,
    words: String,
}

/// An outer and an inner box, as far as there are any.
type Ends = (Option<ScopeBox>, Option<ScopeBox>);

/// All groups of a corpus, in the order of the codebook.
pub(super) struct Groups {
    pub(super) all: Vec<Together>,
    cells: Cells,
}

impl Together {
    /// Whether something surely lies in what each claim means, so that claims on the same boxes speak of the same.
    pub(super) fn sure(&self) -> bool {
        self.scope.iter().all(|(_, inner)| inner.is_some())
    }

    /// The scope as the JSON holds it.
    pub(super) fn scope_json(&self, corpus: &Corpus) -> Option<serde_json::Value> {
        let About::Measure(measure) = self.about else { return None };
        let json = |scope: &Option<ScopeBox>| scope.as_ref().map(|scope| scope_json(&corpus.codebook, measure, scope));
        let both = |(outer, inner): &Ends| serde_json::json!({ "outer": json(outer), "inner": json(inner) });
        let mut scopes = self.scope.iter();
        let mut value = both(scopes.next().filter(|(outer, _)| outer.is_some())?);
        if let (Some(base), Some(object)) = (scopes.next(), value.as_object_mut()) {
            object.insert("base".to_owned(), both(base));
        }
        Some(value)
    }
}

impl Groups {
    pub(super) fn of(corpus: &Corpus) -> Self {
        let mut cells = Cells::new(&corpus.codebook);
        let mut at: HashMap<Key, usize> = HashMap::new();
        let mut all: Vec<Together> = Vec::new();
        for (id, _) in corpus.claims() {
            let (key, together) = sorted(corpus, &mut cells, id);
            let place = *at.entry(key).or_insert_with(|| {
                all.push(together);
                all.len() - 1
            });
            if let Some(together) = all.get_mut(place) {
                together.claims.push(id);
            }
        }
        all.sort_by(|a, b| (a.about, &a.order).cmp(&(b.about, &b.order)));
        Self { all, cells }
    }

    /// Puts scopes of a measure behind those that contain them, with the number of those around each; all else as it is.
    /// Of the groups, those of these places.
    pub(super) fn nested(&self, chosen: &[usize]) -> Vec<(usize, usize)> {
        let mut nested = Vec::new();
        let mut of: BTreeMap<About, Vec<usize>> = BTreeMap::new();
        for &at in chosen {
            if let Some(together) = self.all.get(at) {
                of.entry(together.about).or_default().push(at);
            }
        }
        for list in of.into_values() {
            if list.len() > MOST_NESTED {
                nested.extend(list.into_iter().map(|at| (at, 0)));
            } else {
                self.nest(&list, &mut nested);
            }
        }
        nested
    }

    fn nest(&self, list: &[usize], nested: &mut Vec<(usize, usize)>) {
        let around = |&inner: &usize| -> Vec<usize> {
            list.iter().copied().filter(|&outer| self.contains(outer, inner)).collect()
        };
        let around: Vec<Vec<usize>> = list.iter().map(around).collect();
        let number: HashMap<usize, usize> = list.iter().copied().zip(around.iter().map(Vec::len)).collect();
        // What most others contain is the nearest; of several the first.
        let nearest = |around: &Vec<usize>| {
            around.iter().copied().min_by_key(|at| (Reverse(number.get(at).copied().unwrap_or(0)), *at))
        };
        let mut children: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
        for (&at, around) in list.iter().zip(&around) {
            children.entry(nearest(around)).or_default().push(at);
        }
        let mut open: Vec<(usize, usize)> = Vec::new();
        let mut push = |open: &mut Vec<(usize, usize)>, parent: Option<usize>, depth: usize| {
            open.extend(children.remove(&parent).unwrap_or_default().into_iter().rev().map(|at| (at, depth)));
        };
        push(&mut open, None, 0);
        while let Some((at, depth)) = open.pop() {
            nested.push((at, depth));
            push(&mut open, Some(at), depth + 1);
        }
    }

    /// Whether the second scope lies in the first, and is not the same.
    fn contains(&self, outer: usize, inner: usize) -> bool {
        let (Some(outer), Some(inner)) = (self.all.get(outer), self.all.get(inner)) else { return false };
        let figures = outer.kind == "figure" && inner.kind == "figure" && outer.definite;
        let (Some(outer), Some(inner)) = (outer.place, inner.place) else { return false };
        let within = inner.1.0 >= outer.1.0 && inner.1.1 <= outer.1.1;
        figures && outer != inner && within && self.cells.is_within(inner.0, outer.0)
    }
}

/// What a claim on a measure is of: its shape, and the scope of its figure before that of what it is compared with.
struct Figures<'a> {
    measure: MeasureId,
    shape: Shape,
    scopes: Vec<&'a Scope>,
}

/// The group of a claim, still without claims.
fn sorted(corpus: &Corpus, cells: &mut Cells, id: ClaimId) -> (Key, Together) {
    let claim = corpus.claim(id);
    let of = |measure: &MeasureId, shape, scopes| Figures { measure: *measure, shape, scopes };
    let (key, kind, about, rank) = match &claim.form {
        Form::Value { measure, scope, .. } => {
            return figures(corpus, cells, id, of(measure, Shape::Figure, vec![scope]));
        }
        Form::Share { measure, scope, base, .. } => {
            return figures(corpus, cells, id, of(measure, Shape::Share, vec![scope, base]));
        }
        Form::Change { measure, scope, base, amount, .. } => {
            let shape = match amount {
                Some(Amount::Percent(_) | Amount::Factor(_)) => Shape::Factor,
                Some(Amount::By(_)) | None => Shape::Difference,
            };
            return figures(corpus, cells, id, of(measure, shape, vec![scope, base]));
        }
        Form::Date { event, edge, .. } => {
            // An incident begins and ends on its day.
            let one_day = corpus.codebook.event(*event).kind == EventKind::Incident;
            let edge = if one_day { Edge::On } else { *edge };
            let rank = if edge == Edge::End { 2 } else { 1 };
            (Key::Date(*event, edge), "date", About::Event(*event), rank)
        }
        Form::Duration { from, to, .. } => {
            let rank = if from.event == to.event { 3 } else { 4 };
            (Key::Duration(*from, *to), "duration", About::Event(from.event), rank)
        }
        Form::Fact { attribute, subject, toward, .. } => {
            let key = FactKey { attribute: *attribute, subject: *subject, toward: *toward };
            (Key::Fact(key), "fact", About::Attribute(*attribute), 1)
        }
    };
    let words = topic(corpus, claim);
    let order = Order { rank, words: words.clone(), ..Order::default() };
    let together =
        Together { kind, about, words, scope: Vec::new(), claims: Vec::new(), place: None, definite: false, order };
    (key, together)
}

fn figures(corpus: &Corpus, cells: &mut Cells, id: ClaimId, of: Figures<'_>) -> (Key, Together) {
    let claim = corpus.claim(id);
    let Figures { measure, shape, scopes } = of;
    let codebook = &corpus.codebook;
    let published = corpus.source(claim.source).published.as_ref().map(crate::edtf::Date::last);
    let read = |scope: &Scope, reading| boxes(scope, measure, reading, codebook, published).ok();
    let ends = |read: Option<Boxes>| read.map_or((None, None), |Boxes { outer, inner }| (Some(outer), inner));
    let strict: Vec<Ends> = scopes.iter().map(|scope| ends(read(scope, Reading::Strict))).collect();
    let (plain, plain_inner) = scopes.first().map(|scope| ends(read(scope, Reading::Plain))).unwrap_or_default();
    let definite = strict.iter().all(|(outer, inner)| outer.is_some() && outer == inner);
    let as_read = plain.is_some() && plain == plain_inner;
    let mut place = |scope: &Option<ScopeBox>| -> Option<Place> {
        let scope = scope.as_ref()?;
        Some((cells.intern(codebook, measure, scope)?, day_numbers(scope.days)))
    };
    let places = strict.iter().map(|(outer, inner)| (place(outer), place(inner))).collect();
    let said = topic(corpus, claim);
    let words = match strict.first() {
        Some((Some(outer), _)) if definite && shape == Shape::Figure => scope_box(codebook, measure, outer),
        _ => said.clone(),
    };
    let (kind, rank) = match shape {
        Shape::Figure => ("figure", 1),
        Shape::Factor | Shape::Difference => ("change", 2),
        Shape::Share => ("share", 3),
    };
    let region = |dimension: &DimensionId| plain.as_ref()?.regions.get(dimension).cloned();
    let days = plain.as_ref().and_then(|scope| scope.days);
    let order = Order {
        rank,
        unsure: !as_read,
        regions: codebook.measure(measure).dimensions.iter().map(region).collect(),
        event: plain.as_ref().and_then(|scope| scope.event),
        first: days.and_then(|days| days.first),
        last: Reverse(day_numbers(days).1),
        words: words.clone(),
    };
    let key = Key::Figures { measure, shape, scopes: places, words: (!definite).then_some(said) };
    let (place, about) = (place(&plain), About::Measure(measure));
    (key, Together { kind, about, words, scope: strict, claims: Vec::new(), place, definite: as_read, order })
}
