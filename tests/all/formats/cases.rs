//! The reports that every format is tried on.

use gainsay::report::{At, Cut, Report, Undecided, Waived};
use serde_json::json;

use crate::support::{folders, report, report_on, root};

/// Text of which some reader would make something: markup, links, mentions, commands, ends of sections, characters that
/// are not shown or turn others around, and some that XML cannot hold.
pub(super) const HOSTILE: [&str; 15] = [
    "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "![a](http://evil.example/x.png) [b](javascript:alert(1)) <http://evil.example> www.evil.example a@evil.example",
    "`code` ``` | a | b | **bold** _it_ ~~no~~ # 1 @somebody #12 :smile: $x$",
    "]]> <!-- --> <![CDATA[ &amp; &#60; \" ' </testcase>",
    "\n::error file=a,line=1::forged\r\n##[error]forged\n::stop-commands::x",
    "%0A::error::forged%0D%25 a,b:c",
    "\u{0}\u{1}\u{8}\u{b}\u{c}\u{1b}[31mred\u{1b}[0m\u{7f}\u{9b}31m\u{85}",
    "\u{202e}turned\u{202c} \u{2066}around\u{2069} \u{200f}\u{feff}",
    "\u{fffe}\u{ffff}\u{1fffe}\u{10ffff}\u{fdd0}",
    "[b](1) \\[c\\](2) {0} {1} {{",
    "\n\n# heading\n\n- item\n\n1. item\n\n---\n\n> quote\n\n    code\n\n[ref]: http://evil.example",
    "</details></td></table><details open><summary>x",
    "\u{2028}line\u{2029}paragraph\ttab",
    "| --- | --- |\n| a | b |",
    "é 日本語 🙂 \u{301}",
];

/// Two sources that contradict each other, with hostile text wherever text may stand.
pub(super) fn hostile(text: &str) -> Report {
    // A quote has at most fifteen words.
    let quote: String = text.split_inclusive(char::is_whitespace).take(12).collect();
    let codebook = json!({
        "dimensions": { "place": { "phrase": "in {}", "root": "world", "terms": {
            "harbour": { "label": text },
            "pier": { "in": "harbour", "label": format!("x {text}") } } } },
        "measures": {
            "boats": { "unit": "boat", "kind": "count", "whole": true, "dimensions": ["place"], "phrase": format!("{{}} boats {}", text.replace(['{', '}'], "")) },
            "level": { "unit": "metre", "kind": "level", "dimensions": ["place"] } },
        "upstreams": { "wire": { "label": text } }
    });
    let claims = |value: i64, place: &str| {
        json!([
            { "id": "lost", "quote": quote, "where": text, "note": text, "measure": "boats", "place": place,
              "period": "1953", "value": value, "attributed_to": ["wire"] },
            { "id": "lost-again", "quote": format!("{quote} 7 8"), "note": text, "measure": "boats", "place": place,
              "period": "1953", "value": value, "attributed_to": ["wire"] },
            { "id": "tide", "quote": "5 metres", "measure": "level", "period": "1953", "value": 5 }
        ])
    };
    let source = |id: &str, value: i64, place: &str| json!({ "source": { "id": id, "title": text, "authors": [text], "publisher": text, "published": "1960" }, "claims": claims(value, place) });
    report_on(vec![
        ("codebook.json".to_owned(), codebook.to_string()),
        ("sources/gazette.json".to_owned(), source("gazette", 9, "pier").to_string()),
        ("sources/courier.json".to_owned(), source("courier", 7, "harbour").to_string()),
    ])
}

/// One claim, and nothing to say about it.
pub(super) fn quiet() -> Report {
    let codebook =
        r#"{ "dimensions": {}, "measures": { "boats": { "unit": "boat", "kind": "count", "dimensions": [] } } }"#;
    let source = r#"{ "source": { "id": "gazette" }, "claims": [
        { "id": "lost", "quote": "nine boats", "measure": "boats", "period": "1953", "value": 9 } ] }"#;
    let report = report_on(vec![
        ("codebook.json".to_owned(), codebook.to_owned()),
        ("sources/gazette.json".to_owned(), source.to_owned()),
    ]);
    assert!(report.findings.is_empty());
    report
}

/// A decision to let a finding be.
pub(super) fn waiver(text: &str) -> Waived {
    Waived {
        reason: format!("known since the hearing {text}"),
        by: Some(format!("the desk {text}")),
        until: Some("2027-01-31".to_owned()),
        at: At { file: "claims/waivers.json".to_owned(), line: 3, column: 7 },
    }
}

/// A report with all that a run seldom has: a waived finding that others are folded under, a finding at a place of its own
/// with no claims, a file with an odd name, standard input, undecided claims and a group that was cut.
pub(super) fn odd(mut report: Report) -> Report {
    let count = report.findings.len();
    assert!(count >= 3, "too few findings to make odd: {count}");
    let lead = report.findings[0].id.clone();
    report.findings[0].waived = Some(waiver(HOSTILE[4]));
    report.summary.waived = 1;
    report.findings[1].folded_under = Some(lead);
    report.findings[1].claims[0].file = String::from("claims/odd: a,b %0A#?\n::x::/a&b<c>.json");
    let stale = &mut report.findings[count - 1];
    stale.claims.clear();
    stale.certificate = None;
    stale.at = Some(At { file: "claims/waivers.json".to_owned(), line: 9, column: 5 });
    if let Some(claim) = report.findings[1].claims.get_mut(1) {
        claim.file = String::from("<stdin>");
    }
    report.undecided.push(Undecided {
        claims: vec!["a/b".to_owned(), "c/d".to_owned()],
        reading: "plain",
        steps: 9,
        more: 0,
    });
    report.cut.push(Cut { group: "g1".to_owned(), limit: 20 });
    report
}

/// Every fixture of a rule that `check` looks at.
pub(super) fn fixtures() -> Vec<(String, Report)> {
    folders(&root().join("tests/fixtures/rules")).into_iter().map(|(name, path)| (name, report(&path))).collect()
}

/// All of them, each with a name.
pub(super) fn all() -> Vec<(String, Report)> {
    let mut reports = fixtures();
    let papers = report(&root().join("claims"));
    reports.push(("papers, odd".to_owned(), odd(papers.clone())));
    reports.push(("papers".to_owned(), papers));
    reports.push(("small".to_owned(), report(&root().join("tests/fixtures/small"))));
    reports.push(("quiet".to_owned(), quiet()));
    for text in HOSTILE {
        let report = hostile(text);
        assert!(report.findings.len() >= 3, "{text:?}: {}", report.findings.len());
        reports.push((format!("odd {text:?}"), odd(report.clone())));
        reports.push((format!("hostile {text:?}"), report));
    }
    reports
}
