//! `gainsay waive`: records that findings are known.

use std::fs::File;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use gainsay::claim::Corpus;
use gainsay::edtf::Day;
use gainsay::load::{Recorded, TextFolder, record_waivers};
use gainsay::report::{Finding, Report, Verdict, harmless};
use gainsay::rules::{self, Rule};
use gainsay::waiver::{Decision, entry};
use gainsay::{Folder, Options};

use super::finding_id::find;
use super::output::{Failure, nearest, write, write_file, write_new};
use super::replacing::can_be_replaced;
use super::waivers::{a_last_day, today};

#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct WaiveArgs {
    /// The id of a finding, as `gainsay check` prints it, or its beginning; several at once are waived for one reason
    #[arg(value_name = "FINDING", required_unless_present = "all", conflicts_with = "all")]
    findings: Vec<String>,

    /// Waive every finding of this verdict or a worse one that is not waived yet: where a gate begins
    #[arg(long, value_enum, value_name = "VERDICT")]
    all: Option<AtLeast>,

    /// With --all: only findings that rest on this claim
    #[arg(long, value_name = "SOURCE/ID", requires = "all")]
    with: Option<String>,

    /// Why the finding is let be
    #[arg(long, value_name = "TEXT", value_parser = filled)]
    reason: String,

    /// Who decides that: a person, a team
    #[arg(long, value_name = "NAME", value_parser = filled)]
    by: String,

    /// The last day on which that holds, as in 2027-01-31 (2027 is the year's last day) [default: as long as the claims
    /// say what they say]
    #[arg(long, value_name = "DATE", value_parser = a_last_day)]
    until: Option<Day>,

    /// The claims folder
    #[arg(long, value_name = "FOLDER", default_value = "claims")]
    claims: PathBuf,

    /// The folder of the sources' texts, for a finding of `gainsay verify`
    #[arg(long, value_name = "DIR")]
    texts: Option<PathBuf>,
}

const AFTER: &str = "\
The entry goes into `waivers.json` of the claims folder, whose order and layout stay; an entry
about the same finding that no longer holds is replaced. A waived finding is still shown, apart,
and does not make `gainsay check` fail. It comes back when one of its claims says something else.

Examples:
  gainsay waive disagreement-ldxu --reason \"the toll was revised\" --by \"news desk\"
  gainsay waive --all contradiction --reason \"as found on the first day\" --by \"news desk\"

Exit status:
  0  the findings are waived
  2  the input or the call was wrong; `waivers.json` is then as it was";

/// The mildest verdict that is waived.
#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
enum AtLeast {
    /// Claims that cannot all be true
    Contradiction,
    /// Also claims that cannot all be true as a reader takes them, and faults of sourcing
    Tension,
    /// Also remarks
    Note,
}

/// A text with a letter in it.
fn filled(text: &str) -> Result<String, String> {
    let text = harmless(text);
    if text.chars().any(char::is_alphanumeric) { Ok(text) } else { Err("it says nothing".to_owned()) }
}

pub(super) fn run(args: &WaiveArgs) -> Result<u8, Failure> {
    // Two that write at once would each write over what the other has written.
    let _alone = alone(&args.claims);
    let (corpus, folder) = super::load_with_files(&args.claims, false, None)?;
    let options = Options { as_of: Some(today()), ..Options::default() };
    let mut report = gainsay::check(&corpus, &options);
    if let Some(texts) = &args.texts {
        let texts = TextFolder::Disk(texts.clone());
        let verified = gainsay::verify(&folder, &corpus, &texts, &options).map_err(Failure::Faults)?;
        let found = verified.findings.into_iter().map(|found| found.finding);
        report.findings.extend(found.filter(|finding| of_texts(&finding.id).is_some()));
    }
    let findings = match args.all {
        Some(least) => every(&report, &corpus, least, args.with.as_deref())?,
        None => named(&report, args)?,
    };
    if let Some(until) = args.until.filter(|&until| until < today()) {
        let help = Some("leave `--until` out for a waiver without an end".to_owned());
        return Err(Failure::call(format!("{until} is past: the waiver would hold on no day"), help));
    }
    let decision = Decision { reason: args.reason.clone(), by: args.by.clone(), until: args.until };
    record(&args.claims, &folder, &corpus, &findings, &decision)?;
    write(None, &told(&findings, &decision))?;
    Ok(0)
}

/// Lets no other run record waivers in this folder as long as what it gives is kept, where the system can do so.
///
/// `waivers.json` itself is replaced and cannot be locked; the codebook is there in every folder. A folder without one is
/// told when it is read.
fn alone(folder: &Path) -> Option<File> {
    // Elsewhere a locked file could not be read.
    let codebook = cfg!(unix).then(|| File::open(folder.join("codebook.json")).ok()).flatten()?;
    codebook.lock().ok().map(|()| codebook)
}

