//! `gainsay world`: a world in which all claims hold that are in no conflict.

use gainsay::report::TextOptions;
use gainsay::report::world::{Reason, world_json, world_text};

use super::FOUND;
use super::args::{Format, WorldArgs};
use super::output::{Failure, style_for_stdout, warn, write};

pub(super) fn run(args: &WorldArgs) -> Result<u8, Failure> {
    let corpus = super::load(&args.folder(), false, args.output.as_deref())?;
    let world = gainsay::world(&corpus, args.reading.into());
    let undecided: Vec<&str> = world
        .claims
        .left_out
        .iter()
        .filter(|out| out.reason == Reason::Undecided)
        .map(|out| out.claim.as_str())
        .collect();
    if !undecided.is_empty() {
        let named = undecided.join(", ");
        warn(&format!(
            "undecided: {named}; neither a world nor a contradiction was found, and this world is without them"
        ));
    }
    if !world.whole {
        warn(&format!("only a world with fractions was found of: {}", world.fractional.join(", ")));
    }
    let text = match args.format {
        Format::Json => world_json(&world),
        Format::Text => {
            let style = if args.output.is_some() { TextOptions::default() } else { style_for_stdout() };
            world_text(&world, style)
        }
    };
    write(args.output.as_deref(), &text)?;
    Ok(if undecided.is_empty() { 0 } else { FOUND })
}
