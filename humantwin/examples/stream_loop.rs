//! The twin inside a stream engine, played by a plain loop: 100,000 people, their states in a map,
//! micro-batches of columns in, states, days and timers out; a sample is held against the full engine.
//!
//! `cargo run --profile ci -p humantwin --example stream_loop [PEOPLE]`
#![expect(clippy::print_stdout, reason = "an example ends in a printed answer")]

use humantwin::core::event::from_cloud_event;
use humantwin::core::log::{Intake, Log};
use humantwin::core::observation::SeriesBlock;
use humantwin::core::series::Samples;
use humantwin::core::store::MemoryStore;
use humantwin::core::stream::{Binary, Clocks, FactColumns, SeriesColumns, apply_batch};
use humantwin::core::{EventId, MetricId, SourceId, TwinId, event::Origin};
use humantwin::{LocalDate, Timestamp};
use std::collections::BTreeMap;
use std::time::Instant;

type Failure = Box<dyn std::error::Error>;

const BATCHES: i64 = 5;
/// People in one call: what one task of a stream engine would hold.
const CALL: usize = 1000;
/// Every so many people one is held against the full engine.
const SAMPLE: usize = 1000;
const SAMPLES: i64 = 30;

/// The time of a micro-batch: every 8 hours, so that days close under way.
fn time_of(batch: i64) -> Timestamp {
    Timestamp::from_secs(1_772_355_600 + batch * 8 * 3600)
}

fn name(person: usize) -> String {
    format!("person-{person:06}")
}

/// What a person's devices say in a micro-batch: two facts and half an hour of heart rate.
fn facts(person: usize, batch: i64) -> [String; 2] {
    let at = |minutes: i64| time_of(batch).plus_secs(-60 * (minutes + person as i64 % 60));
    let coffee = format!(
        r#"{{"specversion":"1.0","id":"c{batch}","source":"diary","type":"health.caffeine_consumed","time":"{}","data":{{"amount_mg":{}}}}}"#,
        at(60),
        40 + person % 80
    );
    let weight = format!(
        r#"{{"specversion":"1.0","id":"w{batch}","source":"scale","type":"health.measurement_recorded","time":"{}","data":{{"metric":"body_mass","value":{},"unit":"kg"}}}}"#,
        at(90),
        60 + person % 40
    );
    [coffee, weight]
}

fn beats(person: usize, batch: i64) -> impl Iterator<Item = (i64, f64)> {
    let start = time_of(batch).plus_secs(-3600).micros();
    (0..SAMPLES).map(move |i| (start + i * 60_000_000, 60.0 + ((person as i64 + 7 * i) % 40) as f64))
}

/// Text columns in which every row says the same.
fn same(text: &str, rows: usize) -> Binary {
    std::iter::repeat_n(text, rows).collect()
}

