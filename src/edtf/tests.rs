#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod cases;
mod errors;

use proptest::prelude::*;

use super::*;

fn day(text: &str) -> Day {
    let date = parse_date(text).unwrap();
    assert_eq!(date.precision(), Precision::Day);
    date.first()
}

/// The days of a month, by the rule that Gregory's reform set.
fn days_in_month(year: i32, month: i32) -> i32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn year_text(year: i32) -> String {
    format!("{}{:04}", if year < 0 { "-" } else { "" }, year.abs())
}

#[test]
fn every_month_starts_right_after_the_one_before_it() {
    let mut next = Day::MIN.number();
    for year in -9999..=9999 {
        for month in 1..=12 {
            let date = parse_date(&format!("{}-{month:02}", year_text(year))).unwrap();
            assert_eq!(date.first().number(), next, "{year}-{month}");
            next += days_in_month(year, month);
            assert_eq!(date.last().number(), next - 1, "{year}-{month}");
        }
    }
    assert_eq!(Day::MAX.number(), next - 1);
    // Anchors that do not come from this code: POSIX time 0, and 10^9 seconds later.
    assert_eq!(day("1970-01-01").number(), 0);
    assert_eq!(day("2001-09-09").number(), 1_000_000_000 / 86_400);
}

#[test]
fn exactly_the_days_of_the_calendar_are_read() {
    for year in [-9999, -400, -100, -4, -1, 0, 1, 4, 100, 400, 1900, 2000, 2023, 2024, 9999] {
        for month in 0..=99 {
            for day in 0..=99 {
                let text = format!("{}-{month:02}-{day:02}", year_text(year));
                let exists = (1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day);
                match parse_date(&text) {
                    Ok(date) => {
                        assert!(exists, "{text}");
                        assert_eq!(date.first(), date.last());
                        assert_eq!(date.first().to_string(), text);
                    }
                    Err(error) => assert!(!exists && error.kind() == EdtfErrorKind::Impossible, "{text}"),
                }
            }
        }
    }
}

#[test]
fn days_do_not_leave_the_calendar() {
    assert_eq!((Day::MIN.to_string(), Day::MAX.to_string()), ("-9999-01-01".into(), "9999-12-31".into()));
    for (end, outward) in [(Day::MIN, -1), (Day::MAX, 1)] {
        assert_eq!(Day::from_number(end.number()), Some(end));
        assert_eq!(end.checked_add(outward), None);
        assert_eq!(end.checked_add(-outward).unwrap().checked_add(outward), Some(end));
        assert_eq!(Day::from_number(end.number() + outward), None);
    }
    for number in [i32::MIN, i32::MAX] {
        assert_eq!(Day::from_number(number), None);
        assert_eq!(Day::MIN.checked_add(number), None);
        assert_eq!(Day::MAX.checked_add(number), None);
    }
}

#[test]
fn dates_widen_by_one_unit_of_their_precision() {
    for (text, precision, first, last) in [
        ("2004-06-11", Precision::Day, "2004-06-10", "2004-06-12"),
        ("2024-02-29", Precision::Day, "2024-02-28", "2024-03-01"),
        ("2023-02-28", Precision::Day, "2023-02-27", "2023-03-01"),
        ("2023-12-31", Precision::Day, "2023-12-30", "2024-01-01"),
        ("0000-01-01", Precision::Day, "-0001-12-31", "0000-01-02"),
        ("2024-02", Precision::Month, "2024-01-01", "2024-03-31"),
        ("2024-03", Precision::Month, "2024-02-01", "2024-04-30"),
        ("2023-01", Precision::Month, "2022-12-01", "2023-02-28"),
        ("2024-01", Precision::Month, "2023-12-01", "2024-02-29"),
        ("2023-12", Precision::Month, "2023-11-01", "2024-01-31"),
        ("2024-02-XX", Precision::Month, "2024-01-01", "2024-03-31"),
        ("2004", Precision::Year, "2003-01-01", "2005-12-31"),
        ("2004-XX", Precision::Year, "2003-01-01", "2005-12-31"),
        ("2004-XX-XX", Precision::Year, "2003-01-01", "2005-12-31"),
        ("0000", Precision::Year, "-0001-01-01", "0001-12-31"),
        ("199X", Precision::Decade, "1980-01-01", "2009-12-31"),
        ("-001X", Precision::Decade, "-0029-01-01", "0000-12-31"),
        ("19XX", Precision::Century, "1800-01-01", "2099-12-31"),
        // Cut off where the calendar ends.
        ("9999-12-31", Precision::Day, "9999-12-30", "9999-12-31"),
        ("-9999-01", Precision::Month, "-9999-01-01", "-9999-02-28"),
        ("9999-12", Precision::Month, "9999-11-01", "9999-12-31"),
        ("9999", Precision::Year, "9998-01-01", "9999-12-31"),
        ("-99XX", Precision::Century, "-9999-01-01", "-9800-12-31"),
    ] {
        for mark in ["", "?", "~", "%"] {
            let date = parse_date(&format!("{text}{mark}")).unwrap();
            assert_eq!(date.precision(), precision, "{text}");
            assert_eq!(date.widened(), (day(first), day(last)), "{text}");
            assert_eq!(date.qualified(), !mark.is_empty());
        }
    }
}

