//! Facts that exclude each other.

use std::collections::BTreeMap;

use num_traits::One;
use serde_json::json;

use super::axes::value_pieces;
use super::{Conflict, Proof, Role, Shape, mass, row};
use crate::certificate::data::{Certificate, Gap, Row, ScopeJson};
use crate::certificate::scope_json::{entity_id, values_json};
use crate::claim::{ClaimId, Corpus, Reading};
use crate::number::Rational;
use crate::solve::FactConflict;
use crate::system::{Extents, FactStatement, FactValue, fact_statement};

/// Every stated list of values holds a whole, every denied one nothing, and together there is one whole only: a value in
/// all of the k stated lists counts k times, less once for a denial of it, less k - 1 times for the total.
pub(super) fn facts(corpus: &Corpus, extents: &Extents, conflict: FactConflict, reading: Reading) -> Option<Proof> {
    let codebook = &corpus.codebook;
    let says = |&id: &ClaimId| Some((id, fact_statement(corpus, id, reading).ok()?));
    let stated: Vec<(ClaimId, FactStatement)> = conflict.stated.iter().map(says).collect::<Option<_>>()?;
    let denied: Vec<(ClaimId, FactStatement)> = conflict.denied.iter().map(says).collect::<Option<_>>()?;
    let key = stated.first()?.1.key;
    let attribute = codebook.attribute(key.attribute);
    let mut common = ScopeJson::from([("subject".to_owned(), entity_id(codebook, key.subject).into())]);
    if let Some(toward) = key.toward {
        common.insert("toward".to_owned(), entity_id(codebook, toward).into());
    }
    let all: Vec<FactValue> = stated.iter().chain(&denied).flat_map(|(_, fact)| &fact.values).copied().collect();
    let axes = BTreeMap::from([("value".to_owned(), value_pieces(codebook, extents, attribute.values, &all))]);
    let value = |fact: &FactStatement| ScopeJson::from([("value".to_owned(), values_json(codebook, &fact.values))]);
    let one = || "1".to_owned();
    let mut rows: Vec<Row> = Vec::new();
    rows.extend(stated.iter().map(|(id, fact)| row(corpus.name(*id), "low", mass(1, value(fact)), one(), false)));
    rows.extend(
        denied.iter().map(|(id, fact)| row(corpus.name(*id), "high", mass(-1, value(fact)), "0".to_owned(), false)),
    );
    let others = i64::try_from(stated.len()).ok()? - 1;
    if others > 0 {
        rows.push(Row {
            claim: None,
            premise: Some(json!({ "kind": "total", "of": attribute.id })),
            bound: None,
            weight: others.to_string(),
            sum: vec![mass(-1, ScopeJson::new())],
            at_least: "-1".to_owned(),
            open: false,
        });
    }
    let ratio = (others > 0).then(|| Rational::new((others + 1).into(), others.into()).to_string());
    let gap = Gap { low: (others + 1).to_string(), high: others.to_string(), excess: one(), ratio };
    let certificate = Certificate { measure: Some(attribute.id.clone()), common, axes, rows, total: one() };
    let claims = conflict.stated.iter().chain(&conflict.denied).map(|&id| (id, Role::Fact)).collect();
    let (conflict, excess) = (Conflict::Facts(conflict), Rational::one());
    Some(Proof { conflict, reading, certificate, gap, excess, shape: Shape::Alike, claims })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::certificate::verify::{Limits, Verdict, verify_finding};
    use crate::certificate::{claim_proof, narrate, space};
    use crate::{Folder, load};

    /// Who owns the land: what A, B, C ... say.
    fn corpus(says: &[(&str, &[&str])]) -> Corpus {
        let codebook = json!({
            "dimensions": { "place": { "phrase": "in {}", "root": "world", "terms": { "land": { "label": "the land" } } } },
            "attributes": { "owner": { "subjects": "place", "phrase": "{subject} belongs to {value}", "single_valued": true,
                "values": { "ann": { "label": "Ann" }, "bob": { "label": "Bob" }, "eve": { "label": "Eve" } } } } });
        let mut files = vec![("codebook.json".to_owned(), codebook.to_string())];
        for ((is, values), name) in says.iter().zip('A'..) {
            let claim =
                json!({ "id": "x", "quote": "so it is said", "subject": "land", "attribute": "owner", *is: values });
            let id = name.to_ascii_lowercase().to_string();
            let source = json!({ "source": { "id": id, "title": name.to_string() }, "claims": [claim] });
            files.push((format!("sources/{id}.json"), source.to_string()));
        }
        load(&Folder::from_files(files)).unwrap()
    }

    /// The proof that all of them exclude each other, verified, and how it is told.
    fn told(says: &[(&str, &[&str])]) -> (Proof, String, String) {
        let corpus = corpus(says);
        let ids = |is: &str| -> Vec<ClaimId> {
            corpus.claims().zip(says).filter(|(_, says)| says.0 == is).map(|((id, _), _)| id).collect()
        };
        let conflict = FactConflict { stated: ids("is"), denied: ids("is_not") };
        let extents = Extents::of(&corpus.codebook);
        let proof = facts(&corpus, &extents, conflict, Reading::Strict).unwrap();
        let entry = |(id, _): &(ClaimId, Role)| {
            let mut entry = serde_json::to_value(claim_proof(&corpus, *id, Reading::Strict)).unwrap();
            entry["claim"] = json!(corpus.name(*id));
            entry
        };
        let finding = |certificate: &Value| {
            json!({ "id": "x", "rule": "fact-conflict", "verdict": "contradiction", "reading": "strict",
                "claims": proof.claims.iter().map(entry).collect::<Vec<_>>(), "certificate": certificate })
        };
        let certificate = serde_json::to_value(&proof.certificate).unwrap();
        let verdict =
            |certificate: &Value| verify_finding(&space(&corpus.codebook), &finding(certificate), Limits::default());
        assert_eq!(verdict(&certificate), Verdict::Holds);
        for row in 0..certificate["rows"].as_array().unwrap().len() {
            let mut changed = certificate.clone();
            changed["rows"][row]["weight"] = json!("1/2");
            assert!(matches!(verdict(&changed), Verdict::Fails(_)), "row {row}");
        }
        let story = narrate(&corpus, &extents, &proof);
        (proof, story.headline, story.explanation)
    }

    #[test]
    fn a_list_against_the_denial_of_each_of_its_values() {
        let (proof, headline, explanation) =
            told(&[("is", &["ann", "bob"]), ("is_not", &["ann"]), ("is_not", &["bob"])]);
        assert_eq!((proof.gap.low.as_str(), proof.gap.high.as_str()), ("1", "0"));
        assert_eq!(proof.certificate.rows.len(), 3, "one value or several make no difference");
        assert_eq!(
            headline,
            "No answer fits all of these: the land belongs to Ann or Bob [A]; it is not so that the land belongs to Ann [B]; \
             it is not so that the land belongs to Bob [C]"
        );
        assert!(explanation.ends_with("Whatever the first allows, one of the others denies."), "{explanation}");
    }

    #[test]
    fn three_lists_that_share_no_value() {
        let (proof, _, explanation) =
            told(&[("is", &["ann", "bob"]), ("is", &["bob", "eve"]), ("is", &["ann", "eve"])]);
        assert_eq!((proof.gap.low.as_str(), proof.gap.high.as_str()), ("3", "2"));
        let total = proof.certificate.rows.last().unwrap();
        assert_eq!((total.weight.as_str(), total.premise.is_some()), ("2", true));
        assert!(
            explanation.ends_with(
                "There is one answer. Each pair of them has an answer in common, but no answer is in all of them."
            ),
            "{explanation}"
        );
    }

    #[test]
    fn two_lists_and_the_denial_of_what_they_share() {
        let (proof, _, explanation) = told(&[("is", &["ann", "bob"]), ("is", &["bob", "eve"]), ("is_not", &["bob"])]);
        assert_eq!((proof.gap.low.as_str(), proof.gap.high.as_str()), ("2", "1"));
        assert!(
            explanation.ends_with("Whatever answer those that state one have in common, the last one denies."),
            "{explanation}"
        );
    }
}
