//! The files of a folder, and what is true, beside it.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::Arguments;
use crate::calendar::published;
use crate::claim::{Claim, Claims, Scope};
use crate::dice::Purpose;
use crate::quote::quote;
use crate::said::Said;
use crate::tree::codebook;

#[derive(Serialize)]
struct Line<'a> {
    source: &'a str,
    id: &'a str,
    quote: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    measure: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    actor: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<&'a str>,
    period: &'a str,
    value: Said,
}

/// Writes a claims folder with one source file, and `FOLDER.truth.json`.
pub(crate) fn write(arguments: &Arguments, claims: &Claims) -> io::Result<()> {
    let folder = &arguments.folder;
    fs::create_dir_all(folder.join("sources"))?;
    write_json(&folder.join("codebook.json"), &codebook(&claims.world.trees))?;
    let mut file = BufWriter::with_capacity(1 << 20, File::create(folder.join("sources/incidents.jsonl"))?);
    let lies = write_claims(claims, &mut file)?;
    file.flush()?;
    let truth = json!({
        "arguments": { "claims": arguments.claims, "seed": arguments.seed, "lies": arguments.lies, "shape": arguments.shape.name() },
        "counts": { "sources": claims.sources(), "incidents": claims.world.incidents.len(), "claims": claims.count(), "lies": lies.len() },
        "lies": lies,
    });
    let mut beside = folder.as_os_str().to_owned();
    beside.push(".truth.json");
    write_json(Path::new(&beside), &truth)
}

fn write_json(path: &Path, value: &Value) -> io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    serde_json::to_writer_pretty(&mut file, value)?;
    writeln!(file)?;
    file.flush()
}

/// Writes each source before its first claim, and returns what is to tell of the lies.
fn write_claims(claims: &Claims, out: &mut impl Write) -> io::Result<Vec<Value>> {
    let mut told = vec![false; claims.sources()];
    let mut lies = Vec::new();
    let (mut source_id, mut id, mut period) = (String::new(), String::new(), String::new());
    for index in 0..claims.count() {
        let source = claims.source(index);
        source_id.clear();
        let _ = write!(source_id, "s-{:04}", source + 1);
        if !std::mem::replace(&mut told[source], true) {
            let about = json!({ "id": source_id, "title": format!("Report {}", source + 1), "published": published(source).to_string() });
            writeln!(out, "{}", json!({ "source": about }))?;
        }
        let claim = claims.get(index);
        id.clear();
        let _ = write!(id, "c-{:07}", index + 1);
        period.clear();
        claims.world.calendar.write(claim.scope.period, &mut period);
        let [place, actor, target] = terms(claims, &claim.scope);
        let mut dice = claims.dice(Purpose::Quote, index);
        let quote = quote(claim.measure, claim.said, &mut dice);
        let line = dice.percent(10).then(|| 1 + dice.below(400));
        let measure = claim.measure.id();
        let (source, id, period) = (source_id.as_str(), id.as_str(), period.as_str());
        let line = Line { source, id, quote: &quote, line, measure, place, actor, target, period, value: claim.said };
        serde_json::to_writer(&mut *out, &line)?;
        out.write_all(b"\n")?;
        if let Some(against) = claim.against {
            lies.push(lie(claims, index, &claim, against));
        }
    }
    Ok(lies)
}

/// A box's terms by id, without roots: what is left out means the root.
fn terms<'a>(claims: &'a Claims, scope: &Scope) -> [Option<&'a str>; 3] {
    let mut dimension = 0;
    scope.terms.map(|term| {
        let tree = &claims.world.trees[dimension];
        dimension += 1;
        (term > 0).then(|| tree.terms[term].id.as_str())
    })
}

fn lie(claims: &Claims, index: usize, claim: &Claim, against: usize) -> Value {
    let name = |index: usize| format!("s-{:04}/c-{:07}", claims.source(index) + 1, index + 1);
    let mut period = String::new();
    claims.world.calendar.write(claim.scope.period, &mut period);
    let mut scope = Map::new();
    for (tree, term) in claims.world.trees.iter().zip(terms(claims, &claim.scope)) {
        scope.extend(term.map(|term| (tree.dimension.to_owned(), json!(term))));
    }
    scope.insert("period".into(), json!(period));
    json!({
        "claim": name(index), "measure": claim.measure.id(), "scope": scope, "said": claim.said,
        "true": claims.world.mass(claim.measure, &claim.scope), "against": name(against),
    })
}
