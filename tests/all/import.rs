//! `gainsay import`: tables as claims, and every cell that is none at its place.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use gainsay::Folder;
use gainsay::codebook::Codebook;
use gainsay::import::{ImportError, Imported, Options, csv};
use gainsay::load::FaultCode;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::command::{CODEBOOK, code, folder, gainsay, run, stderr, stdout};
use crate::support::names;

/// All rows are of one source and one measure.
fn of_one_source() -> Options {
    Options { set: strings(&["source=db", "measure=boats"]), ..Options::default() }
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

fn book() -> Codebook {
    let book = CODEBOOK.replace("\"the harbour\" }", "\"the harbour\", \"aliases\": [\"Old Port\"] }");
    gainsay::load::codebook(&Folder::from_files([("codebook.json", book)])).unwrap()
}

fn imported(table: impl AsRef<[u8]>, options: &Options, book: Option<&Codebook>) -> Result<String, ImportError> {
    let mut out = Vec::new();
    csv(table.as_ref(), &mut out, "table.csv", options, book).map(|_| String::from_utf8(out).unwrap())
}

#[track_caller]
fn lines(table: impl AsRef<[u8]>, options: &Options) -> String {
    imported(table, options, None).unwrap_or_else(|error| panic!("{error}"))
}

/// The claims, without the lines that describe sources.
#[track_caller]
fn claims(table: impl AsRef<[u8]>, options: &Options) -> Vec<Value> {
    let all = lines(table, options);
    let values = all.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    values.filter(|value| value["source"].is_string()).collect()
}

/// Line, column and code of each fault, and all that is told.
#[track_caller]
fn faults(table: impl AsRef<[u8]>, options: &Options) -> (Vec<(u32, u32, FaultCode)>, String) {
    match imported(table, options, None) {
        Err(ImportError::Faults(faults)) => {
            let place = |fault: &gainsay::load::Fault| {
                fault.place.as_ref().map_or((0, 0), |place| (place.position.line, place.position.column))
            };
            let places = faults.iter().map(|fault| (place(fault).0, place(fault).1, fault.code)).collect();
            (places, faults.to_string())
        }
        other => panic!("there is a fault: {other:?}"),
    }
}

#[test]
fn a_row_is_a_claim_and_a_source_is_described_before_its_first() {
    let table = "note,value,id,source,quote,measure,place,period\n\
                 ,9,a,courier,nine boats,boats,harbour,1953\n\
                 an aside,7,b,gazette,7 boats,boats,,\n\
                 ,8,c,courier,8,boats,,1954-01/1954-06\n";
    let options = Options { columns: strings(&["place=place"]), ..Options::default() };
    let expected = r#"{"source":{"id":"courier"}}
{"source":"courier","id":"a","quote":"nine boats","measure":"boats","place":"harbour","period":"1953","value":9}
{"source":{"id":"gazette"}}
{"source":"gazette","id":"b","quote":"7 boats","measure":"boats","value":7,"note":"an aside"}
{"source":"courier","id":"c","quote":"8","measure":"boats","period":"1954-01/1954-06","value":8}
"#;
    assert_eq!(
        lines(table, &options),
        expected,
        "in the order of keys that a laid-out file has, whatever the columns'"
    );
    assert_eq!(lines(table, &options), lines(table, &options));
    let mut out = Vec::new();
    let count = csv(table.as_bytes(), &mut out, "-", &options, None).unwrap();
    assert_eq!(count, Imported { sources: 2, claims: 3 });
}

#[test]
fn numbers_are_copied_digit_for_digit() {
    let numbers = ["1.50", "1e3", "0", "-0", "0.10", "1E+2", "123456789012345678901234567890", "1e-30", " 12 "];
    for number in numbers {
        let out = lines(format!("quote,value\nq,{number}\n"), &of_one_source());
        assert!(out.ends_with(&format!("\"value\":{}}}\n", number.trim())), "{out}");
    }
    let wrong =
        ["1.234,5", "1,234", "N/A", "007", "+5", ".5", "5.", "-3", "１２", "1 000", "0x1", "1e31", "NaN", "=1+1"];
    for number in wrong.into_iter().chain([&*"9".repeat(31)]) {
        let (places, told) = faults(format!("quote,value\nq,\"{number}\"\n"), &of_one_source());
        let [(2, column, FaultCode::BadNumber)] = places[..] else { panic!("{number}: {told}") };
        assert!(matches!(column, 3 | 4), "{number}: {told}");
        assert!(told.contains("table.csv:2:") && told.contains("= help: "), "{number}: {told}");
    }
    let (_, told) = faults("quote,value\nq,n/a\n", &of_one_source());
    assert!(told.contains("leave the cell empty"), "{told}");
}

#[test]
fn every_hedge_has_columns() {
    let cases = [
        ("value.at_least", "12", json!({ "at_least": 12 })),
        ("value.more_than", "12", json!({ "more_than": 12 })),
        ("value.at_most", "12", json!({ "at_most": 12 })),
        ("value.less_than", "12", json!({ "less_than": 12 })),
        ("value.nearly", "12", json!({ "nearly": 12 })),
        ("value.about", "12", json!({ "about": 12 })),
        ("value.vague", "dozens", json!({ "vague": "dozens" })),
        ("value.between.high,value.between.low", "9,8", json!({ "between": [8, 9] })),
        ("value.to,value.rounded", "100,1200", json!({ "rounded": 1200, "to": 100 })),
        ("value.high,value.low,value.best", "9,7,8", json!({ "estimate": { "low": 7, "best": 8, "high": 9 } })),
    ];
    for (columns, cells, expected) in cases {
        let claims = claims(format!("quote,{columns}\nq,{cells}\n"), &of_one_source());
        assert_eq!(claims[0]["value"], expected);
    }
    let several = faults("quote,value.at_least,value.at_most\nq,1,2\nq,1,\nq,,2\n", &of_one_source());
    assert_eq!(several.0, [(2, 5, FaultCode::SeveralForms)], "{}", several.1);
    let half = faults("quote,value.low,value.best,value.high\nq,1,2,\n", &of_one_source());
    assert_eq!(half.0, [(2, 3, FaultCode::MissingKey)], "{}", half.1);
    let reversed = faults("quote,value.between.low,value.between.high\nq,10,9.5\n", &of_one_source());
    assert_eq!(reversed.0, [(2, 3, FaultCode::ReversedNumbers)], "{}", reversed.1);
    let nothing = faults("quote,value\nq,\n", &of_one_source());
    assert_eq!(nothing.0, [(2, 1, FaultCode::MissingForm)], "{}", nothing.1);
}

#[test]
fn dates_durations_and_facts_have_columns() {
    let options = Options { set: strings(&["source=db"]), ..Options::default() };
    let table = "quote,event,date.on,date.end.by,duration.from,duration.to,duration.days,subject,attribute,toward,is,is_not\n\
                 q,war,2020-02-29,,,,,,,,,\n\
                 q,war,,1989,,,,,,,,\n\
                 q,,,,kabul-falls,visit.start,19,,,,,\n\
                 q,,,,,,,ttp,relation,iskp,friendly; neutral,\n\
                 q,,,,,,,ttp,founder,,,nobody\n";
    let claims = claims(table, &options);
    assert_eq!(claims[0]["date"], json!({ "on": "2020-02-29" }));
    assert_eq!(claims[1]["date"], json!({ "end": { "by": "1989" } }));
    assert_eq!(claims[2]["duration"], json!({ "from": "kabul-falls", "to": "visit.start", "days": 19 }));
    let fact = json!({ "source": "db", "id": "row-4", "quote": "q", "subject": "ttp", "attribute": "relation",
        "toward": "iskp", "is": ["friendly", "neutral"] });
    assert_eq!(claims[3], fact);
    assert_eq!((&claims[4]["is_not"], &claims[4]["is"]), (&json!("nobody"), &Value::Null));
    let wrong = "quote,event,date.on,date.start\nq,war,2020,2021\nq,war,2020-13,\n";
    let (places, told) = faults(wrong, &options);
    // The month is what is marked.
    assert_eq!(places[0], (2, 12, FaultCode::SeveralForms), "{told}");
    assert!(matches!(places[1], (3, 7..=14, FaultCode::BadDate)) && places.len() == 2, "{told}");
}

/// What is imported is what claims are: with its source around it the loader takes it, whatever the form.
#[test]
fn every_form_is_read_as_a_claim() {
    let book = r#"{
      "dimensions": { "place": { "root": "world", "phrase": "in {}", "terms": { "kp": {}, "sindh": {} } } },
      "measures": { "boats": { "unit": "boat", "kind": "count", "whole": true, "dimensions": ["place"], "phrase": "{} boats" } },
      "units": { "fleet": { "of": "boat", "times": "10" } },
      "events": { "war": { "kind": "span" }, "fall": { "kind": "incident" } },
      "attributes": { "side": { "subjects": "place", "toward": "place", "values": { "with": {}, "against": {} } } },
      "vague": { "dozens": { "strict": [12, null], "plain": [24, 99] } },
      "upstreams": { "pips": { "label": "PIPS" } } }"#;
    let columns = [
        ("measure,period,unit,place,value.at_least", "boats,2022,fleet,kp;sindh,12"),
        ("measure,period,value.between.low,value.between.high", "boats,2022,1,2"),
        ("measure,period,value.rounded,value.to", "boats,unstated,1200,100"),
        ("measure,period,value.low,value.best,value.high", "boats,2022,1,2,3"),
        ("measure,event,value.vague,attributed_to", "boats,war,dozens,pips"),
        ("event,date.on,line,page,where,voice,note", "fall,2021-08-15,3,4,note 1,disputes,why"),
        ("event,date.start.before", "war,1980"),
        ("event,duration.years", "war,9"),
        ("duration.from,duration.to,duration.days", "fall,war.start,19"),
        ("subject,attribute,toward,is,period", "kp,side,sindh,with,2022"),
        ("subject,attribute,toward,is_not", "kp,side,sindh,with;against"),
    ];
    for (header, row) in columns {
        let claims = claims_with(book, &format!("quote,{header}\nq,{row}\n"));
        let source = json!({ "source": { "id": "db" }, "claims": claims });
        let files = [("codebook.json", book.to_owned()), ("sources/db.json", source.to_string())];
        let corpus = gainsay::load(&Folder::from_files(files)).unwrap_or_else(|faults| panic!("{header}: {faults}"));
        assert_eq!(corpus.claims.len(), 1);
    }
}

