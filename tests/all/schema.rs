//! The schemas, held to what the loader takes and refuses by a validator that knows neither.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use gainsay::codebook::Codebook;
use gainsay::load::{self, FaultCode};
use gainsay::schema::{SchemaOf, schema, schema_text};
use gainsay::starter::starter;
use gainsay::{Folder, Options, report};
use jsonschema::Validator;
use serde_json::{Map, Value, json};

use crate::support::root;

type Files = Vec<(String, String)>;

fn validator(of: SchemaOf, codebook: Option<&Codebook>) -> Validator {
    let schema = schema(of, codebook);
    let at_draft = "https://json-schema.org/draft/2020-12/schema";
    assert_eq!(schema["$schema"], at_draft, "{}", of.name());
    jsonschema::meta::validate(&schema).unwrap_or_else(|error| panic!("{}: {error}", of.name()));
    jsonschema::draft202012::new(&schema).unwrap_or_else(|error| panic!("{}: {error}", of.name()))
}

/// The claims files of a folder.
fn files(folder: &Path) -> Files {
    let mut files = Vec::new();
    let mut add = |name: String| {
        if let Ok(text) = fs::read_to_string(folder.join(&name)) {
            files.push((name, text));
        }
    };
    for name in ["codebook.json", "waivers.json", "omitted.json"] {
        add(name.to_owned());
    }
    if let Ok(entries) = fs::read_dir(folder.join("sources")) {
        for entry in entries {
            let name = entry.unwrap().file_name().to_string_lossy().into_owned();
            add(format!("sources/{name}"));
        }
    }
    files
}

fn kind(path: &str) -> SchemaOf {
    match path {
        "codebook.json" => SchemaOf::Codebook,
        "waivers.json" => SchemaOf::Waivers,
        "omitted.json" => SchemaOf::Omitted,
        _ => SchemaOf::Source,
    }
}

/// The validators for one folder: those that do not depend on it are made once.
struct Validators {
    fixed: BTreeMap<SchemaOf, Validator>,
    source: Validator,
}

impl Validators {
    fn new() -> Self {
        let fixed = SchemaOf::ALL.map(|of| (of, validator(of, None)));
        Self { fixed: BTreeMap::from(fixed), source: validator(SchemaOf::Source, None) }
    }

    fn of_folder(&mut self, files: &Files) -> Option<Codebook> {
        let codebook = load::codebook(&Folder::from_files(files.clone())).ok();
        self.source = validator(SchemaOf::Source, codebook.as_ref());
        codebook
    }

    /// What is wrong with a file; a text that is no JSON is wrong.
    fn wrong(&self, path: &str, text: &str) -> Option<String> {
        let Ok(value) = serde_json::from_str::<Value>(text) else { return Some("no JSON".to_owned()) };
        let validator = if kind(path) == SchemaOf::Source { &self.source } else { &self.fixed[&kind(path)] };
        validator.iter_errors(&value).next().map(|error| format!("{path}{}: {error}", error.instance_path()))
    }
}

/// Every folder that loads without a fault.
fn sound_folders() -> Vec<(String, Files)> {
    let mut folders = vec![("starter".to_owned(), starter_files())];
    for name in ["claims", "tests/fixtures/small", "tests/fixtures/show"] {
        folders.push((name.to_owned(), files(&root().join(name))));
    }
    for entry in fs::read_dir(root().join("tests/fixtures/rules")).unwrap() {
        let path = entry.unwrap().path();
        folders.push((path.file_name().unwrap().to_string_lossy().into_owned(), files(&path)));
    }
    folders
}

fn starter_files() -> Files {
    let read = |path: &str| path == "codebook.json" || path.starts_with("sources/");
    starter().unwrap().into_iter().filter(|(path, _)| read(path)).collect()
}

#[test]
fn whatever_loads_is_valid() {
    let mut validators = Validators::new();
    let generic = validator(SchemaOf::Source, None);
    let mut count = 0;
    for (name, files) in sound_folders() {
        gainsay::load(&Folder::from_files(files.clone())).unwrap_or_else(|faults| panic!("{name}: {faults}"));
        validators.of_folder(&files).unwrap();
        for (path, text) in &files {
            assert_eq!(validators.wrong(path, text), None, "{name}");
            let value: Value = serde_json::from_str(text).unwrap();
            assert!(kind(path) != SchemaOf::Source || generic.is_valid(&value), "{name}/{path}: any codebook's schema");
            count += 1;
        }
    }
    assert!(count > 40, "{count}");
}

