//! Claims that are too many to be kept in memory: `gainsay check` on files of lines.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use gainsay::load::{LargeFile, ManyFiles, Opened, Unread, is_lines};
use gainsay::{Folder, Options, Stage};
use tempfile::NamedTempFile;

use super::args::{CheckArgs, ReportFormat};
use super::output::{self, Failure, write};
use super::{FOUND, MAX_STDIN, progress};

/// Whether somebody pressed Ctrl-C.
static STOP: AtomicBool = AtomicBool::new(false);

/// The exit status of a program that Ctrl-C ended.
const INTERRUPTED: u8 = 130;

/// So much of standard input tells whether it is lines.
const BEGINNING: u64 = 1 << 20;

/// A folder with what standard input holds.
pub(super) struct Input {
    pub(super) opened: Opened,
    /// What was kept of standard input, as long as it is read.
    _kept: Option<NamedTempFile>,
}

/// Opens a claims folder, and perhaps one more source, or lines of several, from standard input.
pub(super) fn open(folder: &Path, stdin: bool, output: Option<&Path>) -> Result<Input, Failure> {
    let (source, kept) = if stdin { from_stdin()? } else { (None, None) };
    let lines = kept.as_ref().map(|file: &NamedTempFile| LargeFile::of_lines("<stdin>", file.path()));
    let mut opened = Folder::open(folder, lines).map_err(Failure::Faults)?;
    match &mut opened {
        Opened::Few(few) => {
            output::spare(output, few.paths())?;
            if let Some(bytes) = source {
                few.add("<stdin>", bytes);
            }
        }
        Opened::Many(many) => {
            output::spare(output, many.paths())?;
            if let Some(bytes) = source {
                many.add("<stdin>", bytes);
            }
        }
    }
    output::spare_folder(output, folder)?;
    Ok(Input { opened, _kept: kept })
}

/// Standard input: a source is kept in memory, lines in a file.
fn from_stdin() -> Result<(Option<Vec<u8>>, Option<NamedTempFile>), Failure> {
    let failed = |error: std::io::Error| Failure::call(format!("standard input cannot be read: {error}"), None);
    let mut stdin = std::io::stdin().lock();
    let mut bytes = Vec::new();
    stdin.by_ref().take(BEGINNING).read_to_end(&mut bytes).map_err(failed)?;
    if is_lines(&bytes) {
        let mut file = NamedTempFile::new().map_err(failed)?;
        file.write_all(&bytes).and_then(|()| std::io::copy(&mut stdin, &mut file)).map_err(failed)?;
        return Ok((None, Some(file)));
    }
    stdin.take(MAX_STDIN + 1 - BEGINNING).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > MAX_STDIN {
        return Err(Failure::call("standard input is longer than 256 MiB".to_owned(), None));
    }
    Ok((Some(bytes), None))
}

/// Checks many claims; Ctrl-C ends it, and then nothing is reported.
pub(super) fn check(files: &ManyFiles, args: &CheckArgs) -> Result<u8, Failure> {
    if args.format == ReportFormat::Html {
        let help = "`--format json` or `--format markdown` take any number of claims".to_owned();
        return Err(Failure::call("a page has no room for so many claims".to_owned(), Some(help)));
    }
    // OK because where no handler can be set, Ctrl-C ends the program at once.
    let _ = ctrlc::set_handler(|| {
        if STOP.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(INTERRUPTED));
        }
    });
    let shown = progress::Reading::start(files.bytes(), args.quiet);
    let tell = |stage: Stage| {
        shown.tell(stage);
        !STOP.load(Ordering::Relaxed)
    };
    let outcome = run(files, args, &tell);
    shown.clear();
    match outcome {
        Err(Unfinished::Interrupted) => {
            output::warn("interrupted; nothing is reported");
            Ok(INTERRUPTED)
        }
        Err(Unfinished::Failed(failure)) => Err(failure),
        Ok(report) => {
            super::warn_of_undecided(&report);
            let fails = args.failing().fails_of(&report);
            let text = super::text_of(&report, args, fails)?;
            if args.format == ReportFormat::Github {
                super::summarise(&report)?;
            }
            write(args.output.as_deref(), &text)?;
            Ok(if fails { FOUND } else { 0 })
        }
    }
}

enum Unfinished {
    Interrupted,
    Failed(Failure),
}

impl From<Unread> for Unfinished {
    fn from(unread: Unread) -> Self {
        match unread {
            Unread::Faults(faults) => Self::Failed(Failure::Faults(faults)),
            Unread::Interrupted => Self::Interrupted,
        }
    }
}

impl From<Failure> for Unfinished {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

fn run(
    files: &ManyFiles,
    args: &CheckArgs,
    tell: &(dyn Fn(Stage) -> bool + Sync),
) -> Result<gainsay::report::Report, Unfinished> {
    let threads = args.threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    let bulk = gainsay::read_many(files, threads, tell)?;
    let corpus = bulk.corpus();
    let options = Options {
        rules: args.rules()?,
        sources: args.sources(corpus)?,
        limit: if args.all { usize::MAX } else { args.limit },
        ..args.waivers.options(corpus)
    };
    Ok(gainsay::check_many(bulk, &options, tell)?)
}
