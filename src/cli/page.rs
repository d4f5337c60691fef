//! `gainsay check --format html`: the report as a page.

use gainsay::claim::Corpus;
use gainsay::report::page::{class, html};
use gainsay::report::{Report, harmless};
use gainsay::{Options, page};

use super::args::{CheckArgs, Readers, ReportFormat};
use super::output::Failure;
use super::progress;

/// Refuses readers of a page where something else than a page is asked for.
pub(super) fn refuse_elsewhere(args: &CheckArgs) -> Result<(), Failure> {
    if args.readers == Readers::Editors || args.format == ReportFormat::Html {
        return Ok(());
    }
    let help = Some("add `--format html --output FILE`".to_owned());
    Err(Failure::call("`--for class` makes a page".to_owned(), help))
}

/// The report as a page. Who agrees with whom depends on all findings, so a choice among them takes a second run.
pub(super) fn written(
    corpus: &Corpus,
    report: &Report,
    options: &Options,
    args: &CheckArgs,
) -> Result<String, Failure> {
    let whole = (report.left_out > 0).then(|| {
        let all = Options { rules: Vec::new(), sources: Vec::new(), ..options.clone() };
        progress::check(corpus, &all, args.quiet)
    });
    let page = page(corpus, report, whole.as_ref().unwrap_or(report));
    let text = match args.readers {
        Readers::Editors => html(&page),
        Readers::Class => class(&page),
    };
    text.map_err(|error| Failure::call(format!("the page cannot be written: {}", harmless(&error.to_string())), None))
}
