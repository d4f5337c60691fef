//! The one place that calls the checker.

use serde_json::Value;

/// The JSON report on a claims folder, given as paths and texts; or what is wrong with the folder.
pub(crate) fn run(files: &[(String, String)]) -> Result<Value, String> {
    let folder = gainsay::Folder::from_files(files.iter().cloned());
    let corpus = gainsay::load(&folder).map_err(|faults| format!("the files are refused: {faults}"))?;
    let report = gainsay::report::json(&gainsay::check(&corpus, &gainsay::Options::default()));
    serde_json::from_str(&report).map_err(|fault| format!("the report is no JSON: {fault}"))
}
