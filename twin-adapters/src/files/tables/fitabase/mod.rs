//! Fitabase: tables of Fitbit data for studies. Several people in one file, each a source of its
//! own, `fitabase/<Id>`; times without a zone; dates month first unless somebody's spreadsheet
//! turned some of them round.

mod people;
mod sleep;
mod table;
mod weight;

pub(super) use sleep::read as read_minute_sleep;
pub(super) use table::{Span, read as read_table};
pub(super) use weight::read as read_weight;
