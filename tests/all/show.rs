//! The figures side by side: known answers, an independent count of agreements, formats that others can read.

use std::collections::{BTreeMap, BTreeSet};

use gainsay::claim::Corpus;
use gainsay::report::TextOptions;
use gainsay::report::show::{
    Shown, catalogue_csv, catalogue_json, catalogue_markdown, catalogue_text, shown_csv, shown_json, shown_markdown,
    shown_text,
};
use gainsay::{Folder, Options, catalogue, show};
use serde_json::{Value, json};

use crate::support::{corpus, root, snapshot};
use crate::worlds::dice::Dice;

fn small() -> Corpus {
    corpus(&root().join("tests/fixtures/show"))
}

fn ask(corpus: &Corpus, words: &[&str]) -> Shown {
    ask_wider(corpus, words, false)
}

fn ask_wider(corpus: &Corpus, words: &[&str], wider: bool) -> Shown {
    let words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
    let report = gainsay::check(corpus, &Options::default());
    show(corpus, &report, &words, wider).unwrap_or_else(|error| panic!("{error}"))
}

fn everything(corpus: &Corpus) -> Shown {
    ask(corpus, &[])
}

/// The claims that are shown, in order.
fn claims(shown: &Shown) -> Vec<&str> {
    shown.groups.iter().flat_map(|group| &group.claims).map(|claim| claim.claim.as_str()).collect()
}

/// Every agreement as `A B`, with what is known of it.
fn agreements(shown: &Shown) -> Vec<(String, bool, String, bool)> {
    let all = shown.groups.iter().flat_map(|group| &group.agreements);
    let mut all: Vec<_> = all
        .map(|pair| (pair.claims.join(" "), pair.independent, pair.shared.join(" "), pair.tension.is_some()))
        .collect();
    all.sort();
    all
}

/// Worked out by hand. On the coast in 2022 the almanac allows 338 to 562 (about 450), the courier 450, the gazette 400 and
/// more, the herald 600, and 501 and more; the gazette credits the courier, which credits the water board. A reader takes
/// "at least 400" for 400 to 500, "about 450" for 405 to 495 and "more than 500" for 501 to 626.
#[test]
fn who_agrees_with_whom() {
    let pair =
        |names: &str, independent, shared: &str, tension| (names.to_owned(), independent, shared.to_owned(), tension);
    let expected = [
        pair("almanac-2023/alert courier-2023/alert", true, "", false),
        pair("almanac-2023/cause courier-2023/cause", true, "", false),
        pair("almanac-2023/coast courier-2023/coast", true, "", false),
        pair("almanac-2023/coast gazette-2023/coast", true, "", false),
        pair("almanac-2023/coast herald-2024/coast-again", true, "", true),
        pair("almanac-2023/coast-up courier-2023/coast-up", true, "", false),
        pair("almanac-2023/valley gazette-2023/valley-denied", true, "", false),
        pair("courier-2023/coast gazette-2023/coast", false, "courier-2023 water-board", false),
        pair("courier-2023/dyke gazette-2023/dyke", false, "courier-2023", false),
        pair("courier-2023/lasted herald-2024/lasted", true, "", false),
        pair("gazette-2023/cause herald-2024/cause", true, "", false),
        pair("gazette-2023/coast herald-2024/coast", true, "", true),
        pair("gazette-2023/coast herald-2024/coast-again", true, "", true),
        pair("gazette-2023/dyke herald-2024/dyke", true, "", false),
        pair("gazette-2023/no-amber herald-2024/no-amber", true, "", false),
    ];
    let corpus = small();
    let shown = everything(&corpus);
    assert_eq!(agreements(&shown), expected);
    let repeats: Vec<&[String; 2]> = shown.groups.iter().flat_map(|group| &group.repeats).collect();
    assert_eq!(repeats, [&["herald-2024/coast".to_owned(), "herald-2024/coast-again".to_owned()]]);
    assert_eq!((shown.counts.agreements, shown.counts.independent, shown.counts.word_for_word), (12, 10, 3));
}

