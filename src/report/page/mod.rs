//! The report as a page for a browser: one file that needs nothing else, for editors and, as handouts, for a class.
//!
//! Whatever somebody wrote passes through [`Text`], which takes out what acts on a screen, and through the templates, which
//! escape it. A page has one style and one script, both fixed texts that its content security policy names by their hashes;
//! nothing else may run or be loaded. Without the script all is there: it only finds and filters.
//!
//! # Anchors
//!
//! A finding's anchor is its id, a claim's is `SOURCE/ID`; `measure.ID`, `event.ID`, `attribute.ID`, `source.ID`,
//! `pair.SOURCE.SOURCE`, `rule.ID`. No id of a claims folder holds a dot or a slash, so no two of them are the same.

mod claims;
mod class;
mod findings;
mod glossary;
mod index;
mod overview;
mod pairs;
mod passages;
mod picture;
mod room;
mod safe;
mod sum;
mod uncompared;

use std::collections::BTreeMap;
use std::fmt;

use askama::Template;
use data_encoding::BASE64;
use sha2::{Digest, Sha256};

use crate::report::Report;
use crate::report::show::Group;
use crate::report::text::count;
use crate::report::told;

use findings::Section;
use index::Numbered;
pub(in crate::report::page) use safe::{Href, Text};

/// A report with what a page shows beyond it.
#[derive(Clone, Debug)]
pub struct Page<'a> {
    /// The report.
    pub report: &'a Report,
    /// All claims, side by side where they are about the same.
    pub groups: Vec<Group>,
    /// What the codebook names, in its order.
    pub names: Vec<Name>,
    /// What hedges and vague words are taken for.
    pub readings: Vec<ReadAs>,
    /// Per claim that is in a finding (`SOURCE/ID`), what it is about.
    pub aspects: BTreeMap<String, Vec<Aspect>>,
}

/// A name of the codebook.
#[derive(Clone, Debug)]
pub struct Name {
    /// `measure`, `event`, `attribute`, `term`, `value`, `upstream`.
    pub kind: &'static str,
    /// Of a term the dimension, of a value the attribute.
    pub of: Option<String>,
    /// Its id.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// What else people call it.
    pub aliases: Vec<String>,
    /// What contains it, by its label.
    pub within: Option<String>,
    /// What it means, in sentences.
    pub definition: Option<String>,
}

/// What a hedge or a vague word is taken for.
#[derive(Clone, Debug)]
pub struct ReadAs {
    /// The word.
    pub word: String,
    /// What it allows word for word.
    pub strict: String,
    /// What a reader takes it for.
    pub plain: String,
    /// Where that is from.
    pub policy: Option<String>,
}

/// What an aspect says of which a claim has every extent.
pub(crate) const UNLIMITED: &str = "Not limited";

/// One respect in which claims can be about the same or not: what is counted, where, by whom, when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aspect {
    /// `counted`, a dimension's id, `period` and so on.
    pub name: String,
    /// What the claim says of it.
    pub words: String,
}

/// The page that an editor reads: every finding, every claim, and what they mean.
///
/// # Errors
///
/// None that input can bring about; the template engine's own type.
pub fn html(page: &Page<'_>) -> Result<String, fmt::Error> {
    let mut numbered = Numbered::of(page.report);
    let sections = findings::sections(page, &numbered);
    numbered.forget(sections.iter().flat_map(|section| &section.untold));
    let view = Editors {
        frame: Frame::new(),
        counts: overview::counts(page),
        reasons: overview::reasons(page.report),
        sources: overview::sources(page),
        matrix: pairs::matrix(page),
        pairs: pairs::pairs(page, &numbered),
        sections,
        choices: overview::choices(page),
        themes: claims::themes(page, &numbered),
        uncompared: uncompared::uncompared(page),
        rules: glossary::rules(page.report),
        glossary: glossary::of_claims(page),
        readings: glossary::readings(page),
        compared: Text::new(&told::compared(page.report)),
        left_out: told::left_out(page.report).map(|told| Text::new(&told)),
        cut: overview::cut(page.report),
        version: Text::new(&page.report.tool.version),
        title: Text::new(&title(page.report)),
    };
    written(&view)
}

/// The page that a teacher hands out: what each source says, questions, and the answers on pages of their own.
///
/// # Errors
///
/// None that input can bring about; the template engine's own type.
pub fn class(page: &Page<'_>) -> Result<String, fmt::Error> {
    let numbered = Numbered::of(page.report);
    let handouts = class::handouts(page, &numbered);
    let view = Class {
        frame: Frame::new(),
        glossary: glossary::of_handouts(page, &handouts),
        readings: glossary::readings(page),
        sources: overview::sources(page),
        left_out: class::left_out(page.report, handouts.len()),
        chosen: page.report.left_out > 0,
        handouts,
        version: Text::new(&page.report.tool.version),
        counts: overview::counts(page),
    };
    written(&view)
}

/// A page as one text.
fn written(view: &impl Template) -> Result<String, fmt::Error> {
    let mut page = joined(&view.render().map_err(|_| fmt::Error)?);
    page.push('\n');
    Ok(page)
}

/// A text without empty lines, and without the line breaks between its tags: they say nothing, and a page has many.
/// ([`Text`] has no line breaks of its own.)
fn joined(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for line in text.lines().filter(|line| !line.is_empty()) {
        if !(joined.is_empty() || joined.ends_with('>') && line.starts_with('<')) {
            joined.push('\n');
        }
        joined.push_str(line);
    }
    joined
}

fn title(report: &Report) -> String {
    format!("{} in {}", count(report.summary.claims, "claim"), count(report.summary.sources, "source"))
}

/// The one style and the one script of every page, and the policy that lets nothing else run or load.
struct Frame {
    style: String,
    script: String,
    policy: String,
}

impl Frame {
    fn new() -> Self {
        // As they will stand in the page, for the hashes are of that.
        let (style, script) = (joined(include_str!("templates/page.css")), joined(include_str!("templates/page.js")));
        let hash = |text: &str| format!("'sha256-{}'", BASE64.encode(&Sha256::digest(text)));
        let policy = format!(
            "default-src 'none'; style-src {}; script-src {}; img-src data:; base-uri 'none'; form-action 'none'",
            hash(&style),
            hash(&script)
        );
        Self { style, script, policy }
    }
}

#[derive(Template)]
#[template(path = "page.html")]
struct Editors<'a> {
    frame: Frame,
    title: Text,
    counts: overview::Counts,
    reasons: Vec<(Text, Text)>,
    sources: Vec<overview::SourceView>,
    matrix: Option<pairs::Matrix>,
    pairs: Vec<pairs::Pair>,
    choices: overview::Choices,
    sections: Vec<Section<'a>>,
    themes: Vec<claims::Kind>,
    uncompared: Vec<uncompared::Uncompared>,
    rules: Vec<glossary::RuleView>,
    glossary: Vec<glossary::Kind>,
    readings: Vec<glossary::Reading>,
    compared: Text,
    left_out: Option<Text>,
    cut: Option<Text>,
    version: Text,
}

#[derive(Template)]
#[template(path = "class.html")]
struct Class<'a> {
    frame: Frame,
    counts: overview::Counts,
    handouts: Vec<class::Handout<'a>>,
    left_out: Vec<Text>,
    /// Whether only some findings were asked for.
    chosen: bool,
    sources: Vec<overview::SourceView>,
    glossary: Vec<glossary::Kind>,
    readings: Vec<glossary::Reading>,
    version: Text,
}
