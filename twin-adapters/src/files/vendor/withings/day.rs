//! Days of activity, civil days of the zone that stands beside them.

use super::{revision, source, zone};
use crate::files::shared::elements::Object;
use crate::files::shared::figures::{About, Figure, text};
use crate::files::shared::out::Out;
use crate::files::shared::times::{Time, iso};
use twin_core::Result;

const AMOUNTS: &[Figure] = &[
    ("steps", "steps", "{step}", 1.0),
    ("distance", "distance_walk_run", "m", 1.0),
    ("elevation", "floors_climbed", "{floor}", 1.0),
    ("soft", "withings:light_activity_time", "min", 1.0 / 60.0),
    ("moderate", "moderate_activity_time", "min", 1.0 / 60.0),
    ("intense", "vigorous_activity_time", "min", 1.0 / 60.0),
    ("active", "active_time", "min", 1.0 / 60.0),
    ("calories", "energy_active", "kcal", 1.0),
    ("totalcalories", "energy_total", "kcal", 1.0),
];
const LEVELS: &[Figure] = &[
    ("hr_average", "withings:day_heart_rate_mean", "/min", 1.0),
    ("hr_min", "withings:day_heart_rate_min", "/min", 1.0),
    ("hr_max", "heart_rate_max_observed", "/min", 1.0),
    ("hr_zone_0", "withings:heart_rate_zone_0_time", "s", 1.0),
    ("hr_zone_1", "withings:heart_rate_zone_1_time", "s", 1.0),
    ("hr_zone_2", "withings:heart_rate_zone_2_time", "s", 1.0),
    ("hr_zone_3", "withings:heart_rate_zone_3_time", "s", 1.0),
];

pub(super) fn read(o: &Object, body: &Object, out: &mut Out<'_>) -> Result<()> {
    let Some(date) = text(o, "date").and_then(iso).map(Time::day) else {
        out.refuse("bad_time", "activity", "no `date` that can be read");
        return Ok(());
    };
    let origin = source(o);
    let mut about = About::day(&origin, date, "day", out);
    if let Some(zone) = zone(o, body) {
        let (start, end) = zone.day_bounds(date);
        (about.start, about.at) = (Some(start), end);
        about.offsets = (Some(zone.offset_at(start)), Some(zone.offset_at(end)));
    }
    about.revision = revision(o);
    out.revise(about.revision)?;
    about.amounts(out, o, AMOUNTS)?;
    out.revise(0)?;
    about.measure_all(out, o, LEVELS)
}
