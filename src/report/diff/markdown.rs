//! A difference as Markdown: what a reviewer reads in a pull request.
//!
//! Whatever somebody wrote is escaped, so that it reads as it was written. Long lists are folded away, never cut.

use crate::report::diff::text::{by_change, counts, side, summary};
use crate::report::diff::{Difference, SideFinding};
use crate::report::markdown::escaped;
use crate::report::{NotCompared, Verdict};
use crate::texts::{Change, Op};

/// A difference as Markdown.
pub fn difference_markdown(difference: &Difference) -> String {
    let mut lines = vec!["### Claims: what this change adds and resolves".to_owned(), String::new()];
    if difference.is_empty() {
        lines.extend(summary(difference).iter().map(|line| escaped(line)));
        return page(&lines);
    }
    table(&mut lines, difference);
    for verdict in [Verdict::Contradiction, Verdict::Tension, Verdict::Note] {
        let added = difference.findings.added.iter().filter(|finding| finding.verdict == verdict);
        let (waived, open): (Vec<&SideFinding>, Vec<&SideFinding>) =
            added.partition(|finding| finding.waived.is_some());
        let title = format!("New {}s", verdict.word());
        if verdict == Verdict::Note {
            folded(&mut lines, &title, &open.iter().map(|finding| headline(finding)).collect::<Vec<_>>());
        } else if !open.is_empty() {
            lines.extend([format!("#### {title}"), String::new()]);
            for finding in open {
                in_full(&mut lines, finding);
            }
        }
        let waived: Vec<String> = waived
            .iter()
            .map(|finding| {
                format!("{}<br>Waived: {}", headline(finding), escaped(finding.waived.as_deref().unwrap_or_default()))
            })
            .collect();
        folded(&mut lines, &format!("{title} that are waived"), &waived);
    }
    if difference.open_again().next().is_some() {
        lines.extend(["#### Open again: no longer waived".to_owned(), String::new()]);
        for changed in difference.open_again() {
            in_full(&mut lines, &changed.finding);
            let reason = changed.was.waived.as_deref().unwrap_or_default();
            lines.extend([format!("It was waived: {}", escaped(reason)), String::new()]);
        }
    }
    let changes = by_change(difference);
    if !changes.is_empty() {
        lines.extend(["#### Changed findings".to_owned(), String::new()]);
    }
    for (told, findings) in changes {
        lines.extend([escaped(&told.join(" ")), String::new()]);
        let findings = findings.iter().map(|changed| {
            let (rule, id) = (escaped(&changed.finding.rule), code(&changed.finding.id));
            format!("- **{rule}**: {} `{id}`", marked(&changed.diff))
        });
        lines.extend(findings);
        lines.push(String::new());
    }
    let resolved = difference.findings.resolved.iter().map(|finding| {
        let waived = if finding.waived.is_some() { " (waived before)" } else { "" };
        format!("{}{waived}, {}", finding.verdict.word(), headline(finding))
    });
    listed(&mut lines, "Resolved", &resolved.collect::<Vec<_>>());
    claims(&mut lines, difference);
    rest(&mut lines, difference);
    lines.extend(summary(difference).iter().skip(1).flat_map(|line| [escaped(line), String::new()]));
    page(&lines)
}

fn page(lines: &[String]) -> String {
    format!("{}\n", lines.join("\n").trim_end())
}

fn table(lines: &mut Vec<String>, difference: &Difference) {
    let Difference { old, new, summary, .. } = difference;
    lines.extend([
        format!("From {} to {}. New: {}.", escaped(&side(old)), escaped(&side(new)), counts(summary.added)),
        String::new(),
        "| | contradictions | tensions | notes |".to_owned(),
        "| --- | ---: | ---: | ---: |".to_owned(),
    ]);
    for (name, counts) in [("new", summary.added), ("resolved", summary.resolved), ("changed", summary.changed)] {
        lines.push(format!("| {name} | {} | {} | {} |", counts.contradictions, counts.tensions, counts.notes));
    }
    lines.push(format!("| now, not waived | {} | {} | {} |", new.contradictions, new.tensions, new.notes));
    lines.push(String::new());
}

fn headline(finding: &SideFinding) -> String {
    format!("**{}**: {} `{}`", escaped(&finding.rule), escaped(&finding.headline), code(&finding.id))
}