/// Faults that a schema cannot tell, or that it leaves to the check, with the reason. All others it must refuse.
const LEFT: &[(FaultCode, &str)] = &[
    (FaultCode::DuplicateKey, "a validator sees the last of two equal keys only"),
    (FaultCode::DuplicateId, "an id that stands in two objects"),
    (FaultCode::UnknownSource, "sources are other files"),
    (FaultCode::UnknownClaim, "claims may be in other files"),
    (FaultCode::UnknownUpstream, "an upstream may be a source, which is another file"),
    (FaultCode::UnknownDimension, "within the codebook names are not offered"),
    (FaultCode::Cycle, "follows references"),
    (FaultCode::ExhaustiveWithoutChildren, "follows references"),
    (FaultCode::IncompatibleMeasures, "follows references"),
    (FaultCode::EventOutsideParent, "follows references"),
    (FaultCode::ImpossibleOrder, "follows references"),
    (FaultCode::AsymmetricDomains, "compares two values"),
    (FaultCode::ReversedNumbers, "compares two values"),
    (FaultCode::EmptyInterval, "computes"),
    (FaultCode::PlainOutsideStrict, "compares two values"),
    (FaultCode::BadDate, "EDTF is no regular language that anybody could read"),
    (FaultCode::ReversedPeriod, "compares two dates"),
    (FaultCode::IndefinitePeriod, "reads EDTF"),
    (FaultCode::UnknownPresent, "reads EDTF"),
    (FaultCode::StartsAfterPublication, "compares two dates"),
    (FaultCode::TermsNotDisjoint, "follows references"),
    (FaultCode::EmptyScope, "follows references"),
    (FaultCode::UnclearPlace, "follows references"),
    (FaultCode::DateOutsideEvent, "compares two dates"),
    (FaultCode::ImpossiblePercentage, "follows references"),
    (FaultCode::SupersededByOther, "claims may be in other files"),
    (FaultCode::SupersededByUnrelated, "claims may be in other files"),
    (FaultCode::TooDeep, "counts levels"),
    (FaultCode::TextChanged, "reads the texts"),
    (FaultCode::LinesBeyondText, "reads the texts"),
    (FaultCode::MissingFile, "is no file"),
    (FaultCode::UnexpectedFile, "is about where a file is"),
];

/// Faults of which a schema tells some.
const PARTLY: &[(FaultCode, &str)] = &[
    (
        FaultCode::BadNumber,
        "that a factor is at least 1, and how many digits a number may have, is not about the shape",
    ),
    (FaultCode::ComparedWithItself, "compares two values, unless one is not there"),
];

/// What to take out of the codebook of a fixture so that a schema can be made of it for the fixture's sources.
const MENDED: &[(FaultCode, &str, &str)] = &[
    (FaultCode::UnknownUnit, "/units", "pkr-billion"),
    (FaultCode::DimensionNotOfMeasure, "/measures/fighters", "overlaps"),
    (FaultCode::FixedWithPeriod, "/measures", "area"),
];

/// The files of the fixture of a code, its codebook mended.
fn fault_files(code: FaultCode) -> Files {
    let mut files = files(&root().join("tests/fixtures/faults").join(code.name()));
    for (_, pointer, key) in MENDED.iter().filter(|(mended, _, _)| *mended == code) {
        let mut book: Value = serde_json::from_str(&files[0].1).unwrap();
        assert!(book.pointer_mut(pointer).unwrap().as_object_mut().unwrap().remove(*key).is_some(), "{code}");
        files[0].1 = book.to_string();
        load::codebook(&Folder::from_files(files.clone())).unwrap_or_else(|faults| panic!("{faults}"));
    }
    files
}

