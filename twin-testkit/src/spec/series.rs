//! Samples: what several segments of a stream say together, and which stream is believed when.

use super::checks::{Metric, metric};
use super::log::Entry;
use super::plain::{DAY_US, Sample, Says, Series};
use super::standing::Standing;
use std::collections::BTreeMap;

/// A stream: a source with its method.
pub type Stream = (String, Option<String>);

/// A sample that holds, with the offset it was lived in.
pub type Held = (Sample, Option<i32>);

/// The samples of each stream of a metric that hold: at an instant that several segments give, the one of
/// the highest (revision, hash) is believed; a segment that replaces a span withdraws what older ones say.
#[must_use]
pub(super) fn held(
    of: &str,
    winners: &[&Entry],
    at: Option<i64>,
) -> BTreeMap<Stream, (Option<String>, Vec<Held>)> {
    let mut streams: BTreeMap<Stream, Vec<(&Entry, &Series)>> = BTreeMap::new();
    for entry in winners {
        if let Says::Series(series) = &entry.fact.says
            && series.metric == of
        {
            let stream = (entry.fact.source.clone(), entry.fact.method.clone());
            streams.entry(stream).or_default().push((entry, series));
        }
    }
    let mut all = BTreeMap::new();
    for (stream, segments) in streams {
        let withdrawn = |entry: &Entry, start: i64| {
            segments.iter().any(|(newer, series)| {
                series.replaces
                    && (series.span.0..=series.span.1).contains(&start)
                    && (newer.revision(), newer.clock) > (entry.revision(), entry.clock)
            })
        };
        // For each instant the best segment so far, and its samples of that instant in their order.
        let mut instants: BTreeMap<(i64, i64), (_, Vec<Held>)> = BTreeMap::new();
        for (entry, series) in &segments {
            let rank = (entry.revision(), entry.segment, entry.fact.offset_s, entry.clock);
            for sample in &series.samples {
                if withdrawn(entry, sample.start) || at.is_some_and(|at| sample.end() > at) {
                    continue;
                }
                let held = (*sample, entry.fact.offset_s);
                let (best, samples) =
                    instants.entry((sample.start, sample.duration)).or_insert_with(|| (rank, Vec::new()));
                if rank > *best {
                    (*best, *samples) = (rank, vec![held]);
                } else if rank == *best {
                    samples.push(held);
                }
            }
        }
        let device = segments.iter().filter_map(|(entry, _)| entry.fact.device.clone()).min();
        all.insert(stream, (device, instants.into_values().flat_map(|(_, samples)| samples).collect()));
    }
    all
}

/// What a source said on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceDay {
    /// The stream.
    pub stream: Stream,
    /// Samples, and how many of them are implausible.
    pub n: (u64, u64),
    /// Sum, millionths.
    pub sum: i128,
    /// Least, greatest and last value, millionths.
    pub range: (i64, i64, i64),
    /// Start of the first and of the last sample.
    pub span: (i64, i64),
}

/// A part of a metric's day: amount (millionths, of levels times microseconds), time covered, pieces.
pub type Part = (i128, i64, u64);

/// A metric's day.
#[derive(Clone, Debug, PartialEq)]
pub struct MetricDay {
    /// By stream.
    pub sources: Vec<SourceDay>,
    /// All streams resolved.
    pub all: Part,
    /// Least, greatest and last resolved value, millionths.
    pub range: (i64, i64, i64),
    /// By source.
    pub parts: BTreeMap<String, Part>,
    /// By local hour, without pieces; `None` where a stream's segments disagree on the offset.
    pub hours: Option<BTreeMap<i64, (i128, i64)>>,
}

/// A span in which a sample is believed.
#[derive(Clone, Copy)]
struct Piece {
    from: i64,
    to: i64,
    sample: Sample,
    stream: usize,
}

/// One metric on one day, from the samples of each stream.
#[must_use]
pub(super) fn metric_day(
    of: &str,
    day: i32,
    streams: &BTreeMap<Stream, (Option<String>, Vec<Held>)>,
    standing: &Standing,
) -> Option<MetricDay> {
    let mut ranked: Vec<(_, &Stream, Vec<Held>)> = Vec::new();
    for (stream, (device, held)) in streams {
        let today: Vec<Held> =
            held.iter().copied().filter(|(s, offset)| standing.day_of(s.start, *offset) == day).collect();
        if !today.is_empty() {
            let rank = standing.rank(of, &stream.0, device.as_deref());
            ranked.push(((rank, stream.0.clone(), device.clone(), stream.1.clone()), stream, today));
        }
    }
    if ranked.is_empty() {
        return None;
    }
    ranked.sort_by(|a, b| a.0.cmp(&b.0));
    let known = metric(of);
    // A metric of no catalogue adds up where its samples have a length.
    let foreign = of.starts_with("vendor:");
    let sums = known.sums || (foreign && ranked.iter().any(|r| r.2.iter().any(|(s, _)| s.duration > 0)));
    let mut taken: Vec<Piece> = Vec::new();
    for (place, (.., samples)) in ranked.iter().enumerate() {
        let samples: Vec<Sample> = samples.iter().map(|(s, _)| *s).collect();
        let open = alone(&samples, place, if sums { 0 } else { known.hold_us }).into_iter();
        let open: Vec<Piece> = open.flat_map(|piece| without(piece, &taken)).collect();
        taken.extend(open);
    }
    taken.sort_by_key(|p| (p.from, p.to, p.stream));
    let home = standing.travel.offset_s(i64::from(day) * DAY_US + DAY_US / 2);
    let mut sources: Vec<SourceDay> =
        ranked.iter().map(|(_, stream, held)| source_day(stream, held, &known)).collect();
    sources.sort_by(|a, b| a.stream.cmp(&b.stream));
    let mut folded = MetricDay {
        sources,
        all: (0, 0, 0),
        range: (i64::MAX, i64::MIN, 0),
        parts: BTreeMap::new(),
        hours: Some(BTreeMap::new()),
    };
    for piece in &taken {
        let value = piece.sample.value * 1000;
        let amount = amount(piece, piece.from, piece.to, sums);
        let (_, stream, samples) = ranked.get(piece.stream)?;
        add(&mut folded.all, amount, piece.to - piece.from);
        add(folded.parts.entry(stream.0.clone()).or_default(), amount, piece.to - piece.from);
        folded.range = (folded.range.0.min(value), folded.range.1.max(value), value);
        let offset = samples.first().and_then(|(_, offset)| *offset);
        if samples.iter().any(|(_, other)| *other != offset) {
            folded.hours = None;
        }
        if let Some(hours) = &mut folded.hours {
            by_hour(hours, piece, offset.map_or(home, i64::from) * 1_000_000, sums);
        }
    }
    Some(folded)
}

