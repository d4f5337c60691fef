//! `gainsay fmt`: the canonical layout of the files of a claims folder.

use std::path::{Path, PathBuf};

use gainsay::Folder;
use gainsay::layout::{self, LaidOut};
use gainsay::report::harmless;
use similar::TextDiff;

use super::FOUND;
use super::output::{Failure, write, write_file};
use super::replacing::{can_be_replaced, though_changed};

#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct FmtArgs {
    /// The claims folder [default: claims]; `-` lays out one file from standard input to standard output
    #[arg(value_name = "FOLDER")]
    path: Option<PathBuf>,

    /// The claims folder, where it is not named by itself
    #[arg(long, value_name = "FOLDER", conflicts_with = "path")]
    claims: Option<PathBuf>,

    /// Change nothing; print what would change, and exit with status 1 if anything would
    #[arg(long)]
    check: bool,
}

const AFTER: &str = "\
Only white space changes: keys, entries, numbers and texts stay as they are written, in their
order. A file with a fault of syntax, or with a key that stands twice in an object, is reported,
and then no file is changed.

Exit status:
  0  the files are in the canonical layout (now)
  1  with --check: some are not
  2  the input or the call was wrong";

pub(super) fn run(args: &FmtArgs) -> Result<u8, Failure> {
    let path = args.path.as_ref().or(args.claims.as_ref());
    if path.is_some_and(|path| path.as_os_str() == "-") {
        return stdin(args.check);
    }
    let path = path.map_or(Path::new("claims"), PathBuf::as_path);
    let files = laid_out(&Folder::read(path).map_err(Failure::Faults)?)?;
    if files.is_empty() {
        let help = "name the folder that holds `codebook.json` and `sources`".to_owned();
        let shown = harmless(&path.display().to_string());
        return Err(Failure::call(format!("there is nothing to lay out in `{shown}`"), Some(help)));
    }
    let changed: Vec<LaidOut> = files.into_iter().filter(LaidOut::changes).collect();
    if args.check {
        return told(&changed);
    }
    replace(&changed)?;
    let names = changed.iter().map(|file| format!("{}\n", harmless(&file.path)));
    write(None, &names.collect::<String>())?;
    Ok(0)
}

fn laid_out(folder: &Folder) -> Result<Vec<LaidOut>, Failure> {
    layout::folder(folder).map_err(Failure::Faults)
}

fn stdin(check: bool) -> Result<u8, Failure> {
    let mut folder = Folder::default();
    folder.add("-", super::stdin()?);
    let files = laid_out(&folder)?;
    if check {
        return told(&files.into_iter().filter(LaidOut::changes).collect::<Vec<_>>());
    }
    write(None, &files.iter().map(|file| file.after.as_str()).collect::<String>())?;
    Ok(0)
}

/// Prints what would change.
fn told(changed: &[LaidOut]) -> Result<u8, Failure> {
    write(None, &changed.iter().map(difference).collect::<String>())?;
    Ok(if changed.is_empty() { 0 } else { FOUND })
}

/// What changes in a file, as `diff -u` writes it. It is for people: see [`shown`].
fn difference(file: &LaidOut) -> String {
    let before = String::from_utf8_lossy(&file.before);
    let path = harmless(&file.path);
    let difference = TextDiff::from_lines(before.as_ref(), file.after.as_str());
    let unified = difference.unified_diff().context_radius(3).header(&path, &path).to_string();
    unified.chars().map(shown).collect()
}

/// A sign for what a terminal would act on; a carriage return is one too, so that a line that loses it differs in sight.
fn shown(letter: char) -> char {
    const SIGN: char = '\u{fffd}';
    match letter {
        '\n' | '\t' => letter,
        '\u{2028}' | '\u{2029}' => SIGN,
        _ if letter.is_control() => SIGN,
        _ if letter.is_whitespace() => letter,
        _ => harmless(letter.encode_utf8(&mut [0; 4])).chars().next().unwrap_or(SIGN),
    }
}

/// Puts the files into their new layout, after it has seen that each of them can be replaced.
fn replace(changed: &[LaidOut]) -> Result<(), Failure> {
    for file in changed {
        let unchanged = |message| Failure::call(message, Some("no file was changed".to_owned()));
        can_be_replaced(Path::new(&file.path), &file.before).map_err(unchanged)?;
    }
    let mut done = Vec::new();
    for file in changed {
        write_file(Path::new(&file.path), file.after.as_bytes())
            .map_err(|failure| though_changed(failure, "already laid out are", &done))?;
        done.push(file.path.clone());
    }
    Ok(())
}
