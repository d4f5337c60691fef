//! Putting sources together: whom claims credit, and which claims replace which.

use std::collections::{BTreeMap, BTreeSet};

use super::code::FaultCode;
use super::fault::{Draft as FaultDraft, Sink};
use super::names::{Lookup, Names};
use super::source::Draft;
use super::text::{Place, quoted};
use crate::claim::{Claim, ClaimId, Credit, Edge, Entity, Form, Scope, Source, SourceId};
use crate::codebook::{AttributeId, EventId, MeasureId, Moment, UpstreamId};

/// What a claim names that may stand in another file.
#[derive(Clone, Debug, Default)]
pub(super) struct Link {
    pub(super) credits: Vec<(Named, Place)>,
    pub(super) superseded_by: Option<(String, Place)>,
}

/// Whom a claim credits.
#[derive(Clone, Debug)]
pub(super) enum Named {
    Upstream(UpstreamId),
    /// A source, or nobody.
    Name(String),
}

/// What is known of all files when links are followed.
pub(super) struct Linker<'a> {
    pub(super) names: &'a Names,
    /// Where faults go.
    pub(super) sink: &'a Sink,
    /// Whether every source could be read at least as far as its id.
    pub(super) complete: bool,
}

/// Sources and claims in their final order.
pub(super) type Linked = (Vec<Source>, Vec<Claim>);

