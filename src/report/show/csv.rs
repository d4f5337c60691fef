//! Figures side by side as CSV (RFC 4180), one row per claim, for a spreadsheet.
//!
//! A cell of text that starts with a character at which a spreadsheet would begin a formula has an apostrophe before it:
//! whoever opens the file sees text, and nothing is computed. Cells that hold a bound, which may start with a minus, are
//! written only from exact numbers and days. Several names in a cell have a semicolon and a blank between them.

use num_traits::Signed;

use crate::number::{Rational, integer};
use crate::report::Verdict;
use crate::report::harmless;
use crate::report::show::{Catalogue, Entry, Group, Mark, Range, Shown, ShownClaim, Support};

/// The columns of claims, in order; new ones are added at the end.
const COLUMNS: [&str; 33] = [
    "kind",
    "of",
    "scope",
    "claim",
    "source",
    "source_name",
    "published_by",
    "voice",
    "given",
    "said",
    "low",
    "low_open",
    "high",
    "high_open",
    "plain_low",
    "plain_low_open",
    "plain_high",
    "plain_high_open",
    "unit",
    "chain",
    "chain_names",
    "quote",
    "place",
    "state",
    "because",
    "contradictions",
    "tensions",
    "notes",
    "independent",
    "shared",
    "repeats",
    "note",
    "depth",
];

/// The columns of a catalogue, in order.
const CATALOGUE: [&str; 10] =
    ["kind", "of", "id", "label", "claims", "sources", "contradictions", "tensions", "agreements", "independent"];

/// One cell.
enum Cell<'a> {
    /// Anything that somebody wrote.
    Text(&'a str),
    /// A number, a day, or a word of our own.
    Bare(String),
}

/// Claims side by side as CSV, with a line that names the columns.
pub fn shown_csv(shown: &Shown) -> String {
    let mut text = line(&COLUMNS.map(Cell::Text));
    for group in &shown.groups {
        for claim in &group.claims {
            text.push_str(&row(group, claim));
        }
    }
    text
}

/// What there is to show as CSV, with a line that names the columns.
pub fn catalogue_csv(catalogue: &Catalogue) -> String {
    let mut text = line(&CATALOGUE.map(Cell::Text));
    for entry in &catalogue.entries {
        let Entry { claims, sources, contradictions, tensions, agreements, independent, .. } = entry;
        let numbers = [claims, sources, contradictions, tensions, agreements, independent];
        let words = [entry.kind, entry.of.as_deref().unwrap_or_default(), &entry.id, &entry.label];
        let cells = words.map(Cell::Text).into_iter();
        text.push_str(&line(&cells.chain(numbers.map(|number| Cell::Bare(number.to_string()))).collect::<Vec<_>>()));
    }
    text
}

