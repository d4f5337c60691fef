//! Each fault code has a folder `tests/fixtures/faults/CODE` that has this fault and no other, and a snapshot of what an
//! editor is told.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use gainsay::claim::Corpus;
use gainsay::load::{FaultCode, MAX_FILE_BYTES, TextFolder};
use gainsay::{Faults, Folder, load};

use crate::support::snapshot;

/// Codes of the texts: the fixture loads, and verifying it against its folder `texts` has the fault.
const OF_TEXTS: [FaultCode; 2] = [FaultCode::TextChanged, FaultCode::LinesBeyondText];

/// Codes whose fixtures cannot be files of a repository; they are made here.
const MADE: [FaultCode; 5] = [
    FaultCode::NotAFolder,
    FaultCode::UnreadableFile,
    FaultCode::FileTooLarge,
    FaultCode::NotUtf8,
    FaultCode::ByteOrderMark,
];

const BOOK: &str = "{ \"dimensions\": {} }\n";
const SOURCE: &str = "{ \"source\": { \"id\": \"dawn-2023\" }, \"claims\": [] }\n";

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// The files of a folder by their paths in it, as the loader would show them had it been called beside it.
fn files(folder: &Path, prefix: &str) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type().unwrap().is_dir() {
            found.extend(files(&entry.path(), &format!("{name}/")));
        } else {
            found.push((name, fs::read(entry.path()).unwrap()));
        }
    }
    found
}

#[track_caller]
fn check(code: FaultCode, faults: &Faults, rename: &[(&str, &str)]) {
    let codes: BTreeSet<FaultCode> = faults.iter().map(|fault| fault.code).collect();
    assert_eq!(codes, BTreeSet::from([code]), "{faults}");
    let mut text = faults.to_string();
    for (from, to) in rename {
        text = text.replace(from, to);
    }
    snapshot(&format!("fault-{}", code.name()), &text);
}

