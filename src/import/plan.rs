//! Which column gives which key: from the header and the options.

use std::collections::BTreeMap;

use super::Options;
use super::key::{self, Key};
use super::read::{Reader, Value};
use super::rows::Row;
use super::sheet::{Cell, Sheet};
use super::vocabulary::Vocabulary;
use crate::load::{FaultCode, Sink, is_id, quoted};

/// What gives a key.
pub(super) enum Origin {
    /// A column of the file.
    Column(usize),
    /// The call, for all rows.
    Set(Value),
}

/// A key and what gives it.
pub(super) struct Field {
    pub(super) key: Key,
    pub(super) origin: Origin,
}

/// What is made of each row.
pub(super) struct Plan {
    /// In the order in which a claim has the keys.
    pub(super) fields: Vec<Field>,
    /// What the call says of the source.
    pub(super) described: Vec<Field>,
    /// How many cells each row has.
    pub(super) width: usize,
}

/// What the options and the header are read with.
pub(super) struct Planner<'a> {
    pub(super) path: &'a str,
    pub(super) sink: &'a Sink,
    pub(super) options: &'a Options,
    pub(super) reader: &'a Reader,
}

/// `HEADER=KEY` or `KEY=VALUE`, split.
fn split(given: &str, at: Option<usize>) -> (&str, &str) {
    at.and_then(|at| Some((given.get(..at)?, given.get(at + 1..)?))).unwrap_or((given, ""))
}

