//! Figures side by side as Markdown: a table for each measure, event and attribute.
//!
//! Whatever somebody wrote is escaped, so that it reads as it was written: no cell ends early, nothing becomes a link, an
//! image or a tag.

use crate::report::markdown::escaped;
use crate::report::show::{Catalogue, Entry, Group, Shown, ShownClaim};
use crate::report::text::count;

/// Claims side by side as Markdown.
pub fn shown_markdown(shown: &Shown) -> String {
    let mut lines: Vec<String> = shown.selection.iter().map(|selected| escaped(&selected.sentence())).collect();
    let mut title = None;
    for group in &shown.groups {
        let section = (&group.measure, &group.event, &group.attribute);
        if title != Some(section) {
            title = Some(section);
            lines.extend([String::new(), format!("## {}", escaped(&group.heading())), String::new()]);
            lines
                .push(row(&["Scope", "Figure", "Who", "Quote", "Allows", "Beside others", "Claim"].map(str::to_owned)));
            lines.push(row(&["---"; 7].map(str::to_owned)));
        }
        lines.extend(group.claims.iter().enumerate().map(|(at, claim)| row(&cells(group, at == 0, claim))));
    }
    lines.push(String::new());
    if shown.groups.is_empty() {
        lines.extend(["No claim is selected by every one of these words.".to_owned(), String::new()]);
    }
    lines.extend(shown.foot().iter().map(|sentence| escaped(sentence)));
    page(&lines)
}

/// What there is to show as Markdown.
pub fn catalogue_markdown(catalogue: &Catalogue) -> String {
    let counts = &catalogue.counts;
    let mut lines = vec![format!("{} of {}.", count(counts.claims, "claim"), count(counts.sources, "source"))];
    for (heading, entries) in catalogue.sections() {
        lines.extend([String::new(), format!("## {}", escaped(&heading)), String::new()]);
        let head = ["Name", "Label", "Claims", "Sources", "Contradictions", "Tensions", "Agreements", "Independent"];
        lines.push(row(&head.map(str::to_owned)));
        lines.push(row(&["---", "---", "---:", "---:", "---:", "---:", "---:", "---:"].map(str::to_owned)));
        for entry in entries {
            let Entry { claims, sources, contradictions, tensions, agreements, independent, .. } = entry;
            let names = [escaped(&entry.id), escaped(&entry.label)].into_iter();
            let numbers = [claims, sources, contradictions, tensions, agreements, independent];
            lines.push(row(&names.chain(numbers.map(ToString::to_string)).collect::<Vec<_>>()));
        }
    }
    lines.extend(catalogue.unlisted().iter().flat_map(|unlisted| [String::new(), escaped(unlisted)]));
    page(&lines)
}

/// Lines as a text, without blank ones at its start.
fn page(lines: &[String]) -> String {
    let lines: Vec<&str> = lines.iter().map(String::as_str).skip_while(|line| line.is_empty()).collect();
    format!("{}\n", lines.join("\n"))
}

fn cells(group: &Group, first: bool, claim: &ShownClaim) -> [String; 7] {
    let scope = format!("{}{}", "↳ ".repeat(group.depth.min(8)), escaped(&group.about()));
    let mut marks = claim.marks();
    marks.extend(group.caveat().map(str::to_owned));
    let marks: Vec<String> = marks.iter().map(|mark| escaped(&format!("{mark}."))).collect();
    [
        if first { scope } else { String::new() },
        escaped(&claim.figure()),
        escaped(&claim.who()),
        escaped(&format!("“{}”", claim.quote)),
        escaped(&claim.ranges().unwrap_or_default()),
        marks.join("<br>"),
        escaped(&claim.claim),
    ]
}

fn row(cells: &[String]) -> String {
    format!("| {} |", cells.join(" | "))
}
