//! One point of a track.

use crate::files::tally::Tally;
use crate::files::track::{Gait, Gather, Moment, moment};

/// Most texts of a point that are told.
const MAX_TEXTS: usize = 64;

/// A point that is being read.
#[derive(Debug, Default)]
pub(super) struct Point {
    pub time: Option<Moment>,
    /// The time is written and is none.
    pub bad_time: bool,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    /// Names of the texts it has.
    texts: Vec<String>,
}

/// Where a value goes: metric, unit.
fn metric(name: &str) -> Option<(&'static str, &'static str)> {
    Some(match name {
        "lat" => ("gpx:lat", "deg"),
        "lon" => ("gpx:lon", "deg"),
        "ele" => ("altitude", "m"),
        "speed" => ("speed", "m/s"),
        "hr" | "heartrate" => ("heart_rate", "/min"),
        "cad" | "cadence" => ("gpx:cad", "/min"),
        "atemp" | "temp" => ("ambient_temperature", "Cel"),
        "power" | "watts" | "PowerInWatts" => ("power", "W"),
        "distance" => ("gpx:distance", "m"),
        "course" => ("gpx:course", "deg"),
        "wtemp" => ("gpx:wtemp", "Cel"),
        "depth" => ("gpx:depth", "m"),
        _ => return None,
    })
}

impl Point {
    /// A value of the point, from an attribute or an element.
    pub(super) fn take(&mut self, name: &str, text: &str, gather: &mut Gather, tally: &mut Tally) {
        if name == "time" {
            self.time = moment(text);
            self.bad_time = self.time.is_none();
            if self.time.is_some_and(|m| m.zoneless) {
                tally.warn("zone_inferred", "times without a zone are UTC, as the format says");
            }
            return;
        }
        let known = metric(name);
        let Some(value) = text.parse::<f64>().ok().filter(|v| v.is_finite()) else {
            if known.is_some() {
                tally.refuse("bad_number", name, "a value of a point that is no number");
            } else {
                self.texts.push(name.chars().take(80).collect());
                self.texts.truncate(MAX_TEXTS);
            }
            return;
        };
        match name {
            "lat" | "lon" if value.abs() > if name == "lat" { 90.0 } else { 180.0 } => {
                return tally.refuse("out_of_range", name, "a position that is not on Earth");
            }
            "lat" => self.lat = Some(value),
            "lon" => self.lon = Some(value),
            "hr" | "heartrate" => return gather.heart_rate(value, tally),
            "cad" | "cadence" => gather.cadence(value),
            _ => {}
        }
        match known {
            Some((metric, unit)) => gather.value(metric, unit, value, tally),
            None => gather.value(&format!("gpx:{name}"), "1", value, tally),
        }
    }

    /// Its values become samples, where it has a time; `true` then.
    pub(super) fn end(&self, kind: &str, gait: Gait, gather: &mut Gather, tally: &mut Tally) -> bool {
        match (self.time, self.bad_time) {
            (None, true) => tally.refuse("bad_time", kind, "a point whose time is none"),
            (None, false) => tally.refuse("no_time", kind, "a point without a time: it says where, not when"),
            _ => {}
        }
        if self.time.is_some() {
            self.texts.iter().for_each(|name| tally.refuse("not_kept", name, "a text of a point"));
        }
        gather.point_ended(self.time, gait, tally);
        self.time.is_some()
    }
}
