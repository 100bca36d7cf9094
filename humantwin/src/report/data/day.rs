use serde::{Deserialize, Serialize};
use twin_core::{LocalDate, Timestamp, ZoneId};

/// Where a value lies against what is usual for the person. Never a judgement of health.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Below the usual range (-1).
    Below,
    /// Inside the usual range (0).
    Usual,
    /// Above the usual range (1).
    Above,
}

/// One civil day of the person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Day {
    /// The day; a night belongs to the day of waking up.
    pub date: LocalDate,
    /// Length of the day, hours; 23 or 25 where clocks change.
    #[serde(default = "Day::usual_length_h")]
    pub length_h: f64,
    /// Zone of this day, where it is not the report's.
    pub zone: Option<ZoneId>,
    /// The night that ended on this day.
    pub sleep: Option<SleepNight>,
    /// Heart rate.
    pub heart: Option<HeartDay>,
    /// Heart rate variability of the night.
    pub hrv: Option<HrvDay>,
    /// Steps, distance, energy.
    pub activity: Option<ActivityDay>,
    /// Training load of the day; a known day of rest is a load of 0, an unknown day is absent.
    pub load: Option<DayLoad>,
    /// What the load of the days so far amounts to.
    pub training: Option<TrainingState>,
    /// Sleep owed after the night that ended on this day, hours.
    pub sleep_debt_h: Option<f64>,
    /// Meetings and focus time.
    pub calendar: Option<CalendarDay>,
    /// Answers on scales.
    #[serde(default)]
    pub check_ins: Vec<CheckIn>,
    /// Body weight, kg.
    pub weight_kg: Option<f64>,
}

impl Day {
    /// A day of 24 hours with nothing in it yet.
    #[must_use]
    pub const fn new(date: LocalDate) -> Self {
        Self {
            date,
            length_h: 24.0,
            zone: None,
            sleep: None,
            heart: None,
            hrv: None,
            activity: None,
            load: None,
            training: None,
            sleep_debt_h: None,
            calendar: None,
            check_ins: Vec::new(),
            weight_kg: None,
        }
    }

    const fn usual_length_h() -> f64 {
        24.0
    }
}

/// The main sleep of a night, and the naps of the day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SleepNight {
    /// Falling asleep; UTC.
    pub start: Timestamp,
    /// Final awakening; UTC.
    pub end: Timestamp,
    /// Going to bed, where known; UTC.
    pub in_bed_start: Option<Timestamp>,
    /// Leaving bed, where known; UTC.
    pub in_bed_end: Option<Timestamp>,
    /// Minutes asleep.
    pub asleep_min: Option<f64>,
    /// Minutes awake after falling asleep.
    pub waso_min: Option<f64>,
    /// Share of the time in bed spent asleep, 0..=1.
    pub efficiency: Option<f64>,
    /// Minutes of deep sleep.
    pub deep_min: Option<f64>,
    /// Minutes of REM sleep.
    pub rem_min: Option<f64>,
    /// Minutes of light sleep.
    pub light_min: Option<f64>,
    /// Minutes awake, among the stages.
    pub awake_min: Option<f64>,
    /// Middle of the sleep, hours since local midnight; negative before midnight.
    pub midpoint_h: Option<f64>,
    /// Minutes of naps on this day.
    pub nap_min: Option<f64>,
    /// Who said so.
    pub source: String,
}

impl SleepNight {
    /// A night from falling asleep to awakening, nothing else known.
    #[must_use]
    pub fn new(start: Timestamp, end: Timestamp, source: impl Into<String>) -> Self {
        Self {
            start,
            end,
            in_bed_start: None,
            in_bed_end: None,
            asleep_min: None,
            waso_min: None,
            efficiency: None,
            deep_min: None,
            rem_min: None,
            light_min: None,
            awake_min: None,
            midpoint_h: None,
            nap_min: None,
            source: source.into(),
        }
    }
}

/// Heart rate of a day, per minute.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct HeartDay {
    /// Resting heart rate.
    pub resting_bpm: Option<f64>,
    /// Mean of the day.
    pub mean_bpm: Option<f64>,
    /// Lowest of the day.
    pub min_bpm: Option<f64>,
    /// Highest of the day.
    pub max_bpm: Option<f64>,
    /// The person's usual resting heart rate on this day.
    pub baseline_bpm: Option<f64>,
    /// Low end of the usual range.
    pub band_low_bpm: Option<f64>,
    /// High end of the usual range.
    pub band_high_bpm: Option<f64>,
    /// The resting heart rate against the usual range.
    pub standing: Option<Standing>,
}

/// Heart rate variability of a night.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct HrvDay {
    /// RMSSD of the night, ms.
    pub rmssd_ms: Option<f64>,
    /// Mean of ln(RMSSD in ms) over the last seven days.
    pub ln_rmssd_7d: Option<f64>,
    /// Low end of the usual range of the seven-day mean, ln(ms).
    pub band_low_ln: Option<f64>,
    /// High end of the usual range of the seven-day mean, ln(ms).
    pub band_high_ln: Option<f64>,
    /// The seven-day mean against the usual range.
    pub standing: Option<Standing>,
    /// How and by whom it was measured.
    pub method: String,
}

/// Movement of a day.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ActivityDay {
    /// Steps, one source per moment, never summed over devices.
    pub steps: Option<f64>,
    /// Steps of each hour since local midnight: 24 values, 23 or 25 where clocks change; empty where not known.
    pub steps_by_hour: Vec<Option<f64>>,
    /// Distance, km.
    pub distance_km: Option<f64>,
    /// Active energy, kcal.
    pub active_energy_kcal: Option<f64>,
    /// Active minutes.
    pub active_min: Option<f64>,
    /// Sedentary minutes.
    pub sedentary_min: Option<f64>,
    /// Which source gave how much.
    pub pieces: Vec<SourcePiece>,
}

/// A source's part of a day.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SourcePiece {
    /// The source.
    pub source: String,
    /// Its share of the value, 0..=1.
    pub share: f64,
}

/// Training load of a day.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DayLoad {
    /// The load, in units of the method, ≥ 0.
    pub value: f64,
    /// The method: `TRIMP`, `session RPE` …
    pub method: String,
}

/// Fitness, fatigue and form of a day, in the units of the load.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TrainingState {
    /// Fitness (CTL): the slow mean of load.
    pub fitness: Option<f64>,
    /// Fatigue (ATL): the fast mean of load.
    pub fatigue: Option<f64>,
    /// Form (TSB): yesterday's fitness less yesterday's fatigue.
    pub form: Option<f64>,
}

/// Work calendar of a day.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CalendarDay {
    /// Hours in meetings, overlaps counted once.
    pub meeting_h: Option<f64>,
    /// Number of meetings.
    pub meetings: Option<u32>,
    /// Longest time without a meeting in working hours, hours.
    pub longest_focus_h: Option<f64>,
    /// Share of the meeting time outside working hours, 0..=1.
    pub outside_hours: Option<f64>,
}

/// One answer on a scale.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CheckIn {
    /// The scale: `mood`, `fatigue` …
    pub scale: String,
    /// The answer, `min..=max`; the mean where there were several on the day.
    pub value: f64,
    /// Lowest possible answer.
    pub min: f64,
    /// Highest possible answer.
    pub max: f64,
    /// The high end is the better one, where known.
    pub higher_is_better: Option<bool>,
}
