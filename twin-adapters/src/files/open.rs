use super::input::{Counted, Input, head, peek};
use super::{ReadOptions, tables};
use std::io::{BufRead, BufReader};
use twin_core::observation::Sink;
use twin_core::{Error, Result};

/// A file format this build reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Apple Health export: the zip the phone makes, or its `export.xml`.
    AppleHealth,
    /// Garmin's FIT.
    Fit,
    /// iCalendar.
    Calendar,
    /// Tables and JSON of trackers and straps: Fitabase, Fitbit exports, RR intervals, diaries.
    Table(tables::Shape),
}

impl Format {
    /// The stable word for it: `apple_health`, `fit`, `icalendar`, `fitbit_sleep` …
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AppleHealth => "apple_health",
            Self::Fit => "fit",
            Self::Calendar => "icalendar",
            Self::Table(shape) => shape.as_str(),
        }
    }
}

/// Bytes looked at to find the format.
const HEAD: usize = 64 * 1024;
/// Most bytes a compressed file may expand to for each byte it has, and in any case.
const MAX_EXPANSION: u64 = 1_200;
const MIN_ALLOWANCE: u64 = 64 << 20;

/// Finds the format of plain bytes from their beginning.
#[must_use]
pub fn detect(head: &[u8]) -> Option<Format> {
    if super::fit::matches(head) {
        return Some(Format::Fit);
    }
    if super::apple_health::matches(head) {
        return Some(Format::AppleHealth);
    }
    if super::calendar::matches(head) {
        return Some(Format::Calendar);
    }
    tables::matches(head).map(Format::Table)
}

/// Reads a file of any known format, also inside gzip, and hands what it says to the sink.
///
/// What precedes damage is kept; the damage itself is a refusal.
///
/// # Errors
/// `unsupported` when the format is not known, `malformed` when nothing could be read, and what the
/// sink returns to end the reading.
pub fn read_file(input: &mut dyn Input, options: &ReadOptions, sink: &mut dyn Sink) -> Result<Format> {
    let io = |e: std::io::Error| Error::malformed("file", e);
    let size = input.seek(std::io::SeekFrom::End(0)).map_err(io)?;
    input.seek(std::io::SeekFrom::Start(0)).map_err(io)?;
    let start = head(input, HEAD).map_err(io)?;
    if start.starts_with(b"PK\x03\x04") {
        super::apple_health::read_zip(input, options, sink)?;
        return Ok(Format::AppleHealth);
    }
    if start.starts_with(&[0x1f, 0x8b]) {
        let allowance = size.saturating_mul(MAX_EXPANSION).max(MIN_ALLOWANCE);
        let gunzip = Counted::new(flate2::read::MultiGzDecoder::new(input), allowance);
        let mut reader = BufReader::with_capacity(HEAD, gunzip);
        let start = peek(&mut reader).map_err(io)?;
        return read_plain(&start, &mut reader, options, sink);
    }
    read_plain(&start, &mut BufReader::with_capacity(HEAD, input), options, sink)
}

fn read_plain(
    start: &[u8],
    reader: &mut dyn BufRead,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<Format> {
    let format = detect(start).ok_or_else(|| {
        Error::Unsupported(
            "the format of the file is not known; see the list of formats in the documentation".into(),
        )
    })?;
    match format {
        Format::AppleHealth => super::apple_health::read_xml(reader, options, sink)?,
        Format::Fit => super::fit::read(reader, options, sink)?,
        Format::Calendar => super::calendar::read(reader, options, sink)?,
        Format::Table(shape) => tables::read(shape, reader, options, sink)?,
    }
    Ok(format)
}
