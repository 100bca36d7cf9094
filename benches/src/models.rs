//! One prediction of each model, warm; HRV windows beside a plain loop.

use crate::timing::per_call;
use crate::{Failure, Line, Options};
use std::hint::black_box;
use twin_core::LocalDate;
use twin_models::health::baseline::person::{BaselineSpec, DailyRow, baseline_of_day};
use twin_models::health::baseline::robust::RobustOptions;
use twin_models::health::hrv::{night_rmssd, spot_rmssd, time_domain};
use twin_models::health::sleep::{NightInput, SleepState, Span, nights_of_day};
use twin_models::work::calendar_load::{Busy, WorkDay, calendar_load};

const MINUTE: i64 = 60_000_000;

/// Beats of some hours, as (end of interval in µs, interval in ms).
fn beats(hours: f64) -> (Vec<i64>, Vec<f64>) {
    let (mut at, mut seed) = (0_i64, 7_u64);
    let (mut times, mut intervals) = (Vec::new(), Vec::new());
    while (at as f64) < hours * 3.6e9 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let rr = (950.0 + 40.0 * (at as f64 / 4e6).sin() + (seed >> 58) as f64).round();
        at += (rr * 1e3) as i64;
        times.push(at);
        intervals.push(rr);
    }
    (times, intervals)
}

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
    let (times, intervals) = beats(8.0);
    let asleep = [(0, 8 * 60 * MINUTE)];
    let states = [SleepState::Light, SleepState::Deep, SleepState::Rem, SleepState::Awake];
    let spans: Vec<Span> = (0..40)
        .zip(states.iter().cycle())
        .map(|(i, state)| Span { start_us: i * 12 * MINUTE, end_us: (i + 1) * 12 * MINUTE, state: *state })
        .collect();
    let today = LocalDate::from_days(20_000);
    let rows: Vec<DailyRow> = (0..200)
        .map(|i| DailyRow { date: today.plus_days(-i), value: 60.0 + f64::from(i * 7 % 11), era: 0 })
        .collect();
    let spec = BaselineSpec {
        metric: "resting_heart_rate",
        unit: "/min",
        options: RobustOptions::default(),
        prior: None,
        by_weekday: true,
    };
    let busy: Vec<Busy> =
        (0..8).map(|i| Busy { start_us: (540 + 55 * i) * MINUTE, end_us: (570 + 55 * i) * MINUTE }).collect();
    let day = WorkDay {
        start_us: 0,
        end_us: 1440 * MINUTE,
        work_start_us: 540 * MINUTE,
        work_end_us: 1020 * MINUTE,
    };

    let window = intervals.get(..300).ok_or("too few beats")?;
    let spot_times = times.get(..300).ok_or("too few beats")?;
    let night = per_call(|| night_rmssd(black_box(&times), black_box(&intervals), &asleep));
    let spot = per_call(|| spot_rmssd(black_box(spot_times), black_box(window)));
    let nights =
        per_call(|| nights_of_day(&NightInput { spans: black_box(&spans), sessions: &[] }, 0, 1440 * MINUTE));
    let baseline = per_call(|| baseline_of_day(black_box(&rows), today, &spec));
    let calendar = per_call(|| calendar_load(black_box(&busy), &day));
    let domain = per_call(|| time_domain(black_box(window)));
    let limit = per_call(|| plain_loop(black_box(window)));

    let line = |name: &str, seconds: f64| {
        Line::new(&format!("prediction, warm: {name}"), "one core", seconds * 1e6, "µs")
            .at_most(1000.0, 100.0)
    };
    Ok(vec![
        line("night_rmssd", night).note(format!("{} beats, cleaned", times.len())),
        line("spot_rmssd", spot).note("300 beats, cleaned, with its interval"),
        line("nights_of_day", nights).note("40 spans"),
        line("baseline_of_day", baseline).note("200 days, by weekday"),
        line("calendar_load", calendar).note("8 meetings"),
        Line::new("HRV time domain and Poincaré of 300 beats", "one core", 1.0 / domain, "windows/s")
            .against("plain loop, time domain alone", 1.0 / limit)
            .ratio_at_least(0.5, 1.0),
    ])
}
