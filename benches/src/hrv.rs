//! Five-minute windows of heartbeats: all measures, and the time domain beside a plain loop.

use crate::life::beats;
use crate::timing::per_call;
use crate::{Failure, Line, Options};
use std::hint::black_box;
use twin_models::health::hrv::analysis::analyse_with;
use twin_models::health::hrv::{Workspace, time_domain};

/// Mean, spread, differences and median of a window: what any plain program would do.
fn plain_loop(nn: &[f64]) -> [f64; 7] {
    let n = nn.len() as f64;
    let mean = nn.iter().sum::<f64>() / n;
    let sd = (nn.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0)).sqrt();
    let (mut square, mut over50, mut over20) = (0.0, 0.0, 0.0);
    for (a, b) in nn.iter().zip(nn.iter().skip(1)) {
        let d = b - a;
        square += d * d;
        over50 += f64::from(u8::from(d.abs() > 50.0));
        over20 += f64::from(u8::from(d.abs() > 20.0));
    }
    let mut sorted = nn.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let median = sorted.get(sorted.len() / 2).copied().unwrap_or(mean);
    [mean, sd, (square / (n - 1.0)).sqrt(), over50 / n, over20 / n, median, 60_000.0 / mean]
}

pub(crate) fn measure(_: &Options) -> Result<Vec<Line>, Failure> {
    let (times, intervals) = beats(0.1);
    let window = intervals.get(..300).ok_or("too few beats")?;
    let times = times.get(..300).ok_or("too few beats")?;
    let mut workspace = Workspace::new();
    let all = workspace.measure(window).ok_or("no measures")?;
    if all.welch.is_none() || all.sampen.is_none() || all.dfa.alpha1.is_none() {
        return Err("a measure is absent".into());
    }
    let every = per_call(|| workspace.measure(black_box(window)));
    let analysis = per_call(|| analyse_with(&mut workspace, times, black_box(window)));
    let domain = per_call(|| time_domain(black_box(window)));
    let limit = per_call(|| plain_loop(black_box(window)));
    Ok(vec![
        Line::new(
            "HRV of 300 beats: time, Poincaré, Welch, SampEn, DFA",
            "one core",
            1.0 / every,
            "windows/s",
        )
        .against("plain loop, time domain alone", 1.0 / limit)
        .at_least(5_000.0, 12_000.0)
        .note("peers: `benches/hrv_peers`"),
        Line::new("– cleaned, with intervals of error", "one core", 1.0 / analysis, "windows/s")
            .against("the measures alone", 1.0 / every),
        Line::new("HRV time domain and Poincaré of 300 beats", "one core", 1.0 / domain, "windows/s")
            .against("plain loop, time domain alone", 1.0 / limit)
            .ratio_at_least(0.5, 1.0),
    ])
}
