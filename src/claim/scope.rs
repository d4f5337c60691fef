//! Where, when, by whom: the terms and the period that a figure covers.

use std::collections::BTreeMap;

use crate::claim::Reading;
use crate::codebook::{DimensionId, EventId, TermId};
use crate::edtf::{Day, Edge, Period};

/// The terms and the period that a claim's figure covers.
///
/// A dimension that is missing means its root.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Scope {
    /// What the claim says of each dimension that it names.
    pub dimensions: BTreeMap<DimensionId, Selection>,
    /// The event that the figure is about.
    pub event: Option<EventId>,
    /// When; none for a fixed measure, or where an event says it.
    pub period: Option<When>,
}

/// What a claim says of one dimension.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Selection {
    /// The union of disjoint terms, in index order; never empty.
    Terms(Vec<TermId>),
    /// Everything but these terms, in index order; never empty.
    Except(Vec<TermId>),
    /// A narrower group than the root, not named; perhaps the term that a reader takes it for.
    Unstated(Option<TermId>),
}

/// When a figure holds, as the claim writes it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum When {
    /// A period.
    In(Period),
    /// No period is stated; perhaps the one that a reader takes it for.
    Unstated(Option<Period>),
}

/// A stretch of days, first to last; an end that is missing is not bounded. Never reversed.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Days {
    /// The first day.
    pub first: Option<Day>,
    /// The last day.
    pub last: Option<Day>,
}

impl Days {
    /// All of time.
    pub const ALL: Self = Self { first: None, last: None };

    /// From one day to another; none when that is reversed.
    pub fn between(first: Option<Day>, last: Option<Day>) -> Option<Self> {
        match (first, last) {
            (Some(a), Some(b)) if a > b => None,
            _ => Some(Self { first, last }),
        }
    }

    /// The days in both; none when there are none.
    pub fn meet(self, other: Self) -> Option<Self> {
        // OK because a missing first day sorts below every day, as it should.
        let first = self.first.max(other.first);
        let last = match (self.last, other.last) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        Self::between(first, last)
    }

    /// Whether all these days lie in the other stretch.
    pub fn is_within(self, other: Self) -> bool {
        self.meet(other) == Some(self)
    }

    /// The day, if this is a single one.
    pub fn single(self) -> Option<Day> {
        self.first.filter(|_| self.first == self.last)
    }
}

/// The two stretches between which the meant one lies: all of it surely in `outer`, all of `inner` surely in it.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct OuterInner {
    /// Surely contains what the source means.
    pub outer: Days,
    /// Is surely contained in it; none: nothing is.
    pub inner: Option<Days>,
}

/// Why a period cannot be turned into days.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum PeriodError {
    /// It runs on to the day of publication, which is not known.
    Unpublished,
    /// It starts after the source was published.
    StartsAfterPublication,
}

impl When {
    /// The days under a reading, for a source that was published on `published` (its last possible day).
    ///
    /// # Errors
    ///
    /// A period that is open towards the present needs the source's date of publication, and must start before it.
    pub fn days(&self, reading: Reading, published: Option<Day>) -> Result<OuterInner, PeriodError> {
        match (self, reading) {
            (Self::Unstated(Some(period)), Reading::Plain) => Self::In(*period).days(reading, published),
            (Self::Unstated(_), _) => Ok(OuterInner { outer: Days::ALL, inner: None }),
            (Self::In(period), _) => period_days(period, reading, published),
        }
    }
}

