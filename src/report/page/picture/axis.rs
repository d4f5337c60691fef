//! Axes: where a number or a day lies, and which marks help to read that.

use num_traits::{One, Signed, Zero};

use super::{LETTER, NARROWEST, X};
use crate::edtf::Day;
use crate::number::{Rational, integer, power_of_ten};
use crate::prose::month_name;

/// Beyond this ratio of the largest figure to the smallest, each mark of an axis is ten times the one before.
const DECADES_FROM: i64 = 60;

/// How many stretches an axis is divided into at most.
const STRETCHES: usize = 4;

/// An axis from its first mark or value to its last.
pub(in crate::report::page) struct Axis {
    from: Rational,
    to: Rational,
    decades: bool,
    ticks: Vec<(Rational, String)>,
}

impl Axis {
    /// An axis on which all of these numbers lie; `beyond`: with room at its end for what goes on.
    ///
    /// It begins at 0 unless the numbers lie close together; where they lie very far apart, each mark is ten times the one
    /// before.
    pub(in crate::report::page) fn of_numbers<'a>(values: impl Iterator<Item = &'a Rational>, beyond: bool) -> Self {
        let mut values: Vec<Rational> = values.cloned().collect();
        values.sort();
        let zero = Rational::zero();
        let (least, most) = (values.first().unwrap_or(&zero).clone(), values.last().unwrap_or(&zero).clone());
        let positive = values.iter().find(|value| value.is_positive());
        let apart = positive.is_some_and(|least| most > least * integer(DECADES_FROM));
        if apart && !least.is_negative() {
            return Self::of_decades(&values, beyond);
        }
        let span = &most - &least;
        let close = span.is_positive() && &span * integer(5) < most;
        let from = if close { &least - &span / integer(2) } else { least.min(zero) };
        let room = if beyond || close { &most - &from } else { Rational::zero() } / integer(if close { 6 } else { 4 });
        let to = most + room;
        let to = if to > from { to } else { &from + Rational::one() };
        let whole = values.iter().all(Rational::is_integer);
        let (step, from, to) = (1..=STRETCHES)
            .rev()
            .map(|stretches| rounded(&from, &to, stretches, whole))
            .find(|(step, from, to)| fits(&marks(step, from, to), from, to))
            .unwrap_or_else(|| rounded(&from, &to, 1, whole));
        Self { ticks: marks(&step, &from, &to), from, to, decades: false }
    }

    fn of_decades(values: &[Rational], beyond: bool) -> Self {
        let reach = |limit: &Rational| {
            let mut power = 0;
            while power_of_ten(power) < *limit {
                power += 1;
            }
            power
        };
        let first = values.iter().find(|value| value.is_positive()).map_or(0, |least| {
            let mut power = reach(least);
            while power_of_ten(power) > *least {
                power -= 1;
            }
            power
        });
        let last = values.last().map_or(1, reach) + i32::from(beyond);
        let labelled = |every: i32| -> Vec<(Rational, String)> {
            let powers = (first..=last).filter(|power| (power - first) % every == 0).map(power_of_ten);
            powers.map(|power| (power.clone(), crate::prose::number(&power))).collect()
        };
        let axis =
            Self { from: power_of_ten(first), to: power_of_ten(last.max(first + 1)), decades: true, ticks: Vec::new() };
        let fit = |every: i32| apart(labelled(every).iter().map(|(power, label)| (axis.place(power), label.as_str())));
        let every = (1..=last - first + 1).find(|&every| fit(every) || labelled(every).len() < 3).unwrap_or(1);
        // What has no room for its figure still has its mark.
        let ticks = (first..=last).map(power_of_ten).map(|power| {
            let label = labelled(every).into_iter().find(|(other, _)| *other == power);
            (power, label.map(|(_, label)| label).unwrap_or_default())
        });
        let ticks = ticks.collect();
        Self { ticks, ..axis }
    }

    /// An axis on which all of these days lie, as numbers of days since 1970-01-01.
    pub(in crate::report::page) fn of_days<'a>(values: impl Iterator<Item = &'a Rational>) -> Self {
        let mut values: Vec<Rational> = values.cloned().collect();
        values.sort();
        let zero = Rational::zero();
        let (least, most) = (values.first().unwrap_or(&zero), values.last().unwrap_or(&zero));
        let room = ((most - least) / integer(12)).max(integer(2)).ceil();
        let (from, to) = (least - &room, most + &room);
        let ticks = day_ticks(&from, &to);
        Self { from, to, decades: false, ticks }
    }

    /// Where a value lies.
    pub(in crate::report::page) fn place(&self, value: &Rational) -> X {
        let value = value.clone().clamp(self.from.clone(), self.to.clone());
        if !self.decades {
            return X::along(&((value - &self.from) / (&self.to - &self.from)));
        }
        let (mut power, mut passed, mut all) = (self.from.clone(), 0_i64, 0_i64);
        let mut top = self.from.clone();
        while top < self.to {
            top *= integer(10);
            all += 1;
        }
        while &power * integer(10) <= value && passed < all {
            power *= integer(10);
            passed += 1;
        }
        X::along(&((integer(passed) + logarithm(&(value / power))) / integer(all.max(1))))
    }

    /// Where its marks are, and what they say.
    pub(in crate::report::page) fn ticks(&self) -> Vec<(X, String)> {
        self.ticks.iter().map(|(value, label)| (self.place(value), label.clone())).collect()
    }

    /// What is to be said of an axis that does not begin at 0 or does not go on evenly.
    pub(in crate::report::page) fn caveat(&self) -> Option<String> {
        if self.decades {
            return Some(
                "On this axis each mark is ten times the one before; equal steps are equal factors.".to_owned(),
            );
        }
        let begins = crate::prose::number(&self.from);
        (!self.from.is_zero()).then(|| format!("This axis begins at {begins}, not at 0."))
    }
}

