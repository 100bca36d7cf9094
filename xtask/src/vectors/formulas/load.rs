//! Training load.

use super::{Formula, number, numbers, of, plain};
use serde_json::{Value, json};
use twin_models::health::training::energy::{BodySex, keytel, met_kcal_min};
use twin_models::health::training::{
    self, TrimpWeight, critical_power, fitness, fitness_fatigue, heart, impulse_response, ratios,
};

const fn load(output: &'static str, run: fn(&Value) -> Option<Value>) -> Formula {
    of("training_load", output, run)
}

/// What answers here.
pub(super) const FORMULAS: &[Formula] = &[
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
    load("ctl", |c| Some(json!(level(c, fitness_fatigue::FITNESS_DAYS)?))),
    load("atl", |c| Some(json!(level(c, fitness_fatigue::FATIGUE_DAYS)?))),
    load("tsb", |c| {
        let ctl = level(c, fitness_fatigue::FITNESS_DAYS)?;
        Some(json!(fitness_fatigue::form(&ctl, &level(c, fitness_fatigue::FATIGUE_DAYS)?, 0.0)))
    }),
    load("acwr_coupled", |c| each_day(c, ratios::acwr_coupled)),
    load("acwr_uncoupled", |c| each_day(c, ratios::acwr_uncoupled)),
    load("acwr_ewma", |c| each_day(c, ratios::acwr_ewma)),
    load("monotony", |c| each_day(c, ratios::monotony)),
    load("strain", |c| each_day(c, ratios::strain)),
    load("sse", |c| {
        let performances: Vec<(usize, f64)> = days(c)?.into_iter().zip(numbers(c, "performance")?).collect();
        Some(json!(impulse_response::fit(&numbers(c, "load")?, &performances)?.squares))
    }),
    load("model_at_true", |c| {
        let truth = plain(c.get("expected")?.get("params_true")?.get("value")?)?;
        let [p0, k1, k2, tau1_days, tau2_days] = truth.try_into().ok()?;
        let person = impulse_response::ImpulseResponse { p0, k1, k2, tau1_days, tau2_days };
        let performance = person.performance(&numbers(c, "load")?);
        Some(json!(days(c)?.iter().map(|day| performance.get(*day)).collect::<Option<Vec<_>>>()?))
    }),
    load("wbal_integral", |c| {
        let (power, cp) = (numbers(c, "power_1hz")?, number(c, "cp")?);
        let tau = critical_power::recovery_tau_s(&power, cp)?;
        tenths(&critical_power::balance_integral(&power, cp, number(c, "w_prime")?, tau))
    }),
    load("wbal_differential", |c| {
        let power = numbers(c, "power_1hz")?;
        tenths(&critical_power::balance(&power, number(c, "cp")?, number(c, "w_prime")?))
    }),
    load("tau_s", |c| {
        Some(json!(critical_power::recovery_tau_s(&numbers(c, "power_1hz")?, number(c, "cp")?)))
    }),
    load("cp", |c| Some(json!(efforts(c)?.0))),
    load("w_prime", |c| Some(json!(efforts(c)?.1))),
    load("keytel_kcal_per_min", |c| {
        let one = |row: &Value| {
            let of = |key: &str| row.get(key)?.as_f64();
            let sex = if row.get("male")?.as_bool()? { BodySex::Male } else { BodySex::Female };
            Some(keytel(of("hr")?, of("weight_kg")?, of("age")?, sex))
        };
        let rows = c.get("input")?.get("keytel")?.as_array()?;
        Some(json!(rows.iter().map(one).collect::<Option<Vec<_>>>()?))
    }),
    load("met_kcal", |c| rows(c, "met", |[met, kg, minutes]| met_kcal_min(met, kg) * minutes)),
    load("uth_vo2max", |c| rows(c, "uth", |[max, rest]| fitness::uth(max, rest))),
    load("cooper_vo2max", |c| {
        Some(json!(numbers(c, "cooper_m")?.into_iter().map(fitness::cooper).collect::<Vec<_>>()))
    }),
    load("hrr60", |c| rows(c, "hrr60", |[end, after]| heart::hrr60(end, after))),
];

fn level(case: &Value, tau: f64) -> Option<Vec<f64>> {
    Some(fitness_fatigue::ewma(&numbers(case, "load")?, tau, 0.0))
}

fn each_day(case: &Value, rule: fn(&[f64]) -> Option<f64>) -> Option<Value> {
    let load = numbers(case, "load")?;
    Some(json!((1..=load.len()).map(|n| rule(load.get(..n)?)).collect::<Vec<_>>()))
}

fn days(case: &Value) -> Option<Vec<usize>> {
    let list = case.get("input")?.get("day")?.as_array()?;
    list.iter().map(|d| usize::try_from(d.as_u64()?).ok()).collect()
}

fn tenths(series: &[f64]) -> Option<Value> {
    Some(json!(series.iter().step_by(10).collect::<Vec<_>>()))
}

fn efforts(case: &Value) -> Option<(f64, f64)> {
    let efforts: Vec<(f64, f64)> =
        numbers(case, "duration_s")?.into_iter().zip(numbers(case, "power_w")?).collect();
    critical_power::critical_power(&efforts)
}

fn rows<const N: usize>(case: &Value, key: &str, rule: fn([f64; N]) -> f64) -> Option<Value> {
    let rows = case.get("input")?.get(key)?.as_array()?;
    let one = |row: &Value| Some(rule(plain(row)?.try_into().ok()?));
    Some(json!(rows.iter().map(one).collect::<Option<Vec<_>>>()?))
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
