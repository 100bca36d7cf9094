//! Writes a diary without end and says what was acknowledged: `diary_writer TWIN FROM`. Round `n` writes
//! coffees `n-0`, `n-1` …, in some rounds also samples, a deletion, a look at the state or upkeep; then it
//! prints `n`, and `joined` where upkeep joined segments of samples. For tests of crashes, and an example of a program that may be killed at any moment.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example speaks on the terminal")]

use humantwin::core::event::from_cloud_event;
use humantwin::{Engine, EngineOptions, Error, Storage, SystemClock, Timestamp, Twin};
use std::process::ExitCode;
use std::sync::Arc;

/// 2026-01-01.
const START: i64 = 1_767_225_600;

fn round(twin: &Twin, n: i64) -> Result<(), Error> {
    let at = |n: i64| Timestamp::from_secs(START + n % 5_000 * 601);
    let cup = |cup: i64| {
        from_cloud_event(&format!(
            r#"{{"specversion":"1.0","id":"{n}-{cup}","source":"diary","type":"health.caffeine_consumed","time":"{}","data":{{"amount_mg":{}}}}}"#,
            at(n + cup),
            20 + cup
        ))
    };
    twin.record((0..1 + n % 13).map(cup).collect::<Result<_, _>>()?)?;
    if n % 2 == 0 {
        for part in 0..4 {
            let seconds = part * 75..part * 75 + 75;
            let starts: Vec<i64> = seconds.clone().map(|i| at(n).micros() + i * 1_000_000).collect();
            let values = seconds.map(|i| 60.0 + (i % 7) as f64).collect();
            twin.record_series("strap", "heart_rate", "/min", starts, vec![], values)?;
        }
    }
    if n % 7 == 3 {
        twin.delete("diary", &format!("{n}-0"))?;
    }
    if n % 3 == 1 {
        twin.state(None, None)?;
    }
    if n % 5 == 4 && twin.maintain(4)?.joined > 0 {
        println!("joined");
    }
    Ok(())
}

fn write(path: &str, from: i64) -> Result<(), Error> {
    let options = EngineOptions::new(Storage::File(path.into()), Arc::new(SystemClock));
    let twin = Engine::open(options)?.own_twin("me")?;
    for n in from.. {
        round(&twin, n)?;
        println!("{n}");
    }
    Ok(())
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [path, from] = args.as_slice() else {
        eprintln!("usage: diary_writer TWIN FROM");
        return ExitCode::from(2);
    };
    match write(path, from.parse().unwrap_or(0)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error[{}]: {error}", error.code);
            ExitCode::FAILURE
        }
    }
}