fn in_full(lines: &mut Vec<String>, finding: &SideFinding) {
    lines.extend([headline(finding), String::new()]);
    if !finding.claims.is_empty() {
        lines.extend(["| claim | quote | where |".to_owned(), "| --- | --- | --- |".to_owned()]);
        for claim in &finding.claims {
            let cells = [&claim.claim, &format!("“{}”", claim.quote), &format!("{}:{}", claim.file, claim.line)];
            lines.push(format!("| {} |", cells.map(|cell| escaped(cell)).join(" | ")));
        }
        lines.push(String::new());
    }
    lines.extend([escaped(&finding.explanation), String::new()]);
}

fn listed(lines: &mut Vec<String>, title: &str, entries: &[String]) {
    if !entries.is_empty() {
        lines.extend([format!("#### {title}"), String::new()]);
        lines.extend(entries.iter().map(|entry| format!("- {entry}")));
        lines.push(String::new());
    }
}

fn folded(lines: &mut Vec<String>, title: &str, entries: &[String]) {
    if !entries.is_empty() {
        lines.extend([format!("<details><summary>{title}: {}</summary>", entries.len()), String::new()]);
        lines.extend(entries.iter().map(|entry| format!("- {entry}")));
        lines.extend([String::new(), "</details>".to_owned(), String::new()]);
    }
}

fn claims(lines: &mut Vec<String>, difference: &Difference) {
    let changed = difference.claims.changed.iter().map(|changed| {
        let fields = changed.fields.iter().map(|field| format!("<br>{}: {}", field.field, marked(&field.diff)));
        format!(
            "{} ({}){}",
            escaped(&changed.claim),
            escaped(&format!("{}:{}", changed.file, changed.line)),
            fields.collect::<String>()
        )
    });
    listed(lines, "Changed claims", &changed.collect::<Vec<_>>());
    for (title, claims) in
        [("New claims", &difference.claims.added), ("Claims that are gone", &difference.claims.removed)]
    {
        let claims = claims.iter().map(|claim| format!("{}: {}", escaped(&claim.claim), escaped(&claim.said)));
        folded(lines, title, &claims.collect::<Vec<_>>());
    }
}

fn rest(lines: &mut Vec<String>, difference: &Difference) {
    let told = |NotCompared { claim, reading, reason }: &NotCompared| {
        let reading = if reading == "both" { String::new() } else { format!(" ({reading} reading)") };
        escaped(&format!("{claim}{reading}: {reason}"))
    };
    let comparable = &difference.comparable;
    listed(
        lines,
        "No longer comparable, or new and not comparable",
        &comparable.no_longer.iter().map(told).collect::<Vec<_>>(),
    );
    listed(lines, "Comparable now", &comparable.now.iter().map(told).collect::<Vec<_>>());
    for (title, entries) in
        [("Undecided now", &difference.undecided.now), ("No longer undecided", &difference.undecided.no_longer)]
    {
        let told =
            entries.iter().map(|entry| escaped(&format!("{} ({} reading)", entry.claims.join(", "), entry.reading)));
        listed(lines, title, &told.collect::<Vec<_>>());
    }
    for (title, entries) in [("Codebook", &difference.codebook), ("Sources", &difference.sources)] {
        folded(lines, title, &entries.iter().map(|entry| escaped(&entry.told())).collect::<Vec<_>>());
    }
}

/// What differs, within the text.
fn marked(diff: &[Change]) -> String {
    let part = |Change { op, text }: &Change| {
        let (blank, words) = text.split_at(text.len() - text.trim_start().len());
        let safe = escaped(words);
        let (before, after) =
            (if blank.is_empty() { "" } else { " " }, if words.ends_with(char::is_whitespace) { " " } else { "" });
        match op {
            _ if safe.is_empty() => before.to_owned(),
            Op::Delete => format!("{before}<del>{safe}</del>{after}"),
            Op::Insert => format!("{before}<ins>{safe}</ins>{after}"),
            Op::Equal => format!("{before}{safe}{after}"),
        }
    };
    diff.iter().map(part).collect()
}

/// An id between backticks: what is none of its letters is left out.
fn code(id: &str) -> String {
    id.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-').collect()
}
