//! The guarantee, checked: a world that the program shows is read back from its JSON, and every claim that it is said to
//! hold in is checked against it by adding up incidents.
//!
//! Nothing here asks the solver. What each claim says in numbers is its proof entry, as in a report; what a unit lies in
//! is what the world's own lists of terms say, and those are checked against the codebook first.

use std::collections::{BTreeMap, BTreeSet};

use gainsay::certificate::{claim_proof, space};
use gainsay::claim::{Corpus, Reading};
use gainsay::report::value;
use gainsay::report::world::{WORLD_SCHEMA, world_json, world_text};
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use serde_json::Value;

use crate::bounds;
use crate::support::{corpus, folders, root, snapshot};
use crate::worlds;

type Outcome = Result<(), String>;

/// What a check says when it fails.
fn require(holds: bool, says: impl FnOnce() -> String) -> Outcome {
    if holds { Ok(()) } else { Err(says()) }
}

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().map(|list| list.iter().map(|item| item.as_str().unwrap()).collect()).unwrap_or_default()
}

fn rational(value: &Value) -> BigRational {
    value.as_str().unwrap().parse().unwrap()
}

/// How many days a date lies after 1970-01-01 (the count of days by H. Hinnant, "chrono-compatible low-level date
/// algorithms").
fn day(text: &str) -> i64 {
    let (sign, rest) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let parts: Vec<i64> = rest.split('-').map(|part| part.parse().unwrap()).collect();
    let [year, month, day] = parts[..] else { panic!("no day: {text}") };
    let year = sign * year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The first and the last day of a stretch; far away where it has none.
fn stretch(text: &str) -> (i64, i64) {
    const FAR: i64 = 100_000_000;
    let (first, last) = text.split_once('/').unwrap();
    (if first == ".." { -FAR } else { day(first) }, if last == ".." { FAR } else { day(last) })
}

struct World<'a> {
    json: &'a Value,
    space: Value,
    reading: Reading,
}

impl World<'_> {
    fn incidents(&self, measure: &str) -> impl Iterator<Item = &Value> {
        let all = self.json["incidents"].as_array().unwrap().iter();
        all.filter(move |incident| incident["measure"] == measure)
    }

    fn kind(&self, measure: &str) -> &str {
        self.space["measures"][measure]["kind"].as_str().unwrap()
    }

    /// A measure and, under plain, those as whose claims its own are read too.
    fn chain(&self, measure: &str) -> Vec<String> {
        let mut chain = vec![measure.to_owned()];
        while let (Reading::Plain, Some(next)) =
            (self.reading, self.space["measures"][chain.last().unwrap()]["plain"].as_str())
        {
            chain.push(next.to_owned());
        }
        chain
    }

    /// How much of a measure lies in a box; of a level on a day.
    fn mass(&self, measure: &str, scope: &Value, on: Option<i64>) -> BigRational {
        let lies = |incident: &&Value| {
            let then = on.is_none_or(|on| {
                let (first, last) = stretch(incident["period"].as_str().unwrap());
                (first..=last).contains(&on)
            });
            then && incident["positions"].as_array().unwrap().iter().any(|at| is_in(at, scope, on.is_some()))
        };
        self.incidents(measure).filter(lies).map(|incident| rational(&incident["count"])).sum()
    }

    /// The days of a stretch on which something may differ from the day before.
    fn days(&self, (first, last): (i64, i64)) -> BTreeSet<i64> {
        let lists = [&self.json["incidents"], &self.json["facts"]];
        let all = lists.into_iter().flat_map(|list| list.as_array().unwrap());
        let ends = all.filter_map(|item| item["period"].as_str()).map(stretch);
        let days = ends.flat_map(|(first, last)| [first, last + 1]).chain([first, last]);
        days.filter(|day| (first..=last).contains(day)).collect()
    }
}

