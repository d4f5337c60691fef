//! `gainsay check --format html`: the report as a page.

use std::io::{self, IsTerminal};

use gainsay::claim::Corpus;
use gainsay::report::page::{class, html};
use gainsay::report::{Report, harmless};
use gainsay::{Options, page};

use super::args::{CheckArgs, Readers, ReportFormat};
use super::output::Failure;
use super::progress;

/// Refuses what makes no sense of a page: readers where none is asked for, and a terminal, which shows its markup.
pub(super) fn refuse(args: &CheckArgs) -> Result<(), Failure> {
    let page = args.format == ReportFormat::Html;
    if args.readers != Readers::Editors && !page {
        let help = Some("add `--format html --output FILE`".to_owned());
        return Err(Failure::call("`--for class` makes a page".to_owned(), help));
    }
    if page && args.output.is_none() && io::stdout().is_terminal() {
        let help = Some("add `--output report.html`, and open that in a browser".to_owned());
        return Err(Failure::call("a page is nothing for a terminal".to_owned(), help));
    }
    Ok(())
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
