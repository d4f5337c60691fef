//! Date claims on one timeline: what no two of them can say together, given what the codebook says of the events.

use super::calendar::{AFTER_ALL, BEFORE_ALL, Day, Days};
use super::world::World;

/// `later` is at least `least` days after `earlier`; day 0 is a moment of its own.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Apart {
    pub(crate) earlier: usize,
    pub(crate) later: usize,
    pub(crate) least: Day,
}

const ORIGIN: usize = 0;

pub(crate) fn start(event: usize) -> usize {
    1 + 2 * event
}

pub(crate) fn end(event: usize) -> usize {
    2 + 2 * event
}

/// Whether all events can be given days such that each of these starts and ends where it may.
pub(crate) fn can_hold(world: &World, bounds: &[(usize, [Days; 2])]) -> bool {
    let mut all = known(world);
    all.extend(bounds.iter().flat_map(|&(event, sides)| of_sides(event, sides)));
    is_possible(world, &all)
}

/// What the codebook says.
pub(crate) fn known(world: &World) -> Vec<Apart> {
    let mut known: Vec<Apart> = Vec::new();
    let mut not_after = |earlier, later| known.push(Apart { earlier, later, least: 0 });
    for (at, event) in world.events.iter().enumerate() {
        not_after(start(at), end(at));
        if event.is_incident {
            not_after(end(at), start(at));
        }
        if let Some(parent) = event.parent {
            not_after(start(parent), start(at));
            not_after(end(at), end(parent));
        }
    }
    for &(first, then) in &world.orders {
        not_after(end(first), start(then));
    }
    known
}

/// An event starts and ends on such days.
pub(crate) fn of_sides(event: usize, sides: [Days; 2]) -> Vec<Apart> {
    let mut bounds = Vec::new();
    for (moment, days) in [start(event), end(event)].into_iter().zip(sides) {
        if days.0 > BEFORE_ALL {
            bounds.push(Apart { earlier: ORIGIN, later: moment, least: days.0 });
        }
        if days.1 < AFTER_ALL {
            bounds.push(Apart { earlier: moment, later: ORIGIN, least: -days.1 });
        }
    }
    bounds
}

/// Whether all moments can be given days.
pub(crate) fn is_possible(world: &World, known: &[Apart]) -> bool {
    let moments = 1 + 2 * world.events.len();
    // The longest way to each moment. It keeps growing just when some way back to where it began is longer than nothing.
    let mut days = vec![0; moments];
    for _ in 0..moments {
        let mut grew = false;
        for apart in known {
            let least = days[apart.earlier] + apart.least;
            if days[apart.later] < least {
                days[apart.later] = least;
                grew = true;
            }
        }
        if !grew {
            return true;
        }
    }
    false
}
