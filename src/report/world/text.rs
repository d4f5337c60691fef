//! A world as text: a table for each measure, the dates of events, the values of attributes, and what was left out.

use std::collections::{BTreeMap, BTreeSet};

use crate::prose::{capitalized, list, number};
use crate::report::text::{Page, TextOptions, count};
use crate::report::world::{DimensionWords, Incident, LeftOut, MeasureWords, Reason, World};

/// What a dimension is called where no term of it that has a name holds a unit.
const OTHER: &str = "other";

/// To how few columns a part of a table is squeezed.
const NARROWEST: usize = 12;

/// A world as text.
pub fn world_text(world: &World, options: TextOptions) -> String {
    let mut page = Page { text: String::new(), options };
    page.opening(world);
    for measure in &world.words.measures {
        let incidents: Vec<&Incident> =
            world.incidents.iter().filter(|incident| incident.measure == measure.id).collect();
        if !incidents.is_empty() {
            page.measure(world, measure, &incidents);
        }
    }
    page.dates(world);
    page.facts(world);
    page.left_out(world);
    page.text
}

/// "A reading" in a reader's words.
fn as_read(reading: &str) -> &'static str {
    if reading == "plain" { "as a reader takes them" } else { "word for word" }
}

impl Page {
    fn opening(&mut self, world: &World) {
        let held = world.claims.held.len();
        let said = match held {
            0 => "A world of nothing: there is no claim that has to hold.".to_owned(),
            1 => format!(
                "One world, of many, in which the 1 claim holds, {}, that is in no conflict.",
                as_read(world.reading)
            ),
            _ => format!(
                "One world, of many, in which all {} that are in no conflict hold together, {}.",
                count(held, "claim"),
                as_read(world.reading)
            ),
        };
        let what = "It shows that they can all be true; it is no finding, and what it says beyond the claims is made up: \
                    where they leave a choice of place, day, actor or number, it takes one that fits. “Other” is what none \
                    of the codebook's terms names.";
        self.paragraph("", &format!("{said} {what}"));
        let left_out = world.claims.left_out.len();
        if left_out > 0 {
            let verb = if left_out == 1 { "is" } else { "are" };
            self.paragraph(
                "",
                &format!("{} {verb} left out; the end of this page says why.", capitalized(&count(left_out, "claim"))),
            );
        }
        if !world.whole {
            let named: Vec<String> =
                world.words.measures.iter().filter(|m| world.fractional.contains(&m.id)).map(title).collect();
            let text = format!(
                "Of {} only a world with fractions was found, though they come in whole things.",
                list(&named.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>(), "and")
            );
            self.paragraph("", &text);
        }
        self.line("");
    }

    fn measure(&mut self, world: &World, measure: &MeasureWords, incidents: &[&Incident]) {
        self.heading(&capitalized(&title(measure)));
        let table = Table::of(world, measure, incidents);
        let common = table.common.join("; ");
        match table.rows.as_slice() {
            [row] if row.len() == 1 => {
                let what = if common.is_empty() { String::new() } else { format!(": {common}") };
                self.paragraph("  ", &format!("{}{what}.", row.concat()));
            }
            _ => {
                if !common.is_empty() {
                    self.paragraph("  ", &format!("All of them: {common}."));
                }
                for line in table.lines(self.options.width.max(40)) {
                    self.line(&line);
                }
            }
        }
        self.line("");
    }

    fn dates(&mut self, world: &World) {
        if world.dates.is_empty() {
            return;
        }
        self.heading("Dates of events");
        let mut lines: Vec<(&String, String)> = Vec::new();
        for (moment, day) in &world.dates {
            let Some((event, side)) = moment.rsplit_once('.') else { continue };
            let (label, one_day) = world.words.events.get(event).cloned().unwrap_or((event.to_owned(), false));
            match (side, one_day) {
                ("end", true) => {}
                (_, true) => lines.push((day, capitalized(&label))),
                ("start", _) if world.dates.get(&format!("{event}.end")) == Some(day) => {
                    lines.push((day, format!("{}: beginning and end", capitalized(&label))));
                }
                ("end", _) if world.dates.get(&format!("{event}.start")) == Some(day) => {}
                ("start", _) => lines.push((day, format!("{}: beginning", capitalized(&label)))),
                _ => lines.push((day, format!("{}: end", capitalized(&label)))),
            }
        }
        lines.sort_by(|a, b| (in_time(a.0), &a.1).cmp(&(in_time(b.0), &b.1)));
        for (day, text) in lines {
            self.paragraph(&format!("  {day:>10}  "), &text);
        }
        self.line("");
    }

    fn facts(&mut self, world: &World) {
        if world.words.facts.is_empty() {
            return;
        }
        self.heading("Values of attributes");
        for fact in &world.words.facts {
            self.paragraph("  - ", fact);
        }
        self.line("");
    }

