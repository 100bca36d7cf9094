//! The export of a Fitbit account: JSON arrays of records, and the table of sleep scores.
//!
//! Which clock a time is on depends on the file. Figures by the minute and exercises are in UTC,
//! sleep is on the wall clock, daily figures are civil days. The `Z` of the sleep score table is
//! not true: its times are the wall-clock ends of the sleeps. Measured on accounts that hold all of
//! them: steps by the minute agree with the exercises' steps as they stand, and with sleep only
//! after the zone's offset.

mod body;
mod exercise;
mod nights;

mod score;
mod sleep;
mod values;
mod web;

use super::super::shared::{elements, rest};
pub(super) use body::{read_vo2_max, read_weight};
pub(super) use exercise::read as read_exercise;
pub(super) use nights::{matches as is_night_table, read as read_nights, read_minutes};
pub(super) use score::read as read_score;
pub(super) use sleep::read as read_sleep;
pub(super) use values::{read_heart_rate, read_resting, read_values, read_zones};
pub(super) use web::read as read_web;

/// The source of all records of an account export.
const SOURCE: &str = "fitbit";