/// Whether a position lies in a box.
fn is_in(position: &Value, scope: &Value, level: bool) -> bool {
    scope.as_object().unwrap().iter().all(|(axis, wanted)| match axis.as_str() {
        "period" if level => true,
        "period" => {
            let (first, last) = stretch(wanted.as_str().unwrap());
            position["day"].as_str().is_some_and(|at| (first..=last).contains(&day(at)))
        }
        "event" => texts(&position["events"]).contains(&wanted.as_str().unwrap()),
        _ => {
            let held = texts(&position["terms"][axis]);
            match wanted {
                Value::String(term) => held.contains(&term.as_str()),
                Value::Array(_) => texts(wanted).iter().any(|term| held.contains(term)),
                _ => !texts(&wanted["except"]).iter().any(|term| held.contains(term)),
            }
        }
    })
}

/// Whether a number lies between the ends of a claim.
fn lies_between(value: &BigRational, claim: &Value, times: &BigRational) -> (bool, bool) {
    let end = |key: &str| claim[key].as_str().map(|end| end.parse::<BigRational>().unwrap() * times);
    let low = end("low").is_none_or(|low| if claim["low_open"] == true { *value > low } else { *value >= low });
    let high = end("high").is_none_or(|high| if claim["high_open"] == true { *value < high } else { *value <= high });
    (low, high)
}

impl World<'_> {
    fn claim(&self, claim: &Value) -> Outcome {
        let has = |key: &str| !claim[key].is_null();
        if has("change") {
            self.change(claim)
        } else if has("bounds") {
            claim["bounds"].as_array().unwrap().iter().try_for_each(|bound| {
                let at = self.date(bound["date"].as_str().unwrap())?;
                let low = bound["low"].as_str().is_none_or(|low| day(low) <= at);
                let high = bound["high"].as_str().is_none_or(|high| at <= day(high));
                require(low && high, || format!("day {at} is not in {bound}"))
            })
        } else if has("duration") {
            let from = self.date(claim["duration"]["from"].as_str().unwrap())?;
            let days = self.date(claim["duration"]["to"].as_str().unwrap())? - from;
            let between = lies_between(&BigRational::from_integer(days.into()), claim, &BigRational::one());
            require(between == (true, true), || format!("it lasts {days} days"))
        } else if has("subject") {
            self.fact(claim)
        } else if has("outer") {
            self.chain(claim["measure"].as_str().unwrap()).iter().try_for_each(|measure| self.figure(claim, measure))
        } else {
            Err("it says nothing and is said to hold".to_owned())
        }
    }

    fn figure(&self, claim: &Value, measure: &str) -> Outcome {
        let (outer, inner) = (&claim["outer"], &claim["inner"]);
        let holds = |on: Option<i64>| {
            let one = BigRational::one();
            let low = self.mass(measure, outer, on);
            require(lies_between(&low, claim, &one).0, || format!("{low} of {measure} on {on:?} is too little"))?;
            if inner.is_null() {
                return Ok(());
            }
            let high = self.mass(measure, inner, on);
            require(lies_between(&high, claim, &one).1, || format!("{high} of {measure} on {on:?} is too much"))
        };
        if self.kind(measure) != "level" {
            return holds(None);
        }
        let period = stretch(outer["period"].as_str().unwrap_or("../.."));
        // Under strict a level is that of one day.
        require(self.reading == Reading::Plain || period.0 == period.1, || "a level of several days".to_owned())?;
        self.days(period).into_iter().try_for_each(|on| holds(Some(on)))
    }

    fn change(&self, claim: &Value) -> Outcome {
        for measure in self.chain(claim["measure"].as_str().unwrap()) {
            let mass = |scope: &Value| {
                let level = self.kind(&measure) == "level";
                self.mass(&measure, scope, level.then(|| stretch(scope["period"].as_str().unwrap()).0))
            };
            let (new, base) = (mass(&claim["outer"]), mass(&claim["base_outer"]));
            require(base.is_positive(), || format!("the base of {measure} is {base}"))?;
            let between = if claim["change"] == "difference" {
                lies_between(&(&new - &base), claim, &BigRational::one())
            } else {
                lies_between(&new, claim, &base)
            };
            require(between == (true, true), || format!("{measure} goes from {base} to {new}"))?;
        }
        Ok(())
    }

    fn date(&self, moment: &str) -> Result<i64, String> {
        self.json["dates"][moment].as_str().map(day).ok_or_else(|| format!("the world has no {moment}"))
    }

    fn fact(&self, claim: &Value) -> Outcome {
        let wanted = match &claim["value"] {
            Value::String(_) => vec![claim["value"].as_str().unwrap()],
            several => texts(several),
        };
        let attribute = &self.space["attributes"][claim["measure"].as_str().unwrap()];
        let is_one = |fact: &Value| {
            let held = texts(&fact["value"]);
            wanted.iter().any(|wanted| match (attribute["values"] == "dates", held.as_slice()) {
                (true, [at]) => (stretch(wanted).0..=stretch(wanted).1).contains(&day(at)),
                _ => held.contains(wanted),
            })
        };
        let about = |fact: &&Value| {
            fact["attribute"] == claim["measure"]
                && fact["subject"] == claim["subject"]
                && fact["toward"] == claim["toward"]
        };
        let holds_on = |on: Option<i64>| {
            let facts = self.json["facts"].as_array().unwrap().iter().filter(about);
            let mut then = facts.filter(|fact| match (on, fact["period"].as_str()) {
                (Some(on), Some(period)) => (stretch(period).0..=stretch(period).1).contains(&on),
                _ => true,
            });
            let is = then.any(is_one);
            require(is != claim["low"].is_null(), || format!("on {on:?} it is {is}"))
        };
        if attribute["changes"] == true {
            let period = stretch(claim["period"].as_str().unwrap_or("../.."));
            self.days(period).into_iter().try_for_each(|on| holds_on(Some(on)))
        } else {
            holds_on(None)
        }
    }
}

