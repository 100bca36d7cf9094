//! Measures of the day, and what is usual: estimates that the state shows, too.

use super::{Asked, Features, NamedEstimate, Said};
use crate::error::Result;
use crate::insight::{rmssd_trend, usual, usual_specs};
use crate::view::{DayView, UsualView};
use twin_core::estimate::Estimate;
use twin_models::health::{baseline, hrv, sleep};

pub(super) const ASKED: &[Asked] = &[
    Asked {
        id: baseline::person::ID,
        name: "usual",
        unit: "1",
        run: |f| against_usual(f, baseline::person::ID),
    },
    Asked { id: hrv::window::NIGHT_ID, name: "rmssd", unit: "ms", run: |f| of_day(f, hrv::window::NIGHT_ID) },
    Asked { id: hrv::window::SPOT_ID, name: "rmssd", unit: "ms", run: |f| of_day(f, hrv::window::SPOT_ID) },
    Asked {
        id: baseline::lnrmssd::ID,
        name: "ln_rmssd_7_days",
        unit: "1",
        run: |f| against_usual(f, baseline::lnrmssd::ID),
    },
    Asked {
        id: baseline::resting_hr::ID,
        name: "resting_heart_rate",
        unit: "/min",
        run: |f| of_day(f, baseline::resting_hr::ID),
    },
    Asked { id: sleep::night::ID, name: "sleep_duration", unit: "min", run: |f| of_day(f, sleep::night::ID) },
];

/// Estimates of the day that a model made.
fn of_day(features: &Features<'_>, model: &str) -> Result<Said> {
    let day = features.today();
    let named = |name: &str, e: &Estimate| NamedEstimate { name: name.into(), estimate: e.clone() };
    let mut found: Vec<NamedEstimate> =
        day.sleep.iter().map(|night| named("sleep_duration", &night.estimate)).collect();
    found.extend(day.heart.iter().filter_map(|h| h.resting.as_ref()).map(|e| named("resting_heart_rate", e)));
    found.extend(day.hrv.iter().filter_map(|h| h.rmssd.as_ref()).map(|e| named("rmssd", e)));
    found.retain(|e| e.estimate.model == model);
    Ok(Said { estimates: found, ..Said::default() })
}

/// What is usual, and the distance from it.
fn against_usual(features: &Features<'_>, model: &str) -> Result<Said> {
    let days: Vec<DayView> = features.days().cloned().collect();
    let specs = usual_specs();
    let all = specs
        .iter()
        .map(|spec| usual(spec, &days, features.date()))
        .chain(rmssd_trend(&days, features.date()));
    let mut said = Said::default();
    for UsualView { name, usual, z, .. } in all.filter(|u| u.usual.model == model) {
        said = said.and(&name, usual).and(&format!("{name}_z"), z);
    }
    Ok(said)
}
