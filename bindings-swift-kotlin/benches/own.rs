//! What Rust itself takes for the work that the Swift and Kotlin measures do: a line each, `name microseconds`.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a measure for developers")]

use humantwin::SystemClock;
use humantwin::border::{Door, TwinDoor};
use std::sync::Arc;
use std::time::Instant;

const SAMPLES: i64 = 100_000;

fn main() {
    let open = || Door::open(r#"{"now":"2026-03-01T12:00:00Z"}"#, Arc::new(SystemClock)).unwrap();
    let door = open();
    let me = door.twin("me", "").unwrap();
    say("empty_call", least(200, || (0..100).filter(|_| door.is_closed()).count()) / 100.0);
    let mut id = 0;
    say("one_event_in", least(200, || record(&me, &mut id)));
    say("state_out", least(50, || me.call("state", "", None, None).unwrap()));
    let starts: Vec<i64> = (0..SAMPLES).map(|i| 1_772_000_000_000_000 + i * 1_000_000).collect();
    let values: Vec<f64> = starts.iter().map(|s| 60.0 + (s / 1_000_000 % 17) as f64).collect();
    let twins: Vec<TwinDoor> = (0..5).map(|_| open().twin("me", "").unwrap()).collect();
    let mut twins = twins.iter();
    let samples = || {
        twins.next().unwrap().record_series("strap", "heart_rate", "/min", &*starts, [], &*values).unwrap()
    };
    say("samples_in_100k", least(5, samples));
}

fn record(me: &TwinDoor, id: &mut u32) {
    *id += 1;
    let event = format!(
        r#"{{"events":[{{"id":"{id}","source":"diary","type":"health.caffeine_consumed","time":"2026-03-01T08:00:00Z","data":{{"amount_mg":1}}}}]}}"#
    );
    me.call("record", &event, None, None).unwrap();
}

/// The least of so many times, microseconds: what else runs only adds.
fn least<T>(times: u32, mut run: impl FnMut() -> T) -> f64 {
    let one = |_| {
        let start = Instant::now();
        std::hint::black_box(run());
        start.elapsed().as_secs_f64() * 1e6
    };
    (0..times).map(one).fold(f64::INFINITY, f64::min)
}

fn say(name: &str, micros: f64) {
    println!("{name} {micros:.3}");
}
