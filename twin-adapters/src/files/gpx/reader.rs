//! From elements to tracks.

use super::point::Point;
use crate::files::track::{Gait, Gather, Out, described, gait, metres, moment, sport};
use crate::files::xml::{Elements, End, elements, field, text};
use quick_xml::events::BytesStart;
use std::io::BufRead;
use twin_core::event::{KeptField, Lap, MessageKept, Origin, Recording, WorkoutRecorded};
use twin_core::observation::Sink;
use twin_core::{DeviceId, Error, Result, SourceId, Timestamp};

/// Most fields kept of a head or a track, and most segments of one track.
const MAX_FIELDS: usize = 256;
const MAX_SEGMENTS: usize = 10_000;

/// As [`super::read`].
pub(super) fn read(input: &mut dyn BufRead, sink: &mut dyn Sink) -> Result<()> {
    let mut reader = Reader {
        out: Out::new(sink),
        creator: None,
        head: Vec::new(),
        places: Gather::default(),
        track: None,
        point: None,
        first: None,
    };
    let end = elements(input, &mut reader)?;
    reader.finish()?;
    let out = &mut reader.out;
    let why = match end {
        End::Whole => None,
        End::Truncated => Some(("truncated", "the file ends before its end; what precedes is kept")),
        End::Damaged(why) => Some(("damaged", why)),
        End::TooLarge => Some(("too_large", "it expands to more than it may; what precedes is kept")),
    };
    if let Some((code, why)) = why {
        out.tally.refuse(code, "file", why);
    }
    out.tally.report(out.sink);
    match (out.usable, end) {
        (1.., _) => Ok(()),
        (0, End::Whole) => {
            Err(Error::Unsupported("a GPX file in which no point has a time: it says where, not when".into()))
        }
        _ => Err(Error::malformed("GPX file", "it ends before its first point with a time")),
    }
}

/// A stretch without an interruption.
#[derive(Debug, Default)]
struct Segment {
    span: Option<(Timestamp, Timestamp)>,
    last: Option<(f64, f64)>,
    distance_m: Option<f64>,
    /// Sum and number of heart rates before it.
    heart_before: (f64, u64),
    heart_rate_mean: Option<f64>,
}

#[derive(Default)]
struct Track {
    title: Option<String>,
    sport: String,
    gait: Gait,
    fields: Vec<KeptField>,
    segments: Vec<Segment>,
    segment: Option<Segment>,
    gather: Gather,
}

struct Reader<'s> {
    out: Out<'s>,
    creator: Option<String>,
    head: Vec<KeptField>,
    /// Waypoints.
    places: Gather,
    track: Option<Box<Track>>,
    point: Option<Point>,
    /// The first time that counts: when the head is kept at.
    first: Option<Timestamp>,
}

fn keep(fields: &mut Vec<KeptField>, name: &str, text: &str) {
    if fields.len() < MAX_FIELDS {
        fields.push(field(name, text, None));
    }
}

