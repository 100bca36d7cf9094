//! From elements to activities.

use super::lap::{Fields, Lap, kept, workout};
use crate::files::track::{Gait, Gather, Moment, Out, described, gait, moment, sport};
use crate::files::xml::{Elements, End, elements, text};
use quick_xml::events::BytesStart;
use std::io::BufRead;
use twin_core::event::{Origin, Recording};
use twin_core::observation::Sink;
use twin_core::{DeviceId, Error, Result, SourceId, Timestamp};

/// Most laps of an activity, and most fields of one lap or activity.
const MAX_LAPS: usize = 10_000;
const MAX_FIELDS: usize = 256;

/// As [`super::read`].
pub(super) fn read(input: &mut dyn BufRead, sink: &mut dyn Sink) -> Result<()> {
    let mut reader = Reader { out: Out::new(sink), activity: None, author: Vec::new(), last: None };
    let end = elements(input, &mut reader)?;
    reader.finish_activity()?;
    reader.finish_author()?;
    let tally = &mut reader.out.tally;
    let why = match end {
        End::Whole => None,
        End::Truncated => Some(("truncated", "the file ends before its end; what precedes is kept")),
        End::Damaged(why) => Some(("damaged", why)),
        End::TooLarge => Some(("too_large", "it expands to more than it may; what precedes is kept")),
    };
    if let Some((code, why)) = why {
        tally.refuse(code, "file", why);
    }
    tally.report(reader.out.sink);
    match (reader.out.usable, end) {
        (1.., _) => Ok(()),
        (0, End::Whole) => Err(Error::Unsupported(
            "a TCX file without an activity; courses and workouts are plans, which are not read".into(),
        )),
        _ => Err(Error::malformed("TCX file", "it ends before its first activity")),
    }
}

struct Activity {
    sport: String,
    gait: Gait,
    fields: Fields,
    laps: Vec<Lap>,
    lap: Option<Lap>,
    gather: Gather,
    /// The time of the point that is open.
    point: Option<Option<Moment>>,
}

struct Reader<'s> {
    out: Out<'s>,
    activity: Option<Box<Activity>>,
    author: Fields,
    /// Who made the last activity and when it ended.
    last: Option<(Origin, Timestamp)>,
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().with_checks(false).flatten().find(|a| a.key.0 == name)?;
    Some(text(&found.value).into_owned())
}

/// The path below an element: without wrappers that say nothing.
fn below(path: &[String], element: &str) -> String {
    let at = path.iter().position(|name| name == element).map_or(0, |at| at + 1);
    let named = path.iter().skip(at).filter(|n| !matches!(n.as_str(), "Extensions" | "LX" | "Value"));
    named.map(String::as_str).collect::<Vec<_>>().join(".")
}

