//! `export`: the whole log as JSON lines, each a CloudEvent; series as columns.

use crate::error::{Error, Result};
use crate::twin::Twin;
use serde::Serialize;
use std::io::Write;
use twin_core::Code;
use twin_core::event::{EventBody, to_cloud_event};

/// The columns of a series event, on the line after it.
#[derive(Serialize)]
struct Columns<'a> {
    segment: String,
    starts_us: &'a [i64],
    #[serde(skip_serializing_if = "<[i64]>::is_empty")]
    durations_us: &'a [i64],
    values: &'a [f64],
}

impl Twin {
    /// Writes every event of the log, one JSON text a line; a `series.written` line is followed by one
    /// with its columns (`segment`, `starts_us`, `durations_us`, `values`). Returns the number of events.
    ///
    /// # Errors
    /// `consent_required`, `storage`, `corrupt`.
    pub fn export(&self, out: &mut dyn Write) -> Result<u64> {
        let (log, _) = self.enter_as_owner()?;
        let twin = log.twin().clone();
        let mut count = 0;
        log.all_events(&mut |event| {
            let io = |e: std::io::Error| {
                twin_core::Error::Storage(format!("the export cannot be written: {}", e.kind()))
            };
            writeln!(out, "{}", to_cloud_event(&twin, event)?).map_err(io)?;
            count += 1;
            if let EventBody::SeriesWritten(s) = &event.content.body
                && let Some(samples) = log.store().segment(s.segment)?
            {
                let columns = Columns {
                    segment: s.segment.to_string(),
                    starts_us: samples.starts_us(),
                    durations_us: samples.durations_us(),
                    values: samples.values(),
                };
                let text =
                    serde_json::to_string(&columns).map_err(|e| twin_core::Error::malformed("segment", e))?;
                writeln!(out, "{text}").map_err(io)?;
            }
            Ok(())
        })?;
        out.flush()
            .map_err(|e| Error::new(Code::Storage, format!("the export cannot be written: {}", e.kind())))?;
        Ok(count)
    }
}
