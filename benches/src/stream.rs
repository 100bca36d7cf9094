//! The step inside a stream engine: many people, few events each, states as bytes in between.

use crate::events::now;
use crate::timing::median_cpu;
use crate::{Failure, Line, Options};
use std::fmt::Write;
use twin_core::TwinId;
use twin_core::event::from_cloud_event;
use twin_core::log::{Intake, Log};
use twin_core::store::MemoryStore;
use twin_core::stream::{Binary, Clocks, FactColumns, SeriesColumns, apply_batch};

const BATCHES: usize = 4;
/// Events of a person in one micro-batch.
const EVENTS: usize = 5;

/// What one person says in one micro-batch, an hour after the last.
fn texts(person: usize, batch: usize) -> Vec<String> {
    let mut texts = Vec::with_capacity(EVENTS);
    for i in 0..EVENTS {
        let hour = now().plus_secs(3600 * (batch as i64 - BATCHES as i64));
        let time = hour.plus_secs(600 * i as i64);
        let mut text = String::with_capacity(220);
        // Writing to a text cannot fail.
        let _ = match (i + person) % 3 {
            0 => write!(
                text,
                r#"{{"specversion":"1.0","id":"m-{batch}-{i}","source":"scale/home","type":"health.measurement_recorded","time":"{time}","data":{{"metric":"body_mass","value":{},"unit":"kg"}}}}"#,
                60 + person % 40
            ),
            1 => write!(
                text,
                r#"{{"specversion":"1.0","id":"t-{batch}-{i}","source":"tasks/board","type":"task.completed","time":"{time}","data":{{"task":"T-{i}","title":"Write it down","duration_s":600}}}}"#
            ),
            _ => write!(
                text,
                r#"{{"specversion":"1.0","id":"c-{batch}-{i}","source":"diary/kitchen-machine","type":"health.caffeine_consumed","time":"{time}","data":{{"amount_mg":80.5}}}}"#
            ),
        };
        texts.push(text);
    }
    texts
}

fn stream(keys: &Binary, batches: &[Binary], people: usize) -> Result<(Binary, usize), Failure> {
    let rows = people * EVENTS;
    let key: Vec<i32> = (0..rows).map(|row| i32::try_from(row / EVENTS)).collect::<Result<_, _>>()?;
    let counter: Vec<u32> = (0..rows).map(u32::try_from).collect::<Result<_, _>>()?;
    let node = vec![1; rows];
    let mut states: Binary = std::iter::repeat_n("", people).collect();
    let mut days = 0;
    for (content, batch) in batches.iter().zip(0..) {
        let at = now().plus_secs(batch);
        let wall = vec![at.micros(); rows];
        let clock = Clocks { wall_us: &wall, counter: &counter, node: &node };
        let facts = FactColumns { key: &key, clock, content: content.view() };
        let (next, outputs, _) =
            apply_batch(keys.view(), states.view(), &facts, &SeriesColumns::default(), at)?;
        days += outputs.days.key.len();
        states = next;
    }
    Ok((states, days))
}

fn engine(people: &[TwinId], batches: &[Vec<Vec<String>>]) -> Result<Vec<Log>, Failure> {
    let open = |twin: &TwinId| Log::open(Box::new(MemoryStore::new()), twin.clone(), 1);
    let mut logs = people.iter().map(open).collect::<Result<Vec<_>, _>>()?;
    for batch in batches {
        for (log, texts) in logs.iter_mut().zip(batch) {
            let mut intake = Intake::new(log, now());
            for text in texts {
                intake.fact(from_cloud_event(text)?)?;
            }
            intake.finish()?;
            log.refresh()?;
        }
    }
    Ok(logs)
}

pub(crate) fn measure(options: &Options) -> Result<Vec<Line>, Failure> {
    let people = options.count(10_000);
    let names = (0..people).map(|p| TwinId::new(format!("person-{p:06}"))).collect::<Result<Vec<_>, _>>()?;
    let keys: Binary = names.iter().map(TwinId::as_str).collect();
    let batches: Vec<Vec<Vec<String>>> =
        (0..BATCHES).map(|b| (0..people).map(|p| texts(p, b)).collect()).collect();
    let columns: Vec<Binary> = batches.iter().map(|b| b.iter().flatten().collect()).collect();
    let events = (people * EVENTS * BATCHES) as f64;
    let mut bytes = 0;
    let step = events
        / median_cpu(
            || Ok(()),
            |()| {
                let (states, days) = stream(&keys, &columns, people)?;
                bytes = states.data.len() / people;
                if days < people { Err("days were lost".into()) } else { Ok(states) }
            },
        )?;
    let full = events / median_cpu(|| Ok(()), |()| engine(&names, &batches))?;
    Ok(vec![
        Line::new("apply_batch, events as JSON text, states as bytes", "stream, one core", step, "events/s")
            .against("the full engine in memory, a log a person", full)
            .note(format!(
                "{people} people, {EVENTS} events each in {BATCHES} batches; {bytes} bytes a state"
            )),
    ])
}