/// The claims of a table of one source, as a file of this source has them.
fn claims_with(book: &str, table: &str) -> Vec<Value> {
    let book = gainsay::load::codebook(&Folder::from_files([("codebook.json", book)])).unwrap();
    let options = Options { set: strings(&["source=db"]), ..Options::default() };
    let lines = imported(table, &options, Some(&book)).unwrap_or_else(|error| panic!("{table}: {error}"));
    let mut claims: Vec<Value> = lines.lines().skip(1).map(|line| serde_json::from_str(line).unwrap()).collect();
    for claim in &mut claims {
        assert_eq!(claim.as_object_mut().unwrap().remove("source"), Some(json!("db")));
    }
    claims
}

#[test]
fn the_other_keys_are_read_as_claims_have_them() {
    let table = "quote,value,line,page,where,voice,attributed_to,superseded_by,unit\n\
                 \" q \",1,22,12,note 27,reports,pips-2022; ministry ;,a/b,usd-billion\n\
                 q,1,,iv,,,pips-2022,,\n";
    let claims = claims(table, &of_one_source());
    let expected = json!({ "source": "db", "id": "row-1", "quote": " q ", "line": 22, "page": 12, "where": "note 27",
        "measure": "boats", "value": 1, "unit": "usd-billion", "voice": "reports",
        "attributed_to": ["pips-2022", "ministry"], "superseded_by": "a/b" });
    assert_eq!(claims[0], expected, "a quote keeps its spaces");
    assert_eq!((&claims[1]["page"], &claims[1]["attributed_to"]), (&json!("iv"), &json!(["pips-2022"])));
    let long = "word ".repeat(16);
    let table =
        format!("quote,value,line,voice,period\nq,1,0,says,2022-12/2022-01\n{long},1,,report,June 2022\n,1,,,\n");
    let (places, told) = faults(table, &of_one_source());
    let codes: Vec<_> = places.iter().map(|&(line, _, code)| (line, code)).collect();
    let expected = [
        (2, FaultCode::BadNumber),
        (2, FaultCode::UnknownWord),
        (2, FaultCode::ReversedPeriod),
        (3, FaultCode::LongQuote),
        (3, FaultCode::UnknownWord),
        (3, FaultCode::BadDate),
        (4, FaultCode::MissingKey),
    ];
    assert_eq!(codes, expected, "all in one run: {told}");
    assert!(told.contains("did you mean `reports`?") && told.contains("16 words"), "{told}");
}

