//! When the person's energy is highest, as their own days show it.

use crate::error::Result;
use crate::predict::{Asked, CurveView, Features, PointView, Said, SpanView, energy};
use twin_core::Timestamp;
use twin_core::event::EventBody;
use twin_models::capacity::peaks::{
    self, DAY_SLOTS, EnergyObservation, ObservationKind, PeakInput, Peaks, peak_windows,
};
use twin_models::health::alertness::energy::{EnergyInput, energy_curve};

use super::day::WorkDays;

pub(super) const ASKED: &[Asked] = &[Asked { id: peaks::ID, name: "best_hour", unit: "h", run: windows }];

/// Minutes of a slot.
const SLOT_MIN: i64 = 15;

/// The midnight of today on its clock.
fn midnight(features: &Features<'_>) -> Timestamp {
    features.moment().plus_micros(-(features.clock_h(features.moment()) * 3.6e9) as i64)
}

/// The curve of people in general over today and tomorrow, 0..=1; absent where asleep.
fn prior(features: &Features<'_>) -> Vec<Option<f64>> {
    let slept = energy::slept(features);
    let curve = energy_curve(&EnergyInput {
        now_h: 0.0,
        horizon_h: 48.0,
        slept: &slept,
        msf_sc_h: energy::msf_sc_h(features),
        seed: energy::seed(features),
        ..EnergyInput::default()
    });
    let mut slots = vec![None; 2 * DAY_SLOTS];
    for slot in curve.slots {
        let place = usize::try_from(i64::from(slot.offset_min) / SLOT_MIN).ok();
        if let Some(at) = place.and_then(|i| slots.get_mut(i)) {
            *at = slot.value.map(|v| (v / 100.0).clamp(0.0, 1.0));
        }
    }
    slots
}

/// What was told and shown of the person's energy.
fn observations(features: &Features<'_>, days: &WorkDays) -> Result<Vec<EnergyObservation>> {
    let mut seen = Vec::new();
    for fact in features.facts()? {
        let mut see = |at, energy: f64, kind| {
            seen.push(EnergyObservation {
                clock_h: features.local_h(at),
                weekend: !days.works(features, features.days_ago(at)),
                age_days: features.age_days(at).max(0.0),
                energy,
                kind,
            });
        };
        match &fact.body {
            EventBody::EnergyUpdated(e) => {
                let reaction = e.by.as_deref() == Some("reaction_test");
                let kind = if reaction { ObservationKind::Reaction } else { ObservationKind::SelfReport };
                see(fact.at, e.energy, kind);
            }
            EventBody::TimeTracked(t) => {
                // An hour and a half without a break is all that focus can show.
                let hours = t.end.secs_since(t.start) / 3600.0;
                if hours >= 0.25 && t.interruptions == Some(0) {
                    see(t.start, (hours / 1.5).min(1.0), ObservationKind::Focus);
                }
            }
            _ => {}
        }
    }
    Ok(seen)
}

/// The corrected curve.
pub(super) fn found(features: &Features<'_>, days: &WorkDays) -> Result<Peaks> {
    let weekend = [!days.works(features, 0), !days.works(features, -1)];
    let (prior, seen) = (prior(features), observations(features, days)?);
    Ok(peak_windows(&PeakInput { prior: &prior, weekend, observations: &seen }))
}

fn windows(features: &Features<'_>) -> Result<Said> {
    let days = WorkDays::of(features)?;
    // Without anything observed it would be the curve of `energy_curve` once more.
    if observations(features, &days)?.is_empty() {
        return Ok(Said::default());
    }
    let peaks = found(features, &days)?;
    let start = midnight(features);
    let at = |slot: usize| start.plus_secs(i64::try_from(slot).unwrap_or(0) * SLOT_MIN * 60);
    let points = peaks.slots.iter().enumerate().filter_map(|(i, slot)| {
        let slot = slot.as_ref()?;
        Some(PointView { at: at(i), value: slot.value, low: Some(slot.low), high: Some(slot.high) })
    });
    let curves = vec![CurveView { name: "energy".into(), unit: "1".into(), points: points.collect() }];
    let spans = peaks
        .windows
        .iter()
        .map(|w| SpanView {
            name: "peak_window".into(),
            start: at(w.start_slot),
            end: at(w.end_slot),
            value: Some(w.level),
            unit: Some("1".into()),
            probability: Some(w.probability),
            note: None,
        })
        .collect();
    Ok(Said { curves, spans, ..Said::default() }.and("best_hour", peaks.best_hour))
}
