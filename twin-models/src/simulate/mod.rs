//! What if: the same state run forward under a plan and under a changed plan.
//!
//! Sleep and alertness (unified model, sleep debt), training (fitness, fatigue, form) and strain (resting heart
//! rate and RMSSD that answer to training, short nights and alcohol) run day by day with seeded noise. Each draw has the same
//! noise under both plans, so that the difference is that of the changes alone.
//!
//! ```
//! use twin_models::simulate::{Change, DayRecord, NightRecord, Options, Plan, SimulationState, simulate};
//! let night = Some(NightRecord { onset_h: -0.5, wake_h: 6.5, asleep_h: 6.3 });
//! let history = [DayRecord { night, load: Some(50.0), ..DayRecord::default() }; 28];
//! let state = SimulationState::of(&history, 2, Some(8.0), 0.0);
//! let early: Change =
//!     serde_json::from_str(r#"{"kind": "sleep_at", "days": [1, 2, 3], "bed": "22:00", "wake": "06:30"}"#).unwrap();
//! let said = simulate(&state, &Plan::default(), &[early], &Options::days(3));
//! let debt = said.quantities.iter().find(|q| q.name == "sleep_debt").unwrap();
//! assert!(debt.difference[2].p50 < -2.0);
//! assert!(said.reasons[0].starts_with("sleeping from 22:00 to 06:30 on days 1, 2 and 3"));
//! ```

mod day;
mod plan;
mod returning;
mod run;
mod state;
pub mod work;

pub use plan::{Caffeine, Change, ClockTime, Plan, PlanDay};
pub use returning::Returning;
pub use state::{
    DayRecord, FATIGUE_DAYS, FITNESS_DAYS, HISTORY_DAYS, Level, MIN_DAYS, MIN_NIGHTS, NightRecord, REBOUND_H,
    SimulationState, TRAINING_DAYS,
};

use crate::stats::quantile;
use run::{Common, Day, QUANTITIES};
use serde::{Deserialize, Serialize};
use twin_core::sort::OrderBy;

/// Id of the model.
pub const ID: &str = "what_if";
/// Its version.
pub const VERSION: &str = "1";
/// The longest horizon, days.
pub const MAX_DAYS: u32 = 60;
/// The most draws.
pub const MAX_DRAWS: u32 = 5000;
/// Differences below this share of the usual interval are no reason.
const WORTH_SAYING: f64 = 0.02;

/// How far and how finely.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// Days ahead, 1..=60.
    pub horizon_days: u32,
    /// Draws, 1..=5000.
    pub draws: u32,
    /// Seed.
    pub seed: u64,
}

impl Options {
    /// So many days with 200 draws.
    #[must_use]
    pub const fn days(horizon_days: u32) -> Self {
        Self { horizon_days, draws: 200, seed: 1 }
    }
}

/// Where four fifths of the draws lie, and their middle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Band {
    /// One in ten is below.
    pub p10: f64,
    /// The median.
    pub p50: f64,
    /// One in ten is above.
    pub p90: f64,
}

/// One quantity over the coming days; the first entry is tomorrow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuantityPath {
    /// Its name: `energy`, `fatigue_9h`, `fatigue_15h`, `sleep_debt`, `fitness`, `fatigue_load`, `form`,
    /// `resting_hr_deviation`, `ln_rmssd_deviation`, `recovery`.
    pub name: String,
    /// UCUM unit.
    pub unit: String,
    /// Today's value, as far as it is known.
    pub now: Option<f64>,
    /// Under the plan.
    pub baseline: Vec<Band>,
    /// Under the changed plan.
    pub changed: Vec<Band>,
    /// Changed minus plan, draw by draw.
    pub difference: Vec<Band>,
}

/// What would happen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Simulation {
    /// The quantities that could be simulated.
    pub quantities: Vec<QuantityPath>,
    /// What each change does most, largest first.
    pub reasons: Vec<String>,
    /// What could not be simulated, and why.
    pub gaps: Vec<String>,
    /// Draws behind the bands.
    pub draws: u32,
    /// Seed of the draws.
    pub seed: u64,
    /// The model.
    pub model: String,
    /// Its version.
    pub version: String,
}

/// Runs the plan and the changed plan.
///
/// Without changes the difference is exactly 0. Days go as usual where the plan says nothing: nights and
/// loads are drawn from the person's own past of that kind of day. Days and amounts that are impossible
/// change nothing.
#[must_use]
pub fn simulate(state: &SimulationState, plan: &Plan, changes: &[Change], options: &Options) -> Simulation {
    let days = options.horizon_days.clamp(1, MAX_DAYS);
    let draws = options.draws.clamp(1, MAX_DRAWS);
    let common = Common::new(state, options.seed);
    let run = |plan: &Plan| (0..u64::from(draws)).map(|draw| common.run(plan, draw, days)).collect::<Draws>();
    let with = |changes: &[Change]| {
        let mut changed = plan.clone();
        changes.iter().for_each(|change| change.apply(&mut changed, days));
        changed
    };
    let (today, before) = (common.today(), run(plan));
    let after = if changes.is_empty() { before.clone() } else { run(&with(changes)) };
    let quantities = (0..QUANTITIES.len()).filter_map(|which| path(&before, &after, &today, which)).collect();
    let mut reasons: Vec<(f64, String)> = changes
        .iter()
        .map(|change| {
            let alone =
                if changes.len() == 1 { after.clone() } else { run(&with(std::slice::from_ref(change))) };
            reason(change, &before, &alone)
        })
        .collect();
    reasons.order_by(|a, b| b.0.total_cmp(&a.0));
    Simulation {
        quantities,
        reasons: reasons.into_iter().map(|(_, words)| words).collect(),
        gaps: state.gaps.clone(),
        draws,
        seed: options.seed,
        model: ID.into(),
        version: VERSION.into(),
    }
}

