//! What the steps of a run on many claims cost, beside reading the same lines with a general parser.
//!
//! The claims are made up here, the same on every machine: one thing happens on each day of thirty years, and each claim counts
//! what happened in a period of its own; no two of them have the same period, a few count too much. All lie in one cell, which is the
//! worst case for comparing them, or in as many cells as there are places.
//!
//! `cargo bench --bench many` runs all; a name behind `--` chooses. One thread does all the work, so that the time that passes
//! is that of a processor.

#![allow(clippy::unwrap_used, reason = "a benchmark may fail in any way")]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use gainsay::load::{Bulk, LargeFile, ManyFiles, Unread};
use gainsay::{Folder, Options, Stage, check_many, read_many};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use serde::Deserialize;

const CLAIMS: usize = 100_000;
/// How many days there are, from the first of 1990 on.
const DAYS: usize = 10_957;
/// How long a period is at most.
const LONGEST: usize = 1_000;
const LIES: usize = 20;

const CODEBOOK: &str = r#"{ "dimensions": { "place": { "root": "world", "phrase": "in {}", "terms": {"#;

/// `SplitMix64` (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators").
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(n).unwrap()).unwrap()
    }
}

/// A line of a claim, as a general parser reads it.
#[derive(Deserialize)]
#[expect(dead_code, reason = "it is read, and nothing more")]
struct Line<'a> {
    source: &'a str,
    id: &'a str,
    quote: &'a str,
    measure: &'a str,
    place: &'a str,
    period: &'a str,
    value: u64,
}

fn codebook(places: usize) -> String {
    let mut book = CODEBOOK.to_owned();
    for place in 0..places {
        let comma = if place == 0 { "" } else { "," };
        write!(book, r#"{comma}"p{place}": {{}}"#).unwrap();
    }
    book.push_str(
        r#"} } }, "measures": { "attacks": { "unit": "attack", "kind": "count", "whole": true, "dimensions": ["place"], "phrase": "{} attacks" } } }"#,
    );
    book
}

/// The claims, in so many places: in each of them the same happened.
fn lines(places: usize) -> String {
    let dice = &mut Dice(1);
    let first: Date = date(1990, 1, 1);
    let day = |offset: usize| first.checked_add(i64::try_from(offset).unwrap().days()).unwrap();
    let mut periods = BTreeSet::new();
    let mut lines = "{\"source\": {\"id\": \"log\"}}\n".to_owned();
    while periods.len() < CLAIMS {
        let (from, more) = (dice.below(DAYS), dice.below(LONGEST));
        if from + more >= DAYS || !periods.insert((from, more)) {
            continue;
        }
        let (number, place) = (periods.len(), dice.below(places));
        // The truth is one for each day; what is more than true is more than many a longer period holds.
        let value = if number % (CLAIMS / LIES) == 0 { 3 * more + 100 } else { more + 1 };
        let (from, to) = (day(from), day(from + more));
        writeln!(
            lines,
            r#"{{"source": "log", "id": "c{number}", "quote": "{value} attacks", "measure": "attacks", "place": "p{place}", "period": "{from}/{to}", "value": {value}}}"#
        )
        .unwrap();
    }
    lines
}

fn files(folder: &Path, places: usize) -> ManyFiles {
    let path = folder.join(format!("{places}.jsonl"));
    std::fs::write(&path, lines(places)).unwrap();
    let folder = Folder::from_files([("codebook.json".to_owned(), codebook(places))]);
    ManyFiles::new(folder, vec![LargeFile::of_lines("lines.jsonl", path)])
}

fn read(files: &ManyFiles) -> Bulk {
    read_many(files, 1, &|_| true).unwrap()
}

/// How long one stage takes, up to the next one.
fn stage(bulk: &Bulk, wanted: Stage) -> Duration {
    let times = Mutex::new((None, None));
    let result = check_many(bulk.clone(), &Options::default(), &|stage| {
        let (begun, took) = &mut *times.lock().unwrap();
        match begun {
            None if stage == wanted => *begun = Some(Instant::now()),
            Some(begun) if stage != wanted => *took = Some(begun.elapsed()),
            _ => {}
        }
        took.is_none()
    });
    assert!(matches!(result, Err(Unread::Interrupted)), "it is ended behind the stage");
    let (_, took) = times.into_inner().unwrap();
    took.unwrap()
}

fn many(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    for (name, places) in [("one cell", 1), ("1,000 cells", 1000)] {
        let files = files(folder.path(), places);
        let text = lines(places);
        let mut group = criterion.benchmark_group(name);
        group.sample_size(20).throughput(Throughput::Bytes(files.bytes()));
        group.bench_function("parse with serde_json", |bench| {
            bench.iter(|| {
                let lines = text.lines().skip(1).map(|line| serde_json::from_str::<Line<'_>>(line).unwrap());
                lines.map(|line| line.value).sum::<u64>()
            });
        });
        group.bench_function("read", |bench| bench.iter_with_large_drop(|| read(&files)));
        let bulk = read(&files);
        for (name, wanted) in
            [("compile", Stage::Compiling), ("find pairs", Stage::Comparing), ("add up parts", Stage::Adding)]
        {
            group.bench_function(name, |bench| {
                bench.iter_custom(|times| (0..times).map(|_| stage(&bulk, wanted)).sum());
            });
        }
        group.finish();
    }
}

criterion_group!(benches, many);
criterion_main!(benches);
