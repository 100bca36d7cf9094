//! Heart rate variability.

use super::{Formula, numbers, of};
use serde_json::{Value, json};
use twin_models::health::hrv::{TimeDomain, time_domain};

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
];

pub(super) fn time(case: &Value, what: fn(&TimeDomain) -> Value) -> Option<Value> {
    time_domain(&numbers(case, "rr_ms")?).as_ref().map(what)
}
