//! An answer as text: the sentence, and for each end who binds it and why.

use crate::report::answer::{Answer, Bound};
use crate::report::text::{Page, TextOptions, count, in_numbers};

/// An answer as text.
pub fn answer_text(answer: &Answer, options: TextOptions) -> String {
    let mut page = Page { text: String::new(), options };
    page.paragraph("", &answer.answer);
    page.line("");
    if !answer.undecided {
        page.end("At least", answer.least.as_ref());
        page.end("At most", answer.greatest.as_ref());
    }
    if !answer.left_out.is_empty() {
        page.heading("Left out, though of this very scope");
        for out in &answer.left_out {
            let findings = match out.findings.as_slice() {
                [] => String::new(),
                findings => format!(" ({})", findings.join(", ")),
            };
            page.paragraph("  - ", &format!("{}, because {}{findings}", out.claim, out.because));
        }
        page.line("");
    }
    page.text
}

impl Page {
    fn end(&mut self, side: &str, bound: Option<&Bound>) {
        let Some(bound) = bound else {
            let none = if side == "At least" {
                "Nothing binds it from below: no undisputed claim says that there is any."
            } else {
                "Nothing binds it from above: no undisputed claim says that there is no more."
            };
            self.paragraph("", none);
            self.line("");
            return;
        };
        let value: Option<crate::number::Rational> = bound.rounded.as_ref().unwrap_or(&bound.value).parse().ok();
        let value = value.map(|value| crate::prose::number(&value)).unwrap_or_default();
        let side = match (side, bound.open && bound.rounded.is_none()) {
            ("At least", true) => "More than",
            (_, true) => "Less than",
            _ => side,
        };
        self.heading(&format!("{side} {value}, by {}", count(bound.claims.len(), "claim")));
        if bound.rounded.as_ref().is_some_and(|rounded| *rounded != bound.value) {
            let exact: Option<crate::number::Rational> = bound.value.parse().ok();
            let exact = exact.map(|exact| crate::prose::number(&exact)).unwrap_or_default();
            let why = if bound.open { "which itself is excluded" } else { "and this comes in whole things" };
            self.paragraph("  ", &format!("The sum gives {exact}, {why}."));
        }
        for claim in &bound.claims {
            self.claim(claim);
        }
        for claim in &bound.claims {
            self.paragraph("  - ", &format!("{}: {}", claim.claim, in_numbers(&claim.proof)));
        }
        self.paragraph(
            "  ",
            "Suppose it were otherwise, and add the lines up, each as often as its weight says: on the left nothing more than zero \
             is left, and on the right it would have to be more.",
        );
        self.sum(&bound.certificate);
        self.paragraph("  Total: ", "0 > 0, which is false.");
        self.line("");
    }
}