#[test]
fn states_are_told_and_nothing_is_left_out() {
    let corpus = small();
    let shown = everything(&corpus);
    let rows: BTreeMap<&str, _> =
        shown.groups.iter().flat_map(|group| &group.claims).map(|claim| (claim.claim.as_str(), claim)).collect();
    assert_eq!(rows.len(), 32);
    assert_eq!((shown.counts.shown, shown.counts.claims, shown.counts.left_out), (32, 32, 0));
    assert_eq!(rows["almanac-2023/valley-1953"].state, "alone");
    let first = rows["courier-2023/coast-first"];
    assert_eq!((first.state, first.because.as_deref()), ("superseded", Some("courier-2023/coast replaces it")));
    let shelters = rows["almanac-2023/shelters"];
    assert!(shelters.because.as_ref().unwrap().starts_with("word for word: "), "{:?}", shelters.because);
    assert!(shelters.supports.is_empty(), "nobody says on which day of May");
    assert!(rows["almanac-2023/somewhere"].supports.is_empty(), "nobody says where");
    let denied = rows["gazette-2023/valley-denied"];
    assert_eq!(
        (denied.voice, denied.strict.high.as_deref(), denied.strict.low.as_deref()),
        ("disputes", Some("699"), None)
    );
    let coast = rows["herald-2024/coast"];
    let conflicts: Vec<_> = coast.findings.iter().filter(|mark| mark.reading == Some("strict")).collect();
    assert!(conflicts.iter().any(|mark| mark.rule == "disagreement" && mark.with == ["courier-2023/coast"]));
}

#[test]
fn scopes_stand_under_what_contains_them_and_periods_in_order() {
    let shown = everything(&small());
    let of = |kind: &str| -> Vec<(usize, String, usize)> {
        let groups = shown.groups.iter().filter(|group| group.kind == kind);
        groups.map(|group| (group.depth, group.words.clone(), group.claims.len())).collect()
    };
    let group = |depth, words: &str, claims| (depth, words.to_owned(), claims);
    assert_eq!(
        of("figure"),
        [
            group(0, "in Northland in 2022", 1),
            group(1, "in the North Coast in 2022", 6),
            group(2, "in the North Coast in May 2022", 1),
            group(1, "in the River Valley in 2022", 2),
            group(0, "in the River Valley in 1953", 1),
            group(0, "in the River Valley in 2021", 1),
            group(0, "in May 2022 (place not stated)", 2),
            group(0, "in the North Coast in May 2022", 2),
        ]
    );
    assert_eq!(of("change"), [group(0, "in the North Coast in 2022, compared with those in 2021", 2)]);
    assert_eq!(of("date"), [group(0, "its day", 3)]);
    assert_eq!(of("duration"), [group(0, "how long it lasted", 2)]);
}

#[test]
fn words_select_and_several_narrow() {
    let corpus = small();
    let number = |words: &[&str]| claims(&ask(&corpus, words)).len();
    assert_eq!(number(&["homes-flooded"]), 16);
    assert_eq!(number(&["Homes Flooded"]), 16, "by label");
    assert_eq!(number(&["the SHORE", "measure=homes-flooded"]), 9, "by alias");
    assert_eq!(number(&["place=north-coast"]), 19, "figures, shelters, the dyke that broke there, the alert");
    assert_eq!(number(&["north-coast", "herald-2024"]), 5);
    assert_eq!(number(&["water-board"]), 4);
    assert_eq!(number(&["courier-2023"]), 12, "its own, and those of others that credit it");
    assert_eq!(number(&["neglect"]), 2, "rotten piles are neglect");
    assert_eq!(number(&["2022-05"]), number(&["period=2022-05"]));
    assert_eq!(claims(&ask(&corpus, &["period=2021"])), ["leaflet/hostile"]);
    let both = ask(&corpus, &["storm"]);
    let kinds: Vec<&str> = both.selection[0].means.iter().map(|named| named.kind).collect();
    assert_eq!(kinds, ["value", "upstream"], "a value of an attribute and an upstream");
    assert_eq!(claims(&both), ["almanac-2023/cause", "courier-2023/cause"]);
}

#[test]
fn what_only_covers_the_words_is_left_out_and_counted() {
    let corpus = small();
    let narrow = ask(&corpus, &["river-valley", "homes-flooded"]);
    assert_eq!(narrow.counts.shown, 4);
    let left: Vec<&str> = narrow.left_out.iter().map(|out| out.claim.as_str()).collect();
    assert_eq!(left, ["almanac-2023/somewhere", "courier-2023/somewhere", "gazette-2023/north"]);
    let wider = ask_wider(&corpus, &["river-valley", "homes-flooded"], true);
    assert_eq!((wider.counts.shown, wider.counts.left_out), (7, 0));
    let nothing = ask(&corpus, &["leaflet", "shelters"]);
    assert_eq!(nothing.counts.shown, 0);
    assert!(shown_text(&nothing, TextOptions::default()).contains("No claim is selected by every one of these words."));
}

