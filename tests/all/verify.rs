//! Quotes against texts: what is found, what is shown where it is not, and what is never touched.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use gainsay::report::verified::{NearestPassage, QuoteFinding, Verified, verified_json, verified_text};
use gainsay::report::{TextOptions, Verdict};
use gainsay::texts::{Op, Outcome, Search, Steps, nearest, page, parts};
use proptest::prelude::*;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::support::{root, verified, verified_on};

const BOOK: &str = r#"{
  "dimensions": { "place": { "phrase": "in {}", "root": "world", "terms": { "harbour": { "label": "the harbour" } } } },
  "measures": { "boats": { "unit": "boat", "kind": "count", "whole": true, "dimensions": ["place"], "phrase": "{} boats lost" } }
}"#;

fn sha256(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(bytes))
}

/// A claim that any quote without a figure, or with the figure nine, carries.
fn claim(id: &str, quote: &str, line: Option<u32>) -> Value {
    let claim = json!({ "id": id, "quote": quote, "measure": "boats", "period": "1953", "value": 9 });
    let mut claim = claim.as_object().unwrap().clone();
    claim.extend(line.map(|line| ("line".to_owned(), line.into())));
    claim.into()
}

fn source(id: &str, file: &str, sha256: &str, claims: &[Value]) -> String {
    json!({ "source": { "id": id, "text": { "file": file, "sha256": sha256 } }, "claims": claims }).to_string()
}

/// One source with these claims and this text.
fn on(text: &str, claims: &[Value]) -> Verified {
    verified_on(vec![
        ("codebook.json".to_owned(), BOOK.to_owned()),
        ("sources/gazette.json".to_owned(), source("gazette", "g.txt", &sha256(text.as_bytes()), claims)),
        ("texts/g.txt".to_owned(), text.to_owned()),
    ])
}

/// How a passage differs, on one line.
fn shown(nearest: &NearestPassage) -> String {
    let mark = |op: Op, text: &str| match op {
        Op::Delete => format!("[-{text}-]"),
        Op::Insert => format!("{{+{text}+}}"),
        Op::Equal => text.to_owned(),
    };
    nearest.diff.iter().map(|part| mark(part.op, &part.text)).collect()
}

/// The one missing quote's nearest passage.
fn missing(verified: &Verified) -> Option<NearestPassage> {
    let [found] = verified.findings.as_slice() else { panic!("one finding: {:?}", verified.findings) };
    assert_eq!((found.finding.rule, found.finding.verdict), ("quote-not-found", Verdict::Contradiction));
    found.nearest.clone()
}

/// Counted by hand on the fixture's text; each of its claims has a note that says why.
#[test]
fn the_fixture_is_counted_as_by_hand() {
    let verified = verified(&root().join("tests/fixtures/rules/quote-not-found"));
    let summary = &verified.summary;
    assert_eq!((summary.sources, summary.claims), (2, 12));
    assert_eq!((summary.at_line, summary.without_line, summary.moved), (5, 1, 1));
    assert_eq!((summary.missing, summary.not_verified, summary.repeated), (4, 1, 1));
    assert_eq!((summary.contradictions, summary.tensions, summary.notes), (5, 2, 3));
    let lines = &summary.lines;
    assert_eq!((lines.by_claims, lines.by_omissions, lines.uncovered), (7, 1, 2));
    assert_eq!((verified.moved[0].line, verified.moved[0].found), (3, (12, 12)));
    assert_eq!(verified.repeated[0].places, [(7, 7), (11, 11)]);
    assert_eq!(verified.uncovered[0].lines, (15, 16));
    // A claim touches line 3 and line 2 is blank; the last line holds no figure, and is left out on purpose all the same.
    assert_eq!(verified.omissions_unused.len(), 1);
    assert_eq!(verified.omissions_unused[0].lines, (2, 3));
    assert_eq!(verified.not_verified[0].claim, "gazette/lost");
    let diffs: Vec<(String, String)> = verified
        .findings
        .iter()
        .filter_map(|found| Some((found.finding.claims[0].claim.clone(), shown(found.nearest.as_ref()?))))
        .collect();
    let expected = [
        ("harbour-news/cut-number", "[-262-]{+1,262+} copies"),
        ("harbour-news/misspelt", "nine [-boatz-]{+boats+} were lost"),
        ("harbour-news/other-part", "held for [-21-]{+12+} days"),
    ];
    assert_eq!(diffs, expected.map(|(claim, diff)| (claim.to_owned(), diff.to_owned())));
}