#[test]
fn every_column_gives_a_key_or_is_ignored_on_purpose() {
    let table = "Quote,value,Event date,comment\nq,1,2022,x\n";
    let (places, told) = faults(table, &of_one_source());
    let unknown = |column| (1, column, FaultCode::UnknownKey);
    assert_eq!(places, [unknown(1), unknown(13), unknown(24)], "{told}");
    assert!(told.contains("did you mean `quote`? then `--column \"Quote=quote\"`"), "{told}");
    assert!(told.contains("`--ignore \"comment\"`"), "{told}");

    let columns = strings(&["Quote=quote", "Event date=period", "Quote = note"]);
    let options = Options { columns, ignore: strings(&["comment"]), ..of_one_source() };
    let read = claims(table, &options);
    assert_eq!((&read[0]["period"], &read[0]["note"]), (&json!("2022"), &json!("q")), "a column may give two keys");
    let others = Options { ignore: Vec::new(), ignore_others: true, ..options.clone() };
    assert_eq!(claims(table, &others), read);

    let wrong = Options {
        columns: strings(&["Quot=quote", "Event date=perid", "value"]),
        ignore: strings(&["coment"]),
        ..of_one_source()
    };
    let told = faults(table, &wrong).1;
    for expected in [
        "did you mean `Quote`?",
        "did you mean `period`?",
        "--column:1:12",
        "did you mean `comment`?",
        "does not say which key",
    ] {
        assert!(told.contains(expected), "{expected}: {told}");
    }
    let described = Options {
        columns: strings(&["Quote=quote", "Event date=period", "comment=source.title"]),
        ignore: Vec::new(),
        ..options.clone()
    };
    let (places, told) = faults(table, &described);
    assert_eq!(places, [(1, 24, FaultCode::MisplacedKey)], "{told}");
    let both = Options { columns: [options.columns.clone(), strings(&["comment=note"])].concat(), ..options.clone() };
    let (places, told) = faults(table, &both);
    assert!(places.contains(&(1, 24, FaultCode::SeveralForms)), "{told}");
    let twice = Options { columns: strings(&["Quote=quote", "Event date=period", "comment=value"]), ..described };
    let (places, told) = faults(table, &twice);
    assert_eq!(places, [(1, 24, FaultCode::DuplicateKey)], "{told}");
}

