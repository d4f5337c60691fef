//! What the command takes.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use gainsay::claim::{Corpus, Reading};
use gainsay::report::{Failing, Verdict};
use gainsay::rules;

use super::output::{Failure, nearest};
use super::waivers::WaiverArgs;

/// Flags every set of claims that cannot all be true.
///
/// Claims are what papers say, encoded as JSON in one folder: a codebook.json with the vocabulary, and a file for each
/// source in sources/. gainsay finds which of them contradict each other, proves it, and explains why.
#[derive(Debug, Parser)]
#[command(version, about, arg_required_else_help = true, max_term_width = 100, after_help = AFTER)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const AFTER: &str = "\
Examples:
  gainsay check                       check the folder `claims`
  gainsay check other/claims          check another folder
  gainsay check --format json         the same, for programs
  gainsay check - < draft.json        check `claims` and one more source
  gainsay check --watch               check whenever a file changes
  gainsay init                        make a new folder `claims` with an example
  gainsay show attacks                who says what, side by side
  gainsay bounds attacks place=pakistan period=2022
                                      how little and how much may be printed
  gainsay verify --texts papers       every quote against its source's text
  gainsay world                       a world in which all undisputed claims hold
  gainsay diff main:claims claims     what a change adds and resolves
  gainsay waive disagreement-ldxu --reason \"revised later\" --by \"news desk\"
                                      a finding that is known and let be
  gainsay explain part-exceeds-whole  what a rule looks for, with an example
  gainsay explain disagreement-ldxu   one finding in full: claims, premises, each step of the sum";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check a claims folder and report what cannot all be true
    Check(CheckArgs),
    /// Explain a rule, or one finding in full; or what a certificate is
    Explain(ExplainArgs),
    /// Show the figures side by side: who says what, and who agrees with whom
    Show(super::show::ShowArgs),
    /// Say how little and how much there can be in a scope, and who binds it
    Bounds(BoundsArgs),
    /// Show a world in which all claims hold that are in no conflict
    World(WorldArgs),
    /// Find every quote in its source's text, and the lines of the texts that nobody accounts for
    Verify(VerifyArgs),
    /// Say what a change to the claims adds and resolves
    Diff(super::diff::DiffArgs),
    /// Record that findings are known and let be
    Waive(super::waive::WaiveArgs),
    /// Add up every certificate of a JSON report, trusting nothing but the report
    VerifyReport(VerifyReportArgs),
    /// Put the files of a claims folder into their canonical layout
    Fmt(super::fmt::FmtArgs),
    /// Make claims of the rows of a table (CSV)
    Import(super::import::ImportArgs),
    /// Print the JSON Schema of a kind of claims file, or of the JSON report
    Schema(super::schema::SchemaArgs),
    /// Make a new claims folder with a small example
    Init(super::init::InitArgs),
    /// Print the completions of a shell
    Completions(super::shell::CompletionsArgs),
    /// Print a manual page, or write all of them
    Man(super::shell::ManArgs),
}

/// Where the claims are.
#[derive(Debug, clap::Args)]
pub(crate) struct Places {
    /// The claims folder [default: claims]; `-` reads one more source from standard input
    #[arg(value_name = "FOLDER", num_args = 0..=2)]
    paths: Vec<PathBuf>,

    /// The claims folder, where it is not named by itself
    #[arg(long, value_name = "FOLDER")]
    claims: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
#[command(after_help = CHECK_AFTER)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(crate) places: Places,

    /// How to write the report
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    pub(crate) format: ReportFormat,

    /// Whom the page is for (with `--format html`)
    #[arg(long = "for", value_enum, value_name = "READERS", default_value_t = Readers::Editors)]
    pub(crate) readers: Readers,

    /// Write the report to a file instead of standard output (`-`)
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// The mildest verdict that makes the exit status 1
    #[arg(long, value_enum, default_value_t = FailOn::Contradiction)]
    pub(crate) fail_on: FailOn,

    /// Exit with status 1 too when some claims could neither be refuted nor shown to hold together
    #[arg(long)]
    pub(crate) fail_on_undecided: bool,

    #[command(flatten)]
    pub(crate) waivers: WaiverArgs,

    /// Report findings of this rule only; may be given more than once
    #[arg(long = "rule", value_name = "RULE")]
    rules: Vec<String>,

    /// Report findings with a claim of this source only; may be given more than once
    #[arg(long = "source", value_name = "SOURCE")]
    sources: Vec<String>,

    /// How many conflicts of three claims and more to list for each set of claims that hang together
    #[arg(long, value_name = "N", default_value_t = gainsay::Options::default().limit)]
    pub(crate) limit: usize,

    /// Print every finding in full, and list the claims that were not compared
    #[arg(long)]
    pub(crate) all: bool,

    /// How many threads read more claims than are kept in memory [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = threads)]
    pub(crate) threads: Option<usize>,

    /// Print no text when nothing fails; other formats are always written
    #[arg(long, short)]
    pub(crate) quiet: bool,