#[test]
fn a_changed_letter_is_found_wherever_it_is() {
    let text = "Many ships were in the bay.\nThat night the storm sank\nboats of the fleet.\nNobody had warned them.";
    let quote = "the storm sank boats of the fleet";
    assert_eq!(on(text, &[claim("c", quote, Some(2))]).summary.at_line, 1);
    for (at, letter) in quote.char_indices().filter(|(_, letter)| *letter != ' ') {
        let other = if letter == 'q' { 'x' } else { 'q' };
        let changed = format!("{}{other}{}", &quote[..at], &quote[at + 1..]);
        let verified = on(text, &[claim("c", &changed, Some(2))]);
        let nearest = missing(&verified).unwrap();
        assert_eq!((nearest.passage.as_str(), nearest.lines), (quote, (2, 3)), "{changed}");
        assert_eq!(nearest.similarity, "32/33", "all of the letters but one");
        let word = quote[at..].find(' ').map_or(quote.len(), |end| at + end);
        let start = quote[..at].rfind(' ').map_or(0, |space| space + 1);
        let marked = format!("[-{}-]{{+{}+}}", &changed[start..word], &quote[start..word]);
        assert!(shown(&nearest).contains(&marked), "{}", shown(&nearest));
        // A letter less, at the end too.
        let cut = format!("{}{}", &quote[..at], &quote[at + 1..]);
        assert!(missing(&on(text, &[claim("c", &cut, None)])).is_some(), "{cut}");
    }
}

#[test]
fn a_moved_quote_is_told_with_both_lines_and_two_as_near_with_both() {
    let text = "a\nnine boats\nb\nc\nd\nnine boats\n";
    let moved = |line| on(text, &[claim("c", "nine boats", Some(line))]);
    for (line, found) in [(1, (2, 2)), (3, (2, 2)), (5, (6, 6)), (900, (6, 6))] {
        let verified = moved(line);
        assert_eq!((verified.moved[0].line, verified.moved[0].found), (line, found));
        assert!(verified.moved[0].equally_near.is_empty());
        assert_eq!(verified.corrections()["sources/gazette.json"]["c"], found.0);
        assert!(verified.has(Verdict::Tension) && !verified.has(Verdict::Contradiction));
    }
    let both = moved(4);
    assert_eq!((both.moved[0].found, both.moved[0].equally_near.as_slice()), ((2, 2), [(6, 6)].as_slice()));
    assert!(both.corrections().is_empty(), "nobody can say which");
    assert_eq!(moved(6).summary.at_line, 1);
    assert_eq!(moved(6).repeated[0].places, [(2, 2), (6, 6)], "told even where the line picks one");
}

#[test]
fn many_places_are_counted_and_ten_are_named() {
    let text = "nine boats\n".repeat(25);
    let verified = on(&text, &[claim("c", "nine boats", None)]);
    assert_eq!((verified.repeated[0].places.len(), verified.repeated[0].more), (10, 15));
    assert_eq!(verified.summary.lines.by_claims, 25, "without a line, any of them may be meant");
}

#[test]
fn what_was_left_out_of_a_quote_is_not_covered_by_it() {
    let text = "nine boats sank\nand seven lighters\nin the storm of 1953\n";
    let verified = on(text, &[claim("c", "nine boats sank [...] in the storm", Some(1))]);
    assert_eq!(verified.summary.at_line, 1);
    assert_eq!(verified.uncovered.len(), 1);
    assert_eq!(
        (verified.uncovered[0].lines, verified.uncovered[0].excerpts[0].as_str()),
        ((2, 2), "and seven lighters")
    );
}

/// What ends a line in the file makes no difference, and the SHA-256 is of the bytes that are there.
#[test]
fn lines_end_in_a_carriage_return_too() {
    let lines = ["Title", "", "nine boats", "were lost in 1953", "and 7 found", ""];
    for end in ["\n", "\r\n", "\r"] {
        let verified =
            on(&lines.join(end), &[claim("c", "nine boats were lost", Some(3)), claim("d", "7 found", Some(1))]);
        assert_eq!((verified.summary.at_line, verified.summary.moved), (1, 1), "{end:?}");
        assert_eq!(verified.moved[0].found, (5, 5), "{end:?}");
        assert_eq!((verified.summary.lines.by_claims, verified.uncovered.len()), (3, 0), "{end:?}");
        let verified = on(&lines.join(end), &[]);
        let stretches: Vec<_> =
            verified.uncovered.iter().map(|stretch| (stretch.lines, stretch.excerpts.len())).collect();
        assert_eq!(stretches, [((3, 5), 3)], "{end:?}");
    }
}

