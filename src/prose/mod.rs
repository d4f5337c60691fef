//! Words for what claims say: figures as their papers hedge them, scopes, periods, sources.
//!
//! Nothing here decides anything; the text is what an editor reads. No ids: labels and phrases come from the codebook.

mod days;
mod figure;
mod given;
mod said;
mod source;

pub use days::{day, days, month_name};
pub use figure::{figure, interval, number, times};
pub use given::{given, topic, what_counts};
pub use said::{change, entity, fact, fact_beside, said, scope_box, scope_parts};
pub use source::{credit_name, credits, place_in_text, source_name};

/// The text with its first letter in upper case.
pub fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A list as a sentence names it: "a", "a and b", "a, b and c".
pub fn list(items: &[String], last: &str) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [start @ .., end] => format!("{} {last} {end}", start.join(", ")),
    }
}
