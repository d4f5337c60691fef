//! What the formats for other programs share: where a finding stands, its passages in a line each, and which findings
//! stand for others.

use std::collections::BTreeMap;

use crate::report::text::{amount, count};
use crate::report::{At, Finding, FindingClaim, Report, harmless};

/// A place in a file, as a reader of the report looks for it.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(in crate::report) struct Place<'r> {
    /// The file as it was named to the command.
    pub(in crate::report) file: &'r str,
    pub(in crate::report) line: u32,
    /// In characters, from 1.
    pub(in crate::report) column: u32,
}

impl<'r> Place<'r> {
    /// Where a finding is to be mended: at its own place if it has one, else at its first claim.
    pub(in crate::report) fn of(finding: &'r Finding) -> Option<Self> {
        finding.at.as_ref().map(Self::at).or_else(|| finding.claims.first().map(Self::of_claim))
    }

    pub(in crate::report) fn of_claim(claim: &'r FindingClaim) -> Self {
        Self { file: &claim.file, line: claim.line, column: claim.column }
    }

    pub(in crate::report) fn at(at: &'r At) -> Self {
        Self { file: &at.file, line: at.line, column: at.column }
    }

    /// `claims/sources/dawn.json:12`.
    pub(in crate::report) fn told(&self) -> String {
        format!("{}:{}", harmless(&path(self.file)), self.line)
    }
}

/// The name of what a source on standard input is read from.
pub(in crate::report) const STDIN: &str = "<stdin>";

/// A file's name with forward slashes, and relative without a dot first: how other programs name the files of a repository.
pub(in crate::report) fn path(file: &str) -> String {
    let slashed = if cfg!(windows) { file.replace('\\', "/") } else { file.to_owned() };
    let mut short = slashed.as_str();
    while let Some(rest) = short.strip_prefix("./") {
        short = rest.trim_start_matches('/');
    }
    short.to_owned()
}

/// Who said it, and where in the source's text: "Mahmood (2023), line 329, after PIPS".
pub(in crate::report) fn who(claim: &FindingClaim) -> String {
    let place = claim.place.as_ref().map(|place| format!(", {place}")).unwrap_or_default();
    let credits = claim.credits.as_ref().map(|credits| format!(", after {credits}")).unwrap_or_default();
    harmless(&format!("{}{place}{credits}", claim.source_name))
}

/// The quote with its marks.
pub(in crate::report) fn quote(claim: &FindingClaim) -> String {
    harmless(&format!("“{}”", claim.quote))
}

/// A passage in one line: the quote and who said it.
///
/// “six civilians were killed”, Ahmed and Younus (2023), line 12
pub(in crate::report) fn passage(claim: &FindingClaim) -> String {
    format!("{}, {}", quote(claim), who(claim))
}

/// A passage in one line, and where its claim is.
pub(in crate::report) fn passage_at(claim: &FindingClaim) -> String {
    format!("- {}; {}", passage(claim), Place::of_claim(claim).told())
}

/// A hint as a sentence.
pub(in crate::report) fn hint(text: &str) -> String {
    let stop = if text.ends_with('?') { "" } else { "." };
    harmless(&format!("{text}{stop}"))
}

/// "2 more findings say the same, of other claims".
pub(in crate::report) fn more_like_it(others: usize) -> Option<String> {
    match others {
        0 => None,
        1 => Some("One more finding says the same, of other claims.".to_owned()),
        more => Some(format!("{} say the same, of other claims.", count(more, "more finding"))),
    }
}

/// In how many other pairs the figure at fault is.
pub(in crate::report) fn at_fault(finding: &Finding) -> Option<String> {
    let figure = finding.at_fault.as_ref()?;
    let told = finding.claims.iter().find(|claim| claim.claim == figure.claim)?;
    let more = match figure.others {
        1 => "one more figure".to_owned(),
        others => format!("{} more figures", amount(usize::try_from(others).unwrap_or(usize::MAX))),
    };
    Some(harmless(&format!("“{}” ({}) clashes with {more} in the same way.", told.quote, figure.claim)))
}

