//! Routes of workouts: GPX, one point a second.

use super::session::Session;
use super::xml::Bounded;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::BufRead;
use twin_core::event::Origin;
use twin_core::series::StreamKey;
use twin_core::{MethodId, MetricId, Result, Timestamp};

/// Element, metric, unit. The first two are attributes of the point.
const COLUMNS: [(&str, &str, &str); 7] = [
    ("lat", "healthkit:RouteLatitude", "deg"),
    ("lon", "healthkit:RouteLongitude", "deg"),
    ("ele", "altitude", "m"),
    ("speed", "speed", "m/s"),
    ("course", "healthkit:RouteCourse", "deg"),
    ("hAcc", "healthkit:RouteHorizontalAccuracy", "m"),
    ("vAcc", "healthkit:RouteVerticalAccuracy", "m"),
];

#[derive(Default)]
struct Point {
    time: Option<Timestamp>,
    values: [Option<f64>; 7],
}

fn put(point: &mut Point, name: &str, raw: &str) {
    let value = raw.trim().parse::<f64>().ok().filter(|v| v.is_finite());
    if let Some(slot) = COLUMNS.iter().position(|c| c.0 == name).and_then(|i| point.values.get_mut(i)) {
        // A receiver that does not know speed, course or accuracy writes a negative one.
        let signed = matches!(name, "lat" | "lon" | "ele");
        *slot = value.filter(|v| signed || *v >= 0.0);
    }
}

fn begin(e: &BytesStart<'_>) -> Point {
    let mut point = Point::default();
    for attribute in e.attributes().with_checks(false).flatten() {
        put(&mut point, attribute.key.0, &attribute.value);
    }
    point
}

impl Session<'_> {
    /// Reads one route file.
    pub(super) fn route_file(&mut self, input: &mut dyn BufRead, origin: &Origin) -> Result<()> {
        let mut origin = origin.clone();
        origin.method = Some(MethodId::lossy("gps"));
        let keys: Vec<StreamKey> = COLUMNS
            .iter()
            .map(|(_, metric, unit)| self.builder.stream(&MetricId::lossy(metric), unit, &origin))
            .collect();
        let mut bounded = Bounded::new(input);
        if !matches!(bounded.skip_to(b"<gpx"), Ok(true)) {
            self.tally.refuse("not_read", "workout-routes", "a route that is no GPX");
            return Ok(());
        }
        let mut reader = Reader::from_reader(bounded);
        reader.config_mut().check_end_names = false;
        reader.config_mut().allow_unmatched_ends = true;
        let mut buffer = Vec::new();
        let mut point: Option<Point> = None;
        let mut element = String::new();
        let mut closed = false;
        loop {
            buffer.clear();
            reader.get_mut().mark();
            match reader.read_event_into(&mut buffer) {
                Ok(Event::Start(e)) => {
                    let name = e.name();
                    if name.0 == "trkpt" {
                        point = Some(begin(&e));
                    }
                    element.clear();
                    element.push_str(name.0);
                }
                Ok(Event::Text(t)) => {
                    let raw: &str = t.as_ref();
                    match (&mut point, element.as_str()) {
                        (Some(point), "time") => point.time = raw.trim().parse().ok(),
                        (Some(point), name) => put(point, name, raw),
                        (None, _) => {}
                    }
                }
                Ok(Event::End(e)) => {
                    element.clear();
                    match e.name().0 {
                        "trkpt" => {
                            if let Some(point) = point.take() {
                                self.point(&point, &keys)?;
                            }
                        }
                        "gpx" => closed = true,
                        _ => {}
                    }
                }
                Ok(Event::Eof) => break,
                Ok(_) => {}
                Err(_) => break,
            }
        }
        if !closed {
            self.tally.refuse(
                "truncated",
                "workout-routes",
                "a route ends before its end; what precedes is kept",
            );
        }
        Ok(())
    }

    fn point(&mut self, point: &Point, keys: &[StreamKey]) -> Result<()> {
        let Some(time) = point.time else {
            self.tally.refuse("bad_time", "trkpt", "a point of a route without a time");
            return Ok(());
        };
        self.usable += 1;
        for (key, value) in keys.iter().zip(point.values) {
            if let Some(value) = value {
                self.builder.push(*key, time.micros(), 0, value, None, self.sink)?;
            }
        }
        Ok(())
    }
}
