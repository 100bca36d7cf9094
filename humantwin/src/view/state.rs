//! The state: how the person is, at a moment, as known at a moment.

use super::DayView;
use twin_core::estimate::Estimate;
use twin_core::{LocalDate, Timestamp};
use twin_macros::payload;

/// How the person is.
#[payload(full)]
pub struct StateView {
    /// The person.
    pub twin: String,
    /// At which moment.
    pub at: Timestamp,
    /// As known at which moment, where asked for.
    pub known_at: Option<Timestamp>,
    /// IANA zone lived in.
    pub zone: Option<String>,
    /// The day so far.
    pub day: DayView,
    /// The newest day with anything in it, where `day` has nothing.
    pub newest: Option<LocalDate>,
    /// First day with anything in it.
    pub first: Option<LocalDate>,
    /// Days with anything in them, up to the moment.
    pub days: u32,
    /// What the day is compared with: the person's own past.
    pub usual: Vec<UsualView>,
    /// The newest measurement of each metric.
    pub last: Vec<LastView>,
    /// Tasks begun and not finished.
    pub open_tasks: Vec<OpenTaskView>,
    /// Hash of the whole state; absent for readings of the past.
    pub state_hash: Option<String>,
}

/// A quantity against the person's own past. Says "unusual for you", never more.
#[payload(full)]
pub struct UsualView {
    /// `sleep_duration`, `resting_heart_rate`, `ln_rmssd`, `ln_rmssd_7_days`, `hrv_sdnn`, `steps`.
    pub name: String,
    /// The day the value is of.
    pub date: LocalDate,
    /// The value.
    pub value: Option<f64>,
    /// UCUM unit of the value.
    pub unit: String,
    /// The usual value, with the interval of that estimate.
    pub usual: Estimate,
    /// Low end of where 80 % of the person's usual days lie.
    pub range_low: Option<f64>,
    /// High end of it.
    pub range_high: Option<f64>,
    /// Distance in usual spreads.
    pub z: Estimate,
    /// 1 above the usual range, -1 below, 0 within; of `ln_rmssd_7_days` by the smallest worthwhile change.
    pub flag: Option<i32>,
}

/// The newest value of a metric.
#[payload(full)]
pub struct LastView {
    /// Metric.
    pub metric: String,
    /// Value.
    pub value: f64,
    /// UCUM unit, where the catalogue has one.
    pub unit: Option<String>,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub source: String,
}

/// A task begun and not finished.
#[payload(full)]
pub struct OpenTaskView {
    /// The tool's id.
    pub task: String,
    /// Since when.
    pub since: Timestamp,
    /// When it is due.
    pub due: Option<Timestamp>,
    /// How often it was put off.
    pub delays: u32,
}
