//! Arguments, files, colour and exit codes: the only place that prints.

mod args;
mod bounds;
mod diff;
mod explain;
mod finding_id;
mod fmt;
mod import;
mod init;
mod many;
mod output;
mod page;
mod progress;
mod replacing;
mod revision;
mod schema;
mod shell;
mod show;
mod verify;
mod verify_report;
mod waive;
mod waivers;
mod watch;
mod world;

use std::io::Read;
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use gainsay::claim::Corpus;
use gainsay::load::Opened;
use gainsay::report::{self, JunitOptions, Report, TextOptions};
use gainsay::{Folder, Options};

use args::{Args, CheckArgs, Command, ReportFormat};
use output::{Failure, append, complain, style_for_stdout, write};

/// The exit status for findings at or above `--fail-on`.
const FOUND: u8 = 1;
/// The exit status for wrong input or a wrong call.
const WRONG: u8 = 2;
/// A source on standard input may be as long as a file.
const MAX_STDIN: u64 = 256 << 20;

/// Runs the command that the arguments ask for.
pub(crate) fn run() -> ExitCode {
    let outcome = match Args::parse().command {
        Command::Check(args) if args.watch => watch::run(&args),
        Command::Check(args) => check(&args),
        Command::Explain(args) => explain::explain(&args),
        Command::Bounds(args) => bounds::run(&args),
        Command::Show(args) => show::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::World(args) => world::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Waive(args) => waive::run(&args),
        Command::VerifyReport(args) => verify_report::run(&args),
        Command::Fmt(args) => fmt::run(&args),
        Command::Import(args) => import::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Init(args) => init::run(&args),
        Command::Completions(args) => shell::completions(&args),
        Command::Man(args) => shell::man(&args),
    };
    match outcome {
        Ok(status) => ExitCode::from(status),
        Err(failure) => {
            complain(&failure);
            ExitCode::from(WRONG)
        }
    }
}

fn check(args: &CheckArgs) -> Result<u8, Failure> {
    page::refuse(args)?;
    let (folder, stdin) = args.places.named()?;
    let input = many::open(&folder, stdin, args.output.as_deref())?;
    let folder = match &input.opened {
        Opened::Few(folder) => folder,
        Opened::Many(files) => return many::check(files, args),
    };
    let corpus = corpus_of(folder)?;
    let options = Options {
        rules: args.rules()?,
        sources: args.sources(&corpus)?,
        limit: args.limit,
        ..args.waivers.options(&corpus)
    };
    let report = progress::check(&corpus, &options, args.quiet);
    warn_of_undecided(&report);
    let fails = args.failing().fails_of(&report);
    let text = written(&corpus, &report, &options, args, fails)?;
    // Before the report: where the summary cannot be written, standard output stays empty.
    if args.format == ReportFormat::Github {
        summarise(&report)?;
    }
    write(args.output.as_deref(), &text)?;
    Ok(if fails { FOUND } else { 0 })
}

/// The report in the format that was asked for.
fn written(
    corpus: &Corpus,
    report: &Report,
    options: &Options,
    args: &CheckArgs,
    fails: bool,
) -> Result<String, Failure> {
    match args.format {
        ReportFormat::Html => page::written(corpus, report, options, args),
        _ => text_of(report, args, fails),
    }
}

/// The report in a format that needs nothing but it.
fn text_of(report: &Report, args: &CheckArgs, fails: bool) -> Result<String, Failure> {
    Ok(match args.format {
        ReportFormat::Text if args.quiet && !fails => String::new(),
        ReportFormat::Text => {
            let style = if args.output.is_some() { TextOptions::default() } else { style_for_stdout() };
            report::text(report, TextOptions { all: args.all, ..style })
        }
        ReportFormat::Json => report::json(report),
        ReportFormat::Markdown => report::markdown(report, None),
        // OK because a page is asked of what knows the claims.
        ReportFormat::Html => String::new(),
        ReportFormat::Sarif => report::sarif(report),
        ReportFormat::Junit => report::junit(report, &JunitOptions { failing: args.failing(), rules: args.rules()? }),
        ReportFormat::Github => report::github(report),
        ReportFormat::Gitlab => report::gitlab(report),
    })
}

/// Adds the report to the summary of a job on GitHub, where there is one.
fn summarise(report: &Report) -> Result<(), Failure> {
    const VARIABLE: &str = "GITHUB_STEP_SUMMARY";
    let Some(file) = std::env::var_os(VARIABLE).filter(|file| !file.is_empty()) else { return Ok(()) };
    let file = Path::new(&file);
    // What a step has written before counts too.
    let taken = file.metadata().map_or(0, |metadata| usize::try_from(metadata.len()).unwrap_or(usize::MAX));
    // A heading begins a line, whatever was written before.
    let gap = if taken > 0 { "\n" } else { "" };
    let room = report::GITHUB_SUMMARY.saturating_sub(taken).saturating_sub(gap.len());
    let text = format!("{gap}{}", report::markdown(report, Some(room)));
    append(file, &text).map_err(|error| {
        let name = report::harmless(&file.display().to_string());
        Failure::call(format!("`{name}`, which {VARIABLE} names, cannot be written: {error}"), None)
    })
}

/// Undecided claims are told whatever else is asked for.
fn warn_of_undecided(report: &Report) {
    for undecided in &report.undecided {
        output::warn(&format!(
            "undecided under the {} reading: {}; neither a world nor a contradiction was found",
            undecided.reading,
            undecided.named()
        ));
    }
}

/// Reads a claims folder, and perhaps one more source from standard input.
fn load(folder: &Path, stdin: bool, output: Option<&Path>) -> Result<Corpus, Failure> {
    load_with_files(folder, stdin, output).map(|(corpus, _)| corpus)
}

/// The same, with the files that were read; `output` may be none of them.
fn load_with_files(folder: &Path, stdin: bool, output: Option<&Path>) -> Result<(Corpus, Folder), Failure> {
    let path = folder;
    let mut folder = Folder::read(path).map_err(Failure::Faults)?;
    output::spare(output, folder.paths())?;
    output::spare_folder(output, path)?;
    if stdin {
        folder.add("<stdin>", self::stdin()?);
    }
    let corpus = corpus_of(&folder)?;
    Ok((corpus, folder))
}

fn corpus_of(folder: &Folder) -> Result<Corpus, Failure> {
    let corpus = gainsay::load(folder).map_err(Failure::Faults)?;
    // A gate that is green because it read nothing guards nothing.
    if corpus.claims.is_empty() {
        let help = "each source is a file in the folder `sources`, with its `claims`".to_owned();
        return Err(Failure::call("there is no claim to check".to_owned(), Some(help)));
    }
    Ok(corpus)
}

/// What standard input holds.
fn stdin() -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(MAX_STDIN + 1).read_to_end(&mut bytes);
    read.map_err(|error| Failure::call(format!("standard input cannot be read: {error}"), None))?;
    if bytes.len() as u64 > MAX_STDIN {
        return Err(Failure::call("standard input is longer than 256 MiB".to_owned(), None));
    }
    Ok(bytes)
}
