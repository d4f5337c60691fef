//! The integration tests: one binary, because linking is what takes the time.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail in any way")]

mod bounds;
mod browser;
mod certificates;
mod ci;
mod command;
mod decide;
mod diff;
mod faults;
mod fmt;
mod formats;
mod hard;
mod hostile;
mod import;
mod json_lines;
mod large_arrays;
mod many;
mod page;
mod pairs;
mod papers;
mod readme;
mod rules;
mod schema;
mod shell;
mod show;
mod shuffled;
mod snapshots;
mod starter;
mod sums;
mod sums_told;
mod support;
mod verify;
mod waive;
mod world_back;
mod worlds;
