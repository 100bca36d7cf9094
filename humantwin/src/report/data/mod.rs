//! What the report is made from.

mod day;
mod lists;
mod outlook;

pub use day::{
    ActivityDay, CalendarDay, CheckIn, Day, DayLoad, HeartDay, HrvDay, SleepNight, SourcePiece, Standing,
    TrainingState,
};
pub use lists::{Coverage, EstimateRow, ImportRow, Note, NoteKind, RefusedCount, Session, SourceRow};
pub use outlook::{Outlook, Percentiles, WhatIf, WhatIfDay, WhatIfQuantity};

use serde::{Deserialize, Serialize};
use twin_core::{LocalDate, Timestamp, ZoneId};

/// Everything the page shows; the only input of [`super::render`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportData {
    /// Name of the twin, as its owner wants to read it.
    pub title: String,
    /// When the data were gathered; the page's only clock.
    pub generated_at: Timestamp,
    /// Zone of all clock times, where a day does not name its own.
    pub zone: ZoneId,
    /// First day of the span.
    pub from: LocalDate,
    /// Last day of the span, included.
    pub to: LocalDate,
    /// The newest figures, in the order they are shown.
    #[serde(default)]
    pub today: Vec<Card>,
    /// What the models say, and of the coming day.
    #[serde(default)]
    pub outlook: Option<Outlook>,
    /// A plan against a changed plan; without one the page has no such section.
    #[serde(default)]
    pub what_if: Option<WhatIf>,
    /// Days with something to show; a day that is not here is a gap.
    #[serde(default)]
    pub days: Vec<Day>,
    /// Training sessions, in any order.
    #[serde(default)]
    pub sessions: Vec<Session>,
    /// Symptoms, caffeine, alcohol and the like, in any order.
    #[serde(default)]
    pub notes: Vec<Note>,
    /// Who gave the data.
    #[serde(default)]
    pub sources: Vec<SourceRow>,
    /// How much of each day each family of metrics covers.
    #[serde(default)]
    pub coverage: Vec<Coverage>,
    /// Estimates of models, with their intervals and gaps.
    #[serde(default)]
    pub estimates: Vec<EstimateRow>,
    /// What was read, and what was refused.
    #[serde(default)]
    pub imports: Vec<ImportRow>,
}

impl ReportData {
    /// A report on a span, with nothing in it yet.
    #[must_use]
    pub fn new(
        title: impl Into<String>,
        generated_at: Timestamp,
        zone: ZoneId,
        from: LocalDate,
        to: LocalDate,
    ) -> Self {
        Self {
            title: title.into(),
            generated_at,
            zone,
            from,
            to,
            today: Vec::new(),
            outlook: None,
            what_if: None,
            days: Vec::new(),
            sessions: Vec::new(),
            notes: Vec::new(),
            sources: Vec::new(),
            coverage: Vec::new(),
            estimates: Vec::new(),
            imports: Vec::new(),
        }
    }
}

/// One figure of now, against what is usual for the person.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Card {
    /// What it is: `Last night's sleep`.
    pub title: String,
    /// The figure, in `unit`; absent where there is none.
    pub value: Option<f64>,
    /// Unit as people read it: `bpm`, `ms`, `steps`; not used by [`CardFormat::DurationMin`] and [`CardFormat::ClockHour`].
    pub unit: String,
    /// How `value` and the usual range are written.
    pub format: CardFormat,
    /// Digits after the point, 0..=3; used by [`CardFormat::Number`].
    pub decimals: u8,
    /// Low end of the person's usual range, in `unit`.
    pub usual_low: Option<f64>,
    /// High end of the person's usual range, in `unit`.
    pub usual_high: Option<f64>,
    /// Against the usual range; absent where there is no range yet.
    pub standing: Option<Standing>,
    /// One plain sentence: why it reads so, or why there is nothing.
    pub reason: String,
    /// The day the figure belongs to.
    pub day: Option<LocalDate>,
    /// The last days, oldest first, in `unit`; a missing day is absent.
    pub trend: Vec<Option<f64>>,
}

/// How a card writes its figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardFormat {
    /// A number and its unit.
    #[default]
    Number,
    /// Minutes, written `7 h 12 min`.
    DurationMin,
    /// Hours since local midnight, may be negative, written `23:15`.
    ClockHour,
}
