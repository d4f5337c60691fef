//! The time of day of level 0: checked, and then dropped.

use super::{EdtfError, Kind, Piece};

/// Accepts `HH:MM:SS`, alone or with a zone `Z`, `±HH` or `±HH:MM`.
///
/// The specification wants complete times in extended format, so fractions of a second and zones without a colon are
/// refused. Midnight may be 24:00:00 (ISO 8601-1:2019/Amd 1:2022), the end of the day that is written. Zones run from
/// -12:00 to +14:00, the span of those in use.
pub(super) fn check(time: Piece<'_>) -> Result<(), EdtfError> {
    let malformed = || time.error(Kind::Malformed, "not a time of day as `HH:MM:SS`, with `Z` or `+HH:MM` if need be");
    let zone_at = time.text.find(['Z', '+', '-']).unwrap_or(time.text.len());
    let (clock, zone) = time.text.split_at_checked(zone_at).ok_or_else(malformed)?;
    let clock = numbers(clock).ok_or_else(malformed)?;
    match *clock.as_slice() {
        [0..=23, 0..=59, 0..=59] | [24, 0, 0] => {}
        [_, _, _] => return Err(time.error(Kind::Impossible, "there is no such time of day")),
        _ => return Err(malformed()),
    }
    let (sign, offset) = match zone.strip_prefix('-') {
        _ if zone.is_empty() || zone == "Z" => return Ok(()),
        Some(offset) => (-1, offset),
        None => (1, zone.strip_prefix('+').ok_or_else(malformed)?),
    };
    let (hours, minutes) = match *numbers(offset).ok_or_else(malformed)?.as_slice() {
        [hours] => (hours, 0),
        [hours, minutes] => (hours, minutes),
        _ => return Err(malformed()),
    };
    let zero_from_below = sign < 0 && hours == 0 && minutes == 0;
    if minutes > 59 || zero_from_below || !(-12 * 60..=14 * 60).contains(&(sign * (hours * 60 + minutes))) {
        return Err(time.error(Kind::Impossible, "there is no such time zone"));
    }
    Ok(())
}

/// The numbers of `01:02:03`, two digits each.
fn numbers(text: &str) -> Option<Vec<i32>> {
    let two_digits = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
    text.split(':').map(|part| if two_digits(part) { part.parse().ok() } else { None }).collect()
}