/// A tree of terms, as the codebook has it.
struct Tree<'a> {
    root: Option<&'a str>,
    exhaustive: bool,
    terms: &'a Value,
}

impl<'a> Tree<'a> {
    fn parent(&self, term: &str) -> Option<&'a str> {
        self.terms[term]["in"].as_str().filter(|parent| Some(*parent) != self.root)
    }

    fn is_below(&self, term: &str, above: &str) -> bool {
        std::iter::successors(Some(term), |term| self.parent(term)).any(|term| term == above)
    }

    /// Whether some position can lie in all of these terms and in no other.
    fn allows(&self, held: &[&str]) -> Outcome {
        let distinct: BTreeSet<&str> = held.iter().copied().collect();
        require(distinct.len() == held.len(), || format!("{held:?} has a term twice"))?;
        for (at, term) in held.iter().enumerate() {
            require(!self.terms[*term].is_null(), || format!("`{term}` is unknown"))?;
            let parent = self.parent(term);
            require(parent.is_none_or(|parent| distinct.contains(parent)), || format!("`{term}` without its parent"))?;
            for other in held.iter().skip(at + 1) {
                require(!self.is_below(other, term), || format!("`{other}` comes after `{term}`"))?;
                let separate = |term: &str| self.terms[term]["overlaps"] != true;
                let siblings = self.parent(other) == parent && separate(term) && separate(other);
                require(!siblings, || format!("`{term}` and `{other}` share nothing"))?;
            }
        }
        let covered = |parent: Option<&str>, exhaustive: bool| {
            let is_child = |term: &str| self.parent(term) == parent && self.terms[term]["overlaps"] != true;
            let has_children = self.terms.as_object().unwrap().keys().any(|term| is_child(term));
            !(exhaustive && has_children) || held.iter().any(|term| is_child(term))
        };
        require(covered(None, self.exhaustive), || format!("{held:?} is nowhere below the root"))?;
        let gap = held.iter().find(|term| !covered(Some(term), self.terms[**term]["exhaustive"] == true));
        require(gap.is_none(), || format!("{held:?} is in no part of {gap:?}"))
    }
}

