//! Pictures of findings, drawn as SVG by a template: marks at shares of the width and rows of a fixed height, so that a picture
//! fits any width without its text growing or shrinking.
//!
//! Every place is reckoned exactly from the claims' exact numbers; nothing asks how wide a font is. What is long is in the
//! passages and in the table behind each picture; in the picture stand letters, figures and days.

mod axis;
mod days;
mod facts;
mod figures;
mod parts;

use std::fmt;

use crate::number::Rational;
use crate::report::page::Text;
use crate::report::page::passages::Passage;
use crate::report::{Finding, FindingClaim};

pub(super) use axis::Axis;
pub(super) use days::day_number;

/// A picture, with what is said of it to whoever does not see it.
pub(super) struct Picture {
    pub(super) title: Text,
    pub(super) description: Text,
    pub(super) drawing: Drawing,
    /// What its marks mean, for whoever sees it.
    pub(super) caption: Text,
    pub(super) table: Table,
}

/// The same as a table.
pub(super) struct Table {
    /// The heads of its columns after the first, which holds letters.
    pub(super) head: [&'static str; 3],
    pub(super) rows: Vec<[Text; 4]>,
}

/// A picture of what a finding's claims allow, where that can be drawn: figures on an axis, parts against their whole, days on
/// a timeline, facts over time or value by value.
pub(super) fn of(finding: &Finding, passages: &[Passage]) -> Option<Picture> {
    finding.certificate.as_ref()?;
    let claims: Vec<Drawn<'_>> =
        finding.claims.iter().zip(passages).map(|(claim, passage)| Drawn { claim, passage }).collect();
    parts::of(finding, &claims)
        .or_else(|| figures::of(finding, &claims))
        .or_else(|| days::of(finding, &claims))
        .or_else(|| facts::of(finding, &claims))
}

/// A claim and how the page shows it.
pub(super) struct Drawn<'a> {
    pub(super) claim: &'a FindingClaim,
    pub(super) passage: &'a Passage,
}

/// How wide a letter is reckoned to be at most, and how wide a picture is at least, in pixels.
const LETTER: usize = 7;
const NARROWEST: usize = 290;

/// How many columns a label in a picture may take.
pub(super) const LABEL: usize = 32;

/// How much of the width is left free at each side, in tenths of a percent.
const MARGIN: u32 = 40;
pub(super) const WHOLE: u32 = 1_000;

/// A place from left to right.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum X {
    /// In tenths of a percent of the width.
    Share(u32),
    /// In pixels.
    Pixels(u32),
}

impl X {
    pub(super) const LEFT: Self = Self::Share(5);
    pub(super) const RIGHT: Self = Self::Share(WHOLE - 5);

    /// What part of the axis has gone by, from 0 to 1, as a place.
    fn along(part: &Rational) -> Self {
        let room = Rational::from_integer((WHOLE - 2 * MARGIN).into());
        let share = u32::try_from((part * room).round().to_integer()).unwrap_or(0);
        Self::Share(MARGIN + share.min(WHOLE - 2 * MARGIN))
    }

    /// How far it is from another place on the same axis to this one.
    pub(super) fn beyond(self, from: Self) -> Self {
        match (self, from) {
            (Self::Share(to), Self::Share(from)) => Self::Share(to.saturating_sub(from)),
            (to, _) => to,
        }
    }
}

impl fmt::Display for X {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Pixels(pixels) => write!(f, "{pixels}"),
            Self::Share(share) if share.is_multiple_of(10) => write!(f, "{}%", share / 10),
            Self::Share(share) => write!(f, "{}.{}%", share / 10, share % 10),
        }
    }
}