#[test]
fn what_every_row_lacks_is_told_at_the_header() {
    let bare = Options::default();
    let (places, told) = faults("line\n1\n", &bare);
    let codes: Vec<_> = places.iter().map(|place| place.2).collect();
    assert_eq!(codes, [FaultCode::MissingKey, FaultCode::MissingKey, FaultCode::MissingForm], "{told}");
    assert!(told.contains("`--set source=NAME`") && told.contains("`--column \"HEADER=quote\"`"), "{told}");
    let (places, told) = faults("quote,value\nq,1\n", &Options { set: strings(&["source=db"]), ..bare });
    assert_eq!(places, [(1, 1, FaultCode::MissingKey)], "{told}");
    assert!(told.contains("`--set measure=NAME`"), "{told}");
}

#[test]
fn what_is_set_is_held_to_the_same_rules() {
    let table = "quote,value\nq,1\n";
    let with = |set: &[&str]| {
        faults(
            table,
            &Options {
                set: [&["source=db", "measure=m"], set].concat().iter().map(|&s| s.to_owned()).collect(),
                ..Options::default()
            },
        )
    };
    let cases = [
        ("line=x", (1, 6, FaultCode::BadNumber)),
        ("period=2022-13", (1, 13, FaultCode::BadDate)),
        ("id=a", (1, 4, FaultCode::MisplacedKey)),
        ("source=other", (1, 8, FaultCode::DuplicateKey)),
        ("note=", (1, 6, FaultCode::Empty)),
        ("note", (1, 1, FaultCode::Syntax)),
        ("vice=reports", (1, 1, FaultCode::UnknownKey)),
    ];
    for (set, expected) in cases {
        let (places, told) = with(&[set]);
        assert_eq!(places, [expected], "{told}");
        assert!(told.contains("--> --set:1:"), "{told}");
    }
    let (places, told) = with(&["value=2"]);
    assert_eq!(places, [(1, 7, FaultCode::SeveralForms)], "{told}");
    let titled = Options { title: Some("The \"DB\"".to_owned()), ..of_one_source() };
    assert!(lines(table, &titled).starts_with("{\"source\":{\"id\":\"db\",\"title\":\"The \\\"DB\\\"\"}}\n"));
    let two = "source,quote,value\na,q,1\na,q,1\nb,q,1\n";
    let titled = Options { set: strings(&["measure=m"]), ..titled };
    assert_eq!(faults(two, &titled).0, [(4, 1, FaultCode::MisplacedKey)]);
}