impl Planner<'_> {
    /// The plan; none after a fault, which is reported.
    pub(super) fn plan(&self, header: &Row) -> Option<Plan> {
        let before = self.sink.count();
        let sheet = header.sheet(self.path, self.sink);
        let cells: Vec<Cell<'_, '_>> = (0..header.len())
            .map(|column| Cell { sheet: &sheet, span: header.span(column), text: header.text(column) }.trimmed())
            .collect();
        if is_one_column(&cells) {
            return None;
        }
        let mut fields = self.columns(&cells);
        let set = self.set();
        for field in &set {
            if let Some(Field { origin: Origin::Column(column), .. }) =
                fields.iter().find(|other| other.key == field.key)
                && let Some(cell) = cells.get(*column)
            {
                let message = format!("a column gives `{}`, and `--set` sets it for all rows", field.key.name);
                cell.fault(FaultCode::SeveralForms, message, "leave `--set` out, or ignore the column");
            }
        }
        let (described, set): (Vec<_>, Vec<_>) = set.into_iter().partition(|field| describes(&field.key));
        fields.extend(set);
        // OK because a stable sort keeps the order of the columns among dimensions.
        fields.sort_by_key(|field| field.key.rank);
        if self.sink.count() == before {
            complete(&fields, &sheet);
        }
        (self.sink.count() == before).then_some(Plan { fields, described, width: header.len() })
    }

    fn columns(&self, cells: &[Cell<'_, '_>]) -> Vec<Field> {
        let (columns, options) = (self.mapped(cells), self.options);
        let named = |name: &str| cells.iter().any(|cell| cell.text == name);
        for ignored in options.ignore.iter().filter(|name| !named(name.trim())) {
            let sheet = Sheet::of_option("--ignore", ignored, self.sink);
            no_column(&Cell { sheet: &sheet, span: 0..ignored.len(), text: ignored.trim() }, cells);
        }
        let mut fields: Vec<Field> = Vec::new();
        let mut first: BTreeMap<&str, usize> = BTreeMap::new();
        for (column, cell) in cells.iter().enumerate() {
            if options.ignore.iter().any(|name| name.trim() == cell.text) {
                if columns.contains_key(cell.text) {
                    let message =
                        format!("`--column` says what {} gives, and `--ignore` leaves it out", quoted(cell.text));
                    cell.fault(FaultCode::SeveralForms, message, "keep one of the two options");
                }
                continue;
            }
            let keys = columns.get(cell.text).cloned().unwrap_or_else(|| self.own_key(cell).into_iter().collect());
            if keys.is_empty() && !columns.contains_key(cell.text) {
                continue;
            }
            if let Some(other) = first.insert(cell.text, column).and_then(|first| cells.get(first)) {
                let message = format!("the column {} stands here twice", quoted(cell.text));
                let page = cell.sheet.page();
                page.fault(FaultCode::DuplicateKey, &cell.span, message)
                    .help("rename one of the two")
                    .also(page.place(&other.span), "first here")
                    .send();
                continue;
            }
            for key in keys {
                add(&mut fields, Field { key, origin: Origin::Column(column) }, cells);
            }
        }
        fields
    }

    /// What `--column` says of the columns, by their names.
    fn mapped(&self, cells: &[Cell<'_, '_>]) -> BTreeMap<String, Vec<Key>> {
        let mut columns: BTreeMap<String, Vec<Key>> = BTreeMap::new();
        for given in &self.options.columns {
            let sheet = Sheet::of_option("--column", given, self.sink);
            // A header may have an equals sign in it; a key has none.
            let Some(at) = given.rfind('=') else {
                let help = "write the header and the key, as in `--column \"Event date=period\"`";
                shapeless(&sheet, given, "a column", help);
                continue;
            };
            let (name, key) = split(given, Some(at));
            let name = Cell { sheet: &sheet, span: 0..at, text: name }.trimmed();
            let known = cells.iter().any(|cell| cell.text == name.text);
            if !known {
                no_column(&name, cells);
            }
            let key = self.key(&Cell { sheet: &sheet, span: at + 1..given.len(), text: key }.trimmed());
            if let Some(key) = key.filter(|_| known) {
                columns.entry(name.text.to_owned()).or_default().push(key);
            }
        }
        columns
    }

    /// The key that an option names; reports an unknown one.
    fn key(&self, name: &Cell<'_, '_>) -> Option<Key> {
        if let Some(key) = self.known(name.text) {
            return Some(key);
        }
        let near = self.sink.nearest(name.text, self.names());
        // Without a codebook whoever writes a name into an option says that it is a dimension, unless it looks mistyped.
        if self.reader.vocabulary.is_none() && near.is_none() && is_id(name.text) {
            return Some(key::of_dimension(name.text));
        }
        let help = match near {
            Some(near) if self.reader.vocabulary.is_none() => {
                format!("did you mean `{near}`? if it is a dimension, `--claims FOLDER` says where the codebook is")
            }
            Some(near) => format!("did you mean `{near}`?"),
            None => "`gainsay import --help` lists the keys; the codebook's dimensions are keys too".to_owned(),
        };
        name.fault(FaultCode::UnknownKey, format!("a claim has no key {}", quoted(name.text)), help);
        None
    }

    fn known(&self, name: &str) -> Option<Key> {
        let is_dimension = self.reader.vocabulary.as_ref().is_some_and(|names| names.has_dimension(name));
        key::find(name).or_else(|| is_dimension.then(|| key::of_dimension(name)))
    }

    fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = key::names().collect();
        names.extend(self.reader.vocabulary.iter().flat_map(Vocabulary::dimensions));
        names
    }

    /// The key that a column has by its own name; reports one that has none, unless that is to be.
    fn own_key(&self, cell: &Cell<'_, '_>) -> Option<Key> {
        let key = self.known(cell.text);
        if key.is_none() && !self.options.ignore_others {
            let page = cell.sheet.page();
            let name = quoted(cell.text);
            let name = name.trim_matches('`');
            let help = if self.reader.vocabulary.is_some() {
                format!("say what it gives: `--column \"{name}=KEY\"`; or leave it out: `--ignore \"{name}\"`")
            } else {
                format!(
                    "say what it gives, which may be a dimension: `--column \"{name}=KEY\"`; or `--ignore \"{name}\"`"
                )
            };
            let near = self.sink.nearest(cell.text, self.names());
            page.fault(FaultCode::UnknownKey, &cell.span, format!("the column `{name}` gives no key of a claim"))
                .help(help)
                .maybe_help(near.map(|near| format!("did you mean `{near}`? then `--column \"{name}={near}\"`")))
                .send();
        }
        key
    }

    /// What `--set` and `--title` say.
    fn set(&self) -> Vec<Field> {
        let mut fields: Vec<Field> = Vec::new();
        let title = self.options.title.iter().map(|title| ("--title", title));
        for (option, given) in self.options.set.iter().map(|given| ("--set", given)).chain(title) {
            let sheet = Sheet::of_option(option, given, self.sink);
            let (key, value) = if option == "--title" {
                (key::find("source.title"), Cell { sheet: &sheet, span: 0..given.len(), text: given })
            } else {
                let Some(at) = given.find('=') else {
                    shapeless(&sheet, given, "it", "write the key and its value, as in `--set source=acled`");
                    continue;
                };
                let (name, value) = split(given, Some(at));
                let name = Cell { sheet: &sheet, span: 0..at, text: name }.trimmed();
                (self.key(&name), Cell { sheet: &sheet, span: at + 1..given.len(), text: value })
            };
            let Some(key) = key else { continue };
            if key.name == "id" {
                value.fault(FaultCode::MisplacedKey, "each claim has an id of its own", "let a column give `id`");
            } else if fields.iter().any(|other| other.key == key) {
                value.fault(FaultCode::DuplicateKey, format!("`{}` is set twice", key.name), "keep one of the two");
            } else if value.text.trim().is_empty() {
                value.fault(FaultCode::Empty, "this value is empty", "write one, or leave the option out");
            } else if let Some(value) = self.reader.read(&value, &key) {
                fields.push(Field { key, origin: Origin::Set(value) });
            }
        }
        fields
    }
}

