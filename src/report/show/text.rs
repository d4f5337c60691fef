//! Figures side by side as text: a figure at the left, and beside it who says it, in what words, and who agrees.

use crate::prose::capitalized;
use crate::report::harmless;
use crate::report::show::{Catalogue, Entry, Group, Shown, ShownClaim};
use crate::report::text::{HEADING, Page, TextOptions, count};

/// How wide the column of figures may get; a longer figure has a line of its own.
const WIDEST: usize = 26;

/// To how few columns the text beside a figure is squeezed.
const NARROWEST: usize = 36;

/// Claims side by side as text.
pub fn shown_text(shown: &Shown, options: TextOptions) -> String {
    let mut page = Page { text: String::new(), options };
    for selected in &shown.selection {
        page.paragraph("", &selected.sentence());
    }
    page.line("");
    let mut title = None;
    for group in &shown.groups {
        let section = (&group.measure, &group.event, &group.attribute);
        if title != Some(section) {
            title = Some(section);
            page.heading(&harmless(&group.heading()));
            page.line("");
        }
        page.group(group);
    }
    if shown.groups.is_empty() {
        page.paragraph("", "No claim is selected by every one of these words.");
        page.line("");
    }
    for sentence in shown.foot() {
        page.paragraph("", &sentence);
    }
    page.text
}

/// What there is to show as text.
pub fn catalogue_text(catalogue: &Catalogue, options: TextOptions) -> String {
    let mut page = Page { text: String::new(), options };
    let counts = &catalogue.counts;
    page.paragraph(
        "",
        &format!(
            "{} of {}. `gainsay show WORD…` shows what any name below selects, side by side; several words narrow it.",
            count(counts.claims, "claim"),
            count(counts.sources, "source")
        ),
    );
    page.line("");
    let wide = |entry: &Entry| entry.id.chars().count();
    let headings = catalogue.sections();
    let width = catalogue.entries.iter().map(wide).chain(headings.iter().map(|(heading, _)| heading.chars().count()));
    let width = width.max().unwrap_or(0).clamp(12, 40);
    for (heading, entries) in headings {
        let blanks = " ".repeat((width + 2).saturating_sub(heading.chars().count()));
        let name = page.styled(HEADING, &heading);
        page.line(&format!("{name}{blanks} claims sources contradictions tensions agreements independent"));
        for entry in entries {
            page.entry(entry, width);
        }
        page.line("");
    }
    if let Some(unlisted) = catalogue.unlisted() {
        page.paragraph("", &unlisted);
    }
    page.text
}

impl Page {
    fn group(&mut self, group: &Group) {
        let indent = "  ".repeat(group.depth.min(8) + 1);
        self.paragraph(&indent, &group.about());
        let figures = group.claims.iter().map(|claim| harmless(&claim.figure()).chars().count());
        let width = figures.filter(|&wide| wide <= WIDEST).max().unwrap_or(0).max(8);
        for claim in &group.claims {
            self.row(&format!("{indent}  "), width, claim);
        }
        if let Some(caveat) = group.caveat() {
            self.paragraph(&format!("{indent}  "), &format!("{caveat}."));
        }
        self.line("");
    }

    fn row(&mut self, indent: &str, width: usize, claim: &ShownClaim) {
        let figure = harmless(&claim.figure());
        let who = claim.who();
        // The text beside the figure never gets too narrow to read.
        let room = self.options.width.saturating_sub(indent.len() + width + 2);
        let beside = if room < NARROWEST { format!("{indent}    ") } else { " ".repeat(indent.len() + width + 2) };
        let wide = figure.chars().count();
        if wide > width || room < NARROWEST {
            self.paragraph(indent, &figure);
            self.paragraph(&beside, &who);
        } else {
            self.paragraph(&format!("{indent}{figure}{}", " ".repeat(width + 2 - wide)), &who);
        }
        self.paragraph(&beside, &format!("“{}” {}", claim.quote, claim.claim));
        if let Some(ranges) = claim.ranges() {
            self.paragraph(&beside, &format!("{}.", capitalized(&ranges)));
        }
        for mark in claim.marks() {
            self.paragraph(&beside, &format!("{mark}."));
        }
    }

    fn entry(&mut self, entry: &Entry, width: usize) {
        let Entry { claims, sources, contradictions, tensions, agreements, independent, .. } = entry;
        let dot = |number: &usize| if *number == 0 { "·".to_owned() } else { number.to_string() };
        let [contradictions, tensions, agreements, independent] =
            [contradictions, tensions, agreements, independent].map(dot);
        self.line(&format!(
            "  {:width$} {claims:>6} {sources:>7} {contradictions:>14} {tensions:>8} {agreements:>10} {independent:>11}",
            entry.id
        ));
    }
}
