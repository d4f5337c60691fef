//! Periods and days, as English writes them.

use crate::claim::Days;
use crate::edtf::{Day, MONTHS};

/// The name of a month, from 1.
pub fn month_name(month: i8) -> &'static str {
    usize::try_from(month).ok().and_then(|month| MONTHS.get(month.saturating_sub(1)).copied()).unwrap_or("")
}

/// A day: "11 December 2022"; a year before 1 in the astronomical count, as EDTF has it.
pub fn day(day: Day) -> String {
    format!("{} {} {}", day.day(), month_name(day.month()), day.year())
}

/// A stretch of days with its preposition: "in 2022", "on 11 December 2022", "from January to September 2022".
pub fn days(days: Days) -> String {
    match (days.first, days.last) {
        (None, None) => "at any time".to_owned(),
        (None, Some(last)) => format!("up to {}", day(last)),
        (Some(first), None) => format!("from {} on", day(first)),
        (Some(first), Some(last)) => span(first, last),
    }
}

fn span(first: Day, last: Day) -> String {
    if first == last {
        return format!("on {}", day(first));
    }
    let starts_month = first.day() == 1;
    let ends_month = last.checked_add(1).is_none_or(|next| next.day() == 1);
    let year = |day: Day| day.year();
    if !(starts_month && ends_month) {
        return format!("from {} to {}", day(first), day(last));
    }
    if first.month() == 1 && last.month() == 12 {
        return if year(first) == year(last) {
            format!("in {}", year(first))
        } else {
            format!("from {} to {}", year(first), year(last))
        };
    }
    let month = |day: Day| month_name(day.month());
    if year(first) != year(last) {
        format!("from {} {} to {} {}", month(first), year(first), month(last), year(last))
    } else if first.month() == last.month() {
        format!("in {} {}", month(first), year(first))
    } else {
        format!("from {} to {} {}", month(first), month(last), year(last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edtf::parse_period;

    fn read(text: &str) -> String {
        let period = parse_period(text).unwrap();
        let (first, last) = period.written();
        days(Days { first, last })
    }

    #[test]
    fn periods_read_as_a_person_says_them() {
        assert_eq!(read("2022"), "in 2022");
        assert_eq!(read("2022-11"), "in November 2022");
        assert_eq!(read("2022-12-11"), "on 11 December 2022");
        assert_eq!(read("2022-01/2022-09"), "from January to September 2022");
        assert_eq!(read("2021-08-15/2022-08-14"), "from 15 August 2021 to 14 August 2022");
        assert_eq!(read("2001/2017"), "from 2001 to 2017");
        assert_eq!(read("2021-11/2022-02"), "from November 2021 to February 2022");
        assert_eq!(read("2022-02-01/2022-02-28"), "in February 2022");
        assert_eq!(read("../2001"), "up to 31 December 2001");
        assert_eq!(days(Days::ALL), "at any time");
    }
}