fn row(group: &Group, claim: &ShownClaim) -> String {
    let of = [&group.measure, &group.event, &group.attribute].into_iter().flatten().next().map_or("", String::as_str);
    let optional = |text: &'_ Option<String>| text.clone().unwrap_or_default();
    let ends = |range: &Range| {
        let open = |end: &Option<String>, open: bool| end.as_ref().map(|_| open.to_string()).unwrap_or_default();
        [
            spreadsheet_number(&optional(&range.low)),
            open(&range.low, range.low_open),
            spreadsheet_number(&optional(&range.high)),
            open(&range.high, range.high_open),
        ]
    };
    let list = |items: Vec<&str>| items.join("; ");
    let chain = list(claim.chain.iter().map(|party| party.id.as_str()).collect());
    let names = list(claim.chain.iter().map(|party| party.label.as_str()).collect());
    let found = |verdict: Verdict| {
        let of = |mark: &&Mark| mark.verdict == verdict;
        list(claim.findings.iter().filter(of).map(|mark| mark.finding.as_str()).collect())
    };
    let agree = |independent: bool| {
        let of = |support: &&Support| support.independent == independent;
        list(claim.supports.iter().filter(of).map(|support| support.claim.as_str()).collect())
    };
    let found = [Verdict::Contradiction, Verdict::Tension, Verdict::Note].map(found);
    let agree = [true, false].map(agree);
    let repeats = claim.repeats.join("; ");
    let text = |text: &'static str| Cell::Text(text);
    let mut cells = vec![text(group.kind), Cell::Text(of), Cell::Text(&group.words), Cell::Text(&claim.claim)];
    cells.extend([
        Cell::Text(&claim.source),
        Cell::Text(&claim.source_name),
        Cell::Bare(optional(&claim.published_by)),
    ]);
    cells.extend([text(claim.voice), Cell::Text(&claim.given), Cell::Text(&claim.said)]);
    cells.extend(ends(&claim.strict).into_iter().chain(ends(&claim.plain)).map(Cell::Bare));
    cells.extend([Cell::Text(group.unit.as_deref().unwrap_or_default()), Cell::Text(&chain), Cell::Text(&names)]);
    cells.extend([Cell::Text(&claim.quote), Cell::Text(claim.place.as_deref().unwrap_or_default())]);
    cells.extend([text(claim.state), Cell::Text(claim.because.as_deref().unwrap_or_default())]);
    cells.extend(found.iter().chain(&agree).map(|cell| Cell::Text(cell)));
    cells.extend([Cell::Text(&repeats), Cell::Text(claim.note.as_deref().unwrap_or_default())]);
    cells.push(Cell::Bare(group.depth.to_string()));
    line(&cells)
}

/// A number as a spreadsheet reads it, which takes `3/4` for a day: with decimals, where they come to an end within
/// twelve; else as it is, in text.
fn spreadsheet_number(exact: &str) -> String {
    let Ok(number) = exact.parse::<Rational>() else { return exact.to_owned() };
    let scaled = &number * integer(1_000_000_000_000);
    if number.is_integer() || !scaled.is_integer() {
        return exact.to_owned();
    }
    let sign = if number < integer(0) { "-" } else { "" };
    let digits = format!("{:0>13}", scaled.abs().to_integer().to_string());
    let (whole, decimals) = digits.split_at(digits.len() - 12);
    format!("{sign}{whole}.{}", decimals.trim_end_matches('0'))
}

/// One line, with its break.
fn line(cells: &[Cell<'_>]) -> String {
    let cells: Vec<String> = cells.iter().map(written).collect();
    format!("{}\r\n", cells.join(","))
}

fn written(cell: &Cell<'_>) -> String {
    let text = match cell {
        Cell::Bare(text) => text.clone(),
        Cell::Text(text) => guarded(&harmless(text)),
    };
    if text.contains([',', '"', '\r', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// The text with an apostrophe before it where a spreadsheet would take it for a formula; wide forms of the signs count.
fn guarded(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    if formula { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{Cell, line, spreadsheet_number, written};

    #[test]
    fn fractions_are_no_days() {
        for (exact, shown) in [
            ("3/4", "0.75"),
            ("-31/20", "-1.55"),
            ("251/200", "1.255"),
            ("262", "262"),
            ("2/3", "2/3"),
            ("2022-01-01", "2022-01-01"),
            ("", ""),
        ] {
            assert_eq!(spreadsheet_number(exact), shown);
        }
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let text = |text: &str| written(&Cell::Text(text));
        assert_eq!(text("plain, with a comma"), "\"plain, with a comma\"");
        assert_eq!(text("so-called \"attacks\""), "\"so-called \"\"attacks\"\"\"");
        assert_eq!(line(&[Cell::Text("a"), Cell::Bare("-1/3".to_owned())]), "a,-1/3\r\n");
    }

    #[test]
    fn no_cell_of_text_starts_a_formula() {
        for start in ["=", "+", "-", "@", "＝", " =", "\t=", "\u{feff}="] {
            let cell = written(&Cell::Text(&format!("{start}1+1")));
            assert!(!cell.starts_with(['=', '+', '-', '@', '＝', '\t', ' ']), "{cell}");
        }
        assert_eq!(written(&Cell::Text("=HYPERLINK(\"a\",\"b\")")), "\"'=HYPERLINK(\"\"a\"\",\"\"b\"\")\"");
    }
}
