//! Workouts in their old form (totals as attributes) and their new one (statistics as children).

use super::kinds::{short, snake};
use super::record::{MAX_ENTRIES, entry, span};
use super::session::{Session, field};
use super::time::{Moment, moment};
use super::units::Conversion;
use super::xml::text;
use quick_xml::events::BytesStart;
use std::collections::BTreeMap;
use twin_core::event::{Content, KeptField, Lap, NamedQuantity, Origin, Recording, WorkoutRecorded};
use twin_core::sort::{Gather as _, OrderBy};
use twin_core::{RecordId, Result, Timestamp};

/// Most workout files remembered by name.
const MAX_FILES: usize = 100_000;

/// A workout whose children are still to come.
#[derive(Debug)]
pub(super) struct Workout {
    origin: Origin,
    start: Moment,
    end: Moment,
    lived: Option<(i32, i32)>,
    manual: bool,
    body: WorkoutRecorded,
    laps: Vec<Lap>,
    segments: Vec<Lap>,
    rest: Vec<KeptField>,
    /// The phone's own id, where it hands the workout over itself.
    pub(super) record: Option<RecordId>,
    /// The child that children of children belong to.
    inside: Option<String>,
}

impl Workout {
    pub(super) fn child_ended(&mut self, depth: u32) {
        if depth == 2 {
            self.inside = None;
        }
    }
}

type Texts = BTreeMap<String, String>;

fn texts(e: &BytesStart<'_>) -> Texts {
    e.attributes().with_checks(false).flatten().map(|a| (a.key.0.to_owned(), a.value.into_owned())).gather()
}

fn get<'a>(texts: &'a Texts, key: &str) -> &'a str {
    texts.get(key).map_or("", String::as_str)
}

/// A figure that is not negative, in a unit of ours.
fn figure(value: &str, unit: &str, to: &str) -> Option<f64> {
    let value = Conversion::between(&text(unit), to)?.of(value.parse().ok()?);
    (value.is_finite() && value >= 0.0).then_some(value)
}

/// `5.2 kcal/hr·kg` to the number and its unit; a lone number has the unit 1.
fn quantity(raw: &str) -> Option<(f64, String)> {
    let text = text(raw);
    let (number, unit) = text.split_once(' ').unwrap_or((&text, "1"));
    let value: f64 = number.parse().ok()?;
    let plain = number.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    (plain && value.is_finite() && !unit.contains(' ')).then(|| (value, unit.to_owned()))
}