    fn left_out(&mut self, world: &World) {
        for (reason, title) in [
            (Reason::Conflict, "Left out: in conflict with others"),
            (Reason::Undecided, "Left out: neither a world nor a contradiction was found"),
            (Reason::NotComparable, "Left out: not comparable"),
            (Reason::Superseded, "Left out: superseded by a later claim"),
        ] {
            let of_reason: Vec<&LeftOut> = world.claims.left_out.iter().filter(|out| out.reason == reason).collect();
            if of_reason.is_empty() {
                continue;
            }
            self.heading(title);
            for LeftOut { claim, because, findings, .. } in of_reason {
                let said = world.words.said.get(claim).map(|said| format!(": {said}")).unwrap_or_default();
                let why = match (reason, findings.as_slice()) {
                    (Reason::Conflict, [only]) => format!(" ({only})"),
                    (Reason::Conflict, [first, more @ ..]) => format!(" ({first}, and {} more)", more.len()),
                    (Reason::NotComparable, _) => format!(" ({because})"),
                    _ => String::new(),
                };
                self.paragraph("  - ", &format!("{claim}{said}{why}"));
            }
            self.line("");
        }
    }
}

/// What a measure counts: "people killed", without the number.
fn title(measure: &MeasureWords) -> String {
    let words = measure.phrase.replace("{}", " ");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Days in the order of time: those of years before 0 have a sign.
fn in_time(day: &str) -> i64 {
    let (sign, rest) = day.strip_prefix('-').map_or((1, day), |rest| (-1, rest));
    let mut parts = rest.split('-').map(|part| part.parse::<i64>().unwrap_or(0));
    let (year, month, day) = (parts.next().unwrap_or(0), parts.next().unwrap_or(0), parts.next().unwrap_or(0));
    sign * year * 10_000 + month * 100 + day
}

/// The rows of one measure.
struct Table {
    /// What all rows share.
    common: Vec<String>,
    header: Vec<String>,
    rows: Vec<Vec<String>>,
    /// How many of the first columns hold numbers.
    numbers: usize,
}

/// One row before the columns are chosen: what it says under each heading, and the numbers.
struct Line {
    cells: Vec<String>,
    numbers: Vec<String>,
}

impl Table {
    fn of(world: &World, measure: &MeasureWords, incidents: &[&Incident]) -> Self {
        let split = measure.dimensions.iter().position(|dimension| {
            let values: BTreeSet<String> =
                incidents.iter().map(|incident| held_by(world, incident, &dimension.id)).collect();
            !dimension.columns.is_empty() && values.len() > 1
        });
        let columns: &[(String, String)] =
            split.and_then(|at| measure.dimensions.get(at)).map_or(&[], |dimension| &dimension.columns);
        let others: Vec<&DimensionWords> = measure
            .dimensions
            .iter()
            .enumerate()
            .filter(|(at, _)| Some(*at) != split)
            .map(|(_, words)| words)
            .collect();
        let lines = lines(world, incidents, &others, split.and_then(|at| measure.dimensions.get(at)));
        let mut header: Vec<String> = others.iter().map(|dimension| dimension.id.clone()).collect();
        header.extend(["event".to_owned(), if measure.level { "from and to" } else { "day" }.to_owned()]);
        let mut table =
            Self { common: Vec::new(), header: Vec::new(), rows: Vec::new(), numbers: columns.len().max(1) };
        if columns.is_empty() {
            table.header.push("how many".to_owned());
        }
        table.header.extend(columns.iter().map(|(_, label)| label.clone()));
        table.rows.extend(lines.iter().map(|line| line.numbers.clone()));
        for (at, name) in header.iter().enumerate() {
            let cells: BTreeSet<&String> = lines.iter().filter_map(|line| line.cells.get(at)).collect();
            match cells.first() {
                Some(only) if cells.len() == 1 => {
                    table.common.extend(
                        others.get(at).filter(|_| *only != OTHER).map(|words| words.phrase.replace("{}", only)),
                    );
                    if others.get(at).is_none() && !only.is_empty() {
                        table.common.push((*only).clone());
                    }
                }
                _ => {
                    table.header.push(name.clone());
                    for (row, line) in table.rows.iter_mut().zip(&lines) {
                        row.extend(line.cells.get(at).cloned());
                    }
                }
            }
        }
        table
    }

    /// Columns as wide as they need be; where that is too wide, the widest ones are broken.
    fn lines(&self, most: usize) -> Vec<String> {
        let width = |at: usize| {
            let cells = self.rows.iter().chain([&self.header]).filter_map(|row| row.get(at));
            cells.map(|cell| crate::report::harmless(cell).chars().count()).max().unwrap_or(0)
        };
        let mut widths: Vec<usize> = (0..self.header.len()).map(width).collect();
        while widths.iter().map(|width| width + 2).sum::<usize>() > most {
            let Some(widest) = widths.iter_mut().skip(self.numbers).max().filter(|width| **width > NARROWEST) else {
                break;
            };
            *widest -= 1;
        }
        // A table of one number needs no heading.
        let header = (self.header.len() > 1).then_some(&self.header);
        let lines = |row: &Vec<String>| {
            let broken = row.iter().zip(&widths).map(|(cell, &width)| {
                let options = textwrap::Options::new(width).word_splitter(textwrap::WordSplitter::NoHyphenation);
                let cell = crate::report::harmless(cell);
                let lines = textwrap::wrap(&cell, options.break_words(false));
                lines.into_iter().map(std::borrow::Cow::into_owned).collect::<Vec<String>>()
            });
            let broken: Vec<Vec<String>> = broken.collect();
            let height = broken.iter().map(Vec::len).max().unwrap_or(0);
            let line = |number: usize| {
                let cells = broken.iter().zip(&widths).enumerate().map(|(at, (cell, &width))| {
                    let cell = cell.get(number).map_or("", String::as_str);
                    if at < self.numbers { format!("{cell:>width$}") } else { format!("{cell:<width$}") }
                });
                format!("  {}", cells.collect::<Vec<_>>().join("  ")).trim_end().to_owned()
            };
            (0..height).map(line).collect::<Vec<String>>()
        };
        header.into_iter().chain(&self.rows).flat_map(lines).collect()
    }
}

/// The rows: incidents that differ only in the dimension whose terms are columns are one.
fn lines(
    world: &World,
    incidents: &[&Incident],
    others: &[&DimensionWords],
    split: Option<&DimensionWords>,
) -> Vec<Line> {
    let columns: &[(String, String)] = split.map_or(&[], |dimension| &dimension.columns);
    let mut counts: BTreeMap<(i64, Vec<String>), Vec<Option<crate::number::Rational>>> = BTreeMap::new();
    for incident in incidents {
        let mut cells: Vec<String> = others.iter().map(|dimension| held_by(world, incident, &dimension.id)).collect();
        cells.push(event_of(world, incident));
        let (when, time) = when(incident);
        cells.push(when);
        let numbers = counts.entry((time, cells)).or_insert_with(|| vec![None; columns.len().max(1)]);
        let of = split.map(|dimension| held_by(world, incident, &dimension.id));
        let at = columns.iter().position(|(_, label)| Some(label) == of.as_ref()).unwrap_or(0);
        if let (Some(sum), Ok(count)) = (numbers.get_mut(at), incident.count.parse::<crate::number::Rational>()) {
            *sum = Some(sum.take().map_or_else(|| count.clone(), |sum| sum + &count));
        }
    }
    let shown = |count: Option<crate::number::Rational>| count.map(|count| number(&count)).unwrap_or_default();
    let line = |((_, cells), numbers): (_, Vec<_>)| Line { cells, numbers: numbers.into_iter().map(shown).collect() };
    counts.into_iter().map(line).collect()
}

/// The narrowest terms of a dimension that hold an incident, in words.
fn held_by(world: &World, incident: &Incident, dimension: &str) -> String {
    let Some(words) = world.words.terms.get(dimension) else { return OTHER.to_owned() };
    let mut labels: Vec<String> = Vec::new();
    for position in &incident.positions {
        let terms = position.terms.get(dimension).map(Vec::as_slice).unwrap_or_default();
        let parents: BTreeSet<&String> = terms.iter().filter_map(|term| words.get(term)?.parent.as_ref()).collect();
        let narrowest = terms.iter().filter(|term| !parents.contains(term));
        let named: Vec<String> =
            narrowest.map(|term| words.get(term).map_or_else(|| term.clone(), |words| words.label.clone())).collect();
        let label = if named.is_empty() { OTHER.to_owned() } else { named.join(", also ") };
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    list(&labels, "and")
}

fn event_of(world: &World, incident: &Incident) -> String {
    let mut labels: Vec<String> = Vec::new();
    for event in incident.positions.iter().filter_map(|position| position.events.first()) {
        let label = world.words.events.get(event).map_or_else(|| event.clone(), |(label, _)| label.clone());
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    list(&labels, "and")
}

/// When it was, and what orders it in time.
fn when(incident: &Incident) -> (String, i64) {
    if let Some(period) = &incident.period {
        let (first, last) = period.split_once('/').unwrap_or((period, period));
        let time = if first == ".." { i64::MIN } else { in_time(first) };
        return (if first == last { first.to_owned() } else { format!("{first} to {last}") }, time);
    }
    let days: BTreeSet<(i64, &String)> =
        incident.positions.iter().filter_map(|position| position.day.as_ref()).map(|day| (in_time(day), day)).collect();
    let time = days.first().map_or(i64::MIN, |(time, _)| *time);
    (days.into_iter().map(|(_, day)| day.clone()).collect::<Vec<_>>().join(", "), time)
}
