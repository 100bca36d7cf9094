//! Tables and JSON of trackers, straps and diaries.
//!
//! The shape comes from the bytes. Text may be UTF-8, with or without a byte order mark, UTF-16 with
//! one, or Latin-1; lines may end in CRLF. A row that cannot be used is refused with its line, and the
//! rest is read. Memory does not grow with the file: rows and JSON records are read one at a time.
//!
//! * A figure of a day is a sample from local midnight to the next, 23, 24 or 25 hours long.
//! * Times without a zone are read in [`ReadOptions::zone`], with one warning `zone_inferred`.
//! * Values that say "not measured" are counted in one warning `missing`, never taken as zero.
//! * What no metric of the catalogue fits keeps its name: `fitbit:lightly_active_minutes`.

mod dates;
mod detect;
mod diary;
mod fitabase;
mod fitbit;
mod rr;

pub use detect::matches;

use super::ReadOptions;
use super::shared::{out, rows, text, times};
use fitabase::Span;
use out::Out;
use std::io::{BufRead, Read};
use twin_core::observation::Sink;
use twin_core::{Error, Result};

/// Makes [`Shape`] and its words from one list.
macro_rules! shapes {
    ($($(#[$doc:meta])* $name:ident = $word:literal,)+) => {
        /// A known shape of a table or JSON file.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Shape {
            $($(#[$doc])* $name,)+
        }

        impl Shape {
            /// The stable word for it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)+
                }
            }
        }
    };
}

shapes! {
    /// Beat intervals as text, one a line, in milliseconds or seconds.
    RrText = "rr_text",
    /// Beat intervals as text, with their times.
    RrPairs = "rr_pairs",
    /// Beats of a Holter: seconds and label.
    HolterBeats = "holter_beats",
    /// A NumPy array of beat intervals.
    Npy = "npy",
    /// Empatica's beat intervals.
    EmpaticaIbi = "empatica_ibi",
    /// A signal of an Empatica; the file's name tells which.
    EmpaticaSignal = "empatica_signal",
    /// A logger for Garmin watches.
    GarminLogger = "garmin_logger",
    /// Heartbeats with whole seconds.
    Heartbeats = "heartbeats",
    /// Heart rate, steps and posture by the second.
    Actigraph = "actigraph",
    /// Fitabase, by day: `dailyActivity`, `dailyIntensities`, `dailySteps`, `dailyCalories`.
    FitabaseDaily = "fitabase_daily",
    /// Fitabase, by hour, and wide tables by the minute.
    FitabaseHourly = "fitabase_hourly",
    /// Fitabase, by the minute.
    FitabaseMinute = "fitabase_minute",
    /// Fitabase `heartrate_seconds`.
    FitabaseHeartRate = "fitabase_heart_rate",
    /// Fitabase `sleepDay`.
    FitabaseSleepDay = "fitabase_sleep_day",
    /// Fitabase `minuteSleep`.
    FitabaseMinuteSleep = "fitabase_minute_sleep",
    /// Fitabase `weightLogInfo`.
    FitabaseWeight = "fitabase_weight",
    /// Fitbit: `steps`, `calories`, `very_active_minutes` …; the file's name tells which.
    FitbitValue = "fitbit_daily_value",
    /// Fitbit `heart_rate`.
    FitbitHeartRate = "fitbit_heart_rate",
    /// Fitbit `resting_heart_rate`.
    FitbitRestingHeartRate = "fitbit_resting_heart_rate",
    /// Fitbit `time_in_heart_rate_zones`.
    FitbitHeartRateZones = "fitbit_heart_rate_zones",
    /// Fitbit `sleep`.
    FitbitSleep = "fitbit_sleep",
    /// Fitbit `exercise`.
    FitbitExercise = "fitbit_exercise",
    /// Fitbit `sleep_score.csv`.
    FitbitSleepScore = "fitbit_sleep_score",
    /// Fitbit `weight`.
    FitbitWeight = "fitbit_weight",
    /// Fitbit `demographic_vo2_max`.
    FitbitVo2Max = "fitbit_vo2_max",
    /// Fitbit tables: SpO2, heart rate variability, breathing, temperature, stress …
    FitbitTable = "fitbit_table",
    /// Fitbit `Minute SpO2`; the file's name tells.
    FitbitMinutes = "fitbit_minutes",
    /// Answers of the Fitbit Web API.
    FitbitWeb = "fitbit_web_api",
    /// pmSys `wellness.csv`.
    PmsysWellness = "pmsys_wellness",
    /// pmSys `srpe.csv`.
    PmsysSession = "pmsys_srpe",
    /// pmSys `injury.csv`.
    PmsysInjury = "pmsys_injury",
    /// The daily form `reporting.csv`.
    GoogledocsForm = "googledocs_reporting",
    /// An ECG of a Holter (ISHNE); known, not read.
    IshneEcg = "ishne_ecg",
    /// A report of heart rate variability; known, not read.
    HrvReport = "hrv_report",
    /// Nothing at all, or an empty array.
    Empty = "empty",
}

/// Reads a file of a shape.
///
/// # Errors
/// `malformed` when nothing could be used, `unsupported` for a known file that holds no measurements or
/// whose meaning only a name could tell, and what the sink returns to end the reading.
pub fn read(shape: Shape, input: &mut dyn BufRead, options: &ReadOptions, sink: &mut dyn Sink) -> Result<()> {
    let mut out = Out::new(options, sink);
    let o = &mut out;
    match shape {
        Shape::RrText => rr::read_list(input, o),
        Shape::RrPairs => rr::read_pairs(input, o),
        Shape::HolterBeats => rr::read_holter(input, o),
        Shape::Npy => rr::read_npy(input, o),
        Shape::EmpaticaIbi => rr::read_ibi(input, o),
        Shape::EmpaticaSignal => rr::read_signal(input, o),
        Shape::GarminLogger => rr::read_logger(input, o),
        Shape::Heartbeats => rr::read_heartbeats(input, o),
        Shape::Actigraph => rr::read_actigraph(input, o),
        Shape::FitabaseDaily | Shape::FitabaseSleepDay => fitabase::read_table(input, Span::Day, o),
        Shape::FitabaseHourly => fitabase::read_table(input, Span::Hour, o),
        Shape::FitabaseMinute => fitabase::read_table(input, Span::Minute, o),
        Shape::FitabaseHeartRate => fitabase::read_table(input, Span::Moment, o),
        Shape::FitabaseMinuteSleep => fitabase::read_minute_sleep(input, o),
        Shape::FitabaseWeight => fitabase::read_weight(input, o),
        Shape::FitbitValue => fitbit::read_values(input, o),
        Shape::FitbitHeartRate => fitbit::read_heart_rate(input, o),
        Shape::FitbitRestingHeartRate => fitbit::read_resting(input, o),
        Shape::FitbitHeartRateZones => fitbit::read_zones(input, o),
        Shape::FitbitSleep => fitbit::read_sleep(input, o),
        Shape::FitbitExercise => fitbit::read_exercise(input, o),
        Shape::FitbitSleepScore => fitbit::read_score(input, o),
        Shape::FitbitWeight => fitbit::read_weight(input, o),
        Shape::FitbitVo2Max => fitbit::read_vo2_max(input, o),
        Shape::FitbitTable => fitbit::read_nights(input, o),
        Shape::FitbitMinutes => fitbit::read_minutes(input, o),
        Shape::FitbitWeb => fitbit::read_web(input, o),
        Shape::PmsysWellness => diary::read_wellness(input, o),
        Shape::PmsysSession => diary::read_session(input, o),
        Shape::PmsysInjury => diary::read_injury(input, o),
        Shape::GoogledocsForm => diary::read_form(input, o),
        Shape::IshneEcg => {
            Err(Error::Unsupported("an ECG of a Holter is not read; its list of beats is".into()))
        }
        Shape::HrvReport => Err(Error::Unsupported(
            "a report of heart rate variability holds results, not measurements".into(),
        )),
        Shape::Empty => empty(input),
    }?;
    out.finish(shape.as_str())
}

fn empty(input: &mut dyn BufRead) -> Result<()> {
    let mut start = Vec::new();
    input.take(4096).read_to_end(&mut start).map_err(|e| Error::malformed("file", e))?;
    if start.contains(&b'[') { Ok(()) } else { Err(Error::malformed("file", "it is empty")) }
}