/// Each fault fixture of shape or names has a file that its schema refuses; those that are left are not refused, or they
/// would not need to be on the list.
#[test]
fn what_is_wrong_in_shape_or_names_is_refused() {
    let mut validators = Validators::new();
    let (mut weak, mut stale) = (Vec::new(), Vec::new());
    for &code in FaultCode::ALL {
        let files = fault_files(code);
        if files.is_empty() {
            continue;
        }
        validators.of_folder(&files);
        let refused = files.iter().find_map(|(path, text)| validators.wrong(path, text));
        match (LEFT.iter().any(|(left, _)| *left == code), refused) {
            (false, None) => weak.push(code.name()),
            (true, Some(error)) => stale.push(format!("{code}: {error}")),
            _ => {}
        }
    }
    assert_eq!((weak, stale), (Vec::new(), Vec::new()), "weak, and stale exceptions");
}

/// Claim by claim, on the fixtures whose codebook has no fault: what loads alone is valid alone, and what does not, for a
/// fault of shape or names, is not.
#[test]
fn each_claim_is_valid_as_it_loads() {
    let mut validators = Validators::new();
    let (mut sound, mut refused) = (0, 0);
    for &code in FaultCode::ALL {
        let files = fault_files(code);
        if validators.of_folder(&files).is_none() {
            continue;
        }
        for (path, text) in files.iter().filter(|(path, _)| kind(path) == SchemaOf::Source) {
            let Ok(source) = serde_json::from_str::<Value>(text) else { continue };
            for claim in source["claims"].as_array().into_iter().flatten() {
                let alone = json!({ "source": { "id": "alone", "published": "2023-01-19" }, "claims": [claim] });
                let files = files.iter().filter(|(path, _)| path == "codebook.json").cloned();
                let files = files.chain([(path.clone(), alone.to_string())]);
                let valid = validators.wrong(path, &alone.to_string()).is_none();
                match gainsay::load(&Folder::from_files(files)) {
                    Ok(_) => {
                        sound += 1;
                        assert!(valid, "{code}: {claim}");
                    }
                    Err(faults)
                        if faults
                            .iter()
                            .any(|fault| LEFT.iter().chain(PARTLY).all(|(left, _)| *left != fault.code)) =>
                    {
                        refused += 1;
                        assert!(!valid, "{code}: {claim}\n{faults}");
                    }
                    Err(_) => {}
                }
            }
        }
    }
    assert!(sound > 5 && refused > 30, "{sound} {refused}");
}

/// Changes of one sound claim, each of which one of the two ways to read it must not let pass alone.
#[test]
fn a_spoiled_claim_is_refused_by_both() {
    let files = starter_files();
    let mut validators = Validators::new();
    validators.of_folder(&files).unwrap();
    let sound = json!({ "id": "x", "quote": "q", "measure": "people-hurt", "place": "lauterbach", "harm": "killed",
                        "period": "2021", "value": { "at_least": 3 }, "voice": null, "note": null });
    let fact =
        json!({ "id": "x", "quote": "q", "subject": "dam-overtopped", "attribute": "cause", "is": "heavy-rain" });
    let length = json!({ "id": "x", "quote": "q", "event": "dam-overtopped", "duration": { "days": 1 } });
    let change = json!({ "id": "x", "quote": "q", "measure": "houses-flooded", "period": "2021",
                         "change": { "than": { "period": "2020" }, "direction": "up", "percent": 5 } });
    let both = |claim: &Value| {
        let source = json!({ "source": { "id": "s" }, "claims": [claim] }).to_string();
        let valid = validators.wrong("sources/s.json", &source).is_none();
        let book = files.iter().filter(|(path, _)| path == "codebook.json").cloned();
        let loads = gainsay::load(&Folder::from_files(book.chain([("sources/s.json".to_owned(), source)]))).is_ok();
        (valid, loads)
    };
    for claim in [&sound, &fact, &length, &change] {
        assert_eq!(both(claim), (true, true), "{claim}");
    }
    let spoils: [(&Value, &str, Value); 40] = [
        (&sound, "value", json!("3")),
        (&sound, "value", json!(-3)),
        (&sound, "value", json!({})),
        (&sound, "value", json!({ "at_least": 3, "about": 4 })),
        (&sound, "value", json!({ "atleast": 3 })),
        (&sound, "value", json!({ "rounded": 3 })),
        (&sound, "value", json!({ "about": 3, "to": 1 })),
        (&sound, "value", json!({ "between": [1, 2, 3] })),
        (&sound, "value", json!({ "vague": "umpteen" })),
        (&sound, "value", json!({ "estimate": { "low": 1, "high": 3 } })),
        (&sound, "measure", json!("people")),
        (&sound, "measure", json!(null)),
        (&sound, "place", json!("killed")),
        (&sound, "place", json!([])),
        (&sound, "place", json!(["lauterbach", "lauterbach"])),
        (&sound, "place", json!({ "except": ["upper-villages"], "unstated": "lauterbach" })),
        (&sound, "place", json!({ "unstated": true })),
        (&sound, "colour", json!("red")),
        (&sound, "unit", json!("house")),
        (&sound, "voice", json!("says")),
        (&sound, "line", json!(0)),
        (&sound, "page", json!("")),
        (&sound, "id", json!("X")),
        (&sound, "quote", json!(" ")),
        (
            &sound,
            "quote",
            json!("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"),
        ),
        (&sound, "attributed_to", json!("fire-service-2021")),
        (&sound, "superseded_by", json!("y")),
        (&sound, "is", json!("heavy-rain")),
        (&sound, "period", json!(2021)),
        (&sound, "event", json!("flood")),
        (&fact, "toward", json!("dam-overtopped")),
        (&fact, "is_not", json!("snowmelt")),
        (&fact, "is", json!("sleet")),
        (&fact, "subject", json!("lauterbach")),
        (&fact, "place", json!("lauterbach")),
        (&fact, "attribute", json!("reason")),
        (&length, "duration", json!({ "days": 1, "weeks": 1 })),
        (&length, "duration", json!({ "days": 1, "from": "dam-overtopped", "to": "dam-overtopped.end" })),
        (&change, "change", json!({ "than": { "period": "2020" }, "direction": "up", "percent": 5, "by": 3 })),
        (&change, "change", json!({ "than": {}, "direction": "sideways" })),
    ];
    for (claim, key, value) in spoils {
        let mut spoiled = claim.clone();
        spoiled[key] = value;
        assert_eq!(both(&spoiled), (false, false), "{spoiled}");
    }
    for claim in [&sound, &fact, &length, &change] {
        for key in claim.as_object().unwrap().keys() {
            let mut without = claim.clone();
            without.as_object_mut().unwrap().remove(key);
            let (valid, loads) = both(&without);
            assert_eq!(valid, loads, "without `{key}`: {without}");
        }
    }
}

