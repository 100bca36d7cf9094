//! Times the measures of heart rate variability on intervals given on standard input, one a line, in ms:
//! `hrv_speed < intervals.txt`. Prints one JSON object; used by `benches/hrv_peers/compare.py`.
#![expect(clippy::print_stdout, reason = "a command for developers speaks on the terminal")]

use std::hint::black_box;
use std::io::Read;
use std::time::Instant;
use twin_models::health::hrv::analysis::analyse_with;
use twin_models::health::hrv::{Workspace, dfa, lomb, sampen, spectrum, time_domain};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let rr: Vec<f64> = text.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
    let mut end_ms = 0.0;
    let t: Vec<i64> = rr
        .iter()
        .map(|rr| {
            end_ms += rr;
            (end_ms * 1000.0) as i64
        })
        .collect();
    let mut workspace = Workspace::new();
    let mut welch = spectrum::Welch::new();
    let measures = workspace.measure(&rr).ok_or("no intervals")?;
    let bands = measures.welch.ok_or("no spectrum")?;
    let lines = [
        ("time", seconds(|| black_box(time_domain(black_box(&rr))).is_some())),
        ("welch", seconds(|| black_box(welch.bands(black_box(&rr))).is_some())),
        ("lomb", seconds(|| black_box(lomb::lomb_scargle_unbroken(black_box(&rr))).is_some())),
        ("sampen", seconds(|| black_box(sampen::sample_entropy(black_box(&rr))).is_some())),
        ("dfa", seconds(|| black_box(dfa::dfa(black_box(&rr))).alpha1.is_some())),
        ("all", seconds(|| black_box(workspace.measure(black_box(&rr))).is_some())),
        ("analysis", seconds(|| black_box(analyse_with(&mut workspace, &t, black_box(&rr))).beats > 0)),
    ];
    let times: Vec<String> = lines.iter().map(|(name, s)| format!("\"{name}\": {s:e}")).collect();
    println!(
        "{{\"beats\": {}, \"seconds\": {{{}}}, \"rmssd\": {:?}, \"sdnn\": {:?}, \"lf\": {:?}, \"hf\": {:?}}}",
        rr.len(),
        times.join(", "),
        measures.time.rmssd_ms.unwrap_or(f64::NAN),
        measures.time.sdnn_ms.unwrap_or(f64::NAN),
        bands.lf_ms2,
        bands.hf_ms2,
    );
    Ok(())
}

/// Seconds of one call: the best of batches that last some milliseconds each, as others use the machine, too.
fn seconds(mut call: impl FnMut() -> bool) -> f64 {
    let once = Instant::now();
    black_box(call());
    let calls = (0.01 / once.elapsed().as_secs_f64().max(1e-8)).clamp(1.0, 1e5) as u32;
    let batch = |call: &mut dyn FnMut() -> bool| {
        let start = Instant::now();
        for _ in 0..calls {
            black_box(call());
        }
        start.elapsed().as_secs_f64() / f64::from(calls)
    };
    (0..7).map(|_| batch(&mut call)).fold(f64::INFINITY, f64::min)
}
