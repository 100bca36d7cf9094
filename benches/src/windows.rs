//! Keyed event-time windows beside a loop that knows everything beforehand.

use crate::timing::median_cpu;
use crate::{Failure, Line, Options};
use twin_core::window::{KeyedWindows, Watermark, WindowOptions, WindowSpec};

const KEYS: u64 = 10_000;
const MINUTE_US: i64 = 60_000_000;
const SIZE_US: i64 = 5 * MINUTE_US;
/// Samples a call: what a host collects in a moment.
const BATCH: usize = 100_000;

/// Ten hours of samples of all keys, out of order by up to 30 s; so many of a hundred come up to half an
/// hour late, which says old windows again.
struct Columns {
    keys: Vec<u64>,
    times: Vec<i64>,
    values: Vec<f64>,
}

fn columns(count: usize, late: u64) -> Columns {
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    let mut draw = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let mut rows = Columns { keys: Vec::new(), times: Vec::new(), values: Vec::new() };
    for row in 0..count {
        let now = 1_700_000_000_000_000 + (row as f64 / count as f64 * 10.0 * 3600e6) as i64;
        let span = if draw(100) < late { 30 * 60 } else { 30 };
        let late = draw(span * 1000) as i64 * 1000;
        rows.keys.push(draw(KEYS) * 0x2545_f491);
        rows.times.push(now - late);
        rows.values.push(50.0 + draw(1000) as f64 / 10.0);
    }
    rows
}

/// What a program written for this one question does: keys are places in a list, all windows are there from
/// the start, nothing is ever too late.
fn plain_loop(rows: &Columns) -> Vec<(f64, u64)> {
    let first = rows.times.iter().min().copied().unwrap_or(0).div_euclid(SIZE_US);
    let last = rows.times.iter().max().copied().unwrap_or(0).div_euclid(SIZE_US);
    let width = (last - first + 1) as usize;
    let mut sums = vec![(0.0, 0_u64); width * KEYS as usize];
    for ((key, time), value) in rows.keys.iter().zip(&rows.times).zip(&rows.values) {
        let place = (key / 0x2545_f491) as usize * width + (time.div_euclid(SIZE_US) - first) as usize;
        if let Some(sum) = sums.get_mut(place) {
            sum.0 += value;
            sum.1 += 1;
        }
    }
    sums
}

fn run(rows: &Columns, spec: &WindowSpec, options: &WindowOptions) -> Result<u64, Failure> {
    let mut windows = KeyedWindows::new(spec.clone(), options.clone())?;
    let mut counted = 0;
    let batches = rows.keys.chunks(BATCH).zip(rows.times.chunks(BATCH)).zip(rows.values.chunks(BATCH));
    for ((keys, times), values) in batches {
        windows.push_columns(keys, times, &[], values)?;
        counted += windows.drain().iter().filter(|w| w.revision == 0).count() as u64;
    }
    counted += windows.finish().iter().filter(|w| w.revision == 0).count() as u64;
    if windows.counts() != (rows.keys.len() as u64, 0) {
        return Err("samples were lost".into());
    }
    Ok(counted)
}

pub(crate) fn measure(options: &Options) -> Result<Vec<Line>, Failure> {
    let rows = columns(options.count(10_000_000), 0);
    let revised = columns(options.count(10_000_000), 10);
    let rate = |seconds: f64| rows.keys.len() as f64 / seconds;
    let plain = rate(median_cpu(|| Ok(()), |()| Ok(plain_loop(&rows)))?);
    let tumbling = WindowSpec::Tumbling { size_us: SIZE_US };
    let figures = WindowOptions { watermark: Watermark::Bounded(30_000_000), ..WindowOptions::default() };
    let expected = plain_loop(&rows).iter().filter(|(_, n)| *n > 0).count() as u64;
    let columns = rate(median_cpu(
        || Ok(()),
        |()| {
            let counted = run(&rows, &tumbling, &figures)?;
            if counted == expected { Ok(counted) } else { Err("windows were lost".into()) }
        },
    )?);
    let late = rate(median_cpu(|| Ok(()), |()| run(&revised, &tumbling, &figures))?);
    let single = rate(median_cpu(
        || Ok(()),
        |()| {
            let mut windows = KeyedWindows::new(tumbling.clone(), figures.clone())?;
            let rows = rows.keys.iter().zip(&rows.times).zip(&rows.values);
            for ((key, time), value) in rows {
                windows.push(*key, twin_core::Timestamp::from_micros(*time), 0, *value)?;
            }
            Ok(windows.finish().len())
        },
    )?);
    let sliding = WindowSpec::Sliding { size_us: 10 * MINUTE_US, every_us: MINUTE_US };
    let slid = rate(median_cpu(|| Ok(()), |()| run(&rows, &sliding, &figures))?);
    let weighted = WindowOptions { hold_us: Some(MINUTE_US), ..figures.clone() };
    let held = rate(median_cpu(|| Ok(()), |()| run(&rows, &tumbling, &weighted))?);
    let against = "plain loop that knows keys and span";
    Ok(vec![
        Line::new(
            "keyed event-time windows, tumbling mean, columns",
            "memory, one core",
            columns,
            "samples/s",
        )
        .against(against, plain)
        .at_least(2e7, 6e7)
        .note("10,000 keys, 10 h, out of order by 30 s, results fetched every 100,000 samples"),
        Line::new("– a tenth up to 30 min late", "memory, one core", late, "samples/s")
            .against(against, plain),
        Line::new("– one sample at a time", "memory, one core", single, "samples/s").against(against, plain),
        Line::new("– sliding, 10 min by 1 min", "memory, one core", slid, "samples/s")
            .against(against, plain),
        Line::new("– weighted by time", "memory, one core", held, "samples/s").against(against, plain),
    ])
}
