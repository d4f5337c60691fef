//! What is wrong with a claims folder, at which place, and what to do about it.

use std::cell::{Cell, RefCell};
use std::fmt;

use annotate_snippets::{Annotation, AnnotationKind, Element, Level, Origin, Renderer, Snippet};

use super::code::FaultCode;
use super::text::{Place, Text, quoted, tamed, visible};
use crate::span::Span;

/// How many faults are kept; the others are counted. What a hostile file can make the program remember is bounded by it.
const KEPT: usize = 1000;
/// How many faults are shown.
const SHOWN: usize = 200;
/// How many characters of a path are shown.
const PATH: usize = 300;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What sort of thing.
    pub code: FaultCode,
    /// The file.
    pub path: String,
    /// Where in the file; none when the file as a whole is meant.
    pub place: Option<Place>,
    /// What is wrong: lower case, no final period, what the user wrote in backticks.
    pub message: String,
    /// A word or two on the marked place.
    pub label: Option<String>,
    /// What to do about it.
    pub help: Option<String>,
    /// Another place that bears on it, and what is there.
    pub related: Option<(Place, String)>,
}

/// Everything that is wrong with a claims folder, by file and place; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults {
    list: Vec<Fault>,
    more: usize,
}

impl Faults {
    /// The faults, by path and then by place; the first thousand.
    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.list.iter()
    }

    /// How many faults there are.
    pub fn count(&self) -> usize {
        self.list.len() + self.more
    }

    /// These and others, in order.
    #[must_use]
    pub(super) fn and(mut self, others: Option<Self>) -> Self {
        if let Some(others) = others {
            self.list.extend(others.list);
            self.more += others.more;
            self.list.sort_by(|a, b| order(a).cmp(&order(b)));
        }
        self
    }

    /// The faults as text: each with file, line, column, the line shown and a remedy, the first two hundred of them.
    ///
    /// Nothing in it can drive a terminal, whatever the files hold.
    pub fn render(&self, colour: bool) -> String {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        // OK because what is shown of a line is cut already.
        let renderer = renderer.term_width(1000);
        let mut out = String::new();
        for fault in self.list.iter().take(SHOWN) {
            out.push_str(&fault.render(&renderer));
            out.push_str("\n\n");
        }
        let hidden = self.count().saturating_sub(SHOWN);
        if hidden > 0 {
            out.extend(["… and ", &hidden.to_string(), " more\n"]);
        } else {
            out.pop();
        }
        out
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Faults {}

/// Stands for the path of a snippet until it is rendered; no path or message holds it, being harmful there.
///
/// The renderer counts columns in the line that it is given, and what it is given is cut; so it is given these, and the
/// true path, line and column are put in afterwards.
const STAND_INS: [&str; 2] = ["\u{fff9}", "\u{fffa}"];

impl Fault {
    fn render(&self, renderer: &Renderer) -> String {
        let mut elements: Vec<Element<'_>> = Vec::new();
        match &self.place {
            Some(place) => {
                let mark = AnnotationKind::Primary.span(place.marked.clone()).label(self.label.as_deref());
                elements.push(snippet(place, 0).annotation(mark).into());
            }
            None => elements.push(Origin::path(visible(&self.path, PATH)).into()),
        }
        if let Some((place, text)) = &self.related {
            let mark = AnnotationKind::Context.span(place.marked.clone()).label(text.as_str());
            elements.push(snippet(place, 1).annotation(mark).into());
        }
        if let Some(help) = &self.help {
            elements.push(Level::HELP.message(help.as_str()).into());
        }
        let title = Level::ERROR.primary_title(self.message.as_str()).id(self.code.name());
        let mut out = renderer.render(&[title.elements(elements)]);
        let places = self.place.iter().chain(self.related.iter().map(|(place, _)| place));
        for (place, stand_in) in places.zip(STAND_INS.iter().skip(usize::from(self.place.is_none()))) {
            if let Some((before, after)) = out.split_once(stand_in) {
                let after = after.trim_start_matches(|character: char| character == ':' || character.is_ascii_digit());
                let path = visible(&place.path, PATH);
                out = format!("{before}{path}:{}:{}{after}", place.position.line, place.position.column);
            }
        }
        out
    }
}

fn snippet(place: &Place, which: usize) -> Snippet<'_, Annotation<'_>> {
    let path = STAND_INS.get(which).copied();
    Snippet::source(place.shown.as_str()).line_start(place.position.line as usize).path(path)
}

/// Where faults are collected while a folder is read.
#[derive(Debug, Default)]
pub(crate) struct Sink {
    faults: RefCell<Vec<Fault>>,
    more: Cell<usize>,
    compared: Cell<usize>,
}

/// How much work may go into finding the nearest known names, in compared characters; enough for hundreds of faults in
/// a large codebook. Beyond it faults come without that help.
const COMPARED: usize = 200_000_000;

impl Sink {
    /// For faults that nobody is shown: no work goes into finding the nearest names.
    pub(super) fn without_names() -> Self {
        Self { compared: Cell::new(COMPARED), ..Self::default() }
    }

    /// Whether nothing was wrong so far.
    pub(crate) fn is_empty(&self) -> bool {
        self.count() == 0
    }

    /// How many faults there are so far, to see whether a step added one.
    pub(crate) fn count(&self) -> usize {
        self.faults.borrow().len() + self.more.get()
    }

    /// A fault of a file as a whole.
    pub(crate) fn whole_file(&self, code: FaultCode, path: &str, message: impl Into<String>) -> Draft<'_> {
        Draft { sink: self, fault: Fault::new(code, path, None, message.into()) }
    }

    /// A fault at a place that was kept.
    pub(crate) fn at_place(&self, code: FaultCode, place: Place, message: impl Into<String>) -> Draft<'_> {
        let path = place.path.clone();
        Draft { sink: self, fault: Fault::new(code, &path, Some(place), message.into()) }
    }

    /// Takes over what another one collected.
    pub(super) fn extend(&self, other: Self) {
        let mut faults = self.faults.borrow_mut();
        let others = other.faults.into_inner();
        let kept = KEPT.saturating_sub(faults.len());
        self.more.set(self.more.get() + other.more.get() + others.len().saturating_sub(kept));
        faults.extend(others.into_iter().take(kept));
    }

    /// Takes over what another one collected, at other places.
    pub(super) fn extend_moved(&self, other: &Self, change: &dyn Fn(&mut Place)) {
        let other = Self { faults: RefCell::new(other.faults.take()), more: other.more.clone(), ..Self::default() };
        for fault in other.faults.borrow_mut().iter_mut() {
            let related = fault.related.as_mut().map(|(place, _)| place);
            fault.place.iter_mut().chain(related).for_each(change);
        }
        self.extend(other);
    }

    /// The faults, sorted.
    pub(crate) fn into_faults(self) -> Faults {
        let mut list = self.faults.into_inner();
        list.sort_by(|a, b| order(a).cmp(&order(b)));
        Faults { list, more: self.more.get() }
    }

    /// "did you mean", if a known name is near.
    pub(super) fn did_you_mean<'n>(&self, written: &str, known: impl IntoIterator<Item = &'n str>) -> Option<String> {
        self.nearest(written, known).map(|name| format!("did you mean {}?", quoted(name)))
    }

    /// The known name that is nearest to what was written, if one is near.
    pub(crate) fn nearest<'n>(&self, written: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
        const LONGEST: usize = 64;
        if written.len() > LONGEST {
            return None;
        }
        let plain = |text: &str| text.to_lowercase().replace([' ', '_'], "-");
        let written = plain(written);
        let allowed = (written.chars().count() / 3).max(1);
        let mut best: Option<(usize, &'n str)> = None;
        for name in known {
            if name.len() > LONGEST || name.len().abs_diff(written.len()) > allowed + 4 {
                continue;
            }
            self.compared.set(self.compared.get() + written.len() * name.len() + 1);
            if self.compared.get() > COMPARED {
                return None;
            }
            let distance = strsim::osa_distance(&written, &plain(name));
            if distance <= allowed && best.is_none_or(|(least, first)| (distance, name) < (least, first)) {
                best = Some((distance, name));
            }
        }
        best.map(|(_, name)| name)
    }
}

