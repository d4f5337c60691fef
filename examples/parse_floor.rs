//! What reading a claims file costs at least: a plain program on one thread, which takes a file of one JSON line per claim through a
//! reused buffer, has `serde_json` parse each line into a struct that owns its strings, and keeps them all.
//!
//! `cargo run --release --example parse-floor -- FOLDER/sources/incidents.jsonl` prints how many claims and sources there were. It
//! neither checks nor compares anything. What is derived is what most programs would have: written by hand, the two `Deserialize` of
//! enums here would take a tenth off the whole.

#![allow(clippy::print_stdout, reason = "it tells on standard output what it read")]

use std::fs::File;
use std::hint::black_box;
use std::io::{self, BufRead, BufReader};

use serde::Deserialize;

/// A claim, or the description of a source, which has no `id` beside `source`.
#[derive(Deserialize)]
#[expect(dead_code, reason = "what a program would work with; only how long it takes to get there is of interest")]
struct Line {
    source: Source,
    id: Option<String>,
    quote: Option<String>,
    line: Option<u64>,
    measure: Option<String>,
    place: Option<String>,
    actor: Option<String>,
    target: Option<String>,
    period: Option<String>,
    value: Option<Figure>,
}

#[derive(Deserialize)]
#[serde(untagged)]
#[expect(dead_code, reason = "as above")]
enum Source {
    Id(String),
    Described { id: String, title: Option<String>, published: Option<String> },
}

#[derive(Deserialize)]
#[serde(untagged)]
#[expect(dead_code, reason = "as above")]
enum Figure {
    Exactly(f64),
    Hedged(Hedge),
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(dead_code, reason = "as above")]
struct Hedge {
    at_least: Option<f64>,
    more_than: Option<f64>,
    at_most: Option<f64>,
    less_than: Option<f64>,
    about: Option<f64>,
    between: Option<[f64; 2]>,
    nearly: Option<f64>,
    rounded: Option<f64>,
    to: Option<f64>,
}

fn main() -> io::Result<()> {
    let path = std::env::args_os().nth(1).ok_or_else(|| io::Error::other("which file?"))?;
    let mut reader = BufReader::with_capacity(1 << 16, File::open(path)?);
    let mut buffer = Vec::new();
    let mut lines = Vec::new();
    while reader.read_until(b'\n', &mut buffer)? > 0 {
        lines.push(serde_json::from_slice::<Line>(&buffer)?);
        buffer.clear();
    }
    let claims = lines.iter().filter(|line| line.id.is_some()).count();
    println!("{claims} claims, {} sources", lines.len() - claims);
    // They stay in memory up to the end, and to free them one by one is no part of reading.
    std::mem::forget(black_box(lines));
    Ok(())
}
