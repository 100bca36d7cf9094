//! What Rust itself takes for the work of `measures.mjs`, through the same door, without Node: JSON of nanoseconds.
#![expect(clippy::print_stdout, reason = "a measure is printed")]

use humantwin::border::{Door, TwinDoor};
use humantwin::{Result, SystemClock};
use std::sync::Arc;
use std::time::Instant;

const ROUNDS: u32 = 200;

fn main() -> Result<()> {
    let event = |id: u32| {
        format!(
            r#"{{"events":[{{"source":"diary","id":"c{id}","type":"health.caffeine_consumed","time":"2026-03-01T08:00:00Z","data":{{"amount_mg":1}}}}]}}"#
        )
    };
    let starts: Vec<i64> = (0..100_000).map(|i| 1_772_000_000_000_000 + i * 1_000_000).collect();
    let values: Vec<f64> = (0..100_000).map(|i| 60.0 + f64::from(i % 40)).collect();

    let twin = open()?;
    let record = best(ROUNDS, |round| twin.call("record", &event(round), None, None).map(drop))?;
    let state = best(ROUNDS, |_| twin.call("state", "", None, None).map(drop))?;
    let samples = best(60, |round| {
        let twin = if round == 0 { twin.clone() } else { open()? };
        let began = Instant::now();
        twin.record_series("strap", "heart_rate", "/min", &*starts, [], &*values)?;
        Ok(began.elapsed().as_nanos())
    });
    // Opening is not part of it: the closure's own time counts.
    println!(r#"{{"record":{record},"state":{state},"samples":{}}}"#, samples?);
    Ok(())
}

fn open() -> Result<TwinDoor> {
    Door::open(r#"{"now":"2026-03-01T12:00:00Z"}"#, Arc::new(SystemClock))?.twin("me", "")
}

/// The shortest of some rounds, nanoseconds; by what the work itself says where it says it.
fn best<T: Time>(rounds: u32, mut run: impl FnMut(u32) -> Result<T>) -> Result<u128> {
    let mut best = u128::MAX;
    for round in 0..rounds {
        let began = Instant::now();
        let said = run(round)?;
        best = best.min(said.or(began.elapsed().as_nanos()));
    }
    Ok(best)
}

trait Time {
    fn or(self, whole: u128) -> u128;
}

impl Time for () {
    fn or(self, whole: u128) -> u128 {
        whole
    }
}

impl Time for u128 {
    fn or(self, _: u128) -> u128 {
        self
    }
}
