//! Days ahead, 1, 3 and 7: do the bands hold four of five values, and are the medians nearer than the last value?
//!
//! Simulated people of the testkit, and real people with a watch (sleep debt and resting heart rate). Each
//! forecast sees its past only; nothing is learnt from one person for another.

mod people;

use super::report::{Figure, Report};
use super::score::{mae, over_people};
use people::PersonDays;
use std::path::Path;
use twin_models::simulate::{
    DayRecord, Options, Plan, PlanDay, QuantityPath, Returning, SimulationState, simulate,
};

const HORIZONS: [usize; 3] = [1, 3, 7];
/// Days before the first forecast.
const FIRST: usize = 35;
/// Days between forecasts.
const EVERY: usize = 3;

/// Quantities, and whether real people have them too.
const SCORED: [(&str, bool); 9] = [
    ("energy", false),
    ("fatigue_15h", false),
    ("sleep_debt", true),
    ("fitness", false),
    ("fatigue_load", false),
    ("form", false),
    ("resting_hr_deviation", true),
    ("ln_rmssd_deviation", false),
    ("recovery", false),
];

/// One forecast of one quantity.
#[derive(Clone, Copy)]
struct Row {
    quantity: usize,
    horizon: usize,
    inside: bool,
    said: f64,
    last: f64,
    was: f64,
}

/// Runs the task on simulated people and on `DIR/wearable_selfreport/pmdata`.
pub(super) fn run(dir: &Path) -> Result<Report, String> {
    let simulated: Vec<Vec<Row>> = people::simulated()?.iter().map(rows).collect();
    let real: Vec<Vec<Row>> =
        people::real(&dir.join("wearable_selfreport/pmdata"))?.iter().map(rows).collect();
    let mut report = Report { task: "simulate".into(), ..Report::default() };
    report.n = simulated.iter().chain(&real).map(Vec::len).sum();
    report.people = simulated.len() + real.len();
    for (kind, people) in [("simulated", &simulated), ("real", &real)] {
        for (quantity, (name, _)) in
            SCORED.iter().enumerate().filter(|(_, (_, real))| *real || kind == "simulated")
        {
            for horizon in HORIZONS {
                add(&mut report, &format!("{kind} {name} {horizon} d"), people, (quantity, horizon));
            }
        }
    }
    report.notes.push("coverage: share of values within the 80 % band; ratio: error of the median over that of the last value; form of tomorrow is known today and is left out".into());
    report.notes.push(format!("simulated people are invented: they test the machinery, not physiology; seeds {:?}, others than those used while building", people::SEEDS));
    if real.is_empty() {
        report.notes.push("no recordings of real people found".into());
    }
    Ok(report)
}

fn add(report: &mut Report, name: &str, people: &[Vec<Row>], (quantity, horizon): (usize, usize)) {
    let own = |rows: &Vec<Row>| -> Vec<Row> {
        rows.iter().filter(|r| r.quantity == quantity && r.horizon == horizon).copied().collect()
    };
    let rows: Vec<Vec<Row>> = people.iter().map(own).filter(|r| !r.is_empty()).collect();
    if rows.is_empty() || (SCORED.get(quantity).is_some_and(|q| q.0 == "form") && horizon == 1) {
        return;
    }
    let error =
        |rows: &[Row], of: fn(&Row) -> f64| mae(&rows.iter().map(|r| (of(r), r.was)).collect::<Vec<_>>());
    let figure = |what: &str, score: &dyn Fn(&[Row]) -> f64| Figure {
        interval: over_people(&rows, score),
        ..Figure::new(&format!("{name} {what}"), score(&rows.concat()))
    };
    let inside = |r: &[Row]| r.iter().filter(|r| r.inside).count() as f64 / r.len() as f64;
    report.metrics.push(figure("coverage", &inside));
    report.metrics.push(figure("ratio", &|r| error(r, |r| r.said) / error(r, |r| r.last)));
    report.baselines.push(figure("last value", &|r| error(r, |r| r.last)));
}

fn rows(person: &PersonDays) -> Vec<Row> {
    let days = &person.days;
    let last = HORIZONS.iter().copied().max().unwrap_or(1);
    let mut out = Vec::new();
    for today in (FIRST..days.len().saturating_sub(last)).step_by(EVERY) {
        let Some(past) = days.get(..=today) else { continue };
        let state = SimulationState::of(past, person.weekday(today), None, 0.0);
        let plan = Plan { days: days.iter().skip(today).take(last + 1).map(known_ahead).collect() };
        let options = Options::days(last as u32);
        let said = simulate(&state, &plan, &[], &options).quantities;
        for horizon in HORIZONS {
            let Some(then) = days.get(..=today + horizon) else { continue };
            let later = SimulationState::of(
                then,
                person.weekday(today + horizon),
                Some(state.need_h),
                person.later_h,
            );
            let real =
                simulate(&later, &Plan::default(), &[], &Options { draws: 1, ..Options::days(1) }).quantities;
            for (quantity, (name, _)) in SCORED.iter().enumerate() {
                out.extend(row(&said, was(name, &real, then, &state), (quantity, horizon)));
            }
        }
    }
    out
}

/// What the quantity was: as the state of that day has it, measures as they were seen.
fn was(name: &str, real: &[QuantityPath], days: &[DayRecord], before: &SimulationState) -> Option<f64> {
    let day = days.last()?;
    let of = |usual: &Option<Returning>, x: Option<f64>| Some(x? - usual.as_ref()?.usual);
    let now = real.iter().find(|q| q.name == name).and_then(|q| q.now);
    match name {
        "resting_hr_deviation" => of(&before.resting_hr, day.resting_hr),
        "ln_rmssd_deviation" => of(&before.ln_rmssd, day.ln_rmssd),
        "recovery" => day.resting_hr.and(day.ln_rmssd).and(day.night).and(now),
        "fitness" | "fatigue_load" | "form" => now,
        // sleep counts where no night is missing since
        _ => days.iter().rev().take(7).all(|d| d.night.is_some()).then_some(now)?,
    }
}

fn row(said: &[QuantityPath], was: Option<f64>, (quantity, horizon): (usize, usize)) -> Option<Row> {
    let path = said.iter().find(|q| SCORED.get(quantity).is_some_and(|s| s.0 == q.name))?;
    let (band, was) = (path.baseline.get(horizon - 1)?, was?);
    let inside = (band.p10 - 1e-9..=band.p90 + 1e-9).contains(&was);
    Some(Row { quantity, horizon, inside, said: band.p50, last: path.now?, was })
}

/// What a calendar tells beforehand.
fn known_ahead(day: &DayRecord) -> PlanDay {
    PlanDay { free: Some(day.free), ..PlanDay::default() }
}