/// The days of each draw.
type Draws = Vec<Vec<Day>>;

/// A quantity on a day, with its draw.
fn values(draws: &Draws, which: usize, day: usize) -> Vec<f64> {
    draws.iter().filter_map(|d| d.get(day)?.get(which).copied().flatten()).collect()
}

fn band(values: &mut [f64]) -> Option<Band> {
    let (p10, p50, p90) = (quantile(values, 0.1)?, quantile(values, 0.5)?, quantile(values, 0.9)?);
    Some(Band { p10, p50, p90 })
}

fn differences(before: &Draws, after: &Draws, which: usize, day: usize) -> Vec<f64> {
    values(before, which, day).iter().zip(values(after, which, day)).map(|(b, a)| a - b).collect()
}

fn path(before: &Draws, after: &Draws, today: &Day, which: usize) -> Option<QuantityPath> {
    let (name, unit) = QUANTITIES.get(which)?;
    let days = before.first()?.len();
    let over =
        |of: &dyn Fn(usize) -> Vec<f64>| (0..days).map(|day| band(&mut of(day))).collect::<Option<Vec<_>>>();
    Some(QuantityPath {
        name: (*name).into(),
        unit: (*unit).into(),
        now: today.get(which).copied().flatten(),
        baseline: over(&|day| values(before, which, day))?,
        changed: over(&|day| values(after, which, day))?,
        difference: over(&|day| differences(before, after, which, day))?,
    })
}

/// What a change does most, measured in widths of the usual interval.
fn reason(change: &Change, before: &Draws, after: &Draws) -> (f64, String) {
    let days = before.first().map_or(0, Vec::len);
    let moved = QUANTITIES.iter().enumerate().flat_map(|(which, quantity)| {
        (0..days).filter_map(move |day| {
            let usual = band(&mut values(before, which, day))?;
            let by = crate::stats::mean(&differences(before, after, which, day))?;
            let width = (usual.p90 - usual.p10).max(1e-3 * usual.p50.abs()).max(1e-9);
            Some((by.abs() / width, by, day, quantity))
        })
    });
    match moved.max_by(|a, b| a.0.total_cmp(&b.0)).filter(|m| m.0 >= WORTH_SAYING) {
        Some((size, by, day, (name, unit))) => {
            let way = if by > 0.0 { "raises" } else { "lowers" };
            let unit = match *unit {
                "h" => " h",
                "/min" => " beats a minute",
                "{score}" => " points",
                _ => "",
            };
            let digits = usize::from(by.abs() < 10.0) + usize::from(by.abs() < 0.1);
            let words = plain_name(name);
            (size, format!("{change} {way} {words} most: by {:.digits$}{unit} on day {}", by.abs(), day + 1))
        }
        None => (0.0, format!("{change} changes nothing that is simulated")),
    }
}

