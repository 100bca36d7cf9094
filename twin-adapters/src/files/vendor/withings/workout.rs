//! Workouts.

use super::{offset, revision, source, zone};
use crate::files::shared::elements::Object;
use crate::files::shared::figures::{About, num, object, seconds};
use crate::files::shared::out::Out;
use twin_core::Result;
use twin_core::event::{NamedQuantity, WorkoutRecorded};

/// Sports by Withings' number; others keep it: `withings_188`.
const SPORTS: &[(i64, &str)] = &[
    (1, "walking"),
    (2, "running"),
    (3, "hiking"),
    (6, "cycling"),
    (7, "swimming"),
    (12, "tennis"),
    (16, "strength_training"),
    (28, "yoga"),
    (36, "other"),
];
const FIGURES: &[(&str, &str)] = &[
    ("steps", "{step}"),
    ("hr_min", "/min"),
    ("intensity", "1"),
    ("pause_duration", "s"),
    ("spo2_average", "%"),
    ("pool_laps", "{length}"),
    ("strokes", "{stroke}"),
    ("hr_zone_0", "s"),
    ("hr_zone_1", "s"),
    ("hr_zone_2", "s"),
    ("hr_zone_3", "s"),
];

pub(super) fn read(o: &Object, body: &Object, out: &mut Out<'_>) -> Result<()> {
    let (Some(start), Some(end)) = (seconds(o, "startdate"), seconds(o, "enddate")) else {
        out.refuse("bad_time", "workout", "a workout without start and end that can be read");
        return Ok(());
    };
    let origin = source(o);
    let record = num(o, "id").map_or_else(|| start.secs().to_string(), |id| format!("{id:.0}"));
    let zone = zone(o, body);
    let mut about = About::moment(&origin, end, Some(format!("workout:{record}"))).over(start, None);
    about.offsets = (offset(zone.as_ref(), start), offset(zone.as_ref(), end));
    about.revision = revision(o);
    let category = num(o, "category").unwrap_or(0.0) as i64;
    let known = SPORTS.iter().find(|s| s.0 == category);
    let sport = known.map_or_else(|| format!("withings_{category}"), |s| s.1.into());
    let none = Object::new();
    let data = object(o, "data").unwrap_or(&none);
    let at_least_0 = |field| num(data, field).filter(|v| *v >= 0.0);
    let statistics = FIGURES.iter().filter_map(|(name, unit)| {
        Some(NamedQuantity { name: (*name).into(), value: num(data, name)?, unit: (*unit).into() })
    });
    let workout = WorkoutRecorded {
        start,
        end,
        sport,
        sub_sport: None,
        title: None,
        moving_s: None,
        distance_m: at_least_0("distance").or_else(|| at_least_0("manual_distance")),
        energy_kcal: at_least_0("calories").or_else(|| at_least_0("manual_calories")),
        heart_rate_mean: num(data, "hr_average").filter(|v| *v > 0.0),
        heart_rate_max: num(data, "hr_max").filter(|v| *v > 0.0),
        power_mean_w: None,
        ascent_m: num(data, "elevation"),
        perceived_exertion: None,
        statistics: statistics.collect(),
        laps: Vec::new(),
    };
    about.fact(out, "", workout)
}
