//! Artefacts of RR intervals.

use super::hrv::time;
use super::{Formula, numbers, of};
use serde_json::{Value, json};
use twin_models::health::hrv::{artifacts, lipponen, time_domain};

const fn rr(output: &'static str, run: fn(&Value) -> Option<Value>) -> Formula {
    of("rr_artifacts", output, run)
}

/// What answers here.
pub(super) const FORMULAS: &[Formula] = &[
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
];

fn classified(case: &Value, what: fn(lipponen::Artifacts) -> Vec<usize>) -> Option<Value> {
    Some(json!(what(lipponen::classify(&lipponen::peaks_of(&numbers(case, "rr_ms")?)))))
}

fn removed(case: &Value, rule: fn(&[f64]) -> Vec<bool>) -> Option<Value> {
    let marks = rule(&numbers(case, "rr_ms")?);
    Some(marks.iter().enumerate().filter(|(_, m)| **m).map(|(i, _)| json!(i)).collect())
}
