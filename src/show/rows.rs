//! One claim as a row, with what the check found of it and with whom it agrees.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::claim::{ClaimId, Corpus, Credit, Form, Reading};
use crate::edtf::Day;
use crate::number::{End, Interval};
use crate::prose;
use crate::report::show::{Agreement, Mark, Party, Range, ShownClaim, Support};
use crate::report::{Coverage, Finding, Report};
use crate::show::agreement::{Pair, range};

/// What a check found, by claim.
pub(super) struct Outcome<'a> {
    report: &'a Report,
    findings: HashMap<ClaimId, Vec<&'a Finding>>,
    /// Conflicts of two claims that only a reader sees, by these claims in index order.
    tensions: HashMap<(ClaimId, ClaimId), &'a str>,
    /// The claims that are not comparable under the strict reading.
    pub(super) not_comparable: HashSet<ClaimId>,
    /// Why claims are not comparable, and under which reading.
    reasons: HashMap<ClaimId, Vec<(&'a str, &'a str)>>,
}

impl<'a> Outcome<'a> {
    pub(super) fn of(corpus: &Corpus, report: &'a Report) -> Self {
        let ids: BTreeMap<String, ClaimId> = corpus.claims().map(|(id, _)| (corpus.name(id), id)).collect();
        let mut outcome = Self {
            report,
            findings: HashMap::new(),
            tensions: HashMap::new(),
            not_comparable: HashSet::new(),
            reasons: HashMap::new(),
        };
        for finding in &report.findings {
            let mut claims: Vec<ClaimId> =
                finding.claims.iter().filter_map(|claim| ids.get(&claim.claim)).copied().collect();
            claims.sort_unstable();
            for &id in &claims {
                outcome.findings.entry(id).or_default().push(finding);
            }
            if let ([first, second], Some("plain")) = (claims.as_slice(), finding.reading) {
                outcome.tensions.entry((*first, *second)).or_insert(&finding.id);
            }
        }
        for entry in &report.not_comparable {
            let Some(&id) = ids.get(&entry.claim) else { continue };
            if entry.reading != Reading::Plain.word() {
                outcome.not_comparable.insert(id);
            }
            outcome.reasons.entry(id).or_default().push((&entry.reading, &entry.reason));
        }
        outcome
    }

    pub(super) fn state(&self, corpus: &Corpus, id: ClaimId) -> Coverage {
        // OK because a check covers every claim of its corpus.
        self.report.coverage.get(&corpus.name(id)).copied().unwrap_or(Coverage::Alone)
    }

    pub(super) fn findings(&self, id: ClaimId) -> &[&'a Finding] {
        self.findings.get(&id).map(Vec::as_slice).unwrap_or_default()
    }

    pub(super) fn tension(&self, pair: &Pair) -> Option<String> {
        self.tensions.get(&(pair.first, pair.second)).map(|id| (*id).to_owned())
    }

    fn because(&self, corpus: &Corpus, id: ClaimId) -> Option<String> {
        if let Some(by) = corpus.claim(id).superseded_by {
            return Some(format!("{} replaces it", corpus.name(by)));
        }
        let reasons: Vec<String> = self
            .reasons
            .get(&id)?
            .iter()
            .map(|(reading, reason)| match *reading {
                "both" => (*reason).to_owned(),
                "strict" => format!("word for word: {reason}"),
                _ => format!("as a reader takes it: {reason}"),
            })
            .collect();
        Some(reasons.join("; "))
    }
}

fn party(corpus: &Corpus, credit: Credit) -> Party {
    match credit {
        Credit::Upstream(upstream) => {
            let upstream = corpus.codebook.upstream(upstream);
            Party { kind: "upstream", id: upstream.id.clone(), label: upstream.label.clone() }
        }
        Credit::Source(source) => {
            let source = corpus.source(source);
            Party { kind: "source", id: source.id.clone(), label: prose::source_name(source) }
        }
    }
}

/// Pairs by the names of their claims: those of two sources, and those of one.
pub(super) fn paired(corpus: &Corpus, outcome: &Outcome<'_>, pairs: &[Pair]) -> (Vec<Agreement>, Vec<[String; 2]>) {
    let names = |pair: &Pair| [corpus.name(pair.first), corpus.name(pair.second)];
    let (repeats, others): (Vec<&Pair>, Vec<&Pair>) = pairs.iter().partition(|pair| pair.repeat);
    let agreement = |pair: &Pair| Agreement {
        claims: names(pair),
        independent: pair.shared.is_empty(),
        shared: pair.shared.iter().map(|&credit| party(corpus, credit).id).collect(),
        tension: outcome.tension(pair),
    };
    (others.into_iter().map(agreement).collect(), repeats.into_iter().map(names).collect())
}

