//! Which formula answers for which output of which vector file.

use super::compare::expand;
use serde_json::{Value, json};
use twin_models::health::baseline::{lnrmssd, robust};
use twin_models::health::hrv::{TimeDomain, artifacts, lipponen, time_domain};
use twin_models::health::sleep::{actigraphy, debt, regularity, timing};
use twin_models::health::training::{self, TrimpWeight};

/// One output of one model's vectors.
pub(super) struct Formula {
    pub(super) model: &'static str,
    pub(super) output: &'static str,
    /// The output for a case, `null` where absent; `None` if the input is not understood.
    pub(super) run: fn(&Value) -> Option<Value>,
    /// Elements at the start and end that the vector does not vouch for.
    pub(super) skip: (usize, usize),
}

const fn of(model: &'static str, output: &'static str, run: fn(&Value) -> Option<Value>) -> Formula {
    Formula { model, output, run, skip: (0, 0) }
}

const fn hrv(output: &'static str, run: fn(&Value) -> Option<Value>) -> Formula {
    of("hrv", output, run)
}

const fn rr(output: &'static str, run: fn(&Value) -> Option<Value>) -> Formula {
    of("rr_artifacts", output, run)
}

const fn daily(output: &'static str, run: fn(&Value) -> Option<Value>) -> Formula {
    of("baselines_anomaly_mood", output, run)
}

const fn sleep(output: &'static str, run: fn(&Value) -> Option<Value>) -> Formula {
    of("sleep", output, run)
}

const fn load(output: &'static str, run: fn(&Value) -> Option<Value>) -> Formula {
    of("training_load", output, run)
}

