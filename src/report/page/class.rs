//! Handouts for a class: what each source says, questions that lead to why they clash, and the answers on a page of their own.

use std::collections::BTreeSet;

use super::findings::{Note, note};
use super::index::{Numbered, Rows, letter, party};
use super::passages::{Passage, Told};
use super::room::Room;
use super::{Page, Text};
use crate::certificate::ClaimProof;
use crate::claim::Reading;
use crate::report::text::count;
use crate::report::{Finding, FindingClaim, Report};

/// One finding as a task.
pub(super) struct Handout<'a> {
    pub(super) number: usize,
    pub(super) topic: Text,
    pub(super) note: Note<'a>,
    pub(super) questions: Vec<Question>,
    /// Per name of the codebook that it is about: its kind and id.
    pub(super) themes: BTreeSet<(&'static str, String)>,
    pub(super) outcome: Text,
    /// Whom all rely on in the end, if there is such a one.
    pub(super) origin: Option<Text>,
    /// Which passage to check first, where its group knows one.
    pub(super) check_first: Option<Text>,
    /// What exactly is counted.
    pub(super) defined: Option<Text>,
}

/// A question, and what is to be found out.
pub(super) struct Question {
    pub(super) asks: &'static str,
    /// What all say, where all say the same.
    pub(super) same: Option<Text>,
    /// Whether it is worth saying that they differ.
    pub(super) differ: bool,
    /// Where they do not all say the same: per passage its letter and the answer.
    pub(super) answers: Vec<(Text, Text)>,
}

/// A handout for each conflict and each difference of opinion; what says the same of other claims is not asked again.
pub(super) fn handouts<'a>(page: &Page<'a>, numbered: &Numbered) -> Vec<Handout<'a>> {
    let rows = Rows::of(page);
    let mut room = Room::of_handouts();
    let chosen = page.report.findings.iter().filter(|finding| is_task(finding));
    let chosen = chosen.take_while(|finding| room.take_full(finding));
    chosen.zip(1..).map(|(finding, number)| handout(page, numbered, &rows, finding, number)).collect()
}

fn is_task(finding: &Finding) -> bool {
    finding.certificate.is_some() && finding.folded_under.is_none()
}

/// That some findings have no handout of their own, and why, if any have none.
pub(super) fn left_out(report: &Report, handouts: usize) -> Vec<Text> {
    let conflicts = report.findings.iter().filter(|finding| finding.certificate.is_some());
    let folded = conflicts.filter(|finding| finding.folded_under.is_some()).count();
    let tasks = report.findings.iter().filter(|finding| is_task(finding)).count();
    let says = if folded == 1 {
        "says the same of other claims and has no handout of its own"
    } else {
        "say the same of other claims and have no handouts of their own"
    };
    let folded = (folded > 0).then(|| format!("{} {says}.", count(folded, "further finding")));
    let more = (tasks > handouts).then(|| {
        let more = count(tasks - handouts, "more handout");
        format!("{more} would make this page too large: --rule and --source choose among them.")
    });
    let remarks = report.findings.iter().filter(|finding| finding.certificate.is_none()).count();
    let have = if remarks == 1 { "has" } else { "have" };
    let remarks = (remarks > 0).then(|| {
        format!(
            "{} on how claims were encoded or sourced {have} none either; the page for editors tells them.",
            count(remarks, "remark")
        )
    });
    folded.into_iter().chain(remarks).chain(more).map(|sentence| Text::new(&sentence)).collect()
}

fn handout<'a>(
    page: &Page<'a>,
    numbered: &Numbered,
    rows: &Rows<'_>,
    finding: &'a Finding,
    number: usize,
) -> Handout<'a> {
    let note = note(page, numbered, rows, finding, &Told::new());
    let groups = finding.claims.iter().filter_map(|claim| rows.get(&claim.claim)).map(|(group, _)| group);
    let themes = groups.filter_map(|group| group.of()).map(|(kind, id)| (kind, id.to_owned()));
    let outcome = match (finding.reading, finding.verdict) {
        (_, crate::report::Verdict::Note) => {
            "No fact is in dispute here: these are judgements that exclude each other."
        }
        (Some(reading), _) if reading == Reading::Plain.word() => {
            "Word for word all could be true; as a reader takes them, they cannot."
        }
        _ => "They cannot all be true.",
    };
    Handout {
        number,
        topic: Text::new(&rows.topic(finding)),
        themes: themes.collect(),
        questions: questions(&note),
        outcome: Text::new(outcome),
        origin: finding.same_upstream.as_ref().map(|id| Text::new(&party(page, id))),
        check_first: check_first(page, finding),
        defined: defined(page, rows, finding),
        note,
    }
}

/// Which passage of a finding to check first.
fn check_first(page: &Page<'_>, finding: &Finding) -> Option<Text> {
    let repair = page.report.repair.iter().find(|repair| repair.group == finding.group)?;
    let at = finding.claims.iter().position(|claim| claim.claim == repair.first)?;
    (repair.conflicts > 1).then(|| {
        let (of, all) = (repair.dissolves, repair.conflicts);
        Text::new(&format!("{}: it is in {of} of {all} conflicts that hang together", letter(at)))
    })
}

