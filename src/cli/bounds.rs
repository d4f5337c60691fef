//! `gainsay bounds`: the least and the greatest value of a scope that all claims in no conflict allow.

use gainsay::load::{FaultCode, question};
use gainsay::report::answer::{answer_json, answer_text};
use gainsay::report::harmless;
use gainsay::{Folder, Unanswerable};

use super::FOUND;
use super::args::{BoundsArgs, Format};
use super::output::{Failure, style_for_stdout, warn, write};

pub(super) fn run(args: &BoundsArgs) -> Result<u8, Failure> {
    let scope: Vec<(&str, &str)> = args.scope.iter().map(|part| parted(part)).collect::<Result<_, Failure>>()?;
    let corpus = super::load(&args.claims, false, None)?;
    let folder = Folder::read(&args.claims).map_err(Failure::Faults)?;
    let question = question(&folder, &args.measure, &scope).map_err(|faults| {
        let Some(fault) = faults.iter().next() else { return Failure::Faults(faults) };
        // What a claims file writes in one way, a call writes in another.
        let help = match fault.code {
            FaultCode::MissingPeriod => Some("add one: `period=2022`, `period=2022-01/2022-09`".to_owned()),
            FaultCode::FixedWithPeriod => Some("leave it out".to_owned()),
            FaultCode::UnknownPresent => Some("give it a last day".to_owned()),
            _ => fault.help.clone(),
        };
        let message = match fault.code {
            FaultCode::UnknownPresent => "this period runs up to a present that is not known".to_owned(),
            _ => fault.message.clone(),
        };
        Failure::call(message, help)
    })?;
    let answer = gainsay::bounds(&corpus, args.reading.into(), &question).map_err(|why| {
        let help = match why {
            Unanswerable::NoSingleDay => "write it as `period=2023-01-15`",
            Unanswerable::Unsure => "write it without `~`, `?` or `..`: `period=2022`",
            Unanswerable::ApartFromEvent => "leave out the place or the period: the event has its own",
        };
        Failure::call(why.to_string(), Some(help.to_owned()))
    })?;
    if answer.undecided {
        warn("undecided: the least and the greatest value were not found within the limits");
    }
    let text = match args.format {
        Format::Json => answer_json(&answer),
        Format::Text => answer_text(&answer, style_for_stdout()),
    };
    write(None, &text)?;
    Ok(if answer.undecided { FOUND } else { 0 })
}

/// A part of a scope: `DIMENSION=TERM`.
fn parted(part: &str) -> Result<(&str, &str), Failure> {
    match part.split_once('=') {
        Some((key, value)) if !key.is_empty() && !value.is_empty() => Ok((key, value)),
        _ => {
            let help = "a scope is written as `place=pakistan period=2022`".to_owned();
            Err(Failure::call(format!("`{}` is no part of a scope", harmless(part)), Some(help)))
        }
    }
}
