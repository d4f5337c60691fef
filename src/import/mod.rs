//! CSV as claims: one row, one claim; what comes out is JSON Lines, which a claims folder keeps in `sources`.
//!
//! The columns are named as the keys of claims are, or an option says which key a column gives. Nothing is guessed: a
//! column without a key is a fault, a number is copied digit for digit or is a fault, and so is each cell that does not say
//! what its key takes. With a codebook at hand its labels and aliases are written as the ids that they stand for, and a name
//! that it lacks is told here, where it stands; all the rest that a claim can have wrong `gainsay check` tells.
//!
//! Rows are read one at a time: memory holds one of them, the ids of sources, and a hash of each id that a column gave.
//!
//! ```
//! use gainsay::import::{Options, csv};
//!
//! let table = "quote,period,value\nsome 40 boats,1953,40\n";
//! let set = ["source=gazette", "measure=boats"].map(str::to_owned).to_vec();
//! let mut lines = Vec::new();
//! csv(table.as_bytes(), &mut lines, "boats.csv", &Options { set, ..Options::default() }, None)?;
//! let expected = r#"{"source":{"id":"gazette"}}
//! {"source":"gazette","id":"row-1","quote":"some 40 boats","measure":"boats","period":"1953","value":40}
//! "#;
//! assert_eq!(String::from_utf8_lossy(&lines), expected);
//!
//! let faults = csv("quote,vlaue\n".as_bytes(), &mut lines, "boats.csv", &Options::default(), None).unwrap_err();
//! assert!(faults.to_string().contains("did you mean `value`?"));
//! # Ok::<(), gainsay::import::ImportError>(())
//! ```

mod claim;
mod figure;
mod key;
mod plan;
mod read;
mod rows;
mod sheet;
mod vocabulary;

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::str::FromStr;

use sha2::{Digest, Sha256};

use claim::Claim;
use plan::{Field, Origin, Plan, Planner};
use read::{Reader, json};
use rows::{Next, Row};
use sheet::Sheet;
use vocabulary::Vocabulary;

use crate::codebook::Codebook;
use crate::load::{FaultCode, Faults, Sink, quoted};

/// What the columns of a table give.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What separates the cells of a row.
    pub delimiter: Delimiter,
    /// `HEADER=KEY`: the column of this header gives this key.
    pub columns: Vec<String>,
    /// `KEY=VALUE`: all rows have this value.
    pub set: Vec<String>,
    /// Headers of columns that give nothing.
    pub ignore: Vec<String>,
    /// Whether columns that give no key are left out without a word.
    pub ignore_others: bool,
    /// The title of the source, where there is one source.
    pub title: Option<String>,
    /// Whether names are made into ids: `Khyber Pakhtunkhwa` is written `khyber-pakhtunkhwa`.
    pub make_ids: bool,
}

/// What separates the cells of a row: one ASCII character that is no letter, digit, quotation mark or end of a line.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Delimiter(u8);

impl Default for Delimiter {
    fn default() -> Self {
        Self(b',')
    }
}

impl FromStr for Delimiter {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.as_bytes() {
            _ if matches!(text, "tab" | "\\t") => Ok(Self(b'\t')),
            b"\t" => Ok(Self(b'\t')),
            &[one] if one.is_ascii_punctuation() && one != b'"' => Ok(Self(one)),
            _ => Err("a delimiter is one sign, like `,` or `;` or `|`, or the word `tab`"),
        }
    }
}

/// How much was imported.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// How many sources there are.
    pub sources: usize,
    /// How many claims.
    pub claims: usize,
}

/// Why nothing was.
#[derive(Debug)]
pub enum ImportError {
    /// The table, or what the options say of it, is at fault.
    Faults(Faults),
    /// The table could not be read.
    Read(io::Error),
    /// What was made of it could not be written.
    Write(io::Error),
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Faults(faults) => faults.fmt(f),
            Self::Read(error) => write!(f, "the table cannot be read: {error}"),
            Self::Write(error) => write!(f, "the claims cannot be written: {error}"),
        }
    }
}

impl std::error::Error for ImportError {}

