//! Laps, and the workout they make.

use crate::files::track::moment;
use crate::files::xml::field;
use twin_core::Timestamp;
use twin_core::event::{self, KeptField, MessageKept, WorkoutRecorded};

/// Fields of a lap or an activity: path below it, text.
pub(super) type Fields = Vec<(String, String)>;

/// A lap with its fields word for word.
#[derive(Debug)]
pub(super) struct Lap {
    pub start: Option<Timestamp>,
    pub fields: Fields,
    /// The latest point in it.
    pub last: Option<Timestamp>,
}

impl Lap {
    /// A lap by the start that is written.
    pub(super) fn starting(written: Option<String>) -> Self {
        let start = written.as_deref().and_then(moment).map(|m| m.at);
        Self {
            start,
            fields: written.map(|text| ("StartTime".to_owned(), text)).into_iter().collect(),
            last: None,
        }
    }

    /// A figure that is not negative.
    fn figure(&self, name: &str) -> Option<f64> {
        let (_, text) = self.fields.iter().find(|(n, _)| n == name)?;
        text.trim().parse::<f64>().ok().filter(|v| v.is_finite() && *v >= 0.0)
    }

    pub(super) fn seconds(&self) -> Option<f64> {
        self.figure("TotalTimeSeconds")
    }

    /// Its start and its end: timer time after the start, or the last point where pauses made it longer.
    pub(super) fn span(&self) -> Option<(Timestamp, Timestamp)> {
        let start = self.start?;
        let timed = start.plus_micros(self.seconds().map_or(0, |s| (s * 1e6).round() as i64));
        Some((start, self.last.map_or(timed, |last| last.max(timed))))
    }
}

/// The sum of what laps state; `None` when none states it.
fn sum(laps: &[Lap], of: impl Fn(&Lap) -> Option<f64>) -> Option<f64> {
    laps.iter().filter_map(of).reduce(|a, b| a + b)
}

/// The mean of what laps state, weighted by their timer time.
fn mean(laps: &[Lap], name: &str) -> Option<f64> {
    let weighted = laps.iter().filter_map(|l| Some((l.figure(name).filter(|v| *v > 0.0)?, l.seconds()?)));
    let (total, seconds) = weighted.fold((0.0, 0.0), |(t, s), (value, w)| (t + value * w, s + w));
    (seconds > 0.0).then(|| total / seconds)
}

/// The workout of laps between two instants.
pub(super) fn workout(laps: &[Lap], start: Timestamp, end: Timestamp, sport: String) -> WorkoutRecorded {
    let highest = |name| laps.iter().filter_map(|l| l.figure(name)).reduce(f64::max);
    let told = laps.iter().filter_map(|l| {
        let (start, end) = l.span()?;
        let distance_m = l.figure("DistanceMeters");
        Some(event::Lap { start, end, distance_m, heart_rate_mean: l.figure("AverageHeartRateBpm") })
    });
    WorkoutRecorded {
        start,
        end,
        sport,
        sub_sport: None,
        title: None,
        moving_s: sum(laps, Lap::seconds),
        distance_m: sum(laps, |l| l.figure("DistanceMeters")),
        energy_kcal: sum(laps, |l| l.figure("Calories")),
        heart_rate_mean: mean(laps, "AverageHeartRateBpm"),
        heart_rate_max: highest("MaximumHeartRateBpm").filter(|v| *v > 0.0),
        power_mean_w: mean(laps, "AvgWatts"),
        ascent_m: None,
        perceived_exertion: None,
        statistics: Vec::new(),
        laps: told.collect(),
    }
}

/// A message word for word; `None` when there is nothing to keep.
pub(super) fn kept(message: &str, fields: &Fields) -> Option<MessageKept> {
    let fields: Vec<KeptField> = fields.iter().map(|(name, text)| field(name, text.trim(), None)).collect();
    (!fields.is_empty()).then(|| MessageKept { format: "tcx".into(), message: message.into(), fields })
}