impl Elements for Reader<'_> {
    fn open(&mut self, path: &[String], element: &BytesStart<'_>) -> Result<()> {
        let name = path.last().map_or("", String::as_str);
        match (name, &mut self.activity) {
            ("Activity" | "Transition", _) => {
                self.finish_activity()?;
                let word = attribute(element, "Sport").unwrap_or_else(|| name.to_lowercase());
                let sport = sport(&word);
                self.activity = Some(Box::new(Activity {
                    gait: gait(&sport),
                    sport,
                    fields: Vec::new(),
                    laps: Vec::new(),
                    lap: None,
                    gather: Gather::default(),
                    point: None,
                }));
                // The change between two sports is a lap of its own.
                if let (Some(activity), "Transition") = (&mut self.activity, name) {
                    activity.lap = Some(Lap::starting(attribute(element, "StartTime")));
                }
            }
            ("Lap", Some(activity)) => {
                activity.lap = Some(Lap::starting(attribute(element, "StartTime")));
            }
            ("Trackpoint", Some(activity)) => activity.point = Some(None),
            ("Course" | "Workout", None) => {
                self.out.tally.refuse("not_read", name, "a plan, not what was done");
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, path: &[String], text: &str) -> Result<()> {
        let name = path.last().map_or("", String::as_str);
        let Some(activity) = &mut self.activity else {
            if path.iter().any(|n| n == "Author") && self.author.len() < MAX_FIELDS && !text.trim().is_empty()
            {
                self.author.push((below(path, "Author"), text.to_owned()));
            }
            return Ok(());
        };
        match name {
            "Activity" | "Transition" => return self.finish_activity(),
            "Trackpoint" => activity.point_ended(&mut self.out),
            "Lap" => activity.lap_ended(&mut self.out),
            _ if text.trim().is_empty() => {}
            _ if activity.point.is_some() => activity.leaf(path, name, text.trim(), &mut self.out),
            _ => {
                let (element, fields) = match &mut activity.lap {
                    Some(lap) if path.iter().any(|n| n == "Transition") => ("Transition", &mut lap.fields),
                    Some(lap) => ("Lap", &mut lap.fields),
                    None => ("Activity", &mut activity.fields),
                };
                if fields.len() < MAX_FIELDS {
                    fields.push((below(path, element), text.to_owned()));
                } else {
                    self.out.tally.refuse("too_many_fields", element, "more fields than are kept");
                }
            }
        }
        Ok(())
    }

    fn damaged(&mut self) {
        self.out.tally.refuse("damaged", "element", "markup that cannot be read was left out");
    }

    fn progress(&mut self, bytes: u64) -> Result<()> {
        self.out.sink.progress(bytes)
    }
}

/// Where a value of a point goes.
fn metric(name: &str, parent: &str) -> Option<(&'static str, &'static str)> {
    Some(match (parent, name) {
        (_, "AltitudeMeters") => ("altitude", "m"),
        (_, "LatitudeDegrees") => ("tcx:LatitudeDegrees", "deg"),
        (_, "LongitudeDegrees") => ("tcx:LongitudeDegrees", "deg"),
        (_, "DistanceMeters") => ("tcx:DistanceMeters", "m"),
        (_, "Cadence") => ("tcx:Cadence", "/min"),
        (_, "RunCadence") => ("tcx:RunCadence", "/min"),
        ("TPX", "Speed") => ("speed", "m/s"),
        ("TPX", "Watts") => ("power", "W"),
        ("HeartRateBpm", "Value") => ("heart_rate", "/min"),
        _ => return None,
    })
}

impl Activity {
    /// A value of the point that is open.
    fn leaf(&mut self, path: &[String], name: &str, text: &str, out: &mut Out<'_>) {
        let tally = &mut out.tally;
        if name == "Time" {
            let time = moment(text);
            match time {
                None => tally.refuse("bad_time", "Trackpoint", "a point whose time is none"),
                Some(m) if m.zoneless => {
                    tally.warn("zone_inferred", "times without a zone are UTC, as the format says");
                }
                Some(_) => {}
            }
            self.point = Some(time);
            return;
        }
        let parent = path.iter().rev().nth(1).map_or("", String::as_str);
        let known = metric(name, parent);
        let Some(value) = text.parse::<f64>().ok().filter(|v| v.is_finite()) else {
            if known.is_some() {
                tally.refuse("bad_number", name, "a value of a point that is no number");
            } else {
                tally.refuse("not_kept", name, "a text of a point");
            }
            return;
        };
        let limit = match name {
            "LatitudeDegrees" => 90.0,
            "LongitudeDegrees" => 180.0,
            _ => f64::INFINITY,
        };
        if value.abs() > limit {
            return tally.refuse("out_of_range", name, "a position that is not on Earth");
        }
        match (name, known) {
            ("Value", Some(_)) => return self.gather.heart_rate(value, tally),
            ("Cadence", Some(_)) => self.gather.cadence(value),
            ("RunCadence", Some(_)) => self.gather.strides(value),
            _ => {}
        }
        match known {
            Some((metric, unit)) => self.gather.value(metric, unit, value, tally),
            None => self.gather.value(&format!("tcx:{name}"), "1", value, tally),
        }
    }

    fn point_ended(&mut self, out: &mut Out<'_>) {
        let time = self.point.take().flatten();
        match time {
            None => {
                out.tally.refuse("no_time", "Trackpoint", "a point without a time: it says where, not when")
            }
            Some(moment) => {
                out.usable += 1;
                if let Some(lap) = &mut self.lap {
                    lap.last = Some(lap.last.map_or(moment.at, |last| last.max(moment.at)));
                }
            }
        }
        self.gather.point_ended(time, self.gait, &mut out.tally);
    }

    fn lap_ended(&mut self, out: &mut Out<'_>) {
        let Some(lap) = self.lap.take() else { return };
        if lap.start.is_none() {
            out.tally.refuse(
                "bad_time",
                "Lap",
                "a lap whose start is no time; its figures count all the same",
            );
        }
        if self.laps.len() >= MAX_LAPS {
            out.tally.refuse("too_many_fields", "Lap", "more laps than are kept of one activity");
        } else {
            self.laps.push(lap);
        }
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(n, _)| n == name).map(|(_, text)| text.trim())
    }

    /// Source and device: name and number of the creator.
    fn origin(&self) -> Origin {
        let name = self.text("Creator.Name").unwrap_or("unknown");
        let name = match self.text("Creator.UnitId").filter(|id| !id.trim_matches('0').is_empty()) {
            Some(id) => format!("tcx/{name}-{id}"),
            None => format!("tcx/{name}"),
        };
        let device = self.text("Creator.Name").map(|_| DeviceId::lossy(&name));
        Origin { source: SourceId::lossy(&name), device, method: None, recording: Some(Recording::Active) }
    }

    fn software(&self) -> Option<String> {
        let major = self.text("Creator.Version.VersionMajor")?;
        Some(format!("{major}.{}", self.text("Creator.Version.VersionMinor").unwrap_or("0")))
    }

    /// From the earliest start of a lap or point to the latest end of one.
    fn span(&self) -> Option<(Timestamp, Timestamp)> {
        let id = self.text("Id").and_then(moment).map(|m| (m.at, m.at));
        let spans = self.laps.iter().filter_map(Lap::span).chain(self.gather.span);
        let whole = spans.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
        whole.or(id)
    }
}