/// The findings of these ids.
fn named<'r>(report: &'r Report, args: &WaiveArgs) -> Result<Vec<&'r Finding>, Failure> {
    let mut findings: Vec<&Finding> = Vec::new();
    for id in &args.findings {
        if let Some(rule) = of_texts(id).filter(|_| args.texts.is_none()) {
            let message = format!("`{}` is looked for in the sources' texts", rule.id);
            return Err(Failure::call(message, Some("name their folder with `--texts DIR`".to_owned())));
        }
        let finding = waivable(report, id)?;
        if findings.iter().all(|known| known.id != finding.id) {
            findings.push(finding);
        }
    }
    Ok(findings)
}

/// The findings that are as bad as that, and rest on the claim if one is named.
fn every<'r>(
    report: &'r Report,
    corpus: &Corpus,
    least: AtLeast,
    with: Option<&str>,
) -> Result<Vec<&'r Finding>, Failure> {
    let names: Vec<String> = corpus.claims().map(|(id, _)| corpus.name(id)).collect();
    if let Some(claim) = with.filter(|claim| !names.iter().any(|name| name == claim)) {
        let known: Vec<&str> = names.iter().map(String::as_str).collect();
        let help = nearest(claim, &known).map(|near| format!("did you mean `{near}`?"));
        return Err(Failure::call(format!("there is no claim `{}`", harmless(claim)), help));
    }
    let least = match least {
        AtLeast::Contradiction => Verdict::Contradiction,
        AtLeast::Tension => Verdict::Tension,
        AtLeast::Note => Verdict::Note,
    };
    let rests = |finding: &&Finding| with.is_none_or(|with| finding.claims.iter().any(|claim| claim.claim == with));
    let open = report.findings.iter().filter(|finding| finding.waived.is_none() && finding.at.is_none());
    let findings: Vec<&Finding> = open.filter(|finding| finding.verdict <= least).filter(rests).collect();
    if findings.is_empty() {
        return Err(Failure::call("there is no such finding that is not waived yet".to_owned(), None));
    }
    Ok(findings)
}

/// The rule of an id that only `gainsay verify` gives.
fn of_texts(id: &str) -> Option<&'static Rule> {
    rules::OF_TEXTS.into_iter().find(|rule| id.starts_with(rule.id))
}

fn waivable<'r>(report: &'r Report, id: &str) -> Result<&'r Finding, Failure> {
    let finding = find(report, id)?;
    if let Some(at) = &finding.at {
        let help = format!("correct or delete the entry at {}:{}", harmless(&at.file), at.line);
        return Err(Failure::call(format!("`{}` is about a waiver, and is not waived itself", finding.id), Some(help)));
    }
    if let Some(waived) = &finding.waived {
        let place = format!("{}:{}", harmless(&waived.at.file), waived.at.line);
        let help = format!("to change the reason, edit the entry at {place}");
        return Err(Failure::call(format!("`{}` is waived already", finding.id), Some(help)));
    }
    Ok(finding)
}

/// Where a folder that was made by `gainsay init` keeps the schema of its waivers.
const SCHEMA: &str = "schemas/waivers.json";

fn record(
    claims: &Path,
    folder: &Folder,
    corpus: &Corpus,
    findings: &[&Finding],
    decision: &Decision,
) -> Result<(), Failure> {
    let entries: Vec<_> = findings.iter().map(|finding| entry(corpus, finding, decision)).collect();
    let schema = claims.join(SCHEMA);
    let Recorded { path, before, after } = record_waivers(folder, &entries, schema.is_file().then_some(SCHEMA));
    let unwritten = |message: String| Failure::call(message, Some("nothing was waived".to_owned()));
    let file = Path::new(&path);
    if let Some(before) = before {
        can_be_replaced(file, &before).map_err(unwritten)?;
        return write_file(file, &after);
    }
    let shown = harmless(&path);
    write_new(file, &after).map_err(|error| unwritten(format!("`{shown}` cannot be written: {error}")))
}

/// How wide the lines are that tell what was waived.
const WIDTH: usize = 100;

fn told(findings: &[&Finding], decision: &Decision) -> String {
    let until = match decision.until {
        Some(day) => format!("until {day}"),
        None => "as long as its claims say what they say".to_owned(),
    };
    let options = textwrap::Options::new(WIDTH).initial_indent("  ").subsequent_indent("  ");
    let headline = |finding: &Finding| textwrap::fill(&harmless(&finding.headline), &options);
    let line = |finding: &&Finding| format!("Waived {until}: {}\n{}\n", finding.id, headline(finding));
    findings.iter().map(line).collect()
}
