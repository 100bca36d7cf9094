//! Work: meetings and tasks. People are named by the ids of the tool or the host; where a name is absent it is
//! the person of the twin.

use crate::time::{LocalDate, Timestamp};
use twin_macros::payload;

/// A meeting that took place, as the calendar or the person tells. `at` is its end.
#[payload]
pub struct MeetingAttended {
    /// The entry and, for a series, the occurrence.
    pub entry: CalendarEntry,
    /// How it went, where that is known.
    pub quality: Option<MeetingQuality>,
}

/// How a meeting went.
#[payload]
#[derive(Default)]
pub struct MeetingQuality {
    /// An agenda was there before.
    pub agenda: Option<bool>,
    /// It began on time.
    pub on_time: Option<bool>,
    /// Decisions and actions written down.
    pub decisions: Option<u32>,
    /// How unequal the speaking times were, Gini coefficient 0..=1.
    pub speaking_gini: Option<f64>,
    /// Messages the person sent meanwhile.
    pub messages_sent: Option<u32>,
    /// How useful the person found it, 0..=1.
    pub usefulness: Option<f64>,
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
    /// Who else was invited, by the calendar's ids, where it tells.
    pub people: Vec<String>,
    /// Did the person organise it?
    pub organiser: Option<bool>,
    /// Who did, by the calendar's id, where it was somebody else.
    pub organised_by: Option<String>,
    /// The calendar has it as cancelled or the person declined.
    pub cancelled: Option<bool>,
    /// Did the person decline? Absent where the calendar tells no answers.
    pub declined: Option<bool>,
    /// Which of `people` declined, where the calendar tells answers.
    pub declined_by: Vec<String>,
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

/// What is known of a task besides its name.
#[payload]
#[derive(Default)]
pub struct TaskAbout {
    /// Kind of work: `bug`, `feature`, `report` …
    pub kind: Option<String>,
    /// A finer kind.
    pub subkind: Option<String>,
    /// Project.
    pub project: Option<String>,
    /// Who asked for it.
    pub requester: Option<String>,
    /// Who does it.
    pub assignee: Option<String>,
    /// Priority, in the tool's words.
    pub priority: Option<String>,
    /// Skills it takes.
    pub skills: Vec<String>,
    /// How hard it is by its nature, 0..=1.
    pub complexity: Option<f64>,
    /// How long it was expected to take, seconds, ≥ 0.
    pub estimate_s: Option<f64>,
}

/// A task that is to be done. `at` is the moment that was decided.
#[payload]
pub struct TaskPlanned {
    /// The tool's id of the task.
    pub task: String,
    /// What it is called.
    pub title: Option<String>,
    /// When it is due.
    pub due: Option<Timestamp>,
    /// Tasks that have to be finished before.
    pub depends_on: Vec<String>,
    /// What it is worth beside other tasks, > 0; 1 is usual.
    pub value: Option<f64>,
    /// What is known of it.
    pub about: Option<TaskAbout>,
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
    /// What is known of it.
    pub about: Option<TaskAbout>,
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
    /// What is known of it.
    pub about: Option<TaskAbout>,
    /// Who else worked on it.
    pub with: Vec<String>,
    /// It had to be done again, in part or in whole.
    pub rework: Option<bool>,
    /// How good what came out is, as those who use it say, 0..=1.
    pub rating: Option<f64>,
}

impl TaskPlanned {
    /// A task of which only the id is known.
    #[must_use]
    pub fn of(task: impl Into<String>) -> Self {
        let (title, due, depends_on, value, about) = Default::default();
        Self { task: task.into(), title, due, depends_on, value, about }
    }
}

impl TaskStarted {
    /// A task of which only the id is known.
    #[must_use]
    pub fn of(task: impl Into<String>) -> Self {
        let (title, estimate_s, due, about) = Default::default();
        Self { task: task.into(), title, estimate_s, due, about }
    }
}

impl TaskCompleted {
    /// A task of which only the id is known.
    #[must_use]
    pub fn of(task: impl Into<String>) -> Self {
        let (title, duration_s, difficulty, about, with, rework, rating) = Default::default();
        Self { task: task.into(), title, duration_s, difficulty, about, with, rework, rating }
    }
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

/// A finished task came back.
#[payload]
pub struct TaskReopened {
    /// The tool's id of the task.
    pub task: String,
    /// Why.
    pub reason: Option<String>,
}

/// A machine checked what was made: a build, a test run, a deployment.
#[payload]
pub struct CheckFinished {
    /// What was run.
    pub check: String,
    /// Project.
    pub project: Option<String>,
    /// Did it hold?
    pub passed: bool,
    /// How long it ran, seconds, ≥ 0.
    pub duration_s: Option<f64>,
    /// Whose work was checked.
    pub author: Option<String>,
    /// Skills the work took.
    pub skills: Vec<String>,
}