fn main() -> Result<(), Failure> {
    let people: usize = std::env::args().nth(1).map_or(Ok(100_000), |n| n.parse())?;
    let mut states: Vec<Vec<u8>> = vec![Vec::new(); people];
    let mut sampled: BTreeMap<usize, BTreeMap<i32, [u8; 16]>> = BTreeMap::new();
    let (mut events, mut days, mut timers, mut seconds) = (0_usize, 0_usize, 0_usize, 0.0);
    for batch in 0..BATCHES {
        let now = time_of(batch);
        for first in (0..people).step_by(CALL) {
            let called: Vec<usize> = (first..people.min(first + CALL)).collect();
            let rows = called.len();
            let keys: Binary = called.iter().map(|p| name(*p)).collect();
            let before: Binary = called.iter().filter_map(|p| states.get(*p)).collect();
            // Facts: two rows a person.
            let content: Binary = called.iter().flat_map(|p| facts(*p, batch)).collect();
            let fact_keys: Vec<i32> = (0..rows as i32).flat_map(|k| [k, k]).collect();
            let (wall, counter) = (vec![now.micros(); 2 * rows], (0..2 * rows as u32).collect::<Vec<_>>());
            let node = vec![1; 2 * rows];
            let facts = FactColumns {
                key: &fact_keys,
                clock: Clocks { wall_us: &wall, counter: &counter, node: &node },
                content: content.view(),
            };
            // Series: one row a person, samples as one list column.
            let (starts, values): (Vec<i64>, Vec<f64>) = called.iter().flat_map(|p| beats(*p, batch)).unzip();
            let offsets: Vec<i32> = (0..=rows as i32).map(|k| k * SAMPLES as i32).collect();
            let series_keys: Vec<i32> = (0..rows as i32).collect();
            let (source, metric, unit) = (same("watch", rows), same("heart_rate", rows), same("/min", rows));
            let later: Vec<u32> = (0..rows as u32).map(|k| 2 * rows as u32 + k).collect();
            let series = SeriesColumns {
                key: &series_keys,
                clock: Clocks {
                    wall_us: wall.get(..rows).unwrap_or_default(),
                    counter: &later,
                    node: node.get(..rows).unwrap_or_default(),
                },
                source: source.view(),
                metric: metric.view(),
                unit: unit.view(),
                sample_offsets: &offsets,
                starts_us: &starts,
                values: &values,
                ..SeriesColumns::default()
            };
            let started = Instant::now();
            let (after, outputs, calls) = apply_batch(keys.view(), before.view(), &facts, &series, now)?;
            seconds += started.elapsed().as_secs_f64();
            if !outputs.handed_back.key.is_empty() || !outputs.needs_refold.key.is_empty() {
                return Err("something was handed back".into());
            }
            events += 3 * rows;
            days += outputs.days.key.len();
            timers += calls.key.len();
            for (row, person) in called.iter().enumerate() {
                if let (Some(state), Some(bytes)) = (states.get_mut(*person), after.view().get(row)) {
                    *state = bytes.to_vec();
                }
            }
            for (i, (key, date)) in outputs.days.key.iter().zip(&outputs.days.date).enumerate() {
                let person = first + *key as usize;
                if let (0, Some((hash, []))) = (
                    person % SAMPLE,
                    outputs.days.hash.get(16 * i..16 * i + 16).unwrap_or_default().split_first_chunk(),
                ) {
                    sampled.entry(person).or_default().insert(*date, *hash);
                }
            }
        }
    }
    for (person, given) in &sampled {
        let full = full_engine(*person)?;
        if *given != full {
            return Err(format!("person {person} differs from the full engine").into());
        }
    }
    let mut sizes: Vec<usize> = states.iter().map(Vec::len).collect();
    sizes.sort_unstable();
    println!(
        "{people} people, {BATCHES} micro-batches, {events} events, {days} days and {timers} timers given out"
    );
    println!(
        "{:.0} people/s, {:.0} events/s in apply_batch",
        (people as i64 * BATCHES) as f64 / seconds,
        events as f64 / seconds
    );
    println!(
        "state bytes: median {}, most {}",
        sizes.get(people / 2).copied().unwrap_or(0),
        sizes.last().copied().unwrap_or(0)
    );
    println!("{} people held against the full engine: equal, bit for bit", sampled.len());
    Ok(())
}

/// The hashes of a person's days as the full engine has them.
fn full_engine(person: usize) -> Result<BTreeMap<i32, [u8; 16]>, Failure> {
    let mut log = Log::open(Box::new(MemoryStore::new()), TwinId::new(name(person))?, 1)?;
    for batch in 0..BATCHES {
        let mut intake = Intake::new(&mut log, time_of(batch));
        for text in facts(person, batch) {
            intake.fact(from_cloud_event(&text)?)?;
        }
        let (starts, values) = beats(person, batch).unzip();
        intake.series(SeriesBlock {
            metric: MetricId::new("heart_rate")?,
            unit: "/min".into(),
            origin: Origin::of(SourceId::new("watch")?),
            offset_s: None,
            revision: 0,
            replaces: false,
            samples: Samples::new(starts, Vec::new(), values)?,
        })?;
        intake.finish()?;
    }
    log.refresh()?;
    let mut days = BTreeMap::new();
    log.days(LocalDate::from_days(i32::MIN), LocalDate::from_days(i32::MAX), &mut |day| {
        days.insert(day.date.days(), EventId::of("day", &[&day.encode()?]).0);
        Ok(())
    })?;
    Ok(days)
}
