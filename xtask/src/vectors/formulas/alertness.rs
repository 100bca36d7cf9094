//! Alertness on schedules.

use super::{Formula, number, of, plain};
use serde_json::{Value, json};
use twin_models::health::alertness::{Point, Sleep, three_process, two_process, unified, walk};

/// What answers here.
pub(super) const FORMULAS: &[Formula] = &[
    alertness("two_process_s", |c| {
        let path = along(c, two_process::ON_WAKING, two_process::awake, two_process::asleep)?;
        Some(path.iter().map(|(_, p)| json!(p.state)).collect())
    }),
    alertness("tpm_s", |c| three(c, |_, p| p.state)),
    alertness("tpm_c", |c| three(c, |t, _| three_process::circadian(t))),
    alertness("tpm_u", |c| three(c, |t, _| three_process::ultradian(t))),
    alertness("tpm_w", |c| three(c, |_, p| p.awake_h.map_or(0.0, three_process::inertia))),
    alertness("tpm_alert", |c| three(c, without_inertia)),
    alertness("kss", |c| three(c, kss)),
    alertness("um_s", |c| one(c, |_, p| p.state.s)),
    alertness("um_l", |c| one(c, |_, p| p.state.l)),
    alertness("um_c", |c| one(c, |t, _| unified::circadian(t))),
    alertness("um_w", |c| one(c, |_, p| p.awake_h.map_or(0.0, unified::inertia))),
    alertness("um_fatigue", |c| one(c, |t, p| unified::fatigue(p.state, t, &unified::Personal::default()))),
];

const fn alertness(output: &'static str, run: fn(&Value) -> Option<Value>) -> Formula {
    of("alertness", output, run)
}

/// The state at each step of the schedule, which begins on waking.
fn along<S: Copy>(
    case: &Value,
    start: S,
    awake: fn(S, f64) -> S,
    asleep: fn(S, f64) -> S,
) -> Option<Vec<(f64, Point<S>)>> {
    let (step, from, to) = (number(case, "step_h")?, number(case, "start_h")?, number(case, "end_h")?);
    let times: Vec<f64> =
        (0..=((to - from) / step).round() as u32).map(|i| from + f64::from(i) * step).collect();
    let rows = case.get("input")?.get("sleeps_h")?.as_array()?;
    let sleeps: Vec<Sleep> = rows
        .iter()
        .map(|row| plain(row)?.try_into().ok().map(|[a, b]: [f64; 2]| (a, b)))
        .collect::<Option<_>>()?;
    let path = walk(start, from, &sleeps, &times, awake, asleep);
    Some(times.into_iter().zip(path).collect())
}

fn three(case: &Value, what: fn(f64, &Point<f64>) -> f64) -> Option<Value> {
    let path = along(case, three_process::ON_WAKING, three_process::awake, three_process::asleep)?;
    Some(path.iter().map(|(t, p)| json!(what(*t, p))).collect())
}

fn one(case: &Value, what: fn(f64, &Point<unified::Pressure>) -> f64) -> Option<Value> {
    let path = along(case, unified::Pressure::default(), unified::awake, unified::asleep)?;
    Some(path.iter().map(|(t, p)| json!(what(*t, p))).collect())
}

/// The vectors call S + C + U alertness; inertia is added for sleepiness.
fn without_inertia(t: f64, point: &Point<f64>) -> f64 {
    point.state + three_process::circadian(t) + three_process::ultradian(t)
}

fn kss(t: f64, point: &Point<f64>) -> f64 {
    let inertia = point.awake_h.map_or(0.0, three_process::inertia);
    three_process::sleepiness(without_inertia(t, point) + inertia)
}
