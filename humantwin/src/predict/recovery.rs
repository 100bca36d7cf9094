//! How recovered a person is, how long it takes, how the night was.

use super::sleep::{clock_nights, need_nights};
use super::training::{LOAD_DAYS, loads, weekday};
use super::{Asked, Features, Said};
use crate::error::Result;
use crate::view::DayView;
use std::collections::BTreeMap;
use twin_core::estimate::Estimate;
use twin_models::health::baseline::lnrmssd::trend;
use twin_models::health::baseline::robust::{RobustOptions, robust_on};
use twin_models::health::recovery::allostatic::{self, Marker, allostatic_index};
use twin_models::health::recovery::index::{self, RecoveryInput, recovery_index};
use twin_models::health::recovery::time::{self, RecoveryNow, past_rebounds, recovery_time};
use twin_models::health::sleep::debt::debt;
use twin_models::health::sleep::habits::need_and_debt;
use twin_models::health::sleep::score::{self, ScoreNight, sleep_score};
use twin_models::health::training::fitness_fatigue::training_form;
use twin_models::stats::{Z80, quantile};

pub(super) const ASKED: &[Asked] = &[
    Asked { id: index::ID, name: "recovery", unit: "1", run: recovery },
    Asked { id: time::ID, name: "recovery_time", unit: "h", run: how_long },
    Asked { id: allostatic::ID, name: "allostatic_index", unit: "1", run: wear },
    Asked { id: score::ID, name: "sleep_score", unit: "1", run: night },
];

/// Days that baselines look back on.
const DAYS: usize = 90;
/// Days that say which way of measuring is the usual one.
const WAY_DAYS: usize = 28;
/// Nights whose HRV recovery time looks at.
const HRV_DAYS: usize = 7;

/// The way of measuring that most of the last days have: values of different ways do not compare, and one
/// reading of another kind must not hide weeks.
fn usual_way(features: &Features<'_>, way: impl Fn(&DayView) -> Option<String>) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for way in features.days().rev().take(WAY_DAYS).filter_map(way) {
        *counts.entry(way).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, n)| *n).map(|(way, _)| way)
}

/// ln RMSSD of each of the last days, by the usual way of measuring.
pub(super) fn ln_rmssd(features: &Features<'_>, days: usize) -> Vec<Option<f64>> {
    let way = |day: &DayView| {
        day.hrv.as_ref().filter(|h| h.rmssd.is_some()).map(|h| format!("{}/{}", h.source, h.method))
    };
    let usual = usual_way(features, way);
    features.daily(days.min(features.span()), |day| {
        let hrv = day.hrv.as_ref().filter(|_| way(day) == usual)?;
        hrv.rmssd.as_ref()?.value.filter(|v| *v > 0.0).map(f64::ln)
    })
}

/// Resting heart rate of each of the last days, by the usual way of measuring.
pub(super) fn resting_hr(features: &Features<'_>, days: usize) -> Vec<Option<f64>> {
    let way = |day: &DayView| day.heart.as_ref()?.resting_method.clone();
    let usual = usual_way(features, way);
    features.daily(days.min(features.span()), |day| {
        day.heart.as_ref().filter(|_| way(day) == usual)?.resting.as_ref()?.value
    })
}

/// The daily mean, or the newest measurement, of any metric of each of the last days.
pub(super) fn metric(features: &Features<'_>, name: &str, days: usize) -> Vec<Option<f64>> {
    features.daily(days.min(features.span()), |day| {
        let folded = day.metrics.iter().find(|m| m.metric == name).and_then(|m| m.mean);
        folded.or_else(|| day.measurements.iter().rev().find(|m| m.metric == name).map(|m| m.value))
    })
}

/// The last value's distance from what is usual, in usual spreads of at least `floor`.
pub(super) fn z_today(values: &[Option<f64>], floor: f64) -> Option<f64> {
    let options = RobustOptions { floor, ..RobustOptions::default() };
    robust_on(values, None, &options, values.len().checked_sub(1)?).z
}

/// Means of seven days, of each day with three values.
fn weekly(values: &[Option<f64>]) -> Vec<Option<f64>> {
    let as_rmssd: Vec<Option<f64>> = values.iter().map(|v| v.map(f64::exp)).collect();
    trend(&as_rmssd).into_iter().map(|day| day.ln7).collect()
}

fn recovery(features: &Features<'_>) -> Result<Said> {
    let ln_rmssd = ln_rmssd(features, DAYS);
    let need_h = need_and_debt(&need_nights(features)).0.value.unwrap_or(8.0);
    let short: Vec<Option<f64>> =
        need_nights(features).iter().map(|n| n.tst_h.map(|tst| tst + n.naps_h - need_h)).collect();
    let woke = features.today().sleep.as_ref().map(|s| s.wake);
    let said = recovery_index(&RecoveryInput {
        ln_rmssd_z: z_today(&ln_rmssd, 0.05),
        ln_rmssd_week_z: z_today(&weekly(&ln_rmssd), 0.05),
        resting_hr_z: z_today(&resting_hr(features, DAYS), 0.5),
        sleep_z: z_today(&short, 1.0 / 6.0),
        respiration_z: z_today(&metric(features, "respiratory_rate", DAYS), 0.1),
        temperature_z: z_today(&metric(features, "skin_temperature_deviation", DAYS), 0.05),
        age_h: woke.map(|woke| features.moment().secs_since(woke) / 3600.0).filter(|age| *age >= 0.0),
        weights: None,
    });
    Ok(Said::default().and("recovery", said.score).and("recovery_z", said.z))
}

