//! What a row, a group and the whole say in sentences, alike in text and in Markdown.

use crate::report::Verdict;
use crate::report::show::{Catalogue, Entry, Group, LeftBecause, Mark, Named, Selected, Shown, ShownClaim, Support};
use crate::report::text::{amount, count};

impl ShownClaim {
    /// What the claim gives, or that it denies this.
    pub(in crate::report) fn figure(&self) -> String {
        if self.voice == "disputes" { format!("disputes {}", self.given) } else { self.given.clone() }
    }

    /// Who says it, where, and whom that credits.
    pub(in crate::report) fn who(&self) -> String {
        let place = self.place.as_ref().map(|place| format!(", {place}")).unwrap_or_default();
        let credits = match (&self.credits, self.voice) {
            (Some(credits), "reports") => format!(", reporting {credits}"),
            (Some(credits), _) => format!(", after {credits}"),
            (None, "reports") => ", reporting others".to_owned(),
            (None, _) => String::new(),
        };
        format!("{}{place}{credits}", self.source_name)
    }

    /// What its words allow and what a reader takes them for, where that is not what they say themselves.
    pub(super) fn ranges(&self) -> Option<String> {
        let strict = self.strict.words.as_ref()?;
        match &self.plain.words {
            Some(plain) if plain != strict => Some(format!("word for word {strict}; as a reader takes it {plain}")),
            None => Some(format!("word for word {strict}")),
            Some(_) if self.given == strict.trim_start_matches("exactly ") && self.voice != "disputes" => None,
            Some(_) => Some(strict.clone()),
        }
    }

    /// With whom it agrees, in what it conflicts, and how it fared otherwise: a sentence each.
    pub(super) fn marks(&self) -> Vec<String> {
        let mut marks = Vec::new();
        let of = |wanted: &dyn Fn(&Support) -> bool| -> Vec<String> {
            self.supports.iter().filter(|support| wanted(support)).map(|support| support.claim.clone()).collect()
        };
        let independent = of(&|support| support.independent && support.tension.is_none());
        if !independent.is_empty() {
            marks.push(format!("Agrees independently with {}", few(&independent)));
        }
        for support in self.supports.iter().filter(|support| !support.independent && support.tension.is_none()) {
            marks.push(format!("Agrees with {}{}", support.claim, self.why_not_independent(support)));
        }
        for support in &self.supports {
            if let Some(tension) = &support.tension {
                let claim = &support.claim;
                marks.push(format!("Agrees with {claim} only word for word: a reader would not take both ({tension})"));
            }
        }
        if !self.repeats.is_empty() {
            marks.push(format!("Repeats {} of the same source", few(&self.repeats)));
        }
        marks.extend(self.found());
        marks.extend(self.fared());
        marks
    }

    pub(in crate::report) fn why_not_independent(&self, support: &Support) -> String {
        // What stands nearest to the origin tells most.
        match support.shared.last() {
            Some(party) if party.kind == "source" && party.id == self.source => ", which credits it".to_owned(),
            Some(party) if support.claim.split('/').next() == Some(&party.id) && party.kind == "source" => {
                ", which it credits".to_owned()
            }
            Some(party) => format!(": both go back to {}", party.label),
            None => String::new(),
        }
    }

    fn found(&self) -> Vec<String> {
        // What is told beside an agreement is not told again.
        let beside = |mark: &Mark| self.supports.iter().any(|support| support.tension.as_ref() == Some(&mark.finding));
        let told = |mark: &&Mark| (mark.reading.is_some() || mark.verdict != Verdict::Note) && !beside(mark);
        let mut marks = Vec::new();
        for mark in self.findings.iter().filter(told).take(MOST_FINDINGS) {
            let with = if mark.with.is_empty() { String::new() } else { format!(" with {}", few(&mark.with)) };
            marks.push(match mark.verdict {
                Verdict::Note => format!("Of another view than{} ({})", with.replacen(" with", "", 1), mark.finding),
                verdict => format!("In a {}{with} ({})", verdict.word(), mark.finding),
            });
        }
        let more = self.findings.iter().filter(told).count().saturating_sub(MOST_FINDINGS);
        let notes = self.findings.iter().filter(|mark| !told(mark) && !beside(mark)).count();
        let counted = [(more, "more such finding"), (notes, "note")].into_iter().filter(|(number, _)| *number > 0);
        let counted: Vec<String> = counted.map(|(number, noun)| count(number, noun)).collect();
        if !counted.is_empty() {
            marks.push(format!("In {} besides", counted.join(" and ")));
        }
        marks
    }

    pub(in crate::report) fn fared(&self) -> Vec<String> {
        let because = self.because.as_deref().unwrap_or_default();
        let state = match self.state {
            "alone" => Some("Alone: there is nothing to compare it with"),
            "undecided" => Some("Undecided: neither a world nor a contradiction was found"),
            _ => None,
        };
        let why = match self.state {
            "superseded" => Some(format!("Superseded: {because}")),
            "not-comparable" => Some(format!("Not comparable: {because}")),
            // Under one of the readings only, which the reason names.
            _ => self.because.as_ref().map(|because| format!("Not comparable {because}")),
        };
        state.map(str::to_owned).into_iter().chain(why).collect()
    }
}

/// How many findings of a claim are named.
const MOST_FINDINGS: usize = 3;

/// How many claims a sentence names.
const MOST_NAMED: usize = 6;

/// A list of claims, cut where it would fill the page.
fn few(claims: &[String]) -> String {
    match claims.split_at_checked(MOST_NAMED) {
        Some((named, more)) if !more.is_empty() => format!("{} and {} more", named.join(", "), more.len()),
        _ => crate::prose::list(claims, "and"),
    }
}