/// The decimal logarithm of a number from 1 to 10, to a part in 4,096, by squaring: each square that reaches 10 gives a binary
/// digit. With whole numbers alone, so that it is the same on every machine.
fn logarithm(value: &Rational) -> Rational {
    const ONE: u128 = 1 << 40;
    const DIGITS: u32 = 12;
    let scaled = (value * Rational::from_integer(ONE.into())).to_integer();
    let mut rest = u128::try_from(scaled).unwrap_or(ONE).clamp(ONE, 10 * ONE);
    let mut digits = 0_i64;
    for _ in 0..DIGITS {
        rest = (rest * rest) >> 40;
        digits *= 2;
        if rest >= 10 * ONE {
            rest /= 10;
            digits += 1;
        }
    }
    Rational::new(digits.into(), (1_i64 << DIGITS).into())
}

/// Whether the labels have room beside each other on the narrowest picture, on an axis from one value to another.
fn fits(ticks: &[(Rational, String)], from: &Rational, to: &Rational) -> bool {
    let axis = Axis { from: from.clone(), to: to.clone(), decades: false, ticks: Vec::new() };
    apart(ticks.iter().map(|(value, label)| (axis.place(value), label.as_str())))
}

/// Whether labels at these places, from left to right, have room beside each other on the narrowest picture.
fn apart<'a>(labels: impl Iterator<Item = (X, &'a str)>) -> bool {
    let mut free = 0;
    for (x, label) in labels.filter(|(_, label)| !label.is_empty()) {
        let (start, end) = super::spread(x, label.chars().count() * LETTER);
        if start < free {
            return false;
        }
        free = end + LETTER;
    }
    free <= NARROWEST + LETTER
}

/// A step that is 1, 2 or 5 times a power of ten and divides a span into at most so many stretches, with the span made
/// longer to end at such steps.
fn rounded(from: &Rational, to: &Rational, stretches: usize, whole: bool) -> (Rational, Rational, Rational) {
    let least = (to - from) / Rational::from_integer(stretches.into());
    let mut power = 0;
    while power_of_ten(power) > least {
        power -= 1;
    }
    while power_of_ten(power + 1) <= least {
        power += 1;
    }
    let steps = (power..).flat_map(|power| [1, 2, 5].map(|times| integer(times) * power_of_ten(power)));
    for step in steps.filter(|step| !whole || *step >= Rational::one()) {
        let (begin, end) = ((from / &step).floor() * &step, (to / &step).ceil() * &step);
        if (&end - &begin) / &step <= Rational::from_integer(stretches.into()) {
            return (step, begin, end);
        }
    }
    // OK because the steps grow without end.
    (Rational::one(), from.clone(), to.clone())
}

fn marks(step: &Rational, from: &Rational, to: &Rational) -> Vec<(Rational, String)> {
    let mut marks = Vec::new();
    let mut at = from.clone();
    while at <= *to {
        marks.push((at.clone(), crate::prose::number(&at)));
        at += step;
    }
    marks
}

/// Which days of each month have marks, ever closer; at last every day.
const OF_MONTH: [&[i8]; 4] = [&[1, 16], &[1, 11, 21], &[1, 6, 11, 16, 21, 26], &[]];

/// The first days of years or months, or days, whichever make two marks at least and still have room.
fn day_ticks(from: &Rational, to: &Rational) -> Vec<(Rational, String)> {
    let day = |value: Rational| i32::try_from(value.to_integer()).ok().and_then(Day::from_number);
    let (Some(first), Some(last)) = (day(from.ceil()), day(to.floor())) else { return Vec::new() };
    let mut best = Vec::new();
    let years = [1000, 500, 200, 100, 50, 20, 10, 5, 2, 1].map(|years| years * 12);
    for months in years.into_iter().chain([6, 3, 1]) {
        let ticks = month_ticks(first, last, months);
        if !fits(&ticks, from, to) {
            return best;
        }
        best = ticks;
    }
    for wanted in OF_MONTH {
        let days = (first.number()..=last.number()).filter_map(Day::from_number);
        let days = days.filter(|day| wanted.is_empty() || wanted.contains(&day.day()));
        // More than can be shown need not be counted.
        let ticks: Vec<(Rational, String)> = days.map(labelled).take(NARROWEST / LETTER).collect();
        if !fits(&ticks, from, to) {
            return best;
        }
        // A day says more than its month.
        if ticks.len() >= best.len() {
            best = ticks;
        }
    }
    best
}

