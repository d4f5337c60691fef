//! The text report: what an editor reads.

mod changes;
mod proof;
mod waived;

use anstyle::{AnsiColor, Style};

use crate::report::told::{self, compared, left_out};
use crate::report::{Coverage, Finding, FindingClaim, Repair, Report, Verdict};
use crate::spread::spread;
pub(crate) use proof::in_numbers;
pub(in crate::report) use proof::{premise_in_words, row_day, scope_in_words, term};
pub(in crate::report) use waived::place;

/// So many findings are worth a thread.
const FINDINGS: usize = 8;

/// How to lay the text out.
#[derive(Copy, Clone, Debug)]
pub struct TextOptions {
    /// Whether to colour it.
    pub colour: bool,
    /// How many columns a line may take.
    pub width: usize,
    /// Whether to print every finding in full, the folded ones too, and to list what was not compared.
    pub all: bool,
}

impl Default for TextOptions {
    fn default() -> Self {
        Self { colour: false, width: 100, all: false }
    }
}

/// Whether a character would act on a terminal, or turn the direction of the text around it.
pub(crate) fn is_harmful(letter: char) -> bool {
    let direction =
        matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let line = matches!(letter, '\u{2028}' | '\u{2029}' | '\u{feff}');
    letter.is_control() || direction || line
}

