//! The proof of a finding, step by step: what each claim says in numbers, what is taken for granted, the sum.

use serde_json::Value;

use super::Page;
use crate::report::{Certificate, ClaimProof, Finding, Row, ScopeJson, SumTerm};

impl Page {
    pub(super) fn proof(&mut self, finding: &Finding) {
        let Some(certificate) = &finding.certificate else { return };
        let as_read = if finding.reading == Some("plain") { ", as a reader takes it" } else { "" };
        self.heading(&format!("What each claim says, in numbers{as_read}"));
        for claim in &finding.claims {
            self.paragraph("  - ", &format!("{}: {}", claim.claim, in_numbers(&claim.proof)));
        }
        self.line("");
        self.heading("What is taken for granted");
        if finding.premises.is_empty() {
            self.line("  Nothing but the claims themselves.");
        }
        for premise in &finding.premises {
            self.paragraph("  - ", &format!("{}.", crate::prose::capitalized(&premise.text)));
        }
        self.line("");
        self.heading("The sum");
        self.paragraph(
            "  ",
            "Each line below is an inequality that a claim, or what is taken for granted, gives. Add them up, each as often as \
             its weight says: on the left, whatever happened counts at most as much with plus as with minus, so nothing more \
             than zero is left; on the right there is more than zero. So they cannot all hold.",
        );
        self.line("");
        self.sum(certificate);
        self.paragraph("  Total: ", &format!("0 >= {}, which is false.", certificate.total));
    }

    /// The rows of a certificate.
    pub(in crate::report) fn sum(&mut self, certificate: &Certificate) {
        if !certificate.common.is_empty() {
            self.paragraph("  In every line: ", &scope_in_words(&certificate.common));
        }
        for row in &certificate.rows {
            let from =
                row.claim.clone().unwrap_or_else(|| row.premise.as_ref().map(premise_in_words).unwrap_or_default());
            let terms: Vec<String> = row.sum.iter().map(term).collect();
            let relation = if row.open { ">" } else { ">=" };
            let day = row_day(row).map(|day| format!(" (day {day})")).unwrap_or_default();
            let sum = format!("{} x [ {} {relation} {} ]{day}", row.weight, terms.join(" "), row.at_least);
            self.paragraph("  ", &sum);
            self.paragraph("        by ", &from);
        }
    }
}

/// The day that a row about one date speaks of: no day before it, or (of a date taken away) none after it.
pub(in crate::report) fn row_day(row: &Row) -> Option<crate::edtf::Day> {
    let [SumTerm { times, date: Some(_), .. }] = row.sum.as_slice() else { return None };
    let number: i32 = row.at_least.parse().ok()?;
    let number = if times.starts_with('-') { number.checked_neg()? } else { number };
    crate::edtf::Day::from_number(number)
}

pub(in crate::report) fn term(term: &SumTerm) -> String {
    let what = match (&term.scope, &term.date) {
        (_, Some(date)) => date.clone(),
        (Some(scope), None) if scope.is_empty() => "all".to_owned(),
        (Some(scope), None) => format!("({})", scope_in_words(scope)),
        (None, None) => String::new(),
    };
    let what = term.measure.as_ref().map_or(what.clone(), |measure| format!("{measure} {what}"));
    match term.times.as_str() {
        "1" => format!("+ {what}"),
        "-1" => format!("- {what}"),
        times => match times.strip_prefix('-') {
            Some(less) => format!("- {less} x {what}"),
            None => format!("+ {times} x {what}"),
        },
    }
}

/// A box: "actor ttp, period 2022-01-01/2022-09-30".
pub(in crate::report) fn scope_in_words(scope: &ScopeJson) -> String {
    let words = |value: &Value| match value {
        Value::String(term) => term.clone(),
        Value::Array(terms) => terms.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "),
        Value::Object(object) => {
            let terms = object.get("except").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            format!("all but {}", terms.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" and "))
        }
        other => other.to_string(),
    };
    let parts: Vec<String> = scope.iter().map(|(axis, value)| format!("{axis} {}", words(value))).collect();
    if parts.is_empty() { "everything".to_owned() } else { parts.join(", ") }
}

