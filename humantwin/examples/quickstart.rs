//! The ten lines of the README.
#![expect(clippy::print_stdout, reason = "an example ends in a printed answer")]

// [quickstart]
use humantwin::{Engine, EngineOptions, FixedClock, Storage};
use std::sync::Arc;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let noon = Arc::new(FixedClock("2026-03-01T12:00:00Z".parse()?));
    let twin = Engine::open(EngineOptions::new(Storage::Memory, noon))?.own_twin("me")?;
    twin.record_json(
        r#"{"source": "ring", "type": "health.sleep_recorded", "time": "2026-03-01T06:30:00Z",
            "data": {"start": "2026-02-28T22:45:00Z", "end": "2026-03-01T06:30:00Z", "asleep_min": 450}}"#,
    )?;
    twin.record_json(
        r#"{"source": "diary", "type": "health.caffeine_consumed", "time": "2026-03-01T08:00:00Z",
            "data": {"amount_mg": 80}}"#,
    )?;
    let nine = 1_772_355_600_000_000; // 2026-03-01T09:00:00Z in microseconds
    let starts = vec![nine, nine + 60_000_000, nine + 120_000_000];
    twin.record_series("strap", "heart_rate", "/min", starts, vec![], vec![60.0, 62.0, 61.0])?;
    let day = twin.state(None, None)?.day;
    let asleep_h = day.sleep.and_then(|night| night.asleep_min).unwrap_or_default() / 60.0;
    let heart = day.heart.and_then(|heart| heart.mean_bpm).unwrap_or_default();
    println!(
        "you slept {asleep_h:.1} h, {:.0} mg caffeine, heart rate {heart:.0}",
        day.caffeine_mg.unwrap_or_default()
    );
    Ok(())
}
// [/quickstart]
