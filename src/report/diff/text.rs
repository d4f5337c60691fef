//! A difference as text: what a reviewer reads.

use crate::prose::list;
use crate::report::diff::{
    ChangedClaim, ChangedFinding, Difference, PerVerdict, Redefined, SideClaim, SideCounts, SideFinding,
};
use crate::report::text::{Page, QUIET, TextOptions, amount, count, harmless, style};
use crate::report::{NotCompared, Verdict};

/// How many of the less important entries are shown unless all are asked for.
const SHOWN: usize = 10;

/// A difference as text. `[-gone-]` and `{+new+}` mark what differs within a line.
pub fn difference_text(difference: &Difference, options: TextOptions) -> String {
    let mut page = Page { text: String::new(), options };
    for verdict in [Verdict::Contradiction, Verdict::Tension, Verdict::Note] {
        page.added(difference, verdict);
    }
    page.open_again(difference);
    page.changed_findings(difference);
    page.resolved(difference);
    page.changed_claims(difference);
    page.other_claims("Claims that are new", &difference.claims.added);
    page.other_claims("Claims that are gone", &difference.claims.removed);
    page.comparability("No longer comparable, or new and not comparable", &difference.comparable.no_longer);
    page.comparability("Comparable now", &difference.comparable.now);
    page.undecided(difference);
    page.redefined("Codebook", &difference.codebook);
    page.redefined("Sources", &difference.sources);
    page.difference_summary(difference);
    page.text
}

/// "2 contradictions and 1 note".
pub(super) fn counts(counts: PerVerdict) -> String {
    let all = [(counts.contradictions, "contradiction"), (counts.tensions, "tension"), (counts.notes, "note")];
    let some: Vec<String> =
        all.into_iter().filter(|(number, _)| *number > 0).map(|(number, noun)| count(number, noun)).collect();
    if some.is_empty() { "no finding".to_owned() } else { list(&some, "and") }
}

/// "main:claims (revision)", as a sentence names a side.
pub(super) fn side(side: &SideCounts) -> String {
    format!("{} ({})", side.name, side.kind)
}

/// The sentences at the foot of a difference.
pub(super) fn summary(difference: &Difference) -> Vec<String> {
    let Difference { old, new, summary, .. } = difference;
    if difference.is_empty() {
        return vec![format!("Nothing differs between {} and {}.", side(old), side(new))];
    }
    let mut lines = vec![
        format!("From {} to {}:", side(old), side(new)),
        format!(
            "New: {}. Resolved: {}. Changed: {}.",
            counts(summary.added),
            counts(summary.resolved),
            counts(summary.changed)
        ),
    ];
    let open_again = difference.open_again().count();
    if open_again > 0 {
        lines.push(format!("Of the changed, {} no longer waived.", are(open_again)));
    }
    for side in [old, new].into_iter().filter(|side| side.cut > 0) {
        let groups = count(side.cut, "group");
        lines.push(format!(
            "Not all conflicts of {} are listed: in {groups} of claims the search ended early. What is told as new or resolved \
             there may have been in both.",
            side.name
        ));
    }
    if summary.waived > 0 {
        lines.push(format!("Of the new and the changed, {} waived.", are(summary.waived)));
    }
    lines.extend([
        format!(
            "Claims: {} new, {} gone, {} changed.",
            amount(summary.claims_added),
            amount(summary.claims_removed),
            amount(summary.claims_changed)
        ),
        format!("Before: {}. Now: {}. Waived ones are not counted.", open(old), open(new)),
    ]);
    if !difference.claims.all {
        lines
            .push("A report names only the claims that are in findings; of the others nothing is compared.".to_owned());
    }
    lines
}

fn are(number: usize) -> String {
    format!("{} {}", amount(number), if number == 1 { "is" } else { "are" })
}

fn open(side: &SideCounts) -> String {
    counts(PerVerdict { contradictions: side.contradictions, tensions: side.tensions, notes: side.notes })
}

/// Changed findings under what became of them, which many may share: all those of one cause that were waived together.
pub(super) fn by_change(difference: &Difference) -> Vec<(Vec<String>, Vec<&ChangedFinding>)> {
    let mut groups: Vec<(Vec<String>, Vec<&ChangedFinding>)> = Vec::new();
    let open_again = |changed: &&ChangedFinding| changed.was.waived.is_some() && changed.finding.waived.is_none();
    for changed in difference.findings.changed.iter().filter(|changed| !open_again(changed)) {
        let told = what_changed(changed);
        match groups.iter_mut().find(|(known, _)| *known == told) {
            Some((_, findings)) => findings.push(changed),
            None => groups.push((told, vec![changed])),
        }
    }
    groups
}

/// What became of a finding that was there already, in sentences.
fn what_changed(changed: &ChangedFinding) -> Vec<String> {
    let ChangedFinding { finding, was, .. } = changed;
    let mut told = Vec::new();
    if was.verdict != finding.verdict {
        told.push(format!("Was a {}, is a {}.", was.verdict.word(), finding.verdict.word()));
    }
    match (&was.waived, &finding.waived) {
        (None, Some(reason)) => told.push(format!("Waived now: {reason}")),
        (Some(was), Some(is)) if was != is => told.push(format!("Waived otherwise. Was: {was} Is: {is}")),
        _ => {}
    }
    if was.headline != finding.headline {
        told.push("Says something else.".to_owned());
    }
    told
}

