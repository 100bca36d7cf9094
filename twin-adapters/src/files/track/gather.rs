//! Points made columns of samples, held until it is known who recorded them.

use super::{Gait, Moment};
use crate::files::rank::ranked;
use crate::files::tally::Tally;
use twin_core::catalogue::Metric;
use twin_core::event::{Content, EventBody, Origin};
use twin_core::observation::{Observation, Sink};
use twin_core::series::SeriesBuilder;
use twin_core::sort::OrderBy;
use twin_core::{MetricId, RecordId, Result, Timestamp};

/// Most samples of one activity: a bound on memory of 64 MiB, four days of nine values a second.
const MAX_SAMPLES: usize = 4 << 20;
/// Most different values of a point.
const MAX_COLUMNS: usize = 64;

/// Where observations of a file go.
pub(in crate::files) struct Out<'s> {
    pub sink: &'s mut dyn Sink,
    pub tally: Tally,
    /// Points and facts that gave something.
    pub usable: u64,
}

impl<'s> Out<'s> {
    pub(in crate::files) fn new(sink: &'s mut dyn Sink) -> Self {
        Self { sink, tally: Tally::default(), usable: 0 }
    }

    /// Hands over a fact that happened at a moment.
    pub(in crate::files) fn fact(
        &mut self,
        origin: &Origin,
        at: Timestamp,
        offset_s: Option<i32>,
        body: impl Into<EventBody>,
    ) -> Result<()> {
        self.content(Self::of(origin, at, offset_s, body))
    }

    /// Hands over a fact that has an id of its own; the one with the higher stamp holds, then the content decides.
    pub(in crate::files) fn record(
        &mut self,
        origin: &Origin,
        at: Timestamp,
        offset_s: Option<i32>,
        (record, stamp): (&str, u64),
        body: impl Into<EventBody>,
    ) -> Result<()> {
        let mut content = Self::of(origin, at, offset_s, body);
        content.record = Some(RecordId::lossy(record));
        self.content(ranked(content, stamp))
    }

    fn of(origin: &Origin, at: Timestamp, offset_s: Option<i32>, body: impl Into<EventBody>) -> Content {
        let mut content = Content::new(origin.clone(), at, body);
        content.start_offset_s = offset_s;
        content.end_offset_s = offset_s;
        content
    }

    fn content(&mut self, content: Content) -> Result<()> {
        self.usable += 1;
        self.sink.accept(Observation::Fact(content))
    }
}

#[derive(Debug)]
struct Column {
    metric: String,
    unit: &'static str,
    rows: Vec<(i64, f64)>,
}

/// The points of one activity.
#[derive(Debug, Default)]
pub(in crate::files) struct Gather {
    columns: Vec<Column>,
    held: usize,
    /// Values of the point that is being read: column, value.
    point: Vec<(usize, f64)>,
    cadence: Option<f64>,
    strides: Option<f64>,
    /// Times of the earliest and the latest point.
    pub span: Option<(Timestamp, Timestamp)>,
    /// The offset written with the first point.
    pub offset_s: Option<i32>,
    pub heart_rate_sum: f64,
    pub heart_rates: u64,
    pub heart_rate_max: f64,
}

impl Gather {
    /// A value of the point. The unit is the catalogue's where it knows the metric.
    pub(in crate::files) fn value(
        &mut self,
        metric: &str,
        unit: &'static str,
        value: f64,
        tally: &mut Tally,
    ) {
        let place = match self.columns.iter().position(|c| c.metric == metric) {
            Some(place) => place,
            None if self.columns.len() >= MAX_COLUMNS => {
                return tally.refuse("too_many_fields", "point", "more kinds of values than a file may hold");
            }
            None => {
                let unit = Metric::find(metric).map_or(unit, |m| m.unit);
                self.columns.push(Column { metric: metric.to_owned(), unit, rows: Vec::new() });
                self.columns.len() - 1
            }
        };
        self.point.push((place, value));
    }

    /// A heart rate; 0 is a sensor that is off.
    pub(in crate::files) fn heart_rate(&mut self, value: f64, tally: &mut Tally) {
        if value > 0.0 {
            self.heart_rate_sum += value;
            self.heart_rates += 1;
            self.heart_rate_max = self.heart_rate_max.max(value);
            self.value("heart_rate", "/min", value, tally);
        } else {
            tally.warn("zero_heart_rate", "heart rates of 0 are missing: the sensor was off");
        }
    }

    /// Turns a minute of pedals or strides, as the sport tells.
    pub(in crate::files) fn cadence(&mut self, value: f64) {
        self.cadence = Some(value);
    }

    #[cfg(feature = "tcx")]
    /// Strides a minute, which the format says they are.
    pub(in crate::files) fn strides(&mut self, value: f64) {
        self.strides = Some(value);
    }

    /// The point ends: its values are samples of its time. Without one it is forgotten.
    pub(in crate::files) fn point_ended(&mut self, at: Option<Moment>, gait: Gait, tally: &mut Tally) {
        let (cadence, strides) = (self.cadence.take(), self.strides.take());
        match (gait, strides, cadence) {
            (Gait::OnFoot, Some(strides), _) | (Gait::OnFoot, None, Some(strides)) => {
                self.value("cadence_running", "/min", 2.0 * strides, tally);
            }
            (Gait::Cycling, _, Some(cadence)) => self.value("cadence_cycling", "/min", cadence, tally),
            (_, Some(strides), _) => self.value("cadence_running", "/min", 2.0 * strides, tally),
            _ => {}
        }
        let Some(moment) = at else { return self.point.clear() };
        if self.span.is_none() {
            self.offset_s = moment.offset_s;
        }
        let (first, last) = self.span.unwrap_or((moment.at, moment.at));
        self.span = Some((first.min(moment.at), last.max(moment.at)));
        if self.held + self.point.len() > MAX_SAMPLES {
            self.point.clear();
            return tally.refuse("too_large", "point", "points beyond the most that one activity may hold");
        }
        self.held += self.point.len();
        for (place, value) in self.point.drain(..) {
            if let Some(column) = self.columns.get_mut(place) {
                column.rows.push((moment.at.micros(), value));
            }
        }
    }

    /// Hands over all samples, in order of time. What is said twice of one instant is one sample: the last
    /// point of a lap is often written again as the first of the next.
    pub(in crate::files) fn hand_over(&mut self, origin: &Origin, out: &mut Out<'_>) -> Result<()> {
        let mut builder = SeriesBuilder::new(0);
        for mut column in std::mem::take(&mut self.columns) {
            column.rows.order_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
            column.rows.dedup();
            let key = builder.stream(&MetricId::lossy(&column.metric), column.unit, origin);
            for (at, value) in column.rows {
                builder.push(key, at, 0, value, self.offset_s, out.sink)?;
            }
        }
        self.held = 0;
        builder.finish(out.sink)
    }
}
