//! The ten lines of the README.
#![expect(clippy::print_stdout, reason = "an example ends in a printed answer")]

use humantwin::{Engine, EngineOptions, FixedClock, Storage};
use std::sync::Arc;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let evening = Arc::new(FixedClock("2026-03-01T20:00:00Z".parse()?));
    let engine = Engine::open(EngineOptions::new(Storage::Memory, evening))?;
    let twin = engine.own_twin("me")?;
    twin.record_json(
        r#"{"specversion": "1.0", "id": "night-1", "source": "diary", "type": "health.sleep_recorded",
            "time": "2026-03-01T06:30:00Z",
            "data": {"start": "2026-02-28T23:00:00Z", "end": "2026-03-01T06:30:00Z", "asleep_min": 420}}"#,
    )?;
    let asleep_min = twin.state(None, None)?.day.sleep.and_then(|night| night.asleep_min);
    assert_eq!(asleep_min, Some(420.0));
    println!("asleep for {} minutes", asleep_min.unwrap_or_default());
    Ok(())
}