#[test]
fn unknown_words_are_errors_with_a_way_out() {
    let corpus = small();
    let report = gainsay::check(&corpus, &Options::default());
    let error = |word: &str| show(&corpus, &report, &[word.to_owned()], false).unwrap_err();
    assert_eq!(error("homes-floded").message, "nothing is called `homes-floded`");
    assert!(error("homes-floded").known.iter().any(|(id, _)| id == "homes-flooded"));
    assert_eq!(error("place=nowhere").message, "there is no place `nowhere`");
    assert_eq!(error("palce=northland").message, "there is no dimension or kind of name `palce`");
    assert!(error("period=soon").message.starts_with("`soon` is no period: "));
    assert!(error("place").help.unwrap().contains("place=NAME"));
    assert!(!error("\u{202e}\u{1b}[2J").message.contains(['\u{202e}', '\u{1b}']));
}

/// From a name of what a claim is of to the claims shown under it.
fn shown_under(corpus: &Corpus, kind: &str, id: &str) -> Vec<String> {
    let shown = ask(corpus, &[&format!("{kind}={id}")]);
    claims(&shown).into_iter().map(str::to_owned).collect()
}

/// What a claim is of, read from its file.
fn of(claim: &Value) -> (&'static str, &str) {
    for kind in ["measure", "attribute"] {
        if let Some(id) = claim[kind].as_str() {
            return (kind, id);
        }
    }
    let event = claim["event"].as_str().or_else(|| claim["duration"]["from"].as_str()).unwrap();
    ("event", event.split('.').next().unwrap())
}

#[test]
fn every_claim_is_shown_once_under_what_it_is_of() {
    for folder in ["claims", "tests/fixtures/show"] {
        let corpus = corpus(&root().join(folder));
        let mut seen = 0;
        let mut under: BTreeMap<(&str, String), Vec<String>> = BTreeMap::new();
        for entry in std::fs::read_dir(root().join(folder).join("sources")).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            let file: Value = serde_json::from_str(&text).unwrap();
            for claim in file["claims"].as_array().unwrap() {
                let name = format!("{}/{}", file["source"]["id"].as_str().unwrap(), claim["id"].as_str().unwrap());
                let (kind, id) = of(claim);
                let list = under.entry((kind, id.to_owned())).or_insert_with(|| shown_under(&corpus, kind, id));
                assert_eq!(list.iter().filter(|other| **other == name).count(), 1, "{name} under {kind} {id}");
                seen += 1;
            }
        }
        let all = claims(&everything(&corpus)).len();
        assert_eq!((seen, all), (corpus.claims.len(), corpus.claims.len()), "{folder}");
    }
}

/// Support goes both ways, and never between two claims that contradict each other.
fn check_laws(corpus: &Corpus) -> usize {
    let report = gainsay::check(corpus, &Options::default());
    let shown = show(corpus, &report, &[], false).unwrap();
    let conflicts: BTreeSet<Vec<&str>> = report
        .findings
        .iter()
        .filter(|finding| finding.reading == Some("strict") && finding.claims.len() == 2)
        .map(|finding| {
            let mut names: Vec<&str> = finding.claims.iter().map(|claim| claim.claim.as_str()).collect();
            names.sort_unstable();
            names
        })
        .collect();
    let mut supports: BTreeMap<(&str, &str), bool> = BTreeMap::new();
    for claim in shown.groups.iter().flat_map(|group| &group.claims) {
        for support in &claim.supports {
            supports.insert((&claim.claim, &support.claim), support.independent);
        }
        for other in &claim.repeats {
            supports.insert((&claim.claim, other), false);
        }
    }
    for ((one, other), independent) in &supports {
        assert_eq!(supports.get(&(other, one)), Some(independent), "{one} {other}");
        let mut pair = vec![*one, *other];
        pair.sort_unstable();
        assert!(!conflicts.contains(&pair), "{one} supports {other} and contradicts it");
    }
    supports.len()
}

#[test]
fn support_goes_both_ways_and_never_beside_a_contradiction() {
    assert_eq!(check_laws(&small()), 32);
    assert!(check_laws(&corpus(&root().join("claims"))) > 40);
}

