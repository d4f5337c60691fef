//! `gainsay diff`: what a change to the claims adds and resolves.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use gainsay::diff::{Side, SideError, Unlike, comparable, diff};
use gainsay::report::diff::{difference_json, difference_markdown, difference_text};
use gainsay::report::{TextOptions, harmless};
use gainsay::{Folder, load};

use super::args::FailOn;
use super::output::{Failure, complain, spare, spare_folder, style_for_stdout, write};
use super::waivers::WaiverArgs;
use super::{FOUND, MAX_STDIN, progress, revision};

#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct DiffArgs {
    /// The state before: a claims folder, a JSON report, or `REVISION:FOLDER` of a git repository; `-` reads a report
    #[arg(value_name = "OLD")]
    old: String,

    /// The state after, named likewise
    #[arg(value_name = "NEW")]
    new: String,

    /// How to write the difference
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    format: DiffFormat,

    /// Write it to a file instead of standard output (`-`)
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,

    /// The mildest verdict of a finding that makes the exit status 1, if it is not waived and was not there before (or
    /// was waived, or milder)
    #[arg(long, value_enum, default_value_t = FailOn::Never)]
    fail_on_new: FailOn,

    /// Compare two sides whose codebooks define something differently; what that is gets listed
    #[arg(long)]
    across_codebooks: bool,

    #[command(flatten)]
    waivers: WaiverArgs,

    /// Print every entry of every list
    #[arg(long)]
    all: bool,

    /// Print no text when nothing fails; other formats are always written
    #[arg(long, short)]
    quiet: bool,
}

const AFTER: &str = "\
Findings are told apart by their ids: the rule and the claims. A side that is a folder or a
revision is checked anew; of a report only the claims are known that are in findings.

Examples:
  gainsay diff main:claims claims     what the working copy adds to the branch `main`
  gainsay diff old.json claims        the same, against a report of `check --format json`
  gainsay diff main:claims claims --format markdown --fail-on-new contradiction

Exit status:
  0  no new finding at or above --fail-on-new
  1  there are such findings
  2  the input or the call was wrong; standard output is then empty";

/// How to write a difference.
#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
enum DiffFormat {
    /// For people
    Text,
    /// For a pull request
    Markdown,
    /// For programs
    Json,
}

pub(super) fn run(args: &DiffArgs) -> Result<u8, Failure> {
    if args.old == "-" && args.new == "-" {
        let help = Some("name a file, a folder or a revision for the other".to_owned());
        return Err(Failure::call("both sides are to be read from standard input".to_owned(), help));
    }
    let (old, new) = match (side(&args.old, args), side(&args.new, args)) {
        (Ok(old), Ok(new)) => (old, new),
        // The faults of both are told in one run.
        (Err(old), Err(new)) => {
            complain(&old);
            return Err(new);
        }
        (Err(failure), _) | (_, Err(failure)) => return Err(failure),
    };
    if !args.across_codebooks {
        comparable(&old, &new).map_err(|unlike| refused(&unlike))?;
    }
    let difference = diff(&old, &new);
    let fails = args.fail_on_new.least().is_some_and(|least| difference.has_new(least));
    let text = match args.format {
        DiffFormat::Json => difference_json(&difference),
        DiffFormat::Markdown => difference_markdown(&difference),
        DiffFormat::Text if args.quiet && !fails => String::new(),
        DiffFormat::Text => {
            let style = if args.output.is_some() { TextOptions::default() } else { style_for_stdout() };
            difference_text(&difference, TextOptions { all: args.all, ..style })
        }
    };
    write(args.output.as_deref(), &text)?;
    Ok(if fails { FOUND } else { 0 })
}

fn side(name: &str, args: &DiffArgs) -> Result<Side, Failure> {
    let path = Path::new(name);
    if path.is_dir() {
        let folder = Folder::read(path).map_err(Failure::Faults)?;
        spare(args.output.as_deref(), folder.paths())?;
        spare_folder(args.output.as_deref(), path)?;
        return of_folder(name, &folder, args);
    }
    if name == "-" || path.exists() {
        spare(args.output.as_deref(), std::iter::once(path))?;
        let side = report(name)?;
        return Ok(if args.waivers.no_waivers { side.without_waivers() } else { side });
    }
    if name.contains(':') {
        return of_folder(name, &revision::read(name)?, args).map(Side::as_revision);
    }
    let help = "a side is a claims folder, a JSON report, or `REVISION:FOLDER` of a git repository".to_owned();
    Err(Failure::call(format!("there is no folder or file `{}`", harmless(name)), Some(help)))
}

fn of_folder(name: &str, folder: &Folder, args: &DiffArgs) -> Result<Side, Failure> {
    let corpus = load(folder).map_err(Failure::Faults)?;
    let report = progress::check(&corpus, &args.waivers.options(&corpus), args.quiet);
    Ok(Side::of_folder(&harmless(name), &corpus, &report))
}

fn report(name: &str) -> Result<Side, Failure> {
    let shown = harmless(name);
    let mut bytes = Vec::new();
    let read = if name == "-" {
        std::io::stdin().lock().take(MAX_STDIN + 1).read_to_end(&mut bytes)
    } else {
        File::open(name).and_then(|file| file.take(MAX_STDIN + 1).read_to_end(&mut bytes))
    };
    read.map_err(|error| Failure::call(format!("`{shown}` cannot be read: {error}"), None))?;
    if bytes.len() as u64 > MAX_STDIN {
        return Err(Failure::call(format!("`{shown}` is longer than 256 MiB"), None));
    }
    let text = String::from_utf8(bytes).map_err(|_| Failure::call(format!("`{shown}` is not UTF-8"), None))?;
    Side::of_report(&shown, &text).map_err(|error| {
        let help = match &error {
            SideError::Newer(_) => "compare with the version of gainsay that wrote it, or check the folder anew",
            SideError::Partial(_) => "write it without `--rule` and `--source`",
            SideError::NotAReport(_) => "`gainsay check --format json --output FILE` writes one",
        };
        Failure::call(format!("`{shown}`: {}", harmless(&error.to_string())), Some(help.to_owned()))
    })
}

/// How many definitions an error lists.
const LISTED: usize = 10;

fn refused(unlike: &Unlike) -> Failure {
    let Unlike::Redefined(redefined) = unlike else {
        let help = Some("name two states of one claims folder".to_owned());
        return Failure::call("the two sides have no measure, event or attribute in common".to_owned(), help);
    };
    let mut lines: Vec<String> =
        redefined.iter().take(LISTED).map(|entry| format!("    {}", harmless(&entry.told()))).collect();
    if redefined.len() > LISTED {
        lines.push(format!("    … and {} more", redefined.len() - LISTED));
    }
    let help = "a claim that did not change may mean something else now; `--across-codebooks` compares all the same";
    Failure::call(format!("the two sides have different codebooks:\n{}", lines.join("\n")), Some(help.to_owned()))
}
