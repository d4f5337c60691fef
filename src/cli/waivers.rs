//! What the command takes of waivers, and the one place where a clock is read.

use gainsay::Options;
use gainsay::claim::Corpus;
use gainsay::edtf::{Day, parse_date};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// What to do with findings that `waivers.json` records as known.
#[derive(Debug, clap::Args)]
pub(crate) struct WaiverArgs {
    /// Report findings that are recorded as known like all others
    #[arg(long)]
    pub(crate) no_waivers: bool,

    /// The day as of which a waiver with an end is judged, as in 2026-01-31 [default: today, in UTC]
    #[arg(long, value_name = "DATE", value_parser = a_day)]
    as_of: Option<Day>,
}

impl WaiverArgs {
    /// The options of a check, but for what to choose of its findings. The clock is asked only where the answer could
    /// change what is reported, so that all other runs say the same on every day.
    pub(crate) fn options(&self, corpus: &Corpus) -> Options {
        let waivers = !self.no_waivers;
        let dated = waivers && corpus.waivers.iter().any(|waiver| waiver.until.is_some());
        Options { waivers, as_of: self.as_of.or_else(|| dated.then(today)), ..Options::default() }
    }
}

/// A single day, as a date of the calendar.
pub(crate) fn a_day(text: &str) -> Result<Day, String> {
    let date = parse_date(text).map_err(|error| format!("{error}; write a day as in 2026-01-31"))?;
    if date.first() == date.last() && !date.qualified() {
        Ok(date.first())
    } else {
        Err("this is no single day; write one as in 2026-01-31".to_owned())
    }
}

/// The last day of a date: `2027` is up to its end.
pub(crate) fn a_last_day(text: &str) -> Result<Day, String> {
    let date = parse_date(text).map_err(|error| format!("{error}; write a day as in 2026-01-31"))?;
    if date.qualified() || date.unspecified() {
        return Err("nobody could tell when that is over; write a day as in 2026-01-31".to_owned());
    }
    Ok(date.last())
}

/// Today in UTC: the one place where a clock is read.
pub(crate) fn today() -> Day {
    let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
    // OK because the clock shows a day of the calendar.
    Day::from_ymd(today.year(), today.month(), today.day()).unwrap_or(Day::MAX)
}