/// A figure of a random claim as doubled ends, one inward for an open end; of what comes in whole things the next number.
fn ends(value: &Value, whole: bool) -> (i64, i64) {
    let n = |value: &Value| 2 * value.as_i64().unwrap();
    let inward = if whole { 2 } else { 1 };
    match value.as_object().and_then(|object| object.iter().next()) {
        None => (n(value), n(value)),
        Some((key, bound)) => match key.as_str() {
            "at_least" => (n(bound), i64::MAX),
            "more_than" => (n(bound) + inward, i64::MAX),
            "at_most" => (i64::MIN, n(bound)),
            "less_than" => (i64::MIN, n(bound) - inward),
            _ => (n(&bound[0]), n(&bound[1])),
        },
    }
}

/// Random figures from four sources, two of which credit others: the pairs of equal scopes whose figures meet are counted by
/// looking at the files alone.
#[test]
fn agreements_of_random_figures_are_those_that_the_files_show() {
    let (mut agreeing, mut dependent, mut repeating) = (0, 0, 0);
    for seed in 0..150 {
        let figures = crate::bounds::random_claims(seed).into_iter().filter(|claim| claim.get("value").is_some());
        let mut dice = Dice::new(seed + 1_000);
        let mut all: Vec<(usize, String, Value)> = Vec::new();
        for (at, mut claim) in figures.enumerate() {
            // Few scopes, so that many are the same.
            if dice.percent(60) {
                claim["place"] = "north".into();
                claim["period"] = if claim["measure"] == "fighters" { "2022-06-10".into() } else { "2022".into() };
            }
            let source = dice.below(4);
            claim["id"] = format!("c{at}").into();
            claim["quote"] = "so many".into();
            match (source, dice.percent(50)) {
                (1, true) => claim["attributed_to"] = json!(["s0"]),
                (2, true) => claim["attributed_to"] = json!(["board"]),
                (3, true) => claim["attributed_to"] = json!(["s1", "board"]),
                _ => {}
            }
            all.push((source, format!("s{source}/c{at}"), claim));
        }
        let mut book = crate::bounds::codebook();
        book["upstreams"] = json!({ "board": {} });
        let mut files = vec![("codebook.json".to_owned(), book.to_string())];
        for source in 0..4 {
            let claims: Vec<&Value> = all.iter().filter(|(of, ..)| *of == source).map(|(_, _, claim)| claim).collect();
            let text = json!({ "source": { "id": format!("s{source}"), "published": "2030-01-01" }, "claims": claims });
            files.push((format!("sources/s{source}.json"), text.to_string()));
        }
        let corpus = gainsay::load(&Folder::from_files(files)).unwrap_or_else(|faults| panic!("{faults}"));
        check_laws(&corpus);
        let mut expected: BTreeSet<(String, String, bool)> = BTreeSet::new();
        for (one, name, claim) in &all {
            for (other, other_name, other_claim) in &all {
                let same =
                    ["measure", "place", "target", "period"].iter().all(|key| claim.get(*key) == other_claim.get(*key));
                // A number that holds at a time is of one day, or of a moment that nobody names.
                let at_once = claim["measure"] != "fighters" || claim["period"].as_str().unwrap().len() == 10;
                let whole = ["attacks", "claimed", "fighters"].contains(&claim["measure"].as_str().unwrap());
                let (low, high) = ends(&claim["value"], whole);
                let (other_low, other_high) = ends(&other_claim["value"], whole);
                if name < other_name && same && at_once && low <= other_high && other_low <= high {
                    let chain = |source: &usize, claim: &Value| -> BTreeSet<String> {
                        let credits = claim.get("attributed_to").and_then(Value::as_array);
                        let credits = credits.into_iter().flatten().map(|credit| credit.as_str().unwrap().to_owned());
                        credits.chain([format!("s{source}")]).collect()
                    };
                    let independent = chain(one, claim).is_disjoint(&chain(other, other_claim));
                    expected.insert((name.clone(), other_name.clone(), independent));
                }
            }
        }
        let shown = everything(&corpus);
        let ordered = |pair: &[String; 2]| {
            let mut pair = pair.clone();
            pair.sort();
            pair
        };
        let mut found: BTreeSet<(String, String, bool)> = BTreeSet::new();
        for group in &shown.groups {
            for pair in &group.agreements {
                let [one, other] = ordered(&pair.claims);
                (agreeing, dependent) = (agreeing + 1, dependent + usize::from(!pair.independent));
                found.insert((one, other, pair.independent));
            }
            for pair in &group.repeats {
                let [one, other] = ordered(pair);
                repeating += 1;
                found.insert((one, other, false));
            }
        }
        assert_eq!(found, expected, "seed {seed}");
    }
    assert!(agreeing > 100 && dependent > 20 && repeating > 40, "{agreeing} {dependent} {repeating}");
}

