#![doc = include_str!("anachronism.md")]

use super::{Remark, Rule};
use crate::claim::{Claim, Corpus, Credit, DateClaim, Form, Reading, Voice, When};
use crate::codebook::Kind;
use crate::edtf::{Date, Day};
use crate::prose::{capitalized, day, said, source_name};
use crate::report::Verdict;

pub(super) const RULE: Rule = Rule {
    id: "anachronism",
    summary: "a period that ends after its source, or the upstream that it credits, was published",
    worst: Verdict::Tension,
    page: include_str!("anachronism.md"),
};

pub(super) fn remarks(corpus: &Corpus) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for (id, claim) in
        corpus.claims().filter(|(_, claim)| claim.superseded_by.is_none() && claim.voice != Voice::Disputes)
    {
        let Some((end, over)) = end(corpus, claim) else { continue };
        let Some((who, published)) = published_before(corpus, claim, end) else { continue };
        let said = said(corpus, claim);
        let source = source_name(corpus.source(claim.source));
        remarks.push(Remark {
            rule: &RULE,
            verdict: Verdict::Tension,
            claims: vec![id],
            headline: format!(
                "{} [{source}], but {who} was published {}",
                capitalized(&said),
                published_when(published)
            ),
            explanation: explanation(end, over, &capitalized(&who), &published_when(published)),
            premises: Vec::new(),
            cause: Some(format!("{}\n{who}", corpus.source(claim.source).id)),
            waiver: None,
        });
    }
    remarks
}

fn explanation(end: Day, over: Over, who: &str, published: &str) -> String {
    let end = day(end);
    match over {
        Over::Period => format!(
            "The claim speaks of a time that ends on {end}. {who} was published {published} and cannot have known the end \
             of it: the figure is for a shorter time, or from elsewhere."
        ),
        Over::Since => format!(
            "The claim is for the time since {end}. {who} was published {published}, before that time began: the time is \
             wrong, or the figure is from elsewhere."
        ),
        Over::Moment => format!(
            "The claim speaks of {end} or later. {who} was published {published} and cannot have known of it: the time is \
             wrong, or the claim is from elsewhere."
        ),
    }
}

/// Whether what a claim says adds up over its period, or over what has passed since a day, or is so at a time.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Over {
    Period,
    Since,
    Moment,
}

/// The last day that a stated period surely has; one that runs on to the present must at least have begun.
///
/// A count of a month lacks what its last days brought. Of what is so at a time, a month only says how precisely the time
/// is known, and so do digits left open: the first day is enough.
fn period_end(when: &When, over: Over) -> Option<Day> {
    let When::In(period) = when else { return None };
    match period.end().date() {
        Some(end) if over == Over::Moment || end.unspecified() => Some(end.first()),
        Some(end) => Some(end.last()),
        None => period.start().date().map(Date::first),
    }
}

/// "on 8 January 2021", "by 31 December 2021".
fn published_when(date: Date) -> String {
    let preposition = if date.first() == date.last() { "on" } else { "by" };
    format!("{preposition} {}", day(date.last()))
}

/// The last day that the claim speaks of as past, where it names one.
fn end(corpus: &Corpus, claim: &Claim) -> Option<(Day, Over)> {
    match &claim.form {
        Form::Value { measure, scope, .. }
        | Form::Change { measure, scope, .. }
        | Form::Share { measure, scope, .. } => {
            let level = corpus.codebook.measure(*measure).kind == Kind::Level;
            let over = if level { Over::Moment } else { Over::Period };
            let since = matches!(&scope.period, Some(When::In(period)) if period.end().date().is_none());
            let told = if since && !level { Over::Since } else { over };
            scope.period.as_ref().and_then(|when| period_end(when, over)).map(|end| (end, told))
        }
        // Only a date that surely lies later is out of time: "in 2023" may well be before May 2023.
        Form::Date {
            when: when @ (DateClaim::In(_) | DateClaim::Since(_) | DateClaim::After(_) | DateClaim::Between(..)),
            ..
        } => when.bounds(Reading::Strict).low.map(|end| (end, Over::Moment)),
        Form::Fact { period, .. } => {
            period.as_ref().and_then(|when| period_end(when, Over::Moment)).map(|end| (end, Over::Moment))
        }
        Form::Date { .. } | Form::Duration { .. } => None,
    }
}

/// The first of the source and those that it credits that was published before a day, and when.
fn published_before(corpus: &Corpus, claim: &Claim, end: Day) -> Option<(String, Date)> {
    let source = corpus.source(claim.source);
    let own = (source_name(source), source.published);
    let credited = claim.attributed_to.iter().map(|credit| match credit {
        Credit::Upstream(upstream) => {
            let upstream = corpus.codebook.upstream(*upstream);
            (upstream.label.clone(), upstream.published)
        }
        Credit::Source(source) => (source_name(corpus.source(*source)), corpus.source(*source).published),
    });
    std::iter::once(own)
        .chain(credited)
        .filter_map(|(who, published)| published.map(|date| (who, date)))
        .find(|(_, published)| published.last() < end)
}