impl Group {
    /// Why its claims are not paired, where they are not.
    pub(in crate::report) fn caveat(&self) -> Option<&'static str> {
        if self.unpaired {
            return Some("So many claims are not compared pair by pair");
        }
        let several = self.claims.len() > 1 && !self.sure;
        several.then_some("Too little is sure of this scope for its claims to agree")
    }

    /// What it is of: "People (measure casualties)".
    pub(super) fn heading(&self) -> String {
        let of = self.of().map(|(kind, id)| format!("{kind} {id}"));
        format!("{} ({})", self.title, of.unwrap_or_default())
    }

    /// Of which measure, event or attribute it is: the kind, and the id.
    pub(in crate::report) fn of(&self) -> Option<(&'static str, &str)> {
        let kinds = [("measure", &self.measure), ("event", &self.event), ("attribute", &self.attribute)];
        kinds.into_iter().find_map(|(kind, id)| id.as_deref().map(|id| (kind, id)))
    }

    /// What it is about, as a heading: "In Pakistan in 2022".
    pub(in crate::report) fn about(&self) -> String {
        let words = if self.words.is_empty() { "in all" } else { &self.words };
        match self.kind {
            "fact" => words.to_owned(),
            "change" => format!("Change: {words}"),
            "share" => format!("Share: {words}"),
            _ => crate::prose::capitalized(words),
        }
    }
}

impl Selected {
    /// What a word stands for, in a sentence.
    pub(super) fn sentence(&self) -> String {
        let means = |named: &Named| {
            let of = named.of.as_ref().map(|of| format!(" of {of}")).unwrap_or_default();
            let label = if named.label == named.id { String::new() } else { format!(" ({})", named.label) };
            format!("{}{of} {}{label}, {}", named.kind, named.id, count(named.claims, "claim"))
        };
        let means: Vec<String> = self.means.iter().map(means).collect();
        let several = if means.len() > 1 { ". It stands for several things; claims of each are shown" } else { "" };
        format!("“{}” selects: {}{several}.", self.word, means.join("; "))
    }
}

impl Shown {
    /// How much is shown, and what is not, a sentence each.
    pub(super) fn foot(&self) -> Vec<String> {
        let counts = &self.counts;
        let mut foot = vec![format!(
            "{} of {} shown, of {} in the folder.",
            count(counts.shown, "claim"),
            count(counts.sources, "source"),
            amount(counts.claims)
        )];
        if counts.agreements + counts.word_for_word > 0 {
            let only = match counts.word_for_word {
                0 => String::new(),
                more => format!("; {} more only word for word", amount(more)),
            };
            let independent = match (counts.agreements, counts.independent) {
                (0, _) => String::new(),
                (1, 1) => ", independent (the chains of credit share nobody)".to_owned(),
                (all, free) if all == free => ", all independent (their chains of credit share nobody)".to_owned(),
                (_, free) => format!(", {} of them independent (their chains of credit share nobody)", amount(free)),
            };
            foot.push(format!("{} between sources{independent}{only}.", count(counts.agreements, "agreement")));
        }
        let states = [
            (counts.alone, "alone"),
            (counts.not_comparable, "not comparable"),
            (counts.undecided, "undecided"),
            (counts.superseded, "superseded"),
        ];
        let states: Vec<String> = states
            .iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, state)| format!("{} {state}", amount(*number)))
            .collect();
        if !states.is_empty() {
            foot.push(format!("Of the claims shown: {}.", states.join(", ")));
        }
        for (reason, why) in [
            (LeftBecause::Wider, "about something wider than what is asked for, or only partly within it"),
            (LeftBecause::TakenFor, "of another measure, which a reader takes for the one asked for"),
        ] {
            let left_out = self.left_out.iter().filter(|out| out.reason == reason).count();
            if left_out > 0 {
                foot.push(format!("Left out: {} {why}; `--wider` shows them.", count(left_out, "claim")));
            }
        }
        foot
    }
}

/// The kinds of names in a catalogue, in order, with their headings.
const KINDS: [(&str, &str); 7] = [
    ("measure", "Measures"),
    ("event", "Events"),
    ("attribute", "Attributes"),
    ("term", "Terms"),
    ("value", "Values"),
    ("source", "Sources"),
    ("upstream", "Upstreams"),
];

impl Catalogue {
    /// The entries of one kind, terms and values by what they are of, each list with its heading.
    pub(super) fn sections(&self) -> Vec<(String, Vec<&Entry>)> {
        let mut sections: Vec<(String, Vec<&Entry>)> = Vec::new();
        for (kind, heading) in KINDS {
            let mut of: Option<&Option<String>> = None;
            for entry in self.entries.iter().filter(|entry| entry.kind == kind) {
                if of != Some(&entry.of) {
                    of = Some(&entry.of);
                    let of = entry.of.as_ref().map(|of| format!(" of {of}")).unwrap_or_default();
                    sections.push((format!("{heading}{of}"), Vec::new()));
                }
                if let Some((_, list)) = sections.last_mut() {
                    list.push(entry);
                }
            }
        }
        sections
    }

    /// What is not listed.
    pub(super) fn unlisted(&self) -> Option<String> {
        let listed =
            KINDS.iter().filter_map(|(kind, _)| self.without_claims.get(kind).map(|&number| count(number, kind)));
        let listed: Vec<String> = listed.collect();
        let unlisted = (!listed.is_empty()).then(|| format!("Without a claim, and not listed: {}.", listed.join(", ")));
        let unpaired = (self.counts.unpaired > 0).then(|| {
            let scopes = count(self.counts.unpaired, "scope");
            format!("Agreements are not counted in {scopes} with too many claims.")
        });
        let both: Vec<String> = unlisted.into_iter().chain(unpaired).collect();
        (!both.is_empty()).then(|| both.join(" "))
    }
}