pub(in crate::report) fn premise_in_words(premise: &Value) -> String {
    let text =
        |key: &str| premise.get(key).map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
    let of = text("of").unwrap_or_default();
    match text("kind").unwrap_or_default().as_str() {
        "total" => format!("the codebook: {of} has one value"),
        "one-day" | "start-end" => format!("the codebook: {of} ends on the day on which it starts, or later"),
        "asked" if of == "at-most" => "the question: suppose that there were less".to_owned(),
        "asked" => "the question: suppose that there were more".to_owned(),
        "sum" => "the codebook: the parts of this measure add up to it in every box".to_owned(),
        kind => match (kind, premise.get("of").and_then(Value::as_array).map(Vec::as_slice)) {
            ("in", Some([Value::String(inner), Value::String(outer), ..])) => {
                format!("the codebook: {inner} is part of {outer}")
            }
            ("order", Some([Value::String(first), Value::String(then)])) => {
                format!("the codebook: {first} is not after {then}")
            }
            _ => format!("the codebook: {kind} of {of}"),
        },
    }
}

/// What a claim says, in numbers and ids.
pub(crate) fn in_numbers(proof: &ClaimProof) -> String {
    let end = |value: &Option<String>, open: bool, closed_word: &str, open_word: &str| {
        value.as_ref().map(|value| format!("{} {value}", if open { open_word } else { closed_word }))
    };
    match proof {
        ClaimProof::Figure { measure, low, low_open, high, high_open, outer, inner } => {
            let ends = [end(low, *low_open, "at least", "more than"), end(high, *high_open, "at most", "less than")];
            let ends: Vec<String> = ends.into_iter().flatten().collect();
            let ends = if ends.is_empty() { "any number".to_owned() } else { ends.join(" and ") };
            let whereabouts = match inner {
                Some(inner) if inner == outer => scope_in_words(outer),
                Some(inner) => format!("somewhere between {} and {}", scope_in_words(inner), scope_in_words(outer)),
                None => format!("somewhere within {}", scope_in_words(outer)),
            };
            format!("{ends} of {measure}, in {whereabouts}")
        }
        ClaimProof::Change { change, measure, low, low_open, high, high_open, outer, base_outer, .. } => {
            let ends = [end(low, *low_open, "at least", "more than"), end(high, *high_open, "at most", "less than")];
            let ends: Vec<String> = ends.into_iter().flatten().collect();
            let (new, base) = (scope_in_words(outer), scope_in_words(base_outer));
            let ends = if ends.is_empty() { "any number".to_owned() } else { ends.join(" and ") };
            match *change {
                "difference" => format!("{measure} in {new} less that in {base}: {ends}; the latter above 0"),
                _ => format!("{measure} in {new} as so many times that in {base}: {ends}; the latter above 0"),
            }
        }
        ClaimProof::Date { bounds, .. } => {
            let moments: Vec<String> = bounds
                .iter()
                .map(|moment| {
                    let ends = [
                        moment.low.as_ref().map(|day| format!("not before {day}")),
                        moment.high.as_ref().map(|day| format!("not after {day}")),
                    ];
                    format!("{} {}", moment.date, ends.into_iter().flatten().collect::<Vec<_>>().join(" and "))
                })
                .collect();
            moments.join("; ")
        }
        ClaimProof::Duration { duration, low, high, .. } => {
            let ends = [end(low, false, "at least", ""), end(high, false, "at most", "")];
            let days = ends.into_iter().flatten().collect::<Vec<_>>().join(" and ");
            format!("{days} days from {} to {}", duration.from, duration.to)
        }
        ClaimProof::Fact { measure, low, subject, toward, value, .. } => {
            let holds = if low.is_some() { "is" } else { "is not" };
            let toward = toward.as_ref().map(|toward| format!(" toward {toward}")).unwrap_or_default();
            format!(
                "{measure} of {subject}{toward} {holds} {}",
                scope_in_words(&ScopeJson::from([("value".to_owned(), value.clone())]))
            )
        }
        ClaimProof::None { .. } => "nothing that is compared".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day_of(times: &str, at_least: &str) -> Option<String> {
        let term = SumTerm { times: times.to_owned(), scope: None, measure: None, date: Some("war.end".to_owned()) };
        let row = Row {
            claim: None,
            premise: None,
            bound: None,
            weight: "1".to_owned(),
            sum: vec![term],
            at_least: at_least.to_owned(),
            open: false,
        };
        row_day(&row).map(|day| day.to_string())
    }

    #[test]
    fn days_before_1970_are_told_like_those_after() {
        assert_eq!(day_of("1", "1").as_deref(), Some("1970-01-02"));
        assert_eq!(day_of("1", "-1").as_deref(), Some("1969-12-31"), "no day before it");
        assert_eq!(day_of("-1", "1").as_deref(), Some("1969-12-31"), "no day after it");
        assert_eq!(day_of("-1", "-1").as_deref(), Some("1970-01-02"));
    }
}
