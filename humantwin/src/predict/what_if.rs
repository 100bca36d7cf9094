//! The person's state as what-if runs begin from it.

use super::Features;
use super::sleep::{clock_nights, free, need_nights};
use super::training::{loads, weekday};
use crate::view::DayView;
use twin_models::health::alertness::phase::PhasePosterior;
use twin_models::health::sleep::habits::need_and_debt;
use twin_models::simulate::{DayRecord, HISTORY_DAYS, NightRecord, SimulationState};

/// The state at the moment of the features.
pub(crate) fn state(features: &Features<'_>) -> SimulationState {
    let days = HISTORY_DAYS.min(features.span());
    let (load, _) = loads(features, days);
    let nights = clock_nights(features, days);
    let told = features.daily(days, |day| Some(record(features, day)));
    let records: Vec<DayRecord> = told
        .into_iter()
        .zip(load)
        .zip(nights)
        .map(|((record, load), night)| {
            let mut record = record.unwrap_or_default();
            record.load = load;
            record.night = record.night.zip(night).map(|(n, clock)| NightRecord {
                onset_h: clock.onset_h,
                wake_h: clock.wake_h,
                ..n
            });
            record
        })
        .collect();
    let need_h = need_and_debt(&need_nights(features)).0.value;
    let later_h = PhasePosterior::new(super::energy::msf_sc_h(features)).mean_h();
    SimulationState::of(&records, weekday(features), need_h, later_h)
}

/// Sleeps of the last nights, in hours from the midnight of today.
#[cfg(feature = "report")]
pub(crate) fn nights(features: &Features<'_>) -> Vec<twin_models::health::alertness::Sleep> {
    super::energy::slept(features)
}

/// What one day was, but for its load and the clock of its night.
fn record(features: &Features<'_>, day: &DayView) -> DayRecord {
    let asleep_h = |min: f64| NightRecord { onset_h: 0.0, wake_h: 0.0, asleep_h: min / 60.0 };
    DayRecord {
        night: day.sleep.as_ref().and_then(|s| s.asleep_min).map(asleep_h),
        nap_h: day.nap_min.unwrap_or(0.0) / 60.0,
        load: None,
        resting_hr: day.heart.as_ref().and_then(|h| h.resting.as_ref()?.value),
        ln_rmssd: day.hrv.as_ref().and_then(|h| h.rmssd.as_ref()?.value).filter(|v| *v > 0.0).map(f64::ln),
        drinks: day.alcohol_drinks.unwrap_or(0.0),
        free: free(features, day.date),
    }
}