fn labelled(day: Day) -> (Rational, String) {
    let month: String = month_name(day.month()).chars().take(3).collect();
    (integer(i64::from(day.number())), format!("{} {month} {}", day.day(), day.year()))
}

/// Every so many months, counted from the beginning of year 0, the first days of these.
fn month_ticks(first: Day, last: Day, every: i32) -> Vec<(Rational, String)> {
    let month = |day: Day| i32::from(day.year()) * 12 + i32::from(day.month()) - 1;
    let mut at = month(first).div_euclid(every) * every;
    let mut ticks = Vec::new();
    while at <= month(last) {
        let (year, of_year) = (at.div_euclid(12), at.rem_euclid(12));
        let day = i16::try_from(year).ok().zip(i8::try_from(of_year + 1).ok());
        let day = day.and_then(|(year, month)| Day::from_ymd(year, month, 1));
        if let Some(day) = day.filter(|day| *day >= first && *day <= last) {
            let name: String = month_name(day.month()).chars().take(3).collect();
            let label = if every % 12 == 0 { year.to_string() } else { format!("{name} {year}") };
            ticks.push((integer(i64::from(day.number())), label));
        }
        at += every;
    }
    ticks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(axis: &Axis) -> Vec<String> {
        axis.ticks.iter().map(|(_, label)| label.clone()).collect()
    }

    fn numbers(values: &[i64], beyond: bool) -> Axis {
        let values: Vec<Rational> = values.iter().copied().map(integer).collect();
        Axis::of_numbers(values.iter(), beyond)
    }

    fn of_days(values: [(i16, i8, i8); 2]) -> Axis {
        let days = values.map(|(year, month, day)| integer(Day::from_ymd(year, month, day).unwrap().number().into()));
        Axis::of_days(days.iter())
    }

    #[test]
    fn an_axis_begins_at_zero_and_has_round_marks() {
        assert_eq!(labels(&numbers(&[367, 920], false)), ["0", "500", "1,000"]);
        assert_eq!(labels(&numbers(&[6, 8], false)), ["0", "2", "4", "6", "8"]);
        assert_eq!(labels(&numbers(&[0, 1], false)), ["0", "1"]);
        assert_eq!(labels(&numbers(&[0], false)), ["0", "1"]);
        assert!(numbers(&[367, 920], false).caveat().is_none());
    }

    #[test]
    fn figures_close_together_are_seen_apart_and_it_is_said() {
        let axis = numbers(&[419, 424], false);
        assert!(axis.from > integer(400), "{:?}", labels(&axis));
        assert!(axis.caveat().is_some_and(|caveat| caveat.contains("not at 0")));
        assert!(axis.place(&integer(419)) < axis.place(&integer(424)));
    }

    #[test]
    fn figures_far_apart_are_marked_by_decades() {
        let axis = numbers(&[7, 60, 100_000], false);
        assert_eq!(labels(&axis), ["1", "", "100", "", "10,000", ""], "there is no room for each of the six");
        // Each decade takes a fifth of the middle 92 %, and 60 lies log10(6) = 0.778 into the second.
        assert_eq!(axis.place(&integer(60)).to_string(), "36.7%", "4 + 92 × 1.778 / 5");
        assert_eq!(axis.place(&integer(100_000)).to_string(), "96%");
        assert_eq!(axis.place(&integer(10)).to_string(), "22.4%", "4 + 92 / 5");
        assert_eq!(axis.place(&integer(0)), axis.place(&integer(1)), "what is below lies at the beginning");
    }

    #[test]
    fn logarithms_are_near_enough() {
        for (value, hundred_thousandths) in [(1, 0), (2, 30_103), (5, 69_897), (9, 95_424)] {
            let off = logarithm(&integer(value)) - Rational::new(hundred_thousandths.into(), 100_000.into());
            assert!(off.abs() <= Rational::new(1.into(), 4_096.into()), "log10({value}) is off by {off}");
        }
    }

    #[test]
    fn there_is_room_for_what_goes_on() {
        assert!(numbers(&[450], true).to > integer(450));
    }

    #[test]
    fn years_months_and_days_are_marked_where_there_is_room() {
        assert_eq!(labels(&of_days([(1979, 1, 1), (2001, 12, 31)])), ["1980", "1985", "1990", "1995", "2000"]);
        assert_eq!(labels(&of_days([(1839, 1, 1), (2001, 12, 31)])), ["1850", "1900", "1950", "2000"]);
        assert_eq!(labels(&of_days([(2022, 1, 1), (2022, 12, 31)])), ["Jan 2022", "Jul 2022", "Jan 2023"]);
        assert_eq!(
            labels(&of_days([(2020, 2, 2), (2020, 2, 29)])),
            ["Feb 2020", "Mar 2020"],
            "three dates have no room"
        );
        assert_eq!(labels(&of_days([(2020, 2, 2), (2020, 2, 2)])), ["1 Feb 2020"], "there is no room for four");
    }
}