/// What is told of more claims than can be told of, in sentences.
pub(in crate::report) fn many(report: &Report) -> Vec<String> {
    let Some(many) = &report.many else { return Vec::new() };
    let least = if many.at_least { "at least " } else { "" };
    let mut told = Vec::new();
    let pairs = many.strict_pairs.saturating_add(many.plain_pairs);
    if pairs > 0 {
        let all = if many.told as u64 == pairs {
            "all of them are told".to_owned()
        } else {
            let told = if many.told == 1 { "1 pair is".to_owned() } else { format!("{} pairs are", amount(many.told)) };
            format!("{told} told; `--limit` and `--all` tell more")
        };
        let pairs = usize::try_from(pairs).unwrap_or(usize::MAX);
        let figures = match many.figures_at_fault {
            1 => "1 figure is at fault".to_owned(),
            figures => format!("{} figures are at fault", amount(figures)),
        };
        told.push(format!("{least}{} of figures cannot both be true; {figures}; {all}.", count(pairs, "pair")));
    }
    if many.sums_at_least {
        told.push("Conflicts of three claims and more were not all looked for.".to_owned());
    }
    told.push(
        "Not looked for among so many claims: the same claim twice, one figure for two scopes, and look-alikes."
            .to_owned(),
    );
    told
}

/// The unwaived findings that stand for all unwaived ones, in order, each with how many it stands for besides itself.
///
/// Where the finding that others are folded under is waived, the first of the others that is not stands for the rest: a
/// waiver lets one finding be, and hides no other.
pub(in crate::report) fn leads(report: &Report) -> Vec<(&Finding, usize)> {
    let mut leads: Vec<(&Finding, usize)> = Vec::new();
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in report.findings.iter().filter(|finding| finding.waived.is_none()) {
        let family = finding.folded_under.as_deref().unwrap_or(&finding.id);
        match known.get(family).and_then(|at| leads.get_mut(*at)) {
            Some((_, others)) => *others += 1,
            None => {
                known.insert(family, leads.len());
                leads.push((finding, 0));
            }
        }
    }
    leads
}

/// The counts in a sentence: "3 contradictions, 1 tension, no notes; 1 finding waived".
pub(in crate::report) fn counts(report: &Report) -> String {
    let summary = &report.summary;
    format!(
        "{}, {} and {}; {} waived",
        count(summary.contradictions, "contradiction"),
        count(summary.tensions, "tension"),
        count(summary.notes, "note"),
        count(summary.waived, "finding"),
    )
}

/// What was read and how it fared, in a sentence.
pub(in crate::report) fn compared(report: &Report) -> String {
    let summary = &report.summary;
    let coverage = &summary.coverage;
    format!(
        "{} read from {}: {} compared, {} alone, {} not comparable, {} undecided, {} superseded",
        count(summary.claims, "claim"),
        count(summary.sources, "source"),
        amount(coverage.compared),
        amount(coverage.alone),
        amount(coverage.not_comparable),
        amount(coverage.undecided),
        amount(coverage.superseded),
    )
}

/// That findings of other rules or sources were left out, if any were.
pub(in crate::report) fn left_out(report: &Report) -> Option<String> {
    (report.left_out > 0).then(|| {
        let left_out = count(report.left_out, "finding");
        format!("These are the ones asked for; {left_out} of other rules or sources are not shown or counted.")
    })
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn files_are_named_as_a_repository_names_them() {
        assert_eq!(path("./claims/sources/a.json"), "claims/sources/a.json");
        assert_eq!(path(".//claims/a.json"), "claims/a.json");
        assert_eq!(path("../claims/a.json"), "../claims/a.json");
        assert_eq!(path("/srv/claims/a.json"), "/srv/claims/a.json");
        assert_eq!(path(".hidden/a.json"), ".hidden/a.json");
    }
}
