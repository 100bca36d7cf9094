//! Samples as columns, out of the twin.

use super::request::resolution;
use crate::error::Result;
use crate::twin::Twin;
use crate::verbs::HistoryQuery;
use twin_core::Timestamp;
use twin_macros::payload;

/// Which samples to read.
#[payload]
#[serde(deny_unknown_fields)]
pub struct SeriesQuery {
    /// A metric of the catalogue, or a vendor's own.
    pub metric: String,
    /// From, included.
    pub from: Option<Timestamp>,
    /// To, excluded.
    pub to: Option<Timestamp>,
    /// In steps of so many seconds; default: at every instant.
    pub every_s: Option<f64>,
    /// Every stored sample, nothing resolved; default: no.
    pub raw: Option<bool>,
    /// As known at this moment.
    pub known_at: Option<Timestamp>,
}

/// Samples of one metric in order of time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SeriesColumns {
    /// UCUM unit of the values.
    pub unit: String,
    /// Starts, UTC microseconds.
    pub starts_us: Vec<i64>,
    /// Durations, microseconds; 0 for an instant.
    pub durations_us: Vec<i64>,
    /// Values.
    pub values: Vec<f64>,
}

impl SeriesQuery {
    pub(super) fn run(self, twin: &Twin) -> Result<SeriesColumns> {
        let resolution = resolution(self.every_s, self.raw)?;
        let Self { metric, from, to, known_at, .. } = self;
        let view = twin.history(&HistoryQuery { metric, from, to, resolution, known_at })?;
        let mut columns = SeriesColumns { unit: view.unit, ..SeriesColumns::default() };
        for row in view.rows {
            columns.starts_us.push(row.start.micros());
            columns.durations_us.push(row.end.map_or(0, |end| end.micros() - row.start.micros()));
            columns.values.push(row.value);
        }
        Ok(columns)
    }
}
