//! The words in which a source says a figure.

use crate::claim::Measure;
use crate::dice::Dice;
use crate::said::Said;

/// A phrase of a few words with the figure in it, its digits as in the claim's value.
pub(crate) fn quote(measure: Measure, said: Said, dice: &mut Dice) -> String {
    let figure = match said {
        Said::Exactly(value) => value.to_string(),
        Said::AtLeast { at_least } => format!("at least {at_least}"),
        Said::MoreThan { more_than } => format!("more than {more_than}"),
        Said::AtMost { at_most } => format!("{} {at_most}", dice.pick(&["at most", "no more than"])),
        Said::LessThan { less_than } => format!("fewer than {less_than}"),
        Said::About { about } => format!("{} {about}", dice.pick(&["about", "around"])),
        Said::Between { between: [low, high] } => format!("between {low} and {high}"),
        Said::Nearly { nearly } => format!("nearly {nearly}"),
        Said::Rounded { rounded, .. } => format!("some {rounded}"),
    };
    let one = figure == "1" || figure.ends_with(" 1");
    match (measure, one, dice.below(3)) {
        (Measure::Attacks, false, _) => format!("{figure} attacks"),
        (Measure::Attacks, true, _) => format!("{figure} attack"),
        (Measure::Killed, _, 0) => format!("{figure} killed"),
        (Measure::Killed, _, 1) => format!("{figure} dead"),
        (Measure::Killed, false, _) => format!("killed {figure} people"),
        (Measure::Killed, true, _) => format!("killed {figure} person"),
    }
}
