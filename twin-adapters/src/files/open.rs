use super::ReadOptions;
use super::input::{Counted, Input, head, peek};
use std::io::{BufRead, BufReader};
use twin_core::observation::Sink;
use twin_core::{Error, Result};

/// A file format this build reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Apple Health export: the zip the phone makes, or its `export.xml`.
    #[cfg(feature = "apple-health")]
    AppleHealth,
    /// Garmin's FIT.
    #[cfg(feature = "fit")]
    Fit,
    /// Garmin Training Center XML.
    #[cfg(feature = "tcx")]
    Tcx,
    /// GPX.
    #[cfg(feature = "gpx")]
    Gpx,
    /// `activities.csv` of Strava's account export.
    #[cfg(feature = "bulk")]
    Strava,
    /// JSON of Garmin's account export.
    #[cfg(feature = "bulk")]
    Garmin(super::garmin::Shape),
    /// A zip of files of known formats.
    #[cfg(feature = "bulk")]
    Zip,
    /// JSON lines of our own events: CloudEvents 1.0.
    #[cfg(feature = "events")]
    JsonLines,
    /// iCalendar.
    #[cfg(feature = "calendar")]
    Calendar,
    /// Tables and JSON of trackers and straps: Fitabase, Fitbit exports, RR intervals, diaries.
    #[cfg(feature = "tables")]
    Table(super::tables::Shape),
    /// Google Fit: its folder in Google Takeout.
    #[cfg(feature = "takeout")]
    GoogleFit(super::takeout::Shape),
    /// Health Connect's records and changes.
    #[cfg(feature = "health-connect")]
    HealthConnect,
    /// What a phone's own bridge hands over.
    #[cfg(feature = "platform")]
    Platform,
    /// A table read by a mapping.
    #[cfg(feature = "mapped-csv")]
    MappedCsv,
    /// An answer of a vendor's service.
    #[cfg(feature = "vendor")]
    Vendor(super::vendor::Service),
    /// What trackers, calendars, timers and mailboxes tell of work.
    #[cfg(feature = "work")]
    Work(crate::work::Format),
}

impl Format {
    /// The stable word for it: `apple_health`, `fit`, `icalendar`, `fitbit_sleep` …
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            #[cfg(feature = "apple-health")]
            Self::AppleHealth => "apple_health",
            #[cfg(feature = "fit")]
            Self::Fit => "fit",
            #[cfg(feature = "tcx")]
            Self::Tcx => "tcx",
            #[cfg(feature = "gpx")]
            Self::Gpx => "gpx",
            #[cfg(feature = "bulk")]
            Self::Strava => "strava_activities",
            #[cfg(feature = "bulk")]
            Self::Garmin(shape) => shape.as_str(),
            #[cfg(feature = "bulk")]
            Self::Zip => "zip",
            #[cfg(feature = "events")]
            Self::JsonLines => "json_lines",
            #[cfg(feature = "calendar")]
            Self::Calendar => "icalendar",
            #[cfg(feature = "tables")]
            Self::Table(shape) => shape.as_str(),
            #[cfg(feature = "takeout")]
            Self::GoogleFit(shape) => shape.as_str(),
            #[cfg(feature = "health-connect")]
            Self::HealthConnect => "health_connect",
            #[cfg(feature = "platform")]
            Self::Platform => "platform_batch",
            #[cfg(feature = "mapped-csv")]
            Self::MappedCsv => "mapped_csv",
            #[cfg(feature = "vendor")]
            Self::Vendor(service) => service.as_str(),
            #[cfg(feature = "work")]
            Self::Work(format) => format.as_str(),
        }
    }
}

/// Bytes looked at to find the format.
const HEAD: usize = 64 * 1024;
/// Most bytes a compressed file may expand to for each byte it has, and in any case.
const MAX_EXPANSION: u64 = 200;
const MIN_ALLOWANCE: u64 = 64 << 20;

