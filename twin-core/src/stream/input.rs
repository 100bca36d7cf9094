//! Rows of the input made events: read, checked, sealed with the clock they came with.

use super::columns::{FactColumns, SeriesColumns};
use super::output::{Back, Lane};
use super::segment::MOST;
use crate::check::{check_fact, check_series};
use crate::error::{Error, Result};
use crate::event::{Content, Event, EventBody, Origin, Recording, SeriesWritten, from_cloud_event};
use crate::id::{DeviceId, MethodId, MetricId, SourceId};
use crate::observation::{Refusal, SeriesBlock};
use crate::series::Samples;
use crate::time::{Hlc, Timestamp};

/// How far ahead of `now` an event's clock may be: a day.
const AHEAD_S: i64 = 86_400;

/// An event with its row.
pub(super) struct Arrival {
    pub(super) lane: Lane,
    pub(super) row: i32,
    pub(super) event: Event,
    pub(super) bytes: Vec<u8>,
    pub(super) samples: Option<Samples>,
}

/// Reads the rows of one person. What is refused goes into `back`.
pub(super) fn read(
    facts: &FactColumns<'_>,
    fact_rows: &[i32],
    series: &SeriesColumns<'_>,
    series_rows: &[i32],
    now: Timestamp,
    back: &mut Vec<Back>,
) -> Vec<Arrival> {
    let mut arrivals = Vec::with_capacity(fact_rows.len() + series_rows.len());
    for row in fact_rows {
        match fact(facts, *row, now) {
            Ok(arrival) => arrivals.push(arrival),
            Err(error) => back.push(Back::of(Lane::Facts, *row, 1, &error)),
        }
    }
    for row in series_rows {
        match block(series, *row, now, back) {
            Ok(arrival) => arrivals.extend(arrival),
            Err(error) => back.push(Back::of(Lane::Series, *row, 1, &error)),
        }
    }
    arrivals
}

impl Back {
    pub(super) fn of(lane: Lane, row: i32, count: u64, error: &Error) -> Self {
        let refusal = Refusal::from(error);
        Self { lane, row, count, code: refusal.code, message: refusal.message }
    }
}

fn clock_of(clock: Option<Hlc>, now: Timestamp) -> Result<Hlc> {
    let clock = clock.ok_or_else(|| Error::malformed("clock", "the row has none"))?;
    if clock.wall > now.plus_secs(AHEAD_S) || clock.wall <= Timestamp::MIN {
        return Err(Error::invalid("clock", "another time", "a time at most one day ahead of `now`"));
    }
    Ok(clock)
}

fn fact(columns: &FactColumns<'_>, row: i32, now: Timestamp) -> Result<Arrival> {
    let at = usize::try_from(row).unwrap_or(usize::MAX);
    let clock = clock_of(columns.clock.get(at), now)?;
    let bytes = columns.content.get(at).ok_or_else(|| Error::malformed("event", "the row is null"))?;
    let json = bytes.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'{');
    let mut content = if json {
        let text = std::str::from_utf8(bytes).map_err(|_| Error::malformed("event", "it is not UTF-8"))?;
        from_cloud_event(text)?
    } else {
        Content::decode(bytes)?
    };
    if matches!(content.body, EventBody::SeriesWritten(_)) {
        return Err(Error::invalid("event", "`series.written`", "samples in the series columns"));
    }
    check_fact(&mut content, now)?;
    let (event, bytes) = Event::seal(content, clock)?;
    Ok(Arrival { lane: Lane::Facts, row, event, bytes, samples: None })
}

fn block(
    columns: &SeriesColumns<'_>,
    row: i32,
    now: Timestamp,
    back: &mut Vec<Back>,
) -> Result<Option<Arrival>> {
    let at = usize::try_from(row).unwrap_or(usize::MAX);
    let clock = clock_of(columns.clock.get(at), now)?;
    let mut block = read_block(columns, at)?;
    for (reason, count) in check_series(&mut block, now)? {
        back.push(Back::of(Lane::Series, row, count, &reason));
    }
    let Some((start, end)) = block.samples.span() else { return Ok(None) };
    let body = SeriesWritten {
        metric: block.metric,
        unit: block.unit,
        segment: block.samples.hash(),
        start,
        end,
        count: block.samples.len() as u64,
        replaces: block.replaces.then_some(true),
    };
    let content = Content {
        revision: block.revision,
        start_offset_s: block.offset_s,
        end_offset_s: block.offset_s,
        ..Content::new(block.origin, end, body)
    };
    let (event, bytes) = Event::seal(content, clock)?;
    Ok(Some(Arrival { lane: Lane::Series, row, event, bytes, samples: Some(block.samples) }))
}

fn read_block(columns: &SeriesColumns<'_>, at: usize) -> Result<SeriesBlock> {
    let needed = |name: &'static str, text: Option<&str>| {
        text.map(str::to_owned).ok_or_else(|| Error::malformed(name, "the row is null"))
    };
    let origin = Origin {
        source: SourceId::new(needed("source", columns.source.text("source", at)?)?)?,
        device: columns.device.text("device", at)?.map(DeviceId::new).transpose()?,
        method: columns.method.text("method", at)?.map(MethodId::new).transpose()?,
        recording: columns.recording.text("recording", at)?.map(recording).transpose()?,
    };
    let bound = |i: usize| columns.sample_offsets.get(i).and_then(|o| usize::try_from(*o).ok()).unwrap_or(0);
    let range = bound(at)..bound(at.saturating_add(1));
    if range.len() > MOST {
        return Err(Error::invalid("samples", range.len(), format!("at most {MOST} in a block")));
    }
    Ok(SeriesBlock {
        metric: MetricId::new(needed("metric", columns.metric.text("metric", at)?)?)?,
        unit: needed("unit", columns.unit.text("unit", at)?)?,
        origin,
        offset_s: columns.offset_s.get(at),
        revision: columns.revision.get(at).copied().unwrap_or(0),
        replaces: columns.replaces.is_some_and(|bits| bits.get(at)),
        samples: Samples::new(
            columns.starts_us.get(range.clone()).unwrap_or_default().to_vec(),
            columns.durations_us.get(range.clone()).unwrap_or_default().to_vec(),
            columns.values.get(range).unwrap_or_default().to_vec(),
        )?,
    })
}

fn recording(word: &str) -> Result<Recording> {
    match word {
        "automatic" => Ok(Recording::Automatic),
        "active" => Ok(Recording::Active),
        "manual" => Ok(Recording::Manual),
        _ => Err(Error::invalid("recording", "another word", "automatic, active or manual")),
    }
}