impl World<'_> {
    /// The lists of terms and events are such as the codebook allows; what does not overlap is the same in all positions.
    fn positions(&self, incident: &Value) -> Outcome {
        let measure = &self.space["measures"][incident["measure"].as_str().unwrap()];
        let overlaps = texts(&measure["overlaps"]);
        let positions = incident["positions"].as_array().unwrap();
        require(!positions.is_empty() && rational(&incident["count"]).is_positive(), || "nothing, nowhere".to_owned())?;
        let same = |of: &dyn Fn(&Value) -> Value| positions.iter().all(|position| of(position) == of(&positions[0]));
        for dimension in texts(&measure["dimensions"]) {
            let about = &self.space["dimensions"][dimension];
            let tree =
                Tree { root: about["root"].as_str(), exhaustive: about["exhaustive"] == true, terms: &about["terms"] };
            positions.iter().try_for_each(|position| tree.allows(&texts(&position["terms"][dimension])))?;
            let one = overlaps.contains(&dimension) || same(&|position| position["terms"][dimension].clone());
            require(one, || format!("`{dimension}` does not overlap"))?;
        }
        let times = |position: &Value| Value::from(vec![position["events"].clone(), position["day"].clone()]);
        require(overlaps.contains(&"period") || same(&times), || "a unit has one day".to_owned())?;
        let dated = measure["kind"] == "count";
        require(positions.iter().all(|position| position["day"].is_string() == dated), || "a day too many".to_owned())?;
        require(incident["period"].is_string() == (measure["kind"] == "level"), || "a period too many".to_owned())?;
        positions.iter().try_for_each(|position| self.events(&texts(&position["events"])))
    }

    fn events(&self, held: &[&str]) -> Outcome {
        let tree = Tree { root: None, exhaustive: false, terms: &self.space["events"] };
        for (at, event) in held.iter().enumerate() {
            let parent = tree.parent(event);
            require(parent.is_none_or(|parent| held.contains(&parent)), || format!("`{event}` without its parent"))?;
            for other in held.iter().skip(at + 1) {
                let incidents = [event, other].iter().all(|event| self.space["events"][**event]["kind"] == "incident");
                let nested = tree.is_below(event, other) || tree.is_below(other, event);
                require(!incidents || nested, || format!("`{event}` and `{other}` share nothing"))?;
            }
        }
        Ok(())
    }

    /// What the codebook says of dates, values and sums.
    fn codebook(&self) -> Outcome {
        let date = |event: &str, side: &str| self.date(&format!("{event}.{side}")).ok();
        for (event, about) in self.space["events"].as_object().unwrap() {
            let (Some(start), Some(end)) = (date(event, "start"), date(event, "end")) else { continue };
            let one_day = about["kind"] != "incident" || start == end;
            require(start <= end && one_day, || format!("`{event}` is from {start} to {end}"))?;
            if let Some(around) = about["in"].as_str()
                && let (Some(first), Some(last)) = (date(around, "start"), date(around, "end"))
            {
                require(first <= start && end <= last, || format!("`{event}` is not in `{around}`"))?;
            }
        }
        for order in self.space["orders"].as_array().unwrap() {
            if let (Ok(first), Ok(then)) =
                (self.date(order["first"].as_str().unwrap()), self.date(order["then"].as_str().unwrap()))
            {
                require(first <= then, || format!("{order} is broken"))?;
            }
        }
        let facts = self.json["facts"].as_array().unwrap();
        for (at, fact) in facts.iter().enumerate() {
            let attribute = &self.space["attributes"][fact["attribute"].as_str().unwrap()];
            if attribute["values"].is_object() {
                let tree = Tree { root: None, exhaustive: false, terms: &attribute["values"] };
                tree.allows(&texts(&fact["value"]))?;
            }
            if attribute["single_valued"] != true {
                continue;
            }
            for other in facts.iter().skip(at + 1) {
                let same = ["attribute", "subject", "toward"].iter().all(|key| fact[*key] == other[*key]);
                let period = |fact: &Value| stretch(fact["period"].as_str().unwrap_or("../.."));
                let ((a, b), (c, d)) = (period(fact), period(other));
                require(!same || b < c || d < a, || format!("two values at once: {fact} {other}"))?;
            }
        }
        self.space["sums"].as_array().unwrap().iter().try_for_each(|sum| self.sum(sum))
    }

    /// In every box the parts add up to the whole: position by position they do.
    fn sum(&self, sum: &Value) -> Outcome {
        let mut left: BTreeMap<String, BigRational> = BTreeMap::new();
        let whole = sum["whole"].as_str().unwrap();
        let parts = texts(&sum["parts"]).into_iter().map(|part| (part, -BigRational::one()));
        for (measure, sign) in parts.chain([(whole, BigRational::one())]) {
            for incident in self.incidents(measure) {
                let at = format!("{}{}", incident["positions"], incident["period"]);
                *left.entry(at).or_default() += &sign * rational(&incident["count"]);
            }
        }
        let over = left.iter().find(|(_, count)| !count.is_zero());
        require(over.is_none(), || format!("{sum} does not add up at {over:?}"))
    }
}