impl Session<'_> {
    pub(super) fn workout(&mut self, e: &BytesStart<'_>) -> Result<Option<Workout>> {
        let a = texts(e);
        let Some((start, end)) = span(get(&a, "startDate"), get(&a, "endDate")) else {
            self.tally.refuse(
                "bad_time",
                "Workout",
                "no date of the years 1900 to 2199, or an end before the start",
            );
            return Ok(None);
        };
        self.latest_us = self.latest_us.max(end.us);
        let at = Timestamp::from_micros(start.us);
        let origin = self.sources.origin(get(&a, "sourceName"), get(&a, "device"), at, self.sink)?;
        let word = get(&a, "workoutActivityType");
        let snake = snake(short(&text(word)));
        let (sport, sub_sport) = match snake.as_str() {
            "traditional_strength_training" => ("strength_training".to_owned(), None),
            "functional_strength_training" => ("strength_training".to_owned(), Some(snake)),
            "" => ("other".to_owned(), None),
            _ => (snake, None),
        };
        let mut workout = Workout {
            origin,
            start,
            end,
            lived: None,
            manual: false,
            body: WorkoutRecorded {
                start: at,
                end: Timestamp::from_micros(end.us),
                sport,
                sub_sport,
                title: None,
                moving_s: figure(get(&a, "duration"), get(&a, "durationUnit"), "s"),
                distance_m: figure(get(&a, "totalDistance"), get(&a, "totalDistanceUnit"), "m"),
                energy_kcal: figure(get(&a, "totalEnergyBurned"), get(&a, "totalEnergyBurnedUnit"), "kcal"),
                heart_rate_mean: None,
                heart_rate_max: None,
                power_mean_w: None,
                ascent_m: None,
                perceived_exertion: None,
                statistics: Vec::new(),
                laps: Vec::new(),
            },
            laps: Vec::new(),
            segments: Vec::new(),
            rest: Vec::new(),
            record: None,
            inside: None,
        };
        let read = ["duration", "totalDistance", "totalEnergyBurned"];
        let unread = [workout.body.moving_s, workout.body.distance_m, workout.body.energy_kcal];
        for (key, value) in &a {
            let figure_lost = read.iter().zip(unread).any(|(k, v)| k == key && v.is_none());
            let other = key.starts_with("total") && !key.ends_with("Unit") && !read.contains(&key.as_str());
            if figure_lost || other {
                let unit = a.get(&format!("{key}Unit")).map(String::as_str);
                self.keep_of_workout(&mut workout, field(key, value, unit));
            }
        }
        Ok(Some(workout))
    }

    pub(super) fn workout_child(
        &mut self,
        workout: &mut Workout,
        name: &str,
        e: &BytesStart<'_>,
        depth: u32,
        empty: bool,
    ) -> Result<()> {
        if depth == 2 {
            workout.inside =
                (!empty && matches!(name, "WorkoutRoute" | "WorkoutActivity")).then(|| name.to_owned());
        }
        let inside = workout.inside.clone().filter(|_| depth > 2);
        match (name, inside) {
            ("MetadataEntry", inside) => self.workout_metadata(workout, inside, e),
            ("WorkoutStatistics", None) => self.statistics(workout, "", &texts(e)),
            ("WorkoutStatistics", Some(inside)) => self.statistics(workout, &format!("{inside}."), &texts(e)),
            ("WorkoutEvent", None) => self.event(workout, &texts(e)),
            ("FileReference", _) => {
                let path = texts(e).remove("path").unwrap_or_default();
                self.keep_of_workout(workout, field("FileReference", &path, None));
                if self.files.len() < MAX_FILES {
                    self.files.insert(path.trim_start_matches('/').to_owned(), workout.origin.clone());
                }
            }
            (other, inside) => {
                let prefix = inside.map_or(String::new(), |i| format!("{i}."));
                for (key, value) in texts(e) {
                    if !matches!(key.as_str(), "sourceName" | "sourceVersion" | "device" | "creationDate") {
                        self.keep_of_workout(workout, field(format!("{prefix}{other}.{key}"), &value, None));
                    }
                }
            }
        }
        Ok(())
    }

    fn workout_metadata(&mut self, workout: &mut Workout, inside: Option<String>, e: &BytesStart<'_>) {
        let (key, value) = entry(e);
        if inside.is_none() {
            match key {
                "HKWasUserEntered" => return workout.manual = value == "1",
                "HKIndoorWorkout" if value == "1" && workout.body.sub_sport.is_none() => {
                    workout.body.sub_sport = Some("indoor".to_owned());
                }
                "HKWorkoutBrandName" => return workout.body.title = Some(text(value).into_owned()),
                "HKElevationAscended" => {
                    if let Some((value, unit)) = quantity(value) {
                        workout.body.ascent_m = figure(&value.to_string(), &unit, "m");
                    }
                }
                "HKTimeZone" | "HKMetadataKeyTimeZone" => {
                    workout.lived = self
                        .lived_offset(value, workout.start.us)
                        .zip(self.lived_offset(value, workout.end.us));
                }
                _ => {}
            }
        }
        let name = inside.map_or_else(|| text(key).into_owned(), |i| format!("{i}.{}", text(key)));
        match quantity(value).filter(|_| workout.body.statistics.len() < MAX_ENTRIES) {
            Some((value, unit)) => workout.body.statistics.push(NamedQuantity { name, value, unit }),
            None => self.keep_of_workout(workout, field(name, value, None)),
        }
    }

    /// `sum`, `average`, `minimum`, `maximum` of one type over the workout.
    fn statistics(&mut self, workout: &mut Workout, prefix: &str, a: &Texts) {
        let raw = text(get(a, "type")).into_owned();
        let (name, unit) = (short(&raw), get(a, "unit"));
        let body = &mut workout.body;
        if prefix.is_empty() {
            match name {
                "HeartRate" => {
                    body.heart_rate_mean = figure(get(a, "average"), unit, "/min").or(body.heart_rate_mean);
                    body.heart_rate_max = figure(get(a, "maximum"), unit, "/min").or(body.heart_rate_max);
                }
                "ActiveEnergyBurned" => {
                    body.energy_kcal = figure(get(a, "sum"), unit, "kcal").or(body.energy_kcal)
                }
                "RunningPower" | "CyclingPower" => {
                    body.power_mean_w = figure(get(a, "average"), unit, "W").or(body.power_mean_w)
                }
                _ if name.starts_with("Distance") => {
                    body.distance_m = figure(get(a, "sum"), unit, "m").or(body.distance_m)
                }
                _ => {}
            }
        }
        for kind in ["sum", "average", "minimum", "maximum"] {
            let Some(value) = a.get(kind) else { continue };
            let full = format!("{prefix}{name}.{kind}");
            match value.parse::<f64>().ok().filter(|v| v.is_finite()) {
                Some(value) if body.statistics.len() < MAX_ENTRIES => {
                    body.statistics.push(NamedQuantity { name: full, value, unit: text(unit).into_owned() });
                }
                Some(_) => self.tally.refuse(
                    "too_many_fields",
                    "Workout",
                    "more figures than are kept of one workout",
                ),
                None => self.tally.refuse("bad_value", "WorkoutStatistics", "no finite number"),
            }
        }
    }

    fn event(&mut self, workout: &mut Workout, a: &Texts) {
        let kind = short(get(a, "type"));
        let Some(at) = moment(get(a, "date")) else {
            self.tally.refuse("bad_time", "WorkoutEvent", "no date of the years 1900 to 2199");
            return;
        };
        let length = figure(get(a, "duration"), get(a, "durationUnit"), "us")
            .or_else(|| figure(get(a, "duration"), get(a, "durationUnit"), "s").map(|s| s * 1e6));
        let start = Timestamp::from_micros(at.us);
        let lap = length.map(|us| Lap {
            start,
            end: start.plus_micros(us.round() as i64),
            distance_m: None,
            heart_rate_mean: None,
        });
        let (laps, segments) = (workout.laps.len(), workout.segments.len());
        match (kind, lap) {
            ("Lap", Some(lap)) if laps < MAX_ENTRIES => workout.laps.push(lap),
            ("Segment", Some(lap)) if segments < MAX_ENTRIES => workout.segments.push(lap),
            (_, lap) => {
                self.keep_of_workout(
                    workout,
                    field(format!("WorkoutEvent.{kind}"), &start.to_string(), None),
                );
                if let Some(lap) = lap.filter(|l| l.end > l.start) {
                    let seconds = lap.end.secs_since(lap.start).to_string();
                    self.keep_of_workout(
                        workout,
                        field(format!("WorkoutEvent.{kind}.duration"), &seconds, Some("s")),
                    );
                }
            }
        }
    }

    fn keep_of_workout(&mut self, workout: &mut Workout, field: KeptField) {
        if workout.rest.len() < 4 * MAX_ENTRIES {
            workout.rest.push(field);
        } else {
            self.tally.refuse("too_many_fields", "Workout", "more fields than are kept of one workout");
        }
    }

    pub(super) fn finish_workout(&mut self, mut workout: Workout) -> Result<()> {
        // Segments may overlap (one set a kilometre, one a mile): they are laps only where no lap is.
        if workout.laps.is_empty() {
            std::mem::swap(&mut workout.laps, &mut workout.segments);
        }
        for segment in std::mem::take(&mut workout.segments) {
            let seconds = segment.end.secs_since(segment.start).to_string();
            self.keep_of_workout(
                &mut workout,
                field("WorkoutEvent.Segment", &segment.start.to_string(), None),
            );
            self.keep_of_workout(&mut workout, field("WorkoutEvent.Segment.duration", &seconds, Some("s")));
        }
        let mut body = workout.body;
        body.laps = workout.laps;
        body.laps.order_by_key(|l| (l.start, l.end));
        let mut origin = workout.origin;
        origin.recording = workout.manual.then_some(Recording::Manual);
        let (start_offset, end_offset) =
            workout.lived.unwrap_or((workout.start.offset_s, workout.end.offset_s));
        let at = body.end;
        let mut content = Content::new(origin.clone(), at, body);
        content.record = workout.record;
        content.start_offset_s = Some(start_offset);
        content.end_offset_s = Some(end_offset);
        self.fact(content)?;
        self.message(origin, at, Some(end_offset), "Workout", workout.rest)
    }
}