fn period_days(period: &Period, reading: Reading, published: Option<Day>) -> Result<OuterInner, PeriodError> {
    let present = || published.ok_or(PeriodError::Unpublished);
    let strict = reading == Reading::Strict;
    match (period.start(), period.end()) {
        (Edge::Date(start), Edge::Date(end)) => {
            let written = Days { first: Some(start.first()), last: Some(end.last()) };
            // "Some day of June" is not June: nothing is sure to lie in it.
            let sure = !(start.unspecified() || end.unspecified());
            if !strict {
                return Ok(OuterInner { outer: written, inner: sure.then_some(written) });
            }
            let (first, last) = period.outer();
            let inner = period.inner().map(|(first, last)| Days { first: Some(first), last: Some(last) });
            Ok(OuterInner { outer: Days { first, last }, inner: inner.filter(|_| sure) })
        }
        (Edge::Date(start), end) => {
            let first = if strict { period.outer().0 } else { Some(start.first()) };
            let outer = Days::between(first, Some(present()?)).ok_or(PeriodError::StartsAfterPublication)?;
            // `A/..` is read as running up to the present; `A/` says that the end is not known.
            let inner = (!strict && matches!(end, Edge::Open)).then_some(outer);
            Ok(OuterInner { outer, inner })
        }
        (start, Edge::Date(end)) => {
            let outer = Days { first: None, last: if strict { period.outer().1 } else { Some(end.last()) } };
            // `../B` is written as all time before B; `/B` says that the start is not known.
            let inner = (!strict && matches!(start, Edge::Open)).then_some(outer);
            Ok(OuterInner { outer, inner })
        }
        // OK because no such period is ever read: it would have no day to go by.
        (Edge::Open | Edge::Unknown, Edge::Open | Edge::Unknown) => Ok(OuterInner { outer: Days::ALL, inner: None }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edtf::parse_period;

    fn text(days: Days) -> String {
        let day = |day: Option<Day>| day.map_or_else(|| "..".to_owned(), |day| day.to_string());
        format!("{}/{}", day(days.first), day(days.last))
    }

    fn read(period: &str, reading: Reading) -> (String, Option<String>) {
        let published = parse_period("2023-01-19").unwrap();
        let Edge::Date(published) = published.start() else { panic!("a date") };
        let read = When::In(parse_period(period).unwrap()).days(reading, Some(published.last())).unwrap();
        (text(read.outer), read.inner.map(text))
    }

    #[track_caller]
    fn check(period: &str, reading: Reading, outer: &str, inner: Option<&str>) {
        assert_eq!(read(period, reading), (outer.to_owned(), inner.map(str::to_owned)), "{period} {reading:?}");
    }

    #[test]
    fn definite_periods_are_the_same_outside_and_inside() {
        for reading in Reading::BOTH {
            check("2022", reading, "2022-01-01/2022-12-31", Some("2022-01-01/2022-12-31"));
            check("2022-02-28", reading, "2022-02-28/2022-02-28", Some("2022-02-28/2022-02-28"));
            check("2022-01/2022-09", reading, "2022-01-01/2022-09-30", Some("2022-01-01/2022-09-30"));
        }
    }

    #[test]
    fn qualified_ends_move_by_one_unit_of_their_own_precision() {
        check("2001~/2021?", Reading::Strict, "2000-01-01/2022-12-31", Some("2002-01-01/2020-12-31"));
        check("2001~/2021?", Reading::Plain, "2001-01-01/2021-12-31", Some("2001-01-01/2021-12-31"));
        check("2022~", Reading::Strict, "2021-01-01/2023-12-31", None);
        check("2022-06-XX", Reading::Plain, "2022-06-01/2022-06-30", None);
        check("2022-06/2022-08-15~", Reading::Strict, "2022-06-01/2022-08-16", Some("2022-06-01/2022-08-14"));
    }

    #[test]
    fn open_and_unknown_ends() {
        check("2021-08-15/..", Reading::Strict, "2021-08-15/2023-01-19", None);
        check("2021-08-15/..", Reading::Plain, "2021-08-15/2023-01-19", Some("2021-08-15/2023-01-19"));
        check("2021-08-15/", Reading::Plain, "2021-08-15/2023-01-19", None);
        check("../2021", Reading::Strict, "../2021-12-31", None);
        check("../2021", Reading::Plain, "../2021-12-31", Some("../2021-12-31"));
        check("/2021", Reading::Plain, "../2021-12-31", None);
    }

    #[test]
    fn a_period_up_to_the_present_needs_a_publication_date() {
        let since = When::In(parse_period("2021/..").unwrap());
        assert_eq!(since.days(Reading::Strict, None), Err(PeriodError::Unpublished));
        let before = Day::from_ymd(2020, 1, 1);
        assert_eq!(since.days(Reading::Strict, before), Err(PeriodError::StartsAfterPublication));
    }

    #[test]
    fn days_meet_and_contain() {
        let day = |y, m, d| Day::from_ymd(y, m, d);
        let year = Days::between(day(2022, 1, 1), day(2022, 12, 31)).unwrap();
        let open = Days::between(None, day(2022, 6, 30)).unwrap();
        assert_eq!(year.meet(open), Days::between(day(2022, 1, 1), day(2022, 6, 30)));
        assert!(year.is_within(Days::ALL) && !Days::ALL.is_within(year));
        assert_eq!(Days::between(day(2022, 2, 1), day(2022, 1, 1)), None);
        assert_eq!(Days::between(day(2023, 1, 1), None).and_then(|later| later.meet(open)), None);
    }
}
