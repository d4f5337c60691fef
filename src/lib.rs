//! gainsay flags every set of claims, encoded from papers, that cannot all be true, and proves each of them.
//!
//! The command `gainsay` is a thin layer over this library. Nothing here prints, ends the process, keeps global state, or
//! asks a clock: what comes out depends on what goes in alone, and is the same bytes every time. (Only [`Folder::read`] and
//! [`load::TextFolder::Disk`] touch the disk.)
//!
//! # From files to a report
//!
//! A [`Folder`] holds the files, [`load()`] turns them into a [`claim::Corpus`] or into all their [`Faults`], each at its place,
//! and [`check()`] makes a [`report::Report`] of that:
//!
//! ```
//! use gainsay::{Folder, Options, check, load};
//! use gainsay::report::Verdict;
//!
//! let book = r#"{
//!     "dimensions": { "place": { "root": "world", "phrase": "in {}", "terms": {
//!         "country": { "label": "the country" }, "coast": { "in": "country", "label": "the coast" } } } },
//!     "measures": { "boats": { "unit": "boat", "kind": "count", "whole": true, "dimensions": ["place"], "phrase": "{} boats lost" } } }"#;
//! let source = |id: &str, place: &str, boats: u32| {
//!     format!(r#"{{ "source": {{ "id": "{id}" }}, "claims": [ {{ "id": "lost", "quote": "{boats} boats",
//!         "measure": "boats", "place": "{place}", "period": "1953", "value": {boats} }} ] }}"#)
//! };
//! let folder = Folder::from_files([
//!     ("codebook.json", book.to_owned()),
//!     ("sources/courier.json", source("courier", "coast", 9)),
//!     ("sources/gazette.json", source("gazette", "country", 7)),
//! ]);
//! let corpus = load(&folder)?;
//! let report = check(&corpus, &Options::default());
//!
//! let finding = &report.findings[0];
//! assert_eq!((finding.rule, finding.verdict), ("part-exceeds-whole", Verdict::Contradiction));
//! assert!(finding.explanation.contains("9 is 2 more than 7"));
//! assert!(finding.certificate.is_some(), "every conflict carries its proof");
//! # Ok::<(), gainsay::Faults>(())
//! ```
//!
//! [`Folder::read`] reads one from the disk. A fault is told with its file, line and column, the line shown, and a remedy; nothing
//! of a folder with a fault is checked:
//!
//! ```
//! let folder = gainsay::Folder::from_files([("codebook.json", r#"{ "mesures": {} }"#)]);
//! let faults = gainsay::load(&folder).expect_err("there is a mistyped key");
//! assert!(faults.to_string().contains("codebook.json:1:3"));
//! assert!(faults.to_string().contains("did you mean `measures`?"));
//! ```
//!
//! # Reports, and what to trust
//!
//! [`report`] renders a report for people and for programs. Whoever receives the JSON need not trust whoever wrote it:
//! [`certificate::verify`] adds every proof up again, from the JSON and nothing else.
//!
//! ```
//! use gainsay::certificate::verify::{Limits, Verdict, verify_report};
//!
//! # let source = |id: &str, boats: u32| format!(r#"{{ "source": {{ "id": "{id}" }}, "claims": [ {{ "id": "lost",
//! #     "quote": "{boats} boats", "measure": "boats", "period": "1953", "value": {boats} }} ] }}"#);
//! # let book = r#"{ "measures": { "boats": { "unit": "boat", "kind": "count", "whole": true, "dimensions": [], "phrase": "{} boats" } } }"#;
//! # let folder = gainsay::Folder::from_files([("codebook.json", book.to_owned()), ("sources/a.json", source("a", 9)),
//! #     ("sources/b.json", source("b", 7))]);
//! # let corpus = gainsay::load(&folder)?;
//! let report = gainsay::check(&corpus, &gainsay::Options::default());
//! let json = gainsay::report::json(&report);
//! let read = serde_json::from_str(&json).expect("it is JSON");
//! let verdicts = verify_report(&read, Limits::default()).expect("it is a report");
//! assert!(verdicts.len() == 1 && verdicts.iter().all(|(_, verdict)| matches!(verdict, Verdict::Holds)));
//! # Ok::<(), gainsay::Faults>(())
//! ```
//!
//! # A gate of one's own
//!
//! Findings that `waivers.json` records as known carry [`report::Finding::waived`]; [`Options::as_of`] is the day as of which
//! waivers are judged. [`waiver::entry`] and [`load::record_waivers`] write one, [`mod@diff`] compares two states, [`layout`] lays files
//! out, [`import`] makes claims of a table, [`verify()`] holds quotes against the sources' texts, [`show()`] puts claims side by side, [`page()`] makes
//! all of that a page for a browser, [`bounds()`] says what may be
//! printed, and [`world()`] shows that what is in no conflict can all be true.
//!
//! ```
//! use gainsay::report::{Report, Verdict};
//!
//! fn passes(report: &Report) -> bool {
//!     let fails = |verdict| verdict == Verdict::Contradiction;
//!     report.undecided.is_empty()
//!         && !report.findings.iter().any(|finding| finding.waived.is_none() && fails(finding.verdict))
//! }
//! # let corpus = gainsay::load(&gainsay::Folder::from_files([("codebook.json", "{}")]))?;
//! assert!(passes(&gainsay::check(&corpus, &gainsay::Options::default())));
//! # Ok::<(), gainsay::Faults>(())
//! ```

mod bounds;
pub mod certificate;
mod check;
pub mod claim;
pub mod codebook;
pub mod diff;
pub mod edtf;
mod hints;
pub mod import;
pub mod layout;
pub mod load;
pub mod number;
mod page;
pub mod prose;
pub mod quote;
pub mod report;
pub mod rules;
pub mod schema;
mod show;
pub mod solve;
pub mod span;
mod spread;
pub mod starter;
pub mod system;
pub mod texts;
mod verify;
pub mod waiver;
mod world;

pub use bounds::{Unanswerable, bounds};
pub use check::{Options, Stage, check, check_many, check_telling, read_many};
pub use load::{Faults, Folder, load};
pub use page::page;
pub use show::{UnknownWord, catalogue, show};
pub use verify::verify;
pub use world::world;
