//! Findings by the ids that people write.

use gainsay::report::{Finding, Report, harmless};
use gainsay::rules;

use super::output::Failure;

/// Whether a text is an id of a finding, or a beginning that reaches beyond the rule's name. An empty text, from a variable
/// that is not set, would be the beginning of every id.
pub(super) fn is_id(text: &str) -> bool {
    let own = |rule: &&rules::Rule| text.strip_prefix(rule.id).and_then(|rest| rest.strip_prefix('-'));
    rules::ALL.iter().any(|rule| own(rule).is_some_and(|own| !own.is_empty()))
}

/// The finding that an id, or its beginning, stands for.
pub(super) fn find<'r>(report: &'r Report, id: &str) -> Result<&'r Finding, Failure> {
    if !is_id(id) {
        let help = "it is a rule's name and a part of its own, as in `disagreement-ldxufvjxopev`".to_owned();
        return Err(Failure::call(format!("`{}` is no id of a finding", harmless(id)), Some(help)));
    }
    let found: Vec<&Finding> = report.findings.iter().filter(|finding| finding.id.starts_with(id)).collect();
    match found.as_slice() {
        [finding] => Ok(finding),
        [] => {
            let help = "ids change with the claims they are about; `gainsay check` prints the present ones".to_owned();
            Err(Failure::call(format!("no finding has the id `{}`", harmless(id)), Some(help)))
        }
        several => {
            let ids: Vec<&str> = several.iter().map(|finding| finding.id.as_str()).collect();
            let message = format!("`{}` is the beginning of more than one id", harmless(id));
            Err(Failure::call(message, Some(format!("they are: {}", ids.join(", ")))))
        }
    }
}
