//! The daily values of an invented person, from a seed: what models of days and nights are measured on.

use std::f64::consts::TAU;

/// Uniform numbers (SplitMix64).
pub(crate) struct Draws(pub(crate) u64);

impl Draws {
    /// Within 0..1.
    pub(crate) fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Around `mean`, spread `sd`: near enough to normal for a measure of speed.
    pub(crate) fn around(&mut self, mean: f64, sd: f64) -> f64 {
        let sum: f64 = (0..4).map(|_| self.unit()).sum();
        mean + sd * (sum - 2.0) * 3.0_f64.sqrt()
    }
}

/// One day and the night before it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Day {
    /// Days since 1970-01-01.
    pub date: i32,
    /// Saturday or Sunday.
    pub free: bool,
    /// Per minute.
    pub resting_hr: Option<f64>,
    /// RMSSD of the night, ms.
    pub rmssd_ms: Option<f64>,
    /// Per minute.
    pub breaths: Option<f64>,
    /// Skin temperature from the person's usual, °C.
    pub warmth: Option<f64>,
    /// Falling asleep, hours from the midnight of the day of waking.
    pub onset_h: f64,
    /// Waking.
    pub wake_h: f64,
    /// Time asleep, min.
    pub asleep_min: Option<f64>,
    /// Steps.
    pub steps: Option<f64>,
    /// Training load, points.
    pub load: Option<f64>,
    /// An answer from 0 to 10, none on one day of five.
    pub answer: Option<f64>,
}

/// The days of one person; one night in twenty is missing, and now and then there is an illness.
#[must_use]
pub fn life(seed: u64, days: usize) -> Vec<Day> {
    let mut draws = Draws(seed.wrapping_mul(0x2545_F491_4F6C_DD1D).wrapping_add(days as u64));
    let (rate, ln_rmssd) = (draws.around(57.0, 6.0), draws.around(3.9, 0.3));
    let (mut wander, mut ill) = (0.0, 0_u32);
    (0..days)
        .map(|i| {
            let date = 20_000 + i as i32;
            let free = (date + 3).rem_euclid(7) >= 5;
            wander = 0.85 * wander + draws.around(0.0, 0.5);
            ill = if ill > 0 {
                ill - 1
            } else if draws.unit() < 0.01 {
                4
            } else {
                0
            };
            let strain = wander + f64::from(ill) + (i as f64 / 90.0 * TAU).sin();
            let worn = draws.unit() > 0.05;
            let night = |value: f64| worn.then_some(value);
            let onset_h = draws.around(if free { 0.3 } else { -0.7 }, 0.5);
            let wake_h = draws.around(if free { 8.2 } else { 6.6 }, 0.4);
            Day {
                date,
                free,
                resting_hr: night(rate + 1.3 * strain + draws.around(0.0, 1.0)),
                rmssd_ms: night((ln_rmssd - 0.07 * strain + draws.around(0.0, 0.12)).exp()),
                breaths: night(draws.around(14.5 + 0.2 * strain, 0.4)),
                warmth: night(draws.around(0.05 * strain, 0.2)),
                onset_h,
                wake_h,
                asleep_min: night(60.0 * 0.92 * (wake_h - onset_h)),
                steps: night(draws.around(8_000.0, 2_000.0).max(0.0)),
                load: Some(if i % 2 == 0 { draws.around(70.0, 20.0).max(0.0) } else { 0.0 }),
                answer: (draws.unit() > 0.2)
                    .then(|| draws.around(6.0 - strain, 1.0).round().clamp(0.0, 10.0)),
            }
        })
        .collect()
}

/// One value of each day.
pub(crate) fn column(days: &[Day], of: impl Fn(&Day) -> Option<f64>) -> Vec<Option<f64>> {
    days.iter().map(of).collect()
}

/// Beats of some hours, as (end of interval in µs, interval in ms).
pub(crate) fn beats(hours: f64) -> (Vec<i64>, Vec<f64>) {
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
