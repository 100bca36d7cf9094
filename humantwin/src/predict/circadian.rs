//! The inner clock, and the daily rhythm of heart rate.

use super::energy::msf_sc_h;
use super::sleep::clock_nights;
use super::{Asked, Features, Said};
use crate::error::Result;
use twin_models::health::circadian::cosinor::rhythm;
use twin_models::health::circadian::{self, CircadianInput, circadian_phase};

pub(super) const ASKED: &[Asked] = &[
    Asked { id: circadian::phase::ID, name: "dlmo", unit: "h", run: phase },
    Asked { id: circadian::cosinor::ID, name: "acrophase", unit: "h", run: heart },
];

/// Days of the record that the clock follows.
const DAYS: usize = 28;
/// Days of heart rate that a rhythm is read from.
const HEART_DAYS: i64 = 7;

fn phase(features: &Features<'_>) -> Result<Said> {
    let nights = clock_nights(features, DAYS);
    let days = nights.len();
    let sleep_h: Vec<(f64, f64)> = nights
        .iter()
        .enumerate()
        .filter_map(|(i, night)| night.map(|n| (24.0 * i as f64 + n.onset_h, 24.0 * i as f64 + n.wake_h)))
        .collect();
    let hours = features.daily(days, |day| {
        let activity = day.activity.as_ref()?;
        let of_hour = |h: u32| activity.steps_by_hour.iter().find(|s| s.hour == h).map(|s| s.value);
        Some((0..24).map(of_hour).collect::<Vec<Option<f64>>>())
    });
    let steps: Vec<Option<f64>> =
        hours.into_iter().flat_map(|d| d.unwrap_or_else(|| vec![None; 24])).collect();
    let said = circadian_phase(&CircadianInput {
        now_h: 24.0 * (days.saturating_sub(1)) as f64 + features.clock_h(features.moment()),
        sleep_h: &sleep_h,
        steps: &steps,
        msf_sc_h: msf_sc_h(features),
        ..CircadianInput::default()
    });
    Ok(Said::default().and("dlmo", said.dlmo_h).and("cbtmin", said.cbtmin_h).and("amplitude", said.amplitude))
}

/// Hourly means of the heart rate of the last week.
fn heart(features: &Features<'_>) -> Result<Said> {
    let from = features.moment().plus_secs(-86_400 * HEART_DAYS);
    let found = features.samples("heart_rate", from, features.moment())?;
    let mut sums = vec![(0.0_f64, 0.0_f64); 24 * HEART_DAYS as usize];
    for (t, bpm) in found.t_us.iter().zip(&found.values) {
        let hour = usize::try_from((t - from.micros()) / 3_600_000_000).unwrap_or(usize::MAX);
        if let Some((sum, n)) = sums.get_mut(hour) {
            (*sum, *n) = (*sum + bpm, *n + 1.0);
        }
    }
    let start_h = features.clock_h(from) + 0.5;
    let t_h: Vec<f64> = (0..sums.len()).map(|i| start_h + i as f64).collect();
    let values: Vec<Option<f64>> = sums.iter().map(|(sum, n)| (*n > 0.0).then(|| sum / n)).collect();
    let said = rhythm(&t_h, &values, "/min");
    Ok(Said::default()
        .and("acrophase", said.acrophase_h)
        .and("amplitude", said.amplitude)
        .and("mesor", said.mesor))
}
