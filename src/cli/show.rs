//! `gainsay show`: the figures side by side.

use std::path::PathBuf;

use clap::ValueEnum;
use gainsay::report::TextOptions;
use gainsay::report::show::{
    catalogue_csv, catalogue_json, catalogue_markdown, catalogue_text, shown_csv, shown_json, shown_markdown,
    shown_text,
};
use gainsay::{Options, UnknownWord};

use super::output::{Failure, nearest, style_for_stdout, write};

#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct ShowArgs {
    /// A measure, term, event, attribute, value, source or upstream, by id, label or alias; or `KIND=NAME`, as in
    /// `place=pakistan` or `period=2022`. Several words narrow. `-` reads one more source from standard input
    #[arg(value_name = "WORD")]
    words: Vec<String>,

    /// The claims folder
    #[arg(long, value_name = "FOLDER", default_value = "claims")]
    claims: PathBuf,

    /// Show also claims that only cover what is asked for, or may lie partly in it
    #[arg(long)]
    wider: bool,

    /// How to write the figures
    #[arg(long, value_enum, default_value_t = ShowFormat::Text)]
    format: ShowFormat,

    /// Write them to a file instead of standard output (`-`)
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

const AFTER: &str = "\
Without a word it lists what there is to show. Two claims agree when their scopes are the same and
what their words allow meets; independently, when nobody stands behind both. Text in CSV that a
spreadsheet would take for a formula has an apostrophe before it.

Examples:
  gainsay show attacks                       every figure of a measure
  gainsay show attacks pakistan period=2022  the figures for one place and year
  gainsay show \"Khyber Pakhtunkhwa\" killed   by label
  gainsay show pips-2022                     all that goes back to an upstream
  gainsay show --format csv attacks          for a spreadsheet

Exit status:
  0  the figures, or the list, were written
  2  the input or the call was wrong, or a word stands for nothing; standard output is then empty";

/// How to write figures side by side.
#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
enum ShowFormat {
    /// For people
    Text,
    /// For programs
    Json,
    /// For a page, as tables
    Markdown,
    /// For a spreadsheet, a row per claim
    Csv,
}

pub(super) fn run(args: &ShowArgs) -> Result<u8, Failure> {
    let stdin = args.words.iter().filter(|word| *word == "-").count();
    if stdin > 1 {
        return Err(Failure::call("standard input is named more than once".to_owned(), None));
    }
    let words: Vec<String> = args.words.iter().filter(|word| *word != "-").cloned().collect();
    let corpus = super::load(&args.claims, stdin == 1, args.output.as_deref())?;
    let report = gainsay::check(&corpus, &Options::default());
    let style = if args.output.is_some() { TextOptions::default() } else { style_for_stdout() };
    let text = if words.is_empty() {
        let catalogue = gainsay::catalogue(&corpus, &report);
        match args.format {
            ShowFormat::Text => catalogue_text(&catalogue, style),
            ShowFormat::Json => catalogue_json(&catalogue),
            ShowFormat::Markdown => catalogue_markdown(&catalogue),
            ShowFormat::Csv => catalogue_csv(&catalogue),
        }
    } else {
        let shown = gainsay::show(&corpus, &report, &words, args.wider).map_err(|unknown| failure(&unknown))?;
        match args.format {
            ShowFormat::Text => shown_text(&shown, style),
            ShowFormat::Json => shown_json(&shown),
            ShowFormat::Markdown => shown_markdown(&shown),
            ShowFormat::Csv => shown_csv(&shown),
        }
    };
    super::warn_of_undecided(&report);
    write(args.output.as_deref(), &text)?;
    Ok(0)
}

/// A word that stands for nothing, with the names that come nearest.
fn failure(unknown: &UnknownWord) -> Failure {
    let word = unknown.word.to_lowercase();
    let spoken: Vec<(String, &str)> = unknown
        .known
        .iter()
        .flat_map(|(id, names)| names.iter().chain([id]).map(|name| (name.to_lowercase(), id.as_str())))
        .collect();
    let names: Vec<&str> = spoken.iter().map(|(name, _)| name.as_str()).collect();
    let near = nearest(&word, &names);
    let near = spoken.iter().find(|(name, _)| Some(name.as_str()) == near).map(|(_, id)| vec![*id]);
    // Ids that hold the word come before labels and aliases that do.
    let holds = |text: &str| word.chars().count() > 2 && text.to_lowercase().contains(&word);
    let candidates = unknown.known.iter().filter(|(id, names)| holds(id) || names.iter().any(|name| holds(name)));
    let mut holding: Vec<&str> = candidates.map(|(id, _)| id.as_str()).collect();
    // The less an id has beside the word, the likelier it is meant.
    holding.sort_by_key(|id| (!holds(id), id.len(), *id));
    holding.dedup();
    holding.truncate(MOST_SUGGESTED);
    let suggested = near.or_else(|| (!holding.is_empty()).then_some(holding));
    let quoted = |ids: &[&str]| ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>();
    let help = match (&unknown.help, suggested) {
        (Some(help), _) => help.clone(),
        (None, Some(ids)) => format!("did you mean {}?", gainsay::prose::list(&quoted(&ids), "or")),
        (None, None) => match unknown.known.len() {
            1..=20 => {
                let ids: Vec<&str> = unknown.known.iter().map(|(id, _)| id.as_str()).collect();
                format!("known are: {}", quoted(&ids).join(", "))
            }
            _ => "`gainsay show` lists all names that there are".to_owned(),
        },
    };
    Failure::call(unknown.to_string(), Some(help))
}

/// How many names a help suggests.
const MOST_SUGGESTED: usize = 5;