#[test]
fn ids_are_checked_made_or_counted() {
    let table = "id,quote,value\na,q,1\n\"PAK 1\",q,1\n,q,1\na,q,1\n";
    let (places, told) = faults(table, &of_one_source());
    let expected = [(3, 2, FaultCode::BadId), (4, 1, FaultCode::MissingKey), (5, 1, FaultCode::DuplicateId)];
    assert_eq!(places, expected, "{told}");
    assert!(told.contains("write `pak-1`") && told.contains("on line 2"), "{told}");
    let making = Options { make_ids: true, columns: strings(&["place=place"]), ..of_one_source() };
    let read = claims("id,quote,value,place\nPAK 1,q,1,Khyber Pakhtunkhwa; Sindh\n", &making);
    assert_eq!((&read[0]["id"], &read[0]["place"]), (&json!("pak-1"), &json!(["khyber-pakhtunkhwa", "sindh"])));
    assert_eq!(faults("id,quote,value\nP 1,q,1\np-1,q,1\n", &making).0[0].2, FaultCode::UnknownKey);
    let making = Options { columns: Vec::new(), ..making };
    assert_eq!(faults("id,quote,value\nP 1,q,1\np-1,q,1\n", &making).0, [(3, 1, FaultCode::DuplicateId)]);
    assert_eq!(faults("id,quote,value\nGh\u{14d}r,q,1\n", &making).0, [(2, 1, FaultCode::BadId)]);
    let counted = claims("quote,value\nq,1\n\n,\n\"\",\nq,2\n", &of_one_source());
    let ids: Vec<_> = counted.iter().map(|claim| claim["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["row-1", "row-2"], "what says nothing is no row");
}

#[test]
fn a_codebook_knows_dimensions_labels_and_aliases() {
    let book = book();
    let read = |table: &str| imported(table, &of_one_source(), Some(&book));
    for written in ["harbour", "The Harbour", "old port", "unstated", "world"] {
        let out = read(&format!("quote,value,place\nq,1,{written}\n")).unwrap();
        let id = if written.len() > 8 || written.starts_with("old") { "harbour" } else { written };
        let id = if written == "unstated" { "unstated" } else { id };
        assert!(out.contains(&format!("\"place\":\"{id}\"")), "{out}");
    }
    let Err(ImportError::Faults(faults)) = read("quote,value,place\nq,1,harbor; world\n") else { panic!("a fault") };
    let told = faults.to_string();
    assert!(told.contains("unknown place `harbor`") && told.contains("did you mean `harbour`?"), "{told}");
    assert!(told.contains("table.csv:2:5"), "{told}");
    let Err(ImportError::Faults(faults)) = read("quote,value,plce\nq,1,harbour\n") else { panic!("a fault") };
    assert!(faults.to_string().contains("did you mean `place`?"));
    let ships = Options { set: strings(&["source=db", "measure=boat"]), ..Options::default() };
    let Err(ImportError::Faults(faults)) = imported("quote,value\nq,1\n", &ships, Some(&book)) else {
        panic!("a fault")
    };
    assert!(faults.to_string().contains("--set:1:9") && faults.to_string().contains("unknown measure `boat`"));
}

#[test]
fn places_are_those_of_the_file() {
    let unix = "quote,value\n\"two\nlines\",1\nq,x\n\n\n\"\u{e9}\",y\n\"a\nb\",\"z\"\n";
    let expected = [(4, 3, FaultCode::BadNumber), (7, 5, FaultCode::BadNumber), (9, 5, FaultCode::BadNumber)];
    for table in [unix.to_owned(), unix.replace('\n', "\r\n"), format!("\u{feff}{unix}"), unix.trim_end().to_owned()] {
        let (places, told) = faults(&table, &of_one_source());
        assert_eq!(places, expected, "{table:?}: {told}");
    }
    let classic = "quote,value\rq,1\rq,x\r\rq,y\r";
    let expected = [(3, 3, FaultCode::BadNumber), (5, 3, FaultCode::BadNumber)];
    assert_eq!(faults(classic, &of_one_source()).0, expected, "a carriage return alone ends a line too");
    let semicolons = Options { delimiter: ";".parse().unwrap(), ..of_one_source() };
    assert_eq!(claims("quote;value\r\n\"a;b\"\"c\";1\r\n", &semicolons)[0]["quote"], "a;b\"c");
    let told = faults("quote;value\nq;1\n", &of_one_source()).1;
    assert!(told.contains("`--delimiter ';'`"), "{told}");
    for wrong in ["", "\"", "a", "\n", "::", "é", "5", " "] {
        assert!(wrong.parse::<gainsay::import::Delimiter>().is_err(), "{wrong:?}");
    }
}

/// The cells of one file come in pieces, as from a pipe: the same comes out wherever it is cut.
#[test]
fn where_the_input_is_cut_changes_nothing() {
    struct Drops<'a>(&'a [u8], usize);
    impl std::io::Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let many = self.1.min(self.0.len()).min(buffer.len());
            let (now, later) = self.0.split_at(many);
            buffer[..many].copy_from_slice(now);
            self.0 = later;
            Ok(many)
        }
    }
    let long = "x".repeat(500);
    let table = format!("\u{feff}quote,value,note\r\n\"q \"\"é\"\"\r\n\",1,{long}\r\n\r\nq,2,\"{long}\"");
    let whole = lines(&table, &of_one_source());
    for size in [1, 2, 3, 7, 64] {
        let mut out = Vec::new();
        csv(Drops(table.as_bytes(), size), &mut out, "-", &of_one_source(), None).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), whole, "{size} bytes at a time");
    }
}

