//! Running properties over many seeds, and making what fails small enough to read.

use std::panic::{AssertUnwindSafe, catch_unwind};

use serde_json::Value;

use super::case::{Case, Files};
use super::expect::Outcome;

/// How many worlds there are in all, unless `GAINSAY_WORLDS` says otherwise.
const WORLDS: u64 = 10_000;

/// Something that must hold of a case, written as these files.
pub(crate) type Property<'a> = dyn Fn(&Case, &Files) -> Outcome + 'a;

/// So many percent of all worlds; the one of `GAINSAY_WORLD` alone, where that is set.
pub(crate) fn seeds(percent: u64) -> Vec<u64> {
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().unwrap());
    match number("GAINSAY_WORLD") {
        Some(seed) => vec![seed],
        None => (0..number("GAINSAY_WORLDS").unwrap_or(WORLDS) * percent / 100).collect(),
    }
}

/// Panics with the seed and the smallest files that still fail.
pub(crate) fn hold(seed: u64, case: Case, property: &Property<'_>) {
    if let Some((files, says)) = smallest(case, property) {
        panic!("{}", failure(seed, &says, &files));
    }
}

/// The smallest files that still fail, and what the failure says; none where the property holds.
pub(crate) fn smallest(case: Case, property: &Property<'_>) -> Option<(Files, String)> {
    let first = attempt(&case, &case.files(), property).err()?;
    let case = shrink(case, &first, property);
    let files = prune(&case, &first, property);
    let says = attempt(&case, &files, property).err().unwrap_or(first);
    Some((files, says))
}

fn failure(seed: u64, says: &str, files: &Files) -> String {
    let texts = files.iter().map(|(path, content)| format!("--- {path}\n{content:#}"));
    format!("GAINSAY_WORLD={seed} fails: {says}\n{}", texts.collect::<Vec<_>>().join("\n"))
}

/// The outcome; a panic (the loader refuses a file, say) is a failure too.
fn attempt(case: &Case, files: &Files, property: &Property<'_>) -> Outcome {
    catch_unwind(AssertUnwindSafe(|| property(case, files))).unwrap_or_else(|panic| {
        let message = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
        Err(format!("panic: {}", message.unwrap_or_default()))
    })
}

/// What kind of failure it is: the first line of what it says, without data and numbers.
fn kind(says: &str) -> String {
    let line = says.lines().next().unwrap_or_default();
    line.split('{').next().unwrap_or_default().chars().filter(|letter| !letter.is_ascii_digit()).collect()
}

fn fails_alike(case: &Case, files: &Files, first: &str, property: &Property<'_>) -> bool {
    attempt(case, files, property).is_err_and(|says| kind(&says) == kind(first))
}

/// Leaves out claims, as long as it fails in the same way.
fn shrink(mut case: Case, first: &str, property: &Property<'_>) -> Case {
    'again: loop {
        for source in 0..case.sources.len() {
            for claim in 0..case.sources[source].claims.len() {
                let smaller = case.without(source, claim);
                if let Some(smaller) = smaller.filter(|smaller| fails_alike(smaller, &smaller.files(), first, property))
                {
                    case = smaller;
                    continue 'again;
                }
            }
        }
        break;
    }
    let mut smaller = case.clone();
    smaller.sources.retain(|source| !source.claims.is_empty());
    if fails_alike(&smaller, &smaller.files(), first, property) { smaller } else { case }
}

/// Leaves out what the codebook holds, as long as it fails in the same way.
fn prune(case: &Case, first: &str, property: &Property<'_>) -> Files {
    let mut files = case.files();
    for section in
        ["sums", "measures", "attributes", "units", "vague", "orders", "events", "about", "beyond", "upstreams"]
    {
        let entries = match &files["codebook.json"][section] {
            Value::Object(entries) => entries.keys().cloned().rev().collect(),
            _ => Vec::new(),
        };
        for entry in entries {
            let mut fewer = files.clone();
            fewer.get_mut("codebook.json").unwrap()[section].as_object_mut().unwrap().remove(&entry);
            if fails_alike(case, &fewer, first, property) {
                files = fewer;
            }
        }
        let mut fewer = files.clone();
        fewer.get_mut("codebook.json").unwrap().as_object_mut().unwrap().remove(section);
        if fails_alike(case, &fewer, first, property) {
            files = fewer;
        }
    }
    files
}
