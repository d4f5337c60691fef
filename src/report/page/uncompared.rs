//! Claims about which nothing was found out, and why.

use std::collections::BTreeMap;

use super::index::Link;
use super::{Href, Page, Text};
use crate::report::Coverage;
use crate::report::text::count;

const ONE_READING: &str = "Taken word for word, or as a reader takes them, something is missing that a comparison needs; taken \
                           the other way they were compared. Marked “as read only” or “as worded only” in their places.";

const ALONE: &str = "No other claim is about the same, about more, or about a part of it. These are so many; each is \
                     marked in its place.";

/// Claims about which nothing was found out, and why.
pub(super) struct Uncompared {
    pub(super) heading: &'static str,
    pub(super) says: &'static str,
    pub(super) count: usize,
    pub(super) why: Vec<(Text, Vec<Link>)>,
}

/// Where claims are alone, and how many in each place.
fn alone(page: &Page<'_>) -> Vec<Link> {
    let mut places: Vec<(String, &str, usize)> = Vec::new();
    for group in &page.groups {
        let alone = group.claims.iter().filter(|claim| claim.state == Coverage::Alone.word()).count();
        let Some((kind, id)) = group.of() else { continue };
        let anchor = format!("{kind}.{id}");
        match places.last_mut().filter(|(last, _, _)| *last == anchor) {
            Some((_, _, number)) => *number += alone,
            None => places.push((anchor, &group.title, alone)),
        }
    }
    let some = places.into_iter().filter(|(_, _, number)| *number > 0);
    some.map(|(anchor, title, number)| Link {
        href: Href::to(&anchor),
        words: Text::new(&format!("{title}: {number}")),
    })
    .collect()
}

/// The claims that were not compared, by the reason.
pub(super) fn uncompared(page: &Page<'_>) -> Vec<Uncompared> {
    let report = page.report;
    let link = |claim: &str| Link { href: Href::to(claim), words: Text::new(claim) };
    let mut reasons: BTreeMap<String, Vec<Link>> = BTreeMap::new();
    // What is not comparable under one reading only was compared under the other; its claim says so in its place.
    for entry in report.not_comparable.iter().filter(|entry| entry.reading == "both") {
        reasons.entry(crate::prose::capitalized(&entry.reason)).or_default().push(link(&entry.claim));
    }
    let fared = |wanted: Coverage| -> Vec<Link> {
        report.coverage.iter().filter(|(_, how)| **how == wanted).map(|(claim, _)| link(claim)).collect()
    };
    let undecided = report.undecided.iter().map(|entry| {
        let reading = format!("Under the {} reading", entry.reading);
        (Text::new(&reading), entry.claims.iter().map(|claim| link(claim)).collect::<Vec<_>>())
    });
    let plain = |links: Vec<Link>| if links.is_empty() { Vec::new() } else { vec![(Text::default(), links)] };
    let mut partly: BTreeMap<String, usize> = BTreeMap::new();
    for entry in report.not_comparable.iter().filter(|entry| entry.reading != "both") {
        let reading = if entry.reading == "strict" { "word for word" } else { "as a reader takes it" };
        *partly.entry(format!("{reading}, {}", entry.reason)).or_default() += 1;
    }
    let partly = partly.into_iter();
    let partly =
        partly.map(|(reason, claims)| (Text::new(&format!("{}: {reason}", count(claims, "claim"))), Vec::new()));
    let lists = [
        (
            "Undecided",
            "Neither a contradiction nor a way for all to be true was found within the limits.",
            undecided.collect(),
        ),
        (
            "Not comparable",
            "Something is missing that a comparison needs.",
            reasons.into_iter().map(|(reason, links)| (Text::new(&reason), links)).collect(),
        ),
        ("Comparable under one reading only", ONE_READING, partly.collect()),
        ("Superseded", "A later claim of the same source replaces these.", plain(fared(Coverage::Superseded))),
        ("Alone", ALONE, plain(alone(page))),
    ];
    let lists = lists.into_iter().map(|(heading, says, why): (_, _, Vec<(Text, Vec<Link>)>)| {
        let count = match heading {
            "Alone" => report.summary.coverage.alone,
            "Comparable under one reading only" => {
                report.not_comparable.iter().filter(|entry| entry.reading != "both").count()
            }
            _ => why.iter().map(|(_, links)| links.len()).sum(),
        };
        Uncompared { heading, says, count, why }
    });
    lists.filter(|list| list.count > 0).collect()
}