/// The rows of a CSV text, by the letter of RFC 4180.
fn read_csv(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut letters = text.chars().peekable();
    let mut quoted = false;
    while let Some(letter) = letters.next() {
        let row = rows.last_mut().unwrap();
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => row.last_mut().unwrap().push(letters.next().unwrap()),
            '"' if quoted => {
                quoted = false;
                assert!(matches!(letters.peek(), Some(',' | '\r')), "a quoted cell ends where it ends");
            }
            '"' => {
                assert!(row.last().unwrap().is_empty(), "a quote stands at the start of a cell");
                quoted = true;
            }
            ',' if !quoted => row.push(String::new()),
            '\r' if !quoted => {
                assert_eq!(letters.next(), Some('\n'));
                rows.push(vec![String::new()]);
            }
            '\n' => assert!(quoted, "a line ends with both characters"),
            letter => row.last_mut().unwrap().push(letter),
        }
    }
    assert_eq!(rows.pop().unwrap(), [""], "the last line has its break");
    rows
}

#[test]
fn a_spreadsheet_reads_the_csv_and_computes_nothing() {
    let corpus = small();
    let report = gainsay::check(&corpus, &Options::default());
    for text in [shown_csv(&everything(&corpus)), catalogue_csv(&catalogue(&corpus, &report))] {
        let rows = read_csv(&text);
        assert!(rows.len() > 15);
        for row in &rows {
            assert_eq!(row.len(), rows[0].len(), "{row:?}");
            for cell in row {
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
                assert!(!cell.contains(['\u{202e}', '\u{1b}', '\u{7}', '\n']), "{cell}");
            }
        }
    }
    let rows = read_csv(&shown_csv(&everything(&corpus)));
    assert_eq!(rows.len(), 33, "a row for each claim, below the names of the columns");
    let column = |name: &str| rows[0].iter().position(|cell| cell == name).unwrap();
    let of = |claim: &str| rows.iter().find(|row| row[column("claim")] == claim).unwrap();
    let hostile = of("leaflet/hostile");
    assert_eq!(hostile[column("quote")], "'-5 | <b>five\"</b>, [homes](http://x.example) \u{fffd}\u{fffd}");
    assert!(hostile[column("source_name")].starts_with("'=1+1 | <script>"));
    let gazette = of("gazette-2023/coast");
    assert_eq!(gazette[column("chain")], "courier-2023; water-board");
    assert_eq!((&*gazette[column("low")], &*gazette[column("high")]), ("400", ""));
    assert_eq!(gazette[column("shared")], "courier-2023/coast");
}

/// The cells of a row of a table, as GitHub's Markdown splits it.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => cells.last_mut().unwrap().extend(letters.next()),
            '|' => cells.push(String::new()),
            letter => cells.last_mut().unwrap().push(letter),
        }
    }
    let last = cells.len() - 1;
    assert!(cells[0].is_empty() && cells[last].is_empty());
    cells[1..last].iter().map(|cell| cell.trim().to_owned()).collect()
}

#[test]
fn tables_of_markdown_keep_their_columns_and_show_what_was_written() {
    let corpus = small();
    let report = gainsay::check(&corpus, &Options::default());
    for text in [shown_markdown(&everything(&corpus)), catalogue_markdown(&catalogue(&corpus, &report))] {
        let mut width = None;
        for line in text.lines() {
            if line.starts_with('|') {
                assert_eq!(*width.get_or_insert(cells(line).len()), cells(line).len(), "{line}");
            } else {
                width = None;
            }
            let tags = line.replace("<br>", "");
            assert!(!tags.contains(['<', '>', '\u{202e}', '\u{1b}']), "{line}");
        }
    }
    let text = shown_markdown(&everything(&corpus));
    let line = text.lines().find(|line| line.contains("leaflet/hostile")).unwrap();
    // A character without width keeps the address from becoming a link.
    let quote = cells(line)[3].replace("&lt;", "<").replace("&gt;", ">").replace("&#8203;", "");
    assert_eq!(quote, "“-5 | <b>five\"</b>, [homes](http://x.example) \u{fffd}\u{fffd}”");
    assert!(!line.replace("\\]", "").contains("](") && !line.contains("http:/"), "no link: {line}");
}