/// The text with harmful characters shown as `U+FFFD`, and white space folded.
pub fn harmless(text: &str) -> String {
    let safe = |letter: char| if is_harmful(letter) && !letter.is_whitespace() { '\u{fffd}' } else { letter };
    let text: String = text.chars().map(safe).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A report as text.
pub fn text(report: &Report, options: TextOptions) -> String {
    let mut page = Page { text: String::new(), options };
    let shown =
        |verdict| report.findings.iter().filter(move |finding| finding.verdict == verdict && finding.waived.is_none());
    for (verdict, title) in [
        (Verdict::Contradiction, "Contradictions: these cannot all be true"),
        (Verdict::Tension, "Tensions: possible word for word, but not as a reader takes them; or doubtful sourcing"),
        (Verdict::Note, "Notes"),
    ] {
        let findings: Vec<&Finding> = shown(verdict).collect();
        if !findings.is_empty() {
            page.section(title, verdict, &findings);
        }
    }
    page.waived(report.findings.iter());
    page.check_first(report);
    page.coverage(report);
    page.summary(report);
    page.text
}

/// One finding in full, with its proof step by step.
pub fn finding_in_full(finding: &Finding, options: TextOptions) -> String {
    let mut page = Page { text: String::new(), options };
    page.finding(finding);
    page.proof(finding);
    page.text
}

/// A text while it is written.
pub(in crate::report) struct Page {
    pub(in crate::report) text: String,
    pub(in crate::report) options: TextOptions,
}

pub(in crate::report) const HEADING: Style = Style::new().bold();
pub(in crate::report) const QUIET: Style = Style::new().dimmed();

pub(in crate::report) fn style(verdict: Verdict) -> Style {
    let colour = match verdict {
        Verdict::Contradiction => AnsiColor::Red,
        Verdict::Tension => AnsiColor::Yellow,
        Verdict::Note => AnsiColor::Cyan,
    };
    colour.on_default().bold()
}

impl Page {
    pub(in crate::report) fn styled(&self, style: Style, text: &str) -> String {
        if self.options.colour { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    pub(in crate::report) fn line(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// A paragraph, wrapped; `first` stands before its first line and as many blanks before the others.
    pub(in crate::report) fn paragraph(&mut self, first: &str, text: &str) {
        self.prepared(first, &harmless(text));
    }

    /// The same of a text that is harmless and may be coloured already.
    pub(in crate::report) fn prepared(&mut self, first: &str, text: &str) {
        let indent = " ".repeat(first.chars().count());
        let options = textwrap::Options::new(self.options.width.max(40))
            .initial_indent(first)
            .subsequent_indent(&indent)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .break_words(false);
        let wrapped = textwrap::fill(text, options);
        self.line(&wrapped);
    }

    fn section(&mut self, title: &str, verdict: Verdict, findings: &[&Finding]) {
        let heading = self.styled(style(verdict), title);
        self.line(&heading);
        self.line("");
        let all = self.options.all;
        let shown = || findings.iter().copied().filter(|finding| all || finding.folded_under.is_none());
        // What leads its group is told in full, and so are the two contradictions after it; the rest of a group says much
        // the same, and faults of sourcing and remarks say it in a line.
        let mut told: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
        let mut full: std::collections::BTreeSet<&str> = std::collections::BTreeSet::new();
        for finding in shown() {
            let before = told.entry(&finding.group).or_default();
            let proven = finding.certificate.is_some();
            if all || (verdict == Verdict::Contradiction && *before < 3) || (proven && finding.lead) {
                full.insert(&finding.id);
            }
            *before += 1;
        }
        let in_full = |finding: &Finding| full.contains(finding.id.as_str());
        self.each(&shown().filter(|finding| in_full(finding)).collect::<Vec<_>>(), Self::finding);
        let (related, remarks): (Vec<&Finding>, Vec<&Finding>) =
            shown().filter(|finding| !in_full(finding)).partition(|finding| finding.certificate.is_some());
        self.each(&related, Self::brief);
        self.each(&remarks, Self::brief);
        if !related.is_empty() || !remarks.is_empty() {
            self.line("");
        }
    }

    /// Findings one after the other, several written at the same time: laying out paragraphs is most of the work.
    fn each(&mut self, findings: &[&Finding], told: fn(&mut Self, &Finding)) {
        let options = self.options;
        let page_of = |(): &mut (), finding: &&Finding| {
            let mut page = Self { text: String::new(), options };
            told(&mut page, finding);
            page.text
        };
        self.text.extend(spread(findings, FINDINGS, || (), page_of, |_| ()));
    }

    /// A finding in one paragraph.
    fn brief(&mut self, finding: &Finding) {
        let group = if finding.certificate.is_some() { format!(" · group {}", finding.group) } else { String::new() };
        let others = match finding.others {
            0 => String::new(),
            1 => "; and one more like it".to_owned(),
            more => format!("; and {more} more like it"),
        };
        self.paragraph("  - ", &format!("{}: {}{others}", finding.rule, finding.headline));
        let id = self.styled(QUIET, &format!("    {}{group}{}", finding.id, place(finding)));
        self.line(&id);
    }

    fn finding(&mut self, finding: &Finding) {
        let mark = self.styled(style(finding.verdict), &format!("{}:", finding.rule));
        self.paragraph(&format!("{mark} "), &finding.headline);
        for claim in &finding.claims {
            self.claim(claim);
        }
        self.paragraph("    ", &finding.explanation);
        for hint in &finding.hints {
            let stop = if hint.text.ends_with('?') { "" } else { "." };
            self.paragraph("    Perhaps: ", &format!("{}{stop}", hint.text));
        }
        if finding.others > 0 {
            let more = match finding.others {
                1 => "One more finding says".to_owned(),
                more => format!("{more} more findings say"),
            };
            let where_to =
                if self.options.all { "; they are told on their own" } else { "; `gainsay check --all` shows them" };
            self.paragraph("    ", &format!("{more} the same, of other claims{where_to}."));
        }
        if let Some(figure) = told::at_fault(finding) {
            self.paragraph("    ", &figure);
        }
        if let Some(waived) = &finding.waived {
            self.paragraph("    Waived: ", &waived.decision());
        }
        let id = self.styled(QUIET, &format!("    {} · group {}{}", finding.id, finding.group, place(finding)));
        self.line(&id);
        self.line("");
    }

    pub(in crate::report) fn claim(&mut self, claim: &FindingClaim) {
        let place = claim.place.as_ref().map(|place| format!(", {place}")).unwrap_or_default();
        let credits = claim.credits.as_ref().map(|credits| format!(", after {credits}")).unwrap_or_default();
        self.paragraph("    | ", &format!("“{}”", claim.quote));
        self.paragraph("    |   ", &format!("{}{place}{credits}", claim.source_name));
        if let Some(note) = &claim.note {
            self.paragraph("    |   Encoder's note: ", note);
        }
    }

    pub(in crate::report) fn heading(&mut self, text: &str) {
        let heading = self.styled(HEADING, text);
        self.line(&heading);
    }

    /// Which claims to check first, for every group of several conflicts that are not all known.
    fn check_first(&mut self, report: &Report) {
        let open: std::collections::BTreeSet<&str> = (report.findings.iter())
            .filter(|finding| finding.waived.is_none() && finding.verdict < Verdict::Note)
            .map(|finding| finding.group.as_str())
            .collect();
        let several =
            report.repair.iter().filter(|repair| repair.conflicts > 1 && open.contains(repair.group.as_str()));
        let several: Vec<&Repair> = several.collect();
        if several.is_empty() && report.cut.is_empty() {
            return;
        }
        self.heading("What to check first");
        for repair in several {
            let Repair { group, first, dissolves, conflicts, .. } = repair;
            let claims = report.findings.iter().flat_map(|finding| &finding.claims);
            let quote = claims.filter(|claim| claim.claim == *first).map(|claim| format!(" “{}”", claim.quote)).next();
            let in_all = if dissolves == conflicts { "all".to_owned() } else { dissolves.to_string() };
            let quote = quote.unwrap_or_default();
            self.paragraph(
                "  - ",
                &format!("group {group}: {first}{quote} is in {in_all} of its {conflicts} conflicts."),
            );
            self.ways_out(repair);
        }
        for cut in &report.cut {
            self.paragraph(
                "  ! ",
                &format!(
                    "Group {}: the search for conflicts of three claims and more ended before all was seen, so there may be more \
                     than are listed (`--limit {}`). Which of its claims can all be true does not depend on that.",
                    cut.group, cut.limit
                ),
            );
        }
        self.line("");
    }

    /// The smallest sets of claims without which the others of a group can all be true.
    fn ways_out(&mut self, repair: &Repair) {
        let Some(least) = repair.smallest.first().map(Vec::len) else {
            self.paragraph("    ", "What would restore the group as a whole was not found within the limits.");
            return;
        };
        if let [only] = repair.smallest.as_slice()
            && *only == [repair.first.as_str()]
        {
            self.paragraph("    ", "Without it the group's other claims can all be true.");
            return;
        }
        let enough = if repair.exact { "no fewer" } else { "perhaps fewer" };
        let claims = count(least, "claim");
        self.paragraph("    ", &format!("The others can all be true without {claims} ({enough} will do):"));
        for (at, set) in repair.smallest.iter().enumerate() {
            let set: Vec<&str> = set.iter().map(String::as_str).collect();
            let lead = if at == 0 { "      without " } else { "      or without " };
            self.paragraph(lead, &set.join(", "));
        }
    }

    fn coverage(&mut self, report: &Report) {
        if !self.options.all {
            return;
        }
        for (how, title) in [
            (Coverage::Alone, "Alone: no other claim's scope is the same, contains it or lies in it"),
            (Coverage::Superseded, "Superseded by a later claim"),
        ] {
            let claims: Vec<&String> =
                report.coverage.iter().filter(|(_, found)| **found == how).map(|(claim, _)| claim).collect();
            if !claims.is_empty() {
                let heading = self.styled(HEADING, title);
                self.line(&heading);
                for claim in claims {
                    self.paragraph("  - ", claim);
                }
                self.line("");
            }
        }
        if !report.undecided.is_empty() {
            self.heading("Undecided: neither a world nor a contradiction was found");
            for entry in &report.undecided {
                self.paragraph("  - ", &format!("{} ({} reading)", entry.named(), entry.reading));
            }
            self.line("");
        }
        if !report.not_comparable.is_empty() {
            let heading = self.styled(HEADING, "Not comparable");
            self.line(&heading);
            for entry in &report.not_comparable {
                let reading =
                    if entry.reading == "both" { String::new() } else { format!(" ({} reading)", entry.reading) };
                self.paragraph("  - ", &format!("{}{reading}: {}", entry.claim, entry.reason));
            }
            self.line("");
        }
    }

    fn summary(&mut self, report: &Report) {
        let summary = &report.summary;
        self.heading("Summary");
        let contradictions =
            (report.findings.iter()).filter(|found| found.verdict == Verdict::Contradiction && found.waived.is_none());
        let groups: std::collections::BTreeSet<&str> = contradictions.map(|found| found.group.as_str()).collect();
        // Many contradictions may have few causes.
        let causes = if groups.len() < summary.contradictions && report.many.is_none() {
            format!(" in {}", count(groups.len(), "group"))
        } else {
            String::new()
        };
        let found = format!(
            "{}{causes}, {} and {}, with {} in conflict.",
            count(summary.contradictions, "contradiction"),
            count(summary.tensions, "tension"),
            count(summary.notes, "note"),
            count(summary.in_conflict, "claim"),
        );
        self.paragraph("  ", &found);
        for told in told::many(report) {
            self.paragraph("  ", &told);
        }
        if let Some(told) = left_out(report) {
            self.paragraph("  ", &told);
        }
        let read = format!("{}; {} waived.", compared(report), count(summary.waived, "finding"));
        self.paragraph("  ", &read);
        if !self.options.all && !report.findings.is_empty() {
            self.paragraph(
                "  ",
                "`gainsay explain ID` tells a finding in full, with its sum; `--all` tells every one.",
            );
        }
        let mut reasons: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
        for entry in report.not_comparable.iter().filter(|entry| entry.reading == "both") {
            *reasons.entry(&entry.reason).or_default() += 1;
        }
        for (reason, claims) in reasons {
            self.paragraph("  Not comparable: ", &format!("{} because {reason}.", count(claims, "claim")));
        }
    }
}

/// A number of things, as prose prints it: "1 claim", "2,109 claims".
pub(in crate::report) fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{} {noun}s", amount(number)) }
}

/// A number of things: "2,109".
pub(in crate::report) fn amount(number: usize) -> String {
    crate::prose::number(&crate::number::integer(i64::try_from(number).unwrap_or(i64::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn harmful_characters_are_shown_not_sent() {
        assert_eq!(harmless("a\u{1b}[31m\u{202e}b\n c"), "a\u{fffd}[31m\u{fffd}b c");
        assert_eq!(harmless("Soviet–Afghan “war” é"), "Soviet–Afghan “war” é");
    }
}
