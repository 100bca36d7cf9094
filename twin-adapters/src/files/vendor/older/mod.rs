//! Services that are gone or changed their interface: their answers live on in archives.

pub(super) mod ihealth;
pub(super) mod jawbone;
pub(super) mod misfit;
pub(super) mod moves;
pub(super) mod runkeeper;

use crate::files::shared::elements::Object;
use crate::files::shared::figures::num;
use twin_core::event::{NamedQuantity, WorkoutRecorded};
use twin_core::{LocalDate, Timestamp};

/// A workout of which little is known.
fn workout(start: Timestamp, end: Timestamp, sport: &str) -> WorkoutRecorded {
    let words = sport.chars().take(60).collect::<String>().to_lowercase();
    let sport = match words.split([',', '/']).next().unwrap_or_default().trim() {
        "run" | "running" => "running".to_owned(),
        "bike" | "cycling" => "cycling".to_owned(),
        "walk" | "walking" | "walking_on_treadmill" => "walking".to_owned(),
        "swim" | "swimming" => "swimming".to_owned(),
        "hike" | "hiking" => "hiking".to_owned(),
        other => other.split_whitespace().collect::<Vec<_>>().join("_"),
    };
    WorkoutRecorded {
        start,
        end,
        sport: if sport.is_empty() { "unknown".into() } else { sport },
        sub_sport: None,
        title: None,
        moving_s: None,
        distance_m: None,
        energy_kcal: None,
        heart_rate_mean: None,
        heart_rate_max: None,
        power_mean_w: None,
        ascent_m: None,
        perceived_exertion: None,
        statistics: Vec::new(),
        laps: Vec::new(),
    }
}

/// Adds a figure that is there to a workout's statistics.
fn add(workout: &mut WorkoutRecorded, object: &Object, name: &str, unit: &str) {
    if let Some(value) = num(object, name) {
        workout.statistics.push(NamedQuantity { name: name.into(), value, unit: unit.into() });
    }
}

/// A day written as the number 20150810.
fn day_number(object: &Object, field: &str) -> Option<LocalDate> {
    let n = num(object, field).filter(|n| (19_000_101.0..=29_991_231.0).contains(n))? as i64;
    let part = |n: i64| i8::try_from(n % 100).ok();
    LocalDate::new(i16::try_from(n / 10_000).ok()?, part(n / 100)?, part(n)?).ok()
}

/// Seconds since 1970 as a revision.
fn revision(object: &Object, field: &str) -> u64 {
    num(object, field).filter(|s| (0.0..1e11).contains(s)).map_or(0, |s| s as u64)
}