type Order<'a> = (&'a str, Option<(usize, usize)>, FaultCode, &'a str);

fn order(fault: &Fault) -> Order<'_> {
    let place = fault.place.as_ref().map(|place| (place.span.start, place.span.end));
    (&fault.path, place, fault.code, &fault.message)
}

impl Fault {
    fn new(code: FaultCode, path: &str, place: Option<Place>, message: String) -> Self {
        Self { code, path: path.to_owned(), place, message, label: None, help: None, related: None }
    }
}

/// A fault that is being put together; nothing is reported before [`Draft::send`].
#[must_use = "a fault is reported by sending it"]
pub(crate) struct Draft<'s> {
    sink: &'s Sink,
    fault: Fault,
}

impl Draft<'_> {
    /// A word or two on the marked place.
    pub(crate) fn label(mut self, label: impl Into<String>) -> Self {
        self.fault.label = Some(label.into());
        self
    }

    /// What to do about it.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.fault.help = Some(help.into());
        self
    }

    /// What to do about it, where that is known.
    pub(crate) fn maybe_help(mut self, help: Option<String>) -> Self {
        self.fault.help = help.or(self.fault.help);
        self
    }

    /// Another place that bears on it.
    pub(crate) fn also(mut self, place: Place, text: impl Into<String>) -> Self {
        self.fault.related = Some((place, text.into()));
        self
    }

    /// Reports the fault.
    ///
    /// Every text of it is made harmless here once more, so that no message can forget to.
    pub(crate) fn send(mut self) {
        let mut faults = self.sink.faults.borrow_mut();
        if faults.len() < KEPT {
            let fault = &mut self.fault;
            let texts = [Some(&mut fault.message), fault.label.as_mut(), fault.help.as_mut()];
            for text in texts.into_iter().chain([fault.related.as_mut().map(|(_, text)| text)]).flatten() {
                *text = tamed(text);
            }
            faults.push(self.fault);
        } else {
            self.sink.more.set(self.sink.more.get() + 1);
        }
    }
}