#[test]
fn an_empty_text_and_a_quote_of_nothing_are_told() {
    let verified = on("", &[claim("c", "nine boats", Some(1))]);
    assert!(missing(&verified).is_none());
    let text = "nine boats — “lost” … (see below) * ! ";
    for quote in ["[...]", "*", "—", "\"", "…", "("] {
        let verified = on(text, &[claim("c", quote, Some(1))]);
        assert!(missing(&verified).is_none(), "{quote}");
        assert!(verified.findings[0].finding.explanation.contains("The quote names no words"), "{quote}");
    }
    let verified = on(text, &[claim("c", "nine boats [...] …", Some(1))]);
    assert!(verified.findings[0].finding.explanation.contains("The part “...” of the quote names no words"));
    assert_eq!(
        on(text, &[claim("c", "nine boats — “lost” …", Some(1))]).summary.at_line,
        1,
        "beside words marks count"
    );
}

/// Of entries for the same lines the first is the one that leaves them out.
#[test]
fn lines_are_left_out_once() {
    let text = "nine boats\nup in 1953\nand 1954\n\nand 1955\nand 1956\n";
    let entry =
        |first: u32, last: u32, reason: &str| json!({ "source": "gazette", "lines": [first, last], "reason": reason });
    let entries = [
        entry(2, 3, "first"),
        entry(5, 5, "alone"),
        entry(2, 3, "the same"),
        entry(3, 6, "one line more"),
        entry(2, 5, "lines of three"),
        entry(1, 1, "of a claim"),
        entry(6, 6, "the last again"),
    ];
    let verified = verified_on(vec![
        ("codebook.json".to_owned(), BOOK.to_owned()),
        (
            "sources/gazette.json".to_owned(),
            source("gazette", "g.txt", &sha256(text.as_bytes()), &[claim("c", "nine boats", Some(1))]),
        ),
        ("omitted.json".to_owned(), json!({ "omitted": entries }).to_string()),
        ("texts/g.txt".to_owned(), text.to_owned()),
    ]);
    let unused: Vec<(&str, &str)> =
        verified.omissions_unused.iter().map(|unused| (unused.reason.as_str(), unused.why)).collect();
    let again = "another entry leaves these lines out already";
    let claimed = "each of its lines is blank or in a claim";
    let expected = [("the same", again), ("lines of three", again), ("of a claim", claimed), ("the last again", again)];
    assert_eq!(unused, expected);
    assert_eq!((verified.summary.lines.by_omissions, verified.summary.tensions), (4, 4));
}

#[test]
fn what_is_not_half_alike_is_not_offered() {
    let verified = on("Title\n\nnine boats were lost", &[claim("c", "a ministry fully resigned", Some(3))]);
    assert!(missing(&verified).is_none());
    let json: Value = serde_json::from_str(&verified_json(&verified)).unwrap();
    assert_eq!(json["findings"][0]["nearest"], Value::Null);
    let text = verified_text(&verified, TextOptions { width: 1_000, ..TextOptions::default() });
    assert!(text.contains("nothing much like them was found in it.") && !text.contains("Only in the quote"), "{text}");
}

/// Nineteen of twenty letters, twice, of forty.
#[test]
fn a_percent_sign_stays_beside_its_figure() {
    let verified = on("nine boats were lost", &[claim("c", "nine boatz were lost", Some(1))]);
    for width in 40..120 {
        let text = verified_text(&verified, TextOptions { width, ..TextOptions::default() });
        let line = text.lines().find(|line| line.contains('%'));
        assert!(line.is_some_and(|line| line.contains("95\u{a0}%")), "{width}: {text}");
    }
}

