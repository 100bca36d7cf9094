//! Heart rate variability.

use super::{Formula, numbers, of};
use serde_json::{Value, json};
use twin_models::health::hrv::{BandPowers, TimeDomain, dfa, lomb, sampen, spectrum, time_domain};

const fn hrv(output: &'static str, run: fn(&Value) -> Option<Value>) -> Formula {
    of("hrv", output, run)
}

/// What answers here.
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
    hrv("sampen", |c| Some(json!(sampen::sample_entropy(&numbers(c, "rr_ms")?)))),
    hrv("dfa_alpha1", |c| slope(c, |d| d.alpha1)),
    hrv("dfa_alpha2", |c| slope(c, |d| d.alpha2)),
    hrv("welch_vlf", |c| welch(c, |b| json!(b.vlf_ms2))),
    hrv("welch_lf", |c| welch(c, |b| json!(b.lf_ms2))),
    hrv("welch_hf", |c| welch(c, |b| json!(b.hf_ms2))),
    hrv("welch_total", |c| welch(c, |b| json!(b.total_ms2()))),
    hrv("welch_lf_hf", |c| welch(c, |b| json!(b.lf_hf()))),
    hrv("welch_lf_nu", |c| welch(c, |b| json!(b.lf_nu()))),
    hrv("welch_hf_nu", |c| welch(c, |b| json!(b.hf_nu()))),
    hrv("welch_lf_peak_hz", |c| welch(c, |b| json!(b.lf_peak_hz))),
    hrv("welch_hf_peak_hz", |c| welch(c, |b| json!(b.hf_peak_hz))),
    hrv("lomb_vlf", |c| lomb(c, |b| json!(b.vlf_ms2))),
    hrv("lomb_lf", |c| lomb(c, |b| json!(b.lf_ms2))),
    hrv("lomb_hf", |c| lomb(c, |b| json!(b.hf_ms2))),
    hrv("lomb_total", |c| lomb(c, |b| json!(b.total_ms2()))),
    hrv("lomb_lf_hf", |c| lomb(c, |b| json!(b.lf_hf()))),
    hrv("lomb_lf_nu", |c| lomb(c, |b| json!(b.lf_nu()))),
    hrv("lomb_hf_nu", |c| lomb(c, |b| json!(b.hf_nu()))),
    hrv("lomb_lf_peak_hz", |c| lomb(c, |b| json!(b.lf_peak_hz))),
    hrv("lomb_hf_peak_hz", |c| lomb(c, |b| json!(b.hf_peak_hz))),
];

fn welch(case: &Value, what: fn(&BandPowers) -> Value) -> Option<Value> {
    Some(spectrum::welch(&numbers(case, "rr_ms")?).as_ref().map_or(Value::Null, what))
}

fn lomb(case: &Value, what: fn(&BandPowers) -> Value) -> Option<Value> {
    Some(lomb::lomb_scargle_unbroken(&numbers(case, "rr_ms")?).as_ref().map_or(Value::Null, what))
}

fn slope(case: &Value, which: fn(dfa::Dfa) -> Option<dfa::Scaling>) -> Option<Value> {
    Some(json!(which(dfa::dfa(&numbers(case, "rr_ms")?)).map(|s| s.alpha)))
}

pub(super) fn time(case: &Value, what: fn(&TimeDomain) -> Value) -> Option<Value> {
    time_domain(&numbers(case, "rr_ms")?).as_ref().map(what)
}
