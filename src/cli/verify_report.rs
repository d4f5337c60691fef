//! `gainsay verify-report`: adds up every certificate of a JSON report, trusting nothing but the report itself.

use std::io::Read;

use gainsay::certificate::verify::{Limits, Verdict, verify_report};
use gainsay::report::harmless;

use super::args::VerifyReportArgs;
use super::output::{Failure, write};
use super::{FOUND, MAX_STDIN};

pub(super) fn run(args: &VerifyReportArgs) -> Result<u8, Failure> {
    let name = harmless(&args.report.display().to_string());
    let text = read(args).map_err(|error| Failure::call(format!("`{name}` cannot be read: {error}"), None))?;
    let report = serde_json::from_str(&text).map_err(|error| {
        let help = Some("`gainsay check --format json --output FILE` writes one".to_owned());
        Failure::call(format!("`{name}` is no JSON: {error}"), help)
    })?;
    let verdicts = verify_report(&report, Limits::default())
        .map_err(|error| Failure::call(format!("`{name}` is no report that can be verified: {error}"), None))?;
    let mut lines = Vec::new();
    let (mut held, mut failed, mut undecided) = (0, 0, 0);
    for (id, verdict) in &verdicts {
        let id = harmless(id);
        match verdict {
            Verdict::Holds => held += 1,
            Verdict::Fails(why) => {
                failed += 1;
                lines.push(format!("{id}: fails: {}", harmless(why)));
            }
            Verdict::Undecided { steps } => {
                undecided += 1;
                lines.push(format!("{id}: undecided after {steps} steps"));
            }
        }
    }
    lines.push(format!("{held} certificates hold, {failed} fail, {undecided} undecided\n"));
    write(None, &lines.join("\n"))?;
    Ok(if failed + undecided > 0 { FOUND } else { 0 })
}

fn read(args: &VerifyReportArgs) -> std::io::Result<String> {
    let mut text = String::new();
    if args.report.as_os_str() == "-" {
        std::io::stdin().lock().take(MAX_STDIN).read_to_string(&mut text)?;
    } else {
        std::fs::File::open(&args.report)?.take(MAX_STDIN).read_to_string(&mut text)?;
    }
    Ok(text)
}
