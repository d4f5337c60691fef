//! Dates, durations and orders on a timeline: as wide as they are precise.

use std::collections::BTreeMap;

use super::{Axis, Drawing, Drawn, Item, Picture, Stretch, Table, Tip, number};
use crate::certificate::ClaimProof;
use crate::edtf::Day;
use crate::number::{Rational, integer};
use crate::report::Finding;
use crate::report::page::Text;

/// How high a bar of days is.
const BAR: u32 = 8;

/// A day as the report writes it, as a number of days since 1970-01-01.
pub(in crate::report::page) fn day_number(text: &str) -> Option<Rational> {
    let date = crate::edtf::parse_date(text).ok()?;
    Some(integer(date.first().number().into()))
}

impl Drawing {
    /// Days as a bar from the beginning of the first to the end of the last, with an arrow where they do not end.
    pub(in crate::report::page) fn days(&mut self, axis: &Axis, days: &Stretch, y: u32) {
        let (Some(low), Some(high)) = (&days.low, &days.high) else {
            self.stretch(axis, days, y);
            return;
        };
        let from = axis.place(low);
        // A day among decades is too narrow to be seen.
        if low == high {
            self.items.push(Item::Point { hollow: false, x: from, y });
            return;
        }
        let width = axis.place(&(high + integer(1))).beyond(from);
        self.items.push(Item::Rect { class: "d", x: from, width, y: y - BAR / 2, height: BAR });
    }
}

/// What a claim says of one day, or how long it says that something took.
enum Row {
    Days(Stretch),
    /// So many days at least and at most, from a day on that others date.
    Length {
        from: Option<Rational>,
        low: Option<Rational>,
        high: Option<Rational>,
    },
}

