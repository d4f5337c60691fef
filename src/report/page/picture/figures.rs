//! Figures on one axis, and the times that they are for on another.

use std::collections::BTreeSet;

use super::{Axis, Drawing, Drawn, Item, Picture, Stretch, Table, number, of_period};
use crate::certificate::ClaimProof;
use crate::number::{End, Interval};
use crate::report::Finding;
use crate::report::page::Text;

/// Which rules are about two figures with a gap between them.
const OF_TWO: [&str; 2] = ["disagreement", "part-exceeds-whole"];

/// What a claim with a figure allows.
pub(super) fn stretch(proof: &ClaimProof) -> Option<Stretch> {
    let ClaimProof::Figure { low, low_open, high, high_open, .. } = proof else { return None };
    let end = |end: &Option<String>| end.as_deref().and_then(number);
    Some(Stretch { low: end(low), low_open: *low_open, high: end(high), high_open: *high_open })
}

/// The figures of a finding, where it has two at least.
pub(super) fn of(finding: &Finding, claims: &[Drawn<'_>]) -> Option<Picture> {
    let mut figures: Vec<(&Drawn<'_>, Stretch)> =
        claims.iter().filter_map(|drawn| Some((drawn, stretch(&drawn.claim.proof)?))).collect();
    if figures.len() < 2 {
        return None;
    }
    let beyond = figures.iter().any(|(_, figure)| figure.is_unbounded());
    let axis = Axis::of_numbers(figures.iter().flat_map(|(_, figure)| figure.ends()), beyond);
    // What contains comes before what it contains.
    figures.sort_by_key(|(drawn, _)| depth(drawn));
    let mut drawing = Drawing::default();
    for (drawn, figure) in &figures {
        let words = Text::new(&format!("{}  {}", drawn.passage.letter, drawn.passage.given));
        let y = drawing.row(depth(drawn), &words);
        drawing.stretch(&axis, figure, y);
    }
    let gap = finding.gap.as_ref().filter(|_| OF_TWO.contains(&finding.rule));
    let gap = gap.and_then(|gap| Some((number(&gap.high)?, number(&gap.low)?)));
    if let Some((from, to)) = &gap {
        let (from, to) = (axis.place(from), axis.place(to));
        let hatched = Item::Rect { class: "x", x: from, width: to.beyond(from), y: 1, height: drawing.height - 1 };
        drawing.items.insert(0, hatched);
    }
    drawing.axis(&axis, 0);
    let mut caption = marks(finding, &figures);
    if gap.is_some() {
        caption.push(match finding.rule {
            "disagreement" => "Hatched: how far apart they are.".to_owned(),
            _ => "Hatched: by how much the part exceeds the whole.".to_owned(),
        });
    }
    caption.extend(
        figures.iter().any(|(drawn, _)| depth(drawn) > 0).then(|| "Set in: a part of what is above.".to_owned()),
    );
    caption.extend(axis.caveat());
    let left = claims.len() - figures.len();
    if left > 0 {
        let others: Vec<&str> = claims
            .iter()
            .filter(|drawn| stretch(&drawn.claim.proof).is_none())
            .map(|drawn| drawn.passage.letter.as_str())
            .collect();
        let others = crate::prose::list(&others.iter().map(|&letter| letter.to_owned()).collect::<Vec<_>>(), "and");
        let verb = if left == 1 { "says how figures stand" } else { "say how figures stand" };
        caption.push(format!("{others} {verb} to each other and so have no place of their own here."));
    }
    if periods(&mut drawing, &figures) {
        caption.push("Below: the time that each is for.".to_owned());
    }
    let said: Vec<String> =
        figures.iter().map(|(drawn, figure)| format!("{}: {}", drawn.passage.letter, words(figure))).collect();
    Some(Picture {
        title: Text::new("What each figure allows"),
        description: Text::new(&format!("{}.", said.join("; "))),
        drawing,
        caption: Text::new(&caption.join(" ")),
        table: table(&figures),
    })
}

/// What the marks mean that are drawn.
fn marks(finding: &Finding, figures: &[(&Drawn<'_>, Stretch)]) -> Vec<String> {
    let takes = if finding.reading == Some("plain") {
        "what a reader takes a figure for"
    } else {
        "what a hedged figure allows"
    };
    let any = |wanted: fn(&Stretch) -> bool| figures.iter().any(|(_, figure)| wanted(figure));
    let marks = [
        any(Stretch::is_exact).then(|| "A point is an exact figure.".to_owned()),
        any(|figure| !figure.is_exact()).then(|| format!("A line is {takes}.")),
        any(Stretch::is_unbounded).then(|| "An arrow goes on without end.".to_owned()),
    ];
    marks.into_iter().flatten().collect()
}

/// A part stands within its whole.
fn depth(drawn: &Drawn<'_>) -> u32 {
    u32::from(drawn.claim.role == "part")
}

/// What a figure allows, in words.
pub(super) fn words(figure: &Stretch) -> String {
    let end = |value: &Option<_>, open| value.clone().map(|value| End { value, open });
    crate::prose::interval(&Interval {
        low: end(&figure.low, figure.low_open),
        high: end(&figure.high, figure.high_open),
    })
}

pub(super) fn table(figures: &[(&Drawn<'_>, Stretch)]) -> Table {
    let end = |value: &Option<_>, open: bool, word: &str| match value {
        None => Text::new("no bound"),
        Some(value) if open => Text::new(&format!("{word} than {}", crate::prose::number(value))),
        Some(value) => Text::new(&crate::prose::number(value)),
    };
    let row = |(drawn, figure): &(&Drawn<'_>, Stretch)| {
        [
            drawn.passage.letter.clone(),
            drawn.passage.in_short(),
            end(&figure.low, figure.low_open, "more"),
            end(&figure.high, figure.high_open, "less"),
        ]
    };
    Table { head: ["What it says", "At least", "At most"], rows: figures.iter().map(row).collect() }
}

/// The periods of the figures' scopes, where they differ, below what is drawn already; whether there was anything to draw.
fn periods(drawing: &mut Drawing, figures: &[(&Drawn<'_>, Stretch)]) -> bool {
    let known: Vec<(&Drawn<'_>, Stretch)> =
        figures.iter().filter_map(|(drawn, _)| Some((*drawn, period(&drawn.claim.proof)?))).collect();
    let different: BTreeSet<String> = known.iter().map(|(_, days)| words(days)).collect();
    if known.len() < 2 || different.len() < 2 {
        return false;
    }
    let axis = Axis::of_days(known.iter().flat_map(|(_, days)| days.ends()));
    drawing.height += 12;
    let top = drawing.height;
    for (drawn, days) in &known {
        let when = super::days::in_short(days);
        let y = drawing.row(depth(drawn), &Text::new(&format!("{}  {when}", drawn.passage.letter)));
        drawing.days(&axis, days, y);
    }
    drawing.axis(&axis, top);
    true
}

/// The days of a scope, as numbers.
fn period(proof: &ClaimProof) -> Option<Stretch> {
    let ClaimProof::Figure { outer, .. } = proof else { return None };
    of_period(outer.get("period")?.as_str()?)
}
