//! What a date claim says of a day.

use crate::claim::Reading;
use crate::edtf::{Date, Day};

/// When an event happened, as its source hedges it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum DateClaim {
    /// On some day of the date.
    In(Date),
    /// Before the first day of the date.
    Before(Date),
    /// After the last day of the date.
    After(Date),
    /// On or before the last day of the date.
    By(Date),
    /// On or after the first day of the date.
    Since(Date),
    /// From the first day of the first date to the last day of the second.
    Between(Date, Date),
}

/// The days that a claim allows for a moment; an end that is missing is not bounded.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub struct DayBounds {
    /// The earliest day.
    pub low: Option<Day>,
    /// The latest day.
    pub high: Option<Day>,
}

impl DateClaim {
    /// The days that the claim allows under a reading.
    ///
    /// A qualified date (`~`, `?`) is taken as written under plain; under strict each end moves outward by one unit of
    /// the date's precision. A bound beyond the calendar's ends is no bound.
    pub fn bounds(&self, reading: Reading) -> DayBounds {
        let both = |low, high| DayBounds { low: Some(low), high: Some(high) };
        let widened = |date: &Date| match reading {
            Reading::Strict if date.qualified() => date.widened(),
            _ => (date.first(), date.last()),
        };
        // One unit earlier than the date's last day is its own first day less one, and the other way round.
        let moved = |date: &Date| reading == Reading::Strict && date.qualified();
        match self {
            Self::In(date) => {
                let (low, high) = widened(date);
                both(low, high)
            }
            Self::Between(first, last) => both(widened(first).0, widened(last).1),
            Self::Since(date) => DayBounds { low: Some(widened(date).0), high: None },
            Self::By(date) => DayBounds { low: None, high: Some(widened(date).1) },
            Self::Before(date) => {
                let high = if moved(date) { Some(date.last()) } else { date.first().checked_add(-1) };
                DayBounds { low: None, high }
            }
            Self::After(date) => {
                let low = if moved(date) { Some(date.first()) } else { date.last().checked_add(1) };
                DayBounds { low, high: None }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edtf::parse_date;

    fn bounds(claim: &DateClaim, reading: Reading) -> (String, String) {
        let bounds = claim.bounds(reading);
        let text = |day: Option<Day>| day.map_or_else(|| "..".to_owned(), |day| day.to_string());
        (text(bounds.low), text(bounds.high))
    }

    fn check(claim: &DateClaim, strict: (&str, &str), plain: (&str, &str)) {
        let owned = |(low, high): (&str, &str)| (low.to_owned(), high.to_owned());
        assert_eq!(bounds(claim, Reading::Strict), owned(strict), "{claim:?} strict");
        assert_eq!(bounds(claim, Reading::Plain), owned(plain), "{claim:?} plain");
    }

    #[test]
    fn half_open_claims_refer_to_the_first_or_the_last_day() {
        let month = parse_date("2021-05").unwrap();
        let same = |claim, days: (&str, &str)| check(&claim, days, days);
        same(DateClaim::In(month), ("2021-05-01", "2021-05-31"));
        same(DateClaim::Before(month), ("..", "2021-04-30"));
        same(DateClaim::By(month), ("..", "2021-05-31"));
        same(DateClaim::Since(month), ("2021-05-01", ".."));
        same(DateClaim::After(month), ("2021-06-01", ".."));
    }

    #[test]
    fn qualified_dates_reach_one_unit_further_under_strict() {
        let month = parse_date("2021-05~").unwrap();
        check(&DateClaim::In(month), ("2021-04-01", "2021-06-30"), ("2021-05-01", "2021-05-31"));
        check(&DateClaim::Before(month), ("..", "2021-05-31"), ("..", "2021-04-30"));
        check(&DateClaim::By(month), ("..", "2021-06-30"), ("..", "2021-05-31"));
        check(&DateClaim::Since(month), ("2021-04-01", ".."), ("2021-05-01", ".."));
        check(&DateClaim::After(month), ("2021-05-01", ".."), ("2021-06-01", ".."));
    }
}
