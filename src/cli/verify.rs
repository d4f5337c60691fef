//! `gainsay verify`: quotes and figures against the sources' texts, and lines that nobody accounts for.

use std::path::{Path, PathBuf};

use gainsay::Folder;
use gainsay::load::{Corrected, TextFolder, correct_lines};
use gainsay::report::TextOptions;
use gainsay::report::verified::{Verified, verified_json, verified_text};

use super::FOUND;
use super::args::{Format, VerifyArgs};
use super::output::{Failure, spare, style_for_stdout, warn, write, write_file};
use super::replacing::{can_be_replaced, can_be_written, though_changed};

pub(super) fn run(args: &VerifyArgs) -> Result<u8, Failure> {
    let (folder, stdin) = args.places.named()?;
    let (corpus, folder) = super::load_with_files(&folder, stdin, args.output.as_deref())?;
    let named = corpus.sources.iter().filter_map(|source| source.text.as_ref());
    let named: Vec<PathBuf> = named.map(|text| args.texts.join(&text.file)).collect();
    spare(args.output.as_deref(), named.iter().map(PathBuf::as_path))?;
    let texts = TextFolder::Disk(args.texts.clone());
    let mut verified =
        gainsay::verify(&folder, &corpus, &texts, &args.waivers.options(&corpus)).map_err(Failure::Faults)?;
    let changed = if args.fix_lines { fix(&folder, &mut verified, args.output.as_deref())? } else { Vec::new() };
    let fails = args.fail_on.least().is_some_and(|least| verified.has(least));
    let text = match args.format {
        Format::Json => verified_json(&verified),
        Format::Text if args.quiet && !fails => String::new(),
        Format::Text => {
            let style = if args.output.is_some() { TextOptions::default() } else { style_for_stdout() };
            verified_text(&verified, TextOptions { all: args.all, ..style })
        }
    };
    write(args.output.as_deref(), &text).map_err(|failure| though_changed(failure, CHANGED, &changed))?;
    Ok(if fails { FOUND } else { 0 })
}

/// Writes the lines at which quotes stand into the claims files, and tells which files it changed.
///
/// Nothing is changed unless each of the files can be, and the report can be written after them.
fn fix(folder: &Folder, verified: &mut Verified, output: Option<&Path>) -> Result<Vec<String>, Failure> {
    let corrected = correct_lines(folder, &verified.corrections());
    for Corrected { path, before, .. } in &corrected {
        can_be_replaced(Path::new(path), before).map_err(|message| unchanged(&message))?;
    }
    if let Some(output) = output.filter(|output| output.as_os_str() != "-" && !corrected.is_empty()) {
        can_be_written(output).map_err(|message| unchanged(&message))?;
    }
    let mut changed = Vec::new();
    for Corrected { path, after, .. } in corrected {
        write_file(Path::new(&path), &after).map_err(|failure| though_changed(failure, CHANGED, &changed))?;
        verified.corrected(&path);
        changed.push(path);
    }
    let left = verified.moved.iter().filter(|moved| !moved.fixed).count();
    if left > 0 {
        let stdin = verified.moved.iter().any(|moved| !moved.fixed && moved.equally_near.is_empty());
        let stdin = if stdin { ", or the claim is from standard input" } else { "" };
        warn(&format!("moved lines left as they are: {left}; the quote stands as near in two places{stdin}"));
    }
    Ok(changed)
}

/// What is told of the files that were changed before a failure.
const CHANGED: &str = "line numbers were corrected already in";

fn unchanged(message: &str) -> Failure {
    Failure::call(message.to_owned(), Some("no line number was corrected in any file".to_owned()))
}