impl Linker<'_> {
    /// Sorts sources and claims, and follows what they name.
    pub(super) fn link(&self, mut drafts: Vec<Draft>) -> Linked {
        drafts.sort_by(|a, b| (&a.source.id, &a.place.path).cmp(&(&b.source.id, &b.place.path)));
        self.unique_sources(&drafts);
        let (mut sources, mut claims, mut broken) = (Vec::new(), Vec::new(), Vec::new());
        let mut links = BTreeMap::new();
        for (mut draft, number) in drafts.into_iter().zip(0..) {
            let first = claims.len();
            draft.claims.sort_by(|a, b| a.id.cmp(&b.id));
            for claim in &mut draft.claims {
                claim.source = SourceId(number);
            }
            for (id, link) in draft.links {
                // OK because a source's claims have different ids: one whose id stands twice is no claim here.
                let at = draft.claims.binary_search_by(|claim| claim.id.cmp(&id));
                links.extend(at.ok().map(|at| (first + at, link)));
            }
            claims.append(&mut draft.claims);
            sources.push(draft.source);
            broken.push(draft.broken);
        }
        let ids: BTreeMap<String, SourceId> =
            sources.iter().map(|source| source.id.clone()).zip((0..).map(SourceId)).collect();
        for (&at, link) in &links {
            if let Some(claim) = claims.get_mut(at).filter(|_| !link.credits.is_empty()) {
                claim.attributed_to = self.credits(link, claim.source, &ids);
            }
        }
        let corpus = Corpus { sources: &sources, ids: &ids, claims: &claims, broken: &broken };
        let targets: BTreeMap<usize, ClaimId> =
            links.iter().filter_map(|(&at, link)| Some((at, self.replacement(link, at, &corpus)?))).collect();
        self.report_cycles(&targets, &links, &corpus);
        for (at, target) in targets {
            if let Some(claim) = claims.get_mut(at) {
                claim.superseded_by = Some(target);
            }
        }
        (sources, claims)
    }

    fn unique_sources(&self, drafts: &[Draft]) {
        for pair in drafts.windows(2) {
            let [first, second] = pair else { continue };
            if first.source.id == second.source.id {
                let message = format!("{} is a source already", quoted(&second.source.id));
                self.sink
                    .at_place(FaultCode::DuplicateId, second.place.clone(), message)
                    .help("ids of sources are unique; choose another one, or put the claims into one file")
                    .also(first.place.clone(), "this source")
                    .send();
            }
        }
        for draft in drafts {
            if matches!(self.names.upstreams.find(&draft.source.id), Lookup::Found(_)) {
                let message = format!("{} is an upstream of the codebook already", quoted(&draft.source.id));
                self.sink
                    .at_place(FaultCode::DuplicateId, draft.place.clone(), message)
                    .help("a claim credits sources and upstreams by their ids; choose another one")
                    .send();
            }
        }
    }

    fn credits(&self, link: &Link, own: SourceId, ids: &BTreeMap<String, SourceId>) -> Vec<Credit> {
        let mut chain = Vec::new();
        for (credit, place) in &link.credits {
            match credit {
                Named::Upstream(id) => chain.push(Credit::Upstream(*id)),
                Named::Name(name) => match ids.get(name) {
                    Some(&id) if id == own => self
                        .fault(FaultCode::Cycle, place, format!("{} credits itself", quoted(name)))
                        .help("a source's own figures need no `attributed_to`")
                        .send(),
                    Some(&id) => chain.push(Credit::Source(id)),
                    None if self.complete && self.names.upstreams.find(name) == Lookup::Unknown => {
                        let known = self.names.upstreams.names().chain(ids.keys().map(String::as_str));
                        self.fault(FaultCode::UnknownUpstream, place, format!("unknown upstream {}", quoted(name)))
                            .label("neither in the codebook nor a source")
                            .help("add it to `upstreams` in the codebook")
                            .maybe_help(self.names.upstreams.suggestion(self.sink, name))
                            .maybe_help(self.sink.did_you_mean(name, known))
                            .send();
                    }
                    None => {}
                },
            }
        }
        chain
    }

    /// The claim that replaces one.
    fn replacement(&self, link: &Link, at: usize, corpus: &Corpus<'_>) -> Option<ClaimId> {
        let (name, place) = link.superseded_by.as_ref()?;
        let own = corpus.claims.get(at)?;
        let (source, id) = match name.split_once('/') {
            Some((source, id)) => (corpus.ids.get(source).copied(), id),
            None => (Some(own.source), name.as_str()),
        };
        let Some(source) = source else {
            if self.complete {
                let written = name.split('/').next().unwrap_or_default();
                self.fault(FaultCode::UnknownSource, place, format!("unknown source {}", quoted(written)))
                    .help("write `ID` for a claim of this source, or `SOURCE/ID`")
                    .maybe_help(self.sink.did_you_mean(written, corpus.ids.keys().map(String::as_str)))
                    .send();
            }
            return None;
        };
        let Some(target) = corpus.find(source, id) else {
            if !corpus.is_broken(source, id) {
                let known = corpus.of(source).map(|claim| claim.id.as_str());
                self.fault(FaultCode::UnknownClaim, place, format!("unknown claim {}", quoted(name)))
                    .help("write `ID` for a claim of this source, or `SOURCE/ID`")
                    .maybe_help(self.sink.did_you_mean(id, known))
                    .send();
            }
            return None;
        };
        self.may_replace(place, own, target.1, corpus).then_some(target.0)
    }

    /// Whether one claim may replace another; reports why not.
    fn may_replace(&self, place: &Place, own: &Claim, other: &Claim, corpus: &Corpus<'_>) -> bool {
        let (from, to) = (corpus.source(own.source), corpus.source(other.source));
        let chain = |claim: &Claim| {
            let credits = claim.attributed_to.iter().copied();
            credits.chain([Credit::Source(claim.source)]).collect::<BTreeSet<_>>()
        };
        let related = {
            let others = chain(other);
            !chain(own).is_disjoint(&others)
        };
        let earlier = || {
            let (own, other) = (from?.published?, to?.published?);
            (other.last() < own.first()).then_some(other)
        };
        if !related {
            self.fault(
                FaultCode::SupersededByUnrelated,
                place,
                "this claim is of another source, and has no upstream in common",
            )
            .help("two sources that disagree contradict each other; only whoever made a figure replaces it")
            .send();
        } else if let Some(date) = earlier() {
            self.fault(FaultCode::SupersededByUnrelated, place, "this claim is of an earlier source")
                .label(format!("published by {}", date.last()))
                .help("the later claim replaces the earlier one: put `superseded_by` there")
                .send();
        } else if let Some(difference) = difference(&own.form, &other.form) {
            self.fault(FaultCode::SupersededByOther, place, "this claim is not about the same")
                .label(difference)
                .help("a claim is superseded by one of the same form and subject")
                .send();
        } else {
            return true;
        }
        false
    }

    /// Reports claims that replace each other in a circle, each circle once.
    fn report_cycles(&self, targets: &BTreeMap<usize, ClaimId>, links: &BTreeMap<usize, Link>, corpus: &Corpus<'_>) {
        let mut done = BTreeMap::new();
        for &start in targets.keys() {
            if done.contains_key(&start) {
                continue;
            }
            let mut at = start;
            while !done.contains_key(&at)
                && let Some(target) = targets.get(&at)
            {
                done.insert(at, start);
                at = target.at();
            }
            // A walk that ends where it has been itself has gone round.
            let round = done.get(&at) == Some(&start);
            if let (true, Some(link), Some(claim)) = (round, links.get(&at), corpus.claims.get(at))
                && let Some((_, place)) = &link.superseded_by
            {
                self.fault(FaultCode::Cycle, place, format!("{} is superseded by itself", quoted(&claim.id)))
                    .help("follow `superseded_by` from here: the claims replace each other in a circle")
                    .send();
            }
        }
    }

    fn fault(&self, code: FaultCode, place: &Place, message: impl Into<String>) -> FaultDraft<'_> {
        self.sink.at_place(code, place.clone(), message)
    }
}