#[test]
fn a_difference_that_nobody_sees_is_shown_as_code_points() {
    for (text, quote, expected) in [
        ("two cafe\u{301}s were lost", "two caf\u{e9}s were lost", "> two [-caf\u{e9}s-]{+cafe\\u{301}s+} were lost"),
        ("two boats were lost", "two bo\u{430}ts were lost", "> two [-bo\\u{430}ts-]{+boats+} were lost"),
        ("two boats\u{fe0f} were lost", "two boats were lost", "> two boats{+\\u{fe0f}+} were lost"),
    ] {
        let claims = [claim("c", quote, Some(1))];
        let text = verified_text(&on(text, &claims), TextOptions::default());
        assert!(text.contains(expected), "{expected}: {text}");
    }
}

/// Control and direction characters of a text or a quote never reach the reader's terminal.
#[test]
fn hostile_text_is_shown_harmlessly() {
    let text = "nine \u{1b}[31mboats\u{202e} were\u{9b}2J lost\nthe 7 \u{1b}]0;x\u{7} others\u{2066}\n";
    let verified = on(text, &[claim("c", "nine \u{1b}[31mboatz\u{202e} were\u{9b}2J lost", Some(1))]);
    assert!(missing(&verified).is_some() && verified.uncovered.len() == 1);
    let options = TextOptions { all: true, ..TextOptions::default() };
    for output in [verified_json(&verified), verified_text(&verified, options)] {
        let acts = |letter: &char| {
            (letter.is_control() && *letter != '\n')
                || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        assert_eq!(output.chars().find(acts), None, "{output}");
    }
}

#[test]
fn colour_marks_what_differs_and_changes_no_letter() {
    let verified = on("nine boats were lost", &[claim("c", "nine boatz were lost", Some(1))]);
    let plain = verified_text(&verified, TextOptions::default());
    let colour = verified_text(&verified, TextOptions { colour: true, ..TextOptions::default() });
    assert!(plain.contains("> nine [-boatz-]{+boats+} were lost") && !plain.contains('\u{1b}'));
    assert!(colour.contains("\u{1b}[31m[-boatz-]\u{1b}[0m\u{1b}[32m{+boats+}\u{1b}[0m"), "{colour}");
}

/// A long text with many misquotes costs some thousand steps for each, and a hostile one ends.
#[test]
fn the_work_is_counted() {
    let words: Vec<String> = (0..200_000_u32).map(|at| format!("{:x}", at.wrapping_mul(2_654_435_761) >> 12)).collect();
    let text = words.join(" of ");
    let folded = page(&text);
    let quotes: Vec<String> =
        text.split(" of ").step_by(200).take(1_000).map(|word| format!("{word} on the bay")).collect();
    let wanted: Vec<(&str, Option<u32>)> = quotes.iter().map(|quote| (quote.as_str(), Some(1))).collect();
    let mut steps = Steps::new(Steps::NEAREST);
    assert!(nearest(&folded, &wanted, &mut steps).iter().all(Option::is_some));
    assert!(Steps::NEAREST - steps.left() < 1_000 * 100_000, "{}", Steps::NEAREST - steps.left());
    let folded = page(&"a ".repeat(300_000));
    let quote = parts("a a a a a a a a a a b");
    let mut steps = Steps::new(Steps::SEARCH);
    let search = Search::new(&folded, &quote);
    assert_eq!(search.find(&quote, &mut steps), Ok(Outcome::Missing(vec![0])));
    assert_eq!(steps.left(), Steps::SEARCH, "the rarest word is nowhere, so nothing is compared");
}

// --- on the disk, as a person runs it

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for inner in ["claims/sources", "texts"] {
            fs::create_dir_all(folder.path().join(inner)).unwrap();
        }
        fs::write(folder.path().join("claims/codebook.json"), BOOK).unwrap();
        Self { folder }
    }

    fn path(&self, inner: &str) -> PathBuf {
        self.folder.path().join(inner)
    }

    fn write(&self, inner: &str, bytes: impl AsRef<[u8]>) -> &Self {
        fs::create_dir_all(self.path(inner).parent().unwrap()).unwrap();
        fs::write(self.path(inner), bytes).unwrap();
        self
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gainsay"));
        command.arg("verify").args(arguments).current_dir(&self.folder).env_remove("COLUMNS").stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }
}

