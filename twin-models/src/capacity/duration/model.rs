//! Durations of the tasks of a company: a population of people, kinds, projects, learnt task by task.

use super::effects::{FACTORS, NAMES, Place};
use super::side::{Forecast, LEVELS, Side};
use super::{CENTRE_H, ID, MIN_TASKS, Task, VERSION, believed};
use crate::stats::Z80;
use std::collections::BTreeMap;
use twin_core::estimate::{Estimate, EstimateStatus};

/// Learns how long tasks take, of many people or of one.
///
/// State grows with the tasks that are kept (20,000, ten years). A task costs time linear in those that are kept
/// and in the effects it touches, whatever the number of levels. Days count from anywhere, as long as all do.
///
/// ```
/// # use twin_models::capacity::duration::{DurationModel, Task};
/// let task = Task { estimate_h: Some(4.0), person: "ada".into(), ..Task::default() };
/// let mut model = DurationModel::new();
/// for day in 0..40 {
///     assert!(model.update(&task, 6.0, f64::from(day)));
/// }
/// model.refit(40.0);
/// let hours = model.predict(&task, 41.0).unwrap();
/// assert!(hours.q50_h > 5.5 && hours.q50_h < 6.1 && hours.p_overrun > Some(0.6));
/// assert!(model.bias_factor("ada").value.unwrap() > 1.2);
/// ```
#[derive(Clone, Debug)]
pub struct DurationModel {
    names: [BTreeMap<String, u32>; FACTORS],
    estimated: Side,
    alone: Side,
}

/// How long a task will take.
#[derive(Clone, Debug, PartialEq)]
pub struct Durations {
    /// One in ten takes less, h.
    pub q10_h: f64,
    /// The median, h.
    pub q50_h: f64,
    /// One in five takes more, h.
    pub q80_h: f64,
    /// One in ten takes more, h.
    pub q90_h: f64,
    /// Quantiles at [`LEVELS`], h, rising.
    pub quantiles_h: [f64; LEVELS.len()],
    /// Probability of more hours than estimated; absent without an estimate.
    pub p_overrun: Option<f64>,
    /// What each effect multiplies the hours by, those of unseen levels left out.
    pub multipliers: Vec<Multiplier>,
    /// Finished tasks behind it, older ones counting less.
    pub n_effective: f64,
}

/// An effect on hours.
#[derive(Clone, Debug, PartialEq)]
pub struct Multiplier {
    /// What has the effect: `person`, `kind` and so on, or `size of the estimate`.
    pub name: String,
    /// Factor on the hours.
    pub factor: f64,
    /// Finished tasks behind it, those aside that took exactly what was estimated.
    pub tasks: u32,
}

impl Default for DurationModel {
    fn default() -> Self {
        Self::new()
    }
}

impl DurationModel {
    /// A model that knows what is published and nothing of its own.
    #[must_use]
    pub fn new() -> Self {
        Self { names: Default::default(), estimated: Side::new(true), alone: Side::new(false) }
    }

    /// Learns from a task that was finished on a day; `false` where its hours or day are impossible.
    ///
    /// An impossible estimate counts as none. The task should not be told twice.
    pub fn update(&mut self, task: &Task, actual_h: f64, day: f64) -> bool {
        self.take(task, actual_h, day, true)
    }

    /// As [`Self::update`], without asking the forecasts how they did: linear time in all tasks together.
    pub(super) fn take(&mut self, task: &Task, actual_h: f64, day: f64, judge: bool) -> bool {
        if !believed(actual_h) || !day.is_finite() {
            return false;
        }
        let mut levels = [u32::MAX; FACTORS];
        for ((level, names), key) in levels.iter_mut().zip(&mut self.names).zip(keys(task)) {
            let next = names.len() as u32;
            *level = *names.entry(key).or_insert(next);
        }
        let estimate = task.estimate_h.filter(|h| believed(*h));
        if let Some(e) = estimate {
            let (place, size) = place(levels, Some(e));
            let y = (actual_h / e).ln();
            if judge {
                self.estimated.judge(&place, size, y);
            }
            self.estimated.add(place, size, y, day, y.abs() < 1e-6);
        }
        let (place, size) = place(levels, None);
        if judge && estimate.is_none() {
            self.alone.judge(&place, size, actual_h.ln());
        }
        self.alone.add(place, size, actual_h.ln(), day, false);
        true
    }

    /// Effects and their spreads anew from all tasks that are kept; once a night. `day` is today. Does nothing until
    /// a hundredth of them is new.
    pub fn refit(&mut self, day: f64) {
        if !day.is_finite() {
            return;
        }
        self.estimated.refit(day);
        self.alone.refit(day);
    }

    /// Finished tasks learnt from: with an estimate, and all.
    #[must_use]
    pub fn tasks(&self) -> (usize, usize) {
        (self.estimated.seen, self.alone.seen)
    }

    /// How long a task will take, asked on a day.
    ///
    /// `None` where the estimate is impossible, or there is none and fewer than five tasks are finished.
    #[must_use]
    pub fn predict(&self, task: &Task, day: f64) -> Option<Durations> {
        let (log_quantiles, [_, upto]) = self.forecast(task, day, None)?;
        let base = task.estimate_h.unwrap_or(1.0);
        let quantiles_h = log_quantiles.map(|z| base * z.exp());
        let at = |p: f64| {
            let found = LEVELS.iter().zip(quantiles_h).find(|(level, _)| **level == p);
            found.map_or(f64::NAN, |f| f.1)
        };
        let side = self.side(task.estimate_h.is_some());
        Some(Durations {
            q10_h: at(0.1),
            q50_h: at(0.5),
            q80_h: at(0.8),
            q90_h: at(0.9),
            quantiles_h,
            p_overrun: task.estimate_h.map(|_| 1.0 - upto),
            multipliers: self.multipliers(task),
            n_effective: side.effective(),
        })
    }