/// What a claim gives a figure, a date or a value of.
#[derive(PartialEq)]
enum Subject<'c> {
    Figure(MeasureId, &'c Scope, Option<&'c Scope>),
    Date(EventId, Edge),
    Duration(Moment, Moment),
    Fact(AttributeId, Entity, Option<Entity>),
}

fn subject(form: &Form) -> Subject<'_> {
    match form {
        Form::Value { measure, scope, .. } => Subject::Figure(*measure, scope, None),
        Form::Change { measure, scope, base, .. } | Form::Share { measure, scope, base, .. } => {
            Subject::Figure(*measure, scope, Some(base))
        }
        Form::Date { event, edge, .. } => Subject::Date(*event, *edge),
        Form::Duration { from, to, .. } => Subject::Duration(*from, *to),
        Form::Fact { attribute, subject, toward, .. } => Subject::Fact(*attribute, *subject, *toward),
    }
}

/// In what two claims differ that should say the same of different figures.
fn difference(own: &Form, other: &Form) -> Option<String> {
    if own.word() != other.word() {
        return Some(format!("it is a {}, not a {}", other.word(), own.word()));
    }
    let what = match own {
        Form::Value { .. } => "its measure or scope is another one",
        Form::Change { .. } | Form::Share { .. } => "its measure, scope or base is another one",
        Form::Date { .. } | Form::Duration { .. } => "its event, or the end of it, is another one",
        Form::Fact { .. } => "its attribute or subject is another one",
    };
    (subject(own) != subject(other)).then(|| what.to_owned())
}

struct Corpus<'c> {
    sources: &'c [Source],
    ids: &'c BTreeMap<String, SourceId>,
    claims: &'c [Claim],
    broken: &'c [BTreeSet<String>],
}

impl<'c> Corpus<'c> {
    fn source(&self, id: SourceId) -> Option<&'c Source> {
        self.sources.get(id.at())
    }

    fn of(&self, source: SourceId) -> impl Iterator<Item = &'c Claim> {
        let start = self.claims.partition_point(|claim| claim.source < source);
        self.claims.iter().skip(start).take_while(move |claim| claim.source == source)
    }

    fn find(&self, source: SourceId, id: &str) -> Option<(ClaimId, &'c Claim)> {
        let key = |claim: &Claim| (claim.source, claim.id.as_str()).cmp(&(source, id));
        let at = self.claims.binary_search_by(key).ok()?;
        Some((ClaimId(u32::try_from(at).ok()?), self.claims.get(at)?))
    }

    fn is_broken(&self, source: SourceId, id: &str) -> bool {
        self.broken.get(source.at()).is_some_and(|broken| broken.contains(id))
    }
}
