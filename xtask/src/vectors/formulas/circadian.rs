//! Clocks driven by light.

use super::{Formula, number, numbers, of, plain};
use serde_json::{Value, json};
use twin_models::health::circadian::clock::{DLMO_BEFORE_CBTMIN_H, LightClock, cbtmin_h, run};
use twin_models::health::circadian::hannay::Hannay19;
use twin_models::health::circadian::light::Forger99;

const fn clock(output: &'static str, run: fn(&Value) -> Option<Value>) -> Formula {
    of("circadian_light", output, run)
}

/// What answers here.
pub(super) const FORMULAS: &[Formula] = &[
    clock("forger99_states_every_5h", |c| Some(every_5h(&forger(c)?, forger_numbers))),
    clock("forger99_final_state", |c| forger(c)?.last().map(forger_numbers)),
    clock("forger99_cbtmin_h", |c| cbtmin(c, &forger(c)?, 0.0)),
    clock("forger99_dlmo_h", |c| cbtmin(c, &forger(c)?, DLMO_BEFORE_CBTMIN_H)),
    clock("hannay19_states_every_5h", |c| Some(every_5h(&hannay(c)?, hannay_numbers))),
    clock("hannay19_final_state", |c| hannay(c)?.last().map(hannay_numbers)),
    clock("hannay19_cbtmin_h", |c| cbtmin(c, &hannay(c)?, 0.0)),
    clock("hannay19_dlmo_h", |c| cbtmin(c, &hannay(c)?, DLMO_BEFORE_CBTMIN_H)),
];

fn initial(case: &Value, name: &str) -> Option<[f64; 3]> {
    plain(case.get("input")?.get("initial")?.get(name)?)?.try_into().ok()
}

fn forger(case: &Value) -> Option<Vec<Forger99>> {
    let [x, xc, n] = initial(case, "forger99")?;
    Some(run(Forger99 { x, xc, n }, &numbers(case, "lux")?, number(case, "step_h")?))
}

fn hannay(case: &Value) -> Option<Vec<Hannay19>> {
    let [r, psi, n] = initial(case, "hannay19")?;
    Some(run(Hannay19 { r, psi, n }, &numbers(case, "lux")?, number(case, "step_h")?))
}

fn forger_numbers(state: &Forger99) -> Value {
    json!([state.x, state.xc, state.n])
}

fn hannay_numbers(state: &Hannay19) -> Value {
    json!([state.r, state.psi, state.n])
}

fn every_5h<C>(states: &[C], numbers: fn(&C) -> Value) -> Value {
    states.iter().step_by(50).map(numbers).collect()
}

fn cbtmin<C: LightClock>(case: &Value, states: &[C], earlier_h: f64) -> Option<Value> {
    let times = cbtmin_h(states, number(case, "t0_h")?, number(case, "step_h")?);
    Some(times.iter().map(|t| json!(t - earlier_h)).collect())
}