/// Reads a world back; how many claims it leaves undecided, or what is wrong with it.
fn read_back(corpus: &Corpus, reading: Reading) -> Result<usize, String> {
    read(corpus, reading, &shown(corpus, reading))
}

fn shown(corpus: &Corpus, reading: Reading) -> Value {
    serde_json::from_str(&world_json(&gainsay::world(corpus, reading))).unwrap()
}

fn read(corpus: &Corpus, reading: Reading, json: &Value) -> Result<usize, String> {
    let world = World { json, space: space(&corpus.codebook), reading };
    require(json["schema"] == WORLD_SCHEMA && json["reading"] == reading.word(), || "another world".to_owned())?;
    for incident in json["incidents"].as_array().unwrap() {
        world.positions(incident).map_err(|why| format!("{why}: {incident:#}"))?;
        let measure = &world.space["measures"][incident["measure"].as_str().unwrap()];
        let must =
            measure["whole"] == true && !texts(&json["fractional"]).contains(&incident["measure"].as_str().unwrap());
        require(!must || rational(&incident["count"]).is_integer(), || format!("a fraction: {incident}"))?;
    }
    require(json["whole"] == texts(&json["fractional"]).is_empty(), || "whole or not".to_owned())?;
    world.codebook()?;
    let held: BTreeSet<&str> = texts(&json["claims"]["held"]).into_iter().collect();
    let left_out = json["claims"]["left_out"].as_array().unwrap();
    let left_out: BTreeMap<&str, &str> =
        left_out.iter().map(|out| (out["claim"].as_str().unwrap(), out["reason"].as_str().unwrap())).collect();
    require(held.len() + left_out.len() == corpus.claims.len(), || "claims are missing".to_owned())?;
    for (id, _) in corpus.claims() {
        let name = corpus.name(id);
        if held.contains(name.as_str()) {
            let says = value(&claim_proof(corpus, id, reading));
            world.claim(&says).map_err(|why| format!("{name} does not hold: {why}\n{says:#}\n{json:#}"))?;
        } else {
            require(left_out.contains_key(name.as_str()), || format!("{name} is missing"))?;
        }
    }
    Ok(left_out.values().filter(|reason| **reason == "undecided").count())
}

#[test]
fn all_unflagged_claims_of_the_four_papers_hold_in_the_world_that_is_shown() {
    let corpus = corpus(&root().join("claims"));
    for reading in Reading::BOTH {
        let undecided = read_back(&corpus, reading).unwrap_or_else(|why| panic!("{}: {why}", reading.word()));
        assert_eq!(undecided, 0, "{}", reading.word());
        assert!(gainsay::world(&corpus, reading).whole, "{}", reading.word());
    }
    snapshot(
        "world-papers",
        &world_text(&gainsay::world(&corpus, Reading::Strict), gainsay::report::TextOptions::default()),
    );
}

/// Where nobody speaks of an event, nothing lies in one.
#[test]
fn nothing_is_made_up_where_something_can_be_left_out() {
    let json = shown(&corpus(&root().join("claims")), Reading::Strict);
    let area = json["incidents"].as_array().unwrap().iter().find(|incident| incident["measure"] == "area").unwrap();
    assert_eq!(area["positions"][0]["events"], serde_json::json!([]));
    assert_eq!(area["positions"][0]["terms"], serde_json::json!({ "place": ["afghanistan"] }));
}