/// The dates of a finding about days.
pub(super) fn of(finding: &Finding, claims: &[Drawn<'_>]) -> Option<Picture> {
    if !matches!(finding.rule, "date-disagreement" | "order-violation") {
        return None;
    }
    let mut rows: Vec<(&Drawn<'_>, Row)> = Vec::new();
    // The first day that each moment can be, as far as the finding's own dates say.
    let mut dated: BTreeMap<&str, Rational> = BTreeMap::new();
    for drawn in claims {
        let ClaimProof::Date { bounds, .. } = &drawn.claim.proof else { continue };
        let mut known: Vec<Stretch> = Vec::new();
        for moment in bounds {
            let day = |day: &Option<String>| day.as_deref().and_then(day_number);
            let days = Stretch { low: day(&moment.low), low_open: false, high: day(&moment.high), high_open: false };
            if let Some(low) = &days.low {
                let earliest = dated.entry(&moment.date).or_insert_with(|| low.clone());
                *earliest = earliest.clone().max(low.clone());
            }
            // An incident begins and ends on its one day.
            if days.ends().next().is_some() && !known.contains(&days) {
                known.push(days);
            }
        }
        rows.extend(known.into_iter().map(|days| (drawn, Row::Days(days))));
    }
    for drawn in claims {
        if let ClaimProof::Duration { duration, low, high, .. } = &drawn.claim.proof {
            let length = |days: &Option<String>| days.as_deref().and_then(number);
            let from = dated.get(duration.from.as_str()).cloned();
            rows.push((drawn, Row::Length { from, low: length(low), high: length(high) }));
        }
    }
    rows.sort_by_key(|(drawn, _)| claims.iter().position(|other| std::ptr::eq(other, *drawn)));
    let ends: Vec<Rational> = rows.iter().flat_map(|(_, row)| row.ends()).collect();
    if ends.is_empty() {
        return None;
    }
    // No earlier than the one, no later than the other, which comes before it.
    let gap = finding.gap.as_ref().and_then(|gap| Some((day_number(&gap.high)?, day_number(&gap.low)?)));
    let gap_ends = gap.iter().flat_map(|(latest, earliest)| [latest, earliest]);
    let axis = Axis::of_days(ends.iter().chain(gap_ends));
    let mut drawing = Drawing::default();
    for (drawn, row) in &rows {
        let y = drawing.row(0, &Text::new(&format!("{}  {}", drawn.passage.letter, drawn.passage.given)));
        row.draw(&mut drawing, &axis, y);
    }
    if let Some((latest, earliest)) = &gap {
        let (x, until) = (axis.place(latest), axis.place(earliest));
        let hatched = Item::Rect { class: "x", x, width: until.beyond(x), y: 1, height: drawing.height - 1 };
        drawing.items.insert(0, hatched);
    }
    drawing.axis(&axis, 0);
    let mut said: Vec<String> =
        rows.iter().map(|(drawn, row)| format!("{}: {}", drawn.passage.letter, row.words())).collect();
    let mut caption = vec!["A bar covers the days that a date can be.".to_owned()];
    if let Some((latest, earliest)) = &gap {
        let hatched =
            format!("from {}, the latest day possible, to {}, the earliest day required", day(latest), day(earliest));
        caption.push(format!("Hatched: {hatched}."));
        said.push(format!("hatched is the time {hatched}"));
    }
    if rows.iter().any(|(_, row)| matches!(row, Row::Length { from: Some(_), .. })) {
        caption.push("Dashes: a length of time, from the earliest day at which it can begin; it ends between its last two marks.".to_owned());
    }
    if rows.iter().any(|(_, row)| matches!(row, Row::Length { from: None, .. })) {
        caption.push("Lengths and orders without a dated beginning are not drawn.".to_owned());
    }
    Some(Picture {
        title: Text::new("What each date allows"),
        description: Text::new(&format!("{}.", said.join("; "))),
        drawing,
        caption: Text::new(&caption.join(" ")),
        table: table(&rows),
    })
}

impl Row {
    /// What has to have room on the axis.
    fn ends(&self) -> Vec<Rational> {
        match self {
            Self::Days(days) => days.ends().cloned().collect(),
            Self::Length { from: Some(from), low, high } => {
                let longest = high.as_ref().or(low.as_ref());
                std::iter::once(from.clone()).chain(longest.map(|days| from + days)).collect()
            }
            Self::Length { from: None, .. } => Vec::new(),
        }
    }

    fn draw(&self, drawing: &mut Drawing, axis: &Axis, y: u32) {
        match self {
            Self::Days(days) => drawing.days(axis, days, y),
            Self::Length { from: Some(from), low, high } => {
                let start = axis.place(from);
                let least = low.as_ref().map(|days| axis.place(&(from + days)));
                let most = high.as_ref().map(|days| axis.place(&(from + days)));
                let end = most.or(least).unwrap_or(super::X::RIGHT);
                let open = high.is_none();
                let tip = if open { Tip::Arrow } else { Tip::Cap };
                let until = if open { super::X::RIGHT } else { end };
                drawing.items.push(Item::Across { class: "z", ends: (Tip::Cap, tip), from: start, to: until, y });
                // Where it can end at the earliest.
                let least = least.filter(|least| *least != until && *least != start);
                drawing.items.extend(least.map(|x| Item::Down { class: "w", x, from: y - 6, to: y + 6 }));
            }
            Self::Length { from: None, .. } => {}
        }
    }

    fn words(&self) -> String {
        match self {
            Self::Days(days) => match (&days.low, &days.high) {
                (Some(low), Some(high)) if low == high => day(low),
                (Some(low), Some(high)) => format!("{} to {}", day(low), day(high)),
                (Some(low), None) => format!("{} or later", day(low)),
                (None, Some(high)) => format!("{} or earlier", day(high)),
                (None, None) => "any day".to_owned(),
            },
            Self::Length { low, high, .. } => format!("{} days", length(low.as_ref(), high.as_ref())),
        }
    }
}

fn length(low: Option<&Rational>, high: Option<&Rational>) -> String {
    let n = crate::prose::number;
    match (low, high) {
        (Some(low), Some(high)) if low == high => n(low),
        (Some(low), Some(high)) => format!("{} to {}", n(low), n(high)),
        (Some(low), None) => format!("at least {}", n(low)),
        (None, Some(high)) => format!("at most {}", n(high)),
        (None, None) => "any number of".to_owned(),
    }
}

/// A number of days since 1970-01-01 as people write the day.
fn day(number: &Rational) -> String {
    let day = i32::try_from(number.to_integer()).ok().and_then(Day::from_number);
    day.map(crate::prose::day).unwrap_or_default()
}

/// Stretches of days as a table.
pub(super) fn table_of_days(rows: &[(&Drawn<'_>, Stretch)]) -> Table {
    let end = |value: &Option<Rational>| Text::new(&value.as_ref().map_or_else(|| "not said".to_owned(), day));
    let row = |(drawn, days): &(&Drawn<'_>, Stretch)| {
        [drawn.passage.letter.clone(), drawn.passage.in_short(), end(&days.low), end(&days.high)]
    };
    Table { head: ["What it says", "From", "Until"], rows: rows.iter().map(row).collect() }
}

/// A stretch of days with the names of months cut to three letters: "2022", "15 Aug 2021 to 14 Aug 2022".
pub(super) fn in_short(days: &Stretch) -> String {
    let known = |number: &Rational| i32::try_from(number.to_integer()).ok().and_then(Day::from_number);
    let month = |day: Day| crate::prose::month_name(day.month()).chars().take(3).collect::<String>();
    let short = |day: Day| format!("{} {} {}", day.day(), month(day), day.year());
    let (first, last) = (days.low.as_ref().and_then(known), days.high.as_ref().and_then(known));
    match (first, last) {
        (Some(first), Some(last)) if first == last => short(first),
        (Some(first), Some(last)) => {
            let whole = (first.day(), first.month(), last.day(), last.month()) == (1, 1, 31, 12);
            match (whole, first.year() == last.year()) {
                (true, true) => first.year().to_string(),
                (true, false) => format!("{} to {}", first.year(), last.year()),
                (false, _) => format!("{} to {}", short(first), short(last)),
            }
        }
        (Some(first), None) => format!("from {} on", short(first)),
        (None, Some(last)) => format!("up to {}", short(last)),
        (None, None) => "at any time".to_owned(),
    }
}

fn table(rows: &[(&Drawn<'_>, Row)]) -> Table {
    let or_none = |value: Option<String>| Text::new(&value.unwrap_or_else(|| "no bound".to_owned()));
    let row = |(drawn, row): &(&Drawn<'_>, Row)| {
        let days = |days: &Rational| format!("{} days", crate::prose::number(days));
        let (first, last) = match row {
            Row::Days(stretch) => (stretch.low.as_ref().map(day), stretch.high.as_ref().map(day)),
            Row::Length { low, high, .. } => (low.as_ref().map(days), high.as_ref().map(days)),
        };
        [drawn.passage.letter.clone(), drawn.passage.in_short(), or_none(first), or_none(last)]
    };
    Table { head: ["What it says", "Not before", "Not after"], rows: rows.iter().map(row).collect() }
}
