//! One metric on one day.

use super::resolve::{Piece, resolve};
use super::scaled::{Micro, to_micro};
use crate::catalogue::{Aggregation, Metric};
use crate::id::{MethodId, MetricId, SourceId};
use crate::series::Samples;
use crate::sort::OrderBy;
use serde::{Deserialize, Serialize};

const HOUR_US: i64 = 3_600_000_000;

/// A metric's day: what each source said, and what holds when they are resolved.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MetricDay {
    /// By source and method, in that order.
    pub sources: Vec<SourceDay>,
    /// All sources resolved.
    pub resolved: Resolved,
}

/// What one source said on a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SourceDay {
    /// The source.
    pub source: SourceId,
    /// How it measured.
    pub method: Option<MethodId>,
    /// Samples.
    pub n: u64,
    /// Samples outside the plausible range.
    pub flagged: u64,
    /// Sum of values, millionths.
    pub sum: i128,
    /// Least value, millionths.
    pub min: Micro,
    /// Greatest value, millionths.
    pub max: Micro,
    /// Start of the first sample, UTC microseconds.
    pub first_us: i64,
    /// Start of the last sample, UTC microseconds.
    pub last_us: i64,
    /// Value of the last sample, millionths.
    pub last: Micro,
}

/// What holds on a day when sources are resolved.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Resolved {
    /// Pieces.
    pub n: u64,
    /// Time with a value, microseconds.
    pub covered_us: i64,
    /// Of cumulative metrics the amount, millionths; of others value × time, millionths × microseconds.
    pub amount: i128,
    /// Least value, millionths.
    pub min: Micro,
    /// Greatest value, millionths.
    pub max: Micro,
    /// Value of the last piece, millionths.
    pub last: Micro,
    /// By local hour 0..=23, only hours with a value.
    pub hours: Vec<HourSum>,
    /// Which source gave how much time and how many pieces.
    pub parts: Vec<SourcePart>,
}

/// One local hour of a resolved metric.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct HourSum {
    /// Local hour, 0..=23. A repeated hour counts into the first.
    pub hour: u8,
    /// As [`Resolved::amount`].
    pub amount: i128,
    /// Time with a value, microseconds.
    pub covered_us: i64,
}

/// A source's part in a resolved metric.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SourcePart {
    /// The source.
    pub source: SourceId,
    /// Pieces.
    pub n: u64,
    /// Time, microseconds.
    pub covered_us: i64,
    /// Of cumulative metrics the amount, millionths.
    pub amount: i128,
}

/// Samples of a source and method on one day, with the offset they were lived in.
#[derive(Clone, Debug)]
pub(crate) struct DayStream {
    pub(crate) source: SourceId,
    pub(crate) method: Option<MethodId>,
    pub(crate) samples: Samples,
    pub(crate) offset_s: i32,
}

impl MetricDay {
    /// Folds a day's streams, given best first.
    pub(crate) fn fold(metric: &MetricId, streams: &[DayStream]) -> Self {
        let known = Metric::find(metric.as_str());
        let cumulative = known.map_or(streams.iter().any(|s| !s.samples.durations_us().is_empty()), |m| {
            m.aggregation == Aggregation::Sum
        });
        let hold_us = if cumulative { 0 } else { (known.and_then(|m| m.hold_s).unwrap_or(0.0) * 1e6) as i64 };
        let columns: Vec<&Samples> = streams.iter().map(|s| &s.samples).collect();
        let pieces = resolve(&columns, hold_us);
        let mut sources: Vec<SourceDay> = streams.iter().filter_map(|s| SourceDay::of(s, known)).collect();
        sources.order_by(|a, b| (&a.source, &a.method).cmp(&(&b.source, &b.method)));
        Self { sources, resolved: Resolved::of(&pieces, streams, cumulative) }
    }

    /// Time-weighted mean of a level, in the metric's unit; the plain mean where samples have no
    /// length; `None` without samples.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        if self.resolved.covered_us > 0 {
            return Some(self.resolved.amount as f64 / self.resolved.covered_us as f64 / 1e6);
        }
        let best = self.sources.iter().max_by_key(|s| s.n)?;
        Some(best.sum as f64 / best.n as f64 / 1e6)
    }

    /// Total of a cumulative metric, in its unit.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.resolved.amount as f64 / 1e6
    }
}

impl SourceDay {
    pub(crate) fn of(stream: &DayStream, known: Option<&Metric>) -> Option<Self> {
        let values = stream.samples.values();
        let (first_us, last_us) = (*stream.samples.starts_us().first()?, *stream.samples.starts_us().last()?);
        let micros = || values.iter().map(|v| to_micro(*v));
        Some(Self {
            source: stream.source.clone(),
            method: stream.method.clone(),
            n: values.len() as u64,
            flagged: known.map_or(0, |m| values.iter().filter(|v| m.flag(**v).is_some()).count() as u64),
            sum: micros().map(i128::from).sum(),
            min: micros().min()?,
            max: micros().max()?,
            first_us,
            last_us,
            last: micros().next_back()?,
        })
    }
}

