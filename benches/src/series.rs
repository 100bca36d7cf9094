//! Samples: through the checks into columns, and compressed.

use crate::events::{memory_log, now};
use crate::timing::median_cpu;
use crate::{Failure, Line, Options};
use twin_core::event::Origin;
use twin_core::log::Intake;
use twin_core::series::{Samples, SeriesBuilder, decode_segment, encode_segment};
use twin_core::{MetricId, SourceId};

const DAY: usize = 86_400;
pub(crate) const START_US: i64 = 1_600_041_600_000_000;

/// A day of heart rate at 1 Hz: a slow walk with a beat of noise, whole beats; `missing` of a thousand
/// seconds are not there.
pub(crate) fn heart_day(day: usize, missing: u64) -> Vec<(i64, f64)> {
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64 ^ day as u64;
    let mut draw = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        seed >> 33
    };
    let mut level = 60.0_f64;
    let mut rows = Vec::with_capacity(DAY);
    for second in 0..DAY {
        let pull = (65.0 - level) * 0.002;
        level += pull + (draw() % 1000) as f64 / 1000.0 - 0.5;
        let start = START_US + (day * DAY + second) as i64 * 1_000_000;
        if draw() % 1000 >= missing {
            let noise = (draw() % 1000) as f64 / 500.0 - 1.0;
            rows.push((start, (level + noise).round().clamp(40.0, 180.0)));
        }
    }
    rows
}

pub(crate) fn measure(options: &Options) -> Result<Vec<Line>, Failure> {
    let days: Vec<Vec<(i64, f64)>> = (0..options.count(40).max(4)).map(|day| heart_day(day, 0)).collect();
    let count: usize = days.iter().map(Vec::len).sum();
    let rate = |seconds: f64| count as f64 / seconds;
    let (metric, origin) = (MetricId::new("heart_rate")?, Origin::of(SourceId::new("strap")?));

    let copy = rate(median_cpu(
        || Ok(()),
        |()| {
            let (mut starts, mut values) = (Vec::new(), Vec::new());
            for (start, value) in days.iter().flatten() {
                if *value > 0.0 && *value < 300.0 {
                    starts.push(*start);
                    values.push(*value);
                }
            }
            Ok((starts, values))
        },
    )?);
    let stored = rate(median_cpu(memory_log, |mut log| {
        let mut intake = Intake::new(&mut log, now());
        let mut builder = SeriesBuilder::new(0);
        let key = builder.stream(&metric, "/min", &origin);
        for (start, value) in days.iter().flatten() {
            builder.push(key, *start, 0, *value, Some(0), &mut intake)?;
        }
        builder.finish(&mut intake)?;
        let report = intake.finish()?.0;
        if report.samples != count as u64 { Err("samples were lost".into()) } else { Ok(log) }
    })?);
    let columns = |rows: &[(i64, f64)]| {
        Samples::new(rows.iter().map(|r| r.0).collect(), Vec::new(), rows.iter().map(|r| r.1).collect())
    };
    let blocks = days.iter().map(|d| columns(d)).collect::<Result<Vec<_>, _>>()?;
    let hashed = rate(median_cpu(|| Ok(()), |()| Ok(blocks.iter().map(Samples::hash).collect::<Vec<_>>()))?);
    let encoded = rate(median_cpu(
        || Ok(()),
        |()| Ok(blocks.iter().map(encode_segment).collect::<Result<Vec<_>, _>>()?),
    )?);
    let packed = blocks.iter().map(encode_segment).collect::<Result<Vec<_>, _>>()?;
    let decoded = rate(median_cpu(
        || Ok(()),
        |()| Ok(packed.iter().map(|b| decode_segment(b)).collect::<Result<Vec<_>, _>>()?),
    )?);
    let even = packed.iter().map(Vec::len).sum::<usize>() as f64 / count as f64;
    let rows = heart_day(0, 10);
    let gappy = encode_segment(&columns(&rows)?)?.len() as f64 / rows.len() as f64;

    Ok(vec![
        Line::new("series samples, checks, columns", "memory, one core", stored, "samples/s")
            .against("plain loop with a range check", copy)
            .at_least(2e7, 1e8),
        Line::new("– of which the hash", "memory, one core", hashed, "samples/s"),
        Line::new("– then compressed", "one core", encoded, "samples/s")
            .against("plain loop with a range check", copy),
        Line::new("– and read back", "one core", decoded, "samples/s"),
        Line::new("1 Hz heart rate stored", "segment, values and times", even, "bytes/sample")
            .at_most(2.0, 1.0),
        Line::new("– with 1 % of seconds missing", "segment, values and times", gappy, "bytes/sample")
            .at_most(2.0, 1.0),
    ])
}