#[test]
fn hostile_tables_end_in_faults_or_in_harmless_claims() {
    let options = of_one_source();
    let text = "=cmd()|'/C calc'!A0 \u{1b}[31m\0\u{202e}<script>";
    let read = claims(format!("quote,value,note\nq,1,{text}\n"), &options);
    assert_eq!(read[0]["note"], text, "what a cell says is what the claim says");
    let (_, told) = faults("quote,value,\u{1b}[31m\u{202e}\0\nq,1,x\n", &options);
    assert!(!told.contains(['\u{1b}', '\u{202e}', '\0']), "{told:?}");

    let cases: [(&[u8], FaultCode); 12] = [
        (b"", FaultCode::Empty),
        (b"\xef\xbb\xbf\r\n\r\n", FaultCode::Empty),
        (b"quote,value\n", FaultCode::Empty),
        (b"quote,value\n,\n", FaultCode::Empty),
        (b"quote,value\nq\n", FaultCode::Syntax),
        (b"quote,value\nq,1,2\n", FaultCode::Syntax),
        (b"quote,value\n\"q,1\n", FaultCode::Syntax),
        (b"quote,value\n\"q\"x,1\n", FaultCode::Syntax),
        (b"quote,value\nq, \"1\"\n", FaultCode::Syntax),
        (b"quote,value,quote\nq,1,r\n", FaultCode::DuplicateKey),
        (b"quote,value\nAttentat \xe0,1\nr\xe9,2\n", FaultCode::NotUtf8),
        (b"\xff\xfeq\0u\0o\0t\0e\0", FaultCode::NotUtf8),
    ];
    for (table, expected) in cases {
        let (places, told) = faults(table, &options);
        assert_eq!(places.iter().map(|place| place.2).collect::<Vec<_>>(), [expected], "{told}");
    }
    let huge = format!("quote,value\n\"{}\",1\n", "x".repeat(2 << 20));
    let (places, told) = faults(&huge, &options);
    assert_eq!(places, [(2, 1, FaultCode::TooMany)], "{told}");
    assert!(told.contains("close the quotation mark") && told.len() < 2000, "{told}");
    let wide = format!("quote,value{}\n", ",x".repeat(5000));
    assert_eq!(faults(&wide, &options).0[0].2, FaultCode::TooMany);
    let many = format!("quote,value\n{}", "q,x\n".repeat(1500));
    let Err(ImportError::Faults(all)) = imported(&many, &options, None) else { panic!("there are faults") };
    assert_eq!((all.count(), all.iter().count()), (1500, 1000));
}

