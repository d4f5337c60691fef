//! How long it takes to find what conflicts in one component of figures.
//!
//! Every problem is made up here, the same on every machine: so many figures of three dimensions and months that are all true of
//! one made-up world, and the same figures with a lie that no other figure refutes alone. A line of the output is one problem, its
//! fields apart by tabs: name, claims, microseconds (of this process on a processor, median of the runs), whether something
//! conflicts, whether all conflicts are listed or some, and the claims of each with commas between them.
//!
//! `cargo bench --bench sums` runs all; names after `--` choose some, `--runs N` says how often, and `--write FOLDER` also writes each
//! problem as a claims folder, which `benches/sums_z3.py` reads.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a benchmark may fail in any way, and tells on standard output"
)]

use std::path::Path;
use std::time::{Duration, Instant};

use gainsay::claim::{ClaimId, Corpus, Reading};
use gainsay::solve::{Limits, pairs, sums};
use gainsay::system::System;
use serde_json::{Map, Value, json};

const DIMENSIONS: [&str; 3] = ["place", "actor", "target"];
const SIZES: [usize; 4] = [10, 50, 200, 500];
const MONTHS: usize = 12;

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

/// A term, or a child of it.
type Term = (usize, Option<usize>);

/// Per dimension a term where one is named, and the first and the last month.
struct Scope([Option<Term>; 3], (usize, usize));

/// How many attacks there were at a position in a month.
struct Attacks([(usize, usize); 3], usize, i64);

impl Scope {
    fn holds(&self, attacks: &Attacks) -> bool {
        let within = |(said, leaf): (&Option<Term>, &(usize, usize))| {
            said.is_none_or(|(term, child)| term == leaf.0 && child.is_none_or(|child| child == leaf.1))
        };
        (self.1.0..=self.1.1).contains(&attacks.1) && self.0.iter().zip(&attacks.0).all(within)
    }

    fn truth(&self, world: &[Attacks]) -> i64 {
        world.iter().filter(|attacks| self.holds(attacks)).map(|attacks| attacks.2).sum()
    }

    fn claim(&self, id: &str, value: &Value) -> Value {
        let period = format!("2022-{:02}/2022-{:02}", self.1.0 + 1, self.1.1 + 1);
        let mut claim = json!({ "id": id, "quote": "so many", "measure": "attacks", "period": period, "value": value });
        for (name, said) in DIMENSIONS.iter().zip(&self.0) {
            if let Some((term, child)) = said {
                claim[*name] = json!(term_name(name, *term, *child));
            }
        }
        claim
    }
}

fn term_name(dimension: &str, term: usize, child: Option<usize>) -> String {
    child.map_or_else(|| format!("{dimension}{term}"), |child| format!("{dimension}{term}-{child}"))
}

/// Four terms in each dimension, each with three children, which cover the first two.
fn codebook() -> Value {
    let mut dimensions = Map::new();
    for name in DIMENSIONS {
        let mut terms = Map::new();
        for term in 0..4 {
            terms.insert(term_name(name, term, None), json!({ "exhaustive": term < 2 }));
            for child in 0..3 {
                terms.insert(term_name(name, term, Some(child)), json!({ "in": term_name(name, term, None) }));
            }
        }
        dimensions.insert(name.to_owned(), json!({ "root": format!("any-{name}"), "terms": terms }));
    }
    json!({ "dimensions": dimensions, "measures": { "attacks": { "unit": "attack", "kind": "count", "whole": true, "dimensions": DIMENSIONS } } })
}

