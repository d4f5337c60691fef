//! `gainsay import`: a table as claims.

use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use gainsay::codebook::Codebook;
use gainsay::import::{Delimiter, ImportError, Imported, Options, csv};
use gainsay::load::{self, Folder};
use gainsay::report::harmless;

use super::output::{Failure, cannot_write, fill, spare, write, write_from};

#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct ImportArgs {
    /// The table as CSV in UTF-8, its first row naming the columns; `-` reads standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Write to this file, NAME.jsonl in the claims folder's `sources`, instead of standard output (`-`)
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,

    /// The column of this header gives this key; may be given more than once
    #[arg(long = "column", value_name = "HEADER=KEY")]
    columns: Vec<String>,

    /// All rows have this value; may be given more than once
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,

    /// Leave out the column of this header; may be given more than once
    #[arg(long, value_name = "HEADER")]
    ignore: Vec<String>,

    /// Leave out all columns that give no key
    #[arg(long)]
    ignore_others: bool,

    /// The title of the source, where there is one source
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,

    /// Write names as ids: `Khyber Pakhtunkhwa` as `khyber-pakhtunkhwa`
    #[arg(long)]
    make_ids: bool,

    /// What separates the cells of a row: one sign, or `tab`
    #[arg(long, value_name = "SIGN", default_value = ",")]
    delimiter: Delimiter,

    /// The claims folder whose codebook knows the names [default: claims, if it is there]
    #[arg(long, value_name = "FOLDER")]
    claims: Option<PathBuf>,
}

const AFTER: &str = "\
Each row is a claim, and each column gives one of its keys. An empty cell leaves the key out.

  of every claim  source (required), id, quote (required), line, page, where, note, voice,
                  attributed_to, superseded_by
  a figure        measure, period, event, unit, and the codebook's dimensions, such as place;
                  value for a bare number, or value.at_least, .more_than, .at_most, .less_than,
                  .nearly, .about, .vague, .between.low and .between.high, .rounded and .to,
                  .low and .best and .high (an estimate)
  a date          event, and date.on, date.start or date.end, or one of them with .before,
                  .after, .by or .since behind it
  a duration      event, or duration.from and duration.to; and duration.days, .weeks, .months,
                  .years or .decades
  a fact          subject, attribute, toward, is, is_not, period
  of the source   source.title, .authors, .publisher, .published, .url: for `--set` only

Several terms, values or credits stand in one cell, separated by `;`. Where no column is the id,
claims are row-1, row-2 and so on; have one where rows may come and go. Numbers are copied digit
for digit, so 1,234 is a fault. Changes and shares cannot be given by columns.

With a codebook, labels and aliases are written as their ids, and names that it lacks are
faults. Without one, a dimension is named by an option: `--column \"Region=region\"`. Whatever
else may be wrong with a claim, `gainsay check` tells.

Example:
  gainsay import incidents.csv -o claims/sources/incidents.jsonl \\
    --set source=incidents --set measure=killed --column \"Event date=period\" \\
    --column \"Province=place\" --column \"Deaths=value\" --column \"Headline=quote\" \\
    --ignore-others

Exit status:
  0  the claims were written
  2  the table has faults, or the call was wrong; nothing was written";

impl ImportArgs {
    fn options(&self) -> Options {
        Options {
            delimiter: self.delimiter,
            columns: self.columns.clone(),
            set: self.set.clone(),
            ignore: self.ignore.clone(),
            ignore_others: self.ignore_others,
            title: self.title.clone(),
            make_ids: self.make_ids,
        }
    }

    /// The file that is written, if it is not standard output.
    fn target(&self) -> Option<&Path> {
        self.output.as_deref().filter(|output| output.as_os_str() != "-")
    }
}

pub(super) fn run(args: &ImportArgs) -> Result<u8, Failure> {
    spare(args.target(), [args.file.as_path()].into_iter())?;
    if let Some(target) = args.target() {
        named_for_lines(target)?;
    }
    let book = codebook(args)?;
    let (path, input): (String, Box<dyn Read>) = if args.file.as_os_str() == "-" {
        ("<stdin>".to_owned(), Box::new(io::stdin().lock()))
    } else {
        let path = args.file.display().to_string();
        let file = File::open(&args.file).map_err(|error| cannot_read(&path, &error))?;
        (path, Box::new(file))
    };
    let import = |output: &mut dyn Write| csv(input, output, &path, &args.options(), book.as_ref());
    if let Some(target) = args.target().filter(|target| !is_special(target)) {
        let imported = fill(target, import).map_err(|error| failure(error, &path, target))?;
        write(None, &told(imported, target))?;
        return Ok(0);
    }
    // What cannot be taken back stays empty when a row at the end has a fault.
    let temporary = Path::new("a temporary file");
    let mut beside = tempfile::tempfile().map_err(|error| cannot_write(temporary, &error))?;
    import(&mut beside).map_err(|error| failure(error, &path, temporary))?;
    beside.rewind().map_err(|error| cannot_write(temporary, &error))?;
    write_from(args.target(), &mut beside)?;
    Ok(0)
}

/// Whether a file is a device or a pipe, which is written as it is.
fn is_special(target: &Path) -> bool {
    target.metadata().is_ok_and(|metadata| !metadata.is_file())
}

/// Refuses a name under which the claims would be read as something else, or not at all.
fn named_for_lines(target: &Path) -> Result<(), Failure> {
    if is_special(target) || target.extension().is_some_and(|ending| ending == "jsonl") {
        return Ok(());
    }
    let name = harmless(&target.display().to_string());
    let help = "what is written is JSON Lines, which is read from `sources/NAME.jsonl`".to_owned();
    Err(Failure::call(format!("`{name}` does not end with `.jsonl`"), Some(help)))
}

fn codebook(args: &ImportArgs) -> Result<Option<Codebook>, Failure> {
    let default = Path::new("claims");
    let folder = args.claims.as_deref().or_else(|| default.join("codebook.json").exists().then_some(default));
    let Some(folder) = folder else { return Ok(None) };
    let folder = Folder::read_codebook(folder).map_err(Failure::Faults)?;
    load::codebook(&folder).map(Some).map_err(Failure::Faults)
}

fn cannot_read(path: &str, error: &io::Error) -> Failure {
    Failure::call(format!("`{}` cannot be read: {error}", harmless(path)), None)
}

fn failure(error: ImportError, path: &str, target: &Path) -> Failure {
    match error {
        ImportError::Faults(faults) => Failure::Faults(faults),
        ImportError::Read(error) => cannot_read(path, &error),
        ImportError::Write(error) => cannot_write(target, &error),
    }
}

fn told(imported: Imported, target: &Path) -> String {
    let many = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    format!(
        "Wrote {} of {} to {}.\n",
        many(imported.claims, "claim"),
        many(imported.sources, "source"),
        harmless(&target.display().to_string())
    )
}
