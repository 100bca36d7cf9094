//! Live events in memory: text or decoded, through the checks, folded.

use crate::timing::median_cpu;
use crate::{Failure, Line, Options};
use serde::Deserialize;
use std::fmt::Write;
use twin_core::event::{Content, from_cloud_event};
use twin_core::log::{Intake, Log};
use twin_core::store::MemoryStore;
use twin_core::{Timestamp, TwinId};

/// Seconds between two events: 500 a day.
pub const SPACING_S: i64 = 173;
/// The state is brought up to the log after so many events.
const REFRESH_EVERY: usize = 10_000;
const START: i64 = 1_600_000_000;

/// What a host would decode an event to without this engine.
#[derive(Deserialize)]
#[expect(dead_code, reason = "decoded to be measured, not to be read")]
struct Typed {
    specversion: String,
    id: String,
    source: String,
    #[serde(rename = "type")]
    kind: String,
    time: String,
    data: Data,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "decoded to be measured, not to be read")]
struct Data {
    metric: Option<String>,
    value: Option<f64>,
    unit: Option<String>,
    amount_mg: Option<f64>,
    task: Option<String>,
    title: Option<String>,
    duration_s: Option<f64>,
}

/// CloudEvents texts of about 200 bytes in order of time: measurements, tasks and coffee.
pub(crate) fn texts(count: usize) -> Vec<String> {
    let mut texts = Vec::with_capacity(count);
    for i in 0..count {
        let time = Timestamp::from_secs(START + i as i64 * SPACING_S);
        let mut text = String::with_capacity(240);
        // Writing to a text cannot fail.
        let _ = match i % 3 {
            0 => write!(
                text,
                r#"{{"specversion":"1.0","id":"m-{i:012}","source":"scale/home","type":"health.measurement_recorded","time":"{time}","data":{{"metric":"body_mass","value":{}.{},"unit":"kg"}}}}"#,
                70 + i % 5,
                i % 10
            ),
            1 => write!(
                text,
                r#"{{"specversion":"1.0","id":"t-{i:012}","source":"tasks/board","type":"task.completed","time":"{time}","data":{{"task":"T-{i}","title":"Write it down","duration_s":{}}}}}"#,
                600 + i % 3000
            ),
            _ => write!(
                text,
                r#"{{"specversion":"1.0","id":"c-{i:012}","source":"diary/kitchen-machine","type":"health.caffeine_consumed","time":"{time}","subject":"me","data":{{"amount_mg":{}.5}}}}"#,
                40 + i % 80
            ),
        };
        texts.push(text);
    }
    texts
}

/// The same events, decoded.
///
/// # Errors
/// None for these texts.
pub fn facts(count: usize) -> Result<Vec<Content>, Failure> {
    texts(count).iter().map(|text| Ok(from_cloud_event(text)?)).collect()
}

pub(crate) fn now() -> Timestamp {
    Timestamp::from_secs(2_500_000_000)
}

pub(crate) fn memory_log() -> Result<Log, Failure> {
    Ok(Log::open(Box::new(MemoryStore::new()), TwinId::new("me")?, 1)?)
}

/// Live taking in: the state is refreshed every so many events.
fn take(log: &mut Log, facts: impl Iterator<Item = twin_core::Result<Content>>) -> Result<u64, Failure> {
    let mut facts = facts.peekable();
    let mut taken = 0;
    while facts.peek().is_some() {
        let mut intake = Intake::new(log, now());
        for fact in facts.by_ref().take(REFRESH_EVERY) {
            intake.fact(fact?)?;
        }
        taken += intake.finish()?.0.events;
        log.refresh()?;
    }
    Ok(taken)
}

pub(crate) fn measure(options: &Options) -> Result<Vec<Line>, Failure> {
    let count = options.count(200_000);
    let texts = texts(count);
    let bytes = texts.iter().map(String::len).sum::<usize>() / count;
    let rate = |seconds: f64| count as f64 / seconds;

    let typed = rate(median_cpu(
        || Ok(()),
        |()| {
            for text in &texts {
                std::hint::black_box(serde_json::from_str::<Typed>(text)?);
            }
            Ok(())
        },
    )?);
    let read = rate(median_cpu(
        || Ok(()),
        |()| {
            for text in &texts {
                std::hint::black_box(from_cloud_event(text)?);
            }
            Ok(())
        },
    )?);
    let mut taken = 0;
    let live = rate(median_cpu(memory_log, |mut log| {
        taken = take(&mut log, texts.iter().map(|t| from_cloud_event(t)))?;
        Ok(log)
    })?);
    let decoded = rate(median_cpu(
        || Ok((memory_log()?, facts(count)?)),
        |(mut log, facts)| {
            take(&mut log, facts.into_iter().map(Ok))?;
            Ok(log)
        },
    )?);
    let checked = rate(median_cpu(
        || Ok((memory_log()?, facts(count)?)),
        |(mut log, facts)| {
            let mut intake = Intake::new(&mut log, now());
            for fact in facts {
                intake.fact(fact)?;
            }
            intake.finish()?;
            Ok(log)
        },
    )?);
    if taken != count as u64 {
        return Err("events were lost".into());
    }
    Ok(vec![
        Line::new("live events as JSON text, checks, fold", "memory, one core", live, "events/s")
            .against("typed JSON decoding alone", typed)
            .at_least(1e6, 1.6e6)
            .note(format!("{bytes} bytes each, 500 a day, refreshed every {REFRESH_EVERY}")),
        Line::new("– of which reading the text", "memory, one core", read, "events/s")
            .against("typed JSON decoding alone", typed),
        Line::new("live events decoded, checks, fold", "memory, one core", decoded, "events/s")
            .at_least(3e6, 1e7),
        Line::new("– of which checks and log, no fold", "memory, one core", checked, "events/s"),
    ])
}
