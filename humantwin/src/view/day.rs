//! A civil day, as people ask about it.

use super::WorkView;
use twin_core::estimate::Estimate;
use twin_core::{LocalDate, Timestamp};
use twin_macros::payload;

/// What is known of one civil day. What is absent is not known; it is not zero.
#[payload(full)]
pub struct DayView {
    /// The day.
    pub date: LocalDate,
    /// Its first instant.
    pub start: Timestamp,
    /// Its end: 23, 24 or 25 hours later, or as long as a flight made it.
    pub end: Timestamp,
    /// IANA zone lived in, where known.
    pub zone: Option<String>,
    /// Seconds east of UTC as the devices had it at the end of the day; on a journey not the zone's.
    pub lived_offset_s: Option<i32>,
    /// The main sleep that ended on this day.
    pub sleep: Option<NightView>,
    /// Minutes asleep in naps.
    pub nap_min: Option<f64>,
    /// Heart rate.
    pub heart: Option<HeartView>,
    /// Heart rate variability.
    pub hrv: Option<HrvView>,
    /// Steps and movement.
    pub activity: Option<ActivityView>,
    /// Training sessions, in order.
    pub sessions: Vec<SessionView>,
    /// Training load of the day by rule; loads of different rules do not compare.
    pub loads: Vec<LoadView>,
    /// Meetings.
    pub calendar: Option<CalendarView>,
    /// Answers on scales.
    pub check_ins: Vec<CheckInView>,
    /// Single measurements: weight, VO2max …
    pub measurements: Vec<MeasurementView>,
    /// Caffeine noted, milligrams.
    pub caffeine_mg: Option<f64>,
    /// Alcohol noted, standard drinks; 0 where "none" was noted.
    pub alcohol_drinks: Option<f64>,
    /// Symptoms and medications noted.
    pub notes: Vec<NoteView>,
    /// Tasks begun, finished, put off.
    pub tasks: Option<TasksView>,
    /// Work beside meetings and tasks, learning, working together.
    pub work: Option<WorkView>,
    /// Mean of the energy told, 0..=1.
    pub energy: Option<f64>,
    /// Highest stress noticed, 0..=1.
    pub stress: Option<f64>,
    /// Every other metric of the day.
    pub metrics: Vec<MetricView>,
}

/// The main sleep of a day (`models-health` §4.2). Durations in minutes.
#[payload(full)]
pub struct NightView {
    /// Start of the block: in bed where known, else asleep.
    pub start: Timestamp,
    /// End of the block.
    pub end: Timestamp,
    /// Falling asleep.
    pub onset: Timestamp,
    /// Last awakening.
    pub wake: Timestamp,
    /// Going to bed was recorded.
    pub bed_known: bool,
    /// Time in bed.
    pub in_bed_min: f64,
    /// Total sleep time.
    pub asleep_min: Option<f64>,
    /// Time to fall asleep.
    pub latency_min: Option<f64>,
    /// Awake between falling asleep and the last awakening.
    pub waso_min: Option<f64>,
    /// Time asleep over time in bed, 0..=1.
    pub efficiency: Option<f64>,
    /// Awakenings of five minutes or more.
    pub awakenings: Option<u32>,
    /// Light sleep.
    pub light_min: Option<f64>,
    /// Deep sleep.
    pub deep_min: Option<f64>,
    /// REM sleep.
    pub rem_min: Option<f64>,
    /// Local clock hour of the middle of the sleep, 0..24.
    pub midpoint_h: f64,
    /// Who recorded it.
    pub source: String,
    /// Total sleep time as an estimate.
    pub estimate: Estimate,
}

/// Heart rate of a day, per minute.
#[payload(full)]
pub struct HeartView {
    /// Mean, weighted by time.
    pub mean_bpm: Option<f64>,
    /// Lowest sample.
    pub min_bpm: Option<f64>,
    /// Highest sample.
    pub max_bpm: Option<f64>,
    /// Hours with a value.
    pub covered_h: f64,
    /// Resting heart rate: of the night, else the source's own.
    pub resting: Option<Estimate>,
    /// How the resting rate was found: `night_low`, or the source that states it.
    pub resting_method: Option<String>,
}

/// Heart rate variability of a day, milliseconds.
#[payload(full)]
pub struct HrvView {
    /// RMSSD, where beats or a source give it.
    pub rmssd: Option<Estimate>,
    /// SDNN, where only that is known. Never compared with RMSSD.
    pub sdnn_ms: Option<f64>,
    /// Who stated the SDNN.
    pub sdnn_source: Option<String>,
    /// How RMSSD was measured: `night`, `morning`, or `stated` by the source; values of different methods do not compare.
    pub method: String,
    /// Who recorded it.
    pub source: String,
}