/// A claim as a row of its group, of which these pairs agree.
pub(super) fn row(corpus: &Corpus, outcome: &Outcome<'_>, id: ClaimId, pairs: &[Pair]) -> ShownClaim {
    let claim = corpus.claim(id);
    let source = corpus.source(claim.source);
    let name = corpus.name(id);
    let mut supports = Vec::new();
    let mut repeats = Vec::new();
    for pair in pairs {
        let other = match (pair.first == id, pair.second == id) {
            (true, _) => pair.second,
            (_, true) => pair.first,
            _ => continue,
        };
        if pair.repeat {
            repeats.push(corpus.name(other));
            continue;
        }
        supports.push(Support {
            claim: corpus.name(other),
            source_name: prose::source_name(corpus.source(corpus.claim(other).source)),
            independent: pair.shared.is_empty(),
            shared: pair.shared.iter().map(|&credit| party(corpus, credit)).collect(),
            tension: outcome.tension(pair),
        });
    }
    let mark = |finding: &&Finding| Mark {
        finding: finding.id.clone(),
        rule: finding.rule,
        verdict: finding.verdict,
        reading: finding.reading,
        with: finding.claims.iter().map(|claim| claim.claim.clone()).filter(|other| *other != name).collect(),
    };
    ShownClaim {
        source: source.id.clone(),
        source_name: prose::source_name(source),
        published_by: source.published.map(|date| date.last().to_string()),
        said: prose::said(corpus, claim),
        given: prose::given(corpus, claim),
        quote: claim.quote.clone(),
        place: prose::place_in_text(claim),
        voice: claim.voice.word(),
        chain: claim.attributed_to.iter().map(|&credit| party(corpus, credit)).collect(),
        credits: prose::credits(corpus, claim),
        note: claim.note.clone(),
        strict: allowed(corpus, id, Reading::Strict),
        plain: allowed(corpus, id, Reading::Plain),
        state: outcome.state(corpus, id).word(),
        because: outcome.because(corpus, id),
        findings: outcome.findings(id).iter().map(mark).collect(),
        supports,
        repeats,
        file: source.file.clone(),
        line: claim.position.line,
        column: claim.position.column,
        claim: name,
    }
}

/// The values or days that a claim allows under a reading.
fn allowed(corpus: &Corpus, id: ClaimId, reading: Reading) -> Range {
    let Some(interval) = range(corpus, id, reading) else { return Range::default() };
    let dates = matches!(corpus.claim(id).form, Form::Date { .. });
    let value = |end: &End| match i32::try_from(end.value.to_integer()).ok().and_then(Day::from_number) {
        Some(day) if dates => day.to_string(),
        _ => end.value.to_string(),
    };
    let open = |end: &Option<End>| end.as_ref().is_some_and(|end| end.open);
    let bounded = interval.low.is_some() || interval.high.is_some();
    Range {
        low: interval.low.as_ref().map(value),
        low_open: open(&interval.low),
        high: interval.high.as_ref().map(value),
        high_open: open(&interval.high),
        words: bounded.then(|| words(corpus, id, &interval)),
    }
}

fn words(corpus: &Corpus, id: ClaimId, interval: &Interval) -> String {
    let day = |end: &Option<End>| {
        let number = i32::try_from(end.as_ref()?.value.to_integer()).ok()?;
        Day::from_number(number)
    };
    match &corpus.claim(id).form {
        Form::Date { .. } => prose::days(crate::claim::Days { first: day(&interval.low), last: day(&interval.high) }),
        Form::Duration { .. } => format!("{} days", prose::interval(interval)),
        Form::Share { .. } => percent(interval),
        Form::Change { amount: Some(crate::claim::Amount::By(_)) | None, .. } => {
            format!("{} more than the old figure", prose::interval(interval))
        }
        Form::Change { .. } => format!("{} of the old figure", percent(interval)),
        _ => prose::interval(interval),
    }
}

/// An interval of fractions as percentages.
fn percent(interval: &Interval) -> String {
    format!("{} %", prose::interval(&interval.times(&crate::number::integer(100))))
}
