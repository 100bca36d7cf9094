//! CPU time and medians.

use crate::Failure;
use cpu_time::ProcessTime;
use std::time::Instant;

/// Repeats of a measure.
pub(crate) const REPEATS: usize = 3;

/// CPU seconds that `work` takes.
pub(crate) fn cpu<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<(f64, T), Failure> {
    let start = ProcessTime::now();
    let done = work()?;
    Ok((start.elapsed().as_secs_f64().max(1e-9), done))
}

/// The median of CPU seconds over repeats; `setup` is not counted.
pub(crate) fn median_cpu<S, T>(
    mut setup: impl FnMut() -> Result<S, Failure>,
    mut work: impl FnMut(S) -> Result<T, Failure>,
) -> Result<f64, Failure> {
    let mut times = Vec::new();
    for _ in 0..REPEATS {
        let ready = setup()?;
        let (seconds, kept) = cpu(|| work(ready))?;
        std::hint::black_box(&kept);
        times.push(seconds);
    }
    Ok(median(times))
}

/// The median of wall seconds over repeats.
pub(crate) fn median_wall<S, T>(
    repeats: usize,
    mut setup: impl FnMut() -> Result<S, Failure>,
    mut work: impl FnMut(&mut S) -> Result<T, Failure>,
) -> Result<f64, Failure> {
    let mut times = Vec::new();
    for _ in 0..repeats {
        let mut ready = setup()?;
        let start = Instant::now();
        let kept = work(&mut ready)?;
        times.push(start.elapsed().as_secs_f64());
        std::hint::black_box(&kept);
    }
    Ok(median(times))
}

/// Seconds that one call takes, warm: the median of batches that last some milliseconds each.
pub(crate) fn per_call<T>(mut call: impl FnMut() -> T) -> f64 {
    let once = Instant::now();
    std::hint::black_box(call());
    let calls = (0.01 / once.elapsed().as_secs_f64().max(1e-8)).clamp(1.0, 1e6) as usize;
    let batch = |call: &mut dyn FnMut() -> T| {
        let start = ProcessTime::now();
        for _ in 0..calls {
            std::hint::black_box(call());
        }
        start.elapsed().as_secs_f64() / calls as f64
    };
    median((0..5).map(|_| batch(&mut call)).collect())
}

/// The middle value.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
