//! The report as Markdown: the summary of a CI job, or a comment on a proposed change.
//!
//! Counts first, then each unwaived finding with its passages side by side, then what was waived and why, and what was
//! compared and what was not. Findings that say the same are told once, with their number. Whatever somebody wrote is
//! escaped, so that it reads as it was written.

mod escape;

use crate::report::text::{amount, count};
use crate::report::told::{self, Place};
use crate::report::{Finding, FindingClaim, Report, Verdict};
pub(in crate::report) use escape::{code, escaped};

/// How much of a job's summary GitHub takes, in bytes ("Step isolation and limits" of its documentation).
pub const GITHUB_SUMMARY: usize = 1 << 20;

/// What is set aside for saying, per section, that it is not told in full.
const LEFT_OUT: usize = 200;

/// A report as Markdown, in at most so many bytes where a number is named.
///
/// What does not fit is counted and said to be missing; the counts at the head are those of the whole report. The frame
/// of a report is written even where it is longer than `most`: a few kilobytes.
pub fn markdown(report: &Report, most: Option<usize>) -> String {
    let leads = told::leads(report);
    let titled = |verdict, title| {
        let items: Vec<String> =
            leads.iter().filter(|(finding, _)| finding.verdict == verdict).map(told_in_full).collect();
        Section { open: format!("## {title}\n\n"), items, close: String::new(), noun: "finding" }
    };
    let sections = [
        titled(Verdict::Contradiction, "Contradictions"),
        titled(Verdict::Tension, "Tensions"),
        titled(Verdict::Note, "Notes"),
        waived(report),
        undecided(report),
        not_comparable(report),
    ];
    pages(&head(report), &sections, &foot(report), most)
}

/// A heading, what stands under it, and what ends it.
struct Section {
    open: String,
    items: Vec<String>,
    close: String,
    noun: &'static str,
}

/// The sections with items, as far as they fit.
fn pages(head: &str, sections: &[Section], foot: &str, most: Option<usize>) -> String {
    let sections: Vec<&Section> = sections.iter().filter(|section| !section.items.is_empty()).collect();
    let frame: usize = sections.iter().map(|section| section.open.len() + section.close.len() + LEFT_OUT).sum();
    let mut left = most.map(|most| most.saturating_sub(head.len() + foot.len() + frame));
    let mut text = head.to_owned();
    for section in sections {
        text.push_str(&section.open);
        let mut told = 0;
        for item in &section.items {
            match left.as_mut() {
                Some(left) if *left < item.len() => break,
                Some(left) => *left -= item.len(),
                None => {}
            }
            text.push_str(item);
            told += 1;
        }
        if told < section.items.len() {
            let missing = count(section.items.len() - told, &format!("more {}", section.noun));
            text.extend([
                "\nNot shown here: ",
                &missing,
                ", for which there is no room; `gainsay check` tells them all.\n\n",
            ]);
        }
        text.push_str(&section.close);
    }
    text.push_str(foot);
    text
}

fn head(report: &Report) -> String {
    let summary = &report.summary;
    let cells = [
        summary.contradictions,
        summary.tensions,
        summary.notes,
        summary.waived,
        summary.in_conflict,
        summary.coverage.undecided,
    ];
    let title = match summary.contradictions {
        0 => "gainsay: no contradiction".to_owned(),
        some => format!("gainsay: {}", count(some, "contradiction")),
    };
    let left_out = told::left_out(report).map(|sentence| format!("{sentence}\n\n")).unwrap_or_default();
    format!(
        "# {title}\n\n\
         | Contradictions | Tensions | Notes | Waived | Claims in conflict | Claims undecided |\n\
         | ---: | ---: | ---: | ---: | ---: | ---: |\n\
         {}\n\n{left_out}",
        row(&cells.map(amount))
    )
}

fn row(cells: &[String]) -> String {
    format!("| {} |", cells.join(" | "))
}