/// What an output is that could not even be begun.
impl From<io::Error> for ImportError {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

/// Writes the claims of a table as JSON Lines; `path` is what faults call it.
///
/// Before the first claim of a source there is a line that describes it. A claim without an `id` column is `row-N`, where N
/// counts the rows that say anything, from 1. The same table and options give the same bytes.
///
/// # Errors
///
/// All faults of the options and the header, else all of the rows, each at its place in the table; an input that cannot be
/// read; an output that cannot be written. What was written by then is not to be used.
pub fn csv(
    input: impl Read,
    output: impl Write,
    path: &str,
    options: &Options,
    book: Option<&Codebook>,
) -> Result<Imported, ImportError> {
    let sink = Sink::default();
    let reader = Reader { vocabulary: book.map(Vocabulary::of), make_ids: options.make_ids };
    let mut output = BufWriter::new(output);
    let imported = import(BufReader::new(input), &mut output, (path, &sink), options, &reader)?;
    match imported.filter(|_| sink.is_empty()) {
        Some(imported) => output.flush().map_err(ImportError::Write).map(|()| imported),
        None => Err(ImportError::Faults(sink.into_faults())),
    }
}

/// Does the same; none where there is nothing to tell from a header.
fn import(
    input: impl io::BufRead,
    output: &mut impl Write,
    (path, sink): (&str, &Sink),
    options: &Options,
    reader: &Reader,
) -> Result<Option<Imported>, ImportError> {
    let mut rows = rows::rows(input, path, sink, options.delimiter.0).map_err(ImportError::Read)?;
    let plan = match rows.next().map_err(ImportError::Read)? {
        Next::Row => Planner { path, sink, options, reader }.plan(rows.row()),
        Next::Broken => None,
        Next::End => {
            if sink.is_empty() {
                let fault = sink.whole_file(FaultCode::Empty, path, "this file is empty");
                fault.help("its first row names the columns, and each row below is a claim").send();
            }
            None
        }
    };
    let Some(plan) = plan else { return Ok(None) };
    let mut table = Table { plan: &plan, path, sink, sources: BTreeSet::new(), ids: HashMap::new() };
    let (mut claims, mut read) = (0, 0_usize);
    loop {
        match rows.next().map_err(ImportError::Read)? {
            Next::End => break,
            Next::Broken => read += 1,
            Next::Row if rows.row().is_blank() => {}
            Next::Row => {
                read += 1;
                let lines = table.lines(rows.row(), reader, read);
                if let Some(lines) = lines.filter(|_| sink.is_empty()) {
                    output.write_all(lines.as_bytes()).map_err(ImportError::Write)?;
                    claims += 1;
                }
            }
        }
    }
    if read == 0 && sink.is_empty() {
        let fault = sink.whole_file(FaultCode::Empty, path, "there is no row below the header");
        fault.help("each row below the first one is a claim").send();
    }
    Ok(Some(Imported { sources: table.sources.len(), claims }))
}

/// What is known of a table while its rows are read.
struct Table<'a> {
    plan: &'a Plan,
    path: &'a str,
    sink: &'a Sink,
    sources: BTreeSet<String>,
    /// On which lines claims stand, by a hash of source and id: a table may have millions.
    ids: HashMap<[u8; 16], u32>,
}

impl Table<'_> {
    /// The lines that a row gives; none after a fault, which is reported.
    fn lines(&mut self, row: &Row, reader: &Reader, number: usize) -> Option<String> {
        let sheet = row.sheet(self.path, self.sink);
        if row.len() != self.plan.width {
            let column = self.plan.width.min(row.len());
            let message = format!("this row has {}, and the header has {}", cells(row.len()), cells(self.plan.width));
            let help = "a cell with a delimiter or a line break in it stands in quotation marks";
            sheet.page().fault(FaultCode::Syntax, &row.span(column), message).help(help).send();
            return None;
        }
        let claim = claim::claim(self.plan, reader, (row, &sheet, self.sink), number)?;
        self.told_twice(&claim, row, &sheet)?;
        let mut lines = String::new();
        if !self.sources.contains(&claim.source) {
            self.sources.insert(claim.source.clone());
            if self.sources.len() == 2 && !self.plan.described.is_empty() {
                self.described_twice(&claim, row, &sheet);
                return None;
            }
            lines = described(&claim.source, &self.plan.described);
        }
        lines.extend([claim.line.as_str(), "\n"]);
        Some(lines)
    }

    /// Reports an id that another row of this source has.
    fn told_twice(&mut self, claim: &Claim, row: &Row, sheet: &Sheet<'_>) -> Option<()> {
        let Some(id) = &claim.id else { return Some(()) };
        let line = *self.ids.entry(hash(&claim.source, id)).or_insert(row.line());
        if line == row.line() {
            return Some(());
        }
        let message = format!("{} is a claim of `{}` already, on line {line}", quoted(id), claim.source);
        let help = "ids of claims are unique in their source; choose another one, or ignore this column";
        sheet.page().fault(FaultCode::DuplicateId, &row.span(self.column("id")), message).help(help).send();
        None
    }

    fn described_twice(&self, claim: &Claim, row: &Row, sheet: &Sheet<'_>) {
        let message = format!("the call describes one source, and {} is another one", quoted(&claim.source));
        let help = "leave `--title` and what is set of `source` out, or import each source by itself";
        sheet.page().fault(FaultCode::MisplacedKey, &row.span(self.column("source")), message).help(help).send();
    }

    /// Which column gives a key.
    fn column(&self, key: &str) -> usize {
        let field = self.plan.fields.iter().find(|field| field.key.name == key);
        match field.map(|field| &field.origin) {
            Some(Origin::Column(column)) => *column,
            _ => 0,
        }
    }
}

/// Half of a SHA-256, which no two claims share by chance.
fn hash(source: &str, id: &str) -> [u8; 16] {
    let whole: [u8; 32] = Sha256::new().chain_update(source).chain_update("/").chain_update(id).finalize().into();
    let mut half = [0; 16];
    half.iter_mut().zip(whole).for_each(|(to, from)| *to = from);
    half
}

fn cells(count: usize) -> String {
    if count == 1 { "1 cell".to_owned() } else { format!("{count} cells") }
}

/// The line that describes a source.
fn described(source: &str, fields: &[Field]) -> String {
    let mut line = format!("{{\"source\":{{\"id\":{}", json(source));
    let mut fields: Vec<&Field> = fields.iter().collect();
    fields.sort_by_key(|field| field.key.rank);
    for field in fields {
        if let Origin::Set(value) = &field.origin {
            line.extend([",", &json(field.key.inner()), ":", &value.json]);
        }
    }
    line.push_str("}}\n");
    line
}
