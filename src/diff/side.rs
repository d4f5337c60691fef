//! One state of a claims folder: the folder itself, or a report on it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Deserialize;
use serde_json::Value;

use crate::certificate::claim_proof;
use crate::check::entry;
use crate::claim::{Corpus, Reading, Source};
use crate::codebook::Codebook;
use crate::number::Interval;
use crate::report::diff::{SideClaim, SideCounts, SideFinding, UndecidedClaims};
use crate::report::{NotCompared, Report, SCHEMA, Verdict, Waived, decision, in_numbers};

/// One state of a claims folder, as far as two states are compared.
#[derive(Clone, Debug)]
pub struct Side {
    pub(super) counts: SideCounts,
    pub(super) findings: Vec<SideFinding>,
    pub(super) claims: BTreeMap<String, SideClaim>,
    /// Whether `claims` are all that there are.
    pub(super) all_claims: bool,
    pub(super) not_comparable: BTreeSet<NotCompared>,
    pub(super) undecided: BTreeSet<UndecidedClaims>,
    pub(super) space: Value,
    /// What else gives words their meaning, by what people are told of it; a report does not hold it.
    pub(super) policies: Option<BTreeMap<String, String>>,
    /// The sources as they are described; a report does not hold that.
    pub(super) sources: Option<BTreeMap<String, String>>,
}

/// Why a text is no report that can be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SideError {
    /// It is no JSON, or lacks what a report has; the message names the place.
    NotAReport(String),
    /// A newer version of the program wrote it, in a layout of this number.
    Newer(u64),
    /// It holds only some of the findings, chosen by rule or source: so many others were left out.
    Partial(u64),
}

impl fmt::Display for SideError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAReport(why) => write!(f, "this is no report of `gainsay check --format json`: {why}"),
            Self::Newer(schema) => {
                write!(f, "this report has the layout {schema}, and this version of gainsay knows none after {SCHEMA}")
            }
            Self::Partial(left_out) => write!(
                f,
                "this report holds only the findings of some rules or sources, and {left_out} others were left out of it"
            ),
        }
    }
}

impl std::error::Error for SideError {}

/// The version of a layout, whatever else there is.
#[derive(Deserialize)]
struct Head {
    schema: u64,
}

#[derive(Deserialize)]
struct ReadReport {
    summary: ReadSummary,
    space: Value,
    findings: Vec<ReadFinding>,
    not_comparable: Vec<NotCompared>,
    undecided: Vec<UndecidedClaims>,
    #[serde(default)]
    cut: Vec<Value>,
    #[serde(default)]
    left_out: u64,
}

#[derive(Deserialize)]
struct ReadSummary {
    sources: usize,
    claims: usize,
    contradictions: usize,
    tensions: usize,
    notes: usize,
    waived: usize,
}

#[derive(Deserialize)]
struct ReadFinding {
    id: String,
    rule: String,
    verdict: Verdict,
    reading: Option<String>,
    headline: String,
    explanation: String,
    waived: Option<ReadWaived>,
    at: Option<ReadAt>,
    claims: Vec<ReadClaim>,
}

#[derive(Deserialize)]
struct ReadWaived {
    reason: String,
    by: Option<String>,
    until: Option<String>,
}

#[derive(Deserialize)]
struct ReadAt {
    file: String,
    line: u64,
}

#[derive(Deserialize)]
struct ReadClaim {
    claim: String,
    said: String,
    quote: String,
    voice: String,
    attributed_to: Vec<String>,
    note: Option<String>,
    file: String,
    line: u64,
}

