//! Facts: over time where a claim names one, else value by value.

use super::{Axis, Drawing, Drawn, Item, NARROWEST, Picture, Stretch, Table, WHOLE, X, days, of_period};
use crate::certificate::ClaimProof;
use crate::report::Finding;
use crate::report::page::Text;

/// The facts of a finding about values that exclude each other.
pub(super) fn of(finding: &Finding, claims: &[Drawn<'_>]) -> Option<Picture> {
    if !matches!(finding.rule, "fact-conflict" | "opposed-advice") {
        return None;
    }
    let times: Vec<(&Drawn<'_>, Stretch)> =
        claims.iter().filter_map(|drawn| Some((drawn, time(&drawn.claim.proof)?))).collect();
    let dated = times.iter().any(|(_, time)| time.ends().next().is_some());
    if dated { Some(over_time(&times)) } else { by_value(claims) }
}

/// When a fact is said to hold; without ends where the claim names no time.
fn time(proof: &ClaimProof) -> Option<Stretch> {
    let ClaimProof::Fact { period, .. } = proof else { return None };
    let always = Stretch { low: None, low_open: false, high: None, high_open: false };
    Some(period.as_deref().and_then(of_period).unwrap_or(always))
}

fn over_time(times: &[(&Drawn<'_>, Stretch)]) -> Picture {
    let axis = Axis::of_days(times.iter().flat_map(|(_, time)| time.ends()));
    let mut drawing = Drawing::default();
    for (drawn, time) in times {
        let y = drawing.row(0, &Text::new(&format!("{}  {}", drawn.passage.letter, drawn.passage.given)));
        drawing.days(&axis, time, y);
    }
    drawing.axis(&axis, 0);
    let words = |(drawn, time): &(&Drawn<'_>, Stretch)| {
        format!("{}: {}, {}", drawn.passage.letter, drawn.passage.given, days::in_short(time))
    };
    Picture {
        title: Text::new("When each is said to hold"),
        description: Text::new(&format!("{}.", times.iter().map(words).collect::<Vec<_>>().join("; "))),
        drawing,
        caption: Text::new(
            "Bars: the time that is named. Arrows to both sides: none is named, so it is taken to hold throughout.",
        ),
        table: days::table_of_days(times),
    }
}

/// A column for each value, and in it a point for whoever says it, hollow for whoever denies it.
fn by_value(claims: &[Drawn<'_>]) -> Option<Picture> {
    let values: Vec<(&Drawn<'_>, bool, String)> = claims
        .iter()
        .map(|drawn| {
            let ClaimProof::Fact { low, .. } = &drawn.claim.proof else { return None };
            let given = drawn.passage.given.as_str();
            Some((drawn, low.is_none(), given.strip_prefix("not ").unwrap_or(given).to_owned()))
        })
        .collect::<Option<_>>()?;
    let mut columns: Vec<&str> = Vec::new();
    for (_, _, value) in &values {
        if !columns.contains(&value.as_str()) {
            columns.push(value);
        }
    }
    let room = (NARROWEST / super::LETTER).checked_div(columns.len())?;
    if columns.iter().any(|value| Text::new(value).columns() >= room) {
        return None;
    }
    let place = |at: usize| {
        let share = (2 * at + 1) * WHOLE as usize / (2 * columns.len());
        X::Share(u32::try_from(share).unwrap_or(0))
    };
    let mut drawing = Drawing::default();
    for (drawn, denied, value) in &values {
        let y = drawing.row(0, &drawn.passage.letter);
        let column = columns.iter().position(|known| known == value).unwrap_or(0);
        drawing.items.push(Item::Point { hollow: *denied, x: place(column), y });
    }
    let labels: Vec<(X, String)> =
        columns.iter().enumerate().map(|(at, value)| (place(at), crate::prose::capitalized(value))).collect();
    drawing.labels(&labels, 0);
    let said: Vec<String> =
        values.iter().map(|(drawn, _, _)| format!("{}: {}", drawn.passage.letter, drawn.passage.given)).collect();
    let denied = values.iter().any(|(_, denied, _)| *denied);
    let ring = if denied { " A ring: it denies it." } else { "" };
    let row = |(drawn, denied, value): &(&Drawn<'_>, bool, String)| {
        let holds = if *denied { "denies it" } else { "says so" };
        [drawn.passage.letter.clone(), drawn.passage.source.clone(), Text::new(value), Text::new(holds)]
    };
    Some(Picture {
        title: Text::new("Who says what"),
        description: Text::new(&format!("{}.", said.join("; "))),
        drawing,
        caption: Text::new(&format!("A point: the source says so.{ring}")),
        table: Table { head: ["Source", "Value", "How"], rows: values.iter().map(row).collect() },
    })
}
