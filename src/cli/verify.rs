//! `gainsay verify`: quotes and figures against the sources' texts, and lines that nobody accounts for.

use std::path::{Path, PathBuf};

use gainsay::Folder;
use gainsay::load::{Corrected, TextFolder, correct_lines};
use gainsay::report::verified::{Verified, verified_json, verified_text};
use gainsay::report::{TextOptions, harmless};

use super::FOUND;
use super::args::{Format, VerifyArgs};
use super::output::{Failure, spare, style_for_stdout, warn, write, write_file};

pub(super) fn run(args: &VerifyArgs) -> Result<u8, Failure> {
    let (folder, stdin) = args.places()?;
    let (corpus, folder) = super::load_with_files(&folder, stdin, args.output.as_deref())?;
    let named = corpus.sources.iter().filter_map(|source| source.text.as_ref());
    let named: Vec<PathBuf> = named.map(|text| args.texts.join(&text.file)).collect();
    spare(args.output.as_deref(), named.iter().map(PathBuf::as_path))?;
    let texts = TextFolder::Disk(args.texts.clone());
    let mut verified = gainsay::verify(&folder, &corpus, &texts).map_err(Failure::Faults)?;
    if args.fix_lines {
        fix(&folder, &mut verified)?;
    }
    let fails = args.fail_on.least().is_some_and(|least| verified.has(least));
    let text = match args.format {
        Format::Json => verified_json(&verified),
        Format::Text if args.quiet && !fails => String::new(),
        Format::Text => {
            let style = if args.output.is_some() { TextOptions::default() } else { style_for_stdout() };
            verified_text(&verified, TextOptions { all: args.all, ..style })
        }
    };
    write(args.output.as_deref(), &text)?;
    Ok(if fails { FOUND } else { 0 })
}

/// Writes the lines at which quotes stand into the claims files.
fn fix(folder: &Folder, verified: &mut Verified) -> Result<(), Failure> {
    let corrections = verified.corrections();
    for Corrected { path, before, after } in correct_lines(folder, &corrections) {
        let file = Path::new(&path);
        // Somebody else's changes, made since the file was read, are not to be lost.
        if std::fs::read(file).ok().as_ref() != Some(&before) {
            let help = Some("run it again; this file is left as it is".to_owned());
            return Err(Failure::call(format!("`{}` has changed since it was read", harmless(&path)), help));
        }
        write_file(file, &after)?;
        verified.corrected(&path);
    }
    let left = verified.moved.iter().filter(|moved| !moved.fixed).count();
    if left > 0 {
        let stdin = verified.moved.iter().any(|moved| !moved.fixed && moved.equally_near.is_empty());
        let stdin = if stdin { ", or the claim is from standard input" } else { "" };
        warn(&format!("moved lines left as they are: {left}; the quote stands as near in two places{stdin}"));
    }
    Ok(())
}