    /// On a terminal: check again whenever a file of the folder changes, until Ctrl-C ends it
    #[arg(long, conflicts_with = "output")]
    pub(crate) watch: bool,
}

/// At least one thread, and no more than any machine has use for.
fn threads(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(threads @ 1..=256) => Ok(threads),
        _ => Err("write a number from 1 to 256".to_owned()),
    }
}

const CHECK_AFTER: &str = "\
Exit status:
  0  no finding at or above --fail-on
  1  there are such findings
  2  the input or the call was wrong; standard output is then empty";

#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {
    /// A rule (`part-exceeds-whole`), or the id of a finding, or its beginning; `certificate` tells how to check a proof
    #[arg(value_name = "RULE|FINDING")]
    pub(crate) what: String,

    /// The claims folder in which the finding is
    #[arg(long, value_name = "FOLDER", default_value = "claims")]
    pub(crate) claims: PathBuf,

    #[command(flatten)]
    pub(crate) waivers: WaiverArgs,
}

#[derive(Debug, clap::Args)]
#[command(after_help = WORLD_AFTER)]
pub(crate) struct WorldArgs {
    /// The claims folder [default: claims]
    #[arg(value_name = "FOLDER")]
    path: Option<PathBuf>,

    /// The claims folder, where it is not named by itself
    #[arg(long, value_name = "FOLDER", conflicts_with = "path")]
    claims: Option<PathBuf>,

    /// How strictly to take hedges
    #[arg(long, value_enum, default_value_t = ReadingArg::Strict)]
    pub(crate) reading: ReadingArg,

    /// How to write the world
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,

    /// Write the world to a file instead of standard output (`-`)
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

const WORLD_AFTER: &str = "\
A world says how much of each measure there is where and when, on which days events begin and
end, and which values attributes have. It shows that the claims that are in no conflict can all
be true. It is one of many such worlds: what no claim says is made up.

Exit status:
  0  a world was found for all claims but those in conflict
  1  for some others neither a world nor a contradiction was found; it is written without them
  2  the input or the call was wrong; standard output is then empty";

#[derive(Debug, clap::Args)]
#[command(after_help = BOUNDS_AFTER)]
pub(crate) struct BoundsArgs {
    /// A measure of the codebook
    #[arg(value_name = "MEASURE")]
    pub(crate) measure: String,

    /// The scope: `place=pakistan`, `target=police,army` (together), `period=2022-01/2022-09` (EDTF), `event=ID`
    #[arg(value_name = "DIM=TERM")]
    pub(crate) scope: Vec<String>,

    /// The claims folder
    #[arg(long, value_name = "FOLDER", default_value = "claims")]
    pub(crate) claims: PathBuf,

    /// How strictly to take hedges
    #[arg(long, value_enum, default_value_t = ReadingArg::Strict)]
    pub(crate) reading: ReadingArg,

    /// How to write the answer
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

const BOUNDS_AFTER: &str = "\
A dimension that is left out means all of it. Claims that are in conflict do not count.

Examples:
  gainsay bounds attacks place=khyber-pakhtunkhwa period=2022
  gainsay bounds casualties harm=killed place=pakistan period=2022 --reading plain

Exit status:
  0  there is an answer, even if it is that nothing binds the scope
  1  none was found within the limits
  2  the input or the call was wrong; standard output is then empty";

#[derive(Debug, clap::Args)]
#[command(after_help = VERIFY_AFTER)]
pub(crate) struct VerifyArgs {
    #[command(flatten)]
    pub(crate) places: Places,

    /// The folder of the sources' texts: plain text or Markdown, named by `text.file` of each source
    #[arg(long, value_name = "DIR")]
    pub(crate) texts: PathBuf,

    /// Correct the `line` of claims whose quote stands elsewhere; nothing else in their files changes
    #[arg(long)]
    pub(crate) fix_lines: bool,

    /// How to write the report
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,

    /// Write the report to a file instead of standard output (`-`)
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// The mildest verdict that makes the exit status 1: a quote that is not found or lacks its figure is a
    /// contradiction, a moved line or an unused omission a tension, an uncovered line or a repeated quote a note
    #[arg(long, value_enum, default_value_t = FailOn::Contradiction)]
    pub(crate) fail_on: FailOn,

    #[command(flatten)]
    pub(crate) waivers: WaiverArgs,

    /// List every repeated quote and uncovered line
    #[arg(long)]
    pub(crate) all: bool,