#[test]
fn json_is_what_its_page_says() {
    let corpus = small();
    let shown: Value = serde_json::from_str(&shown_json(&ask(&corpus, &["homes-flooded"]))).unwrap();
    assert_eq!((&shown["schema"], &shown["tool"]["name"]), (&json!(1), &json!("gainsay")));
    assert_eq!(
        shown["selection"][0]["means"][0],
        json!({ "kind": "measure", "of": null, "id": "homes-flooded", "label": "homes flooded", "claims": 16 })
    );
    let coast = &shown["groups"][1];
    assert_eq!(coast["scope"]["outer"], json!({ "place": "north-coast", "period": "2022-01-01/2022-12-31" }));
    let courier =
        coast["claims"].as_array().unwrap().iter().find(|claim| claim["claim"] == "courier-2023/coast").unwrap();
    assert_eq!(
        courier["chain"],
        json!([{ "kind": "upstream", "id": "water-board", "label": "the Water Board's yearly report" }])
    );
    assert_eq!(courier["strict"], json!({ "low": "450", "low_open": false, "high": "450", "high_open": false }));
    let report = gainsay::check(&corpus, &Options::default());
    let listed = catalogue_json(&catalogue(&corpus, &report));
    let catalogue: Value = serde_json::from_str(&listed).unwrap();
    let entry =
        |id: &str| catalogue["entries"].as_array().unwrap().iter().find(|entry| entry["id"] == id).unwrap().clone();
    let board = entry("water-board");
    // The courier's figure, its first one, its change, and the gazette's figure, in four agreements: with the almanac three
    // times, and with each other.
    assert_eq!((&board["claims"], &board["sources"]), (&json!(4), &json!(2)));
    assert_eq!((&board["agreements"], &board["independent"]), (&json!(4), &json!(3)));
    for text in [shown_json(&everything(&corpus)), listed] {
        assert!(!text.contains(['\u{202e}', '\u{1b}', '\u{7}']));
    }
}

#[test]
fn the_order_of_files_and_claims_changes_nothing() {
    let written = |corpus: &Corpus| {
        let mut shown = everything(corpus);
        for claim in shown.groups.iter_mut().flat_map(|group| &mut group.claims) {
            (claim.line, claim.column) = (0, 0);
        }
        let report = gainsay::check(corpus, &Options::default());
        let catalogue = catalogue(corpus, &report);
        let options = TextOptions::default();
        [
            shown_json(&shown),
            shown_text(&shown, options),
            shown_markdown(&shown),
            shown_csv(&shown),
            catalogue_json(&catalogue),
            catalogue_text(&catalogue, options),
        ]
    };
    for folder in ["claims", "tests/fixtures/show"] {
        let files = crate::shuffled::files(&root().join(folder));
        let load = |files: Vec<(String, String)>| gainsay::load(&Folder::from_files(files)).unwrap();
        let straight = written(&load(files.clone()));
        for seed in [1, 2, 3] {
            assert_eq!(written(&load(crate::shuffled::shuffle(&files, seed))), straight);
        }
    }
}

#[test]
fn every_format_of_the_small_folder() {
    let corpus = small();
    let report = gainsay::check(&corpus, &Options::default());
    let shown = everything(&corpus);
    snapshot("show-small-text", &shown_text(&shown, TextOptions::default()));
    snapshot("show-small-markdown", &shown_markdown(&shown));
    snapshot("show-small-csv", &shown_csv(&shown).replace('\r', ""));
    snapshot("show-small-json", &shown_json(&ask(&corpus, &["dyke-break"])));
    snapshot("show-catalogue-text", &catalogue_text(&catalogue(&corpus, &report), TextOptions::default()));
    let narrow = TextOptions { width: 40, ..TextOptions::default() };
    let text = shown_text(&shown, narrow);
    assert!(text.lines().all(|line| line.chars().count() <= 60), "no line is much too long for a narrow window");
}

#[test]
fn the_attacks_of_the_four_papers() {
    let corpus = corpus(&root().join("claims"));
    snapshot("show-papers-attacks", &shown_text(&ask(&corpus, &["attacks"]), TextOptions::default()));
}