fn how_long(features: &Features<'_>) -> Result<Said> {
    let (load, _) = loads(features, LOAD_DAYS);
    let form = training_form(&load, weekday(features));
    let with_error = |e: &Estimate| Some((e.value?, (e.high? - e.value?) / Z80));
    let ln_rmssd = ln_rmssd(features, LOAD_DAYS);
    let each: Vec<Option<f64>> =
        (0..ln_rmssd.len()).map(|day| z_today(ln_rmssd.get(..=day).unwrap_or_default(), 0.05)).collect();
    let newest = each.get(each.len().saturating_sub(HRV_DAYS)..).unwrap_or_default();
    // A reading of a morning is of the night after the day before.
    let shifted: Vec<Option<f64>> = each.iter().skip(1).copied().chain([None]).collect();
    let rebounds = past_rebounds(&load, &shifted);
    let said = recovery_time(&RecoveryNow {
        fitness: with_error(&form.fitness),
        fatigue: with_error(&form.fatigue),
        w_prime: None,
        hrv_z: newest,
        rebounds_h: &rebounds,
    });
    Ok(Said::default().and("recovery_time", said))
}

/// Markers against the worst quarter of the person's own days.
fn wear(features: &Features<'_>) -> Result<Said> {
    let nights = need_nights(features);
    let need_h = need_and_debt(&nights).0.value.unwrap_or(8.0);
    let slept: Vec<(Option<f64>, f64)> = nights.iter().map(|n| (n.tst_h, n.naps_h)).collect();
    let owed: Vec<Option<f64>> =
        debt(&slept, need_h).into_iter().zip(&nights).map(|(d, n)| n.tst_h.map(|_| d.max(0.0))).collect();
    let middles: Vec<Option<f64>> = clock_nights(features, DAYS)
        .into_iter()
        .map(|n| n.map(|n| f64::midpoint(n.onset_h, n.wake_h)))
        .collect();
    let usual = {
        let mut known: Vec<f64> = middles.iter().flatten().copied().collect();
        quantile(&mut known, 0.5)
    };
    let irregular: Vec<Option<f64>> =
        middles.iter().map(|m| m.zip(usual).map(|(m, usual)| (m - usual).abs())).collect();
    let columns = [
        ("resting_heart_rate", "/min", true, false, resting_hr(features, DAYS)),
        ("ln_rmssd", "1", false, false, ln_rmssd(features, DAYS)),
        ("sleep_debt", "h", true, false, owed),
        ("irregular_sleep", "h", true, false, irregular),
        ("respiratory_rate", "/min", true, false, metric(features, "respiratory_rate", DAYS)),
        ("body_mass_index", "kg/m2", true, true, metric(features, "body_mass_index", DAYS)),
        ("systolic", "mm[Hg]", true, true, metric(features, "blood_pressure_systolic", DAYS)),
    ];
    let borders: Vec<f64> = columns
        .iter()
        .map(|(_, _, higher_is_worse, seldom, values)| {
            // Of the days before the 28 that are looked at, where there are enough of them.
            let earlier = values.len().saturating_sub(if *seldom { 0 } else { 28 });
            let mut before: Vec<f64> = values.iter().take(earlier).flatten().copied().collect();
            let enough = before.len() >= if *seldom { 4 } else { 28 };
            let border = quantile(&mut before, if *higher_is_worse { 0.75 } else { 0.25 });
            border.filter(|_| enough).unwrap_or(f64::NAN)
        })
        .collect();
    let markers: Vec<Marker<'_>> = columns
        .iter()
        .zip(borders)
        .map(|((name, unit, higher_is_worse, seldom, values), worst_quarter)| Marker {
            name,
            values,
            worst_quarter,
            higher_is_worse: *higher_is_worse,
            seldom: *seldom,
            unit,
        })
        .collect();
    Ok(Said::default().and("allostatic_index", allostatic_index(&markers)))
}

fn night(features: &Features<'_>) -> Result<Said> {
    let days = DAYS.min(features.span());
    let nights = features.daily(days, |day| {
        let night = day.sleep.as_ref()?;
        let staged = night.deep_min.zip(night.rem_min).map(|(deep, rem)| deep + rem);
        Some(ScoreNight {
            tst_h: night.asleep_min.map(|min| min / 60.0),
            efficiency: night.efficiency,
            midpoint_h: Some(night.midpoint_h),
            awakenings: night.awakenings.map(f64::from),
            deep_rem_share: staged.zip(night.asleep_min).map(|(part, all)| part / all),
        })
    });
    let nights: Vec<ScoreNight> = nights.into_iter().map(Option::unwrap_or_default).collect();
    let qualities =
        features.daily(days, |day| super::readiness::answer(day, "sleep_quality").map(|a| a.share()));
    let need_h = need_and_debt(&need_nights(features)).0.value.unwrap_or(8.0);
    Ok(Said::default().and("sleep_score", sleep_score(&nights, need_h, &qualities)))
}
