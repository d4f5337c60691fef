//! Parts laid end to end against their whole: what they have too much, or what is missing.

use num_traits::Zero;

use super::{Axis, Drawing, Drawn, Item, Picture, Stretch, X, figures, number};
use crate::number::Rational;
use crate::report::Finding;
use crate::report::page::Text;

/// How high a bar is.
const BAR: u32 = 14;

/// From which share of the width on a letter has room in its part.
const LETTER_FROM: u32 = 70;

/// How parts that do not overlap add up, where that is what a finding is about.
pub(super) fn of(finding: &Finding, claims: &[Drawn<'_>]) -> Option<Picture> {
    let exceed = match finding.rule {
        "parts-exceed-whole" => true,
        "parts-fall-short" => false,
        _ => return None,
    };
    let figures: Vec<(&Drawn<'_>, Stretch)> =
        claims.iter().filter_map(|drawn| Some((drawn, figures::stretch(&drawn.claim.proof)?))).collect();
    let (wholes, parts): (Vec<_>, Vec<_>) = figures.iter().partition(|(drawn, _)| drawn.claim.role == "whole");
    let [(whole, limits)] = wholes.as_slice() else { return None };
    let end = |figure: &Stretch| if exceed { figure.low.clone() } else { figure.high.clone() };
    let parts: Vec<(&Drawn<'_>, Rational)> =
        parts.into_iter().map(|(drawn, figure)| Some((*drawn, end(figure)?))).collect::<Option<_>>()?;
    let limit = if exceed { limits.high.clone() } else { limits.low.clone() }?;
    let total: Rational = parts.iter().map(|(_, value)| value).sum();
    let gap = finding.gap.as_ref()?;
    // Where parts are weighted, a sum of bars would tell something else.
    let told = if exceed { (&gap.low, &gap.high) } else { (&gap.high, &gap.low) };
    if number(told.0)? != total || number(told.1)? != limit || parts.len() < 2 {
        return None;
    }
    let axis = Axis::of_numbers([&Rational::zero(), &total, &limit].into_iter(), false);
    let drawing = drawn(&axis, &parts, &total, (whole, limits, &limit));
    let n = crate::prose::number;
    let letters: Vec<String> = parts.iter().map(|(drawn, _)| drawn.passage.letter.to_string()).collect();
    let values: Vec<String> = parts.iter().map(|(_, value)| n(value)).collect();
    let (words, whole_words) = if exceed { ("at least", "at most") } else { ("at most", "at least") };
    let apart = n(&if exceed { &total - &limit } else { &limit - &total });
    let (what, size) = if exceed { ("too much", "smallest") } else { ("missing", "largest") };
    Some(Picture {
        title: Text::new("The parts, end to end, against the whole"),
        description: Text::new(&format!(
            "{} together are {words} {} = {}. {}, the whole, is {whole_words} {}. So {apart} are {what}.",
            crate::prose::list(&letters, "and"),
            values.join(" + "),
            n(&total),
            whole.passage.letter,
            n(&limit),
        )),
        drawing,
        caption: Text::new(&format!("The parts end to end, each at its {size}. Hatched: the {apart} that are {what}.")),
        table: figures::table(&figures),
    })
}

/// The row of the parts, the row of the whole, and the stretch between where each ends.
fn drawn(
    axis: &Axis,
    parts: &[(&Drawn<'_>, Rational)],
    total: &Rational,
    (whole, limits, limit): (&Drawn<'_>, &Stretch, &Rational),
) -> Drawing {
    let mut drawing = Drawing::default();
    let letters: Vec<&str> = parts.iter().map(|(drawn, _)| drawn.passage.letter.as_str()).collect();
    let together = format!("{} together  {}", letters.join(" + "), crate::prose::number(total));
    let y = drawing.row(0, &Text::new(&together));
    let mut sum = Rational::zero();
    for (at, (drawn, value)) in parts.iter().enumerate() {
        let from = axis.place(&sum);
        sum += value;
        let width = axis.place(&sum).beyond(from);
        let class = if at % 2 == 0 { "p1" } else { "p2" };
        drawing.items.push(Item::Rect { class, x: from, width, y: y - BAR / 2, height: BAR });
        if let (X::Share(from), X::Share(wide)) = (from, width)
            && wide >= LETTER_FROM
        {
            drawing.words("i", X::Share(from + wide / 2), y + 5, "middle", drawn.passage.letter.clone());
        }
    }
    let y_whole = drawing.row(0, &Text::new(&format!("{}  {}", whole.passage.letter, whole.passage.given)));
    drawing.items.push(Item::Rect {
        class: "p0",
        x: axis.place(&Rational::zero()),
        width: axis.place(limit).beyond(axis.place(&Rational::zero())),
        y: y_whole - BAR / 2,
        height: BAR,
    });
    if limits.low != limits.high {
        drawing.stretch(axis, limits, y_whole);
    }
    let (less, more) = if total > limit { (limit, total) } else { (total, limit) };
    let (from, y) = (axis.place(less), if total > limit { y } else { y_whole });
    let width = axis.place(more).beyond(from);
    drawing.items.push(Item::Rect { class: "x", x: from, width, y: y - BAR / 2, height: BAR });
    drawing.items.push(Item::Down { class: "e", x: axis.place(limit), from: 0, to: drawing.height });
    drawing.axis(axis, 0);
    drawing
}
