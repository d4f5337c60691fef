//! Rows of a CSV file (RFC 4180), one at a time, each with the place of its cells in the file.

use std::io::{self, BufRead, Read};

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};

use super::sheet::Sheet;
use crate::load::{FaultCode, Sink, Start};
use crate::span::Span;

/// The most bytes that a row may have: a quotation mark that is never closed takes in no more than this.
pub(super) const MAX_ROW_BYTES: usize = 1 << 20;
/// The most cells that a row may have.
const MAX_CELLS: usize = 1000;

/// Reads rows; memory holds one of them.
pub(super) struct Rows<'a, R> {
    input: R,
    path: &'a str,
    sink: &'a Sink,
    core: Reader,
    row: Row,
    /// The byte that ended the row.
    terminator: Option<u8>,
    /// Whether what comes next is behind a carriage return, to which a line feed still belongs.
    after_return: bool,
    ended: bool,
    /// That a file is not UTF-8 is told once: it holds for all of it.
    told_encoding: bool,
}

/// A row as it stands in the file, and what its cells say.
#[derive(Debug, Default)]
pub(super) struct Row {
    raw: Vec<u8>,
    before: Start,
    values: Vec<u8>,
    cells: Vec<Cell>,
}

#[derive(Clone, Debug)]
struct Cell {
    /// Where it stands in the row, its quotation marks included.
    raw: Span,
    /// Where what it says is in the values.
    value: Span,
}

impl Row {
    /// How many cells it has.
    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    /// What a cell says, its quotation marks undone; empty where there is none.
    pub(super) fn text(&self, column: usize) -> &str {
        let value = self.cells.get(column).and_then(|cell| self.values.get(cell.value.clone()));
        // OK because rows that are not UTF-8 are not handed out.
        value.and_then(|value| std::str::from_utf8(value).ok()).unwrap_or_default()
    }

    /// Where a cell stands in the row.
    pub(super) fn span(&self, column: usize) -> Span {
        self.cells.get(column).map_or_else(|| self.end(), |cell| cell.raw.clone())
    }

    /// Where the row ends.
    pub(super) fn end(&self) -> Span {
        self.raw.len()..self.raw.len()
    }

    /// Whether no cell says anything: spreadsheets write such rows below the last one.
    pub(super) fn is_blank(&self) -> bool {
        (0..self.len()).all(|column| self.text(column).trim().is_empty())
    }

    /// On which line of the file it begins.
    pub(super) fn line(&self) -> u32 {
        self.before.line.saturating_add(1)
    }

    /// The row for faults.
    pub(super) fn sheet<'s>(&'s self, path: &'s str, sink: &'s Sink) -> Sheet<'s> {
        Sheet::new(path, std::str::from_utf8(&self.raw).unwrap_or_default(), self.before, sink)
    }
}

/// What came of reading a row.
pub(super) enum Next {
    /// There is one.
    Row,
    /// There is one that has a fault, which was reported.
    Broken,
    /// There is none, or none that could be told from what comes before it.
    End,
}

/// The rows of a file, with a byte-order mark or without.
pub(super) fn rows<'a>(
    input: impl BufRead,
    path: &'a str,
    sink: &'a Sink,
    delimiter: u8,
) -> io::Result<Rows<'a, impl BufRead>> {
    let (bytes, input) = without_mark(input)?;
    Ok(Rows::new(input, path, sink, delimiter, Start { byte: bytes, ..Start::default() }))
}

impl<'a, R: BufRead> Rows<'a, R> {
    fn new(input: R, path: &'a str, sink: &'a Sink, delimiter: u8, before: Start) -> Self {
        Self {
            input,
            path,
            sink,
            core: ReaderBuilder::new().delimiter(delimiter).build(),
            row: Row { before, ..Row::default() },
            terminator: None,
            after_return: false,
            ended: false,
            told_encoding: false,
        }
    }

    /// The row that was read last.
    pub(super) fn row(&self) -> &Row {
        &self.row
    }

    /// Reads the next row that has anything in it.
    pub(super) fn next(&mut self) -> io::Result<Next> {
        if self.ended {
            return Ok(Next::End);
        }
        let row = &mut self.row;
        row.before.byte += row.raw.len();
        row.before.line = row.before.line.saturating_add(line_feeds(&row.raw));
        if let Some(byte) = self.terminator.take() {
            row.before = passed(row.before, byte, &mut self.after_return);
        }
        row.raw.clear();
        row.values.clear();
        row.cells.clear();
        match self.read()? {
            Next::Row => Ok(if self.is_sound() { Next::Row } else { Next::Broken }),
            other => {
                self.ended = true;
                Ok(other)
            }
        }
    }

    /// Takes what is between two rows.
    fn skip(&mut self) -> io::Result<()> {
        loop {
            let input = self.input.fill_buf()?;
            let taken = input.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            for &byte in input.iter().take(taken) {
                self.row.before = passed(self.row.before, byte, &mut self.after_return);
            }
            self.input.consume(taken);
            if taken == 0 {
                self.after_return = false;
                return Ok(());
            }
        }
    }

