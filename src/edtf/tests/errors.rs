//! What each error says: where, what is wrong, and what to write instead.

use super::super::{
    EdtfErrorKind::{
        self, BoundlessPeriod, Impossible, Interval, Level2, Malformed, ReversedPeriod, Season, YearOutOfRange,
    },
    hint, parse_date, parse_period,
};

/// A text, the part of it that is at fault, the kind of the error, its message and its help.
type Case = (&'static str, &'static str, EdtfErrorKind, &'static str, &'static str);

fn check(cases: &[Case]) {
    for &(text, at, kind, message, help) in cases {
        let error = parse_period(text).unwrap_err();
        assert_eq!(text.get(error.at()), Some(at), "{text}");
        assert_eq!(error.kind(), kind, "{text}");
        assert_eq!(error.to_string(), message, "{text}");
        assert_eq!(error.help(), Some(help), "{text}");
    }
}

#[test]
fn of_texts_that_are_not_edtf() {
    check(&[
        ("", "", Malformed, "no date is written", hint::FORMS),
        ("2022-13", "13", Impossible, "there is no month 13", "2022-13: months run from 01 to 12"),
        ("2022-42", "42", Impossible, "there is no month 42", "2022-42: months run from 01 to 12"),
        ("2022-21-05", "21", Impossible, "there is no month 21", "2022-21-05: months run from 01 to 12"),
        ("2023-02-29~", "29", Impossible, "there is no 2023-02-29", "February 2023 has 28 days"),
        ("-0001-04-31", "31", Impossible, "there is no -0001-04-31", "April -0001 has 30 days"),
        ("156X-09-31", "31", Impossible, "there is no 156X-09-31", "days run from 01 to the month's last"),
        ("-0000", "0000", Impossible, "there is no year -0000", "write `0000` for the year before 0001"),
        (
            "2016-05-02T25:00:00",
            "25:00:00",
            Impossible,
            "there is no such time of day",
            "write the day alone: `2016-05-02`",
        ),
        (
            "2021/2022-01-02T10:00:00Z",
            "10:00:00Z",
            Malformed,
            "a time of day in an interval, which runs over days",
            "write the day alone: `2022-01-02`",
        ),
        ("2004-06T10:00:00", "10:00:00", Malformed, "a time of day without a complete day before it", hint::FORMS),
        ("2004-06-11~T10:00:00", "10:00:00", Malformed, "a time of day without a complete day before it", hint::FORMS),
        (
            "2004-06-11T10:00",
            "10:00",
            Malformed,
            "not a time of day as `HH:MM:SS`, with `Z` or `+HH:MM` if need be",
            "write the day alone: `2004-06-11`",
        ),
        ("2004-06-11-12", "12", Malformed, "a fourth part after year, month and day", hint::FORMS),
        ("-?2004", "?", Malformed, "unexpected character `?`", hint::FORMS),
        (
            "11/06/2022",
            "/",
            Malformed,
            "a second `/` in an interval",
            "write `2022-06-11` or `2022-11-06`, whichever is meant, not `11/06/2022`",
        ),
        ("13.6.2022", ".", Malformed, "unexpected character `.`", "write `2022-06-13`, not `13.6.2022`"),
        ("06/06/2022", "/", Malformed, "a second `/` in an interval", "write `2022-06-06`, not `06/06/2022`"),
        ("20220611", "20220611", Malformed, "the year has four digits", "write `2022-06-11`, not `20220611`"),
        ("2022-6-1", "6", Malformed, "the month has two digits", "write `2022-06-01`, not `2022-6-1`"),
        ("2001-2003", "2003", Malformed, "the month has two digits", "write `2001/2003`, not `2001-2003`"),
        (
            "2005/06",
            "06",
            Malformed,
            "the year has four digits",
            "write `2005-06` or `2005/2006`, whichever is meant, not `2005/06`",
        ),
        ("2022/06", "06", Malformed, "the year has four digits", "write `2022-06`, not `2022/06`"),
        ("2022/23", "23", Malformed, "the year has four digits", "write `2022/2023`, not `2022/23`"),
        ("193", "193", Malformed, "the year has four digits", "write `193X` for a decade, or a year of four digits"),
        (
            "2004/open",
            "o",
            Malformed,
            "unexpected character `o`",
            "write `..` for an open end of an interval, and nothing for an unknown one",
        ),
        ("2001–2003", "–", Malformed, "unexpected character `–`", "write the hyphen `-` of the keyboard"),
        ("199x", "x", Malformed, "unexpected character `x`", "write `X` for a digit that is not known"),
        ("20\u{202e}04", "\u{202e}", Malformed, "unexpected character `\\u{202e}`", hint::FORMS),
        ("2004-06?~", "2004-06?~", Malformed, "two marks at the end of a date", "write `%` for `?` and `~` together"),
        (
            "2022/2021",
            "2022/2021",
            ReversedPeriod,
            "the interval ends on 2021-12-31, before it starts on 2022-01-01",
            "write `2021/2022`, or correct one of the two",
        ),
    ]);
}

#[test]
fn of_edtf_without_days() {
    check(&[
        (
            "../..",
            "../..",
            BoundlessPeriod,
            "an interval without a date at either end",
            "write a date at one end at least, as in `2004/..` or `../2004`",
        ),
        (
            "2001-21",
            "21",
            Season,
            "21 is a season (spring), which has no fixed days",
            "write the months that the source means, as in `2001-MM/2001-MM`",
        ),
        (
            "2021-22",
            "22",
            Season,
            "22 is a season (summer), which has no fixed days",
            "write the months that the source means, as in `2021-MM/2021-MM`; or `2021/2022` if two years are meant",
        ),
        ("Y-12000", "Y-12000", YearOutOfRange, "the year -12000 is outside the calendar", hint::CALENDAR),
        (
            "2004?-06-~11",
            "2004?-06-~11",
            Level2,
            "a mark on a part of a date: level 2 of EDTF, which is not supported",
            "mark the date as a whole: `2004-06-11%`",
        ),
        (
            "%2004-06",
            "%2004-06",
            Level2,
            "a mark on a part of a date: level 2 of EDTF, which is not supported",
            "mark the date as a whole: `2004-06%`",
        ),
        (
            "201X-02-29",
            "201X-02-29",
            Level2,
            "an `X` where level 1 has none: level 2 of EDTF, which is not supported",
            "write the interval from the earliest to the latest day that is meant",
        ),
        (
            "1XXX",
            "1XXX",
            Level2,
            "more than two `X` in a year: level 2 of EDTF, which is not supported",
            "write `1000/1999`",
        ),
        (
            "2004-06-XX/2004-07-03",
            "2004-06-XX",
            Level2,
            "an `X` in an interval: level 2 of EDTF, which is not supported",
            "write `2004-06`",
        ),
        (
            "2003/201X",
            "201X",
            Level2,
            "an `X` in an interval: level 2 of EDTF, which is not supported",
            "write `2010` or `2019`",
        ),
        (
            "1950S2",
            "1950S2",
            Level2,
            "significant digits: level 2 of EDTF, which is not supported",
            "write `1950~`, or the interval of years that is meant",
        ),
    ]);
}

#[test]
fn of_an_interval_in_place_of_a_date() {
    let both = parse_date("2001/2002").unwrap_err();
    assert_eq!((both.kind(), both.help()), (Interval, Some("write one date, without `/`")));
}