fn plain_name(name: &str) -> &str {
    match name {
        "fatigue_9h" => "tiredness at 9 h",
        "fatigue_15h" => "tiredness at 15 h",
        "sleep_debt" => "sleep debt",
        "fatigue_load" => "training fatigue",
        "resting_hr_deviation" => "resting heart rate",
        "ln_rmssd_deviation" => "heart rate variability (ln RMSSD)",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn history(days: u32) -> Vec<DayRecord> {
        (0..days)
            .map(|i| {
                let wave = f64::from(i * 7 % 5) - 2.0;
                DayRecord {
                    night: Some(NightRecord {
                        onset_h: -0.5 + 0.2 * wave,
                        wake_h: 6.5 + 0.1 * wave,
                        asleep_h: 6.4 - 0.1 * wave,
                    }),
                    load: Some(if i % 2 == 0 { 80.0 } else { 0.0 }),
                    resting_hr: Some(55.0 + wave),
                    ln_rmssd: Some(4.0 - 0.05 * wave),
                    free: i % 7 >= 5,
                    ..DayRecord::default()
                }
            })
            .collect()
    }

    fn run(changes: &[&str], days: u32) -> Simulation {
        let changes: Vec<Change> = changes.iter().map(|c| serde_json::from_str(c).unwrap()).collect();
        let state = SimulationState::of(&history(56), 6, Some(6.8), 0.0);
        simulate(&state, &Plan::default(), &changes, &Options::days(days))
    }

    fn by(simulation: &Simulation, name: &str, day: usize) -> f64 {
        simulation.quantities.iter().find(|q| q.name == name).unwrap().difference[day - 1].p50
    }

    #[test]
    fn no_change_is_exactly_no_difference() {
        let same = run(&[], 7);
        assert_eq!(same.quantities.len(), QUANTITIES.len());
        for q in &same.quantities {
            assert_eq!((q.baseline.len(), &q.baseline), (7, &q.changed));
            assert!(q.difference.iter().all(|d| *d == Band::default()), "{}", q.name);
            assert!(q.baseline.iter().all(|b| b.p10 <= b.p50 && b.p50 <= b.p90));
        }
        assert!(same.reasons.is_empty() && same.gaps.is_empty());
        assert_eq!(same, run(&[], 7));
    }

    #[test]
    fn a_session_moves_training_by_its_gain() {
        let more = run(&[r#"{"kind": "train", "day": 1, "load": 100}"#], 5);
        let (g42, g7) = (1.0 - (-1.0_f64 / 42.0).exp(), 1.0 - (-1.0_f64 / 7.0).exp());
        assert!((by(&more, "fitness", 1) - 100.0 * g42).abs() < 1e-9);
        assert!((by(&more, "fatigue_load", 3) - 100.0 * g7 * (-2.0_f64 / 7.0).exp()).abs() < 1e-9);
        assert!((by(&more, "form", 2) - 100.0 * (g42 - g7)).abs() < 1e-9);
        assert_eq!(by(&more, "form", 1), 0.0);
        assert!(by(&more, "resting_hr_deviation", 2) > 0.0 && by(&more, "ln_rmssd_deviation", 2) < 0.0);
        assert!(by(&more, "recovery", 2) < 0.0);
        assert_eq!(by(&more, "sleep_debt", 5), 0.0);
        let today = run(&[r#"{"kind": "train", "day": 0, "load": 100}"#], 2);
        assert!(by(&today, "form", 1) < -10.0);
    }

    #[test]
    fn evenings_change_the_morning_after() {
        let late = run(&[r#"{"kind": "sleep_at", "days": [1], "bed": "03:00", "wake": "06:30"}"#], 4);
        assert!(by(&late, "sleep_debt", 1) > 2.0 && by(&late, "energy", 1) < -5.0);
        assert!(by(&late, "fatigue_9h", 1) > 1.0);
        let drunk = run(&[r#"{"kind": "alcohol", "day": 0, "drinks": 4}"#], 2);
        assert!(by(&drunk, "resting_hr_deviation", 1) > 3.0 && by(&drunk, "recovery", 1) < -5.0);
        let coffee = run(&[r#"{"kind": "caffeine", "day": 1, "at": "20:00", "amount_mg": 200}"#], 2);
        assert!(by(&coffee, "sleep_debt", 2) > 0.2 && by(&coffee, "energy", 1) > 0.0);
        let off = run(&[r#"{"kind": "day_off", "day": 1}"#, r#"{"kind": "rest_day", "day": 2}"#], 3);
        assert_eq!(off.reasons.len(), 2);
        assert!(off.reasons.iter().any(|r| r.starts_with("resting on day 2 lowers")), "{:?}", off.reasons);
    }

    #[test]
    fn what_is_not_known_is_not_simulated() {
        let state = SimulationState::of(&[], 0, None, 0.0);
        let out = simulate(&state, &Plan::default(), &[], &Options::days(3));
        assert!(out.quantities.is_empty() && out.gaps.len() == 4);
        let nights: Vec<_> =
            history(20).into_iter().map(|d| DayRecord { night: d.night, ..DayRecord::default() }).collect();
        let out =
            simulate(&SimulationState::of(&nights, 0, None, 0.0), &Plan::default(), &[], &Options::days(3));
        let names: Vec<_> = out.quantities.iter().map(|q| q.name.as_str()).collect();
        assert_eq!(names, ["energy", "fatigue_9h", "fatigue_15h", "sleep_debt"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn any_history_gives_numbers_or_none(
            days in prop::collection::vec((-20.0..30.0, -20.0..30.0, -5.0..20.0, -1e6..1e6), 0..60),
            amount in prop_oneof![Just(f64::NAN), Just(f64::INFINITY), -1e9..1e9],
        ) {
            let history: Vec<DayRecord> = days.iter().map(|(onset_h, wake_h, asleep_h, x)| DayRecord {
                night: Some(NightRecord { onset_h: *onset_h, wake_h: *wake_h, asleep_h: *asleep_h }),
                load: Some(*x), resting_hr: Some(*x), ln_rmssd: Some(*x), drinks: *x, nap_h: *x, free: false,
            }).collect();
            let changes = [Change::Train { day: 1, load: amount }, Change::Alcohol { day: 0, drinks: amount }];
            let state = SimulationState::of(&history, 200, Some(amount), amount);
            let out = simulate(&state, &Plan::default(), &changes, &Options { draws: 5, ..Options::days(3) });
            for q in &out.quantities {
                for b in q.baseline.iter().chain(&q.changed).chain(&q.difference) {
                    prop_assert!(b.p10.is_finite() && b.p10 <= b.p50 && b.p50 <= b.p90);
                }
            }
        }
    }
}