/// A cell as RFC 4180 writes it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// Any text that says something, with what is special in CSV and in JSON more often than by chance.
fn any_text() -> impl Strategy<Value = String> {
    let special = prop::sample::select(vec!['"', ',', ';', '\n', '\r', '\\', '\0', '\u{feff}', '=', 'é', '𝄞', ' ']);
    let letter = prop_oneof![special, any::<char>()];
    prop::collection::vec(letter, 0..12).prop_map(|letters| letters.into_iter().collect())
}

proptest! {
    #[test]
    fn any_text_comes_back(rows in prop::collection::vec((any_text(), any_text(), any_text()), 1..8), end in "\r?\n") {
        let mut table = format!("where,note,source.x,value,quote{end}");
        for (location, note, other) in &rows {
            table.extend([&quoted(location), ",", &quoted(note), ",", &quoted(other), ",1,q", &end]);
        }
        let options = Options { ignore: vec!["source.x".to_owned()], ..of_one_source() };
        let read = claims(&table, &options);
        prop_assert_eq!(read.len(), rows.len());
        let expected = |text: &String| if text.trim().is_empty() { Value::Null } else { json!(text) };
        for (claim, (location, note, _)) in read.iter().zip(&rows) {
            prop_assert_eq!(&claim["where"], &expected(location));
            prop_assert_eq!(&claim["note"], &expected(note));
        }
    }

    #[test]
    fn any_bytes_end_in_claims_or_faults(bytes in prop::collection::vec(any::<u8>(), 0..300), text in any_text()) {
        for table in [bytes.clone(), [b"quote,value,note\n", bytes.as_slice()].concat(), text.into_bytes()] {
            match imported(&table, &of_one_source(), None) {
                Ok(lines) => for line in lines.lines() { serde_json::from_str::<Value>(line).unwrap(); },
                Err(ImportError::Faults(faults)) => {
                    let told = faults.to_string();
                    prop_assert!(faults.count() > 0 && !told.contains(|letter: char| letter.is_control() && letter != '\n'));
                }
                Err(other) => panic!("{other}"),
            }
        }
    }
}

// --- on the disk, as a person runs it