/// Something drawn.
pub(super) enum Item {
    /// A line across, at a height, with what stands at its ends.
    Across { class: &'static str, ends: (Tip, Tip), from: X, to: X, y: u32 },
    /// A line from top to bottom.
    Down { class: &'static str, x: X, from: u32, to: u32 },
    /// A box.
    Rect { class: &'static str, x: X, width: X, y: u32, height: u32 },
    /// A point; a hollow one is itself left out.
    Point { hollow: bool, x: X, y: u32 },
    /// Words; `anchor` is `start`, `middle` or `end`.
    Words { class: &'static str, x: X, y: u32, anchor: &'static str, text: Text },
}

impl Item {
    /// The class of words, as an attribute: what most have, they have without saying so.
    pub(super) fn style(&self) -> &'static str {
        match self {
            Self::Words { class: "b", .. } => " class=b",
            Self::Words { class: "i", .. } => " class=i",
            Self::Words { anchor: "middle", .. } => " class=h",
            Self::Words { anchor: "end", .. } => " class=e",
            _ => "",
        }
    }
}

/// What stands at the end of a line: a style class puts it there, as no page could hold ten thousand arrow heads of its own.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Tip {
    /// Nothing.
    None,
    /// A bar: the end belongs to it.
    Cap,
    /// A ring: the end does not.
    Ring,
    /// An arrow: it goes on.
    Arrow,
}

impl Tip {
    fn of(known: bool, open: bool) -> Self {
        match (known, open) {
            (false, _) => Self::Arrow,
            (true, true) => Self::Ring,
            (true, false) => Self::Cap,
        }
    }

    /// The style class at the beginning of a line.
    pub(super) fn start(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Cap => " sc",
            Self::Ring => " so",
            Self::Arrow => " sa",
        }
    }

    /// The style class at the end of a line.
    pub(super) fn end(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Cap => " ec",
            Self::Ring => " eo",
            Self::Arrow => " ea",
        }
    }
}

/// What is drawn, from the back to the front, and how high it is.
#[derive(Default)]
pub(super) struct Drawing {
    pub(super) height: u32,
    pub(super) items: Vec<Item>,
}

/// How high a row is: its words, and below these its marks.
pub(super) const ROW: u32 = 38;
/// Where in a row its words stand, and its marks.
const WORDS: u32 = 13;
pub(super) const MARKS: u32 = 25;
/// How high the axis is with its figures.
const AXIS: u32 = 26;

/// What lies between two ends, either of which may be missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) low: Option<Rational>,
    pub(super) low_open: bool,
    pub(super) high: Option<Rational>,
    pub(super) high_open: bool,
}

impl Stretch {
    pub(super) fn ends(&self) -> impl Iterator<Item = &Rational> {
        self.low.iter().chain(&self.high)
    }

    pub(super) fn is_exact(&self) -> bool {
        self.low.is_some() && self.low == self.high
    }

    pub(super) fn is_unbounded(&self) -> bool {
        self.low.is_none() || self.high.is_none()
    }
}

impl Drawing {
    /// Words at the top of the next row, which then is the last one; the height of its marks.
    pub(super) fn row(&mut self, depth: u32, words: &Text) -> u32 {
        let top = self.height;
        self.height += ROW;
        let x = X::Pixels(depth * 14);
        let room = LABEL.saturating_sub(2 * depth as usize);
        self.words("b", x, top + WORDS, "start", words.cut(room));
        top + MARKS
    }

    pub(super) fn words(&mut self, class: &'static str, x: X, y: u32, anchor: &'static str, text: Text) {
        self.items.push(Item::Words { class, x, y, anchor, text });
    }

    /// A stretch as a point, or as a whisker with caps, with arrows where it does not end.
    pub(super) fn stretch(&mut self, axis: &Axis, stretch: &Stretch, y: u32) {
        let (low, high) =
            (stretch.low.as_ref().map(|low| axis.place(low)), stretch.high.as_ref().map(|high| axis.place(high)));
        if let (Some(low), Some(high)) = (low, high)
            && low == high
        {
            self.items.push(Item::Point { hollow: stretch.low_open, x: low, y });
            return;
        }
        let ends = (Tip::of(low.is_some(), stretch.low_open), Tip::of(high.is_some(), stretch.high_open));
        let (from, to) = (low.unwrap_or(X::LEFT), high.unwrap_or(X::RIGHT));
        self.items.push(Item::Across { class: "w", ends, from, to, y });
    }

