//! Exercise sessions. Their distance, energy and heart rate are records of their own.

use super::record::{about, moment};
use super::types::SPORTS;
use crate::files::shared::elements::Object;
use crate::files::shared::figures::{num, records, text};
use crate::files::shared::out::Out;
use twin_core::Result;
use twin_core::event::{Lap, WorkoutRecorded};

pub(super) fn read(out: &mut Out<'_>, n: u64, o: &Object) -> Result<()> {
    let Some(about) = about(out, n, o) else { return Ok(()) };
    let (Some(start), end) = (about.start, about.at) else {
        out.refuse("bad_time", format!("record {n}"), "an exercise without start and end");
        return Ok(());
    };
    let number = num(o, "exerciseType").map_or(0, |t| t as i64);
    let known = SPORTS.iter().find(|s| s.0 == number);
    let laps = records(o, "laps").take(1000).filter_map(|lap| {
        let (start, end) = (moment(lap, "startTime")?, moment(lap, "endTime")?);
        let length = lap.get("length");
        let metres = length.and_then(|l| l.as_f64().or_else(|| l.get("inMeters")?.as_f64()));
        (end >= start).then_some(Lap { start, end, distance_m: metres, heart_rate_mean: None })
    });
    let body = WorkoutRecorded {
        start,
        end,
        sport: known.map_or_else(|| format!("health_connect_{number}"), |s| s.1.into()),
        sub_sport: None,
        title: text(o, "title").map(|t| t.chars().take(100).collect()),
        moving_s: None,
        distance_m: None,
        energy_kcal: None,
        heart_rate_mean: None,
        heart_rate_max: None,
        power_mean_w: None,
        ascent_m: None,
        perceived_exertion: None,
        statistics: Vec::new(),
        laps: laps.collect(),
    };
    about.fact(out, "", body)
}