impl Reader<'_> {
    fn finish_activity(&mut self) -> Result<()> {
        let Some(mut activity) = self.activity.take() else { return Ok(()) };
        activity.lap_ended(&mut self.out);
        let origin = activity.origin();
        let offset = activity.gather.offset_s;
        activity.gather.hand_over(&origin, &mut self.out)?;
        let Some((start, end)) = activity.span() else {
            self.out.tally.refuse("no_time", "Activity", "an activity without any time");
            return Ok(());
        };
        let out = &mut self.out;
        if let (Some(device), Some(name)) = (&origin.device, activity.text("Creator.Name")) {
            let body = described(device.clone(), name, activity.software());
            out.fact(&origin, start, offset, body)?;
        }
        let record =
            format!("activity/{}", activity.text("Id").map_or_else(|| start.to_string(), str::to_owned));
        let seconds = end.secs_since(start) as u64;
        let body = workout(&activity.laps, start, end, activity.sport.clone());
        out.record(&origin, end, offset, (&record, seconds), body)?;
        for lap in &activity.laps {
            if let Some(message) = kept("Lap", &lap.fields) {
                out.fact(&origin, lap.span().map_or(end, |(_, end)| end), offset, message)?;
            }
        }
        activity.fields.retain(|(name, _)| !name.starts_with("Creator.Version.Version"));
        if let Some(message) = kept("Activity", &activity.fields) {
            out.fact(&origin, end, offset, message)?;
        }
        self.last = Some((origin, end));
        Ok(())
    }

    /// The program that wrote the file.
    fn finish_author(&mut self) -> Result<()> {
        match (kept("Author", &self.author), &self.last) {
            (Some(message), Some((origin, end))) => self.out.fact(&origin.clone(), *end, None, message),
            _ => Ok(()),
        }
    }
}
