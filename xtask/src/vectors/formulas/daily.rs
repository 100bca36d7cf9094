//! Daily baselines, anomalies and mood.

use super::{Formula, gappy, of};
use serde_json::{Value, json};
use twin_models::health::baseline::{lnrmssd, robust};

const fn daily(output: &'static str, run: fn(&Value) -> Option<Value>) -> Formula {
    of("baselines_anomaly_mood", output, run)
}

/// What answers here.
pub(super) const FORMULAS: &[Formula] = &[
    daily("ln7", |c| trend(c, |d| json!(d.ln7))),
    daily("base_mean", |c| trend(c, |d| json!(d.base_mean))),
    daily("base_sd", |c| trend(c, |d| json!(d.base_sd))),
    daily("cv7_pct", |c| trend(c, |d| json!(d.cv7_pct))),
    daily("swc_flag", |c| trend(c, |d| json!(d.flag))),
    daily("ewma_hl7_adjusted", |c| Some(json!(robust::ewma(&gappy(c, "rhr")?, robust::EWMA_HALF_LIFE_DAYS)))),
    daily("median28", |c| robust_days(c, |d| json!(d.location))),
    daily("mad28_scaled", |c| robust_days(c, |d| json!(d.scale))),
    daily("robust_z", |c| robust_days(c, |d| json!(d.z))),
];

fn trend(case: &Value, what: fn(&lnrmssd::TrendDay) -> Value) -> Option<Value> {
    Some(lnrmssd::trend(&gappy(case, "rmssd_ms")?).iter().map(what).collect())
}

fn robust_days(case: &Value, what: fn(&robust::RobustDay) -> Value) -> Option<Value> {
    // the vectors ask for a full window behind a scale
    let options = robust::RobustOptions { min_scale: 28, ..robust::RobustOptions::default() };
    Some(robust::robust(&gappy(case, "rhr")?, None, &options).iter().map(what).collect())
}