/// What a measure of the finding counts, where its claims are all of one.
fn defined(page: &Page<'_>, rows: &Rows<'_>, finding: &Finding) -> Option<Text> {
    let measures: BTreeSet<Option<&str>> = (finding.claims.iter())
        .map(|claim| rows.get(&claim.claim).and_then(|(group, _)| group.measure.as_deref()))
        .collect();
    let measure = measures.first().copied().flatten().filter(|_| measures.len() == 1)?;
    let name = page.names.iter().find(|name| name.kind == "measure" && name.id == measure)?;
    name.definition.as_deref().map(Text::new)
}

/// The questions that lead to why claims clash, with what each claim answers.
fn questions(note: &Note<'_>) -> Vec<Question> {
    let passages = &note.passages;
    let has =
        |name: &str| passages.iter().any(|passage| passage.aspects.iter().any(|aspect| aspect.name.as_str() == name));
    let words = |passage: &Passage, names: &dyn Fn(&str) -> bool| -> String {
        let words = passage.aspects.iter().filter(|aspect| names(aspect.name.as_str()));
        words.map(|aspect| aspect.words.to_string()).collect::<Vec<_>>().join("; ")
    };
    let ask = |asks, answer: &dyn Fn(&Passage) -> String| -> Question {
        let answers: Vec<(Text, Text)> = (passages.iter())
            .map(|passage| (passage.letter.clone(), Text::new(&answer(passage))))
            .map(
                |(letter, answer)| {
                    if answer.as_str().is_empty() { (letter, Text::new("not said")) } else { (letter, answer) }
                },
            )
            .collect();
        let same = answers.first().map(|(_, answer)| answer.clone());
        let same = same.filter(|same| answers.iter().all(|(_, answer)| answer == same));
        let answers = if same.is_some() { Vec::new() } else { answers };
        Question { asks, differ: same.is_none(), same, answers }
    };
    let figures = has("counted");
    // Of a figure an event says where and when; of a date it is what the date is of.
    let is_thing = |name: &str| if figures { name == "counted" } else { OF_DATES_AND_FACTS.contains(&name) };
    let mut questions =
        vec![ask("Is it the same thing? Say in your own words what each passage speaks of.", &|passage| {
            words(passage, &is_thing)
        })];
    questions.extend(same_time(note));
    if figures {
        questions.push(ask("Is it the same place and the same time?", &|passage| {
            words(passage, &|name| WHEN_AND_WHERE.contains(&name))
        }));
        let whom = |name: &str| !is_thing(name) && !WHEN_AND_WHERE.contains(&name);
        if passages.iter().any(|passage| passage.aspects.iter().any(|aspect| whom(aspect.name.as_str()))) {
            questions.push(ask("Who or what was counted, and who was not?", &|passage| words(passage, &whom)));
        }
        questions.push(ask("Who counted? Does each passage speak for itself, or whom does it rely on?", &relies_on));
    } else {
        questions.push(ask("Who says so? Does each passage speak for itself, or whom does it rely on?", &relies_on));
    }
    let sure = ask("How sure are they? What do their words leave open?", &|passage| match &passage.taken_as {
        Some(taken) => format!("“{}”: {taken}", passage.given),
        None if figures => format!("{}: exact, with no room", passage.given),
        None => passage.given.to_string(),
    });
    // That the figures differ is where the handout began.
    questions.push(Question { differ: false, ..sure });
    questions
}

/// Of facts, whether they speak of the same time: one that names none is taken to hold at any.
fn same_time(note: &Note<'_>) -> Option<Question> {
    let claims = &note.finding.claims;
    if !claims.iter().any(|claim| matches!(claim.proof, ClaimProof::Fact { .. })) {
        return None;
    }
    let times: Vec<Option<Text>> = claims.iter().map(period).collect();
    let unnamed = times.iter().all(Option::is_none);
    let same = unnamed.then(|| Text::new("no time is named, so all are taken to speak of one"));
    let told = times.into_iter().map(|time| time.unwrap_or_else(|| Text::new("no time is named")));
    let letters = note.passages.iter().map(|passage| passage.letter.clone());
    let answers = if unnamed { Vec::new() } else { letters.zip(told).collect() };
    Some(Question { asks: "Is it the same time?", differ: same.is_none(), same, answers })
}

/// The aspects that say what a date or a fact is of, and those that say where and when a figure is.
const OF_DATES_AND_FACTS: [&str; 6] = ["event", "day", "time", "what", "of", "toward"];
const WHEN_AND_WHERE: [&str; 5] = ["place", "event", "period", "compared with", "out of those"];

/// The time that a fact names, in words.
fn period(claim: &FindingClaim) -> Option<Text> {
    let ClaimProof::Fact { period: Some(period), .. } = &claim.proof else { return None };
    super::picture::period_in_words(period).map(|words| Text::new(&words))
}

fn relies_on(passage: &Passage) -> String {
    match (&passage.credits, passage.voice) {
        (Some(credits), _) => credits.to_string(),
        (None, "reports") => "others, whom it does not name".to_owned(),
        (None, _) => "nobody: the passage speaks for itself".to_owned(),
    }
}
