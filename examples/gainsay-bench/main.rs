//! Makes up a claims folder of any size: an incident database turned into claims, one JSON line each, all true of one made-up world
//! but for so many lies.
//!
//! `cargo run --release --example gainsay-bench -- --claims 1000000 --seed 1 --lies 200 FOLDER` writes `FOLDER/codebook.json`,
//! `FOLDER/sources/incidents.jsonl`, and beside the folder `FOLDER.truth.json`, which names the lies. The same arguments give the
//! same bytes. A true claim holds under both readings, and each lie contradicts at least one true claim in the file by itself.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "nothing here reads input, and a number that does not fit is a fault of this program"
)]

use std::io;
use std::path::PathBuf;

use clap::{Parser, ValueEnum};

mod calendar;
mod claim;
mod dice;
mod quote;
mod said;
mod tree;
mod world;
mod write;

#[cfg(test)]
mod tests;

#[derive(Clone, Parser)]
#[command(about = "Makes up a claims folder of any size")]
struct Arguments {
    /// How many claims.
    #[arg(long, default_value_t = 1_000_000, value_parser = parse_claims)]
    claims: usize,
    /// Another seed makes another world.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many of the claims are lies: at most one in ten.
    #[arg(long, default_value_t = 200)]
    lies: usize,
    /// What the claims are like.
    #[arg(long, value_enum, default_value_t = Shape::Ordinary)]
    shape: Shape,
    /// The folder to write.
    folder: PathBuf,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shape {
    /// Ten years of a country: most claims speak of one district, one faction, one kind of target and one day.
    Ordinary,
    /// The same, but every tenth claim speaks of one and the same cell, each in another period.
    HotCell,
    /// Few terms and few periods, one inside the other, so that most claims meet many others.
    Dense,
}

impl Shape {
    fn name(self) -> String {
        self.to_possible_value().unwrap().get_name().to_owned()
    }
}

fn parse_claims(text: &str) -> Result<usize, String> {
    let claims = text.parse().map_err(|error| format!("{error}"))?;
    if (100..=100_000_000).contains(&claims) { Ok(claims) } else { Err("from 100 to 100000000".into()) }
}

fn main() -> io::Result<()> {
    let arguments = Arguments::parse();
    if arguments.lies > arguments.claims / 10 {
        return Err(io::Error::other("more than one claim in ten would be a lie"));
    }
    write::write(&arguments, &claim::Claims::of(&arguments))
}
