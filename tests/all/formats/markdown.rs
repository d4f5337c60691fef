//! The Markdown report, read by a `CommonMark` reader: what somebody wrote is text and nothing else.

use gainsay::report;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{cases, shown};

/// What a reader makes of a report.
#[derive(Default)]
struct Page {
    headings: Vec<String>,
    /// How many of them are of the third level: findings.
    findings: usize,
    /// The cells of each row of each table.
    rows: Vec<Vec<String>>,
    paragraphs: Vec<String>,
    items: Vec<String>,
}

fn read(name: &str, text: &str) -> Page {
    // The extensions of GitHub and more; typographic signs would change the text.
    let options = Options::all() - Options::ENABLE_SMART_PUNCTUATION - Options::ENABLE_OLD_FOOTNOTES;
    let mut page = Page::default();
    let mut current = String::new();
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Start(
                Tag::Link { .. }
                | Tag::Image { .. }
                | Tag::CodeBlock(_)
                | Tag::BlockQuote(_)
                | Tag::Strong
                | Tag::Emphasis
                | Tag::Strikethrough
                | Tag::FootnoteDefinition(_),
            )
            | Event::InlineHtml(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_)
            | Event::HardBreak
            | Event::SoftBreak
            | Event::Rule => panic!("{name}: {event:?} in\n{text}"),
            Event::Html(html) => {
                let html = html.trim();
                let summary = html.strip_prefix("<summary>").and_then(|rest| rest.strip_suffix("</summary>"));
                let ours = summary
                    .is_some_and(|text| text.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == ' '));
                assert!(ours || html == "<details>" || html == "</details>", "{name}: {html}");
            }
            Event::Start(Tag::TableHead | Tag::TableRow) => page.rows.push(Vec::new()),
            Event::Start(Tag::Heading { .. } | Tag::TableCell | Tag::Paragraph | Tag::Item) => current.clear(),
            Event::Text(text) | Event::Code(text) => current.push_str(&text.replace('\u{200b}', "")),
            Event::End(TagEnd::Heading(level)) => {
                page.findings += usize::from(level == HeadingLevel::H3);
                page.headings.push(std::mem::take(&mut current));
            }
            Event::End(TagEnd::TableCell) => page.rows.last_mut().unwrap().push(std::mem::take(&mut current)),
            Event::End(TagEnd::Paragraph) => page.paragraphs.push(std::mem::take(&mut current)),
            Event::End(TagEnd::Item) => page.items.push(std::mem::take(&mut current)),
            _ => {}
        }
    }
    page
}

#[test]
fn a_reader_finds_what_the_report_says_and_nothing_else() {
    for (name, report) in cases::all() {
        let text = report::markdown(&report, None);
        assert!(text.lines().all(|line| !line.trim_start().starts_with("::") && !line.contains("##[")), "{name}");
        let page = read(&name, &text);
        let unwaived: Vec<_> = report.findings.iter().filter(|finding| finding.waived.is_none()).collect();
        let mut told = 0;
        for finding in &unwaived {
            let id = finding.id.clone();
            let Some(item) = page.items.iter().position(|item| item.starts_with(&id)) else { continue };
            told += 1;
            // How many others there are stands before the id.
            let others = item.checked_sub(1).and_then(|at| page.items[at].strip_suffix(" the same, of other claims."));
            told += match others.map(|others| others.split(' ').next().unwrap()) {
                None => 0,
                Some("One") => 1,
                Some(number) => number.parse::<usize>().unwrap(),
            };
            assert!(page.headings.contains(&format!("{}: {}", finding.rule, shown(&finding.headline))), "{name}: {id}");
            assert!(page.paragraphs.contains(&shown(&finding.explanation)), "{name}: {id}");
            for claim in &finding.claims {
                let row = page.rows.iter().find(|row| {
                    row[0] == format!("“{}”", claim.quote.split_whitespace().collect::<Vec<_>>().join(" "))
                        || row[0] == shown(&format!("“{}”", claim.quote))
                });
                let row = row.unwrap_or_else(|| panic!("{name}: no passage {:?} in {:?}", claim.quote, page.rows));
                assert_eq!(row.len(), 4, "{name}: {row:?}");
            }
            assert!(
                finding.claims.iter().all(|claim| page.rows.iter().any(|row| row.get(2) == Some(&claim.claim))),
                "{name}: each claim is named"
            );
        }
        assert_eq!(told, unwaived.len(), "{name}: every finding is told or counted");
        let waived =
            report.findings.iter().filter_map(|finding| finding.waived.as_ref().map(|waived| (finding, waived)));
        for (finding, waived) in waived {
            let item = page.items.iter().find(|item| item.contains(&format!(" {} at ", finding.id)));
            let item = item.unwrap_or_else(|| panic!("{name}: {} is waived", finding.id));
            assert!(item.contains(&format!("Waived: {}", shown(&waived.reason))), "{name}: {item}");
            assert!(item.ends_with(&format!("{}:{}", waived.at.file, waived.at.line)), "{name}: {item}");
        }
        let listed = |claim: &str| page.items.iter().any(|item| item.starts_with(claim));
        assert!(report.not_comparable.iter().all(|entry| listed(&entry.claim)), "{name}: what was not compared");
        assert!(report.undecided.iter().all(|entry| listed(&entry.claims.join(", "))), "{name}: what is undecided");
    }
}

/// GitHub refuses a summary above its limit whole: what does not fit is left out, and said to be.
#[test]
fn a_long_report_is_not_cut_silently() {
    let report = cases::odd(crate::support::report(&crate::support::root().join("claims")));
    let whole = report::markdown(&report, None);
    for most in [20_000, 60_000, 120_000, whole.len() + 2_000] {
        let text = report::markdown(&report, Some(most));
        assert!(text.len() <= most, "{} bytes of {most}", text.len());
        let page = read("short", &text);
        let missing: usize = text
            .lines()
            .filter_map(|line| line.strip_prefix("Not shown here: "))
            .map(|rest| rest.split(' ').next().unwrap().parse::<usize>().unwrap())
            .sum();
        let listed = |item: &&String| {
            item.contains("Waived: ")
                || report.not_comparable.iter().any(|entry| item.starts_with(&entry.claim))
                || report.undecided.iter().any(|entry| item.starts_with(&entry.claims.join(", ")))
        };
        let count = |page: &Page| page.findings + page.items.iter().filter(listed).count();
        assert_eq!(count(&page) + missing, count(&read("whole", &whole)), "{most}: each is told or counted");
        assert_eq!(missing == 0, most > whole.len());
    }
}

#[test]
fn a_run_without_findings_says_what_was_compared() {
    let text = report::markdown(&cases::quiet(), None);
    let page = read("quiet", &text);
    assert_eq!(page.headings, ["gainsay: no contradiction"]);
    assert!(page.paragraphs[0].starts_with("1 claim read from 1 source: 0 compared, 1 alone"), "{:?}", page.paragraphs);
}
