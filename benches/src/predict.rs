//! Predictions and what-if runs through the facade, on the simulated person's twin in memory.

use crate::timing::per_call;
use crate::{Failure, Line, Options};
use humantwin::{Engine, EngineOptions, FixedClock, ImportOptions, PlanChange, Scenario, Storage, Twin};
use std::hint::black_box;
use std::io::Cursor;
use std::sync::Arc;
use twin_core::Timestamp;
use twin_testkit::{Person, SimOptions, WorkOptions, write_work};

/// The twin of a simulated life that ends this evening.
fn twin(days: u32) -> Result<Twin, Failure> {
    let simulated = SimOptions::with_days(days);
    let end = simulated.start.plus_days(i32::try_from(days)?);
    let now = Timestamp::from_secs(i64::from(end.days()) * 86_400 - 7200);
    let engine = Engine::open(EngineOptions::new(Storage::Memory, Arc::new(FixedClock(now))))?;
    let twin = engine.own_twin("me")?;
    let read = ImportOptions { zone: Some(simulated.home_zone.clone()), ..ImportOptions::default() };
    for (name, bytes) in Person::simulate(1, &simulated)?.write_files() {
        twin.import(&name, &mut Cursor::new(bytes), &read, None)?;
    }
    let work = WorkOptions { start: simulated.start, days, offset_s: 3600, alone: false };
    twin.import("work.jsonl", &mut Cursor::new(write_work(1, &work)), &read, None)?;
    Ok(twin)
}

pub(crate) fn measure(options: &Options) -> Result<Vec<Line>, Failure> {
    let days = if options.quick { 60 } else { 180 };
    let twin = twin(days)?;
    let mut timed = Vec::new();
    for model in Twin::models() {
        let said = twin.predict(model.id, None, None)?;
        let known = said.estimates.iter().filter(|e| e.estimate.value.is_some()).count();
        let seconds = per_call(|| twin.predict(black_box(model.id), None, None));
        timed.push((model.id, seconds, format!("{known} of {} values", said.estimates.len())));
    }
    // The cheapest model does next to nothing: what is left is what every call pays for its days.
    let gathering = timed.iter().map(|t| t.1).fold(f64::INFINITY, f64::min);
    timed.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut lines = vec![
        Line::new("predict: days gathered, every call", "memory, one core", gathering * 1e6, "µs")
            .note(format!("{days} days; time of the cheapest model")),
    ];
    lines.extend(timed.into_iter().map(|(id, seconds, note)| {
        Line::new(&format!("predict: {id}"), "memory, one core", seconds * 1e6, "µs")
            .against("floor of the model itself", 1000.0)
            .note(format!("{note}; {:.0} µs beyond gathering", 1e6 * (seconds - gathering)))
    }));
    let early = PlanChange::SleepAt { days: vec![1, 2, 3], bed: "22:30".into(), wake: "06:30".into() };
    let scenario = Scenario { changes: vec![early], ..Scenario::default() };
    let what_if = per_call(|| twin.simulate(black_box(&scenario)));
    lines.push(
        Line::new("simulate: 14 days, 200 draws, one change", "memory, one core", what_if * 1e3, "ms")
            .note(format!("{:.1} ms beyond gathering", 1e3 * (what_if - gathering))),
    );
    Ok(lines)
}