#[test]
fn decades_before_the_year_0_are_those_that_their_digits_name() {
    for (text, first, last) in [
        ("000X", "0000-01-01", "0009-12-31"),
        ("-000X", "-0009-01-01", "-0001-12-31"),
        ("-001X", "-0019-01-01", "-0010-12-31"),
        ("-00XX", "-0099-01-01", "-0001-12-31"),
    ] {
        let date = parse_date(text).unwrap();
        assert_eq!((date.first(), date.last()), (day(first), day(last)), "{text}");
    }
}

/// What a period may hold at most, and what it surely holds.
#[test]
fn periods_have_an_outer_and_an_inner_span() {
    let show = |day: Option<Day>| day.map_or(String::new(), |day| day.to_string());
    for (text, outer, inner) in [
        ("2022", "2022-01-01 2022-12-31", "2022-01-01 2022-12-31"),
        ("2022-01/2022-09", "2022-01-01 2022-09-30", "2022-01-01 2022-09-30"),
        ("2022-06/2022", "2022-06-01 2022-12-31", "2022-06-01 2022-12-31"),
        ("2001~/2021?", "2000-01-01 2022-12-31", "2002-01-01 2020-12-31"),
        ("2001/2021%", "2001-01-01 2022-12-31", "2001-01-01 2020-12-31"),
        ("2024-02~/2024-04", "2024-01-01 2024-04-30", "2024-03-01 2024-04-30"),
        ("2024-02-28/2024-03-01~", "2024-02-28 2024-03-02", "2024-02-28 2024-02-29"),
        ("2022~/2023~", "2021-01-01 2024-12-31", ""),
        ("2022~", "2021-01-01 2023-12-31", ""),
        ("2022-06-XX", "2022-06-01 2022-06-30", ""),
        ("199X?", "1980-01-01 2009-12-31", ""),
        ("9999~/9999", "9998-01-01 9999-12-31", ""),
        ("-9999/-9999~", "-9999-01-01 -9998-12-31", ""),
        ("2022/..", "2022-01-01 ", ""),
        ("2022?/", "2021-01-01 ", ""),
        ("../2022", " 2022-12-31", ""),
        ("/2022~", " 2023-12-31", ""),
    ] {
        let period = parse_period(text).unwrap();
        let (first, last) = period.outer();
        assert_eq!(format!("{} {}", show(first), show(last)), outer, "{text}");
        assert_eq!(period.inner().map_or(String::new(), |(first, last)| format!("{first} {last}")), inner, "{text}");
        assert_eq!(period.is_interval(), text.contains('/'));
        assert_eq!(period.qualified(), text.contains(['?', '~', '%']), "{text}");
    }
    assert_eq!(parse_period("2022/").unwrap().end(), &Edge::Unknown);
    assert_eq!(parse_period("2022/..").unwrap().end(), &Edge::Open);
}

#[test]
fn an_interval_that_holds_no_day_is_reversed() {
    for (text, reversed) in [
        ("2022-06-11/2022-06-11", false),
        ("2022-06-11/2022-06-10", true),
        ("2022-06-11/2022-06", false),
        ("2022-07-01/2022-06", true),
        ("2022/2022-01-01", false),
        ("2022/2021", true),
        ("-0002/-0001", false),
        ("-0001/-0002", true),
        // As written: that the marked ends might meet does not make an interval of them.
        ("2022~/2021~", true),
    ] {
        let kind = parse_period(text).err().map(|error| error.kind());
        assert_eq!(kind, reversed.then_some(EdtfErrorKind::ReversedPeriod), "{text}");
    }
}

#[test]
fn only_texts_of_some_length_are_read() {
    let year = format!("Y{}", "1".repeat(MAX_LEN - 1));
    assert_eq!(parse_date(&year).unwrap_err().kind(), EdtfErrorKind::YearOutOfRange);
    let error = parse_date(&format!("{year}1")).unwrap_err();
    assert_eq!((error.kind(), error.at()), (EdtfErrorKind::TooLong, 0..MAX_LEN + 1));
    assert_eq!(parse_period(&"2004/".repeat(1 << 20)).unwrap_err().kind(), EdtfErrorKind::TooLong);
}

