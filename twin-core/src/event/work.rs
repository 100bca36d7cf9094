//! Work: meetings and tasks.

use crate::time::{LocalDate, Timestamp};
use twin_macros::payload;

/// A meeting that took place, as the calendar or the person tells. `at` is its end.
#[payload]
pub struct MeetingAttended {
    /// The entry and, for a series, the occurrence.
    pub entry: CalendarEntry,
}

/// A calendar entry still ahead. `at` is the moment the plan was made, never the meeting's own time.
#[payload]
pub struct MeetingPlanned {
    /// The entry and, for a series, the occurrence.
    pub entry: CalendarEntry,
}

/// One occurrence of a calendar entry.
#[payload]
pub struct CalendarEntry {
    /// The calendar's id of the entry, common to all occurrences of a series.
    pub uid: String,
    /// Which occurrence: its original start, as the calendar writes it; absent for a single entry.
    pub occurrence: Option<String>,
    /// Start; UTC. For an all-day entry the start of the day in the person's zone, else in UTC.
    pub start: Timestamp,
    /// End; UTC, at or after `start`.
    pub end: Timestamp,
    /// First day of an all-day entry.
    pub all_day_from: Option<LocalDate>,
    /// Day after the last day of an all-day entry.
    pub all_day_until: Option<LocalDate>,
    /// Whether the entry blocks time.
    pub busy: Busy,
    /// What it is called.
    pub title: Option<String>,
    /// Other people invited, 0 when alone.
    pub others: Option<u32>,
    /// Did the person organise it?
    pub organiser: Option<bool>,
    /// The calendar has it as cancelled or the person declined.
    pub cancelled: Option<bool>,
    /// Words the calendar files it under.
    pub categories: Vec<String>,
    /// IANA zone the entry was written in, where it has one.
    pub zone: Option<String>,
}

/// Whether a calendar entry blocks time.
#[payload]
pub enum Busy {
    /// Does not block time.
    Free,
    /// Blocks time.
    Busy,
    /// Not yet confirmed.
    Tentative,
    /// Away from work.
    OutOfOffice,
}

/// Work on a task began.
#[payload]
pub struct TaskStarted {
    /// The tool's id of the task.
    pub task: String,
    /// What it is called.
    pub title: Option<String>,
    /// How long the person expects it to take, seconds, ≥ 0.
    pub estimate_s: Option<f64>,
    /// When it is due.
    pub due: Option<Timestamp>,
}

/// A task was finished.
///
/// Version 2 gives the effort in seconds; version 1 gave `duration_min`.
#[payload]
pub struct TaskCompleted {
    /// The tool's id of the task.
    pub task: String,
    /// What it is called.
    pub title: Option<String>,
    /// Time spent on it, seconds, ≥ 0.
    pub duration_s: Option<f64>,
    /// How difficult it was to the person, 0..=10.
    pub difficulty: Option<f64>,
}

/// A task was put off.
#[payload]
pub struct TaskDelayed {
    /// The tool's id of the task.
    pub task: String,
    /// The new date.
    pub due: Option<Timestamp>,
    /// Why.
    pub reason: Option<String>,
}
