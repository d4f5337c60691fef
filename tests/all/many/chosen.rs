//! Findings that are chosen or known are those of the ordinary road.

use std::collections::BTreeSet;

use gainsay::Options;
use gainsay::load::{load, record_waivers};
use gainsay::report::{Finding, Report};
use gainsay::waiver::{Decision, entry};
use proptest::prelude::*;

use super::Files;
use super::draw::{lines, sound};

/// What rules remark that look at several claims, which is not told of many, and conflicts of more than two.
fn is_told(finding: &Finding) -> bool {
    let remarks = ["figure-not-in-quote", "anachronism", "unused-waiver", "expired-waiver"];
    finding.claims.len() == 2 && finding.certificate.is_some() || remarks.contains(&finding.rule)
}

fn told(report: &Report) -> BTreeSet<(String, bool)> {
    let told = report.findings.iter().filter(|finding| is_told(finding));
    told.map(|finding| (finding.id.clone(), finding.waived.is_some())).collect()
}

/// How many findings there are, told or not.
fn counted(report: &Report) -> usize {
    let summary = &report.summary;
    summary.contradictions + summary.tensions + summary.notes + summary.waived
}

/// Records some findings as known.
fn waive(files: &mut Files, report: &Report, which: &[bool]) {
    let corpus = load(&files.few()).unwrap();
    let decision = Decision { reason: "known".to_owned(), by: "desk".to_owned(), until: None };
    let known = report.findings.iter().filter(|finding| is_told(finding)).zip(which.iter().cycle());
    let entries: Vec<_> =
        known.filter(|(_, known)| **known).map(|(finding, _)| entry(&corpus, finding, &decision)).collect();
    let recorded = record_waivers(&files.few(), &entries, None);
    files.others.push(("waivers.json".to_owned(), String::from_utf8(recorded.after).unwrap()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn what_is_chosen_and_what_is_known(
        seeds in prop::collection::vec(any::<u64>(), 2..10),
        known in prop::collection::vec(any::<bool>(), 1..8),
        rule in prop::sample::select(vec!["", "disagreement", "part-exceeds-whole", "anachronism", "unused-waiver"]),
        source in prop::sample::select(vec!["", "a", "b"]),
    ) {
        let mut files = sound(lines(&seeds));
        let all = files.check_few(&Options::default());
        waive(&mut files, &all, &known);
        let list = |name: &str| Some(name.to_owned()).filter(|name| !name.is_empty()).into_iter().collect();
        let options = Options { rules: list(rule), sources: list(source), ..Options::default() };
        let few = told(&files.check_few(&options));
        // All that is known is told whatever the limit; of the others a figure at fault stands for its pairs.
        let many = files.check_many(&Options { limit: usize::MAX, ..options.clone() }, 1);
        prop_assert!(told(&many).is_subset(&few), "{:?}\n{:?}", told(&many), few);
        let waived = |all: &BTreeSet<(String, bool)>| all.iter().filter(|(_, waived)| *waived).cloned().collect::<BTreeSet<_>>();
        prop_assert_eq!(waived(&told(&many)), waived(&few));
        prop_assert_eq!(many.summary.waived, waived(&few).len());
        let none = files.check_many(&Options { limit: 0, ..options.clone() }, 1);
        prop_assert_eq!(none.summary.waived, many.summary.waived);
        let without = files.check_many(&Options { waivers: false, ..options.clone() }, 1);
        prop_assert_eq!(without.summary.waived, 0);
        for limit in [0, 3, usize::MAX] {
            let whole = files.check_many(&Options { limit, ..Options::default() }, 1);
            let chosen = files.check_many(&Options { limit, ..options.clone() }, 1);
            prop_assert_eq!(whole.left_out, 0);
            prop_assert_eq!(counted(&chosen) + chosen.left_out, counted(&whole), "limit {}", limit);
        }
    }
}