/// Four hundred years are 20,871 weeks, so a shift by them moves every date by as many days and changes nothing else.
fn shifts_by_400_years(year: i32, month_day: &str) -> Result<(), TestCaseError> {
    const DAYS: i32 = 20_871 * 7;
    let read = |year: i32| parse_date(&format!("{}{month_day}", year_text(year)));
    match (read(year), read(year + 400)) {
        (Ok(before), Ok(after)) => {
            prop_assert_eq!(before.first().checked_add(DAYS), Some(after.first()));
            prop_assert_eq!(before.last().checked_add(DAYS), Some(after.last()));
            let ((first, last), (first_after, last_after)) = (before.widened(), after.widened());
            if first > Day::MIN {
                prop_assert_eq!(first.checked_add(DAYS), Some(first_after));
            }
            if last_after < Day::MAX {
                prop_assert_eq!(last.checked_add(DAYS), Some(last_after));
            }
            prop_assert_eq!(before.precision(), after.precision());
        }
        (before, after) => prop_assert_eq!(before.err().map(|e| e.kind()), after.err().map(|e| e.kind())),
    }
    Ok(())
}

/// What holds whatever the text: nothing panics, an error points into it, and no message upsets a terminal.
fn sound(text: &str) -> Result<(), TestCaseError> {
    let faulty = |error: &EdtfError| -> Result<(), TestCaseError> {
        prop_assert!(text.get(error.at()).is_some());
        prop_assert!(error.help().is_some());
        for said in [Some(error.to_string()), error.help().map(str::to_owned)].into_iter().flatten() {
            prop_assert!(!said.is_empty() && !said.ends_with('.'));
            let harmful = |c: char| {
                c.is_control()
                    || "\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}"
                        .contains(c)
            };
            prop_assert!(!said.contains(harmful));
            prop_assert!(said.len() < 300);
        }
        prop_assert!(!error.to_string().starts_with(|c: char| c.is_uppercase()));
        Ok(())
    };
    match (parse_date(text), parse_period(text)) {
        (Ok(date), Ok(period)) => {
            prop_assert!(date.first() <= date.last());
            prop_assert!(date.widened().0 <= date.first() && date.last() <= date.widened().1);
            prop_assert_eq!(period, Period::from(date));
        }
        (Err(error), Ok(period)) => {
            prop_assert!(error.kind() == EdtfErrorKind::Interval && period.is_interval());
            let ((outer_first, outer_last), (first, last)) = (period.outer(), period.written());
            prop_assert!(first.is_some() || last.is_some());
            prop_assert!(outer_first <= first && last <= outer_last);
            if let (Some(first), Some(last)) = (first, last) {
                prop_assert!(first <= last);
            }
            if let Some((inner_first, inner_last)) = period.inner() {
                prop_assert!(first <= Some(inner_first) && inner_first <= inner_last && Some(inner_last) <= last);
            }
            faulty(&error)?;
        }
        (Ok(_), Err(error)) => return Err(TestCaseError::fail(format!("a date that is no period: {error}"))),
        (Err(date), Err(period)) => {
            faulty(&date)?;
            faulty(&period)?;
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        sound(&text)?;
    }

    #[test]
    fn text_that_looks_like_edtf_is_read_or_refused(text in "[-0-9X?~%/TZYSE:.+\\[\\]{}, ]{0,30}") {
        sound(&text)?;
    }

    #[test]
    fn text_that_is_nearly_edtf_is_read_or_refused(
        // A date or an edge, then perhaps another, each with the parts of levels 1 and 2 or a foreign character.
        text in concat!(
            r"(\.\.|[?~%]?-?[0-9X]{4}[?~%]?(-[?~%]?[0-4X][0-9X][?~%]?){0,3}(T[0-9:Z+-]{8,14})?)?",
            r"(/(\.\.|-?[0-2X][0-9X]{3}(-[0-3X][0-9X]){0,2}[?~%é\u{202e}]?)?)?",
        )
    ) {
        sound(&text)?;
    }

    #[test]
    fn days_and_numbers_and_texts_agree(number in -5_000_000..4_000_000_i32) {
        let day = Day::from_number(number);
        prop_assert_eq!(day.is_some(), (Day::MIN.number()..=Day::MAX.number()).contains(&number));
        if let Some(day) = day {
            prop_assert_eq!(day.number(), number);
            prop_assert_eq!(Day::from_ymd(day.year(), day.month(), day.day()), Some(day));
            let date = parse_date(&day.to_string()).unwrap();
            prop_assert_eq!((date.first(), date.last()), (day, day));
        }
    }

    #[test]
    fn a_shift_by_400_years_is_one_by_20871_weeks(
        year in -9999..=9599_i32, month in 1..=12, day in 1..=31, mark in "[?~%]?"
    ) {
        let days = [String::new(), format!("-{month:02}"), format!("-{month:02}-{day:02}"), format!("-{month:02}-XX")];
        for month_day in days {
            shifts_by_400_years(year, &format!("{month_day}{mark}"))?;
        }
    }
}
