//! What is remarked of a claim alone is what the ordinary road remarks, though most quotes are not looked at: they differ from
//! others in nothing but their numbers.

use std::collections::BTreeSet;

use gainsay::Options;
use gainsay::report::{Report, Verdict};
use proptest::prelude::*;

use super::Files;
use super::draw::{SOURCES, codebook};
use crate::worlds::dice::Dice;

const NUMBERS: [&str; 22] = [
    "1", "2", "5", "9", "10", "12", "19", "31", "32", "100", "262", "1000", "1234", "1979", "2021", "2022", "2100",
    "12345", "0", "1.5", "2.50", "3000000",
];

/// `N` is mostly the claim's number, `M` another one.
const QUOTES: [&str; 46] = [
    "N",
    "N boats",
    "M boats",
    "N boats of M",
    "M of N boats",
    "N, M and more",
    "between N and M",
    "N-M boats",
    "N–M boats",
    "in N",
    "in 2022 N",
    "N in 2022",
    "since N",
    "N May",
    "May N",
    "on N May M",
    "N May 2022 boats",
    "Nth",
    "the Nth boat",
    "No. N",
    "N%",
    "N percent",
    "N per cent",
    "N thousand",
    "N million boats",
    "N dozen",
    "dozens, N",
    "a few of N",
    "$N",
    "N km",
    "N,M boats",
    "N.M",
    "N'M",
    "twelve boats",
    "nine boats",
    "no boats",
    "half of N",
    "N and a half",
    "page N",
    "N-year-old",
    "aged N",
    "N/M",
    "N:M",
    "xN",
    "Nx boats",
    "9/11 and N",
];

const PERIODS: [&str; 8] =
    ["2022", "2022-06", "2022-07", "2022-06-30", "2022-07-01", "2021", "2023", "2022-06/2022-07"];

fn line(number: usize, seed: u64) -> String {
    let dice = &mut Dice::new(seed);
    let (a, b) = (*dice.pick(&NUMBERS), *dice.pick(&NUMBERS));
    let whole = |number: &str| !number.contains('.');
    let measure = if whole(a) && whole(b) { "attacks" } else { "weight" };
    let value = match dice.below(8) {
        0 => format!("{{\"at_least\": {a}}}"),
        1 => format!("{{\"about\":{a}}}"),
        2 => format!("{{\"between\": [{a}, 4000000]}}"),
        _ => a.to_owned(),
    };
    let quote = dice.pick(&QUOTES).replace('N', if dice.percent(85) { a } else { b }).replace('M', b);
    let period = dice.pick(&PERIODS);
    let credits =
        dice.pick(&["", r#", "attributed_to": ["institute"]"#, r#", "attributed_to": ["ministry", "institute"]"#]);
    let source = dice.pick(&["a", "b", "c"]);
    format!(
        r#"{{"source": "{source}", "id": "x{number}", "quote": "{quote}", "measure": "{measure}", "period": "{period}", "value": {value}{credits}}}"#
    )
}

fn files(seeds: &[u64]) -> Files {
    let claims = seeds.iter().enumerate().map(|(number, &seed)| line(number, seed));
    let lines: Vec<String> = SOURCES.iter().map(|&line| line.to_owned()).chain(claims).collect();
    Files::new(&codebook()).with("all", lines.join("\n"))
}

fn options() -> Options {
    let rules = ["figure-not-in-quote", "anachronism"].map(str::to_owned).into();
    Options { rules, limit: 0, ..Options::default() }
}

fn ids(report: &Report) -> BTreeSet<(String, Verdict)> {
    report.findings.iter().map(|finding| (finding.id.clone(), finding.verdict)).collect()
}

fn counts(report: &Report) -> [usize; 3] {
    [report.summary.contradictions, report.summary.tensions, report.summary.notes]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn the_same_remarks_as_on_the_ordinary_road(seeds in prop::collection::vec(any::<u64>(), 1..30), limit in 0_usize..5) {
        let files = files(&seeds);
        let few = files.check_few(&options());
        let many = files.check_many(&Options { limit: usize::MAX, ..options() }, 1);
        prop_assert_eq!(ids(&many), ids(&few));
        prop_assert_eq!(counts(&many), counts(&few));
        let many = files.check_many(&Options { limit, ..options() }, 1);
        prop_assert!(ids(&many).is_subset(&ids(&few)));
        prop_assert_eq!(counts(&many), counts(&few), "counted, though not told");
    }
}

#[test]
fn what_is_drawn_is_remarked_on() {
    let mut found = [0; 3];
    for first in (0..400).step_by(10) {
        let report = files(&(first..first + 10).collect::<Vec<_>>()).check_few(&options());
        found.iter_mut().zip(counts(&report)).for_each(|(all, own)| *all += own);
    }
    assert!(found.iter().all(|&count| count > 10), "{found:?}");
}