    /// Print no text when nothing fails; other formats are always written
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

const VERIFY_AFTER: &str = "\
White space, hard line breaks, the shapes of quotation marks and dashes, soft hyphens and
Markdown's marks make no difference. `[...]` in a quote stands for words left out.

Exit status:
  0  no finding at or above --fail-on
  1  there are such findings
  2  the input or the call was wrong; standard output is then empty";

#[derive(Debug, clap::Args)]
#[command(after_help = VERIFY_REPORT_AFTER)]
pub(crate) struct VerifyReportArgs {
    /// What `gainsay check` or `gainsay bounds` wrote with `--format json`; `-` reads standard input
    #[arg(value_name = "REPORT")]
    pub(crate) report: PathBuf,
}

const VERIFY_REPORT_AFTER: &str = "\
Exit status:
  0  every certificate holds
  1  some certificate does not, or is not decided within the limit of steps
  2  the report cannot be read";

/// How to write the report of a check.
#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// For people
    Text,
    /// For programs
    Json,
    /// For a job's summary or a comment on a proposed change
    Markdown,
    /// For reading and for a class: a page that needs nothing but a browser
    Html,
    /// For code scanning and editors: SARIF 2.1.0
    Sarif,
    /// For a CI server's list of tests: JUnit XML
    Junit,
    /// For GitHub Actions: annotations, and the job's summary where `GITHUB_STEP_SUMMARY` names its file
    Github,
    /// For GitLab's merge requests: a code quality report
    Gitlab,
}

/// Whom a page is for.
#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Readers {
    /// Every finding explained and proven, and every claim
    Editors,
    /// Handouts with questions, and the answers on pages of their own
    Class,
}

/// How to write any other report.
#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

/// How strictly a hedge is taken.
#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReadingArg {
    /// What the words logically allow
    Strict,
    /// What a reader takes them to mean
    Plain,
}

impl From<ReadingArg> for Reading {
    fn from(reading: ReadingArg) -> Self {
        match reading {
            ReadingArg::Strict => Self::Strict,
            ReadingArg::Plain => Self::Plain,
        }
    }
}

/// The mildest verdict that makes the exit status 1.
#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// Claims that cannot all be true
    Contradiction,
    /// Also claims that cannot all be true as a reader takes them, and faults of sourcing
    Tension,
    /// Also remarks
    Note,
    /// Nothing does
    Never,
}

impl WorldArgs {
    /// The claims folder.
    pub(crate) fn folder(&self) -> PathBuf {
        self.path.clone().or_else(|| self.claims.clone()).unwrap_or_else(|| PathBuf::from("claims"))
    }
}

impl Places {
    /// The claims folder, and whether to read standard input too.
    pub(crate) fn named(&self) -> Result<(PathBuf, bool), Failure> {
        let is_stdin = |path: &&PathBuf| path.as_os_str() == "-";
        let stdin = self.paths.iter().filter(is_stdin).count();
        let mut folders = self.paths.iter().filter(|path| !is_stdin(path)).chain(&self.claims);
        let folder = folders.next().cloned().unwrap_or_else(|| PathBuf::from("claims"));
        if folders.next().is_some() || stdin > 1 {
            let help = Some("name one claims folder, and `-` at most once".to_owned());
            return Err(Failure::call("more than one claims folder is named".to_owned(), help));
        }
        Ok((folder, stdin == 1))
    }
}

impl FailOn {
    /// The mildest verdict that counts; none when nothing does.
    pub(crate) fn least(self) -> Option<Verdict> {
        match self {
            Self::Contradiction => Some(Verdict::Contradiction),
            Self::Tension => Some(Verdict::Tension),
            Self::Note => Some(Verdict::Note),
            Self::Never => None,
        }
    }
}

impl CheckArgs {
    /// What makes the exit status 1.
    pub(crate) fn failing(&self) -> Failing {
        Failing { least: self.fail_on.least(), undecided: self.fail_on_undecided }
    }

    /// The rules to report, all of them known.
    pub(crate) fn rules(&self) -> Result<Vec<String>, Failure> {
        // To find nothing where nothing was looked for would be a gate that is always green.
        if let Some(rule) = rules::OF_TEXTS.iter().find(|rule| self.rules.iter().any(|name| name == rule.id)) {
            let help = Some("`gainsay verify --texts DIR` looks for it".to_owned());
            return Err(Failure::call(format!("`{}` is looked for in the sources' texts", rule.id), help));
        }
        let known: Vec<&str> = rules::ALL.iter().map(|rule| rule.id).collect();
        all_known("rule", &self.rules, &known)
    }

    /// The sources to report, all of them in the corpus.
    pub(crate) fn sources(&self, corpus: &Corpus) -> Result<Vec<String>, Failure> {
        let known: Vec<&str> = corpus.sources.iter().map(|source| source.id.as_str()).collect();
        all_known("source", &self.sources, &known)
    }
}

fn all_known(what: &str, named: &[String], known: &[&str]) -> Result<Vec<String>, Failure> {
    for name in named {
        if !known.contains(&name.as_str()) {
            let name = gainsay::report::harmless(name);
            let help = nearest(&name, known)
                .map_or_else(|| format!("known are: {}", known.join(", ")), |near| format!("did you mean `{near}`?"));
            return Err(Failure::call(format!("there is no {what} `{name}`"), Some(help)));
        }
    }
    Ok(named.to_vec())
}
