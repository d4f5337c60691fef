//! Pages, read by an HTML reader that knows nothing of gainsay. What a browser makes of them is tried in `browser`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use data_encoding::BASE64;
use gainsay::claim::Corpus;
use gainsay::report::page::{Page, class, html};
use gainsay::report::{self, ClaimProof, Finding, FindingClaim, Report};
use gainsay::{Folder, Options, check, load, page};
use scraper::{ElementRef, Html, Selector};
use sha2::{Digest, Sha256};

use crate::shuffled::{files, shuffle};
use crate::support::{as_of, corpus, root, snapshot};

/// Everything, known or not.
fn whole(corpus: &Corpus) -> Report {
    check(corpus, &Options { waivers: false, ..as_of() })
}

fn editors(corpus: &Corpus, report: &Report) -> String {
    html(&page(corpus, report, report)).unwrap()
}

fn handouts(corpus: &Corpus, report: &Report) -> String {
    class(&page(corpus, report, report)).unwrap()
}

/// Both pages of a folder in the repository.
fn both(folder: &str) -> [String; 2] {
    let corpus = corpus(&root().join(folder));
    let report = whole(&corpus);
    [editors(&corpus, &report), handouts(&corpus, &report)]
}

const FOLDERS: [&str; 4] = ["claims", "tests/fixtures/small", "tests/fixtures/hostile", "tests/fixtures/show"];

fn all<'a>(document: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    document.select(&Selector::parse(selector).unwrap()).collect()
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a text of a claims folder looks like where it is shown.
fn shown(text: &str) -> String {
    report::harmless(text)
}

