//! A world as JSON.

use crate::report::json::pretty;
use crate::report::world::World;

/// A world as JSON, indented, with a final line break; see [the module](super) for its layout.
pub fn world_json(world: &World) -> String {
    pretty(world)
}