fn told_in_full((finding, others): &(&Finding, usize)) -> String {
    let mut text = format!("### {}: {}\n\n", finding.rule, escaped(&finding.headline));
    if !finding.claims.is_empty() {
        text.push_str("| Quote | Source | Claim | Place |\n| --- | --- | --- | --- |\n");
        text.extend(finding.claims.iter().map(|claim| row(&cells(claim)) + "\n"));
        text.push('\n');
    }
    text.push_str(&escaped(&finding.explanation));
    text.push_str("\n\n");
    let mut items: Vec<String> =
        finding.hints.iter().map(|hint| format!("Perhaps: {}", escaped(&told::hint(&hint.text)))).collect();
    items.extend(told::more_like_it(*others));
    items.extend(told::at_fault(finding).map(|told| escaped(&told)));
    let at = finding.at.as_ref().map(|at| format!(" at {}", escaped(&Place::at(at).told()))).unwrap_or_default();
    let group = if finding.certificate.is_some() { format!(", group {}", finding.group) } else { String::new() };
    items.push(format!("{}{group}{at}", code(&finding.id)));
    text.extend(items.iter().map(|item| format!("- {item}\n")));
    text.push('\n');
    text
}

fn cells(claim: &FindingClaim) -> [String; 4] {
    [
        escaped(&told::quote(claim)),
        escaped(&told::who(claim)),
        code(&claim.claim),
        escaped(&Place::of_claim(claim).told()),
    ]
}

/// Waived findings, folded away with their reasons.
fn waived(report: &Report) -> Section {
    let waived = report.findings.iter().filter_map(|finding| finding.waived.as_ref().map(|waived| (finding, waived)));
    let items: Vec<String> = waived
        .map(|(finding, waived)| {
            format!(
                "- {}: {}. Waived: {} {} at {}\n",
                finding.rule,
                escaped(&finding.headline),
                escaped(&waived.decision()),
                code(&finding.id),
                escaped(&Place::at(&waived.at).told())
            )
        })
        .collect();
    folded(items, "waived", "finding")
}

fn undecided(report: &Report) -> Section {
    let items = report
        .undecided
        .iter()
        .map(|entry| format!("- {} ({} reading)\n", escaped(&entry.named()), entry.reading))
        .collect();
    let open = "## Undecided\n\nNeither a world nor a contradiction was found for these claims.\n\n".to_owned();
    Section { open, items, close: "\n".to_owned(), noun: "set" }
}

fn not_comparable(report: &Report) -> Section {
    let items: Vec<String> = report
        .not_comparable
        .iter()
        .map(|entry| {
            let reading = if entry.reading == "both" { String::new() } else { format!(" ({} reading)", entry.reading) };
            format!("- {}{reading}: {}\n", code(&entry.claim), escaped(&entry.reason))
        })
        .collect();
    folded(items, "not comparable under one reading or both", "claim")
}

/// Items that a reader unfolds.
fn folded(items: Vec<String>, how: &str, noun: &'static str) -> Section {
    let open = format!("<details>\n<summary>{} {how}</summary>\n\n", count(items.len(), noun));
    Section { open, items, close: "\n</details>\n\n".to_owned(), noun }
}

fn foot(report: &Report) -> String {
    let cut = if report.cut.is_empty() {
        String::new()
    } else {
        let groups: Vec<&str> = report.cut.iter().map(|cut| cut.group.as_str()).collect();
        format!(" There may be more conflicts than are listed in {}.", escaped(&groups.join(", ")))
    };
    let mut foot = told::many(report);
    foot.push(format!("{}.{cut}\n", told::compared(report)));
    foot.join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(items: &[&str]) -> Section {
        let items = items.iter().map(|item| (*item).to_owned()).collect();
        Section { open: "<".to_owned(), items, close: ">".to_owned(), noun: "thing" }
    }

    #[test]
    fn what_does_not_fit_is_counted() {
        let sections = [section(&["aaaa", "bbbb", "cccc"]), section(&[]), section(&["dd"])];
        assert_eq!(pages("[", &sections, "]", None), "[<aaaabbbbcccc><dd>]");
        let room = |items: usize| 2 + 2 * (2 + LEFT_OUT) + items;
        assert_eq!(pages("[", &sections, "]", Some(room(14))), "[<aaaabbbbcccc><dd>]");
        let cut = pages("[", &sections, "]", Some(room(10)));
        assert!(cut.contains("aaaabbbb\nNot shown here: 1 more thing,") && cut.contains("<dd>"), "{cut}");
        assert!(cut.len() <= room(10), "{}", cut.len());
        let least = pages("[", &sections, "]", Some(0));
        assert!(least.contains("3 more things") && least.contains("1 more thing,"), "{least}");
    }
}
