//! `gainsay explain`: a rule's page, the page on certificates, or one finding in full.

use gainsay::certificate::verify;
use gainsay::report::{finding_in_full, harmless};
use gainsay::rules;

use super::args::ExplainArgs;
use super::finding_id::{find, is_id};
use super::output::{Failure, nearest, style_for_stdout, write};

pub(super) fn explain(args: &ExplainArgs) -> Result<u8, Failure> {
    if let Some(rule) = rules::find(&args.what) {
        write(None, rule.page)?;
        return Ok(0);
    }
    if args.what == "certificate" {
        write(None, verify::PAGE)?;
        return Ok(0);
    }
    if !is_id(&args.what) {
        let known: Vec<&str> = rules::ALL.iter().map(|rule| rule.id).collect();
        let what = harmless(&args.what);
        let help = nearest(&what, &known)
            .map_or_else(|| format!("the rules are: {}", known.join(", ")), |near| format!("did you mean `{near}`?"));
        return Err(Failure::call(format!("`{what}` is neither a rule nor the id of a finding"), Some(help)));
    }
    let corpus = super::load(&args.claims, false, None)?;
    let report = gainsay::check(&corpus, &args.waivers.options(&corpus));
    write(None, &finding_in_full(find(&report, &args.what)?, style_for_stdout()))?;
    Ok(0)
}