impl Side {
    /// A folder, and the report on it.
    pub fn of_folder(name: &str, corpus: &Corpus, report: &Report) -> Self {
        let claims = corpus.claims().map(|(id, _)| {
            let entry = entry(corpus, id, "", Reading::Strict);
            let mut claim = SideClaim {
                claim: entry.claim,
                said: entry.said,
                quote: entry.quote,
                file: entry.file,
                line: entry.line.into(),
                other: others(entry.voice, &entry.attributed_to, entry.note.as_deref()),
            };
            claim.other.push(("numbers", in_numbers(&entry.proof)));
            let plain = in_numbers(&claim_proof(corpus, id, Reading::Plain));
            claim.other.push(("numbers, as a reader takes them", plain));
            let superseded = corpus.claim(id).superseded_by.map(|by| corpus.name(by));
            claim.other.push(("superseded by", superseded.unwrap_or_default()));
            (claim.claim.clone(), claim)
        });
        let claims: BTreeMap<String, SideClaim> = claims.collect();
        let findings = report.findings.iter().map(|finding| SideFinding {
            id: finding.id.clone(),
            rule: finding.rule.to_owned(),
            verdict: finding.verdict,
            reading: finding.reading.map(str::to_owned),
            headline: finding.headline.clone(),
            explanation: finding.explanation.clone(),
            waived: finding.waived.as_ref().map(Waived::decision),
            at: finding.at.as_ref().map(|at| format!("{}:{}", at.file, at.line)),
            claims: finding.claims.iter().filter_map(|claim| claims.get(&claim.claim).cloned()).collect(),
        });
        let summary = &report.summary;
        Self {
            counts: SideCounts {
                name: name.to_owned(),
                kind: "folder",
                sources: summary.sources,
                claims: summary.claims,
                contradictions: summary.contradictions,
                tensions: summary.tensions,
                notes: summary.notes,
                waived: summary.waived,
                cut: report.cut.len(),
            },
            findings: findings.collect(),
            all_claims: true,
            not_comparable: report.not_comparable.iter().cloned().collect(),
            undecided: (report.undecided.iter())
                .map(|entry| UndecidedClaims { claims: entry.claims.clone(), reading: entry.reading.to_owned() })
                .collect(),
            space: report.space.clone(),
            policies: Some(policies(&corpus.codebook)),
            sources: Some(corpus.sources.iter().map(described).collect()),
            claims,
        }
    }

    /// The same as if nothing were waived.
    #[must_use]
    pub fn without_waivers(mut self) -> Self {
        // What is said of waivers goes with them.
        self.findings.retain(|finding| finding.at.is_none());
        for finding in &mut self.findings {
            finding.waived = None;
        }
        let of = |verdict| self.findings.iter().filter(|finding| finding.verdict == verdict).count();
        let counts = [Verdict::Contradiction, Verdict::Tension, Verdict::Note].map(of);
        let [contradictions, tensions, notes] = counts;
        self.counts = SideCounts { contradictions, tensions, notes, waived: 0, ..self.counts };
        self
    }

    /// The same, told as one of git's revisions of the folder.
    #[must_use]
    pub fn as_revision(mut self) -> Self {
        self.counts.kind = "revision";
        self
    }

    /// A report as `gainsay check --format json` writes it. Of the claims only those in findings are known.
    ///
    /// # Errors
    ///
    /// Whatever is no such report, is of a newer layout, or holds only the findings of some rules or sources.
    pub fn of_report(name: &str, json: &str) -> Result<Self, SideError> {
        let broken = |error: serde_json::Error| SideError::NotAReport(error.to_string());
        let Head { schema } = serde_json::from_str(json).map_err(broken)?;
        if schema > u64::from(SCHEMA) {
            return Err(SideError::Newer(schema));
        }
        let report: ReadReport = serde_json::from_str(json).map_err(broken)?;
        if report.left_out > 0 {
            return Err(SideError::Partial(report.left_out));
        }
        let sections = ["dimensions", "measures", "events", "attributes"];
        if let Some(section) = sections.iter().find(|section| !report.space.get(section).is_some_and(Value::is_object))
        {
            return Err(SideError::NotAReport(format!("`{section}` of its `space` is no object")));
        }
        let findings: Vec<SideFinding> = report.findings.into_iter().map(ReadFinding::read).collect();
        let claims = findings.iter().flat_map(|finding| &finding.claims);
        let ReadSummary { sources, claims: all, contradictions, tensions, notes, waived } = report.summary;
        Ok(Self {
            counts: SideCounts {
                name: name.to_owned(),
                kind: "report",
                sources,
                claims: all,
                contradictions,
                tensions,
                notes,
                waived,
                cut: report.cut.len(),
            },
            policies: None,
            sources: None,
            claims: claims.map(|claim| (claim.claim.clone(), claim.clone())).collect(),
            findings,
            all_claims: false,
            not_comparable: report.not_comparable.into_iter().collect(),
            undecided: report.undecided.into_iter().collect(),
            space: report.space,
        })
    }
}