#[test]
fn each_fixture_has_its_fault_and_no_other() {
    let mut wrong = Vec::new();
    for &code in FaultCode::ALL.iter().filter(|code| !MADE.contains(code)) {
        let path = fixtures().join("faults").join(code.name());
        let folder = Folder::from_files(files(&path, ""));
        let mut loaded = load(&folder);
        if let Ok(corpus) = &loaded
            && OF_TEXTS.contains(&code)
        {
            let texts = TextFolder::Disk(path.join("texts"));
            loaded = gainsay::verify(&folder, corpus, &texts, &gainsay::Options::default()).map(|_| Corpus::default());
        }
        match loaded {
            Err(faults) if faults.iter().all(|fault| fault.code == code) => check(code, &faults, &[]),
            Err(faults) => wrong.push(format!("{code}:\n{faults}")),
            Ok(_) => wrong.push(format!("{code}: no fault")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_fixture_is_of_a_code() {
    let names: BTreeSet<&str> = FaultCode::ALL.iter().map(|code| code.name()).collect();
    for entry in fs::read_dir(fixtures().join("faults")).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        assert!(names.contains(name.as_str()), "{name}");
    }
}

#[test]
fn the_list_of_codes() {
    let names: Vec<&str> = FaultCode::ALL.iter().map(|code| code.name()).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "no name is given twice");
    snapshot("fault-codes", &names.join("\n"));
}

#[test]
fn a_small_folder_has_no_fault() {
    let corpus = load(&Folder::read(&fixtures().join("small")).unwrap()).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!((corpus.sources.len(), corpus.claims.len()), (2, 16));
    assert_eq!((corpus.waivers.len(), corpus.omissions.len()), (1, 1));
}

#[test]
fn the_order_of_files_and_claims_and_keys_changes_nothing_but_places() {
    let mut files = files(&fixtures().join("small"), "");
    let forward = load(&Folder::from_files(files.clone())).unwrap();
    files.reverse();
    for (path, bytes) in &mut files {
        if path.starts_with("sources/") {
            let mut tree: serde_json::Value = serde_json::from_slice(bytes).unwrap();
            tree["claims"].as_array_mut().unwrap().reverse();
            *bytes = serde_json::to_vec(&tree).unwrap();
        }
    }
    let backward = load(&Folder::from_files(files)).unwrap();
    let said = |corpus: &gainsay::claim::Corpus| {
        let claims = corpus.claims().map(|(id, claim)| {
            (corpus.name(id), claim.form.clone(), claim.attributed_to.clone(), claim.superseded_by, claim.unit)
        });
        claims.collect::<Vec<_>>()
    };
    assert_eq!(said(&forward), said(&backward));
}

/// Orders that put an event before itself are told once, at the first of them; two that begin on one day are none.
#[test]
fn orders_that_run_in_a_circle() {
    let book = |orders: &str| {
        let events = r#""a": { "kind": "span" }, "b": { "kind": "incident" }, "c": { "kind": "span" }"#;
        format!("{{ \"dimensions\": {{}}, \"events\": {{ {events} }},\n  \"orders\": [ {orders} ] }}\n")
    };
    let told = |orders: &str| match load(&Folder::from_files([("codebook.json", book(orders))])) {
        Ok(_) => String::new(),
        Err(faults) => faults.to_string(),
    };
    let order = |first: &str, then: &str| format!(r#"{{ "first": "{first}", "then": "{then}" }}"#);
    let circle = [order("a", "b"), order("b", "c"), order("c", "a")].join(", ");
    let faults = told(&circle);
    assert_eq!(faults.matches("error").count(), 1, "{faults}");
    assert!(faults.contains("`a` comes before itself"), "{faults}");
    assert!(faults.contains("`a` is over before `b`, which is over before `c`, which is over before `a`"), "{faults}");
    assert!(faults.contains("codebook.json:2"), "{faults}");
    assert_eq!(told(&[order("a.start", "c.start"), order("c.start", "a.start")].join(", ")), "");
    assert_eq!(told(&[order("a", "b"), order("b", "c"), order("a", "c")].join(", ")), "");
}

#[test]
fn bytes_that_are_no_text() {
    let latin1 = b"{ \"source\": { \"id\": \"dawn-2023\", \"title\": \"Attentats \xe0 Peshawar\" } }\n".to_vec();
    let folder = Folder::from_files([("codebook.json", BOOK.as_bytes().to_vec()), ("sources/dawn-2023.json", latin1)]);
    check(FaultCode::NotUtf8, &load(&folder).unwrap_err(), &[]);
    let folder =
        Folder::from_files([("codebook.json", BOOK), ("sources/dawn-2023.json", &format!("\u{feff}{SOURCE}"))]);
    check(FaultCode::ByteOrderMark, &load(&folder).unwrap_err(), &[]);
}

#[test]
fn folders_and_files_that_cannot_be_read() {
    let temp = tempfile::tempdir().unwrap();
    let root = temp.path();
    let shown = root.to_string_lossy().into_owned();
    let rename = [(shown.as_str(), "DIR")];
    let write = |path: &str, text: &str| {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };

    let faults = Folder::read(&root.join("claim")).unwrap_err();
    assert!(faults.iter().all(|fault| fault.code == FaultCode::MissingFile) && faults.count() == 1);
    snapshot("fault-missing-folder", &faults.to_string().replace(&shown, "DIR"));

    write("flat/codebook.json/README.md", "");
    write("flat/sources", "");
    check(FaultCode::NotAFolder, &Folder::read(&root.join("flat")).unwrap_err(), &rename);

    write("large/codebook.json", BOOK);
    write("large/sources/a.json", "{ \"source\": 1 }");
    let large = fs::File::create(root.join("large/waivers.json")).unwrap();
    large.set_len(MAX_FILE_BYTES + 1).unwrap();
    let codes = |faults: &Faults| faults.iter().map(|fault| fault.code).collect::<Vec<_>>();
    let faults = Folder::read(&root.join("large")).unwrap_err();
    assert_eq!(
        codes(&faults),
        [FaultCode::WrongType, FaultCode::FileTooLarge],
        "the other files are read all the same"
    );
    fs::remove_file(root.join("large/sources/a.json")).unwrap();
    check(FaultCode::FileTooLarge, &Folder::read(&root.join("large")).unwrap_err(), &rename);

    #[cfg(unix)]
    {
        write("loop/codebook.json", BOOK);
        std::os::unix::fs::symlink("waivers.json", root.join("loop/waivers.json")).unwrap();
        std::os::unix::fs::symlink("nowhere.json", root.join("loop/omitted.json")).unwrap();
        check(FaultCode::UnreadableFile, &Folder::read(&root.join("loop")).unwrap_err(), &rename);
        // A name that cannot be shown is none that a report could lead to.
        write("named/codebook.json", BOOK);
        fs::create_dir(root.join("named/sources")).unwrap();
        let name = <std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(b"\xff.json");
        fs::write(root.join("named/sources").join(name), SOURCE).unwrap();
        let faults = Folder::read(&root.join("named")).unwrap_err();
        assert_eq!(codes(&faults), [FaultCode::UnreadableFile]);
        assert!(faults.to_string().contains("its name is not utf-8"), "{faults}");
    }
}

#[test]
fn one_more_source_comes_from_standard_input() {
    let mut folder = Folder::from_files([("codebook.json", BOOK)]);
    folder.add("-", SOURCE);
    assert_eq!(load(&folder).unwrap().sources[0].file, "<stdin>");
    folder.add("-", "{");
    assert!(load(&folder).unwrap_err().to_string().contains("<stdin>:1:1"));
}
