//! Findings that are recorded as known, apart from the others and never left out.

use super::{HEADING, Page, QUIET, count};
use crate::report::Finding;

impl Page {
    /// The waived findings, under the decisions that waive them.
    pub(in crate::report) fn waived<'f>(&mut self, findings: impl Iterator<Item = &'f Finding>) {
        let all = self.options.all;
        let waived: Vec<_> = findings.filter_map(|finding| Some((finding, finding.waived.as_ref()?))).collect();
        if waived.is_empty() {
            return;
        }
        let heading = self.styled(HEADING, "Waived: known, and let be for the reason given");
        self.line(&heading);
        self.line("");
        let mut decisions: Vec<(String, Vec<&Finding>)> = Vec::new();
        for (finding, waived) in waived.into_iter().filter(|(finding, _)| all || finding.folded_under.is_none()) {
            let decision = waived.decision();
            match decisions.iter_mut().find(|(known, _)| *known == decision) {
                Some((_, findings)) => findings.push(finding),
                None => decisions.push((decision, vec![finding])),
            }
        }
        for (decision, findings) in decisions {
            if all {
                for finding in findings {
                    self.finding(finding);
                }
                continue;
            }
            self.paragraph("  ", &decision);
            for finding in findings {
                self.known(finding);
            }
            self.line("");
        }
    }

    /// A waived finding in one paragraph.
    fn known(&mut self, finding: &Finding) {
        let others = match finding.others {
            0 => String::new(),
            more => format!("; and {} like it", count(more, "waived finding")),
        };
        self.paragraph("  - ", &format!("{}, {}: {}{others}", finding.verdict.word(), finding.rule, finding.headline));
        let id = self.styled(QUIET, &format!("    {}{}", finding.id, place(finding)));
        self.line(&id);
    }
}

/// Where the waiver stands that a finding is about, or that it is waived by.
pub(in crate::report) fn place(finding: &Finding) -> String {
    let at = finding.waived.as_ref().map(|waived| &waived.at).or(finding.at.as_ref());
    at.map(|at| format!(" · {}:{}", crate::report::harmless(&at.file), at.line)).unwrap_or_default()
}