    /// The axis under what was drawn from `top` on, with its marks behind that.
    pub(super) fn axis(&mut self, axis: &Axis, top: u32) {
        self.labels(&axis.ticks(), top);
    }

    /// Labels under what was drawn from `top` on, each with a line behind that.
    fn labels(&mut self, labels: &[(X, String)], top: u32) {
        let bottom = self.height;
        let mut behind = Vec::new();
        for &(x, ref label) in labels {
            behind.push(Item::Down { class: "g", x, from: top, to: bottom });
            let X::Share(share) = x else { continue };
            if label.is_empty() {
                continue;
            }
            let anchor = anchor(share);
            self.items.push(Item::Words { class: "t", x, y: bottom + 15, anchor, text: Text::new(label) });
        }
        let ends = (Tip::None, Tip::None);
        behind.push(Item::Across { class: "a", ends, from: X::Share(0), to: X::Share(WHOLE), y: bottom });
        behind.append(&mut self.items);
        self.items = behind;
        self.height = bottom + AXIS;
    }
}

/// The days of a period of the report in words: "15 Aug 2021 to 14 Aug 2022".
pub(super) fn period_in_words(period: &str) -> Option<String> {
    of_period(period).map(|days| days::in_short(&days))
}

/// Where a label is held, so that none is cut at a side.
fn anchor(share: u32) -> &'static str {
    match share {
        ..120 => "start",
        880.. => "end",
        _ => "middle",
    }
}

/// From where to where, in pixels, a label of a width reaches on the narrowest picture.
fn spread(x: X, width: usize) -> (usize, usize) {
    let X::Share(share) = x else { return (0, width) };
    let at = share as usize * NARROWEST / WHOLE as usize;
    let start = match anchor(share) {
        "start" => at,
        "end" => at.saturating_sub(width),
        _ => at.saturating_sub(width / 2),
    };
    (start, start + width)
}

/// The days of a period of the report, `2022-01-01/2022-12-31`, as numbers; none where it has no end at all.
fn of_period(period: &str) -> Option<Stretch> {
    let (first, last) = period.split_once('/')?;
    let (low, high) = (day_number(first), day_number(last));
    (low.is_some() || high.is_some()).then_some(Stretch { low, low_open: false, high, high_open: false })
}

/// The text of a number of the report, as a number.
pub(super) fn number(text: &str) -> Option<Rational> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::integer;

    #[test]
    fn places_are_exact_shares_of_the_width() {
        assert_eq!(X::along(&integer(0)).to_string(), "4%");
        assert_eq!(X::along(&integer(1)).to_string(), "96%");
        assert_eq!(X::along(&Rational::new(1.into(), 2.into())).to_string(), "50%");
        // 4 + 92/3 = 34.666…
        assert_eq!(X::along(&Rational::new(1.into(), 3.into())).to_string(), "34.7%");
        assert_eq!(X::Share(123).to_string(), "12.3%");
    }

    #[test]
    fn a_stretch_is_a_point_a_whisker_or_an_arrow() {
        let axis = Axis::of_numbers([&integer(0), &integer(10)].into_iter(), false);
        let drawn = |low: Option<i64>, high: Option<i64>| {
            let mut drawing = Drawing::default();
            let stretch = Stretch { low: low.map(integer), low_open: false, high: high.map(integer), high_open: true };
            drawing.stretch(&axis, &stretch, 0);
            match drawing.items.as_slice() {
                [Item::Point { .. }] => "point".to_owned(),
                [Item::Across { ends: (start, end), .. }] => format!("{start:?} to {end:?}"),
                other => format!("{} items", other.len()),
            }
        };
        assert_eq!(drawn(Some(3), Some(3)), "point");
        assert_eq!(drawn(Some(3), Some(5)), "Cap to Ring");
        assert_eq!(drawn(Some(3), None), "Cap to Arrow");
        assert_eq!(drawn(None, Some(5)), "Arrow to Ring");
        assert_eq!(drawn(None, None), "Arrow to Arrow");
    }
}
