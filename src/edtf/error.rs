//! What can be wrong with a date as written.

use std::{borrow::Cow, error, fmt, ops::Range};

/// Why a text was not read as a date or a period.
///
/// [`Display`](fmt::Display) says what is wrong, in lower case and without a final period; [`help`](EdtfError::help)
/// says what to write instead. Neither repeats control or bidirectional characters of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EdtfError {
    at: Range<usize>,
    kind: EdtfErrorKind,
    message: Cow<'static, str>,
    help: Option<Cow<'static, str>>,
}

/// The kinds of [`EdtfError`].
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EdtfErrorKind {
    /// More than [`MAX_LEN`](super::MAX_LEN) bytes; nothing of the text was read.
    TooLong,
    /// Not EDTF.
    Malformed,
    /// Written as EDTF is, but naming a month, a day, a time of day or a year that does not exist.
    Impossible,
    /// An interval where a single date is wanted.
    Interval,
    /// An interval whose last day lies before its first: it holds no day.
    ReversedPeriod,
    /// A season (level 1). The specification ties seasons to no days.
    Season,
    /// A `Y` year (level 1): later than 9999 or earlier than -9999, where the calendar ends.
    YearOutOfRange,
    /// An interval without a date at either end (`../..`, `/`).
    BoundlessPeriod,
    /// EDTF of level 2, judged by the feature that was met first; the rest of the text was not checked.
    Level2,
}

impl EdtfErrorKind {
    /// Whether the text is EDTF all the same, only of a sort that has no range of days here.
    ///
    /// ```
    /// use gainsay::edtf::parse_period;
    ///
    /// assert!(parse_period("2001-21").is_err_and(|error| error.kind().is_valid_edtf())); // spring
    /// assert!(parse_period("2001-13").is_err_and(|error| !error.kind().is_valid_edtf()));
    /// ```
    pub fn is_valid_edtf(self) -> bool {
        match self {
            Self::Season | Self::YearOutOfRange | Self::BoundlessPeriod | Self::Level2 => true,
            Self::TooLong | Self::Malformed | Self::Impossible | Self::Interval | Self::ReversedPeriod => false,
        }
    }
}

impl EdtfError {
    pub(super) fn new(at: Range<usize>, kind: EdtfErrorKind, message: impl Into<Cow<'static, str>>) -> EdtfError {
        EdtfError { at, kind, message: message.into(), help: None }
    }

    pub(super) fn with_help(self, help: impl Into<Cow<'static, str>>) -> EdtfError {
        EdtfError { help: Some(help.into()), ..self }
    }

    /// The bytes of the text that the error is about: within it, on character boundaries, empty only where something
    /// is missing.
    pub fn at(&self) -> Range<usize> {
        self.at.clone()
    }

    /// What kind of error this is.
    pub fn kind(&self) -> EdtfErrorKind {
        self.kind
    }

    /// A remedy, in the style of the message.
    pub fn help(&self) -> Option<&str> {
        self.help.as_deref()
    }
}

impl fmt::Display for EdtfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl error::Error for EdtfError {}
