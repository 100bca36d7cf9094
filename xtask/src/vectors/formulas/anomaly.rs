//! Anomalies: NightSignal, change points, CUSUM.

use super::{Formula, gappy, number, numbers, of};
use serde_json::{Map, Value, json};
use twin_models::health::anomaly::{change_point, cusum, night_signal};

const fn anomaly(output: &'static str, run: fn(&Value) -> Option<Value>) -> Formula {
    of("baselines_anomaly_mood", output, run)
}

/// What answers here.
pub(super) const FORMULAS: &[Formula] = &[
    anomaly("alert_by_day", |c| {
        let alerts = night_signal::night_signal(&gappy(c, "overnight_rhr")?);
        let by_day = alerts.iter().enumerate().map(|(day, alert)| (day.to_string(), json!(*alert as u8)));
        Some(Value::Object(by_day.collect::<Map<_, _>>()))
    }),
    anomaly("pelt_l2", |c| {
        Some(json!(change_point::pelt(&numbers(c, "y")?, number(c, "penalty")?, least(c)?)))
    }),
    anomaly("dynp_l2_3", |c| Some(json!(change_point::segments(&numbers(c, "y")?, 3, least(c)?)))),
    anomaly("cusum", |c| Some(json!(sums(c)?))),
    anomaly("first_alarm_high", |c| Some(json!(cusum::first_alarm_high(&sums(c)?, number(c, "h")?)))),
];

fn least(case: &Value) -> Option<usize> {
    Some(number(case, "min_size")? as usize)
}

fn sums(case: &Value) -> Option<Vec<(f64, f64)>> {
    let (mu, sd) = (number(case, "mu")?, number(case, "sd")?);
    let z: Vec<f64> = numbers(case, "y")?.iter().map(|y| (y - mu) / sd).collect();
    Some(cusum::cusum(&z, number(case, "k")?))
}