/// Whether a key is of the source and not of a claim.
fn describes(key: &Key) -> bool {
    key.outer() == "source" && !key.inner().is_empty()
}

/// Reports a header that another delimiter would split.
fn is_one_column(cells: &[Cell<'_, '_>]) -> bool {
    let [only] = cells else { return false };
    let separates = |letter: &char| matches!(letter, ';' | '\t' | '|' | ',');
    let Some(letter) = only.text.chars().find(separates) else { return false };
    let shown = if letter == '\t' { "tab".to_owned() } else { format!("'{letter}'") };
    only.fault(
        FaultCode::Syntax,
        "the header has one column only",
        format!("if another sign separates the cells, say so: `--delimiter {shown}`"),
    );
    true
}

/// Adds what a column gives; reports another column that gives it already, and what is no column's to give.
fn add(fields: &mut Vec<Field>, field: Field, cells: &[Cell<'_, '_>]) {
    let place = |field: &Field| match field.origin {
        Origin::Column(column) => cells.get(column),
        Origin::Set(_) => None,
    };
    let Some(cell) = place(&field) else { return };
    if describes(&field.key) {
        let name = &field.key.name;
        let message = format!("`{name}` describes the source, and each row is a claim");
        cell.fault(FaultCode::MisplacedKey, message, format!("set it for all: `--set {name}=…`"));
    } else if let Some(other) = fields.iter().find(|other| other.key == field.key).and_then(place) {
        let message = format!("{} and {} both give `{}`", quoted(other.text), quoted(cell.text), field.key.name);
        let page = cell.sheet.page();
        page.fault(FaultCode::DuplicateKey, &cell.span, message)
            .help("ignore one of the two with `--ignore`")
            .also(page.place(&other.span), "the other one")
            .send();
    } else {
        fields.push(field);
    }
}

fn shapeless(sheet: &Sheet<'_>, given: &str, what: &str, help: &str) {
    let message = format!("{} does not say which key {what} gives", quoted(given));
    sheet.page().fault(FaultCode::Syntax, &(0..given.len()), message).help(help).send();
}

fn no_column(name: &Cell<'_, '_>, cells: &[Cell<'_, '_>]) {
    let page = name.sheet.page();
    page.fault(FaultCode::UnknownKey, &name.span, format!("the file has no column {}", quoted(name.text)))
        .help("write it as the file's first row has it")
        .maybe_help(page.did_you_mean(name.text, cells.iter().map(|cell| cell.text)))
        .send();
}

/// Reports what every row would lack.
fn complete(fields: &[Field], header: &Sheet<'_>) {
    let has = |name: &str| fields.iter().any(|field| field.key.outer() == name);
    let missing = |code, message: &str, help: &str| {
        header.page().fault(code, &(0..1), message).help(help).send();
    };
    if !has("source") {
        let help = "name it for all rows: `--set source=NAME`, or a column: `--column \"HEADER=source\"`";
        missing(FaultCode::MissingKey, "no column gives `source`", help);
    }
    if !has("quote") {
        let help = "every claim quotes its source: `--column \"HEADER=quote\"` says which column does";
        missing(FaultCode::MissingKey, "no column gives `quote`", help);
    }
    if !["value", "date", "duration", "attribute"].iter().any(|form| has(form)) {
        let help = "let a column give `value` (with `measure`), `date.on`, `duration.days` or `attribute`";
        missing(FaultCode::MissingForm, "no column gives what is claimed", help);
    }
    if has("value") && !has("measure") {
        let help = "name it for all rows: `--set measure=NAME`, or a column: `--column \"HEADER=measure\"`";
        missing(FaultCode::MissingKey, "no column says what `value` measures", help);
    }
}
