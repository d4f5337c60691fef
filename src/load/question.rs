//! A question about a scope, read by the code that reads the scopes of claims.

use serde_json::{Map, Value};

use super::code::FaultCode;
use super::fault::{Faults, Page, Sink};
use super::folder::{Folder, Role};
use super::form::{ClaimReader, Published};
use super::text::{Text, quoted};
use super::{codebook, json};
use crate::claim::{Form, Scope, Selection, When};
use crate::codebook::MeasureId;

/// A measure and a scope of which somebody asks how much there can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Of what.
    pub measure: MeasureId,
    /// Where, when, by whom.
    pub scope: Scope,
}

/// Reads a question against the codebook of a folder that [`load`](super::load) reads without a fault: a measure, and for
/// dimensions, `period` and `event` a term, several terms with commas between them, an EDTF period, an event.
///
/// # Errors
///
/// Whatever would be a fault in a claim's scope, and what is `unstated`; their places are in a text made up of the
/// question, so their messages and helps are all that is of use.
pub fn question(folder: &Folder, measure: &str, scope: &[(&str, &str)]) -> Result<Question, Faults> {
    let sink = Sink::default();
    let book = folder.files().into_iter().find(|file| file.role == Role::Codebook);
    let book = book.and_then(|file| super::text(file, &sink));
    let asked = written(measure, scope);
    let text = Text::new("the question", &asked);
    let page = Page { text: &text, sink: &sink };
    let found = book.as_ref().and_then(|book| read(Page { text: book, sink: &sink }, page, scope));
    match found {
        Some(question) if sink.is_empty() => Ok(question),
        _ => Err(sink.into_faults()),
    }
}

/// The question as a claim would be written, with any figure.
fn written(measure: &str, scope: &[(&str, &str)]) -> String {
    let mut claim =
        Map::from_iter([("measure".to_owned(), Value::from(measure)), ("value".to_owned(), Value::from(1))]);
    for (key, value) in scope {
        let value = match value.split_once(',') {
            Some(_) if !matches!(*key, "period" | "event") => value.split(',').map(str::trim).collect(),
            _ => Value::from(*value),
        };
        claim.insert((*key).to_owned(), value);
    }
    Value::from(claim).to_string()
}

fn read(book: Page<'_>, page: Page<'_>, scope: &[(&str, &str)]) -> Option<Question> {
    let (book, names) = codebook::read(book, &json::parse(book)?)?;
    let root = json::parse(page)?;
    let fields = page.fields(&root)?;
    let reader = ClaimReader { page, book: &book, names: &names, published: Published::Unknown };
    for (at, (key, _)) in scope.iter().enumerate() {
        let twice = scope.iter().take(at).any(|(other, _)| other == key);
        if twice {
            page.fault(FaultCode::DuplicateKey, &(0..0), format!("{} is given twice", quoted(key)))
                .help("several terms are written with commas between them: `police,army`")
                .send();
        } else if !matches!(*key, "period" | "event") && !names.may_be_dimension(key) {
            let known = names.dimensions.names().chain(["period", "event"]);
            page.fault(FaultCode::UnknownKey, &(0..0), format!("{} is no dimension", quoted(key)))
                .help("a scope is written with dimensions, `period` and `event`")
                .maybe_help(page.did_you_mean(key, known))
                .send();
        }
    }
    if !page.sink.is_empty() {
        return None;
    }
    let (Form::Value { measure, scope, .. }, _) = reader.form(&fields)? else { return None };
    let unstated = scope.dimensions.values().any(|selection| matches!(selection, Selection::Unstated(_)))
        || matches!(scope.period, Some(When::Unstated(_)));
    if unstated {
        page.fault(FaultCode::UnknownTerm, &(0..0), "a question says what it is about: nothing in it is `unstated`")
            .help("name the narrower scope, or leave the dimension out to ask for all of it")
            .send();
        return None;
    }
    Some(Question { measure, scope })
}