#[test]
fn every_report_is_valid_and_none_lacks_a_key() {
    let validator = validator(SchemaOf::Report, None);
    let mut findings = 0;
    for (name, files) in sound_folders() {
        let corpus = gainsay::load(&Folder::from_files(files)).unwrap();
        let report = gainsay::check(&corpus, &Options::default());
        let value: Value = serde_json::from_str(&report::json(&report)).unwrap();
        let wrong: Vec<String> =
            validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert_eq!(wrong, Vec::<String>::new(), "{name}");
        findings += report.findings.len();
        if name == "claims" {
            spoiled_reports(&validator, &value);
        }
    }
    assert!(findings > 50, "{findings}");
}

/// A report that lacks any of its keys is invalid, and so is one with another type in its place.
fn spoiled_reports(validator: &Validator, value: &Value) {
    let object = |pointer: &str| value.pointer(pointer).unwrap().as_object().unwrap().clone();
    for pointer in ["", "/summary", "/summary/coverage", "/findings/0", "/findings/0/claims/0", "/repair/0", "/tool"] {
        for key in object(pointer).keys() {
            // What a proof says of a claim depends on its form, some of which have fewer keys.
            let of_form = pointer.ends_with("/claims/0") && value.pointer(pointer).unwrap().get(key).is_some();
            let of_proof = ["measure", "low", "low_open", "high", "high_open", "outer", "inner"];
            if of_form && of_proof.contains(&key.as_str()) {
                continue;
            }
            let mut spoiled = value.clone();
            spoiled.pointer_mut(pointer).unwrap().as_object_mut().unwrap().remove(key);
            assert!(!validator.is_valid(&spoiled), "without {pointer}/{key}");
            if key != "space" {
                spoiled.pointer_mut(pointer).unwrap()[key] = json!({ "odd": [true] });
                assert!(!validator.is_valid(&spoiled), "an object for {pointer}/{key}");
            }
        }
    }
}

// --- the keys