impl Page {
    fn added(&mut self, difference: &Difference, verdict: Verdict) {
        let added = difference.findings.added.iter().filter(|finding| finding.verdict == verdict);
        let (waived, open): (Vec<&SideFinding>, Vec<&SideFinding>) =
            added.partition(|finding| finding.waived.is_some());
        if !open.is_empty() {
            let title = self.styled(style(verdict), &format!("New {}s", verdict.word()));
            self.line(&title);
            self.line("");
            let full = if self.options.all { usize::MAX } else { SHOWN };
            for finding in open.iter().take(full) {
                self.side_finding(finding, verdict < Verdict::Note);
            }
            self.rest(open.len().saturating_sub(full), "more finding");
        }
        if !waived.is_empty() {
            self.heading(&format!("New {}s that are waived", verdict.word()));
            for finding in &waived {
                self.side_brief(finding);
                self.paragraph("    Waived: ", finding.waived.as_deref().unwrap_or_default());
            }
            self.line("");
        }
    }

    fn rest(&mut self, hidden: usize, what: &str) {
        if hidden > 0 {
            self.paragraph("  ", &format!("… and {}; `--all` shows them.", count(hidden, what)));
            self.line("");
        }
    }

    fn side_finding(&mut self, finding: &SideFinding, in_full: bool) {
        if !in_full {
            self.side_brief(finding);
            return;
        }
        let mark = self.styled(style(finding.verdict), &format!("{}:", finding.rule));
        self.paragraph(&format!("{mark} "), &finding.headline);
        for claim in &finding.claims {
            self.paragraph("    | ", &format!("“{}”", claim.quote));
            self.paragraph("    |   ", &format!("{}, {}:{}", claim.claim, claim.file, claim.line));
        }
        self.paragraph("    ", &finding.explanation);
        self.id(finding);
        self.line("");
    }

    fn side_brief(&mut self, finding: &SideFinding) {
        self.paragraph("  - ", &format!("{}: {}", finding.rule, finding.headline));
        self.id(finding);
    }

    fn id(&mut self, finding: &SideFinding) {
        let at = finding.at.as_ref().map(|at| format!(" · {}", harmless(at))).unwrap_or_default();
        let id = self.styled(QUIET, &format!("    {}{at}", harmless(&finding.id)));
        self.line(&id);
    }

    fn open_again(&mut self, difference: &Difference) {
        if difference.open_again().next().is_none() {
            return;
        }
        self.heading("Open again: no longer waived");
        self.line("");
        for changed in difference.open_again() {
            self.side_finding(&changed.finding, changed.finding.verdict < Verdict::Note);
            self.paragraph("    It was waived: ", changed.was.waived.as_deref().unwrap_or_default());
            self.line("");
        }
    }

    fn changed_findings(&mut self, difference: &Difference) {
        let changes = by_change(difference);
        if changes.is_empty() {
            return;
        }
        self.heading("Changed findings: [-as they were-], {+as they are+}");
        for (told, findings) in changes {
            self.paragraph("  ", &told.join(" "));
            for changed in findings {
                let headline = self.changes(&changed.diff);
                self.prepared("  - ", &format!("{}: {headline}", harmless(&changed.finding.rule)));
                self.id(&changed.finding);
            }
            self.line("");
        }
    }

    fn resolved(&mut self, difference: &Difference) {
        if difference.findings.resolved.is_empty() {
            return;
        }
        self.heading("Resolved: no longer found");
        for finding in &difference.findings.resolved {
            let waived = if finding.waived.is_some() { ", waived before" } else { "" };
            self.paragraph(
                "  - ",
                &format!("{}{waived}, {}: {}", finding.verdict.word(), finding.rule, finding.headline),
            );
            self.id(finding);
        }
        self.line("");
    }

    fn changed_claims(&mut self, difference: &Difference) {
        if difference.claims.changed.is_empty() {
            return;
        }
        self.heading("Claims that changed: [-as they were-], {+as they are+}");
        for ChangedClaim { claim, file, line, fields } in &difference.claims.changed {
            self.paragraph("  - ", &format!("{claim}, {file}:{line}"));
            for field in fields {
                let text = self.changes(&field.diff);
                self.prepared(&format!("    {}: ", field.field), &text);
            }
        }
        self.line("");
    }

    fn other_claims(&mut self, title: &str, claims: &[SideClaim]) {
        if claims.is_empty() {
            return;
        }
        self.heading(title);
        let most = if self.options.all { usize::MAX } else { SHOWN };
        for claim in claims.iter().take(most) {
            self.paragraph("  - ", &format!("{}: {}", claim.claim, claim.said));
        }
        self.rest(claims.len().saturating_sub(most), "more claim");
        if claims.len() <= most {
            self.line("");
        }
    }

    fn comparability(&mut self, title: &str, entries: &[NotCompared]) {
        if entries.is_empty() {
            return;
        }
        self.heading(title);
        for NotCompared { claim, reading, reason } in entries {
            let reading = if reading == "both" { String::new() } else { format!(" ({reading} reading)") };
            self.paragraph("  - ", &format!("{claim}{reading}: {reason}"));
        }
        self.line("");
    }

    fn undecided(&mut self, difference: &Difference) {
        for (title, entries) in
            [("Undecided now", &difference.undecided.now), ("No longer undecided", &difference.undecided.no_longer)]
        {
            if !entries.is_empty() {
                self.heading(title);
                for entry in entries {
                    self.paragraph("  - ", &format!("{} ({} reading)", entry.claims.join(", "), entry.reading));
                }
                self.line("");
            }
        }
    }

    fn redefined(&mut self, title: &str, entries: &[Redefined]) {
        if entries.is_empty() {
            return;
        }
        self.heading(title);
        for entry in entries {
            self.paragraph("  - ", &entry.told());
        }
        self.line("");
    }

    fn difference_summary(&mut self, difference: &Difference) {
        self.heading("Summary");
        for line in summary(difference) {
            self.paragraph("  ", &line);
        }
    }
}