    /// Probability that a task takes no more than `hours`; `None` as in [`Self::predict`].
    ///
    /// It may differ a little from the outer quantiles, which are moved so that they are missed as often as they say.
    #[must_use]
    pub fn p_finish(&self, task: &Task, hours: f64, day: f64) -> Option<f64> {
        if hours.is_nan() {
            return None;
        }
        let (_, [_, upto]) = self.forecast(task, day, Some(hours.max(f64::MIN_POSITIVE)))?;
        Some(upto)
    }

    /// What a person's estimates must be multiplied by, with its 80 % interval; from five finished tasks.
    #[must_use]
    pub fn bias_factor(&self, person: &str) -> Estimate {
        let level = self.names.first().and_then(|n| n.get(person)).copied().unwrap_or(u32::MAX);
        let own = self.estimated.effects.level(0, level);
        if (own.tasks as usize) < MIN_TASKS {
            let gap = "fewer than five finished tasks with an estimate".to_owned();
            return Estimate::absent(ID, VERSION, "1", EstimateStatus::InsufficientData, vec![gap]);
        }
        let [common, ..] = self.estimated.effects.line;
        // hours that are booked as estimated need no factor
        let mut place = Place { levels: [u32::MAX; FACTORS], ..Place::default() };
        place.levels.iter_mut().take(1).for_each(|l| *l = level);
        let free = 1.0 - self.estimated.exact(&place, 0.0);
        let (mean, sd) = (free * (own.mean + common.mean), free * (own.variance + common.variance).sqrt());
        Estimate {
            value: Some(mean.exp()),
            low: Some((mean - Z80 * sd).exp()),
            high: Some((mean + Z80 * sd).exp()),
            status: EstimateStatus::Ok,
            n_effective: f64::from(own.tasks),
            confidence: 1.0 - self.estimated.effects.prior_share(&own),
            prior_share: self.estimated.effects.prior_share(&own),
            coverage: 1.0,
            ..Estimate::absent(ID, VERSION, "1", EstimateStatus::Ok, Vec::new())
        }
    }

    /// By which power hours grow with the estimate where they are not exactly it; below 1 small tasks are under- and
    /// large ones overestimated.
    #[must_use]
    pub fn exponent(&self) -> f64 {
        let [_, slope, _] = self.estimated.effects.line;
        1.0 + slope.mean
    }

    /// What each effect multiplies the hours of a task by.
    #[must_use]
    pub fn multipliers(&self, task: &Task) -> Vec<Multiplier> {
        let estimated = task.estimate_h.is_some();
        let (place, _) = self.place(task, estimated);
        let effects = &self.side(estimated).effects;
        let line = |name: &str, of: &[usize]| {
            let all = effects.line.iter().zip(&place.x).enumerate().filter(|(i, _)| of.contains(i));
            let log: f64 = all.map(|(_, (e, x))| e.mean * x).sum();
            let tasks = effects.line.first().map_or(0, |e| e.tasks);
            Multiplier { name: name.into(), factor: log.exp(), tasks }
        };
        let levels = place.levels.iter().zip(NAMES).enumerate().filter_map(|(factor, (level, name))| {
            let e = effects.level(factor, *level);
            (e.tasks > 0).then(|| Multiplier { name: name.into(), factor: e.mean.exp(), tasks: e.tasks })
        });
        let mut all = Vec::new();
        if estimated {
            all = vec![line("everybody", &[0]), line("size of the estimate", &[1, 2])];
        }
        all.extend(levels);
        all
    }

    const fn side(&self, estimated: bool) -> &Side {
        if estimated { &self.estimated } else { &self.alone }
    }

    /// On the log of hours over the estimate, or of hours; the probabilities are of less than `hours`, or than the
    /// estimate, and of no more.
    fn forecast(&self, task: &Task, day: f64, hours: Option<f64>) -> Option<Forecast> {
        let estimated = task.estimate_h.is_some();
        let side = self.side(estimated);
        if task.estimate_h.is_some_and(|h| !believed(h))
            || !day.is_finite()
            || (!estimated && side.seen < MIN_TASKS)
        {
            return None;
        }
        let (place, size) = self.place(task, estimated);
        let base = task.estimate_h.unwrap_or(1.0);
        let at = hours.map_or(0.0, |h| (h / base).ln());
        Some(side.forecast(&place, size, at))
    }

    fn place(&self, task: &Task, estimated: bool) -> (Place, f64) {
        let mut levels = [u32::MAX; FACTORS];
        for ((level, names), key) in levels.iter_mut().zip(&self.names).zip(keys(task)) {
            *level = names.get(&key).copied().unwrap_or(u32::MAX);
        }
        place(levels, task.estimate_h.filter(|h| estimated && believed(*h)))
    }
}

/// Where a task of some levels lies, and the log of its estimate over a working day.
fn place(levels: [u32; FACTORS], estimate_h: Option<f64>) -> (Place, f64) {
    let size = estimate_h.map_or(0.0, |h| (h / CENTRE_H).ln());
    (Place { levels, x: [1.0, size, size * size] }, size)
}

/// What a task's levels are called, factor by factor.
fn keys(task: &Task) -> [String; FACTORS] {
    let t = task.clone();
    let both = format!("{}\u{1f}{}", t.person, t.kind);
    let said = t.estimate_h.map_or_else(String::new, |h| format!("{h:.2}"));
    [t.person, t.kind, t.subtype, t.project, t.requester, t.priority, both, said]
}