/// So many figures, the first of everything, so that all hang together.
fn claims(size: usize, lie: bool) -> Vec<Value> {
    let mut dice = Dice(u64::try_from(size).unwrap());
    let world: Vec<Attacks> = (0..400)
        .map(|_| {
            let position = std::array::from_fn(|_| (dice.below(4), dice.below(3)));
            Attacks(position, dice.below(MONTHS), 1 + i64::try_from(dice.below(8)).unwrap())
        })
        .collect();
    let year = (0, MONTHS - 1);
    let exact = |id: &str, scope: &Scope| scope.claim(id, &json!(scope.truth(&world)));
    let at = |term: Term| Scope([Some(term), None, None], year);
    // A whole and its three parts; the lie makes the last part one too many, which none of the others does alone.
    let mut claims = vec![exact("everything", &Scope([None; 3], year)), exact("whole", &at((0, None)))];
    claims.extend([0, 1].map(|child| exact(&format!("part-{child}"), &at((0, Some(child))))));
    let last = at((0, Some(2)));
    let value = last.truth(&world);
    claims.push(last.claim("part-2", &if lie { json!({ "at_least": value + 1 }) } else { json!(value) }));
    while claims.len() < size {
        let terms = std::array::from_fn(|_| {
            let term = dice.below(4);
            match dice.below(100) {
                0..35 => None,
                35..70 => Some((term, None)),
                _ => Some((term, Some(dice.below(3)))),
            }
        });
        let first = dice.below(MONTHS);
        let scope = Scope(terms, (first, first + dice.below(MONTHS - first)));
        let truth = scope.truth(&world);
        let value = match dice.below(100) {
            0..50 => json!(truth),
            50..70 => json!({ "at_least": (truth - 2).max(0) }),
            70..85 => json!({ "between": [(truth - 3).max(0), truth + 4] }),
            _ => json!({ "at_most": truth + 5 }),
        };
        claims.push(scope.claim(&format!("c{}", claims.len()), &value));
    }
    claims
}

/// The conflicts of figures, pairs among them, each as the names of its claims; and whether there may be more.
fn conflicts(corpus: &Corpus) -> (Vec<Vec<String>>, bool) {
    let system = System::of(corpus, Reading::Strict);
    let known: Vec<[ClaimId; 2]> =
        pairs::find(&system.figures).conflicts.iter().map(|pair| [pair.low, pair.high]).collect();
    let found = sums::find(corpus, Reading::Strict, &known, &Limits::default());
    assert!(found.components.iter().all(|component| component.repair.is_some()), "undecided");
    let name = |claim: &ClaimId| corpus.name(*claim).trim_start_matches("s/").to_owned();
    let larger = found.conflicts.iter().map(|conflict| conflict.claims().iter().map(name).collect());
    let conflicts = known.iter().map(|pair| pair.iter().map(name).collect()).chain(larger).collect();
    (conflicts, found.components.iter().any(|component| component.cut))
}

/// How long this process has been on a processor, where the system says so; else how long it has been running.
fn spent(started: Instant) -> Duration {
    let text = std::fs::read_to_string("/proc/self/schedstat").ok();
    let nanoseconds = text.and_then(|text| text.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| started.elapsed(), Duration::from_nanos)
}

/// How long one search takes. Systems count a process's time in ticks, so short ones are repeated over many of these.
fn time(started: Instant, corpus: &Corpus) -> Duration {
    let before = spent(started);
    for times in 1.. {
        std::hint::black_box(conflicts(corpus));
        let taken = spent(started).saturating_sub(before);
        if taken > Duration::from_millis(200) {
            return taken / times;
        }
    }
    Duration::MAX
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (mut chosen, mut runs, mut folder) = (Vec::new(), 5_usize, None);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            // Cargo adds this one.
            "--bench" => {}
            "--runs" => runs = arguments.next().unwrap().parse().unwrap(),
            "--write" => folder = arguments.next(),
            _ => chosen.push(argument),
        }
    }
    let started = Instant::now();
    for size in SIZES {
        for lie in [false, true] {
            let name = format!("{size}-{}", if lie { "lie" } else { "true" });
            if !chosen.is_empty() && !chosen.contains(&name) {
                continue;
            }
            let claims = claims(size, lie);
            let source = json!({ "source": { "id": "s" }, "claims": claims });
            let files = [("codebook.json", codebook().to_string()), ("sources/s.json", source.to_string())];
            if let Some(folder) = &folder {
                let folder = Path::new(folder).join(&name);
                std::fs::create_dir_all(folder.join("sources")).unwrap();
                for (path, text) in &files {
                    std::fs::write(folder.join(path), text).unwrap();
                }
            }
            let corpus = gainsay::load(&gainsay::Folder::from_files(files)).unwrap();
            let (found, cut) = conflicts(&corpus);
            let mut times: Vec<Duration> = (0..runs.max(1)).map(|_| time(started, &corpus)).collect();
            times.sort_unstable();
            let verdict = if found.is_empty() { "true" } else { "conflict" };
            let sets: Vec<String> = found.iter().map(|claims| claims.join(",")).collect();
            let listed = if cut { "some" } else { "all" };
            println!("{name}\t{size}\t{}\t{verdict}\t{listed}\t{}", times[times.len() / 2].as_micros(), sets.join(" "));
        }
    }
}
