//! JSON lines of our own events: what `export` writes, and what any producer of CloudEvents 1.0 can.
//!
//! | line | becomes |
//! | --- | --- |
//! | a CloudEvent of a kind we know, or of one we do not | the fact, word for word |
//! | a CloudEvent `series.written`, and the line after it with its columns | the samples |
//!
//! What an export says comes back as the same events: same ids, same samples, and, since an export is
//! in the order things were learned, the same winners among versions of a record. When something was
//! learned is not taken over: it is learned now.
//!
//! | refusal | when |
//! | --- | --- |
//! | `malformed`, `unsupported` | the line is no CloudEvent that can be read |
//! | `series_without_columns` | the columns of a series do not follow it |
//! | `columns_without_series` | columns follow no series |
//! | `wrong_samples` | the columns are not those that the series names |

use super::ReadOptions;
use super::shared::text::{Text, head_text};
use serde::Deserialize;
use std::io::{self, BufRead, BufReader};
use twin_core::event::{Content, EventBody, from_cloud_event};
use twin_core::observation::{Observation, Refusal, SeriesBlock, Sink};
use twin_core::series::Samples;
use twin_core::{Error, Result, SegmentHash};

/// The columns of a series, on the line after it.
#[derive(Deserialize)]
struct Columns {
    segment: SegmentHash,
    starts_us: Vec<i64>,
    #[serde(default)]
    durations_us: Vec<i64>,
    values: Vec<f64>,
}

/// Do these first bytes begin a CloudEvent?
#[must_use]
pub fn matches(head: &[u8]) -> bool {
    let text = head_text(head);
    let line = text.trim_start().lines().next().unwrap_or_default();
    line.starts_with('{') && line.contains("\"specversion\"")
}

struct Lines<'a> {
    sink: &'a mut dyn Sink,
    /// A series that waits for its columns, and its line.
    waiting: Option<(Content, u64)>,
    taken: u64,
    refused: u64,
}

/// Reads the lines.
///
/// # Errors
/// `malformed` when no line could be used, and what the sink returns to end the reading.
pub fn read(input: &mut dyn BufRead, _: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
    let text = Text::new(input).map_err(|e| Error::malformed("file", e))?;
    let meter = text.meter();
    let mut reader = BufReader::with_capacity(1 << 16, text);
    let mut lines = Lines { sink, waiting: None, taken: 0, refused: 0 };
    let (mut line, mut number) = (Vec::new(), 0_u64);
    loop {
        meter.next_record();
        line.clear();
        match reader.read_until(b'\n', &mut line) {
            Ok(0) => break,
            Ok(_) => number += 1,
            Err(error) => {
                let code = if error.kind() == io::ErrorKind::UnexpectedEof { "truncated" } else { "damaged" };
                lines.refuse(code, number + 1, &format!("the rest could not be read: {error}"));
                break;
            }
        }
        match std::str::from_utf8(&line) {
            Ok(text) if text.trim().is_empty() => {}
            Ok(text) => lines.take(text.trim(), number)?,
            Err(_) => lines.refuse("malformed", number, "the line is no UTF-8"),
        }
        if number.is_multiple_of(1024) {
            lines.sink.progress(meter.passed())?;
        }
    }
    lines.no_columns();
    if lines.taken == 0 && lines.refused > 0 {
        return Err(Error::malformed("json_lines", "no line could be used; see the refusals"));
    }
    Ok(())
}

impl Lines<'_> {
    fn refuse(&mut self, code: &str, line: u64, message: &str) {
        self.refused += 1;
        self.sink.refuse(Refusal::new(code, format!("line {line}"), message));
    }

    fn no_columns(&mut self) {
        if let Some((_, line)) = self.waiting.take() {
            self.refuse("series_without_columns", line, "the columns of the series do not follow it");
        }
    }

    fn take(&mut self, text: &str, line: u64) -> Result<()> {
        if let Some((content, at)) = self.waiting.take() {
            if let Ok(columns) = serde_json::from_str::<Columns>(text) {
                return self.series(&content, columns, line);
            }
            self.waiting = Some((content, at));
            self.no_columns();
        }
        match from_cloud_event(text) {
            Ok(content) if matches!(content.body, EventBody::SeriesWritten(_)) => {
                self.waiting = Some((content, line));
                Ok(())
            }
            Ok(content) => {
                self.taken += 1;
                self.sink.accept(Observation::Fact(content))
            }
            Err(_) if serde_json::from_str::<Columns>(text).is_ok() => {
                self.refuse("columns_without_series", line, "the columns follow no series");
                Ok(())
            }
            Err(error) => {
                self.refuse(error.code().as_str(), line, &error.to_string());
                Ok(())
            }
        }
    }

    fn series(&mut self, content: &Content, columns: Columns, line: u64) -> Result<()> {
        let EventBody::SeriesWritten(written) = &content.body else { return Ok(()) };
        let samples = match Samples::new(columns.starts_us, columns.durations_us, columns.values) {
            Ok(samples) => samples,
            Err(error) => {
                self.refuse(error.code().as_str(), line, &error.to_string());
                return Ok(());
            }
        };
        if columns.segment != written.segment || samples.hash() != written.segment {
            self.refuse("wrong_samples", line, "the columns are not those that the series names");
            return Ok(());
        }
        self.taken += 1;
        self.sink.accept(Observation::Series(SeriesBlock {
            metric: written.metric.clone(),
            unit: written.unit.clone(),
            origin: content.origin.clone(),
            offset_s: content.start_offset_s,
            revision: content.revision,
            replaces: written.replaces == Some(true),
            samples,
        }))
    }
}