    fn read(&mut self) -> io::Result<Next> {
        self.skip()?;
        let mut written = 0;
        let (mut raw_start, mut value_start) = (0, 0);
        loop {
            let row = &mut self.row;
            if row.values.len() < written + 64 {
                row.values.resize(2 * row.values.len() + 256, 0);
            }
            let input = self.input.fill_buf()?;
            let at_end = input.is_empty();
            let output = row.values.get_mut(written..).unwrap_or_default();
            let (result, taken, given) = self.core.read_field(input, output);
            row.raw.extend(input.iter().take(taken));
            self.input.consume(taken);
            written += given;
            if row.raw.len() > MAX_ROW_BYTES || row.cells.len() >= MAX_CELLS {
                self.too_long(raw_start);
                return Ok(Next::End);
            }
            match result {
                ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
                ReadFieldResult::End => return Ok(Next::End),
                ReadFieldResult::Field { record_end } => {
                    // The delimiter, or what ends the row: all but the end of the file is one byte.
                    let end = row.raw.len() - usize::from(!at_end);
                    row.cells.push(Cell { raw: raw_start..end, value: value_start..written });
                    (raw_start, value_start) = (row.raw.len(), written);
                    if record_end {
                        row.values.truncate(written);
                        self.terminator = row.raw.pop_if(|_| !at_end);
                        return Ok(Next::Row);
                    }
                }
            }
        }
    }

    /// Reports a row that is too long to be one.
    fn too_long(&mut self, start: usize) {
        let row = &mut self.row;
        if let Err(error) = std::str::from_utf8(&row.raw) {
            let readable = error.valid_up_to();
            row.raw.truncate(readable);
        }
        let is_quoted = row.raw.get(start) == Some(&b'"');
        let message = if row.cells.len() >= MAX_CELLS {
            format!("this row has more than {MAX_CELLS} cells")
        } else {
            format!("this row has more than {} MiB", MAX_ROW_BYTES >> 20)
        };
        let help = if is_quoted {
            "close the quotation mark, or double it where it is part of the text; nothing below was read"
        } else {
            "is this a CSV file? nothing below was read"
        };
        let sheet = row.sheet(self.path, self.sink);
        sheet.page().fault(FaultCode::TooMany, &(start..start + 1), message).help(help).send();
    }

    /// Whether a row is UTF-8, and its quotation marks are as RFC 4180 has them; reports it if not.
    fn is_sound(&mut self) -> bool {
        let row = &self.row;
        let Ok(raw) = std::str::from_utf8(&row.raw) else {
            if !self.told_encoding {
                self.told_encoding = true;
                not_utf8(row, self.path, self.sink);
            }
            return false;
        };
        let before = self.sink.count();
        for cell in &row.cells {
            let written = raw.get(cell.raw.clone()).unwrap_or_default();
            if let Some((message, help)) = wrongly_quoted(written) {
                row.sheet(self.path, self.sink).page().fault(FaultCode::Syntax, &cell.raw, message).help(help).send();
                break;
            }
        }
        self.sink.count() == before
    }
}

/// What is wrong with the quotation marks of a cell, and what to do about it.
fn wrongly_quoted(written: &str) -> Option<(&'static str, &'static str)> {
    const DOUBLE: &str = "a quotation mark inside a quoted cell is written twice";
    let Some(rest) = written.strip_prefix('"') else {
        return written.trim_start().starts_with('"').then_some((
            "there are spaces before this quotation mark",
            "a quoted cell starts right behind the delimiter: remove the spaces",
        ));
    };
    let lone = |text: &str| text.replace("\"\"", "").contains('"');
    match rest.strip_suffix('"') {
        Some(inner) if !inner.contains('"') || !lone(inner) => None,
        _ if lone(rest) => Some(("there is more behind the closing quotation mark of this cell", DOUBLE)),
        _ => Some(("this quotation mark is never closed", DOUBLE)),
    }
}

/// Reports bytes that are no UTF-8, at the first of them.
fn not_utf8(row: &Row, path: &str, sink: &Sink) {
    let at = std::str::from_utf8(&row.raw).err().map_or(0, |error| error.valid_up_to());
    let byte = row.raw.get(at).copied().unwrap_or_default();
    Sheet::new(path, &String::from_utf8_lossy(&row.raw), row.before, sink)
        .page()
        .fault(FaultCode::NotUtf8, &(at..at + 1), "this file is not UTF-8")
        .label(format!("the byte {byte:02x}"))
        .help("save it with the encoding UTF-8 (a spreadsheet calls it \"CSV UTF-8\")")
        .send();
}

/// Takes the byte-order mark that some spreadsheets write before UTF-8; says how many bytes it had.
fn without_mark(mut input: impl BufRead) -> io::Result<(usize, impl BufRead)> {
    const MARK: &[u8] = b"\xef\xbb\xbf";
    let mut start = Vec::new();
    input.by_ref().take(MARK.len() as u64).read_to_end(&mut start)?;
    let bytes = if start == MARK { start.drain(..).count() } else { 0 };
    Ok((bytes, io::Cursor::new(start).chain(input)))
}

/// What lies before the next byte, once this byte between rows is passed.
fn passed(before: Start, byte: u8, after_return: &mut bool) -> Start {
    let starts_line = byte == b'\r' || !*after_return;
    *after_return = byte == b'\r';
    Start { byte: before.byte + 1, column: 0, line: before.line.saturating_add(u32::from(starts_line)) }
}

fn line_feeds(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.split(|&byte| byte == b'\n').count().saturating_sub(1)).unwrap_or(u32::MAX)
}
