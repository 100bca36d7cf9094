//! Sleep over many nights: need, debt, chronotype, regularity.

use super::{Asked, Features, Said};
use crate::error::Result;
use crate::view::{DayView, NightView};
use twin_core::LocalDate;
use twin_models::health::sleep::habits::{chronotype, need_and_debt};
use twin_models::health::sleep::need::NeedNight;
use twin_models::health::sleep::timing::ClockNight;
use twin_models::health::sleep::{debt, regularity, timing};

pub(super) const ASKED: &[Asked] = &[
    Asked { id: debt::ID, name: "sleep_debt", unit: "h", run: debt },
    Asked { id: timing::ID, name: "chronotype", unit: "h", run: clock },
    Asked { id: regularity::ID, name: "sleep_regularity", unit: "1", run: regular },
];

/// Nights that say how somebody sleeps these months.
const HABIT_DAYS: usize = 90;
/// Nights that chronotype and regularity look at.
const RECENT_DAYS: usize = 28;
/// Epochs of ten minutes.
const PER_DAY: usize = 144;

/// Nobody has to get up on this day: no usual working day, as stated or from Monday to Friday.
pub(super) fn free(features: &Features<'_>, date: LocalDate) -> bool {
    // 1970-01-01 was a Thursday.
    let weekday = u32::try_from((date.days() + 3).rem_euclid(7)).unwrap_or(0);
    let work = &features.person().work_days;
    if work.is_empty() { weekday >= 5 } else { !work.contains(&weekday) }
}

/// The last nights as need and debt see them, one a day, today last.
pub(super) fn need_nights(features: &Features<'_>) -> Vec<NeedNight> {
    let nights = features.daily(HABIT_DAYS.min(features.span()), |day| {
        let tst_h = day.sleep.as_ref()?.asleep_min.map(|min| min / 60.0);
        let ill = day.notes.iter().any(|note| note.kind == "symptom");
        let naps_h = day.nap_min.unwrap_or(0.0) / 60.0;
        Some(NeedNight { tst_h, naps_h, free: free(features, day.date), unusual: ill })
    });
    nights.into_iter().map(Option::unwrap_or_default).collect()
}

/// The nights on the clock; hours from midnight of the day of waking.
pub(super) fn clock_nights(features: &Features<'_>, days: usize) -> Vec<Option<ClockNight>> {
    features.daily(days.min(features.span()), |day| {
        let night = day.sleep.as_ref()?;
        let wake_h = hours_after_midnight(day, night, night.wake);
        let onset_h = wake_h - night.wake.secs_since(night.onset) / 3600.0;
        Some(ClockNight { onset_h, wake_h, free: free(features, day.date) })
    })
}

/// Local clock hour of a moment of the night; the night's own midpoint says how far its clock was from UTC.
fn hours_after_midnight(day: &DayView, night: &NightView, t: twin_core::Timestamp) -> f64 {
    let middle = night.onset.micros().midpoint(night.wake.micros());
    let from_start = (middle - day.start.micros()) as f64 / 3.6e9;
    // The midpoint as told, in the turn of the clock that is nearest to where it lies on the day.
    let told = night.midpoint_h + 24.0 * ((from_start - night.midpoint_h) / 24.0).round();
    told + (t.micros() - middle) as f64 / 3.6e9
}

fn debt(features: &Features<'_>) -> Result<Said> {
    let (need, debt) = need_and_debt(&need_nights(features));
    Ok(Said::default().and("sleep_debt", debt).and("sleep_need", need))
}

fn clock(features: &Features<'_>) -> Result<Said> {
    let nights: Vec<ClockNight> = clock_nights(features, RECENT_DAYS).into_iter().flatten().collect();
    let (msf_sc, jetlag) = chronotype(&nights);
    Ok(Said::default().and("chronotype", msf_sc).and("social_jetlag", jetlag))
}

/// From falling asleep to waking counts as asleep; a day whose night is not known is not scored.
fn regular(features: &Features<'_>) -> Result<Said> {
    let nights = clock_nights(features, RECENT_DAYS);
    let mut epochs: Vec<Option<bool>> = vec![None; nights.len() * PER_DAY];
    let place = |day: usize, hour: f64| ((day as f64 * 24.0 + hour + 6.0) * 6.0).round().max(0.0) as usize;
    for (i, night) in nights.iter().enumerate() {
        let Some(night) = night else { continue };
        // From 18:00 of the evening before to 18:00 of the day itself.
        for epoch in epochs.iter_mut().skip(i * PER_DAY).take(PER_DAY) {
            *epoch = epoch.or(Some(false));
        }
        let (from, to) = (place(i, night.onset_h), place(i, night.wake_h));
        for epoch in epochs.iter_mut().take(to).skip(from) {
            *epoch = Some(true);
        }
    }
    Ok(Said::default().and("sleep_regularity", regularity::sri_estimate(&epochs, PER_DAY)))
}
