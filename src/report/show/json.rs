//! Figures side by side as JSON.

use crate::report::json::pretty;
use crate::report::show::{Catalogue, Shown};

/// Claims side by side as JSON, indented, with a final line break; see [the module](super) for its layout.
pub fn shown_json(shown: &Shown) -> String {
    pretty(shown)
}

/// What there is to show as JSON, likewise.
pub fn catalogue_json(catalogue: &Catalogue) -> String {
    pretty(catalogue)
}
