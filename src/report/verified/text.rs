//! A verification as text: what an editor reads.

use std::collections::BTreeMap;

use crate::prose::list;
use crate::report::Verdict;
use crate::report::text::{HEADING, Page, QUIET, TextOptions, count, harmless, place, style};
use crate::report::verified::{Moved, NearestPassage, QuoteFinding, Verified, VerifiedSummary};

/// How many entries of a list of remarks are shown unless all are asked for.
const SHOWN: usize = 10;

/// A verification as text.
pub fn verified_text(verified: &Verified, options: TextOptions) -> String {
    let mut page = Page { text: String::new(), options };
    page.findings(verified, Verdict::Contradiction, "Errors in quotes");
    page.findings(verified, Verdict::Tension, "Waivers that waive nothing");
    page.moved(verified);
    page.unused(verified);
    page.findings(verified, Verdict::Note, "Notes: a person should look at these");
    page.repeated(verified);
    page.uncovered(verified);
    page.waived(verified.findings.iter().map(|found| &found.finding));
    page.verified_summary(verified);
    page.text
}

impl Page {
    fn title(&mut self, verdict: Verdict, title: &str) {
        let title = self.styled(style(verdict), title);
        self.line(&title);
        self.line("");
    }

    fn findings(&mut self, verified: &Verified, verdict: Verdict, title: &str) {
        let of = verified.findings.iter().filter(|found| found.finding.verdict == verdict);
        let of: Vec<&QuoteFinding> = of.filter(|found| found.finding.waived.is_none()).collect();
        if of.is_empty() {
            return;
        }
        self.title(verdict, title);
        for QuoteFinding { finding, nearest } in of {
            let mark = self.styled(style(verdict), &format!("{}:", finding.rule));
            self.paragraph(&format!("{mark} "), &finding.headline);
            for claim in &finding.claims {
                self.claim(claim);
            }
            // A figure and its percent sign stay on one line.
            self.prepared("    ", &harmless(&finding.explanation).replace(" %", "\u{a0}%"));
            if let Some(nearest) = nearest {
                self.nearest(nearest);
            }
            let id = self.styled(QUIET, &format!("    {}{}", finding.id, place(finding)));
            self.line(&id);
            self.line("");
        }
    }

    fn nearest(&mut self, nearest: &NearestPassage) {
        self.paragraph("    ", "[-Only in the quote-], {+only in the text+}:");
        let changes = self.changes(&nearest.diff);
        self.prepared("    > ", &changes);
    }

    fn moved(&mut self, verified: &Verified) {
        if verified.moved.is_empty() {
            return;
        }
        self.title(Verdict::Tension, "Moved: these quotes stand at other lines than their claims say");
        for moved in &verified.moved {
            self.paragraph("  - ", &told(moved));
        }
        self.line("");
        if verified.moved.iter().any(|moved| !moved.fixed && moved.equally_near.is_empty()) {
            self.paragraph("  ", "`--fix-lines` writes the lines where they stand into the claims files.");
            self.line("");
        }
    }

    fn unused(&mut self, verified: &Verified) {
        if verified.omissions_unused.is_empty() {
            return;
        }
        self.title(Verdict::Tension, "Unused: these entries of `omitted.json` leave nothing out");
        for unused in &verified.omissions_unused {
            let lines = lines(unused.lines);
            let told = format!("{}, {lines} (“{}”): {}.", unused.source, unused.reason, unused.why);
            self.paragraph("  - ", &told);
        }
        self.line("");
    }

    /// How many entries of a list are shown.
    fn most(&self) -> usize {
        if self.options.all { usize::MAX } else { SHOWN }
    }

    fn more(&mut self, hidden: usize, what: &str) {
        if hidden > 0 {
            self.paragraph("  ", &format!("… and {}; `--all` shows them.", count(hidden, what)));
        }
        self.line("");
    }