/// One file as it is read: its text, and where its faults go.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Page<'a> {
    /// The file.
    pub(crate) text: &'a Text<'a>,
    /// Where faults go.
    pub(crate) sink: &'a Sink,
}

impl<'a> Page<'a> {
    /// A fault at a place in this file.
    pub(crate) fn fault(self, code: FaultCode, span: &Span, message: impl Into<String>) -> Draft<'a> {
        let place = self.text.place(span);
        Draft { sink: self.sink, fault: Fault::new(code, self.text.path, Some(place), message.into()) }
    }

    /// A place in this file.
    pub(crate) fn place(self, span: &Span) -> Place {
        self.text.place(span)
    }

    /// "did you mean", if a known name is near.
    pub(crate) fn did_you_mean<'n>(self, written: &str, known: impl IntoIterator<Item = &'n str>) -> Option<String> {
        self.sink.did_you_mean(written, known)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_near() {
        let sink = Sink::default();
        let known = ["pakistan", "afghanistan", "khyber-pakhtunkhwa"];
        assert_eq!(sink.nearest("pakstan", known), Some("pakistan"));
        assert_eq!(sink.nearest("Khyber Pakhtunkhwa", known), Some("khyber-pakhtunkhwa"));
        assert_eq!(sink.nearest("india", known), None);
        assert_eq!(sink.nearest("", known), None);
    }

    #[test]
    fn counts_what_it_does_not_keep_and_says_what_it_does_not_show() {
        let text = Text::new("a.json", "{}");
        let sink = Sink::default();
        for _ in 0..KEPT + 5 {
            Page { text: &text, sink: &sink }.fault(FaultCode::Syntax, &(0..1), "no").send();
        }
        let faults = sink.into_faults();
        assert_eq!(faults.count(), KEPT + 5);
        assert!(faults.to_string().ends_with("… and 805 more\n"));
    }

    #[test]
    fn shows_path_line_column_and_remedy() {
        let text = Text::new("a\u{1b}.json", "{\n  \"plce\": 1 }");
        let sink = Sink::default();
        Page { text: &text, sink: &sink }
            .fault(FaultCode::UnknownKey, &(4..10), "unknown key `plce`")
            .label("nothing reads this")
            .help("did you mean `place`?")
            .also(text.place(&(12..13)), "here")
            .send();
        let expected = r#"error[unknown-key]: unknown key `plce`
 --> a\u001b.json:2:3
  |
2 |   "plce": 1 }
  |   ^^^^^^ nothing reads this
  |
 ::: a\u001b.json:2:11
  |
2 |   "plce": 1 }
  |           - here
  |
  = help: did you mean `place`?
"#;
        assert_eq!(sink.into_faults().to_string(), expected);
    }
}
