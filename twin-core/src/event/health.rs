//! What a body did: sleep, workouts, measurements, symptoms and substances.

use crate::id::MetricId;
use crate::time::{LocalDate, Timestamp};
use twin_macros::payload;

/// One finished sleep episode. `at` is its end; it belongs to the day of waking.
#[payload]
pub struct SleepRecorded {
    /// Falling asleep, or going to bed where the source cannot tell; UTC.
    pub start: Timestamp,
    /// Final awakening; UTC, after `start`.
    pub end: Timestamp,
    /// Going to bed, where known; at or before `start`.
    pub in_bed_start: Option<Timestamp>,
    /// Leaving bed, where known; at or after `end`.
    pub in_bed_end: Option<Timestamp>,
    /// Stages in time order, not overlapping; empty where the source gives none.
    pub stages: Vec<SleepStageSpan>,
    /// Minutes asleep as the source states them, 0..=1440; used only where there are no stages.
    pub asleep_min: Option<f64>,
    /// Minutes awake after sleep onset as the source states them, 0..=1440.
    pub awake_min: Option<f64>,
    /// The source says this is a nap.
    pub nap: Option<bool>,
    /// The source's own sleep score, 0..=100; not comparable across sources.
    pub vendor_score: Option<f64>,
}

/// A span of one sleep stage.
#[payload]
pub struct SleepStageSpan {
    /// Start; UTC.
    pub start: Timestamp,
    /// End; UTC, after `start`.
    pub end: Timestamp,
    /// The stage.
    pub stage: SleepStage,
}

/// Sleep stages, common to all sources (`adapters.md` §7).
#[payload]
pub enum SleepStage {
    /// Not known.
    Unknown,
    /// Awake.
    Awake,
    /// Asleep, stage not known.
    Asleep,
    /// Out of bed.
    OutOfBed,
    /// Light sleep (N1, N2, "core").
    Light,
    /// Deep sleep (N3).
    Deep,
    /// Rapid eye movement.
    Rem,
    /// Awake in bed.
    AwakeInBed,
    /// In bed, asleep or not.
    InBed,
}

/// One finished workout. `at` is its end.
#[payload]
pub struct WorkoutRecorded {
    /// Start; UTC.
    pub start: Timestamp,
    /// End; UTC, at or after `start`.
    pub end: Timestamp,
    /// The sport, snake_case: `running`, `cycling`, `strength_training` …; the source's word where it is none of ours.
    pub sport: String,
    /// A finer word from the source.
    pub sub_sport: Option<String>,
    /// A name given by the person or the source.
    pub title: Option<String>,
    /// Moving time, seconds, ≥ 0.
    pub moving_s: Option<f64>,
    /// Distance, metres, ≥ 0.
    pub distance_m: Option<f64>,
    /// Active energy, kilocalories, ≥ 0.
    pub energy_kcal: Option<f64>,
    /// Mean heart rate, per minute.
    pub heart_rate_mean: Option<f64>,
    /// Highest heart rate, per minute.
    pub heart_rate_max: Option<f64>,
    /// Mean power, watts.
    pub power_mean_w: Option<f64>,
    /// Ascent, metres.
    pub ascent_m: Option<f64>,
    /// Perceived exertion of the session, CR10 scale 0..=10.
    pub perceived_exertion: Option<f64>,
    /// Further figures that the source gave, by its own names.
    pub statistics: Vec<NamedQuantity>,
    /// Laps in order.
    pub laps: Vec<Lap>,
}

/// One lap of a workout.
#[payload]
pub struct Lap {
    /// Start; UTC.
    pub start: Timestamp,
    /// End; UTC.
    pub end: Timestamp,
    /// Distance, metres.
    pub distance_m: Option<f64>,
    /// Mean heart rate, per minute.
    pub heart_rate_mean: Option<f64>,
}

/// A figure with its name and UCUM unit.
#[payload]
pub struct NamedQuantity {
    /// The source's name of it.
    pub name: String,
    /// The figure.
    pub value: f64,
    /// UCUM unit, or the source's word where it is none.
    pub unit: String,
}

/// One measurement of a metric at a moment or over a span: weight, resting heart rate, VO2max …
#[payload]
pub struct MeasurementRecorded {
    /// A metric of the catalogue, or a vendor's own.
    pub metric: MetricId,
    /// The value, in `unit`.
    pub value: f64,
    /// UCUM unit; the catalogue's unit for catalogue metrics.
    pub unit: String,
    /// Start of the span measured; absent for a moment.
    pub start: Option<Timestamp>,
}

/// A check-in: answers on named scales at one moment.
#[payload]
pub struct CheckInAnswered {
    /// The questionnaire or app: `pmsys`, `kss` …
    pub instrument: String,
    /// The answers.
    pub scales: Vec<ScaleAnswer>,
    /// The day the answers are about, where it is not the day of answering.
    pub about: Option<LocalDate>,
    /// Free words of the person.
    pub note: Option<String>,
}

/// One answer on a named scale.
#[payload]
pub struct ScaleAnswer {
    /// The scale: `readiness`, `fatigue`, `mood`, `stress`, `soreness`, `sleep_quality` …
    pub scale: String,
    /// The answer, `min..=max`.
    pub value: f64,
    /// Lowest possible answer.
    pub min: f64,
    /// Highest possible answer, above `min`.
    pub max: f64,
    /// The high end is the better one.
    pub higher_is_better: Option<bool>,
}

/// A symptom, as the person notes it.
#[payload]
pub struct SymptomNoted {
    /// The symptom in words or as a code.
    pub symptom: String,
    /// Severity, 0..=10.
    pub severity: Option<f64>,
    /// Since when.
    pub start: Option<Timestamp>,
}

/// A medication taken.
#[payload]
pub struct MedicationTaken {
    /// The medication.
    pub name: String,
    /// Amount in `unit`.
    pub dose: Option<f64>,
    /// UCUM unit of the dose.
    pub unit: Option<String>,
}

/// Alcohol drunk.
#[payload]
pub struct AlcoholConsumed {
    /// Standard drinks (10 g of ethanol), 0..=100; absent when only the fact is known.
    pub drinks: Option<f64>,
    /// `false` states that there was none.
    pub consumed: bool,
}

/// Caffeine taken.
#[payload]
pub struct CaffeineConsumed {
    /// Milligrams, 0..=5000.
    pub amount_mg: f64,
}