/// Movement of a day.
#[payload(full)]
pub struct ActivityView {
    /// Steps, resolved over sources; never summed over devices.
    pub steps: Option<f64>,
    /// Steps by local hour 0..=23; absent where nothing is known.
    pub steps_by_hour: Vec<HourView>,
    /// Metres walked and run.
    pub distance_m: Option<f64>,
    /// Active energy, kilocalories.
    pub active_energy_kcal: Option<f64>,
    /// Minutes of moderate and vigorous activity, or exercise minutes.
    pub active_min: Option<f64>,
    /// Minutes sitting.
    pub sedentary_min: Option<f64>,
    /// Hours with at least 250 steps.
    pub active_hours: Option<u32>,
    /// Which source gave which share of the steps.
    pub step_sources: Vec<ShareView>,
}

/// One local hour.
#[payload(full)]
pub struct HourView {
    /// Local hour, 0..=23.
    pub hour: u32,
    /// The amount.
    pub value: f64,
}

/// A source's share.
#[payload(full)]
pub struct ShareView {
    /// The source.
    pub source: String,
    /// Its share, 0..=1.
    pub share: f64,
}

/// A training session.
#[payload(full)]
pub struct SessionView {
    /// Start.
    pub start: Timestamp,
    /// End.
    pub end: Timestamp,
    /// Sport.
    pub sport: String,
    /// Minutes.
    pub duration_min: f64,
    /// Metres.
    pub distance_m: Option<f64>,
    /// Active energy, kilocalories.
    pub energy_kcal: Option<f64>,
    /// Mean heart rate.
    pub heart_rate_mean: Option<f64>,
    /// Load.
    pub load: Option<f64>,
    /// By which rule.
    pub load_method: Option<String>,
    /// Who recorded it.
    pub source: String,
    /// The same session as recorded by others.
    pub also: Vec<String>,
}

/// A day's training load by one rule.
#[payload(full)]
pub struct LoadView {
    /// The rule: `banister_trimp`, `edwards`, `session_rpe`.
    pub method: String,
    /// Sum of the day's sessions, in the rule's own points.
    pub load: f64,
}

/// Meetings of a day.
#[payload(full)]
pub struct CalendarView {
    /// Hours in meetings; what overlaps counts once.
    pub meeting_h: f64,
    /// Number of meetings.
    pub meetings: u32,
    /// Longest stretch of working hours (9 to 17) without a meeting; absent on a day off.
    pub longest_focus_h: Option<f64>,
    /// Meetings right after another.
    pub back_to_back: u32,
    /// Share of meeting time outside working hours, 0..=1.
    pub outside_share: Option<f64>,
    /// Some of it is still ahead.
    pub planned: bool,
}

/// An answer on a scale.
#[payload(full)]
pub struct CheckInView {
    /// When.
    pub at: Timestamp,
    /// Questionnaire or app.
    pub instrument: String,
    /// Scale.
    pub scale: String,
    /// Answer.
    pub value: f64,
    /// Lowest possible.
    pub min: f64,
    /// Highest possible.
    pub max: f64,
    /// The high end is the better one.
    pub higher_is_better: Option<bool>,
}

/// A measurement.
#[payload(full)]
pub struct MeasurementView {
    /// When.
    pub at: Timestamp,
    /// Metric.
    pub metric: String,
    /// Value.
    pub value: f64,
    /// UCUM unit.
    pub unit: String,
    /// Who.
    pub source: String,
}

/// A note of the person.
#[payload(full)]
pub struct NoteView {
    /// When.
    pub at: Timestamp,
    /// `symptom`, `medication`, `caffeine` or `alcohol`.
    pub kind: String,
    /// In words.
    pub text: String,
    /// Severity, dose or amount.
    pub amount: Option<f64>,
    /// UCUM unit of the amount.
    pub unit: Option<String>,
}

/// Tasks of a day.
#[payload(full)]
pub struct TasksView {
    /// Begun.
    pub started: u32,
    /// Finished.
    pub completed: u32,
    /// Put off.
    pub delayed: u32,
    /// Hours spent on finished tasks, where told.
    pub completed_h: Option<f64>,
}

/// Any metric of a day.
#[payload(full)]
pub struct MetricView {
    /// Metric.
    pub metric: String,
    /// UCUM unit, where the catalogue has one.
    pub unit: Option<String>,
    /// Mean, weighted by time.
    pub mean: Option<f64>,
    /// Total of a cumulative metric.
    pub total: Option<f64>,
    /// Least.
    pub min: f64,
    /// Greatest.
    pub max: f64,
    /// Samples of all sources.
    pub samples: u64,
    /// Samples outside the plausible range.
    pub flagged: u64,
    /// Sources, the one that gave most first.
    pub sources: Vec<ShareView>,
}