/// All formulas.
pub(super) const FORMULAS: &[Formula] = &[
    hrv("mean_nn", |c| time(c, |t| json!(t.mean_nn_ms))),
    hrv("median_nn", |c| time(c, |t| json!(t.median_nn_ms))),
    hrv("min_nn", |c| time(c, |t| json!(t.min_nn_ms))),
    hrv("max_nn", |c| time(c, |t| json!(t.max_nn_ms))),
    hrv("sdnn", |c| time(c, |t| json!(t.sdnn_ms))),
    hrv("rmssd", |c| time(c, |t| json!(t.rmssd_ms))),
    hrv("ln_rmssd", |c| time(c, |t| json!(t.ln_rmssd))),
    hrv("sdsd", |c| time(c, |t| json!(t.sdsd_ms))),
    hrv("nn50", |c| time(c, |t| json!(t.nn50))),
    hrv("pnn50", |c| time(c, |t| json!(t.pnn50_pct))),
    hrv("nn20", |c| time(c, |t| json!(t.nn20))),
    hrv("pnn20", |c| time(c, |t| json!(t.pnn20_pct))),
    hrv("cvnn", |c| time(c, |t| json!(t.cvnn))),
    hrv("cvsd", |c| time(c, |t| json!(t.cvsd))),
    hrv("mad_nn", |c| time(c, |t| json!(t.mad_nn_ms))),
    hrv("iqr_nn", |c| time(c, |t| json!(t.iqr_nn_ms))),
    hrv("mean_hr", |c| time(c, |t| json!(t.mean_hr_bpm))),
    hrv("sd1", |c| time(c, |t| json!(t.sd1_ms))),
    hrv("sd2", |c| time(c, |t| json!(t.sd2_ms))),
    hrv("sd1_sd2", |c| time(c, |t| json!(t.sd1_sd2()))),
    hrv("area_s", |c| time(c, |t| json!(t.area_ms2()))),
    hrv("csi", |c| time(c, |t| json!(t.csi()))),
    hrv("cvi", |c| time(c, |t| json!(t.cvi()))),
    hrv("csi_modified", |c| time(c, |t| json!(t.csi_modified_ms()))),
    hrv("hti", |c| time(c, |t| json!(t.hti))),
    hrv("baevsky_mo_s", |c| time(c, |t| json!(t.baevsky_mo_s))),
    hrv("baevsky_amo_pct", |c| time(c, |t| json!(t.baevsky_amo_pct))),
    hrv("baevsky_mxdmn_s", |c| time(c, |t| json!(t.baevsky_mxdmn_s))),
    hrv("baevsky_si", |c| time(c, |t| json!(t.baevsky_si))),
    hrv("baevsky_sqrt_si", |c| time(c, |t| json!(t.baevsky_sqrt_si()))),
    rr("lt_ectopic", |c| classified(c, |a| a.ectopic)),
    rr("lt_missed", |c| classified(c, |a| a.missed)),
    rr("lt_extra", |c| classified(c, |a| a.extra)),
    rr("lt_longshort", |c| classified(c, |a| a.long_short)),
    rr("lt_corrected_peaks_single_pass", |c| {
        let peaks = lipponen::peaks_of(&numbers(c, "rr_ms")?);
        Some(json!(lipponen::correct(&peaks, &lipponen::classify(&peaks))))
    }),
    rr("lt_corrected_rmssd_iterative", |c| {
        let (peaks, _) = lipponen::correct_all(&lipponen::peaks_of(&numbers(c, "rr_ms")?));
        let rr: Vec<f64> = peaks.iter().zip(peaks.iter().skip(1)).map(|(a, b)| b - a).collect();
        Some(json!(time_domain(&rr)?.rmssd_ms))
    }),
    rr("rmssd_uncorrected", |c| time(c, |t| json!(t.rmssd_ms))),
    rr("malik_removed", |c| removed(c, artifacts::malik)),
    rr("karlsson_removed", |c| removed(c, artifacts::karlsson)),
    rr("kamath_removed", |c| removed(c, artifacts::kamath)),
    rr("acar_removed", |c| removed(c, artifacts::acar)),
    daily("ln7", |c| trend(c, |d| json!(d.ln7))),
    daily("base_mean", |c| trend(c, |d| json!(d.base_mean))),
    daily("base_sd", |c| trend(c, |d| json!(d.base_sd))),
    daily("cv7_pct", |c| trend(c, |d| json!(d.cv7_pct))),
    daily("swc_flag", |c| trend(c, |d| json!(d.flag))),
    daily("ewma_hl7_adjusted", |c| Some(json!(robust::ewma(&gappy(c, "rhr")?, robust::EWMA_HALF_LIFE_DAYS)))),
    daily("median28", |c| robust_days(c, |d| json!(d.location))),
    daily("mad28_scaled", |c| robust_days(c, |d| json!(d.scale))),
    daily("robust_z", |c| robust_days(c, |d| json!(d.z))),
    Formula { skip: (4, 4), ..sleep("cole_kripke_sleep_rle", |c| states(&cole_kripke(c)?)) },
    sleep("sadeh_sleep_rle", |c| states(&actigraphy::sadeh(&numbers(c, "counts")?))),
    sleep("sadeh_sleep_rle_peer_next_epoch_log", |c| {
        let asleep = actigraphy::sadeh_next_minute(&numbers(c, "counts")?);
        Some(asleep.into_iter().map(|s| json!(u8::from(s))).collect())
    }),
    sleep("sri", |c| sri(&slept(c.get("input")?.get("sleep_rle")?)?)),
    sleep("sri_vendor", |c| sri(&slept(c.get("expected")?.get("vendor_sleep_rle")?.get("value")?)?)),
    sleep("sri_cole_kripke", |c| {
        // the vector takes the epochs at both ends, which are not scored, as wake
        let asleep: Vec<_> = cole_kripke(c)?.into_iter().map(|s| Some(s == Some(true))).collect();
        sri(&asleep)
    }),
    sleep("circular_midpoint_min", |c| {
        Some(json!(regularity::circular_midpoint(&slept(c.get("input")?.get("sleep_rle")?)?, 1440)))
    }),
    sleep("tst_h", |c| Some(json!(episodes(c)?.iter().map(|(_, tst)| *tst).collect::<Vec<_>>()))),
    sleep("msw_h", |c| clock(c, |t| t.msw_h)),
    sleep("msf_h", |c| clock(c, |t| t.msf_h)),
    sleep("msf_sc_h", |c| clock(c, |t| t.msf_sc_h)),
    sleep("social_jetlag_h", |c| clock(c, |t| t.social_jetlag_h)),
    sleep("sleep_debt_ewma_h", |c| {
        let days: Vec<_> = episodes(c)?.iter().map(|(_, tst)| (Some(*tst), 0.0)).collect();
        Some(json!(debt::debt(&days, number(c, "sleep_need_h")?).last()))
    }),
    load("trimp_banister", |c| Some(json!(banister(c)?))),
    load("trimp_edwards", |c| Some(json!(training::trimp_edwards(&heart_rate(c)?, number(c, "hr_max")?)))),
    load("trimp_lucia", |c| {
        Some(json!(training::trimp_lucia(&heart_rate(c)?, number(c, "vt1")?, number(c, "vt2")?)))
    }),
    load("session_rpe", |c| {
        let minutes: f64 = heart_rate(c)?.iter().map(|s| s.0 / 60.0).sum();
        Some(json!(training::session_rpe(number(c, "rpe_cr10")?, minutes)))
    }),
    load("hrtss", |c| {
        let (rest, max) = (number(c, "hr_rest")?, number(c, "hr_max")?);
        Some(json!(training::hr_tss(banister(c)?, number(c, "lthr")?, rest, max, weight(c)?)))
    }),
    load("tanaka_hrmax", |c| {
        Some(json!(numbers(c, "tanaka_age")?.into_iter().map(training::hr_max_by_age).collect::<Vec<_>>()))
    }),
];

