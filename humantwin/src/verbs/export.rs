//! `export`: the whole log as JSON lines, each a CloudEvent; series as columns.

use crate::error::Result;
use crate::twin::Twin;
use serde::Serialize;
use std::io::Write;
use twin_core::event::{Event, EventBody, to_cloud_event};
use twin_core::sort::OrderBy;
use twin_core::{EventId, Hlc};

/// The columns of a series event, on the line after it.
#[derive(Serialize)]
struct Columns<'a> {
    segment: String,
    starts_us: &'a [i64],
    #[serde(skip_serializing_if = "<[i64]>::is_empty")]
    durations_us: &'a [i64],
    values: &'a [f64],
}

/// Events held at once while they are brought in order.
const HELD: usize = 100_000;

impl Twin {
    /// Writes every event of the log, one JSON text a line, in the order they were learned; a
    /// `series.written` line is followed by one with its columns (`segment`, `starts_us`,
    /// `durations_us`, `values`). Importing the lines gives the same events and the same state. Returns
    /// the number of events.
    ///
    /// # Errors
    /// `consent_required`, `storage`, `corrupt`.
    pub fn export(&self, out: &mut dyn Write) -> Result<u64> {
        let (log, _) = self.enter_as_owner()?;
        let twin = log.twin().clone();
        let io = |e: std::io::Error| {
            twin_core::Error::Storage(format!("the export cannot be written: {}", e.kind()))
        };
        let mut order: Vec<(Hlc, EventId)> = Vec::new();
        log.all_events(&mut |event| {
            order.push((event.clock, event.id));
            Ok(())
        })?;
        order.order();
        // One walk over the log for each part that fits in memory: most logs are one part.
        for part in order.chunks(HELD) {
            let (Some(first), Some(last)) = (part.first(), part.last()) else { continue };
            let mut events: Vec<Event> = Vec::with_capacity(part.len());
            log.all_events(&mut |event| {
                if (first..=last).contains(&&(event.clock, event.id)) {
                    events.push(event.clone());
                }
                Ok(())
            })?;
            events.order_by_key(|e| (e.clock, e.id));
            for event in &events {
                writeln!(out, "{}", to_cloud_event(&twin, event)?).map_err(io)?;
                let EventBody::SeriesWritten(s) = &event.content.body else { continue };
                let Some(samples) = log.store().segment(s.segment)? else { continue };
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
        }
        out.flush().map_err(io)?;
        Ok(order.len() as u64)
    }
}
