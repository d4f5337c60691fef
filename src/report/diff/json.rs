//! A difference as JSON.

use crate::report::diff::Difference;
use crate::report::json::pretty;

/// A difference as JSON, indented, harmless to a terminal.
pub fn difference_json(difference: &Difference) -> String {
    pretty(difference)
}