/// What lies outside a period that reaches the end of the calendar lies before it.
#[test]
fn there_is_no_day_after_the_last_one() {
    let figure =
        |period: &str, value: Value| serde_json::json!({ "measure": "damage", "period": period, "value": value });
    let claims = [
        figure("1960/9999", serde_json::json!({ "at_most": 3 })),
        figure("unstated", serde_json::json!({ "at_least": 5 })),
    ];
    let corpus = gainsay::load(&bounds::folder(&claims)).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(read_back(&corpus, Reading::Strict), Ok(0));
}

/// A reader that finds nothing wrong with any world would prove nothing.
#[test]
fn a_world_that_was_tampered_with_is_refused() {
    let corpus = corpus(&root().join("claims"));
    let tamper = |change: &dyn Fn(&mut Value)| {
        let mut json = shown(&corpus, Reading::Strict);
        change(&mut json);
        read(&corpus, Reading::Strict, &json).unwrap_err()
    };
    assert!(tamper(&|json| json["incidents"] = Value::Array(Vec::new())).contains("is too little"));
    assert!(tamper(&|json| json["facts"] = Value::Array(Vec::new())).contains("it is false"));
    assert!(tamper(&|json| json["dates"]["september-11-attacks.start"] = "2001-09-10".into()).contains("is from"));
    assert!(tamper(&|json| drop(json["claims"]["held"].as_array_mut().unwrap().pop())).contains("missing"));
    // The driver and the police officers killed in Islamabad lie in their province and their country.
    let misplace = |json: &mut Value| {
        let incidents = json["incidents"].as_array_mut().unwrap().iter_mut();
        for position in incidents.flat_map(|incident| incident["positions"].as_array_mut().unwrap()) {
            let places = position["terms"].get_mut("place").and_then(Value::as_array_mut);
            places.map(Vec::pop);
        }
    };
    assert!(tamper(&misplace).contains("without its parent"));
    let double = |json: &mut Value| {
        let incidents = json["incidents"].as_array_mut().unwrap();
        incidents.extend(incidents.clone());
    };
    assert!(tamper(&double).contains("is too much"));
}

#[test]
fn all_unflagged_claims_of_every_fixture_hold_in_its_world() {
    for (name, path) in folders(&root().join("tests/fixtures/rules")) {
        let corpus = corpus(&path);
        for reading in Reading::BOTH {
            let undecided =
                read_back(&corpus, reading).unwrap_or_else(|why| panic!("{name} {}: {why}", reading.word()));
            assert_eq!(undecided, 0, "{name} {}", reading.word());
        }
    }
}

#[test]
fn all_unflagged_claims_of_small_random_folders_hold_in_their_worlds() {
    let mut undecided = 0;
    for seed in 0..150 {
        let claims = bounds::random_claims(seed);
        let corpus = gainsay::load(&bounds::folder(&claims)).unwrap();
        for reading in Reading::BOTH {
            undecided += read_back(&corpus, reading)
                .unwrap_or_else(|why| panic!("seed {seed} {}: {why}\n{claims:#?}", reading.word()));
        }
    }
    assert_eq!(undecided, 0);
}

#[test]
fn all_unflagged_claims_of_random_worlds_hold_in_the_worlds_that_are_shown() {
    for (name, files) in worlds::folders(3) {
        let corpus = gainsay::load(&gainsay::Folder::from_files(files.iter().cloned())).unwrap();
        for reading in Reading::BOTH {
            let text = || files.iter().map(|(path, text)| format!("--- {path}\n{text}")).collect::<Vec<_>>().join("\n");
            let undecided = read_back(&corpus, reading)
                .unwrap_or_else(|why| panic!("{name} {}: {why}\n{}", reading.word(), text()));
            assert_eq!(undecided, 0, "{name} {}", reading.word());
        }
    }
}