fn add(part: &mut Part, amount: i128, covered_us: i64) {
    *part = (part.0 + amount, part.1 + covered_us, part.2 + 1);
}

fn source_day(stream: &Stream, held: &[Held], known: &Metric) -> SourceDay {
    let values = || held.iter().map(|(s, _)| s.value);
    let starts = || held.iter().map(|(s, _)| s.start);
    let (least, most) = known.plausible;
    let odd = values().filter(|v| !(least..=most).contains(v)).count() as u64;
    let millionths = |value: Option<i64>| value.unwrap_or(0) * 1000;
    SourceDay {
        stream: stream.clone(),
        n: (held.len() as u64, odd),
        sum: values().map(|v| i128::from(v) * 1000).sum(),
        range: (millionths(values().min()), millionths(values().max()), millionths(values().next_back())),
        span: (starts().next().unwrap_or(0), starts().next_back().unwrap_or(0)),
    }
}

/// The spans of one stream alone: a sample ends where the next starts. Of samples with one start the
/// shortest is believed; of held instants the last; amounts without a length are all believed.
fn alone(samples: &[Sample], stream: usize, hold_us: i64) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut starts: Vec<i64> = samples.iter().map(|s| s.start).collect();
    starts.dedup();
    for (place, start) in starts.iter().enumerate() {
        let next = starts.get(place + 1).copied().unwrap_or(i64::MAX);
        let instants: Vec<&Sample> =
            samples.iter().filter(|s| s.start == *start && s.duration == 0).collect();
        let shortest =
            samples.iter().filter(|s| s.start == *start && s.duration > 0).min_by_key(|s| s.duration);
        let believed = if hold_us == 0 {
            instants.into_iter().chain(shortest).collect()
        } else {
            vec![instants.last().copied().or(shortest)].into_iter().flatten().collect::<Vec<_>>()
        };
        for sample in believed {
            let length = if sample.duration > 0 { sample.duration } else { hold_us };
            pieces.push(Piece { from: *start, to: (start + length).min(next), sample: *sample, stream });
        }
    }
    pieces
}

/// What better spans leave open of a piece; they hold their ends too.
fn without(piece: Piece, better: &[Piece]) -> Vec<Piece> {
    let mut open = vec![piece];
    for b in better {
        let mut left = Vec::new();
        for p in open {
            if p.to < b.from || p.from > b.to {
                left.push(p);
                continue;
            }
            if p.from < b.from {
                left.push(Piece { to: b.from, ..p });
            }
            if b.to < p.to {
                left.push(Piece { from: b.to, ..p });
            }
        }
        open = left;
    }
    open
}

/// What a piece gives between two instants in it: of an amount its share by time, of a level level × time.
fn amount(piece: &Piece, from: i64, to: i64, sums: bool) -> i128 {
    let value = i128::from(piece.sample.value) * 1000;
    if !sums {
        return value * i128::from(to - from);
    }
    if piece.sample.duration == 0 {
        return value;
    }
    let until = |t: i64| value * i128::from(t - piece.sample.start) / i128::from(piece.sample.duration);
    until(to) - until(from)
}

/// Shares a piece over the hours of the sample's local day; what runs past midnight stays in the last.
fn by_hour(hours: &mut BTreeMap<i64, (i128, i64)>, piece: &Piece, offset_us: i64, sums: bool) {
    const HOUR_US: i64 = 3_600_000_000;
    let midnight = (piece.sample.start + offset_us).div_euclid(DAY_US) * DAY_US - offset_us;
    for hour in 0..24 {
        let (begins, ends) = (midnight + hour * HOUR_US, midnight + (hour + 1) * HOUR_US);
        let ends = if hour == 23 { i64::MAX } else { ends };
        let (from, to) = (piece.from.max(begins), piece.to.min(ends));
        let touches = from < to || (piece.from == piece.to && (begins..ends).contains(&piece.from));
        if touches {
            let slot = hours.entry(hour).or_default();
            *slot = (slot.0 + amount(piece, from, to, sums), slot.1 + to - from);
        }
    }
}