    fn repeated(&mut self, verified: &Verified) {
        if verified.repeated.is_empty() {
            return;
        }
        self.title(Verdict::Note, "Repeated: these quotes stand in several places");
        for repeated in verified.repeated.iter().take(self.most()) {
            let mut places: Vec<((u32, u32), usize)> = Vec::new();
            for &lines in &repeated.places {
                match places.last_mut() {
                    Some(last) if last.0 == lines => last.1 += 1,
                    _ => places.push((lines, 1)),
                }
            }
            let place = |&(at, times): &((u32, u32), usize)| match times {
                1 => lines(at),
                2 => format!("{} (twice)", lines(at)),
                times => format!("{} ({times} times)", lines(at)),
            };
            let places: Vec<String> = places.iter().map(place).collect();
            let more = if repeated.more > 0 { format!(", and {} more", repeated.more) } else { String::new() };
            let places = if more.is_empty() { list(&places, "and") } else { places.join(", ") };
            let told = format!("{} “{}”: {places}{more}.", repeated.claim, repeated.quote);
            self.paragraph("  - ", &told);
        }
        self.more(verified.repeated.len().saturating_sub(self.most()), "more claim");
    }

    fn uncovered(&mut self, verified: &Verified) {
        if verified.uncovered.is_empty() {
            return;
        }
        self.title(
            Verdict::Note,
            "Uncovered: these lines hold a figure, a month or a year, and are neither in a claim nor in `omitted.json`",
        );
        let mut by_source: BTreeMap<&str, Vec<(u32, &str)>> = BTreeMap::new();
        for stretch in &verified.uncovered {
            let excerpts = stretch.excerpts.iter().map(String::as_str);
            by_source.entry(&stretch.source).or_default().extend((stretch.lines.0..).zip(excerpts));
        }
        for (source, all) in by_source {
            self.paragraph("  ", &format!("{source}: {}", count(all.len(), "line")));
            for (line, excerpt) in all.iter().take(self.most()) {
                self.paragraph(&format!("  {line:>6} | "), excerpt);
            }
            self.more(all.len().saturating_sub(self.most()), "more line");
        }
    }

    fn verified_summary(&mut self, verified: &Verified) {
        let VerifiedSummary { claims, sources, at_line, without_line, moved, missing, not_verified, repeated, .. } =
            verified.summary;
        let VerifiedSummary { contradictions, tensions, notes, waived, lines, .. } = &verified.summary;
        let heading = self.styled(HEADING, "Summary");
        self.line(&heading);
        let (contradictions, tensions) = (count(*contradictions, "contradiction"), count(*tensions, "tension"));
        let waived = if *waived > 0 { format!("; {} waived", count(*waived, "finding")) } else { String::new() };
        self.paragraph("  ", &format!("{contradictions}, {tensions} and {}{waived}.", count(*notes, "note")));
        let read = format!("{} read from {}", count(claims, "claim"), count(sources, "source"));
        let without =
            if without_line > 0 { format!(", {without_line} found without a line named") } else { String::new() };
        self.paragraph(
            "  ",
            &format!(
                "{read}. Their quotes: {at_line} at their line{without}, {moved} moved, {missing} not found, {not_verified} not \
                 verified; {repeated} in several places."
            ),
        );
        let fixed = verified.moved.iter().filter(|moved| moved.fixed).count();
        if fixed > 0 {
            self.paragraph("  ", &format!("{} corrected.", count(fixed, "line number")));
        }
        let all = lines.by_claims + lines.by_omissions + lines.uncovered;
        self.paragraph(
            "  ",
            &format!(
                "{} of the texts with a figure, a month or a year: {} in claims, {} omitted on purpose, {} uncovered.",
                count(all, "line"),
                lines.by_claims,
                lines.by_omissions,
                lines.uncovered
            ),
        );
        let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
        for entry in &verified.not_verified {
            *reasons.entry(entry.reason).or_default() += 1;
        }
        for (reason, claims) in reasons {
            self.paragraph("  Not verified: ", &format!("{} because {reason}.", count(claims, "claim")));
        }
        if self.options.all {
            for entry in &verified.not_verified {
                self.paragraph("  - ", &entry.claim);
            }
        }
    }
}

fn told(moved: &Moved) -> String {
    let Moved { claim, quote, line, found, equally_near, fixed, .. } = moved;
    let there = lines(*found);
    let done = if *fixed { "; the claim says so now" } else { "" };
    if equally_near.is_empty() {
        return format!("{claim} “{quote}”: not on line {line}, but on {there}{done}.");
    }
    let others: Vec<String> = equally_near.iter().map(|&at| lines(at)).collect();
    format!("{claim} “{quote}”: not on line {line}, but as near on {there} as on {}; say which.", others.join(" and "))
}

/// "line 4", "lines 4 to 5".
fn lines((first, last): (u32, u32)) -> String {
    if first == last { format!("line {first}") } else { format!("lines {first} to {last}") }
}
