//! The report as workflow commands of GitHub Actions: annotations beside the lines of the claims files.
//!
//! A command is `::error file=F,line=L,col=C,title=T::MESSAGE`. In messages `%` and line breaks are percent-encoded, in
//! properties `:` and `,` too, as GitHub's own toolkit does. Findings that say the same are one annotation with their
//! number; waived findings have none.

use crate::report::text::{count, is_harmful};
use crate::report::told::{self, Place, STDIN};
use crate::report::{Finding, Report, Undecided, Verdict, harmless};

/// How many annotations of each level GitHub shows for a step ("Usage limits" of GitHub's documentation); the others stand
/// in the log alone.
const SHOWN: usize = 10;

/// A level of annotations.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Level {
    Error,
    Warning,
    Notice,
}

impl Level {
    const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Notice];

    fn of(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Contradiction => Self::Error,
            Verdict::Tension => Self::Warning,
            Verdict::Note => Self::Notice,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Notice => "notice",
        }
    }
}

/// A report as workflow commands, the worst first, and a line of counts for the log.
pub fn github(report: &Report) -> String {
    // What is not known comes before what is doubtful: GitHub shows the first of each level.
    let undecided = report.undecided.iter().map(undecided);
    let mut annotations: Vec<(Level, String)> = undecided.collect();
    let findings = told::leads(report).into_iter();
    annotations.extend(findings.map(|(finding, others)| annotation(finding, others)));
    annotations.sort_by_key(|(level, _)| Level::ALL.iter().position(|known| known == level));
    let mut lines: Vec<String> = annotations.iter().map(|(_, command)| command.clone()).collect();
    lines.push(format!("gainsay: {}. {}.", told::counts(report), told::compared(report)));
    lines.extend(told::many(report));
    lines.extend(told::left_out(report));
    lines.extend(unseen(&annotations));
    lines.push(String::new());
    lines.join("\n")
}

fn annotation(finding: &Finding, others: usize) -> (Level, String) {
    let mut lines = vec![finding.headline.clone()];
    lines.extend(finding.claims.iter().map(told::passage_at));
    lines.push(finding.explanation.clone());
    lines.extend(finding.hints.iter().map(|hint| format!("Perhaps: {}", told::hint(&hint.text))));
    lines.extend(told::more_like_it(others));
    lines.extend(told::at_fault(finding));
    lines.push(finding.id.clone());
    let level = Level::of(finding.verdict);
    let title = format!("{}: {}", finding.verdict.word(), finding.rule);
    (level, command(level, Place::of(finding), &title, &lines))
}

fn undecided(undecided: &Undecided) -> (Level, String) {
    let claims = undecided.named();
    let lines = [
        format!("Undecided under the {} reading: {claims}", undecided.reading),
        "Neither a world nor a contradiction was found.".to_owned(),
    ];
    (Level::Warning, command(Level::Warning, None, "undecided", &lines))
}

/// One workflow command, in one line.
fn command(level: Level, place: Option<Place<'_>>, title: &str, lines: &[String]) -> String {
    let mut properties = Vec::new();
    // Standard input is no file of the repository, and an annotation without one is shown with the run.
    // Nor is one whose name would act on a terminal named.
    if let Some(place) = place.filter(|place| place.file != STDIN && !place.file.contains(is_harmful)) {
        properties.push(format!("file={}", property(&told::path(place.file))));
        properties.push(format!("line={}", place.line));
        properties.push(format!("col={}", place.column));
    }
    properties.push(format!("title={}", property(title)));
    let message: Vec<String> = lines.iter().map(|line| harmless(line)).collect();
    format!("::{} {}::{}", level.word(), properties.join(","), data(&message.join("\n")))
}

/// A message, as the toolkit's `escapeData` writes it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property's value, as the toolkit's `escapeProperty` writes it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// How many annotations GitHub will not show.
fn unseen(annotations: &[(Level, String)]) -> Option<String> {
    let beyond: Vec<String> = Level::ALL
        .into_iter()
        .filter_map(|level| {
            let all = annotations.iter().filter(|(found, _)| *found == level).count();
            (all > SHOWN).then(|| count(all - SHOWN, level.word()))
        })
        .collect();
    (!beyond.is_empty()).then(|| {
        format!(
            "GitHub shows the first {SHOWN} errors, warnings and notices of a step: {} more stand in this log.",
            crate::prose::list(&beyond, "and")
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_and_properties_are_escaped() {
        assert_eq!(data("50 %\r\n::error::a,b"), "50 %25%0D%0A::error::a,b");
        assert_eq!(property("a:b,c%0A\n"), "a%3Ab%2Cc%250A%0A");
    }
}
