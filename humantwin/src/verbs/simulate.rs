//! `simulate`: what would happen under a changed plan.

use crate::error::{Error, Result};
use crate::predict::work::what_if::WorkChange;
use crate::predict::{Features, what_if, work};
use crate::twin::Twin;
use twin_core::{Code, LocalDate, Timestamp};
use twin_macros::payload;
use twin_models::simulate::{self, Band, Change, ClockTime, Options, Plan, QuantityPath};

/// A change of the coming days. Days count from 0, the rest of today; a night belongs to the day of waking.
#[payload]
pub enum PlanChange {
    /// Sleep at these times in the nights that end on these days (of 1 and later).
    SleepAt {
        /// The days.
        days: Vec<u32>,
        /// Going to sleep, `HH:MM`; after noon is the evening before.
        bed: String,
        /// Waking, `HH:MM`.
        wake: String,
    },
    /// A training session more.
    Train {
        /// The day.
        day: u32,
        /// Its load, in the points of the person's other loads, ≥ 0.
        load: f64,
    },
    /// The day's training is left out.
    SkipTraining {
        /// The day.
        day: u32,
    },
    /// A day without any training.
    RestDay {
        /// The day.
        day: u32,
    },
    /// Caffeine.
    Caffeine {
        /// The day.
        day: u32,
        /// When, `HH:MM`.
        at: String,
        /// Milligrams, ≥ 0.
        amount_mg: f64,
    },
    /// Alcohol in the evening.
    Alcohol {
        /// The day.
        day: u32,
        /// Standard drinks (10 g of ethanol), ≥ 0.
        drinks: f64,
    },
    /// A day off: nobody has to get up.
    DayOff {
        /// The day.
        day: u32,
    },
    /// The meeting that is held at this time is dropped.
    DropMeeting {
        /// The day.
        day: u32,
        /// A time within it, `HH:MM`.
        at: String,
    },
    /// One more task.
    TakeTask {
        /// From this day on.
        day: u32,
        /// Estimated hours, > 0.
        estimate_h: f64,
    },
}

/// What to simulate: the changes of a plan, and how far ahead.
#[payload]
#[derive(Default)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// The changes; none shows how the days go as usual.
    pub changes: Vec<PlanChange>,
    /// Days ahead, 1..=60; default: 14.
    pub days: Option<u32>,
    /// Draws, 1..=5000; default: 200.
    pub draws: Option<u32>,
    /// Seed of the draws; the same seed gives the same answer. Default: 1.
    pub seed: Option<u32>,
    /// From this moment on; default: now.
    pub at: Option<Timestamp>,
    /// As known at this moment; default: as known now.
    pub known_at: Option<Timestamp>,
}

/// What would happen with the plan and with the changed plan. Nothing here is a diagnosis.
#[payload(full)]
pub struct SimulationView {
    /// From which moment on.
    pub at: Timestamp,
    /// The first day simulated: tomorrow.
    pub from: LocalDate,
    /// The quantities that could be simulated.
    pub quantities: Vec<SimulatedQuantity>,
    /// What each change does most, largest first.
    pub reasons: Vec<String>,
    /// What could not be simulated, and why.
    pub gaps: Vec<String>,
    /// Draws behind the bands.
    pub draws: u32,
    /// Seed of the draws.
    pub seed: u32,
    /// The model.
    pub model: String,
    /// Its version.
    pub version: String,
}

/// One quantity over the coming days.
#[payload(full)]
pub struct SimulatedQuantity {
    /// `energy`, `fatigue_9h`, `fatigue_15h`, `sleep_debt`, `fitness`, `fatigue_load`, `form`,
    /// `resting_hr_deviation`, `ln_rmssd_deviation`, `recovery`; of work `focus_hours` and `open_work`.
    pub name: String,
    /// UCUM unit.
    pub unit: String,
    /// Today's value, as far as it is known.
    pub now: Option<f64>,
    /// Day by day as planned.
    pub plan: Vec<BandView>,
    /// Day by day under the changed plan.
    pub changed: Vec<BandView>,
    /// Changed minus planned, draw by draw.
    pub difference: Vec<BandView>,
}

/// A median and the ends of the 80 % interval on a day.
#[payload(full)]
pub struct BandView {
    /// The day.
    pub date: LocalDate,
    /// Low end.
    pub low: f64,
    /// Median.
    pub value: f64,
    /// High end.
    pub high: f64,
}

/// Days looked back on.
const LOOK_BACK: i32 = 180;

