//! Figures as a source hedges them.

use serde::Serialize;

use crate::dice::Dice;

/// The value of a claim, as its JSON has it.
#[derive(Clone, Copy, Serialize)]
#[serde(untagged)]
pub(crate) enum Said {
    Exactly(usize),
    AtLeast { at_least: usize },
    MoreThan { more_than: usize },
    AtMost { at_most: usize },
    LessThan { less_than: usize },
    About { about: usize },
    Between { between: [usize; 2] },
    Nearly { nearly: usize },
    Rounded { rounded: usize, to: usize },
}

/// From a least to a greatest whole number, where there is a greatest.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Range {
    pub(crate) low: usize,
    pub(crate) high: Option<usize>,
}

impl Range {
    fn holds(self, mass: usize) -> bool {
        self.low <= mass && self.high.is_none_or(|high| mass <= high)
    }
}

impl Said {
    /// What the words logically allow.
    pub(crate) fn strict(self) -> Range {
        self.range(4, false)
    }

    /// What a reader takes them to mean.
    fn plain(self) -> Range {
        self.range(10, true)
    }

    /// `about` reaches so far that its distance is the value divided by `about`, and at least 1; where `ends`, "at least" and
    /// "more than" end a quarter above the value, or 10 above it.
    fn range(self, about: usize, ends: bool) -> Range {
        let distance = |value: usize| (value / about).max(1);
        let beyond = |value: usize| ends.then(|| value + (value / 4).max(10));
        let up_to = |low, high| Range { low, high: Some(high) };
        match self {
            Self::Exactly(value) => up_to(value, value),
            Self::AtLeast { at_least: value } => Range { low: value, high: beyond(value) },
            Self::MoreThan { more_than: value } => Range { low: value + 1, high: beyond(value) },
            Self::AtMost { at_most: value } => up_to(0, value),
            Self::LessThan { less_than: value } => up_to(0, value - 1),
            Self::About { about: value } => up_to(value - distance(value), value + distance(value)),
            Self::Between { between: [low, high] } => up_to(low, high),
            Self::Nearly { nearly: value } => up_to(value - distance(value), value - 1),
            Self::Rounded { rounded: value, to } => up_to(value - to / 2, value + to / 2),
        }
    }

    /// A hedge that holds for `mass` under both readings.
    pub(crate) fn truthfully(mass: usize, dice: &mut Dice) -> Self {
        let step = step(mass);
        let (down, up) = (mass / step * step, mass.div_ceil(step) * step);
        let near = if mass - down < up - mass { down } else { up };
        let less = mass - dice.below(mass / 5 + 1);
        let more = mass + dice.below(mass / 4 + 5);
        let round = dice.percent(60);
        let said = match dice.below(100) {
            0..55 => Self::Exactly(mass),
            55..67 => Self::AtLeast { at_least: if round { down } else { less } },
            67..74 => Self::MoreThan { more_than: if round { down } else { less.saturating_sub(1) } },
            74..78 => Self::AtMost { at_most: if round { up } else { more } },
            78..82 => Self::LessThan { less_than: if round { up + step } else { more + 1 } },
            82..90 => Self::About { about: if round { near } else { mass } },
            90..95 => Self::Between { between: if round { [down, down + step] } else { [less, more] } },
            95..97 => Self::Nearly { nearly: up },
            _ => {
                let to = if mass < 200 { 10 } else { 100 };
                Self::Rounded { rounded: (mass + to / 2) / to * to, to }
            }
        };
        // Nobody writes "at least 0" or "about 0", and some round numbers are too far off.
        let sound = match said {
            Self::AtLeast { at_least: value }
            | Self::MoreThan { more_than: value }
            | Self::About { about: value }
            | Self::Rounded { rounded: value, .. } => value > 0,
            Self::Nearly { nearly: value } => value > 1,
            Self::Between { between: [low, high] } => 0 < low && low < high,
            Self::Exactly(_) | Self::AtMost { .. } | Self::LessThan { .. } => true,
        };
        if sound && said.strict().holds(mass) && said.plain().holds(mass) { said } else { Self::Exactly(mass) }
    }

    /// A figure that is above `limit` under every reading: most by not much, some by a digit too many.
    pub(crate) fn above(limit: usize, dice: &mut Dice) -> Self {
        let value = if dice.percent(20) { 10 * (limit + 1) } else { limit + 1 + dice.below(limit / 4 + 5) };
        match dice.below(10) {
            0..6 => Self::Exactly(value),
            6..8 => Self::AtLeast { at_least: value },
            8 if value > 1 => Self::MoreThan { more_than: value - 1 },
            _ => Self::Between { between: [value, value + 1 + value / 5] },
        }
    }

    /// A figure that is below `limit`, which is not 0, under every reading: most by not much, some by a digit too few.
    pub(crate) fn below(limit: usize, dice: &mut Dice) -> Self {
        let value = if dice.percent(20) { limit / 10 } else { limit - 1 - dice.below(limit / 4 + 1).min(limit - 1) };
        match dice.below(10) {
            0..6 => Self::Exactly(value),
            6..8 => Self::AtMost { at_most: value },
            _ => Self::LessThan { less_than: value + 1 },
        }
    }
}

/// What a number of this size is rounded to: half of its leading digit's place.
fn step(value: usize) -> usize {
    let place = 10_usize.pow(value.max(1).ilog10());
    (place / 2).max(1)
}