const TABLE: &str = "Headline,Year,Lost,Where\nnine boats,1953,9,the harbour\n7 boats lost,1953,7,Harbour\n";
const CALL: [&str; 9] = [
    "--set=source=db",
    "--set=measure=boats",
    "--column=Headline=quote",
    "--column=Year=period",
    "--column=Lost=value",
    "--column=Where=place",
    "--claims",
    "CLAIMS",
    "--make-ids",
];

fn call<'a>(file: &'a str, claims: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let call = CALL.iter().map(|&word| if word == "CLAIMS" { claims } else { word });
    ["import", file].into_iter().chain(call).chain(more.iter().copied()).collect()
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let folder = folder(&[]);
    let claims = folder.path().to_str().unwrap();
    let table = folder.path().join("table.csv");
    let target = folder.path().join("sources/db.jsonl");
    fs::write(&table, TABLE).unwrap();
    let (table, out) = (table.to_str().unwrap(), target.to_str().unwrap());
    let done = run(&call(table, claims, &["-o", out]));
    assert_eq!((code(&done), stderr(&done)), (0, String::new()));
    assert_eq!(stdout(&done), format!("Wrote 2 claims of 1 source to {out}.\n"));
    let written = fs::read_to_string(&target).unwrap();
    let expected = r#"{"source":{"id":"db"}}
{"source":"db","id":"row-1","quote":"nine boats","measure":"boats","place":"harbour","period":"1953","value":9}
{"source":"db","id":"row-2","quote":"7 boats lost","measure":"boats","place":"harbour","period":"1953","value":7}
"#;
    assert_eq!(written, expected);
    let printed = run(&call(table, claims, &[]));
    assert_eq!((code(&printed), stdout(&printed)), (0, written.clone()));

    fs::write(table, format!("{TABLE}q,1953,many,harbour\n")).unwrap();
    for more in [&["-o", out][..], &[]] {
        let refused = run(&call(table, claims, more));
        assert_eq!((code(&refused), stdout(&refused)), (2, String::new()));
        assert!(stderr(&refused).contains("table.csv:4:8"), "{}", stderr(&refused));
    }
    assert_eq!(fs::read_to_string(&target).unwrap(), written, "the file is left as it was");
    assert_eq!(names(&folder.path().join("sources")), ["db.jsonl"]);
}

#[test]
fn wrong_calls_write_nothing() {
    let folder = folder(&[]);
    let claims = folder.path().to_str().unwrap();
    let table = folder.path().join("table.jsonl");
    fs::write(&table, TABLE).unwrap();
    let path = table.to_str().unwrap();
    let cases = [
        (call("nowhere.csv", claims, &[]), "`nowhere.csv` cannot be read"),
        (call(path, claims, &["-o", path]), "is read by this run"),
        (call(path, claims, &["-o", "claims/codebook.json"]), "does not end with `.jsonl`"),
        (call(path, claims, &["--delimiter", "ab"]), "a delimiter is one sign"),
        (call(path, "nowhere", &[]), "nowhere"),
        (call(claims, claims, &[]), "cannot be read"),
    ];
    for (call, expected) in cases {
        let refused = run(&call);
        assert_eq!((code(&refused), stdout(&refused)), (2, String::new()));
        assert!(stderr(&refused).contains(expected), "{}", stderr(&refused));
    }
    assert_eq!(fs::read_to_string(&table).unwrap(), TABLE);
}

#[test]
fn standard_input_is_a_table_too() {
    let folder = folder(&[]);
    let claims = folder.path().to_str().unwrap();
    let piped = |text: &str| {
        let mut command = gainsay(&call("-", claims, &["--delimiter", "tab"]));
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    };
    let read = piped(&TABLE.replace(',', "\t"));
    assert_eq!((code(&read), stdout(&read).lines().count()), (0, 3), "{}", stderr(&read));
    let refused = piped("Headline\tYear\tLost\tWhere\nq\t1953\tx\t\n");
    assert!(code(&refused) == 2 && stderr(&refused).contains("<stdin>:2:8"), "{}", stderr(&refused));
}