/// A place in the files: where its object stands in a schema, and files that have an object with certain keys there.
type Probe = (SchemaOf, &'static str, fn(&Value) -> Files);

fn source_with(claim: &Value) -> Files {
    let mut claim = claim.clone();
    let keys = claim.as_object_mut().unwrap();
    keys.entry("id").or_insert(json!("x"));
    keys.entry("quote").or_insert(json!("q"));
    let source = json!({ "source": { "id": "s" }, "claims": [claim] }).to_string();
    let book = starter_files().into_iter().filter(|(path, _)| path == "codebook.json");
    book.chain([("sources/s.json".to_owned(), source)]).collect()
}

fn book_with(section: &str, value: &Value) -> Files {
    let mut book: Value =
        serde_json::from_str(&starter_files().iter().find(|(path, _)| path == "codebook.json").unwrap().1).unwrap();
    book[section] = value.clone();
    vec![("codebook.json".to_owned(), book.to_string())]
}

fn figure_with(form: &str, value: &Value) -> Files {
    source_with(&json!({ "measure": "people-hurt", "period": "2021", form: value }))
}

const PROBES: [Probe; 26] = [
    (SchemaOf::Codebook, "", |keys| {
        let mut book = keys.clone();
        for key in ["dimensions", "measures"] {
            book[key] = json!({});
        }
        vec![("codebook.json".to_owned(), book.to_string())]
    }),
    (SchemaOf::Codebook, "/properties/dimensions/additionalProperties", |keys| {
        book_with("dimensions", &json!({ "d": keys }))
    }),
    (SchemaOf::Codebook, "/$defs/term", |keys| {
        book_with("dimensions", &json!({ "d": { "root": "all", "terms": { "one": keys } } }))
    }),
    (SchemaOf::Codebook, "/properties/measures/additionalProperties", |keys| {
        book_with("measures", &json!({ "m": keys }))
    }),
    (SchemaOf::Codebook, "/properties/units/additionalProperties", |keys| book_with("units", &json!({ "u": keys }))),
    (SchemaOf::Codebook, "/properties/sums/items", |keys| book_with("sums", &json!([keys]))),
    (SchemaOf::Codebook, "/properties/events/additionalProperties", |keys| book_with("events", &json!({ "e": keys }))),
    (SchemaOf::Codebook, "/properties/orders/items", |keys| book_with("orders", &json!([keys]))),
    (SchemaOf::Codebook, "/properties/attributes/additionalProperties", |keys| {
        book_with("attributes", &json!({ "a": keys }))
    }),
    (SchemaOf::Codebook, "/properties/vague/additionalProperties", |keys| book_with("vague", &json!({ "some": keys }))),
    (SchemaOf::Codebook, "/properties/about", |keys| book_with("about", keys)),
    (SchemaOf::Codebook, "/properties/beyond", |keys| book_with("beyond", keys)),
    (SchemaOf::Codebook, "/properties/upstreams/additionalProperties", |keys| {
        book_with("upstreams", &json!({ "u": keys }))
    }),
    (SchemaOf::Source, "", |keys| {
        let mut files = source_with(&json!({}));
        files[1].1 = keys.to_string();
        files
    }),
    (SchemaOf::Source, "/properties/source", |keys| {
        let mut files = source_with(&json!({}));
        files[1].1 = json!({ "source": keys }).to_string();
        files
    }),
    (SchemaOf::Source, "/properties/source/properties/text", |keys| {
        let mut files = source_with(&json!({}));
        files[1].1 = json!({ "source": { "id": "s", "text": keys } }).to_string();
        files
    }),
    (SchemaOf::Source, "/properties/claims/items", source_with),
    (SchemaOf::Source, "/$defs/figure/anyOf/1", |keys| figure_with("value", keys)),
    (SchemaOf::Source, "/$defs/figure/anyOf/1/properties/estimate", |keys| {
        figure_with("value", &json!({ "estimate": keys }))
    }),
    (SchemaOf::Source, "/properties/claims/items/properties/change", |keys| figure_with("change", keys)),
    (SchemaOf::Source, "/properties/claims/items/properties/share", |keys| figure_with("share", keys)),
    (SchemaOf::Source, "/properties/claims/items/properties/date", |keys| {
        source_with(&json!({ "event": "dam-overtopped", "date": keys }))
    }),
    (SchemaOf::Source, "/properties/claims/items/properties/date/properties/on/anyOf/1", |keys| {
        source_with(&json!({ "event": "dam-overtopped", "date": { "on": keys } }))
    }),
    (SchemaOf::Source, "/properties/claims/items/properties/duration", |keys| {
        source_with(&json!({ "duration": keys }))
    }),
    (SchemaOf::Waivers, "/properties/waivers/items", |keys| {
        let mut files = source_with(&json!({}));
        files.push(("waivers.json".to_owned(), json!({ "waivers": [keys] }).to_string()));
        files
    }),
    (SchemaOf::Omitted, "/properties/omitted/items", |keys| {
        let mut files = source_with(&json!({}));
        files.push(("omitted.json".to_owned(), json!({ "omitted": [keys] }).to_string()));
        files
    }),
];

/// Every key of a schema is one that the loader knows at that place; one that nobody knows shows that it was reached.
#[test]
fn the_loader_knows_every_key_of_the_schemas() {
    let starter = starter_files();
    let codebook = load::codebook(&Folder::from_files(starter)).unwrap();
    for (of, pointer, files) in PROBES {
        let schema = schema(of, Some(&codebook));
        let object = schema.pointer(pointer).unwrap_or_else(|| panic!("{} has no {pointer}", of.name()));
        assert_eq!(object["additionalProperties"], false, "{} {pointer}", of.name());
        let mut keys: Map<String, Value> =
            object["properties"].as_object().unwrap().keys().map(|key| (key.clone(), Value::Null)).collect();
        keys.insert("canary".to_owned(), Value::Null);
        let faults = gainsay::load(&Folder::from_files(files(&Value::from(keys)))).unwrap_err();
        let unknown: Vec<&str> = faults
            .iter()
            .filter(|fault| fault.code == FaultCode::UnknownKey)
            .map(|fault| fault.message.as_str())
            .collect();
        assert!(unknown.len() == 1 && unknown[0].contains("`canary`"), "{} {pointer}: {unknown:?}", of.name());
    }
}

/// Every key that the loader's lists name is a key of some schema.
#[test]
fn the_schemas_know_every_key_of_the_loader() {
    let mut known = BTreeSet::new();
    for of in SchemaOf::ALL.into_iter().filter(|&of| of != SchemaOf::Report) {
        properties(&schema(of, None), &mut known);
    }
    let mut named = BTreeSet::new();
    for entry in fs::read_dir(root().join("src/load")).unwrap() {
        let path = entry.unwrap().path();
        // What is in folders takes claims apart that are read by these lists too, or not at all.
        if path.is_dir() {
            continue;
        }
        let text = fs::read_to_string(path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        for list in ["KEYS: [&str;", "COMMON: [&str;", "OF_FORMS: [&str;", ".only(", ".only_of_file(", ".only_or("] {
            for rest in code.split(list).skip(1) {
                let list = if list.starts_with('.') { rest.split(");").next() } else { rest.split("];").next() };
                let list = list.unwrap();
                let list = list.split_once('[').map_or("", |(_, list)| list);
                named.extend(list.split('"').skip(1).step_by(2).map(str::to_owned));
            }
        }
    }
    assert!(named.len() > 60 && named.contains("superseded_by") && named.contains("times"), "{named:?}");
    let missing: Vec<&String> = named.iter().filter(|key| !known.contains(*key)).collect();
    assert!(missing.is_empty(), "no schema has {missing:?}");
}

fn properties(schema: &Value, known: &mut BTreeSet<String>) {
    match schema {
        Value::Object(keys) => {
            if let Some(Value::Object(properties)) = keys.get("properties") {
                known.extend(properties.keys().cloned());
            }
            keys.values().for_each(|inner| properties(inner, known));
        }
        Value::Array(items) => items.iter().for_each(|inner| properties(inner, known)),
        _ => {}
    }
}

/// An editor shows what each key means.
#[test]
fn every_key_has_a_description() {
    fn check(schema: &Value, root: &Value, of: &str) {
        match schema {
            Value::Object(keys) => {
                if let Some(Value::Object(properties)) = keys.get("properties").filter(|_| keys.contains_key("type")) {
                    for (key, value) in properties {
                        let target = value["$ref"].as_str().and_then(|name| root.pointer(name.trim_start_matches('#')));
                        let told =
                            [Some(value), target].into_iter().flatten().find_map(|value| value["description"].as_str());
                        assert!(told.is_some_and(|told| told.len() > 3), "{of}: `{key}` has no description: {value}");
                    }
                }
                keys.values().for_each(|inner| check(inner, root, of));
            }
            Value::Array(items) => items.iter().for_each(|inner| check(inner, root, of)),
            _ => {}
        }
    }
    let codebook = load::codebook(&Folder::from_files(starter_files())).unwrap();
    for of in SchemaOf::ALL {
        let schema = schema(of, Some(&codebook));
        check(&schema, &schema, of.name());
    }
}

/// Each name of the codebook is offered where it may stand, with what it means.
#[test]
fn the_names_of_the_codebook_are_offered() {
    let files = files(&root().join("claims"));
    let codebook = load::codebook(&Folder::from_files(files.clone())).unwrap();
    let schema = schema(SchemaOf::Source, Some(&codebook));
    let book: Value = serde_json::from_str(&files[0].1).unwrap();
    let offered = |name: &str| {
        let list = &schema["$defs"][name];
        let list = if list["enum"].is_array() { list } else { &list["anyOf"][0] };
        let words: BTreeSet<&str> =
            list["enum"].as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
        assert_eq!(list["enumDescriptions"].as_array().unwrap().len(), words.len(), "{name}");
        words
    };
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
    for (section, name) in [
        ("measures", "measure"),
        ("events", "event"),
        ("attributes", "attribute"),
        ("vague", "vague"),
        ("upstreams", "upstream"),
    ] {
        assert_eq!(keys(&book[section]), offered(name).into_iter().map(str::to_owned).collect(), "{section}");
    }
    for (dimension, value) in book["dimensions"].as_object().unwrap() {
        let mut terms = keys(&value["terms"]);
        terms.insert(value["root"].as_str().unwrap().to_owned());
        assert_eq!(
            terms,
            offered(&format!("term.{dimension}")).into_iter().map(str::to_owned).collect(),
            "{dimension}"
        );
    }
    let size = schema_text(SchemaOf::Source, Some(&codebook)).len();
    assert!(size < 300_000, "a schema that an editor reads at every start: {size} bytes");
}

#[test]
fn the_schemas_beside_the_claims_are_those_that_the_program_prints() {
    let codebook = load::codebook(&Folder::from_files(files(&root().join("claims")))).unwrap();
    for of in SchemaOf::ALL {
        let path = format!("claims/schemas/{}.json", of.name());
        let kept = fs::read_to_string(root().join(&path)).unwrap_or_default();
        let printed = schema_text(of, Some(&codebook));
        assert!(kept == printed, "run `cargo run -- schema {} -o {path}`", of.name());
    }
    for (path, text) in files(&root().join("claims")) {
        let value: Value = serde_json::from_str(&text).unwrap();
        let own = value["$schema"].as_str().unwrap_or_else(|| panic!("{path} names no schema"));
        let file = root().join("claims").join(&path).parent().unwrap().join(own);
        assert!(file.is_file() && own.ends_with(&format!("schemas/{}.json", kind(&path).name())), "{path}: {own}");
    }
}

/// Each kind of file may name its schema, as a text.
#[test]
fn a_file_may_name_its_schema() {
    let file = |kind: &str, own: &str| format!("{{ \"$schema\": {own}, {kind} }}");
    let folder = |own: &str| {
        Folder::from_files([
            ("codebook.json", file("\"dimensions\": {}", own)),
            ("sources/a.json", file("\"source\": { \"id\": \"a\" }", own)),
            ("waivers.json", file("\"waivers\": []", own)),
            ("omitted.json", file("\"omitted\": []", own)),
        ])
    };
    gainsay::load(&folder("\"x.json\"")).unwrap_or_else(|faults| panic!("{faults}"));
    let faults = gainsay::load(&folder("7")).unwrap_err();
    let codes: Vec<&str> = faults.iter().map(|fault| fault.code.name()).collect();
    assert_eq!(codes, ["wrong-type"; 4], "{faults}");
    let inside = r#"{ "source": { "id": "a", "$schema": "x.json" } }"#;
    let files = [("codebook.json", "{}"), ("sources/a.json", inside)];
    assert!(
        gainsay::load(&Folder::from_files(files)).unwrap_err().to_string().contains("unknown-key"),
        "only at the root"
    );
}