impl Elements for Reader<'_> {
    fn open(&mut self, path: &[String], element: &BytesStart<'_>) -> Result<()> {
        let name = path.last().map_or("", String::as_str);
        match name {
            "trk" => {
                self.finish_track()?;
                self.track = Some(Box::new(Track { sport: "unknown".to_owned(), ..Track::default() }));
            }
            "trkseg" => {
                if let Some(track) = &mut self.track {
                    track.segment_ended(&mut self.out);
                    let heart_before = (track.gather.heart_rate_sum, track.gather.heart_rates);
                    track.segment = Some(Segment { heart_before, ..Segment::default() });
                }
            }
            "rte" => self.out.tally.refuse("not_read", "rte", "a route, which is a plan"),
            "trkpt" | "wpt" => {
                let mut point = Point::default();
                // A point that stands in no track is a place.
                let gather = self.track.as_mut().map_or(&mut self.places, |track| &mut track.gather);
                for a in element.attributes().with_checks(false).flatten() {
                    if matches!(a.key.0, "lat" | "lon") {
                        point.take(a.key.0, a.value.trim(), gather, &mut self.out.tally);
                    }
                }
                self.point = Some(point);
            }
            "gpx" => {
                for a in element.attributes().with_checks(false).flatten() {
                    match a.key.0 {
                        "creator" => self.creator = Some(text(&a.value).trim().to_owned()),
                        "version" => keep(&mut self.head, "version", &a.value),
                        _ => {}
                    }
                }
            }
            "bounds" | "link" | "email" => {
                let fields = self.track.as_mut().map_or(&mut self.head, |track| &mut track.fields);
                for a in element.attributes().with_checks(false).flatten() {
                    keep(fields, &format!("{name}.{}", a.key.0), &text(&a.value));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, path: &[String], text: &str) -> Result<()> {
        let name = path.last().map_or("", String::as_str);
        let said = text.trim();
        match (name, &mut self.track) {
            ("trkpt" | "wpt", _) => self.point_ended(name),
            ("trkseg", Some(track)) => track.segment_ended(&mut self.out),
            ("trk", Some(_)) => return self.finish_track(),
            _ if said.is_empty() => {}
            (_, track) if self.point.is_some() => {
                let gather = track.as_mut().map_or(&mut self.places, |track| &mut track.gather);
                if let Some(point) = &mut self.point {
                    point.take(name, said, gather, &mut self.out.tally);
                }
            }
            // A name or type of the track itself, not of a link in it.
            ("name", Some(track)) if path.iter().rev().nth(1).is_some_and(|p| p == "trk") => {
                track.title = Some(said.chars().take(200).collect());
            }
            ("type", Some(track)) if path.iter().rev().nth(1).is_some_and(|p| p == "trk") => {
                track.sport = sport(said);
                track.gait = gait(&track.sport);
            }
            (_, Some(track)) => keep(&mut track.fields, name, said),
            // Its points and texts are the plan's.
            (_, None) if path.iter().any(|p| p == "rte") => {}
            (_, None) => {
                let below = path.iter().skip(1).filter(|p| *p != "metadata" && *p != "extensions");
                let name = below.map(String::as_str).collect::<Vec<_>>().join(".");
                keep(&mut self.head, &name, said);
                if name == "time" {
                    self.first = moment(said).map(|m| m.at);
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

impl Track {
    fn segment_ended(&mut self, out: &mut Out<'_>) {
        let Some(mut segment) = self.segment.take() else { return };
        if segment.span.is_none() {
            return;
        }
        let (sum, n) = segment.heart_before;
        let rates = self.gather.heart_rates - n;
        segment.heart_rate_mean = (rates > 0).then(|| (self.gather.heart_rate_sum - sum) / rates as f64);
        if self.segments.len() < MAX_SEGMENTS {
            self.segments.push(segment);
        } else {
            out.tally.refuse("too_many_fields", "trkseg", "more segments than are kept of one track");
        }
    }

    fn laps(&self) -> Vec<Lap> {
        if self.segments.len() < 2 {
            return Vec::new();
        }
        let laps = self.segments.iter().filter_map(|s| {
            let (start, end) = s.span?;
            Some(Lap { start, end, distance_m: s.distance_m, heart_rate_mean: s.heart_rate_mean })
        });
        laps.collect()
    }
}

impl Reader<'_> {
    fn origin(&self) -> Origin {
        let name = format!("gpx/{}", self.creator.as_deref().filter(|c| !c.is_empty()).unwrap_or("unknown"));
        Origin {
            source: SourceId::lossy(&name),
            device: self.creator.as_ref().map(|_| DeviceId::lossy(&name)),
            method: None,
            recording: Some(Recording::Active),
        }
    }

    fn point_ended(&mut self, kind: &str) {
        let Some(point) = self.point.take() else { return };
        let tally = &mut self.out.tally;
        let Some(track) = &mut self.track else {
            let counts = point.end(kind, Gait::Other, &mut self.places, tally);
            self.out.usable += u64::from(counts);
            return;
        };
        if !point.end(kind, track.gait, &mut track.gather, tally) {
            return;
        }
        self.out.usable += 1;
        let segment = track.segment.get_or_insert_default();
        if let Some(at) = point.time.map(|m| m.at) {
            let (first, last) = segment.span.unwrap_or((at, at));
            segment.span = Some((first.min(at), last.max(at)));
        }
        if let (Some(lat), Some(lon)) = (point.lat, point.lon) {
            let step = segment.last.map_or(0.0, |from| metres(from, (lat, lon)));
            *segment.distance_m.get_or_insert(0.0) += step;
            segment.last = Some((lat, lon));
        }
    }

    fn finish_track(&mut self) -> Result<()> {
        let Some(mut track) = self.track.take() else { return Ok(()) };
        track.segment_ended(&mut self.out);
        let origin = self.origin();
        let offset = track.gather.offset_s;
        track.gather.hand_over(&origin, &mut self.out)?;
        let Some((start, end)) = track.gather.span else { return Ok(()) };
        self.first = Some(self.first.map_or(start, |first| first.min(start)));
        if !track.fields.is_empty() {
            let fields = std::mem::take(&mut track.fields);
            let message = MessageKept { format: "gpx".into(), message: "trk".into(), fields };
            self.out.fact(&origin, end, offset, message)?;
        }
        if start == end {
            return Ok(());
        }
        let laps = track.laps();
        let rates = &track.gather;
        let body = WorkoutRecorded {
            start,
            end,
            sport: track.sport,
            sub_sport: None,
            title: track.title,
            moving_s: None,
            distance_m: track.segments.iter().filter_map(|s| s.distance_m).reduce(|a, b| a + b),
            energy_kcal: None,
            heart_rate_mean: (rates.heart_rates > 0).then(|| rates.heart_rate_sum / rates.heart_rates as f64),
            heart_rate_max: (rates.heart_rates > 0).then_some(rates.heart_rate_max),
            power_mean_w: None,
            ascent_m: None,
            perceived_exertion: None,
            statistics: Vec::new(),
            laps,
        };
        let record = format!("track/{start}");
        self.out.record(&origin, end, offset, (&record, end.secs_since(start) as u64), body)
    }

    fn finish(&mut self) -> Result<()> {
        self.finish_track()?;
        let origin = self.origin();
        self.places.hand_over(&origin, &mut self.out)?;
        let place = self.places.span.map(|(first, _)| first);
        // A head alone, without a point that has a time, is no observation.
        let Some(at) = self.first.or(place).filter(|_| self.out.usable > 0) else { return Ok(()) };
        if let (Some(device), Some(creator)) = (&origin.device, &self.creator) {
            self.out.fact(&origin, at, None, described(device.clone(), creator, None))?;
        }
        let fields = std::mem::take(&mut self.head);
        if fields.is_empty() {
            return Ok(());
        }
        self.out.fact(
            &origin,
            at,
            None,
            MessageKept { format: "gpx".into(), message: "metadata".into(), fields },
        )
    }
}