impl ReadFinding {
    fn read(self) -> SideFinding {
        SideFinding {
            id: self.id,
            rule: self.rule,
            verdict: self.verdict,
            reading: self.reading,
            headline: self.headline,
            explanation: self.explanation,
            waived: self.waived.map(|waived| decision(&waived.reason, waived.by.as_deref(), waived.until.as_deref())),
            at: self.at.map(|at| format!("{}:{}", at.file, at.line)),
            claims: self.claims.into_iter().map(ReadClaim::read).collect(),
        }
    }
}

impl ReadClaim {
    fn read(self) -> SideClaim {
        SideClaim {
            other: others(&self.voice, &self.attributed_to, self.note.as_deref()),
            claim: self.claim,
            said: self.said,
            quote: self.quote,
            file: self.file,
            line: self.line,
        }
    }
}

fn others(voice: &str, credits: &[String], note: Option<&str>) -> Vec<(&'static str, String)> {
    vec![("voice", voice.to_owned()), ("credits", credits.join(", ")), ("note", note.unwrap_or_default().to_owned())]
}

/// What gives hedges, vague words, units and credits their meaning.
fn policies(codebook: &Codebook) -> BTreeMap<String, String> {
    let Codebook { about, beyond, .. } = codebook;
    let mut policies = BTreeMap::from([
        ("policy `about`".to_owned(), format!("strict {}, plain {}, min {}", about.strict, about.plain, about.min)),
        ("policy `beyond`".to_owned(), format!("plain {}, min {}", beyond.plain, beyond.min)),
    ]);
    for unit in &codebook.units {
        policies.insert(format!("unit `{}`", unit.id), format!("{} of {}", unit.times, unit.of));
    }
    for (word, vague) in &codebook.vague {
        policies.insert(
            format!("vague word `{word}`"),
            format!("strict {}, plain {}", range(&vague.strict), range(&vague.plain)),
        );
    }
    for upstream in &codebook.upstreams {
        let published = upstream.published.map(|date| format!("{}/{}", date.first(), date.last()));
        policies.insert(
            format!("upstream `{}`", upstream.id),
            format!("published {}", published.unwrap_or_else(|| "unknown".to_owned())),
        );
    }
    policies
}

fn described(source: &Source) -> (String, String) {
    let published = source.published.map(|date| format!("{}/{}", date.first(), date.last()));
    let parts = [
        Some(format!("“{}”", source.title)),
        (!source.authors.is_empty()).then(|| format!("by {}", source.authors.join(", "))),
        source.publisher.clone(),
        published.map(|published| format!("published {published}")),
        source.url.clone(),
        source.text.as_ref().map(|text| format!("text {} sha256:{}", text.file, text.sha256)),
    ];
    (format!("source `{}`", source.id), parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

/// "from 12", "24 to 99".
fn range(interval: &Interval) -> String {
    match (&interval.low, &interval.high) {
        (Some(low), Some(high)) => format!("{} to {}", low.value, high.value),
        (Some(low), None) => format!("from {}", low.value),
        (None, Some(high)) => format!("up to {}", high.value),
        (None, None) => "any number".to_owned(),
    }
}
