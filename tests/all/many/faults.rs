//! Broken lines are told word for word as on the ordinary road.

use gainsay::load::{Unread, load};
use proptest::prelude::*;

use super::draw::{SOURCES, codebook};
use super::{Files, told};

/// A claim with some of its entries replaced, written in this order.
fn claim(changes: &[(&str, &str)]) -> String {
    let mut entries = vec![
        ("source", r#""a""#),
        ("id", r#""x""#),
        ("quote", r#""so it is said""#),
        ("measure", r#""attacks""#),
        ("period", r#""2022""#),
        ("value", "5"),
    ];
    for &(key, value) in changes {
        match entries.iter_mut().find(|(own, _)| *own == key) {
            Some(entry) => entry.1 = value,
            None => entries.push((key, value)),
        }
    }
    let entries = entries.iter().filter(|(_, value)| !value.is_empty());
    let entries: Vec<String> = entries.map(|(key, value)| format!("\"{key}\": {value}")).collect();
    format!("{{{}}}", entries.join(", "))
}

fn words(number: usize) -> String {
    format!("\"{}\"", vec!["word"; number].join(" "))
}

/// Lines that are broken, or look as if they were.
#[expect(clippy::too_many_lines, reason = "a list of lines")]
fn odd() -> Vec<Vec<u8>> {
    let sixteen = words(16);
    let fifteen = words(15);
    let nbsp = format!("\"{}\"", vec!["word"; 16].join("\u{a0}"));
    let long_id = format!("\"{}\"", "a".repeat(65));
    let digits = "1".repeat(31);
    let deep = format!("{}1{}", "[".repeat(40), "]".repeat(40));
    let very_deep = "[".repeat(3000);
    let long = format!("\"{}\"", "x".repeat(5000));
    let changes: &[&[(&str, &str)]] = &[
        &[("source", "")],
        &[("source", r#""zzz""#)],
        &[("source", "7")],
        &[("source", "null")],
        &[("source", r#""A""#)],
        &[("source", r#"{"id": "late"}"#)],
        &[("source", r#"{"id": "a"}"#)],
        &[("source", r#""\u0061""#)],
        &[("id", "")],
        &[("id", "7")],
        &[("id", r#""""#)],
        &[("id", r#""X""#)],
        &[("id", r#""a b""#)],
        &[("id", &long_id)],
        &[("id", r#""\u0078""#)],
        &[("id", r#""a\"b""#)],
        &[("id", "\"caf\u{e9}\"")],
        &[("quote", "")],
        &[("quote", r#""""#)],
        &[("quote", r#"" ""#)],
        &[("quote", &sixteen)],
        &[("quote", &fifteen)],
        &[("quote", &nbsp)],
        &[("quote", "\"\u{a0}\"")],
        &[("quote", "null")],
        &[("quote", "\"a\tb\"")],
        &[("quote", "\"a\u{0}b\"")],
        &[("quote", "\"a\u{7f}b\u{202e}\"")],
        &[("quote", r#""\ud800""#)],
        &[("quote", r#""\u0000""#)],
        &[("quote", r#""\q""#)],
        &[("quote", &long)],
        &[("measure", "")],
        &[("measure", r#""attack""#)],
        &[("measure", "3")],
        &[("measure", r#""constructor""#)],
        &[("measure", r#""area""#)],
        &[("measure", r#""fighters""#), ("target", r#""police""#)],
        &[("period", "")],
        &[("period", "2022")],
        &[("period", r#""2022-13""#)],
        &[("period", r#""2022-02-30""#)],
        &[("period", r#""2022/2021""#)],
        &[("period", r#""yesterday""#)],
        &[("period", "\"2022 \"")],
        &[("period", "\"\u{ff12}\u{ff10}\u{ff12}\u{ff12}\"")],
        &[("period", r#""99999-01-01""#)],
        &[("period", r#""0000-00-00""#)],
        &[("period", r#""2022-1-01""#)],
        &[("period", r#""2022/..""#), ("source", r#""b""#)],
        &[("value", "")],
        &[("value", "1.5")],
        &[("value", "-5")],
        &[("value", "05")],
        &[("value", "+5")],
        &[("value", "1e3")],
        &[("value", "1e31")],
        &[("value", "1E+2")],
        &[("value", "5.")],
        &[("value", ".5")],
        &[("value", "1e")],
        &[("value", &digits)],
        &[("value", "0")],
        &[("value", "00")],
        &[("value", "999999999")],
        &[("value", "9999999999")],
        &[("value", "NaN")],
        &[("value", r#""5""#)],
        &[("value", "null")],
        &[("value", "[5]")],
        &[("value", "{}")],
        &[("value", "true")],
        &[("value", r#"{"at_least": 5, "at_most": 7}"#)],
        &[("value", r#"{"atleast": 5}"#)],
        &[("value", r#"{"between": [7, 5]}"#)],
        &[("value", r#"{"between": [5]}"#)],
        &[("value", r#"{"at_least": 5, "at_least": 5}"#)],
        &[("value", r#"{"vague": "some"}"#)],
        &[("value", r#"{"at_least": 1.5}"#)],
        &[("value", r#"{"at_least" 5}"#)],
        &[("value", r#"{"at_least": 5]"#)],
        &[("value", r#"{"less_than": 0}"#)],
        &[("value", &deep)],
        &[("value", &very_deep)],
        &[("value", r#"{"at_least": 5,}"#)],
        &[("value", "5 5")],
        &[("value", "5]")],
        &[("place", r#""land""#)],
        &[("place", r#""lnd""#)],
        &[("place", r#""army""#)],
        &[("place", "7")],
        &[("place", r#"["north", "port"]"#)],
        &[("place", r#"["north", "north"]"#)],
        &[("place", r#"{"except": ["world"]}"#)],
        &[("plac", r#""land""#)],
        &[("harm", r#""killed""#)],
        &[("place", r#""\u006cand""#)],
        &[("event", r#""raid""#), ("place", r#""sea""#)],
        &[("event", r#""raod""#)],
        &[("unit", r#""tonne""#)],
        &[("line", "0")],
        &[("line", "1.5")],
        &[("line", "-1")],
        &[("line", "4294967296")],
        &[("line", "3")],
        &[("line", r#""3""#)],
        &[("line", "null")],
        &[("line", "1e2")],
        &[("line", "007")],
        &[("page", "7")],
        &[("page", r#""""#)],
        &[("page", "null")],
        &[("page", r#""iv""#)],
        &[("where", "7")],
        &[("where", r#""""#)],
        &[("note", "[]")],
        &[("note", "null")],
        &[("voice", r#""says""#)],
        &[("voice", "null")],
        &[("voice", r#""disputes""#)],
        &[("attributed_to", "[]")],
        &[("attributed_to", r#"["institute", "institute"]"#)],
        &[("attributed_to", r#"["nobody"]"#)],
        &[("attributed_to", r#"["a"]"#)],
        &[("attributed_to", r#""institute""#)],
        &[("attributed_to", r#"["institute",]"#)],
        &[("attributed_to", r#"["institute"}"#)],
        &[("superseded_by", r#""y0""#)],
        &[("superseded_by", r#""y0""#), ("note", r#""revised""#)],
        &[("superseded_by", r#""nothing""#), ("note", r#""revised""#)],
        &[("superseded_by", r#""x""#), ("note", r#""revised""#)],
        &[("superseded_by", r#""zzz/y0""#), ("note", r#""revised""#)],
        &[("constructor", "1")],
        &[("", "1")],
        &[("$schema", r#""x""#)],
        &[("claims", "[]")],
        &[("event", r#""raid""#), ("measure", ""), ("value", ""), ("period", "")],
    ];
    let mut lines: Vec<Vec<u8>> = changes.iter().map(|changes| claim(changes).into_bytes()).collect();
    let good = claim(&[("id", r#""z""#)]);
    let again = |key: &str| good.replacen('{', &format!("{{{key}, "), 1);
    let texts = [
        again(r#""id": "z""#),
        again(r#""value": 5"#),
        again(r#""place": "land", "place": "north""#),
        again(r#""source": "a""#),
        good[..good.len() - 1].to_owned(),
        good[1..].to_owned(),
        format!("{good}}}"),
        format!("{good} x"),
        format!("{good},"),
        format!("[{good}]"),
        format!("  {good}  "),
        format!("\t{good}\t"),
        format!("{good}\u{b}"),
        format!("\u{a0}{good}"),
        format!("\u{feff}{good}"),
        good.replace(": ", " :\t"),
        good.replace('"', "'"),
        good.replace(',', ""),
        good.replace(':', ""),
        "[]".to_owned(),
        "7".to_owned(),
        "\"text\"".to_owned(),
        "null".to_owned(),
        "{}".to_owned(),
        "{".to_owned(),
        "}".to_owned(),
        "\u{0}".to_owned(),
        "\u{a0}".to_owned(),
        "\u{b}".to_owned(),
        "\u{c}".to_owned(),
        " \t ".to_owned(),
        String::new(),
        "\u{85}".to_owned(),
        "// a remark".to_owned(),
        "<<<<<<< ours".to_owned(),
        "{\"source\": {}}".to_owned(),
        "{\"source\": {\"id\": \"Bad\"}}".to_owned(),
        "{\"source\": {\"id\": \"d\", \"publisher\": 7}}".to_owned(),
        "{\"source\": {\"id\": \"d\"}, \"claims\": []}".to_owned(),
        "{\"source\": {\"id\": \"d\", \"published\": \"soon\"}}".to_owned(),
        "{\"source\": {\"id\": \"institute\"}}".to_owned(),
        "{\"source\": {\"id\": \"late\"}}".to_owned(),
        claim(&[("source", r#""late""#)]),
        "a".repeat(3000),
        good.repeat(2),
        "{\"source\": \"a\"}".to_owned(),
        "{\"source\": \"zzz\"}".to_owned(),
        claim(&[("source", r#""zzz""#), ("value", "x")]),
        claim(&[("source", r#""zzz""#), ("place", r#"["land"]"#)]),
    ];
    lines.extend(texts.into_iter().map(String::into_bytes));
    lines.extend([
        b"\xff".to_vec(),
        claim(&[("quote", "\"@\"")]).bytes().map(|byte| if byte == b'@' { 0xe9 } else { byte }).collect(),
    ]);
    lines
}

fn told_few(files: &Files) -> String {
    load(&files.few()).map_or_else(|faults| faults.to_string(), |_| "none".to_owned())
}

fn told_many(files: &Files, threads: usize) -> String {
    let read = files.many().read(threads);
    if let Err(Unread::Interrupted) = &read {
        panic!("nobody interrupts it");
    }
    read.map_or_else(|unread| told(&unread), |_| "none".to_owned())
}

/// Sources, good claims and others, in this order.
fn file(others: &[Vec<u8>], line_break: &str, behind: &str) -> Files {
    let mut lines: Vec<Vec<u8>> = SOURCES.iter().map(|line| line.as_bytes().to_vec()).collect();
    lines.push(claim(&[("id", r#""y0""#)]).into_bytes());
    lines.push(claim(&[("id", r#""y1""#), ("place", r#"["north", "sea"]"#)]).into_bytes());
    lines.extend(others.iter().cloned());
    lines.push(claim(&[("id", r#""y2""#)]).into_bytes());
    let mut bytes = lines.join(line_break.as_bytes());
    bytes.extend(behind.as_bytes());
    Files::new(&codebook()).with("all", bytes)
}

#[test]
fn each_odd_line_is_told_alike() {
    let mut faults = 0;
    let mut wrong = Vec::new();
    for line in odd() {
        for (line_break, behind) in [("\n", "\n"), ("\r\n", "")] {
            let files = file(std::slice::from_ref(&line), line_break, behind);
            let (few, many) = (told_few(&files), told_many(&files, 1));
            faults += usize::from(few != "none");
            if few != many {
                wrong.push(format!("{:?}:\nORDINARY\n{few}\nMANY\n{many}", String::from_utf8_lossy(&line)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n=====\n"));
    assert!(faults > 150, "{faults}");
}

/// A mark at the beginning of a file, sources that other files describe, a line that never ends.
#[test]
fn odd_files_are_told_alike() {
    let [a, b, c] = SOURCES;
    let good = claim(&[]);
    let of_b = claim(&[("source", r#""b""#)]);
    let of_c = claim(&[("source", r#""c""#), ("place", r#"["land"]"#)]);
    let cases: [&[String]; 7] = [
        &[format!("\u{feff}{a}\n{good}")],
        &[format!("\u{feff}{a}\n{good}\n{good}"), "\u{feff}".to_owned()],
        &[format!("{a}\n{good}\n{of_b}\n{of_b}"), format!("{b}\n{of_b}\n{good}\n{of_c}"), c.to_owned()],
        &[format!("{good}\n{a}\n{good}\n{good}")],
        &[format!("{a}\n{good}"), format!("{a}\n{good}")],
        &[String::new(), "\n\r\n".to_owned()],
        &[format!("{a}\n{good}\n{}", "x".repeat((1 << 24) + 1))],
    ];
    for (number, texts) in cases.into_iter().enumerate() {
        let files = texts
            .iter()
            .zip(["m", "n", "o"])
            .fold(Files::new(&codebook()), |files, (text, name)| files.with(name, text.as_str()));
        let few = told_few(&files);
        assert_eq!(few, told_many(&files, 2), "{number}");
        assert_eq!(few == "none", number == 5, "{number}: {few}");
    }
}

/// Lines among the files that are kept are read too.
#[test]
fn lines_beside_large_files_are_read() {
    let files = file(&[], "\n", "");
    let mut kept = files.many();
    kept.files.add("-", "{\"source\": {\"id\": \"d\"}}\n{\"source\": \"d\"}");
    let unread = kept.read(1).unwrap_err();
    assert!(told(&unread).contains("<stdin>:2:1"), "{}", told(&unread));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Several of them hide and bring about one another: ids that stand twice, lines that described what others name.
    #[test]
    fn odd_lines_together_are_told_alike(
        chosen in prop::collection::vec(any::<prop::sample::Index>(), 1..12),
        threads in 1_usize..4,
        breaks in prop::sample::select(vec!["\n", "\r\n", "\n\n", "\r\r\n"]),
    ) {
        let odd = odd();
        let files = file(&chosen.iter().map(|at| at.get(&odd).clone()).collect::<Vec<_>>(), breaks, "");
        prop_assert_eq!(told_few(&files), told_many(&files, threads));
    }
}