impl Resolved {
    pub(crate) fn of(pieces: &[Piece], streams: &[DayStream], cumulative: bool) -> Self {
        let mut all = Self { min: Micro::MAX, max: Micro::MIN, ..Self::default() };
        let mut hours = [(0_i128, 0_i64, false); 24];
        let mut parts: Vec<SourcePart> = Vec::new();
        let mut part_of: Vec<Option<usize>> = vec![None; streams.len()];
        for piece in pieces {
            let Some(stream) = streams.get(piece.stream) else { continue };
            let value = to_micro(piece.value);
            let length = piece.end_us - piece.start_us;
            let amount = amount(piece, value, piece.start_us, piece.end_us, cumulative);
            all.n += 1;
            all.covered_us += length;
            all.amount += amount;
            all.min = all.min.min(value);
            all.max = all.max.max(value);
            all.last = value;
            by_hour(&mut hours, piece, value, i64::from(stream.offset_s) * 1_000_000, cumulative);
            let slot = part_of
                .get(piece.stream)
                .copied()
                .flatten()
                .or_else(|| parts.iter().position(|p| p.source == stream.source));
            let slot = slot.unwrap_or_else(|| {
                parts.push(SourcePart { source: stream.source.clone(), n: 0, covered_us: 0, amount: 0 });
                parts.len() - 1
            });
            if let Some(known) = part_of.get_mut(piece.stream) {
                *known = Some(slot);
            }
            if let Some(part) = parts.get_mut(slot) {
                part.n += 1;
                part.covered_us += length;
                part.amount += amount;
            }
        }
        if all.n == 0 {
            (all.min, all.max) = (0, 0);
        }
        parts.order_by(|a, b| a.source.cmp(&b.source));
        all.parts = parts;
        all.hours = (0_u8..)
            .zip(hours)
            .filter(|(_, (.., seen))| *seen)
            .map(|(hour, (amount, covered_us, _))| HourSum { hour, amount, covered_us })
            .collect();
        all
    }
}

/// What a piece gives from `from` to `to` within it. Shares of one sample add up to it exactly.
fn amount(piece: &Piece, value: Micro, from: i64, to: i64, cumulative: bool) -> i128 {
    if !cumulative {
        return i128::from(value) * i128::from(to - from);
    }
    let (start, end) = piece.sample_us;
    if end <= start {
        return i128::from(value);
    }
    let up_to =
        |t: i64| i128::from(value) * i128::from(t.clamp(start, end) - start) / i128::from(end - start);
    up_to(to) - up_to(from)
}

/// Shares a piece over the local hours it touches; what runs past midnight stays in the last hour.
fn by_hour(
    hours: &mut [(i128, i64, bool); 24],
    piece: &Piece,
    value: Micro,
    offset_us: i64,
    cumulative: bool,
) {
    let midnight = (piece.sample_us.0 + offset_us).div_euclid(24 * HOUR_US) * 24 * HOUR_US - offset_us;
    let hour_of = |t: i64| ((t - midnight).div_euclid(HOUR_US)).clamp(0, 23);
    let mut from = piece.start_us;
    loop {
        let hour = hour_of(from);
        let edge = if hour == 23 { i64::MAX } else { midnight + (hour + 1) * HOUR_US };
        let to = piece.end_us.min(edge);
        if let Some(slot) = usize::try_from(hour).ok().and_then(|h| hours.get_mut(h)) {
            slot.0 += amount(piece, value, from, to, cumulative);
            slot.1 += to - from;
            slot.2 = true;
        }
        if to >= piece.end_us {
            break;
        }
        from = to;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(source: &str, rows: &[(i64, i64, f64)]) -> DayStream {
        DayStream {
            source: SourceId::new(source).unwrap(),
            method: None,
            samples: Samples::new(
                rows.iter().map(|r| r.0).collect(),
                rows.iter().map(|r| r.1).collect(),
                rows.iter().map(|r| r.2).collect(),
            )
            .unwrap(),
            offset_s: 0,
        }
    }

    #[test]
    fn steps_are_shared_over_hours_and_never_added_across_devices() {
        let steps = MetricId::new("steps").unwrap();
        let watch = stream("watch", &[(HOUR_US / 2, HOUR_US, 101.0)]);
        let phone = stream("phone", &[(0, 2 * HOUR_US, 200.0)]);
        let day = MetricDay::fold(&steps, &[watch, phone]);
        // The phone gives the half hours before and after the watch: 50 + 50.
        assert_eq!(day.total(), 201.0);
        assert_eq!(day.resolved.hours.iter().map(|h| h.amount).sum::<i128>(), day.resolved.amount);
        assert_eq!(day.sources.len(), 2);
    }

    #[test]
    fn heart_rate_is_weighted_by_time() {
        let hr = MetricId::new("heart_rate").unwrap();
        let s = stream("watch", &[(0, 0, 60.0), (300_000_000, 0, 120.0)]);
        let day = MetricDay::fold(&hr, &[s]);
        // 60 for 300 s, then 120 held for 600 s.
        assert_eq!(day.mean(), Some(100.0));
    }
}
