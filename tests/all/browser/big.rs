//! A claims folder as a newsroom of years would have it: forty sources, ten thousand claims, and some that contradict others.

use serde_json::{Value, json};

const SOURCES: usize = 40;
const CLAIMS_EACH: usize = 250;
/// So many sources make claims of the same scopes.
const TOGETHER: usize = 4;
const MEASURES: [(&str, &str); 5] = [
    ("attacks", "{} attacks"),
    ("arrests", "{} arrests"),
    ("killed", "{} people killed"),
    ("homes", "{} homes destroyed"),
    ("strikes", "{} strikes"),
];
const COUNTRIES: usize = 10;
const PROVINCES: usize = 5;
const PLACES: usize = COUNTRIES * (1 + PROVINCES);
const YEARS: usize = 15;

/// A made-up name for a number, without figures.
fn name(of: usize) -> String {
    const SYLLABLES: [&str; 10] = ["Ba", "do", "Ke", "li", "Mu", "na", "Po", "ri", "Su", "te"];
    let word = [SYLLABLES[of % 10], SYLLABLES[of / 10 % 10], "land"].concat().to_lowercase();
    word[..1].to_uppercase() + &word[1..]
}

/// A country, or a province of one.
fn place(index: usize) -> (String, Option<usize>) {
    if index < COUNTRIES {
        (format!("country-{index}"), None)
    } else {
        (format!("province-{index}"), Some((index - COUNTRIES) / PROVINCES))
    }
}

fn codebook() -> Value {
    let places = (0..PLACES).map(|index| {
        let (id, country) = place(index);
        let within = country.map_or("world".to_owned(), |country| place(country).0);
        (id, json!({ "in": within, "label": name(index) }))
    });
    let places: serde_json::Map<String, Value> = places.collect();
    let measures = MEASURES.map(|(id, phrase)| {
        let measure = json!({ "phrase": phrase, "unit": id, "kind": "count", "whole": true, "dimensions": ["place"] });
        (id.to_owned(), measure)
    });
    json!({ "dimensions": { "place": { "phrase": "in {}", "root": "world", "terms": places } },
        "measures": serde_json::Map::from_iter(measures) })
}

/// The true figure of a measure in a place and a year. A country has more than its provinces together.
fn truth(measure: usize, at: usize, year: usize) -> usize {
    if at < COUNTRIES {
        let provinces = (0..PROVINCES).map(|province| COUNTRIES + at * PROVINCES + province);
        50 + provinces.map(|province| truth(measure, province, year)).sum::<usize>()
    } else {
        20 + (measure * 31 + at * 37 + year * 41) % 180
    }
}

/// The scopes are numbered, and every few sources share 250 of them.
fn claim(source: usize, index: usize) -> Value {
    let scope = (source / TOGETHER) * CLAIMS_EACH + index;
    let (measure, scope) = (scope % MEASURES.len(), scope / MEASURES.len());
    let (at, year) = (scope % PLACES, 2010 + scope / PLACES % YEARS);
    // One figure in 25 of every fourth source is not that of the three others, and too small a lie to be one of the country.
    let lie = source % TOGETHER == 3 && index % 25 == 24;
    let figure = truth(measure, at, year) + if lie { 11 } else { 0 };
    let (id, phrase) = MEASURES[measure];
    let quote = format!("{} in {} in {year}", phrase.replace("{}", &figure.to_string()), name(at));
    json!({ "id": format!("claim-{index}"), "quote": quote, "line": index + 1, "measure": id, "place": place(at).0,
        "period": year.to_string(), "value": figure })
}

/// Writes the folder.
pub(super) fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, value: &Value| std::fs::write(folder.path().join(name), value.to_string()).unwrap();
    std::fs::create_dir(folder.path().join("sources")).unwrap();
    write("codebook.json", &codebook());
    for source in 0..SOURCES {
        let id = format!("paper-{source}");
        let claims: Vec<Value> = (0..CLAIMS_EACH).map(|index| claim(source, index)).collect();
        let about = json!({ "id": id, "title": format!("A Year Told by {}", name(source * 7)), "authors": [format!("A. {}", name(source))],
            "publisher": "The Press", "published": "2025-06-01" });
        write(&format!("sources/{id}.json"), &json!({ "source": about, "claims": claims }));
    }
    folder
}