/// Finds the format of plain bytes from their beginning.
#[must_use]
pub fn detect(head: &[u8]) -> Option<Format> {
    #[cfg(feature = "fit")]
    if super::fit::matches(head) {
        return Some(Format::Fit);
    }
    #[cfg(feature = "platform")]
    if super::platform::matches(head) {
        return Some(Format::Platform);
    }
    #[cfg(feature = "apple-health")]
    if super::apple_health::matches(head) {
        return Some(Format::AppleHealth);
    }
    #[cfg(feature = "events")]
    if super::json_lines::matches(head) {
        return Some(Format::JsonLines);
    }
    #[cfg(feature = "tcx")]
    if super::tcx::matches(head) {
        return Some(Format::Tcx);
    }
    #[cfg(feature = "gpx")]
    if super::gpx::matches(head) {
        return Some(Format::Gpx);
    }
    #[cfg(feature = "bulk")]
    if super::strava::matches(head) {
        return Some(Format::Strava);
    }
    #[cfg(feature = "bulk")]
    if let Some(shape) = super::garmin::matches(head) {
        return Some(Format::Garmin(shape));
    }
    #[cfg(feature = "calendar")]
    if super::calendar::matches(head) {
        return Some(Format::Calendar);
    }
    #[cfg(feature = "tables")]
    if let Some(shape) = super::tables::matches(head) {
        return Some(Format::Table(shape));
    }
    #[cfg(feature = "takeout")]
    if let Some(shape) = super::takeout::matches(head) {
        return Some(Format::GoogleFit(shape));
    }
    #[cfg(feature = "health-connect")]
    if super::health_connect::matches(head) {
        return Some(Format::HealthConnect);
    }
    #[cfg(feature = "vendor")]
    if let Some(service) = super::vendor::matches(head) {
        return Some(Format::Vendor(service));
    }
    #[cfg(feature = "work")]
    if let Some(format) = crate::work::matches(head) {
        return Some(Format::Work(format));
    }
    None
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
    #[cfg(feature = "health-connect")]
    if super::health_connect::is_database(&start) {
        return Err(Error::Unsupported(super::health_connect::DATABASE.into()));
    }
    #[cfg(feature = "bulk")]
    if super::archive::matches(&start) && !is_apple_export(input) {
        super::archive::read(input, options, sink)?;
        return Ok(Format::Zip);
    }
    #[cfg(feature = "apple-health")]
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

#[cfg(feature = "bulk")]
fn is_apple_export(_input: &mut dyn Input) -> bool {
    #[cfg(feature = "apple-health")]
    return super::apple_health::is_export(_input);
    #[cfg(not(feature = "apple-health"))]
    false
}

/// Reads a table of any kind by what a mapping says of its columns, also inside gzip.
///
/// # Errors
/// As [`super::mapped_csv::read`].
#[cfg(feature = "mapped-csv")]
pub fn read_mapped(
    input: &mut dyn Input,
    mapping: &super::mapped_csv::CsvMapping,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<Format> {
    let io = |e: std::io::Error| Error::malformed("file", e);
    let size = input.seek(std::io::SeekFrom::End(0)).map_err(io)?;
    input.seek(std::io::SeekFrom::Start(0)).map_err(io)?;
    if head(input, 2).map_err(io)? == [0x1f, 0x8b] {
        let allowance = size.saturating_mul(MAX_EXPANSION).max(MIN_ALLOWANCE);
        let gunzip = Counted::new(flate2::read::MultiGzDecoder::new(input), allowance);
        let mut reader = BufReader::with_capacity(HEAD, gunzip);
        super::mapped_csv::read(mapping, &mut reader, options, sink)?;
    } else {
        super::mapped_csv::read(mapping, &mut BufReader::with_capacity(HEAD, input), options, sink)?;
    }
    Ok(Format::MappedCsv)
}

/// Reads plain bytes that begin with `start`.
pub(super) fn read_plain(
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
        #[cfg(feature = "apple-health")]
        Format::AppleHealth => super::apple_health::read_xml(reader, options, sink)?,
        #[cfg(feature = "fit")]
        Format::Fit => super::fit::read(reader, options, sink)?,
        #[cfg(feature = "tcx")]
        Format::Tcx => super::tcx::read(reader, options, sink)?,
        #[cfg(feature = "gpx")]
        Format::Gpx => super::gpx::read(reader, options, sink)?,
        #[cfg(feature = "bulk")]
        Format::Strava => super::strava::read(reader, options, sink)?,
        #[cfg(feature = "bulk")]
        Format::Garmin(shape) => super::garmin::read(shape, reader, options, sink)?,
        // A zip is no stream: `read_file` reads it.
        #[cfg(feature = "bulk")]
        Format::Zip => return Err(Error::Unsupported("a zip inside gzip; unpack it".into())),
        #[cfg(feature = "events")]
        Format::JsonLines => super::json_lines::read(reader, options, sink)?,
        #[cfg(feature = "calendar")]
        Format::Calendar => super::calendar::read(reader, options, sink)?,
        #[cfg(feature = "tables")]
        Format::Table(shape) => super::tables::read(shape, reader, options, sink)?,
        #[cfg(feature = "takeout")]
        Format::GoogleFit(shape) => super::takeout::read(shape, reader, options, sink)?,
        #[cfg(feature = "health-connect")]
        Format::HealthConnect => super::health_connect::read(reader, options, sink)?,
        #[cfg(feature = "platform")]
        Format::Platform => super::platform::read(reader, options, sink)?,
        // Never found by its bytes: only the caller has the mapping.
        #[cfg(feature = "mapped-csv")]
        Format::MappedCsv => return Err(Error::Unsupported("a table without its mapping".into())),
        #[cfg(feature = "vendor")]
        Format::Vendor(service) => super::vendor::read(service, reader, options, sink)?,
        #[cfg(feature = "work")]
        Format::Work(format) => {
            let work = crate::work::WorkOptions::of(options);
            crate::work::read(format, reader, &work, options.now, sink)?;
        }
    }
    Ok(format)
}