fn text_of(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

const TEXT: &str = "Title\n\nnine boats were lost\nseven boats were found\n";

/// A claims file with odd spacing, odd escapes and no final line break, in which some lines are wrong.
fn odd() -> String {
    format!(
        "{{\r\n\t\"source\" : {{ \"id\":\"gazette\", \"note\": null, \"text\": {{\"file\":\"g.txt\",\"sha256\":\"{}\"}} }},\n\
         \"claims\":[{{\"line\":  1 ,\"id\":\"lost\",\"quote\":\"nine b\\u006fats\",\"measure\":\"boats\",\"period\":\"1953\",\"value\":9 }},\n\
         {{\"id\":\"found\", \"quote\":\"seven boats\", \"l\\u0069ne\":77, \"measure\":\"boats\",\"period\":\"1954\",\"value\":7 }},\n\
         {{\"id\":\"right\", \"quote\":\"were lost\", \"line\":3, \"measure\":\"boats\",\"period\":\"1955\",\"value\":{{\"at_least\":1}} }}]}}",
        sha256(TEXT.as_bytes())
    )
    .replace(" \"note\": null,", "")
}

#[test]
fn fixing_lines_changes_their_digits_and_not_a_byte_more() {
    let desk = Desk::new();
    desk.write("texts/g.txt", TEXT).write("claims/sources/gazette.json", odd());
    let told = desk.run(&["--texts", "texts", "--fail-on", "tension"]);
    assert_eq!(told.status.code(), Some(1));
    assert!(text_of(&told.stdout).contains("`--fix-lines`"), "{}", text_of(&told.stdout));
    assert_eq!(fs::read_to_string(desk.path("claims/sources/gazette.json")).unwrap(), odd(), "nothing unasked");
    let fixed = desk.run(&["--texts", "texts", "--fail-on", "tension", "--fix-lines", "--format", "json"]);
    assert_eq!(fixed.status.code(), Some(0), "{}", text_of(&fixed.stderr));
    let expected = odd().replace("\"line\":  1 ,", "\"line\":  3 ,").replace("ne\":77", "ne\":4");
    assert_eq!(fs::read_to_string(desk.path("claims/sources/gazette.json")).unwrap(), expected);
    let report: Value = serde_json::from_slice(&fixed.stdout).unwrap();
    assert_eq!(report["schema"], 1);
    assert_eq!((&report["summary"]["moved"], &report["summary"]["tensions"]), (&json!(2), &json!(0)));
    assert_eq!((&report["moved"][1]["found"], &report["moved"][1]["fixed"]), (&json!([3, 3]), &json!(true)));
    let again = desk.run(&["--texts", "texts", "--fail-on", "tension", "--fix-lines"]);
    assert!(text_of(&again.stdout).contains("Their quotes: 3 at their line, 0 moved"), "{}", text_of(&again.stdout));
}

/// Two claims files whose lines are wrong.
fn two_to_correct() -> (Desk, [String; 2]) {
    let desk = Desk::new();
    let files = ["almanac", "gazette"].map(|id| {
        let file = source(id, "g.txt", &sha256(TEXT.as_bytes()), &[claim("c", "nine boats", Some(1))]);
        desk.write(&format!("claims/sources/{id}.json"), &file);
        file
    });
    desk.write("texts/g.txt", TEXT);
    (desk, files)
}

fn read_both(desk: &Desk) -> [String; 2] {
    ["almanac", "gazette"].map(|id| fs::read_to_string(desk.path(&format!("claims/sources/{id}.json"))).unwrap())
}

/// A mark binds whoever could overrule it, too.
#[test]
fn a_read_only_file_keeps_every_file_as_it_is() {
    let (desk, before) = two_to_correct();
    let file = desk.path("claims/sources/gazette.json");
    let free = fs::metadata(&file).unwrap().permissions();
    let mut bound = free.clone();
    bound.set_readonly(true);
    fs::set_permissions(&file, bound).unwrap();
    let output = desk.run(&["--texts", "texts", "--fix-lines"]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    let told = text_of(&output.stderr);
    assert!(told.contains("gazette.json` is read-only") && told.contains("no line number was corrected"), "{told}");
    assert_eq!(read_both(&desk), before, "the file before it is left alone too");
    assert!(fs::metadata(&file).unwrap().permissions().readonly());
    fs::set_permissions(&file, free).unwrap();
    assert_eq!(desk.run(&["--texts", "texts", "--fix-lines", "--fail-on", "tension"]).status.code(), Some(0));
    assert_eq!(read_both(&desk), before.map(|file| file.replace("\"line\":1", "\"line\":3")));
}

#[test]
fn a_report_that_cannot_be_written_keeps_every_file_as_it_is() {
    let (desk, before) = two_to_correct();
    for (place, says) in [("nowhere/report.txt", "there is no folder `nowhere`"), ("texts", "it is a folder")] {
        let output = desk.run(&["--texts", "texts", "--fix-lines", "--output", place]);
        assert_eq!(output.status.code(), Some(2), "{place}");
        let told = text_of(&output.stderr);
        assert!(told.contains(says) && told.contains("no line number was corrected"), "{told}");
        assert_eq!(read_both(&desk), before, "{place}");
    }
    let output = desk.run(&["--texts", "texts", "--fix-lines", "--output", "report.txt"]);
    assert_eq!(output.status.code(), Some(0), "{}", text_of(&output.stderr));
    assert!(fs::read_to_string(desk.path("report.txt")).unwrap().contains("2 line numbers corrected"));
    let left: Vec<_> = fs::read_dir(desk.path("claims/sources")).unwrap().collect();
    assert_eq!(left.len(), 2, "nothing stays of the trial");
}

/// The device on which no byte has room.
#[test]
#[cfg(target_os = "linux")]
fn what_was_changed_before_a_failure_is_named() {
    let (desk, before) = two_to_correct();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = desk.command(&["--texts", "texts", "--fix-lines"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let told = text_of(&output.stderr);
    let files = "corrected already in `claims/sources/almanac.json`, `claims/sources/gazette.json`";
    assert!(told.contains(files), "{told}");
    assert_ne!(read_both(&desk), before);
}

#[test]
fn a_line_that_cannot_be_told_is_left_alone() {
    let text = "nine boats\nx\nnine boats\n";
    let desk = Desk::new();
    let file = source("gazette", "g.txt", &sha256(text.as_bytes()), &[claim("c", "nine boats", Some(2))]);
    desk.write("texts/g.txt", text).write("claims/sources/gazette.json", &file);
    let output = desk.run(&["--texts", "texts", "--fix-lines"]);
    assert_eq!(fs::read_to_string(desk.path("claims/sources/gazette.json")).unwrap(), file);
    assert!(text_of(&output.stdout).contains("as near on line 1 as on line 3"), "{}", text_of(&output.stdout));
    assert!(text_of(&output.stderr).contains("left as"), "{}", text_of(&output.stderr));
}

#[test]
fn standard_input_is_verified_and_never_written() {
    let desk = Desk::new();
    desk.write("texts/g.txt", TEXT);
    let mut command = desk.command(&["-", "--texts", "texts", "--fix-lines", "--fail-on", "tension"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(odd().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", text_of(&output.stderr));
    assert!(text_of(&output.stderr).contains("standard input"), "{}", text_of(&output.stderr));
    assert!(!desk.path("<stdin>").exists());
}

/// Everything that can be wrong with texts is told in one run, with the place and a remedy, and nothing is written.
#[test]
fn faults_of_texts_are_told_all_at_once() {
    let desk = Desk::new();
    let good = sha256(TEXT.as_bytes());
    let latin1 = b"nine boats\nd\xe9truits\n";
    let pdf = b"%PDF-1.4\r%\xe2\xe3\xcf\xd3\r";
    let utf16 = b"\xff\xfen\0i\0n\0e\0";
    let sources = [
        ("changed", "g.txt", "0".repeat(64)),
        ("folder", "inner", good.clone()),
        ("latin", "latin.txt", sha256(latin1)),
        ("lost", "lost.txt", good.clone()),
        ("other", "paper.pdf", "1".repeat(64)),
        ("pdf", "paper.pdf", sha256(pdf)),
        ("wide", "wide.txt", sha256(utf16)),
    ];
    for (id, file, hash) in &sources {
        desk.write(&format!("claims/sources/{id}.json"), source(id, file, hash, &[]));
    }
    desk.write("claims/sources/gazette.json", odd());
    desk.write("texts/g.txt", TEXT).write("texts/latin.txt", latin1).write("texts/inner/x", "");
    desk.write("texts/paper.pdf", pdf).write("texts/wide.txt", utf16);
    for format in ["text", "json"] {
        let output = desk.run(&["--texts", "texts", "--fix-lines", "--format", format]);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
        let told = text_of(&output.stderr);
        for says in [
            "claims/sources/changed.json:1:",
            "error[text-changed]",
            good.as_str(),
            "error[unreadable-file]: the text `inner`",
            "error[not-utf8]: the text `latin.txt` is not UTF-8: the first invalid byte is on line 2",
            "`iconv -f latin1 -t utf-8`",
            "error[not-utf8]: the text `paper.pdf` is not UTF-8: the first invalid byte is on line 2",
            "it is a PDF: convert it (`pdftotext -layout -enc UTF-8`, say), and give the SHA-256 of what comes out",
            "find that one; this is a PDF: convert it (`pdftotext",
            "it is UTF-16: convert it (`iconv -f utf-16 -t utf-8`, say)",
            "error[missing-file]: there is no text `lost.txt`",
        ] {
            assert!(told.contains(says), "{says}: {told}");
        }
        assert_eq!(told.matches("error[").count(), 7, "{told}");
        assert_eq!(told.matches("latin1").count(), 1, "only where nothing better is known: {told}");
    }
    assert_eq!(fs::read_to_string(desk.path("claims/sources/gazette.json")).unwrap(), odd(), "nothing is written");
    for (texts, says) in [("nowhere", "there is no folder `nowhere`"), ("texts/g.txt", "is a file, not a folder")] {
        let output = desk.run(&["--texts", texts]);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
        assert!(text_of(&output.stderr).contains(says), "{}", text_of(&output.stderr));
    }
}

#[test]
fn a_text_that_is_too_large_is_not_read() {
    let desk = Desk::new();
    desk.write("claims/sources/gazette.json", odd());
    fs::File::create(desk.path("texts/g.txt")).unwrap().set_len(gainsay::load::MAX_TEXT_BYTES + 1).unwrap();
    let output = desk.run(&["--texts", "texts"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text_of(&output.stderr).contains("more than 64 MiB"), "{}", text_of(&output.stderr));
}

#[test]
fn the_exit_status_follows_fail_on() {
    let text = "nine boats\nseven boats\n";
    let status = |claims: &[Value], fail_on: &str| {
        let desk = Desk::new();
        let file = source("gazette", "g.txt", &sha256(text.as_bytes()), claims);
        desk.write("texts/g.txt", text).write("claims/sources/gazette.json", file);
        desk.run(&["claims", "--texts", "texts", "--fail-on", fail_on]).status.code().unwrap()
    };
    let wrong = [claim("c", "nine boatz", Some(1))];
    let moved = [claim("c", "nine boats", Some(2))];
    let right = [claim("c", "nine boats", Some(1))];
    let all = [claim("c", "nine boats", Some(1)), claim("d", "boats seven boats", Some(2))];
    for (claims, expected) in
        [(&wrong[..], [1, 1, 1, 0]), (&moved, [0, 1, 1, 0]), (&right, [0, 0, 1, 0]), (&all, [1; 4])]
    {
        for (fail_on, expected) in ["contradiction", "tension", "note", "never"].into_iter().zip(expected) {
            let found = status(claims, fail_on);
            let expected = if fail_on == "never" { 0 } else { expected };
            assert_eq!(found, expected, "{claims:?} {fail_on}");
        }
    }
}

#[test]
fn check_sends_whoever_asks_for_the_rule_to_verify() {
    let output = Command::new(env!("CARGO_BIN_EXE_gainsay"))
        .args(["check", "--rule", "quote-not-found"])
        .current_dir(root())
        .output()
        .unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    assert!(text_of(&output.stderr).contains("gainsay verify"), "{}", text_of(&output.stderr));
}

// --- a random text

const WORDS: [&str; 16] = [
    "nine",
    "boats",
    "1,262",
    "co-op",
    "\"worst\"",
    "group's",
    "2021-22",
    "(see",
    "below)",
    "of",
    "the",
    "3.5",
    "lost.",
    "Über",
    "two",
    "end;",
];
const BLANKS: [&str; 6] = [" ", "  ", "\n", " \r\n", "\u{a0}", "\t"];

/// The same word to a reader.
fn disturbed(word: &str, how: u8) -> String {
    match how % 7 {
        0 => word.replace('"', "“").replace('\'', "’").replace('-', "–"),
        1 => word.replace('"', "»").replace('\'', "‘").replace('-', "\u{2011}"),
        2 => format!("**{word}**"),
        // Not after the last letter: there it says that the word goes on in the next line.
        3 => word.chars().flat_map(|letter| ['\u{ad}', letter]).collect(),
        4 => word.chars().flat_map(|letter| ['\u{200b}', letter]).collect(),
        5 => format!("_{word}_"),
        _ => word.to_owned(),
    }
}

proptest! {
    /// A passage of a text is found on its lines, however the text and the quote are set.
    #[test]
    fn a_passage_is_found_on_its_lines(
        words in prop::collection::vec((0..WORDS.len(), 0..BLANKS.len(), any::<u8>()), 1..40),
        from in any::<prop::sample::Index>(),
        length in 1..14_usize,
        quoted in prop::collection::vec((0..2_usize, any::<u8>()), 14),
    ) {
        let from = from.index(words.len());
        let to = (from + length).min(words.len());
        let mut text = String::new();
        let mut lines = Vec::new();
        for (word, blank, how) in &words {
            lines.push(u32::try_from(text.matches('\n').count()).unwrap() + 1);
            text.push_str(&disturbed(WORDS[*word], *how));
            text.push_str(BLANKS[*blank]);
        }
        let quote: Vec<String> =
            words[from..to].iter().zip(&quoted).map(|((word, ..), (_, how))| disturbed(WORDS[*word], *how)).collect();
        let folded = page(&text);
        let quote = parts(&quote.join(" "));
        match Search::new(&folded, &quote).find(&quote, &mut Steps::new(Steps::SEARCH)).unwrap() {
            Outcome::Wordless(at) => prop_assert!(false, "a part without a word: {at} of {quote:?}"),
            Outcome::Missing(parts) => prop_assert!(false, "not found: {parts:?} of {quote:?} in {:?}", folded.text()),
            Outcome::Found(found) => {
                let places: Vec<(u32, u32)> = found.passages().iter().map(|passage| folded.lines(passage)).collect();
                prop_assert!(places.contains(&(lines[from], lines[to - 1])), "{places:?}");
            }
        }
    }

    /// What is equal or deleted makes up the quote, what is equal or inserted the passage.
    #[test]
    fn a_diff_leads_from_the_quote_to_the_passage(text in "[a-c ,.\n]{0,60}", quote in "[a-c ,]{1,20}", line in 1..4_u32) {
        let folded = page(&text);
        for part in parts(&quote) {
            for found in nearest(&folded, &[(part.as_str(), Some(line))], &mut Steps::new(1_000_000)).into_iter().flatten() {
                let side = |other| found.diff.iter().filter(move |part| part.op != other).map(|part| part.text.as_str());
                prop_assert_eq!(side(Op::Insert).collect::<String>(), part.as_str());
                let passage = &folded.text()[found.bytes.clone()];
                prop_assert_eq!(side(Op::Delete).collect::<String>(), passage.replace('\n', " "));
                prop_assert!(2 * found.same.0 <= found.same.1);
            }
        }
    }

    /// Whatever text and quote: an answer, and one that can be shown.
    #[test]
    fn any_text_and_any_quote_have_an_answer(text in "\\PC{0,80}|[\\[\\]()<>*_`^\\-\n\r \u{ad}a1.,]{0,80}", quote in "\\PC{1,30}|[\\[\\].()*a1,\\- \u{ad}]{1,30}", line in 1..9_u32) {
        prop_assume!(!quote.trim().is_empty() && quote.split_whitespace().count() <= 15);
        let verified = on(&text, &[claim("c", &quote, Some(line)), claim("d", &quote, None)]);
        let summary = &verified.summary;
        let fared = summary.at_line + summary.without_line + summary.moved + summary.missing + summary.not_verified;
        prop_assert_eq!(fared, 2);
        verified_text(&verified, TextOptions { all: true, colour: true, width: 40 });
        prop_assert!(serde_json::from_str::<Value>(&verified_json(&verified)).is_ok());
    }
}

#[test]
fn a_quote_without_any_figure_is_noted() {
    let text = "Nine boats were lost in 1953.\nThe boats were never found.";
    let noted = |quote: &str| -> Vec<String> {
        let verified = on(text, &[claim("c", quote, None)]);
        let rule = |found: &QuoteFinding| format!("{} {}", found.finding.rule, found.finding.verdict.word());
        verified.findings.iter().map(rule).collect()
    };
    assert_eq!(noted("The boats were never found"), ["figure-not-in-quote note"]);
    // A year is no figure of nine.
    assert_eq!(noted("were lost in 1953"), ["figure-not-in-quote note"]);
    assert_eq!(noted("Nine boats were lost"), [""; 0]);
}
