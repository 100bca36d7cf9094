//! Rows of a delimited table, one at a time.

use super::out::Out;
use super::text::{Meter, Text, decode, head_text};
use std::io::{self, BufRead};
use twin_core::{Error, Result};

/// One row: its line in the file and its cells, trimmed.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) line: u64,
    pub(super) cells: Vec<String>,
}

impl Row {
    /// A cell; empty where the row is too short.
    pub(super) fn get(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

/// Reads rows. Quotes, CRLF, blank lines and rows of unequal length are fine.
pub(super) struct Rows<'a> {
    reader: csv::Reader<Text<'a>>,
    record: csv::ByteRecord,
    meter: Meter,
    read: u64,
    ended: bool,
}

impl<'a> Rows<'a> {
    /// Finds delimiter and quotes from what is in the input's buffer.
    ///
    /// # Errors
    /// `malformed` when nothing can be read.
    pub(super) fn open(input: &'a mut dyn BufRead) -> Result<Self> {
        let unreadable = |e| Error::malformed("table", e);
        let head = head_text(input.fill_buf().map_err(unreadable)?);
        let delimiter = delimiter(head.lines().find(|l| !l.trim().is_empty()).unwrap_or_default());
        let text = Text::new(input).map_err(unreadable)?;
        let meter = text.meter();
        let reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .quoting(head.contains('"'))
            .has_headers(false)
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text);
        Ok(Self { reader, record: csv::ByteRecord::new(), meter, read: 0, ended: false })
    }

    /// The next row; `None` at the end, also at an early end, which is refused.
    ///
    /// # Errors
    /// What the sink returns to end the reading.
    pub(super) fn next(&mut self, out: &mut Out<'_>) -> Result<Option<Row>> {
        if self.ended {
            return Ok(None);
        }
        self.meter.next_record();
        match self.reader.read_byte_record(&mut self.record) {
            Ok(true) => {
                self.read += 1;
                if self.read % 4096 == 0 {
                    out.progress(self.meter.passed())?;
                }
                let line = self.record.position().map_or(0, csv::Position::line);
                Ok(Some(Row { line, cells: self.record.iter().map(decode).collect() }))
            }
            Ok(false) => {
                self.ended = true;
                Ok(None)
            }
            Err(error) => {
                self.ended = true;
                let io = match error.into_kind() {
                    csv::ErrorKind::Io(io) => io,
                    _ => io::Error::from(io::ErrorKind::InvalidData),
                };
                out.damaged(&io, self.read);
                Ok(None)
            }
        }
    }
}

/// The header row, and where its columns are.
pub(super) struct Header(Vec<String>);

impl Header {
    /// Takes the first row as header.
    ///
    /// # Errors
    /// `malformed` when there is none.
    pub(super) fn read(rows: &mut Rows<'_>, out: &mut Out<'_>) -> Result<Self> {
        let row = rows.next(out)?.ok_or_else(|| Error::malformed("table", "no header"))?;
        Ok(Self(row.cells))
    }

    pub(super) fn find(&self, names: &[&str]) -> Option<usize> {
        self.0.iter().position(|c| names.iter().any(|n| c.eq_ignore_ascii_case(n)))
    }

    /// The column of a name.
    ///
    /// # Errors
    /// `malformed` when it is not there.
    pub(super) fn require(&self, name: &'static str) -> Result<usize> {
        self.find(&[name]).ok_or_else(|| Error::malformed("table", format_args!("no column `{name}`")))
    }

    pub(super) fn names(&self) -> &[String] {
        &self.0
    }
}

/// The delimiter of a header line: the one it has most of.
pub(super) fn delimiter(line: &str) -> u8 {
    let count = |d: u8| line.bytes().filter(|b| *b == d).count();
    [b',', b';', b'\t'].into_iter().max_by_key(|d| (count(*d), *d == b',')).unwrap_or(b',')
}
