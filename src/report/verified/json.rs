//! A verification as JSON.

use crate::report::json::pretty;
use crate::report::verified::Verified;

/// A verification as JSON, indented, with a final line break; see [the module](super) for its layout.
pub fn verified_json(verified: &Verified) -> String {
    pretty(verified)
}