#[test]
fn an_html_reader_finds_nothing_odd() {
    for folder in FOLDERS {
        for page in both(folder) {
            let document = Html::parse_document(&page);
            assert_eq!(document.errors, Vec::<std::borrow::Cow<'_, str>>::new(), "{folder}");
        }
    }
}

#[test]
fn every_finding_and_every_claim_has_its_anchor() {
    for folder in FOLDERS {
        let corpus = corpus(&root().join(folder));
        let report = whole(&corpus);
        let page = editors(&corpus, &report);
        let document = Html::parse_document(&page);
        let ids = |selector| -> Vec<String> {
            all(&document, selector).iter().map(|element| element.attr("id").unwrap().to_owned()).collect()
        };
        let findings: BTreeSet<String> = report.findings.iter().map(|finding| finding.id.clone()).collect();
        assert_eq!(ids("article.finding").into_iter().collect::<BTreeSet<_>>(), findings, "{folder}");
        let claims: BTreeSet<String> = corpus.claims().map(|(id, _)| corpus.name(id)).collect();
        assert_eq!(ids("tr.claim").into_iter().collect::<BTreeSet<_>>(), claims, "{folder}");
        assert_eq!((ids("article.finding").len(), ids("tr.claim").len()), (findings.len(), claims.len()), "{folder}");
    }
}

#[test]
fn every_link_and_every_reference_leads_somewhere() {
    for folder in FOLDERS {
        for page in both(folder) {
            let document = Html::parse_document(&page);
            let ids: Vec<&str> = all(&document, "[id]").iter().map(|element| element.attr("id").unwrap()).collect();
            let known: BTreeSet<&str> = ids.iter().copied().collect();
            assert_eq!(ids.len(), known.len(), "{folder}: an id stands twice");
            for link in all(&document, "[href]") {
                let href = link.attr("href").unwrap();
                match href.strip_prefix('#') {
                    Some(anchor) => assert!(known.contains(anchor), "{folder}: {href}"),
                    None => assert!(href.starts_with("https://") || href == "data:,", "{folder}: {href}"),
                }
            }
            for reference in all(&document, "[aria-labelledby]") {
                for id in reference.attr("aria-labelledby").unwrap().split(' ') {
                    assert!(known.contains(id), "{folder}: {id}");
                }
            }
        }
    }
}

#[test]
fn nothing_comes_from_elsewhere_and_only_what_the_policy_names_runs() {
    for folder in FOLDERS {
        for page in both(folder) {
            let document = Html::parse_document(&page);
            let policy = all(&document, "meta[http-equiv=Content-Security-Policy]")[0].attr("content").unwrap();
            for (what, directive) in [("style", "style-src"), ("script", "script-src")] {
                let elements = all(&document, what);
                assert_eq!(elements.len(), 1, "{folder}: one {what}");
                let code: String = elements[0].text().collect();
                let hash = format!("{directive} 'sha256-{}'", BASE64.encode(&Sha256::digest(code)));
                assert!(policy.contains(&hash), "{folder}: {policy} does not name {hash}");
            }
            assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
            for element in all(&document, "body *") {
                for (name, _) in element.value().attrs() {
                    assert!(
                        !name.starts_with("on") && !matches!(name, "src" | "srcset" | "srcdoc" | "style"),
                        "{name}"
                    );
                }
            }
            for foreign in ["@import", "url(h", "url(/", "fetch(", "XMLHttpRequest", "innerHTML", "eval("] {
                assert!(!page.contains(foreign), "{folder}: {foreign}");
            }
        }
    }
}

#[test]
fn what_somebody_wrote_is_shown_as_it_was_written() {
    let corpus = corpus(&root().join("tests/fixtures/hostile"));
    for page in both("tests/fixtures/hostile") {
        let acts = |letter: &char| {
            *letter != '\n'
                && (letter.is_control() || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        };
        assert_eq!(page.chars().find(acts), None);
        let document = Html::parse_document(&page);
        for foreign in ["img", "iframe", "u", "i", "plaintext", "textarea", "noscript", "object", "embed"] {
            assert!(all(&document, foreign).is_empty(), "an element {foreign} came from a text");
        }
        let quotes: BTreeSet<String> = all(&document, "blockquote").iter().map(|quote| text(*quote)).collect();
        for (_, claim) in corpus.claims() {
            assert!(quotes.contains(&format!("“{}”", shown(&claim.quote))), "{}", claim.quote);
        }
        let works: Vec<String> = all(&document, ".works li").iter().map(|work| text(*work)).collect();
        for (source, work) in corpus.sources.iter().zip(&works) {
            assert!(work.contains(&shown(&source.title)), "{work}");
            assert!(work.contains(&shown(source.url.as_ref().unwrap())), "an address that is no link is text: {work}");
        }
        assert!(all(&document, ".works a").is_empty(), "neither address is one of the web");
    }
}

/// What a finding says in the report it says on the page.
#[test]
fn findings_are_told_as_the_report_tells_them() {
    let corpus = corpus(&root().join("claims"));
    let report = whole(&corpus);
    let page = editors(&corpus, &report);
    let document = Html::parse_document(&page);
    let articles: BTreeMap<&str, ElementRef<'_>> =
        all(&document, "article.finding").into_iter().map(|article| (article.attr("id").unwrap(), article)).collect();
    for finding in &report.findings {
        let article = articles[finding.id.as_str()];
        let told = text(article);
        assert!(told.contains(&shown(&finding.headline)), "{}", finding.id);
        let of = |name| article.attr(name).unwrap();
        assert_eq!(of("data-rule"), finding.rule);
        let around = article.ancestors().filter_map(ElementRef::wrap).find_map(|around| around.attr("data-verdict"));
        assert_eq!(article.attr("data-verdict").or(around), Some(finding.verdict.word()));
        let sources: BTreeSet<&str> = finding.claims.iter().map(|claim| claim.source.as_str()).collect();
        assert_eq!(of("data-sources").split(' ').collect::<BTreeSet<_>>(), sources);
        for claim in &finding.claims {
            assert!(told.contains(&format!("“{}”", shown(&claim.quote))), "{}: {}", finding.id, claim.claim);
            let link = Selector::parse(&format!("a[href='#{}']", claim.claim)).unwrap();
            assert!(article.select(&link).next().is_some(), "{} leads to {}", finding.id, claim.claim);
        }
        // Of the same scopes and bounds the reasoning is told once; a remark always has words of its own.
        match finding.folded_under.as_ref().filter(|_| finding.certificate.is_some()) {
            None => assert!(told.contains(&shown(&finding.explanation)), "{}", finding.id),
            Some(lead) => {
                let link = Selector::parse(&format!("a[href='#{lead}']")).unwrap();
                assert!(article.select(&link).next().is_some(), "{} leads to {lead}", finding.id);
            }
        }
        if let Some(certificate) = finding.certificate.as_ref().filter(|_| finding.folded_under.is_none()) {
            assert!(told.contains(&format!("0 ≥ {}", certificate.total)), "{}", finding.id);
        }
        for hint in &finding.hints {
            assert!(told.contains(&shown(&hint.text)), "{}", finding.id);
        }
    }
}

/// The last of the running sums is the certificate's total, reckoned here from its rows.
#[test]
fn the_sum_is_added_up_step_by_step() {
    let corpus = corpus(&root().join("claims"));
    let report = whole(&corpus);
    let page = editors(&corpus, &report);
    let document = Html::parse_document(&page);
    let mut seen = 0;
    for article in all(&document, "article.finding") {
        let Some(table) = article.select(&Selector::parse("details.sum table").unwrap()).next() else { continue };
        let cells = Selector::parse("tbody tr td:last-child").unwrap();
        let last = table.select(&cells).last().unwrap();
        let finding = report.findings.iter().find(|finding| Some(finding.id.as_str()) == article.attr("id")).unwrap();
        let certificate = finding.certificate.as_ref().unwrap();
        assert_eq!(text(last), certificate.total, "{}", finding.id);
        assert_eq!(table.select(&cells).count(), certificate.rows.len(), "{}", finding.id);
        seen += 1;
    }
    assert!(seen > 40, "{seen}");
}

fn is_asked(finding: &Finding) -> bool {
    finding.certificate.is_some() && finding.folded_under.is_none()
}

fn is_fact(claim: &FindingClaim) -> bool {
    matches!(claim.proof, ClaimProof::Fact { .. })
}

#[test]
fn a_handout_asks_and_only_its_answer_tells() {
    for folder in FOLDERS {
        let corpus = corpus(&root().join(folder));
        let report = whole(&corpus);
        let page = handouts(&corpus, &report);
        let document = Html::parse_document(&page);
        let (tasks, answers) = (all(&document, "section.handout"), all(&document, "section.answer"));
        let asked: Vec<&Finding> = report.findings.iter().filter(|finding| is_asked(finding)).collect();
        assert_eq!((tasks.len(), answers.len()), (asked.len(), asked.len()), "{folder}");
        for ((finding, task), answer) in asked.iter().zip(tasks).zip(answers) {
            assert_eq!(task.attr("data-finding"), Some(finding.id.as_str()));
            let (task, answer) = (text(task), text(answer));
            assert!(answer.starts_with("Answer ") && answer.contains(&shown(&finding.explanation)), "{}", finding.id);
            assert!(!task.contains(&shown(&finding.explanation)) && !task.contains(&shown(&finding.headline)));
            for claim in &finding.claims {
                assert!(task.contains(&shown(&claim.quote)) && task.contains(&shown(&claim.said)), "{}", claim.claim);
            }
            assert!(task.contains("Can all of this be true at once?"));
            // Whether facts speak of the same time decides whether they clash at all.
            assert_eq!(task.contains("Is it the same time?"), finding.claims.iter().any(is_fact), "{}", finding.id);
        }
    }
}

#[test]
fn what_is_known_stands_apart() {
    let corpus = corpus(&root().join("claims"));
    let report = check(&corpus, &as_of());
    assert_eq!(report.summary.contradictions, 0, "the project's own gate is green");
    let page = editors(&corpus, &report);
    let document = Html::parse_document(&page);
    assert!(all(&document, "#contradictions article").is_empty());
    let waived: Vec<&Finding> = report.findings.iter().filter(|finding| finding.waived.is_some()).collect();
    assert_eq!(all(&document, "#waived article.finding").len(), waived.len());
    for finding in waived {
        let id = Selector::parse(&format!("#waived article[id='{}']", finding.id)).unwrap();
        let told = text(document.select(&id).next().unwrap());
        assert!(told.contains(&shown(&finding.waived.as_ref().unwrap().decision())), "{}", finding.id);
    }
}

/// A choice among findings leaves who agrees with whom as it is.
#[test]
fn a_choice_of_rules_changes_no_agreement() {
    let corpus = corpus(&root().join("claims"));
    let report = whole(&corpus);
    let chosen = Options { rules: vec!["look-alike".to_owned()], waivers: false, ..as_of() };
    let some = check(&corpus, &chosen);
    let agreements = |page: &str| {
        let document = Html::parse_document(page);
        text(all(&document, ".tiles .a")[0])
    };
    let of_all = agreements(&editors(&corpus, &report));
    assert_eq!(agreements(&html(&page(&corpus, &some, &report)).unwrap()), of_all);
    let without = agreements(&html(&page(&corpus, &some, &some)).unwrap());
    assert_ne!(without, of_all, "some agreement hangs on another rule, else this shows nothing");
}

#[test]
fn pages_of_the_papers_are_small() {
    let corpus = corpus(&root().join("claims"));
    // With what is waived marked, and without.
    for report in [check(&corpus, &as_of()), whole(&corpus)] {
        for page in [editors(&corpus, &report), handouts(&corpus, &report)] {
            assert!(page.len() < 1_000_000, "{} bytes", page.len());
        }
    }
}

#[test]
fn the_order_of_files_and_claims_changes_no_page() {
    let files = files(&root().join("claims"));
    let pages = |files: Vec<(String, String)>| {
        let corpus = load(&Folder::from_files(files)).unwrap();
        let report = check(&corpus, &as_of());
        [editors(&corpus, &report), handouts(&corpus, &report)]
    };
    let once = pages(files.clone());
    for seed in [3, 17] {
        assert!(pages(shuffle(&files, seed)) == once, "order {seed} changes the page");
    }
}

/// A corpus of two figures, a part of nine in a whole of seven.
fn two_figures() -> Corpus {
    let book = r#"{ "dimensions": { "place": { "root": "world", "phrase": "in {}", "terms": {
        "country": { "label": "the country" }, "coast": { "in": "country", "label": "the coast" } } } },
        "measures": { "boats": { "unit": "boat", "kind": "count", "whole": true, "dimensions": ["place"], "phrase": "{} boats" } } }"#;
    let source = |id: &str, place: &str, boats: u32| {
        let claim = format!(
            r#"{{ "id": "lost", "quote": "{boats} boats", "measure": "boats", "place": "{place}", "period": "1953", "value": {boats} }}"#
        );
        (format!("sources/{id}.json"), format!(r#"{{ "source": {{ "id": "{id}" }}, "claims": [ {claim} ] }}"#))
    };
    let book = ("codebook.json".to_owned(), book.to_owned());
    load(&Folder::from_files([book, source("courier", "coast", 9), source("gazette", "country", 7)])).unwrap()
}

/// From 0 to 10 the axis takes the middle 92 % of the width: 7 lies at 4 + 64.4, and 9 at 4 + 82.8.
#[test]
fn figures_stand_where_their_values_are() {
    let corpus = two_figures();
    let page = editors(&corpus, &whole(&corpus));
    let document = Html::parse_document(&page);
    let svg = all(&document, "article svg")[0];
    let attributes = |selector: &str, names: &[&str]| -> Vec<Vec<String>> {
        let of = |element: ElementRef<'_>| names.iter().map(|name| element.attr(name).unwrap().to_owned()).collect();
        svg.select(&Selector::parse(selector).unwrap()).map(of).collect()
    };
    let labels: Vec<String> = svg.select(&Selector::parse("text").unwrap()).map(text).collect();
    assert_eq!(labels, ["B 7", "A 9", "0", "5", "10"], "the whole above its part");
    assert_eq!(attributes("circle", &["cx"]), [["68.4%"], ["86.8%"]]);
    assert_eq!(attributes("rect.x", &["x", "width"]), [["68.4%", "18.4%"]], "the gap between the two is hatched");
    let spoken = svg.select(&Selector::parse("desc").unwrap()).next().unwrap();
    assert_eq!(text(spoken), "B: exactly 7; A: exactly 9.");
    let rows: Vec<String> = all(&document, "article .behind tbody tr > *").into_iter().map(text).collect();
    assert_eq!(rows, ["B", "gazette: 7", "7", "7", "A", "courier: 9", "9", "9"], "and a table says the same");
}

/// 86 + 109 + 229 = 424 against 419: the hatched 5 begin where the whole ends.
#[test]
fn parts_stand_end_to_end_and_the_excess_is_marked() {
    let corpus = corpus(&root().join("tests/fixtures/rules/parts-exceed-whole"));
    let report = whole(&corpus);
    let finding = report.findings.iter().find(|finding| finding.rule == "parts-exceed-whole").unwrap();
    let page = editors(&corpus, &report);
    let document = Html::parse_document(&page);
    let picture = |selector: &str| -> Vec<(String, String)> {
        let selector = format!("article[id='{}'] .picture :is({selector})", finding.id);
        let of = |name: &str, element: &ElementRef<'_>| element.attr(name).unwrap().to_owned();
        all(&document, &selector).iter().map(|element| (of("x", element), of("width", element))).collect()
    };
    let share = |text: &str| text.trim_end_matches('%').parse::<f64>().unwrap();
    let parts = picture("rect.p1, rect.p2");
    let whole = &picture("rect.p0")[0];
    let excess = &picture("rect.x")[0];
    assert!(parts.len() > 1);
    let ends = |(from, width): &(String, String)| share(from) + share(width);
    // A tenth of a percent is as fine as places are drawn.
    let near = |a: f64, b: f64| (a - b).abs() < 0.11;
    for pair in parts.windows(2) {
        assert!(near(ends(&pair[0]), share(&pair[1].0)), "each part begins where the last ends: {parts:?}");
    }
    assert!(near(ends(whole), share(&excess.0)), "{whole:?} {excess:?}");
    assert!(near(ends(parts.last().unwrap()), ends(excess)), "{parts:?} {excess:?}");
    let gap = finding.gap.as_ref().unwrap();
    let number = |text: &str| text.parse::<f64>().unwrap();
    let per_unit = share(&whole.1) / number(&gap.high);
    assert!(near(share(&excess.1), number(&gap.excess) * per_unit), "{excess:?} for {} of {per_unit}", gap.excess);
}

/// The headings, pictures, tables and anchors of a page, without its words.
fn structure(page: &str) -> String {
    let document = Html::parse_document(page);
    let mut lines = String::new();
    for element in
        all(&document, "h1, h2, h3, h4, section, article, details, figure, svg[role], table, form, nav, ol, dl")
    {
        let name = element.value().name();
        let depth = element.ancestors().filter(|node| node.value().is_element()).count() - 1;
        let id = element.attr("id").map(|id| format!(" #{id}")).unwrap_or_default();
        let class = element.attr("class").map(|class| format!(" .{}", class.replace(' ', "."))).unwrap_or_default();
        let words = if name.starts_with('h') { format!(" {}", text(element)) } else { String::new() };
        let rows = element.select(&Selector::parse("tbody tr").unwrap()).count();
        let rows = if name == "table" { format!(" {rows} rows") } else { String::new() };
        writeln!(lines, "{:indent$}{name}{id}{class}{rows}{words}", "", indent = 2 * (depth - 1)).unwrap();
    }
    lines
}

#[test]
fn the_structure_of_the_pages() {
    let [editors, handouts] = both("tests/fixtures/rules/parts-exceed-whole");
    snapshot("page-editors", &structure(&editors));
    snapshot("page-class", &structure(&handouts));
}

#[test]
fn an_empty_report_makes_a_page_that_says_so() {
    let corpus = load(&Folder::from_files([("codebook.json", "{}")])).unwrap();
    let report = whole(&corpus);
    let shown: Page<'_> = page(&corpus, &report, &report);
    let editors = Html::parse_document(&html(&shown).unwrap());
    assert!(text(all(&editors, "#contradictions")[0]).contains("None."));
    let handouts = Html::parse_document(&class(&shown).unwrap());
    assert!(text(all(&handouts, "main")[0]).contains("nothing to ask"));
}
