//! Rows of a delimited table, one at a time.

use super::out::Out;
use super::text::{Meter, Text, decode, head_text};
use std::io::{self, BufRead, Read};
use twin_core::{Error, Result};

/// One row: its line in the file and its cells, trimmed.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) line: u64,
    pub(crate) cells: Vec<String>,
}

impl Row {
    /// A cell; empty where the row is too short.
    pub(crate) fn get(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

/// Reads rows. Quotes, CRLF, blank lines and rows of unequal length are fine.
pub(crate) struct Rows<'a> {
    reader: csv::Reader<Lines<Text<'a>>>,
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
    pub(crate) fn open(input: &'a mut dyn BufRead) -> Result<Self> {
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
            .from_reader(Lines::new(text));
        Ok(Self { reader, record: csv::ByteRecord::new(), meter, read: 0, ended: false })
    }

    /// The next row; `None` at the end, also at an early end, which is refused.
    ///
    /// # Errors
    /// What the sink returns to end the reading.
    pub(crate) fn next(&mut self, out: &mut Out<'_>) -> Result<Option<Row>> {
        if self.ended {
            return Ok(None);
        }
        self.meter.next_record();
        match self.reader.read_byte_record(&mut self.record) {
            Ok(true) => {
                self.read += 1;
                if self.read.is_multiple_of(4096) {
                    out.progress(self.meter.passed())?;
                }
                // Every row ends in a newline, see `Lines`: the reader stands on the next line.
                let line = self.reader.position().line().saturating_sub(1);
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

/// Makes every line end in one newline, the last too, so that rows can be counted in lines.
struct Lines<R> {
    inner: R,
    chunk: Vec<u8>,
    ready: Vec<u8>,
    given: usize,
    last: u8,
    ended: bool,
}

impl<R: Read> Lines<R> {
    fn new(inner: R) -> Self {
        Self { inner, chunk: vec![0; 8192], ready: Vec::new(), given: 0, last: b'\n', ended: false }
    }
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given >= self.ready.len() && !self.ended {
            self.ready.clear();
            self.given = 0;
            let n = self.inner.read(&mut self.chunk)?;
            self.ended = n == 0;
            for &byte in self.chunk.get(..n).unwrap_or_default() {
                // CRLF, LF and a lone CR all end a line.
                match byte {
                    b'\n' if self.last == b'\r' => {}
                    b'\r' => self.ready.push(b'\n'),
                    other => self.ready.push(other),
                }
                self.last = byte;
            }
            if self.ended && !matches!(self.last, b'\n' | b'\r') {
                self.ready.push(b'\n');
            }
        }
        let rest = self.ready.get(self.given..).unwrap_or_default();
        let n = rest.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..n), rest.get(..n)) {
            to.copy_from_slice(from);
        }
        self.given += n;
        Ok(n)
    }
}

/// The header row, and where its columns are.
pub(crate) struct Header(Vec<String>);

impl Header {
    /// Takes the first row as header.
    ///
    /// # Errors
    /// `malformed` when there is none.
    pub(crate) fn read(rows: &mut Rows<'_>, out: &mut Out<'_>) -> Result<Self> {
        let row = rows.next(out)?.ok_or_else(|| Error::malformed("table", "no header"))?;
        Ok(Self(row.cells))
    }

    pub(crate) fn find(&self, names: &[&str]) -> Option<usize> {
        self.0.iter().position(|c| names.iter().any(|n| c.eq_ignore_ascii_case(n)))
    }

    /// The column of a name.
    ///
    /// # Errors
    /// `malformed` when it is not there.
    pub(crate) fn require(&self, name: &'static str) -> Result<usize> {
        self.find(&[name]).ok_or_else(|| Error::malformed("table", format_args!("no column `{name}`")))
    }

    pub(crate) fn names(&self) -> &[String] {
        &self.0
    }
}

/// The delimiter of a header line: the one it has most of.
pub(crate) fn delimiter(line: &str) -> u8 {
    let count = |d: u8| line.bytes().filter(|b| *b == d).count();
    [b',', b';', b'\t'].into_iter().max_by_key(|d| (count(*d), *d == b',')).unwrap_or(b',')
}