fn number(case: &Value, key: &str) -> Option<f64> {
    case.get("input")?.get(key)?.as_f64()
}

fn plain(value: &Value) -> Option<Vec<f64>> {
    value.as_array()?.iter().map(Value::as_f64).collect()
}

fn numbers(case: &Value, key: &str) -> Option<Vec<f64>> {
    plain(case.get("input")?.get(key)?)
}

fn gappy(case: &Value, key: &str) -> Option<Vec<Option<f64>>> {
    Some(case.get("input")?.get(key)?.as_array()?.iter().map(Value::as_f64).collect())
}

fn time(case: &Value, what: fn(&TimeDomain) -> Value) -> Option<Value> {
    time_domain(&numbers(case, "rr_ms")?).as_ref().map(what)
}

fn classified(case: &Value, what: fn(lipponen::Artifacts) -> Vec<usize>) -> Option<Value> {
    Some(json!(what(lipponen::classify(&lipponen::peaks_of(&numbers(case, "rr_ms")?)))))
}

fn removed(case: &Value, rule: fn(&[f64]) -> Vec<bool>) -> Option<Value> {
    let marks = rule(&numbers(case, "rr_ms")?);
    Some(marks.iter().enumerate().filter(|(_, m)| **m).map(|(i, _)| json!(i)).collect())
}

fn trend(case: &Value, what: fn(&lnrmssd::TrendDay) -> Value) -> Option<Value> {
    Some(lnrmssd::trend(&gappy(case, "rmssd_ms")?).iter().map(what).collect())
}

fn robust_days(case: &Value, what: fn(&robust::RobustDay) -> Value) -> Option<Value> {
    // the vectors ask for a full window behind a scale
    let options = robust::RobustOptions { min_scale: 28, ..robust::RobustOptions::default() };
    Some(robust::robust(&gappy(case, "rhr")?, None, &options).iter().map(what).collect())
}

fn cole_kripke(case: &Value) -> Option<Vec<Option<bool>>> {
    Some(actigraphy::cole_kripke(&numbers(case, "counts")?, 1.0))
}

fn states(asleep: &[Option<bool>]) -> Option<Value> {
    Some(asleep.iter().map(|s| json!(s.map(u8::from))).collect())
}

fn slept(runs: &Value) -> Option<Vec<Option<bool>>> {
    Some(expand(runs)?.as_array()?.iter().map(|s| s.as_f64().map(|s| s > 0.5)).collect())
}

fn sri(asleep: &[Option<bool>]) -> Option<Value> {
    Some(json!(regularity::sri(asleep, 1440).map(|(index, _)| index)))
}

/// Nights on the clock with their time asleep; the last two of seven are free.
fn episodes(case: &Value) -> Option<Vec<(timing::ClockNight, f64)>> {
    let rows = case.get("input")?.get("episodes")?.as_array()?;
    rows.iter()
        .enumerate()
        .map(|(i, row)| {
            let [onset_h, wake_h, efficiency] = plain(row)?.try_into().ok()?;
            Some((timing::ClockNight { onset_h, wake_h, free: i >= 5 }, (wake_h - onset_h) * efficiency))
        })
        .collect()
}

fn clock(case: &Value, what: fn(&timing::SleepTiming) -> f64) -> Option<Value> {
    let nights: Vec<_> = episodes(case)?.into_iter().map(|(night, _)| night).collect();
    Some(json!(timing::timing(&nights).as_ref().map(what)))
}

fn heart_rate(case: &Value) -> Option<Vec<training::HrSample>> {
    let input = case.get("input")?;
    let (seconds, bpm) = match plain(input.get("hr_bpm_1hz")?) {
        Some(bpm) => (1.0, bpm),
        None => (10.0, plain(input.get("hr_gen")?.get("step10")?)?),
    };
    Some(bpm.into_iter().map(|bpm| (seconds, bpm)).collect())
}

fn weight(case: &Value) -> Option<TrimpWeight> {
    let male = case.get("input")?.get("male")?.as_bool()?;
    Some(if male { TrimpWeight::Male } else { TrimpWeight::Female })
}

fn banister(case: &Value) -> Option<f64> {
    let (rest, max) = (number(case, "hr_rest")?, number(case, "hr_max")?);
    training::trimp_banister(&heart_rate(case)?, rest, max, weight(case)?)
}