impl Twin {
    /// Runs the person's sleep, alertness, training and strain forward, as usual and with changes, with the same
    /// draws for both: the difference is that of the changes alone.
    ///
    /// # Errors
    /// `invalid_value` for a scenario that is none; `consent_required`, `storage`, `corrupt`.
    ///
    /// ```
    /// # use humantwin::{Engine, EngineOptions, FixedClock, PlanChange, Scenario, Storage};
    /// # let noon = FixedClock("2026-03-01T12:00:00Z".parse()?);
    /// # let engine = Engine::open(EngineOptions::new(Storage::Memory, std::sync::Arc::new(noon)))?;
    /// # let twin = engine.own_twin("me")?;
    /// let early = PlanChange::SleepAt { days: vec![1, 2], bed: "22:30".into(), wake: "06:30".into() };
    /// let said = twin.simulate(&Scenario { changes: vec![early], ..Scenario::default() })?;
    /// assert!(said.quantities.iter().all(|q| q.plan.len() == 14));
    /// assert!(!said.gaps.is_empty()); // nothing is known of this person yet
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn simulate(&self, scenario: &Scenario) -> Result<SimulationView> {
        let mut changes = Vec::new();
        let mut of_work = Vec::new();
        for one in &scenario.changes {
            match work_change(one)? {
                Some(change) => of_work.push(change),
                None => changes.extend(change(one)?),
            }
        }
        let days = within("days", scenario.days, 14, simulate::MAX_DAYS)?;
        let draws = within("draws", scenario.draws, 200, simulate::MAX_DRAWS)?;
        let seed = scenario.seed.unwrap_or(1);
        let (log, gathered) = self.gathered(scenario.at, scenario.known_at, LOOK_BACK)?;
        let features = Features::new(&log, &gathered, self.views(), self.sees_of());
        let options = Options { horizon_days: days, draws, seed: u64::from(seed) };
        let said = simulate::simulate(&what_if::state(&features), &Plan::default(), &changes, &options);
        let (work, gaps) = work::what_if::paths(&features, &of_work, &options)?;
        let from = features.date().plus_days(1);
        Ok(SimulationView {
            at: features.moment(),
            from,
            quantities: said.quantities.into_iter().chain(work).map(|q| quantity(q, from)).collect(),
            reasons: said.reasons,
            gaps: said.gaps.into_iter().chain(gaps).collect(),
            draws,
            seed,
            model: said.model,
            version: said.version,
        })
    }
}

fn within(name: &str, given: Option<u32>, usual: u32, most: u32) -> Result<u32> {
    match given.unwrap_or(usual) {
        n if (1..=most).contains(&n) => Ok(n),
        n => Err(invalid(format!("`{name}` is {n}, expected 1..={most}"))),
    }
}

/// A change of work, where it is one.
fn work_change(change: &PlanChange) -> Result<Option<WorkChange>> {
    Ok(match change {
        PlanChange::DropMeeting { day, at } => {
            let clock = ClockTime::try_from(at.clone()).map_err(invalid)?;
            Some(WorkChange::DropMeeting { day: *day, at_h: clock.hours() })
        }
        PlanChange::TakeTask { day, estimate_h } => match *estimate_h {
            x if x.is_finite() && x > 0.0 => Some(WorkChange::TakeTask { day: *day, estimate_h: x }),
            x => return Err(invalid(format!("`estimate_h` is {x}, expected more than 0"))),
        },
        _ => None,
    })
}

fn change(change: &PlanChange) -> Result<Option<Change>> {
    let clock = |text: &str| ClockTime::try_from(text.to_owned()).map_err(invalid);
    let amount = |name: &str, x: f64| match x {
        x if x.is_finite() && x >= 0.0 => Ok(x),
        x => Err(invalid(format!("`{name}` is {x}, expected 0 or more"))),
    };
    Ok(Some(match change {
        PlanChange::SleepAt { days, bed, wake } => {
            Change::SleepAt { days: days.clone(), bed: clock(bed)?, wake: clock(wake)? }
        }
        PlanChange::Train { day, load } => Change::Train { day: *day, load: amount("load", *load)? },
        PlanChange::SkipTraining { day } => Change::SkipTraining { day: *day },
        PlanChange::RestDay { day } => Change::RestDay { day: *day },
        PlanChange::Caffeine { day, at, amount_mg } => {
            Change::Caffeine { day: *day, at: clock(at)?, amount_mg: amount("amount_mg", *amount_mg)? }
        }
        PlanChange::Alcohol { day, drinks } => {
            Change::Alcohol { day: *day, drinks: amount("drinks", *drinks)? }
        }
        PlanChange::DayOff { day } => Change::DayOff { day: *day },
        PlanChange::DropMeeting { .. } | PlanChange::TakeTask { .. } => return Ok(None),
    }))
}

fn invalid(message: String) -> Error {
    Error::new(Code::InvalidValue, message)
}

fn quantity(path: QuantityPath, from: LocalDate) -> SimulatedQuantity {
    let bands = |bands: Vec<Band>| -> Vec<BandView> {
        let dated = (0..).zip(bands);
        dated
            .map(|(day, b)| BandView { date: from.plus_days(day), low: b.p10, value: b.p50, high: b.p90 })
            .collect()
    };
    SimulatedQuantity {
        name: path.name,
        unit: path.unit,
        now: path.now,
        plan: bands(path.baseline),
        changed: bands(path.changed),
        difference: bands(path.difference),
    }
}
